"""What a procedure found, told with its day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.charts import AskedChart, Resource, note, of, procedure

ChartOf = Callable[..., AskedChart]


def report(identity: str, name: str, day: str, conclusion: str) -> Resource:
    return of(
        "ann", "DiagnosticReport", identity, status="final", code={"text": name}, effectiveDateTime=day, conclusion=conclusion
    )


def noted(text: str, **more: Any) -> Resource:
    return procedure("p", "Cystoscopy", "2022-04-05", note=[{"text": text}], **more)


PATHOLOGY = "No invasion. Chronic inflammation with squamous metaplasia."


@pytest.mark.parametrize("question", ["What did the cystoscopy show?", "date + findings of the last cystoscopy?"])
def test_the_note_on_a_procedure_tells_what_it_found(chart_of: ChartOf, question: str) -> None:
    told = chart_of(noted("Trabeculated bladder, no stone.")).say(question)
    assert any("2022-04-05" in sentence for sentence in told)
    assert any("Trabeculated bladder" in sentence for sentence in told)


def test_the_pathology_of_the_day_belongs_to_it(chart_of: ChartOf) -> None:
    told = chart_of(
        procedure("p", "Cystoscopy with biopsy", "2022-04-05"), report("r", "Surgical pathology", "2022-04-05", PATHOLOGY)
    )
    assert any(
        "No invasion. Chronic inflammation with squamous metaplasia." in each
        for each in told.say("What did the cystoscopy find?")
    )


@pytest.mark.parametrize(
    ("name", "day"), [("Surgical pathology, skin", "2022-04-12"), ("Ultrasound of the kidneys", "2022-04-05")]
)
def test_another_report_does_not_belong_to_it(chart_of: ChartOf, name: str, day: str) -> None:
    told = chart_of(procedure("p", "Cystoscopy", "2022-04-05"), report("r", name, day, "A benign naevus."))
    assert not any("naevus" in each for each in told.say("What did the cystoscopy find?"))


def test_what_was_not_done_found_nothing(chart_of: ChartOf) -> None:
    told = chart_of(noted("Trabeculated bladder.", status="not-done")).say("What did the cystoscopy show?")
    assert not any("was done on" in sentence for sentence in told)


def test_a_short_conclusion_is_quoted_whole(chart_of: ChartOf) -> None:
    chart = chart_of(report("r", "Surgical pathology, bladder", "2022-04-05", PATHOLOGY))
    told = " ".join(chart.say("Was there any invasion on the bladder pathology?"))
    assert not told or "squamous metaplasia" in told


@pytest.mark.parametrize(
    "asked", ["Did they get all of the skin cancer?", "did they cut all of the skin cancer out", "skin cancer: clear margins?"]
)
def test_whether_all_of_a_growth_is_out_is_told_by_its_pathology(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        note("a", "Punch biopsy of the skin: skin cancer, SCC.", "2024-01-05T10:00:00Z"),
        note("b", "Wide excision of the skin cancer. Completely excised, margins clear by 4 mm.", "2024-02-05T10:00:00Z"),
        note("c", "Colon: adenoma, margins not assessed.", "2024-03-05T10:00:00Z"),
    )
    said = " ".join(chart.say(asked))
    assert "Completely excised" in said
    assert "Colon" not in said
