"""The HTTP door, through the app."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from chartcite.api import routes, wiring
from chartcite.api.app import create_app
from chartcite.api.settings import Settings
from chartcite.api.wire import answer_schema
from chartcite.engine.ports import Vector
from chartcite.engine.testing import HashingEmbedder
from fastapi.testclient import TestClient

from tests.api.conftest import JAMES, ROSA

A1C = {"question": "What was the latest hemoglobin A1c?", "id": "q1"}


def ask(client: TestClient, patient_id: str = ROSA, **fields: Any) -> dict[str, Any]:
    response = client.post(f"/v1/patients/{patient_id}/ask", json={**A1C, **fields})
    assert response.status_code == 200, response.text
    return dict(response.json())


def events(text: str) -> list[tuple[str, Any]]:
    blocks = [dict(line.split(": ", 1) for line in block.split("\n")) for block in text.strip().split("\n\n")]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


def test_an_answer_has_the_fields_of_the_contract(client: TestClient) -> None:
    answer = ask(client)
    assert (answer["id"], answer["kind"], answer["patient_id"]) == ("q1", "supported", ROSA)
    assert (answer["question"], answer["as_of"], answer["audience"]) == (A1C["question"], None, "clinician")
    assert answer["abstention"] is None
    assert answer["receipt"]["timings"]["total_ms"] > 0
    claim = answer["claims"][0]
    assert "7.5" in claim["text"]
    assert claim["verdict"]["outcome"] == "supported"
    assert claim["citations"][0]["quote"] == "7.5"
    assert claim["citations"][0]["source"]["resource"] == "Observation/obs-a1c-2026-08-11"


def test_every_answer_fits_the_published_schema(client: TestClient) -> None:
    for question in (A1C["question"], "What is her HLA-B27 status?", "Is she still on metformin?"):
        answer = ask(client, question=question)
        jsonschema.validate(answer, answer_schema())
        assert answer["question"] == question


def test_the_schema_in_docs_is_the_one_of_the_code() -> None:
    path = Path(__file__).parents[2] / "docs" / "answer.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == answer_schema()


def test_as_of_answers_from_what_the_chart_held_then(client: TestClient) -> None:
    answer = ask(client, as_of="2026-04-30")
    assert answer["as_of"] == "2026-04-30"
    assert "8.2" in answer["text"]
    assert "7.5" not in answer["text"]


def test_a_follow_up_is_read_with_the_turns_before_it(client: TestClient) -> None:
    first = ask(client, question="What was the last HbA1c?")
    turn = {"question": first["question"], "answer": first["text"], "patient_id": ROSA}
    answer = ask(client, question="and before that?", earlier=[turn])
    assert (first["read_as"], answer["read_as"]) == ("", "What was the last HbA1c before 2026-08-11?")
    assert "8.2 %" in answer["text"]


def test_turns_about_another_chart_are_refused(client: TestClient) -> None:
    turn = {"question": "HbA1c?", "answer": "7.5 %", "patient_id": ROSA}
    response = client.post(f"/v1/patients/{JAMES}/ask", json={"question": "and before that?", "earlier": [turn]})
    assert response.status_code == 422
    assert "another chart" in response.json()["detail"]
    assert "7.5" not in response.text


def test_silence_comes_with_what_was_searched(client: TestClient) -> None:
    answer = ask(client, question="What is her HLA-B27 status?")
    assert (answer["kind"], answer["claims"]) == ("abstained", [])
    assert answer["abstention"]["reason"] == "not_documented"
    assert answer["abstention"]["certificate"]["facts_searched"] > 100


def test_a_number_comes_back_as_the_id_it_was(client: TestClient) -> None:
    assert ask(client, id=7)["id"] == 7


def test_without_an_id_the_answer_has_the_receipts(client: TestClient) -> None:
    answer = ask(client, id=None)
    assert answer["id"] == answer["receipt"]["id"]


def test_guidelines_answer_without_a_patient(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "At what age does colorectal cancer screening start?"})
    answer = response.json()
    assert answer["patient_id"] is None
    resources = [citation["source"]["resource"] for claim in answer["claims"] for citation in claim["citations"]]
    assert all("#R" in resource for resource in resources)


def test_a_stream_tells_stages_then_claims_then_the_whole_answer(client: TestClient) -> None:
    response = client.post(f"/v1/patients/{ROSA}/ask", json=A1C, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    told = events(response.text)
    names = [name for name, _ in told]
    assert names == sorted(names, key=lambda name: ["stage", "claim", "done"].index(name.replace("citation", "claim")))
    assert told[0] == ("stage", {"stage": "planning"})
    done = told[-1][1]
    assert done["claims"] == [claim for name, claim in told if name == "claim"]
    cited = [citation for claim in done["claims"] for citation in claim["citations"]]
    assert cited == [details["citation"] for name, details in told if name == "citation"]
    assert (done["id"], done["kind"]) == ("q1", "supported")


def test_a_stream_ends_in_a_problem_where_it_cannot_answer(client: TestClient) -> None:
    response = client.post("/v1/patients/nobody/ask", json=A1C, headers={"Accept": "text/event-stream"})
    name, problem = events(response.text)[-1]
    assert (name, problem["status"], problem["code"]) == ("error", 404, "patient-not-found")


def test_patients_are_listed_by_id(client: TestClient) -> None:
    patients = client.get("/v1/patients").json()["patients"]
    assert [each["id"] for each in patients] == [JAMES, ROSA]
    assert patients[1] == {
        "id": ROSA, "name": "Rosa Elena Delgado", "gender": "female", "birth_date": "1961-05-08", "deceased": None,
    }  # fmt: skip


def test_a_chart_says_what_it_holds(client: TestClient) -> None:
    chart = client.get(f"/v1/patients/{ROSA}").json()
    assert chart["facts_by_category"]["laboratory"] > 50
    assert chart["newest"] > chart["earliest"]
    assert "Why was Metformin stopped?" in chart["suggested_questions"]
    earlier = client.get(f"/v1/patients/{ROSA}", params={"as_of": "2023-01-01"}).json()
    assert earlier["facts_by_category"]["laboratory"] < chart["facts_by_category"]["laboratory"]


def test_a_citation_opens_at_its_quote(client: TestClient) -> None:
    citation = ask(client)["claims"][0]["citations"][0]
    ranges = [f"{each['start']}-{each['end']}" for each in citation["elements"]]
    path = f"/v1/citations/{citation['id']}"
    excerpt = client.get(path, params={"patient_id": ROSA, "also": ranges}).json()
    assert excerpt["text"][citation["start"] : citation["end"]] == "7.5"
    laid_out = excerpt["readable"]
    assert laid_out["text"][laid_out["start"] : laid_out["end"]] == "7.5"
    assert json.loads(laid_out["text"]) == json.loads(excerpt["text"])
    shown = [laid_out["text"][start:end] for start, end in laid_out["also"]]
    assert ["".join(each.split()) for each in shown] == ["".join(each["quote"].split()) for each in citation["elements"]]


def test_a_citation_of_another_patient_does_not_open(client: TestClient) -> None:
    citation = ask(client)["claims"][0]["citations"][0]
    response = client.get(f"/v1/citations/{citation['id']}", params={"patient_id": JAMES})
    assert response.status_code == 404
    assert response.json()["code"] == "citation-not-found"


@pytest.mark.parametrize("citation_id", ["1-0-20-000000000000", "nonsense", "1-0-20", "é-ü-ß-ö", "%F0%9F%A9%BA"])
def test_an_invented_citation_does_not_open(client: TestClient, citation_id: str) -> None:
    response = client.get(f"/v1/citations/{citation_id}")
    assert response.status_code == 404
    assert response.json()["code"] == "citation-not-found"


def test_search_labels_every_hit_with_its_patient(client: TestClient) -> None:
    hits = client.get("/v1/search", params={"q": "colonoscopy", "corpus": "patients", "limit": 5}).json()["hits"]
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    assert {hit["patient_id"] for hit in hits} <= {ROSA, JAMES}
    opened = client.get(f"/v1/citations/{hits[0]['citation']}", params={"patient_id": hits[0]["patient_id"]}).json()
    assert opened["text"][hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]


def test_search_of_one_chart_stays_in_it(client: TestClient) -> None:
    found = client.get("/v1/search", params={"q": "eGFR", "corpus": "patients", "patient_id": ROSA}).json()
    assert found["hits"]
    assert {hit["patient_id"] for hit in found["hits"]} == {ROSA}


def test_search_finds_guidelines(client: TestClient) -> None:
    hits = client.get("/v1/search", params={"q": "colorectal cancer screening"}).json()["hits"]
    assert hits[0]["resource"].startswith("uspstf-colorectal-cancer-2021#R")
    assert hits[0]["patient_id"] is None


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        pytest.param({}, "question: is missing", id="no question"),
        pytest.param({"question": "  \n"}, "question: must have words", id="blank"),
        pytest.param({"question": "?!"}, "question: must have words", id="no words"),
        pytest.param({"question": "x" * 2001}, "question: is longer than 2000 characters", id="too long"),
        pytest.param({"question": ["CANARY"]}, "question: must be text", id="not text"),
        pytest.param({"question": "a", "audience": "CANARY"}, "audience: must be", id="audience"),
        pytest.param({"question": "a", "as_of": "2024-02-30CANARY"}, "as_of: must be a day", id="bad date"),
        pytest.param({"question": "a", "as_of": "2024-02-30"}, "as_of: must be a day", id="no such day"),
        pytest.param({"question": "a", "as_of": "2024-02-01T10:00:00"}, "as_of: must be a day", id="no zone"),
        pytest.param({"question": "a", "id": {"CANARY": 1}}, "id: ", id="id"),
        pytest.param(["CANARY"], "body: ", id="no object"),
    ],
)
def test_a_request_that_cannot_be_used_is_explained_and_not_echoed(client: TestClient, body: Any, detail: str) -> None:
    response = client.post(f"/v1/patients/{ROSA}/ask", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["type"] == "urn:chartcite:problem:invalid-question"
    assert detail in problem["detail"]
    assert "CANARY" not in response.text


def test_broken_json_is_not_echoed(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    response = client.post("/v1/ask", content=b'{"question": "CANARY', headers=headers)
    assert response.status_code == 422
    assert "CANARY" not in response.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        pytest.param("GET", "/v1/patients/CANARY", 404, "patient-not-found", id="patient"),
        pytest.param("GET", "/v1/CANARY", 404, "not-found", id="address"),
        pytest.param("DELETE", "/v1/patients", 405, "method-not-allowed", id="method"),
        pytest.param("GET", "/docs", 404, "not-found", id="no viewer from elsewhere"),
    ],
)
def test_problems_are_rfc_9457(client: TestClient, method: str, path: str, status: int, code: str) -> None:
    response = client.request(method, path)
    assert (response.status_code, response.json()["code"], response.json()["status"]) == (status, code, status)
    assert response.headers["content-type"] == "application/problem+json"
    assert "CANARY" not in response.text


def test_a_request_of_another_host_is_refused(client: TestClient) -> None:
    response = client.get("/v1/patients", headers={"Host": "evil.example"})
    assert (response.status_code, response.json()["code"]) == (421, "unknown-host")
    assert client.get("/healthz", headers={"Host": "[::1]:8000"}).status_code == 200


def test_a_large_body_is_refused_with_and_without_its_length(client: TestClient) -> None:
    content = json.dumps({"question": "a " * 50_000}).encode()
    headers = {"content-type": "application/json"}
    assert client.post("/v1/ask", content=content, headers=headers).status_code == 413
    parts = (content[place : place + 1000] for place in range(0, len(content), 1000))
    assert client.post("/v1/ask", content=parts, headers=headers).status_code == 413


def test_a_defect_says_nothing_of_the_record(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("CANARY has diabetes")

    monkeypatch.setattr(routes.ask, "ask_and_keep", broken)
    caplog.set_level(logging.DEBUG)
    response = client.post(f"/v1/patients/{ROSA}/ask", json=A1C)
    assert (response.status_code, response.json()["code"]) == (500, "internal")
    streamed = client.post(f"/v1/patients/{ROSA}/ask", json=A1C, headers={"Accept": "text/event-stream"})
    assert events(streamed.text)[-1][1]["code"] == "internal"
    assert "CANARY" not in response.text + streamed.text + caplog.text
    assert "ValueError" in caplog.text


def test_too_many_questions_are_sent_away(store: Path, hashing: None) -> None:
    app = create_app(Settings(store=store, max_waiting_questions=1))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        app.state.shared.at_work = 1
        response = client.post("/v1/ask", json=A1C)
    assert (response.status_code, response.json()["code"]) == (503, "overloaded")
    assert int(response.headers["retry-after"]) > 0


def test_the_questions_words_are_not_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="chartcite")
    ask(client, question="Does CANARY have metformin?")
    assert "CANARY" not in caplog.text


def test_without_a_store_the_server_says_what_to_do(tmp_path: Path, hashing: None) -> None:
    with TestClient(create_app(Settings(store=tmp_path / "none")), base_url="http://127.0.0.1") as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (503, "not ready")
        assert "chartcite ingest" in ready.json()["checks"]["store"]
        response = client.post("/v1/ask", json=A1C)
        assert (response.status_code, response.json()["code"]) == (503, "store-missing")


def test_ready_when_store_index_and_model_are(client: TestClient) -> None:
    _until_loaded(client)
    assert client.get("/readyz").json() == {"status": "ready", "checks": {"store": "ok", "models": "ok"}}


def _until_loaded(client: TestClient) -> None:
    last = time.monotonic() + 30
    while client.get("/readyz").status_code == 503 and time.monotonic() < last:
        time.sleep(0.02)


class _SlowWeights(HashingEmbedder):
    """Embeds nothing before it is told that its weights are there."""

    loaded = threading.Event()

    def embed(self, texts: Sequence[str], /) -> Vector:
        assert self.loaded.wait(timeout=30)
        return super().embed(texts)


def test_while_weights_load_facts_answer_and_readiness_says_so(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "open_embedder", lambda _settings: _SlowWeights())
    with TestClient(create_app(Settings(store=store)), base_url="http://127.0.0.1") as client:
        try:
            assert ask(client, question="What was the last HbA1c?")["kind"] == "supported"
            loading = client.get("/readyz")
            assert (loading.status_code, loading.json()["checks"]["store"]) == (503, "ok")
            assert loading.json()["checks"]["models"].startswith("loading")
        finally:
            _SlowWeights.loaded.set()
        _until_loaded(client)
        assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize("path", ["/", "/static/app.js", "/static/style.css", "/static/icon.svg", "/v1/patients", "/nothing"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_the_page_loads_nothing_from_elsewhere_and_writes_text_only(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["content-type"].startswith("text/html")
    script, style = client.get("/static/app.js").text, client.get("/static/style.css").text
    for text in (page.text, script, style):
        assert "http://" not in text
        assert "https://" not in text
    assert not [word for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(") if word in script]
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert "Not reviewed by a clinician" in page.text


def test_the_description_names_every_door(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/v1/ask", "/v1/patients", "/v1/patients/{patient_id}", "/v1/patients/{patient_id}/ask"} <= set(paths)
    assert {"/v1/citations/{citation_id}", "/v1/search", "/healthz", "/readyz"} <= set(paths)
