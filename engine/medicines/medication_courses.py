"""Answers about medications: what is taken, since when, changed or stopped when, why and by whom; and the list of a moment."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from chartcite.engine.domain.answers import ClaimKind, DraftClaim, Outcome
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.records import Fact, PartialDate
from chartcite.engine.facts.active_facts import active_at
from chartcite.engine.facts.counts_and_durations import count_claim, duration_claim
from chartcite.engine.facts.fact_claims import MOST_LISTED, Chart, draft, names_person
from chartcite.engine.facts.fact_selection import inside_window, newest_each
from chartcite.engine.facts.statements import medication_is_active, name_of, state
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, plain_display
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Event, Intent
from chartcite.engine.verification import verify

_FORMS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(rf"\b(?:{called})\b", re.IGNORECASE))
    for asked, called in (
        (
            r"oral|po|by mouth|tablets?|pills?",
            r"oral|po|mouth|tablets?|capsules?|solution|suspension|syrup|tabs?|caps?|chewable",
        ),
        (r"iv|intravenous|drip|infusion", r"iv|intravenous(?:ly)?|infusion|injection|injectable|piggyback"),
        (r"topical|cream|ointment|skin", r"topical(?:ly)?|cream|ointment|gel|lotion|patch|transdermal"),
        (r"inhaled|inhaler|puffer|neb(?:s|uli[sz]er)?", r"inhal\w*|puffs?|hfa|neb\w*|aerosol|diskus|ellipta|respimat"),
        (r"eye ?drops?|ophthalmic", r"ophthalmic|eyes?"),
        (r"ear ?drops?|otic", r"otic|ears?"),
        (r"nasal|nose spray", r"nasal|nostrils?|nares"),
    )
)
"""By how a medicine is given: what people ask for, and what records say."""
_HOW_GIVEN = frozenset({"route", "dose", "instructions", "form", "dosage", "frequency"})


_TERSE = 4
"""Words of a question that only names a class of medicines, at most: those that are taken are meant."""


def medication_claims(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Answer about the medications that a question names, ingredient by ingredient."""
    facts = _of_form(facts, plan)
    if plan.intent is Intent.COUNT and _COURSES.search(plan.text):
        return _courses_counted(facts, plan, chart)
    given = [
        fact
        for fact in inside_window(facts, plan)
        if fact.resource.startswith("MedicationAdministration/") and fact.status != "not-done"
    ]
    filled = [fact for fact in inside_window(facts, plan) if fact.resource.startswith("MedicationDispense/")]
    asks_days = plan.intent not in _OF_LENGTH and not plan.newest and _EACH_DAY.search(plan.text) is not None
    each = asks_days or (plan.every and not plan.newest)
    if filled and _FILLED.search(plan.text) and (asks_days or plan.intent in {Intent.WHEN, Intent.LATEST}):
        return [draft(fact, chart, route="last_happening") for fact in (filled[-MOST_LISTED:] if each else filled[-1:])]
    if given and each and (asks_days or plan.intent is Intent.WHEN):
        return [draft(fact, chart, route="last_happening") for fact in given[-MOST_LISTED:]]
    if given and plan.newest and plan.intent in {Intent.WHEN, Intent.LATEST} and plan.event is None:
        return [draft(given[-1], chart, route="last_happening")]  # "when was her last injection?"
    if given and plan.upcoming and plan.intent is Intent.WHEN and plan.event is None:
        ordered = [fact for fact in facts if fact not in given and active_at(fact, chart.today)]
        return [draft(fact, chart, route="last_happening") for fact in (given[-1], *ordered[-1:])]  # its interval tells when
    if given and plan.intent is Intent.COUNT:
        if _numbered(given) > len(given):
            return [draft(given[-1], chart, route="medication_state")]  # "cycle 14": not each of them is in the chart
        return [count_claim(given, chart, name_of(given[-1]))]  # doses given, and not orders
    groups = by_drug(facts, chart)
    active = [group for group in groups if any(active_at(fact, chart.today) for fact in group)]
    terse = plan.intent is Intent.DESCRIBE and len(plan.text.split()) <= _TERSE  # "blood pressure meds?"
    asks_now = terse or plan.intent in {Intent.ACTIVE, Intent.PRESENCE, Intent.DOSE, Intent.LATEST, Intent.LIST}
    asks_now = asks_now and not plan.historical and not (plan.intent in _OF_LISTS and _TRIED.search(plan.text))
    if plan.event is Event.STOPPED and len(groups) > 1 and plan.intent in _OF_LISTS | {Intent.REASON}:
        groups = [group for group in groups if group not in active] or groups  # what is still taken was not stopped
    # Of a class ("a blood thinner"), those taken now answer; the past ones only where none is.
    only_now = active and asks_now and len(groups) > 1 and plan.event is None and plan.window is None
    told = [(claim, group) for group in (active if only_now else groups)[:MOST_LISTED] for claim in _one_drug(group, plan, chart)]
    if told and asks_now and not active and plan.event is None and plan.window is None and _of_class(plan, chart):
        told[0] = (_only_past(told[0][0], plan, chart), told[0][1])
    if plan.intent is Intent.WHO or not _ASKS_PRESCRIBER.search(plan.text):
        return [claim for claim, _ in told]
    return [_signed(claim, group, chart) for claim, group in told]


