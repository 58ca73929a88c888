"""The tables of the OMOP Common Data Model: how each is recognised, and where it keeps what a fact needs.

Source: OMOP CDM 5.4 (https://ohdsi.github.io/CommonDataModel/cdm54.html); columns of 5.2 to 6.0 that were renamed too.
"""

from __future__ import annotations

from typing import NamedTuple

from chartcite.engine.domain.records import Category
from chartcite.ingestion.sources.hl7_values import CPT, CVX, ICD9CM, ICD10CM, LOINC, NDC, RXNORM, SNOMED

Details = tuple[tuple[str, str], ...]


class Table(NamedTuple):
    """How the rows of one clinical table become facts."""

    name: str
    key: str
    """Column of the primary key."""
    required: frozenset[str]
    category: Category
    concept: str
    """Stem of the columns that name it: `condition` for `condition_concept_id`, `condition_source_value`, ..."""
    start: tuple[str, ...] = ()
    """Stems of the columns with its begin: `condition_start` for `condition_start_date(time)`."""
    end: tuple[str, ...] = ()
    details: Details = ()
    """Name of the detail and its column."""


def _table(name: str, category: Category, concept: str, *, start: str, end: tuple[str, ...] = (), details: Details = ()) -> Table:
    key = f"{name}_id"
    return Table(name, key, frozenset({"person_id", key, f"{concept}_concept_id"}), category, concept, (start,), end, details)


PERSON = Table("person", "person_id", frozenset({"person_id", "gender_concept_id", "year_of_birth"}), Category.DEMOGRAPHIC, "")
DEATH = Table("death", "person_id", frozenset({"person_id", "death_date"}), Category.DEMOGRAPHIC, "cause", ("death",))
NOTE = Table(
    "note", "note_id", frozenset({"person_id", "note_id", "note_text", "note_type_concept_id"}), Category.DOCUMENT, "note_class",
    ("note",),
)  # fmt: skip
MEASUREMENT = _table(
    "measurement", Category.LABORATORY, "measurement", start="measurement",
    details=(("category", "measurement_type_concept_id"), ("time", "measurement_time"), ("performer", "provider_id")),
)  # fmt: skip
OBSERVATION = _table(
    "observation", Category.OBSERVATION, "observation", start="observation",
    details=(("qualifier", "qualifier_concept_id"), ("category", "observation_type_concept_id"), ("performer", "provider_id")),
)  # fmt: skip
DRUG = _table(
    "drug_exposure", Category.MEDICATION, "drug", start="drug_exposure_start", end=("drug_exposure_end",),
    details=(
        ("dose", "sig"), ("instructions", "sig"), ("route", "route_concept_id"), ("quantity", "quantity"),
        ("supply", "days_supply"), ("refills", "refills"), ("status_reason", "stop_reason"), ("lot", "lot_number"),
        ("verbatim_end", "verbatim_end_date"), ("dose_unit", "dose_unit_source_value"), ("category", "drug_type_concept_id"),
        ("performer", "provider_id"),
    ),
)  # fmt: skip
CONDITION = _table(
    "condition_occurrence", Category.CONDITION, "condition", start="condition_start", end=("condition_end",),
    details=(
        ("condition_status", "condition_status_concept_id"), ("stop_reason", "stop_reason"),
        ("category", "condition_type_concept_id"), ("performer", "provider_id"),
    ),
)  # fmt: skip
_VISIT_DETAILS: Details = (
    ("admit_source", "admitted_from_concept_id"), ("admit_source", "admitting_source_concept_id"),
    ("discharge", "discharged_to_concept_id"), ("discharge", "discharge_to_concept_id"),
    ("location", "care_site_id"), ("participant", "provider_id"),
)  # fmt: skip

CLINICAL: tuple[Table, ...] = (
    PERSON,
    _table(
        "visit_detail", Category.ENCOUNTER, "visit_detail", start="visit_detail_start", end=("visit_detail_end",),
        details=(("class", "visit_detail_concept_id"), *_VISIT_DETAILS),
    ),
    _table(
        "visit_occurrence", Category.ENCOUNTER, "visit", start="visit_start", end=("visit_end",),
        details=(("class", "visit_concept_id"), *_VISIT_DETAILS),
    ),
    CONDITION,
    DRUG,
    _table(
        "procedure_occurrence", Category.PROCEDURE, "procedure", start="procedure", end=("procedure_end",),
        details=(
            ("modifier", "modifier_concept_id"), ("quantity", "quantity"), ("category", "procedure_type_concept_id"),
            ("performer", "provider_id"),
        ),
    ),
    _table(
        "device_exposure", Category.OTHER, "device", start="device_exposure_start", end=("device_exposure_end",),
        details=(
            ("device_id", "unique_device_id"), ("production_id", "production_id"), ("quantity", "quantity"),
            ("category", "device_type_concept_id"), ("performer", "provider_id"),
        ),
    ),
    _table(
        "specimen", Category.OTHER, "specimen", start="specimen",
        details=(
            ("quantity", "quantity"), ("unit", "unit_concept_id"), ("body_site", "anatomic_site_concept_id"),
            ("disease_status", "disease_status_concept_id"),
        ),
    ),
    MEASUREMENT,
    OBSERVATION,
    NOTE,
    DEATH,
)  # fmt: skip

