"""The client of a language model's server: what it sends, what it takes, and how it fails."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing

import httpx
import openai
import pytest
from chartcite.engine.errors import (
    GeneratorBusyError,
    GeneratorError,
    GeneratorGarbledError,
    GeneratorTimeoutError,
    GeneratorUnavailableError,
)
from chartcite.engine.models import openai_generator
from chartcite.engine.models.fences import Unfenced
from chartcite.engine.models.generator_policy import FormStyle, GeneratorPolicy, ServerKind
from chartcite.engine.models.openai_generator import OpenAiGenerator
from chartcite.engine.ports import GeneratorIdentity, Message, WritingTask
from hypothesis import given
from hypothesis import strategies as st

from tests.scripted_model import (
    DONE,
    STREAM,
    Reply,
    ScriptedModel,
    begun,
    chunk,
    endless,
    event,
    huge_line,
    in_turn,
    listed,
    not_streamed,
    refused,
    running,
    written,
)

CANARY = "Zebrafinch-canary"
KEY = "key-canary-4711"
DOCUMENT = '{"answerable": true, "claims": ["Potassium was 4.1 mmol/L."]}'
FORM = {"type": "object", "properties": {"answerable": {"type": "boolean"}}, "required": ["answerable"]}
QUICK = GeneratorPolicy(first_piece_seconds=0.4, stall_seconds=0.3, document_seconds=1.0, retry_pause_seconds=0.05)
PATIENT = GeneratorPolicy(retry_pause_seconds=0.05)
SLACK = 8.0
"""Seconds that a busy machine may need beyond a deadline."""


def task(**changed: object) -> WritingTask:
    messages = (Message("system", "Write claims."), Message("user", f"{CANARY}: potassium 4.1"))
    first = WritingTask(messages, FORM, "answer", most_tokens=200, seconds=5.0, seed=7, salt="t1-p1")
    return first._replace(**changed)  # type: ignore[arg-type]


async def gathered(pieces: AsyncIterator[str]) -> str:
    return "".join([piece async for piece in pieces])


def document(generator: OpenAiGenerator, asked: WritingTask | None = None) -> str:
    return asyncio.run(gathered(generator.write(asked or task())))


def generator_of(server: ScriptedModel, **given: object) -> OpenAiGenerator:
    return OpenAiGenerator(server.url, **{"policy": PATIENT, **given})  # type: ignore[arg-type]


def test_a_document_comes_piece_by_piece() -> None:
    async def pieces(generator: OpenAiGenerator) -> list[str]:
        return [piece async for piece in generator.write(task())]

    with running(written(DOCUMENT, pieces=5)) as server:
        got = asyncio.run(pieces(generator_of(server)))
    assert (len(got), "".join(got)) == (5, DOCUMENT)


def test_the_request_says_model_form_seed_and_bounds() -> None:
    with running(written(DOCUMENT)) as server:
        document(generator_of(server, key=KEY))
        [request] = server.requests
    assert request.messages == task().messages
    assert request.body == {
        "model": "small",
        "messages": [{"role": each.role, "content": each.content} for each in task().messages],
        "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": FORM, "strict": True}},
        "max_tokens": 200,
        "temperature": 0.0,
        "seed": 7,
        "n": 1,
        "stream": True,
        "cache_salt": "t1-p1",
    }
    assert request.headers["authorization"] == f"Bearer {KEY}"


def test_nothing_of_this_machine_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Secret: s")
    monkeypatch.setenv("OPENAI_ORG_ID", "org")
    monkeypatch.setenv("OPENAI_API_KEY", "of-somebody-else")
    with running(written(DOCUMENT)) as server:
        document(generator_of(server))
        [request] = server.requests
    assert sorted(request.headers) == sorted(
        ["host", "accept", "connection", "content-length", "content-type", "accept-encoding", "user-agent"]
    )
    assert request.headers["user-agent"] == "chartcite"


@pytest.mark.parametrize(
    ("owner", "kind", "salted"),
    [
        ("vllm", ServerKind.AUTO, True),
        ("llamacpp", ServerKind.AUTO, False),
        ("somebody", ServerKind.VLLM, True),
        ("vllm", ServerKind.OTHER, False),
    ],
)
def test_only_vllm_gets_a_salt(owner: str, kind: ServerKind, *, salted: bool) -> None:
    with running(written(DOCUMENT), models=[listed("small", owner=owner)]) as server:
        document(generator_of(server, server_kind=kind))
        assert ("cache_salt" in server.requests[0].body) is salted


@pytest.mark.parametrize(("style", "kind"), [(FormStyle.JSON_OBJECT, {"type": "json_object"}), (FormStyle.NONE, None)])
def test_a_server_that_is_not_guided_is_told_the_form_in_words(style: FormStyle, kind: object) -> None:
    with running(written(DOCUMENT)) as server:
        document(generator_of(server, form_style=style))
        [request] = server.requests
    assert request.body.get("response_format") == kind
    assert [each.role for each in request.messages] == ["system", "user"]
    assert json.dumps(FORM, separators=(",", ":")) in request.messages[0].content


@pytest.mark.parametrize("fenced", [f"```json\n{DOCUMENT}\n```", f"\n```\n{DOCUMENT}```\n"])
@pytest.mark.parametrize("pieces", [1, 7, 60])
def test_fences_around_what_is_told_in_words_are_taken_off(fenced: str, pieces: int) -> None:
    with running(written(fenced, pieces=pieces)) as server:
        assert document(generator_of(server, form_style=FormStyle.NONE)) == DOCUMENT


@given(text=st.text(alphabet='`{}\n ja"', max_size=30), size=st.integers(1, 5))
def test_nothing_but_one_fence_is_ever_taken_off(text: str, size: int) -> None:
    fences = Unfenced()
    left = "".join(fences.take(text[at : at + size]) for at in range(0, len(text), size)) + fences.rest()
    taken = text.replace(left, "", 1)
    assert left in text
    assert not taken.strip() or re.fullmatch(r"\s*```[A-Za-z]{0,10}[ \t]*\n\s*(?:```\s*)?", taken)


def test_no_more_tokens_are_asked_for_than_the_policy_allows() -> None:
    with running(written(DOCUMENT)) as server:
        document(generator_of(server, policy=GeneratorPolicy(most_tokens=64)))
        assert server.requests[0].body["max_tokens"] == 64


def test_who_writes_is_asked_once() -> None:
    async def twice(generator: OpenAiGenerator) -> list[GeneratorIdentity]:
        return [await generator.identity(), await generator.identity()]

    with running(written(DOCUMENT)) as server:
        said = asyncio.run(twice(generator_of(server)))
        assert said == [GeneratorIdentity("small", server="vllm 0.32.0")] * 2
        assert server.asked == ["/v1/models", "/version"]


def test_who_writes_is_asked_again_when_that_is_old() -> None:
    with running(written(DOCUMENT)) as server:
        generator = generator_of(server, policy=GeneratorPolicy(identity_fresh_seconds=0))
        assert asyncio.run(generator.identity()).model == "small"
        server.models[:] = [listed("medium", owner="ollama")]
        assert asyncio.run(generator.identity()) == GeneratorIdentity("medium", server="ollama")


@pytest.mark.parametrize(
    ("models", "asked_for", "words"),
    [
        ([listed("a"), listed("b")], "", "lists 2 models"),
        ([], "", "lists 0 models"),
        ([listed("a")], "b", "does not serve this model"),
    ],
)
def test_a_model_that_is_not_clear_is_not_guessed(models: list[dict[str, object]], asked_for: str, words: str) -> None:
    with running(written(DOCUMENT), models=models) as server, pytest.raises(GeneratorUnavailableError, match=words):
        asyncio.run(generator_of(server, model=asked_for).identity())


@pytest.mark.parametrize("data", [[1], {"a": 1}, None, "x", [{"id": 7}], [{}]])
def test_a_list_of_models_that_is_none_is_garbled_or_empty(data: object) -> None:
    with running(written(DOCUMENT)) as server:
        server.models = data  # type: ignore[assignment]
        with pytest.raises(GeneratorError):
            asyncio.run(generator_of(server).identity())


def test_a_server_without_a_list_of_models_serves_the_one_that_is_named() -> None:
    with running(written(DOCUMENT)) as server:
        generator = OpenAiGenerator(f"http://127.0.0.1:{server.port}/llm/v1", model="small", policy=PATIENT)
        assert asyncio.run(generator.identity()) == GeneratorIdentity("small")
        assert document(generator) == DOCUMENT


def dripping(part: bytes) -> list[bytes | float]:
    return [each for _ in range(300) for each in (0.1, part)]


FAULTS: dict[str, tuple[Reply, type[GeneratorError], str]] = {
    "slow first words": (written(DOCUMENT, first_seconds=30), GeneratorTimeoutError, "begin|go on"),
    "headers and no words": (Reply([30.0]), GeneratorTimeoutError, "go on"),
    "a stall": (begun(30.0, chunk("true}")), GeneratorTimeoutError, "go on"),
    "signs of life without words": (begun(*dripping(chunk(content=""))), GeneratorTimeoutError, "go on"),
    "comments only": (begun(*dripping(b": ping\n\n")), GeneratorTimeoutError, "go on"),
    "past the deadline": (written("x" * 300, pieces=300, gap_seconds=0.1), GeneratorTimeoutError, "go on"),
    "garbage in an event": (begun(b"data: {garbage\n\n", DONE), GeneratorGarbledError, "protocol"),
    "bytes that are no text": (begun(b"data: \xff\xfe\n\n", DONE), GeneratorGarbledError, "protocol"),
    "an event that is a list": (begun(event([1, 2]), DONE), GeneratorGarbledError, "protocol"),
    "an event that is a number": (begun(event(3), DONE), GeneratorGarbledError, "protocol"),
    "an event of nothing": (begun(event(None), DONE), GeneratorGarbledError, "protocol"),
    "choices that are none": (begun(event({"choices": 3})), GeneratorGarbledError, "protocol"),
    "choices of numbers": (begun(event({"choices": [3]})), GeneratorGarbledError, "protocol"),
    "words that are no words": (begun(event({"choices": [{"delta": {"content": {"a": 1}}}]})), GeneratorGarbledError, "protocol"),
    "deep nesting": (begun(b"data: " + b"[" * 100_000 + b"\n\n"), GeneratorGarbledError, "protocol"),
    "not HTTP": (Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), GeneratorUnavailableError, "does not answer"),
    "another type": (Reply([b"<html>"], content_type="text/html"), GeneratorGarbledError, "protocol"),
    "not a stream": (not_streamed(DOCUMENT), GeneratorGarbledError, "protocol"),
    "packed": (Reply([b"x"], headers={"Content-Encoding": "gzip"}), GeneratorUnavailableError, "does not answer"),
    "cut": (begun(is_cut=True), GeneratorGarbledError, "broke off"),
    "an end without an end": (begun(), GeneratorGarbledError, "broke off"),
    "done without an end": (begun(DONE), GeneratorGarbledError, "broke off"),
    "an error within": (begun(event({"error": {"message": CANARY, "code": 500}})), GeneratorGarbledError, "broke off"),
    "too long by its own count": (begun(chunk(finish="length"), DONE), GeneratorGarbledError, "longer"),
    "a tool is called": (begun(chunk(finish="tool_calls"), DONE), GeneratorGarbledError, "without a document"),
    "filtered": (begun(chunk(finish="content_filter"), DONE), GeneratorGarbledError, "refuses"),
    "refused in words": (Reply([chunk(refusal="No."), chunk(finish="stop"), DONE]), GeneratorGarbledError, "refuses"),
    "empty": (Reply([chunk(content=""), chunk(finish="stop"), DONE]), GeneratorGarbledError, "without a document"),
    "no choices": (Reply([event({"choices": []}), DONE]), GeneratorGarbledError, "broke off"),
    "nothing at all": (Reply([]), GeneratorGarbledError, "broke off"),
    "429": (refused(429), GeneratorBusyError, "429"),
    "429 for longer than we wait": (refused(429, retry_after="30"), GeneratorBusyError, "429"),
    "429 until a date": (refused(429, retry_after="Wed, 21 Oct 2099 07:28:00 GMT"), GeneratorBusyError, "429"),
    "429 for a nonsense": (refused(429, retry_after="-5"), GeneratorBusyError, "429"),
    "503": (refused(503), GeneratorBusyError, "503"),
    "500": (refused(500, body={"error": CANARY}), GeneratorUnavailableError, "500"),
    "502": (refused(502), GeneratorUnavailableError, "502"),
    "504": (refused(504), GeneratorTimeoutError, "504"),
    "408": (refused(408), GeneratorTimeoutError, "408"),
    "400": (refused(400, body={"error": {"message": CANARY}}), GeneratorGarbledError, "FORM"),
    "422": (refused(422, body=[CANARY]), GeneratorGarbledError, "FORM"),
    "401": (refused(401), GeneratorUnavailableError, "KEY"),
    "403": (refused(403), GeneratorUnavailableError, "KEY"),
    "404": (refused(404), GeneratorUnavailableError, "MODEL"),
    "sent elsewhere": (refused(307, location="http://192.0.2.1/v1/chat/completions"), GeneratorUnavailableError, "elsewhere"),
    "an error page without end": (Reply(iter(lambda: b"x" * 65_536, 0), status=500), GeneratorGarbledError, "larger|sends more"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_becomes_its_error_in_time(name: str, caplog: pytest.LogCaptureFixture) -> None:
    reply, kind, words = FAULTS[name]
    caplog.set_level(logging.DEBUG)
    limits = QUICK if kind is GeneratorTimeoutError else PATIENT
    policy = limits.model_copy(update={"most_bytes": 500_000})
    with running(lambda _request: reply) as server:
        generator = generator_of(server, model="small", policy=policy, key=KEY, server_kind=ServerKind.OTHER)
        began = time.monotonic()
        with pytest.raises(GeneratorError, match=words) as caught:
            document(generator)
        assert time.monotonic() - began < QUICK.document_seconds + SLACK
        assert type(caught.value) is kind
        assert server.wait_until(lambda: server.at_work == 0), "the stream was left open"
        assert len(server.requests) == 1
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(caught.value.__dict__)
    assert CANARY not in shown
    assert KEY not in shown


def test_a_document_without_end_is_cut_at_its_bound() -> None:
    policy = PATIENT.model_copy(update={"most_characters": 2_000})
    with running(endless("word ")) as server, pytest.raises(GeneratorGarbledError, match="sends more"):
        document(generator_of(server, policy=policy))


def test_a_line_without_end_is_cut_at_its_bound() -> None:
    policy = PATIENT.model_copy(update={"most_bytes": 300_000})
    with running(huge_line(50_000_000)) as server, pytest.raises(GeneratorGarbledError, match="sends more"):
        document(generator_of(server, policy=policy))


def test_what_a_server_says_besides_is_passed_over() -> None:
    parts = [
        b": comment\n\n",
        event({"choices": []}),
        chunk(role="assistant"),
        chunk(reasoning_content="hm"),
        chunk('{"a"'),
        event({"choices": [], "usage": {"total_tokens": 3}}),
        chunk(": 1}", finish="stop"),
        b"data: {garbage after the end\n\n",
    ]
    with running(Reply(parts)) as server:
        assert document(generator_of(server)) == '{"a": 1}'


@given(noise=st.binary(max_size=200))
def test_whatever_bytes_come_it_ends_in_a_document_or_an_error(noise: bytes) -> None:
    with running(Reply([noise, b"\n\n", chunk("{}", finish="stop")])) as server:
        try:
            assert "{}" in document(generator_of(server, model="small", server_kind=ServerKind.OTHER))
        except GeneratorGarbledError as error:
            assert error.__suppress_context__  # noqa: PT017 -- either is right


def test_a_busy_server_that_says_when_is_asked_once_more() -> None:
    with running(in_turn(refused(429, retry_after="0"), written(DOCUMENT))) as server:
        assert document(generator_of(server)) == DOCUMENT
        assert len(server.requests) == 2


def test_a_server_is_asked_twice_at_most() -> None:
    with running(refused(503, retry_after="0")) as server:
        with pytest.raises(GeneratorBusyError):
            document(generator_of(server))
        assert len(server.requests) == 2


def test_nothing_is_asked_again_once_words_came() -> None:
    with running(in_turn(begun(is_cut=True), written(DOCUMENT))) as server:
        with pytest.raises(GeneratorGarbledError):
            document(generator_of(server))
        assert len(server.requests) == 1


def test_a_server_that_is_not_there_is_unavailable_at_once() -> None:
    with running(written(DOCUMENT)) as server:
        generator = generator_of(server)
    began = time.monotonic()
    with pytest.raises(GeneratorUnavailableError, match="GENERATOR_URL"):
        document(generator)
    assert time.monotonic() - began < SLACK


def test_a_server_that_comes_up_meanwhile_is_reached_by_the_second_attempt() -> None:
    with running(written(DOCUMENT)) as server:
        generator = generator_of(server, model="small", server_kind=ServerKind.OTHER)
        real, attempts = generator._send, 0

        async def once_refused(connection: object, request: object) -> object:
            nonlocal attempts
            attempts += 1
            if attempts == 1:
                raise openai.APIConnectionError(request=httpx.Request("POST", server.url)) from httpx.ConnectError("no")
            return await real(connection, request)  # type: ignore[arg-type]

        generator._send = once_refused  # type: ignore[method-assign, assignment]
        assert (document(generator), attempts) == (DOCUMENT, 2)


def test_a_task_may_ask_for_less_time() -> None:
    with running(begun(30.0)) as server:
        began = time.monotonic()
        with pytest.raises(GeneratorTimeoutError):
            document(generator_of(server), task(seconds=0.3))
        assert 0.25 < time.monotonic() - began < 0.3 + SLACK


def test_closing_the_iterator_tells_the_server() -> None:
    async def leave_after_the_first(generator: OpenAiGenerator) -> str:
        async with aclosing(generator.write(task())) as pieces:
            return await anext(pieces)

    with running(begun(30.0)) as server:
        assert asyncio.run(leave_after_the_first(generator_of(server))) == '{"answerable": '
        assert server.wait_until(lambda: (server.left, server.at_work) == (1, 0))


def test_cancelling_the_reader_tells_the_server() -> None:
    async def cancelled(generator: OpenAiGenerator, server: ScriptedModel) -> None:
        reading = asyncio.create_task(gathered(generator.write(task())))
        await asyncio.to_thread(server.wait_until, lambda: bool(server.requests))
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading

    with running(Reply([30.0])) as server:
        asyncio.run(cancelled(generator_of(server), server))
        assert server.wait_until(lambda: server.left == 1)


def test_a_deadline_tells_the_server() -> None:
    with running(begun(30.0)) as server:
        with pytest.raises(GeneratorTimeoutError):
            document(generator_of(server, policy=QUICK))
        assert server.wait_until(lambda: server.left == 1)


async def _together(generator: OpenAiGenerator, count: int) -> list[object]:
    return await asyncio.gather(*(gathered(generator.write(task())) for _ in range(count)), return_exceptions=True)


def test_no_more_write_at_once_than_allowed_and_no_more_wait() -> None:
    policy = GeneratorPolicy(most_at_once=2, most_waiting=3)
    with running(lambda _request: written(DOCUMENT, first_seconds=0.2)) as server:
        ended = asyncio.run(_together(generator_of(server, policy=policy), 8))
        assert server.most_at_work == 2
    assert [each for each in ended if isinstance(each, str)] == [DOCUMENT] * 5
    assert sum(isinstance(each, GeneratorBusyError) for each in ended) == 3


def test_thirty_two_at_once_lose_nothing() -> None:
    policy = GeneratorPolicy(most_at_once=32)
    with running(lambda _request: written(DOCUMENT, pieces=20, gap_seconds=0.005)) as server:
        assert asyncio.run(_together(generator_of(server, policy=policy), 32)) == [DOCUMENT] * 32
        assert server.most_at_work > 16


def test_waiting_for_a_place_ends_at_the_deadline_and_the_place_is_not_lost() -> None:
    policy = GeneratorPolicy(most_at_once=1, document_seconds=0.6)
    with running(lambda _request: written(DOCUMENT, first_seconds=0.4)) as server:
        generator = generator_of(server, policy=policy)
        ended = asyncio.run(_together(generator, 3))
        assert [type(each) for each in ended].count(str) == 1
        assert [type(each) for each in ended].count(GeneratorTimeoutError) == 2
        assert document(generator) == DOCUMENT


def test_threads_with_loops_of_their_own_share_the_places() -> None:
    policy = GeneratorPolicy(most_at_once=2)
    with running(lambda _request: written(DOCUMENT, first_seconds=0.05)) as server:
        generator, got = generator_of(server, policy=policy), list[str]()
        threads = [threading.Thread(target=lambda: got.append(document(generator))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert (got, server.most_at_work) == ([DOCUMENT] * 8, 2)


def test_a_key_that_is_refused_says_so_without_showing_it() -> None:
    with running(written(DOCUMENT), key="right") as server:
        generator = generator_of(server, key=KEY)
        with pytest.raises(GeneratorUnavailableError, match="KEY") as caught:
            document(generator)
    assert KEY not in repr(generator) + str(caught.value) + "".join(traceback.format_exception(caught.value))


def test_requests_are_not_logged_whatever_level_is_set(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with running(written(DOCUMENT)) as server:
        document(generator_of(server, key=KEY))
    assert "httpcore" in {record.name.partition(".")[0] for record in caplog.records}, (
        "nothing was logged: the test proves nothing"
    )
    assert [word for word in (CANARY, KEY, "Potassium") if word in caplog.text] == []


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    with running(written(DOCUMENT)) as server:
        assert document(generator_of(server)) == DOCUMENT


def _subclasses(kind: type[BaseException]) -> set[type[BaseException]]:
    return {kind}.union(*(_subclasses(each) for each in kind.__subclasses__()))


def _public_errors(module: object) -> set[type[BaseException]]:
    found = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, BaseException)]
    return set().union(*(_subclasses(each) for each in found))


LIBRARY_ERRORS = sorted(
    _public_errors(openai._exceptions) | _public_errors(httpx), key=lambda kind: f"{kind.__module__}.{kind.__name__}"
)


@pytest.mark.parametrize("kind", LIBRARY_ERRORS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
@pytest.mark.parametrize("translate", [openai_generator._opening_failed, openai_generator._reading_failed])
def test_every_error_of_the_libraries_is_translated(
    kind: type[Exception], translate: Callable[[Exception], GeneratorError]
) -> None:
    assert issubclass(kind, openai_generator._FAILURES)
    error = kind.__new__(kind)
    if isinstance(error, openai.APIStatusError):
        error.status_code = getattr(kind, "status_code", 500)
    assert isinstance(translate(error), GeneratorError)


def test_the_libraries_have_errors_to_translate() -> None:
    assert {openai.RateLimitError, openai.APIConnectionError, httpx.ReadError, httpx.StreamClosed} <= set(LIBRARY_ERRORS)


def test_the_engine_is_imported_without_the_client() -> None:
    listed_modules = (
        "import sys, chartcite.engine.ask, chartcite.api.wiring; print('openai' in sys.modules, 'httpx' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", listed_modules], capture_output=True, text=True, check=True)
    assert done.stdout.split()[0] == "False"


def test_an_address_without_a_path_means_the_usual_one() -> None:
    assert repr(OpenAiGenerator("http://127.0.0.1:9/", model="m")) == "OpenAiGenerator('http://127.0.0.1:9/v1', model='m')"


def test_another_type_of_stream_is_known_by_its_name() -> None:
    with running(Reply([chunk("{}", finish="stop")], content_type=STREAM.upper())) as server:
        assert document(generator_of(server)) == "{}"