def _of_class(plan: Plan, chart: Chart) -> bool:
    """Say whether a question names one class of medicines ("any statins?"), and nothing else."""
    named = [target for target in plan.targets if target.kind is ConceptKind.DRUG and target.ids]
    return len(named) == len(plan.targets) == 1 and chart.lexicon.concepts[named[0].ids[0]].is_class


_OVER = re.compile(r" was (?:stopped|completed|cancelled) on \d| is recorded as (?:stopped|completed|cancelled) \(no stop date")


def _only_past(claim: DraftClaim, plan: Plan, chart: Chart) -> DraftClaim:
    """Say before what is over that nothing of the class goes on: a list of past medicines reads as if they were taken."""
    if claim.route != "medication_state" or claim.kind is not ClaimKind.RECORD_FACT or not _OVER.search(claim.text):
        return claim
    told = f"Nothing is active now for {plan.targets[0].label}, only past entries: {claim.text}"
    said = claim.model_copy(update={"text": told})
    return said if verify(said, chart.records).outcome is Outcome.SUPPORTED else claim


_OF_LISTS = frozenset({Intent.LIST, Intent.DESCRIBE})
_TRIED = Cue(
    r"\b(?:tried|trialled|trialed|been (?:on|through|given|prescribed)|ever|so far|to date|over the years|past and (?:present|current)"
    r"|(?:has|have) (?:\w+ ){1,3}?(?:had|taken|used|received))\b"
)
"""Asks of a class of medicines for all that was ever taken."""
_COURSES = Cue(r"\b(?:courses?|bursts?|rounds?)\b")
_FILLED = Cue(
    r"\b(?:re-?filled|refills?|filled|dispens(?:ed|ings?)|collect(?:ed)?|pick(?:ed)? (?:it |them )?up"
    r"|(?:handed|given|gave|hand) (?:it |them )?out|issued|supplied)\b"
)
_EACH_DAY = Cue(
    r"\b(?:(?:which|what|all(?: the)?) (?:days|dates|times)|(?:each|every) (?:time|date)"
    r"|(?<!start )(?<!stop )(?<!end )(?<!stop/)(?<!end/)dates)\b"
)
"""Asks for each time: "on which days?"; "for how many days?" and "every day?" ask for something else."""
_OF_LENGTH = frozenset({Intent.COUNT, Intent.DURATION})
_LONGEST_COURSE = 60
"""Days of a course that was given once and is over, at most: what goes on is no course."""
_LOCAL = re.compile(
    r"\b(?:inhal\w*|puffs?|hfa|neb\w*|nasal|nostrils?|topical\w*|cream|ointment|eyes?|ophthalmic)\b", re.IGNORECASE
)


