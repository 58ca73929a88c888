from __future__ import annotations

import pytest
from chartcite.engine.domain.answers import Audience, RedFlag
from chartcite.engine.red_flags.red_flag_advice import ADVICE
from chartcite.engine.red_flags.red_flag_cues import RANK, cue, pattern_of
from chartcite.engine.red_flags.red_flag_reading import Heard, folded
from chartcite.engine.red_flags.red_flag_topics_more import ALL_TOPICS
from chartcite.engine.red_flags.red_flags import hear, tells
from chartcite.engine.safety import advice, red_flags
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import bundled_lexicon

IDEATION = (
    "I want to die",
    "I feel suicidal tonight",
    "I'm thinking of ending my life",
    "no point living anymore",
    "my son wants to kill himself",
)
METHODS = (
    "with my pills", "with a gun", "by hanging", "by jumping off the bridge", "with a knife", "using my insulin",
    "with all my tablets tonight",
    "in my car", "by drowning", "with a rope I bought in 2019", "the way my uncle did last year",
)  # fmt: skip


def flags(question: str, audience: str = "patient") -> list[str]:
    return [flag.name for flag in red_flags(question, Audience(audience), lexicon=bundled_lexicon())]


def rank(question: str, audience: str = "patient") -> int:
    return max((RANK[flag.urgency] for flag in red_flags(question, Audience(audience))), default=0)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("I want to die, what are my pills?", "self_harm"),
        ("I took too many of my tablets, what now?", "overdose"),
        ("I swallowed 30 propranolol", "overdose"),
        ("I have crushing chest pain, is my troponin ok?", "chest_pain"),
        ("My throat is swelling after the shot", "anaphylaxis"),
        ("I can't breathe", "breathing"),
        ("my face is drooping on one side", "stroke"),
        ("I'm vomiting blood", "bleeding"),
        ("My husband won't wake up, what does he take?", "unconscious"),
        ("I'm on Xeloda and my temperature is 38.6", "neutropenic_fever"),
        ("my sugar is 31 and I keep throwing up", "diabetes"),
    ],
)
def test_a_patient_in_danger_is_told_to_call_for_help(question: str, name: str) -> None:
    assert name in flags(question)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("crushing chset pain", "chest_pain"),
        ("I am haemorrhaging heavily now", "bleeding"),
        ("I am hemorrhaging heavily now", "bleeding"),
        ("my speech is slured", "stroke"),
        ("I feel suicidle", "self_harm"),
        ("I cannot breathe", "breathing"),
        ("I can’t breathe", "breathing"),
        ("im having a siezure now", "seizure"),
    ],
)
def test_typing_errors_and_spellings_are_understood(written: str, meant: str) -> None:
    assert meant in flags(written)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Have I ever had chest pain?", id="asks the record"),
        pytest.param("When did I have a seizure in 2019?", id="asks for a year"),
        pytest.param("Does my family have a history of heart attack?", id="asks of the family"),
        pytest.param("What was my last potassium?", id="nothing dangerous"),
        pytest.param("I have no chest pain or trouble breathing", id="denied"),
        pytest.param("I'm not suicidal, what is my dose?", id="self-harm denied"),
        pytest.param("My father died of a stroke", id="over, and of another"),
        pytest.param("this diet is killing me", id="figure of speech"),
        pytest.param("What are the signs of a stroke?", id="asks for knowledge"),
        pytest.param("I took 40 mg of propranolol this morning", id="a dose as prescribed"),
    ],
)
def test_a_question_that_tells_no_danger_raises_no_alarm(question: str) -> None:
    assert flags(question) == []


@pytest.mark.parametrize(
    "question",
    [
        "no fever, but I have crushing chest pain",
        "I don't know why but I can't breathe",
        "my wife says no, it's nothing, but my chest hurts",
    ],
)
def test_a_denial_of_one_thing_denies_no_other(question: str) -> None:
    assert flags(question) != []


def test_self_harm_is_taken_seriously_even_beside_the_record() -> None:
    assert flags("My chart says I wanted to kill myself last year, and I still want to die") == ["self_harm"]


