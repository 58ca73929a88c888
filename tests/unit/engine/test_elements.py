from __future__ import annotations

import json
from decimal import Decimal

import pytest
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import ResourceText, Unreadable, iterate_resources, locate
from hypothesis import given
from hypothesis import strategies as st

OBSERVATION = """{ "resourceType":"Observation", "id" : "a1c",
  "code": {"coding":[{"system":"http://loinc.org","code":"4548-4","display":"A1c \\u2265 \\"x\\""}, {"display":"second"}]},
  "valueQuantity":{"value":7.10,"unit":"%"}, "flag" : false, "note":[] }"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("valueQuantity.value", "7.10"),
        ("valueQuantity", '{"value":7.10,"unit":"%"}'),
        ("code.coding[0].display", 'A1c \\u2265 \\"x\\"'),
        ("code.coding[1].display", "second"),
        ("flag", "false"),
        ("note", "[]"),
        ("id", "a1c"),
        ("", OBSERVATION),
    ],
)
def test_locates_exactly_what_stands_at_a_path(path: str, expected: str) -> None:
    span = locate(OBSERVATION, path)
    assert span is not None
    assert OBSERVATION[slice(*span)] == expected


@pytest.mark.parametrize(
    "path", ["missing", "code.coding[2]", "id.deeper", "valueQuantity[0]", "note[0].text", "code.coding.display"]
)
def test_finds_nothing_where_nothing_stands(path: str) -> None:
    assert locate(OBSERVATION, path) is None


@pytest.mark.parametrize("text", ["", "{", '{"a" 1}', '{"a":1,}', "[1,]", '{"a":1 "b":2}', "not json"])
def test_locates_nothing_in_text_that_is_not_json(text: str) -> None:
    assert locate(text, "a") is None


def test_of_a_name_given_twice_the_last_counts_as_for_the_decoder() -> None:
    text = '{"a":"first","a":"last"}'
    assert locate(text, "a") == (18, 22)
    assert json.loads(text)["a"] == "last"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner),
    max_leaves=20,
)


def leaves(value: object, path: str = "") -> list[tuple[str, object]]:
    if isinstance(value, dict):
        return [leaf for name, one in value.items() for leaf in leaves(one, f"{path}.{name}" if path else name)]
    if isinstance(value, list):
        return [leaf for index, one in enumerate(value) for leaf in leaves(one, f"{path}[{index}]")]
    return [(path, value)]


@given(JSON_VALUES, st.sampled_from([None, 1, 4]), st.booleans())
def test_every_leaf_of_any_json_is_located(value: object, indent: int | None, ascii_only: bool) -> None:  # noqa: FBT001
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    for path, leaf in leaves(value):
        span = locate(text, path)
        assert span is not None
        found = text[slice(*span)]
        assert json.loads(f'"{found}"' if isinstance(leaf, str) else found) == leaf


def patient(identity: str) -> str:
    return f'{{"resourceType": "Patient",  "id": "{identity}"}}'


def test_a_bundle_gives_each_resource_as_its_exact_characters() -> None:
    text = (
        f'{{"type":"collection","entry":[{{"fullUrl":"urn:uuid:1","resource":{patient("a")}}},'
        f' {{"resource":{patient("b")},"search":{{"mode":"match"}}}}],"resourceType":"Bundle"}}'
    )
    found = list(iterate_resources(text))
    assert [one.raw for one in found] == [patient("a"), patient("b")]
    assert [one.where for one in found] == ["entry[0]", "entry[1]"]
    assert [one.full_url for one in found if isinstance(one, ResourceText)] == ["urn:uuid:1", ""]


def test_a_bundle_inside_a_bundle_is_opened() -> None:
    inner = f'{{"resourceType":"Bundle","entry":[{{"resource":{patient("a")}}}]}}'
    [found] = iterate_resources(f'{{"resourceType":"Bundle","entry":[{{"resource":{inner}}}]}}')
    assert (found.where, found.raw) == ("entry[0] entry[0]", patient("a"))


def test_a_resource_that_has_entries_of_its_own_is_one_resource() -> None:
    text = '{"resourceType":"List","id":"l","entry":[{"item":{"reference":"Condition/1"}}]}'
    [found] = iterate_resources(text)
    assert isinstance(found, ResourceText)
    assert found.data == json.loads(text)
    assert found.where == "file"


def test_numbers_keep_their_digits() -> None:
    [found] = iterate_resources('{"resourceType":"Observation","valueQuantity":{"value":7.10}}')
    assert isinstance(found, ResourceText)
    assert str(found.data["valueQuantity"]["value"]) == "7.10"  # type: ignore[index]
    assert found.data["valueQuantity"] == {"value": Decimal("7.10")}


def test_ndjson_skips_blank_lines_and_reports_broken_ones() -> None:
    text = f"{patient('a')}\n\n   \n{{broken\r\n{patient('b')}\r\n[1]\n7\n"
    found = list(iterate_resources(text))
    assert [(one.where, type(one).__name__) for one in found] == [
        ("line 1", "ResourceText"),
        ("line 4", "Unreadable"),
        ("line 5", "ResourceText"),
        ("line 6[0]", "Unreadable"),
        ("line 7", "Unreadable"),
    ]


def test_a_bundle_on_a_line_says_line_and_entry() -> None:
    bundle = f'{{"resourceType":"Bundle","entry":[{{"resource":{patient("a")}}}]}}'
    assert [one.where for one in iterate_resources(f"{bundle}\n{bundle}")] == ["line 1 entry[0]", "line 2 entry[0]"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"id":"x"}', "without a resourceType"),
        ('{"resourceType":"no type/../x"}', "without a resourceType"),
        ("7", "not a JSON object"),
        ('{"resourceType":"Bundle","entry":[{"request":{}}]}', "without a resource"),
        ('{"resourceType":"Bundle","entry":[3]}', "without a resource"),
        ('{"resourceType":"Bundle","entry":[{"resource":null}]}', "not a JSON object"),
        ('{"resourceType":"Bundle","entry":{"a":1}}', "not an array"),
    ],
)
def test_what_is_no_resource_is_reported(text: str, reason: str) -> None:
    [found] = iterate_resources(text)
    assert isinstance(found, Unreadable)
    assert reason in found.reason


@pytest.mark.parametrize("text", ["", "hello", "%PDF-1.7\n1 0 obj", '{"resourceType":"Bundle","entry":[{', "[" * 9000])
def test_a_file_that_is_not_json_is_rejected(text: str) -> None:
    with pytest.raises(SourceRejectedError):
        list(iterate_resources(text))


@given(st.text(alphabet='{}[]",:ab1 \n\\'))
def test_never_fails_in_another_way(text: str) -> None:
    try:
        found = list(iterate_resources(text))
    except SourceRejectedError:
        return
    assert all(isinstance(one, (ResourceText, Unreadable)) for one in found)


@pytest.mark.parametrize("literal", ["1e9999999999999999999", "1e999999", "-2.5E-400"])
def test_a_number_beyond_all_measure_is_kept_as_its_literal(literal: str) -> None:
    [found] = iterate_resources(f'{{"resourceType":"Observation","valueDecimal":{literal}}}')
    assert isinstance(found, ResourceText)
    assert found.data["valueDecimal"] == literal
