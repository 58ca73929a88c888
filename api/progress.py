"""Progress on standard error, only for a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

IngestProgress = Callable[[str, int, int], None]


@contextmanager
def ingest_progress(*, quiet: bool = False) -> Iterator[IngestProgress | None]:
    """Show a bar for each stage of ingestion, with rate and remaining time."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with _bars() as bars:
        tasks: dict[str, TaskID] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


@contextmanager
def count_progress(name: str, *, quiet: bool = False) -> Iterator[Callable[[], None] | None]:
    """Show how many are done, where the number is not known beforehand."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    with _bars() as bars:
        task = bars.add_task(name, total=None)
        yield lambda: bars.advance(task)


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(TextColumn):
        """Items a second."""

        def __init__(self) -> None:
            super().__init__("")

        def render(self, task: object) -> Text:
            speed = getattr(task, "speed", None)
            return Text(f"{speed:,.0f}/s" if speed else "", style="dim")

    return Progress(
        TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn(),
        console=Console(stderr=True),
    )  # fmt: skip
