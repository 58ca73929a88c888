"""Questions about allergies: the named substance, its class, its sort, or the whole list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.allergens import asks_of_thing, entries_named, is_alike
from chartcite.engine.facts.fact_claims import Chart, draft
from chartcite.engine.facts.list_choice import concerns
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, fold, forms
from chartcite.engine.notes.quoting import quote_allergies, quote_sentence
from chartcite.engine.questions.plans import Target
from chartcite.engine.questions.question_words import SAFE
from chartcite.engine.retrieval import TargetFacts, preferred


def allergies_to(found: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    """Tell the allergies to the medicines that are named, or to their near class."""
    drugs = [item for item in found if item.target.kind is ConceptKind.DRUG]
    facts = preferred(reading.shelves.records.facts(reading.scope, categories=(Category.ALLERGY,)))
    related = [fact for fact in facts if any(_same_substance(fact, item, reading.chart) for item in drugs)]
    return [draft(fact, reading.chart, route="allergy") for fact in related]


def allergies(found: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    """Answer about allergies: the named substance or its class, else the whole list."""
    chart = reading.chart
    facts = preferred(reading.shelves.records.facts(reading.scope, categories=(Category.ALLERGY,)))
    valid = [fact for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    substances = [item for item in found if not _is_allergy_word(item.target)]
    if not substances:
        named = entries_named(reading.plan, valid)
        if named:
            return [draft(fact, chart, route="allergy") for fact in named]
        return [draft(fact, chart, route="allergy_list") for fact in _of_sort(valid, reading.plan.text)]
    related = [fact for fact in facts if any(_same_substance(fact, item, chart) for item in substances)]
    related = related or entries_named(reading.plan, valid)
    if related:
        return [draft(fact, chart, route="allergy") for fact in related]
    # "No known allergies" answers for every substance.
    none_known = [
        fact for fact in valid if fact.assertion is AssertionStatus.ABSENT and fact.concept.text.lower().startswith("no ")
    ]
    return [draft(fact, chart, route="no_known_allergy") for fact in none_known]


def reactions_to_thing(reading: Reading) -> list[DraftClaim]:
    """Tell the allergies to a thing that is no medicine, where a question asks what it does or whether it may be used.

    What notes say of how it is used comes first.
    """
    plan, records = reading.plan, reading.shelves.records
    if not asks_of_thing(plan):
        return []
    listed = preferred(records.facts(reading.scope, categories=(Category.ALLERGY,)))
    entries = entries_named(plan, [fact for fact in listed if fact.assertion not in _NOT_SO])
    if not entries:
        return []
    told = _used_instead(reading, entries) if SAFE.search(plan.text) else []
    return [*told, *(draft(fact, reading.chart, route="allergy") for fact in entries)]


def _used_instead(reading: Reading, entries: Sequence[Fact]) -> list[DraftClaim]:
    """Quote the newest sentence of a note that says what of a material is used, or is not."""
    records = reading.shelves.records
    found = [
        (known.start.timestamp() if known else 0.0, passage, sentence)
        for passage in records.all_passages(reading.scope)
        for sentence in passage.sentences
        if sentence not in passage.commands
        and _USED.search(text := passage.sentence_text(sentence))
        and any(is_alike(fact, text) for fact in entries)
        for known in (passage.occurred or passage.recorded,)
    ]
    newest = max(found, key=lambda each: each[0], default=None)
    return [quote_sentence(newest[1], newest[2], records, route="quote")] if newest else []


_NOT_SO = frozenset({AssertionStatus.ABSENT, AssertionStatus.ENTERED_IN_ERROR})
_USED = Cue(r"\b(?:use|using|only|instead|avoid|never|do not|don't|tolerates?|fine with|ok with|okay with)\b")


_SORTS = {
    "food": re.compile(r"\bfoods?\b", re.IGNORECASE),
    "medication": re.compile(r"\b(?:drugs?|medicines?|medications?|meds?|antibiotics?)\b", re.IGNORECASE),
    "environment": re.compile(r"\b(?:environment\w*|seasonal|outdoor|inhal\w*)\b", re.IGNORECASE),
}
"""FHIR AllergyIntolerance.category, and how it is asked for."""


def _of_sort(facts: Sequence[Fact], question: str) -> list[Fact]:
    """Keep the allergies of the sort that is asked, where the chart tells sorts."""
    for sort, cue in _SORTS.items():
        kept = [fact for fact in facts if any(each.name == "category" and each.text == sort for each in fact.details)]
        if kept and cue.search(question):
            return kept
    return list(facts)


_ALLERGY_WORDS = (
    "no",
    "to",
    "any",
    "allerg",
    "intoleran",
    "react",
    "anaphyla",
    "drug",
    "med",
    "food",
    "known",
    "environmental",
    "list",
    "pain",
    "history",
)


def _is_allergy_word(target: Target) -> bool:
    """Say whether a target only says "allergy", of whatever kind."""
    return all(word.startswith(_ALLERGY_WORDS) for word in forms(target.words))


def _same_substance(fact: Fact, item: TargetFacts, chart: Chart) -> bool:
    """An allergy to a class is told for its members, and one to a member when the class is asked."""
    if any(fact.id == other.id for other in item.facts) or concerns(fact, item.target):
        return True
    substance = set(forms(item.target.label)) - OF_ALLERGY
    if substance < set(forms(item.target.label)) and substance and substance <= set(forms(fact.concept.text)):
        return True  # "latex allergy" is a problem by name, and latex an entry of the list
    linked = chart.lexicon.link(fact.concept).keys()
    allergens = _allergen_ids(item.target, chart)
    named = allergens or item.target.ids[:1]
    over = frozenset[str]().union(*(chart.lexicon.above(id_) for id_ in named)) if named else frozenset[str]()
    # Classes that only share a property ("antibiotic") are too wide to carry an allergy over.
    over = frozenset(id_ for id_ in over if len(chart.lexicon.below(id_)) <= _NARROW_CLASS)
    members = frozenset[str]().union(*(chart.lexicon.below(id_) for id_ in allergens))
    return bool(linked & (set(item.target.ids) | over | members))


def _allergen_ids(target: Target, chart: Chart) -> tuple[str, ...]:
    """Return what a problem by the name of an allergy is an allergy to: of "penicillin allergy" the penicillins."""
    words = [word for word in forms(target.label) if word not in OF_ALLERGY]
    if target.kind is not ConceptKind.CONDITION or len(words) == len(forms(target.label)):
        return ()
    mentions = [each for each in chart.lexicon.mentions(words) if (each.first, each.last) == (0, len(words))]
    return tuple(id_ for each in mentions for id_ in each.ids if chart.lexicon.concepts[id_].kind is ConceptKind.DRUG)[:1]


_NARROW_CLASS = 40
OF_ALLERGY = frozenset(
    fold(word) for word in "allergy allergic intolerance hypersensitivity anaphylaxis reaction to of food drug the".split()
)
"""Words around the name of an allergen."""


def allergy_quotes(reading: Reading) -> list[DraftClaim]:
    """Quote what notes say of allergies, where no table does."""
    plan = reading.plan
    records = reading.shelves.records
    passages = list(records.all_passages(reading.scope))
    substances = [target for target in plan.targets if not _is_allergy_word(target)]
    quotes = quote_allergies(substances, passages, records)
    if substances and any(fact.assertion not in _NOT_SO for fact in records.facts(reading.scope, categories=(Category.ALLERGY,))):
        return [
            claim for claim in quotes if claim.kind is not ClaimKind.ABSENCE
        ]  # "NKDA" does not hold where an allergy is known
    return quotes
