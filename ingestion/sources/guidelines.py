"""Guideline files to prepared recommendations, each with its statement and its bullets.

A file is Markdown with YAML front matter; `## R1. heading` opens a recommendation: a statement, then bullets such as
`- Strength: ...`, then, where it has one, a block of conditions for machines (docs/guideline-conditions.md), which is kept and
neither quoted nor searched. What a recommendation means for a patient is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import yaml
from chartcite.engine.domain.records import Document, PartialDate
from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.ports import FRONT_MATTER, GUIDELINES, PreparedPassage, PreparedResource
from chartcite.ingestion.passages import Span, sentence_spans
from chartcite.ingestion.sources.fhir_elements import parse_moment
from chartcite.ingestion.sources.source import Format, Read, ReadResource, SourceFile, embed_text

_FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|$)", re.DOTALL)
_HEADING = re.compile(r"^##[ \t]+(\S.*?)[ \t\r]*$", re.MULTILINE)
_RECOMMENDATION = re.compile(r"(R\d+[a-z]?)\.[ \t]*(\S.*)$")
_BULLET = re.compile(r"^[ \t]*[-*][ \t]+(?=\S)", re.MULTILINE)
_RULE = re.compile(r"^```", re.MULTILINE)
"""Opens the conditions for machines."""
_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=[ \t\r]*\n[ \t\r]*\n|\s*\Z)", re.DOTALL)
_REQUIRED = ("id", "organization", "title", "year")
_MAX_FRONT_MATTER_CHARACTERS = 20_000


def looks_like_guideline(text: str) -> bool:
    """Say whether a Markdown text has front matter, as guideline files do."""
    return bool(_FRONT_MATTER.match(text))


def read_guideline(text: str, name: str, *, corpus: str = GUIDELINES) -> Iterator[ReadResource]:
    """Yield each recommendation of a guideline file; `name` of the file is used in errors only.

    Raises:
        SourceRejectedError: no front matter, a required key is missing, or there is no recommendation or one twice.
    """
    meta = _front_matter(text, name)
    headings = list(_HEADING.finditer(text))
    seen: set[str] = set()
    for position, heading in enumerate(headings):
        match = _RECOMMENDATION.match(heading[1])
        if match is None:
            continue
        if match[1] in seen:
            raise SourceRejectedError(f"guideline {name}: recommendation {match[1]} stands twice")
        seen.add(match[1])
        end = headings[position + 1].start() if position + 1 < len(headings) else len(text)
        section = text[heading.start() : end].rstrip()
        yield ReadResource(_recommendation(meta, match, section, corpus), where=match[1])
    if not seen:
        raise SourceRejectedError(f"guideline {name}: no recommendation `## R1. ...` in it")


def _front_matter(text: str, name: str) -> dict[str, str]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        raise SourceRejectedError(f"guideline {name}: no front matter between two lines `---`")
    if len(match[1]) > _MAX_FRONT_MATTER_CHARACTERS:
        raise SourceRejectedError(f"guideline {name}: the front matter is longer than {_MAX_FRONT_MATTER_CHARACTERS} characters")
    try:
        loaded = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506 -- it makes text of everything, as it is written
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise SourceRejectedError(f"guideline {name}: the front matter is not YAML") from error
    if not isinstance(loaded, dict):
        raise SourceRejectedError(f"guideline {name}: the front matter is not a list of keys")
    meta = {key: value for key, value in loaded.items() if isinstance(key, str) and isinstance(value, str)}
    missing = [key for key in _REQUIRED if not meta.get(key)]
    if missing:
        raise SourceRejectedError(f"guideline {name}: the front matter lacks {', '.join(missing)}")
    return {**meta, FRONT_MATTER: match[1]}


def _recommendation(meta: dict[str, str], match: re.Match[str], section: str, corpus: str) -> PreparedResource:
    resource = f"{meta['id']}#{match[1]}"
    title = f"{meta['organization']}: {meta['title']} ({meta['year']})"
    document = Document(
        resource=resource,
        patient_id=None,
        path="",
        title=title,
        text=section,
        recorded=_published(meta),
        author=meta["organization"],
        kind=meta.get("status", "current"),
    )
    front = document.model_copy(update={"path": FRONT_MATTER, "text": meta[FRONT_MATTER]})
    rule = _RULE.search(section)
    sentences = tuple(_sentences(section[: rule.start()].rstrip() if rule else section))
    passages = () if not sentences else (_passage(section, sentences, meta["title"], match[2].strip()),)
    return PreparedResource(
        resource=resource,
        resource_type="Guideline",
        patient_id=None,
        documents=(document, front),
        facts=(),
        passages=passages,
        corpus=corpus,
    )


def _published(meta: dict[str, str]) -> PartialDate | None:
    """Return the version where it is a date, else the year."""
    return parse_moment(meta.get("version", "")) or parse_moment(meta["year"])


def _passage(section: str, sentences: tuple[Span, ...], title: str, heading: str) -> PreparedPassage:
    start, end = sentences[0][0], sentences[-1][1]
    return PreparedPassage(0, start, end, heading, sentences, embed_text(title, heading, section[start:end]))


def _sentences(section: str) -> Iterator[Span]:
    """Yield the sentences of the statement, then each bullet whole."""
    body = section.find("\n") + 1 or len(section)
    bullets = [match.start() + len(match[0]) - len(match[0].lstrip()) for match in _BULLET.finditer(section, body)]
    for paragraph in _PARAGRAPH.finditer(section, body, bullets[0] if bullets else len(section)):
        yield from sentence_spans(section, paragraph.start(), paragraph.end())
    for start, end in pairwise([*bullets, len(section)]):
        yield start, start + len(section[start:end].rstrip())


def _recognises(source: SourceFile) -> bool:
    return source.name.endswith(".md") and source.head.decode("utf-8", "replace").lstrip("\ufeff").startswith("---")


def _read(source: SourceFile) -> Read:
    try:
        text = source.content().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceRejectedError("the file is not UTF-8") from error
    yield from read_guideline(text, source.name, corpus=source.given.corpus or GUIDELINES)


GUIDELINE = Format("guideline in Markdown", _recognises, _read)
