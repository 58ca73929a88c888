"""The commands about guidelines: `gaps`, and `guidelines list`, `show` and `import`."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from chartcite.engine.errors import InvalidQuestionError

if TYPE_CHECKING:
    from chartcite.engine.guidelines.guidelines import Recommendation

Store = Annotated[Path | None, typer.Option("--store", metavar="DIR", help="Folder of the store [default: ./chartcite-store].")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]


def gaps(
    patient: Annotated[str, typer.Option("--patient", metavar="ID", help="Whose chart.")],
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Tell what was due then.")] = None,
    sources: Annotated[bool, typer.Option("--sources", help="Print the source of each line too.")] = False,  # noqa: FBT002 -- typer's way to a flag
    store: Store = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Tell which screening, immunisation and monitoring is overdue, due, unknown or up to date, by the guidelines."""
    from chartcite.api.gap_printing import print_gaps
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import print_json
    from chartcite.api.wiring import open_chart_lexicon, open_records
    from chartcite.engine.care_gaps import care_gaps
    from chartcite.engine.domain.records import PatientId

    moment, settings = _moment(as_of), load_settings(store=store)
    found = care_gaps(PatientId(patient), records=open_records(settings), lexicon=open_chart_lexicon(settings), as_of=moment)
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        print_gaps(found, store=f" --store {store}" if store else "", sources=sources)


def list_guidelines(store: Store = None, json: Json = False) -> None:  # noqa: FBT002
    """List the recommendations of the store: id, grade, source and status."""
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import clean, console, print_json
    from chartcite.api.wiring import open_records
    from chartcite.engine.guidelines.guidelines import library

    known = library(open_records(load_settings(store=store))).recommendations
    if json:
        print_json([_plain(one) for one in known])
        return
    out = console()
    for one in known:
        mark = "" if one.status == "current" else " [superseded]"
        out.print(
            clean(f"{one.id}{mark}  {one.heading}  ({one.organization}, {one.year}; strength {one.strength})"), soft_wrap=True
        )


def show_guideline(
    identity: Annotated[str, typer.Argument(metavar="ID", help="Of a guideline, or of one recommendation: `guideline#R1`.")],
    store: Store = None,
    json: Json = False,  # noqa: FBT002
) -> None:
    """Show a recommendation, or all of a guideline, with conditions and versions."""
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import clean, console, print_json
    from chartcite.api.wiring import open_chart_lexicon, open_records
    from chartcite.engine.guidelines.guideline_words import condition_words, due_words
    from chartcite.engine.guidelines.guidelines import library

    settings = load_settings(store=store)
    known = library(open_records(settings))
    found = [one for one in known.recommendations if identity in {one.id, one.guideline}]
    if not found:
        raise InvalidQuestionError(f"no guideline or recommendation {identity}: `chartcite guidelines list` names them")
    if json:
        print_json([_plain(one) for one in found])
        return
    out, lexicon = console(), open_chart_lexicon(settings)
    for one in found:
        rows = [f"{one.id}: {one.heading} [{one.status}]", f"  {one.statement}", f"  {one.source}; version {one.version}"]
        rows += [f"  {key}: {words}" for key, words in one.bullets.items()]
        rule = one.rule
        rows += [f"  {each.role}: {condition_words(each, lexicon)}" for each in (rule.conditions if rule else ())]
        rows += [f"  {each.role}: {due_words(each, lexicon)}" for each in (rule.dues if rule else ())]
        rows += [] if rule else ["  conditions to be judged by the reader"]
        rows += [f"  superseded by {one.superseded_by}"] if one.superseded_by else []
        rows += [f"  supersedes {one.supersedes}"] if one.supersedes else []
        for row in rows:
            out.print(clean(row), soft_wrap=True)


def import_guideline(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Text or Markdown; or a draft that was edited.")],
    into: Annotated[Path, typer.Option("--into", metavar="FOLDER", help="Where draft and guideline are written.")] = Path(),
    confirm: Annotated[bool, typer.Option("--confirm", help="Ask for each recommendation, and write the guideline.")] = False,  # noqa: FBT002
) -> None:
    """Turn a document into a draft in the form of the corpus; only what a human confirms becomes a guideline."""
    from chartcite.api.terminal import clean, console
    from chartcite.ingestion.guideline_import import confirmed, draft_of, is_draft, recommendations_in

    text = file.read_text(encoding="utf-8")
    out = console()
    draft = text if is_draft(text) else draft_of(text, name=file.stem)
    if not is_draft(text):
        target = into / f"{file.stem}.draft.md"
        target.write_text(draft, encoding="utf-8")
        out.print(f"{target}: {len(recommendations_in(draft))} possible recommendations, none of them confirmed", soft_wrap=True)
        out.print("fill in the head and each bullet, then run `chartcite guidelines import --confirm` on it", soft_wrap=True)
        if not confirm:
            return
    if not confirm:
        raise InvalidQuestionError("this is a draft: add --confirm to go through its recommendations one by one")
    kept: list[str] = []
    for number, statement in recommendations_in(draft).items():
        out.print(clean(f"{number}. {statement}"), soft_wrap=True)
        if typer.confirm("Is this recommendation as its source says?", default=False):
            kept.append(number)
    target = into / f"{file.stem.removesuffix('.draft')}.md"
    target.write_text(confirmed(draft, kept), encoding="utf-8")
    out.print(
        f"{target}: {len(kept)} recommendations confirmed; `chartcite ingest {target}` puts them into a store", soft_wrap=True
    )


def _moment(given: str | None) -> date | datetime | None:
    from chartcite.api.wire import parse_moment

    try:
        return parse_moment(given)
    except ValueError as error:
        raise InvalidQuestionError(f"as_of: {error}") from None


def _plain(one: Recommendation) -> dict[str, object]:
    return {
        "id": one.id,
        "heading": one.heading,
        "statement": one.statement,
        "organization": one.organization,
        "title": one.title,
        "year": one.year,
        "version": one.version,
        "identifier": one.identifier,
        "status": one.status,
        "superseded_by": one.superseded_by,
        **{key.lower(): words for key, words in one.bullets.items()},
        "computable": one.rule is not None,
    }
