"""How bad a problem is, and how it is doing: "how bad is the retinopathy?", "how's his heart failure doing?", "is the eczema getting better?".

What tells it is the name of its entry ("moderate", "stage 3b"), the newest sentences of notes that name it beside words of severity
or of its course, and the measurements that follow it.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Fact
from chartcite.engine.facts.active_facts import condition_is_active
from chartcite.engine.facts.statements import MEASURED
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, tokenize
from chartcite.engine.notes.assertion import assert_mention
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import retrieve_facts
from chartcite.engine.stories.problem_summary import drafts, measures, standing_of, values_of

ROUTE = "near_quote"
MOST_TOLD = 2
_STALE = 4
"""Years after which a sentence no longer tells how a problem is."""
_STALE_COURSE = 2
"""The same where its course is asked: how it is now."""
_NEAR = 45
"""Characters between the name of a problem and a word for its state."""
_WHOSE = r"(?:his|her|their|my|the|[\w]+['’]s)"
ASKS_SEVERITY = Cue(
    r"\bhow (?:bad|severe|serious|advanced|extensive|far (?:along|gone|advanced)|bad(?:ly)?)\b|\bseverity\b|\b(?:mild|moderate)(?:,| or)\b[^?.;]*\bsevere\b"
)
ASKS_COURSE = Cue(
    rf"\bhow(?:['’]?s| is| are| has| have) {_WHOSE} (?:[\w-]+ ){{1,5}}?(?:been )?(?:doing|coming (?:along|on)|getting (?:on|along)|going|behaving|controlled|these days|lately|now|at the moment|overall)\b"
    rf"|\bhow (?:well|tightly|poorly|stable)\b[^?.;]*\b(?:controlled|managed|control)\b|\bhow (?:well )?(?:controlled|stable|active) (?:is|are|was) {_WHOSE}"
    rf"|^\W*(?:{_WHOSE} )?(?:[\w-]+ ){{1,3}}(?:control|under control|(?:well[- ])?controlled|stable)\W*$"
    r"|\b(?:better|worse|stable|improv\w+|progress\w+|controlled|steady|settled|under control)\W+(?:or|vs\.?|versus) (?:is (?:it|s?he) )?(?:still |getting )?(?:better|worse|stable|improv\w+|progress\w+|worsening|declining|not|uncontrolled|poorly)\b"
    rf"|^\W*how(?:['’]?s| is| are) {_WHOSE} (?:[\w-]+ ?){{1,4}}\W*$"
    r"|\b(?:is|are) (?:s?he|they|i|the patient|\w+) (?:still |now )?in (?:\w+ )?remission\b"
    rf"|\b(?:is|are|has|have) {_WHOSE} (?:[\w-]+ ){{1,5}}?(?:(?:been |got(?:ten)? |getting |any )?(?:better|worse|improv(?:ed|ing)|worsen(?:ed|ing)|progress(?:ed|ing))|(?:well[- ])?controlled|under control|stable|settl(?:ed|ing)(?: down)?|coming (?:down|right)|active|in remission|(?:re)?stabili[sz]\w+|plateaued|levelled off|quiet)\b"
)
_SEVERE = Cue(
    r"\b(?:mild\w*|moderate\w*|severe\w*|minimal|advanced|extensive|end[- ]stage|early|late|stage ?(?:\d\w?|i{1,3}v?|iv)|grade ?\w+|class ?[iv1-4]+|GOLD ?\w|NYHA|MELD\S*|Child[- ]Pugh\S*|AHI|A[1-3]|G[1-5][ab]?|R\d ?M\d|well[- ]controlled|poorly|uncontrolled|brittle|decompensated|compensated|refractory)\b"
)
_COURSE = Cue(
    r"\b(?:stable|unchanged|steady|improv\w+|better|worse\w*|recover\w+|resolv\w+|controlled|uncontrolled|in remission|remission|relaps\w+|progress(?:ed|ing|ion|ive)|declin(?:ed|ing)|well|doing|quiet|active|inactive|flar\w+|clear(?:ed|ing)?|heal\w+|healing|settled|compensated|decompensated|deteriorat\w+|no (?:change|progression|exacerbations?|flares?)|persist\w*|mild\w*|moderate\w*|severe\w*|stage ?\d\w?|at (?:goal|target)|poor\w*|good)\b"
)
_ITEM_ENDS = Cue(r"[,;:.]")
_SENTENCE_ENDS = Cue(r"[;.]|,.*,")
_ELSE = Cue(r"\b(?:allerg\w*|copied|carried forward|family|risk|if|should)\b")
_HELD = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL})
_NOT_ASKED = frozenset(
    {Intent.WHEN, Intent.COUNT, Intent.WHO, Intent.REASON, Intent.DURATION, Intent.AGE, Intent.SUMMARY, Intent.DOSE}
)


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    day: str


def told_state(_text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft how bad a problem is or how it is doing; empty: that is not asked of one problem, or nothing tells it."""
    plan = plans[0]
    severity, course = ASKS_SEVERITY.search(plan.text) is not None, ASKS_COURSE.search(plan.text) is not None
    if not (severity or course) or plan.family or plan.window is not None or plan.intent in _NOT_ASKED:
        return []
    problem = _one_problem(plans, reading)
    if problem is None:
        return _remission_alone(plans, reading)
    part = reading._replace(plan=plan)
    found = [fact for item in retrieve_facts(plan, reading.shelves.records, scope=reading.scope) for fact in item.facts]
    standing = standing_of(problem, found, part)
    passages = list(reading.shelves.records.all_passages(reading.scope))
    if not standing.held and (standing.denied or not problem.ids or not _is_noted(passages, problem)):
        return []
    words = _SEVERE if severity else _COURSE
    noted = sorted(_sentences(passages, problem, words), key=lambda each: each.day, reverse=True)
    last = max((known.day for passage in passages if (known := passage.occurred or passage.recorded)), default="")
    stale = _STALE if severity else _STALE_COURSE
    noted = [each for each in noted if int(each.day[:4]) + stale >= int(last[:4])]
    if _REMISSION.search(plan.text) and not any(_REMISSION.search(each.passage.sentence_text(each.sentence)) for each in noted):
        noted = [*list(of_remission(passages))[:1], *noted]
    by_note = list({each.passage.document_key: each for each in reversed(noted)}.values())[::-1]
    quotes = [quote_sentence(each.passage, each.sentence, reading.shelves.records, route=ROUTE) for each in by_note[:MOST_TOLD]]
    entries = drafts(standing.held[:1], reading.chart)
    goes_on = not standing.held or any(condition_is_active(fact, reading.chart.today) for fact in standing.held)
    measured = measures([problem], standing.held, part) if problem.ids and goes_on else []
    told = severity and any(_SEVERE.search(claim.text) for claim in entries)
    if not (quotes or measured or told or not goes_on):
        return []
    named = [claim for target in _beside(plans, problem) for claim in values_of(target, _facts_of(target, plans, reading), part)]
    measured = named[:2] or measured[: 1 if measured and len(measured[0].citations) > 1 else 2]  # one value alone shows no course
    return [*quotes, *measured, *entries] if quotes and _ASKS_CONTROL.search(plan.text) else [*entries, *quotes, *measured]


