"""FHIR R4 file to prepared resources: facts, documents, passages, and what was refused.

Source: FHIR R4 (http://hl7.org/fhir/R4/). A file is a Bundle of any type, one resource, or NDJSON, which is read in pieces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chartcite.engine.domain.records import PatientId
from chartcite.engine.facts.elements import Unreadable, iterate_resources
from chartcite.ingestion.sources.fhir_bulk import Surroundings, is_manifest, read_manifest, surroundings_of
from chartcite.ingestion.sources.fhir_lines import head_text, holds_lines, read_pieces, whole_content, whole_text
from chartcite.ingestion.sources.fhir_pieces import (
    Claim,
    Piece,
    Telling,
    Together,
    documents_of,
    raw_of,
    read_found,
    read_piece,
    tell,
    teller,
)
from chartcite.ingestion.sources.source import Format, Read, ReadResource, SourceFile, WrittenRead, passages_of

_MAX_REMEMBERED = 200_000


class Pieces(NamedTuple):
    """The parts of a file that can be read on their own, in order, and what is known beyond it."""

    pieces: Iterator[Piece]
    around: Surroundings


class _File(NamedTuple):
    """What is remembered from piece to piece of a file."""

    told: dict[Telling, str]
    """Which document tells a narrative text of a patient and a day: its passages are cut once."""
    owners: dict[str, PatientId | None]

    def forget(self) -> None:
        """Keep what is remembered of a file of any size small."""
        if len(self.told) > _MAX_REMEMBERED:
            self.told.clear()
        if len(self.owners) > _MAX_REMEMBERED:
            self.owners.clear()


def read_fhir(text: str) -> Read:
    """Yield every resource of a FHIR file, in order, each part that was refused with its reason, and what is gone.

    Raises:
        SourceRejectedError: the text is not JSON, and no line of it is.
    """
    return settled([read_found(iterate_resources(text), Surroundings())])


def pieces_of(source: SourceFile) -> Pieces | None:
    """Return the parts of a file; `None` for the manifest of an export, which holds no resources."""
    if is_manifest(head_text(source.head)):
        return None
    lines = holds_lines(source.name, source.head, source.open)
    around = surroundings_of(source, lines=lines)
    return Pieces(_lines(source, around) if lines else _whole(source), around)


def settled(read: Iterable[list[Together]]) -> Read:
    """Yield what the pieces of a file hold, once it is known what they say of each other.

    An id belongs to one patient in a file, and what is told of a patient and a day in the same words is told once.
    """
    file = _File({}, {})
    for piece in read:
        while piece:  # what was given away is not held while the next piece is read
            yield from _settled(piece.pop(0), file)
        file.forget()


def _settled(together: Together, file: _File) -> Read:
    owned = [_owned(one, file) if isinstance(one, Claim) else one for one in together]
    tell([one for one in owned if isinstance(one, Claim)], file.told)
    together.clear()
    owned.reverse()
    while owned:
        one = owned.pop()
        yield _told(one, file.told) if isinstance(one, Claim) else one


def _owned(claim: Claim, file: _File) -> Claim | Unreadable:
    """Return a resource, unless an earlier one of the same id is another patient's."""
    if file.owners.setdefault(claim.identity, claim.patient_id) == claim.patient_id:
        return claim
    kind = claim.identity.partition("/")[0]
    return Unreadable(claim.read.where, f"its id is that of another patient's {kind} in this file", raw_of(claim))


def _told(claim: Claim, told: dict[Telling, str]) -> ReadResource | WrittenRead | Unreadable:
    """Return a resource with the passages of the narrative that no other tells."""
    read = claim.read
    if not isinstance(read, ReadResource) or not claim.narratives or not claim.searched:
        return read
    telling = [one for one in claim.narratives if one.always or told.get(one.telling) == teller(claim, one)]
    passages = [
        passages_of([(one.position, documents_of(claim)[one.position])]) if one.passages is None else one.passages
        for one in telling
    ]
    prepared = read.prepared._replace(passages=tuple(passage for some in passages for passage in some))
    return read._replace(prepared=prepared)


def _whole(source: SourceFile) -> Iterator[Piece]:
    yield Piece(whole_content(source))


def _lines(source: SourceFile, around: Surroundings) -> Iterator[Piece]:
    for number, lines in enumerate(read_pieces(source, around.weight)):
        yield Piece(None, tuple(lines), first=not number)


def _recognises(source: SourceFile) -> bool:
    if source.name.endswith((".json", ".ndjson")):
        return True
    text = head_text(source.head)
    return text[:1] in {"{", "["} and ('"resourceType"' in text or is_manifest(text))


def _read(source: SourceFile) -> Read:
    found = pieces_of(source)
    if found is None:
        yield from read_manifest(whole_text(source), source)
    else:
        yield from settled(read_piece(piece, found.around) for piece in found.pieces)


FHIR = Format("FHIR R4 JSON", _recognises, _read)
