"""Which medicines were begun, stopped or given in another dose at a visit, since one, or in a time that a question tells.

"What has been started or stopped since he turned 60?", "which tablets were altered on the May admission?"
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.timed import timed_by_event
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.medicines.medication_changes import turned_between
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent, is_ordinary
from chartcite.engine.review.chart_review import Review, is_note
from chartcite.engine.stories.summary_notes import sentences_of_turn
from chartcite.engine.visits.named_visits import VisitNamed, notes_of, visit_meant, visits_in
from chartcite.engine.visits.visit_changes import began_after_stay

ROUTE = "visit_changes"
MOST_LINES = 12
MOST_QUOTES = 3
_ORDERED = timedelta(days=7)
"""What a visit changed is ordered so long after it, at most."""
_BEGUN = Cue(
    r"\b(?:start(?:ed|s|ing)?|begun|began|add(?:ed|itions?)?|new|introduced|initiated|commenced|put (?:him |her |them |me )?on(?! hold))\b"
)
_GIVEN_UP = Cue(
    r"\b(?:stop(?:ped|s|ping)?|discontinued|ceased|(?:taken|came|come) off|dropped|withdrawn|removed|axed|held|(?:put )?on hold|paused|withheld|suspended)\b"
)
_ALTERED = Cue(
    r"\b(?:chang(?:e|es|ed)|alter(?:ed|ations?)?|adjust(?:ed|ments?)?|tweak(?:s|ed)?|modified|amended|swap(?:s|ped)?|switch(?:ed|es)?|moved|bump(?:s|ed)?|titrated|"
    r"(?:put|stepped|turned|nudged|gone?|goes|went) (?:up|down)|increas(?:e|es|ed)|reduc(?:ed|tions?)|raised|lowered|cut|up-?titrated|differ(?:s|ent|ence|ences)?|compares?)\b"
)
_LABELS = (
    (_BEGUN, frozenset({"started", "ordered again", "newly listed"})),
    (_GIVEN_UP, frozenset({"stopped"})),
    (_ALTERED, frozenset({"dose changed", "started", "stopped", "ordered again"})),
)
_MEDICINES = Cue(
    r"\b(?:(?:meds?|medicines?|medications?|drugs?)(?: (?:list|profile|chart))?|tablets?|tabs|pills?|treatments?|prescriptions?|scripts?|regimens?|regimes?|doses?|dosing|rx)\b"
)
_SWAPPED = Cue(
    r"\b(?:swap(?:s|ped)?|titrated|prescribed?)\b|\bwhat (?:else )?(?:did|has|have|was|were|got)\b[^?]{0,60}?\b(?:add(?:ed)?|put (?:him|her|them|me) on|(?:take|took|taken) (?:him|her|them|me) off)\b(?! (?:to|up|that|a note))"
)
"""Is done to medicines alone."""
_ASKS = Cue(
    r"\b(?:what|which|anything|any|list|all|every)\b|^\W*how (?:have|has|had|did|were|was)\b|^\W*(?:did|has|have|was|were)\b[^?]{0,60}?\bdos(?:es?|ages?)\b|^\W*(?:new|newly|changed|altered|started|stopped)\b"
    r"|^\W*(?:recent |his |her |the |my )*(?:med(?:s|ications?|icines?)?|drugs?|dose|tablets?|treatment|prescriptions?)(?: that)?(?: were| have| got)?(?: been)? (?:chang(?:es?|ed)|alter(?:ed|ations)|adjust(?:ed|ments)|started|stopped|added)\b"
    r"|^\W*(?:recent |all |the )*changes? (?:to|in|of|made to) "
)
_ASKS_OTHER = Cue(
    r"\b(?:why|when|who|how (?:long|often|many|come|much)|reasons?|because|diagnos\w*|problems?|conditions?|allerg\w*|vaccin\w*|results?|planned|would|should|could|will)\b"
)
_CLAUSE = re.compile(r"(?<=[.?!;:])\s+|\s[-–—]+\s")
_DIFFERS = Cue(r"\bdiffer(?:s|ed|ent|ence|ences)?\b")
_SENT_HOME = Cue(
    r"\b(?:(?:was|were|got|been) )?(?:sent home|discharged|went home|came home|left (?:the )?hospital|put)\b(?: (?:on|with))?"
)
"""When medicines were settled that later ones are set against."""
_OPENED = re.compile(r"\b(?:since|after|following)\s+(?:[\w'’]+\s+){0,6}$", re.IGNORECASE)
_ONWARDS = re.compile(r"\s*(?:onwards?|forwards?|on\b(?! the| a)|(?:up )?(?:to|till|until) (?:now|today|date))", re.IGNORECASE)
_OF_TURNS = frozenset(
    forms(
        "list chart profile onward onwards forward one since then now dose script regimen regime bump swap tweak titrate need want visit stay admission discharge clinic please pls get got be have"
    )
)


class _Span(NamedTuple):
    """The days between which medicines turned, and the visit, where these are its days."""

    first: date
    last: date
    visit: Fact | None = None


def told_medicine_turns(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what was begun, stopped or changed of the medicines; empty: that is not asked, or of no time of the chart."""
    text = _AT_DISCHARGE.sub("at the discharge", text)
    clause = _asking_clause(text)
    if any(plan.intent is Intent.REASON for plan in plans):
        return []
    if clause is None or any(plan.family or plan.upcoming or (plan.comparison and not _DIFFERS.search(clause)) for plan in plans):
        return []
    named = visits_in(text, today=reading.chart.today)
    targets = list(
        dict.fromkeys(target for plan in plans for target in (*plan.targets, *(plan.untimed.targets if plan.untimed else ())))
    )
    span = _span(text, named, plans, targets, reading)
    if span is None or span.first > span.last:
        return []
    met = _met(span.visit) if span.visit is not None else set[str]()
    drugs = _drugs_asked(_bare(clause, text, named, plans), _named_before(clause, text, targets), targets, met)
    if drugs is None:
        return []
    labels = frozenset[str]().union(*(labels for cue, labels in _LABELS if cue.search(clause)))
    review = Review(reading.shelves.records, reading.chart.lexicon, reading.scope, today=reading.chart.today)
    lasting = span.visit is not None and _LASTING.search(text) is not None
    turned = [
        line
        for line in turned_between(review, span.first, span.last, lasting=lasting)
        if not drugs or any(target.find(forms(line.claim.text)) is not None for target in drugs)
    ]
    lines = [line for line in turned if line.label in labels]
    if not lines and not _HELD.search(clause):
        lines = [line for line in turned if line.label == "dose changed"]  # nothing is new but doses
    told = [
        DraftClaim(
            text=line.claim.text,
            kind=line.claim.kind,
            citations=line.claim.citations,
            route=ROUTE,
            category=Category.MEDICATION,
            computation=line.claim.computation,
        )
        for line in lines[:MOST_LINES]
    ]
    summed = [] if drugs else _summed_up(labels, span, reading)
    if _HELD.search(clause) and span.visit is not None and not summed:
        paused = [claim for claim in told if " was completed on " not in claim.text]  # a course that ended was not held
        return [*paused, *_quotes(drugs, span, reading, _HELD)]
    return [*summed, *told, *([] if summed else _quotes(drugs, span, reading))] if told or summed else []


