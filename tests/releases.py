"""Tiny terminology releases in the published formats, with codes that nobody gives out beside a few well-known ones."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

LOINC_COLUMNS = (
    "LOINC_NUM", "COMPONENT", "PROPERTY", "TIME_ASPCT", "SYSTEM", "SCALE_TYP", "METHOD_TYP", "CLASS", "VersionLastChanged",
    "STATUS", "CONSUMER_NAME", "RELATEDNAMES2", "SHORTNAME", "LONG_COMMON_NAME", "EXAMPLE_UCUM_UNITS",
)  # fmt: skip
A1C = ("Hemoglobin A1c/Hemoglobin.total", "MFr", "Pt", "Bld", "Qn")
LOINC_ROWS = (
    ("4548-4", *A1C, "", "HEM/BC", "2.50", "ACTIVE", "Hemoglobin A1c, Blood", "A1c; Blood; Bld",
     "HbA1c MFr Bld", "Hemoglobin A1c/Hemoglobin.total in Blood", "%"),
    ("99990-1", *A1C, "Zymography", "HEM/BC", "2.77", "ACTIVE", "Hemoglobin A1c, Blood", "A1c; Blood; Bld",
     "HbA1c MFr Bld Zym", "Hemoglobin A1c/Hemoglobin.total in Blood by Zymography", "%"),
    ("99990-2", "Quuxin", "SCnc", "Pt", "Ser", "Qn", "", "CHEM", "2.76", "TRIAL", "Quuxin, Serum",
     "Bld; Blood; Quux factor; Serum", "Quuxin SerPl-sCnc", "Quuxin [Moles/volume] in Serum", "nmol/L;pmol/L"),
    ("99990-3", "Frobnin", "SCnc", "Pt", "Ser", "Qn", "", "CHEM", "2.76", "ACTIVE", "", "Blood; Serum", "Frobnin SerPl-sCnc",
     'Frobnin, "free" [Moles/volume]\nin Serum', ""),
    ("99990-4", "Visit note", "Find", "Pt", "{Setting}", "Doc", "", "DOC.ONTOLOGY", "2.70", "ACTIVE", "", "", "", "Visit note",
     ""),
)  # fmt: skip


def loinc(rows: Iterable[Sequence[str]] = LOINC_ROWS, columns: Sequence[str] = LOINC_COLUMNS) -> dict[str, str]:
    """Return the files of a LOINC release."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([columns, *rows])
    return {"LoincTable/Loinc.csv": text.getvalue()}


def _conso(concept: str, kind: str, name: str, *, source: str = "RXNORM", code: str = "", suppress: str = "N") -> str:
    atom = f"{concept}{kind}"
    return "|".join((concept, "ENG", "", "", "", "", "", atom, "", "", "", source, kind, code, name, "", suppress, "4096", "\n"))


def _rel(above: str, relation: str, below: str) -> str:
    return "|".join((above, "", "CUI", "RO", below, "", "CUI", relation, "1", "", "RXNORM", "", "", "", "N", "4096", "\n"))


