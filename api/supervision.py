"""A server process beside ours: started, watched by its `/health`, restarted with backoff, given up, and ended with us."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Self

from chartcite.api import tether

_LOOPBACK = "127.0.0.1"
_TICK_SECONDS = 0.1
_LONGEST_LINE = 300


class ServerState(StrEnum):
    """What a supervised server is doing."""

    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    """It ended or fell silent, and is started again, at once or after a pause."""
    FAILED = "failed"
    """Given up: it is not started again."""
    STOPPED = "stopped"


class ServerStatus(NamedTuple):
    """What is known of a supervised server at one moment. Holds no text of a record."""

    state: ServerState
    restarts: int
    """How often it was started again since the beginning."""
    detail: str
    """Why it is not ready, for whoever operates it; empty where there is nothing to say."""


class Supervision(NamedTuple):
    """When a server counts as up, down and lost. All durations in seconds."""

    start_seconds: float = 900.0
    """From its start to its first good answer. Loading large weights takes minutes."""
    probe_seconds: float = 5.0
    """Between two questions for its health while it is ready; while it starts it is asked at least every second."""
    probe_timeout_seconds: float = 5.0
    failed_probes: int = 4
    """So many in a row, and a ready server is taken for hung."""
    first_backoff_seconds: float = 2.0
    """Pause before the second start; doubled before each further one."""
    longest_backoff_seconds: float = 60.0
    starts: int = 5
    """So many starts in a row that come to nothing, and the server is given up; at least 1."""
    steady_seconds: float = 300.0
    """Ready for so long, and earlier failures are forgotten."""
    grace_seconds: float = 20.0
    """From TERM to KILL."""
    kept_logs: int = 5
    """Logs of so many starts are kept; at least 1."""


class ServerProcess(NamedTuple):
    """What to run. Secrets belong into the environment: a command line can be read by every user of the machine."""

    name: str
    """Of messages: "the model server"."""
    command: tuple[str, ...]
    environment: Mapping[str, str]
    port: int
    """On loopback, where `GET /health` answers 200 when it is ready."""
    log: Path
    """What it prints; older starts beside it as `.1`, `.2`, ... The file is readable by its owner only."""


class SupervisedServer:
    """Runs a server until it is stopped. A context manager: starts on entry, stops on exit.

    The process leads a group of its own and is tethered to ours, so that neither it nor a worker of it is left behind.
    """

    def __init__(self, process: ServerProcess, *, policy: Supervision, tell: Callable[[str], None]) -> None:
        self._process = process
        self._policy = policy
        self._tell = tell
        self._stopping = threading.Event()
        self._changed = threading.Condition()
        self._status = ServerStatus(ServerState.STARTING, 0, "")
        self._thread = threading.Thread(target=self._supervise, name="supervision", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def status(self) -> ServerStatus:
        """What the server is doing now."""
        with self._changed:
            return self._status

    def wait_for(self, states: Collection[ServerState], timeout_seconds: float) -> ServerStatus:
        """Wait until the server is in one of these states, or until the time is over, and return how it is then."""
        with self._changed:
            self._changed.wait_for(lambda: self._status.state in states, timeout_seconds)
            return self._status

    def stop(self) -> None:
        """End the server and everything that it started; returns when that is done. Again: nothing happens."""
        self._stopping.set()
        self._thread.join()

    def _supervise(self) -> None:
        failures = restarts = 0
        while not self._stopping.is_set():
            run = _Run(self._process, self._policy, self._stopping, self._ready)
            reason = run.until_it_ends()
            if self._stopping.is_set():
                break
            failures = 1 if run.was_steady() else failures + 1
            if failures >= self._policy.starts:
                self._give_up(reason, failures, restarts)
                break
            pause = min(self._policy.first_backoff_seconds * 2 ** (failures - 1), self._policy.longest_backoff_seconds)
            restarts += 1
            self._set(ServerState.RESTARTING, restarts=restarts, detail=reason)
            self._tell(f"{self._process.name} {reason}; it is started again in {pause:g} s (log: {self._process.log})")
            self._stopping.wait(pause)
        if self._stopping.is_set():
            self._set(ServerState.STOPPED)

    def _ready(self) -> None:
        self._set(ServerState.READY)
        self._tell(f"{self._process.name} is ready")

    def _give_up(self, reason: str, failures: int, restarts: int) -> None:
        self._set(ServerState.FAILED, restarts=restarts, detail=reason)
        tries = "1 try" if failures == 1 else f"{failures} tries"
        self._tell(
            f"{self._process.name} {reason}; given up after {tries}, answers go on without it: "
            f"mend what its log tells ({self._process.log}) and start chartcite again"
        )

    def _set(self, state: ServerState, *, restarts: int | None = None, detail: str = "") -> None:
        with self._changed:
            self._status = ServerStatus(state, self._status.restarts if restarts is None else restarts, detail)
            self._changed.notify_all()


class _Run:
    """One start of the server, to its end."""

    def __init__(
        self, process: ServerProcess, policy: Supervision, stopping: threading.Event, on_ready: Callable[[], None]
    ) -> None:
        self._process = process
        self._policy = policy
        self._stopping = stopping
        self._on_ready = on_ready
        self._ready_since: float | None = None
        self._ended = 0.0

    def was_steady(self) -> bool:
        """Say whether it was ready long enough for earlier failures to be forgotten."""
        return self._ready_since is not None and self._ended - self._ready_since >= self._policy.steady_seconds

    def until_it_ends(self) -> str:
        """Start it, watch it, end what is left of it, and return why it ended."""
        if not port_is_free(self._process.port):
            return f"cannot start: port {self._process.port} is taken by another program"
        try:
            started = self._start()
        except OSError as error:
            return f"cannot start: {error.filename or self._process.command[0]}: {error.strerror or type(error).__name__}"
        try:
            return self._watch(started)
        finally:
            self._ended = time.monotonic()
            self._end(started)

    def _start(self) -> subprocess.Popen[bytes]:
        log = _fresh_log(self._process.log, self._policy.kept_logs)
        command = [sys.executable, "-I", "-S", str(tether.__file__), str(self._policy.grace_seconds), *self._process.command]
        try:
            return subprocess.Popen(  # noqa: S603 -- the command that the operator configured
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                env=dict(self._process.environment),
                start_new_session=True,
            )
        finally:
            os.close(log)

    def _watch(self, started: subprocess.Popen[bytes]) -> str:
        begun = time.monotonic()
        probed, failed = begun, 0
        while not self._stopping.wait(_TICK_SECONDS):
            code = started.poll()
            if code is not None:
                return self._exit_reason(code)
            now = time.monotonic()
            ready = self._ready_since is not None
            if not ready and now - begun > self._policy.start_seconds:
                return f"was not ready within {self._policy.start_seconds:g} s"
            if now - probed < (self._policy.probe_seconds if ready else min(1.0, self._policy.probe_seconds)):
                continue
            healthy = is_healthy(self._process.port, self._policy.probe_timeout_seconds)
            probed, failed = time.monotonic(), 0 if healthy else failed + 1
            if healthy and not ready:
                self._ready_since = probed
                self._on_ready()
            if ready and failed >= self._policy.failed_probes:
                return f"did not answer {failed} times when asked for its health"
        return "was stopped"

    def _exit_reason(self, code: int) -> str:
        how = f"was ended by signal {code - 128}" if code > 128 else f"ended with exit code {code}"
        if self._ready_since is not None:
            return how  # after it was ready its log may hold text of a question: it is not shown
        last = _last_line(self._process.log)
        return f"{how} before it was ready" + (f", saying: {last}" if last else "")

    def _end(self, started: subprocess.Popen[bytes]) -> None:
        """Close the pipe of the tether, which ends the group, and make sure that it did."""
        if started.stdin is not None:
            started.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            started.wait(self._policy.grace_seconds + 5)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(started.pid, signal.SIGKILL)  # workers that outlived their leader
        started.wait()


def is_healthy(port: int, timeout_seconds: float) -> bool:
    """Say whether a server on loopback answers `GET /health` with 200."""
    connection = http.client.HTTPConnection(_LOOPBACK, port, timeout=timeout_seconds)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def port_is_free(port: int) -> bool:
    """Say whether a server could listen on a loopback port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # as servers do: a connection that just closed is no hindrance
        try:
            probe.bind((_LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Return a loopback port that nobody listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((_LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _fresh_log(log: Path, kept: int) -> int:
    """Move the logs of earlier starts one number on, and open a new one for its owner only."""
    log.parent.mkdir(parents=True, exist_ok=True)
    for number in range(kept - 1, 0, -1):
        older = log if number == 1 else log.with_name(f"{log.name}.{number - 1}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number}"))
    return os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o600)


def _last_line(log: Path) -> str:
    with log.open("rb") as written:
        written.seek(0, os.SEEK_END)
        written.seek(max(0, written.tell() - 8_192))
        lines = written.read().decode(errors="replace").splitlines()
    shown = ("".join(letter for letter in line if letter.isprintable()).strip() for line in reversed(lines))
    return next(filter(None, shown), "")[:_LONGEST_LINE]
