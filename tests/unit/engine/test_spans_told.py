"""Stretches of time measured off from a season or from another day."""

from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.dates.times import find_window

TODAY = date(2025, 10, 24)


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("chest infections the winter before last", date(2023, 12, 1), date(2024, 3, 20)),
        ("peak flows three summers ago", date(2023, 6, 1), date(2023, 9, 22)),
        ("admissions over the 2021/22 winter", date(2021, 12, 1), date(2022, 3, 20)),
        ("weights in the 30 days to 1 June 2025", date(2025, 5, 2), date(2025, 6, 1)),
        ("doses in the week beginning 3 June 2024", date(2024, 6, 3), date(2024, 6, 9)),
        ("doses in the week ending 9 June 2024", date(2024, 6, 3), date(2024, 6, 9)),
        ("sodium around the turn of the year", date(2024, 12, 20), date(2025, 1, 13)),
        ("ferritin going back two years", date(2023, 10, 24), date(2025, 10, 24)),
    ],
)
def test_a_stretch_is_measured_off(question: str, first: date, last: date) -> None:
    window = find_window(question, today=TODAY)

    assert window is not None
    assert (window.first, window.last) == (first, last)


@pytest.mark.parametrize("question", ["the two falls ago that hurt", "going back to the clinic", "the visit before last"])
def test_other_words_are_no_stretch(question: str) -> None:
    assert find_window(question, today=TODAY) is None
