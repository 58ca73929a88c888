"""Things that notes speak of as real, though no table dates them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chartcite.engine.domain.evidence import Passage
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.plans import Target

_SENTENCE_ENDS = Cue(r"(?<=[.;!?])\s+|\n+")
_UNREAL = Cue(
    r"\b(?:no|not|never|none|nor|without|den(?:y|ies|ied)|declin\w+|refus\w+|negative|rule[ds]? out|if|unless|would|could|might"
    r"|consider\w*|plan\w*|family|mother|father|brother|sister|son|daughter|risk|avoid\w*|allerg\w*)\b|n't\b|\?"
)


def spoken_of(targets: Sequence[Target], passages: Iterable[Passage]) -> bool:
    """Say whether notes tell of each of some things in a sentence that neither denies, supposes nor plans anything."""
    texts = [sentence for passage in passages for sentence in _SENTENCE_ENDS.split(passage.text) if not _UNREAL.search(sentence)]
    said = [forms(text) for text in texts]
    return bool(targets) and all(any(target.find(words) is not None for words in said) for target in targets)
