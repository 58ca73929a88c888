"""Stored receipts of answers, each inside the scope that its question had; and the same question answered again."""

from __future__ import annotations

from typing import Annotated, Any

from chartcite.api.problems import OverloadedError, Problem
from chartcite.api.receipt_wire import ReceiptList, ReplayBody, receipts_to_wire, replay_to_wire
from chartcite.api.state import Shared, SharedState
from chartcite.api.wiring import made_with
from chartcite.engine.domain.receipts import StoredReceipt
from chartcite.engine.domain.records import PatientId
from chartcite.engine.replay import replay
from fastapi import APIRouter, Path, Query

_PROBLEMS: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (404, 422, 503)}
router = APIRouter(prefix="/v1", tags=["receipts"], responses=_PROBLEMS)
ReceiptId = Annotated[str, Path(max_length=64)]
Limit = Annotated[int, Query(ge=1, le=1000)]


@router.get("/patients/{patient_id}/receipts")
def receipts_of_patient(patient_id: str, shared: SharedState, limit: Limit = 50) -> ReceiptList:
    """List the receipts of questions about one patient, newest first."""
    shared.slot.get().records.patient(PatientId(patient_id))
    return receipts_to_wire(shared.receipts.of_patient(PatientId(patient_id), limit=limit), patient_id=patient_id)


@router.get("/patients/{patient_id}/receipts/{receipt_id}")
def receipt_of_patient(patient_id: str, receipt_id: ReceiptId, shared: SharedState) -> StoredReceipt:
    """Open the receipt of a question about one patient; one of another patient is not found."""
    return shared.receipts.get(receipt_id, patient_id=PatientId(patient_id))


@router.post("/patients/{patient_id}/receipts/{receipt_id}/replay")
async def replay_of_patient(patient_id: str, receipt_id: ReceiptId, shared: SharedState) -> ReplayBody:
    """Answer the question of a receipt again, with what a model wrote then, and tell what differs."""
    return await _replayed(receipt_id, PatientId(patient_id), shared)


@router.get("/receipts")
def receipts_of_guidelines(shared: SharedState, limit: Limit = 50) -> ReceiptList:
    """List the receipts of questions to the guidelines, newest first."""
    return receipts_to_wire(shared.receipts.of_patient(None, limit=limit), patient_id=None)


@router.get("/receipts/{receipt_id}")
def receipt_of_guidelines(receipt_id: ReceiptId, shared: SharedState) -> StoredReceipt:
    """Open the receipt of a question to the guidelines; one of a patient is not found."""
    return shared.receipts.get(receipt_id, patient_id=None)


@router.post("/receipts/{receipt_id}/replay")
async def replay_of_guidelines(receipt_id: ReceiptId, shared: SharedState) -> ReplayBody:
    """Answer the question of a receipt again, and tell what differs."""
    return await _replayed(receipt_id, None, shared)


async def _replayed(receipt_id: str, patient_id: PatientId | None, shared: Shared) -> ReplayBody:
    if shared.at_work >= shared.settings.max_waiting_questions:
        raise OverloadedError("too many questions are waiting: ask again in a moment")
    shared.at_work += 1
    try:
        kept: StoredReceipt = await shared.beside(lambda: shared.receipts.get(receipt_id, patient_id=patient_id))
        engine = await shared.beside(shared.slot.get)
        found = await replay(kept, engine=engine, made_with=made_with(shared.settings), beside=shared.beside)
    finally:
        shared.at_work -= 1
    return replay_to_wire(found)
