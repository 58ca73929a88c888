"""One claim against its passages: every check, the floor of coverage, and, where one is given, a judge of entailment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from chartcite.engine.claim_checks.alignment import check_alignment, is_verbatim
from chartcite.engine.claim_checks.bindings import check_bindings
from chartcite.engine.claim_checks.causes import check_causes
from chartcite.engine.claim_checks.contexts import check_contexts
from chartcite.engine.claim_checks.coverage import coverage, focus
from chartcite.engine.claim_checks.dated_values import check_dated_values
from chartcite.engine.claim_checks.dates import check_dates
from chartcite.engine.claim_checks.findings import ClaimVerdict, Finding, contradicted, missing
from chartcite.engine.claim_checks.judgements import check_judgements
from chartcite.engine.claim_checks.lexical import LEAST_COVERAGE
from chartcite.engine.claim_checks.modality import check_modality
from chartcite.engine.claim_checks.names import check_names, check_persons
from chartcite.engine.claim_checks.opposites import check_opposites, derived_numbers
from chartcite.engine.claim_checks.orientations import check_orientations
from chartcite.engine.claim_checks.quantities import check_numbers
from chartcite.engine.claim_checks.regimens import check_regimens, regimen_numbers
from chartcite.engine.claim_checks.sides import check_sides
from chartcite.engine.claim_checks.states import check_states
from chartcite.engine.claim_checks.texts import Text
from chartcite.engine.domain.answers import Outcome
from chartcite.engine.language.terminology import Lexicon

LEAST_SHARED = 0.5
"""Share of a claim's content words below which the evidence is about something else: what differs there contradicts nothing."""
_QUOTED = re.compile(r"“([^”]{3,})”")
_SPACES = re.compile(r"\s+")


class Entailment(NamedTuple):
    """What a judge says of a claim."""

    outcome: Outcome
    probability: float
    """That the outcome is right, in [0, 1]."""


class EntailmentJudge(Protocol):
    """Judges by meaning: a cross-encoder of natural language inference, or a call to a model that did not write the claim."""

    def judge(self, claim: str, passages: Sequence[str], /) -> Entailment:
        """Say whether the passages support the claim."""


def check_claim(claim: str, passages: Sequence[str], *, lexicon: Lexicon, judge: EntailmentJudge | None = None) -> ClaimVerdict:
    """Check one sentence against the passages that it cites.

    A failed check is final: no judge overrules it. A judge decides where all checks pass: it may find that the evidence is not
    enough or says otherwise, and it may support a claim whose wording the evidence lacks.

    Args:
        claim: one sentence.
        passages: its evidence, at least one.
        lexicon: words and codes of concepts.
        judge: of entailment; `None`: the share of words decides.

    Raises:
        ValueError: there is no passage.
    """
    if not passages:
        raise ValueError("a claim is checked against at least one passage")
    said, known = Text(claim, lexicon), [Text(passage, lexicon) for passage in passages]
    share = coverage(said, known)
    findings = _findings(said, known, share)
    if not findings and judge is not None:
        return _judged(judge.judge(claim, passages), share)
    if not findings and share < LEAST_COVERAGE:
        findings = [missing("coverage", claim)]
    return _verdict(findings, share)


def differences(claim: str, passages: Sequence[str], *, lexicon: Lexicon) -> tuple[Finding, ...]:
    """Return what fails of a sentence, however few of its words its passages hold: its own are known to say nothing.

    Args:
        claim: one sentence or more.
        passages: its evidence.
        lexicon: words and codes of concepts.
    """
    return tuple(_findings(Text(claim, lexicon), [Text(passage, lexicon) for passage in passages], 1.0))


def _findings(claim: Text, passages: Sequence[Text], share: float) -> list[Finding]:
    """Return what fails, contradictions first. A whole sentence of the evidence, word for word, needs no check."""
    if is_verbatim(claim, passages):
        return []
    near = focus(claim, passages)
    found = [
        *_check_quotes(claim, passages),
        *check_numbers(claim, passages, derived=[*derived_numbers(claim, passages), *regimen_numbers(claim)]),
        *check_dated_values(claim, passages),
        *check_dates(claim.text, [passage.text for passage in passages]),
        *check_regimens(claim, passages),
        *check_sides(claim, passages),
        *check_names(claim, passages),
        *check_persons(claim, passages),
        *check_contexts(claim, passages),
        *check_opposites(claim, near, passages),
        *check_alignment(claim, passages),
        *check_causes(claim, passages),
        *check_bindings(claim, passages),
        *check_orientations(claim, passages),
        *check_modality(claim, passages),
        *check_states(claim, passages),
        *check_judgements(claim, passages),
    ]
    if share < LEAST_SHARED:
        found = [finding._replace(outcome=Outcome.NOT_ENOUGH) for finding in found]
    return sorted(dict.fromkeys(found), key=lambda finding: finding.outcome is not Outcome.CONTRADICTED)


def _check_quotes(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return what a claim puts in curled quotation marks and no passage holds to the letter, white space aside."""
    known = [_SPACES.sub(" ", passage.text) for passage in passages]
    return [
        contradicted("quotes", match[0])
        for match in _QUOTED.finditer(claim.text)
        if not any(_SPACES.sub(" ", match[1]).strip() in text for text in known)
    ]


def _judged(entailment: Entailment, share: float) -> ClaimVerdict:
    supported = entailment.outcome is Outcome.SUPPORTED
    findings = () if supported else (Finding("entailment", entailment.outcome, ""),)
    score = 0.5 + entailment.probability / 2 if supported else (1 - entailment.probability) / 2
    return ClaimVerdict(entailment.outcome, round(score, 4), round(share, 4), findings)


def _verdict(findings: Sequence[Finding], share: float) -> ClaimVerdict:
    share = round(share, 4)
    if not findings:
        return ClaimVerdict(Outcome.SUPPORTED, round(0.5 + share / 2, 4), share)
    outcome = findings[0].outcome
    score = share / (8 if outcome is Outcome.CONTRADICTED else 2) / len(findings)
    return ClaimVerdict(outcome, round(min(score, 0.5), 4), share, tuple(findings))
