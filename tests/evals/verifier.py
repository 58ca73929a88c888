"""`python -m tests.evals.verifier`: how often the verifier finds planted errors and passes true claims (docs/verifier.json).

Four sorts of labelled pairs. `own`: the evidence-only engine's supported claims on the gold questions with what they cite
(a quoted sentence without its quotation marks), as they are and in other words, and each with one error planted; half of the
patients to mend by, half to report. `scifact`: scientific claims with their rationale sentences and with whole abstracts.
`kqa`: statements of physicians with answers of systems. `relations`: sentences of our own that garble one relation of their
passage (`relations.jsonl`). `--show TYPE` prints what the tune half gets wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
import tarfile
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from chartcite.api.settings import Settings
from chartcite.api.wiring import open_embedder, open_engine, open_lexicon, open_writer, warm
from chartcite.engine.ask import ask
from chartcite.engine.claim_checks.checker import check_claim
from chartcite.engine.claim_checks.findings import ClaimVerdict
from chartcite.engine.domain.answers import Question, SupportedAnswer
from chartcite.engine.domain.evidence import Citation
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import PatientNotFoundError
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.ports import RecordStore
from chartcite.engine.verification import decoded, read_pieces
from chartcite.ingestion.ingest import ingest

from tests.evals.gold import REPOSITORY, charts, load_gold, read_lines
from tests.evals.planted_errors import PLANTERS, Pair, reworded
from tests.evals.relations import Told, judge_relations, relation_figures

REPORT = REPOSITORY / "docs" / "verifier.json"
SEED = 6
MOST_OF_A_TYPE = 300
"""Planted errors of one type in one half."""
_MOST_CITED = 12
_QUOTED = re.compile(r"^[^“]{0,120}: “(.+)”$", re.DOTALL)
_LABELS = {"SUPPORT": "supported", "CONTRADICT": "contradicted", "NOT_ENOUGH": "not_enough"}
_OUTCOMES = ("supported", "contradicted", "not_enough")


class Judged(NamedTuple):
    """A pair with what it is and what the verifier said."""

    type: str
    pair: Pair
    expected: str
    verdict: ClaimVerdict


def main(arguments: Sequence[str] | None = None) -> None:
    """Run all sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="a store with the charts of the gold questions; made where it is not there")
    parser.add_argument("--pairs", type=Path, help="keep the true pairs in this file, or take them from it")
    parser.add_argument("--show", default="", help="print the tune half's wrong verdicts of this type")
    parser.add_argument("--only", default="", help="own, relations, scifact or kqa")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    shared = Path(os.environ.get("SHARED", REPOSITORY.parent / "shared"))
    lexicon = open_lexicon(Settings())
    result: dict[str, Any] = json.loads(REPORT.read_text(encoding="utf-8")) if REPORT.is_file() else {}
    if options.only in {"", "own"}:
        judged = list(judge_own(_true_pairs(shared, options.store, options.pairs), lexicon))
        result["own"] = {half: _own_figures([one for one in judged if one.pair.half == half]) for half in ("tune", "report")}
        _show([one for one in judged if one.pair.half == "tune" and options.show in {one.type, "all"}])
    if options.only in {"", "relations"}:
        told = judge_relations(lexicon)
        result["relations"] = relation_figures(told)
        _show_relations([one for one in told if one.pair.half == "tune" and options.show in {one.pair.relation, "all"}])
    if options.only in {"", "scifact"} and (rows := _unpacked(shared, "scifact")):
        result["scifact"] = {name: _three_way(pairs, lexicon) for name, pairs in _scifact(rows).items()}
    if options.only in {"", "kqa"} and (rows := _unpacked(shared, "kqa")):
        result["kqa"] = _three_way([(row["claim"], (row["passage"],), row["label"]) for row in rows["nli_pairs.jsonl"]], lexicon)
    text = json.dumps(result, indent=1) + "\n"
    if not options.dry:
        REPORT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def judge_own(pairs: Iterable[Pair], lexicon: Lexicon) -> Iterator[Judged]:
    """Judge true pairs, the same in other words, and one planted error of each type that fits."""
    chance = random.Random(SEED)
    planted: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        yield Judged("true", pair, "supported", check_claim(pair.claim, pair.passages, lexicon=lexicon))
        other = reworded(pair, lexicon, chance)
        if other:
            said = pair._replace(claim=other)
            yield Judged("true_reworded", said, "supported", check_claim(other, pair.passages, lexicon=lexicon))
        for name, plant in PLANTERS.items():
            wrong = plant(pair, lexicon, chance) if planted[pair.half, name] < MOST_OF_A_TYPE else None
            if wrong and wrong.split() != pair.claim.split():
                planted[pair.half, name] += 1
                said = pair._replace(claim=wrong)
                yield Judged(name, said, "wrong", check_claim(wrong, pair.passages, lexicon=lexicon))


