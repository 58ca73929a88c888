"""What notes say against an entry of the medicines that is called active: stopped since, not taken, another dose.

Only the last day counts on which notes speak of the medicine after the entry began, and only what the same clause says of it.
Both are told, neither is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import active_at
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent

MOST_TOLD = 2
_ASKED = frozenset({Intent.PRESENCE, Intent.ACTIVE, Intent.DOSE, Intent.LATEST, Intent.DESCRIBE, Intent.COUNT})
_GONE = Cue(
    r"\b(?:stop(?:s|ped)?|discontinued?|d/?c['’]?d|quit|ceased|(?:came|come|taken|took|been|is|now|stays?|went) off"
    r"|(?:not|n['’]t|never)(?: been| really| actually| even)? "
    r"(?:tak\w+|took|start\w*|beg[au]n|using|used|fill\w*|collect\w*|pick\w* up|giv(?:en|ing)|administered|having|on (?=it\b))"
    r"|withheld|omitted|no longer|ran out|run out|held|on hold|paused|suspended|withdrawn"
    r"|(?:given|gave)(?: (?:it|this|them))? up|weaned off)\b"
)
_ALTERED = Cue(
    r"\b(?:(?:up|down|back)(?:ed)? to|increas\w+|rais\w+|reduc\w+|lower\w+|titrat\w+|taper\w+|halv\w+|doubl\w+|cut"
    r"|now (?:on|taking|takes)|only tak\w+|taking|takes)\b|\d\s*(?:-+>|=>|→|➔|⇒)\s*\d"
)
_AMOUNT = re.compile(r"\d+(?:\.\d+)?(?=\s*(?:mg|mcg|micrograms?|g|units?|u|ml)\b)", re.IGNORECASE)
_UNSURE = Cue(
    r"\b(?:if|unless|consider\w*|should|could|(?<!in )(?<!since )(?<!last )(?<!of )(?<!by )may|might|will|would|when|once|until"
    r"|discuss\w*|plans?|aim\w*|to be|next|option|due to|afraid|fear\w*|worr\w*|wants?|wish\w*|ask(?:s|ed)?"
    r"|(?:not|never|n['’]t)(?: \w+)? stop\w*|allerg\w*)\b|\?"
)
_CLAUSES = re.compile(r"[;,(]|\s[-–—]\s|\b(?:and|but|while|whereas)\b", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?:\d+[.)]\s*)?(?P<name>[\w/]{3,}(?: [\w./]+){0,4})(?::|\s[-–—]+\s)")
_OF_SOMEBODY_ELSE = Cue(
    r"^\W*(?:(?:his|her|their|the|my) )?(?:mother|mum|mom|father|dad|wife|husband|partner|sister|brother|daughter|son|aunt|uncle)"
    r"(?: also)? (?:is|was|takes?|took|has|had|stopp\w+|came|ran)\b"
)


class _Said(NamedTuple):
    day: date
    passage: Passage
    sentence: Sentence
    clause: str


def told_otherwise(reading: Reading, claims: Sequence[DraftClaim], /) -> list[DraftClaim]:
    """Quote the notes of the last day on which a medicine is spoken of, where they say that it is not taken as it is listed.

    Args:
        reading: the question; it asks whether, or in which dose, a medicine that it names is taken.
        claims: what the list says.
    """
    plan = reading.plan
    if not _asks(plan):
        return []
    told: dict[str, DraftClaim] = {}
    for entry in _entries(reading, claims):
        for said in _against(entry, reading):
            claim = quote_sentence(said.passage, said.sentence, reading.shelves.records, route="quote")
            told.setdefault(claim.citations[0].quote, claim)
    return list(told.values())[:MOST_TOLD]


def _asks(plan: Plan) -> bool:
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    settled = plan.family or plan.event is not None or plan.window is not None or plan.historical or plan.harm or plan.lost
    return bool(drugs) and not settled and plan.intent in _ASKED and plan.subject is not Category.ALLERGY


def _entries(reading: Reading, claims: Sequence[DraftClaim]) -> Iterator[Fact]:
    """Yield the entries called active that claims cite, unless the list holds a newer one of the same medicine."""
    chart = reading.chart
    listed = [fact for fact in chart.records.facts(reading.scope, categories=(Category.MEDICATION,)) if fact.span is None]
    of_list = [claim for claim in claims if claim.category is Category.MEDICATION]
    cited = {citation.source.resource for claim in of_list for citation in claim.citations}
    for fact in listed:
        if fact.resource in cited and fact.assertion is AssertionStatus.PRESENT and active_at(fact, chart.today):
            yield fact


def _against(entry: Fact, reading: Reading) -> list[_Said]:
    begun = entry.occurred or entry.recorded
    if begun is None:
        return []
    named = _named(entry, reading)
    said = [each for each in _spoken(named, reading) if each.day > begun.last_day]
    last = max((each.day for each in said), default=None)
    newest = [each for each in said if each.day == last]
    listed = set(_AMOUNT.findall(" ".join([entry.concept.text, *(detail.text for detail in entry.details)])))
    against = [each for each in newest if _is_against(each.clause, named, listed)]
    if last is None or not against or _listed_since(entry, last, reading):
        return []
    return against


def _is_against(clause: str, named: Target, listed: set[str]) -> bool:
    if _UNSURE.search(clause):
        return False
    if _GONE.search(clause) or _opens_with_no(clause, named):
        return True
    amounts = set(_AMOUNT.findall(clause))
    return bool(listed and amounts - listed and _ALTERED.search(clause))


def _opens_with_no(clause: str, named: Target) -> bool:
    """Say whether a clause denies the bare name: "No HCTZ"."""
    words = forms(clause)
    place = named.find(words)
    return place is not None and place[0] > 0 and words[place[0] - 1] in {"no", "not", "without"} and len(words) - place[1] <= 1


def _listed_since(entry: Fact, day: date, reading: Reading) -> bool:
    """Say whether the list was brought up to date: it has an entry of the same medicine of that day or later."""
    ids = reading.chart.lexicon.link(entry.concept).keys()
    others = reading.chart.records.facts(reading.scope, categories=(Category.MEDICATION,))
    return any(
        other.span is None
        and other.resource != entry.resource
        and (known := other.occurred or other.recorded) is not None
        and known.first_day >= day
        and ids & reading.chart.lexicon.link(other.concept).keys()
        for other in others
    )


def _named(entry: Fact, reading: Reading) -> Target:
    """Return what names the medicine of an entry in notes: its own words, and every name of what it surely is."""
    lexicon = reading.chart.lexicon
    ids = [id_ for id_, strength in lexicon.link(entry.concept).items() if strength == 2 and not lexicon.concepts[id_].is_class]
    runs = {forms(surface) for surface in lexicon.surfaces(sorted(ids))} | {forms(entry.concept.text)[:1]}
    return Target(words=entry.concept.text, label=entry.concept.text, alternatives=tuple(sorted(run for run in runs if run)))


def _spoken(named: Target, reading: Reading) -> Iterator[_Said]:
    """Yield the clauses of notes that speak of a medicine; after a label that names it, the sentence speaks of nothing else."""
    for passage in reading.shelves.records.all_passages(reading.scope):
        known = passage.recorded or passage.occurred
        if known is None:
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if sentence in passage.commands or named.find(forms(text)) is None or _OF_SOMEBODY_ELSE.search(text):
                continue
            label = _LABEL.match(text)
            whole = label is not None and named.find(forms(label["name"])) is not None
            clauses = [text] if whole else [each for each in _CLAUSES.split(text) if named.find(forms(each)) is not None]
            for clause in clauses:
                yield _Said(known.first_day, passage, sentence, clause)
