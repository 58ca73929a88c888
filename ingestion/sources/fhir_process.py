"""A process that reads pieces of FHIR files for another one (`fhir_readers.py`), so that several are read at the same time.

Run as a module. On its input stand frames: a letter, a length of 8 bytes, and a `Surroundings` (`AROUND`) or `Piece` (`PIECE`)
as it is written down. It writes first an empty frame (`READY`), then for each piece a frame with what it holds (`READ`), or an
empty one (`FAILED`) where the other process is to read it and meet the error itself.
"""

from __future__ import annotations

import gc
import os
import sys
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO, NamedTuple

from chartcite.ingestion.sources.fhir_bulk import Surroundings
from chartcite.ingestion.sources.fhir_handover import write_pieces
from chartcite.ingestion.sources.fhir_pieces import Piece, as_rows, read_piece

AROUND, PIECE, READY, READ, FAILED = b"A", b"P", b"Y", b"R", b"F"
_LENGTH_BYTES = 8
_SWITCH_SECONDS = 0.0005
"""What is given is taken at once, whatever is being read: the giver has other things to do than to wait."""


class Frame(NamedTuple):
    """What goes from one process to the other."""

    kind: bytes
    content: bytes


def main() -> None:
    """Read pieces until the input ends."""
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.set_threshold(100_000, 50, 100)
    waiting: SimpleQueue[Frame | None] = SimpleQueue()
    Thread(target=_take, args=(sys.stdin.buffer, waiting), daemon=True).start()
    around = Surroundings()
    write_frame(told, Frame(READY, b""))
    while (frame := waiting.get()) is not None:
        if frame.kind == AROUND:
            around = Surroundings.from_written(frame.content)
            continue
        try:
            read = read_piece(Piece.from_written(frame.content), around)
            answer = Frame(READ, write_pieces(as_rows(read)))
        except Exception:  # noqa: BLE001 -- whatever it is, it happens again where it can be told
            answer = Frame(FAILED, b"")
        write_frame(told, answer)


def _take(given: BinaryIO, waiting: SimpleQueue[Frame | None]) -> None:
    while frame := read_frame(given):
        waiting.put(frame)
    waiting.put(None)


def write_frame(stream: BinaryIO, frame: Frame) -> None:
    """Write one frame.

    Raises:
        OSError: nobody reads any more.
    """
    stream.write(frame.kind + len(frame.content).to_bytes(_LENGTH_BYTES, "little"))
    stream.write(frame.content)
    stream.flush()


def read_frame(stream: BinaryIO) -> Frame | None:
    """Return the next frame; `None` where the stream ended, in the middle of a frame too."""
    head = stream.read(1 + _LENGTH_BYTES)
    length = int.from_bytes(head[1:], "little")
    content = stream.read(length)
    return Frame(head[:1], content) if head and len(content) == length else None


if __name__ == "__main__":
    main()
