"""Why each sentence that could answer was taken or dropped: the rules of focus, the words it leaves open, the checks."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.focus import FOCUSES, QUOTES, Asked, conflicts
from chartcite.engine.domain.answers import Answer, DraftClaim, Outcome, SupportedAnswer, Verdict
from chartcite.engine.domain.explanations import Considered
from chartcite.engine.facts.fact_claims import Chart
from chartcite.engine.language.terminology import Lexicon, forms
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import OTHER_WORDS
from chartcite.engine.verification import LEAST_ENTAILMENT, verify

CONFLICT = "another side, part, scan or relative than the question names"


def consider(
    plan: Plan, drafted: Sequence[DraftClaim], others: Sequence[DraftClaim], answer: Answer, chart: Chart, /
) -> tuple[Considered, ...]:
    """Tell of each sentence what became of it: the drafted ones first, then those that answering set aside.

    Args:
        plan: the part of the question.
        drafted: what answering put forward.
        others: what the facts and the notes say besides.
        answer: as it was given.
        chart: opens the sources.
    """
    shown = {claim.text for claim in answer.claims} if isinstance(answer, SupportedAnswer) else set()
    put_forward = {claim.text for claim in drafted}
    distinct = {claim.text: claim for claim in (*others, *drafted)}
    rows = [
        *(_drafted(plan, claim, verify(claim, chart.records), chart.lexicon, shown=claim.text in shown) for claim in drafted),
        *(_set_aside(plan, claim, drafted, chart.lexicon) for text, claim in distinct.items() if text not in put_forward),
    ]
    return tuple(rows)


def failing(plan: Plan, claim: DraftClaim, lexicon: Lexicon, /) -> tuple[str, ...]:
    """Return the names of the particulars that a question asks for and a claim does not tell."""
    asked = Asked(claim, _said(claim))
    failed = [focus.name for focus in FOCUSES if focus.applies(plan) and not focus.told(plan, asked, lexicon)]
    return (*failed, CONFLICT) if conflicts(plan.text, asked.said) else tuple(failed)


def left_open(plan: Plan, claim: DraftClaim, /) -> tuple[str, ...]:
    """Return the content words of a question that neither a claim nor its source says."""
    said = {word[:6] for word in forms(f"{claim.text} {_cited(claim)}")}
    return tuple(word for word in plan.keywords if not any(form[:6] in said for form in (word, *OTHER_WORDS.get(word, ()))))


def _said(claim: DraftClaim) -> str:
    """Return what the rules of focus look at: of a quote its own words, of a fact the sentence and what it cites."""
    return claim.citations[0].quote if claim.route in QUOTES else f"{claim.text} {_cited(claim)}"


def _cited(claim: DraftClaim) -> str:
    return " ".join(text for each in claim.citations for text in (each.quote, *(part.quote for part in each.elements)))


def _drafted(plan: Plan, claim: DraftClaim, verdict: Verdict, lexicon: Lexicon, *, shown: bool) -> Considered:
    if verdict.outcome is not Outcome.SUPPORTED:
        why = f"dropped: fails the check of {', '.join(_failed_checks(verdict))}"
    else:
        why = (
            "taken: tells what is asked, and every check holds"
            if shown
            else "dropped: another part of the question says the same"
        )
    return _row(plan, claim, lexicon, taken=shown and verdict.outcome is Outcome.SUPPORTED, verdict=verdict, why=why)


def _failed_checks(verdict: Verdict) -> list[str]:
    checks = verdict.checks
    named = {"quote": checks.quote, "numbers": checks.numbers, "dates": checks.dates, "negation": checks.negation}
    failed = [name for name, passed in named.items() if not passed]
    failed += ["arithmetic"] if checks.arithmetic is False else []
    return failed + (["words against the source"] if checks.entailment < LEAST_ENTAILMENT else [])


def _set_aside(plan: Plan, claim: DraftClaim, drafted: Sequence[DraftClaim], lexicon: Lexicon) -> Considered:
    """Say why answering did not put a sentence forward."""
    failed, open_words = failing(plan, claim, lexicon), left_open(plan, claim)
    if failed:
        why = f"dropped: does not tell what is asked ({', '.join(failed)})"
    elif open_words:
        why = f"dropped: leaves open {', '.join(open_words)}"
    elif not drafted:
        why = "dropped: of the right thing, and not enough of what the question names"
    elif claim.route == "quote" and any(other.route != "quote" for other in drafted):
        why = "dropped: the facts answer already"
    else:
        why = "dropped: others answer better"
    return _row(plan, claim, lexicon, taken=False, verdict=None, why=why)


def _row(plan: Plan, claim: DraftClaim, lexicon: Lexicon, *, taken: bool, verdict: Verdict | None, why: str) -> Considered:
    cited = {citation.id: citation.source.resource for citation in claim.citations}
    return Considered(
        text=claim.text,
        kind=claim.kind,
        route=claim.route,
        resources=tuple(cited.values()),
        citations=tuple(cited),
        taken=taken,
        fails=failing(plan, claim, lexicon),
        leaves_open=left_open(plan, claim),
        verdict=verdict,
        why=why,
    )
