"""The procedure that a question tells in its own words: who did it, when, on which side; none that the words do not choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.charts import AskedChart, Resource, condition, lab, medication, procedure

ChartOf = Callable[..., AskedChart]


def done(identity: str, name: str, day: str, who: str = "", site: str = "", **elements: Any) -> Resource:
    people: Resource = {"performer": [{"actor": {"display": who}}]} if who else {}
    sites: Resource = {"bodySite": [{"text": site}]} if site else {}
    return procedure(identity, name, day, **people, **sites, **elements)


CHART = (
    done("portin", "Insertion of chest port, right side", "2022-03-01", "Dr Ines Wolff"),
    done("portout", "Removal of chest port, right side", "2024-02-06", "Dr Pavel Orban"),
    done("eye", "Trabeculectomy", "2021-06-14", "Miss Joan Airey", "Left eye"),
    done("inj", "Corticosteroid injection of right thumb joint", "2024-09-03", "Dr Uma Rao"),
    done("tooth", "Extraction, tooth #30", "2023-11-20", "Hillside Dental - B. Novak"),
    done("wound", "Debridement of pressure ulcer, left heel", "2025-01-30", "Dr Kofi Asante"),
    done("hip", "Total hip replacement", "2019-05-05", site="Right hip"),
    done("ogd", "Gastroscopy", "2024-07-01", status="not-done"),
    condition("oa", "Osteoarthritis of hip", "2015-01-01"),
    medication("met", "Metformin 500 mg tablet", "2020-01-01"),
    lab("a1c", 6.4, "2024-11-01"),
)


@pytest.mark.parametrize(
    ("question", "told", "not_told"),
    [
        ("Who took the port out?", "Pavel Orban", "Ines Wolff"),
        ("when was my port put in and who did it", "Ines Wolff", "Pavel Orban"),
        ("For the pension form: which eye was operated on, and when?", "Left eye", "port"),
        ("I was asleep - what exactly did Dr Asante do to my heel in January 2025?", "Debridement", "port"),
        ("Who put the needle in her thumb, and what day was that?", "Uma Rao", "port"),
        ("what did the dentist do in November 2023, which tooth?", "tooth #30", "port"),
        ("Who cleaned the ulcer on the heel?", "Kofi Asante", "port"),
        ("Which side was the hip operation?", "Right hip", "port"),
        ("Which side was the port put in?", "2022-03-01", "Pavel Orban"),
        ("Who sorted out her eye?", "Joan Airey", "port"),
        ("who fixed his eye", "Joan Airey", "port"),
        ("When did they do the gastroscopy, and who did it?", "not-done", "port"),
    ],
)
def test_the_procedure_that_the_words_choose_is_told(chart_of: ChartOf, question: str, told: str, not_told: str) -> None:
    said = " | ".join(chart_of(*CHART).say(question))
    assert told in said
    assert not_told not in said


@pytest.mark.parametrize(
    "question",
    [
        "Who took her tonsils out?",
        "Who put in the pacemaker?",
        "What did Dr Petrov do to my heel?",
        "What did Dr Asante do to my heel in March 2023?",
        "Which ear was operated on?",
        "Who did the hip operation?",
        "Who put the needle in her knee?",
    ],
)
def test_a_procedure_that_was_not_done_so_is_not_told(chart_of: ChartOf, question: str) -> None:
    assert " was done on " not in " ".join(chart_of(*CHART).say(question))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How old was she when the port was taken out?", "63"),
        ("When was she put on metformin?", "Metformin"),
    ],
)
def test_what_asks_otherwise_is_answered_as_before(chart_of: ChartOf, question: str, told: str) -> None:
    assert told in " ".join(chart_of(*CHART).say(question))


def test_each_deed_of_a_question_is_told(chart_of: ChartOf) -> None:
    said = " ".join(chart_of(*CHART).say("When was the chest port put in, and when was it taken out?"))
    assert "2022-03-01" in said
    assert "2024-02-06" in said
