"""The language model's server is set by the environment, checked by `doctor`, and its key is never shown."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from chartcite.api.doctor import Finding, examine
from chartcite.api.settings import Settings, load_settings
from chartcite.api.wiring import open_generator
from chartcite.engine.errors import InputError
from chartcite.engine.models.circuit_breaker import CircuitBreaker
from chartcite.engine.ports import Generator, WritingTask
from chartcite.engine.testing import QuotingGenerator

from tests.scripted_model import Reply, Script, by, listed, refused, running, written

KEY = "key-canary-4711"
TASK = WritingTask((), {"type": "object", "properties": {}}, "answer", most_tokens=10, seconds=10.0)


def checked(url: str | None, tmp_path: Path, **more: object) -> Finding:
    settings = Settings(store=tmp_path, generator_url=url, **more)  # type: ignore[arg-type]
    [finding] = [each for each in examine(settings) if each.name == "generator"]
    return finding


async def document(generator: Generator) -> str:
    return "".join([piece async for piece in generator.write(TASK)])


def test_without_an_address_there_is_no_generator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHARTCITE_GENERATOR_URL", "")
    assert open_generator(load_settings()) is None
    assert checked(None, tmp_path) == Finding("generator", ok=True, found="none: answers are made from the evidence alone")


def test_the_environment_says_where_who_and_how(monkeypatch: pytest.MonkeyPatch) -> None:
    with running(written("{}"), models=[listed("a"), listed("b")], key=KEY) as server:
        for name, value in {"URL": server.url, "MODEL": "b", "KEY": KEY, "SECONDS": "5", "FORM": "json_object"}.items():
            monkeypatch.setenv(f"CHARTCITE_GENERATOR_{name}", value)
        settings = load_settings()
        generator = open_generator(settings)
        assert isinstance(generator, CircuitBreaker)
        assert asyncio.run(document(generator)) == "{}"
        [request] = server.requests
    assert (request.body["model"], request.body["response_format"]) == ("b", {"type": "json_object"})
    assert KEY not in repr(settings) + str(settings) + settings.model_dump_json() + repr(vars(generator))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "ftp://CANARY/v1"),
        ("URL", "CANARY"),
        ("URL", "http://"),
        ("URL", "http://user:CANARY@localhost/v1"),
        ("URL", "http://localhost/v1?key=CANARY"),
        ("URL", "http://localhost:99999/CANARY"),
        ("URL", "http://local host/CANARY"),
        ("KEY", "CANARY\n"),
        ("KEY", "CANARYü"),
        ("SECONDS", "0"),
        ("FORM", "CANARY"),
        ("AT_ONCE", "0"),
    ],
)
def test_a_setting_that_cannot_be_is_named_and_not_shown(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"CHARTCITE_GENERATOR_{name}", value)
    with pytest.raises(InputError, match=f"CHARTCITE_GENERATOR_{name}") as caught:
        load_settings()
    assert "CANARY" not in str(caught.value)


def test_doctor_says_which_model_and_that_it_is_guided(tmp_path: Path) -> None:
    with running(by(QuotingGenerator())) as server:
        found = checked(server.url, tmp_path)
    assert (found.ok, found.found) == (True, "small, served by vllm 0.32.0, held to a form")


@pytest.mark.parametrize("reply", [written("The sea is blue."), written('{"mark": "blue"}'), refused(400)])
def test_doctor_says_that_a_server_does_not_guide(reply: Reply, tmp_path: Path) -> None:
    with running(reply) as server:
        found = checked(server.url, tmp_path)
        assert (found.ok, found.exit_code) == (False, 4)
        assert "CHARTCITE_GENERATOR_FORM" in found.to_do
        told_in_words = checked(server.url, tmp_path, generator_form="none")
    assert (told_in_words.ok, told_in_words.found) == (True, "small, served by vllm 0.32.0, not held to a form")


@pytest.mark.parametrize("script", [lambda _request: refused(500), lambda _request: refused(429)])
def test_doctor_says_that_a_server_is_ill(script: Script, tmp_path: Path) -> None:
    with running(script) as server:
        found = checked(server.url, tmp_path)
    assert (found.ok, found.exit_code) == (False, 4)
    assert found.to_do


def test_doctor_says_that_nobody_is_there(tmp_path: Path) -> None:
    with running(written("{}")) as server:
        url = server.url
    found = checked(url, tmp_path, generator_key=KEY)
    assert (found.ok, found.exit_code) == (False, 4)
    assert "CHARTCITE_GENERATOR_URL" in found.to_do
    assert KEY not in json.dumps(found)
