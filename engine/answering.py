"""From a plan to draft claims: facts first, then quotes, else silence with what was searched."""

# ruff: noqa: E501

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.certificate import certify, in_words, with_sections
from chartcite.engine.answers.conflicts import Disagreement, disagreements
from chartcite.engine.answers.fact_routes import OF_VALUES, anchor_word
from chartcite.engine.answers.focus import QUOTES
from chartcite.engine.answers.left_open import quoted_texts
from chartcite.engine.answers.part_answers import ASKS_RESULT, answer_part
from chartcite.engine.answers.reading import Reading, SecondLook
from chartcite.engine.answers.time_before import listed_near, with_time_before
from chartcite.engine.comparisons.comparing import around_treatment, compare, of_treatment
from chartcite.engine.comparisons.series_told import not_placed, sets_against, told_series
from chartcite.engine.dates.timed import lacks_event, timed_by_event
from chartcite.engine.dates.times import Window
from chartcite.engine.dates.unplaced_times import tells_unplaced_time
from chartcite.engine.domain.answers import AbstentionReason, ClaimKind, DraftClaim, Missing, Question, SearchCertificate
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.facts.against_target import told_against_target
from chartcite.engine.facts.asked_details import details_asked
from chartcite.engine.facts.booked import asks_the_clock, only_past, told_booked
from chartcite.engine.facts.conclusions_told import told_by_conclusion
from chartcite.engine.facts.cultures_told import told_cultures
from chartcite.engine.facts.demographics import lacks_number
from chartcite.engine.facts.episodes_told import told_episodes
from chartcite.engine.facts.fact_claims import Chart
from chartcite.engine.facts.intervals import told_described, told_in_place, told_intervals
from chartcite.engine.facts.list_choice import told_of_claim
from chartcite.engine.facts.lists_of_time import list_anyway
from chartcite.engine.facts.nearest_entries import nearest_entries
from chartcite.engine.facts.plain_values import told_plain_values
from chartcite.engine.facts.procedure_results import told_clearance
from chartcite.engine.facts.screened_for import told_screening
from chartcite.engine.facts.turned_negative import told_turned_negative
from chartcite.engine.facts.vaccines_avoided import told_vaccines_avoided
from chartcite.engine.facts.values_anyway import Told, values_anyway
from chartcite.engine.findings.calculated import refusal
from chartcite.engine.findings.findings import Findings
from chartcite.engine.guidelines.due_answers import due_answer, kinds_asked
from chartcite.engine.guidelines.guideline_answers import corpus_answer, guided_answer
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.sig_words import asks_course, asks_frequency
from chartcite.engine.language.spelling import with_discharges
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.language.value_words import told_with_value
from chartcite.engine.medication_safety import ROUTE as SAFETY_ROUTE
from chartcite.engine.medicines.advised_against import advised_against
from chartcite.engine.medicines.given_at_visits import told_given
from chartcite.engine.medicines.medication_answers import SafetyAnswer, tell_safety
from chartcite.engine.medicines.medicine_effects import NOT_TOLD, tell_effects
from chartcite.engine.medicines.medicine_turns import told_medicine_turns
from chartcite.engine.medicines.planned_stops import told_planned_stops
from chartcite.engine.medicines.uses_told import told_uses
from chartcite.engine.notes.causes_told import told_causes
from chartcite.engine.notes.choices_told import told_choice
from chartcite.engine.notes.donors_told import told_of_donor
from chartcite.engine.notes.healing_told import told_healing, told_recovery
from chartcite.engine.notes.notes_of_others import of_patient
from chartcite.engine.notes.only_planned import only_planned
from chartcite.engine.notes.overdue_told import overdue_noted
from chartcite.engine.notes.premises import asks_value_to_come, holding, naming
from chartcite.engine.notes.returns_told import told_returns
from chartcite.engine.notes.second_look import NEAR_QUOTE
from chartcite.engine.notes.sources_told import compare_sources
from chartcite.engine.notes.state_told import told_state
from chartcite.engine.notes.waited_for import told_waited_for
from chartcite.engine.questions.asker import without_asker
from chartcite.engine.questions.doors import ELSEWHERE, Door, refused_without_chart
from chartcite.engine.questions.listed_things import listed_measurements, listed_things
from chartcite.engine.questions.named_patients import names_somebody_else
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Event, Intent
from chartcite.engine.questions.story_asked import bare_story
from chartcite.engine.retrieval import Shelves, retrieve_facts
from chartcite.engine.review.chart_review import Review
from chartcite.engine.stories.births_told import told_births
from chartcite.engine.stories.events_told import told_events
from chartcite.engine.stories.life_story import told_life
from chartcite.engine.stories.main_problems import told_main_problems
from chartcite.engine.stories.new_problems import told_new_problems
from chartcite.engine.stories.problem_stages import told_stages
from chartcite.engine.stories.since_then import told_news
from chartcite.engine.stories.system_summary import told_system
from chartcite.engine.stories.value_course import (
    size_without_percentile,
    told_before_too,
    told_kept,
    told_lasting_state,
    told_pace,
)
from chartcite.engine.visits.accidents import told_accident, told_injuries
from chartcite.engine.visits.lengths_of_stay import told_lengths
from chartcite.engine.visits.missed_visits import told_missed
from chartcite.engine.visits.referrals import left_undone, told_open, told_referral
from chartcite.engine.visits.still_in_place import told_in_place_now
from chartcite.engine.visits.told_calls import told_call
from chartcite.engine.visits.told_procedures import told_procedure, told_reason_of_procedure
from chartcite.engine.visits.told_visits import told_specialists, told_visit_of
from chartcite.engine.visits.visit_changes import told_changes
from chartcite.engine.visits.visit_story import of_the_field, told_visit
from chartcite.engine.visits.visits import ASKS_VISIT
from chartcite.engine.visits.wards_told import told_wards


