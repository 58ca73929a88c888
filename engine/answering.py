"""From a plan to draft claims: facts first, then quotes, else silence with what was searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.certificate import certify, in_words
from chartcite.engine.domain.answers import AbstentionReason, ClaimKind, DraftClaim, Missing, Question, SearchCertificate
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts import Chart, age_claims, answer_about, answer_list, changes_since, draft, visits_asked
from chartcite.engine.focus import telling
from chartcite.engine.generation import MOST_QUOTES, quote_allergies, quote_answers, quote_guidelines
from chartcite.engine.members import among_class, choose
from chartcite.engine.note_sections import part_asked, told_in_part
from chartcite.engine.people import CARERS, asks_carer, carers, visits_to_specialist
from chartcite.engine.question_words import ATTRIBUTES, ORDINARY, OTHER_WORDS, SAFE, Event, Intent
from chartcite.engine.retrieval import Shelves, TargetFacts, preferred, retrieve_facts, retrieve_list, retrieve_passages
from chartcite.engine.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.timed import lacks_event, timed_by_event
from chartcite.engine.times import Window
from chartcite.engine.understanding import Plan, Target, is_ordinary
from chartcite.engine.visits import ASKS_CAUSE, ASKS_VISIT, found_that_day, told_of_visit

NARRATIVE_INTENTS = frozenset({Intent.REASON, Intent.DESCRIBE, Intent.WHO})
"""What tables seldom tell: notes are read even when facts were found."""
MOST_LEFT_OPEN = 0.5
"""Share of the question's further words that facts must say, where no note says them."""
LEAST_NAMED = 0.5
"""Share of the question's targets and keywords that facts must name to answer alone."""
_CHOSEN_BY_OTHERS = frozenset(
    {Category.MEDICATION, Category.ENCOUNTER, Category.ORDER, Category.CARE_PLAN, Category.GOAL, Category.PROCEDURE}
)
"""Lists whose items are chosen by what else the question names: "what is she taking for her blood pressure?"."""
_KIND_OF_LIST = {
    Category.MEDICATION: ConceptKind.DRUG,
    Category.IMMUNIZATION: ConceptKind.VACCINE,
    Category.PROCEDURE: ConceptKind.PROCEDURE,
    Category.CONDITION: ConceptKind.CONDITION,
}
_TOLD_BY_VALUES = frozenset({ConceptKind.MEASUREMENT, ConceptKind.DRUG, ConceptKind.VACCINE})
_WHOLE = frozenset({"visit", "carer"})
"""Routes that bring what the notes add along."""
_TOLD_BY_TABLES = frozenset({Category.MEDICATION, Category.IMMUNIZATION})
"""Lists whose entries answer before the notes do, where nothing further is asked of them."""
_OF_VALUES = frozenset(
    {Intent.LATEST, Intent.FIRST, Intent.HIGHEST, Intent.LOWEST, Intent.TREND, Intent.DIFFERENCE, Intent.AVERAGE}
)


class Draft(NamedTuple):
    """Drafted claims, and what to say should none of them stand."""

    claims: tuple[DraftClaim, ...]
    silence: str
    reason: AbstentionReason
    certificate: Callable[[], SearchCertificate | None]
    missing: tuple[Missing, ...] = ()


class Reading(NamedTuple):
    """One part of a question with everything that answering it needs."""

    plan: Plan
    shelves: Shelves
    chart: Chart
    scope: Scope


def draft_for_patient(
    question: Question, plans: Sequence[Plan], shelves: Shelves, lexicon: Lexicon, /, *, scope: Scope, today: date
) -> Draft:
    """Draft an answer from one chart, part by part."""
    refused = _refusal(question, plans, shelves, scope)
    if refused is not None:
        return refused
    demographics = shelves.records.facts(scope, categories=(Category.DEMOGRAPHIC,))
    birth = next((fact for fact in demographics if fact.id.endswith("#birthDate")), None)
    chart = Chart(shelves.records, lexicon, birth, today, scope)
    claims: list[DraftClaim] = []
    missing: list[Missing] = []
    for plan in plans:
        drafted = _draft_part(Reading(_anchored(plan, shelves, scope, today), shelves, chart, scope), demographics)
        known = {claim.text for claim in claims}
        claims += [claim for claim in {claim.text: claim for claim in drafted}.values() if claim.text not in known]
        missing += _missing(plan, drafted)
    first = plans[0]
    understood = any(plan.targets or plan.keywords or plan.subject for plan in plans)
    return Draft(
        claims=tuple(claims),
        silence=_silence(first, shelves, scope, understood=understood),
        reason=AbstentionReason.NOT_DOCUMENTED if understood else AbstentionReason.NOT_UNDERSTOOD,
        certificate=lambda: certify(first, shelves.records, scope=scope),
        missing=tuple(missing) if claims else (),
    )


