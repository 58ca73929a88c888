"""The confidence of answers at the doors: an operator's limit, and the calibration that is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chartcite.api import wiring
from chartcite.api.app import create_app
from chartcite.api.cli import app
from chartcite.api.settings import Settings
from chartcite.engine.confidence import calibration
from chartcite.engine.confidence.confidence import Policy, policy_for
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from tests.api.conftest import ROSA

pytestmark = pytest.mark.usefixtures("hashing")
QUESTION = "What was the latest hemoglobin A1c?"
WIDE = 0.9
"""A limit under which nothing is held back."""


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any limit ask for more than any answer has."""
    monkeypatch.setattr(wiring, "policy_for", lambda max_wrong: Policy(max_wrong, 1.0 if max_wrong else 0.0))


def run(*arguments: str, store: Path, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, [*arguments, "--store", str(store)], env=env)


def asked(*arguments: str, store: Path, env: dict[str, str] | None = None) -> Any:
    result = run("ask", "--patient", ROSA, QUESTION, "--json", *arguments, store=store, env=env)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def limited(store: Path, strict: None) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=store, max_wrong=0.02)), base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.mark.usefixtures("strict")
@pytest.mark.parametrize(
    ("option", "env"),
    [
        pytest.param(("--max-wrong", "0.02"), None, id="option"),
        pytest.param((), {"CHARTCITE_MAX_WRONG": "0.02"}, id="environment"),
    ],
)
def test_an_answer_below_the_limit_is_held_back(store: Path, option: tuple[str, ...], env: dict[str, str] | None) -> None:
    answer = asked(*option, store=store, env=env)
    assert answer["kind"] == "abstained"
    assert answer["abstention"] == {"reason": "low_confidence", "certificate": None}
    assert answer["claims"] == []
    assert answer["absence"] is None


@pytest.mark.usefixtures("strict")
def test_what_is_held_back_says_where_to_look_and_not_what_it_says(store: Path) -> None:
    text = asked("--max-wrong", "0.02", store=store)["text"]
    assert "held back" in text
    assert "2026-08-11" in text
    assert "7.5 %" not in text


def test_without_a_limit_the_answer_is_shown(store: Path) -> None:
    assert asked(store=store)["kind"] == "supported"


def test_a_wide_limit_holds_nothing_back(store: Path) -> None:
    assert asked("--max-wrong", str(WIDE), store=store)["kind"] == "supported"


@pytest.mark.parametrize("given", ["0", "1", "-0.5", "1.5"])
def test_a_limit_out_of_its_bounds_is_named(store: Path, given: str) -> None:
    result = run("ask", "--patient", ROSA, QUESTION, "--max-wrong", given, store=store)
    assert result.exit_code == 2
    assert "CHARTCITE_MAX_WRONG" in result.output


def test_a_limit_that_cannot_be_kept_says_the_least_that_can(store: Path) -> None:
    result = run("ask", "--patient", ROSA, QUESTION, "--max-wrong", "0.0000001", store=store)
    assert result.exit_code == 2
    assert "max_wrong 1e-07" in result.output
    assert "the least share" in result.output


def test_over_http_no_claim_of_what_is_held_back_is_sent(limited: TestClient) -> None:
    response = limited.post(f"/v1/patients/{ROSA}/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    assert "event: claim" not in response.text
    assert "7.5 %" not in response.text
    assert '"7.5"' not in response.text
    assert "low_confidence" in response.text


def test_over_http_an_emergency_is_told_though_the_answer_is_held_back(limited: TestClient) -> None:
    body = {"question": "I have crushing chest pain. What was my latest hemoglobin A1c?", "audience": "patient"}
    answer = limited.post(f"/v1/patients/{ROSA}/ask", json=body).json()
    assert answer["abstention"]["reason"] == "low_confidence"
    assert answer["red_flags"]
    assert answer["text"].startswith(answer["red_flags"][0]["text"])


def test_the_calibration_is_told_with_its_figures(client: TestClient) -> None:
    told = client.get("/v1/calibration").json()
    assert (told["name"], told["questions"]) == (calibration.CALIBRATION, calibration.QUESTIONS)
    assert (told["max_wrong"], told["threshold"]) == (None, 0.0)
    for figures, shipped in ((told["held_out"], calibration.HELD_OUT), (told["cross_validated"], calibration.CROSS_VALIDATED)):
        assert figures["ece"] == shipped.ece._asdict()
        assert figures["auroc"] == shipped.auroc._asdict()
        assert sum(one["questions"] for one in figures["reliability"]) == figures["questions"]
        assert figures["risk_coverage"][-1]["coverage"] == 1.0


def test_every_answer_names_the_calibration_that_is_told(client: TestClient) -> None:
    answer = client.post(f"/v1/patients/{ROSA}/ask", json={"question": QUESTION}).json()
    assert answer["confidence"]["calibration"] == client.get("/v1/calibration").json()["name"]


def test_the_calibration_tells_the_limit_in_force(store: Path) -> None:
    with TestClient(create_app(Settings(store=store, max_wrong=WIDE)), base_url="http://127.0.0.1") as opened:
        told = opened.get("/v1/calibration").json()
    assert (told["max_wrong"], told["threshold"]) == (WIDE, policy_for(WIDE).threshold)


def test_the_calibration_needs_no_store(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(store=tmp_path / "none")), base_url="http://127.0.0.1") as opened:
        assert opened.get("/v1/calibration").status_code == 200
