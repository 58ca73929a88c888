"""What a chart holds: facts with their source, status and time; documents; patients.

Knows nothing of files, indexes or questions. Terms follow FHIR R4 (http://hl7.org/fhir/R4/).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NewType, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

PatientId = NewType("PatientId", str)
"""`Patient.id` of the record, unique in a store."""


class Frozen(BaseModel):
    """A value: immutable, and nothing unknown gets in."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Category(StrEnum):
    """What a fact is about. One category for each kind of list that a reader asks for."""

    DEMOGRAPHIC = "demographic"
    CONDITION = "condition"
    LABORATORY = "laboratory"
    VITAL_SIGN = "vital_sign"
    SOCIAL_HISTORY = "social_history"
    SURVEY = "survey"
    OBSERVATION = "observation"
    MEDICATION = "medication"
    ALLERGY = "allergy"
    PROCEDURE = "procedure"
    IMMUNIZATION = "immunization"
    ENCOUNTER = "encounter"
    FAMILY_HISTORY = "family_history"
    REPORT = "report"
    ORDER = "order"
    CARE_PLAN = "care_plan"
    CARE_TEAM = "care_team"
    GOAL = "goal"
    COVERAGE = "coverage"
    DOCUMENT = "document"
    OTHER = "other"


class AssertionStatus(StrEnum):
    """Whether the record says that it holds for this patient (ConText, Harkema 2009; FHIR verification status)."""

    PRESENT = "present"
    ABSENT = "absent"
    POSSIBLE = "possible"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    FAMILY = "family"
    ENTERED_IN_ERROR = "entered_in_error"


_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$")


class PartialDate(Frozen):
    """A FHIR date, dateTime or instant as written, and the interval of time that it can mean.

    The calendar day is the one of the record's own time zone and is never shifted; a value without a zone is read as UTC.
    """

    written: str
    """As it stands in the source: `2023`, `2023-07`, `2023-07-22`, `2023-07-22T15:10:00-05:00`."""
    start: AwareDatetime
    """First instant that it can mean."""
    end: AwareDatetime
    """First instant after it."""

    @classmethod
    def parse(cls, written: str) -> Self:
        """Read a FHIR date or dateTime.

        Raises:
            ValueError: not a FHIR date, or not a day of the calendar.
        """
        match = _DATE.match(written.strip())
        if match is None:
            raise ValueError("not a FHIR date or dateTime")
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
        if match[4] is None:
            start = datetime(year, month, day, tzinfo=UTC)
            if match[3]:
                end = start + timedelta(days=1)
            elif match[2]:
                end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
            else:
                end = datetime(year + 1, 1, 1, tzinfo=UTC)
            return cls(written=written.strip(), start=start, end=end)
        moment = datetime.fromisoformat(written.strip().replace("Z", "+00:00"))
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return cls(written=written.strip(), start=moment, end=moment + timedelta(seconds=1))

    @property
    def day(self) -> str:
        """The date as written without the time of day: `2023`, `2023-07` or `2023-07-22`."""
        return self.written[:10]

    @cached_property
    def first_day(self) -> date:
        """First calendar day that it can mean, in the record's own zone."""
        return self.start.date()

    @cached_property
    def last_day(self) -> date:
        """Last calendar day that it can mean, in the record's own zone."""
        return self.start.date() if len(self.written) > 10 else (self.end - timedelta(days=1)).date()


class Coding(Frozen):
    """A code and the system that gives it meaning."""

    system: str
    code: str
    display: str = ""


class CodedConcept(Frozen):
    """What something is, in words and in all the codes that the record gives."""

    text: str = Field(min_length=1)
    codings: tuple[Coding, ...] = ()


class Quantity(Frozen):
    """A measured value. Never without the unit it was written with (empty: the record gives none)."""

    value: Decimal
    written: str
    """The number as it stands in the source: `7.10` stays `7.10`."""
    unit: str = ""
    """Unit as shown to a reader."""
    ucum: str = ""
    """UCUM code, where the record gives one."""
    comparator: str = ""
    """`<`, `<=`, `>=`, `>` or empty."""


class Value(Frozen):
    """A value of an observation: exactly one of a quantity, a coded concept or words, and where it stands."""

    quantity: Quantity | None = None
    concept: CodedConcept | None = None
    text: str | None = None
    path: str
    """Element path in the resource, such as `valueQuantity.value`."""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(part is not None for part in (self.quantity, self.concept, self.text)) != 1:
            raise ValueError("a value is exactly one of quantity, concept and text")
        return self

    @property
    def shown(self) -> str:
        """The value with its unit, as a reader expects it."""
        if self.quantity is not None:
            quantity = self.quantity
            gap = "" if quantity.unit in {"%", "°C", "°F"} and quantity.unit != "%" else " "
            return f"{quantity.comparator}{quantity.written}{gap + quantity.unit if quantity.unit else ''}"
        return self.concept.text if self.concept is not None else str(self.text)


