"""How much of what a question asks its answer tells: the things it names, the kind it asks for, each of several, the time.

A true sentence about the right thing that misses the point of the question is the commonest wrong answer. These features
compare question and answer by meaning (everyday words stand for those of notes), and cost no further reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.asked_kinds import KINDS, alike, holds_kind, kind_of
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import EVENT_WORDS

QUOTES = frozenset({"quote", "near_quote", "life", "turn_reason", "note_part", "visit_note", "note_fact", "summary_note"})
"""Routes whose claims are sentences of notes."""
STEM = 5
"""Letters that words of one stem share, at the least."""
MOST_CITATIONS = 6
MOST_CHARACTERS = 2000
"""Of a claim with its quotes, that are compared with the question: more would not be read in time."""
DATE = re.compile(r"\b(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b")
_ISO = re.compile(r"\b(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?\b")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(
    r"\b(jan|feb|mar|apr|may(?= '?\d| of|,)|jun|jul|aug|sep|oct|nov|dec)(?:u?ary|ruary|ch|il|e|y|ust|t|t?ember|ober)?\b"
    r"(?:\.? '?(\d\d)\b(?![,/:\d]))?",
    re.IGNORECASE,
)
"""A month, with its year in two digits where it has one."""
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b|\b\d{1,2}/(?:\d{1,2}/)?((?:19|20)?\d\d)\b(?!/)|(?<=[a-z] )'(\d\d)\b", re.IGNORECASE)
TIMED = re.compile(
    r"\b(?:before|after|while|during|when (?:he|she|they|i|it|his|her|my|the)|since|until|following|pre|post|"
    r"at (?:the )?(?:diagnosis|discharge|admission|birth|onset|time))\b",
    re.IGNORECASE,
)
"""Tells a time by what happened then."""
_TWO_ENDS = re.compile(
    r"\bboth\b|\bdates\b|\beach\b|\bpair\b|\bnames?\b|"
    r"\b(?:in|start(?:ed)?|onset|first|before|pre|then|begin\w*|from|left|was)\b ?(?:/|and|&|\+|,|-|vs?\.?|versus|then|to|or) ?"
    r"(?:what to )?\b(?:out|stop(?:ped)?|end(?:ed)?|last|latest|after|post|now|right|is|what)\b",
    re.IGNORECASE,
)
"""Asks for each of two: "dates in/out", "first and last"."""
_VERSUS = re.compile(
    r"\bvs?\b\.?|\bversus\b|\bcompare\w*\b|\bcomparison\b|\bthan\b|\bfrom what to what\b|\bthen and now\b|\bpre\b.{0,12}\bpost\b|"
    r"\bbefore\b.{0,12}\bafter\b|\bdiffer\w*|\bbetween\b.*\band\b|\breplac\w+|\bswap\w*|\bswitch\w*",
    re.IGNORECASE,
)
"""Sets one against another."""
_JOINED = re.compile(r"\band\b|&|\+|/(?!\d)|,|;|:")
_PLURAL = re.compile(r"\b(?:which|what|list|any|all|new|her|his|my)\s+(?:\w+ ){0,2}?\w{3,}s\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:what|which|when|who|why|how|where)\b", re.IGNORECASE)
_OPEN_KINDS = frozenset({"did", "why", "where", "whether"})
"""Kinds that ask for a story rather than an entry."""
_ENTRIES = frozenset({"trend", "latest_value", "active_medication", "first_value", "value_in_window", "difference"})
"""Routes that tell entries of tables by their own times."""


class Words(NamedTuple):
    """Folded words, and the same by their first letters: only such can be alike."""

    run: tuple[str, ...]
    by_stem: dict[str, set[str]]


class Told(NamedTuple):
    """A claim with its words, as features look at it."""

    claim: DraftClaim
    said: str
    """Its sentence; of a quote without the title and day of its note."""
    words: Words
    """Of it and of what it stands on."""


def told_by(claim: DraftClaim, /) -> Told:
    """Return a claim with its words."""
    quoted = (
        part
        for citation in claim.citations[:MOST_CITATIONS]
        for part in (citation.source.title, citation.quote, *(element.quote for element in citation.elements))
    )
    return Told(claim, said_by(claim), _words(forms(" ".join((claim.text, *quoted))[:MOST_CHARACTERS])))


def _words(run: Iterable[str]) -> Words:
    words = Words(tuple(run), {})
    for word in words.run:
        words.by_stem.setdefault(word[:STEM], set()).add(word)
    return words


def said_by(claim: DraftClaim, /) -> str:
    """Return the words of a claim; of a quote without the title and day of its note."""
    return claim.text.partition("“")[2] or claim.text


def kind_features(text: str, /) -> dict[str, float]:
    """Return the kind of thing that a question asks for."""
    kind = kind_of(text)
    return {
        **{f"wants_{each}": kind == each for each in KINDS},
        "wants_story": kind in _OPEN_KINDS,
        "asks": min(3, len(_ASKS.findall(text))),
    }


def asked_features(
    text: str, plans: Sequence[Plan], told: Sequence[Told], rest: Sequence[str], /, *, today: date, misfit: bool
) -> dict[str, float]:
    """Return what of a question its answer leaves open; all of them at least 0.

    Args:
        text: the question.
        plans: its parts as understood.
        told: the claims of the answer, at least one.
        rest: the folded content words that no target covers.
        today: the last day that the question may see.
        misfit: the answer has not the shape that is asked.
    """
    open_ = _coverage(plans, told, rest)
    several, timed = _several(text, plans, told), _timed(text, plans, told, today, later=open_["later_untold"] > 0)
    unheld = _unheld(text, plans, told)
    points = (misfit, several["several_unmet"], timed["time_untold"], timed["timed_and_later"], timed["event_untold"])
    return {
        **open_,
        **several,
        **timed,
        **unheld,
        "misfit": misfit,
        "misfit_any": misfit or unheld["unheld"] > 0,
        "unmet": any(points),
    }


def _coverage(plans: Sequence[Plan], told: Sequence[Told], rest: Sequence[str]) -> dict[str, float]:
    """Return the shares of what is named that the claims leave out: the best, the first, on average, and all together."""
    targets = [target for plan in plans for target in plan.targets]
    union = _words(word for each in told for word in each.words.run)
    shares = [_left_out(targets, rest, each.words) for each in told]
    return {
        "least_open": min(shares),
        "first_open": shares[0],
        "mean_open": sum(shares) / len(shares),
        "open_together": _left_out(targets, rest, union),
        "least_open_said": min(_left_out(targets, rest, _words(forms(each.said))) for each in told),
        "later_untold": any(not _names(target, union) for target in targets[1:]),
    }


def _left_out(targets: Sequence[Target], rest: Sequence[str], words: Words) -> float:
    named = len(targets) + len(rest)
    missing = sum(not _names(target, words) for target in targets) + sum(not _says(word, words) for word in rest)
    return missing / named if named else 0.0


def _names(target: Target, words: Words) -> bool:
    own = [word for word in forms(target.words) if len(word) > 2]
    return target.find(words.run) is not None or (bool(own) and all(_says(word, words) for word in own))


def _says(word: str, words: Words) -> bool:
    return any(alike(other, tuple(words.by_stem.get(other[:STEM], ()))) for other in noted_as(word) | {word})


def _unheld(text: str, plans: Sequence[Plan], told: Sequence[Told]) -> dict[str, float]:
    """Count the parts of which no claim holds the kind of thing that is asked, and the share of claims that do not."""

    def holds(asked: str) -> list[bool]:
        kind = kind_of(asked)
        return [holds_kind(kind, asked, words, forms(words)) for each in told for words in (_with_day(each, kind),)]

    each = holds(text)
    return {"unheld": sum(not any(holds(plan.text)) for plan in plans), "unheld_each": 1 - sum(each) / len(each)}


def _with_day(each: Told, kind: str) -> str:
    return each.claim.text if kind == "when" and each.claim.route not in QUOTES else each.said


def _several(text: str, plans: Sequence[Plan], told: Sequence[Told]) -> dict[str, float]:
    """Say whether each of several is asked, and one told."""
    ends, versus = _TWO_ENDS.search(text) is not None, _VERSUS.search(text) is not None
    computed = any(each.claim.computation is not None for each in told)
    one = len(told) == 1
    one_day = len({match[0] for each in told for match in DATE.finditer(each.said)}) < 2
    classes = [target.words for plan in plans for target in plan.targets if target.is_class]
    return {
        "two_ends": ends,
        "two_ends_one": ends and one,
        "two_ends_one_day": ends and one_day,
        "versus": versus,
        "versus_one": versus and one and not computed,
        "versus_one_day": versus and one_day,
        "several_unmet": (ends and one_day) or (versus and one_day) or ((ends or versus) and one and not computed and one_day),
        "joins_one": one and not computed and _JOINED.search(text) is not None,
        "plural_one": one and not computed and _PLURAL.search(text) is not None,
        "plural_class_one": one and any(re.search(r"\w{3,}s\b", words) for words in classes),
    }


def _timed(text: str, plans: Sequence[Plan], told: Sequence[Told], today: date, *, later: bool) -> dict[str, float]:
    """Say whether claims tell of the time that is asked, and of the turn of events."""
    windows = [plan.window for plan in plans if plan.window is not None]
    days = [_days(each.claim) for each in told]
    inside = [any(_within(day, window) for day in each) for each in days for window in windows]
    years, months = _named(text, today)
    every = {day for each in days for day in each}
    years_untold = len(years - {day[:4] for day in every})
    months_untold = len(months - {day[5:7] for day in every})
    by_event = TIMED.search(text) is not None
    words = {word for each in told for word in each.words.run}
    events = [plan.event for plan in plans if plan.event is not None]
    return {
        "time_untold": years_untold + months_untold > 0 or (bool(inside) and not any(inside)),
        "years_untold": years_untold,
        "months_untold": months_untold,
        "year_asked": bool(years),
        "off_year": sum(years.isdisjoint(day[:4] for day in each) for each in days) / len(days) if years else 0.0,
        "off_time": 1 - sum(inside) / len(inside) if inside else 0.0,
        "timed_by_event": by_event,
        "timed_trend": by_event and any(each.claim.route == "trend" for each in told),
        "timed_entry": by_event and any(each.claim.route in _ENTRIES for each in told),
        "timed_and_later": by_event and later,
        "event_untold": any(words.isdisjoint(w for each in EVENT_WORDS[event] for w in forms(each)) for event in events),
    }


def _days(claim: DraftClaim) -> set[str]:
    """Return the days, months and years (ISO) that a claim tells, and those of what it cites."""
    cited = (when for each in claim.citations[:MOST_CITATIONS] for when in (each.source.occurred_at, each.source.recorded_at))
    return {*_ISO.findall(claim.text), *(when[:10] for when in cited if when)}


def _within(day: str, window: Window) -> bool:
    first, last = (window.first or date.min).isoformat(), (window.last or date.max).isoformat()
    return first[: len(day)] <= day <= last[: len(day)]


def _named(text: str, today: date) -> tuple[set[str], set[str]]:
    """Return the years and the months (`01`..`12`) that a question names."""
    named = list(_MONTH.finditer(text))
    years = [match[2] for match in named if match[2]] + [next(filter(None, match.groups())) for match in _YEAR.finditer(text)]
    return {_full(year, today) for year in years}, {f"{_MONTHS.index(match[1].lower()) + 1:02}" for match in named}


def _full(year: str, today: date) -> str:
    """Return a year in four digits; of two digits, the last such year."""
    return year if len(year) == 4 else f"{'19' if int(year) > today.year % 100 else '20'}{year}"
