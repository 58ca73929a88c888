"""Copies measured figures from docs/scorecard.md and docs/benchmark.json into README.md: `python -m tests.evals.figures`."""

from __future__ import annotations

import json
import re
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
START, END = "<!-- figures: python -m tests.evals.figures -->", "<!-- end of figures -->"
_TOTAL = re.compile(r"^\| \*\*all\*\* \|(.+)\|$", re.MULTILINE)


def main() -> None:
    """Renew the figures of the README."""
    readme = REPOSITORY / "README.md"
    readme.write_text(with_figures(readme.read_text(encoding="utf-8"), REPOSITORY / "docs"), encoding="utf-8")


def with_figures(readme: str, docs: Path) -> str:
    """Return the README with the figures between its two marks replaced."""
    before, rest = readme.split(START, 1)
    after = rest.split(END, 1)[1]
    return "\n".join([before + START, *_scorecard(docs / "scorecard.md"), *_benchmark(docs / "benchmark.json"), END + after])


def _scorecard(path: Path) -> list[str]:
    if not path.is_file():
        return ["- Answers: not measured yet; `make scorecard` does it."]
    report = path.read_text(encoding="utf-8").split("## Report half", 1)[-1].split("\n## ", 1)[0]
    total = _TOTAL.search(report)
    if total is None:
        return ["- Answers: docs/scorecard.md has no total for the report half."]
    asked, right, cited, false_answers, refusals = (cell.strip() for cell in total[1].split("|")[:5])
    return [
        f"- Answered right: {right} of {asked} gold questions about charts that the engine was not mended on; right answers that",
        f"  cite a gold source: {cited}. False answers to questions without an answer or with a wrong premise: {false_answers};",
        f"  refusals where the chart does answer: {refusals}. In brackets: 95 % intervals. ([scorecard](docs/scorecard.md))",
    ]


def _benchmark(path: Path) -> list[str]:
    if not path.is_file():
        return ["- Speed and memory: not measured yet; `make bench` does it."]
    figures = json.loads(path.read_text(encoding="utf-8"))
    warm, server, ingested = figures["answers"]["warm"], figures["server"], figures["ingest"]
    return [
        f"- A warm question takes {warm['p50_ms']:.0f} ms (median) and {warm['p95_ms']:.0f} ms (95 of 100) with",
        f"  {ingested['patients']} patients in the store, on {figures['machine'].split(',')[0]} without a GPU; the server holds",
        f"  {server['resident_mb'] or 0:.0f} MB of memory. Ingestion takes {ingested['ratio']:.2f} times as long as",
        "  sentence-transformers alone needs to embed the same passages, and",
        f"  {ingested['distinct_ratio']:.2f} times where it embeds each different text once. ([benchmark](docs/benchmark.md))",
    ]


if __name__ == "__main__":
    main()
