"""The sentences of notes that tell the story of a thing: its turns, its causes and what was concluded, each copy once."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.sentence_manner import assertion_in
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.asked_parts import PartAsked, best_of
from chartcite.engine.questions.plans import Target
from chartcite.engine.questions.question_words import EVENT_WORDS
from chartcite.engine.review.chart_review import is_note

ROUTE = "summary_note"
LONGEST = 360
"""Characters of a quote."""
WIDE = 300
"""Characters up to which the neighbours of a sentence are quoted along: notes tell one thing in several short sentences."""
_ITEM = re.compile(r"\s*(?:#|\(?\d{1,2}[.)]\s|\d{1,2}\s+[A-Z]|[A-Za-z/ ]{2,20}:)")
"""Opens another item of a list of problems, or another part of a note."""
_HEAD = 20
"""Characters in which a sentence names the part of a note that it is."""
_ROW = 5
"""Commas of a sentence that is a mere row of names."""
_CONCLUDES = re.compile(
    r"^\W*(?:a|p|ap|imp|rx)\W*$|assess|impress|plan|course|conclu|recommend|mdm|decision|a/p|a&p|\bdx\b|diagnos|summary|outcome",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"\b(?:pmhx?|pshx?|past (?:medical|surgical)|problem list|meds?|medications?|allerg\w*|ros|review of systems|famil\w*|fh|social|vitals?|exam|objective|education|immuni[sz]\w*)\b",
    re.IGNORECASE,
)  # fmt: skip
_TURNS = frozenset(word for words in EVENT_WORDS.values() for word in words) | frozenset(
    forms(
        "diagnosed resolved admitted worsened improved recurred referred treated confirmed presented developed stable discharged"
    )
)
_CAUSE = re.compile(
    r"\b(?:because|due to|after|since|caused|attributed|given|secondary|led to|because of|from|reason)\b", re.IGNORECASE
)
_UNSURE = frozenset({AssertionStatus.HYPOTHETICAL, AssertionStatus.ABSENT})
_LEAST = 1.5
"""Weight that a sentence needs: it names the thing itself, or something about it where notes conclude."""


About = Callable[[str], float]
"""Weighs a sentence by what it names."""
_FEWEST = 4
"""Words of a sentence that tells something."""
_SHORT = 9
"""Words of a line that may be a greeting or a signature only."""
_GREETS = re.compile(r"\W*(?:dear|yours|kind regards|best wishes|signed|re:|attending|electronically)\b", re.IGNORECASE)
_COPIED = re.compile(r"\b(?:copied|carried) (?:from|forward|over)\b|\bnot updated\b", re.IGNORECASE)


class Subject(NamedTuple):
    """What sentences are sought of."""

    named: Sequence[Target]
    """The thing itself."""
    near: Sequence[Target] = ()
    """What belongs to it: its treatments."""
    kin: Sequence[Target] = ()
    """What notes may say for it: the head of its name, another of its narrow kind."""
    denied: bool = False
    """Whether the chart refutes it: sentences that deny it tell most."""


class _Weighed(NamedTuple):
    passage: Passage
    sentence: Sentence
    words: frozenset[str]
    weight: float
    place: tuple[str, int]


def sentences_about(
    subject: Subject, passages: Iterable[Passage], records: RecordStore, /, *, most: int, told: Sequence[DraftClaim] = ()
) -> list[DraftClaim]:
    """Return at most `most` quoted sentences about a thing, oldest first; empty where no note tells of it.

    Args:
        subject: the thing, and what belongs to it.
        passages: of one scope.
        records: cuts the citations.
        most: sentences to quote.
        told: what is said already: a sentence that only repeats it is left out.
    """
    known = sorted((each for each in passages if is_note(each)), key=day_of)
    days = {day: place for place, day in enumerate(sorted({day_of(passage) for passage in known}))}
    weighed: dict[frozenset[str], _Weighed] = {}
    for passage in known:
        recency = 0.6 * days[day_of(passage)] / max(1, len(days) - 1)
        for each in _weigh(passage, subject, recency):
            if each.words not in weighed:
                weighed[each.words] = each
    chosen = varied(list(weighed.values()), [frozenset(forms(claim.text)) for claim in told], most=most)
    return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in chosen]


def sentences_of_stay(
    passages: Iterable[Passage],
    records: RecordStore,
    /,
    *,
    most: int,
    asked: Sequence[PartAsked] = (),
    about: About | None = None,
) -> list[DraftClaim]:
    """Return at most `most` quoted sentences that tell the course of a stay and what was planned after it, in their order.

    Args:
        passages: of the notes of the stay.
        records: cuts the citations.
        most: sentences to quote.
        asked: what the question wants told of it: the likeliest sentence of each comes before all others.
        about: what a sentence gains by what it names.
    """
    weighed: dict[frozenset[str], _Weighed] = {}
    for passage in sorted((each for each in passages if is_note(each)), key=day_of):
        for weight, sentence, text in _of_section(passage):
            words = frozenset(forms(text))
            if len(words) >= _FEWEST and not (len(words) < _SHORT and _GREETS.match(text)):
                gained = about(text) if about is not None else 0.0
                place = (day_of(passage), sentence.start)
                weighed.setdefault(words, _Weighed(passage, sentence, words, weight + gained, place))
    found = list(weighed.values())
    wanted = best_of(asked, [(each.passage.section, _said(each), each.weight) for each in found])
    first = [found[place] for place in wanted][:most]
    others = [each for each in found if not any(_within(each, one) for one in first)]
    chosen = [*first, *varied(others, [each.words for each in first], most=most - len(first), of_note=0.1)]
    chosen.sort(key=lambda each: each.place)
    return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in chosen]


def _said(each: _Weighed) -> str:
    return each.passage.sentence_text(each.sentence)


_CHANGES = re.compile(
    r"\b(?:start|begin|began|begun|commenc|initiat|stopp?|ceas|discontinu|hold|held|restart|resum|increas|decreas|reduc|lower|rais|titrat|switch|swap|chang|halv|doubl|add(?:ed|ing)?\b|taper|wean|adjust|replac|uptitrat|downtitrat)\w*"
    r"|->|→|↑|↓|\b\d+(?:[.,]\d+)? ?(?:mg|mcg|g|ml|units?|u)?(?: od| bd| daily)? to \d|\b(?:up|down|back|goes?|went) to \d|\bextra \d|\b(?:up|down) to \d",
    re.IGNORECASE,
)


def sentences_of_turn(
    passages: Iterable[Passage], records: RecordStore, names_drug: Callable[[Sequence[str]], bool], /, *, most: int
) -> list[DraftClaim]:
    """Return at most `most` quoted sentences that tell of a turn of a medicine, in their order.

    Args:
        passages: of the notes of a visit.
        records: cuts the citations.
        names_drug: says of folded words whether they name a medicine that is meant.
        most: sentences to quote.
    """
    found: dict[frozenset[str], tuple[float, int, DraftClaim]] = {}
    for passage in sorted((each for each in passages if is_note(each)), key=day_of):
        ends = -1
        for weight, sentence, text in _of_section(passage):
            words = forms(text)
            if sentence.start < ends:
                continue  # what stands in the quote before it already
            turns = len(_CHANGES.findall(text))
            if turns and names_drug(words) and not _COPIED.search(text):
                claim = quote_sentence(passage, sentence, records, route=ROUTE)
                ends = sentence.end
                found.setdefault(frozenset(words), (weight + 0.4 * min(turns, 3), len(found), claim))
    kept = sorted(found.values(), key=lambda each: -each[0])[:most]
    return [claim for _weight, _place, claim in sorted(kept, key=lambda each: each[1])]


def day_of(passage: Passage) -> str:
    """Return the day of a passage as written, empty where it has none."""
    known = passage.occurred or passage.recorded
    return known.day if known else ""


_SECTIONS = (
    (re.compile(r"course|summary|mdm", re.IGNORECASE), 2.0),
    (re.compile(r"assess|impress|diagnos|\bdx\b|a/p|a&p|conclu|outcome", re.IGNORECASE), 1.6),
    (re.compile(r"plan|dispo|follow|recommend|instruction|medication changes|discharge|incidental|opinion", re.IGNORECASE), 1.4),
    (re.compile(r"hpi|present|complaint|history|\bcc\b|subjective|^s$", re.IGNORECASE), 1.0),
)


def _of_section(passage: Passage) -> Iterable[tuple[float, Sentence, str]]:
    """Weigh the sentences of a note of a stay by the section that they stand in."""
    heading = passage.section
    base = next((weight for pattern, weight in _SECTIONS if pattern.search(heading)), 0.8)
    if _LISTS.search(heading) and base < 1.4:
        base = 0.2
    base += 0.9 if re.search(r"discharge", passage.title, re.IGNORECASE) else 0.0
    covered = 0
    for number, sentence in enumerate(passage.sentences):
        if sentence.end <= covered:
            continue
        wide = _run_of(passage, number)
        text = passage.sentence_text(wide)
        if len(text) > LONGEST or text.rstrip().endswith("?"):
            continue
        covered = wide.end
        copied = 1.5 if _COPIED.search(f"{heading} {text}") else 0.0
        yield base - copied + _manner(text, frozenset(forms(text))), wide, text


def _weigh(passage: Passage, subject: Subject, recency: float) -> Iterable[_Weighed]:
    texts = [passage.sentence_text(sentence) for sentence in passage.sentences]
    folded = [forms(text) for text in texts]
    heading = forms(f"{passage.title} {passage.section}")
    headed = any(target.find(heading) for target in subject.named)
    places = [_place(subject.named, words) for words in folded]
    others = [None if place else _place(subject.kin, words) for place, words in zip(places, folded, strict=True)]
    if not headed and not any(places) and not any(others) and not any(_place(subject.near, words) for words in folded):
        return
    concludes = _CONCLUDES.search(passage.section) is not None
    for number, sentence in enumerate(passage.sentences):
        text, words = texts[number], folded[number]
        if text.rstrip().endswith("?") or len(text) > LONGEST or len(words) < 2:
            continue
        follows = concludes and number > 0 and not _opens_item(passage, number)
        weight = _named(places, number, headed=headed, follows=follows) or (1.3 if others[number] else 0.0)
        near = _place(subject.near, words) is not None
        weight += (1.0 if _TURNS & set(words) else 0.5) if near else 0.0
        if not weight:
            continue
        weight += (0.6 if concludes else 0.0) + _manner(text, frozenset(words)) - _enumerates(passage.section, text)
        if weight < _LEAST:
            continue
        place = places[number] or others[number]
        status = assertion_in(text, place, passage)
        weight -= 1.0 if place and status in _UNSURE and not subject.denied else 0.0
        if status is AssertionStatus.FAMILY or weight < _LEAST:
            continue
        wide = _run_of(passage, number)
        said = frozenset(forms(passage.sentence_text(wide)))
        yield _Weighed(passage, wide, said, weight + recency, (day_of(passage), sentence.start))


def _named(places: Sequence[tuple[int, int] | None], number: int, *, headed: bool, follows: bool) -> float:
    """Return what it counts that a sentence, its heading or the sentence that it follows up names the thing."""
    if places[number]:
        return 2.0
    if headed:
        return 1.4
    return 0.9 if follows and places[number - 1] else 0.0


def _manner(text: str, words: frozenset[str]) -> float:
    """Return what a sentence gains by telling a turn, a cause or a number."""
    return (
        0.5 * bool(_TURNS & words)
        + 0.3 * bool(_CAUSE.search(text))
        + 0.2 * bool(re.search(r"\d", text))
        + min(0.4, len(words) / 50)
    )


def _place(targets: Sequence[Target], words: Sequence[str]) -> tuple[int, int] | None:
    return next((place for target in targets if (place := target.find(words)) is not None), None)


def _is_heading(text: str) -> bool:
    return text.rstrip().endswith(":") or (text.isupper() and len(text) < 60 and not re.search(r"\d", text))


def _enumerates(section: str, text: str) -> float:
    """Return what a sentence loses where it only lists: histories, medicines, allergies, long rows of names."""
    listed = _LISTS.search(section) or _LISTS.search(text[:_HEAD])
    rows = text.count(",") + text.count(";") > _ROW and not _TURNS & set(forms(text))
    return 1.2 * bool(listed) + 0.6 * rows


def _run_of(passage: Passage, number: int) -> Sentence:
    """Take the sentences that follow along, and those before, while the item is the same and the quote short."""
    first = last = number
    while last + 1 < len(passage.sentences) and _joins(passage, first, last + 1, last + 1):
        last += 1
    while first and last == number and not _opens_item(passage, first) and _joins(passage, first - 1, last, first):
        first -= 1
    return Sentence(start=passage.sentences[first].start, end=passage.sentences[last].end)


def _joins(passage: Passage, first: int, last: int, item: int) -> bool:
    """Say whether the sentences from one to another make one quote; `item`: the one that must not begin another item."""
    start, end = passage.sentences[first].start, passage.sentences[last].end
    if end - start > WIDE or _opens_item(passage, item) or any(one.start < end and start < one.end for one in passage.commands):
        return False
    added = passage.sentence_text(passage.sentences[last if item == last else first])
    return not added.rstrip().endswith("?") and not _is_heading(added)


def _opens_item(passage: Passage, number: int) -> bool:
    return _ITEM.match(passage.sentence_text(passage.sentences[number])) is not None


def varied(found: Sequence[_Weighed], told: Sequence[frozenset[str]], *, most: int, of_note: float = 0.5) -> list[_Weighed]:
    """Choose sentences that weigh much and repeat neither each other nor what is told, in the order of their time."""
    chosen: list[_Weighed] = []
    left = list(found)
    while left and len(chosen) < most:
        best = max(left, key=lambda each: each.weight - _repeats(each, chosen, told, of_note))
        if best.weight - _repeats(best, chosen, told, of_note) < 1.0:
            break
        chosen.append(best)
        left = [each for each in left if each is not best and not _within(each, best)]
    return sorted(chosen, key=lambda each: each.place)


def _within(one: _Weighed, other: _Weighed) -> bool:
    """Say whether a sentence stands inside a quote that is chosen."""
    same = one.passage.id == other.passage.id
    return same and one.sentence.start < other.sentence.end and other.sentence.start < one.sentence.end


def _repeats(each: _Weighed, chosen: Sequence[_Weighed], told: Sequence[frozenset[str]], of_note: float) -> float:
    """Return what a sentence loses by repeating others, and by coming from a note that was quoted already."""
    overlap = max((_overlap(each.words, other) for other in (*(one.words for one in chosen), *told)), default=0.0)
    same_note = sum(one.passage.resource == each.passage.resource for one in chosen)
    return 1.5 * overlap + of_note * same_note


def _overlap(words: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of the words that stand in the other text."""
    return len(words & other) / max(1, len(words))
