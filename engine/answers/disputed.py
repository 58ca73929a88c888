"""Entries of the lists of problems and allergies that notes call into question: "the label should be removed"."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.facts.allergies import OF_ALLERGY
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent

_MOST_TOLD = 2
_REACH = 3
"""Sentences after the one that names a thing in which "the entry" still means it."""
_DOUBTS = Cue(
    r"\b(?:real(?:ly)?|actual(?:ly)?|true|truly|genuine(?:ly)?|legit\w*|proven|confirmed|valid|correct|mistaken?|wrong|in error|mislabel\w*|(?:ever )?(?:been )?(?:tested|challenged))\b"
)
"""Asks whether an entry is right."""
_ENTRY = r"(?:label|entry|allergy|allergies|diagnosis|listing|flag|alert)"
_TAKEN_OFF = Cue(
    rf"\b{_ENTRY}\b[^.;]{{0,60}}\b(?:remov\w*|tak(?:e|en) off|delet\w*|struck|wrong|in error|erroneous|incorrect|not (?:true|correct|right|real)|outgrown|refuted)\b"
    rf"|\b(?:remov\w*|tak(?:e|en|ing) off|delet\w*|drop(?:ped)?|strike|refut\w*|disprov\w*)\b[^.;]{{0,40}}\b{_ENTRY}\b|\bde-?label\w*|\bmislabel\w*"
)
"""Says of an entry, whichever is spoken of, that it does not stand."""
_DENIED = Cue(
    r"\bnot (?:truly |really |actually )?(?:allergic|asthmatic|diabetic|epileptic|hypertensive)\b|\b(?:did not|didn't|never|not|no) (?:made?|make|confirm\w*|reach\w*|found|find)?(?: \w+){0,2} ?(?:diagnosis|diagnosed)\b"
    r"|\bdoes(?: not|n't) (?:really |actually )?have\b|\b(?:was|been|is) (?:refuted|disproved|wrong|an error)\b|\bnot an? (?:true |real )?allergy\b|\bnot (?:true|real)\b"
)
"""Says of what the same sentence names that the patient does not have it."""
_BORNE = Cue(
    r"\btolerat(?:ed|es|ing)\b|\b(?:as|when) (?:an? )?(?:\w+ )?(?:child|toddler|baby|infant|kid)\b|\bchildhood (?:rash|reaction|illness)\b"
    r"|\b(?:only|just) (?:an? )?(?:rash|upset|nausea|sickness|side[- ]effect)|\b(?:rash|upset|nausea|sickness) only\b|\bno reaction\b|\bhas (?:since )?(?:had|taken) (?:it|\w+) (?:\w+ )?without\b"
)
"""Says of an allergy that it was borne since, or how slight it was."""
_OF_ALLERGY = Cue(r"\ballerg\w*|\bde-?label\w*|\bmislabel\w*|\blabel\b|\bintoleran\w*|\b(?:challenge|provocation)\b")
"""Speaks of an allergy, whichever."""
_STANDS = Cue(
    r"\b(?:should|must|can)(?: not|n't)(?: \w+)? (?:be )?(?:remov\w*|delet\w*|taken off)\b|\b(?:if|unless|once|family|mother|father|sister|brother)\b|\?\s*$"
)
"""Says that an entry stays, may fall only later, or belongs to somebody else."""


def asks_whether_true(plan: Plan) -> bool:
    """Say whether a question doubts an entry of the lists."""
    kinds = {target.kind for target in plan.targets}
    about = plan.subject is Category.ALLERGY or (plan.subject is Category.CONDITION and kinds == {ConceptKind.CONDITION})
    return (
        about and not plan.family and plan.intent in {Intent.PRESENCE, Intent.DESCRIBE} and _DOUBTS.search(plan.text) is not None
    )


def disputes(reading: Reading, listed: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Quote the newest sentences of notes that dispute what is listed; empty where they do not, or nothing is listed.

    An entry of the list of allergies is disputed whether or not the question doubts it, by a later note that speaks of allergy.
    """
    plan, records = reading.plan, reading.shelves.records
    if plan.family or not any(_is_listed(claim) for claim in listed):
        return []
    entries = [
        fact
        for fact in records.facts(reading.scope, categories=(Category.ALLERGY,))
        if fact.span is None and any(_tells(claim, fact) for claim in listed)
    ]
    if not asks_whether_true(plan):
        return _quoted(
            reading, [_Entry(_entry_names(fact), since=fact.recorded.day if fact.recorded else "0") for fact in entries]
        )
    return _quoted(reading, [_Entry(names) for names in (*map(_names, plan.targets[:1]), *map(_entry_names, entries))])


