"""The HTTP door: `create_app(settings)`, no globals."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from chartcite.api.guard import Guard
from chartcite.api.problems import (
    MEDIA_TYPE,
    Problem,
    problem_of,
    problem_of_status,
    problem_of_validation,
)
from chartcite.api.routes import ask, briefings, calculators, calibration, care, explain, health, page, receipts, records, safety
from chartcite.api.settings import Settings
from chartcite.api.state import Shared
from chartcite.api.wiring import EngineSlot, open_model_writer
from chartcite.engine.ask import Engine
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.errors import ChartciteError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

_LOG = logging.getLogger(__name__)


def create_app(
    settings: Settings, *, engine: Engine | None = None, writer: ModelWriter | None = None, version: str = "0.1.0"
) -> FastAPI:
    """Build the app on a store (or on an engine that is open already), with the language model of the settings (or with this)."""
    shared = Shared(settings, EngineSlot(settings, engine), writer or open_model_writer(settings))
    app = FastAPI(
        title="chartcite",
        version=version,
        summary="Answers from a chart and from guidelines, each sentence with a citation that opens its source.",
        docs_url=None,  # both viewers load scripts from elsewhere
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.shared = shared
    routers = (
        ask.router,
        explain.router,
        records.router,
        receipts.router,
        briefings.router,
        calculators.router,
        calibration.router,
        care.router,
        safety.router,
        health.router,
        page.page_routes(),
    )
    for router in routers:
        app.include_router(router)
    app.add_exception_handler(ChartciteError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_status)
    app.add_middleware(Guard, hosts=settings.allowed_hosts, max_body_bytes=settings.max_body_bytes)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    shared: Shared = app.state.shared
    slot = shared.slot
    # The server starts all the same: /readyz and every answer say what is missing, and it may come later.
    slot.begin_loading(failed=lambda error: _LOG.warning("not ready: %s", error))
    yield
    await anyio.to_thread.run_sync(slot.end_loading)


def _respond(problem: Problem) -> Response:
    headers = {"Retry-After": "2"} if problem.retryable or problem.status == 503 else None
    return Response(problem.model_dump_json(), status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


async def _on_error(_: Request, error: Exception) -> Response:
    return _respond(problem_of(error) if isinstance(error, ChartciteError) else problem_of_status(500))


async def _on_invalid(_: Request, error: Exception) -> Response:
    return _respond(problem_of_validation(error.errors() if isinstance(error, RequestValidationError) else ()))


async def _on_status(_: Request, error: Exception) -> Response:
    return _respond(problem_of_status(error.status_code if isinstance(error, HTTPException) else 500))
