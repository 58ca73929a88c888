"""What C-CDA and HL7 v2 have in common: dates, identifiers, names of code systems and numbers.

Sources: HL7 v3 data types (TS, II, PQ), HL7 v2 chapter 2A (DTM), FHIR R4 identifiers and code system addresses
(http://hl7.org/fhir/R4/terminologies-systems.html).
"""

from __future__ import annotations

import re
from decimal import Decimal
from hashlib import sha256

from chartcite.engine.domain.records import (
    Category,
    CodedConcept,
    Component,
    PartialDate,
    Value,
)
from chartcite.ingestion.sources.drafts import Draft, Moment
from chartcite.ingestion.sources.fhir_elements import Named, Phrase

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
ICD9CM = "http://hl7.org/fhir/sid/icd-9-cm"
CVX = "http://hl7.org/fhir/sid/cvx"
NDC = "http://hl7.org/fhir/sid/ndc"
CPT = "http://www.ama-assn.org/go/cpt"

SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"
"""LOINC codes of the two parts of a blood pressure."""

_OIDS = {
    "2.16.840.1.113883.6.1": LOINC,
    "2.16.840.1.113883.6.96": SNOMED,
    "2.16.840.1.113883.6.88": RXNORM,
    "2.16.840.1.113883.6.90": ICD10CM,
    "2.16.840.1.113883.6.103": ICD9CM,
    "2.16.840.1.113883.12.292": CVX,
    "2.16.840.1.113883.6.69": NDC,
    "2.16.840.1.113883.6.12": CPT,
}
_TS = re.compile(r"(\d{4})(\d\d)?(\d\d)?(?:(\d\d)(\d\d)?(\d\d)?(?:\.(\d{1,6})\d*)?)?([+-]\d{4})?$")
_NUMBER = re.compile(r"[-+]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][-+]?\d{1,3})?$")
_NOT_ID = re.compile(r"[^A-Za-z0-9.-]+")
_MAX_ID = 64


def system_of(oid: str) -> str:
    """Return the FHIR name of a code system; one that has none is `urn:oid:...`."""
    return _OIDS.get(oid) or (f"urn:oid:{oid}" if re.fullmatch(r"[0-2](\.\d+)+", oid) else oid)


def fhir_time(written: str) -> str:
    """Return an HL7 time (`20230722151000-0500`) as a FHIR dateTime (`2023-07-22T15:10:00-05:00`), no more exact than it is.

    An hour without minutes gives the day: FHIR has no hour alone.

    Raises:
        ValueError: not an HL7 time.
    """
    match = _TS.match(written.strip())
    if match is None or (match[4] and not match[3]):
        raise ValueError("not an HL7 time")
    day = "-".join(part for part in match.group(1, 2, 3) if part)
    if not match[5]:
        return day
    zone = f"{match[8][:3]}:{match[8][3:]}" if match[8] else ""
    second = f":{match[6]}" if match[6] else ""
    fraction = f".{match[7]}" if match[6] and match[7] else ""
    return f"{day}T{match[4]}:{match[5]}{second}{fraction}{zone}"


def time_of(written: str) -> PartialDate | None:
    """Read an HL7 time; `None` where it is none, or no day of the calendar."""
    try:
        return PartialDate.parse(fhir_time(written))
    except (ValueError, OverflowError):
        return None


def number_of(written: str) -> Decimal | None:
    """Read a number as written; `None` where it is none."""
    return Decimal(written.strip()) if _NUMBER.match(written.strip()) else None


def safe_id(*parts: str) -> str:
    """Return parts of an identifier as one FHIR id; different parts never give the same id.

    Where characters have to be left out, or the parts could be told apart no longer, a hash of the parts is added.
    """
    given = [part.strip() for part in parts if part.strip()]
    joined = "-".join(given)
    clean = _NOT_ID.sub("-", joined)
    if clean == joined and len(clean) <= _MAX_ID and not any("-" in part for part in given[:-1]):
        return clean
    digest = sha256("\x1f".join(given).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{clean[: _MAX_ID - 13].strip('-')}-{digest}".lstrip("-")


def demographic(suffix: str, label: str, words: Phrase | None) -> Draft | None:
    """Return a fact about the person as the FHIR reader gives it; `None` where nothing is said."""
    if words is None or not words.text:
        return None
    value = Value(text=words.text, path=words.path)
    return Draft(Category.DEMOGRAPHIC, Named(CodedConcept(text=label), words.path), suffix=suffix, value=value)


def birth_words(moment: Moment) -> Phrase | None:
    """Return a birth date as words, without a time of day: as FHIR has it."""
    return Phrase(moment.date.day, moment.path) if moment.date else None


def joined_pressures(drafts: list[Draft]) -> list[Draft]:
    """Return the facts with a systolic and a diastolic pressure of the same moment as one blood pressure.

    So it is in FHIR: one observation with two components. Pressures that cannot be paired for sure stay as they are.
    """
    by_time: dict[str, tuple[list[Draft], list[Draft]]] = {}
    for draft in drafts:
        for position, code in enumerate((SYSTOLIC, DIASTOLIC)):
            if _is_pressure(draft, code):
                when = draft.occurred.date.written if draft.occurred.date else ""
                by_time.setdefault(when, ([], []))[position].append(draft)
    pairs = [(highs[0], lows[0]) for highs, lows in by_time.values() if len(highs) == len(lows) == 1]
    sure = [(high, low) for high, low in pairs if high.assertion is low.assertion]
    joined = {id(high): _pressure(high, low) for high, low in sure}
    gone = {id(low) for _, low in sure}
    return [joined.get(id(draft), draft) for draft in drafts if id(draft) not in gone]


def _is_pressure(draft: Draft, code: str) -> bool:
    coded = any(coding.code == code and coding.system == LOINC for coding in draft.named.concept.codings)
    return coded and draft.value is not None and draft.value.quantity is not None


def _pressure(high: Draft, low: Draft) -> Draft:
    """Join two pressures; what the source says of one of them stays with it as a component."""
    parts = tuple(Component(concept=one.named.concept, value=one.value, concept_path=one.named.path) for one in (high, low))
    return Draft(
        category=high.category,
        named=Named(CodedConcept(text="Blood pressure"), high.named.path),
        suffix=high.suffix,
        assertion=high.assertion,
        status=high.status,
        components=parts,
        interpretation=high.interpretation or low.interpretation,
        occurred=high.occurred,
        ended=high.ended,
        recorded=high.recorded,
        author=high.author,
        encounter=high.encounter,
        details=[*high.details, *low.details],
    )
