"""A FHIR R4 server as a source: its search pages as documents, people and places first, notes with the Binaries they name.

Source: FHIR R4, 3.1.1 Search (paging), 3.1.0.1.8 (retry), 3.2.1 CapabilityStatement; SMART App Launch (bearer token).
"""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

import httpx
from chartcite.engine.domain.records import PartialDate
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import ResourceText, iterate_resources
from chartcite.ingestion.sources.fhir_bulk import Surroundings, surroundings_of
from chartcite.ingestion.sources.fhir_elements import Element
from chartcite.ingestion.sources.fhir_http import Answer, Connection, RefusedError, joined
from chartcite.ingestion.sources.fhir_recipes import RECIPES
from chartcite.ingestion.sources.fhir_recipes_planned import NOT_OF_A_PATIENT, PLANNED_RECIPES
from chartcite.ingestion.sources.fhir_references import DIRECTORY_TYPES
from chartcite.ingestion.sources.source import HEAD_BYTES, Folder, SourceFile

PAGE_RESOURCES = 200
PAGE_NOTES = 50
"""Resources asked for in a page of notes: their Binaries come with it."""
MAX_PAGE_WITH_BINARIES_BYTES = 64 << 20
MAX_PAGES = 100_000

_SCHEME = "fhir+"
_FIRST = (
    "Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "Medication", "Device",
)  # fmt: skip
_HOLDERS = frozenset({"DocumentReference", "DiagnosticReport"})
_USUAL = tuple(sorted({*RECIPES, *PLANNED_RECIPES, "FamilyMemberHistory", "QuestionnaireResponse"}))
"""What is asked for where the server does not say what it has."""
_NOT_HAD = frozenset({400, 404, 405, 501})


