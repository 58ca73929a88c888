"""Ranks one corpus with another library, in an environment of its own: `python retrieval_peers.py FOLDER SYSTEM QUERIES`.

Imports nothing of chartcite. FOLDER holds `passages.jsonl` (document, text), `vectors.npy`, `queries.json` and
`query_vectors.npy`; the rankings of documents and the seconds of each of the first QUERIES queries (0: of all) go to
`SYSTEM.json` beside them. Every system gets the same passages, texts and vectors, and brings the same number of passages; a
document counts as its best passage.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

Search = Callable[[int], list[int]]
"""Position of a query to positions of passages, best first."""


class Corpus(NamedTuple):
    documents: list[str]
    """Document of each passage."""
    texts: list[str]
    vectors: Any
    queries: list[str]
    query_vectors: Any
    passages_wanted: int
    documents_wanted: int


def main() -> None:
    folder, name = Path(sys.argv[1]), sys.argv[2]
    corpus = read(folder)
    most = int(sys.argv[3]) or len(corpus.queries)
    search, versions = SYSTEMS[name](corpus)
    rankings, seconds = [], []
    for number in range(min(most, len(corpus.queries))):
        began = time.perf_counter()
        found = search(number)
        best_first = list(dict.fromkeys(corpus.documents[place] for place in found))[: corpus.documents_wanted]
        seconds.append(time.perf_counter() - began)
        rankings.append(best_first)
    told = {"versions": {one: importlib.metadata.version(one) for one in versions}, "rankings": rankings, "seconds": seconds}
    (folder / f"{name}.json").write_text(json.dumps(told))


def read(folder: Path) -> Corpus:
    rows = [json.loads(line) for line in (folder / "passages.jsonl").read_text().splitlines()]
    wanted = json.loads((folder / "queries.json").read_text())
    vectors, query_vectors = np.load(folder / "vectors.npy"), np.load(folder / "query_vectors.npy")
    texts = [row["text"] for row in rows]
    return Corpus(
        [row["document"] for row in rows],
        texts,
        vectors,
        wanted["queries"],
        query_vectors,
        wanted["passages"],
        wanted["documents"],
    )


def bm25(corpus: Corpus) -> tuple[Search, list[str]]:
    """BM25 of bm25s, Snowball stems, its English stop words."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25()
    index.index(bm25s.tokenize(corpus.texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)

    def search(number: int) -> list[int]:
        words = bm25s.tokenize(corpus.queries[number], stopwords="en", stemmer=stemmer, show_progress=False)
        found, scores = index.retrieve(words, k=min(corpus.passages_wanted, len(corpus.texts)), show_progress=False)
        return [int(place) for place, score in zip(found[0], scores[0], strict=True) if score > 0]

    return search, ["bm25s", "PyStemmer"]


def dense(corpus: Corpus) -> tuple[Search, list[str]]:
    """Cosine of the vectors alone, exact."""

    def search(number: int) -> list[int]:
        scores = corpus.vectors @ corpus.query_vectors[number]
        return [int(place) for place in np.argsort(-scores, kind="stable")[: corpus.passages_wanted]]

    return search, ["numpy"]


def llamaindex(mode: str) -> Callable[[Corpus], tuple[Search, list[str]]]:
    def build(corpus: Corpus) -> tuple[Search, list[str]]:
        import faiss
        import Stemmer
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.core.embeddings import BaseEmbedding
        from llama_index.core.llms import MockLLM
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
        from llama_index.core.schema import TextNode
        from llama_index.retrievers.bm25 import BM25Retriever
        from llama_index.vector_stores.faiss import FaissVectorStore

        known = dict(zip(corpus.queries, corpus.query_vectors.tolist(), strict=True))

        class Known(BaseEmbedding):
            def _get_query_embedding(self, query: str) -> list[float]:
                return list(known[query])

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return list(known[query])

            def _get_text_embedding(self, text: str) -> list[float]:
                raise NotImplementedError(text)

        nodes = [
            TextNode(id_=str(place), text=text, embedding=vector)
            for place, (text, vector) in enumerate(zip(corpus.texts, corpus.vectors.tolist(), strict=True))
        ]
        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(corpus.vectors.shape[1]))
        index = VectorStoreIndex(nodes, storage_context=StorageContext.from_defaults(vector_store=store), embed_model=Known())
        most = corpus.passages_wanted
        by_words = BM25Retriever.from_defaults(
            nodes=nodes, similarity_top_k=min(most, len(nodes)), stemmer=Stemmer.Stemmer("english"), language="english"
        )
        fused = QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=most), by_words],
            similarity_top_k=most,
            num_queries=1,
            mode=FUSION_MODES(mode),
            use_async=False,
            llm=MockLLM(),
        )

        def search(number: int) -> list[int]:
            return [int(found.node.node_id) for found in fused.retrieve(corpus.queries[number])]

        return search, ["llama-index-core", "llama-index-retrievers-bm25", "llama-index-vector-stores-faiss"]

    return build


def haystack(corpus: Corpus) -> tuple[Search, list[str]]:
    """Haystack's store in memory: BM25 as it comes, cosine, reciprocal rank fusion."""
    from haystack import Document
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore

    store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
    store.write_documents(
        [
            Document(id=str(place), content=text, embedding=vector)
            for place, (text, vector) in enumerate(zip(corpus.texts, corpus.vectors.tolist(), strict=True))
        ]
    )
    most = corpus.passages_wanted
    by_words = InMemoryBM25Retriever(store, top_k=most)
    by_meaning = InMemoryEmbeddingRetriever(store, top_k=most)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=most)

    def search(number: int) -> list[int]:
        lists = [
            by_words.run(query=corpus.queries[number])["documents"],
            by_meaning.run(query_embedding=corpus.query_vectors[number].tolist())["documents"],
        ]
        return [int(document.id) for document in joiner.run(documents=lists)["documents"]]

    return search, ["haystack-ai"]


SYSTEMS: dict[str, Callable[[Corpus], tuple[Search, list[str]]]] = {
    "bm25": bm25,
    "dense": dense,
    "llamaindex_rrf": llamaindex("reciprocal_rerank"),
    "llamaindex_relative": llamaindex("relative_score"),
    "haystack": haystack,
}

if __name__ == "__main__":
    main()
