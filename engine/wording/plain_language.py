"""The glossary of plain language: what a test, a condition, a procedure or a class of medicines is, in one sentence.

Kept by id of the lexicon (corpora/terminology/plain_language.tsv), written from general knowledge, not yet reviewed by a
clinician. An explanation says nothing of anybody's record, and stands apart from what does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from chartcite.engine.domain.answers import Explanation
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.questions.question_words import STOPWORDS

MOST_EXPLAINED = 2
"""Explanations in one answer."""
_HIGHEST_CLASS = 3
"""Steps that a medicine's class may stand above it."""


class Glossary:
    """Explanations by id of the lexicon."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = dict(texts)

    def __len__(self) -> int:
        return len(self._texts)

    def explain(self, words: str, ids: Iterable[str], lexicon: Lexicon, /) -> Explanation | None:
        """Return what words mean, of a medicine what its class is; `None`: nothing is written of it, or they mean several.

        Args:
            words: as asked.
            ids: what they mean: one concept, or a class and what is below it.
            lexicon: of the concepts.
        """
        known = [id_ for id_ in dict.fromkeys(ids) if id_ in lexicon.concepts]
        for id_ in known:
            if id_ in self._texts and set(known) <= {id_, *lexicon.below(id_)}:
                return Explanation(id=id_, term=_term(words, lexicon.concepts[id_].name, lexicon), text=self._texts[id_])
        if len(known) != 1 or lexicon.concepts[known[0]].kind is not ConceptKind.DRUG:
            return None
        named, term = self._class_of(known[0], lexicon), _term(words, lexicon.concepts[known[0]].name, lexicon)
        return None if named is None else Explanation(id=named, term=f"{term} and medicines like it", text=self._texts[named])

    def _class_of(self, id_: str, lexicon: Lexicon) -> str | None:
        near: Sequence[str] = (id_,)
        for _ in range(_HIGHEST_CLASS):
            near = [parent for one in near for parent in lexicon.concepts[one].parents]
            found = next((one for one in near if one in self._texts), None)
            if found is not None:
                return found
        return None


def _term(words: str, name: str, lexicon: Lexicon) -> str:
    """Return the words that were asked where they are a name, no part of a sentence (`do I smoke`) and no slip (`cholestrol`)."""
    sentence = any(word in STOPWORDS for word in words.lower().split())
    return words if not sentence and all(map(lexicon.has_word, forms(words))) else name


NO_GLOSSARY = Glossary({})
