"""Rules of medication safety: what they are about, how they are written as text, and how that text is cited.

A rule is a row of a reviewed table (`corpora/safety`) or of a table that the user loaded. It belongs to no patient.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from chartcite.engine.domain.evidence import Citation, Excerpt, Source
from chartcite.engine.domain.records import Frozen
from chartcite.engine.errors import CitationNotFoundError

if TYPE_CHECKING:
    from chartcite.engine.domain.medicine_effects import MedicineEffect

REVIEW_STATE = "not yet reviewed by a clinician"
ADVICE = "Ask a pharmacist or a clinician before starting, stopping or changing a medicine."
CITED = "rule-"
"""How the id of a citation of a rule begins."""


class RuleKind(StrEnum):
    """What a rule looks at beside the medicines."""

    INTERACTION = "interaction"
    DISEASE = "disease"
    LABORATORY = "laboratory"
    KIDNEY = "kidney"
    PREGNANCY = "pregnancy"
    ALLERGY = "allergy"
    DUPLICATE = "duplicate"
    AGE = "age"
    BURDEN = "burden"


NOUNS = {
    RuleKind.INTERACTION: "interaction",
    RuleKind.DISEASE: "disease interaction",
    RuleKind.LABORATORY: "laboratory warning",
    RuleKind.KIDNEY: "kidney function warning",
    RuleKind.PREGNANCY: "pregnancy warning",
    RuleKind.ALLERGY: "allergy warning",
    RuleKind.DUPLICATE: "duplicate",
    RuleKind.AGE: "age warning",
    RuleKind.BURDEN: "burden",
}
"""How a rule of each kind is called in a sentence."""


class RuleSeverity(StrEnum):
    """How grave a rule is, gravest first."""

    CONTRAINDICATED = "contraindicated"
    MAJOR = "major"
    MODERATE = "moderate"


class DrugGroup(NamedTuple):
    """Medicines of which one must be taken: lexicon ids of ingredients or classes."""

    ids: frozenset[str]
    without: frozenset[str] = frozenset()


class Limit(NamedTuple):
    """A comparison with a number: `> 5.5`."""

    sign: str
    """`<`, `<=`, `>=` or `>`."""
    number: Decimal

    def __str__(self) -> str:
        return f"{self.sign} {self.number}"


class LabTest(NamedTuple):
    """A result that meets a rule."""

    measurement: str
    """Lexicon id."""
    limits: tuple[Limit, ...]
    """All must hold; empty: the result lies outside its own reference range, on the side of `flag`."""
    flag: str
    """`low` or `high`, or empty."""
    unit: str
    """UCUM."""
    within_days: int

    @property
    def shown(self) -> str:
        """In words: `potassium > 5.5 mmol/L`."""
        limits = " and ".join(map(str, self.limits)) or self.flag
        unit = self.shown_unit if self.limits else ""
        return f"{spoken(self.measurement)} {limits}{' ' + unit if unit else ''}"

    @property
    def shown_unit(self) -> str:
        """The unit as a reader expects it."""
        return "" if self.unit == "1" else self.unit.translate({ord("{"): None, ord("}"): None, ord("_"): " "})


class RuleSource(Frozen):
    """Where a rule comes from."""

    organisation: str
    title: str
    year: int | None = None
    """`None`: a document that is revised without a year in its title, such as the labelling of a drug."""
    where: str = ""

    @property
    def shown(self) -> str:
        """In one line."""
        return f"{self.organisation}: {self.title}{f' ({self.year})' if self.year else ''}"


class BurdenMember(NamedTuple):
    """How much a medicine adds to a burden."""

    burden: str
    drug: str
    """Lexicon id of an ingredient or a class."""
    level: int


class MedicationRule(NamedTuple):
    """One rule."""

    id: str
    kind: RuleKind
    drugs: tuple[DrugGroup, ...]
    """One medicine of each group is taken. Of an allergy to anything: empty."""
    subjects: frozenset[str]
    """Lexicon ids: conditions of a disease rule, allergens of an allergy rule."""
    ever: bool
    """Whether a condition of the past counts too."""
    same: bool
    """Whether the allergy is to the very substance or class of the medicine."""
    burden: str
    test: LabTest | None
    least: int
    """Levels that a burden adds up to, at least."""
    age: Limit | None
    unless: frozenset[str]
    """Medicines or conditions by which the rule does not apply."""
    any_route: bool
    """Whether it holds for medicines put on skin, eye or ear too."""
    severity: RuleSeverity
    mechanism: str
    effect: str
    consider: str
    sources: tuple[RuleSource, ...]
    review: str = REVIEW_STATE

    @property
    def noun(self) -> str:
        """How the rule is called in a sentence: `Major interaction`."""
        return f"{self.severity.value.capitalize()} {NOUNS[self.kind]}"


class RuleSet(NamedTuple):
    """Rules of one origin."""

    name: str
    version: str
    licence: str
    rules: tuple[MedicationRule, ...]
    members: tuple[BurdenMember, ...] = ()
    effects: tuple[MedicineEffect, ...] = ()


class RuleText(NamedTuple):
    """A rule as a document, and the range of it that a citation quotes."""

    title: str
    text: str
    start: int
    end: int
    organisation: str


def spoken(id_: str) -> str:
    """Return a lexicon id as words: `eGFR`, `creatinine clearance`."""
    return " ".join(_CAPITALS.get(word, word) for word in id_.split("-"))


_CAPITALS = {"egfr": "eGFR", "inr": "INR", "tsh": "TSH", "qtc": "QTc", "nsaid": "NSAID", "ssri": "SSRI", "snri": "SNRI"}


class RuleBook:
    """All rules that hold for a store: the bundled set and those that were loaded."""

    def __init__(self, sets: Iterable[RuleSet] = ()) -> None:
        self.sets = tuple(sets)
        self.rules = tuple(rule for one in self.sets for rule in one.rules)
        self.members = tuple(member for one in self.sets for member in one.members)
        self.effects = tuple(effect for one in self.sets for effect in one.effects)

    @property
    def version(self) -> str:
        """Names and versions of the sets: `chartcite 2026-11-21`."""
        return ", ".join(f"{one.name} {one.version}".strip() for one in self.sets) or "none"

    def cite(self, rule: MedicationRule | MedicineEffect) -> Citation:
        """Cut the citation of a rule or of a known effect.

        Raises:
            CitationNotFoundError: the rule is of no set of this book.
        """
        name = self._ids.get(id(rule))
        if name is None:
            raise CitationNotFoundError("the rule is of no loaded set: ask again")
        return self._citation(name)

    def cite_extent(self) -> Citation:
        """Cut the citation of what the book holds: how many rules, of which version, and what it does not say."""
        return self._citation(next(id_ for id_, text in self._texts.items() if text.title == _EXTENT))

    def open(self, citation_id: str) -> Excerpt:
        """Open the text of a rule.

        Raises:
            CitationNotFoundError: no rule of this book, or the rule was another when it was cited.
        """
        if citation_id not in self._texts:
            raise CitationNotFoundError("no such rule is loaded: it was changed or taken out since the answer was given")
        return Excerpt(citation=self._citation(citation_id), patient_id=None, text=self._texts[citation_id].text)

    def _citation(self, citation_id: str) -> Citation:
        told = self._texts[citation_id]
        source = Source(resource=citation_id.rpartition("-")[0], path="", title=told.title, author=told.organisation)
        return Citation(id=citation_id, source=source, quote=told.text[told.start : told.end], start=told.start, end=told.end)

    @cached_property
    def _texts(self) -> dict[str, RuleText]:
        return {id_: text for id_, _, text in self._all()}

    @cached_property
    def _ids(self) -> dict[int, str]:
        return {id(rule): id_ for id_, rule, _ in self._all() if rule is not None}

    def _all(self) -> Iterator[tuple[str, MedicationRule | MedicineEffect | None, RuleText]]:
        yield self._named("extent", None, self._extent())
        for one in self.sets:
            for rule in one.rules:
                yield self._named(f"{one.name}.{rule.id}", rule, text_of(rule, one))
            for effect in one.effects:
                yield self._named(f"{one.name}.effect.{effect.id}", effect, effect.told(f"{one.name} {one.version}"))

    @staticmethod
    def _named(
        name: str, rule: MedicationRule | MedicineEffect | None, told: RuleText
    ) -> tuple[str, MedicationRule | MedicineEffect | None, RuleText]:
        digest = sha256(told.text.encode()).hexdigest()[:10]
        return f"{CITED}{name}-{digest}", rule, told

    def _extent(self) -> RuleText:
        sets = "; ".join(f"{one.name} {one.version}, {len(one.rules)} rules, {one.licence}" for one in self.sets) or "none"
        text = (
            f"{len(self.rules)} medication safety rules loaded (version {self.version}): {sets}. They are about interactions, "
            "duplicates, bleeding, serotonin, the QT interval, the anticholinergic burden, pregnancy and kidney function. Where "
            "none of the rules that concern the medicines looked at is met by a chart, that does not say that they are safe "
            f"together or for this patient: no list of rules is complete. {ADVICE}"
        )
        return RuleText(_EXTENT, text, 0, len(text), "")


_EXTENT = "Medication safety rules loaded"


def text_of(rule: MedicationRule, of: RuleSet) -> RuleText:
    """Write a rule as a document."""
    title = f"{rule.noun}: {spoken(rule.id)}"
    told = f"{rule.noun}. What happens: {rule.effect}. Mechanism: {rule.mechanism}. To consider: {rule.consider}."
    applies = " with ".join(" or ".join(sorted(map(spoken, group.ids))) for group in rule.drugs) or "any medicine"
    conditions = [
        f"Subjects: {' or '.join(sorted(map(spoken, rule.subjects)))}." if rule.subjects else "",
        f"Result: {rule.test.shown}, at most {rule.test.within_days} days old." if rule.test else "",
        f"Age: {rule.age} years." if rule.age else "",
        f"Burden: {rule.burden}, {rule.least} or more." if rule.burden else "",
        f"Not with: {' or '.join(sorted(map(spoken, rule.unless)))}." if rule.unless else "",
    ]
    sources = "; ".join(source.shown for source in rule.sources)
    quoted = "\n".join([told, " ".join(["Applies to: " + applies + ".", *filter(None, conditions)]), f"Source: {sources}."])
    quoted += f"\nRule {rule.id} of {of.name} {of.version}, {rule.review}. {ADVICE}"
    text = f"{title}\n{quoted}"
    organisation = rule.sources[0].organisation if rule.sources else of.name
    return RuleText(title, text, len(title) + 1, len(text), organisation)
