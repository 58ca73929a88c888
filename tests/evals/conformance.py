"""Nothing of a source is lost: `python -m tests.evals.conformance` counts what open data holds, and what a store made of it.

What a set holds is counted from its JSON by other means than the readers', and compared with the report of the run: each
resource is stored, unchanged, superseded, deleted or in quarantine. Writes docs/conformance.json and docs/conformance.md.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import IngestReport, ingest

Figures = dict[str, Any]

REPOSITORY = Path(__file__).parents[2]
OUT = REPOSITORY / "docs" / "conformance.json"
MUTATIONS = REPOSITORY / "docs" / "mutations.json"
PAGE = REPOSITORY / "docs" / "conformance.md"
_RECORDS = (".json", ".ndjson", ".xml")
_NUMBER = re.compile(r"\d+")
_UNREADABLE = "(unreadable)"
"""What the report calls a part that has no type."""


class Set(NamedTuple):
    """A set of open data that holds records."""

    name: str
    folder: str
    """Where in it they stand."""


SETS = (
    Set("us_core_examples", ""),
    Set("bulk_fhir", ""),
    Set("synthea_us_core", "bundles"),
    Set("synthea_r4", "bundles"),
    Set("ccda_hl7", ""),
    Set("ecqm", "patients"),
)


def main() -> int:
    """Measure each set that is there; return 1 where something differs."""
    shared = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared")) / "data"
    figures: Figures = {"sets": {}, "differences": []}
    for one in SETS:
        packed = shared / f"{one.name}.tar.xz"
        if not packed.is_file():
            sys.stderr.write(f"{one.name}: not in {shared.name}/, left out\n")
            continue
        with tempfile.TemporaryDirectory() as scratch:
            measured = measure(_unpacked(packed, Path(scratch)) / one.folder, Path(scratch) / "store")
        figures["differences"] += [f"{one.name}: {difference}" for difference in measured.pop("differences")]
        figures["sets"][one.name] = measured
        sys.stdout.write(f"{one.name}: {json.dumps(measured)}\n")
    if not figures["sets"]:
        sys.stderr.write("no data to measure: set SHARED to the folder that holds data/\n")
        return 1
    OUT.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_page()
    sys.stdout.write("".join(f"DIFFERS {difference}\n" for difference in figures["differences"]))
    return int(bool(figures["differences"]))


def measure(folder: Path, store: Path) -> Figures:
    """Ingest a folder, again as it is, and again in other bytes that say the same; return counts, and what differs."""
    expected = Counter(kind for path in _files(folder) for kind in held_by(path))
    with SqliteWriter(store) as writer:
        began = perf_counter()
        first = ingest([folder], writer, None)
        seconds = perf_counter() - began
        waiting = len(writer.passages_to_embed("none"))
        second = ingest([folder], writer, None)
        for path in _files(folder):
            path.write_bytes(b"\n" + path.read_bytes() if path.suffix.lower() != ".xml" else path.read_bytes())
        third = ingest([folder], writer, None)
        grown = len(writer.passages_to_embed("none")) - waiting
    differences = [*_lost(expected, first), *_moved(first, second, third)]
    if grown:
        differences.append(f"{grown} passages more to embed after it was read again")
    return {
        "files": len(first.files),
        "held": expected.total(),
        **first.counts._asdict(),
        "by_type": dict(sorted(expected.items())),
        "reasons": dict(Counter(_NUMBER.sub("N", one.reason) for one in first.refused).most_common()),
        "notes": dict(Counter(_NUMBER.sub("N", one.reason) for one in first.notes).most_common()),
        "passages": first.passages,
        "seconds": round(seconds, 2),
        "resources_per_second": round(expected.total() / seconds),
        "again": {"seen": sum(one.seen for one in second.files), "read": second.counts.read},
        "other_bytes": third.counts._asdict(),
        "differences": differences,
    }


def held_by(path: Path) -> Iterator[str]:
    """Yield the type of everything that a file holds, by the standard's words alone."""
    if path.suffix.lower() == ".xml":
        yield "ClinicalDocument"
    elif path.suffix == ".ndjson":
        for line in path.read_bytes().split(b"\n"):
            if line.strip():
                yield from _types(json.loads(line))
    else:
        yield from _types(json.loads(path.read_bytes()))


