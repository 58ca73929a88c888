from __future__ import annotations

from datetime import date, timedelta

import pytest
from chartcite.engine.dates.times import Window, find_window, shift, years_between
from chartcite.engine.domain.records import PartialDate
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 11, 21)  # a Saturday
Days = tuple[str | None, str | None]


def window(text: str) -> Days | None:
    found = find_window(text, today=TODAY)
    if found is None:
        return None
    first, last = (day.isoformat() if day else None for day in (found.first, found.last))
    return first, last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A1c in 2023", ("2023-01-01", "2023-12-31"), id="a year"),
        pytest.param("A1c in March 2024", ("2024-03-01", "2024-03-31"), id="a month in words"),
        pytest.param("A1c in Sept. 2024", ("2024-09-01", "2024-09-30"), id="a shortened month"),
        pytest.param("A1c in 2024-02", ("2024-02-01", "2024-02-29"), id="a month of a leap year"),
        pytest.param("A1c on 2023-07-22", ("2023-07-22", "2023-07-22"), id="a day in ISO"),
        pytest.param("A1c on July 22nd, 2023", ("2023-07-22", "2023-07-22"), id="a day in words, month first"),
        pytest.param("A1c on 22 July 2023", ("2023-07-22", "2023-07-22"), id="a day in words, day first"),
        pytest.param("A1c on 7/22/2023", ("2023-07-22", "2023-07-22"), id="a day with slashes, month first"),
        pytest.param("labs in Q3 2024", ("2024-07-01", "2024-09-30"), id="a quarter"),
        pytest.param("labs in 2024 Q1", ("2024-01-01", "2024-03-31"), id="a quarter after its year"),
        pytest.param("admissions in the 2010s", ("2010-01-01", "2019-12-31"), id="a decade"),
    ],
)
def test_a_date_is_its_own_window(text: str, expected: Days) -> None:
    assert window(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("since 2023", ("2023-01-01", None), id="since includes its first day"),
        pytest.param("from March 2024", ("2024-03-01", None), id="from"),
        pytest.param("after 2023-05-01", ("2023-05-02", None), id="after leaves the day out"),
        pytest.param("after 2023", ("2024-01-01", None), id="after a year begins with the next"),
        pytest.param("before 2023-05-01", (None, "2023-04-30"), id="before leaves the day out"),
        pytest.param("prior to 2020", (None, "2019-12-31"), id="prior to a year ends with the one before"),
        pytest.param("until 2020", (None, "2020-12-31"), id="until includes the year"),
        pytest.param("by March 2024", (None, "2024-03-31"), id="by includes the month"),
        pytest.param("since she moved here in May 2023", ("2023-05-01", None), id="since a turn with its date"),
        pytest.param("since the fracture of 3 March 2021", ("2021-03-03", None), id="since an event of a day"),
        pytest.param("since the March 2024 flare", ("2024-03-01", None), id="since a dated event"),
        pytest.param("after the 2012 injury", ("2012-01-01", "2012-12-31"), id="a year that only tells which"),
        pytest.param("since he is diabetic in 2019", ("2019-01-01", "2019-12-31"), id="a reason opens nothing"),
        pytest.param("as of 2022-06-30", (None, "2022-06-30"), id="as of a day"),
        pytest.param("as of the end of 2022", (None, "2022-12-31"), id="as of the end of a year"),
    ],
)
def test_a_preposition_opens_one_side(text: str, expected: Days) -> None:
    assert window(f"What was the A1c {text}?") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("between 2020 and 2022", ("2020-01-01", "2022-12-31"), id="two years"),
        pytest.param("from January 2024 to March 2025", ("2024-01-01", "2025-03-31"), id="two months"),
        pytest.param("2024-01-05 - 2024-02-07", ("2024-01-05", "2024-02-07"), id="two days with a dash"),
        pytest.param("between June and December 2023", ("2023-06-01", "2023-12-31"), id="the first month borrows the year"),
    ],
)
def test_two_dates_make_one_window(text: str, expected: Days) -> None:
    assert window(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("spring 2022", ("2022-03-01", "2022-06-20"), id="spring"),
        pytest.param("summer of 2022", ("2022-06-01", "2022-09-22"), id="summer with of"),
        pytest.param("autumn 2022", ("2022-08-15", "2022-12-21"), id="autumn"),
        pytest.param("winter 2022", ("2022-12-01", "2023-03-20"), id="winter reaches into the next year"),
        pytest.param("early 2022", ("2022-01-01", "2022-04-30"), id="early"),
        pytest.param("late 2022", ("2022-09-01", "2022-12-31"), id="late"),
    ],
)
def test_a_season_is_the_months_it_can_mean(text: str, expected: Days) -> None:
    assert window(f"What was she taking in {text}?") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("in the last 2 years", ("2024-11-21", "2026-11-21"), id="last n years"),
        pytest.param("over the past six months", ("2026-05-21", "2026-11-21"), id="a number in words"),
        pytest.param("in the past year", ("2025-11-21", "2026-11-21"), id="no number is one"),
        pytest.param("within 10 days", ("2026-11-11", "2026-11-21"), id="within"),
        pytest.param("over the last decade", ("2016-11-21", "2026-11-21"), id="a decade back"),
        pytest.param("three years ago", ("2023-10-21", "2023-12-21"), id="ago is the time around that day"),
        pytest.param("this year", ("2026-01-01", "2026-11-21"), id="this year"),
        pytest.param("this month", ("2026-11-01", "2026-11-21"), id="this month"),
        pytest.param("this week", ("2026-11-16", "2026-11-21"), id="this week begins on Monday"),
        pytest.param("today", ("2026-11-21", "2026-11-21"), id="today"),
        pytest.param("yesterday", ("2026-11-20", "2026-11-20"), id="yesterday"),
    ],
)
def test_relative_words_count_from_today(text: str, expected: Days) -> None:
    assert window(f"Was she seen {text}?") == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("What is her latest A1c?", id="latest is no window"),
        pytest.param("a dose of 2000 mg", id="a dose that looks like a year"),
        pytest.param("on 2023-02-30", id="a day that the calendar has not"),
        pytest.param("potassium of 13/45/2023", id="a month that the calendar has not"),
        pytest.param("may she take aspirin?", id="may without a year"),
    ],
)
def test_finds_no_window_where_none_is_named(text: str) -> None:
    assert window(text) is None


