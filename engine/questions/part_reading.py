"""One part of a question → its `Plan`, by the words that stand in it."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from datetime import date
from typing import NamedTuple

from chartcite.engine.dates.ages import find_age_window
from chartcite.engine.dates.times import Window, find_window, with_other_reading
from chartcite.engine.facts.people import fields_named, is_field
from chartcite.engine.language.course_words import course_words
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.spelling import mend_words, people_named
from chartcite.engine.language.terminology import ConceptKind, Lexicon, Token, fold, forms, tokenize
from chartcite.engine.ports import ChartConcept
from chartcite.engine.questions.circumstances import circumstance
from chartcite.engine.questions.concept_linking import QuestionWords
from chartcite.engine.questions.doors import door_of, unknown_words
from chartcite.engine.questions.intents import asks_amount, read_intent
from chartcite.engine.questions.limits_asked import limit_asked
from chartcite.engine.questions.list_subjects import names_list, read_subject, without_names
from chartcite.engine.questions.moments import Moment, moments_asked
from chartcite.engine.questions.persons import (
    SPEAKERS_KIN,
    Person,
    all_relatives,
    is_kin,
    names_relative,
    relative_acts,
    relative_tells,
    relatives_named,
    relatives_of_relative,
    speaks_of_patient,
    words_for_patient,
)
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_cues import PREVIOUS, cue_words, ordinal_of, ordinal_words
from chartcite.engine.questions.question_words import (
    DATE_OF_BIRTH,
    EMERGENCY,
    EVENTS,
    EVER,
    EVERY,
    FAMILY,
    HARM,
    INPATIENT,
    NEWEST,
    NOW,
    UNDONE,
    UPCOMING,
    Event,
    Intent,
    is_plain,
    newest_several,
)
from chartcite.engine.questions.summary_words import asks_summary, summary_words
from chartcite.engine.questions.target_linking import find_targets

_OF_FAMILIES = frozenset({"run", "runs", "running"})
_OF_DIFFERENCES = frozenset(
    fold(word)
    for word in "serial absolute total baseline final decline delta loss gain litre liter point unit percent kg cm mm mg far date pre post marker".split()
)
"""Words that tell how a value is to be compared, and name nothing."""
_OF_BIRTH = frozenset({"childbirth", "birth", "age", "sex"})
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,5}s|(?:Hb|Hgb|Cr|A1[cC]|HbA1[cC])s")
_FLAGS = {
    "historical": EVER,
    "current": NOW,
    "newest": NEWEST,
    "every": EVERY,
    "upcoming": UPCOMING,
    "undone": UNDONE,
    "inpatient": INPATIENT,
    "emergency": EMERGENCY,
}
"""Fields of a plan, each true where its cue stands in the question."""
_ASKS_FAMILY = tuple(
    fold(word)
    for word in """family familial fam famhx fhx whānau whanau relative relation related rellies relly rellos kin blood bloodline run side
    health medical illness condition disease""".split()
)
"""Words that ask about relatives, and name nothing."""
_DRUG_LEVEL = re.compile(r"\b(?:level|levels|trough|troughs|concentration)\b", re.IGNORECASE)


class Context(NamedTuple):
    """What every part of a question is read with."""

    lexicon: Lexicon
    chart: Sequence[ChartConcept]
    today: date
    names: frozenset[str]
    person: Person
    mended: dict[str, str]
    named: frozenset[str]
    """Folded words of the names that the chart gives things, and of the patient's own."""


class _Reading(NamedTuple):
    """The words of a part, its times and whom it speaks of, before anything is linked."""

    words: QuestionWords
    corrected: dict[str, str]
    window: Window | None
    moments: tuple[Moment, ...]
    of_patient: bool
    """Whether a relative that it names is the patient, seen by who asks."""
    family: bool
    kin: tuple[str, ...] = ()
    """Words for the relative that "my mum's sister" names."""

    @property
    def timing(self) -> set[str]:
        """Folded words that only tell moments."""
        return {word for moment in self.moments for word in forms(moment.words)}


class _Named(NamedTuple):
    """What a part names, and the places of the words that name it."""

    targets: tuple[Target, ...]
    covered: set[int]

    @property
    def has_drug(self) -> bool:
        return any(target.kind is ConceptKind.DRUG for target in self.targets)

    @property
    def has_measurement(self) -> bool:
        return any(target.kind is ConceptKind.MEASUREMENT for target in self.targets)


