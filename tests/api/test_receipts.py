"""Stored receipts through each door: kept by every way of asking, opened in their own scope, answered again."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any

import pytest
from chartcite.api.app import create_app
from chartcite.api.cli import app
from chartcite.api.settings import Settings
from chartcite.engine.ports import GeneratorIdentity, WritingTask
from chartcite.engine.testing import evidence_in
from chartcite.indexes.receipt_store import RECEIPT_FILE
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from tests.api.conftest import JAMES, ROSA
from tests.charts import store_chart
from tests.scripted_model import by, listed, running

A1C = "What's her latest A1c?"
RUNNER = CliRunner()


@pytest.fixture
def kept(store: Path) -> Iterator[Path]:
    """The shared store, without receipts of other tests."""
    for path in store.glob(f"{RECEIPT_FILE}*"):
        path.unlink()
    yield store
    for path in store.glob(f"{RECEIPT_FILE}*"):
        path.unlink()


@pytest.fixture
def door(kept: Path, hashing: None) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=kept)), base_url="http://127.0.0.1") as opened:
        yield opened


def run(store: Path, *arguments: str, code: int = 0) -> str:
    done = RUNNER.invoke(app, [*arguments, "--store", str(store)])
    assert done.exit_code == code, done.output
    return done.output


def asked(door: TestClient, patient: str | None = ROSA, question: str = A1C) -> dict[str, Any]:
    address = f"/v1/patients/{patient}/ask" if patient else "/v1/ask"
    answer: dict[str, Any] = door.post(address, json={"question": question}).json()
    return answer


def test_an_answer_over_http_leaves_a_receipt(door: TestClient) -> None:
    answer = asked(door)
    [line] = door.get(f"/v1/patients/{ROSA}/receipts").json()["receipts"]
    assert (line["id"], line["question"], line["generator"]) == (answer["receipt"]["id"], A1C, "evidence-only")
    kept = door.get(f"/v1/patients/{ROSA}/receipts/{line['id']}").json()
    assert [each["text"] for each in kept["claims"]] == [each["text"] for each in answer["claims"]]
    assert kept["receipt"] == answer["receipt"]


def test_a_streamed_answer_leaves_a_receipt_too(door: TestClient) -> None:
    told = door.post(f"/v1/patients/{ROSA}/ask", json={"question": A1C}, headers={"accept": "text/event-stream"}).text
    assert "event: done" in told
    assert len(door.get(f"/v1/patients/{ROSA}/receipts").json()["receipts"]) == 1


def test_a_receipt_is_not_found_in_another_scope(door: TestClient) -> None:
    own, general = asked(door)["receipt"]["id"], asked(door, None, "Can metformin be given when the eGFR is 25?")["receipt"]["id"]
    for address in (f"/v1/patients/{JAMES}/receipts/{own}", f"/v1/receipts/{own}", f"/v1/patients/{ROSA}/receipts/{general}"):
        for response in (door.get(address), door.post(f"{address}/replay")):
            assert (response.status_code, response.json()["code"]) == (404, "receipt-not-found")
            assert "A1c" not in response.text
    assert door.get(f"/v1/receipts/{general}").status_code == 200
    assert door.get(f"/v1/patients/{JAMES}/receipts").json()["receipts"] == []
    assert door.get("/v1/patients/nobody/receipts").json()["code"] == "patient-not-found"


@pytest.mark.parametrize("patient", [ROSA, None])
def test_a_replay_over_http_is_identical(door: TestClient, patient: str | None) -> None:
    answer = asked(door, patient, "Can metformin be given when the eGFR is 25?")
    base = f"/v1/patients/{patient}/receipts" if patient else "/v1/receipts"
    found = door.post(f"{base}/{answer['receipt']['id']}/replay").json()
    assert (found["sameness"], found["parts"], found["answer"]["text"]) == ("identical", [], answer["text"])


def test_receipts_that_cannot_be_kept_are_counted_where_readiness_is_asked(kept: Path, door: TestClient) -> None:
    (kept / RECEIPT_FILE).write_bytes(b"no database" * 500)
    assert asked(door)["kind"] == "supported"
    assert door.get(f"/v1/patients/{ROSA}/receipts").json()["code"] == "store"
    while (ready := door.get("/readyz")).status_code == 503:
        pass
    assert ready.json()["checks"]["receipts"] == "answers without one: 1; see the log"


def test_no_receipt_is_kept_where_the_settings_say_so(kept: Path, hashing: None) -> None:
    with TestClient(create_app(Settings(store=kept, receipts=False)), base_url="http://127.0.0.1") as door:
        asked(door)
        assert door.get(f"/v1/patients/{ROSA}/receipts").json()["receipts"] == []
    assert not (kept / RECEIPT_FILE).exists()


# --- the command line ------------------------------------------------------------------------------------------------


def test_the_command_line_keeps_lists_shows_and_replays(kept: Path, hashing: None) -> None:
    answer = json.loads(run(kept, "ask", "--patient", ROSA, "--as-of", "2026-04-30", A1C, "--json"))
    identity = answer["receipt"]["id"]
    assert [line.split("\t")[0] for line in run(kept, "receipts", "--patient", ROSA).splitlines()] == ["ID", identity]
    shown = run(kept, "receipts", "show", identity, "--patient", ROSA)
    for words in (
        A1C,
        "HOW IT WAS READ",
        "haemoglobin A1c",
        answer["claims"][0]["citations"][0]["id"],
        f"chartcite replay {identity}",
    ):
        assert words in shown
    assert "identical: byte for byte" in run(kept, "replay", identity, "--patient", ROSA)
    assert json.loads(run(kept, "replay", identity, "--patient", ROSA, "--json"))["sameness"] == "identical"
    assert json.loads(run(kept, "receipts", "show", identity, "--patient", ROSA, "--json"))["id"] == identity
    assert json.loads(run(kept, "receipts", "--json")) == {"patient_id": None, "receipts": []}


def test_the_command_line_opens_a_receipt_in_its_scope_only(kept: Path, hashing: None) -> None:
    identity = json.loads(run(kept, "ask", "--patient", ROSA, A1C, "--json"))["receipt"]["id"]
    for arguments in (("receipts", "show", identity), ("replay", identity), ("replay", identity, "--patient", JAMES)):
        assert "no such receipt here" in run(kept, *arguments, code=2)
    assert "give the id" in run(kept, "receipts", "show", code=2)
    assert "no such patient" in run(kept, "receipts", "--patient", "nobody", code=2)


def test_a_batch_leaves_a_receipt_of_each_answer(kept: Path, hashing: None, tmp_path: Path) -> None:
    lines = [{"question": A1C, "patient_id": ROSA}, {"question": "Any allergies?", "patient_id": JAMES}, {"question": "?"}]
    (tmp_path / "q.jsonl").write_text("\n".join(map(json.dumps, lines)))
    run(kept, "ask", "--batch", str(tmp_path / "q.jsonl"), "--out", str(tmp_path / "a.jsonl"))
    assert len(run(kept, "receipts", "--patient", ROSA).splitlines()) == 2
    assert len(run(kept, "receipts", "--patient", JAMES).splitlines()) == 2


def test_a_changed_answer_ends_a_replay_with_5(hashing: None, tmp_path: Path) -> None:
    from tests.charts import lab, person

    store = tmp_path / "s"
    store_chart(store, person(), lab("a", 7.1, "2023-01-05"))
    identity = json.loads(run(store, "ask", "--patient", "ann", A1C, "--json"))["receipt"]["id"]
    store_chart(store, person(), lab("a", 7.1, "2023-01-05"), lab("b", 8.4, "2024-01-05"))
    said = run(store, "replay", identity, "--patient", "ann", code=5)
    assert "changed: another answer than was shown" in said
    assert "+ new" in said
    assert "- gone" in said


def test_a_damaged_file_of_receipts_costs_no_answer_and_is_told(kept: Path, hashing: None) -> None:
    (kept / RECEIPT_FILE).write_bytes(b"no database" * 500)
    assert "supported" in run(kept, "ask", "--patient", ROSA, A1C)
    assert "receipts.sqlite3 is damaged: move it" in run(kept, "receipts", "--patient", ROSA, code=3)


WHY = "Why was metformin stopped?"
NOTED = "Metformin was stopped because her kidney function fell. She feels well."


class Saying:
    """A model of one trick: it says one sentence of what tells of a stop, and judges everything as supported."""

    def __init__(self, text: str) -> None:
        self._text = text

    async def identity(self) -> GeneratorIdentity:
        return GeneratorIdentity("saying")

    async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        if task.form_name == "verdict":
            yield json.dumps({"verdict": "supported"})
            return
        id_ = next(id_ for id_, text in evidence_in(task).items() if "stopped because" in text)
        claim = {"citations": [id_], "kind": "record_fact", "text": self._text}
        yield json.dumps({"answerable": True, "claims": [claim], "left_open": []})


def test_an_answer_that_a_server_wrote_is_replayed_without_it_and_with_another(hashing: None, tmp_path: Path) -> None:
    from tests.charts import note, person

    store = tmp_path / "s"
    store_chart(store, person(), note("n", NOTED))
    with running(by(Saying("Metformin was stopped because her kidney function fell."))) as server:
        answer = json.loads(run(store, "ask", "--patient", "ann", WHY, "--generator-url", server.url, "--json"))
    assert answer["receipt"]["generator"] == "small"
    identity = answer["receipt"]["id"]
    shown = run(store, "receipts", "show", identity, "--patient", "ann")
    assert "by a model    small, prompt answer-" in shown
    assert "verdict: supported" in shown
    replayed = run(store, "replay", identity, "--patient", "ann")
    assert "identical: byte for byte" in replayed
    assert "what the model wrote then" in replayed
    with running(by(Saying("Metformin was stopped since kidney function fell.")), models=(listed("other"),)) as server:
        body = json.loads(run(store, "replay", identity, "--patient", "ann", "--generator-url", server.url, "--json", code=5))
    assert (body["sameness"], body["writer"]) == ("changed", "other")
    assert ("model", "small", "other") in {(each["what"], each["then"], each["now"]) for each in body["basis"]}
