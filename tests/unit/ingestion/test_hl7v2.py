from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal

import pytest
from chartcite.engine.domain.records import AssertionStatus, Fact
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable, locate
from chartcite.ingestion.sources.hl7v2 import HL7V2, decode, read_hl7v2
from chartcite.ingestion.sources.hl7v2_syntax import Delimiters, Piece
from chartcite.ingestion.sources.source import ReadResource, SourceFile
from hypothesis import given
from hypothesis import strategies as st

PID = "PID|1||12345^^^HOSP^MR~999^^^SSA^SS||Doe^Jane^Q^^Ms.^^L||19800102|F"


def segment(name: str, **fields: str) -> str:
    """Return a segment with some fields: `segment("OBX", f2="NM", f5="7")`."""
    numbers = {int(key[1:]): value for key, value in fields.items()}
    return "|".join([name, *(numbers.get(number, "") for number in range(1, max(numbers, default=0) + 1))])


def message(kind: str, *segments: str, pid: str = PID, time: str = "20230722151500-0500", control: str = "M1") -> str:
    return "\r".join([f"MSH|^~\\&|LAB|HOSP|EHR|HOSP|{time}||{kind}|{control}|P|2.5.1", *([pid] if pid else []), *segments, ""])


def read(text: str) -> dict[str, ReadResource]:
    """Return what a file holds by `Type/id`. Every place that a fact names is in its own resource's text."""
    found = list(read_hl7v2(text))
    assert all(isinstance(one, ReadResource) for one in found), found
    resources = {one.prepared.resource: one for one in found if isinstance(one, ReadResource)}
    for one in resources.values():
        assert one.prepared.documents[0].text in text
        assert all(quoted(one, path) is not None for fact in one.prepared.facts for path in paths(fact))
    return resources


def paths(fact: Fact) -> Iterator[str]:
    yield from (path for path in (fact.concept_path, fact.status_path, fact.occurred_path, fact.ended_path) if path)
    yield from (value.path for value in (fact.value, *(part.value for part in fact.components)) if value)
    yield from (detail.path for detail in fact.details)


def quoted(one: ReadResource, path: str) -> str:
    text = one.prepared.documents[0].text
    span = locate(text, path)
    assert span is not None
    return text[slice(*span)]


def of_type(text: str, kind: str) -> list[ReadResource]:
    return [one for one in read(text).values() if one.prepared.resource_type == kind]


def details(fact: Fact) -> dict[str, str]:
    return {detail.name: detail.text for detail in fact.details}


ORC = segment("ORC", f1="RE", f2="P1", f3="F99^LAB")
OBR = segment("OBR", f1="1", f3="F99^LAB", f4="24323-8^Metabolic panel^LN", f7="202307221510", f22="20230722160000", f25="F")


def obx(**fields: str) -> str:
    given_fields = {"f1": "1", "f2": "NM", "f3": "2345-7^Glucose^LN", "f5": "105", "f6": "mg/dL^mg/dL^UCUM", "f11": "F", **fields}
    return segment("OBX", **given_fields)


def result(**fields: str) -> Fact:
    [one] = of_type(message("ORU^R01", ORC, OBR, obx(**fields)), "Observation")
    [fact] = one.prepared.facts
    return fact


def test_a_result_keeps_value_unit_flag_range_and_times() -> None:
    text = message(
        "ORU^R01", ORC, OBR, obx(f7="70-99", f8="H", f14="20230722151000"), segment("NTE", f1="1", f3="drawn \\T\\ sent")
    )
    [one] = of_type(text, "Observation")
    [fact] = one.prepared.facts
    assert fact.value is not None
    assert fact.value.quantity is not None
    assert (fact.value.shown, fact.value.quantity.ucum, fact.category) == ("105 mg/dL", "mg/dL", "laboratory")
    assert (quoted(one, fact.value.path), quoted(one, fact.concept_path)) == ("105|mg/dL", "Glucose")
    assert (fact.interpretation, fact.reference_range) == ("H", "70-99")
    assert (fact.range_low, fact.range_high) == (Decimal(70), Decimal(99))
    assert fact.occurred is not None
    assert fact.recorded is not None
    assert (fact.occurred.written, quoted(one, fact.occurred_path)) == ("2023-07-22T15:10:00-05:00", "20230722151000")
    assert fact.recorded.written == "2023-07-22T16:00:00-05:00"
    assert details(fact) == {"interpretation": "H", "reference_range": "70-99", "note": "drawn & sent"}
    assert [quoted(one, detail.path) for detail in fact.details] == ["H", "70-99", "drawn \\T\\ sent"]


