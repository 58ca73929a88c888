"""A question for the whole chart ("overview of this patient", "who is this?"): the most important lines of its brief."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.brief import brief
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.briefings import Brief, Line
from chartcite.engine.language.cues import Cue
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent

ROUTE = "brief"
_MOST = {"who": 2, "allergies": 2, "problems": 6, "medicines": 8, "results": 3, "changed": 2, "open": 4, "next": 1}
"""Lines of each section of the brief."""
_WHOLE = Cue(
    r"^\W*(?:(?:please|can you|could you|i need|give me|need|want|quick|brief|short|clinical|a|an|the|hi|hello|ok|so)\W+)*"
    r"(?:who (?:is|['’]?s) (?:this|the|that)(?: patient| person| man| woman| lady| child| one)?"
    r"|(?:tell me|what do (?:we|you) know|fill me in|bring me up to speed|catch me up|brief me|run me through|talk me through|sum up|summari[sz]e)(?: (?:about|of|on))? (?:this|the|my|that) (?:patient|person|man|woman|lady|child|chart|record|case|pt)"
    r"|(?:overview|summary|synopsis|snapshot|recap|rundown|run-down|gist|one[- ]liner|handover|sbar|potted history|thumbnail|story)(?: (?:of|on|about|for))?(?: (?:this|the|my|that|his|her|their|whole))?(?: (?:patient|person|man|woman|lady|child|chart|record|records|case|pt|notes|history))?(?: as a whole)?)"
    r"(?: please| pls| for (?:handover|the ward round|rounds|me))?\W*$",
)
_PATIENT = r"(?:him|her|them|this (?:patient|person|man|woman|lady|gentleman|child|one|chart|case|pt|fellow)|the (?:patient|pt|child)|my (?:mum|mom|mother|dad|father|wife|husband|son|daughter|patient))"
_MEETING = (
    rf"(?:,? (?:before|ahead of|prior to|for|when|if) (?:(?:i|we) )?(?:(?:see|seeing|meet|meeting|visit|visiting|treat|treating|review|reviewing|call|calling|examine|examining|look after|looking after|take over|taking over|clerk|clerking)(?: {_PATIENT})?"
    r"|(?:the |this |his |her |today['’]?s |tomorrow['’]?s |my )?(?:\w+ )?(?:visit|appointment|appt|clinic|consult\w*|review|round|rounds|shift|handover))(?: (?:today|tomorrow|tonight|later|in clinic|now))?)"
)
_TO_KNOW = Cue(
    rf"^\W*(?:(?:please|hi|hello|so|ok|and|tell me|can you tell me|could you tell me)\W+)*"
    rf"(?:(?:what|(?:is there )?(?:anything|something))(?: (?:else|important|crucial|essential))?(?: (?:do|should|must|would|ought|does (?:a|the) \w+))?(?: that)?(?: (?:i|we|one|you|they))?(?: (?:should|must|need|want|have|ought))?(?: to)? (?:know|be aware of|look out for|watch (?:out )?for)(?: (?:about|on|of|with|regarding) {_PATIENT})?{_MEETING}?"
    rf"|(?:what(?:['’]?s| is| are))? ?(?:the )?(?:single )?(?:most important|main|key|essential|important|biggest|crucial) (?:things?|points?|facts?|bits?|issues?)(?: (?:to (?:know|remember)|i (?:should|need to|must) know|we (?:should|need to|must) know))?(?: (?:about|on|with|for) {_PATIENT}){_MEETING}?"
    rf"|(?:tell|give|show) me (?:everything|all|what(?:['’]s| is)?|the (?:things?|bits?|facts?))(?: (?:that is|that['’]s|i need to know|is))?(?: (?:important|relevant|significant|essential|that matters|i need to know|there is to know))?(?: (?:about|on) {_PATIENT}){_MEETING}?"
    rf"|(?:(?:what(?:['’]?s| is) )?(?:his|her|their|the patient['’]?s|this patient['’]?s|pt) (?:medical |general |clinical )?(?:background|story|summary|overview|snapshot)|(?:medical |clinical )?background(?: (?:of|on) {_PATIENT})?)"
    rf"|(?:what|how)(?:['’]?s| is| am i| are we) (?:walking into|dealing with)(?: (?:here|with {_PATIENT}))?)(?: please| pls)?\W*$",
)
"""Asks what has to be known of a patient, before a visit or at all."""


def asks_overview(plan: Plan, /) -> bool:
    """Say whether a question asks for the chart as a whole, and names nothing of it."""
    if plan.targets or plan.window is not None or plan.family:
        return False
    unnamed = plan.intent is Intent.SUMMARY and not plan.keywords and plan.subject is None
    return unnamed or asks_for_all(plan.text)


def asks_for_all(text: str, /) -> bool:
    """Say whether words ask for a chart as a whole, or for what has to be known of its patient."""
    return _WHOLE.match(text) is not None or _TO_KNOW.match(text) is not None


def overview(reading: Reading, /, *, sections: Sequence[str] = tuple(_MOST)) -> list[DraftClaim]:
    """Return the first lines of some sections of the brief, each with its citations."""
    records, scope = reading.shelves.records, reading.scope
    whole = brief(scope.patient_id, records=records, lexicon=reading.chart.lexicon, as_of=scope.as_of)
    return list(_lines(whole, sections))


_TRIFLE = Cue(
    r"\b(?:over[- ]the[- ]counter|otc|as needed|when required|if needed|prn|gumm(?:y|ies)|supplements?|herbal|lozenges?|emollient|cream|ointment)\b"
)


def _is_trifle(line: Line) -> bool:
    """Say whether a medicine is bought without a prescription, taken at need or put on the skin: it is told after the others."""
    return _TRIFLE.search(line.claim.text) is not None


def _lines(whole: Brief, sections: Sequence[str]) -> Iterator[DraftClaim]:
    told: set[str] = set()
    for section in whole.sections:
        if section.name not in sections:
            continue
        lines = sorted(section.lines, key=_is_trifle) if section.name == "medicines" else section.lines
        for line in lines[: _MOST.get(section.name, 1)]:
            claim = line.claim
            if section.name == "changed" and told & {citation.source.resource for citation in claim.citations}:
                continue  # what is told with the medicines and the problems
            told |= {citation.source.resource for citation in claim.citations}
            yield DraftClaim(
                text=claim.text, kind=claim.kind, citations=claim.citations, route=ROUTE, computation=claim.computation
            )
