"""Checks the bundled corpora, one line per finding: `python -m tests.evals.lint_corpora`; `--write` renews the manifests.

Patients: bundles parse, ids are unique, references resolve, attachments decode, dates exist. Terminology: columns, ids, parents
without cycles, treatments, check digits. Guidelines: front matter, links both ways, complete recommendations. Safety: see
`lint_safety.py`. Manifests: name each file with its checksum and counts. Uses none of the product's own readers, which would
share its mistakes; of the product only the reading grade.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import csv
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml
from chartcite.engine.wording.reading_grade import reading_grade

from tests.evals.lint_guideline_disagreements import lint_disagreements
from tests.evals.lint_guideline_rules import lint_guideline_rules
from tests.evals.lint_safety import count_safety, lint_safety

CORPORA = Path(__file__).parents[2] / "corpora"
MANIFEST = "MANIFEST.toml"
HEAD = ("name", "description", "licence", "source", "review_state", "date")
"""What each manifest says of its corpus."""

FRONT_MATTER = (
    "id", "organization", "title", "year", "version", "identifier", "jurisdiction", "status", "supersedes", "superseded_by",
    "topics", "grading", "review_state",
)  # fmt: skip
MAY_BE_NULL = frozenset({"identifier", "supersedes", "superseded_by"})
BULLETS = ("Strength", "Certainty", "Population", "Conditions", "Rationale")
UNCONFIRMED = re.compile(r"not (?:recorded|confirmed)|unknown|to be (?:checked|confirmed)", re.IGNORECASE)

COLUMNS = ("id", "name", "codes", "synonyms", "lay", "brands", "parents", "units")
TREATMENTS = "treatments.tsv"
PLAIN_LANGUAGE = "plain_language.tsv"
LEAST_EXPLAINED = 250
LONGEST_EXPLANATION = 160
HARDEST_EXPLANATION = 8.0
"""School grade by Flesch-Kincaid."""
CODES = {
    "loinc": re.compile(r"\d{1,7}-\d"),
    "snomed": re.compile(r"[1-9]\d{5,17}"),
    "rxnorm": re.compile(r"\d{1,8}"),
    "icd10cm": re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"),
    "cvx": re.compile(r"\d{2,3}"),
    "atc": re.compile(r"[A-Z](?:\d\d(?:[A-Z](?:[A-Z](?:\d\d)?)?)?)?"),
}

DATE_KEYS = re.compile(
    r"(?:date|dateTime|Date|DateTime|issued|authoredOn|lastUpdated|sent|received|whenHandedOver|whenPrepared)$"
)
PARTIAL_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?)?)?")
Node = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the findings; return 1 where there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="renew files, checksums and counts of the manifests first")
    options = parser.parse_args(arguments)
    if options.write:
        for name in SURVEYS:
            write_manifest(CORPORA / name)
    findings = lint(CORPORA)
    for finding in findings:
        sys.stdout.write(f"{finding}\n")
    return 1 if findings else 0


def lint(corpora: Path) -> list[str]:
    """Return everything that is wrong with the corpora under a folder."""
    findings: list[str] = []
    for name, check in LINTS:
        folder = corpora / name
        found = [*lint_manifest(folder), *check(folder)]
        findings += [f"{name}/{finding}" for finding in found]
    findings += [f"guidelines/{one}" for one in lint_guideline_rules(corpora / "guidelines", corpora / "terminology")]
    findings += [f"guidelines/{one}" for one in lint_disagreements(corpora / "guidelines")]
    return findings


# Manifests


def lint_manifest(folder: Path) -> Iterator[str]:
    """Yield where the manifest of a corpus differs from its files."""
    path = folder / MANIFEST
    if not path.is_file():
        yield f"{MANIFEST}: there is none"
        return
    manifest = tomllib.loads(path.read_text(encoding="utf-8"))
    yield from (f"{MANIFEST}: {key} is missing" for key in HEAD if not manifest.get(key))
    try:
        counts, files = survey(folder)
    except ValueError as error:
        yield f"{MANIFEST}: cannot be compared: {error}"
        return
    listed = {entry["path"]: entry for entry in manifest.get("files", ())}
    for entry in files:
        said = listed.pop(entry["path"], None)
        if said is None:
            yield f"{entry['path']}: not in {MANIFEST}"
        else:
            yield from (
                f"{entry['path']}: {key} is {value}, {MANIFEST} says {said.get(key)}"
                for key, value in entry.items()
                if said.get(key) != value
            )
    yield from (f"{name}: in {MANIFEST}, but there is no such file" for name in listed)
    if manifest.get("counts") != counts:
        yield f"{MANIFEST}: counts are {counts}, it says {manifest.get('counts')}"


def write_manifest(folder: Path) -> None:
    """Renew files and counts of a manifest; what it says of the corpus stays, its date is today's where anything changed."""
    path = folder / MANIFEST
    manifest = tomllib.loads(path.read_text(encoding="utf-8"))
    counts, files = survey(folder)
    if (manifest.get("counts"), manifest.get("files")) == (counts, files):
        return
    head = {key: value for key, value in manifest.items() if key not in {"counts", "files"}}
    head["date"] = datetime.now(UTC).date().isoformat()
    blocks = [_pairs(head), "[counts]\n" + _pairs(counts), *("[[files]]\n" + _pairs(entry) for entry in files)]
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def _pairs(values: dict[str, Any]) -> str:
    # A JSON string without control characters is a TOML basic string.
    return "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())