def read_part(text: str, context: Context) -> Plan:
    """Read one part of a question: its words and times, what it names, the list it is about, and what it wants."""
    reading = _read_words(text, context)
    named = _things_named(reading, context)
    harm = HARM.search(text) is not None and named.has_drug
    relatives = (reading.kin or relatives_named(reading.words.folded)) if reading.family else ()
    named, of_list = _without_circumstance(named, reading)
    told_by_relative = not named.targets and relative_tells(text)
    of_list = _without_age(of_list, reading.window)
    subject = None if told_by_relative else read_subject(without_names(of_list, named.targets), named.targets)
    if asks_summary(text, ()):
        named = _without_cues(named, reading)
    sums_up = not (reading.family or harm or reading.moments) and asks_summary(text, named.targets)
    spent = context.names | _harm_words(text, harm=harm) | (summary_words(text) if sums_up else set())
    keywords = _keywords(reading, named, spent, relatives)
    plan = Plan(
        text=text,
        moments=reading.moments if named.has_measurement and limit_asked(text) is None else (),
        intent=Intent.SUMMARY
        if sums_up
        else _of_course(_in_time(read_intent(text, named.targets, subject, reading.window), reading.window), text),
        targets=named.targets,
        subject=subject,
        window=reading.window,
        family=reading.family,
        relatives=relatives,
        harm=harm,
        keywords=keywords,
        corrected=reading.corrected,
        unknown=unknown_words(text, keywords, lambda word: context.lexicon.has_word(word) or word in context.named),
        door=door_of(text, names_something=any(target.ids for target in named.targets)),
    )
    asks = text.replace(reading.window.words, " ") if reading.window is not None and reading.window.words else text
    told = {**_told_by_cues(text), "newest": NEWEST.search(asks) is not None}
    told["every"] = told["every"] or (_names_several_vaccines(text, named) and not (told["newest"] or told["upcoming"]))
    if _asks_previous_value(plan, text) and told["ordinal"] is None and told["newest_several"] is None:
        told["ordinal"] = -2
    return _kept_from(_of_two_times(plan.model_copy(update=told), reading.moments))


def _asks_previous_value(plan: Plan, text: str) -> bool:
    """Say whether the value before the latest is asked ("previous creatinine"); of a time or a visit it is that one's."""
    alone = plan.window is None and plan.anchor is None and not plan.moments and plan.intent in {Intent.LATEST, Intent.DESCRIBE}
    measured = bool(plan.targets) and all(target.kind is ConceptKind.MEASUREMENT for target in plan.targets)
    return alone and measured and PREVIOUS.search(text) is not None


_KEPT_FROM = re.compile(
    r"\b(?:why|how come|reasons?)\b[^?]*?(?:\b(?:not|never|cannot|avoid(?:s|ed|ing)?|off)\b|n['’]t\b)[^?]*?\bfor\s+(?P<use>[^?]+)",
    re.IGNORECASE,
)


def _kept_from(plan: Plan) -> Plan:
    """Ask why a medicine is not given of the medicine alone: what it would be for ("not on trimethoprim for UTIs") is no cause."""
    asked = _KEPT_FROM.search(plan.text) if plan.intent is Intent.REASON else None
    if asked is None or not any(target.kind is ConceptKind.DRUG for target in plan.targets):
        return plan
    use = asked["use"].lower()
    left = tuple(each for each in plan.targets if not (each.kind is ConceptKind.CONDITION and each.words.lower() in use))
    return plan.model_copy(update={"targets": left})


_SEVERAL_VACCINES = re.compile(
    r"\b(?:vaccines|vaccinations|vaccs|vaxx?e?s|immuni[sz]ations|imms|inoculations|jabs|shots|boosters)\b", re.IGNORECASE
)


def _names_several_vaccines(text: str, named: _Named) -> bool:
    """Say whether a question asks for all vaccines of a kind: "covid jabs", "pneumonia vaccines on file?"."""
    kinds = {target.kind for target in named.targets}
    return kinds == {ConceptKind.VACCINE} and _SEVERAL_VACCINES.search(text) is not None


_AGAINST = re.compile(r"\b(?:vs?|versus|against|compared)\b|-+>|→", re.IGNORECASE)


def _of_two_times(plan: Plan, moments: Sequence[Moment]) -> Plan:
    """Read a medicine asked at two times ("insulin: units July 25 vs Feb 26") as how it changed between them."""
    windows = [moment.window for moment in moments if moment.window is not None]
    if plan.window is not None and _AGAINST.search(plan.window.words):
        windows = [plan.window.model_copy(update={"last": plan.window.first}), plan.window]
    kinds = {target.kind for target in plan.targets}
    firsts = [window.first for window in windows if window.first is not None]
    lasts = [window.last for window in windows if window.last is not None]
    if min(len(firsts), len(lasts)) < 2 or ConceptKind.DRUG not in kinds or ConceptKind.MEASUREMENT in kinds:
        return plan
    window = Window(first=min(firsts), last=max(lasts), words=plan.window.words if plan.window else windows[0].words)
    return plan.model_copy(update={"event": Event.CHANGED, "window": window, "intent": Intent.CHANGES})


