"""Fits the second look at sentences (engine/notes/second_look.py) on the tune half, with cross-validation by patient.

    python -m tests.evals.sentence_fit --store PATH [--write]

Three models, each fitted on what the one before leaves. `LIKELY`, over every sentence, and `RANK`, over the likeliest, are
conditional logits: which sentence of this question answers. `CHANCE` is a logistic model of whether the best ones answer at all,
fitted on ranks that are out of fold. The limit is set where, out of fold, `MOST_FALSE` of the questions that have no answer would
be answered. `--write` writes engine/notes/sentence_weights.py; the figures go to docs/sentence-fit.json.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
from chartcite.api.settings import Settings
from chartcite.api.wiring import open_embedder, open_engine
from chartcite.engine.answers import part_answers
from chartcite.engine.answers.reading import SecondLook
from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Question
from chartcite.engine.domain.evidence import Evidence, Scope
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import PatientNotFoundError
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes import second_look, sentence_features
from chartcite.engine.notes.quoting import with_neighbours
from chartcite.engine.notes.second_look import SIGNS, Ranked, Signs, chosen, look_closely, may_answer, signs_of
from chartcite.engine.notes.sentence_features import MOST_READ, NAMES, SUREST, Looked, Looks, Quick, in_place
from chartcite.engine.ports import Embedder, InPlace, Reader, Vector
from chartcite.engine.questions.persons import person_of
from chartcite.engine.questions.plans import Plan
from chartcite.engine.retrieval import retrieve_passages
from chartcite.engine.understanding import understand

from tests.evals.gold import REPOSITORY, Gold, load_gold, says
from tests.evals.scorecard import question_of

WEIGHTS = REPOSITORY / "engine" / "notes" / "sentence_weights.py"
RESULT = REPOSITORY / "docs" / "sentence-fit.json"
NARRATIVE = frozenset({"note_content", "encounter", "social_history", "family_history", "procedure"})
FOLDS = 8
RIDGE, RIDGE_OF_CHANCE = 2.0, 150.0
"""Penalty on the square of each weight (features scaled to unit spread)."""
STEPS, RATE = 120, 0.1
"""Of Adam (Kingma and Ba 2015), for the conditional logits."""
NEWTON_STEPS = 40
MOST_FALSE = 12
KEPT_APART = r"^$"
"""Questions that neither the weights nor the rules were made by."""


class Case(NamedTuple):
    """A question with every sentence that may answer it."""

    gold: Gold
    left_open: bool
    """Whether the engine answers nothing without the second look."""
    plan: Plan
    looks: Looks
    rows: np.ndarray
    """(n, features) of each sentence; the reader has said nothing yet."""
    answers: np.ndarray
    """(n,) whether it stands in a gold source and holds what a right answer must hold."""

    @property
    def closed(self) -> bool:
        """Whether the question has no answer, or takes a wrong premise for granted."""
        return _is_closed(self.gold)


class _Kept:
    """Embeds each text once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Vector] = {}
        self.name, self.dimension = embedder.name, embedder.dimension

    def embed(self, texts: Sequence[str], /) -> Vector:
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        if missing:
            self._known.update(zip(missing, self._embedder.embed(missing), strict=True))
        return np.array([self._known[text] for text in texts], dtype=np.float32)


