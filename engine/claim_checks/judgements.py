"""Conclusions: a claim that something improved, is stable, likely or significant needs a source that concludes so."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.claim_checks.findings import Finding, missing
from chartcite.engine.claim_checks.texts import Text

_GROUPS = tuple(
    re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)
    for words in (
        r"improv\w+|better|recover\w*|regress\w*",
        r"worse\w*|deteriorat\w*|exacerbat\w*|progress(?:ed|ing|ion|ive|es)",
        r"stable|stabili[sz]\w*|steady|unchanged|no change",
        r"(?:un|well-|poorly-)?controlled|well[- ]managed|under control|at goal|uncontrolled",
        r"significan\w*|substantial(?:ly)?|marked(?:ly)?|dramatic(?:ally)?|considerabl[ey]|notabl[ey]|clinically relevant",
        r"likely|probabl[ey]|presum\w+|possibl[ey]|suggest(?:s|ed|ing|ive)?|indicat(?:es?|ed|ing|ive)|consistent with|appears?|seems?|perhaps|suspect\w*|concern\w* for|\?|question\w*|vs\.?|versus|rule out|r/o|probable|(?-i:may)|might|could|impression|felt to|thought to|differential",
        r"effective(?:ly)?|efficac\w+|successful(?:ly)?|beneficial|benefit\w*|helped|helps|helpful|works?|worked|respon[ds]\w*",
        r"tolerat\w*",
        r"serious(?:ly)?|concerning|worrisome|alarming|dangerous(?:ly)?|critical(?:ly)?|concern|concerns|concerned|worr(?:y|ies|ied)",
        r"important(?:ly)?|meaningful(?:ly)?",
        r"adequate(?:ly)?|sufficient(?:ly)?|insufficient(?:ly)?|inadequate(?:ly)?|appropriate(?:ly)?|optimal(?:ly)?|satisfactor\w+",
        r"heal(?:s|ed|ing)",
        r"confirm\w*|proven|verified|definite(?:ly)?|established",
    )
)  # fmt: skip
"""Words that conclude the same, in one group: which of them a source uses does not matter, that one of them does."""


def check_judgements(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the words by which a claim concludes what no passage concludes."""
    known = [_NO_MONTH.sub("may", passage.text) for passage in passages]
    return [
        missing("judgement", said[0])
        for group in _GROUPS
        if (said := group.search(claim.text)) and not any(group.search(text) for text in known)
    ]


_NO_MONTH = re.compile(r"(?:^|(?<=[.;:!?]\s))May(?=\s[a-z])", re.MULTILINE)
"""The verb at the head of a sentence."""
