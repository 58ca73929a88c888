"""A chart that came as C-CDA, HL7 v2 or OMOP is answered like one that came as FHIR, and cited where its words stand."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from chartcite.engine.domain.answers import SupportedAnswer
from chartcite.engine.domain.evidence import Citation, Element
from chartcite.engine.facts.elements import locate
from chartcite.indexes.sqlite_records import SqliteRecords

from tests.charts import AskedChart, open_store, store_files
from tests.unit.ingestion.test_ccda import SHARED, document, section
from tests.unit.ingestion.test_ccda_facts import (
    ASTHMA,
    ATENOLOL,
    PENICILLIN,
    SNOMED,
    administered,
    allergy,
    battery,
    inside,
    observed,
    problem,
    product,
)
from tests.unit.ingestion.test_ccda_facts import T as TEMPLATE
from tests.unit.ingestion.test_hl7v2 import OBR, VACCINE, message, obx, segment
from tests.unit.ingestion.test_omop import CONDITION, DRUG, FULL, MEASUREMENT, PERSON, VOCABULARY, concept

TODAY = date(2026, 1, 1)


class Format(NamedTuple):
    """A small chart in one format, as files, and what its questions are answered with."""

    files: dict[str, str]
    answers: dict[str, tuple[str, ...]]


def _named(code: str, name: str, value: str, more: str = "", time: str = "20230722") -> str:
    return observed(code, value, more, time).replace(f"N{code}", name)


def _ccda() -> str:
    limits = '<low value="12.0" unit="g/dL"/><high value="15.5" unit="g/dL"/>'
    held = f'<referenceRange><observationRange><value xsi:type="IVL_PQ">{limits}</value></observationRange></referenceRange>'
    hives = f'<value xsi:type="CD" code="247472004" {SNOMED} displayName="Hives"/>'
    reaction = (
        f'<observation classCode="OBS" moodCode="EVN"><templateId root="{TEMPLATE}9"/><code code="x"/>{hives}</observation>'
    )
    taken = (
        '<statusCode code="active"/><effectiveTime xsi:type="IVL_TS"><low value="20210318"/></effectiveTime>'
        '<effectiveTime xsi:type="PIVL_TS" operator="A"><period value="12" unit="h"/></effectiveTime>'
        '<routeCode code="C38288" displayName="Oral"/><doseQuantity value="1"/><administrationUnitCode displayName="tablet"/>'
    )
    flu = product('<code code="140" codeSystem="2.16.840.1.113883.12.292" displayName="Influenza vaccine"/>')
    given = f'<statusCode code="completed"/><effectiveTime value="20220901"/>{flu}'
    flagged = f'<interpretationCode code="L" codeSystem="2.16.840.1.113883.5.83"/>{held}'
    hemoglobin = _named("718-7", "Hemoglobin", '<value xsi:type="PQ" value="11.2" unit="g/dL"/>', flagged, "20230722151000-0500")
    pressures = (
        _named(code, name, f'<value xsi:type="PQ" value="{value}" unit="mm[Hg]"/>')
        for code, name, value in (("8480-6", "Systolic blood pressure", 132), ("8462-4", "Diastolic blood pressure", 88))
    )
    smoking = _named(
        "72166-2", "Tobacco smoking status", f'<value xsi:type="CD" code="8517006" {SNOMED} displayName="Ex-smoker"/>'
    )
    gone = problem(ASTHMA.replace("Asthma", "Bronchitis"), concern="completed")
    return document(
        section("11450-4", problem(ASTHMA), gone, title="PROBLEMS", text="<list><item>Asthma: Active</item></list>"),
        section("48765-2", allergy(PENICILLIN, inside("MFST", reaction)), title="ALLERGIES"),
        section("10160-0", administered(taken, ATENOLOL), title="MEDICATIONS", text="<paragraph>atenolol daily</paragraph>"),
        section("11369-6", administered(given, template="52"), title="IMMUNIZATIONS"),
        section("30954-2", battery(hemoglobin), title="RESULTS"),
        section("8716-3", battery(*pressures, template="26"), title="VITAL SIGNS"),
        section("29762-2", smoking, title="SOCIAL HISTORY"),
    )


def _hl7() -> str:
    drug = segment("RXE", f2="314076^lisinopril 10 MG Oral Tablet^RXNORM", f3="10", f5="mg^mg^UCUM", f7="^Take one daily")
    smoking = obx(f2="CWE", f3="72166-2^Tobacco smoking status^LN", f5="8517006^Ex-smoker^SCT", f6="")
    pressures = [
        obx(f3="8480-6^Systolic blood pressure^LN", f5="132", f6="mm[Hg]"),
        obx(f3="8462-4^Diastolic blood pressure^LN", f5="88", f6="mm[Hg]"),
    ]
    return "".join([
        message("ORU^R01", OBR, obx(f3="718-7^Hemoglobin^LN", f5="11.2", f6="g/dL", f7="12.0-15.5", f8="L"), control="M1"),
        message("ORU^R01", OBR.replace("F99", "F1"), *pressures, control="M2"),
        message("ORU^R01", OBR.replace("F99", "F2"), smoking, control="M3"),
        message(
            "ADT^A01",
            segment("PV1", f2="I", f19="V5^^^HOSP", f44="202401010101"),
            segment("DG1", f1="1", f3="I10^Essential hypertension^I10C", f6="F"),
            segment("AL1", f1="1", f2="DA", f3="7980^Penicillin^RXNORM", f4="SV", f5="hives"),
            control="M4",
        ),
        message("VXU^V04", segment("RXA", **{**VACCINE, "f5": "140^Influenza vaccine^CVX"}), control="M5"),
        message("RDE^O11", segment("ORC", f1="NW", f2="P7^H", f9="20230105"), drug, control="M6"),
    ])  # fmt: skip


def _omop() -> dict[str, str]:
    names = (
        concept(3012888, "Diastolic blood pressure", "LOINC", "8462-4"),
        concept(3000963, "Hemoglobin", "LOINC", "718-7"),
        concept(43054909, "Tobacco smoking status", "LOINC", "72166-2"),
        concept(4310250, "Ex-smoker", "SNOMED", "8517006"),
        concept(4240772, "Allergy to penicillin", "SNOMED", "91936005"),
        concept(8876, "millimeter mercury column", "UCUM", "mm[Hg]"),
    )
    return {
        **FULL,
        "CONCEPT.csv": "".join([VOCABULARY, *names]),
        "person.csv": PERSON,
        "condition_occurrence.csv": CONDITION + "1,7,320128,2020-03-04,,,,,,,I10\n2,7,0,2019-01-01,,2019-02-01,,,,,Bronchitis\n",
        "measurement.csv": MEASUREMENT
        + "1,7,3000963,2023-07-22,2023-07-22 07:30:00,,13.2,0,0,12,15,HGB,g/dL,13.2\n"
        + "2,7,3016723,2023-07-22,,,1.10,0,8840,0.6,1.2,CREA,,1.10\n"
        + "3,7,3004249,2023-07-22,,,132,,8876,,,,,\n4,7,3012888,2023-07-22,,,88,,8876,,,,,\n",
        "drug_exposure.csv": DRUG
        + '1,7,1308216,2023-03-04,2030-04-03,,2,30,30,"1 tab, daily",4132161,LISINOPRIL\n'
        + "2,7,0,2018-03-04,2018-04-03,,,,,,,Warfarin 5 MG\n3,7,40213154,2022-10-01,2022-10-01,,,,,,,\n",
        "observation.csv": "observation_id,person_id,observation_concept_id,observation_date,value_as_concept_id\n"
        "1,7,43054909,2023-07-22,4310250\n2,7,4240772,2019-01-01,\n",
    }


FORMATS = {
    "C-CDA": Format(
        {"summary.xml": _ccda()},
        {
            "latest hemoglobin": ("Hemoglobin was 11.2 g/dL on 2023-07-22 (reference range 12.0-15.5 g/dL, flagged L).",),
            "What is her date of birth?": ("Date of birth: 1980-01-02.",),
            "How old is she?": ("The patient is 45 years old on 2026-01-01 (born 1980-01-02).",),
            "What is her gender?": ("Gender: female.",),
            "What active problems does she have?": ("Asthma: active, onset 2020.",),
            "What medications is she taking?": (
                "atenolol 25 MG Oral Tablet (1 tablet; Oral; every 12 hours) is active since 2021-03-18.",
            ),
            "Any allergies?": ("Allergy to Penicillin G: Hives, recorded 2023-07-22.",),
            "What happens when she takes penicillin?": ("Allergy to Penicillin G: Hives, recorded 2023-07-22.",),
            "When did she get the influenza vaccine?": ("Influenza vaccine was given on 2022-09-01.",),
            "What was her last blood pressure?": ("Blood pressure was 132/88 mm[Hg] on 2023-07-22.",),
            "What is her smoking status?": ("Tobacco smoking status: Ex-smoker (2023-07-22).",),
        },
    ),
    "HL7 v2": Format(
        {"messages.hl7": _hl7()},
        {
            "latest hemoglobin": ("Hemoglobin was 11.2 g/dL on 2023-07-22 (reference range 12.0-15.5, flagged L).",),
            "What is her date of birth?": ("Date of birth: 1980-01-02.",),
            "How old is she?": ("The patient is 45 years old on 2026-01-01 (born 1980-01-02).",),
            "What is her gender?": ("Gender: female.",),
            "What active problems does she have?": ("Essential hypertension: recorded.",),
            "What medications is she taking?": (
                "lisinopril 10 MG Oral Tablet (10 mg; Take one daily) is active since 2023-01-05.",
            ),
            "Any allergies?": ("Allergy to Penicillin: hives; Severe, recorded 2023-07-22.",),
            "What happens when she takes penicillin?": ("Allergy to Penicillin: hives; Severe, recorded 2023-07-22.",),
            "When did she get the influenza vaccine?": ("Influenza vaccine was given on 2024-01-05.",),
            "What was her last blood pressure?": ("Blood pressure was 132/88 mm[Hg] on 2023-07-22.",),
            "What is her smoking status?": ("Tobacco smoking status was Ex-smoker on 2023-07-22.",),
            "When was she admitted?": ("inpatient encounter (inpatient) on 2024-01-01.",),
        },
    ),
    "OMOP": Format(
        _omop(),
        {
            "latest hemoglobin": ("Hemoglobin was 13.2 g/dL on 2023-07-22 (reference range 12-15 g/dL).",),
            "latest creatinine": ('Creatinine "serum" was 1.10 mg/dL on 2023-07-22 (reference range 0.6-1.2 mg/dL).',),
            "What is her date of birth?": ("Date of birth: 1963-12-31.",),
            "How old is she?": ("The patient is 62 years old on 2026-01-01 (born 1963-12-31).",),
            "What is her gender?": ("Gender: female.",),
            "What active problems does she have?": ("Essential hypertension: recorded, onset 2020-03-04.",),
            "What medications is she taking?": (
                "lisinopril 10 MG Oral Tablet (1 tab, daily; Oral) is recorded since 2023-03-04.",
            ),
            "Any allergies?": ("Allergy to penicillin on 2019-01-01.",),
            "When did she get the influenza vaccine?": ("influenza, seasonal was given on 2022-10-01.",),
            "What was her last blood pressure?": (
                "Diastolic blood pressure was 88 mm[Hg] on 2023-07-22.",
                "Systolic blood pressure was 132 mm[Hg] on 2023-07-22.",
            ),
            "What is her smoking status?": ("Tobacco smoking status: Ex-smoker (2023-07-22).",),
        },
    ),
}
ASKED = [(name, question) for name, one in FORMATS.items() for question in one.answers]
Chart = tuple[AskedChart, str]


def stored(folder: Path, files: dict[str, str]) -> Chart:
    """Ingest files as one folder; return the chart with the id of its only patient."""
    (folder / "source").mkdir()
    for name, text in files.items():
        (folder / "source" / name).write_text(text, encoding="utf-8", newline="")
    store_files(folder / "store", [folder / "source"])
    [patient] = SqliteRecords(folder / "store").patients()
    return AskedChart(open_store(folder / "store")), str(patient.id)


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Chart]:
    return {name: stored(tmp_path_factory.mktemp("format"), one.files) for name, one in FORMATS.items()}


def answered(chart: Chart, question: str) -> SupportedAnswer:
    """Return an answer of which every citation, opened anew, is byte-equal and stands at the path that it names."""
    asked, patient = chart
    answer = asked.ask(question, patient=patient, as_of=TODAY)
    assert isinstance(answer, SupportedAnswer), answer.text
    for citation in (one for claim in answer.claims for one in claim.citations):
        text = asked.engine.records.open_citation(citation.id).text
        assert locate(text, citation.source.path) == (citation.start, citation.end)
        parts: list[Citation | Element] = [citation, *citation.elements]
        for part in parts:
            assert text[part.start : part.end].encode() == part.quote.encode()
        assert all(locate(text, part.path) == (part.start, part.end) for part in citation.elements)
    return answer


@pytest.mark.parametrize(("name", "question"), ASKED, ids=[" ".join(one) for one in ASKED])
def test_a_chart_of_any_format_is_answered_and_cited(charts: dict[str, Chart], name: str, question: str) -> None:
    said = tuple(claim.text for claim in answered(charts[name], question).claims)
    assert said == FORMATS[name].answers[question]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("question", ["latest potassium", "What is she allergic to besides latex?", "When was her colonoscopy?"])
def test_what_a_chart_of_any_format_does_not_hold_is_silence(charts: dict[str, Chart], name: str, question: str) -> None:
    chart, patient = charts[name]
    answer = chart.ask(question, patient=patient, as_of=TODAY)
    assert not any(word in answer.text.lower() for word in ("was done", "potassium was", "latex:"))
    if "latex" not in question:
        assert answer.kind == "abstained"


def test_unit_date_flag_and_range_of_a_value_are_cited(charts: dict[str, Chart]) -> None:
    cited = {}
    for name in FORMATS:
        [citation] = answered(charts[name], "latest hemoglobin").claims[0].citations
        cited[name] = (citation.quote, *(element.quote for element in citation.elements))
    assert cited == {
        "C-CDA": (
            '11.2" unit="g/dL',
            "Hemoglobin",
            "20230722151000-0500",
            "L",
            '<low value="12.0" unit="g/dL"/><high value="15.5" unit="g/dL"/>',
        ),
        "HL7 v2": ("11.2|g/dL", "Hemoglobin", "202307221510", "L", "12.0-15.5"),
        "OMOP": ("13.2", "3000963", "2023-07-22 07:30:00", "g/dL", "12,15"),
    }


def test_a_vaccine_that_was_refused_was_not_given(tmp_path: Path) -> None:
    refused = segment("RXA", **{**VACCINE, "f5": "140^Influenza vaccine^CVX", "f18": "00^Parental decision", "f20": "RE"})
    chart = stored(tmp_path, {"m.hl7": message("VXU^V04", refused)})
    [claim] = answered(chart, "When did she get the influenza vaccine?").claims
    assert claim.text == "Influenza vaccine was not given (not done) on 2024-01-05: Parental decision."


def test_a_condition_that_was_ruled_out_is_a_documented_absence(tmp_path: Path) -> None:
    files = {
        "CONCEPT.csv": VOCABULARY + concept(1, "Ruled out", "Condition Status", "r"),
        "person.csv": PERSON,
        "condition_occurrence.csv": CONDITION + "1,7,320128,2020-03-04,,,1,,,,I10\n",
    }
    [claim] = answered(stored(tmp_path, files), "Does she have hypertension?").claims
    assert (claim.kind, claim.text.partition(":")[0]) == ("absence", "Essential hypertension recorded 2020-03-04 was refuted")


@pytest.mark.parametrize(
    ("part", "question", "said"),
    [
        (
            section("11450-4", problem(ASTHMA, negated=True)),
            "Does she have asthma?",
            "Asthma recorded 2020 was refuted: the chart says the patient does not have it.",
        ),
        (
            section("48765-2", allergy(PENICILLIN, negated=True)),
            "Is she allergic to penicillin?",
            "Allergy to Penicillin G was refuted, recorded 2023-07-22.",
        ),
    ],
    ids=["problem", "allergy"],
)
def test_what_a_document_denies_is_a_documented_absence(tmp_path: Path, part: str, question: str, said: str) -> None:
    [claim] = answered(stored(tmp_path, {"summary.xml": document(part)}), question).claims
    assert (claim.kind, claim.text) == ("absence", said)
    assert "true" in {element.quote for element in claim.citations[0].elements}  # negationInd


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Chart]:
    """Give published C-CDA documents as charts, by file name."""
    if not SHARED.exists():
        pytest.skip("the shared data is not here")
    with tarfile.open(SHARED) as archive:
        texts = {
            Path(one.name).name: held.read().decode("utf-8-sig")
            for one in archive
            if one.name.lower().endswith(".xml") and (held := archive.extractfile(one))
        }
    return lambda name: stored(tmp_path_factory.mktemp("published"), {name: texts[name]})


@pytest.mark.shared
def test_a_published_summary_is_answered(published: Callable[[str], Chart]) -> None:
    chart = published("CCD_CCD_1_CCD.XML")
    said = {
        question: [claim.text for claim in answered(chart, question).claims]
        for question in (
            "latest hemoglobin",
            "How old is she?",
            "What active problems does she have?",
            "What was her last blood pressure?",
            "Does she smoke?",
            "When did she get the influenza vaccine?",
        )
    }
    assert list(said.values()) == [
        ["Hemoglobin was 13.2 g/dL on 2008-03-19 (reference range 12.0-15.5 g/dL)."],
        ["The patient is 50 years old on 2026-01-01 (born 1975-05-01)."],
        ["Angina: active, onset 2007-04-17.", "Chest pain: active, onset 2007-04-14."],
        ["Blood pressure was 132/88 mm[Hg] on 2012-09-10."],
        ["Tobacco smoking status NHIS: Ex-smoker (2012-09-10)."],
        ["influenza virus vaccine, unspecified formulation was given on 1999-11."],
    ]
