"""The default embedding model gives the vectors of the library that it was published for."""

from __future__ import annotations

import numpy as np
import pytest
from chartcite.engine.errors import WeightsError
from chartcite.engine.models.sentence_embedder import DEFAULT_DIMENSION, SentenceEmbedder

TEXTS = (
    "Metformin was stopped because the eGFR had fallen below 30.",
    "Why was the diabetes tablet discontinued?",
    "The patient denies chest pain.",
    "x " * 600,
)
COSINES = (0.409, 0.089, -0.028, 0.083, -0.128, -0.030)
"""Of each pair, by sentence-transformers 6.0 with the same weights in bfloat16; the last text is longer than is embedded."""


@pytest.fixture(scope="module")
def embedder() -> SentenceEmbedder:
    return SentenceEmbedder()


def test_texts_are_as_near_as_the_library_puts_them(embedder: SentenceEmbedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (4, DEFAULT_DIMENSION)
    assert vectors.dtype == np.float32
    pairs = (vectors @ vectors.T)[np.triu_indices(4, k=1)]
    assert pairs == pytest.approx(COSINES, abs=0.01)


def test_a_text_has_one_vector_whatever_is_embedded_with_it(embedder: SentenceEmbedder) -> None:
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert (alone * embedder.embed(TEXTS)).sum(axis=1) == pytest.approx(1, abs=0.001)
    assert np.linalg.norm(alone, axis=1) == pytest.approx(1, abs=1e-5)


def test_what_was_embedded_before_changes_no_vector(embedder: SentenceEmbedder) -> None:
    fresh = SentenceEmbedder()
    embedder.embed(TEXTS[1:])
    assert np.array_equal(embedder.embed(TEXTS[:3]), fresh.embed(TEXTS[:3]))
    assert embedder.embed(TEXTS[:3]) is embedder.embed(list(TEXTS[:3]))


def test_what_is_kept_holds_no_words_and_mixes_no_texts_up(embedder: SentenceEmbedder) -> None:
    joined, apart = embedder.embed(["gout", "flare"]), embedder.embed(["goutf", "lare"])
    assert not np.array_equal(joined, apart)
    assert "gout" not in repr(vars(embedder))


def test_no_text_is_no_row(embedder: SentenceEmbedder) -> None:
    assert embedder.embed([]).shape == (0, DEFAULT_DIMENSION)


def test_a_folder_without_weights_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(WeightsError, match=r"no model\.safetensors"):
        SentenceEmbedder(str(tmp_path_factory.mktemp("empty"))).embed(["text"])
