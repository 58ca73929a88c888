"""Questions for a part of a note: "what was she complaining of in February?", "what was the assessment?"."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.plans import Plan, Target


class Part(NamedTuple):
    """A part of notes: how people ask for it, how its section is called, and the line that opens it."""

    asked: re.Pattern[str]
    section: re.Pattern[str]


def _part(asked: str, section: str) -> Part:
    return Part(re.compile(asked, re.IGNORECASE), re.compile(section, re.IGNORECASE))


_IMPRESSION = r"assess|impression|^\W*imp\s*[:–-]|^\W*a/?p\b"
OPINION = _part(
    r"\bdifferentials?\b(?! (?:count|wbc|white))|\bd?ddx\b|\bworking diagnos[ei]s\b|\bwhat (?:do|does) (?:(?:the|his|her|my|their|our) )?(?:docs?|doctors?|team|consultants?|specialists?|they|clinic|hospital) (?:\w+ )?(?:think|reckon|suspect)s?"
    r" (?:it is|is|it's|are|may be|might be|could be|has)?(?: now| currently)? ?(?:(?:going )?wrong|going on|causing|behind|happening|(?:gone|going) wrong|the (?:cause|matter|problem|trouble|reason))\b",
    _IMPRESSION,
)
"""Asks what those who treat somebody make of it: no value answers that."""
PARTS: tuple[Part, ...] = (
    _part(
        r"\b(?:chief|presenting|main) complaints?\b|\bcomplain(?:ing|ed|s)?(?: of| about)?\b|\bcomplaints\b|\bpresent(?:ed|ing) with\b|\bcame? in with\b|\bCC\b",
        r"^\W*(?:chief complaint|presenting complaint|reason for (?:visit|consult\w*|admission)|cc)\b",
    ),
    _part(r"\b(?:hpi|history of (?:the )?present(?:ing)? illness)\b", r"^\W*(?:hpi|history of present)"),
    _part(r"\b(?:assessment|impression)\b", _IMPRESSION),
    _part(r"\b(?:what(?:'s| is| was| were)|state) the plan\b|^\W*what(?:'s|s| is| was| were| has been)? (?:being )?planned(?: next| now| for (?:him|her|me|them|the patient|this patient))?\W*$|\bplan (?:from|at|after|of|in) (?:the|that|his|her)\b|(?<!care )(?<!meal )(?<!diet )(?<!birth )(?<!action )(?<!health )(?<!safety )(?<!protection )(?<!treatment )(?<!support )\bplan (?:for|about|re|regarding)\b", r"plan|recommend|^\W*a/?p\b"),
    _part(r"\b(?:physical exam\w*|on exam\w*|exam findings)\b", r"exam|physical|objective"),
    _part(r"\breview of systems\b|\bROS\b", r"review of systems|^\W*ros\b"),
)  # fmt: skip
_ALL = re.compile(r"\b(?:all|each|every|list|complaints|notes)\b", re.IGNORECASE)
MOST_TOLD = 4
MOST_OF_ALL = 8


def part_asked(plan: Plan) -> Part | None:
    """Return the part of notes that a question asks for; `None`: it asks for none."""
    return next((part for part in (*PARTS, OPINION) if part.asked.search(plan.text)), None)


def told_in_part(part: Part, plan: Plan, passages: Sequence[Passage], records: RecordStore, /) -> list[DraftClaim]:
    """Quote what a part says in the newest note of the time that is asked (or in all of them, where all are asked).

    Of a problem that the question names, what names it, in the newest note that does; without any, the part is told as a whole,
    unless it is asked what is to happen if the problem comes.
    """
    problems = [target for target in plan.targets if target.kind is ConceptKind.CONDITION]
    about = _told_in_part(part, plan, passages, records, problems) if problems else []
    return about or (
        []
        if _OF_ONE_PROBLEM.search(plan.text) or (problems and _SHOULD_IT_COME.search(plan.text))
        else _told_in_part(part, plan, passages, records, ())
    )


def planned_for_named(plan: Plan, passages: Sequence[Passage], records: RecordStore, /) -> list[DraftClaim]:
    """Quote what the newest notes say is to be done about the one thing whose plan or follow-up is asked, under any heading."""
    if len(plan.targets) != 1 or not _PLAN_OF_THING.search(plan.text) or _SHOULD_IT_COME.search(plan.text):
        return []
    target = plan.targets[0]
    inside = [each for each in passages if plan.window is None or plan.window.holds(each.occurred or each.recorded)]
    told = [
        (passage, sentence)
        for passage in sorted(inside, key=_instant, reverse=True)
        for sentence in passage.sentences
        if sentence not in passage.commands
        and target.find(forms(text := passage.sentence_text(sentence))) is not None
        and _TO_BE_DONE.search(text)
        and not text.rstrip().endswith("?")
    ]
    return [quote_sentence(*place, records, route="note_part") for place in told[:MOST_PLANNED]]


MOST_PLANNED = 2
_PLAN_OF_THING = re.compile(
    r"(?<!care )(?<!safety )(?<!birth )(?<!crisis )\bplans? (?:for|about|re|regarding|with)\b|^\W*(?:the )?(?:follow[- ]?up|f/?u) (?:for|of|on|re|about|plan)\b"
    r"|\b(?:follow[- ]?up|f/?u|plans?|next steps?|management)(?: plan)?\W*$"
    r"|\b(?:what|anything)(?: else)? (?:needs? (?:doing|to be done|to happen)|is (?:to be done|being done|planned|happening)|should (?:be done|happen)|happens next|next)\b"
    r"|\bplan(?:s|ned|ning)? (?:\w+ )?to (?:stop|reduce|taper|wean|increase|change|restart|switch|come off|take \w+ off|cut|withdraw|raise|lower)\b",
    re.IGNORECASE,
)
_TO_BE_DONE = re.compile(
    r"\b(?:will|plan(?:s|ned)?|to be|due|schedul\w+|recommend\w*|suggest\w*|advis\w+|consider|pending|needs?|arrang\w+|please|should|refer\w*|awaiting|next|repeat\w*|recheck\w*|chase|review (?:in|at)|book\w*|aim\w*|monitor\w*|follow[- ]?up|re-?scan|surveillance|interval)\b"
    r"|\bin \d+ ?(?:days?|weeks?|wks?|months?|mos?|years?|/52|/12)",
    re.IGNORECASE,
)


_OF_ONE_PROBLEM = re.compile(r"\bplan (?:for|about|re|regarding)\b", re.IGNORECASE)
_SHOULD_IT_COME = re.compile(
    r"\b(?:if|in case|should (?:he|she|they|i|it)|another|next time|when (?:he|she|they|i) (?:has|have|gets?))\b", re.IGNORECASE
)


def _told_in_part(
    part: Part, plan: Plan, passages: Sequence[Passage], records: RecordStore, about: Sequence[Target]
) -> list[DraftClaim]:
    inside = [each for each in passages if plan.window is None or plan.window.holds(each.occurred or each.recorded)]
    newest_first = sorted(inside, key=_instant, reverse=True)
    every = _ALL.search(plan.text) is not None
    told: list[DraftClaim] = []
    seen: set[tuple[str, ...]] = set()
    note = ""
    for passage in newest_first:
        if note and passage.resource != note and not every:
            break
        for sentence in _sentences(passage, part):
            words = forms(passage.sentence_text(sentence))
            if about and not any(target.find(words) is not None for target in about):
                continue
            if words and words not in seen:
                seen.add(words)
                note = passage.resource
                told.append(quote_sentence(passage, sentence, records, route="note_part"))
    return told[: MOST_OF_ALL if every else MOST_TOLD]


def _sentences(passage: Passage, part: Part) -> list[Sentence]:
    """Return the sentences of a passage that stand in the part, without its heading."""
    texts = [passage.sentence_text(sentence) for sentence in passage.sentences]
    if part.section.search(passage.section):
        return [sentence for sentence, text in zip(passage.sentences, texts, strict=True) if not _is_heading(text)]
    begins = next((number for number, text in enumerate(texts) if part.section.match(text)), None)
    if begins is None:
        return []
    if not _is_heading(texts[begins]):
        return [passage.sentences[begins]]
    following = passage.sentences[begins + 1 :]
    ends = next((place for place, each in enumerate(following) if _is_heading(passage.sentence_text(each))), len(following))
    return list(following[:ends])


def _is_heading(text: str) -> bool:
    bare = text.strip().strip("#*- ").rstrip(":")
    return bool(re.match(r"^\s*#+ ", text)) or text.rstrip().endswith(":") or (bare.isupper() and len(bare) < 60)


def _instant(passage: Passage) -> float:
    known = passage.recorded or passage.occurred
    return known.start.timestamp() if known else 0.0
