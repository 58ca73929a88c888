"""What a question names: mentions of the lexicon and of the chart, each weighed and linked to a `Target`."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from chartcite.engine.dates.times import Window
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.cut_names import cut_names
from chartcite.engine.language.terminology import ConceptKind, Lexicon, Mention, forms, tokenize
from chartcite.engine.ports import ChartConcept
from chartcite.engine.questions.chart_names import NAMED, NAMED_SURELY, chart_surfaces, chart_targets, stem
from chartcite.engine.questions.concept_linking import QuestionWords, linked_target, narrower_target
from chartcite.engine.questions.falls import FALLING, falls_of_somebody
from chartcite.engine.questions.persons import all_relatives
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_cues import cue_words
from chartcite.engine.questions.question_words import FAMILY, ORDINARY, STOPWORDS, SUBJECTS, YES_NO

_FAMILY_WORDS = frozenset({"family", "history", "familial", "fhx", "fam", "relative", "related", "relation"})
_BROKEN = {"broke": "broken", "break": "broken", "tore": "torn", "fractured": "broken", "swapped": "replaced"}
_INCLUDING = frozenset({"inc", "incl", "including", "includ", "include"})
_BETWEEN = frozenset(
    "dad mum mom is are was were be been being has have had do did get got ever he she him her his they them their it the a an my your our patient pt ever also then already just".split()
)
"""Words that stand within a name as people say it: "shocked him back into rhythm", "was the polyp removed"."""
_SELDOM_FINDINGS = frozenset(
    {"doe", "fish", "heavy", "fall", "complaint", "symptom", "smoking", "virus", "stress", "stone", "low", "high", "up", "down"}
)
"""Names of findings that mostly mean something else."""

_HOW_IT_LIES = frozenset({"low", "high", "up", "down"})
"""Of a value, where it lies; by themselves, findings."""
_OF_PROBLEM = Cue(r"\b(?:diagnos\w+|dx|suffer\w*|history of|run in|cured?)\b")
"""Asks of a problem, and not of its values."""


def find_targets(
    question: QuestionWords,
    lexicon: Lexicon,
    chart: Sequence[ChartConcept],
    window: Window | None,
    *,
    plain: Set[str] = frozenset(),
    names: Set[str] = frozenset(),
) -> tuple[tuple[Target, ...], set[int]]:
    """Return what a question names, with the places of the words that name it.

    Args:
        question: the question's words, spelling mended.
        lexicon: known concepts.
        chart: concepts that the patient's facts name.
        window: the time that the question tells: its words name nothing else.
        plain: folded words that name nothing here.
        names: folded words of the patient's own name, which are no shorthand: "Does Des live alone?"
    """
    text, words = question.text, question.folded
    surfaces = chart_surfaces(chart)
    in_window = set(forms(window.words)) if window else set()
    strong: list[Target] = []
    weak: list[tuple[Target, set[int]]] = []
    covered: set[int] = set()
    ended = 0
    for mention in lexicon.mentions(words, extra=surfaces):
        run = range(mention.first, mention.last)
        if (
            all(words[place] in in_window for place in run)
            or _is_name(question, mention, names)
            or _is_noise(question, mention.first, mention.last, lexicon)
            or _is_verb(question, mention)
        ):
            continue
        target = linked_target(question, mention.first, mention.last, mention.ids, lexicon, chart)
        if not target.concept_keys:
            target = narrower_target(question, mention, lexicon, chart, surfaces) or target
        if mention.first and question.folded[mention.first - 1] in _INCLUDING and (strong or weak or target.is_class):
            covered.update(run)
            continue  # "the AF drugs, incl. anticoagulation": what is among them is no other question
        if _is_weak(question, mention.first, mention.last, target, lexicon):
            weak.append((target, set(run)))
        else:
            _add(strong, target, beside=mention.first == ended)
            covered.update(run)
            ended = mention.last
    if not any(target.concept_keys for target in strong):
        for target, run_set in _spread(question, lexicon, chart, surfaces):
            strong += [] if strong and _is_included(question, run_set) else [target]
            covered.update(run_set)
    cut_short, places = cut_names(question, covered, lexicon, chart)
    strong += cut_short
    covered |= places
    said = cue_words(text, window) | plain | (_FAMILY_WORDS if FAMILY.search(text) else frozenset())
    least = NAMED_SURELY if YES_NO.match(text) else NAMED
    in_chart, more = chart_targets(words, said, covered, strong, chart, least=least)
    found_in_chart = [_with_other_names(target, lexicon, chart) for target in in_chart]
    measured = _measures(weak)
    if measured and not strong and not _OF_PROBLEM.search(text):
        found_in_chart = []  # "how's his sugar?" asks for the values, whatever else of the chart has that word
    if not strong and not found_in_chart:
        for target, run_set in weak:
            if not (_only_asks(target) or (measured and target.words.lower() in _HOW_IT_LIES)):
                strong.append(target)
                covered.update(run_set)
    return _distinct_targets(_as_vaccines((*strong, *found_in_chart), text, lexicon, chart)), covered | more


def _with_other_names(target: Target, lexicon: Lexicon, chart: Sequence[ChartConcept]) -> Target:
    """Return what only the chart names, with what it writes otherwise for the same measurement: "Modified Rankin scale" and "mRS"."""
    named = [concept.concept for concept in chart if concept.key in target.concept_keys]
    meant = {id_ for concept in named for id_, strength in lexicon.link(concept).items() if strength == 2}
    if len(meant) != 1 or not all(lexicon.concepts[id_].kind is ConceptKind.MEASUREMENT for id_ in meant):
        return target
    alike = {
        concept.key for concept in chart if meant & {id_ for id_, sure in lexicon.link(concept.concept).items() if sure == 2}
    }
    return target.model_copy(update={"concept_keys": tuple(sorted({*target.concept_keys, *alike}))})


def _is_name(question: QuestionWords, mention: Mention, names: Set[str]) -> bool:
    """Say whether a word is the patient's own name; in capitals it is shorthand all the same."""
    single = mention.last - mention.first == 1
    return single and question.folded[mention.first] in names and not question.raw[mention.first].isupper()


