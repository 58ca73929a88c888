from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable
from chartcite.ingestion.sources import fhir_lines
from chartcite.ingestion.sources.fhir import FHIR, read_fhir
from chartcite.ingestion.sources.source import HEAD_BYTES, Deleted, Folder, ReadResource, SourceFile, WrittenRead
from hypothesis import given
from hypothesis import strategies as st

from tests.fhir_builders import attached, bundle, note, resource, text_concept

ANN = {"resourceType": "Patient", "id": "ann", "identifier": [{"system": "mrn", "value": "7"}]}
ONO = {
    "resourceType": "Practitioner",
    "id": "ono",
    "identifier": [{"system": "npi", "value": "1"}],
    "name": [{"text": "Dr. Ono"}],
}


def opening(content: bytes) -> Callable[[], BinaryIO]:
    return lambda: BytesIO(content)


def source(content: str | bytes, name: str = "a.ndjson", **files: Any) -> SourceFile:
    """A document with the other files of its folder, given by names in which `__` stands for a dot."""
    raw = content.encode() if isinstance(content, str) else content
    documents = {name.replace("__", "."): opening(one) for name, one in files.items()}
    folder = Folder({name: opening(raw), **documents}) if files else None
    return SourceFile(name, name, raw[:HEAD_BYTES], len(raw), opening(raw), folder=folder)


def lines(*resources: dict[str, Any]) -> bytes:
    return "".join(f"{json.dumps(one)}\n" for one in resources).encode()


def resources(found: Iterator[ReadResource | WrittenRead | Deleted | Unreadable]) -> list[ReadResource]:
    return [one for one in found if isinstance(one, ReadResource)]


def order(**elements: Any) -> dict[str, Any]:
    return resource("MedicationRequest", "r", **elements)


def test_lines_that_are_broken_are_told_and_the_file_goes_on() -> None:
    text = lines(resource("Condition", "a")) + b'\n  \r\n{"broken\n\xff\xfe\n[1]\n' + lines(resource("Condition", "b"))
    found = list(FHIR.read(source(text)))
    assert sorted((one.where, getattr(one, "reason", "")) for one in found) == [
        ("line 1", ""),
        ("line 4", "not a JSON value"),
        ("line 5", "not UTF-8"),
        ("line 6[0]", "not a JSON object"),
        ("line 7", ""),
    ]


def test_a_first_line_that_is_broken_does_not_hide_the_others() -> None:
    [broken, kept] = FHIR.read(source(b'{"resourceType": "Patient", "id": \n' + lines(ANN)))
    assert (broken.where, kept.where) == ("line 1", "line 2")


def test_a_file_of_lines_without_json_is_rejected() -> None:
    with pytest.raises(SourceRejectedError):
        list(FHIR.read(source(b"a,b\n1,2\n")))


@pytest.mark.parametrize("name", ["x.json", "x.ndjson", "x"])
@pytest.mark.parametrize("indent", [None, 1])
def test_one_json_value_is_read_whole_whatever_its_name(name: str, indent: int | None) -> None:
    text = json.dumps(json.loads(bundle(ANN, resource("Condition"))), indent=indent)
    assert [one.where for one in FHIR.read(source(text, name))] == ["entry[0]", "entry[1]"]


def test_an_array_with_a_resource_on_each_line_is_an_array() -> None:
    text = "[\n" + ",\n".join(json.dumps(one) for one in (ANN, resource("Condition"))) + "\n]"
    assert [one.where for one in FHIR.read(source(text, "x.json"))] == ["[0]", "[1]"]


def test_a_line_beyond_the_limit_is_refused_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_lines, "MAX_LINE_BYTES", 300)
    text = lines(ANN, note("n", "long " * 200), resource("Condition"))
    found = list(FHIR.read(source(text)))
    assert sorted(one.where for one in found) == ["line 1", "line 2", "line 3"]
    assert [one.where for one in found if isinstance(one, Unreadable)] == ["line 2"]


def test_a_value_beyond_the_limit_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_lines, "MAX_WHOLE_BYTES", 10)
    with pytest.raises(SourceRejectedError, match="NDJSON"):
        list(FHIR.read(source(bundle(ANN), "x.json")))


