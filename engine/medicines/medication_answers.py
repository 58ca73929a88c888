"""Questions about the safety of medicines: "any interactions?", "is it ok to give her ibuprofen?", "QT risk?"."""

# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import Audience, DraftClaim, Missing
from chartcite.engine.domain.medication_alerts import NotKnown
from chartcite.engine.domain.medication_rules import ADVICE, MedicationRule, RuleKind
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import active_at
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.findings.findings import Findings
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.medication_safety import Evaluation, checked_claims, evaluate_rules, none_met_claim, not_known
from chartcite.engine.medicines.avoided_medicines import asks_avoided
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import SAFE, Event, Intent
from chartcite.engine.review.chart_review import Review

MOST_ALERTS = 12
"""Alerts that an answer tells, gravest first."""
MOST_MISSING = 4


class SafetyAnswer(NamedTuple):
    """What rules of medication safety add to an answer."""

    claims: tuple[DraftClaim, ...] = ()
    missing: tuple[Missing, ...] = ()
    alone: bool = False
    """Whether nothing else answers the question."""


class Topic(NamedTuple):
    """What a question about all medicines asks for."""

    name: str
    cue: Cue
    keeps: Callable[[MedicationRule], bool]
    named: bool = False
    """Whether the words alone say that medicines are meant."""


def _cue(pattern: str) -> Cue:
    return Cue(pattern)


