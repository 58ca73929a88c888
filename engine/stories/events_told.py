"""Events that come back: when the last one was, how many there were, and what is asked of one.

"When was her last fall, and did she hurt herself?", "falls this year?", "what set off his last seizure?", "what was he given for the
flare in September?". The occurrences come from entries and notes alike; injury, cause, place, treatment and medicines
are looked for in what was written of that occurrence.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.timed import timed_by_event
from chartcite.engine.dates.times import Window, find_window
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.episodes_told import told_episodes
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.occurrences import (
    CONFUSION,
    FALL,
    FLARE,
    SORTS,
    EventSort,
    Gathered,
    Occurrence,
    Told,
    gather,
    names_any,
)
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent, is_ordinary, is_plain
from chartcite.engine.stories.problem_summary import drafts
from chartcite.engine.visits.encounters import is_admission, is_emergency

ROUTE = "near_quote"
MOST_TOLD, MOST_COUNTED, MOST_OF_ASPECT = 3, 8, 3
_AFTERWARDS = timedelta(days=10)
"""Notes of so many days tell what an event did and what was done about it."""
_AT_ONCE = timedelta(days=3)
_STOPPED_SOON = timedelta(days=60)
"""A medicine that an event is the reason to stop is stopped within so long of it."""


class _Aspect(NamedTuple):
    """Something that is asked of one occurrence."""

    name: str
    asked: Cue
    told: Cue


_WHO = r"(?:s?he|they|i|it|mum|mom|dad|mam|my \w+|the patient|pt|\w+)"
INJURY = _Aspect(
    "injury",
    Cue(
        r"\b(?:hurt(?:ing)?|injur\w+|br(?:eak|oke|oken)|fractur\w+|bruis\w+|damaged?|bang(?:ed)?|hit|concuss\w+|cut|stitches|harmed)\b"
    ),
    Cue(
        r"\bfractur\w*|\bfx\b|#|\binjur\w+|\bbruis\w+|\bh(?:a)?ematoma|\blac(?:eration)?s?\b|\bbump|\bhead (?:strike|injury|trauma)|\bhit \w+ head|\bcontusion|\bsprain|\bdislocat\w+|\bgraz\w+|\babrasion|\bskin tear|\bh(?:a)?emorrhage|\bbroken?\b|\bconcuss\w+|\bscalp swelling|\bstaples|\bsutur\w+|\btongue (?:bite|bitten)|\bbit (?:the|her|his)"
    ),
)
CAUSE = _Aspect(
    "cause",
    Cue(
        r"\bwhat (?:\w+ )?(?:set|brought|caused?|triggered|provoked|precipitated|made|led|was behind)\b|\bwhy\b|\b(?:causes?|triggers?|precipitants?|reason)\b|\bhow (?:did|come)\b(?!.*\b(?:treat|manag|long|many))"
    ),
    Cue(
        r"\b(?:due to|2/2|d/t|secondary to|because|owing to|precipit\w+|trigger\w*|contribut\w+|caus(?:e|ed|ing)|most likely|likely|ran out|run out|missed|sleep loss|slept badly|no sleep|w/ (?:febrile|flu|infection|fever)|had (?:the )?(?:flu|a cold|fever)|febrile|on (?:the )?way to|getting (?:out|up)|slipped|tripped|caught|mechanical|went low|why now|after (?:lunch|zolpidem|standing|exercise)|took (?:\w+ )?(?:pill|zolpidem)|without sleep|(?:poor|lost|bad|short of) sleep|sleepless|after (?!discharge|admission|review|the (?:visit|scan|appointment))\w+|grandson|viral|colds?|bug|ate|drank|beer|alcohol|binge|URI|stopped taking|forgot\w*)\b"
    ),
)
PLACE = _Aspect(
    "place",
    Cue(r"\bwhere(?:abouts)?\b|\bwhich room\b|\bwhat (?:was|were) \w+ doing\b"),
    Cue(
        r"\b(?:bath ?room|bed ?room|kitchen|garden|street|stairs?|steps|stairwell|landing|beside (?:\w+ )?bed|chair|hall ?way|hall|lounge|toilet|shower|monkey bars|playground|school|work|shop|supermarket|bus|car park|pavement|side ?walk|path|at home|outdoors?|outside|ward|rug|nightstand|watching television|out of sleep|asleep|at night)\b"
    ),
)
TREATMENT = _Aspect(
    "treatment",
    Cue(
        r"\bwhat (?:did|was|were|has|have)\b.{0,30}\b(?:do|done|given|give|get|got|have|treat\w*|changed?)\b|\b(?:what|which)\b[^?]{0,40}\b(?:stopped|started|begun|changed|taken off|put on|increased|reduced)\b|\btreat(?:ed|ment|ments)\b|\bmanaged\b|\bdone about\b|\b(?:did|was|were|has|have) (?:\w+ ){1,2}?(?:given|give|get|got|need|have) (?:\w+ )?(?:any\b|anything|antibiotics|steroids|treatment)|\bhow (?:was|did) (?:it|that|they)\b.{0,20}\b(?:treat\w*|manag\w+|stop\w*|sort\w*|fix\w*)"
    ),
    Cue(
        r"^\W*(?:plan|tx|rx|treatment|a/p|a:|p:|advised?|ed course|course|disp\w*|meds? changes?|changes)\b|\bgiven\b|\bstart(?:ed)?\b|\bstop(?:ped)?\b|->|\breduc\w+|\bincreas\w+|\bPT \d|\bphysio|\bwalker|\bneuro checks|\bsplint|\bsling|\bice\b|\bsteroid|\bpred\w*\b|\bneb|\bIV\b|\bsutur\w+|\bstaples|\bsurgery|\bhemiarthroplasty|\badmitted\b"
    ),
)
MEDICINES = _Aspect(
    "medicines",
    Cue(
        r"\bwhat (?:\w+ ){0,3}?(?:was|were) (?:\w+ ){1,2}(?:on|taking|prescribed)\b|\b(?:taking|on) (?:at the time|at that time|then|when)\b|\b(?:dose|how much) (?:of )?\w+ (?:was|were) (?:\w+ ){1,2}(?:on|taking)\b|\b(?:meds?|medic\w+|tablets|drugs) (?:at the time|then|at that time)\b|\bwhat (?:meds?|medic\w+|tablets|drugs)\b"
    ),
    Cue(r"^\W*(?:meds?|medications?|current(?: meds?)?|dh)\b|\b(?:on|taking) (?:\w+ )?(?:keppra|lamotrigine)\b"),
)
AWAKE = _Aspect(
    "awake",
    Cue(r"\b(?:los[et]|losing) consciousness|\bpass(?:ed)? out\b|\bblack(?:ed)? out\b|\bknocked out\b|\bLOC\b|\bunconscious\b"),
    Cue(r"\bLOC\b|\bconscious\w*|\bpass(?:ed|ing) out\b|\bblacked out\b|\b(?:not|no) recall\b|\bsyncop\w+|\bGCS\b"),
)
ADMITTED = _Aspect(
    "admitted",
    Cue(r"\badmi(?:t\w*|ssion)|\bhospital\w*|\bkept in\b|\bA&E\b|\bE[DR]\b|\bemergency\b|\bambulance\b"),
    Cue(r"\badmit\w*|\bhospital|\bA&E\b|\bED\b|\bEMS\b|\bambulance|\bhome\b"),
)
_ASPECTS = (INJURY, AWAKE, CAUSE, PLACE, MEDICINES, TREATMENT, ADMITTED)
_WHEN = Cue(r"\bwhen\b(?! (?:s?he|they|i|mum|mom|dad|my|the|it)\b)|\bwhat (?:date|day|month|year)\b|\bhow long ago\b|\bdate of\b")
_LAST = Cue(r"\b(?:last|latest|newest|most recent(?:ly)?|recent)\b")
_ALL = Cue(
    r"\b(?:how many|how often|number of|list|all|each|every|count|history of|times)\b|\b(?:falls|seizures|fits|hypos|faints|blackouts|nosebleeds)\W*$"
)
_FIRST = Cue(r"\b(?:first|1st|earliest|initial)\b|\b(?:did|have|had) (?:\w+ ){1,3}?(?:begin|begun|start(?:ed)?)\W*$")
_TERSE_FALL = Cue(
    r"^\W*(?:when (?:was|is)|when's|what was the date of|date of|how long ago was|tell me about|details of)? ?(?:the|her|his|my|their|\w+'s|mum's|dad's)? ?(?:last|latest|most recent) fall\b"
)
_SEASON = Cue(r"\bfall\b")
_NOT_ASKED = Cue(
    r"\b(?:risk|chance|likel\w+|prevent\w*|avoid\w*|could|might|will|should|can|family|average|percent\w*|score|plan|drive|driving|how long (?:did|was|has|had|since|after)|how bad|who)\b|\bwhat (?:type|kind|sort)\b|\bsum(?:mar\w+| up)\b|\b(?:story|overview|trend|gone|pattern|per (?:day|week|month|year)|signs?|signature|warning|over the years)\b"
)
_COVERED = frozenset(
    forms(
        "fall falls fell fallen tumble seizure seizures fit fits convulsion hypo hypos low sugar sugars glucose faint faints fainted blackout blackouts pass passed collapse collapsed nosebleed nosebleeds flare flares flareup exacerbation exacerbations attack attacks episode episodes relapse relapses relapsed bout spell event confused confusion delirium"
        " last latest recent time times year years month months week weeks day days hurt injured injury injuries break broke broken anything bone bones fracture fractured bruise damage bad badly serious happen happened cause caused trigger triggered set off bring brought treat treated treatment give given medicine medication medications meds tablet taking hospital admit admitted admission ambulance emergency room again since another ago many often number list every history ever mum mom dad mother father son daughter husband wife patient date detail doing floor seriously herself himself head stop"
    )
)
_HOLIDAY = Cue(r"\b(?:christmas|xmas|new year\S*|easter|boxing day|thanksgiving|holidays?)\b")
_ABOUT = timedelta(days=7)
"""What happened "at Christmas" lies within so many days of it."""
_AGAIN = Cue(r"\b(?:again|another|further|any more|since)\b")
_TURNED = Cue(r"\b(?:what|which)\b[^?]{0,40}\b(?:stopped|started|begun|changed|taken off|put on|increased|reduced)\b")
_SINCE = Cue(r"\bsince (?!then\b)\w")
_A_MONTH = timedelta(days=31)
_OF_EVENT = frozenset({ConceptKind.CONDITION, None})


def told_events(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft what is asked of an event that comes back; empty: none is asked of, or the chart dates no occurrence of it."""
    sort = _sort_of(text, plans)
    if sort is None:
        return _place_of_injury(text, plans, reading) or _no_stay(text, plans, reading)
    aspects = [aspect for aspect in _ASPECTS if aspect.asked.search(text)]
    aspects = [aspect for aspect in aspects if aspect is not ADMITTED or len(aspects) == 1 or "admit" in text.lower()]
    if _WHAT.search(text):
        aspects = [aspect for aspect in aspects if aspect is not ADMITTED]  # it only says where
    if TREATMENT in aspects and _TURNED.search(text):
        aspects = [aspect for aspect in aspects if aspect is not MEDICINES]
    window = _window(sort, plans, reading) if not _terse_fall(text) else None
    if window is None and any(_by_another(sort, plan) for plan in plans):
        return []
    records = reading.shelves.records
    facts, passages = records.facts(reading.scope), list(records.all_passages(reading.scope))
    gathered = gather(sort, facts, passages, _names(sort, plans))
    chosen = _meant(text, plans, aspects, gathered, window)
    if chosen is None:
        return []
    counted = [told for told in gathered.counted if _of_time(told, window)]
    denied = [told for told in gathered.denied if _of_time(told, window)]
    kept = gathered._replace(counted=tuple(counted), denied=tuple(denied))
    return _told(text, plans, aspects, window, _Story(sort, kept, chosen, facts, passages, reading))


