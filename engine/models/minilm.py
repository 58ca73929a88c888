"""The default embedding model on torch alone: a BERT encoder of six layers, mean pooling.

The library it was published for takes four seconds to import; these weights need none of it. Gives the library's vectors up to
the rounding of bfloat16 (`tests/contracts/test_embedder.py`), which processors without instructions for it compute many times
slower than float32: there, that is taken.

Source: Devlin et al., BERT (NAACL 2019); Reimers and Gurevych, Sentence-BERT (EMNLP 2019), mean pooling; the layout of the
weights is that of `sentence-transformers/all-MiniLM-L6-v2`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from chartcite.engine.ports import Vector

if TYPE_CHECKING:
    from torch import Tensor, dtype

LAYERS, HEADS, EPSILON = 6, 12, 1e-12
MOST_TOKENS = 256
"""Of a text; what follows is not embedded (as published)."""
_MOST_TOKENS_AT_ONCE = 64 * 256
_LEAST_FILLED = 0.7
"""Share of the longest text of a batch that its shortest has at least: what is padded is computed for nothing."""


@lru_cache
def precision() -> dtype:
    """Return what this processor computes fastest: bfloat16 where it has instructions for it, float32 elsewhere."""
    import torch

    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


def _alike_in_length(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Cut places, sorted by length, longest first, into batches of texts of about one length."""
    batch: list[int] = []
    for place in order:
        if batch:
            longest = lengths[batch[0]]
            if lengths[place] < _LEAST_FILLED * longest or (len(batch) + 1) * longest > _MOST_TOKENS_AT_ONCE:
                yield batch
                batch = []
        batch.append(place)
    if batch:
        yield batch


@lru_cache(maxsize=1)
def load_weights(folder: Path) -> dict[str, Tensor]:
    """Return the weights of a folder in `precision()`, read once: whoever else computes with them holds the same ones."""
    from safetensors.torch import load_file

    stored = load_file(str(folder / "model.safetensors"))
    return {name: weight.to(precision()) for name, weight in stored.items() if weight.is_floating_point()}


def padded(batch: Sequence[Sequence[int]]) -> Tensor:
    """Return (b, t) numbers, each row filled up with zeros to the length of the longest."""
    import torch

    length = max(map(len, batch))
    return torch.tensor([[*ids, *[0] * (length - len(ids))] for ids in batch])


class MiniLM:
    """Embeds on the CPU. Loads when it is made."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MOST_TOKENS)
        self._tokenizer.no_padding()
        self._layers = Layers(load_weights(folder))

    def encode(self, texts: Sequence[str], /) -> Vector:
        """Return (n, 384) float32 rows, in the order of `texts`."""
        import torch

        ids = [encoded.ids for encoded in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda place: -len(ids[place]))
        rows = np.zeros((len(ids), 384), dtype=np.float32)
        with torch.inference_mode():
            for places in _alike_in_length(order, [len(each) for each in ids]):
                rows[places] = self._pooled([ids[place] for place in places]).float().numpy()
        return rows

    def _pooled(self, batch: Sequence[Sequence[int]]) -> Tensor:
        """Return (b, 384): the mean over the tokens of each text; the first is the longest."""
        held = padded([[1] * len(ids) for ids in batch]).to(precision())
        hidden = self._layers.hidden(padded(batch), held)
        weight = held[:, :, None]
        return (hidden * weight).sum(1) / weight.sum(1)


class Layers:
    """The encoder itself: tokens to what stands for each of them, by given weights."""

    def __init__(self, weights: Mapping[str, Tensor]) -> None:
        self._weights = weights

    def hidden(self, tokens: Tensor, held: Tensor, *, added: Tensor | None = None) -> Tensor:
        """Return (b, t, 384).

        Args:
            tokens: (b, t) numbers of word pieces.
            held: (b, t) 1 where a token counts, 0 where a row is filled up.
            added: (b, t, 384) to add to what is embedded.
        """
        named = self._weights
        words = named["embeddings.word_embeddings.weight"][tokens]
        kinds = named["embeddings.token_type_embeddings.weight"][0]
        places = named["embeddings.position_embeddings.weight"][: tokens.shape[1]]
        embedded = words + kinds + places
        hidden = self._normed(embedded if added is None else embedded + added, "embeddings.LayerNorm")
        mask = None if bool(held.all()) else held.bool()[:, None, None, :]
        for layer in range(LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}.", mask)
        return hidden

    def _layer(self, hidden: Tensor, name: str, mask: Tensor | None) -> Tensor:
        """Return (b, t, 384) for (b, t, 384); `mask` (b, 1, 1, t) is true for the tokens that count."""
        from torch.nn import functional

        batch, length, width = hidden.shape
        query, key, value = (
            self._linear(hidden, f"{name}attention.self.{part}").view(batch, length, HEADS, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(batch, length, width)
        hidden = self._normed(self._linear(seen, f"{name}attention.output.dense") + hidden, f"{name}attention.output.LayerNorm")
        wide = functional.gelu(self._linear(hidden, f"{name}intermediate.dense"))
        return self._normed(self._linear(wide, f"{name}output.dense") + hidden, f"{name}output.LayerNorm")

    def _linear(self, values: Tensor, name: str) -> Tensor:
        from torch.nn import functional

        return functional.linear(values, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _normed(self, values: Tensor, name: str) -> Tensor:
        from torch.nn import functional

        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return functional.layer_norm(values, values.shape[-1:], weight, bias, EPSILON)
