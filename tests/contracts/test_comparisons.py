"""Questions that compare, and questions for reasons, over the bundled charts: both sides cited, the difference worked out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, note, visit

VALUES = [
    ("rosa-delgado", "A1c now vs just before glargine was begun", ("9.4", "7.5"), "-1.9"),
    ("rosa-delgado", "K in the ED in March 2025 vs one week later, and the difference", ("5.9", "4.9"), "-1"),
    ("rosa-delgado", "Is her creatinine higher than in September 2020?", ("0.92", "2.06"), "1.14"),
    ("rosa-delgado", "Compare her weight in April 2022 with the one of August 2026.", ("83.0", "80.7"), "-2.3"),
    ("james-carter", "PSA 2023 v 2025, any change?", ("0.9", "1.1"), "0.2"),
    ("james-carter", "LDL or HDL, which is higher on the latest lipids?", ("148", "45"), "103"),
]


@pytest.mark.parametrize(("patient", "question", "values", "difference"), VALUES)
def test_both_values_are_told_with_their_difference(
    patient: str, question: str, values: tuple[str, str], difference: str, bundled: AskedChart
) -> None:
    answer = bundled.ask(question, patient=patient)
    assert answer.kind == "supported"
    worked_out = [claim.computation for claim in answer.claims if claim.computation is not None]
    assert [computation.result for computation in worked_out] == [difference]
    assert set(worked_out[0].inputs) == set(values)
    assert all(value in answer.text for value in values)


def test_a_side_that_the_chart_lacks_is_named(bundled: AskedChart) -> None:
    answer = bundled.ask("Compare the bicarbonate of August 2026 with the one of 2021.", patient="rosa-delgado")
    assert answer.kind == "supported"
    assert [each.what for each in answer.missing] == ["“of 2021”"]


@pytest.mark.parametrize(
    ("patient", "question"),
    [
        ("rosa-delgado", "Compare her ejection fraction of 2020 with the present one."),
        ("rosa-delgado", "BNP before and after the pyelonephritis admission"),
        ("james-carter", "total IgE 2019 vs 2024?"),
    ],
)
def test_without_any_side_nothing_is_compared(patient: str, question: str, bundled: AskedChart) -> None:
    assert bundled.ask(question, patient=patient).kind == "abstained"


def test_two_sources_are_quoted_each_in_its_own_words(bundled: AskedChart) -> None:
    question = "What did the PA's 2025 wellness note say about the colonoscopy and what did Dr Ellery correct it to?"
    answer = bundled.ask(question, patient="james-carter")
    assert answer.kind == "supported"
    told = [claim.citations[0].quote for claim in answer.claims]
    assert any("PSHx" in quote and "colonoscopy (2024)" in quote for quote in told)
    assert any("did not attend" in quote for quote in told)


@pytest.mark.parametrize(
    ("patient", "question", "told"),
    [
        ("rosa-delgado", "What prompted the referral to nephrology?", "CKD 3b"),
        ("rosa-delgado", "What made them take her off the Jardiance?", "mycotic"),
        ("james-carter", "Why did the PA avoid NSAID tablets for his shoulder?", "No oral NSAIDs w/ BP"),
    ],
)
def test_a_reason_is_quoted_from_where_it_is_told(patient: str, question: str, told: str, bundled: AskedChart) -> None:
    answer = bundled.ask(question, patient=patient)
    assert answer.kind == "supported"
    assert any(told in citation.quote for claim in answer.claims for citation in claim.citations)


def test_no_reason_is_made_up_for_what_never_was(bundled: AskedChart) -> None:
    assert bundled.ask("Why was she not given adalimumab?", patient="rosa-delgado").kind == "abstained"


@pytest.mark.parametrize(
    "question", ["compare the two admissions", "how did the two admissions differ", "compare her last two admissions"]
)
def test_two_stays_are_told_side_by_side(question: str, chart_of: Callable[..., AskedChart]) -> None:
    stays = (
        visit("one", "IMP", "Inpatient stay for pneumonia", "2024-04-02", "2024-04-09"),
        visit("two", "IMP", "Inpatient stay for a hip fracture", "2025-06-02", "2025-06-20"),
    )
    text = chart_of(*stays, note("n", "The breathing machine went back to the supply company.\n")).ask(question).text
    assert "pneumonia" in text
    assert "hip fracture" in text
    assert "breathing machine" not in text
