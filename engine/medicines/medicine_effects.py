"""Which of the medicines that are taken can do something to a result or a complaint: "which of her pills could raise potassium?".

What labels say of a medicine is joined with what the chart lists as taken. That one can do it is no finding that it did.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import Audience, ClaimKind, DraftClaim, Outcome
from chartcite.engine.domain.medication_rules import ADVICE, spoken
from chartcite.engine.domain.medicine_effects import Direction, MedicineEffect
from chartcite.engine.domain.records import Category
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.findings.findings import Findings
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon
from chartcite.engine.medicines.taken_medicines import Medicine, TakenMedicines
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.review.chart_review import Review
from chartcite.engine.verification import verify

ROUTE = "known_effect"
NOT_TOLD = "labels say what a medicine can do; whether it did so here is for a clinician to judge"
MOST_TOLD = 6
"""Medicines that an answer names."""
WIDEST = 12
"""Kinds under what a question names, at most: "heart disease" is no complaint that a medicine brings."""
_MEDICINES = r"(?:med(?:s|icines?|ications?)?|drugs?|pills?|tabs?|tablets?|capsules?|inhalers?|puffers?|prescriptions?|treatments?|(?:any)?things? (?:that )?(?:he|she|i)['’]?s? (?:takes?|taking|on))"
_ANY_MEDICINE = Cue(
    rf"\b(?:which|what|any|one|some|either|are|is|could|can|might|do|does) (?:\w+ ){{0,2}}?(?:of |from )?(?:\w+ ){{0,3}}?{_MEDICINES}\b"
    rf"|\b(?:due to|from|because of|down to|blame) (?:\w+ ){{0,3}}?{_MEDICINES}\b|\bdrug[- ](?:induced|related)\b|\b(?:new|latest) {_MEDICINES}\b",
)  # fmt: skip
_DOES = Cue(
    r"\b(?:caus\w+|rais(?:e|es|ing)|low(?:er|ers|ering)|increas(?:e|es|ing)|decreas(?:e|es|ing)|reduc(?:e|es|ing)|mak(?:e|es|ing)|giv(?:e|es|ing)|put(?:s|ting)?|push(?:es|ing)?|nudg(?:e|es|ing)|bump(?:s|ing)?|driv(?:e|es|ing)"
    r"|bring(?:s|ing)?|stretch(?:es|ing)?|prolong(?:s|ing)?|lengthen(?:s|ing)?|affect(?:s|ing)?|explain(?:s|ing)?|contribut\w+|respons\w+|to blame|blame|behind|worsen(?:s|ing)?|trigger(?:s|ing)?|lead(?:s|ing)?|drop(?:s|ping)?|slow(?:s|ing)?|speed(?:s|ing)?"
    r"|due to|from|because of|down to|induced|related|upset(?:s|ting)?|culprits?|side[- ]effects?)\b",
)  # fmt: skip
_FROM = Cue(r"\b(?:due to|from|because of|down to|side[- ]effects?)\b")
_CAN = Cue(r"\b(?:could|can|might|may)\b")
_PAST = Cue(
    r"\b(?:was|were|did|had|made|caused|gave|raised|lowered|back (?:then|in)|at the time|used to|stopped|ever|allerg\w*)\b",
)
_UP = Cue(
    r"\b(?:up|upwards?|rais\w+|ris\w+|rose|increas\w+|high(?:er)?|elevat\w+|too much|stretch\w*|prolong\w*|lengthen\w*|fast(?:er)?|racing)\b",
)
_DOWN = Cue(r"\b(?:down|low(?:er\w*)?|drop\w*|fall\w*|fell|decreas\w+|reduc\w+|deplet\w+|slow\w*|loss|los(?:e|ing))\b")


def tell_effects(reading: Reading, audience: Audience) -> list[DraftClaim]:
    """Tell which medicines that are taken can do what the question names; empty: it asks for something else, or none can.

    A medicine that the question names is told of alone.
    """
    plan, records = reading.plan, reading.shelves.records
    things = [target for target in plan.targets if target.kind in {ConceptKind.MEASUREMENT, ConceptKind.CONDITION} and target.ids]
    if not things or not asks_effect(plan) or not records.rules().effects:
        return []
    named = [target for target in plan.targets if target.kind is ConceptKind.DRUG and target.ids]
    findings = Findings(Review(records, reading.chart.lexicon, reading.scope, today=reading.chart.today))
    claims: list[DraftClaim] = []
    for medicine, effect in _matches(findings, things, _direction(plan.text), reading.chart.lexicon):
        if named and not any(set(target.ids) & (medicine.ids | medicine.over) for target in named):
            continue
        claim = _claim(medicine, effect, findings)
        if verify(claim, records).outcome is Outcome.SUPPORTED:
            claims.append(claim)
    if audience is Audience.PATIENT:
        claims = [claim.model_copy(update={"text": f"{claim.text} {ADVICE}"}) for claim in claims]
    return claims[:MOST_TOLD]


def asks_effect(plan: Plan) -> bool:
    """Say whether a question asks which medicine can do something to what it names, now and not in the past.

    "Any palpitations from the albuterol?" asks what the chart says: of a medicine that is named, it is asked what it can do.
    """
    if plan.window is not None or plan.family or plan.anchor is not None or _PAST.search(plan.text):
        return False
    if any(target.kind is ConceptKind.DRUG for target in plan.targets):
        return _DOES.search(plan.text) is not None and (
            _CAN.search(plan.text) is not None or _DOES.search(_FROM.sub(" ", plan.text)) is not None
        )
    return _DOES.search(plan.text) is not None and _ANY_MEDICINE.search(plan.text) is not None


def _direction(text: str) -> Direction | None:
    """Return which way a result is said to go; `None`: it is not said, or both ways."""
    up, down = _UP.search(text) is not None, _DOWN.search(text) is not None
    return None if up is down else Direction.RAISES if up else Direction.LOWERS


def _matches(
    findings: Findings, things: list[Target], direction: Direction | None, lexicon: Lexicon
) -> Iterator[tuple[Medicine, MedicineEffect]]:
    """Yield each medicine that is taken with the first known effect on one of some things."""
    effects = [
        effect
        for effect in findings.review.records.rules().effects
        if any(_is_about(effect, target, direction, lexicon) for target in things)
    ]
    for medicine in TakenMedicines(findings).known:
        found = next((effect for effect in effects if effect.drugs & (medicine.ids | medicine.over)), None)
        if found is not None and medicine.facts and not (medicine.on_surface and found.direction is not Direction.CAUSES):
            yield medicine, found


def _is_about(effect: MedicineEffect, target: Target, direction: Direction | None, lexicon: Lexicon) -> bool:
    for id_ in effect.things:
        if id_ not in target.ids or (id_ != target.ids[0] and len(target.ids) > WIDEST):
            continue
        measured = lexicon.concepts[id_].kind is ConceptKind.MEASUREMENT
        return not measured or direction is None or effect.direction in {direction, Direction.CAUSES}
    return False


def _claim(medicine: Medicine, effect: MedicineEffect, findings: Findings) -> DraftClaim:
    taken = draft(medicine.facts[0], findings.review.chart, route=ROUTE)
    book = findings.review.records.rules()
    text = f"{taken.text.rstrip('.')}. Known effect: {effect.said} (mechanism: {effect.mechanism}). {_source(medicine, effect)}."
    return DraftClaim(
        text=text,
        kind=ClaimKind.INFERENCE,
        citations=(*taken.citations, book.cite(effect)),
        route=ROUTE,
        category=Category.MEDICATION,
    )


def _source(medicine: Medicine, effect: MedicineEffect) -> str:
    """Name the label of the medicine itself, else that of another of its group."""
    own = next((each for each in effect.sources if any(f"of {spoken(id_)}," in each.title for id_ in medicine.ids)), None)
    return f"Source: {own.shown}" if own is not None else f"Source, for a medicine of this group: {effect.sources[0].shown}"
