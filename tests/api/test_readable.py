"""Laying out JSON keeps the quote where it is."""

from __future__ import annotations

import json

from chartcite.api.readable import lay_out
from hypothesis import given
from hypothesis import strategies as st

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=6), children, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=6), VALUES, max_size=5), st.data(), st.sampled_from([None, 1, 4]))
def test_the_range_holds_the_same_words_but_for_white_space(content: object, data: st.DataObject, indent: int | None) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=indent)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    laid_out = lay_out(text, (start, end))
    assert laid_out is not None
    assert json.loads(laid_out.text) == content
    shown = laid_out.text[laid_out.start : laid_out.end]
    assert "".join(shown.split()) == "".join(text[start:end].split())


def test_long_strings_are_cut_unless_they_are_the_quote() -> None:
    text = json.dumps({"data": "A" * 5000, "code": "x"})
    short = lay_out(text, (text.index('"x"') + 1, text.index('"x"') + 2))
    assert short is not None
    assert len(short.text) < 300
    assert "5,000 characters" in short.text
    whole = lay_out(text, (10, 5010))
    assert whole is not None
    assert whole.text[whole.start : whole.end] == text[10:5010]


def test_narrative_is_left_alone() -> None:
    assert lay_out("HPI: doing well.", (0, 3)) is None
