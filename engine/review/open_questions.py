"""What the chart leaves open: tables and notes that disagree, and suspicions that nothing confirmed or ruled out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from chartcite.engine.domain.briefings import Line, Section
from chartcite.engine.domain.evidence import Citation, Passage
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import active_at, condition_is_active
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.statements import medication_is_active, name_of
from chartcite.engine.medicines.medication_changes import by_drug, current, orders, past_its_end
from chartcite.engine.review.chart_review import Review, day_of, section
from chartcite.engine.review.planned import quoted
from chartcite.engine.review.problem_changes import problems

_UNREAL = re.compile(
    r"\b(?:if|unless|until|when|would|should|could|may|might|consider\w*|not|n['’]t|never|no longer|stop(?:ped)?|plan\w* to"
    r"|before)\b[^.;]*$",
    re.IGNORECASE,
)
_LONGEST_BEFORE = 200
"""Characters before a match in which a condition or denial is looked for."""
_NOTE_SAYS_STOPPED = "listed as active, a later note says otherwise"
_NOTE_SAYS_TAKEN = "not active in the list, a later note says it is taken"
_STOPPED = frozenset({"stopped", "cancelled", "not-taken", "completed"})


def open_questions(review: Review, first: date | None) -> Section:
    """Say what is open: conflicts that came since `first`, and every suspicion and passed end that still stands."""
    lines = [
        *_medications_disputed(review, first),
        *_notes_against_list(review, first),
        *_problems_disputed(review, first),
        *_suspected(review),
        *_ended_but_active(review),
    ]
    tables = len(review.of(Category.MEDICATION, Category.CONDITION))
    passages = len(review.notes(first))
    searched = f"{passages} passages of notes compared with {tables} entries of the medication and problem lists"
    return section("open_questions", "Open questions", lines, searched, most=10)


def _is_later(note: Fact, listed: Fact) -> bool:
    moment, entry = note.recorded or note.occurred, listed.occurred or listed.recorded
    return moment is not None and entry is not None and moment.first_day > entry.last_day


def _since(note: Fact, first: date | None) -> bool:
    moment = note.recorded or note.occurred
    return first is None or (moment is not None and moment.first_day >= first)


def _newest_told(review: Review, category: Category, first: date | None) -> dict[str, Fact]:
    """Return the newest statement of notes about each thing that the lexicon knows, where it came since `first`."""
    told = {review.key_of(fact): fact for fact in review.told(category) if review.concepts_of(fact)}
    return {key: fact for key, fact in told.items() if _since(fact, first)}


def _medications_disputed(review: Review, first: date | None) -> Iterator[Line | None]:
    """Yield what a note calls stopped and the list active, and the other way round."""
    listed: dict[str, list[Fact]] = {}
    for fact in orders(review):
        listed.setdefault(review.key_of(fact), []).append(fact)
    for key, note in _newest_told(review, Category.MEDICATION, first).items():
        entries = listed.get(key, [])
        active = [fact for fact in entries if active_at(fact, review.today)]
        gone = note.assertion is AssertionStatus.ABSENT or note.status in _STOPPED
        if gone and active and _is_later(note, active[-1]):
            yield _both(_NOTE_SAYS_STOPPED, active[-1], note, review)
        taken = note.assertion is AssertionStatus.PRESENT and medication_is_active(note)
        if taken and entries and not active and _is_later(note, entries[-1]) and _after_end(note, entries[-1]):
            yield _both(_NOTE_SAYS_TAKEN, entries[-1], note, review)


def _after_end(note: Fact, entry: Fact) -> bool:
    moment = note.recorded or note.occurred
    return entry.ended is None or (moment is not None and moment.first_day > entry.ended.last_day)


def _problems_disputed(review: Review, first: date | None) -> Iterator[Line | None]:
    listed = {review.key_of(fact): fact for fact in problems(review) if condition_is_active(fact, review.today)}
    for key, note in _newest_told(review, Category.CONDITION, first).items():
        entry = listed.get(key)
        if entry is not None and note.assertion is AssertionStatus.ABSENT and _is_later(note, entry):
            yield _both("listed as active, a later note denies it", entry, note, review)


def _both(label: str, entry: Fact, note: Fact, review: Review) -> Line | None:
    """Return the list's statement and the note's, side by side."""
    return _side_by_side(label, entry, review.line(label, draft(note, review.chart, route="note_fact")), review)


def _side_by_side(label: str, entry: Fact, other: Line | None, review: Review) -> Line | None:
    """Return a list's statement with a line of a note; each was checked for itself."""
    line = review.line(label, entry)
    if line is None or other is None:
        return None
    citations: tuple[Citation, ...] = (*line.claim.citations, *other.claim.citations)
    text = f"{line.claim.text} {other.claim.text}"
    return line.model_copy(update={"claim": line.claim.model_copy(update={"citations": citations, "text": text})})


