"""Signs that alarm together: each is common, several at once in one question are not.

Weights are ours: 2 for what public guidance tells people to have seen the same day, 1 for what supports it. They only add up.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from typing import NamedTuple

from chartcite.engine.red_flags.red_flag_cues import Cue
from chartcite.engine.red_flags.red_flag_reading import Heard, Span


class Sign(NamedTuple):
    """Words for one sign, and how much it weighs."""

    words: str
    weight: int
    alone: bool = True
    """Whether it tells of a body without another sign: "awful" does not."""


SIGNS: tuple[Sign, ...] = (
    Sign("panting|panted|puffing|peak flow|winded|hyperventilat*|short of breath|shortness of breath|cant breathe|gasp*|wheez*|wheezy|breathing fast|trouble breathing|out of puff|cant catch|choking|stridor|sob|tachypneic|desat*", 2),
    Sign("faint*|collapse*|pass* out|passed out|black* out|lightheaded|keel* over|syncope|unsteady|cant stand|cant get up|cant walk", 2),
    Sign("confus*|drowsy|delirious|disorient*|not making sense|out of it|hard to wake|very sleepy|slurr*|rambling|obtunded|altered|lethargic|listless", 2),
    Sign("floppy|limp|wont feed|wont drink|wont eat|not drinking|no tear|sunken|grunt*|just lie|unresponsive|inconsolable", 2),
    Sign("gray|blue|ashen|mottled|blotchy|clammy|cold sweat|drenched|soaked in sweat|pouring with sweat|diaphoretic|diaphoresis|pale|yellow skin|jaundice*", 2),
    Sign("fever*|febrile|rigor*|burning up|boiling|shiver*|shaking chill*|chill|feverish|/(?:temp\\w*|t)(?: \\w+){0,3} (?:3[89]|4[0-2]|10[0-5])(?:\\.\\d)?|septic|sepsis", 1),
    Sign("shak* so hard|shaking hard|shaking all over|shaking violently|teeth chatter*|bed shak*", 2), Sign("vomit*|throw* up|threw up|being sick|been sick|puk*|retch*|cant keep", 1),
    Sign("bleed*|/(?<!newest )(?<!latest )(?<!last )(?<!recent )blood(?! (?:thinner|pressure|test|sugar|type|work|group|result|count|clots?|clotting|glucose|lead|gas|draw|sample|bank|grp|thin))|hemorrhag*|clot*|gush*|spurt*", 2),
    Sign("pus|oozing|red line|red streak|foul smell*|gangren*|gone hard|rock hard|hard as|mottled|dark sticky|tarry|jet black|sticky stool|/hernia(?! (?:op|repair|surgery|mesh|operation|clinic|scan|done|fixed|sorted|repaired))|twisted|strangulated|dislocat*|ruptur*|perforat*|hypo|allergic reaction|reacting to|poisoned|overdose*|wetting myself|wet myself|lost control|hit my head|banged my head|concuss*|feel like death|so ill|really ill|very ill|seriously ill|very unwell|really unwell|desperately|burned|scalded|assaulted|abused|not responding|wont respond|beaten|crush*|electric shock|drown*", 2),
    Sign("cant button|cant write|cant grip|cant think straight|cant think|cant stay upright|cant get comfortable|cant sleep for|cant move|cant ~ move|cant feel|cant wiggle|cant open|cant bend|cant see|cant swallow|cant speak|cant talk|cant lift|cant use|cant hold|cant stay awake|cant keep ~ eye open|cant straighten|cant weight bear|cant put weight|cant pass|cant stop|wont bend|wont open|wont move|wont straighten|wont stop|wont respond|wont settle", 2),
    Sign("turn* white|turn* blue|turn* black|turn* purple|turn* gray|turn* yellow|gone white|gone blue|gone black|gone purple|gone yellow|went white|went blue|went black|went purple|went gray|ice cold|stone cold|freezing cold", 2),
    Sign("pressure|tight*|tightness|squeez*|heavy|heaviness|stiff|rigid|croaky|hoarse|raspy", 1),
    Sign("half hour|past hour|for an hour|an hour now|within minute|within second|in minute|tonight|this morning|since lunch|since breakfast|since last night|overnight|just now", 1),
    Sign("scream*|doubled over|curled up|writh*|roll* around|cant bear|crying in pain|crying with pain", 2),
    Sign("gone deaf|deaf in|cant hear|lost my hearing|hearing went|hearing has gone", 2), Sign("rifle|shotgun|gun|knife|noose", 2), Sign("accident*|by mistake|mistakenly|wrong dose|wrong pill", 1), Sign("pill|tablet|dose", 1),
    Sign("firework|explo*|/(?<!uric )(?<!folic )(?<!valproic )(?<!amino )(?<!fatty )(?<!stomach )acid(?! reflux)|bleach|chemical|/electr(?!olyte|ocardio|onic|ical cardio)\\w*(?! (?:toothbrush|wheelchair|blanket|bed|scooter|bike|bill|cardio\\w*))|boiling|flame*", 2), Sign("zigzag*|spot in|haze|halo*|blurr*", 2), Sign("star", 2, alone=False), Sign("wont shift|wont ease|wont go away|wont let up|not easing|nothing help*|no relief|getting worse", 1),
    Sign("numb*|weak on|cant move|cant feel|paraly*|droop*|double vision|see* double|cant see|blind|vision|tingl*|sudden weakness", 2),
    Sign("excruciat*|agony|agoniz*|unbearable|stabbing|crushing|splitting|tearing|ripping|like hell|feel* ~ awful|feel* ~ terrible|feel* ~ horrible|look* ~ awful|look* ~ terrible", 2), Sign("severe*|worst|terribl*|horribl*|awful|horrible|intense", 2, alone=False),
    Sign("purple|turned purple|black", 1), Sign("swell*|swollen|puffy|puff* up|angioedema", 1), Sign("hive*|welt*|urticaria", 2), Sign("racing|palpitation*|fast heart*|heart is fast|fast pulse|like mad|pounding|heart going|heart race*|race*|heart flutter*|flutter*|tachy*|tachycardic|hypotens*|shock|shocked|in shock", 2), Sign("soft", 2, alone=False),
    Sign("rash|blister*|purple spot|purpura|petechia*|peeling", 1), Sign("pain*|hurt*|ach*|sore|tender|cramp*|burning", 1), Sign("headache|stiff neck|head hurt|bad head|head pain", 1),
    Sign("rib|jaw|back|head|face|leg|foot|arm|hand|side|chest|throat|testic*|eye|neck|abdom*|belly|skull|breastbone", 1), Sign("sudden*|all of a sudden|getting worse|worsening|spread*|come back|coming back|right now|out of nowhere|since last night|minute ago|hour ago|deteriorat*|acute*", 1),
    Sign("newborn|infant|/\\d+ (?:day|week|month) old|toddler|baby", 1), Sign("pregnan*|postpartum|gave birth", 1), Sign("white cell|white count|low immune|immune system|chemo*|transplant*|immunosuppress*|neutropeni*|steroid|no spleen", 1),
    Sign("anticoagulant|warfarin|eliquis|apixaban|xarelto|rivaroxaban|blood thinner|thinner", 1), Sign("surgery|operation|post op|c section|discharged", 1), Sign("hit|kicked|fell|crash*|stabbed|sliced|knocked|banged|bitten|stung", 1),
    Sign("cant swallow|drool*|dribbl*|cant pee|cant wee|cant urinate|not passing urine|no urine|stopped peeing|hasnt peed", 2), Sign("scared|terrified|panick*|help|desperate|emergency|frightened", 1), Sign("hate myself|hopeless|worthless|cant cope|cant go on|give up|despair*", 2),
)  # fmt: skip
ENOUGH = 3
ENOUGH_OF_PATIENT = 2
HEAVY = 2
"""Weight from which a question alarms in the words of a professional and of a patient, and what one of its signs must weigh."""


def signs_of(heard: Heard) -> list[tuple[Sign, list[Span]]]:
    """Return the signs that a question names, with where it names them."""
    return [(sign, spans) for sign in SIGNS if (spans := heard.spans(sign.words))]


def as_cue(sign: Sign) -> Cue:
    """Return a sign as a cue of one group, to be weighed as cues are."""
    return Cue((sign.words,))
