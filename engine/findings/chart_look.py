"""A few facts of a chart, found by what they are about: without reading the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from chartcite.engine.confidence.confidence import confidence_of
from chartcite.engine.domain.answers import Claim, Outcome
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.active_facts import active_at, condition_is_active
from chartcite.engine.facts.fact_claims import Chart, draft
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.ports import ChartConcept, RecordStore
from chartcite.engine.questions.persons import Person
from chartcite.engine.verification import verify


class ChartLook:
    """One chart inside one scope at one moment, asked for single facts."""

    def __init__(
        self, records: RecordStore, lexicon: Lexicon, scope: Scope, concepts: Sequence[ChartConcept], moment: datetime
    ) -> None:
        self.records = records
        self.lexicon = lexicon
        self.scope = scope
        self.moment = moment
        """The moment of the question, or the one that it is asked as of."""
        self._concepts = concepts
        self._chart: Chart | None = None

    @property
    def today(self) -> date:
        """Calendar day of the moment."""
        return self.moment.date()

    def about(self, ids: Iterable[str], *categories: Category, days: int | None = None) -> list[Fact]:
        """Return the facts of the tables that surely mean one of some lexicon concepts (or what is under them), oldest first.

        `days`: only what happened in the last days before the moment.
        """
        wanted = frozenset[str]().union(*(self.lexicon.below(id_) for id_ in ids))
        keys = [each.key for each in self._concepts if self._means(each, wanted) and _within(each.categories, categories)]
        if not keys:
            return []
        since = None if days is None else self.moment - timedelta(days=days)
        found = self.records.facts(self.scope, categories=categories, concept_keys=keys, since=since)
        return [fact for fact in found if fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]

    def since(self, hours: int, *categories: Category) -> list[Fact]:
        """Return the facts that happened in the last hours before the moment, oldest first."""
        first = self.moment - timedelta(hours=hours)
        found = self.records.facts(self.scope, categories=categories, since=first)
        return [
            fact
            for fact in found
            if fact.span is None
            and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
            and fact.occurred is not None
            and fact.occurred.start <= self.moment
        ]

    def taken(self, *classes: str) -> list[Fact]:
        """Return the medicines of some classes that the chart lists as taken on the day, newest of each first."""
        facts = [fact for fact in self.about(classes, Category.MEDICATION) if active_at(fact, self.today)]
        ended = [fact for fact in facts if fact.ended is not None and fact.ended.last_day < self.today]
        newest = {fact.concept.text.lower(): fact for fact in facts if fact not in ended}
        return list(reversed(newest.values()))

    def active(self, *ids: str) -> list[Fact]:
        """Return the conditions that the chart holds as active on the day, newest first."""
        return [fact for fact in reversed(self.about(ids, Category.CONDITION)) if condition_is_active(fact, self.today)]

    def person_facts(self) -> list[Fact]:
        """Return the facts of who the patient is."""
        return self.records.facts(self.scope, categories=(Category.DEMOGRAPHIC,))

    def claim(self, fact: Fact, *, route: str = "beside") -> Claim | None:
        """Return a fact as a checked sentence; `None` where it did not pass every check."""
        if self._chart is None:
            birth = next((each for each in self.person_facts() if each.id.endswith("#birthDate")), None)
            self._chart = Chart(self.records, self.lexicon, birth, self.today, self.scope)
        for said in (fact, fact.model_copy(update={"details": ()})):
            # A detail that the source does not say in these words is left out.
            try:
                drafted = draft(said, self._chart, route=route)
            except CitationNotFoundError:
                return None
            verdict = verify(drafted, self.records)
            if verdict.outcome is Outcome.SUPPORTED:
                return Claim(
                    text=drafted.text,
                    kind=drafted.kind,
                    citations=drafted.citations,
                    verdict=verdict,
                    confidence=confidence_of(drafted),
                )
        return None

    def _means(self, concept: ChartConcept, wanted: Collection[str]) -> bool:
        return any(strength == 2 and id_ in wanted for id_, strength in self.lexicon.link(concept.concept).items())


def _within(held: Collection[Category], asked: Collection[Category]) -> bool:
    return not asked or not held or bool(set(held) & set(asked))


def age_in_years(person: Person, day: date) -> int | None:
    """Return whole years of age on a day; `None`: the chart gives no date of birth."""
    if person.birth is None:
        return None
    born = person.birth
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
