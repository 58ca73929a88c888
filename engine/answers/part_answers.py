"""One part of a question → draft claims: what answers at once, then facts, then sentences of notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from chartcite.engine.answers.disputed import asks_whether_true, disputes
from chartcite.engine.answers.fact_routes import INJECTED, Asked, claims_from_facts, operated_at
from chartcite.engine.answers.focus import QUOTES, telling, tells
from chartcite.engine.answers.left_open import left_open, quoted_texts, says_little
from chartcite.engine.answers.reading import Reading
from chartcite.engine.confidence.confidence_asked import said_by
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Evidence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.allergens import asks_of_thing
from chartcite.engine.facts.allergies import allergy_quotes
from chartcite.engine.facts.care_plans_told import told_by_care_plans, told_when_to_call
from chartcite.engine.facts.demographics import who_decides, whom_to_call
from chartcite.engine.facts.devices_told import told_devices
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.happenings import names_all_of_class
from chartcite.engine.facts.list_choice import whole_list
from chartcite.engine.facts.lists_of_time import tests_of_time
from chartcite.engine.facts.named_values import told_named_values
from chartcite.engine.facts.next_due import told_next, told_next_of_name
from chartcite.engine.facts.procedure_results import result_of_procedure
from chartcite.engine.facts.statements import name_of
from chartcite.engine.facts.states_by_value import told_by_flagged_value
from chartcite.engine.findings.calculated import ROUTE
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.medicines.avoided_medicines import asks_allowed, asks_avoided, told_avoided, told_forbidden
from chartcite.engine.medicines.cycles_told import told_cycles
from chartcite.engine.medicines.episode_treatment import told_treatment
from chartcite.engine.medicines.side_effects import asks_side_effects, told_harm_of, told_side_effects
from chartcite.engine.medicines.taken_otherwise import told_otherwise
from chartcite.engine.medicines.treatment_values import told_by_usual_values, told_by_values
from chartcite.engine.notes.bare_reasons import gives_bare_reason
from chartcite.engine.notes.cancer_stage_told import asks_cancer_stage, told_cancer_stage
from chartcite.engine.notes.contingencies_told import told_contingency
from chartcite.engine.notes.everyday_topics import Topic
from chartcite.engine.notes.label_answers import asks_exactly, asks_of_operation, told_by_label
from chartcite.engine.notes.lasting_told import baseline_told, still_told
from chartcite.engine.notes.lesions_told import told_lesion
from chartcite.engine.notes.life_topics import (
    LIFE,
    asks_decider,
    asks_drink,
    newest_day,
    told_of_topic,
    topic_asked,
    topics_asked,
)
from chartcite.engine.notes.named_notes import notes_named
from chartcite.engine.notes.note_choice import rather_of_notes
from chartcite.engine.notes.note_sections import OPINION, part_asked, planned_for_named, told_in_part
from chartcite.engine.notes.paused_around import told_pause
from chartcite.engine.notes.quoting import MOST_QUOTES, quote_answers
from chartcite.engine.notes.reasons_told import (
    TURN,
    reasons_against,
    reasons_at_turn,
    reasons_by_label,
    reasons_by_source,
    reasons_of_referral,
)
from chartcite.engine.notes.report_notes import told_by_report
from chartcite.engine.notes.responses import asks_response, tells_outcome, told_response
from chartcite.engine.notes.restrictions_told import told_restriction
from chartcite.engine.notes.sayings import said_by_somebody
from chartcite.engine.notes.second_look import LEAST_BESIDE, LEAST_INSTEAD, NEAR_QUOTE, look_again
from chartcite.engine.notes.strays import without_strays
from chartcite.engine.notes.targets_told import asks_target, told_targets
from chartcite.engine.notes.turn_causes import tells_harm_at_end
from chartcite.engine.ports import InPlace
from chartcite.engine.questions.intents import read_intent
from chartcite.engine.questions.listed_things import listed_measurements
from chartcite.engine.questions.members import among_class
from chartcite.engine.questions.particulars import asks_something_taken
from chartcite.engine.questions.persons import all_relatives
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Event, Intent
from chartcite.engine.retrieval import TargetFacts, retrieve_facts, retrieve_passages
from chartcite.engine.stories.overview import asks_overview, overview
from chartcite.engine.stories.problem_summary import day_of
from chartcite.engine.stories.stay_summary import asks_all_visits
from chartcite.engine.stories.summaries import summary
from chartcite.engine.visits.told_procedures import told_procedure

NARRATIVE_INTENTS = frozenset({Intent.REASON, Intent.DESCRIBE, Intent.WHO})
"""What tables seldom tell: notes are read even when facts were found."""
_TOLD_BY_VALUES = frozenset({ConceptKind.MEASUREMENT, ConceptKind.DRUG, ConceptKind.VACCINE})
_LISTED = frozenset({"active_list", "past_medications", "medications_in_window", "list"})
_WHOLE = frozenset({"visit", "carer", ROUTE})
"""Routes that bring what the notes add along."""
_TOLD_BY_TABLES = frozenset({Category.MEDICATION, Category.IMMUNIZATION})
"""Lists whose entries answer before the notes do, where nothing further is asked of them."""


def answer_part(reading: Reading, demographics: Sequence[Fact]) -> list[DraftClaim]:
    """Draft the claims of one part that tell what it asks; where it names a note, what stands in that one comes first."""
    told = rather_of_notes(reading, _answered(reading, demographics)) or told_by_care_plans(reading)
    return told or told_by_flagged_value(reading)


def _answered(reading: Reading, demographics: Sequence[Fact]) -> list[DraftClaim]:
    """Draft the claims of one part from all of the chart; a sentence about something near by is no answer."""
    lexicon = reading.chart.lexicon
    if asks_overview(reading.plan):
        return overview(reading)
    treated = told_treatment(reading)
    if treated:
        return treated
    if _sums_up_operations(reading.plan):
        reading = reading._replace(plan=reading.plan.model_copy(update={"intent": Intent.LIST, "keywords": ()}))
    if reading.plan.intent is Intent.SUMMARY:
        told = _all_visits(reading) or summary(reading)
        if told is not None:
            return told
        plan = reading.plan
        asked = read_intent(plan.text, plan.targets, plan.subject, plan.window)
        reading = reading._replace(plan=plan.model_copy(update={"intent": asked}))
    if asks_avoided(reading.plan):
        return told_avoided(reading)
    if asks_allowed(reading.plan) and (forbidden := told_forbidden(reading)):
        return forbidden
    if asks_target(reading.plan) and not _is_entered(reading, _AIMED_AT):
        return told_targets(reading)
    found, chosen_by = among_class(
        retrieve_facts(reading.plan, reading.shelves.records, scope=reading.scope), reading.plan.keywords, lexicon
    )
    if chosen_by:
        left = tuple(word for word in reading.plan.keywords if word not in chosen_by)
        reading = reading._replace(plan=reading.plan.model_copy(update={"keywords": left}))
    told = _told_at_once(reading, found, demographics)
    if told or _is_lone(reading.plan, before_facts=True, but_of_chart=True):
        return told  # that a medicine is on a list does not tell who gives it
    done_by = _done_by(reading)
    if done_by:
        return done_by
    facts = _told_by_facts(reading, _facts(reading, found, demographics))
    return [*_later_of_life(reading, found, facts), *facts]


_AIMED_AT = "dry-weight"
"""The measurement that is itself a goal."""


def _is_entered(reading: Reading, measurement: str) -> bool:
    """Say whether a question names a measurement of which the tables hold values."""
    found = retrieve_facts(reading.plan, reading.shelves.records, scope=reading.scope)
    return any(measurement in item.target.ids and any(fact.span is None for fact in item.facts) for item in found)


def _sums_up_operations(plan: Plan) -> bool:
    """Say whether the operations of a life are to be summed up: that is their list, and no story of one of them."""
    return plan.intent is Intent.SUMMARY and len(plan.targets) == 1 and plan.targets[0].label == "surgery" and plan.window is None


def _all_visits(reading: Reading) -> list[DraftClaim]:
    """List the stays or visits where all of them are to be summed up; empty: that is not asked, or there is but one."""
    if not asks_all_visits(reading.plan):
        return []
    every = {"intent": Intent.LIST, "every": True, "text": "list all visits"}
    listed = whole_list(reading._replace(plan=reading.plan.model_copy(update=every))) or []
    return listed if len(listed) > 1 else []


def _facts(reading: Reading, found: Sequence[TargetFacts], demographics: Sequence[Fact]) -> list[DraftClaim]:
    """Draft what the tables tell of a part; that a medicine is taken tells nothing of what came of it."""
    asked = Asked(reading, found, demographics)
    facts = telling(reading.plan, claims_from_facts(asked), reading.chart.lexicon) or operated_at(asked)
    if asks_response(reading.plan) and reading.plan.intent is Intent.PRESENCE:
        return [claim for claim in facts if claim.category is not Category.MEDICATION or "reason:" in claim.text]
    if _only_named(facts) and asks_drink(reading.plan):
        return []  # a habit is told by the topic: what was so one evening is none
    return _with_reason_first(facts, reading.plan)


def _done_by(reading: Reading) -> list[DraftClaim]:
    """Tell who did what one part of a question names: "who was the surgeon, and what anaesthetic was it?"."""
    of_deed = reading.plan.intent is Intent.WHO and reading.plan.subject is Category.PROCEDURE
    return told_procedure(reading.plan.text, [reading.plan], reading) if of_deed else []


def _told_by_facts(reading: Reading, facts: list[DraftClaim]) -> list[DraftClaim]:
    """Return facts with what notes say against them, for them, or in their place."""
    lexicon = reading.chart.lexicon
    bare = reading.plan.family and not (reading.plan.relatives or reading.plan.keywords)
    if bare and facts and all(claim.route == "family" for claim in facts):
        return [*facts, *_of_other_kin(reading, facts)]
    disputed = disputes(reading, facts) if asks_whether_true(reading.plan) or any(map(_is_allergy, facts)) else []
    if disputed:
        whole = any(claim.route == "allergy_list" for claim in facts)
        return [*disputed, *(facts if whole else facts[:MOST_BESIDE_NOTES])]
    otherwise = told_otherwise(reading, facts)
    if otherwise:
        return [*facts, *otherwise]
    as_noted = still_told(reading, facts) or baseline_told(reading)
    if as_noted:
        return [*as_noted, *facts[:MOST_BESIDE_NOTES]]
    of_label = _only_named(facts) or _untold_of_operation(reading.plan, facts)
    against = reasons_against(reading, facts) or (told_by_label(reading, lists=True) if of_label else [])
    if against or (not facts and asks_exactly(reading.plan)):
        return against
    noted = _unless_doubted(reading, _with_notes(reading, _about_first(reading.plan, facts)))
    drafted = without_strays(reading.plan.text, noted, reading.shelves.reader)
    told = telling(reading.plan, drafted, lexicon)
    return _naming(reading.plan, [claim for claim in drafted if claim.route in _WEIGHED_ALREADY or claim in told])


def _naming(plan: Plan, claims: list[DraftClaim]) -> list[DraftClaim]:
    """Of a medicine that no table holds and that another part named ("how did he take it?"), keep what names it."""
    meant = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    said = forms(plan.text)
    if not meant or any(target.concept_keys or target.find(said) is not None for target in plan.targets):
        return claims
    return [claim for claim in claims if any(target.find(forms(" ".join(quoted_texts(claim)))) is not None for target in meant)]


def _untold_of_operation(plan: Plan, facts: Sequence[DraftClaim]) -> bool:
    """Say whether it is asked how an operation went, and its entry does not tell that."""
    return asks_of_operation(plan) and not any("complication" in claim.text.lower() for claim in facts)


def _only_named(facts: Sequence[DraftClaim]) -> bool:
    """Say whether no table answers: nothing does, or sentences of notes that name what is asked of."""
    return all(claim.route == "note_fact" for claim in facts)


def _told_at_once(reading: Reading, found: Sequence[TargetFacts], demographics: Sequence[Fact]) -> list[DraftClaim]:
    """Return what answers before the tables are asked: the first that tells."""
    plan = reading.plan
    # What a part takes from the one before it is no list that tells what it asks.
    listed = any(item.facts for item in found if item.target.words.lower() in plan.text.lower())
    return (
        told_when_to_call(reading)
        or told_devices(reading)
        or told_contingency(reading)
        or told_restriction(reading)
        or told_pause(reading)
        or told_cycles(reading)
        or (_deciders(reading, demographics) if asks_decider(plan) else None)
        or whom_to_call(plan, demographics, reading.chart)
        or (None if plan.lost else said_by_somebody(reading))
        or (told_side_effects(reading) if asks_side_effects(plan) else told_harm_of(reading))
        or tests_of_time(reading)
        or (None if plan.lost else told_named_values(found, plan, reading.chart))
        or told_by_values(reading, found)
        or told_next(reading, found)
        or told_next_of_name(reading)
        or (_response(reading, found) if asks_response(plan) else None)
        or (told_cancer_stage(reading) if asks_cancer_stage(plan, reading.chart.lexicon) else None)
        or told_lesion(reading)
        or told_by_label(reading, lists=False)
        or _told_in_part(reading, found)
        or result_of_procedure(reading, found)
        or _told_by_report(reading, found)
        or _told_later(reading, found, demographics)
        or _told_of_life(reading, before_facts=True, listed=listed)
        or reasons_of_referral(reading)
    )


def _deciders(reading: Reading, demographics: Sequence[Fact]) -> list[DraftClaim]:
    """Tell who decides for the patient: as the chart lists it, with what notes say of it."""
    teams = reading.shelves.records.facts(reading.scope, categories=(Category.CARE_TEAM,))
    listed = who_decides(reading.plan, demographics, teams, reading.chart)
    return [*listed, *_told_of_life(reading, before_facts=True)]


def _response(reading: Reading, found: Sequence[TargetFacts]) -> list[DraftClaim]:
    """Tell whether a treatment helped: by values that follow what it is for, with what notes say of it by name; else by notes."""
    values, quotes = told_by_usual_values(reading, found), told_response(reading, found)
    if not values:
        return quotes
    targets = [item.target for item in found]
    named = [claim for claim in quotes if any(target.find(forms(claim.text)) is not None for target in targets)]
    return [*values, *named[:1]]


def _told_in_part(reading: Reading, found: Sequence[TargetFacts]) -> list[DraftClaim]:
    """Quote the part of a note that is asked for ("the plan", "the impression"), where no value answers."""
    part, records = part_asked(reading.plan), reading.shelves.records
    told: list[DraftClaim] = []
    if part is not None and (part is OPINION or not any(item.facts and item.target.kind in _TOLD_BY_VALUES for item in found)):
        passages = list(records.all_passages(reading.scope))
        keys = notes_named(reading.question or reading.plan.text, reading.plan, passages).keys
        told = told_in_part(part, reading.plan, [each for each in passages if not keys or each.document_key in keys], records)
    return told or planned_for_named(reading.plan, list(records.all_passages(reading.scope)), records)


def _told_by_report(reading: Reading, found: Sequence[TargetFacts]) -> list[DraftClaim]:
    """Quote a report that stands in the chart as a note, where no table holds one of it."""
    if any(fact.category in _RESULTS for item in found for fact in item.facts):
        return []
    records = reading.shelves.records
    return told_by_report(reading.plan, list(records.all_passages(reading.scope)), records)


_RESULTS = frozenset({Category.REPORT, Category.LABORATORY, Category.OBSERVATION})


def _told_later(reading: Reading, found: Sequence[TargetFacts], demographics: Sequence[Fact]) -> list[DraftClaim]:
    """Quote the newest note on a topic of which a table tells as well, unless the table was written after it."""
    topic = topic_asked(reading.plan, before_facts=True)
    if topic is None or not topic.against_tables:
        return []
    records = reading.shelves.records
    # A document that gave the entries of a table says nothing against them: its sections are the same record in words.
    same = {fact.resource for item in found for fact in item.facts if fact.span is None}
    passages = [passage for passage in records.all_passages(reading.scope) if passage.resource not in same]
    noted = newest_day(topic, reading.plan, passages)
    days = {known.day for item in found for fact in item.facts if (known := fact.occurred or fact.recorded) is not None}
    if not noted or any(day > noted for day in days):
        return []
    told = told_of_topic(topic, reading.plan, passages, records)
    return [*claims_from_facts(Asked(reading, found, demographics)), *told] if noted in days else told


def _later_of_life(reading: Reading, found: Sequence[TargetFacts], told: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Quote what the newest note tells of work or drink, where a table that tells of it was written before."""
    plan = reading.plan
    topic = next((each for each in topics_asked(plan, before_facts=False) if each.entered and each.newest), None)
    days = [known.day for item in found for fact in item.facts if (known := fact.occurred or fact.recorded) is not None]
    if topic is None or not days or plan.family or plan.window is not None or any(claim.route in QUOTES for claim in told):
        return []
    passages = [
        passage
        for passage in reading.shelves.records.all_passages(reading.scope)
        if (known := passage.recorded or passage.occurred) is not None and known.day[:10] > max(days)[:10]
    ]
    return told_of_topic(topic, plan, passages, reading.shelves.records)[:1]


