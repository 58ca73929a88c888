"""Fits and measures the confidence of answers: writes docs/confidence.json, two pictures and the figures of docs/confidence.md.

    python -m tests.evals.confidence [--fit] [--store DIR] [--rows FILE]

`--fit` (`make calibrate`) also fits engine/confidence/calibration.py anew, on the tune half, cross-validated by patient. The
report half is measured in total only: no question of it is shown. `--rows` keeps what was asked in a file, and reads it the
next time.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any, Literal, NamedTuple
from unittest.mock import patch

from chartcite.api.wire import answer_to_wire
from chartcite.engine import ask as asking
from chartcite.engine.ask import Engine, ask
from chartcite.engine.confidence.calibration import CALIBRATION
from chartcite.engine.confidence.confidence import claim_features
from chartcite.engine.confidence.confidence_features import Found, answer_features
from chartcite.engine.domain.answers import Audience, Question
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import PatientNotFoundError
from chartcite.engine.questions.plans import Plan

from tests.evals import scorecard
from tests.evals.confidence_fit import FIRST_ASKED, FIRST_SETS, Example, Heads, cross_validated, fit, optimism_of, placed
from tests.evals.confidence_measures import COVERAGE, Said, ece, measured, ranking, wrong_at
from tests.evals.confidence_pages import GENERATOR, module, reliability_picture, risk_picture, told, with_figures
from tests.evals.gold import QUESTIONS, REPOSITORY, Gold, gold_of, grade

SHIPPED = REPOSITORY / "engine" / "confidence" / "calibration.py"
RESULT = REPOSITORY / "docs" / "confidence.json"
PAGE = REPOSITORY / "docs" / "confidence.md"
RELIABILITY = REPOSITORY / "docs" / "confidence-reliability.svg"
RISK = REPOSITORY / "docs" / "confidence-risk.svg"


class Asked(NamedTuple):
    """A gold question as it was answered."""

    half: Literal["tune", "report"]
    kind: str
    example: Example
    milliseconds: float
    """Time of the processor that its features took."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask, fit if told to, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="fit engine/confidence/calibration.py anew")
    parser.add_argument("--store", type=Path, help="a store that holds the charts of the gold questions")
    parser.add_argument("--rows", type=Path, help="keep what was asked here")
    parser.add_argument("--tune-only", action="store_true", help="leave the report half alone; write nothing")
    options = parser.parse_args(arguments)
    asked = _asked(options.store, options.rows, tune_only=options.tune_only)
    tune = [each.example for each in asked if each.half == "tune"]
    apart = _cross_validated(tune)
    if options.tune_only:
        _show(apart, tune)
        return
    heads = _fitted(tune) if options.fit else _shipped()
    held_out = [_said(each.example, heads) for each in asked if each.half == "report"]
    on_tune, on_report = measured(apart, placed=_placed(tune, heads)), measured(held_out)
    if options.fit:
        name = f"logistic-{date.today().isoformat()}-n{len(tune)}"  # noqa: DTZ011 -- the day of the run, as its reader dates it
        SHIPPED.write_text(module(name, tune, heads, on_tune, on_report), encoding="utf-8")
    else:
        name = CALIBRATION
    result = {
        "calibration": name,
        "generator": GENERATOR,
        "features_ms": _times([each.milliseconds for each in asked]),
        "goals": {"ece_at_most": 0.05, "auroc_at_least": 0.85, "wrong_at_80_at_most": 0.02},
        "held_out": {**told(on_report), **_further([each for each in asked if each.half == "report"], held_out, heads)},
        "cross_validated": {**told(on_tune), **_further([each for each in asked if each.half == "tune"], apart, heads)},
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    RELIABILITY.write_text(reliability_picture(on_report), encoding="utf-8")
    RISK.write_text(risk_picture({"report half": on_report, "tune half, out of fold": on_tune}), encoding="utf-8")
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8"), on_report, on_tune), encoding="utf-8")
    sys.stdout.write(json.dumps({half: _brief(result[half]) for half in ("held_out", "cross_validated")}, indent=1) + "\n")


def _times(milliseconds: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(milliseconds, n=100)
    return {"p50": round(cuts[49], 3), "p95": round(cuts[94], 3), "p99": round(cuts[98], 3)}


def _brief(told: Any) -> dict[str, object]:
    return {name: value for name, value in told.items() if name not in {"reliability", "risk"}}


def _asked(store: Path | None, kept: Path | None, *, tune_only: bool) -> list[Asked]:
    if kept is not None and kept.is_file():
        return [_read(json.loads(line)) for line in kept.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as scratch:
        engine, gold = scorecard.opened(store or Path(scratch) / "store", Path(scratch))
        asked = list(_answers([each for each in gold if each.half == "tune" or not tune_only], engine))
    if kept is not None:
        kept.write_text("".join(json.dumps(each) + "\n" for each in asked), encoding="utf-8")
    return asked


def _read(fields: list[Any]) -> Asked:
    half, kind, example, milliseconds = fields
    patient, answered, right, features, claims, routes, first_known = example
    known = Example(patient, answered, right, features, tuple(claims), tuple(routes), first_known)
    return Asked(half, kind, known, milliseconds)


class _Spy:
    """Gathers features in place of the engine, and keeps them."""

    features: dict[str, float]
    found: Found
    milliseconds: float

    def __call__(self, question: Question, plans: Sequence[Plan], found: Found) -> dict[str, float]:
        began = time.thread_time()
        self.features, self.found = answer_features(question, plans, found), found
        self.milliseconds = round((time.thread_time() - began) * 1000, 4)
        return self.features


def _answers(gold: Sequence[Gold], engine: Engine) -> Iterator[Asked]:
    first = {each.id for name in FIRST_SETS for each in gold_of(QUESTIONS / f"{name}.jsonl") if each.half == "tune"}
    for each in gold:
        spy = _Spy()
        with patch.object(asking, "answer_features", spy):
            try:
                answer = ask(_question(each), engine=engine)
            except PatientNotFoundError:
                continue
        features, found = spy.features, spy.found
        right = grade(each, answer_to_wire(answer).model_dump(mode="json")).right
        claims = tuple(claim_features(claim, verdict) for claim, verdict in found.claims)
        routes = tuple(dict.fromkeys(claim.route for claim, _ in found.claims))
        example = Example(each.patient_id or each.id, bool(found.claims), right, features, claims, routes, each.id in first)
        yield Asked(each.half, each.kind, example, spy.milliseconds)


def _question(gold: Gold) -> Question:
    return Question(
        id=gold.id,
        text=gold.question,
        patient_id=PatientId(gold.patient_id) if gold.patient_id else None,
        as_of=date.fromisoformat(gold.as_of) if gold.as_of else None,
        audience=Audience(gold.audience),
    )


def _fitted(examples: Sequence[Example]) -> Heads:
    answers, abstentions = [each for each in examples if each.answered], [each for each in examples if not each.answered]
    return Heads(fit(answers, optimism=_optimism(answers)), fit(abstentions, optimism=_optimism(abstentions)))


def _optimism(examples: Sequence[Example]) -> float:
    return optimism_of(examples, FIRST_ASKED[examples[0].answered])


def _shipped() -> Heads:
    from chartcite.engine.confidence.calibration import ABSTAINED, ANSWERED

    return Heads(ANSWERED, ABSTAINED)


def _cross_validated(examples: Sequence[Example]) -> list[Said]:
    """Return the examples with what a calibration without their patient says of them."""
    said: dict[int, float] = {}
    for answered in (True, False):
        places = [place for place, each in enumerate(examples) if each.answered is answered]
        said.update(zip(places, cross_validated([examples[place] for place in places]), strict=True))
    return [Said(each.patient, each.answered, each.right, said[place]) for place, each in enumerate(examples)]


def _placed(examples: Sequence[Example], heads: Heads) -> list[Said]:
    answers = [each for each in examples if each.answered]
    shares = placed(answers, heads.answered)
    return [Said(each.patient, each.answered, each.right, share) for each, share in zip(answers, shares, strict=True)]


def _said(example: Example, heads: Heads) -> Said:
    probability = heads.probability(example.features, answered=example.answered)
    return Said(example.patient, example.answered, example.right, probability)


def _further(asked: Sequence[Asked], said: Sequence[Said], heads: Heads) -> dict[str, object]:
    """Return figures of answers, of abstentions, and of single claims (a claim counts as right where its answer is)."""
    answers, abstentions = [each for each in said if each.answered], [each for each in said if not each.answered]
    claims = [
        Said(each.example.patient, each.example.answered, each.example.right, heads.probability({**shared, **own}, answered=True))
        for each in asked
        for shared in [{name: value for name, value in each.example.features.items() if not name.startswith("route_")}]
        for own in each.example.claims
    ]
    return {
        "right": round(sum(each.right for each in said) / len(said), 4),
        "answers_only": {"count": len(answers), "ece": round(ece(answers), 4), "auroc": round(ranking(answers), 4)},
        "abstentions_only": {
            "count": len(abstentions),
            "ece": round(ece(abstentions), 4),
            "auroc": round(ranking(abstentions), 4),
        },
        "claims": {"count": len(claims), "ece": round(ece(claims), 4), "auroc": round(ranking(claims), 4)},
        "wrong_at_80_with_abstentions": round(wrong_at(COVERAGE, said), 4),
    }


_SORTS = (("answers", True), ("abstentions", False))


def _show(apart: Sequence[Said], tune: Sequence[Example]) -> None:
    """Print the figures of the tune half alone, with the weights."""
    heads = _fitted(tune)
    answers = [each for each in apart if each.answered]
    figures = {
        "ece": ece(apart),
        "auroc": ranking(apart),
        "answers": ranking(answers),
        "abstentions": ranking([each for each in apart if not each.answered]),
        "wrong_at_80": wrong_at(COVERAGE, answers),
        "optimism": {
            name: round(_optimism([each for each in tune if each.answered is answered]), 3) for name, answered in _SORTS
        },
        "answered": heads.answered._asdict(),
        "abstained": heads.abstained._asdict(),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
