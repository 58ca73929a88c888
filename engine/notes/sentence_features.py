"""By what the sentences of notes are weighed against a question: how much they say of it, how alike they are, what they lack.

Two steps: few cheap features over every sentence of the evidence, and all of them over the likeliest, which are read together
with the question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, Self

from chartcite.engine.answers.focus import conflicts
from chartcite.engine.dates.sentence_times import told_in_time
from chartcite.engine.domain.evidence import Evidence, Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.sentence_manner import assertion_in, clauses_about
from chartcite.engine.ports import InPlace, Reader
from chartcite.engine.questions.asked_kinds import ALIKE_IN, alike, holds_kind, kind_of
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent

MOST_READ = 8
"""Sentences that are read together with the question."""
SUREST = 10.0
"""Log-odds of a reader beyond which more count no more."""
_RESULT = re.compile(
    r"\b(?:show(?:ed|n)?|results?|find(?:ings?)?|found|say|said|reveal(?:ed)?|come back|came back)\b", re.IGNORECASE
)
"""Asks what came of a test or an operation, which the sentence has to be about."""
_BARE_ENTRY = re.compile(
    r"^(?:the )?patient (?:is presenting|was given|was prescribed|has a history of)\b|\boral tablet\b|^care plan is meant|"
    r"\((?:disorder|finding|procedure|situation|substance|organism)\)|^- (?:\S+ ?){1,3}$|^[^.:]*;[^.:]*;[^.:]*$",
    re.IGNORECASE,
)
"""An entry of a list, which tells of itself only."""
_INTENDED = re.compile(
    r"\b(?:plan\w*|will|schedul\w*|order(?:ed)?|next|due|referr\w*|consider|recommend\w*|awaiting|pending|should|repeat)\b",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"\b(?:if|unless|should (?:he|she|they|it)|in case)\b", re.IGNORECASE)
_OF_FAMILY = re.compile(r"^\W*f(?:am\w*|h)", re.IGNORECASE)
_MAY_LACK = frozenset({"why", "which"})
"""Kinds that a sentence may tell in words that nothing here knows."""
OF_VALUES = frozenset({"number", ""})
"""Kinds that ask for the value of a measurement, where the question names one."""
_OF_EACH = frozenset({"number", "when"})
"""Kinds that a sentence about several relatives tells of each apart."""
_OPENS = re.compile(
    r"^(?:\W|\d+[.)])*(?:(?:CC|chief complaint|reason(?: for \w+)?|indications?|clinical(?: \w+)?|history|"
    r"specimens?|technique|procedure|comparison|pre-?op(?:erative)? (?:dx|diagnosis)|dear\b[^:,]*|from|to|re|subject)"
    r"\b\W*[:,]|\*\*\*)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;]")
_ENOUGH_NEW = 8
_LONG = 40
"""Words of a sentence beyond which more count no more."""


class Quick(NamedTuple):
    """What every sentence is weighed by; every one lies in 0..1."""

    likeness: float
    """Cosine of question and passage."""
    said: float
    """Share (by rarity) of what the question names that the sentence says, in these or other everyday words."""
    noted: float
    """The same in all words by which notes write it."""
    said_near: float
    """The same as `noted` with the sentences beside it, and its headings."""
    other_thing: float
    """1: the question names a thing, and neither the sentence nor what stands beside it does."""
    in_time: float
    """1: it tells of the time that is asked, or none is."""
    holds_kind: float
    """1: it holds the kind of thing that is asked."""
    length: float
    short: float
    valued: float
    """0: a measurement is asked for, and neither the sentence nor what stands beside it names it."""
    said_in_passage: float
    """The same as `noted` with the whole passage, its headings and title."""
    said_before: float
    """The same with the sentence before alone: the answer stands after what it is about."""
    new_words: float
    """Words beyond the question's own, up to `_ENOUGH_NEW`."""
    opens: float
    """1: it tells why somebody came or what was done, before anything is found ("CC:", "INDICATION:")."""
    listed: float
    """Separators for each word: a list tells little of each entry."""
    newest: float
    """Place of its note in time, 0 to 1, where what is newest is asked."""
    of_other: float
    """1: what came of something is asked, and neither the sentence nor what stands beside it names that."""
    lacks_kind: float
    """1: it does not hold the kind of thing that is asked, though its words are known."""
    unvalued: float
    """1: a bare value is asked for, and it does not name it."""


