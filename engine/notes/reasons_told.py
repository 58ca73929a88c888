"""Why a treatment was begun, changed or ended, and why somebody was referred, where another sentence or note tells it.

The list of medications gives the day of a turn, and seldom more than a word of why. The notes of that time are looked through for
the sentence that tells of the turn with its cause.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.people import fields_named
from chartcite.engine.facts.statements import medication_is_active
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.bare_reasons import gives_bare_reason
from chartcite.engine.notes.quoting import MOST_LEANING, MOST_QUOTED, points_back, quote_sentence, with_neighbours
from chartcite.engine.notes.sources_told import told_of_side
from chartcite.engine.notes.turn_causes import CAUSE, names_harm
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import EVENT_WORDS, Event, Intent

_BEFORE, _AFTER = timedelta(days=3), timedelta(days=30)
"""Around the day of a turn, where notes tell of it."""
_PLANNED_BEFORE, _TOLD_AFTER = timedelta(days=60), timedelta(days=400)
"""Around the day of a turn, where notes that name the turn may plan it or look back on it."""
_MOST_FARNESS = 0.25
"""What a note loses at most by its distance from the day."""
_BEFORE_REFERRAL = timedelta(days=120)


_REFERRED = Cue(
    r"\brefer(?:ral|red|ring|s)?\b|\bsent (?:him |her |them |the patient |pt )?to\b|\bsee(?:ing|n)? (?:the |a |an )?\w+olog"
)


TURN = "turn_reason"
"""Route of what a note tells under a medicine's own label, or before the plan to end it: its place says that it is the cause."""


def reasons_at_turn(reading: Reading, told: Sequence[DraftClaim] = ()) -> list[DraftClaim]:
    """Quote what the notes around a medicine's start, change or end say of its cause; empty where they do not.

    Args:
        reading: a part of a question.
        told: what the tables tell of it: who asks after "the tablet for her sleep" means the medicine that they name.
    """
    plan = reading.plan
    if plan.intent is not Intent.REASON:
        return []
    records = reading.shelves.records
    passages: list[Passage] = []
    quoted: list[DraftClaim] = []
    lexicon = reading.chart.lexicon
    for target, facts in _medicines(reading, told)[:MOST_MEMBERS]:
        passages = passages or list(records.all_passages(reading.scope))
        meant = _meant(facts, plan)
        if plan.every and plan.event is Event.CHANGED and (turns := _turns(meant, plan)):
            places = [_best(passages, target, plan, day) for day in turns]
            for found_at in (each for each in places if each is not None):
                quoted += [quote_sentence(*each, records, route=TURN) for each in _issue_before(passages, *found_at)]
                quoted.append(quote_sentence(*found_at, records, route="quote"))
            continue
        day = _turn(meant, plan)
        place = (
            _first_of_dose(passages, target, plan) if not meant else None if day is None else _best(passages, target, plan, day)
        )
        if place is not None:
            route = TURN if _is_labelled(*place, target) else "quote"
            quoted += [quote_sentence(*each, records, route=TURN) for each in _issue_before(passages, *place)]
            quoted += [
                quote_sentence(passage, said, records, route=route) for passage, said in (*_said_before(passages, *place), place)
            ]
        elif day is not None and plan.event in {Event.STOPPED, Event.CHANGED}:
            found = _under_problem(passages, target, plan, day) or _found_before(passages, target, day, lexicon)
            quoted += [quote_sentence(*each, records, route=TURN) for each in found]
    return list({claim.text: claim for claim in quoted}.values())


_PROBLEM = Cue(r"^\W*(?:problems?|prob|issue|complaint|reason|presenting complaint|pc|dx|diagnosis)\s*(?:\(\w+\))?\s*[:–-]\s*\w")
_MOST_UNDER_PROBLEM = 12
"""Sentences from the heading of a problem to what was done for it, at most."""


