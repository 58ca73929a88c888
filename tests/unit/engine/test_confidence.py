from __future__ import annotations

import inspect
from datetime import date
from itertools import pairwise

import pytest
from chartcite.engine.confidence import calibration, confidence
from chartcite.engine.confidence.calibration import ABSTAINED, ANSWERED, CALIBRATION, CROSS_VALIDATED, HELD_OUT
from chartcite.engine.confidence.confidence import (
    Policy,
    answer_confidence,
    banded,
    claim_confidences,
    confidence_of,
    log_odds,
    policy_for,
    recalibrated,
)
from chartcite.engine.confidence.confidence_features import Found, answer_features
from chartcite.engine.domain.answers import AbstentionReason, Checks, ClaimKind, DraftClaim, Outcome, Question, Verdict
from chartcite.engine.domain.calibrated import Head, Measured, RiskPoint
from chartcite.engine.domain.evidence import Citation, Source
from chartcite.engine.errors import InputError
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent
from hypothesis import given
from hypothesis import strategies as st

from tests.charts import AskedChart

TODAY = date(2026, 1, 1)
QUESTION = Question(text="What was the last potassium?")
PLAN = Plan(text=QUESTION.text, intent=Intent.LATEST, targets=(Target(words="potassium", label="Potassium", concept_keys=(1,)),))
HEAD = Head(0.0, {"open_words": -0.5}, ((-1.0, 0.2), (0.0, 0.5), (2.0, 0.9)))


def drafted(
    route: str = "latest_value", text: str = "Potassium was 4.1 mmol/L on 2025-03-01.", support: float = 1.0
) -> DraftClaim:
    source = Source(resource="Observation/o", path="", title="Potassium", occurred_at="2025-03-01")
    citation = Citation(id="c", source=source, quote="4.1", start=0, end=3)
    return DraftClaim(text=text, kind=ClaimKind.RECORD_FACT, citations=(citation,), route=route, support=support)


def checked(draft: DraftClaim | None = None, *, entailment: float = 1.0) -> tuple[DraftClaim, Verdict]:
    checks = Checks(quote=True, numbers=True, dates=True, negation=True, entailment=entailment)
    return draft or drafted(), Verdict(outcome=Outcome.SUPPORTED, checks=checks)


def found(*claims: tuple[DraftClaim, Verdict]) -> Found:
    return Found(claims, TODAY)


@pytest.mark.parametrize(
    ("probability", "band"),
    [(1.0, "high"), (0.9, "high"), (0.8999, "moderate"), (0.7, "moderate"), (0.6999, "low"), (0.0, "low")],
)
def test_a_band_begins_at_its_lower_limit(probability: float, band: str) -> None:
    assert banded(probability).band == band


def test_a_confidence_names_its_calibration() -> None:
    assert banded(0.5).calibration == CALIBRATION


@pytest.mark.parametrize(
    ("route", "probability"),
    [
        pytest.param("sure", 0.98, id="a route that is always right is pulled a little towards all"),
        pytest.param("shaky", 0.03, id="a route that is mostly wrong"),
        pytest.param("unheard of", 0.5, id="a route never seen has the overall share"),
    ],
)
def test_a_line_without_a_question_has_the_share_of_its_route(
    monkeypatch: pytest.MonkeyPatch, route: str, probability: float
) -> None:
    monkeypatch.setattr(confidence, "ROUTES", {"sure": (96, 96), "shaky": (1, 96)})
    monkeypatch.setattr(confidence, "OVERALL", 0.5)
    assert confidence_of(drafted(route)).probability == probability


@pytest.mark.parametrize(
    ("odds", "probability"), [(-9.0, 0.2), (-1.0, 0.2), (-0.5, 0.35), (0.0, 0.5), (1.0, 0.7), (2.0, 0.9), (9.0, 0.9)]
)
def test_log_odds_become_shares_along_a_line_that_ends_flat(odds: float, probability: float) -> None:
    assert recalibrated(odds, HEAD) == pytest.approx(probability)


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=20))
def test_more_log_odds_are_never_less_sure(odds: list[float]) -> None:
    for head in (ANSWERED, ABSTAINED):
        said = [recalibrated(each, head) for each in sorted(odds)]
        assert all(0 < one <= other < 1 for one, other in pairwise(said))


def test_a_feature_without_a_weight_counts_nothing() -> None:
    assert log_odds({"open_words": 2.0, "unheard_of": 7.0}, HEAD) == log_odds({"open_words": 2.0}, HEAD) == -1.0


