"""Questions about the person: age, sex, language, address, death."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from chartcite.engine.answers.left_open import quoted_texts
from chartcite.engine.dates.times import years_between
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import Fact
from chartcite.engine.facts.counts_and_durations import age_claims
from chartcite.engine.facts.fact_claims import Chart, draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import CONTACT, OTHER_WORDS, Intent


def mentions(fact: Fact, keywords: Sequence[str]) -> bool:
    """Say whether a fact names most of some words."""
    details = " ".join(f"{detail.name} {detail.text}" for detail in fact.details)
    words = {word[:6] for word in forms(f"{fact.concept.text} {details} {fact.author}")}
    held = sum(any(form[:6] in words for form in (word, *OTHER_WORDS.get(word, ()))) for word in keywords)
    return held * 2 > len(keywords)


_NUMBER = r"(?:(?:tele)?phone|mobile|cell|number|contact (?:number|details)|e-?mail|landline)"
_SOMEBODY = (
    r"(?:daughter|son|wife|husband|partner|mother|mum|mom|father|dad|sister|brother|aunt|uncle|niece|nephew|cousin|friend|neighbou?r"
    r"|carer|caregiver|guardian|landlord|employer|pharmacy|pharmacist|chemist|clinic|practice|school|hospital|agency|company|gp"
    r"|doctor|dentist|nurse|lawyer|solicitor|key ?worker|social worker|case manager|keyworker|surgeon|consultant"
    r"|specialist|midwife|therapist|counsell?or|physio\w*|optician|optometrist|podiatrist|dieti[ct]ian|navigator|interpreter|insurer|insurance|ward|unit|office"
    r"|lab(?:oratory)?|department|hospice|care home|nursing home|helpline|\w{3,}(?:ologist|iatrist|iatrician)"
    r"|(?:dr|doctor|prof(?:essor)?|nurse)\.? [a-z][\w-]+)"
)
_OF_SOMEBODY_ELSE = Cue(
    rf"\b{_SOMEBODY}(?:['’]s|s['’]|s)? (?:\w+ ){{0,2}}?{_NUMBER}\b|\b{_NUMBER} (?:of|for) (?:\w+ ){{0,2}}?{_SOMEBODY}\b"
)
"""Asks how somebody else is reached, whom the patient's own number does not reach."""
_OF_SEX = frozenset({"sex", "gender", "man", "woman", "boy", "girl", "male", "female"})


_A_BABY = Cue(r"\b(?:bab(?:y|ies)|newborns?|infants?|twins?|f(?:o)?etus|bub|bairn)\b")
_YEARS_OF_BABY = 3


def _is_baby(chart: Chart) -> bool:
    """Say whether the patient is the baby that is asked of."""
    born = chart.birth.value.text if chart.birth is not None and chart.birth.value is not None else None
    return not born or years_between(date.fromisoformat(f"{born}-01-01"[:10]), chart.today) < _YEARS_OF_BABY


