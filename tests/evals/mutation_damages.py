"""Ways to damage an input: of its bytes, and of what its format is built of."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from chartcite.ingestion.containers import DAMAGED

Damage = Callable[[bytes, random.Random], bytes]

NASTY: tuple[str, ...] = (
    "", " ", "\x00", "-", "9" * 5000, "1e400000000", "-1e-999999999", "NaN", "Infinity", "2024-13-45", "0000-00-00", "20240230",
    "2024-02-30T25:61:61+99:99", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "99999999999999", "A" * 100_000, "²",
    "١٢٣", "½", "1_000", "0x10", "\u202e\u2066abc", "e\u0301" * 3000, "\ufeff", "\ufffe", "../../etc/passwd", "${jndi:ldap://x}",
    "=HYPERLINK(1)", "%s%n", "NULL", "{}", "[]", "<a>", "&#0;", "&#xD800;", "&lt;", "]]>", "'\"", "\\", "\\u0000", "|", "^~\\&",
    "\r", "\n\n\n", "\x1c", "\u2028", "(" * 5000, "a, " * 5000, "true", "#p1", "urn:uuid:", "Patient/", "😀" * 500,
)  # fmt: skip
"""Words that readers stumble over."""


# What is done to bytes of any format


def _cut_short(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _flip(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 3, 20)) if content else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _insert(content: bytes, chance: random.Random) -> bytes:
    return _put(content, chance, chance.randbytes(chance.choice((1, 4, 64))))


def _leave_out(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content) + 1)
    return content[:start] + content[start + chance.choice((1, 10, 300)) :]


def _repeat(content: bytes, chance: random.Random) -> bytes:
    """Say a part many times: duplicated ids, and sizes nobody writes."""
    start = chance.randrange(len(content) + 1)
    part = content[start : start + chance.choice((1, 8, 100, len(content)))]
    return content[:start] + part * min(chance.choice((2, 50, 20_000)), 1 + 1_000_000 // (len(part) + 1)) + content[start:]


def _reencode(content: bytes, chance: random.Random) -> bytes:
    words = content.decode("utf-8", "replace")
    name = chance.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp1252", "cp037", "utf-7", "shift_jis"))
    return words.encode(name, "replace")


def _disguise(content: bytes, chance: random.Random) -> bytes:
    """Begin like another format."""
    marks = (
        b"PK\x03\x04",
        b"\x1f\x8b\x08",
        b"BZh9",
        b"\xfd7zXZ\x00",
        b"%PDF-1.4\n",
        b"{\\rtf1",
        b"<html>",
        b"MSH|^~\\&|",
        b"---\n",
    )
    return chance.choice((*marks, b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\xd0\xcf\x11\xe0", b"\x00" * 600)) + content


def _zeros(content: bytes, chance: random.Random) -> bytes:
    return _put(content, chance, b"\x00" * chance.choice((1, 7, 5000)))


def _half_characters(content: bytes, chance: random.Random) -> bytes:
    return _put(content, chance, chance.choice((b"\xed\xa0\x80", b"\\ud800", b"&#xD800;", b"\xc3", b"\xf4\x90\x80\x80", b"\xff")))


def _big_numbers(content: bytes, chance: random.Random) -> bytes:
    """Replace some digits by a number that no reader expects."""
    places = [at for at, byte in enumerate(content) if 48 <= byte <= 57]
    if not places:
        return content
    at = chance.choice(places)
    other = chance.choice((b"9" * 400, b"9" * 5000, b"-1", b"4294967296", b"1e999999", b"0.0.0", b"", "²".encode(), "٣".encode()))
    return content[:at] + other + content[at + 1 :]


def _nest(content: bytes, chance: random.Random) -> bytes:
    opening = chance.choice(
        (b"(", b"[", b"{", b'{"a":', b"<a>", b"<table><tr><td>", b"{\\b ", b"> ", b"- ", b"&", b"<!--", b'"', b"**")
    )
    return _put(content, chance, opening * chance.choice((30, 1000, 20_000)))


def _nasty_words(content: bytes, chance: random.Random) -> bytes:
    return _put(content, chance, _nasty(chance).encode())


# What is done to what a format is built of


def _nasty(chance: random.Random) -> str:
    return chance.choice(NASTY)


def _put(content: bytes, chance: random.Random, words: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + words + content[at:]


def _other_value(content: bytes, chance: random.Random) -> bytes:
    """Replace some values of a JSON text by others: wrong types, huge, nested, bad base64, ids twice."""
    try:
        root = json.loads(content)
    except (ValueError, RecursionError):
        return content
    places = list(_places(root))
    for _ in range(chance.choice((1, 1, 4)) if places else 0):
        holder, key = chance.choice(places)
        holder[key] = _wrong(chance)
    return _json(root)


def _moved_value(content: bytes, chance: random.Random) -> bytes:
    """Put a value of a JSON text in the place of another: of another type, or an id that stands twice."""
    try:
        root = json.loads(content)
    except (ValueError, RecursionError):
        return content
    places = list(_places(root))
    if places:
        (holder, key), (giver, other) = chance.choice(places), chance.choice(places)
        holder[key] = json.loads(_json(giver[other]))
    return _json(root)


def _key_twice(content: bytes, chance: random.Random) -> bytes:
    at = content.find(b'"', chance.randrange(len(content) + 1))
    twice = b'"%b": %b, ' % (chance.choice((b"id", b"resourceType", b"status", b"entry", b"code")), _json(_wrong(chance)))
    return content[:at] + twice + content[at:] if at >= 0 else content


def _json(value: object) -> bytes:
    try:
        return json.dumps(value).encode()
    except RecursionError:
        return b"[" * 5000


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        for key, held in list(one.items() if isinstance(one, dict) else enumerate(one) if isinstance(one, list) else ()):
            yield one, key
            waiting.append(held)


def _wrong(chance: random.Random) -> object:
    deep: object = "x"
    for _ in range(chance.choice((5, 300))):
        deep = [deep] if chance.random() < 0.5 else {"extension": deep}
    values: tuple[object, ...] = (
        None,
        True,
        0,
        -1,
        1e308,
        10**400,
        1.5,
        "",
        [],
        {},
        [None],
        [[]],
        {"reference": 5},
        {"coding": [None, 3, {}]},
        deep,
    )
    more = ("not base64 %%%", "\ud800", {"value": 10**300}, ["x"] * 2000, {"start": 5, "end": []}, {"div": "<div>" * 2000})
    return chance.choice((*values, *more, _nasty(chance), _nasty(chance), _nasty(chance)))


def _line_damage(damage: Damage) -> Damage:
    def damaged(content: bytes, chance: random.Random) -> bytes:
        lines = content.split(b"\n")
        at = chance.randrange(len(lines))
        lines[at] = damage(lines[at], chance)
        return b"\n".join(lines)

    damaged.__name__ = damage.__name__
    return damaged


def _other_attribute(content: bytes, chance: random.Random) -> bytes:
    """Replace what stands between two quotes."""
    parts = content.split(b'"')
    if len(parts) > 2:
        parts[chance.randrange(len(parts) // 2) * 2 + 1] = _nasty(chance).encode().replace(b'"', b"'")
    return b'"'.join(parts)


def _other_words(content: bytes, chance: random.Random) -> bytes:
    """Replace or leave out a tag, or what stands between two."""
    parts = content.split(b"<")
    at = chance.randrange(len(parts))
    tag, _, words = parts[at].partition(b">")
    changed = (tag + b">" + _nasty(chance).encode(), _nasty(chance).encode() + b">" + words, tag + b"/>" + words)
    parts[at] = chance.choice(changed)
    return b"<".join(parts)


def _moved_tag(content: bytes, chance: random.Random) -> bytes:
    parts = content.split(b"<")
    parts[chance.randrange(len(parts))] = chance.choice(parts)
    return b"<".join(parts)


def _entities(content: bytes, chance: random.Random) -> bytes:
    """Declare entities: that grow, that name a file, that name themselves."""
    grown = b"".join(b'<!ENTITY e%d "%b">' % (level, b"&e%d;" % (level - 1) * 10) for level in range(1, 12))
    kinds = (b'<!ENTITY e0 "ha">' + grown, b'<!ENTITY e11 SYSTEM "file:///etc/passwd">', b'<!ENTITY e11 "&e11;">')
    more = (b'<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;', b'<!ENTITY e11 "' + b"A" * 100_000 + b'">')
    declared = b"<!DOCTYPE ClinicalDocument [%b]>" % chance.choice((*kinds, *more))
    head, mark, rest = content.partition(b"?>")
    body = (rest if mark else head).replace(b"<title>", b"<title>" + b"&e11;" * chance.choice((1, 100)))
    return (head + mark if mark else b"") + declared + body


def _other_field(content: bytes, chance: random.Random) -> bytes:
    """Replace, move or leave out what stands between two marks of a table or a message."""
    mark = chance.choice([one for one in (b"|", b",", b"\t", b"^", b"\r", b"\n") if one in content] or [b" "])
    parts = content.split(mark)
    for _ in range(chance.choice((1, 1, 6))):
        parts[chance.randrange(len(parts))] = chance.choice((_nasty(chance).encode(), chance.choice(parts)))
    return mark.join(parts)


def _many_fields(content: bytes, chance: random.Random) -> bytes:
    return _put(
        content, chance, chance.choice((b"|", b",", b"\t", b"^", b"&", b"~", b"\r", b'"', b"\nOBX|1", b"\rMSH|")) * 50_000
    )


def _inner_damage(content: bytes, chance: random.Random) -> bytes:
    """Damage a member of a zip, and pack it again."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [(one.filename, archive.read(one)) for one in archive.infolist()]
    except DAMAGED:
        return content
    at = chance.randrange(len(members))
    damage = chance.choice((*_ANY, *_XML))
    members[at] = (members[at][0], damage(members[at][1], chance))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in members:
            archive.writestr(zipfile.ZipInfo(name), inner)
    return packed.getvalue()


