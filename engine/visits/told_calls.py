"""What a call or a message was about: "why did the daughter ring after the ED visit?", told by the note of that call."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan
from chartcite.engine.review.chart_review import is_note
from chartcite.engine.stories.summary_notes import sentences_of_stay
from chartcite.engine.visits.described import choosing_words, holds, is_foreign
from chartcite.engine.visits.named_visits import visit_meant, visits_in

MOST_QUOTES = 6
_KIN = r"(?:mum|mom|mother|dad|father|daughter|son|wife|husband|partner|sister|brother|parents?|carer|caregiver|family|gran\w*|niece|nephew|aunt|uncle)"
_CALL = Cue(
    r"\b(?:called|rang|phoned|telephoned|messaged|emailed|texted|(?:call|ring|phone|message|email|text|write)(?= (?:in|about|us|the (?:clinic|office|surgery|practice|nurse|doctor))\b|\W*$)|(?:did|does|has) (?:\w+ ){1,4}?(?:call|ring|phone|message|email|text|write in)|(?:the|last|latest|that|this|which|what|her|his|a) (?:\w+ ){0,3}?(?:(?:phone |telephone )?call|phone message|portal message|telephone (?:note|encounter)|message|e-?mail))\b"
)
_ASKS = Cue(
    r"\bwhy\b|\bwhat\b|\b(?:summar\w+|reason|gist|outcome|tell me about)\b|\bhow did\b[^?.;]*\bgo\b",
)
_NOT = Cue(
    r"\b(?:called off|so-called|is (?:it|this|that) called|what (?:is|was|are|were) (?:\w+ ){0,4}called|on call|call (?:911|999|111|an ambulance)|if|when should|should|who (?:do|should|can) (?:i|we)|number|can i|should i)\b"
)
_IS_CALL = Cue(r"\b(?:telephone|phone|portal|message|call|e-?mail|triage call)\b")
_SORTS = (
    (Cue(r"\b(?:portal|messaged?|e-?mail(?:ed)?|wrote|write)\b"), Cue(r"\b(?:portal|message|e-?mail)\b")),
    (Cue(r"\b(?:call(?:ed)?|rang|ring|(?:tele)?phoned?)\b"), Cue(r"\b(?:telephone|phone|call)\b")),
)
"""What sort of message is asked, and how such notes are called."""
_NEWEST = Cue(r"\b(?:last|latest|recent(?:ly)?|newest)\b")
_OF_CALLS = frozenset(
    forms(
        "call called calling ring rang phone phoned telephone telephoned message messaged portal email text texted note encounter say said ask asked want wanted tell told reason outcome about last latest recent newest conversation speak spoke talk patient "
        "mum mom mother dad father daughter son wife husband partner sister brother parent carer caregiver family happen happened decide decided agree agreed plan visit ed er emergency clinic office nurse doctor doc after before nhs line"
    )
)


def told_call(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Quote the note of the call or message that a question asks about; empty: it asks otherwise, or the chart has no such note."""
    if not (_CALL.search(text) and _ASKS.search(text)) or _NOT.search(text):
        return []
    if any(plan.undone or plan.upcoming or plan.comparison for plan in plans):
        return []
    if any(target.kind is ConceptKind.MEASUREMENT for plan in plans for target in plan.targets):
        return []  # a value of that day is asked
    calls = _calls(reading)
    kin = re.search(rf"\b{_KIN}\b(?!['’]s)", text, re.IGNORECASE)
    if kin is not None:
        calls = [call for call in calls if _names(kin[0], call)]
    for asked, titled in _SORTS:
        if asked.search(text):
            calls = [call for call in calls if titled.search(call[0].title)] or calls
    window = next((plan.window for plan in plans if plan.window is not None), None)
    if window is not None:
        calls = [call for call in calls if window.holds(call[0].occurred or call[0].recorded)]
    since = _since(text, plans, reading)
    if since is not None:
        calls = [call for call in calls if _day(call) >= since][:1]
    call = _meant(calls, plans, text)
    return [] if call is None else sentences_of_stay(call, reading.shelves.records, most=MOST_QUOTES)


def _calls(reading: Reading) -> list[list[Passage]]:
    """Return the notes of calls and messages, oldest first, each with its passages."""
    found: dict[int, list[Passage]] = {}
    for passage in reading.shelves.records.all_passages(reading.scope):
        if is_note(passage) and _IS_CALL.search(passage.title) and (passage.occurred or passage.recorded):
            found.setdefault(passage.document_key, []).append(passage)
    return sorted((sorted(call, key=lambda each: each.start) for call in found.values()), key=_day)


def _day(call: Sequence[Passage]) -> date:
    moment = call[0].occurred or call[0].recorded
    return moment.first_day if moment is not None else date.min


def _names(kin: str, call: Sequence[Passage]) -> bool:
    meant = {
        "mum": "mo(?:ther|m)|mum",
        "mom": "mo(?:ther|m)|mum",
        "mother": "mo(?:ther|m)|mum",
        "dad": "dad|father",
        "father": "dad|father",
    }
    words = meant.get(kin.lower(), re.escape(kin.lower()))
    if kin.lower() in {"parent", "parents", "family"}:
        words = r"mo(?:ther|m)|mum|dad|father|parents?|family"
    return any(re.search(rf"\b(?:{words})\b", f"{each.author} {each.text}", re.IGNORECASE) for each in call)


def _since(text: str, plans: Sequence[Plan], reading: Reading) -> date | None:
    """Return the day of the visit after which a call was: "what did she ring about after the ED visit?"."""
    after = [each for each in visits_in(text, today=reading.chart.today) if each.since]
    if len(after) != 1:
        return None
    visit = visit_meant(after[0], reading, [target for plan in plans for target in plan.targets])
    visit = visit or visit_meant(after[0]._replace(newest=True), reading)
    return visit.occurred.first_day if visit is not None and visit.occurred is not None else None


def _meant(calls: Sequence[list[Passage]], plans: Sequence[Plan], text: str) -> list[Passage] | None:
    """Return the call that the words of a question tell; of several as likely the newest where that is asked, else none."""
    words = choosing_words(plans, _OF_CALLS)
    folded = [frozenset(word for each in call for word in forms(f"{each.title} {each.author} {each.text}")) for call in calls]
    told = [{word for word in words if holds(word, run, run)} for run in folded]
    if not calls or any(is_foreign(word) and not any(word in each for each in told) for word in words):
        return None
    most = max(map(len, told))
    likely = [call for call, each in zip(calls, told, strict=True) if len(each) == most]
    if len(likely) == 1 or _NEWEST.search(text) or (not words and re.search(_KIN, text, re.IGNORECASE)):
        return likely[-1]
    return None
