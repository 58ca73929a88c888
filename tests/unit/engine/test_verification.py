"""Each check fails when it should: sound drafts of a real chart, altered in one place."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from chartcite.engine.claim_checks.lexical import entailment
from chartcite.engine.domain.answers import Checks, ClaimKind, Computation, DraftClaim, Outcome, Verdict
from chartcite.engine.domain.evidence import Citation, Excerpt, Scope, Source
from chartcite.engine.domain.records import Category, CodedConcept, Fact, PatientId, Value
from chartcite.engine.facts.elements import range_path
from chartcite.engine.ports import RecordStore
from chartcite.engine.verification import recompute, verify, written_day
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import AskedChart, condition, lab, note, open_store, person, store_chart


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    store = tmp_path_factory.mktemp("verification") / "store"
    store_chart(
        store,
        person(),
        lab("a1", 7.1, "2023-01-05"),
        lab("a2", 8.4, "2024-01-05"),
        lab("a3", 71.304216, "2025-01-05", unit="kg", name="Body weight"),
        condition("c1", "Hypertension", "2015-03-01"),
        condition("c2", "Diabetes mellitus", "2022-01-01", verified="refuted"),
        note("n", "ASSESSMENT:\nDenies chest pain today. Sleeps well."),
    )
    return AskedChart(open_store(store))


def sound(chart: AskedChart, question: str) -> DraftClaim:
    """Return the first claim of an answer as the draft that it was."""
    answer = chart.ask(question, as_of=date(2026, 1, 1))
    assert answer.kind == "supported", answer.text
    claim = answer.claims[0]
    return DraftClaim(
        text=claim.text, kind=claim.kind, citations=claim.citations, computation=claim.computation, route=answer.receipt.routes[0]
    )


def judged(chart: AskedChart, draft: DraftClaim, **changed: object) -> Verdict:
    return verify(draft.model_copy(update=changed), chart.engine.records)


def failed(checks: Checks) -> set[str]:
    shown = checks.model_dump()
    return {name for name, value in shown.items() if value is False} | ({"entailment"} if checks.entailment < 0.6 else set())


QUESTIONS = [
    "latest A1c",
    "highest A1c",
    "A1c trend",
    "average A1c",
    "Does she have hypertension?",
    "Does she have diabetes?",
    "How old is she?",
    "Does she have chest pain?",
    "How many times was the A1c measured?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_sound_draft_is_supported(chart: AskedChart, question: str) -> None:
    verdict = judged(chart, sound(chart, question))
    assert verdict.outcome is Outcome.SUPPORTED
    assert failed(verdict.checks) == set()


@pytest.mark.parametrize(
    ("question", "old", "new", "check"),
    [
        pytest.param("latest A1c", "8.4", "4.8", "numbers", id="digits swapped"),
        pytest.param("latest A1c", "8.4", "8.40", "numbers", id="more precise than the source"),
        pytest.param("latest A1c", "8.4", "84", "numbers", id="decimal point lost"),
        pytest.param("latest A1c", "2024-01-05", "2024-01-06", "dates", id="another day"),
        pytest.param("latest A1c", "2024-01-05", "2024-05-01", "dates", id="day and month swapped"),
        pytest.param("latest A1c", "Hemoglobin A1c", "Serum potassium", "entailment", id="another test"),
        pytest.param(
            "highest A1c",
            "2 values",
            "5 values",
            "numbers",
            id="another number of values",
        ),
        pytest.param("Does she have hypertension?", "Hypertension: active", "No hypertension", "negation", id="negation put in"),
        pytest.param(
            "Does she have diabetes?",
            "refuted: the chart says the patient does not have it",
            "diagnosed",
            "negation",
            id="negation taken out of an absence",
        ),
        pytest.param("Does she have hypertension?", "Hypertension", "Pulmonary embolism", "entailment", id="another problem"),
        pytest.param("Does she have chest pain?", "Denies chest", "Has chest", "negation", id="a word of a quote replaced"),
        pytest.param("Does she have chest pain?", "today", "today and yesterday", "negation", id="a quote made longer"),
    ],
)
def test_an_altered_sentence_falls(chart: AskedChart, question: str, old: str, new: str, check: str) -> None:
    draft = sound(chart, question)
    assert old in draft.text
    verdict = judged(chart, draft, text=draft.text.replace(old, new))
    assert verdict.outcome is not Outcome.SUPPORTED
    assert check in failed(verdict.checks)


def test_an_altered_quote_falls(chart: AskedChart) -> None:
    draft = sound(chart, "latest A1c")
    forged = draft.citations[0].model_copy(update={"quote": "6.4"})
    assert not judged(chart, draft, citations=(forged,), text=draft.text.replace("8.4", "6.4")).checks.quote


def test_an_altered_element_falls(chart: AskedChart) -> None:
    draft = sound(chart, "latest A1c")
    [citation] = draft.citations
    elements = (citation.elements[0].model_copy(update={"quote": "X" * len(citation.elements[0].quote)}), *citation.elements[1:])
    assert not judged(chart, draft, citations=(citation.model_copy(update={"elements": elements}),)).checks.quote


def test_a_span_moved_by_one_falls(chart: AskedChart) -> None:
    draft = sound(chart, "latest A1c")
    [citation] = draft.citations
    moved = citation.model_copy(update={"start": citation.start + 1, "end": citation.end + 1})
    assert judged(chart, draft, citations=(moved,)).outcome is Outcome.NOT_ENOUGH


def test_an_invented_citation_falls(chart: AskedChart) -> None:
    draft = sound(chart, "latest A1c")
    invented = draft.citations[0].model_copy(update={"id": "1-0-3-000000000000"})
    assert failed(judged(chart, draft, citations=(invented,)).checks) == {"quote"}


def test_the_citation_of_another_value_falls(chart: AskedChart) -> None:
    draft = sound(chart, "latest A1c")
    assert {"numbers", "dates"} <= failed(judged(chart, draft, citations=sound(chart, "first A1c").citations).checks)


def test_a_negation_flipped_is_contradicted(chart: AskedChart) -> None:
    draft = sound(chart, "Does she have hypertension?")
    assert judged(chart, draft, text="Hypertension: never active, onset 2015-03-01.").outcome is Outcome.CONTRADICTED


def test_an_absence_needs_a_denial_in_its_source(chart: AskedChart) -> None:
    draft = sound(chart, "Does she have hypertension?")
    assert not judged(chart, draft, kind=ClaimKind.ABSENCE, text="Hypertension was refuted.").checks.negation


def test_a_present_sentence_may_not_rest_on_a_refuted_source(chart: AskedChart) -> None:
    draft = sound(chart, "Does she have diabetes?")
    verdict = judged(chart, draft, kind=ClaimKind.RECORD_FACT, text="Diabetes mellitus: active, onset 2022-01-01.")
    assert not verdict.checks.negation


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"result": "1.4"}, id="wrong result"),
        pytest.param({"inputs": ("8.4", "7.2")}, id="wrong input"),
        pytest.param({"operation": "mean"}, id="another operation"),
        pytest.param({"inputs": ("8.4", "seven")}, id="no number"),
    ],
)
def test_wrong_arithmetic_falls(chart: AskedChart, changed: dict[str, object]) -> None:
    draft = sound(chart, "A1c trend")
    assert draft.computation is not None
    verdict = judged(chart, draft, computation=draft.computation.model_copy(update=changed))
    assert verdict.checks.arithmetic is False
    assert verdict.outcome is not Outcome.SUPPORTED


def test_inputs_must_stand_in_the_evidence(chart: AskedChart) -> None:
    draft = sound(chart, "A1c trend")
    invented = Computation(operation="difference", inputs=("9.4", "8.1"), result="1.3")
    assert judged(chart, draft, computation=invented).checks.arithmetic is False


@pytest.mark.parametrize(
    ("operation", "inputs", "result", "right"),
    [
        ("difference", ("8.4", "7.1"), "1.3", True),
        ("difference", ("7.1", "8.4"), "1.3", False),
        ("percent_change", ("110", "100"), "10", True),
        ("mean", ("7.1", "8.4", "6.9"), "7.47", True),
        ("mean", ("7.1", "8.4", "6.9"), "7.5", False),
        ("maximum", ("7.1", "8.4"), "8.4", True),
        ("maximum", ("7.1", "8.4"), "8.403", False),
        ("minimum", ("7.1", "8.4"), "8.4", False),
        ("count", ("a", "b"), "2", True),
        ("count", ("a", "b"), "3", False),
        ("years_between", ("2000-02-29", "2020-02-28"), "19", True),
        ("years_between", ("2000-02-29", "2020-02-28"), "20", False),
        ("days_between", ("2024-02-28", "2024-03-01"), "2", True),
    ],
)
def test_arithmetic_is_done_again(operation: str, inputs: tuple[str, ...], result: str, *, right: bool) -> None:
    computation = Computation.model_validate({"operation": operation, "inputs": inputs, "result": result})
    assert recompute(computation, " ".join(inputs), len(inputs)) is right


def test_a_percentage_of_zero_is_wrong_not_a_crash() -> None:
    assert not recompute(Computation(operation="percent_change", inputs=("5", "0"), result="5"), "5 0", 2)


@pytest.mark.parametrize(
    ("shown", "stands"),
    [
        pytest.param("71.30", True, id="rounded to two decimals"),
        pytest.param("71.3", True, id="rounded to one decimal"),
        pytest.param("71.31", False, id="rounded the wrong way"),
        pytest.param("71.4", False, id="another number"),
    ],
)
def test_a_long_number_may_be_rounded(chart: AskedChart, shown: str, *, stands: bool) -> None:
    draft = sound(chart, "latest body weight")
    assert "71.30" in draft.text
    assert judged(chart, draft, text=draft.text.replace("71.30", shown)).checks.numbers is stands


def test_entailment_is_the_share_of_content_words_in_the_evidence() -> None:
    assert entailment("Fever and cough were recorded", "cough") == 0.5
    assert entailment("It was done on 2024-01-05.", "") == 1.0


class Page:
    """A store of one text, whose facts are given: what a citation opens and how the chart read it."""

    def __init__(self, text: str, *facts: Fact) -> None:
        self.text, self.facts = text, facts

    def open_citation(self, identity: str) -> Excerpt:
        return Excerpt(citation=self.cite(0, len(self.text)), patient_id=PatientId("ann"), text=self.text)

    def facts_of(self, resource: str, *, scope: Scope) -> list[Fact]:
        return [fact for fact in self.facts if fact.resource == resource and fact.patient_id == scope.patient_id]

    def cite(self, start: int, end: int, *, title: str = "Date of birth") -> Citation:
        source = Source(resource="x", path=range_path(start, end), title=title)
        return Citation(id="x", source=source, quote=self.text[start:end], start=start, end=end)

    def judge(self, text: str, *citations: Citation, **given: object) -> Verdict:
        draft = DraftClaim.model_validate(
            {"text": text, "kind": ClaimKind.RECORD_FACT, "route": "x", "citations": citations, **given}
        )
        return verify(draft, cast("RecordStore", self))

    def says(self, text: str, **given: object) -> Verdict:
        return self.judge(text, self.cite(0, len(self.text)), **given)


WAYS = (
    "{0:%Y%m%d}", "{0:%Y%m%d}1510", "{0:%Y%m%d}151000.123-0500", "{0:%Y%m%d}15", "{0.year},{0.month},{0.day}",
    '{0.year}","{0:%m}","{0:%d}', "{0.year}\t{0.month}\t{0.day}", "{0:%Y-%m-%d} 07:30:00", "{0:%Y-%m-%d}T07:30:00Z",
)  # fmt: skip
DAYS = st.dates(min_value=date(1800, 1, 1), max_value=date(2199, 12, 31))


@given(DAYS, DAYS, st.sampled_from(WAYS))
def test_a_day_in_the_way_of_another_format_stands_for_itself_only(day: date, other: date, way: str) -> None:
    page = Page(way.format(day))
    assert page.says(f"Date of birth: {day}.").outcome is Outcome.SUPPORTED
    assert (page.says(f"Date of birth: {other}.").outcome is Outcome.SUPPORTED) is (other == day)


@given(DAYS, st.sampled_from(WAYS))
def test_the_digits_of_a_date_are_no_numbers(day: date, way: str) -> None:
    page = Page(way.format(day))
    for number in (day.year, day.day, day.month, 500, 1510, 30, 7, f"{day:%Y%m%d}"):
        assert not page.says(f"Date of birth: {number}.").checks.numbers


@pytest.mark.parametrize(
    ("quote", "day"),
    [
        ("19750501", "1975-05-01"),
        ("198001020930", "1980-01-02"),
        ("20230722151000-0500", "2023-07-22"),
        ("202307", "2023-07"),
        ("1963,12,31", "1963-12-31"),
        ("1963,5", "1963-05"),
        ("20230230", ""),
        ("20231301", ""),
        ("99990101", ""),
        ("1963", ""),
        ("on 20230722", ""),
        ("2023072", ""),
        ("12.0,15.5", ""),
        ("1963,13,1", ""),
    ],
)
def test_a_whole_quote_may_be_a_day(quote: str, day: str) -> None:
    assert written_day(quote) == day


def test_six_digits_are_a_month_or_a_number() -> None:
    page = Page("202307")
    assert page.says("Date of birth: 2023-07.").outcome is Outcome.SUPPORTED
    assert page.says("Date of birth: 202307.").outcome is Outcome.SUPPORTED


def test_a_date_of_digits_counts_only_outside_json(chart: AskedChart) -> None:
    page = Page("20230722")
    source = Source(resource="x", path="valueString", title="Date of birth")
    citation = page.cite(0, 8).model_copy(update={"source": source})
    assert not page.judge("Date of birth: 2023-07-22.", citation).checks.dates


def test_an_age_is_computed_from_a_birth_in_digits() -> None:
    computation = Computation(operation="years_between", inputs=("1980-01-02", "2026-01-01"), result="45")
    text = "The patient is 45 years old on 2026-01-01 (born 1980-01-02)."
    assert Page("19800102").says(text, kind=ClaimKind.COMPUTED, computation=computation).outcome is Outcome.SUPPORTED
    assert Page("19800103").says(text, kind=ClaimKind.COMPUTED, computation=computation).checks.arithmetic is False


@pytest.mark.parametrize(
    ("quote", "sentence", "stands"),
    [
        ('13.2" unit="g/dL', "Hemoglobin was 13.2 g/dL", True),
        ('13.2" unit="g/dL', "Hemoglobin was 13.3 g/dL", False),
        ("105|mg/dL", "Glucose was 105 mg/dL", True),
        ("105|mg/dL", "Glucose was 10.5 mg/dL", False),
        ("70,99", "reference range 70-99", True),
        ("70,99", "reference range 70-98", False),
        ("0.6,1.2", "reference range 0.6-1.2", True),
        ("1,200", "Platelets were 1,200", True),
    ],
)
def test_a_quote_may_run_from_number_to_unit_or_from_limit_to_limit(quote: str, sentence: str, *, stands: bool) -> None:
    assert Page(quote).says(sentence).checks.numbers is stands


def coded(code: str, words: str) -> Page:
    value = Value(text=words, path=range_path(0, len(code)))
    concept = CodedConcept(text="Gender")
    fact = Fact(
        id="x#1", patient_id=PatientId("ann"), resource="x", concept=concept, concept_path=value.path, value=value,
        category=Category.DEMOGRAPHIC,
    )  # fmt: skip
    return Page(code, fact)


@pytest.mark.parametrize(
    ("code", "words", "sentence", "outcome"),
    [
        ("F", "female", "Gender: female.", Outcome.SUPPORTED),
        ("8532", "female", "Gender: female.", Outcome.SUPPORTED),
        ("F", "female", "Gender: male.", Outcome.NOT_ENOUGH),
        ("F", "", "Gender: female.", Outcome.NOT_ENOUGH),
        ("two words", "female", "Gender: female.", Outcome.NOT_ENOUGH),
        ("F", "12 mg", "Gender: mg 12.", Outcome.NOT_ENOUGH),
        ("1", "Ruled out", "Gender was refuted: not female.", Outcome.NOT_ENOUGH),
    ],
)
def test_a_code_is_read_as_the_chart_reads_it_and_only_in_words(code: str, words: str, sentence: str, outcome: Outcome) -> None:
    page = coded(code, words)
    assert page.judge(sentence, page.cite(0, len(code), title="Gender")).outcome is outcome


def test_what_a_code_rules_out_is_a_documented_absence() -> None:
    page = coded("1", "Ruled out")
    verdict = page.judge("Gout was refuted.", page.cite(0, 1, title="Gout"), kind=ClaimKind.ABSENCE)
    assert verdict.outcome is Outcome.SUPPORTED
