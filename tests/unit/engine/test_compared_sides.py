"""The sides of questions that compare, as questions of their own; and two sources set against each other."""

# ruff: noqa: E501

from __future__ import annotations

import pytest
from chartcite.engine.comparisons.compared_sides import sides_of
from chartcite.engine.comparisons.sources_compared import sources_of
from chartcite.engine.language.side_words import with_years

KNOWN = ("ldl", "hdl", "k", "a1c", "egfr", "creatinine", "sodium", "weight", "scan", "nodule", "inhalers", "spo2", "hba1c", "bone density", "hearing test")  # fmt: skip


def names(words: str) -> bool:
    return any(f" {known} " in f" {words.lower()} " for known in KNOWN)


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("LDL before and after the statin", ("LDL before the statin", "LDL after the statin")),
        ("LDL pre v post statin", ("LDL before statin", "LDL after statin")),
        ("A1c now vs just before glargine was begun", ("A1c now", "A1c just before glargine was begun")),
        ("Is my weight lower than at booking?", ("my weight now", "my weight at booking")),
        ("Is her eGFR better now than when she was admitted?", ("her eGFR now", "her eGFR when she was admitted")),
        ("creatinine admission vs discharge", ("creatinine at admission", "creatinine at discharge")),
        ("Compare her weight in June 2019 with the one in May 2021.", ("her weight in June 2019", "her weight in May 2021")),
        ("SpO2 at the first ED visit vs the second", ("SpO2 at the first ED visit", "SpO2 at the second ED visit")),
        ("creatinine this admission vs the last one", ("creatinine at the last admission", "creatinine at the second last admission")),
        ("Was her LDL or her HDL the higher one in July 1977?", ("her LDL in July 1977", "HDL in July 1977")),
        ("Has the nodule grown since the November CT?", ("size of the nodule in the November CT", "size of the nodule latest")),
        ("egfr 2020 vs 2022 vs latest", ("egfr 2020", "egfr 2022", "egfr latest")),
        ("creatinine when lisinopril was begun vs when it was stopped",
         ("creatinine when lisinopril was begun", "creatinine when lisinopril was stopped")),
        ("She had a scan in 2020 and another in 2025. Which was better?", ("scan in 2020", "scan in 2025")),
        ("Are my bones better than before the tablets?", ("bone density now", "bone density before the tablets")),
        ("How well could he hear before the tubes and after?", ("hearing test before the tubes", "hearing test after the tubes")),
        ("Was the eGFR at the last visit better than the one before?", ("the eGFR at the last visit", "last two the eGFR")),
        ("Compare the two nodule scans", ("nodule scan last", "nodule scan first")),
        ("Is it worse than two years ago, going by eGFR?", ("eGFR now", "eGFR two years ago")),
        ("LDL Nov 2023 cf the March 2024 one", ("LDL Nov 2023", "LDL the March 2024 one")),
        ("Anything different at the May 2025 review cf the June 2024 one (weight, LDL)?",
         ("weight and LDL at the May 2025 review", "weight and LDL the June 2024 one")),
        ("LDL in May 2024 (before the statin) v latest", ("LDL in May 2024", "LDL latest")),
        ("Whats different between her LDL in 2020 and the latest one?", ("her LDL in 2020", "her LDL latest")),
        ("LDL at diagnosis vs now, and the difference", ("first LDL", "LDL now")),
    ],
)  # fmt: skip
def test_each_side_is_a_question_about_the_same_thing(text: str, questions: tuple[str, ...]) -> None:
    sides = sides_of(text, names)
    assert sides is not None
    assert sides.questions == questions


def test_a_side_may_count_from_the_first() -> None:
    sides = sides_of("K in the ED vs two weeks later", names)
    assert sides is not None
    assert sides.later == (2, "week")


@pytest.mark.parametrize(
    "text",
    [
        "What is her latest LDL?",
        "LDL at the cf clinic in 2024",
        "When was he moved from LDL tablets to another?",
        "LDL trend since 2019",
        "creat before, during and after chemo",
        "Does she take more than one inhaler?",
        "Is the dog bigger than the cat?",
        "vs",
    ],
)
def test_other_questions_have_no_sides(text: str) -> None:
    assert sides_of(text, names) is None


@pytest.mark.parametrize(
    ("text", "topics", "sources"),
    [
        ("why it was stopped: dietitian's sheet vs the doctors' notes", ("why it was stopped",), ("dietitian's sheet", "the doctors' notes")),
        ("The ER and her daughter disagree on which hip it was. What does each say?", ("which hip it was",), ("The ER", "her daughter")),
        ("What did the nurse's note say about the dose and what did Dr Bell correct it to?", ("the dose",), ("the nurse's note", "Dr Bell")),
        ("The discharge summary and the counsellor give different dates.", ("dates",), ("The discharge summary", "the counsellor")),
    ],
)  # fmt: skip
def test_two_sources_are_told_apart(text: str, topics: tuple[str, ...], sources: tuple[str, str]) -> None:
    named = sources_of(text)
    assert named is not None
    assert (named.topics, named.sources) == (topics, sources)


@pytest.mark.parametrize(
    "text", ["LDL 2019 vs 2021", "inhalers on leaving hospital compared with those he has now", "who wrote the note?"]
)
def test_two_times_are_no_sources(text: str) -> None:
    assert sources_of(text) is None


@pytest.mark.parametrize(
    ("questions", "told"),
    [
        (("LDL in June 2024", "LDL that February"), ("LDL in June 2024", "LDL in February 2024")),
        (("LDL Feb", "LDL June 2024"), ("LDL in Feb 2024", "LDL June 2024")),
        (("LDL Nov", "LDL Jan 2024"), ("LDL in Nov 2023", "LDL Jan 2024")),
        (("LDL in June 2024", "LDL February"), ("LDL in June 2024", "LDL February")),
        (("LDL that February", "LDL latest"), ("LDL that February", "LDL latest")),
    ],
)
def test_a_month_takes_the_year_of_the_other_side(questions: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert with_years(questions) == told
