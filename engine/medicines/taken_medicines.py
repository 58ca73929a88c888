"""The medicines that count for safety: active orders, what notes say is taken, and a proposed one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import active_at
from chartcite.engine.facts.fact_index import moment_of
from chartcite.engine.facts.statements import name_of
from chartcite.engine.findings.findings import Findings
from chartcite.engine.language.terminology import ConceptKind, Lexicon
from chartcite.engine.medicines.medication_changes import orders

NOTE_HOLDS = timedelta(days=366)
"""A note tells of what is taken for so long after it."""
_ON_SURFACE = re.compile(
    r"\b(?:cream|ointment|lotion|shampoo|topical(?:ly)?|ophthalmic|eye|otic|ear|vaginal(?:ly)?|pessar(?:y|ies)|mouthwash|foam)\b",
    re.IGNORECASE,
)
_GEL, _IN_NOSE = re.compile(r"\bgel\b", re.IGNORECASE), re.compile(r"\b(?:nasal(?:ly)?|nose|nostrils?)\b", re.IGNORECASE)
_THROUGH_SKIN = frozenset({"sex-hormone"})
"""Classes whose gels act in the whole body."""


class Medicine(NamedTuple):
    """A medicine that is taken, or is proposed."""

    name: str
    ids: frozenset[str]
    """Lexicon ids of what it is, and of its ingredients."""
    over: frozenset[str]
    """These with every class over them."""
    facts: tuple[Fact, ...]
    """Entries of the chart that say so, most telling first; empty: it is only proposed."""
    on_surface: bool
    """Put on skin, eye, ear or the like: of little effect in the whole body."""

    @property
    def proposed(self) -> bool:
        """Whether it is asked about and not in the chart."""
        return not self.facts


class TakenMedicines:
    """What is taken at the moment of some findings."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._lexicon = findings.lexicon

    @cached_property
    def known(self) -> tuple[Medicine, ...]:
        """Medicines that the lexicon knows, by name."""
        return tuple(sorted(self._medicines(), key=lambda one: one.name.lower()))

    @cached_property
    def unknown(self) -> tuple[Fact, ...]:
        """Active entries whose medicine the lexicon does not know: no rule can speak of them."""
        return tuple({name_of(fact).lower(): fact for fact in self._active() if not self._ids(fact)}.values())

    def _medicines(self) -> Iterable[Medicine]:
        groups: dict[tuple[frozenset[str], bool], list[Fact]] = defaultdict(list)
        for fact in self._active():
            ids = self._ids(fact)
            if ids:
                groups[ids, on_surface(fact, ids, self._lexicon)].append(fact)
        for (ids, local), facts in groups.items():
            newest = sorted(sorted(facts, key=moment_of, reverse=True), key=lambda fact: fact.span is not None)
            yield Medicine(name_of(newest[0]), ids, classes_over(ids, self._lexicon), tuple(newest), local)

    def _active(self) -> list[Fact]:
        today = self._findings.today
        listed = [fact for fact in orders(self._findings.review) if fact.assertion is AssertionStatus.PRESENT]
        active = [fact for fact in listed if active_at(fact, today)]
        told = [fact for fact in self._findings.of(Category.MEDICATION) if fact.span is not None and self._ids(fact)]
        newest: dict[frozenset[str], Fact] = {}
        for fact in sorted([*told, *(one for one in listed if self._ids(one))], key=moment_of):
            newest[self._ids(fact)] = fact
        # What a note says is taken counts until an entry about the same medicine says otherwise, or a year has passed.
        active += [
            fact
            for fact in newest.values()
            if fact.span is not None
            and fact.assertion is AssertionStatus.PRESENT
            and active_at(fact, today)
            and today - moment_of(fact)[0] <= NOTE_HOLDS
        ]
        return active

    def _ids(self, fact: Fact) -> frozenset[str]:
        concepts = self._lexicon.concepts
        sure = [id_ for id_, strength in self._lexicon.link(fact.concept).items() if strength == 2]
        drugs = [id_ for id_ in sure if concepts[id_].kind is ConceptKind.DRUG]
        single = [id_ for id_ in drugs if not concepts[id_].is_class]
        return frozenset(single or drugs)


def on_surface(fact: Fact, ids: Iterable[str], lexicon: Lexicon) -> bool:
    """Say whether a medicine is put on skin, eye, ear or the like, by its name, route and instructions."""
    details = (detail.text for detail in fact.details if detail.name in {"route", "form", "instructions", "dose"})
    words = " ".join([fact.concept.text, *(coding.display for coding in fact.concept.codings), *details])
    over = classes_over(ids, lexicon)
    if _GEL.search(words) and not over & _THROUGH_SKIN:
        return True
    if _IN_NOSE.search(words):
        return "intranasal-corticosteroid" in over
    return _ON_SURFACE.search(words) is not None


def classes_over(ids: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """Return concepts with every class over them."""
    return frozenset[str]().union(*(lexicon.above(id_) for id_ in ids))


def proposed_medicine(ids: Sequence[str], lexicon: Lexicon) -> Medicine:
    """Return a medicine that is asked about."""
    name = lexicon.concepts[ids[0]].name
    return Medicine(name, frozenset(ids), classes_over(ids, lexicon), (), on_surface=False)
