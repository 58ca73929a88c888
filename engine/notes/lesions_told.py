"""How big a lesion of an organ is and how it changed ("has the spot on my liver shrunk?", "size of the liver met", "is the lung nodule growing?").

People say spot, shadow or lump where reports say lesion, nodule, mass or metastasis, and name the organ by its parts: a segment, a lobe, a
vertebra. The newest sentences that measure it, or say how it changed, answer.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.sentence_manner import assertion_in
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent

ROUTE = "near_quote"
MOST_TOLD = 3
_LESION = (
    r"(?:spots?|shadows?|lumps?|growths?|mass(?:es)?|lesions?|nodules?|tumou?rs?|mets?|metasta\w+|secondar(?:y|ies)|deposits?"
    r"|opacit(?:y|ies)|cysts?|polyps?|cancers?|carcinomas?)"
)
_ORGANS: dict[str, tuple[str, str]] = {
    "liver": (r"liver|hepatic", r"liver|hepatic|(?:segments?|seg\.?) ?(?:[1-8][ab]?|I{1,3}|I?V[ab]?|VI{1,3})"),
    "lung": (r"lungs?|chest|pulmonary", r"lungs?|pulmonary|lobes?|lingula\w*|R[UML]L|L[UL]L"),
    "kidney": (r"kidneys?|renal", r"kidneys?|renal"),
    "brain": (r"brain|head", r"brain|cerebral|cerebell\w+|intracranial|frontal|parietal|occipital|temporal"),
    "spine": (
        r"spine|spinal|back|vertebra\w*|bones?|bony|[TL]\d{1,2}",
        r"spine|spinal|vertebra\w*|bones?|bony|osseous|lytic|sclerotic|[TL]\d{1,2}",
    ),
    "adrenal": (r"adrenals?", r"adrenals?"),
    "pancreas": (r"pancreas|pancreatic", r"pancreas|pancreatic"),
    "breast": (r"breasts?", r"breasts?"),
    "thyroid": (r"thyroid", r"thyroid"),
    "ovary": (r"ovar(?:y|ies|ian)", r"ovar(?:y|ies|ian)|adnexa\w*"),
    "spleen": (r"spleen|splenic", r"spleen|splenic"),
    "prostate": (r"prostate|prostatic", r"prostate|prostatic"),
}
"""By organ: how people name it, and how reports name it or its parts."""
_ASKED = {
    organ: Cue(rf"\b(?:{said})\b[^?.;]{{0,20}}\b{_LESION}\b|\b{_LESION}\b[^?.;]{{0,25}}\b(?:{said})\b")
    for organ, (said, _) in _ORGANS.items()
}
_TOLD = {organ: Cue(rf"\b(?:{told})\b") for organ, (_, told) in _ORGANS.items()}
_IS_LESION = Cue(rf"\b{_LESION}\b")
_ASKS_CHANGE = Cue(
    r"\b(?:shr[aiu]nk\w*|shrink\w*|grow\w*|grew|bigger|smaller|larger|size|sizes|how (?:big|large|small)|chang\w*|stable|respond\w*"
    r"|gone|disappear\w*|progress\w*|enlarg\w*|reduc\w*|measur\w*|diameter)\b"
)
_CHANGE = (
    r"\d+(?:\.\d+)? ?-?(?:mm|cm)\b|\b(?:unchanged|stable|reduc\w*|decreas\w*|increas\w*|enlarg\w*|smaller|larger|resol\w*|shr[aiu]nk\w*"
    r"|grown|progress\w*|regress\w*|disappear\w*)\b"
)
_TELLS_CHANGE = Cue(_CHANGE)
_OTHERWISE = frozenset({Intent.REASON, Intent.WHO, Intent.COUNT, Intent.SUMMARY})


def told_lesion(reading: Reading, /) -> list[DraftClaim]:
    """Quote the newest sentences that measure a lesion of the organ that a question names; empty: it asks otherwise."""
    plan, records = reading.plan, reading.shelves.records
    organ = _organ_asked(plan)
    if organ is None:
        return []
    inside = [
        each
        for each in records.all_passages(reading.scope)
        if plan.window is None or plan.window.holds(each.occurred or each.recorded)
    ]
    newest = sorted(_noted(organ, inside), key=lambda each: -each.when)
    if plan.newest:  # "on the latest CT"
        newest = [each for each in newest if each.when == newest[0].when]
    distinct = list({forms(each.text): each for each in reversed(newest)}.values())[::-1]
    return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in distinct[:MOST_TOLD]]


def _organ_asked(plan: Plan) -> str | None:
    """Return the organ of whose lesion the size or a change is asked; `None`: none, or a value of record tells it."""
    if plan.family or plan.comparison is not None or plan.intent in _OTHERWISE or not _ASKS_CHANGE.search(plan.text):
        return None
    if any(target.kind is ConceptKind.MEASUREMENT and target.concept_keys and "size" in target.label for target in plan.targets):
        return None
    return next((organ for organ, asked in _ASKED.items() if asked.search(plan.text)), None)


class _Noted(NamedTuple):
    passage: Passage
    sentence: Sentence
    text: str
    when: float


def _noted(organ: str, passages: Sequence[Passage]) -> Iterator[_Noted]:
    """Yield the sentences that name a lesion of the organ, or of its parts, and tell its size or its change."""
    for passage in passages:
        titled = _TOLD[organ].search(f"{passage.title} {passage.section}") is not None
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if sentence in passage.commands or not (_IS_LESION.search(text) and _TELLS_CHANGE.search(text)):
                continue
            if not (titled or _TOLD[organ].search(text)) or assertion_in(text, None, passage) is AssertionStatus.FAMILY:
                continue
            known = passage.occurred or passage.recorded
            yield _Noted(passage, sentence, text, known.start.timestamp() if known else 0.0)
