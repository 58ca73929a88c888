"""What was searched, before an answer says that the chart is silent; and whether this chart could have told it at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chartcite.engine.domain.answers import Absence, SearchCertificate
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import Category, PartialDate
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.ports import ChartCoverage, RecordStore
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import word_groups

_MOST_SYNONYMS = 40
_MOST_SECTIONS = 200
_LISTS_OF_KIND: dict[ConceptKind, tuple[Category, ...]] = {
    ConceptKind.MEASUREMENT: (
        Category.LABORATORY,
        Category.VITAL_SIGN,
        Category.SURVEY,
        Category.OBSERVATION,
        Category.SOCIAL_HISTORY,
        Category.REPORT,
    ),
    ConceptKind.CONDITION: (Category.CONDITION,),
    ConceptKind.DRUG: (Category.MEDICATION, Category.ALLERGY),
    ConceptKind.PROCEDURE: (Category.PROCEDURE, Category.REPORT, Category.ORDER),
    ConceptKind.VACCINE: (Category.IMMUNIZATION,),
}
"""Lists on which something of a kind can stand."""
_LISTS_OF_SUBJECT = {
    Category.SOCIAL_HISTORY: (Category.SOCIAL_HISTORY, Category.SURVEY),
    Category.PROCEDURE: _LISTS_OF_KIND[ConceptKind.PROCEDURE],
}
_NAMES_OF_KIND = {
    ConceptKind.MEASUREMENT: "measurement",
    ConceptKind.CONDITION: "condition",
    ConceptKind.DRUG: "medication",
    ConceptKind.PROCEDURE: "procedure",
    ConceptKind.VACCINE: "immunization",
}
_NO_CARE = frozenset({Category.DEMOGRAPHIC, Category.DOCUMENT, Category.ENCOUNTER, Category.COVERAGE, Category.CARE_TEAM})
"""Lists that say nothing of health: a chart of these and notes is a chart of notes."""
_TOLD_BY_NOTES = frozenset({Intent.REASON, Intent.WHO})
"""What lists seldom tell: a chart without notes cannot be asked for it."""


def certify(plan: Plan, records: RecordStore, /, *, scope: Scope) -> SearchCertificate:
    """Count what was searched for a plan inside a scope, and say what the chart does not hold of it.

    The sections of the notes are left out: see `with_sections`.
    """
    coverage = records.coverage(scope)
    synonyms = tuple(dict.fromkeys(surface for target in plan.targets for surface in target.synonyms))
    codes = tuple(dict.fromkeys(code.replace(":", "|", 1) for target in plan.targets for code in target.codes))
    absence, gaps = _absence(plan, coverage, scope)
    return SearchCertificate(
        resource_types=tuple(sorted(coverage.resource_types)),
        concepts=tuple(dict.fromkeys(target.label for target in plan.targets)) or plan.keywords,
        codes=codes[:_MOST_SYNONYMS],
        synonyms=synonyms[:_MOST_SYNONYMS],
        facts_searched=sum(coverage.facts_by_category.values()),
        documents_searched=coverage.documents,
        passages_searched=coverage.passages,
        earliest_record=coverage.earliest,
        newest_record=coverage.newest,
        as_of=scope.as_of.isoformat() if scope.as_of else None,
        window=plan.window.words if plan.window else None,
        absence=absence,
        gaps=gaps,
        facts_by_category=dict(sorted(coverage.facts_by_category.items())),
        words=tuple(dict.fromkeys(word for group in word_groups(plan) for word in group)) if coverage.passages else (),
        codes_known=len(codes),
        synonyms_known=len(synonyms),
    )


def with_sections(certificate: SearchCertificate, records: RecordStore, /, *, scope: Scope) -> SearchCertificate:
    """Return the certificate with the headings of the notes that were searched. Reads every passage of the scope."""
    headings = dict.fromkeys(passage.section for passage in records.all_passages(scope) if passage.section)
    return certificate.model_copy(update={"sections": tuple(headings)[:_MOST_SECTIONS]})


def in_words(certificate: SearchCertificate, /) -> str:
    """Say what the chart does not hold of what is asked, then what was searched: one sentence each."""
    span = f", dated {certificate.earliest_record} to {certificate.newest_record}" if certificate.newest_record else ""
    types = len(certificate.resource_types)
    searched = (
        f"Searched: {certificate.facts_searched} facts of {types} resource types and {certificate.documents_searched} "
        f"documents{span}{f', as of {certificate.as_of}' if certificate.as_of else ''}."
    )
    return " ".join(part for part in (gaps_in_words(certificate), searched) if part)


def gaps_in_words(certificate: SearchCertificate, /) -> str:
    """Say in one sentence what the chart does not hold of what is asked; empty where it could have told it."""
    if not certificate.gaps:
        return ""
    lead = "This is outside what the chart covers" if certificate.absence is Absence.NOT_COVERED else "Note"
    return f"{lead}: {'; '.join(certificate.gaps)}."


def _absence(plan: Plan, coverage: ChartCoverage, scope: Scope) -> tuple[Absence, tuple[str, ...]]:
    """Return whether the chart could have told it, with what it does not hold."""
    then = f" as of {scope.as_of.isoformat()}" if scope.as_of else ""
    if not coverage.passages and set(coverage.facts_by_category) <= {Category.DEMOGRAPHIC}:
        return Absence.NOT_COVERED, (f"it holds no record of care{then}",)
    times, types, notes = _time_gaps(plan, coverage), _type_gaps(plan, coverage), _note_gaps(plan, coverage)
    outside = times or (types and not _is_of_notes(coverage)) or (notes and _needs_notes(plan))
    return Absence.NOT_COVERED if outside else Absence.NOT_DOCUMENTED, (*times, *types, *notes)


def _time_gaps(plan: Plan, coverage: ChartCoverage) -> tuple[str, ...]:
    """Say that the time asked about lies before the first or after the newest record."""
    window, first, last = plan.window, _first_day(coverage.earliest), _last_day(coverage.newest)
    if window is None:
        return ()
    if first is None and last is None:
        return (f"it holds no dated record, and the question names a time ({window.words})",)
    if first is not None and window.last is not None and window.last < first:
        return (f"its first record is of {coverage.earliest}, after the time asked about ({window.words})",)
    if last is not None and window.first is not None and window.first > last:
        return (f"its newest record is of {coverage.newest}, before the time asked about ({window.words})",)
    return ()


def _first_day(written: str | None) -> date | None:
    return None if written is None else PartialDate.parse(written).first_day


def _last_day(written: str | None) -> date | None:
    return None if written is None else PartialDate.parse(written).last_day


def _type_gaps(plan: Plan, coverage: ChartCoverage) -> tuple[str, ...]:
    """Name the types of record that could tell it and of which the chart holds none."""
    facts = coverage.facts_by_category
    wanted: dict[str, tuple[Category, ...]]
    if plan.family:
        wanted = {"family history": (Category.FAMILY_HISTORY,)}
    elif plan.subject is not None:
        wanted = {plan.subject.value.replace("_", " "): _LISTS_OF_SUBJECT.get(plan.subject, (plan.subject,))}
    else:
        wanted = {_NAMES_OF_KIND[target.kind]: _LISTS_OF_KIND[target.kind] for target in plan.targets if target.kind}
    return tuple(f"it holds no {name} records" for name, lists in wanted.items() if not _any(facts, lists))


def _any(facts: Mapping[str, int], lists: tuple[Category, ...]) -> bool:
    return any(facts.get(category, 0) for category in lists)


def _note_gaps(plan: Plan, coverage: ChartCoverage) -> tuple[str, ...]:
    told_by_lists = plan.subject is Category.DEMOGRAPHIC
    return () if coverage.passages or told_by_lists else ("it holds no notes",)


def _needs_notes(plan: Plan) -> bool:
    """Say whether only a note could tell it: a reason, a person, or something that no list names."""
    return plan.intent in _TOLD_BY_NOTES or plan.subject is Category.DOCUMENT or not (plan.targets or plan.subject or plan.family)


def _is_of_notes(coverage: ChartCoverage) -> bool:
    """Say whether a chart consists of notes: then they are its record of every type."""
    return bool(coverage.passages) and not any(
        count and category not in _NO_CARE for category, count in coverage.facts_by_category.items()
    )
