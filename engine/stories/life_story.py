"""How a patient lives, as a whole or by several of its sides, and how these changed: "home, job, drink?", "booze and fags since 2020".

Each side of life is told by its newest entries and by sentences of notes; a question that names anything else is no question of this kind.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.dates.times import Window
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.assertion_past import SOCIAL_HEADING
from chartcite.engine.notes.life_topics import LIFE, OWN_LABEL, TOPICS, copied_places
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.persons import all_relatives, relatives_named
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import is_ordinary
from chartcite.engine.questions.summary_words import summary_words
from chartcite.engine.review.chart_review import is_note
from chartcite.engine.stories.problem_summary import day_of, drafts


class Side(NamedTuple):
    """A side of life: how questions name it, how notes tell of it, and how its entries in tables are called."""

    name: str
    asked: Cue
    told: Cue
    entry: Cue | None = None


_TOLD = {topic.name: topic.told for topic in TOPICS}
SIDES: tuple[Side, ...] = (
    Side("home", Cue(r"\b(?:home|house|housing|household|accommodation|stairs|lives?|lived|(?<!for a )living|living situation|staying|lodgings?)\b"), _TOLD["home"]),
    Side(
        "help",
        Cue(r"\b(?:help(?:s|ing|ers?)?(?: out)?|pitch(?:es|ing)? in|chips? in|support(?:s|ers)?|carers?|caregivers?|look(?:s|ing)? after|car(?:es|ing) for|cook(?:s|ing)?|meals?|shopping|housework|chores)\b"),
        _TOLD["help at home"],
    ),
    Side("work", Cue(r"\b(?:jobs?|work(?:s|ing)?|occupations?|employ(?:ed|ment)|trade|(?:parents|mother|mum|mom|father|dad|he|she|they) do(?:es)?(?: for a living)?|for a living|career)\b"), _TOLD["work"]),
    Side(
        "smoking",
        Cue(r"\b(?:smok(?:e|es|ing|er|ers)|non-?smoker|fags?|ciggies|cigs?|cigarettes?|tobacco|vap(?:e|es|ing)|e-?cigs?|nicotine)\b"),
        _TOLD["smoking"],
        Cue(r"\b(?:smok\w*|tobacco|vap\w+|nicotine use)\b"),
    ),
    Side(
        "alcohol",
        Cue(r"\b(?:alcohol|drink(?:s|ing|er)?|booze|boozing|etoh|beers?|wine|pints?|tipple)\b"),
        Cue(r"\b(?:alcohol\w*|etoh|drink(?:s|ing|er)?(?= (?:\d|a |no |none|one|two|most|every|only|on |at |socially|heavily|rarely|wine|beer|alcohol)|[.,;:]|$)|beers?|wine|vodka|whisk\w+|spirits|pints|sober|sobriety|teetotal\w*|abstinent|(?:\d+|no) units(?: (?:a|per)|/) ?we?e?k)\b"),
        Cue(r"\b(?:alcohol|drinking)\b"),
    ),
    Side(
        "exercise",
        Cue(r"\b(?:exercis\w+|physical activity|activity|active|fitness|gym|sports?|training)\b"),
        Cue(r"\b(?:exercis\w+|gym|swim\w*|cycl(?:es|ing)\b(?! \d)|jog\w*|runs\b|walk(?:s|ing)\b|physically active|sedentary|yoga|golf|bowls|football|soccer|dance\w*|(?:miles?|km|minutes) (?:a|per|every|most|daily) ?\w*)\b"),
        Cue(r"\b(?:exercise|physical activity)\b"),
    ),
    Side("mobility", Cue(r"\b(?:mobility|gets? (?:about|around)|walk(?:s|ing)?|gait)\b"), _TOLD["mobility"]),
    Side(
        "diet",
        Cue(r"\b(?:diet|eats?|eating|food)\b"),
        Cue(r"\b(?:diet\w*|eats|eating|takeaways?|fruit|vegetables|fizzy|snacks?|fast food|meals)\b"),
    ),
    Side("driving", Cue(r"\b(?:driv(?:es?|ing))\b"), _TOLD["driving"]),
    Side("money", Cue(r"\b(?:money|financ\w+|income|benefits)\b"), _TOLD["means"]),
    Side("school", Cue(r"\b(?:school\w*|education|studies|studying)\b"), _TOLD["schooling"]),
    Side("pets", Cue(r"\bpets?\b"), _TOLD["pets"]),
)  # fmt: skip
AS_A_WHOLE = ("home", "help", "work", "smoking", "alcohol")
"""What is told of a life as a whole."""
MOST_LINES = 10
MOST_STATIONS = 6
MOST_BESIDE = 3
"""Sentences of a course where tables do not tell it, and where they do."""
_WHOLE = Cue(
    r"\bhow (?:\w+[’']?s? |is |are |does |do ){1,3}(?:manag(?:es?|ing)|cop(?:es?|ing)) at home\b|\bhow (?:he|she|they|i|the patient|dad|mum|mom|\w+) (?:lives?|is living)\b(?! (?:with (?!whom|who)))|\bhow (?:does|do|is|are) (?:he|she|they|i|the patient|\w+) (?:live|living)\b|\bsocial (?:history|hx|situation|set-?up|circumstances|background|summary|picture|side)\b|\b(?<!from )day[- ]to[- ]day\b"
    r"|\b(?:home|domestic|living|personal|family) (?:circumstances|situation|set[- ]?up|life|arrangements)\b|\blife ?style\b|\b(?:daily|everyday|home) life\b|\blife (?:at home|outside)\b"
)
_STATIONS = Cue(
    r"\bwhere (?:else )?(?:(?:has|have) (?:he|she|they|i|\w+) (?:all )?(?:lived|been (?:living|staying))|(?:he|she|they|i|\w+) (?:has|have)(?: all)? (?:lived|been (?:living|staying)))\b"
)
"""Asks for one home after the other."""
_CHANGED = Cue(
    r"\b(?:chang(?:e|es|ed)|differen(?:t|ce)|shift(?:ed)?|happe?n(?:ed|d)?|since|then vs|then and now|over (?:the years|time)|improv\w+|better|worse|progress|cut (?:down|back)|more or less|any (?:less|more)|vs|versus|compared)\b"
)
_ASKS_OTHER = Cue(
    r"^\W*when\b|\b(?:why|when (?:did|was|were|is|has|have|will|does)|how (?:long|often|many|much|old|far)|pack[- ]years?|advi[cs]e\w*|counsel\w*|risks?|quit date|which|started|because|allowed|safe|should (?!\w+ know)\w+|could|would)\b"
)
_FOR_WHOM = Cue(r"\bfor (?:the|my|an?|our|her|his|their) (?:[\w-]+ ){0,2}?[\w-]+\W*$")
_CLAUSE = re.compile(r"\s[-–—]+\s|[:;.?!](?=\s|$)|\s*(?:->|→)\s*")
_LISTED = re.compile(r"\s*[,/]\s*")
_JOINED = re.compile(r"\s*(?:[&+]|\band\b|\bor\b)\s*", re.IGNORECASE)
_OF_LIFE = frozenset(
    forms(
        "status use history habit habits social situation setup set circumstances background arrangement life lifestyle day daily everyday overview summary story picture brief short quick patient pt record chart sum outline line lines change changed shift happened happen since latest meantime "
        "review visit check diabetic annual domestic personal family parent consumption intake about regarding everyone else everybody nowadays currently"
    )
)  # fmt: skip
_CLINICAL = frozenset(
    {ConceptKind.CONDITION, ConceptKind.DRUG, ConceptKind.PROCEDURE, ConceptKind.VACCINE, ConceptKind.MEASUREMENT}
)
_ILLNESS = Cue(r"\b(?:withdrawal|abuse|dependence|disorder|poisoning|cessation|nurse|clinic|care home|oxygen)\b")


class _Item(NamedTuple):
    """One thing that is asked, and of which relatives."""

    text: str
    sides: tuple[Side, ...]
    kin: frozenset[str]


class _Said(NamedTuple):
    passage: Passage
    sentence: Sentence
    words: frozenset[str]
    day: date
    weight: float


def told_life(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Draft how a patient lives, or how that changed; empty: it is not asked, or asked beside other things."""
    clauses = [each for each in _CLAUSE.split(text) if each.strip()]
    asking = [each for each in clauses if _WHOLE.search(each) or any(side.asked.search(each) for side in SIDES)]
    for start in range(len(asking)):  # what stands before may only say who asks
        told = _told_of(asking[start:], text, plans, reading)
        if told:
            return told[:MOST_LINES]
    return []


