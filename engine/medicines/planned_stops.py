"""How long a medicine is to go on: "when can he come off lamotrigine?", "how long will she need the apixaban?", "any plan to wean it?".

That it is ordered, or that an earlier order ended, does not tell. What notes say is to be: a sentence that names the medicine, or one
that speaks of stopping without saying what, in a passage that names it.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target

ROUTE = "near_quote"
MOST_TOLD = 2
_WHO = r"(?:s?he|they|i|we|you|mum|mom|dad|pt|the patient|my \w+|it|this|that)"
_STOP = r"(?:stop(?:ped|ping)?|come off|get off|be off|coming off|wean(?:ed|ing)?|taper(?:ed|ing)?|discontinued?|finish(?:ed)?|withdrawn?|end)"
_ASKS = Cue(
    rf"\bwhen (?:can|could|will|would|should|might|may|is|are|am) (?:\S+ ){{1,5}}?{_STOP}\b(?! (?:breast|smok|driv|work))"
    rf"|\bplan(?:s|ned|ning)?\b[^?.;]*?\b{_STOP}\b"
    rf"|\bhow (?:much|many more \w+) longer\b|\bhow long (?:will|would|must|should|shall|do|does|is|are|am|has|have) {_WHO} (?:have to|need to|got to|going to|supposed to|meant to|to|be|stay|need|still)\b"
    r"|\bhow long (?:was|is|were|are) [^?.;]{2,40}?(?:planned|intended|meant|supposed) (?:for|to)\b"
    rf"|\bwill {_WHO} (?:ever |always |have to )?(?:be (?:able to )?)?(?:{_STOP}|on (?:it|this|\w+) for (?:life|ever|good))\b|\bfor (?:life|ever|good)\W*$|\blifelong\b"
)
_NOT_ASKED = Cue(
    r"\bwhy\b|\bhow long (?:has|have) (?:s?he|they|i|we|you) (?:be|been|had|taken)\b|\bhow (?:to|do|should|can)\b(?! (?:much|many) longer)|\bdose\b"
)
_ENDS = Cue(
    r"\b(?:stop|stopping|come off|coming off|wean|weaning|taper|tapering|withdraw|withdrawal|withdrawing|discontinue|discontinuing|discontinuation|discontinued|stopped|complete|finish|lifelong|life-long|indefinite(?:ly)?|for life|long[- ]term|to continue|continue (?:it |this )?(?:for|until|till|indefinite\w*|lifelong|long|at least)|duration|total of|planned for)\b"
)
_WHEN = Cue(
    r"\b(?:if|once|when|after|until|till|through|then|(?:\d+|one|two|three|four|five|six|nine|twelve|eighteen)[- ](?:more )?(?:days?|weeks?|months?|years?|mo|yrs?|wks?)|\d+/(?:7|52|12)|lifelong|life-long|indefinite(?:ly)?|for life|long[- ]term|at (?:the )?(?:next )?(?:review|visit|clinic)|next (?:visit|review|clinic|year|month)|in (?:january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|20\d\d))\b"
)
_OVER = Cue(
    r"(?<!be )(?<!being )\b(?:stopped|discontinued|tapered|weaned|completed|finished)\b|\b(?:was|were|has|have|had|did|been|i have) (?:\w+ )?(?:stop\w*|discontinu\w*|wean\w*|taper\w*)\b|\b(?:do not|don't|did not|does not|never) stop\b|\b(?:they|it|these|those|s?he|which|that) stops?\b|\brash\b|\?\s*$"
)
"""Tells of a stop that was, and not of one to come."""
_BARE = Cue(
    r"\b(?:stop|stopping|come off|coming off|wean(?:ing)?(?: off)?|withdraw(?:al|ing)?)(?: (?:it|this|treatment|medication|medicine|the (?:medicine|medication|treatment|drug)))?(?=\s*(?:[.;,]|$|\b(?:if|once|when|after|in|at|over|next)\b))"
)


_TO_COME = Cue(
    r"\b(?:shall|will|would|can|could|may|might|should|plan\w*|try|aim\w*|consider\w*|hope\w*|to (?:stop|come|wean|complete|continue|finish|be|discontinue|taper|withdraw)|think about)\b"
)
_LASTS = Cue(
    r"\b(?:lifelong|life-long|indefinite(?:ly)?|for life|long[- ]term|to continue|continue (?:it |this )?(?:for|until|till|indefinite\w*|lifelong|long|at least)|duration|total of|planned for|until|till|then stop|stop (?:in|after|at|on)|(?:complete|finish)\w* (?:in|on|after))\b"
)


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    day: str
    named: bool


def asks_planned_stop(plan: Plan, /) -> bool:
    """Say whether it is asked how long a medicine is to go on, and not when or why it ended."""
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    asked = len(drugs) == 1 and bool(drugs[0].concept_keys) and not plan.family and plan.window is None
    return asked and _ASKS.search(plan.text) is not None and _NOT_ASKED.search(plan.text) is None


def told_planned_stops(_text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what the newest note says of how long a medicine is to go on; empty: that is not asked, or none says it."""
    if len(plans) != 1 or not asks_planned_stop(plans[0]):
        return []
    named = next(target for target in plans[0].targets if target.kind is ConceptKind.DRUG)
    records = reading.shelves.records
    told = sorted(
        _sentences(list(records.all_passages(reading.scope)), named, reading.chart.lexicon),
        key=lambda each: (each.day, each.named),
        reverse=True,
    )
    newest = [each for each in told if each.day == told[0].day]
    return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in newest[:MOST_TOLD]]


def _sentences(passages: Sequence[Passage], named: Target, lexicon: Lexicon) -> Iterator[_Told]:
    about = {each.document_key for each in passages if named.find(forms(each.text)) is not None}
    for passage in passages:
        known = passage.occurred or passage.recorded
        if known is None or not passage.resource.startswith("DocumentReference/") or passage.document_key not in about:
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if (
                sentence in passage.commands
                or "copied" in text.lower()
                or not _ENDS.search(text)
                or not _WHEN.search(text)
                or _OVER.search(text)
            ):
                continue
            own = named.find(forms(text)) is not None
            if own and not (_TO_COME.search(text) or _LASTS.search(text)):
                continue
            if own or (
                _BARE.search(text)
                and _TO_COME.search(text)
                and not _names_medicine(text, lexicon)
                and named.find(forms(passage.text)) is not None
            ):
                yield _Told(passage, sentence, known.day, own)


def _names_medicine(text: str, lexicon: Lexicon) -> bool:
    """Say whether a sentence names any medicine: then it speaks of that one."""
    return any(lexicon.concepts[id_].kind is ConceptKind.DRUG for each in lexicon.mentions(forms(text)) for id_ in each.ids[:1])
