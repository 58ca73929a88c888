"""`python -m tests.evals.registers`: are answers in plain words for patients, and do they keep what the record says?

Asks a sample of the tune half's gold questions for each audience. Grade: Flesch-Kincaid of the answer's own words, that is
without what stands in curled quotation marks (a record's words, shown as such). Lost: numbers, dates, denials and words of the
record of a claim that its wording lacks. Advice: wording of the answer's own that recommends, diagnoses, reassures or alarms.
Grading: the same gold rules for each audience, with dates in words read as dates. Writes docs/registers.json; docs/registers.md
explains.
"""

# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean, quantiles
from typing import Any, NamedTuple

from chartcite.api.settings import Settings
from chartcite.api.wire import answer_to_wire
from chartcite.api.wiring import open_embedder, open_engine, open_lexicon, open_writer, warm
from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Answer, Audience, Claim, SupportedAnswer
from chartcite.engine.domain.medication_rules import ADVICE
from chartcite.engine.errors import PatientNotFoundError
from chartcite.engine.registers import patient_wording
from chartcite.engine.wording.plain_record_words import without_condition, without_tags
from chartcite.engine.wording.reading_grade import own_words, reading_grade
from chartcite.engine.wording.register_checks import keeps_all
from chartcite.ingestion.ingest import ingest

from tests.evals.gold import REPOSITORY, Gold, charts, grade, load_gold
from tests.evals.scorecard import question_of

REPORT = REPOSITORY / "docs" / "registers.json"
GOAL = 8.0
"""Highest grade of a patient's answer."""
RECOMMENDS = re.compile(
    r"\byou (?:should|must|need to|ought to|may want to) \w+"
    r"|\bwe (?:recommend|advise|suggest)\b|\b(?:is|are) recommended\b|\bit is (?:safe|best|advised|advisable) (?:for you )?to\b"
    r"|(?:^|[.!?:] |\n)(?:take|stop|start|increase|reduce|double|skip|avoid|switch|continue|use) (?:taking |your |the |this |it\b|\d)"
    r"|\byou (?:have|are suffering from|probably have|may have|could have) (?:an? )?(?:\w+ )?(?:cancer|diabetes|disease|infection|disorder)\b"
    r"|\b(?:nothing to worry|don['’]t worry|no need to worry|good news|bad news|you are fine|is normal for you)\b",
    re.IGNORECASE,
)
"""Wording that recommends, diagnoses, reassures or alarms."""


class Row(NamedTuple):
    """A question answered for one audience."""

    gold: Gold
    answer: Answer
    right: bool
    false_answer: bool


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the evaluation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="a store that holds the charts; none: one is made")
    parser.add_argument("--every", type=int, default=4, help="ask every n-th question of the tune half")
    parser.add_argument("--show", action="store_true", help="print what is hard to read, lost or recommended")
    options = parser.parse_args(arguments)
    gold = [one for one in load_gold() if one.half == "tune"][:: options.every]
    with tempfile.TemporaryDirectory() as scratch:
        engine = _engine(options.store or Path(scratch) / "store", gold, Path(scratch))
        rows = {audience: _asked(gold, engine, audience) for audience in Audience}
        report = {"questions": len(gold), "audiences": {name.value: _graded(each) for name, each in rows.items()}}
        report["patient"] = _patient(rows[Audience.PATIENT], engine, show=options.show)
        report["researcher"] = _researcher(rows[Audience.RESEARCHER])
    text = json.dumps(report, indent=2) + "\n"
    REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _engine(store: Path, gold: Sequence[Gold], scratch: Path) -> Engine:
    settings = Settings(store=store)
    embedder = open_embedder(settings)
    if not (store / "chartcite.sqlite3").exists():
        shared = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared"))
        with open_writer(settings) as writer:
            ingest(list(charts(gold, shared, scratch)), writer, embedder, lexicon=open_lexicon(settings))
    engine = open_engine(settings, embedder=embedder)
    warm(engine)
    return engine


