"""For how long somebody was told to leave something off, or when it may be done again: "how long no driving after the op?".

Told are sentences of notes that name what is left off and for how long; how long a problem or a job has lasted is no answer.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Target
from chartcite.engine.review.chart_review import is_note

ROUTE = "near_quote"
MOST_TOLD = 2
_ASKS = Cue(
    r"\bhow (?:long|many (?:days|weeks|months)|soon)\b|\bwhen (?:can|could|may|will|should|is|am|was|were) (?:i|she|he|we|they|mum|mom|dad|the patient|pt|it)\b[^?.;]*\b(?:again|safe|allowed|ok|okay|back|start|try|resume)\b|\bfor what length of time\b"
)
_TOLD_NOT_TO = Cue(
    r"\b(?:told|advised|asked|supposed|meant|allowed|instructed|not to|no|without|avoid\w*|refrain|off|until|till|before (?:i|she|he|we|they|mum|mom|dad)|again|have to wait|need to wait|wait|can'?t|cannot|couldn'?t|mustn'?t|shouldn'?t)\b"
)
_HAS_BEEN = Cue(
    r"\b(?:has|have|had)(?:n['’]t)? (?:i|she|he|they|mum|mom|dad|\w+)? ?been\b|\bhow long (?:is|was|did|has|does) (?:the|her|his|my|it)\b(?![^?]*\b(?:supposed|told|advised|meant|allowed)\b)|\bhow long ago\b"
)
_ACTIVITIES = tuple(
    (Cue(rf"\b(?:{asked})\b"), Cue(rf"\b(?:{told})\b"))
    for asked, told in (
        (r"driv(?:e|es|ing)|drove|behind the wheel|the car|dvla", r"driv(?:e|es|ing)|behind the wheel"),
        (r"lift(?:s|ing)?|carry(?:ing)? (?:heavy|anything)|heavy (?:things|stuff|objects)", r"lift(?:s|ing)?|heavy"),
        (r"work(?:s|ing)?|sick note|fit note", r"work|fit note|sick note|duties"),
        (r"sex|intercourse|intimate", r"sex|intercourse"),
        (r"swim(?:s|ming)?|bath(?:s|e|ing)?|shower(?:s|ing)?|pool|hot tub", r"swim\w*|baths?|bathing|shower\w*|pool|immers\w*"),
        (r"fly(?:ing)?|flight|plane", r"fly(?:ing)?|flights?|air travel"),
        (r"tampons?", r"tampons?"),
        (r"(?:get(?:ting)? |become |becoming |fall(?:ing)? )?pregnant|pregnancy|conceiv(?:e|ing)|try(?:ing)? (?:again|for (?:a|another) baby)|another baby", r"pregnan\w*|conceiv\w*|conception|try again"),
        (r"exercis(?:e|ing)|gym|run(?:ning)?|sports?|football|contact sports?|cycl(?:e|ing)", r"exercis\w*|gym|running|sports?|cycling|strenuous"),
        (r"weight[- ]?bear\w*|walk on|put weight", r"weight[- ]?bear\w*|NWB|PWB|TTWB"),
    )
)  # fmt: skip
"""What people are told to leave off for a time: how they ask for it, and how notes tell of it."""
_COUNT = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|several|few)"
_SPAN = Cue(
    rf"\b{_COUNT}(?:\s*(?:-|–|to|or)\s*{_COUNT})?\s*(?:more |full )?(?:days?|weeks?|wks?|months?|mths?|years?|hours?|hrs?)\b(?! ?(?:/|a|per|each|every)\b)(?! ?/)|\b\d+(?:-\d+)?/(?:7|52|12)\b|\buntil\b"
)
_LIMITS = Cue(r"\b(?:no|not|n['’]t|avoid\w*|off|until|refrain\w*|wait\w*|before|after|for|resume|may|can|return|back)\b")
_WORDS_APART = Cue(r"[;.]\s+")


def told_restriction(reading: Reading, /) -> list[DraftClaim]:
    """Quote for how long something was to be left off; empty: that is not asked, or no note tells it."""
    plan, records = reading.plan, reading.shelves.records
    text = plan.text
    if plan.family or plan.comparison is not None or not _ASKS.search(text) or _HAS_BEEN.search(text):
        return []
    asked = [told for cue, told in _ACTIVITIES if cue.search(text)]
    if not asked or not _TOLD_NOT_TO.search(text):
        return []
    passages = [each for each in records.all_passages(reading.scope) if is_note(each)]
    found = [
        (_weight(passage, reading), passage, sentence)
        for passage in passages
        for sentence in passage.sentences
        if sentence not in passage.commands
        and (plan.window is None or plan.window.holds(passage.occurred or passage.recorded))
        and any(_tells(passage.sentence_text(sentence), told) for told in asked)
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    best = [each for each in found if each[1].document_key == found[0][1].document_key]
    return [quote_sentence(passage, sentence, records, route=ROUTE) for _, passage, sentence in best[:MOST_TOLD]]


def _tells(text: str, activity: Cue) -> bool:
    """Say whether a clause of a sentence tells for how long an activity is left off."""
    return any(
        activity.search(clause) and _SPAN.search(clause) and _LIMITS.search(clause)
        for clause in _WORDS_APART.compiled.split(text)
    )


def _weight(passage: Passage, reading: Reading) -> tuple[int, float]:
    """Rank a note by what the question names beside the activity, then by its day: the newest first."""
    words = forms(f"{passage.title} {passage.text}")
    named = sum(target.find(words) is not None for target in _circumstances(reading))
    moment = passage.occurred or passage.recorded
    return named, moment.start.timestamp() if moment is not None else 0.0


def _circumstances(reading: Reading) -> Sequence[Target]:
    return reading.plan.targets or reading.plan.event_targets
