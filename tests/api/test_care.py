"""Care gaps over HTTP."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import ROSA

pytestmark = pytest.mark.usefixtures("hashing")


def test_gaps_over_http_are_of_the_day_asked_for(client: TestClient) -> None:
    found = client.get(f"/v1/patients/{ROSA}/gaps", params={"as_of": "2026-11-21"}).json()
    assert (found["patient_id"], found["until"], found["dropped_claims"]) == (ROSA, "2026-11-21", 0)
    assert found["recommendations"] > 0
    assert len(found["gaps"]) + found["not_applicable"] == found["recommendations"]
    assert all(gap["statement"]["citations"] for gap in found["gaps"])


@pytest.mark.parametrize(
    ("path", "status"), [("/v1/patients/nobody/gaps", 404), (f"/v1/patients/{ROSA}/gaps?as_of=soonish", 422)]
)
def test_errors_are_told(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status
