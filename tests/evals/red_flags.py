"""`python -m tests.evals.red_flags`: counts missed and false alarms over vignettes of our own and writes docs/red_flags.json.

The vignettes (`vignettes.tsv`) were written before the rules. Those of the half `tune` shaped them; of the half `report` only the
totals were looked at; `fresh` to `fresh5` were counted at first sight (docs/red-flags.md).
`wide` was written for all kinds of emergencies before its writer had read the rules (its first 200, and 180 of its last 280) or after;
it shaped rules once its first sight was counted, as did `fresh6`: neither reports any more. `blind` (`vignettes_blind.tsv`) was
written by somebody who had seen neither rules nor code, names emergencies in words of its own, and has shaped no rule. `--show` prints what `tune` misses.
A question in `tests/evals/questions` tells no emergency: how many of them alarm is counted too. `--dry` writes nothing.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import argparse
import csv
import json
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from chartcite.engine.domain.answers import Audience
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.red_flags.red_flag_cues import RANK
from chartcite.engine.red_flags.red_flag_topics_more import COMPLAINT
from chartcite.engine.safety import red_flags
from chartcite.ingestion.sources.terminology import load_lexicon

from tests.evals.gold import REPOSITORY, read_lines
from tests.evals.intervals import wilson

REPORT = REPOSITORY / "docs" / "red_flags.json"
VIGNETTES = Path(__file__).parent / "vignettes.tsv"
BLIND = Path(__file__).parent / "vignettes_blind.tsv"
QUESTIONS = Path(__file__).parent / "questions"
HALVES = ("tune", "report", "fresh", "fresh2", "fresh3", "fresh4", "fresh5", "wide", "fresh6")
THOUGHTS = (
    "I want to kill myself", "I want to die", "I feel suicidal", "I don't want to be here anymore", "I'm going to end it all", "no reason to live",
    "thinking about suicide again", "my daughter says she wants to die", "pt endorses SI", "he is actively suicidal", "I keep thinking of ending my life",
)  # fmt: skip
METHODS = (
    "with my pills", "by overdose", "with a gun", "with my dad's shotgun from 1998", "by hanging", "with a rope in the garage", "by jumping", "off the bridge",
    "with a knife", "by cutting my wrists", "with insulin", "with paracetamol", "in the car with the engine on", "by drowning", "in front of a train",
    "like my uncle did last year", "with the tablets listed in my chart", "with helium", "by not eating", "with my blood thinner",
)  # fmt: skip
"""Each is put behind each thought: the urgency must not fall."""


class Vignette(NamedTuple):
    """A question with what it should raise; `expected` is a topic, topics parted by `|` of which any is right, or `-` for nothing."""

    half: str
    audience: str
    kind: str
    expected: str
    text: str


def vignettes(path: Path = VIGNETTES) -> list[Vignette]:
    """Return all vignettes of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Vignette(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Count, print and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what the tune half misses")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    lexicon = load_lexicon(REPOSITORY / "corpora" / "terminology")
    every = vignettes()
    result: dict[str, Any] = {}
    for half in HALVES:
        chosen = [each for each in every if each.half == half]
        if chosen:
            result[half] = counted(chosen, lexicon, show=options.show and half == "tune")
    blind = counted(vignettes(BLIND), lexicon)
    result["blind"] = {name: value for name, value in blind.items() if name != "topic_named"}
    result["self_harm_with_a_method"] = monotony(lexicon)
    result["questions"] = of_questions(lexicon)
    text = json.dumps(result, indent=1) + "\n"
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def counted(chosen: Sequence[Vignette], lexicon: Lexicon, *, show: bool = False) -> dict[str, Any]:
    """Return how many emergencies were missed and how many other questions alarmed, in all and by kind."""
    rows = [(each, _names(each.text, each.audience, lexicon)) for each in chosen]
    emergencies = [(each, names) for each, names in rows if each.expected != "-"]
    others = [(each, names) for each, names in rows if each.expected == "-"]
    missed = [each for each, names in emergencies if not names]
    false = [each for each, names in others if names]
    if show:
        for each in (*missed, *false):
            sys.stdout.write(f"{'false' if each.expected == '-' else 'missed'}: {each.audience}: {each.text}\n")
    return {
        "emergencies": len(emergencies),
        "missed": _share(len(missed), len(emergencies)),
        "only_complaint": _share(sum(names == [COMPLAINT.name] for _, names in emergencies), len(emergencies)),
        "topic_named": _share(sum(not named(each).isdisjoint(names) for each, names in emergencies), len(emergencies)),
        "others": len(others),
        "false_alarms": _share(len(false), len(others)),
        "by_kind": {kind: _of_kind(rows, kind) for kind in sorted({each.kind for each, _ in rows})},
    }


def named(each: Vignette) -> frozenset[str]:
    """Return the topics of which any is right."""
    return frozenset(each.expected.split("|"))


def _of_kind(rows: Iterable[tuple[Vignette, list[str]]], kind: str) -> dict[str, int]:
    of_kind = [(each.expected != "-", bool(names)) for each, names in rows if each.kind == kind]
    return {
        "vignettes": len(of_kind),
        "missed": sum(wanted and not raised for wanted, raised in of_kind),
        "false_alarms": sum(raised and not wanted for wanted, raised in of_kind),
    }


def monotony(lexicon: Lexicon) -> dict[str, int]:
    """Return how many thoughts of suicide fall in urgency once a method is named."""
    lower = pairs = 0
    for thought, method, audience in product(THOUGHTS, METHODS, (Audience.PATIENT, Audience.CLINICIAN)):
        alone = _rank(thought, audience, lexicon)
        for said in (f"{thought} {method}", f"{thought}, {method}", f"{thought}. {method}"):
            pairs += 1
            lower += _rank(said, audience, lexicon) < alone
    return {"pairs": pairs, "lower": lower}


def of_questions(lexicon: Lexicon) -> dict[str, Any]:
    """Return how many of our questions about records and guidelines alarm, and how long one takes."""
    asked = {
        (str(row["question"]), str(row.get("audience") or "clinician"))
        for path in sorted(QUESTIONS.glob("*.jsonl"))
        for row in read_lines(path)
        if row.get("question")
    }
    started = time.process_time()
    raised = sum(bool(_names(text, audience, lexicon)) for text, audience in asked)
    spent = time.process_time() - started
    return {"questions": len(asked), "raised": _share(raised, len(asked)), "milliseconds": round(spent / len(asked) * 1000, 2)}


def _names(text: str, audience: str, lexicon: Lexicon) -> list[str]:
    return [flag.name for flag in red_flags(text, Audience(audience), lexicon=lexicon)]


def _rank(text: str, audience: Audience, lexicon: Lexicon) -> int:
    return max((RANK[flag.urgency] for flag in red_flags(text, audience, lexicon=lexicon)), default=0)


def _share(part: int, whole: int) -> dict[str, Any]:
    return {"count": part, "share": round(part / whole, 4) if whole else 0.0, "interval": wilson(part, whole) if whole else None}


if __name__ == "__main__":
    main()
