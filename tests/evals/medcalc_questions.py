"""Questions for the values of the medcalc list: templates, with the lexicon's lay words and abbreviations in place of names."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from chartcite.engine.language.terminology import ConceptKind, Lexicon, LexiconConcept, forms

WORDINGS = ("clinician", "lay", "terse")
_LONGEST_ABBREVIATION, _LONGEST_SYMBOL = 5, 3
_NO_NAME = re.compile(r"(?:how|too|not|passing|is|was)\b|(?:tall|pounds|kilos|weighed)$", re.IGNORECASE)
"""Lay words that say something of a value rather than name it."""
_MISSPELT = 0.85
"""Likeness to the name from which on a lay word is the name with a typing error."""


def concept_of(name: str, lexicon: Lexicon) -> LexiconConcept | None:
    """Return the measurement that the lexicon takes a name for; `None`: it knows none."""
    ids = [id_ for mention in lexicon.mentions(forms(plain_name(name))) for id_ in mention.ids]
    return next((lexicon.concepts[id_] for id_ in ids if lexicon.concepts[id_].kind is ConceptKind.MEASUREMENT), None)


def plain_name(entity: str) -> str:
    """Return the name of a value as a sentence holds it: "Heart Rate or Pulse" is the heart rate."""
    flat = re.sub(r"\([^()]*\)", " ", _flat(entity)).split(" for ")[0].split(" or ")[0]
    return " ".join(word.lower() if len(word) > _LONGEST_SYMBOL and word[1:].islower() else word for word in flat.split())


def _flat(entity: str) -> str:
    return entity.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))


def question_of(entity: str, concept: LexiconConcept | None, lexicon: Lexicon, wording: str) -> str:
    """Return a question for a value in one of the wordings."""
    name = plain_name(entity)
    if name in {"age", "sex", "gender"}:
        lay = "How old am I?" if name == "age" else "Am I a man or a woman?"
        return {"clinician": f"What is the patient's {name}?", "lay": lay, "terse": f"{name}?"}[wording]
    if wording == "clinician":
        return f"What was the patient's {name}?"
    if wording == "lay":
        return f"What was my {_in_name(name, concept, lexicon, _lay_words(concept, lexicon))}?"
    brackets = re.findall(r"\(([A-Z][A-Za-z]*[A-Z][A-Z0-9]*)\)", _flat(entity))
    return f"{brackets[0] if brackets else _in_name(name, concept, lexicon, _abbreviation(concept, lexicon))}?"


def _in_name(name: str, concept: LexiconConcept | None, lexicon: Lexicon, words: str) -> str:
    """Put other words in the place of the concept's, so that "pre-operative creatinine" stays pre-operative."""
    found = next((one for one in lexicon.mentions(forms(name)) if concept and concept.id in one.ids), None)
    parts = re.findall(r"[^\W_]+", name)
    if not found or not words or found.last != len(parts):
        return name
    return " ".join([*parts[: found.first], words])


def _lay_words(concept: LexiconConcept | None, lexicon: Lexicon) -> str:
    """Return the first lay name that means this concept alone, is no clause, and not the name with a typing error."""
    names = (concept.name.lower(), concept.name.split()[-1].lower()) if concept else ()
    for lay in concept.lay if concept else ():
        alike = max(SequenceMatcher(None, lay.lower(), name).ratio() for name in names)
        is_misspelt = alike >= _MISSPELT and not lay.lower().startswith(names)
        if concept and not _NO_NAME.match(lay) and not is_misspelt and _means(lay, concept, lexicon):
            return lay
    return ""


def _abbreviation(concept: LexiconConcept | None, lexicon: Lexicon) -> str:
    """Return the shortest abbreviation that means this concept alone; one that is the beginning of its name comes first."""
    if concept is None:
        return ""
    names = tuple(concept.name.lower().split())
    begins = {one: any(name.startswith(one.lower()) for name in names) for one in concept.surfaces if one not in concept.lay}
    short = [one for one in begins if len(one) <= _LONGEST_ABBREVIATION and (begins[one] or any(map(str.isupper, one)))]
    alone = [one for one in short if _means(one, concept, lexicon)]
    return min(alone, key=lambda one: (not begins[one], len(one)), default="")


def _means(words: str, concept: LexiconConcept, lexicon: Lexicon) -> bool:
    return [mention.ids for mention in lexicon.mentions(forms(words))] == [(concept.id,)]
