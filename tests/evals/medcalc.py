"""`python -m tests.evals.medcalc`: asks the medcalc notes for their values; prints and writes docs/medcalc.json.

One note is one patient: a plain text without any heading or date of its own, stored by the ordinary ingestion beside all the
others. Each value of the list that is an age, a sex, a vital sign, a laboratory value or another measurement is asked for in
three wordings: a clinician's, a patient's, and a bare abbreviation. The wordings are made from the name of the value by
templates and by the lexicon's lay words and abbreviations. Doses and habits of the list are not asked for.

`right`: the answer tells the value in its unit (see `medcalc_grading.py`). `cited`: of the answered, a quote holds that value.
`verbatim`: the quotes are the characters of the note at their place. Notes are halved by their id; `--show` prints what the tune
half misses, the report half is only counted.
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
from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from chartcite.api.settings import Settings
from chartcite.api.wiring import open_embedder, open_engine, open_lexicon, open_writer, warm
from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Answer, Audience, Question, SupportedAnswer
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.records import PatientId
from chartcite.engine.language.terminology import Lexicon, LexiconConcept, forms
from chartcite.ingestion.ingest import ingest
from chartcite.ingestion.sources.source import HEAD_BYTES, Given, SourceFile

from tests.evals.gold import REPOSITORY, read_lines
from tests.evals.intervals import share
from tests.evals.medcalc_grading import amounts, tells_number, tells_sex, units_in_note
from tests.evals.medcalc_questions import WORDINGS, concept_of, question_of

REPORT = REPOSITORY / "docs" / "medcalc.json"
GOALS = {"right": 0.75, "cited_of_answered": 0.95, "other_patients": 0}
_NOT_MEASURED = re.compile(r"\bdose\b|\bdrinks\b", re.IGNORECASE)
_INFUSED = re.compile(r"/kg/min", re.IGNORECASE)
_VITAL = frozenset({"vital-signs", "body-measurements", "blood-pressure"})


class Wanted(NamedTuple):
    """A value of the list, with its note."""

    row: dict[str, Any]
    note: str
    patient: PatientId
    half: str
    concept: LexiconConcept | None
    """What the lexicon takes its name for; `None`: nothing, or an age or a sex."""
    group: str


class Asked(NamedTuple):
    """A question about a value, with its answer and what is true of that."""

    wanted: Wanted
    wording: str
    text: str
    answer: Answer
    right: bool
    first: bool
    """Whether the first claim tells the value."""
    cited: bool
    others: int
    """Citations of another patient's text."""
    names_it: bool
    """Whether an answer names what is asked for."""
    altered: int
    """Quotes that are not the characters at their place."""

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return isinstance(self.answer, SupportedAnswer)


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what the tune half misses")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    parser.add_argument("--store", type=Path, help="keep the store there, or use the one that is there")
    options = parser.parse_args(arguments)
    packed = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared")) / "data" / "medcalc.tar.xz"
    if not packed.is_file():
        sys.exit(f"{packed} is not there: nothing to measure")
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(packed) as tar:
            tar.extractall(scratch, filter="data")
        notes = {str(note["note_id"]): str(note["text"]) for note in read_lines(Path(scratch) / "medcalc" / "notes.jsonl")}
        rows = read_lines(Path(scratch) / "medcalc" / "facts.jsonl")
        engine = _stored(notes, Settings(store=options.store or Path(scratch) / "store"))
        asked = [_ask(one, wording, engine) for one in wanted(rows, notes, engine.lexicon) for wording in WORDINGS]
    if options.show:
        _show([one for one in asked if one.wanted.half == "tune" and not one.right])
    text = json.dumps({"goals": GOALS, "notes": len(notes), **_report(asked)}, indent=1) + "\n"
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _stored(notes: dict[str, str], settings: Settings) -> Engine:
    """Store every note as a patient of its own; open the store."""
    embedder = open_embedder(settings)
    if not (settings.store / "chartcite.sqlite3").exists():
        with open_writer(settings) as writer:
            ingest([], writer, embedder, fetched=map(_source, notes.items()), lexicon=open_lexicon(settings))
    engine = open_engine(settings, embedder=embedder)
    warm(engine)
    return engine


def _source(note: tuple[str, str]) -> SourceFile:
    note_id, text = note
    content = text.encode()
    given = Given(patient_id=patient_of(note_id))
    uri = f"notes/{patient_of(note_id)}.txt"
    return SourceFile(uri, "note.txt", content[:HEAD_BYTES], len(content), lambda: BytesIO(content), given)


def patient_of(note_id: str) -> PatientId:
    """Return the id under which a note is stored."""
    return PatientId("p" + hashlib.sha256(note_id.encode()).hexdigest()[:16])


def resource_of(note: str) -> str:
    """Return the resource that a plain text becomes."""
    return f"Document/{hashlib.sha256(note.encode()).hexdigest()[:32]}"


