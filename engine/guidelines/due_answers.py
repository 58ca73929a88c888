"""Questions for all that is due: "is anything overdue?", "which jabs does he still need?", "is she up to date on screening?".

Each thing that is due is told by the recommendation that asks for it, with when it was last done; `care_gaps` tells the same at
full length. A question that names one test, vaccine or disease is `guideline_answers`'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.care_gaps import gaps_among
from chartcite.engine.domain.answers import Claim, DraftClaim, Missing
from chartcite.engine.domain.care import Gap, GapKind
from chartcite.engine.findings.findings import Findings
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.plans import Plan

MOST_DUE = 6
"""Things that are told in full; the others are named."""
_ALL_KINDS: tuple[GapKind, ...] = ("immunisation", "screening", "monitoring")
_DUE = Cue(
    r"\b(?:(?:over)?due|(?:up[ -]to[ -]date|utd|current)\b(?=.{0,12}\b(?:on|with|for|about)\b|\W*$)"
    r"|care gaps?|gaps? in (?:her|his|their|my|the)? ?care"
    r"|health maintenance|preventi(?:ve|on|ative)(?: (?:care|services?|health|screening|measures?))?"
    r"|behind (?:on|with|in)|catch[- ]?up|miss(?:ing|ed) (?:any|out on)"
    r"|(?:still |yet )?(?:to )?needs? (?:any|to (?:have|get|catch up))|still needs?|(?:does|do) \w+ (?:still )?need)\b",
)
_GENERAL = Cue(
    r"\b(?:any(?:thing)?|what(?:ever| all)?|which|all|every(?:thing)?|list|show|tell|health maintenance|care gaps?|gaps? in"
    r"|preventi\w+|up[ -]to[ -]date|utd|behind|catch[- ]?up)\b",
)
_KIND_WORDS: tuple[tuple[GapKind, Cue], ...] = (
    (
        "immunisation",
        Cue(r"\b(?:vacc\w+|vax\w*|immuni[sz]\w+|jabs?|shots?|boosters?|inoculat\w+|needles?)\b"),
    ),
    ("screening", Cue(r"\b(?:screen\w*|check-?ups?|preventi\w+|health maintenance|cancer checks?)\b")),
    ("monitoring", Cue(r"\b(?:monitor\w*|blood ?(?:tests?|work)|bloods|labs?|surveillance)\b")),
)
_BOOKED = Cue(
    r"\b(?:appointments?|appts?|booked|scheduled|visits?|follow-?ups?|meds?|medic\w+|refills?|doses?|pills?|tablets?|bills?|payments?"
    r"|baby|period|deliver\w*|\bedd\b|when|because|due to|results?|help|know|worr\w+|operation|surgery)\b",
)
"""Words by which something else is due than what guidelines ask for."""
_VISITS = r"(?:appointments?|appts?|visits?|follow-?ups?)"
_OR_VISITS = Cue(
    rf"(?:(?<=tests)|(?<=checks))(?:,? (?:or|and)|[,/]) {_VISITS}\b"
    rf"|\b{_VISITS}(?:,? (?:or|and)|[,/]) (?=tests\b|checks\b|screening)"
)
"""Visits that are named along with tests: what is due of either is asked for."""
_FILLERS = frozenset(
    "care gap health maintenance preventive preventative prevention service measure behind utd monitoring monitor screening "
    "everything anything test check checkup blood work lab overdue due date catch up routine "
    "recommended current needed list cancer".split()
)
_STATUSES_DUE = frozenset({"overdue", "due"})


class Due(NamedTuple):
    """What is due in answer to a question, and what is not told in full."""

    claims: tuple[DraftClaim, ...]
    missing: tuple[Missing, ...]
    silence: str
    """What to say where nothing is due."""


def kinds_asked(plan: Plan) -> tuple[GapKind, ...]:
    """Return the kinds of care whose gaps a question asks for in general; none where it names one thing, or asks for another."""
    text = plan.text
    if not (_DUE.search(text) and _GENERAL.search(text)) or _BOOKED.search(_OR_VISITS.sub(" ", text)) or plan.family:
        return ()
    named = tuple(kind for kind, words in _KIND_WORDS if words.search(text))
    left = {word for target in plan.targets for word in forms(_without_kinds(target.words))} | set(plan.keywords)
    if (plan.targets and not named) or left - _FILLERS:
        return ()
    return named or _ALL_KINDS


def _without_kinds(words: str) -> str:
    """Return words without those that name a kind of care: "flu" of "flu shot"."""
    for _, kind in _KIND_WORDS:
        words = kind.sub(" ", words)
    return words


def due_answer(kinds: Sequence[GapKind], findings: Findings, *, cancers_only: bool = False) -> Due:
    """Tell what is due of some kinds, overdue first; several recommendations for one thing are told once."""
    gaps, looked_at = gaps_among(findings)
    of_kinds = [gap for gap in gaps if gap.kind in kinds and (not cancers_only or "cancer" in gap.statement.text.lower())]
    by_thing: dict[str, Gap] = {}
    for gap in of_kinds:
        if gap.status in _STATUSES_DUE:
            by_thing.setdefault(_thing(gap), gap)
    due = list(by_thing.values())
    claims = [claim for gap in due[:MOST_DUE] for claim in _told(gap)]
    never = [Missing(what=gap.what, why=f"none in the chart: {gap.searched}") for gap in due[:MOST_DUE] if gap.last is None]
    others = [
        Missing(what=gap.what, why=f"{gap.status} too; the list of all that is due tells it in full") for gap in due[MOST_DUE:]
    ]
    silence = (
        f"No {' or '.join(kinds)} is found due: {looked_at} current recommendations with an interval were looked at, "
        f"and {len(of_kinds)} of these kinds concern this patient."
    )
    return Due(tuple(claims), (*never, *others), silence)


def _thing(gap: Gap) -> str:
    """Return what is due, without its interval."""
    return re.split(r" every |, once|, \d+ doses", gap.what)[0]


def _told(gap: Gap) -> list[DraftClaim]:
    claims = [_draft(gap.statement, "guideline", f"{gap.status.capitalize()}: ")]
    return [*claims, _draft(gap.last, "last_done")] if gap.last is not None else claims


def _draft(claim: Claim, route: str, lead: str = "") -> DraftClaim:
    """Return a line of a gap as a sentence of an answer, to be checked as such."""
    text = f"{lead}{claim.text}"
    return DraftClaim(text=text, kind=claim.kind, citations=claim.citations, route=route, computation=claim.computation)
