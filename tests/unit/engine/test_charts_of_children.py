"""Charts of children: what is the mother's, what was at birth, single fits, medicines kept for need, and who else has it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import (
    AskedChart,
    allergy,
    condition,
    lab,
    medication,
    note,
    person,
    relative,
    visit,
)

ChartOf = Callable[..., AskedChart]
BABY = person(birthDate="2022-03-04")
BIRTH_NOTE = note(
    "nb",
    "Maternal history:\nBlood group A negative. Rubella immune. Asthma treated with budesonide. Two doses of dexamethasone before birth.\n\n"
    "Progress:\nBreathing: CPAP until day 6. No oxygen at home.\nJaundice: phototherapy days 3 to 4, then settled.\n",
    "2022-04-20",
)
UNIT = visit("nu", "IMP", "Neonatal unit", "2022-03-04", "2022-04-20")
WEIGHTS = [
    lab("w1", 1.9, "2022-03-04", unit="kg", name="Body weight"),
    lab("w2", 2.8, "2022-04-20", unit="kg", name="Body weight"),
    lab("w3", 14.0, "2025-04-20", unit="kg", name="Body weight"),
]
EPILEPSY = condition("ep", "Epilepsy", "2024-01-10")
FITS = note("f1", "Two seizures since spring, both brief. Sleeps well.\n", "2025-02-02")
LAST_FIT = note("f2", "Call from dad. GTCS on Friday at 6 am, 4 minutes, then slept.\n", "2025-06-08")
RESCUE = medication("r", "Diazepam 5 mg rectal tube", "2024-02-02", dose="One tube for a seizure over 5 minutes")


def told(chart: AskedChart, question: str) -> str:
    return "\n".join(chart.say(question))


@pytest.mark.parametrize("question", ["What is her blood group?", "Is she on budesonide?", "Has she had dexamethasone?"])
def test_what_stands_under_the_mothers_heading_is_not_the_childs(chart_of: ChartOf, question: str) -> None:
    assert told(chart_of(BABY, BIRTH_NOTE), question) == ""


def test_what_is_asked_of_the_mother_is_told_of_her(chart_of: ChartOf) -> None:
    assert "A negative" in told(chart_of(BABY, BIRTH_NOTE), "What is mum's blood group?")


def test_a_grown_womans_own_pregnancy_is_hers(chart_of: ChartOf) -> None:
    own = note("o", "Pregnancy:\nOn labetalol from 30 weeks, pressure settled.\n", "2024-04-20")
    assert "labetalol" in told(chart_of(own), "Is she on labetalol?")


@pytest.mark.parametrize(
    ("question", "said"),
    [("How long was she on CPAP?", "day 6"), ("How many days of phototherapy did she need?", "days 3 to 4")],
)
def test_a_length_may_be_told_by_days_of_life(chart_of: ChartOf, question: str, said: str) -> None:
    assert said in told(chart_of(BABY, BIRTH_NOTE), question)


@pytest.mark.parametrize(
    ("question", "said", "other"),
    [
        ("How much did she weigh when she was born?", "1.9 kg", "14.0"),
        ("How heavy was she at birth?", "1.9 kg", "14.0"),
        ("What did she weigh when she left the neonatal unit?", "2.8 kg", "14.0"),
        ("weight at discharge from NICU", "2.8 kg", "14.0"),
        ("What does she weigh?", "14.0 kg", "1.9"),
    ],
)
def test_a_weight_is_of_birth_or_of_leaving_the_unit(chart_of: ChartOf, question: str, said: str, other: str) -> None:
    text = told(chart_of(BABY, UNIT, *WEIGHTS), question)
    assert said in text
    assert other not in text


def test_a_unit_that_was_never_left_places_no_weight(chart_of: ChartOf) -> None:
    ward = visit("wd", "IMP", "Surgical ward", "2022-03-04", "2022-04-20")
    assert "2.8" not in told(chart_of(BABY, ward, *WEIGHTS), "weight at discharge from rehab")


@pytest.mark.parametrize(
    "question",
    ["When was her last fit?", "date of last sz", "When did she last have a convulsion?", "Any seizures lately?"],
)
def test_the_last_fit_is_no_onset_of_the_illness(chart_of: ChartOf, question: str) -> None:
    text = told(chart_of(EPILEPSY, FITS, LAST_FIT), question)
    assert "GTCS on Friday" in text
    assert "2024-01-10" not in text


def test_the_last_fit_and_its_length_are_one_story(chart_of: ChartOf) -> None:
    chart = chart_of(EPILEPSY, FITS, LAST_FIT)
    assert "4 minutes" in told(chart, "When was her last seizure and how long did it last?")
    assert "2024-01-10" in told(chart, "When did the epilepsy begin?")


@pytest.mark.parametrize("question", ["Has the diazepam ever been given?", "have we ever had to use the rectal diazepam"])
def test_what_is_kept_for_need_was_used_or_not(chart_of: ChartOf, question: str) -> None:
    unused = note("u", "Rectal diazepam has not been needed so far.\n", "2024-09-09")
    used = note("v", "Diazepam given at 5 min by the teacher, stopped soon.\n", "2025-09-09")
    held = note("h", "School staff trained in rectal diazepam, spare tube held.\n", "2025-10-10")
    assert "has not been needed" in told(chart_of(RESCUE, unused, held), question)
    assert told(chart_of(RESCUE, unused, used, held), question).startswith("Progress note, 2025-09-09")


def test_whether_it_is_ordered_is_told_by_the_order(chart_of: ChartOf) -> None:
    used = note("v", "Diazepam given at 5 min by the teacher, stopped soon.\n", "2025-09-09")
    assert "is active since 2024-02-02" in told(chart_of(RESCUE, used), "Is she on diazepam?")


def test_relatives_whom_the_list_leaves_out_are_quoted(chart_of: ChartOf) -> None:
    noted = note("k", "Her maternal aunt had fits until she was twelve. Her brother had one febrile seizure.\n", "2024-05-05")
    text = told(chart_of(relative("b", "Brother", "Febrile seizure"), noted), "Is there any epilepsy in the family?")
    assert "Brother: Febrile seizure" in text
    assert "aunt had fits" in text


@pytest.mark.parametrize("question", ["any nut allergy?", "Is she allergic to nuts?"])
def test_a_peanut_is_a_nut_where_allergies_are_asked(chart_of: ChartOf, question: str) -> None:
    assert "Allergy to Peanut" in told(chart_of(allergy("p", "Peanut", "Hives")), question)


def test_pens_run_out_and_nobody_has_the_runs(chart_of: ChartOf) -> None:
    pens = medication("e", "Emerade 300 micrograms pen (adrenaline)", "2025-01-01", dose="One for anaphylaxis")
    kept = note("s", "Kept at school: Emerade pen x2 (exp 03/2026). Miss Grant is trained.\n", "2025-03-03")
    assert "03/2026" in told(chart_of(pens, kept), "When do the pens at school run out?")


def test_a_pen_that_no_note_speaks_of_tells_no_diarrhoea(chart_of: ChartOf) -> None:
    assert told(chart_of(condition("d", "Diarrhoea", "2025-05-05")), "When do the pens run out?") == ""


def test_puffs_that_are_taken_tell_whether_it_is_taken_as_prescribed(chart_of: ChartOf) -> None:
    listed = medication("i", "Clenil Modulite 100 micrograms inhaler", "2025-01-01", dose="2 puffs twice a day")
    said = note(
        "n", "Preventer: Clenil 100 2 puffs bd. Dad says she gets one puff at night only. Seen with Miss Grant.\n", "2025-03-03"
    )
    assert "one puff at night" in told(chart_of(listed, said), "Is she getting her Clenil as prescribed?")
