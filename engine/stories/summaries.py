"""The story of a problem, a medicine or a visit, when it is asked for as a whole: first what it is, at most a dozen lines.

Everything is a fact of the chart or a sentence quoted from its notes; a thing that the chart lacks is not summarised.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.statements import MEASURED
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.medicines.medication_courses import by_drug
from chartcite.engine.notes.sentence_manner import assertion_in
from chartcite.engine.questions.persons import person_of
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import is_ordinary, is_plain
from chartcite.engine.retrieval import TargetFacts, retrieve_facts, retrieve_passages
from chartcite.engine.stories.problem_measures import followed_by
from chartcite.engine.stories.problem_summary import (
    WIDEST,
    done_for,
    drafts,
    named_by_lexicon,
    now_and_before,
    of_problem,
    standing_of,
    values_of,
)
from chartcite.engine.stories.stay_summary import Wanted, of_visit, visit_asked
from chartcite.engine.stories.summary_lesions import lesion_asked
from chartcite.engine.stories.summary_notes import Subject, sentences_about
from chartcite.engine.visits.encounters import is_admission

MOST_LINES = 12
MOST_QUOTES = 5
LEAST_QUOTES = 4
"""Lines that are kept for notes, where they tell as much."""
ALONE = 9
"""Lines of a summary where notes tell most of it."""
READ = 400
"""Passages of a chart that are all read; of a longer chart those that search finds, and as many of the newest."""
_NARROW = 12
"""Problems under a kind by which it counts as narrow, at most."""
_AMBIGUOUS = frozenset({"low", "high", "fit", "turn", "spell", "shock", "rad"})
"""Words that name a problem in a question, and mostly something else in a record."""
_FEW = 90
"""Medicines by which a problem is treated, at most, where each of them speaks of it."""
_TESTED = frozenset({*MEASURED, Category.REPORT, Category.ORDER, Category.IMMUNIZATION})
"""That somebody was tested for a problem does not tell that it is there."""
_HELD = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL})


def summary(reading: Reading) -> list[DraftClaim] | None:
    """Draft a summary of what a question names; empty: the chart does not have it; `None`: it names nothing to sum up."""
    found = retrieve_facts(reading.plan, reading.shelves.records, scope=reading.scope)
    visit = visit_asked(reading, found)
    if visit is not None and not _of_all_its_visits(reading.plan):
        return of_visit(visit, reading)
    things = _with_followed([*_things(reading, found)], reading)
    lesion = lesion_asked(reading.plan)
    if lesion is not None:
        things = [TargetFacts(lesion.target, lesion.about(_conditions(reading)))]
    if not things:
        return None
    stay = _stay_for(things, reading) if lesion is None else None
    if stay is not None:
        return of_visit(stay, reading, Wanted(topics=[item.target for item in things]))
    passages = _passages(reading) if lesion is None else lesion.inside(_passages(reading))
    things = [item for item in things if item.target.kind is not ConceptKind.MEASUREMENT or _is_told(item, passages)]
    if not things or not all(_is_told(item, passages) for item in things):
        return [] if found or lesion else None  # words that nobody knows may be answered as any others
    standings = [standing_of(item.target, item.facts, reading) for item in things if item.target.kind is ConceptKind.CONDITION]
    told = _facts_of(things, reading)
    subject = Subject([item.target for item in things], denied=any(each.denied and not each.held for each in standings))
    if all(standing.is_sure for standing in standings):
        subject = subject._replace(near=_near(things, reading), kin=_kin(things, reading))
    most = max(MOST_QUOTES, ALONE - len(told))
    quotes = sentences_about(subject, passages, reading.shelves.records, most=most, told=told)
    kept = told[: MOST_LINES - min(len(quotes), LEAST_QUOTES)]
    return [*kept, *quotes[-(MOST_LINES - len(kept)) :]]


_VISITS = Cue(r"\b(?:admissions|hospitali[sz]ations|stays|visits|appointments)\b")


_FROM_THEN = Cue(r"\b(?:after|since|following)\b")


def _of_all_its_visits(plan: Plan) -> bool:
    """Say whether a thing is to be summed up with its visits, or from one on: "heart failure in brief: EF, admissions"."""
    if _FROM_THEN.search(plan.text) and any(
        target.kind in {ConceptKind.DRUG, ConceptKind.MEASUREMENT} for target in plan.targets
    ):
        return True
    return _VISITS.search(plan.text) is not None and any(target.kind is ConceptKind.CONDITION for target in plan.targets)


def _stay_for(things: Sequence[TargetFacts], reading: Reading) -> Fact | None:
    """Return the one stay of a time in which the one problem that is named began: "the pneumonia of January 2023"."""
    window = reading.plan.window
    if window is None or window.first is None or window.last is None or window.last - window.first > _A_SEASON:
        return None
    if len(things) != 1 or things[0].target.kind not in {ConceptKind.CONDITION, None}:
        return None
    held = standing_of(things[0].target, things[0].facts, reading).held
    begun = [fact.occurred.first_day for fact in held if fact.occurred is not None and window.holds(fact.occurred)]
    visits = reading.shelves.records.facts(reading.scope, categories=(Category.ENCOUNTER,))
    stays = [
        fact
        for fact in visits
        if fact.span is None
        and is_admission(fact)
        and fact.occurred is not None
        and not _is_of_birth(fact.occurred.first_day, reading)
        and any(fact.occurred.first_day - _BEFORE <= day <= (fact.ended or fact.occurred).last_day for day in begun)
    ]
    return stays[0] if len(stays) == 1 else None


def _is_of_birth(day: date, reading: Reading) -> bool:
    """Say whether a stay began with the patient's birth: it is for being born, whatever began in it."""
    birth = person_of((reading.chart.birth,)).birth if reading.chart.birth is not None else None
    return birth is not None and abs(day - birth) <= _BEFORE


