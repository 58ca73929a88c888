"""From a plan to draft claims: facts first, then quotes, else silence with what was searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from chartcite.engine.certificate import certify, in_words
from chartcite.engine.domain.answers import AbstentionReason, DraftClaim, Missing, Question, SearchCertificate
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.facts import (
    Chart,
    age_claims,
    answer_about,
    answer_list,
    changes_since,
    draft,
)
from chartcite.engine.generation import MOST_QUOTES, quote_answers, quote_guidelines
from chartcite.engine.retrieval import Shelves, TargetFacts, retrieve_facts, retrieve_list, retrieve_passages
from chartcite.engine.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.understanding import Event, Intent, Plan, Target

_NARRATIVE_INTENTS = frozenset({Intent.REASON, Intent.DESCRIBE, Intent.WHO})
"""What tables seldom tell: notes are read even when facts were found."""
LEAST_NAMED = 0.5
"""Share of the question's targets and keywords that facts must name to answer alone."""


class Draft(NamedTuple):
    """Drafted claims, and what to say should none of them stand."""

    claims: tuple[DraftClaim, ...]
    silence: str
    reason: AbstentionReason
    certificate: Callable[[], SearchCertificate | None]
    missing: tuple[Missing, ...] = ()


def draft_for_patient(
    question: Question, plan: Plan, shelves: Shelves, lexicon: Lexicon, /, *, scope: Scope, today: date
) -> Draft:
    """Draft an answer from one chart."""
    refused = _refusal(question, plan, shelves, scope)
    if refused is not None:
        return refused
    demographics = shelves.records.facts(scope, categories=(Category.DEMOGRAPHIC,))
    birth = next((fact for fact in demographics if fact.id.endswith("#birthDate")), None)
    chart = Chart(shelves.records, lexicon, birth, today)
    found = retrieve_facts(plan, shelves.records, scope=scope)
    claims = _from_facts(plan, found, demographics, shelves, chart, scope)
    told_why = plan.intent is Intent.REASON and any("reason:" in claim.text for claim in claims)
    if not claims or (plan.intent in _NARRATIVE_INTENTS and not told_why) or (plan.keywords and plan.targets):
        evidence = retrieve_passages(question.text, plan, shelves, scope=scope)
        quotes = quote_answers(
            plan, evidence, shelves.records, with_facts=bool(claims) and plan.intent not in _NARRATIVE_INTENTS
        )
        claims = _merged(claims, quotes, plan)
    missing = _missing(plan, claims)
    return Draft(
        claims=tuple(claims),
        silence=_silence(plan, shelves, scope),
        reason=AbstentionReason.NOT_DOCUMENTED
        if plan.targets or plan.keywords or plan.subject
        else AbstentionReason.NOT_UNDERSTOOD,
        certificate=lambda: certify(plan, shelves.records, scope=scope),
        missing=missing,
    )


def draft_from_guidelines(question: Question, plan: Plan, shelves: Shelves, /) -> Draft:
    """Draft an answer from the guideline corpus alone."""
    evidence = retrieve_passages(question.text, plan, shelves, scope=None)
    return Draft(
        claims=tuple(quote_guidelines(plan, evidence, shelves.records)),
        silence="No recommendation in the guideline corpus of this store answers this question.",
        reason=AbstentionReason.NOT_DOCUMENTED,
        certificate=lambda: None,
    )


def _refusal(question: Question, plan: Plan, shelves: Shelves, scope: Scope) -> Draft | None:
    if plan.asks_patient_group:
        text = "This asks about many patients. Answers here come from the one chart that is open; ask a cohort question instead."
        return Draft((), text, AbstentionReason.OUT_OF_SCOPE, lambda: None)
    if _names_somebody_else(question.text, shelves, scope):
        text = "This question names a person whose chart is not open. Answers here come from the open chart only."
        return Draft((), text, AbstentionReason.OUT_OF_SCOPE, lambda: None)
    return None


