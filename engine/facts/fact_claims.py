"""One fact of a chart as a draft claim, in its own words and with its citation; and what the arithmetic knows around it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Citation, Scope
from chartcite.engine.domain.records import AssertionStatus, Component, Detail, Fact
from chartcite.engine.facts.elements import range_path
from chartcite.engine.facts.statements import state
from chartcite.engine.language.terminology import Lexicon, forms, plain_display
from chartcite.engine.ports import RecordStore

MOST_LISTED = 25
"""Items of a list that an answer shows at most; the count is always given."""
_NOT_SO = frozenset({AssertionStatus.ABSENT, AssertionStatus.ENTERED_IN_ERROR})

_NAMED_KINDS = ("Practitioner", "Organization", "Location")
_NAMING = frozenset({"participant", "performer", "provider", "location", "manufacturer"})
"""Details of visits and procedures that name who took part and where."""


class Chart(NamedTuple):
    """What the arithmetic needs to know around the facts."""

    records: RecordStore
    lexicon: Lexicon
    birth: Fact | None
    today: date
    """The scope's last day, or the clock's."""
    scope: Scope
    asked: frozenset[str] = frozenset()
    """Names of the details that the question asks for (`details_asked`)."""

    def referred(self, fact: Fact, detail: Detail) -> list[Fact]:
        """Return the facts of the resource that a detail of a fact refers to, in the same chart."""
        name = self._id_behind(fact, detail)
        found = [self.records.facts_of(f"{kind}/{name}", scope=self.scope) for kind in ("Condition", "Observation", "Procedure")]
        return [other for facts in found for other in facts]

    def named(self, fact: Fact, detail: Detail) -> Citation | None:
        """Return where the person or place that a detail of a fact refers to is named as the detail says; `None`: nowhere."""
        name, said = self._id_behind(fact, detail), set(forms(detail.text))
        cited = (self.records.cite_named(f"{kind}/{name}") for kind in _NAMED_KINDS)
        return next((citation for citation in cited if citation is not None and said <= set(forms(citation.source.title))), None)

    def _id_behind(self, fact: Fact, detail: Detail) -> str:
        return self.records.cite_fact(fact, path=detail.path).quote.removeprefix("urn:uuid:").rpartition("/")[2]


def draft(fact: Fact, chart: Chart, *, route: str, component: Component | None = None) -> DraftClaim:
    """Say one fact, with its citation. What a note tells is said in the note's own words."""
    if fact.span is not None:
        return _told(fact, fact.span, chart)
    fact, referred = _with_referred(fact, chart)
    said = state(fact, component=component, asked=chart.asked)
    kind = ClaimKind.ABSENCE if fact.assertion in _NOT_SO else ClaimKind.RECORD_FACT
    own = cite(fact, chart, component=component)
    citations = (own, *referred)
    return DraftClaim(text=said.text, kind=kind, citations=citations, route=route, category=fact.category)


def _told(fact: Fact, span: tuple[int, int], chart: Chart) -> DraftClaim:
    """Quote the statement of a note that a fact was found in."""
    citation = _cite_note(fact, span, chart)
    note = citation.source
    day = fact.recorded or fact.occurred
    where = f"{note.title}, {day.day}" if day else note.title
    return DraftClaim(
        text=f"{where}: “{' '.join(citation.quote.split())}”",
        kind=ClaimKind.ABSENCE if fact.assertion is AssertionStatus.ABSENT else ClaimKind.RECORD_FACT,
        citations=(citation,),
        route="note_fact",
    )


def _cite_note(fact: Fact, span: tuple[int, int], chart: Chart) -> Citation:
    """Cut the statement of a note that a fact was found in; its source is the note."""
    citation = chart.records.cite_fact(fact, path=range_path(*span))
    opened = chart.records.open_citation(citation.id).citation
    return citation.model_copy(update={"source": opened.source, "marks": tuple(dict.fromkeys((*citation.marks, *opened.marks)))})


def _with_referred(fact: Fact, chart: Chart) -> tuple[Fact, list[Citation]]:
    """Return the fact with the details that can be cited, and citations of what its references lead to.

    A detail behind a reference ("for hypertension", "with Dr. Ames") stands in another resource: that one is cited too, or it
    is not said.
    """
    kept: list[Detail] = []
    referred: list[Citation] = []
    for detail in fact.details:
        if not detail.path.endswith(".reference"):
            kept.append(detail)
        elif detail.name == "reason":
            others = [
                other for other in chart.referred(fact, detail) if plain_display(other.concept.text) == plain_display(detail.text)
            ]
            if others:
                kept.append(detail)
                referred.append(cite(others[0], chart))
        elif detail.name in _NAMING and (named := chart.named(fact, detail)) is not None:
            kept.append(detail)
            referred.append(named)
    author = fact.author if not fact.author or any(fact.author in detail.text for detail in kept) else ""
    return fact.model_copy(update={"details": tuple(kept), "author": author}), referred


def cite(fact: Fact, chart: Chart, *, component: Component | None = None) -> Citation:
    """Cut the citation of a fact's sentence; of what a note tells, the note's own words."""
    if fact.span is not None:
        return _cite_note(fact, fact.span, chart)
    said = state(fact, component=component, asked=chart.asked)
    return chart.records.cite_fact(fact, path=said.main, element_paths=(fact.concept_path, *said.paths))


def names_person(fact: Fact) -> bool:
    """Say whether a fact tells who took part."""
    return bool(fact.author) or any(detail.name in {"participant", "performer", "requester"} for detail in fact.details)
