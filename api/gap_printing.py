"""How care gaps look on the command line: most pressing first, each with what was last done and by which recommendation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chartcite.api.terminal import clean, console
from chartcite.engine.brief import wrapped

if TYPE_CHECKING:
    from chartcite.engine.domain.answers import Claim
    from chartcite.engine.domain.care import Gap, Gaps
    from chartcite.engine.domain.evidence import Citation

_NOTHING_TO_LOOK_AT = (
    "No recommendation of this store tells an interval for machines, so nothing was looked at. Ingest the guidelines (again): "
    "chartcite ingest corpora/guidelines"
)


def print_gaps(found: Gaps, *, store: str = "", sources: bool = False) -> None:
    """Print the gaps of a patient; numbers in brackets are the sources of a line."""
    out = console()
    if not found.recommendations:
        out.print(f"{_NOTHING_TO_LOOK_AT}{store}", soft_wrap=True)
        return
    numbers: dict[str, tuple[int, Citation]] = {}
    rows = [row for gap in found.gaps for row in (*_rows(gap, numbers), "")]
    looked = f"{found.recommendations} recommendations with an interval looked at, {found.not_applicable} of them no matter here"
    rows += wrapped(f"Up to {found.until}: {looked}. Not yet reviewed by a clinician.", indent=0)
    if found.dropped_claims:
        rows.append(f"{found.dropped_claims} lines failed a check against their source and are not shown")
    for row in rows:
        out.print(row, soft_wrap=True)
    if sources:
        out.print()
        for number, citation in numbers.values():
            quote = " ".join(clean(citation.quote).split())
            where = f"{clean(citation.source.resource)}: chartcite show {citation.id}{store}"
            out.print(f"[{number}] “{quote}”  {where}", soft_wrap=True)
    elif numbers:
        out.print("[n]: --sources prints where each line stands, --json gives all of it", soft_wrap=True)


def _rows(gap: Gap, numbers: dict[str, tuple[int, Citation]]) -> list[str]:
    rows = wrapped(clean(f"{gap.status.upper()}  {gap.kind}: {gap.what}"), indent=0)
    done = f"{gap.last.text} {_places(gap.last, numbers)}" if gap.last else f"none in the chart ({gap.searched})"
    rows += wrapped(clean(f"last: {done}"), indent=4)
    by = f"by {gap.organization}, {gap.year}, strength {gap.strength} {_places(gap.statement, numbers)}"
    rows += wrapped(clean(by), indent=4)
    for one in gap.missing:
        rows += wrapped(clean(f"open: {one.what} ({one.why})"), indent=4)
    for other in gap.otherwise:
        said = (
            f"{other.organization}, {other.year}, strength {other.strength}: {other.position} {_places(other.statement, numbers)}"
        )
        rows += wrapped(clean(f"otherwise, {other.status} by {said}"), indent=4)
    return rows


def _places(claim: Claim, numbers: dict[str, tuple[int, Citation]]) -> str:
    for citation in claim.citations:
        numbers.setdefault(citation.id, (len(numbers) + 1, citation))
    return "".join(dict.fromkeys(f"[{numbers[citation.id][0]}]" for citation in claim.citations))
