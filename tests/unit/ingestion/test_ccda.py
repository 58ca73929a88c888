from __future__ import annotations

import base64
import os
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from chartcite.engine.domain.records import Fact
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable, locate
from chartcite.ingestion.sources.ccda import CCDA, read_ccda
from chartcite.ingestion.sources.source import ReadResource, SourceFile
from hypothesis import given
from hypothesis import strategies as st

HEAD = """<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<id root="1.2.3" extension="D1"/><code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summary of episode note"/>
<title>Summary</title><effectiveTime value="20230722151000-0500"/><setId root="1.2.9" extension="S1"/><versionNumber value="1"/>
<recordTarget><patientRole><id root="2.16.840.1.113883.4.1" extension="999"/><id root="1.2.4" extension="A7"/>
<addr><city>Lund</city><state>SE</state></addr>
<patient><name use="P"><given>Nick</given></name><name use="L"><given>Åsa</given><family>Öberg</family></name>
<administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="198001020930"/>
<raceCode nullFlavor="UNK"/><languageCommunication><languageCode code="sv"/><preferenceInd value="true"/></languageCommunication>
</patient></patientRole></recordTarget>
<author><time value="20230722"/><assignedAuthor><assignedPerson><name><given>Al</given><family>Ivar</family></name>
</assignedPerson></assignedAuthor></author>"""
SHARED = Path(os.environ.get("SHARED", Path(__file__).parents[4] / "shared")) / "data" / "ccda_hl7.tar.xz"


def document(*sections: str, head: str = HEAD) -> str:
    body = "".join(f"<component>{section}</component>" for section in sections)
    return f"{head}<component><structuredBody>{body}</structuredBody></component></ClinicalDocument>"


def section(code: str, *entries: str, title: str = "SECTION", text: str = "") -> str:
    held = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<section><code code="{code}"/><title>{title}</title><text>{text}</text>{held}</section>'


def read(xml: str | bytes) -> ReadResource:
    [one] = read_ccda(xml if isinstance(xml, bytes) else xml.encode())
    assert isinstance(one, ReadResource), one
    return one


def facts(xml: str, category: str) -> list[Fact]:
    return [fact for fact in read(xml).prepared.facts if fact.category == category]


def quoted(one: ReadResource, path: str) -> str:
    text = one.prepared.documents[0].text
    span = locate(text, path)
    assert span is not None
    return text[slice(*span)]


def paths(fact: Fact) -> Iterator[str]:
    """Every place of a fact that a citation may open."""
    yield from (path for path in (fact.concept_path, fact.status_path, fact.occurred_path, fact.ended_path) if path)
    yield from (value.path for value in (fact.value, *(part.value for part in fact.components)) if value)
    yield from (detail.path for detail in fact.details)


def test_the_header_says_who_which_document_and_when() -> None:
    one = read(document())
    patient, prepared = one.prepared.patient, one.prepared
    assert (prepared.resource, prepared.patient_id) == ("ClinicalDocument/1.2.9-S1-34133-9", "1.2.4-A7")
    assert patient is not None
    assert (patient.name, patient.gender, patient.birth_date and patient.birth_date.written) == (
        "Åsa Öberg",
        "female",
        "1980-01-02",
    )
    told = {fact.concept.text: fact.value.shown for fact in prepared.facts if fact.value}
    assert told == {
        "Name": "Åsa Öberg", "Date of birth": "1980-01-02", "Gender": "female", "Address": "Lund, SE",
        "Language": "sv (preferred)",
    }  # fmt: skip
    assert prepared.documents[0].occurred is not None
    assert prepared.documents[0].occurred.written == "2023-07-22T15:10:00-05:00"
    assert prepared.documents[0].author == "Al Ivar"


def test_a_citation_is_the_source_byte_for_byte_behind_other_alphabets() -> None:
    one = read(document())
    birth = next(fact for fact in one.prepared.facts if fact.id.endswith("#birthDate"))
    assert quoted(one, birth.concept_path) == "198001020930"
    name = next(fact for fact in one.prepared.facts if fact.id.endswith("#name"))
    assert quoted(one, name.concept_path) == "Åsa</given><family>Öberg"


def test_the_same_number_of_two_hospitals_is_two_people() -> None:
    other = document(head=HEAD.replace('root="1.2.4"', 'root="1.2.5"'))
    assert read(other).prepared.patient_id != read(document()).prepared.patient_id