@pytest.mark.parametrize(
    ("kind", "value", "unit", "shown"),
    [
        ("NM", "7.10", "%", "7.10 %"),
        ("NM", "n/a", "%", "n/a"),
        ("SN", ">^100", "mg", ">100 mg"),
        ("SN", "^1^:^128", "", "1:128"),
        ("SN", "^2^-^4", "mg", "2-4 mg"),
        ("ST", "<0.2", "mg", "<0.2 mg"),
        ("ST", "12", "", "12"),
        ("ST", "see note", "mg", "see note"),
        ("CWE", "10828004^Positive^SCT", "", "Positive"),
        ("CE", "^only words", "", "only words"),
        ("DT", "20230102", "", "20230102"),
        ("TX", "short words", "", "short words"),
        ("NM", '""', "mg", None),
        ("NM", "", "mg", None),
        ("ED", "^AP^PDF^Base64^AAAA", "", None),
    ],
)
def test_reads_every_type_of_value(kind: str, value: str, unit: str, shown: str | None) -> None:
    fact = result(f2=kind, f5=value, f6=unit)
    assert (fact.value.shown if fact.value else None) == shown


@pytest.mark.parametrize(
    ("code", "status", "assertion"),
    [
        ("F", "final", AssertionStatus.PRESENT),
        ("P", "preliminary", AssertionStatus.PRESENT),
        ("C", "corrected", AssertionStatus.PRESENT),
        ("X", "cancelled", AssertionStatus.ENTERED_IN_ERROR),
        ("D", "entered-in-error", AssertionStatus.ENTERED_IN_ERROR),
        ("W", "entered-in-error", AssertionStatus.ENTERED_IN_ERROR),
        ("", "", AssertionStatus.PRESENT),
    ],
)
def test_says_whether_a_result_stands(code: str, status: str, assertion: AssertionStatus) -> None:
    fact = result(f11=code)
    assert (fact.status, fact.assertion) == (status, assertion)


def test_a_corrected_result_takes_the_place_of_the_one_it_corrects_only() -> None:
    sodium = {"f3": "2951-2^Sodium^LN", "f5": "140", "f6": "mmol/L"}
    first = read(message("ORU^R01", ORC, OBR, obx(), obx(**sodium)))
    second = read(message("ORU^R01", ORC, OBR, obx(f5="99", f11="C"), control="M2"))
    common = [name for name in second if name in first and name.startswith("Observation/")]
    assert len([name for name in first if name.startswith("Observation/")]) == 2
    assert [fact.concept.text for name in common for fact in second[name].prepared.facts] == ["Glucose"]


def test_orders_of_one_number_stay_apart() -> None:
    other = OBR.replace("24323-8^Metabolic", "58410-2^Blood")
    names = [name for name in read(message("ORU^R01", OBR, obx(), other, obx(), OBR, obx())) if name.startswith("Diagnostic")]
    assert len(names) == 3


def test_a_report_in_words_is_narrative() -> None:
    lines = [
        obx(f1="1", f2="TX", f3="18782-3^Findings^LN", f5="Heart normal."),
        obx(f1="2", f2="TX", f3="18782-3^Findings^LN", f5="No effusion.~Lungs\\.br\\clear."),
    ]
    [one] = of_type(
        message("ORU^R01", segment("OBR", f3="R1", f4="18748-4^Imaging^LN", f7="20230722", f24="RAD"), *lines), "DiagnosticReport"
    )
    assert [document.text for document in one.prepared.documents[1:]] == ["Heart normal.\nNo effusion.\nLungs\nclear."]
    assert one.prepared.passages


