"""Where each FHIR resource type keeps what a fact needs: one recipe a type, as a table.

Paths are dotted element names; arrays are walked through. Of several paths the first that holds something counts.
Source: FHIR R4 resource definitions (http://hl7.org/fhir/R4/resourcelist.html).
"""

from __future__ import annotations

from typing import NamedTuple

from chartcite.engine.domain.records import Category

Details = tuple[tuple[str, tuple[str, ...]], ...]


class Recipe(NamedTuple):
    """How facts of one resource type are read."""

    category: Category
    concept: tuple[str, ...]
    occurred: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    details: Details = ()
    """Name of the detail and the paths it is read from; all of them are kept."""
    status: tuple[str, ...] = ("status",)


NOTE: Details = (("note", ("note.text",)),)
REASON: Details = (("reason", ("reasonCode", "reasonReference")),)
_MEDICATION = ("medicationCodeableConcept", "medicationReference")
_MEDICATION_DETAILS: Details = (
    *REASON,
    ("status_reason", ("statusReason", "statusReasonCodeableConcept", "statusReasonReference")),
    ("category", ("category",)),
    *NOTE,
)

RECIPES: dict[str, Recipe] = {
    "AllergyIntolerance": Recipe(
        Category.ALLERGY,
        ("code", "reaction.substance"),
        occurred=("onsetDateTime", "onsetPeriod.start"),
        ended=("onsetPeriod.end",),
        recorded=("recordedDate",),
        authors=("recorder", "asserter"),
        status=("clinicalStatus", "verificationStatus"),
        details=(
            ("reaction", ("reaction.manifestation",)),
            ("severity", ("reaction.severity",)),
            ("reaction_note", ("reaction.description", "reaction.note.text")),
            ("criticality", ("criticality",)),
            ("type", ("type",)),
            ("category", ("category",)),
            ("verification", ("verificationStatus",)),
            ("onset", ("onsetAge", "onsetRange", "onsetString")),
            ("last_occurrence", ("lastOccurrence",)),
            *NOTE,
        ),
    ),
    "Composition": Recipe(
        Category.DOCUMENT,
        ("type", "title"),
        occurred=("date",),
        recorded=("date",),
        authors=("author",),
        details=(("title", ("title",)), ("category", ("category",)), ("section", ("section.title",))),
    ),
    "Condition": Recipe(
        Category.CONDITION,
        ("code",),
        occurred=("onsetDateTime", "onsetPeriod.start"),
        ended=("abatementDateTime", "abatementPeriod.end", "abatementPeriod.start", "onsetPeriod.end"),
        recorded=("recordedDate",),
        authors=("recorder", "asserter"),
        status=("clinicalStatus", "verificationStatus"),
        details=(
            ("verification", ("verificationStatus",)),
            ("severity", ("severity",)),
            ("body_site", ("bodySite",)),
            ("stage", ("stage.summary",)),
            ("onset", ("onsetAge", "onsetRange", "onsetString")),
            ("abatement", ("abatementAge", "abatementRange", "abatementString")),
            ("evidence", ("evidence.code", "evidence.detail")),
            ("category", ("category",)),
            *NOTE,
        ),
    ),
    "DiagnosticReport": Recipe(
        Category.REPORT,
        ("code", "category"),
        occurred=("effectiveDateTime", "effectivePeriod.start", "issued"),
        ended=("effectivePeriod.end",),
        recorded=("issued",),
        authors=("resultsInterpreter", "performer"),
        details=(
            ("conclusion", ("conclusion",)),
            ("conclusion_code", ("conclusionCode",)),
            ("result", ("result",)),
            ("category", ("category",)),
            ("performer", ("performer",)),
        ),
    ),
    "DocumentReference": Recipe(
        Category.DOCUMENT,
        ("type", "category", "description"),
        occurred=("context.period.start", "date"),
        ended=("context.period.end",),
        recorded=("date",),
        authors=("author",),
        details=(
            ("description", ("description",)),
            ("category", ("category",)),
            ("document_status", ("docStatus",)),
            ("title", ("content.attachment.title",)),
            ("facility", ("context.facilityType", "custodian")),
        ),
    ),
    "Encounter": Recipe(
        Category.ENCOUNTER,
        ("type", "serviceType", "class"),
        occurred=("period.start",),
        ended=("period.end",),
        authors=("participant.individual",),
        details=(
            *REASON,
            ("diagnosis", ("diagnosis.condition",)),
            ("location", ("location.location",)),
            ("provider", ("serviceProvider",)),
            ("participant", ("participant.individual",)),
            ("service_type", ("serviceType",)),
            ("admit_source", ("hospitalization.admitSource",)),
            ("discharge", ("hospitalization.dischargeDisposition",)),
            ("length", ("length",)),
        ),
    ),
    "Immunization": Recipe(
        Category.IMMUNIZATION,
        ("vaccineCode",),
        occurred=("occurrenceDateTime",),
        recorded=("recorded",),
        authors=("performer.actor",),
        details=(
            ("status_reason", ("statusReason",)),
            ("dose_number", ("protocolApplied.doseNumberPositiveInt", "protocolApplied.doseNumberString")),
            ("series", ("protocolApplied.series",)),
            ("target_disease", ("protocolApplied.targetDisease",)),
            ("when", ("occurrenceString",)),
            ("dose", ("doseQuantity",)),
            ("route", ("route",)),
            ("site", ("site",)),
            ("lot", ("lotNumber",)),
            ("manufacturer", ("manufacturer",)),
            ("reaction", ("reaction.detail",)),
            ("performer", ("performer.actor",)),
            ("location", ("location",)),
            *REASON,
            *NOTE,
        ),
    ),
    "MedicationAdministration": Recipe(
        Category.MEDICATION,
        _MEDICATION,
        occurred=("effectiveDateTime", "effectivePeriod.start"),
        ended=("effectivePeriod.end",),
        authors=("performer.actor",),
        details=(("performer", ("performer.actor",)), *_MEDICATION_DETAILS),
    ),
    "MedicationDispense": Recipe(
        Category.MEDICATION,
        _MEDICATION,
        occurred=("whenHandedOver", "whenPrepared"),
        recorded=("whenHandedOver", "whenPrepared"),
        authors=("performer.actor",),
        details=(
            ("quantity", ("quantity",)),
            ("supply", ("daysSupply",)),
            ("performer", ("performer.actor",)),
            *_MEDICATION_DETAILS,
        ),
    ),
    "MedicationRequest": Recipe(
        Category.MEDICATION,
        _MEDICATION,
        occurred=("authoredOn",),
        ended=("dispenseRequest.validityPeriod.end",),
        recorded=("authoredOn",),
        authors=("requester", "recorder"),
        details=(
            ("intent", ("intent",)),
            ("requester", ("requester",)),
            ("refills", ("dispenseRequest.numberOfRepeatsAllowed",)),
            ("quantity", ("dispenseRequest.quantity",)),
            ("supply", ("dispenseRequest.expectedSupplyDuration",)),
            ("reported", ("reportedBoolean", "reportedReference")),
            *_MEDICATION_DETAILS,
        ),
    ),
    "MedicationStatement": Recipe(
        Category.MEDICATION,
        _MEDICATION,
        occurred=("effectiveDateTime", "effectivePeriod.start", "dateAsserted"),
        ended=("effectivePeriod.end",),
        recorded=("dateAsserted",),
        authors=("informationSource",),
        details=(("informant", ("informationSource",)), *_MEDICATION_DETAILS),
    ),
    "Observation": Recipe(
        Category.OBSERVATION,
        ("code",),
        occurred=("effectiveDateTime", "effectivePeriod.start", "effectiveInstant", "effectiveTiming.event"),
        ended=("effectivePeriod.end",),
        recorded=("issued",),
        authors=("performer",),
        details=(
            ("method", ("method",)),
            ("body_site", ("bodySite",)),
            ("specimen", ("specimen",)),
            ("device", ("device",)),
            ("category", ("category",)),
            ("member", ("hasMember",)),
            ("derived_from", ("derivedFrom",)),
            ("performer", ("performer",)),
            *NOTE,
        ),
    ),
    "Procedure": Recipe(
        Category.PROCEDURE,
        ("code",),
        occurred=("performedDateTime", "performedPeriod.start"),
        ended=("performedPeriod.end",),
        authors=("performer.actor", "recorder", "asserter"),
        details=(
            ("performer", ("performer.actor",)),
            ("performer_role", ("performer.function",)),
            ("when", ("performedString", "performedAge", "performedRange")),
            *REASON,
            ("body_site", ("bodySite",)),
            ("outcome", ("outcome",)),
            ("complication", ("complication", "complicationDetail")),
            ("follow_up", ("followUp",)),
            ("status_reason", ("statusReason",)),
            ("location", ("location",)),
            ("category", ("category",)),
            *NOTE,
        ),
    ),
}  # fmt: skip
