"""Times that lean on one another: a season with its months, two days of which one gives the year, feasts that move."""

from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.dates.anchors import find_anchor
from chartcite.engine.dates.periods import easter
from chartcite.engine.dates.times import find_window

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("falls over the winter of 2023, say October to January", date(2023, 10, 1), date(2024, 1, 31)),
        ("flares last summer (May-Aug)?", date(2026, 5, 1), date(2026, 8, 31)),
        ("jabs spring 2021: March through April", date(2021, 3, 1), date(2021, 4, 30)),
        ("weights from 28 Nov to New Year's Day 2025", date(2024, 11, 28), date(2025, 1, 1)),
        ("clinics between Christmas and Easter 2022", date(2021, 12, 24), date(2022, 4, 18)),
        ("seizures between 3 May and 9 September 2023", date(2023, 5, 3), date(2023, 9, 9)),
        ("sodium from Feb 2023 to the following June", date(2023, 2, 1), date(2023, 6, 30)),
        ("between falling in Feb 2022 and that Christmas", date(2022, 2, 1), date(2022, 12, 26)),
        ("antibiotics in calendar year 2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("wheeze on Good Friday 2025", date(2025, 4, 18), date(2025, 4, 18)),
        ("swabs at the end of March 23", date(2023, 3, 20), date(2023, 3, 31)),
    ],
)
def test_times_that_lean_on_one_another_are_read_together(question: str, first: date, last: date) -> None:
    window = find_window(question, today=TODAY)

    assert window is not None
    assert (window.first, window.last) == (first, last)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("rash in summer 2023, cough by October 2024", date(2023, 6, 1), date(2023, 9, 22)),
        ("sodium from 2023 to June", date(2023, 1, 1), date(2026, 6, 30)),
        ("labs on March 23", date(2026, 3, 23), date(2026, 3, 23)),
    ],
)
def test_a_time_that_stands_by_itself_keeps_its_own_days(question: str, first: date, last: date) -> None:
    window = find_window(question, today=TODAY)

    assert window is not None
    assert (window.first, window.last) == (first, last)


def test_the_months_of_a_season_count_to_its_words() -> None:
    window = find_window("pneumonia last winter, Nov to Feb?", today=TODAY)

    assert window is not None
    assert window.words == "last winter, Nov to Feb"


@pytest.mark.parametrize(
    ("year", "day"), [(2000, date(2000, 4, 23)), (2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2038, date(2038, 4, 25))]
)
def test_easter_sunday(year: int, day: date) -> None:
    assert easter(year) == day


def test_the_end_of_a_month_is_no_end_of_a_treatment() -> None:
    assert find_anchor("swabs at the end of March") is None
    assert find_anchor("swabs at the end of radiotherapy") is not None
