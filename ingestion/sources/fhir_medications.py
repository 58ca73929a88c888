"""What the dosage of a medication says: dose, route, frequency, as needed, from when to when."""

from __future__ import annotations

from chartcite.engine.domain.records import Detail
from chartcite.ingestion.sources.drafts import NOWHEN, Draft, Moment
from chartcite.ingestion.sources.fhir_elements import Element, Phrase, phrase, quantity_words
from chartcite.ingestion.sources.fhir_reading import Reading

_UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}
_BOUNDS = "timing.repeat.boundsPeriod"


def read_medication(reading: Reading, draft: Draft) -> list[Draft]:
    """Complete the draft of a MedicationRequest, Statement, Administration or Dispense."""
    dosages = [*reading.root.each("dosageInstruction"), *reading.root.each("dosage")]
    draft.details[:0] = [detail for dosage in dosages for detail in _dosage_details(reading, dosage)]
    started = _bound(reading, dosages, "start")
    if started.date is not None:
        draft.occurred = started
    ended = _bound(reading, dosages, "end")
    if ended.date is not None:
        draft.ended = ended
    return [draft]


def _dosage_details(reading: Reading, dosage: Element) -> list[Detail]:
    found: list[Detail] = []

    def add(name: str, words: Phrase | None) -> None:
        if words:
            found.append(Detail(name=name, text=words.text, path=words.path))

    doses = [
        quantity
        for element in (*dosage.each("doseAndRate", "doseQuantity"), *dosage.each("dose"))
        if (quantity := quantity_words(element))
    ] or [words for element in dosage.each("doseAndRate", "doseRange") if (words := phrase(element))]
    text = dosage.child("text")
    for words in doses or ([Phrase(text.words, text.path)] if text.words else []):
        add("dose", words)
    add("instructions", Phrase(text.words, text.path) if text.words else None)
    for element in (*dosage.each("patientInstruction"), *dosage.each("additionalInstruction")):
        add("instructions", phrase(element))
    add("route", reading.phrase(dosage.child("route")))
    add("frequency", _frequency(dosage.child("timing")))
    add("as_needed", _as_needed(dosage))
    add("site", reading.phrase(dosage.child("site")))
    for element in (*dosage.each("doseAndRate"), dosage):
        add("rate", phrase(element.first("rateQuantity", "rateRatio", "rateRange")))
    add("maximum", phrase(dosage.child("maxDosePerPeriod")))
    return found


def _as_needed(dosage: Element) -> Phrase | None:
    flag = dosage.child("asNeededBoolean")
    if flag.value is True:
        return Phrase("as needed", flag.path)
    return phrase(dosage.child("asNeededCodeableConcept"))


def _frequency(timing: Element) -> Phrase | None:
    """Return how often: the timing's words, else `2 times every 1 day` out of its numbers."""
    words = phrase(timing.child("code"))
    if words:
        return words
    repeat = timing.child("repeat")
    count, period = repeat.child("frequency"), repeat.child("period")
    if not (count.words and period.words):
        when = [code.words for code in repeat.child("when").items()]
        return Phrase(", ".join(when), repeat.child("when").path) if when else None
    unit = repeat.child("periodUnit").words
    most = repeat.child("frequencyMax").words
    times = f"{count.words}-{most}" if most else count.words
    length = period.words.removesuffix(".0")
    every = f"{length} {_UNITS.get(unit, unit)}{'' if length == '1' else 's'}"
    return Phrase(f"{times} {'time' if times == '1' else 'times'} every {every}", count.path)


def _bound(reading: Reading, dosages: list[Element], side: str) -> Moment:
    """Return the first start or the last end of the dosages; no end as long as one of them is open."""
    found = []
    for dosage in dosages:
        moment = reading.moment_of(dosage.first(f"{_BOUNDS}.{side}"))
        if moment.date is not None:
            found.append((moment.date.start if side == "start" else moment.date.end, moment))
        elif side == "end":
            return NOWHEN
    if not found:
        return NOWHEN
    choose = min if side == "start" else max
    return choose(found, key=lambda pair: pair[0])[1]
