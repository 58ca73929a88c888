"""USE CASE: is what this patient takes, or what is proposed, met by a rule of medication safety?

    findings → medicines (taken, proposed) → checks (rules met, left open) → alerts as checked sentences

A rule that is met is always told. That no rule is met is told with the number of rules, never as "safe".
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from chartcite.engine.chart_review import Review, last_day
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.briefings import Line
from chartcite.engine.domain.evidence import Citation, Scope
from chartcite.engine.domain.medication_alerts import Alert, LoadedRules, NotKnown, SafetyReport
from chartcite.engine.domain.medication_rules import MedicationRule, RuleBook, RuleKind
from chartcite.engine.domain.records import Category, Fact, PatientId
from chartcite.engine.errors import CitationNotFoundError, InvalidQuestionError
from chartcite.engine.facts import draft
from chartcite.engine.findings import Findings
from chartcite.engine.medication_checks import Met, Open, check
from chartcite.engine.ports import RecordStore
from chartcite.engine.taken_medicines import Medicine, TakenMedicines, proposed_medicine
from chartcite.engine.terminology import ConceptKind, Lexicon, forms

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


def safety_report(findings: Findings, asked: Sequence[tuple[str, ...]] = ()) -> SafetyReport:
    """Evaluate all rules; of the medicines `asked` (lexicon ids each) only what concerns them is told."""
    return _Reporting(findings, asked).report()


class _Reporting:
    def __init__(self, findings: Findings, asked: Sequence[tuple[str, ...]]) -> None:
        self._started = time.perf_counter()
        self._findings = findings
        self._review = findings.review
        self._book = findings.review.records.rules()
        self._taken = TakenMedicines(findings)
        self._proposed = [
            proposed_medicine(ids, findings.lexicon)
            for ids in asked
            if not any(set(ids) & one.over for one in self._taken.known if not one.on_surface)
        ]
        self._asked = frozenset(id_ for ids in asked for id_ in ids)

    def report(self) -> SafetyReport:
        medicines = [*self._taken.known, *self._proposed]
        checked = check(self._book, self._findings, medicines)
        met = [one for one in checked.met if self._concerns(one.medicines)]
        alerts = tuple(self._alert(one) for one in met)
        scope, review = self._review.scope, self._review
        names = tuple(dict.fromkeys(one.name for one in medicines if self._asked & one.over)) if self._asked else ()
        listed = [self._line("taken", one.facts[0]) for one in self._taken.known]
        return SafetyReport(
            patient_id=scope.patient_id,
            as_of=scope.as_of,
            until=review.today,
            asked=names,
            summary=summary(self._book, alerts, names),
            alerts=alerts,
            not_known=self._not_known(checked.open),
            medicines=tuple(line for line in listed if line is not None),
            not_recognised=tuple(fact.concept.text for fact in self._taken.unknown),
            rule_sets=tuple(
                LoadedRules(name=one.name, version=one.version, rules=len(one.rules), licence=one.licence) for one in self._book.sets
            ),
            extent=self._book.cite_extent(),
            index=review.records.snapshot(),
            dropped_claims=review.dropped,
            timings={"total_ms": round((time.perf_counter() - self._started) * 1000, 2)},
        )

    def _concerns(self, medicines: Sequence[Medicine]) -> bool:
        return not self._asked or any(self._asked & one.over for one in medicines)

    def _alert(self, met: Met) -> Alert:
        rule = met.rule
        cited = [one.facts[0] for one in met.medicines if one.facts]
        facts = [self._line("medicine", fact) for fact in cited] + [self._line("met", fact) for fact in met.facts]
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
            line=self._told(met),
            facts=tuple(line for line in facts if line is not None),
            citation=self._book.cite(rule),
        )

    def _told(self, met: Met) -> Line:
        """Say an alert; an alert whose sentence fails a check is told in the rule's own words alone."""
        line = self._review.line(met.rule.kind.value, alert_claim(met, self._review, self._book), route=ROUTE)
        if line is not None:
            return line
        plain = DraftClaim(
            text=f"{met.rule.noun}: {met.rule.effect}.",
            kind=ClaimKind.INFERENCE,
            citations=(self._book.cite(met.rule),),
            route=ROUTE,
        )
        told = self._review.line(met.rule.kind.value, plain, route=ROUTE)
        if told is None:
            raise CitationNotFoundError(f"the text of rule {met.rule.id} could not be opened: ask again")
        return told

    def _line(self, label: str, fact: Fact) -> Line | None:
        return self._review.line(label, fact, route=ROUTE)

    def _not_known(self, left_open: Sequence[Open]) -> tuple[NotKnown, ...]:
        asked = {one.name for one in (*self._taken.known, *self._proposed) if not self._asked or self._asked & one.over}
        groups: dict[tuple[str, str], list[Open]] = defaultdict(list)
        for one in left_open:
            if one.medicine in asked:
                groups[one.what, one.why].append(one)
        return tuple(
            NotKnown(
                what=what,
                why=why,
                medicines=tuple(dict.fromkeys(one.medicine for one in group)),
                rules=tuple(dict.fromkeys(one.rule for one in group)),
                facts=self._lines_of({one.fact.id: one.fact for one in group if one.fact is not None}.values()),
            )
            for (what, why), group in groups.items()
        )

    def _lines_of(self, facts: Sequence[Fact] | object) -> tuple[Line, ...]:
        lines = [self._line("unsure", fact) for fact in facts] if not isinstance(facts, Fact) else []
        return tuple(line for line in lines if line is not None)


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


def none_met_claim(findings: Findings, medicines: Sequence[Medicine]) -> DraftClaim:
    """Say that no rule is met: how many were loaded, of which version, and what was looked at."""
    book = findings.review.records.rules()
    drafted = [draft(one.facts[0], findings.review.chart, route=ROUTE) for one in medicines if one.facts]
    names = ", ".join(one.name for one in medicines) or "no medicines"
    text = (
        f"None of the {len(book.rules)} medication safety rules loaded (version {book.version}) is met by: {names}. That does not "
        "say that they are safe for this patient."
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
