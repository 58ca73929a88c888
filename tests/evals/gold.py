"""The gold questions: who asks what of which chart, what a right answer holds, and which sources it may cite."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

QUESTIONS = Path(__file__).parent / "questions"
REPOSITORY = Path(__file__).parents[2]


class Gold(BaseModel):
    """One question with its gold answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    patient_id: str | None
    question: str
    as_of: str | None = None
    audience: Literal["clinician", "patient", "researcher"] = "clinician"
    kind: str
    expected: Literal["supported", "abstained", "either"]
    must_include: tuple[tuple[str, ...], ...] = ()
    """Each group needs one of its alternatives in the answer's text, whatever the case; see `says` for numbers."""
    must_not_include: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    """`Type/id` of every source that a right answer may cite."""
    archive: str | None = None
    """Set of the shared data that holds the chart, or `INVENTED`; `None`: a bundled patient."""
    file: str | None = None
    """Path of the bundle inside the archive; of a set of lone notes, the note's name (`note_name`)."""

    @property
    def half(self) -> Literal["tune", "report"]:
        """The half of the scorecard, by patient: the engine is mended on `tune` only."""
        owner = self.patient_id or self.id
        return "tune" if hashlib.sha256(owner.encode()).digest()[0] % 2 else "report"


class Graded(BaseModel):
    """How an answer did on its gold question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    right: bool
    cited: bool | None
    """Whether a right supported answer cites a gold source; `None`: does not apply."""
    false_answer: bool
    """Answers what has no answer, or takes a wrong premise for granted."""
    false_refusal: bool


def load_gold() -> list[Gold]:
    """Return every gold question, in the order of the files."""
    return [gold for path in sorted(QUESTIONS.glob("*.jsonl")) for gold in gold_of(path)]


def gold_of(path: Path, /) -> list[Gold]:
    """Return the gold questions of one file."""
    return [Gold.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def grade(gold: Gold, answer: dict[str, object]) -> Graded:
    """Grade an answer on the wire by the gold question's rules."""
    text = str(answer["text"])
    supported = answer["kind"] == "supported"
    readings = {text, with_iso_days(text)}
    holds = all(any(says(read, option) for option in group for read in readings) for group in gold.must_include)
    holds = holds and not any(says(read, wrong) for wrong in gold.must_not_include for read in readings)
    right = holds if supported and gold.expected != "abstained" else not supported and gold.expected != "supported"
    unanswerable = gold.expected == "abstained" or gold.kind in {"wrong_premise", "unanswerable"}
    cited = None
    if right and supported and gold.evidence:
        resources = {citation["source"]["resource"] for claim in _claims(answer) for citation in claim["citations"]}
        cited = bool(resources & set(gold.evidence))
    return Graded(
        right=right,
        cited=cited,
        false_answer=unanswerable and supported and not right,
        false_refusal=gold.expected == "supported" and not supported,
    )


def with_iso_days(text: str) -> str:
    """Return a text with the days and months that it writes in words (`3 March 2024`) as ISO dates: the same dates."""

    def iso(match: re.Match[str]) -> str:
        month = f"{match['year']}-{_MONTHS.index(match['month']) + 1:02}"
        return f"{month}-{int(match['day']):02}" if match["day"] else month

    return _IN_WORDS.sub(iso, text)


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_IN_WORDS = re.compile(rf"(?:\b(?P<day>\d{{1,2}}) )?\b(?P<month>{'|'.join(_MONTHS)}) (?P<year>\d{{4}})\b")