def _read_words(text: str, context: Context) -> _Reading:
    """Mend the words of a part; read its times, and whether it speaks of the patient or of relatives."""
    window = _since_compared(find_window(_SCAN.sub("scn", text), today=context.today), text)
    if context.person.birth is not None and (window is None or _dates_a_birthday(window, text)):
        window = find_age_window(text, birth=context.person.birth) or window
    window = with_other_reading(window, text, today=context.today)
    tokens = _without_plurals(text, tokenize(text))
    called = context.names | people_named(text, context.lexicon)
    folded, corrected = mend_words(tokens, context.lexicon, context.chart, called)
    of_patient = speaks_of_patient(text, context.person, context.today)
    return _Reading(
        words=QuestionWords.of(text, tokens, folded),
        corrected={**context.mended, **corrected},
        window=window,
        moments=moments_asked(text, today=context.today),
        of_patient=of_patient,
        family=(FAMILY.search(text) is not None or names_relative(text)) and not (of_patient or relative_acts(text)),
        kin=relatives_of_relative(text, context.person, context.today),
    )


_SCAN = re.compile(r"(?<!\d )(?<![Ii]n )(?<![Ss]ince )(?<![Ff]rom )(?<![Uu]ntil )(?<![Bb]y )\bOCT\b(?!\s*['’]?\d)(?=.*[a-z])")
"""A scan of the eye and no October: "what does the OCT show?"."""
_TURNED = re.compile(r"\b(?:turn(?:ed|ing)|reach(?:ed|ing)) \d{1,3},? (?:back )?(?:in |on )?$", re.IGNORECASE)


def _of_course(intent: Intent, text: str) -> Intent:
    """Return what is asked of an organ's tests on a medicine: how they went."""
    return Intent.TREND if intent in {Intent.PRESENCE, Intent.DESCRIBE, Intent.ACTIVE} and _ORGAN_ON_DRUG.search(text) else intent


def _in_time(intent: Intent, window: Window | None) -> Intent:
    """Return what is asked of a value in a time: of a single day nothing moves ("blood cultures on 11 March")."""
    one_day = window is not None and window.first is not None and window.first == window.last
    return Intent.LATEST if intent is Intent.TREND and one_day else intent


def _dates_a_birthday(window: Window, text: str) -> bool:
    """Say whether a time only tells when a birthday was: "since he turned 60 last spring"."""
    return window.words != "" and _TURNED.search(text.partition(window.words)[0]) is not None


def _things_named(reading: _Reading, context: Context) -> _Named:
    """Link what a part names; leave out what only asks ("side effects" of a drug, "runs" in a family, a date of birth)."""
    text = reading.words.text
    kin = frozenset({*all_relatives(), *SPEAKERS_KIN}) if reading.of_patient else frozenset[str]()
    targets, covered = find_targets(
        reading.words, context.lexicon, context.chart, reading.window, plain=kin | reading.timing, names=context.names
    )
    targets = tuple(_vaccine_against(target, text, context) or _status_of(target, text, context) or target for target in targets)
    targets, covered = _with_level(targets, covered, reading, context)
    targets = _of_the_eye(targets, text, context)
    targets, covered = _with_organ_tests(targets, covered, reading, context)
    targets, covered = _with_shared_noun(targets, covered, reading, context)
    if sum(target.kind is ConceptKind.MEASUREMENT for target in targets) > 1:
        targets = tuple(target for target in targets if not _TITER.fullmatch(target.words))  # "syphilis titer": of that test
    if any(target.kind is ConceptKind.DRUG for target in targets):
        targets = tuple(target for target in targets if not HARM.fullmatch(target.words))
    targets = _with_ldl(_without_glossed(targets, text, context.lexicon), text, context)
    targets = tuple(target for target in targets if not _any_blood_test(target, reading.window))
    if _CODES.search(text):
        targets = tuple(target for target in targets if target.words.lower() != "icd")
    if _TRANSFUSED.search(text) and any(target.kind is ConceptKind.PROCEDURE for target in targets):
        targets = tuple(target for target in targets if not _BLOOD_PRODUCTS.fullmatch(target.words))
    organs = [target for target in targets if _is_organ_itself(target, text)]
    fields = [set(forms(words)) for words in fields_named(text).words]
    of_fields = organs + [
        target for target in targets if any(set(forms(target.words)) <= words for words in fields) and is_field(target.words)
    ]
    of_fields += _places(targets, text)
    targets = tuple(target for target in targets if target not in of_fields)  # the kidney doctor is no kidney test
    freed = {word for target in of_fields for word in forms(target.words)}
    covered = {place for place in covered if reading.words.folded[place] not in freed}
    if FAMILY.search(text):
        targets = tuple(target for target in targets if target.words.lower() not in _OF_FAMILIES)  # what "runs in the family"
        targets = tuple(_problem_in_family(target, context) or target for target in targets)
    if DATE_OF_BIRTH.search(text) and all(target.label in _OF_BIRTH or target.kind is None for target in targets):
        return _Named((), set(range(len(reading.words.folded))))
    return _Named(targets, covered)


