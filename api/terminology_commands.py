"""The commands of loaded terminologies: `terminology load`, `terminology list`, `terminology remove`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from chartcite.api.wiring import LoadedRelease

Store = Annotated[Path | None, typer.Option("--store", metavar="DIR", help="Folder of the store [default: ./chartcite-store].")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Kind = Annotated[
    Literal["loinc", "rxnorm", "snomed", "icd10cm", "athena"] | None,
    typer.Option("--kind", help="What it is, where its files do not say."),
]


def load(
    path: Annotated[Path, typer.Argument(help="Folder or zip of a release, as it was published.")],
    kind: Kind = None,
    store: Store = None,
    json: Json = False,  # noqa: FBT002 -- typer's way to a flag
) -> None:
    """Load a terminology release: LOINC, RxNorm, SNOMED CT, ICD-10-CM or a download of Athena. All of it or nothing."""
    from chartcite.api.progress import count_progress
    from chartcite.api.settings import load_settings
    from chartcite.api.wiring import LoadedRelease, terminology_draft
    from chartcite.ingestion.terminologies.releases import open_release

    settings = load_settings(store=store)
    with (
        open_release(path, kind) as opened,
        terminology_draft(settings) as draft,
        count_progress("rows (10,000)", quiet=json) as advance,
    ):
        draft.put(opened.rows, observe=advance)
        told = LoadedRelease(
            opened.name, opened.kind, opened.version, opened.licence, opened.sha256, path.resolve().name, "", 0, 0, 0
        )
        release = draft.finish(told)
    _print([release], json=json)


def list_loaded(store: Store = None, json: Json = False) -> None:  # noqa: FBT002
    """List the terminologies of the store."""
    from chartcite.api.settings import load_settings
    from chartcite.api.wiring import terminologies

    _print(terminologies(load_settings(store=store)), json=json)


def remove(
    name: Annotated[str, typer.Argument(help="Name of the terminology, as `list` gives it.")],
    store: Store = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Take a terminology out of the store: answers are again as before it was loaded."""
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import console, print_json
    from chartcite.api.wiring import drop_terminology

    drop_terminology(load_settings(store=store), name)
    if json:
        print_json({"removed": name})
    else:
        console().print(f"removed {name}", markup=False, highlight=False)


def _print(releases: list[LoadedRelease], *, json: bool) -> None:
    from chartcite.api.terminal import print_json, print_table

    if json:
        print_json({"terminologies": [one._asdict() for one in releases]})
        return
    rows = [(one.name, f"{one.concepts:,}", f"{one.names:,}", f"{one.links:,}", one.sha256[:12], one.licence) for one in releases]
    print_table(("name", "concepts", "names", "links", "sha256", "licence"), rows)
