"""What changes and briefs make of small charts: empty, notes only, odd, and each kind of line by itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from chartcite.engine.brief import brief
from chartcite.engine.changes import changes
from chartcite.engine.domain.briefings import Brief, Changes
from chartcite.engine.errors import InvalidQuestionError
from chartcite.engine.findings.expected_variation import WITHIN_PERSON, expected_change
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import (
    ANN,
    LOINC,
    SNOMED,
    AskedChart,
    Resource,
    allergy,
    bundled_lexicon,
    condition,
    immunization,
    lab,
    medication,
    note,
    of,
    open_store,
    person,
    pressure,
    procedure,
    visit,
    write_bundle,
)

Build = Callable[..., AskedChart]
TODAY = date(2026, 1, 1)
FIRST_VISIT = visit("v1", "AMB", "Office visit", "2025-03-01", "2025-03-01")
LAST_VISIT = visit("v2", "AMB", "Office visit", "2025-09-01", "2025-09-01")


def changed(chart: AskedChart, since: str = "2025-06-01", as_of: date = TODAY) -> Changes:
    return changes(ANN, since, records=chart.engine.records, lexicon=chart.engine.lexicon, as_of=as_of)


def briefed(chart: AskedChart, as_of: date = TODAY) -> Brief:
    return brief(ANN, records=chart.engine.records, lexicon=chart.engine.lexicon, as_of=as_of)


def told(found: Changes | Brief, section: str) -> list[tuple[str, str]]:
    [lines] = [part.lines for part in found.sections if part.name == section]
    return [(line.label, line.claim.text) for line in lines]


def labels(found: Changes | Brief, section: str) -> list[str]:
    return [label for label, _ in told(found, section)]


def searched(found: Changes | Brief, section: str) -> str:
    return next(part.searched for part in found.sections if part.name == section)


def finding(identity: str, name: str, onset: str) -> Resource:
    return condition(identity, name, onset, code={"text": name, "coding": [{"system": SNOMED, "code": "1", "display": name}]})


def ranged(identity: str, value: float, day: str, *, name: str = "Potassium", low: float = 3.5, high: float = 5.1) -> Resource:
    limits = [{"low": {"value": low}, "high": {"value": high}, "text": f"{low}-{high}"}]
    codes = {"Potassium": "2823-3", "Ferritin": "2276-4", "Creatinine": "2160-0"}
    code = {"text": name, "coding": [{"system": LOINC, "code": codes[name], "display": name}]}
    return lab(identity, value, day, unit="mmol/L", name=name, code=code, referenceRange=limits)


# --- charts that hold little ----------------------------------------------------------------------------------------


def test_an_empty_chart_says_of_each_thing_that_nothing_is_there(chart_of: Build) -> None:
    chart = chart_of()
    found = changed(chart, "last-visit")
    assert found.since.first is None
    assert not any(part.lines for part in found.sections)
    assert all(part.searched for part in found.sections)
    assert told(briefed(chart), "who") == [("who", "Ann Lee, female, 65 years old (born 1960-02-29).")]
    assert searched(briefed(chart), "problems") == "no problem list, 0 mentions in notes searched"


def test_a_person_without_name_and_birth_date_has_a_brief(chart_of: Build) -> None:
    chart = chart_of({"resourceType": "Patient", "id": "ann"})
    assert told(briefed(chart), "who") == []


def test_a_chart_of_notes_only_is_quoted(tmp_path: Path) -> None:
    notes = (
        note("n1", "Assessment: Hypertension.\nMedications: lisinopril 10 mg daily.", "2025-03-01T10:00:00Z"),
        note(
            "n2",
            "Assessment: Hypertension.\nMedications: amlodipine 5 mg daily.\nLipid panel not drawn.",
            "2025-09-01T10:00:00Z",
        ),
    )
    with SqliteWriter(tmp_path / "store") as writer:
        ingest([write_bundle(tmp_path, "chart", person(), *notes)], writer, HashingEmbedder(), lexicon=bundled_lexicon())
    chart = AskedChart(open_store(tmp_path / "store"))
    found = changed(chart, "last visit")
    assert found.since.words.startswith("the last document before the newest, 2025-03-01")
    assert told(found, "medications") == [
        ("first named in a note", "Progress note, 2025-09-01: “Medications: amlodipine 5 mg daily.”")
    ]
    assert ("a note says it is open", "Progress note, 2025-09-01: “Lipid panel not drawn.”") in told(found, "not_happened")
    assert any("Hypertension" in text for _, text in told(briefed(chart), "problems"))


# --- problems --------------------------------------------------------------------------------------------------------


def test_social_findings_are_no_problems(chart_of: Build) -> None:
    chart = chart_of(
        finding("c1", "Full-time employment (finding)", "2025-07-01"),
        finding("c2", "Medication review due (situation)", "2025-07-01"),
        finding("c3", "History of renal transplant (situation)", "2025-07-01"),
        finding("c4", "Hypertension (disorder)", "2025-07-01"),
        condition("c5", "Homelessness", "2025-07-01", code={
            "text": "Homelessness", "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "Z59.00"}],
        }),
    )  # fmt: skip
    problems = {text.split(",")[0] for _, text in told(briefed(chart), "problems")}
    assert problems == {"History of renal transplant", "Hypertension"}
    assert "Full-time employment: active, onset 2025-07-01." in {text for _, text in told(changed(chart), "findings")}


def test_a_suspicion_that_nothing_confirmed_is_an_open_question(chart_of: Build) -> None:
    chart = chart_of(condition("c1", "Pulmonary embolism", "2025-02-01", verified="unconfirmed"))
    assert labels(changed(chart), "open_questions") == ["suspected, never confirmed"]


def test_a_suspicion_that_was_confirmed_is_no_open_question(chart_of: Build) -> None:
    chart = chart_of(
        condition("c1", "Pulmonary embolism", "2025-02-01", verified="unconfirmed"),
        condition("c2", "Pulmonary embolism", "2025-02-03"),
    )
    assert labels(changed(chart), "open_questions") == []


def test_a_refuted_problem_is_told_as_refuted(chart_of: Build) -> None:
    chart = chart_of(condition("c1", "Gout", "2025-07-01", clinical="inactive", verified="refuted"))
    assert labels(changed(chart), "problems") == ["refuted"]


def test_entered_in_error_is_told_nowhere(chart_of: Build) -> None:
    wrong = condition("c1", "Gout", "2025-07-01", verified="entered-in-error")
    chart = chart_of(wrong, lab("o1", 11.8, "2025-07-01", status="entered-in-error"))
    assert not any(
        "Gout" in text or "11.8" in text for part in changed(chart).sections for _, text in told(changed(chart), part.name)
    )


# --- medications -----------------------------------------------------------------------------------------------------


def test_a_renewal_is_no_change_and_another_dose_is(chart_of: Build) -> None:
    old = medication("m1", "Lisinopril 10 mg tablet", "2025-01-01", status="active", dose="1 tablet daily")
    chart = chart_of(old, medication("m2", "Lisinopril 10 mg tablet", "2025-08-01", dose="1 tablet daily"))
    assert told(changed(chart), "medications") == []
    assert searched(changed(chart), "medications").endswith("1 renewed without a change")


def test_a_stop_without_a_date_is_seen_between_two_versions(chart_of: Build) -> None:
    chart_of(medication("m1", "Lisinopril 10 mg tablet", "2025-01-01", meta={"lastUpdated": "2025-01-01T10:00:00Z"}))
    stopped = {"status": "stopped", "meta": {"lastUpdated": "2025-08-01T10:00:00Z"}}
    chart = chart_of({**medication("m1", "Lisinopril 10 mg tablet", "2025-01-01"), **stopped})
    assert labels(changed(chart), "medications") == ["stopped"]
    assert labels(changed(chart, "2025-09-01"), "medications") == []


def test_another_dose_names_both(chart_of: Build) -> None:
    end: Resource = {
        "dosageInstruction": [{"text": "1 tablet daily", "timing": {"repeat": {"boundsPeriod": {"end": "2025-08-01"}}}}]
    }
    chart = chart_of(
        medication("m1", "Lisinopril 10 mg tablet", "2025-01-01", status="stopped", **end),
        medication("m2", "Lisinopril 20 mg tablet", "2025-08-01", dose="1 tablet daily"),
    )
    assert told(changed(chart), "medications") == [
        (
            "dose changed",
            "Lisinopril 20 mg tablet (1 tablet daily) since 2025-08-01; changed from Lisinopril 10 mg tablet (1 tablet daily).",
        )
    ]


def test_a_note_that_says_a_listed_medicine_was_stopped_is_shown_beside_it(chart_of: Build) -> None:
    chart = chart_of(
        medication("m1", "Lisinopril 10 mg tablet", "2025-01-01"),
        note("n1", "She stopped lisinopril two weeks ago because of a cough.", "2025-08-01T10:00:00Z"),
    )
    [(label, text)] = told(changed(chart), "open_questions")
    assert label == "listed as active, a later note says otherwise"
    assert text == (
        "Lisinopril 10 mg tablet is active since 2025-01-01. Progress note, 2025-08-01: “She stopped lisinopril two weeks ago "
        "because of a cough.”"
    )


@pytest.mark.parametrize(
    "words", ["If she has stopped lisinopril, call us.", "She has not stopped lisinopril.", "Continue lisinopril."]
)
def test_a_note_that_only_considers_a_stop_is_no_conflict(chart_of: Build, words: str) -> None:
    chart = chart_of(medication("m1", "Lisinopril 10 mg tablet", "2025-01-01"), note("n1", words, "2025-08-01T10:00:00Z"))
    assert told(changed(chart), "open_questions") == []


# --- results ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "label"),
    [
        (4.8, 5.9, "now outside range"),
        (5.9, 4.8, "moved beyond expected variation"),
        (5.3, 4.9, "back in range"),
        (5.6, 5.7, "still outside range"),
        (4.0, 4.1, None),
        (4.0, 4.9, "moved beyond expected variation"),
    ],
)
def test_results_are_judged_by_the_charts_range_and_by_published_variation(
    chart_of: Build, before: float, now: float, label: str | None
) -> None:
    chart = chart_of(ranged("o1", before, "2025-01-01"), ranged("o2", now, "2025-08-01"))
    assert labels(changed(chart), "results") == ([label] if label else [])


def test_without_range_and_published_variation_nothing_is_judged(chart_of: Build) -> None:
    chart = chart_of(
        lab("o1", 10, "2025-01-01", unit="ng/mL", name="Ferritin"), lab("o2", 90, "2025-08-01", unit="ng/mL", name="Ferritin")
    )
    assert told(changed(chart), "results") == []
    assert "1 tests have a new result, 0 of these" in searched(changed(chart), "results")


def test_values_in_other_units_are_not_compared(chart_of: Build) -> None:
    chart = chart_of(
        lab("o1", 1.0, "2025-01-01", unit="mg/dL", name="Creatinine"),
        lab("o2", 88, "2025-08-01", unit="umol/L", name="Creatinine"),
    )
    assert told(changed(chart), "results") == []


def test_an_excursion_between_two_normal_values_is_told(chart_of: Build) -> None:
    chart = chart_of(*(ranged(f"o{n}", value, f"2025-0{n}-01") for n, value in ((5, 4.5), (7, 6.1), (8, 4.5))))
    [(label, text)] = told(changed(chart), "results")
    assert label == "outside range in between"
    assert text.startswith("Potassium was 6.1 mmol/L on 2025-07-01")


@pytest.mark.parametrize(
    ("words", "silent"),
    [
        ("Feels well, no complaints today.", True),
        ("K 5.9 - repeat next week.", False),
        ("Reviewed the labs of 8/2.", False),
        ("Labs of 18/22 reviewed.", True),
    ],
)
def test_an_abnormal_result_that_no_later_note_names_is_told(chart_of: Build, words: str, silent: bool) -> None:  # noqa: FBT001
    chart = chart_of(
        ranged("o1", 5.9, "2025-08-02"),
        note("n1", words, "2025-08-05T10:00:00Z"),
        note("n0", "K is fine.", "2025-07-01T10:00:00Z"),
    )
    lines = next(part.lines for part in changed(chart).sections if part.name == "unacknowledged")
    assert bool(lines) is silent
    if silent:
        assert lines[0].why.startswith("1 notes dated 2025-08-02 or later searched for Potassium")


def test_a_chart_without_notes_cannot_say_what_was_seen(chart_of: Build) -> None:
    found = changed(chart_of(ranged("o1", 5.9, "2025-08-02")))
    assert told(found, "unacknowledged") == []
    assert "the chart holds no notes" in searched(found, "unacknowledged")


def test_expected_variation_of_potassium() -> None:
    # sqrt(2) * 1.96 * sqrt(4.6² + 2.3²) = 14.26
    assert expected_change(["potassium"]) == Decimal("14.3")
    assert expected_change(["ferritin", "nonsense"]) is None


@given(st.sampled_from(sorted(WITHIN_PERSON)))
def test_expected_variation_is_wider_than_twice_the_persons_own(concept: str) -> None:
    expected = expected_change([concept])
    assert expected is not None
    assert Decimal("2.77") * WITHIN_PERSON[concept] < expected < Decimal("3.2") * WITHIN_PERSON[concept]


def test_every_listed_analyte_is_a_concept_of_the_lexicon(lexicon: Lexicon) -> None:
    assert set(WITHIN_PERSON) <= set(lexicon.concepts)


# --- planned ---------------------------------------------------------------------------------------------------------


def order(identity: str, name: str, day: str, **elements: object) -> Resource:
    return of(
        "ann",
        "ServiceRequest",
        identity,
        **{"status": "active", "intent": "order", "code": {"text": name}, "authoredOn": day, **elements},
    )


@pytest.mark.parametrize(
    ("name", "day", "is_open"),
    [
        ("Screening colonoscopy", "2025-03-01", False),
        ("Colonoscopy", "2024-03-01", True),
        ("Gastroscopy", "2025-03-01", True),
    ],
)
def test_an_order_is_open_until_something_of_its_name_is_done(chart_of: Build, name: str, day: str, is_open: bool) -> None:  # noqa: FBT001
    chart = chart_of(order("s1", "Colonoscopy", "2025-02-01"), procedure("p1", name, day))
    assert labels(changed(chart), "not_happened") == (["open order"] if is_open else [])


def test_an_order_for_a_later_day_is_planned_not_open(chart_of: Build) -> None:
    chart = chart_of(order("s1", "Colonoscopy", "2025-02-01", occurrenceDateTime="2026-05-01"))
    assert labels(changed(chart), "not_happened") == []
    assert labels(briefed(chart), "next") == ["planned"]


def test_a_vaccine_that_was_not_given_is_told_until_it_is(chart_of: Build) -> None:
    chart = chart_of(immunization("i1", "Influenza", "2025-10-01", status="not-done"))
    assert labels(changed(chart), "not_happened") == ["not done"]


def test_a_vaccine_that_was_given_later_is_not_told(chart_of: Build) -> None:
    chart = chart_of(
        immunization("i1", "Influenza", "2025-10-01", status="not-done"), immunization("i2", "Influenza", "2025-11-01")
    )
    assert labels(changed(chart), "not_happened") == []


def appointment(identity: str, start: str, status: str) -> Resource:
    actors = [{"actor": {"reference": "Patient/ann"}, "status": "accepted"}]
    return {
        "resourceType": "Appointment", "id": identity, "status": status, "description": "Cardiology review", "start": start,
        "participant": actors,
    }  # fmt: skip


@pytest.mark.parametrize(("status", "label"), [("noshow", "noshow"), ("booked", "date passed"), ("fulfilled", None)])
def test_appointments_that_did_not_take_place_are_told(chart_of: Build, status: str, label: str | None) -> None:
    chart = chart_of(appointment("a1", "2025-10-01T09:00:00Z", status))
    assert labels(changed(chart), "not_happened") == ([label] if label else [])


def test_a_booked_appointment_is_next(chart_of: Build) -> None:
    booked = {**appointment("a1", "2026-02-01T09:00:00Z", "booked"), "created": "2025-12-01T09:00:00Z"}
    assert labels(briefed(chart_of(booked)), "next") == ["planned"]


@pytest.mark.parametrize(
    ("words", "passed"),
    [
        ("RTC 3 months.", True),
        ("Follow-up in 2 weeks.", True),
        ("Return in 6-8 weeks.", True),
        ("RTC 1 year.", False),
        ("Slept 3 hours.", False),
    ],
)
def test_a_follow_up_that_passed_without_a_visit_is_told(chart_of: Build, words: str, passed: bool) -> None:  # noqa: FBT001
    chart = chart_of(FIRST_VISIT, LAST_VISIT, note("n1", words, "2025-09-01T10:00:00Z"))
    assert ("follow-up date passed" in labels(changed(chart), "not_happened")) is passed


def test_a_follow_up_with_a_later_visit_is_not_told(chart_of: Build) -> None:
    later = visit("v3", "AMB", "Office visit", "2025-10-01", "2025-10-01")
    chart = chart_of(LAST_VISIT, later, note("n1", "RTC 4 weeks.", "2025-09-01T10:00:00Z"))
    assert "follow-up date passed" not in labels(changed(chart), "not_happened")


@pytest.mark.parametrize("achieved", [False, True])
def test_a_goal_whose_day_passed_is_told(chart_of: Build, achieved: bool) -> None:  # noqa: FBT001
    goal = of(
        "ann", "Goal", "g1", lifecycleStatus="active", description={"text": "Walk daily"}, startDate="2025-01-01",
        target=[{"dueDate": "2025-06-01"}],
    )  # fmt: skip
    reached = {"achievementStatus": {"coding": [{"code": "achieved"}]}} if achieved else {}
    assert labels(changed(chart_of({**goal, **reached})), "not_happened") == ([] if achieved else ["goal not reached"])


# --- the brief -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("reaction", "second"), [("Anaphylaxis", "allergies"), ("Rash", "problems")])
def test_serious_allergies_come_first(chart_of: Build, reaction: str, second: str) -> None:
    names = [part.name for part in briefed(chart_of(allergy("a1", "Penicillin", reaction))).sections]
    assert names[:2] == ["who", second]


def test_a_death_is_flagged(chart_of: Build) -> None:
    chart = chart_of(person(deceasedDateTime="2024-02-28T10:00:00Z"))
    assert told(briefed(chart), "who") == [("deceased", "Ann Lee, female, died on 2024-02-28 at 63 years (born 1960-02-29).")]


def test_a_death_that_is_still_to_come_on_the_day_asked_for_is_not_told(chart_of: Build) -> None:
    chart = chart_of(person(deceasedDateTime="2024"))
    assert labels(briefed(chart, as_of=date(2020, 1, 1)), "who") == ["who"]
    assert told(briefed(chart, as_of=date(1950, 1, 1)), "who") == [("who", "Ann Lee, female.")]


@pytest.mark.parametrize(("onset", "flagged"), [("2025-08-01", True), ("2019-08-01", False)])
def test_a_pregnancy_is_flagged_as_long_as_one_can_last(chart_of: Build, onset: str, flagged: bool) -> None:  # noqa: FBT001
    chart = chart_of(condition("c1", "Pregnancy", onset))
    assert ("pregnant" in labels(briefed(chart), "who")) is flagged


def test_a_brief_tells_the_newest_pressure_and_the_direction_of_a_result(chart_of: Build) -> None:
    chart = chart_of(pressure("b1", 150, 90, "2025-08-01"), lab("o1", 7.1, "2025-01-01"), lab("o2", 7.9, "2025-08-01"))
    results = [text for _, text in told(briefed(chart), "results")]
    assert results == [
        "Blood pressure was 150/90 mm[Hg] on 2025-08-01.",
        "Hemoglobin A1c 7.9 % on 2025-08-01; ↑ rose from 7.1 on 2025-01-01",
    ]


def test_a_medicine_listed_as_active_past_its_end_is_marked(chart_of: Build) -> None:
    end: Resource = {"dosageInstruction": [{"text": "1 daily", "timing": {"repeat": {"boundsPeriod": {"end": "2025-02-01"}}}}]}
    chart = chart_of(medication("m1", "Amoxicillin 500 mg", "2025-01-25", **end))
    assert labels(briefed(chart), "medicines") == ["active past its end"]


# --- hostile charts --------------------------------------------------------------------------------------------------


def test_a_note_without_an_end_is_quoted_in_part_and_read_in_time(chart_of: Build) -> None:
    blanks = "follow up" + " " * 20_000 + "soon "
    endless = "word " * 3_000 + "the scan was not done " + "word " * 3_000
    chart = chart_of(FIRST_VISIT, LAST_VISIT, note("n1", blanks + endless, "2025-09-02T10:00:00Z"))
    found = changed(chart)
    [quote] = [text for label, text in told(found, "not_happened") if label == "a note says it is open"]
    assert "the scan was not done" in quote
    assert len(quote) < 400
    assert found.timings["total_ms"] < 20_000


@pytest.mark.parametrize("since", ["0001-01-01", "1700", "9999 years ago", "\x1b[31m", "a" * 200, "last"])
def test_odd_moments_are_read_or_refused(chart_of: Build, since: str) -> None:
    chart = chart_of(FIRST_VISIT, LAST_VISIT)
    with suppress(InvalidQuestionError):
        assert changed(chart, since).sections


@pytest.mark.parametrize(
    "death", [{"deceasedBoolean": True}, {"deceasedDateTime": "2024"}, {"deceasedDateTime": "2024-13-99"}, {"birthDate": "1960"}]
)
def test_odd_demographics_have_a_brief(chart_of: Build, death: Resource) -> None:
    labelled = labels(briefed(chart_of(person(**death))), "who")
    assert ("deceased" in labelled) is (death in ({"deceasedBoolean": True}, {"deceasedDateTime": "2024"}))
