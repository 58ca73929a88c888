"""Where an element stands in JSON text, and the resources of a FHIR file as exact slices of it.

Pure text work: knows nothing of files or stores. The JSON itself is read by the standard library's decoder, at C speed;
this module only remembers where each value began and ended.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, NoReturn

from chartcite.engine.errors import SourceRejectedError

_SPACE = re.compile(r"[ \t\n\r]*")
_MAX_NESTED_BUNDLES = 8
_TYPE_NAME = re.compile(r"[A-Z][A-Za-z]+")
_REMOVED = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+/[A-Za-z0-9.\-]+)(?:/_history/[^/]*)?")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_RANGE = re.compile(r"@(\d+)-(\d+)$")


class ResourceText(NamedTuple):
    """A resource as it stood in its file."""

    raw: str
    """The exact characters."""
    data: dict[str, object]
    """The same, parsed; numbers with a fraction are `Decimal`."""
    where: str
    """`file`, `entry[3]`, `line 12`, `line 12 entry[0]`."""
    full_url: str = ""
    """`Bundle.entry.fullUrl`, where it came in a Bundle."""


class Unreadable(NamedTuple):
    """A part of a file that is no resource, and why."""

    where: str
    reason: str
    raw: str


class Removal(NamedTuple):
    """An entry of a Bundle that says that a resource is gone."""

    resource: str
    """`Type/id`."""
    where: str
    raw: str
    """The entry as it stood."""


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON value")


_MOST_DIGITS = 60
"""Places before or after the point that a number of medicine can have; others are kept as words."""


class _WithExponent(Decimal):
    """A number that was written with an exponent: `7.10e-3` stays `7.10e-3`, and its value is exact."""

    __slots__ = ("written",)
    written: str

    def __str__(self) -> str:
        return self.written


def _number(literal: str) -> Decimal | str:
    """Return a number exactly as written; one beyond all measure as its literal."""
    try:
        number = Decimal(literal)
    except InvalidOperation:
        return literal
    if abs(number.adjusted()) > _MOST_DIGITS:
        return literal
    if "e" in literal or "E" in literal:
        number = _WithExponent(number)
        number.written = literal
    return number


_DECODER = json.JSONDecoder(parse_float=_number, parse_constant=_refuse_constant)
_NOT_JSON = (ValueError, IndexError, RecursionError)
"""What the walk below and the decoder raise on text that is not JSON (or is nested beyond reason)."""


class _Slice(NamedTuple):
    """A value and the characters it was read from."""

    value: object
    start: int
    end: int


_Reader = Callable[[str, int], _Slice]

Found = ResourceText | Removal | Unreadable
"""What stands in a FHIR file."""


def range_path(start: int, end: int) -> str:
    """Return the path of a character range: how facts of other formats than JSON say where they stand."""
    return f"@{start}-{end}"


def locate(text: str, path: str) -> tuple[int, int] | None:
    """Return the character range of the element at `path` in JSON `text`, or `None` where there is none.

    A string gives the range of its content between the quotes, as it is written (escapes included); a number, boolean
    or null its literal; an object or array the whole of it. A path is such as `valueQuantity.value`,
    `code.coding[0].display` or `dosageInstruction[0].text`; an empty one is the whole value. A `range_path` is the
    range itself, in a text of any format.
    """
    if given := _RANGE.match(path):
        start, end = int(given[1]), int(given[2])
        return (start, end) if start <= end <= len(text) else None
    start = _after_space(text, 0)
    try:
        for name, index in _STEP.findall(path):
            found = _item(text, start, int(index)) if index else _member(text, start, name)
            if found is None:
                return None
            start = found
        end = _plain(text, start).end
    except _NOT_JSON:
        return None
    return (start + 1, end - 1) if text[start] == '"' else (start, end)


def path_at(text: str, offset: int) -> str:
    """Return the path of the innermost element of JSON `text` at a character: the inverse of `locate`."""
    path, start = "", _after_space(text, 0)
    if text[start : start + 1] not in {"{", "["}:
        return ""
    try:
        while text[start] in "{[":
            inside = _around(text, start, offset)
            if inside is None:
                break
            step, start = inside
            path += step if step.startswith("[") or not path else f".{step}"
    except _NOT_JSON:
        return ""
    return path


def _around(text: str, start: int, offset: int) -> tuple[str, int] | None:
    """Return the step into the object or array at `start` that leads to a character, and where its value begins."""
    if text[start] == "[":
        items, _ = _read_items(text, start, _plain)
        return next(((f"[{n}]", item.start) for n, item in enumerate(items) if item.start <= offset < item.end), None)
    members, _ = _read_members(text, start, {})
    return next(((name, item.start) for name, item in members.items() if item.start <= offset < item.end), None)


def iterate_resources(text: str) -> Iterator[Found]:
    """Yield every resource of a FHIR file: a Bundle of any type (nested ones too), a resource, an array, or NDJSON.

    Raises:
        SourceRejectedError: the text is not JSON, and no line of it is.
    """
    start = _after_space(text, 1 if text.startswith("\ufeff") else 0)
    try:
        top = _top_level(text, start)
        complete = _after_space(text, top.end) == len(text)
    except _NOT_JSON:
        complete = False
    if not complete:
        yield from _lines(text[start:], first_line=text.count("\n", 0, start) + 1)
        return
    yield from _resources(text, top, where="")


def _after_space(text: str, index: int) -> int:
    match = _SPACE.match(text, index)
    return match.end() if match else index


def _plain(text: str, start: int) -> _Slice:
    """Read any value."""
    value, end = _DECODER.raw_decode(text, start)
    return _Slice(value, start, end)


def _read_members(text: str, start: int, readers: Mapping[str, _Reader]) -> tuple[dict[str, _Slice], int]:
    """Read the object at `start` member by member, some of them by readers of their own.

    Of a name given twice the last value counts, as for the decoder.
    """
    members: dict[str, _Slice] = {}
    index = _after_space(text, start + 1)
    while text[index] != "}":
        name, index = _DECODER.raw_decode(text, index)
        index = _after_space(text, index)
        if text[index] != ":" or not isinstance(name, str):
            raise ValueError("an object member without a name or a colon")
        members[name] = readers.get(name, _plain)(text, _after_space(text, index + 1))
        index = _next_value(text, members[name].end, "}")
    return members, index + 1


def _read_items(text: str, start: int, reader: _Reader) -> tuple[list[_Slice], int]:
    """Read the array at `start` item by item."""
    items: list[_Slice] = []
    index = _after_space(text, start + 1)
    while text[index] != "]":
        items.append(reader(text, index))
        index = _next_value(text, items[-1].end, "]")
    return items, index + 1


def _next_value(text: str, index: int, closing: str) -> int:
    """Return where the value after a comma begins, or the closing bracket."""
    index = _after_space(text, index)
    if text[index] == ",":
        index = _after_space(text, index + 1)
        if text[index] == closing:
            raise ValueError("a comma that no value follows")
        return index
    if text[index] != closing:
        raise ValueError("a value that is followed by neither a comma nor a bracket")
    return index


def _member(text: str, start: int, name: str) -> int | None:
    if text[start] != "{":
        return None
    found = _read_members(text, start, {})[0].get(name)
    return found.start if found else None


def _item(text: str, start: int, index: int) -> int | None:
    if text[start] != "[":
        return None
    items = _read_items(text, start, _plain)[0]
    return items[index].start if index < len(items) else None


def _read_entry(text: str, start: int) -> _Slice:
    if text[start] != "{":
        return _plain(text, start)
    members, end = _read_members(text, start, {})
    return _Slice(members, start, end)


def _read_entries(text: str, start: int) -> _Slice:
    if text[start] != "[":
        return _plain(text, start)
    items, end = _read_items(text, start, _read_entry)
    return _Slice(items, start, end)


def _top_level(text: str, start: int) -> _Slice:
    """Read a value; of a Bundle the entries are kept with their ranges (a list of slices under `entry`)."""
    if text[start] == "{" and "Bundle" not in text and not _is_bundle((top := _plain(text, start)).value):
        return top
    if text[start] == "[":
        items, end = _read_items(text, start, _plain)
        return _Slice(items, start, end)
    if text[start] != "{":
        return _plain(text, start)
    members, end = _read_members(text, start, {"entry": _read_entries})
    kind = members.get("resourceType")
    if kind is None or kind.value != "Bundle":  # `List` has entries too, and they are not resources
        return _plain(text, start)
    return _Slice({name: member.value for name, member in members.items()}, start, end)


def _is_bundle(value: object) -> bool:
    return isinstance(value, dict) and value.get("resourceType") == "Bundle"


def _resources(text: str, top: _Slice, *, where: str) -> Iterator[Found]:
    if isinstance(top.value, list):
        for position, item in enumerate(top.value):
            yield from _resource(text, item, _Place(f"{where}[{position}]"))
        return
    if not (isinstance(top.value, dict) and _is_bundle(top.value)):
        yield from _resource(text, top, _Place(where or "file"))
        return
    entries = top.value.get("entry", [])
    if not isinstance(entries, list):
        yield Unreadable(where or "file", "the entries of the Bundle are not an array", "")
        return
    numbered = list(enumerate(entries))
    if top.value.get("type") == "history":  # the newest version stands first, and the last word is to be the newest
        numbered.reverse()
    for position, entry in numbered:
        yield from _entry(text, entry, f"{where} entry[{position}]".strip())


def _entry(text: str, entry: _Slice, place: str) -> Iterator[Found]:
    members = entry.value if isinstance(entry.value, dict) else {}
    request = _dictionary(members.get("request"))
    method = request.get("method")
    raw = text[entry.start : entry.end]
    if method == "DELETE":
        gone = _REMOVED.fullmatch(str(request.get("url", "")))
        reason = "a deletion that names no resource by type and id cannot be followed"
        yield Removal(gone[1], place, raw) if gone else Unreadable(place, reason, raw)
    elif method == "PATCH":
        yield Unreadable(place, "a patch is not applied: send the whole resource", raw)
    elif "resource" in members:
        url = members.get("fullUrl")
        full_url = url.value if url is not None and isinstance(url.value, str) else ""
        yield from _resource(text, members["resource"], _Place(place, full_url))
    else:
        only = next((name for name in ("response", "request") if name in members), "")
        reason = f"an entry without a resource{f', only a {only}' if only else ''}"
        yield Unreadable(place, reason, raw)


def _dictionary(member: _Slice | None) -> dict[str, object]:
    return member.value if member is not None and isinstance(member.value, dict) else {}


class _Place(NamedTuple):
    where: str
    full_url: str = ""


def _resource(text: str, found: _Slice, place: _Place) -> Iterator[Found]:
    raw = text[found.start : found.end]
    if not isinstance(found.value, dict):
        yield Unreadable(place.where, "not a JSON object", raw)
        return
    kind = found.value.get("resourceType")
    if not (isinstance(kind, str) and _TYPE_NAME.fullmatch(kind)):
        yield Unreadable(place.where, "an object without a resourceType", raw)
    elif kind == "Bundle" and place.where.count("entry[") >= _MAX_NESTED_BUNDLES:
        yield Unreadable(place.where, f"Bundles are nested more than {_MAX_NESTED_BUNDLES} deep", raw)
    elif kind == "Bundle":
        yield from _resources(raw, _top_level(raw, 0), where="" if place.where == "file" else place.where)
    else:
        yield ResourceText(raw, found.value, place.where, place.full_url)


def _lines(text: str, *, first_line: int) -> Iterator[Found]:
    """Read NDJSON. What has not one readable line was never JSON."""
    found, readable = read_lines(enumerate(text.split("\n"), start=first_line))  # other line ends may stand inside a string
    if not readable:
        raise SourceRejectedError("the file is not JSON and has no line that is; convert it to FHIR R4 JSON or NDJSON")
    yield from found


def read_lines(lines: Iterable[tuple[int, str]]) -> tuple[list[Found], int]:
    """Return what stands on numbered lines of NDJSON, and how many of the lines were JSON objects. Blank lines are skipped."""
    found: list[Found] = []
    readable = 0
    for number, line in lines:
        start = _after_space(line, 0)
        if start == len(line):
            continue
        try:
            top = _top_level(line, start)
            if _after_space(line, top.end) != len(line):
                raise ValueError("text after the end of the JSON value")
        except _NOT_JSON:
            found.append(Unreadable(f"line {number}", "not a JSON value", line))
            continue
        readable += isinstance(top.value, dict)
        found.extend(_resources(line, top, where=f"line {number}"))
    return found, readable
