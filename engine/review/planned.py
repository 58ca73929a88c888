"""What was planned and has not happened: orders without a result, what is recorded as not done, dates that have passed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from chartcite.engine.dates.since import visits
from chartcite.engine.dates.times import shift
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.briefings import Line, Section
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import AssertionStatus, Category, Fact, PartialDate
from chartcite.engine.facts.statements import encounter_class, name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.review.chart_review import Review, arrived, counted, section

OPEN = frozenset({"active", "on-hold", "draft", "requested", "planned", "pending", ""})
_CALLED_OFF = frozenset({"revoked", "cancelled", "stopped"})
_BOOKED = frozenset({"booked", "pending", "proposed", "planned", "waitlist"})
_MISSED = frozenset({"noshow", "cancelled"})
_DONE = (
    Category.LABORATORY, Category.VITAL_SIGN, Category.OBSERVATION, Category.SURVEY, Category.REPORT, Category.PROCEDURE,
    Category.IMMUNIZATION, Category.ENCOUNTER,
)  # fmt: skip
_EMPTY_WORDS = frozenset(forms("referral to for of the a an and in with evaluation examination test order procedure study"))
_REMOTE = ("virtual", "telephone", "phone", "portal", "message", "email", "e-mail", "(vr)")
_SPAN = (
    r"(?P<count>\d{1,3}|one|two|three|four|five|six|eight|ten|twelve|a)(?:\s{0,2}(?:-|–|to)\s{0,2}(?P<most>\d{1,3}))?"
    r"\s{0,2}-?\s{0,2}(?P<unit>d|days?|wks?|weeks?|mos?|mths?|months?|yrs?|years?)\b"
)
FOLLOW_UP = Cue(
    r"\b(?:RTC|RTO|return (?:to (?:clinic|office)|visit|here)?|follow[\s-]?up|f/?u|recheck|see (?:me|us|her|him) (?:again|back)?)"
    rf"(?:\s{{1,3}}(?:visit|appointment|clinic|with [\w .]{{1,30}}?))?\s{{0,3}}:?\s{{0,3}}(?:(?:in|after|at)\s{{1,3}})?{_SPAN}",
)
TELLS_UNDONE = Cue(
    r"\b(?:not (?:yet )?(?:been )?(?:(?:re)?scheduled|(?:re)?booked|done|performed|completed|obtained|received|collected|drawn)"
    r"|no (?:[\w-]+ ){1,4}yet\b|never (?:scheduled|done|performed|completed|happened|came|went)|overdue|past due|was due"
    r"|(?<!no )(?<!are )missed(?![^.;\n]{0,40}\b(?:doses?|pills?|tablets?|meds?|periods?|menses)\b)"
    r"|no[\s-]?show(?:ed)?|did(?: not|n't|n’t) (?:attend|come|show|go|keep)|still (?:pending|waiting|awaiting|outstanding|needs)"
    r"|(?:results?|report|pathology|culture|biopsy) (?:is |are |was )?(?:still )?pending|awaiting|QNS|quantity not sufficient"
    r"|lost to follow[\s-]?up|to be (?:scheduled|rescheduled|booked)|needs? (?:to be )?(?:rescheduled|rebooked))",
)
"""Words by which notes say themselves that something has not happened."""
_MOST_TOLD = 6
_LONGEST_QUOTE = 300
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12}
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}


def not_happened(review: Review, first: date | None) -> Section:
    """Say what was planned and has not happened, what is open longest last."""
    orders = review.of(Category.ORDER)
    lines = [
        *_not_done(review, first),
        *_open_orders(review),
        *_called_off(review, first),
        *_missed(review, first),
        *_goals_past(review),
        *_follow_up_past(review),
        *_told_open(review, first),
    ]
    done = len(review.of(*_DONE))
    appointments = len(_appointments(review))
    searched = (
        f"{counted(orders, 'order')}, compared with {done} results, reports, procedures, immunizations and visits; appointments: "
        f"{appointments}, goals: {len(review.of(Category.GOAL))}, passages of notes: {len(review.notes(first))}"
    )
    return section("not_happened", "Planned and not happened", lines, searched, most=15)


def next_planned(review: Review) -> Section:
    """Say what is planned for after the last day."""
    lines: list[Line | None] = []
    for fact in [*_appointments(review), *review.of(Category.ENCOUNTER), *review.of(Category.ORDER)]:
        due = _planned_day(fact)
        if due is not None and due.first_day > review.today and fact.status in _BOOKED | OPEN:
            lines.append(review.line("planned", fact, route="order"))
    for note, quote in _follow_ups(review):
        due_day = due_by(note, quote)
        if due_day is not None and due_day >= review.today and not _seen_since(review, note):
            lines.append(quoted(note, quote, "planned", f"counted from the note's day, this is {due_day}", review))
    searched = f"{counted(review.of(Category.ORDER), 'order')}; appointments: {len(_appointments(review))}"
    return section("next", "Next", lines, searched, most=3)


def _appointments(review: Review) -> list[Fact]:
    return [fact for fact in review.of(Category.OTHER) if fact.resource.startswith("Appointment/")]


def _planned_day(fact: Fact) -> PartialDate | None:
    """Return when an order, appointment or visit is to take place."""
    if fact.category is not Category.ORDER:
        return fact.occurred
    detail = fact.detail("planned_for")
    try:
        return PartialDate.parse(detail.text.split(" ")[0]) if detail else None
    except ValueError:
        return None


def _not_done(review: Review, first: date | None) -> Iterator[Line | None]:
    for fact in reversed(review.of(Category.PROCEDURE, Category.IMMUNIZATION)):
        if fact.status != "not-done" and fact.assertion is not AssertionStatus.ABSENT:
            continue
        if arrived(fact, first, review.today) and not _matches(fact, review.of(fact.category)):
            yield review.line("not done", fact, route="last_happening")


def _open_orders(review: Review) -> Iterator[Line | None]:
    done = review.of(*_DONE)
    told: set[str] = set()
    for fact in reversed(review.of(Category.ORDER)):
        due = _planned_day(fact)
        waits = due is not None and due.last_day >= review.today
        if fact.status not in OPEN or waits or name_of(fact).lower() in told or fact.assertion is AssertionStatus.ABSENT:
            continue
        told.add(name_of(fact).lower())
        if not _matches(fact, done):
            since = fact.occurred.day if fact.occurred else "its day"
            kinds = "result, report, procedure, immunization or visit"
            label = "on hold" if fact.status == "on-hold" else "open order"
            yield review.line(label, fact, route="order", why=f"no {kinds} of that code or name from {since} on")


def _called_off(review: Review, first: date | None) -> Iterator[Line | None]:
    for fact in reversed(review.of(Category.ORDER)):
        if fact.status in _CALLED_OFF and arrived(fact, first, review.today):
            yield review.line(fact.status, fact, route="order")


def _missed(review: Review, first: date | None) -> Iterator[Line | None]:
    for fact in [*_appointments(review), *review.of(Category.ENCOUNTER)]:
        if not arrived(fact, first, review.today):
            continue
        if fact.status in _MISSED:
            yield review.line(fact.status, fact, route="last_happening")
        elif fact.status in _BOOKED and fact.occurred and fact.occurred.last_day < review.today:
            yield review.line("date passed", fact, route="last_happening", why=f"its status is still {fact.status}")


def _goals_past(review: Review) -> Iterator[Line | None]:
    for fact in review.of(Category.GOAL):
        due, reached = fact.detail("due"), fact.detail("achievement")
        if due is None or fact.status not in {"active", "accepted", "in-progress"}:
            continue
        if reached is not None and forms(reached.text)[:1] == ("achieved",):
            continue
        try:
            day = PartialDate.parse(due.text)
        except ValueError:
            continue
        if day.last_day < review.today:
            why = f"its due date {day.day} has passed, and it is not recorded as achieved"
            yield review.line("goal not reached", fact, why=why)


def _matches(wanted: Fact, done: Sequence[Fact]) -> bool:
    """Say whether something done on or after the day of a fact has its code, or holds all telling words of its name."""
    codes = {(coding.system, coding.code) for coding in wanted.concept.codings}
    words = set(forms(wanted.concept.text)) - _EMPTY_WORDS
    for fact in done:
        if fact.id == wanted.id or fact.assertion is AssertionStatus.ABSENT or fact.occurred is None:
            continue
        if fact.status in {"not-done", "cancelled", "planned", "noshow"}:
            continue
        if wanted.occurred is not None and fact.occurred.last_day < wanted.occurred.first_day:
            continue
        if wanted.category is Category.ORDER and fact.category is Category.ENCOUNTER and fact.id == wanted.encounter:
            continue
        if codes & {(coding.system, coding.code) for coding in fact.concept.codings}:
            return True
        said = " ".join([fact.concept.text, *(detail.text for detail in fact.details if detail.name == "reason")])
        if words and words <= set(forms(said)):
            return True
    return False


def _follow_ups(review: Review) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Yield what notes from the last visit in person on say of the next visit ("RTC 3 mo"), newest note first."""
    for passage in review.notes(_last_in_person(review)):
        if passage.occurred is not None or passage.recorded is not None:
            for match in FOLLOW_UP.finditer(passage.text):
                yield passage, match


