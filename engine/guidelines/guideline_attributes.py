"""What a question wants to know of its subject: a dose, a duration, an interval, an age, a goal, a treatment; and who tells it.

A recommendation on the right subject that does not tell what is asked is no answer: "how long is alendronate taken?" is not
answered by whom to screen for osteoporosis. Read from words alone; a question that asks for none of these asks what is advised.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.guidelines.guidelines import Recommendation
from chartcite.engine.language.cues import Cue


class Attribute(NamedTuple):
    """How something is asked for, and how a recommendation tells it."""

    name: str
    asked: Cue
    told: Cue


def _words(*parts: str) -> Cue:
    return Cue("|".join(parts))


_NUMBER = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve)"
_SPAN = rf"{_NUMBER}(?:[- ](?:to|or|through)[- ]{_NUMBER}|[-–]\d+)?[- ](?:hour|day|week|month|year)"

ATTRIBUTES = (
    Attribute(
        "dose",
        _words(
            r"\b(?:what|which|starting|initial|maximum|max|usual|right|loading|daily)(?: is the| starting)? dos(?:e|age|ing)\b"
            r"(?! of (?:\w+ )?vaccine)",
            r"\bdos(?:e|age|ing) (?:of|for|in|is|to)\b(?! (?:\w+ ){0,3}(?:vaccine|shot|jab))",
            r"\bhow much (?!of|time|exercise|weight|sleep|risk|benefit|longer|more|does|do|is|should|will|can|to)\w+",
            r"\bhow (?:much|many) (?:mg|milligrams?|mcg|micrograms?|grams?|units|tablets?|pills?)\b",
            r"\b(?:patch|tablet|pill) strength\b|\bml (?:per|/) ?kg\b",
        ),
        _words(
            r"\d ?(?:mg|mcg|micrograms?|g|mL|units|IU|milligram\w*|morphine)\b(?!/(?!kg))",
            r"\b(?:highest|lowest|maximum|effective|approved) (?:\w+ )?dos(?:e|age)",
            r"\bdos(?:e|age|es)\b (?:should|is|may)\b|\b(?:raising|halve|lower) the (?:\w+ )?dose\b|\b\w+-intensity\b",
        ),
    ),
    Attribute(
        "duration",
        _words(
            r"\b(?:for )?how (?:long|many (?:hours|days|weeks|months|years))\b(?! (?:ago|since))",
            r"\bduration\b|\blength of (?:treatment|therapy)\b",
        ),
        _words(
            r"(?<!aged )\b" + _SPAN + r"(?!s? (?:of age|old(?:er)?|or (?:older|younger|more)|to \d+ years))",
            r"\b(?:indefinite|lifelong|extended|long-term|until|early|interval|once|more than|years since|yearly|annual)",
        ),
    ),
    Attribute(
        "interval",
        _words(
            r"\bhow (?:often|frequent(?:ly)?|many times)\b|\bagain\b",
            r"\bevery how\b|\b(?:what|which) (?:interval|frequency)\b|\b(?:interval|frequency) (?:of|for|between)\b",
        ),
        _words(
            r"\b(?:every|each|once|annual(?:ly)?|yearly|biennial|at least|periodic(?:ally)?|regularly|throughout|lifetime)\b",
            r"\btimes? (?:a|per)\b|\bper year\b",
            r"\b(?:again|repeat(?:ed)?|booster|another|next|single|one-time|doses?)\b",
            _SPAN,
        ),
    ),
    Attribute(
        "age",
        _words(
            r"\b(?:what|which|at what|from what) ages?\b|\bhow old\b",
            r"\bages? (?:to|for|of) (?:start|begin|stop|screen)\w*|\bstarting age\b",
        ),
        _words(
            r"\bage[ds]?\b|\byears (?:of age|or (?:older|younger|more))\b|\b(?:older|younger) than\b|\bunder \d|\bmonths?\b",
            r"\badults\b|\bchildren\b|\binfants\b|\badolescents?\b|\bolder people\b",
        ),
    ),
    Attribute(
        "start",
        _words(r"\bwhen (?:do|does|should|must|can|to)\b.{0,40}\b(?:start|begin|first)\b", r"\bwhen .{3,40} (?:started|begun)\b"),
        _words(r"\bage[ds]?\b|\bstart\w*|\bbegin\w*|\bfrom\b|\bwhatever\b|\bolder\b|\bweeks?\b|\b(?:if|when|until|before|immediately|early)\b"),
    ),
    Attribute(
        "monitoring",
        _words(r"\bmonitor(?:s|ed|ing)?\b"),
        _words(r"\b(?:monitor|check|assess|repeat|recheck|evaluat|measure|obtain|surveillance|review|screen|follow)\w*"),
    ),
    Attribute(
        "limit",
        _words(r"\b(?:cut-?offs?|thresholds?)\b", r"\bat (?:what|which) (?:\w+ )?(?:level|value|number|reading)\b"),
        _words(
            r"\d(?!\d* years)[\d.,/]* ?(?:%|mg|mm|g/|ng|mmol|kPa|mL|cells|kg|pack|or (?:more|less|above)|mEq)",
            r"\b(?:below|above|at least|less than|more than|score of) \d",
        ),
    ),
    Attribute(
        "goal",
        _words(
            r"\bhow (?:low|high) (?:should|must|does|do|can|is|to)\b",
            r"(?<!reach the )(?<!glucose )(?<!at )(?<!above )\b(?:target|goal)s?\b",
            r"\bwhat (?:should|must) (?:my|his|her|the|their) [\w ]{2,30} be\b",
        ),
        _words(
            r"\b(?:goals?|targets?|aim\w*|lowered to|kept|treated to|titrated|thresholds?|keep)\b.*\d",
            r"\d.*\b(?:goals?|targets?)\b",
        ),
    ),
)  # fmt: skip
"""What may be asked for, with the words by which a recommendation tells it."""
_KNOWLEDGE = _words(
    r"\bwhat (?:are|is) the (?:\w+ )?(?:symptoms?|signs|side[- ]effects?|adverse effects?|causes?|survival|prognosis|mechanism"
    r"|life expectancy)\b",
    r"\b(?:symptoms?|signs|side[- ]effects?|survival|prognosis|life expectancy) (?:of|in|with|after|for)\b(?! no\b)",
    r"\bwhat causes\b|\bcontagi\w+|\bhow common\b|\bwhat does .{3,40} (?:mean|feel like|look like)\b",
    r"\b(?:can|does) .{3,40} (?:cause|give me|lead to)\b",
)
"""What is known of a disease or a medicine is in textbooks: a recommendation says what to do."""

_TREATS = _words(
    r"\b(?:treat(?:s|ed|ing|ments?)?|therapy|cure[sd]?|manage[sd]?|management|managing|surger(?:y|ies)|surgical(?:ly)?|operat\w+"
    r"|regimens?|chemo\w*|patch(?:ing|ed)|radiation|radiotherapy|ablation|fix(?:ed)?)\b",
    r"\b(?:drug|medicine|medication|antibiotic|pill|tablet|biologic|inhaler)s? (?:for|of choice|against|first)\b",
)
_ABOUT_TREATMENT = _words(
    r"\b(?:screen\w*|test(?:ed|ing)?|check(?:ed|s)?|vaccin\w*|shots?|jabs?|prevent\w*|monitor\w*|before|while|on|after|during|started?"
    r"|follow-?up|surveillance)\b"
)
"""Beside these words a treatment may stand for something else than what is asked: "tested before treatment"."""
_TELLS_TREATMENT = _words(
    r"\b(?:treat\w*|therap\w+|medicines?|medications?|drugs?|antibiotics?|prescri\w+|pharmaco\w*|supplement\w*|interventions?"
    r"|counselling|surgery|prophylaxis)\b"
)
_OPEN = _words(
    r"^\W*(?:and |so )?(?:how|what|which|best|first|treatment|rx|therapy|management)\b", r"\bhow (?:to|do|should|is|are)\b"
)
"""A question that a "no" does not answer."""
_ADVISES_AGAINST = _words(
    r"\b(?:not to be used|should not be|is not recommended|are not recommended|should be avoided|to be avoided|contraindicated)\b"
)
_VERSUS = _words(
    r"\b(?:better|worse|safer|more effective|rather) than\b|\bversus\b|\bvs\b|\bcompared (?:with|to)\b",
    r"\bor\b.{3,30}\bbetter\b|\bbetter\b.{3,30}\bor\b",
)
_SCREENS = _words(r"\bscreen(?:s|ed|ing)?\b")


@lru_cache(maxsize=1024)
def asked_for(question: str) -> tuple[Attribute, ...]:
    """Return what a question asks for of its subject; empty: what is advised."""
    return tuple(one for one in ATTRIBUTES if one.asked.search(question))


def compares(question: str) -> bool:
    """Say whether a question weighs two things against each other: both must then be named."""
    return _VERSUS.search(question) is not None


def asks_treatment(question: str) -> bool:
    """Say whether a question asks how something is treated, and not whether it is looked for or prevented."""
    return _TREATS.search(question) is not None and _ABOUT_TREATMENT.search(question) is None


@lru_cache(maxsize=1024)
def _asks(question: str) -> tuple[bool, bool, bool]:
    """Return whether a question asks what is known, whether it asks for a treatment, and whether a "no" does not answer it."""
    return _KNOWLEDGE.search(question) is not None, asks_treatment(question), _OPEN.search(question) is not None


def tells_what_is_asked(question: str, recommendation: Recommendation) -> bool:
    """Say whether a recommendation tells the kind of thing that a question asks for; of several kinds, one."""
    knowledge, treatment, is_open = _asks(question)
    if knowledge or (treatment and only_screens(recommendation)):
        return False
    if treatment and is_open and _ADVISES_AGAINST.search(recommendation.statement.partition(";")[0]):
        return False
    said = f"{recommendation.heading}. {recommendation.statement}"
    asked = asked_for(question)
    return not asked or any(one.told.search(said) for one in asked)


def only_screens(recommendation: Recommendation) -> bool:
    """Say whether a recommendation is on looking for a disease, and on nothing that is done about it."""
    said = f"{recommendation.heading}. {recommendation.statement}"
    return _SCREENS.search(said) is not None and _TELLS_TREATMENT.search(_SCREENS.sub("", said)) is None
