"""The bridge keeps the contracts of LlamaIndex: its own types call ours, and its own LLMs write for us."""

from __future__ import annotations

import asyncio
import io
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import aclosing, redirect_stdout
from datetime import date
from typing import Any

import pytest
from chartcite.api.llama_index import chart_query_engine, chart_retriever, generator_of
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import (
    GeneratorBusyError,
    GeneratorError,
    GeneratorGarbledError,
    GeneratorTimeoutError,
    GeneratorUnavailableError,
    InvalidQuestionError,
    PatientNotFoundError,
)
from chartcite.engine.models.generator_policy import FormStyle, GeneratorPolicy
from chartcite.engine.models.llama_index_generator import LlamaIndexGenerator
from chartcite.engine.ports import Generator, Message, WritingTask
from llama_index.core import Settings
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.indices.query.query_transform.base import IdentityQueryTransform
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine, TransformQueryEngine
from llama_index.core.response_synthesizers import ResponseMode, get_response_synthesizer
from llama_index.core.schema import MetadataMode, QueryBundle
from llama_index.llms.openai_like import OpenAILike

from tests.charts import AskedChart, scope
from tests.evals.figures import REPOSITORY
from tests.scripted_model import Reply, ScriptedModel, begun, chunk, refused, running, written

ROSA = "rosa-delgado"
OTHERS = ("james-carter", "rosa-delgado-2")
DOCUMENT = '{"answerable": true}'
FORM = {"type": "object", "properties": {"answerable": {"type": "boolean"}}}
TASK = WritingTask(
    (Message("system", "Write."), Message("user", "Canary-text")), FORM, "answer", most_tokens=50, seconds=20.0, seed=3
)
QUICK = GeneratorPolicy(first_piece_seconds=0.5, stall_seconds=0.5, document_seconds=1.5)


def resources_of(chart: AskedChart, patient: str) -> set[str]:
    return {passage.resource for passage in chart.engine.records.all_passages(scope(patient))}


def test_an_answer_comes_with_its_citations_as_source_nodes(bundled: AskedChart) -> None:
    engine = chart_query_engine(bundled.engine, patient_id=ROSA)
    assert isinstance(engine, BaseQueryEngine)
    response = engine.query("What was her last HbA1c?")
    asked = bundled.ask("What was her last HbA1c?", patient=ROSA)
    assert asked.kind == "supported"
    assert str(response) == asked.text
    assert [node.node_id for node in response.source_nodes] == [each.id for claim in asked.claims for each in claim.citations]
    for node in response.source_nodes:
        excerpt = bundled.engine.records.open_citation(node.metadata["citation_id"], patient_id=PatientId(ROSA))
        assert excerpt.citation.quote == node.text
        assert excerpt.citation.source.resource == node.metadata["resource"]
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", node.metadata["day"])
    assert response.metadata is not None
    assert response.metadata["claims"][0]["text"] == asked.claims[0].text


def test_asynchronously_it_is_the_same(bundled: AskedChart) -> None:
    async def both() -> list[str]:
        engine = chart_query_engine(bundled.engine, patient_id=ROSA)
        return [str(each) for each in await asyncio.gather(*(engine.aquery("Is she on metformin?") for _ in range(3)))]

    assert asyncio.run(both()) == [bundled.ask("Is she on metformin?", patient=ROSA).text] * 3


def test_silence_stays_silence(bundled: AskedChart) -> None:
    response = chart_query_engine(bundled.engine, patient_id=ROSA).query("Has she ever had malaria?")
    assert response.metadata is not None
    assert (response.metadata["kind"], response.metadata["claims"]) == ("abstained", [])
    assert "malaria" in str(response).lower()


def test_an_emergency_is_told_first(bundled: AskedChart) -> None:
    response = chart_query_engine(bundled.engine, patient_id=ROSA).query(
        "She has crushing chest pain right now, what was her last HbA1c?"
    )
    assert response.metadata is not None
    assert response.metadata["red_flags"]
    assert "HbA1c" not in str(response).split("\n")[0]


