from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from chartcite.engine.domain.evidence import Evidence
from chartcite.engine.questions.plans import Plan
from chartcite.engine.retrieval import CANDIDATES, retrieve_facts, retrieve_list, retrieve_passages, word_groups
from chartcite.engine.understanding import understand

from tests.charts import AskedChart, condition, lab, note, scope

ChartOf = Callable[..., AskedChart]
RARE = "Seen today. " + "The weather was fine and nothing else was said. " * 8 + "Takes feverfew."


def read(chart: AskedChart, question: str) -> Plan:
    engine = chart.engine
    [plan] = understand(question, lexicon=engine.lexicon, chart=engine.records.concepts(scope()), today=date(2026, 1, 1))
    return plan


def found(chart: AskedChart, question: str) -> list[Evidence]:
    shelves = chart.engine.shelves
    return retrieve_passages(question, read(chart, question), shelves, scope=scope())


def names(evidence: Sequence[Evidence]) -> list[str]:
    return [item.passage.resource.partition("/")[2] for item in evidence]


def test_a_rare_word_is_found_where_meaning_alone_misses_it(chart_of: ChartOf) -> None:
    crowd = [note(f"n{number}", f"Does she use it, visit {number}?") for number in range(CANDIDATES + 5)]
    chart = chart_of(note("rare", RARE), *crowd)
    dense = chart.engine.vectors.search(
        chart.engine.embedder.embed(["Does she use feverfew?"])[0], scope=scope(), limit=CANDIDATES
    )
    [target] = [one.id for one in chart.engine.records.all_passages(scope()) if "Takes feverfew" in one.text]
    assert target not in {hit.passage_id for hit in dense}
    assert "rare" in names(found(chart, "Does she use feverfew?"))


def test_what_both_ways_find_comes_first(chart_of: ChartOf) -> None:
    chart = chart_of(
        note("both", "Takes feverfew for headache."), note("one", "Takes aspirin for headache."), note("none", "Sleeps well.")
    )
    evidence = found(chart, "feverfew for headache")
    assert names(evidence)[0] == "both"
    assert evidence[0].relevance == 1.0


def test_relevance_falls_and_stays_between_none_and_one(chart_of: ChartOf) -> None:
    evidence = found(chart_of(*(note(f"n{number}", f"Headache, visit {number}.") for number in range(9))), "headache")
    shares = [item.relevance for item in evidence]
    assert shares == sorted(shares, reverse=True)
    assert all(0 < share <= 1 for share in shares)


def test_a_copied_passage_is_kept_once_with_its_earliest_day(chart_of: ChartOf) -> None:
    chart = chart_of(note("new", "Headache for years.", "2025-01-01"), note("old", "Headache for years.", "2023-01-01"))
    assert names(found(chart, "headache")) == ["old"]


def test_the_facts_of_a_target_come_oldest_first(chart_of: ChartOf) -> None:
    chart = chart_of(lab("new", 8.4, "2024-01-05"), lab("old", 7.1, "2023-01-05"), condition("c", "Gout", "2020"))
    [item] = retrieve_facts(read(chart, "A1c trend"), chart.engine.records, scope=scope())
    assert [fact.resource for fact in item.facts] == ["Observation/old", "Observation/new"]


def test_a_list_holds_its_category_only(chart_of: ChartOf) -> None:
    chart = chart_of(lab("a", 8.4, "2024-01-05"), condition("c", "Gout", "2020"))
    facts = retrieve_list(read(chart, "What are her active problems?"), chart.engine.records, scope=scope())
    assert [fact.resource for fact in facts] == ["Condition/c"]


def test_an_event_is_searched_by_the_words_of_notes(chart_of: ChartOf) -> None:
    groups = word_groups(read(chart_of(), "When was metformin stopped?"))
    assert any("metformin" in group for group in groups)
    assert any("discontinued" in group for group in groups)
