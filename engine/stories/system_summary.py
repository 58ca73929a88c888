"""The story of one system of the body: "cardiac summary", "overview of her renal history", "psych history in a nutshell"."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.active_facts import active_at, condition_is_active
from chartcite.engine.facts.fact_claims import Chart
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.medicines.medication_courses import by_drug
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import FAMILY, is_ordinary, is_plain
from chartcite.engine.questions.summary_words import asks_summary, summary_words
from chartcite.engine.retrieval import retrieve_facts
from chartcite.engine.stories.problem_summary import WIDEST, day_of, drafts, joined, named_by_lexicon, series_told
from chartcite.engine.stories.summary_notes import Subject, sentences_about
from chartcite.engine.visits.encounters import is_admission
from chartcite.engine.visits.named_visits import visits_in


class System(NamedTuple):
    """A system of the body: how people name it, and the classes of the lexicon that belong to it."""

    asked: Cue
    problems: tuple[str, ...]
    procedures: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    drugs: tuple[str, ...] = ()


SYSTEMS: tuple[System, ...] = (
    System(
        Cue(r"\b(?:cardiac|cardiovascular|cardiology|cardio|heart|cvs?)\b"),
        ("cardiovascular-disease",),
        ("cardiac-intervention", "cardiac-surgery", "cardiac-diagnostic-procedure"),
        ("left-ventricular-ejection-fraction", "nt-probnp", "bnp", "troponin"),
        ("cardiovascular-drug", "antithrombotic"),
    ),
    System(
        Cue(r"\b(?:renal|kidney|nephrology|nephro)\b"),
        ("kidney-disease",),
        ("kidney-transplant", "dialysis"),
        ("egfr", "creatinine", "albuminuria-proteinuria-measures"),
        ("dialysis-drug", "phosphate-binder", "ras-inhibitor"),
    ),
    System(
        Cue(r"\b(?:respiratory|pulmonary|pulmonology|lung|chest|resp)\b"),
        ("lung-disease", "respiratory-infection"),
        ("thoracic-surgery", "respiratory-support", "lung-imaging"),
        ("pulmonary-function-tests", "oxygen-saturation"),
        ("respiratory-drug",),
    ),
    System(
        Cue(r"\b(?:psychiatric|psychiatry|psych|mental health|psychological|mood)\b"),
        ("mental-illness", "substance-use-disorder"),
        ("mental-health-therapy",),
        ("depression-score",),
        ("psychotropic-drug", "opioid-use-disorder-drug"),
    ),
    System(
        Cue(r"\b(?:hepatic|liver|hepatology)\b"),
        ("liver-disease", "viral-hepatitis"),
        (),
        ("liver-function", "liver-severity-score"),
        ("hepatitis-b-antiviral",),
    ),
    System(
        Cue(r"\b(?:gastrointestinal|gastro|gastroenterology|gi|bowel|digestive)\b"),
        ("digestive-disease",),
        ("gastrointestinal-endoscopy", "abdominal-surgery"),
        (),
        ("gastrointestinal-drug",),
    ),
    System(
        Cue(r"\b(?:endocrine|endocrinology|endo|hormonal)\b"),
        ("endocrine-disease",),
        (),
        ("hemoglobin-a1c", "thyroid-function"),
        ("glucose-lowering-drug",),
    ),
    System(
        Cue(r"\b(?:neurological|neurologic|neurology|neuro)\b"),
        ("neurological-disease", "cerebrovascular-disease"),
        ("neurosurgery",),
        ("cognitive-score",),
        ("antiseizure-drug", "parkinson-drug", "dementia-drug", "migraine-drug", "multiple-sclerosis-drug"),
    ),
    System(
        Cue(r"\b(?:ha?ematological|ha?ematologic|ha?ematology|ha?em)\b"),
        ("blood-disease", "hematologic-malignancy"),
        (),
        ("hemoglobin", "platelet-count", "white-blood-cell-count"),
        ("antianemic-drug", "hematology-drug", "anticoagulant"),
    ),
    System(
        Cue(r"\b(?:oncological|oncologic|oncology|onc|cancer)\b"),
        ("cancer",),
        ("cancer-treatment-procedure", "biopsy"),
        ("tumor-markers",),
        ("anticancer-drug",),
    ),
    System(
        Cue(r"\b(?:rheumatological|rheumatologic|rheumatology|musculoskeletal|msk|orthopa?edic|ortho)\b"),
        ("musculoskeletal-disease", "rheumatic-disease"),
        ("orthopedic-surgery",),
        (),
        ("dmard", "gout-drug", "bone-drug"),
    ),
    System(
        Cue(r"\b(?:ophthalmic|ophthalmological|ophthalmology|eye|ocular)\b"),
        ("eye-disease",),
        ("eye-procedure", "eye-examination"),
        (),
        ("eye-drug",),
    ),
    System(
        Cue(r"\b(?:dermatological|dermatologic|dermatology|derm|skin)\b"),
        ("skin-disease",),
        ("skin-procedure",),
        (),
        ("topical-skin-drug",),
    ),
    System(
        Cue(r"\b(?:urological|urologic|urology|uro)\b"),
        ("urological-disease", "male-reproductive-disease"),
        ("urologic-surgery",),
        (),
        ("urological-drug",),
    ),
    System(
        Cue(r"\b(?:obstetric|obstetrical|gyna?ecological|gyna?ecologic|gyna?ecology|obs|gyna?e)\b"),
        ("pregnancy-related", "gynecologic-disease"),
        ("obstetric-procedure", "gynecologic-surgery"),
        (),
        ("contraceptive",),
    ),
)  # fmt: skip
MOST_PROBLEMS = 5
MOST_DONE = 3
MOST_STAYS = 2
MOST_MEASURES = 2
MOST_TAKEN = 8
MOST_RELATIVES = 4
MOST_TESTS = 6
MOST_QUOTES = 3
_PURPOSE = Cue(
    r"(?:,|\b(?:for|before|ahead of|prior to|to|in view of))\s+(?:an? |the |my |our |her |his |their )?(?:\S+ ){0,3}?(?:pre-?assessment|assessment|ana?esthetic\w*|ana?esthetist|referral|letter|clinic|colleague|handover|theatre|surgery|operation|op|procedure|form|rounds?|meeting|mdt|board|team|consultant|registrar|surgeons?|\w+(?:ologist|iatrist)|physician|doctor|dr|gp|transfer|report|insurance|file|me)\b.*$",
)
"""What it is asked for, and names nothing of what is asked."""
_OF_SYSTEMS = frozenset(
    forms(
        "history hx problem risk care for him her lines problems issue issues status background side standpoint perspective point view system care disease diseases condition conditions story picture state health medical summary overview rundown recap give "
        "brief short quick patient please pls review handover line lines sentence sentences key main all past current"
    )
)
_FROM = {Category.CONDITION: "problems", Category.PROCEDURE: "procedures", Category.MEDICATION: "drugs"}


def told_system(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what the chart holds of the system of the body that a question asks to be summed up; empty: it asks of none."""
    bare = _PURPOSE.sub("", text)
    cut = _DETAILS.search(text)
    asks = asks_summary(bare, ()) or (cut is not None and asks_summary(text[: cut.start()], ())) or _BACKGROUND.search(text)
    if not asks or visits_in(text, today=reading.chart.today):
        return []
    if any((plan.family and not _kin_in_list(text)) or plan.comparison for plan in plans):
        return []
    windows = [plan.window for plan in plans if plan.window is not None]
    if any(window.last is not None or window.first is None for window in windows):
        return []
    window = windows[0] if windows else None
    bare, text = (each if window is None else each.replace(window.words, " ") for each in (bare, text))
    detailed = _with_details(_SPANS.sub(" ", text), plans, reading, window)
    if detailed:
        return detailed
    bare = _parted(bare)
    spoken = set(forms(bare))
    system = _asked(bare)
    named = [target for plan in plans for target in plan.targets if set(forms(target.words)) <= spoken]
    if system is None or any(_is_problem(target, system) for target in named):
        return []
    told = _story(system, reading, window)
    return [*told, *_quotes(_kinds(system, reading), told, reading, window)] if told else []


