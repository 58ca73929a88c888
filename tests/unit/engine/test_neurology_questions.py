"""Questions of neurology and rehabilitation: fits, scales, levels, driving, carers, emergencies, tests of a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from chartcite.engine.comparisons.compared_sides import at_distance
from chartcite.engine.dates.times import Window, find_window
from chartcite.engine.domain.records import CodedConcept

from tests.charts import AskedChart, Resource, bundled_lexicon, condition, lab, medication, note, of, procedure, visit

ChartOf = Callable[..., AskedChart]
TODAY = date(2026, 11, 21)


def told(chart: AskedChart, question: str) -> str:
    return " | ".join(chart.say(question))


def score(identity: str, name: str, value: float, day: str) -> Resource:
    return of(
        "ann", "Observation", identity, status="final", code={"text": name}, effectiveDateTime=day,
        valueQuantity={"value": value, "unit": "{score}"},
    )  # fmt: skip


def emergency(identity: str, day: str, why: str) -> Resource:
    return visit(identity, "EMER", "A&E attendance", day, day) | {"reasonCode": [{"text": why}]}


@pytest.mark.parametrize("asked", ["Rankin over time", "mRS trend", "how has his mRS changed?"])
def test_a_scale_is_told_under_all_its_names(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        score("a", "Modified Rankin scale", 5, "2022-02-01"),
        score("b", "mRS", 4, "2022-05-01"),
        score("c", "Modified Rankin scale", 1, "2023-05-01"),
    )
    said = told(chart, asked)
    assert all(day in said for day in ("2022-02-01", "2022-05-01", "2023-05-01"))


def test_a_title_is_no_scale(chart_of: ChartOf) -> None:
    chart = chart_of(score("a", "mRS", 4, "2022-05-01"), lab("k", 4.1, "2023-01-01", name="Potassium", unit="mmol/L"))
    assert "4.1" in told(chart, "what is Mrs Lee's potassium?")


@pytest.mark.parametrize(
    "asked", ["when was her first seizure?", "date of first fit", "Describe the first convulsion", "when did the fits begin"]
)
def test_the_first_fit_is_no_entry_of_the_illness(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        condition("e", "Epilepsy after head injury", "2021-06-15"),
        condition("s", "Status epilepticus", "2022-09-01"),
        emergency("v", "2021-04-03", "First seizure at work"),
        note("n", "On 3 April 2021 her left leg began to jerk and she fell off the chair.", "2021-06-15T10:00:00Z"),
    )
    said = told(chart, asked)
    assert "2021-04-03" in said
    assert "left leg" in said
    assert "2022-09-01" not in said


def test_fits_of_a_month_are_told_as_a_table_counts_them(chart_of: ChartOf) -> None:
    chart = chart_of(
        condition("e", "Epilepsy", "2020-01-01"),
        score("a", "Seizures this month (diary)", 6, "2023-03-31"),
        score("b", "Seizures this month (diary)", 2, "2023-04-30"),
    )
    said = told(chart, "how many fits did she have in March 2023?")
    assert "6" in said
    assert "2023-04-30" not in said


@pytest.mark.parametrize(
    ("name", "own", "cause"),
    [
        ("Post-stroke epilepsy", "epilepsy", "stroke"),
        ("Depression following stroke", "depression", "stroke"),
        ("Anaemia due to CKD", "anemia", "chronic-kidney-disease"),
    ],
)
def test_a_problem_is_itself_rather_than_its_cause(name: str, own: str, cause: str) -> None:
    found = bundled_lexicon().link(CodedConcept(text=name))
    assert found[own] == 2
    assert found.get(cause, 0) < 2


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("falls in the 12 months before March 2024", date(2023, 3, 1), date(2024, 2, 29)),
        ("weights over the two years to June 2023", date(2021, 6, 30), date(2023, 6, 30)),
        ("sodium in the week after 3 June 2023", date(2023, 6, 4), date(2023, 6, 10)),
        ("tests between early 2022 and the clinic on 8 March", date(2022, 1, 1), date(2022, 3, 8)),
        ("visits from June 2022 to March", date(2022, 6, 1), date(2023, 3, 31)),
    ],
)
def test_a_length_beside_a_time_is_a_window(text: str, first: date, last: date) -> None:
    window = find_window(text, today=TODAY)
    assert window is not None
    assert (window.first, window.last) == (first, last)


@pytest.mark.parametrize(
    ("side", "placed"),
    [
        ("her sodium two weeks before", "her sodium between 2023-06-03 and 2023-06-09"),
        ("a year earlier", "between 2022-04-21 and 2022-08-19"),
        ("3 days later", "between 2023-06-22 and 2023-06-24"),
        ("before the fall", "before the fall"),
    ],
)
def test_a_side_is_placed_by_its_distance_from_the_other(side: str, placed: str) -> None:
    other = Window(first=date(2023, 6, 20), last=date(2023, 6, 20), words="")
    assert at_distance(side, other).strip() == placed


def test_a_medicine_spoken_of_as_a_value_is_its_level(chart_of: ChartOf) -> None:
    chart = chart_of(
        medication("m", "Epanutin 100 mg capsules", "2021-01-01"),
        lab("a", 9.4, "2021-02-01", name="Phenytoin level", unit="mg/L"),
        lab("b", 22.1, "2021-03-01", name="Phenytoin level", unit="mg/L"),
    )
    assert "22.1" in told(chart, "was her phenytoin higher in March 2021 than a month before?")
    assert "Epanutin" in told(chart, "is her phenytoin dose higher now?")


def test_a_newer_answer_about_driving_comes_first(chart_of: ChartOf) -> None:
    chart = chart_of(
        note("old", "Must not drive for one month.", "2021-03-01T10:00:00Z"),
        note("new", "He asked about driving. I explained that it is not possible with his fields.", "2024-05-01T10:00:00Z"),
        note("lift", "Wife drives.", "2024-06-01T10:00:00Z"),
    )
    first, *_ = chart.say("can he drive?")
    assert "not possible" in first


@pytest.mark.parametrize(
    "asked", ["what is the seizure plan?", "What should I do if she has a fit?", "when do we call 999 for a fit"]
)
def test_what_to_do_stands_in_the_care_plan(chart_of: ChartOf, asked: str) -> None:
    plan = of(
        "ann", "CarePlan", "p", status="active", intent="plan", title="Seizure rescue plan",
        description="If a fit lasts over 4 minutes give midazolam 5 mg and call 999.",
    )  # fmt: skip
    chart = chart_of(plan, condition("e", "Epilepsy", "2020-01-01"), note("n", "Seen with her sister. Seizures are fewer."))
    assert "over 4 minutes" in told(chart, asked)


def test_another_plan_tells_nothing_of_a_fit(chart_of: ChartOf) -> None:
    plan = of("ann", "CarePlan", "p", status="active", intent="plan", title="Diet plan", description="Take two snacks a day.")
    assert "snacks" not in told(chart_of(plan, condition("e", "Epilepsy", "2020-01-01")), "what should I do if she has a fit?")


def test_tests_of_a_time_are_reports_and_values(chart_of: ChartOf) -> None:
    report = of(
        "ann", "DiagnosticReport", "r", status="final", code={"text": "Nerve conduction studies"}, effectiveDateTime="2022-05-03",
        conclusion="Demyelinating neuropathy.",
    )  # fmt: skip
    chart = chart_of(
        report,
        procedure("p", "Lumbar puncture", "2022-05-04"),
        procedure("c", "Carpal tunnel decompression", "2022-05-20"),
        medication("m", "Prednisolone 5 mg tablets", "2022-05-10"),
        lab("k", 4.1, "2022-05-02", name="Potassium", unit="mmol/L"),
    )
    said = told(chart, "what investigations were done in May 2022?")
    assert all(word in said for word in ("Demyelinating", "Lumbar puncture", "Potassium"))
    assert "Prednisolone" not in said
    assert "decompression" not in said


@pytest.mark.parametrize(
    ("text", "question", "quote"),
    [
        ("Husband exhausted, respite declined.", "how is her husband coping?", "exhausted"),
        ("Husband exhausted, respite declined.", "any carer strain", "exhausted"),
        ("POC: carers three times daily.", "what carers is she getting?", "three times daily"),
        ("Blue badge and attendance allowance granted.", "what benefits does he get?", "attendance allowance"),
    ],
)
def test_notes_tell_of_carers_and_means(chart_of: ChartOf, text: str, question: str, quote: str) -> None:
    assert quote in told(chart_of(note("n", f"{text} Weather was fine.")), question)


def test_another_note_of_the_year_tells_against_an_ex_smoker(chart_of: ChartOf) -> None:
    chart = chart_of(
        note("t", "Smoking: ex-smoker.", "2024-06-01T10:00:00Z"),
        note("h", "Smoking: admits 5 a day since Easter.", "2024-04-20T10:00:00Z"),
    )
    said = chart.say("does she still smoke?")
    assert any("ex-smoker" in each for each in said)
    assert any("5 a day" in each for each in said)


def test_an_old_note_does_not_tell_against_an_ex_smoker(chart_of: ChartOf) -> None:
    chart = chart_of(
        note("t", "Smoking: ex-smoker.", "2024-06-01T10:00:00Z"),
        note("h", "Smoking: admits 5 a day.", "2019-04-20T10:00:00Z"),
    )
    assert "5 a day" not in told(chart, "does she still smoke?")


def test_the_newest_letter_is_read_for_what_is_asked_of_it(chart_of: ChartOf) -> None:
    letter = {"type": {"text": "Clinic letter"}}
    chart = chart_of(
        note("old", "Physio: new frame supplied. Diet soft.", "2023-01-01T10:00:00Z", **letter),
        note("new", "Physio suggests an ankle brace for outdoors. Mood good.", "2024-01-01T10:00:00Z", **letter),
        note("p", "Physiotherapy: gait improved with practice.", "2024-02-01T10:00:00Z", type={"text": "Physiotherapy note"}),
    )
    said = told(chart, "physio recs in the latest clinic letter?")
    assert "ankle brace" in said
    assert "gait improved" not in said


def test_the_problem_above_tells_why_a_medicine_was_stopped(chart_of: ChartOf) -> None:
    text = "Problem: Dizziness on standing\nH: two near falls this week.\nC: stop doxazosin. Recheck BP.\n"
    chart = chart_of(
        medication("m", "Doxazosin 4 mg tablets", "2020-01-01", status="stopped",
                   dosageInstruction=[{"timing": {"repeat": {"boundsPeriod": {"start": "2020-01-01", "end": "2024-03-01"}}}}]),
        note("n", text, "2024-03-01T10:00:00Z"),
    )  # fmt: skip
    assert "Dizziness" in told(chart, "why was doxazosin stopped?")


def test_a_stay_is_the_one_that_its_own_words_and_its_problem_tell(chart_of: ChartOf) -> None:
    chart = chart_of(
        visit("a", "IMP", "Admission to stroke unit", "2021-05-01", "2021-05-09"),
        visit("b", "IMP", "Neurology admission", "2023-06-01", "2023-06-05"),
        condition("s", "Cerebral infarction", "2021-05-01"),
        condition("m", "Myasthenic crisis", "2023-06-01"),
    )
    said = told(chart, "what happened during the stroke admission?")
    assert "2021-05-01" in said
    assert "Myasthenic" not in said


@pytest.mark.parametrize("asked", ["how did they get the clot out?", "How was the clot in his brain removed?"])
def test_a_clot_that_is_got_out_is_a_procedure(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(condition("s", "Ischaemic stroke", "2022-08-01"), procedure("t", "Mechanical thrombectomy", "2022-08-01"))
    assert "thrombectomy" in told(chart, asked)


@pytest.mark.parametrize(
    "asked", ["what does the family's message of May 2024 say?", "what did Petra write in the diary for April 2024?"]
)
def test_a_message_is_told_by_whose_it_is(chart_of: ChartOf, asked: str) -> None:
    more = {"type": {"text": "Message from family"}, "author": [{"display": "Petra Lee (sister)"}]}
    chart = chart_of(
        note("m", "Here is her diary. Tuesday she dropped a cup twice.", "2024-05-02T10:00:00Z", **more),
        note("n", "Reviewed in clinic. Sister says diary is kept.", "2024-04-10T10:00:00Z"),
    )
    assert "dropped a cup" in told(chart, asked)


def test_advice_is_told_of_the_thing_that_is_asked(chart_of: ChartOf) -> None:
    text = "Seen by neurology. Safety: no cycling on roads, swimming only with somebody. Continue tablets."
    chart = chart_of(note("n", text, type={"text": "Neurology letter"}))
    said = told(chart, "what advice did neurology give about cycling and swimming?")
    assert "swimming only" in said
    assert "Continue tablets" not in said


def test_of_the_stays_of_a_thing_the_long_one_gives_its_time(chart_of: ChartOf) -> None:
    chart = chart_of(
        visit("r", "IMP", "Inpatient rehabilitation", "2022-02-01", "2022-03-10"),
        visit("h", "AMB", "Rehabilitation clinic", "2023-02-01", "2023-02-01"),
        score("a", "Barthel index", 6, "2022-02-02"),
        score("b", "Barthel index", 15, "2022-03-09"),
        score("c", "Barthel index", 18, "2023-02-01"),
    )
    said = told(chart, "Barthel during rehab")
    assert "6" in said
    assert "2023-02-01" not in said
