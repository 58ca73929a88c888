"""From a plan to claims out of typed facts: the first route that applies answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.comparisons.compared import compared
from chartcite.engine.comparisons.comparing import VALUES
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import active_at
from chartcite.engine.facts.allergies import allergies, allergies_to, reactions_to_thing
from chartcite.engine.facts.demographics import demographics, names_another
from chartcite.engine.facts.fact_claims import MOST_LISTED, draft
from chartcite.engine.facts.fact_selection import inside_window
from chartcite.engine.facts.facts import answer_about, answer_list
from chartcite.engine.facts.family_history import family
from chartcite.engine.facts.happenings import names_all_of_class
from chartcite.engine.facts.list_choice import KIND_OF_LIST, chosen_items, concerns, is_operation, visits_told, whole_list
from chartcite.engine.facts.lists_of_time import several_lists
from chartcite.engine.facts.people import CARERS, asks_carer, carers, visits_to_specialist, was_for
from chartcite.engine.facts.statements import name_of
from chartcite.engine.findings.calculated import calculated
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.medicines.medication_courses import by_drug
from chartcite.engine.medicines.treatment_turns import REPLACED, harms, replacements
from chartcite.engine.questions.listed_things import listed_measurements
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import FREQUENCY_OF_TESTS, SAFE, Intent
from chartcite.engine.retrieval import TargetFacts, preferred
from chartcite.engine.review.new_facts import changes_since
from chartcite.engine.visits.held_visits import began_in
from chartcite.engine.visits.visit_choice import asks_of_visit, visits_named

LEAST_NAMED = 0.5
"""Share of the question's targets and keywords that facts must name to answer alone."""


OF_VALUES = frozenset(
    {Intent.LATEST, Intent.FIRST, Intent.HIGHEST, Intent.LOWEST, Intent.TREND, Intent.DIFFERENCE, Intent.AVERAGE}
)


class Asked(NamedTuple):
    """What a route looks at: a part of a question, the facts of its targets, and who the patient is."""

    reading: Reading
    found: Sequence[TargetFacts]
    person: Sequence[Fact]
    """Demographic facts."""


Route = Callable[[Asked], "list[DraftClaim] | None"]
"""Answers what it is for; `None`: it is for something else, and the next one is asked."""


def claims_from_facts(asked: Asked) -> list[DraftClaim]:
    """Draft the claims that typed facts give; empty where they give none."""
    for route in ROUTES:
        claims = route(asked)
        if claims is not None:
            return [*claims, *_stay_around(asked, claims)]
    return []