def survey(folder: Path) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Return the counts of a corpus, and each of its files with checksum and counts."""
    count = SURVEYS[folder.name]
    files: list[dict[str, Any]] = []
    total: Counter[str] = Counter()
    for path in sorted(each for each in folder.iterdir() if each.is_file() and each.name != MANIFEST):
        counted = count(path)
        total.update({"files": 1} | counted)
        shown = {key: value for key, value in counted.items() if not key.endswith("_files") and key != "patients"}
        files.append({"path": path.name, "sha256": sha256(path.read_bytes()).hexdigest()} | shown)
    return dict(total), files


def _count_patient(path: Path) -> dict[str, int]:
    resources = _resources(json.loads(path.read_bytes()))
    types = Counter(resource.get("resourceType") for resource in resources)
    return {"patients": types["Patient"], "resources": types.total(), "notes": types["DocumentReference"]}


def _count_terms(path: Path) -> dict[str, int]:
    rows = len(_rows(path))
    if path.name == TREATMENTS:
        return {"treatments": rows}
    if path.name == PLAIN_LANGUAGE:
        return {"explanations": rows}
    return {"classes": rows} if path.stem.endswith("-classes") else {"concepts": rows}


def _count_guideline(path: Path) -> dict[str, int]:
    text = path.read_text(encoding="utf-8")
    return {
        "recommendations": len(_recommendations(text)),
        "superseded_files": int(_front_matter(text).get("status") == "superseded"),
    }


SURVEYS: dict[str, Callable[[Path], dict[str, int]]] = {
    "patients": _count_patient,
    "terminology": _count_terms,
    "guidelines": _count_guideline,
    "safety": count_safety,
}


# Patients


def lint_patients(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the bundles of a folder."""
    owners: Counter[str] = Counter()
    for path in sorted(folder.glob("*.json")):
        try:
            bundle = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            yield f"{path.name}: not JSON: {error}"
            continue
        owners.update(str(each.get("id")) for each in _resources(bundle) if each.get("resourceType") == "Patient")
        yield from (f"{path.name}: {finding}" for finding in _lint_bundle(bundle))
    yield from (f"{owner}: {count} files hold this patient" for owner, count in owners.items() if count > 1)


def _lint_bundle(bundle: Node) -> Iterator[str]:
    if bundle.get("resourceType") != "Bundle":
        yield "not a Bundle"
    resources = _resources(bundle)
    names = [f"{each.get('resourceType')}/{each.get('id')}" for each in resources]
    if sum(name.startswith("Patient/") for name in names) != 1:
        yield "does not hold exactly one Patient"
    yield from (f"{name} stands {count} times" for name, count in Counter(names).items() if count > 1)
    urls = [str(entry.get("fullUrl")) for entry in bundle.get("entry", ())]
    yield from (f"fullUrl {url} stands {count} times" for url, count in Counter(urls).items() if count > 1)
    known = {*names, *urls}
    for name, resource in zip(names, resources, strict=True):
        inside = {f"#{each.get('id')}" for each in resource.get("contained", ())}
        for key, holder in _members(resource):
            yield from (f"{name}: {finding}" for finding in _lint_member(key, holder, known | inside))


def _lint_member(key: str, holder: Node, known: set[str]) -> Iterator[str]:
    value = holder[key]
    if key == "reference" and isinstance(value, str) and value not in known:
        yield f"refers to {value}, which is not in the bundle"
    if key == "data" and isinstance(value, str):
        try:
            base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            yield "an attachment does not decode to text"
    if isinstance(value, str) and DATE_KEYS.search(key) and not is_moment(value):
        yield f"{key} {value!r} is no date"
    if key == "start" and isinstance(value, str) and isinstance(holder.get("end"), str):
        yield from _lint_period(value, holder["end"])


def _lint_period(start: str, end: str) -> Iterator[str]:
    if not (is_moment(start) and is_moment(end)):
        yield f"period {start!r} to {end!r} is no span of dates"
    elif _is_after(start, end):
        yield f"period ends on {end}, before it starts on {start}"


