"""The inputs of a calculator out of a chart: each with its facts, or with what was searched for it."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from chartcite.engine.calculators.declaration import Choice, Day, Input, Number, YesNo
from chartcite.engine.calculators.pregnancy import LONGEST_DAYS
from chartcite.engine.calculators.reading import in_declared_unit
from chartcite.engine.calculators.statement import Taken
from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept, Component, Fact, PartialDate, Quantity
from chartcite.engine.facts.active_facts import condition_is_active
from chartcite.engine.facts.statements import MEASURED, name_of, value_of
from chartcite.engine.findings.findings import Finding, Findings
from chartcite.engine.review.chart_review import counted


class Read(NamedTuple):
    """What a chart gives for one input."""

    taken: Taken | None
    facts: tuple[Fact, ...] = ()
    component: Component | None = None
    searched: str = ""
    why: str = ""
    """Why an entry that is there cannot be used."""


_NEGATOR = re.compile(r"\b(?:without|no|not|negative for|excluded)\b", re.IGNORECASE)
_NOT_IN_CHARTS = "charts hold it in no form that can be read"


def read_input(declared: Input, findings: Findings) -> Read:
    """Return what the chart gives for an input. A measurement is the newest one."""
    if isinstance(declared, Number):
        return _age(findings) if declared.name == "age" else _number(declared, findings)
    if isinstance(declared, Day):
        return _day(declared, findings)
    if isinstance(declared, Choice):
        return _choice(declared, findings)
    return _yes_no(declared, findings)


def _age(findings: Findings) -> Read:
    found = findings.age()
    if found.value is None or not found.facts:
        why = "the date of birth leaves two ages open" if found.facts else ""
        return Read(None, found.facts, searched=found.searched, why=why)
    fact, birth = found.facts[0], findings.birth()
    if birth is not None and fact.id == birth.id:
        return Read(Taken("age", "0 a", found.day.day if found.day else ""), (fact,))
    quantity = fact.value.quantity if fact.value else None
    return Read(
        Taken("age", f"{quantity.value if quantity else found.value:f} a", _written(fact.occurred or fact.recorded)), (fact,)
    )


def _sex(findings: Findings) -> Read:
    found = findings.sex()
    taken = Taken("sex", found.text) if found.state == "present" else None
    return Read(taken, found.facts, searched=found.searched)


def _choice(declared: Choice, findings: Findings) -> Read:
    """Return what is recorded of sex or race; a race is taken only where the record names exactly one that the formula knows."""
    if declared.name == "sex":
        return _sex(findings)
    if declared.name != "race":
        return Read(None, searched=_NOT_IN_CHARTS)
    told = [fact for fact in findings.of(Category.DEMOGRAPHIC) if fact.concept.text.lower() == "race" and fact.value is not None]
    named = [
        (option, fact)
        for fact in told
        for option in declared.options
        if fact.value is not None and re.search(rf"\b{re.escape(option)}\b", fact.value.shown, re.IGNORECASE)
    ]
    if len(named) != 1:
        return Read(None, tuple(told[:1]), searched=counted(told, "entry of race", "entries of race"))
    option, fact = named[0]
    return Read(Taken(declared.name, option), (fact,))


def _written(day: PartialDate | None) -> str:
    return day.day if day is not None else ""


def _number(declared: Number, findings: Findings) -> Read:
    reads = [_newest(declared, concept, findings) for concept in declared.concepts]
    usable = [read for read in reads if read.taken is not None]
    if usable:
        return max(usable, key=lambda read: read.taken.day if read.taken else "")
    if not reads:
        return Read(None, searched=_NOT_IN_CHARTS)
    unread = next((read for read in reads if read.why), reads[0])
    return unread._replace(searched=reads[0].searched)


def _newest(declared: Number, concept: str, findings: Findings) -> Read:
    found = findings.measurement(concept, unit=declared.unit)
    if not found.facts:
        return Read(None, searched=found.searched)
    fact = found.facts[0]
    value = value_of(fact, found.component)
    quantity = value.quantity if value is not None else None
    if quantity is None:
        return Read(None, (fact,), searched=found.searched, why="the newest entry holds no number")
    if quantity.comparator:
        return Read(None, (fact,), searched=found.searched, why="the chart gives only a bound, no exact value")
    unit = _unit_of(quantity, declared)
    if unit is None:
        return Read(None, (fact,), searched=found.searched, why="its unit is missing or cannot be converted")
    taken = Taken(declared.name, f"{quantity.value:f} {unit}".strip(), _written(fact.occurred or fact.recorded))
    return Read(taken, (fact,), found.component, found.searched)


def _unit_of(quantity: Quantity, declared: Number) -> str | None:
    """Return the written unit by which the formula can take the number; without any, only where all write it in one."""
    for unit in dict.fromkeys((quantity.unit, quantity.ucum)):
        if not unit and not declared.one_unit:
            continue
        if in_declared_unit(declared, quantity.value, unit or declared.unit) is not None:
            return unit
    return None


def _day(declared: Day, findings: Findings) -> Read:
    if not declared.concepts:
        return Read(Taken(declared.name, findings.today.isoformat()))
    facts = findings.about(declared.concepts, *MEASURED)
    searched = counted(facts, "entry", "entries")
    for fact in reversed(facts):
        said = fact.value.shown[:10] if fact.value is not None else ""
        try:
            day = PartialDate.parse(said).first_day
        except ValueError:
            continue
        if (findings.today - day).days > LONGEST_DAYS:
            return Read(None, (fact,), searched=searched, why="the newest is more than 44 weeks old")
        return Read(Taken(declared.name, day.isoformat()), (fact,), searched=searched)
    return Read(None, searched=searched)


def _yes_no(declared: YesNo, findings: Findings) -> Read:
    if declared.bedside:
        return Read(None, searched="a finding or judgement of who sees the patient")
    found = _told(declared, findings)
    held = next((one for one in found if one.state == "present" and _in_time(declared, one, findings)), None)
    if held is not None:
        return _said(declared, "yes", held)
    if declared.threshold is not None:
        measured = findings.measurement(declared.threshold.concept, unit=declared.threshold.unit)
        if measured.value is not None and not measured.comparator:
            return _by_threshold(declared, measured, measured.value)
    denied = next((one for one in found if one.state == "absent" and one.facts), None)
    if denied is not None and not any(one.state == "unknown" and one.facts for one in found):
        return _said(declared, "no", denied)
    unsure = next((one for one in found if one.state == "unknown" and one.facts), None)
    searched = (
        "; ".join(dict.fromkeys(one.searched for one in found if one.searched)) or "charts hold it in no form that can be read"
    )
    why = "the chart holds it as unconfirmed" if unsure is not None else ""
    return Read(None, unsure.facts if unsure is not None else (), searched=searched, why=why)


def _told(declared: YesNo, findings: Findings) -> list[Finding]:
    """Return what each kind of entry says of a statement."""
    found: list[Finding] = []
    if "smoker" in declared.conditions:
        status = findings.smoking()
        state = {"current": "present", "former": "absent", "never": "absent"}.get(status.text, "unknown")
        found.append(status._replace(state=state))  # type: ignore[arg-type]
    elif "pregnancy" in declared.conditions:
        found.append(findings.pregnant())
    elif declared.conditions:
        found.append(_condition(declared, findings))
    if declared.medications:
        found.append(findings.medication(declared.medications))
    if declared.procedures:
        found.append(findings.procedure(declared.procedures))
    if declared.family:
        found.append(findings.family(declared.family))
    return found


def _condition(declared: YesNo, findings: Findings) -> Finding:
    """Return the condition that counts: of those that are there, first the tables', then the one in the fewest words."""
    found = findings.condition(declared.conditions, ever=True)
    if found.state == "unknown" and not found.facts:
        denied = _denied_by_name(declared, findings)
        return found._replace(state="absent", facts=denied) if denied else found
    if found.state != "present":
        return found
    counting = findings.index.under(declared.conditions) - findings.index.under(declared.excluding)
    passing = findings.index.under(declared.while_active) if declared.while_active else set()
    holds = []
    for fact in found.facts:
        lasting = declared.lasting or counting & set(findings.lexicon.link(fact.concept)) <= passing
        if _counts(fact, counting, findings, lasting=lasting):
            holds.append(fact)
    if not holds:
        return found._replace(state="unknown", facts=(), day=None)
    if declared.within_days is not None:
        return found._replace(facts=tuple(holds), day=holds[0].occurred or holds[0].recorded)
    best = min(holds, key=lambda fact: (fact.span is not None, len(fact.concept.text)))
    return found._replace(facts=(best,), day=best.occurred)