def _names_somebody_else(text: str, shelves: Shelves, scope: Scope) -> bool:
    """Say whether the question gives first and last name of another patient of the store (and not of this one)."""
    words = set(forms(text))
    own: set[str] = set()
    others: list[set[str]] = []
    for patient in shelves.records.patients():
        name = {word for word in forms(patient.name) if len(word) > 1}
        if patient.id == scope.patient_id:
            own = name
        elif len(name) >= 2:
            others.append(name)
    return any(len(name & words) >= 2 and not (name & words) <= own for name in others)


def _from_facts(
    plan: Plan, found: Sequence[TargetFacts], demographics: Sequence[Fact], shelves: Shelves, chart: Chart, scope: Scope
) -> list[DraftClaim]:
    if plan.intent is Intent.CHANGES and not any(item.facts for item in found):
        return changes_since(shelves.records.facts(scope), plan, chart)
    if plan.subject is Category.DEMOGRAPHIC:
        return _demographics(plan, demographics, chart)
    if plan.subject is Category.ALLERGY and not plan.family:
        return _allergies(found, shelves, chart, scope)
    if not plan.targets or (plan.family and not any(item.facts for item in found)):
        return _whole_list(plan, shelves, chart, scope)
    answering = _answering(plan, found, chart)
    return [claim for item in answering for claim in answer_about(item.target, item.facts, plan, chart)]


def _answering(plan: Plan, found: Sequence[TargetFacts], chart: Chart) -> list[TargetFacts]:
    """Return the targets that the answer is about: those of the subject's kind; the others are circumstances.

    "Which drugs is she on for hypertension?" is about drugs. Where a target of the asked kind has no facts, the facts of a
    circumstance do not answer.
    """
    del chart
    measured = [item for item in found if item.target.kind is ConceptKind.MEASUREMENT]
    if plan.intent in _OF_VALUES and measured and plan.subject is not Category.MEDICATION:
        return measured if all(item.facts for item in measured) or len(measured) > 1 else []
    wanted = {
        Category.MEDICATION: ConceptKind.DRUG,
        Category.IMMUNIZATION: ConceptKind.VACCINE,
        Category.PROCEDURE: ConceptKind.PROCEDURE,
        Category.CONDITION: ConceptKind.CONDITION,
    }.get(plan.subject) if plan.subject else None  # fmt: skip
    main = [item for item in found if item.target.kind is wanted] if wanted else list(found)
    main = main or list(found)
    if _named_share(plan, found) < LEAST_NAMED:
        return []
    return [item for item in main if item.facts]


_OF_VALUES = frozenset(
    {Intent.LATEST, Intent.FIRST, Intent.HIGHEST, Intent.LOWEST, Intent.TREND, Intent.DIFFERENCE, Intent.AVERAGE}
)


def _named_share(plan: Plan, found: Sequence[TargetFacts]) -> float:
    named = 2.0 * sum(bool(item.facts) for item in found)
    return named / (2.0 * len(found) + 0.5 * len(plan.keywords)) if found else 0.0


def _whole_list(plan: Plan, shelves: Shelves, chart: Chart, scope: Scope) -> list[DraftClaim]:
    if (
        plan.keywords
        and not plan.family
        and plan.subject not in {Category.MEDICATION, Category.ENCOUNTER, Category.CONDITION}
    ):
        return []
    if plan.intent in {Intent.REASON, Intent.DESCRIBE} or len(plan.keywords) > 1:
        return []
    facts = retrieve_list(plan, shelves.records, scope=scope)
    if plan.family:
        return [draft(fact, chart, route="family") for fact in facts if not plan.keywords or _mentions(fact, plan)]
    return answer_list(facts, plan, chart) if facts else []


def _mentions(fact: Fact, plan: Plan) -> bool:
    words = set(forms(f"{fact.concept.text} {' '.join(detail.text for detail in fact.details)}"))
    return any(keyword in words for keyword in plan.keywords)