def _notes_against_list(review: Review, first: date | None) -> Iterator[Line | None]:
    """Yield what a later note calls stopped and the list active, or taken and the list ended: the newest such sentence each."""
    notes = review.notes(first)
    if not notes:
        return
    for group in by_drug(orders(review), review).values():
        active = [fact for fact in group if active_at(fact, review.today)]
        entry = (active or group)[-1]
        pattern = _given_up(entry, review) if active else _taken(entry, review)
        label = _NOTE_SAYS_STOPPED if active else _NOTE_SAYS_TAKEN
        for note in notes:
            moment = note.occurred or note.recorded
            if moment is None or entry.occurred is None or moment.first_day <= (entry.ended or entry.occurred).last_day:
                continue
            match = next((one for one in pattern.finditer(note.text) if not _unreal(note, one)), None)
            if match is not None:
                yield _side_by_side(label, entry, quoted(note, match, label, "", review), review)
                break


def _unreal(note: Passage, match: re.Match[str]) -> bool:
    """Say whether the words before a match, in its sentence, make it a condition, an advice or a denial."""
    place = note.start + match.start()
    sentence = next((one for one in note.sentences if one.start <= place < one.end), None)
    before = note.text[(sentence.start - note.start) if sentence else max(match.start() - 60, 0) : match.start()]
    return _UNREAL.search(before[-_LONGEST_BEFORE:]) is not None


def _names(entry: Fact, review: Review) -> str:
    """Return a pattern of the words that name a drug."""
    surfaces = [name for name in review.lexicon.surfaces(review.lexicon.link(entry.concept)) if len(name) > 3]
    return "|".join(re.escape(name) for name in dict.fromkeys([*surfaces, name_of(entry).split()[0]]) if len(name) > 3) or r"(?!)"


def _given_up(entry: Fact, review: Review) -> re.Pattern[str]:
    names = _names(entry, review)
    return re.compile(
        rf"\b(?:stopped(?: taking)?|discontinued|no longer (?:takes|taking|on|uses|using)|(?:is )?not taking|quit|ran out of|"
        rf"never (?:started|filled|took)) (?:the |her |his |all )?(?:{names})\b"
        rf"|\b(?:{names})(?: \d[\w.]*(?: ?mg| ?mcg| ?units)?)? (?:was |were |is |has been )?(?:stopped|discontinued|on hold)\b",
        re.IGNORECASE,
    )


def _taken(entry: Fact, review: Review) -> re.Pattern[str]:
    names = _names(entry, review)
    lead = r"(?:takes|taking|continues|continue|continued on|remains on|still on|using)"
    return re.compile(rf"\b{lead} (?:the |her |his )?(?:{names})\b", re.IGNORECASE)


def _suspected(review: Review) -> Iterator[Line | None]:
    """Yield the problems of the list that were suspected and neither confirmed nor ruled out since."""
    listed = problems(review)
    for fact in reversed(listed):
        if fact.assertion is not AssertionStatus.POSSIBLE or not condition_is_active(fact, review.today):
            continue
        same = [one for one in listed if one.id != fact.id and review.key_of(one) == review.key_of(fact)]
        if not any(day_of(one) >= day_of(fact) for one in same):
            why = "its verification status is not confirmed, and no later entry confirms or refutes it"
            yield review.line("suspected, never confirmed", fact, why=why)


def _ended_but_active(review: Review) -> Iterator[Line | None]:
    for group in current(review):
        fact = group[0]
        if past_its_end(fact, review.today) and fact.ended is not None:
            yield review.line("active past its end", fact, why=f"its status is {fact.status}, its end {fact.ended.day} is past")
