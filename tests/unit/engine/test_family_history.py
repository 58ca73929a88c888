"""Questions about relatives: however they are put, the family history answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, condition, of, person, relative

ChartOf = Callable[..., AskedChart]
FAMILY = (
    relative("m", "Mother", "Type 2 diabetes mellitus"),
    relative("a", "Maternal aunt", "Breast cancer"),
    relative("b", "Brother", "Epilepsy"),
)


@pytest.mark.parametrize(
    "question",
    [
        "Fam hx of epilepsy?",
        "fam history epilepsy",
        "FHx epilepsy?",
        "epilepsy in the family?",
        "Who in the family has epilepsy?",
        "who in the whānau has epilepsy",
        "Any rellies with epilepsy?",
        "is anyone related with epilepsy?",
        "epilepsy: anyone related to her?",
        "blood relatives with epilepsy?",
        "Does epilepsy run in the family?",
        "brother: epilepsy?",
        "does brother have epilepsy?",
        "brother with epilepsy?",
        "siblings: epilepsy?",
    ],
)
def test_each_way_to_ask_of_relatives_reaches_the_family_history(chart_of: ChartOf, question: str) -> None:
    assert "Brother: Epilepsy." in chart_of(*FAMILY).say(question)


@pytest.mark.parametrize("question", ["diabetes in the family?", "FHx DM?", "FHx diabetes", "family history of diabetes"])
def test_a_name_for_the_family_history_of_a_problem_asks_for_that_problem(chart_of: ChartOf, question: str) -> None:
    assert chart_of(*FAMILY).say(question) == ["Mother: Type 2 diabetes mellitus."]


def test_the_patients_own_problem_is_no_answer_of_relatives(chart_of: ChartOf) -> None:
    chart = chart_of(condition("e", "Epilepsy", "1990-01-01"), relative("m", "Mother", "Gout"))
    assert not any("Epilepsy" in sentence for sentence in chart.say("fam hx of epilepsy?"))


def test_the_patients_own_problem_is_told_where_no_relative_is_asked_of(chart_of: ChartOf) -> None:
    chart = chart_of(condition("e", "Epilepsy", "1990-01-01"), *FAMILY)
    assert any("Epilepsy" in sentence and "Brother" not in sentence for sentence in chart.say("Does she have epilepsy?"))


@pytest.mark.parametrize(("deceased", "said"), [({"deceasedBoolean": True}, "deceased"), ({"deceasedBoolean": False}, "living")])
def test_whether_parents_live_is_told_where_the_record_holds_it(chart_of: ChartOf, deceased: dict[str, bool], said: str) -> None:
    father = {"relationship": {"text": "Father"}, "condition": [{"code": {"text": "Gout"}}], "status": "completed"}
    chart = chart_of(of("ann", "FamilyMemberHistory", "f", **father, **deceased), relative("m", "Mother", "Asthma"))
    assert chart.say("parents alive?") == [f"Father: Gout ({said})."]


@pytest.mark.parametrize("question", ["Did my mum's brother have epilepsy?", "has mum's brother got epilepsy?"])
def test_the_relative_of_a_patient_whom_the_asker_calls_by_kin_is_the_patients_own(chart_of: ChartOf, question: str) -> None:
    chart = chart_of(person(), condition("e", "Epilepsy", "1990-01-01"), *FAMILY, relative("n", "Mother", "Epilepsy"))
    assert chart.say(question) == ["Brother: Epilepsy."]


@pytest.mark.parametrize("question", ["Did her mother's sister have breast cancer?", "her mum's sister: breast cancer?"])
def test_a_parents_sister_is_an_aunt(chart_of: ChartOf, question: str) -> None:
    chart = chart_of(person(), *FAMILY, relative("s", "Sister", "Breast cancer"))
    assert chart.say(question) == ["Maternal aunt: Breast cancer."]


def test_a_brothers_son_is_no_son_of_the_patient(chart_of: ChartOf) -> None:
    chart = chart_of(person(), relative("s", "Son", "Asthma"))
    assert not any("Son:" in sentence for sentence in chart.say("Does her brother's son have asthma?"))


@pytest.mark.parametrize("question", ["What did her father die of?", "what did dad die from", "What killed her father?"])
def test_what_a_relative_had_and_the_age_at_death_are_told_of_a_death(chart_of: ChartOf, question: str) -> None:
    age = {"deceasedAge": {"value": 61, "unit": "years"}}
    father = {"relationship": {"text": "Father"}, "condition": [{"code": {"text": "Stroke"}}], "status": "completed"}
    assert chart_of(of("ann", "FamilyMemberHistory", "f", **father, **age)).say(question) == ["Father: Stroke (died: 61 years)."]
