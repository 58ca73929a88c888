"""Which of several facts the further words of a question choose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from chartcite.engine.domain.records import Fact
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.questions.members import Chosen, among_class, choose
from chartcite.engine.retrieval import TargetFacts, retrieve_facts
from chartcite.engine.understanding import understand
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import AskedChart, bundled_lexicon, immunization, lab, medication, procedure, scope
from tests.fhir_builders import facts

ChartOf = Callable[..., AskedChart]
HIP = procedure("hip", "Replacement of hip", "2020-01-01", reasonCode=[{"text": "osteoarthritis"}])
KNEE = procedure("knee", "Arthroscopy of knee", "2021-01-01", performer=[{"actor": {"display": "Dr. Sofia Marsh"}}])
LEFT_KNEE = procedure("left", "Arthroscopy of left knee", "2022-01-01")
OPERATIONS = facts(HIP, KNEE, LEFT_KNEE)


def names(chosen: Chosen) -> list[str]:
    return [fact.concept.text for fact in chosen.facts]


@pytest.mark.parametrize(
    ("words", "kept", "used"),
    [
        (["hip"], ["Replacement of hip"], {"hip"}),
        (["knee"], ["Arthroscopy of knee", "Arthroscopy of left knee"], {"knee"}),
        (["knee", "left"], ["Arthroscopy of left knee"], {"knee", "left"}),
        (["left", "hip"], ["Arthroscopy of left knee"], {"left"}),
        (["osteoarthritis"], ["Replacement of hip"], {"osteoarthritis"}),
        (["marsh"], ["Arthroscopy of knee"], {"marsh"}),
        (["arthroscopies"], ["Arthroscopy of knee", "Arthroscopy of left knee"], {"arthroscopies"}),
    ],
)
def test_each_word_keeps_the_facts_that_it_names(lexicon: Lexicon, words: list[str], kept: list[str], used: set[str]) -> None:
    chosen = choose(OPERATIONS, words, lexicon)
    assert names(chosen) == kept
    assert set(chosen.words) == used


def test_a_word_that_names_none_chooses_nothing(lexicon: Lexicon) -> None:
    chosen = choose(OPERATIONS, ["kidney", "xylophone"], lexicon)
    assert chosen == Chosen(OPERATIONS, frozenset())


def test_a_medicine_is_named_by_its_class(lexicon: Lexicon) -> None:
    drugs = facts(medication("m1", "Lisinopril 10 MG", "2020-01-01"), medication("m2", "Metformin 500 MG", "2020-01-01"))
    assert names(choose(drugs, ["inhibitor"], lexicon)) == ["Lisinopril 10 MG"]


def test_of_no_facts_none_is_chosen(lexicon: Lexicon) -> None:
    assert choose([], ["hip"], lexicon) == Chosen([], frozenset())


@given(st.lists(st.sampled_from(["hip", "knee", "left", "marsh", "x", ""]), max_size=6))
def test_what_is_kept_is_never_empty_nor_out_of_order(words: list[str]) -> None:
    chosen = choose(OPERATIONS, words, bundled_lexicon())
    assert chosen.facts
    assert chosen.facts == [fact for fact in OPERATIONS if fact in chosen.facts]
    assert chosen.words <= set(words)


def found(chart: AskedChart, question: str) -> list[TargetFacts]:
    engine = chart.engine
    [plan] = understand(question, lexicon=engine.lexicon, chart=engine.records.concepts(scope()), today=date(2026, 1, 1))
    return retrieve_facts(plan, engine.records, scope=scope())


def told(targets: list[TargetFacts]) -> list[Fact]:
    return [fact for item in targets for fact in item.facts]


def test_words_choose_among_the_members_of_a_class(chart_of: ChartOf) -> None:
    chart = chart_of(
        immunization("i1", "Influenza vaccine", "2023-10-01"),
        immunization("i2", "Hepatitis A vaccine", "2011-01-01"),
        immunization("i3", "Measles, mumps and rubella vaccine", "1990-01-01"),
    )
    of_class = found(chart, "Which vaccinations has she had?")
    assert len(told(of_class)) == 3
    chosen, used = among_class(of_class, ["measles"], chart.engine.lexicon)
    assert [fact.concept.text for fact in told(chosen)] == ["Measles, mumps and rubella vaccine"]
    assert used == {"measles"}


def test_words_choose_nothing_among_the_facts_of_one_thing(chart_of: ChartOf) -> None:
    chart = chart_of(lab("a", 7.0, "2024-01-01"), lab("b", 8.0, "2025-01-01", note=[{"text": "fasting"}]))
    of_one = found(chart, "latest A1c")
    assert among_class(of_one, ["fasting", "hemoglobin"], chart.engine.lexicon) == (of_one, frozenset())
