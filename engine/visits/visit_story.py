"""A question for the whole of one visit: "rundown of the January admission: diagnosis, treatment, anything left to chase"."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.confidence.confidence_asked import QUOTES
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.facts.people import called_as, fields_named
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.asked_parts import parts_asked
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_cues import ORDINAL
from chartcite.engine.questions.summary_words import asks_summary
from chartcite.engine.stories.problem_summary import WIDEST, named_by_lexicon
from chartcite.engine.stories.stay_summary import Wanted, asks_all_visits, of_visit
from chartcite.engine.visits.held_visits import held_visits
from chartcite.engine.visits.named_visits import Kind, VisitNamed, visit_meant, visits_in
from chartcite.engine.visits.visits import ASKS_VISIT


def told_visit(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft the story of the one visit that a question asks to be summed up; empty: it asks otherwise, or of no visit of the chart."""
    named = [each for each in visits_in(text, today=reading.chart.today) if not each.since]
    if len(named) != 1 or any(plan.comparison for plan in plans):
        return []
    one = named[0]
    asking = [plan for plan in plans if one.phrase.lower() in plan.text.lower()] or plans
    if any(plan.family for plan in asking) or (len(plans) == 1 and asks_all_visits(plans[0])):
        return []
    head, after = text[: one.span[1]], text[one.span[1] :]
    clause = _CLAUSE.split(head)[-1]
    whole = f"{clause}{_CLAUSE.split(after)[0]}"
    if not (asks_summary(clause, ()) or asks_summary(whole, ()) or _OF_A_VISIT.search(whole)):
        return []
    if one.kind is not Kind.STAY and _DECIDED.search(whole):
        return []
    targets = [target for plan in plans for target in plan.targets]
    parts = parts_asked(after)
    if any(_is_asked_of(target, one, head) for target in targets) or (not parts and _tells_more(targets, after)):
        return []
    if one.window is None and len(plans) == 1:
        one = one._replace(window=plans[0].window)
    visit = visit_meant(one, reading, targets)
    return [] if visit is None else of_visit(visit, reading, Wanted(parts, _topics(one, reading)))


def _tells_more(targets: Sequence[Target], after: str) -> bool:
    """Say whether what follows the name of a visit tells more of which one it is: "her stay on the ward for sepsis"."""
    return ORDINAL.search(after) is not None or any(target.words.lower() in after.lower() for target in targets)


def _topics(named: VisitNamed, reading: Reading) -> list[Target]:
    """Return the problem by which a visit is called (the HIV of "HIV visit"), and what is given for it, by their names."""
    lexicon = reading.chart.lexicon
    known = [id_ for mention in lexicon.mentions(named.words) for id_ in mention.ids[:1]]
    problems = [id_ for id_ in known if lexicon.concepts[id_].kind is ConceptKind.CONDITION]
    topics = [named_by_lexicon(id_, lexicon) for id_ in problems]
    drugs = sorted(lexicon.treatments_of(problems, widest=WIDEST)) if problems else []
    runs = tuple(dict.fromkeys(forms(surface) for surface in lexicon.surfaces(drugs)))
    return [*topics, Target(words="treatment", label="treatment", kind=ConceptKind.DRUG, alternatives=runs)] if runs else topics


_OF_A_VISIT = Cue(
    r"\b(?:outcomes? of|what came (?:out |up )?(?:of|at|in|from)|(?:need|needs|ought|should|want) (?:\w+ ){0,5}?know about"
    r"|what (?:was|were|got|did (?:they|he|she|the \w+)) (?:all )?(?:said|say|discuss(?:ed)?|talk(?:ed)? (?:about|over)|cover(?:ed)?|go(?:ne)? (?:over|through)|decided?|agreed?|conclu(?:ded?)|do(?:ne)?)\b(?: \w+)? (?:at|in|on|during)"
    r"|what (?:all |exactly )?(?:happe?n?e?d|went on|took place|came up)\b(?: (?:to|with) (?:\w+ )?\w+)? (?:at|in|on|during|when)"
    r"|how (?:did )?(?:\S+ ){1,6}?(?:go|went))\b"
)
"""Asks for all of a visit, and of other things for one particular."""
_DECIDED = Cue(r"\b(?:decided?|agreed?|concluded?)\b")
"""Asks for the plan of a visit, which its notes tell by themselves; a stay has many."""
_CLAUSE = re.compile(r"\s[-–—]+\s|[:;.?!]\s")
"""Between what only leads in ("covering for her next week - ...") and what is asked."""


_SEEN = Cue(r"\b(?:saw|seen|sees|visit(?:ed|s)?|attend(?:ed|s)?|went to|been to|told (?:him|her|them))\b")


def of_the_field(plan: Plan, claims: Sequence[DraftClaim], reading: Reading, /) -> list[DraftClaim]:
    """Keep what tells of a visit to somebody of a field, where that is asked and no visit of the chart was to one.

    What the chart tells of the organ is no account of the visit.
    """
    fields = fields_named(plan.text).called
    asks = ASKS_VISIT.search(plan.text) is not None or _OF_A_VISIT.search(plan.text) is not None
    if not fields or not asks or not visits_in(plan.text, today=reading.chart.today):
        return list(claims)
    if any(each.search(called_as(fact)) for fact in held_visits(reading) for each in fields):
        return list(claims)
    return [claim for claim in claims if _is_of(claim, fields)]


def _is_of(claim: DraftClaim, fields: Sequence[Cue]) -> bool:
    """Say whether a claim quotes a note of the field, or one that says that its people were seen."""
    cited = claim.citations[0]
    if claim.route not in QUOTES:
        return False
    wrote = f"{cited.source.title} {cited.source.author or ''}"
    told = any(each.search(cited.quote) for each in fields) and _SEEN.search(cited.quote) is not None
    return told or any(each.search(wrote) for each in fields)


def _is_asked_of(target: Target, named: VisitNamed, head: str) -> bool:
    """Say whether a question asks of a problem or a medicine of its own at a visit: "sum up the asthma care at the May review"."""
    place = head.lower().find(target.words.lower())
    return target.kind in {ConceptKind.CONDITION, ConceptKind.DRUG, None} and 0 <= place < named.span[0]
