"""A checked sentence of the engine in plain words, for a patient: one shape of sentence, one wording. No model takes part.

What the record wrote stays as it is and stands in quotation marks, unless it is short and easy. A sentence of no known shape is
shown as it is, its dates in words. What comes out of here is a proposal: `register_checks` compares it with the sentence.
"""

# ruff: noqa: E501 -- shapes of sentences read better in long lines

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from chartcite.engine.domain.answers import ClaimKind
from chartcite.engine.language.cues import Cue
from chartcite.engine.wording import plain_sentences as say
from chartcite.engine.wording.plain_dates import DAY, with_days_in_words
from chartcite.engine.wording.plain_record_words import without_condition, without_tags

RELATIVES = r"mother|father|parent|brother|sister|sibling|son|daughter|child|grandmother|grandfather|aunt|uncle|cousin|nephew|niece|half-?brother|half-?sister"


class Shape(NamedTuple):
    """A shape of sentence and how it is said plainly."""

    pattern: Cue
    say: Callable[[re.Match[str]], str]
    kinds: frozenset[ClaimKind] = frozenset()
    """Kinds of claim that have it; empty: any."""


def plain_words(text: str, kind: ClaimKind, /) -> str:
    """Return a claim's text in plain words."""
    text = without_tags(without_condition(text))
    for shape in SHAPES:
        if (not shape.kinds or kind in shape.kinds) and (match := shape.pattern.fullmatch(text)):
            return shape.say(match)
    return with_days_in_words(text)


_FIELD = r"olog|(?-i:ENT|GP|PCP|RN|MD|DO)\b|[Mm]edicine|[Ss]urgery|[Pp]aediatric|[Pp]ediatric|[Nn]urs|[Pp]harm|[Dd]ent|[Pp]sychiatr|[Rr]adiol|[Tt]herap|[Oo]rthop"
"""What stands in brackets behind a name for somebody's field."""
_TAIL = r"(?:, for (?P<for>.+?))?(?:; reason: (?P<why>.+?))?(?:; prescriber: (?P<who>.+?))?"
_NAME = r"(?P<name>[^“]+?)"
_STATUS = r"active|resolved|inactive|remission|relapse|recurrence|recorded|unknown|completed"
_RANGE = rf"(?: on (?P<day>{DAY}))?(?: \(reference range (?P<range>.+?)(?:, flagged (?P<flag>[^()]+))?\))?(?: \((?P<status>preliminary|amended|corrected)\))?\."
_FACT, _COMPUTED, _ABSENT = (frozenset({kind}) for kind in (ClaimKind.RECORD_FACT, ClaimKind.COMPUTED, ClaimKind.ABSENCE))
_INFERRED = frozenset({ClaimKind.INFERENCE})


def _shape(pattern: str, say: Callable[[re.Match[str]], str], kinds: frozenset[ClaimKind] = frozenset()) -> Shape:
    return Shape(Cue(pattern, re.DOTALL), say, kinds)


