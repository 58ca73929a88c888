"""What is installed is what stands here: packages, data, version, docs."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS = ("api", "engine", "indexes", "ingestion")
MODULES = sorted(path for folder in FOLDERS for path in (REPOSITORY / folder).rglob("*.py"))
BANNED_NAMES = frozenset("utils helpers common base core manager handler service misc processor".split())


def named(path: Path) -> str:
    return path.relative_to(REPOSITORY).as_posix()


def text_of(name: str) -> str:
    path = REPOSITORY / name
    assert path.is_file(), f"{name} is missing"
    return path.read_text(encoding="utf-8")


def test_every_folder_with_code_is_listed_as_a_package() -> None:
    on_disk = {"chartcite." + ".".join(path.parent.relative_to(REPOSITORY).parts) for path in MODULES}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) - {"chartcite.corpora"} == on_disk


def test_every_package_has_its_init() -> None:
    assert [named(path.parent) for path in MODULES if not (path.parent / "__init__.py").exists()] == []


def test_the_root_folders_are_mapped_under_one_name() -> None:
    assert PROJECT["tool"]["setuptools"]["package-dir"] == {f"chartcite.{name}": name for name in (*FOLDERS, "corpora")}


def test_every_import_root_is_known_to_the_import_rules() -> None:
    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) == {f"chartcite.{name}" for name in FOLDERS}


def test_the_bare_folder_names_may_not_be_imported() -> None:
    assert set(PROJECT["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]) == set(FOLDERS)


def test_the_data_of_the_page_and_the_corpora_is_packed() -> None:
    data = PROJECT["tool"]["setuptools"]["package-data"]
    assert {"static/*", "py.typed"} <= set(data["chartcite.api"])
    assert data["chartcite.corpora"] == ["**/*"]


@pytest.mark.parametrize("folder", ["api", "engine", "indexes", "ingestion"])
def test_every_package_says_that_it_is_typed(folder: str) -> None:
    assert (REPOSITORY / folder / "py.typed").is_file()


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_is_for_under_a_telling_name(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not tree.body or ast.get_docstring(tree), "no docstring"
    assert path.stem not in BANNED_NAMES


def public_names(path: Path) -> list[str]:
    """Return the public classes and functions of a module that have no docstring."""
    outer = ast.parse(path.read_text(encoding="utf-8")).body
    inner = [one for node in outer if isinstance(node, ast.ClassDef) and not node.name.startswith("_") for one in node.body]
    named = [one for one in (*outer, *inner) if isinstance(one, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    return [one.name for one in named if not one.name.startswith("_") and ast.get_docstring(one) is None]


def test_every_public_name_is_documented() -> None:
    assert {named(path): bare for path in MODULES if (bare := public_names(path))} == {}


def test_the_version_stands_in_one_place_and_in_the_changelog() -> None:
    version = PROJECT["project"]["version"]
    numbers = re.findall(r"^## \[?(\d+\.\d+\.\d+)", text_of("CHANGELOG.md"), re.MULTILINE)
    assert metadata.version("chartcite") == version
    assert numbers[:1] == [version]
    assert [named(path) for path in MODULES if re.search(r"__version__\s*=\s*[\"']", path.read_text(encoding="utf-8"))] == []


def targets() -> list[str]:
    return re.findall(r"^([a-z-]+):.*## ", text_of("Makefile"), re.MULTILINE)


@pytest.mark.parametrize("target", targets())
def test_the_readme_tells_of_every_target(target: str) -> None:
    assert f"make {target}" in text_of("README.md")


def test_every_target_is_phony() -> None:
    [phony] = re.findall(r"^\.PHONY: (.*)$", text_of("Makefile"), re.MULTILINE)
    assert set(targets()) == set(phony.split()) - {"lint-corpora"}


@pytest.mark.parametrize(
    "name",
    ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "constraints.txt", "docs/glossary.md", "docs/answer.schema.json"],
)
def test_the_documents_are_there(name: str) -> None:
    assert len(text_of(name)) > 200


def links(name: str) -> list[str]:
    """Return the relative links of a Markdown file that lead nowhere."""
    folder = (REPOSITORY / name).parent
    found = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text_of(name))
    return [link for link in found if not (folder / link).exists()]


@pytest.mark.parametrize("name", sorted(named(path) for path in (*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md"))))
def test_no_link_leads_nowhere(name: str) -> None:
    assert links(name) == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (REPOSITORY / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    assert numbers


def test_every_requirement_has_a_lower_bound() -> None:
    assert [one for one in PROJECT["project"]["dependencies"] if ">=" not in one] == []