_ORGAN = re.compile(r"(?:the |his |her |my )?(?:liver|kidneys?|lungs?|thyroid|heart|bones?|pancreas)", re.IGNORECASE)
_DONE_TO_ORGAN = Cue(
    r"\b(?:operat(?:e|es|ed|ing) (?:on|to)|surgery (?:on|to|for)|resect\w*|cut(?:ting)? out|transplant\w*|spots?|shadows?|lumps?|lesions?|nodules?|growths?|tumou?rs?|mets|metast\w*|secondar(?:y|ies)|deposits?|cysts?)\b[^?.;]{0,30}\b(?:liver|kidneys?|lungs?|thyroid|heart|bones?|pancreas)\b"
    r"|\b(?:liver|kidneys?|lungs?|thyroid|heart|bones?|pancreas) (?:spots?|shadows?|lumps?|lesions?|nodules?|growths?|tumou?rs?|mets|metast\w*|secondar(?:y|ies)|deposits?|cysts?|resection|surgery|operation)\b"
)


def _is_organ_itself(target: Target, text: str) -> bool:
    """Say whether an organ is named as what is operated on, or has a growth in it, and not for its tests: "operate on the liver"."""
    tests = target.kind is ConceptKind.MEASUREMENT and target.is_class and _ORGAN.fullmatch(target.words) is not None
    return tests and _DONE_TO_ORGAN.search(text) is not None


def _with_level(
    targets: tuple[Target, ...], covered: set[int], reading: _Reading, context: Context
) -> tuple[tuple[Target, ...], set[int]]:
    """Read a medicine, by whatever name, beside a word for its level as that level, where the chart has it."""
    drugs = [target for target in targets if target.kind is ConceptKind.DRUG and not target.is_class]
    amount = len(drugs) == 1 and _AS_VALUE.search(reading.words.text) is not None
    if len(drugs) != 1 or len(targets) > 1 or not (amount or _OF_LEVEL.search(reading.words.text)):
        return targets, covered
    drug = drugs[0]
    known = context.lexicon.concepts
    name = next((known[id_].name for each in drug.ids if (id_ := f"{each}-level") in known), None)
    if name is None:
        return targets, covered
    tokens = tokenize(name)
    words = QuestionWords.of(name, tokens, [token.form for token in tokens])
    level = next(iter(find_targets(words, context.lexicon, context.chart, None)[0]), None)
    if level is None or level.kind is not ConceptKind.MEASUREMENT or not level.concept_keys:
        return targets, covered
    said = {place for place, word in enumerate(reading.words.folded) if _OF_LEVEL.fullmatch(word)}
    places = [place for place, word in enumerate(reading.words.folded) if word in forms(drug.words)]
    if not amount and not any(abs(one - other) <= _BESIDE for one in said for other in places):
        return targets, covered  # "its dose, brand and last level": the medicine is asked about as well
    return (level.model_copy(update={"words": drug.words}),), covered | said


def _of_the_eye(targets: tuple[Target, ...], text: str, context: Context) -> tuple[Target, ...]:
    """Read a bare "pressure" of the eye as the one within it: "the highest pressure in the left eye"."""
    bare = next((target for target in targets if _BARE_PRESSURE.fullmatch(target.words)), None)
    if bare is None or not _OF_EYE.search(text):
        return targets
    name = "intraocular pressure"
    words = QuestionWords.of(name, tokenize(name), [token.form for token in tokenize(name)])
    inner = [each for each in find_targets(words, context.lexicon, context.chart, None)[0] if each.concept_keys]
    return tuple(inner[0] if target is bare else target for target in targets) if inner else targets