def _meant(
    text: str, plans: Sequence[Plan], aspects: Sequence[_Aspect], gathered: Gathered, window: Window | None
) -> list[Occurrence] | None:
    """Return the occurrences that a question means, by its time and its words; `None`: its words fit none."""
    chosen = list(gathered.occurrences)
    if window is not None:
        chosen = [each for each in chosen if _inside(each, window.first, window.last)]
        if _AGAIN.search(text) and window.last is None:
            chosen = [each for each in chosen if window.first is None or each.first - window.first > _A_MONTH]
    covered = {word for aspect in aspects for match in aspect.asked.finditer(text) for word in forms(match[0])}
    fitting = _by_words(chosen, plans, covered)
    if fitting is None:
        return None
    places = {word for match in PLACE.told.finditer(text) for word in forms(match[0]) if not is_plain(word)}
    return [each for each in fitting if places <= _words_of(each)] or fitting


def _told(text: str, plans: Sequence[Plan], aspects: Sequence[_Aspect], window: Window | None, story: _Story) -> list[DraftClaim]:
    """Tell of the occurrences that are meant in the way that is asked: what is asked of one, each of them, the last, or any."""
    last, when = _LAST.search(text) is not None, _WHEN.search(text) is not None
    listed = not aspects and any(plan.intent is Intent.LIST or plan.every for plan in plans)
    listed = listed and (_WHAT.search(text) is None or _SEVERAL.search(text) is not None)
    count = (listed or any(plan.intent is Intent.COUNT for plan in plans) or _ALL.search(text) is not None) and not last
    if not (aspects or count) and (others := story.as_episodes(text, plans)):
        return others
    if _since_it(story.sort, text):
        return story.since()
    if aspects and not count:
        return story.of_one(aspects, with_day=when or (window is not None and not last and story.sort is FALL))
    if count:
        return story.each_or_episodes(text, plans, windowed=window is not None)
    if when and _SEVERAL.search(text) and not last:
        return story.all()
    if last or when or any(plan.newest for plan in plans) or (window is None and _SINCE.search(text) is not None):
        return story.last()
    plain = all(plan.intent in _PLAIN for plan in plans) and not _WHAT.search(text)
    plain = plain or len(text.split()) <= _TERSE
    happened = story.sort.name in {"fall", "faint", "hypo"} and _HAPPENED.search(text) is not None
    return story.any(windowed=window is not None, counting=plain) if plain or happened else []


