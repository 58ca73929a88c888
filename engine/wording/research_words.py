"""A checked sentence for a researcher: as it is, with the codes of what it tells. Each stands in the source that it cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from chartcite.engine.domain.answers import Claim, SearchCertificate
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import CodedConcept, Fact
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.language.terminology import SYSTEMS, plain_display
from chartcite.engine.ports import RecordStore

SHOWN = {
    "loinc": "LOINC", "snomed": "SNOMED CT", "rxnorm": "RxNorm", "icd10cm": "ICD-10", "cvx": "CVX", "atc": "ATC",
    "icd9cm": "ICD-9-CM", "ndc": "NDC",
}  # fmt: skip
MOST_CODES = 4
"""Codes shown beside one claim."""
MOST_CODED = 30
"""Claims of an answer whose codes are looked up."""


def with_codes(claim: Claim, records: RecordStore, scope: Scope, /) -> str:
    """Return a claim's text with the codes of what it names; its own words alone where its sources carry none."""
    codes: dict[str, None] = {}
    for citation in claim.citations[:1]:
        try:
            source = records.open_citation(citation.id).text
        except CitationNotFoundError:
            continue
        for fact in records.facts_of(citation.source.resource, scope=scope):
            codes |= dict.fromkeys(code for code, written in _codes(fact, claim.text) if written in source)
    shown = "; ".join(list(codes)[:MOST_CODES])
    return f"{claim.text} [{shown}]" if shown else claim.text


def _codes(fact: Fact, text: str) -> Iterator[tuple[str, str]]:
    """Yield the codes of what a fact is about, and of its parts, where the text names them: as shown, and as written."""
    concepts: Sequence[CodedConcept] = (fact.concept, *(part.concept for part in fact.components))
    for concept in concepts:
        if plain_display(concept.text).lower() in text.lower():
            for coding in concept.codings:
                name = SHOWN.get(SYSTEMS.get(coding.system, ""))
                if name:
                    yield f"{name} {coding.code}", coding.code


def counts(claims: Sequence[Claim], /) -> str:
    """Return how many claims of each kind there are, from how many sources, and their span of days."""
    kinds = Counter(claim.kind.value.replace("_", " ") for claim in claims)
    sources = {citation.source.resource for claim in claims for citation in claim.citations}
    days = sorted(
        citation.source.occurred_at[:10] for claim in claims for citation in claim.citations if citation.source.occurred_at
    )
    span = f"; {days[0]} to {days[-1]}" if days and days[0] != days[-1] else f"; {days[0]}" if days else ""
    told = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    return f"n = {len(claims)} ({told}); sources: {len(sources)}{span}."


def searched_codes(certificate: SearchCertificate | None, /) -> str:
    """Return the codes that were looked for, as `system|code`; empty: none."""
    if certificate is None or not certificate.codes:
        return ""
    more = f" and {certificate.codes_known - MOST_CODES} more" if certificate.codes_known > MOST_CODES else ""
    return f"Codes searched: {', '.join(certificate.codes[:MOST_CODES])}{more}."
