"""Whether a treatment helped is told by notes of its weeks that name it, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, medication, note, procedure

ChartOf = Callable[..., AskedChart]
ENDED: Resource = {"dispenseRequest": {"validityPeriod": {"end": "2025-03-10"}}}
COURSE = medication("m", "Amoxicillin 500 MG Oral Capsule", "2025-03-03", status="completed", **ENDED)
CALLED = note("n", "Amoxicillin started 3/3 for the ear. Called 3/12: finished the course, ear better.", "2025-03-12T10:00:00Z")


@pytest.mark.parametrize(
    "asked",
    [
        "did the antibiotics work?",
        "Did the amoxicillin help in March 2025?",
        "did the amoxicillin do the trick?",
        "was amoxicillin effective",
    ],
)
def test_what_came_of_a_treatment_is_quoted(chart_of: ChartOf, asked: str) -> None:
    assert any("ear better" in text for text in chart_of(COURSE, CALLED).say(asked))


def test_a_note_that_does_not_name_the_treatment_does_not_tell(chart_of: ChartOf) -> None:
    other = note("n", "Knee much better after rest.", "2025-03-12T10:00:00Z")
    assert not any("Knee" in text for text in chart_of(COURSE, other).say("did the amoxicillin work?"))


def test_a_note_of_another_time_does_not_tell(chart_of: ChartOf) -> None:
    late = note("n", "Had amoxicillin last year. Back pain better now.", "2025-12-12T10:00:00Z")
    assert not any("Back pain" in text for text in chart_of(COURSE, late).say("did the amoxicillin work?"))


def test_what_may_come_is_no_outcome(chart_of: ChartOf) -> None:
    planned = note("n", "Amoxicillin given. If not better by 3/12, call.", "2025-03-03T10:00:00Z")
    assert not any("If not better" in text for text in chart_of(COURSE, planned).say("did the amoxicillin work?"))


def test_a_job_is_no_treatment(chart_of: ChartOf) -> None:
    chart = chart_of(COURSE, CALLED)
    assert not any("ear better" in text for text in chart.say("does he work as a nurse?"))


def test_a_sentence_that_the_next_takes_back_is_quoted_with_it(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "The old list says lisinopril gave her a cough. Wrong, she never had a cough."))
    told = chart.say("did lisinopril give her a cough?")
    assert any("Wrong, she never had a cough" in text for text in told)
    assert all("Wrong" in text for text in told if "old list" in text)


STANDING = medication("m", "Tiotropium 18 mcg inhalation capsule", "2024-01-10")


@pytest.mark.parametrize(
    "asked", ["has the tiotropium helped?", "is tiotropium working?", "Did the tiotropium make a difference?"]
)
def test_what_is_taken_for_long_is_told_by_later_notes_that_name_it(chart_of: ChartOf, asked: str) -> None:
    late = note("n", "No exacerbations since spring on tiotropium.", "2025-12-12T10:00:00Z")
    assert any("No exacerbations" in text for text in chart_of(STANDING, late).say(asked))


def test_that_it_is_taken_does_not_tell_whether_it_helped(chart_of: ChartOf) -> None:
    begun = note("n", "Start tiotropium, recheck in May.", "2024-01-10T10:00:00Z")
    assert not chart_of(STANDING, begun).say("did the tiotropium help?")


def test_in_the_months_of_a_long_course_what_names_no_medicine_does_not_tell(chart_of: ChartOf) -> None:
    ended: Resource = {"dispenseRequest": {"validityPeriod": {"end": "2025-09-10"}}}
    course = medication("m", "Gabapentin 300 MG Oral Capsule", "2024-09-03", status="stopped", **ended)
    other = note(
        "n", "Gabapentin continued.\n\nThe wrist was in plaster.\n\nThe wound on the heel has healed.", "2025-03-12T10:00:00Z"
    )
    assert not any("healed" in text for text in chart_of(course, other).say("did the gabapentin help?"))


SNIP = procedure("v", "Vasectomy, bilateral", "2024-02-01")
CLEARED = note(
    "n",
    "Vasectomy done 2/1. Cephalexin 500 TID, wound better 2/8. Addendum 5/9: after vasectomy no sperm seen.",
    "2024-02-01T12:00:00Z",
)


@pytest.mark.parametrize("asked", ["Did the vasectomy take?", "did the vasectomy work", "was the snip successful?"])
def test_what_came_of_an_operation_is_told_by_what_followed_it(chart_of: ChartOf, asked: str) -> None:
    said = " ".join(chart_of(SNIP, CLEARED).say(asked))
    assert "no sperm" in said
    assert "Cephalexin" not in said


def test_the_outcome_of_an_entry_tells_whether_it_worked(chart_of: ChartOf) -> None:
    shocked = procedure("c", "DC cardioversion", "2024-02-01", outcome={"text": "Sinus rhythm after one shock"})
    assert any("Sinus rhythm after one shock" in said for said in chart_of(shocked).say("did the cardioversion work?"))


@pytest.mark.parametrize("asked", ["Is the fistula still working?", "did the banding work?"])
def test_what_works_is_no_occupation(chart_of: ChartOf, asked: str) -> None:
    job = note("j", "Occupation: bus driver, working nights.", "2024-03-01T12:00:00Z")
    assert not any("bus driver" in said for said in chart_of(SNIP, job).say(asked))