def _courses_counted(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """Count the orders of few days that are over, each named: "how many courses of steroids?"; drops and inhalers are none."""
    orders = [
        fact for group in by_drug(facts, chart) for fact in group if not fact.resource.startswith("MedicationAdministration/")
    ]
    courses = [
        fact
        for fact in inside_window(orders, plan)
        if fact.occurred
        and fact.ended
        and fact.status in {"completed", "stopped"}
        and (fact.ended.last_day - fact.occurred.first_day).days <= _LONGEST_COURSE
        and not _LOCAL.search(_given_how(fact))
    ]
    courses.sort(key=lambda fact: fact.occurred.start.timestamp() if fact.occurred else 0.0)
    names = {name_of(fact) for fact in courses}
    return [count_claim(courses, chart, names.pop() if len(names) == 1 else "")] if courses else []


_ASKS_PRESCRIBER = Cue(
    r"\b(?:prescribers?|requesters?|by whom|who (?:prescribed|ordered|started|issued|wrote|put|gave|signed)"
    r"|(?:which|what|ordering|prescribing) (?:doctor|clinician|provider|physician|gp))\b",
)
"""Asks who ordered a medicine, beside whatever else is asked of it."""


def _signed(claim: DraftClaim, group: Sequence[Fact], chart: Chart) -> DraftClaim:
    """Say who ordered the medicine behind a claim about one of its orders."""
    cited = {citation.source.resource for citation in claim.citations}
    orders = [fact for fact in group if fact.resource in cited]
    return with_prescriber(claim, orders[-1], chart) if len(orders) == 1 else claim


_TOP_DOSE = Cue(r"\b(?:top|max(?:imum|imal)?|highest|peak|biggest|largest|lowest|smallest|minimum) (?:\w+ )?dos(?:e|es|age)\b")
"""Asks for one dose among all that there were."""


def medication_list(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    """List medications: past ones, those of a window, or those taken now; with who ordered them, where that is asked."""
    listed = _chosen_list(facts, plan, chart)
    return [_signed(claim, facts, chart) for claim in listed] if _ASKS_PRESCRIBER.search(plan.text) else listed


def _chosen_list(facts: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:
    groups = by_drug(facts, chart)
    if plan.event is Event.STOPPED or (plan.historical and not plan.current and plan.window is None):
        over = [group for group in groups if not any(active_at(fact, chart.today) for fact in group)]
        past = [fact for group in over for fact in (_distinct(group) if _TOP_DOSE.search(plan.text) else group[-1:])]
        if plan.event is Event.STOPPED:
            past = [fact for fact in past if not fact.resource.startswith(_SINGLE)]  # a dose that was given was not stopped
        if plan.window:
            past = [
                fact
                for fact in past
                if plan.window.holds(fact.ended) or (fact.ended is None and plan.window.holds(fact.occurred))
            ]
        return _listed(past, chart, "past_medications")
    if plan.window is not None:
        started = plan.event is Event.STARTED or plan.intent in {Intent.CHANGES, Intent.COUNT}
        chosen = [
            fact
            for group in groups
            for fact in group[-60:]
            if plan.window.holds(fact.occurred) or (not started and plan.window.overlaps(fact.occurred, _end(fact)))
        ]
        return _listed(newest_each(chosen), chart, "medications_in_window")
    current = [_current(group, chart) for group in groups if any(active_at(fact, chart.today) for fact in group)]
    if plan.intent is Intent.COUNT:
        return [count_claim(current, chart, "active medications")] if current else []
    return _listed(current, chart, "active_list")


_SINGLE = ("MedicationAdministration/", "MedicationDispense/")
"""Resources that tell one dose or one box."""


def _listed(facts: Sequence[Fact], chart: Chart, route: str) -> list[DraftClaim]:
    newest_first = sorted(facts, key=lambda fact: fact.occurred.start.timestamp() if fact.occurred else 0.0, reverse=True)
    return [draft(fact, chart, route=route) for fact in newest_first[:MOST_LISTED]]


def _ingredients(fact: Fact, chart: Chart) -> tuple[str, ...]:
    linked = [id_ for id_ in chart.lexicon.link(fact.concept) if not chart.lexicon.concepts[id_].is_class]
    return tuple(sorted(linked)) or (plain_display(fact.concept.text).lower(),)


def by_drug(facts: Sequence[Fact], chart: Chart) -> list[list[Fact]]:
    """Group medication facts by ingredient, orders before dispenses and administrations, each group oldest first."""
    orders = [fact for fact in facts if not fact.resource.startswith(("MedicationAdministration/", "MedicationDispense/"))]
    groups: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in orders or facts:
        groups[_ingredients(fact, chart)].append(fact)
    ordered = set(groups)
    for fact in facts if orders else ():
        key = _ingredients(fact, chart)
        if key not in ordered and fact not in orders:
            groups[key].append(fact)
    return list(groups.values())


def _of_form(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return the facts of the form or route that a question names ("oral steroids"); all where none is told to be of it."""
    asked = [called for asks, called in _FORMS if asks.search(plan.text)]
    if not asked:
        return list(facts)
    by_mouth = _FORMS[0][1]
    apart = [called for _asks, called in _FORMS[1:]] if asked == [by_mouth] else []
    told = [fact for fact in facts if any(called.search(_given_how(fact)) for called in asked)]
    # Ear drops are a suspension too: where "oral" is asked, another way that is written decides.
    surely = [fact for fact in told if not any(called.search(_given_how(fact)) for called in apart)]
    return surely or told or list(facts)


def _given_how(fact: Fact) -> str:
    return " ".join([fact.concept.text, *(detail.text for detail in fact.details if detail.name in _HOW_GIVEN)])


def _in_time(group: Sequence[Fact], plan: Plan) -> Sequence[Fact]:
    """Return the orders of the time that is asked: begun then, or standing then where no start and no number is asked."""
    if plan.window is None:
        return group
    started = plan.event is Event.STARTED or plan.intent is Intent.COUNT
    return [
        fact
        for fact in group
        if plan.window.holds(fact.occurred) or (not started and plan.window.overlaps(fact.occurred, _end(fact)))
    ]


_PAUSED = Cue(
    r"\bhow long\b[^.?;]*\b(?:held|hold|paused?|omitted|deferred|interrupted|suspended|withheld|(?:was|were|is|did|go|went) (?:\w+ )?(?:off|without)|break (?:from|in))\b"
)
"""Asks how long a medicine was not given: how long its course is does not tell it."""


def _one_drug(group: Sequence[Fact], plan: Plan, chart: Chart) -> list[DraftClaim]:  # noqa: PLR0911 -- one answer an intent
    group = _in_time(group, plan)
    if not group:
        return []
    if plan.intent is Intent.COUNT:
        if _only_in_notes(group):
            return []  # how often notes name a medicine is no number of anything
        taken = [fact for fact in group if fact.status not in {"not-done", "cancelled", "entered-in-error"}]
        return [count_claim(taken, chart, name_of(taken[-1]))] if taken else []
    if plan.intent is Intent.WHO:
        named = [fact for fact in group if names_person(fact)]
        if not named:
            return []
        first = named[:1] if plan.event is Event.STARTED else []  # who began it, not who signed the newest order
        return [_prescribed(fact, chart) for fact in dict.fromkeys((*first, _current(named, chart)))]
    if plan.intent is Intent.DURATION:
        return [] if _PAUSED.search(plan.text) else _drug_duration(group, chart)
    if (
        plan.intent in {Intent.TREND, Intent.CHANGES}
        or plan.event is Event.CHANGED
        or (plan.intent is Intent.LIST and plan.event)
        or _TOP_DOSE.search(plan.text)
    ):
        return [draft(fact, chart, route="medication_course") for fact in _distinct(group)[-MOST_LISTED:]]
    if plan.intent is Intent.FIRST or (plan.intent in {Intent.WHEN, Intent.AGE} and plan.event is not Event.STOPPED):
        newest = _current(group, chart)
        return [draft(fact, chart, route="medication_start") for fact in dict.fromkeys((group[0], newest))]
    if plan.intent is Intent.REASON:
        return [draft(fact, chart, route="medication_reason") for fact in _for_reason(group, plan, chart)]
    if plan.event is Event.STOPPED:
        stopped = [fact for fact in group if not medication_is_active(fact)]
        return [draft(fact, chart, route="medication_stop") for fact in dict.fromkeys([*stopped[-1:], _current(group, chart)])]
    active = [fact for fact in group if active_at(fact, chart.today)]
    if active and not plan.historical:
        return [draft(fact, chart, route="active_medication") for fact in newest_each(active)[:4]]
    return [draft(_current(group, chart), chart, route="medication_state")]


def _prescribed(fact: Fact, chart: Chart) -> DraftClaim:
    """Say a medication with who ordered it."""
    return with_prescriber(draft(fact, chart, route="prescriber"), fact, chart)


def with_prescriber(said: DraftClaim, fact: Fact, chart: Chart) -> DraftClaim:
    """Say who ordered a medication behind what a claim says of it, where the chart names somebody."""
    ordered = fact.detail("requester")
    if ordered is None or fact.span is not None:
        return said
    who: Citation | None
    if ordered.path.endswith(".reference"):
        who = chart.named(fact, ordered)
    else:
        who = chart.records.cite_fact(fact, path=ordered.path, element_paths=(fact.concept_path,))
    if who is None:
        return said
    text = f"{said.text.rstrip('.')}; prescriber: {ordered.text.strip().rstrip('.')}."
    return said.model_copy(update={"text": text, "citations": (*said.citations, who)})


def _end(fact: Fact) -> PartialDate | None:
    if fact.ended is not None or medication_is_active(fact):
        return fact.ended if not medication_is_active(fact) else None
    return fact.occurred


def _current(group: Sequence[Fact], chart: Chart) -> Fact:
    active = [fact for fact in group if active_at(fact, chart.today)]
    return active[-1] if active else group[-1]


def _for_reason(group: Sequence[Fact], plan: Plan, chart: Chart) -> list[Fact]:
    wanted = "status_reason" if plan.event in {Event.STOPPED, Event.CHANGED} else "reason"
    told = [fact for fact in group if (detail := fact.detail(wanted)) and not (_ended(plan) and _OTHER_DOSE.search(detail.text))]
    over = plan.event is Event.STOPPED and not any(active_at(fact, chart.today) for fact in group)
    if over and told and told[-1] is not group[-1] and not group[-1].detail(wanted):
        return [group[-1]]  # why an earlier course ended is not why the last one did
    if told:
        return [told[-1]]
    return [_current(group, chart)]


_OTHER_DOSE = Cue(r"\b(?:dos(?:e|age)|strength|titrat\w*)\b|\bre-?(?:order|new|fill|issue|prescri)\w*")
"""A reason for which an order ends while the medicine goes on."""


def _ended(plan: Plan) -> bool:
    return plan.event is Event.STOPPED


def _distinct(facts: Sequence[Fact]) -> list[Fact]:
    """Drop repeated orders of the same drug, dose and status."""
    seen: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        said = state(fact).text
        seen.setdefault((fact.occurred.day if fact.occurred else "", said), fact)
    return list(seen.values())


def _only_in_notes(facts: Sequence[Fact]) -> bool:
    return all(fact.span is not None for fact in facts)


def _drug_duration(group: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    first, last = group[0], _current(group, chart)
    if _only_in_notes(group):  # the day of a note begins no course
        return [draft(fact, chart, route="medication_state") for fact in group[-2:]]
    going_on = active_at(last, chart.today)
    end_day = chart.today.isoformat() if going_on else (last.ended.day if last.ended else "")
    if first.occurred is None or not end_day or len(first.occurred.day) < 10 or len(end_day) < 10:
        return [draft(fact, chart, route="medication_state") for fact in dict.fromkeys((first, last))]
    return [duration_claim(name_of(first), (first, last), first.occurred.day, end_day, chart, going_on=going_on)]


_NUMBERED = re.compile(r"\b(?:cycle|session|fraction|infusion|dose|round)s? (?:no\.? ?|#)?(\d{1,3})\b", re.IGNORECASE)


def _numbered(given: Sequence[Fact]) -> int:
    """Return the highest number by which administrations are called; 0: they are not numbered."""
    return max((int(found[1]) for fact in given if (found := _NUMBERED.search(fact.concept.text))), default=0)