def fetch(
    url: str,
    *,
    since: PartialDate | None = None,
    token: str | None = None,
    types: Sequence[str] = (),
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[SourceFile]:
    """Yield the search pages of a server, each as one document, while they are read.

    `url`: `fhir+https://host/base`. `since`: only what changed at or after it. `types`: empty means all that the server
    can search and that say something of patients. Pages are followed on the server's own origin only, and the token is
    sent nowhere else.

    Raises:
        SourceRejectedError: the address cannot be used, the server does not answer or refuses, or it sends elsewhere; at
            the end, the types that it refused, when all others were yielded.
    """
    base = base_of(url)
    folder = Folder({})
    around = surroundings_of(_page(url, 0, b"", folder), lines=False)
    refused: list[str] = []
    with Connection(base, token, sleep) as connection:
        asked, guessed = (tuple(types), False) if types else _searchable(connection, base)
        for kind in (*(one for one in _FIRST if one in asked), *(one for one in asked if one not in _FIRST)):
            search = _Search(connection, base, kind, since)
            try:
                for number, content in enumerate(search.pages(), start=1):
                    _learn(content, kind, around)
                    yield _page(f"{_SCHEME}{base}/{kind}#page={number}", number, content, folder)
            except RefusedError as error:
                if not (guessed and error.status in _NOT_HAD):
                    refused.append(f"{kind} (HTTP {error.status})")
    if refused:
        raise SourceRejectedError(
            f"{_SCHEME}{base}: the server refused {', '.join(refused)}: ask for the rights to read them; all else was read"
        )


def base_of(url: str) -> str:
    """Return the base address of a server, without the mark `fhir+` and a slash at its end.

    Raises:
        SourceRejectedError: not such an address, or one that holds a password or a query.
    """
    try:
        address = httpx.URL(url.removeprefix(_SCHEME))
    except (httpx.InvalidURL, TypeError) as error:
        raise SourceRejectedError("not the address of a FHIR server: give fhir+https://host/base") from error
    if address.scheme not in {"https", "http"} or not address.host:
        raise SourceRejectedError("not the address of a FHIR server: give fhir+https://host/base")
    if address.userinfo or address.query or address.fragment:
        raise SourceRejectedError(
            "the address of a FHIR server holds no password and no query: give fhir+https://host/base, "
            "and a token in CHARTCITE_FHIR_TOKEN"
        )
    return str(address).rstrip("/")


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for all resources of a type."""

    connection: Connection
    base: str
    kind: str
    since: PartialDate | None

    def pages(self) -> Iterator[bytes]:
        """Yield each page; a page of notes together with the Binaries that they name."""
        parameters = {"_count": str(PAGE_NOTES if self.kind in _HOLDERS else PAGE_RESOURCES)}
        if self.since is not None:
            parameters["_lastUpdated"] = f"ge{self.since.written}"
        address = str(httpx.URL(f"{self.base}/{self.kind}", params=parameters))
        seen: set[str] = set()
        while address:
            if address in seen or len(seen) >= MAX_PAGES:
                raise SourceRejectedError(
                    f"{self.base}/{self.kind}: the pages of the server do not come to an end: tell its owner"
                )
            seen.add(address)
            content = self.connection.get(address).content
            page = _object(content, f"{self.base}/{self.kind}")
            yield self._with_binaries(content, page) if self.kind in _HOLDERS else content
            address = self._next(page, address)

    def _next(self, page: dict[str, object], address: str) -> str:
        for link in Element(page, "").child("link").items():
            if link.child("relation").words == "next" and link.child("url").words:
                return str(joined(httpx.URL(address), link.child("url").words))
        return ""

    def _with_binaries(self, content: bytes, page: dict[str, object]) -> bytes:
        """Wrap a page and the Binaries that its notes name into one Bundle, each exactly as it came."""
        entries = [b'{"resource":' + content.removeprefix(b"\xef\xbb\xbf") + b"}"]
        size = len(content)
        for url in dict.fromkeys(_attachments(page)):
            if not url or size > MAX_PAGE_WITH_BINARIES_BYTES:
                continue
            with suppress(RefusedError):  # the note then says that its words are not here
                address = str(joined(httpx.URL(f"{self.base}/"), url))
                if not address.startswith(f"{self.base}/Binary/"):
                    continue
                binary = _binary(self.connection.get(address), address)
                size += len(binary)
                entries.append(b'{"fullUrl":' + json.dumps(url).encode() + b',"resource":' + binary + b"}")
        if len(entries) == 1:
            return content
        return b'{"resourceType":"Bundle","type":"collection","entry":[' + b",".join(entries) + b"]}"


def _attachments(page: dict[str, object]) -> Iterator[str]:
    for holder in Element(page, "").each("entry", "resource"):
        for url in (*holder.each("content", "attachment", "url"), *holder.each("presentedForm", "url")):
            yield url.words


def _binary(answer: Answer, address: str) -> bytes:
    """Return a Binary as JSON: as the server sent it, or made of the bare content that it sent instead."""
    with suppress(ValueError, RecursionError):
        data = json.loads(answer.content)
        if isinstance(data, dict) and data.get("resourceType") == "Binary":
            return answer.content.removeprefix(b"\xef\xbb\xbf")
    own = address.rpartition("/Binary/")[2].partition("/")[0].partition("?")[0]
    data = base64.b64encode(answer.content).decode("ascii")
    return json.dumps({"resourceType": "Binary", "id": own, "contentType": answer.content_type, "data": data}).encode()


def _searchable(connection: Connection, base: str) -> tuple[tuple[str, ...], bool]:
    """Return the types that the server can search and that are of use, and whether they had to be guessed."""
    try:
        statement = _object(connection.get(f"{base}/metadata").content, f"{base}/metadata")
    except (RefusedError, SourceRejectedError):
        return (*_FIRST, *_USUAL), True
    unused = NOT_OF_A_PATIENT - DIRECTORY_TYPES
    found = []
    for one in Element(statement, "").each("rest", "resource"):
        kind = one.child("type").words
        interactions = {code.words for code in one.each("interaction", "code")}
        if kind.isalpha() and kind not in unused and (not interactions or "search-type" in interactions):
            found.append(kind)
    return (tuple(dict.fromkeys(found)), False) if found else ((*_FIRST, *_USUAL), True)


def _object(content: bytes, where: str) -> dict[str, object]:
    """Return a FHIR resource that a server sent.

    Raises:
        SourceRejectedError: it sent something else.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise SourceRejectedError(f"{where}: the server did not answer in JSON: is this the base of a FHIR R4 server?") from error
    if not isinstance(data, dict) or data.get("resourceType") not in ("Bundle", "CapabilityStatement"):
        raise SourceRejectedError(f"{where}: the server answered with something else than a page of FHIR resources")
    return data


def _learn(content: bytes, kind: str, around: Surroundings) -> None:
    """Keep the names of a page for those that come after it, also where the page itself is not read again."""
    if kind in DIRECTORY_TYPES:
        with suppress(SourceRejectedError, UnicodeDecodeError):
            around.learn_resources(one for one in iterate_resources(content.decode("utf-8-sig")) if isinstance(one, ResourceText))


def _page(uri: str, number: int, content: bytes, folder: Folder) -> SourceFile:
    name = f"page-{number}.json"
    return SourceFile(uri, name, content[:HEAD_BYTES], len(content), lambda: BytesIO(content), folder=folder)
