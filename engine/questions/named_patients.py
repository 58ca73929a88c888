"""Whom else of the store a question names: looked up by word, so that its cost does not grow with the patients."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import ceil
from typing import NamedTuple
from weakref import WeakKeyDictionary

from chartcite.engine.domain.records import PatientId
from chartcite.engine.language.terminology import forms
from chartcite.engine.ports import RecordStore

LEAST_WORDS = 2
"""Words of a name that a question must hold to name somebody: first and last."""


class _Name(NamedTuple):
    patient_id: PatientId
    words: frozenset[str]


class _Names(NamedTuple):
    """The names of one snapshot."""

    snapshot: str
    by_word: Mapping[str, tuple[_Name, ...]]


_KNOWN: WeakKeyDictionary[RecordStore, _Names] = WeakKeyDictionary()
"""The names of each open store, read anew when its content changes: nothing outlives an erasure."""


def names_somebody_else(text: str, records: RecordStore, own: PatientId) -> bool:
    """Say whether a text gives first and last name of another patient of the store (and not of this one)."""
    words = set(forms(text))
    by_word = _names(records).by_word
    met = {name for word in words for name in by_word.get(word, ())}
    mine = frozenset[str]().union(*(name.words for name in met if name.patient_id == own))
    others = ((name.words & words, name) for name in met if name.patient_id != own)
    return any(len(shared) >= _least(name) and not shared <= mine for shared, name in others)


def _least(name: _Name) -> int:
    """Return how many words of a name name somebody: a sentence in place of a name may not close other charts to questions."""
    return LEAST_WORDS if len(name.words) <= _MOST_WORDS else ceil(len(name.words) * _SHARE)


_MOST_WORDS = 5
"""Of a name: more of them are a sentence, or a name that nobody asks by."""
_SHARE = 0.6


def _names(records: RecordStore) -> _Names:
    snapshot = records.snapshot()
    known = _KNOWN.get(records)
    if known is None or known.snapshot != snapshot:
        known = _KNOWN[records] = _Names(snapshot, _by_word(records))
    return known


def _by_word(records: RecordStore) -> Mapping[str, tuple[_Name, ...]]:
    found: dict[str, list[_Name]] = defaultdict(list)
    for patient in records.patients():
        name = _Name(patient.id, frozenset(word for word in forms(patient.name) if len(word) > 1))
        if len(name.words) >= LEAST_WORDS:
            for word in name.words:
                found[word].append(name)
    return {word: tuple(names) for word, names in found.items()}
