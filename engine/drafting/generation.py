"""Stage 2 with a language model: question and numbered evidence → claims that cite it, as the model writes them. Checks nothing.

The model has no tools and sees one scope. What it reads is data in a labelled channel; what it writes has a form that holds only
ids of this evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from typing import Any, NamedTuple

from chartcite.engine.domain.answers import ClaimKind, WrittenClaim
from chartcite.engine.domain.evidence_sheets import EvidenceSheet
from chartcite.engine.domain.records import Frozen
from chartcite.engine.drafting.evidence_sheet import neutral, told
from chartcite.engine.drafting.joining import compares, sums_up
from chartcite.engine.drafting.prompts import EXAMPLES, KIND_HINTS, REWRITE_RULES, RULES
from chartcite.engine.errors import GeneratorGarbledError
from chartcite.engine.ports import Generator, Message, WritingTask
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from pydantic import Field, ValidationError
from pydantic_core import from_json

KINDS = (ClaimKind.RECORD_FACT, ClaimKind.INFERENCE, ClaimKind.ABSENCE, ClaimKind.GUIDELINE)
"""What a model may write. Arithmetic is done by code only."""
MOST_CLAIM_CHARACTERS = 400
MOST_DOCUMENT_CHARACTERS = 20_000


class WritingPolicy(Frozen):
    """How a model is asked."""

    evidence_tokens: int = Field(default=1800, ge=200, le=100_000)
    """Budget of the evidence. Rules, examples, question and answer need about 1,200 more of the model's window."""
    answer_tokens: int = Field(default=500, ge=50, le=8_000)
    most_claims: int = Field(default=4, ge=1, le=10)
    drafts: int = Field(default=1, ge=1, le=8)
    """Drafts that are written. Of several, what at least half of them cite is kept."""
    seconds: float = Field(default=30.0, gt=0, le=600)
    """Until the answer must be there, with everything that follows the first word."""
    rewrites: int = Field(default=1, ge=0, le=1)
    """How often a claim that failed may be written anew."""
    judged: bool = True
    """Whether a second call judges each claim that passed the checks."""
    joins_only: bool = True
    """Whether a claim is shown only if it rests on a note that the evidence-only engine quotes too, where it quotes any: a small
    model takes an old sentence for the newest. In a summary or comparison it must join something to words that the
    evidence-only answer cites. `False`: whatever passes the checks is shown."""
    answers_silence: bool = False
    """Whether the model is asked where the evidence-only engine finds no answer in the evidence."""


class WrittenDraft(Frozen):
    """Everything that a model wrote for one question."""

    answerable: bool
    claims: tuple[WrittenClaim, ...] = ()
    left_open: tuple[str, ...] = ()


class Asked(NamedTuple):
    """What a draft is written from."""

    question: str
    plans: Sequence[Plan]
    sheet: EvidenceSheet
    today: str
    """Day that the question is asked at, ISO 8601."""
    salt: str


def answer_task(asked: Asked, policy: WritingPolicy, /, *, seconds: float, seed: int = 0) -> WritingTask:
    """Return the task of writing one draft.

    Args:
        asked: the question with its evidence.
        policy: how much may be written.
        seconds: until the draft must be there.
        seed: 0 is the likeliest draft; others vary.
    """
    hints = " ".join(_hints(asked.plans))
    rules = RULES.format(most_claims=policy.most_claims) + (f"\n{hints}" if hints else "")
    messages = [Message("system", rules)]
    for name in (_example(asked.plans), "silence"):
        messages += [Message("user", EXAMPLES[name][0]), Message("assistant", EXAMPLES[name][1])]
    messages.append(Message("user", _told(asked)))
    return WritingTask(
        messages=tuple(messages),
        form=answer_form(asked.sheet.ids, most_claims=policy.most_claims),
        form_name="answer",
        most_tokens=policy.answer_tokens,
        seconds=seconds,
        seed=seed,
        temperature=0.0 if seed == 0 else 0.7,
        salt=asked.salt,
    )


def _hints(plans: Sequence[Plan]) -> list[str]:
    intents = [plan.intent for plan in plans] + [Intent.DIFFERENCE for plan in plans if compares(plan)]
    return list(dict.fromkeys(KIND_HINTS[intent] for intent in intents if intent in KIND_HINTS))


def _example(plans: Sequence[Plan]) -> str:
    """Return the name of the example that is most like a question."""
    if any(plan.intent is Intent.REASON for plan in plans):
        return "reason"
    if any(map(sums_up, plans)):
        return "summary"
    return "comparison" if any(map(compares, plans)) else "description"


def _told(asked: Asked) -> str:
    return f"<evidence>\n{told(asked.sheet)}\n</evidence>\nToday: {asked.today}\nQuestion: {neutral(asked.question)}"