def test_missing_features_are_zeros() -> None:
    assert answer_confidence({}, answered=True).probability == round(recalibrated(ANSWERED.bias, ANSWERED), 3)


LESS_SURE = {
    "a lost event": ({"lost": True}, QUESTION.text),
    "a word that nothing knows": ({"keywords": ("zorp",), "unknown": ("zorp",)}, "What was the last zorp potassium?"),
    "a typing error": ({"corrected": {"pottasium": "potassium"}}, QUESTION.text),
    "a time that was not read": ({}, "What was the last potassium before the operation?"),
    "a reason that is not told": ({}, "What was the last potassium and why did it rise?"),
    "one side of a comparison": ({}, "Potassium at diagnosis vs the last potassium?"),
    "a year that is not told": ({}, "What was the last potassium of 2019?"),
}


@pytest.mark.parametrize(("changed", "text"), LESS_SURE.values(), ids=LESS_SURE)
def test_what_was_not_understood_never_raises_the_confidence(changed: dict[str, object], text: str) -> None:
    plain = answer_features(QUESTION, [PLAN], found(checked()))
    doubtful = answer_features(QUESTION.model_copy(update={"text": text}), [PLAN.model_copy(update=changed)], found(checked()))
    told = {name for name, value in doubtful.items() if name not in _NEUTRAL and plain.get(name) != value}
    assert told, "the features do not tell it"
    shared = {**plain, **{name: doubtful[name] for name in told}}
    assert log_odds(shared, ANSWERED) <= log_odds(plain, ANSWERED)


_NEUTRAL = frozenset({"words", "targets", "candidates", "open_share"})
"""What differs by the wording alone."""


def test_a_lost_word_lowers_the_confidence_of_a_shipped_answer(bundled: AskedChart) -> None:
    plain = bundled.ask("What was the last hemoglobin A1c?", patient="rosa-delgado")
    lost = bundled.ask("What was the last hemoglobin A1c, and who was the glorfindel zorp phlebotomist?", patient="rosa-delgado")
    assert lost.confidence.probability < plain.confidence.probability


def test_the_same_question_has_the_same_confidence(bundled: AskedChart) -> None:
    first, again = (bundled.ask("Is she still on metformin?", patient="rosa-delgado") for _ in range(2))
    assert first.confidence == again.confidence


def test_an_answer_of_several_claims_is_weighed_as_a_whole() -> None:
    claims = [checked(), checked(drafted("near_quote", "Progress note, 2025-03-01: “K 4.1 today.”", support=0.4), entailment=0.7)]
    features = answer_features(QUESTION, [PLAN], found(*claims))
    whole, parts = answer_confidence(features, answered=True), claim_confidences(features, claims)
    assert len(parts) == 2
    assert parts[0].probability > parts[1].probability
    assert whole.probability < parts[0].probability  # what is weak in it weighs on the whole, which has weights of its own


def test_table_and_note_that_tell_the_same_agree() -> None:
    note = checked(drafted("quote", "Progress note, 2025-03-01: “K 4.1 today.”"))
    other = checked(drafted("quote", "Progress note, 2025-03-01: “K 5.9 today.”"))
    assert answer_features(QUESTION, [PLAN], found(checked(), note)).get("routes_agree") == 1.0
    assert answer_features(QUESTION, [PLAN], found(checked(), other)).get("routes_differ") == 1.0


def test_without_a_model_nothing_is_told_of_drafts() -> None:
    features = answer_features(QUESTION, [PLAN], found(checked()))
    assert not {"drafts_disagree", "judge_doubts", "written_by_model"} & set(features)
    written = answer_features(QUESTION, [PLAN], found(checked())._replace(drafts_agree=0.5, judged=0.8))
    assert (written["drafts_disagree"], written["judge_doubts"], written["written_by_model"]) == (0.5, 0.2, 1.0)


def test_an_answer_tells_how_its_likeliest_claim_is_read() -> None:
    assert not {"read_fact", "read_quote", "read_low"} & set(answer_features(QUESTION, [PLAN], found(checked())))
    doubted = answer_features(QUESTION, [PLAN], found(checked())._replace(read=(-3.0, -1.0)))
    assert (doubted["read_fact"], doubted["read_low"]) == (-0.1, 1.0)
    believed = answer_features(QUESTION, [PLAN], found(checked(drafted(route="quote")))._replace(read=(2.0, 50.0)))
    assert believed["read_quote"] == 1.0
    assert not {"read_fact", "read_low"} & set(believed)


