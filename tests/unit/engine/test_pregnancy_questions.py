"""Pregnancies are times, children name them, and their mother's chart tells how they were born."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, condition, lab, medication, note, of, procedure, visit

ChartOf = Callable[..., AskedChart]


def told_at_birth(identity: str, name: str, said: str, day: str) -> dict[str, object]:
    return of(
        "ann", "Observation", identity, status="final", category=[{"text": "Obstetrics"}], code={"text": name},
        effectiveDateTime=day, valueString=said,
    )  # fmt: skip


CHART = (
    condition("loss", "Miscarriage", "1985-02-01", clinical="resolved", abatementDateTime="1985-02-10"),
    procedure("svd", "Vaginal delivery", "1987-06-20"),
    told_at_birth("ga1", "Gestation at birth", "40+1 weeks", "1987-06-20"),
    told_at_birth("bw1", "Baby birth weight", "3510 g", "1987-06-20"),
    procedure("cs", "Caesarean section", "1990-03-11"),
    told_at_birth("ga2", "Gestation at birth", "35+0 weeks", "1990-03-11"),
    told_at_birth("bw2", "Baby birth weight", "2290 g", "1990-03-11"),
    lab("h0", 131, "1984-01-05", unit="g/L", name="Haemoglobin"),
    lab("h1", 112, "1987-03-01", unit="g/L", name="Haemoglobin"),
    lab("h2", 104, "1990-01-15", unit="g/L", name="Haemoglobin"),
    lab("h3", 139, "2015-01-15", unit="g/L", name="Haemoglobin"),
    medication("nif", "nifedipine 10 mg", "1990-01-20", status="completed"),
    medication("now", "ramipril 5 mg", "2020-01-20"),
    note("n1", "Baby girl Martha, breast feeding well.", "1987-06-22T10:00:00Z"),
    note("n2", "Baby Joel went to the neonatal unit. Martha stays with her gran.", "1990-03-12T10:00:00Z"),
)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("What was her Hb while she was pregnant with Joel?", "104 g/L"),
        ("Haemoglobin during the pregnancy with Martha", "112 g/L"),
        ("Hb in her last pregnancy?", "104 g/L"),
        ("What was her haemoglobin when she was expecting her second?", "104 g/L"),
    ],
)
def test_a_pregnancy_is_a_time(chart_of: ChartOf, question: str, value: str) -> None:
    told = " ".join(chart_of(*CHART).say(question))
    assert value in told
    assert "139" not in told


def test_medicines_of_a_pregnancy_are_those_of_its_days(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(*CHART).say("Which tablets did she take while pregnant with Joel?"))
    assert "nifedipine" in told
    assert "ramipril" not in told


def test_a_loss_is_a_pregnancy_too(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(*CHART).say("Summarise her obstetric history"))
    assert told.index("Miscarriage") < told.index("Vaginal delivery") < told.index("Caesarean section")


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("How was Joel born?", "Caesarean section", "Vaginal delivery"),
        ("How was her first baby delivered?", "Vaginal delivery", "Caesarean"),
        ("How much did the second baby weigh?", "2290 g", "3510"),
        ("Mode of delivery for the first?", "Vaginal delivery", "Caesarean"),
        ("How early was Joel born?", "35+0 weeks", "40+1"),
    ],
)
def test_particulars_of_a_birth(chart_of: ChartOf, question: str, told: str, untold: str) -> None:
    said = " ".join(chart_of(*CHART).say(question))
    assert told in said
    assert untold not in said


def test_two_births_are_set_beside_each_other(chart_of: ChartOf) -> None:
    said = " ".join(chart_of(*CHART).say("Was Joel lighter than Martha when they were born?"))
    assert "3510 g" in said
    assert "2290 g" in said


@pytest.mark.parametrize("question", ["How many weeks is she?", "How did the twins' delivery go?", "How did Edith's birth go?"])
def test_what_the_chart_does_not_tell_of_is_not_told(chart_of: ChartOf, question: str) -> None:
    assert not [each for each in chart_of(*CHART).say(question) if "birth" in each.lower() or "delivery" in each.lower()]


def test_the_mothers_weight_is_hers(chart_of: ChartOf) -> None:
    weight = lab("w", 71, "1990-03-10", unit="kg", name="Weight")
    told = " ".join(chart_of(*CHART, weight).say("How much did she weigh when Joel was born?"))
    assert "2290" not in told


ADVICE = (
    procedure("op", "Laparoscopic cholecystectomy", "2022-05-01"),
    note("d", "No driving for two weeks; nothing heavy for a month. Follow up in clinic.", "2022-05-02T10:00:00Z"),
)


@pytest.mark.parametrize(
    "question", ["How long was I told not to drive?", "When may she drive again?", "how long no driving after the op"]
)
def test_for_how_long_something_is_left_off(chart_of: ChartOf, question: str) -> None:
    assert "No driving for two weeks" in " ".join(chart_of(*ADVICE).say(question))


def test_how_long_something_has_lasted_is_no_advice(chart_of: ChartOf) -> None:
    told = " ".join(chart_of(*ADVICE, condition("g", "Gout", "2020-01-01")).say("How long has she had gout?"))
    assert "driving" not in told


MEETING = note(
    "m", "BREAST MDT. Present: Hale, Orr. Scan reviewed. Outcome: wide local excision, then radiotherapy. Results clinic 3/5.",
    "2023-04-20T10:00:00Z", type={"text": "MDT Meeting"},
)  # fmt: skip


@pytest.mark.parametrize(
    "question", ["What did the MDT decide?", "MDT outcome?", "What was agreed at the multidisciplinary meeting?"]
)
def test_a_meeting_speaks(chart_of: ChartOf, question: str) -> None:
    assert "wide local excision" in " ".join(chart_of(MEETING).say(question))


def test_what_harm_a_medicine_did_is_told_by_the_note(chart_of: ChartOf) -> None:
    stopped = medication(
        "a", "amitriptyline 10 mg", "2023-01-01", status="stopped", statusReason={"text": "Side effect"},
        dispenseRequest={"validityPeriod": {"end": "2023-03-01"}},
    )  # fmt: skip
    said = note("n", "Amitriptyline stopped, it made her drowsy at work.", "2023-03-01T10:00:00Z")
    assert "drowsy" in " ".join(chart_of(stopped, said).say("Why was amitriptyline stopped?"))
    assert "Side effect" in " ".join(chart_of(stopped).say("Why was amitriptyline stopped?"))


def test_the_field_of_who_was_seen_tells_the_visit(chart_of: ChartOf) -> None:
    doctor = {
        "resourceType": "Practitioner", "id": "dr", "name": [{"family": "Osei", "given": ["Ama"]}],
        "qualification": [{"code": {"text": "General practitioner"}}],
    }  # fmt: skip
    seen = visit("v1", "AMB", "Office Visit", "2024-02-02", "2024-02-02")
    seen["participant"] = [{"individual": {"reference": "Practitioner/dr"}}]
    later = visit("v2", "AMB", "Eye clinic", "2025-02-02", "2025-02-02")
    told = " ".join(chart_of(doctor, seen, later).say("When did she last see the GP?"))
    assert "2024-02-02" in told
    assert "2025-02-02" not in told


def test_a_name_that_says_itself_again_is_one_test(chart_of: ChartOf) -> None:
    values = (
        lab("a", 120, "2022-01-05", unit="g/L", name="Hb"),
        lab("b", 98, "2023-01-05", unit="g/L", name="Haemoglobin (Hb)"),
    )
    told = " ".join(chart_of(*values).say("Hb trend?"))
    assert "120 g/L" in told
    assert "98 g/L" in told


@pytest.mark.parametrize("question", ["How long was she in hospital after having Joel?", "How many nights was she in with Joel?"])
def test_the_stay_of_a_birth_is_told_by_the_child(chart_of: ChartOf, question: str) -> None:
    stays = (
        visit("s1", "IMP", "Hospital stay", "1990-03-10", "1990-03-16"),
        visit("s2", "IMP", "Hospital stay", "2012-03-10", "2012-03-12"),
    )
    assert "1990-03-16, 6 days" in " ".join(chart_of(*CHART, *stays).say(question))


def test_the_scores_of_two_questionnaires_are_two_courses(chart_of: ChartOf) -> None:
    scores = (
        lab("e", 15, "2020-01-05", unit="{score}", name="EPDS"),
        lab("p", 6, "2021-01-05", unit="{score}", name="PHQ-9"),
        condition("d", "Depression", "2020-01-01"),
    )
    told = chart_of(*scores).say("Summarise her mental health")
    assert not [line for line in told if "15 (2020-01-05)" in line and "6 (2021-01-05)" in line]


def test_a_diabetes_that_was_taken_back_is_told(chart_of: ChartOf) -> None:
    chart = chart_of(
        condition("near", "Prediabetes", "2022-01-01"), condition("not", "Type 2 diabetes", "2022-02-01", verified="refuted")
    )
    assert "refuted" in " ".join(chart.say("Is she diabetic?"))


@pytest.mark.parametrize("question", ["what contraception is she on?", "What birth control does she use?"])
def test_contraception_is_what_is_taken_and_no_clinic(chart_of: ChartOf, question: str) -> None:
    coil = medication("c", "levonorgestrel 52 mg IUS (Mirena)", "2024-09-12")
    seen = visit("v", "AMB", "Contraception clinic", "2022-05-11", "2022-05-11")
    old = note("n", "Nexplanon out today, left arm.", "2023-02-07T10:00:00Z")
    told = chart_of(coil, seen, old).say(question)
    assert "Mirena" in told[0]


def test_an_implant_of_another_substance_prevents_no_pregnancy(chart_of: ChartOf) -> None:
    orders = (
        medication("g", "goserelin (Zoladex) 3.6 mg implant", "2024-03-14", status="completed"),
        medication("n", "Nexplanon 68 mg implant", "2022-05-11"),
    )
    told = " ".join(chart_of(*orders).say("When was the contraceptive implant put in?"))
    assert "Nexplanon" in told
    assert "goserelin" not in told


def test_how_a_child_was_born_is_told_by_the_note_where_no_table_does(chart_of: ChartOf) -> None:
    third = (
        told_at_birth("bl3", "Estimated blood loss at birth", "300 mL", "1994-05-01"),
        note("n3", "VBAC at 39 weeks, boy. Both well.", "1994-05-02T10:00:00Z"),
    )
    told = " ".join(chart_of(*CHART, *third).say("Summarise her obstetric history"))
    assert "VBAC at 39 weeks" in told