SHAPES: Sequence[Shape] = (
    _shape(r"(?P<said>.+)", say.guideline, frozenset({ClaimKind.GUIDELINE})),
    _shape(r"(?P<said>None of the .+?)", say.no_warning, _INFERRED),
    _shape(r"(?P<said>[^“]+ (?:warning|interaction|duplicate|alert|burden|dose|risk)\b[^“]*?: .+?)", say.warning, _INFERRED),
    _shape(rf"(?P<title>[^“]+?)(?:, (?P<day>{DAY}))?: “(?P<quote>.+)”", say.quote),
    # Absences
    _shape(rf"{_NAME}(?: recorded (?P<day>{DAY}))?(?P<refuted> was refuted)?: the chart says the patient does not have it\.", say.not_had, _ABSENT),
    _shape(rf"{_NAME}(?: on (?P<day>{DAY}))? was entered in error and does not count\.", say.in_error),
    _shape(rf"Allergy to {_NAME} was refuted(?:, recorded (?P<day>{DAY}))?\.", say.not_allergic, _ABSENT),
    _shape(rf"(?P<name>No [^:]+?)(?:, recorded (?P<day>{DAY}))?\.", say.no_allergy, _ABSENT),
    _shape(rf"(?P<head>.+?) was not given \(not done\)(?: on (?P<day>{DAY}))?(?:: (?P<why>.+))?\.", say.not_given),
    # Computed
    _shape(rf"{_NAME}: (?P<often>\d+ times?) in the chart(?: \((?P<days>{DAY}(?:, {DAY})*)\))?\.", say.count, _COMPUTED),
    _shape(rf"(?P<often>\d+ times?) in the chart: (?P<items>.+ \({DAY}\))\.", say.count_each, _COMPUTED),
    _shape(rf"{_NAME} (?P<how>rose by|fell by|was unchanged)(?P<rest>.+)", say.moved, _COMPUTED),
    _shape(rf"The mean of (?P<n>\d+) values of {_NAME} from (?P<first>{DAY}) to (?P<last>{DAY}) is (?P<value>.+)\.", say.mean, _COMPUTED),
    _shape(rf"{_NAME}: (?P<rest>from {DAY} (?:to {DAY}|and goes on), .+)", say.lasted, _COMPUTED),
    _shape(rf"{_NAME}: (?P<rest>\d+ days from {DAY} to {DAY}\.)", say.lasted, _COMPUTED),
    _shape(rf"{_NAME}(?P<unsure> \(unconfirmed\))?: (?P<status>{_STATUS})(?:, onset (?P<day>{DAY}))?(?:, ended (?P<ended>{DAY}))?(?: \((?P<more>.+)\))?: at the age of (?P<age>\d+) years \(born (?P<born>{DAY})\)\.", say.problem, _COMPUTED),
    _shape(r"The patient is (?P<rest>\d+ (?:years|months|days) old .+)", say.age),
    _shape(rf"(?P<lead>The (?:highest|lowest) of \d+ values): (?P<name>[^“:]+?) was (?P<value>[^“]+?){_RANGE}", say.result, _COMPUTED),
    _shape(r"(?P<said>[^“]+?: .+\. From .+)", say.score, _COMPUTED),
    # Facts
    _shape(rf"(?P<what>Allergy to|Intolerance of) {_NAME}(?:: (?P<reaction>.+?))?(?: \(criticality (?P<risk>[^)]+)\))?(?:, (?P<status>inactive|resolved))?(?:,? (?:recorded|on) (?P<day>{DAY}))?\.", say.allergy, _FACT),
    _shape(rf"{_NAME}(?P<unsure> \(unconfirmed\))?: (?P<status>{_STATUS})(?:, onset (?P<day>{DAY}))?(?:, ended (?P<ended>{DAY}))?(?: \((?P<more>.+)\))?\.", say.problem, _FACT),
    _shape(rf"(?P<name>[^:“]*(?:[Aa]llerg|[Ii]ntoleran)[^:“]*?)(?:: (?P<reaction>.+?))?(?: \(criticality (?P<risk>[^)]+)\))?(?:, (?P<status>inactive|resolved))?, recorded (?P<day>{DAY})\.", say.allergy, _FACT),
    _shape(rf"(?P<who>(?i:{RELATIVES})): {_NAME}(?: \((?P<more>.+)\))?\.", say.relative, _FACT),
    _shape(rf"(?P<head>.+?) is active(?: since (?P<day>{DAY}))?(?:, until (?P<until>{DAY}))?{_TAIL}(?:; changed from (?P<before>.+?))?\.", say.taken, _FACT),
    _shape(rf"(?:Nothing is active now for (?P<kind>[^:“]+), only past entries: )?(?P<head>.+), ordered(?: on (?P<day>{DAY}))?, is recorded as (?P<status>.+?) \(no stop date recorded\){_TAIL}\.", say.ordered_medicine, _FACT),
    _shape(rf"(?P<head>.+?) was (?P<done>given|dispensed)(?: on (?P<day>{DAY}))?{_TAIL}\.", say.given, _FACT),
    _shape(rf"{_NAME} was ordered(?: on (?P<day>{DAY}))?(?: by (?P<who>.+?))?(?: for (?P<for>.+?))?(?:, planned for (?P<planned>.+?))? \(order (?P<status>[^)]+)\)(?:: (?P<more>.+))?\.", say.ordered, _FACT),
    _shape(rf"{_NAME} was done(?: (?:on|from) (?P<day>{DAY}))?(?: to (?P<last>{DAY}))?(?: by (?P<who>.+?(?: \((?:[^()]*(?:{_FIELD})[^()]*\)|[^()]+\)(?= \(| for )))?))?(?: for (?P<for>.+?))?(?: \((?P<more>.+)\))?\.", say.done, _FACT),
    _shape(rf"{_NAME} is recorded as (?P<status>[a-z-]+)(?: (?:on|from) (?P<day>{DAY}))?(?: to (?P<last>{DAY}))?(?: by (?P<who>.+?(?: \((?:[^()]*(?:{_FIELD})[^()]*\)|[^()]+\)(?= \(| for )))?))?(?: for (?P<for>.+?))?(?: \((?P<more>.+)\))?\.", say.done),
    _shape(rf"(?:Nothing is active now for (?P<kind>[^:“]+), only past entries: )?(?P<head>.+?) was (?P<status>[a-z-]+) on (?P<day>{DAY})(?: \(started (?P<started>{DAY})\))?{_TAIL}\.", say.stopped, _FACT),
    _shape(rf"(?P<head>.+?) is recorded (?P<rest>(?:from|since) .+?){_TAIL}\.", say.recorded, _FACT),
    _shape(rf"(?P<name>[^“:]+?) was (?P<value>(?!unchanged|in error|refuted|recorded|entered|done|not say.given)[^“]+?){_RANGE}", say.result, _FACT),
    _shape(
        rf"(?P<head>.+?) is recorded as (?P<status>[a-z-]+)(?: on (?P<day>{DAY}))?{_TAIL}\.", say.marked, _FACT
    ),
    _shape(rf"(?P<name>(?:(?! was | is recorded )[^“])+?)(?: \((?P<kind>ambulatory|emergency|inpatient|[a-z ]+)\))? on (?P<day>{DAY})(?: to (?P<last>{DAY}))?(?:, for (?P<for>.+?))?(?:, with (?P<who>.+?))?(?:, at (?P<place>.+?))?(?:; discharged to (?P<left>.+?))?\.", say.visit, _FACT),
    _shape(rf"{_NAME}(?: on (?P<day>{DAY}))?(?: \((?P<status>[a-z-]+)\))?: (?P<told>.+)\.", say.listed_or_report, _FACT),
    _shape(rf"(?P<name>[^“:]+?)(?: on (?P<day>{DAY}))?(?: \((?P<status>[a-z-]+)\))? is on file(?P<told>)\.", say.report, _FACT),
)  # fmt: skip
"""The first that a sentence has decides. Sentences are those of `statements`, `value_answers`, `counts_and_durations`, `quoting`."""
