"""Which vaccines somebody must not have: "which jabs can't he have?", "are live vaccines ok?".

Told are those that were not given because they must not be, and the sentences of notes that speak of live vaccines.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import Category
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan
from chartcite.engine.review.chart_review import is_note

ROUTE = "list"
NOTE_ROUTE = "near_quote"
MOST_TOLD, MOST_NOTED = 6, 2
_VACCINES = r"(?:vaccin\w*|jabs?|shots?|immuni[sz]\w*|vaxx?(?:es)?|vaccs?)"
_ASKS = Cue(
    rf"\b(?:which|what|any|are there)\b[^?.;]*\b{_VACCINES}\b[^?.;]*\b(?:can['’]?t|cannot|can not|not (?:allowed|have|safe|be given)|must ?n['’]?t|should ?n['’]?t|unsafe|avoid\w*|contra-?indicat\w*|off limits)\b"
    rf"|\b{_VACCINES} (?:to avoid|(?:he|she|they|i) (?:can['’]?t|cannot|must not|mustn['’]t|should not|shouldn['’]t))\b|\b(?:contra-?indicated|unsafe|forbidden) {_VACCINES}\b|\blive {_VACCINES}\b"
)
_FORBIDDEN = Cue(
    r"\b(?:contra-?indicat\w*|live|immunosuppress\w*|immunocompromis\w*|allerg\w*|anaphyla\w*|unsafe|avoid\w*|reaction)\b"
)
_NOTED = Cue(
    r"\b(?:no|avoid\w*|not|never|contra-?indicat\w*|without)\b[^.;]{0,40}\blive\b[^.;]{0,20}\b(?:vaccin\w*|jabs?|immuni[sz]\w*)?|\blive (?:\w+ )?vaccin\w*\b[^.;]{0,40}\b(?:contra-?indicat\w*|avoid\w*|not|unsafe)\b"
)
_LIVE_VACCINE = Cue(r"\bvaccin\w*|\bimmuni[sz]\w*|\bjabs?\b")


def told_vaccines_avoided(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the vaccines that must not be given, with what notes say of live ones; empty: it asks otherwise, or nothing tells it."""
    if not _ASKS.search(text) or any(plan.family for plan in plans):
        return []
    if any(target.kind is ConceptKind.VACCINE and not target.is_class for plan in plans for target in plan.targets):
        return []  # of one vaccine, its own entries tell
    records = reading.shelves.records
    held = records.facts(reading.scope, categories=(Category.IMMUNIZATION,))
    kept_from = [
        fact
        for fact in held
        if fact.status == "not-done" and any(_FORBIDDEN.search(detail.text) for detail in fact.details if "reason" in detail.name)
    ]
    noted = [
        (passage, sentence)
        for passage in records.all_passages(reading.scope)
        if is_note(passage)
        for sentence in passage.sentences
        if sentence not in passage.commands
        and _NOTED.search(said := passage.sentence_text(sentence))
        and _LIVE_VACCINE.search(f"{said} {passage.section}")
    ]
    told = [draft(fact, reading.chart, route=ROUTE) for fact in kept_from[-MOST_TOLD:]]
    return [*told, *(quote_sentence(*each, records, route=NOTE_ROUTE) for each in noted[:MOST_NOTED])]
