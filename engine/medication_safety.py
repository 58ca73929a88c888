"""USE CASE: is what this patient takes, or what is proposed, met by a rule of medication safety?

    findings → medicines (taken, proposed) → checks (rules met, left open) → alerts as checked sentences

A rule that is met is always told. That no rule is met is told with the number of rules, never as "safe".
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from chartcite.engine.domain.answers import ClaimKind, DraftClaim, Outcome
from chartcite.engine.domain.evidence import Citation, Scope
from chartcite.engine.domain.medication_alerts import Alert, LoadedRules, NotKnown, SafetyReport
from chartcite.engine.domain.medication_rules import MedicationRule, RuleBook, RuleKind
from chartcite.engine.domain.records import Category, Fact, PatientId
from chartcite.engine.errors import CitationNotFoundError, InvalidQuestionError
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.findings.findings import Findings
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.medicines.class_members import check_members, without_known
from chartcite.engine.medicines.medication_checks import Met, Open, check, gravest_first
from chartcite.engine.medicines.taken_medicines import Medicine, TakenMedicines, proposed_medicine
from chartcite.engine.ports import RecordStore
from chartcite.engine.review.chart_review import Review, last_day
from chartcite.engine.verification import verify

ROUTE = "medication_safety"


def medication_safety(
    patient_id: PatientId,
    /,
    *,
    records: RecordStore,
    lexicon: Lexicon,
    add: str = "",
    as_of: date | datetime | None = None,
) -> SafetyReport:
    """Evaluate all rules for a patient at a moment.

    Args:
        patient_id: whose chart.
        records: store with its rules.
        lexicon: words and codes.
        add: a medicine that is proposed, by ingredient, class or brand: only what concerns it is told.
        as_of: last day or instant whose records count.

    Raises:
        PatientNotFoundError: the store holds no such patient.
        InvalidQuestionError: `add` names no medicine that is known.
    """
    records.patient(patient_id)
    review = Review(records, lexicon, Scope(patient_id=patient_id, as_of=as_of), today=last_day(as_of))
    return safety_report(Findings(review), medicines_named(add, lexicon) if add else ())


def medicines_named(words: str, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """Return the medicines that words name, each as its lexicon ids.

    Raises:
        InvalidQuestionError: they name none.
    """
    known = [lexicon.correct(word) or word if not lexicon.has_word(word) else word for word in forms(words)]
    named = [
        tuple(id_ for id_ in mention.ids if lexicon.concepts[id_].kind is ConceptKind.DRUG) for mention in lexicon.mentions(known)
    ]
    found = tuple(dict.fromkeys(ids for ids in named if ids))
    if not found:
        raise InvalidQuestionError("the medicine to add is not in the terminology: name its ingredient, its class or a brand")
    return found


class Evaluation(NamedTuple):
    """What the rules say of a patient, before it is put in words."""

    met: tuple[Met, ...]
    """Gravest first; of medicines that are asked about only what concerns them."""
    open: tuple[Open, ...]
    medicines: tuple[Medicine, ...]
    """What is taken, then what is proposed."""
    asked: tuple[Medicine, ...]
    """Those that are asked about; empty: all."""
    unrecognised: tuple[Fact, ...]


def evaluate_rules(findings: Findings, asked: Sequence[tuple[str, ...]] = ()) -> Evaluation:
    """Evaluate all rules; of the medicines `asked` (lexicon ids each) only what concerns them is returned."""
    taken = TakenMedicines(findings)
    systemic = [one for one in taken.known if not one.on_surface]
    proposed = [proposed_medicine(ids, findings.lexicon) for ids in asked if not any(set(ids) & one.over for one in systemic)]
    medicines = (*taken.known, *proposed)
    ids = frozenset(id_ for each in asked for id_ in each)
    named = tuple(one for one in medicines if ids & one.over)
    book = findings.review.records.rules()
    checked = check(book, findings, medicines)
    met = tuple(one for one in checked.met if not asked or set(one.medicines) & set(named))
    left_open = [one for one in checked.open if not asked or one.medicine in {each.name for each in named}]
    for one in proposed:
        others = tuple(each for each in medicines if each is not one)
        of_members = check_members(book, findings, one, others)
        met = gravest_first((*met, *without_known(of_members.met, met)))
        left_open += [each for each in of_members.open if (each.what, each.rule) not in {(a.what, a.rule) for a in left_open}]
    return Evaluation(met, tuple(left_open), medicines, named, taken.unknown)


def safety_report(findings: Findings, asked: Sequence[tuple[str, ...]] = ()) -> SafetyReport:
    """Evaluate all rules and say what they tell, each sentence checked."""
    started = time.perf_counter()
    review, book = findings.review, findings.review.records.rules()
    found = evaluate_rules(findings, asked)
    alerts = tuple(_alert(one, review, book) for one in found.met)
    listed = [review.line("taken", one.facts[0], route=ROUTE) for one in found.medicines if one.facts]
    names = tuple(one.name for one in found.asked)
    return SafetyReport(
        patient_id=review.scope.patient_id,
        as_of=review.scope.as_of,
        until=review.today,
        asked=names,
        summary=summary(book, alerts, names),
        alerts=alerts,
        not_known=tuple(not_known(found.open, review)),
        medicines=tuple(line for line in listed if line is not None),
        not_recognised=tuple(fact.concept.text for fact in found.unrecognised),
        rule_sets=tuple(
            LoadedRules(name=one.name, version=one.version, rules=len(one.rules), licence=one.licence) for one in book.sets
        ),
        extent=book.cite_extent(),
        index=review.records.snapshot(),
        dropped_claims=review.dropped,
        timings={"total_ms": round((time.perf_counter() - started) * 1000, 2)},
    )


def _alert(met: Met, review: Review, book: RuleBook) -> Alert:
    rule = met.rule
    facts = [review.line("medicine", one.facts[0], route=ROUTE) for one in met.medicines if one.facts]
    facts += [review.line("met", fact, route=ROUTE) for fact in met.facts]
    line = next(filter(None, (review.line(rule.kind.value, each, route=ROUTE) for each in _wordings(met, review, book))), None)
    if line is None:
        raise CitationNotFoundError(f"the text of rule {rule.id} could not be opened: ask again")
    return Alert(
        rule=rule.id,
        kind=rule.kind,
        severity=rule.severity,
        medicines=tuple(one.name for one in met.medicines),
        proposed=any(one.proposed for one in met.medicines),
        mechanism=rule.mechanism,
        effect=rule.effect,
        consider=rule.consider,
        value=met.value,
        sources=rule.sources,
        review_state=rule.review,
        line=line,
        facts=tuple(one for one in facts if one is not None),
        citation=book.cite(rule),
    )


def not_known(left_open: Sequence[Open], review: Review) -> Iterator[NotKnown]:
    """Yield what is missing, once for all rules that want it."""
    groups: dict[tuple[str, str], list[Open]] = defaultdict(list)
    for one in left_open:
        groups[one.what, one.why].append(one)
    for (what, why), group in groups.items():
        facts = {one.fact.id: one.fact for one in group if one.fact is not None}
        lines = [review.line("unsure", fact, route=ROUTE) for fact in facts.values()]
        yield NotKnown(
            what=what,
            why=why,
            medicines=tuple(dict.fromkeys(one.medicine for one in group)),
            rules=tuple(dict.fromkeys(one.rule.id for one in group)),
            facts=tuple(line for line in lines if line is not None),
        )


def checked_claims(found: Sequence[Met], review: Review, book: RuleBook) -> list[DraftClaim]:
    """Draft the sentences of alerts; of each the first wording that passes every check."""
    claims: list[DraftClaim] = []
    for met in found:
        wordings = list(_wordings(met, review, book))
        passed = (one for one in wordings if verify(one, review.records).outcome is Outcome.SUPPORTED)
        claims.append(next(passed, wordings[-1]))
    return claims


def _wordings(met: Met, review: Review, book: RuleBook) -> Iterator[DraftClaim]:
    """Yield an alert with what met it; then in the rule's own words alone, so that no alert is lost to a failed check."""
    yield alert_claim(met, review, book)
    text, citations = f"{met.rule.noun}: {met.rule.effect}.", (book.cite(met.rule),)
    yield DraftClaim(text=text, kind=ClaimKind.INFERENCE, citations=citations, route=ROUTE, category=Category.MEDICATION)