_WHERE_WHEN = Cue(r"\bwhere (?:was|were|did) (?!the\b)\w+(?: \w+)? (?:when|it happen|hurt|break|injure|fall)\b")


_IN_HOSPITAL = Cue(
    r"\b(?:been|back|ended up|admitted|readmitted|gone|any|go)\b[^?.;]{0,30}?\b(?:hospital|admitted|admissions?|A&E|E[DR]|emergency)\b"
)
_NO_STAY = Cue(
    r"\b(?:no|not been|denies|without|zero)\b[^.;,]{0,24}?\b(?:hospital\w*|admissions?|admitted|A&E|E[DR]\b|emergency)(?! (?:contact|dept phone|records))"
)


_STAYED = Cue(r"\b(?:hospital|admi)")


def _no_stay(text: str, plans: Sequence[Plan], reading: Reading) -> list[DraftClaim]:
    """Quote the newest note of the time that is asked which says that there was no stay, where no visit tells of one."""
    plan = plans[0]
    window = _window(FALL, plans, reading) if plan.anchor is None else plan.window
    asked = (
        len(plans) == 1
        and plan.intent in {Intent.PRESENCE, Intent.LIST}
        and not plan.family
        and _IN_HOSPITAL.search(text) is not None
    )
    if not asked or window is None or any(target.concept_keys for target in plan.targets):
        return []
    records = reading.shelves.records
    visits = records.facts(reading.scope, categories=(Category.ENCOUNTER,))
    real = [fact for fact in visits if fact.span is None and not fact.is_booked and fact.occurred is not None]
    begun = window.first if window.last is None or window.first is None else None
    after = [fact for fact in real if begun is None or (fact.occurred is not None and fact.occurred.first_day > begun + _A_MONTH)]
    if any(window.holds(fact.occurred) for fact in after if is_admission(fact) or is_emergency(fact)):
        return []
    told = [
        Told(passage, sentence, said, known.first_day)
        for passage in records.all_passages(reading.scope)
        if (known := passage.occurred or passage.recorded) is not None and window.holds(known)
        for sentence in passage.sentences
        if _NO_STAY.search(said := passage.sentence_text(sentence)) and sentence not in passage.commands
    ]
    if _STAYED.search(text):
        told = [each for each in told if _STAYED.search(each.text)]
    newest = sorted(told, key=lambda each: each.noted, reverse=True)[:1]
    quoted = [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in newest]
    return [claim.model_copy(update={"kind": ClaimKind.ABSENCE}) for claim in quoted]


