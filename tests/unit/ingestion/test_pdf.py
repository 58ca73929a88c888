from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import pytest
from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.sources import parsing
from chartcite.ingestion.sources.pdf import looks_like_pdf, read_pdf

from tests.pdf_builder import Page, TextLine, pdf


def test_reads_pages_with_the_place_of_each_line() -> None:
    readable = read_pdf(pdf(["Seen for cough.", "Lungs are clear."], ["Rest and fluids."]))
    assert readable.text == "Seen for cough.\nLungs are clear.\n\fRest and fluids."
    first, second = readable.layout
    assert [(page.number, readable.text[page.start : page.end]) for page in readable.layout] == [
        (1, "Seen for cough.\nLungs are clear."),
        (2, "Rest and fluids."),
    ]
    assert (first.width, first.height) == (612, 792)
    assert [readable.text[start:end] for start, end, *_ in first.boxes] == ["Seen for cough.", "Lungs are clear."]
    _, _, left, bottom, right, top = second.boxes[0]
    assert 70 < left < 74 < right < 200
    assert 716 < bottom < 721 < top < 735
    assert readable.notes == ()


def test_words_stay_as_written() -> None:
    assert read_pdf(pdf(["Temp 38.5 °C (101.3 °F), naïve – “sore”"])).text == "Temp 38.5 °C (101.3 °F), naïve – “sore”"


def test_a_page_that_is_only_a_picture_is_told() -> None:
    assert read_pdf(pdf(["Words."], None)).notes == ("page 2 is a picture without text: it was not read",)
    assert read_pdf(pdf(None, ["Words."], None)).notes == ("each of the pages 1, 3 is a picture without text: it was not read",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (pdf(None, None), "is a scan: its pages are pictures"),
        (pdf([]), "holds no text"),
        (pdf(["Words."], encrypted=True), "encrypted: remove its password"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (pdf(["Words."])[:300], "damaged"),
    ],
    ids=["scanned", "empty", "encrypted", "no objects", "truncated"],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(SourceRejectedError, match=reason):
        read_pdf(content)


def test_the_title_is_the_metadata_s_or_the_biggest_line() -> None:
    page: Page = [TextLine("Care of gout", size=20), *["Treat flares early, with words enough to be the body."] * 3]
    assert read_pdf(pdf(page, title="Gout guideline")).title == "Gout guideline"
    assert read_pdf(pdf(page, title="Microsoft Word - x.doc")).title == "Care of gout"
    assert read_pdf(pdf(["Only small letters here."])).title == ""


def test_lines_in_bigger_or_bolder_letters_are_headings() -> None:
    body = ["The body of the text goes on for a line.", "And it goes on for another line."]
    page: Page = [
        TextLine("Dosage", size=16),
        *body,
        TextLine("Warnings", bold=True),
        *body,
        TextLine("A bold sentence.", bold=True),
    ]
    readable = read_pdf(pdf(page))
    assert [heading.text for heading in readable.headings] == ["Dosage", "Warnings"]
    assert [readable.text[heading.start :].split("\n")[0] for heading in readable.headings] == ["Dosage", "Warnings"]


def test_the_line_numbers_of_a_draft_are_left_out() -> None:
    draft = [[f"{page * 10 + line} The words of line {'abcdefghij'[line]}" for line in range(10)] for page in range(3)]
    readable = read_pdf(pdf(*draft))
    assert readable.text.split("\n")[:2] == ["The words of line a", "The words of line b"]
    assert readable.notes == ("the line numbers in its margin were left out",)


def test_numbers_that_are_no_line_numbers_stay() -> None:
    table = [[f"{value} mg/dL on the scale" for value in (70, 95, 120, 88, 90, 77, 101, 140, 99)]] * 3
    assert read_pdf(pdf(*table)).text.startswith("70 mg/dL")


def test_is_recognised_by_its_mark() -> None:
    assert looks_like_pdf(b"junk\n" + pdf(["x"]), "export")
    assert not looks_like_pdf(b"plain words", "a.txt")


def test_many_documents_share_one_process_and_take_little_time() -> None:
    content = pdf(["Words."])
    read_pdf(content)
    began = perf_counter()
    for _ in range(10):
        read_pdf(content)
    assert perf_counter() - began < 5


@contextmanager
def _stopped() -> Iterator[None]:
    """Stop the parsing process, as one that hangs would be."""
    read_pdf(pdf(["Words."]))
    running = parsing._process()._running
    assert running is not None
    os.kill(running.pid, signal.SIGSTOP)
    yield


def test_a_parser_that_hangs_or_dies_costs_its_document_only() -> None:
    with _stopped(), pytest.raises(SourceRejectedError, match="longer than 1 seconds"):
        parsing.parsed("pdf", pdf(["Words."]), seconds=1)
    running = parsing._process()
    assert read_pdf(pdf(["Words again."])).text == "Words again."
    assert running._running is not None
    os.kill(running._running.pid, signal.SIGKILL)
    running._running.wait()
    assert read_pdf(pdf(["And again."])).text == "And again."
