"""What brought a problem on: "what caused the blood in his urine?", "what set off the heart failure?", "how did she get the ulcer?".

A sentence tells it that names the problem beside words of cause ("hyponatremia due to ...", "ulcer from new boots"), or that
stands under a label for it ("Precipitant: ...") in a note about the problem or of a stay for it.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms, tokenize
from chartcite.engine.notes.assertion import assert_mention
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import is_ordinary

ROUTE = "near_quote"
MOST_TOLD = 2
_AFTERWARDS = timedelta(days=60)
"""So long after a problem began, or a visit for it ended, notes may still tell what brought it on."""
_ASKS = Cue(
    r"\bwhat (?:\w+ly )?(?:caused?|causes|triggered|provoked|precipitated|brought|led to|set|kicked|sparked|was behind|is behind|lay behind)\b(?! (?:her|him|them|me|mum|mom|dad) (?:to|in)\b)"
    r"|\b(?:cause|trigger|precipitant|source|a?etiology) (?:of|for|behind)\b(?! death)|\b(?:the|any) (?:cause|trigger|precipitant|source)\b"
    r"|\bwhy (?:did|has|was|is|were) (?:\w+ ){1,2}?(?:get|got|develop(?:ed)?|go into|gone into|have|suffer(?:ed)?|bleeding|bleed|come down with|confused|in)\b"
    r"|\bwhere did (?:the|his|her|their|my|this|that) (?:[\w-]+ ){1,4}?(?:come|start)\b(?: from)?"
    r"|\bhow (?:did|was|were) (?:\w+ ){1,2}?(?:get|got|develop|come by|pick up|catch)\b"
)
_NOT_CAUSE = Cue(
    r"\b(?:stop\w*|start\w*|prescrib\w*|given|put on|tak(?:e|en|ing)|surgery|operation|diagnos\w+|refer\w*|admit\w*|admission|test\w*|scan\w*|changed?)\b"
)
_CAUSED = Cue(
    r"^(?:[^.;]|\.(?=\d)){0,70}?(?:\b(?:due to|2/2|d/t|secondary to|because of|owing to|caused by|(?:precipitated|triggered|provoked|brought on|induced|worsened) by|attributed to|attributable to|as a (?:result|consequence) of|in (?:the )?setting of|most likely (?:came |is |was )?from|(?:likely|probably) (?:due|related|secondary|from)|came from|precipitant)\b)"
)
_CAME_AFTER = Cue(
    r"^\W{0,2}(?:\w+ ){0,2}?\b(?:from|after|following|on)\b (?!\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|admission|arrival|exam\w*|review|today|imaging|ct|mri|x-?ray|scan|discharge)"
)
_CAUSES = Cue(
    r"\b(?:caus(?:ed|ing|es)|led to|leading to|trigger(?:ed|ing)|precipitat(?:ed|ing)|provok(?:ed|ing)|brought on|set off|resulted in|responsible for|contribut(?:ed|ing) to|(?:cause|precipitant|trigger|source) (?:of|for))(?: (?:the|his|her|an?|this|both|mild|severe|acute))*\s*$"
    r"|\w{4,}[- ](?:induced|associated|related)\s*(?:\w+\s)?$"
)
_LABEL = Cue(
    r"^\W*(?:precipitants?|triggers?|causes?|cause of \w+|why|reasons?|a?etiology|source|culprit|precipitated by|provoked by)\s*(?::|-|=)\s*\w|^\W*(?:the )?(?:source|cause|trigger|precipitant|portal of entry) (?:was |is |being )?(?:most |felt |thought |presumed )*(?:likely|probably|presumably|to be|unclear|unknown|not (?:found|clear|known))\b"
)
_NO_CAUSE = Cue(r"\b(?:allerg\w*|copied|if|should|may|might|could|risk|prevent\w*|avoid\w*)\b")
_HELD = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL, AssertionStatus.POSSIBLE})


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    rank: int
    day: str


def asks_cause(plan: Plan, /) -> bool:
    """Say whether it is asked what brought on the problem that a part of a question names first."""
    named = bool(plan.targets) and plan.targets[0].kind is ConceptKind.CONDITION and not plan.family and not plan.harm
    others = {target.kind for target in plan.targets[1:]} & {ConceptKind.DRUG, ConceptKind.PROCEDURE, ConceptKind.VACCINE}
    return named and not others and _ASKS.search(plan.text) is not None and _NOT_CAUSE.search(plan.text) is None


def told_causes(_text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft the sentences that tell what brought a problem on, the plainest first; empty: that is not asked, or none tells it."""
    if len(plans) != 1 or not asks_cause(plans[0]):
        return []
    plan, records = plans[0], reading.shelves.records
    problem = plan.targets[0]
    times = list(_times_of(problem, records.facts(reading.scope, categories=(Category.CONDITION, Category.ENCOUNTER))))
    told = [
        each
        for each in _sentences(list(records.all_passages(reading.scope)), problem, times)
        if plan.window is None or _near(each.passage, plan)
    ]
    best = sorted(told, key=lambda each: (each.rank, each.day))
    kept: dict[int, _Told] = {}
    for each in best:
        if each.rank <= best[0].rank + 1:
            kept.setdefault(each.passage.document_key, each)
    return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in list(kept.values())[:MOST_TOLD]]


