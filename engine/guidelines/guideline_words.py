"""Conditions and intervals of recommendations in the words of a reader."""

from __future__ import annotations

from chartcite.engine.facts.statements import readable_unit
from chartcite.engine.guidelines import guideline_rules as rules
from chartcite.engine.guidelines.guideline_rules import Condition, Due, Known, Predicate
from chartcite.engine.language.terminology import Lexicon

_COMPARED = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "=": "equal to"}
_SMOKING = {"current": "smokes now", "former": "former smoker", "never": "never smoked", "ever": "ever smoked"}
_UNITS = ((365.25, "year"), (30.4375, "month"), (7, "week"), (1, "day"))


def condition_words(condition: Condition, lexicon: Lexicon) -> str:
    """Return a condition in words: `age 50 to 80 years`, `type 2 diabetes or prediabetes`."""
    if not condition.any_of:
        return condition.words
    return " or ".join(predicate_words(each, lexicon) for each in condition.any_of)


def predicate_words(predicate: Predicate, lexicon: Lexicon) -> str:
    """Return one predicate in words."""
    match predicate:
        case rules.Age(least, most, months):
            return f"age {_range_words(least, most, 'months' if months else 'years')}"
        case rules.Sex(sex):
            return sex
        case rules.Pregnant(wanted):
            return "pregnant" if wanted else "not pregnant"
        case rules.Gestation(least, most):
            return f"gestation {_range_words(least, most, 'weeks')}"
        case Known():
            return _known_words(predicate, lexicon)
        case rules.Measured(id_, comparison, limit, unit, within):
            lately = f" in the last {span_words(within)}" if within else ""
            shown = readable_unit(unit).replace("_", " ").replace("[", "").replace("]", "")
            return f"{_names((id_,), lexicon)} {_COMPARED[comparison]} {limit}{' ' + shown if shown else ''}{lately}"
        case rules.Smoking(status, years):
            return _SMOKING.get(status, f"smokes now or quit within {years} years")
        case rules.PackYears(least):
            return f"at least {least} pack-years"


def _known_words(predicate: Known, lexicon: Lexicon) -> str:
    names = _names(predicate.ids, lexicon)
    match predicate.kind:
        case "medication":
            return f"taking {names}"
        case "allergy":
            return f"allergy to {names}"
        case "family":
            return f"family history of {names}"
        case "immunization":
            return f"{names} given" + (f" ({predicate.doses} doses)" if predicate.doses > 1 else "")
        case "procedure":
            age = f" at {predicate_words(predicate.at_age, lexicon)}" if predicate.at_age else ""
            return f"{names} done{age}" + (f" in the last {span_words(predicate.within_days)}" if predicate.within_days else "")
        case "condition":
            return f"{names}{', now or earlier' if predicate.ever else ''}"


def _names(ids: tuple[str, ...], lexicon: Lexicon) -> str:
    plain = [id_.removeprefix("=") for id_ in ids]
    return " or ".join(lexicon.concepts[id_].name if id_ in lexicon.concepts else id_ for id_ in plain)


def _range_words(least: int | None, most: int | None, unit: str) -> str:
    if least is None:
        return f"up to {most} {unit}"
    return f"{least} {unit} or more" if most is None else f"{least} to {most} {unit}"


def span_words(days: int) -> str:
    """Return a number of days in the largest unit that fits: `2 years`, `6 months`, `40 weeks`."""
    for size, name in _UNITS:
        count = days / size
        if count >= 1 - _EXACT and abs(count - round(count)) < _EXACT:
            return f"{round(count)} {name}{'' if round(count) == 1 else 's'}"
    return f"{days} days"


_EXACT = 0.02


def due_words(due: Due, lexicon: Lexicon) -> str:
    """Return what is to be done and how often: `colonoscopy every 10 years`."""
    names = " or ".join(dict.fromkeys(_names(each.ids, lexicon) for each in due.by))
    doses = f", {due.doses} doses" if due.doses > 1 else ""
    return f"{names}{doses}{' every ' + span_words(due.every_days) if due.every_days else ', once' if due.doses == 1 else ''}"
