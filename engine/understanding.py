"""Stage 0: question → plan: what is asked (intent), about what (targets, subject), when (window), and what was not understood.

Knows words, the lexicon and the concepts of the chart; reads no values.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from chartcite.engine.domain.records import Category, Frozen
from chartcite.engine.ports import ChartConcept
from chartcite.engine.terminology import ConceptKind, Lexicon, Token, fold, forms, plain_display, tokenize
from chartcite.engine.times import Window, find_window


class Intent(StrEnum):
    """What the reader wants to know about the subject."""

    LATEST = "latest"
    FIRST = "first"
    HIGHEST = "highest"
    LOWEST = "lowest"
    TREND = "trend"
    DIFFERENCE = "difference"
    AVERAGE = "average"
    COUNT = "count"
    LIST = "list"
    ACTIVE = "active"
    PRESENCE = "presence"
    WHEN = "when"
    DURATION = "duration"
    AGE = "age"
    REASON = "reason"
    WHO = "who"
    DOSE = "dose"
    CHANGES = "changes"
    DESCRIBE = "describe"


class Event(StrEnum):
    """A turn in the course of a treatment or problem that the question names."""

    STARTED = "started"
    STOPPED = "stopped"
    CHANGED = "changed"


class Target(Frozen):
    """Something the question names."""

    words: str
    """As the question says it, spelling mended."""
    label: str
    """Preferred name."""
    ids: tuple[str, ...] = ()
    """Lexicon ids with everything under them; empty for something only the chart names."""
    kind: ConceptKind | None = None
    alternatives: tuple[tuple[str, ...], ...] = ()
    """Folded words, any of which names it in narrative."""
    concept_keys: tuple[int, ...] = ()
    """Concepts of the chart that mean it."""
    exact: bool = False
    """Whether some of these mean exactly it, rather than contain its name."""
    synonyms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


class Plan(Frozen):
    """How a question was understood."""

    intent: Intent
    targets: tuple[Target, ...] = ()
    subject: Category | None = None
    """The list that the question is about, where it names one."""
    event: Event | None = None
    window: Window | None = None
    family: bool = False
    historical: bool = False
    """Asks about any time ("ever", "history of"), not only now."""
    current: bool = False
    """Asks about now."""
    inpatient: bool | None = None
    """For encounters: only admissions (`True`), or whatever."""
    keywords: tuple[str, ...] = ()
    """Folded content words that no target covers."""
    corrected: dict[str, str] = {}
    """Words whose spelling was mended."""
    asks_patient_group: bool = False
    """A question about many patients."""


def _cue(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b", re.IGNORECASE)


_COHORT = _cue(
    r"(?:how many|which|what|list|find|show|count|identify|all)(?: of)?(?: (?:the|all|our|my))? (?:\w+ ){0,2}(?:patients|people|adults|women|men|children|persons)"
    r"(?! (?:sister|brother|mother))", r"patients (?:who|with|on|aged|over|under)",
)  # fmt: skip
_INTENTS: tuple[tuple[Intent, re.Pattern[str]], ...] = (
    (Intent.REASON, _cue(
        r"why", r"reasons?", r"how come", r"what (?:led|caused|prompted|triggered|made|explains?)", r"because of what", r"rationale",
        r"indications?", r"what(?:'s| is| was) (?:\w+ ){1,4}for$", r"what for", r"due to what", r"cause of", r"(?:because of|due to)")),
    (Intent.CHANGES, _cue(
        r"what(?:'s| is| has| have|s)? (?:changed|new|different)", r"any(?:thing)? (?:changes|new|changed)(?: since)?", r"changes? since",
        r"what (?:has )?happened since", r"interval (?:history|changes)", r"since (?:her|his|the|their|my) (?:last|previous|prior)")),
    (Intent.DIFFERENCE, _cue(
        r"differences?", r"how much (?:\w+ ){1,5}(?:lose|lost|gain|gained|drop|dropped|rise|rose|fall|fell|increase|increased|decrease|decreased|change|changed|improve|improved|go up|go down|gone up|gone down|grow|grown|grew)",
        r"how many (?:\w+ ){1,4}(?:lose|lost|gain|gained|drop|dropped|rise|rose|fall|fell)", r"change (?:between|from)", r"percent(?:age)? change")),
    (Intent.AVERAGE, _cue(r"average(?! blood sugar)", r"mean(?: value)?(?= \w)(?! is| that| by)")),
    (Intent.AGE, _cue(r"how old", r"(?:at )?what age", r"age (?:at|when|of)", r"(?:his|her|their|patient'?s?|my|current) age")),
    (Intent.DURATION, _cue(r"how long(?! ago)", r"duration", r"for how many (?:years|months|weeks|days)", r"how many (?:years|months|weeks|days) (?:was|has|have|did|were|is|after|before|between|until|from|since)")),
    (Intent.COUNT, _cue(r"how many", r"number of", r"how often", r"how frequently", r"count of", r"total number")),
    (Intent.HIGHEST, _cue(r"highest", r"peak(?:ed)?", r"max(?:imum)?", r"greatest", r"heaviest", r"tallest", r"largest", r"biggest", r"worst")),
    (Intent.LOWEST, _cue(r"lowest", r"nadir", r"min(?:imum)?", r"smallest", r"least", r"lightest")),
    (Intent.TREND, _cue(
        r"trend(?:s|ed|ing)?", r"over time", r"over the (?:years|months|weeks|past|last)", r"course of", r"trajectory", r"gone (?:up|down)", r"go(?:ing)? (?:up|down)", r"improv(?:ed|ing|e)",
        r"worsen(?:ed|ing)?", r"(?:getting|gotten|got) (?:better|worse|higher|lower)", r"ris(?:en|ing|e)", r"rose", r"f[ae]ll(?:en|ing)?", r"serial", r"progress(?:ion|ed|ing)", r"evol(?:ved|ution)",
        r"how (?:has|have|did|is|are) (?:\w+ ){1,6}(?:moved?|changed?|doing|done|behaved|developed?|been)", r"(?:has|have|did) (?:\w+['’]?s? ?){1,5} changed?", r"increas(?:ed|ing)", r"decreas(?:ed|ing)",
        r"dropp(?:ed|ing)", r"history of (?:values|readings)", r"all (?:the |his |her )?(?:values|readings|measurements)", r"growth")),
    (Intent.WHO, _cue(r"who", r"whom", r"which (?:doctor|physician|provider|clinician|surgeon|nurse|specialist)", r"by whom")),
    (Intent.DOSE, _cue(r"dos(?:e|es|age|ages|ing)", r"how (?:much|many) (?:\w+ ){0,4}(?:tak(?:e|es|ing)|prescribed|on)", r"strength", r"how (?:do|does|should) (?:\w+ ){1,3}take", r"sig", r"regimen")),
    (Intent.WHEN, _cue(r"when", r"(?:what|which|on what) (?:date|day|year|month|time)", r"dates? of", r"how long ago", r"since when", r"onset")),
    (Intent.FIRST, _cue(r"first", r"earliest", r"initial(?:ly)?", r"baseline", r"oldest", r"original")),
    (Intent.LATEST, _cue(r"latest", r"last", r"most recent(?:ly)?", r"newest", r"recent", r"now", r"today", r"current(?:ly)?", r"present", r"up[- ]to[- ]date")),
)  # fmt: skip
_YES_NO = re.compile(
    r"^(?:(?:so|and|but|please|hi|hello|ok|also|do you know if|can you tell me (?:if|whether)|check (?:if|whether)|was it ever|tell me (?:if|whether))[\s,]+)*"
    r"(?:is|are|am|was|were|does|do|did|has|have|had|any|ever|can|could|should|will)\b",
    re.IGNORECASE,
)
_SUBJECTS: tuple[tuple[Category, re.Pattern[str]], ...] = (
    (Category.ALLERGY, _cue(r"allerg\w*", r"intoleran\w*", r"anaphyla\w*", r"nkda", r"nka", r"(?:bad |adverse )?reactions? to", r"react(?:s|ed)? to")),
    (Category.IMMUNIZATION, _cue(r"vaccin\w*", r"immuni[sz]\w*", r"shots?", r"jabs?", r"boosters?", r"inoculat\w*", r"vax\w*")),
    (Category.MEDICATION, _cue(
        r"med(?:s|ication|ications|icine|icines)?", r"drugs?", r"pills?", r"tablets?", r"prescri\w*", r"rx", r"treatments?", r"taking", r"takes", r"inhalers?", r"pharmac\w*", r"antibiotics?")),
    (Category.CARE_TEAM, _cue(r"care team", r"(?:pcp|primary care (?:doctor|physician|provider))", r"(?:his|her|my|their) (?:doctor|gp)s?")),
    (Category.CARE_PLAN, _cue(r"care ?plans?", r"plan of care")),
    (Category.GOAL, _cue(r"goals?", r"targets?")),
    (Category.ORDER, _cue(r"orders?", r"ordered", r"referr\w*", r"pending", r"outstanding", r"follow[- ]?up (?:not|due)", r"requested")),
    (Category.COVERAGE, _cue(r"insur\w*", r"coverage", r"payer", r"medicare", r"medicaid")),
    (Category.ENCOUNTER, _cue(
        r"visits?", r"encounters?", r"admi(?:t|ts|tted|ssion|ssions)", r"hospitali[sz]\w*", r"discharged?", r"inpatient", r"(?:ed|er|a&e|emergency)(?: room| department| visit)?", r"appointments?",
        r"seen", r"in (?:the )?hospital", r"hospital (?:stay|stays)", r"office", r"consult\w*", r"last saw", r"icu", r"urgent care")),
    (Category.PROCEDURE, _cue(r"procedures?", r"surger\w*", r"surgical", r"operations?", r"operated", r"scans?", r"imaging")),
    (Category.CONDITION, _cue(
        r"conditions?", r"problems?", r"diagnos\w*", r"dx", r"medical history", r"pmh", r"illness\w*", r"diseases?", r"comorbid\w*", r"past history", r"health issues?", r"suffer\w*", r"ailments?")),
    (Category.VITAL_SIGN, _cue(r"vitals?(?: signs)?", r"obs")),
    (Category.LABORATORY, _cue(r"labs?", r"lab(?:oratory)? (?:results?|values?|tests?)", r"blood ?(?:work|tests?)", r"bloods", r"test results?", r"abnormal results?")),
    (Category.REPORT, _cue(r"reports?", r"x-?rays?", r"pathology")),
    (Category.SOCIAL_HISTORY, _cue(r"social history", r"lifestyle", r"habits")),
    (Category.DOCUMENT, _cue(r"notes?", r"documents?", r"letters?")),
)  # fmt: skip
_EVENTS: tuple[tuple[Event, re.Pattern[str]], ...] = (
    (Event.STOPPED, _cue(
        r"stop(?:ped|s|ping)?", r"discontinu\w*", r"d/?c'?d", r"held", r"hold", r"c[ao]me off", r"off(?: of)?", r"quit", r"cease[ds]?", r"taken off", r"withdr\w+", r"end(?:ed)?", r"finish(?:ed)?", r"no longer",
        r"stopp?age", r"deprescrib\w*", r"removed")),
    (Event.CHANGED, _cue(
        r"switch(?:ed)?", r"chang(?:e|ed|es)", r"increas(?:e|ed)", r"decreas(?:e|ed)", r"reduc(?:e|ed)", r"lower(?:ed)?", r"cut", r"rais(?:e|ed)", r"adjust(?:ed)?", r"titrat\w*", r"halv\w+", r"doubl\w+",
        r"replac\w+")),
    (Event.STARTED, _cue(
        r"start(?:ed|s|ing)?", r"began", r"begin", r"begun", r"initiat\w*", r"put on", r"prescribed", r"(?:was|were) (?:given|placed on)", r"introduc\w*", r"add(?:ed)?", r"resum\w*", r"commenc\w*")),
)  # fmt: skip
EVENT_WORDS = {
    Event.STOPPED: ("stop", "stopped", "discontinued", "discontinue", "held", "hold", "off", "d/c", "dc", "ceased", "withdrawn", "discontinuing", "stopping", "deprescribed", "finished", "completed", "removed", "quit"),
    Event.CHANGED: ("switched", "switch", "changed", "change", "increased", "increase", "decreased", "reduced", "reduce", "lowered", "lower", "cut", "raised", "adjusted", "titrated", "halved", "doubled", "replaced", "transitioned"),
    Event.STARTED: ("start", "started", "starting", "began", "begin", "initiated", "initiate", "added", "add", "prescribed", "resumed", "commenced", "given"),
}  # fmt: skip
"""Words by which notes tell of an event."""
_FAMILY = _cue(
    r"famil(?:y|ial)", r"(?:his|her|my|their|patient'?s?|the) (?:own )?(?:mother|father|mom|mum|dad|parents?|sisters?|brothers?|siblings?|aunts?|uncles?|grand\w+|cousins?)", r"mother'?s?", r"father'?s?",
    r"runs in", r"relatives?", r"heredit\w*", r"fhx?", r"maternal", r"paternal", r"(?:first|second)[- ]degree",
)  # fmt: skip
_EVER = _cue(r"ever", r"history of", r"h/o", r"hx", r"previously", r"in the past", r"past", r"before", r"prior", r"had")
_NOW = _cue(
    r"current(?:ly)?",
    r"active(?:ly)?",
    r"now",
    r"right now",
    r"still",
    r"at present",
    r"these days",
    r"is (?:she|he|the patient|pt) (?:on|taking)",
    r"am i (?:on|taking)",
    r"today",
    r"presently",
    r"ongoing",
)
_INPATIENT = _cue(
    r"admi(?:t|ts|tted|ssion|ssions)",
    r"hospitali[sz]\w*",
    r"inpatient",
    r"in (?:the )?hospital",
    r"hospital stays?",
    r"discharged?",
)
_DEMOGRAPHIC = _cue(
    r"(?:date of birth|dob|birth ?date|birthday|born)", r"(?:his|her|their|patient'?s?|my|current) age", r"how old is (?:she|he|the patient|this patient|pt|my patient|they)", r"(?:sex|gender)",
    r"(?:race|ethnicity|ethnic)", r"marital status", r"married", r"(?:preferred |primary |speaks? (?:what|which) )?language", r"(?:address|lives?|live) (?:in|at)?", r"(?:deceased|died|dead|alive|death)",
    r"mrn",
)  # fmt: skip
_STOPWORDS = frozenset(
    [
        "a",
        "about",
        "above",
        "after",
        "again",
        "ago",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "anybody",
        "anyone",
        "anything",
        "are",
        "as",
        "ask",
        "at",
        "be",
        "became",
        "because",
        "become",
        "been",
        "before",
        "being",
        "between",
        "both",
        "but",
        "by",
        "can",
        "chart",
        "check",
        "come",
        "could",
        "current",
        "currently",
        "date",
        "day",
        "detail",
        "details",
        "did",
        "do",
        "documented",
        "does",
        "doing",
        "done",
        "down",
        "during",
        "each",
        "either",
        "else",
        "ever",
        "every",
        "exactly",
        "far",
        "few",
        "find",
        "first",
        "for",
        "found",
        "from",
        "further",
        "get",
        "give",
        "given",
        "go",
        "goes",
        "going",
        "gone",
        "got",
        "had",
        "happen",
        "happened",
        "has",
        "have",
        "having",
        "he",
        "hello",
        "help",
        "her",
        "here",
        "hers",
        "hi",
        "him",
        "his",
        "how",
        "however",
        "i",
        "if",
        "in",
        "information",
        "into",
        "is",
        "it",
        "its",
        "just",
        "kind",
        "know",
        "known",
        "last",
        "late",
        "latest",
        "lately",
        "let",
        "like",
        "list",
        "listed",
        "look",
        "made",
        "make",
        "many",
        "may",
        "me",
        "mention",
        "mentioned",
        "month",
        "more",
        "most",
        "much",
        "must",
        "my",
        "name",
        "need",
        "new",
        "newest",
        "next",
        "no",
        "not",
        "note",
        "noted",
        "now",
        "number",
        "of",
        "off",
        "often",
        "ok",
        "on",
        "once",
        "one",
        "only",
        "or",
        "other",
        "our",
        "out",
        "over",
        "own",
        "patient",
        "patients",
        "person",
        "please",
        "possible",
        "present",
        "previous",
        "previously",
        "pt",
        "quite",
        "reason",
        "recent",
        "recently",
        "record",
        "recorded",
        "records",
        "regarding",
        "report",
        "reported",
        "result",
        "results",
        "right",
        "said",
        "saw",
        "say",
        "says",
        "see",
        "seen",
        "several",
        "shall",
        "she",
        "should",
        "show",
        "shown",
        "shows",
        "since",
        "so",
        "some",
        "somebody",
        "someone",
        "something",
        "specific",
        "still",
        "such",
        "take",
        "taken",
        "takes",
        "taking",
        "tell",
        "than",
        "thank",
        "thanks",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "thing",
        "things",
        "this",
        "those",
        "through",
        "time",
        "times",
        "to",
        "today",
        "told",
        "too",
        "total",
        "try",
        "two",
        "type",
        "under",
        "until",
        "up",
        "us",
        "use",
        "used",
        "using",
        "value",
        "values",
        "various",
        "very",
        "want",
        "was",
        "way",
        "we",
        "well",
        "were",
        "what",
        "whats",
        "when",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "within",
        "would",
        "year",
        "years",
        "yes",
        "yet",
        "you",
        "your",
        "i'm",
        "what's",
        "who's",
        "it's",
        "he's",
        "she's",
        "don't",
        "doesn't",
        "didn't",
        "hasn't",
        "isn't",
        "wasn't",
        "haven't",
        "status",
        "level",
        "levels",
        "reading",
        "readings",
        "score",
        "test",
        "tests",
        "tested",
        "there's",
        "history",
        "evidence",
        "measured",
        "measurement",
        "trend",
        "highest",
        "lowest",
        "peak",
        "old",
        "age",
        "dose",
        "when's",
        "finding",
        "findings",
        "confirm",
        "possibly",
        "actually",
        "currently",
        "wondering",
        "explain",
        "according",
        "per",
        "vs",
        "three",
        "four",
        "five",
        "file",
        "mr",
        "mrs",
        "ms",
        "dr",
        "doctor",
    ]
)
_LEXICON_BLIND = frozenset(
    {
        "all",
        "can",
        "had",
        "may",
        "has",
        "is",
        "was",
        "as",
        "or",
        "be",
        "his",
        "her",
        "on",
        "at",
        "it",
        "he",
        "no",
        "she",
        "old",
        "test",
        "status",
        "pt",
        "lead",
        "cut",
        "fall",
        "last",
        "stop",
        "hold",
    }
)
"""Words that are an abbreviation somewhere but plain English in a question."""


def understand(text: str, /, *, lexicon: Lexicon, chart: Sequence[ChartConcept], today: date) -> Plan:
    """Read a question.

    Args:
        text: the question.
        lexicon: known concepts.
        chart: concepts that the patient's facts name (empty for a question without a patient).
        today: the day that relative words count from.
    """
    window = find_window(text, today=today)
    tokens = tokenize(text)
    words, corrected = _mend(tokens, lexicon, chart)
    targets, covered = _targets(text, tokens, words, lexicon, chart, window)
    subject = _subject(text, targets)
    event = next((event for event, cue in _EVENTS if cue.search(text)), None)
    keywords = [
        word
        for position, word in enumerate(words)
        if position not in covered and not _is_plain(word) and not (window and word in forms(window.words))
    ]
    return Plan(
        intent=_intent(text, targets, subject),
        targets=targets,
        subject=subject,
        event=event,
        window=window,
        family=_FAMILY.search(text) is not None,
        historical=_EVER.search(text) is not None,
        current=_NOW.search(text) is not None,
        inpatient=True if _INPATIENT.search(text) else None,
        keywords=tuple(dict.fromkeys(keywords)),
        corrected=corrected,
        asks_patient_group=_COHORT.search(text) is not None,
    )


def _is_plain(word: str) -> bool:
    return word in _STOPWORDS or len(word) < 2 or word.isdigit()


def _mend(tokens: Sequence[Token], lexicon: Lexicon, chart: Sequence[ChartConcept]) -> tuple[list[str], dict[str, str]]:
    """Correct typing errors in words that neither the lexicon, the chart nor plain English knows."""
    known = {word for concept in chart for word in forms(concept.concept.text)}
    words, corrected = [], {}
    for token in tokens:
        word = token.form
        ordinary = _is_plain(word) or word in known or lexicon.knows(word) or word in _ORDINARY
        better = None if ordinary else lexicon.correct(word)
        if better is not None and better != word:
            corrected[word] = better
            word = better
        words.append(word)
    return words, corrected


def _targets(
    text: str,
    tokens: Sequence[Token],
    words: list[str],
    lexicon: Lexicon,
    chart: Sequence[ChartConcept],
    window: Window | None,
) -> tuple[tuple[Target, ...], set[int]]:
    surfaces: dict[tuple[str, ...], list[int]] = {}
    for concept in chart:
        for name in {concept.concept.text, *(coding.display for coding in concept.concept.codings)}:
            run = forms(plain_display(name))
            if run and not (len(run) == 1 and _is_plain(run[0])):
                surfaces.setdefault(run, []).append(concept.key)
    extra = {run: tuple(f"chart:{key}" for key in keys) for run, keys in surfaces.items()}
    targets: list[Target] = []
    covered: set[int] = set()
    for mention in lexicon.mentions(words, extra=extra):
        named = " ".join(words[mention.first : mention.last])
        if mention.last - mention.first == 1 and (
            named in _LEXICON_BLIND or (_is_plain(named) and not named.isupper())
        ):
            continue
        if window and all(word in forms(window.words) for word in words[mention.first : mention.last]):
            continue
        as_written = text[tokens[mention.first].start : tokens[mention.last - 1].end]
        targets.append(_target(named, as_written, mention.ids, lexicon, chart))
        covered.update(range(mention.first, mention.last))
    found_in_chart, more = _chart_targets(words, covered, targets, chart)
    return _without_parts((*targets, *found_in_chart)), covered | more


def _target(
    named: str, as_written: str, ids: tuple[str, ...], lexicon: Lexicon, chart: Sequence[ChartConcept]
) -> Target:
    keys = {int(id_.removeprefix("chart:")) for id_ in ids if id_.startswith("chart:")}
    listed = tuple(id_ for id_ in ids if not id_.startswith("chart:"))
    if not listed and keys:
        # Words of the chart itself: what they mean in the lexicon widens the search.
        linked = {
            id_
            for concept in chart
            if concept.key in keys
            for id_, strength in lexicon.link(concept.concept).items()
            if strength == 2
        }
        listed = tuple(sorted(linked))
    below = frozenset[str]().union(*(lexicon.below(id_) for id_ in listed)) if listed else frozenset()
    exact, contained = set(keys), set[int]()
    for concept in chart:
        strengths = [strength for id_, strength in lexicon.link(concept.concept).items() if id_ in below]
        if strengths:
            (exact if max(strengths) == 2 else contained).add(concept.key)
    kinds = [lexicon.concepts[id_].kind for id_ in listed]
    synonyms = lexicon.surfaces((*listed, *sorted(below - set(listed))))
    chart_words = tuple(forms(plain_display(concept.concept.text)) for concept in chart if concept.key in exact)
    return Target(
        words=as_written,
        label=lexicon.concepts[listed[0]].name if listed else as_written,
        ids=tuple(sorted(below)),
        kind=kinds[0] if kinds else None,
        alternatives=tuple(
            dict.fromkeys((tuple(named.split()), *(forms(surface) for surface in synonyms), *chart_words))
        ),
        concept_keys=tuple(sorted(exact or contained)),
        exact=bool(exact),
        synonyms=synonyms,
        codes=tuple(sorted({code for id_ in below for code in lexicon.concepts[id_].codes})),
    )


def _chart_targets(
    words: Sequence[str], covered: set[int], targets: Sequence[Target], chart: Sequence[ChartConcept]
) -> tuple[list[Target], set[int]]:
    """Find what only the chart names, by the rarest words that a display shares with the question.

    The words of targets without any fact count too: what the lexicon took for one thing may be part of another's name.
    """
    open_positions = [place for place, word in enumerate(words) if place not in covered and not _is_plain(word)]
    idle = {word for target in targets if not target.concept_keys for word in forms(target.words)}
    question = {words[place] for place in open_positions} | {word for word in idle if not _is_plain(word)}
    if not question or not chart:
        return [], set()
    bags = {concept.key: set(forms(plain_display(concept.concept.text))) for concept in chart}
    frequency = Counter(word for bag in bags.values() for word in bag)
    weight = {
        word: math.log(1 + len(bags) / frequency[word]) if frequency[word] else math.log(2 + len(bags))
        for word in question
    }
    shared = {key: bag & question for key, bag in bags.items() if bag & question}
    scores = {key: sum(weight[word] for word in common) for key, common in shared.items()}
    best = max(scores.values(), default=0.0)
    # Half of what the question names (by information) must stand in the display: else it is another thing.
    if best < 0.5 * sum(weight.values()) or best <= 0:
        return [], set()
    keys = sorted(key for key, score in scores.items() if score >= best - 1e-9)
    common = set.union(*(shared[key] for key in keys))
    named = " ".join(word for word in words if word in common)
    if any(set(keys) <= set(target.concept_keys) for target in targets):
        return [], set()
    label = next(plain_display(concept.concept.text) for concept in chart if concept.key == keys[0])
    places = {place for place in open_positions if words[place] in common}
    alternatives = tuple(
        dict.fromkeys(
            (
                tuple(named.split()),
                *(forms(plain_display(concept.concept.text)) for concept in chart if concept.key in keys),
            )
        )
    )
    target = Target(words=named, label=label, alternatives=alternatives, concept_keys=tuple(keys), exact=False)
    return [target], places


def _without_parts(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Drop repetitions; of targets without facts that another target's words contain, keep the other."""
    kept: dict[tuple[tuple[str, ...], tuple[int, ...], str], Target] = {}
    for target in targets:
        kept.setdefault(
            (target.ids, target.concept_keys, "" if target.ids or target.concept_keys else target.words), target
        )
    return tuple(kept.values())


