"""`python -m tests.evals.medcalc_calculators`: calculators on the values of the medcalc list; writes docs/calculators.json.

Every note whose rows hold all inputs of a calculator is one item of that calculator. The published set says of each item which
answers count: within 5 % of the right one for an equation, the very number for a score, the very day for a date. The rows here
hold inputs and no answers, so that the right answer is that of `medcalc_reference.py`: the published formulas written a second
time.

`given`: the list's values are given. Items with a value outside a calculator's declared range, or in a unit of something else,
must be refused: they are counted by themselves (`outside_range`) and not in the shares.

`found`: each note is stored as one patient by the ordinary ingestion, and the calculator takes its inputs from what was found in
it; what no chart holds (findings and judgements, doses, infusions) is given. `right` compares with the answer from the given
values; of several values in a note the list takes one by its own rule. `unsourced`: results that rest on a number without a
citation: none may.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from chartcite.api.settings import Settings
from chartcite.api.wiring import open_lexicon, open_records, open_writer
from chartcite.engine.calculate import calculate
from chartcite.engine.calculators.declaration import Calculator, Choice, Number, YesNo
from chartcite.engine.calculators.evaluation import evaluate
from chartcite.engine.calculators.reading import RefusedError
from chartcite.engine.calculators.registry import CALCULATORS
from chartcite.engine.domain.calculations import Calculation
from chartcite.engine.testing import HashingEmbedder
from chartcite.ingestion.ingest import ingest

from tests.evals.gold import REPOSITORY, read_lines
from tests.evals.intervals import share
from tests.evals.medcalc import _source, patient_of
from tests.evals.medcalc_inputs import Chosen, Row, inputs_of
from tests.evals.medcalc_reference import REFERENCES

REPORT = REPOSITORY / "docs" / "calculators.json"
GOALS = {"given": 0.98, "found": 0.75, "unsourced": 0}
TOLERANCE = 0.05


class Item(NamedTuple):
    """One calculation of the list."""

    note_id: str
    calculator: Calculator
    chosen: Chosen
    want: float

    @property
    def key(self) -> tuple[str, str]:
        """Note and calculator."""
        return self.note_id, self.calculator.name


def main(arguments: Sequence[str] | None = None) -> None:
    """Calculate everything twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what differs")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    packed = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared")) / "data" / "medcalc.tar.xz"
    if not packed.is_file():
        sys.exit(f"{packed} is not there: nothing to measure")
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(packed) as tar:
            tar.extractall(scratch, filter="data")
        rows = read_lines(Path(scratch) / "medcalc" / "facts.jsonl")
        notes = {str(note["note_id"]): str(note["text"]) for note in read_lines(Path(scratch) / "medcalc" / "notes.jsonl")}
        items = items_of(rows)
        given = {item.key: grade_given(item) for item in items}
        found = _found(items, notes, Path(scratch) / "store")
    if options.show:
        _show(items, given, found)
    text = json.dumps(_report(items, given, found), indent=1) + "\n"
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def items_of(rows: Iterable[Row]) -> list[Item]:
    """Return every calculation that the rows of one note allow."""
    by_note: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_note[str(row["note_id"])].append(row)
    items: list[Item] = []
    for note_id, held in by_note.items():
        for one in CALCULATORS:
            chosen = inputs_of(one, held) if one.name in REFERENCES else None
            if chosen is not None:
                want = _wanted(one, chosen)
                if want is not None:
                    items.append(Item(note_id, one, chosen, want))
    return items


def _wanted(one: Calculator, chosen: Chosen) -> float | None:
    """Return the reference's answer; `None` where there is none: it is not defined for such values."""
    try:
        return float(REFERENCES[one.name](chosen.plain))
    except (ZeroDivisionError, ValueError):
        return None


def close(one: Calculator, value: float, want: float) -> bool:
    """Say whether a result counts as right by the rule of the set."""
    if one.kind != "number":
        return value == want
    return abs(value - want) <= TOLERANCE * abs(want) + 1e-9


def grade_given(item: Item) -> str:
    """Return `right`, `wrong` or `refused` of the values that are given."""
    try:
        result = evaluate(item.calculator, item.chosen.written)
    except RefusedError:
        return "refused"
    return "right" if close(item.calculator, float(result.value), item.want) else "wrong"


