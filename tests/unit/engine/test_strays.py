"""Sentences that stand beside an answer and hardly answer are left out; one claim is left, and denials stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Citation, Source
from chartcite.engine.notes.strays import FAR, STRAY, without_strays
from chartcite.engine.ports import InPlace
from chartcite.engine.testing import WordReader

from tests.charts import AskedChart, note


class _Weighing:
    """A reader that has its mind made up of each sentence."""

    name = "weighing"

    def __init__(self, odds: Mapping[str, float]) -> None:
        self._odds = odds

    def read(self, _question: str, sentences: Sequence[InPlace], /) -> list[float]:
        return [self._odds.get(each.text.removesuffix("”"), 0.0) for each in sentences]


def _claim(text: str, route: str = "quote", kind: ClaimKind = ClaimKind.RECORD_FACT) -> DraftClaim:
    source = Source(resource="DocumentReference/n", path="", title="Note", occurred_at="2025-03-01")
    return DraftClaim(text=text, kind=kind, citations=(Citation(id="c", source=source, quote="x", start=0, end=1),), route=route)


def _left(odds: Mapping[str, float], *others: DraftClaim) -> list[str]:
    claims = [*others, *map(_claim, odds)]
    return [each.text for each in without_strays("Is the tumour back?", claims, _Weighing(odds))]


def test_a_sentence_about_something_else_is_left_out_beside_a_fact() -> None:
    fact = _claim("Recurrence of the tumour was refuted.", route="condition_state")
    assert _left({"Repeat K came back 4.8.": STRAY - 1}, fact) == ["Recurrence of the tumour was refuted."]
    assert len(_left({"No regrowth on the scan.": STRAY + 1}, fact)) == 2


def test_of_sentences_alone_the_likeliest_stays() -> None:
    assert _left({"Back to the clinic in May.": STRAY - 2, "Seen for his back.": STRAY - 1}) == ["Seen for his back."]


def test_what_lies_far_behind_the_best_is_left_out_only_where_it_is_unlikely_itself() -> None:
    assert _left({"It has come back in the liver.": FAR, "Lung clear.": -0.5}) == ["It has come back in the liver."]
    assert len(_left({"It has come back in the liver.": FAR + 2, "Regrowth seen in June.": 0.5})) == 2


@pytest.mark.parametrize(("route", "kind"), [("summary_note", ClaimKind.RECORD_FACT), ("quote", ClaimKind.ABSENCE)])
def test_lines_of_a_story_and_denials_stay(route: str, kind: ClaimKind) -> None:
    claims = [_claim("Tumour resected."), _claim("No sign of it.", route, kind)]
    read = without_strays("Is the tumour back?", claims, _Weighing({"Tumour resected.": 3.0, "No sign of it.": -9.0}))
    assert read == claims


def test_the_reader_of_tests_leaves_nothing_out() -> None:
    claims = [_claim("Tumour resected."), _claim("Wrist cast removed.")]
    assert without_strays("Is the tumour back?", claims, WordReader()) == claims


def test_an_answer_leaves_out_what_only_stands_near(chart_of: Callable[..., AskedChart]) -> None:
    removed, near = "The wrist cast was removed by nurse Abel.", "Spare wrist cast removed by nurse Abel from the stock list."
    chart = chart_of(note("a", removed, "2024-01-10T10:00:00Z"), note("b", near, "2024-02-10T10:00:00Z"))

    def told(odds: Mapping[str, float]) -> str:
        return " ".join(AskedChart(chart.engine._replace(reader=_Weighing(odds))).say("Who removed the wrist cast?"))

    assert near in told({removed: 2.0, near: 2.0})
    assert near not in told({removed: 2.0, near: STRAY - 2})
    assert removed in told({removed: 2.0, near: STRAY - 2})
