"""A spot on an organ: people say spot, shadow or lump where records say nodule, lesion, mass or cyst."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import Fact
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Plan, Target

_SAID = frozenset(forms("spot shadow lump growth mass lesion nodule bump opacity"))
_RECORDED = tuple(
    dict.fromkeys(
        (word,)
        for word in forms(
            "nodule lesion mass cyst tumor tumour shadow spot opacity lump polyp neoplasm "
            "malignancy cancer carcinoma adenoma hemangioma"
        )
    )
)
_ORGANS: dict[str, frozenset[str]] = {
    organ: frozenset(forms(words))
    for organ, words in (
        ("lung", "lung pulmonary lobe rul rml rll lul lll"),
        ("liver", "liver hepatic hepatocellular hcc"),
        ("kidney", "kidney renal"),
        ("breast", "breast mammogram"),
        ("brain", "brain cerebral intracranial"),
        ("thyroid", "thyroid"),
        ("adrenal", "adrenal"),
        ("pancreas", "pancreas pancreatic"),
        ("ovary", "ovary ovarian adnexal"),
        ("spleen", "spleen splenic"),
        ("skin", "skin cutaneous"),
        ("prostate", "prostate prostatic"),
    )
}


class Lesion(NamedTuple):
    """A lesion that a question names by its place."""

    target: Target
    organ: frozenset[str]
    """Folded words, one of which a record of it holds."""

    def about(self, facts: Sequence[Fact]) -> list[Fact]:
        """Return the problems that name such a lesion of the organ."""
        return [fact for fact in facts if self._holds(fact.concept.text)]

    def inside(self, passages: Sequence[Passage]) -> list[Passage]:
        """Return the passages that name the organ, or stand in a document whose title does."""
        return [each for each in passages if not self.organ.isdisjoint(forms(f"{each.title} {each.section} {each.text}"))]

    def _holds(self, text: str) -> bool:
        words = forms(text)
        return not self.organ.isdisjoint(words) and self.target.find(words) is not None


def lesion_asked(plan: Plan) -> Lesion | None:
    """Return the lesion that a question names by its place ("the spot on his lung"); `None`: it names none so."""
    words = forms(plan.text)
    organ = next((held for name, held in _ORGANS.items() if set(forms(name)) & set(words)), None)
    if organ is None or _SAID.isdisjoint(words):
        return None
    said = " ".join(word for word in words if word in _SAID or word in organ)
    return Lesion(Target(words=said, label=said, kind=ConceptKind.CONDITION, alternatives=_RECORDED), organ)
