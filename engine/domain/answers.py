"""What a reader gets: a supported answer, or an abstention that shows what was searched."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.records import Category, Frozen, PatientId
from pydantic import AwareDatetime, Field


class Audience(StrEnum):
    """For whom the answer is worded."""

    CLINICIAN = "clinician"
    PATIENT = "patient"
    RESEARCHER = "researcher"


class Turn(Frozen):
    """An earlier question of the same conversation, with what was answered."""

    question: str = Field(min_length=1, max_length=2000)
    answer: str = Field(default="", max_length=20_000)
    patient_id: PatientId | None
    """Whose chart it was about: a conversation never goes from one chart to another."""


class Question(Frozen):
    """A question as it was asked. Without a patient it is about the guidelines."""

    id: str = ""
    text: str = Field(min_length=1, max_length=2000)
    patient_id: PatientId | None = None
    as_of: date | AwareDatetime | None = None
    audience: Audience = Audience.CLINICIAN
    asked_at: AwareDatetime | None = None
    """When it was asked, for words such as “today”; `None`: now. No door lets a client set it."""
    earlier: tuple[Turn, ...] = Field(default=(), max_length=50)
    """The turns before it, oldest first."""


class ClaimKind(StrEnum):
    """On what a claim rests."""

    RECORD_FACT = "record_fact"
    COMPUTED = "computed"
    GUIDELINE = "guideline"
    INFERENCE = "inference"
    ABSENCE = "absence"


class Computation(Frozen):
    """Arithmetic over cited values, written so that it can be done again."""

    operation: Literal[
        "difference", "percent_change", "count", "years_between", "days_between", "mean", "minimum", "maximum", "formula"
    ]
    inputs: tuple[str, ...]
    """Numbers or dates as they stand in the cited sources; of a formula `name=value @day`."""
    result: str
    formula: str = ""
    """Name of the calculator; empty for other operations."""


class Outcome(StrEnum):
    """Verdict of the checks."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_ENOUGH = "not_enough"


class Checks(Frozen):
    """What was checked after the sentence was written. `None`: does not apply."""

    quote: bool
    numbers: bool
    dates: bool
    negation: bool
    entailment: float = Field(ge=0, le=1)
    """Share of the sentence's content words that stand in its evidence, or an entailment model's probability."""
    arithmetic: bool | None = None


class Verdict(Frozen):
    """Outcome with the checks that led to it."""

    outcome: Outcome
    checks: Checks


class Confidence(Frozen):
    """A calibrated probability that the statement is right, and the calibration it comes from.

    Of an abstention, that abstaining is right; of one for `low_confidence`, that what is held back is right.
    """

    probability: float = Field(ge=0, le=1)
    band: Literal["high", "moderate", "low"]
    calibration: str


class DraftClaim(Frozen):
    """A sentence proposed as part of an answer, not yet checked."""

    text: str = Field(min_length=1)
    kind: ClaimKind
    citations: tuple[Citation, ...] = Field(min_length=1)
    route: str
    """How it was found: `latest_value`, `active_list`, `quote`, ..."""
    support: float = Field(default=1.0, ge=0, le=1)
    """Share of what the question names that the evidence holds."""
    margin: float | None = None
    """How far it lay above the best sentence that was left out, on its route's own scale; `None`: nothing was weighed."""
    computation: Computation | None = None
    category: Category | None = None
    """Of the facts that it tells; `None`: it quotes narrative."""


class Claim(Frozen):
    """A checked sentence with its sources."""

    text: str = Field(min_length=1)
    kind: ClaimKind
    citations: tuple[Citation, ...] = Field(min_length=1)
    verdict: Verdict
    confidence: Confidence
    computation: Computation | None = None
    worded: str = ""
    """The same in words for the reader that the question names, checked against `text`; empty: `text` is shown as it is."""

    @property
    def shown(self) -> str:
        """What the reader is shown."""
        return self.worded or self.text