_AT_DISCHARGE = Cue(
    r"\b(?:(?:on|at|upon) discharge\b(?! (?:summar|letter|script|note|med|date|diagnos|prescription|plan))"
    r"|when (?:he|she|they|i|mum|mom|dad|my \w+|the patient|pt) (?:was |were |got )?(?:discharged|sent home|went home|came home|left (?:the )?hospital))"
)
_LASTING = Cue(
    r"\b(?:discharged?|d/c|dc|went home|going home|came home|sent home|left hospital|leaving hospital|regular|usual|home|long[- ]?term|repeat|own|tto|tta)s?\b"
)
"""Asks for what holds after a stay, and not for what was given in it."""
_SUMS_UP = {
    "started": Cue(
        r"^\W*(?:(?:new|started|commenced|added|additional) (?:medicines?|medications?|meds|drugs)"
        r"|(?:medicines?|medications?|meds|drugs) (?:that were )?(?:started|added|commenced|begun|new))\s*[:–-]"
        r"|^\W*(?:(?:medication|medicine|med|drug) changes?\b[^:]{0,20}:\s*)?(?-i:NEW|START(?:ED)?|ADD(?:ED)?)\b(?! (?:PT|PATIENT))"
    ),
    "stopped": Cue(
        r"^\W*(?:(?:stopped|discontinued|withheld|held|ceased) (?:medicines?|medications?|meds|drugs)"
        r"|(?:medicines?|medications?|meds|drugs) (?:that were )?(?:stopped|discontinued|withheld|held|ceased|on hold))\s*[:–-]"
        r"|^\W*(?:(?:medication|medicine|med|drug) changes?\b[^:]{0,20}:\s*)?(?-i:STOP(?:PED)?|HOLD|HELD|PAUSE[D]?|WITHHOLD|D/C)\b"
    ),
    "dose changed": Cue(
        r"^\W*(?:(?:changed|altered|amended) (?:medicines?|medications?|meds|drugs|doses?)"
        r"|(?:medicines?|medications?|meds|drugs|doses?) (?:that were )?(?:changed|altered|amended|increased|reduced))\s*[:–-]"
        r"|^\W*(?:medication|medicine|med|drug) changes?\b[^:]{0,20}:|^\W*(?-i:CHANGED?|INCREASED?|REDUCED?|DECREASED?)\b"
    ),
}
"""Lines by which a discharge summary tells what became of the medicines."""


