"""A row of a clinical OMOP table to the facts it states."""

from __future__ import annotations

import re

from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept, Patient, Quantity, Value
from chartcite.ingestion.sources.drafts import NOWHEN, Draft, Moment
from chartcite.ingestion.sources.fhir_elements import Named, Phrase
from chartcite.ingestion.sources.hl7_values import CVX, LOINC, birth_words, demographic, number_of, safe_id
from chartcite.ingestion.sources.omop_reading import RowReading
from chartcite.ingestion.sources.omop_tables import DEATH, DRUG, MEASUREMENT, OBSERVATION, PERSON, Table
from chartcite.ingestion.sources.table_dates import date_of

_VITAL_SIGNS = frozenset({
    "85353-1", "9279-1", "8867-4", "2708-6", "59408-5", "8310-5", "8302-2", "9843-4", "29463-7", "39156-5", "85354-9", "8480-6",
    "8462-4", "8478-0", "3141-9", "8287-5",
})  # fmt: skip
"""LOINC codes of the vital signs (FHIR R4 vital signs profile) and those often used in their place."""
_VITAL_WORDS = re.compile(
    r"\b(?:heart rate|pulse rate|(?:systolic|diastolic|mean arterial|blood) (?:blood )?pressure|respiratory rate|body mass index|"
    r"body (?:temperature|height|weight)|bmi|oxygen saturation in arterial blood by pulse oximetry|spo2)\b",
    re.IGNORECASE,
)
_FAMILY = re.compile(r"(?:family history of|family hx|fhx?:)\b", re.IGNORECASE)
_NO_ALLERGY = re.compile(r"no known (?:\w+ )?allerg", re.IGNORECASE)
_ALLERGY = re.compile(r"(?:allergy to|allergic to|drug allergy|food allergy)\b", re.IGNORECASE)
_SOCIAL = re.compile(
    r"\b(?:tobacco|smok\w*|alcohol (?:use|intake|consumption)|drinks alcohol|occupation|employment)\b", re.IGNORECASE
)
_POSSIBLE = re.compile(r"\b(?:provisional|preliminary|suspected|differential|presumptive)\b", re.IGNORECASE)
_RULED_OUT = re.compile(r"\b(?:ruled out|refuted)\b", re.IGNORECASE)
_COMPARATOR = re.compile(r"(<=|>=|<|>|≤|≥)\s*(\S+)")
_OPERATORS = {"<": "<", "<=": "<=", ">": ">", ">=": ">=", "≤": "<=", "≥": ">="}


def facts_of(reading: RowReading, table: Table) -> list[Draft]:
    """Return what a row states; a row that names nothing states none."""
    if table is PERSON:
        return _person(reading)
    if table is DEATH:
        return _death(reading)
    named = reading.named(table.concept)
    if named is None:
        reading.note(f"{table.concept}_concept_id", "the row does not say what it is about; it gives no fact")
        return []
    draft = Draft(
        category=table.category,
        named=named,
        occurred=reading.moment(*table.start),
        ended=reading.moment(*table.end),
        details=reading.details(table.details),
        author=reading.names.place("provider", reading.row.value("provider_id")),
        encounter=_encounter(reading, table),
    )
    if table in (MEASUREMENT, OBSERVATION):
        _measure(reading, draft)
    _classify(reading, table, draft)
    return [draft]


def patient_of(reading: RowReading) -> Patient:
    """Return who the row of the person table is about."""
    gender = reading.words("gender_concept_id")
    return Patient(
        id=reading.patient_id,
        gender=gender.text.lower() if gender else "",
        birth_date=_birth(reading).date,
        deceased=reading.moment("death").date,
    )


def _encounter(reading: RowReading, table: Table) -> str:
    visit = reading.row.value("visit_occurrence_id")
    own = table.name == "visit_occurrence"
    return f"visit_occurrence/{safe_id(visit)}" if visit and visit != "0" and not own else ""


