from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from chartcite.engine.domain.records import Category, PartialDate, PatientId
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import locate
from chartcite.ingestion.sources.document_dates import date_at, dates_of
from chartcite.ingestion.sources.documents import read_attachment
from chartcite.ingestion.sources.docx import MEDIA_TYPE as DOCX
from chartcite.ingestion.sources.formats import format_of
from chartcite.ingestion.sources.html_text import read_html
from chartcite.ingestion.sources.readable import ASSUMED, decode
from chartcite.ingestion.sources.source import HEAD_BYTES, Given, ReadResource, SourceFile
from hypothesis import given
from hypothesis import strategies as some

from tests.fhir_builders import attached, bundle, note, read
from tests.pdf_builder import TextLine, pdf

ANN = Given(patient_id=PatientId("ann"))
NOTE = "PROGRESS NOTE\n\nDate of service: March 5, 2024\n\nHPI: Cough for a week.\n\nPlan: Rest and fluids.\n"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def source(name: str, content: str | bytes, about: Given = ANN) -> SourceFile:
    raw = content.encode() if isinstance(content, str) else content
    return SourceFile(f"folder/{name}", name, raw[:HEAD_BYTES], len(raw), lambda: BytesIO(raw), about)


def document(name: str, content: str | bytes, about: Given = ANN) -> ReadResource:
    one = source(name, content, about)
    [found] = format_of(one).read(one)
    assert isinstance(found, ReadResource)
    return found


def docx(body: str, **parts: str) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return packed.getvalue()


def p(*words: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(f'<w:r><w:t>{one}</w:t></w:r>' for one in words)}</w:p>"


def test_a_plain_note_becomes_passages_and_a_fact_that_names_it() -> None:
    found = document("a.txt", NOTE)
    prepared = found.prepared
    [fact], [stored] = prepared.facts, prepared.documents
    assert (prepared.resource[:9], len(prepared.resource), prepared.resource_type) == ("Document/", 41, "Document")
    assert (stored.path, stored.text, stored.title, stored.patient_id) == ("", NOTE, "PROGRESS NOTE", "ann")
    assert (fact.category, fact.concept.text, fact.resource) == (Category.DOCUMENT, "PROGRESS NOTE", prepared.resource)
    assert [quoted(NOTE, path) for path in (fact.concept_path, fact.occurred_path)] == ["PROGRESS NOTE", "March 5, 2024"]
    assert [one.date.written for one in [dates_of(NOTE).occurred] if one] == ["2024-03-05"]
    assert (fact.occurred, stored.occurred, fact.recorded) == (PartialDate.parse("2024-03-05"),) * 3
    assert [one.section for one in prepared.passages][-2:] == ["HPI", "Plan"]
    assert prepared.passages[-1].embed_text == "PROGRESS NOTE - Plan\nPlan: Rest and fluids."
    assert found.notes == ()


def quoted(text: str, path: str) -> str:
    span = locate(text, path)
    assert span is not None
    return text[slice(*span)]


def test_the_same_words_are_the_same_document() -> None:
    assert document("a.txt", NOTE).prepared.resource == document("b.txt", NOTE).prepared.resource
    assert document("a.txt", NOTE).prepared.resource != document("a.txt", NOTE + "x").prepared.resource


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.rtf", "a.docx", "a.pdf"])
def test_a_document_without_a_patient_is_refused(name: str) -> None:
    content: dict[str, str | bytes] = {
        "a.rtf": b"{\\rtf1 MRN: ann}",
        "a.html": "<html><p>MRN: ann</p></html>",
        "a.docx": docx(p("MRN: ann")),
    }
    one = source(name, content.get(name, "Patient ID: ann\nMRN: ann"), Given())
    with pytest.raises(SourceRejectedError, match="names no patient: give --patient ID"):
        list(format_of(one).read(one))


def test_the_caller_s_date_comes_first() -> None:
    about = Given(patient_id=PatientId("ann"), occurred=PartialDate.parse("2023"))
    [fact] = document("a.txt", NOTE, about).prepared.facts
    assert (fact.occurred, fact.occurred_path) == (PartialDate.parse("2023"), "")