def _is_after(start: str, end: str) -> bool:
    if "T" in start and "T" in end:
        return datetime.fromisoformat(start) > datetime.fromisoformat(end)
    return start[: len(end)][:10] > end[: len(start)][:10]


def is_moment(text: str) -> bool:
    """Say whether a text is a FHIR date or dateTime that is in the calendar."""
    if not PARTIAL_DATE.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text) if "T" in text else date.fromisoformat(
            f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10]
        )
    except ValueError:
        return False
    return True


def _resources(bundle: Node) -> list[Node]:
    return [entry.get("resource") or {} for entry in bundle.get("entry", ())]


def _members(node: object) -> Iterator[tuple[str, Node]]:
    """Yield each key of a tree with the object that holds it."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key, node
            yield from _members(value)
    elif isinstance(node, list):
        for item in node:
            yield from _members(item)


# Terminology


def lint_terminology(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the tables of a folder."""
    parents: dict[str, tuple[str, ...]] = {}
    classes: set[str] = set()
    for path in sorted(folder.glob("*.tsv")):
        if path.name in {TREATMENTS, PLAIN_LANGUAGE}:
            continue
        header = tuple(path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t"))
        if header != COLUMNS:
            yield f"{path.name}: the columns are {header}"
            continue
        for row in _rows(path):
            name = row["id"]
            if name in parents:
                yield f"{path.name}: {name} stands twice"
            parents[name] = tuple(_split(row["parents"]))
            classes |= {name} if path.stem.endswith("-classes") else set()
            yield from (f"{path.name}: {name}: {finding}" for finding in _lint_row(row))
    for name, above in parents.items():
        yield from (f"{name}: its parent {parent} stands in no table" for parent in above if parent not in parents)
    yield from (f"{name}: is above itself" for name in parents if _is_above_itself(name, parents))
    yield from _lint_treatments(folder / TREATMENTS, set(parents), classes)
    yield from (f"{PLAIN_LANGUAGE}: {finding}" for finding in lint_plain_language(folder / PLAIN_LANGUAGE, set(parents)))


def lint_plain_language(path: Path, known: set[str]) -> Iterator[str]:
    """Yield what is wrong with the glossary: unknown ids, explanations that are no one short plain sentence."""
    if not path.is_file():
        yield "there is none"
        return
    if not path.read_text(encoding="utf-8").startswith("id\ttext\n"):
        yield "the columns are not id and text"
        return
    rows = [(row["id"] or "", row["text"] or "") for row in _rows(path)]
    if len(rows) < LEAST_EXPLAINED:
        yield f"{len(rows)} explanations are fewer than {LEAST_EXPLAINED}"
    yield from (f"{id_} stands {count} times" for id_, count in Counter(id_ for id_, _ in rows).items() if count > 1)
    for id_, text in rows:
        yield from (f"{id_}: {finding}" for finding in _lint_explanation(text))
        if id_ not in known:
            yield f"{id_} stands in no table"


def _lint_explanation(text: str) -> Iterator[str]:
    if not re.fullmatch(r"(?:This|These) [^.!?]+\.", text):
        yield "is not one sentence that begins with This or These"
    if len(text) > LONGEST_EXPLANATION:
        yield f"has {len(text)} characters, more than {LONGEST_EXPLANATION}"
    grade = reading_grade(text)
    if grade > HARDEST_EXPLANATION:
        yield f"is of school grade {grade:.1f}, above {HARDEST_EXPLANATION:.0f}"
    if re.search(r"\b(?:you should|your doctor will|don['’]t worry|do not worry)\b", text, re.IGNORECASE):
        yield "advises or reassures"


def _lint_row(row: dict[str, str]) -> Iterator[str]:
    if None in row or None in row.values():
        yield f"does not have {len(COLUMNS)} columns"
        return
    if not re.fullmatch(r"[a-z0-9]+(?:[-+.][a-z0-9]+)*", row["id"]):
        yield "an id is small letters, digits and hyphens"
    if not row["name"].strip():
        yield "has no name"
    for code in _split(row["codes"]):
        system, _, value = code.partition(":")
        if system not in CODES:
            yield f"{code}: no such code system"
        elif not CODES[system].fullmatch(value):
            yield f"{code}: not in the form of {system}"
        elif (system == "loinc" and not luhn(value)) or (system == "snomed" and not verhoeff(value)):
            yield f"{code}: the check digit is wrong"


def _lint_treatments(path: Path, known: set[str], classes: set[str]) -> Iterator[str]:
    if not path.is_file():
        return
    pairs = [(row["concept"], row["drug_class"]) for row in _rows(path)]
    yield from (f"{path.name}: {concept} stands in no table" for concept, _ in pairs if concept not in known)
    yield from (f"{path.name}: {drugs} is no class" for _, drugs in pairs if drugs not in classes)
    yield from (f"{path.name}: {pair} stands twice" for pair, count in Counter(pairs).items() if count > 1)


def _is_above_itself(name: str, parents: dict[str, tuple[str, ...]]) -> bool:
    waiting, seen = list(parents[name]), set[str]()
    while waiting:
        parent = waiting.pop()
        if parent == name:
            return True
        if parent not in seen:
            seen.add(parent)
            waiting.extend(parents.get(parent, ()))
    return False


def luhn(code: str) -> bool:
    """Say whether the last digit of a LOINC code is right (Luhn, mod 10)."""
    digits = [int(digit) for digit in reversed(code.replace("-", ""))]
    return sum(digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits)) % 10 == 0


