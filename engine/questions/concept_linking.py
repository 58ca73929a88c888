"""One mention of a question as a `Target`: its meanings, everything under them, and the concepts of the chart that mean it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from chartcite.engine.domain.records import Category, Frozen
from chartcite.engine.language.terminology import ConceptKind, Lexicon, Mention, Token, fold, forms, plain_display
from chartcite.engine.ports import ChartConcept
from chartcite.engine.questions.chart_names import NOT_NAMED, stem
from chartcite.engine.questions.falls import FALLING
from chartcite.engine.questions.plans import LISTED_BY_CLASS, Target
from chartcite.engine.questions.question_words import is_ordinary

_LEADING = frozenset(
    {
        "family",
        "familial",
        "fhx",
        "history",
        "hx",
        "personal",
        "past",
        "previous",
        "prior",
        "allergy",
        "allergic",
        "intolerance",
        "intolerant",
        "of",
        "to",
        "for",
        "known",
    }
)
"""Words before a name that ask about it rather than belong to it."""
_TRAILING = frozenset(
    {
        "change",
        "loss",
        "gain",
        "level",
        "result",
        "value",
        "trend",
        "check",
        "test",
        "score",
        "count",
        "reading",
        "titer",
        "measurement",
    }
)
"""Words after a name that ask about it rather than belong to it."""
_GROWTH = frozenset(fold(word) for word in "neoplasm tumor carcinoma adenocarcinoma malignant malignancy".split())
_NO_GROWTH = frozenset(fold(word) for word in "benign family screening suspected history".split())


class QuestionWords(Frozen):
    """The question's words with what is needed to weigh a mention."""

    text: str
    folded: tuple[str, ...]
    raw: tuple[str, ...]

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token], folded: Sequence[str]) -> QuestionWords:
        """Put the folded words, spelling mended, beside the tokens that they stand for."""
        return cls(text=text, folded=tuple(folded), raw=tuple(text[token.start : token.end] for token in tokens))


def linked_target(
    question: QuestionWords, first: int, last: int, ids: tuple[str, ...], lexicon: Lexicon, chart: Sequence[ChartConcept]
) -> Target:
    """Return what the words `first:last` of a question name, by lexicon ids and by `chart:KEY` for concepts of the chart."""
    named = " ".join(question.folded[first:last])
    if "surgery" in named:
        chart = [concept for concept in chart if not _is_at_practice(concept)]
    keys = {int(id_.removeprefix("chart:")) for id_ in ids if id_.startswith("chart:")}
    listed = tuple(id_ for id_ in ids if not id_.startswith("chart:"))
    if not listed and keys:
        # Words of the chart itself: what they mean in the lexicon widens the search.
        texts = [concept.concept for concept in chart if concept.key in keys]
        listed = tuple(sorted({id_ for text in texts for id_, strength in lexicon.link(text).items() if strength == 2}))
    below = frozenset[str]().union(*(lexicon.below(id_) for id_ in listed)) if listed else frozenset[str]()
    exact, contained = set(keys), set[int]()
    linked: set[str] = set()
    by_member: dict[str, dict[int, int]] = {}
    for concept in chart:
        strengths = {id_: strength for id_, strength in _meant(concept, lexicon).items() if id_ in below}
        if strengths:
            (exact if max(strengths.values()) == 2 else contained).add(concept.key)
            linked |= _spoken_of(concept, strengths, lexicon)
            for id_, strength in strengths.items():
                by_member.setdefault(id_, {})[concept.key] = strength
    contained = _not_otherwise(contained, chart, lexicon) or contained
    # Words with two meanings ("smoke": the substance, the status): the one that the chart speaks of comes first.
    listed = tuple(sorted(listed, key=lambda id_: not lexicon.below(id_) & linked))
    exact |= _hidden(listed, exact, by_member, lexicon)
    if named in FALLING and not linked:  # a fall of which the chart counts none is an accident that notes and visits tell of
        listed = tuple(sorted(listed, key=lambda id_: lexicon.concepts[id_].kind is ConceptKind.MEASUREMENT))
    of_family = {concept.key for concept in chart if concept.categories == {Category.FAMILY_HISTORY}}
    if exact and exact <= of_family:
        exact |= contained  # what a relative had names it exactly; the patient's own may be called otherwise
    synonyms = lexicon.surfaces((*listed, *sorted(below - set(listed))))
    if not exact and not contained and listed and lexicon.concepts[listed[0]].kind is ConceptKind.CONDITION:
        contained = _coded_as_neoplasm(listed[0], lexicon, chart)
    if not exact and not contained and listed:
        contained = _containing((tuple(named.split()), *_names_apart(synonyms, lexicon)), chart)
    is_class = bool(listed) and lexicon.concepts[listed[0]].is_class
    if is_class and lexicon.concepts[listed[0]].kind in LISTED_BY_CLASS:
        exact |= contained  # "dose 1 of the hepatitis B vaccine" belongs to the class as well
    elif is_class and exact and lexicon.concepts[listed[0]].kind in _OF_MEMBERS:
        exact |= _of_members_unnamed(by_member)
    chart_words = tuple(forms(plain_display(concept.concept.text)) for concept in chart if concept.key in exact)
    return Target(
        words=" ".join(question.raw[first:last]),
        label=lexicon.concepts[listed[0]].name if listed else " ".join(question.raw[first:last]),
        ids=(*listed, *sorted(below - set(listed))),
        kind=lexicon.concepts[listed[0]].kind if listed else None,
        alternatives=tuple(dict.fromkeys((tuple(named.split()), *_names_apart(synonyms, lexicon), *chart_words))),
        concept_keys=tuple(sorted(exact or contained)),
        is_class=is_class,
        exact=bool(exact),
        synonyms=synonyms,
        codes=tuple(sorted({code for id_ in below for code in lexicon.concepts[id_].codes})),
    )


