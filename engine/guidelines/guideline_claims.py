"""Sentences about a recommendation and a patient: the statement, each condition with its mark, and when a thing was done."""

from __future__ import annotations

from collections.abc import Iterable

from chartcite.engine.domain.answers import ClaimKind, Computation, DraftClaim, Missing, Outcome
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.counts_and_durations import age_claims
from chartcite.engine.facts.fact_claims import cite, draft
from chartcite.engine.facts.statements import name_of
from chartcite.engine.findings.calculated import result_claim
from chartcite.engine.findings.finding_scores import gathered_again
from chartcite.engine.findings.findings import Finding, Findings
from chartcite.engine.guidelines.applicability import Applicability, Checked, DueCheck
from chartcite.engine.guidelines.guideline_words import condition_words, due_words
from chartcite.engine.guidelines.guidelines import Recommendation
from chartcite.engine.ports import RecordStore
from chartcite.engine.verification import verify

STATE_WORDS = {
    "applies": "conditions met",
    "does not apply": "conditions unmet",
    "unknown": "conditions open",
    "to be judged": "conditions to be judged by the reader",
}
"""How a sentence says what a recommendation means for a patient; what it rests on follows condition by condition."""
_DAY = len("2026-01-01")


def recommendation_claim(
    recommendation: Recommendation,
    records: RecordStore,
    *,
    found: Applicability | None = None,
    lead: str = "",
    support: float = 1.0,
) -> DraftClaim | None:
    """Quote a recommendation with source, version and grade; `None`: it has no words to cite."""
    citation = recommendation.cite(records)
    if citation is None:
        return None
    strength = recommendation.cite(records, "Strength")
    version = recommendation.version
    dated = version if version != recommendation.year and version == (citation.source.recorded_at or "") else ""
    parts = [recommendation.source, f"version {dated}" if dated else "", f"strength {strength.quote}" if strength else ""]
    tail = f" For this patient: {STATE_WORDS[found.state]}." if found is not None else ""
    return DraftClaim(
        text=f"{lead}{recommendation.statement} ({'; '.join(part for part in parts if part)}).{tail}",
        kind=ClaimKind.GUIDELINE,
        citations=(citation, *([strength] if strength else [])),
        route="guideline",
        support=support,
    )


def condition_claims(recommendation: Recommendation, checks: Iterable[Checked], findings: Findings) -> list[DraftClaim]:
    """Say each condition that the chart decides, with its mark and the fact that decides it, where that passes every check."""
    claims: list[DraftClaim] = []
    for check in checks:
        if check.mark == "unknown" or (check.condition.role == "done" and check.mark != "met"):
            continue
        label = _label(check)
        words = condition_words(check.condition, findings.lexicon)
        for finding in check.findings[:2]:
            if finding.facts:
                claims += _first_that_stands(recommendation, f"{label} ({words}): ", finding, findings)
                if check.mark == "met":
                    break
    return claims


def _label(check: Checked) -> str:
    kind = {"unless": "Exclusion", "done": "Already in place"}.get(check.condition.role, "Condition")
    return f"{kind} {'met' if check.mark == 'met' else 'unmet'}"


def _first_that_stands(recommendation: Recommendation, lead: str, finding: Finding, findings: Findings) -> list[DraftClaim]:
    """Return the fact's sentence with the condition in front; where the checks refuse that, with the mark, or alone."""
    said = fact_claim(finding, findings)
    if said is None:
        return []
    records = findings.review.records
    cited = recommendation.cite(records, "Conditions")
    whole = said.model_copy(
        update={
            "text": f"{lead}{said.text}",
            "citations": (*said.citations, *([cited] if cited else [])),
            "route": "condition_of",
        }
    )
    marked = said.model_copy(update={"text": f"{lead.partition(' (')[0]}: {said.text}", "route": "condition_of"})
    tried = [whole, marked, said]
    return next(([one] for one in tried if verify(one, records).outcome is Outcome.SUPPORTED), [])


def fact_claim(finding: Finding, findings: Findings) -> DraftClaim | None:
    """Say the most telling fact of a finding; an age with its arithmetic, a calculated score with its inputs."""
    chart = findings.review.chart
    fact = finding.facts[0]
    if finding.formula:
        return result_claim(gathered_again(finding, findings), findings)
    try:
        if finding.what == "age" and fact.id.endswith("#birthDate"):
            told = age_claims(findings.of(Category.DEMOGRAPHIC), chart)
            return told[0] if told else draft(fact, chart, route="demographic")
        return draft(fact, chart, route="condition_of", component=finding.component)
    except CitationNotFoundError:
        return None


def last_done_claim(check: DueCheck, findings: Findings) -> DraftClaim | None:
    """Say when something was last done and how long ago; `None`: the chart does not tell a day."""
    if check.days_ago is None or not check.last.facts:
        return None
    fact = check.last.facts[0]
    day = fact.occurred.day if fact.occurred is not None else ""
    plain = fact_claim(check.last, findings)
    if fact.span is not None or len(day) < _DAY or plain is None:
        return plain
    today = findings.today.isoformat()
    counted = f": {check.days_ago} days from that to {today}"
    claim = DraftClaim(
        text=f"{name_of(fact)} was {_done(fact)} on {day}{counted}.",
        kind=ClaimKind.COMPUTED,
        citations=(cite(fact, findings.review.chart),),
        route="last_done",
        computation=Computation(operation="days_between", inputs=(day, today), result=str(check.days_ago)),
        category=fact.category,
    )
    return claim if verify(claim, findings.review.records).outcome is Outcome.SUPPORTED else plain


def _done(fact: Fact) -> str:
    return "given" if fact.category is Category.IMMUNIZATION else "done"


def _missing(what: str, why: str) -> Missing:
    """Name what is missing; the reason repeats no name that stands there already."""
    silent, _, named = why.partition(": ")
    return Missing(what=what, why=silent if silent == "not documented" and named in what else why)


def missing_of(found: Applicability, findings: Findings) -> tuple[Missing, ...]:
    """Name what the chart leaves open: needed facts first, then exclusions nobody mentions, then what only a reader can judge."""
    lexicon = findings.lexicon
    needed = [_missing(condition_words(one.condition, lexicon), one.missing) for one in found.missing]
    silent = [
        _missing(f"exclusion: {condition_words(one.condition, lexicon)}", one.missing)
        for one in found.left_open
        if one.condition.role == "unless"
    ]
    judged = [
        Missing(what=one.condition.words, why="to be judged by the reader")
        for one in found.left_open
        if one.condition.role == "judge"
    ]
    undone = [
        Missing(what=due_words(one.due, lexicon), why=f"none in the chart: {one.last.searched}")
        for one in found.dues
        if one.days_ago is None and found.state != "does not apply"
    ]
    return (*needed, *silent, *judged, *undone)
