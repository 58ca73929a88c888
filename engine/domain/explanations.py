"""How a question was read, what each route found for it, and why each piece of evidence was taken or dropped."""

from __future__ import annotations

from chartcite.engine.domain.answers import Answer, ClaimKind, SearchCertificate, Verdict
from chartcite.engine.domain.records import Frozen
from pydantic import Field


class TargetRead(Frozen):
    """Something the question names, with what it is known as."""

    words: str
    """As the question says it, spelling mended."""
    label: str
    """Preferred name."""
    kind: str = ""
    """Table of the lexicon that it stands in; empty: only the chart names it."""
    names: tuple[str, ...] = ()
    """What the chart calls it: the first of `concepts`."""
    concepts: int = Field(default=0, ge=0)
    """Concepts of the chart that mean it."""
    exact: bool = False
    """Whether some of these mean exactly it, rather than contain its name."""
    synonyms: tuple[str, ...] = ()
    synonyms_known: int = Field(default=0, ge=0)
    codes: tuple[str, ...] = ()
    """`system|code`: the first of `codes_known`."""
    codes_known: int = Field(default=0, ge=0)


class WindowRead(Frozen):
    """The time that the question names, both days included; empty: open."""

    words: str
    first: str = ""
    last: str = ""
    ambiguous: bool = False
    """Whether a date in digits can also mean another day; it is read month first."""


class QuestionRead(Frozen):
    """One part of the question as it was understood."""

    text: str
    intent: str
    targets: tuple[TargetRead, ...] = ()
    subject: str = ""
    """The list that it is about."""
    event: str = ""
    window: WindowRead | None = None
    anchor: str = ""
    """Words that tie a time to something of the chart: "after the transfusion"."""
    asks: tuple[str, ...] = ()
    """What narrows it: `now`, `ever`, `each`, `of the family`, ..."""
    mended: dict[str, str] = {}  # noqa: RUF012 -- pydantic copies the default of a frozen model
    """Words whose spelling was mended, with what they were read as."""
    looked_for: tuple[str, ...] = ()
    """Known content words beside what is named: looked for as words."""
    not_understood: tuple[str, ...] = ()
    """Content words that name nothing known: looked for as words too."""
    passed_over: tuple[str, ...] = ()
    """Words that nothing is looked for by: they only say how it asks."""


class FactsFound(Frozen):
    """The facts of one target."""

    target: str
    found: int = Field(ge=0)
    in_window: int | None = Field(default=None, ge=0)
    """Of these, dated inside the window of the question; `None`: it names no time."""
    from_notes: int = Field(default=0, ge=0)
    """Of these, found in the words of notes, where the lists are silent."""
    by_category: dict[str, int] = {}  # noqa: RUF012
    by_assertion: dict[str, int] = {}  # noqa: RUF012
    first: str = ""
    """Date of the oldest as written; empty: none is dated."""
    last: str = ""


class ListFound(Frozen):
    """The list that the question is about."""

    subject: str
    found: int = Field(ge=0)
    items: tuple[str, ...] = ()
    """The first of them: name and date."""


class PassageFound(Frozen):
    """A passage with its places: by meaning (cosine), by words (BM25), and fused (reciprocal ranks, Cormack 2009)."""

    rank: int = Field(ge=1)
    resource: str
    title: str
    section: str = ""
    day: str = ""
    text: str
    """Its first words."""
    citation: str
    """Opens the whole passage."""
    rank_by_meaning: int | None = Field(default=None, ge=1)
    similarity: float = Field(default=0.0, ge=-1, le=1)
    rank_by_words: int | None = Field(default=None, ge=1)
    word_score: float | None = None
    fused: float = Field(ge=0, le=1)
    """Sum of the reciprocal ranks, as a share of the highest that is possible."""
    instead_of_copy: bool = False
    """Whether no route found it itself: it held first what a copied passage holds."""
    instruction_like: bool = False
    """Whether it reads like an instruction to a computer, and stands last for that."""


class Searched(Frozen):
    """The search of the narrative: what was looked for, and what came of it."""

    words: tuple[tuple[str, ...], ...] = ()
    """Groups of alternatives."""
    limit: int = Field(default=0, ge=0)
    """Passages that each route could bring."""
    by_meaning: int = Field(default=0, ge=0)
    by_words: int = Field(default=0, ge=0)
    left_out: int = Field(default=0, ge=0)
    """Passages found by a route and not kept: copies, and the last ranks."""
    passages: tuple[PassageFound, ...] = ()


class Considered(Frozen):
    """A sentence that could answer, and what became of it."""

    text: str
    kind: ClaimKind
    route: str
    resources: tuple[str, ...]
    """Of each citation, the resource it stands in."""
    citations: tuple[str, ...]
    taken: bool
    fails: tuple[str, ...] = ()
    """Particulars that the question asks for and it does not tell, by name of the rule."""
    leaves_open: tuple[str, ...] = ()
    """Content words of the question that neither it nor its source says."""
    verdict: Verdict | None = None
    """`None`: it was dropped before the checks."""
    why: str
    """In words, why it was taken or dropped."""


class PartExplained(Frozen):
    """One part of a question with all that was found for it."""

    read: QuestionRead
    facts: tuple[FactsFound, ...] = ()
    listed: ListFound | None = None
    searched: Searched = Searched()
    considered: tuple[Considered, ...] = ()


class Explanation(Frozen):
    """An answer with how it came about."""

    answer: Answer
    filters: tuple[str, ...]
    """What every search was bound to."""
    parts: tuple[PartExplained, ...]
    certificate: SearchCertificate | None = None
    """What was searched in all; `None`: nothing was."""
    timings: dict[str, float]
    """Milliseconds of each route, measured while explaining; the stages of the answer stand in its receipt."""
