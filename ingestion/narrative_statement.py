"""A statement of a note on its way to a fact: where it stands, what the sentence says of it, when it was."""

from __future__ import annotations

from dataclasses import dataclass, field

from chartcite.engine.domain.records import AssertionStatus, Category, CodedConcept, Document, Fact, PartialDate, Value
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.notes.assertion import Context, context_of
from chartcite.ingestion import narrative_cues as cues
from chartcite.ingestion.narrative_dates import Dated
from chartcite.ingestion.narrative_text import Sentence

_MAX_STATEMENT = 400
_NEAR_DATE = 60
_OPENS_WITHIN = 12
"""A date that begins within so many characters opens the sentence."""
_MEASURED = frozenset({Category.LABORATORY, Category.VITAL_SIGN, Category.SURVEY, Category.OBSERVATION})


@dataclass(slots=True)
class Found:
    """Facts of one document so far."""

    document: Document
    lexicon: Lexicon
    facts: list[Fact] = field(default_factory=list)
    said: set[tuple[str, ...]] = field(default_factory=set)
    """What was said once and would only be repeated."""

    def is_new(self, *key: str) -> bool:
        """Say whether this was not said before, and remember it."""
        if key in self.said:
            return False
        self.said.add(key)
        return True


@dataclass(slots=True)
class Statement:
    """Where a fact stands, and what is common to all facts of a sentence."""

    found: Found
    sentence: Sentence
    name: tuple[int, int]
    dates: tuple[Dated, ...]

    @property
    def context(self) -> Context:
        """What the sentence says of the words. Worked out at each call: ask once."""
        return context_of(self.sentence.text, *self.name, section=self.sentence.section)

    def concept(self, id_: str) -> CodedConcept:
        """Return the words as written; the lexicon's name where these alone would not lead back to the concept."""
        words = " ".join(self.sentence.text[slice(*self.name)].split())
        lexicon = self.found.lexicon
        linked = lexicon.link(CodedConcept(text=words)) if words else {}
        return CodedConcept(text=words if id_ in linked or not id_ else lexicon.concepts[id_].name)

    def fact(self, category: Category, concept: CodedConcept, assertion: AssertionStatus, **more: object) -> None:
        """Add the fact to those found. `more`: further fields of `Fact`."""
        document, sentence = self.found.document, self.sentence
        occurred, path = self._occurred(category, assertion)
        fact = Fact.model_validate({
            "id": f"{document.resource}#n{len(self.found.facts) + 1}",
            "patient_id": document.patient_id,
            "category": category,
            "resource": document.resource,
            "concept": concept,
            "concept_path": sentence.path(*self.name),
            "assertion": assertion,
            "occurred": occurred,
            "occurred_path": path,
            "recorded": document.recorded or document.occurred,
            "author": document.author,
            "span": sentence.span(*_statement(sentence.text, *self.name)),
            "document_path": document.path,
            **more,
        })  # fmt: skip
        self.found.facts.append(fact)

    def _occurred(self, category: Category, assertion: AssertionStatus) -> tuple[PartialDate | None, str]:
        """Return the date that the sentence gives, else that of the document; the past without a date has none."""
        dates = [one for one in self.dates if len(self.dates) == 1 or abs(one.start - self.name[1]) <= _NEAR_DATE]
        if category not in _MEASURED:
            dates = [one for one in dates if self._belongs(one)]
        if len(dates) == 1:
            return dates[0].date, self.sentence.path(dates[0].start, dates[0].end)
        past = assertion in {AssertionStatus.HISTORICAL, AssertionStatus.FAMILY}
        return (None if past else self.found.document.occurred), ""

    def _belongs(self, date: Dated) -> bool:
        """Say whether a date is said of these words: it opens the sentence, or nothing else is named up to it."""
        if date.end <= self.name[0]:
            return not cues.LIST_MARK.search(self.sentence.text[: date.start]) and date.start < _OPENS_WITHIN
        return cues.LIST_MARK.search(self.sentence.text[self.name[1] : date.start]) is None

    def text_value(self, text: str, start: int, end: int) -> Value:
        """Return a value in words that stands at [start, end) of the sentence."""
        return Value(text=text, path=self.sentence.path(start, end))


def _statement(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of the sentence without white space around it; of a long one the clause around the words."""
    low, high = len(text) - len(text.lstrip()), len(text.rstrip())
    if high - low > _MAX_STATEMENT:
        before = [match.end() for match in cues.CLAUSE_END.finditer(text, low, start)]
        after = cues.CLAUSE_END.search(text, end)
        low, high = before[-1] if before else low, after.start() if after else high
        low, high = max(low, start - _MAX_STATEMENT), min(high, end + _MAX_STATEMENT)
    return min(low, start), max(high, end)