def draft_from_guidelines(plans: Sequence[Plan], shelves: Shelves, /) -> Draft:
    """Draft an answer from the guideline corpus alone."""
    plan = plans[0]
    if len(plans) > 1:
        everything = [target for each in plans for target in each.targets]
        words = [keyword for each in plans for keyword in each.keywords]
        plan = plan.model_copy(update={"targets": tuple(dict.fromkeys(everything)), "keywords": tuple(dict.fromkeys(words))})
    text = " ".join(each.text for each in plans)
    evidence = retrieve_passages(text, plan, shelves, scope=None)
    return Draft(
        claims=tuple(quote_guidelines(plan, evidence, shelves.records)),
        silence="No recommendation in the guideline corpus of this store answers this question.",
        reason=AbstentionReason.NOT_DOCUMENTED,
        certificate=lambda: None,
    )


def _refusal(question: Question, plans: Sequence[Plan], shelves: Shelves, scope: Scope) -> Draft | None:
    if any(plan.asks_patient_group for plan in plans):
        text = "This asks about many patients. Answers here come from the one chart that is open; ask a cohort question instead."
        return Draft((), text, AbstentionReason.OUT_OF_SCOPE, lambda: None)
    if _names_somebody_else(question.text, shelves, scope):
        text = "This question names a person whose chart is not open. Answers here come from the open chart only."
        return Draft((), text, AbstentionReason.OUT_OF_SCOPE, lambda: None)
    return None


_THE_OTHER = re.compile(r"\b[Tt]he other (?:patient\b|[A-Z]\.? ?[A-Z]\w+)|\b(?:room-?mate|next bed)\b")


def _names_somebody_else(text: str, shelves: Shelves, scope: Scope) -> bool:
    """Say whether the question gives first and last name of another patient of the store (and not of this one)."""
    if _THE_OTHER.search(text):
        return True
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


def _draft_part(reading: Reading, demographics: Sequence[Fact]) -> list[DraftClaim]:
    """Draft the claims of one part that tell what it asks; a sentence about something near by is no answer."""
    lexicon = reading.chart.lexicon
    found, chosen_by = among_class(
        retrieve_facts(reading.plan, reading.shelves.records, scope=reading.scope), reading.plan.keywords, lexicon
    )
    if chosen_by:
        left = tuple(word for word in reading.plan.keywords if word not in chosen_by)
        reading = reading._replace(plan=reading.plan.model_copy(update={"keywords": left}))
    part = part_asked(reading.plan)
    if part is not None and not any(item.facts and item.target.kind in _TOLD_BY_VALUES for item in found):
        passages = list(reading.shelves.records.all_passages(reading.scope))
        told = told_in_part(part, reading.plan, passages, reading.shelves.records)
        if told:
            return told
    facts = telling(reading.plan, _from_facts(reading, found, demographics), lexicon)
    return telling(reading.plan, _with_notes(reading, _about_first(reading.plan, facts)), lexicon)


def _about_first(plan: Plan, claims: list[DraftClaim]) -> list[DraftClaim]:
    """Of several measurements, the one that is named first must be told: spirometry without a DLCO does not answer for it."""
    measured = [target for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]
    if len(measured) < 2:
        return claims
    told = any(measured[0].find(forms(f"{claim.text} {' '.join(_quotes(claim))}")) for claim in claims)
    return claims if told else []


def _with_notes(reading: Reading, claims: list[DraftClaim]) -> list[DraftClaim]:
    plan = reading.plan
    if plan.subject is Category.ALLERGY and not plan.family:
        return [] if claims and _tells_no_result(plan, claims) else claims or _allergy_quotes(reading)
    if not _notes_may_add(plan, claims) and not _tells_no_result(plan, claims):
        return claims
    plan = _with_treatments(plan, claims, reading.chart.lexicon)
    evidence = retrieve_passages(plan.text, plan, reading.shelves, scope=reading.scope)
    beside_facts = bool(claims) and plan.intent not in NARRATIVE_INTENTS and not _only_tells_silence(claims)
    drafted = quote_answers(plan, evidence, reading.shelves.records, with_facts=beside_facts)
    quotes = telling(reading.plan, drafted, reading.chart.lexicon)
    if claims and not quotes and _tells_no_result(plan, claims):
        return []
    if claims and not quotes and _left_open(plan, claims, reading.chart.lexicon):
        return []
    return _merged(claims, quotes, plan)


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


