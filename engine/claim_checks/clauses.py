"""A claim of several clauses: each must stand in the evidence by itself, or a true half would carry a false one."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.claim_checks.coverage import content_words
from chartcite.engine.claim_checks.lexical import FRAME
from chartcite.engine.claim_checks.quantities import quantities_masked
from chartcite.engine.claim_checks.regimens import regimens_masked
from chartcite.engine.claim_checks.texts import Text, stands, stem, word_stems
from chartcite.engine.language.terminology import fold, forms
from chartcite.engine.questions.question_words import STOPWORDS

LEAST_OF_A_CLAUSE = 0.5
"""Share of a clause's content words that must stand in the evidence."""
_BETWEEN = re.compile(
    r"(?<=[.!?])\s+|\s*[;:]\s+|,?\s+\b(?:and|but|while|whereas|although|though|because|since|so that|so|then|which|who|after which)\b\s+|,\s+",
    re.IGNORECASE,
)
_OF_CONTENT = frozenset(
    fold(word)
    for word in "allergy intolerance reaction emergency inpatient ambulatory discharged dispensed refuted confirmed strength criticality error superseded".split()
)
"""Words of the engine's own sentences that say something where a model writes them."""
_SPEAKS_OF = frozenset(
    fold(word)
    for word in "drug medicine medication treatment therapy test result level value finding symptom problem condition note report documented noted described seen found given taken patient record evidence clinician".split()
)
"""Words that point at what the rest of the sentence names."""
_CODE = re.compile(r"\b(?=[A-Z0-9-]*[A-Z]{2})[A-Z][A-Z0-9-]{2,}\b")
"""An abbreviation, a code or a shout: no writer makes one up."""


def uncovered_clause(claim: Text, evidence: Sequence[Text]) -> str:
    """Return the first code or clause of a claim that its evidence does not hold; empty: there is none."""
    stems = word_stems(evidence)
    written = " ".join(text.text for text in evidence).lower()
    named = frozenset[str]().union(*(one.ids for text in evidence for one in text.named))
    known = {word for one in claim.named if stands(one, claim.lexicon, named, stems) for word in one.forms}
    for token in _CODE.findall(regimens_masked(quantities_masked(claim.text))):
        if token.lower() not in written and not set(forms(token)) <= known:
            return str(token)
    for clause in _BETWEEN.split(claim.text):
        words = [word for word in _content(clause) if word not in _SPEAKS_OF]
        held = sum(word in known or stem(word) in stems for word in words)
        if words and held < LEAST_OF_A_CLAUSE * len(words):
            return clause.strip()
    return ""


def _content(clause: str) -> list[str]:
    """Return the words of a clause that its evidence must account for, those of the frame that say something among them."""
    framed = [word for word in forms(regimens_masked(quantities_masked(clause))) if word in _OF_CONTENT and word not in STOPWORDS]
    return [*content_words(clause), *(word for word in framed if word in FRAME)]
