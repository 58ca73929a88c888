"""Both doors show guidelines that disagree: the command line and HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from chartcite.api.app import create_app
from chartcite.api.cli import app
from chartcite.api.settings import Settings
from fastapi.testclient import TestClient
from typer.testing import CliRunner

QUESTION = "What is the blood pressure target in hypertension?"


@pytest.mark.usefixtures("hashing")
def test_http_names_the_matter_and_cites_every_side(bundled_store: Path) -> None:
    with TestClient(create_app(Settings(store=bundled_store)), base_url="http://127.0.0.1") as client:
        response = client.post("/v1/ask", json={"question": QUESTION})
    assert response.status_code == 200, response.text
    conflict = next(one for one in response.json()["conflicts"] if one["about"].startswith("the blood pressure goal"))
    assert "below 140/90 mm Hg" in conflict["about"]
    assert len(conflict["citations"]) >= 3


@pytest.mark.usefixtures("hashing")
def test_the_command_line_shows_who_advises_what(bundled_store: Path) -> None:
    shown = CliRunner().invoke(app, ["ask", QUESTION, "--store", str(bundled_store)])
    assert shown.exit_code == 0, shown.output
    words = " ".join(shown.output.split())
    assert "Sources disagree about the blood pressure goal in hypertension: " in words
    assert "(National Institute for Health and Care Excellence, 2019)" in words


@pytest.mark.usefixtures("hashing")
def test_gaps_show_who_advises_otherwise(bundled_store: Path) -> None:
    shown = CliRunner().invoke(app, ["gaps", "--patient", "rosa-delgado", "--store", str(bundled_store)])
    assert shown.exit_code == 0, shown.output
    assert "otherwise, unknown by US Preventive Services Task Force, 2020" in " ".join(shown.output.split())
