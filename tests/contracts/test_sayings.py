"""What somebody said: the newest of their notes, about the thing that is asked or its conclusion; of strangers, silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from chartcite.engine.notes.sayings import _surnames

from tests.charts import AskedChart, note, person, visit

ChartOf = Callable[..., AskedChart]
OLD = note(
    "old",
    "CARDIOLOGY CLINIC\nDoing well.\nPlan\n1. Start bisoprolol 2.5 mg.\n2. Echo in a year.\n",
    "2022-03-01T10:00:00-05:00",
    author=[{"display": "Nora Quist, MD"}],
)
NEW = note(
    "new",
    "CARDIOLOGY CLINIC\nHe walks two miles. Ankles dry. Furosemide stopped in spring, weight unchanged.\n"
    "May restart eplerenone if the potassium stays low. Return in six months.\n",
    "2023-09-05T10:00:00-05:00",
    author=[{"display": "Nora Quist, MD"}],
)
OTHER = note(
    "other",
    "NUTRITION VISIT\nLikes soup. Advised to keep salt below 5 g a day.\n",
    "2023-11-05T10:00:00-05:00",
    author=[{"display": "Olaf Brandvold, RDN"}],
)


@pytest.fixture
def chart(chart_of: ChartOf) -> AskedChart:
    return chart_of(person(), OLD, NEW, OTHER, visit("v", "AMB", "Cardiology follow-up", "2023-09-05", "2023-09-05"))


@pytest.mark.parametrize(
    "question",
    [
        "what did cardiology recommend?",
        "Dr Quist's plan",
        "what did the heart doctor say last time",
        "recs from cardiology",
        "what did doctor quist advise",
    ],
)
def test_the_newest_note_of_the_speaker_tells(question: str, chart: AskedChart) -> None:
    said = " ".join(chart.say(question))
    assert "May restart eplerenone" in said
    assert "Return in six months" in said
    assert "bisoprolol" not in said
    assert "two miles" not in said


def test_a_time_and_a_thing_choose_note_and_sentence(chart: AskedChart) -> None:
    assert "bisoprolol" in " ".join(chart.say("what did cardiology recommend in 2022?"))
    told = [text for text in chart.say("what did Dr Quist say about the furosemide?") if "“" in text]
    assert len(told) == 1
    assert "Furosemide stopped" in told[0]


def test_another_speaker_is_quoted_from_their_own_note(chart: AskedChart) -> None:
    assert "salt below 5 g" in " ".join(chart.say("what did the dietitian advise?"))


@pytest.mark.parametrize("question", ["what did Dr Lund recommend?", "what did neurology recommend?"])
def test_of_somebody_who_wrote_nothing_there_is_nothing(question: str, chart: AskedChart) -> None:
    assert not any("eplerenone" in text or "salt" in text for text in chart.say(question))


def test_people_are_called_by_surname() -> None:
    assert _surnames("Nora Quist, MD") == {"quist"}
    assert _surnames("Cher") == {"cher"}
