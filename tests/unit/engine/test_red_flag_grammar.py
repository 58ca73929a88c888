"""Whose body a blow met, what is minor, what is over, and how a professional states a case."""

from __future__ import annotations

import pytest
from chartcite.engine.domain.answers import Audience
from chartcite.engine.red_flags.minor_ailments import MINOR
from chartcite.engine.red_flags.own_injury import without_owner
from chartcite.engine.red_flags.red_flags import hear
from chartcite.engine.safety import red_flags
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import bundled_lexicon


def names(text: str, audience: str = "patient") -> list[str]:
    return [flag.name for flag in red_flags(text, Audience(audience), lexicon=bundled_lexicon())]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("mum fell and hit her head", "mum fell and hit head"),
        ("my dad twisted his ankle and hurt his wrist", "my dad twisted ankle and hurt wrist"),
        ("i fell and hit my head", "i fell and hit head"),
        ("my husband hit her head", "my husband hit her head"),
        ("he broke my arm", "he broke my arm"),
        ("i cut my wrist", "i cut my wrist"),
    ],
)
def test_only_a_blow_at_ones_own_body_loses_its_owner(said: str, read: str) -> None:
    assert without_owner(said) == read


@given(st.text(alphabet="abcdehimrstuy .,", max_size=80))
def test_words_are_only_left_out(text: str) -> None:
    assert len(without_owner(text)) <= len(text)


def test_a_fall_on_the_head_is_a_head_injury_and_no_abuse_or_bleeding() -> None:
    for said in ("mum fell and hit her head", "mum fell and hit her head on the step, she takes apixaban"):
        assert names(said) == ["head_injury"]


@pytest.mark.parametrize(
    "said",
    ["my husband banged my head against the wall", "he smashed her face", "my gran was slapped by the carer", "her dad hits her"],
)
def test_a_blow_at_another_is_abuse(said: str) -> None:
    assert "abuse" in names(said)


@pytest.mark.parametrize(
    "said",
    [
        "I'm not short of breath anymore, when is my echo?",
        "she doesn't have any trouble speaking, when is her scan?",
        "My sight is back to normal and there are no flashes or floaters. Do I keep using the drops?",
        "in '14 I had a pulmonary embolism, which hospital was that",
        "I had fits in 2016, now all ok, can I stop the tablets?",
        "got a mosquito bite that's itchy",
        "bit of a sniffle and a tickly cough since Monday, no temperature",
        "You took a weight off my chest. Can I have the letter?",
    ],
)
def test_what_is_denied_over_past_minor_or_figurative_raises_nothing(said: str) -> None:
    assert names(said) == []


def test_nothing_is_minor_in_a_baby_or_beside_a_sign() -> None:
    assert MINOR.search("runny nose")
    assert names("runny nose and I can't breathe") != []
    assert names("my 8 week old has a runny nose and her tummy pumps when she breathes") != []


def test_what_is_over_lowers_no_topic() -> None:
    assert "stroke" in names("my right arm went dead and I couldn't get my words out but it's all fine now")
    assert "chest_pain" in names("my chest hurts but it is fine now")


def test_a_professional_who_only_states_a_case_tells_of_now_and_one_who_asks_the_record_does_not() -> None:
    assert "chest_pain" in names("46M, chest pain radiating to jaw", "clinician")
    assert "cauda_equina" in names("LBP, saddle anaesthesia, new retention PVR 700", "clinician")
    assert names("Latest GCS and NIHSS", "clinician") == []
    assert names("54M, was chest pain documented?", "clinician") == []


def test_clinicians_shorthand_is_read() -> None:
    assert hear("GTCS", bundled_lexicon()).words == ["generalized", "seizure"]
    assert "seizure" in names("GTCS ongoing 12 min despite 2x lorazepam", "clinician")


@pytest.mark.parametrize(
    ("said", "flagged"),
    [("HR 135", True), ("BP 84/50", True), ("RR 26", True), ("HR 72", False), ("BP 118/70", False), ("BP 90/60", False)],
)
def test_a_value_that_scores_three_by_itself_warns(said: str, *, flagged: bool) -> None:
    assert (names(f"pt now {said}", "clinician") == ["warning_sign"]) is flagged


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("stopped drinking 2 days ago, now shaking and seeing bugs on the wall", "withdrawal"),
        ("pulled my mate out of the lake, he's stopped shivering and is mumbling", "hypothermia"),
    ],
)
def test_withdrawal_and_cold_are_topics_of_their_own(said: str, topic: str) -> None:
    assert topic in names(said)


@pytest.mark.parametrize(
    "said",
    [
        "when did she have that bad chest pain?",
        "what was done about his collapse in March?",
        "when my son swallowed the coin did they do one x-ray or two",
        "How low was his oxygen the night we first brought him in wheezing?",
        "I used to get awful panic attacks where I couldn't breathe, it's in my notes, does that affect my insurance?",
        "both my grans had blood clots, does that affect my HRT?",
        "what's the waiting time for the chest pain clinic referral?",
        "my inbox is drowning me and my head is exploding with admin, what time is my appointment?",
        "if someone on warfarin bangs their head do they always need a scan?",
        "Mrs Terry would like the dates of her last stay",
    ],
)
def test_the_past_the_record_relatives_and_papers_raise_nothing(said: str) -> None:
    assert names(said) == []


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("my nan had a stroke years ago and now her face is drooping, am I at risk?", "stroke"),
        ("I used to get panic attacks, today I can't breathe", "breathing"),
        ("I'm on hold to the chest pain clinic and my chest is crushing", "chest_pain"),
        ("my head is exploding, came on in a second", "sudden_headache"),
        ("after my op the wound has come open and it's pouring", "postoperative"),
        ("he took an elbow to the temple and can't remember the score", "head_injury"),
        ("our boiler's been smoky and we all have headaches and feel sick indoors", "overdose"),
        ("I had my son three weeks ago and keep picturing dropping him down the stairs", "harm_to_others"),
        ("29 weeks and the baby is much quieter than usual today", "pregnancy"),
    ],
)
def test_a_deed_or_a_find_is_told_and_words_beside_it_lower_nothing(said: str, topic: str) -> None:
    assert topic in names(said)


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("pt fitting in corridor, no IV access, 5 mins now", "seizure"),
        ("D10 post FEC-D, T 38.4, rigors, neuts 0.1", "neutropenic_fever"),
        ("lab just rang through K+ 7.1 on the AKI chap in side room 3", "critical_value"),
        ("melaena, Hb 58", "bleeding"),
        ("54F nonblanching rash, photophobia", "meningitis"),
    ],
)
def test_a_professional_lists_findings(said: str, topic: str) -> None:
    assert topic in names(said, "clinician")


@pytest.mark.parametrize(
    "said",
    [
        "melaena 2019, Hb trend since",
        "stroke, side and date",
        "reason for ICD, shocks delivered to date",
        "SpO2 10/8/22 on RA",
        "NIHSS 0 on discharge",
    ],
)
def test_a_professional_looks_up_what_was(said: str) -> None:
    assert names(said, "clinician") == []


def test_the_route_im_is_no_first_person() -> None:
    assert not hear("what dose of adrenaline IM for anaphylaxis in a 6 year old").is_first_person
    assert hear("hello IM having chest pain").is_first_person
