"""Messages that tell how somebody is: the net under the topics of `red_flags`, for words that no rule knows.

Two readings, neither of which names a topic or judges severity: a message that tells of something wrong and asks nothing of the record;
and one that tells at length before it asks, since who only asks for a record tells little. Both are answered with whom to call.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.language.cues import Cue
from chartcite.engine.red_flags.minor_ailments import MINOR
from chartcite.engine.red_flags.red_flag_reading import Clause, Heard, asks_record, is_now, is_past
from chartcite.engine.red_flags.told_course import without_denials
from chartcite.engine.red_flags.told_history import (
    APPOINTED,
    DONE_BY_CARERS,
    LONG_ACHE,
    LONG_STANDING,
    PLANNED,
    ROUTINE,
    SETTLED,
    is_note,
    pattern,
    tells_of_family,
)
from chartcite.engine.red_flags.wrong_words import WRONG


def tells_complaint(heard: Heard, calm: frozenset[int] = frozenset()) -> bool:
    """Say whether a patient's message tells of an ailment of now; what it denies and what everybody treats at home tell none.

    Args:
        heard: the message.
        calm: starts of clauses that are not read (`calm_readings`); where there are some, length alone tells nothing.
    """
    if is_note(heard.text):
        return False
    told = [
        clause
        for clause in heard.clauses
        if not clause.asks and clause.start not in calm and not _is_of_record(clause) and not _lies_behind(clause, heard)
    ]
    said = " , ".join(clause.text for clause in told)
    text = pattern(SETTLED).sub("", _OVER.sub("", _DENIED.sub("", said)))
    if calm:
        text = " , ".join(without_denials(part) for part in text.split(" , "))
    if pattern(LONG_STANDING).search(text):
        text = pattern(LONG_ACHE).sub("", text)
    if _VERY_YOUNG.search(text) is None:
        text = MINOR.sub("", text)
    is_long = len(text.split()) >= _AT_LENGTH
    if WRONG.search(text) is None:
        return is_long and not calm and not _asks_record_first(heard) and text == said and pattern(ROUTINE).search(said) is None
    return is_long or _only_tells(heard)


def _asks_record_first(heard: Heard) -> bool:
    """Say whether the message begins by asking the record: what follows and tells of nothing wrong is what it is for."""
    return heard.clauses[0].asks and _is_of_record(heard.clauses[0])


def _only_tells(heard: Heard) -> bool:
    """Say whether nothing is asked but what to do."""
    return not any(
        not (_ASKS_ADVICE.search(clause.text) or _IS_WORRY.search(clause.text)) if clause.asks else _is_of_record(clause)
        for clause in heard.clauses
    )


def _lies_behind(clause: Clause, heard: Heard) -> bool:
    """Say whether a clause tells of a relative's past or of what carers once did."""
    if tells_of_family(clause.text, heard.text):
        return True
    if is_now(clause):
        return False
    return any(pattern(told).search(clause.text) for told in (PLANNED, APPOINTED, DONE_BY_CARERS))


def _is_of_record(clause: Clause) -> bool:
    if _ASKS_ADVICE.search(clause.text):
        return False
    return is_past(clause.text) or asks_record(clause) or _REQUESTS.search(clause.text) is not None


def _any(words: str) -> Cue:
    return Cue(rf"(?<!\S)(?:{words})(?!\S)", 0)


