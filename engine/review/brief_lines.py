"""Short sentences for a brief: who, an allergy, a problem, a medicine, a result with its trend. Each is one checked claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chartcite.engine.dates.times import years_between
from chartcite.engine.domain.answers import ClaimKind, Computation, DraftClaim
from chartcite.engine.domain.briefings import Line
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.records import AssertionStatus, Category, Detail, Fact, PartialDate
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.fact_claims import cite, draft
from chartcite.engine.facts.measured_values import Point
from chartcite.engine.facts.statements import name_of
from chartcite.engine.review.chart_review import Review
from chartcite.engine.review.result_changes import is_abnormal, key_of, short_name, shown

_LONGEST_NAME = 110
_LONGEST_DOSE = 60
_SERIOUS_CRITICALITY = frozenset({"high"})
_SERIOUS_REACTIONS = ("anaphyla", "angioedema", "stevens-johnson", "toxic epidermal", "dress", "agranulocytosis")


def cut(text: str, most: int) -> str:
    """Shorten to whole words, with an ellipsis where something was left out."""
    if len(text) <= most:
        return text
    kept = text[: most - 1].rsplit(" ", maxsplit=1)[0].rstrip(" ,;(")
    return f"{kept or text[: most - 1]}…"


def said(label: str, text: str, facts: Sequence[Fact], review: Review) -> Line | None:
    """Return a line of a sentence about facts, each cited."""
    try:
        citations = tuple(cite(fact, review.chart) for fact in facts)
    except CitationNotFoundError:
        review.dropped += 1
        return None
    drafted = DraftClaim(
        text=text, kind=ClaimKind.RECORD_FACT, citations=citations, route="active_list", category=facts[0].category
    )
    return review.line(label, drafted)


def who(review: Review) -> list[Line | None]:
    """Say name, sex and age; the death, where the chart records one."""
    by_part = {fact.id.partition("#")[2]: fact for fact in review.of(Category.DEMOGRAPHIC)}
    name, gender, birth = by_part.get("name"), by_part.get("gender"), by_part.get("birthDate")
    death = next((fact for part, fact in by_part.items() if part.startswith("deceased")), None)
    parts = [fact.value.shown for fact in (name, gender) if fact and fact.value]
    used = [fact for fact in (name, gender) if fact and fact.value]
    computation = None
    born = _whole_day(birth.value.shown) if birth and birth.value else None
    died = _whole_day(death.value.shown) if death and death.value else None
    died = died if died and died <= review.today else None
    end = died or review.today
    if birth and born and born <= end:
        years = years_between(born, end)
        parts.append(f"died on {end} at {years} years (born {born})" if died else f"{years} years old (born {born})")
        computation = Computation(operation="years_between", inputs=(str(born), str(end)), result=str(years))
        used.append(birth)
    lines: list[Line | None] = []
    if used:
        citations = _cited([*used, death] if died and death else used, review)
        text = ", ".join(parts) + "."
        lines.append(
            review.line(
                "deceased" if died else "who",
                DraftClaim(text=text, kind=ClaimKind.COMPUTED, citations=citations, route="age", computation=computation),
            )
            if citations
            else None
        )
    if death is not None and not (died and used) and _is_dead(death, review):
        lines.append(review.line("deceased", death))
    return lines


def _cited(facts: Sequence[Fact], review: Review) -> tuple[Citation, ...]:
    try:
        return tuple(cite(fact, review.chart) for fact in facts)
    except CitationNotFoundError:
        review.dropped += 1
        return ()


def _whole_day(written: str) -> date | None:
    """Return the day of a date as written; `None` where it gives none of the calendar."""
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _is_dead(death: Fact, review: Review) -> bool:
    """Say whether a fact tells a death, without a day or by one that has come."""
    if death.value is None or death.value.shown.lower() in {"false", "no"}:
        return False
    try:
        return PartialDate.parse(death.value.shown).first_day <= review.today
    except ValueError:
        return True


def is_serious(fact: Fact) -> bool:
    """Say whether the chart calls an allergy one of high criticality, severe, or names a reaction that threatens life."""
    if any(detail.name == "criticality" and detail.text.lower() in _SERIOUS_CRITICALITY for detail in fact.details):
        return True
    if any(detail.name == "severity" and detail.text.lower() == "severe" for detail in fact.details):
        return True
    reactions = " ".join(detail.text.lower() for detail in fact.details if detail.name in {"reaction", "reaction_note"})
    return any(word in reactions for word in _SERIOUS_REACTIONS)


def allergy_line(fact: Fact, review: Review) -> Line | None:
    """Say an allergy with its reaction."""
    label = "serious" if is_serious(fact) else "allergy"
    if fact.span is not None or fact.assertion is AssertionStatus.ABSENT:
        return short_line(label if fact.assertion is AssertionStatus.PRESENT else "none known", fact, review)
    found = [detail.text for detail in fact.details if detail.name in {"reaction", "severity"}]
    critical = fact.detail("criticality")
    tail = [*dict.fromkeys(found), *([f"criticality {critical.text}"] if critical else [])]
    intolerance = any(detail.name == "type" and detail.text == "intolerance" for detail in fact.details)
    text = f"{name_of(fact)}{' (intolerance)' if intolerance else ''}{': ' + ', '.join(tail) if tail else ''}"
    return said(label, cut(text, _LONGEST_NAME), [fact], review)


def problem_line(fact: Fact, review: Review, *, label: str = "active") -> Line | None:
    """Say a problem with its onset."""
    if fact.span is not None:
        return short_line("in a note", fact, review)
    unsure = " (unconfirmed)" if fact.assertion is AssertionStatus.POSSIBLE else ""
    since = f", since {fact.occurred.day}" if fact.occurred else ""
    return said(label, cut(name_of(fact), _LONGEST_NAME) + unsure + since, [fact], review)


def medicine_line(fact: Fact, review: Review, *, label: str = "active") -> Line | None:
    """Say a medicine with its dose and start."""
    if fact.span is not None:
        return short_line("in a note", fact, review)
    since = f", since {fact.occurred.day}" if fact.occurred else ""
    dose = _dose(fact)
    name = cut(name_of(fact), _LONGEST_NAME)
    told = said(label, f"{name} ({dose}){since}", [fact], review) if dose else None
    return told or said(label, f"{name}{since}", [fact], review)


def _dose(fact: Fact) -> str:
    """Return the written instruction where it is short, else what the dosage gives in words of its own."""
    instruction = next((detail for detail in fact.details if detail.name == "instructions"), None)
    if instruction is not None:
        return cut(" ".join(instruction.text.split()).rstrip("."), _LONGEST_DOSE)
    parts: list[Detail] = [detail for detail in fact.details if detail.name in {"dose", "route", "as_needed"}]
    # A bare "1.0" is a number of tablets that the chart does not name.
    return ", ".join(detail.text for detail in parts if any(map(str.isalpha, detail.text)))


def result_line(points: Sequence[Point], review: Review) -> Line | None:
    """Say the newest value of a series with an arrow and the value before."""
    now = points[-1]
    before = next((point for point in reversed(points[:-1]) if point.day < now.day), None)
    text = f"{cut(short_name(now), 40)} {shown(now)}{_range(now)} on {now.day}"
    facts = [now]
    if before is not None and before.quantity and now.quantity:
        change = now.quantity.value - before.quantity.value
        arrow, word = ("↑", "rose from") if change > 0 else ("↓", "fell from") if change < 0 else ("→", "as")
        old = f" {shown(before).partition(' ')[0]}" if change else ""
        text += f"; {arrow} {word}{old} on {before.day}"
        facts.append(before)
    try:
        citations = tuple(cite(point.fact, review.chart, component=point.component) for point in facts)
    except CitationNotFoundError:
        review.dropped += 1
        return None
    label = "outside range" if is_abnormal(now) else "latest"
    drafted = DraftClaim(
        text=text, kind=ClaimKind.RECORD_FACT, citations=citations, route="latest_value", category=now.fact.category
    )
    return review.line(label, drafted)


def _range(point: Point) -> str:
    """Return flag and reference range, without the unit where it is the value's: ` H (4.0-5.6)`."""
    fact = point.fact
    if point.component is not None or not fact.reference_range:
        return f" {fact.interpretation}" if point.component is None and is_abnormal(point) else ""
    unit = point.quantity.unit if point.quantity else ""
    bare = fact.reference_range.removesuffix(unit).rstrip() if unit else fact.reference_range
    flag = f" {fact.interpretation}" if fact.interpretation and is_abnormal(point) else ""
    return f"{flag} ({bare})"


def pressure_line(review: Review) -> Line | None:
    """Say the newest blood pressure."""
    measured = [
        fact
        for fact in review.of(Category.VITAL_SIGN)
        if len(fact.components) > 1 and fact.occurred and fact.occurred.first_day <= review.today
        and any(key_of(Point(fact, part), review) == "systolic-blood-pressure" for part in fact.components)
    ]  # fmt: skip
    return review.line("latest", measured[-1], route="latest_value") if measured else None


def short_line(label: str, fact: Fact, review: Review, *, why: str = "") -> Line | None:
    """Say a fact in the chart's usual sentence."""
    return review.line(label, draft(fact, review.chart, route="active_list"), why=why)
