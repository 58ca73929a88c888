"""What happened at a visit: the entry of the encounter, and what the notes of its days conclude."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Scope, Sentence
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.question_words import is_ordinary

MOST_TOLD = 8
"""Sentences of a visit's notes that are quoted at most."""
MOST_FOUND = 6
LATEST_NOTE = timedelta(days=2)
"""Notes of a visit are also looked for so long after it."""
ASKS_VISIT = Cue(
    r"\bwhat (?:happened|was done|went on|came (?:out )?of|did (?:they|the (?:\w+ )?\w+|he|she|we|you|doctors?|(?:dr|mr|mrs|ms|nurse|sister|prof)\.? \w+) (?:do|find|say|decide|conclude|advise|recommend|tell|agree|plan|suggest)|was (?:found|decided|said|discussed|advised|recommended|agreed|planned|the (?:plan|outcome|diagnosis|conclusion)))\b"
    r"|\b(?:summar\w+|outcome|tell me about|walk me through|run me through|how did (?:it|the|her|his) .*go)\b",
)
ASKS_CAUSE = Cue(
    r"\bwhat (?:\w+ )?(?:took|brought|landed|sent|put) |\bwhy\b|\bwhat\b.*\b(?:for|with)(?=\W*$|\W+(?:in|on|and|that|back|last|at)\b)|\bwhat\b.*\b(?:end(?:ed)? up|land(?:ed)?|turn(?:ed)? up|brought|taken|rushed|admitted|gone|went|go|come|came) in\b.*\b(?:with|for)\b|\b(?:reason|indication|dx|diagnosis)\b|\bwhat (?:illness|problem|injury|condition)\b",
)
"""Asks why somebody came."""
CONCLUDES = Cue(
    r"assess|impress|\bimp\b|plan|course|diagnos|mdm|decision|dispo|(?<!discharge )summary|conclu|recommend|\brecs?\b|opinion|a/p|a&p|follow|instruction|outcome|\btx\b|\btreatment",
)
PLANS = Cue(r"plan|recommend|\brecs?\b|follow|instruction|dispo|a/p|a&p|outcome|decision|\bagreed\b|\bactions?\b")
ASKS_PLAN = Cue(r"\b(?:plan(?:s|ned)?|decided?|recommend\w*|advised?|agreed?|next steps?)\b")
_OPENS = Cue(
    r"^\W*(?:assessment|imp(?:ression)?|plan|a/p|a&p|course|hospital course|mdm|diagnos\w*|disposition|recommendations?|recs?|summary|conclusions?|outcomes?|decisions?|agreed|actions?(?: points?)?)(?: and plan)?\b(?=\W*$|\s*[:(#*/\d]|\s+[-–—]|[-–—])",
)
"""Opens such a part of a note as a heading does: "Plan halve to 50" is a sentence."""


_IS_TITLE = re.compile(
    r"[^a-z\d]+|\W*(?:Admit(?:ted)?|Discharged?|Adm)\b[^.;]*\d\W*|\W*(?:[A-Z][\w'-]*\.?\s+){1,3}(?:MD|DO|RN|NP|PA(?:-C)?|PharmD|RDN|PMHNP|FNP|LCSW|CHW)\W*"
)
"""Is no more than the title of a note, the line of its dates, or who signed it."""


def found_that_day(visit: Fact, facts: Sequence[Fact], *, most: int | None = None) -> list[Fact]:
    """Return the problems and procedures that were recorded on the days of a visit, oldest first."""
    if visit.occurred is None:
        return []
    days = Window(first=visit.occurred.first_day, last=(visit.ended or visit.occurred).last_day, words="")
    told = (Category.CONDITION, Category.PROCEDURE)
    return [fact for fact in facts if fact.category in told and days.holds(fact.occurred)][: most or MOST_FOUND]


def told_of_visit(visit: Fact, question: str, records: RecordStore, /, *, scope: Scope) -> list[DraftClaim]:
    """Quote what the notes written about a visit conclude, in their order; empty where no note of its days does.

    Args:
        visit: an encounter with a date.
        question: decides whether the plan alone is wanted.
        records: the store of the scope's chart.
        scope: one patient, one moment.
    """
    if visit.occurred is None:
        return []
    last = (visit.ended or visit.occurred).last_day + LATEST_NOTE
    window = Window(first=visit.occurred.first_day, last=last, words="")
    wanted = PLANS if ASKS_PLAN.search(question) else CONCLUDES
    found: dict[tuple[str, ...], tuple[Passage, Sentence]] = {}
    for passage in records.all_passages(scope):
        if not window.holds(passage.occurred or passage.recorded):
            continue
        for sentence in concluding(passage, wanted):
            words = forms(passage.sentence_text(sentence))
            if len(words) >= 3 and not _IS_TITLE.fullmatch(passage.sentence_text(sentence)):
                found.setdefault(words, (passage, sentence))
    kept = _sharing_most(question, list(found))
    return [quote_sentence(*found[words], records, route="visit_note") for words in kept]


def _sharing_most(question: str, sentences: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Keep the sentences that share most with a question, in the order in which they stand."""
    asked = [said_as(word) for word in forms(question) if not is_ordinary(word) or said_as(word) != {word}]
    shared = {words: sum(not meant.isdisjoint(words) for meant in asked) for words in sentences}
    kept = set(sorted(sentences, key=lambda words: -shared[words])[:MOST_TOLD])
    return [words for words in sentences if words in kept]


def concluding(passage: Passage, wanted: Cue) -> Sequence[Sentence]:
    """Return the sentences of a passage that stand under a heading of the wanted kind, or behind one within the text."""
    if wanted.search(passage.section) and not _runs_on(passage):
        return passage.sentences
    texts = [passage.sentence_text(sentence) for sentence in passage.sentences]
    begins = next((number for number, text in enumerate(texts) if _OPENS.match(text) and wanted.search(text[:40])), None)
    return () if begins is None else passage.sentences[begins:]


def _runs_on(passage: Passage) -> bool:
    """Say whether the heading of a passage is but the first word of its sentence: "Plan to ask again next time"."""
    first = passage.text.lstrip()
    return re.match(rf"{re.escape(passage.section)} [a-z]", first) is not None
