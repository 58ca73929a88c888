"""Words of life and talk: how notes write them, what they do not stand for, and turns of speech in plain words."""

# ruff: noqa: E501 -- tables read better in long lines

from __future__ import annotations

import pytest
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.idioms import plainly
from chartcite.engine.language.life_words import GROUPS
from chartcite.engine.language.terminology import forms

MEANT = """
flatmate sharing; roommate flatmate; widowed widower; relatives grandmother; auntie aunt; jobless unemployed; student college; fitnote certificate
breakfast eating; sandwich npo; coffee caffeine; carbs rice; shellfish prawn; thirsty hydration; vodka etoh
teetotal sober; hangover alcohol; weed marijuana; street cannabis; illicit heroin; overdose ingestion; vaping electronic; varenicline cessation
contraception nexplanon; coil intrauterine; condoms barrier; pregnant trimester; libido desire; impotent sildenafil; std chlamydia
knackered fatigue; insomnia waking; crying mood; suicide ideation; therapist cbt; gym treadmill; sport boxing; cycling bike; wobbly ataxia
housebound nonambulatory; insoles orthotic; footwear boot; crash mva; ramadan fasting; tried failed; settled relieved; trigger precipitated
reckon impression; diagnosis assessment; arrange referral; monitor weigh; forever indefinitely; digits fingers; dimensions cm; site dorsal
"""
NOT_MEANT = """
weed joint; shoes heel; drinks coke; boots abscess; stockings tight; nerves anxiety; voices hallucinations; dip tobacco; relative patient; cat scan; rest pain
knackered dyspnea; nap apnea; football foot; diagnosis plan; fasting breakfast
"""


def _pairs(table: str) -> list[tuple[str, str]]:
    pairs = [pair.split() for line in table.strip().splitlines() for pair in line.split(";")]
    return [(forms(asked)[0], forms(noted)[0]) for asked, noted in pairs]


@pytest.mark.parametrize(("asked", "noted"), _pairs(MEANT))
def test_notes_write_words_of_life_in_other_words(asked: str, noted: str) -> None:
    assert noted in noted_as(asked)


@pytest.mark.parametrize(("asked", "noted"), _pairs(NOT_MEANT))
def test_other_meanings_do_not_stand_for_each_other(asked: str, noted: str) -> None:
    assert noted not in noted_as(asked)


def test_every_group_says_something_and_no_word_is_a_letter() -> None:
    for line in GROUPS.strip().splitlines():
        words = forms(line.replace(">", " "))
        assert len(words) > 1, line
        assert min(map(len, words)) > 1, line
        assert len(words) == len(line.replace(">", " ").split()), f"a word of {line!r} is read as two"


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("What do they reckon is behind the nerve damage?", "what is the likely cause of the nerve damage?"),
        ("what did the consultant put his cough down to", "what is the likely cause of"),
        ("How on earth did mum end up with that burn?", "what caused that burn?"),
        ("what brought all this on?", "what triggered it?"),
        ("what are the bloods in aid of?", "what are the bloods for?"),
        ("What's wrong with my knee?", "what is the diagnosis of my knee?"),
        ("is he ok to keep on lifting?", "should he continue lifting?"),
        ("can she get back to driving?", "can she return to driving?"),
        ("is she going to end up under the knife?", "is she going to end up surgery?"),
        ("am I likely to end up under the knife for it", "is surgery planned for it"),
        ("will they put him under?", "was the anesthesia general, local or sedation?"),
        ("was he kept in overnight?", "was he admitted overnight?"),
        ("when was she let home?", "when was she discharged?"),
        ("how long was he signed off for?", "how long was he off work for?"),
        ("when did he come off the warfarin?", "when did he stop the warfarin?"),
        ("who put her on apixaban?", "who start apixaban?"),
        ("has she put on weight?", "has she gained weight?"),
        ("are the tablets doing any good?", "are the tablets helping?"),
        ("did it work?", "did it help?"),
        ("can I have a cup of tea?", "can I have food or drink?"),
        (
            "What should make me drop everything and dash to A&E?",
            "what are the return precautions?",
        ),
        ("what should we look out for?", "what are the return precautions?"),
        ("what is he keeping an eye on?", "what is he monitor?"),
        ("how soon must I come back?", "when should I return for review?"),
        ("who's my brother sharing a flat with?", "who does she live with?"),
        ("who's at home with mum?", "who does the patient live with?"),
        ("when should I worry?", "what are the return precautions?"),
        ("does it burn when he pees?", "is there dysuria?"),
        ("any talk of ending it all?", "any suicidal thoughts?"),
        ("has he been hearing voices?", "has he been hallucinations?"),
        ("GP here, when is he due back?", "when is the follow up?"),
        ("Hi team, is his gout playing up?", "is his gout a problem?"),
        ("where do we go from here?", "what is the plan?"),
        ("why did she come in today?", "what was the chief complaint?"),
        ("does it run in the family?", "family history of?"),
        ("was she sent to physio?", "was she referred to physio?"),
        ("did his kidneys pack up?", "did kidney failure?"),
        ("is he fit to fly?", "is he allowed to fly?"),
    ],
)
def test_what_people_say_is_put_in_plain_words(asked: str, plain: str) -> None:
    assert plainly(asked) == plain


@pytest.mark.parametrize(
    "asked",
    [
        "is her asthma poorly controlled?",
        "when did the wound come apart?",
        "has the result come back positive?",
        "what is behind the left eye?",
        "did he fall off a ladder at work?",
        "which cream was put on hold?",
        "was the sample sent to the lab?",
        "what was done in the ED?",
        "is the implant working?",
        "how many joints are swollen?",
        "was he awake at the time?",
        "is she on the waiting list?",
    ],
)
def test_words_that_mean_what_they_say_stay(asked: str) -> None:
    assert plainly(asked) == asked
