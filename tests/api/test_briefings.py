"""Changes and briefs through the command line and over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from chartcite.api.cli import app
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from tests.api.conftest import ROSA

pytestmark = pytest.mark.usefixtures("hashing")


def run(*arguments: str, store: Path) -> Result:
    return CliRunner().invoke(app, [*arguments, "--store", str(store)])


def test_changes_print_labels_reasons_and_what_was_searched(store: Path) -> None:
    result = run("changes", "--patient", ROSA, "--since", "2026-01-01", "--as-of", "2026-11-21", store=store)
    assert result.exit_code == 0, result.output
    assert "  stopped: Metformin 500 mg tablet" in result.stdout
    assert "      why: more than 5.8 %" in result.stdout
    assert "Nothing found\n  Allergies: 2 allergy entries searched" in result.stdout
    assert "chartcite show" not in result.stdout


def test_sources_are_printed_on_demand_and_open(store: Path) -> None:
    result = run("brief", "--patient", ROSA, "--sources", store=store)
    [command] = [line for line in result.stdout.splitlines() if line.startswith("[1] ")]
    citation = command.partition("chartcite show ")[2].split()[0]
    assert "Rosa" in run("show", citation, store=store).stdout


def test_json_holds_claims_with_citations(store: Path) -> None:
    result = run("brief", "--patient", ROSA, "--as-of", "2026-11-21", "--json", store=store)
    found = json.loads(result.stdout)
    assert (found["patient_id"], found["until"], found["dropped_claims"]) == (ROSA, "2026-11-21", 0)
    claims = [line["claim"] for section in found["sections"] for line in section["lines"]]
    assert len(claims) > 15
    assert all(claim["citations"][0]["quote"] and claim["verdict"]["outcome"] == "supported" for claim in claims)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("changes", "--patient", "nobody"), "no such patient"),
        (("brief", "--patient", "nobody"), "no such patient"),
        (("changes", "--patient", ROSA, "--since", "soonish"), "give a day (2026-03-01)"),
        (("changes", "--patient", ROSA, "--as-of", "2026-13-01"), "as_of: must be a day"),
        (("brief", "--patient", ROSA, "--as-of", "yesterday"), "as_of: must be a day"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(store: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments, store=store)
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_store_is_said(tmp_path: Path) -> None:
    assert run("brief", "--patient", ROSA, store=tmp_path / "none").exit_code == 3


def test_changes_over_http(client: TestClient) -> None:
    response = client.get(f"/v1/patients/{ROSA}/changes", params={"since": "2026-01-01", "as_of": "2026-11-21"})
    assert response.status_code == 200, response.text
    sections = {part["name"]: part for part in response.json()["sections"]}
    assert [line["label"] for line in sections["problems"]["lines"]] == ["new", "resolved"]
    citation = sections["problems"]["lines"][0]["claim"]["citations"][0]["id"]
    assert client.get(f"/v1/citations/{citation}", params={"patient_id": ROSA}).status_code == 200


def test_a_brief_over_http_is_of_the_day_asked_for(client: TestClient) -> None:
    found = client.get(f"/v1/patients/{ROSA}/brief", params={"as_of": "2024-07-01"}).json()
    assert found["until"] == "2024-07-01"
    assert "glargine" not in json.dumps(found)


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/v1/patients/nobody/changes", 404, "patient-not-found"),
        ("/v1/patients/nobody/brief", 404, "patient-not-found"),
        (f"/v1/patients/{ROSA}/changes?since=soonish", 422, "invalid-question"),
        (f"/v1/patients/{ROSA}/changes?since={'x' * 300}", 422, "invalid-question"),
        (f"/v1/patients/{ROSA}/brief?as_of=soonish", 422, "invalid-question"),
    ],
)
def test_problems_over_http(client: TestClient, path: str, status: int, code: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert "soonish" not in response.text