def test_a_retriever_gives_passages_that_can_be_opened(bundled: AskedChart) -> None:
    retriever = chart_retriever(bundled.engine, patient_id=ROSA, limit=4)
    assert isinstance(retriever, BaseRetriever)
    nodes = retriever.retrieve(QueryBundle("metformin"))
    assert 0 < len(nodes) <= 4
    assert [node.score for node in nodes] == sorted((node.score or 0.0 for node in nodes), reverse=True)
    for node in nodes:
        assert bundled.engine.records.open_citation(node.node_id).citation.quote == node.text
        assert node.metadata["citation_id"] in node.get_content(MetadataMode.LLM)
    assert [node.node_id for node in asyncio.run(retriever.aretrieve("metformin"))] == [node.node_id for node in nodes]


@pytest.mark.parametrize("words", ["James Carter", "the other Rosa Delgado's medications", "patient james-carter potassium"])
def test_no_words_leave_the_scope(bundled: AskedChart, words: str) -> None:
    others = set().union(*(resources_of(bundled, other) for other in OTHERS))
    found = chart_retriever(bundled.engine, patient_id=ROSA, limit=40).retrieve(words)
    answered = chart_query_engine(bundled.engine, patient_id=ROSA).query(words)
    assert found
    assert {node.metadata["resource"] for node in [*found, *answered.source_nodes]} & others == set()


def test_as_of_a_day_nothing_later_is_found(bundled: AskedChart) -> None:
    nodes = chart_retriever(bundled.engine, patient_id=ROSA, as_of=date(2022, 12, 31), limit=40).retrieve("HbA1c")
    assert nodes
    assert max(node.metadata["day"] for node in nodes) <= "2022-12-31"


def test_without_a_patient_the_guidelines_are_searched(bundled: AskedChart) -> None:
    nodes = chart_retriever(bundled.engine, patient_id=None).retrieve("statin for primary prevention")
    assert nodes
    assert all(bundled.engine.records.open_citation(node.node_id).patient_id is None for node in nodes)


def test_an_unknown_patient_is_refused_when_made(bundled: AskedChart) -> None:
    with pytest.raises(PatientNotFoundError):
        chart_retriever(bundled.engine, patient_id="nobody")


@pytest.mark.parametrize("words", ["", "  ", "x" * 2001])
def test_words_that_no_door_reads_are_refused(bundled: AskedChart, words: str) -> None:
    with pytest.raises(InvalidQuestionError):
        chart_query_engine(bundled.engine, patient_id=ROSA).query(words)
    with pytest.raises(InvalidQuestionError):
        chart_retriever(bundled.engine, patient_id=ROSA).retrieve(words)


def test_engines_of_llamaindex_take_ours(bundled: AskedChart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Settings, "_llm", MockLLM())  # theirs takes a hosted one where none is set
    synthesizer = get_response_synthesizer(response_mode=ResponseMode.NO_TEXT)
    theirs = RetrieverQueryEngine(chart_retriever(bundled.engine, patient_id=ROSA, limit=3), response_synthesizer=synthesizer)
    assert len(theirs.query("metformin").source_nodes) == 3
    ours = chart_query_engine(bundled.engine, patient_id=ROSA)
    assert len(ours.retrieve(QueryBundle("metformin"))) > 3
    around = TransformQueryEngine(ours, query_transform=IdentityQueryTransform())
    assert str(around.query("Is she on metformin?")) == bundled.ask("Is she on metformin?", patient=ROSA).text


