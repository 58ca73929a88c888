"""A document of the user's own to a draft in the form of the corpus. Nothing of it counts before a human confirmed it.

A draft is a Markdown file whose status is `draft`: sentences that read like a recommendation ("should", "is recommended") become
sections with empty bullets. What the words do not say (grade, certainty, population) is left to be filled in, never guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection

from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.passages import sentence_spans

_ADVISES = re.compile(
    r"\b(?:should|(?:is|are) (?:not )?(?:strongly )?(?:recommended|suggested|indicated|contraindicated)|we (?:recommend|suggest)"
    r"|must|offer|consider|do not)\b",
    re.IGNORECASE,
)
_TO_FILL = "to be confirmed"
_STATUS = re.compile(r'^status: "draft"$', re.MULTILINE)
_SECTION = re.compile(r"(?m)^(?=## R\d)")
_NUMBER = re.compile(r"## (R\d+)\. [^\n]*\n+(.+)")
_HEAD = ("organization", "title", "year", "version", "identifier", "jurisdiction")
_BULLETS = ("Strength", "Certainty", "Population", "Conditions", "Rationale")


def draft_of(text: str, *, name: str) -> str:
    """Return a draft of a document: one section for each sentence that advises something."""
    identity = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "guideline"
    head = ["---", f"id: {json.dumps(identity)}", *(f'{key}: "{_TO_FILL}"' for key in _HEAD), 'status: "draft"']
    head += ["supersedes: null", "superseded_by: null", "topics: []", f'grading: "{_TO_FILL}"']
    head += ['review_state: "not yet reviewed by a clinician"', "---", "", f"# {name}", ""]
    sentences = [" ".join(text[start:end].split()) for start, end in sentence_spans(text, 0, len(text))]
    advice = [sentence.lstrip("-*# ") for sentence in sentences if _ADVISES.search(sentence)]
    for number, sentence in enumerate(dict.fromkeys(advice), start=1):
        head += [f"## R{number}. {_TO_FILL}", "", sentence, "", *(f"- {bullet}: {_TO_FILL}" for bullet in _BULLETS), ""]
    return "\n".join(head).rstrip() + "\n"


def is_draft(text: str) -> bool:
    """Say whether a text is a draft that `draft_of` made, edited or not."""
    return text.startswith("---") and _STATUS.search(text) is not None


def recommendations_in(draft: str) -> dict[str, str]:
    """Return the statements of a draft by their numbers."""
    return {match[1]: match[2].strip() for match in map(_NUMBER.match, _SECTION.split(draft)[1:]) if match}


def confirmed(draft: str, numbers: Collection[str]) -> str:
    """Return the guideline of a draft with the confirmed recommendations only.

    Raises:
        SourceRejectedError: nothing is confirmed, or what is confirmed still holds words to be filled in.
    """
    head, *sections = _SECTION.split(draft)
    kept = [section for section in sections if (match := _NUMBER.match(section)) and match[1] in numbers]
    text = _STATUS.sub('status: "current"', head) + "".join(kept)
    if not kept:
        raise SourceRejectedError("no recommendation was confirmed: nothing is written")
    if _TO_FILL in text:
        raise SourceRejectedError(f"“{_TO_FILL}” still stands in what was confirmed: edit the draft first")
    return text.rstrip() + "\n"