class Features(NamedTuple):
    """What the likeliest sentences are weighed by; every one lies in -1..1."""

    quick: Quick
    read: float
    """Log-odds that it answers, as the reader sees them, over `SUREST`."""
    why: float
    """1: a cause is asked, and it holds none; so for the next."""
    which: float
    other_named: float
    """Share of the things that the question names which the sentence itself does not."""
    family_place: float
    """1: a relative is asked about, and it stands outside of the family history."""
    conditional: float
    """1: exactly one of question and sentence tells what to do if something comes."""
    intended: float
    """1: exactly one of question and sentence speaks of what is planned."""

    @property
    def values(self) -> tuple[float, ...]:
        """All of them, in order."""
        return (*self.quick, *self[1:])


NAMES = (*Quick._fields, *Features._fields[1:])


class Looked(NamedTuple):
    """A sentence with its features."""

    passage: Passage
    sentence: Sentence
    text: str
    features: Features


class Looks(NamedTuple):
    """The likeliest sentences, and what holds of the question."""

    sentences: list[Looked]
    unknown: float
    """Share of what the question names that no sentence of the evidence says."""
    named: int
    """How many things and words the question names."""


class _Term(NamedTuple):
    """Something the question names: whether a run of words says it, in everyday words or in those of notes."""

    says: Callable[[Sequence[str]], bool]
    notes: Callable[[Sequence[str]], bool]
    anywhere: Callable[[frozenset[str]], bool]
    """Whether all its words stand among those of a passage."""
    is_target: bool


def _terms(plan: Plan, vocabulary: frozenset[str]) -> list[_Term]:
    """Return what a question names, ready to be looked for in sentences of a vocabulary."""
    by_beginning: dict[str, list[str]] = {}
    for said in vocabulary:
        by_beginning.setdefault(said[:ALIKE_IN], []).append(said)

    def meant(word: str, others: Callable[[str], frozenset[str]]) -> frozenset[str]:
        return frozenset(
            said for other in others(word) for said in by_beginning.get(other[:ALIKE_IN], ()) if alike(other, (said,))
        )

    def target_says(named: Target, others: Callable[[str], frozenset[str]]) -> Callable[[Sequence[str]], bool]:
        lay = [meant(word, others) for word in forms(named.words) if len(word) > 2]
        return lambda words: named.find(words) is not None or (bool(lay) and not any(group.isdisjoint(words) for group in lay))

    def word_says(word: str, others: Callable[[str], frozenset[str]]) -> Callable[[Sequence[str]], bool]:
        group = meant(word, others)
        return lambda words: not group.isdisjoint(words)

    def target_stands(named: Target) -> Callable[[frozenset[str]], bool]:
        lay = [meant(word, noted_as) for word in forms(named.words) if len(word) > 2]
        return lambda words: (
            (bool(lay) and not any(group.isdisjoint(words) for group in lay))
            or any(words.issuperset(run) for run in named.alternatives)
        )

    def word_stands(word: str) -> Callable[[frozenset[str]], bool]:
        group = meant(word, noted_as)
        return lambda words: not group.isdisjoint(words)

    return [
        *(
            _Term(target_says(each, said_as), target_says(each, noted_as), target_stands(each), is_target=True)
            for each in plan.targets
        ),
        *(
            _Term(word_says(each, said_as), word_says(each, noted_as), word_stands(each), is_target=False)
            for each in plan.keywords
        ),
    ]


class _Around(NamedTuple):
    passage: Passage
    sentence: Sentence
    text: str
    words: tuple[str, ...]
    before: tuple[str, ...]
    near: tuple[str, ...]
    context: frozenset[str]
    """Words of the whole passage, its heading and its title."""
    likeness: float


def _around(evidence: Sequence[Evidence]) -> Iterator[_Around]:
    """Yield each distinct sentence of the evidence with what stands beside it."""
    seen: set[str] = set()
    for item in evidence:
        passage = item.passage
        texts = [" ".join(passage.sentence_text(sentence).split()) for sentence in passage.sentences]
        folded = [forms(text) for text in texts]
        heading = forms(f"{passage.section} {passage.title}")
        context = frozenset(heading).union(*folded)
        for number, sentence in enumerate(passage.sentences):
            if len(folded[number]) < 2 or texts[number] in seen:
                continue
            seen.add(texts[number])
            before = folded[number - 1] if number else ()
            after = folded[number + 1] if number + 1 < len(folded) else ()
            near = (*before, *after, *heading)
            yield _Around(passage, sentence, texts[number], folded[number], before, near, context, item.similarity)


