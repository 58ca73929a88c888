from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from chartcite.engine.domain.records import (
    AssertionStatus,
    Category,
    CodedConcept,
    Detail,
    Fact,
    PartialDate,
    Quantity,
    Value,
)
from chartcite.engine.facts.elements import locate
from chartcite.engine.facts.statements import medication_is_active, readable_unit, shown_number, state

from tests.charts import (
    AskedChart,
    Resource,
    allergy,
    condition,
    immunization,
    lab,
    medication,
    of,
    pressure,
    procedure,
    relative,
    scope,
    visit,
)

ChartOf = Callable[..., AskedChart]
RANGE: Resource = {"referenceRange": [{"low": {"value": 4.0, "unit": "%"}, "high": {"value": 5.6, "unit": "%"}}]}
HIGH: Resource = {"interpretation": [{"coding": [{"code": "H"}]}]}
SAID: list[tuple[Resource, str]] = [
    (lab("x", 7.1, "2023-01-05"), "Hemoglobin A1c was 7.1 % on 2023-01-05."),
    (lab("x", 7.1, "2023-01"), "Hemoglobin A1c was 7.1 % on 2023-01."),
    (pressure("x", 142, 88, "2024-05-05"), "Blood pressure was 142/88 mm[Hg] on 2024-05-05."),
    (lab("x", 7.1, "2023-01-05", status="preliminary"), "Hemoglobin A1c was 7.1 % on 2023-01-05 (preliminary)."),
    (
        lab("x", 7.1, "2023-01-05", status="entered-in-error"),
        "Hemoglobin A1c on 2023-01-05 was entered in error and does not count.",
    ),
    (condition("x", "Gout", "2020-01-01"), "Gout: active, onset 2020-01-01."),
    (
        condition("x", "Gout", "2020-01-01", clinical="resolved", abatementDateTime="2021"),
        "Gout: resolved, onset 2020-01-01, ended 2021.",
    ),
    (
        medication("x", "Aspirin 81 mg", "2024-01-01", dose="81 mg daily"),
        "Aspirin 81 mg (81 mg daily) is active since 2024-01-01.",
    ),
    (medication("x", "Aspirin 81 mg", "2024-01-01", status="cancelled"), "Aspirin 81 mg is recorded as cancelled on 2024-01-01."),
    (allergy("x", "Penicillin", "hives"), "Allergy to Penicillin: hives."),
    (allergy("x", "Penicillin", verified="refuted"), "Allergy to Penicillin was refuted."),
    (procedure("x", "Colonoscopy", "2019-05-05"), "Colonoscopy was done on 2019-05-05."),
    (immunization("x", "Influenza vaccine", "2024-10-01"), "Influenza vaccine was given on 2024-10-01."),
    (
        immunization("x", "Influenza vaccine", "2024-10-01", status="not-done"),
        "Influenza vaccine was not given (not done) on 2024-10-01.",
    ),
    (relative("x", "mother", "Breast cancer"), "Mother: Breast cancer."),
    (visit("x", "IMP", "Admission", "2023-03-01", "2023-03-05"), "Admission (inpatient (IMP)) on 2023-03-01 to 2023-03-05."),
    (
        of("ann", "ServiceRequest", "x", status="active", intent="order", code={"text": "Chest CT"}, authoredOn="2024-01-01"),
        "Chest CT was ordered on 2024-01-01 (order active).",
    ),
]


def fact_of(chart: AskedChart, resource: Resource) -> Fact:
    [fact] = chart.engine.records.facts_of(f"{resource['resourceType']}/{resource['id']}", scope=scope())
    return fact


@pytest.mark.parametrize(("resource", "sentence"), SAID, ids=[sentence for _, sentence in SAID])
def test_a_fact_is_said_in_the_words_of_the_chart(chart_of: ChartOf, resource: Resource, sentence: str) -> None:
    assert state(fact_of(chart_of(resource), resource)).text == sentence


@pytest.mark.parametrize("resource", [resource for resource, _ in SAID], ids=[sentence for _, sentence in SAID])
def test_the_main_path_of_a_statement_stands_in_the_resource(chart_of: ChartOf, resource: Resource) -> None:
    chart = chart_of(resource)
    citation = chart.engine.records.cite_fact(fact_of(chart, resource), path=state(fact_of(chart, resource)).main)
    text = chart.engine.records.open_citation(citation.id).text
    assert locate(text, citation.source.path) == (citation.start, citation.end)


def test_a_value_outside_its_range_is_flagged(chart_of: ChartOf) -> None:
    resource = {**lab("x", 7.1, "2023-01-05"), **RANGE, **HIGH}
    assert "flagged H" in state(fact_of(chart_of(resource), resource)).text