def _person(reading: RowReading) -> list[Draft]:
    died = reading.moment("death")
    drafts = [
        demographic("birthDate", "Date of birth", birth_words(_birth(reading))),
        demographic("gender", "Gender", _lower(reading.words("gender_concept_id"))),
        demographic("us-core-race", "Race", reading.words("race_concept_id")),
        demographic("us-core-ethnicity", "Ethnicity", reading.words("ethnicity_concept_id")),
        demographic("address", "Address", reading.words("location_id")),
        demographic("generalPractitioner", "Primary care provider", reading.words("provider_id")),
        _dead(died) if died.date else None,
    ]
    return [draft for draft in drafts if draft is not None]


def _lower(words: Phrase | None) -> Phrase | None:
    return Phrase(words.text.lower(), words.path) if words else None


def _birth(reading: RowReading) -> Moment:
    """Return the date of birth: `birth_datetime`, unless its day is not that of the three columns, which may be less exact."""
    row = reading.row
    parts = [row.value(f"{name}_of_birth") for name in ("year", "month", "day")]
    given = parts[: next((at for at, part in enumerate(parts) if not part or part == "0"), 3)]
    date = date_of("-".join([given[0].zfill(4), *(part.zfill(2) for part in given[1:])])) if given else None
    whole = reading.moment("birth")
    if whole.date and (not given or (date is not None and whole.date.day == date.written)):
        return Moment(date_of(whole.date.day), whole.path)
    if date is None:
        if given:
            reading.note("year_of_birth", "year, month and day of birth are no date; kept without it")
        return NOWHEN
    last = ("year", "month", "day")[len(given) - 1]
    year = row.phrase("year_of_birth")
    path = reading.between("year_of_birth", f"{last}_of_birth") if _adjacent(reading) else ""
    return Moment(date, path or (year.path if year else ""))


def _adjacent(reading: RowReading) -> bool:
    positions = [reading.row.positions.get(f"{name}_of_birth", -1) for name in ("year", "month", "day")]
    return positions == list(range(positions[0], positions[0] + 3))


def _dead(moment: Moment) -> Draft | None:
    draft = demographic("deceased", "Deceased", birth_words(moment))
    if draft is not None:
        draft.occurred = moment
    return draft


def _death(reading: RowReading) -> list[Draft]:
    """Return the row of the death table as the fact that Patient.deceased gives, with the cause."""
    moment = reading.moment("death")
    cell = reading.row.phrase("person_id")
    draft = _dead(moment) or demographic("deceased", "Deceased", Phrase("true", cell.path) if cell else None)
    cause = reading.named("cause")
    if draft is None:
        return []
    draft.tell("cause", Phrase(cause.concept.text, cause.path) if cause else None)
    draft.tell("category", reading.words("death_type_concept_id"))
    return [draft]


def _classify(reading: RowReading, table: Table, draft: Draft) -> None:
    """Correct category and assertion by what the concept itself says."""
    words, codings = draft.named.concept.text, draft.named.concept.codings
    if table is DRUG and any(coding.system == CVX for coding in codings):
        draft.category = Category.IMMUNIZATION
    if table is MEASUREMENT and (
        _VITAL_WORDS.search(words) or any(coding.system == LOINC and coding.code in _VITAL_SIGNS for coding in codings)
    ):
        draft.category = Category.VITAL_SIGN
    if table is OBSERVATION and _SOCIAL.search(words):
        draft.category = Category.SOCIAL_HISTORY
    if table.category in {Category.OBSERVATION, Category.CONDITION}:
        _classify_finding(draft, words)
    status = reading.words("condition_status_concept_id")
    if status and _RULED_OUT.search(status.text):
        draft.assertion = AssertionStatus.ABSENT
    elif status and _POSSIBLE.search(status.text):
        draft.assertion = AssertionStatus.POSSIBLE


