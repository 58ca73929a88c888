"""What is written of a fitted and measured confidence: two pictures, figures, and the module that the engine ships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from chartcite.engine.confidence.confidence import policy_for
from chartcite.engine.domain.calibrated import Estimate, Head, Measured
from chartcite.engine.errors import InputError

from tests.evals.confidence_fit import Example, Heads
from tests.evals.intervals import wilson
from tests.evals.svg import Axis, Curve, Point, picture

GENERATOR = "evidence-only"
_SHARE = Axis("", 0.0, 1.0, 0.1)


def told(figures: Measured) -> dict[str, object]:
    """Return the figures with the intervals of their shares."""
    return {
        "questions": figures.questions,
        "answers": figures.answers,
        "ece": figures.ece._asdict(),
        "auroc": figures.auroc._asdict(),
        "wrong_at_80": figures.wrong_at_80._asdict(),
        "reliability": [
            {**one._asdict(), "share": round(one.right / one.questions, 4), "interval_95": wilson(one.right, one.questions)}
            for one in figures.reliability
        ],
        "risk": [{**one._asdict(), "wrong_share": round(one.wrong / one.shown, 4)} for one in figures.risk],
    }


def reliability_picture(figures: Measured) -> str:
    """Draw what was said against what came true, with counts and intervals."""
    points = []
    for one in figures.reliability:
        low, high = wilson(one.right, one.questions) or (0.0, 1.0)
        points.append(Point(one.confidence, one.right / one.questions, low, high))
    title = f"Reliability: {figures.questions} questions of the report half, ECE {figures.ece.value:.3f}"
    sizes = sorted({one.questions for one in figures.reliability})
    counts = ", ".join(str(one.right) for one in figures.reliability)
    note = f"right, from left to right: {counts} of {' or '.join(map(str, sizes))} questions each"
    curve = Curve(f"{GENERATOR}: share right, 95 % intervals", points, note=note)
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


def module(name: str, tune: Sequence[Example], heads: Heads, on_tune: Measured, on_report: Measured) -> str:
    """Return the text of engine/confidence/calibration.py."""
    rights: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for each in tune:
        for route in each.routes or ("abstention",):
            counts[route] += 1
            rights[route] += each.right
    routes = "\n".join(f'    "{route}": ({rights[route]}, {counts[route]}),' for route in sorted(counts))
    return (
        '"""Confidence of answers, fitted on the tune half. Written by `make calibrate`; do not edit by hand."""\n\n'
        "from chartcite.engine.domain.calibrated import Head, Measured\n\n"
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
    estimates = ", ".join(str(tuple(each)) for each in (figures.ece, figures.auroc, figures.wrong_at_80))
    bins, risk = ("\n".join(f"        {tuple(one)}," for one in rows) for rows in (figures.reliability, figures.risk))
    return (
        f"Measured.of(\n    {figures.questions},\n    {figures.answers},\n    estimates=({estimates}),\n"
        f"    reliability=(\n{bins}\n    ),\n    risk=(\n{risk}\n    ),\n)"
    )


START, END = "<!-- figures: python -m tests.evals.confidence -->", "<!-- end of figures -->"
LIMITS = (0.02, 0.03, 0.05, 0.08, 0.1)


def with_figures(page: str, on_report: Measured, on_tune: Measured) -> str:
    """Return docs/confidence.md with the figures between its two marks replaced."""
    before, rest = page.split(START, 1)
    rows = [
        _row("expected calibration error", "at most 0.05", on_report.ece, on_tune.ece),
        _row("AUROC of confidence for being right", "at least 0.85", on_report.auroc, on_tune.auroc),
        _row("wrong among the 80 % most confident answers", "at most 0.02", on_report.wrong_at_80, on_tune.wrong_at_80),
    ]
    lines = [
        "",
        "| figure | goal | report half | tune half, out of fold |",
        "|---|---|---|---|",
        *rows,
        f"| questions (answers) | | {on_report.questions} ({on_report.answers}) | {on_tune.questions} ({on_tune.answers}) |",
        "",
        "| `max_wrong` | threshold | shown, wrong: tune half, out of fold | shown, wrong: report half |",
        "|---|---|---|---|",
        *(_limit(limit, on_report, on_tune) for limit in LIMITS),
        "",
    ]
    return "\n".join([before + START, *lines, END + rest.split(END, 1)[1]])


def _row(name: str, goal: str, *figures: Estimate) -> str:
    return f"| {name} | {goal} | " + " | ".join(f"{each.value:.3f} ({each.low:.3f}–{each.high:.3f})" for each in figures) + " |"


def _limit(limit: float, on_report: Measured, on_tune: Measured) -> str:
    try:
        threshold = policy_for(limit, risk=on_tune.risk).threshold
    except InputError:
        return f"| {limit:g} | refused: this calibration cannot promise it | | |"
    return f"| {limit:g} | {threshold:.3f} | {_shown(on_tune, threshold)} | {_shown(on_report, threshold)} |"


def _shown(figures: Measured, threshold: float) -> str:
    """Return what is shown at a threshold, by the nearest point of the curve over it."""
    over = [point for point in figures.risk if point.threshold >= threshold]
    return f"{over[-1].shown / figures.answers:.0%}, {over[-1].wrong / over[-1].shown:.1%}" if over else "none"
