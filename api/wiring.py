"""COMPOSITION ROOT: the only module that names concrete indexes and models."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import chartcite.ingestion
from chartcite.api.loading import loading
from chartcite.api.settings import Settings
from chartcite.engine.ask import Engine
from chartcite.engine.confidence.confidence import policy_for
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.medication_rules import RuleSet
from chartcite.engine.domain.records import PatientId
from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.errors import ChartciteError
from chartcite.engine.keeping import Keeper, MadeWith
from chartcite.engine.language.extended_lexicon import ReleaseConcept, Reviewed, widen
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.models.sentence_embedder import DEFAULT_MODEL, SentenceEmbedder, default_weights
from chartcite.engine.models.sentence_reader import SentenceReader
from chartcite.engine.ports import Embedder, Generator, GeneratorIdentity, InPlace, Reader
from chartcite.indexes.erasure import Erased, contents_of, erase, prove, words_of
from chartcite.indexes.faiss_index import current_generation
from chartcite.indexes.kept import KeptSource, kept_sources, open_kept
from chartcite.indexes.rebuilding import Rebuilding
from chartcite.indexes.receipt_store import SqliteReceipts
from chartcite.indexes.rule_store import LoadedRuleSet, RuleShelf, loaded_rule_sets, remove_rule_set, save_rule_set
from chartcite.indexes.schema import WITHDRAWN
from chartcite.indexes.sqlite_records import STORE_FILE, Refusal, SqliteRecords
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.indexes.terminology_store import (
    LoadedRelease,
    TerminologyDraft,
    climb,
    loaded_releases,
    remove_release,
    used_codes,
)
from chartcite.indexes.verification import Check, verify
from chartcite.ingestion.sources.medication_rules import RuleTable, load_rule_set, read_rule_table
from chartcite.ingestion.sources.plain_language import load_glossary
from chartcite.ingestion.sources.terminology import load_lexicon, load_tables

__all__ = [
    "WITHDRAWN",
    "Check",
    "EngineSlot",
    "Erased",
    "KeptSource",
    "LoadedRelease",
    "LoadedRuleSet",
    "Refusal",
    "SqliteWriter",
    "begin_rebuilding",
    "bundled_rules",
    "check_generator",
    "check_weights",
    "corpora_folder",
    "drop_rules",
    "drop_terminology",
    "erase_from",
    "keep_rules",
    "kept_in",
    "loaded_rules",
    "made_with",
    "open_chart_lexicon",
    "open_embedder",
    "open_engine",
    "open_generator",
    "open_keeper",
    "open_kept_bytes",
    "open_lexicon",
    "open_model_writer",
    "open_reader",
    "open_receipts",
    "open_records",
    "open_writer",
    "read_rules",
    "store_checks",
    "store_file",
    "terminologies",
    "terminology_draft",
    "try_search",
    "warm",
]  # fmt: skip


def corpora_folder(settings: Settings) -> Path:
    """Return the folder of the corpora: beside the packages, in an editable install as in a wheel."""
    if settings.corpora is not None:
        return settings.corpora
    return Path(str(chartcite.ingestion.__file__)).parent.parent / "corpora"


def store_file(settings: Settings) -> Path:
    """Return the database file of the store."""
    return settings.store / STORE_FILE


def open_embedder(settings: Settings) -> Embedder:
    """Return the embedder. Weights are loaded at its first use."""
    return SentenceEmbedder(settings.embedding_model)


def open_reader() -> Reader:
    """Return what reads sentences together with a question. Weights are loaded at its first use."""
    return SentenceReader()


def check_weights(settings: Settings) -> str:
    """Return the name of the embedding model with the hash of its weights.

    Raises:
        WeightsError: missing, or not the bytes that are expected.
    """
    if settings.embedding_model == DEFAULT_MODEL:
        default_weights()
    return open_embedder(settings).name


def open_generator(settings: Settings) -> Generator | None:
    """Return the language model that writes; `None`: no server is configured. Nothing is asked of it yet."""
    if settings.generator_url is None:
        return None
    from chartcite.engine.models.circuit_breaker import CircuitBreaker
    from chartcite.engine.models.generator_policy import FormStyle, GeneratorPolicy
    from chartcite.engine.models.openai_generator import OpenAiGenerator

    policy = GeneratorPolicy(
        first_piece_seconds=settings.generator_seconds / 2,
        stall_seconds=max(10.0, settings.generator_seconds / 4),
        document_seconds=settings.generator_seconds,
        most_at_once=settings.generator_at_once,
    )
    generator = OpenAiGenerator(
        settings.generator_url,
        model=settings.generator_model,
        key=settings.generator_key.get_secret_value() if settings.generator_key else "",
        form_style=FormStyle(settings.generator_form),
        policy=policy,
    )
    return CircuitBreaker(generator)


def open_model_writer(settings: Settings) -> ModelWriter | None:
    """Return the language model with how it is asked; `None`: no server is configured."""
    generator = open_generator(settings)
    if generator is None:
        return None
    policy = WritingPolicy(
        evidence_tokens=settings.generator_evidence_tokens,
        drafts=settings.generator_drafts,
        seconds=settings.generator_seconds,
        judged=settings.generator_judged,
        joins_only=settings.generator_joins_only,
        answers_silence=settings.generator_answers_silence,
    )
    key = secrets.token_bytes(32)
    if settings.entailment_model is None:
        return ModelWriter(generator, policy, salt_key=key)
    from chartcite.engine.models.entailment_judge import CrossEncoderJudge

    return ModelWriter(generator, policy, CrossEncoderJudge(settings.entailment_model), key)


async def check_generator(generator: Generator) -> tuple[GeneratorIdentity, bool]:
    """Return which model writes, and whether its server holds it to a form.

    Raises:
        GeneratorError: it does not answer.
    """
    from chartcite.engine.models.form_trial import keeps_form

    return await generator.identity(), await keeps_form(generator)


def open_lexicon(settings: Settings) -> Lexicon:
    """Return the words and codes that are recognised in questions and notes."""
    return load_lexicon(corpora_folder(settings) / "terminology")


def open_chart_lexicon(settings: Settings) -> Lexicon:
    """Return the same, with what loaded terminologies say of codes that charts of the store hold and the lexicon lacks.

    Raises:
        StoreError: a loaded terminology is damaged.
    """
    releases = loaded_releases(settings.store)
    if not releases:
        return open_lexicon(settings)
    tables = load_tables(corpora_folder(settings) / "terminology")
    reviewed = Reviewed(tables.concepts)
    codes = used_codes(settings.store, is_known=reviewed.has_code)

    def is_known(concept: ReleaseConcept) -> bool:
        return bool(reviewed.same_as(concept))

    found = [climb(settings.store, one.name, codes, is_known=is_known) for one in releases]
    return widen(reviewed, tables.treatments, found)


def terminologies(settings: Settings) -> list[LoadedRelease]:
    """Return the terminologies that were loaded into the store.

    Raises:
        StoreError: one is damaged.
    """
    return loaded_releases(settings.store)


def terminology_draft(settings: Settings) -> TerminologyDraft:
    """Begin a terminology beside those of the store. Use as a context manager."""
    return TerminologyDraft(settings.store)


def drop_terminology(settings: Settings, name: str) -> None:
    """Take a terminology out of the store.

    Raises:
        InputError: there is none of that name.
    """
    remove_release(settings.store, name)


def open_records(settings: Settings) -> SqliteRecords:
    """Open the store for reading.

    Raises:
        StoreMissingError: nothing was ingested there.
        StoreVersionError: it has another format.
    """
    shelf = RuleShelf(
        settings.store,
        bundled=lambda: bundled_rules(settings),
        read=lambda text: read_rules(text, settings).rules,
    )
    return SqliteRecords(settings.store, rules=shelf)


def bundled_rules(settings: Settings) -> RuleSet:
    """Return the rules of medication safety that come with the product."""
    return load_rule_set(corpora_folder(settings) / "safety")


def read_rules(text: str, settings: Settings) -> RuleTable:
    """Read a table of medication safety rules that a user brings, against the ids of the terminology.

    Raises:
        SourceRejectedError: it has not the columns, or no row.
    """
    return read_rule_table(text, known=open_lexicon(settings).concepts.keys())


def keep_rules(settings: Settings, told: LoadedRuleSet, text: str) -> LoadedRuleSet:
    """Keep a table of rules in the store, in place of one of the same name."""
    return save_rule_set(settings.store, told, text)


def loaded_rules(settings: Settings) -> list[LoadedRuleSet]:
    """Return the tables of rules that were loaded into the store.

    Raises:
        StoreError: one is damaged.
    """
    return loaded_rule_sets(settings.store)


def drop_rules(settings: Settings, name: str) -> None:
    """Take a table of rules out of the store.

    Raises:
        InputError: there is none of that name.
    """
    remove_rule_set(settings.store, name)


def open_writer(settings: Settings) -> SqliteWriter:
    """Open the store for writing. Use as a context manager.

    Raises:
        StoreBusyError: another process writes.
    """
    return SqliteWriter(settings.store)


def kept_in(writer: SqliteWriter) -> list[KeptSource]:
    """Return the sources that a store keeps, in the order in which they came."""
    return kept_sources(writer.db)


def open_kept_bytes(writer: SqliteWriter, number: int) -> Callable[[], BinaryIO]:
    """Return a way to open the original bytes of a kept source."""
    return lambda: open_kept(writer.db, number)


def begin_rebuilding(settings: Settings, old: SqliteWriter) -> Rebuilding:
    """Begin a new file beside a store.

    Raises:
        StoreError: kept bytes are damaged.
    """
    return Rebuilding(settings.store, old)


def store_checks(settings: Settings) -> Iterator[Check]:
    """Compare each part of a store with what was written."""
    return verify(settings.store)


def erase_from(writer: SqliteWriter, patient_id: PatientId, *, model: str) -> Erased:
    """Take a patient out of a store and its vector index, and search all its bytes for what is left.

    Raises:
        PatientNotFoundError: the store holds no such patient.
        StoreBusyError: a reader holds an old state of the file.
        StoreError: the file of receipts is damaged; nothing was changed.
    """
    words = words_of(writer.db, patient_id)
    contents_of(writer, patient_id)
    shelf = SqliteReceipts(writer.folder)
    spoken = [word for _, word in words]
    # First of all, since a file that cannot be read must be told while the patient is still there; then once more, for answers
    # that were given meanwhile.
    receipts = shelf.erase(patient_id, words=spoken)
    erased = erase(writer, patient_id)
    erased = erased._replace(receipts=receipts + shelf.erase(patient_id, words=spoken))
    shelf.close()
    if current_generation(writer.folder) is not None:
        writer.publish_vectors(model)
    return prove(writer, erased, words)


def open_receipts(settings: Settings) -> SqliteReceipts:
    """Return the receipts of the store. The file is opened at its first use."""
    return SqliteReceipts(settings.store, days=settings.receipts_days, most=settings.receipts_most)


def open_keeper(settings: Settings) -> Keeper | None:
    """Return what keeps the receipts of answers; `None`: the settings say that none are kept."""
    return Keeper(open_receipts(settings), made_with(settings)) if settings.receipts else None


def made_with(settings: Settings) -> MadeWith:
    """Return the version of chartcite, and what was loaded into the store beside charts and guidelines."""
    try:
        loaded = [f"{one.name}@{one.sha256[:12]}" for one in loaded_releases(settings.store)]
        loaded += [f"{one.name}@{one.sha256[:12]}" for one in loaded_rules(settings)]
    except ChartciteError:
        loaded = ["(damaged)"]
    return MadeWith(version("chartcite"), ", ".join(sorted(loaded)))


def open_engine(settings: Settings, *, embedder: Embedder | None = None) -> Engine:
    """Put the parts together that answer questions.

    Raises:
        StoreMissingError: nothing was ingested there.
        InputError: the calibration cannot promise `max_wrong`.
    """
    from chartcite.indexes.faiss_index import FaissIndex

    model = embedder or open_embedder(settings)
    return Engine(
        records=open_records(settings),
        vectors=FaissIndex(settings.store, model=model.name),
        embedder=model,
        reader=open_reader(),
        lexicon=open_chart_lexicon(settings),
        policy=policy_for(settings.max_wrong),
        glossary=load_glossary(corpora_folder(settings) / "terminology"),
    )


def warm(engine: Engine) -> None:
    """Load weights and index now, so that the first question does not wait for them. They are taken to stay: see `loading`.

    Raises:
        WeightsError: the embedding weights cannot be used.
        IndexMismatchError: the vectors were made by another model.
        IndexCorruptError: the vector index is damaged.
    """
    with loading():
        try_search(engine)


def try_search(engine: Engine) -> None:
    """Embed a word, look for it and read it, which loads weights and index where they are not loaded yet.

    Raises:
        WeightsError: the embedding weights cannot be used.
        IndexMismatchError: the vectors were made by another model.
        IndexCorruptError: the vector index is damaged.
    """
    vector = engine.embedder.embed(["warm"])[0]
    engine.vectors.search_guidelines(vector, limit=1)
    engine.vectors.search(vector, scope=Scope(patient_id=PatientId("-")), limit=1)
    engine.reader.read("warm", [InPlace(text="warm", before="", section="")])


class EngineSlot:
    """An engine that is opened at its first use, so that a server can start before its store is there.

    Weights are loaded beside the first questions: one that needs no vectors is answered meanwhile, one that does waits.
    """

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self._settings = settings
        self._engine = engine
        self._lock = threading.Lock()  # guards the one opening of `_engine`
        self._warming: threading.Thread | None = None

    def get(self) -> Engine:
        """Return the engine, opened once.

        Raises:
            StoreMissingError: nothing was ingested yet.
        """
        with self._lock:
            if self._engine is None:
                self._engine = open_engine(self._settings)
            return self._engine

    @property
    def is_loading(self) -> bool:
        """Whether weights and index are still being loaded."""
        return self._warming is not None and self._warming.is_alive()

    def begin_loading(self, *, failed: Callable[[ChartciteError], None]) -> None:
        """Open the engine and load weights and index in a thread of their own; `failed` is told there what went wrong."""

        def load() -> None:
            try:
                with loading():
                    warm(self.get())
            except ChartciteError as error:
                failed(error)

        self._warming = threading.Thread(target=load, name="chartcite-loading")
        self._warming.start()

    def end_loading(self) -> None:
        """Wait until loading is over: an import cannot be broken off."""
        if self._warming is not None:
            self._warming.join()
