"""The JSON of the public API. Field names are fixed; more may be added. `docs/answer.schema.json` is made from here."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from chartcite.api.problems import problem_of_validation
from chartcite.engine.domain.answers import (
    Absence,
    AbstentionBasis,
    Answer,
    Audience,
    Claim,
    Confidence,
    Conflict,
    Explanation,
    Missing,
    Question,
    Receipt,
    RedFlag,
    SupportedAnswer,
    Turn,
)
from chartcite.engine.domain.evidence import Citation, Mark, Rectangle
from chartcite.engine.domain.records import PatientId, Repeats
from chartcite.engine.errors import InvalidQuestionError
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

MAX_QUESTION_CHARACTERS = 2000
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Body(BaseModel):
    """JSON of a request or an answer. Unknown fields of a request are ignored: clients can be newer than servers."""

    model_config = ConfigDict(frozen=True, extra="ignore")


def parse_moment(given: object) -> date | datetime | None:
    """Read `as_of`: a day, or an instant with its zone.

    Raises:
        ValueError: neither; the words do not repeat what was given.
    """
    if given is None or given == "" or isinstance(given, date):
        return given or None  # type: ignore[return-value]  # the empty string becomes None
    try:
        if isinstance(given, str) and _DAY.match(given):
            return date.fromisoformat(given)
        if isinstance(given, str) and "T" in given and (moment := datetime.fromisoformat(given)).tzinfo is not None:
            return moment
    except ValueError:
        pass  # not a day of the calendar: the same words as for no date at all
    raise ValueError("must be a day such as 2024-03-01, or a date-time with its zone")


def _words(given: object) -> object:
    if isinstance(given, str):
        given = _CONTROL.sub(" ", given).strip()
        if not any(map(str.isalnum, given)):
            raise ValueError("must have words")
    return given


def _audience(given: object) -> object:
    return given or Audience.CLINICIAN


Moment = Annotated[date | AwareDatetime | None, BeforeValidator(parse_moment, json_schema_input_type=str | None)]
Words = Annotated[str, BeforeValidator(_words), Field(min_length=1, max_length=MAX_QUESTION_CHARACTERS)]
QuestionId = Annotated[str, Field(max_length=200)] | int | None


class TurnBody(Body):
    """An earlier question of the same conversation."""

    question: Words
    answer: Annotated[str, Field(max_length=20_000)] = Field(default="", description="The text of its answer.")
    patient_id: Annotated[str, Field(max_length=200)] | None = Field(
        default=None, description="Whose chart it was about; absent: the guidelines. Must be the chart that is asked now."
    )


class QuestionBody(Body):
    """A question as a client sends it."""

    question: Words = Field(description="The question in free text.")
    as_of: Moment = Field(default=None, description="Answer from what the chart held on this day (or at this instant).")
    audience: Annotated[Audience, BeforeValidator(_audience, json_schema_input_type=Audience | None)] = Audience.CLINICIAN
    id: QuestionId = Field(default=None, description="Comes back with the answer, unchanged.")
    earlier: Annotated[tuple[TurnBody, ...], Field(max_length=50)] = Field(
        default=(), description="The turns before it, oldest first: a follow-up is read with them."
    )


class BatchQuestion(QuestionBody):
    """A line of a batch."""

    patient_id: Annotated[str, Field(max_length=200)] | None = Field(
        default=None, description="Whose chart; absent: the guidelines."
    )


def question_from(body: QuestionBody, *, patient_id: str | None, max_characters: int = MAX_QUESTION_CHARACTERS) -> Question:
    """Turn a request into a question.

    Raises:
        InvalidQuestionError: longer than this server reads.
    """
    if len(body.question) > max_characters:
        raise InvalidQuestionError(f"question: is longer than {max_characters} characters")
    return Question(
        id="" if body.id is None else str(body.id),
        text=body.question,
        patient_id=PatientId(patient_id) if patient_id else None,
        as_of=body.as_of,
        audience=body.audience,
        earlier=tuple(
            Turn(question=turn.question, answer=turn.answer, patient_id=PatientId(turn.patient_id) if turn.patient_id else None)
            for turn in body.earlier
        ),
    )


def batch_question(fields: dict[str, Any]) -> BatchQuestion:
    """Read the fields of a question from outside HTTP.

    Raises:
        InvalidQuestionError: a field that cannot be used, named.
    """
    try:
        return BatchQuestion.model_validate(fields)
    except ValidationError as error:
        raise InvalidQuestionError(problem_of_validation(error.errors(include_input=False)).detail) from None


class AnswerBody(Body):
    """An answer as every door gives it: supported by claims, or an abstention with what was searched."""

    id: str | int = Field(description="The id that came with the question; without one, the receipt's.")
    kind: Literal["supported", "abstained"]
    patient_id: str | None
    question: str
    read_as: str = Field(
        default="",
        description="The question as it was read: a follow-up with the turns before it, free words in plain ones; else empty.",
    )
    as_of: str | None
    audience: Audience
    text: str
    claims: tuple[Claim, ...]
    confidence: Confidence
    abstention: AbstentionBasis | None
    absence: Absence | None = Field(
        default=None, description="How it is absent: a source denies it, no record tells it, or this chart cannot tell it."
    )
    conflicts: tuple[Conflict, ...]
    missing: tuple[Missing, ...]
    red_flags: tuple[RedFlag, ...]
    beside: tuple[Claim, ...] = Field(
        default=(),
        description="Salient facts that the answer does not mention, where it is about treatment, a procedure or safety.",
    )
    nearest: tuple[Claim, ...] = Field(
        default=(),
        description="Of an abstention: entries of what is named that do not tell what is asked of it, and sentences of notes "
        "that come nearest; verified, and no answer.",
    )
    explanations: tuple[Explanation, ...] = Field(
        default=(), description="Terms of the answer in plain words, for a patient: general, and nothing of this chart."
    )
    lead: str = Field(default="", description="What a patient is told first: what a record cannot tell. Part of `text`.")
    closing: str = Field(default="", description="What a patient is told last: whom to ask. Part of `text`.")
    notice: str = Field(default="", description="What a reader must know of how it was made, such as: written without the model.")
    receipt: Receipt


def answer_to_wire(answer: Answer, *, id: str | int | None = None) -> AnswerBody:  # noqa: A002 -- the field's public name
    """Write an answer in the public form."""
    question = answer.question
    return AnswerBody(
        id=id if id is not None else question.id or answer.receipt.id,
        kind=answer.kind,
        patient_id=question.patient_id,
        question=question.text,
        read_as=answer.read_as,
        as_of=question.as_of.isoformat() if question.as_of else None,
        audience=question.audience,
        text=answer.text,
        claims=answer.claims if isinstance(answer, SupportedAnswer) else (),
        confidence=answer.confidence,
        abstention=None if isinstance(answer, SupportedAnswer) else answer.basis,
        absence=answer.absence,
        conflicts=answer.conflicts,
        missing=answer.missing,
        red_flags=answer.red_flags,
        beside=answer.beside,
        nearest=() if isinstance(answer, SupportedAnswer) else answer.nearest,
        explanations=answer.explanations,
        lead=answer.lead,
        closing=answer.closing,
        notice=answer.notice,
        receipt=_receipt_for(answer),
    )


def _receipt_for(answer: Answer) -> Receipt:
    """Return the receipt as its reader may have it: a patient is not sent what a model wrote and the checks refused.

    The stored receipt keeps it for professionals.
    """
    receipt, writing = answer.receipt, answer.receipt.writing
    if writing is None or answer.question.audience is not Audience.PATIENT:
        return receipt
    shown = tuple(each for each in writing.reviews if each.fate == "shown")
    return receipt.model_copy(update={"writing": writing.model_copy(update={"reviews": shown})})


class PatientBody(Body):
    """One line of the list of patients."""

    id: str
    name: str
    gender: str
    birth_date: str | None
    deceased: str | None


class PatientList(Body):
    """Every patient of the store, by id."""

    patients: tuple[PatientBody, ...]


class ChartBody(PatientBody):
    """A patient, with what the chart holds."""

    facts_by_category: dict[str, int]
    resource_types: dict[str, int]
    documents: int
    passages: int
    earliest: str | None
    newest: str | None
    suggested_questions: tuple[str, ...] = Field(description="Questions that this chart invites; a convenience.")


class LaidOut(Body):
    """A JSON source laid out for reading, with the range of the quote in this text."""

    text: str
    start: int
    end: int
    also: tuple[tuple[int, int], ...] = Field(default=(), description="New ranges of those asked for with `also`.")


class ExcerptBody(Body):
    """A citation opened: the stored text with the quote's range, in characters (Unicode code points)."""

    citation: Citation
    patient_id: str | None
    text: str
    readable: LaidOut | None = Field(description="The same source laid out, where it is JSON.")
    page: int | None = Field(default=None, description="Page on which the quote begins, where the source has pages.")
    rectangles: tuple[Rectangle, ...] = Field(default=(), description="Lines of the quote, in points from the lower left corner.")


class CorpusName(StrEnum):
    """What can be searched."""

    GUIDELINES = "guidelines"
    PATIENTS = "patients"


class SearchHit(Body):
    """A passage found."""

    rank: int = Field(ge=1)
    patient_id: str | None
    resource: str
    title: str
    section: str
    text: str
    citation: str = Field(description="Opens with GET /v1/citations/{id} or `chartcite show`.")
    start: int
    end: int
    occurred_at: str | None
    recorded_at: str | None
    marks: tuple[Mark, ...] = Field(default=(), description="What a reader of the text is warned of.")
    repeats: Repeats | None = Field(default=None, description="Later notes that hold one of its sentences.")


class SearchBody(Body):
    """Passages for some words, best first."""

    corpus: str
    words: str
    hits: tuple[SearchHit, ...]


def answer_schema() -> dict[str, Any]:
    """Return the JSON Schema of an answer, open to fields that later versions add."""
    schema = AnswerBody.model_json_schema(mode="serialization")
    for part in (schema, *schema["$defs"].values()):
        part.pop("additionalProperties", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