def _told_of_life(reading: Reading, *, before_facts: bool, listed: bool = False) -> list[DraftClaim]:
    """Quote what notes tell of work, home, driving and the like, where that is asked; `listed`: a table tells of it."""
    for topic in topics_asked(reading.plan, before_facts=before_facts):
        told = _told_of_one(topic, reading, listed=listed)
        if told or topic.alone:
            return told
    return []


def _told_of_one(topic: Topic, reading: Reading, *, listed: bool) -> list[DraftClaim]:
    """Quote what notes tell of one topic; empty: nothing, or a table tells it."""
    if listed and topic.of_chart and not topic.of_medicine and reading.plan.intent is not Intent.REASON:
        return []
    records = reading.shelves.records
    if topic.name == "insurance" and records.facts(reading.scope, categories=(Category.COVERAGE,)):
        return []  # the list tells it
    told = told_of_topic(topic, reading.plan, list(records.all_passages(reading.scope)), records)
    if topic.entered and not reading.plan.family:
        told = _with_entries(topic, reading, told)
    # A payer is no person, though people ask "who" it is, and a wish is no value.
    # What tells of a topic is no value either, and "alone" answers with whom somebody lives.
    return (
        told
        if topic.newest or topic.of_week
        else [each for each in told if tells(reading.plan, each, reading.chart.lexicon, but=_NOT_OF_LIFE)]
    )