class _Later:
    """Says nothing while sentences are gathered; afterwards reads each for each question once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[tuple[str, InPlace], float] = {}
        self.name, self.silent = reader.name, True

    def read(self, question: str, sentences: Sequence[InPlace], /) -> list[float]:
        if self.silent:
            return [0.0] * len(sentences)
        missing = [each for each in dict.fromkeys(sentences) if (question, each) not in self._known]
        for each, odds in zip(missing, self._reader.read(question, missing), strict=True):
            self._known[question, each] = odds
        return [self._known[question, each] for each in sentences]


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
    engine = open_engine(settings, embedder=_Kept(open_embedder(settings)))
    reader = _Later(engine.reader)
    every = patch.object(sentence_features, "MOST_READ", 10**6)
    with every, patch.object(second_look, "likely", lambda _: 0.0):
        cases = list(_cases(engine._replace(reader=reader), re.compile(options.without)))
    reader.silent = False
    fitted, result = fit(cases, reader)
    print(json.dumps(result, indent=2))  # noqa: T201
    if options.write:
        WEIGHTS.write_text(_table(fitted), encoding="utf-8")
        RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


class Fitted(NamedTuple):
    """The three tables of weights and the limit."""

    likely: np.ndarray
    rank: np.ndarray
    chance: np.ndarray
    """The bias first."""
    least: float


def fit(cases: Sequence[Case], reader: Reader) -> tuple[Fitted, dict[str, float | int]]:
    """Fit all three, and measure them out of fold."""
    patients = sorted({case.gold.patient_id or "" for case in cases})
    random.Random(1).shuffle(patients)
    fold_of = {patient: number % FOLDS for number, patient in enumerate(patients)}
    folds = np.array([fold_of[case.gold.patient_id or ""] for case in cases])
    likely, rank = _fit_ranks(cases, reader)
    signs = np.zeros((len(cases), len(SIGNS)))
    right, barred = np.zeros(len(cases), dtype=bool), np.zeros(len(cases), dtype=bool)
    for fold in range(FOLDS):
        ranks = _fit_ranks([case for case, own in zip(cases, folds, strict=True) if own != fold], reader)
        for place in np.flatnonzero(folds == fold).tolist():
            told, right[place] = _signs(cases[place], *ranks, reader)
            signs[place], barred[place] = told.values, not may_answer(told)
    odds, weights = np.zeros(len(cases)), _by_patient(cases)
    for fold in range(FOLDS):
        inside = folds != fold
        odds[~inside] = _with_bias(signs[~inside]) @ _fit_chance(signs[inside], right[inside], weights[inside])
    odds[barred] = -np.inf
    least = _limit(cases, odds, right)
    fitted = Fitted(likely, rank, _fit_chance(signs, right, weights), least)
    return fitted, _measured(cases, odds, right, least)


def _fit_ranks(cases: Sequence[Case], reader: Reader) -> tuple[np.ndarray, np.ndarray]:
    """Fit the weights over every sentence, and those over the likeliest of them."""
    quick = len(Quick._fields)
    told = [case for case in cases if case.answers.any()]
    likely = _fit_choice([case.rows[:, :quick] for case in told], [case.answers for case in told])
    close = [(_close(case, likely, reader), case.answers) for case in told]
    kept = [(each.rows, answers[each.places]) for each, answers in close if answers[each.places].any()]
    return likely, _fit_choice([rows for rows, _ in kept], [answers for _, answers in kept])


class _Close(NamedTuple):
    """The likeliest sentences of a question, read."""

    places: np.ndarray
    rows: np.ndarray
    """(n, features) of each."""


def _close(case: Case, likely: np.ndarray, reader: Reader) -> _Close:
    places = np.argsort(-(case.rows[:, : len(likely)] @ likely), kind="stable")[:MOST_READ]
    sentences = [case.looks.sentences[place] for place in places]
    odds = reader.read(case.plan.text, [in_place(each.passage, each.sentence) for each in sentences])
    rows = case.rows[places].copy()
    rows[:, NAMES.index("read")] = np.clip(np.array(odds) / SUREST, -1, 1)
    return _Close(places, rows)


def _fit_choice(rows: Sequence[np.ndarray], answers: Sequence[np.ndarray]) -> np.ndarray:
    """Fit a conditional logit (McFadden 1974): the chance that one of the answering sentences is chosen among all."""
    every = np.vstack(rows)
    middle, spread = every.mean(axis=0), every.std(axis=0) + 1e-6
    scaled = [(each - middle) / spread for each in rows]
    weights, mean, square = (np.zeros(every.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = RIDGE * weights / len(scaled)
        for each, right in zip(scaled, answers, strict=True):
            scores = each @ weights
            chance = np.exp(scores - scores.max())
            chance /= chance.sum()
            among = chance * right
            slope -= (among / (among.sum() + 1e-12) - chance) @ each / len(scaled)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope * slope
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return np.where(spread > 1e-5, weights / spread, 0.0)


def _signs(case: Case, likely: np.ndarray, rank: np.ndarray, reader: Reader) -> tuple[Signs, bool]:
    places, rows = _close(case, likely, reader)
    ranked = sorted(
        (_ranked(case.looks.sentences[place], row, rank) for place, row in zip(places, rows, strict=True)), key=_by_score
    )
    return signs_of(case.plan, case.looks, ranked), _holds(case.gold, [each.looked for each in chosen(ranked)])


def _ranked(looked: Looked, row: np.ndarray, rank: np.ndarray) -> Ranked:
    features = looked.features._replace(read=float(row[NAMES.index("read")]))
    return Ranked(looked._replace(features=features), float(row @ rank))


def _by_score(each: Ranked) -> float:
    return -each.score


def _holds(gold: Gold, quoted: Sequence[Looked]) -> bool:
    """Say whether quotes would be graded right."""
    text = " ".join(_text(each) for each in quoted)
    held = all(any(says(text, option) for option in group) for group in gold.must_include)
    return bool(gold.must_include) and held and not any(says(text, wrong) for wrong in gold.must_not_include)


def _text(each: Looked) -> str:
    return " ".join(each.passage.sentence_text(with_neighbours(each.passage, each.sentence)).split())


def _with_bias(rows: np.ndarray) -> np.ndarray:
    return np.hstack([np.ones((len(rows), 1)), rows])


def _by_patient(cases: Sequence[Case]) -> np.ndarray:
    """Return (n,) weights of mean 1: the more questions a patient has, the less each counts, or a few charts decide for all."""
    asked = Counter(case.gold.patient_id for case in cases)
    weights = np.array([asked[case.gold.patient_id] ** -0.5 for case in cases], dtype=float)
    return np.asarray(weights / weights.mean())


def _fit_chance(signs: np.ndarray, right: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Fit by Newton's method with a ridge penalty; the bias is not penalised."""
    middle, spread = signs.mean(axis=0), signs.std(axis=0) + 1e-6
    scaled = _with_bias((signs - middle) / spread)
    penalty = np.full(scaled.shape[1], RIDGE_OF_CHANCE)
    penalty[0] = 1e-3
    fitted = np.zeros(scaled.shape[1])
    for _ in range(NEWTON_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ fitted, -30, 30)))
        slope = scaled.T @ (weights * (chance - right)) + penalty * fitted
        curve = (scaled * (weights * chance * (1 - chance))[:, None]).T @ scaled + np.diag(penalty)
        fitted -= np.linalg.solve(curve, slope)
    raw = fitted[1:] / spread
    return np.concatenate([[fitted[0] - float(raw @ middle)], raw])


