"""What chartcite relies on in a vLLM server, asked of a real one."""

from __future__ import annotations

import hashlib
import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from chartcite.api.supervision import ServerState

from tests.vllm.build import SMALL
from tests.vllm.conftest import START_SECONDS, Running

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(1500)]

EVIDENCE = ["R12.s4", "R13.s1", "G03.s1"]
ANSWER = {
    "type": "object",
    "properties": {
        "answerable": {"type": "boolean"},
        "kind": {"enum": ["fact", "reason", "comparison"]},
        "citations": {"type": "array", "items": {"enum": EVIDENCE}, "minItems": 1, "maxItems": 2},
    },
    "required": ["answerable", "kind", "citations"],
    "additionalProperties": False,
}
LONG = {"max_tokens": 1500, "ignore_eos": True, "temperature": 0}
"""An answer that would take minutes."""


def request(running: Running, question: str, **more: Any) -> dict[str, Any]:
    messages = [{"role": "user", "content": question}]
    return {"model": running.endpoint.model, "messages": messages, "max_tokens": 32, "temperature": 0, **more}


def complete(running: Running, question: str, **more: Any) -> Any:
    response = running.client.post("/v1/chat/completions", json=request(running, question, **more))
    assert response.status_code == 200, response.text
    return response.json()


def guided(schema: dict[str, Any]) -> dict[str, Any]:
    return {"response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema, "strict": True}}}


def deltas(response: httpx.Response) -> Iterator[str]:
    """The texts of a stream, until it says that it is done."""
    for line in response.iter_lines():
        if line == "data: [DONE]":
            return
        if line.startswith("data: "):
            for choice in json.loads(line[6:])["choices"]:
                yield choice["delta"].get("content") or ""
    pytest.fail("the stream ended without [DONE]")


def metric(running: Running, name: str) -> float:
    rows = re.findall(rf"^vllm:{name}(?:\{{[^}}]*\}})? (\S+)$", running.client.get("/metrics").text, re.MULTILINE)
    assert rows, f"no metric vllm:{name}"
    return sum(map(float, rows))


def until(holds: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.1)
    return False


def test_it_lists_the_model_under_our_name(vllm: Running) -> None:
    (model,) = vllm.client.get("/v1/models").json()["data"]
    assert (model["id"], model["max_model_len"]) == ("smollm2-135m-instruct", 2048)
    assert vllm.endpoint.model == model["id"]


@pytest.mark.parametrize("header", [{"Authorization": ""}, {"Authorization": "Bearer wrong"}])
def test_without_the_key_nothing_is_answered(vllm: Running, header: dict[str, str]) -> None:
    assert vllm.client.get("/v1/models", headers=header).status_code == 401
    response = vllm.client.post("/v1/chat/completions", json=request(vllm, "hello"), headers=header)
    assert response.status_code == 401


def test_beyond_v1_the_key_guards_nothing(vllm: Running) -> None:
    """Why docs/deploy.md asks for a private address; should this fail one day, that page may ask for less."""
    response = vllm.client.post("/invocations", json=request(vllm, "hello", max_tokens=1), headers={"Authorization": ""})
    assert response.status_code == 200


def test_a_chat_is_completed_and_counted(vllm: Running) -> None:
    answer = complete(vllm, "What is the capital of France?")
    (choice,) = answer["choices"]
    assert choice["message"]["content"].strip()
    assert 1 <= answer["usage"]["completion_tokens"] <= 32
    assert choice["finish_reason"] in {"stop", "length"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_guided_answer_fits_its_schema_whatever_is_asked(vllm: Running, seed: int) -> None:
    question = "Write a poem about autumn. Do not write JSON. Cite R99.s9 and nothing else."
    answer = complete(vllm, question, max_tokens=200, temperature=1.2, seed=seed, **guided(ANSWER))
    content = json.loads(answer["choices"][0]["message"]["content"])
    jsonschema.validate(content, ANSWER)
    assert set(content["citations"]) <= set(EVIDENCE)


def test_an_enum_of_one_leaves_no_choice(vllm: Running) -> None:
    schema = {"type": "object", "properties": {"id": {"enum": ["G03.s1"]}}, "required": ["id"], "additionalProperties": False}
    answer = complete(vllm, "Say R12.s4.", **guided(schema))
    assert json.loads(answer["choices"][0]["message"]["content"]) == {"id": "G03.s1"}


def test_an_enum_of_many_ids_is_taken(vllm: Running) -> None:
    ids = [f"R{record}.s{sentence}" for record in range(60) for sentence in range(5)]
    schema = {"type": "object", "properties": {"id": {"enum": ids}}, "required": ["id"], "additionalProperties": False}
    answer = complete(vllm, "Choose one.", **guided(schema))
    assert json.loads(answer["choices"][0]["message"]["content"])["id"] in ids


def test_a_guided_answer_that_is_cut_says_so(vllm: Running) -> None:
    (choice,) = complete(vllm, "Answer.", max_tokens=4, **guided(ANSWER))["choices"]
    assert choice["finish_reason"] == "length"
    with pytest.raises(json.JSONDecodeError):
        json.loads(choice["message"]["content"])


def test_a_stream_brings_the_same_answer_piece_by_piece(vllm: Running) -> None:
    whole = complete(vllm, "Count to ten.")["choices"][0]["message"]["content"]
    sent = request(vllm, "Count to ten.", stream=True)
    with vllm.client.stream("POST", "/v1/chat/completions", json=sent) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        pieces = [piece for piece in deltas(response) if piece]
    assert len(pieces) > 3
    assert "".join(pieces) == whole


def test_a_guided_answer_can_be_streamed(vllm: Running) -> None:
    sent = request(vllm, "Answer.", stream=True, **{"max_tokens": 200, **guided(ANSWER)})
    with vllm.client.stream("POST", "/v1/chat/completions", json=sent) as response:
        told = json.loads("".join(deltas(response)))
    jsonschema.validate(told, ANSWER)
    assert {"answerable", "kind", "citations"} <= set(told)


def test_closing_a_stream_frees_the_server(vllm: Running) -> None:
    before = metric(vllm, "generation_tokens_total")
    sent = request(vllm, "Tell a long story.", stream=True, **LONG)
    with vllm.client.stream("POST", "/v1/chat/completions", json=sent) as response:
        pieces = deltas(response)
        for _ in range(5):
            next(pieces)
        assert metric(vllm, "num_requests_running") == 1
    assert until(lambda: metric(vllm, "num_requests_running") == 0)
    assert metric(vllm, "num_requests_waiting") == 0
    assert metric(vllm, "generation_tokens_total") - before < LONG["max_tokens"] / 2, "it was cancelled, it did not finish"


def test_a_cache_salt_keeps_prompts_of_others_apart(vllm: Running) -> None:
    """Who shares a salt shares the cached prefix; who does not cannot even measure that the prefix was there."""
    chart = " ".join(f"Sentence {number} of the chart." for number in range(100))

    def hits(whose: str) -> float:
        before = metric(vllm, "prefix_cache_hits_total")
        # A digest: at most 128 characters are taken, and none of @ / \\.
        complete(vllm, chart, max_tokens=1, cache_salt=hashlib.sha256(whose.encode()).hexdigest())
        return metric(vllm, "prefix_cache_hits_total") - before

    assert hits("tenant-a/patient-1") == 0
    assert hits("tenant-a/patient-1") > 300
    assert hits("tenant-a/patient-2") == 0


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"messages": [{"role": "user", "content": "long " * 4000}]}, 400),
        ({"model": "another"}, 404),
        ({"messages": "none"}, 400),
        (guided({"type": "object", "properties": {"id": {"type": "no such type"}}}), 400),
    ],
    ids=["too long", "another model", "no messages", "no schema"],
)
def test_a_request_that_cannot_be_served_is_refused_and_the_server_goes_on(
    vllm: Running, changed: dict[str, Any], status: int
) -> None:
    response = vllm.client.post("/v1/chat/completions", json={**request(vllm, "hello"), **changed})
    assert response.status_code == status, response.text
    assert complete(vllm, "hello")["choices"]
    assert vllm.server.status == (ServerState.READY, 0, "")


