"""Whether a rewording says what the checked sentence says: nothing added, nothing lost. What fails is not shown.

Added: each word, number and date of the rewording stands in the sentence, in the same run of words, or is one of the register's own
few words; where numbers stand outside of quotes, the verifier of written sentences (`claim_checks`) must find no other unit, dose,
side, denial or name. Lost: each number, date, denial and word of the record that the sentence has stands in the rewording. What a
rewording quotes stands in the sentence to the letter.
"""

# ruff: noqa: E501 -- lists of words read better in long lines

from __future__ import annotations

import re
from collections import Counter

from chartcite.engine.claim_checks.checker import differences
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.wording.plain_dates import MONTHS, day_in_words
from chartcite.engine.wording.plain_record_words import FLAGS, without_condition, without_tags
from chartcite.engine.wording.plain_sentences import FIXED

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_ISO = re.compile(r"(?<![\w./-])\d{4}-\d\d(?:-\d\d)?(?![\w/-]|\.\d)")
_DAY = re.compile(rf"(?:\b\d{{1,2}} )?\b(?:{'|'.join(MONTHS)}) \d{{4}}\b")
_FLAGGED = re.compile(r", flagged ([^()]+)\)")
_QUOTED = re.compile(r"“([^”]*)”")
_DENIED = re.compile(r"\b(?:no|not|never|none|nothing|without|refuted|unconfirmed|denies|denied)\b", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
ENGINE_WORDS = frozenset(
    "a an and are as at be by did do does for from had has have in is it of on or that the this to was were with chart patient says"
    " active since reference range flagged onset ended criticality recorded started reason prescriber order ordered planned discharged"
    " years year old age times time done".split()
)
"""Words by which the engine builds its sentences; the rewording has others in their place."""
OWN_WORDS = ENGINE_WORDS | frozenset(
    "your you record lists shows holds gives notes say began it's set until changed marked given prescribed one who handed out dispensed"
    " mistake entered error not count its date order file report marks result rates how serious can adds what noted visit born values"
    " mean average stands ruled refuted allergy intolerance safety check medicines found warning written care team medicine safe guide"
    " general about fits tell number worked high low critically very abnormal critical then these there no were their further between"
    " left teams is".split()
)
"""Words of the register: they say nothing of anybody's record but a flag's name, a denial, or what a thing is called."""


def is_faithful(said: str, sentence: str, /, *, lexicon: Lexicon) -> bool:
    """Say whether a rewording may stand for a checked sentence."""
    known, plain = _SPACES.sub(" ", without_tags(without_condition(sentence))), _SPACES.sub(" ", said)
    for fixed in FIXED:
        plain = plain.replace(fixed, "")
    return keeps_all(plain, known) and adds_nothing(plain, known, lexicon=lexicon)


def adds_nothing(said: str, sentence: str, /, *, lexicon: Lexicon) -> bool:
    """Say whether every word, number, unit, date, dose, denial and name of a rewording stands in the sentence."""
    quotes = _QUOTED.findall(said)
    if not all(quote in sentence for quote in quotes):
        return False
    # What is quoted to the letter is the same in both, and is read no further.
    beside = sentence
    for quote in sorted(quotes, key=len, reverse=True):
        said, beside = said.replace(f"“{quote}”", _HELD), beside.replace(quote, _HELD)
    if _flags(said) != _flags_of(beside):
        return False
    if (_denies(said) and not _denies(sentence)) or not _days(said) <= _days(sentence):
        return False
    runs = _runs(said)
    if not all(run in f" {' '.join(_words(sentence))} " for run in runs):
        return False
    if not any(map(str.isdigit, "".join(runs))):
        return True  # beside the register's own words there are whole names of the sentence, and days
    flagged = _FLAGGED.sub(lambda match: f", flagged {FLAGS.get(match[1].lower(), match[1])})", beside)
    return not differences(said, [flagged], lexicon=lexicon)


_HELD = "it"


def _runs(said: str) -> list[str]:
    """Return what is left of a rewording without the register's own words: words of the record, in the order they stand."""
    marked = " ".join("|" if word in OWN_WORDS else word for part in _DAY.split(said) for word in (*_words(part), "the"))
    return [f" {run.strip()} " for run in marked.split("|") if run.strip()]


def keeps_all(said: str, sentence: str, /) -> bool:
    """Say whether a rewording keeps every date, number, denial and word of the record of a sentence."""
    if not _days(sentence) <= _days(said) or (_denies(sentence) and not _denies(said)):
        return False
    kept, wanted = Counter(_words(said)), Counter(_words(sentence))
    return all(kept[word] >= (count if word[0].isdigit() else 1) for word, count in wanted.items() if word not in ENGINE_WORDS)


def _denies(text: str) -> bool:
    return _DENIED.search(text) is not None


def _flags_of(sentence: str) -> list[str]:
    return sorted(FLAGS.get(flag.lower(), flag) for flag in _FLAGGED.findall(sentence))


def _flags(said: str) -> list[str]:
    return sorted(re.findall(r"marks this result as (?:the flag )?([^.]+)\.", said))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(_DAY.sub(" ", _FLAGGED.sub(")", _ISO.sub(" ", text))))]


def _days(text: str) -> frozenset[str]:
    """Return the days and months that a text writes in ISO 8601 or in the register's words, all in words."""
    return frozenset([*(day_in_words(day) for day in _ISO.findall(text)), *_DAY.findall(text)])
