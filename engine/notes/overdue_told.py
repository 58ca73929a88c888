"""What notes say is overdue, was missed or not returned: no recommendation knows that a kit was sent twice."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.care import GapKind
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.quoting import quote_sentence

MOST_TOLD = 3
_HOLDS = timedelta(days=550)
"""So long a note of something undone still counts."""
_OVERDUE = Cue(
    r"\b(?:overdue|(?:is |are |now |was |were )due(?: (?:for|now|since|again))?\b(?! to\b)|due[,;–-] last|(?:not|never)(?: yet)? (?:been )?(?:returned|attended|done|booked)(?= (?:x ?\d|twice|yet|since|for)\b|[.,;]|$)"
    r"|postponed|outstanding|lapsed|did not attend|didn['’]t attend|(?-i:DNA)(?:['’]?d|s)?(?! (?:test|analysis|extract\w*|sample|repair))|missed (?:the |his |her |their |\w+ )?(?:\w+ )?(?:appointment|appt|clinic|screening|scan|injection|jab|review|check|smear|mammogram)"
    r"|needs? (?:to be )?re-?book\w*|behind (?:on|with)|declin\w+ (?:the |his |her )?(?:\w+ )?(?:screening|vaccin\w+|jab|smear|mammogram|colonoscopy))\b"
)
_OF_JABS = Cue(
    r"\b(?:vacc\w+|vax\w*|immuni[sz]\w+|jabs?|shots?|boosters?|shingrix|flu|influenza|pneumo\w+|covid|tetanus|tdap|mmr|hpv|zoster|shingles|hep(?:atitis)? [ab]|rsv|pcv\d*)\b"
)
_OF_SCREENING = Cue(
    r"\b(?:screen\w*|smears?|pap|mammogra\w+|fit|kit|colonoscop\w+|colorectal|bowel|cervical|breast|aaa|dexa|dxa|bone density|retinal|eyes?|foot|feet|check(?:s|-?ups?)?)\b"
)
_OF_FAMILY = Cue(r"famil|\bfhx?\b")


class _Told(NamedTuple):
    when: float
    passage: Passage
    sentence: Sentence
    text: str


def overdue_noted(kinds: Sequence[GapKind], reading: Reading, /) -> list[DraftClaim]:
    """Quote the newest sentences of notes that say what of some kinds of care was missed or is overdue.

    Args:
        kinds: what is asked for; monitoring takes in what is of no other kind.
        reading: the question and the chart.
    """
    told = sorted(_saying(reading), key=lambda each: -each.when)
    kept = [each for each in told if _is_of(each.text, kinds)]
    distinct = {forms(each.text): each for each in reversed(kept)}
    newest = list(distinct.values())[::-1][:MOST_TOLD]
    return [quote_sentence(each.passage, each.sentence, reading.shelves.records, route="quote") for each in newest]


def _saying(reading: Reading) -> Iterator[_Told]:
    for passage in reading.shelves.records.all_passages(reading.scope):
        known = passage.recorded or passage.occurred
        if known is None or reading.chart.today - known.first_day > _HOLDS or _OF_FAMILY.search(passage.section):
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if sentence not in passage.commands and not text.rstrip().endswith("?") and _OVERDUE.search(text):
                yield _Told(known.start.timestamp(), passage, sentence, text)


def _is_of(text: str, kinds: Sequence[GapKind]) -> bool:
    jab, screening = _OF_JABS.search(text) is not None, _OF_SCREENING.search(text) is not None
    return (
        (jab and "immunisation" in kinds)
        or (screening and "screening" in kinds)
        or ("monitoring" in kinds and not (jab or screening))
    )
