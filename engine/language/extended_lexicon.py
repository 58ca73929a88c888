"""The reviewed lexicon widened by terminology releases that the user loaded: what codes of the charts mean that it lacks.

Reviewed concepts go first. A code that they lack becomes one more code of a reviewed concept where a release says that both
mean the same (a strength of a drug, another method of a test), else a concept of its own under the nearest reviewed ones.
Pure: reads no files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from chartcite.engine.domain.records import CodedConcept
from chartcite.engine.language.terminology import SYSTEMS, ConceptKind, Lexicon, LexiconConcept, forms
from chartcite.engine.questions.question_words import ORDINARY, STOPWORDS

_MOST_WORDS = 12
"""A longer name is a definition: nobody asks by it."""
_LEAST_CHARACTERS = 3


class Role(StrEnum):
    """What a row of a release is to the reader of a chart."""

    CONCEPT = "concept"
    """A thing of its own."""
    NAME = "name"
    """Another name of what it is linked to: a brand, a salt."""
    FORM = "form"
    """A strength, dose form or package of what it is linked to: its code counts, its name does not."""


class ReleaseConcept(NamedTuple):
    """A concept of a release."""

    id: str
    """As the release itself links its rows."""
    system: str
    """Short name as in `SYSTEMS`."""
    code: str
    """As charts write it."""
    name: str
    kind: ConceptKind | None
    """`None`: nothing that a chart is asked for; what lies above it still counts."""
    role: Role = Role.CONCEPT
    identity: str = ""
    """Concepts of a release with the same one, if not empty, mean the same thing."""
    units: tuple[str, ...] = ()
    """UCUM."""


class ReleaseName(NamedTuple):
    """A synonym of the concept with that id."""

    id: str
    name: str


class ReleaseLink(NamedTuple):
    """From a concept to one that is broader, or that it is made of."""

    child: str
    parent: str


ReleaseRow = ReleaseConcept | ReleaseName | ReleaseLink


class FoundConcept(NamedTuple):
    """A concept of a release that the charts use, or that lies above one."""

    concept: ReleaseConcept
    names: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    """Ids in the same release."""
    alike: tuple[str, ...] = ()
    """`system:code` of those with the same identity."""
    used: bool = False
    """Whether a chart holds its code."""


class Reviewed:
    """The concepts of the reviewed tables, by code and by name."""

    def __init__(self, concepts: Sequence[LexiconConcept]) -> None:
        self.concepts = concepts
        self._by_code: defaultdict[str, list[str]] = defaultdict(list)
        self._by_name: defaultdict[tuple[ConceptKind, tuple[str, ...]], list[str]] = defaultdict(list)
        self.surfaces: set[tuple[str, ...]] = set()
        for concept in concepts:
            for code in concept.codes:
                self._by_code[code].append(concept.id)
            for name in dict.fromkeys(forms(name) for name in (concept.name, *concept.surfaces)):
                self._by_name[concept.kind, name].append(concept.id)
                self.surfaces.add(name)

    def has_code(self, code: str) -> bool:
        """Say whether a concept has a code `system:code`."""
        return code in self._by_code

    def same_as(self, concept: ReleaseConcept, alike: Iterable[str] = ()) -> tuple[str, ...]:
        """Return the ids of the reviewed concepts that mean the same: by code, by the one that bears its name, by identity."""
        if found := self._by_code.get(f"{concept.system}:{concept.code}"):
            return tuple(found)
        if concept.kind is None or not concept.name:
            return ()
        named = self._by_name.get((concept.kind, forms(concept.name)), ())
        if len(named) == 1:
            return tuple(named)
        identical = {id_ for code in alike for id_ in self._by_code.get(code, ())}
        return tuple(identical) if len(identical) == 1 else ()


class ExtendedLexicon(Lexicon):
    """A lexicon with more concepts beside the reviewed ones: they add links and take none away."""

    def __init__(self, concepts: Iterable[LexiconConcept], treatments: Iterable[tuple[str, str]], reviewed: Lexicon) -> None:
        super().__init__(concepts, treatments)
        self._reviewed = reviewed
        self._joined: dict[CodedConcept, dict[str, int]] = {}
        self._added: defaultdict[str, list[str]] = defaultdict(list)
        known = {code for concept in reviewed.concepts.values() for code in concept.codes}
        for concept in self.concepts.values():
            for code in concept.codes:
                if code not in known:
                    self._added[code].append(concept.id)

    def correct(self, word: str) -> str | None:
        """Return the one reviewed word that differs from `word` by a typing error: more words would mend what is no error."""
        return self._reviewed.correct(word)

    def link(self, concept: CodedConcept) -> dict[str, int]:
        """Return the lexicon ids that a chart's concept means: 2 = by code or exactly by words, 1 = named inside its words."""
        joined = self._joined.get(concept)
        if joined is None:
            joined = dict(self._reviewed.link(concept))
            for id_, strength in super().link(concept).items():
                joined[id_] = max(strength, joined.get(id_, 0))
            for coding in concept.codings:
                # Without any words beside a code the code alone decides.
                if not coding.display and concept.text in {coding.code, f"{coding.system}|{coding.code}"}:
                    code = f"{SYSTEMS.get(coding.system, coding.system)}:{coding.code}"
                    joined |= dict.fromkeys(self._added.get(code, ()), 2)
            self._joined[concept] = joined
        return joined


