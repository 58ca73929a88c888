"""A sentence that notes copy forward counts once, at its first date: in whichever order they come, as of any day."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from chartcite.api.settings import Settings
from chartcite.api.store_commands import reindex
from chartcite.engine.domain.records import Category, Fact
from chartcite.engine.ports import SourceOrigin
from chartcite.engine.retrieval import CANDIDATES, retrieve_passages
from chartcite.engine.testing import HashingEmbedder
from chartcite.engine.understanding import understand
from chartcite.indexes.copies import counts, words_of
from chartcite.indexes.erasure import erase
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import ANN, AskedChart, Resource, bundle, bundled_lexicon, note, open_store, person, scope, write_bundle

COPIED = "Hemoglobin A1c was found to be 9.9 % at the clinic."
TAKES = "She is currently on metformin 500 mg twice daily."
FIRST = note("first", f"{COPIED} {TAKES} Sleeps well.", "2023-01-10")
SECOND = note("second", f"- {COPIED}\n\n* {TAKES.upper()}\n\nNew knee pain since a week or so.", "2023-06-10")
THIRD = note("third", f"{COPIED}\nMetformin was stopped because of nausea in October.", "2023-11-10")
NOTES = (FIRST, SECOND, THIRD)


def stored(folder: Path, *resources: Resource) -> AskedChart:
    """Store each resource as a file of its own, in this order."""
    folder.mkdir(exist_ok=True)
    with SqliteWriter(folder / "store") as writer:
        for number, resource in enumerate(resources):
            path = write_bundle(folder, f"{number}", *([person()] if not number else []), resource)
            ingest([path], writer, HashingEmbedder(), lexicon=bundled_lexicon())
    return AskedChart(open_store(folder / "store"))


def told(chart: AskedChart, category: Category, as_of: date | None = None) -> list[Fact]:
    """Return the facts that notes told, oldest first."""
    found = chart.engine.records.facts(scope(as_of=as_of), categories=[category])
    return [fact for fact in found if fact.span]


def quoted(chart: AskedChart, words: str, as_of: date | None = None) -> dict[str, list[str]]:
    """Return by note which sentences may be quoted of the passages that are found."""
    engine = chart.engine
    [plan] = understand(words, lexicon=engine.lexicon, chart=engine.records.concepts(scope()), today=date(2026, 1, 1))
    shelves = engine.shelves
    found = retrieve_passages(words, plan, shelves, scope=scope(as_of=as_of))
    return {
        item.passage.resource.partition("/")[2]: [item.passage.sentence_text(one) for one in item.passage.sentences]
        for item in found
    }


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_arrival_changes_nothing(tmp_path: Path, order: tuple[int, ...]) -> None:
    chart = stored(tmp_path, *(NOTES[place] for place in order))
    [value] = told(chart, Category.LABORATORY)
    assert value.resource == "DocumentReference/first"
    assert value.occurred is not None
    assert value.occurred.day == "2023-01-10"
    assert value.repeats is not None
    assert value.repeats.shown == "repeated in 2 later notes, last 2023-11-10"
    found = quoted(chart, "A1c metformin knee pain")
    assert found["first"] == [COPIED, TAKES, "Sleeps well."]
    assert found["second"] == ["New knee pain since a week or so."]
    assert found["third"] == ["Metformin was stopped because of nausea in October."]


def test_a_copied_order_is_no_evidence_that_it_goes_on(tmp_path: Path) -> None:
    again = note("fourth", f"{TAKES} Doing well.", "2024-02-01")
    chart = stored(tmp_path, *NOTES, again)
    taken = [fact for fact in told(chart, Category.MEDICATION) if fact.resource != "DocumentReference/third"]
    assert {(fact.resource, fact.occurred.day if fact.occurred else "") for fact in taken} == {
        ("DocumentReference/first", "2023-01-10")
    }


def test_each_day_knows_the_first_note_of_what_it_held(tmp_path: Path) -> None:
    chart = stored(tmp_path, SECOND, THIRD, FIRST)
    [value] = told(chart, Category.LABORATORY, date(2023, 7, 1))
    assert value.repeats is not None
    assert (value.repeats.notes, value.repeats.last) == (1, "2023-06-10")
    assert told(chart, Category.LABORATORY, date(2023, 1, 9)) == []
    [alone] = told(chart, Category.LABORATORY, date(2023, 2, 1))
    assert alone.repeats is None
    assert quoted(chart, "A1c", date(2023, 7, 1))["second"] == ["New knee pain since a week or so."]


def test_a_corrected_first_note_hands_its_sentence_to_the_next(tmp_path: Path) -> None:
    corrected = note("first", "A1c of another patient, entered here by mistake. Sleeps well.", "2023-01-10")
    chart = stored(tmp_path, *NOTES, corrected)
    [value] = told(chart, Category.LABORATORY)
    assert (value.resource, value.repeats and value.repeats.notes) == ("DocumentReference/second", 1)
    assert COPIED in quoted(chart, "A1c")["second"][0]


def test_a_deleted_first_note_hands_its_sentence_to_the_next(tmp_path: Path) -> None:
    stored(tmp_path, *NOTES)
    with SqliteWriter(tmp_path / "store") as writer:
        writer.begin(SourceOrigin("deletion", "deletion", "", 0))
        assert writer.delete_resource("DocumentReference/first") == "deleted"
        writer.commit()
        writer.publish_vectors(HashingEmbedder().name)
    chart = AskedChart(open_store(tmp_path / "store"))
    assert [fact.resource for fact in told(chart, Category.LABORATORY)] == ["DocumentReference/second"]
    assert [fact.resource for fact in told(chart, Category.LABORATORY, date(2023, 7, 1))] == ["DocumentReference/first"]


def test_another_patient_has_sentences_of_their_own(tmp_path: Path) -> None:
    other = note("bob", COPIED, "2020-01-01", owner="bob")
    chart = stored(tmp_path, *NOTES, other)
    [value] = told(chart, Category.LABORATORY)
    assert (value.resource, value.repeats and value.repeats.notes) == ("DocumentReference/first", 2)
    [theirs] = chart.engine.records.facts(scope("bob"), categories=[Category.LABORATORY])
    assert theirs.repeats is None


def test_a_short_sentence_may_be_true_again(tmp_path: Path) -> None:
    notes = [note(f"n{day}", "BP 120/80.", f"2023-0{day}-01") for day in (1, 2, 3)]
    chart = stored(tmp_path, *notes)
    assert [fact.resource for fact in told(chart, Category.VITAL_SIGN)] == [f"DocumentReference/n{day}" for day in (1, 2, 3)]


def test_the_same_words_under_another_heading_are_no_copy(tmp_path: Path) -> None:
    words = "Type 2 diabetes mellitus with kidney disease."
    family = note("family", f"FAMILY HISTORY:\n{words}", "2023-01-01")
    own = note("own", f"ASSESSMENT:\n{words}", "2023-02-01")
    chart = stored(tmp_path, family, own)
    assert words in quoted(chart, "diabetes kidney")["own"]
    assert [fact.resource for fact in told(chart, Category.CONDITION)][:1] == ["DocumentReference/own"]


def test_copies_do_not_crowd_out_what_is_new(tmp_path: Path) -> None:
    crowd = [
        note(
            f"n{number:02}",
            f"{'-' * (number % 7)} {COPIED.replace(' ', ' ' * (number % 11 + 1))}",
            f"2023-03-01T10:{number:02}:00Z",
        )
        for number in range(CANDIDATES + 10)
    ]
    rare = note("rare", "Among many other things the hemoglobin is to be looked at in the spring of next year.", "2024-01-01")
    (tmp_path / "all.json").write_text(bundle(person(), *crowd, rare))
    with SqliteWriter(tmp_path / "store") as writer:
        ingest([tmp_path / "all.json"], writer, HashingEmbedder())
    found = quoted(AskedChart(open_store(tmp_path / "store")), COPIED)
    assert list(found) == ["n00", "rare"]


def test_an_answer_is_told_once_and_says_how_often_it_was_repeated(tmp_path: Path) -> None:
    chart = stored(tmp_path, *NOTES)
    answer = chart.ask("What is her latest A1c?", as_of=date(2026, 1, 1))
    assert answer.kind == "supported"
    [claim] = answer.claims
    assert "2023-01-10" in claim.text
    [citation] = claim.citations
    assert citation.repeats is not None
    assert citation.repeats.shown == "repeated in 2 later notes, last 2023-11-10"


def test_undated_notes_are_nobodys_first(tmp_path: Path) -> None:
    chart = stored(tmp_path, note("a-undated", COPIED, None), FIRST)
    [value] = told(chart, Category.LABORATORY)
    assert value.resource == "DocumentReference/first"


def test_who_was_asked_before_a_deletion_tells_what_holds_after_it(tmp_path: Path) -> None:
    chart = stored(tmp_path, *NOTES)
    records = chart.engine.records
    assert [fact.resource for fact in told(chart, Category.LABORATORY)] == ["DocumentReference/first"]
    held, concepts = len(list(records.all_passages(scope()))), records.concepts(scope())
    with SqliteWriter(tmp_path / "store") as writer:
        writer.begin(SourceOrigin("deletion", "deletion", "", 0))
        writer.delete_resource("DocumentReference/first")
        writer.commit()
    assert [fact.resource for fact in told(chart, Category.LABORATORY)] == ["DocumentReference/second"]
    assert len(list(records.all_passages(scope()))) < held
    assert records.coverage(scope()).documents == len(NOTES) - 1
    concepts.clear()
    assert records.concepts(scope())


def test_a_rebuilt_store_knows_the_same_and_an_erased_patient_leaves_nothing(tmp_path: Path) -> None:
    chart = stored(tmp_path, *NOTES)
    before = told(chart, Category.LABORATORY)
    reindex(Settings(store=tmp_path / "store"), embedder=HashingEmbedder())
    again = told(AskedChart(open_store(tmp_path / "store")), Category.LABORATORY)
    assert [(fact.id, fact.repeats) for fact in again] == [(fact.id, fact.repeats) for fact in before]
    with SqliteWriter(tmp_path / "store") as writer:
        assert writer.db.execute("SELECT count(*) FROM said").fetchone()[0] > 0
        erase(writer, ANN)
        assert writer.db.execute("SELECT count(*) FROM said").fetchone()[0] == 0


def test_a_sentence_is_compared_without_marks_case_and_hidden_characters() -> None:
    assert words_of(" 2. On\u200b METFORMIN \n 500 mg twice a day. ") == "on metformin 500 mg twice a day"
    assert words_of("1.5 mg of lorazepam") == "1.5 mg of lorazepam"
    assert words_of("Is she on metformin?") != words_of("Is she on metformin.")
    assert counts("one two three four five")
    assert not counts("no acute - distress .")


def test_a_bundle_of_all_notes_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "all.json").write_text(bundle(person(), *NOTES))
    with SqliteWriter(tmp_path / "store") as writer:
        ingest([tmp_path / "all.json"], writer, HashingEmbedder(), lexicon=bundled_lexicon())
    [value] = told(AskedChart(open_store(tmp_path / "store")), Category.LABORATORY)
    assert value.resource == "DocumentReference/first"
