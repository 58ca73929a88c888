"""From a plan to draft claims: facts first, then quotes, else silence with what was searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.allergies import allergy_quotes
from chartcite.engine.calculated import ROUTE, refusal
from chartcite.engine.certificate import certify, in_words, with_sections
from chartcite.engine.chart_review import Review
from chartcite.engine.comparing import around_treatment, compare, of_treatment
from chartcite.engine.conflicts import Disagreement, disagreements
from chartcite.engine.domain.answers import AbstentionReason, ClaimKind, DraftClaim, Missing, Question, SearchCertificate
from chartcite.engine.domain.evidence import Evidence, Scope
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.doors import ELSEWHERE, Door, refused_without_chart
from chartcite.engine.due_answers import due_answer, kinds_asked
from chartcite.engine.fact_claims import Chart
from chartcite.engine.fact_routes import OF_VALUES, Asked, anchor_word, claims_from_facts
from chartcite.engine.findings import Findings
from chartcite.engine.focus import QUOTES, telling, tells
from chartcite.engine.guideline_answers import corpus_answer, guided_answer
from chartcite.engine.intents import read_intent
from chartcite.engine.left_open import left_open, quoted_texts, says_little
from chartcite.engine.life_topics import LIFE, told_of_topic, topic_asked
from chartcite.engine.medication_answers import SafetyAnswer, tell_safety
from chartcite.engine.medicine_effects import NOT_TOLD, tell_effects
from chartcite.engine.members import among_class
from chartcite.engine.named_patients import names_somebody_else
from chartcite.engine.note_sections import part_asked, told_in_part
from chartcite.engine.overview import asks_overview, overview
from chartcite.engine.plans import Plan, Target
from chartcite.engine.question_words import Event, Intent
from chartcite.engine.quoting import MOST_QUOTES, quote_answers
from chartcite.engine.reading import Reading
from chartcite.engine.reasons_told import reasons_against, reasons_at_turn, reasons_by_source, reasons_of_referral
from chartcite.engine.responses import asks_response, told_response
from chartcite.engine.retrieval import Shelves, retrieve_facts, retrieve_passages
from chartcite.engine.sayings import said_by_somebody
from chartcite.engine.second_look import NEAR_QUOTE, look_again
from chartcite.engine.sources_told import compare_sources
from chartcite.engine.summaries import summary
from chartcite.engine.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.timed import lacks_event, timed_by_event
from chartcite.engine.times import Window

NARRATIVE_INTENTS = frozenset({Intent.REASON, Intent.DESCRIBE, Intent.WHO})
"""What tables seldom tell: notes are read even when facts were found."""


_TOLD_BY_VALUES = frozenset({ConceptKind.MEASUREMENT, ConceptKind.DRUG, ConceptKind.VACCINE})


_LISTED = frozenset({"active_list", "past_medications", "medications_in_window", "list"})
_WHOLE = frozenset({"visit", "carer", ROUTE})
"""Routes that bring what the notes add along."""


_TOLD_BY_TABLES = frozenset({Category.MEDICATION, Category.IMMUNIZATION})
"""Lists whose entries answer before the notes do, where nothing further is asked of them."""


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
    guided = guided_answer(question.text, shelves, lexicon, scope=scope, today=today)
    if guided is not None:
        silence = "No recommendation in the guideline corpus of this store answers this question."
        reason = AbstentionReason.NOT_DOCUMENTED
        return Draft(guided.claims, silence, reason, lambda: None, guided.missing, guided.disagreements)
    demographics = shelves.records.facts(scope, categories=(Category.DEMOGRAPHIC,))
    birth = next((fact for fact in demographics if fact.id.endswith("#birthDate")), None)
    chart = Chart(shelves.records, lexicon, birth, today, scope)
    looked: list[float] = []
    whole = Reading(plans[0], shelves, chart, scope, looked)
    claims, missing = _compared_or_told(question, plans, whole, demographics)
    first = plans[0]
    refused_result = None if claims else next((told for plan in plans if (told := refusal(plan, chart)) is not None), None)
    if refused_result is not None:
        return _refused_result(*refused_result, certificate=lambda: certify(first, shelves.records, scope=scope))
    understood = any(plan.targets or plan.keywords or plan.subject for plan in plans)
    return Draft(
        claims=tuple(claims),
        silence=_silence(first, shelves, scope, understood=understood),
        reason=AbstentionReason.NOT_DOCUMENTED if understood else AbstentionReason.NOT_UNDERSTOOD,
        certificate=lambda: with_sections(certify(first, shelves.records, scope=scope), shelves.records, scope=scope),
        missing=tuple(missing) if claims else (),
        disagreements=tuple(disagreements(claims, chart)),
        looked=max(looked, default=None),
    )


def _all_that_is_due(plans: Sequence[Plan], shelves: Shelves, lexicon: Lexicon, scope: Scope, today: date) -> Draft | None:
    """Draft what guidelines ask for at intervals, where a question asks for that in general; `None`: it does not."""
    kinds = kinds_asked(plans[0]) if len(plans) == 1 else ()
    if not kinds:
        return None
    findings = Findings(Review(shelves.records, lexicon, scope, today=today))
    due = due_answer(kinds, findings, cancers_only="cancer" in plans[0].text.lower())
    reading = Reading(_anchored(plans[0], shelves, scope, today), shelves, findings.review.chart, scope)
    ordered = [claim for claim in _draft_part(reading, ()) if claim.route == "order"]
    return Draft((*due.claims, *ordered), due.silence, AbstentionReason.NOT_DOCUMENTED, lambda: None, due.missing)


def _compared_or_told(
    question: Question, plans: Sequence[Plan], reading: Reading, demographics: Sequence[Fact]
) -> tuple[list[DraftClaim], list[Missing]]:
    """Answer a question that compares by its sides; any other, and one whose sides give nothing, part by part."""
    comparison, sources = plans[0].comparison, plans[0].sources
    if sources is not None:
        records = reading.shelves.records
        said, silent = compare_sources(sources, list(records.all_passages(reading.scope)), records, reading.chart.today)
        if said and not silent:
            return said, []
    if comparison is None:
        return _told_by_part(question, plans, reading, demographics)
    today = reading.chart.today

    def answer(plan: Plan) -> tuple[Plan, list[DraftClaim]]:
        timed = around_treatment(_anchored(of_treatment(plan), reading.shelves, reading.scope, today))
        return timed, _draft_part(reading._replace(plan=timed), demographics)

    passages = list(reading.shelves.records.all_passages(reading.scope))
    compared = compare(comparison, reading, answer, passages)
    if compared.complete:
        return compared.claims, list(compared.missing)
    claims, missing = _told_by_part(question, plans, reading, demographics)
    if compared.claims and {claim.text for claim in claims} <= {claim.text for claim in compared.claims}:
        return compared.claims, [*missing, *compared.missing]
    return claims, missing


def _told_by_part(
    question: Question, plans: Sequence[Plan], reading: Reading, demographics: Sequence[Fact]
) -> tuple[list[DraftClaim], list[Missing]]:
    """Answer a question part by part; say what no part of the chart answers."""
    claims: list[DraftClaim] = []
    missing: list[Missing] = []
    for asked in plans:
        plan = _anchored(asked, reading.shelves, reading.scope, reading.chart.today)
        part = reading._replace(plan=plan)
        safety = tell_safety(part, question.audience)
        effects = tell_effects(part, question.audience)
        drafted = [] if safety.alone else _draft_part(part, demographics)
        if effects:
            safety = SafetyAnswer()
            drafted = [*effects, *(claim for claim in drafted if "reason:" in claim.text)]
            missing.append(Missing(what="cause", why=NOT_TOLD))
        known = {claim.text for claim in claims}
        claims += [claim for claim in {claim.text: claim for claim in drafted}.values() if claim.text not in known]
        claims += safety.claims
        missing += [*_missing(asked, drafted), *safety.missing]
        if len(plans) > 1 and not (drafted or safety.claims) and _asks(asked):
            missing.append(Missing(what=f"“{asked.text.strip(' ?')}”", why="no record of the chart answers this part"))
    return claims, missing


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
    elsewhere = next((plan.door for plan in plans if plan.door is not Door.CHART), None)
    if elsewhere is not None:
        return Draft((), ELSEWHERE[elsewhere], AbstentionReason.OUT_OF_SCOPE, lambda: None)
    if _THE_OTHER.search(question.text) or names_somebody_else(question.text, shelves.records, scope.patient_id):
        text = "This question names a person whose chart is not open. Answers here come from the open chart only."
        return Draft((), text, AbstentionReason.OUT_OF_SCOPE, lambda: None)
    return None


_THE_OTHER = re.compile(r"\b[Tt]he other (?:patient\b|[A-Z]\.? ?[A-Z]\w+)|\b(?:room-?mate|next bed)\b")


def _draft_part(reading: Reading, demographics: Sequence[Fact]) -> list[DraftClaim]:
    """Draft the claims of one part that tell what it asks; a sentence about something near by is no answer."""
    lexicon = reading.chart.lexicon
    if asks_overview(reading.plan):
        return overview(reading)
    if reading.plan.intent is Intent.SUMMARY:
        told = summary(reading)
        if told is not None:
            return told
        plan = reading.plan
        asked = read_intent(plan.text, plan.targets, plan.subject, plan.window)
        reading = reading._replace(plan=plan.model_copy(update={"intent": asked}))
    found, chosen_by = among_class(
        retrieve_facts(reading.plan, reading.shelves.records, scope=reading.scope), reading.plan.keywords, lexicon
    )
    if chosen_by:
        left = tuple(word for word in reading.plan.keywords if word not in chosen_by)
        reading = reading._replace(plan=reading.plan.model_copy(update={"keywords": left}))
    said = None if reading.plan.lost else said_by_somebody(reading)
    if said is not None:
        return said
    came_of_it = told_response(reading, found) if asks_response(reading.plan) else []
    if came_of_it:
        return came_of_it
    part = part_asked(reading.plan)
    if part is not None and not any(item.facts and item.target.kind in _TOLD_BY_VALUES for item in found):
        passages = list(reading.shelves.records.all_passages(reading.scope))
        told = told_in_part(part, reading.plan, passages, reading.shelves.records)
        if told:
            return told
    listed = any(item.facts for item in found)
    taken = _told_of_life(reading, before_facts=True, listed=listed)
    if taken:
        return taken
    referred = reasons_of_referral(reading)
    if referred:
        return referred
    facts = telling(reading.plan, claims_from_facts(Asked(reading, found, demographics)), lexicon)
    against = reasons_against(reading, facts)
    if against:
        return against
    drafted = _with_notes(reading, _about_first(reading.plan, facts))
    told = telling(reading.plan, drafted, lexicon)
    return [claim for claim in drafted if claim.route in _WEIGHED_ALREADY or claim in told]


def _told_of_life(reading: Reading, *, before_facts: bool, listed: bool = False) -> list[DraftClaim]:
    """Quote what notes tell of work, home, driving and the like, where that is asked; `listed`: a table tells of it."""
    topic = topic_asked(reading.plan, before_facts=before_facts)
    if topic is None or (listed and not topic.of_medicine):
        return []
    records = reading.shelves.records
    if topic.name == "insurance" and records.facts(reading.scope, categories=(Category.COVERAGE,)):
        return []  # the list tells it
    told = told_of_topic(topic, reading.plan, list(records.all_passages(reading.scope)), records)
    # A payer is no person, though people ask "who" it is, and a wish is no value.
    # What tells of a topic is no value either, and "alone" answers with whom somebody lives.
    return told if topic.newest else [each for each in told if tells(reading.plan, each, reading.chart.lexicon, but=_NOT_OF_LIFE)]


_NOT_OF_LIFE = ("value", "person", "place")
"""Particulars that sentences about somebody's life need not hold."""


