"""Questions about the course of a problem: episodes, a return, what brought it on, how bad it is, what was to be done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, condition, lab, note, of, procedure, visit

ChartOf = Callable[..., AskedChart]

CHART = (
    condition("mig", "Migraine", "2009-04-01"),
    condition("uc", "Ulcerative colitis", "2015-06-01"),
    condition("zoster", "Herpes zoster", "2021-03-01", clinical="resolved", abatementDateTime="2021-04-02"),
    condition("cell", "Cellulitis of left leg", "2024-05-02", clinical="resolved", abatementDateTime="2024-05-20"),
    condition("pso", "Psoriasis, moderate", "2012-01-01"),
    condition("knee", "Sprain of right knee", "2023-02-01", clinical="resolved", abatementDateTime="2023-04-01"),
    visit("colitis", "AMB", "Outpatient visit", "2023-09-04", "2023-09-04")
    | {"reasonCode": [{"text": "Flare of ulcerative colitis"}]},
    procedure("ct", "CT abdomen", "2023-09-10"),
    procedure("hern", "Repair of umbilical hernia", "2010-05-05"),
    procedure("cat", "Phacoemulsification of cataract", "2022-05-05"),
    procedure("ogd", "Gastroscopy", "2025-02-11"),
    of(
        "ann",
        "DiagnosticReport",
        "ogdrep",
        status="final",
        code={"text": "Gastroscopy report"},
        effectiveDateTime="2025-02-11",
        conclusion="Small hiatus hernia. No ulcer.",
    ),
    lab("k", 4.2, "2025-03-01"),
    note("n1", "Seen for migraine. Two migraine attacks in 2024, the worse one in June.", "2024-11-03T10:00:00-05:00"),
    note("n2", "Migraine: no attacks since March on propranolol.", "2025-09-03T10:00:00-05:00"),
    note("n3", "Cellulitis of the left leg due to an insect bite. Rash of the trunk clear.", "2024-05-03T10:00:00-05:00"),
    note("n4", "No shingles since 2021. Psoriasis much better on calcipotriol.", "2025-06-03T10:00:00-05:00"),
    note("n5", "The repeat CT abdomen has not been done: she lost the letter.", "2025-07-03T10:00:00-05:00"),
    note("n6", "We discussed a hip replacement. She would rather not for now.", "2025-08-03T10:00:00-05:00"),
    note("n7", "If the colitis flares, call us. Repeat potassium came back 4.2.", "2025-08-20T10:00:00-05:00"),
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When was her last migraine attack?", "no attacks since March"),
        ("how many migraine attacks did she have in 2024", "Two migraine attacks in 2024"),
        ("any migraine attacks lately?", "no attacks since March"),
        ("when did the colitis last flare up", "Flare of ulcerative colitis"),
        ("Has the shingles come back?", "No shingles since 2021"),
        ("did the cellulitis recur", "resolved"),
        ("what caused the cellulitis?", "due to an insect bite"),
        ("What brought on the cellulitis in her leg", "due to an insect bite"),
        ("is her psoriasis any better", "much better on calcipotriol"),
        ("how bad is the psoriasis", "Psoriasis, moderate"),
        ("is the knee sprain better?", "resolved"),
        ("has the repeat CT been done", "has not been done"),
        ("is the CT overdue?", "has not been done"),
        ("why hasn't she had the repeat CT?", "lost the letter"),
        ("has she had a hip replacement", "would rather not"),
        ("what did the gastroscopy find", "Small hiatus hernia"),
        ("any operations?", "Repair of umbilical hernia"),
        ("any operations?", "cataract"),
    ],
)
def test_the_course_of_a_problem_is_told(chart_of: ChartOf, question: str, told: str) -> None:
    assert told in " | ".join(chart_of(*CHART).say(question))


@pytest.mark.parametrize(
    ("question", "not_told"),
    [
        ("When was her last migraine attack?", "onset 2009"),
        ("how many migraine attacks did she have in 2024", "1 time in the chart"),
        ("when did the colitis last flare up", "If the colitis flares"),
        ("has the colitis come back", "Repeat potassium"),
        ("has the hyperkalaemia come back", "Repeat potassium"),
        ("when was her last heart attack", "migraine"),
        ("what caused the psoriasis", "insect bite"),
        ("is the foot ulcer healed", "Psoriasis"),
        ("has she had a knee replacement", "would rather not"),
    ],
)
def test_what_tells_of_something_else_is_not_told(chart_of: ChartOf, question: str, not_told: str) -> None:
    assert not_told not in " | ".join(chart_of(*CHART).say(question))


def test_an_active_problem_is_not_called_better_by_its_entry(chart_of: ChartOf) -> None:
    chart = chart_of(condition("acne", "Acne vulgaris", "2020-01-01"))
    assert chart.say("is her acne better?") == []


def test_a_metatarsal_head_is_no_part_of_the_head(chart_of: ChartOf) -> None:
    chart = chart_of(
        condition(
            "u",
            "Plantar ulcer, left 5th metatarsal head",
            "2024-01-01",
            clinical="resolved",
            abatementDateTime="2024-03-05",
        )
    )
    assert "resolved" in " ".join(chart.say("Has her foot ulcer healed?"))


def test_a_size_in_the_name_of_a_problem_is_its_size(chart_of: ChartOf) -> None:
    chart = chart_of(condition("n", "Thyroid nodule, 14 mm, right lobe", "2024-01-01"))
    assert "14 mm" in " ".join(chart.say("How big is the thyroid nodule?"))
