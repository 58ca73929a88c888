"""The seams, on one page: what the engine needs from storage and models.

Conventions, written once: what a method is about is positional-only, how to do it is keyword-only. Scores: higher is better.
Vectors are float32, unit length, `(d,)` or `(n, d)`. `Scope` is applied before ranking, in the index.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

from chartcite.engine.domain.evidence import Citation, Excerpt, Passage, Scope
from chartcite.engine.domain.medication_rules import RuleBook
from chartcite.engine.domain.receipts import ReceiptLine, StoredReceipt
from chartcite.engine.domain.records import Category, CodedConcept, Document, Fact, PartialDate, Patient, PatientId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vector: TypeAlias = "NDArray[np.float32]"

GUIDELINES = "guidelines"
"""Name of the guideline corpus that questions without a patient are answered from."""
FRONT_MATTER = "front_matter"
"""Path of the document that holds what heads a guideline's file, beside each of its recommendations."""


class Hit(NamedTuple):
    """A passage found, with a score that orders within one search only."""

    passage_id: int
    score: float


class ChartConcept(NamedTuple):
    """A concept as some fact of a chart names it. `key` is the same for the same words and codes in the whole store."""

    key: int
    concept: CodedConcept
    categories: frozenset[Category] = frozenset()
    """What the facts that name it are about."""


class ChartCoverage(NamedTuple):
    """What a chart holds inside a scope: the basis of a search certificate."""

    facts_by_category: dict[str, int]
    resource_types: dict[str, int]
    documents: int
    passages: int
    earliest: str | None
    newest: str | None


class GuidelineText(NamedTuple):
    """A recommendation as it is stored: its passage, its whole section, and what heads its file."""

    passage: Passage
    text: str
    """The section of its file, with the conditions for machines, if it has any."""
    front_matter: str
    """YAML of its file; empty: it was stored by an older version, or its source has none."""


class IngestCounts(NamedTuple):
    """What happened to the resources of one source."""

    read: int = 0
    stored: int = 0
    unchanged: int = 0
    superseded: int = 0
    """A version that was current made way for this one, and stays readable for questions as of an earlier moment."""
    deleted: int = 0
    quarantined: int = 0


class Embedder(Protocol):
    """Turns words into vectors."""

    @property
    def name(self) -> str:
        """Model id with the hash of its weights; vectors of different names never meet."""

    @property
    def dimension(self) -> int:
        """Length `d` of a vector."""

    def embed(self, texts: Sequence[str], /) -> Vector:
        """Return (n, d) float32 rows of unit length, in the order of `texts`."""


class InPlace(NamedTuple):
    """A sentence of a note with what stands before it."""

    text: str
    before: str
    """The sentence before it; empty: it is the first of its passage."""
    section: str
    """The heading that it stands under; may be empty."""


class Reader(Protocol):
    """Reads a question and sentences together."""

    @property
    def name(self) -> str:
        """Model id with the hash of its weights."""

    def read(self, question: str, sentences: Sequence[InPlace], /) -> list[float]:
        """Return for each sentence the log-odds, as the model sees them, that it answers the question."""


class VectorIndex(Protocol):
    """Nearest passages, exact inside the scope."""

    def search(self, vector: Vector, /, *, scope: Scope, limit: int) -> list[Hit]:
        """Return at most `limit` hits by cosine, best first, from passages inside `scope` only."""

    def search_guidelines(self, vector: Vector, /, *, limit: int, corpus: str = GUIDELINES) -> list[Hit]:
        """Return at most `limit` hits by cosine, best first, from one guideline or literature corpus only."""

    def guideline_vectors(self, passage_ids: Sequence[int], /, *, corpus: str = GUIDELINES) -> Vector:
        """Return (n, d) float32 rows of passages of one corpus, in the order of their ids; one that has no vector is left out."""