def due_by(note: Passage, match: re.Match[str]) -> date | None:
    """Return the day by which a note asks for the next visit: "RTC 3 mo"."""
    moment = note.occurred or note.recorded
    count = match["most"] or match["count"].lower()
    if moment is None:
        return None
    number = int(count) if count.isdigit() else _NUMBERS[count]
    try:
        return shift(moment.first_day, number, _UNITS[match["unit"][0].lower()])
    except (OverflowError, ValueError):
        return None


def _seen_since(review: Review, note: Passage) -> bool:
    """Say whether a visit in person took place on a later day than a note."""
    moment = note.occurred or note.recorded
    return moment is not None and any(
        fact.occurred is not None and fact.occurred.first_day > moment.first_day and not _is_remote(fact)
        for fact in visits(review)
    )  # fmt: skip


def _last_in_person(review: Review) -> date | None:
    return max((fact.occurred.first_day for fact in visits(review) if fact.occurred and not _is_remote(fact)), default=None)


def _is_remote(fact: Fact) -> bool:
    words = f"{encounter_class(fact)} {name_of(fact)}".lower()
    return any(word in words for word in _REMOTE)


def _follow_up_past(review: Review) -> Iterator[Line | None]:
    if not visits(review):
        return
    for note, match in _follow_ups(review):
        due = due_by(note, match)
        if due is not None and due < review.today and not _seen_since(review, note):
            why = f"counted from the note's day this was {due}; no later visit in person among {len(visits(review))} visits"
            yield quoted(note, match, "follow-up date passed", why, review)


