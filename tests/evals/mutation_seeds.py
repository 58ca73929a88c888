"""One small, sound input of every format that is read: what `mutations.py` damages."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from chartcite.engine.domain.records import PatientId
from chartcite.ingestion.sources.source import NOTHING_GIVEN, Given

from tests.charts import CORPORA, Resource, note
from tests.pdf_builder import TextLine, pdf

ANN = Given(patient_id=PatientId("ann"))
LIBRARY = Given(corpus="library")
_CHART = CORPORA / "patients" / "agnes-whitfield.json"
_NONE: Mapping[str, bytes] = MappingProxyType({})


class Seed(NamedTuple):
    """An input, with the files that come with it."""

    format: str
    name: str
    """Of the file that is read."""
    content: bytes
    shape: str
    """How it is built: `json`, `lines` (of JSON), `xml`, `fields`, `text`, `package` (a zip), `gzip`, `bytes`."""
    given: Given = NOTHING_GIVEN
    beside: Mapping[str, bytes] = _NONE
    mutated: str = ""
    """Name of the file beside it that is damaged in its stead."""


TEXT = (
    "PROGRESS NOTE\n\nDate of service: March 5, 2024\n\nHPI: Cough for a week; denies fever. BP 142/91 mmHg.\n\nMedications:\n"
    "- Lisinopril 10 mg daily\n- Metformin 500 mg BID (stopped 2023-11-02)\n\nPlan: Rest, fluids, A1c in 3 months.\n"
)
_MARKDOWN = f"# Visit\n\n{TEXT}\n| Test | Value |\n|---|---|\n| Sodium | 140 mmol/L |\n\n```\ncode\n```\n"
_HTML = (
    "<!DOCTYPE html><html><head><title>Visit of 2024-03-05</title><style>p {}</style></head><body><h1>Visit</h1><p>Cough &amp; "
    "cold, temp 38.1 &deg;C</p><table><tr><th>Test</th><td>Sodium</td></tr></table><ul><li>Aspirin<li>Rest</ul></body></html>"
)
_RTF = (
    r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}{\info{\title Visit}}\f0\b Visit\b0\par Date: 2024-03-05\par Cough \u233?\'e9.\par}"
)
_WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr>'
    '<w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Visit</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>Date: 2024-03-05</w:t></w:r></w:p><w:tbl><w:tr><w:tc>"
    "<w:p><w:r><w:t>Sodium</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>140 mmol/L</w:t></w:r></w:p></w:tc></w:tr>"
    "</w:tbl></w:body></w:document>"
)
_CCDA = """<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc">
<id root="1.2.3" extension="D1"/><code code="34133-9" codeSystem="2.16.840.1.113883.6.1" displayName="Summary of episode note"/>
<title>Summary</title><effectiveTime value="20240305101000-0500"/><setId root="1.2.9" extension="S1"/><versionNumber value="1"/>
<recordTarget><patientRole><id root="1.2.4" extension="A7"/><patient><name><given>Ann</given><family>Lee</family></name>
<administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19600229"/></patient></patientRole>
</recordTarget><author><time value="20240305"/><assignedAuthor><assignedPerson><name>Al Ivar</name></assignedPerson>
</assignedAuthor></author><component><structuredBody>
<component><section><code code="11450-4"/><title>Problems</title><text><list><item ID="p1">Asthma</item></list></text>
<entry><act classCode="ACT" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.3"/><code code="CONC"/><statusCode
 code="active"/><effectiveTime><low value="20200101"/></effectiveTime><entryRelationship typeCode="SUBJ"><observation
 classCode="OBS" moodCode="EVN" negationInd="false"><templateId root="2.16.840.1.113883.10.20.22.4.4"/><code code="55607006"/>
<text><reference value="#p1"/></text><statusCode code="completed"/><effectiveTime><low value="20200101"/><high nullFlavor="UNK"/>
</effectiveTime><value xsi:type="CD" code="195967001" codeSystem="2.16.840.1.113883.6.96" displayName="Asthma"/></observation>
</entryRelationship></act></entry></section></component>
<component><section><code code="10160-0"/><title>Medications</title><text><table><tbody><tr><td ID="m1">Albuterol</td></tr>
</tbody></table></text><entry><substanceAdministration classCode="SBADM" moodCode="EVN"><templateId
 root="2.16.840.1.113883.10.20.22.4.16"/><statusCode code="active"/><effectiveTime xsi:type="IVL_TS"><low value="20230101"/>
</effectiveTime><effectiveTime xsi:type="PIVL_TS" operator="A"><period value="6" unit="h"/></effectiveTime><doseQuantity value="2"
 unit="mg"/><consumable><manufacturedProduct><manufacturedMaterial><code code="435" codeSystem="2.16.840.1.113883.6.88"
 displayName="albuterol"><originalText><reference value="#m1"/></originalText></code></manufacturedMaterial></manufacturedProduct>
</consumable></substanceAdministration></entry></section></component>
<component><section><code code="30954-2"/><title>Results</title><text>HbA1c 7.1 %</text><entry><organizer classCode="BATTERY"
 moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.1"/><code code="24323-8" displayName="Panel"/><statusCode
 code="completed"/><component><observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.2"/>
