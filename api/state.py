"""What the routes of one app share: settings, the engine, and the bound on questions at work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, cast

import anyio
import anyio.to_thread
from chartcite.api.settings import Settings
from chartcite.api.wiring import EngineSlot, open_keeper, open_receipts
from chartcite.engine.ask import Engine
from chartcite.engine.drafting.writing_session import ModelWriter
from chartcite.engine.keeping import Keeper
from chartcite.engine.ports import ReceiptShelf
from fastapi import Depends, Request


class Shared:
    """Made once by `create_app`."""

    def __init__(self, settings: Settings, slot: EngineSlot, writer: ModelWriter | None = None) -> None:
        self.settings = settings
        self.slot = slot
        self.writer = writer
        """The language model; `None`: answers are made without one."""
        self.keeper: Keeper | None = open_keeper(settings)
        """Stores the receipts of answers; `None`: none are stored."""
        self.receipts: ReceiptShelf = self.keeper.shelf if self.keeper else open_receipts(settings)
        self.threads = anyio.CapacityLimiter(settings.answer_threads)
        self.at_work = 0
        """Questions that wait or are being answered. Changed on the event loop only."""

    async def beside(self, work: Callable[[], Any], /) -> Any:  # noqa: ANN401 -- returns what the work returns
        """Run work in a thread, at most `answer_threads` at once."""
        return await anyio.to_thread.run_sync(work, limiter=self.threads)


def shared_of(request: Request) -> Shared:
    """Return what the app of this request shares."""
    return cast("Shared", request.app.state.shared)


SharedState = Annotated[Shared, Depends(shared_of)]


def engine_of(shared: SharedState) -> Engine:
    """Return the engine (opened in the worker thread of this dependency, if nobody did before)."""
    return shared.slot.get()


OpenEngine = Annotated[Engine, Depends(engine_of)]
