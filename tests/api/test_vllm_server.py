"""The supervisor of the model server, with real processes that stand in for it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from chartcite.api.settings import Settings, load_settings
from chartcite.api.supervision import ServerState, SupervisedServer, Supervision, free_port, is_healthy, port_is_free
from chartcite.api.vllm_server import LOG, VllmServer, plan, supervised
from chartcite.engine.errors import InputError

STAND_IN = Path(__file__).with_name("stand_in_server.py")
QUICK = Supervision(
    start_seconds=20,
    probe_seconds=0.1,
    probe_timeout_seconds=0.5,
    failed_probes=2,
    first_backoff_seconds=0.05,
    longest_backoff_seconds=0.2,
    starts=3,
    steady_seconds=60,
    grace_seconds=0.5,
    kept_logs=3,
)
PATIENCE = 60.0
"""Seconds; a busy machine is slow."""


@pytest.fixture
def executable(tmp_path: Path) -> Path:
    path = tmp_path / "vllm"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{STAND_IN}" "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def settings_for(tmp_path: Path, executable: Path) -> Callable[..., Settings]:
    def build(behaviour: str = "serve", **more: object) -> Settings:
        arguments = ("--behaviour", behaviour, "--pids", str(tmp_path / "pids"))
        fields = {"store": tmp_path / "store", "vllm_model": "org/model", "vllm_executable": str(executable)}
        return Settings.model_validate({**fields, "vllm_arguments": arguments, **more})

    return build


@contextmanager
def running(settings: Settings, policy: Supervision = QUICK, told: list[str] | None = None) -> Iterator[VllmServer]:
    with supervised(settings, tell=(told if told is not None else []).append, policy=policy) as found:
        assert found is not None
        yield found


def pids(tmp_path: Path) -> list[list[int]]:
    """Process ids of every start."""
    return [list(map(int, line.split())) for line in (tmp_path / "pids").read_text(encoding="utf-8").splitlines()]


def alive(pid: int) -> bool:
    """Say whether a process runs (one that ended and was not yet waited for does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def port_of(found: VllmServer) -> int:
    return int(found.endpoint.url.split(":")[2].partition("/")[0])


def until(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def ready(server: SupervisedServer) -> bool:
    return server.wait_for({ServerState.READY, ServerState.FAILED}, PATIENCE).state is ServerState.READY


def test_it_starts_becomes_ready_and_is_gone_afterwards(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    told: list[str] = []
    with running(settings_for(), told=told) as found:
        assert found.server.status == (ServerState.STARTING, 0, "")
        assert ready(found.server)
        assert found.server.status == (ServerState.READY, 0, "")
        assert is_healthy(port_of(found), 1)
        assert (found.endpoint.url, found.endpoint.model) == (f"http://127.0.0.1:{port_of(found)}/v1", "org/model")
    assert found.server.status == (ServerState.STOPPED, 0, "")
    assert not any(map(alive, pids(tmp_path)[0]))
    assert port_is_free(port_of(found))
    assert [line.split(":")[0] for line in told] == ["the model server starts", "the model server is ready"]


def test_the_key_is_in_the_environment_and_nowhere_else(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    told: list[str] = []
    with running(settings_for(), told=told) as found:
        assert ready(found.server)
        key = found.endpoint.api_key.get_secret_value()
        log = tmp_path / "store" / LOG
        arguments = Path(f"/proc/{pids(tmp_path)[0][0]}/cmdline").read_bytes().decode()
        assert log.read_text(encoding="utf-8") == "key of 43 characters\n"
        assert len(key) == 43
        assert log.stat().st_mode & 0o077 == 0
        assert all(key not in text for text in (arguments, repr(found), str(found.endpoint), " ".join(told)))
    with running(settings_for()) as another:
        assert another.endpoint.api_key.get_secret_value() != key


def test_one_that_is_killed_is_started_again(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    told: list[str] = []
    with running(settings_for(), told=told) as found:
        assert ready(found.server)
        os.kill(pids(tmp_path)[0][0], signal.SIGKILL)
        restarted = found.server.wait_for({ServerState.RESTARTING}, PATIENCE)
        assert restarted == (ServerState.RESTARTING, 1, "was ended by signal 9")
        assert ready(found.server)
        assert found.server.status.restarts == 1
        assert len(pids(tmp_path)) == 2
        assert is_healthy(port_of(found), 1)
    assert any("was ended by signal 9; it is started again in 0.05 s" in line for line in told)


def test_one_whose_tether_is_killed_leaves_nothing_and_is_started_again(
    settings_for: Callable[..., Settings], tmp_path: Path
) -> None:
    with running(settings_for("stubborn")) as found:
        assert ready(found.server)
        os.kill(os.getpgid(pids(tmp_path)[0][0]), signal.SIGKILL)  # the leader of the group
        assert found.server.wait_for({ServerState.RESTARTING}, PATIENCE).state is ServerState.RESTARTING
        assert ready(found.server)
        assert not any(map(alive, pids(tmp_path)[0]))


def test_one_that_hangs_is_started_again(settings_for: Callable[..., Settings]) -> None:
    with running(settings_for("hang")) as found:
        assert ready(found.server)
        status = found.server.wait_for({ServerState.RESTARTING}, PATIENCE)
        assert status == (ServerState.RESTARTING, 1, "did not answer 2 times when asked for its health")


def test_one_that_is_never_healthy_is_given_up(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    told: list[str] = []
    with running(settings_for("never"), QUICK._replace(start_seconds=3, starts=2), told) as found:
        status = found.server.wait_for({ServerState.FAILED, ServerState.READY}, PATIENCE)
        assert status == (ServerState.FAILED, 1, "was not ready within 3 s")
        assert until(lambda: not any(alive(pid) for start in pids(tmp_path) for pid in start))
    assert "given up after 2 tries, answers go on without it" in told[-1]
    assert found.server.status.state is ServerState.FAILED, "stopping tells nothing new of one that was given up"


def test_one_that_ends_at_once_shows_its_last_line(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    told: list[str] = []
    with running(settings_for("error"), told=told) as found:
        status = found.server.wait_for({ServerState.FAILED, ServerState.READY}, PATIENCE)
        reason = "ended with exit code 3 before it was ready, saying: ValueError: the model has [31mno config.json"
        assert status == (ServerState.FAILED, 2, reason)
    log = (tmp_path / "store" / LOG).absolute()
    assert told[-1] == (
        f"the model server {reason}; given up after 3 tries, answers go on without it: "
        f"mend what its log tells ({log}) and start chartcite again"
    )


def test_pauses_between_starts_grow_to_a_bound(settings_for: Callable[..., Settings]) -> None:
    told: list[str] = []
    with running(settings_for("error"), QUICK._replace(starts=5), told) as found:
        assert found.server.wait_for({ServerState.FAILED}, PATIENCE).restarts == 4
    pauses = [line.partition("started again in ")[2].split(" ")[0] for line in told if "started again in" in line]
    assert pauses == ["0.05", "0.1", "0.2", "0.2"]


def test_what_a_server_logged_after_it_was_ready_is_not_shown(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    told: list[str] = []
    with running(settings_for("crash"), told=told) as found:
        assert found.server.wait_for({ServerState.FAILED}, PATIENCE).detail == "ended with exit code 1"
    assert "the question of the patient" in (tmp_path / "store" / LOG).read_text(encoding="utf-8")
    assert not any("question of" in line for line in told)


def test_failures_before_a_steady_time_are_forgotten(settings_for: Callable[..., Settings]) -> None:
    with running(settings_for("crash"), QUICK._replace(starts=2, steady_seconds=0)) as found:
        assert until(lambda: found.server.status.restarts >= 3)
        assert found.server.status.state is not ServerState.FAILED


def test_stopping_ends_the_whole_group_even_one_that_ignores_it(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    with running(settings_for("stubborn")) as found:
        assert ready(found.server)
        leader, child = pids(tmp_path)[0]
        assert alive(leader)
        assert alive(child)
    assert until(lambda: not alive(leader) and not alive(child))


def test_stopping_while_it_waits_to_start_again_is_prompt(settings_for: Callable[..., Settings]) -> None:
    began = time.monotonic()
    with running(settings_for("error"), QUICK._replace(first_backoff_seconds=600, longest_backoff_seconds=600)) as found:
        assert found.server.wait_for({ServerState.RESTARTING}, PATIENCE).state is ServerState.RESTARTING
    assert found.server.status.state is ServerState.STOPPED
    assert time.monotonic() - began < PATIENCE


def test_it_ends_when_the_process_that_wanted_it_is_killed(executable: Path, tmp_path: Path) -> None:
    program = (
        "import time\n"
        "from chartcite.api.settings import load_settings\n"
        "from chartcite.api.vllm_server import supervised\n"
        "with supervised(load_settings(), tell=lambda line: print(line, flush=True)):\n"
        "    time.sleep(600)\n"
    )
    wanted = {
        "CHARTCITE_STORE": str(tmp_path / "store"),
        "CHARTCITE_VLLM_MODEL": "m",
        "CHARTCITE_VLLM_EXECUTABLE": str(executable),
        "CHARTCITE_VLLM_ARGUMENTS": f"--behaviour serve --pids '{tmp_path / 'pids'}'",
    }
    with subprocess.Popen(
        [sys.executable, "-c", program], env={**os.environ, **wanted}, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        lines = iter(parent.stdout.readline, "")
        assert any("is ready" in line for line in lines)
        (server,) = pids(tmp_path)[0]
        assert alive(server)
        parent.kill()
    assert until(lambda: not alive(server))


def test_a_port_that_is_taken_is_said(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with running(settings_for(vllm_port=port), QUICK._replace(starts=1)) as found:
            status = found.server.wait_for({ServerState.FAILED}, PATIENCE)
    assert status == (ServerState.FAILED, 0, f"cannot start: port {port} is taken by another program")
    assert not (tmp_path / "pids").exists()


def test_a_port_that_comes_free_is_used(settings_for: Callable[..., Settings]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = settings_for(vllm_port=taken.getsockname()[1])
        with running(settings, QUICK._replace(starts=1000)) as found:
            assert found.server.wait_for({ServerState.RESTARTING}, PATIENCE).state is ServerState.RESTARTING
            taken.close()
            assert ready(found.server)


def test_logs_of_earlier_starts_are_kept_and_bounded(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    with running(settings_for("error"), QUICK._replace(starts=5)) as found:
        assert found.server.wait_for({ServerState.FAILED}, PATIENCE).state is ServerState.FAILED
    kept = sorted(path.name for path in (tmp_path / "store" / LOG.parent).iterdir())
    assert kept == ["vllm.log", "vllm.log.1", "vllm.log.2"]


def test_a_log_that_cannot_be_written_is_a_failure_with_its_place(settings_for: Callable[..., Settings], tmp_path: Path) -> None:
    (tmp_path / "store").write_text("not a folder", encoding="utf-8")
    with running(settings_for(), QUICK._replace(starts=1)) as found:
        status = found.server.wait_for({ServerState.FAILED}, PATIENCE)
    assert status.detail.startswith(f"cannot start: {tmp_path / 'store'}")


def test_nothing_is_started_where_no_model_is_set(tmp_path: Path) -> None:
    with supervised(Settings(store=tmp_path), tell=lambda _: None) as found:
        assert found is None


def test_the_command_line_is_that_of_vllm(settings_for: Callable[..., Settings], executable: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights" / "small"
    weights.mkdir(parents=True)
    settings = settings_for(vllm_port=8123, vllm_arguments="--max-model-len 4096 --hf-overrides '{\"a\": 1}'")
    endpoint, process = plan(settings, str(weights))
    assert process.command == (
        str(executable), "serve", str(weights), "--host", "127.0.0.1", "--port", "8123", "--served-model-name", "small",
        "--disable-uvicorn-access-log", "--max-model-len", "4096", "--hf-overrides", '{"a": 1}',
    )  # fmt: skip
    assert process.environment["VLLM_API_KEY"] == endpoint.api_key.get_secret_value()
    assert process.log == tmp_path / "store" / "logs" / "vllm.log"


def test_our_settings_are_not_handed_to_the_server(
    settings_for: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHARTCITE_FHIR_TOKEN", "secret")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("VLLM_CPU_KVCACHE_SPACE", "2")
    environment = plan(settings_for(), "m")[1].environment
    assert not {"CHARTCITE_FHIR_TOKEN", "PYTHONPATH"} & set(environment)
    assert environment["VLLM_CPU_KVCACHE_SPACE"] == "2"


@pytest.mark.parametrize(
    ("changed", "model", "said"),
    [
        ({"vllm_executable": "/nowhere/vllm"}, "m", "/nowhere/vllm: no such program: install vLLM"),
        ({}, "/nowhere/weights", "/nowhere/weights: no such folder"),
        ({}, "--api-key", "takes a model"),
        ({}, " ", "takes a model"),
        ({"vllm_arguments": "--api-key hunter2"}, "m", "--api-key is not yours to set: the key is made at every start"),
        ({"vllm_arguments": "--api_key=hunter2"}, "m", "--api-key is not yours to set"),
        ({"vllm_arguments": "--enable-log-requests"}, "m", "would write text of charts into the log"),
        ({"vllm_arguments": "--port 1"}, "m", "CHARTCITE_VLLM_PORT sets it"),
    ],
)
def test_what_cannot_be_started_is_refused_with_the_next_step(
    settings_for: Callable[..., Settings], changed: dict[str, str], model: str, said: str
) -> None:
    with pytest.raises(InputError, match=said) as refused:
        plan(settings_for(**changed), model)
    assert "hunter2" not in str(refused.value)


def test_arguments_that_are_not_closed_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHARTCITE_VLLM_ARGUMENTS", "--x 'open")
    with pytest.raises(InputError, match="CHARTCITE_VLLM_ARGUMENTS"):
        load_settings()


@pytest.mark.model
def test_serve_starts_the_model_server_beside_the_api_and_ends_it(
    store: Path, executable: Path, tmp_path: Path, free: int
) -> None:
    environment = {
        **os.environ,
        "CHARTCITE_VLLM_EXECUTABLE": str(executable),
        "CHARTCITE_VLLM_ARGUMENTS": f"--behaviour serve --pids '{tmp_path / 'pids'}'",
    }
    command = [sys.executable, "-c", "from chartcite.api.cli import main; main()", "serve", "--vllm", "m", "--port", str(free)]
    with subprocess.Popen(
        [*command, "--store", str(store), "--json"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stderr is not None
        try:
            assert any("the model server is ready" in line for line in iter(serving.stderr.readline, ""))
            (server,) = pids(tmp_path)[0]
            assert alive(server)
        finally:
            serving.terminate()
        assert serving.stdout is not None
        assert json.loads(serving.stdout.read())["address"] == f"http://127.0.0.1:{free}/"
    assert until(lambda: not alive(server))


@pytest.fixture
def free() -> int:
    return free_port()
