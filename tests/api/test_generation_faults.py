"""Promises P9 and P10 at the door: whatever a model's server does, a reader gets the evidence-only answer, labelled, in time."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from chartcite.api.app import create_app
from chartcite.api.routes import ask as ask_route
from chartcite.api.settings import Settings
from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.models.circuit_breaker import BreakerPolicy, BreakerState, CircuitBreaker
from chartcite.engine.models.generator_policy import GeneratorPolicy
from chartcite.engine.models.openai_generator import OpenAiGenerator
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.charts import ANN, AskedChart, note, open_store, person, store_chart
from tests.scripted_model import (
    DONE,
    Reply,
    ScriptedModel,
    SeenRequest,
    begun,
    chunk,
    endless,
    huge_line,
    in_turn,
    not_streamed,
    refused,
    running,
    written,
)

TOLD = "Naproxen was stopped because her creatinine rose to 1.9 mg/dL. She feels well."
RIGHT = "Her naproxen was stopped because creatinine rose to 1.9 mg/dL."
WRONG = "Warfarin 500 mg was started."
WHY = {"question": "Why was naproxen stopped?"}
PATH = f"/v1/patients/{ANN}/ask"
EVENTS = {"accept": "text/event-stream"}
LIMITS = GeneratorPolicy(
    first_piece_seconds=1.0,
    stall_seconds=0.7,
    document_seconds=2.0,
    identity_seconds=2.0,
    identity_fresh_seconds=0,
    most_characters=20_000,
    most_bytes=400_000,
)
POLICY = WritingPolicy(seconds=5, judged=False, rewrites=0)


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    store = tmp_path_factory.mktemp("faults") / "store"
    older = note("older", "Plan\nContinue naproxen 500 mg for knee pain.", "2023-01-10T10:00:00-05:00")
    store_chart(store, person(), note("visit", f"Assessment and plan\n{TOLD}"), older)
    return AskedChart(open_store(store))


def breaker(url: str, *, most: int = 100, clock: Callable[[], float] = time.monotonic) -> CircuitBreaker:
    policy = BreakerPolicy(failures_to_open=most, open_seconds=30)
    return CircuitBreaker(OpenAiGenerator(url, policy=LIMITS), policy=policy, clock=clock)


def app_of(chart: AskedChart, url: str, generator: CircuitBreaker | None = None, policy: WritingPolicy = POLICY) -> FastAPI:
    writer = ModelWriter(generator or breaker(url), policy)
    return create_app(Settings(store=Path("unused")), engine=chart.engine, writer=writer)


@contextmanager
def asked(chart: AskedChart, url: str, generator: CircuitBreaker | None = None) -> Iterator[TestClient]:
    with TestClient(app_of(chart, url, generator), base_url="http://127.0.0.1") as client:
        yield client


def document(task_text: str, text: str) -> str:
    """Return a draft of one claim that cites the sentence that tells of the creatinine."""
    ids = [line.split(":")[0] for line in task_text.splitlines() if "creatinine rose" in line]
    return json.dumps(
        {"answerable": True, "claims": [{"citations": ids[:1], "kind": "record_fact", "text": text}], "left_open": []}
    )


def claiming(text: str, **timing: Any) -> Callable[[SeenRequest], Reply]:
    return lambda request: written(document(request.messages[-1].content, text), **timing)


def events(body: str) -> list[tuple[str, dict[str, Any]]]:
    told = []
    for block in body.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            told.append((lines["event"], json.loads(lines["data"])))
    return told


GARBLED = "what it wrote has not the form that was asked for"
LATE = "it did not write in time"
AWAY = "it cannot be reached"
BUSY = "it has no room now"
UNCHECKED = "nothing of what it wrote passed the checks"
UNKNOWN_ID = json.dumps(
    {"answerable": True, "claims": [{"citations": ["R99.s9"], "kind": "record_fact", "text": WRONG}], "left_open": []}
)
FAULTS: dict[str, tuple[Callable[[SeenRequest], Reply] | Reply, str]] = {
    "slow first token": (written("{}", first_seconds=5.0), LATE),
    "stall": (begun(30.0), LATE),
    "slow all the way": (written(UNKNOWN_ID, pieces=60, gap_seconds=0.1), LATE),
    "no JSON": (written(f"Sure! {WRONG}"), GARBLED),
    "HTML": (written(f"<html><body>{WRONG}</body></html>"), GARBLED),
    "another schema": (written(json.dumps({"answer": WRONG})), GARBLED),
    "a list": (written(json.dumps([WRONG])), GARBLED),
    "claims of another form": (written(json.dumps({"answerable": True, "claims": [WRONG, 7, None], "left_open": []})), UNCHECKED),
    "unknown ids": (written(UNKNOWN_ID), UNCHECKED),
    "a sentence of its own": (claiming(WRONG), UNCHECKED),
    "a true half and a false one": (claiming(f"{RIGHT[:-1]}, and {WRONG[:1].lower()}{WRONG[1:]}"), UNCHECKED),
    "429": (refused(429), BUSY),
    "429 with Retry-After": (refused(429, retry_after="0"), BUSY),
    "429 with a long Retry-After": (refused(429, retry_after="3600"), BUSY),
    "500": (refused(500), AWAY),
    "502 with HTML": (Reply([b"<html>bad gateway</html>"], status=502, content_type="text/html"), AWAY),
    "503": (refused(503), BUSY),
    "401": (refused(401), AWAY),
    "404": (refused(404), AWAY),
    "400": (refused(400), GARBLED),
    "cut": (begun(is_cut=True), GARBLED),
    "cut before a word": (Reply([], is_cut=True), GARBLED),
    "closed without an end": (begun(), GARBLED),
    "endless": (endless(" " * 500), GARBLED),
    "a line without end": (huge_line(64 << 20), GARBLED),
    "longer than asked for": (begun(chunk(finish="length"), DONE), GARBLED),
    "another content type": (Reply([b"{}"], content_type="text/html"), GARBLED),
    "not streamed": (not_streamed("{}"), GARBLED),
    "no HTTP": (Reply(raw=b"\x00\x01 garbage\r\n\r\n"), AWAY),
    "a refusal": (begun(chunk(refusal="I cannot help with that."), chunk(finish="stop"), DONE), GARBLED),
    "filtered": (begun(chunk(finish="content_filter"), DONE), GARBLED),
    "empty": (written(""), GARBLED),
}


def is_alone(body: dict[str, Any], chart: AskedChart, why: str) -> None:
    """Hold an answer against the evidence-only one."""
    alone = chart.ask(WHY["question"])
    assert alone.kind == "supported"
    assert body["notice"] == f"Written without the model: {why}."
    assert body["text"] == alone.text
    assert [claim["text"] for claim in body["claims"]] == [claim.text for claim in alone.claims]
    assert all(claim["citations"] for claim in body["claims"])
    assert WRONG[:8].lower() not in body["text"].lower()
    assert body["receipt"]["generator"] == "evidence-only"
    assert body["receipt"]["timings"]["model_ms"] < 1_000 * (POLICY.seconds + 5)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_model_costs_the_reader_nothing(chart: AskedChart, name: str) -> None:
    script, why = FAULTS[name]
    with running(script) as server, asked(chart, server.url) as client:
        whole = client.post(PATH, json=WHY)
        streamed = client.post(PATH, json=WHY, headers=EVENTS)
        assert server.requests
    assert (whole.status_code, streamed.status_code) == (200, 200)
    is_alone(whole.json(), chart, why)
    told = events(streamed.text)
    assert told[-1][0] == "done"
    is_alone(told[-1][1], chart, why)
    assert ("warning", {"notice": f"Written without the model: {why}."}) in told
    shown = [data["text"] for event, data in told if event == "claim"]
    assert shown == [claim["text"] for claim in told[-1][1]["claims"]]


def test_a_model_that_is_down_costs_the_reader_nothing(chart: AskedChart) -> None:
    with running(written("{}")) as server:
        url = server.url
    with asked(chart, url) as client:
        answer = client.post(PATH, json=WHY)
    assert answer.status_code == 200
    is_alone(answer.json(), chart, AWAY)


def test_a_server_that_accepts_and_says_nothing_keeps_the_deadline(chart: AskedChart) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        with asked(chart, url) as client:
            answer = client.post(PATH, json=WHY)
    assert answer.status_code == 200
    is_alone(answer.json(), chart, LATE)


def test_what_passes_the_checks_is_shown_first_and_cites_its_source(chart: AskedChart) -> None:
    with running(claiming(RIGHT)) as server, asked(chart, server.url) as client:
        told = events(client.post(PATH, json=WHY, headers=EVENTS).text)
    names = [event for event, _ in told]
    stages = [data["stage"] for event, data in told if event == "stage"]
    assert stages == ["planning", "retrieving", "checking", "writing"]
    assert names[: len(stages)] == ["stage"] * len(stages)
    claims = [place for place, name in enumerate(names) if name == "claim"]
    assert told[claims[0]][1]["text"] == RIGHT
    assert all(names[place + 1] == "citation" for place in claims)
    assert (names[-1], told[-1][1]["notice"]) == ("done", "")
    assert told[-1][1]["receipt"]["generator"] == "small"


def test_a_stream_goes_from_stages_to_claims_to_the_warning_to_the_end(chart: AskedChart) -> None:
    with running(written("no JSON")) as server, asked(chart, server.url) as client:
        names = [event for event, _ in events(client.post(PATH, json=WHY, headers=EVENTS).text)]
    order = {"stage": 0, "claim": 1, "citation": 1, "warning": 2, "done": 3}
    assert [order[name] for name in names] == sorted(order[name] for name in names)
    assert set(names) == set(order)


def test_a_slow_model_is_waited_for_with_signs_of_life(chart: AskedChart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_route, "HEARTBEAT_SECONDS", 0.05)
    with running(claiming(RIGHT, first_seconds=0.3)) as server, asked(chart, server.url) as client:
        body = client.post(PATH, json=WHY, headers=EVENTS).text
    assert ": at work\n\n" in body
    assert events(body)[-1][1]["claims"][0]["text"] == RIGHT


def state_of(generator: CircuitBreaker) -> BreakerState:
    return generator.state


@pytest.mark.parametrize("script", [refused(500), begun(is_cut=True), begun(30.0)], ids=["500", "cut", "stall"])
def test_a_failing_server_is_left_alone_and_asked_again_later(chart: AskedChart, script: Reply) -> None:
    with running(script) as server:
        now = [0.0]
        generator = breaker(server.url, most=3, clock=lambda: now[0])
        with asked(chart, server.url, generator) as client:
            for _ in range(3):
                client.post(PATH, json=WHY)
            assert state_of(generator) is BreakerState.OPEN
            is_alone(client.post(PATH, json=WHY).json(), chart, AWAY)
            assert len(server.requests) == 3
            server.script = claiming(RIGHT)
            now[0] = 31
            assert state_of(generator) is BreakerState.HALF_OPEN
            again = client.post(PATH, json=WHY).json()
            assert (again["notice"], again["claims"][0]["text"]) == ("", RIGHT)
            assert state_of(generator) is BreakerState.CLOSED


def test_a_server_that_does_not_say_who_it_is_is_left_alone_too(chart: AskedChart) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
        generator = breaker(url, most=2)
        with asked(chart, url, generator) as client:
            for _ in range(2):
                client.post(PATH, json=WHY)
            assert generator.state is BreakerState.OPEN
            body = client.post(PATH, json=WHY).json()
    is_alone(body, chart, AWAY)
    assert body["receipt"]["timings"]["model_ms"] < 300


def test_being_busy_opens_nothing(chart: AskedChart) -> None:
    with running(in_turn(refused(429), refused(429), refused(429), refused(429), written("{}"))) as server:
        generator = breaker(server.url, most=2)
        with asked(chart, server.url, generator) as client:
            for _ in range(3):
                client.post(PATH, json=WHY)
        assert generator.state is BreakerState.CLOSED


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve on a socket: what a client that leaves does is seen by a real server only."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        ends = time.monotonic() + 10
        while not server.started and time.monotonic() < ends:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


PATIENT = WritingPolicy(seconds=60, judged=False, rewrites=0)


def slow(url: str) -> CircuitBreaker:
    long = {"first_piece_seconds": 60, "stall_seconds": 60, "document_seconds": 60}
    return CircuitBreaker(OpenAiGenerator(url, policy=LIMITS.model_copy(update=long)))


def leaves(server: ScriptedModel) -> bool:
    return server.wait_until(lambda: server.left == 1 and server.at_work == 0)


def test_a_reader_of_a_stream_who_leaves_ends_the_models_work(chart: AskedChart) -> None:
    with running(begun(30.0)) as server, served(app_of(chart, server.url, slow(server.url), PATIENT)) as address:
        with httpx.stream("POST", f"{address}{PATH}", json=WHY, headers=EVENTS, timeout=10) as answer:
            lines = answer.iter_lines()
            while "writing" not in next(lines):
                pass
            assert server.wait_until(lambda: server.at_work == 1)
        assert leaves(server)


def test_a_reader_of_json_who_leaves_ends_the_models_work(chart: AskedChart) -> None:
    with running(begun(30.0)) as server, served(app_of(chart, server.url, slow(server.url), PATIENT)) as address:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{address}{PATH}", json=WHY, timeout=httpx.Timeout(10, read=1.0))
        assert len(server.requests) == 1
        assert leaves(server)


def test_after_readers_left_others_are_answered(chart: AskedChart) -> None:
    with running(in_turn(begun(30.0), begun(30.0))) as server:
        app = app_of(chart, server.url, slow(server.url), PATIENT)
        with served(app) as address:
            for _ in range(2):
                with pytest.raises(httpx.ReadTimeout):
                    httpx.post(f"{address}{PATH}", json=WHY, timeout=httpx.Timeout(10, read=0.7))
            server.script = claiming(RIGHT)
            assert httpx.post(f"{address}{PATH}", json=WHY, timeout=10).json()["claims"][0]["text"] == RIGHT
            assert server.wait_until(lambda: app.state.shared.at_work == 0)


def test_no_fault_writes_a_word_of_a_chart_into_a_log(chart: AskedChart, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        for script in (
            written(f"Sure! {TOLD}"),
            refused(500, body={"error": TOLD}),
            begun(chunk(TOLD), is_cut=True),
            claiming(WRONG),
        ):
            with running(script) as server, asked(chart, server.url) as client:
                client.post(PATH, json=WHY)
    for word in ("creatinine", "naproxen", "Warfarin", "medical record", "evidence>"):
        assert word.lower() not in caplog.text.lower()
