"""The documentation names what there is: settings, errors, commands, addresses, targets; and its links open."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from chartcite.api.app import create_app
from chartcite.api.cli import app as cli
from chartcite.api.problems import TABLE
from chartcite.api.settings import PREFIX, Settings
from chartcite.api.wire import answer_schema

from tests.evals.figures import END, REPOSITORY, START, with_figures

DOCS = REPOSITORY / "docs"
PAGES = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
WRITTEN_BY_MAKE = {"scorecard.md", "benchmark.md", "benchmark.json"}
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def table_rows(text: str) -> dict[str, list[str]]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| `")]
    return {cells[0].strip("`"): cells for cells in rows}


def test_every_setting_is_documented_as_it_is() -> None:
    rows = table_rows(page("settings.md"))
    assert sorted(rows) == sorted(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)
    assert {name: rows[f"{PREFIX}{name.upper()}"][3] for name in Settings.model_fields} == {
        name: field.description for name, field in Settings.model_fields.items()
    }


@pytest.mark.parametrize("name", ["port", "max_body_bytes", "answer_threads", "embedding_model"])
def test_a_documented_default_is_the_default(name: str) -> None:
    assert table_rows(page("settings.md"))[f"{PREFIX}{name.upper()}"][1] == f"`{Settings.model_fields[name].default}`"


def test_every_error_is_documented_as_the_doors_show_it() -> None:
    documented = {name: cells[1:5] for name, cells in table_rows(page("errors.md")).items()}
    assert documented == {
        kind.__name__: [f"`{row.code}`", str(row.status), str(row.exit_code), "yes" if kind.retryable else "no"]
        for kind, row in TABLE.items()
    }


def test_every_command_is_documented() -> None:
    commands = typer.main.get_command(cli).commands  # type: ignore[attr-defined]  # a group: it has commands
    documented = set(re.findall(r"^\| `chartcite ([a-z-]+)", page("cli.md"), re.MULTILINE))
    assert documented == set(commands)


def test_every_address_is_documented(tmp_path: Path) -> None:
    paths = create_app(Settings(store=tmp_path)).openapi()["paths"]
    described = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    documented = set(re.findall(r"^\| `((?:GET|POST) \S+)`", page("http.md"), re.MULTILINE))
    assert documented == described | {"GET /"}


def test_the_schema_is_that_of_the_answers() -> None:
    assert json.loads(page("answer.schema.json")) == answer_schema()


def test_the_readme_names_every_make_target() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    assert targets == set(re.findall(r"`?make ([a-z-]+)`?", README.replace("`make`", ""))) & targets


def test_the_figures_of_the_readme_are_those_measured() -> None:
    assert with_figures(README, DOCS) == README, "run python -m tests.evals.figures"
    assert README.index(START) < README.index(END)


def test_an_index_without_measurements_says_so(tmp_path: Path) -> None:
    assert with_figures(f"a\n{START}\nold\n{END}\nb", tmp_path) == "\n".join(
        [
            "a",
            START,
            "- Answers: not measured yet; `make scorecard` does it.",
            "- Speed and memory: not measured yet; `make bench` does it.",
            END,
            "b",
        ]
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_link_opens(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    missing = [link for link in links if not (path.parent / link).exists() and Path(link).name not in WRITTEN_BY_MAKE]
    assert missing == []


def test_decisions_are_numbered_and_fit_a_page() -> None:
    pages = sorted((DOCS / "decisions").glob("*.md"))
    assert [path.name[:4] for path in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    assert max(len(path.read_text(encoding="utf-8").split()) for path in pages) <= 400
