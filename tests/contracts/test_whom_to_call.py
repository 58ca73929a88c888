"""Contact persons of the chart: told with relationship and telephone; where it names none, silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, note, person

ChartOf = Callable[..., AskedChart]
CONTACTS = [
    {
        "relationship": [{"text": "Son"}],
        "name": {"family": "Lee", "given": ["Tom"]},
        "telecom": [{"system": "phone", "value": "555-0101"}],
    },
    {"relationship": [{"text": "Sister"}], "name": {"family": "Marsh", "given": ["Ida"]}},
]
SON, SISTER = "Contact person: Tom Lee (Son; 555-0101).", "Contact person: Ida Marsh (Sister)."


@pytest.mark.parametrize(
    "question", ["next of kin?", "who should we ring if she falls", "emergency contact", "who do I call in an emergency"]
)
def test_contacts_are_told(question: str, chart_of: ChartOf) -> None:
    assert chart_of(person(contact=CONTACTS)).say(question) == [SON, SISTER]


def test_a_relative_chooses(chart_of: ChartOf) -> None:
    own = [{"system": "phone", "value": "555-0199"}, {"system": "email", "value": "ann@example.org"}]
    chart = chart_of(person(contact=CONTACTS, telecom=own))
    assert chart.say("what's her son's phone number") == [SON]
    assert chart.say("her sister's contact details?") == [SISTER]
    assert "Telephone: 555-0199." in chart.say("her phone number?")


def test_a_chart_without_contacts_is_silent(chart_of: ChartOf) -> None:
    chart = chart_of(person(), note("n", "Fell in the garden. Daughter drove her home.", "2024-01-01T10:00:00-05:00"))
    assert not any(text.startswith("Contact person") for text in chart.say("who should we call if she falls?"))
