from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from chartcite.engine.dates.anchor_windows import Occurrence, resolve_anchor
from chartcite.engine.dates.anchors import Anchor, find_anchor
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.records import PartialDate
from hypothesis import given
from hypothesis import strategies as st

# question | relation | words | kind | thing | ordinal | distance
FOUND = """
weight the month before delivery | before | the month before delivery | delivery | delivery | | 1 month throughout
any MI within 3 months of the stroke? | around | within 3 months of the stroke | other | stroke | | 3 month throughout
INR two weeks after surgery | after | two weeks after surgery | procedure | surgery | | 2 week
Hgb the day after surgery | after | the day after surgery | procedure | surgery | | 1 day
three days before admission | before | three days before admission | admission | | | 3 day
in the 3 months before the stroke | before | in the 3 months before the stroke | other | stroke | | 3 month throughout
first 30 days after transplant | after | first 30 days after transplant | procedure | transplant | | 30 day throughout
within 30 days of discharge | around | within 30 days of discharge | discharge | | | 30 day throughout
creatinine 48 hours after contrast | after | 48 hours after contrast | other | contrast | | 2 day
six months after she stopped smoking | after | six months after she stopped smoking | stopped | smoking | | 6 month
creatinine on POD 2 | after | POD 2 | procedure | | | 2 day
BP 6 weeks postpartum | after | 6 weeks postpartum | delivery | delivery | | 6 week
pre-op hemoglobin | before | pre-op | procedure | | |
post-transplant creatinine | after | post-transplant | procedure | transplant | |
what changed since her last admission? | since | since her last admission | stay | | -1 |
what changed since the previous visit? | since | since the previous visit | visit | | -1 |
BP at the visit before last | at | at the visit before last | visit | | -2 |
labs since starting lisinopril | since | since starting lisinopril | started | lisinopril | |
weight since she started insulin | since | since she started insulin | started | insulin | |
weight since the start of insulin | since | since the start of insulin | started | insulin | |
since she has been on metformin | since | since she has been on metformin | started | metformin | |
potassium before he was put on spironolactone | before | before he was put on spironolactone | started | spironolactone | |
bleeding after stopping warfarin? | after | after stopping warfarin | stopped | warfarin | |
since lisinopril was stopped | since | since lisinopril was stopped | stopped | lisinopril | |
BP until lisinopril was discontinued | until | until lisinopril was discontinued | stopped | lisinopril | |
A1c before the switch to insulin | before | before the switch to insulin | changed | insulin | |
creatinine after the hip operation | after | after the hip operation | procedure | hip operation | |
any seizures since the craniotomy | since | since the craniotomy | procedure | craniotomy | |
before the vasectomy | before | before the vasectomy | procedure | vasectomy | |
after he was extubated | after | after he was extubated | procedure | extubated | |
after the biopsy of the liver | after | after the biopsy of the liver | procedure | biopsy of the liver | |
on the day of surgery | at | on the day of surgery | procedure | surgery | |
weight since Mounjaro began | since | since Mounjaro began | started | Mounjaro | |
LDL after the tablets stopped? | after | after the tablets stopped | stopped | tablets | |
Hb since the eldest was born | since | since the eldest was born | delivery | | 1 |
BP at the second birth | at | at the second birth | delivery | birth | 2 |
potassium from the third clinic onwards | since | from the third clinic onwards | visit | | 3 |
urate around the gout flare | around | around the gout flare | other | gout flare | |
K on the day he started losartan | at | on the day he started losartan | started | losartan | |
K since the day he started losartan | since | since the day he started losartan | started | losartan | |
around the time of the transplant | around | around the time of the transplant | procedure | transplant | |
BP at the last visit | at | at the last visit | visit | | -1 |
BP at her second prenatal visit | at | at her second prenatal visit | visit | prenatal | 2 |
labs from her last ED visit | at | from her last ED visit | emergency | | -1 |
antibiotics in the ED | at | in the ED | emergency | | |
meds at discharge | at | at discharge | discharge | | |
glucose on admission | at | on admission | admission | | |
since being discharged | since | since being discharged | discharge | | |
since discharge | since | since discharge | discharge | | |
during her last admission for pneumonia | during | during her last admission for pneumonia | stay | pneumonia | -1 |
fever during the hospitalization | during | during the hospitalization | stay | | |
meds while in hospital | during | while in hospital | stay | | |
INR while on warfarin | during | while on warfarin | taking | warfarin | |
A1c during pregnancy | during | during pregnancy | pregnancy | pregnancy | |
scans in the last 2 weeks of the pregnancy | during | in the last 2 weeks of the pregnancy | pregnancy | pregnancy | |
when she was admitted, what was the Hgb? | at | when she was admitted | admission | | |
what was her BP when she was admitted? | at | when she was admitted | admission | | |
A1c at diagnosis of diabetes | at | at diagnosis of diabetes | diagnosis | diabetes | |
since the diabetes diagnosis | since | since the diabetes diagnosis | diagnosis | diabetes | |
since she was diagnosed with asthma | since | since she was diagnosed with asthma | diagnosis | asthma | |
reaction after the second dose | after | after the second dose | dose | dose | 2 |
after the Aleve | after | after the Aleve | other | Aleve | |
after her surgery in 2019 | after | after her surgery | procedure | surgery | |
after the 2012 head injury | after | after the 2012 head injury | other | head injury | |
MRI after the whiplash - result? | after | after the whiplash | other | whiplash | |
BP in hospital | at | in hospital | stay | | |
until her death | until | until her death | other | death | |
after the fall | after | after the fall | other | fall | |
"""
NOT_FOUND = """
during the pandemic
since she is diabetic
since he has diabetes, is he on a statin
Since he is on warfarin, what is the INR goal?
after meals
glucose 2 hours after eating
before bed
take 1 hour before bedtime
before breakfast
on exertion
pain during exercise
dyspnea at night
worse in the morning
during the night
between meals
is the pain before or after meals
does it help after taking ibuprofen
When was she admitted?
Do you know when she was admitted?
when was she put on metformin
Is she on metformin
What meds was she discharged on?
before and after surgery
after 2020
since last year
since March
since when
since that
after age 50
as a child
in the last 6 months
two weeks ago
within normal limits
Is she on dialysis
measured in our clinic
When was he put on the transplant list?
pus from the vasectomy wound
what happens around mold
what happens around cats
weight at birth
before I start a statin, what to check
on insulin for post-transplant diabetes
target at increased risk
"""


