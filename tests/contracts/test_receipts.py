"""The shelf of receipts: kept inside a scope, found nowhere else, erased without a trace, and never in the way of an answer."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from chartcite.api import store_commands, wiring
from chartcite.api.asking import Asking
from chartcite.api.settings import Settings
from chartcite.engine.ask import Engine
from chartcite.engine.domain.answers import Answer, Question
from chartcite.engine.domain.receipts import StoredReceipt
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import ChartciteError, ReceiptNotFoundError, StoreBusyError, StoreError, StoreVersionError
from chartcite.engine.keeping import Keeper, MadeWith, ask_and_keep
from chartcite.engine.ports import ReceiptShelf
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.receipt_store import RECEIPT_FILE, SqliteReceipts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.charts import ANN, Resource, condition, lab, note, open_store, person, store_files, write_bundle

BOB = PatientId("bob")
MADE = MadeWith("1.0.0")
EMBEDDER = HashingEmbedder()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "s"
    ann: list[Resource] = [
        person("ann", family="Quillfeather", identifier=[{"value": "MRN-77123"}]),
        lab("a", 7.1, "2023-01-05"),
        note("n", "Complains of gout. Sleeps well."),
    ]
    bob: list[Resource] = [person("bob", "Bob", "Ostrander"), condition("b", "Hypertension", "2015", owner="bob")]
    store_files(folder, [write_bundle(tmp_path, "ann", *ann), write_bundle(tmp_path, "bob", *bob)])
    return folder


@pytest.fixture
def engine(store: Path) -> Engine:
    return open_store(store)


def asked(engine: Engine, shelf: ReceiptShelf, text: str, patient: PatientId | None = ANN) -> Answer:
    keeper = Keeper(shelf, MADE)
    answer = ask_and_keep(Question(text=text, patient_id=patient), engine=engine, keeper=keeper)
    assert (keeper.kept, keeper.failed) == (1, 0)
    return answer


def receipt(identity: str, patient: PatientId | None, *, day: int = 0, text: str = "What was the last A1c?") -> StoredReceipt:
    """Return a receipt that needs no engine."""
    from chartcite.engine.domain.answers import Confidence, Receipt
    from chartcite.engine.domain.receipts import Basis

    when = datetime.now(UTC) - timedelta(days=day)
    return StoredReceipt(
        id=identity,
        asked_at=when,
        question=Question(text=text, patient_id=patient, asked_at=when),
        basis=Basis(chartcite="1", index="i", embedding="e"),
        kind="abstained",
        text="Not documented.",
        claims=(),
        confidence=Confidence(probability=0.5, band="low", calibration="c"),
        notice="",
        receipt=Receipt(id=identity, index="i", generator="evidence-only", plan={}, evidence=(), timings={}),
        parts={},
    )


# --- what a shelf promises -------------------------------------------------------------------------------------------


def test_a_receipt_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    shelf = SqliteReceipts(tmp_path)
    one = receipt("r1", ANN, text="Was it “stopped”? \u202e 100 %")
    assert shelf.save(one)
    assert shelf.get("r1", patient_id=ANN) == one
    assert SqliteReceipts(tmp_path).get("r1", patient_id=ANN) == one


def test_the_newest_are_listed_first(tmp_path: Path) -> None:
    shelf = SqliteReceipts(tmp_path)
    for number, day in enumerate([3, 1, 2]):
        shelf.save(receipt(f"r{number}", ANN, day=day))
    assert [line.id for line in shelf.of_patient(ANN, limit=2)] == ["r1", "r2"]
    assert shelf.of_patient(ANN, limit=9)[0].question == "What was the last A1c?"
    assert shelf.of_patient(None, limit=9) == []


def test_a_shelf_without_a_file_is_empty_and_makes_none(tmp_path: Path) -> None:
    shelf = SqliteReceipts(tmp_path)
    assert shelf.of_patient(ANN, limit=9) == []
    with pytest.raises(ReceiptNotFoundError):
        shelf.get("r1", patient_id=ANN)
    assert list(tmp_path.iterdir()) == []


def test_the_same_id_is_kept_once(tmp_path: Path) -> None:
    shelf = SqliteReceipts(tmp_path)
    shelf.save(receipt("r1", ANN, day=9))
    shelf.save(receipt("r1", ANN, day=0))
    shelf.save(receipt("r1", BOB, day=1))
    assert len(shelf.of_patient(ANN, limit=9)) == 1
    assert shelf.get("r1", patient_id=ANN).asked_at > shelf.get("r1", patient_id=BOB).asked_at


def test_receipts_that_are_too_old_or_too_many_go(tmp_path: Path) -> None:
    SqliteReceipts(tmp_path).save(receipt("old", ANN, day=40))
    for number in range(5):
        SqliteReceipts(tmp_path).save(receipt(f"r{number}", BOB, day=5 - number))
    shelf = SqliteReceipts(tmp_path, days=30, most=3)
    shelf.save(receipt("new", ANN))
    kept = [line.id for patient in (ANN, BOB) for line in shelf.of_patient(patient, limit=9)]
    assert kept == ["new", "r4", "r3"]


SCOPES = st.sampled_from([ANN, BOB, PatientId("ANN"), PatientId("ann "), None])
IDS = st.sampled_from(["r1", "r2", "r3"])


@given(kept=st.lists(st.tuples(IDS, SCOPES), max_size=8), wanted=IDS, by=SCOPES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_receipt_opens_in_its_own_scope_only(
    tmp_path: Path, kept: list[tuple[str, PatientId | None]], wanted: str, by: PatientId | None
) -> None:
    folder = tmp_path / "shelf"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shelf = SqliteReceipts(folder)
    for identity, patient in kept:
        shelf.save(receipt(identity, patient))
    assert {line.id for line in shelf.of_patient(by, limit=99)} == {identity for identity, patient in kept if patient == by}
    if (wanted, by) in kept:
        assert shelf.get(wanted, patient_id=by).question.patient_id == by
    else:
        with pytest.raises(ReceiptNotFoundError):
            shelf.get(wanted, patient_id=by)


def test_many_threads_and_two_processes_worth_of_shelves_lose_nothing(tmp_path: Path) -> None:
    shelves = [SqliteReceipts(tmp_path), SqliteReceipts(tmp_path)]

    def save(shelf: SqliteReceipts, begin: int) -> None:
        for number in range(begin, begin + 40):
            shelf.save(receipt(f"r{number}", ANN))

    threads = [threading.Thread(target=save, args=(shelves[each % 2], each * 100)) for each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(shelves[0].of_patient(ANN, limit=999)) == 160


def test_the_first_receipts_of_many_shelves_at_once_are_all_kept(tmp_path: Path) -> None:
    """Several servers of one new store: each makes the file, in the same moment."""
    for turn in range(20):
        folder = tmp_path / str(turn)
        folder.mkdir()
        shelves = [SqliteReceipts(folder) for _ in range(6)]
        together = threading.Barrier(len(shelves))

        def save(number: int, shelves: list[SqliteReceipts] = shelves, together: threading.Barrier = together) -> bool:
            together.wait()
            return shelves[number].save(receipt(f"r{number}", ANN))

        with ThreadPoolExecutor(len(shelves)) as pool:
            assert all(pool.map(save, range(len(shelves))))
        assert len(shelves[0].of_patient(ANN, limit=99)) == len(shelves)
        for shelf in shelves:
            shelf.close()


def test_a_file_that_another_holds_is_refused_when_patience_ends(tmp_path: Path) -> None:
    held = sqlite3.connect(tmp_path / RECEIPT_FILE, isolation_level=None)
    held.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreBusyError, match="another process writes to it"):
        SqliteReceipts(tmp_path).save(receipt("r1", ANN))
    held.execute("ROLLBACK")
    held.close()
    shelf = SqliteReceipts(tmp_path)
    assert shelf.save(receipt("r1", ANN))


# --- answers and their receipts --------------------------------------------------------------------------------------


def test_an_answer_leaves_a_receipt_that_tells_what_was_shown(engine: Engine, store: Path) -> None:
    shelf = SqliteReceipts(store)
    answer = asked(engine, shelf, "What was the last A1c?")
    kept = shelf.get(answer.receipt.id, patient_id=ANN)
    assert answer.kind == "supported"
    assert [each.text for each in kept.claims] == [each.text for each in answer.claims]
    assert kept.claims[0].citations == tuple(citation.id for citation in answer.claims[0].citations)
    assert kept.claims[0].confidence == answer.claims[0].confidence.probability
    assert (kept.text, kept.notice, kept.receipt, kept.work) == (answer.text, "", answer.receipt, None)
    assert (kept.basis.chartcite, kept.basis.index, kept.basis.embedding) == ("1.0.0", answer.receipt.index, EMBEDDER.name)
    assert kept.question.asked_at == kept.asked_at


def test_a_question_that_cannot_be_answered_leaves_none(engine: Engine, store: Path) -> None:
    keeper = Keeper(SqliteReceipts(store), MADE)
    with pytest.raises(ChartciteError):
        ask_and_keep(Question(text="?!", patient_id=ANN), engine=engine, keeper=keeper)
    assert not (store / RECEIPT_FILE).exists()


def test_receipts_can_be_switched_off(store: Path, engine: Engine) -> None:
    off = Settings(store=store, receipts=False)
    with Asking(engine, keeper=wiring.open_keeper(off)) as asking:
        asking(Question(text="What was the last A1c?", patient_id=ANN))
    assert not (store / RECEIPT_FILE).exists()


# --- what goes wrong costs no answer ---------------------------------------------------------------------------------


def damage(store: Path) -> None:
    (store / RECEIPT_FILE).write_bytes(b"not a database at all" * 300)


def test_a_damaged_file_is_told_and_answers_go_on(
    engine: Engine, store: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(store)
    shelf = SqliteReceipts(store)
    keeper = Keeper(shelf, MADE)
    with caplog.at_level(logging.WARNING):
        for text in ("What was the last A1c?", "Does she have gout?"):
            answer = ask_and_keep(Question(text=text, patient_id=ANN), engine=engine, keeper=keeper)
            assert answer.kind == "supported"
    assert (keeper.kept, keeper.failed) == (0, 2)
    [told] = [each.getMessage() for each in caplog.records]
    assert "receipts.sqlite3 is damaged: move it" in told
    assert "A1c" not in told
    with pytest.raises(StoreError, match="damaged"):
        shelf.get("r1", patient_id=ANN)
    (store / RECEIPT_FILE).unlink()
    ask_and_keep(Question(text="What was the last A1c?", patient_id=ANN), engine=engine, keeper=keeper)
    assert keeper.kept == 1


def test_a_full_disk_costs_no_answer(engine: Engine, store: Path, caplog: pytest.LogCaptureFixture) -> None:
    shelf = SqliteReceipts(store)
    asked(engine, shelf, "Does she have gout?")
    with shelf._lock:
        db = shelf._connection(make=True)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
    keeper = Keeper(shelf, MADE)
    with caplog.at_level(logging.WARNING):
        for number in range(30):
            question = Question(text=f"What was the last A1c? {'word ' * 200}{number}", patient_id=ANN)
            assert ask_and_keep(question, engine=engine, keeper=keeper).text
    assert keeper.failed > 20
    assert "the disk is full" in caplog.text
    assert caplog.text.count("receipts cannot be kept") == 1


def test_whatever_befalls_a_receipt_the_answer_is_given(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    class Broken:
        def save(self, _receipt: StoredReceipt, /) -> bool:
            raise RuntimeError("Quillfeather")

    keeper = Keeper(Broken(), MADE)  # type: ignore[arg-type]  # a shelf that only fails
    with caplog.at_level(logging.WARNING):
        assert ask_and_keep(Question(text="Does she have gout?", patient_id=ANN), engine=engine, keeper=keeper).text
    assert keeper.failed == 1
    assert "Quillfeather" not in caplog.text


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="may not be written"):
        SqliteReceipts(tmp_path / "nowhere").save(receipt("r1", ANN))


def test_a_receipt_that_was_altered_is_not_shown(tmp_path: Path) -> None:
    shelf = SqliteReceipts(tmp_path)
    shelf.save(receipt("r1", ANN))
    with sqlite3.connect(tmp_path / RECEIPT_FILE) as db:
        db.execute("UPDATE receipts SET body = replace(body, 'Not documented', 'Documented')")
    db.close()
    with pytest.raises(StoreError, match="not what was written"):
        shelf.get("r1", patient_id=ANN)


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / RECEIPT_FILE) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(StoreVersionError, match="another version"):
        SqliteReceipts(tmp_path).save(receipt("r1", ANN))


def checked(store: Path) -> tuple[bool, str]:
    [check] = [each for each in store_commands.verify(Settings(store=store)) if each.part == "receipts"]
    return check.ok, check.found


def test_verify_looks_at_the_receipts(engine: Engine, store: Path) -> None:
    assert checked(store) == (True, "none are kept")
    shelf = SqliteReceipts(store)
    asked(engine, shelf, "Does she have gout?")
    asked(engine, shelf, "What was the last A1c?")
    assert checked(store) == (True, "2 are what was written")
    with sqlite3.connect(store / RECEIPT_FILE) as db:
        db.execute("UPDATE receipts SET body = body || ' ' WHERE number = 1")
    db.close()
    assert checked(store) == (False, "1 of 2 are not what was written")
    shelf.close()
    damage(store)
    assert checked(store)[0] is False


def test_a_rebuilt_store_keeps_its_receipts(engine: Engine, store: Path) -> None:
    answer = asked(engine, SqliteReceipts(store), "What was the last A1c?")
    store_commands.reindex(Settings(store=store), embedder=EMBEDDER)
    assert SqliteReceipts(store).get(answer.receipt.id, patient_id=ANN).text == answer.text


# --- erasing ---------------------------------------------------------------------------------------------------------


def test_an_erased_patient_leaves_no_receipt_and_no_byte(engine: Engine, store: Path) -> None:
    shelf = SqliteReceipts(store)
    for text in ("What was the last A1c?", "Does Ann Quillfeather have gout?", "What does the note of MRN-77123 say?"):
        asked(engine, shelf, text)
    asked(engine, shelf, "Which target has ann QUILLFEATHER for her A1c?", None)
    kept = asked(engine, shelf, "Does he have hypertension?", BOB)
    asked(engine, shelf, "Who should be screened for diabetes?", None)
    erased = store_commands.erase(Settings(store=store), "ann", embedder=EMBEDDER)
    assert (erased.receipts, erased.traces) == (4, ())
    assert shelf.of_patient(ANN, limit=9) == []
    assert [line.id for line in shelf.of_patient(BOB, limit=9)] == [kept.receipt.id]
    assert len(shelf.of_patient(None, limit=9)) == 1
    left = b"".join(path.read_bytes() for path in store.glob(f"{RECEIPT_FILE}*"))
    assert b"hypertension" in left
    assert not any(word in left.lower() for word in (b"quillfeather", b"mrn-77123", b'"ann"', b"gout"))


def test_an_answer_on_its_way_while_somebody_is_erased_is_not_kept(engine: Engine, store: Path) -> None:
    shelf = SqliteReceipts(store)
    late = receipt("late", ANN)
    store_commands.erase(Settings(store=store), "ann", embedder=EMBEDDER)
    assert shelf.save(late) is False
    assert shelf.of_patient(ANN, limit=9) == []
    assert shelf.save(receipt("after", BOB)) is True


def test_a_patient_is_not_erased_while_the_receipts_cannot_be_read(engine: Engine, store: Path) -> None:
    damage(store)
    with pytest.raises(StoreError, match="damaged"):
        store_commands.erase(Settings(store=store), "ann", embedder=EMBEDDER)
    assert open_store(store).records.patient(ANN).id == ANN


def test_words_of_an_erased_patient_in_a_foreign_file_are_found(engine: Engine, store: Path) -> None:
    """The search of every byte sees the file of receipts, and what stands beside it."""
    asked(engine, SqliteReceipts(store), "Does she have gout?")
    (store / f"{RECEIPT_FILE}.bak").write_text("Ann Quillfeather")
    erased = store_commands.erase(Settings(store=store), "ann", embedder=EMBEDDER)
    assert [trace.place for trace in erased.traces] == [f"{RECEIPT_FILE}.bak"]
