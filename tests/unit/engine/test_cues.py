"""Patterns that are compiled at their first use: none costs anything before, and each that the engine knows can be used."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
import subprocess
import sys

import chartcite.engine
import pytest
from chartcite.engine.language.cues import Cue

_COMPILED_AT_IMPORT = """
import gc
import chartcite.engine.ask
from chartcite.engine.language.cues import Cue
cues = [each for each in gc.get_objects() if type(each) is Cue]  # asking a stranger for its class may run its code
print(len(cues), sum("compiled" in vars(each) for each in cues))
"""


def test_the_import_of_the_engine_compiles_no_cue() -> None:
    done = subprocess.run([sys.executable, "-c", _COMPILED_AT_IMPORT], check=True, capture_output=True, text=True)
    cues, compiled = map(int, done.stdout.split())
    assert cues > 100
    assert compiled == 0


def test_every_cue_of_the_engine_is_a_regular_expression() -> None:
    for module in pkgutil.walk_packages(chartcite.engine.__path__, "chartcite.engine."):
        if ".models." not in module.name:
            importlib.import_module(module.name)
    gc.unfreeze()  # what another test set apart for good is not listed
    cues = [each for each in gc.get_objects() if type(each) is Cue]  # asking a stranger for its class may run its code
    assert len(cues) > 100
    for cue in cues:
        assert cue.compiled.pattern == cue.pattern


def test_a_cue_reads_as_its_pattern_does() -> None:
    text, cue, pattern = "Pain, no PAIN, pain", Cue(r"\bpain\b"), re.compile(r"\bpain\b", re.IGNORECASE)
    assert [match.span() for match in cue.finditer(text, 3)] == [match.span() for match in pattern.finditer(text, 3)]
    assert cue.sub("x", text, 2) == pattern.sub("x", text, 2)
    assert cue.split(text) == pattern.split(text)
    found, same = cue.search(text, 1, 14), pattern.search(text, 1, 14)
    assert found is not None
    assert same is not None
    assert found.span() == same.span()
    assert cue.match(text, 1) is None
    assert cue.fullmatch("PAIN") is not None


def test_flags_take_the_place_of_reading_both_cases_alike() -> None:
    assert Cue(r"\bED\b", 0).search("seen in ed") is None
    assert Cue(r"\bED\b").search("seen in ed") is not None


def test_a_broken_pattern_is_told_at_its_first_use() -> None:
    broken = Cue("(")
    with pytest.raises(re.error):
        broken.search("anything")