def _summed_up(labels: frozenset[str], span: _Span, reading: Reading) -> list[DraftClaim]:
    """Quote the lines in which a note of the visit sums up what was started, stopped and changed."""
    if span.visit is None:
        return []
    records, scope = reading.shelves.records, reading.scope
    visits = records.facts(scope, categories=(Category.ENCOUNTER,))
    passages = notes_of(span.visit, [each for each in records.all_passages(scope) if is_note(each)], visits)
    cues = [cue for label, cue in _SUMS_UP.items() if label in labels]
    return [
        quote_sentence(passage, sentence, records, route=ROUTE)
        for passage in passages
        for sentence in passage.sentences
        if any(cue.search(passage.sentence_text(sentence)) for cue in cues)
    ][:MOST_SUMMED]


MOST_SUMMED = 6


def _asking_clause(text: str) -> str | None:
    """Return the clause that asks what was changed of the medicines; `None`: none does."""
    if _ASKS_OTHER.search(text):
        return None
    for clause in _CLAUSE.split(text):
        turns = [cue for cue, _ in _LABELS if cue.search(clause)]
        of_medicines = _MEDICINES.search(text) is not None or _SWAPPED.search(clause) is not None
        if of_medicines and turns and _ASKS.search(text):
            return clause
    return None


def _span(
    text: str, named: Sequence[VisitNamed], plans: Sequence[Plan], targets: Sequence[Target], reading: Reading
) -> _Span | None:
    """Return the days that are asked about: those of a visit, from one on, or of a time; `None`: no such days are told."""
    today = reading.chart.today
    windows = {(plan.window.first, plan.window.last): plan.window for plan in plans if plan.window is not None}
    window = next(iter(windows.values())) if len(windows) == 1 else None
    if len(named) == 1:
        one = named[0] if named[0].window is not None or window is None else named[0]._replace(window=_closed(window, today))
        visit = visit_meant(one, reading, targets)
        if visit is None or visit.occurred is None:
            return None
        ends = (visit.ended or visit.occurred).last_day
        if _ONWARDS.match(text[one.span[1] :]):
            return _Span(visit.occurred.first_day, today)
        if one.since or _OPENED.search(text[: one.span[0]]):
            left_with = began_after_stay(text) and ends > visit.occurred.first_day
            return _Span(ends if left_with else ends + timedelta(days=1), today)
        return _Span(visit.occurred.first_day, min(ends + _ORDERED, today), visit)
    if named:
        return None
    anchored = next((plan for plan in plans if plan.anchor is not None), None)
    if anchored is not None:
        window = opened_by_event(anchored, reading)
    if window is None or window.first is None:
        return None
    return _Span(window.first, min(window.last or today, today))


