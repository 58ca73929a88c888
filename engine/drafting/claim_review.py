"""A claim that a model wrote → a verdict, read only from the sentence and from what it cites, opened anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.answers.focus import WRITTEN
from chartcite.engine.claim_checks.checker import Entailment, check_claim
from chartcite.engine.claim_checks.clauses import uncovered_clause
from chartcite.engine.claim_checks.contexts import NEGATED
from chartcite.engine.claim_checks.findings import ClaimVerdict, Finding, contradicted, missing
from chartcite.engine.claim_checks.sides import sides_in
from chartcite.engine.claim_checks.texts import Text
from chartcite.engine.domain.answers import Checks, ClaimKind, Conflict, DraftClaim, Outcome, Verdict, WrittenClaim
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.evidence_sheets import EvidenceSheet
from chartcite.engine.language.hostile import untrustworthy
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.ports import RecordStore
from chartcite.engine.verification import opens

_OF_NUMBERS = frozenset({"numbers", "units", "doses", "frequencies", "routes", "dated values"})
_OF_DATES = frozenset({"dates", "order"})
_OF_ASSERTION = frozenset({"negation", "certainty", "experiencer", "temporality", "opposites", "direction"})


class Reviewed(NamedTuple):
    """A written claim with its sources and the verdict on it."""

    claim: WrittenClaim
    draft: DraftClaim
    verdict: Verdict
    failed: str = ""
    """The check that decided against it; empty: none."""
    said: str = ""
    """The words of it that failed."""

    @property
    def is_supported(self) -> bool:
        """Whether it passed every check so far."""
        return self.verdict.outcome is Outcome.SUPPORTED


def review(claim: WrittenClaim, sheet: EvidenceSheet, records: RecordStore, lexicon: Lexicon, /) -> Reviewed:
    """Check a written claim against the sentences that it cites.

    Raises:
        ValueError: it cites an id that is not of the sheet; `generation.DraftReader` lets none through.
    """
    citations, passages = cited(claim, sheet)
    draft = DraftClaim(text=claim.text, kind=_kind(claim), citations=citations, route=WRITTEN)
    if not all(opens(citation, records) for citation in citations):
        checks = Checks(quote=False, numbers=False, dates=False, negation=False, entailment=0.0)
        return Reviewed(claim, draft, Verdict(outcome=Outcome.NOT_ENOUGH, checks=checks), "quote", "")
    found = check_claim(claim.text, passages, lexicon=lexicon)
    first = found.findings[0] if found.findings else None
    if first is None and (added := _added(claim.text, passages, lexicon)) is not None:
        found, first = found._replace(outcome=added.outcome, findings=(added,)), added
    verdict = Verdict(outcome=found.outcome, checks=_checks(found))
    return Reviewed(claim, draft, verdict, first.check if first else "", first.said if first else "")


def _added(text: str, passages: Sequence[str], lexicon: Lexicon) -> Finding | None:
    """Return what a sentence holds that no check of its words sees: markup, an order, a clause of its own."""
    if untrustworthy(text) or _FRAGMENT.search(text):
        return missing("plain prose", "")
    corrected = next((side for passage in passages if (side := _side_corrected(text, passage))), "")
    if corrected:
        return missing("laterality", corrected)
    if NEGATED.search(text) and not any(map(NEGATED.search, passages)):
        return contradicted("negation", text)
    clause = uncovered_clause(Text(text, lexicon), [Text(passage, lexicon) for passage in passages])
    return missing("coverage", clause) if clause else None


_FRAGMENT = re.compile(
    r"\b(?:and|or|but|because|if|with|of|the|to|for)\W*$"
    r"|^(?:(?:Dr|Mr|Mrs|Ms)\.? )?(?:[A-Z][\w'’.-]* ){1,3}(?:[A-Z][\w'’-]+|MD|RN|NP|PA|DO|CNM|RDN)\.?$"
)
"""What says nothing: words that break off, and a bare name."""
_CORRECTS = re.compile(
    r"\b(?:wrong(?:ly)?|incorrect\w*|correct(?:ed|ion|ions|s)?|error|mistake\w*|mis(?:labell?ed|typed|stated)|amend\w*|addend\w*)\b"
    r"|\bnot (?:the )?(?:left|right)\b",
    re.IGNORECASE,
)


def _side_corrected(text: str, passage: str) -> str:
    """Return the side that a sentence says where its evidence corrects a side: both stand there, one as an error."""
    known = {side for side, *_ in sides_in(passage)}
    said = [(side, text[start:end]) for side, _, start, end in sides_in(text)]
    one_side = len({side for side, _ in said}) == 1 and said[0][0] != "both"
    return said[0][1] if one_side and {"left", "right"} <= known and _CORRECTS.search(passage) else ""


def _kind(claim: WrittenClaim) -> ClaimKind:
    """Return what kind of claim it is: a writer's word for it stands only where the sentence bears it out."""
    if claim.kind is ClaimKind.ABSENCE and NEGATED.search(claim.text):
        return ClaimKind.ABSENCE
    return ClaimKind.INFERENCE if claim.kind is ClaimKind.INFERENCE else ClaimKind.RECORD_FACT