def operated_at(asked: Asked) -> list[DraftClaim]:
    """Tell the visits for surgery that name what was done, where it is asked who did it and no entry of a procedure tells."""
    plan, scope = asked.reading.plan, asked.reading.scope
    if plan.intent is not Intent.WHO or plan.subject is not Category.PROCEDURE or not plan.targets or plan.upcoming:
        return []
    visits = inside_window(asked.reading.shelves.records.facts(scope, categories=(Category.ENCOUNTER,)), plan)
    found = [visit for visit in visits if was_for(visit, plan) and visit.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    return [draft(visit, asked.reading.chart, route="visit_around") for visit in found[-1:]]


def _stay_around(asked: Asked, claims: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Tell the visit during which a procedure was done, where it is asked where, and its entry does not say so itself."""
    chart = asked.reading.chart
    if "location" not in chart.asked or not claims or any(claim.category is not Category.PROCEDURE for claim in claims):
        return []
    records, scope = asked.reading.shelves.records, asked.reading.scope
    done = [
        fact
        for fact in records.facts(scope, categories=(Category.PROCEDURE,))
        if fact.occurred is not None and claims[0].text.startswith(f"{name_of(fact)} was done on {fact.occurred.day}")
    ]
    if not done or done[-1].detail("location"):
        return []
    visits = records.facts(scope, categories=(Category.ENCOUNTER,))
    around = [visit for visit in visits if began_in(done[-1], visit) and (visit.detail("location") or visit.detail("provider"))]
    return [draft(visit, chart, route="visit_around") for visit in around[:1]]


def _lost(asked: Asked) -> list[DraftClaim] | None:
    """Without the event by which a question tells its time, no fact answers."""
    return [] if asked.reading.plan.lost else None


def _changes(asked: Asked) -> list[DraftClaim] | None:
    plan, shelves, chart, scope = asked.reading[:4]
    if _asks_treatment_changes(plan) and not any(item.facts for item in asked.found):
        told = changes_since(shelves.records.facts(scope, categories=(Category.MEDICATION,)), plan, chart)
        if told:
            return told
    words = set(plan.keywords) - _OF_ALL
    asks_all = plan.window is not None and not (plan.targets or plan.subject or words or plan.intent is Intent.WHO)
    if not asks_all and (plan.intent is not Intent.CHANGES or words or any(item.facts for item in asked.found)):
        return None
    return changes_since(shelves.records.facts(scope), plan, chart)


_OF_ALL = frozenset({"event", "happening", "development"})
"""Folded words for whatever happened: "events of January 2026"."""


def _named_visits(asked: Asked) -> list[DraftClaim] | None:
    reading = asked.reading
    if not asks_of_visit(reading.plan):
        return None
    records = reading.shelves.records
    visits = records.facts(reading.scope, categories=(Category.ENCOUNTER,))
    done = records.facts(reading.scope, categories=(Category.CONDITION, Category.PROCEDURE))
    return visits_told(visits_named(reading.plan, visits, asked.found, done), reading) or None


_BY_SOMEBODY = re.compile(
    r"\b(?:review|clinic|visit|consult\w*|pharmacist\w*|specialist\w*|doctor\w*|team|nurse|\w+olog(?:y|ist|ists|ist's)|\w+iatr(?:y|ist|ics)|gp|pcp|ed|er|a&e|hospital|endocrine|neuro|cardio|renal|gastro|hep|hepatology|endo|id)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:(?:med\w*|treatment|drug|regimen|dose) (?:change\w*|adjust\w*)"
    r"|(?:stop|start|chang|alter|switch|adjust|deprescrib|add|cut)\w*(?: (?:and|or) (?:stop|start|add|chang)\w*)?)\b",
    re.IGNORECASE,
)


def _asks_treatment_changes(plan: Plan) -> bool:
    """Say whether it is asked what somebody changed of the medicines at a time ("what did cardiology alter in Feb '24")."""
    named = any(target.kind is ConceptKind.DRUG for target in plan.targets)
    return plan.window is not None and not named and bool(_TURNS.search(plan.text) and _BY_SOMEBODY.search(plan.text))


def _carers(asked: Asked) -> list[DraftClaim] | None:
    reading = asked.reading
    if not asks_carer(reading.plan):
        return None
    known = carers(reading.shelves.records.facts(reading.scope, categories=CARERS), reading.plan)
    return [draft(fact, reading.chart, route="carer") for fact in known]


def _specialist_visits(asked: Asked) -> list[DraftClaim] | None:
    reading = asked.reading
    if reading.plan.subject is not Category.ENCOUNTER:
        return None
    visits = reading.shelves.records.facts(reading.scope, categories=(Category.ENCOUNTER,))
    met = visits_to_specialist(visits, reading.plan)
    return answer_list(met, reading.plan, reading.chart) if met else None


def _about_person(asked: Asked) -> list[DraftClaim] | None:
    plan = asked.reading.plan
    if plan.subject is not Category.DEMOGRAPHIC or plan.family:
        return None
    reading = asked.reading
    if names_another(reading.plan.text, asked.person, reading.shelves.records.all_passages(reading.scope)):
        return []
    return demographics(plan, asked.person, asked.reading.chart)


def _about_relatives(asked: Asked) -> list[DraftClaim] | None:
    return family(asked.reading) if asked.reading.plan.family else None


def _calculated(asked: Asked) -> list[DraftClaim] | None:
    told, plan = calculated(asked.reading), asked.reading.plan
    if not told or not listed_measurements(plan):
        return told
    measured = _about_targets(asked) or []  # "weight and BMI now"
    return [*(claim for claim in measured if claim.route in VALUES), *told]


def _about_allergies(asked: Asked) -> list[DraftClaim] | None:
    return allergies(asked.found, asked.reading) if asked.reading.plan.subject is Category.ALLERGY else None


def _reacted(asked: Asked) -> list[DraftClaim] | None:
    """Tell what a thing of the list of allergies does, where the question asks that of no medicine and of no value."""
    others = any(item.target.kind in {ConceptKind.DRUG, ConceptKind.MEASUREMENT} and item.facts for item in asked.found)
    return None if others else (reactions_to_thing(asked.reading) or None)


def _harm_done(asked: Asked) -> list[DraftClaim] | None:
    return harms(asked.found, asked.reading) if asked.reading.plan.harm else None


def _replaced(asked: Asked) -> list[DraftClaim] | None:
    named = [item for item in asked.found if item.target.kind is ConceptKind.DRUG and item.facts]
    if asked.reading.plan.intent is Intent.REASON and len(named) > 1:
        return None  # what took its place is named already: why is asked
    return (replacements(asked.found, asked.reading) or None) if REPLACED.search(asked.reading.plan.text) else None


def _warned(asked: Asked) -> list[DraftClaim] | None:
    plan = asked.reading.plan
    asks = SAFE.search(plan.text) and plan.intent in {Intent.PRESENCE, Intent.DESCRIBE, Intent.LIST}
    return (allergies_to(asked.found, asked.reading) or None) if asks else None


def _withdrawn(asked: Asked) -> list[DraftClaim] | None:
    """Of a problem that the chart withdrew ("the tablets for her gout", entered in error), that is all there is to say."""
    plan = asked.reading.plan
    if plan.family or plan.intent in {Intent.PRESENCE, Intent.COUNT} or plan.subject in _NOT_OF_PROBLEMS:
        return None
    if any(item.target.kind is ConceptKind.MEASUREMENT for item in asked.found) or _OF_RISK.search(plan.text):
        return None
    problems = [item for item in asked.found if item.target.kind is ConceptKind.CONDITION]
    recorded = [fact for item in problems for fact in item.facts if fact.category is Category.CONDITION]
    if not recorded or any(fact.assertion not in _NOT_SO for fact in recorded) or not all(item.facts for item in problems):
        return None
    if plan.window is not None:
        recorded = [fact for fact in recorded if fact.occurred is None or plan.window.holds(fact.occurred)]
    claims = [draft(fact, asked.reading.chart, route="withdrawn") for fact in recorded[-2:]]
    return [claim.model_copy(update={"kind": ClaimKind.ABSENCE}) for claim in claims] or None


_OF_RISK = re.compile(
    r"\b(?:risks?|chances?|odds|likelihood|probability|suspic\w*|suspected|possib\w*|rul(?:e|ed) out)\b", re.IGNORECASE
)
_NOT_SO = frozenset({AssertionStatus.ABSENT, AssertionStatus.ENTERED_IN_ERROR})
_NOT_OF_PROBLEMS = frozenset(
    {Category.LABORATORY, Category.REPORT, Category.PROCEDURE, Category.ORDER, Category.IMMUNIZATION, Category.ALLERGY}
)


_INJECTIONS = Cue(
    r"^\W*(?:what|which|any|list|tell me|name|is|are|does|do)\b[^?.;]{0,40}"
    r"\b(?:injections|injectables?|injectable (?:meds?|medic\w+|drugs?))\b(?! (?:site|technique|for|in|into|of)\b)"
)
_INJECTED = Cue(
    r"\b(?:inject\w*|subcutaneous\w*|subcut|sc|intramuscular\w*|im|under the skin|pens?|syringes?|prefilled|pre-filled)\b"
)
INJECTED = "injected_list"
"""Route of the medicines that are injected: how they are given chose them, and no word that they share with the question."""
_LATELY = timedelta(days=400)
"""An injection that no order names counts as one that is had, so long after it was given."""


def _injections(asked: Asked) -> list[DraftClaim] | None:
    """List the medicines that are injected: those ordered, and those given of late, where injections are asked of in general."""
    plan, shelves, chart, scope = asked.reading[:4]
    named = any(target.kind is not None for target in plan.targets)
    if named or plan.window is not None or plan.historical or plan.family or not _INJECTIONS.search(plan.text):
        return None
    told = [
        group[-1]
        for group in by_drug(preferred(shelves.records.facts(scope, categories=(Category.MEDICATION,))), chart)
        if _INJECTED.search(" ".join([group[-1].concept.text, *(detail.text for detail in group[-1].details)]))
        and (active_at(group[-1], chart.today) or _given_lately(group[-1], chart.today))
    ]
    return [draft(fact, chart, route=INJECTED) for fact in told] or None


def _given_lately(fact: Fact, today: date) -> bool:
    administered = fact.resource.startswith("MedicationAdministration/") and fact.status != "not-done"
    return administered and fact.occurred is not None and today - fact.occurred.last_day <= _LATELY


def _operations(asked: Asked) -> list[DraftClaim] | None:
    """List all operations, where they are asked for by no other name: those of the class, and what is called like one."""
    plan, records = asked.reading.plan, asked.reading.shelves.records
    if (
        len(plan.targets) != 1
        or not asked.found
        or plan.targets[0].label != "surgery"
        or plan.window is not None
        or plan.keywords
    ):
        return None
    if plan.intent is not Intent.LIST and not names_all_of_class(plan):
        return None
    known = {fact.id for fact in asked.found[0].facts}
    done = [
        fact
        for fact in records.facts(asked.reading.scope, categories=(Category.PROCEDURE,))
        if fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
    ]
    facts = [fact for fact in done if fact.id in known or is_operation(fact)]
    return [draft(fact, asked.reading.chart, route="list") for fact in facts[::-1][:MOST_LISTED]] or None


def _lists(asked: Asked) -> list[DraftClaim] | None:
    if not asked.reading.plan.targets:
        return whole_list(asked.reading)
    return chosen_items(asked.reading, asked.found) or None


def _about_targets(asked: Asked) -> list[DraftClaim] | None:
    plan, chart = asked.reading.plan, asked.reading.chart
    answering = (_given_for(item, asked) for item in _answering(plan, asked.found))
    return [claim for item in answering for claim in answer_about(item.target, item.facts, plan, chart)]


def _given_for(item: TargetFacts, asked: Asked) -> TargetFacts:
    """Return the medicines of a class without those that were ordered for another problem than the one that is named."""
    named = [each for each in asked.found if each.target.kind in _PROBLEMS and not each.target.is_class and each is not item]
    if item.target.kind is not ConceptKind.DRUG or not item.target.is_class or not named:
        return item
    lexicon = asked.reading.chart.lexicon
    kept = [
        fact
        for fact in item.facts
        if fact.category is not Category.ALLERGY
        and (
            not fact.detail("reason")
            or any(concerns(fact, each.target) or _is_kindred(fact, each.target, lexicon) for each in named)
        )
    ]
    return TargetFacts(item.target, kept)


def _is_kindred(fact: Fact, target: Target, lexicon: Lexicon) -> bool:
    """Say whether the reason of an order names a problem of the same narrow kind."""
    over = frozenset[str]().union(*(lexicon.above(id_) for id_ in target.ids))
    narrow = {id_ for id_ in over if len(lexicon.below(id_)) <= _NARROW_KIND}
    reasons = forms(" ".join(detail.text for detail in fact.details if detail.name == "reason"))
    return any(narrow & lexicon.above(id_) for mention in lexicon.mentions(reasons) for id_ in mention.ids)


_PROBLEMS = frozenset({ConceptKind.CONDITION, None})
_NARROW_KIND = 18


def _at_moments(asked: Asked) -> list[DraftClaim] | None:
    return compared(asked.found, asked.reading) or None if asked.reading.plan.moments else None


def _several_lists(asked: Asked) -> list[DraftClaim] | None:
    return several_lists(asked.reading) or None


ROUTES: tuple[Route, ...] = (
    _at_moments,
    _lost,
    _several_lists,
    _calculated,
    _changes,
    _named_visits,
    _carers,
    _specialist_visits,
    _about_person,
    _about_relatives,
    _about_allergies,
    _reacted,
    _withdrawn,
    _harm_done,
    _replaced,
    _warned,
    _injections,
    _operations,
    _lists,
    _about_targets,
)
"""In the order in which they are asked."""


def _answering(plan: Plan, found: Sequence[TargetFacts]) -> list[TargetFacts]:
    """Return the targets that the answer is about: those of the subject's kind; the others are circumstances.

    Where a target of the asked kind has no facts, the facts of a circumstance do not answer.
    """
    measured = [item for item in found if item.target.kind is ConceptKind.MEASUREMENT]
    if measured and plan.intent in OF_VALUES | {Intent.DESCRIBE}:
        # "INR on the warfarin?": without an INR, the warfarin does not answer.
        told = [item for item in measured if item.facts]
        if any(_is_anchor(item, plan) and not item.facts for item in found):
            return []  # "creatinine after the Aleve": without the Aleve, no value is after it
        return told if len(told) * 2 > len(measured) or len(told) > 1 or listed_measurements(plan) else []
    counts_visits = plan.intent is Intent.COUNT and plan.subject is Category.ENCOUNTER
    of_visits = measured and counts_visits and not FREQUENCY_OF_TESTS.search(plan.text)
    if of_visits or any(not item.facts and _tells_of_tissue(item.target, plan) for item in measured):
        # "Follow-ups for her cholesterol": how often it was measured is no number of visits.
        return []  # "is the tumour MSI high?": that there is a tumour does not answer
    for_problem = _taken_for(found)
    if for_problem:
        return for_problem
    if _named_share(plan, found) < LEAST_NAMED or plan.intent is Intent.AVERAGE:
        return []
    wanted = KIND_OF_LIST.get(plan.subject) if plan.subject else None
    if any(item.target.is_attribute and item.facts for item in found):
        return [item for item in found if item.target.is_attribute]
    if plan.intent is Intent.PRESENCE and found and found[0].target.kind is ConceptKind.CONDITION:
        wanted = ConceptKind.CONDITION  # "any bleeding on the blood thinner?" asks for the finding
        if not found[0].facts:
            return []
    main = [item for item in found if wanted is None or item.target.kind is wanted]
    main = main or [item for item in found if item.target.kind is None] or list(found)
    asks_which = plan.intent in {Intent.PRESENCE, Intent.ACTIVE, Intent.LIST, Intent.DOSE}
    if not main[0].facts and not asks_which and any(item.target.kind is main[0].target.kind for item in main[1:]):
        return []
    return [item for item in main if item.facts]


def _tells_of_tissue(target: Target, plan: Plan) -> bool:
    """Say whether a yes or no is asked of what a pathologist tells of a tumour: its margins, its receptors."""
    return plan.intent is Intent.PRESENCE and _SAID_OF_TUMOURS.search(target.label) is not None


_SAID_OF_TUMOURS = Cue(r"\b(?:mutation|instability|rearrangement|receptor|margin|HER2|PD-L1|Ki-67|recurrence score)\b")


def _taken_for(found: Sequence[TargetFacts]) -> list[TargetFacts]:
    """Return the medicines that were ordered for a problem which stands in the chart as their reason only."""
    problems = [item.target for item in found if item.target.kind is ConceptKind.CONDITION and not item.facts]
    if not problems or any(item.target.kind is ConceptKind.CONDITION and item.facts for item in found):
        return []
    drugs = [
        TargetFacts(item.target, [fact for fact in item.facts if all(concerns(fact, problem) for problem in problems)])
        for item in found
        if item.target.kind is ConceptKind.DRUG
    ]
    return [item for item in drugs if item.facts]


def _is_anchor(item: TargetFacts, plan: Plan) -> bool:
    return bool(anchor_word(item, plan))


def anchor_word(item: TargetFacts, plan: Plan) -> str:
    """Return how a target says when a value is meant ("after the transfusion", "on the statin"); empty: it does not."""
    if item.target.kind is ConceptKind.MEASUREMENT or not item.target.words:
        return ""
    leads = rf"\b(after|before|prior to|during|since|following|on|off)\b (?:\S+ ){{0,5}}?{re.escape(item.target.words)}"
    match = re.search(leads, plan.text, re.IGNORECASE)
    return match[1].lower() if match else ""


def _named_share(plan: Plan, found: Sequence[TargetFacts]) -> float:
    named = 2.0 * sum(bool(item.facts) for item in found)
    return named / (2.0 * len(found) + 0.5 * len(plan.keywords)) if found else 0.0
