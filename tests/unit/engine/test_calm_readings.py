from __future__ import annotations

import pytest
from chartcite.engine.domain.answers import Audience
from chartcite.engine.red_flags.calm_readings import NEVER, calm_readings
from chartcite.engine.red_flags.red_flags import hear
from chartcite.engine.safety import red_flags
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import bundled_lexicon
from tests.evals.red_flags import vignettes


def _names(text: str, audience: Audience = Audience.PATIENT) -> list[str]:
    return [flag.name for flag in red_flags(text, audience, lexicon=bundled_lexicon())]


def _readings(text: str) -> set[str]:
    return {calm.reading for calm in calm_readings(hear(text, bundled_lexicon()), by_patient=True)}


CALM = (
    ("family", "my aunt and my gran both had burst brain aneurysms. should I get a screening scan?"),
    ("remote", "when I was twelve I cracked my skull falling off a wall. can I have an MRI?"),
    ("knowledge", "what signs of sepsis should parents look out for?"),
    ("knowledge", "I am a student and revising for an exam, why does a tension pneumothorax push the windpipe over"),
    ("constant", "my legs have ached the same as always. which stockings are best?"),
    ("lasting", "ringing in my ears for 20 years. any good apps?"),
    ("recovered", "our boy had a temp of 38.5 on Friday, normal since Saturday. can he go swimming?"),
    ("small", "caught the oven shelf, tiny red mark on my finger, no blister. plaster or leave it open?"),
    ("denied", "tick bite on my leg, no rash, no fever, no aches. do I keep the tick?"),
)
GRAVE = (
    "my aunt and my gran both had burst brain aneurysms and now I have a sudden splitting headache. do I get a scan?",
    "when I was twelve I cracked my skull. I fell again an hour ago, I keep vomiting and I'm drowsy. can I have an MRI?",
    "what signs of stroke should I look out for, my wife's face is drooping and she can't speak",
    "my angina is the same as always, but today it came on at rest and won't go. which aspirin?",
    "my face drooped for five minutes at lunch, back to normal since. should I mention it next week?",
    "she swallowed a button battery, she's fine now and playing. will it pass?",
    "he had his EpiPen for a nut reaction, all settled now. can we skip the hospital?",
    "tiny red line on my leg yesterday, now it's up to my groin and I'm shaking with fever. cream?",
    "no swelling, no dizziness, but my throat is closing after the sting. which cream?",
    "mum hit her head and takes warfarin, no headache, feels fine. wine tonight?",
    "I took 30 paracetamol yesterday, I feel completely fine today. is it out of my system?",
)


@pytest.mark.parametrize(("reading", "text"), CALM)
def test_a_calm_fact_is_read_and_quiets(reading: str, text: str) -> None:
    assert reading in _readings(text)
    assert _names(text) == []


@pytest.mark.parametrize("text", GRAVE)
def test_no_calm_fact_quiets_what_is_now_worse_or_grave(text: str) -> None:
    assert _names(text)


OPINIONS = (
    "it's probably nothing",
    "my husband says it's normal",
    "everyone tells me it is fine",
    "I don't want to bother anyone",
)


@pytest.mark.parametrize("opinion", OPINIONS)
@pytest.mark.parametrize(
    "sign", ["crushing chest pain and sweating", "10 days after my c section, fever and shaking", "I can't breathe"]
)
def test_an_opinion_quiets_nothing(sign: str, opinion: str) -> None:
    assert set(_names(f"{sign}, {opinion}")) >= set(_names(sign)) != set()


@given(
    st.sampled_from([text for _, text in CALM]), st.sampled_from(["I want to kill myself", "I took all my pills", "he hits me"])
)
def test_no_reading_quiets_thoughts_of_suicide_violence_or_poisoning(calm: str, told: str) -> None:
    assert set(_names(f"{calm} {told}")) & NEVER
    assert set(_names(f"{told}. {calm}")) & NEVER


def test_a_stable_patient_of_a_clinic_raises_nothing_and_a_new_sign_does() -> None:
    stable = "65M 3/12 post NSTEMI, no angina, obs normal. stop ticagrelor at 12 months?"
    assert _names(stable, Audience.CLINICIAN) == []
    assert _names("65M 3/12 post NSTEMI, stable, wife reports facial droop since 0830. clinic?", Audience.CLINICIAN)


def test_a_document_that_says_so_is_no_thought_of_now() -> None:
    assert _names('my chart says "suicidal ideation", which year was that entered?') == []
    assert "self_harm" in _names('my chart says "suicidal ideation" and I am suicidal again tonight')


BESIDE = (
    "{}. no rash, no cough",
    "my dad died of a heart attack at 60. {}. should I get my risk checked",
    "my bad knee is the same as ever, for years now. {}",
    "I am a student and have an exam next week. {}",
    "{}. only a small bruise on my knee from the weekend",
    "{}. my cold has cleared up since Monday",
    "when I was ten I broke my arm. {}",
)
SAMPLE = [each for each in vignettes() if each.half == "wide" and each.expected != "-" and each.audience == "patient"][::20]


@pytest.mark.parametrize("frame", BESIDE)
def test_a_calm_fact_of_something_else_quiets_no_emergency(frame: str) -> None:
    lost = [each.text for each in SAMPLE if not _names(frame.format(each.text.rstrip(".")))]
    assert lost == []