@pytest.mark.parametrize(
    ("written", "unit", "comparator", "shown"),
    [
        pytest.param("7.10", "%", "", "7.10 %", id="as written"),
        pytest.param("71.304216", "kg", "", "71.30 kg", id="long fractions are rounded"),
        pytest.param("0.125", "mg", "", "0.125 mg", id="three decimals stay"),
        pytest.param("5", "", "<", "<5", id="a comparator stands before"),
        pytest.param("3", "{score}", "", "3", id="a score has no unit"),
    ],
)
def test_a_number_is_shown_as_a_reader_expects(written: str, unit: str, comparator: str, shown: str) -> None:
    quantity = Quantity(value=Decimal(written), written=written, unit=unit, comparator=comparator)
    assert shown_number(Value(quantity=quantity, path="valueQuantity.value")) == shown


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        pytest.param("{copies}", "copies", id="an annotation alone"),
        pytest.param("1", "", id="the unit one"),
        pytest.param("mg/dL", "mg/dL", id="a plain unit"),
        pytest.param("{beats}/min", "beats/min", id="an annotation within"),
    ],
)
def test_a_unit_loses_its_curly_marks(unit: str, shown: str) -> None:
    assert readable_unit(unit) == shown


@pytest.mark.parametrize(
    ("status", "active"), [("active", True), ("stopped", False), ("completed", False), ("on-hold", False), ("draft", False)]
)
def test_only_an_active_order_is_taken(chart_of: ChartOf, status: str, *, active: bool) -> None:
    resource = medication("x", "Aspirin 81 mg", "2024-01-01", status=status)
    assert medication_is_active(fact_of(chart_of(resource), resource)) is active


def quantity(written: str, unit: str, path: str) -> Value:
    return Value(quantity=Quantity(value=Decimal(written), written=written, unit=unit), path=path)


def other(category: Category = Category.LABORATORY, **given: Any) -> Fact:
    """Return a fact of another format than FHIR: its words stand at character ranges."""
    base = {
        "id": "x#1",
        "patient_id": "ann",
        "resource": "x",
        "concept": CodedConcept(text="Hemoglobin"),
        "concept_path": "@0-10",
    }
    return Fact.model_validate({**base, "category": category, **given})


def detail(name: str, text: str, path: str = "@90-95") -> Detail:
    return Detail(name=name, text=text, path=path)


DAY: dict[str, Any] = {"occurred": PartialDate.parse("2023-07-22"), "occurred_path": "@30-38"}


def test_unit_and_range_of_a_table_are_cited_where_they_stand() -> None:
    fact = other(
        value=quantity("13.2", "g/dL", "@20-24"),
        reference_range="12.0-15.5 g/dL",
        details=(detail("unit", "g/dL", "@40-44"), detail("reference_range", "12.0-15.5 g/dL", "@50-59"), detail("note", "x")),
        **DAY,
    )
    said = state(fact)
    assert said.text == "Hemoglobin was 13.2 g/dL on 2023-07-22 (reference range 12.0-15.5 g/dL)."
    assert (said.main, set(said.paths)) == ("@20-24", {"@0-10", "@20-24", "@30-38", "@40-44", "@50-59"})


@pytest.mark.parametrize("category", list(Category))
@pytest.mark.parametrize("assertion", list(AssertionStatus))
def test_no_element_of_fhir_is_cited_for_another_format(category: Category, assertion: AssertionStatus) -> None:
    fact = other(
        category,
        assertion=assertion,
        author="Ada Byrne",
        value=quantity("1", "g", "@20-24"),
        reference_range="1-2",
        details=tuple(detail(name, "words") for name in ("class", "type", "reaction", "reason", "reference_range")),
        **DAY,
    )
    said = state(fact)
    assert all(path.startswith("@") for path in (said.main, *said.paths))


def test_the_dose_is_said_beside_an_advice() -> None:
    details = (detail("dose", "2 puffs"), detail("frequency", "every 6 hours"), detail("instructions", "shake well"))
    fact = other(Category.MEDICATION, status="active", status_path="@15-20", details=details)
    assert state(fact).text == "Hemoglobin (2 puffs; every 6 hours; shake well) is active."


@pytest.mark.parametrize(
    ("ended", "sentence"),
    [
        (None, "Hemoglobin is recorded since 2023-07-22."),
        ("2023-08-01", "Hemoglobin is recorded from 2023-07-22 to 2023-08-01."),
    ],
)
def test_a_medication_without_a_status_gets_none(ended: str | None, sentence: str) -> None:
    end: dict[str, Any] = {"ended": PartialDate.parse(ended), "ended_path": "@60-70"} if ended else {}
    assert state(other(Category.MEDICATION, **DAY, **end)).text == sentence