_WEIGHED_ALREADY = frozenset({NEAR_QUOTE, LIFE})
"""Routes that chose by the particulars that are asked."""
_OTHER_TESTS = frozenset({Category.LABORATORY, Category.VITAL_SIGN, Category.OBSERVATION, Category.SURVEY})


def _about_first(plan: Plan, claims: list[DraftClaim]) -> list[DraftClaim]:
    """The measurement that a question names first must be told: other tests, or the visit, do not answer for a DLCO."""
    measured = [target for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]
    alone = bool(measured) and plan.targets[0] is measured[0] and not measured[0].concept_keys
    alone = alone and all(claim.category in _OTHER_TESTS or claim.route == ROUTE for claim in claims)
    if not alone and (len(measured) < 2 or any(claim.route == ROUTE for claim in claims)):
        return claims
    told = any(measured[0].find(forms(f"{claim.text} {' '.join(quoted_texts(claim))}")) for claim in claims)
    scored = set(forms(measured[0].label)) - _SCORES
    told = told or any(claim.route == ROUTE and scored <= set(forms(claim.text.partition(":")[0])) for claim in claims)
    return claims if told else []


_SCORES = frozenset({"score", "index", "risk", "scale"})
"""Words that the name of a result may lack: it is called "CHA2DS2-VASc", and the test "CHA2DS2-VASc score"."""


