"""Outward: our search as a LlamaIndex retriever, our answers as a LlamaIndex query engine, each of one scope, fixed when made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from chartcite.engine.domain.answers import Answer
from chartcite.engine.domain.evidence import Citation
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import Response
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode


class Found(NamedTuple):
    """A passage that was found, as a citation of all of it."""

    citation: Citation
    relevance: float
    """Orders; says nothing of how sure anything is."""
    reads_like_instruction: bool
    """Something in it is worded as a command to a computer: to be shown, never followed."""


class ChartRetriever(BaseRetriever):
    """Finds passages in one scope."""

    def __init__(self, find: Callable[[str], Sequence[Found]]) -> None:
        """`find`: words → passages of the scope, best first."""
        super().__init__()
        self._find = find

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [
            _node(each.citation, score=each.relevance, reads_like_instruction=each.reads_like_instruction)
            for each in self._find(query_bundle.query_str)
        ]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class ChartQueryEngine(BaseQueryEngine):
    """Answers questions in one scope. What comes back is the verified answer; no LLM of LlamaIndex rewrites it."""

    def __init__(self, answer: Callable[[str], Answer], retriever: ChartRetriever) -> None:
        """`answer`: question → answer from the scope; `retriever`: of the same scope."""
        super().__init__(callback_manager=None)
        self._answer = answer
        self._retriever = retriever

    def retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        """Return passages of the scope, best first."""
        return self._retriever.retrieve(query_bundle)

    def _query(self, query_bundle: QueryBundle) -> Response:
        answer = self._answer(query_bundle.query_str)
        nodes = [_node(citation) for citation in _cited(answer)]
        return Response(response=answer.text, source_nodes=nodes, metadata=_about(answer))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}


def _node(citation: Citation, *, score: float | None = None, **more: bool) -> NodeWithScore:
    source = citation.source
    written = source.occurred_at or source.recorded_at or ""
    told = {"citation_id": citation.id, "resource": source.resource, "title": source.title, "day": written[:10], **more}
    return NodeWithScore(node=TextNode(id_=citation.id, text=citation.quote, metadata=told), score=score)


def _cited(answer: Answer) -> Iterable[Citation]:
    """Return each citation of an answer once, in the order in which it is read."""
    claims = answer.claims if answer.kind == "supported" else ()
    told = [
        *(flag.citations for flag in answer.red_flags),
        *(claim.citations for claim in (*claims, *answer.beside)),
        *(conflict.citations for conflict in answer.conflicts),
    ]
    return {citation.id: citation for citations in told for citation in citations}.values()


def _about(answer: Answer) -> dict[str, Any]:
    claims = answer.claims if answer.kind == "supported" else ()
    return {
        "kind": answer.kind,
        "absence": answer.absence.value if answer.absence else "",
        "claims": [
            {
                "text": claim.text,
                "citation_ids": [citation.id for citation in claim.citations],
                "probability": claim.confidence.probability,
            }
            for claim in claims
        ],
        "beside": [claim.text for claim in answer.beside],
        "conflicts": [
            {"about": each.about, "citation_ids": [citation.id for citation in each.citations]} for each in answer.conflicts
        ],
        "left_open": [gap.what for gap in answer.missing],
        "red_flags": [flag.name for flag in answer.red_flags],
        "receipt_id": answer.receipt.id,
    }