class RecordStore(Protocol):
    """Facts, documents and words of one store, read inside a scope. No method reads across patients but `patients`."""

    def patients(self) -> list[Patient]:
        """Return every patient, by id."""

    def patient(self, patient_id: PatientId, /) -> Patient:
        """Return one patient.

        Raises:
            PatientNotFoundError: the store holds no such patient.
        """

    def snapshot(self) -> str:
        """Return an id that changes whenever the content of the store does."""

    def coverage(self, scope: Scope, /) -> ChartCoverage:
        """Count what the scope holds."""

    def concepts(self, scope: Scope, /) -> list[ChartConcept]:
        """Return each concept that a fact of the patient names (components too)."""

    def facts(
        self,
        scope: Scope,
        /,
        *,
        categories: Sequence[Category] = (),
        concept_keys: Sequence[int] | None = None,
        since: datetime | None = None,
    ) -> list[Fact]:
        """Return the facts of the scope, oldest first (undated last), optionally of some categories and concepts only.

        `since`: only what happened at this instant or later.
        """

    def told(self, scope: Scope, /, *, category: Category, names: Sequence[str] = ()) -> list[Fact]:
        """Return the facts of a list that were found in notes, oldest first, whatever tables there are.

        Args:
            scope: whose chart, as it stood when.
            category: the list.
            names: only what the notes call so, upper or lower case; empty: everything.
        """

    def facts_of(self, resource: str, /, *, scope: Scope) -> list[Fact]:
        """Return the facts that one resource `Type/id` of the scope gave."""

    def search_words(self, words: Sequence[Sequence[str]], /, *, scope: Scope, limit: int) -> list[Hit]:
        """Return passages inside the scope by BM25, best first. `words`: groups of alternatives (words or phrases)."""

    def search_guideline_words(self, words: Sequence[Sequence[str]], /, *, limit: int, corpus: str = GUIDELINES) -> list[Hit]:
        """Return passages of one guideline or literature corpus by BM25, best first."""

    def corpora(self) -> list[str]:
        """Return the names of the guideline and literature corpora that the store holds."""

    def guideline_texts(self, *, corpus: str = GUIDELINES) -> list[GuidelineText]:
        """Return every recommendation of a corpus, in the order in which they were stored."""

    def rules(self) -> RuleBook:
        """Return the rules of medication safety that hold for this store. `open_citation` opens what cites them."""

    def passages(self, ids: Sequence[int], /, *, scope: Scope | None) -> list[Passage]:
        """Return passages in the order of `ids`; those outside the scope (`None`: the guidelines) are left out."""

    def uncopied(self, passages: Sequence[Passage], /, *, scope: Scope) -> list[list[Passage]]:
        """Return for each passage what stands in its place once every copied sentence counts at its first note only.

        The passage itself without the sentences that an earlier note of the scope holds, where others are left; then the
        passages that held them first. Their sentences say how many later notes repeat them.
        """

    def all_passages(self, scope: Scope, /) -> Iterator[Passage]:
        """Yield every passage of the scope, newest document first."""

    def cite_span(self, passage: Passage, /, *, start: int, end: int) -> Citation:
        """Cut a citation out of a passage's document by character range."""

    def cite_fact(self, fact: Fact, /, *, path: str = "", element_paths: Sequence[str] = ()) -> Citation:
        """Cut a citation to an element of the fact's resource (by default its value, else its words), with further elements."""

    def cite_named(self, resource: str, /) -> Citation | None:
        """Cut a citation to the name of a practitioner, an organisation or a place, whose title is that name.

        `None`: the store holds no such resource `Type/id`, or it stands in a patient's chart.
        """

    def open_citation(self, citation_id: str, /, *, patient_id: PatientId | None = None) -> Excerpt:
        """Open the source of a citation. With `patient_id`: only if it is that patient's, or nobody's (a guideline).

        Raises:
            CitationNotFoundError: not a citation of this store (or not of that patient).
        """


class Message(NamedTuple):
    """A turn of what a language model is told."""

    role: Literal["system", "user", "assistant"]
    content: str


class WritingTask(NamedTuple):
    """What a language model is asked to write: one JSON document of a given form."""

    messages: tuple[Message, ...]
    form: Mapping[str, object]
    """JSON Schema that the document must have; given to the server for guided decoding, and checked again by the engine."""
    form_name: str
    """Short name of the form, letters and underscores."""
    most_tokens: int
    """Length of the document at most."""
    seconds: float
    """Until the whole document must be there."""
    seed: int = 0
    temperature: float = 0.0
    """0: the likeliest words."""
    salt: str = ""
    """Keeps the server's cache of prefixes apart by tenant and patient; empty: nothing of a chart is in it."""


class GeneratorIdentity(NamedTuple):
    """Which model writes, as a receipt keeps it."""

    model: str
    """Name by which it is served."""
    digest: str = ""
    """Hash or revision of its weights, where the server tells; empty: it does not."""
    server: str = ""
    """Kind and version of the server, where it tells."""


class Generator(Protocol):
    """Writes JSON documents by a language model on a server. The only port that waits for a network, hence asynchronous."""

    async def identity(self) -> GeneratorIdentity:
        """Say which model writes.

        Raises:
            GeneratorError: the server does not say.
        """

    def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        """Yield the document piece by piece, as it comes. Closing the iterator cancels the work on the server.

        Raises:
            GeneratorError: unavailable, busy, late or garbled; nothing further comes. What came before is no whole document.
        """


class ReceiptShelf(Protocol):
    """Keeps receipts of answers. Each is of one patient, or of the guidelines (`None`), and opened inside that scope only."""

    def save(self, receipt: StoredReceipt, /) -> bool:
        """Keep a receipt, in place of one of the same id. `False`: a patient was erased since it was asked; it is not kept.

        Raises:
            StoreError: it cannot be written.
        """

    def get(self, receipt_id: str, /, *, patient_id: PatientId | None) -> StoredReceipt:
        """Open a receipt.

        Raises:
            ReceiptNotFoundError: none of this id in this scope.
            StoreError: it cannot be read.
        """

    def of_patient(self, patient_id: PatientId | None, /, *, limit: int) -> list[ReceiptLine]:
        """Return the receipts of one scope, newest first.

        Raises:
            StoreError: they cannot be read.
        """

    def erase(self, patient_id: PatientId, /, *, words: Sequence[str] = ()) -> int:
        """Take out every receipt of a patient, and every other that holds one of these words; return how many.

        Raises:
            StoreBusyError: a reader holds an old state.
            StoreError: they cannot be read.
        """


