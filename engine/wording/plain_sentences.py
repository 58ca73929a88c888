"""The plain sentences of each shape of claim: what a match of `plain_claims` holds, in words for a patient."""

# ruff: noqa: E501 -- sentences read better in one line

from __future__ import annotations

import re
from collections.abc import Iterable

from chartcite.engine.wording.plain_dates import DAY, day_in_words, on_day, with_days_in_words
from chartcite.engine.wording.plain_record_words import FLAGS, named

Match = re.Match[str]
WARNED = "A safety check of your medicines found a warning."
NOT_WARNED = "A safety check of your medicines found no warning. This does not say that a medicine is safe for you."
GENERAL = "This is general. It was not written about you. Your care team can tell you what fits you."
NOTED = "Your notes say this ("
ASK_FIRST = "Ask your care team before you start, stop or change a medicine."
FIXED = (WARNED, NOT_WARNED, GENERAL)
"""Sentences that stand around quoted words, always the same."""
_SERIES = re.compile(
    rf"(?P<span>.*? from {DAY} to {DAY}): (?P<values>.+? \({DAY}\))(?P<more>; further [^.]+)?\.(?P<aside> .+)?", re.DOTALL
)
_POINT = re.compile(rf"(?:^|, )(.+?) \(({DAY})\)")
_BETWEEN_ITEMS = re.compile(r"(?<=\(\d{4}-\d\d-\d\d\)), ")
_ITEM = re.compile(rf"(.+) \(({DAY})\)", re.DOTALL)
_EASY_TITLE = re.compile(r"[A-Z][a-z]+ (?:note|message|summary)")


def _part(match: Match, name: str) -> str:
    return (match.groupdict().get(name) or "").strip()


def _on(match: Match, name: str = "day") -> str:
    written = _part(match, name)
    return f" {on_day(written)}" if written else ""


def _since(match: Match, name: str = "day") -> str:
    written = _part(match, name)
    return f" since {day_in_words(written)}" if written else ""


def _joined(*sentences: str) -> str:
    return " ".join(one[0].upper() + one[1:] for one in sentences if one)


def _more(match: Match) -> str:
    more = _part(match, "more")
    return f"The record adds: “{more}”." if more else ""


def _tail(match: Match, *, going_on: bool = False) -> list[str]:
    """Return what stands after a medicine or an act: for what, why, by whom."""
    found = {name: _part(match, name) for name in ("for", "why", "who")}
    verb = "is" if going_on else "was"
    return [
        f"It {verb} for {named(found['for'])}." if found["for"] else "",
        f"The reason given: {named(found['why'])}." if found["why"] else "",
        f"It was prescribed by {found['who']}." if found["who"] else "",
    ]


# Results


def result(match: Match) -> str:
    """Say a measured value."""
    flag, limits, status = _part(match, "flag"), _part(match, "range"), _part(match, "status")
    value = with_days_in_words(_part(match, "value"))
    value = value if re.match(r"[<>=≤≥]*\s?\d", value) else f"“{value}”"
    shown = FLAGS.get(flag.lower(), f"“{flag}”")
    return _joined(
        f"{_lead(match)}Your {named(_part(match, 'name'))} was {value}{_on(match)}.",
        f"The range in the record is {limits}."
        if limits and ":" not in limits
        else f"The range in the record: “{limits}”."
        if limits
        else "",
        f"The record marks this result as {shown}." if flag else "",
        f"This result is marked as {status}." if status else "",
    )


def _lead(match: Match) -> str:
    lead = _part(match, "lead")
    return f"{lead}: " if lead else ""


def moved(match: Match) -> str:
    """Say how values went; each value of a series on a line of its own."""
    how = f"Your {named(match['name'])} {match['how']}{with_days_in_words(match['rest'])}"
    series = _SERIES.fullmatch(match["rest"])
    if series is None:
        return how
    values = [f"– {value} {on_day(day)}" for value, day in _POINT.findall(series["values"])]
    more = f"\n{series['more'].strip('; .').capitalize()}." if series["more"] else ""
    aside = f"\n{with_days_in_words(series['aside'].strip())}" if series["aside"] else ""
    return (
        f"Your {named(match['name'])} {match['how']}{with_days_in_words(series['span'])}. The values were:\n"
        + "\n".join(values)
        + more
        + aside
    )


def mean(match: Match) -> str:
    """Say an average."""
    what = f"{match['n']} values of {named(match['name'])} from {match['first']} to {match['last']}"
    return with_days_in_words(f"The mean (the average) of {what} is {match['value']}.")


def count(match: Match) -> str:
    """Say how often something stands in the record."""
    days = _part(match, "days").split(", ") if _part(match, "days") else []
    return f"{named(match['name'])} stands in your record {match['often']}{_listing(day_in_words(day) for day in days)}"


