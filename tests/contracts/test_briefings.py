"""Changes and briefs of bundled charts: the lines a clinician expects, each byte-equal to its source, as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from chartcite.api.briefing_printing import print_brief
from chartcite.engine.brief import COLUMNS, MOST_LINES, brief
from chartcite.engine.changes import changes
from chartcite.engine.dates.since import ACCEPTED
from chartcite.engine.domain.answers import Outcome
from chartcite.engine.domain.briefings import Brief, Changes, Line
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import InvalidQuestionError, PatientNotFoundError

from tests.charts import AskedChart
from tests.conftest import BUNDLED

ROSA, JAMES = PatientId("rosa-delgado"), PatientId("james-carter")
TODAY = date(2026, 11, 21)
GLARGINE = (
    "Insulin glargine 100 units/mL pen (Inject 18 units under the skin at bedtime) since 2026-02-17; changed from "
    "Insulin glargine 100 units/mL pen (Inject 10 units under the skin at bedtime)."
)
ACETAMINOPHEN = (
    "Acetaminophen 500 mg tablet (over the counter) (1 tablet as needed for knee pain, 2-3 times a week) is active "
    "since 2026-02-17."
)
BICARBONATE = (
    "Sodium bicarbonate 650 mg tablet (Take 1 tablet by mouth twice daily) is active since 2026-08-11, for Metabolic "
    "acidosis of CKD."
)
METFORMIN = (
    "Metformin 500 mg tablet (Take 1 tablet (500 mg) by mouth twice daily with meals) was stopped on 2026-02-17 "
    "(started 2024-06-11), for Type 2 diabetes; reason: eGFR below 30."
)


def changed(chart: AskedChart, since: str, *, patient: PatientId = ROSA, as_of: date = TODAY) -> Changes:
    return changes(patient, since, records=chart.engine.records, lexicon=chart.engine.lexicon, as_of=as_of)


def briefed(chart: AskedChart, *, patient: PatientId = ROSA, as_of: date = TODAY) -> Brief:
    return brief(patient, records=chart.engine.records, lexicon=chart.engine.lexicon, as_of=as_of)


def said(found: Changes | Brief, section: str) -> list[tuple[str, str]]:
    [lines] = [part.lines for part in found.sections if part.name == section]
    return [(line.label, line.claim.text) for line in lines]


def every_line(found: Changes | Brief) -> Iterable[Line]:
    yield from (line for part in found.sections for line in part.lines)
    if isinstance(found, Changes) and found.since.line:
        yield found.since.line


def test_medicines_are_started_stopped_and_given_in_another_dose(bundled: AskedChart) -> None:
    assert said(changed(bundled, "2026-01-01"), "medications") == [
        ("dose changed", GLARGINE),
        ("started", ACETAMINOPHEN),
        ("started", BICARBONATE),
        ("stopped", METFORMIN),
    ]


def test_problems_come_and_go(bundled: AskedChart) -> None:
    assert said(changed(bundled, "2026-01-01"), "problems") == [
        ("new", "Chronic kidney disease stage 4: active, onset 2026-02-17."),
        ("resolved", "Chronic kidney disease stage 3b: inactive, onset 2024-06-11, ended 2026-02-17."),
    ]


def test_a_result_beyond_its_expected_variation_shows_its_arithmetic_and_the_published_figure(bundled: AskedChart) -> None:
    [results] = [part for part in changed(bundled, "2026-01-01").sections if part.name == "results"]
    line = results.lines[0]
    assert line.claim.text == (
        "Hemoglobin A1c fell by 20.2 % of its value: "
        "from 9.4 % on 2025-07-22 to 7.5 % on 2026-08-11 (reference range 4.0-5.6 %, flagged H)."
    )
    assert line.claim.computation is not None
    assert (line.claim.computation.inputs, line.claim.computation.result) == (("7.5", "9.4"), "-20.21")
    assert line.claim.verdict.checks.arithmetic
    assert line.why.startswith("more than 5.8 %")


def test_a_result_entered_in_error_is_no_change(bundled: AskedChart) -> None:
    told = [
        text for part in changed(bundled, "2026-05-01").sections for _, text in said(changed(bundled, "2026-05-01"), part.name)
    ]
    assert not [text for text in told if "11.8 %" in text]


def test_what_was_planned_and_not_done_is_told_with_what_was_searched(bundled: AskedChart) -> None:
    found = changed(bundled, "2026-01-01")
    told = said(found, "not_happened")
    assert (
        "open order",
        (
            "Upper extremity vein mapping was ordered on 2026-03-24 by Daniel Ortega, MD "
            "for Planning for dialysis access (order active): No result on file."
        ),
    ) in told
    assert ("follow-up date passed", "Progress note, 2026-08-11: “RTC 3 mo.”") in told
    assert (
        "a note says it is open",
        "Progress note, 2026-08-11: “5. Hep B dose 2 was due in April, missed; do at nephro.”",
    ) in told
    whys = {line.why for part in found.sections if part.name == "not_happened" for line in part.lines}
    assert "counted from the note's day this was 2026-11-11; no later visit in person among 23 visits" in whys


def test_a_procedure_that_was_missed_is_told(bundled: AskedChart) -> None:
    told = said(changed(bundled, "2024-01-01", patient=JAMES), "not_happened")
    assert (
        "not done",
        "Colonoscopy, screening is recorded as not-done on 2024-09-17 (Patient did not attend; not rescheduled).",
    ) in told


def test_sections_without_lines_say_what_was_searched(bundled: AskedChart) -> None:
    empty = {part.name: part.searched for part in changed(bundled, "2026-10-15").sections if not part.lines}
    assert empty["problems"] == "10 condition entries searched, newest 2026-02-17"
    assert empty["allergies"] == "2 allergy entries searched, newest 2018-02-12"
    assert all(empty.values())


def test_the_last_visit_is_the_one_before_the_newest(bundled: AskedChart) -> None:
    since = changed(bundled, "last-visit").since
    assert since.first == date(2026, 8, 12)
    assert since.words == "the last visit before the newest, 2026-08-11: from the day after"
    assert since.line is not None
    assert "Follow-up visit (ambulatory) on 2026-08-11" in since.line.claim.text


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("since 2026-03", date(2026, 3, 1)),
        ("March 2026", date(2026, 3, 1)),
        ("3 months ago", date(2026, 8, 21)),
        ("last 6 months", date(2026, 5, 21)),
        ("last visit", date(2026, 8, 12)),
        ("the last visit", date(2026, 8, 12)),
        ("admission", date(2023, 1, 18)),
        ("discharge", date(2023, 1, 21)),
        ("colonoscopy", date(2021, 2, 23)),
        ("the gastric emptying study", date(2023, 3, 7)),
    ],
)
def test_moments_are_read(bundled: AskedChart, words: str, first: date) -> None:
    assert changed(bundled, words).since.first == first


@pytest.mark.parametrize("words", ["2026-13-45", "when pigs fly", "?", "2031-01-01", "heart transplant", "99999999999999999999"])
def test_a_moment_that_cannot_be_read_is_refused_with_what_is_accepted(bundled: AskedChart, words: str) -> None:
    with pytest.raises(InvalidQuestionError) as refused:
        changed(bundled, words)
    assert ACCEPTED in str(refused.value)
    assert words == "?" or words not in str(refused.value)


def test_an_unknown_patient_is_refused(bundled: AskedChart) -> None:
    with pytest.raises(PatientNotFoundError):
        changed(bundled, "last-visit", patient=PatientId("nobody"))
    with pytest.raises(PatientNotFoundError):
        briefed(bundled, patient=PatientId("nobody"))


def test_nothing_after_the_day_asked_for_is_told(bundled: AskedChart) -> None:
    then = date(2024, 7, 1)
    for found in (changed(bundled, "2024-01-01", as_of=then), briefed(bundled, as_of=then)):
        days = [day for line in every_line(found) for day in _days(line)]
        assert days
        assert max(days) <= "2024-07-01"
    medicines = [text for _, text in said(briefed(bundled, as_of=then), "medicines")]
    assert any(text.startswith("Metformin 500 mg tablet") for text in medicines)
    assert not any("glargine" in text for text in medicines)


def _days(line: Line) -> list[str]:
    sources = [citation.source for citation in line.claim.citations]
    return [source.occurred_at[:10] for source in sources if source.occurred_at]


@pytest.mark.parametrize("patient", BUNDLED)
def test_every_quote_is_byte_equal_to_its_source(bundled: AskedChart, patient: str) -> None:
    whose = PatientId(patient)
    records = bundled.engine.records
    lines = [*every_line(changed(bundled, "2019-01-01", patient=whose)), *every_line(briefed(bundled, patient=whose))]
    assert len(lines) > 40
    for line in lines:
        assert line.claim.verdict.outcome is Outcome.SUPPORTED
        for citation in line.claim.citations:
            text = records.open_citation(citation.id, patient_id=whose).text
            assert text[citation.start : citation.end].encode() == citation.quote.encode()
            assert all(text[part.start : part.end].encode() == part.quote.encode() for part in citation.elements)


def test_a_brief_tells_who_what_and_what_is_open(bundled: AskedChart) -> None:
    found = briefed(bundled)
    assert [part.name for part in found.sections] == [
        "who", "problems", "medicines", "allergies", "results", "changed", "open", "next",
    ]  # fmt: skip
    assert said(found, "who") == [("who", "Rosa Elena Delgado, female, 65 years old (born 1961-05-08).")]
    assert said(found, "problems")[0] == ("active", "Chronic kidney disease stage 4, since 2026-02-17")
    results = [text for _, text in said(found, "results")]
    assert "Hemoglobin A1c 7.5 % H (4.0-5.6) on 2026-08-11; ↓ fell from 8.2 on 2026-02-17" in results
    doses = [text for _, text in said(found, "medicines")]
    assert "Insulin glargine 100 units/mL pen (Inject 18 units under the skin at bedtime), since 2026-02-17" in doses
    assert said(found, "open")[0][0] == "open order"


def test_a_penicillin_allergy_entered_in_error_is_not_in_the_brief(bundled: AskedChart) -> None:
    assert not any("enicillin" in text for _, text in said(briefed(bundled), "allergies"))


@pytest.mark.parametrize("patient", BUNDLED)
@pytest.mark.parametrize("as_of", [date(2010, 1, 1), date(2024, 1, 1), TODAY])
def test_a_brief_fits_one_screen(bundled: AskedChart, capsys: pytest.CaptureFixture[str], patient: str, as_of: date) -> None:
    print_brief(briefed(bundled, patient=PatientId(patient), as_of=as_of))
    rows = capsys.readouterr().out.splitlines()
    assert 8 <= len(rows) <= MOST_LINES
    assert max(map(len, rows)) <= COLUMNS


def test_the_same_question_gives_the_same_lines(bundled: AskedChart) -> None:
    one, two = (changed(bundled, "2025-01-01").sections for _ in range(2))
    assert one == two