class _Draft(NamedTuple):
    """A concept that is being put together, from one release or several."""

    kind: ConceptKind
    name: str
    codes: dict[str, None]
    surfaces: dict[str, None]
    parents: dict[str, None]
    units: dict[str, None]


def widen(reviewed: Reviewed, treatments: Iterable[tuple[str, str]], releases: Iterable[Mapping[str, FoundConcept]]) -> Lexicon:
    """Return the reviewed lexicon with what releases say of the codes that charts use.

    Args:
        reviewed: the tables.
        treatments: (condition or measurement, drug class) of the tables.
        releases: of each, what charts use with all that lies above, by id; links that lead out of it count for nothing.
    """
    pairs = list(treatments)
    codes: defaultdict[str, dict[str, None]] = defaultdict(dict)
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    drafts: dict[str, _Draft] = {}
    used: set[str] = set()
    for found in releases:
        release = _Release(reviewed, found)
        release.add_concepts(drafts, codes)
        release.add_names(drafts, names)
        used |= release.used
    concepts = [
        concept.model_copy(
            update={
                "codes": tuple(dict.fromkeys((*concept.codes, *codes[concept.id]))),
                "surfaces": tuple(dict.fromkeys((*concept.surfaces, *names[concept.id]))),
            }
        )
        if concept.id in codes or concept.id in names
        else concept
        for concept in reviewed.concepts
    ]
    added = (
        LexiconConcept(
            id=id_,
            kind=draft.kind,
            name=draft.name,
            codes=tuple(dict.fromkeys((*draft.codes, *codes.get(id_, ())))),
            surfaces=tuple(dict.fromkeys((*draft.surfaces, *names.get(id_, ())))),
            parents=tuple(draft.parents),
            units=tuple(draft.units),
            is_class=id_ not in used and id_ not in codes,
        )
        for id_, draft in drafts.items()
    )
    return ExtendedLexicon([*concepts, *added], pairs, Lexicon(reviewed.concepts, pairs))