def _place_of_injury(text: str, plans: Sequence[Plan], reading: Reading) -> list[DraftClaim]:
    """Tell where somebody was when an injury that the list of problems dates came about."""
    if len(plans) != 1 or not _WHERE_WHEN.search(text):
        return []
    keys = {key for target in plans[0].targets if target.kind is ConceptKind.CONDITION for key in target.concept_keys}
    named = [target for target in plans[0].targets if target.kind is ConceptKind.CONDITION]
    records = reading.shelves.records
    facts = records.facts(reading.scope)
    hurt = [
        Occurrence(fact.occurred.first_day, fact.occurred.last_day, facts=(fact,))
        for fact in facts
        if keys
        and fact.category is Category.CONDITION
        and fact.span is None
        and fact.occurred is not None
        and INJURY.told.search(fact.concept.text)
        and any(target.find(forms(fact.concept.text)) is not None for target in named)
    ]
    story = _Story(FALL, Gathered(tuple(hurt), ()), hurt, facts, list(records.all_passages(reading.scope)), reading)
    return story.of_one([PLACE], with_day=False)


_PLAIN = frozenset({Intent.PRESENCE, Intent.LIST, Intent.ACTIVE, Intent.WHEN, Intent.COUNT})
_TERSE = 5
"""A question of so few words asks for nothing but the event."""
_HAPPENED = Cue(r"\bwhat happened\b|\btell me about\b|\bhow\b")
_WHAT = Cue(r"^\W*(?:what|which|who|how (?!many|often))\b")
_SEVERAL = Cue(r"\b(?:falls|seizures|fits|hypos|faints|blackouts|nosebleeds|relapses|attacks|flares|exacerbations|episodes)\b")


_WRITTEN_LATER = timedelta(days=60)


def _of_time(told: Told, window: Window | None) -> bool:
    """Say whether a sentence speaks of the time that is asked: written then or soon after, or of all since an earlier day."""
    if window is None or (window.first is not None and told.noted < window.first):
        return window is None
    if window.last is None or told.noted <= window.last + _WRITTEN_LATER:
        return True
    since = find_window(told.text, today=told.noted) if _SINCE.search(told.text) else None
    return since is not None and since.first is not None and window.first is not None and since.first <= window.first


def _terse_fall(text: str) -> bool:
    return _TERSE_FALL.search(text) is not None


