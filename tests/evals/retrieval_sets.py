"""Sets of queries with known documents, from the open data, each turned into a corpus as a user has one."""

from __future__ import annotations

import json
import random
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

SEED = 7
MOST_QUERIES = 600
MEDQUAD_ANSWERS = 5000
"""Answers of whole pages, drawn at random: all 16,407 would take an hour to embed on two cores."""


class RetrievalSet(NamedTuple):
    name: str
    about: str
    documents: list[dict[str, str]]
    """`id`, `title`, `text`: lines of the corpus."""
    queries: dict[str, str]
    relevant: dict[str, frozenset[str]]
    """Query to the ids of all its documents."""


def load_sets(shared: Path) -> list[RetrievalSet]:
    """Return every set whose archive is there."""
    archives = {name: shared / "data" / f"{name}.tar.xz" for name in READERS}
    return [_drawn(READERS[name](path)) for name, path in archives.items() if path.is_file()]


def _drawn(whole: RetrievalSet) -> RetrievalSet:
    """Keep at most `MOST_QUERIES`, drawn at random."""
    chosen = sorted(whole.queries)
    random.Random(SEED).shuffle(chosen)
    return whole._replace(queries={id_: whole.queries[id_] for id_ in chosen[:MOST_QUERIES]})


def _scifact(archive: Path) -> RetrievalSet:
    relevant = _pairs(archive, "scifact/qrels.tsv")
    documents = [{"id": row["_id"], "title": row["title"], "text": row["text"]} for row in _rows(archive, "scifact/corpus.jsonl")]
    queries = {row["_id"]: row["claim"] for row in _rows(archive, "scifact/claims.jsonl") if row["_id"] in relevant}
    return RetrievalSet("scifact", "scientific claims to abstracts", documents, queries, relevant)


def _bioasq(archive: Path) -> RetrievalSet:
    relevant = _pairs(archive, "bioasq/qrels.tsv")
    snippets: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for row in _rows(archive, "bioasq/corpus.jsonl"):
        begin = row["_id"].rpartition(":")[2].partition("-")[0]
        snippets[row["pmid"]].append((int(begin) if begin.isdigit() else 0, row["section"], row["text"].strip()))
    documents = [
        {
            "id": pmid,
            "title": max((text for _, section, text in parts if section == "title"), key=len, default=""),
            "text": "\n".join(text for _, section, text in sorted(parts) if section != "title"),
        }
        for pmid, parts in snippets.items()
    ]
    queries = {row["id"]: row["question"] for row in _rows(archive, "bioasq/questions.jsonl") if row["id"] in relevant}
    about = "biomedical questions to PubMed records, each made of its distinct snippets"
    return RetrievalSet("bioasq", about, documents, queries, relevant)


def _medquad(archive: Path) -> RetrievalSet:
    pages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(archive, "medquad/medquad.jsonl"):
        pages[f"{row['collection']}/{row['document'] or row['url']}"].append(row)
    names = sorted(pages)
    random.Random(SEED).shuffle(names)
    kept: list[dict[str, Any]] = []
    for name in names:
        kept += pages[name] if len(kept) < MEDQUAD_ANSWERS else []
    documents = [{"id": row["id"], "title": row["focus"], "text": row["answer"]} for row in kept]
    queries = {row["id"]: row["question"] for row in kept}
    about = "known item: a health question to its own answer, among the answers of the same and of other pages"
    return RetrievalSet("medquad", about, documents, queries, {id_: frozenset({id_}) for id_ in queries})


READERS = {"scifact": _scifact, "bioasq": _bioasq, "medquad": _medquad}


def _rows(archive: Path, member: str) -> Iterator[dict[str, Any]]:
    for line in _text(archive, member).splitlines():
        yield json.loads(line)


def _pairs(archive: Path, member: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in _text(archive, member).splitlines():
        query, document, _ = line.split("\t")
        found[query].add(document)
    return {query: frozenset(documents) for query, documents in found.items()}


@cache
def _text(archive: Path, member: str) -> str:
    with tarfile.open(archive) as packed:
        stream = packed.extractfile(member)
        assert stream is not None
        return stream.read().decode("utf-8")
