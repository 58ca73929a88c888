"""The command line. Heavy libraries are imported by the command that needs them, so that `--help` answers at once.

Exit codes: 0 done, 1 our own failure, 2 the input cannot be used, 3 the store, 4 the model, 5 a replay gives another answer.
"""

from __future__ import annotations

import functools
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Literal, ParamSpec, TypeVar

import typer
from chartcite.api import (
    briefing_commands,
    calculator_commands,
    explain_command,
    guideline_commands,
    receipt_commands,
    safety_commands,
    terminology_commands,
)
from chartcite.api.loading import loading
from chartcite.engine.errors import ChartciteError, InputError, InvalidQuestionError, StoreMissingError

if TYPE_CHECKING:
    from chartcite.api.asking import Asking
    from chartcite.api.settings import Settings
    from chartcite.api.wire import AnswerBody
    from chartcite.engine.ask import Engine
    from chartcite.ingestion.ingest import IngestReport
    from chartcite.ingestion.sources.source import Given

P = ParamSpec("P")
R = TypeVar("R")

app = typer.Typer(
    name="chartcite",
    help="Answers clinical questions from a patient's chart and from guidelines, each sentence with its source.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # its tracebacks show local variables: record text
    context_settings={"help_option_names": ["-h", "--help"]},
)