@pytest.mark.parametrize(
    ("text", "reason"), [("Just words.", "gives no date of its own"), ("Date: 03/04/2024\nWords.", "read in two ways")]
)
def test_a_document_without_a_sure_date_is_kept_undated(text: str, reason: str) -> None:
    found = document("visit.txt", text)
    assert found.prepared.facts[0].occurred is None
    assert [one.reason for one in found.notes if reason in one.reason]
    assert found.prepared.facts[0].concept.text == "visit"
    assert quoted(text, found.prepared.facts[0].concept_path) == text.partition("\n")[0]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-04", "2024-03-04"),
        ("2024-03-04T10:15:00-05:00", "2024-03-04T10:15:00-05:00"),
        ("2024/3/4", "2024-03-04"),
        ("March 3, 2024", "2024-03-03"),
        ("Tuesday, March 5th 2024", "2024-03-05"),
        ("3 Mar 2024", "2024-03-03"),
        ("03-Mar-2024", "2024-03-03"),
        ("3rd of March 2024", "2024-03-03"),
        ("03/15/2024", "2024-03-15"),
        ("15.03.2024", "2024-03-15"),
        ("04/04/2024", "2024-04-04"),
        ("03/04/2024", None),
        ("03/15/24", None),
        ("02/30/2024", None),
        ("2024-13-01", None),
        ("March 2024", None),
        ("0000-01-01", None),
        ("soon", None),
    ],
)
def test_a_date_that_can_be_read_in_one_way(written: str, day: str | None) -> None:
    found = date_at(written, 0)
    assert (found.date.written if found else None) == day


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Date of birth: 1950-03-01\nSeen.", (None, None, None)),
        ("DOB: 1950-03-01   DOS: 2024-03-05", ("2024-03-05", None, "2024-03-05")),
        ("**Date:** 2024-03-05", ("2024-03-05", None, "2024-03-05")),
        ("| Visit date | 2024-03-05 |", ("2024-03-05", None, "2024-03-05")),
        ("Date of service:\n  2024-03-05", ("2024-03-05", None, "2024-03-05")),
        ("Admission Date: 2024-03-01\nDischarge Date: 2024-03-09", ("2024-03-01", "2024-03-09", "2024-03-09")),
        ("Dictated: 2024-03-06\nDate of service: 2024-03-05", ("2024-03-05", None, "2024-03-06")),
        ("Print date: 2024-03-05\nExpiration date: 2024-03-05\nNext visit date: 2024-05-05", (None, None, None)),
        ("Words. " * 800 + "\nDate: 2024-03-05", (None, None, None)),
    ],
)
def test_only_a_labelled_date_of_the_head_counts(text: str, days: tuple[str | None, ...]) -> None:
    found = dates_of(text)
    assert tuple(one.date.written if one else None for one in (found.occurred, found.ended, found.recorded)) == days


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_encodings_with_a_mark_are_read(encoding: str) -> None:
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    found = document("a.txt", mark + "Café: ≥ 5 µg\nDate: 2024-03-05".encode(encoding))
    assert (found.prepared.documents[0].text[:12], found.notes) == ("Café: ≥ 5 µg", ())


def test_an_encoding_that_was_assumed_is_told() -> None:
    found = document("a.txt", "Date: 2024-03-05\nCafé “quoted”".encode("cp1252"))
    assert found.prepared.documents[0].text.endswith("Café “quoted”")
    assert [one.reason for one in found.notes] == [ASSUMED]
    assert decode(b"caf\xe9 \x81").text == "café \x81"


@pytest.mark.parametrize("content", [b"\xff\xfea", b"PROGRESS\x00NOTE", b"", b" \n"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    one = source("a.txt", content)
    with pytest.raises(SourceRejectedError):
        list(format_of(one).read(one))


@pytest.mark.parametrize("name", ["LICENSE.txt", "README.md", "a.csv", "a.yaml", "a.sql", "CHANGELOG"])
def test_text_that_is_no_document_is_not_taken_for_one(name: str) -> None:
    with pytest.raises(SourceRejectedError, match="no format of it is known"):
        format_of(source(name, "words"))


def test_hostile_characters_stay_in_the_stored_text() -> None:
    words = "Seen\u200b \u202etoday\U000e0041."
    assert document("a.txt", words).prepared.documents[0].text == words


def test_a_page_is_stored_as_written_and_cut_as_words() -> None:
    page = (
        "<html><head><title>Clinic &amp; ward</title></head><body><p>Date: 2024-03-05</p><h2>Plan</h2><p>Rest</p></body></html>"
    )
    prepared = document("export", page).prepared
    assert [(one.path, one.text) for one in prepared.documents] == [("", page), ("text", "Date: 2024-03-05\n\n# Plan\n\nRest")]
    [fact] = prepared.facts
    assert fact.concept.text == "Clinic & ward"
    assert [quoted(page, path) for path in (fact.concept_path, fact.occurred_path)] == ["Clinic &amp; ward", "2024-03-05"]
    assert [(one.document, one.section) for one in prepared.passages] == [(1, ""), (1, "Plan")]


def test_a_page_says_its_own_encoding() -> None:
    page = '<html><meta charset="iso-8859-2"><p>Łódź</p></html>'.encode("iso-8859-2")
    assert document("a.html", page).prepared.documents[1].text == "Łódź"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a<!-- > b --> c</p>", "a c"),
        ('<p title="1 > 0">a</p>', "a"),
        ("<p>5 < 6 & 7 > 3</p>", "5 < 6 & 7 > 3"),
        ("<script>if (a < b) '</p>'</script>x", "x"),
        ("<style>p > a {}</style><pre>a\n  b</pre>", "a\n  b".replace("  ", "")),
        ("<![CDATA[a < b]]>", "a < b"),
        ("<table><tr><th>Na</th><td>140</td></tr></table>", "Na | 140"),
        ("<cda:p xmlns:cda='x'>one</cda:p>two", "one\n\ntwo"),
        ("&#" + "9" * 9000 + ";", "\ufffd"),
        ("<title/>shown", "shown"),
        ("a <b", "a"),
    ],
)
def test_the_words_of_html(html: str, text: str) -> None:
    assert read_html(html).text == text