_A_SEASON = timedelta(days=93)
_BEFORE = timedelta(days=3)
"""What leads to a stay began so long before it, at most."""


def _things(reading: Reading, found: Sequence[TargetFacts]) -> list[TargetFacts]:
    """Return what is to be summed up: problems and what only the chart names before treatments, these before tests."""
    named = [_as_said(item) for item in found if not item.target.is_attribute]
    problems = [item for item in named if item.target.kind in {ConceptKind.CONDITION, None}]
    drugs = [item for item in named if item.target.kind is ConceptKind.DRUG]
    others = [item for item in named if item.target.kind in {ConceptKind.PROCEDURE, ConceptKind.MEASUREMENT}]
    words = [word for word in reading.plan.keywords if len(word) > 2]
    if problems or drugs or others:
        listed = [] if problems else _of_problems(words, reading)
        return [*listed, *problems, *drugs] or others
    return _of_problems(words, reading) or [
        TargetFacts(Target(words=word, label=word, alternatives=((word,),)), []) for word in words[:2]
    ]


def _of_problems(words: Sequence[str], reading: Reading) -> list[TargetFacts]:
    """Return the words, unknown to the lexicon, by which problems and procedures of the chart are called: "valve", "pancreas"."""
    names = reading.shelves.records.facts(reading.scope, categories=(Category.CONDITION, Category.PROCEDURE))
    held = [fact for fact in names if fact.span is None and fact.assertion in _HELD]
    found = []
    for word in words:
        if is_plain(word) or word in _OF_ANY:
            continue
        called = {each for fact in held for each in _called(fact) if each == word or _same_stem(each, word)}
        facts = [fact for fact in held if called & _called(fact)]
        if facts:
            target = Target(words=word, label=word, alternatives=tuple((each,) for each in sorted({word, *called})))
            found.append(TargetFacts(target, facts))
    return found


_OF_ANY = frozenset(
    forms(
        "left right both acute chronic recurrent severe mild moderate disease disorder syndrome status type stage finding "
        "unspecified other problem new old first early late high low"
    )
)
"""Words of the names of many problems."""