def _packed_damage(content: bytes, chance: random.Random) -> bytes:
    """Damage what a gzip holds, and pack it again."""
    try:
        inner = gzip.decompress(content)
    except DAMAGED:
        return content
    return gzip.compress(chance.choice((*_ANY, *_JSON))(inner, chance), mtime=0)


def _bomb(_content: bytes, chance: random.Random) -> bytes:
    """Return a zip of many zeros: as a member, or as the text of a DOCX."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(chance.choice((1, 4))):
            name = chance.choice(("a.json", "note.txt", f"{number}.gz", "word/document.xml"))
            archive.writestr(
                zipfile.ZipInfo(f"{number}/{name}"), b"\x00" * chance.choice((1 << 20, 4 << 20)), zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()


_ANY: tuple[Damage, ...] = (
    _cut_short, _flip, _insert, _leave_out, _repeat, _reencode, _disguise, _zeros, _half_characters, _big_numbers, _nest,
    _nasty_words,
)  # fmt: skip
_JSON: tuple[Damage, ...] = (_other_value,) * 8 + (_moved_value, _moved_value, _key_twice)
_XML: tuple[Damage, ...] = (_other_attribute, _other_attribute, _other_words, _other_words, _moved_tag, _entities)
_BY_SHAPE: dict[str, tuple[Damage, ...]] = {
    "json": _JSON,
    "lines": tuple(map(_line_damage, (*_JSON, _flip, _cut_short, _nest))),
    "xml": _XML * 3,
    "fields": (_other_field,) * 6 + (_many_fields,),
    "text": (_other_field, _other_field),
    "package": (_inner_damage,) * 8 + (_bomb,),
    "gzip": (_packed_damage,) * 16,
    "bytes": (),
}


def damages_of(shape: str) -> tuple[Damage, ...]:
    """Return what may be done to an input of a shape (`mutation_seeds.py`)."""
    return (*_ANY, *_BY_SHAPE[shape])
