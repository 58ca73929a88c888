"""A file of questions → a file of answers: one line in, one line out, the same id, the same order."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import orjson
from chartcite.api.asking import Asking
from chartcite.api.problems import Problem, problem_of, problem_of_status
from chartcite.api.wire import answer_to_wire, batch_question, question_from
from chartcite.engine.errors import InputError, InvalidQuestionError

_LOG = logging.getLogger(__name__)


class BatchLine(NamedTuple):
    """What is written for one line that was read."""

    content: dict[str, Any]
    refused: bool = False
    """The line could not be used."""
    failed: bool = False
    """Our own failure."""


def answer_lines(lines: Iterable[str], asking: Asking, *, observe: Callable[[], None] | None = None) -> Iterator[BatchLine]:
    """Answer each line that is not blank.

    A line that cannot be used gives a line of kind `error`, and the run goes on.

    Raises:
        StoreError: the store cannot serve: no further line could be answered.
        ModelError: the model cannot be used, likewise.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        yield _answer_line(line, number, asking)
        if observe is not None:
            observe()


def _answer_line(line: str, number: int, asking: Asking) -> BatchLine:
    fields: dict[str, Any] = {}
    try:
        fields = _fields(line)
        asked = batch_question(fields)
        answer = asking(question_from(asked, patient_id=asked.patient_id))
    except InputError as error:
        return BatchLine(_error_line(fields, problem_of(error), number), refused=True)
    except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError) as error:
        # One question that meets a defect must not cost the answers of the others; its message may hold record text.
        _LOG.error("line %s failed with %s", number, type(error).__name__)
        return BatchLine(_error_line(fields, problem_of_status(500), number), failed=True)
    return BatchLine(answer_to_wire(answer, id=asked.id).model_dump(mode="json"))


def _fields(line: str) -> dict[str, Any]:
    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError:
        raise InvalidQuestionError("the line is not JSON") from None
    if not isinstance(content, dict):
        raise InvalidQuestionError("the line is not a JSON object")
    return content


def _error_line(fields: dict[str, Any], problem: Problem, number: int) -> dict[str, Any]:
    return {"id": fields.get("id"), "kind": "error", "error": {**problem.model_dump(), "line": number}}
