"""`python -m tests.evals.ehrsql`: does the plan alone tell the questions that a record data base cannot answer?

Every question of the EHRSQL set is read without a chart. The score of a plan is what was understood of it: 1 where a topic is
found, and 1 where it says whose record or which time is asked about; less the share of the content words that no target, window,
list or cue took up, less once more the share of those that are not understood at all (`Plan.unknown`); less 1 for a task, for
what is off topic and for what is still to come, and a half where many patients are asked about. The weights are round numbers
chosen on the tune half. AUROC: the chance that an answerable question scores above an unanswerable one. Beside it stand its
parts, and two that tell how the set was written rather than what was understood: the length of a question, and whether it names
a time.

Questions are halved by their id. A question is misread where it lies on the wrong side of the threshold that is best on the
tune half (Youden 1950); `--show` prints those of the tune half, the report half is only counted.
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
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from chartcite.api.settings import Settings
from chartcite.api.wiring import open_lexicon
from chartcite.engine.language.terminology import Lexicon, forms
from chartcite.engine.questions.doors import Door, speaks_of_somebody
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import STOPWORDS
from chartcite.engine.understanding import understand

from tests.evals.gold import REPOSITORY, read_lines
from tests.evals.intervals import auroc, auroc_interval, share

REPORT = REPOSITORY / "docs" / "ehrsql.json"
TODAY = date(2026, 1, 1)
MANY_PATIENTS = 0.5
"""What a question about many patients loses."""
_ONE_PATIENT = re.compile(r"\bpatient (?:id )?\d+|\bsubject \d+", re.IGNORECASE)
_MANY_PATIENTS = re.compile(r"\bpatients\b(?!')|\bpeople\b|\beach patient\b", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"\b(?:costs?|charges?|pay(?:ments?|ing)?|price|insurance|phones?|telephone|e-?mail|address|languages?|religion|airport|currenc\w+"
    r"|marital|married|companions?|contact|occupation|job|operating system|area|speed|room|ward|units?|careunits?|transfer\w*"
    r"|department|inputs?|outputs?|intake|specimens?|microbiology|route|events?)\b",
    re.IGNORECASE,
)
_TASK = re.compile(
    r"^\W*(?:please |can you |could you )?(?:draft|cluster|segment|translate|transcribe|create|write|turn|draw|plot|summari[sz]e"
    r"|suggest|recommend|predict|classify|generate|design|convert|remove|delete|update|schedule|copy)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r"\b(?:next|will|going to|expected|upcoming|remaining|tomorrow|planned|plan to)\b", re.IGNORECASE)
_STATISTIC = re.compile(
    r"\b(?:top|most|least|frequent(?:ly)?|common(?:ly)?|percentile|rate|average|mean|distribution|ratio|total|monthly|daily|survival)\b",
    re.IGNORECASE,
)


class Read(NamedTuple):
    """A question with what was understood of it."""

    id: str
    text: str
    answerable: bool
    plans: tuple[Plan, ...]
    content: int
    """Content words."""
    left: tuple[str, ...]
    """Of these, those that nothing took up."""
    unknown: tuple[str, ...]
    """Of those, what is not understood at all."""

    @property
    def half(self) -> str:
        """The half it belongs to."""
        return "tune" if hashlib.sha256(self.id.encode()).digest()[0] % 2 else "report"

    @property
    def has_topic(self) -> bool:
        """Whether something to look up was found."""
        return any(plan.targets or plan.subject for plan in self.plans)

    @property
    def is_group(self) -> bool:
        """Whether the plan takes it for a question about many patients."""
        return any(plan.asks_patient_group for plan in self.plans)

    @property
    def is_grounded(self) -> bool:
        """Whether it says whose record or which time is asked about."""
        return self.is_group or speaks_of_somebody(self.text) or any(plan.window for plan in self.plans)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the plan takes it for a task, or for no question of a record."""
        return any(plan.door in {Door.TASK, Door.OFF_TOPIC} for plan in self.plans)

    @property
    def is_to_come(self) -> bool:
        """Whether it asks for what is still to come."""
        return any(plan.upcoming for plan in self.plans)

    @property
    def score(self) -> float:
        """What was understood; higher is better."""
        words = max(1, self.content)
        understood = self.has_topic + self.is_grounded - (len(self.left) + len(self.unknown)) / words
        return understood - self.is_elsewhere - self.is_to_come - MANY_PATIENTS * self.is_group


def _is_of_many(one: Read) -> bool:
    return not _ONE_PATIENT.search(one.text) and bool(_MANY_PATIENTS.search(one.text))


