"""Questions of psychiatry and addiction care: risk, relapse, abstinence, depots, levels, harm by medicines, roles in a team."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, Resource, condition, lab, medication, note, of, pressure, relative

ChartOf = Callable[..., AskedChart]


def told(chart: AskedChart, question: str) -> str:
    return " | ".join(chart.say(question))


@pytest.mark.parametrize(
    ("text", "question", "quote"),
    [
        pytest.param(
            "She took an overdose of amitriptyline in 2004.", "Has she ever tried to end her life?", "in 2004", id="overdose"
        ),
        pytest.param("One attempted hanging at 19, cut down by a flatmate.", "previous suicide attempts?", "at 19", id="attempt"),
        pytest.param("Still hears two voices, quieter.", "is she hearing voices?", "two voices", id="voices"),
        pytest.param("Punched a bouncer in 2011, convicted of affray.", "any forensic history?", "bouncer", id="others"),
        pytest.param("Relapse signature: paints all night.", "What are the early warning signs?", "paints", id="relapse"),
        pytest.param("Alcohol: none since June 2021.", "how long has she been sober?", "June 2021", id="dry"),
        pytest.param("No heroin for 14 months.", "how long has he been clean?", "14 months", id="clean"),
        pytest.param("Consent given for us to speak with her mother.", "can we talk to her mother?", "Consent", id="consent"),
        pytest.param(
            "Crisis team 24 h: 0161 496 0777.", "who should he ring at night in a crisis?", "0161 496 0777", id="crisis"
        ),
        pytest.param("Lives in a hostel near the station.", "what sort of housing is she in?", "hostel", id="home"),
        pytest.param("Two sons: Kit (9) and Bo (4).", "does she have children?", "Kit", id="children"),
        pytest.param("Granddaughter Wren visits on Fridays.", "who is Wren?", "Granddaughter", id="somebody"),
    ],
)
def test_notes_tell_of_risk_and_recovery(chart_of: ChartOf, text: str, question: str, quote: str) -> None:
    assert quote in told(chart_of(note("n", f"{text} Weather was fine.")), question)


@pytest.mark.parametrize(
    ("text", "question", "beside"),
    [
        pytest.param("The pharmacy moved to a new system.", "where does he live?", "moved to", id="a pharmacy that moved"),
        pytest.param("He was assaulted by another patient.", "has he ever been violent?", "assaulted", id="done to him"),
        pytest.param(
            "Hypos: none since gliclazide stopped.", "how long has he been sober?", "gliclazide", id="none of another thing"
        ),
        pytest.param("Tumour markers: none since surgery.", "when did she stop drinking?", "markers", id="another thing"),
        pytest.param("Wants clean urines for the court.", "how long has he been clean?", "urines", id="clean urines"),
    ],
)
def test_what_stands_near_is_no_answer(chart_of: ChartOf, text: str, question: str, beside: str) -> None:
    assert beside not in told(chart_of(note("n", text)), question)


def test_a_denial_makes_way_for_what_was_done(chart_of: ChartOf) -> None:
    chart = chart_of(
        note("new", "No self-harm this year.", "2024-05-01T10:00:00Z"),
        note("old", "Took an overdose of iron tablets in 2009.", "2015-05-01T10:00:00Z"),
    )
    first, *_ = chart.say("has she ever self-harmed?")
    assert "2009" in first


@pytest.mark.parametrize("asked", ["which depots has she had?", "Any previous LAIs?", "list all depots ever given"])
def test_depots_are_known_by_their_names(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        medication("m1", "Flupentixol decanoate 40 mg/2 mL injection", "2016-01-01", status="stopped"),
        medication("m2", "Abilify Maintena 400 mg", "2018-01-01", status="stopped"),
        medication("m3", "Aripiprazole 10 mg tablets", "2015-01-01", status="stopped"),
    )
    said = told(chart, asked)
    assert "Flupentixol" in said
    assert "Maintena" in said
    assert "tablets" not in said


@pytest.mark.parametrize("asked", ["last Camcolit level", "Priadel trough?", "lithium assay"])
def test_the_level_of_a_medicine_is_asked_by_any_of_its_names(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        medication("m", "Camcolit 400 mg tablets", "2020-01-01"), lab("l", 0.7, "2024-02-02", name="Serum lithium", unit="mmol/L")
    )
    assert "0.7" in told(chart, asked)


def test_a_medicine_whose_level_was_never_taken_is_told_no_other(chart_of: ChartOf) -> None:
    chart = chart_of(
        medication("m", "Metformin 500 mg tablets", "2020-01-01"),
        lab("l", 0.7, "2024-02-02", name="Serum lithium", unit="mmol/L"),
    )
    assert "0.7" not in told(chart, "metformin level?")


@pytest.mark.parametrize("asked", ["did the lithium damage her kidneys?", "are her kidneys bad because of lithium?"])
def test_a_problem_laid_to_a_medicine_is_told(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        medication("m", "Lithium carbonate 400 mg", "2001-01-01", status="stopped"),
        condition("c1", "Chronic kidney disease (lithium-related)", "2019-01-01"),
        condition("c2", "Lithium-induced tremor", "2003-01-01"),
    )
    said = told(chart, asked)
    assert "kidney" in said
    assert "tremor" not in said


def test_a_harm_that_nothing_lays_to_the_medicine_is_not_told(chart_of: ChartOf) -> None:
    chart = chart_of(
        medication("m", "Metformin 500 mg tablets", "2020-01-01"), condition("c", "Type 2 diabetes mellitus", "2019-01-01")
    )
    assert "diabetes" not in told(chart, "did metformin cause her diabetes?")


def role(name: str, text: str) -> Resource:
    return {"role": [{"text": text}], "member": {"display": name}}


TEAM = of(
    "ann",
    "CareTeam",
    "t",
    status="active",
    name="Recovery team",
    participant=[
        role("Ida Brandt", "Care coordinator (CPN)"),
        role("Tom Okello", "Social worker"),
        role("Nell Farrow", "Peer support worker"),
        role("Dr Pia Lund", "Consultant psychiatrist"),
    ],
)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("who is her social worker", "Tom Okello"),
        ("has she got a CPN?", "Ida Brandt"),
        ("does she have a care coordinator", "Ida Brandt"),
        ("key worker?", "Ida Brandt"),
        ("who's her psychiatrist", "Dr Pia Lund"),
    ],
)
def test_a_role_in_a_care_team_is_told_with_who_holds_it(chart_of: ChartOf, asked: str, name: str) -> None:
    assert name in told(chart_of(TEAM), asked)


def test_a_role_that_no_team_names_is_not_told(chart_of: ChartOf) -> None:
    assert not chart_of(TEAM).say("who is her health visitor?")


@pytest.mark.parametrize("asked", ["lying and standing BP?", "does she have a postural drop?", "orthostatics"])
def test_lying_and_standing_pressures_are_told_together(chart_of: ChartOf, asked: str) -> None:
    lying, standing = pressure("b1", 140, 80, "2024-03-01"), pressure("b2", 110, 70, "2024-03-01")
    lying["code"] = {"text": "BP lying"}
    standing["code"] = {"text": "BP standing"}
    said = told(chart_of(lying, standing), asked)
    assert "140/80" in said
    assert "110/70" in said


def test_any_of_several_problems_of_a_family_is_told(chart_of: ChartOf) -> None:
    chart = chart_of(relative("m", "Mother", "Bipolar disorder"), relative("u", "Maternal uncle", "Suicide"))
    said = told(chart, "FHx mental illness / suicide?")
    assert "Bipolar" in said
    assert "uncle" in said


def test_what_a_medicine_is_for_is_not_told_by_a_sentence_that_only_names_it(chart_of: ChartOf) -> None:
    named = note("n", "Sertraline 100 since March. Suggested tapering it if the score stays low, after Christmas.")
    assert not chart_of(medication("m", "Sertraline 50 mg tablets", "2021-01-01"), named).say("what is sertraline for?")


def test_what_a_medicine_is_for_is_told_by_the_problem_beside_it(chart_of: ChartOf) -> None:
    given = note("n", "Slept well. Sertraline was started for panic attacks. Eats well.", "2021-01-02T10:00:00Z")
    assert "panic" in told(chart_of(medication("m", "Sertraline 50 mg tablets", "2021-01-01"), given), "what is sertraline for?")


@pytest.mark.parametrize("asked", ["plan for the thyroid nodule", "thyroid nodule follow-up?"])
def test_what_is_to_be_done_about_a_thing_is_quoted_under_any_heading(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(note("n", "Chest clear. Incidental 9 mm thyroid nodule, please arrange ultrasound in 6 months. Slept well."))
    assert "ultrasound in 6 months" in told(chart, asked)


@pytest.mark.parametrize("asked", ["What is she taking for constipation?", "what is she on for her bowels?"])
def test_what_treats_nothing_else_is_told_beside_what_has_its_reason(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(
        condition("c", "Constipation", "2020-01-01"),
        medication("m1", "Senna 7.5 mg tablets", "2024-01-01", reasonCode=[{"text": "Constipation"}]),
        medication("m2", "Laxido Orange oral powder", "2020-01-01"),
        medication("m3", "Amlodipine 5 mg tablets", "2020-01-01"),
    )
    said = told(chart, asked)
    assert "Senna" in said
    assert "Laxido" in said
    assert "Amlodipine" not in said


def test_all_values_of_a_short_time_are_listed(chart_of: ChartOf) -> None:
    chart = chart_of(
        lab("k1", 3.1, "2024-10-11", name="Potassium", unit="mmol/L"),
        lab("k2", 4.2, "2024-10-16", name="Potassium", unit="mmol/L"),
    )
    said = told(chart, "bloods done in October 2024")
    assert "3.1" in said
    assert "4.2" in said


def test_why_something_of_its_own_words_came_about_is_told_only_where_it_is_named(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Olanzapine was begun because she was elated. Absconded once.", "2019-10-04T10:00:00Z"))
    assert not chart.say("Why was she secluded in 2019?")


def test_when_something_comes_next_is_told_by_the_note_that_says_so(chart_of: ChartOf) -> None:
    chart = chart_of(
        note("old", "Next CTO review May 2022. Slept well.", "2021-05-01T10:00:00Z"),
        note("new", "Settled. Next CTO review November 2024.", "2024-05-01T10:00:00Z"),
    )
    assert [text for text in chart.say("when is her next CTO review?") if "November 2024" in text]
    assert "May 2022" not in told(chart, "when is her next CTO review?")


def test_a_next_that_no_note_dates_is_not_told(chart_of: ChartOf) -> None:
    chart = chart_of(note("n", "Next steps: encourage walking. CTO review went well."))
    assert "steps" not in told(chart, "when is her next CTO review?")


def test_who_began_a_medicine_is_not_who_signed_the_newest_order(chart_of: ChartOf) -> None:
    first, last = {"display": "Dr Ada Moss"}, {"display": "Dr Ben Hale"}
    chart = chart_of(
        medication("m1", "Clozapine 100 mg tablets", "2015-01-01", status="stopped", requester=first),
        medication("m2", "Clozapine 100 mg tablets", "2023-01-01", requester=last),
    )
    assert "Dr Ada Moss" in told(chart, "who started her on clozapine?")
    assert "Dr Ada Moss" not in told(chart, "who prescribes her clozapine?")


def test_parkinsonism_is_more_than_one_disease(chart_of: ChartOf) -> None:
    chart = chart_of(condition("c", "Drug-induced parkinsonism", "2016-01-01"))
    assert "Drug-induced" in told(chart, "does he have parkinsonism?")


@pytest.mark.parametrize("asked", ["is he a smoker?", "does she smoke", "Is she a smoker, and what does she do for work?"])
def test_a_newer_note_tells_of_smoking_against_an_older_entry(chart_of: ChartOf, asked: str) -> None:
    entry = of(
        "ann",
        "Observation",
        "s",
        status="final",
        category=[{"coding": [{"code": "social-history"}]}],
        code={"text": "Tobacco smoking status"},
        effectiveDateTime="2021-02-01",
        valueString="Ex-smoker",
    )
    chart = chart_of(entry, note("n", "Smoking: 10 roll ups a day since spring.", "2024-05-01T10:00:00Z"))
    assert "roll ups" in told(chart, asked)


def test_a_medicine_asked_of_beside_its_level_is_told_as_well(chart_of: ChartOf) -> None:
    chart = chart_of(
        medication("m", "Camcolit 400 mg tablets", "2020-01-01", dose="800 mg at night"),
        lab("l", 0.7, "2024-02-02", name="Serum lithium", unit="mmol/L"),
    )
    assert "800 mg" in told(chart, "lithium dose, brand and how it is taken, and is a level known?")
