"""What the command line prints: plain text into pipes, colour into terminals, and never an escape out of a record."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chartcite.engine.language.hostile import revealed
from chartcite.engine.registers import explanation_lines

if TYPE_CHECKING:
    from chartcite.api.wire import AnswerBody, ExcerptBody, SearchBody
    from chartcite.engine.domain.answers import Claim, RedFlag, SearchCertificate
    from chartcite.engine.domain.evidence import Citation, Mark
    from chartcite.engine.domain.records import Repeats
    from rich.console import Console
    from rich.text import Text

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|[ -/]*[0-~])")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u034f\u061c\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_ABSENCES = {"not_covered": "outside what this chart covers", "not_documented": "note"}
_BAND_STYLES = {"high": "green", "moderate": "yellow", "low": "red"}
_LINES_AROUND = 12
_LONGEST_QUOTE = 240
_LONGEST_ELEMENT = 60
_MOST_ELEMENTS = 5
_MOST_CITATIONS = 6
_MOST_SYNONYMS = 12
_LONGEST_PASSAGE = 400
_MARGIN = " " * 6


MOST_SECTIONS = 8
"""Sections of notes that are named under an abstention; `--json` has them all."""


def clean(text: str) -> str:
    """Return record text without terminal escapes; characters that control, reorder or hide others are named."""
    return revealed(_ESCAPES.sub("", text.replace("\r\n", "\n")))


_WARNINGS = {
    "hidden_characters": "holds hidden characters, named in ⟨⟩",
    "instruction_like": "this text reads like an instruction to a computer; it was not followed",
    "near_instruction": "text beside this reads like an instruction to a computer; it was not followed",
}


def _print_about(out: Console, marks: Sequence[Mark], repeats: Repeats | None) -> None:
    """Print what a reader is warned of in a quote, and that later notes repeat it."""
    from rich.text import Text

    for mark in marks:
        _print_indented(out, Text(f"! {_WARNINGS.get(mark, mark)}", style="bold yellow"), len(_MARGIN), hang=2)
    if repeats is not None:
        _print_indented(out, Text(f"the same words are {repeats.shown}", style="dim"), len(_MARGIN), hang=2)


def to_json(content: object, *, indent: int | None = None) -> str:
    """Write JSON in which characters that a terminal would obey are escaped; what is read back is unchanged."""
    text = json.dumps(content, ensure_ascii=False, indent=indent)
    return _INVISIBLE.sub(lambda found: json.dumps(found[0])[1:-1], text)


def console(*, errors: bool = False) -> Console:
    """Return a console for standard output (or standard error): `NO_COLOR` and pipes are respected."""
    from rich.console import Console

    stream = sys.stderr if errors else sys.stdout
    # A pipe has no width: long lines stay whole there.
    return Console(stderr=errors, markup=False, highlight=False, emoji=False, soft_wrap=not stream.isatty())


def print_json(content: object) -> None:
    """Print JSON on standard output."""
    sys.stdout.write(to_json(content, indent=2) + "\n")


def print_table(headings: Sequence[str], rows: Sequence[Sequence[object]], *, title: str = "") -> None:
    """Print rows: a table on a terminal, tab-separated lines into a pipe."""
    cells = [[clean(str(cell)).replace("\n", " ").replace("\t", " ") for cell in row] for row in rows]
    if not sys.stdout.isatty():
        for row in ([*map(str.upper, headings)], *cells):
            sys.stdout.write("\t".join(row) + "\n")
        return
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    out = console()
    columns = list(zip(headings, *cells, strict=True))
    room = sum(max(map(len, column)) for column in columns) + 2 * len(columns)
    # Words are folded and never cut; columns stand closer where that saves a fold.
    gap = 1 if room <= out.width else 0
    table = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left", show_edge=False, padding=(0, gap, 0, 0))
    for heading, *values in columns:
        numbers = bool(values) and all(value.isdecimal() for value in values)
        table.add_column(heading, justify="right" if numbers else "left", overflow="fold", no_wrap=numbers)
    for row in cells:
        table.add_row(*map(Text, row))
    out.print(table)


def _print_conflicts(answer: AnswerBody, out: Console, numbers: dict[str, int], store: str) -> None:
    from rich.text import Text

    for conflict in answer.conflicts:
        out.print(Text(f"Sources disagree about {clean(conflict.about)}:", style="yellow"))
        for citation in conflict.citations:
            _print_citation(out, citation, numbers.setdefault(citation.id, len(numbers) + 1), store)


def print_answer(answer: AnswerBody, *, store: str = "", most_citations: int = _MOST_CITATIONS) -> None:
    """Print an answer with its citations, confidence and time. `store`: what a command must carry to find it again."""
    from rich.text import Text

    out = console()
    if answer.read_as:
        out.print(Text(f"Read as: {clean(answer.read_as)}", style="dim"))
    numbers: dict[str, int] = {}
    for flag in answer.red_flags:
        out.print(_alarm(flag, numbers))
    if not answer.claims:
        out.print(Text(clean(_without_advice(answer)), style="yellow"))
    _print_claims(out, answer, numbers)
    _print_conflicts(answer, out, numbers, store)
    for missing in answer.missing:
        out.print(Text(f"Left open: {clean(missing.what)} ({clean(missing.why)})", style="yellow"))
    if answer.beside:
        out.print(Text("Beside this, from the chart:", style="yellow"))
    for claim in answer.beside:
        out.print(_sentence(claim, numbers))
    if answer.nearest:
        out.print(Text("Nearest in the chart, which may not answer:", style="yellow"))
    for claim in answer.nearest:
        out.print(_sentence(claim, numbers))
    claims = (*answer.claims, *answer.beside, *answer.nearest)
    cited = [*(flag.citations for flag in answer.red_flags), *(claim.citations for claim in claims)]
    told = {citation.id for conflict in answer.conflicts for citation in conflict.citations}
    shown = {citation.id: citation for citations in cited for citation in citations if citation.id not in told}
    for id_, citation in list(shown.items())[:most_citations]:
        _print_citation(out, citation, numbers[id_], store)
    if len(shown) > most_citations:
        more = len(shown) - most_citations
        rest = f"and {more} more {'source' if more == 1 else 'sources'}: --json gives {'it' if more == 1 else 'them all'}"
        _print_indented(out, Text(rest, style="dim"), 2)
    if answer.abstention is not None and answer.abstention.certificate is not None:
        _print_certificate(out, answer.abstention.certificate)
    _print_footer(out, answer)


def _print_claims(out: Console, answer: AnswerBody, numbers: dict[str, int]) -> None:
    """Print the claims with what a patient is told around them."""
    from rich.text import Text

    if answer.claims and answer.lead:
        out.print(Text(clean(answer.lead), style="yellow"))
    for claim in answer.claims:
        out.print(_sentence(claim, numbers))
    for line in filter(None, (*explanation_lines(answer.explanations), answer.closing)):
        out.print(Text(clean(line), style="dim"))


def _alarm(flag: RedFlag, numbers: dict[str, int]) -> Text:
    from rich.text import Text

    places = "".join(f" [{numbers.setdefault(citation.id, len(numbers) + 1)}]" for citation in flag.citations)
    return Text(f"! {flag.urgency.upper()}: {clean(flag.text)}{places}", style="bold red")


def _without_advice(answer: AnswerBody) -> str:
    """Return the text of an answer without the advice of its red flags, which stands above it already."""
    text = answer.text
    for flag in answer.red_flags:
        text = text.replace(flag.text, "", 1).lstrip("\n")
    return text


def _sentence(claim: Claim, numbers: dict[str, int]) -> Text:
    from rich.text import Text

    places = [numbers.setdefault(citation.id, len(numbers) + 1) for citation in claim.citations]
    in_a_row = len(places) > 2 and places == list(range(places[0], places[-1] + 1))
    marks = f"[{places[0]}-{places[-1]}]" if in_a_row else " ".join(f"[{place}]" for place in places)
    return Text.assemble((clean(claim.shown), "bold"), " ", (marks, "cyan"))


def _print_citation(out: Console, citation: Citation, number: int, store: str) -> None:
    from rich.text import Text

    source = citation.source
    when = (source.occurred_at or source.recorded_at or "")[:10]
    author = "" if source.author is None or source.title.startswith(source.author) else source.author
    about = ", ".join(clean(part) for part in (source.title, when, author) if part)
    quote = _one_line(citation.quote, _LONGEST_QUOTE)
    parts = [_one_line(each.quote, _LONGEST_ELEMENT) for each in citation.elements if not each.quote.startswith(("{", "["))]
    parts = [part for part in dict.fromkeys(parts) if part and not _says_day(part, when) and part != clean(source.title)]
    text = Text.assemble((f"[{number}] ", "cyan"), (f"“{quote}”", "italic"), (f"  {about}", "dim"))
    if parts:
        text.append(f"; with {', '.join(f'“{part}”' for part in parts[:_MOST_ELEMENTS])}", style="dim")
    _print_indented(out, text, 2, hang=4)
    _print_about(out, citation.marks, citation.repeats)
    _print_command(out, f"{clean(source.resource)}: ", f"chartcite show {citation.id}{store}")


def _says_day(written: str, day: str) -> bool:
    """Whether a date as the source writes it is this day (`2024-03-05T08:15:00Z`, `20240305`)."""
    digits = day.replace("-", "")
    return bool(digits) and written.replace("-", "").startswith(digits)


def _print_command(out: Console, before: str, command: str) -> None:
    """Print a command that can be copied: on a line of its own where both do not fit, and never broken."""
    from rich.text import Text

    if before and out.is_terminal and len(_MARGIN + before + command) > out.width:
        _print_indented(out, Text(before.rstrip(": "), style="dim"), len(_MARGIN))
        before = ""
    out.print(Text(f"{_MARGIN}{before}{command}", style="dim"), soft_wrap=True)


def _print_indented(out: Console, text: Text, indent: int, *, hang: int = 0) -> None:
    """Print a paragraph so that its further lines stand under its first (a pipe gets one line)."""
    if not out.is_terminal:
        text.pad_left(indent)
        out.print(text)
        return
    first, *rest = text.wrap(out, max(out.width - indent - hang, 20))
    for line, margin in ((first, indent), *((each, indent + hang) for each in rest)):
        line.rstrip()
        line.pad_left(margin)
        out.print(line, soft_wrap=True)


def _one_line(text: str, longest: int) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= longest else line[:longest] + "…"


def _print_certificate(out: Console, certificate: SearchCertificate) -> None:
    from rich.text import Text

    passages = f"{certificate.passages_searched} passages of {certificate.documents_searched} documents"
    lines = [f"{_ABSENCES.get(certificate.absence or '', 'note')}: {'; '.join(certificate.gaps)}"] if certificate.gaps else []
    lines.append(f"searched: {certificate.facts_searched} facts, {passages}")
    if certificate.earliest_record and certificate.newest_record:
        lines.append(f"records from {certificate.earliest_record} to {certificate.newest_record}")
    if certificate.concepts:
        lines.append("looked for: " + ", ".join(certificate.concepts))
    synonyms = [each for each in certificate.synonyms if each not in certificate.concepts]
    if synonyms:
        more = "…" if len(synonyms) > _MOST_SYNONYMS else ""
        lines.append("also as: " + ", ".join(synonyms[:_MOST_SYNONYMS]) + more)
    if certificate.sections:
        unnamed = len(certificate.sections) - MOST_SECTIONS
        lines.append(
            "sections: " + ", ".join(certificate.sections[:MOST_SECTIONS]) + (f" and {unnamed} more" if unnamed > 0 else "")
        )
    for line in lines:
        _print_indented(out, Text(clean(line), style="dim"), 2, hang=2)


def _print_footer(out: Console, answer: AnswerBody) -> None:
    from rich.text import Text

    if answer.notice:
        _print_indented(out, Text(clean(answer.notice), style="yellow"), 2, hang=2)

    confidence = answer.confidence
    milliseconds = answer.receipt.timings.get("total_ms", 0.0)
    took = f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"
    text = Text.assemble(
        (_verdict(answer), "dim"),
        (" · confidence ", "dim"),
        (confidence.band, _BAND_STYLES[confidence.band]),
        (f" ({confidence.probability:.2f}) · {took} · {answer.receipt.generator}", "dim"),
    )
    _print_indented(out, text, 2, hang=2)


def _verdict(answer: AnswerBody) -> str:
    """Say what kind of answer it is, and how something is absent."""
    if answer.abstention is None:
        return "supported: documented as absent" if answer.absence else "supported"
    outside = answer.absence is not None and answer.absence.value == "not_covered"
    return f"abstained: {'outside what this chart covers' if outside else answer.abstention.reason.replace('_', ' ')}"


def print_source(excerpt: ExcerptBody) -> None:
    """Print the source of a citation around its quote, the quote marked."""
    from rich.text import Text

    out = console()
    source = excerpt.citation.source
    for label, content in (
        ("source", source.resource),
        ("patient", excerpt.patient_id or "(guideline)"),
        ("title", source.title),
        ("element", source.path),
        ("happened", source.occurred_at),
        ("written", source.recorded_at),
        ("author", source.author),
        ("page", _page(excerpt)),
    ):
        if content:
            out.print(Text.assemble((f"{label:>9}  ", "dim"), clean(content)))
    shown = excerpt.readable
    text, start, end = excerpt.text, excerpt.citation.start, excerpt.citation.end
    if shown is not None:
        text, start, end = shown.text, shown.start, shown.end
    first, last = _window(text, start, end)
    plain = not sys.stdout.isatty()
    _print_about(out, excerpt.citation.marks, None)
    out.print()
    out.print(
        Text.assemble(
            ("…\n" if first else "", "dim"),
            clean(text[first:start]),
            (f">>>{clean(text[start:end])}<<<" if plain else clean(text[start:end]), "" if plain else "reverse"),
            clean(text[end:last]),
            ("\n…" if last < len(text) else "", "dim"),
        )
    )


def _page(excerpt: ExcerptBody) -> str:
    """The page of the quote, and between which heights its lines stand there (points from the lower edge)."""
    lines = [line for line in excerpt.rectangles if line.page == excerpt.page]
    if excerpt.page is None or not lines:
        return str(excerpt.page or "")
    lowest, highest = min(line.bottom for line in lines), max(line.top for line in lines)
    return f"{excerpt.page} (between {lowest:.0f} and {highest:.0f} points above its lower edge)"


def _window(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole lines around a range."""
    first, last = start, end
    for _ in range(_LINES_AROUND):
        first = max(text.rfind("\n", 0, max(first - 1, 0)) + 1, 0)
        found = text.find("\n", last + 1)
        last = found if found >= 0 else len(text)
    return first, last


def print_hits(found: SearchBody, *, store: str = "") -> None:
    """Print passages found, best first. `store`: what a command must carry to find them again."""
    from rich.text import Text

    out = console()
    for hit in found.hits:
        whose = f"{clean(hit.patient_id)} · " if hit.patient_id else ""
        when = (hit.occurred_at or hit.recorded_at or "")[:10]
        about = " · ".join(clean(part) for part in (hit.title, hit.section, when) if part)
        _print_indented(out, Text.assemble((f"[{hit.rank}] ", "cyan"), (whose, "bold"), about), 2, hang=4)
        _print_indented(out, Text(_one_line(hit.text, _LONGEST_PASSAGE)), len(_MARGIN))
        _print_about(out, hit.marks, hit.repeats)
        _print_command(out, f"{clean(hit.resource)}: ", f"chartcite show {hit.citation}{store}")
    if not found.hits:
        out.print("nothing found")