FEATURES: dict[str, Callable[[Read], float]] = {
    "score": lambda one: one.score,
    "topic_found": lambda one: float(one.has_topic),
    "few_words_left": lambda one: -len(one.left) / max(1, one.content),
    "few_words_unknown": lambda one: -len(one.unknown) / max(1, one.content),
    "one_patient": lambda one: -float(one.is_group),
    "says_whose_or_when": lambda one: float(one.is_grounded),
    "not_elsewhere": lambda one: -float(one.is_elsewhere),
    "not_to_come": lambda one: -float(one.is_to_come),
    "time_named": lambda one: float(any(plan.window is not None for plan in one.plans)),
    "length": lambda one: float(len(one.text.split())),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read every question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print the misread questions of the tune half")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    packed = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared")) / "data" / "ehrsql.tar.xz"
    if not packed.is_file():
        sys.exit(f"{packed} is not there: nothing to measure")
    with tempfile.TemporaryDirectory() as scratch:
        with tarfile.open(packed) as tar:
            tar.extractall(scratch, filter="data")
        rows = read_lines(Path(scratch) / "ehrsql" / "questions.jsonl")
        lexicon = open_lexicon(Settings(store=Path(scratch)))
    asked = [read(row, lexicon) for row in rows]
    threshold = best_threshold([one for one in asked if one.half == "tune"])
    if options.show:
        _show([one for one in asked if one.half == "tune"], threshold)
    result: dict[str, Any] = {"threshold": round(threshold, 4)}
    for half in ("report", "tune"):
        result[half] = _measured([one for one in asked if one.half == half], threshold)
    text = json.dumps(result, indent=1) + "\n"
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def read(row: dict[str, Any], lexicon: Lexicon) -> Read:
    """Understand a question without a chart."""
    text = str(row["question"])
    plans = understand(text, lexicon=lexicon, chart=(), today=TODAY)
    content = [word for word in forms(text) if word not in STOPWORDS and not word.replace(".", "").isdigit()]
    left = tuple(word for plan in plans for word in plan.keywords)
    unknown = tuple(word for plan in plans for word in plan.unknown)
    return Read(str(row["id"]), text, bool(row["answerable"]), plans, len(content), left, unknown)


def best_threshold(asked: Sequence[Read]) -> float:
    """Return the score that parts the two sorts best: the sum of both shares that are told right is greatest."""
    sorts = {sort: sorted(one.score for one in asked if one.answerable is sort) for sort in (True, False)}

    def gained(threshold: float) -> float:
        above = sum(score >= threshold for score in sorts[True]) / len(sorts[True])
        return above + sum(score < threshold for score in sorts[False]) / len(sorts[False])

    return max(sorted({*sorts[True], *sorts[False]}), key=gained)


def _measured(asked: Sequence[Read], threshold: float) -> dict[str, Any]:
    named = [one for one in asked if _ONE_PATIENT.search(one.text)]
    others = [one for one in asked if not _ONE_PATIENT.search(one.text)]
    many = [one for one in others if _is_of_many(one)]
    answerable = [one for one in asked if one.answerable]
    rest = [one for one in asked if not one.answerable]
    return {
        "questions": {"answerable": len(answerable), "unanswerable": len(rest)},
        "auroc": {name: _ranked(asked, feature) for name, feature in FEATURES.items()},
        "auroc_of_score": {"naming_a_patient": _ranked(named, FEATURES["score"]), "others": _ranked(others, FEATURES["score"])},
        "told_right": {
            "answerable": share(sum(one.score >= threshold for one in answerable), len(answerable)),
            "unanswerable": share(sum(one.score < threshold for one in rest), len(rest)),
        },
        "many_patients_flagged": share(sum(one.is_group for one in many), len(many)),
        "one_patient_flagged_as_many": share(sum(one.is_group for one in named), len(named)),
        "misread": {
            "answerable": dict(Counter(cause_of(one) for one in answerable if one.score < threshold).most_common()),
            "unanswerable": dict(Counter(cause_of(one) for one in rest if one.score >= threshold).most_common()),
        },
    }


def _ranked(asked: Sequence[Read], feature: Callable[[Read], float]) -> dict[str, Any]:
    answerable = [feature(one) for one in asked if one.answerable]
    rest = [feature(one) for one in asked if not one.answerable]
    return {"auroc": round(auroc(answerable, rest), 4), "interval_95": auroc_interval(answerable, rest)}


_CAUSES: tuple[tuple[str, Callable[[Read], bool]], ...] = (
    ("a task, not a question", lambda one: bool(_TASK.search(one.text))),
    ("off topic, or a concept that is unknown", lambda one: bool(one.unknown) and not one.has_topic),
    ("an attribute of the data base: cost, unit, route, input, contact", lambda one: bool(_ATTRIBUTE.search(one.text))),
    ("the future, or a plan", lambda one: bool(_FUTURE.search(one.text))),
    ("about many patients, flagged", lambda one: _is_of_many(one) and one.is_group),
    ("about many patients, not flagged", _is_of_many),
    ("a statistic over all records", lambda one: not _ONE_PATIENT.search(one.text) and bool(_STATISTIC.search(one.text))),
    ("general knowledge: names no patient", lambda one: not _ONE_PATIENT.search(one.text)),
    ("a word that is unknown", lambda one: bool(one.unknown)),
    ("known words without a topic", lambda one: not one.has_topic),
    ("a name that was taken up in part", lambda one: bool(one.left)),
)


def cause_of(one: Read) -> str:
    """Say in one phrase what about a question makes its plan mislead."""
    return next((name for name, holds in _CAUSES if holds(one)), "every word taken up")


def _show(asked: Iterable[Read], threshold: float) -> None:
    for one in asked:
        if (one.score >= threshold) == one.answerable:
            continue
        targets = [target.label for plan in one.plans for target in plan.targets]
        sort = "answerable" if one.answerable else "unanswerable"
        sys.stdout.write(
            f"{sort} {one.score:.2f} | {cause_of(one)} | {one.text} | {targets} left {list(one.left)} ? {list(one.unknown)}\n"
        )


if __name__ == "__main__":
    main()
