"""Which rules of medication safety a patient meets: the medicines and the chart facts of each, and what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from chartcite.engine.domain.medication_rules import (
    DrugGroup,
    LabTest,
    Limit,
    MedicationRule,
    RuleBook,
    RuleKind,
    RuleSeverity,
    spoken,
)
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import condition_is_active
from chartcite.engine.facts.fact_index import moment_of
from chartcite.engine.facts.statements import MEASURED
from chartcite.engine.findings.findings import Finding, Findings
from chartcite.engine.findings.kidney_function import kidney_function
from chartcite.engine.medicines.taken_medicines import Medicine

MOST_PAIRS = 6
"""Combinations of medicines by which one rule is reported, at most."""
ROUTINE_DAYS = 30
"""A result that a rule wants fresher than that belongs to acute illness: that it is missing is not told."""
_GRAVEST = {severity: place for place, severity in enumerate(RuleSeverity)}
_FERTILE = range(12, 56)
"""Ages at which an unknown pregnancy is told as unknown, in years."""


class Met(NamedTuple):
    """A rule that is met."""

    rule: MedicationRule
    medicines: tuple[Medicine, ...]
    facts: tuple[Fact, ...] = ()
    """Of the chart, beside the entries of the medicines."""
    value: str = ""
    """A value that was calculated or added up, in words."""


class Open(NamedTuple):
    """What must be known before a rule can be said to be met or not."""

    what: str
    why: str
    rule: MedicationRule
    medicine: str
    fact: Fact | None = None
    """An entry that leaves it open."""


class Checked(NamedTuple):
    """Outcome of all rules."""

    met: list[Met]
    open: list[Open]


def check(book: RuleBook, findings: Findings, medicines: Sequence[Medicine]) -> Checked:
    """Evaluate every rule against the medicines that are taken or proposed, gravest first."""
    return _Check(book, findings, medicines).run()


class _Check:
    def __init__(self, book: RuleBook, findings: Findings, medicines: Sequence[Medicine]) -> None:
        self._book = book
        self._findings = findings
        self._medicines = medicines
        self._present = frozenset[str]().union(*(one.over for one in medicines))
        self._open: list[Open] = []

    def run(self) -> Checked:
        met = [one for rule in self._book.rules for one in self._evaluate(rule)]
        met = _gravest_of_allergies(met)
        return Checked(list(gravest_first(sorted(met, key=lambda one: one.rule.id))), self._open)

    def _evaluate(self, rule: MedicationRule) -> Iterator[Met]:
        if any(self._present.isdisjoint(group.ids) for group in rule.drugs) or (rule.age and not self._old_enough(rule)):
            return
        if self._excepted(rule):
            return
        yield from _KINDS[rule.kind](self, rule)

    # --- what a rule is about ------------------------------------------------------------------------------------------

    def _combinations(self, rule: MedicationRule) -> list[tuple[Medicine, ...]]:
        """Return medicines that fill the groups of a rule, two at least where it has several groups."""
        filling = [[one for one in self._medicines if _in_group(one, group, rule)] for group in rule.drugs]
        found: dict[frozenset[frozenset[str]], tuple[Medicine, ...]] = {}
        for chosen in product(*filling):
            distinct = tuple(dict.fromkeys(chosen))
            if len(distinct) >= min(2, len(rule.drugs)):
                found.setdefault(frozenset(one.ids for one in distinct), distinct)
        return list(found.values())[:MOST_PAIRS]

    def _interaction(self, rule: MedicationRule) -> Iterator[Met]:
        for medicines in self._combinations(rule):
            yield Met(rule, medicines, self._age_facts(rule))

    def _disease(self, rule: MedicationRule) -> Iterator[Met]:
        found = self._findings.condition(sorted(rule.subjects), ever=rule.ever)
        for medicines in self._combinations(rule):
            if found.state == "present":
                yield Met(rule, medicines, (found.facts[0], *self._age_facts(rule)))
            elif found.state == "unknown" and found.facts:
                self._leave_open(rule, medicines, spoken(rule.id), "the chart's entry is not confirmed", found.facts[0])

    def _result(self, rule: MedicationRule) -> Iterator[Met]:
        combinations = self._combinations(rule)
        if not combinations or rule.test is None:
            return
        found, formula = self._tested(rule.test)
        holds = _holds(found, rule.test)
        for medicines in combinations:
            if holds:
                calculated = f"{found.value} {rule.test.shown_unit}: {formula}" if formula else ""
                yield Met(rule, medicines, (*found.facts, *self._age_facts(rule)), calculated)
            elif holds is None and rule.test.within_days >= ROUTINE_DAYS:
                what = f"{spoken(rule.test.measurement)} of the last {rule.test.within_days} days"
                self._leave_open(rule, medicines, what, found.searched or "no result")

    def _pregnancy(self, rule: MedicationRule) -> Iterator[Met]:
        found, age = self._findings.pregnant(), self._findings.age().value
        for medicines in self._combinations(rule):
            if found.state == "present":
                yield Met(rule, medicines, found.facts[:1])
            elif found.state == "unknown" and self._findings.sex().text == "female" and (age is None or int(age) in _FERTILE):
                self._leave_open(rule, medicines, "whether she is pregnant", found.searched)

    def _allergy(self, rule: MedicationRule) -> Iterator[Met]:
        for fact, ids in self._allergies():
            for medicine in self._medicines:
                subject = ids & (medicine.over if rule.same else self._below(rule.subjects))
                if not subject or (rule.drugs and not _in_group(medicine, rule.drugs[0], rule)):
                    continue
                if fact.assertion is AssertionStatus.POSSIBLE:
                    self._leave_open(rule, (medicine,), "an allergy", "the chart's entry is not confirmed", fact)
                else:
                    yield Met(rule, (medicine,), (fact,))

    def _duplicate(self, rule: MedicationRule) -> Iterator[Met]:
        same = tuple(one for one in self._medicines if _in_group(one, rule.drugs[0], rule))
        if len({one.ids for one in same}) > 1:
            yield Met(rule, same)

    def _age(self, rule: MedicationRule) -> Iterator[Met]:
        for medicines in self._combinations(rule):
            yield Met(rule, medicines, self._age_facts(rule))

    def _burden(self, rule: MedicationRule) -> Iterator[Met]:
        members = [member for member in self._book.members if member.burden == rule.burden]
        levels = {
            one: max((member.level for member in members if member.drug in one.over), default=0)
            for one in self._medicines
            if not one.on_surface
        }
        adding = tuple(one for one, level in levels.items() if level)
        total = sum(levels.values())
        if len(adding) > 1 and total >= rule.least:
            told = ", ".join(f"{one.name} {levels[one]}" for one in adding)
            yield Met(rule, adding, self._age_facts(rule), f"{total} ({told})")

    # --- what the chart says -------------------------------------------------------------------------------------------

    def _old_enough(self, rule: MedicationRule) -> bool:
        age = self._findings.age()
        if age.value is not None:
            return rule.age is not None and compare(age.value, rule.age)
        for medicines in self._combinations(rule):
            self._leave_open(rule, medicines, "the age", age.searched or "the date of birth is not exact")
        return False

    def _age_facts(self, rule: MedicationRule) -> tuple[Fact, ...]:
        return self._findings.age().facts[:1] if rule.age else ()

    def _excepted(self, rule: MedicationRule) -> bool:
        if not rule.unless:
            return False
        conditions = sorted(id_ for id_ in rule.unless if self._findings.lexicon.concepts[id_].kind == "condition")
        held = bool(conditions) and self._findings.condition(conditions).state == "present"
        return held or not self._present.isdisjoint(rule.unless)

    def _tested(self, test: LabTest) -> tuple[Finding, str]:
        if test.measurement in {"egfr", "creatinine-clearance"}:
            function = kidney_function(self._findings, test.measurement, unit=test.unit, within_days=test.within_days)
            return function.finding, function.formula
        if test.flag:
            return self._newest(test), ""
        return self._findings.measurement(test.measurement, unit=test.unit, within_days=test.within_days), ""

    def _newest(self, test: LabTest) -> Finding:
        facts = [fact for fact in self._findings.about((test.measurement,), *MEASURED) if fact.value is not None]
        fresh = [fact for fact in facts if (self._findings.today - moment_of(fact)[0]).days <= test.within_days]
        told = f"{len(facts)} values searched, {len(fresh)} of the last {test.within_days} days"
        return Finding(spoken(test.measurement), "present" if fresh else "unknown", tuple(fresh[-1:]), searched=told)

    def _allergies(self) -> list[tuple[Fact, frozenset[str]]]:
        """Return allergies with the substances (or the conditions that name them) that they are to."""
        findings, lexicon = self._findings, self._findings.lexicon
        listed = [fact for fact in findings.of(Category.ALLERGY) if fact.status not in {"resolved", "inactive"}]
        listed += [fact for fact in findings.about(("allergy",), Category.CONDITION) if condition_is_active(fact, findings.today)]
        held = [fact for fact in listed if fact.assertion in {AssertionStatus.PRESENT, AssertionStatus.POSSIBLE}]
        return [(fact, frozenset(lexicon.link(fact.concept))) for fact in held]

    def _below(self, ids: frozenset[str]) -> frozenset[str]:
        return frozenset[str]().union(*(self._findings.lexicon.below(id_) for id_ in ids))

    def _leave_open(
        self, rule: MedicationRule, medicines: Sequence[Medicine], what: str, why: str, fact: Fact | None = None
    ) -> None:
        self._open += [Open(what, why, rule, one.name, fact) for one in medicines]


_KINDS = {
    RuleKind.INTERACTION: _Check._interaction,  # noqa: SLF001 -- the table of this module's own methods
    RuleKind.DISEASE: _Check._disease,  # noqa: SLF001
    RuleKind.LABORATORY: _Check._result,  # noqa: SLF001
    RuleKind.KIDNEY: _Check._result,  # noqa: SLF001
    RuleKind.PREGNANCY: _Check._pregnancy,  # noqa: SLF001
    RuleKind.ALLERGY: _Check._allergy,  # noqa: SLF001
    RuleKind.DUPLICATE: _Check._duplicate,  # noqa: SLF001
    RuleKind.AGE: _Check._age,  # noqa: SLF001
    RuleKind.BURDEN: _Check._burden,  # noqa: SLF001
}


def _in_group(medicine: Medicine, group: DrugGroup, rule: MedicationRule) -> bool:
    if medicine.on_surface and not rule.any_route:
        return False
    return not medicine.over.isdisjoint(group.ids) and medicine.over.isdisjoint(group.without)


def _gravest_of_allergies(met: Sequence[Met]) -> list[Met]:
    """Of several rules about one allergy and one medicine, keep the gravest; the first where they are alike."""
    best: dict[tuple[str, frozenset[str]], Met] = {}
    for one in met:
        if one.rule.kind is RuleKind.ALLERGY:
            key = one.facts[0].id, one.medicines[0].ids
            held = best.get(key)
            if held is None or _GRAVEST[one.rule.severity] < _GRAVEST[held.rule.severity]:
                best[key] = one
    kept = {id(one) for one in best.values()}
    return [one for one in met if one.rule.kind is not RuleKind.ALLERGY or id(one) in kept]


def gravest_first(met: Iterable[Met]) -> tuple[Met, ...]:
    """Return rules that are met by gravity; among equals those that came first stay first."""
    return tuple(sorted(met, key=lambda one: _GRAVEST[one.rule.severity]))


def compare(value: Decimal, limit: Limit) -> bool:
    """Say whether a number keeps a limit."""
    return {
        "<": value < limit.number,
        "<=": value <= limit.number,
        ">": value > limit.number,
        ">=": value >= limit.number,
    }[limit.sign]


def _holds(found: Finding, test: LabTest) -> bool | None:
    """Say whether a result meets a test; `None`: the chart does not tell."""
    if test.flag:
        return _flagged(found.facts[0], test.flag) if found.facts else None
    if found.value is None:
        return None
    every = [_bounded(found.value, found.comparator, limit) for limit in test.limits]
    if False in every:
        return False
    return None if None in every else True


def _bounded(value: Decimal, comparator: str, limit: Limit) -> bool | None:
    """Compare a value of which the chart may give only a bound: of `< 5` nobody knows whether it is under 3."""
    if not comparator:
        return compare(value, limit)
    below, wants_below = comparator.startswith("<"), limit.sign.startswith("<")
    strict = comparator in {"<", ">"}
    if below == wants_below:
        reached = value <= limit.number if below else value >= limit.number
        sure = compare(value, limit) or (strict and reached)
        return True if sure else None
    outside = value <= limit.number if below else value >= limit.number
    return False if outside and (strict or not compare(value, limit)) else None


def _flagged(fact: Fact, flag: str) -> bool | None:
    """Say whether a result is marked low or high, or lies outside its own reference range."""
    quantity = fact.value.quantity if fact.value is not None else None
    bound = fact.range_low if flag == "low" else fact.range_high
    if quantity is not None and bound is not None and not quantity.comparator:
        return quantity.value < bound if flag == "low" else quantity.value > bound
    mark = fact.interpretation.strip().lower()
    if not mark:
        return None
    return mark.startswith(flag[0]) or mark in {f"{flag} {flag}", f"critical {flag}", f"critically {flag}"}
