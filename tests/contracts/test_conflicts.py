"""Where the tables and the notes disagree, an answer shows both sides, cited; what is not sure is no conflict."""

# ruff: noqa: E501 -- one case a line
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import (
    AskedChart,
    Resource,
    allergy,
    bundled_lexicon,
    condition,
    lab,
    medication,
    note,
    open_store,
    person,
    procedure,
    write_bundle,
)

METFORMIN = medication("m", "Metformin 500 MG Oral Tablet", "2023-01-01")
HYPERTENSION = condition("c", "Hypertension", "2015-01-01")
PENICILLIN = allergy("a", "Penicillin G", "Hives")
NO_ALLERGY = allergy("a", "No known drug allergy")
A1C = lab("l", 7.5, "2024-03-01T08:00:00-05:00")
HIP = procedure("p", "Left hip replacement", "2024-03-01")


def chart_of(folder: Path, *resources: Resource) -> AskedChart:
    """Store a chart with the facts that its notes tell."""
    store = folder / "store"
    store.mkdir()
    with SqliteWriter(store) as writer:
        ingest([write_bundle(store, "chart", person(), *resources)], writer, HashingEmbedder(), lexicon=bundled_lexicon())
    return AskedChart(open_store(store))


SURE = [
    (METFORMIN, "Metformin was stopped because of diarrhea.", "Is she on metformin?", "active in the list, a note of 2024-03-01 says otherwise"),
    (METFORMIN, "She is no longer taking metformin.", "What medications is she on?", "a note of 2024-03-01 says otherwise"),
    (HYPERTENSION, "PMH: no hypertension.", "Does she have hypertension?", "a note of 2024-03-01 denies it"),
    (PENICILLIN, "Patient denies any allergy to penicillin.", "Is she allergic to penicillin?", "listed, a note of 2024-03-01 denies it"),
    (PENICILLIN, "Allergies: NKDA.", "Any allergies?", "listed, a note of 2024-03-01 denies it"),
    (A1C, "Labs: Hemoglobin A1c 9.9 %.", "What was the last A1c?", "the table and a note of that day give different values"),
    (HIP, "Procedure: Right hip replacement today.", "Which hip was replaced?", "a note of that day names the right side"),
]  # fmt: skip
UNSURE = [
    (METFORMIN, "Metformin might be stopped next month.", "Is she on metformin?"),
    (METFORMIN, "Continue metformin.", "Is she on metformin?"),
    (METFORMIN, "Mother: metformin was stopped.", "Is she on metformin?"),
    (medication("m", "Metformin 500 MG Oral Tablet", "2024-03-01"), "Metformin 1000 mg was stopped.", "Is she on metformin?"),
    (HYPERTENSION, "No new hypertension today.", "Does she have hypertension?"),
    (HYPERTENSION, "Her brother has no hypertension.", "Does she have hypertension?"),
    (PENICILLIN, "Allergies: penicillin (hives).", "Is she allergic to penicillin?"),
    (allergy("a", "Peanut", "Hives"), "Allergies: NKDA.", "Any allergies?"),
    (A1C, "Labs: Hemoglobin A1c 7.5 %.", "What was the last A1c?"),
    (A1C, "Labs: Hemoglobin A1c 8 %.", "What was the last A1c?"),
    (HIP, "Procedure: Left hip replacement today.", "Which hip was replaced?"),
    (HIP, "Right knee: no pain.", "Which hip was replaced?"),
]


@pytest.mark.parametrize(("entry", "said", "question", "about"), SURE)
def test_both_sides_are_shown_and_cited(tmp_path: Path, entry: Resource, said: str, question: str, about: str) -> None:
    answer = chart_of(tmp_path, entry, note("n", f"Progress note\n\n{said}\n")).ask(question)
    [conflict] = answer.conflicts
    assert about in conflict.about
    listed, told = conflict.citations
    assert listed.source.resource == f"{entry['resourceType']}/{entry['id']}"
    assert told.source.resource == "DocumentReference/n"
    assert said.rpartition(": ")[2].rstrip(".") in told.quote


@pytest.mark.parametrize(("entry", "said", "question"), UNSURE)
def test_what_is_not_sure_is_no_conflict(tmp_path: Path, entry: Resource, said: str, question: str) -> None:
    assert chart_of(tmp_path, entry, note("n", f"Progress note\n\n{said}\n")).ask(question).conflicts == ()


def test_an_earlier_note_is_no_conflict(tmp_path: Path) -> None:
    earlier = note("n", "Metformin was stopped.", "2022-05-01T10:00:00-05:00")
    assert chart_of(tmp_path, METFORMIN, earlier).ask("Is she on metformin?").conflicts == ()


def test_a_later_note_that_says_it_is_taken_again_ends_the_conflict(tmp_path: Path) -> None:
    notes = (note("n", "Metformin was stopped."), note("o", "She is taking metformin 500 mg daily.", "2024-06-01T10:00:00-05:00"))
    assert chart_of(tmp_path, METFORMIN, *notes).ask("Is she on metformin?").conflicts == ()


def test_a_conflict_that_was_not_yet_written_is_not_shown(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, METFORMIN, note("n", "Metformin was stopped because of diarrhea."))
    assert chart.ask("Is she on metformin?", as_of=date(2024, 2, 1)).conflicts == ()


def test_a_list_that_denies_what_a_note_names_is_a_conflict(tmp_path: Path) -> None:
    answer = chart_of(tmp_path, NO_ALLERGY, note("n", "Allergies: penicillin (hives).\n")).ask("Any allergies?")
    assert [conflict.about for conflict in answer.conflicts] == [
        "allergies: the list says that none is known, a note of 2024-03-01 names one"
    ]