def test_a_newer_version_of_a_document_takes_the_place_of_the_older() -> None:
    newer = document(head=HEAD.replace('extension="D1"', 'extension="D2"').replace('Number value="1"', 'Number value="2"'))
    assert read(newer).prepared.resource == read(document()).prepared.resource


def test_a_section_without_entries_is_narrative_that_can_be_searched() -> None:
    table = (
        "<table><thead><tr><th>Drug</th><th>Dose</th></tr></thead><tbody>"
        "<tr><td rowspan='2'>Aspirin</td><td>81 mg</td></tr><tr><td>325 mg</td></tr>"
        "<tr><td colspan='2'>none</td></tr></tbody></table>"
        "<list listType='ordered'><item>one</item><item>two<br/>more</item></list>"
        "<paragraph>A <content>bold</content> end.</paragraph>"
    )
    prepared = read(document(section("8648-8", title="COURSE", text=table))).prepared
    [_, course] = prepared.documents
    assert (course.path, course.title) == ("section[0]", "COURSE")
    assert course.text.split("\n") == [
        "# COURSE", "", "- Drug: Aspirin; Dose: 81 mg.", "- Drug: Aspirin; Dose: 325 mg.", "- Drug: none.",
        "1. one", "2. two", "more", "A bold end.",
    ]  # fmt: skip
    assert {passage.document for passage in prepared.passages} == {1}


def test_a_section_inside_a_section_is_kept() -> None:
    inner = "<component><section><title>INNER</title><text>deep words</text></section></component>"
    outer = section("8648-8", text="outer words").replace("</section>", f"{inner}</section>")
    assert [one.path for one in read(document(outer)).prepared.documents] == ["", "section[0]", "section[0].section[0]"]


def test_an_entry_that_states_nothing_is_noted_and_the_rest_is_kept() -> None:
    empty = '<observation classCode="OBS" moodCode="EVN"><code nullFlavor="UNK"/></observation>'
    one = read(document(section("30954-2", empty, text="words")))
    assert any("an observation without a code" in note.reason for note in one.notes)
    assert len(one.prepared.documents) == 2


def test_a_bad_date_is_noted_without_the_patients_words() -> None:
    one = read(document(head=HEAD.replace('birthTime value="198001020930"', 'birthTime value="19801340"')))
    assert [note.reason for note in one.notes] == ["not an HL7 time; kept without it"]
    assert not any(fact.id.endswith("#birthDate") for fact in one.prepared.facts)


NOBODY = HEAD.replace('<id root="2.16.840.1.113883.4.1" extension="999"/><id root="1.2.4" extension="A7"/>', "")
SECOND = '<recordTarget><patientRole><id root="1.2.4" extension="B8"/></patientRole></recordTarget><author>'


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        (document(head=NOBODY), "no patient"),
        ("<Other xmlns='urn:hl7-org:v3'/>", "no ClinicalDocument"),
        (document(head=HEAD.replace("<author>", SECOND)), "several patients"),
    ],
)
def test_a_document_of_nobody_goes_to_quarantine(xml: str, reason: str) -> None:
    [one] = read_ccda(xml.encode())
    assert isinstance(one, Unreadable)
    assert reason in one.reason