def _asked(gold: Sequence[Gold], engine: Engine, audience: Audience) -> list[Row]:
    rows = []
    for one in gold:
        try:
            answer = ask(question_of(one).model_copy(update={"audience": audience}), engine=engine)
        except PatientNotFoundError:
            continue
        graded = grade(one, answer_to_wire(answer).model_dump(mode="json"))
        rows.append(Row(one, answer, graded.right, graded.false_answer))
    return rows


def _graded(rows: Sequence[Row]) -> dict[str, int]:
    return {"asked": len(rows), "right": sum(row.right for row in rows), "false_answers": sum(row.false_answer for row in rows)}


def _claims(rows: Sequence[Row]) -> list[Claim]:
    answers = [row.answer for row in rows if isinstance(row.answer, SupportedAnswer)]
    return [claim for answer in answers for claim in (*answer.claims, *answer.beside)]


def _patient(rows: Sequence[Row], engine: Engine, *, show: bool) -> dict[str, Any]:
    texts = [row.answer.text for row in rows]
    flags = [[flag.text for flag in row.answer.red_flags] for row in rows]
    grades = [reading_grade(own_words(text)) for text in texts]
    beside_flags = [reading_grade(own_words(_without(text, told))) for text, told in zip(texts, flags, strict=True)]
    claims = _claims(rows)
    lost = [claim for claim in claims if claim.worded and not _keeps(claim)]
    advised = [text for text, told in zip(texts, flags, strict=True) if RECOMMENDS.search(own_words(_without(text, told)))]
    if show:
        hard = [text for text, value in zip(texts, beside_flags, strict=True) if value > GOAL]
        for name, found in (("hard", hard), ("lost", [claim.text for claim in lost]), ("advice", advised)):
            sys.stderr.writelines(f"{name}: {text}\n\n" for text in found[:20])
    return {
        "answers": len(rows),
        "share_at_goal": round(sum(value <= GOAL for value in beside_flags) / len(rows), 4),
        "share_at_goal_with_red_flag_advice": round(sum(value <= GOAL for value in grades) / len(rows), 4),
        "mean_grade": round(fmean(beside_flags), 2),
        "highest_grade": round(max(beside_flags), 2),
        "claims": len(claims),
        "claims_that_lost_something": len(lost),
        "wordings_that_failed": sum(not claim.worded for claim in claims),
        "answers_with_recommending_words": len(advised),
        "answers_with_explanations": sum(bool(row.answer.explanations) for row in rows),
        "milliseconds_per_answer": _cost(rows, engine),
    }


def _without(text: str, told: Sequence[str]) -> str:
    for advice in told:
        text = text.replace(advice, "")
    return text


def _keeps(claim: Claim) -> bool:
    return keeps_all(
        " ".join(claim.worded.split()), " ".join(without_tags(without_condition(claim.text.removesuffix(f" {ADVICE}"))).split())
    )


def _cost(rows: Sequence[Row], engine: Engine) -> dict[str, float]:
    """Time the wording and its checks again, alone."""
    spent = []
    for row in rows:
        claims = _claims([row])
        begun = time.perf_counter()
        for claim in claims:
            patient_wording(claim, lexicon=engine.lexicon)
        spent.append((time.perf_counter() - begun) * 1000)
    cuts = quantiles(spent, n=20)
    return {"mean": round(fmean(spent), 2), "p50": round(cuts[9], 2), "p95": round(cuts[18], 2)}


def _researcher(rows: Sequence[Row]) -> dict[str, Any]:
    claims = _claims(rows)
    systems = Counter(
        system
        for claim in claims
        for system in ("LOINC", "SNOMED CT", "RxNorm", "CVX", "ICD-10")
        if f"[{system} " in claim.worded or f"; {system} " in claim.worded
    )
    return {"claims": len(claims), "claims_with_codes": sum(bool(claim.worded) for claim in claims), "systems": dict(systems)}


if __name__ == "__main__":
    main()
