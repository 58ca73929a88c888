"""What a value is to be ("what BP are we aiming for?", "goal INR?", "her fluid limit?"): goals of the chart, and what notes say of them.

The latest value is no answer: where neither a goal nor a note tells what is aimed at, nothing is told.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import is_ordinary

ROUTE = "near_quote"
MOST_NOTED = 2
_AIMED = r"(?:goals?|targets?|aim(?:s|ing|ed)?(?: for| at| to)?|shoot(?:ing)? for|striv\w+ for)"
_ASKS = Cue(
    rf"\b(?:what|which|where|how (?:high|low|much))(?:'s|s)?\b[^?.;]*\b{_AIMED}\b|^\W*(?:the |his |her |my |their |any )?(?:\w+ ){{0,3}}{_AIMED}(?: (?:for|of) [^?.;]*|(?: \w+){{1,4}})?\W*$"
    rf"|\b(?:goal|target|target range|goal range) (?:for|of) (?:his|her|my|their|the|\w+)\b|\b(?:is|was|are) there (?:a|an|any) (?:\w+ ){{0,3}}(?:goal|target)s?\b|\bany (?:\w+ ){{0,2}}(?:goal|target)s?\b"
    r"|\bwhat (?:\w+ ){1,3}should (?:s?he|they|i|we|it) (?:be|have|run)\b|\bwhat (?:should|ought|must) (?:his|her|my|their|the|\w+['’]s) [^?.;]*\b(?:be|run|stay|sit)\b|\bwhere (?:do|should|did|would) (?:we|they|you|\w+) (?:want|like|need|keep) (?:his|her|my|their|the)\b"
    r"|\b(?:what|where|how (?:high|low))\b[^?.;]*\b(?:want(?:s|ed|ing)?|like|liked|need|keep(?:ing)?|get(?:ting)?|try(?:ing)?|bring(?:ing)?)\b[^?.;]*\b(?:be|at|under|below|above|over|down to|get to|to)\W*$"
    r"|\b(?:what|where)(?:'s|s)?\b[^?.;]*\b(?:supposed|meant) to be\b|^\W*what(?:['’]s| is| was) (?:his|her|my|the|their|\w+['’]s) (?:\w+ )?dry (?:weight|wt)\W*$|^(?!.*\b(?:change|over|under|above|below|was|lowest|highest)\b).*\bdry (?:weight|wt)\b"
)
_REACHED = Cue(
    r"\b(?:at|to|on|in|off|above|below|reach\w*|hit|hitting|met|meet\w*|meeting|achiev\w*|within|outside|near|over|under|from|how far|time in) (?:\w+ ){0,2}?(?:goal|target)s?\b|\btarget (?:organ|lesion|date|vessel|joint|behaviou?r)s?\b|\b(?:patient|pt|own|life|care|rehab\w*|therapy|treatment|personal|physio|long[- ]term|short[- ]term|education\w*)(?:['’]?s)? (?:\w+ )?goals?\b|\bgoals? of care\b"
)
"""Asks whether a goal is reached, or for goals of another kind."""
_FLUID_ASKED = Cue(
    r"\bfluid (?:limit|restrict\w*|allowance|intake (?:limit|target|goal))|\bhow much (?:fluid|water|liquid)?\s*(?:can|may|should|is|am|are) (?:s?he|they|i|mum|mom|dad|\w+) (?:allowed|permitted|able)?(?: to)? ?(?:drink|have to drink)\b|\bhow much (?:fluid|water|liquid|to drink)\b[^?.;]*\b(?:allowed|limit\w*|restrict\w*)\b|\brestricted? (?:in )?(?:his |her )?fluids?\b"
    r"|\bhow much (?:fluid|water) (?:should|must) \w+ (?:drink|have|take|be (?:drinking|having|taking))\b|\bfluid (?:goals?|targets?)\b"
)
_FLUID_TOLD = Cue(
    r"\bfluid\w*[^.;]{0,40}\b(?:restrict\w*|limit\w*|allowance|max\w*|no more than|under|below|<)[^.;]{0,30}?\d|\b(?:restrict\w*|limit\w*)[^.;]{0,25}\bfluids?\b[^.;]{0,25}?\d|\bfluids?[^.;]{0,12}\b\d(?:[.,]\d+)? ?(?:l|lit(?:er|re)s?|ml)\b|\bfluid restriction\b"
    r"|\bdrink\w*\b[^.;]{0,25}?\b\d(?:[.,]\d+)? ?(?:l|lit(?:er|re)s?)\b"
)
_TOLD = Cue(
    r"\b(?:goals?|targets?|aim(?:s|ing|ed)?(?: for| at)?|want(?:s|ed)? (?:it |him |her |them )?(?:at|under|below|above|between|to be)|keep(?:ing)?|keep it|maintain|treat to|titrat\w+ to|ideal(?:ly)?|dry)\b"
)
_SCALE = re.compile(r"\bAIMS\b|\b[Aa]ims (?:score|exam\w*|total|rating|scale)\b")
"""Names the scale of abnormal movements, and no aim."""
_ACT_ASKED = Cue(
    r"\b(?:at|below|under|above|over|with) (?:what|which) [^?.;]{2,40}?\b(?:should|do|must|would|shall|ought|are|is|am|can) (?:s?he|they|i|we|you|one|the \w+|my \w+|to)\b"
    r"|\bhow (?:low|high) (?:does|do|should|must|would|can) [^?.;]{2,40}? (?:go|get|be|drop|fall|rise|have to be)\b[^?.;]*\b(?:before|for|to)\b"
    r"|\bwhat (?:\w+ ){1,4}(?:means?|should make) (?:s?he|they|i|we|you)\b"
)
"""Asks from which value on something is to be done: "at what peak flow should we go to hospital?"."""
_ACT_TOLD = Cue(
    r"\b(?:call|ring|phone|contact|go to|come (?:in|back|to)|attend|seek|return|bring|999|911|112|000|a&e|ed|er|emergency|hospital|ambulance|hold|omit|skip|stop|withhold|give|take|treat|double|increase|start|notify|inform|urgent\w*)\b"
)
_NUMBER = re.compile(r"\d")
_DRY = Cue(r"\bdry (?:weight|wt)\b")
_SHIFT = Cue(r"\b(?:low|high|tight|strict|relax|normal|range)\w*\b")
_REACH = 6
"""Words between what is measured and the word for a goal, at most."""


def asks_target(plan: Plan, /) -> bool:
    """Say whether a question asks what a measurement that it names, or what is drunk, is to be."""
    if plan.family or plan.comparison is not None or plan.moments or _SCALE.search(plan.text):
        return False
    if _FLUID_ASKED.search(plan.text) or (_measured(plan) and _ACT_ASKED.search(plan.text)):
        return True
    return bool(_measured(plan)) and _ASKS.search(plan.text) is not None and _REACHED.search(plan.text) is None


def _named_alike(planned: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return the goals that share an own word with what is measured: "CPAP every night" for the use of CPAP; "lose 5 kg" for weight."""
    words = {word for target in _measured(plan) for word in forms(target.words) if not is_ordinary(word) and len(word) > 2}
    weight = any(target.label == "body weight" for target in _measured(plan))
    return [
        fact
        for fact in planned
        if fact.category is Category.GOAL
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
        and (words & set(forms(fact.concept.text)) or (weight and _SLIMS.search(fact.concept.text)))
    ]


