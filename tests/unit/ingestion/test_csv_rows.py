"""Cells with their characters: what the standard library's reader gives, and where it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pytest
from chartcite.engine.facts.elements import Unreadable, locate
from chartcite.ingestion.sources import csv_rows
from chartcite.ingestion.sources.csv_rows import Row, header_of, rows_of
from chartcite.ingestion.sources.source import HEAD_BYTES, SourceFile
from hypothesis import given
from hypothesis import strategies as st


def table(content: str | bytes, name: str = "t.csv") -> SourceFile:
    raw = content.encode() if isinstance(content, str) else content
    return SourceFile(name, name, raw[:HEAD_BYTES], len(raw), lambda: io.BytesIO(raw))


def rows(content: str | bytes) -> list[Row]:
    found = list(rows_of(table(content)))
    assert all(isinstance(one, Row) for one in found), found
    return [one for one in found if isinstance(one, Row)]


def test_a_cell_knows_the_characters_it_stands_in() -> None:
    [row] = rows('id,text,unit\r\n7,"He said ""no"",\r\nthen left." , mg \r\n')
    assert row.document == 'id,text,unit\n7,"He said ""no"",\r\nthen left." , mg '
    assert row.value("text") == 'He said "no",\r\nthen left.'
    unit = row.phrase("unit")
    assert unit is not None
    span = locate(row.document, unit.path)
    assert span is not None
    assert row.document[span[0] : span[1]] == unit.text == "mg"
    assert row.phrase("absent") is None


def test_the_range_of_a_quoted_cell_is_inside_its_quotes() -> None:
    [row] = rows('a,b\n"one, two", 3\n')
    phrase = row.phrase("a")
    assert phrase is not None
    span = locate(row.document, phrase.path)
    assert span is not None
    assert row.document[slice(*span)] == "one, two"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_header_tells_the_delimiter(delimiter: str) -> None:
    [row] = rows(delimiter.join(["A", '"B"', "C"]) + "\n" + delimiter.join(["1", "2", "3"]))
    assert [row.value(name) for name in "abc"] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "content",
    [
        "﻿id,word\n1,Köln\n".encode(),
        "id,word\n1,Köln\n".encode("utf-16"),
        "id,word\n1,Köln\n".encode("utf-16-le"),
        "id,word\n1,Köln\n".encode("cp1252"),
        "sep=,\r\n\r\nid,word\r\n1,Köln\r\n\r\n".encode(),
        "id,word\r1,Köln\r".encode(),
    ],
    ids=["utf-8 with mark", "utf-16", "utf-16 without mark", "windows", "spreadsheet", "old line ends"],
)
def test_encodings_and_line_ends(content: bytes) -> None:
    [row] = rows(content)
    assert (row.value("id"), row.value("word")) == ("1", "Köln")


def test_an_assumed_encoding_is_said() -> None:
    [row] = rows("id,word\n1,Köln\n".encode("cp1252"))
    assert row.notes == ("the row is not UTF-8: Windows-1252 was assumed",)


def test_rows_that_cannot_be_trusted_are_refused_and_the_next_is_read() -> None:
    found = list(rows_of(table('a,b\n1,2\n3\n4,5,6\n7,8,,\n9,"open\n10,11\n\x00,1\n12,13')))
    assert [one.value("a") if isinstance(one, Row) else one.reason for one in found] == [
        "1",
        "the row has 1 cells, the header has 2",
        "the row has 3 cells, the header has 2",
        "7",
        "a quoted cell that is never closed",
        "10",
        "the row holds binary data, not text",
        "12",
    ]
    assert [one.line if isinstance(one, Row) else one.where for one in found] == [
        2, "line 3", "line 4", 5, "line 6", 7, "line 8", 9,
    ]  # fmt: skip


def test_a_line_without_end_is_refused_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "MAX_ROW_CHARACTERS", 100)
    found = list(rows_of(table("a,b\n" + "x" * 1000 + "\n1,2\n" + '"' + "y\n" * 100 + "3,4\n")))
    assert isinstance(found[0], Unreadable)
    assert found[0].reason == "a line of more than 100 characters"
    assert isinstance(found[1], Row)
    assert isinstance(found[2], Unreadable)
    assert found[2].reason == "a quoted cell that is never closed"
    assert isinstance(found[-1], Row)
    assert found[-1].value("a") == "3"


def test_quotes_that_never_close_cost_no_more_than_the_file_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = 0
    take = csv_rows._Lines.take

    def counted(lines: csv_rows._Lines) -> str | None:
        nonlocal taken
        taken += 1
        return take(lines)

    monkeypatch.setattr(csv_rows._Lines, "take", counted)
    found = list(rows_of(table("a,b\n" + '"x""\n' * 2_000 + '1,"2\n' + 'x""\n' * 2_000)))
    assert isinstance(found[-1], Unreadable)
    assert taken < 10_000


@pytest.mark.parametrize("head", [b"", b"\n\n", b",,,\n", b"," * 5000, b"\x00\x01\x02"])
def test_what_begins_no_table_has_no_named_columns(head: bytes) -> None:
    header = header_of(head)
    assert header is None or "person_id" not in header.names


def test_a_name_given_twice_is_its_first_column() -> None:
    [row] = rows("a,A\n1,2\n")
    assert row.value("a") == "1"


_CELLS = st.text(alphabet=st.sampled_from('ab ,;"\n\r\té'), max_size=8)


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), max_size=6), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_what_the_standard_library_writes_is_read_back(wanted: list[list[str]], quoting: int) -> None:
    written = _written([["x", "y", "z"], *wanted], quoting)
    found = rows(written)
    expected = [[cell.strip() for cell in row] for row in wanted]
    assert [[row.value(name) for name in "xyz"] for row in found] == expected
    for row in found:
        for name in "xyz":
            phrase = row.phrase(name)
            span = locate(row.document, phrase.path) if phrase else None
            assert phrase is None or (span and row.document[slice(*span)].replace('""', '"') == phrase.text)


def _written(lines: Iterable[list[str]], quoting: int) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting).writerows(lines)  # type: ignore[arg-type]
    return out.getvalue()


@given(st.text(alphabet=st.sampled_from('ab,"\n\r'), max_size=60))
def test_any_text_is_read_as_the_standard_library_reads_it_or_refused(body: str) -> None:
    found = list(rows_of(table("x,y\n" + body)))
    if all(isinstance(one, Row) for one in found):
        theirs = [row for row in csv.reader(io.StringIO(body, newline="")) if any(row)]
        ours = [[cell.value for cell in one.cells] for one in found if isinstance(one, Row)]
        assert [[cell.strip() for cell in row] for row in ours if any(row)] == [
            [cell.strip() for cell in row][:2] for row in theirs
        ]


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_refusals(content: bytes) -> None:
    for one in rows_of(table(b"a,b\n" + content)):
        assert isinstance(one, (Row, Unreadable))
