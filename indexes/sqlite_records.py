"""`RecordStore` on SQLite: facts, documents, words (FTS5) and citations of one store, read inside a scope.

Each thread gets a read-only connection of its own; SQLite's WAL lets them read while one process writes.
"""

from __future__ import annotations

import hmac
import re
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

import orjson
from chartcite.engine.domain.evidence import Citation, Element, Excerpt, Mark, Passage, Rectangle, Scope, Sentence, Source
from chartcite.engine.domain.medication_rules import CITED, RuleBook
from chartcite.engine.domain.records import (
    Category,
    CodedConcept,
    Coding,
    Document,
    Fact,
    PageLayout,
    Patient,
    PatientId,
)
from chartcite.engine.errors import CitationNotFoundError, PatientNotFoundError, StoreMissingError, StoreVersionError
from chartcite.engine.facts.elements import locate, path_at
from chartcite.engine.facts.written import instant_text
from chartcite.engine.language.hostile import conceals, reads_like_instruction
from chartcite.engine.ports import FRONT_MATTER, GUIDELINES, ChartConcept, ChartCoverage, GuidelineText, Hit
from chartcite.indexes.copies import Telling, digest_in, first_told, tellings, unrepeated
from chartcite.indexes.moments import standing
from chartcite.indexes.schema import NOBODY, STORE_FORMAT

STORE_FILE = "chartcite.sqlite3"
MAC_LENGTH = 12
_SPARE = 100
_MOST_KEPT = 4_096
"""Passages, and facts, that are kept as they were read: most are asked for several times on the way to one answer."""
_MOST_ASKED = 64
"""Lists of facts and of passages that are kept as they were asked for: one answer asks for the same list several times."""
_REFUSALS = 'SELECT key, source_number, uri, "where", reason, raw FROM quarantine ORDER BY key'
_TOLD = (
    " AND (f.noted = 0 OR f.category = 'demographic' OR NOT EXISTS"
    " (SELECT 1 FROM facts t WHERE t.patient_id = f.patient_id AND t.category = f.category AND t.noted = 0))"
)
"""SQL that leaves out what was only found in notes where the chart has a table of the same kind."""
_SHARED = "SELECT digest FROM said WHERE digest IN (SELECT value FROM json_each(?)) GROUP BY digest HAVING count(*) > 1"
_FACT = "SELECT f.body, f.document_key, f.said FROM facts f JOIN resources r ON r.key = f.resource_key"
_PASSAGE = (
    'SELECT p.id, p.document_key, p.patient_id, p.start, p."end", p.section, p.sentences, d.path, d.header,'
    ' r.resource, substr(d.text, p.start + 1, p."end" - p.start), p.commands'
    " FROM passages p JOIN documents d ON d.key = p.document_key JOIN resources r ON r.key = p.resource_key"
)


T = TypeVar("T")


class Refusal(NamedTuple):
    """An entry of the quarantine."""

    number: int
    source: int
    uri: str
    where: str
    reason: str
    raw: str
    """What was refused, as far as it is kept."""