def _under_problem(passages: Sequence[Passage], target: Target, plan: Plan, day: date) -> list[tuple[Passage, Sentence]]:
    """Return the heading of the problem for which a medicine is stopped or changed, with that: "Problem: ankle swelling ... Stop amlodipine"."""
    turn = set(EVENT_WORDS[plan.event]) if plan.event is not None else set[str]()
    for passage in passages:
        known = passage.recorded or passage.occurred
        if known is None or not day - _BEFORE <= known.first_day <= day + _AFTER:
            continue
        for sentence in passage.sentences:
            words = forms(passage.sentence_text(sentence))
            if target.find(words) is None or not turn & set(words) or sentence in passage.commands:
                continue
            before = [
                (each, one)
                for each in sorted(passages, key=lambda other: other.start)
                if (each.document_key, each.path) == (passage.document_key, passage.path)
                for one in each.sentences
                if one.end <= sentence.start
            ][-_MOST_UNDER_PROBLEM:]
            heads = [number for number, (each, one) in enumerate(before) if _PROBLEM.search(each.sentence_text(one))]
            block = before[heads[-1] :] if heads else []
            harmful = next((pair for pair in block if names_harm(pair[0].sentence_text(pair[1]))), None)
            if harmful is not None:
                first, head = block[0]
                wide = [one for each, one in block if each is first and one.end - head.start <= MOST_LEANING]
                return [(first, Sentence(start=head.start, end=wide[-1].end)), (passage, sentence)]
    return []


def _medicines(reading: Reading, told: Sequence[DraftClaim]) -> list[tuple[Target, list[Fact]]]:
    """Return the medicines that a question is about with their orders: those it names, else those that tables tell for it."""
    records, lexicon = reading.shelves.records, reading.chart.lexicon
    drugs = [target for target in reading.plan.targets if target.kind is ConceptKind.DRUG]
    if drugs:
        return [
            each
            for target in drugs
            if target.concept_keys
            for each in _members(
                target,
                records.facts(reading.scope, categories=(Category.MEDICATION,), concept_keys=target.concept_keys),
                reading,
            )
        ]
    cited = {citation.source.resource for claim in told if claim.category is Category.MEDICATION for citation in claim.citations}
    if not cited:
        return []
    listed = records.facts(reading.scope, categories=(Category.MEDICATION,))
    found: dict[str, tuple[Target, list[Fact]]] = {}
    for fact in listed:
        ids = sorted(id_ for id_ in lexicon.link(fact.concept) if not lexicon.concepts[id_].is_class)
        if fact.resource in cited and ids:
            name = lexicon.concepts[ids[0]].name
            runs = tuple(dict.fromkeys(forms(surface) for surface in lexicon.surfaces(ids)))
            target = Target(words=name, label=name, ids=tuple(ids), kind=ConceptKind.DRUG, alternatives=runs)
            found.setdefault(name, (target, []))[1].append(fact)
    return list(found.values())


def _members(target: Target, facts: list[Fact], reading: Reading) -> list[tuple[Target, list[Fact]]]:
    """Part a class of medicines of which several turned into these: each has a reason of its own."""
    lexicon, plan = reading.chart.lexicon, reading.plan
    if not target.is_class or plan.event not in {Event.STOPPED, Event.CHANGED}:
        return [(target, facts)]
    found: dict[str, tuple[Target, list[Fact]]] = {}
    for fact in facts:
        ids = sorted(id_ for id_ in lexicon.link(fact.concept) if not lexicon.concepts[id_].is_class)
        if fact.span is None and ids:
            name = lexicon.concepts[ids[0]].name
            runs = tuple(dict.fromkeys(forms(surface) for surface in lexicon.surfaces(ids)))
            member = Target(words=name, label=name, ids=tuple(ids), kind=ConceptKind.DRUG, alternatives=runs)
            found.setdefault(name, (member, []))[1].append(fact)
    over = [each for each in found.values() if not any(medication_is_active(fact) for fact in each[1])]
    return over or [(target, facts)]


MOST_MEMBERS = 4
"""Medicines whose turns are explained in one answer, at most."""


_DECIDED = Cue(r"(?:^|[.;]\s+|\n)\W*(?:decisions?|outcome|agreed|resolution|actions?|plan)\s*:")
_ISSUE = Cue(
    r"^\W*(?:issues?|problems?|questions?|reason (?:for discussion|discussed)|indication|concern|for discussion|topic)\s*:"
)


def _issue_before(passages: Sequence[Passage], passage: Passage, sentence: Sentence) -> list[tuple[Passage, Sentence]]:
    """Return the sentence that says what a meeting met about, where the one that answers is what it decided."""
    if not _DECIDED.search(passage.sentence_text(sentence)):
        return []
    before = [
        (other, each)
        for other in sorted(passages, key=lambda each: each.start)
        if other.document_key == passage.document_key
        for each in other.sentences
        if each not in other.commands and _ISSUE.search(other.sentence_text(each)) and each.end <= sentence.start
    ]
    return before[-1:]


