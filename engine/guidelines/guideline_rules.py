"""The conditions of a recommendation for machines: a small language, read into frozen predicates.

One line a condition, in a fenced block `applies` at the end of a recommendation (docs/guideline-conditions.md):

    needs: age 50..80                       must hold; several joined by `or`: one of them must; by `else`: the first known
    unless: condition lung-cancer ever      must not hold; where the chart is silent it is left open and named
    judge: no symptoms of lung cancer       no predicate can say it: the reader judges
    screen: every 1y by procedure low-dose-chest-ct
    done: medication statin                 what is recommended is already so
    disputed: the blood pressure goal in hypertension = below 140/90 mm Hg
                                            other organisations advise otherwise on this matter; what this one advises
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

from chartcite.engine.language.units import normalised

Kind = Literal["condition", "medication", "allergy", "procedure", "immunization", "family"]
Comparison = Literal["<", "<=", ">", ">=", "="]


class RuleError(ValueError):
    """A line that is not in the language: what is wrong, and what would be right."""


class Age(NamedTuple):
    """Age in whole years or months, both ends included; `None`: open."""

    least: int | None
    most: int | None
    months: bool = False


class Sex(NamedTuple):
    """Recorded sex."""

    sex: Literal["female", "male"]


class Pregnant(NamedTuple):
    """Pregnant now, or not."""

    wanted: bool = True


class Gestation(NamedTuple):
    """Completed weeks of gestation, both ends included."""

    least: int | None
    most: int | None


class Known(NamedTuple):
    """One of some conditions, medicines, allergies, procedures, vaccines, or conditions of relatives is in the chart."""

    kind: Kind
    ids: tuple[str, ...]
    ever: bool = False
    """Of conditions: those that are over count too."""
    within_days: int | None = None
    """Of procedures: done so lately."""
    doses: int = 1
    """Of vaccines: so many doses."""
    at_age: Age | None = None
    """Of procedures: done at this age."""


class Measured(NamedTuple):
    """The newest value of a measurement lies on one side of a limit."""

    id: str
    comparison: Comparison
    limit: Decimal
    unit: str
    """UCUM; `1` for a number without a unit."""
    within_days: int | None = None


class Smoking(NamedTuple):
    """Smoking: `ever` is current or former; `quit` is current, or stopped within some years."""

    status: Literal["current", "former", "never", "ever", "quit"]
    years: int = 0


class PackYears(NamedTuple):
    """Pack-years at least."""

    least: Decimal


Predicate = Age | Sex | Pregnant | Gestation | Known | Measured | Smoking | PackYears


class Condition(NamedTuple):
    """Alternatives of which one must hold (`needs`) or none may (`unless`)."""

    role: Literal["needs", "unless", "judge", "done"]
    any_of: tuple[Predicate, ...]
    words: str
    """As it is shown to a reader."""
    first_known: bool = False
    """The first alternative that the chart decides decides for all: a measured ejection fraction before the name of a disease."""


class Due(NamedTuple):
    """What is to be done, how often, and what of the chart shows that it was done."""

    role: Literal["screen", "immunise", "monitor"]
    every_days: int | None
    """Interval; `None`: once in life."""
    doses: int
    by: tuple[Known, ...]
    words: str


class Position(NamedTuple):
    """What a recommendation advises on a matter on which organisations disagree."""

    matter: str
    """The same words in each recommendation on it: `the blood pressure goal in hypertension`."""
    said: str
    """What sets this one apart, in a few words: `below 140/90 mm Hg under 80 years`."""


class Rule(NamedTuple):
    """Conditions and intervals of one recommendation, and its positions on disputed matters."""

    conditions: tuple[Condition, ...] = ()
    dues: tuple[Due, ...] = ()
    positions: tuple[Position, ...] = ()

    def predicates(self) -> Iterator[Predicate]:
        """Yield every predicate, those of the intervals too."""
        for condition in self.conditions:
            yield from condition.any_of
        for due in self.dues:
            yield from due.by


_BLOCK = re.compile(r"^```applies[ \t]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"(needs|unless|judge|done|screen|immunise|monitor|disputed):\s+(\S.*)$")
_RANGE = re.compile(r"(\d{1,3})?\.\.(\d{1,3})?(mo)?$")
_SPAN = re.compile(r"(\d{1,5})(d|w|mo|y)$")
_DAYS = {"d": 1, "w": 7, "mo": 30.4375, "y": 365.25}
_MEASURED = re.compile(r"([a-z0-9.+-]+)\s+(<=|>=|<|>|=)\s+(-?\d+(?:\.\d+)?)\s+(\S+)(?:\s+within\s+(\S+))?$")
_KNOWN = re.compile(r"([a-z0-9.+,=-]+)(?:\s+(ever))?(?:\s+within\s+(\S+))?(?:\s+doses\s+(\d))?(?:\s+at-age\s+(\S+))?$")
_DUE = re.compile(r"(?:every\s+(\S+)|once|doses\s+(\d)(?:\s+every\s+(\S+))?)\s+by\s+(.+)$")
_KINDS: tuple[Kind, ...] = ("condition", "medication", "allergy", "procedure", "immunization", "family")
_PURE = frozenset({"1", "{score}", "{pack-years}"})


def block_of(section: str) -> str | None:
    """Return the block of conditions of a recommendation's section; `None`: it has none."""
    match = _BLOCK.search(section.replace("\r\n", "\n"))
    return match[1] if match else None


