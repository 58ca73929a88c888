"""The command line, through its commands."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from chartcite.api import lookup
from chartcite.api.cli import app
from chartcite.api.wire import answer_schema
from typer.testing import CliRunner, Result

from tests.api.conftest import JAMES, ROSA

pytestmark = pytest.mark.usefixtures("hashing")


def run(*arguments: str, store: Path | None = None, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, [*arguments, *(["--store", str(store)] if store else [])], input=stdin)


def run_json(*arguments: str, store: Path) -> Any:
    result = run(*arguments, "--json", store=store)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def fhir(name: str, patient: str = "p1") -> str:
    entries = [
        {"resourceType": "Patient", "id": patient, "name": [{"text": name}], "gender": "female", "birthDate": "1970-01-01"},
        {
            "resourceType": "Condition", "id": "c1", "subject": {"reference": f"Patient/{patient}"},
            "code": {"text": f"Gout {name}"}, "onsetDateTime": "2020-05-01",
            "clinicalStatus": {"coding": [{"code": "active"}]},
        },
    ]  # fmt: skip
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in entries]})


def test_ask_prints_the_sentence_its_source_and_how_to_open_it(store: Path) -> None:
    result = run("ask", "--patient", ROSA, "What was the latest hemoglobin A1c?", store=store)
    assert result.exit_code == 0
    assert "7.5 %" in result.stdout
    assert "Observation/obs-a1c-2026-08-11" in result.stdout
    assert "chartcite show " in result.stdout
    assert "\x1b" not in result.stdout


def test_ask_json_is_the_answer_of_the_contract(store: Path) -> None:
    answer = run_json("ask", "--patient", ROSA, "latest A1c?", "--as-of", "2026-04-30", "--audience", "patient", store=store)
    assert (answer["patient_id"], answer["as_of"], answer["audience"]) == (ROSA, "2026-04-30", "patient")


def test_a_follow_up_shows_how_it_was_read(store: Path) -> None:
    asked = ("ask", "--patient", ROSA, "--earlier", "What was the last HbA1c?", "and before that?")
    assert "Read as: What was the last HbA1c before 2026-08-11?" in run(*asked, store=store).stdout
    assert "8.2 %" in run_json(*asked, store=store)["text"]


def test_show_marks_the_quote(store: Path) -> None:
    answer = run_json("ask", "--patient", ROSA, "latest A1c?", store=store)
    citation = answer["claims"][0]["citations"][0]
    shown = run("show", citation["id"], store=store)
    assert '"value": >>>7.5<<<' in shown.stdout
    excerpt = run_json("show", citation["id"], "--patient", ROSA, store=store)
    assert excerpt["text"][citation["start"] : citation["end"]] == "7.5"
    assert run("show", citation["id"], "--patient", JAMES, store=store).exit_code == 2


def test_patients_and_search(store: Path) -> None:
    assert [each["id"] for each in run_json("patients", store=store)["patients"]] == [JAMES, ROSA]
    found = run_json("search", "colorectal screening", "--corpus", "guidelines", "--limit", "2", store=store)
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    assert run_json("search", "metformin", "--corpus", "patients", "--patient", ROSA, store=store)["hits"]
    everybody = run_json("search", "blood pressure", "--corpus", "patients", "--limit", "40", store=store)["hits"]
    assert {hit["patient_id"] for hit in everybody} == {ROSA, JAMES}


def test_a_batch_keeps_ids_and_order_and_goes_on_after_bad_lines(store: Path, tmp_path: Path) -> None:
    questions = [
        {"id": "a", "patient_id": ROSA, "question": "latest A1c?", "colour": "ignored"},
        "{not json",
        {"id": 2, "patient_id": "nobody", "question": "latest A1c?"},
        {"id": "c", "patient_id": ROSA},
        {"id": "d", "patient_id": ROSA, "question": "latest A1c?", "as_of": "soon"},
        {"id": "e", "patient_id": None, "question": "When does colorectal cancer screening start?", "audience": None},
        {"id": "f", "patient_id": ROSA, "question": "What is her HLA-B27 status?"},
        ["no object"],
    ]
    source, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    source.write_text("\n".join(each if isinstance(each, str) else json.dumps(each) for each in questions) + "\n")
    result = run("ask", "--batch", str(source), "--out", str(out), store=store)
    assert result.exit_code == 0
    assert "8 questions, 5 lines refused, 0 failed" in result.stderr
    answers = [json.loads(line) for line in out.read_text().splitlines()]
    assert [each["id"] for each in answers] == ["a", None, 2, "c", "d", "e", "f", None]
    kinds = [each["kind"] for each in answers]
    assert kinds[:5] == ["supported", "error", "error", "error", "error"]
    assert kinds[6:] == ["abstained", "error"]
    codes = [each["error"]["code"] for each in answers if each["kind"] == "error"]
    expected = ["invalid-question", "patient-not-found", "invalid-question", "invalid-question", "invalid-question"]
    assert codes == expected
    assert answers[1]["error"]["line"] == 2


def test_a_batch_reads_and_writes_pipes(store: Path) -> None:
    line = json.dumps({"id": "x", "patient_id": ROSA, "question": "latest A1c?"})
    result = run("ask", "--batch", "-", store=store, stdin=line + "\n\n")
    assert [json.loads(each)["id"] for each in result.stdout.splitlines()] == ["x"]


def test_ingest_reports_and_repeats_without_change(tmp_path: Path) -> None:
    source, store = tmp_path / "ann.json", tmp_path / "store"
    source.write_text(fhir("Ann"))
    (tmp_path / "broken.json").write_text("{")
    first = run_json("ingest", str(source), str(tmp_path / "broken.json"), store=store)
    assert (first["read"], first["stored"], first["quarantined"]) == (3, 2, 1)
    again = run_json("ingest", str(source), store=store)
    assert (again["read"], again["embedded"], again["files"][0]["seen"]) == (0, 0, True)
    refused = run_json("quarantine", store=store)["quarantine"]
    assert [Path(each["file"]).name for each in refused] == ["broken.json"]
    table = run("ingest", str(source), store=store)
    assert "1 files (1 of them were stored before, and skipped)" in table.stdout


def test_terminal_escapes_of_a_record_are_not_printed(tmp_path: Path) -> None:
    source, store = tmp_path / "ann.json", tmp_path / "store"
    name = "Ann\x1b[31mRED\x1b]0;owned\x07\x9b2J\u202e\u200b"
    source.write_text(fhir(name))
    assert run("ingest", str(source), store=store).exit_code == 0
    listed = run("patients", store=store)
    assert "AnnRED" in listed.stdout
    asked = run("ask", "--patient", "p1", "Does she have gout?", store=store)
    assert "Gout AnnRED" in asked.stdout
    for output in (listed.stdout, asked.stdout, run("patients", "--json", store=store).stdout):
        assert not set("\x1b\x07\x9b\u202e\u200b") & set(output)
    # JSON escapes what a terminal would obey, and reads back as it was.
    assert run_json("patients", store=store)["patients"][0]["name"] == name


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        pytest.param(["ask", "--patient", "nobody", "latest A1c?"], 2, "no such patient", id="patient"),
        pytest.param(["ask", "--patient", ROSA, "?"], 2, "question: must have words", id="no words"),
        pytest.param(["ask", "--patient", ROSA, "a1c", "--as-of", "soon"], 2, "as_of: must be a day", id="date"),
        pytest.param(["ask"], 2, "give a question", id="nothing asked"),
        pytest.param(["show", "1-2-3-x"], 2, "no such citation", id="citation"),
        pytest.param(["search", "--", "-"], 2, "no words", id="search"),
        pytest.param(["ask", "--batch", "/nothing"], 2, "no such file", id="batch"),
        pytest.param(["ingest", "/nothing"], 2, "no such file", id="ingest"),
    ],
)
def test_an_input_error_is_one_line_and_exit_code_2(store: Path, arguments: list[str], exit_code: int, said: str) -> None:
    # `--store` goes first: behind `--` it would be a word.
    result = run(arguments[0], "--store", str(store), *arguments[1:])
    assert result.exit_code == exit_code
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "command", [["patients"], ["ask", "--patient", "a", "b"], ["show", "x"], ["serve"], ["quarantine"]], ids=lambda each: each[0]
)
def test_a_missing_store_is_exit_code_3(tmp_path: Path, command: list[str]) -> None:
    result = run(*command, store=tmp_path / "none")
    assert result.exit_code == 3
    assert "chartcite ingest" in result.stderr
    assert not (tmp_path / "none").exists()


def test_a_damaged_store_is_exit_code_3(store: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "store"
    shutil.copytree(store, damaged)
    (damaged / "chartcite.sqlite3").write_bytes(b"CANARY" * 4096)
    result = run("patients", store=damaged)
    assert result.exit_code == 3
    assert "chartcite doctor" in result.stderr
    checks = json.loads(run("doctor", "--json", store=damaged).stdout)["checks"]
    assert [each["check"] for each in checks if not each["ok"]] == ["store"]


def test_a_damaged_index_is_exit_code_3(store: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "store"
    shutil.copytree(store, damaged)
    index = next(damaged.glob("vectors/*/index.faiss"))
    index.write_bytes(index.read_bytes()[:-1] + b"?")
    result = run("search", "metformin", store=damaged)
    assert result.exit_code == 3
    assert "damaged" in result.stderr
    checks = json.loads(run("doctor", "--json", store=damaged).stdout)["checks"]
    assert [each["check"] for each in checks if not each["ok"]] == ["index"]


def test_a_defect_shows_its_place_and_no_record_text(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("CANARY has diabetes")

    monkeypatch.setattr(lookup, "list_patients", broken)
    result = run("patients", store=store)
    assert result.exit_code == 1
    assert "ValueError in test_cli.py" in result.stderr
    assert "CANARY" not in result.output


def test_another_model_is_exit_code_4(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chartcite.api import wiring
    from chartcite.engine.testing import HashingEmbedder

    class OtherEmbedder(HashingEmbedder):
        name = "other@1"

    monkeypatch.setattr(wiring, "open_embedder", lambda _settings: OtherEmbedder())
    result = run("search", "metformin", store=store)
    assert result.exit_code == 4


def test_a_setting_out_of_bounds_is_named(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTCITE_PORT", "CANARY")
    result = run("patients", store=store)
    assert result.exit_code == 2
    assert "CHARTCITE_PORT" in result.stderr
    assert "CANARY" not in result.stderr


def test_doctor_looks_at_each_part(store: Path, tmp_path: Path) -> None:
    checks = {each["check"]: each for each in run_json("doctor", store=store)["checks"]}
    assert list(checks) == ["python", "packages", "weights", "generator", "corpora", "disk", "permission", "store", "index"]
    assert all(each["ok"] for each in checks.values())
    ill = run("doctor", "--json", store=tmp_path / "none")
    assert ill.exit_code == 3
    failed = [each for each in json.loads(ill.stdout)["checks"] if not each["ok"]]
    assert [each["check"] for each in failed] == ["store"]
    assert "chartcite ingest" in failed[0]["to_do"]


def test_schema_prints_the_schema() -> None:
    assert json.loads(run("schema").stdout) == answer_schema()


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom chartcite.api.cli import app\n"
        "try: app(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'torch', 'faiss', 'fastapi', 'pydantic', 'numpy', 'sentence_transformers'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=dict(os.environ), check=False)
    assert done.returncode == 0, done.stderr
    assert "ingest" in done.stdout
