"""The page of guidelines is current, the linter of conditions finds what is wrong, and a draft is never a guideline by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from chartcite.api.cli import app
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.guidelines.guidelines import Library, library
from chartcite.indexes.sqlite_records import SqliteRecords
from chartcite.ingestion.guideline_import import confirmed, draft_of, is_draft, recommendations_in
from chartcite.ingestion.sources.guidelines import read_guideline
from typer.testing import CliRunner

from tests.charts import CORPORA
from tests.evals.applicability import read_cases
from tests.evals.guidelines_doc import PAGE, page
from tests.evals.lint_guideline_rules import lint_guideline_rules, lint_section
from tests.evals.small_patients import patient_of

TABLES = {"condition-classes": {"cancer"}, "conditions": {"gout"}, "measurements": {"egfr"}}
SECTION = "## R1. Test\n\nAdults aged 50 years or older.\n\n- Conditions: age 50 years or older\n\n```applies\n{}\n```\n"
PAPER = """Care of the left thumb. We met in May. Adults with a sore thumb should rest it for two days.
Surgery is not recommended for a sore thumb. The committee thanks its members."""


@pytest.fixture(scope="module")
def known(bundled_store: Path) -> Library:
    return library(SqliteRecords(bundled_store))


def test_the_page_of_guidelines_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.evals.guidelines_doc --write"


def test_the_corpus_is_as_large_as_promised(known: Library) -> None:
    assert len(known.current) >= 200
    assert len({one.guideline for one in known.recommendations if one.status == "superseded"}) >= 5
    assert all(one.rule is not None for one in known.recommendations)


def test_versions_lead_to_each_other(known: Library) -> None:
    [older] = known.before(known.by_id["uspstf-lung-cancer-2021#R1"])
    assert (older.id, older.status, older.superseded_by) == (
        "uspstf-lung-cancer-2013#R1",
        "superseded",
        "uspstf-lung-cancer-2021",
    )
    assert known.before(known.by_id["uspstf-prostate-cancer-2018#R1"]) == ()


def test_a_recommendation_is_read_with_its_source(known: Library) -> None:
    one = known.by_id["uspstf-lung-cancer-2021#R1"]
    assert (one.organization, one.year, one.version, one.strength) == (
        "US Preventive Services Task Force",
        "2021",
        "2021-03-09",
        "B",
    )
    assert one.identifier == "doi:10.1001/jama.2021.1117"
    assert "smoking" in one.topics
    assert "```" not in one.passage.text  # conditions for machines are neither quoted nor searched


def test_the_conditions_of_the_bundled_corpus_hold() -> None:
    assert list(lint_guideline_rules(CORPORA / "guidelines", CORPORA / "terminology")) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("needs: condition cancers", "condition cancers: not in the lexicon"),
        ("needs: medication gout", "medication gout: not in the lexicon"),
        ("needs: measurement egfr < 30 furlongs", "no unit that is known"),
        ("needs: age 40..", "age 40 does not stand in its words"),
        ("screen: once by procedure egfr", "names no condition"),
    ],
)
def test_the_linter_finds_what_is_wrong(lines: str, words: str) -> None:
    assert words in " | ".join(lint_section(SECTION.format(lines), TABLES))


def test_the_linter_passes_what_is_right_and_misses_no_block() -> None:
    assert list(lint_section(SECTION.format("needs: age 50..\nneeds: condition =gout"), TABLES)) == []
    assert "no block of conditions" in next(lint_section("## R1. Test\n\nDo it.", TABLES))


def test_each_case_names_a_current_recommendation_and_patients_that_can_be_made(known: Library) -> None:
    for case in read_cases():
        assert known.by_id[case.id].status == "current"
        assert len(case.questions) == 2
        assert patient_of(case.meets, "a")[0]["resourceType"] == "Patient"
        assert patient_of(case.fails, "b")[0]["resourceType"] == "Patient"


def test_a_draft_holds_what_advises_and_nothing_guessed() -> None:
    draft = draft_of(PAPER, name="Thumb care")
    assert is_draft(draft)
    assert list(recommendations_in(draft).values()) == [
        "Adults with a sore thumb should rest it for two days.",
        "Surgery is not recommended for a sore thumb.",
    ]
    with pytest.raises(SourceRejectedError, match="to be confirmed"):
        confirmed(draft, ["R1"])
    with pytest.raises(SourceRejectedError, match="no recommendation was confirmed"):
        confirmed(draft, [])


def test_what_was_filled_in_and_confirmed_is_a_guideline() -> None:
    draft = (
        draft_of(PAPER, name="Thumb care").replace('year: "to be confirmed"', "year: 2026").replace("to be confirmed", "as told")
    )
    text = confirmed(draft, ["R2"])
    [read] = read_guideline(text, "thumb-care.md")
    assert read.prepared.resource == "thumb-care#R2"
    assert read.prepared.documents[0].kind == "current"
    assert not is_draft(text)


def test_gaps_and_guidelines_on_the_command_line(bundled_store: Path) -> None:
    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, [*arguments, "--store", str(bundled_store)])
        assert result.exit_code == 0, result.output
        return result.stdout

    shown = run("gaps", "--patient", "rosa-delgado", "--as-of", "2026-11-21")
    assert "OVERDUE  immunisation: influenza vaccine every 1 year" in shown
    assert "last: " in shown
    assert '"status": "overdue"' in run("gaps", "--patient", "rosa-delgado", "--as-of", "2026-11-21", "--json")
    assert "uspstf-lung-cancer-2013#R1 [superseded]" in run("guidelines", "list")
    assert "needs: at least 20 pack-years" in run("guidelines", "show", "uspstf-lung-cancer-2021")


def test_a_guideline_that_is_not_there_is_a_clear_error(bundled_store: Path) -> None:
    result = CliRunner().invoke(app, ["guidelines", "show", "nobody-2020", "--store", str(bundled_store)])
    assert result.exit_code == 2
    assert "guidelines list" in result.output


def test_a_document_becomes_a_draft_first(tmp_path: Path) -> None:
    paper = tmp_path / "thumb.txt"
    paper.write_text(PAPER, encoding="utf-8")
    result = CliRunner().invoke(app, ["guidelines", "import", str(paper), "--into", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "2 possible recommendations, none of them confirmed" in result.stdout
    draft = tmp_path / "thumb.draft.md"
    refused = CliRunner().invoke(app, ["guidelines", "import", str(draft), "--into", str(tmp_path)])
    assert refused.exit_code == 2
    filled = (
        draft.read_text(encoding="utf-8").replace('year: "to be confirmed"', "year: 2026").replace("to be confirmed", "as told")
    )
    draft.write_text(filled, encoding="utf-8")
    done = CliRunner().invoke(app, ["guidelines", "import", str(draft), "--into", str(tmp_path), "--confirm"], input="y\nn\n")
    assert done.exit_code == 0, done.output
    assert "1 recommendations confirmed" in done.stdout
    assert (tmp_path / "thumb.md").is_file()
