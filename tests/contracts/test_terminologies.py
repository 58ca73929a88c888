"""Loaded terminologies from file to answer: what charts use of them is known, and removing them undoes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from chartcite.api import wiring
from chartcite.api.settings import Settings
from chartcite.api.terminology_commands import Kind
from chartcite.engine.errors import InputError, SourceRejectedError, StoreError
from chartcite.engine.language.extended_lexicon import ExtendedLexicon, ReleaseConcept, ReleaseLink, ReleaseRow
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.terminology_store import (
    FOLDER,
    LoadedRelease,
    TerminologyDraft,
    climb,
    loaded_releases,
    remove_release,
    used_codes,
)
from chartcite.ingestion.terminologies.releases import KINDS

from tests.api.test_cli import run, run_json
from tests.charts import LOINC, RXNORM, SNOMED, AskedChart, condition, lab, medication, of, person, store_chart
from tests.releases import RELEASES, cut, snomed, write_folder

ICD10CM = "http://hl7.org/fhir/sid/icd-10-cm"
TOLD = LoadedRelease("made up", "snomed", "1", "", "", "", "", 0, 0, 0)


def coded(system: str, code: str, text: str) -> dict[str, object]:
    return {"text": text, "coding": [{"system": system, "code": code, "display": text}]}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    pill: dict[str, Any] = {"medicationCodeableConcept": coded(RXNORM, "9990004", "zzopril 10 MG Oral Tablet")}
    store_chart(
        tmp_path / "store",
        person(),
        medication("m1", "", "2025-03-01", **pill),
        condition("c1", "", "2024-05-01", code=coded(SNOMED, "99900002", "Quuxian melitosis with frobbing (disorder)")),
        lab("a1", 8.1, "2025-06-01", name="Zymography A1c", code=coded(LOINC, "99990-1", "A1c by Zymography")),
    )
    return tmp_path / "store"


def load(store: Path, kind: str, tmp_path: Path) -> str:
    release = write_folder(tmp_path / f"release-{kind}", RELEASES[kind]())
    [loaded] = run_json("terminology", "load", str(release), store=store)["terminologies"]
    return str(loaded["name"])


def asked(store: Path) -> AskedChart:
    return AskedChart(wiring.open_engine(Settings(store=store), embedder=HashingEmbedder()))


def test_a_class_finds_a_drug_that_nobody_listed(store: Path, tmp_path: Path) -> None:
    assert not any("zzopril" in line for line in asked(store).say("Is she on an ACE inhibitor?"))
    load(store, "rxnorm", tmp_path)
    assert any("zzopril 10 MG" in line for line in asked(store).say("Is she on an ACE inhibitor?"))
    assert any("zzopril 10 MG" in line for line in asked(store).say("Is she taking Zzopace?")), "its brand"


def test_athena_leads_to_the_same_class(store: Path, tmp_path: Path) -> None:
    load(store, "athena", tmp_path)
    assert any("zzopril 10 MG" in line for line in asked(store).say("Is she on an ACE inhibitor?"))


def test_a_synonym_of_a_loaded_concept_finds_the_fact(store: Path, tmp_path: Path) -> None:
    assert not any("Quuxian" in line for line in asked(store).say("Does she have blorpitis?"))
    assert not any("Quuxian" in line for line in asked(store).say("Does she have type 2 diabetes?"))
    load(store, "snomed", tmp_path)
    assert any("Quuxian" in line for line in asked(store).say("Does she have blorpitis?"))
    assert any("Quuxian" in line for line in asked(store).say("Does she have type 2 diabetes?")), "by what lies above"


def test_another_method_answers_for_the_test(store: Path, tmp_path: Path) -> None:
    load(store, "loinc", tmp_path)
    lexicon = wiring.open_chart_lexicon(Settings(store=store))
    assert "loinc:99990-1" in lexicon.concepts["hemoglobin-a1c"].codes
    assert any("8.1" in line for line in asked(store).say("What was the latest hemoglobin A1c?"))


def test_only_what_charts_use_is_in_memory(store: Path, tmp_path: Path) -> None:
    before = wiring.open_chart_lexicon(Settings(store=store))
    for kind in RELEASES:
        load(store, kind, tmp_path)
    after = wiring.open_chart_lexicon(Settings(store=store))
    assert isinstance(after, ExtendedLexicon)
    added = {"~rxnorm:9990001", "~atc:C09AA", "~snomed:99900001", "~snomed:99900002"}
    assert after.concepts.keys() - before.concepts.keys() == added


def test_what_only_names_a_visit_is_not_looked_up(tmp_path: Path) -> None:
    kind = coded(SNOMED, "99900001", "Quux visit")
    visit = of("ann", "Encounter", "v1", status="finished", type=[kind], period={"start": "2024-01-01", "end": "2024-01-01"})
    store_chart(tmp_path / "store", person(), visit, condition("c1", "", "2024-05-01", code=coded(SNOMED, "99900002", "Quux")))
    assert used_codes(tmp_path / "store", is_known=lambda _: False) == {("snomed", "99900002")}
    assert used_codes(tmp_path / "store", is_known="snomed:99900002".__eq__) == set()
    assert used_codes(tmp_path, is_known=lambda _: False) == set()


def test_remove_undoes_load(store: Path, tmp_path: Path) -> None:
    name = load(store, "rxnorm", tmp_path)
    assert [one["name"] for one in run_json("terminology", "list", store=store)["terminologies"]] == [name]
    assert run_json("terminology", "remove", name, store=store) == {"removed": name}
    assert not isinstance(wiring.open_chart_lexicon(Settings(store=store)), ExtendedLexicon)
    assert list((store / FOLDER).iterdir()) == []
    again = run("terminology", "remove", name, store=store)
    assert (again.exit_code, "terminology list" in again.stderr) == (2, True)


def test_a_release_that_is_not_whole_leaves_nothing_and_takes_nothing_away(store: Path, tmp_path: Path) -> None:
    name = load(store, "snomed", tmp_path)
    whole = loaded_releases(store)
    broken = write_folder(tmp_path / "broken", cut(snomed(), "Relationship_Snapshot_INT_20240101.txt", 5))
    result = run("terminology", "load", str(broken), store=store)
    assert (result.exit_code, "cut short" in result.stderr) == (2, True)
    assert loaded_releases(store) == whole
    assert [path.name for path in (store / FOLDER).iterdir()] == [f"{name}.sqlite3"]


def test_what_is_printed_says_version_licence_and_counts(store: Path, tmp_path: Path) -> None:
    load(store, "icd10cm", tmp_path)
    listed = run("terminology", "list", store=store)
    assert (listed.exit_code, "icd10cm-2026" in listed.stdout, "National Center" in listed.stdout) == (0, True, True)
    [told] = run_json("terminology", "list", store=store)["terminologies"]
    assert (told["version"], told["concepts"], told["names"], told["links"], len(told["sha256"])) == ("2026", 4, 0, 2, 64)


def test_loading_the_same_again_replaces_it(store: Path, tmp_path: Path) -> None:
    first, second = load(store, "loinc", tmp_path), load(store, "loinc", tmp_path)
    assert first == second
    assert len(loaded_releases(store)) == 1


def test_a_damaged_release_is_told_and_can_be_removed(store: Path, tmp_path: Path) -> None:
    name = load(store, "rxnorm", tmp_path)
    (store / FOLDER / f"{name}.sqlite3").write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(StoreError, match=f"chartcite terminology remove {name}"):
        wiring.open_chart_lexicon(Settings(store=store))
    assert run("terminology", "list", store=store).exit_code == 3
    remove_release(store, name)
    assert loaded_releases(store) == []


def test_the_command_takes_every_kind_that_is_read() -> None:
    assert get_args(get_args(get_args(Kind)[0])[0]) == KINDS


@pytest.mark.parametrize("name", ["../chartcite", "../chartcite.sqlite3", "", "*", "nowhere"])
def test_a_name_never_leads_out_of_the_folder(name: str, store: Path) -> None:
    with pytest.raises(InputError):
        remove_release(store, name)
    assert (store / "chartcite.sqlite3").is_file()


def test_an_erasure_searches_no_release(store: Path, tmp_path: Path) -> None:
    load(store, "athena", tmp_path)
    (store / FOLDER / "names.sqlite3").write_bytes(b"Ann Lee")
    with wiring.open_writer(Settings(store=store)) as writer:
        words = [("name", "Ann Lee")]
        assert writer.folder == store
        from chartcite.indexes.erasure import Erased, prove

        found = prove(writer, Erased(*(0,) * 8, (), 0, ()), words)
    assert not any(FOLDER in trace.place for trace in found.traces)


def test_rows_of_one_id_are_kept_once_and_links_into_nothing_are_dropped(tmp_path: Path) -> None:
    bare = ReleaseConcept("1", "snomed", "1", "", None)
    rows: list[ReleaseRow] = [
        bare,
        bare._replace(name="One", kind=ConceptKind.CONDITION),
        bare._replace(name="Two"),
        ReleaseLink("1", "9"),
    ]
    with TerminologyDraft(tmp_path) as draft:
        draft.put([*rows, ReleaseLink("1", "1")])
        done = draft.finish(TOLD)
    assert (done.name, done.concepts, done.links) == ("made-up", 1, 0)
    found = climb(tmp_path, done.name, [("snomed", "1")], is_known=lambda _: False)
    assert found["1"].concept.name == "One"


def test_a_circle_of_links_and_a_long_chain_end(tmp_path: Path) -> None:
    rows = [ReleaseConcept(str(number), "snomed", str(number), f"n {number}", ConceptKind.CONDITION) for number in range(3000)]
    with TerminologyDraft(tmp_path) as draft:
        draft.put([*rows, *(ReleaseLink(str(number), str((number + 1) % 3000)) for number in range(3000))])
        draft.finish(TOLD)
    assert len(climb(tmp_path, "made-up", [("snomed", "0")], is_known=lambda _: False)) == 3000
    assert len(climb(tmp_path, "made-up", [("snomed", "0")], is_known=lambda one: one.code == "7")) == 8


def test_a_draft_that_is_left_alone_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(SourceRejectedError), TerminologyDraft(tmp_path) as draft:
        draft.put(_broken())
    assert list((tmp_path / FOLDER).iterdir()) == []


def _broken() -> Iterator[ReleaseConcept]:
    yield ReleaseConcept("1", "snomed", "1", "One", None)
    raise SourceRejectedError("cut short")


def test_a_release_file_is_a_sound_database(store: Path, tmp_path: Path) -> None:
    name = load(store, "athena", tmp_path)
    with sqlite3.connect(store / FOLDER / f"{name}.sqlite3") as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    db.close()