def demographics(plan: Plan, facts: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    """Tell the age, or the fields of the person that are asked for."""
    if _A_BABY.search(plan.text) and not _is_baby(chart):
        return []  # of a child of hers the notes tell
    if plan.intent is Intent.AGE or "age" in forms(plan.text):
        return age_claims(facts, chart) or _newest_told(facts, "age", chart)
    chosen = [fact for fact in facts if _mentions_field(fact, plan)]
    theirs = [fact for fact in chosen if _is_of_relative(fact, plan)]
    chosen = theirs or ([] if _OF_SOMEBODY_ELSE.search(plan.text) else chosen)
    if not chosen and _OF_SEX & set(forms(plan.text)):
        return _newest_told(facts, "sex", chart)
    return [draft(fact, chart, route="demographic") for fact in chosen]


_NAMED = re.compile(r"(?<=[a-z,;:] )(?P<name>[A-Z][a-z]{2,})(?P<own>['’]s)?\b")
_KIN = (
    r"(?:(?:grand|step)?-?(?:son|daughter|child)|wife|husband|partner|mother|mum|mom|father|dad|sister|brother|niece|nephew|cousin|aunt|uncle"
    r"|friend|neighbou?r|carer|girlfriend|boyfriend|fianc[eé]e?)"
)


def names_another(text: str, person: Sequence[Fact], passages: Iterable[Passage]) -> bool:
    """Say whether a question about a person names somebody whom notes tell as near to the patient: "how old is Jerome?"."""
    own = " ".join(fact.value.shown.lower() for fact in person if fact.value is not None and "name" in fact.concept.text.lower())
    called = [match["name"] for match in _NAMED.finditer(text) if match["name"].lower()[:_SHORTENED] not in own]
    near = [
        Cue(rf"\b(?i:{_KIN})\b[^\n]{{0,25}}?\b{re.escape(name)}\b|\b{re.escape(name)}\b[^\n.]{{0,25}}?\b(?i:{_KIN})\b", 0)
        for name in called
    ]
    return bool(own and near) and any(cue.search(passage.text) for passage in passages for cue in near)


_SHORTENED = 3
"""Letters by which a short name is known: Ty of Tyrell, Zeke of Ezekiel."""


def whom_to_call(plan: Plan, facts: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    """Tell contact persons and telephones where a question asks whom to call; empty: it does not, or the chart names none."""
    if _ASKS_NAME.search(plan.text):
        theirs = [fact for fact in facts if "#contact" in fact.id and _is_of_relative(fact, plan)]
        return [draft(fact, chart, route="demographic") for fact in theirs]
    return demographics(plan, facts, chart) if CONTACT.search(plan.text) and not _ASKS_VIEW.search(plan.text) else []


_ASKS_VIEW = Cue(
    r"\b(?:nok|kin|contacts?|famil\w+)['’]?s? (?:views?|opinions?|wish\w*|thoughts?|position|feelings?)\b"
    r"|\b(?:agree\w*|disagree\w*|views?|opinions?)\b[^?]*\b(?:nok|next of kin|family)\b"
)
"""Asks what relatives think, and not who they are."""


_DECIDES = Cue(
    r"\b(?:attorney|m?poa|lpa|epa|epoa|hcpoa|proxy|guardian\w*|surrogate|(?:health ?care |medical )?agent|deputy"
    r"|decision[- ]?maker|legal representative)\b"
)


def who_decides(plan: Plan, facts: Sequence[Fact], teams: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    """Tell the contact persons, else the care teams, of which the chart says that they decide for the patient.

    Args:
        plan: a question that asks for them; who names one of them ("is Ann his attorney?") is told of all.
        facts: demographic facts.
        teams: care teams.
        chart: cites.
    """
    persons = [fact for fact in facts if "#contact" in fact.id and _decides(fact, "relationship")]
    named = persons or [fact for fact in teams if _decides(fact, "participant")][-1:]
    return [] if plan.family else [draft(fact, chart, route="demographic") for fact in named]


def _decides(fact: Fact, kind: str) -> bool:
    return any(detail.name == kind and _DECIDES.search(detail.text) for detail in fact.details)


_RELATIVE = (
    r"(?:(?:grand)?(?:daughter|son)|wife|husband|partner|spouse|mother|mum|mom|father|dad|sister|brother|aunt|uncle|niece|nephew|cousin|carer"
    r"|caregiver|friend|neighbou?r|guardian)"
)
_ASKS_NAME = Cue(
    r"\b(?:what(?:'s| is|s)|who(?:'s| is|s)|names? of) (?:is )?(?:his|her|their|my|the) "
    rf"{_RELATIVE}(?:'s|s'|s)?(?: names?| called)?\W*$"
)
"""Asks who a relative is."""


_ASKS_NUMBER = Cue(
    r"\b(?:phone|telephone|cell|mobile|fax)(?: \w+)? numbers?\b|\bnumber to (?:call|ring|phone)\b"
    r"|\b(?:phone|telephone) extensions?\b|\bextension (?:number|for|of)\b|\b(?:bleep|pager) numbers?\b"
    rf"|\b{_SOMEBODY}['’]s (?:\w+ )?number\b(?! of\b)"
)
_STEM, _SHORT = 6, 2
_TITLES = frozenset(
    word[:_STEM]
    for word in "phone telephone mobile cell number contact email details doctor dr prof professor office line".split()
)
_DIGITS = re.compile(r"(?:\d[\s().-]?){6,}")


def lacks_number(plan: Plan, claims: Sequence[DraftClaim]) -> bool:
    """Say whether a telephone number is asked, and sentences of notes would be told that hold none."""
    if not claims or any(claim.category is not None for claim in claims) or not _ASKS_NUMBER.search(plan.text):
        return False
    numbered = [quote for claim in claims for quote in quoted_texts(claim) if _DIGITS.search(quote)]
    whose = _OF_SOMEBODY_ELSE.search(plan.text)
    if whose is None or not numbered:
        return not numbered
    named = {word[:_STEM] for word in forms(whose[0]) if len(word) > _SHORT and not _ASKS_NUMBER.search(word)} - _TITLES
    return not any(any(word.startswith(tuple(named)) for word in forms(quote)) for quote in numbered)


def _is_of_relative(fact: Fact, plan: Plan) -> bool:
    """Say whether a contact person is the relative that a question names: "her daughter's number", "Margaret's number"."""
    asked = forms(plan.text)
    if fact.value is not None and "#contact" in fact.id and set(forms(fact.value.shown)[:1]) & set(asked):
        return True
    relation = {word for detail in fact.details if detail.name == "relationship" for word in forms(detail.text)}
    return not relation.isdisjoint(asked)


def _newest_told(facts: Sequence[Fact], what: str, chart: Chart) -> list[DraftClaim]:
    """Quote the newest note that tells the age or sex."""
    told = [fact for fact in facts if fact.span is not None and fact.concept.text == what]
    return [draft(told[-1], chart, route="demographic")] if told else []


_FIELDS = {
    "birthdate": {"dob", "birth", "birthday", "born", "birthdate"},
    "gender": {"sex", "gender", "man", "woman", "boy", "girl", "male", "female"},
    "marital": {"married", "marital"},
    "language": {"language", "speak", "understand"},
    "address": {"address", "live", "city"},
    "deceased": {"died", "dead", "death", "deceased", "alive", "die", "passed", "pass"},
    "race": {"race", "ethnicity", "ethnic"},
    "ethnicity": {"race", "ethnicity", "ethnic"},
    "birthsex": {"sex"},
    "telecom": {"phone", "telephone", "mobile", "cell"},
    "contact": {"contact", "kin", "nok", "proxy", "call", "ring", "phone", "reach", "notify", "inform"},
}


def _mentions_field(fact: Fact, plan: Plan) -> bool:
    field = fact.id.partition("#")[2].lower()
    asked = set(forms(plan.text))
    return any(asked & words for name, words in _FIELDS.items() if name in field)
