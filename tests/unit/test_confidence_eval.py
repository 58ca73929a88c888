"""How a confidence is fitted, measured and drawn."""

from __future__ import annotations

import json
import math
import random
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from chartcite.engine.confidence.calibration import CALIBRATION, CROSS_VALIDATED, HELD_OUT
from chartcite.engine.confidence.confidence import log_odds, recalibrated
from chartcite.engine.domain.calibrated import Bin, RiskPoint
from hypothesis import given
from hypothesis import strategies as st

from tests.evals.confidence_fit import (
    FIRST_ASKED,
    FIRST_SETS,
    LEAST_BLOCK,
    Asked,
    Example,
    cross_validated,
    fit,
    folds_by_patient,
    lowered,
    optimism_of,
    rising,
    weighed,
)
from tests.evals.confidence_measures import Said, bins_of, ece, estimate, ranking, risk_points, thinned, wrong_at
from tests.evals.confidence_pages import reliability_picture, with_figures
from tests.evals.gold import QUESTIONS, REPOSITORY, gold_of
from tests.evals.svg import Axis, Curve, Point, picture


def examples(count: int = 600, *, seed: int = 1) -> list[Example]:
    """Questions of 30 patients: each open word makes a wrong answer likelier."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        words = chance.randrange(4)
        right = chance.random() < (0.95, 0.8, 0.5, 0.2)[words]
        made.append(
            Example(
                f"p{number % 30}",
                answered=True,
                right=right,
                features={"open_words": float(words), "window": float(chance.random() < 0.5)},
            )
        )
    return made


def said(*pairs: tuple[float, bool], answered: bool = True) -> list[Said]:
    return [Said(f"p{number}", answered, right, confidence) for number, (confidence, right) in enumerate(pairs)]


def test_a_patients_questions_are_never_in_two_folds() -> None:
    made = examples()
    folds = folds_by_patient(made)
    assert len({(each.patient, fold) for each, fold in zip(made, folds, strict=True)}) == 30
    assert len(set(folds)) == 10


def test_what_is_fitted_comes_true() -> None:
    head = fit(examples())
    assert recalibrated(log_odds({}, head), head) == pytest.approx(0.95, abs=0.06)
    assert recalibrated(log_odds({"open_words": 3.0}, head), head) == pytest.approx(0.2, abs=0.08)


def test_a_weight_never_has_the_wrong_sign() -> None:
    turned = [each._replace(right=not each.right) for each in examples()]
    assert "open_words" not in weighed(turned).weights


def test_fitting_twice_gives_the_same() -> None:
    assert fit(examples()) == fit(examples())


def test_out_of_fold_confidence_is_calibrated_and_ranks() -> None:
    made = examples(900)
    told = [
        Said(each.patient, answered=True, right=each.right, confidence=share)
        for each, share in zip(made, cross_validated(made), strict=True)
    ]
    assert ece(told) < 0.06
    assert ranking(told) > 0.7


def test_questions_that_were_mended_count_as_they_were_first_answered() -> None:
    made = [
        *[Example("a", answered=True, right=number < 80, features={}) for number in range(100)],
        *[Example("b", answered=True, right=True, features={}, first_known=True) for _ in range(100)],
    ]
    assert optimism_of(made, Asked(100, 40)) == pytest.approx(math.log(181 / 21) - math.log(121 / 81))
    assert optimism_of(made, Asked(100, 100)) == 0.0
    assert optimism_of([each._replace(right=False) for each in made], Asked(100, 40)) == 0.0  # worse now: nothing is added


def test_optimism_lowers_every_share_and_keeps_their_order() -> None:
    knots = ((-1.0, 0.3), (0.0, 0.5), (2.0, 0.95))
    low = lowered(knots, 0.3)
    assert lowered(knots, 0.0) == knots
    assert all(one[0] == other[0] and other[1] < one[1] for one, other in zip(knots, low, strict=True))
    assert [share for _, share in low] == sorted(share for _, share in low)
    head, plain = fit(examples(), optimism=0.5), fit(examples())
    assert (head.bias, head.weights) == (plain.bias, plain.weights)
    assert head.knots == lowered(plain.knots, 0.5)


def test_the_sets_that_were_first_asked_are_as_large_as_told() -> None:
    asked = sum(gold.half == "tune" for name in FIRST_SETS for gold in gold_of(QUESTIONS / f"{name}.jsonl"))
    assert asked == sum(each.questions for each in FIRST_ASKED.values())


@given(st.lists(st.tuples(st.floats(-5, 5), st.booleans()), min_size=2 * LEAST_BLOCK, max_size=300))
def test_the_line_rises(pairs: list[tuple[float, bool]]) -> None:
    knots = rising([odds for odds, _ in pairs], [right for _, right in pairs])
    assert all(one[0] <= other[0] and one[1] <= other[1] for one, other in pairwise(knots))
    assert all(0 < share < 1 for _, share in knots)


def test_the_calibration_error_weighs_bins_by_their_questions() -> None:
    told = said(*[(0.9, True)] * 50, *[(0.9, False)] * 50)
    assert 0.4 <= ece(told) < 0.45
    assert ece(said(*[(1.0, True)] * 20)) == 0.0


def test_bins_are_equally_large() -> None:
    told = said(*[(number / 100, number % 2 == 0) for number in range(100)])
    assert [one.questions for one in bins_of(told)] == [10] * 10
    assert bins_of(told)[0] == Bin(0.045, 5, 10)


def test_risk_counts_answers_only_and_ties_together() -> None:
    told = [*said((0.9, True), (0.9, False), (0.5, True)), *said((0.99, False), answered=False)]
    assert risk_points(told) == (RiskPoint(0.9, 2, 1), RiskPoint(0.5, 3, 1))


def test_a_long_curve_keeps_its_ends() -> None:
    points = [RiskPoint(1 - number / 1000, number + 1, 0) for number in range(900)]
    kept = thinned(points)
    assert len(kept) == 60
    assert (kept[0], kept[-1]) == (points[0], points[-1])


def test_of_answers_of_equal_confidence_each_counts_its_part() -> None:
    assert wrong_at(0.8, said(*[(0.9, True)] * 8, *[(0.5, False)] * 2)) == 0.0
    assert wrong_at(0.8, said(*[(0.9, True)] * 5, *[(0.9, False)] * 5)) == 0.5


def test_an_interval_holds_its_figure_and_is_the_same_again() -> None:
    told = said(*[(number / 60, number % 3 > 0) for number in range(60)])
    first = estimate(ece, told)
    assert first == estimate(ece, told)
    assert first.low <= first.high


def test_one_sort_only_ranks_nothing() -> None:
    assert ranking(said((0.3, True), (0.9, True))) == 0.5


def test_a_picture_is_well_formed_and_names_what_it_shows() -> None:
    axis = Axis("Confidence <said>", 0.0, 1.0, 0.25)
    drawn = picture("A & B", axis, axis, [Curve("one", [Point(0.1, 0.2, 0.1, 0.3), Point(0.9, 0.8)], note="1/5")], diagonal=True)
    root = ET.fromstring(drawn)  # noqa: S314 -- our own text
    words = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"A & B", "Confidence <said>", "one", "1/5", "25%"} <= set(words)
    assert root.find("{http://www.w3.org/2000/svg}rect").get("fill") == "white"  # type: ignore[union-attr]  # it is drawn first


def test_the_page_tells_the_figures_that_are_shipped() -> None:
    page = (REPOSITORY / "docs" / "confidence.md").read_text(encoding="utf-8")
    assert with_figures(page, HELD_OUT, CROSS_VALIDATED) == page, "run python -m tests.evals.confidence"


def test_the_pictures_and_the_json_are_of_the_shipped_calibration() -> None:
    result = json.loads((REPOSITORY / "docs" / "confidence.json").read_text(encoding="utf-8"))
    assert result["calibration"] == CALIBRATION
    assert result["held_out"]["ece"] == HELD_OUT.ece._asdict()
    assert (REPOSITORY / "docs" / "confidence-reliability.svg").read_text(encoding="utf-8") == reliability_picture(HELD_OUT)