class Draft(NamedTuple):
    """Drafted claims, and what to say should none of them stand."""

    claims: tuple[DraftClaim, ...]
    silence: str
    reason: AbstentionReason
    certificate: Callable[[], SearchCertificate | None]
    missing: tuple[Missing, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    looked: float | None = None
    """Best log-odds of the second looks at the notes; `None`: none was taken."""
    nearest: tuple[DraftClaim, ...] = ()
    """Of an answer without claims: entries of what is named, and sentences of notes that come nearest, too unsure to answer."""


def draft_for_patient(
    question: Question, plans: Sequence[Plan], shelves: Shelves, lexicon: Lexicon, /, *, scope: Scope, today: date
) -> Draft:
    """Draft an answer from one chart, part by part."""
    refused = _refusal(question, plans, shelves, scope)
    if refused is not None:
        return refused
    due = _all_that_is_due(plans, shelves, lexicon, scope, today)
    if due is not None:
        return due
    own = asks_next_dose(question.text, plans)
    guided = None if own else guided_answer(question.text, shelves, lexicon, scope=scope, today=today)
    if guided is not None:
        silence = "No recommendation in the guideline corpus of this store answers this question."
        reason = AbstentionReason.NOT_DOCUMENTED
        return Draft(guided.claims, silence, reason, lambda: None, guided.missing, guided.disagreements)
    demographics = shelves.records.facts(scope, categories=(Category.DEMOGRAPHIC,))
    birth = next((fact for fact in demographics if fact.id.endswith("#birthDate")), None)
    chart = Chart(shelves.records, lexicon, birth, today, scope, details_asked(question.text))
    looked: list[SecondLook] = []
    whole = Reading(plans[0], shelves, chart, scope, looked, question.text)
    claims, missing = _compared_or_told(question, plans, whole, demographics)
    first = plans[0]
    refused_result = None if claims else next((told for plan in plans if (told := refusal(plan, chart)) is not None), None)
    if refused_result is not None:
        return _refused_result(*refused_result, certificate=lambda: certify(first, shelves.records, scope=scope))
    understood = any(plan.targets or plan.keywords or plan.subject or plan.relatives for plan in plans)
    return Draft(
        claims=tuple(claims),
        silence=_silence(first, shelves, scope, understood=understood),
        reason=AbstentionReason.NOT_DOCUMENTED if understood else AbstentionReason.NOT_UNDERSTOOD,
        certificate=lambda: with_sections(certify(first, shelves.records, scope=scope), shelves.records, scope=scope),
        missing=tuple(missing) if claims else (),
        disagreements=tuple(disagreements(claims, chart)),
        looked=max((each.odds for each in looked if each.odds is not None), default=None),
        nearest=() if claims else (*nearest_entries(plans, chart, scope), *_sentences_near(looked)),
    )


def _sentences_near(looked: Sequence[SecondLook]) -> tuple[DraftClaim, ...]:
    return max(looked, key=_sureness, default=_NOT_LOOKED).nearest


_NEXT_DOSE = Cue(
    r"\b(?:another|next|one more|repeat|further)\b[^?]{0,40}?\b(?:dose|shot|injection|jab|infusion|drip|needle|implant|patch)\b"
)

_BY_GUIDELINE = Cue(r"\b(?:guid(?:eline|ance)s?|recommend\w*|advised by|evidence|nice|acip|uspstf)\b")


def asks_next_dose(text: str, plans: Sequence[Plan], /) -> bool:
    """Say whether the next dose is asked for of a medicine that the chart holds: its orders tell, and no recommendation."""
    held = any(target.kind is ConceptKind.DRUG and target.concept_keys for plan in plans for target in plan.targets)
    return held and _NEXT_DOSE.search(text) is not None and _BY_GUIDELINE.search(text) is None


def _all_that_is_due(plans: Sequence[Plan], shelves: Shelves, lexicon: Lexicon, scope: Scope, today: date) -> Draft | None:
    """Draft what guidelines ask for at intervals, where a question asks for that in general; `None`: it does not."""
    kinds = kinds_asked(plans[0])
    if not kinds or any(not _WHAT_WAS_HAD.search(plan.text) for plan in plans[1:]):
        return None
    findings = Findings(Review(shelves.records, lexicon, scope, today=today))
    due = due_answer(kinds, findings, cancers_only="cancer" in plans[0].text.lower())
    reading = Reading(_anchored(plans[0], shelves, scope, today), shelves, findings.review.chart, scope)
    if len(kinds) > 1:
        own = left_undone(reading, most=_MOST_OWN)
    else:
        own = [claim for claim in answer_part(reading, ()) if claim.route == "order"]
    noted = [] if due.claims and "cancer" in plans[0].text.lower() else overdue_noted(kinds, reading)
    said = {text for claim in own for text in quoted_texts(claim)}
    noted = [claim for claim in noted if said.isdisjoint(quoted_texts(claim))]
    had = [claim for plan in plans[1:] for claim in answer_part(reading._replace(plan=plan), ())]
    claims = list({claim.text: claim for claim in (*own, *noted, *due.claims, *had)}.values())
    return Draft(tuple(claims), due.silence, AbstentionReason.NOT_DOCUMENTED, lambda: None, due.missing)


_MOST_OWN = 5
"""Lines that the chart itself gives of what is undone, before what guidelines ask for."""
_WHAT_WAS_HAD = Cue(r"\b(?:already|had|has|have|done|given|received|up[- ]to[- ]date)\b")
"""A further part that asks what was done of what is due."""


_STORIES = (
    told_against_target,
    told_accident,
    told_injuries,
    told_intervals,
    told_births,
    told_in_place,
    told_in_place_now,
    told_wards,
    told_lengths,
    told_cultures,
    told_screening,
    told_lasting_state,
    told_turned_negative,
    told_pace,
    told_before_too,
    told_kept,
    told_vaccines_avoided,
    told_given,
    told_visit,
    told_stages,
    told_events,
    told_episodes,
    told_returns,
    told_uses,
    told_planned_stops,
    told_causes,
    told_healing,
    told_recovery,
    told_clearance,
    told_choice,
    told_of_donor,
    told_waited_for,
    told_state,
    told_changes,
    told_medicine_turns,
    told_new_problems,
    told_news,
    told_life,
    told_system,
    told_main_problems,
    told_open,
    told_booked,
    told_referral,
    told_missed,
    told_procedure,
    told_reason_of_procedure,
    told_specialists,
    told_visit_of,
    told_call,
)
"""What answers a question as a whole, where it asks for a story."""


def _compared_or_told(
    question: Question, plans: Sequence[Plan], reading: Reading, demographics: Sequence[Fact]
) -> tuple[list[DraftClaim], list[Missing]]:
    """Answer a question that compares by its sides; any other, and one whose sides give nothing, part by part."""
    text = bare_story(_as_mended(without_asker(question.text), plans), reading.chart.lexicon)
    values = told_plain_values(text, plans, reading)
    if values.claims:
        return values.claims, values.missing
    story = _told_as_story(question.text, plans, reading)
    storied = _parts_of_story(story, question.text, plans, reading) if story else range(0)
    if story and len(storied) == len(plans):
        return story, []
    first = plans[0]
    comparison, sources = first.comparison, first.sources
    if sources is not None:
        records = reading.shelves.records
        said, silent = compare_sources(sources, list(records.all_passages(reading.scope)), records, reading.chart.today)
        if said and not silent:
            return said, []
    if comparison is None or len(first.moments) > len(comparison.sides):
        claims, missing = _told_by_part(question, plans, reading, demographics, (storied, story))
        if all(claim.route in QUOTES for claim in claims) and (told := told_described(question.text, plans, reading)):
            return told, []
        return _with_series(question.text, plans, claims, missing, reading)
    today = reading.chart.today

    def answer(plan: Plan) -> tuple[Plan, list[DraftClaim]]:
        timed = around_treatment(_anchored(of_treatment(plan), reading.shelves, reading.scope, today))
        return timed, answer_part(reading._replace(plan=timed), demographics)

    passages = list(reading.shelves.records.all_passages(reading.scope))
    compared = compare(comparison, reading, answer, passages)
    if compared.complete:
        return compared.claims, list(compared.missing)
    claims, missing = _told_by_part(question, plans, reading, demographics)
    if compared.claims and {claim.text for claim in claims} <= {claim.text for claim in compared.claims}:
        claims, missing = compared.claims, [*missing, *compared.missing]
    return _with_series(question.text, plans, claims, missing, reading)


def _told_as_story(asked: str, plans: Sequence[Plan], reading: Reading) -> list[DraftClaim]:
    """Return the first story that answers a question as a whole; empty: it asks for none."""
    text = bare_story(_as_mended(without_asker(asked), plans), reading.chart.lexicon)
    stories = (of_patient(plans, tells(text, plans, reading)) for tells in _STORIES)
    return next((story for story in stories if story), [])


def _parts_of_story(story: Sequence[DraftClaim], asked: str, plans: Sequence[Plan], reading: Reading) -> range:
    """Return which parts of a question a story answers: the fewest side by side that get all of it without the others."""
    said = {claim.text for claim in story}
    for last in range(1, len(plans)):
        for first in range(len(plans) - last + 1):
            parts = plans[first : first + last]
            text = _asked_by(parts, asked)
            alone = (parts[0].model_copy(update={"comparison": None, "sources": None}), *parts[1:])
            told = _told_as_story(text, alone, reading._replace(plan=alone[0], question=text)) if text else []
            if said <= {claim.text for claim in told}:
                return range(first, first + last)
    return range(len(plans))


def _asked_by(parts: Sequence[Plan], asked: str) -> str:
    """Return the words of a question from the first to the last of some of its parts; empty where they do not stand in it."""
    begin, end = asked.find(parts[0].text.rstrip(" ?")), asked.rfind(parts[-1].text.rstrip(" ?"))
    return asked[begin : end + len(parts[-1].text)] if 0 <= begin <= end else ""


def _story_of_part(plan: Plan, reading: Reading) -> list[DraftClaim]:
    """Return the story that answers a part of a question as if it were asked alone; empty: it leans on the part before it."""
    words = plan.text.lower()
    if _POINTS_BACK.search(words) or not all(target.words.lower() in words for target in plan.targets):
        return []
    alone = plan.model_copy(update={"comparison": None, "sources": None})
    return _told_as_story(plan.text, (alone,), reading._replace(plan=alone, question=plan.text))


_POINTS_BACK = Cue(
    r"\b(?:it|its|that|this|those|these|them|they|one|then|there|since|each|at the time|same|after|afterwards|before|both|else|next)\b"
)
"""Leaves to the part before what is asked about."""


def _with_series(
    text: str, plans: Sequence[Plan], claims: list[DraftClaim], missing: list[Missing], reading: Reading
) -> tuple[list[DraftClaim], list[Missing]]:
    """Tell all values of what is compared, where the two that are meant were not found."""
    judged = any(claim.route == SAFETY_ROUTE for claim in claims)  # "a lower dose with these kidneys?" compares nothing
    series = [] if judged else told_series(text, plans, claims, reading)
    if series:
        unmeasured = {f"“{plan.text.strip(' ?')}”" for plan in plans if not any(map(_is_measured, plan.targets))}
        return series, [*(each for each in missing if each.what in unmeasured), *not_placed(series)]
    courses = [claim for claim in claims if claim.route == "trend"] if sets_against(text) else []
    return claims, [*missing, *not_placed(courses)]


def _is_measured(target: Target) -> bool:
    return target.kind is ConceptKind.MEASUREMENT


def _as_mended(text: str, plans: Sequence[Plan]) -> str:
    """Return a question with its words as they were mended when it was read."""
    for plan in plans:
        for written, meant in plan.corrected.items():
            text = re.sub(rf"\b{re.escape(written)}\b", meant, text, flags=re.IGNORECASE)
    return with_discharges(text)


def _told_by_part(
    question: Question,
    plans: Sequence[Plan],
    reading: Reading,
    demographics: Sequence[Fact],
    storied: tuple[range, Sequence[DraftClaim]] = (range(0), ()),
) -> tuple[list[DraftClaim], list[Missing]]:
    """Answer a question part by part; say what no part of the chart answers. `storied`: parts that a story answers, and the story."""
    claims: list[DraftClaim] = []
    missing: list[Missing] = []
    for number, asked in enumerate(plans):
        asked = with_time_before(asked, plans[number - 1], claims, reading.chart.today) if number else asked  # noqa: PLW2901
        if (number < len(plans) - 1 and _SUPPOSES.fullmatch(asked.text)) or asks_value_to_come(asked):
            continue
        if number and _asks_more_of_visit(asked, claims):
            claims = _without_notes_of_visit(claims, plans[number - 1])
            continue
        told_before = number and (told_with_value(asked, claims) or _is_denied(asked, claims) or _names_doer(asked, claims))
        at_once = _told_at_once(number, asked, claims, storied, reading) if len(plans) > 1 and not told_before else ()
        claims += [claim for claim in at_once if claim.text not in {told.text for told in claims}]
        if told_before or at_once:
            continue
        plan = _anchored(asked, reading.shelves, reading.scope, reading.chart.today)
        unplaced = tells_unplaced_time(plan)
        plan = plan.model_copy(update={"intent": Intent.TREND}) if unplaced else plan
        part = reading._replace(plan=plan, told=tuple(claims))
        safety = tell_safety(part._replace(plan=_with_bare_medicine(plans[max(number - 1, 0)], plan)), question.audience)
        effects = tell_effects(part, question.audience)
        drafted = _with_advice(
            part, [] if safety.alone else of_the_field(plan, holding(part, answer_part(part, demographics)), part)
        )
        drafted = _not_besides(plan, _beside_stop(naming(plan, drafted) if number and not claims else drafted, safety))
        if effects:
            safety, drafted = SafetyAnswer(), [*effects, *(claim for claim in drafted if "reason:" in claim.text)]
            missing.append(Missing(what="cause", why=NOT_TOLD))
        listed = listed_near(plan, part) if number else []
        drafted = listed or _not_to_prevent(plan, drafted) or ([] if safety.claims else _denied(part, demographics))
        if not (drafted or safety.claims):
            anyway = _values_at_least(asked, part)
            drafted = anyway.claims or list_anyway(part) or told_by_conclusion(part)
            missing = [*missing, *anyway.missing]
        claims = list({claim.text: claim for claim in (*claims, *drafted, *safety.claims)}.values())
        missing += not_placed([claim for claim in drafted if claim.route == "trend"]) if unplaced else ()
        noted, silent = _of_lists(plan, drafted, part, demographics)
        claims += [claim for claim in noted if claim.text not in {each.text for each in claims}]
        missing += [*_missing(asked, drafted), *silent, *safety.missing]
        if len(plans) > 1 and not (drafted or safety.claims) and _asks(asked) and not _told_with_visit(asked, claims):
            missing.append(Missing(what=f"“{asked.text.strip(' ?')}”", why="no record of the chart answers this part"))
    return claims, missing


_WHO_DID_IT = Cue(
    r"^\W*(?:and |also )?(?:by whom|who (?:did|performed|placed|put|inserted|carried|gave|ordered)(?: (?:it|that|this|them|in|out))*)\W*$"
)
_BY_SOMEBODY = re.compile(r"\b(?:was|were) (?:done|placed|given|ordered)\b.* by [A-Z]")


def _names_doer(asked: Plan, claims: Sequence[DraftClaim]) -> bool:
    """Say whether it is asked who did what was told just now, and that tells it."""
    return _WHO_DID_IT.search(asked.text) is not None and bool(claims) and _BY_SOMEBODY.search(claims[-1].text) is not None


def _not_besides(plan: Plan, drafted: list[DraftClaim]) -> list[DraftClaim]:
    """Return claims unless all of them are beside the point: called off, only planned, without the number, or past."""
    called_off = _STILL_OPEN.search(plan.text) is not None and all(_CALLED_OFF.search(claim.text) for claim in drafted)
    beside = called_off or only_planned(plan, drafted) or lacks_number(plan, drafted) or only_past(plan, drafted)
    return [] if beside else drafted


def _told_at_once(
    number: int,
    asked: Plan,
    claims: Sequence[DraftClaim],
    storied: tuple[range, Sequence[DraftClaim]],
    reading: Reading,
) -> Sequence[DraftClaim]:
    """Return what answers a part by itself: what came of a visit that was told before, or a story; empty: neither does."""
    if number and _WHAT_CAME.fullmatch(asked.text) and (came := told_of_claim(claims, asked.text, reading)):
        return came
    return storied[1] if number in storied[0] else _story_of_part(asked, reading._replace(told=tuple(claims)))


def _beside_stop(drafted: list[DraftClaim], safety: SafetyAnswer) -> list[DraftClaim]:
    """Leave out mentions of a medicine in notes where its order tells when and why it ended."""
    if not any(claim.route == "medication_stop" for claim in safety.claims):
        return drafted
    return [claim for claim in drafted if claim.route != NEAR_QUOTE or _OF_RETURN.search(claim.text)]


def _with_bare_medicine(before: Plan, plan: Plan) -> Plan:
    """Join a bare name of a medicine with the illness behind it, as one question: "nitrofurantoin?? CKD4"."""
    kinds = {target.kind for target in before.targets}, {target.kind for target in plan.targets}
    brief = max(len(before.text.split()), len(plan.text.split())) <= _BARE
    if kinds != ({ConceptKind.DRUG}, {ConceptKind.CONDITION}) or not brief or before.intent is not Intent.DESCRIBE:
        return plan
    joined = {"targets": (*before.targets, *plan.targets), "text": f"{before.text} {plan.text}", "intent": Intent.DESCRIBE}
    return plan.model_copy(update=joined)


_BARE = 2
"""Words of a part that only names something, at most."""
_OF_RETURN = re.compile(
    r"\b(?:(?:not|never) (?:to )?(?:be )?(?:given|used|re-?\w+)|avoid\w*|restart\w*|re-?challeng\w*|re-?introduc\w*|resum\w*)\b",
    re.IGNORECASE,
)
"""Words of a note that speak of giving a medicine again, or against it."""


def _values_at_least(asked: Plan, part: Reading) -> Told:
    """Tell the values of what is measured where nothing else answers, or the size whose percentile the chart lacks."""
    told = values_anyway(asked, part)
    return told if told.claims else size_without_percentile(part.plan, part)


_DENIABLE = frozenset({Intent.WHEN, Intent.DURATION, Intent.FIRST})
_ONCE_THERE = re.compile(
    r"\b(?:since|until|till|now|today|currently|at present|further|more|longer|recent(?:ly)?|again|new)\b", re.IGNORECASE
)
"""Says in a denial that the thing was there at another time: "no nightmares since then"."""
_PREVENTS = re.compile(r"\b(?:prophyla\w+|prevent\w*|thromboprophylaxis)\b", re.IGNORECASE)


def _not_to_prevent(plan: Plan, drafted: list[DraftClaim]) -> list[DraftClaim]:
    """Return claims without medicines that were given to prevent the problem whose treatment is asked; all where any treats it."""
    problems = [target for target in plan.targets if target.kind is ConceptKind.CONDITION and not target.concept_keys]
    if not problems or _PREVENTS.search(plan.text) or any(target.kind is ConceptKind.DRUG for target in plan.targets):
        return drafted
    only = bool(drafted) and all(claim.category is Category.MEDICATION and _PREVENTS.search(claim.text) for claim in drafted)
    return [] if only else drafted


def _denied(reading: Reading, demographics: Sequence[Fact]) -> list[DraftClaim]:
    """Tell that the chart denies the one problem that a question takes for granted ("when was the DVT diagnosed?"); empty: it does not."""
    plan = reading.plan
    problems = [target for target in plan.targets if target.kind is ConceptKind.CONDITION and not target.is_class]
    asks_treatment = plan.intent is Intent.DESCRIBE and plan.subject is Category.MEDICATION
    if not (plan.intent in _DENIABLE or asks_treatment) or plan.family or len(problems) != 1 or problems[0].concept_keys:
        return []
    whether = {
        "text": f"Has there been a {problems[0].words}?",
        "intent": Intent.PRESENCE,
        "targets": (problems[0],),
        "keywords": (),
        "subject": Category.CONDITION,
        "event": None,
    }
    told = answer_part(reading._replace(plan=plan.model_copy(update=whether)), demographics)
    if not told or any(
        claim.kind is not ClaimKind.ABSENCE or _ONCE_THERE.search(" ".join(quoted_texts(claim))) for claim in told
    ):
        return []
    return [claim for claim in told if problems[0].find(forms(" ".join(quoted_texts(claim)) or claim.text)) is not None]


def _is_denied(plan: Plan, claims: Sequence[DraftClaim]) -> bool:
    """Say whether all that was told so far denies the problem of which a further part asks more."""
    problems = [target for target in plan.targets if target.kind is ConceptKind.CONDITION and not target.concept_keys]
    denied = bool(claims) and all(claim.kind is ClaimKind.ABSENCE for claim in claims)
    return denied and bool(problems) and all(target.words.lower() not in plan.text.lower() for target in problems)


def _with_advice(reading: Reading, drafted: list[DraftClaim]) -> list[DraftClaim]:
    """Put first what notes advise against a medicine; a quote that holds the same, or names it by the way, is not told beside it."""
    advised = advised_against(reading)
    if not advised:
        return drafted
    return [*advised, *(claim for claim in drafted if claim.route not in QUOTES and claim.route != "note_fact")]


def _untold(plan: Plan, claims: Sequence[DraftClaim], reading: Reading) -> Iterator[Target]:
    """Yield what a question lists and no claim tells, by name or by what it cites: "Hb, B12 and folate", "flu and covid jabs"."""
    listed = listed_things(plan) if plan.intent in _OF_EACH else listed_measurements(plan)
    cited = {citation.source.resource for claim in claims for citation in claim.citations}
    said = [forms(" ".join((claim.text, *quoted_texts(claim)))) for claim in claims]
    for item in retrieve_facts(plan, reading.shelves.records, scope=reading.scope) if listed else ():
        named = any(item.target.find(words) is not None for words in said)
        if item.target in listed and not named and cited.isdisjoint(fact.resource for fact in item.facts):
            yield item.target


_OF_EACH = frozenset({Intent.PRESENCE, Intent.ACTIVE, Intent.LIST, Intent.DOSE, Intent.WHEN, Intent.LATEST, Intent.DESCRIBE})
"""What is asked of each of several medicines or vaccines."""


def _of_lists(
    plan: Plan, drafted: Sequence[DraftClaim], reading: Reading, demographics: Sequence[Fact]
) -> tuple[list[DraftClaim], list[Missing]]:
    """Return what notes tell of the things of a list that no claim tells, and what of them nothing tells."""
    claims: list[DraftClaim] = []
    missing: list[Missing] = []
    for target in _untold(plan, drafted, reading) if drafted else ():
        told = _noted_value(target, reading, demographics)
        claims += told
        missing += [] if told else [Missing(what=target.words, why="no record of the chart answers this part")]
    return claims, missing


def _noted_value(target: Target, reading: Reading, demographics: Sequence[Fact]) -> list[DraftClaim]:
    """Quote what notes tell of a measurement of a list that no table holds, in a sentence that names it."""
    if target.concept_keys:
        return []
    alone = {"text": target.words, "targets": (target,), "keywords": (), "moments": (), "comparison": None}
    told = answer_part(reading._replace(plan=reading.plan.model_copy(update=alone)), demographics)
    return [claim for claim in told if target.find(forms(" ".join(quoted_texts(claim)))) is not None][:1]


_SUPPOSES = re.compile(
    r"\W*if (?!so\b|not\b|any\b|you\b)(?!.*\b(?:what|which|who|when|where|why|how|tell|list|show)\b).*", re.IGNORECASE
)
"""A part that only supposes something for the parts behind it: "If she takes the tablets, how often is it?"."""
_WITH_VISIT = (
    (
        Cue(
            r"\bwhere\b|\b(?:which|what) (?:\w+ )?(?:hospital|clinic|place|facility|practice|surgery|cent(?:er|re)|department)\b"
        ),
        ", at ",
    ),
    (Cue(r"\bwhen\b|\b(?:what|which) (?:date|day)\b"), " on "),
    (
        Cue(r"\bwho\b|\b(?:which|what) (?:\w+ )?(?:doctor|dr|clinician|provider|physician|consultant|nurse|gp)\b"),
        ", with ",
    ),
)
"""What a further part may ask of a visit, and how a claim about the visit tells it."""


def _told_with_visit(plan: Plan, claims: Sequence[DraftClaim]) -> bool:
    """Say whether a visit that is told already names the place or the person that a further part asks for."""
    visits = [claim.text for claim in claims if claim.category is Category.ENCOUNTER]
    if _WHAT_IT_DOES.search(plan.text) and any(claim.category is Category.ALLERGY and ":" in claim.text for claim in claims):
        return True
    return not plan.targets and any(asks.search(plan.text) and any(told in text for text in visits) for asks, told in _WITH_VISIT)


_WHAT_IT_DOES = re.compile(
    r"\bwhat (?:happens|happened|does it do|did it do|reaction)\b|\bhow (?:bad|severe)\b|\breactions?\b", re.IGNORECASE
)
"""Asks of an allergy that was told what it does, which its entry tells."""

_MORE_OF_IT = (
    (
        re.compile(
            r"\W*(?:and |for )?(?:how come(?: (?:he|she|they|i) (?:was|were|went) (?:there|in))?|why(?: (?:was (?:it|that|this|he|she|i)|did (?:he|she|they|i) (?:go|come|attend)|(?:was|were) (?:he|she|they|i) (?:there|in|seen)))?"
            r"|what(?: (?:was|were))?(?: (?:it|that|this|they|he|she|i))?(?: (?:all|seen|there|in))? (?:for|about)|for what(?: reasons?)?"
            r"|(?:what (?:was|were) )?(?:the )?reasons?(?: for (?:it|that|them|each))?|what (?:was )?the reason(?: was)?)\W*",
            re.IGNORECASE,
        ),
        ", for ",
    ),
    (
        re.compile(
            r"\W*(?:and )?(?:where(?: (?:was (?:it|that)|at))?|(?:at )?(?:which|what) (?:hospital|place|clinic))\W*",
            re.IGNORECASE,
        ),
        ", at ",
    ),
    (
        re.compile(
            r"\W*(?:and )?(?:who(?:m)?(?: with| (?:was (?:it|that)(?: with)?|with|by|(?:did (?:he|she|they|i)|was) (?:see|seen(?: by)?)|saw (?:him|her|them|me)))?"
            r"|with whom|(?:by|with) who(?:m)?)\W*",
            re.IGNORECASE,
        ),
        ", with ",
    ),
    (
        re.compile(
            r"\W*(?:and )?(?:when(?: was (?:it|that))?|what (?:date|day)(?: was (?:it|that))?|on (?:what|which) (?:date|day))\W*",
            re.IGNORECASE,
        ),
        " on ",
    ),
)
"""A further part that asks only for what the entry of a visit tells with it: "last ER visit, and why?"."""


_WHAT_CAME = re.compile(
    r"\W*(?:and )?(?:what (?:did (?:they|he|she|we|(?:the )?(?:\w+ )?(?:doctors?|nurse|consultant|specialist|team|hospital)|(?:dr|mr|mrs|ms)\.? \w+)"
    r" (?:do|find|say|decide|conclude|advise|recommend|suggest|plan|tell (?:him|her|me|us|them))|happened|was (?:done|found|decided|said|agreed|advised|recommended|planned|the (?:plan|outcome|result|upshot|conclusion))"
    r"|(?:came|became|has come) of (?:it|that)|(?:were|are) the (?:results?|findings|recommendations|plans?))|how did (?:it|that) go|(?:the )?(?:outcome|plan|findings))(?: (?:there|then|about it|for (?:him|her|me)))?\W*",
    re.IGNORECASE,
)
"""A further part that asks what came of the visit that was told before it."""


def _asks_more_of_visit(plan: Plan, claims: Sequence[DraftClaim]) -> bool:
    """Say whether a further part asks only for what the visits told before it tell themselves."""
    visits = [claim.text for claim in claims if claim.category is Category.ENCOUNTER]
    return bool(visits) and any(asks.fullmatch(plan.text) and all(told in text for text in visits) for asks, told in _MORE_OF_IT)


def _without_notes_of_visit(claims: list[DraftClaim], before: Plan) -> list[DraftClaim]:
    """Leave out what notes conclude of a visit, where only its day and its reason are asked."""
    asks_all = ASKS_VISIT.search(before.text) is not None
    return claims if asks_all else [claim for claim in claims if claim.route != "visit_note"]


_NOT_LOOKED = SecondLook([])


def _sureness(looked: SecondLook) -> float:
    return -math.inf if looked.odds is None else looked.odds


_ASKING = re.compile(
    r"\b(?:what|which|who|whom|when|where|why|how|is|are|was|were|does|do|did|has|have|had|can|any)\b",
    re.IGNORECASE,
)


def _asks(plan: Plan) -> bool:
    """Say whether a part of a question asks something by itself, and is no statement: "bp 70/30, what was ...?"."""
    return plan.intent not in {Intent.LATEST, Intent.DESCRIBE} or _ASKING.search(plan.text) is not None


def _refused_result(text: str, missing: tuple[Missing, ...], *, certificate: Callable[[], SearchCertificate | None]) -> Draft:
    """Say which inputs of a calculation the chart lacks."""
    return Draft((), text, AbstentionReason.NOT_DOCUMENTED, certificate, missing)


def draft_from_guidelines(text: str, plans: Sequence[Plan], shelves: Shelves, lexicon: Lexicon, /) -> Draft:
    """Draft an answer from the guideline corpus alone. `text`: the whole question, of which the plans hold the asking parts."""
    refused = next((told for each in plans if (told := refused_without_chart(each.text, each.door))), None)
    if refused is not None:
        return Draft((), refused, AbstentionReason.OUT_OF_SCOPE, lambda: None)
    for wrong, right in plans[0].corrected.items():
        text = re.sub(rf"\b{re.escape(wrong)}\b", right, text, flags=re.IGNORECASE)
    named = [target.words for target in plans[0].targets]
    parts = [plan.text if number == 0 else " ".join((*named, plan.text)) for number, plan in enumerate(plans)]
    guided = corpus_answer(text, parts, shelves, lexicon)
    return Draft(
        claims=guided.claims,
        silence="No recommendation in the guideline corpus of this store answers this question.",
        reason=AbstentionReason.NOT_DOCUMENTED,
        certificate=lambda: None,
        disagreements=guided.disagreements,
    )


def _refusal(question: Question, plans: Sequence[Plan], shelves: Shelves, scope: Scope) -> Draft | None:
    asked = [plan for plan in plans if not (plans[0].door is Door.CHART and plans[0].upcoming and asks_the_clock(plan))]
    elsewhere = next((plan.door for plan in asked if plan.door is not Door.CHART), None)
    if elsewhere is not None:
        return Draft((), ELSEWHERE[elsewhere], AbstentionReason.OUT_OF_SCOPE, lambda: None)
    if _THE_OTHER.search(question.text) or names_somebody_else(question.text, shelves.records, scope.patient_id):
        text = "This question names a person whose chart is not open. Answers here come from the open chart only."
        return Draft((), text, AbstentionReason.OUT_OF_SCOPE, lambda: None)
    return None


_THE_OTHER = re.compile(r"\b[Tt]he other (?:patient\b|[A-Z]\.? ?[A-Z]\w+)|\b(?:room-?mate|next bed)\b")


def _anchored(plan: Plan, shelves: Shelves, scope: Scope, today: date) -> Plan:
    """Read "before the vasectomy" as a window: up to the day of what the chart holds of it, or from then on."""
    timed = timed_by_event(plan, shelves.records, scope=scope, today=today)
    if timed is not None:
        return timed
    if lacks_event(plan, shelves.records, scope=scope):
        plan = plan.model_copy(update={"lost": True})
    kinds = {target.kind for target in plan.targets}
    about_values = ConceptKind.MEASUREMENT in kinds and plan.intent in OF_VALUES | {Intent.DESCRIBE}
    if plan.window is not None or not about_values or len(plan.targets) < 2:
        return plan
    for item in retrieve_facts(plan, shelves.records, scope=scope):
        word, dated = anchor_word(item, plan), [fact for fact in item.facts if fact.occurred]
        if not word or not dated or dated[0].occurred is None:
            continue
        words, day = f"{word} {item.target.words}", dated[0].occurred.first_day
        if word in {"before", "prior to"}:
            return plan.model_copy(update={"window": Window(last=day - timedelta(days=1), words=words)})
        asks_newest = plan.intent is not Intent.LATEST or plan.newest
        first = plan.intent if asks_newest else _VALUE_FROM.get(word, plan.intent)
        return plan.model_copy(update={"window": Window(first=day, words=words), "intent": first})
    return plan


_VALUE_FROM = {"after": Intent.FIRST, "following": Intent.FIRST, "since": Intent.TREND}
"""What is asked of a value from something on: the next one after it, or how it went since."""


def _missing(plan: Plan, claims: Sequence[DraftClaim]) -> list[Missing]:
    if plan.intent is Intent.REASON and claims and not any(_tells_why(claim, plan) for claim in claims):
        return [Missing(what="reason", why="the chart does not say why")]
    if claims and all(claim.route == "order" for claim in claims):
        if all(_CALLED_OFF.search(claim.text) for claim in claims):
            return []  # nothing is to come of it
        return [Missing(what="result", why="it was ordered; the chart holds no result")]
    measured = any(target.kind is ConceptKind.MEASUREMENT for target in plan.targets)
    asks_result = ASKS_RESULT.search(plan.text) is not None or (measured and plan.intent in OF_VALUES)
    if (
        claims
        and asks_result
        and all(claim.route == "last_happening" and ":" not in claim.text and "(" not in claim.text for claim in claims)
    ):
        return [Missing(what="result", why="it was done; the chart holds no result")]
    if plan.intent is Intent.DOSE and (asks_frequency(plan.text) or asks_course(plan.text)):
        return []  # without it, no claim answers
    if plan.intent is Intent.DOSE and claims and not any(re.search(r"\d", _outside_dates(claim.text)) for claim in claims):
        return [Missing(what="dose", why="the chart names the medication without a dose")]
    return []


_STILL_OPEN = Cue(r"\b(?:pending|outstanding|waiting|awaited|awaiting|still to (?:come|be \w+)|coming up)\b")
"""Asks for what is still to come, and for nothing that was called off."""
_CALLED_OFF = re.compile(r"\(order (?:revoked|cancelled)\)")


def _tells_why(claim: DraftClaim, plan: Plan) -> bool:
    """Say whether a claim tells a reason: a sentence of a note, a reason of record, why it was not done, what a visit was for.

    What a medicine is for tells why it was begun, and not why it was stopped or changed.
    """
    begun = plan.event not in {Event.STOPPED, Event.CHANGED} and claim.category is Category.MEDICATION
    told = claim.route in QUOTES | {"visit_note"} or "reason:" in claim.text
    undone = re.search(r"\bnot[- ]done\b.*(?:\(|: )", claim.text) is not None
    if claim.category is Category.CONDITION and " was refuted" in claim.text and "(note: " in claim.text:
        return True
    caused = claim.category is Category.CONDITION and _BY_CAUSE.search(claim.text.partition(":")[0]) is not None
    return told or undone or caused or ((begun or claim.category is Category.ENCOUNTER) and ", for " in claim.text)


_BY_CAUSE = Cue(
    r"\w-?induced\b|\b(?:due|secondary|related) to\b|\bcaused by\b|\b(?:post|steroid|drug|alcohol|medication)[- ](?:induced|related|operative|partum|viral|traumatic)\b"
)
"""Names a problem by what caused it: "amiodarone-induced hypothyroidism"."""


def _outside_dates(text: str) -> str:
    return re.sub(r"\d{4}(?:-\d\d){0,2}", "", text)


def _silence(plan: Plan, shelves: Shelves, scope: Scope, *, understood: bool) -> str:
    asked = ", ".join(dict.fromkeys(target.label for target in plan.targets)) or ", ".join(plan.keywords[:4])
    asked = asked or ", ".join(dict.fromkeys(word for word in forms(plan.text) if word in plan.relatives))
    when = f" ({plan.window.words})" if plan.window else ""
    searched = in_words(certify(plan, shelves.records, scope=scope))
    if not understood:
        return f"I did not understand what is asked. Name a test, a medicine, a problem, a visit or a time. {searched}"
    what = asked or (plan.subject.value.replace("_", " ") if plan.subject else "this")
    event = f" that it was {plan.event.value}" if plan.event in {Event.STOPPED, Event.CHANGED} and plan.targets else ""
    unknown = f" Not understood, and looked for as words only: {', '.join(plan.unknown)}." if plan.unknown else ""
    return f"Not documented: the chart has no record that answers this about {what}{event}{when}.{unknown} {searched}"