_BARE_PRESSURE = re.compile(r"pressures?(?: readings?)?", re.IGNORECASE)
_OF_EYE = Cue(r"\b(?:eyes?|OD|OS|OU|glaucoma)\b")


def _with_organ_tests(
    targets: tuple[Target, ...], covered: set[int], reading: _Reading, context: Context
) -> tuple[tuple[Target, ...], set[int]]:
    """Read how an organ does on a medicine as its tests: "is my liver ok on the methotrexate?"."""
    asked = _ORGAN_ON_DRUG.search(reading.words.text)
    kinds = {target.kind for target in targets}
    if asked is None or ConceptKind.DRUG not in kinds or kinds - {ConceptKind.DRUG, ConceptKind.MEASUREMENT}:
        return targets, covered
    if tests := [target for target in targets if asked["organ"].lower() in target.words.lower()]:
        return tuple(tests), covered
    name = next(tests for organ, tests in _ORGAN_TESTS.items() if asked["organ"].lower().startswith(organ))
    tokens = tokenize(name)
    words = QuestionWords.of(name, tokens, [token.form for token in tokens])
    found = [
        each for each in find_targets(words, context.lexicon, context.chart, None)[0] if each.kind is ConceptKind.MEASUREMENT
    ]
    said = {place for place, raw in enumerate(reading.words.raw) if raw.lower() == asked["organ"].lower()}
    return (tuple(found[:1]), covered | said) if found and found[0].concept_keys else (targets, covered)


_ORGAN_TESTS = {"liver": "liver function tests", "kidney": "kidney function", "blood count": "blood count"}
_ORGAN_ON_DRUG = re.compile(
    r"\b(?:is|are|was|were|has|have|how|hows|did|does|do)\b[^?.;]{0,20}?\b(?P<organ>liver|kidneys?|blood counts?)\b[^?.;]{0,15}?"
    r"\b(?:ok|okay|alright|all right|fine|doing|coping|cope|holding up|normal|healthy|good|stand(?:ing)? up|tolerat\w+|been|affected|stable)\b"
    r"[^?.;]{0,12}?\b(?:on|with|under|since|to|by)\b",
    re.IGNORECASE,
)


def _with_shared_noun(
    targets: tuple[Target, ...], covered: set[int], reading: _Reading, context: Context
) -> tuple[tuple[Target, ...], set[int]]:
    """Read a word that shares the noun of the next one with it: the rheumatic disease of "rheumatic or bowel disease"."""
    shared = _SHARED_NOUN.search(reading.words.text)
    if shared is None or not any(shared["noun"].lower() in target.words.lower() for target in targets):
        return targets, covered
    places = [place for place, raw in enumerate(reading.words.raw) if raw.lower() == shared["first"].lower()]
    if len(places) != 1 or places[0] in covered:
        return targets, covered
    name = f"{shared['first']} {shared['noun']}"
    tokens = tokenize(name)
    words = QuestionWords.of(name, tokens, [token.form for token in tokens])
    found = [each for each in find_targets(words, context.lexicon, context.chart, None)[0] if each.ids]
    whole = [each for each in found if set(forms(each.words)) >= set(forms(name))]
    return ((*whole[:1], *targets), covered | set(places)) if whole else (targets, covered)


_SHARED_NOUN = re.compile(
    r"\b(?P<first>[a-z]{4,}),? (?:or|and|/|&) [a-z]{3,} (?P<noun>diseases?|disorders?|problems?|conditions?|cancers?|failure|pain|infections?|surgery)\b",
    re.IGNORECASE,
)


_BESIDE = 2
"""Words from the name of a medicine to the word for its level, at most."""
_AS_VALUE = Cue(
    r"^(?!.*\b(?:dos\w+|mg|mcg|tablets?|taking|take|taken|start\w*|stop\w*|why|increas\w+|raise[sd]?|prescri\w*)\b).*"
    r"(?:\b(?:was|is|were|are|been|gone|went) (?:\S+ ){1,3}?(?:higher|lower|toxic|(?:sub-?|supra-?)?therapeutic|(?:in|out of|within) range|high|low|too (?:high|low))\b"
    r"|\b(?:toxic|subtherapeutic|(?:in|out of|within) (?:the )?(?:therapeutic )?range)\b)"
)
"""Speaks of a medicine as of a value: "was her phenytoin higher in June?" asks of its level, not of its dose."""
_OF_LEVEL = Cue(r"\b(?:troughs?|assays?|levels?|concentrations?|plasma|serum)\b")