def _told_open(review: Review, first: date | None) -> Iterator[Line | None]:
    """Quote what notes since `first`, or since the last visit in person, call due, missed or waited for themselves."""
    told: set[str] = set()
    seen = _last_in_person(review)
    begin = min(first, seen) if first is not None and seen is not None else first
    for note in review.notes(begin):
        for match in TELLS_UNDONE.finditer(note.text):
            line = quoted(note, match, "a note says it is open", "", review)
            if line is not None and line.claim.citations[0].quote not in told:
                told.add(line.claim.citations[0].quote)
                yield line
        if len(told) >= _MOST_TOLD:
            return


def _narrowed(note: Passage, match: re.Match[str]) -> tuple[int, int]:
    """Return the whole words around a match, where its sentence is too long to be quoted."""
    first = max(match.start() - _LONGEST_QUOTE // 2, 0)
    last = min(match.end() + _LONGEST_QUOTE // 2, len(note.text))
    first = note.text.find(" ", first, match.start()) + 1 or match.start() if first else 0
    space = note.text.rfind(" ", match.end(), last) if last < len(note.text) else last
    return note.start + first, note.start + (space if space > match.end() else match.end())


def quoted(note: Passage, match: re.Match[str], label: str, why: str, review: Review) -> Line | None:
    """Quote the sentence that a match stands in."""
    place = note.start + match.start()
    sentence = next((one for one in note.sentences if one.start <= place < one.end), None)
    start, end = (sentence.start, sentence.end) if sentence else (place, note.start + match.end())
    if end - start > _LONGEST_QUOTE:
        start, end = _narrowed(note, match)
    citation = review.records.cite_span(note, start=start, end=end)
    moment = note.recorded or note.occurred
    where = f"{note.title}, {moment.day}" if moment else note.title
    text = f"{where}: “{' '.join(citation.quote.split())}”"
    drafted = DraftClaim(text=text, kind=ClaimKind.RECORD_FACT, citations=(citation,), route="quote")
    return review.line(label, drafted, why=why)