def test_a_big_file_needs_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "Condition.ndjson"
    with path.open("wb") as stream:
        for part in range(30):
            stream.write(lines(*(resource("Condition", f"{part}-{n}", note=[{"text": "x" * 900}]) for n in range(1000))))
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    tracemalloc.start()
    count = sum(1 for _ in FHIR.read(SourceFile(str(path), path.name, head, size, lambda: path.open("rb"))))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30_000
    assert peak < size


@pytest.mark.parametrize(
    "reference", ["Practitioner/ono", "https://fhir.example/Practitioner/ono", "Practitioner?identifier=npi|1"]
)
@pytest.mark.parametrize("packed", [False, True])
def test_names_are_known_across_the_files_of_a_folder(reference: str, *, packed: bool) -> None:
    people = gzip.compress(lines(ONO)) if packed else lines(ONO)
    text = lines(order(requester={"reference": reference}, medicationReference={"reference": "Medication/m"}))
    drug = lines({"resourceType": "Medication", "id": "m", "code": {"text": "Aspirin", "coding": [{"code": "x"}]}})
    files: dict[str, Any] = {
        "Practitioner__000__ndjson__gz" if packed else "Practitioner__000__ndjson": people,
        "Medication__ndjson": drug,
    }
    [one] = resources(FHIR.read(source(text, **files)))
    fact = one.prepared.facts[0]
    assert (fact.author, fact.concept.text, fact.concept.codings[0].code) == ("Dr. Ono", "Aspirin", "x")


def test_the_role_of_a_practitioner_is_called_as_the_practitioner() -> None:
    roles = lines({"resourceType": "PractitionerRole", "id": "role", "practitioner": {"reference": "Practitioner/ono"}})
    circle = lines({"resourceType": "PractitionerRole", "id": "round", "practitioner": {"reference": "PractitionerRole/round"}})
    text = lines(
        order(requester={"reference": "PractitionerRole/role"}), order(requester={"reference": "PractitionerRole/round"})
    )
    found = resources(FHIR.read(source(text, P__ndjson=lines(ONO), R__ndjson=roles + circle)))
    assert [one.prepared.facts[0].author for one in found] == ["Dr. Ono", ""]


@pytest.mark.parametrize("name", ["practitioner-1__json", "hospital__json"])
def test_names_are_known_from_small_json_files_of_the_folder(name: str) -> None:
    text = json.dumps(ONO, indent=1) if name.startswith("p") else bundle({"resourceType": "Organization", "id": "o"}, ONO)
    [one] = resources(
        FHIR.read(source(json.dumps(order(requester={"reference": "Practitioner/ono"})), "o.json", **{name: text.encode()}))
    )
    assert one.prepared.facts[0].author == "Dr. Ono"


def test_a_patient_is_found_by_identifier_in_another_file() -> None:
    text = lines({"resourceType": "Condition", "id": "c", "subject": {"identifier": {"system": "mrn", "value": "7"}}})
    [one] = resources(FHIR.read(source(text, Patient__ndjson=lines(ANN))))
    assert one.prepared.patient_id == "ann"


def test_references_hold_from_piece_to_piece_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_lines, "PIECE_LINES", 1)
    [first, _] = resources(FHIR.read(source(lines(order(requester={"reference": "Practitioner/ono"}), ONO))))
    assert first.prepared.facts[0].author == "Dr. Ono"


def test_a_binary_of_another_file_is_read_and_is_of_the_patient_of_its_note() -> None:
    binaries = lines(*({"resourceType": "Binary", "id": f"b{n}", **attached(f"Cough {n}.")} for n in range(9)))
    notes = lines(*(note(f"n{n}", "", content=[{"attachment": {"url": f"https://x.example/Binary/b{8 - n}"}}]) for n in range(9)))
    for packed in (binaries, gzip.compress(binaries)):
        found = resources(FHIR.read(source(notes, "DocumentReference.ndjson", Binary__ndjson=packed)))
        assert [one.prepared.documents[1].text for one in found] == [f"Cough {8 - n}." for n in range(9)]
    found = resources(FHIR.read(source(binaries, "Binary.ndjson", DocumentReference__ndjson=notes)))
    assert {one.prepared.patient_id for one in found} == {"ann"}


