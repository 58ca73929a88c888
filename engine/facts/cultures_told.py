"""What grew in a culture and what it is sensitive or resistant to ("E. coli in the urine: resistant to?", "was the klebsiella treated?").

Told are the cultures that are meant, each with the note of the laboratory on it, and the antibiotics that were ordered in the days after.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import MOST_LEANING, quote_sentence
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import is_ordinary, is_plain

ROUTE = "culture"
MOST_CULTURES, MOST_ORDERS = 3, 3
_TREATED_WITHIN = timedelta(days=14)
_CULTURE = Cue(
    r"\b(?:\w*cultures?|m?c ?& ?s|mc/s|[mc]su|swabs?|gram stain|isolates?|microbiolog\w*|mcs|bacteriolog\w*|c/s|aspirate|sensitivit\w*|susceptibilit\w*)\b"
)
"""How a culture is called."""
_SENSITIVITY = Cue(
    r"\b(?:sensitivit\w*|susceptib\w*|sens(?:itive)? (?:to|and|&)|sensitive|resist\w*|antibiograms?|sens|S/R)\b"
    r"|\b(?:which|what|any) (?:oral |iv )?(?:antibiotics?|abx|drugs?)\b[^.?;]*\b(?:work\w*|use|cover\w*|options?|choose|active|kill\w*|effective)\b"
)
_OF_GERMS = Cue(
    r"\b(?:\w*cultur\w*|bugs?|germs?|organisms?|isolates?|bacteri\w*|urine|wee|m[cs]u|csu|uti|bloods?|swabs?|sputum|stool|infections?|sensitivities|susceptibilit\w*|antibiograms?|grew|grown?|c ?& ?s)\b"
)
_NOTHING = Cue(
    r"\b(?:no (?:bacterial |significant |fungal )?growth|sterile|negative|not (?:grown|isolated|detected)|normal (?:oral |skin |gut )?flora)\b"
)
_TREATED = Cue(r"\b(?:treat\w*|antibiotics?|abx|given|gave|cover(?:ed)?|prescri\w*|managed?)\b")
_ASKS_OTHERWISE = Cue(
    r"\b(?:los|length of stay|admi(?:t|tted|ssions?)|stay(?:ed)?|discharg\w*|how long|how many (?:days|nights)|allerg\w*|intoleran\w*|vaccin\w*|immuni[sz]\w*|swab tests?|coloni[sz]\w*|carriers?|carriage|precautions?|isolation|isolat(?:e|ed) (?:in|him|her|them)|side[ -]room)\b"
)
_ALL = Cue(r"\b(?:all|every|each|ever|cultures|organisms|over (?:the )?(?:time|years)|history)\b")
_SPECIMENS = tuple(
    (Cue(rf"\b(?:{asked})\b"), Cue(rf"\b(?:{called})\b"))
    for asked, called in (
        (r"urin\w*|wee|pee|water|m?su|csu|utis?", r"urin\w*|[mc]su|uti"),
        (r"bloods?|bacter[ae]+mi\w*|septic\w*|b/?c", r"blood\w*"),
        (r"sputum|phlegm|chest|bal|lavage|lung", r"sputum|lavage|bal|respiratory|tracheal|bronch\w*"),
        (r"stool|faec\w*|fec\w*|poo", r"stool|faec\w*|fec\w*"),
        (r"wound|ulcer|pus|abscess|sore", r"wound|ulcer|pus|abscess|tissue|sore"),
        (r"csf|lumbar|spinal", r"csf|cerebro\w*|spinal"),
        (r"line|tip|exit[- ]site|catheter tip", r"tip|line|exit\w*|catheter|blood\w*"),
        (r"throat|tonsil\w*", r"throat|tonsil\w*"),
    )
)
"""By specimen: how people ask for it, and how its culture is called."""
_LEAST = 4
"""Letters by which a word names an organism; its beginning is enough ("klebs", "staph")."""


def told_cultures(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell what the cultures that a question means grew, with what the laboratory noted; empty: it asks of none."""
    if any(plan.family or plan.upcoming or plan.comparison for plan in plans) or _ASKS_OTHERWISE.search(text):
        return []
    if _RESISTANT_ONES.search(text):
        resisting = [fact for fact in _held(reading) if _in_time(fact, plans) and _is_resistant(fact)]
        return [claim for fact in resisting[-MOST_CULTURES:] for claim in _with_note(fact, reading)]
    asks_sensitivity = _SENSITIVITY.search(text) is not None and _OF_GERMS.search(text) is not None
    cultures = [fact for fact in _held(reading) if _in_time(fact, plans)]
    by_germ = [fact for fact in cultures if _names_germ(fact, _without_things(text, plans))]
    asks_sensitivity = asks_sensitivity or (bool(by_germ) and _SENSITIVITY.search(text) is not None)
    if not by_germ and not asks_sensitivity:
        return []
    if by_germ and not (asks_sensitivity or _OF_GERMS.search(text)) and _is_a_problem(plans, reading):
        return []
    if not by_germ and _names_what_did_not_grow(plans):
        return []
    meant = by_germ or [fact for fact in cultures if not _NOTHING.search(_grown(fact))]
    meant = _of_specimen(meant, text)
    if asks_sensitivity:
        meant = [fact for fact in meant if _TELLS_SENSITIVITY.search(_all_said(fact))]
    if not (by_germ or _ALL.search(text)):
        meant = meant[-1:]
    told = [claim for fact in meant[-MOST_CULTURES:] for claim in _with_note(fact, reading)]
    return [*told, *(_ordered(meant[-MOST_CULTURES:], reading) if told and _TREATED.search(text) else ())]


