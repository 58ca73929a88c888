"""Relatives: what they died of, whom an entry names by way of a parent, and what runs in the family as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.charts import AskedChart, note, person, relative

ChartOf = Callable[..., AskedChart]


def kin(identity: str, who: str, problem: str, *, fatal: bool | None = None, died: int | None = None) -> dict[str, Any]:
    entry: dict[str, Any] = dict(relative(identity, who, problem))
    if fatal is not None:
        entry["condition"] = [dict(entry["condition"][0], contributedToDeath=fatal)]
    if died is not None:
        entry["deceasedAge"] = {"value": died, "unit": "years", "system": "http://unitsofmeasure.org", "code": "a"}
    return entry


CHART = (
    kin("f1", "father", "Stroke", fatal=True, died=66),
    kin("f2", "father", "Gout", died=66),
    kin("m", "mother", "Colon cancer", died=59),
    kin("a", "Mother's sister", "Ovarian cancer", fatal=True),
    kin("s", "sister", "Thyroid cancer"),
    kin("g", "paternal grandmother", "Gastric cancer"),
)


@pytest.mark.parametrize("question", ["what did her father die of", "cause of death of her dad?", "how did her father die"])
def test_what_a_relative_died_of(question: str, chart_of: ChartOf) -> None:
    text = chart_of(*CHART).ask(question).text
    assert "Stroke" in text
    assert "Gout" not in text


def test_a_mothers_sister_is_an_aunt_and_no_sister(chart_of: ChartOf) -> None:
    chart = chart_of(*CHART)
    assert "Ovarian cancer" in chart.ask("what did her aunt have?").text
    assert "Ovarian" not in chart.ask("what cancer did her sister have").text


def test_all_that_runs_in_the_family_is_told(chart_of: ChartOf) -> None:
    text = chart_of(*CHART).ask("what cancers run in the family").text
    assert all(each in text for each in ("Colon", "Ovarian", "Thyroid", "Gastric"))


@pytest.mark.parametrize("question", ["does anyone have gout?", "has anybody had gout", "anyone in the family with gout"])
def test_anyone_is_somebody_of_the_family(question: str, chart_of: ChartOf) -> None:
    assert "Father: Gout" in chart_of(*CHART).ask(question).text


def test_a_mother_who_died_is_not_the_patient(chart_of: ChartOf) -> None:
    assert "Mother: Colon cancer" in chart_of(*CHART).ask("did my mother die of colon cancer?").text


def test_a_sentence_of_another_relative_is_not_told(chart_of: ChartOf) -> None:
    letter = note("n", "Her sister Joan has ovarian cancer. Maternal aunt died of pancreatic cancer at 60. Her husband is well.")
    assert chart_of(letter).ask("what did her uncle die of?").kind == "abstained"
    assert "pancreatic cancer" in chart_of(letter).ask("what did her aunt die of?").text


def test_the_sex_or_age_of_her_baby_is_not_her_own(chart_of: ChartOf) -> None:
    chart = chart_of(person(), note("n", "Cord blood group (baby) O negative. Live girl born 2024-01-19, 3100 g.\n"))
    assert "Gender" not in chart.ask("what sex is the baby?").text
    assert "years old" not in chart.ask("how old is the baby?").text
    assert "Gender" in chart.ask("what sex is the patient?").text


@pytest.mark.parametrize("question", ["how old is her daughter?", "how old are the kids", "her kids' ages"])
def test_the_age_of_a_child_is_told_by_notes(question: str, chart_of: ChartOf) -> None:
    chart = chart_of(person(), note("n", "Lives with partner, daughter Manaia 18 months, and her mother.\n"))
    assert "18 months" in chart.ask(question).text
