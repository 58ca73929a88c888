"""Medication safety through the doors: command line, HTTP, questions, and rules of one's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from chartcite.api import wiring
from chartcite.api.app import create_app
from chartcite.api.settings import Settings
from chartcite.engine.testing import HashingEmbedder
from chartcite.ingestion.sources.medication_rules import COLUMNS, load_rule_set
from fastapi.testclient import TestClient

from tests.api.test_cli import run, run_json
from tests.charts import CORPORA, AskedChart, allergy, condition, lab, medication, note, person, store_chart
from tests.evals.lint_safety import lint_safety
from tests.evals.safety_doc import PAGE, with_rules

AS_OF = "2026-01-01"
OWN = "acme-1\tinteraction\tmetformin + lisinopril\t\t\t\t\t\tmoderate\tm\tAcme's own effect\tc\tAcme | Interaction list | 2025"


@pytest.fixture(scope="module")
def charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("safety") / "store"
    store_chart(
        store,
        person(),
        person("bob", "Bob", "Ray", gender="male"),
        medication("m1", "Coumadin 5 MG Oral Tablet", "2025-01-01"),
        medication("m2", "Lisinopril 10 mg", "2025-02-01"),
        medication("m3", "Metformin 500 mg", "2025-02-01"),
        medication("m4", "Atorvastatin 20 mg", "2025-02-01"),
        medication("m5", "Ibuprofen 400 mg", "2024-02-01", status="stopped"),
        medication("b1", "Simvastatin 20 mg", "2025-02-01", owner="bob"),
        allergy("a1", "Penicillin", "hives"),
        condition("c1", "Heart failure", "2020-01-01"),
        lab("l1", 25, "2025-12-01", unit="mL/min/{1.73_m2}", name="eGFR"),
        note("n1", "Ibuprofen is contraindicated because of her kidneys.", "2025-11-01T10:00:00Z"),
    )
    return store


@pytest.fixture
def chart(charts: Path, monkeypatch: pytest.MonkeyPatch) -> AskedChart:
    monkeypatch.setattr(wiring, "open_embedder", lambda _settings: HashingEmbedder())
    return AskedChart(wiring.open_engine(Settings(store=charts)))


def test_the_command_prints_alerts_with_their_sources(charts: Path) -> None:
    result = run("safety", "check", "--patient", "ann", "--as-of", AS_OF, "--sources", store=charts)
    assert result.exit_code == 0, result.output
    shown = " ".join(result.stdout.split())
    assert "Contraindicated kidney function warning: Metformin 500 mg" in shown
    assert "to consider: Another glucose-lowering drug (not yet reviewed by a clinician)" in shown
    rule = next(line for line in result.stdout.splitlines() if "rule-chartcite.metformin-egfr-30" in line)
    opened = run("show", rule.partition("chartcite show ")[2].split()[0], "--patient", "ann", store=charts)
    assert "Lactic acidosis" in opened.stdout


def test_json_holds_alerts_what_is_unknown_and_the_sets(charts: Path) -> None:
    found = run_json("safety", "check", "--patient", "ann", "--as-of", AS_OF, "--add", "Advil", store=charts)
    assert {"vka-nsaid", "nsaid-heart-failure", "nsaid-egfr-30"} <= {alert["rule"] for alert in found["alerts"]}
    assert found["asked"] == ["ibuprofen"]
    assert found["rule_sets"][0]["rules"] == len(load_rule_set(CORPORA / "safety").rules)
    assert found["dropped_claims"] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--patient", "nobody"), "no such patient"),
        (("--patient", "ann", "--add", "zyxoquilin"), "ingredient, its class or a brand"),
        (("--patient", "ann", "--as-of", "someday"), "as_of"),
    ],
)
def test_bad_input_says_what_and_where(charts: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run("safety", "check", *arguments, store=charts)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())


def test_http_answers_as_the_command_does(charts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "open_embedder", lambda _settings: HashingEmbedder())
    with TestClient(create_app(Settings(store=charts)), base_url="http://127.0.0.1") as client:
        address = "/v1/patients/ann/medication-safety"
        found = client.get(address, params={"add": "clarithromycin", "as_of": AS_OF}).json()
        assert "vka-macrolide" in [alert["rule"] for alert in found["alerts"]]
        cited = found["alerts"][0]["citation"]["id"]
        assert client.get(f"/v1/citations/{cited}").json()["citation"]["quote"] == found["alerts"][0]["citation"]["quote"]
        assert client.get("/v1/patients/nobody/medication-safety").status_code == 404
        assert client.get(address, params={"add": "zyxoquilin"}).status_code == 422


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Is it ok to give her ibuprofen?", "Coumadin 5 MG Oral Tablet with ibuprofen"),
        ("Can I prescribe Advil?", "Coumadin 5 MG Oral Tablet with ibuprofen"),
        ("can he take metformin with this kidney function?", "Contraindicated kidney function warning: Metformin 500 mg"),
        ("Any interactions if we add clarithromycin?", "Coumadin 5 MG Oral Tablet with clarithromycin"),
        ("Does simvastatin interact with her other meds?", "Moderate duplicate: Atorvastatin 20 mg and simvastatin"),
        ("does anything need renal dose adjustment?", "Metformin 500 mg"),
        ("Is she on two drugs of the same class?", "None of the"),
        ("any medicines she shouldn't be taking?", "Metformin 500 mg"),
        ("QT risk?", "None of the"),
        ("would amoxicillin be safe?", "Allergy to Penicillin"),
        ("any interactions?", "None of the"),
    ],
)
def test_questions_are_answered_with_alerts_that_pass_every_check(chart: AskedChart, question: str, said: str) -> None:
    answer = chart.ask(question, as_of=date(2026, 1, 1))
    assert answer.kind == "supported"
    assert any(said in claim.text for claim in answer.claims), answer.text
    assert all(claim.verdict.outcome == "supported" for claim in answer.claims)
    assert answer.receipt.dropped_claims == 0
    assert "medication_safety" in answer.receipt.routes
    assert "Simvastatin 20 mg" not in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Would naproxen be appropriate for her back?", "Coumadin 5 MG Oral Tablet with naproxen"),
        ("any reason she shouldn't have diclofenac?", "Coumadin 5 MG Oral Tablet with diclofenac"),
        ("Is pioglitazone a good idea?", "pioglitazone – Heart failure"),
        ("fluconazole with warfarin?", "Coumadin 5 MG Oral Tablet with fluconazole"),
        ("Could a small dose of naproxen be a problem?", "Coumadin 5 MG Oral Tablet with naproxen"),
        ("May she drink a beer with her tablets?", "alcohol with Metformin 500 mg"),
        ("nitrofurantoin?? heart failure", "Heart failure"),
    ],
)
def test_a_medicine_is_judged_however_it_is_asked(chart: AskedChart, question: str, said: str) -> None:
    assert said in chart.ask(question, as_of=date(2026, 1, 1)).text


def test_a_class_is_judged_by_its_members(chart: AskedChart) -> None:
    told = chart.ask("Can she have an NSAID?", as_of=date(2026, 1, 1)).text
    assert "Coumadin 5 MG Oral Tablet with NSAID" in told
    told = chart.ask("Could she have a calcium channel blocker?", as_of=date(2026, 1, 1)).text
    assert "calcium channel blocker (" not in told.replace("calcium channel blocker (diltiazem, verapamil)", "")


def test_what_ended_is_told_before_what_rules_say_of_it(chart: AskedChart) -> None:
    told = chart.say("Could she go back on ibuprofen?")
    stopped = next(number for number, text in enumerate(told) if "stopped" in text)
    assert stopped < next(number for number, text in enumerate(told) if "Major" in text)


def test_one_medicine_in_place_of_another_is_no_duplicate(chart: AskedChart) -> None:
    told = chart.ask("Is simvastatin instead of atorvastatin a good idea?", as_of=date(2026, 1, 1)).text
    assert "duplicate" not in told.lower()


def test_of_two_that_are_named_what_the_new_one_does_is_told(chart: AskedChart) -> None:
    told = chart.ask("Is fluconazole with metformin ok?", as_of=date(2026, 1, 1)).text
    assert "Coumadin 5 MG Oral Tablet with fluconazole" in told
    assert "kidney function warning: Metformin" in told
    told = chart.ask("Is aspirin with coumadin ok?", as_of=date(2026, 1, 1)).text
    assert "Coumadin 5 MG Oral Tablet with aspirin" in told


def test_of_a_class_of_which_nothing_is_active_what_ended_is_told(chart: AskedChart) -> None:
    assert "Ibuprofen 400 mg" in chart.ask("Which NSAIDs is she on?", as_of=date(2026, 1, 1)).text
    assert "Nothing is active now" not in chart.ask("Which statins is she on?", as_of=date(2026, 1, 1)).text


def test_rules_that_could_not_be_judged_are_said(chart: AskedChart) -> None:
    answer = chart.ask("would enoxaparin be suitable?", patient="bob", as_of=date(2026, 1, 1))
    assert "None of the" in answer.text
    assert "some could not be judged" in answer.text
    assert answer.missing


def test_what_was_told_before_is_told_beside_the_alerts(chart: AskedChart) -> None:
    answer = chart.ask("May she have amoxicillin?", as_of=date(2026, 1, 1))
    assert answer.text.startswith("Allergy to Penicillin: hives.")
    assert answer.receipt.routes[:2] == ("allergy", "medication_safety")
    noted = chart.ask("Is ibuprofen contraindicated?", as_of=date(2026, 1, 1))
    assert noted.kind == "supported"
    assert "vka-nsaid" in " ".join(claim.citations[-1].source.resource for claim in noted.claims if claim.kind == "inference")


@pytest.mark.parametrize(
    "question",
    [
        "What is her eGFR?",
        "Is she on warfarin?",
        "When was lisinopril started?",
        "Does she have social interactions?",
        "Any bleeding?",
        "Why was ibuprofen contraindicated?",
        "How many metformin tablets should she take a day?",
        "Does she still have her two beers?",
    ],
)
def test_other_questions_are_left_alone(chart: AskedChart, question: str) -> None:
    assert "medication_safety" not in chart.ask(question, as_of=date(2026, 1, 1)).receipt.routes


def test_no_rule_met_is_told_with_their_number_and_never_as_safe(chart: AskedChart) -> None:
    answer = chart.ask("Is it safe to give her acetaminophen?", as_of=date(2026, 1, 1))
    assert answer.kind == "supported"
    number = len(load_rule_set(CORPORA / "safety").rules)
    [told] = [claim for claim in answer.claims if claim.text.startswith("None of")]
    assert told.text.startswith(f"None of the {number} medication safety rules loaded (version chartcite ")
    assert "does not say that they are safe" in told.text


def test_a_patient_is_sent_to_pharmacist_or_clinician(chart: AskedChart) -> None:
    for question in ("Can I take Advil?", "is paracetamol ok for me?"):
        answer = chart.ask(question, as_of=date(2026, 1, 1), audience="patient")
        assert answer.kind == "supported"
        told = [claim.text for claim in answer.claims if claim.kind == "inference"]
        assert told
        assert all(
            text.endswith("Ask a pharmacist or a clinician before starting, stopping or changing a medicine.") for text in told
        )
        assert "to consider" not in answer.text.lower()


def write(folder: Path, *rows: str) -> Path:
    path = folder / "own rules.tsv"
    path.write_text("\t".join(COLUMNS) + "\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_own_rules_are_loaded_cited_listed_and_removed(charts: Path, tmp_path: Path) -> None:
    before = run_json("safety", "check", "--patient", "ann", "--as-of", AS_OF, store=charts)
    [loaded] = run_json("safety", "load", str(write(tmp_path, OWN)), "--version", "7", "--licence", "ours", store=charts)[
        "rule_sets"
    ]
    assert (loaded["name"], loaded["version"], loaded["rules"]) == ("own-rules", "7", 1)
    after = run_json("safety", "check", "--patient", "ann", "--as-of", AS_OF, store=charts)
    [own] = [alert for alert in after["alerts"] if alert["rule"] == "acme-1"]
    assert own["sources"][0]["organisation"] == "Acme"
    assert "own-rules 7" in after["summary"]
    assert "Acme's own effect" in run("show", own["citation"]["id"], store=charts).stdout
    names = [one["name"] for one in run_json("safety", "list", store=charts)["rule_sets"]]
    assert names == ["chartcite", "own-rules"]
    run("safety", "remove", "own-rules", store=charts)
    again = run_json("safety", "check", "--patient", "ann", "--as-of", AS_OF, store=charts)
    assert [alert["rule"] for alert in again["alerts"]] == [alert["rule"] for alert in before["alerts"]]
    assert run("show", own["citation"]["id"], store=charts).exit_code == 2


def test_bad_rows_are_named_and_nothing_is_loaded(charts: Path, tmp_path: Path) -> None:
    bad = OWN.replace("acme-1", "acme-2").replace("moderate", "awful")
    result = run("safety", "load", str(write(tmp_path, OWN, bad)), store=charts)
    assert result.exit_code == 2
    assert "line 3: severity" in result.stderr
    assert len(run_json("safety", "list", store=charts)["rule_sets"]) == 1


@pytest.mark.parametrize(
    ("content", "words"), [(b"\xff\xfe\x00", "not UTF-8"), (b"id\tdrugs\nx\ty\n", "lacks kind"), (b"", "lacks id")]
)
def test_a_file_that_is_no_table_is_refused(charts: Path, tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "x.tsv").write_bytes(content)
    result = run("safety", "load", str(tmp_path / "x.tsv"), store=charts)
    assert result.exit_code == 2
    assert words in result.stderr


def test_a_name_that_is_no_name_and_a_missing_file_or_set_are_refused(charts: Path, tmp_path: Path) -> None:
    path = str(write(tmp_path, OWN))
    assert "small letters" in run("safety", "load", path, "--name", "../x", store=charts).stderr
    assert "cannot be read" in run("safety", "load", str(tmp_path / "none.tsv"), store=charts).stderr
    assert "safety list" in run("safety", "remove", "none", store=charts).stderr


def test_a_damaged_table_is_named_with_the_way_out(charts: Path) -> None:
    (charts / "safety").mkdir(exist_ok=True)
    damaged = charts / "safety" / "broken.json"
    damaged.write_text("{", encoding="utf-8")
    try:
        result = run("safety", "check", "--patient", "ann", store=charts)
        assert result.exit_code == 3
        assert "safety remove broken" in result.stderr
    finally:
        damaged.unlink()


def test_the_page_lists_the_rules_of_now() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_rules(page, load_rule_set(CORPORA / "safety")) == page, "run python -m tests.evals.safety_doc"


def test_the_linter_finds_what_is_wrong(tmp_path: Path) -> None:
    for name in ("safety", "terminology"):
        (tmp_path / name).mkdir()
        for path in (CORPORA / name).glob("*.tsv"):
            (tmp_path / name / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    assert list(lint_safety(tmp_path / "safety")) == []
    path = tmp_path / "safety" / "interactions.tsv"
    header, first, rest = path.read_text(encoding="utf-8").split("\n", 2)
    cells = first.split("\t")
    cells[2], cells[8], cells[11], cells[12] = "warfarin + zyxoquilin", "awful", "Stop it", "nobody-2020"
    path.write_text("\n".join([header, "\t".join(cells), rest]), encoding="utf-8")
    found = " ".join(lint_safety(tmp_path / "safety"))
    assert all(
        words in found for words in ("zyxoquilin is no drug", "severity is awful", "gives an order", "nobody-2020: no such")
    )
