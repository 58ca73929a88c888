"""What a thing does to somebody, where it stands in the list of allergies under whatever name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, allergy, lab, note, procedure

ChartOf = Callable[..., AskedChart]
PLATELETS = allergy("p", "Platelet concentrate", "rigors")
CONTRAST = allergy("c", "Iohexol", "wheeze")
ADHESIVE = allergy("a", "Adhesive (Elastoplast)", "weals")
KIWI = allergy("k", "Mangosteen fruit", "itchy lips")


@pytest.mark.parametrize(
    ("entry", "question"),
    [
        (PLATELETS, "What sort of reaction did she get to the blood transfusion?"),
        (PLATELETS, "What happens when she gets a transfusion?"),
        (PLATELETS, "any transfusion reactions?"),
        (CONTRAST, "What happened when she was given contrast?"),
        (CONTRAST, "reaction to the CT dye?"),
        (CONTRAST, "contrast allergy?"),
        (ADHESIVE, "What happens when she has a plaster on?"),
        (ADHESIVE, "can we use tape on her?"),
        (ADHESIVE, "which tape is safe on her skin?"),
        (ADHESIVE, "is she allergic to sticky dressings?"),
        (KIWI, "what happens when she eats mangosteen?"),
        (KIWI, "what does mangosteen do to her?"),
    ],
)
def test_a_thing_is_known_by_what_people_call_it(chart_of: ChartOf, entry: dict[str, object], question: str) -> None:
    told = chart_of(entry, allergy("m", "Morphine", "vomiting"), procedure("t", "Transfusion", "2023-05-01")).say(question)
    assert any("Allergy to" in sentence for sentence in told)
    assert not any("Morphine" in sentence for sentence in told)


def test_what_is_used_instead_is_told_first(chart_of: ChartOf) -> None:
    text = "Skin raw where the sticking plaster was. Use paper tape only. Home tomorrow."
    told = chart_of(ADHESIVE, note("n", text)).say("What kind of plaster can we use on her?")
    assert "Use paper tape only" in told[0]
    assert any("Allergy to Adhesive" in sentence for sentence in told[1:])


@pytest.mark.parametrize(
    ("entry", "question"),
    [
        (PLATELETS, "How low are her platelets?"),
        (PLATELETS, "When was her last transfusion?"),
        (ADHESIVE, "Can she have the plaster off?"),
        (ADHESIVE, "Is she allergic to latex?"),
        (KIWI, "What happens when she eats eggs?"),
    ],
)
def test_what_is_asked_of_something_else_tells_no_allergy(chart_of: ChartOf, entry: dict[str, object], question: str) -> None:
    chart = chart_of(entry, lab("l", 90, "2024-01-02", name="Platelets"), procedure("t", "Transfusion", "2023-05-01"))
    assert not any("Allergy to" in sentence for sentence in chart.say(question))
