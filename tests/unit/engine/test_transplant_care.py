"""What is asked where kidneys are replaced and infections treated: cultures, wards, donors, choices, levels, and turns of tests."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, condition, immunization, lab, medication, note, of, person, procedure, visit

ChartOf = Callable[..., AskedChart]


def culture(identity: str, grew: str, day: str, *, name: str = "Wound swab culture", noted: str = "") -> Resource:
    """Build a culture that tells in words what grew."""
    comments: Resource = {"note": [{"text": noted}]} if noted else {}
    return lab(identity, 0, day, name=name, valueQuantity=None, valueString=grew, **comments)


SWAB = culture("c1", "Klebsiella oxytoca, moderate growth", "2023-02-03", noted="S: ceftazidime, gentamicin. R: amoxicillin.")
URINE = culture("c2", "Proteus mirabilis >10^5", "2023-08-01", name="Urine culture", noted="S: trimethoprim. R: nitrofurantoin.")
CLEAN = culture("c3", "No growth", "2023-11-01", name="Urine culture")


@pytest.mark.parametrize(
    "asked",
    [
        "klebsiella: what is it resistant to?",
        "Sensitivities of the wound swab bug?",
        "which antibiotics would work for the klebs?",
    ],
)
def test_a_culture_is_told_with_what_the_laboratory_noted(chart_of: ChartOf, asked: str) -> None:
    said = " | ".join(chart_of(SWAB, URINE, CLEAN).say(asked))
    assert "oxytoca" in said
    assert "R: amoxicillin" in said
    assert "Proteus" not in said


@pytest.mark.parametrize("asked", ["Was the proteus treated?", "did she get antibiotics for the proteus"])
def test_what_was_ordered_after_a_culture_is_told_with_it(chart_of: ChartOf, asked: str) -> None:
    given = medication("m", "Trimethoprim 200 mg tablet", "2023-08-03", status="completed")
    other = medication("o", "Amlodipine 5 mg tablet", "2023-08-03")
    said = " | ".join(chart_of(SWAB, URINE, given, other).say(asked))
    assert "Proteus" in said
    assert "Trimethoprim 200 mg" in said
    assert "Amlodipine" not in said


@pytest.mark.parametrize("asked", ["Pseudomonas sensitivities?", "sensitivities of the sputum culture"])
def test_another_germ_or_specimen_has_no_sensitivities(chart_of: ChartOf, asked: str) -> None:
    said = " | ".join(chart_of(SWAB, URINE).say(asked))
    assert "R:" not in said


def test_who_is_sensitive_to_a_medicine_is_asked_of_the_allergies(chart_of: ChartOf) -> None:
    said = " | ".join(chart_of(SWAB, URINE).say("Is she sensitive to penicillin?"))
    assert "Klebsiella" not in said


def ward(identity: str, place: str, first: str, last: str) -> Resource:
    return {**visit(identity, "IMP", "Ward stay", first, last), "location": [{"location": {"display": place}}]}


STAYS = (
    visit("a", "IMP", "Elective admission", "2022-03-01", "2022-03-09"),
    visit("b", "IMP", "Emergency admission", "2024-05-02T08:00:00+00:00", "2024-05-20T12:00:00+00:00"),
    ward("b1", "Acute Medical Unit", "2024-05-02T09:00:00+00:00", "2024-05-03T10:00:00+00:00"),
    ward("b2", "Intensive Care Unit", "2024-05-03T10:00:00+00:00", "2024-05-10T10:00:00+00:00"),
    ward("b3", "Ward 12", "2024-05-10T10:00:00+00:00", "2024-05-20T11:00:00+00:00"),
)


@pytest.mark.parametrize(
    "asked", ["Which wards was she on in May 2024?", "ward moves May 2024", "what wards was she moved between"]
)
def test_the_wards_of_a_stay_are_told_in_order(chart_of: ChartOf, asked: str) -> None:
    said = chart_of(*STAYS).say(asked)
    assert [place in line for place, line in zip(("Acute Medical", "Intensive Care", "Ward 12"), said, strict=True)] == [True] * 3


def test_a_ward_is_no_stay_of_its_own(chart_of: ChartOf) -> None:
    chart = chart_of(*STAYS)
    assert "Emergency admission" in " ".join(chart.say("when was she last in hospital?"))
    assert "2 times" in " ".join(chart.say("how many times has she been admitted?"))


def test_how_many_units_are_given_asks_for_no_ward(chart_of: ChartOf) -> None:
    said = " ".join(chart_of(*STAYS).say("how many units of insulin was she given on the ward?"))
    assert "Acute Medical" not in said


def test_a_nickname_is_no_shorthand(chart_of: ChartOf) -> None:
    called = person(name=[{"use": "official", "given": ["Desideria"], "family": "Quaye"}, {"use": "nickname", "given": ["Des"]}])
    stent = procedure("p", "Percutaneous coronary intervention with stent", "2020-01-01")
    chart = chart_of(called, stent, note("n", "Lives with her niece in a flat."))
    said = " ".join(chart.say("Who does Des live with?"))
    assert "niece" in said
    assert "coronary" not in said


def test_in_capitals_the_same_letters_are_shorthand(chart_of: ChartOf) -> None:
    called = person(name=[{"use": "official", "given": ["Petra"], "family": "Ide"}, {"use": "nickname", "given": ["Pet"]}])
    scan = of(
        "ann",
        "DiagnosticReport",
        "r",
        status="final",
        code={"text": "PET scan"},
        effectiveDateTime="2023-01-02",
        conclusion="No uptake.",
    )
    assert "No uptake" in " ".join(chart_of(called, scan).say("what did the PET show?"))


LETTER = note(
    "n",
    "We talked about a mechanical valve. She opted for a tissue valve because she could not face warfarin for life. She lives in Leith.",
    "2021-04-01",
)


@pytest.mark.parametrize("asked", ["Why did she choose a tissue valve over a mechanical valve?", "why not a mechanical valve?"])
def test_a_choice_is_told_by_the_sentence_that_speaks_of_it(chart_of: ChartOf, asked: str) -> None:
    done = procedure("p", "Aortic valve replacement, tissue valve", "2021-05-01")
    said = " ".join(chart_of(LETTER, done).say(asked))
    assert "could not face warfarin" in said


def test_a_donor_is_told_by_sentences_about_one(chart_of: ChartOf) -> None:
    own = lab("l", 0, "2020-01-01", name="EBV VCA IgG", valueQuantity=None, valueString="Negative")
    letter = note("n", "Donor: sister, 52. Donor EBV IgG positive. She was well after the graft.", "2020-02-01")
    chart = chart_of(own, letter)
    assert "Donor EBV IgG positive" in " ".join(chart.say("EBV status of the donor?"))
    assert "sister, 52" in " ".join(chart.say("how old was the donor?"))


TURNED = (
    lab("v1", 5400, "2022-01-01", unit="IU/mL", name="CMV PCR"),
    lab("v2", 310, "2022-02-01", unit="IU/mL", name="CMV PCR"),
    lab("v3", 0, "2022-03-01", name="CMV PCR", valueQuantity=None, valueString="Not detected"),
    lab("v0", 0, "2021-06-01", name="CMV PCR", valueQuantity=None, valueString="Not detected"),
)


@pytest.mark.parametrize(
    "asked",
    [
        "when did the CMV PCR become negative?",
        "date of first negative CMV PCR",
        "when did the CMV viral load first go undetectable",
    ],
)
def test_a_test_turned_negative_on_the_first_day_after_it_was_positive(chart_of: ChartOf, asked: str) -> None:
    said = " ".join(chart_of(*TURNED).say(asked))
    assert "2022-03-01" in said
    assert "2021-06-01" not in said


def test_a_test_that_never_was_positive_did_not_turn(chart_of: ChartOf) -> None:
    said = " ".join(chart_of(TURNED[3]).say("when did the CMV PCR become negative?"))
    assert "first" not in said.lower()


def test_units_of_one_size_stand_in_one_series(chart_of: ChartOf) -> None:
    levels = (
        lab("t1", 9.0, "2023-01-01", unit="ug/L", name="Tacrolimus level"),
        lab("t2", 6.5, "2023-06-01", unit="ng/mL", name="Tacrolimus level"),
    )
    said = " ".join(chart_of(*levels).say("tacrolimus level trend"))
    assert "another unit" not in said
    assert "2.5" in said


@pytest.mark.parametrize("asked", ["was the last tacrolimus level a true trough?", "last tac level - proper trough?"])
def test_the_note_on_a_result_tells_how_its_sample_was_taken(chart_of: ChartOf, asked: str) -> None:
    level = lab("t", 5.1, "2023-06-01", unit="ng/mL", name="Tacrolimus level", note=[{"text": "Taken 3 h after dose."}])
    assert "3 h after dose" in " ".join(chart_of(level).say(asked))


def test_what_was_given_in_the_first_days_treated_an_episode(chart_of: ChartOf) -> None:
    given = of(
        "ann",
        "MedicationAdministration",
        "g",
        status="completed",
        medicationCodeableConcept={"text": "Rabbit ATG 100 mg"},
        effectiveDateTime="2023-03-05",
    )
    before = medication(
        "x", "Valganciclovir 450 mg", "2022-01-01", status="completed", reasonCode=[{"text": "Prophylaxis of rejection"}]
    )
    graft = condition("r", "Acute rejection of kidney transplant", "2023-03-04", clinical="resolved")
    said = " | ".join(chart_of(graft, given, before).say("How was the rejection treated?"))
    assert "Rabbit ATG" in said
    assert "Valganciclovir" not in said


@pytest.mark.parametrize("asked", ["why was the fistula tied off?", "Why was her fistula ligated?"])
def test_the_note_on_a_procedure_tells_its_reason(chart_of: ChartOf, asked: str) -> None:
    tied = procedure("p", "Ligation of right brachiobasilic fistula", "2022-01-03", note=[{"text": "Steal syndrome"}])
    made = procedure("q", "Creation of right brachiobasilic fistula", "2019-01-03")
    assert "Steal syndrome" in " ".join(chart_of(tied, made).say(asked))


@pytest.mark.parametrize("asked", ["current dry weight?", "EDW now"])
def test_the_weight_to_aim_for_is_not_the_weight(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        lab("w", 71.2, "2023-05-02", unit="kg", name="Weight"), lab("d", 68.5, "2023-05-01", unit="kg", name="Dry weight")
    )
    said = " ".join(chart.say(asked))
    assert "68.5" in said
    assert "71.2" not in said


def test_the_week_of_dialysis_is_told_by_notes(chart_of: ChartOf) -> None:
    chart = chart_of(
        visit("v", "AMB", "Haemodialysis session", "2022-01-03", "2022-01-03"),
        note("n", "She dialyses Tuesday, Thursday and Saturday for 4 hours. Cramps on dialysis last week.", "2022-02-01"),
    )
    said = " ".join(chart.say("what days does she dialyse and for how long?"))
    assert "Tuesday, Thursday and Saturday" in said


def test_a_particular_that_only_a_report_names_is_told_by_it(chart_of: ChartOf) -> None:
    biopsy = of(
        "ann",
        "DiagnosticReport",
        "r",
        status="final",
        code={"text": "Renal transplant biopsy"},
        effectiveDateTime="2023-03-04",
        conclusion="Borderline change. C4d positive in 20% of capillaries.",
    )
    chart = chart_of(biopsy, condition("x", "Hypertension", "2010-01-01"))
    assert "C4d positive" in " ".join(chart.say("C4d?"))
    assert "C4d" not in " ".join(chart.say("SV40 stain?"))


def test_somebody_who_moved_in_with_a_relative_lives_there(chart_of: ChartOf) -> None:
    chart = chart_of(
        note("a", "Lives with wife and son.", "2019-01-01"),
        note("b", "Seen after leave. Staying w sister since May.", "2023-06-01"),
    )
    said = chart.say("who does she live with these days?")
    assert "Staying w sister" in said[0]


def test_what_a_meeting_decided_stands_under_its_label(chart_of: ChartOf) -> None:
    chart = chart_of(
        note(
            "m",
            "Present: renal, urology.\nIssue: stone in graft.\nDecision: ureteroscopy in June. Keep stent till then.",
            "2023-02-01",
            type={"text": "Stone MDT"},
        ),
        note("o", "Seen in clinic. Feels well.", "2023-05-01"),
        note("p", "Rang about results.", "2023-06-01"),
    )
    assert "ureteroscopy in June" in " ".join(chart.say("what did the stone meeting decide?"))


GRAFTED = (
    procedure("g", "Deceased donor kidney transplant, left iliac fossa", "2019-04-02"),
    procedure("b", "Ultrasound-guided biopsy of transplant kidney", "2022-08-10"),
    visit("h", "AMB", "Haemodialysis session", "2017-04-03", "2017-04-03"),
    condition("c", "CMV colitis", "2019-09-02", clinical="resolved"),
)


@pytest.mark.parametrize(
    "asked", ["when was the kidney transplant?", "date of transplant", "when did her sister give her the kidney?"]
)
def test_a_biopsy_of_a_transplant_is_no_transplant(chart_of: ChartOf, asked: str) -> None:
    said = " ".join(chart_of(*GRAFTED).say(asked))
    assert "2019-04-02" in said
    assert "2022-08-10" not in said


def test_a_scope_with_biopsies_is_a_scope(chart_of: ChartOf) -> None:
    scopes = (
        procedure("a", "Colonoscopy with snare", "2018-01-02"),
        procedure("b", "Colonoscopy with multiple biopsies", "2023-01-02"),
    )
    assert "2023-01-02" in " ".join(chart_of(*scopes).say("when was her last colonoscopy?"))


def test_how_long_after_an_operation_counts_from_the_operation(chart_of: ChartOf) -> None:
    chart = chart_of(*GRAFTED)
    assert "153 days" in " ".join(chart.say("how long after the transplant did she get CMV?"))
    assert "729 days" in " ".join(chart.say("how long was she on dialysis before the transplant?"))


def test_what_a_time_was_like_for_an_organ_is_what_happened_then(chart_of: ChartOf) -> None:
    value = lab("k", 210, "2022-08-09", unit="umol/L", name="Creatinine")
    rejection = condition("r", "Acute rejection of kidney transplant", "2022-08-10", clinical="resolved")
    said = " ".join(chart_of(*GRAFTED, value, rejection).say("what happened to her kidney in August 2022?"))
    assert "rejection" in said


def test_germs_that_resist_are_told_whatever_they_are_called(chart_of: ChartOf) -> None:
    old = culture("e", "Enterobacter cloacae, AmpC producer", "2021-01-01", name="Urine culture")
    said = " ".join(chart_of(old, SWAB, CLEAN).say("any resistant bugs in the past?"))
    assert "Enterobacter" in said
    assert "Klebsiella" not in said


def test_of_another_brand_nothing_tells_why_the_first_was_left(chart_of: ChartOf) -> None:
    left = medication("a", "Adoport 1 mg capsule", "2020-01-01", status="stopped")
    now = medication("b", "Envarsus 4 mg", "2022-01-01")
    told = note("n", "She ran out of Envarsus in June because the chemist was shut.", "2022-07-01")
    assert "chemist" not in " ".join(chart_of(left, now, told).say("why did she come off Adoport?"))


def test_work_that_a_later_note_tells_stands_before_the_table(chart_of: ChartOf) -> None:
    job = of(
        "ann",
        "Observation",
        "o",
        status="final",
        category=[{"coding": [{"code": "social-history"}]}],
        code={"text": "Occupation"},
        effectiveDateTime="2018-01-01",
        valueString="Bus driver",
    )
    said = chart_of(job, note("n", "She now works as a cleaner at the depot.", "2023-05-01")).say("what work does she do?")
    assert "cleaner" in said[0]
    assert any("Bus driver" in line for line in said)


def test_a_part_of_a_stay_is_told_beside_the_whole(chart_of: ChartOf) -> None:
    said = " ".join(chart_of(*STAYS).say("How long was she in hospital in May 2024, and of that how long in ICU?"))
    assert "18 days" in said
    assert "7 days" in said


@pytest.mark.parametrize("asked", ["which vaccines can't she have?", "jabs to avoid?"])
def test_vaccines_that_were_kept_from_somebody_are_told(chart_of: ChartOf, asked: str) -> None:
    live = {
        **immunization("y", "MMR", "2023-01-01", status="not-done"),
        "statusReason": {"text": "Contraindicated, immunosuppressed"},
    }
    declined = {**immunization("z", "Influenza", "2022-01-01", status="not-done"), "statusReason": {"text": "Patient declined"}}
    chart = chart_of(
        live, declined, immunization("f", "Tetanus toxoid", "2021-01-01"), note("n", "On tacrolimus. No live vaccines.")
    )
    said = " ".join(chart.say(asked))
    assert "MMR" in said
    assert "No live vaccines" in said
    assert "Tetanus" not in said
    assert "declined" not in said


def test_a_medicine_among_the_sensitivities_is_no_germ(chart_of: ChartOf) -> None:
    grown = culture("g", "Serratia marcescens. Sensitive: gentamicin. Resistant: ampicillin.", "2024-03-04", name="Blood culture")
    given = medication("m", "Gentamicin 240 mg IV", "2024-03-05", status="completed")
    assert not any("Serratia" in line for line in chart_of(grown, given).say("gent - total days?"))


def test_a_culture_without_sensitivities_tells_none(chart_of: ChartOf) -> None:
    grown = culture("g", "Escherichia coli >10^5", "2016-08-21", name="Urine culture")
    assert chart_of(grown).say("Which antibiotics was the 2016 E. coli resistant to?") == []