def test_a_piece_ends_where_its_binaries_grow_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fhir_lines, "PIECE_BYTES", 40_000)
    held: list[int] = []
    binaries = lines(*({"resourceType": "Binary", "id": f"b{n}", **attached("x" * 15_000)} for n in range(6)))
    notes = lines(*(note(f"n{n}", "", content=[{"attachment": {"url": f"Binary/b{n}"}}]) for n in range(6)))

    def counted(found: SourceFile, weigh: Callable[[bytes], int]) -> Iterator[Any]:
        for piece in fhir_lines.read_pieces(found, weigh):
            held.append(len(piece))
            yield piece

    monkeypatch.setattr("chartcite.ingestion.sources.fhir.read_pieces", counted)
    found = resources(FHIR.read(source(notes, "DocumentReference.ndjson", Binary__ndjson=binaries)))
    assert (len(found), held) == (6, [1] * 6)
    assert all(len(one.prepared.documents) == 2 for one in found)


@pytest.mark.parametrize(
    "damaged", [b"{", b'{"resourceType":"Practitioner"\n{"a":1}\n', gzip.compress(lines(ONO))[:-9], b"\x1f\x8b", b""]
)
def test_a_damaged_file_of_the_folder_spoils_no_other(damaged: bytes) -> None:
    [one] = resources(FHIR.read(source(lines(order(requester={"reference": "Practitioner/ono"})), Practitioner__ndjson=damaged)))
    assert one.prepared.facts[0].concept.text


def manifest(**parts: list[str]) -> bytes:
    listed = {part: [{"type": "Patient", "url": url} for url in urls] for part, urls in parts.items()}
    return json.dumps({"transactionTime": "2024-01-01T00:00:00Z", "request": "x", "output": [], **listed}).encode()


@pytest.mark.parametrize(
    ("content", "missing"),
    [
        (manifest(output=["https://x.example/Patient.ndjson"]), []),
        (manifest(output=["https://x.example/Patient.ndjson?sig=1", "https://x.example/Goal.ndjson"]), ["output[1]"]),
        (manifest(output=["https://x.example/Patient.ndjson"], deleted=["https://x.example/gone.ndjson"]), ["deleted[0]"]),
        (manifest(output=["https://x.example/dl/1", "https://x.example/dl/2"]), []),
        (b'{"transactionTime":1,"output":{"a":1},"deleted":7}', []),
        (b'{"transactionTime":1,"output":[3,{"url":4}]}', []),
    ],
)
def test_a_manifest_is_information_and_tells_of_files_that_did_not_come(content: bytes, missing: list[str]) -> None:
    for name in ("manifest.json", "export"):
        given_source = source(content, name, Patient__ndjson=lines(ANN))
        assert FHIR.recognises(given_source)
        assert [one.where for one in FHIR.read(given_source)] == missing


def test_a_manifest_that_is_cut_is_rejected() -> None:
    with pytest.raises(SourceRejectedError, match="fetch it again"):
        list(FHIR.read(source(manifest(output=["a"])[:-3], "manifest.json")))


def entries(kind: str, *items: dict[str, Any]) -> str:
    return json.dumps({"resourceType": "Bundle", "type": kind, "entry": list(items)})


def request(url: str, method: str = "DELETE") -> dict[str, Any]:
    return {"request": {"method": method, "url": url}}


def test_what_a_bundle_deletes_is_told() -> None:
    text = entries("transaction", request("Patient/ann"), request("https://x.example/fhir/Condition/c/_history/3"))
    assert list(FHIR.read(source(f"{text}\n{text}\n"))) == [
        Deleted("Patient/ann", "line 1 entry[0]"),
        Deleted("Condition/c", "line 1 entry[1]"),
        Deleted("Patient/ann", "line 2 entry[0]"),
        Deleted("Condition/c", "line 2 entry[1]"),
    ]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (request("Condition?identifier=a|1"), "deletion"),
        (request("Condition"), "deletion"),
        ({"request": {"method": "DELETE", "url": 7}}, "deletion"),
        ({"request": {"method": "DELETE"}}, "deletion"),
        ({**request("Condition/c", "PATCH"), "resource": {"resourceType": "Parameters"}}, "patch"),
        ({"response": {"status": "201 Created"}}, "only a response"),
        (request("Condition/c", "GET"), "only a request"),
        ({"request": "DELETE"}, "only a request"),
    ],
)
def test_an_entry_that_holds_no_resource_is_told(entry: dict[str, Any], reason: str) -> None:
    [found] = read_fhir(entries("batch", entry))
    assert isinstance(found, Unreadable)
    assert reason in found.reason


