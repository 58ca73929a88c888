"""What a procedure found: told with its day by the report that followed it, or by the note on it."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.fact_selection import inside_window
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, plain_display
from chartcite.engine.notes.quoting import MOST_LEANING, quote_sentence
from chartcite.engine.questions.chart_names import stem
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent, is_ordinary
from chartcite.engine.retrieval import TargetFacts

ROUTE = "procedure_result"
NEAR = "near_quote"
MOST_TOLD = 2
_REPORTED_WITHIN = timedelta(days=30)
"""After a procedure, when its report is written."""
_ASKS_RESULT = Cue(
    r"\b(?:results?|findings?|finding|histolog\w*|patholog\w*|path|cytolog\w*|biops(?:y|ies) (?:show|result|find)\w*|show(?:ed|n|s)?|reveal(?:ed|s)?|found|find|diagnosis)\b"
)
_PATHOLOGY = Cue(r"\b(?:patholog\w*|histo\w*|cytolog\w*|biops\w*)\b")
_ONE = frozenset({Intent.DESCRIBE, Intent.LATEST, Intent.WHEN, Intent.FIRST})


def result_of_procedure(reading: Reading, found: Sequence[TargetFacts]) -> list[DraftClaim]:
    """Tell when a procedure was done and what it found, where both its result is asked and the chart holds one; else nothing."""
    plan = reading.plan
    if plan.intent not in _ONE or plan.every or plan.ordinal or plan.upcoming or not _ASKS_RESULT.search(plan.text):
        return []
    named = [item for item in found if item.target.kind is ConceptKind.PROCEDURE]
    if len(named) != 1 or any(item.target.kind is ConceptKind.MEASUREMENT and item.facts for item in found):
        return []
    done = _named_best(_done(named[0].facts, plan), plan)
    if not done:
        return []
    meant = done[0] if plan.intent is Intent.FIRST else done[-1]
    results = [*_reports(meant, named[0], reading), *noted_on(meant, reading)]
    return [draft(meant, reading.chart, route=ROUTE), *results] if results else []


def _done(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    return [
        fact
        for fact in inside_window(facts, plan)
        if fact.category is Category.PROCEDURE
        and fact.span is None
        and fact.occurred is not None
        and fact.assertion is AssertionStatus.PRESENT
        and fact.status in {"completed", "", "in-progress"}
    ]


def _named_best(done: list[Fact], plan: Plan) -> list[Fact]:
    """Keep the procedures that a further word of the question names: the biopsy of the "native" kidney."""
    for word in plan.keywords:
        done = [fact for fact in done if word in forms(fact.concept.text)] or done
    return done


def _reports(procedure: Fact, item: TargetFacts, reading: Reading) -> list[DraftClaim]:
    """Tell the reports that belong to a procedure: those of its name, and the pathology of its day or its organ."""
    if procedure.occurred is None:
        return []
    day = procedure.occurred.first_day
    own = {fact.id for fact in item.facts if fact.category is Category.REPORT}
    words = _words(procedure)
    told: list[DraftClaim] = []
    for fact in reading.shelves.records.facts(reading.scope, categories=(Category.REPORT,)):
        if fact.occurred is None or fact.detail("conclusion") is None or fact.assertion is not AssertionStatus.PRESENT:
            continue
        after = fact.occurred.first_day - day
        if not timedelta(0) <= after <= _REPORTED_WITHIN:
            continue
        of_tissue = _PATHOLOGY.search(fact.concept.text) is not None
        by_name = item.target.find(forms(fact.concept.text)) is not None  # "gastroscopy report"
        if fact.id in own or by_name or (of_tissue and (not after or words & _words(fact))):
            told.append(draft(fact, reading.chart, route=ROUTE))
    return told


def _words(fact: Fact) -> set[str]:
    """Return what a display names a thing by: neither plain English nor that it was a biopsy."""
    words = forms(plain_display(fact.concept.text))
    return {stem(word) for word in words if len(word) > 3 and not is_ordinary(word) and not _PATHOLOGY.search(word)}


def noted_on(procedure: Fact, reading: Reading) -> list[DraftClaim]:
    """Quote what is written on the procedure itself."""
    records = reading.shelves.records
    passages = [each for each in records.all_passages(reading.scope) if each.resource == procedure.resource and not each.commands]
    return [quote_sentence(passage, _opening(passage), records, route=ROUTE) for passage in passages if passage.sentences]


def _opening(passage: Passage) -> Sentence:
    """Return the whole of a short note, or the first sentence of a long one."""
    whole = Sentence(start=passage.sentences[0].start, end=passage.sentences[-1].end)
    return whole if whole.end - whole.start <= MOST_LEANING else passage.sentences[0]


_ASKS_ALL = Cue(
    r"\b(?:get|got|gotten|took|taken|take|remov\w+|cut)\b (?:it |everything |them )?(?:all|everything|every bit|the whole (?:thing|lot))\b(?: (?:of|the|out|away|off))?|\ball (?:of (?:it|the \w+(?: \w+)?) )?(?:gone|out|removed|taken out|cut out)\b|\bmargins?\b[^?.;]{0,20}\b(?:clear|involved|positive|negative|free)\b|\b(?:clear|involved|positive|negative) margins?\b|\b(?:completely|fully) (?:removed|excised|resected|taken out)\b"
)
_OF_TUMOUR = Cue(r"\b(?:cancer|tumou?r|mole|melanoma|lump|growth|lesion|carcinoma|bcc|scc|polyp|margins?|excis\w+|resect\w+)\b")
_CLEARED = Cue(
    r"\bmargins?\b[^.;]{0,30}\b(?:clear|free|negative|involved|positive|close|uninvolved)\b|\b(?:clear|negative|positive|involved|close) (?:\w+ )?margins?\b|\b(?:in)?completely (?:excised|resected|removed)\b|\b(?:in)?complete (?:excision|resection|removal)\b|\bclearance\b|\bresidual (?:tumou?r|disease|carcinoma|scc|bcc|melanoma)\b|\bno residual\b|\(R[012]\)|\bstage (?:i+|[1-4])\b: [^.;]{0,20}\b(?:clear|negative|free)\b"
)


def told_clearance(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Quote the newest report or note that says whether all of a growth was taken out; empty: it is not asked, or none says so."""
    asked = _ASKS_ALL.search(text) is not None and _OF_TUMOUR.search(text) is not None
    if len(plans) != 1 or not asked or plans[0].family or plans[0].upcoming:
        return []
    records = reading.shelves.records
    by_note: dict[int, list[Passage]] = {}
    for passage in records.all_passages(reading.scope):
        if passage.resource.startswith(("DocumentReference/", "DiagnosticReport/")):
            by_note.setdefault(passage.document_key, []).append(passage)
    found: list[tuple[int, str, list[tuple[Passage, Sentence]]]] = []
    for passages in by_note.values():
        known = passages[0].occurred or passages[0].recorded
        told = [
            (passage, sentence)
            for passage in passages
            for sentence in passage.sentences
            if sentence not in passage.commands and _CLEARED.search(passage.sentence_text(sentence))
        ]
        if known is not None and told:
            found.append((_names_shared(plans[0], passages), known.day, told))
    most, _day, told = max(found, key=lambda each: each[:2], default=(0, "", []))
    return [quote_sentence(passage, sentence, records, route=NEAR) for passage, sentence in told[-MOST_TOLD:]] if most else []


def _names_shared(plan: Plan, passages: Sequence[Passage]) -> int:
    """Return how many of the things and words that a question names a note holds."""
    words = forms(" ".join(f"{passage.title} {passage.text}" for passage in passages))
    held = frozenset(words)
    return sum(word in held for word in plan.keywords) + sum(target.find(words) is not None for target in plan.targets)
