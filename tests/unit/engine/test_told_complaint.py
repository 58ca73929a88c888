from __future__ import annotations

import pytest
from chartcite.engine.domain.answers import Audience
from chartcite.engine.language.terminology import fold
from chartcite.engine.red_flags.lay_words import USUAL
from chartcite.engine.red_flags.red_flag_families import cross, with_families
from chartcite.engine.red_flags.red_flag_topics import TOPICS
from chartcite.engine.red_flags.red_flags import hear
from chartcite.engine.red_flags.told_complaint import tells_complaint
from chartcite.engine.safety import red_flags

from tests.charts import bundled_lexicon


def names(text: str, audience: Audience = Audience.PATIENT) -> list[str]:
    return [flag.name for flag in red_flags(text, audience, lexicon=bundled_lexicon())]


def test_classes_are_crossed_with_a_gap_of_at_most_three_words() -> None:
    assert cross("cant|wont", "move|lift") == "cant ~ move|cant ~ lift|wont ~ move|wont ~ lift"


def test_families_stand_behind_the_cues_of_their_topic() -> None:
    widened = with_families(TOPICS)
    assert [one.name for one in widened] == [one.name for one in TOPICS]
    assert all(new.cues[: len(old.cues)] == old.cues for new, old in zip(widened, TOPICS, strict=True))
    assert any(len(new.cues) > len(old.cues) for new, old in zip(widened, TOPICS, strict=True))


@pytest.mark.parametrize("part", ["arm", "leg", "thumb", "ankle"])
@pytest.mark.parametrize("fails", ["won't move", "wouldn't work", "stopped doing what I tell it", "can't grip"])
def test_any_limb_that_fails_is_told(part: str, fails: str) -> None:
    assert "stroke" in names(f"my left {part} {fails}")


@pytest.mark.parametrize("body", ["My arm and leg move fine, when is my scan?", "Can I move my appointment? My arm is fine"])
def test_a_limb_that_works_is_not(body: str) -> None:
    assert names(body) == []


def test_slang_is_read_as_the_usual_word() -> None:
    assert hear("my bonce", bundled_lexicon()).words == ["my", "head"]
    assert all(fold(said) == said for said in USUAL)


def test_a_word_drawn_out_is_read_but_an_abbreviation_of_one_letter_is_kept() -> None:
    assert hear("heeelp AAA").words == ["help", "aortic", "aneurysm"]


def test_a_message_that_only_tells_something_wrong_is_answered_with_whom_to_call() -> None:
    assert names("it feels peculiar and wrong") == ["complaint"]
    assert names("it feels peculiar and wrong", Audience.CLINICIAN) == []


@pytest.mark.parametrize("text", ["thank you for seeing me", "what was my last potassium?", "no pain, no swelling", ""])
def test_a_message_that_tells_nothing_wrong_is_not(text: str) -> None:
    assert not tells_complaint(hear(text))


def test_who_tells_at_length_before_asking_is_answered_too() -> None:
    told = "there is a moon creeping over the good one and the edges are like soot"
    assert tells_complaint(hear(f"{told}, which side had the laser?"))
    assert not tells_complaint(hear("which side had the laser?"))
