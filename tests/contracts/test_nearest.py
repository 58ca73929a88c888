"""What comes nearest to a question without an answer: quoted word by word, to professionals only, and never as an answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.api.wire import answer_to_wire
from chartcite.engine.answers.reading import SecondLook
from chartcite.engine.domain.answers import Abstention, DraftClaim
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.notes.second_look import LEAST_NEAR, look_again

from tests.charts import ANN, AskedChart, immunization, note, person

ChartOf = Callable[..., AskedChart]
WORDS = "Walks to the shop. Sold the caravan last year and misses the sea."
NOTE = note("n", f"{WORDS}\n")
QUESTION = "what holiday did she take by the sea?"


@pytest.fixture
def unsure(chart_of: ChartOf, monkeypatch: pytest.MonkeyPatch) -> AskedChart:
    """A chart whose second look is never sure enough to answer."""

    def look(*arguments: object, **options: object) -> SecondLook:
        found = look_again(*arguments, **options)  # type: ignore[arg-type]
        near: tuple[DraftClaim, ...] = (*found.claims, *found.nearest)
        return SecondLook([], LEAST_NEAR, near)

    monkeypatch.setattr("chartcite.engine.answers.part_answers.look_again", look)
    monkeypatch.setattr("chartcite.engine.notes.second_look.LEAST_NEAR", -99.0)
    return chart_of(person(), NOTE)


def test_the_nearest_sentences_are_cited_and_are_no_answer(unsure: AskedChart) -> None:
    answer = unsure.ask(QUESTION)
    assert isinstance(answer, Abstention)
    assert answer.nearest
    assert answer.text.startswith("Not documented")
    for claim in answer.nearest:
        assert claim.verdict.outcome == "supported"
        assert all(citation.quote in WORDS for citation in claim.citations)
        assert claim.text not in answer.text
    assert answer_to_wire(answer).nearest == answer.nearest


def test_a_patient_is_not_shown_them(unsure: AskedChart) -> None:
    answer = unsure.ask(QUESTION, audience="patient")
    assert isinstance(answer, Abstention)
    assert answer.nearest == ()


def test_another_chart_gives_none(unsure: AskedChart) -> None:
    engine = unsure.engine
    answer = unsure.ask(QUESTION)
    assert isinstance(answer, Abstention)
    own = {passage.resource for passage in engine.records.all_passages(Scope(patient_id=ANN))}
    assert {citation.source.resource for claim in answer.nearest for citation in claim.citations} <= own


def test_far_off_sentences_are_not_shown(chart_of: ChartOf) -> None:
    answer = chart_of(person(), note("n", "Chest clear. Heart regular.\n")).ask("what colour is her car?")
    assert isinstance(answer, Abstention)
    assert answer.nearest == ()


FLU = immunization("flu", "Influenza vaccine", "2023-10-05")
OLDER = immunization("older", "Influenza vaccine", "2022-10-01")


def test_an_entry_that_does_not_tell_what_is_asked_of_it_is_shown(chart_of: ChartOf) -> None:
    answer = chart_of(person(), FLU, OLDER).ask("which arm was the flu jab in October 2023 given in?")
    assert isinstance(answer, Abstention)
    assert [claim.citations[0].source.resource for claim in answer.nearest] == ["Immunization/flu"]


@pytest.mark.parametrize("question", ["which arm was the tetanus jab given in?", "which arm did her mother have the flu jab in?"])
def test_an_entry_of_another_thing_or_person_is_not_shown(question: str, chart_of: ChartOf) -> None:
    answer = chart_of(person(), FLU).ask(question)
    assert isinstance(answer, Abstention)
    assert answer.nearest == ()
