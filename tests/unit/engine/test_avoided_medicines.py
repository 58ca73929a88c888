"""Which medicines are not to be given is told by the list of allergies and by notes that forbid; never by what is taken."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.charts import AskedChart, allergy, medication, note

ChartOf = Callable[..., AskedChart]
TAKEN = medication("m", "Bisoprolol 5 mg tablet", "2023-01-01")


@pytest.mark.parametrize(
    "asked", ["are there any medicines she should avoid?", "what must she not be given?", "which drugs can she not have"]
)
def test_allergies_and_prohibitions_tell(chart_of: ChartOf, asked: str) -> None:
    chart = chart_of(TAKEN, allergy("a", "Erythromycin", "Hives"), note("n", "CKD: avoid NSAIDs. No tramadol (seizures)."))
    told = " | ".join(chart.say(asked))
    assert all(word in told for word in ("Erythromycin", "avoid NSAIDs", "No tramadol"))
    assert "Bisoprolol" not in told


@pytest.mark.parametrize("said", ["No insulin drip overnight.", "No antibiotic given.", "No alcohol at the wedding."])
def test_what_was_not_done_is_not_forbidden(chart_of: ChartOf, said: str) -> None:
    told = chart_of(TAKEN, note("n", said)).say("any meds he should avoid?")
    assert not any(said in text or "Bisoprolol" in text for text in told)
