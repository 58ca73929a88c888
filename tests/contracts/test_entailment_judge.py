"""A judge on real weights: a cross-encoder made here, small and untrained. What it says is noise; how it says it counts."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
from chartcite.engine.domain.answers import Outcome
from chartcite.engine.errors import WeightsError
from chartcite.engine.models.entailment_judge import CrossEncoderJudge

LABELS = ("contradiction", "entailment", "neutral")


def weights(folder: Path, labels: tuple[str, ...]) -> Path:
    """Write an untrained BERT with these labels."""
    transformers: Any = importlib.import_module("transformers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "naproxen", "was", "stopped", "not", "creatinine", "rose"]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    transformers.BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        num_labels=len(labels), id2label=dict(enumerate(labels)), label2id={name: number for number, name in enumerate(labels)},
    )  # fmt: skip
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.mark.filterwarnings("ignore")
def test_a_judge_gives_an_outcome_with_its_probability(tmp_path: Path) -> None:
    judge = CrossEncoderJudge(weights(tmp_path / "nli", LABELS))
    said = judge.judge("naproxen was stopped", ["creatinine rose", "naproxen was stopped"])
    assert said.outcome in set(Outcome)
    assert 1 / 3 <= said.probability <= 1
    assert judge.judge("naproxen was stopped", ["creatinine rose", "naproxen was stopped"]) == said


@pytest.mark.filterwarnings("ignore")
def test_weights_with_other_labels_are_refused(tmp_path: Path) -> None:
    judge = CrossEncoderJudge(weights(tmp_path / "other", ("bad", "good")))
    with pytest.raises(WeightsError, match="labels"):
        judge.judge("naproxen was stopped", ["creatinine rose"])


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"config\.json"):
        CrossEncoderJudge(tmp_path).judge("naproxen was stopped", ["creatinine rose"])
