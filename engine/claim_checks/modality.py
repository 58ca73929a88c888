"""Done, or only planned, advised, offered or to be done if something happens: what has not taken place is not told as a fact."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.claim_checks.bindings import likeness
from chartcite.engine.claim_checks.findings import Finding, Place, missing
from chartcite.engine.claim_checks.segments import Segment, segments_of
from chartcite.engine.claim_checks.texts import Text
from chartcite.engine.language.terminology import ConceptKind

OPEN = re.compile(
    r"\b(?:will|shall|plan(?:s|ned|ning)?(?: (?:to|for|on))?|(?:going|about) to|to be|scheduled?|booked|pending|await\w*|consider\w*|intend\w*|intention|would|wants? to|wishes to|hopes? to|"
    r"(?:is|are|was|were) due|due (?:on|in|for|next|by|at)|(?:is|are|needs?|has|have|had) to|overdue|upcoming|tomorrow|(?:at|in) (?:the )?next|next (?:week|month|year|visit|appointment)|should|ought|anticipat\w*|expect(?:s|ed)? to|(?-i:may)|might|could|"
    r"recommend\w*|advi[sc]\w*|suggest\w*|offer(?:s|ed|ing)?|discuss\w*|encourag\w*|counsel\w*|(?:asked|told|instructed|urged|reminded)(?: \w+){0,2} to|propos\w*|declin(?:e|es|ed|ing)|refus\w*|"
    r"prefers? (?:to|not)|think about|never (?:filled|started|taken|picked)|not (?:yet )?(?:filled|started|taken|done|scheduled)|unless|in case|provided that|only (?:for|if|when))\b"
    r"|(?<!as )(?<!only )\bif\b(?! needed)|\bonly if\b|^\W*to (?!the\b|a\b|her\b|his\b)[a-z]{3,}",
    re.IGNORECASE | re.MULTILINE,
)
"""Words by which a text says that something is still open."""
_ADVISED = re.compile(
    r"\b(?:advised|told|urged|encouraged|instructed|reminded|asked)(?: (?:him|her|them|the patient|patient))? to\b|\b(?:about|going|plans?|intends?|wants?|hopes?) to\b|\bwill\b",
    re.IGNORECASE,
)
"""Before what somebody is to do, deed or not."""
_CONDITION = re.compile(
    r"^\W*should\b|\b(?:call|return|come|ring|phone|go|back)\b[^.;]{0,40}\bwhen\b|\b(?:can|may)\b[^.;]{0,40}\bonce\b|(?<!as )\bif\b(?! (?:needed|required)\b)|\bunless\b|\bin case\b|\bshould (?:the|there|she|he|they|it|any|her|his|this|that|symptoms)\b|^\W*when\b|\bwhen(?:ever)? (?:[\w.]+ ){1,4}(?:is|exceeds?|falls?|rises?|reaches)\b|"
    r"\bfor (?:a |any )?(?:weight )?(?:gain|pain|temperature|fever|glucose|BP) (?:of )?(?:more than|over|above|greater|>|below|less|<)",
    re.IGNORECASE,
)
"""Opens or closes a sentence that holds only if something happens."""
_UNFULFILLED = re.compile(r"\b(?:never|not|wasn['’]t|didn['’]t) (?:\w+ )?(?:filled|started|taken|picked up|begun|done|given|used)\b|\b(?:declin|refus)(?:es|ed|ing)\b|\bprefer(?:s|red)? (?:to wait|not)", re.IGNORECASE)  # fmt: skip
_UNFULFILLED_NEXT = re.compile(
    rf"[\W]*(?:(?:but|and|however|he|she|patient|pt|has|was)\W+){{0,3}}{_UNFULFILLED.pattern}", re.IGNORECASE
)
_DEED = re.compile(
    r"\b(?:had|has had|underwent|takes?|took|taking|is on|are on|on|was|were|has been|uses|walks?|follows?|eats?|quit|quits|went|did|does|got|gave|saw|seen|returned|repeated|needs)\b",
    re.IGNORECASE,
)
_KINDS = frozenset({ConceptKind.DRUG, ConceptKind.PROCEDURE, ConceptKind.VACCINE})
_LEAST_ALIKE = 0.5
"""Share of a claim's words that a segment must have to tell of the same."""
_TIE = 0.45


def check_modality(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return what a claim tells as a fact, where its evidence has it only as a plan, an advice, an offer or a condition."""
    if (
        OPEN.search(claim.text)
        or _CONDITION.search(claim.text)
        or _UNFULFILLED.search(claim.text)
        or not any(_is_open(text.text) for text in passages)
    ):
        return []
    known = [(number, text, segments_of(text)) for number, text in enumerate(passages)]
    found = []
    for said in segments_of(claim):
        words = claim.text[said.start : said.end].strip()
        is_deed = bool(said.acts) or _DEED.search(words) is not None or any(
            one.kinds & _KINDS for one in claim.named if said.start <= one.start < said.end
        )  # fmt: skip
        best = _best(said, known)
        if best and all(_open_there(text, one, deed=is_deed) for _, text, one in best):
            number, _, one = best[0]
            found.append(missing("certainty", words, Place(number, one.start, one.end)))
    return found


def _is_open(text: str) -> bool:
    return any(pattern.search(text) is not None for pattern in (OPEN, _CONDITION, _UNFULFILLED))


def _best(said: Segment, known: Sequence[tuple[int, Text, list[Segment]]]) -> list[tuple[int, Text, Segment]]:
    """Return the segments of the evidence that tell most of what a segment of a claim tells."""
    size = len(said.items) + len(said.acts) + (0 if said.items else len(said.numbers) + len(said.people - {"patient"}))
    if not size:
        return []
    told = [(number, text, one) for number, text, ones in known for one in ones]
    named = [each for each in told if any(item & each[2].words for item in said.items)]
    scored = [(likeness(said, one), number, text, one) for number, text, one in named or told]
    most = max((score for score, *_ in scored), default=0.0)
    if most < _LEAST_ALIKE * size:
        return []
    return [(number, text, one) for score, number, text, one in scored if score >= most - _TIE]


def _open_there(text: Text, one: Segment, *, deed: bool) -> bool:
    sentence = text.sentence_at(one.start)
    whole = text.text[sentence.start : sentence.end]
    if _CONDITION.search(whole):
        return True
    rest = text.text[one.end : sentence.end]
    unfulfilled = _UNFULFILLED.search(text.text, one.start, one.end) or _UNFULFILLED_NEXT.match(rest)
    if _ADVISED.search(text.text, one.start, one.end):
        return True
    return deed and (OPEN.search(text.text, one.start, one.end) is not None or unfulfilled is not None)