def _tells_no_result(plan: Plan, claims: Sequence[DraftClaim]) -> bool:
    """Say whether a result (or a reaction) is asked, and facts only tell that something was done, ordered or recorded."""
    asks = _RESULT.search(plan.text) is not None and plan.intent in {Intent.DESCRIBE, Intent.LATEST, Intent.LIST}
    if asks and all(
        claim.route in {"last_happening", "order"} and ":" not in claim.text and "(" not in claim.text for claim in claims
    ):
        return True
    asks_reaction = _REACTION.search(plan.text) is not None and plan.intent is Intent.DESCRIBE
    return asks_reaction and all(_is_allergy(claim) and ":" not in claim.text for claim in claims)


_REACTION = re.compile(r"\b(?:reactions?|react|symptoms?|happen(?:s|ed)?|how (?:bad|severe)|severity)\b", re.IGNORECASE)


def _is_allergy(claim: DraftClaim) -> bool:
    return claim.category is Category.ALLERGY


def _left_open(plan: Plan, claims: Sequence[DraftClaim], lexicon: Lexicon) -> bool:
    """Say whether facts leave open what the question asks of the thing it names ("what stage", "who was the surgeon").

    Only words that ask for something of the record count: names of attributes, and clinical words. Plain English does not.
    """
    asks_finding = plan.intent is Intent.PRESENCE and plan.targets and not plan.subject_named
    if asks_finding and all(claim.kind is ClaimKind.ABSENCE for claim in claims):
        return False  # what is denied is denied, however it is asked
    asking = [
        word
        for word in plan.keywords
        if word in ATTRIBUTES
        or (
            len(word) > 2
            and not _TROUBLE.fullmatch(word)
            and ((not is_ordinary(word) and lexicon.has_word(word)) or asks_finding)
        )
    ]
    if not asking and _describes_state(plan):
        asking = list(plan.keywords)  # the state of a drug or problem says none of what is asked of it
    asking += [word for word in plan.keywords if word not in asking and word in _names_in(plan.text)]
    if not asking:
        return False
    said = {word[:6] for claim in claims for word in forms(f"{claim.text} {' '.join(_quotes(claim))}")}
    if "left" in asking and said & {"right", "bilater"}:
        said.add("left")  # a side is told, whichever
    told = frozenset[str]()
    held = 0
    for word in asking:
        if any(form[:6] in said for form in (word, *OTHER_WORDS.get(word, ()))):
            held += 1
        elif meant := lexicon.named_by(word):
            told = told or _concepts_told(claims, lexicon)
            held += bool(meant & told)
    return held < MOST_LEFT_OPEN * len(asking)


_TROUBLE = re.compile(
    r"trouble|problem|issue|confirm\w*|actual\w*|really|definite\w*|proper\w*|particular\w*|sort|carr(?:y|ied|ying)"
)
"""Words that ask for a finding and say nothing of it."""


def _concepts_told(claims: Sequence[DraftClaim], lexicon: Lexicon) -> frozenset[str]:
    """Return the concepts that claims name, with the classes over them."""
    words = [forms(f"{claim.text} {' '.join(_quotes(claim))}") for claim in claims]
    named = {id_ for run in words for mention in lexicon.mentions(run) for id_ in mention.ids}
    return frozenset(above for id_ in named for above in lexicon.above(id_))


def _describes_state(plan: Plan) -> bool:
    """Say whether something further is asked of a drug, a problem or a value, in words that the chart would have to hold."""
    kinds = {target.kind for target in plan.targets}
    stated = kinds <= {ConceptKind.DRUG, ConceptKind.CONDITION} or any(not is_ordinary(word) for word in plan.keywords)
    return plan.intent in {Intent.DESCRIBE, Intent.LATEST} and stated and len(plan.keywords) > 1