def _with_notes(reading: Reading, claims: list[DraftClaim]) -> list[DraftClaim]:
    plan = reading.plan
    if plan.subject is Category.ALLERGY and not plan.family:
        return [] if claims and _tells_no_result(plan, claims) else claims or allergy_quotes(reading)
    little = says_little(plan, claims)
    if not (little or _notes_may_add(plan, claims) or _tells_no_result(plan, claims)):
        return claims
    told = [] if claims else _told_of_life(reading, before_facts=False)
    if told:
        return told
    plan = _with_treatments(plan, claims, reading.chart.lexicon)
    evidence = retrieve_passages(plan.text, plan, reading.shelves, scope=reading.scope)
    beside_facts = bool(claims) and plan.intent not in NARRATIVE_INTENTS and not _only_tells_silence(claims)
    drafted = quote_answers(plan, evidence, reading.shelves.records, with_facts=beside_facts)
    quotes = _with_turns(reading, telling(reading.plan, drafted, reading.chart.lexicon))
    left = not claims or _tells_no_result(plan, claims) or left_open(plan, claims, reading.chart.lexicon)
    if quotes or not left:
        merged = _merged(claims, quotes, plan)
        open_still = says_little(plan, merged, least=1.0) if quotes else little
        beside = _looked(reading, evidence, beside_facts=True) if open_still else []
        return [*beside, *_others(beside, merged)[:MOST_BESIDE_NOTES]] if beside else merged
    told = _told_of_life(reading, before_facts=False)
    return told or _looked(reading, evidence)


