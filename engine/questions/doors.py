"""Which door a question belongs to: the one open chart, or another that it is sent to; and what of it nothing took up.

One chart is answered for. Questions about many patients, tasks (letters, orders, bookings) and questions about the world are
explained, and sent to where they belong.
"""

# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import fold, forms
from chartcite.engine.questions.question_words import ATTRIBUTES, COHORT, INTENTS, OTHER_WORDS


class Door(StrEnum):
    """Where a question is answered."""

    CHART = "chart"
    """Here."""
    PATIENT_GROUP = "patient_group"
    """By a search over many charts."""
    TASK = "task"
    """By somebody who does, writes or orders something."""
    OFF_TOPIC = "off_topic"
    """Nowhere in a record."""


ELSEWHERE = {
    Door.PATIENT_GROUP: (
        "This asks about many patients. Answers here come from the one chart that is open; searching all charts for patients who "
        "meet criteria is not built yet. Ask the same of this one patient: “Is she on metformin?” or “Does he have diabetes?”."
    ),
    Door.TASK: (
        "This asks for something to be done. Here nothing is written, ordered, booked or changed: answers are read from the chart. "
        "Ask what the chart says, such as “What was the last HbA1c?”."
    ),
    Door.OFF_TOPIC: (
        "This is not about the chart that is open. Ask about its tests, medicines, problems, visits or notes, such as “What was the "
        "last HbA1c?”."
    ),
}
"""What a question that belongs elsewhere is told."""

_MANY = Cue(
    r"\b(?:of|for|in|among|across|to|on|by|per|with) (?:all |any |each |every |our |my |the |those |these )*(?:\w+ )?patients\b(?!['’])"
    r"|\bpatients (?:in|who|with|were|was|are|have|had|that|whose|receiving|taking|treated|diagnosed|discharged|admitted|based)\b"
    r"|\b(?:cluster|segment|group|rank|sort) (?:\w+ )*?(?:by|based on)\b"
    r"|\b(?:average|total|distribution|percentage|proportion|share|number) (?:\w+ ){0,3}?(?:of|among) (?:\w+ )?(?:patients|people|adults)\b"
    r"|\b(?:which|what) (?:other )?patient (?:has|had|is|was|and)\b"
    r"|\b(?:anyone|anybody|who) else (?:is|was|has|had|on|with|takes)\b|\bmy (?:panel|practice|caseload)\b|\bour (?:practice|ward|clinic) (?:population|patients)\b",
)
_OF_ONE = Cue(r"\b(?:this|that|the) patient\b|\bpatient (?:id )?\d+|\bsubject \d+")
_TASK = Cue(
    r"^\W*(?:please |pls |(?:can|could|would|will) you (?:please )?|i (?:need|want) you to |help me (?:to )?)*"
    r"(?:(?:draft|compose|translate|transcribe|delete|erase|e-?prescribe|prescribe|cancel|reschedule|e-?mail|fax|upload|download|paint)\b"
    r"|write (?!(?:down|out)\b)(?:\w+ ){0,2}?(?:letter|note|poem|story|essay|e-?mail|message|song|code|script|prescription|referral)\b"
    r"|(?:book|schedule|order|arrange|refill|set up) (?:a|an|the|some|another|her|his|their|my|me|him|this)\b"
    r"|(?:send|call|phone|text|page|fax) (?:a|an|the|her|his|their|him|me|my|them|dr)\b"
    r"|(?:remove|update|change|edit|add) (?:a|an|the|this|her|his|their|my) (?:\w+ ){0,3}?(?:record|chart|entry|list|allergy|medication|address|appointment|visit)\b)",
)
_OF_SOMEBODY = Cue(r"\b(?:he|she|him|her|hers|his|they|their|them|patient|pt|my|i|we)\b")
_WORLD = Cue(
    r"\b(?:weather|forecast|poem|joke|riddle|song|lyrics|recipe|football|soccer|baseball|basketball|cricket|movies?|film|stock (?:price|market)|bitcoin|crypto\w*|"
    r"capital (?:city )?of|president|prime minister|election|horoscope|lottery|who won|world cup|olympics|python|javascript|sonnet|haiku|news (?:today|headlines)|"
    r"what time is it|meaning of life|square root|your (?:name|favou?rite|opinion)|who (?:are|made|built|trained) you|are you (?:a|an|human|real|conscious))\b",
)


