"""Observation: every `value[x]`, components, interpretation, reference range, and values that are absent."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.domain.records import Category, Component, Quantity, Value
from chartcite.engine.facts.elements import locate
from chartcite.ingestion.sources.drafts import Draft
from chartcite.ingestion.sources.fhir_elements import (
    Element,
    Phrase,
    code_of,
    concept_phrase,
    named,
    phrase,
    quantity_words,
)
from chartcite.ingestion.sources.fhir_reading import Reading

_UCUM = "http://unitsofmeasure.org"
_CATEGORIES = {
    "laboratory": Category.LABORATORY,
    "LAB": Category.LABORATORY,
    "vital-signs": Category.VITAL_SIGN,
    "social-history": Category.SOCIAL_HISTORY,
    "survey": Category.SURVEY,
}
_CATEGORY_WORDS = {
    **dict.fromkeys(("laboratory", "lab", "labs", "lab result", "lab results"), Category.LABORATORY),
    **dict.fromkeys(("vital signs", "vitals", "vital sign"), Category.VITAL_SIGN),
    "social history": Category.SOCIAL_HISTORY,
    **dict.fromkeys(("survey", "surveys", "questionnaire", "survey instruments"), Category.SURVEY),
}
"""How exports call a category that they give no code for."""
_OTHER_VALUES = (
    "valueString", "valueBoolean", "valueInteger", "valueRange", "valueRatio", "valueTime", "valueDateTime",
    "valuePeriod",
)  # fmt: skip


def read_observation(reading: Reading, draft: Draft) -> list[Draft]:
    """Complete the draft of an Observation."""
    root = reading.root
    draft.category = _category(root)
    draft.value = read_value(root, reading.source.raw)
    draft.components = tuple(_components(root, reading.source.raw))
    draft.interpretation = _interpretation(root)
    _read_range(root, draft)
    return [draft]


def read_value(holder: Element, raw: str) -> Value | None:
    """Return the value of an observation or of a component, whatever its type; `None` where there is none."""
    quantity = read_quantity(holder.child("valueQuantity"), raw)
    if quantity:
        return Value(quantity=quantity, path=holder.child("valueQuantity").child("value").path)
    concept = named(holder.child("valueCodeableConcept"))
    if concept:
        return Value(concept=concept.concept, path=concept.path)
    for name in _OTHER_VALUES:
        words = phrase(holder.child(name))
        if words:
            return Value(text=words.text, path=words.path)
    if holder.child("valueSampledData"):
        return Value(text="sampled data", path=holder.child("valueSampledData").path)
    absent = concept_phrase(holder.child("dataAbsentReason"))
    if absent:
        reason = absent.text.rpartition("|")[2]  # without the address of the code system
        return Value(text=f"not available: {reason}", path=absent.path)
    return None


def read_quantity(element: Element, raw: str) -> Quantity | None:
    """Return a quantity with its number exactly as written; `None` where there is no number."""
    number = element.child("value")
    if isinstance(number.value, bool) or not isinstance(number.value, (int, Decimal)):
        return None
    written = number.words
    if "E" in written:  # the decoder's form of an exponent may differ from the source's
        span = locate(raw, number.path)
        written = raw[span[0] : span[1]] if span else written
    code = element.child("code").words
    return Quantity(
        value=Decimal(number.value),
        written=written,
        unit=element.child("unit").words or code,
        ucum=code if element.child("system").words == _UCUM else "",
        comparator=element.child("comparator").words,
    )


def _category(root: Element) -> Category:
    for coding in root.each("category", "coding"):
        found = _CATEGORIES.get(coding.child("code").words)
        if found:
            return found
    texts = (_CATEGORY_WORDS.get(each.child("text").words.strip().lower()) for each in root.each("category"))
    return next((found for found in texts if found is not None), Category.OBSERVATION)


def _components(root: Element, raw: str) -> list[Component]:
    found = []
    for item in root.each("component"):
        concept = named(item.child("code"))
        if concept:
            found.append(
                Component(concept=concept.concept, value=read_value(item, raw), concept_path=concept.path),
            )
    return found


def _interpretation(root: Element) -> str:
    for item in root.each("interpretation"):
        return code_of(item)
    return ""


def _read_range(root: Element, draft: Draft) -> None:
    """Take the first reference range: its limits, and its words."""
    for item in root.each("referenceRange"):
        low, high = item.child("low"), item.child("high")
        draft.range_low, draft.range_high = _number(low), _number(high)
        draft.reference_range = item.child("text").words or _range_words(low, high)
        return


def _number(element: Element) -> Decimal | None:
    number = element.child("value").value
    return Decimal(number) if isinstance(number, (int, Decimal)) and not isinstance(number, bool) else None


def _range_words(low: Element, high: Element) -> str:
    first, last = quantity_words(low), quantity_words(high)
    if first and last:
        unit = high.child("unit").words or high.child("code").words
        return f"{low.child('value').words}-{high.child('value').words} {unit}".strip()
    one: Phrase | None = first or last
    return f"{'>=' if first else '<='} {one.text}" if one else ""
