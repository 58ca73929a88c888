"""What a question takes for granted, and sentences of notes that do not hold it: they stand near what is asked, and answer nothing.

Somebody refused, somebody else than the patient, the other side, the words of a person who never wrote, what a thing cost, what is
yet to come: a sentence that only shares other words with such a question is left out.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.focus import QUOTES
from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.pregnancies import takes_untold_for_granted
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.engine.facts.people import fields_named
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, tokenize
from chartcite.engine.notes.assertion_triggers import MATERNAL_HEADING
from chartcite.engine.notes.life_topics import LIFE
from chartcite.engine.notes.notes_of_others import without_others
from chartcite.engine.notes.sentence_manner import assertion_in, heading_over, stands
from chartcite.engine.questions.asked_kinds import alike
from chartcite.engine.questions.falls import FALLING
from chartcite.engine.questions.persons import (
    all_relatives,
    asks_of_their_life,
    person_of,
    relative_acts,
    relative_tells,
)
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import EVENT_WORDS, Event, Intent

_FROM_NOTES = QUOTES | {"note_fact", "note_part"}


class _Quoted(NamedTuple):
    """A sentence of a note with the passage that it stands in."""

    said: str
    passage: Passage | None
    note: tuple[Passage, ...]
    """All passages of its note."""


def holding(reading: Reading, claims: Sequence[DraftClaim], /) -> list[DraftClaim]:
    """Return the claims without sentences of notes that do not hold what the question takes for granted."""
    plan = reading.plan
    if takes_untold_for_granted(plan.text, reading.shelves.records, reading.scope, reading.chart.today):
        return []
    claims = _of_brand_asked(reading, without_others(reading, _not_done_first(plan, claims)))
    quotes = [claim for claim in claims if _is_quote(claim)]
    rules = [rule for asks, rule in _RULES if asks(plan)] if quotes else []
    delivery = plan.upcoming and any(target.label == _DELIVERY for target in plan.targets)
    if not plan.family and _OF_BIRTH.search(plan.text) is None and not _names_contact(reading):
        claims = _without_the_mothers(claims, reading)
    if not (rules or delivery) or plan.comparison is not None:
        return list(claims)
    passages = list(reading.shelves.records.all_passages(reading.scope))
    placed = {claim.text: _placed(claim, passages) for claim in quotes}
    kept = [
        claim
        for claim in claims
        if claim.text not in placed
        or all(rule(plan, placed[claim.text]) for rule in rules if claim.route != LIFE or rule not in _CHOSEN_BY_TOPIC)
    ]
    if delivery:
        kept = [claim for claim in kept if claim.text not in placed or not _is_long_ago(placed[claim.text], reading.chart.today)]
    facts = [claim for claim in claims if claim.text not in placed]
    fallen = len(kept) < len(claims)
    if fallen and not facts and not any(_names(plan, placed[claim.text].said) for claim in kept):
        return []  # what is left names nothing of it
    return kept


def _of_brand_asked(reading: Reading, claims: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Return, of why one brand was left, what does not speak of another brand of the same medicine alone."""
    plan = reading.plan
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG and not target.is_class]
    if not _asks_why_stopped(plan) or len(drugs) != 1:
        return list(claims)
    concepts = [reading.chart.lexicon.concepts[id_] for id_ in drugs[0].ids]
    brands = {forms(name) for concept in concepts for name in concept.surfaces if _BRAND.fullmatch(name)}
    asked = forms(drugs[0].words)
    if asked not in brands:
        return list(claims)
    others = {brand for brand in brands if brand != asked}

    def of_another(claim: DraftClaim) -> bool:
        words = forms(claim.text)
        return not _holds_run(words, asked) and any(_holds_run(words, brand) for brand in others)

    return [claim for claim in claims if not of_another(claim)]


_BRAND = re.compile(r"[A-Z][a-z]{3,}(?: [A-Z][A-Za-z]*)*")


