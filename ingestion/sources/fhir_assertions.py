"""Whether a FHIR resource says that something holds: present, absent, possible, planned, of the family, or an error."""

from __future__ import annotations

import re

from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_elements import Element, code_of

_VERIFICATION = {
    "refuted": AssertionStatus.ABSENT,
    "entered-in-error": AssertionStatus.ENTERED_IN_ERROR,
    "provisional": AssertionStatus.POSSIBLE,
    "differential": AssertionStatus.POSSIBLE,
    "unconfirmed": AssertionStatus.POSSIBLE,
}
_STATUS = {
    ("Procedure", "not-done"): AssertionStatus.ABSENT,
    ("Immunization", "not-done"): AssertionStatus.ABSENT,
    ("MedicationAdministration", "not-done"): AssertionStatus.ABSENT,
    ("MedicationStatement", "not-taken"): AssertionStatus.ABSENT,
    ("Encounter", "cancelled"): AssertionStatus.ABSENT,
    ("Observation", "cancelled"): AssertionStatus.ABSENT,
    ("DiagnosticReport", "cancelled"): AssertionStatus.ABSENT,
    ("Procedure", "preparation"): AssertionStatus.HYPOTHETICAL,
    ("MedicationStatement", "intended"): AssertionStatus.HYPOTHETICAL,
    ("MedicationRequest", "draft"): AssertionStatus.HYPOTHETICAL,
    ("Encounter", "planned"): AssertionStatus.HYPOTHETICAL,
    ("Goal", "proposed"): AssertionStatus.HYPOTHETICAL,
    ("Goal", "planned"): AssertionStatus.HYPOTHETICAL,
}
_NO_KNOWN_ALLERGY = frozenset({"716186003", "409137002", "428607008"})  # SNOMED CT: none known; drugs; environment
_NO_ALLERGY_WORDS = re.compile(
    r"\b(?:no\s+(?:known\s+|active\s+)?(?:\w+\s+){0,2}allerg(?:y|ies)|no\s+known\s+(?:\w+\s+)?allergens?|nkd?a)\b", re.I
)
_NOT_AN_ORDER_YET = frozenset({"proposal", "option"})


def assertion_of(root: Element, draft: Draft) -> AssertionStatus:
    """Return what the resource's own words and codes say; an error outweighs all else."""
    kind = root.child("resourceType").words
    status = code_of(root.child("lifecycleStatus" if kind == "Goal" else "status"))
    verification = code_of(root.child("verificationStatus"))
    if "entered-in-error" in {status, verification}:
        return AssertionStatus.ENTERED_IN_ERROR
    if verification in _VERIFICATION:
        return _VERIFICATION[verification]
    if (kind, status) in _STATUS:
        return _STATUS[kind, status]
    if root.child("doNotPerform").value is True:
        return AssertionStatus.ABSENT
    if draft.category in {Category.MEDICATION, Category.ORDER} and root.child("intent").words in _NOT_AN_ORDER_YET:
        return AssertionStatus.HYPOTHETICAL
    return _absent_allergy(draft) or draft.assertion


def _absent_allergy(draft: Draft) -> AssertionStatus | None:
    """`No known allergies` is recorded as an allergy: it is the documented absence of one."""
    if draft.category is not Category.ALLERGY:
        return None
    concept = draft.named.concept
    coded = any(coding.code in _NO_KNOWN_ALLERGY for coding in concept.codings)
    return AssertionStatus.ABSENT if coded or _NO_ALLERGY_WORDS.search(concept.text) else None
