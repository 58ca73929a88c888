"""Now or ended: what a claim tells as going on ("has taken it since 2017") may not be over by the evidence of the same thing."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.claim_checks.acts import without_acts
from chartcite.engine.claim_checks.coverage import content_words
from chartcite.engine.claim_checks.findings import Finding, Place, contradicted
from chartcite.engine.claim_checks.segments import Segment, segments_of
from chartcite.engine.claim_checks.texts import Text

_PRESENT = re.compile(
    r"\b(?:is|are|has|have|takes?|taking|uses|using|receives|smokes|drinks|drives|remains?|continues?|currently|current|now|still|since|ongoing|active)\b",
    re.IGNORECASE,
)
_NOT_PRESENT = re.compile(
    r"\b(?:was|were|(?<!has )(?<!have )had|did|stopp?\w*|discontinued|ended|resolved|until|formerly|former|previous\w*|past|history|hx|used to|no longer|off|quit|gave up|given up|come off|cured|completed|remission|inactive|prior|not|never|no|ago|came|cancelled|held|withdrawn|tried|gone|tapered|weaned|outgrown|once)\b",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:stopped|discontinued|d/c'?d|quit|resolved|until|outgrown|outgrew|gave up|given up|weaned off|came off|come off|cured|no longer|former(?:ly)?|ended|tried|completed|in remission|inactive|used to|withdrawn|ceased)\b"
    r"|(?:^|\b(?:is|was|now|been|taken|came|weaned|patient) )off (?!and\b)|\b(?:19|20)\d\d(?:-\d\d){0,2}\s?(?:-|–|to|through|until)\s?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(r"\b(?:restart\w*|resum\w*|again|still|continues|reinitiat\w*|recurr\w*|relaps\w*|back on|active|ongoing|currently|persist\w*|remains)\b", re.IGNORECASE)  # fmt: skip
_STATUS = re.compile(
    r"^(?:status: )?(?:stopped|completed|resolved|inactive|discontinued|ended|cancelled|remission|abated)$|^(?:end|abatement)(?: \w+)?: ?\S",
    re.IGNORECASE | re.MULTILINE,
)
"""Lines of a record by which it says that it is over (FHIR R4: medicationrequest-status, condition-clinical, Period.end)."""
_ACTIVE = re.compile(r"^(?:status: )?(?:active|recurrence|relapse|in-progress|on-hold)$", re.IGNORECASE | re.MULTILINE)


def check_states(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return what a claim tells as going on, where every passage that names it says that it is over."""
    if not _PRESENT.search(claim.text) or not any(_OVER.search(text.text) or _STATUS.search(text.text) for text in passages):
        return []
    known = [(number, text, segments_of(text)) for number, text in enumerate(passages)]
    found = []
    for said in segments_of(claim):
        words, whole = claim.text[said.start : said.end], claim.sentence_at(said.start)
        if not _PRESENT.search(words) or not said.items or _NOT_PRESENT.search(claim.text, whole.start, whole.end):
            continue
        told = [
            (_is_over(said, one, text, ones), Place(number, one.start, one.end))
            for number, text, ones in known
            for one in _naming(said, ones)
        ]
        if told and all(over for over, _ in told):
            found.append(contradicted("temporality", words.strip(), told[0][1]))
    return found


def _naming(said: Segment, ones: Sequence[Segment]) -> list[Segment]:
    """Return the segments that have as many of the claim's words as any."""
    counts = [sum(bool(item & one.words) for item in said.items) for one in ones]
    most = max(counts, default=0)
    return [one for one, count in zip(ones, counts, strict=True) if count == most] if most else []


def _is_over(said: Segment, one: Segment, text: Text, ones: Sequence[Segment]) -> bool:
    if _STATUS.search(text.text) and not _ACTIVE.search(text.text):
        return True
    sentence = text.sentence_at(one.start)
    there = [other for other in ones if sentence.start <= other.start < sentence.end]
    written = {other: text.text[other.start : other.end] for other in there}
    about = [other for other in there if _is_about(said, other, written[other])]
    if any(_AGAIN.search(written[other]) for other in about):
        return False
    return any(_OVER.search(written[other]) for other in about)


def _is_about(said: Segment, other: Segment, written: str) -> bool:
    """Say whether a segment tells of what the claim names: itself, or by what stands before it."""
    if any(item & other.words for item in said.items):
        return True
    goes_on = not other.items or not content_words(without_acts(_OVER.sub(" ", written)))
    return goes_on and any(item & other.carried for item in said.items)
