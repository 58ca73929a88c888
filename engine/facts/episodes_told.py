"""Single episodes of a lasting problem: "when was his last gout attack?", "how many flare-ups this year?", "any more seizures of late?".

The list of problems dates a lasting problem once, by its onset: that is no day of an attack. What names one is an entry ("COPD
exacerbation", "acute gout") or a sentence of a note that names the problem and an episode of it.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.sentence_times import names_time_inside
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.statements import MEASURED
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.assertion import assert_mention
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.state_told import of_remission
from chartcite.engine.questions.particulars import (
    asks_episode,
    names_fit,
    tells_time,
    words_of_episodes,
    words_of_fits,
)
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.stories.problem_summary import day_of, drafts

ROUTE = "near_quote"
MOST_LAST = 2
MOST_LISTED = 4
_EPISODE = words_of_episodes()
_FIT = words_of_fits()
_ASKS = Cue(rf"\b(?:{_EPISODE}|{_FIT})\b")
_ALONE = Cue(r"\b(?:exacerbations?|flare(?:[- ]?up)?s?)\b")
"""Says by itself that a lasting problem grew worse."""
_OF_NAMES = frozenset(
    forms(
        "flare flares flareup up ups flared exacerbation exacerbations attack attacks episode episodes bout bouts spell spells relapse relapses crisis crises acute infective infectious of in with the a an last recent without gone free clear"
    )
)
_TELLS = Cue(rf"\b(?:{_EPISODE}|{_FIT})\b|\bacute(?:ly)?\b|\bAE(?= ?of\b|COPD\b)|\brecurren(?:t|ce)\b(?! (?:use|risk))|\bagain\b")
_PLAIN = Cue(rf"\b(?:{_EPISODE}|{_FIT}|acute(?:ly)?|AE(?:COPD)?)\b")
_COUNTED = Cue(
    rf"\b(?:\d+|no|zero|one|two|three|four|five|six|seven|eight|nine|ten|single|several|multiple|frequent|many|second|third|fourth)(?: [\w-]+){{0,3}}? (?:{_EPISODE}|{_FIT})\b"
    rf"|\b(?:{_EPISODE})\W+(?:x ?\d|none|\d+)|\b\d+ ?x\b|\bx ?\d+\b"
)
_SINCE = Cue(
    r"\b(?:since|for (?:\w+ ){1,2}(?:days?|weeks?|months?|years?|yrs?)|in (?:the )?(?:last|past)|after|further|more|recent|this year)\b"
)
_IN_CASE = Cue(
    rf"\b(?:during|in case of|in the event of|if|when|for|prevent\w*|avoid\w*|risk of|with|next|any|every|each|future|plan) (?:an? |any |the |of |acute |gout |asthma |copd )*(?:{_EPISODE})\b(?! (?:on|in|since|last)\b)"
)
"""Speaks of an episode that may come, not of one that was."""
_SINCE_LAST = Cue(r"\b(?:since|ago|without|free|clear)\b")
_FREE = Cue(r"\b(?:without|free|clear)\b")
"""Asks how long ago an episode was, and not how long it lasted."""
_OF_RELAPSE = Cue(r"\b(?:relaps\w+|remission)\b")
_SINCE_THING = Cue(r"\bsince (?!\d)")
"""Counts from something that the chart holds."""
_OF_ONE = frozenset({Intent.COUNT, Intent.WHEN, Intent.DURATION})
"""What is asked of the single fits, and not of the illness with fits."""
_ASKED = frozenset(
    {Intent.DURATION, Intent.WHEN, Intent.COUNT, Intent.LIST, Intent.PRESENCE, Intent.LATEST, Intent.DESCRIBE, Intent.ACTIVE}
)
_NOT_SO = frozenset(
    {AssertionStatus.HYPOTHETICAL, AssertionStatus.FAMILY, AssertionStatus.POSSIBLE, AssertionStatus.ENTERED_IN_ERROR}
)
_LISTED = (Category.CONDITION, Category.ENCOUNTER)


def asks_episodes(plan: Plan, /) -> bool:
    """Say whether single episodes of a problem that a part of a question names are asked for."""
    named = any(target.kind in {ConceptKind.CONDITION, None} for target in plan.targets)
    named = named or (not plan.targets and set(plan.keywords) <= _OF_NAMES and _ALONE.search(plan.text) is not None)
    named = named and plan.subject in {Category.CONDITION, Category.ENCOUNTER, None}
    if named and not plan.family and plan.anchor is None and _asks_first_fit(plan):
        return True
    asked = named and plan.intent in _ASKED and not plan.family and plan.anchor is None
    if named and not plan.family and plan.anchor is None and _asks_free_of_fits(plan):
        return True
    if asked and _asks_fits(plan):
        return True
    if (
        asked
        and plan.intent is Intent.DURATION
        and _SINCE_LAST.search(plan.text)
        and (asks_episode(plan.text) or _ALONE.search(plan.text))
    ):
        return True
    asked = asked and plan.intent is not Intent.DURATION and asks_episode(plan.text)
    return asked and not (plan.window is None and _SINCE_THING.search(plan.text))


def _asks_free_of_fits(plan: Plan) -> bool:
    """Say whether it is asked for how long there was no fit, or if they grew fewer."""
    free = plan.intent is Intent.DURATION and _FREE.search(plan.text) is not None
    return (free and _OF_FITS.search(plan.text) is not None) or (plan.intent is Intent.TREND and names_fit(plan.text))


def _of_time_without(plan: Plan, noted: list[_Told], reading: Reading) -> list[_Told]:
    """Put first what a newer note tells of a time without relapses or fits; alone, where such a time before others is asked."""
    passages = list(reading.shelves.records.all_passages(reading.scope))
    if _OF_RELAPSE.search(plan.text):
        found = next(of_remission(passages), None)
        newer = found is not None and all(each.day < found.day for each in noted)
        return [_Told(found.passage, found.sentence, "", found.day, denied=True)] if found is not None and newer else noted
    if not _asks_free_of_fits(plan):
        return noted
    free = [each for each in _free_of_fits(passages) if _in_window(each, plan)]
    if free and _BEFORE.search(plan.text):
        return free
    return [*[each for each in free if all(each.day > other.day for other in noted)][:1], *noted]


def _free_of_fits(passages: Sequence[Passage]) -> list[_Told]:
    """Return the sentences that tell of a time without fits, newest first."""
    told = [
        _Told(passage, sentence, text, known.day, denied=False)
        for passage in passages
        if (known := passage.occurred or passage.recorded) is not None
        for sentence in passage.sentences
        if sentence not in passage.commands
        and _TELLS_FREE.search(text := passage.sentence_text(sentence))
        and not _PERHAPS.search(text)
    ]
    return sorted(told, key=lambda each: each.day, reverse=True)


_TELLS_FREE = Cue(
    rf"\b(?:{_FIT}) ?-?free\b|\bfree (?:of|from) (?:any )?(?:{_FIT})\b|\bno (?:more |further )?(?:{_FIT}) (?:for|since|in)\b"
)
_PERHAPS = Cue(r"\b(?:if|until|once|unless|when|goal|aim)\b")
_BEFORE = Cue(r"\b(?:before|until|till|prior|between)\b")
_OF_FITS = Cue(rf"\b(?:{_FIT})\b")


def _asks_fits(plan: Plan) -> bool:
    """Say whether the last of somebody's fits is asked for, or how many there were: the illness begins long before."""
    newest = plan.intent in _OF_ONE and plan.newest and _LAST.search(plan.text) is not None
    lately = plan.intent is Intent.PRESENCE and (plan.window is not None or _LATELY.search(plan.text) is not None)
    return (newest or lately or plan.intent is Intent.COUNT) and names_fit(plan.text)


