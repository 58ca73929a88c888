"""Sides of the body: the eye, ear or limb of a value, and the one that a question asks of."""

from __future__ import annotations

from decimal import Decimal

import pytest
from chartcite.engine.domain.records import Category, CodedConcept, Detail, Fact, PatientId, Quantity, Value
from chartcite.engine.facts.body_sides import of_side_asked, side_asked, side_told, site_said
from chartcite.engine.facts.statements import state


def value(name: str, site: str = "", *, category: Category = Category.OBSERVATION) -> Fact:
    """Return a measured value, at a body site where one is given."""
    return Fact(
        id=f"Observation/{name}{site}",
        patient_id=PatientId("p"),
        category=category,
        resource=f"Observation/{name}{site}",
        concept=CodedConcept(text=name),
        concept_path="code.text",
        value=Value(quantity=Quantity(value=Decimal(19), written="19", unit="mm[Hg]"), path="valueQuantity.value"),
        details=(Detail(name="body_site", text=site, path="bodySite"),) if site else (),
    )


@pytest.mark.parametrize(
    ("question", "side"),
    [
        ("IOP OD today?", "right"),
        ("acuity OS", "left"),
        ("PTA R ear now", "right"),
        ("is the hearing in my left ear worse", "left"),
        ("grip strength Lt hand", "left"),
        ("pressure in both eyes", ""),
        ("R and L knee flexion", ""),
        ("which eye is worse, left or right", ""),
        ("what is the pressure right now", ""),
        ("eye pressure when she left hospital", ""),
        ("that is right, isn't it?", ""),
        ("left ventricular ejection fraction", ""),
    ],
)
def test_the_side_that_a_question_names(question: str, side: str) -> None:
    assert side_asked(question) == side


def test_a_value_is_of_the_side_of_its_site_or_its_name() -> None:
    assert side_told(value("Eye pressure", "Right eye")) == "right"
    assert side_told(value("IOP OS")) == "left"
    assert side_told(value("Eye pressure", "Both eyes")) == ""
    assert side_told(value("Body temperature", "Left ear", category=Category.VITAL_SIGN)) == ""
    assert side_told(value("Hearing threshold")) == ""


def test_a_value_is_said_with_its_side_once() -> None:
    assert state(value("Eye pressure", "Right eye")).text.startswith("Eye pressure (Right eye) was 19")
    assert "bodySite" in state(value("Eye pressure", "Right eye")).paths
    assert site_said(value("Right eye pressure", "Right eye")) == ""
    assert site_said(value("Heart rate", "Left arm", category=Category.VITAL_SIGN)) == ""


def test_values_of_the_other_side_are_left_out() -> None:
    right, left, none = value("Eye pressure", "Right eye"), value("Eye pressure", "Left eye"), value("Weight")
    assert of_side_asked([right, left, none], "pressure left eye") == [left, none]
    assert of_side_asked([right, left], "eye pressures") == [right, left]
