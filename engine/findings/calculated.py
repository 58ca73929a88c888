"""Questions that ask for a score or a formula: "what's her CHA2DS2-VASc?", "calculate his creatinine clearance"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.calculate import Gathered, cited, gather, recorded_results, refusal_text, why_missing
from chartcite.engine.calculators.declaration import Calculator
from chartcite.engine.calculators.reading import RefusedError
from chartcite.engine.calculators.registry import spoken_names
from chartcite.engine.calculators.statement import result_of, statement, tokens
from chartcite.engine.domain.answers import ClaimKind, Computation, DraftClaim, Missing
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.fact_claims import Chart, draft
from chartcite.engine.findings.findings import Findings
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.review.chart_review import Review

ROUTE = "formula"
_TOLD_NOW = frozenset({Intent.DESCRIBE, Intent.LATEST, Intent.PRESENCE, Intent.DOSE, Intent.ACTIVE, Intent.LIST, Intent.AGE})
"""Intents for which a result of today is an answer: no history, no reason, no extreme."""
_VERB = re.compile(
    r"\b(?:(?:re)?calculat\w*|compute\w*|work(?:ed)? out|figure out|estimat(?:e|es|ing)|score (?:him|her|them|it)|"
    r"what would|adjust(?:ed)? for|correct(?:ed)? for|convert)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:ever|history|trend|chang(?:e|ed|es)|over time|previous(?:ly)?|last (?:year|month|week)|"
    r"recorded|documented|charted|measured|noted|reported|repeat(?:ed)?|highest|lowest|ordered|"
    r"when|while|at the time|before|after|during|since|on (?:the )?(?:admission|discharge|day))\b",
    re.IGNORECASE,
)
"""Words of another time than now."""
_NOW = re.compile(r"(?:right |as of )?(?:now|today|currently|at the moment)", re.IGNORECASE)
_NEWEST = re.compile(r"\b(?:latest|newest|most recent|last)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z0-9]+")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉’", "0123456789'")
_ORDINARY = frozenset({"news", "perc", "psi", "map", "sofa", "edc", "edd", "sirs", "apri", "homa", "cci", "pce"})
"""Names that are words or other abbreviations too: meant only in capitals, alone, or where it is asked to calculate."""
_ALSO_MEASURED = frozenset({
    "bmi", "map", "ldl-friedewald", "ldl-sampson", "non-hdl", "ckd-epi-2021", "cockcroft-gault", "gcs", "anion-gap",
    "serum-osmolality", "bsa-mosteller", "bsa-dubois", "qtc-bazett", "qtc-fridericia", "qtc-framingham", "qtc-hodges",
    "qtc-rautaharju", "estimated-average-glucose", "news2", "due-date", "gestational-age",
})  # fmt: skip
"""What charts hold as measurements: a recorded value answers, and is not calculated anew unless that is asked."""


class Request(NamedTuple):
    """What a question asks to be calculated."""

    calculator: Calculator
    explicit: bool
    """Whether it asks to calculate, or names the formula."""


@cache
def _phrases() -> dict[tuple[str, ...], tuple[str, Calculator]]:
    """Return every way to say a calculator, as a run of folded words, with how it is written."""
    found: dict[tuple[str, ...], tuple[str, Calculator]] = {}
    for spoken, one in spoken_names():
        run = tuple(_WORD.findall(spoken.translate(_SUBSCRIPTS).lower()))
        found.setdefault(run, (spoken, one))
    return found


def requested(plan: Plan) -> Request | None:
    """Return what a question asks to be calculated; `None`: nothing, or something that a result of today does not tell."""
    text = _mended(plan)
    verb = _VERB.search(text) is not None
    elsewhen = plan.window is not None and _NOW.fullmatch(plan.window.words) is None
    if elsewhen or plan.family or plan.lost or plan.moments or plan.anchor is not None:
        return None
    if _PAST.search(text) and not verb:
        return None
    found = _longest(text, verb=verb)
    if found is None:
        return None
    named_by, one = found
    if plan.intent not in _TOLD_NOW and not (plan.intent is Intent.WHEN and one.kind == "day"):
        return None
    if _NEWEST.search(text) and not verb and one.name in _ALSO_MEASURED:
        return None
    return Request(one, verb or named_by)


def _mended(plan: Plan) -> str:
    """Return a question with its spelling mended where the plan did so."""
    text = plan.text.translate(_SUBSCRIPTS)
    for wrong, right in plan.corrected.items():
        text = re.sub(rf"\b{re.escape(wrong)}\b", right, text, flags=re.IGNORECASE)
    return text


def _longest(text: str, *, verb: bool) -> tuple[bool, Calculator] | None:
    """Return what the longest name in a question means, and whether that names the formula: "eGFR by MDRD" goes before "eGFR"."""
    words = [(match[0].lower(), match[0]) for match in re.finditer(r"[A-Za-z0-9]+", text)]
    folded = [low for low, _ in words]
    known = _phrases()
    found: list[tuple[bool, int, Calculator]] = []
    for start in range(len(words)):
        for length in range(min(8, len(words) - start), 0, -1):
            named = known.get(tuple(folded[start : start + length]))
            if named is None:
                continue
            written = "".join(raw for _, raw in words[start : start + length])
            if _is_meant(written, alone=length == len(words), verb=verb):
                letters = sum(len(low) for low in folded[start : start + length])
                by = start > 0 and folded[start - 1] in {"by", "using", "with", "per", "via"}
                named_by = by or named[1].name.endswith(f"-{named[0].lower()}")  # `corrected QT (Fridericia)`
                found.append((named_by, letters, named[1]))
                break
    if not found:
        return None
    named_by, _, one = max(found, key=lambda each: each[:2])
    return named_by, one


def _is_meant(written: str, *, alone: bool, verb: bool) -> bool:
    ordinary = written.lower() in _ORDINARY
    return not ordinary or verb or written.isupper() or (alone and written.lower() != "news")


def calculated(reading: Reading) -> list[DraftClaim] | None:
    """Draft the result of a calculator that the question asks for, after what the chart itself records of it.

    Returns:
        `None` where the question asks for none, or the chart's own measurement answers it; empty where inputs are missing
        (see `refusal`).
    """
    request = requested(reading.plan)
    if request is None:
        return None
    findings = _findings(reading.chart)
    recorded = _recorded(request.calculator, findings)
    if recorded and not request.explicit and request.calculator.name in _ALSO_MEASURED:
        return None
    gathered = gather(request.calculator, {}, findings, asked=findings.today)
    claim = result_claim(gathered, findings)
    if claim is None:
        return recorded if recorded or _answers_first(reading, request) else None
    return [claim, *recorded] if request.explicit else [*recorded, claim]


def _answers_first(reading: Reading, request: Request) -> bool:
    """Say whether the refusal of a calculation is the answer, and notes are not searched for the words instead."""
    return request.explicit or request.calculator.name not in _ALSO_MEASURED


def refusal(plan: Plan, chart: Chart) -> tuple[str, tuple[Missing, ...]] | None:
    """Say why there is no result of what is asked; `None` where no calculator is asked for, or it has one."""
    request = requested(plan)
    if request is None or (not request.explicit and request.calculator.name in _ALSO_MEASURED):
        return None
    findings = _findings(chart)
    gathered = gather(request.calculator, {}, findings, asked=findings.today)
    if gathered.missing:
        return refusal_text(gathered), why_missing(gathered)
    try:
        result_of(gathered.calculator, gathered.told)
    except RefusedError as error:
        return f"{gathered.calculator.title} cannot be calculated. {error}.", ()
    return None


def _findings(chart: Chart) -> Findings:
    return Findings(Review(chart.records, chart.lexicon, chart.scope, today=chart.today))


def _recorded(calculator: Calculator, findings: Findings) -> list[DraftClaim]:
    claims: list[DraftClaim] = []
    for fact in recorded_results(calculator, findings):
        try:
            claims.append(draft(fact, findings.review.chart, route="latest_value"))
        except CitationNotFoundError:
            continue
    return claims


def result_claim(gathered: Gathered, findings: Findings) -> DraftClaim | None:
    """Return the result as a claim with the citations of its inputs; `None` where there is no result."""
    if gathered.missing:
        return None
    try:
        result = result_of(gathered.calculator, gathered.told)
    except RefusedError:
        return None
    citations = _distinct([one for read in gathered.reads.values() for one in cited(read, findings)])
    if not citations:
        return None
    return DraftClaim(
        text=statement(result, gathered.told),
        kind=ClaimKind.COMPUTED,
        citations=citations,
        route=ROUTE,
        computation=Computation(
            operation="formula",
            formula=gathered.calculator.name,
            inputs=tokens(gathered.told),
            result=result.shown,
        ),
    )


def _distinct(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple({citation.id: citation for citation in citations}.values())
