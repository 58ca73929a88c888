"""Whose letter it is and who writes it: a relative's letter says nothing of the patient, a relative's message does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.notes.sentence_manner import told_by_relative

from tests.charts import AskedChart, note, person

ChartOf = Callable[..., AskedChart]
LETTER = "Re: Moira LEE, daughter of Ann Lee\n\nDear Moira,\n\nYou take lamotrigine for your epilepsy. You have never smoked."


def told(chart: AskedChart, question: str) -> str:
    return "\n".join(chart.say(question))


@pytest.mark.parametrize("question", ["Does she take lamotrigine?", "Does Ann have epilepsy?", "what is she on lamotrigine for"])
def test_a_letter_to_somebody_else_says_nothing_of_the_patient(chart_of: ChartOf, question: str) -> None:
    assert "lamotrigine" not in told(chart_of(person(), note("n", LETTER)), question)


@pytest.mark.parametrize("opening", ["Re: Mrs Ann LEE, 29/02/1960\n\nDear Ann,", "Re: Ann LEE\n\nDear Dr Moss,", "Dear Mrs Lee,"])
def test_a_letter_about_the_patient_does(chart_of: ChartOf, opening: str) -> None:
    letter = f"{opening}\n\nYou take lamotrigine for your epilepsy. You have never smoked."
    assert "lamotrigine" in told(chart_of(person(), note("n", letter)), "Does she take lamotrigine?")


@pytest.mark.parametrize(
    ("text", "author", "expected"),
    [
        ("Dad had a fall on Monday.", "Jo Lee (son)", "he  had a fall on Monday."),
        ("I think my husband is worse.", "Mrs P Lee, wife of patient", "I think he         is worse."),
        ("Our little boy has a rash.", "Kim Lee (mother)", "he             has a rash."),
        ("Dad's brother had a stroke.", "Jo Lee (son)", "Dad's brother had a stroke."),
        ("My mum has diabetes too.", "Mrs P Lee, wife of patient", "My mum has diabetes too."),
        ("Dad had a stroke at 60.", "Dr Lee", "Dad had a stroke at 60."),
    ],
)
def test_by_whom_it_is_tells_of_whom_a_sentence_is(text: str, author: str, expected: str) -> None:
    changed = told_by_relative(text, author)
    assert len(changed) == len(text)
    assert changed.split() == expected.split()


def test_a_message_of_a_son_tells_what_happened_to_his_mother(chart_of: ChartOf) -> None:
    message = note("n", "Hi, it is Jo. Mum had a fall in the bath on 3 February.", author=[{"display": "Jo Lee (son)"}])
    assert "in the bath" in told(chart_of(person(), message), "What happened when she fell in February 2024?")


def test_with_whom_somebody_lives_is_told_by_the_newest(chart_of: ChartOf) -> None:
    old = note("a", "Lives alone since her husband died.", "2021-03-01T10:00:00Z")
    new = note("b", "Her niece Ada moved in with her in May.", "2024-06-01T10:00:00Z")
    assert "Ada moved in" in told(chart_of(person(), old, new), "Does she live by herself?")


def test_that_somebody_lives_alone_stands_while_nothing_newer_is_told(chart_of: ChartOf) -> None:
    old = note("a", "Lives alone since her husband died.", "2021-03-01T10:00:00Z")
    assert "Lives alone" in told(chart_of(person(), old), "Does she live by herself?")


@pytest.mark.parametrize("question", ["how old is Ruby", "What is Ruby's date of birth?"])
def test_the_age_of_somebody_else_is_not_that_of_the_patient(chart_of: ChartOf, question: str) -> None:
    chart = chart_of(person(), note("n", "Lives with her granddaughter Ruby."))
    assert "1960" not in told(chart, question)


@pytest.mark.parametrize("question", ["how old is Ann", "how old is Mrs Lee", "What is Annie's date of birth?"])
def test_the_patient_by_name_is_the_patient(chart_of: ChartOf, question: str) -> None:
    chart = chart_of(person(), note("n", "Lives with her granddaughter Ruby. Annie copes well."))
    assert "1960" in told(chart, question)
