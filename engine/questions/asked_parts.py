"""What a question wants told of a visit: "diagnosis, main treatment, anything left to chase", each found in notes by its words."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.question_words import is_ordinary


class PartAsked(NamedTuple):
    """One thing that is wanted: by the sections and words in which notes tell it, or by its own words."""

    words: frozenset[str]
    section: Cue | None = None
    said: Cue | None = None

    def fits(self, section: str, text: str) -> float:
        """Return how well a sentence of a section tells it; 0: not at all."""
        folded = set(forms(text))
        shared = sum(not ({word, *said_as(word)}).isdisjoint(folded) for word in self.words)
        spoken = len(list(self.said.finditer(text))) if self.said is not None else 0
        headed = self.section is not None and self.section.search(section) is not None
        return 1.5 * shared + min(spoken, 2) * (1.2 if headed else 1.0) + 0.8 * headed


_KINDS = (
    (
        Cue(r"\b(?:chase|chas(?:ed|ing)|outstanding|follow[- ]?ups?|pending|to do|todo|next steps?|plans?|loose ends|left|recommend\w*|aftercare|arrangements|handed over)\b"),
        Cue(r"follow|plan|dispo|incidental|recommend|instruction|pending|a/p|a&p"),
        Cue(r"\b(?:repeat|recommend\w*|arrange|refer\w*|due|recheck|rpt|pending|await\w*|re-?order\w*|re-?refer|chase|follow[- ]?up|TCA|booked|in \d+(?:-| to )\d+ (?:weeks|months)|weeks?|months?)\b"),
    ),
    (
        Cue(r"\b(?:treat\w*|therap\w*|manage\w*|what was (?:done|given)|interventions?|medication|medicines?|meds)\b"),
        Cue(r"course|treat|therap|rx|medication"),
        Cue(r"\b(?:given|started|treated|added|commenced|completed|received|antibiotics?|IV|mg|g|units?|infusion|surgery|operat\w*|stent\w*|drain\w*|repaired)\b"),
    ),
    (
        Cue(r"\b(?:diagnos\w*|dx|problems?|what was wrong|cause|impression|assessment|conclusions?)\b"),
        Cue(r"diagnos|\bdx\b|impress|assess|conclu|summary|a/p|a&p"),
        Cue(r"\b(?:diagnos\w*|confirmed|consistent with|due to|secondary to)\b"),
    ),
    (
        Cue(r"\b(?:complicat\w*|went wrong|mishaps?|setbacks?|adverse)\b"),
        Cue(r"complicat"),
        Cue(r"\b(?:complicat\w*|bleed\w*|bled|ooz\w*|mel[a]?ena|h[a]?ematoma|infect\w*|sepsis|leak\w*|perforat\w*|thromb\w*|clots?|deliri\w*|fell|fall|arrest|reaction|injur\w*|dehisc\w*|return(?:ed)? to theatre|ARDS|AKI|tear)\b"),
    ),
)  # fmt: skip
_TAIL = re.compile(r"\s*(?:please|pls|thanks)?\s*(?:[:(]|\s[-–—]+\s|,\s)\s*(?P<tail>[^?:]{3,160})")
_SPLIT = re.compile(r"\s*(?:[,;/&+]|\band\b)\s*", re.IGNORECASE)


def parts_asked(after: str, /) -> list[PartAsked]:
    """Return what is wanted of a visit, as the words after its name list it; empty: all of it."""
    match = _TAIL.match(after)
    named = [] if match is None else [each.strip(" ).!?") for each in _SPLIT.split(match["tail"])]
    return [_read(each) for each in named if each and any(map(str.isalpha, each))]


def _read(phrase: str) -> PartAsked:
    for asked, section, said in _KINDS:
        if asked.search(phrase):
            return PartAsked(frozenset(), section, said)
    return PartAsked(frozenset(word for word in forms(phrase) if not is_ordinary(word) or len(word) > 3))


def best_of(parts: Sequence[PartAsked], sentences: Sequence[tuple[str, str, float]]) -> list[int]:
    """Return the places of the sentences (section, words, weight) that tell each of the parts best, each once."""
    chosen: list[int] = []
    for part in parts:
        ranked = [
            (fit + 0.3 * weight, -place)
            for place, (section, text, weight) in enumerate(sentences)
            if (fit := part.fits(section, text)) > 0 and place not in chosen
        ]
        if ranked:
            chosen.append(-max(ranked)[1])
    return chosen
