"""What an ingestion did, for the command line: JSON and a table."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chartcite.api.terminal import clean, console, print_table

if TYPE_CHECKING:
    from chartcite.ingestion.ingest import IngestReport, Refused

_MOST_REASONS = 20


def report_to_json(report: IngestReport) -> dict[str, Any]:
    """Return the report with counts by name."""
    return {
        **report.counts._asdict(),
        "files": [{"file": each.uri, "seen": each.seen, **each.counts._asdict()} for each in report.files],
        "by_type": {name: counts._asdict() for name, counts in report.by_type.items()},
        "refused": [_refused(each) for each in report.refused],
        "notes": [_refused(each) for each in report.notes],
        "ignored": list(report.ignored),
        "passages": report.passages,
        "embedded": report.embedded,
        "vectors": report.vectors,
        "seconds": report.seconds,
    }


def print_report(report: IngestReport, store: Path) -> None:
    """Print what was read, by type, and why something was refused."""
    from rich.text import Text

    out = console()
    seen = sum(each.seen for each in report.files)
    if report.by_type:
        rows = [(name, *counts) for name, counts in report.by_type.items()]
        columns = ("resource", "read", "stored", "unchanged", "superseded", "deleted", "quarantined")
        print_table(columns, [*rows, ("all", *report.counts)])
    for reason, count in Counter(each.reason for each in report.refused).most_common(_MOST_REASONS):
        out.print(Text(f"refused, {count} times: {clean(reason)}", style="yellow"))
    for reason, count in Counter(each.reason for each in report.notes).most_common(_MOST_REASONS):
        out.print(Text(f"noted, {count} times: {clean(reason)}", style="dim"))
    for name in report.ignored[:_MOST_REASONS]:
        out.print(Text(f"in no format that is read: {clean(name)}", style="dim"))
    if len(report.ignored) > _MOST_REASONS:
        out.print(Text(f"and {len(report.ignored) - _MOST_REASONS} files more in no format that is read", style="dim"))
    skipped = f" ({seen} of them were stored before, and skipped)" if seen else ""
    seconds = sum(report.seconds.values())
    out.print(Text(f"{len(report.files)} files{skipped}, {report.embedded} passages embedded, {seconds:.1f} s: {store}"))
    if report.refused:
        out.print(Text(f"see them with: chartcite quarantine --store {store}", style="dim"))


def _refused(each: Refused) -> dict[str, str]:
    return {"file": each.uri, "where": each.where, "reason": each.reason}
