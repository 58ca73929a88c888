"""A FHIR resource of a patient to the facts it states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from chartcite.engine.domain.records import Category, CodedConcept, Fact
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_assertions import assertion_of
from chartcite.ingestion.sources.fhir_elements import Named, Phrase, code_of, concept_phrase, roots_of
from chartcite.ingestion.sources.fhir_medications import read_medication
from chartcite.ingestion.sources.fhir_observations import read_observation
from chartcite.ingestion.sources.fhir_people import (
    read_appointment,
    read_care_team,
    read_encounter,
    read_family,
    read_patient,
    read_questionnaire,
)
from chartcite.ingestion.sources.fhir_reading import Reading
from chartcite.ingestion.sources.fhir_recipes import RECIPES, Details, Recipe
from chartcite.ingestion.sources.fhir_recipes_planned import OTHER, PLANNED_RECIPES

_RULES: Mapping[str, Callable[[Reading, Draft], list[Draft]]] = {
    "Appointment": read_appointment,
    "CareTeam": read_care_team,
    "Encounter": read_encounter,
    "FamilyMemberHistory": read_family,
    "MedicationAdministration": read_medication,
    "MedicationDispense": read_medication,
    "MedicationRequest": read_medication,
    "MedicationStatement": read_medication,
    "Observation": read_observation,
    "QuestionnaireResponse": read_questionnaire,
}
_FAMILY = Recipe(Category.FAMILY_HISTORY, ("relationship",), recorded=("date",))
_MAX_KEPT = 500
"""Characters of names that are kept to be used again: what a hostile file makes long is not kept in memory."""
_BINARY = Recipe(Category.DOCUMENT, ("contentType",))


def read_facts(reading: Reading) -> tuple[Fact, ...]:
    """Return the facts of one resource; every resource of a patient gives at least one, but an empty Patient."""
    kind = reading.root.child("resourceType").words
    if kind == "Patient":
        drafts = read_patient(reading)
    else:
        draft = _drafted(reading, kind)
        rule = _RULES.get(kind)
        drafts = rule(reading, draft) if rule else [draft]
        for one in drafts:
            one.assertion = assertion_of(reading.root, one)
    return tuple(draft.fact(reading.identity, reading.patient_id) for draft in drafts)


def _recipe(kind: str) -> Recipe:
    if kind == "FamilyMemberHistory":
        return _FAMILY
    return _BINARY if kind == "Binary" else RECIPES.get(kind) or PLANNED_RECIPES.get(kind, OTHER)


def _drafted(reading: Reading, kind: str) -> Draft:
    """Fill a draft from the paths of its recipe."""
    recipe = _recipe(kind)
    return Draft(
        category=recipe.category,
        named=reading.named(*recipe.concept) or Named(CodedConcept(text=kind), "resourceType"),
        status=_status(reading, recipe),
        occurred=reading.moment(*recipe.occurred),
        ended=reading.moment(*recipe.ended),
        recorded=reading.moment(*recipe.recorded),
        author=reading.author(*recipe.authors),
        encounter=reading.encounter(),
        details=[
            detail for name, paths in _details_there(kind, tuple(reading.source.data)) for detail in reading.details(name, *paths)
        ],
    )


def _details_there(kind: str, names: tuple[str, ...]) -> Details:
    """Return the details that a resource with elements of these names may have; few kinds of resources make up a chart."""
    return _kept_details(kind, names) if sum(map(len, names)) < _MAX_KEPT else _recipe(kind).details


@lru_cache(maxsize=4096)
def _kept_details(kind: str, names: tuple[str, ...]) -> Details:
    return tuple((name, paths) for name, paths in _recipe(kind).details if not roots_of(paths).isdisjoint(names))


def _status(reading: Reading, recipe: Recipe) -> Phrase | None:
    """Return the status code and where it stands."""
    for path in recipe.status:
        element = reading.root.child(path)
        code = code_of(element)
        if not code:
            continue
        for coding in element.each("coding"):
            if coding.child("code").words == code:
                return Phrase(code, coding.child("code").path)
        words = concept_phrase(element)
        return Phrase(code, words.path) if words else None
    return None