_ASKS_CONTROL = Cue(r"\b(?:control(?:led)?|managed|stable|in remission)\b")
"""Asks how a problem is kept, of which its entry tells nothing."""


def _remission_alone(plans: Sequence[Plan], reading: Reading) -> list[DraftClaim]:
    """Draft the newest sentence of a remission, where it is asked for without a name of what remits: "is she in remission?"."""
    if len(plans) != 1 or plans[0].targets or not _REMISSION.search(plans[0].text):
        return []
    told = next(of_remission(list(reading.shelves.records.all_passages(reading.scope))), None)
    return [quote_sentence(told.passage, told.sentence, reading.shelves.records, route=ROUTE)] if told is not None else []


def _one_problem(plans: Sequence[Plan], reading: Reading) -> Target | None:
    """Return the problem of which its state is asked, alone or beside a measurement that follows it; `None`: another thing is named."""
    problems = [target for target in plans[0].targets if target.kind is ConceptKind.CONDITION]
    if len(problems) == 1 and len(plans) <= _WITH_MEASURE:
        return problems[0] if all(_is_value(target, reading) for target in _beside(plans, problems[0])) else None
    alone = len(plans) == 1 and len(plans[0].targets) == 1 and plans[0].targets[0].kind is None
    return plans[0].targets[0] if alone else None


