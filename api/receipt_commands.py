"""The commands of stored receipts: `receipts` lists and shows them, `replay` answers one again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Literal

import typer
from chartcite.engine.errors import InputError, StoreMissingError

DIFFERS = 5
"""Exit code of a replay that gives another answer than was shown."""
PatientOption = Annotated[
    str | None, typer.Option("--patient", metavar="ID", help="Whose chart was asked; without it: the guidelines.")
]
Store = Annotated[Path | None, typer.Option("--store", metavar="DIR", help="Folder of the store [default: ./chartcite-store].")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


def receipts(
    action: Annotated[Literal["list", "show"], typer.Argument(help="List them, or show one.")] = "list",
    receipt: Annotated[str | None, typer.Argument(help="Id of the receipt to show.")] = None,
    patient: PatientOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="List at most so many.")] = 50,
    store: Store = None,
    json: Json = False,  # noqa: FBT002 -- typer's way to a flag
) -> None:
    """Look at stored receipts of answers: what was asked, how it was read, drafted and checked."""
    from chartcite.api.receipt_printing import print_receipt, print_receipts
    from chartcite.api.receipt_wire import receipts_to_wire
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import print_json
    from chartcite.api.wiring import open_receipts, open_records
    from chartcite.engine.domain.records import PatientId
    from chartcite.engine.keeping import quotes_of

    settings = load_settings(store=store)
    records, shelf = open_records(settings), open_receipts(settings)
    whose = PatientId(patient) if patient else None
    if action == "list":
        if whose is not None:
            records.patient(whose)
        found = receipts_to_wire(shelf.of_patient(whose, limit=limit), patient_id=whose)
        if json:
            print_json(found.model_dump(mode="json"))
        else:
            print_receipts(found)
        return
    if receipt is None:
        raise InputError("give the id of the receipt: `chartcite receipts --patient ID` lists them")
    kept = shelf.get(receipt, patient_id=whose)
    if json:
        print_json(kept.model_dump(mode="json"))
    else:
        print_receipt(kept, quotes_of(kept, records), store=f" --store {store}" if store else "")


def replay(
    receipt: Annotated[str, typer.Argument(help="Id of the receipt.")],
    patient: PatientOption = None,
    generator_url: Annotated[
        str | None,
        typer.Option("--generator-url", metavar="URL", help="Let this server's model write in place of the recorded one."),
    ] = None,
    store: Store = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Answer a receipt's question again, as of when it was asked, and tell what differs (exit code 5: another answer)."""
    from chartcite.api.receipt_printing import print_replay
    from chartcite.api.receipt_wire import replay_to_wire
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import print_json
    from chartcite.api.wiring import made_with, open_engine, open_model_writer, open_receipts, store_file
    from chartcite.engine.domain.records import PatientId
    from chartcite.engine.domain.replays import Sameness
    from chartcite.engine.replay import replay as answer_again

    settings = load_settings(store=store, generator_url=generator_url)
    if not store_file(settings).is_file():  # said before torch is loaded
        step = f"run `chartcite ingest PATH... --store {settings.store}` first"
        raise StoreMissingError(f"there is no store in {settings.store}: {step}")
    kept = open_receipts(settings).get(receipt, patient_id=PatientId(patient) if patient else None)
    # A server that only the environment names wrote other answers: a replay asks it when told to.
    writer = open_model_writer(settings) if generator_url else None
    found = asyncio.run(answer_again(kept, engine=open_engine(settings), made_with=made_with(settings), writer=writer))
    if json:
        print_json(replay_to_wire(found).model_dump(mode="json"))
    else:
        print_replay(found, store=f" --store {store}" if store else "")
    if found.sameness is Sameness.CHANGED:
        raise typer.Exit(DIFFERS)