def _names_in(text: str) -> set[str]:
    """Return the folded words that look like names of people or places: capitals within the sentence that plain English lacks."""
    inside = {match[1] for match in re.finditer(r"(?<=[a-z,;] )([A-Z][a-z]{2,})\b", text)}
    return {word for name in inside for word in forms(name) if word not in ORDINARY}


def _quotes(claim: DraftClaim) -> list[str]:
    return [text for citation in claim.citations for text in (citation.quote, *(element.quote for element in citation.elements))]


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


def _from_facts(reading: Reading, found: Sequence[TargetFacts], demographics: Sequence[Fact]) -> list[DraftClaim]:
    plan, chart = reading.plan, reading.chart
    if plan.lost:
        return []
    asks_all = plan.window is not None and not (plan.targets or plan.subject or plan.keywords)
    if asks_all or (plan.intent is Intent.CHANGES and not plan.keywords and not any(item.facts for item in found)):
        return changes_since(reading.shelves.records.facts(reading.scope), plan, chart)
    if asks_carer(plan):
        known = carers(reading.shelves.records.facts(reading.scope, categories=CARERS), plan)
        return [draft(fact, chart, route="carer") for fact in known]
    if plan.subject is Category.ENCOUNTER:
        met = visits_to_specialist(reading.shelves.records.facts(reading.scope, categories=(Category.ENCOUNTER,)), plan)
        if met:
            return answer_list(met, plan, chart)
    if plan.subject is Category.DEMOGRAPHIC and not plan.family:
        return _demographics(plan, demographics, chart)
    if plan.family:
        return _family(reading)
    if plan.subject is Category.ALLERGY:
        return _allergies(found, reading)
    if plan.harm:
        return _harms(found, reading)
    if _REPLACED.search(plan.text):
        replaced = _replacements(found, reading)
        if replaced:
            return replaced
    if SAFE.search(plan.text) and plan.intent in {Intent.PRESENCE, Intent.DESCRIBE, Intent.LIST}:
        warned = _allergies_to(found, reading)
        if warned:
            return warned
    if not plan.targets:
        return _whole_list(reading)
    chosen = _chosen_items(reading, found)
    if chosen:
        return chosen
    return [claim for item in _answering(plan, found) for claim in answer_about(item.target, item.facts, plan, chart)]


def _answering(plan: Plan, found: Sequence[TargetFacts]) -> list[TargetFacts]:
    """Return the targets that the answer is about: those of the subject's kind; the others are circumstances.

    Where a target of the asked kind has no facts, the facts of a circumstance do not answer.
    """
    measured = [item for item in found if item.target.kind is ConceptKind.MEASUREMENT]
    if measured and plan.intent in _OF_VALUES | {Intent.DESCRIBE}:
        # "INR on the warfarin?": without an INR, the warfarin does not answer.
        told = [item for item in measured if item.facts]
        if any(_is_anchor(item, plan) and not item.facts for item in found):
            return []  # "creatinine after the Aleve": without the Aleve, no value is after it
        return told if len(told) * 2 > len(measured) or len(told) > 1 else []
    if _named_share(plan, found) < LEAST_NAMED or plan.intent is Intent.AVERAGE:
        return []
    wanted = _KIND_OF_LIST.get(plan.subject) if plan.subject else None
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


def _is_anchor(item: TargetFacts, plan: Plan) -> bool:
    return bool(_anchor_word(item, plan))


def _anchor_word(item: TargetFacts, plan: Plan) -> str:
    """Return how a target says when a value is meant ("after the transfusion", "on the statin"); empty: it does not."""
    if item.target.kind is ConceptKind.MEASUREMENT or not item.target.words:
        return ""
    leads = rf"\b(after|before|prior to|during|since|following|on|off)\b (?:\S+ ){{0,5}}?{re.escape(item.target.words)}"
    match = re.search(leads, plan.text, re.IGNORECASE)
    return match[1].lower() if match else ""


