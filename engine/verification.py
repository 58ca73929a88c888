"""Stage 3: draft claims → checked claims. Each check reads only the sentence and what it cites, never how it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chartcite.engine.answers.formula_check import formula_stands
from chartcite.engine.claim_checks.lexical import LEAST_COVERAGE, decimal_of, entailment
from chartcite.engine.domain.answers import Checks, ClaimKind, Computation, DraftClaim, Outcome, Verdict
from chartcite.engine.domain.evidence import Citation, Scope
from chartcite.engine.domain.records import Fact
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.ports import RecordStore

LEAST_ENTAILMENT = LEAST_COVERAGE
"""Share of a sentence's content words that must stand in its evidence."""
_NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?")
_DAY = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_MOMENT = re.compile(r"\b\d{4}-\d\d(?!\d)(?:-\d\d(?:[T ]\d\d:\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?)?")
_TS = re.compile(r"((?:18|19|20|21)\d\d)(\d\d)(\d\d)?(?:\d{2}){0,3}(?:\.\d+)?(?:[+-]\d{4})?")
"""HL7 v2 DTM and v3 TS: `20230722151000.123-0500`. A day, or a month alone."""
_CELLS = re.compile(r"""((?:18|19|20|21)\d\d)["']?[,;\t|]["']?(\d{1,2})(?:["']?[,;\t|]["']?(\d{1,2}))?""")
"""Year, month and day in cells of a table: `1963,12,31`."""
_PAIR = re.compile(r"""([-+]?\d+(?:\.\d+)?)["']?[,;\t|]["']?([-+]?\d+(?:\.\d+)?)""")
"""Two numbers in cells of a table: low and high limit."""
_CODE = re.compile(r"[\w.-]{1,12}")
"""What a cell or an attribute holds in place of words: `F`, `8532`, `CRITH`."""
_WITHDRAWN = re.compile(r'"code"\s*:\s*"(?:refuted|entered-in-error)"|\bentered-in-error\b|\bnullified\b|\brefuted\b')
_NEGATED = re.compile(
    r"\b(?:no|not|never|without|denies|denied|negative|none|refuted|nil|nkda|nka|neither|nor|absent|absence of|free (?:of|from)|declined|ruled out|ruled-out|excluded|disproved|disproven|nullified|n't)\b|not-done|entered-in-error",
    re.IGNORECASE,
)


def verify(draft: DraftClaim, records: RecordStore, /) -> Verdict:
    """Check a drafted claim against the sources that it cites, opened anew."""
    quote = all(opens(citation, records) for citation in draft.citations)
    evidence = " ".join(_evidence_text(citation) for citation in draft.citations)
    if draft.computation is not None and draft.computation.operation == "formula":
        return _formula_verdict(quote=quote, stands=formula_stands(draft, draft.computation, evidence))
    undated = _MOMENT.sub(" ", evidence)
    words = evidence
    if entailment(draft.text, evidence) < LEAST_ENTAILMENT or not _negation_agrees(draft, evidence):
        words = " ".join([evidence, *(decoded(citation, records) for citation in draft.citations)])
    arithmetic = None if draft.computation is None else recompute(draft.computation, evidence, len(draft.citations))
    allowed = {draft.computation.result, *draft.computation.inputs} if draft.computation else set()
    checks = Checks(
        quote=quote,
        numbers=_numbers_stand(_DAY.sub(" ", draft.text), undated, draft),
        dates=all(day in evidence or day in allowed for day in _DAY.findall(draft.text)),
        negation=_negation_agrees(draft, words),
        entailment=round(entailment(draft.text, words), 4),
        arithmetic=arithmetic,
    )
    passed = checks.quote and checks.numbers and checks.dates and checks.negation and arithmetic is not False
    if passed and checks.entailment >= LEAST_ENTAILMENT:
        return Verdict(outcome=Outcome.SUPPORTED, checks=checks)
    contradicted = checks.quote and not checks.negation
    return Verdict(outcome=Outcome.CONTRADICTED if contradicted else Outcome.NOT_ENOUGH, checks=checks)


def _formula_verdict(*, quote: bool, stands: bool) -> Verdict:
    """Return the verdict on a calculated sentence: made again from its inputs, it says these very words and numbers, or fails."""
    checks = Checks(quote=quote, numbers=stands, dates=stands, negation=True, entailment=float(stands), arithmetic=stands)
    return Verdict(outcome=Outcome.SUPPORTED if quote and stands else Outcome.NOT_ENOUGH, checks=checks)


