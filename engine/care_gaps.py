"""USE CASE: screening, immunisation and monitoring that is due, overdue or up to date, by the recommendations of the corpus.

Read `guidelines.py` first. Only current recommendations that name an interval count. One that needs a condition, a medicine or
a procedure of which the chart says nothing is no gap; one that lacks an age, a value or a smoking history is "unknown", with
what is missing.
"""

from __future__ import annotations

import time
from datetime import date, datetime

from chartcite.engine.domain.answers import Claim, DraftClaim
from chartcite.engine.domain.care import Gap, Gaps, OtherAdvice
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import PatientId
from chartcite.engine.findings.findings import Findings
from chartcite.engine.guidelines.applicability import Applicability, applicability
from chartcite.engine.guidelines.guideline_claims import condition_claims, last_done_claim, missing_of, recommendation_claim
from chartcite.engine.guidelines.guideline_disagreements import of_one_issuer, other_sides, positions_of
from chartcite.engine.guidelines.guideline_rules import Known
from chartcite.engine.guidelines.guideline_words import due_words
from chartcite.engine.guidelines.guidelines import Library, Recommendation, library
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.ports import RecordStore
from chartcite.engine.review.chart_review import Review, last_day

_KINDS = {"screen": "screening", "immunise": "immunisation", "monitor": "monitoring"}
_ORDER = {"overdue": 0, "due": 1, "unknown": 2, "up to date": 3}


def care_gaps(patient_id: PatientId, /, *, records: RecordStore, lexicon: Lexicon, as_of: date | datetime | None = None) -> Gaps:
    """Tell what is due by the guidelines of the store, overdue first.

    Raises:
        PatientNotFoundError: the store holds no such patient.
    """
    started = time.perf_counter()
    records.patient(patient_id)
    review = Review(records, lexicon, Scope(patient_id=patient_id, as_of=as_of), today=last_day(as_of))
    gaps, looked_at = gaps_among(Findings(review))
    return Gaps(
        patient_id=patient_id,
        as_of=as_of,
        until=review.today,
        gaps=gaps,
        recommendations=looked_at,
        not_applicable=looked_at - len(gaps),
        index=records.snapshot(),
        dropped_claims=review.dropped,
        timings={"total_ms": round((time.perf_counter() - started) * 1000, 2)},
    )


def gaps_among(findings: Findings) -> tuple[tuple[Gap, ...], int]:
    """Return the gaps of a chart, overdue first, and how many current recommendations with an interval were looked at."""
    known = library(findings.review.records)
    looked_at = [one for one in known.current if one.rule is not None and one.rule.dues]
    gaps = [_with_others(one, gap, known, findings) for one in looked_at if (gap := _gap(one, findings)) is not None]
    return tuple(sorted(gaps, key=lambda gap: (_ORDER[gap.status], gap.kind))), len(looked_at)


def _gap(recommendation: Recommendation, findings: Findings) -> Gap | None:
    found = applicability(recommendation.rule, findings)
    if found.state in {"does not apply", "to be judged"} or _lacks_a_condition(found):
        return None
    records = findings.review.records
    quoted = recommendation_claim(recommendation, records)
    statement = _line(quoted, findings) if quoted is not None else None
    if statement is None:
        return None
    best = min(found.dues, key=lambda one: ("up to date", "overdue", "due").index(one.status))
    last = next((one for one in (best, *found.dues) if one.days_ago is not None), None)
    said = last_done_claim(last, findings) if last is not None else None
    status = "unknown" if found.state == "unknown" else best.status
    if status == "unknown" and best.due.role == "monitor":
        return None  # what is monitored is not known to be there
    return Gap.model_validate({
        "recommendation": recommendation.id,
        "organization": recommendation.organization,
        "title": recommendation.title,
        "year": recommendation.year,
        "strength": recommendation.strength,
        "kind": _KINDS[best.due.role],
        "what": "; ".join(dict.fromkeys(due_words(one.due, findings.lexicon) for one in found.dues)),
        "status": status,
        "statement": statement,
        "last": _line(said, findings) if said is not None else None,
        "searched": best.last.searched if last is None else "",
        "conditions": _conditions(recommendation, found, findings),
        "missing": tuple(one for one in missing_of(found, findings) if not one.why.startswith("none in the chart")),
    })  # fmt: skip


def _with_others(recommendation: Recommendation, gap: Gap, known: Library, findings: Findings) -> Gap:
    """Return a gap with the organisations that advise otherwise, one recommendation of each: the nearest to the patient."""
    sides = [(one, applicability(one.rule, findings)) for one in other_sides(recommendation, known)]
    sides = [one for one in sides if one[1].dues] or sides
    others: list[OtherAdvice] = []
    for one, found in sorted(sides, key=lambda side: _NEAREST[side[1].state]):
        if any(of_one_issuer(one.organization, each.organization) for each in others):
            continue
        advice = _other_advice(recommendation, one, found, findings)
        others += [advice] if advice is not None else []
    return gap.model_copy(update={"otherwise": tuple(one for one in others if one.status != gap.status)})


_NEAREST = {"applies": 0, "to be judged": 1, "unknown": 2, "does not apply": 3}


def _other_advice(
    recommendation: Recommendation, other: Recommendation, found: Applicability, findings: Findings
) -> OtherAdvice | None:
    quoted = recommendation_claim(other, findings.review.records)
    statement = _line(quoted, findings) if quoted is not None else None
    if statement is None:
        return None
    matters = {one.matter for one in positions_of(recommendation)}
    position = next(one for one in positions_of(other) if one.matter in matters)
    applies = found.state == "applies" and found.status is not None
    return OtherAdvice.model_validate({
        "recommendation": other.id,
        "organization": other.organization,
        "title": other.title,
        "year": other.year,
        "strength": other.strength,
        "about": position.matter,
        "position": position.said,
        "status": found.status if applies else "does not apply" if found.state == "does not apply" else "unknown",
        "statement": statement,
        "conditions": _conditions(other, found, findings),
    })  # fmt: skip


def _conditions(recommendation: Recommendation, found: Applicability, findings: Findings) -> tuple[Claim, ...]:
    lines = (_line(claim, findings) for claim in condition_claims(recommendation, found.checks, findings))
    return tuple(line for line in lines if line is not None)


def _lacks_a_condition(found: Applicability) -> bool:
    """Say whether what is missing is a condition, a medicine or a procedure that the chart does not mention at all."""
    return any(
        all(isinstance(each, Known) for each in check.condition.any_of) and not any(one.facts for one in check.findings)
        for check in found.missing
    )


def _line(claim: DraftClaim, findings: Findings) -> Claim | None:
    line = findings.review.line("gap", claim)
    return line.claim if line is not None else None
