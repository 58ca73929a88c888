"""`chartcite annotate`: labels of mentions, line by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from chartcite.api.annotate import find_concept, label_lines
from chartcite.api.cli import app
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner


def label(sentence: str, concept: str) -> dict[str, Any]:
    return next(label_lines([json.dumps({"id": 1, "sentence": sentence, "concept": concept})]))


@pytest.mark.parametrize(
    ("sentence", "concept", "axis", "expected"),
    [
        ("She denies CHEST PAIN.", "chest pain", "negation", "Negated"),
        ("She has CHEST PAIN.", "chest pain", "negation", "Affirmed"),
        ("His vomiting has resolved.", "vomiting", "negation", "Negated"),
        ("Status post APPENDECTOMY.", "appendectomy", "temporality", "Historical"),
        ("No history of STROKE.", "stroke", "temporality", "Historical"),
        ("No history of STROKE.", "stroke", "negation", "Negated"),
        ("Return if FEVER develops.", "fever", "temporality", "Hypothetical"),
        ("FEVER since last night.", "fever", "temporality", "Recent"),
        ("Mother had BREAST CANCER.", "breast cancer", "experiencer", "Other"),
        ("She had BREAST CANCER.", "breast cancer", "experiencer", "Patient"),
        ("Possible PNEUMONIA.", "pneumonia", "certainty", "Possible"),
        ("PNEUMONIA is confirmed.", "pneumonia", "certainty", "Certain"),
    ],
)
def test_each_axis_has_its_own_label(sentence: str, concept: str, axis: str, expected: str) -> None:
    assert label(sentence, concept)[axis] == expected


@pytest.mark.parametrize(
    ("sentence", "concept", "found"),
    [
        pytest.param("No  Chest\n pain.", "chest pain", "Chest\n pain", id="white space and case"),
        pytest.param("Two ulcers were seen.", "ulcer", "ulcers", id="plural"),
        pytest.param("Rash: the RASH is gone.", "rash", "RASH", id="the one in capitals"),
        pytest.param("Allergies: no allergies.", "allergies", "allergies", id="not the heading"),
        pytest.param("Severe abdominl pain today.", "abdominal pain", "abdominl pain", id="a typing error"),
    ],
)
def test_a_concept_is_found_as_a_person_would(sentence: str, concept: str, found: str) -> None:
    place = find_concept(sentence, concept)
    assert place is not None
    assert sentence[slice(*place)] == found


def test_a_concept_that_the_sentence_does_not_name_is_an_error() -> None:
    assert find_concept("She has a cough.", "hypertension") is None
    assert "error" in label("She has a cough.", "hypertension")


def test_bad_lines_give_errors_and_the_rest_goes_on(tmp_path: Path) -> None:
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good = json.dumps({"id": "b", "sentence": "No fever.", "concept": "fever"})
    bad = ['{"id": "a"', "[1]", json.dumps({"id": "c", "sentence": 3, "concept": "x"})]
    batch.write_text("\n".join([bad[0], good, "", *bad[1:], good]), encoding="utf-8")
    result = CliRunner().invoke(app, ["annotate", "--batch", str(batch), "--out", str(out)])
    assert result.exit_code == 0, result.output
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == [None, "b", None, "c", "b"]
    assert ["error" in line for line in lines] == [True, False, True, True, False]
    assert lines[1]["negation"] == "Negated"


def test_without_out_the_labels_go_to_standard_output() -> None:
    line = json.dumps({"id": 7, "sentence": "No fever.", "concept": "fever"})
    result = CliRunner().invoke(app, ["annotate", "--batch", "-"], input=line + "\n")
    assert json.loads(result.stdout)["id"] == 7


@given(st.text(max_size=120), st.text(max_size=30))
def test_any_line_gives_labels_or_an_error(sentence: str, concept: str) -> None:
    content = label(sentence, concept)
    assert content["id"] == 1
    assert ("error" in content) != ("negation" in content)