def _denied_by_name(declared: YesNo, findings: Findings) -> tuple[Fact, ...]:
    """Return the facts that deny the very thing that is asked, by its name: "no heart failure" denies every kind of it."""
    facts = findings.about(declared.conditions, Category.CONDITION)
    concepts = findings.lexicon.concepts
    return tuple(
        fact
        for fact in reversed(facts)
        if fact.assertion is AssertionStatus.ABSENT
        and any(concepts[id_].name == declared.label for id_, sure in findings.lexicon.link(fact.concept).items() if sure == 2)
    )


def _counts(fact: Fact, counting: set[str], findings: Findings, *, lasting: bool) -> bool:
    if not counting & set(findings.lexicon.link(fact.concept)):
        return False
    # "raised blood pressure without a diagnosis of hypertension" names it to say that it is not there
    _, negator, denied = _NEGATOR.sub("\n", fact.concept.text, count=1).partition("\n")
    if negator and denied.strip() and counting & set(findings.lexicon.link(CodedConcept(text=denied.strip()))):
        return False
    told = fact.span is not None and fact.assertion is AssertionStatus.HISTORICAL
    return not lasting or told or condition_is_active(fact, findings.today)


def _in_time(declared: YesNo, found: Finding, findings: Findings) -> bool:
    if declared.within_days is None:
        return True
    return found.day is not None and found.day.first_day >= findings.today - timedelta(days=declared.within_days)


def _said(declared: YesNo, word: str, found: Finding) -> Read:
    fact = found.facts[0]
    words = f"{name_of(fact)} {fact.value.shown}" if fact.value is not None and fact.value.quantity is None else name_of(fact)
    if word == "no":
        words = f"{words}, {fact.status or 'denied'}"
    day = _written(found.day or fact.occurred)
    return Read(Taken(declared.name, word, day, " ".join(words.replace("@", " ").split())), (fact,), searched=found.searched)


def _by_threshold(declared: YesNo, measured: Finding, value: Decimal) -> Read:
    limit, fact = declared.threshold, measured.facts[0]
    above = limit is not None and limit.above is not None and value > limit.above
    below = limit is not None and limit.below is not None and value < limit.below
    said = value_of(fact, measured.component)
    words = f"{measured.what} {said.shown if said is not None else ''}".strip()
    word = "yes" if above or below else "no"
    taken = Taken(declared.name, word, _written(measured.day), words)
    return Read(taken, (fact,), measured.component, measured.searched)