def _anchored(plan: Plan, shelves: Shelves, scope: Scope, today: date) -> Plan:
    """Read "before the vasectomy" as a window: up to the day of what the chart holds of it, or from then on."""
    timed = timed_by_event(plan, shelves.records, scope=scope, today=today)
    if timed is not None:
        return timed
    if lacks_event(plan, shelves.records, scope=scope):
        plan = plan.model_copy(update={"lost": True})
    kinds = {target.kind for target in plan.targets}
    about_values = ConceptKind.MEASUREMENT in kinds and plan.intent in _OF_VALUES | {Intent.DESCRIBE}
    if plan.window is not None or not about_values or len(plan.targets) < 2:
        return plan
    for item in retrieve_facts(plan, shelves.records, scope=scope):
        word, dated = _anchor_word(item, plan), [fact for fact in item.facts if fact.occurred]
        if not word or not dated or dated[0].occurred is None:
            continue
        words, day = f"{word} {item.target.words}", dated[0].occurred.first_day
        if word in {"before", "prior to"}:
            return plan.model_copy(update={"window": Window(last=day - timedelta(days=1), words=words)})
        first = Intent.FIRST if word in {"after", "following"} and plan.intent is Intent.LATEST else plan.intent
        return plan.model_copy(update={"window": Window(first=day, words=words), "intent": first})
    return plan


def _named_share(plan: Plan, found: Sequence[TargetFacts]) -> float:
    named = 2.0 * sum(bool(item.facts) for item in found)
    return named / (2.0 * len(found) + 0.5 * len(plan.keywords)) if found else 0.0


def _chosen_items(reading: Reading, found: Sequence[TargetFacts]) -> list[DraftClaim]:
    """Answer from a list whose items are chosen by the question's other targets: what is taken for a problem, why she came."""
    plan, chart = reading.plan, reading.chart
    if plan.subject not in _CHOSEN_BY_OTHERS or plan.subject is None:
        return []
    stated = {Category.MEDICATION, Category.GOAL}
    if plan.subject not in stated and any(item.target.kind is ConceptKind.MEASUREMENT for item in found):
        return []
    kind = _KIND_OF_LIST.get(plan.subject)
    if kind is not None and any(item.target.kind is kind for item in found):
        return []
    facts = retrieve_list(plan, reading.shelves.records, scope=reading.scope)
    fits = any if re.search(r"\bor\b", plan.text, re.IGNORECASE) else all
    about = [fact for fact in facts if fits(_concerns(fact, target) for target in plan.targets)]
    if not about and plan.subject is Category.MEDICATION:
        suffered = {id_ for item in found for fact in item.facts for id_ in chart.lexicon.link(fact.concept)}
        treating = chart.lexicon.treatments_of([*(id_ for target in plan.targets for id_ in target.ids[:1]), *suffered])
        about = [fact for fact in facts if treating & chart.lexicon.link(fact.concept).keys() and _may_treat(fact, plan, chart)]
    if plan.subject is Category.ENCOUNTER:
        if about and _asks_visit(plan):
            return _visit(about, reading)
        plan = plan.model_copy(update={"inpatient": False})  # the named reason or place chooses already
    return answer_list(about, plan, chart) if about else []


def _may_treat(fact: Fact, plan: Plan, chart: Chart) -> bool:
    """Say whether nothing speaks against a medicine being taken for the problem that is named: no reason of another family."""
    problems = [target for target in plan.targets if target.kind is ConceptKind.CONDITION and target.ids]
    reasons = [detail.text for detail in fact.details if detail.name == "reason"]
    if not problems or not reasons:
        return True
    known = {id_ for text in reasons for mention in chart.lexicon.mentions(forms(text)) for id_ in mention.ids}
    over = {above for id_ in known for above in chart.lexicon.above(id_)}
    wide = {above for target in problems for above in chart.lexicon.above(target.ids[0])}
    return not known or bool(over & wide) or any(id_ in target.ids for target in problems for id_ in known)


def _concerns(fact: Fact, target: Target) -> bool:
    """Say whether a fact or one of its details (reason, diagnosis, place) names a target."""
    return any(target.find(forms(text)) is not None for text in (fact.concept.text, *(detail.text for detail in fact.details)))


def _whole_list(reading: Reading) -> list[DraftClaim]:
    """Answer about a whole list; words that the question adds choose among its items."""
    plan, chart = reading.plan, reading.chart
    if plan.subject is None:
        return []
    facts = retrieve_list(plan, reading.shelves.records, scope=reading.scope)
    asks_visit = _asks_visit(plan)
    if plan.keywords:
        chosen = choose(facts, plan.keywords, chart.lexicon)
        open_words = [word for word in plan.keywords if word not in chosen.words and not _carries_nothing(word, plan)]
        facts = chosen.facts if asks_visit or len(open_words) < len(chosen.words) or not open_words else []
    if asks_visit:
        return _visit(facts, reading)
    return answer_list(facts, plan, chart) if facts else []


