"""`Reader`: the default embedding weights, taught to say whether a sentence of a note answers a question.

Question and sentence are read together, so that every word of the one weighs every word of the other (a cross-encoder). What was
learned are low-rank changes to the layers and a small head, 4 MB beside this file; all else is the packaged encoder, whose words
are held in memory once for both. Learned by `python -m tests.evals.reader_fit` from questions over notes of open collections and
of our own, and over entries of tables as the engine words them; nothing is learned from questions that are asked.

Source: Nogueira and Cho, Passage Re-ranking with BERT (2019), for the form; Hu et al., LoRA (ICLR 2022), for the changes.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chartcite.engine.errors import WeightsError
from chartcite.engine.models.sentence_embedder import DEFAULT_MODEL, default_weights
from chartcite.engine.ports import InPlace

if TYPE_CHECKING:
    from chartcite.engine.models.minilm import Layers
    from torch import Tensor

LEARNED = Path(__file__).with_name("sentence_reader.safetensors")
MOST_OF_QUESTION, MOST_OF_SECTION, MOST_BEFORE, MOST_OF_SENTENCE = 32, 8, 16, 56
"""Tokens that are read of each; of the sentence before, its last."""
_START, _END = 101, 102
_QUESTION, _SENTENCE, _AROUND = 0, 1, 2
"""What a token belongs to."""


Tokens = Callable[[str], list[int]]


class Pair(NamedTuple):
    """A question and a sentence as numbers: `[CLS] question [SEP] section, sentence before [SEP] sentence [SEP]`."""

    tokens: list[int]
    parts: list[int]
    """Of each token, what it belongs to."""


class SentenceReader:
    """Reads on the CPU in bfloat16, on one thread. Weights are loaded at the first use, once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards the one load of `_loaded`
        self._loaded: Callable[[str, Sequence[InPlace]], list[float]] | None = None

    @property
    def name(self) -> str:
        """Model id with the hash of its weights."""
        return f"{DEFAULT_MODEL}-reader@{_sha256()[:12]}"

    def read(self, question: str, sentences: Sequence[InPlace], /) -> list[float]:
        """Return for each sentence the log-odds, as the model sees them, that it answers the question.

        Raises:
            WeightsError: the packaged weights are missing or others than published.
        """
        if not sentences:
            return []
        with self._lock:
            if self._loaded is None:
                self._loaded = _open()
        return self._loaded(question, sentences)


def pair(tokens: Tokens, question: str, sentence: InPlace, /) -> Pair:
    """Put a question and a sentence into the numbers that the model reads."""
    asked = [_START, *tokens(question)[:MOST_OF_QUESTION], _END]
    around = [*tokens(sentence.section)[:MOST_OF_SECTION], *tokens(sentence.before)[-MOST_BEFORE:], _END]
    said = [*tokens(sentence.text)[:MOST_OF_SENTENCE], _END]
    parts = [_QUESTION] * len(asked) + [_AROUND] * len(around) + [_SENTENCE] * len(said)
    return Pair([*asked, *around, *said], parts)


def tokens_of(folder: Path) -> Tokens:
    """Return what turns a text into the numbers of its word pieces."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return lambda text: list(tokenizer.encode(text, add_special_tokens=False).ids)


def odds(layers: Layers, learned: Mapping[str, Tensor], pairs: Sequence[Pair], /) -> Tensor:
    """Return (n,) log-odds: what the start and the mean of the sentence's own tokens say to the head."""
    import torch
    from chartcite.engine.models.minilm import padded

    held = padded([[1] * len(each.tokens) for each in pairs])
    parts = padded([each.parts for each in pairs])
    hidden = layers.hidden(padded([each.tokens for each in pairs]), held, added=learned["parts"].to(torch.bfloat16)[parts])
    said = (held * (parts == _SENTENCE))[:, :, None].to(hidden.dtype)
    seen = torch.cat([hidden[:, 0], (hidden * said).sum(1) / said.sum(1)], dim=-1).float()
    inner = torch.nn.functional.gelu(seen @ learned["inner.weight"].T + learned["inner.bias"])
    return (inner @ learned["outer.weight"].T + learned["outer.bias"])[:, 0]


def _open() -> Callable[[str, Sequence[InPlace]], list[float]]:
    import torch
    from chartcite.engine.models.minilm import Layers, load_weights
    from safetensors.torch import load_file

    if not LEARNED.is_file():
        raise WeightsError("the weights of the sentence reader are missing: reinstall chartcite")
    folder = default_weights()
    learned = load_file(str(LEARNED))
    tokens, layers = tokens_of(folder), Layers(_changed(load_weights(folder), learned))

    def read(question: str, sentences: Sequence[InPlace]) -> list[float]:
        torch.set_num_threads(1)
        with torch.inference_mode():
            return [float(each) for each in odds(layers, learned, [pair(tokens, question, sentence) for sentence in sentences])]

    return read


def _changed(weights: Mapping[str, Tensor], learned: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights with the learned changes added: `W + up · down` for each matrix that has any."""
    changed = dict(weights)
    for name in (key.removesuffix(".down") for key in learned if key.endswith(".down")):
        whole = weights[f"{name}.weight"]
        change = learned[f"{name}.up"].float() @ learned[f"{name}.down"].float()
        changed[f"{name}.weight"] = (whole.float() + change).to(whole.dtype)
    return changed


@lru_cache
def _sha256() -> str:
    with LEARNED.open("rb") as weights:
        return hashlib.file_digest(weights, "sha256").hexdigest()
