"""A walk over parsed FHIR JSON that never forgets where it is, and never trips over a wrong shape.

Every word taken from a resource comes with its element path, so that a citation can open exactly that place.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.domain.records import CodedConcept, Coding, PartialDate

_DURATIONS = {"a": "years", "mo": "months", "wk": "weeks", "d": "days", "h": "hours"}
"""UCUM codes that few readers know."""
_MAX_KEPT = 500
"""Characters of a concept that is kept to be used again: what a hostile file makes long is not kept in memory."""
_MAX_DATE = 64

_made = tuple.__new__
"""Makes a tuple of a type out of its parts; elements are made by the dozen for every resource."""

_Codes = tuple[tuple[str, str, str], ...]
"""(system, code, display)."""


class Element(NamedTuple):
    """A value inside a resource and its path; `value` is `None` where the resource has nothing there."""

    value: object
    path: str

    def __bool__(self) -> bool:
        return self.value is not None

    def child(self, name: str) -> Element:
        """Return the member of that name; of an array the first item's."""
        holder, path = self
        if isinstance(holder, dict):
            value = holder.get(name)
            if value is None:
                return NOTHING
            return _made(Element, (value, f"{path}.{name}" if path else name))
        if isinstance(holder, list) and holder:
            return Element(holder[0], f"{path}[0]").child(name)
        return NOTHING

    def items(self) -> list[Element]:
        """Return the items of an array; a single value is an array of one, nothing is none."""
        value, path = self
        if isinstance(value, list):
            return [_made(Element, (item, f"{path}[{i}]")) for i, item in enumerate(value) if item is not None]
        return [self] if value is not None else []

    def each(self, *names: str) -> list[Element]:
        """Return every element below, through arrays: `each("reaction", "manifestation")`."""
        return _below(self, names)

    def at(self, path: str) -> list[Element]:
        """Return every element at a dotted path, through arrays: `at("reaction.manifestation")`."""
        return _below(self, _steps(path))

    def first(self, *paths: str) -> Element:
        """Return the first element that is there, of dotted paths tried in order."""
        for path in paths:
            found = self.at(path)
            if found:
                return found[0]
        return NOTHING

    @property
    def words(self) -> str:
        """A primitive as it reads, without white space around it; empty for anything else."""
        value = self.value
        if isinstance(value, str):
            return value.strip()
        if value is None or isinstance(value, (dict, list)):
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return str(value) if isinstance(value, (int, Decimal)) else ""


NOTHING = Element(None, "")


@lru_cache(maxsize=4096)
def roots_of(paths: tuple[str, ...]) -> frozenset[str]:
    """Return the first name of each dotted path."""
    return frozenset(path.partition(".")[0] for path in paths)


@lru_cache(maxsize=4096)
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def _below(element: Element, names: tuple[str, ...]) -> list[Element]:
    """Walk down by names, through arrays, level by level."""
    top = element.value
    if names and isinstance(top, dict) and names[0] not in top:  # most of what a resource may have it does not have
        return []
    level = [(top, element.path)]
    for name in names:
        below: list[tuple[object, str]] = []
        for value, path in level:
            if isinstance(value, dict):
                if (child := value.get(name)) is not None:
                    below.append((child, f"{path}.{name}" if path else name))
            elif isinstance(value, list):
                for i, item in enumerate(value):
                    if isinstance(item, dict) and (child := item.get(name)) is not None:
                        below.append((child, f"{path}[{i}].{name}"))
        if not below:
            return []
        level = below
    if len(level) == 1:
        return _made(Element, level[0]).items()
    return [item for one in level for item in _made(Element, one).items()]


class Phrase(NamedTuple):
    """Words for a reader, and the element they were taken from."""

    text: str
    path: str


class Named(NamedTuple):
    """A concept, and the element that its words were taken from."""

    concept: CodedConcept
    path: str


def named(element: Element) -> Named | None:
    """Read a CodeableConcept, Coding, code or string as a concept; `None` where it has no words and no code."""
    phrase = concept_phrase(element)
    if phrase is None:
        return None
    return Named(_concept(phrase.text, _codes(element)), phrase.path)


def codings(element: Element) -> tuple[Coding, ...]:
    """Return every coding of a CodeableConcept (or the Coding itself) that has a code."""
    return _codings(_codes(element))


def concept_phrase(element: Element) -> Phrase | None:
    """Return a concept's words: its text, else a display, else `system|code`."""
    value, path = element
    if isinstance(value, list):
        return concept_phrase(Element(value[0], f"{path}[0]")) if value else None
    if not isinstance(value, dict):
        words = element.words
        return Phrase(words, path) if words else None
    if text := _words(value.get("text")):
        return Phrase(text, f"{path}.text" if path else "text")
    found = [item for item in element.child("coding").items() or [element] if isinstance(item.value, dict)]
    for one in found:
        if display := _words(one.value.get("display")):  # type: ignore[attr-defined]  # only dictionaries are among them
            return Phrase(display, one.child("display").path)
    for one in found:
        code = one.child("code")
        if code.words:
            system = one.child("system").words
            return Phrase(f"{system}|{code.words}" if system else code.words, code.path)
    return None


def _words(value: object) -> str:
    return value.strip() if isinstance(value, str) else Element(value, "").words


def _codes(element: Element) -> _Codes:
    """Return (system, code, display) of every coding that has a code."""
    value = element.value
    if isinstance(value, list):
        return _codes(Element(value[0], "")) if value else ()
    if not isinstance(value, dict):
        return ()
    inner = value.get("coding")
    found = inner if isinstance(inner, list) and inner else [value if inner is None or inner == [] else inner]
    return tuple(
        (_words(one.get("system")), code, _words(one.get("display")))
        for one in found
        if isinstance(one, dict) and (code := _words(one.get("code")))
    )


def _codings(codes: _Codes) -> tuple[Coding, ...]:
    return tuple(_coding(*one) if sum(map(len, one)) < _MAX_KEPT else _new_coding(*one) for one in codes)


def _concept(text: str, codes: _Codes) -> CodedConcept:
    """Build a concept; those of usual length are built once, charts repeat them by the thousand."""
    if len(text) + sum(len(part) for one in codes for part in one) < _MAX_KEPT:
        return _kept_concept(text, codes)
    return CodedConcept(text=text, codings=_codings(codes))


@lru_cache(maxsize=32768)
def _kept_concept(text: str, codes: _Codes) -> CodedConcept:
    return CodedConcept(text=text, codings=_codings(codes))


def _new_coding(system: str, code: str, display: str) -> Coding:
    return Coding(system=system, code=code, display=display)


_coding = lru_cache(maxsize=32768)(_new_coding)


def code_of(element: Element) -> str:
    """Return the first code of a CodeableConcept, Coding or code; where there is none, its words."""
    if not isinstance(element.value, (dict, list)):
        return element.words
    return next((code for _, code, _ in _codes(element)), "") or element.child("text").words


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
    if not isinstance(element.value, dict):
        words = element.words
        return Phrase(words, element.path) if words else None
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


def parse_moment(written: str) -> PartialDate | None:
    """Return a date as written, or `None` where it is no FHIR date."""
    return _parsed_moment(written) if 0 < len(written) <= _MAX_DATE else None


@lru_cache(maxsize=65536)
def _parsed_moment(written: str) -> PartialDate | None:
    try:
        return PartialDate.parse(written)
    except (ValueError, OverflowError):  # OverflowError: 9999-12-31 has no day after it
        return None
