from __future__ import annotations

import json
from typing import Any

import pytest
from chartcite.engine.domain.records import PartialDate
from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.sources.fhir import FHIR
from chartcite.ingestion.sources.fhir_server import base_of, fetch
from chartcite.ingestion.sources.source import ReadResource, SourceFile

from tests.fhir_builders import attached, resource
from tests.fhir_server import Behaviour, serving

ANN = {"resourceType": "Patient", "id": "ann", "meta": {"lastUpdated": "2024-05-01T00:00:00Z"}}
ONO = {"resourceType": "Practitioner", "id": "ono", "name": [{"family": "Ono", "prefix": ["Dr."]}]}
KEY = "opaque-words"
WAITED: list[float] = []


def fetched(base: str, **options: Any) -> list[SourceFile]:
    WAITED.clear()
    return list(fetch(f"fhir+{base}", sleep=WAITED.append, **options))


def read(sources: list[SourceFile]) -> list[ReadResource]:
    return [one for source in sources for one in FHIR.read(source) if isinstance(one, ReadResource)]


def conditions(count: int) -> list[dict[str, Any]]:
    return [
        resource("Condition", f"c{n}", recorder={"reference": "Practitioner/ono"}, code={"text": "Gout"}) for n in range(count)
    ]


def test_every_page_of_every_type_is_read_people_first() -> None:
    known = Behaviour({"Condition": conditions(5), "Practitioner": [ONO], "Patient": [ANN]})
    with serving(known) as base:
        sources = fetched(base)
    assert [source.uri.removeprefix(f"fhir+{base}/") for source in sources] == [
        "Patient#page=1", "Practitioner#page=1", "Condition#page=1", "Condition#page=2", "Condition#page=3",
    ]  # fmt: skip
    found = read(sources)
    assert [one.prepared.resource for one in found if one.prepared.facts] == [f"Condition/c{n}" for n in range(5)]
    assert {one.prepared.facts[0].author for one in found if one.prepared.facts} == {"Dr. Ono"}
    assert not any(path.startswith(("/fhir/ValueSet", "/fhir/Goal")) for path in known.asked)


def test_only_what_changed_is_asked_for() -> None:
    known = Behaviour({"Patient": [ANN, {**ANN, "id": "bob", "meta": {"lastUpdated": "2023-01-01T00:00:00Z"}}]})
    with serving(known) as base:
        found = read(fetched(base, since=PartialDate.parse("2024-01-01"), types=("Patient",)))
    assert [one.prepared.resource for one in found] == ["Patient/ann"]
    assert known.asked == ["/fhir/Patient?_count=200&_lastUpdated=ge2024-01-01"]


def test_the_words_of_a_note_are_fetched_from_its_binary() -> None:
    binary = json.dumps({"resourceType": "Binary", "id": "b", **attached("Cough.")}).encode()
    known = Behaviour(binaries={"b": ("application/fhir+json", binary), "plain": ("text/plain; charset=utf-8", b"Fever.")})
    with serving(known) as base:
        urls = (
            f"{base}/Binary/b",
            "Binary/plain",
            "Binary/lost",
            "https://elsewhere.example/Binary/b",
            f"{base}/Binary/../admin",
        )
        notes = [resource("DocumentReference", f"n{n}", content=[{"attachment": {"url": url}}]) for n, url in enumerate(urls)]
        known.resources["DocumentReference"] = notes[:1] + notes[1:]
        found = read(fetched(base))
    told = {one.prepared.resource: [d.text for d in one.prepared.documents[1:]] for one in found if one.prepared.facts}
    assert told["DocumentReference/n0"] == ["Cough."]
    assert told["DocumentReference/n1"] == ["Fever."]
    assert told["DocumentReference/n2"] == []
    assert "/fhir/admin" not in known.asked
    assert {one.prepared.patient_id for one in found if one.prepared.resource_type == "Binary"} == {"ann"}


def test_the_token_is_sent_and_missing_it_is_told() -> None:
    with serving(Behaviour({"Patient": [ANN]}, token=KEY)) as base:
        assert len(fetched(base, token=KEY)) == 1
        with pytest.raises(SourceRejectedError, match="CHARTCITE_FHIR_TOKEN"):
            fetched(base)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_when_it_says(status: int) -> None:
    known = Behaviour({"Patient": [ANN]}, answers={"Patient": [(status, {"Retry-After": "7"}, b""), (status, {}, b"")]})
    with serving(known) as base:
        assert len(fetched(base)) == 1
    assert WAITED == [7.0, 2.0]


