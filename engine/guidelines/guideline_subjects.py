"""Whom a question is about, as far as its words tell: age, childhood, pregnancy; and whether a recommendation is about the same.

Recommendations on one matter differ by the people they are for: mammograms at 45 and at 80, chlamydia in and out of pregnancy.
"""

from __future__ import annotations

from typing import NamedTuple

from chartcite.engine.guidelines.guideline_rules import Age, Gestation, Predicate, Pregnant, Sex
from chartcite.engine.guidelines.guidelines import Recommendation
from chartcite.engine.language.cues import Cue

_PREGNANT = Cue(r"\bpregnan|\bprenatal|\bantenatal|\bgestation|\bmaternal|\bexpecting\b|\bperinatal|\bobstetric")
_CHILD = Cue(
    r"\b(?:child(?:ren|hood)?|kids?|teen(?:ager?)?s?|adolescen\w+|toddlers?|bab(?:y(?! aspirin)|ies)|infants?|newborns?"
    r"|p(?:a)?ediatric\w*|boys?|girls?"
    r"|preschool\w*|school-aged)\b",
)
_INFANT = Cue(r"\b(?:newborns?|neonates?|infants?|(?:a|my|our|the) baby(?! aspirin)|babies)\b")
_YEARS = Cue(
    r"\b(?:(?P<plain>\d{1,3})[ -]?(?:years?|yrs?)?[ -]?(?:olds?|y/?o)\b"
    r"|(?P<months>\d{1,2})[ -](?:months?|mo|weeks?|wks?)[ -]olds?\b"
    r"|(?:(?:patient|s?he|who|i|(?:wo)?man|wife|husband|mother|father|son|daughter|child|baby) (?:is|am)|(?:s?he|i)['’][sm]|^im"
    r"|aged?|(?:patient|(?:wo)?m[ae]n|someone|somebody|person|adult) of) (?P<is>\d{1,3})"
    r"(?= ?(?:years\b|[.,;:?!]|$| (?:and|with|who|whose)\b))"
    r"|(?:aged?|at(?: the age of)?) (?P<years>\d{2,3}) years\b(?! risk)"
    r"|(?:aged?|at(?: age)?) (?P<at>\d{1,3})\b(?! ?(?:%|percent|weeks?|mm|mg|or (?:\d|12)))"
    r"|(?:over|after|older than|past|beyond) (?:age )?(?P<over>\d{2})\b(?! years? (?:without|since|of (?!age)))"
    r"|(?:under|before|younger than) (?:age )?(?P<under>\d{2})\b)",
)
_NOT_AGES = Cue(r"\b(?:e?gfr|bmi|ldl|a1c|risk|score|ratio|pressure|percent|mg|mm|weeks|systolic|ferritin|cd4)\b|%")
"""Beside these words a bare number is seldom an age."""
_FEMALE = Cue(r"\b(?:wom[ae]n|females?|lady|ladies|girls?|she|her|grandmother|mother-in-law)\b")
_MALE = Cue(r"\b(?:m[ae]n|males?|gentlem[ae]n|boys?|he|his|him|guys?)\b")
_PERSONS = frozenset(
    """person people patient patients adult adults man men woman women male female child children old older
    young younger age aged elderly senior seniors twenties thirties forties fifties sixties seventies eighties
    newborn pregnant pregnancy somebody someone anyone everyone everybody inpatient outpatient individual
    individuals gran granny grandma grandpa mum mom dad year years month months week weeks day days""".split()
)
_ASKING = frozenset(
    """guideline guidelines guidance recommend recommended recommendation recommendations advise advised advice indicated evidence
    due change changed changes update updated differ task force yearly annual percent
    low lower lowest high higher highest""".split()
)
"""Words of whom and when, and of asking: they tell no subject."""
_ADULT = 18
_ADULTS = Cue(r"(?:nonpregnant )?adults\b")
_EVERYBODY = Cue(r"\b(?:everyone|everybody|all (?:people|persons)|any age|weighing)\b")
_ADOLESCENTS = Cue(r"\b(?:adolescen\w+|teen\w*)\b")
_INFANCY = 1
_OLDEST = 150
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_DECADE = Cue(r"\b(?:in (?:the|her|his|their|my) )?(twen|thir|for|fif|six|seven|eigh|nine)ties\b")
_IN_TENS = Cue(rf"\b(?:{'|'.join(_TENS)})\b")
_SAME, _OTHER, _SILENT = 0.05, -0.1, -0.06


