"""A second look at the sentences of the notes, where neither facts nor an exact quote answered.

The sentences that hold most of what is asked are read together with the question, and ranked (`sentence_features.py`) by a
conditional logit. The chance that the best of them answer is weighed by a logistic model of how good and how distinct they are,
and of what the question asks. Both are fitted on questions of the tune half with cross-validation by patient
(`tests/evals/sentence_fit.py`); below the limit nothing is quoted. The same words weigh the same whoever asks: nothing is learned
from answers given.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.answers.focus import tells
from chartcite.engine.answers.reading import SecondLook
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Evidence
from chartcite.engine.domain.records import Category
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.quoting import quote_sentence, with_neighbours
from chartcite.engine.notes.responses import asks_response, tells_outcome
from chartcite.engine.notes.sentence_features import MOST_READ, NAMES, OF_VALUES, SUREST, Features, Looked, Looks, Quick, look
from chartcite.engine.notes.sentence_manner import ASKS_VALUE, tells_value
from chartcite.engine.notes.sentence_weights import CHANCE, LEAST, LIKELY, RANK
from chartcite.engine.questions.asked_kinds import KINDS, kind_of
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.retrieval import Shelves

NEAR_QUOTE = "near_quote"
"""Route of what is quoted here, whose particulars are weighed as a whole."""
LEAST_BESIDE = 0.0
"""Log-odds below which nothing is quoted beside facts, which answer already and leave something open."""
LEAST_INSTEAD = 0.5
"""Log-odds below which nothing is quoted instead of sentences that seem to answer by their words, but not as they are read."""
SURE_OF_DENIAL = 1.0
"""Log-odds that it answers, as the reader sees a sentence, from which it may deny something else than is asked."""
LEAST_NEAR = -0.5
"""Log-odds below which sentences are not even shown as what came nearest."""
MOST_QUOTED = 2
NEAR_BEST = 2.0
"""A second sentence is quoted when its rank is at most so much below the best."""
LEAST_NAMED = -1.25
"""Log-odds below which nothing is quoted of a note that the question names, where a sentence says much of what else it names."""
LEAST_OF_NAMED = -0.5
"""The same where no sentence says so much."""
LEAST_SAID = 0.5
"""How much that is, of 1."""
MOST_OF_NOTE = 3
MOST_NAMED = 6
_MAY_BE_DENIED = frozenset({"why", "whether"})
_DENIES = re.compile(
    r"\b(?:no|not|never|none|nothing|without|denie[sd]|declin\w+|refus\w+|pending|awaiting|if|unless|planned|scheduled)\b|n't\b",
    re.IGNORECASE,
)
_NEVER_WITHOUT = frozenset({"number", "side", "name"})
"""Kinds that a sentence which holds none never answers."""
_WEIGHED = ("reason", "side")
"""Particulars that are weighed here, by the kind of question and by what stands near."""


class Ranked(NamedTuple):
    """A sentence with its place in the conditional logit."""

    looked: Looked
    score: float


class Signs(NamedTuple):
    """By what the chance is weighed that the best sentences answer."""

    strict: float
    """1: it holds the kind that is asked, names what is asked, and no list or table would tell it."""
    says_all: float
    says_none: float
    best: float
    margin: float
    """How much better than the third."""
    share: float
    """Share of the best in the sum of all, each counted by the exponential of its score."""
    likeness: float
    said: float
    noted: float
    said_near: float
    holds_kind: float
    in_time: float
    other_thing: float
    other_named: float
    conditional: float
    intended: float
    short: float
    unknown: float
    named: float
    windowed: float
    measured: float
    measured_elsewhere: float
    """1: a value is asked for, and the best sentence does not name it."""
    opens: float
    new_words: float
    said_in_passage: float
    denied: float
    """1: it tells that something is not so, or not yet, and neither a cause nor whether it is so is asked."""
    lacks_kind: float
    unvalued: float
    of_other: float
    read: float
    """Log-odds that the best sentence answers, as the reader sees them, over `SUREST`; so for the next two."""
    read_over: float
    """How much higher than those of any other."""
    most_read: float
    """The highest of all."""
    many: float
    """Sentences that were looked at closely, of the most that may be."""
    vaccine: float
    medicine: float
    procedure: float
    targeted: float
    kinds: tuple[float, ...]
    """For each kind of question, whether it is asked."""

    @property
    def values(self) -> tuple[float, ...]:
        """All of them, in order."""
        return (*self[:-1], *self.kinds)


SIGNS = (*Signs._fields[:-1], *(f"asks_{kind}" for kind in KINDS))


def likely(quick: Quick, /) -> float:
    """Weigh the cheap features of a sentence."""
    return sum(LIKELY[name] * value for name, value in zip(Quick._fields, quick, strict=True))


def score(features: Features, /) -> float:
    """Return the utility of a sentence: higher is likelier to answer, compared within one question only."""
    return sum(RANK[name] * value for name, value in zip(NAMES, features.values, strict=True))


def chance(signs: Signs, /) -> float:
    """Return the log-odds that the best sentences answer."""
    return CHANCE["bias"] + sum(CHANCE[name] * value for name, value in zip(SIGNS, signs.values, strict=True))


def may_answer(signs: Signs, /) -> bool:
    """Say whether the best sentence holds what no likeness makes up for: the time, value, thing, number or name asked for."""
    lacks = signs.lacks_kind and any(asked for name, asked in zip(KINDS, signs.kinds, strict=True) if name in _NEVER_WITHOUT)
    return not (signs.unvalued or signs.of_other or lacks or _of_another_time(signs) or _denies_another(signs))


def _denies_another(signs: Signs) -> bool:
    """Say whether the sentence denies something beside another thing than the one asked of ("Complications: none").

    What surely answers as it is read may deny: "could not climb the steps", "if he runs a fever: blood smear".
    """
    return bool(signs.denied and signs.other_thing and signs.other_named) and signs.read * SUREST < SURE_OF_DENIAL


def _of_another_time(signs: Signs) -> bool:
    return bool(signs.windowed and not signs.in_time)


def look_again(
    plan: Plan,
    evidence: Sequence[Evidence],
    shelves: Shelves,
    lexicon: Lexicon,
    /,
    *,
    least: float | None = None,
) -> SecondLook:
    """Quote the one or two sentences that answer best, each with its neighbours, or none.

    Args:
        plan: the question as understood.
        evidence: passages of one scope, best first.
        shelves: cut the citations, and measure likeness.
        lexicon: names things in sentences.
        least: log-odds below which nothing is quoted: less is asked where something answers already. `None`: `LEAST`.
    """
    looks = look_closely(plan, evidence, shelves, lexicon)
    ranked = rank(looks.sentences)
    if not ranked or _unheard_of(plan, evidence):
        return SecondLook([])
    signs = signs_of(plan, looks, ranked)
    odds = chance(signs)
    if odds < LEAST_NEAR or _of_another_time(signs):
        return SecondLook([], odds)
    best = [_quoted(each.looked, shelves) for each in chosen(ranked)]
    taken = any(target.kind is ConceptKind.DRUG for target in plan.targets)  # "it worked for her cousin" asks of no cousin
    if plan.family and plan.relatives and not taken and not any(_names_relative(claim, plan) for claim in best):
        return SecondLook([], odds)
    return (
        SecondLook(best, odds)
        if odds >= (LEAST if least is None else least) and may_answer(signs)
        else SecondLook([], odds, tuple(best))
    )


def _names_relative(claim: DraftClaim, plan: Plan) -> bool:
    """Say whether a quote, or the note that it stands in, names the relative who is asked of: an aunt is no uncle."""
    said = " ".join(f"{one.quote} {one.source.title} {one.source.author or ''}" for one in claim.citations)
    return not set(plan.relatives).isdisjoint(forms(said))


def look_in_notes(plan: Plan, evidence: Sequence[Evidence], shelves: Shelves, lexicon: Lexicon, /, *, sure: bool) -> SecondLook:
    """Quote what answers best of the notes that a question names, and beside it what names each further thing that is asked.

    Args:
        plan: the question as understood, without the words that name the notes.
        evidence: every passage of these notes.
        shelves: cut the citations, and measure likeness.
        lexicon: names things in sentences.
        sure: the question says whose or what kind of notes they are.
    """
    looks = look_closely(plan, evidence, shelves, lexicon)
    ranked = rank(looks.sentences)
    if not ranked or _unheard_of(plan, evidence):
        return SecondLook([])
    signs = signs_of(plan, looks, ranked)
    odds = chance(signs)
    told = [each for each in chosen(ranked, MOST_OF_NOTE) if _may_tell(plan, each.looked.text)]
    if not told:
        return SecondLook([], odds)
    least = LEAST_OF_NAMED if sure else LEAST_BESIDE
    if max(each.looked.features.quick.noted for each in told) >= LEAST_SAID:
        least = LEAST_NAMED
    if odds < least or not may_answer(signs):
        return SecondLook([], odds)
    said = [forms(each.looked.text) for each in told]
    for target in plan.targets:
        if not any(target.find(words) is not None for words in said):
            told += [each for each in ranked if target.find(forms(each.looked.text)) is not None][:1]
    return SecondLook([_quoted(each.looked, shelves) for each in told], odds)


_DONE_OR_GIVEN = frozenset({ConceptKind.PROCEDURE, ConceptKind.DRUG, ConceptKind.VACCINE})


def _unheard_of(plan: Plan, evidence: Sequence[Evidence]) -> bool:
    """Say whether a cause is asked of something done or given that neither the tables nor any of the passages name."""
    if plan.intent is not Intent.REASON or not plan.targets or any(target.kind not in _DONE_OR_GIVEN for target in plan.targets):
        return False
    if any(target.concept_keys or target.is_class for target in plan.targets):
        return False
    said = [forms(f"{each.passage.title} {each.passage.section} {each.passage.text}") for each in evidence]
    return not any(target.find(words) is not None for target in plan.targets for words in said)


def _may_tell(plan: Plan, text: str) -> bool:
    """Say whether a sentence tells the value of the measurement that is asked for, where one is."""
    measured = [target for target in plan.targets if target.kind is ConceptKind.MEASUREMENT]
    if not measured or not ASKS_VALUE.search(plan.text):
        return True
    return tells_value(text) and any(target.find(forms(text)) is not None for target in measured)


def look_closely(plan: Plan, evidence: Sequence[Evidence], shelves: Shelves, lexicon: Lexicon, /) -> Looks:
    """Return the likeliest sentences that tell what is asked (a reason may stand beside them)."""
    weighed = _WEIGHED if kind_of(plan.text) in OF_VALUES else (*_WEIGHED, "value")
    of_response = asks_response(plan)
    return look(
        plan,
        evidence,
        shelves.reader,
        likely=likely,
        tells=lambda passage, sentence: (
            (not of_response or tells_outcome(passage.sentence_text(sentence)))
            and tells(plan, quote_sentence(passage, sentence, shelves.records, route=NEAR_QUOTE), lexicon, but=weighed)
        ),
    )


def rank(sentences: Sequence[Looked], /) -> list[Ranked]:
    """Return sentences with their scores, best first."""
    return sorted((Ranked(each, score(each.features)) for each in sentences), key=lambda each: -each.score)


def chosen(ranked: Sequence[Ranked], most: int = MOST_QUOTED, /) -> list[Ranked]:
    """Return what is quoted: the best, and the next where they are nearly as good and stand elsewhere."""
    told: list[Ranked] = []
    for each in ranked:
        near = each.score >= ranked[0].score - NEAR_BEST
        if near and len(told) < most and not any(_holds(other.looked, each.looked) for other in told):
            told.append(each)
    return told


def _holds(quoted: Looked, other: Looked) -> bool:
    """Say whether a sentence, quoted with its neighbours, holds another one."""
    said = with_neighbours(quoted.passage, quoted.sentence)
    return quoted.passage.id == other.passage.id and said.start <= other.sentence.start < said.end


def signs_of(plan: Plan, looks: Looks, ranked: Sequence[Ranked], /) -> Signs:
    """Return by what it is weighed whether the best of the ranked sentences answer."""
    best, third = ranked[0], ranked[min(2, len(ranked) - 1)]
    features, kinds = best.looked.features, {target.kind for target in plan.targets}
    kind, quick = kind_of(plan.text), features.quick
    tabled = {ConceptKind.MEASUREMENT, ConceptKind.VACCINE} & kinds or (
        plan.subject_named and plan.subject is Category.MEDICATION
    )
    return Signs(
        strict=float(bool(kind) and not tabled and bool(quick.holds_kind) and not quick.other_thing),
        says_all=float(quick.noted > 0.99),
        says_none=float(quick.noted < 0.01),
        best=best.score,
        margin=best.score - third.score,
        share=1 / sum(math.exp(each.score - best.score) for each in ranked),
        likeness=features.quick.likeness,
        said=features.quick.said,
        noted=features.quick.noted,
        said_near=features.quick.said_near,
        holds_kind=features.quick.holds_kind,
        in_time=features.quick.in_time,
        other_thing=features.quick.other_thing,
        other_named=features.other_named,
        conditional=features.conditional,
        intended=features.intended,
        short=features.quick.short,
        unknown=looks.unknown,
        named=float(min(looks.named, MOST_NAMED)),
        windowed=float(plan.window is not None),
        measured=float(ConceptKind.MEASUREMENT in kinds),
        measured_elsewhere=float(ConceptKind.MEASUREMENT in kinds and features.other_named > 0),
        opens=quick.opens,
        new_words=quick.new_words,
        said_in_passage=quick.said_in_passage,
        denied=float(kind not in _MAY_BE_DENIED and _DENIES.search(best.looked.text) is not None),
        lacks_kind=quick.lacks_kind,
        unvalued=quick.unvalued,
        of_other=quick.of_other,
        read=features.read,
        read_over=features.read - max((each.looked.features.read for each in ranked[1:]), default=features.read),
        most_read=max(each.looked.features.read for each in ranked),
        many=min(1.0, len(ranked) / MOST_READ),
        vaccine=float(ConceptKind.VACCINE in kinds),
        medicine=float(plan.subject_named and plan.subject is Category.MEDICATION),
        procedure=float(ConceptKind.PROCEDURE in kinds),
        targeted=float(bool(plan.targets)),
        kinds=tuple(float(kind == each) for each in KINDS),
    )


def _quoted(each: Looked, shelves: Shelves) -> DraftClaim:
    sentence = with_neighbours(each.passage, each.sentence)
    return quote_sentence(each.passage, sentence, shelves.records, route=NEAR_QUOTE)
