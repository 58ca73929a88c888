"""The corpora that are bundled are right, and the linter sees what would be wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.evals.lint_corpora import (
    CORPORA,
    is_moment,
    lint,
    lint_guidelines,
    lint_patients,
    lint_terminology,
    luhn,
    verhoeff,
    write_manifest,
)
from tests.evals.lint_guideline_disagreements import lint_disagreements

PATIENT = {"resourceType": "Patient", "id": "p1", "birthDate": "1970-02-28"}
GUIDELINE = (CORPORA / "guidelines" / "uspstf-aaa-2019.md").read_text(encoding="utf-8")
HEADER = "id\tname\tcodes\tsynonyms\tlay\tbrands\tparents\tunits\n"


def bundle(folder: Path, *resources: dict[str, Any]) -> Path:
    entries = [{"fullUrl": f"urn:{each['resourceType']}:{each['id']}", "resource": each} for each in (PATIENT, *resources)]
    (folder / "p1.json").write_text(json.dumps({"resourceType": "Bundle", "entry": entries}), encoding="utf-8")
    return folder


def table(folder: Path, *rows: str) -> Path:
    (folder / "conditions.tsv").write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return folder


def test_the_bundled_corpora_have_no_findings() -> None:
    assert lint(CORPORA) == []


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        pytest.param({"subject": {"reference": "Patient/p2"}}, "refers to Patient/p2", id="reference out of the bundle"),
        pytest.param({"onsetDateTime": "2021-02-29"}, "'2021-02-29' is no date", id="day that no calendar has"),
        pytest.param({"content": [{"attachment": {"data": "%%%"}}]}, "does not decode", id="attachment that is not base64"),
        pytest.param({"content": [{"attachment": {"data": "/w=="}}]}, "does not decode", id="attachment that is not UTF-8"),
        pytest.param({"period": {"start": "2021-05", "end": "2021-04-30"}}, "before it starts", id="period that runs backwards"),
    ],
)
def test_a_wrong_resource_is_found(tmp_path: Path, changed: dict[str, Any], finding: str) -> None:
    (found,) = lint_patients(bundle(tmp_path, {"resourceType": "Condition", "id": "c1"} | changed))
    assert found.startswith("p1.json: Condition/c1: ")
    assert finding in found


def test_a_resource_that_stands_twice_is_found(tmp_path: Path) -> None:
    twice = {"resourceType": "Condition", "id": "c1"}
    assert "p1.json: Condition/c1 stands 2 times" in list(lint_patients(bundle(tmp_path, twice, twice)))


def test_a_patient_in_two_files_is_found(tmp_path: Path) -> None:
    shutil.copy(bundle(tmp_path) / "p1.json", tmp_path / "copy.json")
    assert list(lint_patients(tmp_path)) == ["p1: 2 files hold this patient"]


@pytest.mark.parametrize("text", ["2024", "2024-02-29", "2024-01-05T10:00:00Z"])
def test_a_date_of_the_calendar_is_one(text: str) -> None:
    assert is_moment(text)


@pytest.mark.parametrize("text", ["2023-02-29", "2024-13", "2024-01-05T10:00:00", "5 January"])
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert not is_moment(text)


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        pytest.param("a\tA\t\t\t\t\tb\t", "its parent b stands in no table", id="parent that is not there"),
        pytest.param("a\tA\t\t\t\t\ta\t", "is above itself", id="cycle"),
        pytest.param("a\tA\tloinc:4548-5\t\t\t\t\t", "loinc:4548-5: the check digit is wrong", id="LOINC check digit"),
        pytest.param("a\tA\tsnomed:44054007\t\t\t\t\t", "snomed:44054007: the check digit is wrong", id="SNOMED check digit"),
        pytest.param("a\tA\ticd9:250\t\t\t\t\t", "icd9:250: no such code system", id="unknown system"),
        pytest.param("a\tA\t\t\t", "does not have 8 columns", id="short row"),
        pytest.param("a\t\t\t\t\t\t\t", "has no name", id="no name"),
    ],
)
def test_a_wrong_concept_is_found(tmp_path: Path, row: str, finding: str) -> None:
    assert any(found.endswith(finding) for found in lint_terminology(table(tmp_path, row)))


def test_check_digits_of_published_codes_are_right() -> None:
    assert luhn("4548-4")
    assert luhn("2160-0")
    assert verhoeff("44054006")
    assert verhoeff("73211009")


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        pytest.param("- Certainty: ", "- Sureness: ", "its bullets are", id="bullet with another name"),
        pytest.param("- Strength: B", "- Strength: not recorded", "Strength is not confirmed", id="grade nobody confirmed"),
        pytest.param("- Strength: B", "- Strength:", "Strength is empty", id="empty grade"),
        pytest.param('status: "current"', 'status: "new"', "its status is new", id="status out of the list"),
        pytest.param("superseded_by: null", 'superseded_by: "x"', "superseded_by x, which is not here", id="link to nowhere"),
        pytest.param("jurisdiction:", "country:", "lacks jurisdiction", id="front matter incomplete"),
    ],
)
def test_a_wrong_guideline_is_found(tmp_path: Path, old: str, new: str, finding: str) -> None:
    assert old in GUIDELINE
    (tmp_path / "uspstf-aaa-2019.md").write_text(GUIDELINE.replace(old, new), encoding="utf-8")
    assert any(finding in found for found in lint_guidelines(tmp_path))


def test_a_link_must_go_both_ways(tmp_path: Path) -> None:
    (tmp_path / "uspstf-aaa-2019.md").write_text(GUIDELINE.replace("supersedes: null", 'supersedes: "old"'), encoding="utf-8")
    (tmp_path / "old.md").write_text(GUIDELINE.replace('"uspstf-aaa-2019"', '"old"'), encoding="utf-8")
    assert "uspstf-aaa-2019.md: supersedes old, which does not say so" in list(lint_guidelines(tmp_path))


def test_a_changed_file_is_named_until_the_manifest_is_renewed(tmp_path: Path) -> None:
    corpora = Path(shutil.copytree(CORPORA, tmp_path / "corpora"))
    (corpora / "guidelines" / "uspstf-aaa-2019.md").write_text(f"{GUIDELINE}\n", encoding="utf-8")
    (found,) = lint(corpora)
    assert found.startswith("guidelines/uspstf-aaa-2019.md: sha256 is ")
    write_manifest(corpora / "guidelines")
    assert lint(corpora) == []


def test_the_linter_holds_both_sides_of_a_disputed_matter(tmp_path: Path) -> None:
    disputed = GUIDELINE.replace("screen: once", "disputed: who is scanned = at 65 years\nscreen: once", 1)
    (tmp_path / "uspstf-aaa-2019.md").write_text(disputed, encoding="utf-8")
    [alone] = lint_disagreements(tmp_path)
    assert alone == "uspstf-aaa-2019#R1: no other organisation takes a position on who is scanned"
    other = disputed.replace("US Preventive Services Task Force", "Another Society").replace("at 65 years", "at 61 years")
    (tmp_path / "other.md").write_text(other, encoding="utf-8")
    assert list(lint_disagreements(tmp_path)) == ["other.md: R1: its position says 61, which its words do not"]
    (tmp_path / "other.md").write_text(other.replace("at 61 years", "at 65 years"), encoding="utf-8")
    assert "all positions on who is scanned are the same" in next(lint_disagreements(tmp_path))
    old = other.replace("at 61 years", "from 65 to 75 years").replace('status: "current"', 'status: "superseded"')
    (tmp_path / "other.md").write_text(old, encoding="utf-8")
    assert list(lint_disagreements(tmp_path)) == ["other.md: R1: superseded, and takes a position on who is scanned"]