_PLACE = re.compile(
    r"bowels?|guts?|stomach|tummy|belly|colon|lungs?|chest|heart|kidneys?|liver|skin|ears?|bones?|joints?|womb|prostate|bladder|thyroid",
    re.IGNORECASE,
)
_LEADS_TO_PLACE = r"\b(?:in|on|of|from|inside|into)\s+(?:the\s+|my\s+|his\s+|her\s+|their\s+)?(?:\w+(?:ed|ized|ised)\s+|(?:left|right|both|lower|upper|large|small)\s+)*$"


def _places(targets: tuple[Target, ...], text: str) -> list[Target]:
    """Return the classes of illness that only say where another thing is: the bowel of "cancer in the bowel"."""
    places = [
        target
        for target in targets
        if target.is_class
        and target.kind is ConceptKind.CONDITION
        and _PLACE.fullmatch(target.words)
        and re.search(_LEADS_TO_PLACE, text.partition(target.words)[0], re.IGNORECASE)
    ]
    named = [target for target in targets if target not in places and target.kind is ConceptKind.CONDITION]
    return places if named else []


def _with_ldl(targets: tuple[Target, ...], text: str, context: Context) -> tuple[Target, ...]:
    """Read "cholesterol" by itself as the LDL too, where the chart has it: that is what treatment is steered by."""
    plain = next((target for target in targets if _PLAIN_CHOLESTEROL.fullmatch(target.words)), None)
    if (
        plain is None
        or _TAKEN_FOR.search(text)
        or any(_LDL in target.ids or target.is_class for target in targets if target.kind is plain.kind)
    ):
        return targets
    tokens = tokenize("LDL")
    words = QuestionWords.of("LDL", tokens, [token.form for token in tokens])
    ldl = next((each for each in find_targets(words, context.lexicon, context.chart, None)[0] if _LDL in each.ids), None)
    if ldl is None or not ldl.concept_keys:
        return targets
    place = targets.index(plain)
    return (*targets[:place], *([plain] if plain.concept_keys else []), ldl, *targets[place + 1 :])


_TITER = re.compile(r"tit(?:er|re)s?", re.IGNORECASE)
_LDL = "ldl-cholesterol"
_TAKEN_FOR = Cue(r"\b(?:for|against|about|treat\w*) (?:the |his |her |my |their |your )?(?:high |raised |bad )?chol")
"""Asks what is taken for it, and not for its values."""
_PLAIN_CHOLESTEROL = re.compile(
    r"(?:blood )?(?:chol|cholesterols?)(?: (?:levels?|numbers?|readings?|results?|values?))?", re.IGNORECASE
)


def _problem_in_family(target: Target, context: Context) -> Target | None:
    """Return the problem that relatives had, where a target is "family history of" it; `None`: it is no such target."""
    problem = target.label.removeprefix(_FAMILY_HISTORY_OF)
    if problem == target.label:
        return None
    tokens = tokenize(problem)
    words = QuestionWords.of(problem, tokens, [token.form for token in tokens])
    named = next(iter(find_targets(words, context.lexicon, context.chart, None)[0]), None)
    if named is None:
        return None
    both = {
        "words": target.words,
        "ids": (*named.ids, *target.ids),
        "alternatives": tuple(dict.fromkeys((*named.alternatives, *target.alternatives))),
        "concept_keys": tuple(sorted({*named.concept_keys, *target.concept_keys})),
    }
    return named.model_copy(update=both)


_FAMILY_HISTORY_OF = "family history of "
_CODES = re.compile(r"\bicd[- ]?(?:9|10|11|cm|codes?)", re.IGNORECASE)
"""Asks for codes of diagnoses, and for no defibrillator."""
_TRANSFUSED = re.compile(r"\btransfus", re.IGNORECASE)
_BLOOD_PRODUCTS = re.compile(r"(?:packed )?(?:red )?(?:blood )?cells?|platelets?|plasma|rbcs?|ffp|cryo\w*|blood", re.IGNORECASE)
"""What is transfused, and no count of it."""


def _any_blood_test(target: Target, window: Window | None) -> bool:
    """Say whether a target only tells that blood was tested ("bloods drawn", "lab results in May"): the list of results is meant."""
    if target.label in {"phlebotomy", "abnormal laboratory finding"} and not target.concept_keys:
        return True
    return target.label == "laboratory test" and window is not None


_GLOSS = re.compile(r"\(\s*(?:the |his |her |my )?(?P<words>[\w -]{2,30}?)\s*\)")


