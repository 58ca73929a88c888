"""One question on its way through a language model: evidence, drafts, a review of every claim. Fails only by being cancelled."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from functools import partial
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

from chartcite.engine.answers.focus import QUOTES, tells
from chartcite.engine.ask import Engine, Observer, Prepared, last_day
from chartcite.engine.claim_checks.checker import Entailment, EntailmentJudge
from chartcite.engine.confidence.confidence import confidence_of
from chartcite.engine.domain.answers import Claim, ClaimReview, Conflict, Outcome, WritingRecord, WrittenClaim
from chartcite.engine.domain.evidence import Evidence
from chartcite.engine.domain.evidence_sheets import EvidenceSheet
from chartcite.engine.drafting.claim_review import Reviewed, agreeing, cited, disputed, judged, review
from chartcite.engine.drafting.evidence_sheet import build_sheet
from chartcite.engine.drafting.generation import Asked, DraftReader, WritingPolicy, answer_task, rewrite_task, written
from chartcite.engine.drafting.joining import is_said, joins, passages_around, sources_of, takes_up
from chartcite.engine.drafting.judgment import judge
from chartcite.engine.drafting.prompts import ANSWER_PROMPT
from chartcite.engine.errors import (
    GeneratorBusyError,
    GeneratorError,
    GeneratorGarbledError,
    GeneratorTimeoutError,
    GeneratorUnavailableError,
    ModelError,
)
from chartcite.engine.ports import Generator, GeneratorIdentity
from chartcite.engine.retrieval import retrieve_passages

Beside = Callable[[Callable[[], Any]], Awaitable[Any]]
"""Runs a function in a thread, beside the event loop, and returns what it returns."""
FAILURES: dict[type[GeneratorError], str] = {
    GeneratorUnavailableError: "unavailable",
    GeneratorBusyError: "busy",
    GeneratorTimeoutError: "timeout",
    GeneratorGarbledError: "garbled",
    GeneratorError: "failed",
}
"""How a receipt names what went wrong."""
Fate = Literal["shown", "dropped", "rewritten", "beside_the_point", "elsewhere"]


class ModelWriter(NamedTuple):
    """A language model with how it is asked."""

    generator: Generator
    policy: WritingPolicy = WritingPolicy()
    judge: EntailmentJudge | None = None
    """Judges in place of a second call of the model; `None`: the model itself."""
    salt_key: bytes = b""
    """Secret of this process, with which the server's cache of prefixes is kept apart by patient."""