def test_a_server_that_stays_busy_is_given_up() -> None:
    busy = [(503, {"Retry-After": "3600"}, b"")]
    with (
        serving(Behaviour({"Patient": [ANN]}, answers={"Patient": busy})) as base,
        pytest.raises(SourceRejectedError, match="later"),
    ):
        fetched(base)
    assert WAITED == []


def test_a_date_to_retry_after_that_has_passed_is_no_wait() -> None:
    answers = {"Patient": [(429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, b"")]}
    with serving(Behaviour({"Patient": [ANN]}, answers=answers)) as base:
        assert len(fetched(base)) == 1
    assert WAITED == [0.0]


def test_no_page_and_no_redirect_leads_to_another_origin() -> None:
    other = Behaviour({"Condition": conditions(1)})
    with serving(other) as elsewhere:
        sent = Behaviour({"Condition": conditions(3)}, next_link=f"{elsewhere}/Condition")
        moved = Behaviour({"Patient": [ANN]}, answers={"Patient": [(302, {"Location": f"{elsewhere}/Patient"}, b"")]})
        for known in (sent, moved):
            with serving(known) as base, pytest.raises(SourceRejectedError, match="another origin"):
                fetched(base, token=KEY)
    assert other.asked == []


def test_a_redirect_within_the_server_is_followed_but_not_in_circles() -> None:
    known = Behaviour({"Patient": [ANN], "People": [ANN]}, answers={"Patient": [(307, {"Location": "/fhir/People"}, b"")]})
    with serving(known) as base:
        assert len(fetched(base, types=("Patient",))) == 1
    circle = [(302, {"Location": "/fhir/Patient"}, b"")] * 9
    with (
        serving(Behaviour({"Patient": [ANN]}, answers={"Patient": circle})) as base,
        pytest.raises(SourceRejectedError, match="circle"),
    ):
        fetched(base, types=("Patient",))


def test_pages_that_repeat_end_the_reading() -> None:
    with (
        serving(Behaviour({"Condition": conditions(3)}, next_link="Condition?offset=0")) as base,
        pytest.raises(SourceRejectedError, match="do not come to an end"),
    ):
        fetched(base)


def test_a_type_that_is_refused_is_told_when_all_else_was_read() -> None:
    answers: dict[str, list[tuple[int, dict[str, str], bytes]]] = {"Condition": [(403, {}, b"")]}
    sources: list[SourceFile] = []
    with (
        serving(Behaviour({"Patient": [ANN], "Condition": [], "Goal": []}, answers=answers)) as base,
        pytest.raises(SourceRejectedError, match=r"Condition \(HTTP 403\)"),
    ):
        sources.extend(fetch(f"fhir+{base}"))
    assert len(sources) == 2


def test_a_server_that_does_not_say_what_it_has_is_asked_for_the_usual() -> None:
    with serving(Behaviour({"Patient": [ANN], "Condition": conditions(1)}, capability=False)) as base:
        assert len(fetched(base)) == 2


@pytest.mark.parametrize("body", [b"<html>", b"[1]", b'{"resourceType":"OperationOutcome"}', b"\xff", b'{"a":' * 5000])
def test_an_answer_that_is_no_page_is_refused(body: bytes) -> None:
    with (
        serving(Behaviour({"Patient": [ANN]}, answers={"Patient": [(200, {}, body)]})) as base,
        pytest.raises(SourceRejectedError),
    ):
        fetched(base)


def test_an_answer_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chartcite.ingestion.sources.fhir_http.MAX_ANSWER_BYTES", 100)
    with serving(Behaviour({"Patient": [ANN] * 2})) as base, pytest.raises(SourceRejectedError, match="more than"):
        fetched(base, types=("Patient",))


def test_a_server_that_is_not_there_is_told() -> None:
    with serving(Behaviour()) as base:
        pass
    with pytest.raises(SourceRejectedError, match="does not answer"):
        fetched(base, types=("Patient",))
    assert len(WAITED) == 5


@pytest.mark.parametrize(
    "url", ["", "fhir+ftp://x/y", "fhir+https://", "fhir+https://me:pw@x/y", "fhir+https://x/y?a=b", "fhir+https://x:port/y"]
)
def test_what_is_no_server_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SourceRejectedError) as error:
        base_of(url)
    assert "pw" not in str(error.value).replace("password", "")


@pytest.mark.parametrize("token", ["a\nb", "é"])
def test_a_token_that_cannot_be_one_is_refused(token: str) -> None:
    with pytest.raises(SourceRejectedError, match="token"):
        fetched("http://127.0.0.1:9/fhir", token=token)


def test_a_token_does_not_travel_in_clear() -> None:
    with pytest.raises(SourceRejectedError, match="https only"):
        fetched("http://fhir.example/r4", token=KEY)
