"""How changes and briefs look on the command line: a heading beside the lines, each with the numbers of its sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from chartcite.api.terminal import clean, console
from chartcite.engine.brief import HEADING, row, wrapped

if TYPE_CHECKING:
    from chartcite.engine.domain.briefings import Brief, Changes, Line, Section
    from chartcite.engine.domain.evidence import Citation


def print_changes(found: Changes, *, store: str = "", sources: bool = False) -> None:
    """Print what changed, section by section; sections without lines say what was searched."""
    numbers: dict[str, tuple[int, Citation]] = {}
    rows = [f"Since {found.since.words}."]
    if found.since.line is not None:
        rows += _line(found.since.line, numbers, indent=2)
    rows.append(f"Up to {found.until}.")
    for part in found.sections:
        if part.lines:
            rows += ["", f"{part.title}{_more(part)}"]
            for line in part.lines:
                rows += _line(line, numbers, indent=2)
                rows += wrapped(f"why: {clean(line.why)}", indent=6) if line.why else []
    quiet = [part for part in found.sections if not part.lines]
    if quiet:
        rows += ["", "Nothing found"]
        for part in quiet:
            rows += wrapped(f"{part.title}: {part.searched}.", indent=2)
    _print(rows, numbers, found.dropped_claims, store=store, sources=sources)


def print_brief(found: Brief, *, store: str = "", sources: bool = False) -> None:
    """Print a brief: at most 40 lines of 100 columns, without the sources."""
    numbers: dict[str, tuple[int, Citation]] = {}
    rows: list[str] = []
    for part in found.sections:
        heading = f"{part.title}{f' +{part.left_out}' if part.left_out else ''}"
        told = [each for line in part.lines for each in _line(line, numbers, indent=HEADING)]
        told = told or wrapped(f"({part.searched})", indent=HEADING)[:1]
        rows += [f"{heading:<{HEADING}}{told[0].lstrip()}", *told[1:]]
    _print(rows, numbers, found.dropped_claims, store=store, sources=sources)


def _more(part: Section) -> str:
    return f" (and {part.left_out} more)" if part.left_out else ""


def _line(line: Line, numbers: dict[str, tuple[int, Citation]], *, indent: int) -> list[str]:
    for citation in line.claim.citations:
        numbers.setdefault(citation.id, (len(numbers) + 1, citation))
    places = list(dict.fromkeys(numbers[citation.id][0] for citation in line.claim.citations))
    return wrapped(clean(row(line, places)), indent=indent)


def _print(rows: Iterable[str], numbers: dict[str, tuple[int, Citation]], dropped: int, *, store: str, sources: bool) -> None:
    out = console()
    for each in rows:
        out.print(each, soft_wrap=True)
    if dropped:
        out.print(f"{dropped} lines failed a check against their source and are not shown", soft_wrap=True)
    if sources:
        out.print()
        for number, citation in numbers.values():
            quote = " ".join(clean(citation.quote).split())
            where = f"{clean(citation.source.resource)}: chartcite show {citation.id}{store}"
            out.print(f"[{number}] “{quote}”  {where}", soft_wrap=True)
    elif numbers:
        out.print("[n]: --sources prints where each line stands, --json gives all of it", soft_wrap=True)