_SLIMS = Cue(r"\b(?:lose|loss|losing|gain|slim)\b[^.]*\b(?:kg|kilos?|lbs?|pounds|stone|%|weight)")


def told_targets(reading: Reading, /) -> list[DraftClaim]:
    """Tell the goals of the chart for what is asked, and the newest sentences of notes that say what it is to be."""
    plan, records = reading.plan, reading.shelves.records
    fluid = _FLUID_ASKED.search(plan.text) is not None
    if not fluid and _ACT_ASKED.search(plan.text):
        return _told_acts(reading)
    planned = records.facts(reading.scope, categories=(Category.GOAL, Category.CARE_PLAN))
    goals = [fact for fact in planned if _is_of(fact, plan, reading.chart.lexicon, fluid=fluid)]
    goals = goals or ([] if fluid or _DRY.search(plan.text) else _named_alike(planned, plan))
    passages = list(records.all_passages(reading.scope))
    noted = sorted(_noted(passages, plan, reading.chart.lexicon, fluid=fluid), key=lambda each: -each.when)
    if fluid and goals:  # how much is drunk turns about: of before a goal no note holds
        since = max((known.start.timestamp() for fact in goals if (known := fact.occurred or fact.recorded)), default=0.0)
        noted = [each for each in noted if each.when >= since]
    newest = list({forms(each.text): each for each in noted}.values())
    quoted = [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in newest[:MOST_NOTED]]
    return [*(draft(fact, reading.chart, route="list") for fact in goals[-MOST_NOTED:]), *quoted]


def _told_acts(reading: Reading) -> list[DraftClaim]:
    """Tell the plans of care, and the newest sentences of notes, that say from which value on something is to be done."""
    plan, records = reading.plan, reading.shelves.records
    planned = records.facts(reading.scope, categories=(Category.CARE_PLAN,))
    plans = [
        fact
        for fact in planned
        if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and any(_tells_act(each.text, plan) for each in fact.details)
    ]
    passages = list(records.all_passages(reading.scope))
    noted = [
        (known.start.timestamp(), passage, sentence)
        for passage in passages
        if (known := passage.recorded or passage.occurred) is not None
        for sentence in passage.sentences
        if sentence not in passage.commands and _tells_act(passage.sentence_text(sentence), plan)
    ]
    newest = sorted(noted, key=lambda each: -each[0])[: 0 if plans else MOST_NOTED]
    quoted = [quote_sentence(passage, sentence, records, route=ROUTE) for _, passage, sentence in newest]
    return [*(draft(fact, reading.chart, route="list") for fact in plans[-MOST_NOTED:]), *quoted]


