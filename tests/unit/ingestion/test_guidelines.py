from __future__ import annotations

import pytest
from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.sources.guidelines import looks_like_guideline, read_guideline

META = "id: who-salt-2012\norganization: WHO\ntitle: Salt intake\nyear: 2012\nversion: 2012-12-01\nstatus: superseded\n"
BODY = """# Salt intake

## R1. Adults

Adults should reduce salt. Less than 5 g a day is the aim, i.e.
one teaspoon.

- Strength: Strong
- Certainty: High
  in adults

## R2. Children

Children need less.

- Strength: Strong

## Source
World Health Organization.
"""
TEXT = f"---\n{META}---\n{BODY}"


def test_each_recommendation_is_a_resource_with_its_exact_section() -> None:
    first, second = [one.prepared for one in read_guideline(TEXT, "salt.md")]
    assert (first.resource, second.resource) == ("who-salt-2012#R1", "who-salt-2012#R2")
    assert first.corpus == "guidelines"
    assert first.patient_id is None
    document = first.documents[0]
    assert document.text in TEXT
    assert document.text.startswith("## R1. Adults\n")
    assert document.text.endswith("in adults")
    assert (document.title, document.kind) == ("WHO: Salt intake (2012)", "superseded")
    assert document.recorded is not None
    assert document.recorded.written == "2012-12-01"
    assert second.documents[0].text.endswith("- Strength: Strong")


def test_a_recommendation_is_one_passage_of_statement_and_bullets() -> None:
    first = next(read_guideline(TEXT, "salt.md")).prepared
    [passage] = first.passages
    text = first.documents[0].text
    assert passage.section == "Adults"
    assert [text[start:end] for start, end in passage.sentences] == [
        "Adults should reduce salt.",
        "Less than 5 g a day is the aim, i.e.\none teaspoon.",
        "- Strength: Strong",
        "- Certainty: High\n  in adults",
    ]
    assert text[passage.start : passage.end].startswith("Adults should")
    assert passage.embed_text.startswith("Salt intake - Adults\nAdults should")


def test_the_year_dates_a_guideline_whose_version_is_no_date() -> None:
    first = next(read_guideline(TEXT.replace("version: 2012-12-01", "version: 2nd edition"), "salt.md")).prepared
    assert first.documents[0].recorded is not None
    assert first.documents[0].recorded.written == "2012"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (BODY, "no front matter"),
        (TEXT.replace("organization: WHO\n", ""), "lacks organization"),
        (f"---\n{META}---\n# Salt\n", "no recommendation"),
        (TEXT.replace("R2.", "R1."), "stands twice"),
        (f"---\n[unclosed\n---\n{BODY}", "not YAML"),
        (f"---\n- a\n---\n{BODY}", "not a list of keys"),
    ],
)
def test_a_file_in_another_form_is_rejected_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(SourceRejectedError, match=reason) as error:
        list(read_guideline(text, "salt.md"))
    assert "salt.md" in str(error.value)


def test_knows_a_guideline_from_a_readme() -> None:
    assert looks_like_guideline(TEXT)
    assert not looks_like_guideline("# Read me\n")
