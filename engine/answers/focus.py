"""What a question asks of the thing it names (which side, what result, how bad, what name), and whether a claim tells it.

A sentence about the right thing that leaves out what was asked is true and no answer. The same holds for a sentence about
the other knee, the other scan, the other relative: `conflicts` finds a qualifier of the question that a claim contradicts.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.records import Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.sig_words import asks_course, asks_frequency, tells_course, tells_frequency
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms, tokenize
from chartcite.engine.notes.turn_causes import tells_harm_at_end
from chartcite.engine.questions.particulars import (
    asks_episode,
    asks_home_reading,
    asks_return,
    asks_something_taken,
    asks_to_come,
    asks_whereabouts,
    speaks_of_taking,
    tells_home_reading,
    tells_time,
    tells_to_come,
    tells_whereabouts,
)
from chartcite.engine.questions.persons import ASKS_OF_DONOR
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import SAFE, Event, Intent

_QUALIFIERS: tuple[tuple[str, ...], ...] = (
    ("left|lt|os", "right|rt|od"),
    (
        "heart|cardiac|echo\\w*|coronary", "(?<!metatarsal )(?<!metacarpal )(?<!femoral )(?<!humeral )(?<!radial )(?<!fibular )head|brain|cranial|skull", "chest|lungs?|thora\\w*|pulmonary", "abdom\\w*|belly|stomach|tummy", "pelvi\\w*", "spine|spinal|lumbar|vertebra\\w*",
        "knees?", "hips?|femoral|femur", "shoulders?|rotator", "wrists?|radius", "ankles?", "hands?|fingers?", "foot|feet|toes?|plantar|metatars\\w*|hallux", "neck|cervical spine", "breasts?|mammo\\w*", "kidneys?|renal",
        "liver|hepatic", "thyroid", "eyes?|retina\\w*|ocular", "ears?|otitis", "prostate|psa", "bladder", "teeth|tooth|dental",
    ),
    ("mri|magnetic resonance", "ct|cat scan|computed tomography", "ultrasound|sonogra\\w*|doppler", "x-?rays?|radiograph\\w*", "pet"),
    ("mother|mom|mum|maternal", "father|dad|paternal", "sister", "brother", "grandmother|grandma|granny", "grandfather|grandpa|grandad"),
    ("hepatitis a|hep a", "hepatitis b|hep b|hbv", "hepatitis c|hep c|hcv"),
    ("type 1|type i|t1dm", "type 2|type ii|t2dm"),
    ("direct|conjugated", "indirect|unconjugated", "total"),
    ("systolic", "diastolic"),
    ("upper lobes?|(?:left|right) upper|[lr]ul", "lower lobes?|(?:left|right) lower|[lr]ll", "middle lobe|rml"),
)  # fmt: skip
"""Groups of qualifiers: who asks about one of a group is not answered by a sentence that only names another."""
_QUALIFIER_PATTERNS = tuple(tuple(Cue(rf"\b(?:{each})\b") for each in group) for group in _QUALIFIERS)


_DONE_ONLY = frozenset({"last_happening", "first_happening", "order", "count", "list"})
"""Routes that tell that something was done or asked for; a result stands behind a colon."""
WRITTEN = "written"
"""Route of a sentence that a language model wrote: it tells by itself, as a quote does."""
QUOTES = frozenset({"quote", "near_quote", "life", "turn_reason", WRITTEN})
"""Routes whose claims are sentences of notes."""
_MEASURED_ROUTES = frozenset({"latest_value", "first_value", "value_in_window"})


class Asked(NamedTuple):
    """A claim with its words, as a rule looks at it."""

    claim: DraftClaim
    said: str
    """The sentence without the title and date of the note that it quotes, and the quoted elements."""


class Focus(NamedTuple):
    """A particular that questions ask for."""

    name: str
    applies: Callable[[Plan], bool]
    told: Callable[[Plan, Asked, Lexicon], bool]


def _cue(pattern: str) -> Callable[[Plan], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda plan: compiled.search(plan.text) is not None


def _says(pattern: str, flags: int = re.IGNORECASE) -> Callable[[Plan, Asked, Lexicon], bool]:
    compiled = Cue(pattern, flags)
    return lambda _plan, asked, _lexicon: compiled.search(asked.said) is not None


_BODY = r"arm|hand|eye|leg|knee|foot|side|ear|breast|hip|shoulder|ankle|wrist|lung|kidney|elbow|thumb|thigh|testicle|ovary|groin|heel|calf|cheek|nostril"
_MEDICINE = (
    r"drugs?|medicines?|medications?|meds?|tablets?|tabs?|pills?|antibiotics?|opioids?|inhalers?|statins?|insulins?|chemo\w*|"
    r"steroids?|antidepressants?|anticoagulants?|blood thinners?|painkillers?|substances?"
)
_NAME = r"(?<![.“\"] )(?<!^)(?<![“\"])\b(?:[A-Z][a-z]+|[A-Z]{3,})\b"
_PERSON = r"(?<![.“\"] )(?<!^)(?<![“\"])\b[A-Z][a-z]+ [A-Z][a-z]+\b"


_SIDE = re.compile(r"\b(?:[Ll]eft|LEFT|[Rr]ight|RIGHT|[Bb]ilateral\w*|[Bb]oth|[LR]t|LT|RT|[LR](?=[ .,>])|OD|OS|OU)\b")
_ONE_SIDE = re.compile(r"\b(?:worse|better|bigger|smaller|weaker|stronger|dominant|main)\b", re.IGNORECASE)


_WHICH_PART = re.compile(rf"\b(?:which|what) ({_BODY})\b", re.IGNORECASE)
_PART = re.compile(rf"\b({_BODY})s?\b", re.IGNORECASE)
_WITHIN = {
    "arm": frozenset({"hand", "shoulder", "wrist", "elbow", "thumb"}),
    "hand": frozenset({"wrist", "thumb"}),
    "leg": frozenset({"knee", "foot", "hip", "ankle", "thigh", "heel", "calf"}),
    "foot": frozenset({"ankle", "heel"}),
}


def _is_elsewhere(question: str, said: str) -> bool:
    """Say whether a question for one of a pair ("which ear?") is met by a sentence about other parts of the body alone."""
    asked = _WHICH_PART.search(question)
    told = {match[1].lower() for match in _PART.finditer(said)} - {"side"}
    if asked is None or not told or asked[1].lower() == "side":
        return False
    part = asked[1].lower()
    return not told & (_WITHIN.get(part, frozenset()) | {part})


def _tells_side(plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """A side is told of the thing that is asked; that both are affected does not say which is worse."""
    if asked.claim.route in QUOTES and plan.targets and not any(target.find(forms(asked.said)) for target in plan.targets):
        return False
    if _is_elsewhere(plan.text, asked.said):
        return False
    sides = {match[0].lower()[:1] for match in _SIDE.finditer(asked.said)}
    return bool(sides & {"l", "r"} if _ONE_SIDE.search(plan.text) else sides)


def _tells_result(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    if asked.claim.route not in _DONE_ONLY or asked.claim.kind is ClaimKind.ABSENCE:
        return True  # that it was not done tells why there is no result
    if asked.claim.route == "order":
        return False  # what is noted on an order is no result of it
    outcome = re.search(r" was done\b[^()]*\(([^()]{4,})\)", asked.claim.text)
    after = re.sub(r"\([^()]*\)", "", asked.claim.text)
    return ": " in after or (outcome is not None and " " in outcome[1])


def _tells_reaction(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """An allergy on a list without its reaction, or a bare list of allergens, does not tell what happens."""
    if asked.claim.category is Category.ALLERGY:
        return ": " in asked.claim.text or asked.claim.kind is ClaimKind.ABSENCE
    if asked.claim.route in _DONE_ONLY | {"family"}:
        return False
    return (
        re.search(
            r"\b(?:rash|hives|urticari\w*|anaphyla\w*|swell\w*|swoll\w*|angio-?edema|itch\w*|prurit\w*|wheez\w*|sneez\w*|vomit\w*|nausea|diarrh\w*|cough|breath|dyspn\w*|"
            r"react\w*|eruption|blister\w*|flush\w*|hypotens\w*|cramp\w*|confus\w*|bleed\w*|shock|collapse\w*|faint\w*|tolerat\w*|upset|pain|dizz\w*|no known|nkda|nka)\b",
            asked.said,
            re.IGNORECASE,
        )
        is not None
    )


_PARTS = Cue(
    r"\b(?:MCP|PIP|DIP|MTP|LAD|RCA|LCX|elbow\w*|jaw|upper|middle|lower|aort\w*|mitral|tricuspid|[LTC]\d(?:-\d)?|sacr\w*|carotid|femoral|axill\w*|ulnar|median|sural|(?:pre-?)?molars?|incisors?|canines?|wisdom|tooth (?:number |no\.? ?|#)?\d{1,2}|teeth (?:numbers? |#)?\d|[UL][LR] ?[1-8])\b",
)


_GATHERINGS = r"club|church|parish|temple|mosque|hotel|mill|gym|university|college|shop|store|team|firm|agency|restaurant|airline|dentist|practice|shelter"
_PLACE = re.compile(
    rf"\b(?:at|to|from|of|in|into|with|by|near|via)\s+(?:the\s+|an?\s+)?(?:St\.?\s+)?[A-Z]\w+|\([A-Z]\w+|[A-Z]\w+\s+(?:pharmacy|hospital|clinic|school|lab|drug\w*|{_GATHERINGS})|\b(?:[A-Z]{{2,}}\s+){{2,}}"
)


_SELLS = re.compile(r"\b(?:pharmac\w*|chemist\w*|dispens\w*|drug ?stores?)\b", re.IGNORECASE)


def _names_place(plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """A place is told by a name that the question does not hold itself; the brand of a medicine is none."""
    if asked.claim.category is Category.MEDICATION and not _SELLS.search(f"{asked.claim.text} {asked.said}"):
        return False
    held = set(forms(plan.text))
    said = asked.said if asked.claim.route in QUOTES else f"{asked.claim.text} {asked.said}"
    return any(set(forms(match[0])[-1:]) - held or len(set(forms(match[0])) - held) > 1 for match in _PLACE.finditer(said))


def _names_allergen(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    return asked.claim.category is Category.ALLERGY or re.search(r"allerg|\bige\b", asked.said, re.IGNORECASE) is not None


_tells_span = _says(
    r"\b\d+(?:\.\d+)?\s*-?(?:s|sec\w*|min\w*|h|hrs?|hours?|d|days?|nights?|wks?|weeks?|mos?|months?|yrs?|years?)\b|\bfrom\b.+\bto\b|\b(?:a|one|two|three|four|five|six|seven|eight|nine|ten|several|few)\s+(?:min\w*|hours?|days?|nights?|weeks?|months?|years?)\b|\bsince\b|\b(?:to|until|till|through|expir\w+|ends?|runs? out)\s+(?:\w+\s+){0,2}?20\d\d\b"
    r"|\b(?:until|till|up to|by|through) (?:day|week|month) \d|\b(?:days?|weeks?) \d+ ?(?:to|until|till|and|[-–]) ?\d|\b\d{1,2}/(?:7|52)\b"
)
_CAUSE = re.compile(
    r"\b(?:because|due to|given|since|secondary to|2/2|d/t|b/c|owing|reasons?|therefore|so that|in view of|as (?:he|she|her|his|the|it)|after|for|caused?|"
    r"triggered|precipitated|prompted|led to|attributed|related to|from|in light of|on account of|explained|in the setting of|following|concern\w*|"
    r"to (?:avoid|prevent|reduce|protect|help|treat|improve|simplify|lower|allow)|intoler\w*|side effects?|scared|afraid|frightened|worried|reluctant|forgot|prefers?|preferred|wants?|wanted|wishes|fears?|did(?: not|n't) (?:know|want|like|feel)|"
    r"(?:could|can)(?: ?not|n't)|no longer needed|precipitant|contribut\w*|likely|culprit|too|(?:made|makes|making|gave|gives|giving) (?:her|him|me|them|the (?:patient|child)|pt|mum|mom|dad))\b|->|→|\s[-–]\s(?=\w)",
    re.IGNORECASE,
)

QUALIFIES_REASON = _CAUSE
"""Words by which a sentence gives a cause or a motive."""


def _tells_reason(plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """An indication ("for hypertension") is why something was begun, not why it ended; a quote must hold a cause."""
    if asked.claim.route in QUOTES:
        quoted = asked.claim.text if asked.claim.route == WRITTEN else asked.claim.text.partition("“")[2]
        ended = plan.event in {Event.STOPPED, Event.CHANGED} and tells_harm_at_end(quoted)
        return ended or _CAUSE.search(quoted) is not None
    ends = plan.event in {Event.STOPPED, Event.CHANGED} or re.search(
        r"\b(?:taken out|removed|come out|came out)\b", plan.text, re.IGNORECASE
    )
    if "reason:" in asked.claim.text or asked.claim.kind is ClaimKind.ABSENCE:
        return True
    if ends and (" is active " in asked.claim.text or " completed" in asked.claim.text):
        return True  # it did not end, or a course came to its end: that is the answer
    return not ends and re.search(r"\bfor\b|: ", asked.claim.text) is not None


_FOR_IT = Cue(
    r"\bfor (?!\d|an? (?:week|month|year|day|while|few|further)|the (?:week|next|last|rest|stay)|now\b|review\b|men\b|women\b"
    r"|(?:one|two|three|four|five|six|several|many|some|about|over|nearly) (?:\w+ )?(?:days?|weeks?|months?|years?|nights?))"
)
"""Tells what a medicine that stands just before it is for."""
_WHAT_FOR = Cue(
    r"\bwhat(?:['’]?s| is| was| are)? (?:(?:my|his|her|their|the) )?[\w -]{3,40} (?:given |prescribed |taken |used |started )?for\W*$|\bindications?\b"
    r"|\bwhy (?:is|am|are|does|do|was|were) (?:i|he|she|they|mum|mom|dad|pt|the patient|\w+) (?:still |now )?(?:on|tak(?:e|ing|es)|given|prescribed|put on|started on|need(?:s|ing)?)\b"
    r"|\breason for (?!stopp|ceas|chang|discontin|switch)"
)
_GIVES_CAUSE = Cue(
    r"\b(?:because|due to|given (?!at|by|in|on|\d)|secondary to|2/2|d/t|b/c|owing|reasons?|therefore|so that|in view of|as (?:he|she|his|her|the|it)|caused?|prompted|led to|related to"
    r"|in light of|on account of|in the setting of|following|indicat\w+|needed|concern\w*|after (?!christmas|lunch|breakfast|dinner|food|meals|the (?:week|holiday)|\d)|when|with (?:his|her|the)|against"
    r"|to (?:avoid|prevent|reduce|protect|help|treat|improve|lower|allow|control|settle|calm|stop|slow|keep|boost|replace|thin|cover|sleep)"
    r")\b|->|→",
)


def _asks_what_for(plan: Plan) -> bool:
    """Say whether it is asked what one medicine that is named is for, and not why it was ended or altered."""
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    alone = len(drugs) == 1 and len(plan.targets) == 1 and plan.event not in {Event.STOPPED, Event.CHANGED}
    return alone and plan.intent is Intent.REASON and _WHAT_FOR.search(plan.text) is not None


def _tells_what_for(plan: Plan, asked: Asked, lexicon: Lexicon) -> bool:
    """A sentence that names a medicine without a problem, a procedure or any word of a cause does not tell what it is for."""
    if asked.claim.route not in _FROM_NOTES:
        return True
    for said in re.split(r"(?<=[.;!])\s+|\n+", asked.said):
        words, tokens = forms(said), tokenize(said)
        place = plan.targets[0].find(words)
        if place is None:
            continue
        behind = re.split(r"[.;:,]", said[tokens[min(place[1], len(tokens)) - 1].end :])[0]
        if _FOR_IT.search(behind):
            return True
        kinds = {lexicon.concepts[id_].kind for mention in lexicon.mentions(words) for id_ in mention.ids[:1]}
        if kinds & {ConceptKind.CONDITION, ConceptKind.PROCEDURE} or _GIVES_CAUSE.search(said):
            return True
    return not any(target.find(forms(asked.said)) is not None for target in plan.targets)


def _asks_intensive_care(plan: Plan) -> bool:
    if plan.window is not None and any(target.kind is ConceptKind.MEASUREMENT for target in plan.targets):
        return False  # the day tells which value is meant
    return plan.subject is Category.ENCOUNTER and re.search(r"\b(?:icu|intensive care)\b", plan.text, re.IGNORECASE) is not None


_OF_VALUES = frozenset({Intent.LATEST, Intent.FIRST, Intent.HIGHEST, Intent.LOWEST, Intent.AVERAGE})


def _asks_value(plan: Plan) -> bool:
    return (
        plan.intent in _OF_VALUES
        and bool(plan.targets)
        and plan.targets[0].kind is ConceptKind.MEASUREMENT
        and plan.subject is not Category.ORDER
    )


def _asks_every_part(plan: Plan) -> bool:
    """Say whether the things that are named belong together: "how long after X was Y", "when was X begun for Y"."""
    kinds = {target.kind for target in plan.targets}
    begun_for = plan.intent is Intent.WHEN and {ConceptKind.DRUG, ConceptKind.CONDITION} <= kinds
    return len(plan.targets) > 1 and (plan.intent in {Intent.DURATION, Intent.AGE} or begun_for)


def _names_every_target(plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    said = forms(asked.said)
    return all(target.find(said) is not None for target in plan.targets)


_RESULT_NEAR = re.compile(
    r"\d|\b(?:positive|negative|neg|pos|normal|abnormal|elevated|low|high|raised|reduced|reactive|non-?reactive|detected|undetect\w+|stable|unremarkable|clear|"
    r"grew|growth|immune|trace|mild\w*|moderate\w*|severe\w*|improv\w+|wors\w+|rose|fell|up|down|ok|fine|good|poor|within"
    r"|none|nil|absent|present|not (?:seen|found)|impaired|intact|preserved|lost)\b",
    re.IGNORECASE,
)
_NEAR_BEFORE, _NEAR_AFTER = 25, 70
"""Characters around the name of a test in which its result stands."""


def _result_stands_near(plan: Plan, said: str) -> bool:
    """Say whether a quote holds a result beside the test that is asked, rather than somewhere in the sentence."""
    tokens = tokenize(said)
    place = plan.targets[0].find([token.form for token in tokens])
    if place is None:
        return True  # the heading names it
    start, end = tokens[place[0]].start, tokens[place[1] - 1].end
    before = re.split(r"[,;:.]\s", said[max(0, start - _NEAR_BEFORE) : start])[-1]
    return _RESULT_NEAR.search(f"{before} {said[end : end + _NEAR_AFTER]}") is not None


def _tells_value(plan: Plan, asked: Asked, lexicon: Lexicon) -> bool:
    """That a test was ordered is no value of it."""
    if asked.claim.route in QUOTES:
        return _result_stands_near(plan, asked.said)
    return asked.claim.route != "order" and (asked.claim.kind is ClaimKind.ABSENCE or _tells_result(plan, asked, lexicon))


def _names_new_drug(plan: Plan, asked: Asked, lexicon: Lexicon) -> bool:
    """Say whether a claim names a medicine that the question does not."""
    if asked.claim.category is Category.MEDICATION:
        return True
    known = {word for target in plan.targets for word in forms(target.words)} | set(forms(plan.text))
    words = forms(asked.said)
    for mention in lexicon.mentions(words):
        drugs = [
            id_ for id_ in mention.ids if lexicon.concepts[id_].kind is ConceptKind.DRUG and not lexicon.concepts[id_].is_class
        ]
        if drugs and not set(words[mention.first : mention.last]) <= known:
            return True
    return False


def _names_finding(asked: Asked, lexicon: Lexicon) -> bool:
    """Say whether a claim names some problem or symptom."""
    return any(
        lexicon.concepts[id_].kind is ConceptKind.CONDITION
        for mention in lexicon.mentions(forms(asked.said))
        for id_ in mention.ids[:1]
    )


def _asks_for_medicine(plan: Plan) -> bool:
    if re.search(
        rf"\b(?:which|what)\s+(?:kind of |type of |specific |exact |other )?(?:(?!of\b|are\b|is\b|was\b|did\b|does\b)[\w-]+ )?(?:{_MEDICINE})\b",
        plan.text,
        re.IGNORECASE,
    ):
        return not re.search(
            rf"\b(?:what|which) (?:[\w-]+ )?(?:{_MEDICINE}) (?:allerg|reaction|level|problem|abuse|use|test|screen|history|habit|coverage|interaction)",
            plan.text,
            re.IGNORECASE,
        )
    named = {target.kind for target in plan.targets}
    takes = re.search(
        r"\bwhat\b.*\b(?:take|takes|taking|on|given|use|uses|using|prescribed)\b.*\bfor\b", plan.text, re.IGNORECASE
    )
    terse = re.match(
        r"\W*(?:rx|meds?|drugs?|treatments?|tablets?|pills?|abx|therapy|drops|cream)\b.*\bfor\b", plan.text, re.IGNORECASE
    )
    return (takes or terse) is not None and ConceptKind.DRUG not in named and ConceptKind.CONDITION in named


def _names_vaccine(_plan: Plan, asked: Asked, lexicon: Lexicon) -> bool:
    """Say whether a claim is of a vaccination or names a vaccine."""
    if asked.claim.category is Category.IMMUNIZATION:
        return True
    words = forms(asked.said)
    named = any(lexicon.concepts[id_].kind is ConceptKind.VACCINE for mention in lexicon.mentions(words) for id_ in mention.ids)
    return named or any(word.startswith(("vaccin", "immuniz")) for word in words)


_WHO_IS = Cue(r"^\W*who(?:['’]?s| is| was) ([a-z][\w'-]+)\W*$")
_KIN_OR_OTHER = Cue(
    r"\b(?:(?:great-?)?grand\w+|niece|nephew|aunt\w*|uncle|cousin|step\w+|\w+-in-law|landlord|landlady|sponsor|neighbou?r|flatmate|roommate|colleague|boss|carer|dog|cat|pet|baby)\b"
)


def _tells_person(plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    if asked.claim.route == "family" or asked.claim.category is Category.COVERAGE:
        return True  # it names the relative, or who pays
    if asked.claim.route in QUOTES:
        named = _WHO_IS.match(plan.text)
        if (
            named is not None
            and re.search(rf"\b{re.escape(named[1])}\b", asked.said, re.IGNORECASE)
            and _KIN_OR_OTHER.search(asked.said)
        ):
            return True  # it says what the one who is named is to the patient
        return (
            re.search(
                rf"\b(?:Dr|MD|DO|RN|NP|PA|Mr|Mrs|Ms|Prof|PharmD|team|clinic|service|(?i:{'|'.join(_ROLES)}))\b|{_PERSON}|\b(?:by|with|to) [A-Z][a-z]+\b(?! \d)|\b(?:name|named|called|sponsor|teacher|uncle|aunt|cousin)\b[^.;]{{0,20}}?\b[A-Z][a-z]+",
                asked.said,
            )
            is not None
        )
    return (
        re.search(r"\b(?:by|with|performer|Dr\.?|MD|surgeon|team|author|prescriber|participant)\b", asked.claim.text) is not None
    )


_ROLES = (
    "oncology", "cardiology", "nephrology", "neurology", "urology", "surgeon", "nurse", "pharmacist", "wife", "husband", "daughter", "son",
    "mother", "father", "sister", "brother", "partner", "girlfriend", "boyfriend", "friend", "neighbor", "neighbour", "spouse", "caregiver",
    "carer", "carers", "dtr", "paramedics?", "ambulance crew", "crew", "bystander", "passer-by", "colleague", "teacher", "warden",
)  # fmt: skip


def _asks_turn(plan: Plan) -> bool:
    """Say whether the day of a turn is asked ("when did she give up smoking?")."""
    quits = re.search(r"\b(?:g[ai]ve[sn]? up|quit|stop\w*|started?|begin|began)\b", plan.text, re.IGNORECASE)
    return plan.intent in {Intent.WHEN, Intent.AGE, Intent.DURATION} or (
        quits is not None and re.search(r"\b(?:what|which) year\b|\bwhen\b", plan.text, re.IGNORECASE) is not None
    )


def _tells_turn(plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """The day of an observation ("former smoker on 2020-08-23") is not the day of the turn that it tells of."""
    turn = plan.event in {Event.STOPPED, Event.STARTED} or re.search(r"\bg[ai]ve[sn]? up\b", plan.text, re.IGNORECASE)
    return not (turn and asked.claim.route in _MEASURED_ROUTES)


_OF_ALLERGIES = re.compile(r"\b(?:allerg\w*|intoleran\w*|adverse reactions?|nkda|nka)\b", re.IGNORECASE)


def _asks_taken(plan: Plan) -> bool:
    """Say whether it is asked what is taken ("is she on an antibiotic?"), and nothing of allergies or harm."""
    named = plan.subject is Category.MEDICATION and plan.subject_named and not plan.harm
    return named and not SAFE.search(plan.text) and not _OF_ALLERGIES.search(plan.text)


def _tells_taken(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """An allergy to a medicine says nothing of its being taken."""
    if asked.claim.route in QUOTES:
        return _OF_ALLERGIES.search(asked.said) is None
    return asked.claim.category is not Category.ALLERGY


_NEAR = r"wife|husband|partner|spouse|son|boy|daughter|girl|child|kid|mother|father|mom|mum|dad|sister|brother|aunt|uncle|cousin|niece|nephew|grand\w+|friend|neighbou?r|sponsor|teacher|dog|cat|puppy|pet"
_MONTHS = frozenset(
    forms(
        "January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
    )
)


def _names_somebody(plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """A name is a word with a capital within the sentence that the question does not hold itself."""
    if asked.claim.route not in QUOTES:
        return True
    known = set(forms(plan.text)) | _MONTHS
    return any(set(forms(match[0])) - known for match in re.finditer(r"(?<![.:“\"] )(?<!^)\b[A-Z][a-z]{2,}\b", asked.said))


def _counts(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    if asked.claim.route not in QUOTES:
        return True
    return (
        re.search(
            r"\d|\b(?:no|none|never|once|twice|one|two|three|four|five|six|seven|eight|nine|ten|several|few)\b",
            asked.said,
            re.IGNORECASE,
        )
        is not None
    )


def _says_without_days(pattern: str) -> Callable[[Plan, Asked, Lexicon], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda _plan, asked, _lexicon: compiled.search(_ISO_DAY.sub("", _told_text(asked))) is not None


def _told_text(asked: Asked) -> str:
    """Return a fact's own sentence, or what a note says: the dates behind a citation tell no dosage."""
    return asked.said if asked.claim.route in _FROM_NOTES else _ISO_DAY.sub("", asked.claim.text)