def _without_glossed(targets: tuple[Target, ...], text: str, lexicon: Lexicon) -> tuple[Target, ...]:
    """Leave out the measurement that another in brackets tells more exactly: "her sugars over the years (A1c)"."""
    glosses = {match["words"].lower() for match in _GLOSS.finditer(text)}
    exact = next(
        (
            each
            for each in targets
            if each.kind is ConceptKind.MEASUREMENT and each.concept_keys and each.words.lower() in glosses
        ),
        None,
    )
    if exact is None:
        return targets
    meant = {above for id_ in exact.ids for above in lexicon.above(id_)}

    def glossed(target: Target) -> bool:
        if target is exact or target.kind is not ConceptKind.MEASUREMENT:
            return False
        return not target.concept_keys or any(meant & set(lexicon.above(id_)) for id_ in target.ids)

    return tuple(target for target in targets if not glossed(target))


_SPEAKS_OF_PROTECTION = Cue(r"vacc|immun|inoc|\bjab|shot|booster|vax|protect|cover|up[- ]to[- ]date")
_PROTECTS = r"(?:vaccinat\w*|vaccines?|immuni[sz]\w*|inoculat\w*|jab\w*|shots?|boosters?|vaxx?ed)"


def _vaccine_against(target: Target, text: str, context: Context) -> Target | None:
    """Return the vaccine against a disease that is named as what somebody was vaccinated for; `None`: it is asked otherwise."""
    if target.kind is not ConceptKind.CONDITION or not target.words or not _SPEAKS_OF_PROTECTION.search(text):
        return None
    disease = re.escape(target.words)
    against = rf"\b(?:{_PROTECTS} (?:\w+ ){{0,4}}?(?:for|against)|(?:protected|covered|protection|cover) against) (?:\w+ )?{disease}\b|\b{disease} {_PROTECTS}\b"
    listed = rf"\b{_PROTECTS}\s*[-–—:,(]\s*(?:\w+[\s,&/+]+){{0,6}}?{disease}\b|\bup[- ]to[- ]date (?:with|on|for|re) (?:\w+[\s,&/+]+){{0,6}}?{disease}\b|\b{disease}(?:\s*(?:,|/|&|\+|\band\b)+\s*[\w-]+(?:\s[\w-]+)?){{1,4}} {_PROTECTS}\b"
    if re.search(f"{against}|{listed}", text, re.IGNORECASE) is None:
        return None
    tokens = tokenize(f"{target.words} vaccine")
    words = QuestionWords.of(f"{target.words} vaccine", tokens, [token.form for token in tokens])
    named, _ = find_targets(words, context.lexicon, context.chart, None)
    return next((each for each in named if each.kind is ConceptKind.VACCINE), None)


_STATUS = re.compile(r"\W*(?:(?:carrier|sero|infection|immune|immunity|vaccin\w+)\W*)?status\W*$", re.IGNORECASE)
_IMMUNE = re.compile(r"\b(?:immune|immunity|antibod(?:y|ies)|titers?|titres?|seroconver\w+)\b", re.IGNORECASE)
_TESTED_AS = (
    "immunity",
    "titer",
    "tests",
    "test",
    "screen",
    "serology",
    "antibody",
    "surface antigen",
    "antigen",
    "viral load",
    "PCR",
)
"""What a test of a disease is called beside its name; those of immunity first."""
_OF_IMMUNITY = 2


def _status_of(target: Target, text: str, context: Context) -> Target | None:
    """Return what tells how somebody stands to a disease ("HIV status", "immune to rubella"): the problem, or a test that the chart holds.

    `None`: no status is asked of what is named, or the chart tells it under this name.
    """
    if target.kind not in {ConceptKind.CONDITION, ConceptKind.MEASUREMENT} or not target.words:
        return None
    own = _STATUS.sub("", target.words)
    after = text.partition(target.words)[2]
    immune = _IMMUNE.search(text) is not None
    if not own or not (immune or own != target.words or _STATUS.match(f"{after.strip().partition(' ')[0]}".strip(" ?.!"))):
        return None
    if target.concept_keys and not immune:
        return None
    called = [own] if own != target.words and not immune else []
    tests = _TESTED_AS if immune else _TESTED_AS[_OF_IMMUNITY:]
    for name in (*called, *(f"{own} {suffix}" for suffix in tests)):
        found = _named_wholly(name, context)
        if found is not None and found.concept_keys and (found.kind is ConceptKind.MEASUREMENT or name == own):
            return found
    return _named_wholly(own, context) if own != target.words else None