def look(
    plan: Plan,
    evidence: Sequence[Evidence],
    reader: Reader,
    /,
    *,
    likely: Callable[[Quick], float],
    tells: Callable[[Passage, Sentence], bool],
) -> Looks:
    """Return the likeliest sentences of the evidence, with their features.

    Args:
        plan: the question as understood.
        evidence: passages of one scope.
        reader: reads the question and a sentence together.
        likely: weighs the cheap features; the best `MOST_READ` sentences are looked at closely.
        tells: says whether a sentence tells the particulars that are asked.
    """
    every = list(_around(evidence))
    terms = _terms(plan, frozenset(word for each in every for word in (*each.words, *each.near)))
    if not every:
        return Looks([], 0.0, len(terms))
    noted = [[term.notes(each.words) for term in terms] for each in every]
    asked = _Asked.of(plan, terms, every, noted)
    found = [(each, quick) for each, row in zip(every, noted, strict=True) if (quick := asked.quick(each, row)) is not None]
    found.sort(key=lambda pair: -likely(pair[1]))
    may = (pair for pair in found if _may_be_quoted(pair[0], plan) and tells(pair[0].passage, pair[0].sentence))
    return Looks(_closely(list(islice(may, MOST_READ)), plan, reader), asked.unknown, len(terms))


class _Asked(NamedTuple):
    """What is asked, ready to be looked for sentence by sentence."""

    plan: Plan
    terms: Sequence[_Term]
    rarity: Sequence[float]
    """Of each term: how few sentences hold it."""
    unknown: float
    """Share of the terms, by rarity, that no sentence holds."""
    kind: str
    of_result: bool
    words: frozenset[str]
    days: dict[str, float]

    @classmethod
    def of(cls, plan: Plan, terms: Sequence[_Term], every: Sequence[_Around], noted: Sequence[Sequence[bool]]) -> Self:
        counts = [sum(row[place] for row in noted) for place in range(len(terms))]
        rarity = [math.log(1 + (len(noted) + 1) / (count + 1)) for count in counts]
        of_result = _RESULT.search(plan.text) is not None and any(one.kind is ConceptKind.PROCEDURE for one in plan.targets)
        unknown = 1.0 - sum(weight for weight, count in zip(rarity, counts, strict=True) if count) / (sum(rarity) or 1.0)
        words, days = frozenset(forms(plan.text)), _newness(plan, every)
        return cls(plan, terms, rarity, unknown, kind_of(plan.text), of_result, words, days)

    def share(self, row: Sequence[bool]) -> float:
        """Return the share of the terms, by rarity, that are told."""
        return sum(weight for weight, told in zip(self.rarity, row, strict=True) if told) / (sum(self.rarity) or 1.0)

    def quick(self, each: _Around, row: Sequence[bool]) -> Quick | None:
        """Return the cheap features of a sentence that notes some of the terms; `None`: it cannot be the answer."""
        plan, terms = self.plan, self.terms
        beside = [noted or term.notes(each.near) for noted, term in zip(row, terms, strict=True)]
        named = [close for close, term in zip(beside, terms, strict=True) if term.is_target]
        told = ", ".join(clauses_about(plan.relatives, each.text)) if self.kind in _OF_EACH and plan.relatives else each.text
        holds = holds_kind(self.kind, plan.text, told, forms(told))
        valued = _names_value(plan, each)
        if _says_nothing(each.text):
            return None
        said = [noted and term.says(each.words) for noted, term in zip(row, terms, strict=True)]
        return Quick(
            likeness=max(each.likeness, 0.0),
            said=self.share(said),
            noted=self.share(row),
            said_near=self.share(beside),
            other_thing=float(bool(named) and not all(named)),
            in_time=float(told_in_time(each.text, each.passage, plan)),
            holds_kind=float(holds),
            length=min(len(each.words), _LONG) / _LONG,
            short=float(len(each.words) < 5),
            valued=float(valued),
            said_in_passage=self.share([term.anywhere(each.context) for term in terms]),
            said_before=self.share([term.notes(each.before) for term in terms]),
            new_words=min(len(set(each.words) - self.words), _ENOUGH_NEW) / _ENOUGH_NEW,
            opens=float(_OPENS.match(each.text) is not None),
            listed=min(1.0, len(_SEPARATOR.findall(each.text)) / max(1, len(each.words))),
            newest=self.days.get(_day(each.passage), 0.0),
            of_other=float(self.of_result and not all(named)),
            lacks_kind=float(not holds and self.kind not in _MAY_LACK),
            unvalued=float(not valued and self.kind in OF_VALUES),
        )


