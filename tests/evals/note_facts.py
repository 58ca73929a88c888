"""`python -m tests.evals.note_facts`: facts out of the medcalc notes against its list; prints and writes docs/note_facts.json.

The rules were made on the tune half (by note); the report half is only counted. A *first* value is the first that is found for
an entity in a note; entities that the lexicon does not name are not recognised and count as missed in `recall_of_all`. Yes/no
entities: a yes is a condition that is present or in the past.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import tarfile
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chartcite.engine.domain.records import AssertionStatus, Document, Fact, PatientId, Quantity
from chartcite.engine.facts.elements import locate
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.ingestion.narrative_facts import facts_of
from chartcite.ingestion.passages import cut
from chartcite.ingestion.sources.terminology import load_lexicon

from tests.evals.gold import REPOSITORY, read_lines

REPORT = REPOSITORY / "docs" / "note_facts.json"
_QUALIFIERS = re.compile(
    r"\b(?:history(?: of)?|previously documented|previous(?:ly)?|documented|prior|present|current(?:ly)?|recent|active)\b",
    re.IGNORECASE,
)
_HOLDS = {AssertionStatus.PRESENT, AssertionStatus.HISTORICAL}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read every note and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", default="", help="print misses of the tune half: numeric, yes, wrong")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    packed = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared")) / "data" / "medcalc.tar.xz"
    if not packed.is_file():
        sys.exit(f"{packed} is not there: nothing to measure")
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(packed) as tar:
            tar.extractall(scratch, filter="data")
        notes = read_lines(Path(scratch) / "medcalc" / "notes.jsonl")
        gold = read_lines(Path(scratch) / "medcalc" / "facts.jsonl")
    lexicon = load_lexicon(REPOSITORY / "corpora" / "terminology")
    result = {
        half: Half(half, lexicon, show=options.show if half == "tune" else "").measure(notes, gold) for half in ("tune", "report")
    }
    text = json.dumps(result, indent=1) + "\n"
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


class Half:
    """One half of the notes."""

    def __init__(self, half: str, lexicon: Lexicon, *, show: str) -> None:
        self.half, self.lexicon, self.show = half, lexicon, show
        self.counts: Counter[str] = Counter()

    def measure(self, notes: list[dict[str, Any]], gold: list[dict[str, Any]]) -> dict[str, Any]:
        by_note: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in gold:
            by_note[row["note_id"]].append(row)
        chosen = [note for note in notes if _half(note["note_id"]) == self.half]
        found: dict[str, tuple[Fact, ...]] = {}
        started = time.process_time()
        for note in chosen:
            document = Document(
                resource="DocumentReference/n",
                patient_id=PatientId("p"),
                path="content[0].attachment",
                title="",
                text=note["text"],
            )
            found[note["note_id"]] = facts_of(document, cut(note["text"]), self.lexicon)
        spent = time.process_time() - started
        for note in chosen:
            for row in by_note[note["note_id"]]:
                self._grade(row, found[note["note_id"]], note["text"])
        return {
            "notes": len(chosen),
            "characters": sum(len(note["text"]) for note in chosen),
            "notes_a_cpu_second": round(len(chosen) / spent),
            "facts": sum(len(facts) for facts in found.values()),
            **self._shares(),
        }

    def _shares(self) -> dict[str, Any]:
        counts = self.counts
        shares: dict[str, Any] = dict(sorted(counts.items()))
        for kind in ("numeric", "sex"):
            shares[f"{kind}_precision"] = _share(counts[f"{kind}_right"], counts[f"{kind}_given"])
            shares[f"{kind}_recall"] = _share(counts[f"{kind}_any"], counts[f"{kind}_known"])
            shares[f"{kind}_recall_of_all"] = _share(counts[f"{kind}_any"], counts[f"{kind}_all"])
        shares["yes_precision"] = _share(counts["yes_right"], counts["yes_given"])
        shares["yes_recall"] = _share(counts["yes_right"], counts["yes_known"])
        shares["denied_precision"] = _share(counts["denied_right"], counts["denied_given"])
        right = counts["numeric_right"] + counts["sex_right"] + counts["yes_right"] + counts["denied_right"]
        given = counts["numeric_given"] + counts["sex_given"] + counts["yes_given"] + counts["denied_given"]
        any_ = counts["numeric_any"] + counts["sex_any"] + counts["yes_right"]
        shares["precision"] = _share(right, given)
        shares["recall"] = _share(any_, counts["numeric_known"] + counts["sex_known"] + counts["yes_known"])
        return shares

    def _grade(self, row: dict[str, Any], facts: Sequence[Fact], text: str) -> None:
        entity = str(row["entity"])
        if row["kind"] == "numeric":
            self._grade_number(row, entity, facts, text)
        elif entity.lower() in {"sex", "gender"}:
            given = [fact for fact in facts if fact.concept.text == "sex"]
            right = bool(given) and given[0].value is not None and given[0].value.text == str(row["gold"]).lower()
            self._add("sex", known=True, given=bool(given), right=right, any_=right)
            if not right and self.show == "sex":
                sys.stdout.write(f"sex {row['gold']} {[fact.value for fact in given]} | {text[:200]}\n")
        elif row["kind"] == "boolean":
            self._grade_finding(row, entity, facts, text)

    def _grade_number(self, row: dict[str, Any], entity: str, facts: Sequence[Fact], text: str) -> None:
        ids = {"age"} if entity.lower() == "age" else self._ids(entity, {ConceptKind.MEASUREMENT})
        quantities = [found for fact in facts for found in self._quantities(fact, ids)]
        rights = [_is_right(quantity, path, row, text) for quantity, path in quantities]
        self._add("numeric", known=bool(ids), given=bool(rights), right=bool(rights) and rights[0], any_=any(rights))
        if self.show == "numeric" and ids and not any(rights):
            spans = [text[max(0, start - 60) : end + 25].replace("\n", " ") for start, end in row["spans"]][:3]
            sys.stdout.write(f"missed {entity} {row['gold']} {row['unit']}: got {[q.written for q, _ in quantities]} | {spans}\n")
        if self.show == "wrong" and rights and not rights[0]:
            where = [locate(text, path) for _, path in quantities[:1]]
            said = [text[max(0, place[0] - 60) : place[1] + 20].replace("\n", " ") for place in where if place]
            sys.stdout.write(f"wrong {entity} {row['gold']} {row['unit']}: got {[q.written for q, _ in quantities]} | {said}\n")

    def _grade_finding(self, row: dict[str, Any], entity: str, facts: Sequence[Fact], text: str) -> None:
        ids = self._ids(entity, {ConceptKind.CONDITION})
        if not ids or entity.lower().startswith(("family", "no ", "absence")) or "absent" in entity.lower():
            return
        below = {one for id_ in ids for one in self.lexicon.below(id_)}
        about = [fact for fact in facts if fact.category.value == "condition" and below & set(self.lexicon.link(fact.concept))]
        yes = any(fact.assertion in _HOLDS for fact in about)
        no = not yes and any(fact.assertion is AssertionStatus.ABSENT for fact in about)
        gold = str(row["gold"]).lower() == "true"
        self.counts["yes_known"] += gold
        self.counts["yes_given"] += yes
        self.counts["yes_right"] += yes and gold
        self.counts["denied_given"] += no
        self.counts["denied_right"] += no and not gold
        if self.show == "yes" and ((yes and not gold) or (no and gold) or (gold and not yes)):
            said = [
                text[max(0, fact.span[0]) : fact.span[1]][:160].replace("\n", " ") + f" [{fact.concept.text} {fact.assertion}]"
                for fact in about
                if fact.span
            ]
            sys.stdout.write(f"finding {entity} {row['gold']}: {said[:3]}\n")

    def _ids(self, entity: str, kinds: set[ConceptKind]) -> set[str]:
        words = forms(_QUALIFIERS.sub(" ", _plain(entity)))
        named = list(self.lexicon.mentions(words))
        if ConceptKind.CONDITION in kinds and (len(named) != 1 or named[0].last - named[0].first != len(words)):
            return set()  # a criterion of a score, not the name of a finding
        return {id_ for mention in named for id_ in mention.ids if self.lexicon.concepts[id_].kind in kinds}

    def _quantities(self, fact: Fact, ids: set[str]) -> list[tuple[Quantity, str]]:
        holders = [(fact.concept, fact.value), *((part.concept, part.value) for part in fact.components)]
        return [
            (value.quantity, value.path)
            for concept, value in holders
            if value is not None and value.quantity is not None
            if (concept.text in ids or ids & set(self.lexicon.link(concept)))
        ]

    def _add(self, kind: str, *, known: bool, given: bool, right: bool, any_: bool) -> None:
        self.counts[f"{kind}_all"] += 1
        self.counts[f"{kind}_known"] += known
        self.counts[f"{kind}_given"] += given
        self.counts[f"{kind}_right"] += right
        self.counts[f"{kind}_any"] += any_


def _plain(entity: str) -> str:
    return entity.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")).replace(" or ", ", ").replace("(", ", ").replace(")", ", ")


def _is_right(quantity: Quantity, path: str, row: dict[str, Any], text: str) -> bool:
    place = locate(text, path)
    if place and any(start < place[1] and place[0] < end for start, end in row["spans"]):
        return True
    return abs(float(quantity.value) - float(row["gold"])) < 1e-6


def _half(note: str) -> str:
    return "tune" if hashlib.sha256(note.encode()).digest()[0] % 2 else "report"


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


if __name__ == "__main__":
    main()
