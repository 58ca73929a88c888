"""The reader of sentences: what it says of one hangs on that one and the question alone; the one that answers is likeliest."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from chartcite.engine.errors import WeightsError
from chartcite.engine.models import minilm, sentence_reader
from chartcite.engine.models.sentence_reader import SentenceReader, pair
from chartcite.engine.ports import InPlace

NOTE = (
    InPlace(text="She lives with her sister in a ground-floor flat.", before="", section="SOCIAL HISTORY"),
    InPlace(text="Metoprolol was stopped because of a slow pulse.", before="", section="HOSPITAL COURSE"),
    InPlace(text="Metoprolol 50 mg twice a day.", before="", section="MEDICATIONS ON ADMISSION"),
    InPlace(text="No known drug allergies.", before="", section="ALLERGIES"),
    InPlace(text="The left knee was swollen and warm.", before="", section="EXAMINATION"),
)


@pytest.fixture(scope="module")
def reader() -> SentenceReader:
    return SentenceReader()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("who is at home with her?", 0),
        ("how come the beta blocker was halted", 1),
        ("dose of metoprolol before she came in", 2),
        ("does anything give her a rash or swelling - meds wise?", 3),
        ("state of her knee?", 4),
    ],
)
def test_the_sentence_that_answers_is_read_as_the_likeliest(reader: SentenceReader, question: str, answer: int) -> None:
    odds = reader.read(question, NOTE)
    assert max(range(len(odds)), key=odds.__getitem__) == answer


def test_a_question_without_an_answer_is_read_as_less_likely_than_one_with_it(reader: SentenceReader) -> None:
    assert max(reader.read("why was the metoprolol stopped?", NOTE)) > max(reader.read("why was the apixaban stopped?", NOTE)) + 1


def test_what_is_said_of_a_sentence_hangs_on_no_other(reader: SentenceReader) -> None:
    together = reader.read("allergies?", NOTE)
    alone = [reader.read("allergies?", [each])[0] for each in NOTE]
    backwards = reader.read("allergies?", NOTE[::-1])[::-1]
    assert together == pytest.approx(alone, abs=0.3)
    assert together == pytest.approx(backwards, abs=0.3)
    assert together == reader.read("allergies?", NOTE)


def test_what_was_read_before_changes_nothing(reader: SentenceReader) -> None:
    fresh = SentenceReader()
    reader.read("allergies?", NOTE[2:])
    assert reader.read("allergies?", NOTE[:3]) == fresh.read("allergies?", NOTE[:3])
    assert reader.read("allergies?", NOTE) == fresh.read("allergies?", NOTE)


def test_what_is_kept_holds_no_words(reader: SentenceReader) -> None:
    reader.read("allergies?", NOTE[:2])
    assert "ground-floor" not in repr(vars(reader))


def test_processors_without_bfloat16_read_the_same(reader: SentenceReader, monkeypatch: pytest.MonkeyPatch) -> None:
    odds = reader.read("how come the beta blocker was halted", NOTE)
    for able, kind in (({}, torch.float32), ({"avx512_bf16": True}, torch.bfloat16)):
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda able=able: able)
        minilm.precision.cache_clear()
        minilm.load_weights.cache_clear()
        assert minilm.precision() is kind
        assert SentenceReader().read("how come the beta blocker was halted", NOTE) == pytest.approx(odds, abs=0.2)
    minilm.precision.cache_clear()
    minilm.load_weights.cache_clear()


def test_nothing_to_read_is_nothing_said(reader: SentenceReader) -> None:
    assert reader.read("allergies?", []) == []


def test_a_text_without_end_is_read_in_part() -> None:
    long = pair(lambda text: list(range(len(text.split()))), "word " * 500, InPlace("x " * 9_000, "y " * 9_000, "z " * 900))
    assert len(long.tokens) == len(long.parts) == 32 + 8 + 16 + 56 + 4


def test_missing_weights_are_told(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    absent: Path = tmp_path_factory.mktemp("empty") / "none.safetensors"
    monkeypatch.setattr(sentence_reader, "LEARNED", absent)
    with pytest.raises(WeightsError, match="reinstall chartcite"):
        SentenceReader().read("allergies?", NOTE)