_KIND_SUBJECT = {
    ConceptKind.DRUG: Category.MEDICATION,
    ConceptKind.CONDITION: Category.CONDITION,
    ConceptKind.PROCEDURE: Category.PROCEDURE,
    ConceptKind.VACCINE: Category.IMMUNIZATION,
}


def _subject(text: str, targets: Sequence[Target]) -> Category | None:
    """Return the list that the question is about. A demographic cue counts only where nothing clinical is named."""
    if not targets and _DEMOGRAPHIC.search(text):
        return Category.DEMOGRAPHIC
    named = [category for category, cue in _SUBJECTS if cue.search(text)]
    if Category.ALLERGY in named:
        return Category.ALLERGY
    kinds = {target.kind for target in targets if target.kind is not None}
    if kinds:
        # "Which drugs is she on for hypertension?" keeps the list; "blood pressure medication" is a class with a kind.
        if ConceptKind.VACCINE in kinds:
            return Category.IMMUNIZATION
        for category in named:
            if category in {Category.MEDICATION, Category.ORDER, Category.ENCOUNTER, Category.CARE_PLAN, Category.GOAL}:
                return category
        return next((_KIND_SUBJECT[kind] for kind in kinds if kind in _KIND_SUBJECT), None)
    return named[0] if named else None


