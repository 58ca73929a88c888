"""Damaged inputs of every format, read and counted: `python -m tests.evals.mutations --count 10000 --seed 1`.

Reading is all that is done: containers, recognition, the format's reader. Nothing but values and `SourceRejectedError` may
come out of it. Writes docs/mutations.json and docs/conformance.md; `--keep FOLDER` keeps each input that did harm.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import random
import resource
import signal
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from types import FrameType
from typing import Any, NamedTuple, NoReturn

from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.facts.elements import Unreadable, locate
from chartcite.ingestion.containers import DAMAGED, documents_of
from chartcite.ingestion.sources import parsing
from chartcite.ingestion.sources.formats import format_of
from chartcite.ingestion.sources.source import HEAD_BYTES, Folder, Given, ReadResource, SourceFile

from tests.evals.conformance import MUTATIONS, write_page
from tests.evals.mutation_damages import damages_of
from tests.evals.mutation_seeds import Seed, seeds, write

SLOW_SECONDS = 5.0
_FAST_VALUES = 1000
"""Of whatever size an input is: so many resources in a second are not slow."""
ALARM_SECONDS = 20.0
_LOCATED_CHARACTERS = 300_000
"""In longer texts the places of facts are not looked up: that takes time of its own."""


class Outcome(NamedTuple):
    """What became of one input."""

    kind: str
    """`kept`: something of it was read; `refused`: nothing, with a reason; `crash`; `late`: the alarm rang."""
    seconds: float
    values: int = 0
    """Resources that were read of it."""
    misplaced: int = 0
    """Facts and passages that point outside of their text."""
    trace: str = ""

    @property
    def is_slow(self) -> bool:
        """Whether it took long for what it holds."""
        return self.seconds > max(SLOW_SECONDS, self.values / _FAST_VALUES)


class _LateError(BaseException):
    """The alarm: no reader may take it for an error of its input."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Damage, read and count; return 1 where one did harm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="folder for the inputs that did harm")
    parser.add_argument("--dry", action="store_true", help="write no figures")
    options = parser.parse_args(arguments)
    figures = _measured(options.count, options.seed, options.keep)
    if not options.dry:
        MUTATIONS.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        write_page()
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return int(bool(figures["crashes"] or figures["slow"] or figures["misplaced"]))


def _measured(count: int, seed: int, keep: Path | None) -> dict[str, Any]:
    by_format: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_damage: Counter[str] = Counter()
    slowest: defaultdict[str, float] = defaultdict(float)
    traces: Counter[str] = Counter()
    misplaced = 0
    for number, (name, damaged) in enumerate(mutations(count, seed)):
        outcome = read_one(damaged)
        by_format[damaged.format][outcome.kind] += 1
        by_format[damaged.format]["slow"] += outcome.is_slow
        slowest[damaged.format] = max(slowest[damaged.format], outcome.seconds)
        by_damage[name] += 1
        misplaced += outcome.misplaced
        if outcome.trace or outcome.misplaced or outcome.is_slow:
            traces[f"{damaged.format}: {_cause(outcome)}"] += 1
            if keep is not None:
                _keep(damaged, keep / f"{number}-{name}-{outcome.kind}", outcome)
    formats = {
        name: {
            "inputs": sum(told[kind] for kind in ("kept", "refused", "crash", "late")),
            "kept": told["kept"],
            "refused": told["refused"],
            "crashes": told["crash"],
            "slow": told["slow"],
            "slowest_seconds": round(slowest[name], 2),
        }
        for name, told in sorted(by_format.items())
    }
    return {
        "inputs": count,
        "seed": seed,
        "slow_seconds": SLOW_SECONDS,
        "crashes": sum(one["crashes"] for one in formats.values()),
        "slow": sum(one["slow"] for one in formats.values()),
        "misplaced": misplaced,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "peak_memory_of_parsers_mb": _parsers_peak(),
        "formats": formats,
        "damages": dict(sorted(by_damage.items())),
        "harm": dict(traces.most_common()),
    }


