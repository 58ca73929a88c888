"""Teaches the reader of sentences (engine/models/sentence_reader.py) from questions over notes of the shared data and our own.

    python -m tests.evals.reader_fit [--write] [--passes 1] [--onward N]

`tests/evals/reader_pairs.jsonl` holds the questions, by writers who had not seen the engine: for each, where in its note stand
the sentences that answer it alone, those that tell a part of it, and some that look like an answer and are none. A third of them
has no answer in its note. Notes of `own` are invented, in the styles of many services (`reader_notes`); those whose names begin
with `f` are sheets of facts as the engine words them. No note is one of a gold question (`tests/evals/questions`), and one note
of `KEPT_APART` is not learned from: by these the figures in docs/reader-fit.json are measured. `--onward N` goes on from the
packaged weights, at `ONWARD` of the rate, with the last N questions and `REPEATED` of those before them. `--write` writes the
weights and the figures. Takes about an hour on two cores for 17,000 questions.

A medicine is asked for by another of its names in `RENAMED` of the cases. The loss is that of a choice among the sentences of a
note and "none of them" (the log-odds of which are 0), beside that of each sentence alone.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
from chartcite.engine.language.terminology import ConceptKind, tokenize
from chartcite.engine.models import sentence_reader
from chartcite.engine.models.minilm import LAYERS, Layers, load_weights
from chartcite.engine.models.sentence_embedder import SentenceEmbedder, default_weights
from chartcite.engine.models.sentence_reader import LEARNED, Pair, pair
from chartcite.engine.ports import InPlace
from chartcite.ingestion.passages import cut
from chartcite.ingestion.sources.terminology import load_lexicon

from tests.evals.gold import REPOSITORY, note_name

if TYPE_CHECKING:
    from chartcite.engine.language.terminology import Lexicon
    from torch import Tensor

PAIRS = Path(__file__).with_name("reader_pairs.jsonl")
OWN, OWN_NOTES = "own", Path(__file__).with_name("reader_notes")
RESULT = REPOSITORY / "docs" / "reader-fit.json"
KEPT_APART = 10
"""One note of so many is not learned from."""
LOWEST, RANK = 0, 48
"""First layer that is changed, and rank of the changes."""
INNER = 64
"""Width of the head."""
AT_ONCE, GROUPS = 12, 4
"""Questions in a step; groups of alike length into which their sentences are cut."""
RATE, WARMED = 1e-3, 0.06
ONWARD, REPEATED = 0.7, 1500
NEAR, FAR, FALSE = 3, 1, 3
"""Sentences beside the answer: those most alike, others, and those marked as no answer."""
RENAMED = 0.3
"""Share of the medicines named in a question that are asked for by another name."""
MOST_WORDS = 3
"""Of a name that is put in the place of another."""
LOOKED_AT = 16
"""Sentences of a note that are ranked when it is measured."""
_MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
Span = tuple[int, int]


class Asked(NamedTuple):
    """A question of a note, with its sentences."""

    note: str
    question: str
    sentences: tuple[InPlace, ...]
    alone: tuple[int, ...]
    """Places of the sentences that answer alone; so for the next."""
    parts: tuple[int, ...]
    false: tuple[int, ...]
    likeness: np.ndarray
    """(n,) cosine of each sentence with the question."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Teach, measure, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("SHARED", REPOSITORY.parent / "shared")))
    parser.add_argument("--passes", type=int, default=1)
    parser.add_argument("--onward", metavar="N", type=int, help="go on from the packaged weights with the last N questions")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    every = list(read_pairs(options.shared))
    apart = [asked for asked in every if _is_apart(asked.note)]
    learned = Learned() if options.onward is None else Learned.packaged()
    teach(
        learned,
        [asked for asked in lessons(every, options.onward) if not _is_apart(asked.note)],
        passes=options.passes,
        rate=RATE * (ONWARD if options.onward else 1),
    )
    sorts = sorted({sort_of(asked.note) for asked in every})
    result = {
        "questions": len(every),
        "notes": len({asked.note for asked in every}),
        "kept_apart": {sort: measure(learned, [asked for asked in apart if sort_of(asked.note) == sort]) for sort in sorts},
    }
    print(json.dumps(result, indent=2))  # noqa: T201
    if options.write:
        from safetensors.torch import save_file

        save_file(learned.stored(), LEARNED)
        RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def lessons(every: Sequence[Asked], newest: int | None) -> list[Asked]:
    """Return the questions to learn from: all, or the newest with some of those before them."""
    if newest is None:
        return list(every)
    return [*every[-newest:], *random.Random(2).sample(every[:-newest], min(REPEATED, len(every) - newest))]


