"""What keeps a store in order: rebuild it, compare it with what was written, take a patient out, read refused files again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from chartcite.api.wiring import (
    WITHDRAWN,
    KeptSource,
    SqliteWriter,
    begin_rebuilding,
    erase_from,
    kept_in,
    open_embedder,
    open_kept_bytes,
    open_lexicon,
    open_records,
    open_writer,
    store_checks,
    store_file,
)
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import InputError
from chartcite.engine.ports import IngestCounts, SourceOrigin
from chartcite.ingestion.ingest import IngestReport, Progress, read_again
from chartcite.ingestion.sources.source import HEAD_BYTES, NOTHING_GIVEN, Folder, Given, SourceFile

if TYPE_CHECKING:
    from chartcite.api.settings import Settings
    from chartcite.api.wiring import Check, Erased, Refusal
    from chartcite.engine.ports import Embedder


def reindex(settings: Settings, *, progress: Progress | None = None, embedder: Embedder | None = None) -> IngestReport:
    """Read all kept bytes anew into a file beside the store, put it in the store's place, embed what is new, publish.

    Numbers stay, so that citations and vectors of unchanged documents stay good. Readers see the old content until the end.

    Raises:
        StoreMissingError: there is no store.
        StoreBusyError: another process writes.
        StoreError: kept bytes are damaged; nothing was changed.
    """
    open_records(settings)
    with open_writer(settings) as old:
        rebuilding = begin_rebuilding(settings, old)
        reports: list[IngestReport] = []
        try:
            kept, lexicon = _Kept(old, rebuilding.sources), open_lexicon(settings)
            for done, source in enumerate(rebuilding.sources):
                _tell(progress, done, len(rebuilding.sources))
                if kept.holds(source):
                    one = [(kept.file(source), source.origin)]
                    reports.append(read_again(one, rebuilding.new, None, keep=True, lexicon=lexicon))
                    rebuilding.keep_state(source)
                else:
                    rebuilding.take_over(source)
            _tell(progress, len(rebuilding.sources), len(rebuilding.sources))
            rebuilding.take_corpora()
            rebuilding.take_vectors()
            rebuilding.swap()
        except BaseException:
            rebuilding.close()
            raise
        published = read_again([], old, embedder or open_embedder(settings), keep=False, progress=progress)
    return _joined(reports, published)


def retry(settings: Settings, *, progress: Progress | None = None, embedder: Embedder | None = None) -> IngestReport:
    """Read the sources of all refused entries again with the readers of today.

    Raises:
        StoreMissingError: there is no store.
        StoreBusyError: another process writes.
    """
    refused = {one.source for one in open_records(settings).refusals()}
    with open_writer(settings) as writer:
        sources = kept_in(writer)
        kept = _Kept(writer, sources)
        again = [(kept.file(one), one.origin) for one in sources if one.number in refused and kept.holds(one)]
        lexicon = open_lexicon(settings)
        return read_again(again, writer, embedder or open_embedder(settings), keep=False, lexicon=lexicon, progress=progress)


def verify(settings: Settings) -> list[Check]:
    """Compare each part of the store with what was written.

    Raises:
        StoreMissingError: there is no store.
    """
    open_records(settings)
    return list(store_checks(settings))


def erase(settings: Settings, patient_id: str, *, embedder: Embedder | None = None) -> Erased:
    """Take a patient out of the store, and search every byte of it for what is left.

    Raises:
        StoreMissingError: there is no store.
        PatientNotFoundError: the store holds no such patient.
        StoreBusyError: another process writes, or reads an old state; retry when it ended.
    """
    open_records(settings)
    with open_writer(settings) as writer:
        return erase_from(writer, PatientId(patient_id), model=(embedder or open_embedder(settings)).name)


def entry(settings: Settings, number: int) -> Refusal:
    """Return one refused entry, with what was refused.

    Raises:
        StoreMissingError: there is no store.
        InputError: no entry has that number.
    """
    found = next((one for one in open_records(settings).refusals() if one.number == number), None)
    if found is None:
        raise InputError("no entry of the quarantine has that number: `chartcite quarantine` lists them")
    return found


def erased_to_json(erased: Erased) -> dict[str, Any]:
    """Return what an erasure did and found, by name."""
    told = erased._asdict()
    return {**told, "traces": [trace._asdict() for trace in erased.traces]}


class _Kept:
    """Opens the documents whose bytes a store keeps, each with those that came with it."""

    def __init__(self, writer: SqliteWriter, sources: Iterable[KeptSource]) -> None:
        self._writer = writer
        documents: defaultdict[str, dict[str, Callable[[], BinaryIO]]] = defaultdict(dict)
        for one in sources:
            if one.origin.folder and self.holds(one):
                documents[one.origin.folder][_inside(one.origin)] = open_kept_bytes(writer, one.number)
        self._folders = {label: Folder(inside) for label, inside in documents.items()}

    @staticmethod
    def holds(source: KeptSource) -> bool:
        """Say whether there are bytes to read again."""
        return bool(source.origin.sha256) and source.state != WITHDRAWN

    def file(self, source: KeptSource) -> SourceFile:
        """Return a document as its reader saw it at first."""
        origin = source.origin
        opened = open_kept_bytes(self._writer, source.number)
        with opened() as stream:
            head = stream.read(HEAD_BYTES)
        given = Given.model_validate_json(origin.given) if origin.given else NOTHING_GIVEN
        name = origin.uri.replace("!", "/").rpartition("/")[2]
        return SourceFile(origin.uri, name, head, origin.size, opened, given, self._folders.get(origin.folder))


def _inside(origin: SourceOrigin) -> str:
    return origin.uri.removeprefix(origin.folder).lstrip("!/")


def _joined(reports: list[IngestReport], last: IngestReport) -> IngestReport:
    """Return what was read, source by source, with what was embedded and published at the end."""
    every = [*reports, last]
    types = sorted({name for report in every for name in report.by_type})
    return last.model_copy(
        update={
            "counts": _added(report.counts for report in every),
            "files": tuple(file for report in every for file in report.files),
            "by_type": {name: _added(one.by_type[name] for one in every if name in one.by_type) for name in types},
            "refused": tuple(refused for report in every for refused in report.refused),
            "notes": tuple(note for report in every for note in report.notes),
            "passages": sum(report.passages for report in every),
        }
    )


def _added(counts: Iterable[IngestCounts]) -> IngestCounts:
    return IngestCounts(*map(sum, zip(*counts, strict=True)))


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress("files", done, total)


@contextmanager
def dry(settings: Settings) -> Iterator[SqliteWriter]:
    """Open a writer for a dry run: on the store if there is one, else on a folder that is thrown away.

    Raises:
        StoreBusyError: another process writes.
    """
    if store_file(settings).is_file():
        with open_writer(settings) as writer:
            yield writer
        return
    with TemporaryDirectory() as folder, open_writer(settings.model_copy(update={"store": Path(folder)})) as writer:
        yield writer
