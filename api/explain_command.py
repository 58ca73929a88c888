"""The command `explain`: how a question is read, what is found for it, and why the answer is what it is."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from chartcite.api.loading import loading


def explain(
    question: Annotated[str, typer.Argument(help="The question in free text.")],
    patient: Annotated[str, typer.Option("--patient", metavar="ID", help="Whose chart.")],
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Answer from what the chart held then.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Show every passage and every dropped sentence.")] = False,  # noqa: FBT002 -- typer's way to a flag
    store: Annotated[
        Path | None, typer.Option("--store", metavar="DIR", help="Folder of the store [default: ./chartcite-store].")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")] = False,  # noqa: FBT002
) -> None:
    """Tell how a question is read, what each route finds, and why each piece of evidence is taken or dropped."""
    from chartcite.api.explain_printing import print_explanation
    from chartcite.api.explanation_wire import explanation_to_wire
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import print_json
    from chartcite.api.wire import batch_question, question_from
    from chartcite.api.wiring import open_engine, store_file, warm
    from chartcite.engine.errors import StoreMissingError
    from chartcite.engine.explain import explain as explain_question

    body = batch_question({"question": question, "patient_id": patient, "as_of": as_of})
    settings = load_settings(store=store)
    if not store_file(settings).is_file():  # said before torch is loaded
        raise StoreMissingError(
            f"there is no store in {settings.store}: run `chartcite ingest PATH... --store {settings.store}` first"
        )
    with loading():
        engine = open_engine(settings)
        started = time.perf_counter()
        warm(engine)
    took = {"loading_ms": round((time.perf_counter() - started) * 1000, 2)}
    found = explanation_to_wire(explain_question(question_from(body, patient_id=body.patient_id), engine=engine))
    found = found.model_copy(update={"timings": {**took, **found.timings}})
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        print_explanation(found, everything=everything, store=f" --store {store}" if store else "")