def _holds_run(words: Sequence[str], run: Sequence[str]) -> bool:
    return any(tuple(words[place : place + len(run)]) == tuple(run) for place in range(len(words) - len(run) + 1))


_DELIVERY = "estimated date of delivery"
_LONGEST_PREGNANCY = timedelta(days=310)


def _is_long_ago(quoted: _Quoted, today: date) -> bool:
    """Say whether a note is older than a pregnancy lasts: what was due then has come."""
    passage = quoted.passage
    known = (passage.occurred or passage.recorded) if passage is not None else None
    return known is not None and today - known.first_day > _LONGEST_PREGNANCY


_OF_BIRTH = Cue(
    r"\b(?:mother\w*|mum\w*|mom\w*|matern\w*|pregnan\w*|ante-?natal\w*|pre-?natal\w*|obstetric\w*|births?|born|deliver\w*|c-?sections?|c(?:a)?esar\w*|gestation\w*|womb|in utero|labou?r|perinatal\w*|expecting|miscarr\w*|ectopics?|stillb\w*)\b"
)
"""Speaks of a birth, of which the mother's part tells as well."""
_LONGEST_CHILDHOOD = timedelta(days=12 * 365)


def _without_the_mothers(claims: Sequence[DraftClaim], reading: Reading) -> list[DraftClaim]:
    """Leave out the sentences of a child's notes that tell of the mother: her serology is not the child's."""
    quotes = [claim for claim in claims if claim.route in _FROM_NOTES and claim.citations]
    birth = person_of((reading.chart.birth,)).birth if quotes and reading.chart.birth is not None else None
    if birth is None:
        return list(claims)
    passages = list(reading.shelves.records.all_passages(reading.scope))
    hers = {claim.text for claim in quotes if _is_of_mother(_placed(claim, passages), birth)}
    return [claim for claim in claims if claim.text not in hers]


def _names_contact(reading: Reading) -> bool:
    """Say whether a question names somebody of the patient's contact persons, and not the patient."""
    listed = reading.shelves.records.facts(reading.scope, categories=(Category.DEMOGRAPHIC,))
    own = {word for fact in listed if "#name" in fact.id and fact.value for word in forms(fact.value.shown)}
    theirs = {word for fact in listed if "#contact" in fact.id and fact.value for word in forms(fact.value.shown)}
    return not (theirs - own).isdisjoint(forms(reading.question or reading.plan.text))


def _is_of_mother(quoted: _Quoted, birth: date) -> bool:
    """Say whether a sentence stands under a heading about the mother ("Maternal history") in a note of a child."""
    passage = quoted.passage
    known = (passage.occurred or passage.recorded) if passage is not None else None
    if passage is None or known is None or known.first_day - birth > _LONGEST_CHILDHOOD:
        return False
    return MATERNAL_HEADING.search(heading_over(passage)) is not None


_VALUE_TO_COME = Cue(
    r"\bwhat (?:will|would|is) (?:(?:the|his|her|my|their|next|future) )*[\w /%-]{2,40}? (?:going to )?be(?: next| then| in| by| after| at| when)?\b"
)
_SET = Cue(r"\b(?:goals?|targets?|aims?|doses?|dosage|limits?|thresholds?|plans?|ideal|should)\b")


def asks_value_to_come(plan: Plan, /) -> bool:
    """Say whether a question asks what a measurement is going to be: no chart tells it."""
    measured = bool(plan.targets) and plan.targets[0].kind is ConceptKind.MEASUREMENT
    return measured and _VALUE_TO_COME.search(plan.text) is not None and not _SET.search(plan.text)


_ASKS_RESULT = Cue(r"\b(?:results?|findings?|show(?:ed|n)?|reveal(?:ed)?|find|found|histology)\b")


