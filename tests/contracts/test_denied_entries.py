"""A problem list entry whose name denies what it names: nowhere counted as present, and quoted where it is asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from chartcite.engine.domain.answers import ClaimKind

from tests.api.test_cli import run_json
from tests.charts import AskedChart, condition, medication, note, open_store, person, store_chart

ChartOf = Callable[..., AskedChart]
TODAY = date(2026, 1, 1)
DENIED = (
    "Myocardial infarction ruled out",
    "No evidence of metastasis",
    "Stroke ruled out",
    "Absence of heart failure",
    "Negative for peptic ulcer",
    "Pregnancy ruled out",
    "DVT (excluded)",
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    folder: Path = tmp_path_factory.mktemp("denied")
    store_chart(
        folder,
        person(birthDate="1986-01-01", gender="female"),
        *(condition(f"d{number}", name, "2025-12-20") for number, name in enumerate(DENIED)),
        condition("af", "Atrial fibrillation", "2024-02-04"),
        condition("anaemia", "Anemia", "2020-03-04", clinical="resolved", abatementDateTime="2021-01-01"),
        condition("chest", "Chest pain, pulmonary embolism excluded", "2025-03-04"),
        condition("pneumonia", "Rule out pneumonia", "2025-05-04"),
        medication("ibuprofen", "Ibuprofen 400 mg", "2025-12-01"),
    )
    return AskedChart(open_store(folder))


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Does she have an MI?", "Myocardial infarction ruled out"),
        ("Has she had a heart attack?", "Myocardial infarction ruled out"),
        ("Any metastatic disease?", "No evidence of metastasis"),
        ("Has she ever had a stroke?", "Stroke ruled out"),
        ("Does she have heart failure?", "Absence of heart failure"),
        ("History of peptic ulcer disease?", "Negative for peptic ulcer"),
        ("Does she have a DVT?", "DVT (excluded)"),
    ],
)
def test_the_answer_about_a_denied_problem_is_a_cited_denial(asked: AskedChart, question: str, entry: str) -> None:
    answer = asked.ask(question, as_of=TODAY)
    assert answer.kind == "supported"
    assert [claim.kind for claim in answer.claims] == [ClaimKind.ABSENCE]
    assert answer.claims[0].text.startswith(entry)
    assert "refuted" not in answer.claims[0].text
    assert [each.quote for each in answer.claims[0].citations] == [entry]


def test_the_problem_list_holds_no_denied_entry(asked: AskedChart) -> None:
    said = asked.say("What are her active problems?", as_of=TODAY)
    assert any(line.startswith("Atrial fibrillation") for line in said)
    assert not [line for line in said for name in DENIED if line.startswith(name)]


def test_what_is_still_to_be_ruled_out_is_unconfirmed(asked: AskedChart) -> None:
    assert asked.say("Does she have pneumonia?", as_of=TODAY) == ["Rule out pneumonia (unconfirmed): active, onset 2025-05-04."]


@pytest.mark.parametrize("score", ["CHA2DS2-VASc", "HAS-BLED"])
def test_scores_count_neither_denied_entries_nor_an_anaemia_that_is_over(asked: AskedChart, score: str) -> None:
    (said,) = asked.say(f"Calculate {score}", as_of=TODAY)
    assert "stroke, " in said or "stroke no" in said
    assert "stroke yes" not in said
    assert "heart failure yes" not in said
    assert "(anaemia) yes" not in said


@pytest.mark.parametrize(("entry", "warned"), [("Absence of heart failure", False), ("Heart failure", True)])
def test_medication_safety_warns_of_no_denied_illness(tmp_path: Path, entry: str, *, warned: bool) -> None:
    store_chart(tmp_path, person(), condition("c1", entry, "2020-01-01"))
    found = run_json("safety", "check", "--patient", "ann", "--as-of", "2026-01-01", "--add", "ibuprofen", store=tmp_path)
    assert ("nsaid-heart-failure" in {alert["rule"] for alert in found["alerts"]}) is warned


@pytest.mark.parametrize(("entry", "flagged"), [("Pregnancy ruled out", False), ("Pregnancy", True)])
def test_a_denied_pregnancy_makes_no_warning_sign_of_one(tmp_path: Path, entry: str, *, flagged: bool) -> None:
    store_chart(tmp_path, person(birthDate="1996-01-01", gender="female"), condition("c1", entry, "2025-12-20"))
    asked = AskedChart(open_store(tmp_path))
    answer = asked.ask("I have some spotting and a headache", as_of=TODAY, audience="patient")
    assert ("warning_sign_in_pregnancy" in [flag.name for flag in answer.red_flags]) is flagged


def test_one_kind_denied_denies_no_other_kind(chart_of: ChartOf) -> None:
    refuted = condition("ie", "Infective endocarditis", "2023-05-19") | {"verificationStatus": {"coding": [{"code": "refuted"}]}}
    chart = chart_of(refuted, note("n", "Toe amputated for gangrene.\n"))
    assert chart.ask("was the bone infected?").kind == "abstained"
    assert "refuted" in chart.ask("any infection of the heart?").text
