"""`python -m tests.evals.safety_doc`: writes the rules and their sources into docs/safety.md; a test compares them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from chartcite.engine.domain.medication_rules import DrugGroup, MedicationRule, RuleKind, RuleSet, spoken
from chartcite.ingestion.sources.medication_rules import load_rule_set

from tests.evals.figures import REPOSITORY

PAGE = REPOSITORY / "docs" / "safety.md"
START, END = "<!-- rules -->", "<!-- /rules -->"
TITLES = {
    RuleKind.INTERACTION: "Interactions",
    RuleKind.DISEASE: "Medicines and conditions",
    RuleKind.LABORATORY: "Medicines and results",
    RuleKind.KIDNEY: "Kidney function",
    RuleKind.PREGNANCY: "Pregnancy",
    RuleKind.ALLERGY: "Allergy",
    RuleKind.DUPLICATE: "Duplicates",
    RuleKind.AGE: "Age",
    RuleKind.BURDEN: "Burdens",
}


def with_rules(page: str, rules: RuleSet) -> str:
    """Return the page with the rules of now between its marks."""
    head, _, rest = page.partition(START)
    _, _, tail = rest.partition(END)
    return f"{head}{START}\n{chr(10).join(_lines(rules))}\n{END}{tail}"


def _lines(rules: RuleSet) -> Iterator[str]:
    yield f"## The {len(rules.rules)} rules, version {rules.version}"
    for kind, title in TITLES.items():
        chosen = [rule for rule in rules.rules if rule.kind is kind]
        yield from (
            "",
            f"### {title} ({len(chosen)})",
            "",
            "| rule | severity | when | what happens | sources |",
            "|---|---|---|---|---|",
        )
        yield from (_row(rule) for rule in chosen)
    yield from ("", "### What adds to a burden", "", "| burden | medicine | level |", "|---|---|---|")
    yield from (f"| {one.burden} | {spoken(one.drug)} | {one.level} |" for one in rules.members)


def _row(rule: MedicationRule) -> str:
    sources = "; ".join(source.shown for source in rule.sources)
    return f"| {rule.id} | {rule.severity} | {_when(rule)} | {rule.effect} | {sources} |"


def _when(rule: MedicationRule) -> str:
    parts = [" + ".join(_group(group) for group in rule.drugs) or "any medicine"]
    if rule.kind is RuleKind.BURDEN:
        parts = [f"{rule.burden}: {rule.least} or more"]
    if rule.same:
        parts.append("allergy to it or its class")
    if rule.subjects:
        word = "allergy to" if rule.kind is RuleKind.ALLERGY else "with or after" if rule.ever else "with"
        parts.append(f"{word} {' or '.join(sorted(map(spoken, rule.subjects)))}")
    parts += [rule.test.shown] if rule.test else []
    parts += [f"age {rule.age} years"] if rule.age else []
    parts += [f"not with {' or '.join(sorted(map(spoken, rule.unless)))}"] if rule.unless else []
    parts += ["pregnancy"] if rule.kind is RuleKind.PREGNANCY else []
    parts += ["two of them"] if rule.kind is RuleKind.DUPLICATE else []
    return "; ".join(parts)


def _group(group: DrugGroup) -> str:
    without = f" but not {' or '.join(sorted(map(spoken, group.without)))}" if group.without else ""
    return " or ".join(sorted(map(spoken, group.ids))) + without


def main() -> int:
    """Renew the page."""
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(with_rules(page, load_rule_set(REPOSITORY / "corpora" / "safety")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    if not re.search(START, PAGE.read_text(encoding="utf-8")):
        raise SystemExit(f"{PAGE}: the mark {START} is missing")
    sys.exit(main())