@given(some.text(alphabet="<>/!-\"'ap h1&;[]CDATA=#9 \n", max_size=60))
def test_any_html_gives_some_words(html: str) -> None:
    found = read_html(html)
    assert found.title_range is None or html[slice(*found.title_range)]


@pytest.mark.parametrize("piece", ["<!--", "<a '>", '<a "', "<div>", "<title>", "<script></scrip", "&#", "<![CDATA["])
def test_html_takes_time_in_proportion_to_its_length(piece: str) -> None:
    assert len(read_html(piece * 50_000).text) <= 50_000 * len(piece)


def test_word_documents_give_paragraphs_lists_and_tables() -> None:
    styles = f'<w:styles {W}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>'
    row = f"<w:tr><w:tc>{p('Sodium')}</w:tc><w:tc>{p('140')}{p('mmol/L')}</w:tc></w:tr>"
    item = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Aspirin</w:t></w:r></w:p>"
    changed = "<w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    control = f"<w:sdt><w:sdtContent>{p('In a control')}</w:sdtContent></w:sdt>"
    body = p("Results", style="berschrift1") + p("Drawn ", "today") + f"<w:tbl>{row}{row}</w:tbl>" + item * 2 + changed + control
    header = f"<w:hdr {W}>{p('Date: 2024-03-05')}</w:hdr>"
    prepared = document("a.docx", docx(body, styles=styles, header1=header)).prepared
    assert prepared.documents[0].text == (
        "Date: 2024-03-05\n\n# Results\n\nDrawn today\n\nSodium | 140 mmol/L\nSodium | 140 mmol/L\n\n"
        "- Aspirin\n- Aspirin\n\nkept\n\nIn a control"
    )
    assert prepared.facts[0].occurred == PartialDate.parse("2024-03-05")
    assert {one.section for one in prepared.passages} == {"", "Results"}


def bomb() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 8_000_000)
    return packed.getvalue()


def flipped(content: bytes) -> bytes:
    return content[:60] + bytes([content[60] ^ 255]) + content[61:]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bomb(), "unpacks to more than"),
        (docx(p("x"))[:100], "damaged or encrypted"),
        (flipped(docx(p("x"))), "damaged or encrypted|well-formed"),
        (docx("<w:p>"), "not well-formed"),
        (docx("<w:r>" * 3000 + "</w:r>" * 3000), "nested too deep"),
        (docx(p("")), "holds no text"),
        (docx(p("x"), styles='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "declares a document type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password, or older than DOCX"),
    ],
    ids=["bomb", "truncated", "flipped", "cut XML", "deep", "empty", "entities", "old"],
)
def test_word_documents_that_are_not_read(content: bytes, reason: str) -> None:
    one = source("a.docx", content)
    with pytest.raises(SourceRejectedError, match=reason):
        list(format_of(one).read(one))


def test_rich_text_is_read_with_its_characters() -> None:
    rich = rb"{\rtf1\ansi\ansicpg1252{\info{\title Clinic note}}Date: 2024-03-05\par Caf\'e9 \u8805?5 \u-10179?\u-8704? done.}"
    prepared = document("a", rich).prepared
    assert prepared.documents[0].text == "Date: 2024-03-05\nCafé ≥5 😀 done."
    assert prepared.documents[0].title == "Clinic note"