def _parsers_peak() -> int:
    """Return the peak of the process that parses PDF and RTF: known when it has ended."""
    parsing._process().stop()
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def _cause(outcome: Outcome) -> str:
    if outcome.misplaced:
        return "a place outside of the text"
    lines = outcome.trace.strip().splitlines()
    where = next((line.strip() for line in reversed(lines) if "/ingestion/" in line or "/engine/" in line), "")
    return f"{lines[-1][:160]} at {where.rpartition('/')[2]}" if lines else f"{outcome.seconds:.0f} s"


def _keep(damaged: Seed, folder: Path, outcome: Outcome) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    write(damaged, folder)
    (folder / "_outcome.txt").write_text(
        f"{damaged.name} {outcome.kind} {outcome.seconds:.1f} s\n{outcome.trace}", encoding="utf-8"
    )


def mutations(count: int, seed: int) -> Iterator[tuple[str, Seed]]:
    """Yield damaged inputs with the name of the damage; each format in turn, the same ones for the same seed."""
    chance = random.Random(seed)
    sound = seeds()
    for number in range(count):
        one = sound[number % len(sound)]
        damages = damages_of(one.shape)
        damage = chance.choice(damages)
        content = damage(one.beside[one.mutated] if one.mutated else one.content, chance)
        if chance.random() < 0.15:
            content = chance.choice(damages)(content, chance)
        yield damage.__name__.strip("_"), _damaged(one, content)


def _damaged(one: Seed, content: bytes) -> Seed:
    return one._replace(beside={**one.beside, one.mutated: content}) if one.mutated else one._replace(content=content)


def read_one(damaged: Seed, *, alarm_seconds: float = ALARM_SECONDS) -> Outcome:
    """Write an input into a folder of its own, read it as an ingestion does, and tell what became of it."""
    with tempfile.TemporaryDirectory() as name:
        path = write(damaged, Path(name))
        began = perf_counter()
        try:
            with _alarm(alarm_seconds):
                kept, misplaced = _read(path, damaged.given)
        except _LateError:
            parsing._process().stop()  # its answer would be taken for that to the next document
            return Outcome("late", perf_counter() - began, trace=traceback.format_exc())
        except Exception:  # noqa: BLE001 -- what is counted
            return Outcome("crash", perf_counter() - began, trace=traceback.format_exc())
        return Outcome("kept" if kept else "refused", perf_counter() - began, kept, misplaced)


def _read(path: Path, given: Given) -> tuple[int, int]:
    """Return how many values were read of a file, and how many of their places are wrong."""
    folder = Folder({one.name: _opener(one) for one in sorted(path.parent.iterdir())})
    kept = misplaced = 0
    try:
        for one in documents_of(path, given, folder=folder):
            found = [] if isinstance(one, Unreadable) else list(_values(one))
            kept += len(found)
            misplaced += sum(map(_misplaced, found))
    except SourceRejectedError:
        pass
    return kept, misplaced


def _opener(path: Path) -> Callable[[], io.BufferedReader]:
    return lambda: path.open("rb")


def _values(source: SourceFile) -> Iterator[ReadResource]:
    """Yield what a document holds. Its bytes are read to their end before anything is made of them, as `ingest.py` does."""
    try:
        content = source.content()
    except DAMAGED:
        return
    source = replace(source, open=lambda: io.BytesIO(content), size=len(content), head=content[:HEAD_BYTES])
    try:
        for one in format_of(source).read(source):
            if isinstance(one, ReadResource):
                yield one
    except SourceRejectedError:
        return


def _misplaced(one: ReadResource) -> int:
    """Count places of a resource that are not in its texts."""
    documents = one.prepared.documents
    wrong = sum(not documents[each.document].text[each.start : each.end].strip() for each in one.prepared.passages)
    if not documents or len(documents[0].text) > _LOCATED_CHARACTERS:
        return wrong
    places = {path for fact in one.prepared.facts for path in (fact.concept_path, fact.occurred_path, fact.status_path) if path}
    places |= {fact.value.path for fact in one.prepared.facts if fact.value is not None and fact.value.path}
    return wrong + sum(locate(documents[0].text, path) is None for path in places)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, _ring)
    collecting = gc.isenabled()
    gc.disable()  # an alarm that rings within a callback of the collector would be lost
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        if collecting:
            gc.enable()


def _ring(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _LateError


if __name__ == "__main__":
    sys.exit(main())