def _times_of(problem: Target, facts: Sequence[Fact]) -> Iterator[tuple[date, date]]:
    """Yield the days of the visits for a problem, and of its entries until it ended or a while after it began."""
    for fact in facts:
        if fact.occurred is None or fact.assertion in {AssertionStatus.ABSENT, AssertionStatus.ENTERED_IN_ERROR}:
            continue
        said = (fact.concept.text, *(detail.text for detail in fact.details if detail.name == "reason"))
        if any(problem.find(forms(text)) is not None for text in said):
            first = fact.occurred.first_day
            is_visit = fact.category is Category.ENCOUNTER
            last = fact.ended.last_day if fact.ended is not None else first if is_visit else first + _AFTERWARDS
            yield first, last


def _near(passage: Passage, plan: Plan) -> bool:
    known = passage.occurred or passage.recorded
    window = plan.window
    if known is None or window is None or window.first is None:
        return True
    return window.first <= known.first_day <= (window.last or date.max - _AFTERWARDS) + _AFTERWARDS


def _sentences(passages: Sequence[Passage], problem: Target, times: Sequence[tuple[date, date]]) -> Iterator[_Told]:
    about = {passage.document_key for passage in passages if problem.find(forms(passage.text)) is not None}
    for passage in passages:
        known = passage.occurred or passage.recorded
        if known is None:
            continue
        timely = any(first <= known.first_day <= last for first, last in times)
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if sentence in passage.commands or _NO_CAUSE.search(text):
                continue
            rank = _rank(text, passage, problem, by_head=timely or passage.document_key in about)
            if rank is None and timely and _LABEL.search(text):
                rank = 0
            if rank is not None:
                yield _Told(passage, sentence, rank, known.day)


def _rank(text: str, passage: Passage, problem: Target, *, by_head: bool) -> int | None:
    """Return how plainly a sentence tells a cause of the problem, 0 plainest; `None`: it tells none."""
    place = _place_of(text, problem, by_head=by_head)
    if place is None or assert_mention(text, *place, section=passage.section) not in _HELD:
        return None
    if _CAUSED.search(text[place[1] :]) or _CAUSES.search(text[: place[0]]):
        return 0
    return 2 if _CAME_AFTER.search(text[place[1] :]) else None


def _place_of(text: str, problem: Target, *, by_head: bool) -> tuple[int, int] | None:
    """Return where a text names the problem: by its name, or by the head of its name ("the ulcer") in a note about it."""
    tokens = tokenize(text)
    words = [token.form for token in tokens]
    found = problem.find(words)
    if found is not None:
        return tokens[found[0]].start, tokens[found[1] - 1].end
    if not by_head:
        return None
    heads = {run[-1] for run in (forms(problem.words), *problem.alternatives) if run and not is_ordinary(run[-1])}
    heads |= {"bleeding"} if any("blood" in run or "hemorrhage" in run for run in problem.alternatives) else set()
    number = next((number for number, word in enumerate(words) if word in heads), None)
    return None if number is None else (tokens[number].start, tokens[number].end)
