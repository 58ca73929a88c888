"""How an explanation looks on the command line: stage by stage, at most `COLUMNS` columns, nothing of a record obeyed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from chartcite.api.terminal import clean, console
from chartcite.engine.answers.certificate import in_words
from chartcite.engine.brief import COLUMNS, wrapped
from chartcite.engine.domain.answers import Absence

if TYPE_CHECKING:
    from chartcite.api.explanation_wire import ExplanationBody
    from chartcite.engine.domain.explanations import Considered, FactsFound, PartExplained, PassageFound, QuestionRead, TargetRead

HEADING = 15
"""Columns of the heading beside the lines."""
MOST_PASSAGES = 10
MOST_DROPPED = 8
MOST_SOURCES = 3
MOST_SECTIONS = 40
_ABSENCES = {
    Absence.DOCUMENTED_ABSENT: "documented as absent",
    Absence.NOT_DOCUMENTED: "not documented",
    Absence.NOT_COVERED: "outside what this chart covers",
}
_SHORT, _LONG = 60, 240
"""Characters of a name and of a sentence that are shown."""


def print_explanation(found: ExplanationBody, *, everything: bool = False, store: str = "") -> None:
    """Print an explanation, stage by stage. `store`: what a command must carry to find a source again."""
    out = console()
    for line in rows(found, everything=everything, store=store):
        out.print(line, soft_wrap=True)


def rows(found: ExplanationBody, *, everything: bool = False, store: str = "") -> Iterator[str]:
    """Yield the rows of the screen: question, then of each part what was read, found and weighed; answer; time."""
    yield from _row("question", found.answer.question)
    yield from _row("read as", found.answer.read_as)
    yield from _row("searched in", "; ".join(found.filters))
    for number, part in enumerate(found.parts, start=1):
        yield ""
        yield f"HOW IT IS READ{f' (part {number} of {len(found.parts)})' if len(found.parts) > 1 else ''}"
        yield from _read(part.read)
        if found.certificate is not None:
            yield "WHAT WAS FOUND"
            yield from _found(part, everything=everything)
            yield "WHAT BECAME OF IT"
            yield from _considered(part.considered, everything=everything, store=store)
    yield ""
    yield "THE ANSWER"
    yield from _answer(found)
    yield "WHERE THE TIME GOES"
    yield from _row("answering", _times(found.answer.receipt.timings))
    yield from _row("route by route", _times(found.timings))


def _row(heading: str, text: str, *, hang: int = HEADING) -> list[str]:
    """Return a heading with its text beside it; nothing where there is no text."""
    lines = wrapped(" ".join(clean(text).split()), indent=hang)
    return [f"{heading:<{HEADING}}{lines[0].lstrip()}"[:COLUMNS], *lines[1:]] if lines else []


def _cut(text: str, longest: int = _LONG) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def _read(read: QuestionRead) -> Iterator[str]:
    yield from _row("part", read.text)
    asked = [read.intent, f"event {read.event}" if read.event else "", f"list {read.subject}" if read.subject else "", *read.asks]
    yield from _row("asks", "; ".join(part.replace("_", " ") for part in asked if part))
    for target in read.targets:
        yield from _target(target)
    if read.window is not None:
        span = f"{read.window.first or '…'} to {read.window.last or '…'}"
        order = "; digits read month first" if read.window.ambiguous else ""
        yield from _row("time", f"“{read.window.words}”: {span}{order}")
    yield from _row("anchor", f"“{read.anchor}”" if read.anchor else "")
    yield from _row("mended", ", ".join(f"{wrong} read as {right}" for wrong, right in read.mended.items()))
    yield from _row("words", f"{', '.join(read.looked_for)} (looked for as words)" if read.looked_for else "")
    yield from _row("not understood", f"{', '.join(read.not_understood)} (looked for as words)" if read.not_understood else "")
    yield from _row("how it asks", ", ".join(read.passed_over))


def _target(target: TargetRead) -> Iterator[str]:
    known = f" = {target.label}" if target.label != target.words else ""
    kind = f" ({target.kind})" if target.kind else " (named by this chart only)"
    names = ", ".join(_cut(name, _SHORT) for name in target.names)
    match = "exactly" if target.exact else "by part of a name"
    chart = f"in this chart {target.concepts}, {match}: {names}" if target.concepts else "not in the lists of this chart"
    yield from _row("about", f"{target.words}{known}{kind}: {chart}")
    yield from _row("  also as", _first(target.synonyms, target.synonyms_known))
    yield from _row("  codes", _first(target.codes, target.codes_known))


def _first(shown: tuple[str, ...], known: int) -> str:
    more = f" and {known - len(shown)} more" if known > len(shown) else ""
    return f"{', '.join(shown)}{more}" if shown else ""


def _found(part: PartExplained, *, everything: bool) -> Iterator[str]:
    for item in part.facts:
        yield from _row("facts", _facts(item))
    if part.listed is not None:
        yield from _row("list", f"{part.listed.subject.replace('_', ' ')}: {part.listed.found}: {_first(part.listed.items, 0)}")
    searched = part.searched
    counts = f"{searched.by_meaning} by meaning and {searched.by_words} by words (each at most {searched.limit})"
    yield from _row("passages", f"{counts}; {len(searched.passages)} kept, {searched.left_out} left out as copies or last ranks")
    shown = searched.passages if everything else searched.passages[:MOST_PASSAGES]
    if shown:
        yield f"{'':<{HEADING}}{'#':>3} {'meaning':>13} {'words':>12} {'fused':>6}  passage"
    for passage in shown:
        yield from _passage(passage)
    if len(searched.passages) > len(shown):
        yield from _row("", f"and {len(searched.passages) - len(shown)} more: --all shows them")


def _facts(item: FactsFound) -> str:
    if not item.found:
        return f"{item.target}: none"
    held = [f"{count} {name.replace('_', ' ')}" for name, count in (*item.by_category.items(), *item.by_assertion.items())]
    span = f"; {item.first} to {item.last}" if item.first else "; undated"
    window = "" if item.in_window is None else f"; {item.in_window} in the time asked about"
    notes = f"; {item.from_notes} found in notes" if item.from_notes else ""
    return f"{item.target}: {item.found} ({', '.join(held)}){span}{window}{notes}"


def _passage(passage: PassageFound) -> Iterator[str]:
    meaning = f"{passage.rank_by_meaning} ({passage.similarity:.2f})" if passage.rank_by_meaning else "-"
    words = f"{passage.rank_by_words} ({passage.word_score or 0:.1f})" if passage.rank_by_words else "-"
    about = " · ".join(part for part in (passage.title, passage.section, passage.day, passage.resource) if part)
    marks = "; first to hold what a later note copied" if passage.instead_of_copy else ""
    marks += "; reads like an instruction to a computer: last" if passage.instruction_like else ""
    places = f"{passage.rank:>3} {meaning:>13} {words:>12} {passage.fused:>6.2f}  "
    text = wrapped(f"{clean(_cut(about, 2 * _SHORT))}{marks}", indent=HEADING + len(places))
    yield f"{'':<{HEADING}}{places}{text[0].lstrip() if text else ''}"
    yield from text[1:]


def _considered(considered: Sequence[Considered], *, everything: bool, store: str) -> Iterator[str]:
    dropped = 0
    for each in considered:
        dropped += not each.taken
        if not each.taken and dropped > MOST_DROPPED and not everything:
            continue
        yield from _row("taken" if each.taken else "dropped", f"{_cut(each.text)} [{each.route}]")
        yield from _row("", f"why: {each.why.partition(': ')[2] or each.why}")
        if each.taken and each.leaves_open:
            yield from _row("", f"leaves open: {', '.join(each.leaves_open)}")
        opened = list(zip(each.resources, each.citations, strict=True))[:MOST_SOURCES]
        for resource, citation in opened:  # a command is never broken, so that it can be copied
            yield f"{'':<{HEADING}}{clean(resource)}: chartcite show {citation}{store}"
    if dropped > MOST_DROPPED and not everything:
        yield from _row("", f"and {dropped - MOST_DROPPED} more were dropped: --all shows them")
    if not dropped and not considered:
        yield from _row("", "nothing that could answer was found")


def _answer(found: ExplanationBody) -> Iterator[str]:
    for line in found.answer.text.split("\n"):
        yield from _row("", line)
    yield from _row("verdict", _verdict(found))
    if found.certificate is not None:
        searched = in_words(found.certificate) if found.answer.claims else ""  # an abstention says it in its text
        yield from _row("searched", searched.removeprefix("Searched: "))
        yield from _row("sections", ", ".join(found.certificate.sections[:MOST_SECTIONS]))


def _verdict(found: ExplanationBody) -> str:
    if found.answer.absence is not None:
        return _ABSENCES[found.answer.absence]
    return found.answer.abstention.reason.value.replace("_", " ") if found.answer.abstention else "supported"


def _times(timings: dict[str, float]) -> str:
    return ", ".join(f"{name.removesuffix('_ms').replace('_', ' ')} {spent:.1f} ms" for name, spent in timings.items())
