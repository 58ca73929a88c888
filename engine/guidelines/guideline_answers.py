"""Questions about a patient that a guideline answers: "is she due for a mammogram?", "should he take a statin?".

The recommendation is quoted with grade, source and version; each condition follows with its mark and the facts that decide it;
what is missing is named. Several organisations are shown side by side; a superseded version only where the change is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from chartcite.engine.answers.conflicts import Disagreement
from chartcite.engine.domain.answers import DraftClaim, Missing
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.facts.people import fields_named
from chartcite.engine.findings.findings import Findings
from chartcite.engine.guidelines.applicability import Applicability, applicability
from chartcite.engine.guidelines.guideline_claims import condition_claims, last_done_claim, missing_of, recommendation_claim
from chartcite.engine.guidelines.guideline_disagreements import (
    Told,
    disagreements_among,
    other_sides,
    own_sides,
    with_other_sides,
)
from chartcite.engine.guidelines.guideline_search import CANDIDATES, Found, find
from chartcite.engine.guidelines.guidelines import Library, Recommendation, library
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.retrieval import Shelves
from chartcite.engine.review.chart_review import Review

_BY_NAME = Cue(
    r"\b(?:guidelines?|guidance|uspstf|acip|kdigo|nice guid\w+|recommendations?)\b"
    r"|\b(?:is|are|be) (?:it |this |that )?recommended (?:for|at|in|that)\b|\bwhat is recommended\b",
)
"""A guideline is asked for by that word."""
_OF_PERSON = r"(?:he|she|they|i|we|the patient|this patient|this (?:man|woman|lady|gentleman)|(?:mr|ms|mrs)\.? \w+|[A-Z][a-z]+)"
_DO = "get|have|be (?:on|taking|offered|given|screened|tested|vaccinated)|take|start|receive|undergo|stop|continue|still"
_DUE = Cue(
    r"\b(?:(?:over)?due for|up[ -]to[ -]date (?:on|with|for)|eligible for|qualif(?:y|ies) for|candidate for"
    r"|time for (?:his|her|my|their|an?)|(?:is|are) .{3,60} (?:indicated|advised)"
    rf"|should {_OF_PERSON} (?:{_DO})|how (?:low|high) should|(?:goal|target) should|what should .{{3,40}} (?:goal|target) be"
    rf"|(?:does|do) {_OF_PERSON} (?:still )?need "
    r"(?!(?:an?|any|the)? ?(?:help|support|assist\w*|aids?|equipment|carers?|transport|lift|hand|interpreter|translator"
    r"|somebody|someone|walking \w+|walker|stick|cane|frame|rollator|wheel-?chair|hearing aids?|glasses"
    r"|reminding|prompting|reminders?|ride)\b)"
    r"(?:an?|another|any|to (?:be|have|get)|his|her|the|screening))\b",
)
"""What ought to be done is asked for."""
_TOLD = Cue(r"\b(?:did|was|were|had|has|have)\b.{0,40}\brecommend|\brecommended by\b|\bdr\b|\bdoctor\b|^\W*when\b")
"""What somebody recommended, and when something is planned, is in the chart."""
_VERDICT = Cue(r"\brecommendations?\b")
"""A field's recommendations ("renal recommendations?") are those of its people."""
_CHANGED = Cue(
    r"\b(?:chang(?:e|ed|es)|previous(?:ly)?|earlier|superseded|old(?:er)?|used to|former(?:ly)?|updated?|differ"
    r"|what(?: is|'s) new)\b",
)
_ACTION = Cue(rf"{_DUE.pattern}|\brecommend")
_ACTING = 0.5
"""A recommendation to do what is asked for scores at least this share of the best."""
_NEAR = 0.8
"""A recommendation scoring at least this share of the best is as likely meant: the patient decides between them."""
_LEAST_SCORE, _LEAST_COVERED = 0.7, 0.4
"""What a recommendation must reach to count as one that answers."""
_LEAST_OF_PATIENT, _LEAST_NAMED = 0.45, 0.5
"""The same beside a chart, where the question's own words ask for a guideline: score, and share of its concepts."""
_LESS_NAMED = 0.26
"""Of two recommendations, one that names a question's concept in its text and one that names it in its heading are near."""
MOST_SHOWN = 2
"""Recommendations that are shown, beside the other sides of a disputed matter."""
_LOOKED_AT = 10


