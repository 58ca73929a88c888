"""FHIR files that came together: what the files of a folder know of each other, and the manifest of a Bulk Data export.

Of the whole folder names, codes and identifiers of people, places and drugs are kept, and where each Binary stands; never
the contents. A folder is looked through once, when the first of its files is read.

Source: Bulk Data Access IG 2.0.0 (http://hl7.org/fhir/uv/bulkdata/), 2.3 (file formats), 2.4 (manifest).
"""

from __future__ import annotations

import gzip
import io
import json
import lzma
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple, cast

from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Found, ResourceText, Unreadable, iterate_resources
from chartcite.ingestion.sources.fhir_elements import Element
from chartcite.ingestion.sources.fhir_lines import encoding_of, head_text, holds_lines, numbered_lines
from chartcite.ingestion.sources.fhir_references import DIRECTORY_TYPES, Directory, References
from chartcite.ingestion.sources.source import HEAD_BYTES, SourceFile

MAX_BINARIES = 500_000
MAX_SMALL_FILE_BYTES = 4 << 20
"""A JSON file that is one value is looked into for names up to this size."""

_FREE_BYTES = 100_000_000
_MAX_RATIO = 200
"""A packed file is looked into as far as files grow that were not made to exhaust a reader."""
_LEARNT = "fhir"
_TYPE = re.compile(rb'"resourceType"\s*:\s*"([A-Z][A-Za-z]+)"')
_OF_DIRECTORY = re.compile(rb'"resourceType"\s*:\s*"(?:%s)"' % "|".join(sorted(DIRECTORY_TYPES)).encode())
_OF_BINARY = re.compile(rb'"resourceType"\s*:\s*"Binary"')
_NAMED_BINARY = re.compile(rb"Binary/([A-Za-z0-9.\-]{1,64})")
_HOLDERS = frozenset({"DocumentReference", "DiagnosticReport"})
_NOT_READABLE = (
    OSError, EOFError, ValueError, RecursionError, SourceRejectedError, zlib.error, zipfile.BadZipFile, lzma.LZMAError,
)  # fmt: skip
"""What a damaged or foreign file of the folder may raise: it is told when that file itself is read."""


class _Place(NamedTuple):
    """Where a Binary stands, in the bytes as they are after unpacking."""

    document: str
    start: int
    length: int


@dataclass(slots=True)
class Surroundings:
    """What is known of the files that came with a document."""

    directory: Directory = field(default_factory=Directory)
    owners: dict[str, PatientId] = field(default_factory=dict)
    """Whose note a `Binary/id` holds, where a note of another file says so."""
    _places: dict[str, _Place] = field(default_factory=dict)
    _documents: Mapping[str, Callable[[], BinaryIO]] = field(default_factory=dict)
    _notes: list[tuple[tuple[str, ...], Element]] = field(default_factory=list)

    def learn(self, documents: Mapping[str, Callable[[], BinaryIO]]) -> None:
        """Look through the documents of a folder."""
        self._documents = documents
        for name, opened in documents.items():
            try:
                self._learn_document(name, opened)
            except _NOT_READABLE:
                continue
        references = References((), self.directory)
        for targets, root in self._notes:
            patient_id = references.patient_of(root)
            for target in targets if patient_id else ():
                self.owners.setdefault(target, cast("PatientId", patient_id))
        self._notes.clear()

    def learn_resources(self, found: Iterable[Found]) -> None:
        """Keep the names of resources that were read."""
        for one in found:
            if isinstance(one, ResourceText):
                self.directory.learn(one.data)

    def weight(self, line: bytes) -> int:
        """Return how many bytes of Binaries a line of a note names."""
        places = (self._places.get(f"Binary/{found.decode()}") for found in _NAMED_BINARY.findall(line)) if self._places else ()
        return sum(place.length for place in places if place)

    def is_needed_for(self, contents: Iterable[bytes]) -> bool:
        """Say whether some bytes name a Binary of another file: only where its files are can they be read."""
        return bool(self._places) and any(self.weight(content) for content in contents)

    def written(self) -> bytes:
        """Return what another process needs: names and owners, but no Binaries of other files."""
        return json.dumps([*self.directory.as_lists(), self.owners]).encode()

    @classmethod
    def from_written(cls, content: bytes) -> Surroundings:
        """Return what `written` wrote down."""
        words, identifiers, owners = json.loads(content)
        return cls(Directory.from_lists(words, identifiers), owners)

    def binaries(self, targets: Iterable[str]) -> dict[str, Element]:
        """Read Binaries of other files, by `Binary/id`; what cannot be read is left out. Each file is opened once."""
        wanted: defaultdict[str, list[tuple[_Place, str]]] = defaultdict(list)
        for target in sorted(set(targets)):
            if place := self._places.get(target):
                wanted[place.document].append((place, target))
        found: dict[str, Element] = {}
        for document, places in wanted.items():
            try:
                with _opened(self._documents[document]) as stream:
                    for place, target in sorted(places):
                        stream.seek(place.start)
                        data = json.loads(stream.read(place.length))
                        if isinstance(data, dict):
                            found[target] = Element(data, "")
            except _NOT_READABLE:
                continue
        return found

    def _learn_document(self, name: str, opened: Callable[[], BinaryIO]) -> None:
        with opened() as packed:
            most = max(_FREE_BYTES, _MAX_RATIO * packed.seek(0, io.SEEK_END))
        with _opened(opened) as stream:
            head = stream.read(HEAD_BYTES)
        if head_text(head)[:1] not in {"{", "["} or encoding_of(head) not in {"utf-8", "utf-8-sig"}:
            return
        if holds_lines(name.removesuffix(".gz"), head, lambda: _unpacked(opened())):
            with _opened(opened) as stream:
                for line in numbered_lines(stream, most=most):
                    if not line.cut:
                        self._learn_line(name, line.start, line.content)
        elif _names_only(head):
            with _opened(opened) as stream:
                content = stream.read(MAX_SMALL_FILE_BYTES + 1)
            if len(content) <= MAX_SMALL_FILE_BYTES:
                self.learn_resources(iterate_resources(content.decode("utf-8-sig")))

    def _learn_line(self, name: str, start: int, line: bytes) -> None:
        of_directory, of_binary = _OF_DIRECTORY.search(line), _OF_BINARY.search(line)
        if not (of_directory or of_binary or _NAMED_BINARY.search(line)):
            return
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            return
        kind, own = (data.get("resourceType"), data.get("id")) if isinstance(data, dict) else (None, None)
        if not isinstance(kind, str):
            return
        if kind == "Binary" and isinstance(own, str) and len(self._places) < MAX_BINARIES:
            self._places[f"Binary/{own.strip()}"] = _Place(name, start, len(line))
        elif kind in DIRECTORY_TYPES:
            self.directory.learn(data)
        elif kind in _HOLDERS and len(self._notes) < MAX_BINARIES:
            root = {name: data[name] for name in ("resourceType", "subject", "contained") if name in data}
            self._notes.append((tuple(attached_binaries(Element(data, ""))), Element(root, "")))


