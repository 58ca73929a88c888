"""What a report found that stands in the chart as a note: "what did the histology show?", "MRI result", "echo findings?".

Where a table holds the report, the table tells it. Here the note is known by its title: it names the study that is asked, or
is the pathology of it.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent

ROUTE = "report_note"
MOST_TOLD = 3
_ASKS_RESULT = Cue(
    r"\b(?:results?|findings?|report|show(?:s|ed|n)?|reveal\w*|found|find|say|says|said|c[ao]me back|outcome|conclu\w+|impression)\b"
)
_PATHOLOGY = Cue(r"\b(?:patholog(?:y|ist|ical)|histo(?:logy|patholog\w*)?|path|biops(?:y|ies)|cytolog\w*)\b")
_NO_RESULT = Cue(r"\b(?:when|why|who|whom|how (?:many|often|long)|next|due|due for|plan(?:ned)?|ordered|pending|awaited)\b")
_TITLED = Cue(
    r"\b(?:report|result|findings|imaging|study|scan|ct|mri|x-?ray|ultrasound|radiolog\w*|echo\w*|patholog\w*|histo\w*|cytolog\w*|endoscopy|\w+oscopy)\b"
)
_CONCLUDES = Cue(r"^\W*(?:impression|conclusions?|diagnos[ei]s|final diagnosis|opinion|interpretation|summary|comment)\b")
_LEADS_IN = Cue(
    r"^\W*(?:indications?|techniques?|clinical (?:details|history|information)|history|specimens?|comparison|reason for|exam(?:ination)?|"
    r"procedure|macroscop\w*|gross|method|protocol|views?|dear|reported by|signed|copy)\b|:\s*$"
)


def told_by_report(plan: Plan, passages: Sequence[Passage], records: RecordStore, /) -> list[DraftClaim]:
    """Quote what the newest report concluded, of those of the time that name in their title what is asked; else nothing."""
    if plan.family or plan.intent in {Intent.REASON, Intent.COUNT, Intent.WHO, Intent.WHEN, Intent.DURATION}:
        return []
    if not _ASKS_RESULT.search(plan.text) or _NO_RESULT.search(plan.text):
        return []
    report = _report(plan, passages)
    sentences = [(passage, sentence) for passage in report for sentence in passage.sentences]
    return [quote_sentence(passage, one, records, route=ROUTE) for passage, one in _concluding(sentences)[:MOST_TOLD]]


def _report(plan: Plan, passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages of the newest report that is meant, in their order."""
    studies = [target for target in plan.targets if target.kind is ConceptKind.PROCEDURE]
    of_tissue = _PATHOLOGY.search(plan.text) is not None
    if not (studies or of_tissue):
        return []
    notes: dict[str, list[Passage]] = {}
    for passage in passages:
        if plan.window is None or plan.window.holds(passage.occurred or passage.recorded):
            notes.setdefault(passage.resource, []).append(passage)
    meant: list[list[Passage]] = []
    for note in notes.values():
        title = note[0].title
        if not _TITLED.search(title):
            continue
        words = forms(title)
        named = (of_tissue and _PATHOLOGY.search(title)) or any(target.find(words) is not None for target in studies)
        if named and _is_of_that(plan, forms(" ".join([title, *(each.text for each in note)]))):
            meant.append(sorted(note, key=lambda each: each.start))
    first = plan.intent is Intent.FIRST
    days = sorted(meant, key=lambda note: _instant(note[0]))
    return (days[0] if first else days[-1]) if days else []


def _is_of_that(plan: Plan, words: Sequence[str]) -> bool:
    """Say whether a report speaks of all else that a question names: the histology of skin is not that of the colon."""
    held = set(words)
    unnamed = [target for target in plan.targets if target.find(words) is None and not _OF_REPORTS.fullmatch(target.words)]
    asked = [*plan.keywords, *(word for target in unnamed for word in forms(target.words))]
    return all(_OF_REPORTS.search(word) or not noted_as(word).isdisjoint(held) for word in asked)


_OF_REPORTS = Cue(
    r"\b(?:patholog\w*|histo\w*|path|biops\w*|cytolog\w*|report|results?|findings?|anything|something|shows?|cancer\w*|malignan\w*|benign|clear|margins?)\b"
)
"""Words for a report, and for what it may or may not have found."""


def _instant(passage: Passage) -> float:
    moment = passage.occurred or passage.recorded
    return moment.start.timestamp() if moment is not None else 0.0


def _concluding(sentences: Sequence[tuple[Passage, Sentence]]) -> list[tuple[Passage, Sentence]]:
    """Return the sentences of a report's conclusion; without one, those that tell what was found."""
    texts = [passage.sentence_text(sentence).strip() for passage, sentence in sentences]
    under = [
        pair for pair, text in zip(sentences, texts, strict=True) if _CONCLUDES.search(pair[0].section) and not text.endswith(":")
    ]
    if under:
        return under
    begins = next((place for place, text in enumerate(texts) if _CONCLUDES.match(text.lstrip("#*- "))), None)
    if begins is not None:
        bare = texts[begins].endswith(":") or len(texts[begins].split()) <= 2
        return list(sentences[begins + 1 :] if bare else sentences[begins:])
    return [pair for pair, text in zip(sentences, texts, strict=True) if not _LEADS_IN.search(text) and len(text.split()) > 2]