class WritingSession:
    """The model's part in one answer."""

    def __init__(self, prepared: Prepared, engine: Engine, writer: ModelWriter, observe: Observer | None, beside: Beside) -> None:
        self.shown: list[Claim] = []
        """Verified claims of the model, in the order in which they passed."""
        self.conflicts: list[Conflict] = []
        """Evidence of one claim that disagrees with itself."""
        self._prepared, self._engine, self._observe, self._beside = prepared, engine, observe, beside
        self._generator, self._policy, self._judge, key = writer
        self._identity = GeneratorIdentity("")
        self._sheet = EvidenceSheet()
        self._drafts: list[Sequence[WrittenClaim]] = []
        self._reviews: list[ClaimReview] = []
        self._answerable: bool | None = None
        self._failure = ""
        patient = str(prepared.question.patient_id).encode()
        self._joins = joins(prepared.plans)
        self._salt = hmac.new(key, patient, hashlib.sha256).hexdigest()

    async def write(self) -> None:
        """Let the model write, and keep what passes."""
        try:
            async with asyncio.timeout(self._policy.seconds):
                self._identity = await self._generator.identity()
                self._sheet = await self._beside(self._gather)
                if self._sheet.items:
                    self._tell("writing", {"evidence": len(self._sheet.items), "left_out": self._sheet.left_out})
                    await (self._stream() if self._policy.drafts == 1 else self._compare())
        except TimeoutError:
            self._failure = FAILURES[GeneratorTimeoutError]
        except ModelError as error:  # of the model's server, or of a judge's weights
            self._failure = next((code for kind, code in FAILURES.items() if isinstance(error, kind)), FAILURES[GeneratorError])

    def record(self) -> WritingRecord:
        """Return how the model took part, for the receipt."""
        sentences = [sentence for item in self._sheet.items for sentence in item.sentences]
        return WritingRecord(
            model=self._identity.model,
            digest=self._identity.digest,
            server=self._identity.server,
            prompt=ANSWER_PROMPT,
            evidence=tuple(f"{each.id}={','.join(c.id for c in each.citations)}" for each in sentences),
            left_out=self._sheet.left_out,
            drafts=len(self._drafts),
            answerable=self._answerable,
            reviews=tuple(self._reviews),
            failure=self._failure,
        )

    def _tell(self, stage: str, details: dict[str, object]) -> None:
        if self._observe is not None:
            self._observe(stage, details)

    def _gather(self) -> EvidenceSheet:
        """Number the evidence of all parts of the question; parts take turns, so that none crowds another out.

        What a summary or a comparison is cut from is all there, with its neighbours, whatever search finds.
        """
        prepared, engine = self._prepared, self._engine
        shelves = engine.shelves
        found = [retrieve_passages(plan.text, plan, shelves, scope=prepared.scope) for plan in prepared.plans]
        turns = [item for rank in zip_longest(*found) for item in rank if item is not None]
        by_id = {item.passage.id: item for item in turns}
        if self._joins and prepared.scope is not None:
            around = passages_around(prepared.supported, engine.records.all_passages(prepared.scope))
            whole = {passage.id: Evidence(passage=passage, relevance=0.0) for passage in around}
            by_id = whole | {id_: item for id_, item in by_id.items() if id_ not in whole}
        evidence = list(by_id.values())
        quoted = {citation.source.resource for draft in prepared.supported for citation in draft.citations}
        evidence.sort(key=lambda item: item.passage.resource not in quoted)
        return build_sheet(prepared.supported, evidence, engine.records, most_tokens=self._policy.evidence_tokens)

    def _asked(self) -> Asked:
        prepared = self._prepared
        return Asked(prepared.text, prepared.plans, self._sheet, last_day(prepared.question).isoformat(), self._salt)

    async def _stream(self) -> None:
        """Write one draft, and review each claim as soon as it is whole."""
        reader = DraftReader(self._sheet.ids)
        task = answer_task(self._asked(), self._policy, seconds=self._policy.seconds)
        claims: list[WrittenClaim] = []
        self._drafts.append(claims)
        async with aclosing(self._generator.write(task)) as pieces:
            async for piece in pieces:
                await self._take_all(reader.feed(piece), claims, reader.answerable)
        rest, draft = reader.close()
        await self._take_all(rest, claims, draft.answerable)

    async def _take_all(self, new: Sequence[WrittenClaim], claims: list[WrittenClaim], answerable: bool | None) -> None:  # noqa: FBT001 -- what a draft says of itself
        self._answerable = answerable
        for claim in new[: max(0, self._policy.most_claims - len(claims))]:
            claims.append(claim)
            await self._take(claim)

    async def _compare(self) -> None:
        """Write several drafts, and review the claims of the first whose evidence at least half of them cite."""
        tasks = [
            answer_task(self._asked(), self._policy, seconds=self._policy.seconds, seed=n) for n in range(self._policy.drafts)
        ]
        drafts = await asyncio.gather(*(written(self._generator, task, self._sheet.ids) for task in tasks))
        self._drafts = [draft.claims if draft.answerable else () for draft in drafts]
        self._answerable = 2 * sum(draft.answerable for draft in drafts) >= len(drafts)
        for claim in next((draft.claims for draft in drafts if draft.answerable), ()):
            if 2 * agreeing(claim, self._drafts) >= len(drafts):
                await self._take(claim)
            else:
                self._note(ClaimReview(claim=claim, outcome=Outcome.NOT_ENOUGH, failed="agreement", fate="dropped"))

    async def _take(self, claim: WrittenClaim) -> None:
        """Review a claim, let it be written anew once where it fails, and show it where it passes."""
        if not self._answerable:
            return
        reviewed = await self._review(claim)
        if not reviewed.is_supported and self._policy.rewrites:
            anew = await self._rewrite(reviewed)
            if anew is not None:
                self._keep(reviewed, "rewritten")
                reviewed = await self._review(anew)
        if reviewed.is_supported and self._is_said(reviewed):
            self._keep(reviewed, "beside_the_point")
        elif not reviewed.is_supported:
            self._keep(reviewed, "dropped")
            await self._report(reviewed)
        elif not any(tells(plan, reviewed.draft, self._engine.lexicon) for plan in self._prepared.plans):
            self._keep(reviewed, "beside_the_point")
        elif not self._rests_on_the_answer(reviewed):
            self._keep(reviewed, "elsewhere")
        else:
            self._keep(reviewed, "shown")
            self._show(reviewed)

    def _is_said(self, reviewed: Reviewed) -> bool:
        """Say whether the model, or a line of a summary or comparison, says it already."""
        twice = any(reviewed.claim.text == shown.text for shown in self.shown)
        return twice or (self._joins and is_said(reviewed.draft, self._prepared.supported))

    def _rests_on_the_answer(self, reviewed: Reviewed) -> bool:
        """Say whether a claim rests on what the evidence-only answer cites, where the policy asks for it.

        In a summary or comparison it takes up a line of that answer; else it cites a note that is quoted there, where any is.
        """
        supported = self._prepared.supported
        if not (self._policy.joins_only and supported):
            return True
        if self._joins:
            return takes_up(reviewed.draft, supported)
        quoted = sources_of(draft for draft in supported if draft.route in QUOTES)
        return not quoted or bool(sources_of([reviewed.draft]) & quoted)

    async def _report(self, reviewed: Reviewed) -> None:
        """Report evidence that disagrees with itself; it is not shown as a claim."""
        if reviewed.verdict.outcome is Outcome.CONTRADICTED and len(reviewed.claim.citations) > 1:
            conflict: Conflict | None = await self._beside(partial(disputed, reviewed, self._sheet, self._engine.lexicon))
            self.conflicts += [conflict] if conflict is not None else []

    async def _review(self, claim: WrittenClaim) -> Reviewed:
        reviewed: Reviewed = await self._beside(partial(review, claim, self._sheet, self._engine.records, self._engine.lexicon))
        if reviewed.is_supported and self._judge is not None:
            _, passages = cited(claim, self._sheet)
            entailed: Entailment = await self._beside(partial(self._judge.judge, claim.text, passages))
            return judged(reviewed, entailed)
        if reviewed.is_supported and self._policy.judged:
            _, passages = cited(claim, self._sheet)
            try:
                said = await judge(claim.text, passages, self._generator, seconds=self._policy.seconds, salt=self._salt)
            except GeneratorGarbledError:
                said = Entailment(Outcome.NOT_ENOUGH, 1.0)  # a judge who cannot be understood has not agreed
            return judged(reviewed, said)
        return reviewed

    async def _rewrite(self, reviewed: Reviewed) -> WrittenClaim | None:
        """Let the model write a claim anew, told what failed; `None`: it gave it up."""
        _, passages = cited(reviewed.claim, self._sheet)
        task = rewrite_task(reviewed.claim, passages, reviewed.failed, reviewed.said, policy=self._policy, salt=self._salt)
        try:
            draft = await written(self._generator, task, reviewed.claim.citations)
        except GeneratorGarbledError:
            return None  # one sentence is lost, not the answer
        return draft.claims[0] if draft.answerable and draft.claims else None

    def _keep(self, reviewed: Reviewed, fate: Fate) -> None:
        self._note(
            ClaimReview(
                claim=reviewed.claim,
                outcome=reviewed.verdict.outcome,
                failed=reviewed.failed,
                said=reviewed.said,
                fate=fate,
                drafts_citing=max(1, agreeing(reviewed.claim, self._drafts)),
            )
        )

    def _note(self, one: ClaimReview) -> None:
        self._reviews.append(one)

    def _show(self, reviewed: Reviewed) -> None:
        draft = reviewed.draft
        claim = Claim(
            text=draft.text,
            kind=draft.kind,
            citations=draft.citations,
            verdict=reviewed.verdict,
            confidence=confidence_of(draft),
        )
        self.shown.append(claim)
        self._tell("claim", {"claim": claim})