def _sort_of(text: str, plans: Sequence[Plan]) -> EventSort | None:
    """Return the event that a question is about; `None`: it is about none, or asks what is not told of one."""
    if any(plan.family or plan.harm or plan.upcoming for plan in plans) or _NOT_ASKED.search(text) or _FIRST.search(text):
        return None
    if any(plan.comparison is not None or plan.sources is not None for plan in plans):
        return None
    asked = [each for each in SORTS if each.asked.search(text)]
    sort = next(iter(asked), None)
    if len(asked) > 1 and FLARE not in asked and FALL not in asked:
        return None  # of two events, one is what is asked of the other
    if sort is None or (sort is FALL and _is_season(text, plans)):
        return None
    if (sort is CONFUSION and not _BY_EPISODE.search(text)) or _IN_GENERAL.search(text):
        return None
    targets = [target for plan in plans for target in plan.targets]
    others = [target for target in targets if not _is_event(target, sort)]
    if any(not _may_be_beside(target, sort, text) for target in others):
        return None
    return sort


_BY_EPISODE = Cue(r"^\W*when (?!s?he\b|they\b)|\b(?:last|episodes?|spells?|bouts?|any|ever|again|how many|how often|since)\b")
_IN_GENERAL = Cue(
    r"\bwhat (?:usually |normally |often )?(?:triggers|sets|brings|causes|provokes|makes)\b|\b(?:a|an) \w+ or (?:a|an) \w+"
)
"""Asks what is so at all times, or which of two things it was."""


def _since_it(sort: EventSort, text: str) -> bool:
    """Say whether it is asked what came since one of the occurrences ("has it happened again since the fall in May?")."""
    found = _SINCE_THE.search(text)
    return found is not None and sort.asked.match(text, found.end()) is not None


_SINCE_THE = Cue(r"\bsince (?:the|her|his|my|their|that|this)? ?(?:last |latest |big |first )?")


def _by_another(sort: EventSort, plan: Plan) -> bool:
    """Say whether a question gives its time by something else than the event itself."""
    return plan.anchor is not None and sort.asked.search(plan.anchor.event.words) is None


def _window(sort: EventSort, plans: Sequence[Plan], reading: Reading) -> Window | None:
    """Return the time that is asked, also where another event gives it ("since he started ..."); a holiday is taken roughly."""
    for plan in plans:
        timed = plan
        if _by_another(sort, plan):
            timed = timed_by_event(plan, reading.shelves.records, scope=reading.scope, today=reading.chart.today) or plan
        window = timed.window or _while_taken(plan, reading)
        if window is not None and _HOLIDAY.search(window.words) and window.first is not None and window.last is not None:
            return window.model_copy(update={"first": window.first - _ABOUT, "last": window.last + _ABOUT})
        if window is not None:
            return window
    return None


_WHILE_ON = Cue(r"\b(?:on|taking|with|under) (?:the |his |her |my )?$")


def _while_taken(plan: Plan, reading: Reading) -> Window | None:
    """Return the time since the medicine was begun on which an event is asked for ("hypos on gliclazide?")."""
    for target in plan.targets:
        place = plan.text.lower().find(target.words.lower())
        if target.kind is not ConceptKind.DRUG or place < 0 or not _WHILE_ON.search(plan.text[:place]):
            continue
        orders = reading.shelves.records.facts(reading.scope, categories=(Category.MEDICATION,))
        begun = [
            fact.occurred.first_day
            for fact in orders
            if fact.occurred is not None and fact.span is None and target.find(forms(fact.concept.text)) is not None
        ]
        if begun:
            return Window(first=min(begun), words=target.words)
    return None


def _may_be_beside(target: Target, sort: EventSort, text: str) -> bool:
    """Say whether something that is named beside an event only tells which one is meant, or what is asked of it."""
    if target.kind is ConceptKind.DRUG:
        return _of_medicines(target, text)
    if target.kind not in _OF_EVENT:
        return False
    return sort.of_problem or any(aspect.asked.search(target.words) is not None for aspect in (INJURY, AWAKE))


def _of_medicines(target: Target, text: str) -> bool:
    by_time = _GIVES_TIME.search(text) is not None or (
        MEDICINES.asked.search(text) is not None and re.search(r"\b(?:at|when|during|before)\b", text) is not None
    )
    return target.kind is ConceptKind.DRUG and (by_time or (target.is_class and MEDICINES.asked.search(text) is not None))


_GIVES_TIME = Cue(
    r"\b(?:on|taking) (?:the |his |her |my )?\w+\W*$|\b(?:since|after|before|while|when) (?:\w+ ){0,3}?(?:start\w*|stop\w*|began|begin\w*|on|off|taking|chang\w*|went|came|up|increas\w*|cut|reduc\w*)\b"
)


def _is_season(text: str, plans: Sequence[Plan]) -> bool:
    """Say whether "fall" is the autumn: it gives the question its time."""
    told = any(plan.window is not None and _SEASON.search(plan.window.words) for plan in plans)
    return told and not _terse_fall(text)


def _is_event(target: Target, sort: EventSort) -> bool:
    return sort.asked.search(target.words) is not None or sort.told.search(target.words) is not None


