"""Parsing of hostile formats in a process of its own, with limits of time and memory; one process serves many documents."""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from functools import cache
from threading import Lock, Timer

from chartcite.engine.errors import SourceRejectedError

MAX_BYTES = 256 * 1024 * 1024


def parsed(kind: str, content: bytes, *, seconds: float) -> dict[str, object]:
    """Return what the parser of `kind` (`pdf`, `rtf`) found; its answer is described in `parsing_process.py`.

    Raises:
        SourceRejectedError: the parser refused the document, crashed on it, or took longer than `seconds`.
    """
    if len(content) > MAX_BYTES:
        raise SourceRejectedError(f"the {kind.upper()} is bigger than {MAX_BYTES // 1024**2} MB: split it")
    return _process().ask(kind, content, seconds)


@cache
def _process() -> _Process:
    process = _Process()
    atexit.register(process.stop)
    return process


class _Process:
    """The process, started when the first document comes and again after each that it did not survive."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._late = False

    def ask(self, kind: str, content: bytes, seconds: float) -> dict[str, object]:
        """Return the answer to one document."""
        with self._lock:
            running = self._started()
            self._late = False
            timer = Timer(seconds, self._give_up, [running])
            timer.start()
            try:
                line = _exchange(running, kind, content)
            finally:
                timer.cancel()
            if not line.endswith(b"\n"):
                self._end()
                reason = f"reading it took longer than {seconds:.0f} seconds" if self._late else "its parser crashed on it"
                raise SourceRejectedError(f"the {kind.upper()} cannot be read: {reason}; save it again or print it to a new file")
        answer: dict[str, object] = json.loads(line)
        if "refused" in answer:
            raise SourceRejectedError(str(answer["refused"]))
        return answer

    def stop(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._running is None or self._running.poll() is not None:
            self._end()
            command = [sys.executable, "-m", "chartcite.ingestion.sources.parsing_process"]
            self._running = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._running

    def _give_up(self, running: subprocess.Popen[bytes]) -> None:
        self._late = True
        running.kill()

    def _end(self) -> None:
        running, self._running = self._running, None
        if running is not None:
            running.kill()
            running.communicate()


def _exchange(running: subprocess.Popen[bytes], kind: str, content: bytes) -> bytes:
    """Return the line that the process answers; an incomplete one where it ended before."""
    if running.stdin is None or running.stdout is None:
        return b""
    try:
        running.stdin.write(f"{kind} {len(content)}\n".encode() + content)
        running.stdin.flush()
    except OSError:
        return b""
    return running.stdout.readline()
