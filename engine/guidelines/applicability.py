"""Conditions of a recommendation against one chart: met, not met or unknown, each with the facts that say so.

A recommendation applies where each needed condition is met and no exclusion is; it does not where one of them fails; where the
chart is silent on a needed condition it is unknown, with what is missing. An exclusion on which the chart is silent is left open
and named: nobody documents that somebody never had breast cancer, and silence is no proof of it.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from chartcite.engine.facts.statements import MEASURED
from chartcite.engine.findings.findings import Finding, Findings
from chartcite.engine.guidelines.guideline_rules import (
    Age,
    Condition,
    Due,
    Gestation,
    Known,
    Measured,
    PackYears,
    Predicate,
    Pregnant,
    Rule,
    Sex,
    Smoking,
)

Mark = Literal["met", "not met", "unknown"]
State = Literal["applies", "does not apply", "unknown", "to be judged"]
Status = Literal["up to date", "due", "overdue"]
_TERM = 280
"""Days of a pregnancy from the last period to the due date (Naegele's rule)."""
_DUE_SOON = 30
"""Days before an interval ends from which something is due."""


class Checked(NamedTuple):
    """A condition with its mark and what the mark rests on."""

    condition: Condition
    mark: Mark
    findings: tuple[Finding, ...] = ()
    missing: str = ""
    """What the chart would have to hold to decide: `no eGFR of the last 365 days`."""


class DueCheck(NamedTuple):
    """Something to be done at intervals, when it was last done, and whether it is due."""

    due: Due
    status: Status
    last: Finding
    days_ago: int | None
    """Days since it was last done; `None`: never, as far as the chart tells."""


class Applicability(NamedTuple):
    """What a recommendation means for one patient at one moment."""

    state: State
    checks: tuple[Checked, ...]
    dues: tuple[DueCheck, ...] = ()

    @property
    def missing(self) -> tuple[Checked, ...]:
        """Needed conditions that the chart leaves unknown: tests and questions to consider."""
        return tuple(check for check in self.checks if check.mark == "unknown" and check.condition.role == "needs")

    @property
    def left_open(self) -> tuple[Checked, ...]:
        """Exclusions on which the chart is silent, and what only a reader can judge."""
        return tuple(check for check in self.checks if check.mark == "unknown" and check.condition.role in {"unless", "judge"})

    @property
    def in_place(self) -> bool:
        """Whether what is recommended is already so."""
        return any(check.mark == "met" for check in self.checks if check.condition.role == "done")

    @property
    def status(self) -> Status | None:
        """Best of the alternatives to be done; `None`: nothing is to be done at intervals."""
        order: tuple[Status, ...] = ("up to date", "overdue", "due")
        return min((one.status for one in self.dues), key=order.index, default=None)


def applicability(rule: Rule | None, findings: Findings) -> Applicability:
    """Evaluate the conditions of a recommendation; without a rule they are to be judged by the reader."""
    if rule is None:
        return Applicability("to be judged", ())
    checks = tuple(_checked(condition, findings) for condition in rule.conditions)
    dues = tuple(_due(due, findings) for due in rule.dues)
    needs = [check.mark for check in checks if check.condition.role == "needs"]
    excluded = any(check.mark == "met" for check in checks if check.condition.role == "unless")
    if "not met" in needs or excluded:
        return Applicability("does not apply", checks, dues)
    if not needs:
        return Applicability("to be judged", checks, dues)
    return Applicability("unknown" if "unknown" in needs else "applies", checks, dues)


def _checked(condition: Condition, findings: Findings) -> Checked:
    if condition.role == "judge":
        return Checked(condition, "unknown", missing="to be judged by the reader")
    marks = [(predicate, *mark_of(predicate, findings)) for predicate in condition.any_of]
    if condition.first_known:
        marks = [one for one in marks if one[1] != "unknown"][:1] or marks
    for wanted in ("met", "unknown"):
        found = tuple(finding for _, mark, finding in marks if mark == wanted)
        if found and wanted == "met":
            return Checked(condition, "met", found)
        if found:
            missing = "; ".join(dict.fromkeys(_missing(predicate, find) for predicate, mark, find in marks if mark == wanted))
            return Checked(condition, "unknown", found, missing)
    return Checked(condition, "not met", tuple(finding for _, _, finding in marks))


def mark_of(predicate: Predicate, findings: Findings) -> tuple[Mark, Finding]:
    """Evaluate one predicate."""
    match predicate:
        case Age():
            return _age(predicate, findings)
        case Sex(sex):
            found = findings.sex()
            return _known_or(found, met=found.text == sex)
        case Pregnant(wanted):
            found = findings.pregnant()
            return _known_or(found, met=(found.state == "present") is wanted)
        case Gestation(least, most):
            found = gestation(findings)
            return _known_or(found, met=_between(found.value, least, most))
        case Known():
            return _known(predicate, findings)
        case Measured():
            return _measured(predicate, findings)
        case Smoking():
            return _smoking(predicate, findings)
        case PackYears(least):
            found = findings.pack_years()
            return _known_or(found, met=found.value is not None and found.value >= least)


def _known_or(found: Finding, *, met: bool) -> tuple[Mark, Finding]:
    if found.state == "unknown":
        return "unknown", found
    return ("met" if met else "not met"), found


def _between(value: Decimal | None, least: int | None, most: int | None) -> bool:
    return value is not None and (least is None or value >= least) and (most is None or value <= most)


def _age(predicate: Age, findings: Findings) -> tuple[Mark, Finding]:
    found = findings.age()
    if predicate.months:
        days = findings.age_in_days()
        if days is None:
            return "unknown", found._replace(state="unknown")
        months = Decimal(int(days / 30.4375))
        return ("met" if _between(months, predicate.least, predicate.most) else "not met"), found
    return _known_or(found, met=_between(found.value, predicate.least, predicate.most))


def _known(predicate: Known, findings: Findings) -> tuple[Mark, Finding]:
    match predicate.kind:
        case "condition":
            found = findings.condition(predicate.ids, ever=predicate.ever)
        case "medication":
            found = findings.medication(predicate.ids)
        case "allergy":
            found = findings.allergy(predicate.ids)
        case "procedure":
            found = _done_at_age(findings.procedure(predicate.ids), predicate.at_age, findings)
        case "immunization":
            found = findings.immunization(predicate.ids)
        case "family":
            found = findings.family(predicate.ids)
    met = found.state == "present" and _lately(found, predicate.within_days, findings.today)
    if predicate.kind == "immunization" and found.state == "present":
        met = met and found.times >= predicate.doses
    return _known_or(found, met=met)


def _done_at_age(found: Finding, wanted: Age | None, findings: Findings) -> Finding:
    """Keep what was done at some age: silence where nothing was."""
    if wanted is None or found.state != "present":
        return found
    dated = [(fact, fact.occurred) for fact in found.facts if fact.occurred is not None]
    facts = [(fact, day) for fact, day in dated if _between(findings.age(day.first_day).value, wanted.least, wanted.most)]
    if not facts:
        return found._replace(state="unknown", facts=(), day=None, days=())
    days = tuple(sorted({day.day: day for _, day in facts}.values(), key=lambda day: day.first_day))
    return found._replace(facts=tuple(fact for fact, _ in facts), day=facts[0][1], days=days)


def _lately(found: Finding, within_days: int | None, today: date) -> bool:
    return within_days is None or (found.day is not None and found.day.last_day >= today - timedelta(days=within_days))


def _measured(predicate: Measured, findings: Findings) -> tuple[Mark, Finding]:
    """Compare the chart's value, or where it holds none what a calculator makes of it."""
    found = findings.measurement(predicate.id, unit=predicate.unit, within_days=predicate.within_days)
    if found.value is None and not found.facts:
        made = findings.calculated(predicate.id, unit=predicate.unit, within_days=predicate.within_days)
        found = made if made.value is not None else found
    if found.value is None:
        return "unknown", found
    held = compared(found.value, found.comparator, predicate.comparison, predicate.limit)
    return ("unknown" if held is None else "met" if held else "not met"), found


def compared(value: Decimal, bound: str, comparison: str, limit: Decimal) -> bool | None:
    """Say whether a value is on the wanted side of a limit; of a bound (`> 60`) only where it is sure, else `None`."""
    if not bound:
        held = {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit, "=": value == limit}
        return held[comparison]
    upward, strict = bound in {">", ">="}, bound in {">", "<"}
    beyond = value > limit if upward else value < limit
    if comparison == "=":
        return False if beyond or (strict and value == limit) else None
    if beyond or (value == limit and (strict or comparison in ({"<", ">="} if upward else {">", "<="}))):
        return (comparison in {">", ">="}) == upward
    return None


def _smoking(predicate: Smoking, findings: Findings) -> tuple[Mark, Finding]:
    found = findings.smoking()
    if predicate.status == "quit" and found.text == "former":
        if found.day is None:
            return "unknown", found
        since = (findings.today - found.day.last_day).days / 365.25
        return ("met" if since <= predicate.years else "not met"), found
    wanted = {"ever": {"current", "former"}, "quit": {"current"}}.get(predicate.status, {predicate.status})
    return _known_or(found, met=found.text in wanted)


def gestation(findings: Findings) -> Finding:
    """Return completed weeks of gestation at the moment, from the due date or the newest gestational age in the chart."""
    pregnant = findings.pregnant()
    if pregnant.state == "absent":
        return pregnant._replace(what="gestation")
    for fact in reversed(findings.about(("estimated-due-date",), *MEASURED)):
        written = fact.value.shown[:10] if fact.value is not None else ""
        try:
            days = _TERM - (date.fromisoformat(written) - findings.today).days
        except ValueError:
            continue
        if 0 <= days <= _TERM + 21:
            return Finding("gestation", "present", (fact,), Decimal(days // 7), "wk", fact.occurred)
    age = findings.measurement("gestational-age", unit="wk", within_days=_TERM)
    if age.value is not None and age.day is not None:
        weeks = int(age.value + Decimal((findings.today - age.day.first_day).days) / 7)
        if weeks <= _TERM // 7 + 3:
            return age._replace(what="gestation", value=Decimal(weeks))
    return Finding("gestation", "unknown", searched="no due date and no gestational age")


def _missing(predicate: Predicate, found: Finding) -> str:
    """Say what the chart would have to hold."""
    match predicate:
        case Age():
            return "no date of birth"
        case Sex():
            return "no sex recorded"
        case Smoking() | PackYears():
            return (
                "no smoking history documented"
                if found.what == "smoking status" and not found.facts
                else f"no {_lacks(predicate)}"
            )
        case Pregnant():
            return "pregnancy neither stated nor denied"
        case Gestation():
            return "no due date and no gestational age"
        case Measured(within_days=days):
            return f"no {found.what}{f' of the last {days} days' if days else ''} documented"
        case Known():
            return f"{'unconfirmed' if found.facts else 'not documented'}: {found.what}"


def _lacks(predicate: Smoking | PackYears) -> str:
    return "pack-years documented" if isinstance(predicate, PackYears) else "date of quitting documented"


def _due(due: Due, findings: Findings) -> DueCheck:
    found = [_known(each, findings)[1] for each in due.by]
    done = [one for one in found if one.state == "present" and one.day is not None]
    if not done:
        given = next((one for one in found if one.state == "present"), None)
        return DueCheck(due, "due", given or found[0], None)
    last = max(done, key=lambda one: one.day.last_day if one.day is not None else date.min)
    ago = (findings.today - last.day.last_day).days if last.day is not None else 0
    if last.times < due.doses:
        return DueCheck(due, "due", last, ago)
    if due.every_days is None:
        return DueCheck(due, "up to date", last, ago)
    left = due.every_days - ago
    return DueCheck(due, "overdue" if left < 0 else "due" if left <= _DUE_SOON else "up to date", last, ago)