def _with_entries(topic: Topic, reading: Reading, told: list[DraftClaim]) -> list[DraftClaim]:
    """Put before sentences the newest entries of tables that tell of a topic: who asks for beer is told of alcohol."""
    listed = reading.shelves.records.facts(reading.scope, categories=(Category.SOCIAL_HISTORY,))
    entries = {
        (name_of(fact), fact.value.shown.lower()): fact
        for fact in listed
        if fact.span is None
        and fact.value is not None
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
        and topic.told.search(f"{name_of(fact)}: {fact.value.shown}")
        and (reading.plan.window is None or reading.plan.window.holds(fact.occurred))
    }
    newest = sorted(entries.values(), key=day_of)[-MOST_ENTRIES:]
    return [
        *(draft(fact, reading.chart, route=LIFE_ENTRY) for fact in reversed(newest)),
        *told[: MOST_ENTRIES if newest else None],
    ]


LIFE_ENTRY = "life_entry"
"""Route of entries of tables that tell of a topic of life."""
MOST_ENTRIES = 2
_NOT_OF_LIFE = ("value", "person", "place", "dose")
"""Particulars that sentences about somebody's life need not hold."""
_WEIGHED_ALREADY = frozenset({NEAR_QUOTE, LIFE, LIFE_ENTRY, TURN})
"""Routes that chose by the particulars that are asked."""
_OTHER_TESTS = frozenset({Category.LABORATORY, Category.VITAL_SIGN, Category.OBSERVATION, Category.SURVEY})


