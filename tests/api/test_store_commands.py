"""The commands that keep a store in order, through the command line."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.api.test_cli import fhir, run, run_json

pytestmark = pytest.mark.usefixtures("hashing")


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    source = tmp_path / "p1.json"
    source.write_text(fhir("Zebulon Quillfeather"))
    assert run("ingest", str(source), store=tmp_path / "store").exit_code == 0
    return tmp_path / "store"


def literature(folder: Path, *texts: str) -> Path:
    path = folder / "papers.jsonl"
    lines = [{"_id": f"D{number}", "title": f"Paper {number}", "text": text} for number, text in enumerate(texts)]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n")
    return path


def test_verify_says_what_is_wrong_and_reindex_mends_it(chart: Path) -> None:
    assert run_json("verify", store=chart)["ok"]
    index = next(chart.glob("vectors/*/rows.npy"))
    index.write_bytes(index.read_bytes()[:-1] + b"?")
    verified = run("verify", store=chart)
    assert verified.exit_code == 3
    assert "chartcite reindex" in verified.stdout
    assert run_json("reindex", store=chart)["quarantined"] == 0
    assert run("verify", store=chart).exit_code == 0


def test_erase_asks_and_proves(chart: Path) -> None:
    asked = run("erase", "--patient", "p1", store=chart)
    assert (asked.exit_code, "add --yes" in asked.stderr) == (2, True)
    erased = run_json("erase", "--patient", "p1", "--yes", store=chart)
    assert (erased["resources"], erased["traces"], erased["searched"]) == (2, [], ["id", "name"])
    assert erased["searched_bytes"] > 10_000
    assert run_json("patients", store=chart)["patients"] == []
    assert run("erase", "--patient", "p1", "--yes", store=chart).exit_code == 2


def test_a_dry_run_stores_nothing(chart: Path, tmp_path: Path) -> None:
    other = tmp_path / "p2.json"
    other.write_text(fhir("Ann", patient="p2"))
    assert run_json("ingest", str(other), "--dry-run", store=chart)["stored"] == 2
    assert [each["id"] for each in run_json("patients", store=chart)["patients"]] == ["p1"]
    assert run_json("ingest", str(other), "--dry-run", store=tmp_path / "none")["stored"] == 2
    assert not (tmp_path / "none").exists()
    assert run_json("verify", store=chart)["ok"]


def test_an_archive_is_ingested_member_by_member(tmp_path: Path) -> None:
    packed = tmp_path / "p1.json.gz"
    packed.write_bytes(gzip.compress(fhir("Ann").encode()))
    assert run_json("ingest", str(packed), store=tmp_path / "store")["stored"] == 2


def test_quarantine_lists_shows_and_retries(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"resourceType": "Condition", "id": "lost"}')
    store = tmp_path / "store"
    run("ingest", str(broken), store=store)
    [listed] = run_json("quarantine", store=store)["quarantine"]
    shown = run_json("quarantine", "show", str(listed["entry"]), store=store)
    assert "lost" in shown["raw"]
    assert "lost" not in json.dumps(listed["reason"])
    assert run_json("quarantine", "retry", store=store)["quarantined"] == 1
    assert run("quarantine", "show", "999", store=store).exit_code == 2


def test_a_corpus_is_searched_by_name_and_in_batches(tmp_path: Path) -> None:
    store = tmp_path / "store"
    papers = literature(tmp_path, "Aspirin after stroke reduces recurrence.", "Metformin lowers glucose in diabetes.")
    assert run_json("ingest", str(papers), "--corpus", "papers", store=store)["stored"] == 2
    hits = run_json("search", "metformin glucose", "--corpus", "papers", store=store)["hits"]
    assert "Metformin" in hits[0]["text"]
    missing = run("search", "metformin", "--corpus", "paper", store=store)
    assert (missing.exit_code, "papers" in missing.stderr) == (2, True)
    assert run_json("search", "metformin", store=store)["hits"] == []

    queries, out = tmp_path / "q.jsonl", tmp_path / "r.jsonl"
    asked = [{"id": 7, "query": "aspirin stroke"}, {"id": "x"}, {"id": "b", "query": "metformin glucose"}]
    queries.write_text("\n".join([*map(json.dumps, asked), "{no json"]) + "\n")
    done = run("search", "--corpus", "papers", "--batch", str(queries), "--out", str(out), "--limit", "1", store=store)
    assert (done.exit_code, "4 queries, 2 lines refused" in done.stderr) == (0, True)
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["id"] for line in lines] == [7, "x", "b", None]
    assert [line["results"][0]["document"] for line in lines if "results" in line] == ["D0", "D1"]
    assert lines[1]["error"]["line"] == 2
    opened = run_json("show", lines[0]["results"][0]["passage"], store=store)
    assert "Aspirin" in opened["citation"]["quote"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--date", "soon"], "a date must be", id="date"),
        pytest.param(["--columns", "nonsense"], "--columns takes", id="columns"),
        pytest.param(["--patient", "a", "--corpus", "b"], "give one of them", id="both"),
    ],
)
def test_what_is_given_wrongly_is_told(tmp_path: Path, arguments: list[str], said: str) -> None:
    source = tmp_path / "p1.json"
    source.write_text(fhir("Ann"))
    result = run("ingest", str(source), *arguments, store=tmp_path / "store")
    assert (result.exit_code, said in result.stderr) == (2, True)
    assert not (tmp_path / "store").exists()
