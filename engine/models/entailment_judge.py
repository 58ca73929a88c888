"""A judge of entailment: a cross-encoder of natural language inference on weights of the user's own. None are bundled."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from chartcite.engine.claim_checks.checker import Entailment
from chartcite.engine.domain.answers import Outcome
from chartcite.engine.errors import WeightsError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

OUTCOMES = {"entailment": Outcome.SUPPORTED, "contradiction": Outcome.CONTRADICTED, "neutral": Outcome.NOT_ENOUGH}


class CrossEncoderJudge:
    """Judges pairs of evidence (premise) and claim (hypothesis). Weights are loaded at its first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._model: CrossEncoder | None = None
        self._outcomes: list[Outcome] = []
        self._lock = threading.Lock()  # guards the one loading

    def judge(self, claim: str, passages: Sequence[str], /) -> Entailment:
        """Say whether the passages, read together, support the claim.

        Raises:
            WeightsError: the folder holds no model of natural language inference.
        """
        model = self._loaded()
        logits = np.asarray(model.predict([("\n".join(passages), claim)]), dtype=np.float64)[0]
        shares = np.exp(logits - logits.max())
        shares /= shares.sum()
        best = int(shares.argmax())
        return Entailment(self._outcomes[best], float(shares[best]))

    def _loaded(self) -> CrossEncoder:
        with self._lock:
            if self._model is None:
                from sentence_transformers import CrossEncoder

                if not (self._folder / "config.json").is_file():
                    raise WeightsError(f"{self._folder}: no model there: give a folder with config.json and model.safetensors")
                try:
                    model = CrossEncoder(str(self._folder), device="cpu", local_files_only=True)
                except (OSError, ValueError, RuntimeError) as error:
                    raise WeightsError(f"{self._folder}: the weights cannot be read ({type(error).__name__})") from None
                labels = model.config.id2label
                names = [str(labels[number]).lower() for number in sorted(labels)]
                if sorted(names) != sorted(OUTCOMES):
                    raise WeightsError(f"{self._folder}: its labels are not entailment, neutral and contradiction")
                self._outcomes = [OUTCOMES[name] for name in names]
                self._model = model
            return self._model
