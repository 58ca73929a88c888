"""Each check fails when it should: sound drafts of a real chart, altered in one place."""

from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.domain.answers import Checks, ClaimKind, Computation, DraftClaim, Outcome, Verdict
from chartcite.engine.verification import entailment, recompute, verify

from tests.charts import AskedChart, condition, lab, note, open_store, person, store_chart


def defect(reason: str) -> pytest.MarkDecorator:
    return pytest.mark.xfail(strict=True, reason=reason)


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