StoreOption = Annotated[
    Path | None, typer.Option("--store", metavar="DIR", help="Folder of the store [default: ./chartcite-store].")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
GeneratorOption = Annotated[
    str | None,
    typer.Option("--generator-url", metavar="URL", help="OpenAI-compatible server of a language model that writes."),
]
PatientOption = Annotated[str | None, typer.Option("--patient", metavar="ID", help="Whose chart.")]
MaxWrongOption = Annotated[
    float | None,
    typer.Option(
        "--max-wrong", metavar="SHARE", help="Hold back answers so that at most this share of those shown is wrong, such as 0.05."
    ),
]
DEMO_STORE = Path(".demo-store")


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Turn an error of ours into one line on standard error and its exit code."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except ChartciteError as error:
            from chartcite.api.problems import row_of
            from chartcite.api.terminal import clean

            row = row_of(error)
            typer.echo(f"chartcite: {' '.join(clean(str(error)).split()) or row.title}", err=True)
            raise typer.Exit(row.exit_code) from None
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            where = error.filename or "a file"
            what = error.strerror or type(error).__name__
            typer.echo(f"chartcite: {where}: {what}: check the path, the disk and your rights", err=True)
            raise typer.Exit(2) from None
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception as error:
            import sqlite3  # loads a library; needed on the way out only

            if isinstance(error, sqlite3.Error):
                typer.echo("chartcite: the store cannot be read or written: run `chartcite doctor` on it", err=True)
                raise typer.Exit(3) from None
            if os.environ.get("CHARTCITE_TRACEBACK"):
                raise
            # A traceback ends in a message that may hold record text: it is shown on demand only.
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            hint = "a defect; CHARTCITE_TRACEBACK=1 shows all of it (it may hold record text)"
            typer.echo(f"chartcite: {type(error).__name__} in {where}: {hint}", err=True)
            raise typer.Exit(1) from None

    return run


@app.command()
@guarded
def ingest(  # noqa: PLR0913, PLR0917 -- each is an option of the command
    paths: Annotated[list[str], typer.Argument(help="Files, archives, folders, or FHIR servers (fhir+https://...).")],
    patient: Annotated[str | None, typer.Option("--patient", metavar="ID", help="Whose they are, where they do not say.")] = None,
    date: Annotated[str | None, typer.Option("--date", metavar="DATE", help="When they were written, likewise.")] = None,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="ROLE=NAME,...", help="Columns of a table: patient, date, text, ...")
    ] = None,
    guidelines: Annotated[bool, typer.Option("--guidelines", help="They are guidelines or literature, not charts.")] = False,  # noqa: FBT002 -- typer's way to a flag
    corpus: Annotated[str | None, typer.Option("--corpus", metavar="NAME", help="Name of their corpus [guidelines].")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, and store nothing.")] = False,  # noqa: FBT002
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Of a server: only what changed since.")] = None,
    store: StoreOption = None,
    json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Read charts and guidelines into the store. Reading the same again changes nothing."""
    from chartcite.api.given import given_of

    settings = _settings(store)
    given = given_of(patient=patient, date=date, columns=columns, corpus=corpus or ("guidelines" if guidelines else ""))
    report = _ingest(settings, paths, quiet=json, given=given, dry_run=dry_run, since=since)
    _show_report(report, settings, json=json)


@app.command()
@guarded
def ask(  # noqa: PLR0913, PLR0917 -- each is an option of the command
    question: Annotated[str | None, typer.Argument(help="The question in free text.")] = None,
    patient: PatientOption = None,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="Answer from what the chart held then.")] = None,
    audience: Annotated[
        Literal["clinician", "patient", "researcher"], typer.Option("--audience", help="For whom it is worded.")
    ] = "clinician",
    earlier: Annotated[
        list[str] | None, typer.Option("--earlier", metavar="QUESTION", help="Asked before, for a follow-up; may be given often.")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", metavar="FILE", help="Questions, one JSON object a line (-: stdin).")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Answers of a batch, one JSON object a line.")] = None,
    generator_url: GeneratorOption = None,
    max_wrong: MaxWrongOption = None,
    store: StoreOption = None,
    json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Ask about a patient's chart (or, without --patient, the guidelines)."""
    if (batch is None) == (question is None):
        raise InputError('give a question, or --batch FILE: chartcite ask --patient ID "question"')
    settings = _settings(store, max_wrong=max_wrong, generator_url=generator_url)
    if batch is not None:
        _ask_batch(settings, batch, out, json=json)
        return
    with loading():  # all of it: what one question leaves behind ends with the process
        from chartcite.api.terminal import print_answer, print_json
        from chartcite.api.wire import batch_question

        fields = {"question": question, "patient_id": patient, "as_of": as_of, "audience": audience}
        batch_question(fields)  # a question that cannot be used is refused before the weights are loaded
        with _asking(settings) as asking:
            answer = _answer_after(earlier or [], asking, fields)
    if json:
        print_json(answer.model_dump(mode="json"))
    else:
        print_answer(answer, store=_store_hint(store))


@app.command()
@guarded
def search(  # noqa: PLR0913, PLR0917 -- each is an option of the command
    words: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    corpus: Annotated[
        str, typer.Option("--corpus", metavar="NAME", help="Where to look: patients, or the name of a corpus.")
    ] = "guidelines",
    patient: PatientOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many passages.")] = 10,
    batch: Annotated[
        Path | None, typer.Option("--batch", metavar="FILE", help="JSON lines with id and query (-: stdin).")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Results of a batch, one JSON object a line.")] = None,
    store: StoreOption = None,
    json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Find passages, best first."""
    from chartcite.api.lookup import find_passages
    from chartcite.api.terminal import print_hits, print_json

    if batch is not None:
        _search_batch(_settings(store), batch, out, corpus=corpus, limit=limit)
        return
    if words is None or not any(map(str.isalnum, words)):
        raise InvalidQuestionError('there are no words to look for: chartcite search "words"')
    chosen = "patients" if patient else corpus
    with loading():
        found = find_passages(_open(_settings(store)), words, corpus=chosen, patient_id=patient, limit=limit)
    if json:
        print_json(found.model_dump(mode="json"))
    else:
        print_hits(found, store=_store_hint(store))


@app.command()
@guarded
def patients(store: StoreOption = None, json: JsonOption = False) -> None:  # noqa: FBT002
    """List the patients of the store."""
    from chartcite.api.lookup import list_patients
    from chartcite.api.terminal import print_json, print_table
    from chartcite.api.wiring import open_records

    found = list_patients(open_records(_settings(store)))
    if json:
        print_json(found.model_dump(mode="json"))
        return
    rows = [(each.id, each.name, each.gender, each.birth_date or "", each.deceased or "") for each in found.patients]
    print_table(("id", "name", "gender", "born", "died"), rows)


@app.command()
@guarded
def show(
    citation: Annotated[str, typer.Argument(help="Id of a citation, as an answer or a search gives it.")],
    patient: PatientOption = None,
    store: StoreOption = None,
    json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Open the source of a citation, with the quote marked."""
    from chartcite.api.lookup import open_source
    from chartcite.api.terminal import print_json, print_source
    from chartcite.api.wiring import open_records

    excerpt = open_source(open_records(_settings(store)), citation, patient_id=patient)
    if json:
        print_json(excerpt.model_dump(mode="json"))
    else:
        print_source(excerpt)


@app.command()
@guarded
def quarantine(
    action: Annotated[
        Literal["list", "show", "retry"], typer.Argument(help="List, show one, or read all of them again.")
    ] = "list",
    entry: Annotated[int | None, typer.Argument(help="Number of the entry to show.")] = None,
    store: StoreOption = None,
    json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Look at what was refused, with the reason, or read it again."""
    from chartcite.api.store_printing import print_refusal, print_refusals

    settings = _settings(store)
    if action == "retry":
        from chartcite.api.progress import ingest_progress
        from chartcite.api.store_commands import retry

        with ingest_progress(quiet=json) as progress:
            report = retry(settings, progress=progress)
        _show_report(report, settings, json=json)
    elif action == "show":
        from chartcite.api.store_commands import entry as entry_of

        if entry is None:
            raise InputError("give the number of the entry: `chartcite quarantine` lists them")
        print_refusal(entry_of(settings, entry), json=json)
    else:
        from chartcite.api.wiring import open_records

        print_refusals(open_records(settings).refusals(), json=json)


@app.command()
@guarded
def reindex(store: StoreOption = None, json: JsonOption = False) -> None:  # noqa: FBT002
    """Read the kept original bytes anew, and rebuild all that is searched. Readers see the old content until the end."""
    from chartcite.api.progress import ingest_progress
    from chartcite.api.store_commands import reindex as rebuild

    settings = _settings(store)
    with ingest_progress(quiet=json) as progress:
        report = rebuild(settings, progress=progress)
    _show_report(report, settings, json=json)


@app.command()
@guarded
def verify(store: StoreOption = None, json: JsonOption = False) -> None:  # noqa: FBT002
    """Compare every part of the store with what was written."""
    from chartcite.api.store_commands import verify as compare
    from chartcite.api.store_printing import print_checks

    checks = compare(_settings(store))
    print_checks(checks, json=json)
    if not all(check.ok for check in checks):
        raise typer.Exit(3)


@app.command()
@guarded
def erase(
    patient: Annotated[str, typer.Option("--patient", metavar="ID", help="Who is to be erased.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,  # noqa: FBT002
    store: StoreOption = None,
    json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Take a patient out of the store without a trace, original bytes too, and search every byte for what is left."""
    from chartcite.api.store_commands import erase as erase_patient
    from chartcite.api.store_printing import print_erased

    settings = _settings(store)
    if not yes:
        if not sys.stdin.isatty():
            raise InputError("erasing cannot be undone: add --yes")
        typer.confirm("This cannot be undone. Erase this patient?", abort=True)
    erased = erase_patient(settings, patient)
    print_erased(erased, json=json)
    if erased.traces:
        raise typer.Exit(3)


@app.command()
@guarded
def doctor(store: StoreOption = None, json: JsonOption = False) -> None:  # noqa: FBT002
    """Look at each part of this installation, and say what to do."""
    from chartcite.api.doctor import examine
    from chartcite.api.terminal import print_json, print_table

    findings = list(examine(_settings(store)))
    if json:
        checks = [{"check": each.name, "ok": each.ok, "found": each.found, "to_do": each.to_do} for each in findings]
        print_json({"checks": checks})
    else:
        rows = [("ok" if each.ok else "FAIL", each.name, each.found, each.to_do) for each in findings]
        print_table(("", "check", "found", "what to do"), rows)
    failed = [each.exit_code for each in findings if not each.ok]
    if failed:
        raise typer.Exit(failed[0])


@app.command()
@guarded
def serve(  # noqa: PLR0913, PLR0917 -- each is an option of the command
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="Port [default: 8000].")] = None,
    host: Annotated[str | None, typer.Option("--host", help="Address [default: 127.0.0.1, this machine only].")] = None,
    max_wrong: MaxWrongOption = None,
    vllm: Annotated[
        str | None, typer.Option("--vllm", metavar="MODEL", help="Start a vLLM server for this model: a folder or a hub name.")
    ] = None,
    generator_url: GeneratorOption = None,
    store: StoreOption = None,
    json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Serve the page and the HTTP API."""
    with loading():
        import uvicorn
        from chartcite.api.app import create_app
        from chartcite.api.settings import load_settings
        from chartcite.api.terminal import print_json
        from chartcite.api.vllm_server import supervised

        settings = load_settings(
            store=store, port=port, host=host, max_wrong=max_wrong, generator_url=generator_url, vllm_model=vllm
        )
        engine = _open(settings)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{shown}:{settings.port}/"
    if settings.host not in {"127.0.0.1", "localhost", "::1"}:
        typer.echo("chartcite: there is no sign-in: whoever reaches this address reads every chart", err=True)
    if json:
        print_json({"address": address, "store": str(settings.store)})
    else:
        typer.echo(f"chartcite serves {settings.store}: open {address} (Ctrl-C ends it)")
    with supervised(settings, tell=lambda line: typer.echo(f"chartcite: {line}", err=True)) as beside:
        # No access log: its lines would hold patient ids and search words.
        served = create_app(settings if beside is None else beside.known_to(settings), engine=engine)
        uvicorn.run(served, host=settings.host, port=settings.port, access_log=False, log_level="warning")


@app.command()
@guarded
def demo(store: StoreOption = None, json: JsonOption = False) -> None:  # noqa: FBT002
    """Read the bundled charts and guidelines, and ask a few telling questions."""
    from chartcite.api.asking import Asking
    from chartcite.api.demo import QUESTIONS
    from chartcite.api.report import report_to_json
    from chartcite.api.terminal import print_json
    from chartcite.api.wiring import corpora_folder, warm

    settings = _settings(store or DEMO_STORE)
    folder = corpora_folder(settings)
    report = _ingest(settings, [str(folder / "patients"), str(folder / "guidelines")], quiet=json)
    engine = _open(settings)
    warm(engine)
    fields = [{"question": each.question, "patient_id": each.patient_id, "as_of": each.as_of} for each in QUESTIONS]
    if json:
        answers = [_answer(Asking(engine), each).model_dump(mode="json") for each in fields]
        print_json({"ingest": report_to_json(report), "answers": answers})
        return
    _print_report(report, settings)
    _print_demo(engine, store or DEMO_STORE)


@app.command()
@guarded
def annotate(
    batch: Annotated[Path, typer.Option("--batch", metavar="FILE", help="JSON lines: id, sentence, concept.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the labels there.")] = None,
) -> None:
    """Say of mentions in sentences whether they are denied, past, possible, about somebody else."""
    from chartcite.api.annotate import label_lines
    from chartcite.api.terminal import to_json

    with _reading(batch) as lines, _writing(out) as target:
        for line in label_lines(lines):
            target.write(to_json(line) + "\n")


@app.command("verify-claims")
@guarded
def verify_claims(
    batch: Annotated[Path, typer.Option("--batch", metavar="FILE", help="JSON lines: id, claim, passage (-: stdin).")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the verdicts there.")] = None,
) -> None:
    """Say of claims whether their passages support them, contradict them or do not tell."""
    from chartcite.api.settings import load_settings
    from chartcite.api.terminal import to_json
    from chartcite.api.verify_claims import verdict_lines
    from chartcite.api.wiring import open_lexicon

    lexicon = open_lexicon(load_settings())
    with _reading(batch) as lines, _writing(out) as target:
        for line in verdict_lines(lines, lexicon):
            target.write(to_json(line) + "\n")


@app.command()
@guarded
def schema(store: StoreOption = None, json: JsonOption = True) -> None:  # noqa: FBT002 -- every command takes both
    """Print the JSON Schema of an answer."""
    from chartcite.api.terminal import print_json
    from chartcite.api.wire import answer_schema

    print_json(answer_schema())


app.command()(guarded(briefing_commands.changes))
app.command()(guarded(briefing_commands.brief))
app.command()(guarded(calculator_commands.calculate))
app.command()(guarded(guideline_commands.gaps))
guidelines = typer.Typer(help="List, show and import guidelines.", no_args_is_help=True)
guidelines.command("list")(guarded(guideline_commands.list_guidelines))
guidelines.command("show")(guarded(guideline_commands.show_guideline))
guidelines.command("import")(guarded(guideline_commands.import_guideline))
app.add_typer(guidelines, name="guidelines")
terminology = typer.Typer(
    help="Load, list and remove terminologies of your own: LOINC, RxNorm, SNOMED CT, ICD-10-CM, Athena.", no_args_is_help=True
)
terminology.command()(guarded(terminology_commands.load))
terminology.command("list")(guarded(terminology_commands.list_loaded))
terminology.command()(guarded(terminology_commands.remove))
app.add_typer(terminology, name="terminology")
safety = typer.Typer(
    help="Check medicines against rules of safety; load, list and remove rules of your own.", no_args_is_help=True
)
safety.command()(guarded(safety_commands.check))
safety.command()(guarded(safety_commands.load))
safety.command("list")(guarded(safety_commands.list_loaded))
safety.command()(guarded(safety_commands.remove))
app.add_typer(safety, name="safety")
app.command()(guarded(explain_command.explain))
app.command()(guarded(receipt_commands.receipts))
app.command()(guarded(receipt_commands.replay))


def main() -> None:
    """Run the command line: the console script."""
    try:
        app()
    except BrokenPipeError:
        # The reader of the pipe has enough (`| head`); nothing is left to say.
        sys.stderr.close()
        sys.exit(0)


def _settings(store: Path | None, *, max_wrong: float | None = None, generator_url: str | None = None) -> Settings:
    with loading():
        from chartcite.api.settings import load_settings

    return load_settings(store=store, max_wrong=max_wrong, generator_url=generator_url)


def _open(settings: Settings) -> Engine:
    with loading():
        from chartcite.api.wiring import open_engine, store_file

        if not store_file(settings).is_file():  # said before torch is loaded
            next_step = f"run `chartcite ingest PATH... --store {settings.store}` first"
            raise StoreMissingError(f"there is no store in {settings.store}: {next_step}")
        return open_engine(settings)


def _asking(settings: Settings) -> Asking:
    from chartcite.api.asking import Asking
    from chartcite.api.wiring import open_keeper, open_model_writer

    return Asking(_open(settings), open_model_writer(settings), open_keeper(settings))


def _answer_after(earlier: Sequence[str], asking: Asking, fields: dict[str, str | None]) -> AnswerBody:
    """Ask the earlier questions of a conversation in turn, then the question that follows them."""
    from chartcite.api.asking import Asking

    turns: list[dict[str, str | None]] = []
    for text in earlier:
        answer = _answer(Asking(asking.engine), {**fields, "question": text}, earlier=turns)
        turns.append({"question": text, "answer": answer.text, "patient_id": fields["patient_id"]})
    return _answer(asking, fields, earlier=turns)


def _answer(asking: Asking, fields: dict[str, str | None], *, earlier: Sequence[dict[str, str | None]] = ()) -> AnswerBody:
    from chartcite.api.wire import answer_to_wire, batch_question, question_from

    body = batch_question({**fields, "earlier": list(earlier)})
    return answer_to_wire(asking(question_from(body, patient_id=body.patient_id)))


def _store_hint(store: Path | None) -> str:
    return f" --store {store}" if store else ""


def _ingest(
    settings: Settings,
    paths: list[str],
    *,
    quiet: bool,
    given: Given | None = None,
    dry_run: bool = False,
    since: str | None = None,
) -> IngestReport:
    from chartcite.api.given import fetched_from, split_paths
    from chartcite.api.progress import ingest_progress
    from chartcite.api.store_commands import dry
    from chartcite.api.wiring import open_embedder, open_lexicon, open_writer
    from chartcite.ingestion.ingest import ingest as ingest_paths
    from chartcite.ingestion.sources.source import NOTHING_GIVEN

    files, servers = split_paths(paths)
    fetched = fetched_from(servers, since=since)
    with dry(settings) if dry_run else open_writer(settings) as writer, ingest_progress(quiet=quiet) as progress:
        embedder = None if dry_run else open_embedder(settings)
        return ingest_paths(
            files,
            writer,
            embedder,
            given=given or NOTHING_GIVEN,
            fetched=fetched,
            lexicon=open_lexicon(settings),
            dry_run=dry_run,
            progress=progress,
        )


def _show_report(report: IngestReport, settings: Settings, *, json: bool) -> None:
    if json:
        from chartcite.api.report import report_to_json
        from chartcite.api.terminal import print_json

        print_json(report_to_json(report))
    else:
        _print_report(report, settings)


def _search_batch(settings: Settings, batch: Path, out: Path | None, *, corpus: str, limit: int) -> None:
    from chartcite.api.corpus_search import search_lines
    from chartcite.api.progress import count_progress
    from chartcite.api.terminal import to_json

    with _reading(batch) as lines:
        results = search_lines(lines, _open(settings), corpus=corpus, limit=limit)
        with _writing(out) as target, count_progress("queries", quiet=out is None) as advance:
            written = refused = 0
            for line in results:
                target.write(to_json(line) + "\n")
                written, refused = written + 1, refused + ("error" in line)
                if advance is not None:
                    advance()
    typer.echo(f"chartcite: {written} queries, {refused} lines refused", err=True)


def _print_report(report: IngestReport, settings: Settings) -> None:
    from chartcite.api.report import print_report

    print_report(report, settings.store)


def _ask_batch(settings: Settings, batch: Path, out: Path | None, *, json: bool) -> None:
    from chartcite.api.batch import answer_lines
    from chartcite.api.progress import count_progress
    from chartcite.api.terminal import print_json, to_json

    refused = failed = written = 0
    with (
        _reading(batch) as lines,
        _writing(out) as target,
        count_progress("questions", quiet=out is None) as advance,
        _asking(settings) as asking,
    ):
        for line in answer_lines(lines, asking, observe=advance):
            target.write(to_json(line.content) + "\n")
            written, refused, failed = written + 1, refused + line.refused, failed + line.failed
    if json and out is not None:
        print_json({"questions": written, "refused": refused, "failed": failed})
    typer.echo(f"chartcite: {written} questions, {refused} lines refused, {failed} failed", err=True)
    if failed:
        raise typer.Exit(1)


@contextmanager
def _reading(path: Path) -> Iterator[IO[str]]:
    if str(path) == "-":
        yield sys.stdin
        return
    if not path.is_file():
        raise InputError(f"{path}: no such file: --batch takes a file with one JSON object a line")
    with path.open(encoding="utf-8", errors="replace") as lines:
        yield lines


@contextmanager
def _writing(path: Path | None) -> Iterator[IO[str]]:
    if path is None or str(path) == "-":
        yield sys.stdout
        return
    if not path.absolute().parent.is_dir():
        raise InputError(f"{path.parent}: no such folder: make it, or give another --out")
    with path.open("w", encoding="utf-8") as target:
        yield target


def _print_demo(engine: Engine, store: Path) -> None:
    from chartcite.api.asking import Asking
    from chartcite.api.demo import NEXT, QUESTIONS
    from chartcite.api.terminal import console, print_answer
    from rich.text import Text

    out = console()
    asking = Asking(engine)
    citation = "CITATION"
    for each in QUESTIONS:
        whose = f"{each.patient_id}{f', as of {each.as_of}' if each.as_of else ''}" if each.patient_id else "guidelines"
        out.print()
        out.print(Text.assemble((f"{whose}  ", "bold cyan"), (each.question, "bold"), (f"  ({each.why})", "dim")))
        answer = _answer(asking, {"question": each.question, "patient_id": each.patient_id, "as_of": each.as_of})
        print_answer(answer, store=_store_hint(store), most_citations=3)
        citation = answer.claims[0].citations[0].id if answer.claims else citation
    out.print()
    out.print(Text("What to type next", style="bold"))
    for command, purpose in NEXT:
        typed = command.format(store=store, citation=citation)
        out.print(Text.assemble("  ", (typed, "cyan"), (f"   # {purpose}", "dim")), soft_wrap=True)