class Found(NamedTuple):
    """A calculation from a note."""

    grade: str
    calculation: Calculation
    unsourced: int
    """Numbers of a result that no citation stands behind."""


def _found(items: Sequence[Item], notes: dict[str, str], store: Path) -> dict[tuple[str, str], Found]:
    settings = Settings(store=store)
    lexicon = open_lexicon(settings)
    asked = {item.note_id for item in items}
    with open_writer(settings) as writer:
        ingest([], writer, HashingEmbedder(), fetched=map(_source, ((id_, notes[id_]) for id_ in asked)), lexicon=lexicon)
    records = open_records(settings)
    graded: dict[tuple[str, str], Found] = {}
    for item in items:
        made = calculate(item.calculator.name, patient_of(item.note_id), _judged(item), records=records, lexicon=lexicon)
        graded[item.key] = Found(_grade_found(item, made), made, _unsourced(item, made))
    return graded


def _judged(item: Item) -> dict[str, str]:
    """Return the inputs that no chart can tell and a caller must give."""
    asked = [
        one.name
        for one in item.calculator.inputs
        if (isinstance(one, YesNo) and one.bedside)
        or (isinstance(one, Choice) and one.name != "sex")
        or (isinstance(one, Number) and not one.concepts and one.name != "age")
        or one.name == "on"
    ]
    return {name: item.chosen.written[name] for name in asked if name in item.chosen.written}


def _grade_found(item: Item, made: Calculation) -> str:
    if made.kind == "refused":
        return "refused"
    value = float(made.value) if made.value is not None else -1.0
    return "right" if close(item.calculator, value, item.want) else "wrong"


def _unsourced(item: Item, made: Calculation) -> int:
    if made.kind == "refused":
        return 0
    judged = _judged(item)
    return sum(one.origin == "chart" and not one.citations and one.name not in judged for one in made.inputs)


def _report(items: Sequence[Item], given: dict[tuple[str, str], str], found: dict[tuple[str, str], Found]) -> dict[str, Any]:
    outside = [item for item in items if given[item.key] == "refused"]
    items = [item for item in items if given[item.key] != "refused"]
    numeric = [item for item in items if item.calculator.kind == "number"]
    return {
        "goals": GOALS,
        "answers": "by a second writing of the published formulas; the list holds inputs only",
        "calculators": len(CALCULATORS),
        "calculators_with_items": len({item.calculator.name for item in items}),
        "given": _shares([given[item.key] for item in items]),
        "outside_range": {
            "items": len(outside),
            "refused_from_notes": sum(found[item.key].grade == "refused" for item in outside),
        },
        "found": {
            "all": _shares([found[item.key].grade for item in items]),
            "equations": _shares([found[item.key].grade for item in numeric]),
            "scores_and_dates": _shares([found[item.key].grade for item in items if item.calculator.kind != "number"]),
            "unsourced": sum(one.unsourced for one in found.values()),
        },
        "by_calculator": {
            name: {
                "items": sum(item.calculator.name == name for item in items),
                "given": dict(Counter(given[item.key] for item in items if item.calculator.name == name)),
                "found": dict(Counter(found[item.key].grade for item in items if item.calculator.name == name)),
            }
            for name in sorted({item.calculator.name for item in items})
        },
    }


def _shares(grades: Sequence[str]) -> dict[str, Any]:
    calculated = [grade for grade in grades if grade != "refused"]
    return {
        "right": share(grades.count("right"), len(grades)),
        "right_of_calculated": share(calculated.count("right"), len(calculated)),
        "refused": grades.count("refused"),
    }


def _show(items: Sequence[Item], given: dict[tuple[str, str], str], found: dict[tuple[str, str], Found]) -> None:
    for item in items:
        if given[item.key] != "right":
            sys.stdout.write(
                f"GIVEN {given[item.key]} {item.note_id} {item.calculator.name} want {item.want} {item.chosen.written}\n"
            )
        one = found[item.key]
        if one.grade != "right":
            told = {each.name: (item.chosen.written.get(each.name), each.value or each.origin) for each in one.calculation.inputs}
            sys.stdout.write(f"FOUND {one.grade} {item.note_id} {item.calculator.name} want {item.want} {told}\n")


if __name__ == "__main__":
    main()