_RESISTANT_ONES = Cue(
    r"\b(?:any|which|what|ever|history of|had|past|previous) (?:\w+ ){0,3}?(?:(?:multi-?(?:drug )?-?)?resistant|mdr|superbug)(?: (?:bugs?|organisms?|bacteria|germs?|infections?|isolates?))\b|\bsuperbugs?\b"
)
"""Asks for all germs that resist, whatever they are called."""
_RESISTS = Cue(r"\b(?:esbl|mrsa|vre|cre|cpe|amp-?c|carbapenemase|mdr|multi-?resistant)\b")


def _is_resistant(fact: Fact) -> bool:
    """Say whether the laboratory names a germ as one that resists much."""
    return _RESISTS.search(_all_said(fact)) is not None


_TELLS_SENSITIVITY = Cue(
    r"\b(?:sensitiv\w*|sens|resist\w*|suscept\w*|[SRI])\s*[:=-]|\b(?:sensitive|resistant|susceptible|intermediate) to\b|\b(?:sensitiv\w*|resistan\w*)\b"
)
_SENSITIVITIES = Cue(r"\b(?:sensitiv\w*|sens|resist\w*|suscept\w*|[SRI])\s*(?:[:=]|to\b)")
"""Where an entry stops to tell what grew."""


def _all_said(fact: Fact) -> str:
    return " ".join((_grown(fact), *(detail.text for detail in fact.details)))


def _held(reading: Reading) -> list[Fact]:
    """Return the cultures of the tables that tell in words what grew, oldest first."""
    records, kinds = reading.shelves.records, (Category.LABORATORY, Category.REPORT, Category.OBSERVATION)
    called = tuple(
        one.key
        for one in records.concepts(reading.scope)
        if not one.categories.isdisjoint(kinds) and _CULTURE.search(one.concept.text)
    )
    facts = records.facts(reading.scope, categories=kinds, concept_keys=called) if called else []
    return [
        fact
        for fact in facts
        if fact.span is None
        and fact.occurred is not None
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
        and _CULTURE.search(fact.concept.text)
        and _grown(fact)
    ]


def _grown(fact: Fact) -> str:
    """Return what the entry of a culture says that grew."""
    said = fact.value.shown if fact.value is not None and fact.value.quantity is None else ""
    concluded = fact.detail("conclusion")
    return said or (concluded.text if concluded else "")


def _in_time(fact: Fact, plans: Sequence[Plan]) -> bool:
    windows: list[Window] = [plan.window for plan in plans if plan.window is not None]
    return all(window.holds(fact.occurred) for window in windows[:1])


def _without_things(text: str, plans: Sequence[Plan]) -> str:
    """Leave out the medicines and tests that a question names: none of them grows."""
    for target in (target for plan in plans for target in plan.targets):
        if target.kind in {ConceptKind.DRUG, ConceptKind.MEASUREMENT, ConceptKind.PROCEDURE, ConceptKind.VACCINE}:
            text = re.sub(rf"\b{re.escape(target.words)}\b", " ", text, flags=re.IGNORECASE)
    return text