def parse_rule(block: str) -> Rule:
    """Read a block of conditions.

    Raises:
        RuleError: a line is not in the language.
    """
    conditions: list[Condition] = []
    dues: list[Due] = []
    positions: list[Position] = []
    for line in block.splitlines():
        if not line.strip():
            continue
        match = _LINE.match(line.strip())
        if match is None:
            raise RuleError(
                f"{line.strip()!r}: a line is `needs:`, `unless:`, `judge:`, `done:`, `screen:`, `immunise:`, `monitor:` or"
                " `disputed:`"
            )
        role, said = match[1], match[2].strip()
        if role in {"screen", "immunise", "monitor"}:
            dues.append(_due(role, said))
        elif role == "judge":
            conditions.append(Condition("judge", (), said))
        elif role == "disputed":
            positions.append(_position(said))
        else:
            parts = said.split(" else ") if " else " in said else re.split(r"\s+or\s+", said)
            any_of = tuple(parse_predicate(part) for part in parts)
            conditions.append(Condition(_role(role), any_of, said, first_known=" else " in said))
    return Rule(tuple(conditions), tuple(dues), tuple(positions))


def parse_predicate(said: str) -> Predicate:
    """Read one condition, such as `age 50..80` or `measurement egfr < 30 mL/min/{1.73_m2} within 365d`.

    Raises:
        RuleError: it is none.
    """
    name, _, rest = said.strip().partition(" ")
    if name in _KINDS:
        return _known(_KINDS[_KINDS.index(name)], rest)
    if name not in _READERS:
        raise RuleError(f"{said!r}: no such condition; there are {', '.join((*_READERS, *_KINDS))}")
    return _READERS[name](rest.strip())


def _position(said: str) -> Position:
    matter, sign, position = (part.strip() for part in said.partition(" = "))
    if not (matter and sign and position):
        raise RuleError(f"disputed {said!r}: write `disputed: the blood pressure goal in hypertension = below 140/90 mm Hg`")
    return Position(matter, position)


def _role(role: str) -> Literal["needs", "unless", "done"]:
    return "needs" if role == "needs" else "done" if role == "done" else "unless"


def _range(said: str, what: str) -> tuple[int | None, int | None, bool]:
    match = _RANGE.match(said)
    if match is None or not (match[1] or match[2]):
        raise RuleError(f"{what} {said!r}: write `{what} 50..80`, `{what} 65..` or `{what} ..17`")
    least, most = (int(part) if part else None for part in (match[1], match[2]))
    if least is not None and most is not None and least > most:
        raise RuleError(f"{what} {said!r}: ends before it begins")
    return least, most, bool(match[3])


def days_of(span: str) -> int:
    """Return the days of `90d`, `8w`, `6mo` or `10y`.

    Raises:
        RuleError: not a span.
    """
    match = _SPAN.match(span)
    if match is None:
        raise RuleError(f"{span!r}: a span is `90d`, `8w`, `6mo` or `10y`")
    return round(int(match[1]) * _DAYS[match[2]])


