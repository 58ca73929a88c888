"""What was searched, before an answer says that the chart is silent."""

from __future__ import annotations

from chartcite.engine.domain.answers import SearchCertificate
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.ports import RecordStore
from chartcite.engine.understanding import Plan

_MOST_SYNONYMS = 40


def certify(plan: Plan, records: RecordStore, /, *, scope: Scope) -> SearchCertificate:
    """Count what was searched for a plan inside a scope."""
    coverage = records.coverage(scope)
    synonyms = [surface for target in plan.targets for surface in target.synonyms]
    return SearchCertificate(
        resource_types=tuple(sorted(coverage.resource_types)),
        concepts=tuple(dict.fromkeys(target.label for target in plan.targets)) or plan.keywords,
        codes=tuple(dict.fromkeys(code.replace(":", "|", 1) for target in plan.targets for code in target.codes))[
            :_MOST_SYNONYMS
        ],
        synonyms=tuple(dict.fromkeys(synonyms))[:_MOST_SYNONYMS],
        facts_searched=sum(coverage.facts_by_category.values()),
        documents_searched=coverage.documents,
        passages_searched=coverage.passages,
        earliest_record=coverage.earliest,
        newest_record=coverage.newest,
        as_of=scope.as_of.isoformat() if scope.as_of else None,
        window=plan.window.words if plan.window else None,
    )


def in_words(certificate: SearchCertificate, /) -> str:
    """Say a certificate in one sentence."""
    span = f", dated {certificate.earliest_record} to {certificate.newest_record}" if certificate.newest_record else ""
    types = len(certificate.resource_types)
    return (
        f"Searched: {certificate.facts_searched} facts of {types} resource types and {certificate.documents_searched} "
        f"documents{span}{f', as of {certificate.as_of}' if certificate.as_of else ''}."
    )
