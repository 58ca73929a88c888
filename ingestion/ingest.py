"""USE CASE: files with charts and guidelines -> a store that can be asked. Read this file first.

Each file is one transaction: it is read (`sources/`), cut (`passages.py`), written through the `ChartWriter` port. What
is refused goes to quarantine with its reason. Then passages without a vector are embedded and a new index is published.
A run that was killed is completed by the next one: files that were stored are skipped by checksum, vectors by their text.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import perf_counter

from chartcite.engine.domain.records import Frozen
from chartcite.engine.elements import Unreadable, locate
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.ports import ChartWriter, Embedder, IngestCounts, Vector
from chartcite.ingestion.manifest import MANIFEST, verify_corpus
from chartcite.ingestion.sources.formats import format_of
from chartcite.ingestion.sources.source import HEAD_BYTES, Deleted, Note, Read, ReadResource, SourceFile

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); stages are `files` and `embed`."""

BATCH_PASSAGES = 64
DURABLE_PASSAGES = 512
"""Vectors are made durable after so many: what a crash can cost."""

_REJECTED_CHARACTERS = 2000


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
    """What a run did. `read == stored + unchanged + replaced + deleted + quarantined`, in all, by file and by type."""

    counts: IngestCounts
    files: tuple[FileReport, ...]
    by_type: dict[str, IngestCounts]
    refused: tuple[Refused, ...]
    """Resources and files that were not stored."""
    notes: tuple[Refused, ...]
    """What could not be used of resources that were stored: bad dates, attachments that cannot be read."""
    ignored: tuple[str, ...]
    """Files of the folders that are neither charts nor guidelines."""
    passages: int
    embedded: int
    seconds: dict[str, float]
    """By stage: `read`, `store`, `embed`, `publish`."""
    vectors: str = ""
    """Id of the published vector index."""


@dataclass(slots=True)
class _Run:
    """What is counted while a run goes on."""

    files: list[FileReport] = field(default_factory=list)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    notes: list[Refused] = field(default_factory=list)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    passages: int = 0


def ingest(
    paths: Sequence[Path], writer: ChartWriter, embedder: Embedder | None, *, progress: Progress | None = None
) -> IngestReport:
    """Store the charts and guidelines of files and folders, embed their passages, publish the index.

    Without an embedder the words are stored and can be searched; vectors come with a later run.

    Raises:
        SourceRejectedError: a path does not exist, or a file differs from its corpus' manifest.
        StoreBusyError: another writer holds the store; retry.
    """
    report = progress or _silent
    files, ignored = expand(paths)
    run = _Run()
    for done, path in enumerate(files):
        report("files", done, len(files))
        _ingest_file(path, writer, run)
    report("files", len(files), len(files))
    embedded, vectors = (0, "") if embedder is None else _embed(writer, embedder, run, report)
    return IngestReport(
        counts=_counts(run.outcomes.items()),
        files=tuple(run.files),
        by_type=_by_type(run.outcomes),
        refused=tuple(run.refused),
        notes=tuple(run.notes),
        ignored=tuple(ignored),
        passages=run.passages,
        embedded=embedded,
        seconds={stage: round(seconds, 3) for stage, seconds in run.seconds.items()},
        vectors=vectors,
    )


def expand(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """Return the files to read, each once and in order, and the files of folders that are neither chart nor guideline.

    Raises:
        SourceRejectedError: a path does not exist, or a corpus file is not what its manifest says.
    """
    files: dict[Path, None] = {}
    ignored: list[str] = []
    for path in paths:
        if path.is_dir():
            for manifest in sorted(path.rglob(MANIFEST)):
                verify_corpus(manifest.parent)
            for found in sorted(path.rglob("*")):
                if found.is_file() and found.name != MANIFEST:
                    files.update({found: None} if _is_source(found) else {})
                    ignored.extend([] if _is_source(found) else [found.as_posix()])
        elif path.is_file():
            files[path] = None
        else:
            raise SourceRejectedError(f"{path}: no such file or folder")
    return list(files), ignored


def _is_source(path: Path) -> bool:
    if path.suffix == ".md":
        with path.open(encoding="utf-8", errors="replace") as lines:
            return next(lines, "").lstrip("\ufeff").rstrip() == "---"
    return path.suffix in {".json", ".ndjson"}


def _ingest_file(path: Path, writer: ChartWriter, run: _Run) -> None:
    """Store one file as one transaction."""
    began = perf_counter()
    content = path.read_bytes()
    uri, digest = path.as_posix(), sha256(content).hexdigest()
    if writer.seen(digest):
        run.files.append(FileReport(uri=uri, seen=True))
        return
    before = run.outcomes.copy()
    stored_before = run.seconds["store"]
    writer.begin(uri, digest)
    try:
        for one in _read(SourceFile(uri, path.name, content[:HEAD_BYTES], len(content), lambda: BytesIO(content))):
            _put(one, uri, writer, run)
        with _timed(run, "store"):
            writer.commit()
    except BaseException:
        writer.rollback()
        raise
    run.seconds["read"] += perf_counter() - began - (run.seconds["store"] - stored_before)
    run.files.append(FileReport(uri=uri, counts=_counts((run.outcomes - before).items())))


def _read(source: SourceFile) -> Read:
    """Yield what a document holds; one that cannot be read at all is one thing refused."""
    try:
        yield from format_of(source).read(source)
    except UnicodeDecodeError:
        yield Unreadable("file", "the file is not UTF-8", "")
    except SourceRejectedError as error:
        yield Unreadable("file", str(error), source.head[:_REJECTED_CHARACTERS].decode("utf-8", "replace"))


def _put(one: ReadResource | Deleted | Unreadable, uri: str, writer: ChartWriter, run: _Run) -> None:
    """Store a resource, or keep it in quarantine; count which."""
    if isinstance(one, Unreadable):
        _refuse(one, uri, writer, run)
        return
    if isinstance(one, Deleted):
        run.outcomes[one.resource.partition("/")[0], writer.delete_resource(one.resource)] += 1
        return
    prepared = one.prepared
    try:
        with _timed(run, "store"):
            outcome = writer.put_resource(prepared)
    except SourceRejectedError as error:
        _refuse(Unreadable(one.where, str(error), prepared.documents[0].text), uri, writer, run)
        return
    run.outcomes[prepared.resource_type, outcome] += 1
    run.passages += len(prepared.passages)
    for note in one.notes:
        _keep_note(note, uri, writer, run)


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
        replaced=total["replaced"],
        deleted=total["deleted"],
        quarantined=total["quarantined"],
    )


def _by_type(outcomes: Counter[tuple[str, str]]) -> dict[str, IngestCounts]:
    types = sorted({name for name, _ in outcomes})
    return {name: _counts((key, count) for key, count in outcomes.items() if key[0] == name) for name in types}


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report to nobody."""
