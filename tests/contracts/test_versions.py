"""A corrected resource supersedes the old version, which stays readable for questions as of an earlier moment."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from chartcite.engine.domain.records import (
    Category,
    CodedConcept,
    Document,
    Fact,
    PageLayout,
    PartialDate,
    PatientId,
    Quantity,
    Value,
)
from chartcite.engine.facts.elements import range_path
from chartcite.engine.ports import PreparedPassage, PreparedResource, SourceOrigin
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.faiss_index import FaissIndex
from chartcite.indexes.sqlite_records import SqliteRecords
from chartcite.indexes.sqlite_writer import SqliteWriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.charts import scope

ANN = PatientId("ann")


def version(value: str, updated: str = "", *, recorded: str = "2023-01-05", name: str = "Glucose") -> PreparedResource:
    """Return one version of an observation, told by the words of a report."""
    text = f"{name} {value} mg/dL. Taken while fasting."
    moment = PartialDate.parse(recorded) if recorded else None
    document = Document(resource="r/1", patient_id=ANN, path="", title="Report", text=text, recorded=moment)
    start = text.index(value)
    fact = Fact(
        id="r/1",
        patient_id=ANN,
        category=Category.LABORATORY,
        resource="r/1",
        concept=CodedConcept(text=name),
        concept_path=range_path(0, len(name)),
        value=Value(
            quantity=Quantity(value=value, written=value, unit="mg/dL"),
            path=range_path(start, start + len(value)),
        ),
        recorded=moment,
    )
    passage = PreparedPassage(0, 0, len(text), "", ((0, len(text)),), text)
    given = PartialDate.parse(updated) if updated else None
    return PreparedResource("r/1", "Report", ANN, (document,), (fact,), (passage,), updated=given)


def put(store: Path, name: str, *versions: PreparedResource, stored_at: str = "") -> list[str]:
    with SqliteWriter(store) as writer:
        writer.begin(SourceOrigin(name, name, name, 1, stored_at=stored_at))
        outcomes = [writer.put_resource(one) for one in versions]
        writer.commit()
    return outcomes


def values(store: Path, as_of: date | datetime | None = None) -> list[str]:
    facts = SqliteRecords(store).facts(scope(as_of=as_of))
    return [fact.value.quantity.written for fact in facts if fact.value and fact.value.quantity]


def test_each_moment_knows_the_version_that_stood_then(tmp_path: Path) -> None:
    assert put(tmp_path, "a", version("90", "2023-01-05")) == ["stored"]
    assert put(tmp_path, "b", version("95", "2023-03-01")) == ["superseded"]
    assert values(tmp_path) == ["95"]
    assert values(tmp_path, date(2023, 2, 28)) == ["90"]
    assert values(tmp_path, date(2023, 3, 1)) == ["95"]
    assert values(tmp_path, datetime(2023, 2, 28, 23, 59, tzinfo=UTC)) == ["90"]
    assert values(tmp_path, date(2023, 1, 4)) == []


def test_every_way_of_reading_tells_of_one_version_only(tmp_path: Path) -> None:
    put(tmp_path, "a", version("90", "2023-01-05", name="Glucose"))
    put(tmp_path, "b", version("95", "2023-03-01", name="Ferritin"))
    records = SqliteRecords(tmp_path)
    for as_of, name in ((date(2023, 2, 1), "Glucose"), (None, "Ferritin"), (date(2023, 4, 1), "Ferritin")):
        when = scope(as_of=as_of)
        assert [one.concept.text for one in records.concepts(when)] == [name]
        assert [one.concept.text for one in records.facts_of("r/1", scope=when)] == [name]
        assert [one.text.split()[0] for one in records.all_passages(when)] == [name]
        assert [len(records.search_words([[word]], scope=when, limit=9)) for word in (name, "ferritin glucose")] == [1, 0]
        coverage = records.coverage(when)
        assert (coverage.facts_by_category, coverage.resource_types, coverage.passages) == ({"laboratory": 1}, {"Report": 1}, 1)


def test_a_fact_of_an_older_version_cites_the_words_of_that_version(tmp_path: Path) -> None:
    put(tmp_path, "a", version("90", "2023-01-05"))
    put(tmp_path, "b", version("95.5", "2023-03-01"))
    records = SqliteRecords(tmp_path)
    for as_of, quote in ((date(2023, 2, 1), "90"), (None, "95.5")):
        [fact] = records.facts(scope(as_of=as_of))
        citation = records.cite_fact(fact)
        excerpt = records.open_citation(citation.id)
        assert citation.quote == excerpt.text[citation.start : citation.end] == quote


def test_an_older_version_that_comes_late_goes_into_history(tmp_path: Path) -> None:
    put(tmp_path, "new", version("95", "2023-03-01"))
    assert put(tmp_path, "old", version("90", "2023-01-05")) == ["unchanged"]
    assert put(tmp_path, "between", version("92", "2023-02-01")) == ["unchanged"]
    assert values(tmp_path) == ["95"]
    asked = (date(2023, 1, 20), date(2023, 2, 20), date(2023, 3, 20))
    assert [values(tmp_path, day) for day in asked] == [["90"], ["92"], ["95"]]


def test_the_same_version_again_is_unchanged_wherever_it_stands(tmp_path: Path) -> None:
    put(tmp_path, "a", version("90", "2023-01-05"))
    put(tmp_path, "b", version("95", "2023-03-01"))
    assert put(tmp_path, "c", version("95", "2023-03-01"), version("90", "2023-01-05")) == ["unchanged", "unchanged"]


def test_without_a_moment_of_its_own_a_version_stands_from_its_date_or_its_ingestion(tmp_path: Path) -> None:
    put(tmp_path, "a", version("90", recorded="2023-01-05"), stored_at="2024-01-01T00:00:00.000000")
    put(tmp_path, "b", version("95", recorded="2023-06-01"), stored_at="2024-02-01T00:00:00.000000")
    put(tmp_path, "c", version("97", recorded="2023-06-01"), stored_at="2024-03-01T00:00:00.000000")
    asked = (date(2023, 5, 31), date(2023, 6, 1), date(2024, 2, 29), date(2024, 3, 1))
    assert [values(tmp_path, day) for day in asked] == [["90"], ["95"], ["95"], ["97"]]


def test_what_was_deleted_stays_readable_as_of_before(tmp_path: Path) -> None:
    put(tmp_path, "a", version("90"), stored_at="2024-01-01T00:00:00.000000")
    with SqliteWriter(tmp_path) as writer:
        writer.begin(SourceOrigin("b", "b", "b", 1, stored_at="2024-02-01T00:00:00.000000"))
        assert [writer.delete_resource(name) for name in ("r/1", "r/2")] == ["deleted", "unchanged"]
        writer.commit()
    assert (values(tmp_path), values(tmp_path, date(2024, 1, 31)), values(tmp_path, date(2024, 2, 1))) == ([], ["90"], [])
    assert put(tmp_path, "c", version("90"), stored_at="2024-03-01T00:00:00.000000") == ["stored"]
    assert [values(tmp_path, day) for day in (date(2024, 1, 31), date(2024, 2, 2), date(2024, 3, 1))] == [["90"], [], ["90"]]


def test_the_vector_index_holds_current_passages_only(tmp_path: Path) -> None:
    put(tmp_path, "a", version("90", "2023-01-05"))
    put(tmp_path, "b", version("95", "2023-03-01"))
    embedder = HashingEmbedder()
    with SqliteWriter(tmp_path) as writer:
        waiting = writer.passages_to_embed(embedder.name)
        vectors = embedder.embed([text for _, text in waiting])
        writer.put_vectors(embedder.name, [(sha, vector) for (sha, _), vector in zip(waiting, vectors, strict=True)])
        writer.publish_vectors(embedder.name)
    index = FaissIndex(tmp_path, model=embedder.name)
    found = [index.search(vectors[0], scope=scope(as_of=day), limit=9) for day in (None, date(2023, 3, 2), date(2023, 2, 1))]
    assert [len(hits) for hits in found] == [1, 1, 0]
    [passage] = SqliteRecords(tmp_path).passages([found[0][0].passage_id], scope=scope())
    assert "95" in passage.text


@settings(max_examples=40, deadline=None)
@given(order=st.permutations(range(1, 6)), asked=st.integers(0, 6))
def test_in_whatever_order_versions_come_the_newest_of_the_moment_is_read(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], asked: int
) -> None:
    store = tmp_path_factory.mktemp("order")
    with SqliteWriter(store) as writer:
        for day in order:
            writer.begin(SourceOrigin(str(day), str(day), "", 1))
            writer.put_resource(version(f"9{day}", f"2023-01-1{day}", recorded="2023-01-10"))
            writer.commit()
    assert values(store) == ["95"]
    # Of the time before the first version nothing else is known: it stands for it.
    assert values(store, date(2023, 1, 10 + asked)) == [f"9{min(max(asked, 1), 5)}"]


@pytest.mark.parametrize("as_of", [date(1, 1, 1), date(9999, 12, 31), datetime(9999, 12, 31, 23, tzinfo=UTC)])
def test_an_undated_resource_stands_at_every_moment(tmp_path: Path, as_of: date) -> None:
    put(tmp_path, "a", version("90", recorded=""))
    assert values(tmp_path, as_of) == ["90"]


def test_a_citation_of_a_page_opens_with_its_place_on_it(tmp_path: Path) -> None:
    one = version("90")
    boxes = ((0, 10, 72.0, 700.0, 200.0, 712.0), (10, 40, 72.0, 680.0, 300.0, 692.0))
    page = PageLayout(number=3, start=0, end=40, width=612, height=792, boxes=boxes)
    document = one.documents[0].model_copy(update={"layout": (page,)})
    put(tmp_path, "a", one._replace(documents=(document,)))
    records = SqliteRecords(tmp_path)
    [fact] = records.facts(scope())
    excerpt = records.open_citation(records.cite_fact(fact).id)
    assert excerpt.page == 3
    assert [(box.page, box.left, box.top) for box in excerpt.rectangles] == [(3, 72.0, 712.0)]
    assert "layout" not in excerpt.citation.model_dump_json()
