"""Generators, and judges: one keeps what a language model writes while it writes, the other writes from what was kept."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from typing import NamedTuple

from chartcite.engine.claim_checks.checker import Entailment, EntailmentJudge
from chartcite.engine.domain.answers import Outcome, WritingRecord
from chartcite.engine.domain.receipts import JudgedEntailment, ModelDocument, ModelWork
from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.drafting.writing_session import FAILURES
from chartcite.engine.errors import GeneratorError, GeneratorUnavailableError
from chartcite.engine.ports import Generator, GeneratorIdentity, WritingTask

_ID = re.compile(r"\b[RG]\d{2,3}\.s\d{1,3}\b")
_ERRORS = {code: kind for kind, code in FAILURES.items()}
_VERDICT = "verdict"


class RecordingGenerator:
    """Writes as the generator behind it does, and keeps every piece. One for each answer."""

    def __init__(self, generator: Generator) -> None:
        self._generator = generator
        self._begun: list[_Begun] = []

    async def identity(self) -> GeneratorIdentity:
        """Say which model writes."""
        return await self._generator.identity()

    async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        """Yield the document piece by piece."""
        begun = _Begun(task)
        self._begun.append(begun)
        try:
            async with aclosing(self._generator.write(task)) as pieces:
                async for piece in pieces:
                    begun.pieces.append(piece)
                    yield piece
            begun.finished = True
        except GeneratorError as error:
            begun.failure = next(code for kind, code in FAILURES.items() if isinstance(error, kind))
            raise

    def documents(self) -> tuple[ModelDocument, ...]:
        """Return what was written so far."""
        return tuple(each.document() for each in self._begun)


class RecordingJudge:
    """Judges as the judge behind it does, and keeps what it said. One for each answer."""

    def __init__(self, judge: EntailmentJudge) -> None:
        self._judge = judge
        self.said: list[JudgedEntailment] = []

    def judge(self, claim: str, passages: Sequence[str], /) -> Entailment:
        """Say whether the passages support the claim."""
        found = self._judge.judge(claim, passages)
        one = JudgedEntailment(about=_judged(claim, passages), outcome=found.outcome, probability=found.probability)
        self.said.append(one)
        return found


class RecordedJudge:
    """Says what was said; of a claim that nobody judged then, that the evidence is not enough."""

    def __init__(self, said: Sequence[JudgedEntailment]) -> None:
        self._said = {one.about: one for one in said}
        self.unknown = 0

    def judge(self, claim: str, passages: Sequence[str], /) -> Entailment:
        """Say whether the passages supported the claim."""
        one = self._said.get(_judged(claim, passages))
        if one is None:
            self.unknown += 1
            return Entailment(Outcome.NOT_ENOUGH, 1.0)
        return Entailment(one.outcome, one.probability)


class _Begun:
    """A document while it is being written."""

    def __init__(self, task: WritingTask) -> None:
        self._task = task
        self.pieces: list[str] = []
        self.finished = False
        self.failure = ""

    def document(self) -> ModelDocument:
        return ModelDocument(
            form_name=self._task.form_name,
            seed=self._task.seed,
            task=_whole(self._task),
            about=_about(self._task),
            lines=_lines(self._task),
            text="".join(self.pieces),
            cuts=tuple(map(len, self.pieces)),
            finished=self.finished,
            failure=self.failure,
        )


class Played(NamedTuple):
    """How many tasks were met with a document that was kept."""

    exactly: int = 0
    """The same task, word for word."""
    nearly: int = 0
    """The same task over other evidence or in other words: ids of the evidence were carried over."""
    unknown: int = 0
    """Nothing was kept for it."""


class RecordedGenerator:
    """Writes what a language model wrote for the same tasks, in the same pieces, and fails where it failed."""

    def __init__(self, work: ModelWork, record: WritingRecord) -> None:
        self._left = list(work.documents)
        self._record = record
        self._drafts = WritingPolicy.model_validate(work.policy).drafts
        self._asked = 0
        self.played = Played()

    async def identity(self) -> GeneratorIdentity:
        """Say which model wrote.

        Raises:
            GeneratorError: it did not say then either.
        """
        record = self._record
        if record.failure and not record.model:
            raise _error(record.failure)
        return GeneratorIdentity(record.model, record.digest, record.server)

    async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        """Yield what was written.

        Raises:
            GeneratorError: as it was raised then; `GeneratorUnavailableError` where nothing was kept for this task.
        """
        is_draft = self._asked < self._drafts
        self._asked += 1
        found = self._take(task, is_draft=is_draft)
        if found is None:
            async with aclosing(self._unknown(task)) as pieces:
                async for piece in pieces:
                    yield piece
            return
        document, translation = found
        for piece in _pieces(document, translation):
            await asyncio.sleep(0)  # several documents come by turns
            yield piece
        if not document.finished:
            raise _error(document.failure or self._record.failure)

    def _take(self, task: WritingTask, *, is_draft: bool) -> tuple[ModelDocument, dict[str, str]] | None:
        """Take the document of a task, with new ids for its old ones (none: they are the same)."""
        whole = _whole(task)
        for document in self._left:
            if document.task == whole:
                return self._taken(document, {}, exactly=True)
        about = _about(task)
        for document in self._left:
            if document.form_name == task.form_name and (document.about == about or (is_draft and document.seed == task.seed)):
                new = {text: id_ for id_, text in _lines(task).items()}
                return self._taken(document, {old: new.get(text, "") for old, text in document.lines.items()}, exactly=False)
        return None

    def _taken(self, document: ModelDocument, ids: dict[str, str], *, exactly: bool) -> tuple[ModelDocument, dict[str, str]]:
        self._left.remove(document)
        played = self.played
        self.played = played._replace(exactly=played.exactly + exactly, nearly=played.nearly + (not exactly))
        return document, ids

    async def _unknown(self, task: WritingTask) -> AsyncGenerator[str, None]:
        """Meet a task that nothing was kept for: nobody judged that claim, nobody wrote that one anew."""
        if self._record.failure:
            raise _error(self._record.failure)
        self.played = self.played._replace(unknown=self.played.unknown + 1)
        if task.form_name == _VERDICT:
            yield json.dumps({_VERDICT: Outcome.NOT_ENOUGH.value})
        else:
            raise GeneratorUnavailableError("nothing was kept for this task")


def _error(code: str) -> GeneratorError:
    return _ERRORS.get(code, GeneratorError)("as it failed then")


def _pieces(document: ModelDocument, ids: dict[str, str]) -> Iterator[str]:
    """Yield a document as it came; with other ids in one piece, and claims of which an id is gone stay without one."""
    if any(old != new for old, new in ids.items()):
        yield _ID.sub(lambda found: ids.get(found[0]) or f"{found[0]}-gone", document.text)
        return
    place = 0
    for length in document.cuts:
        yield document.text[place : place + length]
        place += length


def _whole(task: WritingTask) -> str:
    asked = [[*map(list, task.messages)], task.form, task.form_name, task.most_tokens, task.seed, task.temperature]
    return _hash(json.dumps(asked, sort_keys=True, ensure_ascii=True))


def _about(task: WritingTask) -> str:
    return _hash(f"{task.form_name}\n{_ID.sub('#', task.messages[-1].content)}")


def _lines(task: WritingTask) -> dict[str, str]:
    """Return each id that may be cited with a hash of its text, read from the last message."""
    allowed = set(_ID.findall(json.dumps(task.form)))
    told = (line.partition(": ") for line in task.messages[-1].content.splitlines())
    return {id_: _hash(text)[:16] for id_, _, text in told if id_ in allowed}


def _judged(claim: str, passages: Sequence[str]) -> str:
    return _hash(json.dumps([claim, *passages], ensure_ascii=True))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