def _classify_finding(draft: Draft, words: str) -> None:
    if _FAMILY.match(words):
        draft.category, draft.assertion = Category.FAMILY_HISTORY, AssertionStatus.FAMILY
    elif _NO_ALLERGY.match(words):
        draft.category, draft.assertion = Category.ALLERGY, AssertionStatus.ABSENT
    elif _ALLERGY.match(words):
        draft.category = Category.ALLERGY


def _measure(reading: RowReading, draft: Draft) -> None:
    """Read the value of a measurement or observation, and its range."""
    unit, ucum = _unit(reading)
    draft.value = _value(reading, unit, ucum)
    draft.range_low, draft.range_high = reading.number("range_low"), reading.number("range_high")
    low = reading.row.value("range_low") if draft.range_low is not None else ""
    high = reading.row.value("range_high") if draft.range_high is not None else ""
    if low and high:
        draft.reference_range = f"{low}-{high} {unit}".strip()
    elif low or high:
        draft.reference_range = f"{'>=' if low else '<='} {low or high} {unit}".strip()
    if draft.reference_range:  # the places of unit and range: a Fact has none of its own
        path = reading.between("range_low" if low else "range_high", "range_high" if high else "range_low")
        draft.tell("reference_range", Phrase(draft.reference_range, path))
    if draft.value is not None and draft.value.quantity is not None:
        draft.tell("unit", _unit_words(reading))


def _unit_words(reading: RowReading) -> Phrase | None:
    return reading.row.phrase("unit_source_value") or reading.words("unit_concept_id")


def _unit(reading: RowReading) -> tuple[str, str]:
    """Return the unit as shown and its UCUM code: the source's own words first, the concept's code is the code."""
    unit_id, written = reading.row.value("unit_concept_id"), reading.row.value("unit_source_value")
    concept = reading.names.concept(unit_id)
    ucum = concept.code if concept and concept.vocabulary == "UCUM" else ""
    if not written and unit_id not in {"", "0"} and concept is None:
        if reading.row.value("value_as_number"):
            reading.note("unit_concept_id", "the name of the unit is not known: put CONCEPT.csv into the folder")
        return f"concept {unit_id}", ""
    return written or ucum or (concept.name if concept else ""), ucum


def _value(reading: RowReading, unit: str, ucum: str) -> Value | None:
    number = reading.number("value_as_number")
    cell = reading.row.phrase("value_as_number")
    if number is not None and cell:
        quantity = Quantity(value=number, written=cell.text, unit=unit, ucum=ucum, comparator=_comparator(reading))
        return Value(quantity=quantity, path=cell.path)
    concept, place = reading.names.concept(reading.row.value("value_as_concept_id")), reading.row.phrase("value_as_concept_id")
    if concept and place:
        coding = concept.coding
        return Value(concept=CodedConcept(text=concept.name, codings=(coding,) if coding else ()), path=place.path)
    words = reading.row.phrase("value_as_string") or reading.row.phrase("value_source_value")
    if words is None and place and place.text != "0":
        reading.note("value_as_concept_id", "the name of the value is not known: put CONCEPT.csv into the folder")
        return Value(text=f"concept {place.text}", path=place.path)
    return Value(text=words.text, path=words.path) if words else None


def _comparator(reading: RowReading) -> str:
    """Return the operator; where none is given, the one in front of the same number in the source's own value."""
    concept = reading.names.concept(reading.row.value("operator_concept_id"))
    if concept:
        return _OPERATORS.get(concept.name.strip(), "")
    match = _COMPARATOR.match(reading.row.value("value_source_value"))
    same = match and number_of(match[2]) is not None and number_of(match[2]) == number_of(reading.row.value("value_as_number"))
    return _OPERATORS[match[1]] if match and same else ""


def title_of(table: Table, drafts: list[Draft]) -> str:
    """Return what the text of a row is called."""
    if table in (PERSON, DEATH) or not drafts:
        return table.name
    named: Named = drafts[0].named
    return named.concept.text
