"""How a fact is said: one sentence in the chart's own words and numbers, with the elements that each part of it stands on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from chartcite.engine.domain.records import AssertionStatus, Category, Component, Fact, Value
from chartcite.engine.facts.asked_details import told_details
from chartcite.engine.facts.body_sides import site_said
from chartcite.engine.language.denied_names import read_denial
from chartcite.engine.language.terminology import forms, plain_display

SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"
"""LOINC codes of the two parts of a blood pressure."""
_MAX_DECIMALS = 2
_MOST_COMMENT = 100
"""Characters of a comment on a habit that is told with it: since when, how much."""
_ACTIVE_MEDICATION = frozenset({"active", "in-progress", "intended"})
_NOT_TAKEN = frozenset({"not-taken", "cancelled", "draft", "declined", "not-done"})


class Statement(NamedTuple):
    """A sentence and the element paths that its words and numbers come from. `main` is what the citation quotes."""

    text: str
    main: str
    paths: tuple[str, ...]


def shown_number(value: Value) -> str:
    """Return the value as a reader expects it: as written, long fractions rounded to two decimals."""
    quantity = value.quantity
    if quantity is None:
        return value.shown
    written = quantity.written
    if len(written.partition(".")[2]) > _MAX_DECIMALS + 1:
        written = format(quantity.value.quantize(Decimal(1).scaleb(-_MAX_DECIMALS), ROUND_HALF_UP), "f")
    unit = readable_unit(quantity.unit)
    return f"{quantity.comparator}{written}{' ' + unit if unit else ''}"


def readable_unit(unit: str) -> str:
    """Return a unit without the marks of UCUM's annotations (`{1.73_m2}` reads `1.73 m2`), and `1` as nothing."""
    if unit in {"1", "{score}", "{#}", "score"}:
        return ""
    return _ANNOTATION.sub(lambda match: match[1].replace("_", " "), unit)


_ANNOTATION = re.compile(r"\{([^{}]*)\}")


def value_of(fact: Fact, component: Component | None = None) -> Value | None:
    """Return the value of a fact, or of one of its components."""
    return component.value if component is not None else fact.value


def name_of(fact: Fact) -> str:
    """Return what the fact is about, in the chart's words."""
    return plain_display(fact.concept.text)


def measured_name(fact: Fact) -> str:
    """Return what was measured, with the side of the body it was measured of: `Intraocular pressure (Right eye)`."""
    site = site_said(fact)
    return f"{name_of(fact)} ({site})" if site else name_of(fact)


def state(fact: Fact, *, component: Component | None = None, asked: frozenset[str] = frozenset()) -> Statement:
    """Say a fact in one sentence, with those of its details that are asked for by name (`details_asked`)."""
    said = _state(fact, component)
    more, paths = told_details(fact, asked, said.text) if asked else ("", ())
    return Statement(f"{said.text.removesuffix('.')}; {more}.", said.main, _paths(*said.paths, *paths)) if more else said


def _state(fact: Fact, component: Component | None) -> Statement:
    if fact.assertion is AssertionStatus.ENTERED_IN_ERROR:
        return _in_error(fact)
    if component is not None or fact.category in _MEASURED:
        return _measurement(fact, component)
    return _STATE.get(fact.category, _other)(fact)


def _paths(*paths: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(path for path in paths if path))


def _when(fact: Fact, word: str = "on") -> str:
    return f" {word} {fact.occurred.day}" if fact.occurred else ""


def _from_to(fact: Fact) -> str:
    """Say from when to when something went on, where it ended on another day than it began."""
    if fact.occurred is None or fact.ended is None or fact.ended.day == fact.occurred.day:
        return ""
    return f" from {fact.occurred.day} to {fact.ended.day}"


def _lasted(fact: Fact) -> str:
    """Say from when to when what was done went on, where both days are known and the second is later."""
    if fact.occurred is None or fact.ended is None or fact.ended.first_day <= fact.occurred.last_day:
        return ""
    return _from_to(fact)


def _elements(fact: Fact, *paths: str) -> tuple[str, ...]:
    """Return element paths of a FHIR resource; facts of other formats stand at character ranges, and have none of them."""
    return () if _is_range(fact.concept_path) else paths


def _is_range(path: str) -> bool:
    return path.startswith("@")


def _detail_paths(fact: Fact, *names: str) -> tuple[str, ...]:
    """Return where details stand that complete a sentence without being said by themselves."""
    return tuple(detail.path for detail in fact.details if detail.name in names)


