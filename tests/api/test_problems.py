"""The table of errors is whole, and tells the doors the same."""

from __future__ import annotations

import pytest
from chartcite.api.problems import TABLE, problem_of, row_of
from chartcite.engine import errors

CLASSES = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.ChartciteError)]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_has_a_row(kind: type[errors.ChartciteError]) -> None:
    assert kind in TABLE


def test_codes_are_told_apart() -> None:
    codes = [row.code for row in TABLE.values()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("kind", "exit_code", "statuses"),
    [(errors.InputError, 2, range(400, 500)), (errors.StoreError, 3, {503}), (errors.ModelError, 4, {503})],
)
def test_a_branch_of_the_tree_has_one_exit_code(kind: type[errors.ChartciteError], exit_code: int, statuses: set[int]) -> None:
    for each in CLASSES:
        if issubclass(each, kind):
            assert TABLE[each].exit_code == exit_code
            assert TABLE[each].status in statuses


def test_an_unknown_class_falls_to_the_one_above() -> None:
    class NewError(errors.StoreError):
        pass

    assert row_of(NewError("x")).code == "store"


def test_a_problem_says_whether_to_try_again() -> None:
    assert problem_of(errors.StoreBusyError("wait")).retryable
    assert not problem_of(errors.StoreMissingError("ingest")).retryable
