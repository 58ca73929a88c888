"""The problems that a chart lists as begun in a time or since one: "new diagnoses since her 60th birthday", resolved ones as well."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.medicines.medicine_turns import opened_by_event
from chartcite.engine.questions.plans import Plan
from chartcite.engine.stories.problem_summary import day_of, drafts

MOST_LINES = 12
_PROBLEMS = r"(?:problems?|diagnos[ei]s|dx|dxs|conditions?|illness(?:es)?|(?:entries|items|things|additions?) (?:on|to|in) (?:the |her |his |my )?problem list)"
_ASKS = Cue(
    rf"\bnew (?:\w+ ){{0,2}}?{_PROBLEMS}\b|\b{_PROBLEMS} (?:\w+ ){{0,4}}?(?:new|newly|added|arisen|cropped up|appeared|made|gained|picked up)\b"
    r"|\b(?:added to|new (?:on|to|in)|joined|gone on(?:to)?|went on(?:to)?) (?:the |her |his |my )?(?:problem|diagnosis) list\b",
)
_SINCE = Cue(r"\b(?:since|from then|onwards?|after)\b")
_ASKS_OTHER = Cue(r"\b(?:why|who|how (?:long|many|come)|treat\w*|medicin\w*|meds?|medications?|suspected|excluded|ruled out)\b")


def told_new_problems(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft the problems that began in the time that a question tells; empty: that is not asked, or there are none."""
    if not _ASKS.search(text) or _ASKS_OTHER.search(text):
        return []
    if any(plan.family or plan.comparison or _names_more(plan) for plan in plans):
        return []
    windows = [window for plan in plans if (window := _window(plan, reading)) is not None]
    if not windows or windows[0].first is None:
        return []
    window, today = windows[0], reading.chart.today
    last = today if window.last is None or _SINCE.search(text) else window.last
    listed = reading.shelves.records.facts(reading.scope, categories=(Category.CONDITION,))
    newest = {name_of(fact).lower(): fact for fact in listed if _began(fact, windows[0].first, last)}
    return drafts(sorted(newest.values(), key=day_of)[-MOST_LINES:], reading.chart)


def _names_more(plan: Plan) -> bool:
    """Say whether a question names something beside the event by which it tells the time."""
    spoken = set(forms(plan.anchor.words)) if plan.anchor is not None else set[str]()
    return any(not set(forms(target.words)) <= spoken for target in plan.targets)


def _window(plan: Plan, reading: Reading) -> Window | None:
    if plan.anchor is None:
        return plan.window
    return opened_by_event(plan, reading)


def _began(fact: Fact, first: date, last: date) -> bool:
    held = fact.span is None and fact.assertion in {AssertionStatus.PRESENT, AssertionStatus.HISTORICAL}
    return held and fact.occurred is not None and first <= fact.occurred.first_day <= last