def _names(sort: EventSort, plans: Sequence[Plan]) -> tuple[tuple[str, ...], ...]:
    """Return the folded names of the problem of which episodes are asked, without the words for an episode."""
    if not sort.of_problem:
        return ()
    for plan in plans:
        for target in plan.targets:
            if target.kind is ConceptKind.CONDITION and not INJURY.asked.search(target.words):
                runs = (*target.alternatives, forms(target.words))
                bare = {tuple(word for word in run if word not in _COVERED) for run in runs}
                return tuple(sorted(run for run in bare if run))
    return ()


def _inside(each: Occurrence, first: date | None, last: date | None) -> bool:
    return (first is None or each.last >= first) and (last is None or each.first <= last)


def _by_words(chosen: list[Occurrence], plans: Sequence[Plan], covered: set[str]) -> list[Occurrence] | None:
    """Keep the occurrences whose notes hold what else a question says of it ("off the monkey bars"); `None`: none does."""
    words = {word for plan in plans for word in plan.keywords if word not in _COVERED | covered and not is_ordinary(word)}
    if not words:
        return chosen
    kept = [each for each in chosen if words <= _words_of(each)]
    return kept or None


def _words_of(each: Occurrence) -> set[str]:
    told = {word for told in each.told for word in forms(told.text)}
    return told | {word for fact in each.facts for text in _texts(fact) for word in forms(text)}


def _texts(fact: Fact) -> list[str]:
    return [fact.concept.text, *(detail.text for detail in fact.details)]