def _details(fact: Fact, *names: str) -> tuple[str, tuple[str, ...]]:
    found = [detail for detail in fact.details if detail.name in names and detail.text]
    return "; ".join(dict.fromkeys(detail.text.strip().rstrip(".") for detail in found)), tuple(detail.path for detail in found)


def _in_error(fact: Fact) -> Statement:
    return Statement(
        f"{name_of(fact)}{_when(fact)} was entered in error and does not count.",
        fact.concept_path,
        _paths(fact.status_path, *_elements(fact, "verificationStatus"), fact.occurred_path),
    )


def _value_paths(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ()
    if _is_range(value.path):
        return (value.path,)
    stem = value.path.removesuffix(".value")
    return (value.path, f"{stem}.unit", f"{stem}.comparator") if value.quantity is not None else (value.path,)


def _measurement(fact: Fact, component: Component | None) -> Statement:
    value = value_of(fact, component)
    name = plain_display(component.concept.text) if component is not None else measured_name(fact)
    paths = [fact.concept_path, component.concept_path if component else "", *_value_paths(value), fact.occurred_path]
    paths += [*_detail_paths(fact, "unit", *(("body_site",) if site_said(fact) else ()))]
    if value is not None:
        said = shown_number(value)
    else:
        said, more = _components(fact)
        paths += more
    text = f"{name} was {said}{_when(fact)}" if said else f"{name} was recorded{_when(fact)}"
    if fact.category in {Category.SOCIAL_HISTORY} and said:
        text = f"{name}: {said}{f' ({fact.occurred.day})' if fact.occurred else ''}"
        comment, comment_paths = _details(fact, "note")
        if fact.span is None and comment and len(comment) <= _MOST_COMMENT and component is None:
            text += f"; note: {comment}"
            paths += comment_paths
    if component is None and fact.reference_range and value is not None and value.quantity is not None:
        text += f" (reference range {readable_unit(fact.reference_range)}{_flag(fact)})"
        paths += [*_elements(fact, "referenceRange[0]", "interpretation[0]")]
        paths += [*_detail_paths(fact, "reference_range", "interpretation")]
    if fact.status in {"preliminary", "amended", "corrected"}:
        text += f" ({fact.status})"
        paths.append(fact.status_path)
    main = value.path if value is not None else next((path for path in paths[4:] if path), fact.concept_path)
    if value is None and component is None:
        main = next((part.value.path for part in fact.components if part.value), fact.concept_path)
    return Statement(text + ".", main, _paths(*paths))


def _flag(fact: Fact) -> str:
    return (
        f", flagged {fact.interpretation}" if fact.interpretation and fact.interpretation.lower() not in {"n", "normal"} else ""
    )


def said_components(fact: Fact) -> str:
    """Say the values of a fact's components, a blood pressure as `142/88 mm[Hg]`."""
    return _components(fact)[0]


def _components(fact: Fact) -> tuple[str, list[str]]:
    """Say the components of an observation; a blood pressure as `142/88 mm[Hg]`."""
    by_code = {coding.code: part for part in fact.components for coding in part.concept.codings}
    systolic, diastolic = by_code.get(SYSTOLIC), by_code.get(DIASTOLIC)
    parts = [part for part in fact.components if part.value is not None]
    paths = [path for part in parts for path in (part.concept_path, *_value_paths(part.value))]
    if systolic and diastolic and systolic.value and diastolic.value and systolic.value.quantity and diastolic.value.quantity:
        high, low = shown_number(systolic.value).split(" ")[0], shown_number(diastolic.value)
        return f"{high}/{low}", paths
    return ", ".join(f"{plain_display(part.concept.text)} {shown_number(part.value)}" for part in parts if part.value), paths


def medication_is_active(fact: Fact) -> bool:
    """Say whether the chart lists a medication as being taken."""
    return fact.status in _ACTIVE_MEDICATION and fact.assertion in {AssertionStatus.PRESENT, AssertionStatus.POSSIBLE}


def dose_of(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """Return dose, route and frequency in words, from the written instruction where there is one.

    In FHIR the instruction is the whole dosage in words (Dosage.text); in other formats it may be any advice beside it.
    """
    dosage = ("dose", "route", "frequency", "as_needed")
    if _is_range(fact.concept_path):
        return _details(fact, *dosage, "instructions")
    text, paths = _details(fact, "instructions")
    if text:
        return text, paths
    return _details(fact, *dosage)


def _medication(fact: Fact) -> Statement:
    dose, dose_paths = dose_of(fact)
    reason, reason_paths = _details(fact, "reason")
    why, why_paths = _details(fact, "status_reason")
    dose_paths = (*dose_paths, *_periods_of(dose_paths))
    head = f"{name_of(fact)}{f' ({dose})' if dose else ''}"
    if fact.id.startswith(("MedicationAdministration/", "MedicationDispense/")):
        done = "dispensed" if fact.id.startswith("MedicationDispense/") else "given"
        text = f"{head} was {done}{_from_to(fact) or _when(fact)}"
    elif medication_is_active(fact):
        text = f"{head} is active{_when(fact, 'since')}" + (f", until {fact.ended.day}" if fact.ended else "")
    elif fact.status in _NOT_TAKEN:
        text = f"{head} is recorded as {fact.status}{_when(fact)}"
    elif not fact.status and fact.occurred:  # tables give times and no status
        until = f"from {fact.occurred.day} to {fact.ended.day}" if fact.ended else f"since {fact.occurred.day}"
        text = f"{head} is recorded {until}"
    elif fact.ended:
        text = f"{head} was {fact.status or 'stopped'} on {fact.ended.day}" + (
            f" (started {fact.occurred.day})" if fact.occurred else ""
        )
    else:
        text = f"{head}, ordered{_when(fact)}, is recorded as {fact.status or 'of unknown status'} (no stop date recorded)"
    text += (f", for {reason}" if reason else "") + (f"; reason: {why}" if why else "")
    return Statement(
        text + ".",
        fact.concept_path,
        _paths(fact.status_path, fact.occurred_path, fact.ended_path, *dose_paths, *reason_paths, *why_paths),
    )


def _periods_of(paths: Sequence[str]) -> tuple[str, ...]:
    """Return where the period of a FHIR timing stands, beside its frequency: "1 time every 60 days" takes both."""
    stems = [path.removesuffix(".frequency") for path in paths if path.endswith(".repeat.frequency")]
    return tuple(f"{stem}.{element}" for stem in stems for element in ("period", "periodUnit"))


def _condition(fact: Fact) -> Statement:
    name = name_of(fact)
    if fact.assertion is AssertionStatus.ABSENT:
        said = "" if read_denial(name) else " was refuted"
        text = f"{name}{_when(fact, 'recorded')}{said}: the chart says the patient does not have it"
    else:
        unsure = " (unconfirmed)" if fact.assertion is AssertionStatus.POSSIBLE else ""
        text = f"{name}{unsure}: {fact.status or 'recorded'}" + (f", onset {fact.occurred.day}" if fact.occurred else "")
        text += f", ended {fact.ended.day}" if fact.ended else ""
    more, more_paths = _details(fact, "severity", "stage", "body_site", "onset", "abatement")
    if fact.assertion is AssertionStatus.ABSENT and fact.span is None:
        why, why_paths = _details(fact, "note")
        more, more_paths = "; ".join(filter(None, (more, f"note: {why}" if why else ""))), (*more_paths, *why_paths)
    text += f" ({more})" if more else ""
    return Statement(
        text + ".",
        fact.concept_path,
        _paths(
            fact.status_path,
            fact.occurred_path,
            fact.ended_path,
            *_elements(fact, "verificationStatus"),
            *_detail_paths(fact, "verification", "condition_status"),
            *more_paths,
        ),
    )


def _allergy(fact: Fact) -> Statement:
    name = name_of(fact)
    reaction, paths = _details(fact, "reaction", "severity")
    critical, critical_paths = _details(fact, "criticality")
    recorded = f", recorded {fact.recorded.day}" if fact.recorded else _when(fact)
    if fact.assertion is AssertionStatus.ABSENT:
        refuted = "refuted" in name.lower() or not name.lower().startswith("no ")
        text = f"Allergy to {name} was refuted{recorded}" if refuted else f"{name}{recorded}"
    else:
        lead = name if "allerg" in name.lower() or "intoleran" in name.lower() else f"Allergy to {name}"
        if any(detail.name == "type" and detail.text == "intolerance" for detail in fact.details) and lead != name:
            lead = f"Intolerance of {name}"
        text = f"{lead}{f': {reaction}' if reaction else ''}{f' (criticality {critical})' if critical else ''}"
        text += f", {fact.status}" if fact.status and fact.status != "active" else ""
        text += recorded
    return Statement(
        text + ".",
        fact.concept_path,
        _paths(
            *_elements(fact, "verificationStatus", "recordedDate", "type"),
            fact.status_path,
            fact.occurred_path,
            *paths,
            *critical_paths,
            *_detail_paths(fact, "verification", "type"),
        ),
    )


def _procedure(fact: Fact) -> Statement:
    reason, paths = _details(fact, "reason")
    outcome, outcome_paths = _details(fact, "outcome", "body_site", "status_reason")
    who, who_paths = _performers(fact)
    done = "was done" if fact.status in {"completed", ""} else f"is recorded as {fact.status}"
    text = (
        f"{name_of(fact)} {done}{_lasted(fact) or _when(fact)}"
        + (f" by {who}" if who else "")
        + (f" for {reason}" if reason else "")
    )
    text += f" ({outcome})" if outcome else ""
    return Statement(
        text + ".",
        fact.concept_path,
        _paths(fact.status_path, fact.occurred_path, fact.ended_path, *paths, *outcome_paths, *who_paths),
    )


def _performers(fact: Fact) -> tuple[str, tuple[str, ...]]:
    """Return who did a procedure, each with the part they had in it where the chart says so: "Coyle, Patrick (Anaesthetist)"."""
    roles = {_part_of(detail.path): detail for detail in fact.details if detail.name == "performer_role" and detail.text}
    told: dict[str, tuple[str, ...]] = {}
    for detail in fact.details:
        if detail.name == "performer" and detail.text:
            name, role = detail.text.strip().rstrip("."), roles.get(_part_of(detail.path))
            told.setdefault(f"{name} ({role.text})" if role else name, (detail.path, *([role.path] if role else [])))
    return "; ".join(told), tuple(path for paths in told.values() for path in paths)


def _part_of(path: str) -> str:
    """Return the element of a list that a path lies in: `performer[1]`."""
    return path.partition(".")[0]


def _immunization(fact: Fact) -> Statement:
    why, paths = _details(fact, "status_reason")
    more, more_paths = _details(fact, "dose_number")
    if fact.assertion is AssertionStatus.ABSENT or fact.status == "not-done":
        text = f"{name_of(fact)} was not given (not done){_when(fact)}" + (f": {why}" if why else "")
    else:
        text = f"{name_of(fact)}{f' (dose {more})' if more else ''} was given{_when(fact)}"
    return Statement(text + ".", fact.concept_path, _paths(fact.status_path, fact.occurred_path, *paths, *more_paths))


def encounter_class(fact: Fact) -> str:
    """Return the class of an encounter in words."""
    found = fact.detail("class")
    return found.text if found else ""


def _encounter(fact: Fact) -> Statement:
    kind = encounter_class(fact)
    reason, paths = _details(fact, "reason")
    people, people_paths = _details(fact, "participant")
    place, place_paths = _details(fact, "location")
    provider, provider_paths = _details(fact, "provider")
    if not set(forms(provider)) <= set(forms(place)):
        place, place_paths = ", ".join(filter(None, (place, provider))), (*place_paths, *provider_paths)
    left, left_paths = _details(fact, "discharge")
    same_day = fact.ended is None or fact.occurred is None or fact.ended.day == fact.occurred.day
    text = f"{name_of(fact)}{f' ({kind})' if kind else ''}{_when(fact)}" + (
        "" if same_day or fact.ended is None else f" to {fact.ended.day}"
    )
    text += f", for {reason}" if reason else ""
    text += f", with {people}" if people else (f", with {fact.author}" if fact.author else "")
    text += (f", at {place}" if place else "") + (f"; discharged to {left}" if left else "")
    own = () if people or not fact.author else _elements(fact, "participant")
    own += _elements(fact, "class") or _detail_paths(fact, "class")
    return Statement(
        text + ".",
        fact.concept_path,
        _paths(fact.occurred_path, fact.ended_path, *paths, *people_paths, *place_paths, *left_paths, *own),
    )


_DIED = {"true": "deceased", "false": "living"}
"""How a relative's death is said where the record only holds whether there was one."""


def _family(fact: Fact) -> Statement:
    who, paths = _details(fact, "relationship")
    more, more_paths = _details(fact, "onset", "outcome", "note")
    fatal = [detail for detail in fact.details if detail.name == "contributed_to_death" and detail.text == "true"]
    if fatal:
        more, more_paths = "; ".join(filter(None, (more, "contributed to death"))), _paths(*more_paths, fatal[0].path)
    died, died_paths = _details(fact, "deceased")
    if died:
        more, more_paths = "; ".join(filter(None, (more, _DIED.get(died, f"died: {died}")))), _paths(*more_paths, *died_paths)
    text = f"{who[:1].upper() + who[1:] or 'Family'}: {name_of(fact)}" + (f" ({more})" if more else "")
    return Statement(text + ".", fact.concept_path, _paths(*paths, *more_paths))


def _report(fact: Fact) -> Statement:
    conclusion, paths = _details(fact, "conclusion")
    text = f"{name_of(fact)}{_when(fact)}" + (f" ({fact.status})" if fact.status not in {"final", ""} else "")
    text += f": {conclusion}" if conclusion else " is on file"
    main = next((detail.path for detail in fact.details if detail.name == "conclusion"), fact.concept_path)
    return Statement(text + ".", main, _paths(fact.concept_path, fact.occurred_path, fact.status_path, *paths))


def _order(fact: Fact) -> Statement:
    reason, paths = _details(fact, "reason")
    who, who_paths = _details(fact, "requester")
    planned, planned_paths = _details(fact, "planned_for")
    noted, noted_paths = _details(fact, "note")
    text = (
        f"{name_of(fact)} was ordered{_when(fact)}"
        + (f" by {who}" if who else "")
        + (f" for {reason}" if reason else "")
        + (f", planned for {planned}" if planned else "")
        + f" (order {fact.status or 'without a status'})"
        + (f": {noted}" if noted else "")
    )
    more = (*paths, *who_paths, *planned_paths, *noted_paths)
    return Statement(text + ".", fact.concept_path, _paths(fact.status_path, fact.occurred_path, *more))


def _demographic(fact: Fact) -> Statement:
    value = fact.value.shown if fact.value else ""
    kept = [detail for detail in fact.details if detail.name in {"relationship", "telephone"}]
    more = f" ({'; '.join(detail.text for detail in kept)})" if kept else ""
    return Statement(
        f"{name_of(fact)[:1].upper()}{name_of(fact)[1:]}: {value}{more}.",
        fact.value.path if fact.value else fact.concept_path,
        tuple(detail.path for detail in kept),
    )


_OF_DEVICE = (
    ("manufacturer", "manufacturer "),
    ("model", "model "),
    ("serial", "serial number "),
    ("lot", "lot number "),
    ("device_identifier", "device identifier "),
    ("status_reason", ""),
    ("note", ""),
)
"""Details of a device, and what is said before each."""


def _device(fact: Fact) -> Statement:
    told = [
        (detail, f"{called}{detail.text.strip().rstrip('.')}")
        for name, called in _OF_DEVICE
        for detail in fact.details
        if detail.name == name and detail.text.strip()
    ]
    more = "; ".join(dict.fromkeys(words for _, words in told))
    text = f"{name_of(fact)}{f' ({fact.status})' if fact.status else ''}{f': {more}' if more else ''}"
    return Statement(text + ".", fact.concept_path, _paths(fact.status_path, *(detail.path for detail, _ in told)))


def _other(fact: Fact) -> Statement:
    if fact.resource.startswith("Device/"):
        return _device(fact)
    kept = [
        detail
        for detail in fact.details
        if detail.name
        in {"activity", "addresses", "participant", "target", "payor", "description", "conclusion", "reason", "title"}
    ]
    more = "; ".join(dict.fromkeys(detail.text for detail in kept)).rstrip(".")
    value = f": {shown_number(fact.value)}" if fact.value else ""
    text = (
        f"{name_of(fact)}{value}"
        + (f" ({fact.status})" if fact.status else "")
        + (f", {fact.occurred.day}" if fact.occurred else "")
        + (f": {more}" if more else "")
    )
    return Statement(
        text + ".",
        fact.concept_path,
        _paths(
            fact.status_path,
            fact.occurred_path,
            *_value_paths(fact.value),
            *(detail.path for detail in kept),
            *(detail.path for detail in fact.details if detail.name == "role"),
        ),
    )


_MEASURED = frozenset({Category.LABORATORY, Category.VITAL_SIGN, Category.SURVEY, Category.OBSERVATION, Category.SOCIAL_HISTORY})
_STATE: dict[Category, Callable[[Fact], Statement]] = {
    Category.MEDICATION: _medication,
    Category.CONDITION: _condition,
    Category.ALLERGY: _allergy,
    Category.PROCEDURE: _procedure,
    Category.IMMUNIZATION: _immunization,
    Category.ENCOUNTER: _encounter,
    Category.FAMILY_HISTORY: _family,
    Category.REPORT: _report,
    Category.ORDER: _order,
    Category.DEMOGRAPHIC: _demographic,
}
MEASURED: Sequence[Category] = tuple(sorted(_MEASURED))
"""Categories whose facts carry values."""