@pytest.mark.parametrize("content", [b"{\\rtf1", b"{\\rtf1{\\pict 00}}", b"{\\rtf1 \\u" + b"9" * 30 + b" x}"])
def test_rich_text_without_words_is_refused(content: bytes) -> None:
    one = source("a.rtf", content)
    with pytest.raises(SourceRejectedError, match=r"holds no text|damaged"):
        list(format_of(one).read(one))


def test_a_pdf_has_its_pages_and_the_sections_of_its_looks() -> None:
    body = ["Words that make the body of this page.", "More words that make the body of it."]
    prepared = document("a.pdf", pdf([TextLine("Visit of March", size=16), "Date: 2024-03-05", *body])).prepared
    [stored] = prepared.documents
    assert [(page.number, page.start, page.end) for page in stored.layout] == [(1, 0, len(stored.text))]
    assert {one.section for one in prepared.passages} == {"Visit of March"}
    assert all(stored.text[one.start : one.end].strip() for one in prepared.passages)


CDA = (
    '<ClinicalDocument xmlns="urn:hl7-org:v3"><title>Transfer note</title><component><section><title>Plan</title><text>'
    "<paragraph>Rest.</paragraph><list><item>Fluids</item></list><table><tr><td>Na</td><td>140</td></tr></table></text>"
    "</section></component></ClinicalDocument>"
)


@pytest.mark.parametrize(
    ("kind", "content", "text"),
    [
        ("application/pdf", pdf(["Seen for cough."]), "Seen for cough."),
        (DOCX, docx(p("Seen for cough.")), "Seen for cough."),
        ("application/rtf", b"{\\rtf1 Seen for cough.}", "Seen for cough."),
        ("text/rtf", b"{\\rtf1 Seen for cough.}", "Seen for cough."),
        ("application/xhtml", b"<p>Seen for cough.</p>", "Seen for cough."),
        ("text/xml", CDA.encode(), "# Transfer note\n\n# Plan\n\nRest.\n\n- Fluids\n\nNa | 140 |"),
        (None, pdf(["Seen for cough."]), "Seen for cough."),
        ("application/octet-stream", pdf(["Seen for cough."]), "Seen for cough."),
    ],
)
def test_documents_attached_to_fhir_resources_are_read(kind: str | None, content: bytes, text: str) -> None:
    [one] = read(note("n", "", content=[{"attachment": attached(content, kind)}]))
    [_, stored] = one.prepared.documents
    assert (stored.path, stored.text, one.notes) == ("content[0].attachment", text, ())
    assert one.prepared.passages
    assert bool(stored.layout) == content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("kind", "content", "reason"),
    [
        ("application/pdf", pdf(None), "attachment: the PDF is a scan"),
        ("application/pdf", b"%PDF", "attachment: the PDF is damaged"),
        ("text/xml", b"<a/>", "attachment: the XML is no clinical document"),
        ("text/xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "attachment: the XML declares a document type"),
        ("text/xml", b"<ClinicalDocument>", "attachment: the XML is not well-formed"),
        ("image/png", b"\x89PNG", "attachment of type image/png is not readable"),
    ],
)
def test_attachments_that_cannot_be_read_say_why(kind: str, content: bytes, reason: str) -> None:
    [one] = read(note("n", "", content=[{"attachment": attached(content, kind)}]))
    assert len(one.prepared.documents) == 1
    [told] = one.notes
    assert told.reason.startswith(reason)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<!-- x --><!DOCTYPE html><p>a", "HTML"),
        ('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "HTML"),
        ("<p>a</p>", "HTML"),
        ("{\\rtf1 a}", "RTF"),
        (docx(p("x")), "Word document (DOCX)"),
        (pdf(["x"]), "PDF"),
        ("# A heading\n", "plain text"),
    ],
)
def test_the_content_decides_the_format(head: str | bytes, name: str) -> None:
    assert format_of(source("export", head)).name == name


@pytest.mark.parametrize(
    "content", ['<Bundle xmlns="http://hl7.org/fhir"><div>a</div></Bundle>', "<!--" * 9000, "PK\x03\x04other"]
)
def test_other_xml_and_archives_are_no_documents_of_words(content: str) -> None:
    with pytest.raises(SourceRejectedError, match="no format of it is known"):
        format_of(source("export", content))


def test_fhir_is_still_fhir() -> None:
    assert format_of(source("a.txt", bundle(note("n", "Cough.")))).name.startswith("FHIR")


@given(some.binary(max_size=200), some.sampled_from(["", "text/xml", "text/html", "text/plain", DOCX]))
def test_any_bytes_are_read_or_refused(content: bytes, kind: str) -> None:
    try:
        found = read_attachment(kind, content)
    except SourceRejectedError:
        return
    assert found is None or isinstance(found.text, str)