def _said_before(passages: Sequence[Passage], passage: Passage, sentence: Sentence) -> list[tuple[Passage, Sentence]]:
    """Return the sentences to which the first one of a passage points back, in the passage before it of the same note."""
    if sentence.start != passage.sentences[0].start or not points_back(passage, sentence):
        return []
    before = [
        each
        for each in passages
        if (each.document_key, each.resource, each.path) == (passage.document_key, passage.resource, passage.path)
        and each.start < passage.start
        and each.sentences
    ]
    if not before:
        return []
    last = max(before, key=lambda each: each.start)
    around = last.sentences[-2:]
    wide = Sentence(start=around[0].start, end=around[-1].end)
    return [] if last.commands or wide.end - wide.start > MOST_QUOTED else [(last, wide)]


def _with_harm(passage: Passage, sentence: Sentence) -> Sentence | None:
    """Return a bare turn from the harm on that is told before it: "Tox: neuropathy G2. D/W Dr X - oxaliplatin omitted"; `None`: none is."""
    said = passage.sentence_text(sentence)
    if CAUSE.search(said) or names_harm(said):
        return None
    before = [each for each in passage.sentences if each.end <= sentence.start][-_MOST_BETWEEN:]
    for each in before:
        harmful = names_harm(passage.sentence_text(each)) and sentence.end - each.start <= MOST_LEANING
        if harmful and passage.commands == ():
            return Sentence(start=each.start, end=sentence.end)
    return None


def _with_named_reason(passage: Passage, sentence: Sentence) -> Sentence | None:
    """Return a turn with the reason that is named as such behind it: "Coil out today. In 9 months. Reason: cramps"; `None`: none is."""
    place = passage.sentences.index(sentence)
    for each in passage.sentences[place + 1 : place + 4]:
        if _REASON_NAMED.match(passage.sentence_text(each)):
            fits = passage.commands == () and each.end - sentence.start <= MOST_LEANING
            return Sentence(start=sentence.start, end=each.end) if fits else None
    return None


_REASON_NAMED = Cue(r"^\W*(?:reasons?|why|indication)(?: for \w+)?\s*[:=–-]\s*\w")
_MOST_BETWEEN = 6
"""Sentences between a turn and the harm that it is for, at most."""