def test_two_pressures_of_one_order_are_one_blood_pressure() -> None:
    pressures = [obx(f3="8480-6^Sys^LN", f5="132", f6="mm[Hg]"), obx(f3="8462-4^Dia^LN", f5="88", f6="mm[Hg]")]
    [one] = of_type(message("ORU^R01", OBR, *pressures), "Observation")
    [fact] = one.prepared.facts
    assert (fact.concept.text, fact.category) == ("Blood pressure", "vital_sign")
    assert [quoted(one, part.value.path) for part in fact.components if part.value] == ["132|mm[Hg]", "88|mm[Hg]"]


def test_a_big_battery_is_not_stored_once_for_every_result() -> None:
    text = message("ORU^R01", OBR, *(obx(f1=str(number), f4=str(number)) for number in range(2000)))
    stored = sum(len(one.prepared.documents[0].text) for one in read(text).values())
    assert stored < 10 * len(text) + 2000 * 8000
    assert len(of_type(text, "Observation")) == 2000


def test_a_patient_is_the_record_number_with_its_authority() -> None:
    one = read(message("ADT^A08"))["Patient/HOSP-12345"].prepared
    assert (one.patient_id, one.patient and one.patient.name) == ("HOSP-12345", "Ms. Jane Q Doe")
    told = {fact.concept.text: fact.value.shown for fact in one.facts if fact.value}
    assert told == {"Name": "Ms. Jane Q Doe", "Date of birth": "1980-01-02", "Gender": "female"}


@pytest.mark.parametrize(
    ("pid", "identity"),
    [("PID|1||77", "77"), ("PID|1||77^^^H&1.2&ISO", "H-77"), ("PID|1||77^^^&1.2&ISO", "1.2-77"), ("PID|1|8", "8")],
)
def test_reads_the_identifier_as_the_sender_writes_it(pid: str, identity: str) -> None:
    [one] = read(message("ADT^A08", pid=pid)).values()
    assert one.prepared.patient_id == identity


def test_identifiers_that_are_not_the_same_never_become_the_same() -> None:
    pids = ("PID|1||a_b^^^H", "PID|1||a/b^^^H", "PID|1||a-b^^^H", "PID|1||b^^^H-a", f"PID|1||{'9' * 70}", f"PID|1||{'9' * 71}")
    found = {one.prepared.patient_id for pid in pids for one in read(message("ADT^A08", pid=pid)).values()}
    assert len(found) == len(pids)
    assert all(len(str(one)) <= 64 for one in found)


@pytest.mark.parametrize(
    ("event", "status", "assertion"),
    [
        ("A01", "in-progress", AssertionStatus.PRESENT),
        ("A03", "finished", AssertionStatus.PRESENT),
        ("A05", "planned", AssertionStatus.HYPOTHETICAL),
        ("A11", "cancelled", AssertionStatus.ABSENT),
        ("A08", "", AssertionStatus.PRESENT),
    ],
)
def test_a_visit_has_the_status_of_its_event(event: str, status: str, assertion: AssertionStatus) -> None:
    visit = segment("PV1", f2="I", f3="W^12^1^H", f7="5^Arzt^Otto", f19="V5^^^HOSP", f44="202401010101")
    [fact] = read(message(f"ADT^{event}", visit))["Encounter/HOSP-V5"].prepared.facts
    assert (fact.status, fact.assertion) == (status, assertion)
    assert details(fact) == {"class": "inpatient", "participant": "Otto Arzt", "location": "W, 12, 1, H"}
    assert fact.occurred is not None
    assert fact.occurred.written == "2024-01-01T01:01-05:00"


