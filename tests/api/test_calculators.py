"""Calculators through the command line and over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from chartcite.api.cli import app
from chartcite.engine.calculators.registry import CALCULATORS
from fastapi.testclient import TestClient
from typer.testing import CliRunner, Result

from tests.api.conftest import ROSA

pytestmark = pytest.mark.usefixtures("hashing")
AS_OF = "2026-11-21"


def run(*arguments: str, store: Path) -> Result:
    return CliRunner().invoke(app, ["calculate", *arguments, "--store", str(store)])


def test_a_result_shows_each_input_with_its_age_and_a_source_that_opens(store: Path) -> None:
    result = run("cockcroft", "--patient", ROSA, "--as-of", AS_OF, store=store)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Creatinine clearance by Cockcroft-Gault: 34.7 mL/min\n")
    assert "  serum creatinine: 2.06 mg/dL (2026-08-11, 102 days old) [4]" in result.stdout
    assert "not yet reviewed by a clinician" in " ".join(result.stdout.split())
    citation = result.stdout.split("[4] chartcite show ")[1].split()[0]
    assert "2.06" in CliRunner().invoke(app, ["show", citation, "--store", str(store)]).stdout


def test_a_refusal_names_what_is_missing_and_how_to_give_it(store: Path) -> None:
    result = run("corrected calcium", "--patient", ROSA, "--as-of", AS_OF, store=store)
    assert result.exit_code == 0, result.output
    told = " ".join(result.stdout.split())
    assert "cannot be calculated. Missing: total serum calcium (0 values searched); serum albumin" in told
    assert "serum albumin: MISSING; 0 values searched; give --input 'albumin=...' (0.5 to 7 g/dL)" in told


def test_without_a_patient_given_inputs_are_enough(store: Path) -> None:
    inputs = [part for one in ("age=60", "ast=80 U/L", "alt=64", "platelets=150 10*9/L") for part in ("--input", one)]
    result = run("fib4", *inputs, store=store)
    assert result.stdout.startswith("FIB-4: 4.00\n")
    assert "platelet count: 150 10*9/L (given)" in result.stdout


def test_json_holds_the_inputs_with_citations(store: Path) -> None:
    result = run("cha2ds2-vasc", "--patient", ROSA, "--as-of", AS_OF, "--json", store=store)
    found = json.loads(result.stdout)
    assert (found["kind"], found["result"], found["patient_id"]) == ("calculated", "at least 4", ROSA)
    chart = [one for one in found["inputs"] if one["origin"] == "chart"]
    assert chart
    assert all(one["citations"][0]["quote"] for one in chart)


def test_the_list_names_every_calculator(store: Path) -> None:
    printed = run("--list", store=store).stdout
    listed = json.loads(run("--list", "--json", store=store).stdout)["calculators"]
    assert [one["name"] for one in listed] == [one.name for one in CALCULATORS]
    assert all(f"  {one.name}: " in printed for one in CALCULATORS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bmi", "--patient", "nobody"), "no such patient"),
        (("nothing",), "calculator: there is none of that name"),
        (("bmi", "--input", "weight"), "give KEY=VALUE"),
        (("bmi", "--input", "weight=70", "--input", "weight=71"), "weight is given twice"),
        (("bmi", "--input", "weight=7000 kg"), "weight: outside 0.3 to 650 kg"),
        (("bmi", "--input", "shoe_size=44"), "it takes weight, height"),
        (("bmi", "--as-of", "soon"), "as_of: must be a day"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(store: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run(*arguments, store=store)
    assert result.exit_code == 2
    assert words in result.stderr


def test_over_http_likewise(client: TestClient) -> None:
    assert len(client.get("/v1/calculators").json()["calculators"]) == len(CALCULATORS)
    body = {"calculator": "CHADS-VASc", "inputs": {"stroke": "no"}, "as_of": AS_OF}
    found = client.post(f"/v1/patients/{ROSA}/calculate", json=body).json()
    assert found["result"] == "at least 4"
    assert next(one for one in found["inputs"] if one["name"] == "stroke")["origin"] == "given"


@pytest.mark.parametrize(
    ("patient", "body", "status", "words"),
    [
        ("nobody", {"calculator": "bmi"}, 404, "no such patient"),
        (ROSA, {"calculator": "nothing"}, 422, "none of that name"),
        (ROSA, {"calculator": "bmi", "inputs": {"weight": "seventy"}}, 422, "weight: give a number"),
        (ROSA, {}, 422, "calculator: is missing"),
    ],
)
def test_problems_name_the_field_and_not_its_content(
    client: TestClient, patient: str, body: dict[str, object], status: int, words: str
) -> None:
    answer = client.post(f"/v1/patients/{patient}/calculate", json=body)
    assert answer.status_code == status
    assert words in answer.json()["detail"]
    assert "seventy" not in answer.text