def _types(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield _UNREADABLE
    elif value.get("resourceType") != "Bundle":
        yield value.get("resourceType", _UNREADABLE)
    else:
        for entry in value.get("entry", []):
            yield from _types(entry.get("resource"))


def _lost(expected: Counter[str], report: IngestReport) -> Iterator[str]:
    """Yield each type of which not every resource has an outcome."""
    for kind in sorted(expected.keys() | report.by_type.keys()):
        counts = report.by_type.get(kind)
        outcomes = 0
        if counts is not None:
            outcomes = counts.stored + counts.superseded + counts.unchanged + counts.deleted + counts.quarantined
        if outcomes != expected[kind]:
            yield f"{kind}: {expected[kind]} in the files, {outcomes} in the report"


def _moved(first: IngestReport, second: IngestReport, third: IngestReport) -> Iterator[str]:
    """Yield what a second and a third reading changed. An id with different words twice in a set supersedes itself each time."""
    if not all(one.seen for one in second.files if not _is_refused(one.uri, second)) or second.counts.read != len(second.refused):
        yield f"the same bytes were read a second time: {second.counts.read} resources"
    if third.counts.stored or third.counts.deleted or third.counts.superseded > 2 * first.counts.superseded:
        yield f"the same resources in other bytes: {third.counts.stored} stored, {third.counts.superseded} superseded"


def _is_refused(uri: str, report: IngestReport) -> bool:
    return any(one.uri == uri for one in report.refused)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in _RECORDS)


def _unpacked(packed: Path, scratch: Path) -> Path:
    """Unpack what holds records, without the words about the set."""
    with tarfile.open(packed) as archive:
        members = [one for one in archive.getmembers() if Path(one.name).suffix.lower() in _RECORDS]
        archive.extractall(scratch, members=members, filter="data")
    return scratch / packed.name.removesuffix(".tar.xz")


def write_page() -> None:
    """Write docs/conformance.md from the figures that were saved."""
    lines = ["# Conformance", ""]
    if OUT.is_file():
        lines += _conformance_lines(json.loads(OUT.read_text(encoding="utf-8")))
    if MUTATIONS.is_file():
        lines += _mutation_lines(json.loads(MUTATIONS.read_text(encoding="utf-8")))
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _conformance_lines(figures: Figures) -> list[str]:
    rows = [
        f"| {name} | {one['files']} | {one['held']:,} | {one['stored']:,} | {one['superseded']:,} | {one['unchanged']:,} "
        f"| {one['quarantined']:,} | {one['resources_per_second']:,} |"
        for name, one in figures["sets"].items()
    ]
    reasons = [
        f"- {name}: {count} × {reason}" for name, one in figures["sets"].items() for reason, count in one["reasons"].items()
    ]
    return [
        "Written by `python -m tests.evals.conformance` and `python -m tests.evals.mutations`; figures in `conformance.json` and",
        "`mutations.json`.",
        "",
        "## Nothing is lost",
        "",
        "Each set is ingested into a new store. What its files hold is counted from their JSON (of XML: documents), by type, and",
        "compared with the report. Then the same bytes are given again: nothing of them is read. Then the same resources in",
        "other bytes: none is stored again, and no passage waits for a vector anew.",
        "",
        "| set | files | resources | stored | superseded | unchanged | quarantined | per second |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *rows,
        "",
        f"Differences: {len(figures['differences'])}." if not figures["differences"] else "Differences:",
        *(f"- {difference}" for difference in figures["differences"]),
        "",
        *(["Quarantined, with the reason that the report gives (numbers as N):", "", *reasons, ""] if reasons else []),
    ]


def _mutation_lines(figures: Figures) -> list[str]:
    rows = [
        f"| {name} | {one['inputs']:,} | {one['kept']:,} | {one['refused']:,} | {one['crashes']} | {one['slow']} "
        f"| {one['slowest_seconds']} |"
        for name, one in figures["formats"].items()
    ]
    return [
        "## Hostile input",
        "",
        f"{figures['inputs']:,} damaged inputs (seed {figures['seed']}) are read: cut short, bits flipped, wrong types, huge",
        "values, deep nesting, ids twice, bad base64, wrong encodings, bombs, entity attacks. *Kept*: something was read of it;",
        "*refused*: nothing, with a reason; *crash*: any other exception; *slow*: more than",
        f"{figures['slow_seconds']:.0f} seconds, and than a millisecond for each resource.",
        "",
        "| format | inputs | kept | refused | crashes | slow | slowest, s |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *rows,
        "",
        f"In all {figures['crashes']} crashes, {figures['slow']} slow, {figures['misplaced']} facts or passages that point",
        f"outside of their text. Peak memory {figures['peak_memory_mb']} MB (of the process that parses PDF and RTF:",
        f"{figures['peak_memory_of_parsers_mb']} MB).",
    ]


if __name__ == "__main__":
    sys.exit(main())
