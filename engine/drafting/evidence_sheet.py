"""Evidence → numbered sentences that a language model may cite, within a budget of tokens. Chooses whole items; cuts none.

What commands whoever reads it is not told to a model, nor what stands in the same passage: it cannot be obeyed, nor cited.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from chartcite.engine.answers.focus import QUOTES
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Citation, Evidence, Mark, Passage, Sentence
from chartcite.engine.domain.evidence_sheets import EvidenceItem, EvidenceSentence, EvidenceSheet
from chartcite.engine.language.hostile import seen, untrustworthy
from chartcite.engine.ports import RecordStore

CHARACTERS_A_TOKEN = 3.0
"""Characters that one token has at least, on average: clinical abbreviations and numbers cut finer than prose (about 3.3)."""
MOST_SENTENCE_CHARACTERS = 900
MOST_DRAFTED = 12
"""Statements that code made from the record, which come before the notes."""
MOST_ITEMS = 99
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*,? ?){1,6}(?:, ?[A-Za-z.]{1,8}){0,3}")
"""A person or a service, and titles."""
_SPECIAL = re.compile(r"<\|?/?[\w\-]{1,40}\|?>|\[/?INST\]|<<?/?SYS>>?|</?s>|<\uff5c[^\uff5c]{1,40}\uff5c>|```|#{3,}")
_BRACKETS = str.maketrans({"<": "‹", ">": "›", "[": "(", "]": ")", "`": "'", "|": "¦", "#": "♯", "\uff5c": "¦"})


def neutral(text: str) -> str:
    """Return a text on one line in which nothing reads as a special token or as the end of the data around it."""
    return " ".join(_SPECIAL.sub(lambda found: found[0].translate(_BRACKETS), seen(text)).split())


def build_sheet(
    drafted: Sequence[DraftClaim], evidence: Sequence[Evidence], records: RecordStore, /, *, most_tokens: int
) -> EvidenceSheet:
    """Number what was found for a question: first what code already drafted from the record, then passages, best first.

    Args:
        drafted: claims of the evidence-only engine.
        evidence: passages of one scope, best first.
        records: cuts the citations.
        most_tokens: of the whole sheet. An item that does not fit, or commands, is left out whole, and counted.
    """
    sheet = _Sheet(most_tokens)
    told = [claim for claim in drafted if claim.route not in QUOTES]
    for claim in [claim for claim in told if not _is_hostile(claim)][:MOST_DRAFTED]:
        day = _day_of_claim(claim)
        sheet.add(_Head(_heading_of_claim(claim), day, day), [(neutral(claim.text), partial(_as_cited, claim))])
    for item in evidence:
        passage = item.passage
        if passage.commands:
            sheet.left_out += 1
            continue
        lines = [
            (text, partial(_cite, passage, sentence, records))
            for sentence in passage.sentences
            if not untrustworthy(said := passage.sentence_text(sentence)) and (text := neutral(said)[:MOST_SENTENCE_CHARACTERS])
        ]
        sheet.add(_head(passage), lines)
    return EvidenceSheet(items=tuple(sheet.items), left_out=sheet.left_out)


def _is_hostile(claim: DraftClaim) -> bool:
    marked = any(Mark.INSTRUCTION_LIKE in citation.marks for citation in claim.citations)
    return marked or untrustworthy(claim.text)


class _Head(NamedTuple):
    """What stands over the sentences of an item."""

    heading: str
    context: str
    day: str


class _Sheet:
    """Items so far, and the room that is left in characters."""

    def __init__(self, most_tokens: int) -> None:
        self.items: list[EvidenceItem] = []
        self.left_out = 0
        self._room = most_tokens * CHARACTERS_A_TOKEN

    def add(self, head: _Head, lines: Sequence[tuple[str, Callable[[], tuple[Citation, ...]]]]) -> None:
        """Number an item, where it fits. Citations are cut only then."""
        size = len(head.heading) + _ID_CHARACTERS + sum(len(text) + _ID_CHARACTERS for text, _ in lines)
        if not lines or len(self.items) >= MOST_ITEMS or len(lines) >= MOST_ITEMS:
            self.left_out += bool(lines)
            return
        if size > self._room:
            self.left_out += 1
            return
        self._room -= size
        id_ = f"R{len(self.items) + 1:02d}"
        sentences = tuple(
            EvidenceSentence(id=f"{id_}.s{number}", text=text, citations=cite())
            for number, (text, cite) in enumerate(lines, start=1)
        )
        self.items.append(EvidenceItem(id=id_, sentences=sentences, **head._asdict()))


_ID_CHARACTERS = 9
"""Of an id with its marks and the end of the line."""


def _cite(passage: Passage, sentence: Sentence, records: RecordStore) -> tuple[Citation, ...]:
    return (records.cite_span(passage, start=sentence.start, end=sentence.end),)


def _as_cited(claim: DraftClaim) -> tuple[Citation, ...]:
    return claim.citations


def _day(passage: Passage) -> str:
    known = passage.occurred or passage.recorded
    return known.day if known else ""


def _head(passage: Passage) -> _Head:
    """Return the heading of a passage without what is no title, no section and no name."""
    title, section = (part if part and not untrustworthy(part) else "" for part in (passage.title, passage.section))
    author = passage.author if _NAME.fullmatch(passage.author) and not untrustworthy(passage.author) else ""
    day = _day(passage)
    heading, context = (", ".join(filter(None, parts)) for parts in ((title, day, section, author), (day, section, author)))
    return _Head(neutral(heading), neutral(context), day)


def _day_of_claim(claim: DraftClaim) -> str:
    return (claim.citations[0].source.occurred_at or "")[:10]


def _heading_of_claim(claim: DraftClaim) -> str:
    return "Calculated from the record" if claim.computation is not None else "Structured record"


def told(sheet: EvidenceSheet) -> str:
    """Write a sheet as a model reads it."""
    lines: list[str] = []
    for item in sheet.items:
        lines.append(f"[{item.id}] {item.heading}")
        lines.extend(f"{sentence.id}: {sentence.text}" for sentence in item.sentences)
    return "\n".join(lines)
