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
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import SAFE, Intent

MOST_TOLD = 2
_MAY = Cue(
    r"^\W*(?:and |so |but )?(?:is|are|would|was|were) (?:\S+ ){1,5}?(?:an? (?:good |possible |real )?(?:option|idea|choice|possibility)|suitable|appropriate|indicated|allowed|advisable|possible|recommended|considered|ruled out|off[- ]limits)\b"
    r"|\b(?:can|could|may|should|shall|might) (?:\S+ ){1,4}?(?:re-?start\w*|go (?:back )?on|be (?:on|given|restarted|offered)|try|buy)\b"
)
_ASKED = frozenset({Intent.PRESENCE, Intent.DESCRIBE, Intent.LATEST, Intent.ACTIVE})
_AGAINST = Cue(
    r"\b(?:not (?:for|suitable|recommended|appropriate|indicated|allowed|advised|an option|a candidate|safe|to (?:be |have |take |use |start |restart )?\w+|(?:be )?(?:used|given|started|restarted|prescribed))"
    r"|(?:must|should|do|does|ought|may|can) ?(?:not|n['’]t)|cannot|avoid(?:ing)?|never|contra-?indicated|interact\w*|unsuitable|inadvisable|(?:stay|keep) off|ever again|off[- ]limits|too risky|unsafe)\b"
    r"|\badv\w* (?:\w+ ){0,4}?(?:to )?stop\b|(?:^|[.;:(,]\s?|[-–] |\d\. |\band (?:naturally |of course |certainly |definitely )?)no (?=\w)"
)
_OF_FAMILY = Cue(r"famil|\bfhx?\b")
_CLAUSES = re.compile(r"[;]|\.\s|\s[-–—]\s(?=[A-Z])")
_WIDEST = 30
"""Members, at most, of a class whose ban holds for a medicine."""


class _Told(NamedTuple):
    when: float
    passage: Passage
    sentence: Sentence


def advised_against(reading: Reading, /) -> list[DraftClaim]:
    """Quote the newest sentences of notes that speak against a medicine which a question wants to give; empty: none does."""
    plan = reading.plan
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    if not drugs or not _asks(plan):
        return []
    named = [run for target in drugs for run in _names(target, reading)]
    told = sorted(_against(named, reading), key=lambda each: -each.when)
    records = reading.shelves.records
    distinct = {forms(each.passage.sentence_text(each.sentence)): each for each in reversed(told)}
    newest = list(distinct.values())[::-1][:MOST_TOLD]
    return [quote_sentence(each.passage, each.sentence, records, route="quote") for each in newest]


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


def _against(named: list[tuple[str, ...]], reading: Reading) -> Iterator[_Told]:
    meant = Target(words="", label="", alternatives=tuple(dict.fromkeys(run for run in named if run)))
    for passage in reading.shelves.records.all_passages(reading.scope):
        if _OF_FAMILY.search(passage.section):
            continue
        known = passage.recorded or passage.occurred
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if sentence in passage.commands or text.rstrip().endswith("?"):
                continue
            clauses = [clause for clause in _CLAUSES.split(text) if meant.find(forms(clause)) is not None]
            if any(_AGAINST.search(clause) for clause in clauses):
                yield _Told(known.start.timestamp() if known else 0.0, passage, sentence)
