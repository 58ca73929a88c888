"""The facts of one chart by what they are about: by category, and by lexicon concept with everything under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept, Fact
from chartcite.engine.language.terminology import forms
from chartcite.engine.review.chart_review import Review

_ABOUT_ELSE = frozenset(
    """screen screening risk suspect suspected possible probable questionable rule exclude family familial father mother
    exposure fear worry prevention prophylaxis vaccination immunization counsel counseling counselling education encounter
    test carrier concern""".split()
)
"""Words beside a condition's name by which an entry is about something else: `screening for colorectal cancer`."""


_GROUP = "-group"
"""Ends the id of a class that is named as its most general member."""


class FactIndex:
    """The facts of a review that had happened by its day."""

    def __init__(self, review: Review) -> None:
        self._lexicon = review.lexicon
        self._sorted: dict[Category, list[Fact]] = defaultdict(list)
        for fact in review.facts:
            if fact.occurred is None or fact.occurred.first_day <= review.today:
                self._sorted[fact.category].append(fact)
        self._named: dict[Category, dict[str, list[Fact]]] = {}

    def of(self, *categories: Category) -> list[Fact]:
        """Return the facts of some categories, oldest first within each category."""
        return [fact for category in categories for fact in self._sorted[category]]

    def about(self, ids: Iterable[str], *categories: Category) -> list[Fact]:
        """Return the facts of some categories whose concept is, or lies under, one of the lexicon ids; oldest first."""
        wanted = self.under(ids)
        found = {fact.id: fact for category in categories for id_ in wanted for fact in self._by_id(category).get(id_, ())}
        return sorted(found.values(), key=moment_of)

    def under(self, ids: Iterable[str]) -> set[str]:
        """Return concepts with everything under them; one written as `=id` without what is under it.

        Raises:
            ValueError: the lexicon has no such concept.
        """
        wanted = set(ids)
        unknown = sorted(id_ for id_ in wanted if id_.removeprefix("=") not in self._lexicon.concepts)
        if unknown:
            raise ValueError(f"the lexicon has no concept {', '.join(unknown)}: see corpora/terminology")
        return {below for id_ in wanted for below in (self._lexicon.below(id_) if id_[0] != "=" else (id_[1:],))}

    def denials(self, ids: Iterable[str]) -> list[Fact]:
        """Return the facts by which each of some conditions, or a class over it, is denied; empty where one is left open."""
        denials: list[Fact] = []
        named = self._by_id(Category.CONDITION)
        for id_ in ids:
            plain = id_.removeprefix("=")
            over = {*self._lexicon.above(plain), plain.removesuffix(_GROUP)}  # "no CKD" denies every stage of it
            found = [fact for one in over for fact in named.get(one, ()) if fact.assertion is AssertionStatus.ABSENT]
            if not found:
                return []
            denials += found
        return denials

    def _by_id(self, category: Category) -> dict[str, list[Fact]]:
        """Return the facts of a category by the lexicon ids of their concept and of its parts."""
        if category not in self._named:
            named: dict[str, list[Fact]] = defaultdict(list)
            for fact in self._sorted[category]:
                concepts = [fact.concept, *(part.concept for part in fact.components)]
                for id_ in {id_ for concept in concepts for id_ in self._meant(concept, category)}:
                    named[id_].append(fact)
            self._named[category] = named
        return self._named[category]

    def _meant(self, concept: CodedConcept, category: Category) -> list[str]:
        linked = self._lexicon.link(concept)
        if category is Category.CONDITION and not _ABOUT_ELSE.isdisjoint(forms(concept.text)):
            return [id_ for id_, strength in linked.items() if strength > 1]
        return list(linked)


def moment_of(fact: Fact) -> tuple[date, bool, str]:
    """Order facts by day, the table's after the note's of the same day: the last is the first to tell."""
    when = fact.occurred or fact.recorded
    return (when.first_day if when is not None else date.min, fact.span is None, when.written if when is not None else "")