def _about_first(plan: Plan, claims: list[DraftClaim]) -> list[DraftClaim]:
    """The measurement that a question names first must be told: other tests, or the visit, do not answer for a DLCO."""
    measured = [target for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]
    alone = bool(measured) and plan.targets[0] is measured[0] and not measured[0].concept_keys
    alone = alone and all(claim.category in _OTHER_TESTS or claim.route == ROUTE for claim in claims)
    if not alone and (len(measured) < 2 or any(claim.route == ROUTE for claim in claims)):
        return claims
    # "uric acid, creatinine and weight": of a list any may be told, what one lacks says nothing of the others.
    first = listed_measurements(plan) or measured[:1]
    said = [forms(f"{claim.text} {' '.join(quoted_texts(claim))}") for claim in claims]
    told = any(target.find(words) for target in first for words in said)
    scored = set(forms(measured[0].label)) - _SCORES
    told = told or any(claim.route == ROUTE and scored <= set(forms(claim.text.partition(":")[0])) for claim in claims)
    return claims if told else []


_SCORES = frozenset({"score", "index", "risk", "scale"})


"""Words that the name of a result may lack: it is called "CHA2DS2-VASc", and the test "CHA2DS2-VASc score"."""


def _with_notes(reading: Reading, claims: list[DraftClaim]) -> list[DraftClaim]:
    """Add to what tables tell what notes say of it, where they may add something; where nothing is told, ask the notes."""
    plan = reading.plan
    if plan.subject is Category.ALLERGY and not plan.family:
        return [] if claims and _tells_no_result(plan, claims) else claims or allergy_quotes(reading)
    little = says_little(plan, claims)
    adds = little or _notes_may_add(plan, claims) or _tells_no_result(plan, claims)
    if claims and (_told_alone(plan, claims) or not adds):
        return claims
    of_life = None if claims else _only_of_life(reading)
    return _with_quotes(reading, claims, little=little) if of_life is None else of_life


