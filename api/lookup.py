"""What a reader looks up beside asking: the chart's contents, the source of a citation, passages for some words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from chartcite.api.corpus_search import check_corpus, search_corpus
from chartcite.api.readable import lay_out
from chartcite.api.wire import (
    ChartBody,
    CorpusName,
    ExcerptBody,
    PatientBody,
    PatientList,
    SearchBody,
    SearchHit,
)
from chartcite.engine.ask import Engine
from chartcite.engine.domain.evidence import Evidence, Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact, Patient, PatientId
from chartcite.engine.ports import Embedder, RecordStore, Vector
from chartcite.engine.search import search

_SUGGESTIONS = 6


def list_patients(records: RecordStore) -> PatientList:
    """Return every patient of the store."""
    return PatientList(patients=tuple(_patient(patient) for patient in records.patients()))


def describe_chart(records: RecordStore, patient_id: PatientId, *, as_of: date | datetime | None = None) -> ChartBody:
    """Return a patient with what the chart holds.

    Raises:
        PatientNotFoundError: the store holds no such patient.
    """
    patient = records.patient(patient_id)
    scope = Scope(patient_id=patient_id, as_of=as_of)
    coverage = records.coverage(scope)
    return ChartBody(
        **_patient(patient).model_dump(),
        facts_by_category=coverage.facts_by_category,
        resource_types=coverage.resource_types,
        documents=coverage.documents,
        passages=coverage.passages,
        earliest=coverage.earliest,
        newest=coverage.newest,
        suggested_questions=suggest_questions(records, scope),
    )


def open_source(
    records: RecordStore, citation_id: str, *, patient_id: str | None, also: Sequence[tuple[int, int]] = ()
) -> ExcerptBody:
    """Open the source of a citation. `also`: further ranges of the stored text, to be found again in the laid-out one.

    Raises:
        CitationNotFoundError: not a citation of this store, or not of that patient.
    """
    excerpt = records.open_citation(citation_id, patient_id=PatientId(patient_id) if patient_id else None)
    citation = excerpt.citation
    return ExcerptBody(
        citation=citation,
        patient_id=excerpt.patient_id,
        text=excerpt.text,
        readable=lay_out(excerpt.text, (citation.start, citation.end), also=also),
        page=excerpt.page,
        rectangles=excerpt.rectangles,
    )


def find_passages(engine: Engine, words: str, *, corpus: str, patient_id: str | None = None, limit: int = 10) -> SearchBody:
    """Search the guidelines, another corpus, one chart, or each chart for itself (every hit says whose it is).

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InputError: the store holds no such corpus.
    """
    found: list[Evidence]
    if corpus == CorpusName.GUIDELINES:
        found = search(words, engine=engine, scope=None, limit=limit)
    elif corpus != CorpusName.PATIENTS:
        check_corpus(engine, corpus)
        [documents] = search_corpus(engine, [words], corpus=corpus, limit=limit)
        found = [Evidence(passage=one.passage, relevance=min(1.0, one.score)) for one in documents]
    elif patient_id is not None:
        patient = engine.records.patient(PatientId(patient_id))
        found = search(words, engine=engine, scope=Scope(patient_id=patient.id), limit=limit)
    else:
        once = engine._replace(embedder=_Remembering(engine.embedder))
        every = (
            evidence
            for patient in engine.records.patients()
            for evidence in search(words, engine=once, scope=Scope(patient_id=patient.id), limit=limit)
        )
        # Cosine compares between charts; fused ranks say only what is first in each.
        found = sorted(every, key=_place)[:limit]
    hits = tuple(_hit(engine.records, evidence, rank) for rank, evidence in enumerate(found, start=1))
    return SearchBody(corpus=corpus, words=words, hits=hits)


class _Remembering:
    """Embeds the same words once for a search through many charts."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimension = embedder.name, embedder.dimension
        self._embedder = embedder
        self._known: dict[tuple[str, ...], Vector] = {}

    def embed(self, texts: Sequence[str], /) -> Vector:
        key = tuple(texts)
        if key not in self._known:
            self._known[key] = self._embedder.embed(texts)
        return self._known[key]


def suggest_questions(records: RecordStore, scope: Scope) -> tuple[str, ...]:
    """Return questions that this chart invites: about what it holds most of, and one about what it may be silent on."""
    labs = _named(records.facts(scope, categories=[Category.LABORATORY]))
    medications = records.facts(scope, categories=[Category.MEDICATION])
    stopped = [fact for fact in medications if fact.status == "stopped" and fact.detail("status_reason")]
    suggestions = ["Which medications are active?"] if medications else []
    suggestions += [f"What was the latest {name}?" for name, _ in labs.most_common(1)]
    suggestions += [f"Why was {_short(stopped[-1].concept.text)} stopped?"] if stopped else []
    suggestions += [f"How has {name} changed over time?" for name, count in labs.most_common(2)[1:] if count > 2]
    conditions = _named(records.facts(scope, categories=[Category.CONDITION]))
    suggestions += ["Which problems are active?"] if conditions else []
    suggestions += ["Is there a penicillin allergy?"]
    return tuple(suggestions[:_SUGGESTIONS])


def _named(facts: Iterable[Fact]) -> Counter[str]:
    present = (fact for fact in facts if fact.assertion is AssertionStatus.PRESENT)
    return Counter(_short(fact.concept.text) for fact in present)


def _short(name: str) -> str:
    """The name without the specimen, method and form that catalogues put behind it."""
    cut = name.split(" [", maxsplit=1)[0].split(" (", maxsplit=1)[0].split(", ", maxsplit=1)[0]
    words = cut.split()
    dose = next((place for place, word in enumerate(words) if place and word[0].isdigit()), len(words))
    return " ".join(words[:dose])


def _patient(patient: Patient) -> PatientBody:
    return PatientBody(
        id=patient.id,
        name=patient.name,
        gender=patient.gender,
        birth_date=patient.birth_date.written if patient.birth_date else None,
        deceased=patient.deceased.written if patient.deceased else None,
    )


def _place(found: Evidence) -> tuple[bool, float, float, int]:
    """Return what hits of many charts are sorted by; what reads like an instruction to a computer comes last."""
    return bool(found.passage.commands), -found.similarity, -found.relevance, found.passage.id


def _hit(records: RecordStore, evidence: Evidence, rank: int) -> SearchHit:
    passage = evidence.passage
    citation = records.cite_span(passage, start=passage.start, end=passage.end)
    return SearchHit(
        rank=rank,
        patient_id=passage.patient_id,
        resource=passage.resource,
        title=passage.title,
        section=passage.section,
        text=passage.text,
        citation=citation.id,
        start=passage.start,
        end=passage.end,
        occurred_at=passage.occurred.written if passage.occurred else None,
        recorded_at=passage.recorded.written if passage.recorded else None,
        marks=citation.marks,
        repeats=max((one.repeats for one in passage.sentences if one.repeats), key=lambda each: each.notes, default=None),
    )