def _limit(cases: Sequence[Case], odds: np.ndarray, right: np.ndarray) -> float:
    """Return the log-odds over which `MOST_FALSE` of the questions without an answer lie."""
    false = sorted(
        (odd for case, odd, holds in zip(cases, odds, right, strict=True) if case.closed and case.left_open and not holds),
        reverse=True,
    )
    return round(float(false[MOST_FALSE - 1] + false[MOST_FALSE]) / 2, 4) if len(false) > MOST_FALSE else 0.0


def _measured(cases: Sequence[Case], odds: np.ndarray, right: np.ndarray, least: float) -> dict[str, float | int]:
    open_, answered, held, closed, false = 0, 0, 0, 0, 0
    for case, odd, holds in zip(cases, odds, right, strict=True):
        if case.left_open:
            closed += case.closed
            false += int(case.closed and odd >= least and not holds)
            open_ += not case.closed
            answered += int(not case.closed and odd >= least)
            held += int(not case.closed and odd >= least and holds)
    told = [holds for case, holds in zip(cases, right, strict=True) if not case.closed]
    return {
        "questions": len(cases),
        "patients": len({case.gold.patient_id for case in cases}),
        "with_an_answer": len(told),
        "best_sentences_hold_it": int(sum(told)),
        "limit": least,
        "left_open": open_,
        "answered": answered,
        "holds_the_answer": held,
        "without_an_answer": closed,
        "answered_falsely": false,
    }