class Asked(NamedTuple):
    """The people a question is about."""

    age: int | None
    """In years."""
    child: bool
    pregnant: bool
    sex: str = ""
    """`female`, `male`; empty: not told, or both."""
    infant: bool = False
    """A newborn or a baby, of an age that is not told."""

    def is_for(self, recommendation: Recommendation) -> bool:
        """Say whether a recommendation may be for these people: where its conditions exclude them it does not answer."""
        ages, _ = _people_of(recommendation)
        least, most = ages or (None, None)
        if least is None and _ADULTS.match(recommendation.bullets.get("Population", "")):
            least = _ADULT
        if self.age is not None and not (least or 0) <= self.age <= (most if most is not None else _OLDEST):
            return False
        if self.age is None and self.child and least is not None and least >= _ADULT:
            return False
        if self.infant and least is not None and least > _INFANCY:
            return False
        if self.child and not self.pregnant and ages is None and not _tells_children(recommendation, infant=self.infant):
            return False
        needed = _needed(recommendation)
        sexes = {each.sex for each in needed if isinstance(each, Sex)}
        if self.sex and sexes and self.sex not in sexes:
            return False
        return not (self.pregnant and any(isinstance(each, Pregnant) and not each.wanted for each in needed))

    def fit(self, recommendation: Recommendation) -> float:
        """Return what the people add to a recommendation's score: positive where they are the same, negative where not."""
        ages, pregnant = _people_of(recommendation)
        fit = 0.0
        if pregnant:
            fit += _SAME if self.pregnant else _SILENT
        elif self.pregnant:
            fit += _SILENT
        least, most = ages or (None, None)
        if self.age is not None and ages is not None:
            fit += _SAME if (least or 0) <= self.age <= (most if most is not None else 150) else _OTHER
        if most is not None and most <= _ADULT:
            fit += _SAME if self.child else 0.0
        elif self.child and least is not None and least >= _ADULT:
            fit += _OTHER
        return fit


def _tells_children(recommendation: Recommendation, *, infant: bool) -> bool:
    """Say whether a recommendation without an age speaks of children, or of everybody."""
    said = f"{recommendation.heading} {recommendation.statement} {recommendation.bullets.get('Population', '')}"
    said = _ADOLESCENTS.sub("", said) if infant else said
    return _CHILD.search(said) is not None or _EVERYBODY.search(said) is not None


def tells_person(word: str) -> bool:
    """Say whether a word tells only whom a question is about, or when."""
    return any(each.fullmatch(word) for each in (_CHILD, _FEMALE, _MALE)) or word in _PERSONS


def only_asks(word: str) -> bool:
    """Say whether a word belongs to asking for a recommendation, and to no subject."""
    return word in _ASKING


def asked_about(question: str) -> Asked:
    """Read the people out of a question."""
    decade = _DECADE.search(question)
    age = _TENS[f"{decade[1].lower()}ty"] + 5 if decade is not None else None
    question = _IN_TENS.sub(lambda match: str(_TENS[match[0].lower()]), question)
    for match in _YEARS.finditer(question):
        if match["months"]:
            age = int(match["months"]) // 12
        elif match["plain"] or match["is"] or match["years"]:
            age = int(match["plain"] or match["is"] or match["years"])
        elif _NOT_AGES.search(question) is None:
            age = int(match["at"]) if match["at"] else int(match["over"]) + 1 if match["over"] else int(match["under"]) - 1
    pregnant = _PREGNANT.search(question) is not None
    infant = age is None and not pregnant and _INFANT.search(question) is not None
    told = {"female" if _FEMALE.search(question) else "", "male" if _MALE.search(question) else ""} - {""}
    sex = told.pop() if len(told) == 1 else ""
    child = _CHILD.search(question) is not None or (age is not None and age < _ADULT)
    return Asked(age, child, pregnant, sex, infant)


def apart_in_age(left: Recommendation, right: Recommendation) -> bool:
    """Say whether two recommendations are for people of different ages, so that nobody is meant by both."""
    (first, _), (second, _) = _people_of(left), _people_of(right)
    if first is None or second is None:
        return False
    return _before(first, second) or _before(second, first)


def _before(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def _people_of(recommendation: Recommendation) -> tuple[tuple[int | None, int | None] | None, bool]:
    """Return the ages in years that a recommendation is for (`None`: any), and whether it is for pregnancy only."""
    needed = _needed(recommendation)
    pregnant = any(isinstance(each, Gestation) or (isinstance(each, Pregnant) and each.wanted) for each in needed)
    for each in needed:
        if isinstance(each, Age):
            by = 12 if each.months else 1
            least, most = (None if limit is None else limit // by for limit in (each.least, each.most))
            return (least, most), pregnant
    return None, pregnant


def _needed(recommendation: Recommendation) -> list[Predicate]:
    """Return the needed conditions that stand alone: an alternative excludes nobody."""
    rule = recommendation.rule
    conditions = rule.conditions if rule is not None else ()
    return [one.any_of[0] for one in conditions if one.role == "needs" and len(one.any_of) == 1]