def _age(said: str) -> Age:
    return Age(*_range(said, "age"))


def _gestation(said: str) -> Gestation:
    least, most, _ = _range(said, "gestation")
    return Gestation(least, most)


def _sex(said: str) -> Sex:
    if said in {"female", "male"}:
        return Sex("female" if said == "female" else "male")
    raise RuleError(f"sex {said!r}: write `sex female` or `sex male`")


def _pregnant(said: str) -> Pregnant:
    if said:
        raise RuleError(f"pregnant {said!r}: write `pregnant` or `not-pregnant`")
    return Pregnant()


def _not_pregnant(said: str) -> Pregnant:
    return Pregnant(wanted=not _pregnant(said).wanted)


def _measured(said: str) -> Measured:
    match = _MEASURED.match(said)
    if match is None:
        raise RuleError(f"measurement {said!r}: write `measurement egfr < 30 mL/min/{{1.73_m2}} within 365d`")
    unit = match[4]
    if unit not in _PURE and normalised(unit) is None:
        raise RuleError(f"measurement {said!r}: {unit} is no unit that is known")
    try:
        limit = Decimal(match[3])
    except InvalidOperation:
        raise RuleError(f"measurement {said!r}: {match[3]} is no number") from None
    return Measured(match[1], _comparison(match[2]), limit, unit, days_of(match[5]) if match[5] else None)


def _comparison(sign: str) -> Comparison:
    for known in _COMPARISONS:
        if known == sign:
            return known
    raise RuleError(f"{sign!r}: no comparison")


_COMPARISONS: tuple[Comparison, ...] = ("<", "<=", ">", ">=", "=")


def _smoking(said: str) -> Smoking:
    match said.split():
        case ["current" | "former" | "never" | "ever" as status]:
            return Smoking(status)
        case ["current-or-quit-within", span]:
            return Smoking("quit", round(days_of(span) / _DAYS["y"]))
        case _:
            raise RuleError(f"smoking {said!r}: write `smoking ever` or `smoking current-or-quit-within 15y`")


def _pack_years(said: str) -> PackYears:
    match = re.fullmatch(r">=\s*(\d+)", said)
    if match is None:
        raise RuleError(f"pack-years {said!r}: write `pack-years >= 20`")
    return PackYears(Decimal(match[1]))


def _known(kind: Kind, said: str) -> Known:
    match = _KNOWN.match(said.strip())
    if match is None:
        raise RuleError(f"{kind} {said!r}: write `{kind} id,id`, then `ever`, `within 10y`, `doses 2` or `at-age 30..65`")
    within, at_age = days_of(match[3]) if match[3] else None, _age(match[5]) if match[5] else None
    if at_age is not None and kind != "procedure":
        raise RuleError(f"{kind} {said!r}: only a procedure or a test is done `at-age`")
    return Known(kind, tuple(match[1].split(",")), bool(match[2]), within, int(match[4] or 1), at_age)


def _due(role: str, said: str) -> Due:
    match = _DUE.match(said)
    if match is None:
        raise RuleError(f"{role} {said!r}: write `{role}: every 2y by procedure mammography`, `once by ...` or `doses 2 by ...`")
    by: list[Known] = []
    for part in re.split(r"\s+or\s+", match[4]):
        name, _, rest = part.partition(" ")
        if name == "measurement":
            by.append(Known("procedure", tuple(rest.strip().split(","))))
            continue
        predicate = parse_predicate(part)
        if not isinstance(predicate, Known):
            raise RuleError(f"{role} {said!r}: done by a procedure, measurement, immunization or medication")
        by.append(predicate)
    every = match[1] or match[3]
    kind: Literal["screen", "immunise", "monitor"] = (
        "screen" if role == "screen" else "immunise" if role == "immunise" else "monitor"
    )
    return Due(kind, days_of(every) if every else None, int(match[2] or 1), tuple(by), said)


_READERS: dict[str, Callable[[str], Predicate]] = {
    "age": _age,
    "sex": _sex,
    "pregnant": _pregnant,
    "not-pregnant": _not_pregnant,
    "gestation": _gestation,
    "measurement": _measured,
    "smoking": _smoking,
    "pack-years": _pack_years,
}