def _meant(facts: Sequence[Fact], plan: Plan) -> list[Fact]:
    """Return the orders that a question means: those of a dose that it names, or those of its time."""
    listed = [fact for fact in facts if fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    named = [fact for fact in listed if _numbers(plan.text) & _numbers(fact.concept.text)]
    return named or listed


def _turn(facts: Sequence[Fact], plan: Plan) -> date | None:
    """Return the day of the turn that is asked about: of the newest end or change, else of the first order."""
    window = plan.window
    if plan.event in {Event.STOPPED, Event.CHANGED}:
        over = [fact for fact in facts if fact.ended is not None and not medication_is_active(fact)]
        if plan.event is Event.CHANGED:
            over = [fact for fact in over if _went_on(fact, facts)] or over
        ended = [fact.ended for fact in over if fact.ended is not None]
        days = [moment.first_day for moment in ended if window is None or window.holds(moment)]
        return max(days, default=window.first if window is not None else None)
    days = [fact.occurred.first_day for fact in facts if fact.occurred and (window is None or window.holds(fact.occurred))]
    return min(days, default=None)


def _went_on(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Say whether another order took over when one ended: a change, and no end."""
    days = [other.occurred.first_day for other in facts if other.id != fact.id and other.occurred is not None]
    return fact.ended is not None and any(abs(day - fact.ended.first_day) <= _AT_ONCE for day in days)


_AT_ONCE = timedelta(days=7)


def _turns(facts: Sequence[Fact], plan: Plan) -> list[date]:
    """Return the days on which an order of a medicine ended, oldest first, where there are several."""
    ended = {fact.ended.first_day for fact in facts if fact.ended is not None and not medication_is_active(fact)}
    window = plan.window
    first, last = (window.first or date.min, window.last or date.max) if window is not None else (date.min, date.max)
    days = sorted(day for day in ended if first <= day <= last)
    return days[-MOST_TURNS:] if len(days) > 1 else []


MOST_TURNS = 4
"""Turns of one medicine that are told with their causes."""


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"(?<![\d.,])\d+(?:[.,]\d+)?(?![\d.,]*\d)", text))


def _first_of_dose(passages: Sequence[Passage], target: Target, plan: Plan) -> tuple[Passage, Sentence] | None:
    """Return where notes first give a medicine in the dose that a question names; `None`: it names none, or they do not."""
    window = plan.window
    numbers = _numbers(plan.text.replace(window.words, " ") if window is not None else plan.text)
    found = [
        (known.start, passage, sentence)
        for passage in passages
        if (known := passage.occurred or passage.recorded) is not None and (window is None or window.holds(known))
        for sentence in passage.sentences
        if numbers & _numbers(text := passage.sentence_text(sentence)) and target.find(forms(text)) is not None
    ]
    first = min(found, key=lambda item: (item[0], item[1].start, item[2].start), default=None)
    return None if first is None else (first[1], with_neighbours(first[1], first[2]))


_WITHHELD = Cue(
    r"\b(?:not|n['’]?t|never|avoid(?:ed|ing|s)?|put off|postpon\w*|hold off|held (?:off|back)|refus\w*|declin\w*|withh\w+|defer\w*|rul(?:e|ed) out|against|wasnt|didnt|isnt|hasnt|cant|couldnt|no)\b"
)
_KEPT = Cue(r"\b(?:leave|left|keep|kept|continue[ds]?|continuing|still (?:on|taking)|stay(?:ed)? on|remain\w*)\b")
_SAYS_WITHHELD = Cue(
    r"\b(?:no|not|never|avoid\w*|defer\w*|declin\w*|hold|held|refus\w*|contraindicat\w*|against|rather than|instead|withh\w+|postpon\w*|unless|until|isn['’]t|ruled out|caution)\b"
)
_SAYS_KEPT = Cue(r"\b(?:continue[ds]?|keep|kept|stays?|remains?|leave|not a reason to stop)\b")
_WHY = Cue(
    r"\b(?:because|since|given|due to|d/t|2/2|b/c|owing|reasons?|as (?:he|she|the|it)|after|too|risk|low|high|so|for|but|while|if)\b|\bw/|->|→|;|[(]"
)
_NEAR_BEST = 0.8


def reasons_against(reading: Reading, facts: Sequence[DraftClaim]) -> list[DraftClaim]:
    """Quote what notes say of why something was not done or given, or why it was kept; empty where they do not.

    Args:
        reading: a part of a question.
        facts: what the tables tell of it: where they give the reason, no note is asked.
    """
    plan = reading.plan
    if plan.intent is not Intent.REASON or not plan.targets:
        return []
    stated = (claim for claim in facts if "reason:" in claim.text or claim.kind is ClaimKind.ABSENCE)
    if any(not gives_bare_reason(claim.text, plan.text) for claim in stated):
        return []
    withheld, kept = _WITHHELD.search(plan.text), _KEPT.search(plan.text)
    said = _SAYS_WITHHELD if withheld else _SAYS_KEPT if kept else None
    if said is None:
        return []
    main, *others = plan.targets
    weighed: list[tuple[float, float, Passage, Sentence]] = []
    for passage in reading.shelves.records.all_passages(reading.scope):
        known = passage.occurred or passage.recorded
        if plan.window is not None and (known is None or not plan.window.holds(known)):
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            words = forms(text)
            place = main.find(words)
            if place is None or sentence in passage.commands or not said.search(text) or not _WHY.search(text):
                continue
            score = 2.0 + sum(target.find(words) is not None for target in others)
            score += sum(bool(said_as(word) & set(words)) for word in plan.keywords) + 0.8 * bool(CAUSE.search(text))
            weighed.append((score, known.start.timestamp() if known else 0.0, passage, sentence))
    weighed.sort(key=lambda item: (-item[0], item[1]))
    best = [item for item in weighed if item[0] >= weighed[0][0] * _NEAR_BEST][:2]
    records = reading.shelves.records
    return [
        quote_sentence(passage, with_neighbours(passage, sentence), records, route="quote") for _, _, passage, sentence in best
    ]


def reasons_by_source(reading: Reading) -> list[DraftClaim]:
    """Quote how the notes of a field of medicine that a question names account for something ("why did endocrine think ...?")."""
    plan = reading.plan
    if plan.intent is not Intent.REASON or not plan.targets or not fields_named(plan.text).called:
        return []
    records = reading.shelves.records
    told = told_of_side(plan, plan.text, list(records.all_passages(reading.scope)), records, reading.chart.today)
    return [claim for claim in told if CAUSE.search(claim.citations[0].quote)]


_NAMED_CAUSE = Cue(
    r"\W*(?:precipitants?|precipitating (?:factors?|event)|precipitated by|triggers?|triggered by|provoked by|causes?|why)\s*:\s*\w"
)
"""Opens a sentence that is nothing but a cause."""


_OF_STAY = Cue(r"\b(?:discharge|admission|inpatient|hospital)\b")
_STAY_TIME = timedelta(days=62)


def reasons_by_label(reading: Reading) -> list[DraftClaim]:
    """Quote what a note of the time that is asked labels as the cause, where it is the only such note.

    The note must name the problem; a discharge note of a time of weeks is about what is asked of that time anyway.
    """
    plan = reading.plan
    problems = [target for target in plan.targets if target.kind in {ConceptKind.CONDITION, None} and target.concept_keys]
    others = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    if plan.intent is not Intent.REASON or not problems or others or plan.window is None:
        return []
    records = reading.shelves.records
    passages = [
        passage
        for passage in records.all_passages(reading.scope)
        if (known := passage.occurred or passage.recorded) is not None and plan.window.holds(known)
    ]
    of_stay = plan.window.first and plan.window.last and plan.window.last - plan.window.first <= _STAY_TIME
    naming = {
        passage.resource
        for passage in passages
        if problems[0].find(forms(passage.text)) is not None or (of_stay and _OF_STAY.search(passage.title))
    }
    told = [
        (passage, sentence)
        for passage in passages
        for sentence in passage.sentences
        if passage.resource in naming and sentence not in passage.commands and _NAMED_CAUSE.match(passage.sentence_text(sentence))
    ]
    if len({passage.resource for passage, _ in told}) != 1:
        return []
    return [quote_sentence(*place, records, route="quote") for place in told[:2]]


_LEAST = 0.7
"""What a sentence must at least show of a turn and its cause."""


def _best(passages: Sequence[Passage], target: Target, plan: Plan, day: date) -> tuple[Passage, Sentence] | None:
    """Return the sentence with its neighbours that tells most of a turn of a medicine and its cause, near its day.

    Notes farther off must name the turn. What stands under a medicine's own label ("Sertraline: ...") is about it.
    """
    turn = set(EVENT_WORDS[plan.event]) if plan.event is not None else set[str]()
    best: tuple[float, Passage, Sentence] | None = None
    for passage in passages:
        known = passage.recorded or passage.occurred
        if known is None or not day - _PLANNED_BEFORE <= known.first_day:
            continue
        long_after = known.first_day > day + _TOLD_AFTER
        if long_after and not names_month(passage.text, day):
            continue
        near = day - _BEFORE <= known.first_day <= day + _AFTER
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            place = target.find(forms(text))
            if place is None or sentence in passage.commands:
                continue
            labelled = _is_labelled(passage, sentence, target)
            wide = _under_label(passage, sentence) if labelled else with_neighbours(passage, sentence)
            said = passage.sentence_text(wide)
            if long_after and not names_month(said, day):
                continue
            turned = 1.0 * bool(turn & set(forms(text))) or 0.6 * (labelled and bool(turn & set(forms(said))))
            harmed = _with_harm(passage, sentence) if turned and plan.event in {Event.STOPPED, Event.CHANGED} else None
            reasoned = _with_named_reason(passage, sentence) if near else None
            wide = reasoned or harmed or wide
            causes = _tells_cause(text, plan) or reasoned is not None, harmed is not None or _tells_cause(said, plan)
            score = turned + 0.8 * causes[0] + 0.4 * causes[1]
            score -= min(_MOST_FARNESS, 0.01 * abs((known.first_day - day).days))
            if not any(causes) or not (near or turned) or score <= _LEAST:
                continue
            if best is None or score > best[0]:
                best = score, passage, wide
    return None if best is None else best[1:]


_ENDS = Cue(
    r"\b(?:stop\w*|d/?c'?d?|discontinu\w*|withdr\w+|ceased?|halv\w*|wean\w*|chang\w*|switch\w*|reduc\w*|cut|swap\w*|replac\w*|hold|held)\b"
)


def _found_before(passages: Sequence[Passage], target: Target, day: date, lexicon: Lexicon) -> list[tuple[Passage, Sentence]]:
    """Return what a note of the day tells of what a medicine is for, and the bare plan behind it: "INRs 1.4 to 5.2. ... P: stop warf"."""
    treated = _treated_by(target, lexicon)
    near = [
        passage
        for passage in passages
        if (known := passage.recorded or passage.occurred) and day - _BEFORE <= known.first_day <= day + _BEFORE
    ]
    said = [
        (passage, sentence, passage.sentence_text(sentence))
        for passage in sorted(near, key=lambda each: (each.document_key, each.resource, each.path, each.start))
        for sentence in passage.sentences
        if sentence not in passage.commands
    ]
    for place, (passage, sentence, text) in enumerate(said):
        if target.find(forms(text)) is None or not _ENDS.search(text):
            continue
        grounds = [
            (before, with_neighbours(before, each))
            for before, each, words in said[:place]
            if before.resource == passage.resource and _names_any(words, treated) and re.search(r"\d", words)
        ]
        if grounds:
            return [grounds[0], (passage, sentence)]
    return []


def _treated_by(target: Target, lexicon: Lexicon) -> list[tuple[str, ...]]:
    """Return the names of the problems and tests that a medicine is given for, or watched by."""
    drugs = set(target.ids[:1])
    return [
        forms(surface)
        for id_, concept in lexicon.concepts.items()
        if concept.kind in {ConceptKind.CONDITION, ConceptKind.MEASUREMENT} and drugs & lexicon.own_treatments_of([id_])
        for surface in (concept.name, *concept.surfaces)
    ]


def _names_any(text: str, names: Sequence[tuple[str, ...]]) -> bool:
    said = forms(text)
    return any(said[place : place + len(name)] == name for name in names if name for place in range(len(said)))


_LABEL = re.compile(r"\W*[^\s:;.,|][^:;.,|]{2,40}:(?=\s)|\W*[^\s:;,|][^:;,|\n]{2,40}\|")


_GOES_ON = Cue(
    r"\W*(?:(?:plan|action|p|a/p|rx)\s*:|(?:stopped|ceased|reduced|halved|lowered|increased|raised|changed|switched|started|held)\b)"
)


def _is_labelled(passage: Passage, sentence: Sentence, target: Target) -> bool:
    label = _LABEL.match(passage.sentence_text(sentence))
    return label is not None and target.find(forms(label[0])) is not None


def _under_label(passage: Passage, sentence: Sentence) -> Sentence:
    """Return a sentence that opens with a label, with the two after it, where they belong to no label of their own."""
    place = passage.sentences.index(sentence)
    last = sentence
    for each in passage.sentences[place + 1 : place + 3]:
        said = passage.sentence_text(each)
        if (
            (_LABEL.match(said) and not _GOES_ON.match(said))
            or each.end - sentence.start > MOST_LEANING
            or each in passage.commands
        ):
            break
        last = each
    return Sentence(start=sentence.start, end=last.end)


def names_month(text: str, day: date, /) -> bool:
    """Say whether a text names the month of a day with its year: "cut in May 2022", "stopped 5/10/22"."""
    name, year = f"{day:%B}".lower(), day.year
    written = rf"\b{name[:3]}(?:{name[3:]})?\.?,? (?:of )?{year}\b|\b0?{day.month}/(?:\d{{1,2}}/)?(?:{year}|{year % 100:02d})\b|\b{year}-{day.month:02d}\b"
    return re.search(written, text, re.IGNORECASE) is not None


def _tells_cause(text: str, plan: Plan) -> bool:
    ends = plan.event in {Event.STOPPED, Event.CHANGED}
    return CAUSE.search(text) is not None or (ends and names_harm(text))


def reasons_of_referral(reading: Reading) -> list[DraftClaim]:
    """Tell why somebody was sent to a field of medicine: what the notes say of it, and what the first visit there was for."""
    plan = reading.plan
    fields = fields_named(f"{plan.text} visit") if plan.intent is Intent.REASON and _REFERRED.search(plan.text) else None
    if fields is None or not fields.called:
        return []
    records = reading.shelves.records
    visits = [
        fact
        for fact in records.facts(reading.scope, categories=(Category.ENCOUNTER,))
        if fact.occurred is not None and any(pattern.search(fact.concept.text) for pattern in fields.called)
    ]
    visits = [fact for fact in visits if plan.window is None or plan.window.holds(fact.occurred)]
    first = visits[0] if visits else None
    day = first.occurred.first_day if first is not None and first.occurred is not None else None
    told: list[DraftClaim] = []
    for passage in sorted(reading.shelves.records.all_passages(reading.scope), key=lambda each: each.start):
        known = passage.recorded or passage.occurred
        if day is None or known is None or not day - _BEFORE_REFERRAL <= known.first_day <= day:
            continue
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if _REFERRED.search(text) and any(pattern.search(text) for pattern in fields.called):
                told.append(quote_sentence(passage, with_neighbours(passage, sentence), records, route="quote"))
    visit = [draft(first, reading.chart, route="visit")] if first is not None else []
    return [*list({claim.text: claim for claim in told}.values())[:2], *visit]
