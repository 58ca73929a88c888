"""How much of a question recommendations name: near misses name little of it."""

from __future__ import annotations

import pytest
from chartcite.engine.guidelines.guideline_answers import answers
from chartcite.engine.guidelines.guideline_coverage import coverage, exactly, things_of, vocabulary, weigh
from chartcite.engine.guidelines.guideline_search import find
from chartcite.engine.guidelines.guidelines import Library, library
from chartcite.engine.retrieval import Shelves
from chartcite.engine.testing import HashingEmbedder
from chartcite.indexes.sqlite_writer import SqliteWriter
from chartcite.ingestion.ingest import ingest

from tests.charts import CORPORA, bundled_lexicon, open_store


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Shelves:
    """Return the guideline corpus, embedded without a model."""
    store = tmp_path_factory.mktemp("corpus")
    with SqliteWriter(store) as writer:
        ingest(sorted((CORPORA / "guidelines").glob("*.md")), writer, HashingEmbedder(), lexicon=bundled_lexicon())
    engine = open_store(store)
    return engine.shelves


@pytest.fixture(scope="module")
def known(shelves: Shelves) -> Library:
    """Return the recommendations of the corpus."""
    return library(shelves.records)


def covered(question: str, recommendation: str, known: Library) -> float:
    lexicon = bundled_lexicon()
    stems, weights = vocabulary(known)
    one = known.by_id[recommendation]
    return coverage(
        weigh(things_of(question, lexicon), weights, len(stems)), stems[recommendation], exactly(one.statement, lexicon)
    )


@pytest.mark.parametrize(
    ("question", "recommendation"),
    [
        ("How often should women have mammograms?", "uspstf-breast-cancer-2024#R1"),
        ("USPSTF on screening for lung cancer", "uspstf-lung-cancer-2021#R1"),
        ("Should a teenager be asked about drug use?", "uspstf-drug-use-2020#R2"),
        ("simvastatin in CKD after kidney function falls below 60", "kdigo-ckd-2024#R4"),
    ],
)
def test_what_a_recommendation_names_is_covered(question: str, recommendation: str, known: Library) -> None:
    assert covered(question, recommendation, known) > 0.7


@pytest.mark.parametrize(
    ("question", "recommendation"),
    [
        ("Do I need a yellow fever jab before travelling to Brazil?", "acip-influenza-2025#R1"),
        ("When is inclisiran indicated?", "kdigo-ckd-2024#R4"),
        ("First-line therapy for generalized myasthenia gravis?", "acr-gout-2020#R2"),
    ],
)
def test_what_it_does_not_name_is_not(question: str, recommendation: str, known: Library) -> None:
    assert covered(question, recommendation, known) < 0.4


def test_of_nothing_all_is_covered(known: Library) -> None:
    assert covered("what is it?", "acr-gout-2020#R2", known) == 1.0


def test_those_for_other_people_come_last_and_answer_nothing(shelves: Shelves, known: Library) -> None:
    found = find("Which blood pressure target for a 9-year-old with hypertension?", shelves, known, bundled_lexicon(), limit=300)
    places = [one.for_them for one in found]
    assert places == sorted(places, reverse=True)
    assert not any(answers(one, least=0.0) for one in found if not one.for_them)


def test_the_age_that_is_told_chooses(shelves: Shelves, known: Library) -> None:
    text = "My patient is 78. Does she need the RSV vaccine and is it every year?"
    of_adults = [one.recommendation.id for one in find(text, shelves, known, bundled_lexicon()) if one.for_them]
    assert "acip-rsv-adults-2024#R2" not in of_adults
    assert of_adults.index("acip-rsv-adults-2024#R1") < 2
