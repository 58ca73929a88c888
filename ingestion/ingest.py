"""USE CASE: files with charts and guidelines -> a store that can be asked. Read this file first.

Each document is one transaction: its bytes are kept, it is read (`sources/`), cut (`passages.py`), written through the
`ChartWriter` port. What is refused goes to quarantine with its reason. Then passages without a vector are embedded and a new
index is published. A run that was killed is completed by the next one: documents that were stored are skipped by checksum,
vectors by their text.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import BinaryIO, NamedTuple

from chartcite.engine.domain.records import Fact, Frozen
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable, locate
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.ports import ChartWriter, Embedder, IngestCounts, PreparedResource, SourceOrigin, Vector, WrittenResource
from chartcite.ingestion.containers import DAMAGED, documents_of
from chartcite.ingestion.manifest import MANIFEST, load_about, verify_corpus
from chartcite.ingestion.narrative_facts import facts_of
from chartcite.ingestion.sources.fhir import FHIR, pieces_of, settled
from chartcite.ingestion.sources.fhir_readers import Readers, Reading, usual_number
from chartcite.ingestion.sources.formats import format_of
from chartcite.ingestion.sources.source import (
    HEAD_BYTES,
    NOTHING_GIVEN,
    Deleted,
    Folder,
    Given,
    Note,
    Read,
    ReadResource,
    SourceFile,
    WrittenRead,
)

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); stages are `files`, `fetched` and `embed`; a total of 0 is not known."""

BATCH_PASSAGES = 64
DURABLE_PASSAGES = 512
"""Vectors are made durable after so many: what a crash can cost."""

_REJECTED_CHARACTERS = 2000
_HELD_BYTES = 64 << 20
"""A document up to this size is read once and held; a bigger one is read piece by piece."""
_PIECE = 1 << 20
_MOST_AHEAD = 16
_MOST_AHEAD_BYTES = 64 << 20
"""Documents that are being read while one before them is stored."""


class Refused(Frozen):
    """What went to quarantine, and why. The words themselves are in quarantine only."""

    uri: str
    where: str
    reason: str


class FileReport(Frozen):
    """What happened to one file."""

    uri: str
    counts: IngestCounts = IngestCounts()
    seen: bool = False
    """Stored by an earlier run and skipped: nothing of it was read again."""


class IngestReport(Frozen):
    """What a run did. `read == stored + unchanged + superseded + deleted + quarantined`, in all, by file and by type."""

    counts: IngestCounts
    files: tuple[FileReport, ...]
    by_type: dict[str, IngestCounts]
    refused: tuple[Refused, ...]
    """Resources and files that were not stored."""
    notes: tuple[Refused, ...]
    """What could not be used of resources that were stored: bad dates, attachments that cannot be read."""
    ignored: tuple[str, ...]
    """Files of the folders and archives that no format recognises."""
    passages: int
    embedded: int
    seconds: dict[str, float]
    """By stage: `read`, `notes`, `store`, `embed`, `publish`."""
    vectors: str = ""
    """Id of the published vector index."""


@dataclass(slots=True)
class _Run:
    """What is counted while a run goes on."""

    dry: bool = False
    """What was written is taken back."""
    lexicon: Lexicon | None = None
    """What is recognised in notes; `None`: notes give no facts."""
    again: bool = False
    """Kept bytes are read a second time."""
    files: list[FileReport] = field(default_factory=list)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    notes: list[Refused] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    passages: int = 0


class Found(NamedTuple):
    """A file to read."""

    path: Path
    folder: Folder | None = None
    label: str = ""
    """Uri of the folder that it was found in; empty: it was named itself."""