def opened_by_event(plan: Plan, reading: Reading) -> Window | None:
    """Return the open time since an event by which a question tells it; `None`: the chart does not hold the event."""
    records, scope = reading.shelves.records, reading.scope
    timed = timed_by_event(plan, records, scope=scope, today=reading.chart.today)
    if timed is None or timed.window is None or timed.window.last is not None or timed.window == plan.window:
        return None
    return timed.window


def _closed(window: Window, today: date) -> Window:
    return window if window.last is not None else window.model_copy(update={"last": today})


def _bare(clause: str, text: str, named: Sequence[VisitNamed], plans: Sequence[Plan]) -> set[str]:
    """Return the folded words of a clause without its times, and without what says that medicines turned."""
    for visit in named:
        clause = clause.replace(text[slice(*visit.span)], " ")
    for plan in plans:
        told = [plan.window.words if plan.window is not None else "", plan.anchor.words if plan.anchor is not None else ""]
        for words in filter(None, told):
            clause = clause.replace(words, " ")
    for cue in (_SENT_HOME, _MEDICINES, _BEGUN, _GIVEN_UP, _ALTERED):
        clause = cue.sub(" ", clause)
    return set(forms(clause))


def _met(visit: Fact) -> set[str]:
    """Return the folded names of who was met at a visit."""
    details = (detail.text for detail in visit.details if detail.name == "participant")
    return set(forms(" ".join((visit.author, *details))))


def _drugs_asked(spoken: set[str], before: Sequence[Target], targets: Sequence[Target], met: set[str]) -> list[Target] | None:
    """Return the medicines that a question keeps to, none for all of them; `None`: it asks of something else."""
    outside = [target for target in targets if _is_spoken(target, spoken) or target in before]
    if any(target.kind is not ConceptKind.DRUG for target in outside):
        return None
    spent = {word for target in outside for word in forms(target.words)} | _OF_TURNS | met
    return outside if all(word in spent or is_ordinary(word) for word in spoken) else None


def _is_spoken(target: Target, spoken: set[str]) -> bool:
    """Say whether folded words hold a name, but for the word in it that any medicine is called by: "heart tablets"."""
    words = set(forms(target.words))
    own = set(forms(_MEDICINES.sub(" ", target.words))) if target.kind is ConceptKind.DRUG else words
    return (own or words) <= spoken


def _named_before(clause: str, text: str, targets: Sequence[Target]) -> list[Target]:
    """Return the medicines that a clause before the asking one names."""
    if clause == text:
        return []
    before = forms(text.partition(clause)[0])
    return [target for target in targets if target.kind is ConceptKind.DRUG and set(forms(target.words)) <= set(before)]


_HELD = Cue(r"\b(?:held|hold|on hold|paused?|withheld|withhold|suspended|omitted|deferred)\b")


def _quotes(drugs: Sequence[Target], span: _Span, reading: Reading, turn: Cue | None = None) -> list[DraftClaim]:
    """Quote what the notes of the visit tell of the medicines that it changed; with `turn`, where they tell of that."""
    if span.visit is None:
        return []
    records, scope, lexicon = reading.shelves.records, reading.scope, reading.chart.lexicon
    visits = records.facts(scope, categories=(Category.ENCOUNTER,))
    passages = notes_of(span.visit, [each for each in records.all_passages(scope) if is_note(each)], visits)

    def names_drug(words: Sequence[str]) -> bool:
        if drugs:
            return any(target.find(words) is not None for target in drugs)
        found = (id_ for mention in lexicon.mentions(words) for id_ in mention.ids[:1])
        return any(lexicon.concepts[id_].kind is ConceptKind.DRUG for id_ in found)

    told = sentences_of_turn(passages, records, names_drug, most=MOST_QUOTES if turn is None else MOST_SUMMED)
    return [claim for claim in told if turn is None or turn.search(claim.citations[0].quote)]
