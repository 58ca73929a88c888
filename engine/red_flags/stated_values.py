"""Numbers in a question that are an emergency by themselves: "bp 70/30", "sats 78%", "my sugar is 28", "K 7.2"."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chartcite.engine.language.cues import Cue
from chartcite.engine.red_flags.red_flag_reading import Heard, asks_record, is_past

_NUMBER = r"(\d+(?:\.\d+)?)"
_BETWEEN = r"(?: (?:say|said|read|show\w*|drop\w*|hit|hitting|under|below|above|like|in|in the|low|high|ox|probe|is|wa|of|at|now|today|reading|level|down|up|to|only|about|around|just|are|came|back|blood|on|oximeter|monitor|watch|my|his|her|the))*"


class Limit(NamedTuple):
    """A value that a topic is raised by: at or under `low`, at or over `high`, in the unit that people leave out."""

    topic: str
    named: Cue
    low: float
    high: float


def _limit(topic: str, words: str, *, low: float = -1, high: float = 1e9) -> Limit:
    return Limit(
        topic, Cue(rf"(?<!\S)(?:{words}){_BETWEEN} {_NUMBER}(?!\d)(?:\w*)(?!\S)(?! over \d+(?: over|(?!\S)))", 0), low, high
    )


LIMITS = (
    # NICE NG51 and NEWS2 score 91 % or less highest; under 88 % is below the lower target range (88-92 %) of the British Thoracic Society.
    _limit("breathing", r"sat\w*|spo2|pulse ox|oximeter|o2|oxygen(?: level| saturation| sat)?|saturating|saturation", low=87.9),
    # NICE NG232: 12 or less on first assessment calls for a scan within the hour.
    _limit("unconscious", r"gcs", low=12),
    # UK Kidney Association 2023: severe hyperkalaemia from 6.5 mmol/L.
    _limit("critical_value", r"k|potassium", low=2.4, high=6.5),
    _limit("critical_value", r"ph", low=7.1, high=7.7),
    # NHS: blood ketones of 3 mmol/L or more are a very high risk of ketoacidosis.
    # Surviving Sepsis Campaign 2021: lactate of 4 mmol/L or more goes with shock; mean arterial pressure is kept at 65 mmHg.
    _limit("sepsis", r"lactate|lac", high=4.0),
    _limit("unconscious", r"map", low=55),
    _limit("unconscious", r"sbp|systolic|systolic bp", low=80),
    _limit("diabetes", r"ketone", high=3.0),
    # National Early Warning Score 2 (Royal College of Physicians, 2017): each scores 3 by itself, which calls for urgent review.
    _limit("warning_sign", r"hr|heart rate|pulse rate|pulse|heart monitor|bpm", low=40, high=131),
    _limit("warning_sign", r"gcs", low=14),
    _limit("warning_sign", r"sbp|systolic|systolic bp", low=89),
    _limit("warning_sign", r"rr|resp rate|respiratory rate", low=8, high=25),
    _limit("warning_sign", r"sat\w*|spo2|pulse ox|oximeter", low=91),
    _limit("warning_sign", r"core temp\w*|temp|temperature", low=35.0),
)
_BP = Cue(r"(?<!\S)(?:bp|blood pressure|map)" + _BETWEEN + r" (\d{2,3}) over (\d{2,3})(?!\S)", 0)
_GLUCOSE = Cue(
    r"(?<!\S)(?:sugar|dexcom|libre|cgm|meter|glucose|bg|bm|bsl|cbg|blood sugar)" + _BETWEEN + rf" {_NUMBER}(?!\S)(?: (mmol|mg))?",
    0,
)
_SHOCK = 80
_LOW_PRESSURE = 89
"""Under 90 mmHg: NEWS2 scores 90 mmHg and less highest; 90 itself is many healthy people's."""


def stated_topics(heard: Heard) -> Iterator[str]:
    """Yield the names of the topics that a question's own numbers raise, where it states them of now."""
    for clause in heard.clauses:
        if asks_record(clause) or is_past(clause.text) or re.match(r"(?:last|previous|old|baseline)\b", clause.text):
            continue
        for limit in LIMITS:
            yield from (
                limit.topic for found in limit.named.finditer(clause.text) if not limit.low < float(found[1]) < limit.high
            )
        for found in _BP.finditer(clause.text):
            if int(found[1]) <= _LOW_PRESSURE:
                yield "unconscious" if int(found[1]) <= _SHOCK else "warning_sign"
        for found in _GLUCOSE.finditer(clause.text):
            if _is_dangerous_sugar(float(found[1]), found[2] or ""):
                yield "diabetes"


def _is_dangerous_sugar(number: float, unit: str) -> bool:
    """Say whether a glucose is dangerous in either unit where none is given: 28 is too low in mg/dL and too high in mmol/L.

    Under 54 mg/dL (3.0 mmol/L): clinically significant hypoglycemia (American Diabetes Association, Standards of Care).
    """
    in_mg = number < 54 or number >= 400
    in_mmol = number < 3.0 or number >= 20
    if unit:
        return in_mg if unit == "mg" else in_mmol
    return in_mg and in_mmol