_MEDICINES = _cue(
    r"\b(?:drugs?|med(?:ication|icine)?s?|pills?|tablets?|tabs|prescri\w+|prescriptions?|treatments?|capsules?|scripts?|regimen)\b"
)
_TOGETHER = frozenset({RuleKind.INTERACTION, RuleKind.DUPLICATE, RuleKind.BURDEN})
TOPICS: tuple[Topic, ...] = (
    Topic(
        "the QT interval",
        _cue(r"\bqtc?[- ](?:risk|burden|prolonging|drugs?|med\w*)\b|\b(?:risk|drugs?|med(?:ication|icine)?s?|tablets?|pills?|anything|any)\b.{0,40}\b(?:prolong\w* (?:the |her |his |their )?qtc?|torsades?|qtc? (?:risk|prolong\w+))\b|\brisk of (?:a )?(?:long qt|qtc?|torsades?)\b"),
        lambda rule: rule.burden == "qt" or re.search(r"\bQT|[Tt]orsades", f"{rule.effect} {rule.mechanism}") is not None,
        named=True,
    ),
    Topic("the anticholinergic burden", _cue(r"\banti-?cholinergic (?:burden|load|score|risk|drugs?|med\w*)\b|\b(?:burden|load) of anti-?cholinergics?\b"), lambda rule: rule.burden == "anticholinergic" or rule.id.startswith("anticholinergic"), named=True),
    Topic("serotonin", _cue(r"\bserotonin (?:syndrome|toxicity)\b.*\b(?:risk|drugs?|med\w*|could|likely|chance)\b|\brisk\b.*\bserotonin\b|\bserotonergic\b"), lambda rule: rule.burden == "serotonergic" or "erotonin" in rule.effect, named=True),
    Topic("bleeding", _cue(r"\bbleed\w*\b.*\b(?:risks?|burden)\b|\brisks?\b.*\bbleed\w*"), lambda rule: rule.burden == "bleeding" or "leeding" in rule.effect),
    Topic(
        "duplicates",
        _cue(r"\bduplicat\w+|\bdoubl\w+ up\b|\bsame (?:drug |medicine |medication )?(?:class|group|family|kind|type|sort)\b|\btwo (?:different )?(?:versions|drugs|medicines|tablets|pills|meds) (?:that do|doing|for) the same\b|\btherapeutic duplication\b"),
        lambda rule: rule.kind is RuleKind.DUPLICATE,
    ),
    Topic(
        "kidney function",
        _cue(r"\b(?:renal(?:ly)?|kidneys?|egfr|gfr|crcl)\b.*\b(?:dos(?:e|es|ed|ing)|adjust\w*)\b|\b(?:dos(?:e|es|ed|ing)|adjust\w*)\b.*\b(?:renal|kidneys?|egfr|gfr|crcl)\b"),
        lambda rule: rule.kind is RuleKind.KIDNEY,
        named=True,
    ),
    Topic(
        "kidney function",
        _cue(r"^(?!.*\b(?:(?:what|which) doses?|reject\w*|graft|transplant\w*)\b).*?(?:\b(?:renal(?:ly)?|kidneys?|egfr|gfr|crcl|creatinine)\b.*\b(?:dos(?:e|es|ed|ing)|adjust\w*|contra-?indicat\w*|unsafe|avoid\w*|too (?:high|much|strong)|harm\w*|safe|suitable)\b|\b(?:dos(?:e|es|ed|ing)|adjust\w*|contra-?indicat\w*|unsafe|avoid\w*|harm\w*|safe|suitable|bad)\b.*\b(?:renal|kidneys?|egfr|gfr|crcl)\b)"),
        lambda rule: rule.kind is RuleKind.KIDNEY or "idney" in rule.effect,
    ),
    Topic(
        "pregnancy",
        _cue(r"\b(?:pregnan\w+|unborn|fetus|foetus|baby)\b.*\b(?:safe|unsafe|harm\w*|ok|okay|contra-?indicat\w*|avoid\w*|stop\w*|teratogen\w*|problem)\b|\b(?:safe|unsafe|harm\w*|ok|okay|contra-?indicat\w*|avoid\w*|teratogen\w*|problem)\b.*\b(?:pregnan\w+|unborn|fetus|foetus|baby)\b|\bteratogen\w*\b"),
        lambda rule: rule.kind is RuleKind.PREGNANCY,
    ),
    Topic(
        "interactions",
        _cue(r"\binteract(?:s|ing|ions?)?\b(?! with (?:staff|famil\w+|peers?|others|people|children|his|her (?:husband|family|mother|child\w*)))|\bclash(?:es|ing)?\b|\b(?:take|taken|taking|mix\w*|combin\w*|go|safe|ok|okay|fine|used?)\b.{0,40}\btogether\b|\b(?:mix|combin)(?:e|es|ed|ing|ation)?\b.*\b(?:safe|ok|problem|danger\w*)\b"),
        lambda rule: rule.kind in _TOGETHER,
    ),
    Topic(
        "",
        _cue(r"\bcontra-?indicat\w+|\bunsafe\b|\bdangerous\b|\bharmful\b|\brisky\b|\binappropriate\b|\bshould(?:n['’]?t| not) (?:be )?(?:on|take|taking|having|have(?! \w+(?:ed|en)\b))\b|\bshould(?:n['’]?t| not)(?= ?\W*$)|\bto avoid\b|\bsafety (?:check|review|alerts?|problems?|issues?|concerns?)\b|\bbeers (?:criteria|list)\b|\bstopp\b|\b(?:medication|drug|prescribing) safety\b|\bsafe\b"),
        lambda _rule: True,
    ),
)  # fmt: skip
"""The first whose words are met decides what is told."""
_SOCIAL = _cue(r"\b(?:social|parent\w*|staff|peers?|family|famil\w+|eye contact)\b")
_PROPOSES = _cue(
    r"\binteract(?:s|ing|ions?)?\b|\bclash(?:es|ing)?\b|\b(?:mix|combin)(?:e|es|ed|ing)\b|\bcontra-?indicat\w+|\b(?:add|adding|start|starting|prescrib\w+|giv(?:e|ing)|tak(?:e|ing)|us(?:e|ing))\b.*\b(?:safe\w*|problems?|risky?|danger\w*|ok|okay|wise|harm)\b|\b(?:safe\w*|problems?|risky?|danger\w*|wise|harm|worry|worried|concern\w*)\b.*\b(?:add|adding|start|starting|prescrib\w+|giv(?:e|ing)|tak(?:e|ing)|us(?:e|ing)|with)\b|\ballowed\b|\bwise\b"
    r"|\b(?:appropriate|suitable|advisable|go(?:ing)? back on|back on|re-?start\w*|re-?challeng\w*|re-?introduc\w*|(?:could|would|can|will|might|should) (?:\w+ ){1,2}tolerate)\b"
    r"|\b(?:an option|(?:good|bad) idea|any problems?(?=\W*$)|(?:can|could|may|should) (?:\w+ ){1,2}drink)\b|\binstead of\b.*\b(?:problems?|safe|ok|okay|possible)\b"
    r"|\b(?:be|cause) (?:a |any )?(?:problem|trouble|danger|harm)s?\b|\bright (?:drug|medicine|medication|tablet|choice|one|for (?:him|her|me|them|this))\b|\b(?:any )?(?:problem|issue|objection)s? (?:with|to|if) (?:\w+ ){0,2}?(?:give|giving|start\w*|add\w*|us\w+|prescrib\w+|he|she|i)\b"
    r"|\breasons? (?:not|against|why not)\b|\breasons? (?:\w+ )?(?:s?he|they|i|we) (?:can ?['’]?t|cannot|should ?n['’]?t|should not)\b"
    r"|\b(?:could|can|should|would|may) (?:we|i|they|s?he) (?:\w+ )?(?:use|try|have|switch|swap|change|go)\b|\bshould (?:s?he|they|i) (?:still )?be on\b"
)
"""Asks of a named medicine whether it may be given, beside the words of `SAFE`."""
_ASKING = frozenset({Intent.PRESENCE, Intent.DESCRIBE, Intent.LIST, Intent.ACTIVE})
_REPLACES = _cue(r"\b(?:instead of|rather than|in place of|(?:switch|swap|change)\w* (?:\w+ ){0,2}?(?:from|to|for))\b")
"""Puts one medicine in the place of another, so that both are not taken together."""
_WHICH = _cue(r"\b(?:which|why|what (?!if|about))\b")
"""Asks for a name or a reason, and not whether a medicine may be given."""


