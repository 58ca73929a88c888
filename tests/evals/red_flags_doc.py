"""`python -m tests.evals.red_flags_doc`: writes the tables of docs/red-flags.md from the rules; a test compares them."""
# ruff: noqa: E501 -- rows of tables read better whole

from __future__ import annotations

import sys

from chartcite.engine.findings.critical_values import LIMITS
from chartcite.engine.red_flags.dangerous_combinations import COMBINATIONS
from chartcite.engine.red_flags.red_flag_cues import Source
from chartcite.engine.red_flags.red_flag_topics_more import ALL_TOPICS

from tests.evals.gold import REPOSITORY

PAGE = REPOSITORY / "docs" / "red-flags.md"
START, END = "<!-- tables: python -m tests.evals.red_flags_doc -->", "<!-- end of tables -->"


def main() -> None:
    """Write the page."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.stdout.write(f"{PAGE.name}: {len(ALL_TOPICS)} topics, {len(COMBINATIONS)} combinations, {len(LIMITS)} limits\n")


def written(page: str) -> str:
    """Return a page with the tables of now between its marks.

    Raises:
        ValueError: the page lacks the marks.
    """
    before, _, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"docs/red-flags.md lacks {START} or {END}: put both back where the tables belong")
    return f"{before}{START}\n{tables()}{END}{after}"


def tables() -> str:
    """Return the tables of topics, combinations and limits."""
    topics = [f"| `{one.name}` | {one.label} | {one.urgency} | {'; '.join(map(_named, one.sources))} |" for one in ALL_TOPICS]
    combinations = [f"| `{one.name}` | {one.told} | {one.held} | {one.urgency} | {_named(one.source)} |" for one in COMBINATIONS]
    limits = [
        f"| {', '.join(one.concepts)} | {'' if one.unit == '1' else one.unit} | {one.low or ''} | {one.high or ''} | {_named(one.source)}"
        f"{'; from 16 years' if one.adults_only else ''} |"
        for one in LIMITS
    ]
    parts = (
        ("Topics that the words of a question raise", "| topic | what is told | urgency | sources |", topics),
        ("Signs made dangerous by the chart", "| flag | the question tells | the chart holds | urgency | source |", combinations),
        ("Critical values", "| what | unit | at or under | at or over | source |", limits),
    )
    return "".join(f"\n## {title}\n\n{head}\n{_rule(head)}\n" + "\n".join(rows) + "\n\n" for title, head, rows in parts)


def _rule(head: str) -> str:
    return "|" + "---|" * (head.count("|") - 1)


def _named(source: Source) -> str:
    return f"[{source.organisation}: {source.title}]({source.where})"


if __name__ == "__main__":
    main()