def _told_of(asking: Sequence[str], text: str, plans: Sequence[Plan], reading: Reading) -> list[DraftClaim]:
    joined = ", ".join(asking)
    if _ASKS_OTHER.search(joined) or _ILLNESS.search(joined):
        return []
    of_kin = any(plan.family for plan in plans)  # else who is called "mum" is the patient
    items = [item for clause in asking for item in _items(clause, of_kin=of_kin)]
    whole = _WHOLE.search(joined) is not None
    stations = _STATIONS.search(joined) is not None
    changed = stations or _CHANGED.search(text) is not None
    named = list(dict.fromkeys(side for item in items for side in item.sides))
    moved = stations or any(_is_what_changed(side, joined) for side in named)
    if not whole and len(named) < 2 and not (named and changed and (named[0].entry or moved)):
        return []
    window = next((plan.window for plan in plans if plan.window is not None and plan.window.words in joined), None)
    if not _is_all_of_life(joined, named, plans, window, moved=moved):
        return []
    if of_kin and not (whole or any(item.kin for item in items)):
        return []
    if whole and len(named) < 3:
        items = [
            *items,
            *(_Item(side.name, (side,), frozenset()) for side in SIDES if side.name in AS_A_WHOLE and side not in named),
        ]
    told = _courses(items, window, reading) if changed and not whole else _newest(items, window, reading)
    return list({claim.text: claim for claim in told}.values())


