"""What the commands of the store print: refused entries, checks, an erasure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from chartcite.api.terminal import clean, console, print_json, print_table

if TYPE_CHECKING:
    from chartcite.api.wiring import Check, Erased, Refusal


def print_refusals(refusals: Sequence[Refusal], *, json: bool) -> None:
    """Print the list of what was refused."""
    if json:
        fields = [{"entry": one.number, "file": one.uri, "where": one.where, "reason": one.reason} for one in refusals]
        print_json({"quarantine": fields})
    else:
        rows = [(one.number, one.uri, one.where, one.reason) for one in refusals]
        print_table(("entry", "file", "where", "reason"), rows)


def print_refusal(refusal: Refusal, *, json: bool) -> None:
    """Print one entry, with what was refused."""
    if json:
        told = {"entry": refusal.number, "file": refusal.uri, "where": refusal.where, "reason": refusal.reason}
        print_json({**told, "raw": refusal.raw})
        return
    out = console()
    out.print(clean(f"{refusal.uri}, {refusal.where}: {refusal.reason}"), markup=False, highlight=False)
    out.print(clean(refusal.raw), markup=False, highlight=False, soft_wrap=True)


def print_checks(checks: Sequence[Check], *, json: bool) -> None:
    """Print what was compared, and what to do where it differs."""
    if json:
        print_json({"ok": all(check.ok for check in checks), "checks": [check._asdict() for check in checks]})
    else:
        rows = [("ok" if each.ok else "FAIL", each.part, each.found, each.next_step) for each in checks]
        print_table(("", "part", "found", "what to do"), rows)


def print_erased(erased: Erased, *, json: bool) -> None:
    """Print what was taken out, and what a search of every byte found afterwards."""
    if json:
        print_json({**erased._asdict(), "traces": [trace._asdict() for trace in erased.traces]})
        return
    names = (
        "resources",
        "documents",
        "facts",
        "passages",
        "quarantined",
        "sources_dropped",
        "sources_altered",
        "sources_withdrawn",
        "receipts",
    )
    print_table(("erased", "number"), [(name.replace("_", " "), getattr(erased, name)) for name in names])
    out = console()
    searched = f"searched {erased.searched_bytes:,} bytes for {', '.join(erased.searched)}"
    if not erased.traces:
        out.print(f"{searched}: nothing is left", highlight=False)
    for trace in erased.traces:
        out.print(clean(f"{searched}: {trace.what} still stands {trace.times} times in {trace.place}"), markup=False, style="red")
    if erased.sources_withdrawn:
        out.print(
            "bytes of sources with other patients were withdrawn: ingest those files again without this patient", style="yellow"
        )
