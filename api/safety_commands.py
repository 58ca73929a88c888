"""The commands of medication safety: `safety check`, and `safety load`, `safety list`, `safety remove` for rules of your own."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from chartcite.engine.errors import InvalidQuestionError, SourceRejectedError

if TYPE_CHECKING:
    from chartcite.api.wiring import LoadedRuleSet

Store = Annotated[Path | None, typer.Option("--store", metavar="DIR", help="Folder of the store [default: ./chartcite-store].")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
MOST_BYTES = 20_000_000
_MOST_REFUSALS = 20


def check(
    patient: Annotated[str, typer.Option("--patient", metavar="ID", help="Whose chart.")],
    add: Annotated[
        str, typer.Option("--add", metavar="MEDICINE", help="A medicine that is proposed: ingredient, class or brand.")
    ] = "",
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Check what the chart held then.")] = None,
    sources: Annotated[bool, typer.Option("--sources", help="Print the source of each line too.")] = False,  # noqa: FBT002
    store: Store = None,
    json: Json = False,  # noqa: FBT002 -- typer's way to a flag
) -> None:
    """Check what a patient takes, or a medicine that is proposed, against the rules of medication safety."""
    from chartcite.api.safety_printing import print_report
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import print_json
    from chartcite.api.wiring import open_chart_lexicon, open_records
    from chartcite.engine.domain.records import PatientId
    from chartcite.engine.medication_safety import medication_safety

    moment, settings = _moment(as_of), load_settings(store=store)
    records, lexicon = open_records(settings), open_chart_lexicon(settings)
    report = medication_safety(PatientId(patient), records=records, lexicon=lexicon, add=add, as_of=moment)
    if json:
        print_json(report.model_dump(mode="json"))
    else:
        print_report(report, store=f" --store {store}" if store else "", sources=sources)


def load(
    path: Annotated[Path, typer.Argument(help="Table of rules: tab- or comma-separated, one rule a row (docs/safety.md).")],
    name: Annotated[str, typer.Option("--name", help="Name of the set [default: the file's].")] = "",
    version: Annotated[str, typer.Option("--version", help="Version of the source, as its publisher writes it.")] = "",
    licence: Annotated[str, typer.Option("--licence", help="Licence under which you use it.")] = "",
    store: Store = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Load rules of your own, such as a licensed interaction list. All of it or nothing: bad rows are named."""
    from chartcite.api.settings import load_settings
    from chartcite.api.wiring import LoadedRuleSet, keep_rules, read_rules

    settings = load_settings(store=store)
    content = _content(path)
    text = content.decode("utf-8-sig", "strict") if _is_utf8(content) else _refuse(path, "it is not UTF-8: save it as UTF-8")
    table = read_rules(text, settings)
    if table.refusals:
        told = [f"line {one.line}: {one.reason}" for one in table.refusals[:_MOST_REFUSALS]]
        more = len(table.refusals) - len(told)
        rest = f"\n  and {more} more" if more else ""
        rows = "\n  ".join(told)
        raise SourceRejectedError(f"{path.name}: nothing was loaded, these rows cannot be used:\n  {rows}{rest}")
    told_of = LoadedRuleSet(
        name or _name_of(path), version or "undated", licence or "not stated", sha256(content).hexdigest(), path.name, "",
        len(table.rules),
    )  # fmt: skip
    _print([keep_rules(settings, told_of, text)], json=json)


def list_loaded(store: Store = None, json: Json = False) -> None:  # noqa: FBT002
    """List the bundled rules and those that were loaded into the store."""
    from chartcite.api.settings import load_settings
    from chartcite.api.wiring import LoadedRuleSet, bundled_rules, loaded_rules

    settings = load_settings(store=store)
    one = bundled_rules(settings)
    bundled = LoadedRuleSet(one.name, one.version, one.licence, "", "bundled", "", len(one.rules))
    _print([bundled, *loaded_rules(settings)], json=json)


def remove(
    name: Annotated[str, typer.Argument(help="Name of the set, as `list` gives it.")],
    store: Store = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Take loaded rules out of the store: reports are again as before they were loaded."""
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import console, print_json
    from chartcite.api.wiring import drop_rules

    drop_rules(load_settings(store=store), name)
    if json:
        print_json({"removed": name})
    else:
        console().print(f"removed {name}", markup=False, highlight=False)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            _refuse(path, f"it is larger than {MOST_BYTES:,} bytes: split it")
        return path.read_bytes()
    except OSError as error:
        raise SourceRejectedError(f"{path}: cannot be read: is the path right, and may you read it?") from error


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _refuse(path: Path, why: str) -> str:
    raise SourceRejectedError(f"{path.name}: {why}")


def _name_of(path: Path) -> str:
    words = "".join(character if character.isascii() and character.isalnum() else " " for character in path.stem.lower()).split()
    return "-".join(words) or "rules"


def _moment(given: str | None) -> date | datetime | None:
    from chartcite.api.wire import parse_moment

    try:
        return parse_moment(given)
    except ValueError as error:
        raise InvalidQuestionError(f"as_of: {error}") from None


def _print(sets: list[LoadedRuleSet], *, json: bool) -> None:
    from chartcite.api.terminal import print_json, print_table

    if json:
        print_json({"rule_sets": [one._asdict() for one in sets]})
        return
    rows = [(one.name, one.version, f"{one.rules:,}", one.source, one.sha256[:12], one.licence) for one in sets]
    print_table(("name", "version", "rules", "source", "sha256", "licence"), rows)