def _kinds(system: System, reading: Reading) -> list[Target]:
    """Return the problems and procedures of a system by all their names."""
    return [named_by_lexicon(id_, reading.chart.lexicon) for id_ in (*system.problems, *system.procedures)]


_BACKGROUND = Cue(r"\bbackground\b(?! (?:check|noise|retinopathy|radiation|rate))")


def _kin_in_list(text: str) -> bool:
    """Say whether relatives are named only in the list behind a system."""
    cut = _DETAILS.search(text)
    return cut is not None and not FAMILY.search(text[: cut.start()])


def _with_details(text: str, plans: Sequence[Plan], reading: Reading, window: Window | None) -> list[DraftClaim]:
    """Draft the story of a system with what a list behind it names: "renal story: function, albumin, stones"."""
    cut = _DETAILS.search(text)
    head, tail = (text[: cut.start()], text[cut.end() :]) if cut is not None else (text, "")
    system = _asked(head)
    if cut is None or system is None or _QUESTION.search(tail):
        return []
    named = [target for plan in plans for target in plan.targets]
    if any(_is_problem(target, system) for target in named if set(forms(target.words)) <= set(forms(head))):
        return []
    detailed = [target for target in dict.fromkeys(named) if set(forms(target.words)) <= set(forms(tail))]
    told = _story(system, reading, window)
    if not told:
        return []
    told = list({claim.text: claim for claim in (*told, *_details(detailed, tail, reading))}.values())
    words = [word for word in dict.fromkeys(forms(tail)) if not (is_ordinary(word) or word in _OF_SYSTEMS)]
    of_words = [Target(words=word, label=word, alternatives=((word,),)) for word in words]
    of_problems = [target for target in detailed if target.kind is ConceptKind.CONDITION]
    quotes = _quotes([*of_problems, *of_words], told, reading, window) or _quotes(_kinds(system, reading), told, reading, window)
    return [*told, *quotes]


