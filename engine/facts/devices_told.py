"""What is implanted or worn, by the record's own entries of devices: make, model, number, whether it goes into a scanner."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence

ROUTE = "device"
MOST_TOLD = 4
_OF_DEVICE = "Device/"
_PARTICULAR = Cue(
    r"\b(?:make|manufactur\w*|who (?:made|makes)|brand|model|serial|udi|lot (?:no|number)|(?:what|which) (?:type|kind|sort))\b"
)
_SCANNED = Cue(
    r"\bmri?[- ]?(?:scan )?(?:safe|conditional|compatible|ok|okay|proof)\b"
    r"|\b(?:safe|ok|okay|compatible|allowed|suitable) (?:for|in|to have|with) (?:an? )?(?:mri?\b|magnet\w*)"
    r"|\b(?:safe|ok|okay|allowed)\b[^?]{0,40}\bmri\b"
    r"|\bcan (?:he|she|they|i|we|\w+) (?:go in(?:to)?|have) (?:an? |the )?mri?\b|\bit mri\b"
)
_WHICH = Cue(r"\b(?:devices?|implants?|implanted|hardware|metalwork)\b(?! (?:clinic|check|team|nurse|interrogat\w*|report))")
_ASKS_WHICH = Cue(r"^\W*(?:what|which|any|list|does|do|has|have|is there|are there)\b")
_NO_NAMES = frozenset(
    forms("what which make model serial number type kind sort brand device he she they his her the a of is it has have does")
)


def told_devices(reading: Reading, /) -> list[DraftClaim]:
    """Tell the devices of the record that are asked of; empty: it is not asked, or the record has no such entry."""
    text = reading.plan.text
    measured = any(target.kind is ConceptKind.MEASUREMENT and target.concept_keys for target in reading.plan.targets)
    if _BATTERY.search(text) and not measured:
        return _battery_noted(reading)
    scanned = _SCANNED.search(text) is not None
    every = _WHICH.search(text) is not None and _ASKS_WHICH.search(text) is not None
    if reading.plan.family or not (scanned or every or _PARTICULAR.search(text)):
        return []
    facts = reading.shelves.records.facts(reading.scope, categories=(Category.OTHER,))
    devices = [
        fact for fact in facts if fact.resource.startswith(_OF_DEVICE) and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
    ]
    if scanned:
        devices = [fact for fact in devices if any("mri" in detail.text.lower() for detail in fact.details)]
        devices = _named(devices, reading) or devices
    elif not every:
        devices = _named(devices, reading)
    return [draft(fact, reading.chart, route=ROUTE) for fact in devices[:MOST_TOLD]]


_BATTERY = Cue(r"\bbatter(?:y|ies)\b")
_OF_BODY = Cue(r"\b(?:pacemaker|ppm|icd|defib\w*|crt\S*|device|heart|stimulator|pump|implant\w*|loop recorder)\b")
_LASTS = Cue(
    r"\bbatt(?:ery|eries)?\b[^.;]{0,40}\b\d+(?:\.\d+)? ?(?:yrs?|years?|mo(?:nth)?s?|%)"
    r"|\bbatt(?:ery)?\b[^.;]{0,30}\b(?:eri|eol|elective replacement|depleted|low|good|ok)\b"
)


def _battery_noted(reading: Reading) -> list[DraftClaim]:
    """Quote the newest sentence on how long the battery of an implanted device will last; empty: none says so."""
    if not _OF_BODY.search(reading.plan.text):
        return []
    records = reading.shelves.records
    found = [
        (known.day, passage, sentence)
        for passage in records.all_passages(reading.scope)
        if (known := passage.occurred or passage.recorded) is not None
        for sentence in passage.sentences
        if sentence not in passage.commands and _LASTS.search(passage.sentence_text(sentence))
    ]
    newest = max(found, key=lambda each: each[0], default=None)
    return [quote_sentence(newest[1], newest[2], records, route="near_quote")] if newest else []


def _named(devices: Sequence[Fact], reading: Reading) -> list[Fact]:
    """Return the devices that a question names; those that share most of its words, where several do."""
    asked = set(forms(reading.plan.text)) - _NO_NAMES
    weighed: list[tuple[int, Fact]] = []
    for fact in devices:
        words = forms(fact.concept.text)
        named = sum(target.find(words) is not None for target in reading.plan.targets)
        keys = sum(fact.concept.text.lower() == target.label.lower() for target in reading.plan.targets)
        weighed.append((named + keys + len(asked & set(words)), fact))
    most = max((weight for weight, _ in weighed), default=0)
    return [fact for weight, fact in weighed if weight == most and most]