MOST_KIN = 2


def _of_other_kin(reading: Reading, claims: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Quote what notes tell of relatives whom the family history leaves out: it is seldom whole."""
    plan = reading.plan
    evidence = retrieve_passages(plan.text, plan, reading.shelves, scope=reading.scope)
    quotes = telling(plan, quote_answers(plan, evidence, reading.shelves.records), reading.chart.lexicon)
    known = {word for claim in claims for word in forms(claim.text)} & all_relatives()
    told: list[DraftClaim] = []
    for claim in quotes:
        kin = {word for text in quoted_texts(claim) for word in forms(text)} & all_relatives() - _PATIENT_AS_KIN
        if kin - known:
            told.append(claim)
            known |= kin
    return told[:MOST_KIN]


_PATIENT_AS_KIN = frozenset({"child", "son", "daughter", "kid", "baby", "boy", "girl", "family"})


def _told_alone(plan: Plan, claims: Sequence[DraftClaim]) -> bool:
    """Say whether claims answer so that what else notes say near the words for it is beside the point."""
    if asks_of_thing(plan) and _is_allergy(claims[-1]) and all(claim.route in _OF_THINGS for claim in claims):
        return True
    if all(claim.route == INJECTED for claim in claims):
        return True
    if names_all_of_class(plan) and all(claim.category is Category.PROCEDURE for claim in claims):
        return True
    return all(claim.category is Category.SOCIAL_HISTORY for claim in claims) and asks_drink(plan)


def _only_of_life(reading: Reading) -> list[DraftClaim] | None:
    """Return what notes tell of the life that is asked of; empty: nothing else would answer. `None`: they may be searched."""
    if _is_lone(reading.plan, before_facts=True):
        return []
    told = _told_of_life(reading, before_facts=False)
    return told if told or _is_lone(reading.plan, before_facts=False) else None


def _is_lone(plan: Plan, *, before_facts: bool, but_of_chart: bool = False) -> bool:
    """Say whether a topic is asked that its own sentences tell, and nothing that stands near."""
    topics = topics_asked(plan, before_facts=before_facts)
    return any(topic.alone and not (but_of_chart and topic.of_chart) for topic in topics)


def _with_quotes(reading: Reading, claims: list[DraftClaim], *, little: bool) -> list[DraftClaim]:
    """Quote the sentences of notes that answer, by their words first, then as they are read together with the question."""
    untreated = [target for target in reading.plan.targets if _is_unknown_problem(target)]
    plan = _with_treatments(reading.plan, claims, reading.chart.lexicon)
    evidence = retrieve_passages(plan.text, plan, reading.shelves, scope=reading.scope)
    beside_facts = bool(claims) and plan.intent not in NARRATIVE_INTENTS and not _only_tells_silence(claims)
    drafted = quote_answers(plan, evidence, reading.shelves.records, with_facts=beside_facts)
    if asks_response(plan) and plan.intent is Intent.PRESENCE:
        drafted = [claim for claim in drafted if tells_outcome(" ".join(quoted_texts(claim)))]
    if plan is not reading.plan and untreated:
        drafted = [claim for claim in drafted if _beside_any(claim, untreated, evidence)]
    quotes = _with_turns(reading, telling(reading.plan, drafted, reading.chart.lexicon), claims)
    left = not claims or _tells_no_result(plan, claims) or left_open(plan, claims, reading.chart.lexicon)
    bare = plan.intent is Intent.REASON and little and any(gives_bare_reason(claim.text, plan.text) for claim in claims)
    if quotes or not (left or bare):
        merged = _merged(claims, quotes, plan)
        open_still = says_little(plan, merged, least=1.0) if quotes else little
        beside = _looked(reading, evidence, least=LEAST_BESIDE) if open_still else []
        lead = [claim for claim in quotes[:1] if plan.intent is Intent.REASON and tells_harm_at_end(claim.citations[0].quote)]
        beside = [claim for claim in beside if not any(_overlap(claim, each) for each in lead)]
        others = [claim for claim in _others(beside, merged) if claim not in lead]
        return [*lead, *beside, *others[:MOST_BESIDE_NOTES]] if beside else merged
    looked = _looked(reading, evidence, least=LEAST_BESIDE if bare else None)
    if untreated and asks_something_taken(plan.text):
        looked = [claim for claim in looked if _beside_any(claim, untreated, evidence)]
    told = _told_of_life(reading, before_facts=False) or looked
    return [*told, *claims[:MOST_BESIDE_NOTES]] if bare and not left else told


def _overlap(one: DraftClaim, other: DraftClaim) -> bool:
    """Say whether two quotes share a sentence of one note."""
    (first, *_), (second, *_) = one.citations, other.citations
    return first.source.resource == second.source.resource and first.start < second.end and second.start < first.end


_QUOTED = frozenset({"quote", "note_fact"})
_OF_THINGS = _QUOTED | {"allergy"}


def _others(quoted: Sequence[DraftClaim], claims: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Return the claims whose quotes do not stand within those that come first."""
    whole = "\n".join(text for claim in quoted for text in quoted_texts(claim))
    return [claim for claim in claims if claim.route not in _QUOTED | {TURN} or claim.citations[0].quote not in whole]


def _with_turns(reading: Reading, quotes: list[DraftClaim], facts: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Put before the quotes what the notes around a medicine's turn say of its cause."""
    turns = reasons_at_turn(reading, facts)
    turns = turns or reasons_by_label(reading)
    if not (turns or quotes):
        turns = reasons_by_source(reading)
    told = {citation.quote for claim in turns for citation in claim.citations}
    others = [claim for claim in quotes if not any(claim.citations[0].quote in each for each in told)]
    return [*turns, *others]


DOUBTED, DISBELIEVED = -0.5, -3.0
"""Log-odds, as the reader sees the likeliest, below which another sentence may stand instead of those chosen by their words, and
below which they are not shown."""
MOST_DOUBTED = 4


def _unless_doubted(reading: Reading, claims: list[DraftClaim]) -> list[DraftClaim]:
    """Read sentences that were chosen by their words alone; those that hardly answer make way for a likelier one, or for none.

    A denial that is cited stays: it was weighed by what it denies.
    """
    if not claims or not all(claim.route == "quote" and claim.kind is not ClaimKind.ABSENCE for claim in claims):
        return claims
    plan = reading.plan
    sentences = [InPlace(said_by(claim), before="", section="") for claim in claims[:MOST_DOUBTED]]
    read = max(reading.shelves.reader.read(plan.text, sentences))
    if read >= DOUBTED:
        return claims
    evidence = retrieve_passages(plan.text, plan, reading.shelves, scope=reading.scope)
    return _looked(reading, evidence, least=LEAST_INSTEAD) or (claims if read >= DISBELIEVED else [])


MOST_BESIDE_NOTES = 3
"""Facts that are told after sentences of notes which say more of what is asked."""


def _looked(reading: Reading, evidence: Sequence[Evidence], *, least: float | None = None) -> list[DraftClaim]:
    found = look_again(reading.plan, evidence, reading.shelves, reading.chart.lexicon, least=least)
    if reading.looked is not None:
        reading.looked.append(found)
    return found.claims


def _with_treatments(plan: Plan, claims: Sequence[DraftClaim], lexicon: Lexicon) -> Plan:
    """Where notes alone can tell what is taken for a problem, look for the medicines that treat it, by name."""
    if claims or plan.subject is not Category.MEDICATION or any(target.kind is ConceptKind.DRUG for target in plan.targets):
        return plan
    drugs = lexicon.treatments_of([id_ for target in plan.targets for id_ in target.ids[:1]])
    if not drugs:
        return plan
    runs = tuple(dict.fromkeys(forms(surface) for surface in lexicon.surfaces(sorted(drugs))))
    label = f"medication for {plan.targets[0].label}"
    return plan.model_copy(update={"targets": (Target(words=label, label=label, kind=ConceptKind.DRUG, alternatives=runs),)})


def _is_unknown_problem(target: Target) -> bool:
    """Say whether a target is a problem, or a class of problems, that stands nowhere in the chart."""
    return target.kind is ConceptKind.CONDITION and not target.concept_keys


def _beside_any(claim: DraftClaim, problems: Sequence[Target], evidence: Sequence[Evidence]) -> bool:
    """Say whether the passage of a quote names one of some problems: a medicine that treats a problem treats others, too."""
    quotes = quoted_texts(claim)
    held = [
        forms(item.passage.text)
        for item in evidence
        if any(" ".join(quote.split()) in " ".join(item.passage.text.split()) for quote in quotes)
    ]
    return any(target.find(words) is not None for target in problems for words in held)


def _tells_no_result(plan: Plan, claims: Sequence[DraftClaim]) -> bool:
    """Say whether a result (or a reaction) is asked, and facts only tell that something was done, ordered or recorded."""
    asks = ASKS_RESULT.search(plan.text) is not None and plan.intent in {Intent.DESCRIBE, Intent.LATEST, Intent.LIST}
    if asks and all(
        claim.route in {"last_happening", "order"} and ":" not in claim.text and "(" not in claim.text for claim in claims
    ):
        return True
    asks_reaction = _REACTION.search(plan.text) is not None and plan.intent is Intent.DESCRIBE
    return asks_reaction and all(_is_allergy(claim) and ":" not in claim.text for claim in claims)


_REACTION = re.compile(r"\b(?:reactions?|react|symptoms?|happen(?:s|ed)?|how (?:bad|severe)|severity)\b", re.IGNORECASE)


def _is_allergy(claim: DraftClaim) -> bool:
    """Say whether a claim tells an entry of the list of allergies."""
    return claim.category is Category.ALLERGY


def _notes_may_add(plan: Plan, claims: Sequence[DraftClaim]) -> bool:
    if not claims or _only_tells_silence(claims):
        return True
    if any(claim.route in _WHOLE for claim in claims):
        return False
    if plan.harm:
        return True
    if plan.intent in NARRATIVE_INTENTS:
        return True
    return bool(plan.keywords and plan.targets)


def _only_tells_silence(claims: Sequence[DraftClaim]) -> bool:
    """Say whether facts only tell that something was not done, refuted, or merely ordered: notes may know more."""
    return all(claim.kind is ClaimKind.ABSENCE or claim.route == "order" for claim in claims)


def _merged(claims: Sequence[DraftClaim], quotes: Sequence[DraftClaim], plan: Plan) -> list[DraftClaim]:
    """Put facts first; for reasons the quote that tells the cause first."""
    told_why = any("reason:" in claim.text and not gives_bare_reason(claim.text, plan.text) for claim in claims)
    if _ASKS_SORT.search(plan.text) and any(
        claim.category is Category.CONDITION and _SORT.search(claim.text) for claim in claims
    ):
        return [*claims, *quotes[:1]]
    answered = plan.intent is Intent.DESCRIBE and not plan.keywords and plan.event is None and plan.subject in _TOLD_BY_TABLES
    every = plan.intent is Intent.LIST or (plan.every and plan.intent is Intent.DESCRIBE and not plan.harm)
    whole = every and not plan.keywords and plan.subject is Category.MEDICATION
    if whole and claims and all(claim.category is Category.MEDICATION for claim in claims):
        return list(claims)
    if answered and claims and not _only_tells_silence(claims):
        listed = all(claim.route in _LISTED for claim in claims)
        return list(claims) if listed else [*claims, *quotes[:1]]
    if plan.family and plan.intent is Intent.DESCRIBE and all(claim.route == "family" for claim in claims):
        return [*claims, *quotes[:MOST_QUOTES]]
    if plan.intent in NARRATIVE_INTENTS and quotes and not told_why:
        return [*quotes[:MOST_QUOTES], *claims[:2]]
    if _only_tells_silence(claims):
        refuted = plan.intent is Intent.PRESENCE and all(claim.category is Category.CONDITION for claim in claims)
        return [*claims[:2], *(_refuting(plan, quotes) if refuted else quotes[:MOST_QUOTES])]
    return [*claims, *quotes[: 2 if plan.intent is Intent.REASON else 1]]


def _with_reason_first(claims: Sequence[DraftClaim], plan: Plan) -> list[DraftClaim]:
    """Where it is asked why one medicine made way for another, put the entries that tell a reason of it first."""
    if plan.intent is not Intent.REASON or plan.event is not Event.CHANGED:
        return list(claims)
    return sorted(claims, key=lambda claim: not _made_way(claim, claims))


def _made_way(claim: DraftClaim, claims: Sequence[DraftClaim]) -> bool:
    """Say whether an entry with a reason ended when one of another medicine began."""
    ended = _ENDED.search(claim.text)
    if ended is None or "reason:" not in claim.text:
        return False
    others = [other.text for other in claims if forms(other.text)[:1] != forms(claim.text)[:1]]
    began = [date.fromisoformat(match["day"]) for text in others for match in _BEGAN.finditer(text)]
    return any(abs(date.fromisoformat(ended["day"]) - day) <= _AT_ONCE for day in began)


_ENDED = re.compile(r"\b(?:stopped|completed) on (?P<day>\d{4}-\d\d-\d\d)")
_BEGAN = re.compile(r"\b(?:started|since|ordered on) (?P<day>\d{4}-\d\d-\d\d)")
_AT_ONCE = timedelta(days=31)
"""A medicine that takes over is begun within so long of the end of the other."""


def _refuting(plan: Plan, quotes: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Return the quotes that name a refuted problem and speak against it; where none does, the first that names it."""
    named = [each for each in quotes if any(target.find(forms(each.citations[0].quote)) for target in plan.targets)]
    against = [each for each in named if _AGAINST.search(each.citations[0].quote)]
    return (against or named[:1])[:MOST_BESIDE_NOTES]


_AGAINST = re.compile(
    r"\b(?:no|not|never|without|mistake\w*|error|disregard|excluded|ruled out|refuted|closed"
    r"|wrong\w*|unlikely|negative|benign|removed|corrected"
    r"|unconfirmed|denie[sd]|normal|do(?:es)? not)\b|n['’]t\b",
    re.IGNORECASE,
)
_ASKS_SORT = re.compile(r"\b(?:what|which|whats|what['’]s)\b[^?.;]*?\b(?:type|stage|grade|class)\b", re.IGNORECASE)
_SORT = re.compile(r"\b(?:type|stage|grade|class) ?(?:\d|[ivx]+\b|[a-d]\b)", re.IGNORECASE)
"""Which sort of a problem it is, as the list of problems names it: "type 2", "stage IIIA"."""
ASKS_RESULT = re.compile(r"\b(?:results?|show(?:ed|n)?|reveal(?:ed)?|find(?:ings?)?|found|say|said)\b", re.IGNORECASE)