def test_an_admission_tells_diagnoses_and_allergies() -> None:
    found = read(
        message(
            "ADT^A01",
            segment("DG1", f1="1", f3="I21.9^Acute MI^I10C", f6="A"),
            segment("AL1", f1="1", f2="DA", f3="7980^Penicillin^RXNORM", f4="SV", f5="hives~rash"),
            segment("AL1", f1="2", f3="^No known food allergies"),
        )
    )
    [condition] = [fact for one in found.values() for fact in one.prepared.facts if fact.category == "condition"]
    assert (condition.concept.text, condition.concept.codings[0].system) == ("Acute MI", "http://hl7.org/fhir/sid/icd-10-cm")
    penicillin, none = found["AllergyIntolerance/HOSP-12345"].prepared.facts
    assert [detail.text for detail in penicillin.details] == ["hives", "rash", "Severe", "Drug allergy"]
    assert (none.concept.text, none.assertion) == ("No known food allergies", AssertionStatus.ABSENT)


def test_a_merge_is_told_and_never_done() -> None:
    [one] = read(message("ADT^A40", segment("MRG", f1="6^^^HOSP"))).values()
    [note] = one.notes
    assert "not joined" in note.reason
    assert quoted(one, note.where) == "6^^^HOSP"


VACCINE = {"f3": "20240105", "f5": "140^Influenza^CVX", "f6": "0.5", "f7": "mL", "f15": "L77", "f20": "CP"}


def test_a_vaccination_that_was_refused_was_not_given() -> None:
    text = message(
        "VXU^V04",
        segment("ORC", f1="RE", f3="I1^IIS"), segment("RXA", **VACCINE), segment("RXR", f1="IM^Intramuscular"),
        segment("OBX", f2="NM", f3="30973-2^dose number^LN", f5="2"),
        segment("ORC", f1="RE", f3="I2^IIS"),
        segment("RXA", **{**VACCINE, "f6": "999", "f18": "00^Parental decision", "f20": "RE"}),
    )  # fmt: skip
    given_one, refused = (one.prepared.facts[0] for one in of_type(text, "Immunization"))
    assert (given_one.status, given_one.assertion) == ("completed", AssertionStatus.PRESENT)
    assert details(given_one) == {"dose": "0.5 mL", "lot": "L77", "route": "Intramuscular", "dose_number": "2"}
    assert (refused.status, refused.assertion) == ("not-done", AssertionStatus.ABSENT)
    assert details(refused) == {"status_reason": "Parental decision", "lot": "L77"}


def test_a_document_that_is_cancelled_is_no_longer_searched() -> None:
    header = segment("TXA", f1="1", f2="DS", f4="20240102", f12="D-1", f17="LA")
    words = segment("OBX", f2="FT", f5="Line one\\.br\\Line two")
    kept = read(message("MDM^T02", header, words))["DocumentReference/D-1"].prepared
    gone = read(message("MDM^T11", header, words))["DocumentReference/D-1"].prepared
    assert (kept.documents[1].text, kept.documents[1].title) == ("Line one\nLine two", "Discharge summary")
    assert kept.passages
    assert (gone.passages, gone.facts[0].assertion) == ((), AssertionStatus.ENTERED_IN_ERROR)


def test_a_document_that_was_replaced_gives_way_to_the_new_one() -> None:
    header = segment("TXA", f2="DS", f4="20240102", f12="D-2", f13="D-1")
    found = read(message("MDM^T10", header, segment("OBX", f2="TX", f5="New words.")))
    assert found["DocumentReference/D-2"].prepared.passages
    assert found["DocumentReference/D-1"].prepared.facts[0].status == "superseded"
    assert not found["DocumentReference/D-1"].prepared.passages


