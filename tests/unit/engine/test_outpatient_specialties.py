"""What eye, ear, skin, joint and dental clinics ask: sides, goals, pauses around procedures, classes of medicines, removals."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, condition, lab, medication, note, of, procedure, relative, visit

ChartOf = Callable[..., AskedChart]


def sided(identity: str, name: str, value: float, day: str, site: str, unit: str = "mm[Hg]") -> Resource:
    """Build a value that was measured of one side of the body."""
    return lab(identity, value, day, name=name, unit=unit, bodySite={"text": site}, category=[{"coding": [{"code": "exam"}]}])


PRESSURES = (
    sided("r1", "Intraocular pressure", 27, "2022-01-10", "Right eye"),
    sided("l1", "Intraocular pressure", 23, "2022-01-10", "Left eye"),
    sided("r2", "Intraocular pressure", 17, "2024-02-12", "Right eye"),
    sided("l2", "Intraocular pressure", 13, "2024-02-12", "Left eye"),
)


@pytest.mark.parametrize(
    "asked", ["latest IOP OS", "what is the pressure in my left eye now?", "left eye pressure, last reading"]
)
def test_the_value_of_the_side_that_is_asked(chart_of: ChartOf, asked: str) -> None:
    told = " | ".join(chart_of(*PRESSURES).say(asked))
    assert "13" in told
    assert "17" not in told


@pytest.mark.parametrize("asked", ["eye pressure trend", "how has the IOP changed?"])
def test_both_sides_are_told_apart(chart_of: ChartOf, asked: str) -> None:
    told = chart_of(*PRESSURES).say(asked)
    assert any("27" in text and "17" in text and "13" not in text for text in told)
    assert any("23" in text and "13" in text and "17" not in text for text in told)


def test_values_of_a_pressure_cuff_stay_one_series(chart_of: ChartOf) -> None:
    vital = [{"coding": [{"code": "vital-signs"}]}]
    chart = chart_of(
        lab("h1", 62, "2023-01-01", name="Heart rate", unit="/min", bodySite={"text": "Left arm"}, category=vital),
        lab("h2", 88, "2024-01-01", name="Heart rate", unit="/min", bodySite={"text": "Right arm"}, category=vital),
    )
    assert any("62" in text and "88" in text for text in chart.say("heart rate trend"))


GOAL = of("ann", "Goal", "g", lifecycleStatus="active", description={"text": "LDL cholesterol below 70 mg/dL"})


@pytest.mark.parametrize("asked", ["is her LDL at target?", "has she met the LDL goal?", "LDL goal reached?"])
def test_a_goal_is_told_with_the_value_that_meets_it_or_not(chart_of: ChartOf, asked: str) -> None:
    told = " | ".join(chart_of(GOAL, lab("l", 96, "2024-02-01", name="LDL cholesterol", unit="mg/dL")).say(asked))
    assert "96" in told
    assert "below 70" in told


LETTER = "Seen before her hip replacement. Continue bisoprolol. Skip the apixaban for 48 hours beforehand. Please tell me whether apixaban was changed."


@pytest.mark.parametrize(
    "asked", ["Should apixaban be stopped for the hip replacement?", "do we hold apixaban before the hip replacement"]
)
def test_a_pause_is_told_by_notes(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(medication("m", "Apixaban 5 mg tablet", "2023-01-01"), note("n", LETTER))
    told = " | ".join(chart.say(asked))
    assert "48 hours" in told
    assert "tell me whether" not in told


def test_a_class_of_medicines_tells_all_that_were_tried(chart_of: ChartOf) -> None:
    ended: Resource = {
        "dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"start": "2019-01-01", "end": "2021-01-01"}}}}]
    }
    chart = chart_of(
        medication("a", "etanercept 50 mg injection", "2019-01-01", status="stopped", **ended),
        medication("b", "infliximab 100 mg injection", "2021-03-01"),
    )
    told = " | ".join(chart.say("which biologics has he been on?"))
    assert "etanercept" in told
    assert "infliximab" in told
    assert "infliximab" not in " | ".join(chart.say("which biologics were stopped?"))


def test_why_a_problem_was_refuted_is_told_by_its_note(chart_of: ChartOf) -> None:
    refuted = condition(
        "c", "Celiac disease", "2020-01-01", verified="refuted", note=[{"text": "Duodenal biopsy normal on gluten"}]
    )
    assert any("biopsy normal" in text for text in chart_of(refuted).say("why was celiac disease ruled out?"))


def test_how_a_lesion_was_removed(chart_of: ChartOf) -> None:
    site = {"text": "Right shin"}
    chart = chart_of(
        condition(
            "c",
            "Squamous cell carcinoma of skin",
            "2021-03-01",
            clinical="resolved",
            abatementDateTime="2021-04-06",
            bodySite=[site],
        ),
        procedure("p", "Wide excision with split skin graft", "2021-04-06", bodySite=[site]),
        procedure("q", "Colonoscopy", "2021-04-06", bodySite=[{"text": "Colon"}]),
    )
    told = " | ".join(chart.say("how was the squamous cell carcinoma removed?"))
    assert "Wide excision" in told
    assert "Colonoscopy" not in told


def test_a_noun_that_two_words_share(chart_of: ChartOf) -> None:
    chart = chart_of(relative("f", "Father", "Psoriatic arthritis"), relative("g", "Aunt", "Asthma"))
    told = " | ".join(chart.say("do any relatives have rheumatic or bowel disease?"))
    assert "Psoriatic arthritis" in told
    assert "Asthma" not in told


def test_any_visit_is_one_to_a_clinic(chart_of: ChartOf) -> None:
    chart = chart_of(
        visit("a", "AMB", "Hearing review", "2022-02-01", "2022-02-01"),
        visit("b", "AMB", "Eczema clinic", "2022-05-01", "2022-05-01"),
    )
    told = " | ".join(chart.say("which clinic visits did he have in 2022?"))
    assert "Hearing review" in told
    assert "Eczema clinic" in told


def test_who_is_left_at_home(chart_of: ChartOf) -> None:
    chart = chart_of(
        note("o", "She lives with her husband and their son Tom.", "2015-01-01"),
        note("n", "Tom moved out in May, so it is now just the two of them.", "2024-01-01"),
    )
    assert any("just the two of them" in text for text in chart.say("who does she live with now?"))


@pytest.mark.parametrize("asked", ["how many days a week does he work?", "does she work full time or part time?"])
def test_hours_of_work(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(note("n", "Works three days a week at the library, part-time since the flare."))
    assert any("three days" in text for text in chart.say(asked))


def test_what_a_discharge_letter_put_on_hold(chart_of: ChartOf) -> None:
    chart = chart_of(
        visit("v", "IMP", "Hospital admission", "2024-03-01", "2024-03-04"),
        medication("m", "Lisinopril 10 mg tablet", "2020-01-01"),
        note(
            "n",
            "DISCHARGE SUMMARY\nMEDICATION CHANGES: HOLD lisinopril until the kidney blood test.\nNEW doxycycline for 5 days.",
            "2024-03-04",
            type={"text": "Discharge summary"},
        ),
    )
    assert any("HOLD lisinopril" in text for text in chart.say("which medicines were held at discharge in March 2024?"))


def test_a_later_note_dates_the_turn_that_it_explains(chart_of: ChartOf) -> None:
    chart = chart_of(
        medication(
            "a",
            "Leflunomide 20 mg tablet",
            "2019-01-01",
            status="stopped",
            dosageInstruction=[{"timing": {"repeat": {"boundsPeriod": {"start": "2019-01-01", "end": "2020-06-02"}}}}],
        ),
        note("n", "Review. Leflunomide was stopped in June 2020 because of tingling feet.", "2024-01-05"),
    )
    assert any("tingling" in text for text in chart.say("why was leflunomide stopped in June 2020?"))


@pytest.mark.parametrize("asked", ["does he do drugs", "is she using drugs?"])
def test_a_medicine_is_no_street_drug(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        medication("m", "Methotrexate 10 mg tablet", "2020-01-01"), note("n", "Methotrexate continues. Swollen joints.")
    )
    assert not any("ethotrexate" in text for text in chart.say(asked))


def test_street_drugs_are_told_by_notes(chart_of: ChartOf) -> None:
    chart = chart_of(medication("m", "Sertraline 50 mg tablet", "2020-01-01"), note("n", "Smokes cannabis at weekends."))
    assert any("cannabis" in text for text in chart.say("does he do drugs?"))


def test_a_scan_that_is_called_like_a_month(chart_of: ChartOf) -> None:
    chart = chart_of(sided("o", "OCT central subfield thickness", 402, "2024-01-10", "Right eye", unit="um"))
    assert any("402" in text for text in chart.say("what did the OCT show?"))


def test_the_bare_pressure_of_an_eye_is_no_blood_pressure(chart_of: ChartOf) -> None:
    chart = chart_of(*PRESSURES, lab("b", 150, "2024-03-01", name="Systolic blood pressure", unit="mmHg"))
    told = " | ".join(chart.say("highest pressure in the right eye?"))
    assert "27" in told
    assert "150" not in told


def test_what_a_relative_had_may_be_the_ground_of_a_plan(chart_of: ChartOf) -> None:
    chart = chart_of(
        procedure("p", "Colonoscopy", "2022-03-01"),
        note("n", "Given her mother's bowel cancer, the next colonoscopy should be in 2032.", "2022-03-08"),
    )
    assert any("2032" in text for text in chart.say("when is her next colonoscopy due?"))


def test_who_did_what_was_done_keeps_the_field_in_plain_words(chart_of: ChartOf) -> None:
    done = procedure(
        "p",
        "Cataract surgery",
        "2024-01-10",
        performer=[{"actor": {"display": "Iris Moss, MD (Ophthalmology)"}}],
        bodySite=[{"text": "Left eye"}],
    )
    told = " | ".join(chart_of(done).say("who did her cataract surgery?"))
    assert "Iris Moss" in told