def sort_of(note: str) -> str:
    """Return what sort of text a note is."""
    return "open_notes" if not note.startswith(f"{OWN}:") else "facts" if note.startswith(f"{OWN}:f") else "own_notes"


def _is_apart(note: str) -> bool:
    return random.Random(note).randrange(KEPT_APART) == 0


def read_pairs(shared: Path) -> Iterator[Asked]:
    """Read the questions, with the sentences of their notes as ingestion cuts them."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    notes = _notes(shared, {row["note"] for row in rows})
    embedder, known = SentenceEmbedder(), {}
    asked = embedder.embed([row["question"] for row in rows])
    for row, question in zip(rows, asked, strict=True):
        if row["note"] not in known:
            spans = list(_sentences(notes[row["note"]]))
            known[row["note"]] = spans, embedder.embed([sentence.text for _, sentence in spans])
        spans, vectors = known[row["note"]]
        places = {span: place for place, (span, _) in enumerate(spans)}
        alone, parts, false = (tuple(places[start, end] for start, end in row[name]) for name in ("alone", "parts", "false"))
        yield Asked(row["note"], row["question"], tuple(one for _, one in spans), alone, parts, false, vectors @ question)


def _notes(shared: Path, wanted: set[str]) -> dict[str, str]:
    """Return the notes by `set:name`."""
    found = {f"{OWN}:{path.stem}": path.read_text(encoding="utf-8") for path in sorted(OWN_NOTES.glob("*.txt"))}
    with tempfile.TemporaryDirectory() as unpacked:
        for archive in sorted({name.partition(":")[0] for name in wanted} - {OWN}):
            with tarfile.open(shared / "data" / f"{archive}.tar.xz") as tar:
                tar.extractall(unpacked, filter="data")
            for path in sorted((Path(unpacked) / archive).glob("*.jsonl")):
                for line in path.read_text(encoding="utf-8").splitlines():
                    name, text = _named(archive, path.stem, json.loads(line))
                    if name in wanted:
                        found.setdefault(name, text)
    return found


def _named(archive: str, file: str, row: dict[str, object]) -> tuple[str, str]:
    if archive == "mts_dialog":
        return f"{archive}:{file}-{row['ID']}", f"{row['section_header']}: {row['section_text']}"
    return f"{archive}:{note_name(archive, row)}", str(row.get("note") or row["text"])


def _sentences(text: str) -> Iterator[tuple[Span, InPlace]]:
    before = ""
    for passage in cut(text):
        section = " ".join(passage.section.split())
        for start, end in passage.sentences:
            said = " ".join(text[start:end].split())
            yield (start, end), InPlace(text=said, before=before, section=section)
            before = said


class Learned:
    """What is learned: low-rank changes of the upper layers, what is added to each part, and the head."""

    def __init__(self) -> None:
        import torch

        made = torch.Generator().manual_seed(3)
        self.fixed = load_weights(default_weights())
        self.down: dict[str, Tensor] = {}
        self.up: dict[str, Tensor] = {}
        for layer in range(LOWEST, LAYERS):
            for matrix in _MATRICES:
                name = f"encoder.layer.{layer}.{matrix}"
                wide, narrow = self.fixed[f"{name}.weight"].shape
                self.down[name] = torch.randn(RANK, narrow, generator=made) / math.sqrt(narrow)
                self.up[name] = torch.zeros(wide, RANK)
        self.parts = torch.zeros(3, 384)
        self.inner = torch.randn(INNER, 2 * 384, generator=made) * 0.03, torch.zeros(INNER)
        self.outer = torch.randn(1, INNER, generator=made) * 0.1, torch.zeros(1)
        for each in (*self.body, *self.head):
            each.requires_grad_(requires_grad=True)

    @classmethod
    def packaged(cls) -> Self:
        """Return what the packaged weights hold, to go on from; changes of a lower rank are widened."""
        from safetensors.torch import load_file

        learned, stored = cls(), load_file(LEARNED)
        for name, each in (*learned.changes().items(), *learned.named().items()):
            if (held := stored.get(name)) is not None:
                each.data[tuple(slice(size) for size in held.shape)] = held.float()
        return learned

    def changes(self) -> dict[str, Tensor]:
        """Return the changes under the names by which they are stored."""
        down = {f"{name}.down": each for name, each in self.down.items()}
        return down | {f"{name}.up": each for name, each in self.up.items()}

    @property
    def body(self) -> list[Tensor]:
        """The changes."""
        return [*self.down.values(), *self.up.values()]

    @property
    def head(self) -> list[Tensor]:
        """All else."""
        return [self.parts, *self.inner, *self.outer]

    def odds(self, pairs: Sequence[Pair]) -> Tensor:
        """Return (n,) log-odds."""
        import torch

        return torch.cat(
            [sentence_reader.odds(_Changed(self), self.named(), [pairs[place] for place in group]) for group in _alike(pairs)]
        )[torch.tensor(np.argsort(np.concatenate(_alike(pairs))))]

    def named(self) -> dict[str, Tensor]:
        """Return the head under the names by which it is stored."""
        (inner, inner_bias), (outer, outer_bias) = self.inner, self.outer
        return {
            "parts": self.parts,
            "inner.weight": inner,
            "inner.bias": inner_bias,
            "outer.weight": outer,
            "outer.bias": outer_bias,
        }

    def stored(self) -> dict[str, Tensor]:
        """Return everything as it is stored."""
        import torch

        return {
            **{name: each.detach().to(torch.bfloat16).contiguous() for name, each in self.changes().items()},
            **{name: each.detach().contiguous() for name, each in self.named().items()},
        }


class _Changed(Layers):
    """The encoder with changes that are still learned."""

    def __init__(self, learned: Learned) -> None:
        super().__init__(learned.fixed)
        self._learned = learned

    def _linear(self, values: Tensor, name: str) -> Tensor:
        from torch.nn.functional import linear

        whole = super()._linear(values, name)
        if name not in self._learned.down:
            return whole
        down, up = self._learned.down[name].to(values.dtype), self._learned.up[name].to(values.dtype)
        return whole + linear(linear(values, down), up)


def _alike(pairs: Sequence[Pair]) -> list[np.ndarray]:
    order = np.argsort([len(each.tokens) for each in pairs], kind="stable")
    return [group for group in np.array_split(order, GROUPS) if len(group)]


def teach(learned: Learned, every: Sequence[Asked], *, passes: int, rate: float) -> None:
    """Learn by AdamW (Loshchilov and Hutter 2019), the rate rising at first and then falling to almost nothing."""
    import torch

    torch.set_num_threads(os.cpu_count() or 1)
    chosen, tokens, lexicon = random.Random(1), _tokens(), load_lexicon(REPOSITORY / "corpora" / "terminology")
    steps = passes * math.ceil(len(every) / AT_ONCE)
    optimizer = torch.optim.AdamW([*learned.body, *learned.head], lr=rate, weight_decay=0.01)
    falling = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (WARMED * steps)) * max(0.02, 1 - step / steps)
    )
    for each in range(passes):
        order = chosen.sample(list(every), len(every))
        for first in range(0, len(order), AT_ONCE):
            shown = [_shown(asked, chosen) for asked in order[first : first + AT_ONCE]]
            asking = [(renamed(asked.question, lexicon, chosen), asked, places) for asked, places, _ in shown]
            pairs = [pair(tokens, question, asked.sentences[place]) for question, asked, places in asking for place in places]
            odds = learned.odds(pairs).split([len(places) for _, places, _ in shown])
            loss = sum(_loss(own, marks) for own, (_, _, marks) in zip(odds, shown, strict=True)) / len(shown)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*learned.body, *learned.head], 1.0)
            optimizer.step()
            falling.step()
            if first // AT_ONCE % 50 == 0:
                print(f"pass {each + 1}, question {first} of {len(order)}: loss {float(loss.detach()):.3f}", flush=True)  # noqa: T201


def renamed(question: str, lexicon: Lexicon, chosen: random.Random) -> str:
    """Return a question in which some medicines have another of their names: brand, generic or class in everyday words."""
    words = tokenize(question)
    told, at = [], 0
    for mention in lexicon.mentions([word.form for word in words]):
        meant = lexicon.concepts[mention.ids[0]]
        names = [name for name in (meant.name, *meant.surfaces) if len(name.split()) <= MOST_WORDS]
        if meant.kind is not ConceptKind.DRUG or not names or chosen.random() > RENAMED:
            continue
        told += [question[at : words[mention.first].start], chosen.choice(names)]
        at = words[mention.last - 1].end
    return "".join([*told, question[at:]])


def _shown(asked: Asked, chosen: random.Random) -> tuple[Asked, list[int], list[float]]:
    """Choose the sentences of a question that are read in a step, with how far each answers (1, 1/2 or 0)."""
    alone, parts = list(asked.alone[:2]), list(asked.parts[:1])
    told = {*asked.alone, *asked.parts, *asked.false}
    others = [place for place in np.argsort(-asked.likeness)[:24].tolist() if place not in told]
    near, far = others[: 2 * NEAR], others[2 * NEAR :]
    beside = chosen.sample(near, min(NEAR, len(near))) + chosen.sample(far, min(FAR, len(far)))
    none = [*asked.false[:FALSE], *beside]
    return asked, [*alone, *parts, *none], [1.0] * len(alone) + [0.5] * len(parts) + [0.0] * len(none)


def _loss(odds: Tensor, marks: Sequence[float]) -> Tensor:
    import torch

    marked = torch.tensor(marks)
    answers = marked > 0
    every = torch.logsumexp(torch.cat([odds, torch.zeros(1)]), 0)
    told = torch.logsumexp(odds[answers] + torch.log(marked[answers]), 0) if answers.any() else torch.zeros(())
    return every - told + 0.5 * torch.nn.functional.binary_cross_entropy_with_logits(odds, marked)


def measure(learned: Learned, apart: Sequence[Asked]) -> dict[str, float | int]:
    """Measure on other notes: is an answer first, and do the odds tell questions with an answer from those without?"""
    import torch

    tokens, right, best, none = _tokens(), [], [], []
    first = []
    with torch.inference_mode():
        for asked in apart:
            near = np.argsort(-asked.likeness)[:LOOKED_AT]
            odds = learned.odds([pair(tokens, asked.question, asked.sentences[place]) for place in near]).numpy()
            answers = {*asked.alone, *asked.parts}
            if not answers:
                none.append(float(odds.max()))
                continue
            right.append(int(near[odds.argmax()]) in answers)
            first.append(int(near[0]) in answers)
            if right[-1]:
                best.append(float(odds.max()))
    return {
        "apart": len(apart),
        "answer_first": round(float(np.mean(right)), 3),
        "answer_first_by_likeness": round(float(np.mean(first)), 3),
        "auroc_right_or_none": round(_area(best, none), 3),
    }


def _area(higher: Sequence[float], lower: Sequence[float]) -> float:
    """Return the chance that one of the first is above one of the second (Hanley and McNeil 1982)."""
    above, below = np.array(higher)[:, None], np.array(lower)[None]
    return float((above > below).mean() + 0.5 * (above == below).mean())


def _tokens() -> sentence_reader.Tokens:
    return sentence_reader.tokens_of(default_weights())


if __name__ == "__main__":
    main()
