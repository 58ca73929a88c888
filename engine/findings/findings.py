"""What a chart says of one patient at one moment, asked by lexicon concept: present, absent, or unknown.

Rules, risk scores and guideline conditions read the chart through this alone. "Unknown" is silence or an unsure entry, never
a no: `searched` says what was looked through. What notes tell counts too; of the same day the table goes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from chartcite.engine.dates.times import years_between
from chartcite.engine.domain.records import AssertionStatus, Category, Component, Fact, PartialDate, Quantity
from chartcite.engine.facts.active_facts import active_at, condition_is_active
from chartcite.engine.facts.fact_index import FactIndex, moment_of
from chartcite.engine.facts.statements import MEASURED, value_of
from chartcite.engine.language.analytes import convert_analyte
from chartcite.engine.review.chart_review import Review, counted

State = Literal["present", "absent", "unknown"]


class Finding(NamedTuple):
    """What the chart says about one thing, and the facts that say so."""

    what: str
    """What was asked, in words."""
    state: State
    """"absent" only where the chart says so; its silence is "unknown"."""
    facts: tuple[Fact, ...] = ()
    """What to cite, most telling first."""
    value: Decimal | None = None
    unit: str = ""
    """UCUM code of the value, as it was asked for."""
    day: PartialDate | None = None
    """When it was measured, done, given or began."""
    component: Component | None = None
    """The part of the first fact that carries the value, such as the systolic pressure."""
    comparator: str = ""
    """`<`, `<=`, `>=` or `>` where the chart gives a bound and no exact value."""
    text: str = ""
    """A value that is a word: `female`, `former`."""
    days: tuple[PartialDate, ...] = ()
    """Every time it was given or done, oldest first."""
    searched: str = ""
    """What was looked through: `14 conditions searched, newest 2025-03-01`."""
    formula: str = ""
    """Name of the calculator that made the value of the facts; empty: the chart holds the value itself."""

    @property
    def times(self) -> int:
        """How often it was given or done."""
        return len(self.days)


_RUNNING = frozenset({AssertionStatus.PRESENT})
_EVER = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL})
_NOT_DONE = frozenset({"not-done", "cancelled", "preparation", "stopped", "on-hold", "not-taken", "entered-in-error"})
_NONE_KNOWN = ("no known", "nkda", "nka", "no allerg", "no drug allerg", "none known")


class Findings:
    """One patient at one moment. Every answer is kept: asking again costs nothing.

    Ids are those of the lexicon and mean everything under them too; `=diabetes-mellitus` means that entry alone, and not the
    prediabetes that the lexicon files under it. An id that the lexicon lacks is a `ValueError`.
    """

    def __init__(self, review: Review) -> None:
        self.review = review
        self.lexicon = review.lexicon
        self.today = review.today
        self.index = FactIndex(review)
        self._kept: dict[tuple[object, ...], Finding] = {}

    def of(self, *categories: Category) -> list[Fact]:
        """Return the facts of some categories up to the moment, tables and notes, oldest first within each category."""
        return self.index.of(*categories)

    def about(self, ids: Iterable[str], *categories: Category) -> list[Fact]:
        """Return the facts of some categories whose concept is, or lies under, one of the lexicon ids; oldest first."""
        return self.index.about(ids, *categories)

    def age(self, on: date | None = None) -> Finding:
        """Return the age in whole years on a day (else on the moment); unknown where the birth date leaves two ages open."""
        day = on or self.today
        birth = self.birth()
        if birth is not None and birth.value is not None:
            born = PartialDate.parse(birth.value.shown[:10])
            years = years_between(born.first_day, day)
            same = years == years_between(born.last_day, day)
            return Finding("age", "present" if same else "unknown", (birth,), Decimal(years) if same else None, "a", born)
        told = [fact for fact in self.of(Category.DEMOGRAPHIC) if fact.concept.text == "age" and _quantity(fact) is not None]
        if not told:
            return Finding("age", "unknown", searched="no date of birth and no age in the chart")
        fact = told[-1]
        quantity, then = _quantity(fact), fact.occurred or fact.recorded
        passed = max(years_between(then.first_day, day), 0) if then is not None else 0
        years = int(quantity.value) + passed if quantity is not None else 0
        return Finding("age", "present", (fact,), Decimal(years), "a", then)

    def birth(self) -> Fact | None:
        """Return the fact of the date of birth."""
        return self.review.chart.birth

    def age_in_days(self) -> int | None:
        """Return the age in days, where the day of birth is known."""
        birth = self.birth()
        written = birth.value.shown if birth is not None and birth.value is not None else ""
        return (self.today - date.fromisoformat(written[:10])).days if len(written) >= len("2020-01-01") else None

    def sex(self) -> Finding:
        """Return the recorded sex: `text` is `female`, `male`, or what else the chart says; unknown where it is neither."""
        facts = self.of(Category.DEMOGRAPHIC)
        found = [fact for fact in facts if fact.value is not None and fact.id.partition("#")[2].lower() in {"gender", "birthsex"}]
        found = found or [fact for fact in facts if fact.concept.text.lower() in {"sex", "gender"} and fact.value is not None]
        for fact in found:
            said = fact.value.shown.lower() if fact.value is not None else ""
            sex = {"f": "female", "m": "male", "woman": "female", "man": "male"}.get(said, said)
            if sex in {"female", "male"}:
                return Finding("sex", "present", (fact,), text=sex)
        return Finding("sex", "unknown", tuple(found[:1]), searched="no sex recorded")

    def measurement(self, id_: str, *, unit: str, within_days: int | None = None) -> Finding:
        """Return the newest number of a measurement, or of a class of them, in a unit.

        Args:
            id_: lexicon id; components of panels count.
            unit: UCUM code to convert to, `1` or `{score}` for a number without a unit.
            within_days: older values are not taken.

        Returns:
            "present" with value, unit, day (and component, comparator); "unknown" with the facts that could not be converted.
        """
        return self._keep(("measurement", id_, unit, within_days), lambda: self._measurement(id_, unit, within_days))

    def calculated(self, id_: str, *, unit: str, within_days: int | None = None) -> Finding:
        """Return a measurement that the chart does not hold, calculated from what it holds; see `calculated_finding`."""
        from chartcite.engine.findings.finding_scores import calculated_finding

        key = ("calculated", id_, unit, within_days)
        return self._keep(key, lambda: calculated_finding(self, id_, unit=unit, within_days=within_days))

    def condition(self, ids: str | Iterable[str], *, ever: bool = False) -> Finding:
        """Say whether the patient has one of some conditions, or (`ever`) had it.

        Absent: each is denied or refuted, itself or a class over it, or (not `ever`) it is over. Unconfirmed: unknown.
        """
        wanted = _ids(ids)
        return self._keep(("condition", wanted, ever), lambda: self._condition(wanted, ever=ever))

    def medication(self, ids: str | Iterable[str]) -> Finding:
        """Say whether one of some medicines or classes is being taken; absent: told as stopped or denied."""
        wanted = _ids(ids)
        return self._keep(("medication", wanted), lambda: self._medication(wanted))

    def allergy(self, ids: str | Iterable[str]) -> Finding:
        """Say whether there is an allergy or intolerance to one of some substances or classes; absent: refuted, or none known."""
        wanted = _ids(ids)
        return self._keep(("allergy", wanted), lambda: self._allergy(wanted))

    def procedure(self, ids: str | Iterable[str]) -> Finding:
        """Return the newest time that one of some procedures or tests was done, with every time in `days`."""
        wanted = _ids(ids)
        return self._keep(("procedure", wanted), lambda: self._done(wanted, _DONE_IN, "procedures and results"))

    def immunization(self, ids: str | Iterable[str]) -> Finding:
        """Return the newest dose of one of some vaccines, with every dose (one a day) in `days`."""
        wanted = _ids(ids)
        return self._keep(("immunization", wanted), lambda: self._done(wanted, (Category.IMMUNIZATION,), "immunizations"))

    def family(self, ids: str | Iterable[str]) -> Finding:
        """Say whether a relative has or had one of some conditions."""
        wanted = _ids(ids)
        held = self.about(wanted, Category.FAMILY_HISTORY)
        yes = [fact for fact in held if fact.assertion is not AssertionStatus.ABSENT]
        state: State = "present" if yes else "absent" if held else "unknown"
        searched = counted(self.of(Category.FAMILY_HISTORY), "entry of family history", "entries of family history")
        return Finding(f"family history of {self.named(wanted)}", state, tuple(reversed(yes or held)), searched=searched)

    def pregnant(self) -> Finding:
        """Say whether the patient is pregnant at the moment; unknown for most: few charts say no."""
        from chartcite.engine.findings.findings_status import pregnancy

        return self._keep(("pregnant",), lambda: pregnancy(self))

    def smoking(self) -> Finding:
        """Return the newest smoking status (`text`: `current`, `former`, `never`); `day` of a former smoker: when they quit."""
        from chartcite.engine.findings.findings_status import smoking_status

        return self._keep(("smoking",), lambda: smoking_status(self))

    def pack_years(self) -> Finding:
        """Return the newest number of pack-years; 0 for somebody who never smoked."""
        from chartcite.engine.findings.findings_status import pack_years

        return self._keep(("pack_years",), lambda: pack_years(self))

    def named(self, ids: Iterable[str]) -> str:
        """Return concepts in words: `type 2 diabetes or prediabetes`."""
        plain = (id_.removeprefix("=") for id_ in ids)
        return " or ".join(self.lexicon.concepts[id_].name if id_ in self.lexicon.concepts else id_ for id_ in plain)

    # --- how each is found -------------------------------------------------------------------------------------------

    def _keep(self, key: tuple[object, ...], find: Callable[[], Finding]) -> Finding:
        if key not in self._kept:
            self._kept[key] = find()
        return self._kept[key]

    def _measurement(self, id_: str, unit: str, within_days: int | None) -> Finding:
        facts = [fact for fact in self.about((id_,), *MEASURED) if fact.status not in _NOT_DONE and _is_said(fact)]
        what, searched = self.named((id_,)), counted(facts, "value")
        if within_days is not None:
            facts = [fact for fact in facts if moment_of(fact)[0] >= self.today - timedelta(days=within_days)]
            searched += f", {len(facts)} of the last {within_days} days"
        unread: list[Fact] = []
        for fact in reversed(facts):
            for component in self._parts(fact, id_):
                value = value_of(fact, component)
                quantity = value.quantity if value is not None else None
                number = self._converted(quantity, unit, fact, component) if quantity is not None else None
                if quantity is not None and number is not None:
                    return Finding(
                        what, "present", (fact,), number, unit, fact.occurred, component, quantity.comparator, searched=searched
                    )  # fmt: skip
            unread.append(fact)
        return Finding(what, "unknown", tuple(unread[:1]), searched=searched)

    def _parts(self, fact: Fact, id_: str) -> list[Component | None]:
        """Return the parts of a fact that carry a measurement: the fact itself (`None`) or components."""
        wanted = self.index.under((id_,))
        whole: list[Component | None] = [None] if fact.value is not None and wanted & set(self.lexicon.link(fact.concept)) else []
        return whole + [part for part in fact.components if wanted & set(self.lexicon.link(part.concept))]

    def _converted(self, quantity: Quantity, unit: str, fact: Fact, component: Component | None) -> Decimal | None:
        written = quantity.ucum or quantity.unit
        if written == unit or (unit in _PURE and written.strip("{}[]").lower() in _PURE_WORDS):
            return quantity.value
        concept = component.concept if component is not None else fact.concept
        return convert_analyte(quantity.value, quantity.unit or written, unit, self.lexicon.link(concept)) or (
            convert_analyte(quantity.value, written, unit, self.lexicon.link(concept))
        )

    def _condition(self, wanted: tuple[str, ...], *, ever: bool) -> Finding:
        facts = self.about(wanted, Category.CONDITION)
        what, searched = self.named(wanted), counted(self.of(Category.CONDITION), "condition")
        holds = [fact for fact in facts if fact.assertion in (_EVER if ever else _RUNNING)]
        if not ever:
            holds = [fact for fact in holds if condition_is_active(fact, self.today)]
        if holds:
            newest = _best(holds)
            return Finding(what, "present", newest, day=newest[0].occurred, searched=searched)
        over = [fact for fact in facts if fact.assertion is AssertionStatus.PRESENT and not ever]
        unsure = [fact for fact in facts if fact.assertion in {AssertionStatus.POSSIBLE, AssertionStatus.HISTORICAL}]
        denied = self.index.denials(wanted)
        if unsure and not over:
            return Finding(what, "unknown", _best(unsure), searched=searched)
        if over or denied:
            return Finding(what, "absent", _best(over or denied), searched=searched)
        return Finding(what, "unknown", searched=searched)

    def _medication(self, wanted: tuple[str, ...]) -> Finding:
        facts = [fact for fact in self.about(wanted, Category.MEDICATION) if fact.assertion is not AssertionStatus.HYPOTHETICAL]
        what, searched = self.named(wanted), counted(self.of(Category.MEDICATION), "medication entry", "medication entries")
        running = [fact for fact in facts if active_at(fact, self.today) and fact.assertion in _RUNNING]
        if running:
            newest = _best(running)
            return Finding(what, "present", newest, day=newest[0].occurred, searched=searched)
        return Finding(what, "absent" if facts else "unknown", _best(facts), searched=searched)

    def _allergy(self, wanted: tuple[str, ...]) -> Finding:
        facts = self.about(wanted, Category.ALLERGY)
        listed = self.of(Category.ALLERGY)
        what, searched = f"allergy to {self.named(wanted)}", counted(listed, "allergy entry", "allergy entries")
        held = [
            fact for fact in facts if fact.assertion is not AssertionStatus.ABSENT and fact.status not in {"resolved", "inactive"}
        ]
        sure = [fact for fact in held if fact.assertion is not AssertionStatus.POSSIBLE]
        if held:
            return Finding(what, "present" if sure else "unknown", _best(sure or held), searched=searched)
        none = [fact for fact in listed if fact.assertion is AssertionStatus.ABSENT and _none_known(fact)]
        over = facts or none
        return Finding(what, "absent" if over else "unknown", _best(over), searched=searched)

    def _done(self, wanted: tuple[str, ...], categories: Sequence[Category], plural: str) -> Finding:
        facts = self.about(wanted, *categories)
        what, searched = self.named(wanted), f"{len(self.of(*categories))} {plural} searched"
        done = [fact for fact in facts if fact.status not in _NOT_DONE and _is_said(fact)]
        if done:
            days = {fact.occurred.day: fact.occurred for fact in done if fact.occurred is not None}
            newest = tuple(reversed(done))
            every = tuple(days[day] for day in sorted(days))
            return Finding(what, "present", newest, day=newest[0].occurred, days=every, searched=searched)
        refused = [fact for fact in facts if fact.assertion is AssertionStatus.ABSENT or fact.status == "not-done"]
        return Finding(what, "absent" if refused else "unknown", _best(refused), searched=searched)


_DONE_IN = (Category.PROCEDURE, Category.REPORT, *MEASURED)
_PURE = frozenset({"1", "{score}", "{pack-years}", "{T-score}"})
_PURE_WORDS = frozenset(
    {"", "1", "score", "pack-years", "pack years", "pack-year", "packyears", "{pack}.a", "points", "#", "t-score"}
)


def _ids(ids: str | Iterable[str]) -> tuple[str, ...]:
    return (ids,) if isinstance(ids, str) else tuple(ids)


def _quantity(fact: Fact) -> Quantity | None:
    return fact.value.quantity if fact.value is not None else None


def _is_said(fact: Fact) -> bool:
    """Say whether a fact tells of something that is so, or was."""
    return fact.assertion in _EVER


def _best(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return facts with those of tables first, then the newest first."""
    return tuple(sorted(sorted(facts, key=moment_of, reverse=True), key=lambda fact: fact.span is not None))


def _none_known(fact: Fact) -> bool:
    return fact.concept.text.lower().startswith(_NONE_KNOWN)
