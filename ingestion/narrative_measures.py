"""Measured values in prose and in lines of tables: `creatinine 1.4 mg/dL`, `BP 130/80`, `rose from 1.1 to 2.3`, `Na 138, K 4.2`.

A number counts only where nothing but filler stands between it and the name, and where its unit is one that the lexicon gives
for what is measured: so doses, goals, ranges and times are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.domain.records import Quantity
from chartcite.engine.language.terminology import ConceptKind, Lexicon
from chartcite.engine.language.units import same_dimension
from chartcite.ingestion import narrative_measure_patterns as patterns
from chartcite.ingestion.narrative_text import Named, Sentence, of_kind

BLOOD_PRESSURE = "blood-pressure"

_LOOKED_AHEAD = 3
"""Names after a value that are looked at, to find the first that is no second name in brackets."""


class Measured(NamedTuple):
    """A value of one thing measured; positions are in the sentence."""

    concept: str
    """Lexicon id."""
    name: tuple[int, int]
    quantities: tuple[Read, ...]
    """One; systolic and diastolic for a blood pressure."""
    interpretation: str = ""
    reference_range: str = ""
    range_low: Decimal | None = None
    range_high: Decimal | None = None


class Read(NamedTuple):
    """A number read, with where it stands."""

    quantity: Quantity
    start: int
    end: int


def measured(sentence: Sentence, names: Iterable[Named], lexicon: Lexicon) -> Iterator[Measured]:
    """Yield every measured value of a sentence, in order."""
    if not any(character.isdigit() for character in sentence.text):
        return
    seen: set[tuple[str, int]] = set()
    for value in _in_order(sentence.text, names, lexicon):
        key = (value.concept, value.quantities[0].start)  # `white blood cell (WBC) count 5.7` has two names and one value
        if key not in seen:
            seen.add(key)
            yield value


def _in_order(text: str, names: Iterable[Named], lexicon: Lexicon) -> Iterator[Measured]:
    tall = [match.span("name") for match in patterns.TALL.finditer(text)]  # its number stands before it
    wanted = [one for one in _measurements(text, names, lexicon) if one[1:] not in tall]
    read = 0
    for group in _joined(text, wanted):
        read += len(group)
        end = group[-1][2]
        following = next(
            (start for _, start, _ in wanted[read : read + _LOOKED_AHEAD] if not _within_brackets(text, end, start)), len(text)
        )
        if _is_no_value(text, group[0][1], group[-1][2], group[-1][0], lexicon):
            continue
        if len(group) > 1:
            yield from _respective(text, group, following, lexicon)
        else:
            yield from _values(text, group[0], following, lexicon)
    for match in patterns.TALL.finditer(text):
        yield Measured("body-height", match.span("name"), (_quantity(match, match["unit"]),))
    for match in (match for pattern in patterns.SIZES for match in pattern.finditer(text)):
        yield from _sizes(match)
    for match in patterns.DRINKS.finditer(text):
        yield Measured("alcohol-drinks-per-week", match.span("name"), (_quantity(match, ""),))


def _sizes(match: re.Match[str]) -> Iterator[Measured]:
    """Read a height and a weight that stand side by side, where both are those of a person."""
    if not Decimal(match["long"]) >= patterns.LEAST_CENTIMETRES:
        return  # a mass of 12 cm and 2 kg
    for id_, side in (("body-height", "long"), ("body-weight", "heavy")):
        quantity = Quantity(value=Decimal(match[side]), written=match[side], unit=match[f"{side}_unit"])
        yield Measured(id_, match.span(side), (Read(quantity, *match.span(side)),))


def _joined(text: str, wanted: list[tuple[str, int, int]]) -> Iterator[list[tuple[str, int, int]]]:
    """Yield the names one by one, those in groups that share what follows: `height and weight were 160 cm and 56 kg`."""
    group: list[tuple[str, int, int]] = []
    for name in wanted:
        if group and patterns.JOINT.fullmatch(text, group[-1][2], name[1]) is None:
            yield group
            group = []
        group.append(name)
    if group:
        yield group


def _respective(text: str, group: list[tuple[str, int, int]], limit: int, lexicon: Lexicon) -> Iterator[Measured]:
    """Give each name of a group its value, in order; nothing where there are not as many values as names."""
    end = group[-1][2]
    gap = patterns.GAP.match(text, end, min(max(limit, end), end + 160))
    at = gap.end() if gap else end
    found: list[Measured] = []
    for position, (id_, start, stop) in enumerate(group):
        if position:
            joint = patterns.NEXT_VALUE.match(text, at)
            if joint is None:
                return
            at = joint.end()
        if id_ == BLOOD_PRESSURE:
            match = patterns.PRESSURE.match(text, at)
            if match is None or int(match["high"]) <= int(match["low"]):
                return
            found.append(_pressure(match, start, stop))
            at = match.end()
            continue
        number = _number_at(text, at, id_, lexicon, alone=False)
        if number is None:
            return
        found.append(number.measured(id_, (start, stop), text))
        at = number.after
    yield from found


def _within_brackets(text: str, end: int, start: int) -> bool:
    """Say whether the next name is only another name of the same thing: `hemoglobin (Hb) 9.1`."""
    between = text[end:start]
    return between.strip() in {"(", "["} and re.match(r"[^()\[\]]{0,30}[)\]]", text[start:]) is not None


def _measurements(text: str, names: Iterable[Named], lexicon: Lexicon) -> list[tuple[str, int, int]]:
    found = {}
    for named in names:
        id_ = of_kind(named, ConceptKind.MEASUREMENT, lexicon)
        if (
            id_
            and (lexicon.concepts[id_].units or id_ == BLOOD_PRESSURE)
            and not patterns.NUMBER_BEFORE.search(text[max(0, named.start - 3) : named.start])
        ):
            found[named.start] = (id_, named.start, named.end)
    taken = [(start, end) for _, start, end in found.values()]
    for match in patterns.SHORTHAND_WORDS.finditer(text):
        id_ = patterns.SHORTHAND[match[0]]
        if id_ in lexicon.concepts and not any(start < match.end() and match.start() < end for start, end in taken):
            found[match.start()] = (id_, *match.span())
    return [found[start] for start in sorted(found)]


def _is_no_value(text: str, start: int, end: int, id_: str, lexicon: Lexicon) -> bool:
    before = text[max(0, start - 60) : start]
    if patterns.NO_VALUE.search(before):
        return True
    fluid = patterns.FLUID.search(text[max(0, start - 160) : end])
    return fluid is not None and not patterns.FLUID.search(
        " ".join(lexicon.concepts[id_].surfaces[:3]) + " " + lexicon.concepts[id_].name
    )


def _values(text: str, wanted: tuple[str, int, int], limit: int, lexicon: Lexicon) -> Iterator[Measured]:
    id_, start, end = wanted
    gap = patterns.GAP.match(text, end, min(limit, end + 160))
    at = gap.end() if gap else end
    if len(patterns.FILLER_WORDS.findall(re.sub(r"[(\[][^()\[\]]*[)\]]", "", text[end:at]))) > patterns.MAX_FILLERS:
        return
    if id_ == BLOOD_PRESSURE:
        yield from _pressures(text, start, end, at)
        return
    word = text[start:end]
    if came := patterns.FROM_NEXT.match(text, at):
        first = _number_at(text, came.end(), id_, lexicon, alone=False)
        to = patterns.TO.match(text, first.after) if first else None
        second = _number_at(text, to.end(), id_, lexicon) if to else None
        if first and second:
            unit = first.unit or second.unit
            yield Measured(id_, (start, end), (first.read(unit),))
            yield second.measured(id_, (start, end), text)
        return
    number = _number_at(text, at, id_, lexicon)
    if number is None or (word in patterns.NEEDS_UNIT and not number.unit):
        return
    yield number.measured(id_, (start, end), text)
    for _ in range(12):
        following = patterns.NEXT.match(text, number.after)
        number = _number_at(text, following.end(), id_, lexicon) if following else None
        if number is None:
            return
        yield number.measured(id_, (start, end), text)


class _Number(NamedTuple):
    match: re.Match[str]
    unit: str
    after: int
    """Where the text goes on after number and unit."""

    def read(self, unit: str = "") -> Read:
        return _quantity(self.match, self.unit or unit)

    def measured(self, id_: str, name: tuple[int, int], text: str) -> Measured:
        flag = patterns.FLAG.match(text, self.after)
        found = patterns.RANGE_AFTER.match(text, flag.end() if flag else self.after)
        if found and not (found["open"] and found["close"]):
            found = None
        return Measured(
            id_, name, (self.read(),), flag["flag"] if flag else "", found["range"] if found else "",
            Decimal(found["low"]) if found else None, Decimal(found["high"]) if found else None,
        )  # fmt: skip


def _number_at(text: str, at: int, id_: str, lexicon: Lexicon, *, alone: bool = True) -> _Number | None:
    """Read a number with a unit that fits what is measured; `None` where there is none or it is something else."""
    match = patterns.VALUE.match(text, at)
    if match is None:
        return None
    units = lexicon.concepts[id_].units
    end = match.end()
    out_of = patterns.OUT_OF.match(text, end)
    if out_of and "{score}" in units:
        return _Number(match, "", out_of.end())
    if alone and patterns.NOT_ALONE.match(text, end) and not patterns.NEXT.match(text, end):
        return None
    found = patterns.UNIT.match(text, end)
    if found is None:
        return _Number(match, "", end)
    unit = found["unit"]
    if _fits(unit, units):
        after = found.end()
        return None if alone and re.match(r"\s?[-–—]\s?\d", text[after : after + 4]) else _Number(match, unit, after)
    if patterns.FLAG.match(text, end):
        return _Number(match, "", end)
    packed = re.sub(r"\s", "", unit).lower()
    if (
        packed in patterns.NO_UNIT
        or "/" in unit
        or unit.startswith(("%", "°", "º"))
        or _is_year(match["number"], text[at - 4 : at])
    ):
        return None
    return _Number(match, "", end)


def _is_year(number: str, before: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", number) and re.search(r"in\s$", before))


@lru_cache(maxsize=8192)
def _fits(unit: str, units: tuple[str, ...]) -> bool:
    packed = re.sub(r"\s", "", unit).lower()
    spelled = patterns.BY_SPELLING.get(
        packed, re.sub(r"/day$", "/(24.h)", patterns.LITER.sub("L", unit).replace("^", "").replace("IU", "U"))
    )
    if any(same_dimension(one, known) for known in units for one in (spelled, unit)):
        return True
    if any(known.startswith("10*") or known == "/uL" for known in units) and (
        patterns.COUNTS.search(packed) or patterns.PER_VOLUME.match(packed)
    ):
        return packed not in {"cells"} and not packed.startswith("cells/h")
    if "/min" in units and packed in patterns.PER_MINUTE:
        return True
    return ("Cel" in units and spelled in {"°C", "°F", "°", "º"}) or (
        packed in {"s", "sec", "secs", "second", "seconds"} and "s" in units
    )


def _quantity(match: re.Match[str], unit: str) -> Read:
    comparator = patterns.COMPARATORS.get((match["comparator"] or "").strip().lower(), "")
    start, end = match.span("number")
    written = match["number"]
    value = Decimal(written.replace(",", "").replace(" ", "").replace("·", "."))
    return Read(Quantity(value=value, written=written, unit=unit.strip(), comparator=comparator), start, end)


def _pressure(match: re.Match[str], start: int, end: int) -> Measured:
    unit = match["unit"] or ""
    sides = (
        Read(Quantity(value=Decimal(match[side]), written=match[side], unit=unit), *match.span(side)) for side in ("high", "low")
    )
    return Measured(BLOOD_PRESSURE, (start, end), tuple(sides))


def _pressures(text: str, start: int, end: int, at: int) -> Iterator[Measured]:
    match = patterns.PRESSURE.match(text, at) or patterns.BOTH.match(text, at)
    for _ in range(12):
        if match is None or int(match["high"]) <= int(match["low"]):  # the higher one is written first
            return
        yield _pressure(match, start, end)
        following = patterns.PRESSURE_NEXT.match(text, match.end())
        match = patterns.PRESSURE.match(text, following.end()) if following else None