def alert_claim(met: Met, review: Review, book: RuleBook) -> DraftClaim:
    """Draft the sentence of an alert: the medicines, the facts that met the rule, what happens, and the source."""
    rule = met.rule
    drafted = [draft(fact, review.chart, route=ROUTE) for fact in met.facts]
    medicines = [draft(one.facts[0], review.chart, route=ROUTE) for one in met.medicines if one.facts]
    names = _joint(rule).join(dict.fromkeys(one.name for one in met.medicines))
    facts = "; ".join(one.text.rstrip(".") for one in drafted)
    with_test = f" ({rule.test.shown})" if rule.test is not None else ""
    text = f"{rule.noun}: {names}{with_test}{' – ' + facts if facts else ''}. {rule.effect}. {_origin(rule)}"
    citations: list[Citation] = [one for claim in (*medicines, *drafted) for one in claim.citations]
    citations.append(book.cite(rule))
    return DraftClaim(
        text=text,
        kind=ClaimKind.INFERENCE,
        citations=tuple({one.id: one for one in citations}.values()),
        route=ROUTE,
        category=Category.MEDICATION,
    )


_UNJUDGED = ", but some could not be judged, since the chart lacks what they need"


def none_met_claim(findings: Findings, looked_at: Sequence[Medicine], *, about: str, unjudged: bool = False) -> DraftClaim:
    """Say that no rule is met: how many were loaded, of which version, and what was looked at.

    Args:
        findings: of the patient.
        looked_at: medicines, those that are asked about first.
        about: which rules are meant, in words: `that concern simvastatin`, `about duplicates`; empty: all.
        unjudged: whether what some of the rules need is not in the chart.
    """
    book = findings.review.records.rules()
    drafted = [draft(one.facts[0], findings.review.chart, route=ROUTE) for one in looked_at if one.facts]
    names = ", ".join(one.name for one in looked_at) or "no medicines"
    text = (
        f"None of the {len(book.rules)} medication safety rules loaded (version {book.version}){' ' + about if about else ''} is "
        f"met{_UNJUDGED if unjudged else ''}. Medicines of the chart looked at: {names}. That does not say that "
        "they are safe together or for this patient."
    )
    citations = [one for claim in drafted for one in claim.citations] + [book.cite_extent()]
    return DraftClaim(text=text, kind=ClaimKind.INFERENCE, citations=tuple(citations), route=ROUTE, category=Category.MEDICATION)


def summary(book: RuleBook, alerts: Sequence[Alert], asked: Sequence[str]) -> str:
    """Say in one sentence how many rules are met."""
    about = f" that concern {', '.join(asked)}" if asked else ""
    loaded = f"the {len(book.rules)} rules loaded (version {book.version})"
    if not alerts:
        return f"None met among {loaded}{about}. That does not say that a combination is safe."
    counts = {severity: sum(one.severity == severity for one in alerts) for severity in dict.fromkeys(a.severity for a in alerts)}
    told = ", ".join(f"{count} {severity.value}" for severity, count in counts.items())
    return f"{len(alerts)} alert{'s' if len(alerts) > 1 else ''} ({told}) among {loaded}{about}."


def _joint(rule: MedicationRule) -> str:
    return " with " if rule.kind is RuleKind.INTERACTION else " and "


def _origin(rule: MedicationRule) -> str:
    return f"Source: {rule.sources[0].shown}." if rule.sources else ""
