"""How a patient lives, as a whole or by several sides, and how that changed; never of other people or of illness."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, note, of

ChartOf = Callable[..., AskedChart]

SOCIAL = {"coding": [{"code": "social-history"}]}


def habit(identity: str, name: str, said: str, day: str) -> dict[str, object]:
    return of(
        "ann",
        "Observation",
        identity,
        status="final",
        category=[SOCIAL],
        code={"text": name},
        effectiveDateTime=day,
        valueCodeableConcept={"text": said},
    )


OLD = "SOCIAL HISTORY: Lives with her husband in a flat. Works as a welder. Walks with a frame indoors."
NEW = (
    "SOCIAL HISTORY: Lives alone in a bungalow. Daughter Iris looks in every evening. Retired since spring. "
    "Walks without aids. Beer at weekends."
)
CHART = (
    note("old", OLD, "2022-02-01T10:00:00-05:00"),
    note("new", NEW, "2025-05-01T10:00:00-05:00"),
    habit("s1", "Tobacco smoking status", "Current every day smoker", "2022-02-01"),
    habit("s2", "Tobacco smoking status", "Former smoker", "2025-05-01"),
)


@pytest.mark.parametrize(
    "text",
    [
        "The aide starts Tuesday. What should she know about how she lives and who helps out?",
        "Home circumstances for the OT, please",
        "Occupational health: how does she live - home, job, help?",
    ],
)
def test_a_life_is_told_by_the_newest_of_each_side(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "Lives alone in a bungalow" in told
    assert "Daughter Iris looks in" in told
    assert "Retired since spring" in told


def test_sides_that_are_listed_are_told_one_by_one(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(*CHART).say("job, smokes, booze?"))
    assert "Retired" in told
    assert "Former smoker (2025-05-01)" in told
    assert "Beer at weekends" in told
    assert "bungalow" not in told


@pytest.mark.parametrize(
    "text",
    [
        "Fags: 2022 review -> latest one, any shift?",
        "Still down here as a daily smoker since 2022; has anything happened with that?",
    ],
)
def test_the_course_of_a_habit_is_told_with_its_days(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "Current every day smoker (2022-02-01)" in told
    assert "Former smoker (2025-05-01)" in told


def test_a_side_that_changed_is_told_whatever_else_tells_the_time(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(*CHART).say("How did her walking change from the first visit to the one with the new carpets?"))
    assert "frame indoors" in told
    assert "without aids" in told


@pytest.mark.parametrize(
    "text",
    [
        "Does her father smoke and drink?",
        "Day to day potassium summary",
        "smoking and eczema overview",
        "How long has she smoked, and why?",
    ],
)
def test_other_people_and_illnesses_are_no_side_of_her_life(chart_of: ChartOf, text: str) -> None:
    told = " ".join(chart_of(*CHART).say(text))
    assert "Lives alone" not in told
    assert "Beer at weekends" not in told