_WITH_MEASURE = 2
"""Parts of "is his depression better? PHQ-9"."""


def _beside(plans: Sequence[Plan], problem: Target) -> list[Target]:
    """Return what is named beside a problem."""
    return [target for plan in plans for target in plan.targets if target != problem]


def _facts_of(target: Target, plans: Sequence[Plan], reading: Reading) -> list[Fact]:
    """Return the entries of a target."""
    records = reading.shelves.records
    items = [item for plan in plans for item in retrieve_facts(plan, records, scope=reading.scope) if item.target == target]
    return list(items[0].facts) if items else []


def _is_value(target: Target, reading: Reading) -> bool:
    """Say whether a target is a measurement, or the name of one in the chart ("Childhood Asthma Control Test")."""
    if target.kind is not None:
        return target.kind is ConceptKind.MEASUREMENT
    facts = reading.shelves.records.facts(reading.scope, categories=MEASURED, concept_keys=target.concept_keys)
    return bool(target.concept_keys) and bool(facts)


def _is_noted(passages: Sequence[Passage], problem: Target) -> bool:
    """Say whether a note tells of a problem, as there, that the list of problems does not hold."""
    return any(True for _ in _sentences(passages, problem, _ANYTHING))


_ANYTHING = Cue(r"\b\w+")


def _sentences(passages: Sequence[Passage], problem: Target, words: Cue) -> Iterator[_Told]:
    """Yield the sentences that name a problem, as there, beside a word for its state."""
    for passage in passages:
        known = passage.occurred or passage.recorded
        if known is None or passage.resource.startswith("Condition/"):
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            tokens = tokenize(text)
            found = problem.find([token.form for token in tokens])
            if found is None or sentence in passage.commands or _ELSE.search(text):
                continue
            start, end = tokens[found[0]].start, tokens[found[1] - 1].end
            if (
                any(_speaks_of(text, match.span(), (start, end)) for match in words.finditer(text))
                and assert_mention(text, start, end, section=passage.section) in _HELD
            ):
                yield _Told(passage, sentence, known.day)


_REMISSION = Cue(r"\b(?:remission|relaps\w+)\b")


def of_remission(passages: Sequence[Passage]) -> Iterator[_Told]:
    """Yield the sentences that tell of a remission or a relapse, as there, whatever name they give to what remits, newest first."""
    for passage in sorted(passages, key=_day_of, reverse=True):
        known = passage.occurred or passage.recorded
        for sentence in passage.sentences if known is not None and not passage.resource.startswith("Condition/") else ():
            text = passage.sentence_text(sentence)
            match = _REMISSION.search(text)
            if match is None or sentence in passage.commands or _ELSE.search(text) or known is None:
                continue
            if assert_mention(text, match.start(), match.end(), section=passage.section) in _HELD:
                yield _Told(passage, sentence, known.day)


def _day_of(passage: Passage) -> str:
    known = passage.occurred or passage.recorded
    return known.day if known is not None else ""


def _speaks_of(text: str, word: tuple[int, int], problem: tuple[int, int]) -> bool:
    """Say whether a word for a state stands with a problem, and not with another item of a list."""
    if word[1] <= problem[0]:
        return problem[0] - word[1] < _NEAR and _ITEM_ENDS.search(text[word[1] : problem[0]]) is None
    return word[0] - problem[1] < _NEAR and _SENTENCE_ENDS.search(text[problem[1] : word[0]]) is None
