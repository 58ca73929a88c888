"""The JSON of a calibration: what the confidence of answers means here, and how it was measured."""

from __future__ import annotations

from chartcite.api.wire import Body
from chartcite.engine.confidence import calibration
from chartcite.engine.confidence.confidence import HIGH, MODERATE, Policy
from chartcite.engine.domain.calibrated import Estimate, Measured
from pydantic import Field


class EstimateBody(Body):
    """A figure with its 95 % interval, drawn by patients."""

    value: float
    low: float
    high: float


class ReliabilityBin(Body):
    """Questions of about the same confidence: what was said, and what came true."""

    confidence: float = Field(description="Mean of what was said.")
    right: int
    questions: int
    share: float = Field(description="Share that was right.")


class RiskBody(Body):
    """What is shown, and how much of it is wrong, where only answers of at least some confidence are shown."""

    threshold: float
    coverage: float = Field(description="Share of the answers that is shown.")
    shown: int
    wrong: int
    wrong_share: float


class MeasuredBody(Body):
    """A calibration put to questions that it was not fitted on."""

    questions: int
    answers: int = Field(description="Of the questions, those that were answered; the others were abstentions.")
    ece: EstimateBody = Field(description="Expected calibration error, ten bins of equally many questions.")
    auroc: EstimateBody = Field(description="Chance that a right answer has more confidence than a wrong one.")
    wrong_at_80: EstimateBody = Field(description="Share of wrong ones among the 80 % of the answers with most confidence.")
    reliability: tuple[ReliabilityBin, ...]
    risk_coverage: tuple[RiskBody, ...]


class BandBody(Body):
    """Lower limits of the bands."""

    high: float
    moderate: float


class CalibrationBody(Body):
    """Where the confidence of answers comes from."""

    name: str
    fitted_on: str = Field(description="The day on which it was fitted.")
    questions: int = Field(description="Questions that it was fitted on.")
    patients: int = Field(description="Whose charts they are about.")
    bands: BandBody
    held_out: MeasuredBody = Field(description="On questions about charts that nothing was fitted on.")
    cross_validated: MeasuredBody = Field(description="On the fitted questions, each by a calibration without its patient.")
    max_wrong: float | None = Field(description="Share of wrong answers that the operator accepts; null: every answer is shown.")
    threshold: float = Field(description="Least confidence of an answer that is shown; 0: none is held back.")


def calibration_body(policy: Policy) -> CalibrationBody:
    """Tell the shipped calibration, with the limit that is in force."""
    return CalibrationBody(
        name=calibration.CALIBRATION,
        fitted_on=calibration.FITTED_ON,
        questions=calibration.QUESTIONS,
        patients=calibration.PATIENTS,
        bands=BandBody(high=HIGH, moderate=MODERATE),
        held_out=_measured(calibration.HELD_OUT),
        cross_validated=_measured(calibration.CROSS_VALIDATED),
        max_wrong=policy.max_wrong,
        threshold=policy.threshold,
    )


def _measured(figures: Measured) -> MeasuredBody:
    return MeasuredBody(
        questions=figures.questions,
        answers=figures.answers,
        ece=_estimate(figures.ece),
        auroc=_estimate(figures.auroc),
        wrong_at_80=_estimate(figures.wrong_at_80),
        reliability=tuple(
            ReliabilityBin(**one._asdict(), share=round(one.right / one.questions, 4)) for one in figures.reliability
        ),
        risk_coverage=tuple(
            RiskBody(
                **one._asdict(),
                coverage=round(one.shown / figures.answers, 4),
                wrong_share=round(one.wrong / one.shown, 4),
            )
            for one in figures.risk
        ),
    )


def _estimate(figure: Estimate) -> EstimateBody:
    return EstimateBody(**figure._asdict())
