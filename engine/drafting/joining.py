"""Questions whose answer joins several pieces of evidence: a story that is summed up, two sides that are compared.

Code computes the lines of such an answer; a language model may add sentences that join them, from the same sources.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from chartcite.engine.answers.focus import QUOTES
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Citation, Passage
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent

MOST_READ = 2_000
"""Passages of a chart, newest document first, among which the cited ones are looked for."""
_COMPARES = re.compile(
    r"\b(?:compar(?:ed?|es|ing|isons?)|versus|vs|differ(?:s|ed|ing|ent|ently|ences?)?|contrast(?:s|ed|ing)?|"
    r"(?:before|then|at first) (?:and|&|or) (?:after|now|later)|"
    r"(?:better|worse|higher|lower|more|less|fewer|bigger|smaller) (?:\w+ )?(?:than|now)|"
    r"both (?:sides|values|numbers|accounts|figures|readings|results))\b|\s(?-i:v)\.?(?=\s)",
    re.IGNORECASE,
)
Note = tuple[str, str]
"""Resource and path of a source."""


def sums_up(plan: Plan, /) -> bool:
    """Say whether a part of a question asks for a thing as a whole."""
    return plan.intent is Intent.SUMMARY


def compares(plan: Plan, /) -> bool:
    """Say whether a part of a question sets one side beside another: two times, two notes, what was and what is."""
    return plan.intent in {Intent.DIFFERENCE, Intent.CHANGES} or len(plan.moments) > 1 or _COMPARES.search(plan.text) is not None


def joins(plans: Sequence[Plan], /) -> bool:
    """Say whether a question asks for a summary or a comparison. Where it asks for a reason too, other notes may tell it."""
    asks_why = any(plan.intent is Intent.REASON for plan in plans)
    return not asks_why and any(sums_up(plan) or compares(plan) for plan in plans)


def source_of(citation: Citation, /) -> Note:
    """Return the source that a citation is cut from."""
    return citation.source.resource, citation.source.path


def sources_of(drafts: Iterable[DraftClaim], /) -> frozenset[Note]:
    """Return the sources that some claims are cut from."""
    return frozenset(source_of(citation) for draft in drafts for citation in draft.citations)


def takes_up(claim: DraftClaim, drafts: Sequence[DraftClaim], /) -> bool:
    """Say whether a claim rests, with a part of its citations at least, on words that the lines of the answer cite too."""
    lines = [cited for draft in drafts for cited in draft.citations]
    return any(_overlap(line, cited) for line in lines for cited in claim.citations)


def is_said(claim: DraftClaim, drafts: Sequence[DraftClaim], /) -> bool:
    """Say whether a claim rests on one line of the answer alone, which stands beside it: it joins nothing."""
    lines = (draft for draft in drafts if draft.route not in QUOTES)
    return any(all(any(_holds(line, cited) for line in draft.citations) for cited in claim.citations) for draft in lines)


def _overlap(one: Citation, other: Citation) -> bool:
    return source_of(one) == source_of(other) and one.start < other.end and other.start < one.end


def _holds(outer: Citation, inner: Citation) -> bool:
    return source_of(outer) == source_of(inner) and outer.start <= inner.start and inner.end <= outer.end


def passages_around(drafts: Sequence[DraftClaim], passages: Iterable[Passage], /) -> list[Passage]:
    """Return the passages that claims are cut from, in the order of the claims, then the ones before and after them."""
    cited = sources_of(drafts)
    notes: defaultdict[Note, list[Passage]] = defaultdict(list)
    for passage in islice(passages, MOST_READ):
        if (passage.resource, passage.path) in cited:
            notes[passage.resource, passage.path].append(passage)
    for note in notes.values():
        note.sort(key=lambda passage: passage.start)
    places = list(dict.fromkeys(place for draft in drafts for cut in draft.citations for place in _places(cut, notes)))
    near = ((note, place + step) for note, place in places for step in (-1, 1))
    chosen = dict.fromkeys([*places, *(each for each in near if 0 <= each[1] < len(notes[each[0]]))])
    return [notes[note][place] for note, place in chosen]


def _places(citation: Citation, notes: dict[Note, list[Passage]]) -> Iterator[tuple[Note, int]]:
    note = source_of(citation)
    for place, passage in enumerate(notes.get(note, ())):
        if passage.start < citation.end and citation.start < passage.end:
            yield note, place
