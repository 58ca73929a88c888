"""Questions asked one after another by doors without an event loop: the command line and its batches."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self

from chartcite.engine.ask import Engine
from chartcite.engine.domain.answers import Answer, Question
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.keeping import Keeper, ask_and_keep, ask_with_model_and_keep


class Asking:
    """An engine, with a language model and a keeper of receipts where they are configured. Use as a context manager."""

    def __init__(self, engine: Engine, writer: ModelWriter | None = None, keeper: Keeper | None = None) -> None:
        self.engine = engine
        self._keeper = keeper
        self._writer = writer
        self._runner = asyncio.Runner() if writer is not None else None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the event loop of the model, if there was one."""
        if self._runner is not None:
            self._runner.close()

    def __call__(self, question: Question, /) -> Answer:
        """Answer a question.

        Raises:
            PatientNotFoundError: the store holds no such patient.
            InvalidQuestionError: it cannot be used.
        """
        if self._runner is None or self._writer is None:
            return ask_and_keep(question, engine=self.engine, keeper=self._keeper)
        asked = ask_with_model_and_keep(question, engine=self.engine, writer=self._writer, keeper=self._keeper)
        return self._runner.run(asked)