def _asks_first_fit(plan: Plan) -> bool:
    """Say whether the first of somebody's fits is asked for: the illness is put on the list later."""
    asks = plan.intent in {Intent.FIRST, Intent.WHEN, Intent.DESCRIBE, Intent.DURATION} and plan.window is None
    return asks and _FIRST.search(plan.text) is not None and names_fit(plan.text)


_FIRST = Cue(r"\b(?:(?:very )?first|1st|initial|index|earliest|begin|began|start(?:ed)?|onset)\b")
_LATELY = Cue(r"\b(?:lately|recent(?:ly)?|of late|nowadays)\b")
_LAST = Cue(r"\b(?:last|latest|newest|most recent(?:ly)?|recently)\b")


_OF_SEIZURES = Cue(r"\b(?:seizures?|fits?|convulsions?|szs?)\b")
_SEIZURES = tuple(forms(word) for word in ("seizure", "fit", "convulsion"))
"""Words for one thing, whichever of them is asked with."""


class _Told(NamedTuple):
    """A sentence that tells of an episode, or that there was none."""

    passage: Passage
    sentence: Sentence
    text: str
    day: str
    denied: bool


def told_episodes(_text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what the chart tells of the episodes of a problem, newest first; empty: they are not asked, or nothing names one."""
    plan = plans[0]
    if not asks_episodes(plan) or (len(plans) > 1 and not _go_on_about_it(plans)):
        return []
    problem = next((target for target in plan.targets if target.kind in {ConceptKind.CONDITION, None}), None)
    names = _names_of(problem) if problem is not None and not _is_bare_episode(problem) else ()
    if problem is not None and _OF_SEIZURES.search(plan.text):
        names = tuple(sorted({*names, *_SEIZURES}))
    records = reading.shelves.records
    listed = [
        fact
        for fact in records.facts(reading.scope, categories=_LISTED)
        if fact.span is None and _is_episode(fact, names) and (plan.window is None or plan.window.holds(fact.occurred))
    ]
    noted = sorted(
        _sentences(list(records.all_passages(reading.scope)), names, reading.chart.lexicon),
        key=lambda each: each.day,
        reverse=True,
    )
    noted = [each for each in _one_a_note(noted) if _in_window(each, plan)]
    if plan.intent is Intent.DURATION:
        noted = _of_time_without(plan, noted, reading)
    own = [fact for fact in listed if fact.category is Category.CONDITION and _names(names, forms(fact.concept.text))]
    if plan.intent is Intent.COUNT and len(own) > 1:
        return []  # each has an entry of its own, and they are counted
    listed = _one_a_day(listed)
    if _asks_first_fit(plan):
        return _first_fit(plan, listed, reading)
    if plan.intent is Intent.COUNT:
        if counted := _counted_in_tables(plan, names, reading):
            return counted
        counts = [each for each in noted if _COUNTED.search(each.text)][:MOST_LAST]
        counts = [each for each in counts if not each.denied] or counts
        return [*_quotes(counts or noted[:MOST_LISTED], reading), *drafts(listed[-MOST_LISTED:], reading.chart)]
    if plan.intent is Intent.LIST or plan.every:
        return [*drafts(listed[::-1][:MOST_LISTED], reading.chart), *_quotes(noted[:MOST_LISTED], reading)]
    if _asks_fits(plan) and not (plan.intent is Intent.PRESENCE and plan.window is not None):
        return _last_fits(plan, plans, listed, noted, reading)
    newest = next((each.day for each in noted if not each.denied), "")
    later = [fact for fact in listed if day_of(fact)[:7] >= newest[:7]]
    return [*_quotes(noted[:MOST_LAST], reading), *drafts(later[-1:], reading.chart)]


def _last_fits(
    plan: Plan, plans: Sequence[Plan], listed: Sequence[Fact], noted: Sequence[_Told], reading: Reading
) -> list[DraftClaim]:
    """Draft what the newest note tells of the last fit, or a newer entry of one; where its length is asked, what tells one."""
    if any(each.intent is Intent.DURATION for each in plans):
        noted = [each for each in noted if not each.denied and _LENGTH.search(each.text)][:1]
        return _quotes(noted, reading)
    told = next((each for each in noted if not each.denied), None)
    later = [fact for fact in listed if told is None or day_of(fact) > told.day]
    if later:
        return drafts(later[-1:], reading.chart)
    since = [each for each in noted if each.denied and told is not None and each.day > told.day][:1]
    return _quotes([*since, *([told] if told is not None else [])], reading)


def _first_fit(plan: Plan, listed: Sequence[Fact], reading: Reading) -> list[DraftClaim]:
    """Draft the earliest entry of a fit, with the sentences of notes that tell of its day; empty: no entry names one."""
    first = min(listed, key=day_of, default=None)
    if first is None or len(day_of(first)) < _WHOLE_DAY:
        return []
    day = date.fromisoformat(day_of(first)[:_WHOLE_DAY])
    that_day = plan.model_copy(update={"window": Window(first=day, last=day, words="")})
    told = [
        _Told(passage, sentence, text, "", denied=False)
        for passage in reading.shelves.records.all_passages(reading.scope)
        for sentence in passage.sentences
        if names_time_inside(text := passage.sentence_text(sentence), passage, that_day) and not _PLACE_AND_DAY.fullmatch(text)
    ]
    if plan.intent is Intent.DURATION:
        return _quotes([each for each in told if _LENGTH.search(each.text)][:1], reading)
    return [*drafts([first], reading.chart), *_quotes(told[:MOST_LAST], reading)]


_WHOLE_DAY = len("2020-01-01")
_PLACE_AND_DAY = re.compile(r"\W*(?:\w+[\s:]+){0,4}[\d/.-]+\W*")
"""A heading with a day, which tells nothing."""
_OF_COUNTS = frozenset(
    forms("count counts counted number numbers frequency rate diary per episodes attacks events days month week")
)


def _counted_in_tables(plan: Plan, names: Sequence[tuple[str, ...]], reading: Reading) -> list[DraftClaim]:
    """Draft what a table counts of them in the time that is asked: "Seizure count in month (diary)"."""
    if plan.window is None or not names:
        return []
    facts = [
        fact
        for fact in reading.shelves.records.facts(reading.scope, categories=tuple(MEASURED))
        if fact.span is None
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
        and _names(names, words := forms(fact.concept.text))
        and not _OF_COUNTS.isdisjoint(words)
        and plan.window.holds(fact.occurred)
    ]
    return drafts(facts[-MOST_LISTED:], reading.chart)


_LENGTH = Cue(
    r"\b\d+(?:\.\d+)?\s*-?(?:s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?)\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|several|a few|few)\s+(?:seconds?|minutes?|hours?)\b"
)


def _go_on_about_it(plans: Sequence[Plan]) -> bool:
    """Say whether the further parts ask of the same last fit: "when was it, and how long did it last?"."""
    first = plans[0]
    same = all({target.label for target in plan.targets} <= {target.label for target in first.targets} for plan in plans[1:])
    return same and _asks_fits(first) and all(plan.intent in _OF_ONE for plan in plans)


def _names_of(problem: Target) -> tuple[tuple[str, ...], ...]:
    """Return the folded names of the problem itself, without the words that make an episode of it."""
    bare = {
        tuple(word for word in run if word not in _OF_NAMES)
        for run in (*problem.alternatives, forms(problem.words), forms(problem.label))
    }
    return tuple(sorted(run for run in bare if run))


def _is_bare_episode(problem: Target) -> bool:
    """Say whether a target was found by the word for an episode alone ("relapse" in the name of an entry): of which problem, nothing says."""
    return problem.kind is None and set(forms(problem.words)) <= _OF_NAMES


def _names(names: Sequence[tuple[str, ...]], words: Sequence[str]) -> bool:
    joined = f" {' '.join(words)} "
    return not names or any(f" {' '.join(run)} " in joined for run in names)


def _is_episode(fact: Fact, names: Sequence[tuple[str, ...]]) -> bool:
    """Say whether an entry names an episode of the problem: its own name, or the reason of a visit, with such a word."""
    if fact.assertion not in {AssertionStatus.PRESENT, AssertionStatus.HISTORICAL} or fact.occurred is None:
        return False
    said = [fact.concept.text, *(detail.text for detail in fact.details if detail.name == "reason")]
    return any(_TELLS.search(text) and _names(names, forms(text)) for text in said)


def _sentences(passages: Sequence[Passage], names: Sequence[tuple[str, ...]], lexicon: Lexicon) -> Iterator[_Told]:
    about = {passage.document_key for passage in passages if _names(names, forms(f"{passage.title} {passage.text}"))}
    for passage in passages:
        known = passage.occurred or passage.recorded
        if passage.document_key not in about or known is None:
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            status = _status_of(text, passage.section, names, lexicon)
            if status is None or status in _NOT_SO or sentence in passage.commands:
                continue
            denied = status is AssertionStatus.ABSENT
            if (denied and _SINCE.search(text)) or (not denied and (status is AssertionStatus.PRESENT or tells_time(text))):
                yield _Told(passage, sentence, text, known.day, denied)


def _status_of(text: str, section: str, names: Sequence[tuple[str, ...]], lexicon: Lexicon) -> AssertionStatus | None:
    """Return how a sentence speaks of an episode of the problem; `None`: it speaks of none."""
    words = forms(text)
    own = _names(names, words)
    told = _TELLS.search(text)
    if told is None:
        if not own or not _SINCE.search(text):
            return None
        return AssertionStatus.ABSENT if _denies(words, names) else None  # "no gout since April" denies an episode
    if _IN_CASE.search(text):
        return None
    if (not own or not names) and (not _ASKS.search(text) or _names_other(forms(_clause(text, told.start())), lexicon)):
        return None
    return assert_mention(text, told.start(), told.end(), section=section)


def _denies(words: Sequence[str], names: Sequence[tuple[str, ...]]) -> bool:
    """Say whether a denial stands right before a name of the problem."""
    joined = f" {' '.join(words)} "
    return any(f" {denial} {' '.join(run)} " in joined for denial in ("no", "no more", "no further", "zero") for run in names)


def _clause(text: str, place: int) -> str:
    """Return the clause of a sentence that holds a place in it."""
    return re.split(r"[,;()]", text[:place])[-1] + re.split(r"[,;()]", text[place:])[0]


def _names_other(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether a sentence that does not name the problem names another one, of which it may speak."""
    for mention in lexicon.mentions(tuple(words)):
        own = set(words[mention.first : mention.last])
        if not own <= _OF_NAMES and any(lexicon.concepts[id_].kind is ConceptKind.CONDITION for id_ in mention.ids[:1]):
            return True
    return False


def _one_a_note(noted: Sequence[_Told]) -> list[_Told]:
    """Keep one sentence of each note: the first that counts, tells a time, or just the first."""
    kept: dict[int, _Told] = {}
    for each in noted:
        held = kept.get(each.passage.document_key)
        if held is None or _worth(each.text) > _worth(held.text):
            kept[each.passage.document_key] = each
    return list(kept.values())


def _worth(text: str) -> int:
    timed = tells_time(text) or _SINCE.search(text) is not None
    return 4 * (_COUNTED.search(text) is not None) + 2 * timed + (_PLAIN.search(text) is not None)


def _in_window(told: _Told, plan: Plan) -> bool:
    """Say whether a sentence is of the time that is asked: by its note, or by a year that it names."""
    window = plan.window
    if window is None:
        return True
    known = told.passage.occurred or told.passage.recorded
    if window.holds(known) or window.first is None or window.last is None:
        return window.holds(known)
    return window.first.year == window.last.year and str(window.first.year) in told.text


def _one_a_day(facts: Sequence[Fact]) -> list[Fact]:
    return list(
        {
            day_of(fact)[:10]: fact
            for fact in sorted(facts, key=lambda fact: (day_of(fact), fact.category is Category.ENCOUNTER))
        }.values()
    )


def _quotes(noted: Sequence[_Told], reading: Reading) -> list[DraftClaim]:
    claims = [quote_sentence(each.passage, each.sentence, reading.shelves.records, route=ROUTE) for each in noted]
    return [
        claim.model_copy(update={"kind": ClaimKind.ABSENCE}) if each.denied else claim
        for each, claim in zip(noted, claims, strict=True)
    ]