@pytest.mark.parametrize("audience", ["clinician", "researcher"])
def test_a_professional_asking_about_a_chart_is_not_alarmed(audience: str) -> None:
    assert flags("Does my patient have chest pain?", audience) == []
    assert flags("was chest pain documented?", audience) == []
    assert flags("when was her last stroke?", audience) == []


def test_a_professional_who_tells_of_an_emergency_is_told_beside_the_answer() -> None:
    found = red_flags("pt crashing, bp 70/30, what's his code status", Audience.CLINICIAN)
    assert [flag.urgency for flag in found] == ["emergency"]
    assert "911" not in found[0].text


def test_words_in_the_first_person_alarm_whoever_is_said_to_read() -> None:
    assert "self_harm" in flags("I want to kill myself", "clinician")
    assert "988" in red_flags("I want to kill myself", Audience.CLINICIAN)[0].text


@pytest.mark.parametrize(
    "soothing",
    [
        "Probably nothing, but ",
        "My wife says it's just heartburn: ",
        "Sorry to bother you, I'm sure it's fine. ",
        "The nurse told me not to worry, ",
    ],
)
@pytest.mark.parametrize(
    "question",
    ["I have crushing chest pain", "my dad's speech is slurred right now", "I want to kill myself", "I took 40 paracetamol"],
)
def test_no_reassurance_lowers_the_urgency(soothing: str, question: str) -> None:
    assert rank(soothing + question) >= rank(question) > 0
    assert rank(f"{question}. {soothing.rstrip(', :')}") >= rank(question)


@pytest.mark.parametrize("audience", ["patient", "clinician"])
@pytest.mark.parametrize("thought", IDEATION)
def test_a_named_method_never_scores_lower(thought: str, audience: str) -> None:
    for method in METHODS:
        for said in (f"{thought} {method}", f"{thought}, {method}", f"{thought}. {method}"):
            assert rank(said, audience) >= rank(thought, audience), said


def test_the_most_urgent_stands_first() -> None:
    found = red_flags("My calf is swollen, red and hurts and I want to die", Audience.PATIENT)
    assert [flag.urgency for flag in found] == ["crisis", "urgent"]


def test_advice_is_for_patients_and_names_numbers() -> None:
    found = red_flags("I took too many pills and want to die, I can't breathe", Audience.PATIENT)
    assert {flag.urgency for flag in found} == {"emergency", "crisis"}
    assert all("911" in flag.text and "999" in flag.text for flag in found)
    assert advice(found, Audience.PATIENT).startswith(ADVICE["crisis"])
    assert advice(found, Audience.CLINICIAN) == ""


def test_advice_is_said_once() -> None:
    twice = (RedFlag(name="a", text="Call.", urgency="urgent"), RedFlag(name="b", text="Call.", urgency="urgent"))
    assert advice(twice, Audience.PATIENT) == "Call."


def test_every_topic_has_a_source_and_help_that_exists() -> None:
    assert len({topic.name for topic in ALL_TOPICS}) == len(ALL_TOPICS)
    for topic in ALL_TOPICS:
        assert topic.sources, topic.name
        assert all(source.where.startswith("https://") for source in topic.sources)
        assert topic.help in ADVICE


def test_every_group_of_words_is_a_pattern() -> None:
    groups = [group for topic in ALL_TOPICS for one in topic.cues for group in one.groups]
    assert all(pattern_of(group) for group in groups)
    assert all("||" not in group and not group.endswith("|") for group in groups)


def test_words_far_apart_or_in_another_sentence_tell_nothing_together() -> None:
    near = cue("chest", "pain", within=2)
    assert tells(near, hear("my chest has pain"), by_patient=True)
    assert not tells(near, hear("my chest is fine and my old bad knee has been in pain"), by_patient=True)
    assert not tells(near, hear("They looked at my chest. Pain I have none"), by_patient=True)


def test_a_question_is_cut_into_clauses() -> None:
    heard = Heard(folded("Pt febrile, RR 30. Any allergies?", frozenset(), lambda _word: True))
    assert [(clause.text, clause.asks, clause.sentence) for clause in heard.clauses] == [
        ("pt febrile", False, 0),
        ("rr 30", False, 0),
        ("any allergy", True, 1),
    ]


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for audience in Audience:
        assert isinstance(red_flags(text, audience), tuple)
