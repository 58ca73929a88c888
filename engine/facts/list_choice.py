"""Questions about a list: which of its items the other words choose, and what happened at a visit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import active_at
from chartcite.engine.facts.counts_and_durations import APART, between_two
from chartcite.engine.facts.fact_claims import Chart, draft
from chartcite.engine.facts.facts import answer_list
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.abnormal_results import abnormal_words, asks_abnormal, is_flagged
from chartcite.engine.questions.members import choose
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_cues import nth
from chartcite.engine.questions.question_words import ATTRIBUTES, Intent, is_ordinary
from chartcite.engine.retrieval import TargetFacts, retrieve_list
from chartcite.engine.review.chart_review import is_note
from chartcite.engine.stories.summary_notes import sentences_of_stay
from chartcite.engine.visits.encounters import visits_asked
from chartcite.engine.visits.held_visits import held_visits
from chartcite.engine.visits.named_visits import notes_of
from chartcite.engine.visits.visit_choice import ASKS_PLACE, asks_stay, asks_what_was_said
from chartcite.engine.visits.visits import ASKS_CAUSE, ASKS_VISIT, found_that_day, told_of_visit

_CHOSEN_BY_OTHERS = frozenset(
    {Category.MEDICATION, Category.ENCOUNTER, Category.ORDER, Category.CARE_PLAN, Category.GOAL, Category.PROCEDURE}
)
"""Lists whose items are chosen by what else the question names: "what is she taking for her blood pressure?"."""


KIND_OF_LIST = {
    Category.MEDICATION: ConceptKind.DRUG,
    Category.IMMUNIZATION: ConceptKind.VACCINE,
    Category.PROCEDURE: ConceptKind.PROCEDURE,
    Category.CONDITION: ConceptKind.CONDITION,
}


def chosen_items(reading: Reading, found: Sequence[TargetFacts]) -> list[DraftClaim]:
    """Answer from a list whose items are chosen by the question's other targets: what is taken for a problem, why she came."""
    plan, chart = reading.plan, reading.chart
    if plan.subject not in _CHOSEN_BY_OTHERS or plan.subject is None:
        return []
    subject = plan.subject
    timing = [item for item in found if plan.window is not None and _tells_time(item.target, plan)]
    if timing and len(timing) < len(found):  # "inhalers in January, before the pneumonia": the window tells it already
        found = [item for item in found if item not in timing]
        plan = plan.model_copy(update={"targets": tuple(item.target for item in found)})
    stated = {Category.MEDICATION, Category.GOAL}
    if plan.subject not in stated and any(item.target.kind is ConceptKind.MEASUREMENT for item in found):
        return []
    kind = KIND_OF_LIST.get(subject)
    if kind is not None and any(item.target.kind is kind for item in found):
        return []
    facts = retrieve_list(plan, reading.shelves.records, scope=reading.scope)
    fits = any if re.search(r"\bor\b", plan.text, re.IGNORECASE) else all
    about = [fact for fact in facts if fits(_is_for(fact, target) for target in plan.targets)]
    if plan.subject is Category.MEDICATION and not any(active_at(fact, chart.today) for fact in about):
        treating = _treating(facts, found, plan, chart)
        unexplained = [fact for fact in treating if active_at(fact, chart.today) and not fact.detail("reason")]
        about = [*about, *(fact for fact in unexplained if fact not in about)] if about else treating
    elif plan.subject is Category.MEDICATION and plan.window is None and not plan.historical:
        about = [*about, *(fact for fact in _only_for_it(facts, found, plan, chart, reading) if fact not in about)]
    if not about and plan.subject is Category.MEDICATION and _GIVEN.search(plan.text):
        about = _begun_with(found, facts)
    if not about and plan.subject is Category.CARE_PLAN:
        about = _begun_with(found, facts)
    if plan.subject is Category.PROCEDURE:
        about = _operations(about, plan)
    if plan.subject is Category.ENCOUNTER:
        if about and _asks_visit(plan):
            return _visit(about, reading, of_time=plan.window is not None)
        plan = plan.model_copy(update={"inpatient": False})  # the named reason or place chooses already
    return _told_of(about, plan, chart)