_AT_LENGTH = 10
"""Words and marks, from which somebody tells more than a question needs; chosen on the half `tune`."""
_ASKS_ADVICE = _any(
    r"(?:what|wat) (?:should|shall|do|can|to|must|would) (?:i|we|you|do)(?: do)?|(?:should|shall|must|do) (?:i|we|he|she|they) (?:need|call|ring|phone|go|come|take|wait|worry|be|bring|get|see|give|try|have to|just)|is (?:it|this|that) (?:normal|serious|ok|okay|bad|dangerous|safe|urgent|an? \w+|something|anything|worth|just|my|the|gonna|going)|can (?:it|this|that|i) (?:wait|be|go to bed|sleep|leave)|help|worried|please (?:help|advi\w+)|any (?:idea|advice|thought)|(?:do|should) (?:i|we) (?:worry|panic)|what (?:is|can) (?:it|this|that|wrong|happening|going on|be)|whats (?:wrong|happening|going on|this|that)|or (?:what|is it|just)"
)
_IS_WORRY = _any(r"or not|or (?:what|wait)|why (?:is|am|are|do|cant|wont) (?:my|i|he|she)")
_REQUESTS = _any(
    r"(?:only|just|really) (?:want\w*|need\w*|would like|wonder\w*|asking|curious|checking|hoping)(?: to (?:know|see|ask|check|book|cancel|change|get|find)| if| whether| when| what| about| for)?|wondering (?:if|whether|when|what)|(?:want\w*|would like) to know|please (?:change|send|renew|add|cancel|book|move|update|issue|order|refill|switch|reissue)|running low|runs? out (?:next|on|this|in|by|soon|tomorrow|monday|tuesday|wednesday|thursday|friday)|need (?:it|them|this|these|one) (?:called|sent|filled|renewed|faxed)|called in|call it in|write (?:my|me|again)|remaining|sent to|repeat (?:for|of|script)|(?:day|week|tablet|pill|dose) left|running out of|run out of (?:my|his|her)|ran out of (?:my|his|her)|expire\w*|expiring|out of date|renew\w*|top up|more of my|i (?:just )?(?:need|want|would like) (?:the|to (?:know|see|ask|check|book|cancel|change|get|find)|a copy|copy|my|an? (?:copy|appointment|letter|list|repeat|refill))|looking for|(?:can|could|would) (?:you|i|we|someone) (?:see|have|get|show|send|tell|list|find|check|book|please|download|print|change|order|confirm|still)|show me|list|give me|send me|tell me|which|when is|when wa|where|how (?:much|many|long|often)|repeat prescription|refill|prescription|appointment|record|chart|result|note|letter|form|review|address|thank|thanks|insurance|parking|bill|portal|password|login|booking|figurative|usual \w+|dried up|healed|healing|cleared up|all clear|moved house|changed my"
)
_SYMPTOM = r"(?:confus\w*|breathlessness|short of breath|shortness of breath|seizure|fit|chill|fall|fell|diarrhea|discharge|palpitation|flash\w*|floater\w*|headache|migraine|rash|nausea\w*|ache|bruise\w*|blister\w*|spot\w*|itching|infection|syncope|collaps\w*|stiff\w*|pain\w*|hurt\w*|fever\w*|temperature|blood|bleed\w*|swell\w*|swollen|rash|sick\w*|suicidal|sore\w*|cough\w*|dizz\w*|vomit\w*|numb\w*|weak\w*|tight\w*|red\w*|pus|hot|cold|breathless\w*|ill|unwell|bad|worse|depressed|dark|infect\w*|itch\w*|tired|faint\w*|thought\w*|problem\w*|issue\w*|trouble\w*|smell\w*)"
_DENIED = _any(
    r"(?:(?:no|without|nor|free of|deny|denie)(?: \w+){0,2}?|(?:never|not|cant say|isnt|arent|doesnt|dont|didnt|hasnt|havent|wasnt)(?: (?:any|been|had|have|a|more|longer|feel\w*|got|really|at all|chest|head|belly|back)){0,3})"
    rf" {_SYMPTOM}(?:(?: ,)?(?: (?:or|and|nor))?(?: (?:no|any))?(?: \w+)? {_SYMPTOM}(?: breathing| swallowing| walking)?)*"
)
_OVER = _any(
    rf"(?:(?:my|the|his|her|all) )*(?:\w+ )?{_SYMPTOM}(?: in my \w+)? (?:is |are |has |have |had |also |all |now |completely |nearly |almost )*(?:gone(?: now| away| down)?|reassured|not there|went away|settled|cleared\w*|eased|healed|resolved|stopped|better|easier|improv\w+|under control|fading|going (?:down|away|yellow))"
    r"|(?:\w+ )?(?:is|are|has gone|went|was) (?:almost |nearly |completely |now )*back to normal|(?:is |are |getting |moving it is getting )(?:much |a lot |so much )?(?:better|easier)|(?:it is |is |are |now )?(?:fading|going yellow)"
)
"""What a message says is over; a topic that it told is raised all the same."""
_VERY_YOUNG = _any(r"newborn|infant|baby|\d+ (?:day|week|month) old|preemie|prem")
"""Nothing is minor in a baby."""