class Guided(NamedTuple):
    """Claims, what is missing for them, and the disputed matters of which more than one side is told."""

    claims: tuple[DraftClaim, ...]
    missing: tuple[Missing, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


class Judged(NamedTuple):
    """A recommendation with what it means for the patient."""

    found: Found
    applicability: Applicability


_OF_COURSE = Cue(
    r"\bneed (?:any )?(?:another|more|further|a (?:second|further|new|repeat)|extra) (?:\w+ )?"
    r"(?:courses?|rounds?|lots?|doses?|prescriptions?|packets?|packs?|bottles?|supply|antibiotics?|tablets?|pills?|meds?|medicines?"
    r"|steroids?|treatments?)\b"
    r"|\b(?:still )?need to (?:come back|see|keep|carry on|stay|finish|go back|be seen|worry|do anything)\b",
)
"""Whether a treatment goes on was decided for this patient: the chart tells it."""


_OWN_DOSE = Cue(
    r"\bhow (?:many|much)\b[^.?;]{0,60}\bshould\b"
    r"|\bhow often (?:should|do|does|must)\b[^.?;]{0,30}\b(?:take|use|inhale|inject|apply)\b"
    r"|\bwhat (?:dose|strength|amount|time)\b[^.?;]{0,60}\bshould\b"
    r"|\bshould\b[^.?;]{0,60}\b(?:before|after|with|at) (?:breakfast|lunch|dinner|supper|meals?|food|bed(?:time)?|sport|exercise"
    r"|school|work|the (?:game|scan|operation|procedure))\b"
)
"""How a medicine is to be taken was prescribed for this patient."""
_MUCH_ELSE = Cue(
    r"\b(?:exercise|activity|sleep|salt|sodium|protein|calories|weight|alcohol|drinks?|fluids?|water|fib(?:er|re)|fruit"
    r"|vegetables|calcium|iodine)\b"
)


def asks_guideline(text: str) -> bool:
    """Say whether a question about a patient asks what a guideline says or what ought to be done."""
    of_dose = _OWN_DOSE.search(text) is not None and not _MUCH_ELSE.search(text)
    if (_OF_COURSE.search(text) or of_dose) and not _BY_NAME.search(text):
        return False
    of_somebody = _VERDICT.search(text) is not None and bool(fields_named(text).words)
    if (_TOLD.search(text) or of_somebody) and not re.search(r"\bguid(?:elines?|ance)\b", text, re.IGNORECASE):
        return False
    return _BY_NAME.search(text) is not None or _DUE.search(text) is not None


def guided_answer(text: str, shelves: Shelves, lexicon: Lexicon, *, scope: Scope, today: date) -> Guided | None:
    """Answer from the guidelines about the patient of a scope; `None`: no guideline is asked for, or none tells of it."""
    if not asks_guideline(text):
        return None
    known = library(shelves.records)
    found = find(text, shelves, known, lexicon, limit=CANDIDATES) if known.recommendations else []
    likely = [one for one in found[:_LOOKED_AT] if one.named >= _LEAST_NAMED and answers(one, least=_LEAST_OF_PATIENT)]
    if not likely:
        return None
    findings = Findings(Review(shelves.records, lexicon, scope, today=today))
    chosen = choose(_judged(likely, findings), action=_ACTION.search(text) is not None)
    chosen = _with_sides_for(chosen, found, known, findings)
    claims: list[DraftClaim] = []
    missing: list[Missing] = []
    sides: list[Told] = []
    for each in chosen:
        told, open_ = _about(each, findings)
        sides += [(each.found.recommendation, claim) for claim in told[:1]]
        claims += told
        missing += open_
    if _CHANGED.search(text):
        claims += _earlier(chosen[0].found.recommendation, known, shelves)
    return Guided(tuple(claims), tuple(dict.fromkeys(missing)), tuple(disagreements_among(sides))) if claims else None


def _judged(found: Sequence[Found], findings: Findings) -> list[Judged]:
    return [Judged(one, applicability(one.recommendation.rule, findings)) for one in found]


def _with_sides_for(chosen: Sequence[Judged], found: Sequence[Found], known: Library, findings: Findings) -> list[Judged]:
    """Add what other organisations advise otherwise: what applies to the patient, or if nothing does the nearest to it."""
    first = chosen[0].found.recommendation
    ids = {one.id for one in other_sides(first, known)}
    sides = sorted(_judged([one for one in found if one.recommendation.id in ids], findings), key=_told_first)
    applying = [one for one in sides if one.applicability.state == "applies"] or sides[:1]
    by_id = {one.found.recommendation.id: one for one in (*applying, *chosen)}
    told = [one.found.recommendation for one in chosen]
    ordered = with_other_sides(told, [one.found.recommendation for one in applying])
    return [by_id[one.id] for one in ordered]


def choose(judged: Sequence[Judged], *, action: bool) -> list[Judged]:
    """Return what to show: of those about as likely meant, the ones that apply; and another organisation's on the same matter.

    `action`: something to be done is asked for: a recommendation to do just that goes before one that only mentions it.
    """
    best = judged[0].found
    near = [one for one in judged if one.found.score >= _NEAR * best.score and one.found.named >= best.named - _LESS_NAMED]
    acting = [one for one in judged if one.found.acts and one.found.score >= _ACTING * best.score]
    ordered = sorted((acting if action else []) or near, key=_told_first)
    first = ordered[0]
    topics = set(first.found.recommendation.topics)
    others = [
        one
        for one in ordered[1:]
        if one.found.recommendation.organization != first.found.recommendation.organization
        and topics & set(one.found.recommendation.topics)
        and one.applicability.state in {"applies", first.applicability.state}
    ]
    return [first, *others[: MOST_SHOWN - 1]]


def _told_first(judged: Judged) -> tuple[int, int, float]:
    """Order by what the chart makes of the conditions: met, to be judged, unknown by how much is missing, unmet; then by score.

    A condition that the chart does not mention counts twice: it is less likely there than a value that nobody measured.
    """
    order = {"applies": 0, "to be judged": 1, "unknown": 2, "does not apply": 3}
    missing = sum(1 if one.missing.startswith("no ") else 2 for one in judged.applicability.missing)
    return order[judged.applicability.state], missing, -judged.found.score


def _about(judged: Judged, findings: Findings) -> tuple[list[DraftClaim], tuple[Missing, ...]]:
    recommendation, found = judged.found.recommendation, judged.applicability
    support = min(judged.found.named, 1.0)
    quoted = recommendation_claim(recommendation, findings.review.records, found=found, support=support)
    if quoted is None:
        return [], ()
    done = [claim for check in found.dues if (claim := last_done_claim(check, findings)) is not None]
    claims = [quoted, *done, *condition_claims(recommendation, found.checks, findings)]
    return list({claim.text: claim for claim in claims}.values()), missing_of(found, findings)


def _earlier(recommendation: Recommendation, known: Library, shelves: Shelves) -> list[DraftClaim]:
    """Quote what the version before said, marked as superseded."""
    older = known.before(recommendation)[:1]
    claims = [recommendation_claim(one, shelves.records, lead="Superseded: ") for one in older]
    return [claim for claim in claims if claim is not None]


def answers(found: Found, *, least: float = _LEAST_SCORE) -> bool:
    """Say whether a recommendation is about what is asked, and for those who are meant; the nearest of a corpus need not be."""
    return found.for_them and found.tells and found.score >= least and found.covered >= _LEAST_COVERED


def corpus_answer(text: str, parts: Sequence[str], shelves: Shelves, lexicon: Lexicon) -> Guided:
    """Answer a question without a patient; empty where no recommendation is about what it asks.

    Args:
        text: the whole question, with what it tells of the people it is about.
        parts: its parts where it has several, each as it can be understood alone: a recommendation of the same guideline may
            answer the second.
        shelves: records, vectors and the embedder.
        lexicon: names by which question and recommendations are compared.
    """
    known = library(shelves.records)
    found = find(text, shelves, known, lexicon, limit=CANDIDATES) if known.recommendations else []
    likely = [one for one in found[:_LOOKED_AT] if answers(one)]
    if not likely:
        return Guided(())
    first = likely[0]
    shown = [first, *_of_other_parts(first, parts, likely, shelves, known, lexicon), *_of_others(first, likely)]
    chosen = list({one.recommendation.id: one for one in shown}.values())[:MOST_SHOWN]
    by_id = {one.recommendation.id: one for one in found}
    sides = _sides_for_them(first, found, known)
    ordered = with_other_sides([one.recommendation for one in chosen], sides)
    told = [(one, recommendation_claim(one, shelves.records, support=min(by_id[one.id].covered, 1.0))) for one in ordered]
    quoted = [(one, claim) for one, claim in told if claim is not None]
    claims = [claim for _, claim in quoted]
    claims += _earlier(first.recommendation, known, shelves) if _CHANGED.search(text) else []
    return Guided(tuple(claims), disagreements=tuple(disagreements_among(quoted)))


def _sides_for_them(first: Found, found: Sequence[Found], known: Library) -> list[Recommendation]:
    """Return what other organisations advise otherwise, best first: for the people asked about, or if nothing is, the nearest."""
    ids = {one.id for one in other_sides(first.recommendation, known)}
    own = {one.id for one in own_sides(first.recommendation, known)}
    sides = [one for one in found if one.recommendation.id in ids]
    meant = [one for one in sides if one.for_them] or sides[:1]
    same = [one for one in found if one.recommendation.id in own and one.for_them] if meant else []
    return [one.recommendation for one in (*same, *meant)]


def _of_other_parts(
    first: Found, parts: Sequence[str], likely: Sequence[Found], shelves: Shelves, known: Library, lexicon: Lexicon
) -> list[Found]:
    """Return what answers each part after the first: of the same guideline, and about what the whole question asks."""
    near = {one.recommendation.id for one in likely if one.recommendation.guideline == first.recommendation.guideline}
    found = [one for part in parts[1:] for one in find(part, shelves, known, lexicon, limit=3) if one.recommendation.id in near]
    return found[:1]


def _of_others(first: Found, likely: Sequence[Found]) -> list[Found]:
    """Return another organisation's recommendations on the same matter that are about as near."""
    topics = set(first.recommendation.topics)
    return [
        one
        for one in likely
        if one.recommendation.organization != first.recommendation.organization
        and one.score >= _NEAR * first.score
        and topics & set(one.recommendation.topics)
    ]