_HOW_USED = _cue(r"\b(?:technique|properly|correctly|the right way|used right|afford)\b")
"""Asks how a medicine is used, or paid for, and not whether it may be."""


def tell_safety(reading: Reading, audience: Audience) -> SafetyAnswer:
    """Tell what the rules say of what a question asks; nothing where it asks for something else, or no rule is loaded."""
    plan, records = reading.plan, reading.shelves.records
    asked = _asked_medicines(plan)
    topic = None if asked else _topic(plan)
    if (not asked and topic is None) or plan.family or not records.rules().rules:
        return SafetyAnswer()
    findings = Findings(Review(records, reading.chart.lexicon, reading.scope, today=reading.chart.today))
    found = evaluate_rules(findings, asked)
    kept = [one for one in found.met if topic is None or topic.keeps(one.rule)]
    if _REPLACES.search(plan.text):
        kept = [one for one in kept if one.rule.kind is not RuleKind.DUPLICATE]
    if len(asked) > 1:
        # Of a named medicine that is taken, what it does with a third one is not asked.
        new = [one for one in kept if any(each.proposed for each in one.medicines)]
        kept = [one for one in kept if one in new or set(one.medicines) <= set(found.asked)] if new else kept
        kept.sort(key=lambda one: -sum(medicine in found.asked for medicine in one.medicines))
    claims = checked_claims(kept[:MOST_ALERTS], findings.review, records.rules())
    if not claims:
        about = (
            f"that concern {' or '.join(one.name for one in found.asked)}"
            if asked
            else f"about {topic.name}"
            if topic and topic.name
            else ""
        )
        beside = [one for one in found.medicines if one not in found.asked]
        unjudged = any(topic is None or topic.keeps(one.rule) for one in found.open)
        claims = [none_met_claim(findings, (*found.asked, *beside), about=about, unjudged=unjudged)]
    if audience is Audience.PATIENT:
        claims = [claim.model_copy(update={"text": f"{claim.text} {ADVICE}"}) for claim in claims]
    left_open = [one for one in found.open if topic is None or topic.keeps(one.rule)]
    claims = [*_ended(found, plan, reading), *_kidney_values(claims, found, plan, topic, findings), *claims]
    missing = [*_absent(plan, topic), *_missing(found, not_known(left_open, findings.review), len(kept))]
    others = [target for target in plan.targets if not (topic and topic.name == _KIDNEYS and set(target.ids) & _OF_KIDNEYS)]
    alone = topic is not None and not others and not asks_avoided(plan)
    return SafetyAnswer(tuple(claims), tuple(missing), alone=alone)


_KIDNEYS = "kidney function"
_OF_KIDNEYS = frozenset(
    {"kidney-function", "egfr", "creatinine", "creatinine-clearance", "kidney-disease", "renal-function-panel"}
)
"""Ids of the lexicon by which a question names the kidneys."""