def _intent(text: str, targets: Sequence[Target], subject: Category | None) -> Intent:
    measured = any(target.kind is ConceptKind.MEASUREMENT for target in targets)
    for intent, cue in _INTENTS:
        if not cue.search(text):
            continue
        if intent is Intent.TREND and not measured and not any(target.concept_keys for target in targets):
            continue
        if (
            intent is Intent.LATEST
            and _NOW.search(text)
            and not measured
            and not re.search(r"\b(?:last|latest|recent)", text, re.IGNORECASE)
        ):
            return Intent.PRESENCE if _YES_NO.match(text) and targets else Intent.ACTIVE
        if intent is Intent.LATEST and _YES_NO.match(text) and not measured and targets:
            return Intent.PRESENCE
        return intent
    if _YES_NO.match(text):
        return Intent.PRESENCE if targets else Intent.LIST
    if measured:
        return Intent.LATEST
    if subject is not None and not targets:
        return Intent.LIST
    return Intent.DESCRIBE


_ORDINARY = frozenset(
    fold(word)
    for word in [
        "able",
        "above",
        "abroad",
        "absent",
        "accident",
        "across",
        "action",
        "active",
        "activity",
        "actual",
        "address",
        "adjust",
        "adult",
        "advice",
        "advise",
        "affect",
        "afternoon",
        "agent",
        "agree",
        "ahead",
        "alarm",
        "alcohol",
        "alive",
        "allow",
        "almost",
        "alone",
        "along",
        "already",
        "although",
        "always",
        "amount",
        "ankle",
        "annual",
        "another",
        "answer",
        "anyone",
        "appear",
        "apply",
        "appointment",
        "april",
        "area",
        "arm",
        "around",
        "arrange",
        "arrive",
        "assess",
        "assist",
        "august",
        "available",
        "average",
        "aware",
        "away",
        "baby",
        "back",
        "background",
        "baseline",
        "bath",
        "beat",
        "become",
        "bedtime",
        "began",
        "behind",
        "believe",
        "benefit",
        "beside",
        "best",
        "better",
        "bigger",
        "birth",
        "bleed",
        "blood",
        "board",
        "body",
        "bone",
        "book",
        "born",
        "bother",
        "bottle",
        "bottom",
        "boy",
        "brain",
        "breast",
        "breath",
        "breathe",
        "brief",
        "bring",
        "brother",
        "brought",
        "brown",
        "build",
        "burn",
        "business",
        "call",
        "calm",
        "came",
        "cancel",
        "cancer",
        "cannot",
        "care",
        "case",
        "cause",
        "cell",
        "center",
        "centre",
        "certain",
        "chair",
        "chance",
        "change",
        "charge",
        "chest",
        "chief",
        "child",
        "children",
        "choice",
        "choose",
        "city",
        "class",
        "clean",
        "clear",
        "client",
        "clinic",
        "clinical",
        "close",
        "clot",
        "coach",
        "coffee",
        "cold",
        "collect",
        "color",
        "come",
        "comment",
        "common",
        "company",
        "compare",
        "complain",
        "complaint",
        "complete",
        "concern",
        "condition",
        "consent",
        "consider",
        "consult",
        "contact",
        "contain",
        "continue",
        "control",
        "cook",
        "cool",
        "copy",
        "correct",
        "cost",
        "cough",
        "count",
        "country",
        "couple",
        "course",
        "cover",
        "create",
        "culture",
        "current",
        "daily",
        "damage",
        "daughter",
        "daily",
        "deal",
        "death",
        "decade",
        "december",
        "decide",
        "decision",
        "decline",
        "decrease",
        "deep",
        "degree",
        "delay",
        "deliver",
        "delivery",
        "depend",
        "describe",
        "desk",
        "detail",
        "develop",
        "device",
        "diagnose",
        "diagnosed",
        "diagnosis",
        "diet",
        "differ",
        "different",
        "difficult",
        "dinner",
        "direct",
        "discharge",
        "discuss",
        "discussed",
        "disease",
        "doctor",
        "document",
        "double",
        "doubt",
        "drank",
        "draw",
        "dressing",
        "drink",
        "drive",
        "drop",
        "drove",
        "drug",
        "early",
        "easy",
        "eaten",
        "education",
        "effect",
        "either",
        "elbow",
        "elderly",
        "else",
        "emergency",
        "employ",
        "employer",
        "empty",
        "encounter",
        "end",
        "energy",
        "enough",
        "enter",
        "entire",
        "episode",
        "error",
        "evening",
        "event",
        "eventually",
        "everyone",
        "exam",
        "examine",
        "example",
        "exercise",
        "expect",
        "experience",
        "explain",
        "express",
        "extra",
        "eyes",
        "face",
        "facility",
        "fact",
        "fail",
        "fail",
        "fall",
        "falls",
        "family",
        "fasting",
        "father",
        "favor",
        "fear",
        "february",
        "feel",
        "fell",
        "felt",
        "female",
        "fever",
        "field",
        "fight",
        "figure",
        "final",
        "finally",
        "find",
        "finger",
        "finish",
        "first",
        "fish",
        "fluid",
        "follow",
        "following",
        "food",
        "foot",
        "force",
        "forearm",
        "foreign",
        "forget",
        "form",
        "former",
        "forward",
        "found",
        "free",
        "frequent",
        "fresh",
        "friday",
        "friend",
        "front",
        "full",
        "function",
        "further",
        "future",
        "gain",
        "general",
        "gender",
        "getting",
        "girl",
        "given",
        "glass",
        "goal",
        "going",
        "good",
        "graft",
        "grade",
        "grandmother",
        "grandfather",
        "great",
        "green",
        "ground",
        "group",
        "grow",
        "grown",
        "guess",
        "habit",
        "hair",
        "half",
        "hand",
        "handle",
        "happen",
        "happy",
        "hard",
        "head",
        "health",
        "healthy",
        "hear",
        "heard",
        "heart",
        "heavy",
        "height",
        "held",
        "help",
        "high",
        "higher",
        "highest",
        "history",
        "hold",
        "holiday",
        "home",
        "hope",
        "hospital",
        "hour",
        "house",
        "human",
        "hurt",
        "husband",
        "idea",
        "identify",
        "illness",
        "image",
        "imaging",
        "immediate",
        "important",
        "improve",
        "include",
        "increase",
        "indicate",
        "infant",
        "infection",
        "inform",
        "inhaler",
        "initial",
        "injection",
        "injury",
        "inside",
        "instead",
        "instruct",
        "insurance",
        "insurer",
        "interest",
        "interval",
        "issue",
        "january",
        "joint",
        "july",
        "june",
        "keep",
        "kidney",
        "kind",
        "knee",
        "know",
        "labor",
        "lady",
        "language",
        "large",
        "late",
        "later",
        "latest",
        "laugh",
        "lead",
        "learn",
        "least",
        "leave",
        "left",
        "length",
        "less",
        "letter",
        "level",
        "life",
        "light",
        "limit",
        "line",
        "list",
        "little",
        "live",
        "liver",
        "living",
        "local",
        "long",
        "longer",
        "look",
        "lose",
        "loss",
        "lost",
        "love",
        "lower",
        "lunch",
        "lung",
        "machine",
        "made",
        "main",
        "major",
        "make",
        "male",
        "manage",
        "march",
        "mark",
        "married",
        "mass",
        "matter",
        "meal",
        "mean",
        "means",
        "measure",
        "medical",
        "medicine",
        "meet",
        "member",
        "memory",
        "mention",
        "middle",
        "might",
        "mild",
        "mind",
        "minute",
        "miss",
        "missed",
        "moment",
        "monday",
        "money",
        "monitor",
        "month",
        "morning",
        "mother",
        "mouth",
        "move",
        "much",
        "muscle",
        "must",
        "nail",
        "name",
        "narrow",
        "near",
        "nearly",
        "neck",
        "need",
        "needle",
        "negative",
        "never",
        "newer",
        "next",
        "night",
        "nobody",
        "none",
        "normal",
        "nose",
        "note",
        "nothing",
        "notice",
        "november",
        "numb",
        "number",
        "nurse",
        "nursing",
        "obtain",
        "occupation",
        "occur",
        "october",
        "offer",
        "office",
        "older",
        "onset",
        "open",
        "operation",
        "opinion",
        "option",
        "order",
        "organ",
        "other",
        "outcome",
        "outside",
        "overall",
        "overnight",
        "page",
        "paid",
        "pain",
        "paper",
        "parent",
        "part",
        "partner",
        "party",
        "pass",
        "past",
        "patch",
        "pathology",
        "patient",
        "pattern",
        "peak",
        "pending",
        "people",
        "perform",
        "performed",
        "perhaps",
        "period",
        "person",
        "pharmacy",
        "phone",
        "physical",
        "physician",
        "pick",
        "picture",
        "piece",
        "pill",
        "place",
        "plan",
        "planned",
        "plans",
        "plate",
        "play",
        "please",
        "point",
        "poor",
        "portion",
        "positive",
        "possible",
        "practice",
        "prefer",
        "pregnant",
        "prepare",
        "prescribe",
        "prescribed",
        "prescription",
        "present",
        "pressure",
        "prevent",
        "previous",
        "primary",
        "prior",
        "private",
        "probably",
        "problem",
        "procedure",
        "process",
        "produce",
        "program",
        "promise",
        "proper",
        "protect",
        "provide",
        "provider",
        "public",
        "pull",
        "pulse",
        "purpose",
        "push",
        "quarter",
        "question",
        "quick",
        "quiet",
        "quit",
        "quite",
        "raise",
        "range",
        "rapid",
        "rare",
        "rate",
        "rather",
        "reach",
        "reaction",
        "read",
        "ready",
        "real",
        "reason",
        "receive",
        "recent",
        "recommend",
        "record",
        "recover",
        "reduce",
        "refer",
        "referral",
        "referred",
        "refuse",
        "refused",
        "regard",
        "region",
        "regular",
        "relate",
        "related",
        "release",
        "relief",
        "remain",
        "remember",
        "remind",
        "remove",
        "removed",
        "repeat",
        "replace",
        "report",
        "reported",
        "request",
        "require",
        "rescue",
        "research",
        "resolve",
        "response",
        "rest",
        "result",
        "return",
        "review",
        "right",
        "ring",
        "risk",
        "road",
        "role",
        "room",
        "round",
        "routine",
        "rule",
        "running",
        "safe",
        "salt",
        "same",
        "sample",
        "saturday",
        "save",
        "scale",
        "scan",
        "scar",
        "schedule",
        "scheduled",
        "school",
        "screen",
        "screening",
        "search",
        "season",
        "seat",
        "second",
        "section",
        "seem",
        "seen",
        "self",
        "send",
        "sense",
        "sensitive",
        "sent",
        "september",
        "series",
        "serious",
        "serve",
        "service",
        "session",
        "settle",
        "seven",
        "several",
        "severe",
        "sex",
        "shall",
        "shape",
        "share",
        "sharp",
        "short",
        "shot",
        "should",
        "shoulder",
        "show",
        "shower",
        "side",
        "sign",
        "signal",
        "signed",
        "similar",
        "simple",
        "since",
        "single",
        "sister",
        "site",
        "size",
        "skin",
        "skip",
        "skipped",
        "sleep",
        "slept",
        "slight",
        "slow",
        "small",
        "smell",
        "smoke",
        "smoker",
        "smoking",
        "social",
        "soft",
        "sold",
        "some",
        "son",
        "soon",
        "sore",
        "sorry",
        "sort",
        "sound",
        "source",
        "space",
        "speak",
        "special",
        "specialist",
        "specific",
        "speech",
        "spend",
        "spent",
        "spoke",
        "spot",
        "spouse",
        "staff",
        "stage",
        "stand",
        "standing",
        "start",
        "state",
        "statement",
        "station",
        "stay",
        "steady",
        "step",
        "steroid",
        "stiff",
        "stomach",
        "stone",
        "stop",
        "store",
        "story",
        "street",
        "strength",
        "stress",
        "strong",
        "student",
        "study",
        "subject",
        "success",
        "sudden",
        "suffer",
        "sugar",
        "suggest",
        "summary",
        "summer",
        "sunday",
        "supply",
        "support",
        "sure",
        "surgeon",
        "surgery",
        "surgical",
        "suspect",
        "sweet",
        "swell",
        "swelling",
        "switch",
        "symptom",
        "system",
        "table",
        "talk",
        "team",
        "teeth",
        "tell",
        "term",
        "test",
        "testing",
        "thank",
        "their",
        "therapy",
        "thick",
        "thin",
        "thing",
        "think",
        "third",
        "thought",
        "three",
        "throat",
        "through",
        "throw",
        "thursday",
        "thyroid",
        "tired",
        "tissue",
        "today",
        "together",
        "tomorrow",
        "tone",
        "tongue",
        "took",
        "tooth",
        "total",
        "touch",
        "toward",
        "town",
        "track",
        "train",
        "transfer",
        "trauma",
        "travel",
        "treat",
        "treated",
        "treatment",
        "trend",
        "trial",
        "trigger",
        "trip",
        "trouble",
        "true",
        "trust",
        "truth",
        "tuesday",
        "tumor",
        "turn",
        "twice",
        "twin",
        "type",
        "under",
        "understand",
        "unit",
        "until",
        "update",
        "upper",
        "urgent",
        "urine",
        "useful",
        "usual",
        "value",
        "vary",
        "vein",
        "vessel",
        "view",
        "virus",
        "visit",
        "vital",
        "voice",
        "wait",
        "walk",
        "wall",
        "want",
        "warm",
        "warning",
        "wash",
        "watch",
        "water",
        "weak",
        "wear",
        "wednesday",
        "week",
        "weekend",
        "weight",
        "went",
        "whole",
        "wide",
        "widow",
        "wife",
        "window",
        "winter",
        "wish",
        "within",
        "without",
        "woman",
        "women",
        "wonder",
        "word",
        "work",
        "worker",
        "workup",
        "world",
        "worry",
        "worse",
        "worst",
        "would",
        "wound",
        "wrist",
        "write",
        "written",
        "wrong",
        "year",
        "yellow",
        "yesterday",
        "young",
        "younger",
        "nonadherent",
        "describe",
        "nature",
        "episode",
        "wheel",
        "chair",
        "lesion",
        "baseline",
    ]
)
"""Ordinary English words: never taken for a misspelt term."""