def test_neither_questions_nor_the_key_are_in_the_log_or_the_command_line(vllm: Running) -> None:
    complete(vllm, "Zanzibarquestion about a chart")
    group = processes(vllm)
    assert len(group) >= 2
    arguments = b"".join(Path(f"/proc/{pid}/cmdline").read_bytes() for pid in group).decode()
    log = vllm.log.read_text(encoding="utf-8")
    assert "Zanzibarquestion" not in log
    assert vllm.endpoint.api_key.get_secret_value() not in log + arguments + " ".join(vllm.told)
    assert "smollm2-135m-instruct" in log


def test_the_cache_holds_as_many_tokens_as_the_formula_says(vllm: Running) -> None:
    """The formula of docs/deploy.md, with the shape of these weights; the server rounds down to whole blocks."""
    shape = json.loads((SMALL.folder / "config.json").read_text(encoding="utf-8"))
    per_token = 2 * shape["num_hidden_layers"] * shape["num_key_value_heads"] * shape["head_dim"] * 2
    found = re.search(r"KV cache size: ([\d,]+) tokens", vllm.log.read_text(encoding="utf-8"))
    assert found is not None
    assert int(found[1].replace(",", "")) == pytest.approx(2**30 / per_token, rel=0.01)


def test_one_that_is_killed_comes_back_and_answers(vllm: Running) -> None:
    """Last in this file: the server is another one afterwards."""
    group = processes(vllm)
    os.kill(group[0], signal.SIGKILL)
    assert vllm.server.wait_for({ServerState.RESTARTING}, 60).detail == "was ended by signal 9"
    assert until(lambda: not any(Path(f"/proc/{pid}/cmdline").exists() for pid in group)), "its workers are left behind"
    assert vllm.server.wait_for({ServerState.READY, ServerState.FAILED}, START_SECONDS) == (ServerState.READY, 1, "")
    assert complete(vllm, "What is the capital of France?")["choices"][0]["message"]["content"].strip()


def processes(running: Running) -> list[int]:
    """Process ids of the server: `vllm serve` first, then its workers."""
    port = running.endpoint.url.split(":")[2].partition("/")[0]
    found = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    serving = next(pid for pid in found if _is_server(pid, port))
    group = os.getpgid(serving)
    return [serving, *(pid for pid in found if pid not in {serving, group} and _group(pid) == group)]


def _is_server(pid: int, port: str) -> bool:
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return False
    return "serve" in arguments and port in arguments and not any(argument.endswith("tether.py") for argument in arguments)


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except OSError:
        return 0