def _ended(found: Evaluation, plan: Plan, reading: Reading) -> list[DraftClaim]:
    """Tell the newest order of each medicine that is asked about, was taken once, and is no longer: when it ended, and why."""
    claims: list[DraftClaim] = []
    if not any(one.proposed for one in found.asked):
        return claims
    for target in plan.targets:
        if target.kind is not ConceptKind.DRUG or not target.concept_keys or not target.ids:
            continue
        listed = reading.chart.records.facts(reading.scope, concept_keys=target.concept_keys)
        orders = [fact for fact in listed if fact.category is Category.MEDICATION and fact.span is None]
        over = [fact for fact in orders if fact.assertion is AssertionStatus.PRESENT and fact.status in {"stopped", "completed"}]
        told = [fact for fact in over if not active_at(fact, reading.chart.today)]
        taken = {id_ for one in found.medicines if not one.proposed for id_ in one.over}
        if told and not taken & set(target.ids):
            claims.append(draft(max(told, key=_end_of), reading.chart, route="medication_stop"))
    return claims


def _end_of(fact: Fact) -> str:
    day = fact.ended or fact.occurred
    return day.day if day else ""


def _kidney_values(
    claims: Sequence[DraftClaim], found: Evaluation, plan: Plan, topic: Topic | None, findings: Findings
) -> list[DraftClaim]:
    """Tell the kidney function that rules were compared with, where it is asked about and no alert tells it."""
    asked = (topic is not None and topic.name == _KIDNEYS) or any(set(target.ids) & _OF_KIDNEYS for target in plan.targets)
    if not asked or (found.met and any(one.rule.kind is RuleKind.KIDNEY for one in found.met)) or not claims:
        return []
    value = findings.measurement("egfr", unit="mL/min/{1.73_m2}", within_days=365)
    return [draft(fact, findings.review.chart, route="latest") for fact in value.facts[:1]]


def _absent(plan: Plan, topic: Topic | None) -> list[Missing]:
    """Name the medicines that a question about what is taken takes for granted, and that the chart does not name."""
    named = [target for target in plan.targets if target.kind is ConceptKind.DRUG and target.ids] if topic is not None else []
    return [
        Missing(what=target.label, why="the chart does not name it as a medicine") for target in named if not target.concept_keys
    ]


def _missing(found: Evaluation, unknown_facts: Iterable[NotKnown], alerts: int) -> list[Missing]:
    needed = ((one, ", ".join(one.medicines)) for one in islice(unknown_facts, MOST_MISSING))
    missing = [Missing(what=one.what, why=f"{one.why}; it is needed for rules about {names}") for one, names in needed]
    if alerts > MOST_ALERTS:
        missing.append(Missing(what=f"{alerts - MOST_ALERTS} further alerts", why="`chartcite safety check` lists all of them"))
    unknown = [fact.concept.text for fact in found.unrecognised if not _NO_MEDICINE.search(fact.concept.text)]
    if unknown:
        missing.append(Missing(what=f"rules about {', '.join(unknown[:MOST_MISSING])}", why="the terminology does not know it"))
    return missing


_NO_MEDICINE = Cue(
    r"\b(?:sensors?|test(?:ing)? strips?|lancets?|needles?|syringes?|spacers?|aerochamber|(?:glucose|blood sugar) meters?|glucometers?|stockings?|bandages?|dressings?"
    r"|catheters?|(?:ostomy|stoma|drainage|leg) bags?|pads|sharps (?:bin|container)|cgm|transmitters?|infusion sets?)\b"
)
"""What is prescribed, and is no medicine that a rule could be about."""


def _asked_medicines(plan: Plan) -> list[tuple[str, ...]]:
    """Return the medicines of which a question asks whether they may be given."""
    named = [target for target in plan.targets if target.kind is ConceptKind.DRUG and target.ids]
    if _HOW_USED.search(plan.text) or (plan.subject is Category.ALLERGY and not _BESIDE_ALLERGY.search(plan.text)):
        return []
    if plan.intent is Intent.REASON:
        proposed = _NO_REASON.search(plan.text) is not None
    else:
        proposed = plan.intent in _ASKING and (
            SAFE.search(plan.text) is not None or _PROPOSES.search(plan.text) is not None or _is_bare_proposal(plan, named)
        )
        # Of "a small dose of sotalol" the dose is not asked where the chart does not name it.
        new = plan.intent is Intent.DOSE and not any(target.concept_keys for target in named)
        judged = plan.intent is Intent.LATEST and (_JUDGED.search(plan.text) or _MAY_DRINK.search(plan.text)) is not None
        proposed = proposed or judged or (new and _PROPOSES.search(plan.text) is not None)
    if not proposed:
        return []
    beside = [(id_,) for id_, words in _UNNAMED if words.search(plan.text)]
    return [*(target.ids[:1] for target in named), *(one for one in beside if not any(one[0] in t.ids for t in named))]