def _quotes(named: Sequence[Target], told: Sequence[DraftClaim], reading: Reading, window: Window | None) -> list[DraftClaim]:
    """Quote what notes conclude of some things."""
    records = reading.shelves.records
    passages = [
        each for each in records.all_passages(reading.scope) if window is None or window.holds(each.occurred or each.recorded)
    ]
    return sentences_about(Subject(named), passages, records, most=MOST_QUOTES, told=told) if named else []


def _details(targets: Sequence[Target], tail: str, reading: Reading) -> list[DraftClaim]:
    """Tell the values and entries of what is named behind a system, and of its relatives' illnesses, where these are named."""
    records, scope = reading.shelves.records, reading.scope
    plan = reading.plan.model_copy(update={"targets": tuple(targets), "window": None, "family": False})
    told: list[DraftClaim] = []
    for item in retrieve_facts(plan, records, scope=scope) if targets else []:
        held = [fact for fact in item.facts if fact.span is None and fact.assertion in _HELD]
        if item.target.kind is not ConceptKind.MEASUREMENT:
            told += drafts(_newest_each(held)[:MOST_DONE], reading.chart)
    told += series_told(_tests_in(tail, reading.chart), reading, most=MOST_TESTS)
    if FAMILY.search(tail):
        listed = records.facts(scope, categories=(Category.FAMILY_HISTORY,))
        told += drafts([fact for fact in listed if fact.span is None][:MOST_RELATIVES], reading.chart)
    return told


_HELD = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL})
_DETAILS = re.compile(r"\s*(?::|,|\(|\s[-–—]+\s|\b(?:incl(?:uding|\.)?|covering|with)\s)\s*", re.IGNORECASE)
"""Parts a system from what is wanted of it."""
_QUESTION = Cue(
    r"\b(?:why|when|who|whom|where|how (?:many|much|long|often)|which|is|are|was|were|does|did|has|have|should|could|would)\b"
)


_ENDS = r"(?:now|today|to-?day|(?:the )?present(?: day)?|date|where \w+ (?:stands?|is|are)(?: (?:now|today|at))?|the latest|this (?:week|month|year))"
_SPANS = Cue(
    rf"(?:,|\b)\s*from (?:the )?(?:[\w'’-]+ ){{1,4}}?(?:onwards?|(?:up )?(?:to|till|until) {_ENDS})(?=\W|$)|\b(?:so far|up to (?:now|date)|to date)\b"
)
"""From when to when a whole story is told."""
_PARTS = Cue(
    r"\s*(?:[:,]|\s[-–—]+)\s*(?:[\w/'’-]+ ){0,3}?(?:diagnos[ei]s|dx|treatments?|tx|rx|control|complications?|outcomes?|function|procedures?|medication|medicines?|meds|surgery|risks?|results?|bloods|imaging)\b[^?]*$"
)
"""What is wanted of a system, all of which its story tells."""


def _parted(text: str) -> str:
    return _PARTS.sub("", _SPANS.sub(" ", text))


def _is_problem(target: Target, system: System) -> bool:
    """Say whether a target is a problem of its own: "her kidney disease" is told as one, "the heart" and "psych hx" are not."""
    if target.kind is not ConceptKind.CONDITION:
        return False
    left = forms(system.asked.sub(" ", target.words))
    return not system.asked.search(target.words) or any(word in _OF_ILLNESS or word not in _OF_SYSTEMS for word in left)


_OF_ILLNESS = frozenset(forms("disease diseases illness disorder failure condition problem"))


def _asked(text: str) -> System | None:
    """Return the system that a question names and nothing beside it; `None`: it names none, several, or something else."""
    named = [system for system in SYSTEMS if system.asked.search(text)]
    if len(named) != 1:
        return None
    left = forms(named[0].asked.sub(" ", text))
    spent = summary_words(text) | _OF_SYSTEMS
    return named[0] if all(word in spent or is_plain(word) for word in left) else None


def _tests_in(words: str, chart: Chart) -> list[str]:
    """Return the measurements that words name, those of a kind one by one."""
    lexicon = chart.lexicon
    named = [id_ for mention in lexicon.mentions(forms(words)) for id_ in mention.ids[:1]]
    below = [
        each for id_ in named if lexicon.concepts[id_].kind is ConceptKind.MEASUREMENT for each in sorted(lexicon.below(id_))
    ]
    return list(dict.fromkeys(id_ for id_ in below if not lexicon.concepts[id_].is_class))