class _Release:
    """What one release says of the codes that charts use."""

    def __init__(self, reviewed: Reviewed, found: Mapping[str, FoundConcept]) -> None:
        self._reviewed, self._found = reviewed, found
        self._same = {id_: reviewed.same_as(one.concept, one.alike) for id_, one in found.items()}
        within = self._closure(id_ for id_, one in found.items() if one.used)
        leading = self._leading()
        anchors = {above for id_, one in found.items() if one.used for above in self._anchors([id_])}
        """Lexicon ids: what a used code stands for."""
        self.used = anchors | {_own(one.concept) for one in found.values() if one.used}
        self._kept = {id_ for id_ in within if _own(found[id_].concept) in self.used or (id_ in leading and self._stands(id_))}

    def _stands(self, id_: str) -> bool:
        concept = self._found[id_].concept
        return bool(concept.role is Role.CONCEPT and concept.kind and concept.name)

    def _closure(self, ids: Iterable[str]) -> set[str]:
        """Return concepts with all that lies above them, as far as a reviewed one."""
        seen: set[str] = set()
        waiting = list(ids)
        while waiting:
            id_ = waiting.pop()
            if id_ in self._found and id_ not in seen:
                seen.add(id_)
                waiting += () if self._same[id_] else self._found[id_].parents
        return seen

    def _leading(self) -> set[str]:
        """Return the concepts above which, or in which, a reviewed one stands."""
        below: defaultdict[str, list[str]] = defaultdict(list)
        for id_, one in self._found.items():
            for parent in one.parents:
                below[parent].append(id_)
        seen = {id_ for id_, same in self._same.items() if same}
        waiting = list(seen)
        while waiting:
            for child in below[waiting.pop()]:
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)
        return seen

    def _anchors(self, ids: Iterable[str]) -> dict[str, None]:
        """Return the nearest lexicon ids at or above some concepts: the reviewed ones, or those that stand for themselves."""
        anchors: dict[str, None] = {}
        seen: set[str] = set()
        waiting = list(ids)
        while waiting:
            id_ = waiting.pop()
            if id_ in seen or id_ not in self._found:
                continue
            seen.add(id_)
            if self._same[id_]:
                anchors |= dict.fromkeys(self._same[id_])
            elif self._stands(id_):
                anchors[_own(self._found[id_].concept)] = None
            else:
                waiting += self._found[id_].parents
        return anchors

    def add_concepts(self, drafts: dict[str, _Draft], codes: defaultdict[str, dict[str, None]]) -> None:
        """Add the concepts that stand for themselves, and the codes that mean something known."""
        kept = {_own(self._found[id_].concept) for id_ in self._kept}
        for id_ in self._found:
            one = self._found[id_]
            concept = one.concept
            anchors = self._anchors([id_])
            if one.used and anchors and (self._same[id_] or concept.role is not Role.CONCEPT):
                for anchor in anchors:
                    codes[anchor][f"{concept.system}:{concept.code}"] = None
            elif id_ in self._kept and not self._same[id_] and concept.kind and concept.name and (anchors or one.used):
                over = self._anchors(one.parents)
                own = _own(concept)
                draft = drafts.setdefault(own, _Draft(concept.kind, concept.name, {}, {}, {}, {}))
                draft.codes[f"{concept.system}:{concept.code}"] = None
                draft.surfaces.update(dict.fromkeys(self._usable(one.names)))
                draft.parents.update(dict.fromkeys(each for each in over if each != own and (each in kept or each[0] != _MARK)))
                draft.units.update(dict.fromkeys(concept.units))

    def add_names(self, drafts: Mapping[str, _Draft], names: defaultdict[str, dict[str, None]]) -> None:
        """Add brands, salts and synonyms to the one thing that they name."""
        for id_, one in self._found.items():
            anchors = list(self._anchors([id_]))
            is_name = one.concept.role is Role.NAME
            if len(anchors) == 1 and (is_name or (self._same[id_] and one.used)):
                [anchor] = anchors
                if anchor[0] != _MARK or anchor in drafts:
                    names[anchor].update(dict.fromkeys(self._usable((one.concept.name, *one.names))))

    def _usable(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the names that people ask by and that the reviewed tables give to nothing."""
        for name in names:
            run = forms(name)
            plain = len(run) == 1 and (len(run[0]) < _LEAST_CHARACTERS or run[0] in ORDINARY or run[0] in STOPWORDS)
            number = all(word.replace(".", "").replace(",", "").isdigit() for word in run)
            if 0 < len(run) <= _MOST_WORDS and not plain and not number and run not in self._reviewed.surfaces:
                yield name


_MARK = "~"
"""Begins the id of a concept that is not reviewed: it sorts behind every reviewed one, and those lead."""


def _own(concept: ReleaseConcept) -> str:
    return f"{_MARK}{concept.system}:{concept.code}"