def _demographics(plan: Plan, facts: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    if plan.intent is Intent.AGE or "age" in plan.keywords:
        return age_claims(facts, chart)
    chosen = [fact for fact in facts if _mentions_field(fact, plan)]
    return [draft(fact, chart, route="demographic") for fact in chosen or facts]


_FIELDS = {
    "birthDate": {"dob", "birth", "birthday", "born", "birthdate"},
    "gender": {"sex", "gender"},
    "maritalStatus": {"married", "marital"},
    "language": {"language", "speak"},
    "address": {"address", "live", "city"},
    "deceased": {"died", "dead", "death", "deceased", "alive"},
    "race": {"race", "ethnicity", "ethnic"},
}


def _mentions_field(fact: Fact, plan: Plan) -> bool:
    field = fact.id.partition("#")[2]
    return any(
        word in plan.keywords for name, words in _FIELDS.items() if name.lower() in field.lower() for word in words
    )


def _allergies(found: Sequence[TargetFacts], shelves: Shelves, chart: Chart, scope: Scope) -> list[DraftClaim]:
    """Answer about allergies: the named substance or its class, else the whole list."""
    every = [
        fact
        for fact in shelves.records.facts(scope, categories=(Category.ALLERGY,))
        if fact.assertion != "entered_in_error"
    ]
    wrong = shelves.records.facts(scope, categories=(Category.ALLERGY,))
    named = [item for item in found if item.target.ids or item.target.concept_keys]
    substances = [
        item
        for item in named
        if item.target.kind in {ConceptKind.DRUG, ConceptKind.CONDITION, None, ConceptKind.PROCEDURE}
    ]
    if not substances or all(_is_allergy_word(item.target) for item in substances):
        return [draft(fact, chart, route="allergy_list") for fact in every]
    keys = {fact.id for item in substances for fact in item.facts if fact.category is Category.ALLERGY}
    related = [
        fact
        for fact in wrong
        if fact.id in keys or any(_same_substance(fact, item.target, chart) for item in substances)
    ]
    if related:
        return [draft(fact, chart, route="allergy") for fact in related]
    # "No known allergies" answers for every substance.
    return [
        draft(fact, chart, route="no_known_allergy")
        for fact in every
        if fact.assertion == "absent" and fact.concept.text.lower().startswith("no ")
    ]


def _is_allergy_word(target: Target) -> bool:
    return any(
        word.startswith(("allerg", "intoleran", "react", "anaphyla", "drug", "med", "food"))
        for word in forms(target.words)
    )


def _same_substance(fact: Fact, target: Target, chart: Chart) -> bool:
    """An allergy to a class holds for its members, and one to a member is told when the class is asked."""
    linked = set(chart.lexicon.link(fact.concept))
    asked = set(target.ids)
    over_asked = set().union(*(chart.lexicon.above(id_) for id_ in asked)) if len(asked) <= 3 else asked
    specific = {id_ for id_ in over_asked if id_ in chart.lexicon.concepts}
    return bool(linked & asked) or bool({id_ for id_ in linked if id_ in chart.lexicon.concepts} & specific)


def _merged(claims: Sequence[DraftClaim], quotes: Sequence[DraftClaim], plan: Plan) -> list[DraftClaim]:
    """Put facts first; for reasons the quote that tells the cause first."""
    if plan.intent in _NARRATIVE_INTENTS and quotes and not any("reason:" in claim.text for claim in claims):
        return [*quotes[:MOST_QUOTES], *claims[:2]]
    return [*claims, *quotes[: 1 if claims else MOST_QUOTES]]


def _missing(plan: Plan, claims: Sequence[DraftClaim]) -> tuple[Missing, ...]:
    if (
        plan.intent is Intent.REASON
        and claims
        and not any(claim.route == "quote" or "reason:" in claim.text for claim in claims)
    ):
        return (Missing(what="reason", why="the chart does not say why"),)
    return ()


def _silence(plan: Plan, shelves: Shelves, scope: Scope) -> str:
    asked = ", ".join(dict.fromkeys(target.label for target in plan.targets)) or ", ".join(plan.keywords[:4])
    when = f" ({plan.window.words})" if plan.window else ""
    searched = in_words(certify(plan, shelves.records, scope=scope))
    if not asked and plan.subject is None:
        return f"I did not understand what is asked. Name a test, a medicine, a problem, a visit or a time. {searched}"
    what = asked or (plan.subject.value.replace("_", " ") if plan.subject else "")
    event = f" that it was {plan.event.value}" if plan.event in {Event.STOPPED, Event.CHANGED} and plan.targets else ""
    return f"Not documented: the chart has no record that answers this about {what}{event}{when}. {searched}"