def _items(clause: str, *, of_kin: bool) -> list[_Item]:
    """Return the things that a clause lists, each with its sides; what "and" joins is asked of the same people."""
    found = []
    for part in _LISTED.split(clause):
        kin = {word for word in forms(part) if word in _KIN} if of_kin else set()
        wide = frozenset({*kin, *relatives_named(kin)}) | (_PARENTS if "parent" in kin else frozenset())
        found += [_Item(each, tuple(side for side in SIDES if side.asked.search(each)), wide) for each in _JOINED.split(part)]
    return found


_KIN = frozenset({"parent", *all_relatives()})
_PARENTS = frozenset(forms("mother father mum mom dad mam parents"))


def _is_what_changed(side: Side, text: str) -> bool:
    """Say whether a side is what a question says changed: then its course answers, whatever else tells the time."""
    return any(_MOVED.match(text, match.end()) for match in side.asked.finditer(text))


_MOVED = re.compile(
    r"(?: (?:has|have|had|habits?|status|been|use|intake|consumption|situation))* (?:chang|shift|differ|improv|evolv|progress|deteriorat|worsen)\w*",
    re.IGNORECASE,
)


def _is_all_of_life(joined: str, named: Sequence[Side], plans: Sequence[Plan], window: Window | None, *, moved: bool) -> bool:
    """Say whether nothing is named but sides of life, a time, and who lives it."""
    bare = joined if window is None or not window.words else joined.replace(window.words, " ")
    bare = _FOR_WHOM.sub(" ", bare)
    for side in named:
        bare = side.asked.sub(" ", bare)
    left = set(forms(_WHOLE.sub(" ", bare)))
    others = [
        target
        for plan in plans
        for target in plan.targets
        if target.kind in _CLINICAL
        and set(forms(target.words)) & left - _KIN
        and not any(side.asked.search(target.words) for side in named)
    ]
    spent = _OF_LIFE | summary_words(joined)
    return not others and all(moved or word in spent or word in _KIN or is_ordinary(word) for word in left)


def _newest(items: Sequence[_Item], window: Window | None, reading: Reading) -> list[DraftClaim]:
    """Tell each side by its newest entry and the likeliest sentences, the newest of them first."""
    many = len({side for item in items for side in item.sides}) > 3
    told: list[DraftClaim] = []
    for item in items:
        for side in item.sides:
            if not item.kin:
                told += drafts(_entries(side, window, reading)[-1:], reading.chart)
            said = _of_last_years(_sentences(side, item, window, reading))
            said = sorted(said, key=lambda each: -each.weight)
            told += _quotes(_apart(said)[: 1 if many else 2], reading)
    return told


def _of_last_years(said: Sequence[_Said]) -> list[_Said]:
    """Leave out what was written years before the newest sentence: a life has moved on since."""
    newest = max((each.day for each in said), default=None)
    return [each for each in said if newest is not None and newest - each.day <= _SOME_YEARS]


_SOME_YEARS = timedelta(days=3 * 366)