@pytest.mark.parametrize(
    "text", ["How much wine does she drink in a week?", "how often is he sick in a month", "How many cans does he have in a day?"]
)
def test_how_much_in_a_week_asks_for_a_habit_and_tells_no_time(text: str) -> None:
    assert window(text) is None


def test_how_many_there_were_in_a_week_is_a_time() -> None:
    assert window("How many falls did he have in a week?") == ("2026-11-14", "2026-11-21")


def test_the_words_of_a_window_are_those_of_the_question() -> None:
    found = find_window("A1c since March 2024?", today=TODAY)
    assert found is not None
    assert found.words == "since March 2024"


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))
MAYBE_DAYS = st.none() | DAYS
WRITTEN = DAYS.flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], str(day.year), f"{day}T23:59:00-11:00"])
)


@given(first=MAYBE_DAYS, last=MAYBE_DAYS, written=WRITTEN)
def test_a_window_holds_what_it_overlaps_at_a_moment(first: date | None, last: date | None, written: str) -> None:
    moment = PartialDate.parse(written)
    opened = Window(first=first, last=last, words="w")
    assert opened.holds(moment) == opened.overlaps(moment, moment)


@given(first=DAYS, last=DAYS, day=DAYS)
def test_a_window_holds_a_day_exactly_when_it_lies_between_its_ends(first: date, last: date, day: date) -> None:
    moment = PartialDate.parse(day.isoformat())
    assert Window(first=first, last=last, words="w").holds(moment) == (first <= day <= last)


@given(first=DAYS, length=st.integers(0, 5000), start=DAYS)
def test_what_goes_on_overlaps_every_window_that_ends_after_its_start(first: date, length: int, start: date) -> None:
    opened = Window(first=first, last=first + timedelta(days=length), words="w")
    assert opened.last is not None
    assert opened.overlaps(PartialDate.parse(start.isoformat()), None) == (start <= opened.last)


def test_what_has_no_date_lies_in_no_window() -> None:
    opened = Window(words="ever")
    assert not opened.holds(None)
    assert not opened.overlaps(None, None)


UNITS = st.sampled_from(["day", "week", "month", "quarter", "year", "yr", "decade"])


@given(day=DAYS, count=st.integers(-90, 90), unit=UNITS)
def test_shifting_there_and_back_stays_within_a_month_end(day: date, count: int, unit: str) -> None:
    assert 0 <= (day - shift(shift(day, count, unit), -count, unit)).days <= 3


@given(count=st.integers(1, 999), unit=UNITS)
def test_no_relative_time_is_too_far_away(count: int, unit: str) -> None:
    found = find_window(f"in the last {count} {unit}s", today=TODAY)
    assert found is not None
    assert found.first is not None
    assert found.first < TODAY


@given(st.text(alphabet="0123456789-/ ,abcjmotqQ", max_size=40))
def test_no_text_breaks_the_search_for_a_window(text: str) -> None:
    found = find_window(f"since {text} 20", today=TODAY)
    assert found is None or found.words


@pytest.mark.parametrize("text", ["after 9999-12-31", "before 0001-01-01"])
def test_the_ends_of_the_calendar_break_nothing(text: str) -> None:
    assert find_window(text, today=TODAY) is None


def test_relative_words_on_the_first_day_of_the_calendar_break_nothing() -> None:
    assert find_window("in the last 10 days", today=date(1, 1, 1)) is None


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        pytest.param("2000-02-29", "2001-02-28", 0, id="a leap day has no birthday on the 28th"),
        pytest.param("2000-02-29", "2001-03-01", 1, id="but on the first of March"),
        pytest.param("1990-06-15", "2020-06-14", 29, id="the day before"),
        pytest.param("1990-06-15", "2020-06-15", 30, id="the day itself"),
    ],
)
def test_years_are_completed_years(first: str, last: str, years: int) -> None:
    assert years_between(date.fromisoformat(first), date.fromisoformat(last)) == years
