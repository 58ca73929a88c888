from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from chartcite.engine.errors import SourceRejectedError
from chartcite.ingestion.manifest import verify_corpus


def corpus(folder: Path, *, path: str = "a.json", digest: str = "") -> Path:
    (folder / "a.json").write_bytes(b"{}")
    digest = digest or sha256(b"{}").hexdigest()
    (folder / "MANIFEST.toml").write_text(f'name = "x"\n[[files]]\npath = "{path}"\nsha256 = "{digest}"\n', encoding="utf-8")
    return folder


def test_a_corpus_with_the_right_bytes_is_verified(tmp_path: Path) -> None:
    assert verify_corpus(corpus(tmp_path)) == [tmp_path / "a.json"]


@pytest.mark.parametrize(("path", "digest"), [("a.json", "0" * 64), ("missing.json", "")])
def test_the_file_that_differs_is_named(tmp_path: Path, path: str, digest: str) -> None:
    with pytest.raises(SourceRejectedError, match=path):
        verify_corpus(corpus(tmp_path, path=path, digest=digest))


def test_a_path_out_of_the_corpus_is_rejected(tmp_path: Path) -> None:
    with pytest.raises(SourceRejectedError, match="MANIFEST"):
        verify_corpus(corpus(tmp_path, path="../a.json"))


@pytest.mark.parametrize("text", ["[[files]]\npath = 'a'", "files = 3", "files = ['a']", "not toml ["])
def test_a_manifest_in_another_form_is_rejected(tmp_path: Path, text: str) -> None:
    (tmp_path / "MANIFEST.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SourceRejectedError, match="MANIFEST"):
        verify_corpus(tmp_path)


def test_a_missing_manifest_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceRejectedError, match="no such manifest"):
        verify_corpus(tmp_path)
