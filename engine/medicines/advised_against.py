"""What notes advise against a medicine, where it is asked whether it may be given: "not for azithromycin: interacts with tacrolimus".

The safety rules know what is dangerous in general; that somebody weighed a medicine for this patient and decided against it stands
in notes alone.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.engine.facts.active_facts import active_at
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, tokenize
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.sentence_manner import assertion_in
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import SAFE, Intent

MOST_TOLD = 2
_MAY = Cue(
    r"^\W*(?:and |so |but )?(?:is|are|would|was|were) (?:\S+ ){1,5}?(?:an? (?:good |possible |real )?(?:option|idea|choice|possibility)|suitable|appropriate|indicated|allowed|advisable|possible|recommended|considered|ruled out|off[- ]limits)\b"
    r"|\b(?:can|could|may|should|shall|might) (?:\S+ ){1,4}?(?:re-?start\w*|go (?:back )?on|be (?:on|given|restarted|offered)|try|buy)\b"
)
_ASKED = frozenset({Intent.PRESENCE, Intent.DESCRIBE, Intent.LATEST, Intent.ACTIVE})
_GIVE = r"(?:be |have |ever )?(?:giv(?:e|en)|us(?:e|ed)|tak(?:e|en)|(?:re-?)?start(?:ed)?|prescribed?|let|chang\w+|hav(?:e|ing)|allow\w*|offer\w*|switch\w*|combin\w*|add(?:ed)?|restart\w*|go back|put|order\w*)"
_AGAINST = Cue(
    rf"\b(?:not (?:for|suitable|recommended|appropriate|indicated|allowed|advised|an option|a candidate|safe|to {_GIVE}|{_GIVE})"
    rf"|(?:must|should|do|does|ought to|may|can|shall) ?(?:not|n['’]t) {_GIVE}|cannot {_GIVE}|avoid(?:ing)?|never {_GIVE}|contra-?indicated|(?<!no )(?<!not )(?<!n['’]t )(?<!without )interact(?:s|ion|ing)?|unsuitable|inadvisable"
    r"|(?:stay|keep) off|ever again|off[- ]limits|too risky|unsafe)\b|\badv\w* (?:\w+ ){0,4}?(?:to )?stop\b",
)
_NO = Cue(
    r"(?:^|[.;:(,]\s?|[-–] |\d\. |\band |\b(?:naturally|of course|certainly|definitely|absolutely|obviously|therefore|hence) )no (?:more )?$"
)
"""Before the name of a medicine: "No SGLT2i ever again"."""
_ALLOWS = Cue(
    rf"\b(?:(?:may|can|could) (?:now |again |safely )?(?:be )?{_GIVE}|(?:is |are |was |were )?(?:ok|okay|fine|safe) to {_GIVE}|tolerat\w+|de-?label\w*|negative challenge|challenge (?:was )?negative|no (?:longer )?(?:reason|need) to avoid"
    r"|from the allergy list|(?<!not )(?<!n['’]t )(?:re)?started)\b"
)
"""Says that a medicine was taken, or may be."""
_OF_FAMILY = Cue(r"famil|\bfhx?\b")
_CLAUSES = re.compile(r"[;]|\.\s|\s[-–—]\s(?=[A-Z])")
_WIDEST = 30
"""Members, at most, of a class whose ban holds for a medicine."""


class _Told(NamedTuple):
    when: float
    passage: Passage
    sentence: Sentence
    against: bool


def advised_against(reading: Reading, /) -> list[DraftClaim]:
    """Quote the newest sentences of notes that speak against a medicine which a question wants to give.

    Empty: none does, or a later one says that it may be given.
    """
    plan = reading.plan
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    if not drugs or not _asks(plan) or any(_is_taken(target, reading) for target in drugs):
        return []
    named = [run for target in drugs for run in _names(target, reading)]
    told = sorted(_spoken(named, reading), key=lambda each: -each.when)
    allowed = max((each.when for each in told if not each.against), default=0.0)
    against = [each for each in told if each.against and each.when > allowed]
    records = reading.shelves.records
    distinct = {forms(each.passage.sentence_text(each.sentence)): each for each in reversed(against)}
    newest = list(distinct.values())[::-1][:MOST_TOLD]
    return [quote_sentence(each.passage, each.sentence, records, route="quote") for each in newest]


def _is_taken(target: Target, reading: Reading) -> bool:
    """Say whether the list calls a medicine active: what notes forbid beside it is another one."""
    if not target.concept_keys:
        return False
    listed = reading.chart.records.facts(reading.scope, concept_keys=target.concept_keys)
    ordered = [fact for fact in listed if fact.category is Category.MEDICATION and fact.span is None]
    return any(fact.assertion is AssertionStatus.PRESENT and active_at(fact, reading.chart.today) for fact in ordered)


def _asks(plan: Plan) -> bool:
    """Say whether it is asked if a medicine may be given, now or ever."""
    settled = plan.family or plan.window is not None or plan.harm or plan.lost or plan.comparison is not None
    return not settled and plan.intent in _ASKED and (SAFE.search(plan.text) is not None or _MAY.search(plan.text) is not None)


def _names(target: Target, reading: Reading) -> Iterator[tuple[str, ...]]:
    """Yield the words for a medicine and for the narrow classes that it belongs to: an ibuprofen is an NSAID."""
    yield from target.alternatives
    lexicon = reading.chart.lexicon
    for id_ in target.ids[:1]:
        narrow = [parent for parent in lexicon.concepts[id_].parents if len(lexicon.below(parent)) <= _WIDEST]
        yield from (forms(surface) for surface in lexicon.surfaces(narrow))


def _spoken(named: list[tuple[str, ...]], reading: Reading) -> Iterator[_Told]:
    """Yield the sentences that speak against a medicine of the patient's, or for it."""
    meant = Target(words="", label="", alternatives=tuple(dict.fromkeys(run for run in named if run)))
    for passage in reading.shelves.records.all_passages(reading.scope):
        if _OF_FAMILY.search(passage.section):
            continue
        known = passage.recorded or passage.occurred
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            place = meant.find(forms(text))
            if place is None or sentence in passage.commands or text.rstrip().endswith("?"):
                continue
            if assertion_in(text, place, passage) is AssertionStatus.FAMILY:
                continue
            clauses = [clause for clause in _CLAUSES.split(text) if meant.find(forms(clause)) is not None]
            against = any(_is_against(clause, meant) for clause in clauses)
            if against or any(_ALLOWS.search(clause) for clause in clauses):
                yield _Told(known.start.timestamp() if known else 0.0, passage, sentence, against)


def _is_against(clause: str, meant: Target) -> bool:
    """Say whether a clause forbids a medicine that it names, or bears a bare "no" before its name."""
    if _AGAINST.search(clause):
        return True
    place = meant.find(forms(clause))
    return place is not None and _NO.search(clause[: tokenize(clause)[place[0]].start]) is not None