<code code="4548-4" codeSystem="2.16.840.1.113883.6.1" displayName="HbA1c"/><statusCode code="completed"/><effectiveTime
 value="20240301"/><value xsi:type="PQ" value="7.1" unit="%"/><referenceRange><observationRange><value xsi:type="IVL_PQ"><low
 value="4.0" unit="%"/><high value="5.6" unit="%"/></value></observationRange></referenceRange></observation></component>
</organizer></entry></section></component></structuredBody></component></ClinicalDocument>
"""
_PID = "PID|1||12345^^^HOSP^MR||Lee^Ann^Q||19600229|F|||1 Elm^^Boston^MA"
_V2 = (
    ("ADT^A01", "EVN|A01|20240301", _PID, "PV1|1|I|W^1^2||||7^Byrne^Ada|||||||||||V1|||||||||||||||||||||||||202403011000"),
    ("ORU^R01", _PID, "ORC|RE|P1|F9^LAB", "OBR|1||F9^LAB|24323-8^Panel^LN|||202403011510|||||||||||||||202403011600||LAB|F",
     "OBX|1|NM|4548-4^HbA1c^LN||7.1|%^%^UCUM|4.0-5.6|H|||F|||20240301", "NTE|1||drawn \\T\\ sent",
     "OBX|2|ED|18842-5^Report^LN||L^TEXT^^Base64^Q291Z2g=||||||F", "OBX|3|TX|8251-1^Comment^LN||Cough.~Cold.||||||F"),
    ("MDM^T02", _PID, "TXA|1|DS^Discharge summary|TX|202403011200||||||||D1||||AU",
     "OBX|1|TX|18842-5^Summary^LN||Went home.||||||F"),
    ("VXU^V04", _PID, "ORC|RE||I1", "RXA|0|1|20231001||141^influenza^CVX|0.5|mL^mL^UCUM|||||||L1|20240601|||CP|A", "RXR|IM^IM"),
    ("RDE^O11", _PID, "ORC|NW|O1", "RXE|1^^BID|314076^lisinopril 10 MG^RXNORM|10||mg", "RXR|PO^Oral"),
    ("SIU^S12", "SCH|A1||||||ROUTINE^Visit|||30|min|^^^202405010900^202405010930", _PID),
)  # fmt: skip
_CONCEPT = (
    "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\tvalid_start_date\t"
    "valid_end_date\tinvalid_reason\n320128\tEssential hypertension\tx\tSNOMED\tx\tS\t59621000\t19700101\t20991231\t\n"
    "8840\tmilligram per deciliter\tx\tUCUM\tx\tS\tmg/dL\t19700101\t20991231\t\n"
)
_OMOP = {
    "condition_occurrence.csv": (
        "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_start_datetime,condition_end_date,"
        "condition_status_concept_id,stop_reason,provider_id,visit_occurrence_id,condition_source_value\n"
        '1,7,320128,2020-01-01,2020-01-01 10:00:00,,,,9,3,I10\n2,7,0,2021-02-03,,2021-03-04,,,,,"Cough, dry"\n'
    ),
    "measurement.csv": (
        "measurement_id,person_id,measurement_concept_id,measurement_date,measurement_datetime,operator_concept_id,value_as_number,"
        "value_as_concept_id,unit_concept_id,range_low,range_high,measurement_source_value,unit_source_value,value_source_value\n"
        "1,7,3016723,2024-03-01,,4172703,1.2,,8840,0.6,1.1,creatinine,mg/dL,1.2\n"
    ),
    "drug_exposure.csv": (
        "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,drug_exposure_end_date,stop_reason,refills,quantity,"
        "days_supply,sig,route_concept_id,drug_source_value\n"
        "1,7,1308216,2024-01-01,2024-03-31,,2,90,90,once daily,4132161,lisinopril\n"
    ),
    "person.csv": (
        "person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,birth_datetime,race_concept_id,ethnicity_concept_id,"
        "location_id,provider_id,person_source_value\n7,8532,1963,12,31,1963-12-31 00:00:00,8527,38003564,5,9,MRN-1\n"
    ),
    "note.csv": (
        "note_id,person_id,note_date,note_datetime,note_type_concept_id,note_class_concept_id,note_title,note_text,provider_id,"
        'visit_occurrence_id\n1,7,2024-03-01,2024-03-01 10:00:00,44814653,706531,Discharge,"Went home.\n\nRest.",9,3\n'
    ),
}  # fmt: skip
_NOTE_TABLE = (
    "ROW_ID,SUBJECT_ID,HADM_ID,CHARTDATE,CHARTTIME,CATEGORY,DESCRIPTION,CGID,ISERROR,TEXT\n"
    '11,22,33,2024-03-01,2024-03-01 10:20:00,Nursing,Report,99,,"Pt said ""ok"".\n\nPlan: rest.\n"\n'
    "12,22,,2024-03-02,,ECG,,,1,Sinus\n"
)


def seeds() -> tuple[Seed, ...]:
    """Return the inputs, each format at least once."""
    resources = _chart()
    packed = _zipped({"a/chart.json": _bundle(resources[:6]), "b/note.txt": TEXT.encode(), "c/r.rtf": _RTF.encode()})
    plain = _tarred({"a/chart.json": _bundle(resources[:6]), "b/note.txt": TEXT.encode()})
    lines = b"".join(json.dumps(one).encode() + b"\n" for one in resources)
    rows = [{"patient_id": "7", "note_id": str(number), "date": "2024-03-01", "text": TEXT} for number in range(3)]
    papers = [
        {"_id": str(number), "title": "Cough", "text": ["Cough is common.", "It ends."], "year": 2020} for number in range(3)
    ]
    return (
        Seed("FHIR bundle", "chart.json", _bundle(resources), "json"),
        Seed("FHIR resource", "one.json", json.dumps(note("n1", TEXT)).encode(), "json"),
        Seed("FHIR NDJSON", "export.ndjson", lines, "lines"),
        Seed("FHIR manifest", "manifest.json", _manifest(), "json", beside={"Patient.ndjson": lines}),
        Seed("C-CDA", "summary.xml", _CCDA.encode(), "xml"),
        Seed("HL7 v2", "messages.hl7", _messages(), "fields"),
        *(
            Seed("OMOP", name, text.encode(), "fields", beside={"CONCEPT.csv": _CONCEPT.encode()})
            for name, text in _OMOP.items()
        ),
        Seed("OMOP", "condition.csv", _OMOP["condition_occurrence.csv"].encode(), "fields",
             beside={"CONCEPT.csv": _CONCEPT.encode()}, mutated="CONCEPT.csv"),
        Seed("note table", "notes.csv", _NOTE_TABLE.encode(), "fields"),
        Seed("note lines", "notes.jsonl", _lines(rows), "lines"),
        Seed("text", "visit.txt", TEXT.encode(), "text", ANN),
        Seed("Markdown", "visit.md", _MARKDOWN.encode(), "text", ANN),
        Seed("HTML", "visit.html", _HTML.encode(), "xml", ANN),
        Seed("RTF", "visit.rtf", _RTF.encode(), "text", ANN),
        Seed("DOCX", "visit.docx", _word(), "package", ANN),
        Seed("PDF", "visit.pdf", _pages(), "bytes", ANN),
        Seed("zip", "export.zip", packed, "package", ANN),
        Seed("tar", "export.tar", plain, "bytes", ANN),
        Seed("tar.gz", "export.tar.gz", gzip.compress(plain, mtime=0), "gzip", ANN),
        Seed("gz", "export.ndjson.gz", gzip.compress(lines, mtime=0), "gzip"),
        Seed("guideline", "kdigo.md", (CORPORA / "guidelines" / "kdigo-ckd-2024.md").read_bytes(), "text"),
        Seed("literature", "papers.jsonl", _lines(papers), "lines", LIBRARY),
    )  # fmt: skip


def write(seed: Seed, folder: Path) -> Path:
    """Write an input and what comes with it into a folder; return the path of the file that is read."""
    for name, content in {**seed.beside, seed.name: seed.content}.items():
        (folder / name).write_bytes(content)
    return folder / seed.name


def _chart() -> list[Resource]:
    """Return the first resource of each type of a bundled chart, and a note."""
    by_type: dict[str, Resource] = {}
    for entry in json.loads(_CHART.read_bytes())["entry"]:
        by_type.setdefault(entry["resource"]["resourceType"], entry["resource"])
    owner = by_type["Patient"]["id"]
    binary: Resource = {"resourceType": "Binary", "id": "b1", "contentType": "text/plain"}
    binary["data"] = base64.b64encode(TEXT.encode()).decode()
    linked = note("n2", "", owner=owner, content=[{"attachment": {"contentType": "text/plain", "url": "Binary/b1"}}])
    return [*by_type.values(), note("n1", TEXT, owner=owner), linked, binary]


def _bundle(resources: list[Resource]) -> bytes:
    entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}, ensure_ascii=False).encode()


def _manifest() -> bytes:
    output = [
        {"type": "Patient", "url": "https://example.org/Patient.ndjson"},
        {"type": "Device", "url": "https://example.org/d"},
    ]
    return json.dumps({"transactionTime": "2024-03-01T00:00:00Z", "request": "x", "output": output, "error": []}).encode()


def _messages() -> bytes:
    return "\r".join(
        "\r".join([f"MSH|^~\\&|LAB|HOSP|EHR|HOSP|20240301151500-0500||{kind}|M{number}|P|2.5.1", *segments])
        for number, (kind, *segments) in enumerate(_V2)
    ).encode()


def _lines(rows: list[Resource]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in rows)


def _pages() -> bytes:
    first: list[str | TextLine] = [TextLine("Visit", size=18, bold=True)]
    first += ["Date: March 5, 2024", "Cough for a week.", "Plan: rest (two days)."]
    return pdf(first, ["Sodium 140 mmol/L"], title="Visit")


def _word() -> bytes:
    return _zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": _WORD.encode()})


def _zipped(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return packed.getvalue()


def _tarred(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()
