"""Readers of terminology releases, on tiny ones in the published formats."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from chartcite.engine.errors import InputError, SourceRejectedError
from chartcite.engine.language.extended_lexicon import ReleaseConcept, ReleaseLink, ReleaseName, ReleaseRow, Role
from chartcite.engine.language.terminology import ConceptKind
from chartcite.ingestion.terminologies.releases import KINDS, open_release
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.releases import (
    LOINC_COLUMNS,
    LOINC_ROWS,
    RELEASES,
    athena,
    cut,
    icd10cm,
    loinc,
    rxnorm,
    snomed,
    write_folder,
    write_zip,
)


def read(path: Path, kind: str | None = None) -> list[ReleaseRow]:
    with open_release(path, kind) as opened:
        return list(opened.rows)


def concepts(rows: list[ReleaseRow]) -> dict[str, ReleaseConcept]:
    return {row.id: row for row in rows if isinstance(row, ReleaseConcept)}


def names(rows: list[ReleaseRow]) -> set[tuple[str, str]]:
    return {(row.id, row.name) for row in rows if isinstance(row, ReleaseName)}


def links(rows: list[ReleaseRow]) -> set[tuple[str, str]]:
    return {(row.child, row.parent) for row in rows if isinstance(row, ReleaseLink)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_release_is_known_by_its_files_and_reads_the_same_from_a_folder_and_a_zip(kind: str, tmp_path: Path) -> None:
    files = RELEASES[kind]()
    rows = []
    for path in (write_folder(tmp_path / "folder", files), write_zip(tmp_path / "release.zip", files)):
        with open_release(path) as opened:
            rows.append((opened.name, opened.kind, opened.sha256, list(opened.rows)))
    assert rows[0] == rows[1]
    assert (rows[0][1], len(rows[0][2])) == (kind, 64)
    assert concepts(rows[0][3])


def test_loinc_gives_names_units_and_what_is_the_same_but_for_the_method(tmp_path: Path) -> None:
    rows = read(write_folder(tmp_path, loinc()))
    found = concepts(rows)
    assert sorted(found) == ["4548-4", "99990-1", "99990-2", "99990-3"]
    assert found["99990-1"].identity == found["4548-4"].identity != found["99990-2"].identity
    assert found["99990-2"].units == ("nmol/L", "pmol/L")
    assert found["99990-3"].name == 'Frobnin, "free" [Moles/volume]\nin Serum'
    of_quuxin = {name for code, name in names(rows) if code == "99990-2"}
    assert of_quuxin == {"Quuxin SerPl-sCnc", "Quuxin, Serum", "Quux factor"}, "`Blood` and `Serum` name parts of many"


def test_rxnorm_leads_from_brands_and_products_to_ingredients_and_atc_classes(tmp_path: Path) -> None:
    rows = read(write_folder(tmp_path, rxnorm()))
    found = concepts(rows)
    assert [found[id_].role for id_ in ("9990001", "9990005", "9990002", "9990004")] == [
        Role.CONCEPT, Role.NAME, Role.NAME, Role.FORM,
    ]  # fmt: skip
    assert "9990011" not in found, "taken back by the editors"
    assert "9990012" not in found, "a dose form is no drug"
    over = links(rows)
    assert {("9990003", "9990001"), ("9990004", "9990003"), ("9990005", "9990001"), ("9990001", "atc:C09AA99")} <= over
    assert {("atc:C09AA99", "atc:C09AA"), ("atc:C09AA", "atc:C09A"), ("atc:C09", "atc:C")} <= over
    assert ("9990003", "9990004") not in over
    assert ("9990004", "zzopril 10 MG Oral Tab") in names(rows)


def test_snomed_gives_active_rows_and_is_a_only(tmp_path: Path) -> None:
    rows = read(write_folder(tmp_path, snomed()))
    found = concepts(rows)
    assert sorted(found) == ["44054006", "99900001", "99900002", "99900004"]
    assert (found["99900001"].name, found["99900001"].kind) == ("Quuxian melitosis", ConceptKind.CONDITION)
    assert found["99900004"].kind is None
    assert names(rows) == {("99900002", "Blorpitis")}
    assert links(rows) == {("99900001", "44054006"), ("99900002", "99900001")}


def test_icd10cm_codes_get_their_point_and_the_header_above(tmp_path: Path) -> None:
    rows = read(write_folder(tmp_path, icd10cm()))
    assert [one.code for one in concepts(rows).values()] == ["E11", "E11.Q", "E11.Q1", "Q99.X"]
    assert links(rows) == {("E11Q", "E11"), ("E11Q1", "E11Q")}


def test_athena_gives_what_charts_are_asked_for_and_direct_ancestors(tmp_path: Path) -> None:
    rows = read(write_folder(tmp_path, athena()))
    found = concepts(rows)
    assert "2100000007" not in found
    assert found["2100000006"].code == "E11.Q", "an invalid code stays known: charts keep it"
    assert (found["2100000004"].role, found["2100000002"].role, found["2100000005"].role) == (Role.CONCEPT, Role.FORM, Role.NAME)
    assert names(rows) == {("2100000001", "zzoprilum")}
    assert ("2100000001", "2100000004") not in links(rows)
    assert {("2100000006", "201826"), ("2100000001", "2100000003"), ("2100000005", "2100000001")} <= links(rows)


@pytest.mark.parametrize(
    ("kind", "label", "version"),
    [
        ("loinc", "Loinc_2.77", "2.77"), ("loinc", "other", "2.77"), ("rxnorm", "RxNorm_full_01022024", "01022024"),
        ("rxnorm", "other", ""), ("snomed", "other", "INT-20240101"), ("icd10cm", "other", "2026"),
        ("athena", "other", "v5.0 29-FEB-24"),
    ],
)  # fmt: skip
def test_the_version_is_the_one_that_the_release_gives(kind: str, label: str, version: str, tmp_path: Path) -> None:
    with open_release(write_folder(tmp_path / label, RELEASES[kind]())) as opened:
        assert opened.version == version


def test_a_newer_version_number_is_compared_as_numbers(tmp_path: Path) -> None:
    rows = [(*LOINC_ROWS[0][:8], version, *LOINC_ROWS[0][9:]) for version in ("2.9", "2.10", "draft")]
    with open_release(write_folder(tmp_path, loinc(rows))) as opened:
        assert opened.version == "2.10"


def without_column(name: str) -> dict[str, str]:
    place = LOINC_COLUMNS.index(name)
    rows = [row[:place] + row[place + 1 :] for row in LOINC_ROWS]
    return loinc(rows, LOINC_COLUMNS[:place] + LOINC_COLUMNS[place + 1 :])


def less(files: dict[str, str], name: str) -> dict[str, str]:
    return {label: text for label, text in files.items() if not label.endswith(name)}


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"readme.txt": "hello"}, "no terminology release that is read"),
        (without_column("COMPONENT"), "no column COMPONENT"),
        (cut(loinc(), "Loinc.csv", 10), "cut short"),
        (less(rxnorm(), "RXNREL.RRF"), "no RXNREL.RRF"),
        (cut(rxnorm(), "RXNCONSO.RRF", 20), "RXNCONSO.RRF: line 15 has no end"),
        (cut(rxnorm(), "RXNCONSO.RRF", 1), "cut short"),
        ({**rxnorm(), "rrf/RXNREL.RRF": "a|b|\n"}, "line 1 has 2 cells and not 16"),
        (less(snomed(), "Relationship_Snapshot_INT_20240101.txt"), "no sct2_Relationship_Snapshot"),
        (cut(snomed(), "Description_Snapshot-en_INT_20240101.txt", 6), "cut short"),
        ({"icd10cm-order-2026.txt": "A00 Cholera\n"}, "line 1 is not in the columns"),
        (cut(icd10cm(), "2026.txt", 14), "line 4 is not in the columns"),
        (less(athena(), "CONCEPT_ANCESTOR.csv"), "no CONCEPT_ANCESTOR.csv"),
        ({**athena(), "CONCEPT.csv": "concept_id\tconcept_name\n1\ta\n"}, "no column domain_id"),
        ({**loinc(), **icd10cm()}, "--kind"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_refused_with_place_and_next_step(files: dict[str, str], says: str, tmp_path: Path) -> None:
    with pytest.raises(SourceRejectedError, match=re.escape(says)) as refused:
        read(write_folder(tmp_path, files))
    assert str(refused.value).count(": ") >= 2


def test_a_path_that_is_not_there_and_a_kind_that_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(SourceRejectedError, match="no such file or folder"):
        read(tmp_path / "nowhere")
    with pytest.raises(InputError, match="--kind is one of loinc, rxnorm"):
        read(write_folder(tmp_path, loinc()), "mesh")
    with pytest.raises(SourceRejectedError, match=r"no RXNCONSO.RRF"):
        read(tmp_path, "rxnorm")


def test_a_kind_that_is_given_decides_between_two(tmp_path: Path) -> None:
    assert len(concepts(read(write_folder(tmp_path, {**loinc(), **icd10cm()}), "icd10cm"))) == 4


def test_a_zip_that_grows_beyond_reason_and_one_that_is_damaged_are_refused(tmp_path: Path) -> None:
    bomb = write_zip(tmp_path / "bomb.zip", {"Loinc.csv": "0" * 120_000_000})
    with pytest.raises(SourceRejectedError, match="unpacks beyond reason"):
        read(bomb)
    packed = bytearray(write_zip(tmp_path / "whole.zip", loinc()).read_bytes())
    packed[200] ^= 0xFF
    (tmp_path / "damaged.zip").write_bytes(packed)
    with pytest.raises(SourceRejectedError, match="damaged"):
        read(tmp_path / "damaged.zip")


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {**rxnorm(), "rrf/RXNREL.RRF": "x" * 3_000_000})
    with pytest.raises(SourceRejectedError, match="line 1 has no end"):
        read(path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(KINDS), seed=st.integers(0, 1 << 30))
def test_any_damage_is_refused_or_read(kind: str, seed: int, tmp_path: Path) -> None:
    dice, files = random.Random(seed), RELEASES[kind]()
    label = dice.choice(sorted(files))
    folder = write_folder(tmp_path / str(seed), files)
    content = bytearray((folder / label).read_bytes())
    for _ in range(dice.randrange(1, 6)):
        content[dice.randrange(len(content) or 1) : dice.randrange(len(content) or 1)] = dice.randbytes(dice.randrange(4))
    (folder / label).write_bytes(content)
    try:
        rows = read(folder, kind)
    except SourceRejectedError:
        return
    assert all(isinstance(row, ReleaseConcept | ReleaseName | ReleaseLink) for row in rows)