def rxnorm() -> dict[str, str]:
    """Return the files of an RxNorm release: `zzopril` with ATC code, a salt, brands and products; one with lisinopril."""
    names = [
        _conso("9990001", "IN", "zzopril"),
        _conso("9990001", "PT", "Zzopril", source="ATC", code="C09AA99"),
        _conso("9990002", "PIN", "zzopril maleate"),
        _conso("9990003", "SCDC", "zzopril 10 MG"),
        _conso("9990004", "SCD", "zzopril 10 MG Oral Tablet"),
        _conso("9990004", "SY", "zzopril 10 MG Oral Tab"),
        _conso("9990005", "BN", "Zzopace"),
        _conso("9990006", "SBD", "zzopril 10 MG Oral Tablet [Zzopace]"),
        _conso("29046", "IN", "lisinopril"),
        _conso("9990007", "SCDC", "lisinopril 7 MG"),
        _conso("9990008", "SCD", "lisinopril 7 MG / zzopril 10 MG Oral Tablet"),
        _conso("9990009", "BN", "Duopril"),
        _conso("9990010", "BN", "Lisinovel"),
        _conso("9990011", "BN", "Taken back", suppress="Y"),
        _conso("9990012", "DF", "Oral Tablet"),
    ]
    relations = [
        _rel("9990001", "form_of", "9990002"),
        _rel("9990001", "has_ingredient", "9990003"),
        _rel("9990002", "has_precise_ingredient", "9990003"),
        _rel("9990003", "consists_of", "9990004"),
        _rel("9990012", "has_dose_form", "9990004"),
        _rel("9990001", "tradename_of", "9990005"),
        _rel("9990004", "tradename_of", "9990006"),
        _rel("9990005", "has_ingredient", "9990006"),
        _rel("29046", "has_ingredient", "9990007"),
        _rel("9990003", "consists_of", "9990008"),
        _rel("9990007", "consists_of", "9990008"),
        _rel("9990001", "tradename_of", "9990009"),
        _rel("29046", "tradename_of", "9990009"),
        _rel("29046", "tradename_of", "9990010"),
        _rel("9990004", "constitutes", "9990003"),
    ]
    return {"rrf/RXNCONSO.RRF": "".join(names), "rrf/RXNREL.RRF": "".join(relations), "prescribe/rrf/RXNREL.RRF": ""}


def _tabs(*rows: Sequence[str], end: str = "\r\n") -> str:
    return "".join("\t".join(row) + end for row in rows)


def snomed() -> dict[str, str]:
    """Return the files of a SNOMED CT snapshot: two invented levels under type 2 diabetes mellitus (44054006)."""
    day, module, core = "20240101", "900000000000207008", "900000000000074008"
    concepts = [(one, day, active, module, core) for one, active in
                (("44054006", "1"), ("99900001", "1"), ("99900002", "1"), ("99900003", "0"), ("99900004", "1"))]  # fmt: skip
    fully, synonym, case = "900000000000003001", "900000000000013009", "900000000000448009"
    terms = [
        ("44054006", fully, "Diabetes mellitus type 2 (disorder)", "1"),
        ("99900001", fully, "Quuxian melitosis (disorder)", "1"),
        ("99900002", fully, "Quuxian melitosis with frobbing (disorder)", "1"),
        ("99900002", synonym, "Blorpitis", "1"),
        ("99900002", synonym, '"Old" frobbing', "0"),
        ("99900003", fully, "Withdrawn disease (disorder)", "1"),
        ("99900004", fully, "Structure of quux (body structure)", "1"),
    ]  # fmt: skip
    descriptions = [(str(number), day, active, module, concept, "en", kind, term, case)
                    for number, (concept, kind, term, active) in enumerate(terms)]  # fmt: skip
    links = [("99900001", "44054006", "116680003", "1"), ("99900002", "99900001", "116680003", "1"),
             ("99900002", "99900004", "363698007", "1"), ("99900004", "44054006", "116680003", "0")]  # fmt: skip
    relations = [(str(number), day, active, module, child, parent, "0", kind, "900000000000011006", "900000000000451002")
                 for number, (child, parent, kind, active) in enumerate(links)]  # fmt: skip
    columns = "id effectiveTime active moduleId"
    folder = "SnomedCT_Test_20240101/Snapshot/Terminology"
    return {
        f"{folder}/sct2_Concept_Snapshot_INT_20240101.txt": _tabs(f"{columns} definitionStatusId".split(), *concepts),
        f"{folder}/sct2_Description_Snapshot-en_INT_20240101.txt": _tabs(
            f"{columns} conceptId languageCode typeId term caseSignificanceId".split(), *descriptions
        ),
        f"{folder}/sct2_Relationship_Snapshot_INT_20240101.txt": _tabs(
            f"{columns} sourceId destinationId relationshipGroup typeId characteristicTypeId modifierId".split(), *relations
        ),
        f"{folder}/sct2_StatedRelationship_Snapshot_INT_20240101.txt": "not read",
        "SnomedCT_Test_20240101/Full/Terminology/sct2_Concept_Full_INT_20240101.txt": "not read",
    }