_LIMIT = Cue(
    r"(?:[<>≤≥]|\b(?:if|below|under|less than|above|over|more than|greater than|drops?|falls?|reaches|at|or (?:less|more|lower|higher))\b)"
)


def _tells_act(text: str, plan: Plan) -> bool:
    """Say whether a sentence names the measurement with a limit, and what is to be done beyond it."""
    said = any(target.find(forms(text)) is not None for target in _measured(plan))
    return said and _NUMBER.search(text) is not None and _LIMIT.search(text) is not None and _ACT_TOLD.search(text) is not None


def _measured(plan: Plan) -> list[Target]:
    return [target for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]


def _is_of(fact: Fact, plan: Plan, lexicon: Lexicon, *, fluid: bool) -> bool:
    """Say whether a goal is for what is asked; of a plan of care, whether it says what that is to be."""
    if fact.assertion is AssertionStatus.ENTERED_IN_ERROR:
        return False
    texts = (fact.concept.text, *(detail.text for detail in fact.details))
    if fact.category is Category.CARE_PLAN:
        return any(_FLUID_TOLD.search(text) if fluid else _tells_target(text, "", _measured(plan), lexicon) for text in texts)
    said = " ".join(texts)
    if _DRY.search(plan.text) and not _DRY.search(said):
        return False  # what somebody should slim to is no dry weight
    return (
        ("fluid" in said.lower() or _FLUID_TOLD.search(said) is not None)
        if fluid
        else any(target.find(forms(said)) is not None for target in _measured(plan))
    )


class _Noted(NamedTuple):
    passage: Passage
    sentence: Sentence
    text: str
    when: float


def _noted(passages: Sequence[Passage], plan: Plan, lexicon: Lexicon, *, fluid: bool) -> Iterator[_Noted]:
    for passage in passages:
        known = passage.recorded or passage.occurred
        if plan.window is not None and not plan.window.holds(passage.occurred or passage.recorded):
            continue
        before = ""
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if sentence not in passage.commands and not text.rstrip().endswith("?"):
                tells = _FLUID_TOLD.search(text) is not None if fluid else _tells_target(text, before, _measured(plan), lexicon)
                if tells:
                    yield _Noted(passage, sentence, text, known.start.timestamp() if known else 0.0)
            before = text


def _tells_target(text: str, before: str, measured: Sequence[Target], lexicon: Lexicon) -> bool:
    """Say whether a clause tells what is measured, a word for a goal near it, and a number or a range.

    A clause that names no measurement speaks of the one that the clause before it named last; two numbers with a stroke are a blood pressure.
    """
    last = before
    for clause in re.split(r"[;]|\.\s", text):
        words = forms(clause)
        places = [place for target in measured if (place := target.find(words)) is not None]
        others = _measurements(clause, lexicon)
        for told in _TOLD.finditer(clause):
            behind = clause[told.end() : told.end() + _SPAN]
            if not (_NUMBER.search(behind) or (places and _SHIFT.search(behind))):
                continue
            at = len(forms(clause[: told.start()]))
            if any(min(abs(at - place[0]), abs(at - place[1] + 1)) <= _REACH for place in places):
                return True
            goal = _GOAL.search(told[0]) is not None and not others and not places
            if goal and (_is_pressure(behind, measured) or _named_last(last, measured, lexicon)):
                return True
        last = clause if _measurements(clause, lexicon) else last
    return False


def _measurements(text: str, lexicon: Lexicon) -> list[tuple[str, ...]]:
    words = forms(text)
    mentions = [
        mention for mention in lexicon.mentions(words) if lexicon.concepts[mention.ids[0]].kind is ConceptKind.MEASUREMENT
    ]
    return [tuple(words[mention.first : mention.last]) for mention in mentions]


def _named_last(text: str, measured: Sequence[Target], lexicon: Lexicon) -> bool:
    named = _measurements(text, lexicon)
    return bool(named) and any(target.find(named[-1]) is not None for target in measured)


def _is_pressure(behind: str, measured: Sequence[Target]) -> bool:
    return any("blood pressure" in target.label for target in measured) and _STROKE.search(behind) is not None


_GOAL = Cue(r"\b(?:goal|target|aim)")
_STROKE = re.compile(r"(?<![\d/])\d{2,3} ?/ ?\d{2,3}(?![\d/])")
_SPAN = 32
"""Characters behind the word for a goal within which what is aimed at is told."""