_WORKS = Cue(
    r"\b(?:did|does|do|has|have|had|is|are|was|were)(?:n['’]?t)? (?:the |this |that |those |these |his |her |my |their |any (?:of )?(?:the )?)?(?P<what>(?:[\w-]+ ){1,5}?)(?:still |really |ever |actually |not |even )?(?P<verb>work(?:s|ed|ing)?)\b(?! (?:as|for|at|in|full|part|from|status|history|out|with|days|nights|hours|shifts|on|anywhere|outside)\b)"
)
_WORKERS = frozenset(
    forms("he she they i you we who patient pt man woman lady gentleman he's she's person people anyone somebody")
)


def _is_verb(question: QuestionWords, mention: Mention) -> bool:
    """Say whether "work" tells what a thing does ("did the banding work?"), and no occupation."""
    if mention.last - mention.first != 1 or not question.folded[mention.first].startswith("work"):
        return False
    found = _WORKS.search(question.text)
    worker = _WORKERS | all_relatives()
    return found is not None and not any(word in worker for word in forms(found["what"]))


_JOINED = r"\s*(?:,|/|&|\+|\band\b|\bor\b|\bplus\b|\bn\b)+\s*(?:the |his |her |my )?"


def _as_vaccines(targets: Sequence[Target], text: str, lexicon: Lexicon, chart: Sequence[ChartConcept]) -> tuple[Target, ...]:
    """Return targets with the vaccine in the stead of an illness that is listed before one: "flu and covid jabs"."""
    places = {target.words: text.lower().find(target.words.lower()) for target in targets}
    given = [target for target in targets if target.kind is ConceptKind.VACCINE]

    def meant(target: Target) -> Target:
        before = target.kind is ConceptKind.CONDITION and any(places[target.words] < places[each.words] for each in given)
        joined = before and re.search(rf"\b{re.escape(target.words)}{_JOINED}", text, re.IGNORECASE) is not None
        return (_vaccine_of(target, lexicon, chart) or target) if joined else target

    return tuple(meant(target) for target in targets)


def _vaccine_of(target: Target, lexicon: Lexicon, chart: Sequence[ChartConcept]) -> Target | None:
    text = f"{target.words} vaccine"
    tokens = tokenize(text)
    mention = next(lexicon.mentions([token.form for token in tokens]), None)
    if mention is None or (mention.first, mention.last) != (0, len(tokens)):
        return None
    question = QuestionWords.of(text, tokens, [token.form for token in tokens])
    vaccine = linked_target(question, 0, len(tokens), mention.ids, lexicon, chart)
    return vaccine.model_copy(update={"words": target.words}) if vaccine.kind is ConceptKind.VACCINE else None


def _measures(weak: Sequence[tuple[Target, set[int]]]) -> bool:
    """Say whether one of some everyday words names what the chart measures: "sugar", "iron"."""
    return any(
        target.kind is ConceptKind.MEASUREMENT and target.concept_keys and not _is_list_name(target.words) for target, _ in weak
    )


def _only_asks(target: Target) -> bool:
    """Say whether words ask for a list, and not for something of that name: "labs"."""
    return _is_list_name(target.words) and (not target.concept_keys or target.kind is ConceptKind.MEASUREMENT)


_TAKEN_OUT = Cue(
    r"\b(?:removed|removal|taken out|took (?:it|them) out|take (?:it|them) out|pulled(?: out)?|came out|come out|explanted)\b"
)