@pytest.mark.parametrize(
    ("event", "status", "assertion"),
    [
        ("S12", "planned", AssertionStatus.HYPOTHETICAL),
        ("S15", "cancelled", AssertionStatus.ABSENT),
        ("S26", "noshow", AssertionStatus.ABSENT),
    ],
)
def test_an_appointment_is_planned_or_does_not_happen(event: str, status: str, assertion: AssertionStatus) -> None:
    schedule = segment("SCH", f2="A77", f8="FU^Follow-up", f11="^^30^202402010900^202402010930")
    [fact] = read(message(f"SIU^{event}", schedule))["Appointment/A77"].prepared.facts
    assert (fact.concept.text, fact.status, fact.assertion) == ("Follow-up", status, assertion)
    assert fact.occurred is not None
    assert fact.occurred.written == "2024-02-01T09:00-05:00"


@pytest.mark.parametrize(
    ("control", "status", "assertion"),
    [("NW", "active", AssertionStatus.PRESENT), ("CA", "revoked", AssertionStatus.ABSENT)],
)
def test_an_order_stands_until_it_is_cancelled(control: str, status: str, assertion: AssertionStatus) -> None:
    order = segment("ORC", f1=control, f2="PL1^H", f9="20240105", f12="3^Doc^Dan")
    [one] = of_type(message("ORM^O01", order, segment("OBR", f2="PL1^H", f4="24606-6^Mammogram^LN")), "ServiceRequest")
    [fact] = one.prepared.facts
    assert (fact.concept.text, fact.status, fact.assertion, fact.author) == ("Mammogram", status, assertion, "Dan Doc")


@pytest.mark.parametrize("ending", ["\r", "\n", "\r\n"])
def test_reads_any_line_end_mllp_frames_and_batches(ending: str) -> None:
    one, two = message("ADT^A08"), message("ADT^A08", pid="PID|1||2^^^HOSP")
    text = f"FHS|^~\\&|x\rBHS|^~\\&|x\r\x0b{one}\x1c\r\x0b{two}\x1c\rBTS|2\rFTS|1\r".replace("\r", ending)
    assert set(read(text)) == {"Patient/HOSP-12345", "Patient/HOSP-2"}


def test_the_delimiters_are_those_of_the_message() -> None:
    text = message("ADT^A08").replace("|", "!").replace("^", "*").replace("~", "%").replace("&", "#")
    assert read(text)["Patient/HOSP-12345"].prepared.patient is not None


def test_one_message_that_cannot_be_used_does_not_stop_the_others() -> None:
    text = "".join([
        message("ZZZ^Z01"), message("ADT^A08", pid=""), "MSHAAAAA\r", "MSH|||\r",
        message("ORU^R01", pid="PID|1||^^^HOSP"), message("ADT^A08"),
    ])  # fmt: skip
    found = list(read_hl7v2(text))
    refused = [one.reason for one in found if isinstance(one, Unreadable)]
    assert len(refused) == 4
    assert "ZZZ is not read" in refused[0]
    assert all("names no patient" in one for one in (refused[1], refused[3]))
    assert [one.prepared.resource for one in found if isinstance(one, ReadResource)] == ["Patient/HOSP-12345"]


def test_a_bad_time_is_noted_and_the_result_kept() -> None:
    [one] = of_type(message("ORU^R01", OBR, obx(f14="20231345")), "Observation")
    assert [note.reason for note in one.notes] == ["not an HL7 time; kept without it"]
    assert one.prepared.facts[0].occurred is not None  # of the order


def test_a_file_without_a_message_is_rejected() -> None:
    with pytest.raises(SourceRejectedError):
        list(read_hl7v2("PID|1||5\r"))


def test_is_known_by_its_first_segment() -> None:
    def source(content: bytes) -> SourceFile:
        return SourceFile("x", "x.txt", content, len(content), lambda: pytest.fail("not opened"))

    assert HL7V2.recognises(source(b"\x0bMSH|^~\\&|"))
    assert HL7V2.recognises(source(b"\xef\xbb\xbfFHS|^~\\&|"))
    assert not HL7V2.recognises(source(b"MSHA is a word"))