def _called(fact: Fact) -> set[str]:
    """Return the words by which an entry and its codes are called."""
    return {word for name in (fact.concept.text, *(each.display for each in fact.concept.codings)) for word in forms(name)}


_STEM = 6
"""Letters that words of one stem share, at least: "pancreas" and "pancreatitis"."""


def _same_stem(one: str, other: str) -> bool:
    shared = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= _STEM and shared >= min(len(one), len(other)) - 2


def _as_said(item: TargetFacts) -> TargetFacts:
    """Leave out what a name of the chart only resembles ("hepatorenal" is not "hepatocellular carcinoma"), and plain words.

    "A low" is a low blood sugar, and so one of diabetes: of the words of a chart it would choose too many.
    """
    asked = forms(item.target.words)
    runs = tuple(run for run in item.target.alternatives if run == asked or len(run) > 1 or run[0] not in _AMBIGUOUS)
    item = item._replace(target=item.target.model_copy(update={"alternatives": runs}))
    if item.target.kind is not None or item.target.exact:
        return item
    if len(asked) == 1:
        called = {word for fact in item.facts for word in forms(fact.concept.text) if _same_stem(word, asked[0])}
        facts = [fact for fact in item.facts if {asked[0], *called} & set(forms(fact.concept.text))]
        return TargetFacts(
            item.target.model_copy(update={"alternatives": tuple((each,) for each in sorted({asked[0], *called}))}), facts
        )
    facts = [fact for fact in item.facts if set(asked) <= set(forms(fact.concept.text))]
    return TargetFacts(item.target.model_copy(update={"alternatives": (asked,)}), facts)


def _with_followed(things: Sequence[TargetFacts], reading: Reading) -> list[TargetFacts]:
    """Add the problems of the chart that a measurement follows: who asks how the pressure was handled means hypertension."""
    lexicon = reading.chart.lexicon
    measured = [item.target for item in things if item.target.kind is ConceptKind.MEASUREMENT]
    if not measured:
        return list(things)
    problems: dict[str, list[Fact]] = {}
    for fact in _conditions(reading):
        for id_, strength in lexicon.link(fact.concept).items():
            if strength == 2 and fact.span is None and any(followed_by(id_, target.ids, lexicon) for target in measured):
                problems.setdefault(id_, []).append(fact)
    added = [TargetFacts(named_by_lexicon(id_, lexicon), facts) for id_, facts in problems.items()]
    return [*added, *things]


def _conditions(reading: Reading) -> list[Fact]:
    return reading.shelves.records.facts(reading.scope, categories=(Category.CONDITION,))


def _passages(reading: Reading) -> list[Passage]:
    """Return the passages of a chart, of the time that is asked; of a long chart the newest and those that search finds."""
    plan, shelves, _chart, scope = reading[:4]
    passages = {passage.id: passage for passage in islice(shelves.records.all_passages(scope), READ + 1)}
    if len(passages) > READ:
        passages |= {item.passage.id: item.passage for item in retrieve_passages(plan.text, plan, shelves, scope=scope)}
    return [each for each in passages.values() if plan.window is None or plan.window.holds(each.occurred or each.recorded)]


def _is_told(item: TargetFacts, passages: Sequence[Passage]) -> bool:
    """Say whether a table or a note of the chart has a thing."""
    held = [
        fact
        for fact in item.facts
        if fact.assertion not in {AssertionStatus.ENTERED_IN_ERROR, AssertionStatus.FAMILY}
        and fact.category is not Category.FAMILY_HISTORY
        and not (fact.span is not None and fact.assertion is not AssertionStatus.PRESENT)
        and not (item.target.kind is ConceptKind.CONDITION and fact.category in _TESTED)
    ]
    return bool(held) or any(names_held(item.target, passage) for passage in passages)