def taken_out(plan: Plan, lexicon: Lexicon, chart: Sequence[ChartConcept]) -> tuple[Target, ...]:
    """Return what a question names, with the removal of a device in the stead of its placement, where that is what it asks.

    Whether it is still in is told by both. Only a removal that the chart holds is meant.
    """
    if _TAKEN_OUT.search(plan.text):
        return tuple(_removal_of(target, lexicon, chart) or target for target in plan.targets)
    if not _STILL_IN.search(plan.text):
        return plan.targets
    removals = [removal for target in plan.targets if (removal := _removal_of(target, lexicon, chart)) is not None]
    return (*plan.targets, *(removal for removal in removals if removal not in plan.targets))


_STILL_IN = Cue(
    r"\bstill\b[^?.;]{0,40}\b(?:in|there|inside|fitted|implanted|have|has|got|having|in situ|in place)\b|\b(?:have|has|got|having)\b[^?.;]{0,12}\bstill\b"
    r"|\b(?:in situ|in place|any ?more)\b|\b(?:have|has|got)\b[^?.;]{0,30}\b(?:at the moment|currently|now|at present|in (?:him|her|me))\b|\bcurrently (?:has|have)\b"
)
"""Asks whether something that was put in is there now: its removal tells that too."""


def _removal_of(target: Target, lexicon: Lexicon, chart: Sequence[ChartConcept]) -> Target | None:
    if target.kind is not ConceptKind.PROCEDURE or "removal" in target.label:
        return None
    for name in (target.words, target.label, *target.synonyms):
        text = f"{' '.join(word for word in forms(name) if word not in _PLACED)} removal"
        tokens = tokenize(text)
        mention = next(lexicon.mentions([token.form for token in tokens]), None)
        if mention is None or (mention.first, mention.last) != (0, len(tokens)):
            continue
        question = QuestionWords.of(text, tokens, [token.form for token in tokens])
        removal = linked_target(question, 0, len(tokens), mention.ids, lexicon, chart)
        if removal.concept_keys:
            return removal
    return None


_PLACED = frozenset({"placement", "insertion", "inserted", "placed", "implantation"})


def _add(targets: list[Target], target: Target, *, beside: bool) -> None:
    """Add what is named; a class right before its member ("that water pill spironolactone") only says what that is."""
    if targets and beside and _is_member(target, targets[-1]):
        targets.pop()
    targets.append(target)


def _is_member(target: Target, over: Target) -> bool:
    """Say whether a medicine of the chart is one of a class of medicines."""
    drugs = target.kind is ConceptKind.DRUG and over.kind is ConceptKind.DRUG
    return drugs and over.is_class and not target.is_class and bool(target.concept_keys) and target.ids[0] in over.ids


def _spread(
    question: QuestionWords, lexicon: Lexicon, chart: Sequence[ChartConcept], surfaces: dict[tuple[str, ...], tuple[str, ...]]
) -> list[tuple[Target, set[int]]]:
    """Return what the chart holds of names whose words stand apart in the question, each with the places of its words."""
    places = [place for place, word in enumerate(question.folded) if word not in _BETWEEN]
    words = [question.folded[place] for place in places]
    found: list[tuple[Target, set[int]]] = []
    words = [_BROKEN.get(word, word) for word in words]
    for start in range(len(words)):
        mention = next(lexicon.mentions(words[start:], extra=surfaces), None)
        if mention is None or mention.first or mention.last < 2:
            continue
        run = places[start : start + mention.last]
        target = linked_target(question, run[0], run[-1] + 1, mention.ids, lexicon, chart)
        if target.concept_keys and len(set(run)) > 1:
            found.append((target, set(run)))
    return found[:1]


def _is_included(question: QuestionWords, places: Set[int]) -> bool:
    """Say whether words are only named as part of what stands before: "drug allergies, incl. eye drops"."""
    return min(places) > 0 and question.folded[min(places) - 1] in _INCLUDING