def _carries_nothing(word: str, plan: Plan) -> bool:
    """Say whether a word of a question about a list is plain English that no item could be chosen by."""
    return plan.subject in _PLAIN_LISTS and is_ordinary(word) and word not in ATTRIBUTES


_PLAIN_LISTS = frozenset({Category.MEDICATION, Category.CONDITION, Category.IMMUNIZATION, Category.ALLERGY})


def _asks_visit(plan: Plan) -> bool:
    """Say whether what happened at a visit, or why it was, is asked."""
    if plan.subject is not Category.ENCOUNTER or plan.intent in {Intent.COUNT, Intent.WHO, Intent.WHEN, Intent.DURATION}:
        return False
    return ASKS_VISIT.search(plan.text) is not None or ASKS_CAUSE.search(plan.text) is not None


def _visit(facts: Sequence[Fact], reading: Reading) -> list[DraftClaim]:
    """Tell the newest visit of the kind and time that is asked for, and what its notes conclude."""
    plan, records = reading.plan, reading.shelves.records
    visits = [fact for fact in visits_asked(facts, plan) if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    if not visits:
        return []
    visit = visits[plan.ordinal - 1] if plan.ordinal and plan.ordinal <= len(visits) else visits[-1]
    if plan.intent is Intent.FIRST:
        visit = visits[0]
    claims = [draft(visit, reading.chart, route="visit")]
    asks_cause = ASKS_CAUSE.search(plan.text) is not None
    if asks_cause and visit.detail("reason") and not ASKS_VISIT.search(plan.text):
        return claims
    if not visit.detail("reason"):
        that_day = found_that_day(visit, records.facts(reading.scope, categories=(Category.CONDITION, Category.PROCEDURE)))
        claims += [draft(fact, reading.chart, route="visit") for fact in that_day]
    return [*claims, *told_of_visit(visit, plan.text, records, scope=reading.scope)]


def _harms(found: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    """Tell why a medicine was stopped, and of allergies to it: what tables know of the harm it did."""
    drugs = [item for item in found if item.target.kind is ConceptKind.DRUG]
    stopped = [fact for item in drugs for fact in item.facts if fact.detail("status_reason")]
    told = [draft(fact, reading.chart, route="medication_reason") for fact in dict.fromkeys(stopped)]
    return [*told, *_allergies_to(drugs, reading)]


_REPLACED = re.compile(
    r"\b(?:replac\w+|swap\w*|substitut\w+|instead of|in place of|(?:switch|chang)\w* (?:\w+ ){0,2}?(?:to|for|from|into)|took over from)\b",
    re.IGNORECASE,
)
_SOONEST, _LATEST = timedelta(days=7), timedelta(days=45)
"""A replacement is begun so long before or after the other medicine was stopped."""


def _replacements(found: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    """Tell what was stopped, and the medicines of a shared class or reason that were begun about the same day."""
    lexicon = reading.chart.lexicon
    stopped = [
        fact
        for item in found
        if item.target.kind is ConceptKind.DRUG
        for fact in item.facts
        if fact.ended and fact.status == "stopped"
    ]
    if not stopped:
        return []
    known = {fact.id for item in found for fact in item.facts}
    begun = []
    for fact in preferred(reading.shelves.records.facts(reading.scope, categories=(Category.MEDICATION,))):
        for old in stopped:
            if fact.id in known or fact.occurred is None or old.ended is None:
                continue
            near = old.ended.first_day - _SOONEST <= fact.occurred.first_day <= old.ended.first_day + _LATEST
            if near and (_alike(fact, old, lexicon) or _same_reason(fact, old)):
                begun.append(fact)
                break
    return [draft(fact, reading.chart, route="medication_course") for fact in (stopped[-1], *begun)] if begun else []


def _alike(one: Fact, other: Fact, lexicon: Lexicon) -> bool:
    over = [
        {above for id_ in lexicon.link(fact.concept) for above in lexicon.above(id_) if lexicon.concepts[above].is_class}
        for fact in (one, other)
    ]
    return any(len(lexicon.below(shared)) <= _SAME_USE for shared in over[0] & over[1])


_SAME_USE = 150
"""Medicines of a class that serve one purpose (antihypertensives), at most."""


def _same_reason(one: Fact, other: Fact) -> bool:
    words = [{word for detail in fact.details if detail.name == "reason" for word in forms(detail.text)} for fact in (one, other)]
    return bool(words[0] & words[1])


def _allergies_to(found: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    """Tell the allergies to the medicines that are named, or to their near class."""
    drugs = [item for item in found if item.target.kind is ConceptKind.DRUG]
    facts = preferred(reading.shelves.records.facts(reading.scope, categories=(Category.ALLERGY,)))
    related = [fact for fact in facts if any(_same_substance(fact, item, reading.chart) for item in drugs)]
    return [draft(fact, reading.chart, route="allergy") for fact in related]


def _mentions(fact: Fact, keywords: Sequence[str]) -> bool:
    """Say whether a fact names most of some words."""
    details = " ".join(f"{detail.name} {detail.text}" for detail in fact.details)
    words = {word[:6] for word in forms(f"{fact.concept.text} {details} {fact.author}")}
    held = sum(any(form[:6] in words for form in (word, *OTHER_WORDS.get(word, ()))) for word in keywords)
    return held * 2 > len(keywords)


def _family(reading: Reading) -> list[DraftClaim]:
    """Answer from the family history: of the relative and about the problem that are asked."""
    plan, chart = reading.plan, reading.chart
    facts = retrieve_list(plan, reading.shelves.records, scope=reading.scope)
    if plan.relatives:
        facts = [fact for fact in facts if any(word in plan.relatives for detail in fact.details for word in forms(detail.text))]
    for target in plan.targets:
        ids = set(target.ids)
        named = [fact for fact in facts if ids & chart.lexicon.link(fact.concept).keys() or _concerns(fact, target)]
        facts = named or [fact for fact in facts if _kindred(fact, target, chart)]
    if plan.keywords and not plan.targets:
        facts = [fact for fact in facts if _mentions(fact, plan.keywords)]
    return [draft(fact, chart, route="family") for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]


def _kindred(fact: Fact, target: Target, chart: Chart) -> bool:
    """Say whether a fact and a target stand under the same narrow class: a heart attack tells of coronary disease."""
    lexicon = chart.lexicon
    over = frozenset[str]().union(*(lexicon.above(id_) for id_ in target.ids[:1])) if target.ids else frozenset[str]()
    narrow = {id_ for id_ in over if len(lexicon.below(id_)) <= _NARROW_FAMILY}
    return any(narrow & lexicon.above(id_) for id_ in lexicon.link(fact.concept))


_NARROW_FAMILY = 18


def _demographics(plan: Plan, facts: Sequence[Fact], chart: Chart) -> list[DraftClaim]:
    if plan.intent is Intent.AGE or "age" in plan.text.lower().split():
        return age_claims(facts, chart) or _newest_told(facts, "age", chart)
    chosen = [fact for fact in facts if _mentions_field(fact, plan)]
    if not chosen and {"sex", "gender"} & set(forms(plan.text)):
        return _newest_told(facts, "sex", chart)
    return [draft(fact, chart, route="demographic") for fact in chosen]


def _newest_told(facts: Sequence[Fact], what: str, chart: Chart) -> list[DraftClaim]:
    """Quote the newest note that tells the age or sex."""
    told = [fact for fact in facts if fact.span is not None and fact.concept.text == what]
    return [draft(told[-1], chart, route="demographic")] if told else []


_FIELDS = {
    "birthdate": {"dob", "birth", "birthday", "born", "birthdate"},
    "gender": {"sex", "gender"},
    "marital": {"married", "marital"},
    "language": {"language", "speak"},
    "address": {"address", "live", "city"},
    "deceased": {"died", "dead", "death", "deceased", "alive", "die", "passed", "pass"},
    "race": {"race", "ethnicity", "ethnic"},
    "ethnicity": {"race", "ethnicity", "ethnic"},
    "birthsex": {"sex"},
}


def _mentions_field(fact: Fact, plan: Plan) -> bool:
    field = fact.id.partition("#")[2].lower()
    asked = set(forms(plan.text))
    return any(asked & words for name, words in _FIELDS.items() if name in field)


def _allergies(found: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    """Answer about allergies: the named substance or its class, else the whole list."""
    chart = reading.chart
    facts = preferred(reading.shelves.records.facts(reading.scope, categories=(Category.ALLERGY,)))
    valid = [fact for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    substances = [item for item in found if not _is_allergy_word(item.target)]
    if not substances:
        return [draft(fact, chart, route="allergy_list") for fact in _of_sort(valid, reading.plan.text)]
    related = [fact for fact in facts if any(_same_substance(fact, item, chart) for item in substances)]
    if related:
        return [draft(fact, chart, route="allergy") for fact in related]
    # "No known allergies" answers for every substance.
    none_known = [
        fact for fact in valid if fact.assertion is AssertionStatus.ABSENT and fact.concept.text.lower().startswith("no ")
    ]
    return [draft(fact, chart, route="no_known_allergy") for fact in none_known]


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
    if any(fact.id == other.id for other in item.facts) or _concerns(fact, item.target):
        return True
    linked = chart.lexicon.link(fact.concept).keys()
    named = item.target.ids[:1]
    over = frozenset[str]().union(*(chart.lexicon.above(id_) for id_ in named)) if named else frozenset[str]()
    # Classes that only share a property ("antibiotic") are too wide to carry an allergy over.
    over = frozenset(id_ for id_ in over if len(chart.lexicon.below(id_)) <= _NARROW_CLASS)
    return bool(linked & (set(item.target.ids) | over))


_NARROW_CLASS = 40


def _allergy_quotes(reading: Reading) -> list[DraftClaim]:
    plan = reading.plan
    passages = list(reading.shelves.records.all_passages(reading.scope))
    return quote_allergies([target for target in plan.targets if not _is_allergy_word(target)], passages, reading.shelves.records)


def _merged(claims: Sequence[DraftClaim], quotes: Sequence[DraftClaim], plan: Plan) -> list[DraftClaim]:
    """Put facts first; for reasons the quote that tells the cause first."""
    told_why = any("reason:" in claim.text for claim in claims)
    answered = plan.intent is Intent.DESCRIBE and not plan.keywords and plan.event is None and plan.subject in _TOLD_BY_TABLES
    if answered and claims and not _only_tells_silence(claims):
        return [*claims, *quotes[:1]]
    if plan.intent in NARRATIVE_INTENTS and quotes and not told_why:
        return [*quotes[:MOST_QUOTES], *claims[:2]]
    if _only_tells_silence(claims):
        return [*claims[:2], *quotes[:MOST_QUOTES]]
    return [*claims, *quotes[: 2 if plan.intent is Intent.REASON else 1]]


def _missing(plan: Plan, claims: Sequence[DraftClaim]) -> list[Missing]:
    if plan.intent is Intent.REASON and claims and not any(claim.route == "quote" or "reason:" in claim.text for claim in claims):
        return [Missing(what="reason", why="the chart does not say why")]
    if claims and all(claim.route == "order" for claim in claims):
        return [Missing(what="result", why="it was ordered; the chart holds no result")]
    measured = any(target.kind is ConceptKind.MEASUREMENT for target in plan.targets)
    asks_result = _RESULT.search(plan.text) is not None or (measured and plan.intent in _OF_VALUES)
    if (
        claims
        and asks_result
        and all(claim.route == "last_happening" and ":" not in claim.text and "(" not in claim.text for claim in claims)
    ):
        return [Missing(what="result", why="it was done; the chart holds no result")]
    if plan.intent is Intent.DOSE and claims and not any(re.search(r"\d", _outside_dates(claim.text)) for claim in claims):
        return [Missing(what="dose", why="the chart names the medication without a dose")]
    return []


_RESULT = re.compile(r"\b(?:results?|show(?:ed|n)?|reveal(?:ed)?|find(?:ings?)?|found|say|said)\b", re.IGNORECASE)


def _outside_dates(text: str) -> str:
    return re.sub(r"\d{4}(?:-\d\d){0,2}", "", text)


def _silence(plan: Plan, shelves: Shelves, scope: Scope, *, understood: bool) -> str:
    asked = ", ".join(dict.fromkeys(target.label for target in plan.targets)) or ", ".join(plan.keywords[:4])
    when = f" ({plan.window.words})" if plan.window else ""
    searched = in_words(certify(plan, shelves.records, scope=scope))
    if not understood:
        return f"I did not understand what is asked. Name a test, a medicine, a problem, a visit or a time. {searched}"
    what = asked or (plan.subject.value.replace("_", " ") if plan.subject else "this")
    event = f" that it was {plan.event.value}" if plan.event in {Event.STOPPED, Event.CHANGED} and plan.targets else ""
    return f"Not documented: the chart has no record that answers this about {what}{event}{when}. {searched}"
