"""Whether somebody was screened or tested for a disease: told by its tests ("has she ever been screened for osteoporosis?").

A disease's own entry does not say whether it was looked for: its tests and scans do, with their results.
"""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.fact_selection import newest_each
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.plans import Plan, Target

ROUTE = "screening"
MOST_TESTS = 4
_SCREENED = Cue(
    r"\b(?:screened|tested|checked)(?: \w+){0,2}? for\b|(?:^\W*|\b(?:an?|any|the|his|her|my|their|last|latest|recent|routine|had|done) )(?:screen(?:ing)?|tests?|check(?:ing)?) for\b"
    r"|\b(?:dementia|cancer|diabetes|osteoporosis|tb|hiv|hep\w*(?: [bc])?|depression|anxiety|std|sti|syphilis) screen(?:ing)?\b"
)
"""Asks for the screening of a disease, and not for one test by its own name ("retinal screen for the diabetes")."""
_ASKS_OTHERWISE = Cue(
    r"\b(?:due|overdue|should|need\w*|recommend\w*|guidelines?|eligib\w*|next|again|why|how often|plan\w*|up[- ]to[- ]date|refus\w*|declin\w*|positive|relatives?|family|antibod\w*|titers?|immun\w+)\b"
)
"""Asks what is due, why, or for one result."""
_TESTS: dict[str, tuple[str, ...]] = {
    "diabetes-mellitus": ("hemoglobin-a1c", "fasting-glucose", "oral-glucose-tolerance-test", "glucose"),
    "gestational-diabetes": ("oral-glucose-tolerance-test", "glucose-challenge-test"),
    "osteoporosis": ("dxa-scan", "dxa-t-score", "areal-bone-mineral-density"),
    "tuberculosis": ("interferon-gamma-release-assay", "tuberculin-skin-test"),
    "latent-tuberculosis": ("interferon-gamma-release-assay", "tuberculin-skin-test"),
    "syphilis": ("syphilis-test",),
    "chlamydia": ("chlamydia-test",),
    "gonorrhea": ("gonorrhea-test",),
    "hiv": ("hiv-antigen-antibody", "hiv-viral-load"),
    "hepatitis-b": ("hepatitis-b-surface-antigen", "hepatitis-b-core-antibody"),
    "hepatitis-c": ("hepatitis-c-antibody", "hepatitis-c-viral-load"),
    "colorectal-cancer": ("colonoscopy", "fecal-immunochemical-test", "fecal-occult-blood-test", "stool-dna-test"),
    "breast-cancer": ("mammography", "screening-mammography"),
    "cervical-cancer": ("cervical-cytology", "hpv-test"),
    "lung-cancer": ("low-dose-ct-chest",),
    "prostate-cancer": ("psa",),
    "abdominal-aortic-aneurysm": ("aaa-screening-ultrasound",),
    "depression": ("phq-2", "phq-9", "phq-9-teen"),
    "anxiety": ("gad-2", "gad-7"),
    "diabetic-retinopathy": ("dilated-eye-exam",),
    "dementia": ("moca", "mmse", "mini-cog"),
    "hypothyroidism": ("tsh",),
    "alcohol-use-disorder": ("audit", "audit-c"),
    "hyperlipidemia": ("total-cholesterol", "ldl-cholesterol"),
    "iron-deficiency": ("ferritin",),
}
"""By disease, the tests by which it is looked for where nothing points to it yet."""


def told_screening(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell the newest of each test for the diseases that a question asks to have been looked for; empty: it asks otherwise."""
    if not _SCREENED.search(text) or _ASKS_OTHERWISE.search(text) or any(plan.family or plan.upcoming for plan in plans):
        return []
    targets = [target for plan in plans for target in plan.targets]
    if any(target.kind is ConceptKind.PROCEDURE for target in targets):
        return []  # one examination by its own name: "eye screening for the diabetes"
    diseases = [target for target in targets if target.kind is ConceptKind.CONDITION]
    found = [fact for disease in diseases for fact in _tests_of(disease, plans, reading)]
    return [draft(fact, reading.chart, route=ROUTE) for fact in dict.fromkeys(found)]


def _tests_of(disease: Target, plans: Sequence[Plan], reading: Reading) -> list[Fact]:
    lexicon, records = reading.chart.lexicon, reading.shelves.records
    above = frozenset[str]().union(*(lexicon.above(id_) for id_ in disease.ids))
    own = {test for id_ in disease.ids for test in _TESTS.get(id_, ())}
    tests = own or {test for id_ in above for test in _TESTS.get(id_, ())}
    keys = tuple(
        one.key
        for one in (records.concepts(reading.scope) if tests else ())
        if any(tests & {id_, *lexicon.above(id_)} for id_ in lexicon.link(one.concept))
    )
    facts = records.facts(reading.scope, categories=_OF_TESTS, concept_keys=keys) if keys else []
    windows = [plan.window for plan in plans if plan.window is not None]
    done = [
        fact
        for fact in facts
        if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and all(window.holds(fact.occurred) for window in windows[:1])
    ]
    return newest_each(done)[:MOST_TESTS]


_OF_TESTS = (Category.LABORATORY, Category.OBSERVATION, Category.SURVEY, Category.REPORT, Category.PROCEDURE, Category.ORDER)