_LISTED = Cue(
    r"\b(?:(?:which|what|who|any|how many|list|find|show|count|identify)(?: me)?(?: all)?(?: of)? (?:my|our|these|those) (?:\w+ ){0,2}(?:patients|people|panel)"
    r"|(?:how many|list|find|show(?: me)?|count|identify)(?: of)?(?: all)?(?: the)? (?:\w+ ){0,2}patients)\b",
)
"""Asks for patients by name or number; "which patients should have ...?" asks for a recommendation."""
WITHOUT_CHART = {
    Door.PATIENT_GROUP: (
        "This asks which patients meet criteria. Answers here come from the guidelines, or from one chart that is opened; searching "
        "all charts is not built yet. Open a chart and ask about that patient: “Is she on metformin?”."
    ),
    Door.TASK: (
        "This asks for something to be done. Here nothing is written, ordered, booked or changed: answers are read from the "
        "guidelines, or from a chart that is opened. Ask what they say, such as “Who should be screened for lung cancer?”."
    ),
    Door.OFF_TOPIC: "This is not about the guidelines. Ask what they recommend, such as “Who should be screened for lung cancer?”.",
}
"""What a question that belongs elsewhere is told where no chart is open."""


def refused_without_chart(text: str, door: Door) -> str | None:
    """Return what a question is told that no guideline answers; `None`: one may."""
    if _LISTED.search(text):
        return WITHOUT_CHART[Door.PATIENT_GROUP]
    return WITHOUT_CHART[door] if door in {Door.TASK, Door.OFF_TOPIC} else None


def speaks_of_somebody(text: str) -> bool:
    """Say whether a question names a person or a patient, rather than asking in general."""
    return _OF_SOMEBODY.search(text) is not None


def door_of(text: str, *, names_something: bool) -> Door:
    """Return where a question is answered; `names_something`: it names a clinical thing."""
    if COHORT.search(text) or (_MANY.search(text) and not _OF_ONE.search(text)):
        return Door.PATIENT_GROUP
    if _TASK.search(text):
        return Door.TASK
    if _WORLD.search(text) and not names_something and not speaks_of_somebody(text):
        return Door.OFF_TOPIC
    return Door.CHART


_OF_RECORDS = frozenset(
    fold(word)
    for word in """input output intake specimen sample microbiology organism admission stay hospital ward careunit department unit gender sex ethnicity language
    administer administered detect detected undergo undergone underwent perform performed conduct conducted receive received retrieve calculate calculated display
    figure amount total minimum maximum unique daily weekly monthly yearly hour minute frequent frequently common commonly top categorize celsius fahrenheit
    treat treated give given use used start started stop stopped change changed prescribe order ordered happen begin taking count route visit encounter procedure operation treatment therapy diagnosis diagnose diagnosed medication drug prescription prescribed laboratory lab culture
    patient chart record note letter doctor nurse clinic examination normal abnormal stable positive negative severe mild chronic acute
    cost price charge insurance type kind name first second third left right lt rt os od ou side""".split()
)
"""Words in which records and those who ask of them speak: understood, though nothing is looked for by them alone."""


def unknown_words(text: str, words: Iterable[str], is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return those of a question's open content words that are no concept, cue, attribute or word of records.

    Args:
        text: the part of the question, as typed.
        words: folded content words that nothing took up.
        is_known: whether the terminology, the chart's own names or the patient's name hold a word.
    """
    cues = {word for _, cue in INTENTS for match in cue.finditer(text) for word in forms(match[0])}
    plain = ATTRIBUTES | _OF_RECORDS | OTHER_WORDS.keys() | cues
    return tuple(word for word in words if word not in plain and not is_known(word) and any(map(str.isalpha, word)))
