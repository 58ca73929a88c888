"""A question for the main problems of a patient ("handover on her main problems"): what is active, the grave ones first.

"... and what is being done for each?" asks for what is taken for each of them as well.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.facts.active_facts import active_at
from chartcite.engine.facts.fact_claims import cite
from chartcite.engine.facts.list_choice import concerns
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.medicines.medication_courses import by_drug
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.summary_words import asks_summary
from chartcite.engine.review.chart_review import Review
from chartcite.engine.review.grave_problems import rank
from chartcite.engine.review.problem_changes import active_problems
from chartcite.engine.stories.overview import overview
from chartcite.engine.stories.problem_summary import MOST_NOW, day_of, drafts, joined, medicines_for, named_by_lexicon
from chartcite.engine.stories.system_summary import SYSTEMS, System, belongs
from chartcite.engine.visits.named_visits import visits_in

MOST_LINES = 9
_MAIN = Cue(
    r"\b(?:main|major|key|principal|most important|important|significant|big(?:gest)?|chief|top|active|ongoing|current"
    r"|medical|health|chronic)\s+"
    r"(?:\w+ )?(?:problems?|issues|diagnos[ei]s|conditions|comorbidit\w+|concerns)\b",
)
_PROBLEMS = Cue(
    r"\b(?:problems?|issues|diagnos[ei]s|conditions|comorbidit\w+|illnesses|ailments)\b",
)
_EACH = r"(?:each|every one|them|they|these|those|it all|all of (?:them|these|those)|both)(?: (?:one|problem|condition|issue|diagnosis|of (?:them|these|those)))?"
_TREATMENT_OF_EACH = Cue(
    rf"\bwhat(?:['’]?s| is| are| has)? (?:\w+ ){{0,3}}?(?:done|doing|happening|offered|prescribed|given|taking|takes?|on|having|getting) (?:for|about|with|to treat) {_EACH}\W*$"
    rf"|\bhow (?:is|are|do|does) (?:\w+ ){{0,2}}?{_EACH} (?:being )?(?:treated|managed|handled|controlled|dealt with|looked after)\b|\bhow (?:are|do|does) (?:we|they|he|she|you) (?:treat\w*|manag\w*|handl\w*) {_EACH}\b"
    rf"|\bhow {_EACH} (?:\w+ )?(?:is|are) (?:being )?(?:treated|managed|handled)\b"
    rf"|\b(?:treatments?|management|therap(?:y|ies)|medications?|meds|medicines?|drugs?|plans?) (?:for|of) {_EACH}\b"
    r"|\b(?:with|and|plus|\+) (?:(?:their|his|her|the|current|present|what) ){0,2}(?:treatments?|management)\W*$",
)
"""Asks, of several problems, what is done for each."""
_OF_THE_QUESTION = frozenset(
    forms(
        "main major key principal most important significant big biggest chief top active ongoing current medical health chronic long term problem problems issue issues diagnosis diagnoses "
        "condition conditions comorbidity comorbidities illness illnesses ailment ailments list treatment treatments management therapy medication meds medicine drug plan treat treated manage "
        "managed each every one present done being taking take"
    )
)
MOST_WITH_TREATMENT = 7
"""Problems that are told with what is taken for each."""
MOST_ALSO_TAKEN = 8


def _each_with_treatment(text: str, plans: Sequence[Plan], reading: Reading) -> list[DraftClaim]:
    """Draft the active problems, the grave ones first, each with what is taken for it; empty: other things are named too."""
    if any(plan.window is not None or plan.family or plan.comparison for plan in plans):
        return []
    systems = [system for system in SYSTEMS if system.asked.search(text)]
    if len(systems) > 1 or any(not _names_system(target, systems) for plan in plans for target in plan.targets):
        return []
    review = Review(reading.shelves.records, reading.chart.lexicon, reading.scope, today=reading.chart.today)
    ranked = sorted(active_problems(review), key=lambda fact: rank(fact, reading.chart.lexicon))
    if systems:
        ranked = [fact for fact in ranked if belongs(fact, systems[0].problems, reading.chart)]
    elif not review.of(Category.CONDITION):
        return overview(reading, sections=("problems", "medicines"))  # notes alone tell of them
    told: list[DraftClaim] = []
    shown = ranked[:MOST_WITH_TREATMENT]
    taken = [_taken_for(problem, reading) for problem in shown]
    named = {order.id for each in taken for order in each.named}
    for problem, each in zip(shown, taken, strict=True):
        told += [*drafts([problem], reading.chart), *_line_of(problem, each, named, reading)]
        named |= {order.id for order in each.treating}
    return [*told, *([] if systems or not told else _also_taken(told, review, reading))]


def _also_taken(told: Sequence[DraftClaim], review: Review, reading: Reading) -> list[DraftClaim]:
    """Tell in one line what else is taken, for whatever it is."""
    cited = {citation.source.resource for claim in told for citation in claim.citations}
    orders = [
        fact
        for fact in review.of(Category.MEDICATION)
        if not fact.resource.startswith(("MedicationAdministration/", "MedicationDispense/"))
    ]
    taken = [fact for fact in orders if active_at(fact, review.today)]
    newest = [group[-1] for group in by_drug(sorted(taken, key=day_of), reading.chart)]
    rest = [fact for fact in newest if fact.resource not in cited]
    return joined("Also taken", rest[:MOST_ALSO_TAKEN], reading.chart)


def _names_system(target: Target, systems: Sequence[System]) -> bool:
    """Say whether a target is only the field that a question asks of, or no more than a word of the question."""
    return any(system.asked.search(target.words) for system in systems) or set(forms(target.words)) <= _OF_THE_QUESTION


class _Taken(NamedTuple):
    """What is taken for a problem: by the reason of the order, and by what it treats."""

    named: list[Fact]
    treating: list[Fact]


def _taken_for(problem: Fact, reading: Reading) -> _Taken:
    """Return the orders going on for a problem, of each medicine the newest."""
    lexicon = reading.chart.lexicon
    linked = lexicon.link(problem.concept).items()
    strengths = {id_: strength for id_, strength in linked if lexicon.concepts[id_].kind is ConceptKind.CONDITION}
    ids = sorted(id_ for id_, strength in strengths.items() if strength == max(strengths.values()))
    name = name_of(problem)
    own = Target(words=name, label=name, kind=ConceptKind.CONDITION, alternatives=(forms(problem.concept.text),))
    targets = [named_by_lexicon(id_, lexicon) for id_ in ids] or [own]
    orders = {fact.id: fact for target in targets for fact in medicines_for(target, [problem], reading)}
    going_on = [fact for fact in orders.values() if active_at(fact, reading.chart.today)]
    newest = [group[-1] for group in by_drug(sorted(going_on, key=day_of), reading.chart)]
    named = [fact for fact in newest if any(concerns(fact, target) for target in targets)]
    return _Taken(named, [fact for fact in newest if fact not in named])


def _line_of(problem: Fact, taken: _Taken, told: AbstractSet[str], reading: Reading) -> list[DraftClaim]:
    """Tell in one line what is taken for a problem; what is told of another one is not told of this one by its kind alone."""
    orders = [*taken.named, *(order for order in taken.treating if order.id not in told)]
    lines = joined(f"Taken for {name_of(problem)}", orders[:MOST_NOW], reading.chart)
    return [line.model_copy(update={"citations": (cite(problem, reading.chart), *line.citations)}) for line in lines]


def told_main_problems(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft the active problems, where these are asked to be summed up as a whole; empty: that is not asked."""
    if _PROBLEMS.search(text) is not None and _TREATMENT_OF_EACH.search(text) is not None:
        return _each_with_treatment(text, plans, reading)
    if _MAIN.search(text) is None or not asks_summary(text, ()):
        return []
    if any(plan.targets or plan.window is not None or plan.family for plan in plans):
        return []
    if visits_in(text, today=reading.chart.today):
        return []
    review = Review(reading.shelves.records, reading.chart.lexicon, reading.scope, today=reading.chart.today)
    ranked = sorted(active_problems(review), key=lambda fact: rank(fact, reading.chart.lexicon))
    return drafts(ranked[:MOST_LINES], reading.chart)
