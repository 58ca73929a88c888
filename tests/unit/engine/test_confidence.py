from __future__ import annotations

import pytest
from chartcite.engine import confidence
from chartcite.engine.calibration import CALIBRATION
from chartcite.engine.confidence import abstention_confidence, banded, confidence_of
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Citation, Source


def drafted(route: str) -> DraftClaim:
    citation = Citation(id="c", source=Source(resource="Observation/o", path="", title=""), quote="7", start=0, end=1)
    return DraftClaim(text="It was 7.", kind=ClaimKind.RECORD_FACT, citations=(citation,), route=route)


@pytest.fixture
def calibrated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confidence, "ROUTES", {"sure": (96, 96), "shaky": (1, 96), "abstention": (50, 96)})
    monkeypatch.setattr(confidence, "OVERALL", 0.5)


@pytest.mark.parametrize(
    ("probability", "band"),
    [(1.0, "high"), (0.9, "high"), (0.8999, "moderate"), (0.7, "moderate"), (0.6999, "low"), (0.0, "low")],
)
def test_a_band_begins_at_its_lower_limit(probability: float, band: str) -> None:
    assert banded(probability).band == band


@pytest.mark.parametrize(
    ("route", "probability"),
    [
        pytest.param("sure", 0.98, id="a route that is always right is pulled a little towards all"),
        pytest.param("shaky", 0.03, id="a route that is mostly wrong"),
        pytest.param("unheard of", 0.5, id="a route never seen has the overall share"),
    ],
)
@pytest.mark.usefixtures("calibrated")
def test_confidence_is_the_routes_share_of_right_answers(route: str, probability: float) -> None:
    assert confidence_of(drafted(route)).probability == probability


@pytest.mark.usefixtures("calibrated")
def test_an_abstention_has_a_confidence_of_its_own() -> None:
    assert abstention_confidence().probability == 0.52


def test_a_confidence_names_its_calibration() -> None:
    assert banded(0.5).calibration == CALIBRATION