def test_a_history_is_read_from_its_oldest_version_on() -> None:
    def version(number: int) -> dict[str, Any]:
        meta = {"versionId": str(number), "lastUpdated": f"2024-0{number}-01T00:00:00Z"}
        return {"resource": resource("Condition", "c", meta=meta), **request("Condition/c", "PUT")}

    found = list(read_fhir(entries("history", request("Condition/d"), version(2), version(1))))
    assert [one.where for one in found] == ["entry[2]", "entry[1]", "entry[0]"]
    assert [one.prepared.version for one in found if isinstance(one, ReadResource)] == ["1", "2"]
    assert isinstance(found[2], Deleted)


def test_version_and_moment_of_a_resource_are_kept() -> None:
    meta = {"versionId": "3", "lastUpdated": "2024-03-01T10:00:00.123-05:00"}
    [whole, none, bad] = resources(
        read_fhir(
            bundle(
                resource("Condition", "a", meta=meta),
                resource("Condition", "b"),
                resource("Condition", "c", meta={"lastUpdated": "soon"}),
            )
        )
    )
    assert whole.prepared.updated is not None
    assert (whole.prepared.version, whole.prepared.updated.written) == ("3", meta["lastUpdated"])
    assert (none.prepared.version, none.prepared.updated, none.notes) == ("", None, ())
    assert [(one.resource, one.where) for one in bad.notes] == [("Condition/c", "meta.lastUpdated")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["x", "x.json"])
def test_encodings_with_a_mark_are_read(encoding: str, name: str) -> None:
    text = json.dumps(resource("Condition", code=text_concept("Behçet")), ensure_ascii=False)
    given_source = source(text.encode(encoding), name)
    assert FHIR.recognises(given_source)
    [one] = resources(FHIR.read(given_source))
    assert (one.prepared.facts[0].concept.text, one.prepared.documents[0].text) == ("Behçet", text)


@pytest.mark.parametrize("content", ["Behçet".encode("latin-1"), '{"a":1}'.encode("utf-16-le"), b"\xff\xfe{\x00\x00"])
def test_other_encodings_are_rejected(content: bytes) -> None:
    with pytest.raises(SourceRejectedError):
        list(FHIR.read(source(b'{"resourceType":"' + content, "x.json")))


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"hello", b"<Patient/>", b'{"a": 1}', b""])
def test_what_is_not_fhir_is_not_recognised_by_content(content: bytes) -> None:
    assert not FHIR.recognises(source(content, "x"))


def test_bundles_nested_without_end_are_refused() -> None:
    text = json.dumps(ANN)
    for _ in range(40):
        text = f'{{"resourceType":"Bundle","entry":[{{"resource":{text}}}]}}'
    [found] = read_fhir(text)
    assert isinstance(found, Unreadable)
    assert "nested" in found.reason


def test_a_bundle_whose_name_is_escaped_is_a_bundle() -> None:
    [found] = read_fhir(bundle(ANN).replace('"Bundle"', '"B\\u0075ndle"'))
    assert found.where == "entry[0]"


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",:ab1 \n\\').map(str.encode))
def test_any_bytes_are_read_or_rejected(content: bytes) -> None:
    for name in ("x.json", "x.ndjson"):
        given_source = source(content, name, Practitioner__ndjson=content)
        assert FHIR.recognises(given_source)
        try:
            found = list(FHIR.read(given_source))
        except SourceRejectedError:
            continue
        assert all(isinstance(one, (ReadResource, Unreadable, Deleted)) for one in found)