def test_an_abstention_tells_its_reason_and_near_misses() -> None:
    exact = PLAN.model_copy(update={"targets": (PLAN.targets[0].model_copy(update={"exact": True}),)})
    silent = Found((), TODAY, reason=AbstentionReason.NOT_UNDERSTOOD)
    features = answer_features(QUESTION, [exact], silent)
    assert features["reason_not_understood"] == features["near_miss"] == 1.0
    assert not any(name.startswith("route_") for name in features)


def test_a_likely_sentence_that_was_not_quoted_makes_an_abstention_doubtful() -> None:
    silent = Found((), TODAY)
    unlikely, likely = (answer_features(QUESTION, [PLAN], silent._replace(looked=odds)) for odds in (-3.0, 1.0))
    assert not {"looked", "look_odds"} & set(answer_features(QUESTION, [PLAN], silent))
    assert unlikely["look_odds"] < likely["look_odds"]
    sure = [answer_confidence(features, answered=False).probability for features in (unlikely, likely)]
    assert sure[0] > sure[1]


# --- an operator's limit ------------------------------------------------------------------------------------------------

RISK = (
    RiskPoint(0.99, 60, 3),
    RiskPoint(0.95, 100, 1),
    RiskPoint(0.9, 200, 4),
    RiskPoint(0.8, 300, 15),
    RiskPoint(0.7, 400, 16),
    RiskPoint(0.1, 500, 80),
)


@pytest.mark.parametrize(
    ("max_wrong", "threshold"),
    [
        pytest.param(0.01, 0.95, id="too few answers to say anything are passed over"),
        pytest.param(0.02, 0.9, id="as much as the limit allows"),
        pytest.param(0.04, 0.9, id="a share that falls back under the limit is not trusted"),
        pytest.param(0.5, 0.0, id="a wide limit shows all"),
    ],
)
def test_the_limit_chooses_the_threshold(max_wrong: float, threshold: float) -> None:
    assert policy_for(max_wrong, risk=RISK) == Policy(max_wrong, threshold)


def test_without_a_limit_every_answer_is_shown() -> None:
    assert not policy_for(None).holds_back(banded(0.0))


def test_a_limit_that_the_calibration_cannot_keep_is_refused_with_the_least_it_can() -> None:
    with pytest.raises(InputError, match=r"max_wrong 0\.005.*0\.010"):
        policy_for(0.005, risk=RISK)


def test_an_answer_at_the_threshold_is_shown() -> None:
    policy = Policy(0.02, 0.9)
    assert not policy.holds_back(banded(0.9))
    assert policy.holds_back(banded(0.899))


# --- what is shipped ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", [ANSWERED, ABSTAINED], ids=["answered", "abstained"])
def test_a_shipped_model_is_whole(head: Head) -> None:
    assert len(head.weights) >= 20
    assert len(head.knots) >= 3
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in pairwise(head.knots))
    assert all(0 < share < 1 for _, share in head.knots)


@pytest.mark.parametrize("figures", [CROSS_VALIDATED, HELD_OUT], ids=["cross-validated", "held out"])
def test_shipped_figures_agree_with_each_other(figures: Measured) -> None:
    assert sum(one.questions for one in figures.reliability) == figures.questions
    assert figures.risk[-1].shown == figures.answers <= figures.questions
    pairs = list(pairwise(figures.risk))
    assert all(a.shown < b.shown and a.wrong <= b.wrong and a.threshold > b.threshold for a, b in pairs)
    assert all(each.low <= each.value <= each.high for each in (figures.ece, figures.auroc, figures.wrong_at_80))


def test_the_name_of_the_calibration_tells_what_it_was_fitted_on() -> None:
    assert f"logistic-{calibration.FITTED_ON}-n{calibration.QUESTIONS}" == CALIBRATION
    assert CROSS_VALIDATED.questions == calibration.QUESTIONS


def test_calibration_needs_no_library_of_models() -> None:
    source = inspect.getsource(calibration) + inspect.getsource(confidence)
    assert not any(name in source for name in ("sklearn", "pickle", "numpy", "open("))


def test_no_similarity_leaks_into_a_confidence() -> None:
    close = checked(drafted("quote", "Progress note, 2025-03-01: “K 4.1 today.”").model_copy(update={"margin": 0.731}))
    features = answer_features(QUESTION, [PLAN], found(close))
    said = {
        answer_confidence(features, answered=True).probability,
        *(each.probability for each in claim_confidences(features, [close])),
    }
    assert 0.731 not in said
    assert all(ANSWERED.knots[0][1] - 0.001 <= each <= ANSWERED.knots[-1][1] + 0.001 for each in said)
