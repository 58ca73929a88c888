"""Recipes of what is planned, ordered or agreed for a patient, and of every type that has no recipe of its own.

Source: FHIR R4 resource definitions (http://hl7.org/fhir/R4/resourcelist.html).
"""

from __future__ import annotations

from chartcite.engine.domain.records import Category
from chartcite.ingestion.sources.fhir_recipes import NOTE, REASON, Details, Recipe

_ORDER: Details = (
    ("intent", ("intent",)),
    ("priority", ("priority",)),
    ("planned_for", ("occurrenceDateTime", "occurrencePeriod", "occurrenceTiming.code")),
    ("requester", ("requester",)),
    ("performer", ("performer", "performerType")),
    *REASON,
    ("category", ("category",)),
    ("body_site", ("bodySite",)),
    ("instructions", ("patientInstruction", "orderDetail")),
    *NOTE,
)

PLANNED_RECIPES: dict[str, Recipe] = {
    "CarePlan": Recipe(
        Category.CARE_PLAN,
        ("title", "category", "description"),
        occurred=("period.start", "created"),
        ended=("period.end",),
        recorded=("created",),
        authors=("author", "contributor"),
        details=(
            ("activity", ("activity.detail.code", "activity.detail.description", "activity.reference")),
            ("addresses", ("addresses",)),
            ("description", ("description",)),
            ("category", ("category",)),
            ("goal", ("goal",)),
            ("intent", ("intent",)),
            ("note", ("note.text", "activity.progress.text")),
        ),
    ),
    "CareTeam": Recipe(
        Category.CARE_TEAM,
        ("name", "category"),
        occurred=("period.start",),
        ended=("period.end",),
        details=(
            ("reason", ("reasonCode", "reasonReference")),
            ("organization", ("managingOrganization",)),
            ("phone", ("telecom.value",)),
            *NOTE,
        ),
    ),
    "Coverage": Recipe(
        Category.COVERAGE,
        ("type", "payor"),
        occurred=("period.start",),
        ended=("period.end",),
        details=(
            ("payor", ("payor",)),
            ("plan", ("class.name", "class.value")),
            ("subscriber_id", ("subscriberId",)),
            ("relationship", ("relationship",)),
        ),
    ),
    "Device": Recipe(
        Category.OTHER,
        ("type", "deviceName.name", "modelNumber", "manufacturer"),
        details=(
            ("manufacturer", ("manufacturer",)),
            ("model", ("modelNumber", "deviceName.name")),
            ("serial", ("serialNumber",)),
            ("lot", ("lotNumber",)),
            ("device_identifier", ("udiCarrier.deviceIdentifier", "distinctIdentifier")),
            ("status_reason", ("statusReason",)),
            *NOTE,
        ),
    ),
    "DeviceRequest": Recipe(
        Category.ORDER,
        ("codeCodeableConcept", "codeReference"),
        occurred=("authoredOn", "occurrenceDateTime", "occurrencePeriod.start"),
        recorded=("authoredOn",),
        authors=("requester",),
        details=_ORDER,
    ),
    "Goal": Recipe(
        Category.GOAL,
        ("description",),
        occurred=("startDate", "statusDate"),
        recorded=("statusDate",),
        authors=("expressedBy",),
        status=("lifecycleStatus",),
        details=(
            ("achievement", ("achievementStatus",)),
            ("measure", ("target.measure",)),
            ("target", ("target.detailQuantity", "target.detailRange", "target.detailString",
                        "target.detailCodeableConcept", "target.detailBoolean", "target.detailInteger")),
            ("due", ("target.dueDate", "target.dueDuration")),
            ("addresses", ("addresses",)),
            ("priority", ("priority",)),
            ("category", ("category",)),
            ("status_reason", ("statusReason",)),
            *NOTE,
        ),
    ),
    "ServiceRequest": Recipe(
        Category.ORDER,
        ("code", "category"),
        occurred=("authoredOn", "occurrenceDateTime", "occurrencePeriod.start"),
        recorded=("authoredOn",),
        authors=("requester",),
        details=_ORDER,
    ),
}  # fmt: skip

OTHER = Recipe(
    Category.OTHER,
    (
        "code", "type", "codeCodeableConcept", "codeReference", "deviceName.name", "relationship", "procedureCode",
        "description", "title", "name", "category", "serviceType", "serviceCategory", "focus", "questionnaire", "topic",
        "activity",
    ),
    occurred=(
        "effectiveDateTime", "effectivePeriod.start", "onsetDateTime", "performedDateTime", "performedPeriod.start",
        "occurrenceDateTime", "occurrencePeriod.start", "occurredDateTime", "occurredPeriod.start", "started",
        "createdDateTime", "createdPeriod.start", "collection.collectedDateTime", "collection.collectedPeriod.start",
        "identifiedDateTime", "identifiedPeriod.start", "period.start", "billablePeriod.start", "timingDateTime",
        "timingPeriod.start", "start", "sent", "authored", "authoredOn", "dateTime", "dateWritten", "created", "date",
        "recorded", "issued", "receivedTime", "manufactureDate",
    ),
    ended=("effectivePeriod.end", "performedPeriod.end", "occurrencePeriod.end", "period.end", "end", "expirationDate"),
    recorded=("recorded", "issued", "authored", "authoredOn", "dateTime", "created", "date"),
    authors=("author", "performer.actor", "performer", "requester", "agent.who", "source", "operator"),
    details=(
        *REASON,
        ("body_site", ("bodySite", "series.bodySite")),
        ("modality", ("modality", "series.modality")),
        ("content_title", ("content.title",)),
        ("result", ("outcome", "conclusion", "result", "implicated", "prediction.outcome", "disposition")),
        ("manufacturer", ("manufacturer",)),
        ("text", ("description", "payload.contentString", "detail")),
        *NOTE,
    ),
)  # fmt: skip
"""For every patient-linked type without a recipe of its own: nothing is dropped silently."""

NOT_OF_A_PATIENT = frozenset({
    "ActivityDefinition", "AuditEvent", "Basic", "Binary", "CapabilityStatement", "ChargeItemDefinition", "CodeSystem",
    "ConceptMap", "Device", "DeviceDefinition", "Endpoint", "EventDefinition", "Evidence", "EvidenceVariable", "Group",
    "HealthcareService", "ImplementationGuide", "InsurancePlan", "Library", "List", "Location", "Measure", "Medication",
    "MedicationKnowledge", "MessageHeader", "NamingSystem", "ObservationDefinition", "OperationDefinition",
    "OperationOutcome", "Organization", "OrganizationAffiliation", "Parameters", "Person", "PlanDefinition",
    "Practitioner", "PractitionerRole", "Provenance", "Questionnaire", "Schedule", "SearchParameter", "Slot",
    "SpecimenDefinition", "StructureDefinition", "StructureMap", "Subscription", "Substance", "ValueSet",
})  # fmt: skip
"""Types that may stand without a patient: stored for names and codes, with no facts."""