def lines(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]


def single(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "relation", "words", "kind", "thing", "ordinal", "distance"), lines(FOUND))
def test_a_phrase_ties_a_time_to_an_event(
    text: str, relation: str, words: str, kind: str, thing: str, ordinal: str, distance: str
) -> None:
    anchor = find_anchor(text)
    assert anchor is not None
    far = anchor.distance
    told = f"{far.count} {far.unit}{' throughout' if far.throughout else ''}" if far else ""
    read = (anchor.relation, anchor.words, anchor.event.kind, anchor.event.thing, str(anchor.event.ordinal or ""), told)
    assert read == (relation, words, kind, thing, ordinal, distance)


@pytest.mark.parametrize("text", single(NOT_FOUND))
def test_an_everyday_moment_a_reason_or_a_date_is_no_anchor(text: str) -> None:
    assert find_anchor(text) is None


@pytest.mark.parametrize(
    ("text", "kinds", "ordinals"),
    [
        ("labs between admission and discharge", ("admission", "discharge"), (None, None)),
        ("BP between her first and second visit", ("visit", "visit"), (1, 2)),
        ("between starting prednisone and stopping prednisone", ("started", "stopped"), (None, None)),
    ],
)
def test_between_names_two_events(text: str, kinds: tuple[str, str], ordinals: tuple[int | None, int | None]) -> None:
    anchor = find_anchor(text)
    assert anchor is not None
    assert anchor.until is not None
    assert (anchor.event.kind, anchor.until.kind) == kinds
    assert (anchor.event.ordinal, anchor.until.ordinal) == ordinals


@given(
    st.text(alphabet="abdefinorst 0123'-,?2nd", max_size=60),
    st.sampled_from(["since ", "two weeks after ", "at her last ", "when she was "]),
)
def test_no_text_breaks_the_search_and_its_words_are_the_texts(text: str, lead: str) -> None:
    question = f"{text} {lead}{text}"
    anchor = find_anchor(question)
    if anchor is not None:
        assert question[slice(*anchor.span)] == anchor.words
        assert question[slice(*anchor.event.span)] == anchor.event.words


def happened(*written: str) -> list[Occurrence]:
    """Build occurrences from `start` or `start/end`."""
    pairs = [each.partition("/") for each in written]
    return [Occurrence(PartialDate.parse(start), PartialDate.parse(end) if end else None) for start, _, end in pairs]


STAYS = happened("2024-03-01/2024-03-05", "2025-06-10/2025-06-20", "2025-06-10/2025-06-20")


