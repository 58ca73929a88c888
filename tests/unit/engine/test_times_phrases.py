"""Ways to say when, each with the window that it means on Saturday, 21 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from chartcite.engine.dates.ages import find_age_window
from chartcite.engine.dates.times import find_window
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 11, 21)
BIRTH = date(1960, 3, 10)

# "question | first day | last day"; "-" is open.
WRITTEN = """
A1c in 2023 | 2023-01-01 | 2023-12-31
labs 2019? | 2019-01-01 | 2019-12-31
MRI in 1998 | 1998-01-01 | 1998-12-31
seen in '98 | 1998-01-01 | 1998-12-31
A1c since '19 | 2019-01-01 | -
A1c in March '22 | 2022-03-01 | 2022-03-31
A1c in Mar ’22 | 2022-03-01 | 2022-03-31
A1c in 3/2022 | 2022-03-01 | 2022-03-31
A1c 03/2022 | 2022-03-01 | 2022-03-31
A1c in 03/22 | 2022-03-01 | 2022-03-31
visits in 11/98 | 1998-11-01 | 1998-11-30
A1c in Mar-2022 | 2022-03-01 | 2022-03-31
A1c in March of 2022 | 2022-03-01 | 2022-03-31
A1c in March, 2022 | 2022-03-01 | 2022-03-31
A1c 22-Jul-2023 | 2023-07-22 | 2023-07-22
A1c on the 22nd of July 2023 | 2023-07-22 | 2023-07-22
A1c on the 22nd of July, 2023 | 2023-07-22 | 2023-07-22
A1c on July 22 2023 | 2023-07-22 | 2023-07-22
A1c on Saturday, July 22, 2023 | 2023-07-22 | 2023-07-22
A1c at 2023-07-22T15:10:00 | 2023-07-22 | 2023-07-22
A1c on 2023/07/22 | 2023-07-22 | 2023-07-22
A1c on 22/07/2023 | 2023-07-22 | 2023-07-22
A1c on 22.07.2023 | 2023-07-22 | 2023-07-22
A1c on 3.4.2023 | 2023-04-03 | 2023-04-03
A1c on 7/22/23 | 2023-07-22 | 2023-07-22
A1c on 7/22 | 2026-07-22 | 2026-07-22
A1c on March 22 | 2026-03-22 | 2026-03-22
A1c on December 24th | 2025-12-24 | 2025-12-24
A1c since 3 May | 2026-05-03 | -
labs in 2019-2021 | 2019-01-01 | 2021-12-31
labs 2019–21 | 2019-01-01 | 2021-12-31
labs 2019 - 2021 | 2019-01-01 | 2021-12-31
labs 2019-21 | 2019-01-01 | 2021-12-31
labs in 2019/20 | 2019-01-01 | 2020-12-31
labs in 2019-11 | 2019-11-01 | 2019-11-30
labs in 2010–12 | 2010-01-01 | 2012-12-31
from 2019 through mid 2021 | 2019-01-01 | 2021-07-31
from 2019 to mid-2021 | 2019-01-01 | 2021-07-31
from 2019 until the end of 2021 | 2019-01-01 | 2021-12-31
between early 2020 and late 2021 | 2020-01-01 | 2021-12-31
at the end of 2020 | 2020-10-01 | 2020-12-31
before the end of 2020 | - | 2020-12-31
by the end of 2020 | - | 2020-12-31
since the end of 2020 | 2020-12-01 | -
after the end of 2020 | 2021-01-01 | -
since the beginning of 2021 | 2021-01-01 | -
after the start of 2021 | 2021-01-01 | -
until the start of 2021 | - | 2021-01-31
in the beginning of March 2021 | 2021-03-01 | 2021-03-10
in early March 2021 | 2021-03-01 | 2021-03-10
mid-March 2022 | 2022-03-10 | 2022-03-20
in the middle of March 2022 | 2022-03-10 | 2022-03-20
late March 2022 | 2022-03-20 | 2022-03-31
end of March 2022 | 2022-03-20 | 2022-03-31
first half of 2023 | 2023-01-01 | 2023-06-30
the second half of 2023 | 2023-07-01 | 2023-12-31
H2 2023 | 2023-07-01 | 2023-12-31
the first half of May 2024 | 2024-05-01 | 2024-05-15
labs in Q3 2023 | 2023-07-01 | 2023-09-30
labs in Q3 of 2023 | 2023-07-01 | 2023-09-30
labs in 3Q 2023 | 2023-07-01 | 2023-09-30
labs in the third quarter of 2023 | 2023-07-01 | 2023-09-30
labs in the last quarter of 2023 | 2023-10-01 | 2023-12-31
the first week of May 2024 | 2024-05-01 | 2024-05-07
the last week of May 2024 | 2024-05-25 | 2024-05-31
the second week of May 2024 | 2024-05-08 | 2024-05-14
the first 3 months of 2022 | 2022-01-01 | 2022-03-31
the last two months of 2022 | 2022-11-01 | 2022-12-31
the week of May 8, 2024 | 2024-05-06 | 2024-05-12
back in the 90s | 1990-01-01 | 1999-12-31
surgeries in the 90s | 1990-01-01 | 1999-12-31
surgeries in the '80s | 1980-01-01 | 1989-12-31
surgeries in the nineties | 1990-01-01 | 1999-12-31
surgeries in the early 2000s | 2000-01-01 | 2003-12-31
surgeries in the late 1990s | 1996-01-01 | 1999-12-31
surgeries in the mid-90s | 1993-01-01 | 1996-12-31
ED visits at Christmas 2022 | 2022-12-24 | 2022-12-26
ED visits on Christmas Day 2022 | 2022-12-25 | 2022-12-25
ED visits around New Year 2023 | 2022-12-31 | 2023-01-01
ED visits on New Year's Eve 2022 | 2022-12-31 | 2022-12-31
ED visits on Halloween 2021 | 2021-10-31 | 2021-10-31
ED visits over Christmas | 2025-12-24 | 2025-12-26
weight since last Christmas | 2025-12-24 | -
ED visits on the 4th of July 2022 | 2022-07-04 | 2022-07-04
A1c in early summer 2022 | 2022-06-01 | 2022-07-08
winter of 2021-22 | 2021-12-01 | 2022-03-20
winter 2021/2022 | 2021-12-01 | 2022-03-20
from March to June 2022 | 2022-03-01 | 2022-06-30
March-May 2022 | 2022-03-01 | 2022-05-31
November to February 2023 | 2022-11-01 | 2023-02-28
March 3-9, 2024 | 2024-03-03 | 2024-03-09
3 to 9 March 2024 | 2024-03-03 | 2024-03-09
March 28 to April 2, 2024 | 2024-03-28 | 2024-04-02
between 3/1/2024 and 4/15/2024 | 2024-03-01 | 2024-04-15
2019 onwards | 2019-01-01 | -
from 2019 on, any A1c? | 2019-01-01 | -
from 2019 to present | 2019-01-01 | 2026-11-21
2019 or later | 2019-01-01 | -
2019 or earlier | - | 2019-12-31
on or after 2019-05-01 | 2019-05-01 | -
on or before 2019-05-01 | - | 2019-05-01
no later than May 2019 | - | 2019-05-31
pre-2015 labs | - | 2014-12-31
post-2015 labs | 2016-01-01 | -
up to and including 2019 | - | 2019-12-31
throughout 2019 | 2019-01-01 | 2019-12-31
around March 2021 | 2021-02-01 | 2021-04-30
around 2019 | 2018-07-01 | 2020-06-30
around 2021-03-15 | 2021-03-01 | 2021-03-29
the note from March 2024 | 2024-03-01 | 2024-03-31
the MRI from 2024-03-05 | 2024-03-05 | 2024-03-05
was she on it between the visit in 2019 and the visit in 2021 | 2019-01-01 | 2021-12-31
creatinine between 1 Jan and 31 Mar 2023 | 2023-01-01 | 2023-03-31
ferritin since approximately 2018 | 2017-07-01 | -
labs 15-01-2024 | 2024-01-15 | 2024-01-15
seen in 2019 and now has pain | 2019-01-01 | 2019-12-31
problems as at 2020 | - | 2020-12-31
A1c in June 24 | 2024-06-01 | 2024-06-30
A1c on June 24 | 2026-06-24 | 2026-06-24
rash after the 2024 challenge | 2024-01-01 | 2024-12-31
FEV1 from the February 2023 asthma visit | 2023-02-01 | 2023-02-28
seen on New Years Eve 2022 | 2022-12-31 | 2022-12-31
A1c 8.9 in June 24 - which tablet? | 2024-06-01 | 2024-06-30
viral load in spring 22 | 2022-03-01 | 2022-06-20
the fit at new year 2022/23 | 2022-12-31 | 2023-01-01
2020 vs 2023 | 2020-01-01 | 2023-12-31
from 2022 back to 2020 | 2020-01-01 | 2022-12-31
"""
RELATIVE = """
seen in March | 2026-03-01 | 2026-03-31
seen in December | 2025-12-01 | 2025-12-31
seen in November | 2026-11-01 | 2026-11-30
seen last March | 2026-03-01 | 2026-03-31
seen last February | 2026-02-01 | 2026-02-28
seen last November | 2025-11-01 | 2025-11-30
seen in March of last year | 2025-03-01 | 2025-03-31
seen in March last year | 2025-03-01 | 2025-03-31
seen last year in March | 2025-03-01 | 2025-03-31
seen in January this year | 2026-01-01 | 2026-01-31
weight since March | 2026-03-01 | -
weight since May | 2026-05-01 | -
weight before August | - | 2026-07-31
weight since early May | 2026-05-01 | -
weight in mid-October | 2026-10-10 | 2026-10-20
weight between March and June | 2026-03-01 | 2026-06-30
weight between November and February | 2025-11-01 | 2026-02-28
weight from March to June last year | 2025-03-01 | 2025-06-30
what did the March visit show | 2026-03-01 | 2026-03-31
this spring | 2026-03-01 | 2026-06-20
last winter | 2025-12-01 | 2026-03-20
over the summer | 2026-06-01 | 2026-09-22
during the winter | 2025-12-01 | 2026-03-20
since last fall | 2025-08-15 | -
in the summer of last year | 2025-06-01 | 2025-09-22
last summer | 2026-06-01 | 2026-09-22
this past summer | 2026-06-01 | 2026-09-22
last Tuesday | 2026-11-17 | 2026-11-17
last Saturday | 2026-11-14 | 2026-11-14
since Monday | 2026-11-16 | -
on Thursday | 2026-11-19 | 2026-11-19
this morning | 2026-11-21 | 2026-11-21
last night | 2026-11-20 | 2026-11-21
events overnight? | 2026-11-20 | 2026-11-21
since yesterday | 2026-11-20 | -
the day before yesterday | 2026-11-19 | 2026-11-19
in the last 6 mo | 2026-05-21 | 2026-11-21
past 18 months | 2025-05-21 | 2026-11-21
over the past 6mo | 2026-05-21 | 2026-11-21
past couple of years | 2024-11-21 | 2026-11-21
past couple years | 2024-11-21 | 2026-11-21
in the past few weeks | 2026-10-31 | 2026-11-21
in the last several months | 2026-06-21 | 2026-11-21
the last 10 yrs | 2016-11-21 | 2026-11-21
over the last year and a half | 2025-05-21 | 2026-11-21
in the last half year | 2026-05-21 | 2026-11-21
over the past 2 and a half years | 2024-05-21 | 2026-11-21
over the past 1.5 years | 2025-05-21 | 2026-11-21
in the past 2-3 years | 2023-11-21 | 2026-11-21
in the past two or three years | 2023-11-21 | 2026-11-21
the past twenty years | 2006-11-21 | 2026-11-21
in the last 24h | 2026-11-20 | 2026-11-21
in the past 24 hours | 2026-11-20 | 2026-11-21
last 48 hours | 2026-11-19 | 2026-11-21
over the past 36 hrs | 2026-11-19 | 2026-11-21
the last fortnight | 2026-11-07 | 2026-11-21
within the past year | 2025-11-21 | 2026-11-21
within 10 days | 2026-11-11 | 2026-11-21
within a year | 2025-11-21 | 2026-11-21
this past week | 2026-11-14 | 2026-11-21
these last 3 weeks | 2026-10-31 | 2026-11-21
in the trailing 12 months | 2025-11-21 | 2026-11-21
in the last year | 2025-11-21 | 2026-11-21
over the last month | 2026-10-21 | 2026-11-21
seen last year | 2025-01-01 | 2025-12-31
seen last month | 2026-10-01 | 2026-10-31
seen last week | 2026-11-09 | 2026-11-15
seen last quarter | 2026-07-01 | 2026-09-30
since last year | 2025-01-01 | -
before last year | - | 2024-12-31
late last year | 2025-09-01 | 2025-12-31
early this year | 2026-01-01 | 2026-04-30
at the end of last year | 2025-10-01 | 2025-12-31
the year before last | 2024-01-01 | 2024-12-31
the month before last | 2026-09-01 | 2026-09-30
this quarter | 2026-10-01 | 2026-11-21
so far this year | 2026-01-01 | 2026-11-21
year to date | 2026-01-01 | 2026-11-21
labs ytd | 2026-01-01 | 2026-11-21
since the start of the year | 2026-01-01 | -
this time last year | 2025-10-21 | 2025-12-21
3 days ago | 2026-11-17 | 2026-11-19
2 weeks ago | 2026-11-03 | 2026-11-11
a week ago | 2026-11-11 | 2026-11-17
six months ago | 2026-05-06 | 2026-06-05
a year ago | 2025-10-21 | 2025-12-21
about 2 yrs ago | 2024-10-21 | 2024-12-21
ten years ago | 2016-07-21 | 2017-03-21
half a year ago | 2026-05-06 | 2026-06-05
a year and a half ago | 2025-04-21 | 2025-06-21
a few months ago | 2026-06-06 | 2026-10-06
a couple of weeks ago | 2026-10-27 | 2026-11-18
2-3 years ago | 2023-10-21 | 2024-12-21
between 2 and 3 years ago | 2023-10-21 | 2024-12-21
more than 2 years ago | - | 2024-11-21
over a year ago | - | 2025-11-21
less than 6 months ago | 2026-05-21 | 2026-11-21
since 3 years ago | 2023-10-21 | -
before 2 weeks ago | - | 2026-11-02
two months back | 2026-09-06 | 2026-10-06
A1c since March 2024 to now | 2024-03-01 | 2026-11-21
weight from two years ago to last year | 2024-10-21 | 2025-12-31
as of today | - | 2026-11-21
as of last month | - | 2026-10-31
did he lose weight between last summer and now | 2026-06-01 | 2026-11-21
A1c in the first quarter of this year | 2026-01-01 | 2026-03-31
any changes since this time last year | 2025-10-21 | -
last spring's labs | 2026-03-01 | 2026-06-20
statin started about five years ago | 2021-09-21 | 2022-01-21
"""
NONE = """
6/12 review
antibiotics 5/7 course
pain 4/10
power 4/5
disc at L4/5
a dose of 2000 mg
metformin 2000mg daily
1999 steps a day
she walks 2000 steps
2000 mL of saline
2000 calories
vitamin D 2000 IU
2,019 cells
platelets of 2019.5
transferred to room 2014
CPT 99213
billing code 2021
order #2021
study NCT 2019
PHQ 9
PHQ-9 score
COVID-19 test
BP 120/80
strength 4/5
pain 8/10
murmur 3/6
weight in 3/4 of patients
recently
lately
some time ago
years ago
a long time ago
in the past
over the years
over time
her last visit
the last 3 visits
her last fall
any injuries in the fall?
may she march on?
may 5 mg be given
Is she on it every Monday?
patients in the 30s range of BMI
oxygen saturation in the 90s
pulse in the 80s
in her forties
as a teenager
24h urine protein
overnight oximetry result
within 30 days of discharge
within 3 months of the stroke
two weeks after surgery
in the last 2 weeks of pregnancy
the last month of pregnancy
the month before delivery
follow up in 2 weeks
due again in 6 months
seen by April Jones
a 3 month supply
twice a week
90 day refill
more than 2000 units
BNP above 2000
at 2000 hours
the patient in bed 2019
on 2023-02-30
on 31/31/2023
between 20 and 30
Q4 hours
q6h dosing
since when
bp on 2/3
what is the five-year survival
Is a 10 year risk documented
12 hour fast before the test
has the pain lasted more than 3 months
seen in 2019 patients
Should she return in 3 months?
What did Dr. March say?
May he stop aspirin?
"""
AGES = """
BMI in her forties | 2000-03-10 | 2010-03-09
smoking in his 50s | 2010-03-10 | 2020-03-09
in his early 30s | 1990-03-10 | 1994-03-09
in her mid-forties | 2003-03-10 | 2007-03-09
in her late 50s | 2016-03-10 | 2020-03-09
in her teens | 1973-03-10 | 1980-03-09
as a teenager | 1973-03-10 | 1980-03-09
as an adolescent | 1973-03-10 | 1979-03-09
as a child | 1960-03-10 | 1973-03-09
during childhood | 1960-03-10 | 1973-03-09
in infancy | 1960-03-10 | 1962-03-09
as a newborn | 1960-03-10 | 1960-04-06
when he was a kid | 1960-03-10 | 1973-03-09
since childhood | 1960-03-10 | -
as an adult | 1978-03-10 | -
before age 50 | - | 2010-03-09
before the age of 50 | - | 2010-03-09
before she turned 50 | - | 2010-03-09
before her 50th birthday | - | 2010-03-09
before 50? | - | 2010-03-09
under age 50 | - | 2010-03-09
after age 50 | 2010-03-10 | -
over the age of 50 | 2010-03-10 | -
by age 50 | - | 2011-03-09
until age 50 | - | 2010-03-09
weight at 62 | 2022-03-10 | 2023-03-09
what did she take at age 62 | 2022-03-10 | 2023-03-09
at the age of 62 | 2022-03-10 | 2023-03-09
at 62 years of age | 2022-03-10 | 2023-03-09
aged 62 | 2022-03-10 | 2023-03-09
when he was 35 | 1995-03-10 | 1996-03-09
when she was 35 years old | 1995-03-10 | 1996-03-09
when she turned 35 | 1995-03-10 | 1996-03-09
when she was only 5 | 1965-03-10 | 1966-03-09
since turning 65 | 2025-03-10 | -
since age 65 | 2025-03-10 | -
since he was 65 | 2025-03-10 | -
around 40? | 1998-03-10 | 2003-03-09
around age 40 | 1998-03-10 | 2003-03-09
at about 40 | 1998-03-10 | 2003-03-09
between ages 20 and 30 | 1980-03-10 | 1991-03-09
between the ages of 20 and 30 | 1980-03-10 | 1991-03-09
from age 20 to 30 | 1980-03-10 | 1991-03-09
from the age of 20 | 1980-03-10 | -
at 6 months of age | 1960-09-10 | 1960-10-09
when he was 18 months old | 1961-09-10 | 1961-10-09
"""
NO_AGES = """
How old is she?
at what age was she diagnosed
BP in the 90s
is this 62 year old man on a statin
this man aged 62 with chest pain
pulse at 62 bpm
weight is at 62 kg
when she was 62 kg
A1c at 7.5
at 32 weeks
at 10 am
at 10:30
after 40 minutes
before 50 mg
under 50
platelets around 40
BMI was around 40
dose stable at 40
father died at 62
did her mother have it before age 50
at 6 months after surgery
when he was 35 weeks
at 62%
in 2019
at 999
"""


def lines(table: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]


def single(table: str) -> list[str]:
    return [line.strip() for line in table.strip().splitlines()]


def iso(day: date | None) -> str:
    return day.isoformat() if day else "-"


@pytest.mark.parametrize(("text", "first", "last"), lines(WRITTEN + RELATIVE.lstrip("\n")))
def test_a_phrase_means_its_window(text: str, first: str, last: str) -> None:
    found = find_window(text, today=TODAY)
    assert found is not None
    assert (iso(found.first), iso(found.last)) == (first, last)


@pytest.mark.parametrize("text", single(NONE))
def test_a_phrase_that_names_no_time_has_no_window(text: str) -> None:
    assert find_window(text, today=TODAY) is None


@pytest.mark.parametrize(("text", "first", "last"), lines(AGES))
def test_an_age_is_the_years_between_two_birthdays(text: str, first: str, last: str) -> None:
    found = find_age_window(text, birth=BIRTH)
    assert found is not None
    assert (iso(found.first), iso(found.last)) == (first, last)


@pytest.mark.parametrize("text", single(NO_AGES))
def test_a_number_that_is_no_age_of_the_patient_has_no_window(text: str) -> None:
    assert find_age_window(text, birth=BIRTH) is None


DAYS = st.dates(min_value=date(1901, 1, 1), max_value=date(2099, 12, 31))
FORMS = st.sampled_from(
    ["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%B %d, %Y", "%b %d %Y", "%d %B %Y", "%d-%b-%Y", "the %dth of %B %Y"]
)
PHRASES = st.sampled_from([row[0] for row in lines(WRITTEN + RELATIVE.lstrip("\n"))])


@given(day=DAYS, form=FORMS)
def test_every_written_form_of_a_day_is_that_day(day: date, form: str) -> None:
    found = find_window(f"A1c on {day.strftime(form)}?", today=TODAY)
    assert found is not None
    assert (found.first, found.last, found.ambiguous) == (day, day, False)


@given(day=DAYS, form=FORMS)
def test_before_and_after_leave_out_the_day_alone(day: date, form: str) -> None:
    before, after = (find_window(f"A1c {word} {day.strftime(form)}", today=TODAY) for word in ("before", "after"))
    assert before is not None
    assert after is not None
    assert (before.last, after.first) == (day - timedelta(days=1), day + timedelta(days=1))


@given(day=DAYS)
def test_digits_that_mean_two_days_are_read_month_first_and_told(day: date) -> None:
    found = find_window(f"A1c on {day.month}/{day.day}/{day.year}", today=TODAY)
    assert found is not None
    assert found.first == day
    assert found.ambiguous == (day.day <= 12 and day.day != day.month)


@given(phrase=PHRASES, today=DAYS, lead=st.sampled_from(["", "What was it ", "Her BNP of 12, "]))
def test_on_any_day_a_phrase_has_a_window_in_order_and_its_own_words(phrase: str, today: date, lead: str) -> None:
    text = lead + phrase
    found = find_window(text, today=today)
    assert found is not None
    assert found.span is not None
    assert text[slice(*found.span)] == found.words
    assert found.first is None or found.last is None or found.first <= found.last


@given(st.text(alphabet="0123456789-/ ',.abcdeghijlmnorstuvyQ", max_size=60), DAYS)
def test_no_text_breaks_the_search_and_the_words_are_the_texts(text: str, today: date) -> None:
    for found in (find_window(text, today=today), find_age_window(text, birth=today)):
        if found is not None:
            assert found.span is not None
            assert text[slice(*found.span)] == found.words


@given(birth=DAYS, age=st.integers(1, 110))
def test_ages_follow_each_other_without_a_gap(birth: date, age: int) -> None:
    this, before = find_age_window(f"at age {age}", birth=birth), find_age_window(f"before age {age}", birth=birth)
    assert this is not None
    assert before is not None
    assert this.first is not None
    assert before.last == this.first - timedelta(days=1)


def test_a_leap_day_has_its_birthday_on_the_first_of_march() -> None:
    found = find_age_window("at age 21", birth=date(1960, 2, 29))
    assert found is not None
    assert (found.first, found.last) == (date(1981, 3, 1), date(1982, 2, 28))