def _names_germ(fact: Fact, text: str) -> bool:
    """Say whether a question names what grew: by a word of it, or the beginning of one."""
    if _NOTHING.search(_grown(fact)) or _MIXED.search(_grown(fact)):
        return False
    begins = _SENSITIVITIES.search(_grown(fact))
    grew = _grown(fact)[: begins.start()] if begins else _grown(fact)
    grown = [word for word in forms(grew) if len(word) >= _LEAST and not (is_plain(word) or is_ordinary(word))]
    asked = [
        word for word in forms(text) if len(word) >= _LEAST and not (is_plain(word) or is_ordinary(word) or _NO_GERM.match(word))
    ]
    return any(word.startswith(said) for said in asked for word in grown)


_MIXED = Cue(r"\b(?:mixed (?:growth|flora|organisms)|contaminat\w*)\b")
_NO_GERM = Cue(r"^(?:antibiot|antimicrob|cultur|growth|sensitiv|resist|suscept|coloni|organism|bacter|infect)")
"""Words of results that name no germ."""


def _is_a_problem(plans: Sequence[Plan], reading: Reading) -> bool:
    """Say whether a question names a problem of the chart: its own entries tell of it."""
    apart = {ConceptKind.MEASUREMENT, ConceptKind.DRUG}
    keys = [key for plan in plans for target in plan.targets if target.kind not in apart for key in target.concept_keys]
    return bool(keys) and bool(reading.shelves.records.facts(reading.scope, concept_keys=tuple(keys)))


def _names_what_did_not_grow(plans: Sequence[Plan]) -> bool:
    """Say whether a question names a germ that no culture holds: of another one its sensitivities tell nothing."""
    return any(_GERM.search(word) for plan in plans for word in (*plan.keywords, *(target.words for target in plan.targets)))


_GERM = Cue(
    r"\b(?:coli|staph\w*|strep\w*|mrsa|mssa|vre|esbl|cre|cpe|pseudomon\w*|klebs\w*|candida\w*|proteus|entero\w*|serrat\w*|acinetobact\w*|haemophil\w*|listeria\w*|salmonell\w*|campylobact\w*|aspergill\w*|nocardia\w*|legionell\w*)\b"
)


def _of_specimen(facts: Sequence[Fact], text: str) -> list[Fact]:
    """Keep the cultures of the specimen that is named."""
    called = [called for asked, called in _SPECIMENS if asked.search(text)]
    return [fact for fact in facts if not called or any(cue.search(fact.concept.text) for cue in called)]


def _with_note(fact: Fact, reading: Reading) -> list[DraftClaim]:
    return [draft(fact, reading.chart, route=ROUTE), *_noted(fact, reading)]


def _noted(fact: Fact, reading: Reading) -> list[DraftClaim]:
    """Quote what the laboratory noted on a culture."""
    records = reading.shelves.records
    passages = [each for each in records.all_passages(reading.scope) if each.resource == fact.resource and not each.commands]
    own = [each for each in passages if each.sentences and each.path.startswith("note")]
    told: list[DraftClaim] = []
    for passage in own[:1]:
        whole = passage.sentences[0].model_copy(update={"end": passage.sentences[-1].end})
        short = whole.end - whole.start <= MOST_LEANING
        told += [quote_sentence(passage, each, records, route=ROUTE) for each in ([whole] if short else passage.sentences[:4])]
    return told


def _ordered(cultures: Sequence[Fact], reading: Reading) -> list[DraftClaim]:
    """Tell the antibiotics that were ordered or given in the days after a culture."""
    orders = reading.shelves.records.facts(reading.scope, categories=(Category.MEDICATION,))
    days = [fact.occurred.first_day for fact in cultures if fact.occurred]
    found = [
        fact
        for fact in orders
        if fact.span is None
        and fact.occurred is not None
        and fact.assertion is AssertionStatus.PRESENT
        and any(timedelta(0) <= fact.occurred.first_day - day <= _TREATED_WITHIN for day in days)
        and _is_antibiotic(fact, reading)
    ]
    return [draft(fact, reading.chart, route=ROUTE) for fact in found[:MOST_ORDERS]]


def _is_antibiotic(fact: Fact, reading: Reading) -> bool:
    lexicon = reading.chart.lexicon
    return any(
        "antibiotic" in lexicon.above(id_) for mention in lexicon.mentions(forms(fact.concept.text)) for id_ in mention.ids
    )
