"""Particulars of an entry that are told only where they are asked for: the lot of a vaccine, the place of an operation, its complications."""
# ruff: noqa: E501

from __future__ import annotations

import re
from typing import NamedTuple

from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.language.cues import Cue


class _Particular(NamedTuple):
    """A detail of facts (`Detail.name`), how it is asked for, what it is called before its words, and whose it is."""

    name: str
    asked: Cue
    label: str
    of: frozenset[Category]


_DEEDS = frozenset({Category.PROCEDURE})
_GIVEN = frozenset({Category.IMMUNIZATION})
_MEDICINES = frozenset({Category.MEDICATION})
_STAYS = frozenset({Category.ENCOUNTER})
_MEASURED = frozenset({Category.LABORATORY, Category.VITAL_SIGN})
_ALLERGIES = frozenset({Category.ALLERGY})
_PARTICULARS = (
    _Particular("lot", Cue(r"\b(?:lot|batch)\b"), "lot number ", _GIVEN),
    _Particular("site", Cue(r"\b(?:which|what) (?:arm|leg|side|shoulder|thigh|site|deltoid)\b|\binjection site\b|\bwhere (?:on|in) (?:the |his |her |my )?body\b|\b(?:left|right) (?:arm|leg|deltoid|thigh)\b"), "site ", _GIVEN),
    _Particular("manufacturer", Cue(r"\b(?:manufactur\w*|who (?:made|makes)|made by|maker|(?:which|what) (?:company|brand|make|type|kind)|brand)\b"), "manufacturer ", _GIVEN),
    _Particular("performer", Cue(r"\b(?:who|whom|(?:which|what) (?:nurse|doctor|pharmacist|clinician|provider)|given by|administered by|administrator)\b"), "by ", _GIVEN),
    _Particular("route", Cue(r"\b(?:route|how was it given|im or|orally|intramuscular\w*|subcut\w*)\b"), "route ", _GIVEN),
    _Particular("location", Cue(r"\b(?:where|whereabouts|location|facility|(?:which|what) (?:hospital|clinic|centre|center|facility|place|practice|pharmacy|site|unit|ward|department))\b"), "at ", _DEEDS | _GIVEN),
    _Particular("complication", Cue(r"\b(?:complicat\w+|went wrong|go wrong|go (?:well|ok|okay|smoothly)|went (?:well|ok|okay|smoothly)|mishap|adverse events?|uneventful)\b"), "complication ", _DEEDS),
    _Particular("follow_up", Cue(r"\b(?:follow[- ]?ups?|f/u|after-?care|afterwards?)\b"), "follow-up ", _DEEDS),
    _Particular("note", Cue(r"\b(?:notes?|comments?|remarks?|complicat\w+|how did\b.*\bgo)\b"), "note ", _DEEDS),
    _Particular("note", Cue(r"\b(?:true|proper|timed|real|valid|genuine|accurate|reliable|spurious)\b|\b(?:h[a]?emoly[sz]\w*|fasting|fasted|trough\b.*\btrough|(?:a|really|actually) trough|random sample|timing|how long after (?:the|his|her|my) (?:dose|tablet)|lab(?:oratory)? (?:notes?|comments?)|comments?)\b"), "note ", _MEASURED),
    _Particular("refills", Cue(r"\b(?:refills?|repeats? (?:left|remaining|allowed)|how many repeats)\b"), "refills (repeats) allowed ", _MEDICINES),
    _Particular("quantity", Cue(r"\b(?:quantity|how many (?:\w+ )?(?:tablets?|pills?|capsules?|tabs?|caps|doses|inhalers|bottles|boxes|patches|strips) (?:of\b|did|were|was|(?:does|do) (?:he|she|they|i) get)|how much (?:of it )?was (?:dispensed|supplied|prescribed)|dispensed|supplied)\b"), "quantity ", _MEDICINES),
    _Particular("admit_source", Cue(r"\b(?:admitted|come|came|comes|transferred|brought|sent)(?: in)? from\b|\bsource of admission\b|\badmission source\b"), "admitted from ", _STAYS),
    _Particular("last_occurrence", Cue(r"\b(?:when|last|latest|recent\w*)\b.*\b(?:react\w*|attack|episode|anaphyla\w*)\b|\breact\w*\b.*\b(?:when|last|latest|recent\w*)\b"), "last reaction ", _ALLERGIES),
)  # fmt: skip


def details_asked(text: str, /) -> frozenset[str]:
    """Return the names of the details that a question asks for."""
    return frozenset(one.name for one in _PARTICULARS if one.asked.search(text))


def told_details(fact: Fact, asked: frozenset[str], said: str, /) -> tuple[str, tuple[str, ...]]:
    """Return the details of a fact that are asked for and not yet said, in words, and the paths of their elements.

    Args:
        fact: the entry.
        asked: names of details, as `details_asked` returns them.
        said: what is said of the fact without them.
    """
    told: list[str] = []
    paths: list[str] = []
    for one in _PARTICULARS:
        if one.name not in asked or fact.category not in one.of:
            continue
        found = [detail for detail in fact.details if detail.name == one.name and detail.text.strip()]
        words = "; ".join(dict.fromkeys(detail.text.strip().rstrip(".") for detail in found))
        if words and not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", said, re.IGNORECASE):
            told.append(f"{one.label}{words}")
            paths.extend(detail.path for detail in found)
    return "; ".join(told), tuple(paths)