def ingest(  # noqa: PLR0913 -- what to read, where to, and how
    paths: Sequence[Path],
    writer: ChartWriter,
    embedder: Embedder | None,
    *,
    given: Given = NOTHING_GIVEN,
    fetched: Iterable[SourceFile] = (),
    lexicon: Lexicon | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> IngestReport:
    """Store the charts and guidelines of files, archives and folders, embed their passages, publish the index.

    Without an embedder the words are stored and can be searched; vectors come with a later run. A dry run reads and counts,
    and takes back what it wrote. With a lexicon, what notes say becomes facts too. `fetched`: documents that came from
    elsewhere, such as a server; stored after the files. `jobs`: processes that read FHIR while another document is stored, as
    many as are of use by default; 0: none. They are started for much to read only, and change nothing of what is stored.

    Raises:
        SourceRejectedError: a path does not exist, or a file differs from its corpus' manifest.
        StoreBusyError: another writer holds the store; retry.
        StoreError: the disk is full.
    """
    report = progress or _silent
    files, manifests = expand(paths)
    run = _Run(dry=dry_run, lexicon=lexicon)
    expected = sum(found.path.stat().st_size for found in files)
    with _seldom_collected(), Readers(usual_number() if jobs is None else jobs, expected) as readers:
        _ingest_files(files, given, _Way(writer, run, readers), report)
        _ingest_fetched(fetched, writer, run, report)
    if not dry_run:
        for manifest in manifests:
            writer.describe_corpus(load_about(manifest.parent))
    return _finish(run, writer, None if dry_run else embedder, report)


def read_again(
    kept: Sequence[tuple[SourceFile, SourceOrigin]],
    writer: ChartWriter,
    embedder: Embedder | None,
    *,
    keep: bool,
    lexicon: Lexicon | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Read documents whose bytes a store keeps with the readers of today. `keep`: into another file, bytes and all.

    What their resources said before stays as it is; only what was not known is stored.

    Raises:
        StoreError: the disk is full.
    """
    report, run = progress or _silent, _Run(again=True, lexicon=lexicon)
    for done, (source, origin) in enumerate(kept):
        report("files", done, len(kept))
        store_source(source, writer, run, origin=origin, keep=keep)
    report("files", len(kept), len(kept))
    return _finish(run, writer, embedder, report)


def _finish(run: _Run, writer: ChartWriter, embedder: Embedder | None, report: Progress) -> IngestReport:
    embedded, vectors = (0, "") if embedder is None else _embed(writer, embedder, run, report)
    return IngestReport(
        counts=_counts(run.outcomes.items()),
        files=tuple(run.files),
        by_type=_by_type(run.outcomes),
        refused=tuple(run.refused),
        notes=tuple(run.notes),
        ignored=tuple(run.ignored),
        passages=run.passages,
        embedded=embedded,
        seconds={stage: round(seconds, 3) for stage, seconds in run.seconds.items()},
        vectors=vectors,
    )


def expand(paths: Iterable[Path]) -> tuple[list[Found], list[Path]]:
    """Return the files to look at, each once and in order, and the manifests of the corpora among them.

    Raises:
        SourceRejectedError: a path does not exist, or a corpus file is not what its manifest says.
    """
    files: dict[Path, Found] = {}
    manifests: list[Path] = []
    for path in paths:
        if path.is_dir():
            for manifest in sorted(path.rglob(MANIFEST)):
                verify_corpus(manifest.parent)
                manifests.append(manifest)
            inside = [one for one in sorted(path.rglob("*")) if one.is_file() and one.name != MANIFEST]
            folder = Folder({one.relative_to(path).as_posix(): _opener(one) for one in inside})
            files.update((one, Found(one, folder, path.as_posix())) for one in inside if one not in files)
        elif path.is_file():
            files[path] = Found(path)
        else:
            raise SourceRejectedError(f"{path}: no such file or folder")
    return list(files.values()), manifests


def _ingest_fetched(fetched: Iterable[SourceFile], writer: ChartWriter, run: _Run, report: Progress) -> None:
    """Store what a server gives. What came before it failed stays stored."""
    try:
        for number, source in enumerate(fetched, start=1):
            store_source(source, writer, run)
            report("fetched", number, 0)
    except SourceRejectedError as error:
        _refuse_alone(Unreadable("server", str(error), ""), "server", writer, run)


def _opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


class _Way(NamedTuple):
    """What a document goes through."""

    writer: ChartWriter
    run: _Run
    readers: Readers


class _Step(NamedTuple):
    """Something to do, in its turn."""

    act: Callable[[], None]
    size: int = 0
    """Bytes that are held for it."""
    can_wait: bool = True
    """What comes after it may be prepared before it is done."""


def _ingest_files(files: Sequence[Found], given: Given, way: _Way, report: Progress) -> None:
    """Store the documents of files in order. Some that come later are read while one is stored."""
    waiting: deque[_Step] = deque()
    held = 0
    for step in _steps(files, given, way, report):
        waiting.append(step)
        held += step.size
        ahead = step.can_wait
        while waiting and not (ahead and way.readers.have_room and len(waiting) < _MOST_AHEAD and held < _MOST_AHEAD_BYTES):
            done = waiting.popleft()
            held -= done.size
            done.act()
    for step in waiting:
        step.act()


def _steps(files: Sequence[Found], given: Given, way: _Way, report: Progress) -> Iterator[_Step]:
    for done, found in enumerate(files):
        yield _Step(partial(report, "files", done, len(files)))
        yield from _steps_of_file(found, given, way)
    yield _Step(partial(report, "files", len(files), len(files)))


def _steps_of_file(found: Found, given: Given, way: _Way) -> Iterator[_Step]:
    """Yield what is to be done with each document of a file. Each is one transaction."""
    uri = found.path.as_posix()
    try:
        for one in documents_of(found.path, given, folder=found.folder):
            if isinstance(one, Unreadable):
                yield _Step(partial(_refuse_alone, one._replace(where="member"), one.where, way.writer, way.run))
            elif (found.label or one.uri != uri) and not _is_read(one):
                yield _Step(partial(way.run.ignored.append, one.uri))
            else:
                yield _step_of(one, found.label if one.uri == uri else uri, way)
    except SourceRejectedError as error:
        yield _Step(partial(_refuse_alone, Unreadable("file", str(error).removeprefix(f"{uri}: "), ""), uri, way.writer, way.run))


def _step_of(source: SourceFile, label: str, way: _Way) -> _Step:
    """Take a document, and begin to read it where there is room."""
    with _timed(way.run, "read"):
        try:
            source, origin = _origin(source, label)
        except DAMAGED:
            return _Step(partial(_refuse_damaged, source, way.writer, way.run))
        reading = None if way.writer.seen(origin.key) else _begun(source, way.readers)
    act = partial(_store, source, origin, way.writer, way.run, reading)
    return _Step(act, source.size, can_wait=reading is not None and reading.is_given)


def _begun(source: SourceFile, readers: Readers) -> Reading | None:
    """Begin to read a FHIR document; `None`: it is read in its turn."""
    try:
        pieces = pieces_of(source) if format_of(source) is FHIR else None
        return readers.begin(pieces) if pieces else None
    except (SourceRejectedError, UnicodeDecodeError):
        return None


def _is_read(source: SourceFile) -> bool:
    try:
        format_of(source)
    except SourceRejectedError:
        return False
    return True


def store_source(
    source: SourceFile, writer: ChartWriter, run: _Run, *, label: str = "", origin: SourceOrigin | None = None, keep: bool = True
) -> None:
    """Store one document as one transaction. Without an `origin` from an earlier run, one that was stored is skipped."""
    if origin is not None:
        _write(source, origin, writer, run, keep=keep)
        return
    with _timed(run, "read"):
        try:
            source, origin = _origin(source, label)
        except DAMAGED:
            _refuse_damaged(source, writer, run)
            return
    _store(source, origin, writer, run)


def _store(source: SourceFile, origin: SourceOrigin, writer: ChartWriter, run: _Run, reading: Reading | None = None) -> None:
    """Store one document as one transaction; one that was stored before is skipped."""
    if not writer.seen(origin.key):
        _write(source, origin, writer, run, reading=reading)
        return
    if reading:
        reading.drop()
    run.files.append(FileReport(uri=source.uri, seen=True))


def _write(
    source: SourceFile,
    origin: SourceOrigin,
    writer: ChartWriter,
    run: _Run,
    *,
    keep: bool = True,
    reading: Reading | None = None,
) -> None:
    began = perf_counter()
    before = run.outcomes.copy()
    stored_before = run.seconds["store"]
    writer.begin(origin)
    try:
        with _timed(run, "store"):
            if keep:
                writer.keep(_pieces(source))
        for one in _read(source, reading):
            _put(one, source.uri, writer, run)
        with _timed(run, "store"):
            writer.rollback() if run.dry else writer.commit()
    except BaseException:
        writer.rollback()
        raise
    run.seconds["read"] += perf_counter() - began - (run.seconds["store"] - stored_before)
    run.files.append(FileReport(uri=source.uri, counts=_counts((run.outcomes - before).items())))


def _origin(source: SourceFile, label: str) -> tuple[SourceFile, SourceOrigin]:
    """Return a document with what identifies it; one of moderate size is read once, here."""
    if source.size <= _HELD_BYTES:
        content = source.content()
        source = replace(source, open=lambda: BytesIO(content), size=len(content), head=content[:HEAD_BYTES])
    digest = sha256()
    for piece in _pieces(source):
        digest.update(piece)
    given = source.given.model_dump_json(exclude_defaults=True) if source.given != NOTHING_GIVEN else ""
    key = sha256(f"{digest.hexdigest()} {given}".encode()).hexdigest() if given else digest.hexdigest()
    return source, SourceOrigin(key, source.uri, digest.hexdigest(), source.size, given, label)


def _pieces(source: SourceFile) -> Iterator[bytes]:
    with source.open() as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _refuse_damaged(source: SourceFile, writer: ChartWriter, run: _Run) -> None:
    _refuse_alone(Unreadable("file", "its bytes cannot be read to their end: fetch it again", ""), source.uri, writer, run)


def _refuse_alone(unreadable: Unreadable, uri: str, writer: ChartWriter, run: _Run) -> None:
    """Refuse what has no bytes to keep: an archive, or a member of one, that cannot be read."""
    before = run.outcomes.copy()
    writer.begin(SourceOrigin(sha256(uri.encode()).hexdigest(), uri, "", 0))
    try:
        _refuse(unreadable, uri, writer, run)
        writer.rollback() if run.dry else writer.commit()
    except BaseException:
        writer.rollback()
        raise
    run.files.append(FileReport(uri=uri, counts=_counts((run.outcomes - before).items())))


def _read(source: SourceFile, reading: Reading | None) -> Read:
    """Yield what a document holds; one that cannot be read at all is one thing refused."""
    try:
        yield from format_of(source).read(source) if reading is None else settled(reading)
    except UnicodeDecodeError:
        yield Unreadable("file", "the file is not UTF-8", "")
    except SourceRejectedError as error:
        yield Unreadable("file", str(error), source.head[:_REJECTED_CHARACTERS].decode("utf-8", "replace"))


def _put(one: ReadResource | WrittenRead | Deleted | Unreadable, uri: str, writer: ChartWriter, run: _Run) -> None:
    """Store a resource, or keep it in quarantine; count which."""
    if isinstance(one, Unreadable):
        if run.again and one.raw.strip() == "null":
            return  # the place of an entry that was cut out of the kept bytes
        _refuse(one, uri, writer, run)
        return
    if isinstance(one, Deleted):
        run.outcomes[one.resource.partition("/")[0], writer.delete_resource(one.resource)] += 1
        return
    prepared = one.prepared if isinstance(one, WrittenRead) else _with_note_facts(one.prepared, run)
    began = perf_counter()
    try:
        outcome = writer.put_resource(prepared)
    except SourceRejectedError as error:
        _refuse(Unreadable(one.where, str(error), prepared.text), uri, writer, run)
        return
    except UnicodeEncodeError:
        _refuse(Unreadable(one.where, "it holds half of a character pair, which no text may hold", ""), uri, writer, run)
        return
    finally:
        run.seconds["store"] += perf_counter() - began
    run.outcomes[prepared.resource_type, outcome] += 1
    run.passages += 0 if isinstance(prepared, WrittenResource) else len(prepared.passages)
    for note in one.notes:
        _keep_note(note, uri, writer, run)


def _with_note_facts(prepared: PreparedResource, run: _Run) -> PreparedResource:
    """Add what the narrative of a resource says of its patient."""
    if run.lexicon is None or prepared.patient_id is None or not prepared.passages:
        return prepared
    found: list[Fact] = []
    with _timed(run, "notes"):
        for position in sorted({passage.document for passage in prepared.passages}):
            document = prepared.documents[position]
            inside = [passage for passage in prepared.passages if passage.document == position]
            told = facts_of(document, inside, run.lexicon)
            found += [
                fact.model_copy(update={"id": f"{prepared.resource}#n{len(found) + n}"}) for n, fact in enumerate(told, start=1)
            ]
    return prepared._replace(facts=(*prepared.facts, *found))


def _refuse(unreadable: Unreadable, uri: str, writer: ChartWriter, run: _Run) -> None:
    writer.quarantine(uri=uri, where=unreadable.where, reason=unreadable.reason, raw=unreadable.raw)
    run.refused.append(Refused(uri=uri, where=unreadable.where, reason=unreadable.reason))
    run.outcomes[_type_of(unreadable), "quarantined"] += 1


def _keep_note(note: Note, uri: str, writer: ChartWriter, run: _Run) -> None:
    where = f"{note.resource} {note.where}"
    run.notes.append(Refused(uri=uri, where=where, reason=note.reason))
    if note.raw:
        writer.quarantine(uri=uri, where=where, reason=note.reason, raw=note.raw)


def _type_of(unreadable: Unreadable) -> str:
    span = locate(unreadable.raw, "resourceType")
    name = unreadable.raw[span[0] : span[1]] if span else ""
    return name if name.isalpha() else "(unreadable)"


def _embed(writer: ChartWriter, embedder: Embedder, run: _Run, report: Progress) -> tuple[int, str]:
    """Embed what has no vector yet, long passages first, and publish; return how many and the index' id."""
    with _timed(run, "embed"):
        waiting = sorted(writer.passages_to_embed(embedder.name), key=lambda row: len(row[1]), reverse=True)
        rows: list[tuple[str, Vector]] = []
        for start in range(0, len(waiting), BATCH_PASSAGES):
            batch = waiting[start : start + BATCH_PASSAGES]
            vectors = embedder.embed([text for _, text in batch])
            rows.extend((digest, vector) for (digest, _), vector in zip(batch, vectors, strict=True))
            if len(rows) >= DURABLE_PASSAGES:
                writer.put_vectors(embedder.name, rows)
                rows = []
            report("embed", start + len(batch), len(waiting))
        if rows:
            writer.put_vectors(embedder.name, rows)
    with _timed(run, "publish"):
        return len(waiting), writer.publish_vectors(embedder.name)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for cycles seldom: reading makes many small values, and none of them holds another in a ring."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _timed(run: _Run, stage: str) -> Iterator[None]:
    began = perf_counter()
    try:
        yield
    finally:
        run.seconds[stage] += perf_counter() - began


def _counts(outcomes: Iterable[tuple[tuple[str, str], int]]) -> IngestCounts:
    total: Counter[str] = Counter()
    for (_, outcome), count in outcomes:
        total[outcome] += count
    return IngestCounts(
        read=total.total(),
        stored=total["stored"],
        unchanged=total["unchanged"],
        superseded=total["superseded"],
        deleted=total["deleted"],
        quarantined=total["quarantined"],
    )


def _by_type(outcomes: Counter[tuple[str, str]]) -> dict[str, IngestCounts]:
    types = sorted({name for name, _ in outcomes})
    return {name: _counts((key, count) for key, count in outcomes.items() if key[0] == name) for name in types}


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report to nobody."""