class Absence(StrEnum):
    """How something is absent: three cases that a reader must not take for one another."""

    DOCUMENTED_ABSENT = "documented_absent"
    """A source denies it: each claim of the answer cites the denial."""
    NOT_DOCUMENTED = "not_documented"
    """Records that could tell it were searched, and none does."""
    NOT_COVERED = "not_covered"
    """This chart cannot tell: it holds nothing of that time, or no record of that type."""


class SearchCertificate(Frozen):
    """What was searched before saying that the chart is silent."""

    resource_types: tuple[str, ...]
    concepts: tuple[str, ...]
    """Preferred names of what was looked for."""
    codes: tuple[str, ...]
    """`system|code` of what was looked for."""
    synonyms: tuple[str, ...]
    facts_searched: int
    documents_searched: int
    passages_searched: int
    earliest_record: str | None
    newest_record: str | None
    as_of: str | None = None
    window: str | None = None
    absence: Absence | None = None
    """Whether the chart is silent or cannot tell; `None`: nothing is said to be absent."""
    gaps: tuple[str, ...] = ()
    """What this chart does not hold of what is asked, in words: a time, a type of record."""
    facts_by_category: dict[str, int] = {}  # noqa: RUF012 -- pydantic copies the default of a frozen model
    """Facts of each list that was searched."""
    words: tuple[str, ...] = ()
    """Words and phrases that the notes were searched for."""
    sections: tuple[str, ...] = ()
    """Headings of the notes that were searched, as written; empty: not counted."""
    codes_known: int = Field(default=0, ge=0)
    """All codes of what was looked for: `codes` lists the first of them."""
    synonyms_known: int = Field(default=0, ge=0)
    """All synonyms, likewise."""


class AbstentionReason(StrEnum):
    """Why there is no answer."""

    NOT_DOCUMENTED = "not_documented"
    UNSUPPORTED = "unsupported"
    OUT_OF_SCOPE = "out_of_scope"
    NOT_UNDERSTOOD = "not_understood"
    WRONG_PREMISE = "wrong_premise"
    LOW_CONFIDENCE = "low_confidence"
    """Something was found; the share of wrong answers that the operator accepts holds it back."""


class AbstentionBasis(Frozen):
    """Reason of an abstention with what was searched."""

    reason: AbstentionReason
    certificate: SearchCertificate | None = None


class Conflict(Frozen):
    """Sources that disagree, side by side."""

    about: str
    citations: tuple[Citation, ...] = Field(min_length=2)


class Missing(Frozen):
    """A fact that was needed and is not in the chart."""

    what: str
    why: str


class Explanation(Frozen):
    """What a term means, in plain words: general knowledge that says nothing of this chart."""

    id: str
    """Of the lexicon's concept that is explained: of a medicine, its class."""
    term: str
    text: str
    review_state: str = "not yet reviewed by a clinician"


class RedFlag(Frozen):
    """Raised outside any model; can raise urgency, never lower it."""

    name: str
    text: str
    urgency: Literal["emergency", "urgent", "crisis"]
    """`crisis`: thoughts of suicide or of harming others, an emergency that has its own help lines."""
    citations: tuple[Citation, ...] = ()
    """Facts of the chart that it rests on; empty: it rests on the question's words alone."""


class WrittenClaim(Frozen):
    """A sentence that a model wrote, with the ids that it cites. Not checked."""

    text: str = Field(min_length=1, max_length=600)
    kind: ClaimKind
    citations: tuple[str, ...] = Field(min_length=1, max_length=8)


class ClaimReview(Frozen):
    """A written claim with the verdict on it: part of the receipt."""

    claim: WrittenClaim
    outcome: Outcome
    failed: str = ""
    """The check that decided against it; empty: none."""
    said: str = ""
    """The words that failed it."""
    fate: Literal["shown", "dropped", "rewritten", "beside_the_point", "elsewhere"]
    """`rewritten`: it failed, and the next review is of what the model wrote in its place. `elsewhere`: its evidence supports it,
    and it rests on none of the notes that answer."""
    drafts_citing: int = Field(default=1, ge=1)
    """Of the drafts of this answer, how many cite a sentence that it cites."""


