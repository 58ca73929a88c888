"""The recommendations of the guideline corpus as typed values, with their versions. Read this file first.

`guideline_rules.py` reads the conditions, `applicability.py` evaluates them for a patient, `care_gaps.py` finds what is due,
`guideline_answers.py` answers questions. A superseded recommendation is never offered as current; it is kept to show the change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from chartcite.engine.domain.evidence import Citation, Passage
from chartcite.engine.guidelines.guideline_rules import Rule, RuleError, block_of, parse_rule
from chartcite.engine.ports import GuidelineText, RecordStore

_BULLET = re.compile(r"^- (Strength|Certainty|Population|Conditions|Rationale): (.+)$", re.MULTILINE)
_KEY = re.compile(r"^([a-z_]+):[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
_ITEM = re.compile(r"\"([^\"]*)\"|([^\[\],\"]+)")


class Recommendation(NamedTuple):
    """One recommendation of one version of a guideline."""

    id: str
    """`guideline#R1`."""
    guideline: str
    organization: str
    title: str
    year: str
    version: str
    identifier: str
    """DOI or document number; empty: not certain."""
    jurisdiction: str
    status: Literal["current", "superseded"]
    supersedes: str
    superseded_by: str
    topics: tuple[str, ...]
    heading: str
    statement: str
    bullets: dict[str, str]
    """`Strength`, `Certainty`, `Population`, `Conditions`, `Rationale`, as written."""
    rule: Rule | None
    """Conditions for machines; `None`: it has none, or they cannot be read."""
    passage: Passage

    @property
    def strength(self) -> str:
        """Strength in the issuer's own scheme."""
        return self.bullets.get("Strength", "")

    @property
    def source(self) -> str:
        """Organisation, title and year, as its passage is titled."""
        return self.passage.title

    def span(self, bullet: str) -> tuple[int, int] | None:
        """Return the character range of a bullet's words in its document."""
        match = next((one for one in _BULLET.finditer(self.passage.text) if one[1] == bullet), None)
        return None if match is None else (self.passage.start + match.start(2), self.passage.start + match.end(2))

    def cite(self, records: RecordStore, bullet: str = "") -> Citation | None:
        """Cut the citation of the statement, or of a bullet."""
        span = self.span(bullet) if bullet else statement_span(self.passage)
        return None if span is None else records.cite_span(self.passage, start=span[0], end=span[1])


class Library:
    """All recommendations of a corpus."""

    def __init__(self, texts: Iterable[GuidelineText]) -> None:
        self.recommendations = tuple(map(read_recommendation, texts))
        self.by_id = {one.id: one for one in self.recommendations}
        self.current = tuple(one for one in self.recommendations if one.status == "current")
        self.disputed = tuple(one for one in self.current if one.rule is not None and one.rule.positions)

    def of_guideline(self, guideline: str) -> tuple[Recommendation, ...]:
        """Return the recommendations of one version of a guideline."""
        return tuple(one for one in self.recommendations if one.guideline == guideline)

    def before(self, recommendation: Recommendation) -> tuple[Recommendation, ...]:
        """Return the recommendations of the version that one's guideline replaced: the one with the same heading first."""
        older = self.of_guideline(recommendation.supersedes) if recommendation.supersedes else ()
        return tuple(sorted(older, key=lambda one: one.heading != recommendation.heading))


def library(records: RecordStore) -> Library:
    """Return the recommendations of a store's guideline corpus, read once for each state of the store."""
    return _library(records.guideline_texts, records.snapshot())


@lru_cache(maxsize=4)
def _library(texts: Callable[[], list[GuidelineText]], _snapshot: str) -> Library:
    return Library(texts())


def read_recommendation(stored: GuidelineText) -> Recommendation:
    """Return a stored recommendation as a typed value. Conditions that cannot be read count as none: the linter tells of them."""
    passage, meta = stored.passage, front_matter(stored.front_matter)
    guideline = passage.resource.partition("#")[0]
    first, last = statement_span(passage)
    block = block_of(stored.text)
    try:
        rule = None if block is None else parse_rule(block)
    except RuleError:
        rule = None
    recorded = passage.recorded.written if passage.recorded is not None else ""
    return Recommendation(
        id=passage.resource,
        guideline=guideline,
        organization=passage.author,
        title=meta.get("title", passage.title),
        year=meta.get("year", recorded[:4]),
        version=meta.get("version", recorded),
        identifier=meta.get("identifier", ""),
        jurisdiction=meta.get("jurisdiction", ""),
        status="superseded" if passage.kind == "superseded" else "current",
        supersedes=meta.get("supersedes", ""),
        superseded_by=meta.get("superseded_by", ""),
        topics=_items(meta.get("topics", "")),
        heading=passage.section,
        statement=" ".join(passage.text[first - passage.start : last - passage.start].split()),
        bullets={match[1]: match[2].strip() for match in _BULLET.finditer(passage.text)},
        rule=rule,
        passage=passage,
    )


def statement_span(passage: Passage) -> tuple[int, int]:
    """Return the character range of a recommendation's statement: its sentences before the bullets."""
    said = [one for one in passage.sentences if not passage.sentence_text(one).startswith(("-", "#", "*"))]
    sentences = said or list(passage.sentences)
    return (sentences[0].start, sentences[-1].end) if sentences else (passage.start, passage.end)


def front_matter(text: str) -> dict[str, str]:
    """Return the keys of a front matter with their values as text; those without a value are left out."""
    found = {match[1]: match[2].strip().strip("\"'") for match in _KEY.finditer(text)}
    return {key: value for key, value in found.items() if value and value not in {"null", "~"}}


def _items(written: str) -> tuple[str, ...]:
    return tuple((one[0] or one[1]).strip() for one in _ITEM.findall(written) if (one[0] or one[1]).strip())
