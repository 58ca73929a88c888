"""The grading of the open sets: what counts as told, how shares and rankings are reported, how charts are copied."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from chartcite.engine.language.terminology import ConceptKind, Lexicon, LexiconConcept

from tests.evals import ehrsql, latency, medcalc
from tests.evals.gold import INVENTED, charts, load_gold, says
from tests.evals.intervals import auroc, auroc_interval, share, wilson
from tests.evals.medcalc_grading import amounts, tells_number, tells_sex, units_in_note
from tests.evals.medcalc_questions import WORDINGS, question_of
from tests.evals.reader_fit import PAIRS

SODIUM = LexiconConcept(
    id="sodium",
    kind=ConceptKind.MEASUREMENT,
    name="sodium",
    surfaces=("serum sodium", "Na+", "sodum", "how salty", "salt level"),
    lay=("sodum", "how salty", "salt level"),
)
LEXICON = Lexicon([SODIUM])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BP 120/80 mmHg", [("120", "mm[Hg]"), ("80", "mm[Hg]")]),
        ("An 87-year-old man", [("87", "a")]),
        ("platelets 186 000/µL", [("186000", "/uL")]),
        ("WBC 12,300/mm3", [("12300", "/uL")]),
        ("creatinine 0.8, sodium 140", [("0.8", None), ("140", None)]),
        ("38.1 °C.", [("38.1", "Cel")]),
    ],
)
def test_numbers_are_read_with_their_units(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(str(one.value), one.unit) for one in amounts(text)] == expected


@pytest.mark.parametrize(
    ("text", "value", "unit", "told"),
    [
        ("creatinine 1.4 mg/dL", 1.4, "mg/dL", True),
        ("creatinine 1.4", 1.4, "mg/dL", True),
        ("creatinine 1.4 g/dL", 1.4, "mg/dL", False),
        ("creatinine 1.4 mg/dL", 1.5, "mg/dL", False),
        ("he weighs 220 lbs", 99.8, "kg", True),
        ("platelets 16.5 × 104/µL", 165000.0, "µL", True),
        ("no number at all", 1.0, None, False),
    ],
)
def test_a_value_is_told_in_its_unit_or_one_that_converts(text: str, value: float, unit: str, *, told: bool) -> None:
    assert tells_number(text, value, unit, frozenset()) is told


def test_the_unit_that_the_note_writes_is_right() -> None:
    note = "Sodium 134 mmol/L."
    units = units_in_note(note, [(7, 10)])
    assert units == {"mmol/L"}
    assert tells_number(note, 134.0, "mEq/L", units)
    assert not tells_number(note, 134.0, "mEq/L", frozenset())


@pytest.mark.parametrize(
    ("text", "sex", "told"),
    [
        ("A woman with her husband", "Female", True),
        ("A woman with her husband", "Male", False),
        ("62 F with cough", "Female", True),
    ],
)
def test_the_first_word_tells_the_sex(text: str, sex: str, *, told: bool) -> None:
    assert tells_sex(text, sex) is told


def test_a_question_is_worded_by_the_lexicon() -> None:
    asked = [question_of("Sodium", SODIUM, LEXICON, wording) for wording in WORDINGS]
    assert asked == ["What was the patient's sodium?", "What was my salt level?", "Na+?"]


def test_a_name_that_the_lexicon_does_not_know_is_asked_as_it_is() -> None:
    asked = [question_of("A-a gradient", None, LEXICON, wording) for wording in WORDINGS]
    assert asked == ["What was the patient's A-a gradient?", "What was my A-a gradient?", "A-a gradient?"]


def test_doses_and_findings_are_not_asked_for() -> None:
    rows: list[dict[str, Any]] = [
        {"note_id": "1", "entity": "Sodium", "kind": "numeric", "unit": "mEq/L"},
        {"note_id": "1", "entity": "Morphine Dose", "kind": "numeric", "unit": "mg"},
        {"note_id": "1", "entity": "DOPamine", "kind": "numeric", "unit": "mcg/kg/min"},
        {"note_id": "1", "entity": "Stroke", "kind": "boolean", "unit": None},
        {"note_id": "1", "entity": "sex", "kind": "string", "unit": None},
    ]
    chosen = medcalc.wanted(rows, {"1": "text"}, LEXICON)
    assert [(one.row["entity"], one.group) for one in chosen] == [("Sodium", "laboratory or other"), ("sex", "age or sex")]


def test_wilson_intervals_hold_the_share() -> None:
    assert wilson(0, 0) is None
    assert wilson(75, 100) == (0.657, 0.8245)  # Wilson 1927 at 95 %
    assert share(1, 2)["share"] == 0.5
    assert share(0, 0)["share"] is None


def test_auroc_counts_pairs_and_halves_ties() -> None:
    assert auroc([1, 2, 3], [0, 1, 2]) == pytest.approx(7 / 9)
    assert auroc([2, 3], [0, 1]) == 1
    assert auroc([0], [1]) == 0
    low, high = auroc_interval([1, 2, 3, 4], [0, 1, 2])
    assert low <= auroc([1, 2, 3, 4], [0, 1, 2]) <= high
    with pytest.raises(ValueError, match="both sorts"):
        auroc([], [1])


def test_what_is_not_understood_lowers_the_score() -> None:
    clear = ehrsql.read({"id": "1", "question": "What was the last sodium?", "answerable": True}, LEXICON)
    strange = ehrsql.read({"id": "2", "question": "What is the zorblax of the quixnar?", "answerable": False}, LEXICON)
    assert clear.score > strange.score
    assert (clear.has_topic, strange.has_topic) == (True, False)
    assert ehrsql.best_threshold([clear, strange]) == clear.score
    assert ehrsql.cause_of(strange) == "off topic, or a concept that is unknown"


def test_a_copied_chart_is_another_patient() -> None:
    chart = {
        "entry": [
            {
                "fullUrl": "https://x.example/Patient/p",
                "resource": {"resourceType": "Patient", "id": "p", "name": [{"family": "Old"}]},
            },
            {"resource": {"resourceType": "Condition", "id": "c", "subject": {"reference": "Patient/p"}, "note": "Patient/p"}},
            {"resource": {"resourceType": "Encounter", "id": "e", "subject": {"reference": "Patient/elsewhere"}}},
        ]
    }
    copied = latency.copy_of(chart, 3)
    patient, condition, encounter = (entry["resource"] for entry in copied["entry"])
    assert copied["entry"][0]["fullUrl"] == "https://x.example/Patient/p-c03"
    assert (patient["id"], condition["subject"]["reference"]) == ("p-c03", "Patient/p-c03")
    assert condition["note"] == "Patient/p"
    assert encounter["subject"]["reference"] == "Patient/elsewhere"
    assert "Old" not in json.dumps(copied)
    assert "c03" not in json.dumps(chart)


def test_each_question_is_about_a_patient_of_the_store() -> None:
    asked = latency.questions(31)
    copies = {str(gold.patient_id).rsplit("-c", 1)[1] for gold in asked}
    assert len(asked) == latency.STARTING + latency.QUESTIONS
    assert copies <= {"00", "01", "02"}
    assert all(first.patient_id != second.patient_id for first, second in pairwise(asked))


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("6", "Cardioversion: 6 times in the chart (2011-01-02)."),
        ("6", "6x"),
        ("71.3", "71.36 kU/L"),
        ("148", "Blood pressure was 148/92 mmHg."),
        ("1:2", "RPR titer was 1:2."),
        ("2009", "quit 2009-01-01"),
        ("4/3", "card seen: 4/3 and 4/24/21"),
        ("12", "12/12 CBT sessions: 12"),
        ("iD ", "id badge"),
    ],
)
def test_gold_text_is_said(option: str, text: str) -> None:
    assert says(text, option)


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("6", "16 visits, 6.5 mg, 106"),
        ("12", "on 2013-12-10 and 12/10/13"),
        ("30", "reference range <= 130 mg/dL"),
        ("9", "PHQ-9 was 4"),
        ("2", "type T2, 1,2 or 0.2"),
        ("1:2", "titer 1:256"),
        ("4/3", "on 4/30"),
        ("404", "404.41"),
        ("2.1", "12.1"),
        ("135", "128 mmol/L (reference range 135-145 mmol/L, flagged L)"),
    ],
)
def test_gold_number_is_a_whole_number(option: str, text: str) -> None:
    assert not says(text, option)


def test_the_reader_learns_from_no_note_of_a_gold_question() -> None:
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    assert len({(row["note"], row["question"].lower()) for row in rows}) == len(rows) > 10_000
    assert not {row["note"] for row in rows} & {f"{gold.archive}:{gold.file}" for gold in load_gold()}
    assert 0.25 < sum(not (row["alone"] or row["parts"]) for row in rows) / len(rows) < 0.4


def test_invented_notes_and_charts_hold_what_their_questions_name(tmp_path: Path) -> None:
    asked = [gold for gold in load_gold() if gold.archive == INVENTED]
    folders = [folder for folder in charts(asked, tmp_path / "absent", tmp_path) if folder.is_relative_to(tmp_path)]
    held: dict[str, set[str]] = {}
    for path in (each for folder in folders for each in folder.iterdir()):
        resources = [entry["resource"] for entry in json.loads(path.read_text(encoding="utf-8"))["entry"]]
        [patient] = [each["id"] for each in resources if each["resourceType"] == "Patient"]
        held[patient] = {f"{each['resourceType']}/{each['id']}" for each in resources}
    assert set(held) == {gold.patient_id for gold in asked}
    assert all(set(gold.evidence) <= held[str(gold.patient_id)] and gold.as_of for gold in asked)
