"""All that is due, asked in general: told by recommendation, with the last time; one thing by name is asked of its guideline."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from chartcite.engine.answering import asks_next_dose
from chartcite.engine.care_gaps import care_gaps
from chartcite.engine.domain.records import PatientId
from chartcite.engine.guidelines.due_answers import kinds_asked
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import AskedChart, medication

_LEAD = re.compile(r"^(?:Overdue|Due): ")
_OWN = re.compile(r" was ordered on |\((?:booked|noshow)\)|due by ")
IN_GENERAL = [
    ("rosa-delgado", "is anything overdue for her", {"immunisation", "screening"}),
    ("rosa-delgado", "what is she due for?", {"immunisation", "screening"}),
    ("rosa-delgado", "am i up to date on everything", {"immunisation", "screening"}),
    ("rosa-delgado", "any care gaps", {"immunisation", "screening"}),
    ("james-carter", "is James up to date with his jabs", {"immunisation"}),
    ("james-carter", "which shots does he still need?", {"immunisation"}),
    ("james-carter", "is he behind on any vaccinations", {"immunisation"}),
    ("james-carter", "what vaccines are due", {"immunisation"}),
    ("rosa-delgado", "immunizations UTD?", {"immunisation"}),
    ("rosa-delgado", "health maintenance due?", {"screening"}),
    ("rosa-delgado", "what preventive care does she need", {"screening"}),
]
OTHERWISE = [
    ("rosa-delgado", "when is her next appointment due"),
    ("rosa-delgado", "what meds does she need"),
    ("rosa-delgado", "does she need any help at home"),
    ("rosa-delgado", "is she due for a mammogram"),
    ("rosa-delgado", "when is the baby due"),
    ("rosa-delgado", "which immunisations has she had?"),
]


@pytest.mark.parametrize(("patient", "question", "kinds"), IN_GENERAL)
def test_all_that_is_due_is_told_with_its_recommendation(
    patient: str, question: str, kinds: set[str], bundled: AskedChart
) -> None:
    answer = bundled.ask(question, patient=patient)
    assert answer.kind == "supported"
    engine = bundled.engine
    found = care_gaps(PatientId(patient), records=engine.records, lexicon=engine.lexicon).gaps
    due = {gap.statement.text: gap for gap in found if gap.status in {"due", "overdue"}}
    told = [due[_LEAD.sub("", claim.text)] for claim in answer.claims if _LEAD.match(claim.text)]
    assert told
    assert {gap.kind for gap in told} <= kinds
    assert [gap.status for gap in told] == sorted((gap.status for gap in told), reverse=True)
    noted = {claim.text for claim in answer.claims if "“" in claim.text}  # what notes say was missed
    noted |= {claim.text for claim in answer.claims if _OWN.search(claim.text)}  # what the chart itself has open comes first
    lasts = {claim.text for claim in answer.claims if not _LEAD.match(claim.text)} - noted
    assert {gap.last.text for gap in told if gap.last is not None} == lasts


def test_what_was_never_done_and_what_is_not_told_in_full_is_named(bundled: AskedChart) -> None:
    answer = bundled.ask("is anything overdue for her", patient="rosa-delgado")
    assert answer.kind == "supported"
    never = [one for one in answer.missing if one.why.startswith("none in the chart")]
    assert "mammography" in " ".join(one.what for one in never)


def test_where_nothing_is_due_the_answer_says_what_was_looked_at(bundled: AskedChart) -> None:
    answer = bundled.ask("any overdue monitoring", patient="james-carter")
    assert answer.kind == "abstained"
    assert re.search(r"No monitoring is found due: \d+ current recommendations", answer.text)


@pytest.mark.parametrize(("patient", "question"), OTHERWISE)
def test_another_question_is_not_taken_for_it(patient: str, question: str, bundled: AskedChart) -> None:
    assert not any(_LEAD.match(claim.text) for claim in getattr(bundled.ask(question, patient=patient), "claims", ()))


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert set(kinds_asked(Plan(text=text, intent=Intent.DESCRIBE))) <= {"immunisation", "screening", "monitoring"}


@pytest.mark.parametrize("question", ["does she need another bone shot?", "does she need another denosumab injection"])
def test_the_next_dose_of_a_medicine_is_told_by_its_orders(question: str, chart_of: Callable[..., AskedChart]) -> None:
    name = "Denosumab 60 mg/mL prefilled syringe"
    answer = chart_of(medication("d", name, "2026-03-01", dose="60 mg subcutaneously every 6 months")).ask(question)
    assert answer.kind == "supported"
    assert all(claim.kind != "guideline" for claim in answer.claims)
    assert "every 6 months" in answer.text


def test_what_guidelines_say_of_another_dose_is_asked_of_them() -> None:
    held = Target(words="denosumab", label="denosumab", kind=ConceptKind.DRUG, concept_keys=(1,))
    plan = Plan(text="", intent=Intent.DESCRIBE, targets=(held,))
    assert asks_next_dose("does she need another dose of denosumab?", [plan])
    assert not asks_next_dose("do guidelines recommend another dose of denosumab?", [plan])
    elsewhere = plan.model_copy(update={"targets": (held.model_copy(update={"concept_keys": ()}),)})
    assert not asks_next_dose("does she need another dose of denosumab?", [elsewhere])