@pytest.mark.parametrize(
    "content",
    [
        b"<ClinicalDocument xmlns='urn:hl7-org:v3'>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><ClinicalDocument xmlns='urn:hl7-org:v3'>&b;</ClinicalDocument>",
        b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        b"<a>" * 300 + b"</a>" * 300,
        b"",
        b"\xff\xfe<\x00",
        b"<?xml version='1.0' encoding='utf-7'?><a/>",
        b"<?xml version='1.0' encoding='rot13'?><a/>",
    ],
    ids=["cut off", "entity", "outside file", "too deep", "empty", "half a character", "odd encoding", "no encoding"],
)
def test_xml_that_is_not_safe_or_not_whole_is_rejected(content: bytes) -> None:
    with pytest.raises(SourceRejectedError):
        list(read_ccda(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_reads_the_encoding_that_the_document_says(encoding: str) -> None:
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    xml = f"<?xml version='1.0' encoding='{declared}'?>{document()}"
    one = read(xml.encode(encoding))
    assert one.prepared.patient is not None
    assert (one.prepared.patient.name, one.notes) == ("Åsa Öberg", ())


def test_a_document_that_lies_about_its_encoding_is_read_and_noted() -> None:
    one = read(f"<?xml version='1.0' encoding='utf-8'?>{document()}".encode("cp1252"))
    assert one.prepared.patient is not None
    assert one.prepared.patient.name == "Åsa Öberg"
    assert [note.reason for note in one.notes] == ["the document is not UTF-8; it was read as Windows-1252"]


def test_a_body_of_plain_text_is_narrative_and_a_pdf_is_noted() -> None:
    def body(kind: str, words: str) -> str:
        return (
            f'{HEAD}<component><nonXMLBody><text mediaType="{kind}" representation="B64">{words}</text></nonXMLBody></component>'
            "</ClinicalDocument>"
        )

    plain = read(body("text/plain", base64.b64encode(b"Seen today.").decode()))
    assert [one.text for one in plain.prepared.documents[1:]] == ["Seen today."]
    assert "is not read inside a C-CDA document" in read(body("application/pdf", "JVBERi0=")).notes[0].reason
    assert "not base64" in read(body("text/plain", "%%%")).notes[0].reason


def test_is_known_by_its_content_not_its_name() -> None:
    def source(content: bytes) -> SourceFile:
        return SourceFile("x", "x.txt", content, len(content), lambda: pytest.fail("not opened"))

    assert CCDA.recognises(source(document().encode()))
    assert CCDA.recognises(source(f"<?xml version='1.0' encoding='utf-16'?>{document()}".encode("utf-16")))
    assert not CCDA.recognises(source(b"<html>ClinicalDocument</html>"))
    assert not CCDA.recognises(source(b'{"resourceType": "Patient"}'))


SMALL = document(
    section(
        "30954-2",
        '<observation classCode="OBS" moodCode="EVN"><code code="2345-7" displayName="Glucose"/><value xsi:type="PQ" value="105" '
        'unit="mg/dL"/><effectiveTime value="20230101"/></observation>',
        text="<table><tr><td colspan='3'>a</td></tr></table>",
    )
)


@given(st.data())
def test_damaged_documents_never_crash(data: st.DataObject) -> None:
    content = bytearray(SMALL.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 12))] = data.draw(st.binary(max_size=6))
    try:
        found = list(read_ccda(bytes(content)))
    except SourceRejectedError:
        return
    for one in found:
        if isinstance(one, ReadResource):
            assert all(quoted(one, path) for fact in one.prepared.facts for path in paths(fact))


_COUNTED = {
    "48765-2": ("allergy", ".//{urn:hl7-org:v3}templateId[@root='2.16.840.1.113883.10.20.22.4.7']"),
    "11369-6": ("immunization", "{urn:hl7-org:v3}entry"),
    "10160-0": ("medication", "{urn:hl7-org:v3}entry"),
    "11450-4": ("condition", ".//{urn:hl7-org:v3}templateId[@root='2.16.840.1.113883.10.20.22.4.4']"),
    "47519-4": ("procedure", "{urn:hl7-org:v3}entry"),
    "30954-2": ("laboratory", ".//{urn:hl7-org:v3}templateId[@root='2.16.840.1.113883.10.20.22.4.2']"),
}
"""Section code: category of its facts, and what is counted in the XML."""


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the open documents are not here")
def test_every_entry_of_the_open_documents_becomes_a_fact() -> None:
    from xml.etree import ElementTree

    space = "{urn:hl7-org:v3}"
    seen: Counter[str] = Counter()
    with tarfile.open(SHARED) as archive:
        names = [name for name in archive.getnames() if name.lower().endswith(".xml")]
        for name in names:
            stream = archive.extractfile(name)
            assert stream is not None
            content = stream.read()
            one = read(content)
            assert all(quoted(one, path) for fact in one.prepared.facts for path in paths(fact))
            root = ElementTree.fromstring(content)  # noqa: S314  (of our own archive)
            sections = root.findall(f"{space}component/{space}structuredBody/{space}component/{space}section")
            assert len({document.path for document in one.prepared.documents}) == len(one.prepared.documents)
            for number, held in enumerate(sections):
                code = held.find(f"{space}code")
                category, counted = _COUNTED.get(code.get("code", "") if code is not None else "", ("", ""))
                if category:
                    given_facts = [
                        fact
                        for fact in one.prepared.facts
                        if f"#section[{number}]." in fact.id and fact.category == category and "Observation" not in fact.id
                    ]
                    assert len(given_facts) == len(held.findall(counted)), (name, category)
                    seen[category] += len(given_facts)
    assert len(names) == 12
    assert seen.keys() == {category for category, _ in _COUNTED.values()}