def icd10cm() -> dict[str, str]:
    """Return the file of an ICD-10-CM order list."""
    rows = (("E11", "0", "Type 2 diabetes mellitus"), ("E11Q", "0", "Type 2 diabetes with quuxian complications"),
            ("E11Q1", "1", "Type 2 diabetes mellitus with frobbing, unspecified eye"), ("Q99X", "1", "Frobulation"))  # fmt: skip
    lines = [f"{number:05} {code:<7} {full} {name[:60]:<60} {name}" for number, (code, full, name) in enumerate(rows, 1)]
    return {"icd10cm-order-2026.txt": "\n".join(lines) + "\n"}


def athena() -> dict[str, str]:
    """Return the files of an Athena download: an invented drug under ATC C09A, a code of ICD-10-CM that maps to SNOMED CT."""
    concepts = [
        ("2100000001", "zzopril", "Drug", "RxNorm", "Ingredient", "S", "9990001", ""),
        ("2100000002", "zzopril 10 MG Oral Tablet", "Drug", "RxNorm", "Clinical Drug", "S", "9990004", ""),
        ("2100000003", "ACE inhibitors, plain", "Drug", "ATC", "ATC 4th", "C", "C09AA", ""),
        ("2100000004", "ACE INHIBITORS, PLAIN", "Drug", "ATC", "ATC 3rd", "C", "C09A", ""),
        ("2100000005", "Zzopace", "Drug", "RxNorm", "Brand Name", "", "9990005", ""),
        ("2100000006", "Quuxian diabetes", "Condition", "ICD10CM", "4-char billing code", "", "E11.Q", "D"),
        ("201826", "Type 2 diabetes mellitus", "Condition", "SNOMED", "Disorder", "S", "44054006", ""),
        ("2100000007", "gram per quux", "Unit", "UCUM", "Unit", "S", "g/q", ""),
    ]
    return {
        "CONCEPT.csv": _tabs(
            ("concept_id", "concept_name", "domain_id", "vocabulary_id", "concept_class_id", "standard_concept", "concept_code",
             "valid_start_date", "valid_end_date", "invalid_reason"),
            *((*row[:-1], "19700101", "20991231", row[-1]) for row in concepts), end="\n",
        ),
        "CONCEPT_SYNONYM.csv": _tabs(
            ("concept_id", "concept_synonym_name", "language_concept_id"), ("2100000001", "zzoprilum", "4180186"),
            ("2100000001", "zzoprilo", "4182511"), end="\n",
        ),
        "CONCEPT_RELATIONSHIP.csv": _tabs(
            ("concept_id_1", "concept_id_2", "relationship_id", "valid_start_date", "valid_end_date", "invalid_reason"),
            ("2100000006", "201826", "Maps to", "19700101", "20991231", ""),
            ("201826", "201826", "Maps to", "19700101", "20991231", ""),
            ("2100000005", "2100000001", "Tradename of", "19700101", "20991231", ""), end="\n",
        ),
        "CONCEPT_ANCESTOR.csv": _tabs(
            ("ancestor_concept_id", "descendant_concept_id", "min_levels_of_separation", "max_levels_of_separation"),
            ("2100000001", "2100000002", "1", "2"), ("2100000003", "2100000001", "1", "1"),
            ("2100000004", "2100000003", "1", "1"),
            ("2100000004", "2100000001", "2", "2"), ("2100000001", "2100000001", "0", "0"), end="\n",
        ),
        "VOCABULARY.csv": _tabs(
            ("vocabulary_id", "vocabulary_name", "vocabulary_reference", "vocabulary_version", "vocabulary_concept_id"),
            ("None", "OMOP Standardized Vocabularies", "OMOP generated", "v5.0 29-FEB-24", "44819096"), end="\n",
        ),
    }  # fmt: skip


RELEASES = {"loinc": loinc, "rxnorm": rxnorm, "snomed": snomed, "icd10cm": icd10cm, "athena": athena}


def write_folder(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a release into a folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


def write_zip(path: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a release into a zip and return it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def cut(files: Mapping[str, str], name: str, characters: int) -> dict[str, str]:
    """Return the files with one of them cut short."""
    return {label: text[:-characters] if label.endswith(name) else text for label, text in files.items()}
