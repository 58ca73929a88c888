"""Is the process alive; can it answer."""

from __future__ import annotations

from typing import Any

from chartcite.api.problems import problem_of
from chartcite.api.state import SharedState
from chartcite.api.wiring import try_search
from chartcite.engine.errors import ChartciteError
from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

router = APIRouter(tags=["health"])
_RESPONSES: dict[int | str, dict[str, Any]] = {503: {"description": "`checks` says which part cannot be used."}}


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Say that the process is alive."""
    return {"status": "ok"}


@router.get("/readyz", responses=_RESPONSES)
def readyz(shared: SharedState) -> Response:
    """Say whether questions can be answered: the store is open, the index and the embedding weights load."""
    checks: dict[str, str] = {"store": "ok", "models": "unknown"}
    try:
        engine = shared.slot.get()
        engine.records.snapshot()
    except ChartciteError as error:
        return _unready({**checks, "store": problem_of(error).detail})
    if shared.slot.is_loading:
        return _unready({**checks, "models": "loading: questions that need no vectors are answered meanwhile, others wait"})
    try:
        try_search(engine)
    except ChartciteError as error:
        return _unready({**checks, "models": problem_of(error).detail})
    checks["models"] = "ok"
    if shared.keeper is not None and shared.keeper.failed:
        checks["receipts"] = f"answers without one: {shared.keeper.failed}; see the log"
    return JSONResponse({"status": "ready", "checks": checks})


def _unready(checks: dict[str, str]) -> Response:
    return JSONResponse({"status": "not ready", "checks": checks}, status_code=503, headers={"Retry-After": "5"})