def test_the_page_shows_what_its_example_prints(bundled: AskedChart, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (REPOSITORY / "docs" / "llama-index.md").read_text(encoding="utf-8")
    [first, second] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    [shown] = re.findall(r"```text\n(.*?)```", page, re.DOTALL)
    monkeypatch.setattr("chartcite.api.wiring.open_engine", lambda _settings: bundled.engine)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(first, {})  # noqa: S102 -- the page is ours
    assert printed.getvalue() == shown
    names: dict[str, Any] = {}
    exec(second, names)  # noqa: S102
    assert asyncio.run(names["generator"].identity()).model == "small"


def test_without_the_extra_it_is_named() -> None:
    code = (
        "import sys\nsys.modules['llama_index'] = None\n"
        "from chartcite.api import llama_index\nfrom chartcite.engine.errors import InputError\n"
        "for make in (llama_index.generator_of, lambda one: llama_index.chart_retriever(one, patient_id=None)):\n"
        "    try: make(None)\n    except InputError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["LlamaIndex is not installed: pip install 'chartcite[llama-index]'"] * 2


def llm_of(server: ScriptedModel) -> OpenAILike:
    return OpenAILike(model="small", api_base=server.url, api_key="-", is_chat_model=True, max_retries=0, reuse_client=False)


def document(generator: Generator, asked: WritingTask = TASK) -> str:
    async def whole() -> str:
        return "".join([piece async for piece in generator.write(asked)])

    return asyncio.run(whole())


def test_a_guided_llm_gets_the_form_as_arguments() -> None:
    with running(written(DOCUMENT)) as server:
        assert document(generator_of(llm_of(server), form="json_schema")) == DOCUMENT
        [request] = server.requests
    assert request.schema == FORM
    assert (request.body["seed"], request.body["temperature"], request.body["max_tokens"]) == (3, 0.0, 50)
    assert [message.content for message in request.messages] == ["Write.", "Canary-text"]


def test_another_llm_is_told_the_form_in_words() -> None:
    with running(written(DOCUMENT)) as server:
        assert document(generator_of(llm_of(server))) == DOCUMENT
        [request] = server.requests
    assert "response_format" not in request.body
    assert '"answerable"' in request.messages[0].content


def test_an_llm_without_chat_or_arguments_writes_too() -> None:
    echoed = document(generator_of(MockLLM()))  # theirs: gives back what it was told
    assert "Canary-text" in echoed
    assert '"answerable"' in echoed


def test_who_writes_is_told() -> None:
    with running(written(DOCUMENT)) as server:
        identity = asyncio.run(generator_of(llm_of(server)).identity())
    assert (identity.model, identity.server) == ("small", "LlamaIndex OpenAILike")


FAULTS: Sequence[tuple[str, Reply, type[GeneratorError]]] = [
    ("slow first words", written(DOCUMENT, first_seconds=30), GeneratorTimeoutError),
    ("no headers", Reply([30.0]), GeneratorTimeoutError),
    ("a stall", begun(30.0), GeneratorTimeoutError),
    ("garbage", begun(b"data: {garbage\n\n"), GeneratorGarbledError),
    ("cut", begun(is_cut=True), GeneratorGarbledError),
    ("empty", Reply([chunk(finish="stop")]), GeneratorGarbledError),
    ("429", refused(429), GeneratorBusyError),
    ("500", refused(500, body={"error": "Canary-text"}), GeneratorUnavailableError),
]


@pytest.mark.parametrize(("name", "reply", "kind"), FAULTS, ids=[each[0] for each in FAULTS])
def test_each_fault_becomes_its_error_in_time(name: str, reply: Reply, kind: type[GeneratorError]) -> None:
    policy = QUICK if kind is GeneratorTimeoutError else GeneratorPolicy()
    with running(reply) as server:
        generator = LlamaIndexGenerator(llm_of(server), form_style=FormStyle.JSON_SCHEMA, policy=policy)
        began = time.monotonic()
        with pytest.raises(GeneratorError) as caught:
            document(generator)
        assert time.monotonic() - began < 10, name
        assert type(caught.value) is kind
        assert "Canary" not in str(caught.value)


def test_a_document_without_end_is_cut_at_its_bound() -> None:
    with pytest.raises(GeneratorGarbledError, match="more than is read"):
        document(LlamaIndexGenerator(MockLLM(max_tokens=500), policy=GeneratorPolicy(most_characters=100)))


def test_closing_the_iterator_tells_the_server() -> None:
    async def leave(generator: Generator) -> None:
        async with aclosing(generator.write(TASK)) as pieces:
            assert await anext(pieces)

    with running(begun(30.0)) as server:
        asyncio.run(leave(generator_of(llm_of(server))))
        assert server.wait_until(lambda: server.left == 1)
