"""A question for the whole chart ("overview of this patient", "who is this?"): the most important lines of its brief."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from chartcite.engine.answers.reading import Reading
from chartcite.engine.brief import brief
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.briefings import Brief
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


def asks_overview(plan: Plan, /) -> bool:
    """Say whether a question asks for the chart as a whole, and names nothing of it."""
    if plan.targets or plan.window is not None or plan.family:
        return False
    unnamed = plan.intent is Intent.SUMMARY and not plan.keywords and plan.subject is None
    return unnamed or _WHOLE.match(plan.text) is not None


def overview(reading: Reading, /) -> list[DraftClaim]:
    """Return the first lines of each section of the brief, each with its citations."""
    records, scope = reading.shelves.records, reading.scope
    told = brief(scope.patient_id, records=records, lexicon=reading.chart.lexicon, as_of=scope.as_of)
    return list(_lines(told))


def _lines(told: Brief) -> Iterator[DraftClaim]:
    for section in told.sections:
        for line in section.lines[: _MOST.get(section.name, 1)]:
            claim = line.claim
            yield DraftClaim(
                text=claim.text, kind=claim.kind, citations=claim.citations, route=ROUTE, computation=claim.computation
            )
