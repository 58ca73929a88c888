"""What a patient reads where there is no answer: what was looked for and where. The certificate stays as it is."""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.domain.answers import AbstentionBasis, AbstentionReason, Missing, SearchCertificate
from chartcite.engine.questions.doors import ELSEWHERE, Door
from chartcite.engine.wording.plain_dates import DATED, day_in_words, with_days_in_words

_MOST_NAMED = 4
_ELSEWHERE = {
    ELSEWHERE[Door.PATIENT_GROUP]: "This asks about many people. Only your own record is read here.",
    ELSEWHERE[Door.TASK]: "This asks for something to be done. Here your record is only read. Your care team can help you.",
    ELSEWHERE[Door.OFF_TOPIC]: "This is not about your record. Ask about your tests, medicines, problems, visits or notes.",
}
_NOT_UNDERSTOOD = "The question was not understood. Please name a test, a medicine, a problem, a visit or a time."
_NO_GUIDE = "The guides for care teams that are held here do not answer this. Your care team can help you with this."
_ASK = "This does not mean that it did not happen. Your care team can tell you more."
_OF_RECORD = {"it holds": "Your record holds", "its first record": "The first entry", "its newest record": "The newest entry"}
_OPEN = {
    "the chart does not say why": "Your record does not say why.",
    "it was ordered; the chart holds no result": "It was ordered. Your record holds no result.",
    "it was done; the chart holds no result": "It was done. Your record holds no result.",
    "the chart names the medication without a dose": "Your record names the medicine without a dose.",
    "no record of the chart answers this part": "Your record does not answer this part.",
    "the chart does not name it as a medicine": "Your record does not name it as a medicine.",
}


def plain_silence(silence: str, basis: AbstentionBasis, /) -> str:
    """Return in plain words why there is no answer.

    Args:
        silence: the same for other readers.
        basis: the reason, and what was searched.
    """
    if silence in _ELSEWHERE:
        return _ELSEWHERE[silence]
    if basis.reason is AbstentionReason.NOT_UNDERSTOOD:
        return _NOT_UNDERSTOOD
    if basis.certificate is not None and basis.reason is AbstentionReason.NOT_DOCUMENTED:
        return _not_in_record(basis.certificate)
    if silence.startswith("No recommendation in the guideline corpus"):
        return _NO_GUIDE
    return with_days_in_words(silence)


def _not_in_record(certificate: SearchCertificate) -> str:
    named = ", ".join(f"“{concept}”" for concept in certificate.concepts[:_MOST_NAMED])
    parts = [
        "Your record does not answer this.",
        f"It was searched for {named}." if named else "",
        f"The time asked about was “{certificate.window}”." if certificate.window else "",
        *(f"{_gap(gap)}." for gap in certificate.gaps),
        _searched(certificate),
        _ASK,
    ]
    return " ".join(part for part in parts if part)


def _gap(gap: str) -> str:
    """Return what the chart does not hold, as a sentence about the reader's record."""
    told = with_days_in_words(gap)
    for before, after in _OF_RECORD.items():
        told = f"{after}{told.removeprefix(before)}" if told.startswith(before) else told
    head, mark, asked = told.partition(" (")
    return f"{head} (“{asked.removesuffix(')')}”)" if mark else told


def _searched(certificate: SearchCertificate) -> str:
    first, last = certificate.earliest_record, certificate.newest_record
    span = f" {DATED} {day_in_words(first[:10])} to {day_in_words(last[:10])}." if first and last else ""
    return f"All {certificate.facts_searched} entries and {certificate.documents_searched} notes were searched.{span}"


def is_of_record(gap: Missing, /) -> bool:
    """Say whether the record leaves something open, or a check of medicines, rather than a recommendation's conditions."""
    return gap.why in _OPEN or "needed for rules about" in gap.why


def plain_missing(missing: Sequence[Missing], /) -> list[str]:
    """Return what an answer leaves open, one sentence or two for each."""
    return [f"Still open: {_quoted(gap.what)}. {_OPEN.get(gap.why) or f'This is why: {_quoted(gap.why)}.'}" for gap in missing]


def _quoted(words: str) -> str:
    return f"“{words.strip('“”')}”"
