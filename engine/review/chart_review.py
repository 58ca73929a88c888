"""A chart read once for a briefing: its facts now and as they stood at an earlier moment, and checked lines about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from chartcite.engine.confidence.confidence import confidence_of
from chartcite.engine.domain.answers import Claim, DraftClaim, Outcome, Verdict
from chartcite.engine.domain.briefings import Line, Section
from chartcite.engine.domain.evidence import Passage, Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact, PartialDate
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.fact_claims import Chart, draft
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.ports import RecordStore
from chartcite.engine.verification import verify

_STRUCTURED = frozenset({
    "Observation", "ServiceRequest", "DeviceRequest", "MedicationRequest", "MedicationStatement", "MedicationDispense",
    "MedicationAdministration", "Condition", "AllergyIntolerance", "Immunization", "Procedure", "Goal", "CarePlan", "CareTeam",
    "FamilyMemberHistory", "Coverage", "Patient",
})  # fmt: skip
"""FHIR types whose words are remarks on a table's row, and no notes of their own."""


class Review:
    """One chart inside one scope. Facts entered in error are left out."""

    def __init__(self, records: RecordStore, lexicon: Lexicon, scope: Scope, *, today: date) -> None:
        self.records = records
        self.lexicon = lexicon
        self.scope = scope
        self.today = today
        every = records.facts(scope)
        self.facts = [fact for fact in every if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
        self.withdrawn = len(every) - len(self.facts)
        birth = next((fact for fact in self.facts if fact.id.endswith("#birthDate") and fact.value), None)
        self.chart = Chart(records, lexicon, birth, today, scope)
        self.dropped = 0
        self._unread = records.all_passages(scope)
        self._passages: list[Passage] = []
        self._read_all = False

    def of(self, *categories: Category) -> list[Fact]:
        """Return the facts of the chart's tables, oldest first."""
        return [fact for fact in self.facts if fact.span is None and fact.category in categories]

    def told(self, *categories: Category) -> list[Fact]:
        """Return the facts that were found in notes, oldest first."""
        return [fact for fact in self.facts if fact.span is not None and fact.category in categories]

    def before(self, first: date | None, categories: Sequence[Category]) -> dict[str, Fact]:
        """Return the facts of the tables by id, as the chart told them on the day before `first`."""
        if first is None:
            return {}
        then = Scope(patient_id=self.scope.patient_id, as_of=first - timedelta(days=1))
        found = self.records.facts(then, categories=categories)
        return {fact.id: fact for fact in found if fact.span is None}

    @property
    def holds_notes(self) -> bool:
        """Whether the chart holds any note."""
        if not any(map(is_note, self._passages)):
            self.notes(None)
        return any(map(is_note, self._passages))

    def notes(self, first: date | None) -> list[Passage]:
        """Return the passages of notes known on or after a day, newest first (undated ones only where no day is given)."""
        while not self._read_all and (first is None or not self._passages or _known(self._passages[-1]) >= first):
            passage = next(self._unread, None)
            if passage is None:
                self._read_all = True
            else:
                self._passages.append(passage)
        return [one for one in self._passages if is_note(one) and (first is None or _known(one) >= first)]

    def concepts_of(self, fact: Fact) -> tuple[str, ...]:
        """Return the lexicon ids that a fact is surely about, sorted."""
        return tuple(sorted(id_ for id_, strength in self.lexicon.link(fact.concept).items() if strength == 2))

    def key_of(self, fact: Fact) -> str:
        """Return the same key for facts about the same thing."""
        known = self.concepts_of(fact)
        return known[0] if known else name_of(fact).lower()

    def line(self, label: str, said: Fact | DraftClaim, *, why: str = "", route: str = "changes") -> Line | None:
        """Return a line whose claim passed every check; `None`, and counted, where it did not."""
        drafted, verdict = self._checked(said, route)
        if verdict is None and isinstance(said, Fact) and said.details:
            # A detail that its source does not say in these words (a frequency put together of numbers) is left out.
            drafted, verdict = self._checked(said.model_copy(update={"details": ()}), route)
        if drafted is None or verdict is None:
            self.dropped += 1
            return None
        claim = Claim(
            text=drafted.text,
            kind=drafted.kind,
            citations=drafted.citations,
            verdict=verdict,
            confidence=confidence_of(drafted),
            computation=drafted.computation,
        )
        return Line(label=label, claim=claim, why=why)

    def _checked(self, said: Fact | DraftClaim, route: str) -> tuple[DraftClaim | None, Verdict | None]:
        """Return a draft with its verdict where it passed every check."""
        try:
            drafted = draft(said, self.chart, route=route) if isinstance(said, Fact) else said
        except CitationNotFoundError:
            return None, None
        verdict = verify(drafted, self.records)
        return (drafted, verdict) if verdict.outcome is Outcome.SUPPORTED else (drafted, None)


def last_day(as_of: date | datetime | None) -> date:
    """Return the last calendar day of a scope: the clock's where it is open."""
    if as_of is None:
        return datetime.now(UTC).astimezone().date()
    return as_of.date() if isinstance(as_of, datetime) else as_of


def _known(passage: Passage) -> date:
    """Return the day from which the chart held a passage; undated ones come last."""
    moment = passage.recorded or passage.occurred
    return moment.last_day if moment else date.min


def is_note(passage: Passage) -> bool:
    """Say whether a passage is from a note, and not a remark on a row of a table or the text of a report of results."""
    kind = passage.resource.partition("/")[0]
    if kind == "DiagnosticReport":
        return any(word in passage.title.lower() for word in ("note", "summary", "letter"))
    return kind not in _STRUCTURED


def arrived(fact: Fact, first: date | None, until: date) -> bool:
    """Say whether a fact came to the chart, or happened, between two days (both included)."""
    if fact.occurred is not None and fact.occurred.first_day > until:
        return False
    if first is None:
        return True
    if fact.recorded is not None:
        return fact.recorded.last_day >= first or (fact.occurred is not None and fact.occurred.first_day >= first)
    return fact.occurred is not None and fact.occurred.last_day >= first


def within(moment: PartialDate | None, first: date | None, until: date) -> bool:
    """Say whether a moment surely lies between two days (both included)."""
    return moment is not None and moment.first_day <= until and (first is None or moment.first_day >= first)


def day_of(fact: Fact) -> str:
    """Return the day of a fact as written, empty where it has none."""
    moment = fact.occurred or fact.recorded
    return moment.day if moment else ""


def newest_day(facts: Iterable[Fact]) -> str:
    """Return the newest day of some facts, empty where none is dated."""
    return max((day_of(fact) for fact in facts), default="")


def counted(facts: Sequence[Fact], noun: str, plural: str = "") -> str:
    """Say how many entries were searched and how new they are."""
    newest = newest_day(facts)
    word = noun if len(facts) == 1 else plural or f"{noun}s"
    return f"{len(facts)} {word} searched{f', newest {newest}' if newest else ''}"


def section(name: str, title: str, lines: Iterable[Line | None], searched: str, *, most: int = 12) -> Section:
    """Return a section of the lines that passed their checks."""
    kept = [line for line in lines if line is not None]
    return Section(name=name, title=title, lines=tuple(kept[:most]), left_out=max(len(kept) - most, 0), searched=searched)
