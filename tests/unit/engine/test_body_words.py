"""Body, complaints and findings: asked words and the words of notes for them, and words of another meaning that do not match."""

from __future__ import annotations

import pytest
from chartcite.engine.language.bedside_words import is_bedside, misspelt, noted_as
from chartcite.engine.language.everyday_words import meanings, said_as
from chartcite.engine.language.idioms import plainly
from chartcite.engine.language.terminology import forms
from hypothesis import given
from hypothesis import strategies as st


def said(asked: str, noted: str) -> bool:
    """Say whether an asked word may stand as a noted word."""
    return forms(noted)[0] in noted_as(forms(asked)[0])


@pytest.mark.parametrize(
    ("asked", "noted"),
    [
        ("fundi", "funduscopic"),
        ("fundi", "papilledema"),
        ("pupils", "PERRLA"),
        ("murmurs", "gallop"),
        ("chest", "CTAB"),
        ("tummy", "SNT"),
        ("spleen", "HSM"),
        ("glands", "lymphadenopathy"),
        ("clubbing", "CCE"),
        ("crackles", "rales"),
        ("creps", "crackles"),
        ("tender", "palpation"),
        ("limping", "antalgic"),
        ("plantars", "downgoing"),
        ("JVP", "distention"),
        ("hallucinations", "voices"),
        ("weepy", "tearful"),
        ("throbbing", "pulsating"),
        ("colicky", "cramping"),
        ("ringing", "tinnitus"),
        ("gunky", "discharge"),
        ("squint", "strabismus"),
        ("stuffy", "congestion"),
        ("hoarse", "dysphonia"),
        ("gullet", "oesophageal"),
        ("armpit", "axillary"),
        ("dentures", "edentulous"),
        ("loin", "CVA"),
        ("bloated", "distension"),
        ("periods", "LMP"),
        ("womb", "endometrial"),
        ("contraception", "Implanon"),
        ("coil", "Mirena"),
        ("pregnant", "gravida"),
        ("nappies", "diaper"),
        ("dummy", "pacifier"),
        ("milestones", "crawling"),
        ("preemie", "gestation"),
        ("digits", "finger"),
        ("insoles", "orthotics"),
        ("bunion", "hallux"),
        ("shattered", "fatigued"),
        ("tailbone", "coccyx"),
        ("boil", "furuncle"),
        ("moles", "nevi"),
        ("liquid", "effusion"),
        ("numb", "paraesthesia"),
        ("csf", "lumbar"),
        ("waterworks", "LUTS"),
        ("erections", "impotence"),
    ],
)
def test_people_s_words_for_the_body_are_found_in_the_words_of_notes(asked: str, noted: str) -> None:
    assert said(asked, noted)


@pytest.mark.parametrize(
    ("asked", "noted"),
    [
        pytest.param("wear", "degenerative", id="what to wear"),
        pytest.param("dead", "necrosis", id="a dead father"),
        pytest.param("rate", "severity", id="heart rate"),
        pytest.param("attack", "spell", id="heart attack"),
        pytest.param("accident", "incontinence", id="car accident"),
        pytest.param("strength", "motor", id="strength of a tablet"),
        pytest.param("scale", "flaky", id="pain scale"),
        pytest.param("heavy", "pressure", id="heavy periods"),
        pytest.param("cut", "suicidal", id="cut down"),
        pytest.param("frame", "thin", id="walking frame"),
        pytest.param("big", "inch", id="big toe"),
        pytest.param("cord", "larynx", id="spinal cord"),
        pytest.param("pulled", "sprain", id="pulled tooth"),
        pytest.param("nursing", "breastfeeding", id="nursing home"),
        pytest.param("withdrawn", "affect", id="a withdrawn drug"),
        pytest.param("contact", "glasses", id="contact details"),
        pytest.param("fever", "chest"),
    ],
)
def test_words_with_another_meaning_are_not_taken_for_it(asked: str, noted: str) -> None:
    assert not said(asked, noted)


def test_a_kind_is_noted_by_its_members_and_not_the_other_way_round() -> None:
    read = meanings(["contraception > coil", "coil iud"])
    assert read["contraception"] == {"contraception", "coil"}
    assert read["coil"] == {"coil", "iud"}


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("Does it sting when she passes water?", "dysuria"),
        ("has she had any funny turns lately", "blackout"),
        ("any trouble down below", "genital"),
        ("have her waters broken", "membranes ruptured"),
        ("has he been poorly since", "unwell"),
        ("when did his back seize up? or rather his back seized up", "injured the back"),
        ("any thoughts of ending it all", "suicid"),
        ("did she lose the baby", "miscarriage"),
        ("does his knee give way", "giving way"),
        ("is she seeing double", "double vision"),
    ],
)
def test_sayings_about_the_body_are_put_in_plain_words(asked: str, plain: str) -> None:
    assert plain in plainly(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "is he poorly controlled on metformin",
        "are her joints worn out",
        "is he on any precautions",
        "does she have a power of attorney",
        "has the wound opened",
    ],
)
def test_plain_words_about_the_body_stay(asked: str) -> None:
    assert plainly(asked) == asked


@pytest.mark.parametrize(
    ("typed", "meant"), [("needel", "needle"), ("insoels", None), ("stomcah", "stomach"), ("needle", None), ("sorce", None)]
)
def test_letters_that_changed_places_are_put_right(typed: str, meant: str | None) -> None:
    assert misspelt(typed) == meant


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_only_words_of_the_groups_are_meant(word: str) -> None:
    meant = misspelt(word)
    assert meant is None or (is_bedside(meant) and sorted(meant) == sorted(word) and not is_bedside(word))
    assert said_as(word) <= noted_as(word)
