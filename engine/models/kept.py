"""What was computed of texts is kept for a while, by their digests: nobody's words are held in memory."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


def digest(texts: Sequence[str], /) -> bytes:
    """Name texts, in order, without keeping a word of them."""
    told = hashlib.sha256()
    for text in texts:
        words = text.encode("utf-8", "surrogatepass")
        told.update(len(words).to_bytes(8) + words)
    return told.digest()


class _Entry(NamedTuple, Generic[T]):
    value: T
    size: int


class Kept(Generic[T]):
    """Keeps values up to a total size; those not asked for longest go first. Safe between threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[bytes, _Entry[T]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()  # guards `_entries` and `_size`

    def get(self, key: bytes, /) -> T | None:
        """Return what is kept under a digest, if anything is."""
        with self._lock:
            if (known := self._entries.get(key)) is None:
                return None
            self._entries.move_to_end(key)
            return known.value

    def put(self, key: bytes, value: T, /, *, size: int = 1) -> None:
        """Keep a value, in the place of what was kept under the same digest."""
        with self._lock:
            if (before := self._entries.pop(key, None)) is not None:
                self._size -= before.size
            self._entries[key] = _Entry(value, size)
            self._size += size
            while self._size > self._most:
                self._size -= self._entries.popitem(last=False)[1].size