class Component(Frozen):
    """One measured part of an observation, such as the systolic pressure."""

    concept: CodedConcept
    value: Value | None = None
    concept_path: str = ""


class Detail(Frozen):
    """A further element of a fact that a reader asks about, and where it stands."""

    name: str
    """`dose`, `route`, `frequency`, `reason`, `status_reason`, `reaction`, `relationship`, `performer`, ..."""
    text: str
    path: str


class Repeats(Frozen):
    """Later notes of the same patient that hold the same sentence, as far as a scope knows them: copies, no new evidence."""

    notes: int = Field(ge=1)
    last: str
    """Day of the newest of them; empty: it has no date."""

    @property
    def shown(self) -> str:
        """In words: `repeated in 3 later notes, last 2024-05-02`."""
        notes = "1 later note" if self.notes == 1 else f"{self.notes} later notes"
        return f"repeated in {notes}" + (f", last {self.last}" if self.last else "")


_BOOKED = frozenset({"proposed", "pending", "booked", "waitlist", "planned"})
"""Statuses of appointments and visits that are still to come."""


class Fact(Frozen):
    """One statement of the record, typed: what, whether, how much, when it happened, when it was written, where it stands."""

    id: str
    """`Type/id`, with `#suffix` where a resource gives several facts."""
    patient_id: PatientId
    category: Category
    resource: str
    """`Type/id` of the FHIR resource (for other sources the document's own id)."""
    concept: CodedConcept
    concept_path: str
    """Element path of the words that name it, such as `code.text`."""
    assertion: AssertionStatus = AssertionStatus.PRESENT
    status: str = ""
    """Status code of the resource: `active`, `stopped`, `completed`, `final`, `not-done`, ..."""
    status_path: str = ""
    value: Value | None = None
    components: tuple[Component, ...] = ()
    interpretation: str = ""
    """Interpretation as given: `H`, `L`, `High`, ..."""
    reference_range: str = ""
    """Reference range as words: `4.0-5.6 %`."""
    range_low: Decimal | None = None
    range_high: Decimal | None = None
    occurred: PartialDate | None = None
    """When it happened or began."""
    occurred_path: str = ""
    ended: PartialDate | None = None
    """When it ended: abatement, last day of a medication, end of an encounter."""
    ended_path: str = ""
    recorded: PartialDate | None = None
    """When it was written down."""
    author: str = ""
    encounter: str = ""
    """`Encounter/id`, where the record says."""
    details: tuple[Detail, ...] = ()
    span: tuple[int, int] | None = None
    """Character range in the document at `document_path`, for a fact found in narrative."""
    document_path: str = ""
    document_key: int = 0
    """Row of that document in the store, of the very version that says this; 0: not read from a store."""
    repeats: Repeats | None = None
    """Later notes that say it in the same sentence; never stored with a fact."""

    @property
    def known(self) -> PartialDate | None:
        """The moment from which the chart held this fact; `None`: not told, as of what is booked without a day of booking."""
        return self.recorded or (None if self.is_booked else self.occurred)

    @property
    def is_booked(self) -> bool:
        """Say whether it is an appointment or a visit that was still to come when it was written down."""
        visit = self.category is Category.ENCOUNTER or self.resource.startswith("Appointment/")
        return visit and self.status in _BOOKED

    def detail(self, name: str) -> Detail | None:
        """Return the first detail of that name."""
        return next((detail for detail in self.details if detail.name == name), None)


class PageLayout(Frozen):
    """Where the lines of a text stand on a page of its source."""

    number: int = Field(ge=1)
    start: int = Field(ge=0)
    """First character of the page in the document's text."""
    end: int
    width: float
    """Of the page, in points of 1/72 inch."""
    height: float
    boxes: tuple[tuple[int, int, float, float, float, float], ...] = ()
    """Of each line: first character, character after the last, left, bottom, right, top; points from the lower left corner."""


class Document(Frozen):
    """A stored text that citations point into: the JSON of a resource, or narrative that came with it."""

    resource: str
    """`Type/id`, or `file id#R1` for a guideline."""
    patient_id: PatientId | None
    path: str
    """Empty for the resource's own JSON; `content[0].attachment` and the like for narrative."""
    title: str
    text: str
    occurred: PartialDate | None = None
    recorded: PartialDate | None = None
    author: str = ""
    kind: str = ""
    """What sort of document, in the record's own words."""
    layout: tuple[PageLayout, ...] = ()
    """Pages with the place of each line, where the source has pages."""


class Patient(Frozen):
    """Who the chart is about. `repr` shows the id only."""

    id: PatientId
    name: str = Field(default="", repr=False)
    gender: str = ""
    birth_date: PartialDate | None = Field(default=None, repr=False)
    deceased: PartialDate | None = Field(default=None, repr=False)