def _is_noise(question: QuestionWords, first: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether a mention is plain English that happens to be an abbreviation or a list's name."""
    if last - first > 1:
        return _is_unsaid_brand(question, first, last, lexicon)
    raw, word = question.raw[first], question.folded[first]
    if raw == "met" or raw in _THINGS or (raw.lower() == "school" and _is_place(question.text)):
        return True
    if first and question.raw[first - 1].lower() in {"which", "what"} and raw.lower() in _SIDED_PARTS:
        return True  # "how many injections, and in which eye?"
    if word == "run" and (raw.lower() != "runs" or first == 0 or question.raw[first - 1].lower() != "the"):
        return True  # "when do the pens run out?": nobody has the runs
    if word in FALLING and falls_of_somebody(question.text):
        return False
    if raw.lower() in STOPWORDS and not raw.isupper() and raw not in _WRITTEN_MIXED:
        return True
    plain = raw.lower() in ORDINARY or word in ORDINARY or word in _BODY_PARTS or len(raw) <= 2
    return lexicon.is_acronym(word) and not raw.isupper() and plain


_WRITTEN_MIXED = frozenset({"mRS"})
"""Abbreviations with a small letter that are plain words if written otherwise: a Rankin score, and no title."""
_SIDED_PARTS = frozenset("eye ear side".split())
_THINGS = frozenset(
    "blues lens lenses pets pops tags pads rods mats alps cages oats buns mods tees huts rigs eras cabs sobs".split()
)
"""Plurals of plain words that fold to an abbreviation: a lens is no LEN."""
_OF_STAFF = Cue(
    r"\bschool (?:been|be|knows?|needs?|wants?|says?|said|nurse|letter|form|note|staff|told|asked)\b|\b(?:tell|told|inform(?:ed)?|letter (?:to|for)|note (?:to|for)) (?:the |his |her |their |my )?school\b"
)
"""Speaks of a school as of people, and not of how long somebody was taught."""
_AT_SCHOOL = Cue(
    r"\b(?:at|in|for|from|off|into|during) (?:the |his |her |their |my |our )?school\b(?! (?:did|does|is|was)\b)"
    r"|\bschool (?:trips?|residential|meals?|dinners?|lunch\w*|report|plans?|holidays?|day|bag|teachers?|transport|jabs?|vaccin\w*|pens?|epi ?pens?|inhalers?|medic\w*|care|reviews?)\b"
)
_SCHOOLING = Cue(
    r"\b(?:how far|how long|how many years|years|grades?|highest|finish\w*|le(?:ft|ave)|(?:what|which|whose|name of) (?:\w+ )?school|go(?:es|ing)? to|attend\w*|level|complet\w*|drop\w*)\b"
)


def _is_place(text: str) -> bool:
    """Say whether a school is spoken of as people or as a place, and not how long somebody was taught."""
    return _OF_STAFF.search(text) is not None or (_AT_SCHOOL.search(text) is not None and not _SCHOOLING.search(text))


_TAKING = Cue(
    r"\b(?:tak(?:e|es|en|ing)|took|uses?|using|used|bought|buys?|doses?|tablets?|pills?|medicines?|meds?|drugs?|otc|allerg\w*|brand)\b"
)


def _is_unsaid_brand(question: QuestionWords, first: int, last: int, lexicon: Lexicon) -> bool:
    """Say whether plain words only happen to be a brand: "what did the night nurse write", and nothing is taken."""
    raw, folded = question.raw[first:last], question.folded[first:last]
    if not all(word.islower() and (word in ORDINARY or form in ORDINARY) for word, form in zip(raw, folded, strict=True)):
        return False
    brands = {surface.lower() for surface in lexicon.brands_written(folded)}
    around = " ".join((*question.raw[:first], *question.raw[last:]))
    return " ".join(raw) in brands and not _TAKING.search(around)


_BODY_PARTS = frozenset({"toe"})
"""Parts of the body that are an abbreviation in capitals: TOE is an echocardiogram."""


def _is_weak(question: QuestionWords, first: int, last: int, target: Target, lexicon: Lexicon) -> bool:
    """Say whether a mention only counts where nothing better is named: list names, and single everyday words."""
    if _is_list_name(" ".join(question.raw[first:last])):
        return True
    single = last - first == 1
    if single and question.raw[first].lower() in _HOW_IT_LIES:
        return True
    if single and target.kind is ConceptKind.CONDITION and question.folded[first] not in _SELDOM_FINDINGS:
        return False  # a symptom is what is asked, whatever everyday word it is
    is_class = bool(target.ids) and any(lexicon.concepts[id_].is_class for id_ in target.ids[:1])
    return single and question.raw[first].lower() in ORDINARY and (is_class or not target.concept_keys)


def _is_list_name(words: str) -> bool:
    """Say whether words only name a list: "vaccines", "ED visits"."""
    return any(cue.fullmatch(words) for _, cue in SUBJECTS)


def _distinct_targets(targets: Sequence[Target]) -> tuple[Target, ...]:
    """Drop repetitions, and targets without facts whose words stand in the name of one with facts."""
    kept: dict[tuple[tuple[str, ...], tuple[int, ...], str], Target] = {}
    for target in targets:
        kept.setdefault((target.ids, target.concept_keys, "" if target.ids or target.concept_keys else target.words), target)
    distinct = list(kept.values())
    told = [
        {stem(word) for run in target.alternatives for word in run}
        for target in distinct
        if target.concept_keys and not target.ids
    ]
    return tuple(
        target
        for target in distinct
        if target.concept_keys
        or not any({stem(word) for word in forms(name)} <= words for words in told for name in (target.words, target.label))
    )