class SqliteRecords:
    """Reads one store folder."""

    def __init__(self, folder: Path, *, rules: Callable[[], RuleBook] = RuleBook) -> None:
        self._path = folder / STORE_FILE
        self.rules = rules
        if not self._path.is_file():
            raise StoreMissingError(f"there is no store in {folder}: run `chartcite ingest PATH... --store {folder}` first")
        self._local = threading.local()
        self._lock = threading.Lock()  # guards `_asked` and `_asked_of`
        self._asked: OrderedDict[Hashable, object] = OrderedDict()
        self._asked_of = ""
        """The state of the store of which `_asked` tells."""
        self._patients: tuple[str | None, list[Patient]] = (None, [])
        """Of one state of the store."""
        found = self._one("SELECT value FROM meta WHERE key = 'format'")
        if found is None or found[0] != STORE_FORMAT:
            raise StoreVersionError(f"the store in {folder} has another format: ingest into a new folder")

    @property
    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True, check_same_thread=False)
            connection.execute("PRAGMA query_only = 1")
            self._local.connection = connection
        return connection

    def _rows(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        return self._connection.execute(sql, parameters).fetchall()

    def _one(self, sql: str, parameters: Sequence[object] = ()) -> tuple[object, ...] | None:
        row: tuple[object, ...] | None = self._connection.execute(sql, parameters).fetchone()
        return row

    @cached_property
    def _secret(self) -> bytes:
        row = self._one("SELECT value FROM meta WHERE key = 'secret'")
        return bytes.fromhex(str(row[0])) if row else b""

    def patients(self) -> list[Patient]:
        """Return every patient, by id. Each question looks at all of them: they are read once for each state of the store."""
        revision = self._revision()
        known, patients = self._patients
        if known != revision:
            rows = self._rows("SELECT id, body FROM patients ORDER BY id")
            patients = [Patient.model_validate_json(str(body)) if body else Patient(id=PatientId(str(id_))) for id_, body in rows]
            self._patients = (revision, patients)
        return list(patients)

    def patient(self, patient_id: PatientId, /) -> Patient:
        """Return one patient.

        Raises:
            PatientNotFoundError: the store holds no such patient.
        """
        row = self._one("SELECT body FROM patients WHERE id = ?", (patient_id,))
        if row is None:
            raise PatientNotFoundError("no such patient in this store: `chartcite patients` lists them")
        return Patient.model_validate_json(str(row[0])) if row[0] else Patient(id=patient_id)

    def snapshot(self) -> str:
        """Return an id that changes whenever the content of the store does."""
        return self._revision()[:16] or "empty"

    def _revision(self) -> str:
        row = self._one("SELECT value FROM meta WHERE key = 'revision'")
        return str(row[0]) if row else ""

    def _once(self, key: Hashable, read: Callable[[], T], /) -> T:
        """Return what was read under a key in this state of the store, or read it."""
        revision = self._revision()
        with self._lock:
            if self._asked_of != revision:
                self._asked_of = revision
                self._asked.clear()
            if key in self._asked:
                self._asked.move_to_end(key)
                return cast("T", self._asked[key])
        found = read()
        with self._lock:
            if self._asked_of == revision:
                self._asked[key] = found
                if len(self._asked) > _MOST_ASKED:
                    self._asked.popitem(last=False)
        return found

    def coverage(self, scope: Scope, /) -> ChartCoverage:
        """Count what the scope holds."""
        return self._once(("coverage", scope), lambda: self._read_coverage(scope))

    def _read_coverage(self, scope: Scope) -> ChartCoverage:
        known, parameters = standing("f", scope)
        categories = self._rows(
            "SELECT category, count(*), min(at), max(iif(known_day IS NULL, NULL, at)) FROM facts f"
            " JOIN resources r ON r.key = f.resource_key"
            f" WHERE f.patient_id = ?{known}{_TOLD} GROUP BY category",
            (scope.patient_id, *parameters),
        )
        types = self._rows(
            f"SELECT resource_type, count(DISTINCT r.key) FROM resources r JOIN facts f ON f.resource_key = r.key"
            f" WHERE r.patient_id = ?{known} GROUP BY resource_type",
            (scope.patient_id, *parameters),
        )
        known, parameters = standing("p", scope)
        narrative = self._one(
            "SELECT count(DISTINCT document_key), count(*), max(known_day) FROM passages p"
            f" JOIN resources r ON r.key = p.resource_key WHERE p.patient_id = ?{known}",
            (scope.patient_id, *parameters),
        )
        documents, passages, newest_note = narrative or (0, 0, None)
        # The date of birth is not a record of care: it would make every chart begin there.
        dated = [row for row in categories if row[0] != Category.DEMOGRAPHIC]
        newest = [str(row[3])[:10] for row in dated if row[3]] + ([str(newest_note)] if newest_note else [])
        return ChartCoverage(
            facts_by_category={str(row[0]): int(str(row[1])) for row in categories},
            resource_types={str(row[0]): int(str(row[1])) for row in types},
            documents=int(str(documents)),
            passages=int(str(passages)),
            earliest=min((str(row[2])[:10] for row in dated if row[2]), default=None),
            newest=max(newest, default=None),
        )

    def concepts(self, scope: Scope, /) -> list[ChartConcept]:
        """Return each concept that a fact of the patient names (components too)."""
        return list(self._once(("concepts", scope), lambda: self._read_concepts(scope)))

    def _read_concepts(self, scope: Scope) -> list[ChartConcept]:
        known, parameters = standing("f", scope)
        rows = self._rows(
            "SELECT c.key, c.text, c.codings, group_concat(DISTINCT f.category) FROM fact_concepts fc"
            " JOIN concepts c ON c.key = fc.concept_key JOIN facts f ON f.key = fc.fact_key"
            f" JOIN resources r ON r.key = f.resource_key WHERE fc.patient_id = ?{known}{_TOLD} GROUP BY c.key ORDER BY c.key",
            (scope.patient_id, *parameters),
        )
        return [
            ChartConcept(int(str(key)), _concept(str(text), str(codings)), frozenset(map(Category, str(categories).split(","))))
            for key, text, codings, categories in rows
        ]

    def facts(
        self,
        scope: Scope,
        /,
        *,
        categories: Sequence[Category] = (),
        concept_keys: Sequence[int] | None = None,
        since: datetime | None = None,
    ) -> list[Fact]:
        """Return the facts of the scope, oldest first (undated last)."""
        kinds, keys = tuple(categories), None if concept_keys is None else tuple(concept_keys)
        return list(self._once((scope, kinds, keys, since), lambda: self._read_facts(scope, kinds, keys, since)))

    def _read_facts(
        self, scope: Scope, categories: Sequence[Category], concept_keys: Sequence[int] | None, since: datetime | None
    ) -> list[Fact]:
        known, parameters = standing("f", scope)
        where, arguments = f"f.patient_id = ?{known}", [scope.patient_id, *parameters]
        if categories:
            where += f" AND f.category IN ({_marks(categories)})"
            arguments += list(categories)
        if concept_keys is not None:
            where += (
                " AND f.key IN (SELECT fact_key FROM fact_concepts WHERE patient_id = ?"
                f" AND concept_key IN ({_marks(concept_keys)}))"
            )
            arguments += [scope.patient_id, *map(str, concept_keys)]
        if since is not None:
            where += " AND f.at >= ?"
            arguments.append(instant_text(since))
        rows = self._rows(f"{_FACT} WHERE {where}{_TOLD} ORDER BY at IS NULL, at, f.key", arguments)
        return [as_known(fact, scope) for fact in self._first_told(rows, scope)]

    def told(self, scope: Scope, /, *, category: Category, names: Sequence[str] = ()) -> list[Fact]:
        """Return the facts of a list that were found in notes, whatever tables there are; with names only those so called."""
        known, parameters = standing("f", scope)
        where, arguments = (
            f"f.patient_id = ?{known} AND f.noted = 1 AND f.category = ?",
            [scope.patient_id, *parameters, category],
        )
        if names:
            where += (
                " AND f.key IN (SELECT fc.fact_key FROM fact_concepts fc JOIN concepts c ON c.key = fc.concept_key"
                f" WHERE fc.patient_id = ? AND lower(c.text) IN ({_marks(names)}))"
            )
            arguments += [scope.patient_id, *(name.lower() for name in names)]
        rows = self._rows(f"{_FACT} WHERE {where} ORDER BY at IS NULL, at, f.key", arguments)
        return [as_known(fact, scope) for fact in self._first_told(rows, scope)]

    def _first_told(self, rows: Sequence[tuple[object, ...]], scope: Scope) -> Iterator[Fact]:
        """Yield facts, those of a copied sentence once: from the note that held it first."""
        told = tellings((int(str(row[2])) for row in rows if row[2] is not None), self._rows, scope)
        for row in rows:
            telling = None if row[2] is None else told.get(int(str(row[2])))
            if telling is None or telling.document == row[1]:
                fact = _fact(row)
                yield fact.model_copy(update={"repeats": telling.repeats}) if telling and telling.repeats else fact

    def facts_of(self, resource: str, /, *, scope: Scope) -> list[Fact]:
        """Return the facts that one resource `Type/id` of the scope gave."""
        known, parameters = standing("f", scope)
        # The unary plus keeps the planner from walking all facts of the patient.
        rows = self._rows(
            f"{_FACT} WHERE +f.patient_id = ? AND r.patient_id = ? AND r.resource = ?{known} ORDER BY f.key",
            (scope.patient_id, scope.patient_id, resource, *parameters),
        )
        return [as_known(_fact(row), scope) for row in rows]

    def search_words(self, words: Sequence[Sequence[str]], /, *, scope: Scope, limit: int) -> list[Hit]:
        """Return passages inside the scope by BM25, best first."""
        number = self._one("SELECT number FROM patients WHERE id = ?", (scope.patient_id,))
        if number is None:
            return []
        known, parameters = standing("p", scope)
        return self._bm25(f"p{number[0]}", words, f"p.patient_id = ?{known}", [scope.patient_id, *parameters], limit)

    def search_guideline_words(self, words: Sequence[Sequence[str]], /, *, limit: int, corpus: str = GUIDELINES) -> list[Hit]:
        """Return passages of one guideline or literature corpus by BM25, best first."""
        number = self._one("SELECT number FROM corpora WHERE name = ?", (corpus,))
        if number is None:
            return []
        return self._bm25(f"c{number[0]}", words, "r.corpus = ? AND r.current = 1", [corpus], limit, spare=_SPARE)

    def corpora(self) -> list[str]:
        """Return the names of the guideline and literature corpora that the store holds."""
        return [str(row[0]) for row in self._rows("SELECT name FROM corpora ORDER BY name")]

    def guideline_texts(self, *, corpus: str = GUIDELINES) -> list[GuidelineText]:
        """Return every recommendation of a corpus, in the order in which they were stored."""
        held = "r.patient_id = ? AND r.corpus = ? AND r.current = 1"
        documents = "SELECT r.resource, d.path, d.text FROM documents d JOIN resources r ON r.key = d.resource_key"
        rows = self._rows(f"{documents} WHERE {held}", (NOBODY, corpus))
        texts = {(str(resource), str(path)): str(text) for resource, path, text in rows}
        passages = map(_passage, self._rows(f"{_PASSAGE} WHERE {held} ORDER BY p.id", (NOBODY, corpus)))
        return [
            GuidelineText(one, texts[one.resource, one.path], texts.get((one.resource, FRONT_MATTER), "")) for one in passages
        ]

    def _bm25(
        self,
        owner: str,
        words: Sequence[Sequence[str]],
        where: str,
        parameters: Sequence[object],
        limit: int,
        *,
        spare: int = 0,
    ) -> list[Hit]:
        """Search the words of one owner. `spare`: how many more are ranked first, where nearly all of them are current."""
        terms = " OR ".join(_quoted(term) for group in words for term in group if any(map(str.isalnum, term)))
        if not terms:
            return []
        matched = f"patient : {owner} AND body : ({terms})"
        found = "SELECT rowid, bm25(words, 0.0, 1.0) AS score FROM words WHERE words MATCH ?"
        kept = f"JOIN passages p ON p.id = w.rowid JOIN resources r ON r.key = p.resource_key WHERE {where}"
        rows: list[tuple[object, ...]] = []
        if spare:
            first = f"{found} ORDER BY score LIMIT {limit + spare}"
            rows = self._rows(
                f"SELECT w.rowid, score FROM ({first}) w {kept} ORDER BY score LIMIT ?", (matched, *parameters, limit)
            )
        if len(rows) < limit:
            rows = self._rows(
                f"SELECT w.rowid, score FROM ({found}) w {kept} ORDER BY score LIMIT ?", (matched, *parameters, limit)
            )
        # SQLite's bm25() is smaller when better.
        return [Hit(int(str(id_)), -float(str(score))) for id_, score in rows]

    def passages(self, ids: Sequence[int], /, *, scope: Scope | None) -> list[Passage]:
        """Return passages in the order of `ids`; those outside the scope are left out."""
        owner = NOBODY if scope is None else scope.patient_id
        known, parameters = (" AND r.current = 1", ()) if scope is None else standing("p", scope)
        rows = self._rows(f"{_PASSAGE} WHERE p.id IN ({_marks(ids)}) AND p.patient_id = ?{known}", (*ids, owner, *parameters))
        found = {passage.id: passage for passage in map(_passage, rows)}
        return [found[id_] for id_ in ids if id_ in found]

    def uncopied(self, passages: Sequence[Passage], /, *, scope: Scope) -> list[list[Passage]]:
        """Return for each passage what stands in its place once every copied sentence counts at its first note only."""
        copied = self._sharing(passages)
        instead = dict(zip((each.id for each in copied), self._firsts(copied, scope), strict=True))
        return [instead.get(passage.id, [passage]) for passage in passages]

    def _sharing(self, passages: Sequence[Passage]) -> list[Passage]:
        """Return those that hold a sentence which another passage of their patient holds too: the others stand as they are."""
        said = [[digest_in(passage, sentence) for sentence in passage.sentences] for passage in passages]
        wanted = list({digest for digests in said for digest in digests if digest is not None})
        rows = self._rows(_SHARED, (orjson.dumps(wanted).decode(),))
        shared = {int(str(digest)) for (digest,) in rows}
        return [passage for passage, digests in zip(passages, said, strict=True) if not shared.isdisjoint(digests)]

    def _firsts(self, passages: Sequence[Passage], scope: Scope) -> list[list[Passage]]:
        told = self._tellings(passages, scope)
        earlier = [first_told(passage, told) for passage in passages]
        found = self.passages(list(dict.fromkeys(id_ for each in earlier for id_ in each)), scope=scope)
        told |= self._tellings(found, scope)
        firsts = {passage.id: unrepeated(passage, told) for passage in found}
        return [
            [one for one in (unrepeated(passage, told), *(firsts.get(id_) for id_ in each)) if one is not None]
            for passage, each in zip(passages, earlier, strict=True)
        ]

    def _tellings(self, passages: Sequence[Passage], scope: Scope) -> dict[int, Telling]:
        digests = (digest_in(passage, sentence) for passage in passages for sentence in passage.sentences)
        return tellings((digest for digest in digests if digest is not None), self._rows, scope)

    def all_passages(self, scope: Scope, /) -> Iterator[Passage]:
        """Yield every passage of the scope, newest document first."""
        yield from self._once(("passages", scope), lambda: self._read_passages(scope))

    def _read_passages(self, scope: Scope) -> list[Passage]:
        known, parameters = standing("p", scope)
        sql = f"{_PASSAGE} WHERE p.patient_id = ?{known} ORDER BY p.known_at DESC, p.document_key, p.start"
        return list(map(_passage, self._rows(sql, (scope.patient_id, *parameters))))

    def cite_span(self, passage: Passage, /, *, start: int, end: int) -> Citation:
        """Cut a citation out of a passage's document by character range."""
        source = Source(
            resource=passage.resource,
            path=passage.path,
            title=passage.title,
            occurred_at=passage.occurred.written if passage.occurred else None,
            recorded_at=passage.recorded.written if passage.recorded else None,
            author=passage.author or None,
        )
        quote = passage.text[start - passage.start : end - passage.start]
        return Citation(
            id=self._citation_id(passage.document_key, start, end),
            source=source,
            quote=quote,
            start=start,
            end=end,
            marks=_marks_in_passage(passage, quote, start, end),
            repeats=next((one.repeats for one in passage.sentences if (one.start, one.end) == (start, end)), None),
        )

    def cite_fact(self, fact: Fact, /, *, path: str = "", element_paths: Sequence[str] = ()) -> Citation:
        """Cut a citation to an element of the fact's resource (by default its value, else its words)."""
        which = "d.key = ?" if fact.document_key else "r.current = 1 AND d.path = ?"
        row = self._one(
            "SELECT d.key, d.text FROM documents d JOIN resources r ON r.key = d.resource_key"
            f" WHERE r.patient_id = ? AND r.resource = ? AND {which}",
            (fact.patient_id, fact.resource, fact.document_key or fact.document_path),
        )
        if row is None:
            raise CitationNotFoundError(f"{fact.resource.partition('/')[0]} of a fact is no longer in the store: ask again")
        key, text = int(str(row[0])), str(row[1])
        wanted = path or (fact.value.path if fact.value else fact.concept_path)
        span = locate(text, wanted)
        if span is None or span[0] == span[1]:
            raise CitationNotFoundError(f"element {wanted} is not in the stored {fact.resource.partition('/')[0]}")
        elements = [(name, locate(text, name)) for name in dict.fromkeys(element_paths) if name and name != wanted]
        return Citation(
            id=self._citation_id(key, *span),
            source=Source(
                resource=fact.resource,
                path=wanted,
                title=fact.concept.text,
                occurred_at=fact.occurred.written if fact.occurred else None,
                recorded_at=fact.recorded.written if fact.recorded else None,
                author=fact.author or None,
            ),
            quote=text[span[0] : span[1]],
            start=span[0],
            end=span[1],
            elements=tuple(
                Element(path=name, quote=text[found[0] : found[1]], start=found[0], end=found[1])
                for name, found in elements
                if found
            ),
            marks=_marks_of(
                [text[slice(*span)], *(text[slice(*found)] for _, found in elements if found)],
                around=text[max(0, span[0] - _NEAR) : span[1] + _NEAR] if fact.span else "",
                names=(fact.concept.text, fact.author),
            ),
            repeats=fact.repeats,
        )

    def cite_named(self, resource: str, /) -> Citation | None:
        """Cut a citation to the name of a practitioner, an organisation or a place that is in no patient's chart."""
        row = self._one(
            "SELECT d.key, d.text FROM documents d JOIN resources r ON r.key = d.resource_key"
            " WHERE r.patient_id = ? AND r.resource = ? AND r.current = 1 AND d.path = ''",
            (NOBODY, resource),
        )
        paths = _NAME_PATHS.get(resource.partition("/")[0])
        if row is None or paths is None:
            return None
        key, text = int(str(row[0])), str(row[1])
        found = [(path, span) for path in paths if (span := locate(text, path)) is not None and text[span[0]] not in "[{"]
        if not found:
            return None
        (main, span), *others = found
        title = " ".join(text[slice(*part)] for _, part in sorted(found, key=lambda each: _SAID_FIRST.index(each[0])))
        return Citation(
            id=self._citation_id(key, *span),
            source=Source(resource=resource, path=main, title=title),
            quote=text[slice(*span)],
            start=span[0],
            end=span[1],
            elements=tuple(Element(path=path, quote=text[slice(*part)], start=part[0], end=part[1]) for path, part in others),
            marks=_marks_of([text[slice(*part)] for _, part in found], names=(title,)),
        )

    def open_citation(self, citation_id: str, /, *, patient_id: PatientId | None = None) -> Excerpt:
        """Open the source of a citation.

        Raises:
            CitationNotFoundError: not a citation of this store (or not of that patient).
        """
        if citation_id.startswith(CITED):
            return self.rules().open(citation_id)
        missing = CitationNotFoundError("no such citation in this store: ids come with an answer of the same store")
        try:
            key, start, end = (int(part, 36) for part in citation_id.split("-")[:3])
        except ValueError:
            raise missing from None
        if not citation_id.isascii() or not hmac.compare_digest(citation_id, self._citation_id(key, start, end)):
            raise missing
        row = self._one(
            "SELECT d.patient_id, d.path, d.header, d.text, r.resource, d.layout FROM documents d"
            " JOIN resources r ON r.key = d.resource_key WHERE d.key = ?",
            (key,),
        )
        if row is None or (patient_id is not None and row[0] not in {patient_id, NOBODY}):
            raise missing
        document = Document.model_validate_json(str(row[2])).model_copy(update={"text": str(row[3])})
        source = Source(
            resource=str(row[4]),
            path=document.path or (path_at(document.text, start) if row[0] != NOBODY else ""),
            title=document.title,
            occurred_at=document.occurred.written if document.occurred else None,
            recorded_at=document.recorded.written if document.recorded else None,
            author=document.author or None,
        )
        quote = document.text[start:end]
        marks = _marks_of([quote], names=(document.title, document.author))
        citation = Citation(id=citation_id, source=source, quote=quote, start=start, end=end, marks=marks)
        rectangles = tuple(_rectangles(str(row[5]), start, end)) if row[5] else ()
        page = rectangles[0].page if rectangles else None
        return Excerpt(citation=citation, patient_id=document.patient_id, text=document.text, page=page, rectangles=rectangles)

    def _citation_id(self, key: int, start: int, end: int) -> str:
        locator = "-".join(_base36(number) for number in (key, start, end))
        return f"{locator}-{hmac.digest(self._secret, locator.encode(), 'sha256').hex()[:MAC_LENGTH]}"

    def refusals(self) -> list[Refusal]:
        """Return all that was refused, in the order in which it came."""
        return [Refusal(*row) for row in self._connection.execute(_REFUSALS)]

    def quarantined(self) -> list[tuple[str, str, str]]:
        """Return (file, where in it, reason) of all that was refused."""
        rows = self._rows('SELECT uri, "where", reason FROM quarantine ORDER BY key')
        return [(str(uri), str(where), str(reason)) for uri, where, reason in rows]


@lru_cache(maxsize=_MOST_KEPT)
def _fact(row: tuple[object, ...]) -> Fact:
    fact = Fact.model_validate_json(str(row[0]))
    return fact.model_copy(update={"document_key": row[1]})


def _rectangles(layout: str, start: int, end: int) -> Iterator[Rectangle]:
    """Yield the lines on the pages that a range of characters touches."""
    for page in (PageLayout.model_validate(one) for one in orjson.loads(layout)):
        for first, last, left, bottom, right, top in page.boxes if page.start < end and start < page.end else ():
            if first < end and start < last:
                yield Rectangle(page=page.number, left=left, bottom=bottom, right=right, top=top)


def as_known(fact: Fact, scope: Scope) -> Fact:
    """Return a fact without what the chart could not know at the scope's moment: a later end, and the status it brought."""
    if fact.ended is None or scope.admits(fact.ended):
        return fact
    details = tuple(detail for detail in fact.details if detail.name != "status_reason")
    ended_since = fact.status in {"stopped", "completed", "resolved", "inactive", "remission", "finished", "revoked"}
    changes: dict[str, object] = {"ended": None, "ended_path": "", "details": details}
    if ended_since:
        changes |= {"status": "active", "status_path": ""}
    return fact.model_copy(update=changes)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', " ") + '"'


def _base36(number: int) -> str:
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    shown = ""
    while True:
        number, rest = divmod(number, 36)
        shown = digits[rest] + shown
        if not number:
            return shown


def _concept(text: str, codings: str) -> CodedConcept:
    return CodedConcept(
        text=text,
        codings=tuple(Coding(system=system, code=code, display=display) for system, code, display in orjson.loads(codings)),
    )


_NEAR = 300
"""Characters of a note before and after what a fact was found in, as many as a passage has about it."""
_SAID_FIRST = (
    "name",
    "name[0].text",
    "name[0].prefix[0]",
    "name[0].given[0]",
    "name[0].given[1]",
    "name[0].family",
    "name[0].suffix[0]",
)
"""Elements of a name, in the order in which they are said."""
_NAME_PATHS = {
    "Practitioner": ("name[0].family", *(path for path in _SAID_FIRST[1:] if path != "name[0].family")),
    "Organization": ("name",),
    "Location": ("name",),
}
"""By type of resource: where its name stands, what is quoted first."""


def _marks_of(texts: Sequence[str], *, around: str = "", names: Sequence[str] = ()) -> tuple[Mark, ...]:
    """Return what a reader of quoted texts is warned of.

    Args:
        texts: what is quoted; of JSON with its escapes.
        around: the note around it.
        names: title and author, shown beside it.
    """
    hidden = [Mark.HIDDEN_CHARACTERS] if any(map(conceals, texts)) else []
    if any(map(reads_like_instruction, (*texts, *(_unescaped(text) for text in texts if "\\" in text), *names))):
        return (*hidden, Mark.INSTRUCTION_LIKE)
    return (*hidden, Mark.NEAR_INSTRUCTION) if around and reads_like_instruction(around) else tuple(hidden)


def _unescaped(text: str) -> str:
    """Return what a piece of JSON says, its escapes read."""
    return _JSON_ESCAPE.sub(lambda found: _JSON_ESCAPES.get(found[1][0]) or chr(int(str(found[1])[1:], 16)), text)


_JSON_ESCAPE = re.compile(r'\\(u[0-9a-fA-F]{4}|["\\/bfnrt])')
_JSON_ESCAPES: dict[str, str] = {'"': '"', "\\": "\\", "/": "/", "b": " ", "f": " ", "n": "\n", "r": "\n", "t": " "}


def _marks_in_passage(passage: Passage, quote: str, start: int, end: int) -> tuple[Mark, ...]:
    """Return what a reader of a quote out of a passage is warned of, by the sentences that were told apart when it was stored."""
    hidden = [Mark.HIDDEN_CHARACTERS] if conceals(quote) else []
    if any(map(reads_like_instruction, (passage.title, passage.section, passage.author))):
        return (*hidden, Mark.INSTRUCTION_LIKE)
    if not passage.commands:
        return tuple(hidden)
    inside = any(one.start < end and start < one.end for one in passage.commands)
    return (*hidden, Mark.INSTRUCTION_LIKE if inside else Mark.NEAR_INSTRUCTION)


@lru_cache(maxsize=_MOST_KEPT)
def _passage(row: tuple[object, ...]) -> Passage:
    id_, document_key, patient_id, start, end, section, sentences, path, header, resource, text, commands = row
    document = Document.model_validate_json(str(header))
    spans = [Sentence(start=first, end=last) for first, last in orjson.loads(str(sentences))]
    commanding = frozenset(orjson.loads(str(commands))) if commands else frozenset()
    return Passage(
        id=int(str(id_)),
        document_key=int(str(document_key)),
        patient_id=PatientId(str(patient_id)) if patient_id else None,
        resource=str(resource),
        path=str(path),
        title=document.title,
        section=str(section),
        start=int(str(start)),
        end=int(str(end)),
        text=str(text),
        sentences=tuple(one for place, one in enumerate(spans) if place not in commanding),
        commands=tuple(one for place, one in enumerate(spans) if place in commanding),
        occurred=document.occurred,
        recorded=document.recorded,
        author=document.author,
        kind=document.kind,
    )
