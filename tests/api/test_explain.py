"""Explanations through the command line and over HTTP; how the doors tell three kinds of absence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from chartcite.api.cli import app
from chartcite.api.explain_printing import rows
from chartcite.api.explanation_wire import ExplanationBody
from chartcite.engine.brief import COLUMNS
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from tests.api.conftest import JAMES, ROSA

pytestmark = pytest.mark.usefixtures("hashing")
WHY = "HbA1c in 2024, and why was metfromin stopped?"


def run(*arguments: str, store: Path) -> Result:
    return CliRunner().invoke(app, [*arguments, "--store", str(store)])


def post(client: TestClient, **fields: Any) -> dict[str, Any]:
    response = client.post("/v1/explain", json={"question": WHY, "patient_id": ROSA, **fields})
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_the_stages_are_printed_in_order(store: Path) -> None:
    result = run("explain", "--patient", ROSA, WHY, store=store)
    assert result.exit_code == 0, result.output
    headings = [line for line in result.stdout.splitlines() if line[:3] in {"HOW", "WHA", "THE", "WHE"}]
    found = ["WHAT WAS FOUND", "WHAT BECAME OF IT"]
    first, second = "HOW IT IS READ (part 1 of 2)", "HOW IT IS READ (part 2 of 2)"
    assert headings == [first, *found, second, *found, "THE ANSWER", "WHERE THE TIME GOES"]
    for line in (
        "mended         metfromin read as metformin",
        "time           “2024”: 2024-01-01 to 2024-12-31",
        "verdict        supported",
        "               why: tells what is asked, and every check holds",
    ):
        assert line in result.stdout.splitlines()
    assert "route by route loading " in result.stdout


@pytest.mark.parametrize(
    ("patient", "question"),
    [
        (ROSA, WHY),
        (ROSA, "Is she taking warfarin?"),
        (JAMES, "What did his 2024 colonoscopy show?"),
        (JAMES, "Does Rosa Delgado smoke?"),
    ],
)
@pytest.mark.parametrize("everything", [False, True])
def test_nothing_is_wider_than_a_terminal(client: TestClient, patient: str, question: str, *, everything: bool) -> None:
    found = ExplanationBody.model_validate(post(client, question=question, patient_id=patient))
    printed = list(rows(found, everything=everything))
    assert len(printed) > 10
    assert max(map(len, printed)) <= COLUMNS


def test_all_shows_what_is_left_out_otherwise(client: TestClient) -> None:
    found = ExplanationBody.model_validate(post(client))
    short, long = "\n".join(rows(found)), "\n".join(rows(found, everything=True))
    assert "more: --all shows them" in short
    assert "--all" not in long
    assert len(long) > len(short)


def test_record_text_cannot_steer_the_terminal(client: TestClient) -> None:
    body = post(client)
    body["parts"][0]["considered"][0]["text"] = "\x1b[31mred\x1b[0m \u202ereversed"
    body["parts"][0]["searched"]["passages"][0]["title"] = "\x07bell\x1b]0;title\x07"
    printed = "\n".join(rows(ExplanationBody.model_validate(body)))
    assert "red" in printed
    assert not {"\x1b", "\x07", "\u202e"} & set(printed)


def test_json_and_http_tell_the_same(store: Path, client: TestClient) -> None:
    result = run("explain", "--patient", ROSA, WHY, "--as-of", "2026-03-01", "--json", store=store)
    assert result.exit_code == 0, result.output
    printed, sent = json.loads(result.stdout), post(client, as_of="2026-03-01")
    for body in (printed, sent):
        body.pop("timings")
        body["answer"]["receipt"].pop("timings")
    assert printed == sent


def test_the_answer_is_the_one_that_asking_gives(client: TestClient) -> None:
    explained = post(client, id="q7")["answer"]
    asked = client.post(f"/v1/patients/{ROSA}/ask", json={"question": WHY, "id": "q7"}).json()
    for body in (explained, asked):
        body["receipt"].pop("timings")
    assert explained == asked


def test_no_other_chart_is_told_of(client: TestClient) -> None:
    told = json.dumps(post(client, question="Who is his cardiologist, and what did the colonoscopy show?"))
    assert JAMES not in told
    assert "Carter" not in told


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--patient", "nobody", "Gout?"), 2, "no such patient"),
        (("--patient", ROSA, "???"), 2, "question: must have words"),
        (("--patient", ROSA, "Gout?", "--as-of", "2026-13-01"), 2, "as_of: must be a day"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(store: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    result = run("explain", *arguments, store=store)
    assert result.exit_code == code
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_missing_store_is_said(tmp_path: Path) -> None:
    result = run("explain", "--patient", ROSA, "Gout?", store=tmp_path / "none")
    assert result.exit_code == 3
    assert "there is no store" in result.stderr


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"patient_id": "nobody"}, 404, "patient-not-found"),
        ({"patient_id": None}, 422, "invalid-question"),
        ({"patient_id": ""}, 422, "invalid-question"),
        ({"question": "???"}, 422, "invalid-question"),
        ({"question": "x" * 3000}, 422, "invalid-question"),
        ({"as_of": "soonish"}, 422, "invalid-question"),
    ],
)
def test_problems_over_http(client: TestClient, fields: dict[str, Any], status: int, code: str) -> None:
    response = client.post("/v1/explain", json={"question": "Gout?", "patient_id": ROSA, **fields})
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert "soonish" not in response.text


@pytest.mark.parametrize(
    ("question", "kind", "absence", "footer"),
    [
        ("Does she have chest pain?", "supported", "documented_absent", "supported: documented as absent"),
        ("What is her HLA-B27 status?", "abstained", "not_documented", "abstained: not documented"),
        ("What was her HbA1c in 1999?", "abstained", "not_covered", "abstained: outside what this chart covers"),
        ("What was the latest HbA1c?", "supported", None, "supported · "),
    ],
)
def test_three_kinds_of_absence(
    client: TestClient, store: Path, question: str, kind: str, absence: str | None, footer: str
) -> None:
    answer = client.post(f"/v1/patients/{ROSA}/ask", json={"question": question}).json()
    assert (answer["kind"], answer["absence"]) == (kind, absence)
    if answer["abstention"]:
        assert answer["abstention"]["certificate"]["absence"] == absence
    printed = run("ask", "--patient", ROSA, question, store=store).stdout
    assert f"  {footer}" in printed
    assert ("outside what this chart covers: its first record" in printed) == (absence == "not_covered")