def wanted(rows: Iterable[dict[str, Any]], notes: dict[str, str], lexicon: Lexicon) -> list[Wanted]:
    """Choose the rows of the list that are asked for."""
    chosen: list[Wanted] = []
    for row in rows:
        name, unit = str(row["entity"]), str(row["unit"] or "")
        about_person = name.lower() in {"age", "sex", "gender"}
        if row["kind"] != "numeric" and name.lower() not in {"sex", "gender"}:
            continue
        if _NOT_MEASURED.search(name) or _INFUSED.search(unit):
            continue
        concept = None if about_person else concept_of(name, lexicon)
        group = "age or sex" if about_person else "vital sign" if _is_vital(concept, lexicon) else "laboratory or other"
        note_id = str(row["note_id"])
        half = "tune" if hashlib.sha256(note_id.encode()).digest()[0] % 2 else "report"
        chosen.append(Wanted(row, notes[note_id], patient_of(note_id), half, concept, group))
    return chosen


def _is_vital(concept: LexiconConcept | None, lexicon: Lexicon) -> bool:
    return concept is not None and bool(lexicon.above(concept.id) & _VITAL)


def _ask(one: Wanted, wording: str, engine: Engine) -> Asked:
    text = question_of(str(one.row["entity"]), one.concept, engine.lexicon, wording)
    audience = Audience.PATIENT if wording == "lay" else Audience.CLINICIAN
    answer = ask(Question(text=text, patient_id=one.patient, audience=audience), engine=engine)
    claims = answer.claims if isinstance(answer, SupportedAnswer) else ()
    told = [_tells(claim.text, one) for claim in claims]
    citations = [citation for claim in claims for citation in claim.citations]
    return Asked(
        wanted=one,
        wording=wording,
        text=text,
        answer=answer,
        right=any(told),
        first=told[:1] == [True],
        cited=any(_tells(words, one) for citation in citations for words in _quotes(citation)),
        others=sum(citation.source.resource != resource_of(one.note) for citation in citations),
        names_it=any(_names(claim.text, one.concept, engine.lexicon) for claim in claims),
        altered=sum(one.note[citation.start : citation.end] != citation.quote for citation in citations),
    )


def _names(text: str, concept: LexiconConcept | None, lexicon: Lexicon) -> bool:
    return concept is None or any(concept.id in mention.ids for mention in lexicon.mentions(forms(text)))


def _quotes(citation: Citation) -> list[str]:
    parts = [citation.quote, *(element.quote for element in citation.elements)]
    return [*parts, " ".join(parts)]


def _tells(text: str, one: Wanted) -> bool:
    if one.row["kind"] != "numeric":
        return tells_sex(text, str(one.row["gold"]))
    return tells_number(text, float(one.row["gold"]), one.row["unit"], units_in_note(one.note, one.row["spans"]))


def _report(asked: Sequence[Asked]) -> dict[str, Any]:
    report: dict[str, Any] = {}
    for half in ("report", "tune"):
        chosen = [one for one in asked if one.wanted.half == half]
        groups = sorted({one.wanted.group for one in chosen})
        report[half] = {
            "all": _shares(chosen),
            "by_wording": {wording: _shares([one for one in chosen if one.wording == wording]) for wording in WORDINGS},
            "by_group": {group: _shares([one for one in chosen if one.wanted.group == group]) for group in groups},
        }
    missed = [one for one in asked if one.wanted.half == "tune" and not one.right]
    report["tune"]["causes"] = dict(Counter(map(cause_of, missed)).most_common())
    return report


def _shares(asked: Sequence[Asked]) -> dict[str, Any]:
    answered = [one for one in asked if one.answered]
    words = [len(one.answer.text) for one in answered]
    return {
        "right": share(sum(one.right for one in asked), len(asked)),
        "first_claim_right": share(sum(one.first for one in asked), len(asked)),
        "answered": share(len(answered), len(asked)),
        "right_of_answered": share(sum(one.right for one in answered), len(answered)),
        "cited_of_answered": share(sum(one.cited for one in answered), len(answered)),
        "cited_of_right": share(sum(one.cited for one in answered if one.right), sum(one.right for one in answered)),
        "other_patients": sum(one.others for one in asked),
        "altered_quotes": sum(one.altered for one in asked),
        "answer_characters_median": median(words) if words else None,
    }


def cause_of(one: Asked) -> str:
    """Say in one phrase why an answer does not tell the value."""
    parts = one.answer.receipt.plan["parts"]
    assert isinstance(parts, list)
    understood = any(part.get("targets") or part.get("subject") for part in parts)
    if not isinstance(one.answer, SupportedAnswer):
        found = "written elsewise in the note" if not one.wanted.row["spans"] else "stands in the note"
        reason = one.answer.basis.reason.value
        return f"abstained ({reason}), {'' if understood else 'name not known, '}value {found}"
    if not understood:
        return "answered, name not known"
    text = " ".join(claim.text for claim in one.answer.claims)
    if not any(True for _ in amounts(text)):
        return "quotes a sentence without any number"
    if not one.names_it:
        return "quotes numbers of something else"
    if one.wanted.row["spans"]:
        return "tells another value of the same; the note gives several"
    return "tells another value of the same; the list's is not written so in the note"


def _show(missed: Iterable[Asked]) -> None:
    for one in missed:
        row = one.wanted.row
        said = [one.wanted.note[max(0, start - 70) : end + 25].replace("\n", " ") for start, end in row["spans"]][:2]
        sys.stdout.write(
            f"\n[{row['id']} {one.wording}] {one.text} | want {row['gold']} {row['unit']} | {cause_of(one)}\n"
            f"   note {said}\n   got {one.answer.text[:300]}\n"
        )


if __name__ == "__main__":
    main()
