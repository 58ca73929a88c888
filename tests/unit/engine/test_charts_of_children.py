"""Charts of children: what is the mother's, what was at birth, single fits, medicines kept for need, and who else has it."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import (
    AskedChart,
    allergy,
    condition,
    immunization,
    lab,
    medication,
    note,
    of,
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


TAPER = medication("t", "Carbamazepine 200 mg tablets", "2024-01-01", dose="One twice a day")


@pytest.mark.parametrize(
    "question",
    [
        "When can she come off the carbamazepine?",
        "how long will she have to take carbamazepine",
        "any plans to stop carbamazepine?",
    ],
)
def test_how_long_a_medicine_is_to_go_on_is_told_by_what_is_planned(chart_of: ChartOf, question: str) -> None:
    planned = note("p", "Carbamazepine unchanged. If free of fits for two years we will try to withdraw it.\n", "2025-02-02")
    said = note("q", "The staring spells stop when she is spoken to, on carbamazepine.\n", "2025-03-03")
    assert "two years" in told(chart_of(TAPER, planned, said), question)
    assert "spoken to" not in told(chart_of(TAPER, said), question)


def test_since_when_a_medicine_is_taken_is_no_plan(chart_of: ChartOf) -> None:
    planned = note("p", "If free of fits for two years we will try to withdraw carbamazepine.\n", "2025-02-02")
    assert "2024-01-01" in told(chart_of(TAPER, planned), "How long has she been on carbamazepine?")


def test_the_value_from_which_to_act_is_no_highest_value(chart_of: ChartOf) -> None:
    values = [
        lab("p1", 210, "2025-01-01", unit="L/min", name="Peak flow"),
        lab("p2", 260, "2025-03-01", unit="L/min", name="Peak flow"),
    ]
    plan = note("a", "Peak flow under 130: give ten puffs and go to hospital. Best peak flow 260.\n", "2025-03-01")
    chart = chart_of(*values, plan)
    assert "under 130" in told(chart, "At what peak flow should we go to hospital?")
    assert "260" in told(chart, "What is her best peak flow?")


def test_a_reading_age_is_not_how_old_somebody_is(chart_of: ChartOf) -> None:
    school = note("s", "Reading age 7 years, a year behind. Enjoys maths.\n", "2025-03-01")
    text = told(chart_of(person(birthDate="2016-06-01"), school), "What is her reading age?")
    assert "Reading age 7 years" in text
    assert "years old" not in text


@pytest.mark.parametrize("question", ["Which centile is she on for weight?", "centile for her weight"])
def test_a_centile_is_no_weight(chart_of: ChartOf, question: str) -> None:
    centile = lab("c", "25th", "2025-01-01", name="Weight centile", valueString="25th")
    centile.pop("valueQuantity")
    text = told(chart_of(lab("w", 22.0, "2025-01-01", unit="kg", name="Body weight"), centile), question)
    assert "25th" in text
    assert "22.0 kg" not in text


@pytest.mark.parametrize("question", ["What was she given in A&E in May 2025?", "what did they give her in the ED in May 2025"])
def test_what_was_given_at_a_visit_is_no_list_of_what_is_taken(chart_of: ChartOf, question: str) -> None:
    stay = visit("ed", "EMER", "Emergency department", "2025-05-05", "2025-05-05")
    regular = medication("m", "Montelukast 5 mg tablets", "2024-01-01")
    noted = note("n", "Home meds: montelukast 5 mg. Ondansetron 4 mg PO given, kept down. Salbutamol not needed.\n", "2025-05-05")
    text = told(chart_of(stay, regular, noted), question)
    assert "Ondansetron 4 mg PO given" in text
    assert "ontelukast" not in text
    assert "Salbutamol" not in text


def test_without_a_visit_nothing_was_given_there(chart_of: ChartOf) -> None:
    noted = note("n", "Ondansetron 4 mg PO given, kept down.\n", "2025-05-05")
    other = visit("c", "AMB", "Clinic", "2025-05-05", "2025-05-05")
    assert "was given" not in told(chart_of(other, noted), "What was she given in A&E in May 2024?")


@pytest.mark.parametrize("question", ["mode of delivery?", "How was she delivered?"])
def test_how_somebody_was_born_is_told_of_the_birth(chart_of: ChartOf, question: str) -> None:
    born = note("b", "Forceps delivery for slow second stage. Parcel delivered to the ward.\n", "2022-03-05")
    assert told(chart_of(BABY, born), question) == "Progress note, 2022-03-05: “Forceps delivery for slow second stage.”"


@pytest.mark.parametrize("question", ["Is she on a payment plan?", "Is she currently on a child protection plan?"])
def test_the_plan_of_a_note_is_no_other_plan(chart_of: ChartOf, question: str) -> None:
    assert told(chart_of(BABY, note("p", "Plan: no step up. Review in six months.\n", "2025-01-01")), question) == ""


def test_months_are_an_age_where_vaccines_of_a_child_are_asked(chart_of: ChartOf) -> None:
    given = [immunization("i1", "MMR", "2023-03-10"), immunization("i2", "MMR", "2025-05-05")]
    text = told(chart_of(BABY, *given), "Which vaccines did she get at 12 months?")
    assert "2023-03-10" in text
    assert "2025-05-05" not in text


def test_how_much_a_child_has_grown_is_told_by_heights(chart_of: ChartOf) -> None:
    heights = [
        lab(f"h{n}", cm, day, unit="cm", name="Body height")
        for n, (cm, day) in enumerate([(80.0, "2023-03-10"), (92.0, "2024-03-10")])
    ]
    assert "12 cm" in told(chart_of(BABY, *heights), "How much has she grown since 2023?")


def test_who_the_social_worker_is_is_told_by_the_team(chart_of: ChartOf) -> None:
    members = [("Social worker", "Ola Berg"), ("Nurse", "Pia Holm")]
    named = [{"role": [{"text": role}], "member": {"display": name}} for role, name in members]
    team = of("ann", "CareTeam", "t", status="active", name="Long-term team", participant=named)
    minutes = note("m", "Present: N. Gray (social care), the worker of the day.\n", "2025-01-01")
    assert "Social worker: Ola Berg" in told(chart_of(BABY, team, minutes), "Who is her social worker?")
