"""Promise P1: a question about one patient shows nothing of another, through any door."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from chartcite.api import wiring
from chartcite.api.app import create_app
from chartcite.api.settings import Settings
from chartcite.engine.domain.answers import AbstentionReason
from chartcite.engine.errors import PatientNotFoundError
from chartcite.engine.search import search
from chartcite.engine.testing import HashingEmbedder
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import AskedChart, condition, lab, medication, note, open_store, person, scope, store_files, write_bundle

CANARY = {"ann": "zanthrowort", "bob": "quillomarsh"}
"""A word that stands in every resource of one patient and nowhere else."""
QUESTIONS = (
    "What medications is she taking?",
    "latest A1c",
    "Does she have gout?",
    "What are her active problems?",
    "What did the note say?",
    "Why was the drug stopped?",
    "Tell me everything",
    "What changed since 2020?",
    "How old is she?",
    "Any allergies?",
    "A1c trend",
    "What does she complain of?",
    "Who saw her?",
    "List all results",
    "What happened in 2024?",
    "family history of gout?",
)


def marked(owner: str) -> Iterator[dict[str, object]]:
    word = CANARY[owner]
    yield person(owner, given=owner.title(), family="Lee" if owner == "ann" else "Ostrander")
    yield lab("a", 7.1 if owner == "ann" else 9.3, "2024-01-05", owner=owner, note=[{"text": word}])
    yield condition("c", f"Gout {word}", "2020-01-01", owner=owner)
    yield medication("m", f"Colchicine {word}", "2020-01-01", owner=owner)
    yield note("n", f"Complains of {word} pain in the toe. Sleeps well.", owner=owner)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("isolation")
    store_files(folder / "store", [write_bundle(folder, owner, *marked(owner)) for owner in CANARY])
    return folder / "store"


@pytest.fixture(scope="module")
def pair(store: Path) -> AskedChart:
    return AskedChart(open_store(store))


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "open_embedder", lambda _settings: HashingEmbedder())
        with TestClient(create_app(Settings(store=store)), base_url="http://127.0.0.1") as opened:
            yield opened


def other(owner: str) -> str:
    return CANARY["bob" if owner == "ann" else "ann"]


OWNERS = st.sampled_from(sorted(CANARY))


@given(owner=OWNERS, question=st.sampled_from(QUESTIONS), audience=st.sampled_from(["clinician", "patient", "researcher"]))
def test_an_answer_holds_no_word_of_another_patient(pair: AskedChart, owner: str, question: str, audience: str) -> None:
    assert other(owner) not in pair.ask(question, patient=owner, audience=audience).model_dump_json()


@given(
    owner=OWNERS, words=st.lists(st.sampled_from(["pain", "toe", "gout", "colchicine", *CANARY.values()]), min_size=1, max_size=4)
)
def test_a_search_of_one_chart_finds_no_word_of_another(pair: AskedChart, owner: str, words: list[str]) -> None:
    found = search(" ".join(words), engine=pair.engine, scope=scope(owner), limit=20)
    assert all(other(owner) not in evidence.model_dump_json() for evidence in found)


@given(owner=OWNERS, question=st.sampled_from(QUESTIONS))
def test_asking_with_another_patients_word_finds_nothing_of_it(pair: AskedChart, owner: str, question: str) -> None:
    answer = pair.ask(f"{question.rstrip('?')} {other(owner)}?", patient=owner)
    claims = answer.claims if answer.kind == "supported" else ()
    assert all(other(owner) not in claim.model_dump_json() for claim in claims)


@pytest.mark.parametrize("owner", sorted(CANARY))
def test_no_door_shows_a_word_of_another_patient(client: TestClient, owner: str) -> None:
    shown = [client.get(f"/v1/patients/{owner}").text, client.get(f"/v1/patients/{owner}", params={"as_of": "2024-02-01"}).text]
    for question in QUESTIONS:
        body = {"question": question}
        shown.append(client.post(f"/v1/patients/{owner}/ask", json=body).text)
        shown.append(client.post(f"/v1/patients/{owner}/ask", json=body, headers={"accept": "text/event-stream"}).text)
    shown.append(client.get("/v1/search", params={"q": "pain gout", "corpus": "patients", "patient_id": owner}).text)
    for line in client.get(f"/v1/patients/{owner}/receipts").json()["receipts"]:
        shown.append(client.get(f"/v1/patients/{owner}/receipts/{line['id']}").text)
        shown.append(client.post(f"/v1/patients/{owner}/receipts/{line['id']}/replay").text)
    assert CANARY[owner] in "".join(shown)
    assert other(owner) not in "".join(shown)


def test_the_guidelines_hold_no_word_of_a_patient(client: TestClient) -> None:
    asked = client.post("/v1/ask", json={"question": "Who should be treated for gout and pain in the toe?"}).text
    found = client.get("/v1/search", params={"q": "pain gout toe", "corpus": "guidelines"}).text
    assert not any(word in asked + found for word in CANARY.values())


def test_a_citation_of_one_patient_is_not_found_for_another(pair: AskedChart, client: TestClient) -> None:
    answer = pair.ask("latest A1c", patient="bob")
    assert answer.kind == "supported"
    address = f"/v1/citations/{answer.claims[0].citations[0].id}"
    own, foreign = (client.get(address, params={"patient_id": owner}) for owner in ("bob", "ann"))
    assert (own.status_code, foreign.status_code) == (200, 404)
    assert CANARY["bob"] not in foreign.text


def test_a_receipt_of_one_patient_is_not_found_for_another(client: TestClient) -> None:
    identity = client.post("/v1/patients/bob/ask", json={"question": "latest A1c"}).json()["receipt"]["id"]
    for scope_of in ("/v1/patients/bob", "/v1/patients/ann", "/v1"):
        opened = client.get(f"{scope_of}/receipts/{identity}")
        replayed = client.post(f"{scope_of}/receipts/{identity}/replay")
        assert opened.status_code == replayed.status_code == (200 if scope_of.endswith("bob") else 404)
        assert ("9.3" in opened.text + replayed.text) is scope_of.endswith("bob")


@pytest.mark.parametrize(
    "question", ["What was Bob Ostrander's latest A1c?", "and Ostrander, Bob: his A1c?", "Compare with bob ostrander"]
)
def test_naming_another_patient_of_the_store_is_refused(pair: AskedChart, question: str) -> None:
    answer = pair.ask(question, patient="ann")
    assert answer.kind == "abstained"
    assert answer.basis.reason is AbstentionReason.OUT_OF_SCOPE
    assert CANARY["bob"] not in answer.text
    assert "9.3" not in answer.text


def test_naming_the_patient_whose_chart_is_open_is_answered(pair: AskedChart) -> None:
    answer = pair.ask("What is Ann Lee's latest A1c?", patient="ann")
    assert "7.1" in answer.text


def test_one_namesake_is_answered_from_the_own_chart(bundled: AskedChart) -> None:
    for identity in ("rosa-delgado", "rosa-delgado-2"):
        answer = bundled.ask("What medications is Rosa Delgado taking?", patient=identity)
        assert answer.kind == "supported"
        for claim in answer.claims:
            for citation in claim.citations:
                assert bundled.engine.records.open_citation(citation.id).patient_id == identity


def test_a_question_about_many_patients_is_refused(pair: AskedChart) -> None:
    answer = pair.ask("Which patients have gout?", patient="ann")
    assert answer.kind == "abstained"
    assert answer.basis.reason is AbstentionReason.OUT_OF_SCOPE


def test_an_unknown_patient_is_told_without_naming_others(pair: AskedChart, client: TestClient) -> None:
    with pytest.raises(PatientNotFoundError):
        pair.ask("latest A1c", patient="carol")
    answer = client.post("/v1/patients/carol/ask", json={"question": "latest A1c"})
    assert answer.status_code == 404
    assert "ann" not in answer.text
    assert "bob" not in answer.text


def test_nothing_of_a_chart_is_logged(pair: AskedChart, client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        pair.ask("Does she have gout?", patient="ann")
        client.post("/v1/patients/ann/ask", json={"question": "What does she complain of?"})
        client.post("/v1/patients/ann/ask", json={"question": "?"})
    assert not any(word in caplog.text for word in (*CANARY.values(), "Colchicine", "Lee"))