def opens(citation: Citation, records: RecordStore) -> bool:
    """Open the source of a citation anew, and compare the bytes of the quote and of each further element."""
    try:
        text = records.open_citation(citation.id).text
    except CitationNotFoundError:
        return False
    pieces = [
        (citation.start, citation.end, citation.quote),
        *((part.start, part.end, part.quote) for part in citation.elements),
    ]
    return all(text[start:end].encode() == quote.encode() for start, end, quote in pieces)


def _evidence_text(citation: Citation) -> str:
    source = citation.source
    parts = [words for _, words in read_pieces(citation)]
    return " ".join([*parts, source.title, source.occurred_at or "", source.recorded_at or "", source.author or ""])


def read_pieces(citation: Citation) -> list[tuple[str, str]]:
    """Return path and words of everything that a citation cuts out of its source, as they read."""
    return [(path, _plain(path, quote)) for path, quote in _pieces(citation)]


def _pieces(citation: Citation) -> list[tuple[str, str]]:
    """Return path and words of everything that a citation cuts out of its source."""
    return [(citation.source.path, citation.quote), *((element.path, element.quote) for element in citation.elements)]


def _plain(path: str, quote: str) -> str:
    """Return an element as it reads: a character range of another format than JSON may hold a date or two cells of a table."""
    if not path.startswith("@"):
        return quote
    day = written_day(quote)
    if day:
        # Six digits are a month or a number: as both they support the sentence that says one of them.
        return f"{day} {quote}" if len(quote.strip()) == len("202307") else day
    pair = _PAIR.fullmatch(quote.strip())
    return f"{quote} {pair[1]} {pair[2]}" if pair else quote


def written_day(quote: str) -> str:
    """Return the day (or month) that a whole quote gives in HL7's way or in cells, as ISO 8601; empty where it gives none.

    The digits are only set apart: no time zone is applied. Words around them, or digits that are no day, give none.
    """
    match = _TS.fullmatch(quote.strip()) or _CELLS.fullmatch(quote.strip())
    if match is None:
        return ""
    year, month, day = match[1], match[2].zfill(2), match[3]
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError:
        return ""
    return f"{year}-{month}-{day.zfill(2)}" if day else f"{year}-{month}"


def decoded(citation: Citation, records: RecordStore) -> str:
    """Return in words what the cited ranges hold as codes (`F`, `8532`): as the chart's fact reads that very range.

    Only words: numbers and dates of a sentence must stand in the source itself.
    """
    coded = {path for path, quote in _pieces(citation) if path.startswith("@") and _CODE.fullmatch(quote)}
    if not coded:
        return ""
    try:
        patient_id = records.open_citation(citation.id).patient_id
    except CitationNotFoundError:
        return ""
    if patient_id is None:
        return ""
    facts = records.facts_of(citation.source.resource, scope=Scope(patient_id=patient_id))
    read = " ".join(text for fact in facts for path, text in _readings(fact) if path in coded)
    return re.sub(r"\d[\d.,:-]*", " ", read)


def _readings(fact: Fact) -> list[tuple[str, str]]:
    """Return each range of a fact that was read, with what was read there."""
    values = [value for value in (fact.value, *(part.value for part in fact.components)) if value]
    told = [(value.path, value.concept.text if value.concept else value.text or "") for value in values]
    told += [(fact.status_path, fact.status), *((detail.path, detail.text) for detail in fact.details)]
    units = " ".join(value.quantity.unit for value in values if value.quantity)
    return [*told, *((detail.path, units) for detail in fact.details if detail.name == "unit")]


def _numbers_stand(text: str, evidence: str, draft: DraftClaim) -> bool:
    """Each number of the sentence stands in the evidence, as written or rounded to the decimals shown."""
    known = [number for found in _NUMBER.findall(evidence) if (number := decimal_of(found)) is not None]
    allowed = list(known)
    computation = draft.computation
    if computation is not None:
        for part in (computation.result, str(len(computation.inputs))):
            number = decimal_of(part)
            if number is not None:
                allowed += [number, abs(number)]
        if computation.operation in {"days_between", "years_between"}:  # the same length, in other units, and each by itself
            apart = days_apart(computation)
            allowed += [Decimal(days) for days in apart]
            allowed += [Decimal(round(sum(apart) / unit)) for unit in (_DAYS_OF_WEEK, _DAYS_OF_MONTH)]
        allowed += _by_the_year(draft.text, computation)
    return all(_among(number, allowed) for found in _NUMBER.findall(text) if (number := decimal_of(found)) is not None)


_DAYS_OF_WEEK, _DAYS_OF_MONTH = 7, 30.44