def _cases(engine: Engine, kept_apart: re.Pattern[str]) -> Iterator[Case]:
    for gold in load_gold():
        of_notes = bool(gold.evidence) and all(source.startswith("DocumentReference/") for source in gold.evidence)
        narrative = (gold.kind in NARRATIVE or of_notes) and gold.expected == "supported"
        if gold.half != "tune" or gold.patient_id is None or not (narrative or _is_closed(gold)):
            continue
        if kept_apart.search(gold.id):
            continue
        try:
            case = _case(gold, engine)
        except PatientNotFoundError:
            continue
        if case is not None:
            yield case


def _case(gold: Gold, engine: Engine) -> Case | None:
    question = question_of(gold)
    scope = Scope(patient_id=PatientId(gold.patient_id or ""), as_of=question.as_of)
    asked: list[tuple[Plan, Sequence[Evidence]]] = []

    def silent(plan: Plan, evidence: Sequence[Evidence], *_: object, **__: object) -> SecondLook:
        asked.append((plan, evidence))
        return SecondLook([])

    with patch.object(part_answers, "look_again", silent):
        left_open = ask(question, engine=engine).kind != "supported" and bool(asked)
    shelves = engine.shelves
    if asked:
        plan, evidence = asked[0]
    else:
        plan = _plans(question, engine, scope)[0]
        evidence = retrieve_passages(plan.text, plan, shelves, scope=scope)
    looks = look_closely(plan, evidence, shelves, engine.lexicon)
    if not looks.sentences:
        return None
    rows = np.array([each.features.values for each in looks.sentences])
    answers = np.array([not _is_closed(gold) and _answers(gold, each) for each in looks.sentences])
    return Case(gold, left_open, plan, looks, rows, answers)


def _plans(question: Question, engine: Engine, scope: Scope) -> tuple[Plan, ...]:
    records = engine.records
    names = frozenset(forms(records.patient(scope.patient_id).name))
    person = person_of(records.facts(scope))
    return understand(
        question.text,
        lexicon=engine.lexicon,
        chart=records.concepts(scope),
        today=scope.as_of or date.today(),  # noqa: DTZ011 -- as the questions are asked
        names=names,
        person=person,
    )


def _answers(gold: Gold, each: Looked) -> bool:
    said = each.text.lower()
    return each.passage.resource in gold.evidence and any(
        option.lower() in said for group in gold.must_include for option in group
    )


def _table(fitted: Fitted) -> str:
    def lines(names: Sequence[str], weights: np.ndarray) -> str:
        return "\n".join(f'    "{name}": {round(float(value), 4)},' for name, value in zip(names, weights, strict=True))

    return (
        '"""Weights of the second look at sentences, fitted on the tune half.\n\n'
        "Written by `python -m tests.evals.sentence_fit --store PATH --write`; do not edit by hand.\n"
        '"""\n\n'
        f"LIKELY: dict[str, float] = {{\n{lines(Quick._fields, fitted.likely)}\n}}\n"
        '"""Of the cheap features of every sentence."""\n'
        f"RANK: dict[str, float] = {{\n{lines(NAMES, fitted.rank)}\n}}\n"
        '"""Of all features of the likeliest sentences."""\n'
        f"CHANCE: dict[str, float] = {{\n{lines(('bias', *SIGNS), fitted.chance)}\n}}\n"
        '"""Of the signs that the best sentences answer."""\n'
        f"LEAST = {fitted.least}\n"
        '"""Log-odds below which nothing is quoted."""\n'
    )


if __name__ == "__main__":
    main()
