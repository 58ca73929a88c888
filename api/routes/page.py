"""The page at `/`: four hand-written files, served from memory."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

_STATIC = Path(__file__).parent.parent / "static"
_FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/static/app.js": ("app.js", "text/javascript; charset=utf-8"),
    "/static/style.css": ("style.css", "text/css; charset=utf-8"),
    "/static/icon.svg": ("icon.svg", "image/svg+xml"),
}


def page_routes() -> APIRouter:
    """Return the routes of the page, its files read once."""
    router = APIRouter(include_in_schema=False)
    for address, (name, media_type) in _FILES.items():
        _serve(router, address, (_STATIC / name).read_bytes(), media_type)
    return router


def _serve(router: APIRouter, address: str, content: bytes, media_type: str) -> None:
    async def file() -> Response:
        return Response(content, media_type=media_type)

    router.get(address)(file)
