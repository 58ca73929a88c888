"""What every store and index owes to a scope: one patient, one moment, applied before anything is returned."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from chartcite.engine.ask import Engine
from chartcite.engine.domain.evidence import Scope
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import PatientNotFoundError
from chartcite.engine.ports import Vector
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_records import STORE_FILE
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.charts import AskedChart, condition, lab, note, open_store, person, scope, store_chart, store_files, write_bundle

EDGE = {
    "far-east": "2024-03-02T00:30:00+14:00",  # 10:30 on the first in UTC
    "utc-before": "2024-03-01T23:59:59Z",
    "far-west": "2024-03-01T23:30:00-12:00",  # 11:30 on the second in UTC
    "utc-after": "2024-03-02T00:00:00Z",
    "day": "2024-03-01",
    "month": "2024-03",
    "year": "2024",
    "next-year": "2025",
}
"""Moments around the end of 1 March 2024."""


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    store = tmp_path_factory.mktemp("edge") / "store"
    notes = [note(name, f"Seen and examined, case {name}.", day) for name, day in EDGE.items()]
    values = [lab(f"v-{name}", 5.0, day, issued=day) for name, day in EDGE.items() if "T" in day]
    others = [condition(f"c-{name}", "Gout", "2000", recordedDate=day) for name, day in EDGE.items()]
    store_chart(store, person(), *notes, note("undated", "Seen and examined, no date.", None), *values, *others)
    return open_store(store)


def seen(engine: Engine, within: Scope) -> set[str]:
    """Return the notes that every way to read passages agrees on."""
    vector = engine.embedder.embed(["Seen and examined"])[0]
    dense = [hit.passage_id for hit in engine.vectors.search(vector, scope=within, limit=100)]
    lexical = [hit.passage_id for hit in engine.records.search_words([["examined"]], scope=within, limit=100)]
    listed = [passage.id for passage in engine.records.all_passages(within)]
    assert set(dense) == set(lexical) == set(listed)
    fetched = engine.records.passages(dense, scope=within)
    assert [passage.id for passage in fetched] == dense
    return {passage.resource.partition("/")[2] for passage in fetched}


def known(engine: Engine, within: Scope) -> set[str]:
    return {
        fact.id.removeprefix("Condition/c-") for fact in engine.records.facts(within) if fact.resource.startswith("Condition")
    }


@pytest.mark.parametrize(
    ("as_of", "inside"),
    [
        pytest.param(date(2023, 12, 31), set(), id="the day before everything"),
        pytest.param(date(2024, 1, 1), {"year"}, id="a year counts from its first day"),
        pytest.param(date(2024, 2, 29), {"year"}, id="the day before"),
        pytest.param(
            date(2024, 3, 1), {"year", "month", "day", "utc-before", "far-west"}, id="a calendar day is that of the record"
        ),
        pytest.param(date(2024, 3, 2), set(EDGE) - {"next-year"}, id="the day after"),
        pytest.param(None, set(EDGE), id="no moment holds everything"),
    ],
)
def test_a_day_holds_what_was_written_by_its_end_where_it_was_written(edge: Engine, as_of: date | None, inside: set[str]) -> None:
    assert seen(edge, scope(as_of=as_of)) == inside | {"undated"}
    assert known(edge, scope(as_of=as_of)) == inside


@pytest.mark.parametrize(
    ("as_of", "inside"),
    [
        pytest.param(datetime(2024, 3, 1, 10, 29, 59, tzinfo=UTC), set(), id="a second before the far east"),
        pytest.param(datetime(2024, 3, 1, 10, 30, tzinfo=UTC), {"far-east"}, id="the instant itself"),
        pytest.param(datetime(2024, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=14))), {"far-east"}, id="the same in its zone"),
        pytest.param(datetime(2024, 3, 1, 23, 59, 59, tzinfo=UTC), {"far-east", "utc-before"}, id="the last second in UTC"),
        pytest.param(datetime(2024, 3, 2, tzinfo=UTC), {"far-east", "utc-before", "utc-after"}, id="midnight in UTC"),
        pytest.param(
            datetime(2024, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-12))),
            {"far-east", "utc-before", "utc-after", "far-west"},
            id="the far west",
        ),
    ],
)
def test_an_instant_holds_what_was_written_until_then(edge: Engine, as_of: datetime, inside: set[str]) -> None:
    whole_days = {"day", "month", "year"}
    assert seen(edge, scope(as_of=as_of)) == inside | whole_days | {"undated"}
    assert known(edge, scope(as_of=as_of)) == inside | whole_days


ZONES = st.sampled_from([UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=13))])
HOURS = st.integers(0, 120).map(lambda hour: datetime(2024, 2, 28, tzinfo=UTC) + timedelta(hours=hour))
INSTANTS = st.builds(datetime.astimezone, HOURS, ZONES)
MOMENTS = st.dates(date(2023, 12, 30), date(2025, 1, 3)) | INSTANTS


@given(as_of=MOMENTS)
def test_no_way_to_read_returns_what_the_scope_does_not_admit(edge: Engine, as_of: date) -> None:
    within = scope(as_of=as_of)
    everything = list(edge.records.all_passages(scope()))
    admitted = {one.resource.partition("/")[2] for one in everything if within.admits(one.recorded or one.occurred)}
    assert seen(edge, within) == admitted


@given(first=MOMENTS, later=st.integers(0, 400))
def test_a_later_moment_holds_all_that_an_earlier_one_held(edge: Engine, first: date, later: int) -> None:
    assert seen(edge, scope(as_of=first)) <= seen(edge, scope(as_of=first + timedelta(days=later)))


def test_facts_come_oldest_first_and_undated_last(tmp_path: Path) -> None:
    undated = lab("none", 1.0, "2020")
    del undated["effectiveDateTime"]
    store_chart(tmp_path / "s", person(), lab("new", 1.0, "2024-01-01"), undated, lab("old", 1.0, "2019-06"))
    facts = open_store(tmp_path / "s").records.facts(scope())
    assert [fact.resource for fact in facts if fact.resource.startswith("Obs")] == [
        "Observation/old",
        "Observation/new",
        "Observation/none",
    ]


def test_nobody_has_no_records(edge: Engine) -> None:
    stranger = scope("nobody")
    assert seen(edge, stranger) == known(edge, stranger) == set()
    assert edge.records.concepts(stranger) == []
    with pytest.raises(PatientNotFoundError):
        edge.records.patient(PatientId("nobody"))


@pytest.mark.parametrize(
    "owner",
    [
        pytest.param("guidelines", id="the name of their words"),
        pytest.param("p1", id="the name of a patient's words"),
    ],
)
def test_no_scope_reaches_the_guidelines(bundled: AskedChart, owner: str) -> None:
    engine = bundled.engine
    assert list(engine.records.all_passages(scope(owner))) == []
    assert engine.vectors.search(engine.embedder.embed(["screening"])[0], scope=scope(owner), limit=9) == []
    assert engine.records.search_words([["screening"]], scope=scope(owner), limit=9) == []


def test_no_scope_is_without_a_patient() -> None:
    with pytest.raises(ValidationError):
        scope("")


# --- FAISS against brute force ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crowd")
    random = np.random.default_rng(7)
    paths = []
    for owner in ("ann", "bob", "cy"):
        notes = [
            note(
                f"{owner}-{number}",
                " ".join(map(str, random.integers(0, 60, 12))) + " seen.",
                f"2024-03-{day:02}T{hour:02}:00:00{zone}",
                owner=owner,
            )
            for number, (day, hour, zone) in enumerate(
                zip(
                    random.integers(1, 5, 30),
                    random.integers(0, 24, 30),
                    random.choice(["Z", "-10:00", "+13:00"], 30),
                    strict=True,
                )
            )
        ]
        paths.append(write_bundle(folder, owner, person(owner), *notes))
    store_files(folder / "store", paths)
    return folder / "store"


def brute_force(store: Path, engine: Engine, vector: Vector, within: Scope, limit: int) -> list[float]:
    """Score every admitted passage of the patient with numpy, best first."""
    with sqlite3.connect(store / STORE_FILE) as database:
        texts = dict(database.execute("SELECT id, embed_text FROM passages WHERE patient_id = ?", (within.patient_id,)))
    database.close()
    own = engine.records.passages(list(texts), scope=scope(within.patient_id))
    admitted = [texts[one.id] for one in own if within.admits(one.recorded or one.occurred)]
    scores = HashingEmbedder().embed(admitted) @ vector if admitted else np.zeros(0)
    return sorted(map(float, scores), reverse=True)[:limit]


@given(
    words=st.lists(st.integers(0, 60), min_size=1, max_size=6),
    owner=st.sampled_from(["ann", "bob", "cy"]),
    as_of=st.none() | st.dates(date(2024, 2, 28), date(2024, 3, 6)) | MOMENTS,
    limit=st.integers(1, 40),
)
def test_faiss_finds_exactly_what_brute_force_finds(
    crowd: Path, words: list[int], owner: str, as_of: date | None, limit: int
) -> None:
    engine = _opened(crowd)
    vector = engine.embedder.embed([" ".join(map(str, words))])[0]
    hits = engine.vectors.search(vector, scope=scope(owner, as_of), limit=limit)
    assert [hit.score for hit in hits] == pytest.approx(brute_force(crowd, engine, vector, scope(owner, as_of), limit), abs=1e-5)


_ENGINES: dict[Path, Engine] = {}


def _opened(store: Path) -> Engine:
    return _ENGINES.setdefault(store, open_store(store))


# --- no patient's words reach another --------------------------------------------------------------------------------

CANARIES = st.dictionaries(st.sampled_from(["ann", "bob", "cy", "dee"]), st.integers(1, 3), min_size=2, max_size=4)


@settings(max_examples=6)  # each builds a store
@given(counts=CANARIES, seed=st.integers(0, 10_000))
def test_no_patients_words_reach_another(tmp_path_factory: pytest.TempPathFactory, counts: dict[str, int], seed: int) -> None:
    folder = tmp_path_factory.mktemp("canaries")
    words = {owner: f"canary{owner}{seed}" for owner in counts}
    paths = [write_bundle(folder, owner, *_marked(owner, words[owner], count)) for owner, count in counts.items()]
    store_files(folder / "store", paths)
    engine = open_store(folder / "store")
    for owner in counts:
        others = [word for other, word in words.items() if other != owner]
        shown = " ".join(_everything(engine, scope(owner), words.values()))
        assert words[owner] in shown
        assert not any(word in shown for word in others)


def _marked(owner: str, word: str, count: int) -> Iterable[dict[str, object]]:
    yield person(owner)
    for number in range(count):
        yield condition(f"c{number}", f"Gout {word}", "2020", owner=owner)
        yield note(f"n{number}", f"Complains of {word} gout. Sleeps well.", owner=owner)


def _everything(engine: Engine, within: Scope, words: Iterable[str]) -> Iterable[str]:
    """Yield all that can be read of a scope, by every method, whatever is searched."""
    for word in words:
        dense = engine.vectors.search(engine.embedder.embed([f"{word} gout"])[0], scope=within, limit=50)
        lexical = engine.records.search_words([[word, "gout"]], scope=within, limit=50)
        every_id = [*(hit.passage_id for hit in (*dense, *lexical)), *range(1, 40)]
        yield from (passage.text for passage in engine.records.passages(every_id, scope=within))
    for fact in engine.records.facts(within):
        citation = engine.records.cite_fact(fact)
        yield f"{fact.model_dump_json()} {engine.records.open_citation(citation.id, patient_id=within.patient_id).text}"
    yield from (passage.text for passage in engine.records.all_passages(within))
    yield from (concept.concept.text for concept in engine.records.concepts(within))
    yield from (
        fact.concept.text for number in range(3) for fact in engine.records.facts_of(f"Condition/c{number}", scope=within)
    )
