"""Door for LlamaIndex: this engine in theirs, and their LLMs in this engine. Needs the extra `llama-index`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from chartcite.api.wire import batch_question, question_from
from chartcite.engine.ask import Engine, ask
from chartcite.engine.domain.answers import Audience, Question
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import InputError
from chartcite.engine.ports import Generator
from chartcite.engine.search import search

if TYPE_CHECKING:
    from chartcite.indexes.llama_index_bridge import ChartQueryEngine, ChartRetriever, Found
    from llama_index.core.llms import LLM

AsOf = date | datetime | None


def chart_retriever(engine: Engine, /, *, patient_id: str | None, as_of: AsOf = None, limit: int = 10) -> ChartRetriever:
    """Return a LlamaIndex retriever over one chart as it stood when (`patient_id=None`: over the guidelines).

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InputError: the extra `llama-index` is not installed.
    """
    with _the_extra():
        from chartcite.indexes.llama_index_bridge import ChartRetriever, Found
    read = _reader(engine, patient_id, as_of, Audience.CLINICIAN)

    def find(words: str) -> list[Found]:
        question = read(words)
        scope = Scope(patient_id=question.patient_id, as_of=question.as_of) if question.patient_id else None
        found = []
        for each in search(question.text, engine=engine, scope=scope, limit=limit):
            citation = engine.records.cite_span(each.passage, start=each.passage.start, end=each.passage.end)
            found.append(Found(citation, each.relevance, bool(each.passage.commands)))
        return found

    return ChartRetriever(find)


def chart_query_engine(
    engine: Engine, /, *, patient_id: str | None, as_of: AsOf = None, audience: Audience = Audience.CLINICIAN
) -> ChartQueryEngine:
    """Return a LlamaIndex query engine over one chart as it stood when (`patient_id=None`: over the guidelines).

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InputError: the extra `llama-index` is not installed.
    """
    with _the_extra():
        from chartcite.indexes.llama_index_bridge import ChartQueryEngine
    read = _reader(engine, patient_id, as_of, audience)
    retriever = chart_retriever(engine, patient_id=patient_id, as_of=as_of)
    return ChartQueryEngine(lambda text: ask(read(text), engine=engine), retriever)


def generator_of(llm: LLM, /, *, form: Literal["none", "json_object", "json_schema"] = "none") -> Generator:
    """Return the generator port on a LlamaIndex LLM.

    Args:
        llm: made by you: where it sends chart text, and with which key, is your choice.
        form: how it is told the form of a document: in words (`none`), or by the arguments of the OpenAI protocol too.

    Raises:
        InputError: the extra `llama-index` is not installed.
    """
    with _the_extra():
        from chartcite.engine.models.llama_index_generator import LlamaIndexGenerator
    from chartcite.engine.models.circuit_breaker import CircuitBreaker
    from chartcite.engine.models.generator_policy import FormStyle

    return CircuitBreaker(LlamaIndexGenerator(llm, form_style=FormStyle(form)))


def _reader(engine: Engine, patient_id: str | None, as_of: AsOf, audience: Audience) -> Callable[[str], Question]:
    """Return how words become a question of this scope."""
    if patient_id is not None:
        engine.records.patient(PatientId(patient_id))
    fields = {"patient_id": patient_id, "as_of": as_of.isoformat() if as_of else None, "audience": audience.value}
    return lambda text: question_from(batch_question({**fields, "question": text}), patient_id=patient_id)


@contextmanager
def _the_extra() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if not str(error.name).startswith("llama_index"):
            raise
        raise InputError("LlamaIndex is not installed: pip install 'chartcite[llama-index]'") from None