_TAKEN_WITH = r"\b(?:tak(?:e|en|ing)|hav(?:e|ing)|giv(?:e|en|ing)|add(?:ing)?|swallow) (?:\w+ ){0,2}?"
_UNNAMED = (
    (
        "alcohol",
        _cue(
            r"\b(?:alcohol\w*|booze|wine|beers?|lager|cider|whisk\w+|gin|vodka|rum|sherry|brandy|prosecco|champagne|cocktails?|pints?|a drink|tipple)\b(?! (?:wipes?|gel|swabs?|rub|history|use|intake))"
            r"|\bdrink(?:ing)? (?:with|on|while|whilst) (?:\w+ )?(?:this|these|my|his|her|their|the)\b"
        ),
    ),
    ("calcium-carbonate", _cue(_TAKEN_WITH + r"calcium\b")),
    ("magnesium-hydroxide", _cue(_TAKEN_WITH + r"magnesium\b")),
    ("potassium-chloride", _cue(_TAKEN_WITH + r"potassium\b")),
    ("iron-supplement", _cue(_TAKEN_WITH + r"iron\b")),
    ("zinc-supplement", _cue(_TAKEN_WITH + r"zinc\b")),
)
"""What is swallowed and reads as a habit or a test: "a glass of wine with these", "calcium with his tablets"."""


_MAY_DRINK = _cue(
    r"\b(?:can|could|may|should) (?:\w+ ){1,2}drink\b|\b(?:safe|ok|okay|fine|allowed|all right|alright)\b.*\b(?:drink|alcohol)\w*"
)
_JUDGED = _cue(r"\b(?:appropriate|suitable|safe|advisable|contra-?indicated|(?:a )?good idea|an option)\b")
"""Asks for a judgement, whatever else the words name."""
_NO_REASON = _cue(
    r"\breasons? (?:not|against|why not)\b|\breasons? (?:\w+ )?(?:s?he|they|i|we) (?:can ?['’]?t|cannot|should ?n['’]?t|should not)\b"
)
_BESIDE_ALLERGY = _cue(
    r"\b(?:ok|okay|safe|fine|alright|suitable)\b.*\b(?:with|given|despite|because of) (?:\w+ ){0,2}?allerg\w*|\ballerg\w*.*\b(?:ok|okay|safe|fine)\b.*\bto (?:have|take|give)\b"
)
"""Asks whether a medicine may be given to somebody with an allergy, and not what the allergy is."""
_BARE_WITH = _cue(
    r"^\W*[\w/-]+(?: [\w/-]+)? (?:with|plus|alongside|on top of|\+) (?:(?:his|her|their|my|the) )?[\w/-]+(?: [\w/-]+)?\W*$"
)
"""Two names and nothing else: "co-trimoxazole with warfarin?"."""


def _is_bare_proposal(plan: Plan, named: Sequence[Target]) -> bool:
    """Say whether a few words put a medicine that the chart does not hold beside another, or beside an illness."""
    if plan.intent is not Intent.DESCRIBE or len(plan.text.split()) > _BRIEF + 1:
        return False
    unnamed = [target for target in plan.targets if target not in named]
    if named and len(plan.targets) > 1 and all(target.kind is None for target in unnamed) and _BARE_WITH.search(plan.text):
        return True
    new = [target for target in named if not target.concept_keys]
    others = [target for target in plan.targets if target not in new]
    return bool(new and others) and all(target.kind in {ConceptKind.CONDITION, ConceptKind.DRUG} for target in others)


def _topic(plan: Plan) -> Topic | None:
    """Return what a question asks of all medicines."""
    if plan.historical or plan.window is not None or plan.event is Event.STOPPED or plan.intent is Intent.REASON:
        return None
    about_medicines = plan.subject is Category.MEDICATION or _MEDICINES.search(plan.text) is not None
    brief: Sequence[str] = plan.text.split()
    for topic in TOPICS:
        if topic.cue.search(plan.text) and not _SOCIAL.search(plan.text):
            is_review = topic is TOPICS[-1]
            return topic if topic.named or about_medicines or (len(brief) <= _BRIEF and not is_review) else None
    return None


_BRIEF = 4
"""Words of a question that names nothing else: "any interactions?"."""
