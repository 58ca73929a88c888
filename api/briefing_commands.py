"""The commands that tell a chart without a question: `changes` and `brief`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from chartcite.engine.errors import InvalidQuestionError

PatientArgument = Annotated[str, typer.Option("--patient", metavar="ID", help="Whose chart.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Tell what the chart held then.")]
Sources = Annotated[bool, typer.Option("--sources", help="Print the source of each line too.")]
Store = Annotated[Path | None, typer.Option("--store", metavar="DIR", help="Folder of the store [default: ./chartcite-store].")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


def changes(
    patient: PatientArgument,
    since: Annotated[
        str,
        typer.Option("--since", metavar="MOMENT", help="A day, “3 months ago”, last-visit, admission, discharge, or an event."),
    ] = "last-visit",
    as_of: AsOf = None,
    sources: Sources = False,  # noqa: FBT002 -- typer's way to a flag
    store: Store = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Tell what changed in a chart since a moment, each line cited."""
    from chartcite.api.briefing_printing import print_changes
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import print_json
    from chartcite.api.wiring import open_chart_lexicon, open_records
    from chartcite.engine.changes import changes as tell
    from chartcite.engine.domain.records import PatientId

    moment, settings = _moment(as_of), load_settings(store=store)
    found = tell(PatientId(patient), since, records=open_records(settings), lexicon=open_chart_lexicon(settings), as_of=moment)
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        print_changes(found, store=_hint(store), sources=sources)


def brief(
    patient: PatientArgument,
    as_of: AsOf = None,
    sources: Sources = False,  # noqa: FBT002
    store: Store = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Tell a chart on one screen, most important first, each line cited."""
    from chartcite.api.briefing_printing import print_brief
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import print_json
    from chartcite.api.wiring import open_chart_lexicon, open_records
    from chartcite.engine.brief import brief as tell
    from chartcite.engine.domain.records import PatientId

    moment, settings = _moment(as_of), load_settings(store=store)
    found = tell(PatientId(patient), records=open_records(settings), lexicon=open_chart_lexicon(settings), as_of=moment)
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        print_brief(found, store=_hint(store), sources=sources)


def _moment(given: str | None) -> date | datetime | None:
    from chartcite.api.wire import parse_moment

    try:
        return parse_moment(given)
    except ValueError as error:
        raise InvalidQuestionError(f"as_of: {error}") from None


def _hint(store: Path | None) -> str:
    return f" --store {store}" if store else ""
