"""Questions for a part of a note: which part, and what stands in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.notes.note_sections import MOST_OF_ALL, MOST_TOLD, PARTS, part_asked, told_in_part
from chartcite.engine.questions.plans import Plan
from chartcite.engine.understanding import understand

from tests.charts import AskedChart, bundled_lexicon, note, scope

ChartOf = Callable[..., AskedChart]
COMPLAINT, HPI, ASSESSMENT, PLAN, EXAM, SYSTEMS = PARTS
NEW = """Chief Complaint: Swollen left ankle.

Assessment:
Sprain of the ankle.

Plan:
Rest for two weeks.
"""
OLD = """CHIEF COMPLAINT
Sore throat.
Hoarse voice.

ASSESSMENT
Pharyngitis.
"""


def read(question: str) -> Plan:
    [plan] = understand(question, lexicon=bundled_lexicon(), chart=(), today=date(2026, 1, 1))
    return plan


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("What was her chief complaint?", COMPLAINT),
        ("What was she complaining of?", COMPLAINT),
        ("What was he presenting with?", COMPLAINT),
        ("CC?", COMPLAINT),
        ("history of present illness", HPI),
        ("What was the assessment?", ASSESSMENT),
        ("What was the impression?", ASSESSMENT),
        ("What was the plan?", PLAN),
        ("What did the physical exam find?", EXAM),
        ("ROS?", SYSTEMS),
    ],
)
def test_the_part_that_is_asked_is_known(lexicon: Lexicon, question: str, part: object) -> None:
    [plan] = understand(question, lexicon=lexicon, chart=(), today=date(2026, 1, 1))
    assert part_asked(plan) is part


@pytest.mark.parametrize("question", ["What is her A1c?", "Any care plan?", "Is she on a statin?", "When was she admitted?"])
def test_other_questions_ask_for_no_part(question: str) -> None:
    assert part_asked(read(question)) is None


def told(chart: AskedChart, question: str) -> list[DraftClaim]:
    plan, records = read(question), chart.engine.records
    part = part_asked(plan)
    assert part is not None
    return told_in_part(part, plan, list(records.all_passages(scope())), records)


def quotes(chart: AskedChart, question: str) -> list[str]:
    return [citation.quote for claim in told(chart, question) for citation in claim.citations]


@pytest.fixture
def chart(chart_of: ChartOf) -> AskedChart:
    return chart_of(note("new", NEW, "2024-05-05T10:00:00Z"), note("old", OLD, "2023-02-02T10:00:00Z"))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What was her chief complaint?", ["Chief Complaint: Swollen left ankle."]),
        ("What was her chief complaint in 2023?", ["Sore throat.", "Hoarse voice."]),
        ("What was her chief complaint in 2021?", []),
        ("What was the assessment?", ["Sprain of the ankle."]),
        ("What was the assessment in February 2023?", ["Pharyngitis."]),
        ("What was the plan?", ["Rest for two weeks."]),
        ("What was the plan in 2023?", []),
        ("What were the physical exam findings?", []),
    ],
)
def test_the_newest_note_of_the_time_tells_the_part(chart: AskedChart, question: str, expected: list[str]) -> None:
    assert quotes(chart, question) == expected


def test_all_notes_tell_it_where_all_are_asked(chart: AskedChart) -> None:
    assert quotes(chart, "List all chief complaints") == ["Chief Complaint: Swollen left ankle.", "Sore throat.", "Hoarse voice."]


def test_the_claim_names_the_note_and_cites_its_bytes(chart: AskedChart) -> None:
    [claim] = told(chart, "What was the assessment?")
    assert (claim.text, claim.route) == ("Progress note, 2024-05-05: “Sprain of the ankle.”", "note_part")
    [citation] = claim.citations
    text = chart.engine.records.open_citation(citation.id).text
    assert text[citation.start : citation.end] == citation.quote


@pytest.mark.parametrize(("question", "most"), [("What was the assessment?", MOST_TOLD), ("List every assessment", MOST_OF_ALL)])
def test_a_long_part_is_cut(chart_of: ChartOf, question: str, most: int) -> None:
    words = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    chart = chart_of(note("n", "Assessment:\n" + "\n".join(f"Finding number {word} is new." for word in words)))
    assert len(quotes(chart, question)) == most


def test_the_same_sentence_is_told_once(chart_of: ChartOf) -> None:
    chart = chart_of(note("a", NEW, "2024-05-05"), note("b", NEW + "\nSeen by the team.", "2024-05-06"))
    assert quotes(chart, "List each assessment").count("Sprain of the ankle.") == 1
