"""Sentences of notes that stand beside an answer and hardly answer: left out where something else tells more.

A sentence is quoted because its words are those of the question; read together with it (`models/sentence_reader.py`) some are
plainly about something else: "Repeat K came back 4.8" beside "has the cancer come back?". Of 72 sentences that stood beside
others in answers to 560 questions of the tune half, 16 lay below -2.0, and none of them was needed; of those `FAR` behind, none.
"""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.confidence.confidence_asked import said_by
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.language.cues import Cue
from chartcite.engine.notes.second_look import NEAR_QUOTE
from chartcite.engine.notes.turn_causes import tells_harm_at_end
from chartcite.engine.ports import InPlace, Reader

STRAY = -2.5
"""Log-odds that it answers, as the reader sees a sentence, below which it is left out where something else stands beside it."""
FAR = 3.0
"""How far behind the likeliest quote another that is likelier not to answer is left out."""
_BY_WORDS = "quote"
_MOST = 8
_WHY = Cue(r"\b(?:why|how come|reasons?)\b")
"""Asks for a reason: a sentence that tells both a turn and the harm that it was for answers, however long it is."""


def without_strays(asked: str, claims: Sequence[DraftClaim], reader: Reader, /) -> list[DraftClaim]:
    """Return the claims without the quotes that hardly answer; whatever is asked, one claim is left, and denials stay."""
    quoted = [each for each in claims if each.route in {_BY_WORDS, NEAR_QUOTE} and each.kind is not ClaimKind.ABSENCE][:_MOST]
    if len(claims) < 2 or not quoted:
        return list(claims)
    odds = reader.read(asked, [InPlace(said_by(each), before="", section="") for each in quoted])
    best = max(odds)
    alone = len(quoted) == len(claims)
    asks_why = _WHY.search(asked) is not None
    strays = [
        each.text
        for each, read in zip(quoted, odds, strict=True)
        if not (alone and read == best)
        and not (asks_why and each.route == _BY_WORDS and tells_harm_at_end(said_by(each)))
        and (_is_far(read, best) or (each.route == _BY_WORDS and read < STRAY))
    ]
    return [each for each in claims if each.text not in strays]


def _is_far(read: float, best: float) -> bool:
    return read < 0 and best - read > FAR
