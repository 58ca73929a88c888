"""Things that somebody reacts to, as people call them and as lists of allergies name them: a transfusion is of blood products."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.domain.records import Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.plans import Plan

_ALIKE = tuple(
    Cue(rf"\b(?:{names})\b")
    for names in (
        r"transfus\w*|blood products?|red (?:blood )?cells?|rbcs?|platelets?|plasma|ffp",
        r"tapes?|strapping|plasters?|adhesives?|sticky|stickers?|elastoplast|band-?aids?|micropore|tegaderm|opsite|steri-?strips?",
        r"latex|rubber|gloves?|condoms?",
        r"contrast|(?:scan|x-?ray|iv|ct|mri) dye|radiocontrast|iodinated|gadolin\w*|iohexol|omnipaque",
        r"nickel|jewell?ery|ear-?rings?",
    )
)
"""Of each: words that name the same allergen, or what holds it."""
_REACTED = Cue(
    r"\breact\w*|\bwhat (?:happens|happened|would happen|will happen) (?:if|when|with)\b"
    r"|\bwhat (?:does|did|would) (?:\S+ ){1,4}?do to\b"
    r"|\ballerg\w*|\btolerat\w*|\b(?:safe|suitable|avoid)\b"
    r"|\b(?:ok|okay|alright|all right|fine) (?:with|to (?:use|have|eat|give|wear))\b"
    r"|\b(?:can|could|may|should) (?:\S+ ){1,3}?(?:use|have|put|wear|eat|give)\b|\bdo (?:we|you|i|they) use\b"
)
"""Asks what a thing does to somebody, or whether it may be used."""
_CARED_FOR = Cue(r"\b(?:chang\w*|remov\w*|taken off|come off|off|clinic|checked|check|renewed)\b")
"""Tells what is done with a dressing or a plaster that is on already."""
_SHORT = 4
"""Letters of a name that at least must stand at the beginning of another: kiwi, kiwifruit."""


def asks_of_thing(plan: Plan) -> bool:
    """Say whether a question asks what a thing does to the patient, or whether it may be used."""
    return not plan.family and _REACTED.search(plan.text) is not None and _CARED_FOR.search(plan.text) is None


def entries_named(plan: Plan, entries: Sequence[Fact]) -> list[Fact]:
    """Return the entries of a list of allergies that a question names, by a word for the same material or by a part of it."""
    words = {word for word in plan.keywords if len(word) >= _SHORT}
    return [fact for fact in entries if _same_material(plan.text, fact.concept.text) or _begins(words, fact.concept.text)]


def is_alike(fact: Fact, text: str) -> bool:
    """Say whether a text names an allergen of the list, or the material that it is."""
    return _same_material(text, fact.concept.text)


def _same_material(asked: str, entry: str) -> bool:
    return any(cue.search(asked) and cue.search(entry) for cue in _ALIKE)


def _begins(words: set[str], entry: str) -> bool:
    return any(name.startswith(word) for word in words for name in forms(entry))