def _others(quoted: Sequence[DraftClaim], claims: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Return the claims whose quotes do not stand within those that come first."""
    whole = [text for claim in quoted for text in quoted_texts(claim)]
    return [claim for claim in claims if claim.route != "quote" or not any(claim.citations[0].quote in text for text in whole)]


def _with_turns(reading: Reading, quotes: list[DraftClaim]) -> list[DraftClaim]:
    """Put before the quotes what the notes around a medicine's turn say of its cause."""
    turns = reasons_at_turn(reading)
    if not (turns or quotes):
        turns = reasons_by_source(reading)
    told = {citation.quote for claim in turns for citation in claim.citations}
    others = [claim for claim in quotes if not any(claim.citations[0].quote in each for each in told)]
    return [*turns, *others]


MOST_BESIDE_NOTES = 3
"""Facts that are told after sentences of notes which say more of what is asked."""


def _looked(reading: Reading, evidence: Sequence[Evidence], *, beside_facts: bool = False) -> list[DraftClaim]:
    found = look_again(reading.plan, evidence, reading.shelves, reading.chart.lexicon, beside_facts=beside_facts)
    if found.odds is not None and reading.looked is not None:
        reading.looked.append(found.odds)
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
        first = Intent.FIRST if word in {"after", "following"} and plan.intent is Intent.LATEST else plan.intent
        return plan.model_copy(update={"window": Window(first=day, words=words), "intent": first})
    return plan


def _merged(claims: Sequence[DraftClaim], quotes: Sequence[DraftClaim], plan: Plan) -> list[DraftClaim]:
    """Put facts first; for reasons the quote that tells the cause first."""
    told_why = any("reason:" in claim.text for claim in claims)
    answered = plan.intent is Intent.DESCRIBE and not plan.keywords and plan.event is None and plan.subject in _TOLD_BY_TABLES
    if answered and claims and not _only_tells_silence(claims):
        listed = all(claim.route in _LISTED for claim in claims)
        return list(claims) if listed else [*claims, *quotes[:1]]
    if plan.intent in NARRATIVE_INTENTS and quotes and not told_why:
        return [*quotes[:MOST_QUOTES], *claims[:2]]
    if _only_tells_silence(claims):
        return [*claims[:2], *quotes[:MOST_QUOTES]]
    return [*claims, *quotes[: 2 if plan.intent is Intent.REASON else 1]]


def _missing(plan: Plan, claims: Sequence[DraftClaim]) -> list[Missing]:
    if plan.intent is Intent.REASON and claims and not any(_tells_why(claim) for claim in claims):
        return [Missing(what="reason", why="the chart does not say why")]
    if claims and all(claim.route == "order" for claim in claims):
        return [Missing(what="result", why="it was ordered; the chart holds no result")]
    measured = any(target.kind is ConceptKind.MEASUREMENT for target in plan.targets)
    asks_result = _RESULT.search(plan.text) is not None or (measured and plan.intent in OF_VALUES)
    if (
        claims
        and asks_result
        and all(claim.route == "last_happening" and ":" not in claim.text and "(" not in claim.text for claim in claims)
    ):
        return [Missing(what="result", why="it was done; the chart holds no result")]
    if plan.intent is Intent.DOSE and claims and not any(re.search(r"\d", _outside_dates(claim.text)) for claim in claims):
        return [Missing(what="dose", why="the chart names the medication without a dose")]
    return []


def _tells_why(claim: DraftClaim) -> bool:
    """Say whether a claim tells a reason: a sentence of a note, a reason of record, why it was not done, what a visit was for."""
    told = claim.route in QUOTES | {"visit_note"} or "reason:" in claim.text
    undone = re.search(r"\bnot[- ]done\b.*(?:\(|: )", claim.text) is not None
    return told or undone or (claim.category is Category.ENCOUNTER and ", for " in claim.text)


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
    unknown = f" Not understood, and looked for as words only: {', '.join(plan.unknown)}." if plan.unknown else ""
    return f"Not documented: the chart has no record that answers this about {what}{event}{when}.{unknown} {searched}"
