"""Processes that read pieces of FHIR files while what they read before is being stored.

What is read, and its order, is the same with any number of processes and with none. They are started when there is enough to
read to be worth it, hold few pieces at a time, and end with the process that started them. What one that dies had to read is
read here.
"""

from __future__ import annotations

import fcntl
import os
import select
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, NamedTuple, Self, cast

from chartcite.ingestion.sources.fhir import Pieces
from chartcite.ingestion.sources.fhir_bulk import Surroundings
from chartcite.ingestion.sources.fhir_handover import pieces_from
from chartcite.ingestion.sources.fhir_pieces import Piece, Together, read_piece
from chartcite.ingestion.sources.fhir_process import AROUND, PIECE, READ, Frame, read_frame, write_frame

WORTHWHILE_BYTES = 4 << 20
"""So much is read here before processes are started, or while they start: it takes as long as they need to be ready."""
MAX_PIECE_BYTES = 24 << 20
"""A bigger piece is read here, one at a time."""

_MOST_WAITING = 2
"""Pieces of a process: one that it reads, and the next."""
_PIPE_BYTES = 1 << 20


def usual_number() -> int:
    """Return how many processes are of use: storing keeps up with two.

    On two idle cores they gain a tenth to a fifth, on busy ones nothing (docs/scale.json).
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 2 if cores > 1 else 0


class Readers:
    """Some processes. Use as a context manager: they end with it."""

    def __init__(self, number: int, expected_bytes: int = 0) -> None:
        """`number`: how many; 0: all is read in this process. `expected_bytes`: how much there is to read, where it is known."""
        self._number = number
        self._at_once = expected_bytes > 2 * WORTHWHILE_BYTES
        self._processes: list[_Process] = []
        self._read_here = 0
        """Bytes."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.end()

    @property
    def have_room(self) -> bool:
        """Say whether a process waits for more to read."""
        return any(process.has_room for process in self._processes)

    def begin(self, found: Pieces) -> Reading:
        """Begin to read a file, as far as there is room."""
        return Reading(self, found)

    def give(self, piece: Piece, around: Surroundings) -> _Task:
        """Give a piece to the process with the least to do; if there is none, it is read when it is asked for."""
        task = _Task(piece, around, None)
        if not self._processes and (self._at_once or self._read_here >= WORTHWHILE_BYTES):
            self._processes = [_Process() for _ in range(self._number)]
        starting = self._read_here < WORTHWHILE_BYTES and not all(process.is_ready for process in self._processes)
        if starting or not self._processes:
            self._read_here += piece.size
            return task
        free = [process for process in self._processes if process.has_room]
        if not free or piece.size > MAX_PIECE_BYTES or around.is_needed_for(piece.contents):
            return task
        process = min(free, key=lambda one: one.waiting)
        return task._replace(process=process) if process.give(piece, around) else task


class Reading:
    """What the pieces of one file hold, in their order."""

    def __init__(self, readers: Readers, found: Pieces) -> None:
        self._readers, self._around, self._pieces = readers, found.around, found.pieces
        self._tasks: deque[_Task] = deque()
        self.is_given = False
        """Every piece was taken from the file and given to a process."""
        self._give()

    def __iter__(self) -> Iterator[list[Together]]:
        try:
            while self._tasks or self._give():
                task = self._tasks.popleft()
                self._give()
                yield task.result()
        finally:
            self.drop()

    def drop(self) -> None:
        """Forget what was given and not yet asked for."""
        while self._tasks:
            self._tasks.popleft().drop()

    def _give(self) -> bool:
        """Give what there is room for, but one piece in any case; say whether there is one."""
        while not self._tasks or self._readers.have_room:
            piece = next(self._pieces, None)
            if piece is None:
                self.is_given = all(task.process is not None for task in self._tasks)
                break
            self._tasks.append(self._readers.give(piece, self._around))
            if self._tasks[-1].process is None:
                break
        return bool(self._tasks)


class _Task(NamedTuple):
    """A piece that is read, or will be."""

    piece: Piece
    around: Surroundings
    process: _Process | None

    def result(self) -> list[Together]:
        """Return what the piece holds.

        Raises:
            SourceRejectedError: it cannot be read at all.
        """
        answer = self.process.answer() if self.process else None
        return read_piece(self.piece, self.around) if answer is None else answer

    def drop(self) -> None:
        if self.process:
            self.process.answer()


class _Process:
    """One process. It answers in the order in which it was asked."""

    def __init__(self) -> None:
        self.waiting = 0
        self._began = False
        self._around: Surroundings | None = None
        self._running: subprocess.Popen[bytes] | None = subprocess.Popen(
            [sys.executable, "-m", "chartcite.ingestion.sources.fhir_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt from the keyboard is for the process that started it
        )
        for stream in (self._running.stdin, self._running.stdout):
            with suppress(OSError, AttributeError):  # not everywhere; smaller ones do as well
                fcntl.fcntl(cast("BinaryIO", stream).fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

    @property
    def is_ready(self) -> bool:
        """Whether it has begun to read; until then what it is given waits."""
        if not self._began and self._running is not None:
            stream = cast("BinaryIO", self._running.stdout)
            self._began = bool(select.select([stream], [], [], 0)[0]) and read_frame(stream) is not None
        return self._began

    @property
    def has_room(self) -> bool:
        return self._running is not None and self.waiting < _MOST_WAITING

    def give(self, piece: Piece, around: Surroundings) -> bool:
        """Say whether the process took a piece."""
        if self._running is None:
            return False
        stream = cast("BinaryIO", self._running.stdin)
        try:
            if around is not self._around:
                write_frame(stream, Frame(AROUND, around.written()))
                self._around = around
            write_frame(stream, Frame(PIECE, piece.written()))
        except OSError:
            self.end()
            return False
        self.waiting += 1
        return True

    def answer(self) -> list[Together] | None:
        """Return what the next piece holds; `None`: the process could not read it, or is no more."""
        self.waiting -= 1
        if self._running is None:
            return None
        try:
            if not self._began:
                self._began = read_frame(cast("BinaryIO", self._running.stdout)) is not None
            frame = read_frame(cast("BinaryIO", self._running.stdout))
        except BaseException:  # an interrupt: the rest of the frame stands where the next would begin
            self.end()
            raise
        if frame is None:
            self.end()
        return pieces_from(frame.content) if frame is not None and frame.kind == READ else None

    def end(self) -> None:
        """End the process; what it has is read elsewhere."""
        running, self._running = self._running, None
        if running is not None:
            running.kill()
            for stream in (running.stdin, running.stdout):
                with suppress(OSError):
                    cast("BinaryIO", stream).close()
            running.wait()