def rewrite_task(
    claim: WrittenClaim, passages: Sequence[str], failed: str, said: str, /, *, policy: WritingPolicy, salt: str
) -> WritingTask:
    """Return the task of writing one claim anew.

    Args:
        claim: what failed.
        passages: the sentences that it cites.
        failed: the check that decided against it.
        said: its words that failed; may be empty.
        policy: how much may be written.
        salt: keeps the server's cache apart.
    """
    evidence = "\n".join(f"{id_}: {neutral(passage)}" for id_, passage in zip(claim.citations, passages, strict=True))
    reason = f"The check of {failed} failed" + (f" at “{neutral(said)}”." if said else ".")
    told_again = f"<evidence>\n{evidence}\n</evidence>\nYour claim: {neutral(claim.text)}\n{reason}"
    return WritingTask(
        messages=(Message("system", REWRITE_RULES), Message("user", told_again)),
        form=answer_form(claim.citations, most_claims=1),
        form_name="answer",
        most_tokens=min(policy.answer_tokens, 200),
        seconds=policy.seconds,
        salt=salt,
    )


def answer_form(ids: Sequence[str], /, *, most_claims: int) -> dict[str, Any]:
    """Return the JSON Schema of a draft: an id that is not in `ids` cannot be written by a server that guides decoding."""
    claim = {
        "type": "object",
        "properties": {
            "citations": {"type": "array", "items": {"type": "string", "enum": list(ids)}, "minItems": 1, "maxItems": 4},
            "kind": {"type": "string", "enum": [kind.value for kind in KINDS]},
            "text": {"type": "string", "minLength": 1, "maxLength": MOST_CLAIM_CHARACTERS},
        },
        "required": ["citations", "kind", "text"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {
            "answerable": {"type": "boolean"},
            "claims": {"type": "array", "items": claim, "maxItems": most_claims},
            "left_open": {"type": "array", "items": {"type": "string", "maxLength": 120}, "maxItems": 3},
        },
        "required": ["answerable", "claims", "left_open"],
        "additionalProperties": False,
    }


class DraftReader:
    """Reads a draft while it is being written."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = frozenset(ids)
        self._text = ""
        self._taken = 0
        self.answerable: bool | None = None
        """What the draft says of itself; `None`: not yet."""

    def feed(self, piece: str) -> list[WrittenClaim]:
        """Return the claims that this piece completes.

        Raises:
            GeneratorGarbledError: what comes is no JSON, or endless.
        """
        self._text += piece
        if len(self._text) > MOST_DOCUMENT_CHARACTERS:
            raise GeneratorGarbledError("the language model writes without end")
        if not self._text.strip():
            return []
        try:
            known = from_json(self._text, allow_partial=True)
        except ValueError:
            raise GeneratorGarbledError("the language model wrote something that is not JSON") from None
        return self._complete(known) if isinstance(known, dict) else []

    def close(self) -> tuple[list[WrittenClaim], WrittenDraft]:
        """Return the claims that only the end completed, and the whole draft.

        Raises:
            GeneratorGarbledError: the document is cut off, or has another form. Claims that came before stand by themselves.
        """
        try:
            known = from_json(self._text)
        except ValueError:
            raise GeneratorGarbledError("the language model's document is cut off") from None
        if not isinstance(known, dict) or not isinstance(known.get("answerable"), bool):
            raise GeneratorGarbledError("the language model's document has another form than was asked for")
        rest = self._complete(known, closed=True)
        given = known.get("left_open")
        left_open = tuple(str(part)[:120] for part in given[:3] if isinstance(part, str)) if isinstance(given, list) else ()
        claims = tuple(claim for one in _listed(known) if (claim := self._read(one)) is not None)
        return rest, WrittenDraft(answerable=known["answerable"], claims=claims, left_open=left_open)

    def _complete(self, known: dict[str, Any], *, closed: bool = False) -> list[WrittenClaim]:
        if isinstance(known.get("answerable"), bool):
            self.answerable = known["answerable"]
        listed = _listed(known)
        # The last of a list may still grow, unless something stands behind the list.
        whole = len(listed) if closed or "left_open" in known else max(0, len(listed) - 1)
        new = listed[self._taken : whole]
        self._taken = max(self._taken, whole)
        return [claim for one in new if (claim := self._read(one)) is not None]

    def _read(self, one: object) -> WrittenClaim | None:
        """Return a claim of the form that was asked for; ids that are not of the evidence take the claim with them."""
        try:
            claim = WrittenClaim.model_validate(one)
        except ValidationError:
            return None
        known = tuple(dict.fromkeys(claim.citations))
        if not set(known) <= self._ids or claim.kind not in KINDS:
            return None
        return claim.model_copy(update={"citations": known, "text": " ".join(claim.text.split())})


def _listed(known: dict[str, Any]) -> list[Any]:
    claims = known.get("claims")
    return claims if isinstance(claims, list) else []


async def written(generator: Generator, task: WritingTask, ids: Sequence[str], /) -> WrittenDraft:
    """Write a draft to its end.

    Raises:
        GeneratorError: the model did not write it.
    """
    reader = DraftReader(ids)
    async with aclosing(generator.write(task)) as pieces:
        async for piece in pieces:
            reader.feed(piece)
    return reader.close()[1]
