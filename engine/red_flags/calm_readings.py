"""Readings that take an alarm back: words of an emergency where a message tells, as facts, that nothing of the kind is now.

Each reading covers clauses; a sign is quieted only where all clauses that state it are, and only for topics that the reading
may quiet. None is heeded where the message states something worse, sudden or grave (`told_change`); no reading
quiets thoughts of suicide, violence or poisoning; opinions and reassurance are not read at all.
Rules of ours, not yet reviewed by a clinician; `docs/red-flags.md` describes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from chartcite.engine.red_flags.red_flag_reading import Heard
from chartcite.engine.red_flags.told_change import tells_change, tells_grave, tells_onset
from chartcite.engine.red_flags.told_course import (
    constant_clauses,
    denied_clauses,
    lasting_clauses,
    recovered_clauses,
    small_clauses,
)
from chartcite.engine.red_flags.told_knowledge import knowledge_clauses
from chartcite.engine.red_flags.told_past import family_clauses, remote_clauses
from chartcite.engine.red_flags.told_stable import stable_clauses

NEVER = frozenset({"self_harm", "harm_to_others", "overdose", "abuse"})
"""Topics that no reading quiets."""
_MINOR = frozenset(
    {"complaint", "warning_sign", "sepsis", "eye", "burns", "bleeding", "abdominal", "severe_pain", "diabetes", "postoperative"}
    | {"sick_child", "skin_reaction", "limb"}
)
"""Topics whose signs may pass and need nobody."""
_LASTING = _MINOR | {"breathing", "chest_pain", "clot", "seizure", "stroke", "cauda_equina", "sudden_headache", "head_injury"}
"""Topics whose words also tell an ailment of years."""
_DENIED = frozenset({"complaint", "warning_sign", "anaphylaxis", "diabetes", "eye", "burns", "postoperative", "sepsis"})


class Calm(NamedTuple):
    """Clauses that one reading covers, by the words they start at."""

    reading: str
    clauses: frozenset[int]
    topics: frozenset[str] | None
    """Those that it may quiet; none given: all but `NEVER`."""

    def may_quiet(self, topic: str) -> bool:
        """Say whether the reading may quiet a topic."""
        return topic not in NEVER and (self.topics is None or topic in self.topics)


class _Reading(NamedTuple):
    name: str
    find: Callable[[Heard], set[int]]
    topics: frozenset[str] | None = None
    heeds_onset: bool = True
    """Whether something of the last hours undoes it."""
    heeds_grave: bool = False
    """Whether something grave, though past, undoes it."""


_READINGS = (
    _Reading("family", family_clauses),
    _Reading("remote", remote_clauses),
    _Reading("knowledge", knowledge_clauses),
    _Reading("constant", constant_clauses, _LASTING),
    _Reading("lasting", lasting_clauses, frozenset({"complaint", "warning_sign"})),
    _Reading("recovered", recovered_clauses, _MINOR, heeds_onset=False, heeds_grave=True),
    _Reading("small", small_clauses, _MINOR, heeds_onset=False, heeds_grave=True),
    _Reading("denied", denied_clauses, _DENIED, heeds_onset=False, heeds_grave=True),
)


def calm_readings(heard: Heard, *, by_patient: bool) -> Iterator[Calm]:
    """Yield the readings that a message bears. `by_patient`: whether somebody speaks of themselves or their own people."""
    if tells_change(heard):
        return
    onset, grave = tells_onset(heard), tells_grave(heard)
    for each in _READINGS:
        if (onset and each.heeds_onset) or (grave and each.heeds_grave):
            continue
        if clauses := each.find(heard):
            yield Calm(each.name, frozenset(clauses), each.topics)
    if not by_patient and (clauses := stable_clauses(heard)):
        yield Calm("stable", frozenset(clauses), None)