class _Story:
    """What can be told of the occurrences that a question means."""

    def __init__(
        self,
        sort: EventSort,
        gathered: Gathered,
        chosen: Sequence[Occurrence],
        facts: Sequence[Fact],
        passages: Sequence[Passage],
        reading: Reading,
    ) -> None:
        self.sort, self._gathered, self._chosen = sort, gathered, list(chosen)
        self._facts, self._passages, self._reading = facts, passages, reading
        names = _names(sort, [reading.plan])
        said = [(passage.document_key, f"{passage.title} {passage.text}") for passage in passages]
        self._about = {key for key, text in said if (names_any(names, text) if names else sort.told.search(text))}
        self._bones = _BONES.search(" ".join([reading.plan.text, reading.question])) is not None

    def as_episodes(self, text: str, plans: Sequence[Plan]) -> list[DraftClaim]:
        """Tell what is known of single episodes of a problem; a fall is none."""
        return told_episodes(text, plans, self._reading) if self.sort is not FALL else []

    def each_or_episodes(self, text: str, plans: Sequence[Plan], *, windowed: bool) -> list[DraftClaim]:
        """Tell each occurrence where several have days of their own, else what counts the episodes of a problem."""
        several = self.sort is FALL or (not windowed and not self.sort.of_problem and len(self._chosen) > 1)
        return self.all() if several else self.as_episodes(text, plans) or self.all()

    def last(self) -> list[DraftClaim]:
        """Tell the newest occurrence, and that there was none since."""
        if not self._chosen:
            return _unique([*self._denials(), *self._quotes(self._gathered.counted[:1])])
        newest = self._chosen[-1]
        later = [told for told in self._gathered.counted[:1] if told.noted - newest.last > _A_MONTH]
        return _unique([*self._quotes(later), *self._tell(newest), *self._denials(after=newest.last)])

    def any(self, *, windowed: bool, counting: bool) -> list[DraftClaim]:
        """Tell the occurrences of a time, newest first, or that there were none."""
        if not self._chosen:
            none = [*self._denials(), *self._quotes(self._gathered.counted[:1])]
            return _unique(none) if windowed or not self._gathered.occurrences else []
        newest = self._chosen[::-1][:MOST_TOLD]
        counted = self._quotes(self._gathered.counted[:1]) if windowed and counting else []
        told = [*counted] + [claim for each in newest for claim in self._tell(each, most=1 if len(newest) > 1 else 2)]
        denied = self._denials(after=newest[0].last)
        return _unique([*told, *denied] if windowed else [*denied, *told])

    def all(self) -> list[DraftClaim]:
        """Tell each occurrence, oldest first, after the newest sentence that counts them."""
        if not self._chosen:
            return _unique([*self._quotes(self._gathered.counted[:2]), *self._denials()])
        each = [claim for one in self._chosen[-MOST_COUNTED:] for claim in self._tell(one, most=1)]
        counted = self._gathered.counted[:1]
        last = bool(counted) and counted[0].noted < self._chosen[-1].first
        return _unique([*each, *self._quotes(counted)] if last else [*self._quotes(counted), *each])

    def since(self) -> list[DraftClaim]:
        """Tell what came after the occurrence that is meant, or that nothing did."""
        if not self._chosen:
            return []
        after = self._chosen[-1].last
        later = [each for each in self._gathered.occurrences if each.first > after + _AT_ONCE]
        told = [claim for each in later[::-1][:MOST_TOLD] for claim in self._tell(each, most=1)]
        return _unique([*told, *self._denials(after=later[-1].last if later else after)])

    def of_one(self, aspects: Sequence[_Aspect], *, with_day: bool) -> list[DraftClaim]:
        """Tell what is asked of the newest occurrence that is meant and of which it is told."""
        for one in reversed(self._chosen):
            told = [self._aspect(one, aspect) for aspect in aspects]
            if any(told):
                day = self._tell(one, most=1)
                lead = day if with_day or not any(str(one.first) in claim.text for each in told for claim in each) else []
                return _unique([*lead, *(claim for each in told for claim in each)])
            if with_day:
                return _unique(self._tell(one))
        return []

    def _aspect(self, one: Occurrence, aspect: _Aspect) -> list[DraftClaim]:
        by_tables: dict[str, Callable[[Occurrence], list[Fact]]] = {
            "injury": self._injuries,
            "medicines": self._taken,
            "treatment": self._begun,
            "admitted": self._visits,
        }
        facts = by_tables[aspect.name](one) if aspect.name in by_tables else []
        listed = drafts(facts, self._reading.chart)
        if aspect.name == "medicines":
            facts = [fact for fact in facts if self._wanted(_texts(fact)[0])]
            if listed := drafts(facts, self._reading.chart):
                return listed
        if aspect is TREATMENT and listed and _TURNED.search(self._reading.question or self._reading.plan.text):
            return listed
        told = [each for each in self._around(one) if aspect.told.search(each.text) and not _no_part_of(aspect, each.text)]
        if aspect is MEDICINES:
            told = [each for each in told if self._wanted(each.text)]
        told.sort(key=lambda each: (*self._rank(aspect, each), each.noted))
        if aspect is INJURY and self._bones:
            told = [each for each in told if _BONES.search(each.text)] or told
        wanted = MOST_OF_ASPECT if aspect is not ADMITTED or not listed else 0
        return [*self._quotes(told[:wanted]), *listed]

    def _wanted(self, text: str) -> bool:
        """Say whether a text names the medicine that is asked for; without one, any does."""
        drugs = [target for target in self._reading.plan.targets if target.kind is ConceptKind.DRUG and not target.is_class]
        return not drugs or any(target.find(forms(text)) is not None for target in drugs)

    def _rank(self, aspect: _Aspect, told: Told) -> tuple[bool, bool]:
        """Rank a sentence lower that says less plainly what is asked of an occurrence."""
        if aspect is INJURY and self._bones:
            return not _BONES.search(told.text), told.passage.path == "conclusion"
        if aspect is INJURY:
            return told.passage.resource.startswith("DiagnosticReport/"), not self.sort.told.search(told.text)
        if aspect is TREATMENT:
            return not _PLANNED.search(told.text), False
        return not self.sort.told.search(told.text), False

    def _around(self, one: Occurrence) -> list[Told]:
        """Return the sentences of the notes that tell of an occurrence, or were written in the days after it."""
        keys = {told.passage.document_key for told in one.told if told.noted - one.last <= _AFTERWARDS * 6}
        met = {name for fact in one.facts for name in (fact.resource, fact.encounter) if name.startswith("Encounter/")}
        written = {fact.resource for fact in self._facts if fact.category is Category.DOCUMENT and fact.encounter in met}
        visits = {fact.occurred.first_day for fact in one.facts if fact.occurred and fact.category is Category.ENCOUNTER}
        near: list[Told] = []
        for passage in self._passages:
            known = passage.occurred or passage.recorded
            if known is None or _OLD.search(passage.section) or passage.superseded:
                continue
            day = known.first_day
            exact = one.last - one.first <= _AT_ONCE
            soon = exact and (timedelta(0) <= day - one.first <= _AT_ONCE or day in visits)
            soon = soon or (not exact and one.first <= day <= one.last + _AFTERWARDS and passage.document_key in self._about)
            if passage.document_key in keys or passage.resource in written or soon:
                near += [
                    Told(passage, sentence, text, day)
                    for sentence in passage.sentences
                    if sentence not in passage.commands and not _OLD.search(text := passage.sentence_text(sentence))
                ]
        return near

    def _injuries(self, one: Occurrence) -> list[Fact]:
        return [
            fact
            for fact in self._real(one)
            if (fact.category is Category.CONDITION and INJURY.told.search(fact.concept.text))
            or (
                fact.category is Category.REPORT
                and any(detail.name == "conclusion" for detail in fact.details)
                and _IMAGE.search(fact.concept.text)
            )
        ][:MOST_OF_ASPECT]

    def _begun(self, one: Occurrence) -> list[Fact]:
        reasoned = [
            fact
            for fact in self._real(one)
            if fact.category is Category.MEDICATION
            and any(detail.name == "reason" and self.sort.told.search(detail.text) for detail in fact.details)
        ]
        ended = [
            fact
            for fact in self._facts
            if fact.category is Category.MEDICATION
            and fact.ended is not None
            and timedelta(0) <= fact.ended.first_day - one.first <= _STOPPED_SOON
            and any(self.sort.told.search(detail.text) for detail in fact.details)
        ]
        return [*reasoned, *ended, *(fact for fact in self._real(one) if fact.category is Category.PROCEDURE)][:MOST_OF_ASPECT]

    def _visits(self, one: Occurrence) -> list[Fact]:
        return [
            fact for fact in self._real(one) if fact.category is Category.ENCOUNTER and (is_admission(fact) or is_emergency(fact))
        ][:2]

    def _taken(self, one: Occurrence) -> list[Fact]:
        """Return the orders that ran on the day."""
        return [
            fact
            for fact in self._facts
            if fact.category is Category.MEDICATION
            and fact.span is None
            and fact.assertion is AssertionStatus.PRESENT
            and fact.occurred is not None
            and fact.occurred.first_day < one.first
            and (fact.ended.last_day >= one.first if fact.ended is not None else fact.status == "active")
        ][:12]

    def _real(self, one: Occurrence) -> Iterator[Fact]:
        for fact in self._facts:
            if fact.occurred is None or fact.span is not None or fact.assertion is AssertionStatus.ENTERED_IN_ERROR:
                continue
            if timedelta(0) <= fact.occurred.first_day - one.first <= max(_AT_ONCE, one.last - one.first):
                yield fact

    def _tell(self, one: Occurrence, most: int = 2) -> list[DraftClaim]:
        """Tell one occurrence: the sentence that says most of it, and the visit for it."""
        told = sorted(one.told, key=lambda each: _worth(each, one), reverse=True)
        visits = [fact for fact in one.facts if fact.category is not Category.MEDICATION] or list(one.facts)
        listed = drafts(visits[:1], self._reading.chart)
        quotes = self._quotes(told[:1])
        exact = [claim for claim, each in zip(quotes, told, strict=False) if _worth(each, one) >= _GOOD]
        return [*(exact or listed), *(listed if exact else quotes)][:most]

    def _denials(self, after: date | None = None) -> list[DraftClaim]:
        """Quote the newest sentence that says there was none (since)."""
        denied = [told for told in self._gathered.denied if after is None or told.noted > after + _AT_ONCE]
        denied = [told for told in denied if not _NOT_OVERALL.search(told.text)]
        return [claim.model_copy(update={"kind": ClaimKind.ABSENCE}) for claim in self._quotes(denied[:1])]

    def _quotes(self, told: Sequence[Told]) -> list[DraftClaim]:
        records = self._reading.shelves.records
        return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in told]


