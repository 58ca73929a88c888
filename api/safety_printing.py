"""How a report of medication safety looks on the command line: alerts gravest first, then what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chartcite.api.terminal import clean, console
from chartcite.engine.brief import wrapped

if TYPE_CHECKING:
    from chartcite.engine.domain.evidence import Citation
    from chartcite.engine.domain.medication_alerts import Alert, SafetyReport

_MOST_UNKNOWN = 12


def print_report(report: SafetyReport, *, store: str = "", sources: bool = False) -> None:
    """Print a report; numbers in brackets are the sources of a line."""
    numbers: dict[str, tuple[int, Citation]] = {}
    rows = [report.summary]
    for alert in report.alerts:
        rows += ["", *_alert(alert, numbers)]
    if report.not_known:
        rows += ["", "Not known"]
        for one in report.not_known[:_MOST_UNKNOWN]:
            rows += wrapped(clean(f"{one.what}: {one.why} (for {', '.join(one.medicines)})"), indent=2)
        further = len(report.not_known) - _MOST_UNKNOWN
        rows += [f"  and {further} more: --json gives all of it"] if further > 0 else []
    if report.not_recognised:
        rows += ["", *wrapped(clean(f"No rule speaks of: {', '.join(report.not_recognised)} (not in the terminology)"), indent=0)]
    taken = ", ".join(dict.fromkeys(line.claim.citations[0].source.title for line in report.medicines)) or "none in the chart"
    rows += ["", *wrapped(clean(f"Medicines looked at: {taken}"), indent=0)]
    out = console()
    for each in rows:
        out.print(each, soft_wrap=True, markup=False, highlight=False)
    if sources:
        out.print()
        for number, citation in numbers.values():
            quote = " ".join(clean(citation.quote).split())
            told = f"[{number}] “{quote}”  {clean(citation.source.resource)}: chartcite show {citation.id}{store}"
            out.print(told, soft_wrap=True, markup=False, highlight=False)
    elif numbers:
        out.print("[n]: --sources prints where each line stands, --json gives all of it", markup=False, highlight=False)


def _alert(alert: Alert, numbers: dict[str, tuple[int, Citation]]) -> list[str]:
    for citation in alert.line.claim.citations:
        numbers.setdefault(citation.id, (len(numbers) + 1, citation))
    places = "".join(f"[{numbers[citation.id][0]}]" for citation in alert.line.claim.citations)
    rows = wrapped(clean(f"{alert.line.claim.text} {places}"), indent=0)
    rows += wrapped(clean(f"why: {alert.mechanism}"), indent=4)
    rows += wrapped(clean(f"value: {alert.value}"), indent=4) if alert.value else []
    return rows + wrapped(clean(f"to consider: {alert.consider} ({alert.review_state})"), indent=4)