def test_letters_of_an_older_encoding_are_read() -> None:
    assert decode("Müller".encode("cp1252")) == decode("Müller".encode()) == "Müller"


WHOLE = message("ORU^R01", ORC, OBR, obx(), segment("NTE", f3="\\X41\\ \\H\\"), obx(f2="SN", f5="^1^:^2"), obx(f2="TX", f5="w~w"))
WHOLE += message("VXU^V04", segment("RXA", **VACCINE)) + message(
    "ADT^A01", segment("PV1", f2="I", f19="V"), segment("AL1", f3="^x")
)


@given(st.data())
def test_damaged_messages_never_crash(data: st.DataObject) -> None:
    text = WHOLE
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(text) - 1))
        noise = data.draw(st.text("|^~\\&\r\nMSHOBXPID0X.-\x0b\x1cé\ud800", max_size=6))
        text = text[:place] + noise + text[place + data.draw(st.integers(0, 12)) :]
    try:
        found = list(read_hl7v2(text))
    except SourceRejectedError:
        return
    for one in found:
        if isinstance(one, ReadResource):
            assert all(quoted(one, path) is not None for fact in one.prepared.facts for path in paths(fact))


def calls_of(text: str) -> int:
    """Count the Python calls that reading a file takes."""
    calls = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        list(read_hl7v2(text))
    finally:
        sys.setprofile(before)
    return calls


RESULTS = "MSH|^~\\&|A|B|C|D|20240101||ORU^R01|1|P|2.5\rPID|1||1^^^H^MR||Doe^J\rOBR|1|||24326-1^Panel^LN\r"
ADMISSION = "MSH|^~\\&|A|B|C|D|20240101||ADT^A01|1|P|2.5\rPID|1||1^^^H^MR||Doe^J\rPV1|1|I|W\r"


@pytest.mark.parametrize(
    ("head", "line"),
    [
        pytest.param(RESULTS, "OBX|{0}|NM|{0}-2^Sodium {0}^LN||140|mmol/L|135-145|N\r", id="results"),
        pytest.param(RESULTS, "OBX|{0}|NM|{0}-2^Sodium^LN||140|mmol/L|||||F|||bad {0}\r", id="bad times"),
        pytest.param(RESULTS + "OBX|1|NM|2951-2^Sodium^LN||140|mmol/L\r", "NTE|1||remark {0}\r", id="comments"),
        pytest.param(RESULTS, "OBX|{0}|TX|1-2^Report^LN||line {0} of a report\r", id="lines of text"),
        pytest.param(RESULTS, "OBX|1|" + "|" * 40 + "\r", id="empty fields"),
        pytest.param(ADMISSION, "AL1|{0}|DA|{0}^Drug {0}|SV|hives {0}\r", id="allergies"),
        pytest.param("", RESULTS, id="messages"),
    ],
)
def test_the_work_grows_with_the_size_of_a_file_and_no_faster(head: str, line: str) -> None:
    some, more = (calls_of(head + "".join(line.format(number) for number in range(size))) for size in (100, 400))
    assert more < 4.5 * some


def test_many_repetitions_and_components_of_a_field_take_no_more_work_than_their_parts() -> None:
    some, more = (calls_of(RESULTS + f"OBX|1|NM|1-2^Sodium^LN||{'140~' * size}|{'a^' * size}|x\r") for size in (100, 400))
    assert more < 4.5 * some


@pytest.mark.parametrize("raw", ["", "a", "a^b^c", "a^b~c^d", "^^", "~^a", "a~"])
def test_a_component_is_what_stands_between_its_delimiters(raw: str) -> None:
    piece = Piece(raw, 7, Delimiters())
    parts = raw.split("~", maxsplit=1)[0].split("^")
    for number in range(1, 5):
        found = piece.component(number)
        assert found.raw == (parts[number - 1] if number <= len(parts) else "")
        assert not found.raw or raw[found.start - 7 :].startswith(found.raw)
