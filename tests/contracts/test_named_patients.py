"""Whom else a question names: another patient of the store, read anew when its content changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from chartcite.engine.domain.records import Patient, PatientId
from chartcite.engine.questions.named_patients import names_somebody_else
from chartcite.indexes.sqlite_records import SqliteRecords

from tests.charts import open_store, person, store_chart

ANN, BEN = PatientId("ann"), PatientId("ben")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store_chart(tmp_path / "store", person(), person("ben", "Ben", "Ortiz"), person("eve", "Ann", "Ortiz"))
    return tmp_path / "store"


@pytest.mark.parametrize(
    ("text", "somebody_else"),
    [
        ("Does Ben Ortiz have gout?", True),
        ("ORTIZ, Ben: gout?", True),
        ("Does Ann Lee have gout?", False),
        ("Does Ann have gout?", False),
        ("Does Mr Ortiz have gout?", False),
        ("Did Ben see Dr Lee?", False),
        ("Does she have gout?", False),
    ],
)
def test_first_and_last_name_of_another_patient(store: Path, text: str, somebody_else: bool) -> None:  # noqa: FBT001
    assert names_somebody_else(text, open_store(store).records, ANN) is somebody_else


def test_the_name_that_both_have_is_the_patients_own(tmp_path: Path) -> None:
    store_chart(tmp_path / "store", person(), person("ben"))
    assert not names_somebody_else("Does Ann Lee have gout?", open_store(tmp_path / "store").records, ANN)


def test_a_patient_who_comes_later_is_known(store: Path) -> None:
    records = open_store(store).records
    assert not names_somebody_else("Does Zoe Quill have gout?", records, ANN)
    store_chart(store, person("zoe", "Zoe", "Quill"))
    assert names_somebody_else("Does Zoe Quill have gout?", records, ANN)


def test_names_are_read_once_for_a_state_of_the_store(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = open_store(store).records
    read: list[int] = []
    listed = SqliteRecords.patients

    def counted(self: SqliteRecords) -> list[Patient]:
        read.append(1)
        return listed(self)

    monkeypatch.setattr(SqliteRecords, "patients", counted)
    for _ in range(3):
        assert names_somebody_else("Does Ben Ortiz have gout?", records, ANN)
    assert len(read) == 1