class WritingRecord(Frozen):
    """How a model took part in an answer."""

    model: str
    digest: str = ""
    """Hash or revision of its weights, where its server tells."""
    server: str = ""
    prompt: str
    """Version of the prompt."""
    evidence: tuple[str, ...] = ()
    """Ids that it could cite, each with the citations behind it as `R01.s1=c123,c124`."""
    left_out: int = Field(default=0, ge=0)
    drafts: int = Field(default=0, ge=0)
    """Drafts that were written."""
    answerable: bool | None = None
    """What the first draft said of itself; `None`: it did not come that far."""
    reviews: tuple[ClaimReview, ...] = ()
    failure: str = ""
    """Why the model did not write or did not finish, as a code; empty: it did."""


class Receipt(Frozen):
    """What it takes to review or repeat an answer."""

    id: str
    """Of an answer that a language model took no part in: the same for the same answer. Else of this one answer alone."""
    index: str
    """Snapshot of the store: changes whenever its content does."""
    generator: str
    plan: dict[str, object]
    """How the question was understood."""
    evidence: tuple[str, ...]
    routes: tuple[str, ...] = ()
    """How the shown claims were found."""
    dropped_claims: int = 0
    timings: dict[str, float]
    """Milliseconds by stage, and `total_ms`."""
    writing: WritingRecord | None = None
    """How a language model took part; `None`: it was not asked."""


class _Answered(Frozen):
    question: Question
    read_as: str = ""
    """The question as it was read: a follow-up with the turns before it, free words in plain ones; else empty."""
    text: str = Field(min_length=1)
    conflicts: tuple[Conflict, ...] = ()
    missing: tuple[Missing, ...] = ()
    red_flags: tuple[RedFlag, ...] = ()
    beside: tuple[Claim, ...] = ()
    """Salient facts that the answer does not mention, where it is about treatment, a procedure, discharge or safety."""
    explanations: tuple[Explanation, ...] = ()
    """Terms of the answer in plain words, for a patient."""
    lead: str = ""
    """What a patient is told first: what a record cannot tell. Part of `text`; empty: nothing."""
    closing: str = ""
    """What a patient is told last: whom to ask. Part of `text`; empty: nothing."""
    notice: str = ""
    """What a reader must know of how it was made: a model that was asked and did not help. Empty: nothing."""
    receipt: Receipt


class SupportedAnswer(_Answered):
    """At least one checked claim."""

    kind: Literal["supported"] = "supported"
    claims: tuple[Claim, ...] = Field(min_length=1)
    confidence: Confidence

    @property
    def absence(self) -> Absence | None:
        """`documented_absent` where every claim denies what is asked; else `None`. An entry made in error denies nothing."""
        denied = all(claim.kind is ClaimKind.ABSENCE for claim in self.claims)
        return Absence.DOCUMENTED_ABSENT if denied and "entered_in_error" not in self.receipt.routes else None


class Abstention(_Answered):
    """No claim: the reason, and what was searched."""

    kind: Literal["abstained"] = "abstained"
    basis: AbstentionBasis
    confidence: Confidence
    nearest: tuple[Claim, ...] = ()
    """Entries of what is named that do not tell what is asked of it, and sentences of notes that come nearest: no answer."""

    @property
    def absence(self) -> Absence | None:
        """Whether the chart is silent or cannot tell; `None` where the question itself was not answered for another reason."""
        certificate = self.basis.certificate
        silent = certificate is not None and self.basis.reason is AbstentionReason.NOT_DOCUMENTED
        return certificate.absence if certificate is not None and silent else None


Answer = Annotated[SupportedAnswer | Abstention, Field(discriminator="kind")]