def names_held(target: Target, passage: Passage) -> bool:
    """Say whether a sentence of a passage tells that the patient has, or had, a thing."""
    for sentence in passage.sentences:
        text = passage.sentence_text(sentence)
        place = target.find(forms(text))
        if place is not None and not text.rstrip().endswith("?") and assertion_in(text, place, passage) in _HELD:
            return True
    return False


def _facts_of(things: Sequence[TargetFacts], reading: Reading) -> list[DraftClaim]:
    told: list[DraftClaim] = []
    for item in things:
        kind = item.target.kind
        if kind is ConceptKind.DRUG:
            told += _of_medicine(item, reading)
        elif kind is ConceptKind.MEASUREMENT:
            told += values_of(item.target, item.facts, reading)
        else:
            told += of_problem(item.target, standing_of(item.target, item.facts, reading), reading)
        if kind in {ConceptKind.PROCEDURE, None}:
            other = [fact for fact in item.facts if fact.category is not Category.CONDITION and fact.span is None]
            told += drafts(other[-4:], reading.chart)
    return list({claim.text: claim for claim in told}.values())


def _of_medicine(item: TargetFacts, reading: Reading) -> list[DraftClaim]:
    """Tell a medicine from its first order to the newest; allergies to it first, where these are asked."""
    listed = [fact for fact in item.facts if fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    orders = [fact for fact in listed if fact.category is Category.MEDICATION]
    harms = drafts([fact for fact in listed if fact.category is Category.ALLERGY][:2], reading.chart)
    of_allergy = reading.plan.subject is Category.ALLERGY
    groups = by_drug(orders, reading.chart)
    if len(groups) > 1 or of_allergy:
        now, stopped, before = now_and_before(orders, reading.chart)
        course = [*now, *stopped, *before]
    else:
        newest = {(fact.concept.text.lower(), fact.status, _dose(fact)): fact for group in groups for fact in group}
        course = drafts(list(newest.values())[-6:], reading.chart)
    done = done_for(item.target, reading)
    return [*harms, *done, *course[:3]] if of_allergy else [*course, *harms, *done[:2]]


def _dose(fact: Fact) -> str:
    return next((detail.text for detail in fact.details if detail.name == "dose"), "")


def _near(things: Sequence[TargetFacts], reading: Reading) -> list[Target]:
    """Return what is given for the problems as the lexicon names it: a sentence that tells of it tells of the problem."""
    lexicon = reading.chart.lexicon
    problems = [item for item in things if item.target.kind in {ConceptKind.CONDITION, ConceptKind.MEASUREMENT}]
    ids = {id_ for item in problems for id_ in item.target.ids[:1]}
    ids |= {id_ for item in problems for fact in item.facts[:20] for id_ in lexicon.link(fact.concept)}
    drugs = lexicon.treatments_of(sorted(ids), widest=WIDEST)
    if len(drugs) > _FEW:
        return []  # any antibiotic: a sentence that names one tells nothing of this infection
    runs = tuple(dict.fromkeys(forms(surface) for surface in lexicon.surfaces(sorted(drugs))))
    return [Target(words="treatment", label="treatment", kind=ConceptKind.DRUG, alternatives=runs)] if runs else []


def _kin(things: Sequence[TargetFacts], reading: Reading) -> list[Target]:
    """Return what notes say for a problem: the last word of its name ("nodule"), and what is of its narrow kind ("seizure")."""
    lexicon = reading.chart.lexicon
    runs: list[tuple[str, ...]] = []
    for item in things:
        words = forms(item.target.words)
        runs += [words[-1:]] if len(words) > 1 and not is_ordinary(words[-1]) else []
        if item.target.kind is ConceptKind.CONDITION and item.target.ids[:1]:
            parents = lexicon.concepts[item.target.ids[0]].parents
            kin = {id_ for parent in parents if len(lexicon.below(parent)) <= _NARROW for id_ in lexicon.below(parent)}
            runs += [forms(surface) for surface in lexicon.surfaces(sorted(kin))]
    return [Target(words="kin", label="kin", alternatives=tuple(dict.fromkeys(runs)))] if runs else []