def _story(system: System, reading: Reading, window: Window | None = None) -> list[DraftClaim]:
    chart, records, scope = reading.chart, reading.shelves.records, reading.scope
    listed = [
        fact
        for fact in records.facts(scope, categories=tuple(_FROM))
        if fact.span is None and fact.assertion in _HELD and (window is None or _lasts_into(fact, window))
    ]
    known = [fact for fact in listed if belongs(fact, getattr(system, _FROM[fact.category]), chart)]
    known += _treating(known, listed, chart)
    problems = _newest_each([fact for fact in known if fact.category is Category.CONDITION])
    done = _newest_each([fact for fact in known if fact.category is Category.PROCEDURE])
    if not (problems or done):
        return []  # medicines alone tell of no illness: a blood thinner may be for a clot of the leg
    stays = [fact for fact in _stays(system, reading) if window is None or _lasts_into(fact, window)]
    ordered = sorted(problems, key=lambda fact: not condition_is_active(fact, chart.today))
    orders = [fact for fact in known if fact.category is Category.MEDICATION and active_at(fact, chart.today)]
    taken = [group[-1] for group in by_drug(orders, chart)]
    kept = {fact.concept.text.lower() for fact in taken}
    over = [fact for fact in known if fact.category is Category.MEDICATION and fact not in orders]
    given_up = sorted((group[-1] for group in by_drug(over, chart) if group[-1].concept.text.lower() not in kept), key=day_of)
    return [
        *drafts([*ordered[:MOST_PROBLEMS], *sorted(done[:MOST_DONE], key=day_of), *stays[-MOST_STAYS:]], chart),
        *(joined("Taken now", taken[:MOST_TAKEN], chart) if len(taken) > 1 else drafts(taken, chart)),
        *(joined("Taken before", given_up[-MOST_TAKEN:], chart) if len(given_up) > MOST_DONE else drafts(given_up, chart)),
        *series_told(system.measures, reading, most=MOST_MEASURES),
    ]


def _treating(known: Sequence[Fact], listed: Sequence[Fact], chart: Chart) -> list[Fact]:
    """Return the medicines, not known yet, that treat the problems of a system; what is taken now treats an active one."""
    problems = [fact for fact in known if fact.category is Category.CONDITION]
    active = [fact for fact in problems if condition_is_active(fact, chart.today)]
    now, ever = (
        chart.lexicon.treatments_of([id_ for fact in facts for id_ in chart.lexicon.link(fact.concept)], widest=WIDEST)
        for facts in (active, problems)
    )
    return [
        fact
        for fact in listed
        if fact.category is Category.MEDICATION
        and fact not in known
        and (now if active_at(fact, chart.today) else ever) & chart.lexicon.link(fact.concept).keys()
    ]


def _stays(system: System, reading: Reading) -> list[Fact]:
    """Return the stays for a problem or a procedure of a system, oldest first."""
    lexicon = reading.chart.lexicon
    known = {id_ for class_ in (*system.problems, *system.procedures) for id_ in lexicon.below(class_)}

    def is_for(fact: Fact) -> bool:
        texts = (fact.concept.text, *(detail.text for detail in fact.details if detail.name == "reason"))
        return any(known & set(mention.ids) for text in texts for mention in lexicon.mentions(forms(text)))

    visits = reading.shelves.records.facts(reading.scope, categories=(Category.ENCOUNTER,))
    return sorted((fact for fact in visits if fact.span is None and is_admission(fact) and is_for(fact)), key=day_of)


def _lasts_into(fact: Fact, window: Window) -> bool:
    """Say whether something began in a time, or was there in it."""
    if window.holds(fact.occurred):
        return True
    return window.first is not None and fact.ended is not None and fact.ended.first_day >= window.first


def belongs(fact: Fact, classes: Sequence[str], chart: Chart) -> bool:
    """Say whether a fact is of one of some classes; what only names one ("risk of heart disease") is not."""
    linked = chart.lexicon.link(fact.concept)
    known = {id_ for class_ in classes if class_ in chart.lexicon.concepts for id_ in chart.lexicon.below(class_)}
    return bool(known & linked.keys()) and not _ONLY_NAMES.search(fact.concept.text)


_ONLY_NAMES = Cue(
    r"\b(?:family history|fh of|risk (?:of|for|factor)|at risk|screening|fear of|concern\w* about|no (?:evidence|history) of)\b"
)


def _newest_each(facts: Sequence[Fact]) -> list[Fact]:
    """Return the newest entry of each name, newest first."""
    newest = {name_of(fact).lower(): fact for fact in facts}
    return sorted(newest.values(), key=day_of, reverse=True)
