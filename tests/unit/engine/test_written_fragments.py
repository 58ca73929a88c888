"""What a model writes that says nothing, or a side that its evidence corrects, is not shown."""

from __future__ import annotations

import pytest
from chartcite.engine.drafting.claim_review import _added

from tests.charts import bundled_lexicon

LEXICON = bundled_lexicon()
CORRECTION = 'Corrections made today: the ED wrote "R breast ca"; the cancer was on the LEFT.'


@pytest.mark.parametrize("text", ["S. Park RN", "Dr. Jules135 O'Kon634", "Full code, but", "Aspirin was stopped because"])
def test_fragments_are_no_prose(text: str) -> None:
    found = _added(text, [text], LEXICON)
    assert found is not None
    assert found.check == "plain prose"


@pytest.mark.parametrize("text", ["EPDS 14.", "Epilepsy.", "Full code.", "Peter is HCA.", "Antibody screen today neg."])
def test_short_sentences_pass(text: str) -> None:
    assert _added(text, [text], LEXICON) is None


@pytest.mark.parametrize("side", ["right", "left"])
def test_a_side_that_its_evidence_corrects_is_not_enough(side: str) -> None:
    found = _added(f"Her {side}-sided breast cancer was treated.", [CORRECTION], LEXICON)
    assert found is not None
    assert (found.check, found.said) == ("laterality", f"{side}-sided")


def test_both_sides_of_a_report_may_be_told_one_by_one() -> None:
    report = "Left knee effusion, right knee normal."
    found = _added("Left knee effusion.", [report], LEXICON)
    assert found is None or found.check != "laterality"