def says(text: str, option: str) -> bool:
    """Return whether `text` holds `option`, whatever the case.

    A number is held as a whole: "6" is not in "16" or "6.5", "1:2" not in "1:256", though "71.3" is in "71.36" (the same value,
    cut shorter). A bare number of at most three digits must stand outside of dates, names and reference ranges: "12" is not in
    "2013-12-10" or "12/10/13", "9" not in "PHQ-9", "135" not in "128 (reference range 135-145)".
    """
    found, wanted = text.lower(), option.lower()
    before = r"(?<!\d)(?<!\d[.,])" if wanted[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if wanted[-1:].isdigit() and not re.search(r"\d\.\d+$", wanted) else ""
    if re.fullmatch(r"\d{1,3}(\.\d+)?", wanted):
        found = _BESIDE.sub(" ", found)
        before += r"(?<![a-z])(?<![a-z]-)"
    return re.search(before + re.escape(wanted) + after, found) is not None


_BESIDE = re.compile(
    r"reference range [^,)\n]*"
    r"|\b\d{4}-\d\d(?:-\d\d)?\b"
    r"|(?<![\d/])(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])(?:/\d{2,4})?(?![\d/])"
)


def _claims(answer: dict[str, object]) -> list[dict[str, list[dict[str, dict[str, str]]]]]:
    claims = answer["claims"]
    assert isinstance(claims, list)
    return claims


def charts(questions: Iterable[Gold], shared: Path, unpacked: Path) -> Iterator[Path]:
    """Yield the bundles that the questions are about; those of the shared data are unpacked when they are there."""
    yield REPOSITORY / "corpora" / "patients"
    yield REPOSITORY / "corpora" / "guidelines"
    wanted: dict[str, set[str]] = {}
    for gold in questions:
        if gold.archive and gold.file:
            wanted.setdefault(gold.archive, set()).add(gold.file)
    for archive, files in sorted(wanted.items()):
        if archive == INVENTED:
            yield _invented_charts(unpacked / archive, files)
            continue
        packed = shared / "data" / f"{archive}.tar.xz"
        if not packed.is_file():
            continue
        with tarfile.open(packed) as tar:
            tar.extractall(unpacked, filter="data")
        if archive in NOTE_NAMES:
            yield _note_charts(archive, unpacked / archive, files)
        else:
            yield from (unpacked / archive / name for name in sorted(files))


NOTE_NAMES = {"mtsamples": ("id",), "aci_bench": ("encounter_id",), "primock57": ("day", "consultation")}
"""Sets of lone notes, and the fields that name a note; each becomes the chart of a patient of its own."""


def _note_charts(archive: str, folder: Path, wanted: set[str]) -> Path:
    """Write the wanted notes as Bundles of a patient and a document; return their folder."""
    written = folder / "charts"
    written.mkdir()
    for row in (row for path in sorted(folder.glob("*.jsonl")) for row in read_lines(path)):
        name = note_name(archive, row)
        if name in wanted:
            (written / f"{name}.json").write_text(json.dumps(_note_chart(archive, name, str(row.get("note") or row["text"]))))
    return written


INVENTED = "invented"
"""Notes and charts of nobody, in the styles of many countries and services; `Gold.file` is a name in `NOTES` or `CHARTS`."""
NOTES, CHARTS = Path(__file__).parent / "notes", Path(__file__).parent / "charts"


def _invented_charts(folder: Path, wanted: Iterable[str]) -> Path:
    """Write the wanted invented notes as Bundles beside the wanted charts; return their folder."""
    folder.mkdir(parents=True)
    for name in sorted(wanted):
        if (whole := CHARTS / f"{name}.json").is_file():
            shutil.copy(whole, folder)
            continue
        head, _, text = (NOTES / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
        told = dict(line.split(": ", 1) for line in head.splitlines())
        sex, _, born = told["PATIENT"].partition(", ")
        chart = _note_chart(INVENTED, name, text, title=told["TITLE"], day=told["DATE"], sex=sex, born=born)
        (folder / f"{name}.json").write_text(json.dumps(chart))
    return folder


def note_name(archive: str, row: dict[str, object]) -> str:
    """Return what gold questions call a note of a set: `day1-2`, `D2N057`."""
    name = "-".join(str(row[field]) for field in NOTE_NAMES[archive])
    return re.sub(r"[^A-Za-z0-9-]", "-", f"day{name}" if archive == "primock57" else name)


def note_patient(archive: str, name: str) -> str:
    """Return the id of the patient whose whole chart a note is (at most 64 characters, as FHIR has it)."""
    return f"{archive.replace('_', '-')}-{name}"[:58]


def _note_chart(
    archive: str, name: str, text: str, *, title: str = "Clinical note", day: str = "2026-01-15", sex: str = "", born: str = ""
) -> dict[str, object]:
    patient = note_patient(archive, name)
    note = {
        "resourceType": "DocumentReference",
        "id": f"{patient}-note",
        "status": "current",
        "type": {"text": title},
        "subject": {"reference": f"Patient/{patient}"},
        "date": f"{day}T09:00:00Z",
        "content": [{"attachment": {"contentType": "text/plain", "data": base64.b64encode(text.encode()).decode()}}],
    }
    person = {"resourceType": "Patient", "id": patient} | ({"gender": sex} if sex else {}) | ({"birthDate": born} if born else {})
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in (person, note)]}


def read_lines(path: Path) -> list[dict[str, object]]:
    """Read a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