_ISO_DAY = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_FROM_NOTES = QUOTES | {"note_fact"}


def _asks_home_reading(plan: Plan) -> bool:
    """Say whether a value is asked that somebody measured at home."""
    return asks_home_reading(plan.text) and any(target.kind is ConceptKind.MEASUREMENT for target in plan.targets)


def _tells_home_reading(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """What was measured in a clinic is no reading at home."""
    return tells_home_reading(f"{asked.claim.text} {asked.said}")


def _asks_time(plan: Plan) -> bool:
    """Say whether the time of a problem or a treatment is asked; what was done is dated by the note that tells of it."""
    named = plan.targets[0].kind if plan.targets else None
    return plan.intent in {Intent.WHEN, Intent.AGE} and named in {ConceptKind.CONDITION, ConceptKind.DRUG}


def _tells_time(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """A sentence of a note that names a thing without any time does not say when it was; the patient's age is no time."""
    if asked.claim.route not in {"note_fact", "quote"}:
        return True
    return tells_time(asked.claim.citations[0].quote)


def _asks_to_come(plan: Plan) -> bool:
    return plan.intent is Intent.WHEN and asks_to_come(plan.text)


def _tells_to_come(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """A sentence of a note about what was found does not say when something is to come."""
    return asked.claim.route not in _FROM_NOTES or tells_to_come(asked.said)


def _tells_whereabouts(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """That there is none does not tell where it is."""
    return asked.claim.route not in _FROM_NOTES or tells_whereabouts(asked.said)


_LISTS_ALLERGIES = Cue(r"^\W*(?:drug )?(?:allerg\w*|all|adrs?|intoleranc\w*)(?:/\w+)?\W*:")


def _tells_something_taken(plan: Plan, asked: Asked, lexicon: Lexicon) -> bool:
    """A sentence about the problem tells nothing of a treatment, unless it names one or speaks of taking."""
    if asked.claim.route not in _FROM_NOTES:
        return asked.claim.category is not Category.CONDITION or asked.claim.kind is ClaimKind.ABSENCE
    if _LISTS_ALLERGIES.search(asked.said):
        return False  # what a medicine did is not what was taken for it
    return speaks_of_taking(asked.said) or _names_new_drug(plan, asked, lexicon)


def _asks_episode(plan: Plan) -> bool:
    """Say whether the day or the number of a problem's episodes is asked."""
    named = any(target.kind is ConceptKind.CONDITION for target in plan.targets)
    last = plan.intent is Intent.WHEN and plan.newest
    return named and (last or plan.intent is Intent.COUNT) and asks_episode(plan.text)


def _tells_episode(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """The one entry of a lasting problem dates its onset, and counts none of its episodes."""
    if asked.claim.category is not Category.CONDITION or asks_episode(asked.said) or _ACUTE.search(asked.said):
        return True
    several = asked.claim.computation is not None and asked.claim.computation.result not in {"0", "1"}
    return several or asked.claim.route in _FROM_NOTES


_ACUTE = Cue(r"\bacute\b")


_WHAT_CAUSED = Cue(
    r"\bwhat (?:\w+ly )?(?:caused|triggered|provoked|precipitated|brought|set|sparked)\b|\b(?:cause|trigger|precipitant) (?:of|for)\b"
)
_BROUGHT_ON = Cue(
    r"\b(?:due to|2/2|d/t|b/c|secondary to|because|owing to|caus\w+|precipit\w+|trigger\w*|provok\w+|induced|brought on|set off|led to|leading to|attribut\w+|related|associated|contribut\w+|culprit|from|after|following|setting of|likely|probabl[ey]|given|result\w*|explain\w*|source|idiopathic|unprovoked|unknown|unclear|when|while|too|on account of|since (?:she|he|they)|started (?:with|when))\b|->|→"
)


def _asks_what_caused(plan: Plan) -> bool:
    """Say whether it is asked what caused a problem that is named first."""
    named = bool(plan.targets) and plan.targets[0].kind is ConceptKind.CONDITION
    return named and plan.intent is Intent.REASON and not plan.harm and _WHAT_CAUSED.search(plan.text) is not None


def _tells_what_caused(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """A sentence about a problem that holds no word of a cause tells none."""
    return asked.claim.route not in {"quote", "note_fact"} or _BROUGHT_ON.search(asked.said) is not None


def _asks_return(plan: Plan) -> bool:
    """Say whether it is asked if a problem came back."""
    return bool(plan.targets) and plan.targets[0].kind is ConceptKind.CONDITION and asks_return(plan.text)


def _tells_return(plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """A sentence about a test that came back tells nothing of a problem that it does not name."""
    if asked.claim.route not in _FROM_NOTES:
        return True
    return any(target.find(forms(asked.said)) is not None for target in plan.targets) or _OF_RETURN.search(asked.said) is not None


_OF_RETURN = Cue(r"\brecurren\w+|\brelaps\w+|\bremission\b|\bNED\b")
_LEVEL = Cue(r"\btroughs?\b|\b(?:blood|serum|plasma|drug|peak|pre-?dose|therapeutic) (?:levels?|conc\w*)\b")


def _asks_drug_level(plan: Plan) -> bool:
    """Say whether the concentration of a drug in the blood is asked for, which its dose does not tell."""
    return _LEVEL.search(plan.text) is not None and any(target.kind is ConceptKind.DRUG for target in plan.targets)


_VENUES = {
    "church": "church|chapel|parish|cathedral|congregation", "parish": "church|chapel|parish", "temple": "temple", "mosque": "mosque", "synagogue": "synagogue|shul",
    "bar": "bar|pub|tavern", "pub": "bar|pub|tavern|inn", "club": "club|centre|center", "gym": "gym|fitness|leisure", "college": "college|university|uni|polytechnic",
    "university": "college|university|uni", "restaurant": "restaurant|cafe|diner|bistro", "choir": "choir", "shelter": "shelter|hostel|mission",
}  # fmt: skip
"""Where people go to, and how notes call it."""
_ASKS_VENUE = Cue(rf"\b(?:which|what)\s+(?:\w+\s+)?(?P<venue>{'|'.join(_VENUES)})\b")


def _names_venue(plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """Say whether a claim speaks of the kind of place that is asked: a care home is no church."""
    match = _ASKS_VENUE.search(plan.text)
    return match is None or re.search(rf"\b(?:{_VENUES[match['venue'].lower()]})\b", asked.said, re.IGNORECASE) is not None


_ROLE_NAMED = (
    r"priest|pastor|vicar|minister|rabbi|imam|chaplain|boss|manager|employer|landlord|landlady|lawyer|solicitor|counsell?or|therapist|keyworker|key worker|social worker"
    r"|caseworker|case manager|coach|tutor|surgeon|doctor|consultant|midwife|physio\w*|dentist|optician|pharmacist|anaesthetist|anesthetist|roommate|flatmate|dog|cat|puppy|pet|horse"
)
_ASKS_ROLE = Cue(
    rf"\b(?P<role>{_ROLE_NAMED})(?:['’]s|s['’]|s)? (?:first |last |full )?names?\b|\bnames? (?:of|for) (?:(?:the|his|her|my|their|operating|treating|assisting) )*(?P<other>{_ROLE_NAMED})\b|\bwhat(?:['’]s| is| was) (?:his|her|my|their|the) (?P<called>{_ROLE_NAMED}) called\b"
)
_NAMED_BY_TITLE = re.compile(
    rf"\b(?:Dr|Mr|Mrs|Ms|Miss|Prof|Fr|Rev|Pastor|Father|Sister)\b\.? ?[A-Z]|\b(?:MD|DO|RN|FRCS|MBBS|RPh|PharmD|CNM|DDS)\b|{_PERSON}"
)


def _names_role(plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """Say whether a quote names the person of the role that is asked, and not merely that there is one."""
    match = _ASKS_ROLE.search(plan.text)
    if match is None or asked.claim.route not in QUOTES:
        return True
    role = re.escape(match["role"] or match["other"] or match["called"])
    near = re.compile(rf"(?i:\b{role}\w*)[^.;]{{0,25}}?\b[A-Z][a-z]+|\b[A-Z][a-z]+[^.;,A-Z]{{0,20}}(?i:\b{role})")
    return near.search(asked.said) is not None or _NAMED_BY_TITLE.search(asked.said) is not None


_MONEY = re.compile(
    r"[$£€₹¥]|\b(?:R|Rs|USD|EUR|GBP|NZD|AUD|CAD|INR|kr|SEK|NOK)\.? ?\d|\d ?(?:dollars?|bucks|cents?|pounds|euros?|rupees?|rand|kr|kronor|a month|per month|/mo(?:nth)?)\b"
    r"|\b(?:co-?pays?|free|cost\w*|price\w*|pa(?:y|ys|id|ying)|afford\w*|cheap\w*|expensive|insur\w*|cover(?:ed|s|age)?|deductible|assistance|bill\w*|fees?|waive\w*)\b",
    re.IGNORECASE,
)
_GREW = re.compile(
    r"\b(?:cultur\w*|cx|grew|grown|growth|isolat\w*|organisms?|bacteri\w*|coli|staph\w*|strep\w*|mrsa|mssa|pseudomonas|klebsiella|candida|proteus|entero\w*|gram|flora|c&s|m/?c/?s|sensitiv\w*|resistan\w*|contaminat\w*|afb|pcr|mixed|haemophilus|moraxella|serratia|legionella|aspergill\w*|yeast|fung\w*|anaerob\w*|negative|positive|swabs?)\b",
    re.IGNORECASE,
)
_HISTOLOGY = re.compile(
    r"\b(?:histo\w*|patho\w*|biops\w*|cytolog\w*|adenom\w*|hyperplas\w*|dysplas\w*|carcinom\w*|cancer\w*|sarcom\w*|lymphom\w*|melanom\w*|naev\w*|nev\w*|tubul\w*|villous|serrated|benign|malignan\w*|granuloma\w*|fibro\w*|inflam\w*|necro\w*|metaplas\w*|polyp(?:osis)?|margins?|grade|gleason|cells?|keratos\w*|cyst)\b",
    re.IGNORECASE,
)
_ANTIDOTE = re.compile(
    r"\b(?:antidotes?|revers\w*|andexanet|idarucizumab|vitamin k|phytomenadione|protamine|pcc|kcentra|octaplex|beriplex|naloxone|narcan|flumazenil|acetylcysteine|nac|parvolex|fomepizole|glucagon|calcium gluconate|digifab|sugammadex)\b",
    re.IGNORECASE,
)
_OF_BABY = re.compile(
    r"\b(?:bab(?:y|ies)|birth\w*|born|newborn|neonat\w*|infant|girl|boy|live|twins?|male|female|delivered|delivery|son|daughter|p[eē]pi|apgars?)\b",
    re.IGNORECASE,
)


_IN_GRAMS = re.compile(r"\b\d{3,4} ?g(?:rams?)?\b", re.IGNORECASE)


def _tells_of_baby(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """The patient's own weight is not that of her baby."""
    weighed = asked.claim.route in _FROM_NOTES and _IN_GRAMS.search(asked.said) is not None
    return weighed or _OF_BABY.search(asked.said) is not None


def _tells_tissue(_plan: Plan, asked: Asked, _lexicon: Lexicon) -> bool:
    """The size of what was taken out is not what was seen in it."""
    return asked.claim.category is not Category.LABORATORY or _HISTOLOGY.search(_value_told(asked.claim.text)) is not None


def _value_told(text: str) -> str:
    """Return what a claim tells after the name of its test."""
    return text.partition(" was ")[2] or text.partition(":")[2] or text


_MERE_VALUES = frozenset({Category.LABORATORY, Category.VITAL_SIGN, Category.SURVEY, Category.OBSERVATION})
"""A score tells how somebody is, and no help that is had."""
_HELP = re.compile(
    r"\b(?:help\w*|support\w*|counsel\w*|therap\w*|refer\w*|treat\w*|medic\w*|tablets?|\w*antidepress\w*|accept\w*|declin\w*|offer\w*|groups?|nurses?|sees?|seen|seeing|start\w*|took|takes?|taking|given|psycholog\w*|service|physio\w*|carers?|under (?:the|dr|mr|ms))\b",
    re.IGNORECASE,
)


FOCUSES: tuple[Focus, ...] = (
    Focus("kind of place", lambda plan: _ASKS_VENUE.search(plan.text) is not None, _names_venue),
    Focus("name of a role", lambda plan: _ASKS_ROLE.search(plan.text) is not None, _names_role),
    Focus(
        "cost",
        _cue(r"\bhow (?:much|expensive)\b[^.?;]{0,50}\b(?:pay(?:s|ing)?|paid|costs?|charged?|out of pocket)\b|\bhow expensive\b|\bwhat (?:does|did|do|will) [^.?;]{0,50}\bcost\b|\b(?:price|co-?pay|cost) (?:of|for)\b"),
        lambda _plan, asked, _lexicon: _MONEY.search(f"{asked.claim.text} {asked.said}") is not None,
    ),
    Focus(
        "what grew",
        _cue(r"\bwhat (?:grew|has grown|did [^.?;]{2,60} grow)\b|\bgr[eo]w (?:anything|nothing|something|any (?:bugs?|bacteria|organisms?))\b|\bwhich (?:bugs?|bacteri\w+|organisms?|germs?)\b"),
        lambda _plan, asked, _lexicon: _GREW.search(f"{asked.claim.text} {asked.said}") is not None,
    ),
    Focus("tissue", _cue(r"\b(?:histolog\w*|patholog(?:y|ies))\b"), _tells_tissue),
    Focus("antidote", _cue(r"\bantidotes?\b|\breversal (?:agent|drug)\b"), lambda _plan, asked, _lexicon: _ANTIDOTE.search(f"{asked.claim.text} {asked.said}") is not None),
    Focus(
        "weight of a baby",
        _cue(r"\bher (?:(?:first|second|third|last|new|newborn|eldest|youngest|\w+) )?(?:baby|newborn|infant|twins?)(?:['’]s)?\b[^.?;]{0,25}\b(?:weigh\w*|birth ?weight)\b|\bweigh\w* of her (?:\w+ )?(?:baby|newborn|infant|twins?)\b"),
        _tells_of_baby,
    ),
    Focus(
        "name",
        _cue(
            rf"\b(?:{_NEAR})(?:'s|s')? (?:first )?names?\b|\bnames? of (?:his|her|their|the) (?:\w+ )?(?:{_NEAR})\b|\bwhat(?:'s| is| was| are) (?:his|her|their|the) (?:\w+ )?(?:{_NEAR}) called\b"
        ),
        _names_somebody,
    ),
    Focus("donor", lambda plan: ASKS_OF_DONOR.search(plan.text) is not None, _says(r"\bdonors?\b|\b[DR][+-] ?/ ?[DR][+-]|\bmismatch\w*|\bdonated\b")),
    Focus("lot number", _cue(r"\b(?:lot|batch|serial)\b"), _says(r"\b(?:lot|batch|serial)\b")),
    Focus(
        "work of a relative",
        _cue(rf"\bwhat (?:does|did|do) (?:his|her|their|the) (?:\w+ )?(?:{_NEAR}) (?:\w+ )?do\b"),
        _says(
            r"\b(?:work(?:s|ed|ing)?|job|occupation|employ\w*|retired|runs?|teach\w*|nurse|farm\w*|\w+ist|\w+eer|driver|drives|manager"
            r"|welder|builder|cleaner|carer|cook|chef|baker|miner|plumber|carpenter|painter|PSW|shifts?|unemployed|student|homemaker)\b"
        ),
    ),
    Focus(
        "age of a child",
        _cue(r"\b(?:how old|what age) (?:is|are)\b[^.?;]{0,30}\b(?:bab(?:y|ies)|newborn|child(?:ren)?|kids?|son|daughter|twins?|infant)\b"),
        _says(r"\b\d+ ?(?:years?|yrs?|y/?o|months?|mths?|weeks?|wks?|days?|y|m)\b|\bage[ds]?\b|\bborn\b|\bbirth ?da(?:te|y)|\bDOB\b|\(\d{1,2}\)"),
    ),
    Focus("how many", _cue(r"\bhow many\b"), _counts),
    Focus(
        "side",
        _cue(rf"\b(?:which|what)\s+(?:of (?:his|her|my|the|their) )?(?:{_BODY})s?\b(?![- ]effect| (?:doctor|dr|specialist|clinic|team|surgeon|consultant|nurse|people|unit|physician)s?\b)|\bleft or right\b|\bright or left\b|\blaterality\b"),
        _tells_side,
    ),
    Focus(
        "result",
        _cue(
            r"\bwhat(?:'d| did| does| do| have| has|'s)?\b.*\b(?:show(?:ed|n)?|gr[eo]w|find|found|reveal(?:ed)?|see|saw|said?|demonstrate[d]?)\b(?! for\b)|"
            r"\b(?:results?|findings?|histology|numbers)\b|\b(?:immune|immunity|positive|negative|benign|malignant|cancerous|abnormal)\?|\bcome back\b|\bcame back\b"
        ),
        _tells_result,
    ),
    Focus("intensive care", _asks_intensive_care, _says(r"\b(?:ICU|MICU|SICU|CCU|PICU|NICU|intensive care|critical care)\b")),
    Focus("value", _asks_value, _tells_value),
    Focus("every part", _asks_every_part, _names_every_target),
    Focus("medicine", _asks_for_medicine, _names_new_drug),
    Focus("vaccine", _cue(r"\b(?:which|what)\s+(?:\w+ )?(?:jabs?|shots?|vaccin\w*|immuni[sz]\w*|boosters?)\b"), _names_vaccine),
    Focus("person", lambda plan: plan.intent is Intent.WHO, _tells_person),
    Focus("maker", _cue(r"\b(?:which|what)\s+(?:\w+\s+)?(?:company|brand|manufacturer|city|town)\b"), _says(_NAME, 0)),
    Focus(
        "place",
        _cue(
            rf"\b(?:which|what)\s+(?:[\w-]+\s+)?(?:pharmacy|hospital|clinic|school|lab(?:oratory)?(?! (?:results?|values?|tests?|work|findings?|panels?|markers?))|facility|employer|nursing home|{_GATHERINGS})\b"
        ),
        _names_place,
    ),
    Focus(
        "stage",
        _cue(r"\b(?:what|which) stage\b|\bstage of\b|\bstaging\b|\bstage\W*$"),
        _says(r"\b(?:stage[sd]?|staging|TNM|T[0-4][a-c]?N[0-3x]|gleason|ann arbor|GOLD|NYHA|G[1-5][ab]?|limited|extensive|metasta\w*|unstaged)\b"),
    ),
    Focus("surname", _cue(r"\b(?:surname|last name|full name)\b"), _says(r"\b(?:surname|last name|full name)\b")),
    Focus(
        "contact",
        _cue(
            r"(?<!\b(?:on|by) the )(?<!\bover the )(?<!\b(?:by|on) )(?<!\bover )\b(?:tele)?phone\b"
            r"(?! (?:calls?|messages?|msg|notes?|encounters?|reviews?|consult\w*|contacts?|conversations?|visits?|appointments?|medication)\b)"
            r"|\b(?:e-?mail|zip|postcode|post code)\b"
        ),
        _says(r"\d{3}|@"),
    ),
    Focus(
        "cause of an injury",
        _cue(r"\bhow (?:did|does|do|was|were|had|has)\b.*\b(?:come to|(?:break|broke|broken|fractured?|sprain(?:ed)?|strain(?:ed)?|tear|tore|dislocated?|hurt|injured?|cut|burn(?:ed|t)?|crack(?:ed)?|twist(?:ed)?|catch|caught|contract(?:ed)?)\b)"),
        _says(r"\b(?:after|fell|fall|falling|tripp\w*|slipp\w*|struck|hit|accident|collision|mv[ac]|crash|while|when|from|due to|because|playing|caught|assault\w*|sustained|exposed|exposure|planted|twist\w*|lift\w*|jump\w*|running|soccer|football|hockey|basketball|tennis|skiing|skating|sports?|bike|bicycle|ladder|stairs)\b"),
    ),
    Focus(
        "reaction",
        _cue(
            r"\breact(?:s|ed|ion|ions)?\b|\bwhat happens?\b.*\b(?:to|when|if|after|around|with)\b|\bsymptoms?\b.*\bgives?\b|\bgives? (?:her|him|them|me)\b.*\bsymptoms?\b|"
            r"\b(?:rash|hives|anaphylaxis|swelling)\b.*\bor\b|\bor\b.*\b(?:rash|hives|anaphylaxis|swelling)\b|\bcomes? (?:up|out) (?:with|in)\b"
        ),
        _tells_reaction,
    ),
    Focus(
        "trigger",
        _cue(r"\bwhat (?:sets? (?:[\w-]+ ){0,4}?off|triggers?|brings? (?:[\w-]+ ){0,4}?on|provokes?|precipitates?|aggravates?|worsens|relieves|eases)\b|\bwhat makes\b.*\b(?:worse|better)\b"),
        _says(r"\b(?:trigger\w*|worse\w*|aggravat\w*|provok\w*|precipitat\w*|exacerbat\w*|sets? off|brought on|brings on|reliev\w*|better with|eased|after|when|due to|because|from)\b"),
    ),
    Focus(
        "side effect",
        _cue(r"\b(?:side[- ]effects?|adverse (?:effects?|events?|reactions?)|tolerat(?:e|ed|ing))\b"),
        lambda plan, asked, lexicon: asked.claim.route == LAID or re.search(r"\b(?:side[- ]effect\w*|adverse|tolerat\w*|intoleran\w*)\b|reason:", asked.said, re.IGNORECASE) is not None
        or (asked.claim.route in QUOTES and (_tells_reaction(plan, asked, lexicon) or _names_finding(asked, lexicon))),
    ),
    Focus(
        "body part",
        _cue(r"\b(?:which|what) (?:joints?|sinus(?:es)?|organs?|parts?|areas?|vessels?|arter(?:y|ies)|valves?|lobes?|levels?|nerves?|nodes?|bones?|teeth|tooth|fingers?|toes?)\b"),
        lambda plan, asked, _lexicon: any(
            pattern.search(asked.said) and not pattern.search(plan.text) for pattern in (*_QUALIFIER_PATTERNS[1], _PARTS)
        ),
    ),
    Focus("level of a drug", _asks_drug_level, _says(r"\b(?:troughs?|levels?|conc\w*|assay|peak)\b|\b[nmuµ]c?g/m?l\b|\b[nuµ]?mol/l\b")),
    Focus("allergen", _cue(r"\b(?:which|what) (?:foods?|allergens?|insects?|animals?|pets?)\b"), _names_allergen),
    Focus(
        "duration",
        lambda plan: plan.intent is Intent.DURATION,
        lambda plan, asked, lexicon: asked.claim.route != "happening" and _tells_span(plan, asked, lexicon),
    ),
    Focus("reason", lambda plan: plan.intent is Intent.REASON, _tells_reason),
    Focus("what a medicine is for", _asks_what_for, _tells_what_for),
    Focus("severity", _cue(r"\bhow (?:bad|severe|serious|big a problem)\b"), _says(r"\b(?:mild|moderate|severe|minor|major|critical\w*|life-threatening|anaphyla\w*|class|grade|stage|score|well[- ]controlled|poorly)\b|\d")),
    Focus(
        "dose",
        lambda plan: plan.intent is Intent.DOSE
        and any(target.kind is ConceptKind.DRUG for target in plan.targets)
        and not (asks_frequency(plan.text) or asks_course(plan.text)),
        _says_without_days(r"\d+(?:\.\d+)?\s*-?(?:mg|mcg|µg|ug|g|ml|units?|iu|%|meq|mmol|puffs?|tab\w*|caps?\w*|drops?|sprays?|patch\w*)\b|\b\d+(?:\.\d+)?(?:/\d+(?:\.\d+)?)?\b(?![-/]\d)"),
    ),
    Focus(
        "how often it is taken",
        lambda plan: plan.intent is Intent.DOSE and asks_frequency(plan.text),
        lambda _plan, asked, _lexicon: tells_frequency(_told_text(asked)),
    ),
    Focus(
        "length of a course",
        lambda plan: plan.intent is Intent.DOSE and asks_course(plan.text),
        lambda _plan, asked, _lexicon: tells_course(_told_text(asked)),
    ),
    Focus("time", _asks_time, _tells_time),
    Focus("reading at home", _asks_home_reading, _tells_home_reading),
    Focus("what is to come", _asks_to_come, _tells_to_come),
    Focus(
        "help",
        _cue(r"\b(?:getting|gets?|got|had|has|having|receiv\w*|offered|given|any|what) (?:any |some |enough |much |the )?(?:help|support|treatment|counsell?ing|therapy)\b(?! (?:changed?|plan|date|dose))"),
        lambda _plan, asked, _lexicon: asked.claim.category not in _MERE_VALUES and (asked.claim.route not in QUOTES or _HELP.search(asked.said) is not None),
    ),
    Focus("whereabouts", lambda plan: asks_whereabouts(plan.text), _tells_whereabouts),
    Focus("something taken", lambda plan: asks_something_taken(plan.text), _tells_something_taken),
    Focus("turn", _asks_turn, _tells_turn),
    Focus("taken", _asks_taken, _tells_taken),
    Focus("episode", _asks_episode, _tells_episode),
    Focus("return", _asks_return, _tells_return),
    Focus("what caused a problem", _asks_what_caused, _tells_what_caused),
)  # fmt: skip


def tells(plan: Plan, claim: DraftClaim, lexicon: Lexicon, /, *, but: Sequence[str] = ()) -> bool:
    """Say whether a claim tells every particular that the question asks for, and contradicts no qualifier of it.

    `but`: the names of particulars that it may leave out.
    """
    if claim.route in {"formula", "withdrawn"}:
        return True  # the result itself, made again by verification; what the chart withdrew, whatever is asked of it
    asked = Asked(claim, _said(claim))
    if claim.route != "carer" and conflicts(plan.text, asked.said):  # a team has people of every field
        return False
    return all(focus.told(plan, asked, lexicon) for focus in FOCUSES if focus.name not in but and focus.applies(plan))


def telling(plan: Plan, claims: Sequence[DraftClaim], lexicon: Lexicon) -> list[DraftClaim]:
    """Return the claims that tell what is asked."""
    return [claim for claim in claims if tells(plan, claim, lexicon)]


LAID = "harm_laid"
"""Route of problems that the list lays to a medicine by their name."""


def _said(claim: DraftClaim) -> str:
    if claim.route == WRITTEN:
        return claim.text
    if claim.route in QUOTES:
        return claim.citations[0].quote
    cited = (text for citation in claim.citations for text in (citation.quote, *(each.quote for each in citation.elements)))
    return f"{claim.text} {' '.join(cited)}"


def conflicts(question: str, said: str) -> bool:
    """Say whether a sentence names only another of a group of qualifiers (side, body part, scan, relative) than the question."""
    return any(
        not any(each.search(said) for each in asked) and any(each.search(said) for each in others)
        for asked, others in _qualified(question)
    )


@lru_cache(maxsize=512)
def _qualified(question: str) -> list[tuple[list[Cue], list[Cue]]]:
    """Return for each group of which a question names some: those, and the others."""
    named = [[pattern for pattern in group if pattern.search(question)] for group in _QUALIFIER_PATTERNS]
    return [
        (asked, [pattern for pattern in group if pattern not in asked])
        for group, asked in zip(_QUALIFIER_PATTERNS, named, strict=True)
        if asked
    ]