_PACE = re.compile(r"\bfrom (\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d), on average [^:]{1,40} a year\b")
_DAYS_OF_YEAR = Decimal("365.25")


def _by_the_year(text: str, computation: Computation) -> list[Decimal]:
    """Return the difference of a year, where a sentence tells it beside the whole: to two places and to one."""
    told, number = _PACE.search(text), decimal_of(computation.result)
    if told is None or number is None or computation.operation != "difference":
        return []
    days = (date.fromisoformat(told[2]) - date.fromisoformat(told[1])).days
    rate = abs(number) * _DAYS_OF_YEAR / days if days else Decimal(0)
    return [round(rate, 2), round(rate, 1)]


def days_apart(computation: Computation) -> list[int]:
    """Return how many days lie between the two days of each pair of inputs."""
    days = [date.fromisoformat(day) for day in computation.inputs]
    return [(last - first).days for first, last in zip(days[::2], days[1::2], strict=True)]


def _among(number: Decimal, known: Sequence[Decimal]) -> bool:
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    for other in known:
        for candidate in (other, -other):
            written = candidate.as_tuple().exponent
            if (
                candidate == number
                and isinstance(written, int)
                and isinstance(exponent, int)
                and (exponent >= written or exponent == 0)
            ):
                return True
            # Only a longer number may have been rounded to the one shown: 71.30421 to 71.30, never 7 to 7.0.
            precision = candidate.as_tuple().exponent
            if (
                isinstance(precision, int)
                and isinstance(exponent, int)
                and precision < exponent < 0
                and abs(candidate - number) * 2 <= step
            ):
                return True
    return False


def recompute(computation: Computation, evidence: str, citations: int) -> bool:
    """Do the arithmetic again from inputs that stand in the evidence."""
    if computation.operation == "count":
        return computation.result == str(len(computation.inputs)) and citations == min(len(computation.inputs), _MOST_CITED)
    if computation.operation == "days_between" and len(computation.inputs) > 2:
        return computation.result == str(sum(days_apart(computation))) and all(day in evidence for day in computation.inputs[::2])
    if computation.operation in {"years_between", "days_between"}:
        first, last = (date.fromisoformat(part) for part in computation.inputs)
        days = (last - first).days
        years = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
        return (
            computation.result == str(years if computation.operation == "years_between" else days)
            and computation.inputs[0] in evidence
        )
    numbers = [decimal_of(part) for part in computation.inputs]
    values = [number for number in numbers if number is not None]
    result = decimal_of(computation.result)
    if len(values) != len(numbers) or not values or result is None:
        return False
    told = {number for found in _NUMBER.findall(evidence) if (number := decimal_of(found)) is not None}
    if not set(values) <= told and citations < _MOST_CITED:
        return False
    if computation.operation == "percent_change" and not values[-1]:
        return False
    expected = {
        "difference": lambda: values[0] - values[-1],
        "mean": lambda: sum(values, Decimal(0)) / len(values),
        "minimum": lambda: min(values),
        "maximum": lambda: max(values),
        "percent_change": lambda: 100 * (values[0] - values[-1]) / values[-1],
    }[computation.operation]()
    return abs(expected - result) <= Decimal("0.005") and (
        result in values or computation.operation not in {"minimum", "maximum"}
    )


_VERBATIM = frozenset({"quote", "near_quote", "turn_reason"})
"""Routes whose sentences are the source's own words, every one."""
_MOST_CITED = 60
"""Citations that a computed claim carries at most: beyond that its further inputs cannot be looked up one by one."""


def _negation_agrees(draft: DraftClaim, evidence: str) -> bool:
    """A sentence without a negation may not rest on evidence that negates it, nor the other way round."""
    if draft.route in _VERBATIM:
        return draft.citations[0].quote.split() == draft.text[draft.text.find("“") + 1 : -1].split()
    said = _NEGATED.search(draft.text) is not None
    if draft.kind is not ClaimKind.ABSENCE and _WITHDRAWN.search(evidence) and draft.kind is not ClaimKind.GUIDELINE:
        return False
    if draft.kind is ClaimKind.ABSENCE:
        return said and (_NEGATED.search(evidence) is not None or "refuted" in evidence or "entered-in-error" in evidence)
    return not (said and _NEGATED.search(evidence) is None and "stop" not in draft.text and not _tells_no_value(draft))


def _tells_no_value(draft: DraftClaim) -> bool:
    """Say whether a sentence that a value is not available rests on the record's own reason for its absence."""
    paths = [path for citation in draft.citations for path, _ in _pieces(citation)]
    return " was not available" in draft.text and any("dataAbsentReason" in path for path in paths)