def count_each(match: Match) -> str:
    """Say how often several things stand in the record."""
    items = (_ITEM.fullmatch(item) for item in _BETWEEN_ITEMS.split(match["items"]))
    return f"Your record shows this {match['often']}{_listing(f'{named(item[1])}, {day_in_words(item[2])}' for item in items if item)}"


def _listing(items: Iterable[str]) -> str:
    """Return items as the end of a sentence: one in it, more on a line each."""
    told = list(items)
    if len(told) < 2:
        return f": {told[0]}." if told else "."
    return ":\n" + "\n".join(f"– {item}" for item in told)


def lasted(match: Match) -> str:
    """Say how long something lasted."""
    return with_days_in_words(f"{named(match['name'])}: {match['rest']}")


# Problems and allergies


def problem(match: Match) -> str:
    """Say an entry of the problem list."""
    ended, began = _part(match, "ended"), _part(match, "day")
    age = _part(match, "age")
    return _joined(
        f"Your record lists {named(match['name'])} as {match['status']}.",
        "It is marked as unconfirmed." if _part(match, "unsure") else "",
        f"It began {on_day(began)}." if began else "",
        f"It ended {on_day(ended)}." if ended else "",
        _more(match),
        f"You were {age} years old then (born {day_in_words(match['born'])})." if age else "",
    )


def not_had(match: Match) -> str:
    """Say what the record says somebody does not have."""
    return _joined(
        f"Your record says that you do not have {named(match['name'])}.",
        "It was refuted (ruled out)." if _part(match, "refuted") else "",
        f"This was recorded {on_day(_part(match, 'day'))}." if _part(match, "day") else "",
    )


def in_error(match: Match) -> str:
    """Say an entry made in error."""
    day = _part(match, "day")
    return _joined(
        f"{named(match['name'])} was entered in error: it is in your record by mistake.",
        "It does not count.",
        f"Its date was {day_in_words(day)}." if day else "",
    )


def allergy(match: Match) -> str:
    """Say an allergy or intolerance."""
    word = "an intolerance of" if _part(match, "what").startswith("Intol") else "an allergy to"
    name = _part(match, "name")
    reaction, risk, status, day = (_part(match, each) for each in ("reaction", "risk", "status", "day"))
    head = f"Your record lists {word} {named(name)}." if _part(match, "what") else f"Your record lists this allergy: “{name}”."
    return _joined(
        head,
        f"What is noted: “{reaction}”." if reaction else "",
        f"The record rates how serious it can be as {risk}." if risk else "",
        f"It is marked as {status}." if status else "",
        f"It was recorded {on_day(day)}." if day else "",
    )


def not_allergic(match: Match) -> str:
    """Say a refuted allergy."""
    day = _part(match, "day")
    return _joined(
        f"Your record says that you do not have an allergy to {named(match['name'])}: it was refuted (ruled out).",
        f"This was recorded {on_day(day)}." if day else "",
    )


def no_allergy(match: Match) -> str:
    """Say a denial of allergies."""
    day = _part(match, "day")
    return _joined(f"Your record says: “{match['name']}”.", f"This was recorded {on_day(day)}." if day else "")


# Medicines


def taken(match: Match) -> str:
    """Say a medicine that is listed as taken."""
    until, before = _part(match, "until"), _part(match, "before")
    return _joined(
        f"Your record says that {named(match['head'])} is active{_since(match)}.",
        f"It is set until {day_in_words(until)}." if until else "",
        *_tail(match, going_on=True),
        f"It was changed from {named(before)}." if before else "",
    )


def _nothing_active(match: Match) -> str:
    """Say of a kind of medicine that all of it is over."""
    kind = _part(match, "kind")
    return f"Nothing is active now for {kind}: your record has only past entries." if kind else ""


def stopped(match: Match) -> str:
    """Say a medicine that was stopped or completed."""
    started = _part(match, "started")
    return _joined(
        _nothing_active(match),
        f"{named(match['head'])} was {match['status']}{_on(match)}.",
        f"It was started {on_day(started)}." if started else "",
        *_tail(match),
    )


def ordered_medicine(match: Match) -> str:
    """Say a medicine of which only the order is known."""
    status = match["status"]
    return _joined(
        _nothing_active(match),
        f"{named(match['head'])} is recorded as {status}.",
        f"It was ordered {on_day(_part(match, 'day'))}." if _part(match, "day") else "",
        *_tail(match),
        "No stop date is recorded.",
    )


def recorded(match: Match) -> str:
    """Say a medicine with times and no status."""
    return _joined(with_days_in_words(f"{named(match['head'])} is recorded {match['rest']}."), *_tail(match))


