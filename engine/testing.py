"""Deterministic stand-ins for tests. They say in their names how they cheat."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from chartcite.engine.ports import Vector

_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """Embeds by counting words in hashed buckets: the same words are near, meaning is not known. Needs no weights."""

    name = "hashing@1"
    dimension = 128

    def embed(self, texts: Sequence[str], /) -> Vector:
        """Return (n, d) float32 rows of unit length, in the order of `texts`."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.01  # a text without words has a direction too
            for word in _WORD.findall(text.lower()):
                row[int.from_bytes(hashlib.sha256(word.encode()).digest()[:4]) % self.dimension] += 1.0
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