def verhoeff(code: str) -> bool:
    """Say whether the last digit of a SNOMED CT id is right (Verhoeff 1969: the dihedral group of ten elements)."""
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = _dihedral(check, _permuted(int(digit), place))
    return check == 0


def _dihedral(left: int, right: int) -> int:
    if left < 5:
        return (left + right) % 5 + (0 if right < 5 else 5)
    return (left - right) % 5 + (5 if right < 5 else 0)


def _permuted(digit: int, times: int) -> int:
    for _ in range(times % 8):
        digit = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)[digit]
    return digit


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def _split(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]


# Guidelines


def lint_guidelines(folder: Path) -> Iterator[str]:
    """Yield what is wrong with the guideline files of a folder."""
    heads: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        try:
            heads[path.stem] = _front_matter(text)
        except ValueError as error:
            yield f"{path.name}: {error}"
            continue
        yield from (f"{path.name}: {finding}" for finding in _lint_head(path.stem, heads[path.stem]))
        sections = _recommendations(text)
        if not sections:
            yield f"{path.name}: no recommendation"
        numbers = Counter(number for number, _ in sections)
        yield from (f"{path.name}: {number} stands twice" for number, count in numbers.items() if count > 1)
        yield from (f"{path.name}: {number}: {finding}" for number, body in sections for finding in _lint_recommendation(body))
    yield from _lint_links(heads)


def _lint_head(stem: str, head: dict[str, Any]) -> Iterator[str]:
    for key in FRONT_MATTER:
        if key not in head:
            yield f"the front matter lacks {key}"
        elif not head[key] and key not in MAY_BE_NULL:
            yield f"{key} is empty"
    if head.get("id") != stem:
        yield f"its id is {head.get('id')}"
    if head.get("status") not in {"current", "superseded"}:
        yield f"its status is {head.get('status')}"
    if head.get("status") == "current" and head.get("superseded_by"):
        yield "is current and superseded"


def _lint_links(heads: dict[str, dict[str, Any]]) -> Iterator[str]:
    for stem, head in heads.items():
        for key, back in (("supersedes", "superseded_by"), ("superseded_by", "supersedes")):
            other = head.get(key)
            if other and other not in heads:
                yield f"{stem}.md: {key} {other}, which is not here"
            elif other and heads[other].get(back) != stem:
                yield f"{stem}.md: {key} {other}, which does not say so"


def _lint_recommendation(body: str) -> Iterator[str]:
    bullets = re.findall(r"^- ([A-Z][a-z]+): *(.*)$", body, re.MULTILINE)
    names = [name for name, _ in bullets]
    if tuple(names) != BULLETS:
        yield f"its bullets are {', '.join(names) or 'none'}"
    yield from (f"{name} is empty" for name, value in bullets if not value.strip())
    yield from (
        f"{name} is not confirmed: {value}" for name, value in bullets if name == "Strength" and UNCONFIRMED.search(value)
    )
    if not re.sub(r"^(?:##.*|- .*|\s*)$", "", body, flags=re.MULTILINE).strip():
        yield "has no statement"


def _front_matter(text: str) -> dict[str, Any]:
    parts = text.split("---\n", 2)
    if len(parts) < 3 or parts[0]:
        raise ValueError("no front matter")
    try:
        head = yaml.safe_load(parts[1])
    except yaml.YAMLError as error:
        raise ValueError("the front matter is not YAML") from error
    if not isinstance(head, dict):
        raise ValueError("the front matter is not a list of keys")  # noqa: TRY004 -- one kind of error for one kind of file
    return head


def _recommendations(text: str) -> list[tuple[str, str]]:
    sections: Iterable[str] = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return [(match[1], section) for section in sections if (match := re.match(r"## (R\d+[a-z]?)\. \S", section))]


LINTS: tuple[tuple[str, Callable[[Path], Iterator[str]]], ...] = (
    ("patients", lint_patients),
    ("terminology", lint_terminology),
    ("guidelines", lint_guidelines),
    ("safety", lint_safety),
)


if __name__ == "__main__":
    raise SystemExit(main())
