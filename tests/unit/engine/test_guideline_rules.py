"""The language of conditions: what it reads, and what it refuses with what would be right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from chartcite.engine.guidelines.guideline_rules import (
    Age,
    Gestation,
    Known,
    Measured,
    PackYears,
    Pregnant,
    RuleError,
    Sex,
    Smoking,
    block_of,
    days_of,
    parse_predicate,
    parse_rule,
)
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("said", "predicate"),
    [
        ("age 50..80", Age(50, 80)),
        ("age 65..", Age(65, None)),
        ("age ..17", Age(None, 17)),
        ("age 6..59mo", Age(6, 59, months=True)),
        ("sex female", Sex("female")),
        ("pregnant", Pregnant()),
        ("not-pregnant", Pregnant(wanted=False)),
        ("gestation 24..", Gestation(24, None)),
        ("condition gout,pseudogout ever", Known("condition", ("gout", "pseudogout"), ever=True)),
        ("procedure colonoscopy within 10y", Known("procedure", ("colonoscopy",), within_days=3652)),
        ("immunization hpv-vaccine doses 3", Known("immunization", ("hpv-vaccine",), doses=3)),
        ("measurement egfr < 30 mL/min/{1.73_m2} within 90d", Measured("egfr", "<", Decimal(30), "mL/min/{1.73_m2}", 90)),
        ("smoking ever", Smoking("ever")),
        ("smoking current-or-quit-within 15y", Smoking("quit", 15)),
        ("pack-years >= 20", PackYears(Decimal(20))),
    ],
)
def test_predicates_are_read(said: str, predicate: object) -> None:
    assert parse_predicate(said) == predicate


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("shoe-size 42", "no such condition"),
        ("age 80..50", "ends before it begins"),
        ("age fifty", "write `age 50..80`"),
        ("age ..", "write `age 50..80`"),
        ("sex other", "sex female"),
        ("measurement egfr < 30", "write `measurement"),
        ("measurement egfr < 30 furlongs", "no unit that is known"),
        ("smoking often", "smoking ever"),
        ("pack-years 20", "pack-years >= 20"),
        ("condition", "write `condition id,id`"),
        ("pregnant maybe", "not-pregnant"),
    ],
)
def test_what_is_not_in_the_language_is_refused(said: str, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        parse_predicate(said)


def test_a_block_is_found_at_the_end_of_a_section() -> None:
    lines = "needs: age 50..\njudge: no symptoms\nscreen: every 2y by procedure mammography\n"
    section = f"## R1. Test\n\nDo it.\n\n- Strength: A\n\n```applies\n{lines}```\n"
    block = block_of(section)
    assert block is not None
    rule = parse_rule(block)
    assert [one.role for one in rule.conditions] == ["needs", "judge"]
    assert (rule.dues[0].role, rule.dues[0].every_days) == ("screen", 730)
    assert block_of("## R1. Test\n\nDo it.") is None


def test_alternatives_by_or_and_by_else() -> None:
    either, first = parse_rule(
        "needs: sex male or age 65..\nneeds: measurement ferritin < 45 ng/mL else condition gout"
    ).conditions
    assert (len(either.any_of), either.first_known) == (2, False)
    assert (len(first.any_of), first.first_known) == (2, True)


def test_doses_and_once() -> None:
    doses, once, both = parse_rule(
        "immunise: doses 2 by immunization zoster-vaccine\nscreen: once by measurement hiv-tests\n"
        "immunise: doses 1 every 5y by immunization hpv-vaccine"
    ).dues
    assert (doses.doses, doses.every_days) == (2, None)
    assert (once.doses, once.every_days) == (1, None)
    assert (both.doses, both.every_days) == (1, 1826)


@pytest.mark.parametrize("line", ["wants: age 50..", "age 50..", "screen: procedure mammography", "screen: every 2y by age 50.."])
def test_a_line_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(RuleError):
        parse_rule(line)


@given(st.integers(1, 999), st.sampled_from(["d", "w", "mo", "y"]))
def test_spans_are_days_and_longer_units_are_longer(count: int, unit: str) -> None:
    assert days_of(f"{count}{unit}") >= count
    assert days_of(f"{count}d") <= days_of(f"{count}{unit}")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        rule = parse_rule(text)
    except RuleError:
        return
    assert not text.strip() or rule.conditions or rule.dues
