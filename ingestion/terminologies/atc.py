"""Classes of the Anatomical Therapeutic Chemical classification, whose codes say themselves what lies above them.

Source: WHO Collaborating Centre for Drug Statistics Methodology, structure of the ATC system: levels of 1, 3, 4, 5, 7 characters.
"""

from __future__ import annotations

from collections.abc import Iterator

from chartcite.engine.language.extended_lexicon import ReleaseConcept, ReleaseLink, ReleaseRow, Role
from chartcite.engine.language.terminology import ConceptKind

_LEVELS = (1, 3, 4, 5, 7)


def class_concept(code: str, name: str) -> ReleaseConcept:
    """Return the concept of a code; the last level is the substance itself, which has its own concept elsewhere."""
    role = Role.FORM if len(code) == _LEVELS[-1] else Role.CONCEPT
    return ReleaseConcept(f"atc:{code}", "atc", code, name, ConceptKind.DRUG, role)


def broader_atc(code: str) -> Iterator[ReleaseRow]:
    """Yield the classes above a code, nameless, and the links up to them."""
    if len(code) not in _LEVELS:
        return
    steps = [code[:length] for length in _LEVELS if length <= len(code)]
    for narrow, broad in zip(steps[:0:-1], steps[-2::-1], strict=True):
        yield class_concept(broad, "")
        yield ReleaseLink(f"atc:{narrow}", f"atc:{broad}")
