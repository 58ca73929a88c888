"""Fits and measures the confidence of answers: writes docs/confidence.json and two pictures beside it.

    python -m tests.evals.confidence [--fit] [--store DIR] [--rows FILE]

`--fit` (`make calibrate`) also fits engine/calibration.py anew, on the tune half, cross-validated by patient. The report half
is measured in total only: no question of it is shown. `--rows` keeps what was asked in a file, and reads it the next time.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple
from unittest.mock import patch

from chartcite.api.wire import answer_to_wire
from chartcite.engine import ask as asking
from chartcite.engine.ask import Engine, ask
from chartcite.engine.calibration import CALIBRATION
from chartcite.engine.confidence import claim_features, log_odds, recalibrated
from chartcite.engine.confidence_features import Features, Found, answer_features
from chartcite.engine.domain.answers import Audience, Question
from chartcite.engine.domain.calibrated import Head, Measured
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import PatientNotFoundError

from tests.evals import scorecard
from tests.evals.confidence_fit import Example, cross_validated, fit
from tests.evals.confidence_measures import COVERAGE, Said, ece, measured, ranking, wrong_at
from tests.evals.gold import REPOSITORY, Gold, grade
from tests.evals.intervals import wilson
from tests.evals.svg import Axis, Curve, Point, picture

SHIPPED = REPOSITORY / "engine" / "calibration.py"
RESULT = REPOSITORY / "docs" / "confidence.json"
RELIABILITY = REPOSITORY / "docs" / "confidence-reliability.svg"
RISK = REPOSITORY / "docs" / "confidence-risk.svg"
GENERATOR = "evidence-only"
_SHARE = Axis("", 0.0, 1.0, 0.1)


class Asked(NamedTuple):
    """A gold question as it was answered."""

    half: Literal["tune", "report"]
    kind: str
    example: Example


class Heads(NamedTuple):
    """The two models of one calibration."""

    answered: Head
    abstained: Head

    def probability(self, features: Features, *, answered: bool) -> float:
        """Return the calibrated probability, as the engine does."""
        head = self.answered if answered else self.abstained
        return round(recalibrated(log_odds(features, head), head), 3)


def main(arguments: Sequence[str] | None = None) -> None:
    """Ask, fit if told to, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="fit engine/calibration.py anew")
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
    on_tune, on_report = measured(apart), measured(held_out)
    if options.fit:
        name = f"logistic-{date.today().isoformat()}-n{len(tune)}"  # noqa: DTZ011 -- the day of the run, as its reader dates it
        SHIPPED.write_text(_module(name, tune, heads, on_tune, on_report), encoding="utf-8")
    else:
        name = CALIBRATION
    result = {
        "calibration": name,
        "generator": GENERATOR,
        "goals": {"ece_at_most": 0.05, "auroc_at_least": 0.85, "wrong_at_80_at_most": 0.02},
        "held_out": {**_told(on_report), **_further([each for each in asked if each.half == "report"], held_out, heads)},
        "cross_validated": {**_told(on_tune), **_further([each for each in asked if each.half == "tune"], apart, heads)},
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    RELIABILITY.write_text(reliability_picture(on_report), encoding="utf-8")
    RISK.write_text(risk_picture({"report half": on_report, "tune half, out of fold": on_tune}), encoding="utf-8")
    sys.stdout.write(json.dumps({half: _brief(result[half]) for half in ("held_out", "cross_validated")}, indent=1) + "\n")


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
    half, kind, example = fields
    patient, answered, right, features, claims, routes = example
    return Asked(half, kind, Example(patient, answered, right, features, tuple(claims), tuple(routes)))


def _answers(gold: Sequence[Gold], engine: Engine) -> Iterator[Asked]:
    for each in gold:
        seen: list[tuple[dict[str, float], Found]] = []

        def spy(
            question: Question, plans: Any, found: Found, kept: list[tuple[dict[str, float], Found]] = seen
        ) -> dict[str, float]:
            features = answer_features(question, plans, found)
            kept.append((features, found))
            return features

        with patch.object(asking, "answer_features", spy):
            try:
                answer = ask(_question(each), engine=engine)
            except PatientNotFoundError:
                continue
        features, found = seen[-1]
        right = grade(each, answer_to_wire(answer).model_dump(mode="json")).right
        claims = tuple(claim_features(claim, verdict) for claim, verdict in found.claims)
        routes = tuple(dict.fromkeys(claim.route for claim, _ in found.claims))
        example = Example(each.patient_id or each.id, bool(found.claims), right, features, claims, routes)
        yield Asked(each.half, each.kind, example)


def _question(gold: Gold) -> Question:
    return Question(
        id=gold.id,
        text=gold.question,
        patient_id=PatientId(gold.patient_id) if gold.patient_id else None,
        as_of=date.fromisoformat(gold.as_of) if gold.as_of else None,
        audience=Audience(gold.audience),
    )


def _fitted(examples: Sequence[Example]) -> Heads:
    return Heads(
        fit([each for each in examples if each.answered]),
        fit([each for each in examples if not each.answered]),
    )


def _shipped() -> Heads:
    from chartcite.engine.calibration import ABSTAINED, ANSWERED

    return Heads(ANSWERED, ABSTAINED)


def _cross_validated(examples: Sequence[Example]) -> list[Said]:
    """Return the examples with what a calibration without their patient says of them."""
    said: dict[int, float] = {}
    for answered in (True, False):
        places = [place for place, each in enumerate(examples) if each.answered is answered]
        said.update(zip(places, cross_validated([examples[place] for place in places]), strict=True))
    return [Said(each.patient, each.answered, each.right, said[place]) for place, each in enumerate(examples)]


def _said(example: Example, heads: Heads) -> Said:
    probability = heads.probability(example.features, answered=example.answered)
    return Said(example.patient, example.answered, example.right, probability)


def _told(figures: Measured) -> dict[str, object]:
    """Return the figures with the intervals of their shares."""
    return {
        "questions": figures.questions,
        "answers": figures.answers,
        "ece": figures.ece._asdict(),
        "auroc": figures.auroc._asdict(),
        "wrong_at_80": figures.wrong_at_80._asdict(),
        "reliability": [
            {**one._asdict(), "share": round(one.right / one.count, 4), "interval_95": wilson(one.right, one.count)}
            for one in figures.reliability
        ],
        "risk": [{**one._asdict(), "wrong_share": round(one.wrong / one.shown, 4)} for one in figures.risk],
    }


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


def reliability_picture(figures: Measured) -> str:
    """Draw what was said against what came true, with counts and intervals."""
    points = []
    for one in figures.reliability:
        low, high = wilson(one.right, one.count) or (0.0, 1.0)
        points.append(Point(one.confidence, one.right / one.count, low, high, f"{one.right}/{one.count}"))
    title = f"Reliability: {figures.questions} questions of the report half, ECE {figures.ece.value:.3f}"
    curve = Curve(f"{GENERATOR}: share right, 95 % intervals", points)
    across, up = _SHARE._replace(title="Confidence said"), _SHARE._replace(title="Share that was right")
    return picture(title, across, up, [curve], diagonal=True)


def risk_picture(halves: dict[str, Measured]) -> str:
    """Draw the share of wrong answers among those shown against how many are shown."""
    curves = []
    for name, figures in halves.items():
        points = [
            Point(one.shown / figures.answers, one.wrong / one.shown) for one in figures.risk if one.shown * 20 >= figures.answers
        ]
        curves.append(Curve(f"{GENERATOR}, {name} ({figures.answers} answers)", points))
    most = max((point.y for curve in curves for point in curve.points), default=0.0)
    across, up = (
        _SHARE._replace(title="Share of answers shown, most confident first"),
        Axis("Share wrong among them", 0.0, 0.1, 0.02),
    )
    return picture("Risk and coverage", across, up._replace(last=0.2 if most > 0.1 else 0.1), curves)


def _module(name: str, tune: Sequence[Example], heads: Heads, on_tune: Measured, on_report: Measured) -> str:
    rights: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for each in tune:
        for route in each.routes or ("abstention",):
            counts[route] += 1
            rights[route] += each.right
    routes = "\n".join(f'    "{route}": ({rights[route]}, {counts[route]}),' for route in sorted(counts))
    return (
        '"""Confidence of answers, fitted on the tune half. Written by `make calibrate`; do not edit by hand."""\n\n'
        "from chartcite.engine.domain.calibrated import Bin, Estimate, Head, Measured, RiskPoint\n\n"
        f'CALIBRATION = "{name}"\n'
        f'FITTED_ON = "{date.today().isoformat()}"\n'  # noqa: DTZ011 -- the day of the run
        f"QUESTIONS = {len(tune)}\n"
        f"PATIENTS = {len({each.patient for each in tune})}\n"
        f"OVERALL = {sum(each.right for each in tune) / len(tune):.3f}\n"
        f"ROUTES: dict[str, tuple[int, int]] = {{\n{routes}\n}}\n"
        '"""Right answers and questions by route."""\n'
        f"ANSWERED = {_head(heads.answered)}\n"
        f"ABSTAINED = {_head(heads.abstained)}\n"
        f"CROSS_VALIDATED = {_figures(on_tune)}\n"
        '"""On the tune half, each question by a calibration without its patient: thresholds are chosen here."""\n'
        f"HELD_OUT = {_figures(on_report)}\n"
        '"""On the report half, which nothing was fitted on or chosen by."""\n'
    )


def _head(head: Head) -> str:
    weights = "\n".join(f'        "{name}": {value},' for name, value in head.weights.items())
    knots = "\n".join(f"        ({odds}, {share})," for odds, share in head.knots)
    return f"Head(\n    {head.bias},\n    {{\n{weights}\n    }},\n    (\n{knots}\n    ),\n)"


def _figures(figures: Measured) -> str:
    estimates = "\n".join(
        f"    {name}=Estimate({each.value}, {each.low}, {each.high}),"
        for name, each in (("ece", figures.ece), ("auroc", figures.auroc), ("wrong_at_80", figures.wrong_at_80))
    )
    bins = "\n".join(f"        Bin({one.confidence}, {one.right}, {one.count})," for one in figures.reliability)
    risk = "\n".join(f"        RiskPoint({one.threshold}, {one.shown}, {one.wrong})," for one in figures.risk)
    return (
        f"Measured(\n    questions={figures.questions},\n    answers={figures.answers},\n{estimates}\n"
        f"    reliability=(\n{bins}\n    ),\n    risk=(\n{risk}\n    ),\n)"
    )


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
        "answered": heads.answered._asdict(),
        "abstained": heads.abstained._asdict(),
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
