"""`chartcite verify-claims`: verdicts on claims, line by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from chartcite.api.cli import app
from chartcite.api.verify_claims import MAX_CLAIM_CHARACTERS, verdict_lines
from chartcite.engine.language.terminology import Lexicon
from typer.testing import CliRunner

TRUE = {"id": "a", "claim": "She takes Lipitor 40 mg daily.", "passage": "atorvastatin 40 mg PO qd"}
FALSE = {"id": 2, "claim": "She has chest pain.", "passage": ["BP 120/80.", "Denies chest pain."]}


def verdicts(*lines: object, lexicon: Lexicon) -> list[dict[str, Any]]:
    return list(verdict_lines([line if isinstance(line, str) else json.dumps(line) for line in lines], lexicon))


def test_each_claim_gets_a_verdict(lexicon: Lexicon) -> None:
    one, two = verdicts(TRUE, "", FALSE, lexicon=lexicon)
    assert one == {"id": "a", "verdict": "supported", "score": 1.0, "failed": None, "said": None, "where": None}
    assert (two["id"], two["verdict"], two["failed"], two["said"]) == (2, "contradicted", "negation", "chest pain")
    assert two["where"] == {"passage": 1, "start": 7, "end": 17}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ({"id": 1, "passage": "x"}, "`claim` must be text"),
        ({"id": 1, "claim": "x"}, "`passage` must be text"),
        ({"id": 1, "claim": "x", "passage": []}, "`passage` must be text"),
        ({"id": 1, "claim": "x", "passage": ["y", 3]}, "`passage` must be text"),
        ({"id": 1, "claim": "x" * (MAX_CLAIM_CHARACTERS + 1), "passage": "y"}, "longer than"),
    ],
)
def test_a_line_that_cannot_be_used_is_named_and_the_rest_goes_on(line: object, reason: str, lexicon: Lexicon) -> None:
    bad, good = verdicts(line, TRUE, lexicon=lexicon)
    assert reason in bad["error"]
    assert bad["line"] == 1
    assert good["verdict"] == "supported"


def test_the_command_writes_a_line_for_each_line(tmp_path: Path) -> None:
    claims, out = tmp_path / "claims.jsonl", tmp_path / "verdicts.jsonl"
    claims.write_text(json.dumps(TRUE) + "\nno\n" + json.dumps(FALSE) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["verify-claims", "--batch", str(claims), "--out", str(out)])
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row.get("verdict") for row in rows] == ["supported", None, "contradicted"]
    assert rows[1]["line"] == 2


def test_the_command_reads_standard_input() -> None:
    result = CliRunner().invoke(app, ["verify-claims", "--batch", "-"], input=json.dumps(FALSE) + "\n")
    assert json.loads(result.stdout)["verdict"] == "contradicted"


def test_a_missing_file_is_an_input_error() -> None:
    assert CliRunner().invoke(app, ["verify-claims", "--batch", "nowhere.jsonl"]).exit_code == 2