def _own_figures(judged: Sequence[Judged]) -> dict[str, Any]:
    by_type: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_type[one.type].append(one)
    types = {
        name: {"pairs": len(rows), "right": sum(map(_is_right, rows)), "share": _share(map(_is_right, rows))}
        for name, rows in sorted(by_type.items())
    }
    planted = [one for one in judged if one.expected == "wrong"]
    told_apart = [one for one in planted if one.type != "misplaced"]
    true = [one for one in judged if one.expected == "supported"]
    return {
        "pairs": len(judged),
        "true_passed": _share(map(_is_right, true)),
        "planted_caught": _share(map(_is_right, told_apart)),
        "planted_caught_with_misplaced": _share(map(_is_right, planted)),
        "by_type": types,
    }


def _is_right(one: Judged) -> bool:
    return (one.verdict.outcome.value == "supported") == (one.expected == "supported")


def _share(right: Iterable[bool]) -> float:
    rows = list(right)
    return round(sum(rows) / len(rows), 4) if rows else 1.0


def _show(judged: Sequence[Judged]) -> None:
    for one in judged:
        if not _is_right(one):
            found = [(finding.check, finding.said) for finding in one.verdict.findings]
            sys.stderr.write(
                f"\n[{one.type}] {one.pair.claim}\n   evidence {one.pair.passages}\n   {one.verdict.outcome} {found}\n"
            )


def _show_relations(told: Sequence[Told]) -> None:
    for one in told:
        for is_right, claim, verdict in ((one.passed, one.pair.true, one.true), (one.caught, one.pair.wrong, one.wrong)):
            if not is_right:
                label = "true" if claim == one.pair.true else "garbled"
                found = [(finding.check, finding.said) for finding in verdict.findings]
                sys.stderr.write(f"\n[{one.pair.relation}, {label}] {claim}\n   evidence {one.pair.passages}\n   {found}\n")


def _true_pairs(shared: Path, store: Path | None, kept: Path | None) -> list[Pair]:
    if kept and kept.is_file():
        return [Pair(str(row["claim"]), tuple(row["passages"]), str(row["half"])) for row in read_lines(kept)]  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as scratch:
        pairs = list(dict.fromkeys(_asked(shared, store or Path(scratch) / "store", Path(scratch))))
    if kept:
        kept.write_text("".join(json.dumps(pair._asdict()) + "\n" for pair in pairs), encoding="utf-8")
    return pairs


def _asked(shared: Path, store: Path, scratch: Path) -> Iterator[Pair]:
    """Ask the gold questions; yield each supported claim with what it cites."""
    gold, settings = load_gold(), Settings(store=store)
    embedder = open_embedder(settings)
    if not (store / "chartcite.sqlite3").exists():
        with open_writer(settings) as writer:
            ingest(list(charts(gold, shared, scratch)), writer, embedder, lexicon=open_lexicon(settings))
    engine = open_engine(settings, embedder=embedder)
    warm(engine)
    for one in gold:
        question = Question(
            id=one.id,
            text=one.question,
            patient_id=PatientId(one.patient_id) if one.patient_id else None,
            as_of=date.fromisoformat(one.as_of) if one.as_of else None,
        )
        try:
            answer = ask(question, engine=engine)
        except PatientNotFoundError:
            continue
        for claim in answer.claims if isinstance(answer, SupportedAnswer) else ():
            if len(claim.citations) <= _MOST_CITED:
                said = match[1] if (match := _QUOTED.match(claim.text)) else claim.text
                passages = tuple(passage_of(citation, engine.records) for citation in claim.citations)
                yield Pair(said, passages, one.half)


