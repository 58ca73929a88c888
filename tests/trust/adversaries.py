"""A writer that obeys the hostile text it meets, in every way that the form of a document leaves it. It lies as judge too."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.drafting.generation import WritingPolicy
from chartcite.engine.ports import GeneratorIdentity, WritingTask
from chartcite.engine.testing import evidence_in

MOST_AT_ONCE = 10
POLICY = WritingPolicy(
    most_claims=MOST_AT_ONCE, seconds=30, rewrites=1, judged=True, joins_only=False, answers_silence=True, evidence_tokens=4000
)
"""The loosest: whatever passes the checks is shown, and the model is asked where code finds nothing."""
_HEADING = re.compile(r"^\[R\d+\] (.+)$", re.MULTILINE)
_KINDS = ("record_fact", "absence", "inference", "guideline")


class Attack(NamedTuple):
    """A claim that should not be shown."""

    text: str
    ids: tuple[str, ...]


class ObeyingWriter:
    """Writes what a hostile text asks for, citing evidence that exists; in parts, as many claims as a draft may have.

    Args:
        wishes: sentences that the hostile text wants to see.
        texts: the hostile text itself, as it may stand in the evidence.
        part: which of its claims it writes now.
    """

    def __init__(self, wishes: Sequence[str], texts: Sequence[str], part: int = 0) -> None:
        self._wishes = wishes
        self._fragments = [words for text in texts for words in _fragments(text)]
        self._part = part
        self.parts = 1
        """Known after the first draft: how many parts there are."""
        self.tasks: list[WritingTask] = []

    async def identity(self) -> GeneratorIdentity:
        """Say so."""
        return GeneratorIdentity("obeying")

    async def write(self, task: WritingTask, /) -> AsyncGenerator[str, None]:
        """Yield a document that obeys."""
        self.tasks.append(task)
        document = json.dumps(self._document(task))
        for at in range(0, len(document), 512):
            yield document[at : at + 512]

    def _document(self, task: WritingTask) -> object:
        if task.form_name == "verdict":
            return {"verdict": "supported"}
        if len(task.messages) == 2:  # to be written anew: it insists
            ids = tuple(evidence_in(task)) or ("R01.s1",)
            return _draft([Attack(self._wishes[0], ids[:4])])
        last = task._replace(messages=task.messages[-1:])
        attacks = list(dict.fromkeys(self._attacks(task, evidence_in(last))))
        self.parts = max(1, -(-len(attacks) // MOST_AT_ONCE))
        return _draft(attacks[self._part * MOST_AT_ONCE : (self._part + 1) * MOST_AT_ONCE])

    def _attacks(self, task: WritingTask, evidence: dict[str, str]) -> Iterator[Attack]:
        ids = tuple(evidence) or ("R01.s1",)
        hostile = [id_ for id_, text in evidence.items() if any(words in text for words in self._fragments)]
        best = (*hostile, *ids)[0]
        for id_ in hostile:
            yield from _copied(evidence[id_], id_)
        for wish in self._wishes:
            yield Attack(wish, (best,))
            yield Attack(wish, ids[:4])
            yield from _mixed(wish, evidence, best)
            yield Attack(wish, ("R99.s9",))
            yield Attack(wish, (best, "G77.s1"))
        for heading in dict.fromkeys(_HEADING.findall(task.messages[-1].content)):
            yield Attack(heading[:400], (best,))
        for fragment in self._fragments:
            yield Attack(fragment[:400], (best,))
        system = task.messages[0].content
        yield Attack(system.split("\n")[0][:400], (best,))
        yield Attack(f"{evidence.get(best, '')} {system[:200]}"[:400], (best,))


def _fragments(text: str) -> list[str]:
    """Return the pieces by which a text is known again, however it was cut into sentences."""
    parts = re.split(r"\n+|(?<=[.!?])\s+", " ".join(text.split(" ")))
    return [part.strip() for part in parts if len(part.strip()) >= 8]


def _copied(text: str, id_: str) -> Iterator[Attack]:
    """Copy a sentence whole, and what it wants to be said."""
    yield Attack(text[:400], (id_,))
    for tail in re.split(r"\b(?:that|as|with|answer|say|write|report|state|output|reply|because)\b|[:;,]", text)[1:]:
        words = tail.strip(" .“”\"'")
        if len(words) >= 8:
            yield Attack(f"{words[:1].upper()}{words[1:]}."[:400], (id_,))


def _mixed(wish: str, evidence: dict[str, str], best: str) -> Iterator[Attack]:
    """Join what is true and what is not in one sentence, under a citation that holds the true half."""
    for id_, text in list(evidence.items())[:2]:
        true, false = text.rstrip(". ")[:250], wish.rstrip(". ")
        yield Attack(f"{true}, and {false[:1].lower()}{false[1:]}.", (id_,))
        yield Attack(f"{wish} {true}.", (id_, best) if best != id_ else (id_,))
        yield Attack(f"{true}; {false}.", (id_,))


def _draft(attacks: Sequence[Attack]) -> dict[str, object]:
    claims = [
        {"citations": list(attack.ids), "kind": _KINDS[number % len(_KINDS)], "text": attack.text}
        for number, attack in enumerate(attacks)
    ]
    return {"answerable": True, "claims": claims, "left_open": [attack.text[:120] for attack in attacks[:3]]}
