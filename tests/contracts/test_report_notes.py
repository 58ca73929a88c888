"""Reports that stand in a chart as notes are told by their conclusion, where their result is asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, note

ChartOf = Callable[..., AskedChart]


def titled(identity: str, title: str, day: str, text: str) -> dict[str, object]:
    return note(identity, text, f"{day}T10:00:00Z") | {"type": {"text": title}}


SKIN = titled(
    "h",
    "Histopathology report",
    "2023-03-01",
    "Specimen: ellipse of skin, left calf. Margins are clear by 3 mm. No residual melanoma.",
)
WARD = titled("d", "Discharge summary", "2023-02-07", "Home day 1. Histology to follow. No heavy lifting for two weeks.")
HEAD = titled(
    "m",
    "MRI brain report",
    "2022-05-04",
    "TECHNIQUE: T1 and T2.\n\nFINDINGS: Small vessel change.\n\nIMPRESSION: No mass and no bleed. Mild atrophy.",
)


@pytest.mark.parametrize(
    "question",
    [
        "what did the pathology show",
        "path result",
        "biopsy result?",
        "was anything found on the histology",
        "what did the pathologist find",
    ],
)
def test_pathology_is_told_by_its_report(question: str, chart_of: ChartOf) -> None:
    text = chart_of(SKIN, WARD, HEAD).ask(question).text
    assert "Margins are clear" in text
    assert "to follow" not in text


@pytest.mark.parametrize("question", ["what did the brain MRI show?", "MRI brain result", "mri head findings"])
def test_a_study_is_told_by_its_impression(question: str, chart_of: ChartOf) -> None:
    text = chart_of(SKIN, WARD, HEAD).ask(question).text
    assert "No mass and no bleed" in text
    assert "T1 and T2" not in text


def test_a_study_without_a_report_is_not_told_by_another(chart_of: ChartOf) -> None:
    assert chart_of(SKIN, WARD, HEAD).ask("what did the echo show?").kind == "abstained"


def test_when_a_study_was_done_is_not_its_result(chart_of: ChartOf) -> None:
    assert "atrophy" not in chart_of(SKIN, WARD, HEAD).ask("when is the next MRI brain due?").text


@pytest.mark.parametrize(
    "question", ["what did the colon biopsy show?", "prostate histology result", "what did the knee MRI show", "MRI spine result"]
)
def test_the_report_of_another_organ_is_not_told(question: str, chart_of: ChartOf) -> None:
    text = chart_of(SKIN, WARD, HEAD).ask(question).text
    assert "Margins are clear" not in text
    assert "No mass and no bleed" not in text


def test_the_report_of_the_organ_that_is_named_is_told(chart_of: ChartOf) -> None:
    colon = titled("c", "Histopathology report", "2024-01-01", "Colon, sigmoid: tubular adenoma.")
    assert "Margins are clear" in chart_of(SKIN, colon).ask("what did the skin biopsy show?").text
    assert "tubular adenoma" in chart_of(SKIN, colon).ask("colon histology result?").text
