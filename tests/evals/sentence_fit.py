"""Fits the second look at sentences (engine/second_look.py) on the tune half, with cross-validation by patient.

    python -m tests.evals.sentence_fit --store PATH [--write]

Each sentence that may answer is an example: it does where it stands in a gold source and holds what a right answer must hold. The
limit is set where, out of fold, `MOST_FALSE` of the questions that have no answer would be answered. `--write` writes
engine/sentence_weights.py; the figures go to docs/sentence-fit.json.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
from chartcite.api.settings import Settings
from chartcite.api.wiring import open_embedder, open_engine
from chartcite.engine import answering
from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Question
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import PatientNotFoundError
from chartcite.engine.focus import tells
from chartcite.engine.persons import person_of
from chartcite.engine.quoting import quote_sentence
from chartcite.engine.retrieval import Shelves, retrieve_passages
from chartcite.engine.second_look import MOST_QUOTED, MOST_WEIGHED, Features, Looked, looked_at, may_answer
from chartcite.engine.terminology import forms
from chartcite.engine.understanding import Plan, understand

from tests.evals.gold import REPOSITORY, Gold, load_gold

WEIGHTS = REPOSITORY / "engine" / "sentence_weights.py"
RESULT = REPOSITORY / "docs" / "sentence-fit.json"
NARRATIVE = frozenset({"note_content", "encounter", "social_history", "family_history"})
FOLDS = 8
RIDGE = 5.0
"""Penalty on the square of each weight (features scaled to unit spread)."""
STEPS = 30
MOST_FALSE = 2
KEPT_APART = r"narrative-(?:george|marcus|theo|james)"
"""Questions that neither the weights nor the rules were made by."""


class Case(NamedTuple):
    """A question with the sentences that may answer it."""

    gold: Gold
    left_open: bool
    """Whether the engine answers nothing without the second look."""
    features: list[Features]
    answers: list[bool]

    @property
    def closed(self) -> bool:
        """Whether the question has no answer, or takes a wrong premise for granted."""
        return _is_closed(self.gold)


def _is_closed(gold: Gold) -> bool:
    return gold.expected == "abstained" or gold.kind in {"wrong_premise", "unanswerable"}


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, measure, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--without", default=KEPT_APART, help="ids that are kept apart, to ask afterwards")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    settings = Settings(store=options.store)
    cases = list(_cases(open_engine(settings, embedder=open_embedder(settings)), re.compile(options.without)))
    odds = _out_of_fold(cases)
    limit = _limit(cases, odds)
    result = _measured(cases, odds, limit)
    weights = _fit(cases)
    print(json.dumps(result, indent=2), weights)  # noqa: T201
    if options.write:
        WEIGHTS.write_text(_table(weights, limit), encoding="utf-8")
        RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def _cases(engine: Engine, kept_apart: re.Pattern[str]) -> Iterator[Case]:
    for gold in load_gold():
        if kept_apart.match(gold.id):
            continue
        narrative = gold.kind in NARRATIVE and gold.expected == "supported"
        if gold.half != "tune" or gold.patient_id is None or gold.as_of or not (narrative or _is_closed(gold)):
            continue
        try:
            case = _case(gold, engine)
        except PatientNotFoundError:
            continue
        if case.features and (case.closed or any(case.answers)):
            yield case


def _case(gold: Gold, engine: Engine) -> Case:
    patient = PatientId(gold.patient_id or "")
    scope = Scope(patient_id=patient)
    question = Question(text=gold.question, patient_id=patient)
    with patch.object(answering, "look_again", lambda *_: []):
        left_open = ask(question, engine=engine).kind != "supported"
    features: list[Features] = []
    answers: list[bool] = []
    for plan in _plans(question, engine, scope):
        if may_answer(plan):
            evidence = retrieve_passages(plan.text, plan, Shelves(engine.records, engine.vectors, engine.embedder), scope=scope)
            for each in _told(plan, looked_at(plan, evidence), engine):
                features.append(each.features)
                answers.append(_answers(gold, each))
    return Case(gold, left_open, features, answers)


def _plans(question: Question, engine: Engine, scope: Scope) -> tuple[Plan, ...]:
    records = engine.records
    names = frozenset(forms(records.patient(scope.patient_id).name))
    person = person_of(records.facts(scope))
    return understand(
        question.text,
        lexicon=engine.lexicon,
        chart=records.concepts(scope),
        today=date.today(),  # noqa: DTZ011 -- as the questions are asked
        names=names,
        person=person,
    )


def _told(plan: Plan, looked: Sequence[Looked], engine: Engine) -> list[Looked]:
    """Return the likeliest sentences that tell what is asked."""
    ranked = sorted(looked, key=lambda each: -(each.features.said + each.features.likeness + each.features.said_near))
    return [
        each
        for each in ranked[:MOST_WEIGHED]
        if tells(plan, quote_sentence(each.passage, each.sentence, engine.records, route="near_quote"), engine.lexicon)
    ]


def _answers(gold: Gold, each: Looked) -> bool:
    said = each.text.lower()
    return each.passage.resource in gold.evidence and any(
        option.lower() in said for group in gold.must_include for option in group
    )


def _matrix(cases: Sequence[Case]) -> tuple[np.ndarray, np.ndarray]:
    rows = np.array([[1.0, *features] for case in cases for features in case.features])
    return rows, np.array([float(answer) for case in cases for answer in case.answers])


def _fit(cases: Sequence[Case]) -> dict[str, float]:
    """Fit by Newton's method (iteratively reweighted least squares) with a ridge penalty; the bias is not penalised."""
    rows, answers = _matrix(cases)
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    middle[0], spread[0] = 0.0, 1.0
    scaled = (rows - middle) / spread
    penalty = np.full(scaled.shape[1], RIDGE)
    penalty[0] = 1e-3
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ weights, -30, 30)))
        slope = scaled.T @ (chance - answers) + penalty * weights
        curve = (scaled * (chance * (1 - chance))[:, None]).T @ scaled + np.diag(penalty)
        weights -= np.linalg.solve(curve, slope)
    raw = weights / spread
    raw[0] -= float((weights[1:] * middle[1:] / spread[1:]).sum())
    return {name: round(float(value), 4) for name, value in zip(("bias", *Features._fields), raw, strict=True)}


