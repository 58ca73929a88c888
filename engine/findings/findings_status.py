"""Pregnancy and smoking: states that a chart tells in several places, and that end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from chartcite.engine.domain.records import AssertionStatus, Category, Fact, PartialDate
from chartcite.engine.facts.active_facts import condition_is_active
from chartcite.engine.findings.findings import Finding, Findings

PREGNANCY_STATUS = "82810-3"
"""LOINC code of the observation that says whether somebody is pregnant."""
_LONGEST_PREGNANCY = timedelta(weeks=44)
"""An entry still active so long after its onset was not closed: it is no sign of a pregnancy now."""
_TEST_HOLDS = timedelta(days=14)
"""A negative test tells of so many days after it."""
_PREGNANT = re.compile(r"\bpregnan(?:t|cy)\b|\bgravid|\b[gp]ravida\b|weeks.? gestation", re.IGNORECASE)
_OVER = ("postpartum", "history of", "ectopic", "abortion", "miscarriage", "puerper", "after", "not pregnant", "test", "desire")
_YOUNGEST, _OLDEST = 9, 60
_NO_UTERUS, _MENOPAUSE = "history-of-hysterectomy", "menopause"

_SMOKING = ("smoking-status", "tobacco-use-history")
_STATUSES = ("never-smoker", "former-smoker", "smoker", "tobacco-dependence")
_NEVER = re.compile(r"\bnever\b|\bnon-?smoker|\bno (?:history|tobacco|smoking)|\bdenies\b|\blifelong non", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|ex-?|quit|previous|past|stopped|gave up|used to)", re.IGNORECASE)
_CURRENT = re.compile(
    r"\b(?:current|every ?day|some ?days?|daily|heavy|light|active|occasional|smok(?:er|es|ing)|user|\d+ ?(?:ppd|packs?))",
    re.IGNORECASE,
)
_QUIT = re.compile(
    r"\b(?:quit|stopped|gave up|ceased|cessation|former smoker)\b[^.;\d]{0,30}(\d{4}(?:-\d\d(?:-\d\d)?)?)\b", re.IGNORECASE
)
_QUIT_AGO = re.compile(r"\b(?:quit|stopped|gave up)\b[^.;\d]{0,20}(\d{1,2}) years? ago", re.IGNORECASE)
_PACK_YEARS = re.compile(r"(\d{1,3}(?:\.\d)?)[ -]?pack[ -]?(?:years?|yrs?)", re.IGNORECASE)


def pregnancy(findings: Findings) -> Finding:
    """Say whether the patient is pregnant: by status observation, condition, or due date; not by sex, age, surgery or a test."""
    impossible = _cannot_be(findings)
    if impossible:
        return Finding("pregnancy", "absent", impossible)
    searched = f"{len(findings.of(Category.CONDITION))} conditions and the pregnancy status searched"
    status = _newest_status(findings)
    if status is not None:
        said = status.value.shown.lower() if status.value is not None else ""
        if said.startswith("pregnant") or said in {"yes", "positive"}:
            return Finding("pregnancy", "present", (status,), day=status.occurred, searched=searched)
        if said.startswith(("not pregnant", "no", "negative")):
            return Finding("pregnancy", "absent", (status,), day=status.occurred, searched=searched)
    conditions = [fact for fact in findings.of(Category.CONDITION) if _names_pregnancy(fact)]
    running = [fact for fact in conditions if condition_is_active(fact, findings.today) and _lasts(fact, findings.today)]
    running += [fact for fact in _due_dates(findings) if fact not in running]
    if running:
        return Finding("pregnancy", "present", tuple(reversed(running)), day=running[-1].occurred, searched=searched)
    denied = [fact for fact in conditions if fact.assertion is AssertionStatus.ABSENT and _lasts(fact, findings.today)]
    denied += _negative_tests(findings)
    return Finding("pregnancy", "absent" if denied else "unknown", tuple(denied[-1:]), searched=searched)


def _cannot_be(findings: Findings) -> tuple[Fact, ...]:
    """Return the facts by which a pregnancy is ruled out: male sex, age, uterus removed, menopause."""
    sex, age = findings.sex(), findings.age()
    if sex.text == "male":
        return sex.facts
    if age.value is not None and not _YOUNGEST <= age.value < _OLDEST:
        return age.facts
    for found in (findings.procedure("hysterectomy"), findings.condition(_NO_UTERUS, ever=True)):
        if found.state == "present":
            return found.facts[:1]
    over = findings.condition(_MENOPAUSE).facts if findings.condition(_MENOPAUSE).state == "present" else ()
    return tuple(fact for fact in over if "peri" not in fact.concept.text.lower())[:1]


def _newest_status(findings: Findings) -> Fact | None:
    facts = findings.of(Category.OBSERVATION, Category.SOCIAL_HISTORY, Category.SURVEY, Category.LABORATORY)
    named = [fact for fact in facts if any(coding.code == PREGNANCY_STATUS for coding in fact.concept.codings)]
    named = named or [fact for fact in facts if fact.concept.text.lower() in {"pregnancy status", "pregnant"}]
    named = [fact for fact in named if _lasts(fact, findings.today)]
    return max(named, key=lambda fact: fact.occurred.start if fact.occurred else date.min, default=None)


def _names_pregnancy(fact: Fact) -> bool:
    """Say whether a condition is a pregnancy; one that ended it, or followed it, is not."""
    words = fact.concept.text.lower()
    return _PREGNANT.search(words) is not None and not any(part in words for part in _OVER)


def _lasts(fact: Fact, today: date) -> bool:
    when = fact.occurred or fact.recorded
    return when is not None and timedelta(0) <= today - when.first_day <= _LONGEST_PREGNANCY


def _due_dates(findings: Findings) -> list[Fact]:
    """Return the newest due date where it lies ahead."""
    facts = findings.about(("estimated-due-date",), Category.OBSERVATION, Category.LABORATORY, Category.SOCIAL_HISTORY)
    for fact in reversed(facts):
        written = fact.value.shown[:10] if fact.value is not None else ""
        try:
            return [fact] if date.fromisoformat(written) >= findings.today else []
        except ValueError:
            continue
    return []


def _negative_tests(findings: Findings) -> list[Fact]:
    tests = findings.about(("pregnancy-test",), Category.LABORATORY, Category.OBSERVATION)
    return [
        fact
        for fact in tests
        if fact.value is not None
        and fact.value.shown.lower().startswith(("neg", "not detected"))
        and fact.occurred is not None
        and findings.today - fact.occurred.first_day <= _TEST_HOLDS
    ]


def smoking_status(findings: Findings) -> Finding:
    """Return the newest smoking status, as observations, conditions and notes tell it."""
    facts = [(fact, _status_of(fact, findings)) for fact in _smoking_facts(findings)]
    told = [(fact, status) for fact, status in facts if status]
    searched = f"{len(facts)} entries on smoking searched"
    if not told:
        return Finding("smoking status", "unknown", searched=searched)
    fact, status = told[-1]
    if status == "never" and any(other in {"current", "former"} for _, other in told):
        status = "former"  # who smoked once has not "never smoked", whatever the newest form says
        fact = next(one for one, other in reversed(told) if other in {"current", "former"})
    cited = [fact]
    quit_on, source = _quit_date(findings, [one for one, _ in facts]) if status == "former" else (None, None)
    if source is not None and source.id != fact.id:
        cited.append(source)
    return Finding("smoking status", "present", tuple(cited), day=quit_on, text=status, searched=searched)


def _smoking_facts(findings: Findings) -> list[Fact]:
    observed = findings.about(
        _SMOKING, Category.SOCIAL_HISTORY, Category.SURVEY, Category.OBSERVATION, Category.VITAL_SIGN, Category.LABORATORY
    )
    conditions = findings.about(_STATUSES, Category.CONDITION, Category.SOCIAL_HISTORY)
    every = {fact.id: fact for fact in (*observed, *conditions) if fact.assertion is not AssertionStatus.FAMILY}
    return sorted(every.values(), key=lambda fact: (_day(fact), fact.span is None))


def _day(fact: Fact) -> date:
    when = fact.occurred or fact.recorded
    return when.first_day if when is not None else date.min


def _status_of(fact: Fact, findings: Findings) -> str:
    """Return the status that a fact tells, empty where it tells none."""
    if fact.category is Category.CONDITION:
        return _status_of_condition(fact, findings)
    said = fact.value.shown if fact.value is not None and fact.value.quantity is None else ""
    if not said and fact.value is None:
        said = fact.concept.text
    for status, words in (("never", _NEVER), ("former", _FORMER), ("current", _CURRENT)):
        if words.search(said):
            return status
    return ""


def _status_of_condition(fact: Fact, findings: Findings) -> str:
    linked = findings.lexicon.link(fact.concept)
    if "never-smoker" in linked:
        return "never" if fact.assertion is AssertionStatus.PRESENT else ""
    if "former-smoker" in linked:
        return "former"
    if not {"smoker", "tobacco-dependence"} & set(linked):
        return ""
    if fact.assertion is AssertionStatus.PRESENT:
        return "current" if condition_is_active(fact, findings.today) else "former"
    return "former" if fact.assertion is AssertionStatus.HISTORICAL else ""


def _quit_date(findings: Findings, facts: Sequence[Fact]) -> tuple[PartialDate | None, Fact | None]:
    """Return when somebody stopped smoking, and the fact that says so; the newest that does."""
    dated = findings.about(("smoking-quit-date",), Category.SOCIAL_HISTORY, Category.OBSERVATION, Category.SURVEY)
    for fact in (*reversed(dated), *reversed(facts)):
        texts = [fact.value.shown if fact.value is not None else "", *(detail.text for detail in fact.details)]
        for text in texts:
            found = _quit_in(text, fact, whole=fact in dated)
            if found is not None:
                return found, fact
    return None, None


def _quit_in(text: str, fact: Fact, *, whole: bool) -> PartialDate | None:
    match = _QUIT.search(text) or (re.match(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)", text) if whole else None)
    if match is not None:
        return PartialDate.parse(match[1])
    ago = _QUIT_AGO.search(text)
    return PartialDate.parse(str(_day(fact).year - int(ago[1]))) if ago and _day(fact) > date.min else None


def pack_years(findings: Findings) -> Finding:
    """Return the newest number of pack-years, by itself or in the words of a smoking entry; 0 for who never smoked."""
    measured = findings.measurement("pack-years", unit="{pack-years}")
    if measured.value is not None:
        return measured
    for fact in reversed(_smoking_facts(findings)):
        for text in (fact.value.shown if fact.value is not None else "", *(detail.text for detail in fact.details)):
            match = _PACK_YEARS.search(text)
            if match is not None:
                return Finding("pack-years", "present", (fact,), Decimal(match[1]), "{pack-years}", fact.occurred)
    status = findings.smoking()
    if status.text == "never":
        return Finding("pack-years", "present", status.facts, Decimal(0), "{pack-years}", status.facts[0].occurred)
    return Finding("pack-years", "unknown", searched=f"no pack-years; {status.searched}")