def _not_otherwise(contained: set[int], chart: Sequence[ChartConcept], lexicon: Lexicon) -> set[int]:
    """Leave out what only bears a name within its own: "post-stroke epilepsy" is an epilepsy, and no stroke."""
    otherwise = {
        each.key
        for each in chart
        if each.key in contained
        and any(
            sure == 2 and lexicon.concepts[id_].kind is ConceptKind.CONDITION for id_, sure in lexicon.link(each.concept).items()
        )
    }
    return contained - otherwise


_NAMED_AFTER = frozenset({Category.ENCOUNTER, Category.DOCUMENT, Category.ORDER, Category.CARE_PLAN, Category.OTHER})


def _spoken_of(concept: ChartConcept, meant: Mapping[str, int], lexicon: Lexicon) -> set[str]:
    """Return the meanings of which a concept of the chart speaks: a clinic or a letter named after a test holds no value."""
    holds = not concept.categories <= _NAMED_AFTER
    return {id_ for id_ in meant if holds or lexicon.concepts[id_].kind is not ConceptKind.MEASUREMENT}


_AT_PRACTICE = re.compile(
    r"\b(?:gp|general practice|doctors?['’]?s?|health|branch|village) surgery\b"
    r"|\bsurgery (?:consultations?|visits?|appointments?|telephone|phone|attendance|contact|calls?|nurse)\b",
    re.IGNORECASE,
)


def _is_at_practice(concept: ChartConcept) -> bool:
    """Say whether a visit is one to a doctors' surgery, where nobody is operated on."""
    return concept.categories == {Category.ENCOUNTER} and _AT_PRACTICE.search(concept.concept.text) is not None


def _hidden(listed: Sequence[str], exact: set[int], by_member: Mapping[str, Mapping[int, int]], lexicon: Lexicon) -> set[int]:
    """Return what means the first of several meanings, a test, where only another one is named exactly.

    "Blood loss": that a bleed is listed by its name hides no volume that is measured.
    """
    kinds = [lexicon.concepts[id_].kind for id_ in listed]
    if not exact or kinds[:1] != [ConceptKind.MEASUREMENT] or ConceptKind.CONDITION not in kinds:
        return set()
    of_first = {key for id_ in lexicon.below(listed[0]) for key in by_member.get(id_, ())}
    return of_first if exact.isdisjoint(of_first) else set()