def marked(match: Match) -> str:
    """Say a medicine that was not taken."""
    return _joined(f"{named(match['head'])} is recorded as {match['status'].replace('-', ' ')}{_on(match)}.", *_tail(match))


# What was done


def given(match: Match) -> str:
    """Say a medicine or vaccine that was given."""
    done = "given" if match["done"] == "given" else "handed out (dispensed)"
    return _joined(f"{named(match['head'])} was {done}{_on(match)}.", *_tail(match))


def not_given(match: Match) -> str:
    """Say a vaccine that was not given."""
    return _joined(
        f"{named(match['head'])} was not given (not done).",
        f"The date of this is {day_in_words(_part(match, 'day'))}." if _part(match, "day") else "",
        f"The reason given: {named(_part(match, 'why'))}." if _part(match, "why") else "",
    )


def done(match: Match) -> str:
    """Say a procedure."""
    status, who, reason = _part(match, "status"), _part(match, "who"), _part(match, "for")
    undone = status in {"not-done", "stopped", "preparation", "on-hold"}
    said = "was done" if not status else f"is recorded as {status.replace('-', ' ')}"
    day, last = _part(match, "day"), _part(match, "last")
    when = f" from {day_in_words(day)} to {day_in_words(last)}" if day and last else _on(match)
    return _joined(
        f"{named(match['name'])} {said}{when}.",
        f"It was {'recorded' if undone else 'done'} by {who}." if who else "",
        f"It was for {named(reason)}." if reason else "",
        _more(match),
    )


def visit(match: Match) -> str:
    """Say a visit."""
    who, place, left, last, reason = (_part(match, name) for name in ("who", "place", "left", "last", "for"))
    kind = _part(match, "kind")
    return _joined(
        f"You had this visit{_on(match)}{f' to {day_in_words(last)}' if last else ''}: “{match['name']}{f' ({kind})' if kind else ''}”.",
        f"It was for {named(reason)}." if reason else "",
        f"It was with {who}." if who else "",
        f"It was at {place}." if place else "",
        f"You were discharged to: {named(left)}." if left else "",
    )


def relative(match: Match) -> str:
    """Say an illness of a relative."""
    return _joined(f"Your record lists this for your {match['who'].lower()}: {named(match['name'])}.", _more(match))


def report(match: Match) -> str:
    """Say a report."""
    told, status, day = (_part(match, name) for name in ("told", "status", "day"))
    marked, dated = f" ({status})" if status else "", f", {day_in_words(day)}" if day else ""
    head = f"Your record holds a report{marked}: “{match['name']}”{dated}."
    return _joined(head, f"It says: “{told}”." if told else "It is on file.")


def ordered(match: Match) -> str:
    """Say an order."""
    who, reason, planned, status, more = (_part(match, name) for name in ("who", "for", "planned", "status", "more"))
    return _joined(
        f"{named(match['name'])} was ordered{_on(match)}{f' by {who}' if who else ''}.",
        f"It is for {named(reason)}." if reason else "",
        f"It is planned for {with_days_in_words(planned)}." if planned else "",
        f"The order is marked as “{status}”.",
        f"The record adds: “{more}”." if more else "",
    )


def quote(match: Match) -> str:
    """Say a sentence of a note."""
    day, title = _part(match, "day"), match["title"]
    title = title if _EASY_TITLE.fullmatch(title) else f"“{title}”"
    return f"{NOTED}{title}{f', {day_in_words(day)}' if day else ''}): “{match['quote']}”"


def warning(match: Match) -> str:
    """Say an alert of medication safety."""
    return f"{WARNED} It is written for your care team: “{match['said']}”"


def no_warning(match: Match) -> str:
    """Say that no rule of medication safety is met."""
    return f"{NOT_WARNED} The check says: “{match['said']}”"


def guideline(match: Match) -> str:
    """Say a recommendation."""
    return f"A guide for care teams says this: “{match['said']}” {GENERAL}"


def score(match: Match) -> str:
    """Say a calculated score."""
    return f"This number was worked out from your record: “{match['said']}”"


def listed_or_report(match: Match) -> str:
    """Say a report with its day, or what a list gives for something, with its day in brackets."""
    if match["day"] or match["status"]:
        return report(match)
    told = re.fullmatch(rf"(?P<said>.+?)(?: \((?P<day>{DAY})\))?", match["told"], re.DOTALL)
    said, day = (told["said"], told["day"] or "") if told else (match["told"], "")
    return f"Your record gives this for {named(match['name'])}: {named(said)}{f' ({day_in_words(day)})' if day else ''}."


def age(match: Match) -> str:
    """Say an age."""
    return with_days_in_words(f"You are {match['rest']}")
