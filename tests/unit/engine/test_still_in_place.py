"""Whether what was put in is still there, and when it came out: the newest word on it tells, and never that it was put in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, condition, note, procedure

ChartOf = Callable[..., AskedChart]
CHART = (
    condition("om", "Recurrent otitis media", "2019-02-01", clinical="resolved", abatementDateTime="2021-01-01"),
    procedure("tubes", "Bilateral tympanostomy tube placement", "2020-03-02"),
    note("n1", "Ears: both grommets in place, dry.", "2021-03-02T10:00:00Z"),
    note("n2", "R grommet extruded, lying in the canal. L grommet in place.", "2022-04-05T10:00:00Z"),
    note("n3", "Both drums intact, no grommets seen. No infections since grommets came out.", "2023-06-07T10:00:00Z"),
    procedure("jj", "Insertion of ureteric stent, left", "2024-01-08"),
    note("n4", "Ureteric stent must come out in 6 weeks.", "2024-01-09T10:00:00Z"),
    procedure("jjout", "Removal of ureteric stent", "2024-02-20"),
    procedure("cath", "Urethral catheterisation", "2024-01-08"),
    note("n5", "Catheter in situ, draining clear urine. Bloods fine.", "2024-03-01T10:00:00Z"),
    procedure("avf", "Creation of left radiocephalic fistula", "2021-05-05"),
    note("n6", "Fistula working well, good thrill.", "2024-03-11T10:00:00Z"),
)


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("Are the ear tubes still in?", "no grommets seen", "in place"),
        ("does he still have grommets?", "no grommets seen", "otitis media"),
        ("Has he still got tubes in his ears?", "no grommets seen", "otitis media"),
        ("When did the grommets fall out?", "extruded", "placement"),
        ("when did the ear tubes come out", "extruded", "placement"),
        ("Is the stent still in?", "2024-02-20", "Insertion"),
        ("stent out yet?", "2024-02-20", "Insertion"),
        ("was the ureteric stent ever removed", "2024-02-20", "must come out"),
        ("Is the catheter still in?", "in situ", "stent"),
        ("is his fistula still working?", "good thrill", "stent"),
    ],
)
def test_the_newest_word_tells(chart_of: ChartOf, question: str, told: str, not_told: str) -> None:
    said = " | ".join(chart_of(*CHART).say(question))
    assert told in said
    assert not_told not in said


def test_that_a_thing_was_put_in_does_not_tell_when_it_came_out(chart_of: ChartOf) -> None:
    chart = chart_of(procedure("tubes", "Bilateral tympanostomy tube placement", "2020-03-02"))
    assert not any("2020-03-02" in said for said in chart.say("When did the grommets fall out?"))


def test_a_thing_that_was_put_in_again_is_there(chart_of: ChartOf) -> None:
    chart = chart_of(
        procedure("in", "Insertion of PICC line", "2024-01-08"),
        procedure("out", "Removal of PICC line", "2024-02-08"),
        procedure("again", "Insertion of PICC line", "2024-03-08"),
        note("n", "PICC flushed, in place, site clean.", "2024-03-20T10:00:00Z"),
    )
    said = " ".join(chart.say("Is the PICC still in?"))
    assert "in place" in said
    assert "Removal" not in said


def test_a_period_that_ended_tells_the_removal(chart_of: ChartOf) -> None:
    span = {"performedPeriod": {"start": "2023-01-11", "end": "2023-01-21"}, "performedDateTime": None}
    line = {**procedure("cvc", "Central venous catheter, right jugular", "2023-01-11"), **span}
    line = {key: value for key, value in line.items() if value is not None}
    assert any("2023-01-21" in said for said in chart_of(line).say("is the central line still in?"))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When was the ureteric stent put in?", "2024-01-08"),
        ("When were the grommets put in?", "2020-03-02"),
    ],
)
def test_when_it_was_put_in_is_told_as_before(chart_of: ChartOf, question: str, told: str) -> None:
    assert told in " ".join(chart_of(*CHART).say(question))
