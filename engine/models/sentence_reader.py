"""`Reader`: the default embedding weights, taught to say whether a sentence of a note answers a question.

Question and sentence are read together, so that every word of the one weighs every word of the other (a cross-encoder). What was
learned are low-rank changes to the layers and a small head, 4 MB beside this file; all else is the packaged encoder, whose words
are held in memory once for both. Learned by `python -m tests.evals.reader_fit` from questions over notes of open collections and
of our own, and over entries of tables as the engine words them; nothing is learned from questions that are asked.

Source: Nogueira and Cho, Passage Re-ranking with BERT (2019), for the form; Hu et al., LoRA (ICLR 2022), for the changes.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from chartcite.engine.errors import WeightsError
from chartcite.engine.models.kept import Kept, digest
from chartcite.engine.models.sentence_embedder import DEFAULT_MODEL, default_weights
from chartcite.engine.ports import InPlace

if TYPE_CHECKING:
    from chartcite.engine.models.minilm import Layers
    from torch import Tensor

LEARNED = Path(__file__).with_name("sentence_reader.safetensors")
MOST_OF_QUESTION, MOST_OF_SECTION, MOST_BEFORE, MOST_OF_SENTENCE = 32, 8, 16, 56
"""Tokens that are read of each; of the sentence before, its last."""
_TOGETHER = 3
"""Sentences of about one length that are read at once."""
_FEW = 4
"""Sentences that are each read alone, at most, and kept: what is told is read more than once on its way."""
_MOST_KEPT = 8_192
_MOST_THREADS = 4
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
    """Reads on the CPU, a few sentences on each of a few threads. Weights are loaded at the first use, once.

    What is read together hangs on the sentences alone, never on the number of threads or on what was read before: so do the odds.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards the one load of `_loaded`
        self._loaded: _Loaded | None = None
        self._kept: Kept[float] = Kept(_MOST_KEPT)

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
        loaded = self._loaded
        if len(sentences) > _FEW:
            return loaded.read([pair(loaded.tokens, question, sentence) for sentence in sentences], together=_TOGETHER)
        keys = [digest([question, *sentence]) for sentence in sentences]
        known = [self._kept.get(key) for key in keys]
        unread = [place for place, odds in enumerate(known) if odds is None]
        fresh = loaded.read([pair(loaded.tokens, question, sentences[place]) for place in unread], together=1)
        for place, odds in zip(unread, fresh, strict=True):
            known[place] = odds
            self._kept.put(keys[place], odds)
        return [odds for odds in known if odds is not None]


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
    from chartcite.engine.models.minilm import padded, precision

    held = padded([[1] * len(each.tokens) for each in pairs])
    parts = padded([each.parts for each in pairs])
    hidden = layers.hidden(padded([each.tokens for each in pairs]), held, added=learned["parts"].to(precision())[parts])
    said = (held * (parts == _SENTENCE))[:, :, None].to(hidden.dtype)
    seen = torch.cat([hidden[:, 0], (hidden * said).sum(1) / said.sum(1)], dim=-1).float()
    inner = torch.nn.functional.gelu(seen @ learned["inner.weight"].T + learned["inner.bias"])
    return (inner @ learned["outer.weight"].T + learned["outer.bias"])[:, 0]


class _Loaded(NamedTuple):
    """The weights in memory, and the threads that read with them."""

    tokens: Tokens
    odds: Callable[[Sequence[Pair]], list[float]]
    threads: ThreadPoolExecutor

    def read(self, pairs: Sequence[Pair], *, together: int) -> list[float]:
        """Return the log-odds of each pair; those of about one length are read together, so that little is filled up."""
        order = sorted(range(len(pairs)), key=lambda place: -len(pairs[place].tokens))
        groups = [order[first : first + together] for first in range(0, len(order), together)]
        read = self.threads.map(self.odds, [[pairs[place] for place in group] for group in groups])
        found = {
            place: value for group, values in zip(groups, read, strict=True) for place, value in zip(group, values, strict=True)
        }
        return [found[place] for place in range(len(pairs))]


def _open() -> _Loaded:
    import torch
    from chartcite.engine.models.minilm import Layers, load_weights
    from safetensors.torch import load_file

    if not LEARNED.is_file():
        raise WeightsError("the weights of the sentence reader are missing: reinstall chartcite")
    folder = default_weights()
    learned = load_file(str(LEARNED))
    layers = Layers(_changed(load_weights(folder), learned))

    def read(pairs: Sequence[Pair]) -> list[float]:
        torch.set_num_threads(1)  # of this thread: those that compute one matrix together wait for each other on a busy machine
        with torch.inference_mode():
            return [float(each) for each in odds(layers, learned, pairs)]

    threads = ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1), thread_name_prefix="reader")
    return _Loaded(tokens_of(folder), read, threads)


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
