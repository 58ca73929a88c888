"""A walk over parsed FHIR JSON that never forgets where it is, and never trips over a wrong shape.

Every word taken from a resource comes with its element path, so that a citation can open exactly that place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from chartcite.engine.domain.records import CodedConcept, Coding, PartialDate

_DURATIONS = {"a": "years", "mo": "months", "wk": "weeks", "d": "days", "h": "hours"}
"""UCUM codes that few readers know."""


@dataclass(frozen=True, slots=True)
class Element:
    """A value inside a resource and its path; `value` is `None` where the resource has nothing there."""

    value: object
    path: str

    def __bool__(self) -> bool:
        return self.value is not None

    def child(self, name: str) -> Element:
        """Return the member of that name; of an array the first item's."""
        holder = self.value
        if isinstance(holder, list):
            return Element(holder[0], f"{self.path}[0]").child(name) if holder else Element(None, self.path)
        path = f"{self.path}.{name}" if self.path else name
        return Element(holder.get(name) if isinstance(holder, dict) else None, path)

    def items(self) -> list[Element]:
        """Return the items of an array; a single value is an array of one, nothing is none."""
        if isinstance(self.value, list):
            return [Element(item, f"{self.path}[{i}]") for i, item in enumerate(self.value) if item is not None]
        return [self] if self.value is not None else []

    def each(self, *names: str) -> Iterator[Element]:
        """Yield every element below, through arrays: `each("reaction", "manifestation")`."""
        if not names:
            yield from self.items()
            return
        for item in self.items():
            yield from item.child(names[0]).each(*names[1:])

    def first(self, *paths: str) -> Element:
        """Return the first element that is there, of dotted paths tried in order."""
        for path in paths:
            for found in self.each(*path.split(".")):
                return found
        return Element(None, "")

    @property
    def words(self) -> str:
        """A primitive as it reads, without white space around it; empty for anything else."""
        if isinstance(self.value, str):
            return self.value.strip()
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return str(self.value) if isinstance(self.value, (int, Decimal)) else ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words for a reader, and the element they were taken from."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class Named:
    """A concept, and the element that its words were taken from."""

    concept: CodedConcept
    path: str


def named(element: Element) -> Named | None:
    """Read a CodeableConcept, Coding, code or string as a concept; `None` where it has no words and no code."""
    phrase = concept_phrase(element)
    if phrase is None:
        return None
    return Named(CodedConcept(text=phrase.text, codings=codings(element)), phrase.path)


def codings(element: Element) -> tuple[Coding, ...]:
    """Return every coding of a CodeableConcept (or the Coding itself) that has a code."""
    found = element.child("coding").items() or [element]
    return tuple(
        Coding(system=one.child("system").words, code=one.child("code").words, display=one.child("display").words)
        for one in found
        if one.child("code").words
    )


def concept_phrase(element: Element) -> Phrase | None:
    """Return a concept's words: its text, else a display, else `system|code`."""
    if element.words:
        return Phrase(element.words, element.path)
    found = element.child("coding").items() or [element]
    for words in (element.child("text"), *(one.child("display") for one in found)):
        if words.words:
            return Phrase(words.words, words.path)
    for one in found:
        code = one.child("code")
        if code.words:
            system = one.child("system").words
            return Phrase(f"{system}|{code.words}" if system else code.words, code.path)
    return None


def code_of(element: Element) -> str:
    """Return the first code of a CodeableConcept, Coding or code; where there is none, its words."""
    if element.words:
        return element.words
    return next((coding.code for coding in codings(element)), "") or element.child("text").words


def quantity_words(element: Element) -> Phrase | None:
    """Return a quantity, age, duration or money as words: `>= 7.10 %`."""
    number = element.child("value")
    if not isinstance(number.value, (int, Decimal)) or isinstance(number.value, bool):
        return None
    unit = element.child("unit").words or element.child("code").words or element.child("currency").words
    text = f"{element.child('comparator').words}{number.words} {_DURATIONS.get(unit, unit)}"
    return Phrase(text.strip(), number.path)


def phrase(element: Element) -> Phrase | None:
    """Return any element as words for a reader, by its shape; `None` where it says nothing."""
    if element.words:
        return Phrase(element.words, element.path)
    if not isinstance(element.value, dict):
        return None
    shown = concept_phrase(element) if "coding" in element.value or "text" in element.value else None
    if shown and shown.path.endswith(".code"):  # a detail needs no code system in front of its code
        return Phrase(shown.text.rpartition("|")[2], shown.path)
    return shown or quantity_words(element) or _reference_words(element) or _span_words(element) or _code_words(element)


def _reference_words(element: Element) -> Phrase | None:
    for words in (element.child("display"), element.child("reference"), element.first("identifier.value")):
        if words.words:
            return Phrase(words.words, words.path)
    return None


def _span_words(element: Element) -> Phrase | None:
    """Read a Period, a Range or a Ratio."""
    for first, last, between in (("start", "end", "to"), ("low", "high", "-"), ("numerator", "denominator", "per")):
        ends = [phrase(element.child(first)), phrase(element.child(last))]
        texts = [end.text for end in ends if end]
        if len(texts) == 2:
            return Phrase(f" {between} ".join(texts), element.path)
        if texts:
            prefix = {"to": ("from ", "until "), "-": (">= ", "<= ")}.get(between, ("", ""))[0 if ends[0] else 1]
            return Phrase(prefix + texts[0], element.path)
    return None


def _code_words(element: Element) -> Phrase | None:
    for name in ("code", "value", "concept"):
        found = element.child(name)
        if found.words:
            return Phrase(found.words, found.path)
    return None


@lru_cache(maxsize=65536)
def parse_moment(written: str) -> PartialDate | None:
    """Return a date as written, or `None` where it is no FHIR date."""
    try:
        return PartialDate.parse(written)
    except (ValueError, OverflowError):  # OverflowError: 9999-12-31 has no day after it
        return None
