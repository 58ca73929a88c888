"""Writes docs/guidelines.md: every recommendation of the bundled corpus with id, grade, source and status.

`python -m tests.evals.guidelines_doc` prints it; `--write` saves it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from chartcite.engine.guidelines.guideline_rules import block_of, parse_rule
from chartcite.engine.guidelines.guidelines import front_matter
from chartcite.ingestion.sources.guidelines import read_guideline

from tests.charts import CORPORA

PAGE = Path(__file__).parents[2] / "docs" / "guidelines.md"


_HEAD = """each written in own words from the
public document that it names, and not yet reviewed by a clinician. Strength is in the issuer's own scheme. Written by
`python -m tests.evals.guidelines_doc --write`; the conditions are explained in
[guideline-conditions.md](guideline-conditions.md)."""


def page() -> str:
    """Return the page."""
    files = sorted((CORPORA / "guidelines").glob("*.md"))
    blocks, total, current, topics = [], 0, 0, set[str]()
    for path in files:
        rows = []
        read = list(read_guideline(path.read_text(encoding="utf-8"), path.name))
        meta = front_matter(read[0].prepared.documents[1].text)
        for one in read:
            text = one.prepared.documents[0].text
            lines = dict(line[2:].split(": ", 1) for line in text.splitlines() if line.startswith("- ") and ": " in line)
            heading = text.splitlines()[0].partition(". ")[2]
            kind = "conditions" if "\nneeds:" in f"\n{block_of(text) or ''}" else "reader judges"
            rows.append(f"| `{one.prepared.resource}` | {heading} | {lines.get('Strength', '')} | {kind} |")
            total += 1
            current += meta["status"] == "current"
        topics |= {topic.strip(' "') for topic in meta["topics"].strip("[]").split(",")}
        link = f", {meta['identifier']}" if meta.get("identifier") else ""
        state = meta["status"] + (f" by `{meta['superseded_by']}`" if meta.get("superseded_by") else "")
        blocks += [
            "",
            f"## {meta['title']}",
            "",
            f"{meta['organization']}, {meta['year']}{link}. Version {meta['version']}; {state}.",
            "",
        ]
        blocks += ["| recommendation | about | strength | evaluated by |", "|---|---|---|---|", *rows]
    counted = f"{total} recommendations ({current} of them current) in {len(files)} files, under {len(topics)} topic words"
    blocks += ["", "## Where organisations disagree", "", _DISPUTED, "", *_disputed(files)]
    head = ["# Guidelines of the bundled corpus", "", f"{counted}; {_HEAD}"]
    return "\n".join([*head, *blocks]) + "\n"


_DISPUTED = """An answer that tells one side of these tells the other sides too, and names the matter in `conflicts`; so does
`chartcite gaps` where something is due by one organisation and not by another. See
[guideline-conditions.md](guideline-conditions.md#where-guidelines-disagree)."""


def _disputed(files: Sequence[Path]) -> list[str]:
    """Return a table of the disputed matters with the position of each recommendation."""
    rows: list[str] = []
    for path in files:
        for one in read_guideline(path.read_text(encoding="utf-8"), path.name):
            block = block_of(one.prepared.documents[0].text)
            positions = parse_rule(block).positions if block is not None else ()
            rows += [f"| {each.matter} | {each.said} | `{one.prepared.resource}` |" for each in positions]
    return ["| matter | position | recommendation |", "|---|---|---|", *sorted(rows)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print or save the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="save docs/guidelines.md")
    if parser.parse_args(arguments).write:
        PAGE.write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
