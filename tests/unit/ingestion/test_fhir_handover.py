"""What is read goes from process to process and comes out equal."""

from __future__ import annotations

import json
from typing import Any

import pytest
from chartcite.engine.domain.records import PageLayout
from chartcite.ingestion.sources.fhir_bulk import Surroundings
from chartcite.ingestion.sources.fhir_handover import pieces_from, write_pieces
from chartcite.ingestion.sources.fhir_pieces import Claim, Piece, Together, as_rows, read_piece
from chartcite.ingestion.sources.source import ReadResource, WrittenRead

from tests.charts import condition, lab, note, person

OWNER = {"reference": "Patient/p"}


def observation(name: str, **members: Any) -> dict[str, Any]:
    code = {"coding": [{"system": "http://loinc.org", "code": "85354-9"}], "text": "Blood pressure"}
    return {"resourceType": "Observation", "id": name, "subject": OWNER, "code": code, **members}


def read(*resources: dict[str, Any] | str) -> list[Together]:
    entries = ",".join(one if isinstance(one, str) else json.dumps({"resource": one}) for one in resources)
    return read_piece(Piece(f'{{"resourceType":"Bundle","type":"collection","entry":[{entries}]}}'.encode()), Surroundings())


FOUND = read(
    {**person("p"), "birthDate": "1950-02", "deceasedDateTime": "2024-05-01T23:30:00-05:00"},
    condition("c", "Hypertension", "2015", owner="p"),
    lab("a1c", 7.1, "2024-01-01", owner="p"),
    note("n", "Complains of gout. Sleeps well.", "2024-01-01", owner="p"),
    note("n2", "Complains of gout. Sleeps well.", "2024-01-01", owner="p"),
    observation("bp", component=[{"code": {"text": "Systolic"}, "valueQuantity": {"value": 132, "unit": "mm[Hg]"}}]),
    observation("words", valueString="12", effectiveDateTime="2024-01-01T10:00:00.250+02:00", issued="no date"),
    observation("coded", valueCodeableConcept={"text": "Never smoked"}, meta={"versionId": "3", "lastUpdated": "2024-02-30"}),
    '{"resource":{"resourceType":"Observation","id":"small","subject":{"reference":"Patient/p"},"code":{"text":"T"},'
    '"valueQuantity":{"value":0.00710,"comparator":"<"},"referenceRange":[{"low":{"value":1.50},"high":{"value":2}}]}}',
    {"resourceType": "Organization", "id": "o", "name": "Clinic"},
    {"resourceType": "Condition", "id": "nobody", "code": {"text": "Gout"}},
    {"resourceType": "Observation", "id": "wrong", "subject": OWNER, "status": "entered-in-error", "code": {"text": "Pulse"}},
    '{"request":{"method":"DELETE","url":"Condition/gone"}}',
    '{"response":{"status":"200"}}',
)


@pytest.mark.parametrize("found", [FOUND, as_rows(FOUND)])
def test_what_was_read_comes_out_equal_in_all_its_parts(found: list[Together]) -> None:
    back = pieces_from(write_pieces(found))
    assert back == found
    assert repr(back) == repr(found)  # types of numbers and containers too


def test_resources_without_narrative_go_as_rows() -> None:
    claims = [one for together in as_rows(FOUND) for one in together if isinstance(one, Claim)]
    rows = {one.identity for one in claims if isinstance(one.read, WrittenRead)}
    assert {"Observation/a1c", "Organization/o", "Condition/c"} <= rows
    assert rows.isdisjoint({"Patient/p", "DocumentReference/n"})


def test_numbers_and_dates_keep_every_digit_and_zone() -> None:
    [together] = pieces_from(write_pieces(FOUND))
    by_name = {one.identity: one.read for one in together if isinstance(one, Claim)}
    small, words = by_name["Observation/small"], by_name["Observation/words"]
    assert isinstance(small, ReadResource)
    assert isinstance(words, ReadResource)
    [fact], [told] = small.prepared.facts, words.prepared.facts
    assert fact.value is not None
    assert fact.value.quantity is not None
    assert (fact.value.quantity.written, str(fact.value.quantity.value), str(fact.range_low)) == ("0.00710", "0.00710", "1.50")
    assert told.occurred is not None
    assert told.occurred.start.isoformat() == "2024-01-01T10:00:00.250000+02:00"
    assert told.value is not None
    assert told.value.text == "12"  # words that look like a number stay words


def test_pages_of_an_attachment_keep_their_lines() -> None:
    layout = (PageLayout(number=1, start=0, end=12, width=595.3, height=842, boxes=((0, 12, 1.5, 2.25, 100.1, 14.0),)),)
    [together] = read(lab("a1c", 7.1, "2024-01-01", owner="p"))
    [claim] = together
    assert isinstance(claim, Claim)
    assert isinstance(claim.read, ReadResource)
    documents = (claim.read.prepared.documents[0].model_copy(update={"layout": layout}),)
    paged = claim._replace(read=claim.read._replace(prepared=claim.read.prepared._replace(documents=documents)))
    assert pieces_from(write_pieces([[paged]])) == [[paged]]


def test_half_of_a_character_pair_is_not_handed_over() -> None:
    half = read(r'{"resource":{"resourceType":"Organization","id":"o","name":"\ud800"}}')
    with pytest.raises(TypeError, match="surrogates"):
        write_pieces(half)
