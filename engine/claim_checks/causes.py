"""A claim that gives a cause: the evidence itself links this cause to this effect, in one sentence or two that stand together."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from chartcite.engine.claim_checks.coverage import content_words, coverage
from chartcite.engine.claim_checks.findings import Finding, missing
from chartcite.engine.claim_checks.texts import Range, Text

LEAST_SIDE = 0.5
"""Share of the content words of cause and of effect that must stand where the evidence links them."""
_LINK = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|as a result of|in view of|on account of|in light of|caused by|attributed to|secondary to|"
    r"the reason (?:was|is|being)|so as to|led to|leading to|resulted in|therefore|which is why)\b",
    re.IGNORECASE,
)
"""How a claim says what caused what."""
_LINKED = re.compile(
    r"\b(?:because|due to|d/t|b/c|2/2|given|since|secondary to|owing|reasons?|therefore|so|in view of|in light of|on account of|as|after|for|"
    r"caus(?:e|es|ed|ing)|trigger\w*|precipitat\w*|prompt\w*|led to|leading to|result\w*|attribut\w*|relat\w*|from|with|following|"
    r"explain\w*|in the setting of|iso|concern\w*|to (?:avoid|prevent|reduce|protect|help|treat|improve|simplify|lower|allow)|why)\b"
    r"|->|→|[:;–(,]|\s-\s",
    re.IGNORECASE,
)
"""How notes say it, terse ones by a mark alone: "naproxen stopped (creatinine 1.9)"."""


def check_causes(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the links of a claim that no sentence of the evidence, nor two that stand together, make."""
    return [
        missing("causes", claim.text[said.start : said.end])
        for said in claim.sentences
        for match in [_LINK.search(claim.text, said.start, said.end)]
        if match is not None and not _is_linked(claim, said, match, passages)
    ]


def _is_linked(claim: Text, said: Range, match: re.Match[str], passages: Sequence[Text]) -> bool:
    sides = [claim.text[said.start : match.start()], claim.text[match.end() : said.end]]
    if not all(content_words(side) for side in sides):
        return True  # "It was due to sepsis.": the other checks look at what there is
    texts = [Text(side, claim.lexicon) for side in sides]
    return any(all(coverage(side, [place]) >= LEAST_SIDE for side in texts) for place in _places(passages))


def _places(passages: Sequence[Text]) -> Iterator[Text]:
    """Yield the sentences of the evidence and each two that stand together, where they hold a mark of a link."""
    for passage in passages:
        ranges = passage.sentences
        spans = [*ranges, *(Range(one.start, two.end) for one, two in pairwise(ranges))]
        for span in spans:
            words = passage.text[span.start : span.end]
            if _LINKED.search(words):
                yield Text(words, passage.lexicon)