def _courses(items: Sequence[_Item], window: Window | None, reading: Reading) -> list[DraftClaim]:
    """Tell each side by its entries, oldest first, and by what notes say from the time on that is asked about."""
    first = window.first if window is not None else None
    since = None if first is None else Window(first=first, last=None, words="")
    told: list[DraftClaim] = []
    for item in items:
        for side in item.sides:
            entries = [] if item.kin else _entries(side, None, reading)
            inside = [fact for fact in entries if since is None or since.holds(fact.occurred)]
            before = [fact for fact in entries if fact not in inside][-1:]
            said = sorted(_sentences(side, item, since, reading), key=lambda each: each.day)
            apart = _apart(list(reversed(said)))[::-1]
            kept = _spread(apart, MOST_STATIONS if not entries else MOST_BESIDE)
            told += [*drafts([*before, *inside[:1], *inside[1:][-3:]], reading.chart), *_quotes(kept, reading)]
    return told


def _spread(said: Sequence[_Said], most: int) -> list[_Said]:
    """Return the first, the last and some between."""
    if len(said) <= most:
        return list(said)
    return [said[round(place * (len(said) - 1) / (most - 1))] for place in range(most)]


def _entries(side: Side, window: Window | None, reading: Reading) -> list[Fact]:
    """Return the entries of tables about a side, oldest first."""
    if side.entry is None:
        return []
    listed = reading.shelves.records.facts(reading.scope, categories=(Category.SOCIAL_HISTORY, Category.OBSERVATION))
    own = [
        fact
        for fact in listed
        if fact.span is None
        and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR
        and side.entry.search(name_of(fact))
        and not _OF_OTHERS.search(name_of(fact))
        and (window is None or window.holds(fact.occurred))
    ]
    return sorted(own, key=day_of)


_OF_OTHERS = Cue(r"\b(?:second-?hand|passive|exposure|household|parental|counsel\w*|advice|cessation)\b")


def _sentences(side: Side, item: _Item, window: Window | None, reading: Reading) -> list[_Said]:
    """Return the sentences of notes that tell of a side; of relatives, where the question asks of theirs."""
    passages = [
        each
        for each in reading.shelves.records.all_passages(reading.scope)
        if is_note(each) and (window is None or window.holds(each.occurred or each.recorded))
    ]
    dated = [(known.last_day, each) for each in passages if (known := each.occurred or each.recorded) is not None]
    days = {day: place for place, day in enumerate(sorted({day for day, _ in dated}))}
    asked = [word for word in forms(item.text) if not is_ordinary(word) and word not in _KIN]
    found = []
    for day, passage in dated:
        social = SOCIAL_HEADING.search(passage.section) is not None
        of_family = _FAMILY_HEADING.search(passage.section) is not None and not item.kin
        texts = [passage.sentence_text(sentence) for sentence in passage.sentences]
        copied = copied_places(texts)
        for number, (sentence, text) in enumerate(zip(passage.sentences, texts, strict=True)):
            if number in copied or (of_family and not OWN_LABEL.match(text)):
                continue
            words = frozenset(forms(text))
            if text.rstrip().endswith("?") or not side.told.search(text):
                continue
            near = frozenset(forms(" ".join(texts[max(0, number - _NEAR) : number + _NEAR + 1])))
            if item.kin and not (item.kin & words or (item.kin & _PARENTS and _FAMILY & near)):
                continue
            shared = sum(bool({word, *said_as(word)} & words) for word in asked)
            recency = 3.0 * days[day] / max(1, len(days) - 1)
            found.append(_Said(passage, sentence, words, day, recency + 0.8 * social + 0.5 * min(shared, 2)))
    return found


_NEAR = 2
"""Sentences beside one that tells of parents by their names, in which the family is named."""
_FAMILY = frozenset({"family", "household", *all_relatives()})
_FAMILY_HEADING = re.compile(r"\bfam\w* (?:h\w*|hx)\b|^\W*fhx?\b", re.IGNORECASE)


def _apart(said: Sequence[_Said]) -> list[_Said]:
    """Leave out sentences that mostly repeat one that stands before them."""
    kept: list[_Said] = []
    for each in said:
        if all(len(each.words & other.words) < 0.7 * len(each.words) for other in kept):
            kept.append(each)
    return kept


def _quotes(said: Sequence[_Said], reading: Reading) -> list[DraftClaim]:
    return [quote_sentence(each.passage, each.sentence, reading.shelves.records, route=LIFE) for each in said]
