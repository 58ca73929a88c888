"""What a bundled corpus should hold: `MANIFEST.toml` beside its files, and whether the files are those bytes."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from chartcite.engine.errors import SourceRejectedError
from chartcite.engine.ports import CorpusAbout

MANIFEST = "MANIFEST.toml"


class ListedFile(NamedTuple):
    """A file of a corpus and the checksum of its bytes."""

    path: Path
    sha256: str


def load_manifest(folder: Path) -> list[ListedFile]:
    """Return the files that the manifest in `folder` lists.

    Raises:
        SourceRejectedError: there is no manifest, or it is not in the form `[[files]]` with `path` and `sha256`.
    """
    path = folder / MANIFEST
    try:
        listed = tomllib.loads(path.read_text(encoding="utf-8")).get("files", [])
        return [_listed(folder, one["path"], one["sha256"]) for one in listed]
    except FileNotFoundError as error:
        raise SourceRejectedError(f"{path}: no such manifest") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceRejectedError(f"{path}: not a manifest; each [[files]] needs `path` and `sha256`") from error


def load_about(folder: Path) -> CorpusAbout:
    """Return what the manifest in `folder` says of the corpus; empty where it is silent.

    Raises:
        SourceRejectedError: there is no manifest, or it is not TOML.
    """
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
        told = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise SourceRejectedError(f"{folder / MANIFEST}: not a manifest") from error
    said = {key: str(told.get(key, "")) for key in ("name", "version", "date", "licence", "title", "description")}
    return CorpusAbout(
        said["name"] or folder.name, said["version"] or said["date"], said["licence"], said["title"] or said["description"], text
    )


def verify_corpus(folder: Path) -> list[Path]:
    """Check every listed file of a corpus and return them.

    Raises:
        SourceRejectedError: a file is missing or has other bytes; the message names it.
    """
    files = load_manifest(folder)
    for listed in files:
        if not listed.path.is_file():
            raise SourceRejectedError(f"{listed.path}: listed in {MANIFEST}, but there is no such file")
        found = sha256(listed.path.read_bytes()).hexdigest()
        if found != listed.sha256:
            raise SourceRejectedError(
                f"{listed.path}: sha256 is {found[:12]}..., {MANIFEST} says {listed.sha256[:12]}...; restore the file"
            )
    return [listed.path for listed in files]


def _listed(folder: Path, path: str, digest: str) -> ListedFile:
    whole = folder / path
    if not whole.resolve().is_relative_to(folder.resolve()):
        raise ValueError("a path that leaves the corpus")
    return ListedFile(whole, digest.lower())
