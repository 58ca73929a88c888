"""Guidelines that disagree are told side by side, with what differs: without a patient, about one, and among the care gaps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from chartcite.engine.care_gaps import care_gaps
from chartcite.engine.domain.answers import Answer
from chartcite.engine.domain.care import Gap
from chartcite.engine.domain.records import PatientId
from chartcite.engine.guidelines.guideline_disagreements import of_one_issuer, other_sides
from chartcite.engine.guidelines.guidelines import library
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import CORPORA, AskedChart, bundle, bundled_lexicon, open_store
from tests.evals.small_patients import TODAY, patient_of

AHA, NICE, KDIGO = "aha-acc-hypertension-2025", "nice-hypertension-ng136", "kdigo-ckd-2024"
USPSTF_BREAST, ACS_BREAST = "uspstf-breast-cancer-2024", "acs-breast-cancer-2015"
GOAL = "the blood pressure goal in hypertension: "
TOLD_TOGETHER = [
    ("What is the blood pressure target in hypertension?", {AHA, NICE, KDIGO}),
    ("how low should my blood pressure be?", {AHA, NICE, KDIGO}),
    ("BP goal for an 84 year old with hypertension", {AHA, NICE}),
    ("treatment goal systolic pressure hypertension and CKD", {AHA, NICE, KDIGO}),
    ("When do women start having mammograms?", {USPSTF_BREAST, ACS_BREAST}),
    ("How often should women have mammograms?", {USPSTF_BREAST, ACS_BREAST}),
    ("hepatitis B screening in adults", {"cdc-hepatitis-b-screening-2023", "uspstf-hepatitis-b-2020"}),
    ("hepatitis C screening at 84", {"cdc-hepatitis-c-screening-2020", "uspstf-hepatitis-c-2020"}),
    ("metformin at an eGFR between 30 and 45", {"fda-metformin-kidney-2016", "kdigo-diabetes-ckd-2022"}),
    ("statin for primary prevention at what risk?", {"uspstf-statin-2022", "nice-cvd-lipids-ng238"}),
    ("From which age is cervical cancer screening done?", {"uspstf-cervical-cancer-2018", "acs-cervical-cancer-2020"}),
    ("PSA screening for prostate cancer in a 60 year old man", {"uspstf-prostate-cancer-2018", "aua-prostate-cancer-2023"}),
    ("lung cancer screening in smokers who quit", {"uspstf-lung-cancer-2021", "acs-lung-cancer-2023"}),
]


def guidelines_of(answer: Answer) -> set[str]:
    return {citation.source.resource.partition("#")[0] for conflict in answer.conflicts for citation in conflict.citations}


@pytest.mark.parametrize(("question", "guidelines"), TOLD_TOGETHER)
def test_every_side_is_told_and_the_matter_is_named(question: str, guidelines: set[str], bundled: AskedChart) -> None:
    answer = bundled.ask(question, patient=None)
    assert answer.kind == "supported"
    assert guidelines <= guidelines_of(answer)
    told = {claim.citations[0].source.resource.partition("#")[0] for claim in answer.claims}
    assert guidelines <= told
    assert all("strength" in claim.text for claim in answer.claims)


def test_the_conflict_says_who_advises_what(bundled: AskedChart) -> None:
    conflicts = bundled.ask("What is the blood pressure target in hypertension?", patient=None).conflicts
    conflict = next(one for one in conflicts if one.about.startswith(GOAL))
    assert "below 140/90 mm Hg under 80 years (National Institute for Health and Care Excellence, 2019)" in conflict.about
    assert "below 130 mm Hg" in conflict.about
    assert len(conflict.citations) == len({citation.source.resource for citation in conflict.citations})


def test_the_side_for_the_age_asked_about_is_taken(bundled: AskedChart) -> None:
    conflicts = bundled.ask("blood pressure goal in hypertension at 84 years", patient=None).conflicts
    conflict = next(one for one in conflicts if one.about.startswith(GOAL))
    cited = {citation.source.resource for citation in conflict.citations}
    assert f"{NICE}#R3" in cited
    assert f"{NICE}#R2" not in cited


@pytest.mark.parametrize("question", ["Fidaxomicin or vancomycin for a first C. diff infection?", "HPV vaccine at what age?"])
def test_one_voice_is_no_disagreement(question: str, bundled: AskedChart) -> None:
    answer = bundled.ask(question, patient=None)
    assert answer.kind == "supported"
    assert answer.conflicts == ()


def test_sides_are_current_and_of_other_organisations(bundled: AskedChart) -> None:
    known = library(bundled.engine.records)
    assert len(known.disputed) > 40
    for one in known.disputed:
        sides = other_sides(one, known)
        assert sides
        assert all(side.status == "current" for side in sides)
        assert not any(of_one_issuer(side.organization, one.organization) for side in sides)
        assert all(one in other_sides(side, known) for side in sides)


@pytest.fixture
def care(tmp_path: Path) -> Callable[[str], AskedChart]:
    """Return what stores a patient written in one line beside the bundled guidelines."""

    def stored(line: str) -> AskedChart:
        (tmp_path / "p.json").write_text(bundle(*patient_of(line, "p")), encoding="utf-8")
        with SqliteWriter(tmp_path) as writer:
            files = [tmp_path / "p.json", *sorted((CORPORA / "guidelines").glob("*.md"))]
            ingest(files, writer, HashingEmbedder(), lexicon=bundled_lexicon())
        return AskedChart(open_store(tmp_path))

    return stored


def test_a_patient_hears_both_with_their_conditions(care: Callable[[str], AskedChart]) -> None:
    answer = care("f 60; cond Hypertension").ask("How low should her blood pressure be?", patient="p", as_of=TODAY)
    assert {AHA, NICE} <= guidelines_of(answer)
    assert KDIGO not in guidelines_of(answer)  # no kidney disease in the chart, and others apply
    assert answer.kind == "supported"
    told = [claim for claim in answer.claims if "For this patient: conditions met" in claim.text]
    assert len(told) >= 2
    assert sum(claim.text.startswith("Condition met") for claim in answer.claims) >= 2


def test_the_nearest_other_side_is_told_where_none_applies(care: Callable[[str], AskedChart]) -> None:
    answer = care("f 60").ask("Should she be screened for hepatitis B?", patient="p", as_of=TODAY)
    assert guidelines_of(answer) == {"cdc-hepatitis-b-screening-2023", "uspstf-hepatitis-b-2020"}
    assert answer.kind == "supported"
    open_ = next(claim.text for claim in answer.claims if "increased risk of infection" in claim.text)
    assert "conditions open" in open_


def gap_of(chart: AskedChart, recommendation: str) -> Gap:
    found = care_gaps(PatientId("p"), records=chart.engine.records, lexicon=chart.engine.lexicon, as_of=TODAY)
    assert found.dropped_claims == 0
    return next(one for one in found.gaps if one.recommendation == recommendation)


def test_a_gap_names_the_organisation_by_which_it_is_none(care: Callable[[str], AskedChart]) -> None:
    gap = gap_of(care("m 84"), "cdc-hepatitis-c-screening-2020#R1")
    assert gap.status == "due"
    [other] = gap.otherwise
    assert (other.recommendation, other.status) == ("uspstf-hepatitis-c-2020#R1", "does not apply")
    assert other.position == "adults aged 18 to 79 years"
    assert other.statement.citations
    assert any("84 years old" in line.text for line in other.conditions)


def test_a_yearly_and_a_two_yearly_interval_stand_side_by_side(care: Callable[[str], AskedChart]) -> None:
    chart = care("f 50; proc Mammography 2025-02-01")
    yearly, biennial = gap_of(chart, f"{ACS_BREAST}#R2"), gap_of(chart, f"{USPSTF_BREAST}#R1")
    assert (yearly.status, biennial.status) == ("overdue", "up to date")
    assert [one.status for one in yearly.otherwise] == ["up to date"]
    assert [one.status for one in biennial.otherwise] == ["overdue"]


def test_a_gap_on_which_all_agree_names_nobody(care: Callable[[str], AskedChart]) -> None:
    assert gap_of(care("f 60"), "uspstf-colorectal-cancer-2021#R1").otherwise == ()