def _named_wholly(name: str, context: Context) -> Target | None:
    """Return what all the words of a name together name; `None`: they name nothing, or several things."""
    tokens = tokenize(name)
    words = QuestionWords.of(name, tokens, [token.form for token in tokens])
    named, covered = find_targets(words, context.lexicon, context.chart, None)
    return named[0] if len(named) == 1 and len(covered) == len(tokens) else None


def _without_cues(named: _Named, reading: _Reading) -> _Named:
    """Leave out what is named by nothing but words that ask for a summary: "run me through ..." speaks of no diarrhea."""
    spent = summary_words(reading.words.text)
    return named._replace(targets=tuple(each for each in named.targets if not set(forms(each.words)) <= spent))


def _without_circumstance(named: _Named, reading: _Reading) -> tuple[_Named, str]:
    """Leave out what only tells how it was at a time that is given, where a list or something measured is asked for beside it."""
    text = reading.words.text
    words = circumstance(text, reading.window)
    rest = text.replace(words, " ") if words else text
    beside = tuple(target for target in named.targets if target.words not in words)
    if not words or len(beside) == len(named.targets) or not (beside or read_subject(rest, ())):
        return named, text
    return named._replace(targets=beside), rest


def _without_age(text: str, window: Window | None) -> str:
    """Take out an age that only tells a time: "since her 50th birthday" asks for no birthday."""
    return text.replace(window.words, " ") if window is not None and "birthday" in window.words.lower() else text


def _harm_words(text: str, *, harm: bool) -> set[str]:
    return set(forms(" ".join(match[0] for match in HARM.finditer(text)))) if harm else set()


_CLINIC_VISITS = re.compile(
    r"\b(?:out-?patient )?clinics? (?:visits?|appointments?|appts?|attendances?|encounters?|contacts?|reviews?)\b"
    r"|\b(?:visits?|appointments?|trips?) (?:to|at|in) (?:the |any |which )?clinics?\b",
    re.IGNORECASE,
)


def _keywords(reading: _Reading, named: _Named, spent: Set[str], relatives: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that nothing accounts for: neither a target, nor a cue, nor a time, nor somebody's name."""
    text = reading.words.text
    ignored = spent | cue_words(text, reading.window) | ordinal_words(text)
    if _CLINIC_VISITS.search(text):
        ignored |= {"clinic"}  # any visit is one to a clinic
    if asks_amount(text):
        ignored |= {"liter", "litre", "milliliter"}
    if named.has_measurement:
        ignored |= reading.timing | _OF_DIFFERENCES | course_words(text)
    if reading.of_patient:
        ignored |= words_for_patient(text)
    if reading.family:
        ignored |= {*_ASKS_FAMILY, *relatives, *all_relatives()}
    open_words = [
        word
        for position, word in enumerate(reading.words.folded)
        if position not in named.covered
        and not is_plain(word)
        and word not in ignored
        and not is_kin(word, family=reading.family, of_patient=reading.of_patient)
    ]
    if _DRUG_LEVEL.search(text) and named.targets and all(target.kind is ConceptKind.DRUG for target in named.targets):
        open_words.append("level")  # the amount in the blood, not the medicine
    return tuple(dict.fromkeys(open_words))


def _told_by_cues(text: str) -> dict[str, object]:
    """Return the fields of a plan that single cues tell, whatever the question names."""
    return {
        **{field: cue.search(text) is not None for field, cue in _FLAGS.items()},
        "event": next((event for event, cue in EVENTS if cue.search(text)), None),
        "newest_several": newest_several(text),
        "ordinal": ordinal_of(text),
        "subject_named": names_list(text),
    }


def _without_plurals(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Read "CTs" as several CTs, and not as another abbreviation."""
    return [
        token._replace(form=fold(text[token.start : token.end - 1]))
        if _PLURAL_ACRONYM.fullmatch(text[token.start : token.end])
        else token
        for token in tokens
    ]


def _since_compared(window: Window | None, text: str) -> Window | None:
    """Read "compared to 2021", "better than a year ago" as from then on: both ends are asked for."""
    if window is None or window.first is None:
        return window
    before = text[: max(text.lower().find(window.words.lower()), 0)]
    compared = re.search(
        r"\b(?:compared (?:to|with)|vs\.?|versus|against|than)(?: (?:it was|in|at|on|the))*\s*$", before, re.IGNORECASE
    )
    if re.search(r"\bas (?:known|documented|recorded|seen)(?: (?:at|by|on|in))?(?: the)?\s*$", before, re.IGNORECASE):
        return window.model_copy(update={"first": None})
    return window.model_copy(update={"last": None}) if compared else window
