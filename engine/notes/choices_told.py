"""Why somebody chose one thing over another: "why haemodialysis rather than PD?", "why did she opt for the mastectomy?", "why not warfarin?".

No table tells it. A sentence does that speaks of a choice (prefers, chose, opted, would rather) and names, itself or beside it, what was
chosen or what was left.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.quoting import MOST_QUOTED, quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent, is_ordinary
from chartcite.engine.review.chart_review import is_note

ROUTE = "near_quote"
_ASKS = Cue(
    r"\bwhy\b[^?.;]*\b(?:cho(?:ose|se|sen)|choice|opt(?:ed)?|prefer\w*|pick(?:ed)?|favou?r(?:ed)?|decide[ds]? (?:on|for|against)|go(?:ne)? (?:for|with)|went (?:for|with))\b"
    r"|\bwhy\b[^?.;]*\b(?:rather than|instead of|in preference to)\b|^\W*why (?!did|was|were|is|are|has|have|had|does|do)(?:[\w-]+ ){1,3}over \w+|^\W*why not\b|\breasons? for (?:choosing|preferring|opting|picking)\b"
)
_CHOICE = Cue(
    r"\b(?:prefer\w*|chose|chosen|choos\w+|opt(?:ed|s|ing)? (?:for|against|out|to)|elect(?:ed|s) (?:to|for)|we chose|would rather|rather than|instead of|not keen|keen (?:on|for|to)|favou?r(?:s|ed)?|decided (?:on|for|against|to|not)|declin\w*|did(?: not|n['’]t) want|does(?: not|n['’]t) want|in preference)\b"
)
_CAUSE = Cue(r"\b(?:because|as|since|due to|so that|so|would|given|in view of|owing to|wreck\w*|afraid|worr\w*|risk)\b")
_OTHERS = Cue(r"\b(?:if|unless|copied)\b")


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    rank: float


def told_choice(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Quote the sentence that tells why one thing was chosen over another; empty: that is not asked, or no sentence tells it."""
    if not _ASKS.search(text) or any(plan.intent is not Intent.REASON or plan.family for plan in plans):
        return []
    targets = [target for plan in plans for target in plan.targets]
    targets += [_of_word(word) for plan in plans for word in plan.keywords if not _CHOICE.search(word) and not is_ordinary(word)]
    if not targets:
        return []
    records = reading.shelves.records
    passages = [each for each in records.all_passages(reading.scope) if is_note(each) and _in_time(each, plans)]
    told = [each for passage in passages for each in _sentences(passage, targets)]
    if not told:
        return []
    best = max(told, key=lambda each: each.rank)
    return [quote_sentence(best.passage, best.sentence, records, route=ROUTE)]


def _of_word(word: str) -> Target:
    """Return a word that nothing knows with what else it is called: PD."""
    return Target(words=word, label=word, alternatives=tuple((each,) for each in sorted({word, *noted_as(word)})))


def _in_time(passage: Passage, plans: Sequence[Plan]) -> bool:
    return all(plan.window is None or plan.window.holds(passage.occurred or passage.recorded) for plan in plans)


def _sentences(passage: Passage, targets: Sequence[Target]) -> Iterator[_Told]:
    """Yield the sentences that tell of a choice, each with the one before it that names what it is about."""
    texts = [passage.sentence_text(sentence) for sentence in passage.sentences]
    for number, text in enumerate(texts):
        if (
            passage.sentences[number] in passage.commands
            or not _CHOICE.search(text)
            or _OTHERS.search(text)
            or text.rstrip().endswith("?")
        ):
            continue
        before = texts[number - 1] if number else ""
        own, beside = _named(text, targets), _named(before, targets)
        if not own | beside or not (_CAUSE.search(text) or own):
            continue
        first = passage.sentences[number - 1] if number and not own >= beside else passage.sentences[number]
        wide = Sentence(start=first.start, end=passage.sentences[number].end)
        sentence = wide if wide.end - wide.start <= MOST_QUOTED else passage.sentences[number]
        yield _Told(passage, sentence, len(own | beside) + 0.5 * len(own) + (_CAUSE.search(text) is not None))


def _named(text: str, targets: Sequence[Target]) -> set[int]:
    words = forms(text)
    return {place for place, target in enumerate(targets) if target.find(words) is not None}
