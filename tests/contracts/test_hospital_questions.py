"""Questions of rounds and handovers about a stay: its days, its lines, what was given, found and changed, and near misses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, allergy, condition, lab, medication, note, of, procedure, visit

ChartOf = Callable[..., AskedChart]


def lasting(identity: str, name: str, first: str, last: str) -> Resource:
    """Build a Procedure with a period."""
    period = {"start": first, "end": last}
    return of("ann", "Procedure", identity, status="completed", code={"text": name}, performedPeriod=period)


def given(identity: str, name: str, day: str, dose: str) -> Resource:
    """Build a MedicationAdministration."""
    what = {"medicationCodeableConcept": {"text": name}, "effectiveDateTime": day, "dosage": {"text": dose}}
    return of("ann", "MedicationAdministration", identity, status="completed", **what)


def culture(identity: str, result: str, day: str) -> Resource:
    """Build an Observation of a blood culture with its result in words."""
    code = {"text": "Blood culture"}
    return of("ann", "Observation", identity, status="final", code=code, effectiveDateTime=day, valueString=result)


STAYS = (
    visit("long", "IMP", "Surgical admission", "2023-03-04", "2023-03-20"),
    visit("unit", "ACUTE", "Intensive care stay", "2023-03-04", "2023-03-09"),
    visit("short", "IMP", "Readmission", "2023-05-02", "2023-05-05"),
)
VALUES = (
    lab("na1", 131, "2023-03-04T07:00:00Z", unit="mmol/L", name="Sodium"),
    lab("na2", 138, "2023-03-06T07:00:00Z", unit="mmol/L", name="Sodium"),
    lab("na3", 140, "2023-03-19T07:00:00Z", unit="mmol/L", name="Sodium"),
    lab("na4", 144, "2023-06-03T07:00:00Z", unit="mmol/L", name="Sodium"),
    lab("gcs", 12, "2023-03-04T06:30:00Z", unit="{score}", name="GCS"),
)


def said(chart_of: ChartOf, question: str, *resources: Resource) -> str:
    return " | ".join(chart_of(*STAYS, *VALUES, *resources).say(question))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Na on ICU day 3", "138"),
        ("sodium on day 3 of the admission in March 2023", "138"),
        ("GCS on arrival", "12"),
        ("sodium on discharge from ICU", "138"),
        ("Na 4/3/2023", "131"),
        ("sodium 3/6/2023", "138"),
        ("sodium on 3 June 2023", "144"),
    ],
)
def test_a_day_of_a_stay_is_found_in_the_stay_that_has_the_value(chart_of: ChartOf, question: str, value: str) -> None:
    told = said(chart_of, question)
    assert f" {value} " in told
    assert sum(f" {number} " in told for number in (131, 138, 140, 144)) <= 1


def test_a_day_that_the_stay_did_not_have_has_no_value(chart_of: ChartOf) -> None:
    assert " 144 " not in said(chart_of, "Na on ICU day 9")


def test_a_value_of_the_day_before_going_home_is_that_of_the_discharge(chart_of: ChartOf) -> None:
    assert " 140 " in said(chart_of, "sodium on discharge in March 2023")


def test_stays_inside_a_stay_are_not_counted_twice(chart_of: ChartOf) -> None:
    assert "19 days" in said(chart_of, "How many nights in hospital altogether?")
    each = said(chart_of, "how many times was she admitted in 2023 and for how long each time?")
    assert "16 days" in each
    assert "3 days" in each
    assert "5 days" not in each
    assert "5 days" in said(chart_of, "how long was she in intensive care?")


VENTILATED = (
    lasting("v1", "Mechanical ventilation", "2023-03-04", "2023-03-06"),
    lasting("v2", "Mechanical ventilation", "2023-03-07", "2023-03-12"),
)


def test_several_spans_are_told_one_by_one_and_together(chart_of: ChartOf) -> None:
    told = said(chart_of, "How long was she ventilated for?", *VENTILATED)
    assert all(part in told for part in ("7 days", "2 days", "5 days"))


def test_how_long_after_something_is_no_length(chart_of: ChartOf) -> None:
    told = said(chart_of, "how long after surgery was she extubated?", *VENTILATED)
    assert "7 days" not in told


def test_what_was_done_over_days_is_told_with_both(chart_of: ChartOf) -> None:
    told = said(chart_of, "central line dates", lasting("c", "Central venous line", "2023-03-04", "2023-03-10"))
    assert "from 2023-03-04 to 2023-03-10" in told


def test_that_a_drain_was_put_in_does_not_tell_when_it_came_out(chart_of: ChartOf) -> None:
    put_in = procedure("d", "Chest drain insertion", "2023-03-05")
    told = said(chart_of, "when was the chest drain removed?", put_in)
    assert "2023-03-05" not in told
    noted = note("n", "Chest drain removed 8/3 without trouble. Lung up on film.", "2023-03-09T10:00:00Z")
    assert "removed 8/3" in said(chart_of, "when was the chest drain removed?", put_in, noted)


@pytest.mark.parametrize("question", ["transfused?", "was she given any blood?", "blood products given"])
def test_blood_that_was_given_answers_for_a_transfusion(chart_of: ChartOf, question: str) -> None:
    assert "3 units" in said(chart_of, question, given("b", "Packed red cells", "2023-03-05", "3 units IV"))


def test_a_value_and_what_was_done_are_both_answered(chart_of: ChartOf) -> None:
    told = said(chart_of, "sodium nadir, transfused?", given("b", "Packed red cells", "2023-03-05", "3 units IV"))
    assert " 131 " in told
    assert "3 units" in told


OPERATION = (
    procedure("op", "Laparotomy", "2023-03-04"),
    procedure("tr", "Percutaneous tracheostomy", "2023-03-08"),
    note(
        "opnote",
        "OPERATION: Laparotomy\nFINDINGS: Closed loop obstruction. 20 cm of dusky ileum.\nPROCEDURE: Band divided.",
        "2023-03-04T15:00:00Z",
        type={"text": "Operation note"},
    ),
    note("scan", "FINDINGS: Clear lungs. No effusion.", "2023-04-01T15:00:00Z", type={"text": "Chest film report"}),
)


@pytest.mark.parametrize(
    "question", ["What did Mr Webb find when he opened the abdomen?", "op findings", "what did they find at operation?"]
)
def test_the_operation_note_tells_what_was_found(chart_of: ChartOf, question: str) -> None:
    told = said(chart_of, question, *OPERATION)
    assert "Closed loop obstruction" in told
    assert "Clear lungs" not in told


def test_the_operation_is_not_what_was_done_at_the_bedside(chart_of: ChartOf) -> None:
    told = said(chart_of, "when was the operation?", *OPERATION)
    assert "2023-03-04" in told
    assert "2023-03-08" not in told


def test_a_meeting_tells_who_was_there(chart_of: ChartOf) -> None:
    text = "Present: Dr Ohene, Sr Watts, son Will.\nWill asked about rehabilitation."
    meeting = note("m", text, "2023-03-10T15:00:00Z", type={"text": "Family meeting"})
    assert "son Will" in said(chart_of, "who attended the family meeting?", meeting)


MEDICINES = (
    medication("nor", "Noradrenaline infusion", "2023-03-04", status="completed",
               dispenseRequest={"validityPeriod": {"start": "2023-03-04", "end": "2023-03-07"}}),
    medication("biso", "Bisoprolol 2.5 mg tablets", "2023-03-18"),
    note(
        "dc",
        "DISCHARGE SUMMARY\nMEDICINES STARTED: bisoprolol\nMEDICINES STOPPED: candesartan, naproxen\nFollow up in six weeks.",
        "2023-03-20T15:00:00Z",
        type={"text": "Discharge summary"},
    ),
)  # fmt: skip


def test_a_discharge_changes_what_lasts(chart_of: ChartOf) -> None:
    told = said(chart_of, "Which medicines were started or stopped at the March 2023 discharge?", *MEDICINES)
    assert "candesartan, naproxen" in told
    assert "isoprolol" in told
    assert "Noradrenaline" not in told


CULTURES = (
    culture("bc1", "Klebsiella pneumoniae. Sensitive: gentamicin.", "2023-03-04T08:00:00Z"),
    culture("bc2", "No growth at 5 days", "2023-03-09T08:00:00Z"),
)


def test_which_bug_asks_all_cultures_of_the_place(chart_of: ChartOf) -> None:
    assert "Klebsiella" in said(chart_of, "what bug was in her blood?", *CULTURES)


def test_cultures_of_a_day_are_those_of_that_day(chart_of: ChartOf) -> None:
    told = said(chart_of, "blood cultures 9 March 2023", *CULTURES)
    assert "No growth" in told
    assert "Klebsiella" not in told


def test_an_illness_is_not_asked_of_its_place(chart_of: ChartOf) -> None:
    told = said(
        chart_of, "Was there cancer in the resected bowel?", condition("d", "Diverticular disease of colon", "2020-01-01")
    )
    assert "Diverticular" not in told


def test_an_allergy_that_was_borne_since_is_told_before_the_entry(chart_of: ChartOf) -> None:
    noted = note("n", "Penicillin entry reviewed. Childhood rash only; tolerated amoxicillin in 2019.", "2023-03-19T10:00:00Z")
    told = said(chart_of, "Is she really allergic to penicillin?", allergy("p", "Penicillin", "rash"), noted)
    assert told.index("tolerated amoxicillin") < told.index("Allergy to Penicillin")


def test_a_class_that_is_forbidden_forbids_its_members(chart_of: ChartOf) -> None:
    noted = note("n", "4. NSAIDs: avoid lifelong (ulcer).", "2023-03-19T10:00:00Z")
    assert "avoid lifelong" in said(chart_of, "Is it ok for her to take ibuprofen?", noted)
    assert "avoid lifelong" not in said(chart_of, "Is it ok for her to take paracetamol?", noted)


def test_relatives_who_visit_ask_for_no_list_of_visits(chart_of: ChartOf) -> None:
    assert "Surgical admission" not in said(chart_of, "can the family visit?")
