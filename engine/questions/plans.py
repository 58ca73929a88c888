"""How a question was understood: a `Plan` for each part, with the `Target`s that it names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from chartcite.engine.dates.anchors import Anchor
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.records import Category, Frozen
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.doors import Door
from chartcite.engine.questions.moments import Moment
from chartcite.engine.questions.question_words import Event, Intent

LISTED_BY_CLASS = frozenset({ConceptKind.DRUG, ConceptKind.VACCINE, ConceptKind.PROCEDURE})
"""Kinds of things that people name by their class: the class stands for every member."""


class Target(Frozen):
    """Something the question names."""

    words: str
    """As the question says it, spelling mended."""
    label: str
    """Preferred name."""
    ids: tuple[str, ...] = ()
    """Lexicon ids with everything under them; empty for something only the chart names."""
    kind: ConceptKind | None = None
    alternatives: tuple[tuple[str, ...], ...] = ()
    """Folded words, any of which names it in narrative."""
    concept_keys: tuple[int, ...] = ()
    """Concepts of the chart that mean it."""
    is_attribute: bool = False
    """Whether the question asks for this of something else it names ("how big is the nodule?")."""
    is_class: bool = False
    """Whether it names a class of things ("a blood thinner", "shots") rather than one."""
    exact: bool = False
    """Whether some of these mean exactly it, rather than contain its name."""
    synonyms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def find(self, words: Sequence[str]) -> tuple[int, int] | None:
        """Return the range of the first of some folded words that name it (longest first)."""
        by_first = _runs_by_first_word(self.alternatives)
        for start, word in enumerate(words):
            for run in by_first.get(word, ()):
                if tuple(words[start : start + len(run)]) == run:
                    return start, start + len(run)
        return None


@lru_cache(maxsize=512)
def _runs_by_first_word(alternatives: tuple[tuple[str, ...], ...]) -> dict[str, list[tuple[str, ...]]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for run in sorted(alternatives, key=len, reverse=True):
        if run:
            by_first.setdefault(run[0], []).append(run)
    return by_first


class Comparison(Frozen):
    """What a question compares: its sides, each a question of its own."""

    sides: tuple[Plan, ...]
    words: tuple[str, ...]
    """How the question tells each side."""
    later: tuple[int, str] | None = None
    """Of a second side that counts from the first ("one week later"): how many of which unit."""


class SourcesAsked(Frozen):
    """Two sources that a question sets against each other."""

    topics: tuple[Plan, ...]
    """What is asked of both, each as a question of its own."""
    words: tuple[str, str]
    """How the question tells each source."""


class Plan(Frozen):
    """How a question (or one part of it) was understood."""

    text: str
    """The part of the question."""
    intent: Intent
    targets: tuple[Target, ...] = ()
    subject: Category | None = None
    """The list that the question is about, where it names one."""
    event: Event | None = None
    window: Window | None = None
    family: bool = False
    relatives: tuple[str, ...] = ()
    """Words for the relative that is asked about; empty: any."""
    historical: bool = False
    """Asks about any time ("ever", "history of"), not only now."""
    current: bool = False
    """Asks about now."""
    newest: bool = False
    """Asks for the last of several."""
    newest_several: int | None = None
    """How many of the newest are asked for ("the last three")."""
    every: bool = False
    """Asks for each of several."""
    upcoming: bool = False
    """Asks for what is to come: due, booked, planned."""
    undone: bool = False
    """Asks for what was not done, refused or missed."""
    harm: bool = False
    """Asks what a treatment did amiss."""
    inpatient: bool = False
    """Of encounters, admissions only."""
    emergency: bool = False
    """Of encounters, emergency ones only."""
    subject_named: bool = False
    """Whether the question itself names the list ("is she taking X?"), rather than only something that stands on it."""
    ordinal: int | None = None
    """Of several, which one: 2 for "second"."""
    keywords: tuple[str, ...] = ()
    """Folded content words that no target covers."""
    corrected: dict[str, str] = {}  # noqa: RUF012 -- pydantic copies the default of a frozen model
    """Words whose spelling was mended."""
    unknown: tuple[str, ...] = ()
    """Of these, what neither the terminology, the chart's own names nor the words of records know."""
    door: Door = Door.CHART
    """Where the question is answered."""
    anchor: Anchor | None = None
    """What of the chart tells the time that is meant ("after the operation"), where `event_targets` name it."""
    event_targets: tuple[Target, ...] = ()
    """What the anchor's event names."""
    until_targets: tuple[Target, ...] = ()
    """What the second event of an anchor between two names."""
    lost: bool = False
    """Whether the chart lacks the event by which the question tells its time."""
    aspects: tuple[str, ...] = ()
    """What is wanted of the thing that a terse question names: "when", "result"."""
    moments: tuple[Moment, ...] = ()
    """Several moments of a measurement that are asked together."""
    untimed: Plan | None = None
    """The question without the anchor's words: read so where the anchor's event stands in the chart."""
    comparison: Comparison | None = None
    """Of the first part of a question that compares: its sides."""
    sources: SourcesAsked | None = None
    """Of the first part of a question that sets two sources against each other."""

    @property
    def asks_patient_group(self) -> bool:
        """Whether the question is about many patients."""
        return self.door is Door.PATIENT_GROUP


Comparison.model_rebuild()
SourcesAsked.model_rebuild()