@pytest.mark.parametrize(
    ("text", "occurrences", "first", "last"),
    [
        pytest.param("since discharge", STAYS, "2025-06-20", None, id="since discharge: from its day on"),
        pytest.param("since her last admission", STAYS, "2025-06-10", None, id="since an admission: from its first day"),
        pytest.param("after her last admission", STAYS, "2025-06-20", None, id="after a stay: from its end"),
        pytest.param("hemoglobin after admission", STAYS, "2025-06-10", None, id="after being admitted: from that day"),
        pytest.param("before her first admission", STAYS, None, "2024-02-29", id="before: up to the day before"),
        pytest.param("during her last admission", STAYS, "2025-06-10", "2025-06-20", id="during: start to end"),
        pytest.param("during her second admission", STAYS, "2025-06-10", "2025-06-20", id="a repeated entry counts once"),
        pytest.param("on admission", STAYS, "2025-06-10", "2025-06-10", id="on admission: its first day"),
        pytest.param("meds at discharge", STAYS, "2025-06-20", "2025-06-20", id="at discharge: its last day"),
        pytest.param("during her last admission", happened("2026-01-01"), "2026-01-01", None, id="a stay that goes on is open"),
        pytest.param("within 30 days of discharge", STAYS, "2025-05-21", "2025-07-20", id="within n of: both sides"),
        pytest.param("the day after discharge", STAYS, "2025-06-21", "2025-06-21", id="the day after"),
        pytest.param(
            "two weeks after surgery", happened("2025-01-01"), "2025-01-12", "2025-01-18", id="a point far away has room"
        ),
        pytest.param(
            "within two weeks after surgery", happened("2025-01-01"), "2025-01-01", "2025-01-15", id="within: throughout"
        ),
        pytest.param("the month before delivery", happened("2025-03-31"), "2025-02-28", "2025-03-30", id="the month before"),
        pytest.param("around the transplant", happened("2025-03-31"), "2025-03-01", "2025-04-30", id="around: thirty days"),
        pytest.param(
            "since starting lisinopril", happened("2024-05-01", "2023-01-02"), "2023-01-02", None, id="a start is the first"
        ),
        pytest.param("after stopping warfarin", happened("2023-01-02/2024-01-01"), "2024-01-01", None, id="a stop is the end"),
        pytest.param("after surgery", happened("2023"), "2023-12-31", None, id="after a year: surely after"),
        pytest.param("before surgery", happened("2023-05"), None, "2023-04-30", id="before a month: surely before"),
        pytest.param(
            "while on warfarin", happened("2023-01-02/2024-01-01"), "2023-01-02", "2024-01-01", id="while on: all of it"
        ),
    ],
)
def test_an_anchor_becomes_the_window_of_its_event(
    text: str, occurrences: Sequence[Occurrence], first: str | None, last: str | None
) -> None:
    found = resolve_anchor(read(text), occurrences)
    assert found is not None
    assert (found.first, found.last) == (day(first), day(last))


def read(text: str) -> Anchor:
    anchor = find_anchor(text)
    assert anchor is not None
    return anchor


def day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


@pytest.mark.parametrize(
    ("text", "occurrences"),
    [
        pytest.param("since her last admission", [], id="it never happened"),
        pytest.param("after her third admission", STAYS, id="it happened less often"),
        pytest.param("since discharge", happened("2026-01-01"), id="the stay has not ended"),
        pytest.param("100 years before surgery", happened("0001-01-01"), id="past the calendar's start"),
    ],
)
def test_an_event_that_did_not_happen_makes_no_window(text: str, occurrences: Sequence[Occurrence]) -> None:
    assert resolve_anchor(read(text), occurrences) is None


def test_the_visit_of_today_is_not_the_last_one() -> None:
    visits = happened("2026-01-05", "2026-06-01")
    found = resolve_anchor(read("since her last visit"), visits, today=date(2026, 6, 1))
    assert found is not None
    assert found.first == date(2026, 1, 5)


def test_a_further_window_chooses_among_the_occurrences() -> None:
    operations = happened("2019-02-03", "2022-04-05")
    year = Window(first=date(2019, 1, 1), last=date(2019, 12, 31), words="2019")
    found = resolve_anchor(read("after her surgery in 2019"), operations, within=year)
    assert found is not None
    assert found.first == date(2019, 2, 3)


def test_between_two_events_is_from_the_one_to_the_other() -> None:
    found = resolve_anchor(read("between admission and discharge"), STAYS, until=STAYS)
    assert found is not None
    assert (found.first, found.last) == (date(2025, 6, 10), date(2025, 6, 20))


def test_between_needs_both_events() -> None:
    assert resolve_anchor(read("between admission and discharge"), STAYS) is None


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(start=DAYS, length=st.integers(0, 400))
def test_before_during_and_after_share_at_most_the_last_day(start: date, length: int) -> None:
    stay = [Occurrence(PartialDate.parse(start.isoformat()), PartialDate.parse((start + timedelta(days=length)).isoformat()))]
    before, during, after = (resolve_anchor(read(f"{word} her last admission"), stay) for word in ("before", "during", "after"))
    assert before is not None
    assert during is not None
    assert after is not None
    assert before.last == start - timedelta(days=1)
    assert (during.first, during.last) == (start, after.first)
