"""How receipts and replays look on the command line: stage by stage, at most `COLUMNS` columns, nothing of a record obeyed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from chartcite.api.terminal import clean, console, print_table
from chartcite.engine.answers.focus import WRITTEN
from chartcite.engine.brief import COLUMNS, wrapped
from chartcite.engine.domain.replays import Change, Sameness

if TYPE_CHECKING:
    from chartcite.api.receipt_wire import ReceiptList
    from chartcite.engine.domain.answers import ClaimReview
    from chartcite.engine.domain.receipts import ModelDocument, StoredReceipt
    from chartcite.engine.domain.replays import Replay

HEADING = 14
MOST_EVIDENCE = 20
_LONGEST = 240
_SAID = {
    Sameness.IDENTICAL: "identical: byte for byte, but for timings",
    Sameness.SAME_ANSWER: "the same answer: what is shown is the same byte for byte, how it came about is not",
    Sameness.CHANGED: "changed: another answer than was shown",
}
_MARKS = {Change.SAME: "=", Change.CHANGED: "~", Change.GONE: "-", Change.NEW: "+"}
_STYLES = {Change.CHANGED: "yellow", Change.GONE: "red", Change.NEW: "green"}


def print_receipts(found: ReceiptList) -> None:
    """Print the receipts of one scope, newest first."""
    rows = [(each.id, each.asked_at[:16].replace("T", " "), each.kind, each.generator, each.question) for each in found.receipts]
    print_table(("id", "asked (UTC)", "answer", "written by", "question"), rows)


def print_receipt(kept: StoredReceipt, quotes: dict[str, str | None], *, store: str = "") -> None:
    """Print a receipt. `quotes`: the words behind each citation, `None` where it opens no longer; `store`: for commands."""
    out = console()
    for line in receipt_rows(kept, quotes, store=store):
        out.print(line, soft_wrap=True)


def receipt_rows(kept: StoredReceipt, quotes: dict[str, str | None], *, store: str = "") -> Iterator[str]:
    """Yield the rows: question, how it was read, evidence, what was drafted with its verdicts, answer, basis, timings."""
    question, numbers = kept.question, {id_: number for number, id_ in enumerate(quotes, start=1)}
    yield from _row("receipt", f"{kept.id}, asked {kept.asked_at.isoformat(sep=' ', timespec='seconds')}")
    yield from _row("patient", question.patient_id or "none: the guidelines were asked")
    yield from _row("question", question.text)
    yield from _row("as of", question.as_of.isoformat() if question.as_of else "")
    yield from _row("audience", question.audience)
    for turn in question.earlier:
        yield from _row("asked before", turn.question)
    yield ""
    yield "HOW IT WAS READ"
    for part in _parts(kept.receipt.plan):
        yield from _read(part)
    yield ""
    yield f"THE EVIDENCE ({len(quotes)} {'citation' if len(quotes) == 1 else 'citations'})"
    yield from _evidence(numbers, quotes, store=store)
    yield ""
    yield "WHAT WAS DRAFTED"
    yield from _drafted(kept)
    yield ""
    yield f"THE ANSWER ({kept.kind})"
    left = kept.text
    for claim in kept.claims:
        places = " ".join(f"[{numbers[id_]}]" for id_ in claim.citations if id_ in numbers)
        yield from _row(f"  {claim.confidence:.2f}", f"{_cut(claim.text)} {places}")
        left = left.replace(claim.text, "", 1)
    for line in left.splitlines():
        yield from _row("", line)
    yield from _row("confidence", f"{kept.confidence.band} ({kept.confidence.probability:.2f})")
    yield from _row("notice", kept.notice)
    yield ""
    yield "WHAT IT WAS MADE WITH"
    for name, value in kept.basis.model_dump().items():
        yield from _row(name, str(value))
    yield from _row("timings", _times(kept.receipt.timings))
    whose = f" --patient {question.patient_id}" if question.patient_id else ""
    yield ""
    yield clean(f"chartcite replay {kept.id}{whose}{store}")


def _evidence(numbers: dict[str, int], quotes: dict[str, str | None], *, store: str) -> Iterator[str]:
    for id_, quote in list(quotes.items())[:MOST_EVIDENCE]:
        yield from _row(f"  [{numbers[id_]}]", f"“{_cut(quote)}”" if quote is not None else "opens no longer: its source is gone")
        yield f"{'':<{HEADING}}{clean(f'chartcite show {id_}{store}')}"
    if len(quotes) > MOST_EVIDENCE:
        yield from _row("", f"and {len(quotes) - MOST_EVIDENCE} more: --json names them all")


def _parts(plan: dict[str, object]) -> list[dict[str, Any]]:
    parts = plan.get("parts")
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _read(part: dict[str, Any]) -> Iterator[str]:
    yield from _row("part", str(part.get("text", "")))
    asked = [part.get("intent", ""), part.get("event") and f"event {part['event']}", part.get("subject")]
    yield from _row("asks", "; ".join(str(each).replace("_", " ") for each in asked if each))
    for target in part.get("targets", ()):
        named = f" = {target['label']}" if target.get("label") != target.get("words") else ""
        kind = f" ({target['kind']})" if target.get("kind") else ""
        yield from _row("about", f"{target.get('words')}{named}{kind}")
    if window := part.get("window"):
        yield from _row("time", f"“{window.get('words', '')}”: {window.get('first') or '…'} to {window.get('last') or '…'}")
    mended = part.get("corrected", {})
    yield from _row("mended", ", ".join(f"{wrong} read as {right}" for wrong, right in mended.items()))
    yield from _row("not known", ", ".join(part.get("unknown", ())))


def _drafted(kept: StoredReceipt) -> Iterator[str]:
    receipt, writing = kept.receipt, kept.receipt.writing
    routes = [route.replace("_", " ") for route in receipt.routes if route != WRITTEN]
    yield from _row("by code", ", ".join(routes) or "nothing")
    yield from _row("dropped", f"{receipt.dropped_claims} of all drafts, since a check failed" if receipt.dropped_claims else "")
    if writing is None:
        yield from _row("by a model", "nothing: none was asked")
        return
    known = f"{writing.model or 'a model that did not say its name'}, prompt {writing.prompt}"
    yield from _row("by a model", f"{known}, {writing.drafts} {'draft' if writing.drafts == 1 else 'drafts'}")
    yield from _row("it could cite", f"{len(writing.evidence)} sentences ({writing.left_out} items left out)")
    yield from _row("it failed", writing.failure)
    for review in writing.reviews:
        yield from _row(f"  {review.fate.replace('_', ' ')}", f"{_cut(review.claim.text)} {_why(review)}")
    for number, document in enumerate(kept.work.documents if kept.work else (), start=1):
        state = document.failure or ("" if document.finished else "broken off")
        yield from _row(f"  written {number}", f"{_written(document)}{f' ({state})' if state else ''}")


def _written(document: ModelDocument) -> str:
    """Say what a model wrote: its verdict or its sentences, or the text as it came where it has no such form."""
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        content = json.loads(document.text)
        if "verdict" in content:
            return f"verdict: {content['verdict']}"
        said = [f"“{claim['text']}” [{', '.join(claim['citations'])}]" for claim in content["claims"]]
        return f"{'answer' if content['answerable'] else 'no answer'}: {'; '.join(said) or 'no sentence'}"
    return f"{document.form_name}: {_cut(document.text)}"


def _why(review: ClaimReview) -> str:
    failed = f"; {review.failed}{f': “{review.said}”' if review.said else ''}" if review.failed else ""
    return f"({', '.join(review.claim.citations)}{failed})"


def print_replay(found: Replay, *, store: str = "") -> None:
    """Print whether it is the same answer, and else what differs."""
    from rich.text import Text

    out = console()
    style = {Sameness.IDENTICAL: "green", Sameness.SAME_ANSWER: "yellow"}.get(found.sameness, "red")
    for line in _row("question", found.question):
        out.print(line, soft_wrap=True)
    for line in _row("replay", _SAID[found.sameness]):
        out.print(Text(line, style=style), soft_wrap=True)
    for line in replay_rows(found, store=store):
        out.print(line, soft_wrap=True)
    out.print()
    out.print("THE ANSWER NOW" if found.sameness is Sameness.CHANGED else "THE ANSWER")
    for change in found.claims:
        for line in _row(f"  {_MARKS[change.change]} {change.change}", _cut(change.text)):
            out.print(Text(line, style=_STYLES.get(change.change, "")), soft_wrap=True)
        for difference in change.differences:
            for line in _row("", f"{difference.what}: {difference.then} → {difference.now}", hang=HEADING + 2):
                out.print(line, soft_wrap=True)
    if not found.claims:
        for line in _row("", found.answer.text):
            out.print(line, soft_wrap=True)


def replay_rows(found: Replay, *, store: str = "") -> Iterator[str]:
    """Yield the rows of what differs: basis, notes, reading, verdicts, evidence."""
    written = {"nobody": "no language model", "recorded": "what the model wrote then"}
    yield from _row("written by", written.get(found.writer, found.writer))
    for note in found.notes:
        yield from _row("note", note)
    yield from _section("MADE WITH", [f"{one.what}: {one.then or '(none)'} → {one.now or '(none)'}" for one in found.basis])
    yield from _section("READ OTHERWISE", [f"{one.what}: {one.then or '(none)'} → {one.now or '(none)'}" for one in found.plan])
    yield from _section(
        "SENTENCES OF THE MODEL",
        [f"{_cut(one.text)} ({one.then or 'not written'} → {one.now or 'not written'})" for one in found.verdicts],
    )
    yield from _section("EVIDENCE", list(_evidence_told(found, store=store)))
    yield from _section("PARTS THAT DIFFER", [", ".join(found.parts)] if found.parts else [])


def _evidence_told(found: Replay, *, store: str) -> Iterator[str]:
    for what, ids in (
        ("opens no longer", found.evidence_gone),
        ("no longer part of the answer", found.evidence_unused),
        ("new", found.evidence_new),
    ):
        named = ", ".join(ids[:MOST_EVIDENCE])
        more = f" and {len(ids) - MOST_EVIDENCE} more" if len(ids) > MOST_EVIDENCE else ""
        if ids:
            yield f"{what}: {named}{more}{f' (chartcite show ID{store})' if what == 'new' else ''}"


def _section(heading: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield heading
    for line in lines:
        yield from _row("", line)


def _times(timings: dict[str, float]) -> str:
    return ", ".join(f"{name.removesuffix('_ms').replace('_', ' ')} {value:,.1f} ms" for name, value in timings.items())


def _row(heading: str, text: str, *, hang: int = HEADING) -> list[str]:
    """Return a heading with its text beside it; nothing where there is no text."""
    lines = wrapped(" ".join(clean(text).split()), indent=hang)
    return [f"{heading:<{hang}}{lines[0].lstrip()}"[:COLUMNS], *lines[1:]] if lines else []


def _cut(text: str, longest: int = _LONGEST) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= longest else f"{line[:longest]}…"
