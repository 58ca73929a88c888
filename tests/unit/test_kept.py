"""What is kept of texts: up to a size, the longest unasked goes first, and no word of anybody."""

from __future__ import annotations

from chartcite.engine.models.kept import Kept, digest


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept: Kept[str] = Kept(most=2)
    kept.put(b"a", "first")
    kept.put(b"b", "second")
    assert kept.get(b"a") == "first"
    kept.put(b"c", "third")
    assert [kept.get(key) for key in (b"a", b"b", b"c")] == ["first", None, "third"]


def test_a_value_counts_by_its_size_and_once() -> None:
    kept: Kept[str] = Kept(most=4)
    kept.put(b"a", "old", size=3)
    kept.put(b"a", "new", size=3)
    kept.put(b"b", "beside", size=1)
    assert (kept.get(b"a"), kept.get(b"b")) == ("new", "beside")
    kept.put(b"c", "too large", size=5)
    assert [kept.get(key) for key in (b"a", b"b", b"c")] == [None, None, None]
    kept.put(b"d", "after it", size=4)
    assert kept.get(b"d") == "after it"


def test_a_digest_tells_where_one_text_ends() -> None:
    assert digest(["gout", "flare"]) != digest(["goutf", "lare"])
    assert digest(["gout", "flare"]) == digest(("gout", "flare"))
    assert b"gout" not in digest(["gout"])
