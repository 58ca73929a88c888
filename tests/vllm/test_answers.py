"""Answers with a real model on a real vLLM server, over our own client. The model is too small to be of use: on purpose."""

from __future__ import annotations

import asyncio

import pytest
from chartcite.api.settings import Settings
from chartcite.api.wiring import open_model_writer
from chartcite.engine.domain.answers import Claim, Question, SupportedAnswer
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.writing import ask_with_model

from tests.charts import ANN, AskedChart, note, open_store, person, store_chart
from tests.vllm.conftest import Running

pytestmark = pytest.mark.vllm
TEXT = "Assessment and plan\nNaproxen was stopped because her creatinine rose to 1.9 mg/dL. She feels well. Knee pain is better."
QUESTIONS = ("Why was naproxen stopped?", "What does the note say about her knee pain?", "How does she feel?")


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> AskedChart:
    store = tmp_path_factory.mktemp("answers") / "store"
    store_chart(store, person(), note("visit", TEXT))
    return AskedChart(open_store(store))


def writer(running: Running, **policy: object) -> ModelWriter:
    settings = Settings(
        generator_url=running.endpoint.url,
        generator_model=running.endpoint.model,
        generator_key=running.endpoint.api_key,
        generator_seconds=180,
        generator_evidence_tokens=300,
    )
    made = open_model_writer(settings)
    assert made is not None
    return made._replace(policy=made.policy.model_copy(update={"answer_tokens": 500, "most_claims": 1, **policy}))


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_a_small_model_writes_is_shown_only_where_it_passed(vllm: Running, chart: AskedChart, question: str) -> None:
    asked = Question(text=question, patient_id=ANN)
    answer = asyncio.run(ask_with_model(asked, engine=chart.engine, writer=writer(vllm)))
    writing = answer.receipt.writing
    assert writing is not None
    assert (writing.failure, writing.model) == ("", vllm.endpoint.model)
    assert isinstance(answer, SupportedAnswer)
    shown = {review.claim.text for review in writing.reviews if review.fate == "shown"}
    by_code = {claim.text for claim in chart_claims(chart, question)}
    assert {claim.text for claim in answer.claims} <= shown | by_code
    assert all(claim.verdict.outcome == "supported" for claim in answer.claims)


def chart_claims(chart: AskedChart, question: str) -> tuple[Claim, ...]:
    answer = chart.ask(question)
    return answer.claims if isinstance(answer, SupportedAnswer) else ()


def test_two_drafts_are_written_at_once(vllm: Running, chart: AskedChart) -> None:
    asked = Question(text=QUESTIONS[0], patient_id=ANN)
    answer = asyncio.run(ask_with_model(asked, engine=chart.engine, writer=writer(vllm, drafts=2, judged=False)))
    assert answer.receipt.writing is not None
    assert answer.receipt.writing.failure == ""
    assert answer.receipt.writing.drafts == 2


def test_the_log_of_the_server_holds_no_words_of_the_chart(vllm: Running, chart: AskedChart) -> None:
    asked = Question(text=QUESTIONS[0], patient_id=ANN)
    asyncio.run(ask_with_model(asked, engine=chart.engine, writer=writer(vllm)))
    assert "naproxen" not in vllm.log.read_text(encoding="utf-8", errors="replace").lower()