PLACES = (("provider", frozenset({"provider_name"})), ("provider", frozenset({"npi"})),
          ("care_site", frozenset({"care_site_name"})), ("location", frozenset({"city"})),
          ("location", frozenset({"address_1"})), ("location", frozenset({"location_source_value"})))  # fmt: skip
"""Tables that name who and where: name, and a column that (with the key) tells it."""

_DERIVED = "is derived from tables that are read; it is not read"
_VOCABULARY = "belongs to the vocabulary; it states nothing of a patient and is not read"
CONCEPT = frozenset({"concept_id", "concept_name", "vocabulary_id", "concept_code"})
"""Columns of the table of concepts."""
UNREAD: tuple[tuple[str, frozenset[str], str], ...] = (
    ("concept", CONCEPT, "is the vocabulary: it gives the names for the tables beside it and states nothing of a patient"),
    ("condition_era", frozenset({"condition_era_id"}), _DERIVED),
    ("drug_era", frozenset({"drug_era_id"}), _DERIVED),
    ("dose_era", frozenset({"dose_era_id"}), _DERIVED),
    ("note_nlp", frozenset({"note_nlp_id"}), "is what a program took out of the notes; the notes themselves are read"),
    ("observation_period", frozenset({"observation_period_id"}), "says when a person was observed; it is not read"),
    ("payer_plan_period", frozenset({"payer_plan_period_id"}), "is about payment; it is not read"),
    ("cost", frozenset({"cost_id"}), "is about payment; it is not read"),
    ("fact_relationship", frozenset({"domain_concept_id_1"}), "links rows with each other; it is not read"),
    ("episode_event", frozenset({"episode_id", "event_id"}), "links rows with each other; it is not read"),
    ("episode", frozenset({"episode_id", "episode_concept_id"}), _DERIVED),
    ("concept_relationship", frozenset({"concept_id_1", "concept_id_2"}), _VOCABULARY),
    ("concept_ancestor", frozenset({"ancestor_concept_id"}), _VOCABULARY),
    ("concept_synonym", frozenset({"concept_synonym_name"}), _VOCABULARY),
    ("concept_class", frozenset({"concept_class_id", "concept_class_name"}), _VOCABULARY),
    ("vocabulary", frozenset({"vocabulary_id", "vocabulary_name"}), _VOCABULARY),
    ("domain", frozenset({"domain_id", "domain_name"}), _VOCABULARY),
    ("relationship", frozenset({"relationship_id", "relationship_name"}), _VOCABULARY),
    ("drug_strength", frozenset({"drug_concept_id", "ingredient_concept_id"}), _VOCABULARY),
    ("source_to_concept_map", frozenset({"source_code", "target_concept_id"}), _VOCABULARY),
    ("cohort", frozenset({"cohort_definition_id", "subject_id"}), "says who belongs to a study; it is not read"),
    ("cohort_definition", frozenset({"cohort_definition_id", "cohort_definition_name"}), "describes a study; it is not read"),
    ("cdm_source", frozenset({"cdm_source_name"}), "describes the data set; it is not read"),
    ("metadata", frozenset({"metadata_concept_id"}), "describes the data set; it is not read"),
)
"""Tables that are known and not read: name, the columns that tell it, why."""

SYSTEMS = {
    "LOINC": LOINC, "SNOMED": SNOMED, "RxNorm": RXNORM, "ICD10CM": ICD10CM, "ICD9CM": ICD9CM, "CVX": CVX, "NDC": NDC,
    "CPT4": CPT, "ICD10": "http://hl7.org/fhir/sid/icd-10", "ATC": "http://www.whocc.no/atc",
    "UCUM": "http://unitsofmeasure.org",
}  # fmt: skip
"""`vocabulary_id` to the FHIR name of the code system; others keep their `vocabulary_id`."""

STANDARD = {
    "8507": "Male", "8532": "Female",
    "8515": "Asian", "8516": "Black or African American", "8527": "White", "8557": "Native Hawaiian or Other Pacific Islander",
    "8657": "American Indian or Alaska Native", "38003563": "Hispanic or Latino", "38003564": "Not Hispanic or Latino",
    "9201": "Inpatient Visit", "9202": "Outpatient Visit", "9203": "Emergency Room Visit",
    "262": "Emergency Room and Inpatient Visit",
    "4172703": "=", "4171756": "<", "4172704": ">", "4171754": "<=", "4171755": ">=",
}  # fmt: skip
"""Names of the standard concepts that every data set uses, for one that comes without its vocabulary."""
