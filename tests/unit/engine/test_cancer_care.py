"""What is asked where a cancer is treated: its stage, its nodes and lesions, cycles, what is foreseen, and the harm of a treatment."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, allergy, condition, immunization, lab, medication, note, of, procedure, visit

ChartOf = Callable[..., AskedChart]

BREAST = condition("ca", "Invasive ductal carcinoma of breast", "2022-03-01", stage=[{"summary": {"text": "pT2 N1 M0"}}])
KIDNEY = condition("ckd", "Chronic kidney disease stage 4", "2023-01-01")
PATHOLOGY = "Grade 3 tumour, pT2 N1 (2 of 14 nodes), margins clear."


@pytest.mark.parametrize(
    "asked",
    [
        "what stage is her cancer?",
        "stage of the breast cancer at diagnosis",
        "TNM?",
        "how advanced was the cancer when it was found",
    ],
)
def test_the_stage_of_a_cancer_is_that_of_its_entry(chart_of: ChartOf, asked: str) -> None:
    told = " | ".join(chart_of(BREAST, KIDNEY, note("n", PATHOLOGY, "2022-03-20")).say(asked))
    assert "pT2 N1" in told
    assert "kidney" not in told


def test_the_stage_of_another_problem_is_told_of_that(chart_of: ChartOf) -> None:
    told = " | ".join(chart_of(BREAST, KIDNEY, note("n", PATHOLOGY, "2022-03-20")).say("what stage is the kidney disease?"))
    assert "stage 4" in told
    assert "pT2" not in told


@pytest.mark.parametrize("asked", ["how many nodes were positive?", "Were any lymph nodes involved?", "nodal status"])
def test_nodes_are_told_by_the_pathology(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(BREAST, lab("l", 1.2, "2024-01-01", unit="10*9/L", name="Lymphocytes"), note("n", PATHOLOGY, "2022-03-20"))
    told = " | ".join(chart.say(asked))
    assert "2 of 14 nodes" in told
    assert "Lymphocytes" not in told


LETTER = "Mum had her scan. I had my own bowel cancer in 2011 and I had cisplatin. She is eating well. She had a seizure in May."


@pytest.mark.parametrize("asked", ["has she had bowel cancer?", "Has the patient had cisplatin?"])
def test_what_a_relative_writes_of_themselves_is_not_the_patients(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(note("n", LETTER, type={"text": "Message from daughter"}))
    assert not any("2011" in text for text in chart.say(asked))


@pytest.mark.parametrize(
    ("kind", "asked"), [("Message from daughter", "has she had a seizure?"), ("Progress note", "has she had bowel cancer?")]
)
def test_what_a_relative_writes_of_the_patient_is_told(chart_of: ChartOf, kind: str, asked: str) -> None:
    assert chart_of(note("n", LETTER, type={"text": kind})).say(asked)


@pytest.mark.parametrize(
    "asked", ["does she still have a port?", "Is the port still in?", "When was the port put in and is it still there?"]
)
def test_whether_a_device_is_still_in_is_told_with_its_removal(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        procedure("in", "Insertion of Port-a-Cath", "2021-02-01"), procedure("out", "Removal of Port-a-Cath", "2022-08-09")
    )
    told = " | ".join(chart.say(asked))
    assert "2022-08-09" in told
    assert "2021-02-01" in told or "put in" not in asked


def test_an_illness_that_passed_is_told_with_what_was_given(chart_of: ChartOf) -> None:
    chart = chart_of(
        condition("p", "Pneumonia", "2023-05-02", clinical="resolved", abatementDateTime="2023-05-12"),
        medication("other", "Nitrofurantoin 50 mg", "2024-02-01", reasonCode=[{"text": "UTI prophylaxis"}]),
        note(
            "n", "Lobar pneumonia. Started IV co-amoxiclav, switched to doxycycline on day 3. Bisoprolol unchanged.", "2023-05-06"
        ),
    )
    told = " | ".join(chart.say("what antibiotics did she have for the pneumonia?"))
    assert "co-amoxiclav" in told
    assert "Nitrofurantoin" not in told


def test_what_lasts_is_told_by_the_list(chart_of: ChartOf) -> None:
    chart = chart_of(
        condition("g", "Gout", "2015-01-01"), medication("m", "Allopurinol 100 mg", "2016-01-01", reasonCode=[{"text": "Gout"}])
    )
    assert any("Allopurinol" in text and "active" in text for text in chart.say("what treatment does she have for gout?"))


SCANS = (
    note("a", "CT: 31 mm lesion in segment IV of the liver.", "2023-02-01"),
    note("b", "CT: the segment IV lesion has shrunk to 12 mm. Lungs clear.", "2023-09-01"),
    lab("alt", 33, "2023-09-02", unit="U/L", name="ALT"),
)


@pytest.mark.parametrize(
    "asked", ["has the spot on her liver shrunk?", "size of the liver lesion", "is the shadow on my liver bigger?"]
)
def test_a_lesion_of_an_organ_is_told_by_the_scans(chart_of: ChartOf, asked: str) -> None:
    told = chart_of(*SCANS).say(asked)
    assert "12 mm" in told[0]
    assert not any("ALT" in text for text in told)


def test_the_liver_by_itself_is_its_tests(chart_of: ChartOf) -> None:
    assert any("ALT" in text for text in chart_of(*SCANS).say("how is her liver function?"))


TREATED = (
    medication("m", "Docetaxel 75 mg/m2", "2023-01-04", status="stopped"),
    note("a", "Plan: docetaxel, six three-weekly cycles.", "2023-01-02"),
    note("b", "Docetaxel C4 given today. If there is further progression we would offer eribulin.", "2023-03-09"),
    note("c", "Check temperature daily; ring the hotline if above 38.", "2023-01-05"),
)


def test_cycles_are_told_by_notes_and_not_by_orders(chart_of: ChartOf) -> None:
    told = " | ".join(chart_of(*TREATED).say("how many cycles of docetaxel did she have?"))
    assert "C4" in told
    assert "1 time" not in told


@pytest.mark.parametrize("asked", ["what's the plan if the docetaxel stops working?", "what happens if the docetaxel fails?"])
def test_what_is_foreseen_is_told(chart_of: ChartOf, asked: str) -> None:
    assert "eribulin" in " | ".join(chart_of(*TREATED).say(asked))


def test_advice_for_a_case_is_told_and_no_value(chart_of: ChartOf) -> None:
    chart = chart_of(*TREATED, lab("t", 36.9, "2023-02-02", unit="Cel", name="Temperature"))
    told = " | ".join(chart.say("what should she do if her temperature goes up?"))
    assert "hotline" in told
    assert "36.9" not in told


def test_the_harm_told_before_a_bare_turn_is_its_reason(chart_of: ChartOf) -> None:
    ended: Resource = {"dispenseRequest": {"validityPeriod": {"start": "2023-01-04", "end": "2023-04-02"}}}
    chart = chart_of(
        medication("m", "Paclitaxel 80 mg/m2", "2023-01-04", status="stopped", **ended),
        note(
            "n",
            "C9 D1. Tox: numbness of fingers. Mucositis 0. Weight 61. D/W Dr Ito - paclitaxel omitted from today, carboplatin alone.",
            "2023-04-05",
        ),
    )
    assert any("numbness" in text for text in chart.say("why was paclitaxel stopped?"))


@pytest.mark.parametrize(
    ("problem", "asked", "told"),
    [
        ("Paclitaxel-induced neuropathy", "side effects of paclitaxel?", True),
        ("Immune-related colitis", "did the nivolumab cause any problems?", True),
        ("Diverticular disease", "did the nivolumab cause any problems?", False),
    ],
)
def test_problems_laid_to_a_medicine_tell_its_harm(chart_of: ChartOf, problem: str, asked: str, told: bool) -> None:  # noqa: FBT001
    chart = chart_of(
        medication("a", "Paclitaxel 80 mg/m2", "2023-01-04"),
        medication("b", "Nivolumab 240 mg", "2023-06-01"),
        condition("c", problem, "2023-07-01"),
    )
    assert any(problem in text for text in chart.say(asked)) is told


def test_a_cancer_came_back_with_its_first_secondary(chart_of: ChartOf) -> None:
    chart = chart_of(
        condition("p", "Adenocarcinoma of rectum", "2020-01-07"),
        condition("s", "Liver metastases", "2022-06-03"),
        note("n", "CT: no bone metastases.", "2021-01-01"),
    )
    told = chart.say("when did the cancer come back?")
    assert "2022-06-03" in told[0]
    assert not any("no bone" in text for text in told)


def test_what_is_called_alike_only_in_its_beginning_is_no_answer(chart_of: ChartOf) -> None:
    chart = chart_of(condition("v", "Thrombosis of subclavian vein", "2022-01-01"))
    assert not any("subclavian" in text for text in chart.say("is she thrombocytopenic?"))


def test_members_of_a_team_are_told_with_their_long_roles(chart_of: ChartOf) -> None:
    team = of(
        "ann",
        "CareTeam",
        "t",
        status="active",
        name="Lung cancer team",
        participant=[
            {"role": [{"text": "Key worker / specialist lung cancer nurse"}], "member": {"display": "Una Roy"}},
            {"role": [{"text": "Consultant clinical oncologist"}], "member": {"display": "Dr Li"}},
        ],
    )
    for asked in ("who is her oncologist?", "Who's my key worker?", "who is the CNS?"):
        assert any("Una Roy" in text for text in chart_of(team).say(asked))


def test_a_stay_is_chosen_by_what_it_was_for(chart_of: ChartOf) -> None:
    chart = chart_of(
        condition("c", "Neutropenic sepsis", "2022-02-03", clinical="resolved"),
        visit("v1", "IMP", "Emergency admission", "2022-02-03", "2022-02-08"),
        visit("v2", "IMP", "Elective admission", "2023-09-03", "2023-09-08"),
        lab("h1", 74, "2022-02-03", unit="g/L", name="Hb"),
        lab("h2", 119, "2023-09-03", unit="g/L", name="Hb"),
    )
    told = " | ".join(chart.say("Hb when she was admitted with sepsis"))
    assert "74" in told
    assert "119" not in told


def test_what_a_list_names_and_the_chart_lacks_is_left_open(chart_of: ChartOf) -> None:
    chart = chart_of(medication("m", "Ramipril 5 mg", "2020-01-01"), lab("l", 5, "2024-01-01", unit="ug/L", name="CEA"))
    assert any(left.what == "bisoprolol" for left in chart.ask("is she on ramipril and bisoprolol?").missing)
    assert any("CEA" in text for text in chart.say("CEA, CA 19-9 and LDH"))


def test_vaccines_may_be_named_by_their_illness_after_the_word(chart_of: ChartOf) -> None:
    chart = chart_of(immunization("i", "Influenza vaccine", "2025-10-02"), allergy("a", "Latex"))
    assert any("2025-10-02" in text for text in chart.say("is she up to date with jabs - flu and shingles?"))
    assert not any("2025-10-02" in text for text in chart.say("has she had flu?"))


def test_numbered_cycles_are_not_counted_by_those_in_the_chart(chart_of: ChartOf) -> None:
    given = [
        of(
            "ann",
            "MedicationAdministration",
            f"c{number}",
            status="completed",
            medicationCodeableConcept={"text": f"Azacitidine 75 mg/m2, cycle {number}"},
            effectiveDateTime=day,
        )
        for number, day in ((1, "2024-03-04"), (2, "2024-04-22"), (14, "2025-07-28"))
    ]
    told = " | ".join(chart_of(*given).say("how many cycles of azacitidine has she had?"))
    assert "cycle 14" in told
    assert "3 times" not in told
