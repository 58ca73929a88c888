"""What all statements of a C-CDA entry share: status, negation, times, who, and the observations that qualify others.

Source: HL7 C-CDA R2.1 entry templates; statuses as FHIR R4 writes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept, Value
from chartcite.engine.facts.elements import range_path
from chartcite.ingestion.sources.ccda_reading import CdaReading, templates
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.xml_tree import XmlElement

STATEMENTS = ("act", "encounter", "observation", "organizer", "procedure", "substanceAdministration", "supply")
"""The clinical statements of CDA R2 that are read."""
TEMPLATE = "2.16.840.1.113883.10.20.22.4."
PLANNED_MOODS = {"INT": "plan", "RQO": "order", "PRP": "proposal", "PRMS": "plan", "ARQ": "proposal", "APT": "plan"}
"""HL7 v3 ActMood to the intents of FHIR."""

_QUALIFIERS = {
    "6": "status", "28": "status", "8": "severity", "9": "reaction", "19": "reason", "31": "onset", "53": "refusal", "64": "note",
    "145": "criticality", "143": "priority", "147": "instructions", "20": "instructions", "80": "diagnosis", "4": "problem",
    "47": "death", "17": "supply", "18": "supply", "119": "author", "122": "reference", "5": "status", "25": "free text",
}  # fmt: skip
"""Templates of statements that only say more of another one."""
_QUALIFIER_CODES = {
    "33999-4": "status", "SEV": "severity", "82606-5": "criticality", "48767-8": "note", "76662-6": "instructions",
    "445518008": "onset", "11778-8": "due", "225773000": "priority",
}  # fmt: skip
_ACT_STATUS = {
    "aborted": "stopped", "suspended": "on-hold", "held": "on-hold", "nullified": "entered-in-error", "new": "draft",
    "cancelled": "cancelled", "active": "active", "completed": "completed",
}  # fmt: skip
_RESULT_STATUS = {
    "completed": "final", "active": "registered", "held": "registered", "suspended": "registered", "aborted": "cancelled",
    "cancelled": "cancelled", "nullified": "entered-in-error", "new": "registered",
}  # fmt: skip


class Place(NamedTuple):
    """Where a statement stands."""

    suffix: str
    """Of the ids of its facts: `section[3].entry[0]`."""
    section: str
    """Code of the section (LOINC), empty where it has none."""
    concern: XmlElement | None = None
    """The act around it, where that says its status."""


def marks_of(element: XmlElement) -> set[str]:
    """Return the C-CDA entry templates of a statement, without what all begin with."""
    return {root.removeprefix(TEMPLATE) for root in templates(element) if root.startswith(TEMPLATE)}


def qualifier_of(element: XmlElement) -> str:
    """Return what a statement says of the one around it (`severity`, `reaction`, ...); empty: it stands for itself."""
    for mark in marks_of(element):
        if mark in _QUALIFIERS:
            return _QUALIFIERS[mark]
    code = element.first("code")
    return _QUALIFIER_CODES.get(code.get("code"), "") if code is not None else ""


def inner(element: XmlElement) -> Iterator[XmlElement]:
    """Yield the statements directly inside of a statement."""
    for holder in (*element.elements("entryRelationship"), *element.elements("component")):
        for child in holder.elements():
            if child.tag in STATEMENTS:
                yield child


def qualifiers(element: XmlElement, kind: str) -> Iterator[XmlElement]:
    """Yield the statements inside that say one kind of thing of it."""
    return (child for child in inner(element) if qualifier_of(child) == kind)


def is_negated(element: XmlElement) -> bool:
    """Say whether the source says that it is not so."""
    return element.get("negationInd") == "true"


def begin(reading: CdaReading, element: XmlElement, place: Place, category: Category, named: Named) -> Draft:
    """Return a fact with what every statement has: times, status, author, comments."""
    author, written = reading.author_of(element)
    start, end = reading.interval_of(element)
    draft = Draft(category, named, suffix=place.suffix, occurred=start, ended=end, recorded=written, author=author)
    draft.status = status_of(element, _ACT_STATUS)
    if draft.status and draft.status.text == "entered-in-error":
        draft.assertion = AssertionStatus.ENTERED_IN_ERROR
    if draft.occurred.date is None and draft.recorded.date is None:
        draft.recorded = reading.written
    return draft


def finish(reading: CdaReading, element: XmlElement, draft: Draft) -> Draft:
    """Add what any statement may say of itself: comments."""
    for note in qualifiers(element, "note"):
        draft.tell("note", reading.words(note.first("text")) or reading.phrase(note.first("value")))
    return draft


def status_of(element: XmlElement, table: Mapping[str, str]) -> Phrase | None:
    """Return the status code in FHIR's words and where it stands."""
    code = element.first("statusCode")
    words = code.attribute("code") if code is not None else None
    return Phrase(table.get(words.text, words.text), words.path) if words else None


def result_status(element: XmlElement) -> Phrase | None:
    """Return the status of an observation in FHIR's words."""
    return status_of(element, _RESULT_STATUS)


def name_of(reading: CdaReading, element: XmlElement, *codes: XmlElement | None) -> Named | None:
    """Return what a statement is about: its codes, else the words that it refers to."""
    named = reading.named(*codes)
    if named and all(named.concept.text != one.code for one in named.concept.codings):
        return named
    words = reading.words(element.first("text"))
    if words and named:  # a code without a display: the words of the narrative name it
        return Named(CodedConcept(text=words.text, codings=named.concept.codings), words.path)
    return named or (Named(CodedConcept(text=words.text), words.path) if words else None)


def negation(element: XmlElement) -> str:
    """Return the path of the words that say that it is not so: the attribute, else the start tag."""
    words = element.attribute("negationInd")
    return words.path if words else range_path(*element.opening)


def values_of(reading: CdaReading, element: XmlElement) -> list[Value]:
    """Return every value of an observation that has one."""
    return [value for one in element.elements("value") if (value := reading.value(one))]


def described(reading: CdaReading, element: XmlElement) -> Phrase | None:
    """Return what an observation that qualifies another says: its value, else its words, else its code."""
    for one in element.elements("value"):
        value = reading.value(one)
        if value is not None:
            return Phrase(value.shown, value.path)
    code = element.first("code")
    bare = code is None or code.get("code") == "ASSERTION"  # a code that only says that a value follows
    return reading.words(element.first("text")) or (None if bare else reading.phrase(code))
