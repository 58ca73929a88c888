from __future__ import annotations

import pytest
from chartcite.engine.red_flags.red_flag_topics_more import ALL_TOPICS

from tests.charts import bundled_lexicon
from tests.evals import red_flags, red_flags_doc
from tests.evals.red_flags import Vignette, counted, monotony, vignettes


def test_the_page_holds_the_rules_of_now() -> None:
    page = red_flags_doc.PAGE.read_text(encoding="utf-8")
    assert red_flags_doc.written(page) == page, "run python -m tests.evals.red_flags_doc"


def test_a_page_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="put both back"):
        red_flags_doc.written("# Red flags\n")


def test_vignettes_are_many_distinct_and_well_formed() -> None:
    every = vignettes()
    names = {topic.name for topic in ALL_TOPICS} | {"-"}
    assert len(every) >= 300
    assert len({each.text for each in every}) == len(every)
    assert all(red_flags.named(each) <= names for each in every)
    assert {each.half for each in every} <= set(red_flags.HALVES)
    assert {each.audience for each in every} == {"patient", "clinician"}
    kinds = {"lay", "clinician", "minimised", "negated", "historical", "other_person", "figurative", "record", "general", "plain"}
    assert {each.kind for each in every} == kinds


def test_misses_and_false_alarms_are_counted_apart() -> None:
    rows = [
        Vignette("tune", "patient", "lay", "chest_pain", "crushing chest pain"),
        Vignette("tune", "patient", "lay", "stroke", "lovely weather"),
        Vignette("tune", "patient", "plain", "-", "I can't breathe"),
        Vignette("tune", "patient", "plain", "-", "what was my last potassium?"),
    ]
    result = counted(rows, bundled_lexicon())
    assert result["missed"]["count"] == result["false_alarms"]["count"] == 1
    assert result["by_kind"]["plain"] == {"vignettes": 2, "missed": 0, "false_alarms": 1}


def test_any_of_several_topics_is_right() -> None:
    rows = [Vignette("tune", "patient", "lay", "breathing|clot", "I can't breathe")]
    assert counted(rows, bundled_lexicon())["topic_named"]["count"] == 1


@pytest.mark.parametrize("half", ["tune", "report", "wide"])
def test_the_goals_are_met(half: str) -> None:
    result = counted([each for each in vignettes() if each.half == half], bundled_lexicon())
    assert result["missed"]["share"] <= 0.02
    assert result["false_alarms"]["share"] <= 0.10


def test_no_method_lowers_the_urgency() -> None:
    assert monotony(bundled_lexicon())["lower"] == 0