class _Entry(NamedTuple):
    """An entry that notes may dispute."""

    names: Target
    since: str = ""
    """The day of the entry, where only later notes that speak of allergy count; empty: whatever a note says counts."""

    def disputed_in(self, passage: Passage, place: int) -> bool:
        """Say whether a sentence of a note, by its place, disputes it."""
        known = passage.occurred or passage.recorded
        if self.since and known is not None and known.day <= self.since:
            return False
        if self.since and not _OF_ALLERGY.search(passage.sentence_text(passage.sentences[place])):
            return False
        return _disputed(passage, place, self.names) or (not self.since and _borne(passage, place, self.names))


def _tells(claim: DraftClaim, fact: Fact) -> bool:
    """Say whether a claim tells an entry of a list, as one that stands."""
    return _is_listed(claim) and any(citation.source.resource == fact.id.partition("#")[0] for citation in claim.citations)


def _entry_names(fact: Fact) -> Target:
    text = fact.concept.text
    runs = (forms(text), forms(text.partition("(")[0]))  # "Enalapril (ACE inhibitors)" is told of as enalapril
    return _names(Target(words=text, label=text, alternatives=tuple(dict.fromkeys(run for run in runs if run))))


def _quoted(reading: Reading, entries: Sequence[_Entry]) -> list[DraftClaim]:
    """Quote the newest sentences that dispute one of some entries."""
    records = reading.shelves.records
    found: list[tuple[float, int, Passage, Sentence]] = []
    for passage in records.all_passages(reading.scope):
        known = passage.occurred or passage.recorded
        for place, sentence in enumerate(passage.sentences):
            if sentence not in passage.commands and any(entry.disputed_in(passage, place) for entry in entries):
                found.append((known.start.timestamp() if known else 0.0, -place, passage, sentence))
    found.sort(key=lambda each: each[:2], reverse=True)
    told = [quote_sentence(passage, sentence, records, route="quote") for _, _, passage, sentence in found]
    return list({claim.citations[0].quote: claim for claim in told}.values())[:_MOST_TOLD]


def _is_listed(claim: DraftClaim) -> bool:
    return claim.category in {Category.ALLERGY, Category.CONDITION} and claim.kind is not ClaimKind.ABSENCE


def _names(target: Target) -> Target:
    """Return a target that an allergen names alone, too: notes speak of latex rather than of a latex allergy."""
    bare = tuple(word for word in forms(target.label) if word not in OF_ALLERGY)
    return target.model_copy(update={"alternatives": (*target.alternatives, bare)}) if bare else target


def _borne(passage: Passage, place: int, target: Target) -> bool:
    """Say whether a sentence tells how an allergen was borne that it, or the sentence before it, names."""
    text = passage.sentence_text(passage.sentences[place])
    if _BORNE.search(text) is None or _STANDS_FOR_OTHERS.search(text):
        return False
    near = [text, *(passage.sentence_text(each) for each in passage.sentences[max(0, place - 1) : place])]
    return any(target.find(forms(each)) is not None and (_OF_ALLERGY.search(each) or _BORNE.search(each)) for each in near)


_STANDS_FOR_OTHERS = Cue(r"\b(?:mother|father|sister|brother|wife|husband|son|daughter)['’]?s\b|\?\s*$")


def _disputed(passage: Passage, place: int, target: Target) -> bool:
    text = passage.sentence_text(passage.sentences[place])
    if _STANDS.search(text):
        return False
    named = target.find(forms(text)) is not None
    if named and (_DENIED.search(text) or _TAKEN_OFF.search(text)):
        return True
    before = [passage.sentence_text(each) for each in passage.sentences[max(0, place - _REACH) : place]]
    return _TAKEN_OFF.search(text) is not None and any(target.find(forms(each)) is not None for each in before)