def surroundings_of(source: SourceFile, *, lines: bool) -> Surroundings:
    """Return what is known beyond a document; of one that came alone, what its own lines say (`lines`: it is NDJSON)."""
    if source.folder is None or (lines and not source.folder.documents):
        found = Surroundings()
        if lines:
            found.learn({source.name: source.open})
        return found
    known = source.folder.learnt.get(_LEARNT)
    if not isinstance(known, Surroundings):
        known = Surroundings()
        source.folder.learnt[_LEARNT] = known
        known.learn(source.folder.documents)
    return known


def attached_binaries(root: Element) -> Iterator[str]:
    """Yield `Binary/id` for each attachment of a note or report that names one by address."""
    for url in (*root.each("content", "attachment", "url"), *root.each("presentedForm", "url")):
        match = re.fullmatch(r"(?:.*/)?(Binary/[A-Za-z0-9.\-]+)(?:/_history/[^/]+)?", url.words)
        if match:
            yield match[1]


def is_manifest(text: str) -> bool:
    """Say whether a file begins as the manifest of a Bulk Data export."""
    return text.startswith("{") and '"transactionTime"' in text and '"output"' in text and '"resourceType"' not in text


def read_manifest(text: str, source: SourceFile) -> Iterator[Unreadable]:
    """Yield each file that a manifest lists and that did not come with it; of the export itself it states nothing.

    Servers may give files other names than their addresses end with: then nothing can be compared.

    Raises:
        SourceRejectedError: the text is not JSON.
    """
    try:
        manifest = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceRejectedError("the manifest of the export is not JSON: fetch it again") from error
    here = {_last(name) for name in source.folder.documents} if source.folder else set()
    listed = {where: _last(url) for part in ("output", "deleted") for where, url in _listed(manifest.get(part), part)}
    if here.isdisjoint(listed.values()):
        return
    for where, name in listed.items():
        if name not in here:
            yield Unreadable(where, "a file that the manifest lists is not here: fetch it, and read the folder again", name)


def _listed(items: object, part: str) -> Iterator[tuple[str, str]]:
    for position, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict) and isinstance(item.get("url"), str):
            yield f"{part}[{position}]", item["url"]


def _last(name: str) -> str:
    return name.partition("?")[0].rpartition("/")[2].removesuffix(".gz")


def _names_only(head: bytes) -> bool:
    """Say whether a JSON file is a resource of the directory, or a Bundle that begins with one (but not one patient's)."""
    kinds = [found.decode() for found in _TYPE.findall(head)[:2]]
    if kinds[:1] == ["Bundle"]:
        return len(kinds) == 2 and kinds[1] in DIRECTORY_TYPES - {"Patient"}
    return bool(kinds) and kinds[0] in DIRECTORY_TYPES


def _unpacked(stream: BinaryIO) -> BinaryIO:
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream)) if packed else stream


@contextmanager
def _opened(opened: Callable[[], BinaryIO]) -> Iterator[BinaryIO]:
    with opened() as stream, _unpacked(stream) as plain:
        yield plain