class ChartWriter(Protocol):
    """The writing side of a store, used by ingestion only. One writer at a time; a transaction per source document."""

    def seen(self, key: str, /) -> bool:
        """Say whether a source with this key was stored completely, and its bytes are whole."""

    def begin(self, source: SourceOrigin, /) -> None:
        """Start the transaction of one source."""

    def keep(self, blocks: Iterator[bytes], /) -> None:
        """Keep the original bytes of the source, piece by piece."""

    def put_resource(self, prepared: PreparedResource | WrittenResource, /) -> str:
        """Store one resource with its facts and passages; return `stored`, `unchanged` or `superseded`.

        A version older than the stored one (by `updated`) goes behind it, into history, and changes nothing current.
        """

    def delete_resource(self, resource: str, /) -> str:
        """Take `Type/id` out of the current record; return `deleted`, or `unchanged` where it was not there.

        It stays readable for questions as of an earlier moment.
        """

    def quarantine(self, *, uri: str, where: str, reason: str, raw: str) -> None:
        """Keep what was refused, with its reason."""

    def describe_corpus(self, about: CorpusAbout, /) -> None:
        """Keep what a corpus says of itself, where the store holds one of that name."""

    def commit(self) -> None:
        """Make the source's transaction durable."""

    def rollback(self) -> None:
        """Forget the source's transaction."""

    def passages_to_embed(self, model: str, /) -> list[tuple[str, str]]:
        """Return (sha256, text) of passage texts that have no vector of this model yet."""

    def put_vectors(self, model: str, rows: Sequence[tuple[str, Vector]], /) -> None:
        """Store vectors by sha256 of their text, durable on return."""

    def publish_vectors(self, model: str, /) -> str:
        """Write a new generation of the vector index from the stored vectors, if the passages changed; return its id."""


class SourceOrigin(NamedTuple):
    """Where bytes came from, and what was said of them: enough to read them again."""

    key: str
    """Hash of the bytes and of what was given with them: the same source is stored once."""
    uri: str
    sha256: str
    size: int
    given: str = ""
    """What the caller said of the document, as JSON; empty: nothing."""
    folder: str = ""
    """Uri of the folder or archive that it came with; empty: it came alone."""
    stored_at: str = ""
    """Instant of its first ingestion; empty: now."""


class CorpusAbout(NamedTuple):
    """What a guideline or literature corpus says of itself."""

    name: str
    version: str = ""
    licence: str = ""
    title: str = ""
    manifest: str = ""
    """The whole manifest."""


class PreparedPassage(NamedTuple):
    """A passage before it has a row: character range and sentences in its document."""

    document: int
    """Position in `PreparedResource.documents`."""
    start: int
    end: int
    section: str
    sentences: tuple[tuple[int, int], ...]
    embed_text: str
    """What is embedded: title and section in front of the words."""


class PreparedResource(NamedTuple):
    """A parsed resource, ready to be stored. `documents[0]` is its own JSON, exactly as it stood in the source."""

    resource: str
    resource_type: str
    patient_id: PatientId | None
    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    passages: tuple[PreparedPassage, ...]
    patient: Patient | None = None
    corpus: str = ""
    """Name of the guideline or literature corpus that it belongs to; empty: it is of a chart."""
    version: str = ""
    """Version as the source names it."""
    updated: PartialDate | None = None
    """When this version was made, where the source says."""

    @property
    def text(self) -> str:
        """Its own words, as they stood in the source."""
        return self.documents[0].text


class Moment(NamedTuple):
    """When something came to stand, or ceased to: an instant as `written.instant_text` writes it, and a calendar day."""

    at: str
    day: str


class WrittenDocument(NamedTuple):
    """A row of a document: `header` and `layout` are JSON."""

    path: str
    header: str
    text: str
    layout: str | None
    day: str | None
    at: str | None


class WrittenFact(NamedTuple):
    """A row of a fact: `body` is JSON."""

    category: str
    at: str | None
    known_day: str | None
    known_at: str | None
    body: str
    noted: int
    """1: it was found in a note."""
    document_path: str
    concepts: tuple[tuple[str, str], ...]
    """Words and codings (JSON) of each."""


class WrittenResource(NamedTuple):
    """A resource of a chart without narrative, as rows: all that a store keeps of it but the numbers that the store gives."""

    resource: str
    patient_id: PatientId | None
    version: str
    updated: Moment | None
    recorded: Moment | None
    digest: str
    """Hash of its text."""
    said: str
    """Hash of its facts."""
    document: WrittenDocument
    facts: tuple[WrittenFact, ...]

    @property
    def resource_type(self) -> str:
        """FHIR type."""
        return self.resource.partition("/")[0]

    @property
    def text(self) -> str:
        """Its own words, as they stood in the source."""
        return self.document.text