def _newness(plan: Plan, every: Sequence[_Around]) -> dict[str, float]:
    """Place the days of the notes between 0 (the oldest) and 1, where the question asks for what is newest."""
    if not (plan.newest or plan.current or plan.intent in {Intent.LATEST, Intent.ACTIVE}):
        return {}
    days = sorted({_day(each.passage) for each in every})
    return {day: place / max(1, len(days) - 1) for place, day in enumerate(days)}


def _day(passage: Passage) -> str:
    known = passage.occurred or passage.recorded
    return known.written if known else ""


def _closely(found: Sequence[tuple[_Around, Quick]], plan: Plan, reader: Reader) -> list[Looked]:
    read = reader.read(plan.text, [in_place(each.passage, each.sentence) for each, _ in found])
    kind = kind_of(plan.text)
    asks_if, asks_plan = _CONDITIONAL.search(plan.text) is not None, plan.upcoming or _INTENDED.search(plan.text) is not None
    return [
        Looked(
            each.passage,
            each.sentence,
            each.text,
            Features(
                quick=quick,
                read=max(-1.0, min(1.0, odds / SUREST)),
                **{name: float(kind == name and not quick.holds_kind) for name in ("why", "which")},
                other_named=sum(target.find(each.words) is None for target in plan.targets) / max(1, len(plan.targets)),
                family_place=float(plan.family and _OF_FAMILY.search(each.passage.section) is None),
                conditional=float(asks_if is not (_CONDITIONAL.search(each.text) is not None)),
                intended=float(asks_plan is not (_INTENDED.search(each.text) is not None)),
            ),
        )
        for (each, quick), odds in zip(found, read, strict=True)
    ]


def in_place(passage: Passage, sentence: Sentence, /) -> InPlace:
    """Return a sentence with what a reader needs to understand it."""
    place = passage.sentences.index(sentence)
    before = passage.sentence_text(passage.sentences[place - 1]) if place else ""
    text = passage.sentence_text(sentence)
    return InPlace(*(" ".join(each.split()) for each in (text, before, passage.section)))


def _names_value(plan: Plan, each: _Around) -> bool:
    """Say whether a sentence, or what stands beside it, names one of the measurements that are asked for, if any is."""
    measured = [target for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]
    return not measured or any(target.find(each.words) is not None or target.find(each.near) is not None for target in measured)


def _says_nothing(text: str) -> bool:
    """Say whether a sentence is a question, a heading, or a bare entry of a list."""
    heading = text.isupper() and not any(map(str.isdigit, text))
    return heading or text.endswith("?") or _BARE_ENTRY.search(text) is not None


def _may_be_quoted(each: _Around, plan: Plan) -> bool:
    """Say whether a sentence is of the patient (or the relative that is asked about), and of the same side, scan or part."""
    of_family = _OF_FAMILY.search(each.passage.section) is not None
    if (of_family and not plan.family) or conflicts(plan.text, each.text):
        return False
    named = next((place for target in plan.targets if (place := target.find(each.words)) is not None), None)
    status = assertion_in(each.text, named, each.passage)
    asks_fact = plan.intent in {Intent.PRESENCE, Intent.WHEN}
    procedures = any(target.kind is ConceptKind.PROCEDURE for target in plan.targets)
    if procedures and asks_fact and _INTENDED.search(each.text):
        return False
    only_thought = status is AssertionStatus.HYPOTHETICAL and asks_fact
    return not only_thought and not (status is AssertionStatus.FAMILY and not plan.family)