_BONES = Cue(r"\bbr(?:eak|oke|oken)\b|\bfractur\w*|\bfx\b|#")
_PLANNED = Cue(
    r"^\W*(?:plan|tx|rx|treatment|a/p|p:|advised?|disp\w*|ed course|course|dr\.? \w+:|recs?)\b|^\W*-?\s*(?:start|stop|increase|reduce|give|refer)"
)
_LAB_LINE = Cue(r"^\W*(?:labs?|data|vs|bloods|vitals|meds?)\b")
_OLD = Cue(r"^\W*(?:PMHx?|PSHx?|past (?:medical|surgical)|FHx?|family|allerg\w*|copied|hx)\b")
_IMAGE = Cue(r"\b(?:x-?rays?|xr|ct|mri|scan|radiograph\w*|films?|ultrasound)\b")
_NOT_OVERALL = Cue(r"\b(?:during|peri-?op|recorded|electrographic|seen|witnessed|observed|neonatal|febrile|as an infant)\b")
_GOOD = 3.0
_WHOLE = 60
_SOON = timedelta(days=45)


def _no_part_of(aspect: _Aspect, text: str) -> bool:
    """Say whether a sentence is a line of values, or says what was not given, where the treatment is asked."""
    if aspect is INJURY:
        return _TO_DO.search(text) is not None
    return aspect is TREATMENT and (_LAB_LINE.search(text) is not None or _NOT_GIVEN.search(text) is not None)


_TO_DO = Cue(r"^\W*(?:plan|advice|if)\b")
_NOT_GIVEN = Cue(r"^\W*no \w+ (?:given|needed|started)\b|\bnot (?:given|needed|started)\b")


def _worth(told: Told, one: Occurrence) -> float:
    """Weigh how much a sentence tells of an occurrence."""
    soon = told.noted - one.last <= _SOON
    says = sum(aspect.told.search(told.text) is not None for aspect in (INJURY, CAUSE, PLACE))
    words = len(told.text.split())
    return 2.0 * soon + min(says, 2) + (words >= 4) + min(len(told.text), _WHOLE) / _WHOLE


def _unique(claims: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Drop claims that repeat what an earlier one quotes."""
    kept: list[DraftClaim] = []
    for claim in claims:
        if not any(each.text == claim.text or _holds(each, claim) for each in kept):
            kept.append(claim)
    return kept


def _holds(one: DraftClaim, other: DraftClaim) -> bool:
    """Say whether a quote stands within another of the same note, or says the same in another document."""
    if one.route != ROUTE or other.route != ROUTE or "“" not in one.text or "“" not in other.text:
        return False
    return " ".join(other.citations[0].quote.split()) in " ".join(one.citations[0].quote.split())