def _odds(case: Case, weights: dict[str, float]) -> list[float]:
    vector = np.array(list(weights.values()))
    return [float(vector @ np.array([1.0, *features])) for features in case.features]


def _out_of_fold(cases: Sequence[Case]) -> list[list[float]]:
    """Return the log-odds of each case's sentences by weights fitted without its patient."""
    patients = sorted({case.gold.patient_id or "" for case in cases})
    random.Random(1).shuffle(patients)
    fold_of = {patient: number % FOLDS for number, patient in enumerate(patients)}
    fitted = [_fit([case for case in cases if fold_of[case.gold.patient_id or ""] != fold]) for fold in range(FOLDS)]
    return [_odds(case, fitted[fold_of[case.gold.patient_id or ""]]) for case in cases]


def _limit(cases: Sequence[Case], odds: Sequence[Sequence[float]]) -> float:
    """Return the log-odds over which `MOST_FALSE` questions without an answer lie."""
    false = [
        max(each) for case, each in zip(cases, odds, strict=True) if case.closed and case.left_open and not _holds(case, each)
    ]
    closed = sorted(false, reverse=True)
    return round((closed[MOST_FALSE - 1] + closed[MOST_FALSE]) / 2, 4) if len(closed) > MOST_FALSE else 0.0


def _holds(case: Case, odds: Sequence[float]) -> bool:
    """Say whether the best sentences hold what a right answer must hold."""
    best = sorted(range(len(odds)), key=lambda place: -odds[place])[:MOST_QUOTED]
    return any(case.answers[place] for place in best)


def _measured(cases: Sequence[Case], odds: Sequence[Sequence[float]], limit: float) -> dict[str, float | int]:
    open_, answered, right, closed, false = 0, 0, 0, 0, 0
    for case, each in zip(cases, odds, strict=True):
        if not case.left_open:
            continue
        over = max(each) > limit
        closed += case.closed
        false += case.closed and over and not _holds(case, each)
        if not case.closed:
            open_ += 1
            answered += over
            right += over and _holds(case, each)
    return {
        "questions": len(cases),
        "patients": len({case.gold.patient_id for case in cases}),
        "limit": limit,
        "left_open": open_,
        "answered": answered,
        "holds_the_answer": right,
        "without_an_answer": closed,
        "answered_falsely": false,
    }


def _table(weights: dict[str, float], limit: float) -> str:
    lines = "\n".join(f'    "{name}": {value},' for name, value in weights.items())
    return (
        '"""Weights of the second look at sentences, fitted on the tune half.\n\n'
        "Written by `python -m tests.evals.sentence_fit --store PATH --write`; do not edit by hand.\n"
        '"""\n\n'
        f"WEIGHTS: dict[str, float] = {{\n{lines}\n}}\nLEAST = {limit}\n"
        '"""Log-odds below which a sentence is not quoted."""\n'
    )


if __name__ == "__main__":
    main()