_OF_MEMBERS = frozenset({ConceptKind.MEASUREMENT, ConceptKind.CONDITION})


def _of_members_unnamed(by_member: Mapping[str, Mapping[int, int]]) -> set[int]:
    """Return the concepts of the members that the chart names exactly nowhere: its "Serum creatinine level" is a creatinine."""
    return {key for strengths in by_member.values() if max(strengths.values()) == 1 for key in strengths}


def _meant(concept: ChartConcept, lexicon: Lexicon) -> dict[str, int]:
    """Return the lexicon ids that a concept of the chart means; a list of vaccinations may call a vaccine by its disease."""
    meant = lexicon.link(concept.concept)
    if concept.categories != {Category.IMMUNIZATION} or any(lexicon.concepts[id_].kind is ConceptKind.VACCINE for id_ in meant):
        return meant
    named = concept.concept.model_copy(update={"text": f"{plain_display(concept.concept.text)} vaccine", "codings": ()})
    return {
        id_: strength for id_, strength in lexicon.link(named).items() if lexicon.concepts[id_].kind is ConceptKind.VACCINE
    } or meant


def narrower_target(
    question: QuestionWords,
    mention: Mention,
    lexicon: Lexicon,
    chart: Sequence[ChartConcept],
    surfaces: dict[tuple[str, ...], tuple[str, ...]],
) -> Target | None:
    """Return what is named by a mention without the words that only ask about it: "history of stroke", "INR level"."""
    first, last = mention.first, mention.last
    while first < last and question.folded[first] in _LEADING:
        first += 1
    bleeding = question.folded[first:last] == ("blood", "loss")
    if first == mention.first and last - first > 1 and question.folded[last - 1] in _TRAILING and not bleeding:
        last -= 1
    if not first < last or (first, last) == (mention.first, mention.last):
        return None
    shorter = next(lexicon.mentions(question.folded[first:last], extra=surfaces), None)
    if shorter is None or shorter.last != last - first:
        return None
    return linked_target(question, first + shorter.first, last, shorter.ids, lexicon, chart)


def _names_apart(surfaces: Sequence[str], lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return the words of names, without those that an ordinary word would meet: AIDS, where hearing aids are told of; "lows"."""
    named = [forms(surface) for surface in surfaces]
    return [run for run in named if not (len(run) == 1 and (_meets_aids(run[0], lexicon) or run[0] in _SAID_OF_ALL))]


def _meets_aids(word: str, lexicon: Lexicon) -> bool:
    """Say whether the plural of an abbreviation is an ordinary word."""
    return lexicon.is_capital_plural(word) and is_ordinary(word)


_SAID_OF_ALL = frozenset({"low", "high"})
"""What is said of anything in notes: no name by itself."""


def _coded_as_neoplasm(id_: str, lexicon: Lexicon, chart: Sequence[ChartConcept]) -> set[int]:
    """Return the concepts by which a chart codes a cancer as a neoplasm of the same organ."""
    name = forms(lexicon.concepts[id_].name)
    organ = {stem(word) for word in name if word not in {"cancer", "of"}}
    if "cancer" not in name or not organ:
        return set()
    found = set()
    for concept in chart:
        words = forms(plain_display(concept.concept.text))
        if _GROWTH & set(words) and not _NO_GROWTH & set(words) and organ <= {stem(word) for word in words}:
            found.add(concept.key)
    return found


def _containing(runs: Iterable[tuple[str, ...]], chart: Sequence[ChartConcept]) -> set[int]:
    """Return the concepts of the chart whose display holds one of some names of at least two words ("Removal of ... device")."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for run in runs:
        if len(run) > 1:
            by_first.setdefault(run[0], []).append(run)
    found = set()
    for concept in chart:
        if concept.categories and concept.categories <= NOT_NAMED:
            continue
        words = forms(plain_display(concept.concept.text))
        if any(words[place : place + len(run)] == run for place, word in enumerate(words) for run in by_first.get(word, ())):
            found.add(concept.key)
    return found