def _told_of(about: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Tell the chosen entries of a list; of tried medicines, past and present, and past ones where none is taken now."""
    claims = answer_list(about, plan, chart) if about else []
    if plan.subject is not Category.MEDICATION or plan.window is not None:
        return claims
    if claims and _TRIED.search(plan.text):
        past = answer_list(about, plan.model_copy(update={"historical": True, "current": False}), chart)
        now = answer_list(about, plan.model_copy(update={"historical": False, "event": None}), chart)
        return [*past, *(claim for claim in now if claim not in past)]
    if not claims and not plan.current:
        return answer_list(about, plan.model_copy(update={"historical": True}), chart)  # the course is over
    return claims


def _is_for(fact: Fact, target: Target) -> bool:
    """Say whether an entry of a list names a target; why an order was ended does not tell what it was for."""
    if fact.category is not Category.MEDICATION:
        return concerns(fact, target)
    texts = (fact.concept.text, *(detail.text for detail in fact.details if detail.name not in _NOT_FOR))
    return any(target.find(forms(text)) is not None for text in texts)


_NOT_FOR = frozenset({"status_reason", "note"})


def _treating(facts: Sequence[Fact], found: Sequence[TargetFacts], plan: Plan, chart: Chart) -> list[Fact]:
    """Return the medicines that are known to treat what is named: just that, where any is known for it."""
    suffered = {id_ for item in found for fact in item.facts for id_ in chart.lexicon.link(fact.concept)}
    named = [id_ for target in plan.targets for id_ in target.ids[:1]]
    treating = chart.lexicon.own_treatments_of(named) or chart.lexicon.treatments_of([*named, *suffered])
    given = [fact for fact in facts if fact.assertion is not AssertionStatus.ABSENT]
    linked = [fact for fact in given if treating & chart.lexicon.link(fact.concept).keys()]
    return [fact for fact in linked if may_treat(fact, plan, chart, suffered=frozenset(suffered))]


def _only_for_it(facts: Sequence[Fact], found: Sequence[TargetFacts], plan: Plan, chart: Chart, reading: Reading) -> list[Fact]:
    """Return what is taken for no stated reason and treats what is named, and no other problem of the list."""
    lexicon = chart.lexicon
    named = {id_ for target in plan.targets for id_ in target.ids[:1]}
    own = lexicon.own_treatments_of(named)
    if not own:
        return []
    problems = reading.shelves.records.facts(reading.scope, categories=(Category.CONDITION,))
    kin = {id_ for one in named for id_ in (*lexicon.above(one), *lexicon.below(one))}
    kin |= {id_ for item in found for fact in item.facts for id_ in lexicon.link(fact.concept)}
    others = {id_ for fact in problems for id_ in lexicon.link(fact.concept) if not lexicon.above(id_) & kin}
    elsewhere = lexicon.own_treatments_of(id_ for id_ in others if not lexicon.concepts[id_].is_class)
    silent = [fact for fact in facts if active_at(fact, chart.today) and not fact.detail("reason")]
    linked = ((fact, lexicon.link(fact.concept).keys()) for fact in silent if fact.assertion is not AssertionStatus.ABSENT)
    return [fact for fact, ids in linked if ids & own and not ids & elsewhere and may_treat(fact, plan, chart)]


_TRIED = Cue(r"\b(?:tried|trialled|been (?:on|through|given|prescribed))\b")
"""Asks for all that was taken for something, what is taken now included."""
_GIVEN = re.compile(r"\b(?:gave|gives?|given|got|prescrib\w*|put on|sent home with|receive[ds]?)\b", re.IGNORECASE)


def _begun_with(found: Sequence[TargetFacts], facts: Sequence[Fact]) -> list[Fact]:
    """Return the medicines without a recorded reason that were begun on the day on which a named problem was recorded."""
    began = {
        fact.occurred.first_day for item in found for fact in item.facts if fact.category is Category.CONDITION and fact.occurred
    }
    return [fact for fact in facts if fact.occurred and fact.occurred.first_day in began and not fact.detail("reason")]


_ASKS_OPERATION = re.compile(r"\b(?:operat(?:ions?|ed)|surger(?:y|ies)|surgical)\b", re.IGNORECASE)
_OPERATION = re.compile(
    r"ectomy|otomy\b|ostomy|plasty|rrhaphy|pexy|resect|excis|extraction|repair|replacement|\bremoval|transplant|bypass|graft|amputation|arthro"
    r"|laparo|surg|operation|reconstruction|implantation|tube placement|c(?:a)?esarean|fixation|fusion|ligation|ablation",
    re.IGNORECASE,
)


_SCOPED = re.compile(r"polypectomy|colonoscop|gastroscop|endoscopy", re.IGNORECASE)


def is_operation(fact: Fact) -> bool:
    """Say whether the name of an entry is that of an operation."""
    return _OPERATION.search(fact.concept.text) is not None and _SCOPED.search(fact.concept.text) is None


def _operations(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Keep the operations where operations are asked, and some are among the procedures: chemotherapy is none."""
    if not _ASKS_OPERATION.search(plan.text):
        return list(facts)
    return [fact for fact in facts if _OPERATION.search(fact.concept.text)] or list(facts)


def _tells_time(target: Target, plan: Plan) -> bool:
    """Say whether a target is named only to tell a time: "before the pneumonia"."""
    return (
        re.search(
            rf"\b(?:before|after|since|following|prior to) (?:\S+ ){{0,2}}?{re.escape(target.words)}", plan.text, re.IGNORECASE
        )
        is not None
    )


def may_treat(fact: Fact, plan: Plan, chart: Chart, *, suffered: AbstractSet[str] = frozenset()) -> bool:
    """Say whether nothing speaks against a medicine being taken for the problem that is named: no reason of another family.

    What kind of medicine it is ("mood stabiliser") is no other reason. `suffered`: ids by which the chart lists the problem.
    """
    problems = [target for target in plan.targets if target.kind is ConceptKind.CONDITION and target.ids]
    reasons = [detail.text for detail in fact.details if detail.name == "reason"]
    reasons += [match[1] for detail in fact.details if detail.name == "instructions" for match in _FOR.finditer(detail.text)]
    if not problems or not reasons:
        return True
    known = {id_ for text in reasons for mention in chart.lexicon.mentions(forms(text)) for id_ in mention.ids}
    known = {id_ for id_ in known if chart.lexicon.concepts[id_].kind is not ConceptKind.DRUG}
    if known & suffered:
        return True
    over = {above for id_ in known for above in chart.lexicon.above(id_)}
    wide = {above for target in problems for above in chart.lexicon.above(target.ids[0])}
    wide = {id_ for id_ in wide if len(chart.lexicon.below(id_)) <= _NEAR_KIND}
    return not known or bool(over & wide) or any(id_ in target.ids for target in problems for id_ in known)


_FOR = re.compile(r"\bfor ([a-z ]{3,40})", re.IGNORECASE)
_NEAR_KIND = 20
"""Problems under a class by which two of them count as of one kind, at most."""


def concerns(fact: Fact, target: Target) -> bool:
    """Say whether a fact or one of its details (reason, diagnosis, place) names a target."""
    return any(target.find(forms(text)) is not None for text in (fact.concept.text, *(detail.text for detail in fact.details)))


def whole_list(reading: Reading) -> list[DraftClaim]:
    """Answer about a whole list; words that the question adds choose among its items."""
    plan, chart = reading.plan, reading.chart
    if plan.subject is None:
        return []
    facts = retrieve_list(plan, reading.shelves.records, scope=reading.scope)
    asks_visit = _asks_visit(plan)
    if plan.upcoming and plan.subject is Category.ENCOUNTER:
        facts = [fact for fact in facts if fact.status in _TO_COME or (fact.occurred and fact.occurred.first_day > chart.today)]
    if plan.subject is Category.PROCEDURE:
        facts = _operations(facts, plan)
    if plan.subject is Category.MEDICATION and _WHEN_NEEDED.search(plan.text):
        facts = [fact for fact in facts if _is_taken_when_needed(fact)]
    keywords = plan.keywords
    if plan.subject in _RESULTS and asks_abnormal(plan.text):
        facts = [fact for fact in facts if is_flagged(fact)]
        keywords = tuple(word for word in keywords if word not in abnormal_words(plan.text) and not _carries_nothing(word, plan))
    if keywords:
        chosen = choose(facts, keywords, chart.lexicon)
        open_words = [word for word in keywords if word not in chosen.words and not _carries_nothing(word, plan)]
        facts = chosen.facts if asks_visit or len(open_words) < len(chosen.words) or not open_words else []
    if asks_visit:
        return _visit(facts, reading, of_time=plan.window is not None)
    return answer_list(facts, plan, chart) if facts else []


_WHEN_NEEDED = Cue(
    r"\b(?:prns?|p\.r\.n\.?|on demand"
    r"|(?:as|when|if|whenever) (?:she |he |they |it is |it's )?(?:needed|required|needs? (?:it|them)))(?!\w)",
)
"""Asks for medicines that are taken when needed only, and how instructions say that."""


def _is_taken_when_needed(fact: Fact) -> bool:
    dosage = {"as_needed", "instructions", "frequency", "dose", "dosage"}
    told = [detail for detail in fact.details if detail.name in dosage]
    return any(detail.name == "as_needed" or _WHEN_NEEDED.search(detail.text) for detail in told)


_TO_COME = frozenset({"planned", "booked", "pending", "proposed", "arrived"})


def _carries_nothing(word: str, plan: Plan) -> bool:
    """Say whether a word of a question about a list is plain English that no item could be chosen by."""
    listed = plan.subject in _PLAIN_LISTS or (plan.subject in _RESULTS and plan.window is not None)
    return listed and is_ordinary(word) and word not in ATTRIBUTES


_PLAIN_LISTS = frozenset({Category.MEDICATION, Category.CONDITION, Category.IMMUNIZATION, Category.ALLERGY})


_RESULTS = frozenset({Category.LABORATORY, Category.VITAL_SIGN})
"""Lists of which those of a time are asked: "the bloods that came back in May"."""


def _asks_visit(plan: Plan) -> bool:
    """Say whether what happened at a visit, or why it was, is asked."""
    if plan.subject is not Category.ENCOUNTER or plan.intent in {Intent.COUNT, Intent.WHO, Intent.WHEN, Intent.DURATION}:
        return False
    return ASKS_VISIT.search(plan.text) is not None or ASKS_CAUSE.search(plan.text) is not None


def visits_told(visits: Sequence[Fact], reading: Reading) -> list[DraftClaim]:
    """Tell what a question asks of visits that it names: their days, their length, who was there, or what came of the newest."""
    plan = reading.plan.model_copy(update={"subject": Category.ENCOUNTER, "inpatient": False, "emergency": False})
    if not visits:
        return []
    if asks_stay(plan) and APART.search(plan.text):
        return between_two(visits, plan, reading.chart)  # the time between two of them is the length of neither
    if asks_stay(plan):
        return answer_list(visits[-1:], plan.model_copy(update={"intent": Intent.DURATION, "window": None}), reading.chart)
    if plan.intent in {Intent.WHEN, Intent.WHO, Intent.COUNT}:
        return answer_list(visits, plan.model_copy(update={"window": None}), reading.chart)
    timed = plan.window is not None
    return _visit(visits, reading._replace(plan=plan.model_copy(update={"window": None})), of_time=timed)


def told_of_claim(claims: Sequence[DraftClaim], text: str, reading: Reading) -> list[DraftClaim]:
    """Quote what the notes of the one visit that claims tell say came of it; empty: they tell of none, or of several."""
    visits = {claim.citations[0].source.resource for claim in claims if claim.category is Category.ENCOUNTER}
    visit = next((fact for fact in held_visits(reading) if fact.resource in visits), None)
    return notes_told(visit, text, reading) if len(visits) == 1 and visit is not None else []


def notes_told(visit: Fact, text: str, reading: Reading) -> list[DraftClaim]:
    """Quote what the notes of a visit conclude; where none does, its course."""
    records = reading.shelves.records
    place = ASKS_PLACE.search(text) is not None and not ASKS_VISIT.search(text)
    told = [] if place else told_of_visit(visit, text, records, scope=reading.scope)
    if told or not (place or ASKS_VISIT.search(text)):
        return told
    notes = notes_of(visit, [each for each in records.all_passages(reading.scope) if is_note(each)], held_visits(reading))
    if place:
        said = [(each, one) for each in notes for one in each.sentences if _TELLS_PLACE.search(each.sentence_text(one))]
        return [quote_sentence(each, one, records, route="visit_note") for each, one in said[:MOST_OF_PLACE]]
    return sentences_of_stay(notes, records, most=MOST_OF_NOTES)


_TELLS_PLACE = Cue(r"\b(?:(?:discharg|transfer)\w*|d/c|dispo\w*|sent|went|back) (?:\S+ ){0,3}?(?:to|home)\b|\bdispo\w*\b")
"""Tells where somebody went after a visit."""
MOST_OF_PLACE = 2
MOST_OF_NOTES = 5
"""Sentences of notes without a conclusion that tell what happened at a visit."""
MOST_OF_A_TIME = 8
"""Visits of a time that are told, where it is asked what somebody was seen for in it."""


def _visit(facts: Sequence[Fact], reading: Reading, *, of_time: bool) -> list[DraftClaim]:
    """Tell the newest visit of the kind and time that is asked for, and what its notes conclude.

    Args:
        facts: encounters, oldest first.
        reading: the question in its chart.
        of_time: whether a time is named: what somebody was seen for in it is told of every visit.
    """
    plan, records = reading.plan, reading.shelves.records
    visits = [fact for fact in visits_asked(facts, plan) if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    if not visits:
        return []
    asks_cause = ASKS_CAUSE.search(plan.text) is not None and not ASKS_VISIT.search(plan.text) and not asks_what_was_said(plan)
    if asks_cause and of_time and not (plan.ordinal or plan.newest or plan.intent is Intent.FIRST):
        told = [fact for fact in visits if fact.detail("reason")][-MOST_OF_A_TIME:]
        if len(told) > 1:
            return [draft(fact, reading.chart, route="visit") for fact in reversed(told)]
    if plan.newest_several is not None and len(visits) > 1:
        return [draft(fact, reading.chart, route="visit") for fact in reversed(visits[-plan.newest_several :])]
    visit = (nth(visits, plan.ordinal) if plan.ordinal else None) or visits[-1]
    if plan.intent is Intent.FIRST:
        visit = visits[0]
    claims = [draft(visit, reading.chart, route="visit")]
    if asks_cause and visit.detail("reason"):
        return claims
    if not visit.detail("reason"):
        that_day = found_that_day(visit, records.facts(reading.scope, categories=(Category.CONDITION, Category.PROCEDURE)))
        claims += [draft(fact, reading.chart, route="visit") for fact in that_day]
    return [*claims, *notes_told(visit, plan.text, reading)]
