"""What a reader who decides must not overlook: allergies, anticoagulants, pregnancy, kidney function, code status.

Facts of the chart that an answer about treatment, a procedure, discharge or safety did not mention, listed beside it.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chartcite.engine.domain.answers import Claim, RedFlag
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.findings.chart_look import ChartLook
from chartcite.engine.language.cues import Cue
from chartcite.engine.red_flags.dangerous_combinations import anticoagulants, pregnancy
from chartcite.engine.review.brief_lines import is_serious

MOST_LINES = 5
_MOST_ALLERGIES = 2
_YEAR = 366
_WHOM = r"(?:i|we|you|he|she|they|it|one|patient|the patient|this patient|pt|my (?:\w+ )?\w+|her|him|them|mr\.? \w+|mrs\.? \w+|ms\.? \w+)"
_ACT = r"(?:give|giving|start\w*|take|taking|tak|prescrib\w*|stop\w*|hold|holding|resum\w*|restart\w*|increas\w*|decreas\w*|reduc\w*|switch\w*|use|using|have|get|getting|receiv\w*|undergo\w*|go|do|order|add|adding|tolerat\w*|combin\w*|bridg\w*|operat\w*|discharg\w*|send|treat\w*|continu\w*|chang\w*|administ\w*|thrombolys\w*|lys\w*|anticoagulat\w*|scan|inject\w*|transfus\w*|intubat\w*|sedat\w*|push|load|titrat\w*|wean\w*|refer|manag\w*|be (?:\w+ )?(?:given|started|discharged|switched|operated|treated|sent|put|cleared|scanned|sedated|bridged|anticoagulated))"
_DECIDES = Cue(
    rf"\b(?:can|could|may|might|should|shall|would|must|ok(?:ay)? (?:to|for|if)|safe (?:to|for|if|in)|safely|fine (?:to|for|if)|all right (?:to|for|if)|alright (?:to|for|if)|want to|going to|about to|planning to|plan to|need to|like to|let me|i'?ll|we'?ll|allowed to|able to|ready to|due to|thinking (?:of|about)|considering|before (?:i|we)) (?:{_WHOM} )?(?:\w+ )?{_ACT}\b"
    r"|\b(?:is|are|was) (?:it|this|that|\w+(?: \w+){0,3}) (?:\w+ )?(?:safe|contra-?indicated|appropriate|ok|okay|advisable|indicated|all right|alright|suitable|fit)\b"
    r"|\bcontra-?indicat\w+|\binteract\w*\b|\bprecautions?\b|\bsafety\b|\b(?:cleared?|clearance|fit|ready|safe|candidate) (?:for|to)\b|\bpre-?op\w*\b|\bperi-?op\w*\b|\bbefore (?:the |her |his |my |a |an )?(?:\w+ )?(?:surgery|operation|procedure|scan|biopsy|contrast|an?a?esthe\w+|colonoscopy|endoscopy|extraction|cath|discharge|ct|mri|lp|lumbar puncture|injection|chemo\w*|infusion)\b"
    r"|\b(?:for|going for|having|scheduled for|booked for|goes for|goes to) (?:a |an |the |her |his |my )?(?:\w+ )?(?:surgery|operation|theatre|biopsy|contrast|ct with contrast|contrast ct|lumbar puncture|cath\w*|an?a?esthe\w+|extraction)\b"
    r"|\bdischarg(?:e|ing) (?:plan\w*|today|tomorrow|home|checklist|medication|meds)|\b(?:go|going|send|sent) home\b|\bready for discharge\b|\bhome today\b"
    r"|\b(?:what|which) (?:\w+ ){0,3}?(?:can|could|should|would) (?:i|we|you|he|she|they|be)\b|\bbest (?:treatment|drug|antibiotic|option|choice)\b|\btreatment options?\b|\boptions for\b|\bhow (?:should|do|would|can) (?:i|we|you) (?:treat|manage|dose|start|give)\b|\b(?:treat|manage)(?:ment)? (?:her|his|my|this|the) (?!records?|history)\w+ (?:with|now|today|going forward)\b|\bstarting (?:her|him|them|me|the patient|\w+ (?:on|for))\b|\bdose adjust\w*|\brenal dos\w+|\bwatch (?:out )?for\b|\bworr(?:y|ied) about (?:before|if|when)\b",
)
_RECORD_ONLY = Cue(
    r"^\W*(?:when|who|how many|how often|how long|where|was|were|did|has|had|list|show|does (?:he|she|my chart|the chart)|what (?:was|were|is (?:his|her|my|the)|are (?:his|her|my|the)|did|does|has)|why (?:was|did|were|is|are))\b(?!.*\b(?:can|could|should|safe|contra-?indicat\w+|interact\w*|before (?:surgery|the|i|we)|ok to)\b)",
)


def asks_decision(text: str) -> bool:
    """Say whether a question is about treatment, a procedure, discharge or safety to come, rather than about what was."""
    return _DECIDES.search(text) is not None and _RECORD_ONLY.match(text) is None


def beside(text: str, claims: Sequence[Claim], flags: Sequence[RedFlag], look: ChartLook) -> tuple[Claim, ...]:
    """Return at most `MOST_LINES` salient facts that neither claims nor flags mention, each checked and cited; empty for other questions."""
    if not asks_decision(text):
        return ()
    told = {citation.source.resource for claim in claims for citation in claim.citations}
    told |= {citation.source.resource for flag in flags for citation in flag.citations}
    words = " ".join(claim.text.lower() for claim in claims)
    found: list[Claim] = []
    for fact in _salient(look):
        if fact.resource in told or (fact.category is Category.MEDICATION and fact.concept.text.lower() in words):
            continue
        claim = look.claim(fact)
        if claim is not None and claim.text not in {one.text for one in found}:
            found.append(claim)
            told.add(fact.resource)
        if len(found) == MOST_LINES:
            break
    return tuple(found)


def _salient(look: ChartLook) -> Iterator[Fact]:
    yield from _allergies(look)
    yield from anticoagulants(look)[:1]
    yield from pregnancy(look)[:1]
    yield from _kidney(look)
    yield from _code_status(look)


def _allergies(look: ChartLook) -> list[Fact]:
    listed = look.records.facts(look.scope, categories=(Category.ALLERGY,))
    held = [
        fact for fact in listed
        if fact.span is None and fact.assertion is AssertionStatus.PRESENT and fact.status not in {"inactive", "resolved"} and not fact.concept.text.lower().startswith(("no ", "nka", "nkda"))
    ]  # fmt: skip
    return sorted(held, key=lambda fact: not is_serious(fact))[:_MOST_ALLERGIES]


def _kidney(look: ChartLook) -> list[Fact]:
    """Return the newest eGFR, else the newest creatinine; the last year is looked through before the rest."""
    for id_, days in (("egfr", _YEAR), ("creatinine", _YEAR), ("egfr", None), ("creatinine", None)):
        found = [
            fact
            for fact in look.about((id_,), Category.LABORATORY, days=days)
            if fact.value is not None and fact.occurred is not None
        ]
        if found:
            return found[-1:]
    return []


def _code_status(look: ChartLook) -> list[Fact]:
    found = look.about(("code-status", "dnr-status"))
    dated = [fact for fact in found if fact.occurred or fact.recorded] or found
    return [fact for fact in dated[-1:] if fact.assertion is AssertionStatus.PRESENT]
