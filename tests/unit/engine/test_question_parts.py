"""What of a question asks: sentences that only state something are told apart, fragments and requests are not."""

from __future__ import annotations

import pytest
from chartcite.engine.questions.question_parts import asked_and_told, parts_of
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Is the sulfa allergy confirmed? Dentist wants to give it for an abscess", "Is the sulfa allergy confirmed?"),
        ("Which pacemaker model is in? Cardiology need it before the scan", "Which pacemaker model is in?"),
        ("Did she get the shingles shot in 2022? I don't remember the visit.", "Did she get the shingles shot in 2022?"),
        ("What set off the flare in May? Three things I believe", "What set off the flare in May?"),
        ("Is she really using the walker? The notes seem to differ", "Is she really using the walker?"),
        ("Is he still drinking?? want it for the liver clinic form", "Is he still drinking??"),
        ("Any falls this year? He has been unsteady. Any fractures?", "Any falls this year? Any fractures?"),
    ],
)
def test_a_sentence_that_states_something_asks_nothing(question: str, asked: str) -> None:
    assert asked_and_told(question)[0] == asked


@pytest.mark.parametrize(
    "question",
    [
        "What is her last A1c? dose of metformin too",
        "Latest potassium? I need the date too.",
        "When was her last A1c? Tell me the eGFR too.",
        "Any fractures? I don't remember if she broke her wrist.",
        "Why is she on apixaban? I'd like to know when it was started.",
        "Allergies? Current medicines and doses.",
        "How much lisinopril is she on? label says 20",
    ],
)
def test_a_fragment_a_request_or_a_number_to_compare_asks_too(question: str) -> None:
    assert asked_and_told(question) == (question, "")


def test_what_is_told_first_is_kept_apart_also_before_a_small_letter() -> None:
    told = "I was asleep in the recovery room."
    assert asked_and_told(f"{told} what did the nurse write about the pain?") == (
        "what did the nurse write about the pain?",
        told,
    )


@pytest.mark.parametrize("question", ["Why was it stopped?", "What did they find?"])
def test_what_a_question_leaves_to_the_sentence_behind_it_is_told(question: str) -> None:
    assert asked_and_told(f"{question} I had a colonoscopy last week.") == (question, "I had a colonoscopy last week.")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("I'm the new registrar. Short list of her problems pls", "Short list of her problems pls"),
        ("Covering for Dr Okafor tonight - last potassium?", "last potassium?"),
        ("I can't sleep. I need it.", "I can't sleep. I need it."),
    ],
)
def test_who_asks_is_told_and_not_asked(question: str, asked: str) -> None:
    assert asked_and_told(question)[0] == asked


def test_a_statement_alone_is_asked() -> None:
    assert asked_and_told("I had a colonoscopy last week.") == ("I had a colonoscopy last week.", "")


@given(st.text(max_size=120))
def test_any_text_is_cut_without_an_error(text: str) -> None:
    asked, told = asked_and_told(text)
    assert isinstance(asked, str)
    assert isinstance(told, str)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("If she goes home, who will help her?", ["If she goes home, who will help her?"]),
        ("According to the ward clerk, which bed was his?", ["According to the ward clerk, which bed was his?"]),
        ("Going by the chart, when did he fall?", ["Going by the chart, when did he fall?"]),
        ("Did she fall? If so, when?", ["Did she fall", "If so, when?"]),
        ("The scan was on Monday, what did it show?", ["The scan was on Monday", "what did it show?"]),
        ("Who saw her, and what was agreed?", ["Who saw her", "what was agreed?"]),
    ],
)
def test_what_only_leads_to_a_question_stays_with_it(question: str, parts: list[str]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Ward teaching - tell me what he had eaten before the attack.", "tell me what he had eaten before the attack."),
        ("For grand rounds: please show me her last three platelets", "please show me her last three platelets"),
        ("Warfarin - tell me why it was stopped", "Warfarin - tell me why it was stopped"),
        ("Last INR? Tell me if this is wrong.", "Last INR? Tell me if this is wrong."),
    ],
)
def test_what_stands_before_a_request_tells_only_what_for(question: str, asked: str) -> None:
    assert asked_and_told(question)[0] == asked
