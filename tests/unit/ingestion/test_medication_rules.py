"""Tables of medication safety rules: what is read, and each bad row named with its line and reason."""

from __future__ import annotations

from decimal import Decimal

import pytest
from chartcite.engine.domain.medication_rules import LabTest, Limit, RuleKind, RuleSeverity
from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.sources.medication_rules import COLUMNS, load_rule_set, read_rule_table

from tests.charts import CORPORA, bundled_lexicon

HEADER = "\t".join(COLUMNS)
ROW = {
    "id": "acme-1", "kind": "interaction", "drugs": "warfarin + nsaid;!celecoxib", "severity": "major", "mechanism": "m",
    "effect": "Bleeding", "consider": "c", "sources": "Acme | Interaction list | 2025",
}  # fmt: skip


def table(*rows: dict[str, str], delimiter: str = "\t") -> str:
    lines = [delimiter.join(COLUMNS), *(delimiter.join(row.get(name, "") for name in COLUMNS) for row in rows)]
    return "\n".join(lines) + "\n"


def read(*rows: dict[str, str], delimiter: str = "\t") -> list[str]:
    found = read_rule_table(table(*rows, delimiter=delimiter), known=bundled_lexicon().concepts.keys())
    return [f"{one.line}: {one.reason}" for one in found.refusals]


@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_a_row_is_read_as_it_is_written(delimiter: str) -> None:
    found = read_rule_table("\ufeff" + table(ROW, delimiter=delimiter), known=bundled_lexicon().concepts.keys())
    [rule] = found.rules
    assert (rule.id, rule.kind, rule.severity, rule.effect) == ("acme-1", RuleKind.INTERACTION, RuleSeverity.MAJOR, "Bleeding")
    assert [(sorted(group.ids), sorted(group.without)) for group in rule.drugs] == [
        (["warfarin"], []),
        (["nsaid"], ["celecoxib"]),
    ]
    assert [(one.organisation, one.title, one.year) for one in rule.sources] == [("Acme", "Interaction list", 2025)]
    assert found.refusals == ()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"id": ""}, "id is empty"),
        ({"id": "Acme 1"}, "small letters"),
        ({"kind": "mixup"}, "is none of interaction, disease"),
        ({"severity": "bad"}, "is none of contraindicated, major, moderate"),
        ({"drugs": "warfarin"}, "two groups"),
        ({"drugs": "warfarin + zyxoquilin"}, "zyxoquilin: no such id"),
        ({"effect": ""}, "effect is empty"),
        ({"sources": "Acme"}, "Organisation | Title | Year"),
        ({"sources": "Acme | List | 25"}, "the year is not a year"),
        ({"route": "oral"}, "neither empty nor"),
        ({"age": "old"}, "is not like `>= 65`"),
        ({"kind": "laboratory", "drugs": "warfarin", "test": "INR high"}, "is not like `potassium > 5.5"),
        ({"kind": "laboratory", "drugs": "warfarin", "test": ""}, "drugs and a test"),
        ({"kind": "disease", "drugs": "warfarin"}, "conditions in `with`"),
        ({"kind": "disease", "drugs": "warfarin", "with": "lazyness"}, "lazyness: no such id"),
        ({"kind": "age", "drugs": "warfarin"}, "drugs and an age"),
        ({"kind": "burden", "with": "qt", "test": "many"}, "is not like"),
    ],
)
def test_a_bad_row_is_named_with_line_and_reason(changed: dict[str, str], reason: str) -> None:
    [told] = read({**ROW, "id": "fine"}, {**ROW, **changed})
    assert told.startswith("3: ")
    assert reason in told


def test_an_id_that_stands_twice_is_named() -> None:
    assert read(ROW, ROW) == ["3: the id acme-1 stands twice"]


def test_a_table_without_its_columns_is_refused() -> None:
    with pytest.raises(SourceRejectedError, match="lacks kind, severity"):
        read_rule_table("id\tdrugs\teffect\nx\ty\tz\n", known=())


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(SourceRejectedError, match="no rule"):
        read_rule_table(HEADER + "\n", known=())


def test_a_test_has_limits_a_unit_and_an_age() -> None:
    row = {**ROW, "kind": "kidney", "drugs": "metformin", "test": "egfr >= 30 < 45 mL/min/{1.73_m2} within 365 d"}
    [rule] = read_rule_table(table(row), known=bundled_lexicon().concepts.keys()).rules
    limits = (Limit(">=", Decimal(30)), Limit("<", Decimal(45)))
    assert rule.test == LabTest("egfr", limits, "", "mL/min/{1.73_m2}", 365)
    assert rule.test.shown == "eGFR >= 30 and < 45 mL/min/1.73 m2"


def test_the_bundled_rules_are_read_and_each_names_a_source() -> None:
    rules = load_rule_set(CORPORA / "safety").rules
    assert len(rules) >= 220
    assert all(rule.sources for rule in rules)
    assert {rule.kind for rule in rules} == set(RuleKind)
