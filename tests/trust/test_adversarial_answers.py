"""Promise P2 with a model that lies: a slice of what `python -m tests.evals.adversarial_answers` does ten thousand times."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from tests.trust.adversarial_answers import WRITERS, WRONG, answer_of, cases, examine, word_of, write_charts

ANSWERS = 300
STEP = WRITERS + 1
"""So that they are of all charts and all writers."""


def test_every_sentence_shown_opens_byte_for_byte_whatever_a_model_writes(tmp_path_factory: pytest.TempPathFactory) -> None:
    engine = write_charts(tmp_path_factory.mktemp("adversarial"))
    words = [word_of(patient.id) for patient in engine.records.patients()]
    chosen = list(islice(cases(engine), 0, STEP * ANSWERS, STEP))
    assert {case.trick for case in chosen} == set(range(WRITERS))
    found: Counter[str] = Counter()
    for case in chosen:
        found.update(examine(answer_of(case, engine, words), engine, words))
    assert found["answers"] == ANSWERS
    assert found["asked_the_model"] > 0
    assert found["written"] > found["shown"]
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)