def judged(reviewed: Reviewed, entailment: Entailment, /) -> Reviewed:
    """Return a claim that passed the checks, with what a judge of entailment says of it."""
    supported = entailment.outcome is Outcome.SUPPORTED
    share = entailment.probability if supported else 1 - entailment.probability
    checks = reviewed.verdict.checks.model_copy(update={"entailment": round(share, 4)})
    verdict = Verdict(outcome=entailment.outcome, checks=checks)
    return reviewed._replace(verdict=verdict, failed="" if supported else "entailment")


def disputed(reviewed: Reviewed, sheet: EvidenceSheet, lexicon: Lexicon, /) -> Conflict | None:
    """Return what disagrees, where one sentence that a claim cites supports it and another says otherwise."""
    by_outcome: dict[Outcome, Citation] = {}
    for id_ in reviewed.claim.citations:
        alone = reviewed.claim.model_copy(update={"citations": (id_,)})
        citations, passages = cited(alone, sheet)
        by_outcome.setdefault(check_claim(alone.text, passages, lexicon=lexicon).outcome, citations[0])
    sides = [by_outcome.get(outcome) for outcome in (Outcome.SUPPORTED, Outcome.CONTRADICTED)]
    known = [side for side in sides if side is not None]
    return Conflict(about="what these two sources say", citations=tuple(known)) if len(known) == len(sides) else None


def cited(claim: WrittenClaim, sheet: EvidenceSheet, /) -> tuple[tuple[Citation, ...], list[str]]:
    """Return the citations behind the ids of a claim, and the sentences as the checks read them: under day, section and writer.

    Raises:
        ValueError: an id is not of the sheet.
    """
    citations: dict[str, Citation] = {}
    passages: list[str] = []
    for id_ in claim.citations:
        found = sheet.find(id_)
        if found is None:
            raise ValueError(f"{id_} is no sentence of this evidence")
        item, sentence = found
        citations |= {citation.id: citation for citation in sentence.citations}
        passages.append(f"{item.context}\n{sentence.text}" if item.context else sentence.text)
    return tuple(citations.values()), passages


def _checks(found: ClaimVerdict) -> Checks:
    failed = {finding.check for finding in found.findings}
    return Checks(
        quote="quotes" not in failed,
        numbers=not failed & _OF_NUMBERS,
        dates=not failed & _OF_DATES,
        negation=not failed & _OF_ASSERTION,
        entailment=found.coverage,
    )


def agreeing(claim: WrittenClaim, drafts: Sequence[Sequence[WrittenClaim]], /) -> int:
    """Count the drafts of which some claim cites a sentence that this one cites."""
    ids = set(claim.citations)
    return sum(any(ids & set(other.citations) for other in draft) for draft in drafts)
