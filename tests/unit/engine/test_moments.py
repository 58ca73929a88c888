"""Several moments of one measurement in a question, and which values they mean."""

from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.dates.times import find_window
from chartcite.engine.questions.aspects import further, listed_aspects
from chartcite.engine.questions.moments import When, moments_asked, of_moments

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "whens"),
    [
        ("Cr 2020 / june 24 / latest", [When.IN, When.IN, When.LATEST]),
        ("PSA 2023, 2025", [When.IN, When.IN]),
        ("sodium: lowest ever, latest", [When.LOWEST, When.LATEST]),
        ("LDL before the statin, and this April", [When.BEFORE, When.IN]),
        ("hearing before/after grommets", [When.BEFORE, When.AFTER]),
        ("worst and latest eGFR", [When.WORST, When.LATEST]),
        ("weight between his lowest recorded weight and his last one", [When.LOWEST, When.LATEST]),
        ("from peak CRP level to the latest", [When.HIGHEST, When.LATEST]),
        ("MoCA at diagnosis and at the last visit", [When.FIRST, When.LATEST]),
        ("latest vs previous ferritin", [When.LATEST, When.PREVIOUS]),
        ("last sodium and the one before that", [When.LATEST, When.PREVIOUS]),
        ("ferritin now, a year ago and at its worst", [When.LATEST, When.IN, When.WORST]),
    ],
)
def test_moments_are_read_in_order(text: str, whens: list[When]) -> None:
    assert [moment.when for moment in moments_asked(text, today=TODAY)] == whens


@pytest.mark.parametrize(
    "text",
    [
        "latest potassium",
        "the highest dose he was ever on and the last one",
        "A1c in 2023",
        "was he admitted in 2019 because the first antibiotic had failed by the last week?",
        "last year",
    ],
)
def test_one_moment_is_no_comparison(text: str) -> None:
    assert moments_asked(text, today=TODAY) == ()


DAYS = [date(2020, 1, 5), date(2021, 6, 1), date(2022, 3, 3), None, date(2024, 2, 2)]
VALUES = [3.0, 9.0, 1.0, 7.0, 5.0]


@pytest.mark.parametrize(
    ("text", "event", "low_is_bad", "places"),
    [
        ("x 2020, latest", None, False, [0, 4]),
        ("worst and latest x", None, False, [1, 4]),
        ("worst and latest x", None, True, [2, 4]),
        ("x before and after the operation", date(2021, 7, 1), False, [1, 2]),
        ("x before and after the operation", None, False, []),
        ("x 1999, 2001", None, False, []),
        ("latest and previous x", None, False, [2, 4]),
        ("x now and 3 years ago", None, False, [4]),  # the value nearest to November 2023 is the latest
        ("x now and 5 years ago", None, False, [2, 4]),
    ],
)
def test_values_are_picked_by_moment(text: str, event: date | None, low_is_bad: bool, places: list[int]) -> None:  # noqa: FBT001 -- a case
    assert of_moments(DAYS, VALUES, moments_asked(text, today=TODAY), event=event, low_is_bad=low_is_bad) == places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("colonoscopy: when, result, repeat", ("colonoscopy", ("when", "result", "repeat"))),
        ("anoscopy date, operator", ("anoscopy", ("date", "operator"))),
        ("vasectomy: technique, local used", ("vasectomy", ("technique", "local used"))),
        ("What was the last potassium?", None),
        ("note: patient is allergic to penicillin", None),
    ],
)
def test_a_terse_question_names_a_thing_and_what_is_wanted(text: str, expected: tuple[str, tuple[str, ...]] | None) -> None:
    assert listed_aspects(text) == expected


def test_what_no_record_usually_has_is_left_to_notes() -> None:
    assert further(("when", "local used")) == ("local used",)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("bili june 21 -> sept 26", "2021-06-01", "2026-09-30"),
        ("creatinine on arrival 17 May 24", "2024-05-17", "2024-05-17"),
        ("EF nov 67 & may 68", "1967-11-01", "1968-05-31"),
        ("LDL 2016->24", "2016-01-01", "2024-12-31"),
        ("kg lost Dec 25 -> Aug 26", "2025-12-01", "2026-08-31"),
        ("weight 2019 vs now", "2019-01-01", "2026-11-21"),
        ("seen on Aug 12", "2026-08-12", "2026-08-12"),
    ],
)
def test_times_written_short(text: str, first: str, last: str) -> None:
    window = find_window(text, today=TODAY)
    assert window is not None
    assert (str(window.first), str(window.last)) == (first, last)
