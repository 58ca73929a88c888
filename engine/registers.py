"""The same checked claims for three readers (docs/registers.md): clinician, patient, researcher. Read this file first.

    claims → wording (plain_claims, research_words) → register_checks → Claim.worded → the answer's text

A claim keeps its checked text. A wording that does not say the same is dropped, and the checked text is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.domain.answers import AbstentionBasis, Audience, Claim, ClaimKind, Explanation, Missing
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.medication_rules import ADVICE
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.patient_questions import asks_diagnosis, asks_treatment
from chartcite.engine.questions.plans import Plan
from chartcite.engine.wording.plain_claims import plain_words
from chartcite.engine.wording.plain_language import MOST_EXPLAINED, Glossary
from chartcite.engine.wording.plain_sentences import ASK_FIRST, NOTED
from chartcite.engine.wording.plain_silence import is_of_record, plain_missing, plain_silence
from chartcite.engine.wording.register_checks import is_faithful
from chartcite.engine.wording.research_words import MOST_CODED, counts, searched_codes, with_codes

NO_TREATMENT = (
    "Only your record is read here. It cannot tell you which medicine to take, start, stop or change. Your care team can."
)
NO_DIAGNOSIS = "Only your record is read here. It cannot tell you what illness you have. Your care team can."
MEANING = "Your care team can tell you what this means for you."
NOTES = "Notes use short forms. Your care team can explain them."
HELD_BACK = "Something was found. It is not shown here, as it may be wrong."
IN_GENERAL = "In general (not yet checked by a clinician):"


class Register(NamedTuple):
    """How an answer is worded for its reader."""

    audience: Audience
    question: str
    """As it reads without the turns before it."""
    lexicon: Lexicon
    glossary: Glossary
    records: RecordStore
    scope: Scope | None
    """`None`: it is asked of the guidelines."""

    def keeps(self, claim: Claim, /, *, emergency: bool) -> bool:
        """Say whether a claim may be shown: no recommendation to a patient in an emergency or who asks what to take."""
        if self.audience is not Audience.PATIENT or claim.kind is not ClaimKind.GUIDELINE:
            return True
        return not emergency and not (self.scope is not None and asks_treatment(self.question))

    def left_open(self, missing: Sequence[Missing], claims: Sequence[Claim], /, *, emergency: bool) -> tuple[Missing, ...]:
        """Return what stays open: not what only a recommendation asks for that is not shown."""
        if all(self.keeps(claim, emergency=emergency) for claim in claims):
            return tuple(missing)
        return tuple(gap for gap in missing if is_of_record(gap))

    def worded(self, claims: Sequence[Claim], /) -> tuple[Claim, ...]:
        """Return claims with their wording for the reader; a clinician reads them as they are."""
        if self.audience is Audience.CLINICIAN:
            return tuple(claims)
        said = [self._said(claim) if place < MOST_CODED or self._is_patient else claim.text for place, claim in enumerate(claims)]
        return tuple(
            claim.model_copy(update={"worded": words}) if words != claim.text else claim
            for claim, words in zip(claims, said, strict=True)
        )

    def _said(self, claim: Claim) -> str:
        if self._is_patient:
            return patient_wording(claim, lexicon=self.lexicon)
        return with_codes(claim, self.records, self.scope) if self.scope is not None else claim.text

    @property
    def _is_patient(self) -> bool:
        return self.audience is Audience.PATIENT

    def explanations(self, plans: Sequence[Plan], /) -> tuple[Explanation, ...]:
        """Explain to a patient what the question names: at most `MOST_EXPLAINED` terms."""
        if not self._is_patient:
            return ()
        found = [self.glossary.explain(target.words, target.ids, self.lexicon) for plan in plans for target in plan.targets]
        return tuple({one.id: one for one in found if one is not None}.values())[:MOST_EXPLAINED]

    def lines(self, claims: Sequence[Claim], missing: Sequence[Missing], explained: Sequence[Explanation], /) -> list[str]:
        """Return the lines of a supported answer's text."""
        shown = [claim.shown for claim in claims]
        if not self._is_patient:
            first = [counts(claims)] if self.audience is Audience.RESEARCHER else []
            return [*first, *shown, *(f"Left open: {gap.what} ({gap.why})." for gap in missing)]
        around = (self.lead, self.closing(claims))
        return [line for line in (around[0], *shown, *plain_missing(missing), *explanation_lines(explained), around[1]) if line]

    def silence(self, silence: str, basis: AbstentionBasis, /) -> str:
        """Return the text of an abstention."""
        if self._is_patient:
            return "\n".join(filter(None, (self.lead, plain_silence(silence, basis))))
        codes = searched_codes(basis.certificate) if self.audience is Audience.RESEARCHER else ""
        return f"{silence} {codes}".strip()

    def held_back(self, text: str, places: Sequence[str], /) -> str:
        """Return what is said where an answer is held back: that it is, and where to look."""
        if not self._is_patient:
            return text
        listed = ", ".join(f"“{place}”" for place in places)
        return f"{HELD_BACK} It stands here: {listed}. Your care team can help you."

    @property
    def lead(self) -> str:
        """Tell a patient first what a record cannot tell; empty: the question asks for no judgment."""
        if not self._is_patient:
            return ""
        return NO_TREATMENT if asks_treatment(self.question) else NO_DIAGNOSIS if asks_diagnosis(self.question) else ""

    def closing(self, claims: Sequence[Claim], /) -> str:
        """Tell a patient last whom to ask."""
        if not self._is_patient:
            return ""
        general = all(claim.kind is ClaimKind.GUIDELINE for claim in claims)
        noted = any(claim.worded.startswith(NOTED) for claim in claims)
        return " ".join([*([] if self.lead or general else [MEANING]), *([NOTES] if noted else [])])


def patient_wording(claim: Claim, /, *, lexicon: Lexicon) -> str:
    """Return a claim in plain words where they say the same; else the checked text."""
    text = claim.text.removesuffix(f" {ADVICE}")
    said = plain_words(text, claim.kind)
    if not is_faithful(said, text, lexicon=lexicon):
        return claim.text
    return said if text == claim.text else f"{said} {ASK_FIRST}"


def explanation_lines(explained: Sequence[Explanation], /) -> list[str]:
    """Return explanations as lines, marked as such."""
    return [IN_GENERAL, *(f"About {one.term}: {one.text}" for one in explained)] if explained else []