def passage_of(citation: Citation, records: RecordStore) -> str:
    """Return what a citation holds as a reader would see it: a line for each element, named where that tells more."""
    lines = [line for path, words in read_pieces(citation) if (line := _line(path, words))]
    source = citation.source
    lines += [source.title, source.occurred_at or "", source.recorded_at or "", source.author or "", decoded(citation, records)]
    return "\n".join(line for line in lines if line.strip())


def _line(path: str, words: str) -> str:
    if words.lstrip()[:1] in {"{", "["} and words.rstrip()[-1:] in {"}", "]"}:
        try:
            return " ".join(_leaves(json.loads(words)))
        except json.JSONDecodeError:
            return words
    if words.startswith("urn:"):
        return ""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", path.rpartition(".")[2]) if "." in path else ""
    return f"{name}: {words}" if name.lower() in _TELLING else words


_TELLING = {"start", "end", "frequency", "period", "period unit", "as needed boolean", "low", "high"}


def _leaves(value: Any, name: str = "") -> Iterator[str]:
    """Yield the values of JSON in order, limits with their names; no codes and addresses."""
    if isinstance(value, dict):
        if name in _TELLING:
            yield name
        for key, part in value.items():
            if key not in {"system", "code"} or (
                key == "code" and isinstance(part, str) and "display" not in value and "value" not in value
            ):
                yield from _leaves(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part, name)
    else:
        yield str(value)


def _unpacked(shared: Path, name: str) -> dict[str, list[dict[str, Any]]]:
    packed = shared / "data" / f"{name}.tar.xz"
    if not packed.is_file():
        sys.stderr.write(f"{packed} is not there: {name} is not measured\n")
        return {}
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(packed) as tar:
        tar.extractall(scratch, filter="data")
        return {path.name: read_lines(path) for path in (Path(scratch) / name).glob("*.jsonl")}


def _scifact(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[tuple[str, tuple[str, ...], str]]]:
    claims = {row["_id"]: row["claim"] for row in rows["claims.jsonl"]}
    corpus = {row["_id"]: row for row in rows["corpus.jsonl"]}
    abstracts: list[tuple[str, tuple[str, ...], str]] = []
    rationales: list[tuple[str, tuple[str, ...], str]] = []
    for row in rows["pairs.jsonl"]:
        claim, label, sentences = claims[row["claim_id"]], _LABELS[row["label"]], corpus[row["doc_id"]]["sentences"]
        abstracts.append((claim, (" ".join(sentences),), label))
        if row["rationales"]:
            told = tuple(" ".join(sentences[number] for number in chosen) for chosen in row["rationales"])
            rationales.append((claim, told, label))
    return {"abstracts": abstracts, "rationales": rationales}


def _three_way(pairs: Sequence[tuple[str, tuple[str, ...], str]], lexicon: Lexicon) -> dict[str, Any]:
    """Return accuracy and macro F1 of the three labels, with F1 and count of each."""
    told = [(label, check_claim(claim, passages, lexicon=lexicon).outcome.value) for claim, passages, label in pairs]
    f1 = {label: _f1(told, label) for label in _OUTCOMES if any(label == one for one, _ in told)}
    labels = Counter(label for label, _ in told)
    return {
        "pairs": len(told),
        "accuracy": round(sum(one == other for one, other in told) / len(told), 4),
        "always_the_commonest": round(max(labels.values()) / len(told), 4),
        "macro_f1": round(sum(f1.values()) / len(f1), 4),
        "f1": f1,
        "labels": dict(labels),
        "said": dict(Counter(said for _, said in told)),
    }


def _f1(told: Sequence[tuple[str, str]], label: str) -> float:
    right = sum(one == other == label for one, other in told)
    of_both = sum((one == label) + (other == label) for one, other in told)
    return round(2 * right / of_both, 4) if of_both else 0.0


if __name__ == "__main__":
    main()