def _not_done_first(plan: Plan, claims: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Where the result of a procedure is asked that was not done, tell that first, and of the notes what names the procedure."""
    facts = [claim for claim in claims if not _is_quote(claim)]
    undone = [claim for claim in facts if claim.kind is ClaimKind.ABSENCE and claim.category is Category.PROCEDURE]
    procedures = [target for target in plan.targets if target.kind is ConceptKind.PROCEDURE]
    if not undone or len(undone) < len(facts) or not procedures or not _ASKS_RESULT.search(plan.text):
        return list(claims)
    named = [claim for claim in claims if _is_quote(claim) and _names_any(procedures, claim.citations[0].quote)]
    return [*undone, *named]


def _names_any(targets: Sequence[Target], said: str) -> bool:
    words = forms(said)
    return any(target.find(words) is not None for target in targets)


def _is_quote(claim: DraftClaim) -> bool:
    return claim.route in _FROM_NOTES and claim.kind is not ClaimKind.ABSENCE and bool(claim.citations)


def _placed(claim: DraftClaim, passages: Iterable[Passage]) -> _Quoted:
    cited = claim.citations[0]
    note = tuple(each for each in passages if each.resource == cited.source.resource)
    inside = next((each for each in note if cited.quote in each.text), None)
    return _Quoted(cited.quote, inside, note)


def _names(plan: Plan, said: str) -> bool:
    words = forms(said)
    return any(target.find(words) is not None for target in plan.targets) or not set(plan.keywords).isdisjoint(words)


_ASKS_REFUSAL = Cue(
    r"\b(?:refus\w*|declin\w*|turn(?:ed|ing)? (?:it |that |this |\w+ \w+ )?down|sa(?:y|id) no|object(?:ed|s)?|(?:does|did|do)(?: not|n['’]?t) (?:he |she |they |i |\w+ )?(?:want|agree)|unwilling)\b"
)
_REFUSES = Cue(
    r"\b(?:refus\w*|declin\w*|turn\w* (?:\w+ ){0,3}down|(?:said|says|saying|say) no|no thank\w*|object\w*|(?:not|n['’]t) (?:\w+ ){0,2}?(?:want\w*|wish\w*|agree\w*|like|keen|go|going|gone|attend\w*|interested|ready|willing|book\w*|com(?:e|ing)|tak(?:e|ing)|accept\w*|consent\w*|consider\w*|have|having)|never (?:again|want\w*)|reluct\w*|rather|prefer\w*|wish\w*|want\w*|afraid|scared|fear\w*|fright\w*|worr\w*|anxious|nervous|against|unwilling|hesita\w*|dislike\w*|hate[sd]?|can(?:not|['’]t)|cost\w*|afford\w*|jehovah\w*|religio\w*|faith|belie\w*|because)\b"
)


def _tells_refusal(_plan: Plan, quoted: _Quoted) -> bool:
    """Say whether a sentence tells of somebody who would not: that none was needed is no refusal."""
    return _REFUSES.search(quoted.said) is not None


_NOT_BEGUN = Cue(
    r"\b(?:on|takes|taking|continu\w*|cont|offer\w*|declin\w*|refus\w*|will (?:re)?start|to start|plan(?:s|ned)? to|start(?:ed|ing)? (?:in|on|today|at)|consider\w*|discuss\w*|think(?:ing)? (?:about|of)|would like to)\b"
)
_ENDED = Cue(
    r"\b(?:stop\w*|off|d/?c'?d?|discontinu\w*|finish\w*|complet\w*|ceas\w*|quit\w*|withdr[ae]w\w*|held|hold|wean\w*|taper\w*|no longer|not (?:taking|tolerat\w*|using)|ran out|run out|switch\w*|chang\w*|reduc\w*|increas\w*|lower\w*|raised|halv\w*|doubl\w*|cut|titrat\w*|stepped|replac\w*|remov\w*|because|due to|side[ -]effects?|intoleran\w*|could(?:n't| not)|made (?:him|her|me)|gave (?:him|her|me)|caus\w*|left (?:it )?(?:off|out)|gave up|given up|instead|nausea|rash|cough|drows\w*|dizz\w*|ach\w*|pain|swell\w*|bleed\w*|low|high|sick|nightmares?|itch\w*|diarrh\w*|headaches?|allerg\w*|reaction|rebound|->|→)(?!\w)|->|→"
)


def _asks_why_stopped(plan: Plan) -> bool:
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    return plan.intent is Intent.REASON and plan.event in {Event.STOPPED, Event.CHANGED} and bool(drugs) and not plan.undone


_NOT_ENDED = Cue(
    r"\b(?:do(?:es)? not|don['’]?t|not to|never|without|no need to|must not|should not) (?:be )?(?:stop|chang|switch|hold|held)\w*"
)
"""What is not to end tells nothing of an end."""
_NEAR_VERB = 30


def _tells_end(plan: Plan, quoted: _Quoted) -> bool:
    """Say whether a sentence about a medicine tells more than that it was offered, declined, to be begun or taken."""
    kept = (quoted.said[match.end() : match.end() + _NEAR_VERB] for match in _NOT_ENDED.finditer(quoted.said))
    if any(target.find(forms(behind)) is not None for behind in kept for target in plan.targets):
        return False
    if _ENDED.search(quoted.said) or not _NOT_BEGUN.search(quoted.said):
        return True
    return not any(target.find(forms(quoted.said)) is not None for target in plan.targets)


def _asks_why_other(plan: Plan) -> bool:
    return plan.intent is Intent.REASON and plan.event is Event.CHANGED and not plan.targets


_CHANGES = Cue(
    rf"\b(?:{'|'.join(re.escape(word) for word in EVENT_WORDS[Event.CHANGED])}|chang\w*|switch\w*|new|mov(?:e|ed|ing)|transfer\w*|left|leav\w*|former|previous\w*|retir\w*|instead|no longer|used to|rather|took over|taken over|other)\b"
)


def _tells_change(_plan: Plan, quoted: _Quoted) -> bool:
    return _CHANGES.search(quoted.said) is not None


_ASKS_COST = Cue(r"\b(?:cost|costs|price|priced|how expensive|pay for|paid for|bill(?:ed)? for|charged? for)\b")


_OF_COSTS = frozenset(
    forms(
        "how much many did does do is was will would the a an his her my their he she i it they we have has had to what of for at each per month year cost costs price pay pays paid out pocket expensive"
    )
)


def _of_what_costs(plan: Plan, quoted: _Quoted) -> bool:
    """Say whether what is paid for is what is asked of, and not the rent."""
    words = forms(quoted.passage.text if quoted.passage is not None else quoted.said)
    if not plan.targets or all(_ASKS_COST.search(target.words) for target in plan.targets):
        things = [word for word in forms(plan.text) if word not in _OF_COSTS and not _ASKS_COST.search(word)]
        return not things or any(alike(other, words) for word in things for other in noted_as(word))
    return any(target.find(words) is not None or not _telling_words(target).isdisjoint(words) for target in plan.targets)


def _telling_words(target: Target) -> set[str]:
    return {word for word in forms(f"{target.words} {target.label}") if len(word) > _SHORTEST}


_SHORTEST = 3
_ASKS_SAID = Cue(
    r"\bwhat (?:else )?(?:did|does|do|has|have|was|were) (?:the |his |her |my |their |our )?(?:[\w-]+ ){1,3}?(?:say|said|think|thought|advise[ds]?|recommend(?:ed)?|suggest(?:ed)?|conclude[ds]?|find|found|tell|told|want(?:ed)?|write|wrote|make of)\b|\b(?:advice|opinion|recommendations?|recs|impression) (?:of|from|by) (?:the |his |her |my )?[\w-]+"
)


def _asks_words_of_field(plan: Plan) -> bool:
    return _ASKS_SAID.search(plan.text) is not None and bool(fields_named(plan.text).called) and not plan.family


def _is_of_field(plan: Plan, quoted: _Quoted) -> bool:
    """Say whether a note is by or speaks of somebody of the field whose words are asked."""
    called = fields_named(plan.text).called
    said = (quoted.said, *(f"{each.title} {each.author} {each.section}" for each in quoted.note))
    opening = quoted.note[0].text[:_OPENING] if quoted.note else ""
    around = quoted.passage.text if quoted.passage is not None else ""
    named = [word for words in fields_named(plan.text).words for word in forms(words)]
    texts = (*said, opening, around)
    if not (
        any(cue.search(text) for cue in called for text in texts) or any(word in forms(text) for word in named for text in texts)
    ):
        return False
    own = any(cue.search(text) for cue in called for text in said[1:])
    return own or not (any(cue.search(quoted.said) for cue in called) and _SENT_TO.search(quoted.said))


_SENT_TO = Cue(
    r"\b(?:refer(?:red|ral)?s?\b[^.;]{0,20}\bto|ask(?:ing)?|opd|outpatients?|appointment|appt|f/?u|follow[- ]?up|await\w*|will see|to see|book\w*|due)\b"
)


_OPENING = 300
_ASKS_FORETOLD = Cue(
    r"^\W*(?:(?:and|so|but) )?(?:will|won['’]t)\b(?! (?:you|it be (?:ok|okay|safe|possible)|that be)\b)(?!.*\b(?:want|wish|accept|agree|consent|mind|object|take)\b)"
)
_FORETELLS = Cue(
    r"\b(?:will|would|won['’]t|expect\w*|prognos\w*|(?:un)?likel\w*|should|plan\w*|may|might|can|could|cannot|if|once|until|unless|when|next|recommend\w*|due|to (?:be|have|see|start|stop|do|get|go|return|review|repeat)|hop(?:e[sd]?|ing)|aim\w*|goals?|risks?|chances?|schedul\w*|book\w*|declin\w*|wants?|wishes|consider\w*|discuss\w*|need\w*|eligib\w*|candidate|refer\w*|await\w*|order\w*|list(?:ed)? for|not|no|never|for life|life-?long|indefinite\w*|\d+ (?:days?|weeks?|months?|years?))\b"
)


def _foretells(_plan: Plan, quoted: _Quoted) -> bool:
    """Say whether a sentence speaks of what may come."""
    return _FORETELLS.search(quoted.said) is not None


_LEFT, _RIGHT = r"(?:left|lt|l|os|ll[lq]|lu[lq])", r"(?:right|rt|r|od|rl[lq]|ru[lq]|rml)"
_BOTH = r"bilat\w*|both|either|b/l|ou"
_SIDES = {"left": (re.compile(rf"\b(?:{_LEFT}|{_BOTH})\b", re.IGNORECASE), re.compile(rf"\b{_RIGHT}\b", re.IGNORECASE)), "right": (re.compile(rf"\b(?:{_RIGHT}|{_BOTH})\b", re.IGNORECASE), re.compile(rf"\b{_LEFT}\b", re.IGNORECASE))}  # fmt: skip
_OF_SIDE = Cue(
    r"\b(?P<side>left|right)(?:[ -](?:big|great|little|lower|upper|sided|hand|side|main|middle|index|ring))*[ -](?P<part>[a-z]{3,})\b"
)
_NO_PARTS = frozenset(
    "now away here side sided after before back one ones time thing direction track dose side's heart ventricular ventricle atrial atrium bundle".split()
)


def _sides_asked(plan: Plan) -> tuple[str, str] | None:
    """Return the one side that a question names, and the part of the body."""
    found = {(match["side"].lower(), match["part"].lower()) for match in _OF_SIDE.finditer(plan.text)}
    found = {each for each in found if each[1] not in _NO_PARTS}
    return next(iter(found)) if len({side for side, _ in found}) == 1 else None


def _is_of_side(plan: Plan, quoted: _Quoted) -> bool:
    """Say whether a sentence says of which side it speaks, or else its note does not speak of the other side alone."""
    asked = _sides_asked(plan)
    if asked is None:
        return True
    this, other = _SIDES[asked[0]]
    if this.search(quoted.said) or other.search(quoted.said):
        return True  # it says of which side it speaks
    whole = " ".join(each.text for each in quoted.note) or quoted.said
    part = re.compile(rf"\b{re.escape(asked[1].rstrip('s'))}", re.IGNORECASE)
    near = [whole[max(0, match.start() - _NEAR_PART) : match.end() + _NEAR_PART] for match in part.finditer(whole)]
    if not near:
        return not any(other.search(target.label) for target in plan.targets)
    return any(this.search(text) for text in near) or not any(other.search(text) for text in near)


_NEAR_PART = 30
_ASKS_DEED = Cue(
    r"\bwhen\b[^.?;]{0,60}\b(?:put in|implanted|inserted|fitted|placed|taken out|removed|performed|operated|replaced|repaired|transplanted|amputated|done|given|carried out|vaccinated|transfused)\b|\bwho (?:did|performed|put in|implanted|inserted|removed|took out|placed|fitted|repaired|replaced|operated|gave)\b"
)
_THOUGHT = Cue(
    r"\b(?:talk(?:ed|ing)? (?:of|about)|pencil\w*|consider\w*|would|might|may|could|candidate|criteria|discuss\w*|options?|offer\w*|recommend\w*|refer\w*|think(?:ing)? (?:of|about)|thought (?:of|about)|plan\w*|await\w*|waiting list|listed for|if)\b"
)
_DONE = Cue(
    r"\b(?:was (?:done|placed|put|given|performed|implanted|inserted|removed)|underwent|had (?:an?|his|her|the)|s/p|status post|post|after|since|implanted|inserted|placed|fitted|removed|received|given|got|done|in situ|never|none|not (?:done|needed|placed|implanted|required|indicated|yet)|off the table|declin\w*|refus\w*|no longer)\b"
)


def _tells_deed(_plan: Plan, quoted: _Quoted) -> bool:
    """Say whether a sentence tells more of a deed than that it was thought of."""
    return _DONE.search(quoted.said) is not None or _THOUGHT.search(quoted.said) is None


_OF_PATIENT = frozenset({ConceptKind.CONDITION, ConceptKind.DRUG, ConceptKind.PROCEDURE, ConceptKind.VACCINE})


_AGAIN = Cue(
    r"\b(?:re-?introduc\w*|re-?challeng\w*|re-?start\w*|re-?tried|(?:put|went|gone|going) back on|tried (?:it )?again|second (?:go|try|trial|attempt))\b"
)
_TOLD_AGAIN = Cue(
    r"\b(?:re-?introduc\w*|re-?challeng\w*|re-?start\w*|re-?tr(?:y|ied|ial)\w*|resum\w*|back on|again|second (?:go|try|trial|attempt)|re-?titrat\w*)\b"
)


def _asks_again(plan: Plan) -> bool:
    """Say whether what came of taking something again is asked."""
    return (
        plan.intent is not Intent.REASON
        and _AGAIN.search(plan.text) is not None
        and any(target.kind is ConceptKind.DRUG for target in plan.targets)
    )


def _tells_again(_plan: Plan, quoted: _Quoted) -> bool:
    return _TOLD_AGAIN.search(quoted.said) is not None


_GAVE_UP = Cue(
    r"\bwhy (?:did|has|had|does|is) (?:\w+ ){1,3}?(?:g[ai]ve[n]? up|leav(?:e|ing)|left|quit|stop(?:ped)?|los[et]|retire[d]?)\b[^.?;]{0,20}\b(?:job|work|working|position|post|career|teaching|business)\b"
)
_OF_WORK = Cue(
    r"\b(?:work(?:s|ed|ing|er|place)?(?! (?:against|well|fine|better|up|out)\b)|jobs?|retire\w*|employ\w*|laid off|redundan\w*|fired|dismiss\w*|quit|resign\w*|hours|shifts?|career|position|business|sold|disab\w*|pension\w*|boss|teach\w*|company|shop|farm|firm|plant|mill|factory)\b"
)


def _tells_of_work(_plan: Plan, quoted: _Quoted) -> bool:
    return _OF_WORK.search(quoted.said) is not None


def _is_of_kin(plan: Plan, quoted: _Quoted) -> bool:
    """Say whether a sentence, or the heading over it, speaks of relatives."""
    heading = f"{quoted.passage.section} {quoted.passage.text[:_OPENING]}" if quoted.passage is not None else ""
    words = forms(quoted.said)
    return _OF_KIN.search(quoted.said) is not None or not all_relatives().isdisjoint(words) or _FAMILY.search(heading) is not None


_OF_KIN = Cue(
    r"\b(?:famil\w*|fhx?|fh|famhx|hx fam|relatives?|hereditar\w*|inherit\w*|genetic\w*|cousins?|aunts?|uncles?|niece|nephew|grand\w+|parents?|sibs?|siblings?|kin|wife|husband|partner|spouse|child\w*|kids?|sons?|daughters?|maternal|paternal|whānau|nan|nana|nanny|pop|in-laws?|mgm|mgf|pgm|pgf)\b|['’]s\b"
)
_FAMILY = Cue(r"\bfamil|\bfhx?\b|\bfam ?hx\b|^\W*(?:maternal|mother)")


def _asks_of_patient(plan: Plan) -> bool:
    kin = plan.family or relative_acts(plan.text) or relative_tells(plan.text)
    return not kin and any(target.kind in _OF_PATIENT for target in plan.targets)


def _is_of_patient(plan: Plan, quoted: _Quoted) -> bool:
    """Say whether a sentence does not tell of a relative alone what is asked of the patient."""
    words = forms(quoted.said)
    others = [target for target in plan.targets if target.kind not in _OF_PATIENT]
    if quoted.passage is None or any(target.find(words) is not None for target in others):
        return True
    sentences = [text for each in quoted.passage.sentences if (text := quoted.passage.sentence_text(each)) in quoted.said]
    found = [
        (text, place)
        for text in sentences
        for target in plan.targets
        if target.kind in _OF_PATIENT and (place := target.find(forms(text))) is not None
    ]
    return not found or any(not _is_of_other(text, place, quoted.passage) for text, place in found)


def _is_of_other(text: str, place: tuple[int, int], passage: Passage) -> bool:
    """Say whether what is named at a place of a sentence is a relative's or an animal's."""
    before = text[: tokenize(text)[place[0]].start]
    if _ON_GROUNDS.search(before):
        return False
    return assertion_in(text, place, passage) is AssertionStatus.FAMILY or _OF_ANIMAL.search(before) is not None


_ON_GROUNDS = Cue(
    r"\b(?:in view of|in (?:the )?light of|given|because of|due to|considering|owing to|on account of)\b[^.;]*\b(?:mother|father|parent|brother|sister|sibling|son|daughter|aunt|uncle|grand\w+|family|relative)s?\b[^.;]*,[^,.;]*$"
)
"""What a relative had is the ground for what is planned for the patient: "given her father's cancer, the next colonoscopy ..."."""
_OF_ANIMAL = Cue(r"\b(?:dog|cat|puppy|kitten|pet|horse|cow|animal|bat|ferret)s?['’]s? (?:\w+ ){0,2}$")


def _unheard(plan: Plan) -> list[Target]:
    """Return what no table holds; that somebody fell is told in any words ("found on the floor")."""
    named = [target for target in plan.targets if target.kind in _OF_PATIENT and not target.concept_keys and not target.is_class]
    return [target for target in named if not set(forms(target.words)) <= set(FALLING)]


def _asks_of_unheard(plan: Plan) -> bool:
    """Say whether more than whether it is so is asked of a thing that no table of the chart holds."""
    return plan.intent in _SUPPOSING and bool(_unheard(plan))


_SUPPOSING = frozenset({Intent.REASON, Intent.WHEN, Intent.DURATION, Intent.DOSE, Intent.COUNT, Intent.AGE, Intent.WHO})


def _is_heard_of(plan: Plan, quoted: _Quoted) -> bool:
    """Say whether the note around a sentence names the thing, in whatever words."""
    around = " ".join(each.text for each in quoted.note) or quoted.said
    words = forms(around)
    return any(target.find(words) is not None or _says_all(target, words) for target in _unheard(plan))


def _says_all(target: Target, words: Sequence[str]) -> bool:
    """Say whether all words of a thing stand near each other: a heart failure and a kidney transplant are no heart transplant."""
    telling = [word for word in forms(target.words) if len(word) >= _SHORTEST]
    if not telling:
        return False
    spans = [words] if len(telling) == 1 else [words[at : at + _TOGETHER] for at in range(max(1, len(words) - _TOGETHER + 1))]
    return any(all(any(alike(other, tuple(span)) for other in noted_as(word)) for word in telling) for span in spans)


_TOGETHER = 10
"""Words within which those of one thing stand."""


def naming(plan: Plan, claims: Sequence[DraftClaim], /) -> list[DraftClaim]:
    """Of a part that goes on about what the part before took for granted, keep facts and the quotes that name it."""
    if _GOES_ON.search(plan.text) is None or any(target.words.lower() in plan.text.lower() for target in plan.targets):
        return list(claims)
    return [claim for claim in claims if not _is_quote(claim) or _names(plan, claim.citations[0].quote)]


_GOES_ON = Cue(r"\b(?:it|that|this|them|they|those)\b")


def _asks_why_of_unheard(plan: Plan) -> bool:
    """Say whether a question asks why something came about that it names by words of its own alone."""
    return plan.intent is Intent.REASON and not plan.targets and bool(plan.keywords) and set(plan.keywords) <= set(plan.unknown)


def _says_it(plan: Plan, quoted: _Quoted) -> bool:
    """Say whether a sentence speaks of what is asked: the cause of something else that stands in the same note is none of it."""
    words = forms(quoted.said)
    return any(stands(word, words) or not noted_as(word).isdisjoint(words) for word in plan.unknown)


_NAMED_PLAN = Cue(
    r"\b(?P<of>child protection|child in need|protection|payment|repayment|instal\w+|pension|meal|birth|safety|crisis|behaviou?r\w*|education\w*|support|learning|exit)\s+plans?\b"
)
"""A plan of a name of its own, which is no plan of a note."""


def _is_of_that_plan(plan: Plan, quoted: _Quoted) -> bool:
    """Say whether a sentence says more of the plan that is named than that it is one."""
    named = _NAMED_PLAN.search(plan.text)
    around = forms(f"{quoted.said} {quoted.passage.section if quoted.passage is not None else ''}")
    return named is None or not set(forms(named["of"])).isdisjoint(around)


_RULES: tuple[tuple[Callable[[Plan], bool], Callable[[Plan, _Quoted], bool]], ...] = (
    (lambda plan: plan.intent is Intent.REASON and _ASKS_REFUSAL.search(plan.text) is not None, _tells_refusal),
    (_asks_why_stopped, _tells_end),
    (_asks_why_other, _tells_change),
    (lambda plan: _ASKS_COST.search(plan.text) is not None, _of_what_costs),
    (_asks_words_of_field, _is_of_field),
    (lambda plan: _ASKS_FORETOLD.search(plan.text) is not None, _foretells),
    (lambda plan: _sides_asked(plan) is not None, _is_of_side),
    (_asks_of_patient, _is_of_patient),
    (_asks_again, _tells_again),
    (lambda plan: not plan.upcoming and _ASKS_DEED.search(plan.text) is not None, _tells_deed),
    (_asks_of_unheard, _is_heard_of),
    (lambda plan: _NAMED_PLAN.search(plan.text) is not None, _is_of_that_plan),
    (lambda plan: _GAVE_UP.search(plan.text) is not None, _tells_of_work),
    (lambda plan: plan.family and not asks_of_their_life(plan.text), _is_of_kin),
    (_asks_why_of_unheard, _says_it),
)
"""When each rule holds, and what a sentence must then do."""
_CHOSEN_BY_TOPIC = (_is_of_patient, _is_heard_of, _is_of_kin)
"""What sentences on a topic of life need not hold: who knows of an illness, relatives tell, and no table."""
