"""Facts out of a note: what its sentences say of the patient, each pointing at the very characters that say it.

What a sentence does not say clearly is left out: plans, goals, reference ranges, doses, other people's values and what may
happen are no findings of the patient. Assertions are those of `engine.assertion`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from chartcite.engine.domain.records import (
    AssertionStatus,
    Category,
    CodedConcept,
    Component,
    Detail,
    Document,
    Fact,
    Quantity,
    Value,
)
from chartcite.engine.language.hostile import instruction_like
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.assertion import context_of
from chartcite.ingestion import narrative_cues as cues
from chartcite.ingestion.narrative_dates import Dated, dates_in
from chartcite.ingestion.narrative_measures import BLOOD_PRESSURE, Measured, measured
from chartcite.ingestion.narrative_medications import sig_of
from chartcite.ingestion.narrative_people import Said, ages, alcohol, pack_years, sex_of, smoking
from chartcite.ingestion.narrative_statement import Found, Statement
from chartcite.ingestion.narrative_text import Named, Passage, Sentence, names_in, of_kind, sentences_of

MOST_FACTS = 2000
"""Of one document: what names more is no note."""
_PRESSURES = ("systolic-blood-pressure", "diastolic-blood-pressure")
_NOT_OF_THE_PATIENT = frozenset({AssertionStatus.FAMILY, AssertionStatus.HYPOTHETICAL})


def facts_of(document: Document, passages: Iterable[Passage], lexicon: Lexicon) -> tuple[Fact, ...]:
    """Return what the sentences of a narrative document say of its patient, in the order of the text.

    Args:
        document: narrative of one patient (a guideline gives nothing).
        passages: its passages, as `passages.cut` or `passages_of` give them.
        lexicon: what is recognised.
    """
    if document.patient_id is None:
        return ()
    found = Found(document, lexicon)
    for sentence in sentences_of(document, passages):
        if len(found.facts) >= MOST_FACTS:
            break
        if sentence.text.strip(" :#*_=-\n") != sentence.section and not instruction_like(sentence.text):
            _read(found, sentence)
    return tuple(found.facts[:MOST_FACTS])


def _read(found: Found, sentence: Sentence) -> None:
    names = names_in(sentence, found.lexicon)
    dates = tuple(dates_in(sentence.text))
    of_others = sentence.kind == "family_history"
    if not of_others:
        _read_person(found, sentence, dates)
        _read_habits(found, sentence, dates)
    values = [] if of_others else list(measured(sentence, names, found.lexicon))
    for value in values:
        _read_measured(Statement(found, sentence, value.name, dates), value)
    taken = [value.name for value in values]
    taken += [] if of_others else [(said.start, said.end) for said in (smoking(sentence.text), alcohol(sentence.text)) if said]
    if match := cues.NO_ALLERGIES.search(sentence.text):
        taken.append(match.span())
        statement = Statement(found, sentence, match.span(), dates)
        if found.is_new("no allergies"):
            statement.fact(Category.ALLERGY, statement.concept(""), AssertionStatus.ABSENT)
    for position, named in enumerate(names):
        if any(start < named.end and named.start < end for start, end in taken):
            continue
        following = next((one.start for one in names[position + 1 :] if _is_medicine(one, found.lexicon)), len(sentence.text))
        _read_named(Statement(found, sentence, (named.start, named.end), dates), named, following)


def _is_medicine(named: Named, lexicon: Lexicon) -> bool:
    id_ = of_kind(named, ConceptKind.DRUG, lexicon)
    return bool(id_) and not lexicon.concepts[id_].is_class


def _read_named(statement: Statement, named: Named, following: int) -> None:
    lexicon = statement.found.lexicon
    kinds = {kind: id_ for kind in ConceptKind if (id_ := of_kind(named, kind, lexicon))}
    if substance := cues.SUBSTANCE.fullmatch(statement.sentence.text, named.start, named.end):
        statement.name = substance.span("to" if substance["to"] else "of")
        _read_allergy(statement, "")
    elif allergen := _allergen(statement, kinds):
        _read_allergy(statement, allergen)
    elif drug := kinds.get(ConceptKind.DRUG):
        _read_medicine(statement, drug, following, plain=len(kinds) > 1)
    elif vaccine := kinds.get(ConceptKind.VACCINE):
        _read_done(statement, vaccine, Category.IMMUNIZATION)
    elif condition := kinds.get(ConceptKind.CONDITION):
        _read_condition(statement, condition)
    elif procedure := kinds.get(ConceptKind.PROCEDURE):
        _read_done(statement, procedure, Category.PROCEDURE)
    elif test := kinds.get(ConceptKind.MEASUREMENT):
        _read_result_in_words(statement, test)


def _read_condition(statement: Statement, id_: str) -> None:
    concept, sentence = statement.found.lexicon.concepts[id_], statement.sentence
    after = sentence.text[statement.name[1] :]
    if (concept.is_class and not concept.codes) or sentence.kind in {"instructions", "allergies"}:
        return
    if (
        cues.ROOM_AIR.search(sentence.text[max(0, statement.name[0] - 8) : statement.name[1]])
        or cues.NOT_A_FINDING.match(after)
        or cues.ST_SEGMENT.search(sentence.text[max(0, statement.name[0] - 12) : statement.name[0]])
        or cues.ALLERGY_WORD.search(sentence.text[slice(*statement.name)])
    ):
        return
    context = statement.context
    if context.hypothetical and not context.other:
        return
    if context.other:
        relative = _relative(sentence.text, *statement.name)
        details = (Detail(name="relationship", text=relative[0], path=sentence.path(*relative.span())),) if relative else ()
        denied = context.negated or cues.NO_FAMILY.search(sentence.text[: statement.name[0]]) is not None
        if statement.found.is_new("family", id_, relative[0].lower() if relative else ""):
            statement.fact(
                Category.FAMILY_HISTORY,
                statement.concept(id_),
                AssertionStatus.ABSENT if denied else AssertionStatus.FAMILY,
                details=details,
            )
        return
    if statement.found.is_new("condition", id_, context.status):
        status = "resolved" if context.resolved and not context.negated else ""
        statement.fact(Category.CONDITION, statement.concept(id_), context.status, status=status)


def _relative(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the relative that is named last before the words, else first after them."""
    before = list(cues.RELATIVE.finditer(text, max(0, start - 120), start))
    return before[-1] if before else cues.RELATIVE.search(text, end, min(len(text), end + 60))


def _allergen(statement: Statement, kinds: dict[ConceptKind, str]) -> str:
    """Return the concept that the patient is allergic to, where the words say that."""
    text, (start, end) = statement.sentence.text, statement.name
    id_ = kinds.get(ConceptKind.DRUG) or kinds.get(ConceptKind.CONDITION, "")
    if not id_ or cues.ALLERGY_WORD.search(text[start:end]):
        return ""
    if cues.ALLERGIC_BEFORE.search(text[max(0, start - 80) : start]) or cues.ALLERGY_AFTER.match(text[end:]):
        return id_
    in_section = statement.sentence.kind == "allergies" and ConceptKind.DRUG in kinds
    return id_ if in_section and not cues.REACTION_BEFORE.search(text[:start]) else ""


def _read_allergy(statement: Statement, id_: str) -> None:
    sentence, context = statement.sentence, statement.context
    if (
        context.other
        or context.hypothetical
        or not statement.found.is_new("allergy", id_ or sentence.text[slice(*statement.name)].lower(), str(context.negated))
    ):
        return
    reaction = cues.REACTION.match(sentence.text, statement.name[1])
    details = (Detail(name="reaction", text=reaction["words"], path=sentence.path(*reaction.span("words"))),) if reaction else ()
    assertion = (
        AssertionStatus.ABSENT if context.negated else AssertionStatus.POSSIBLE if context.possible else AssertionStatus.PRESENT
    )
    statement.fact(Category.ALLERGY, statement.concept(id_), assertion, details=details)


def _read_medicine(statement: Statement, id_: str, following: int, *, plain: bool) -> None:
    """Read a medicine; `plain`: its name is also that of something else, so that it needs a sig to be one."""
    sentence, (start, end) = statement.sentence, statement.name
    text = sentence.text
    if statement.found.lexicon.concepts[id_].is_class or sentence.kind in {"allergies", "instructions"}:
        return
    if cues.NOT_TAKEN_AFTER.match(text[end:]) or cues.NOT_TAKEN_BEFORE.search(text[max(0, start - 40) : start]):
        return
    sig = sig_of(text, start, end, following)
    other_name = text[start:end].islower() and forms(text[start:end]) != forms(statement.found.lexicon.concepts[id_].name)
    if (plain or (other_name and not sig.status)) and not sig.details and sentence.kind != "medications":
        return
    context = statement.context
    if context.other:
        return
    if sig.status == "intended" or context.hypothetical:
        assertion = AssertionStatus.HYPOTHETICAL
    elif context.negated:
        assertion = AssertionStatus.ABSENT
    elif context.historical and sig.status in {"", "stopped"} and sentence.kind != "medications":
        assertion = AssertionStatus.HISTORICAL
    else:
        assertion = AssertionStatus.PRESENT
    details = tuple(Detail(name=part.name, text=part.text, path=sentence.path(part.start, part.end)) for part in sig.details)
    if not statement.found.is_new("medication", id_, assertion, sig.status, *(detail.text.lower() for detail in details)):
        return
    status_path = sentence.path(*sig.status_range) if sig.status_range else ""
    statement.fact(
        Category.MEDICATION, statement.concept(id_), assertion, status=sig.status, status_path=status_path, details=details
    )


def _read_done(statement: Statement, id_: str, category: Category) -> None:
    """Read a procedure or vaccine that was done, or was not; what is planned is neither."""
    if statement.found.lexicon.concepts[id_].is_class and category is Category.PROCEDURE:
        return
    sentence, (start, end) = statement.sentence, statement.name
    before, after = sentence.text[max(0, start - 90) : start], sentence.text[end : end + 90]
    context = statement.context
    if context.other or context.possible or (context.hypothetical and category is Category.PROCEDURE):
        return
    if context.negated or cues.DECLINED_AFTER.match(after):
        if statement.found.is_new(category, id_, "absent"):
            statement.fact(category, statement.concept(id_), AssertionStatus.ABSENT, status="not-done")
        return
    section = {Category.IMMUNIZATION: "immunizations", Category.PROCEDURE: "past_history"}[category]
    done = cues.DONE_BEFORE.search(before) or cues.DONE_AFTER.match(after) or sentence.kind == section
    if not done or cues.PLANNED_BEFORE.search(before) or cues.PLANNED_AFTER.match(after):
        return
    if statement.found.is_new(category, id_, "present", *(one.date.written for one in statement.dates)):
        past = AssertionStatus.HISTORICAL if context.historical and category is Category.PROCEDURE else AssertionStatus.PRESENT
        statement.fact(category, statement.concept(id_), past, status="completed")


def _read_result_in_words(statement: Statement, id_: str) -> None:
    """Read `troponin was negative`, `TSH: normal`: a clear statement without a number."""
    match = cues.RESULT_WORDS.match(statement.sentence.text, statement.name[1])
    category = _category(statement.found.lexicon, id_)
    if match is None or category is not Category.LABORATORY:
        return
    context = statement.context
    if context.other or context.hypothetical:
        return
    value = statement.text_value(match["words"], *match.span("words"))
    statement.fact(category, statement.concept(id_), AssertionStatus.PRESENT, value=value)


def _category(lexicon: Lexicon, id_: str) -> Category:
    over = lexicon.above(id_)
    if "vital-signs" in over or id_ in cues.VITAL_SIGNS:
        return Category.VITAL_SIGN
    if "clinical-score" in over:
        return Category.SURVEY
    if "social-history" in over or any("use-history" in one for one in over):
        return Category.SOCIAL_HISTORY
    return Category.LABORATORY if "laboratory-test" in over else Category.OBSERVATION


def _read_measured(statement: Statement, value: Measured) -> None:
    sentence, lexicon = statement.sentence, statement.found.lexicon
    context = statement.context
    if context.status in _NOT_OF_THE_PATIENT or context.hypothetical:
        return
    values = [Value(quantity=read.quantity, path=sentence.path(read.start, read.end)) for read in value.quantities]
    concept = statement.concept(value.concept)
    path = sentence.path(*value.name)
    if value.concept == BLOOD_PRESSURE:
        components = tuple(
            Component(concept=CodedConcept(text=lexicon.concepts[id_].name), value=one, concept_path=path)
            for id_, one in zip(_PRESSURES, values, strict=True)
        )
        statement.fact(Category.VITAL_SIGN, concept, AssertionStatus.PRESENT, components=components)
        return
    statement.fact(
        _category(lexicon, value.concept), concept, AssertionStatus.PRESENT, value=values[0],
        interpretation=value.interpretation, reference_range=value.reference_range,
        range_low=value.range_low, range_high=value.range_high,
    )  # fmt: skip


def _read_person(found: Found, sentence: Sentence, dates: tuple[Dated, ...]) -> None:
    """Take age and sex from the first sentence that gives them."""
    age = next(ages(sentence.text), None)
    if age and found.is_new("age"):
        statement = Statement(found, sentence, age.statement, dates)
        quantity = Quantity(value=Decimal(age.number), written=age.number, unit=age.shown_unit)
        value = Value(quantity=quantity, path=sentence.path(age.start, age.end))
        statement.fact(Category.DEMOGRAPHIC, CodedConcept(text="age"), AssertionStatus.PRESENT, value=value)
    if ("sex",) not in found.said and (sex := sex_of(sentence.text, age)):
        found.is_new("sex")
        statement = Statement(found, sentence, (sex.start, sex.end), dates)
        value = statement.text_value(sex.meaning, sex.start, sex.end)
        statement.fact(Category.DEMOGRAPHIC, CodedConcept(text="sex"), AssertionStatus.PRESENT, value=value)


def _read_habits(found: Found, sentence: Sentence, dates: tuple[Dated, ...]) -> None:
    for id_, said in (("smoking-status", smoking(sentence.text)), ("alcohol-use-status", alcohol(sentence.text))):
        if said and _is_of_patient(sentence, said) and found.is_new(id_, said.meaning):
            statement = Statement(found, sentence, (said.start, said.end), dates)
            value = statement.text_value(said.meaning, said.start, said.end)
            concept = CodedConcept(text=found.lexicon.concepts[id_].name if id_ in found.lexicon.concepts else id_)
            statement.fact(Category.SOCIAL_HISTORY, concept, AssertionStatus.PRESENT, value=value)
    match = pack_years(sentence.text)
    if match and _is_of_patient(sentence, Said("", *match.span())) and found.is_new("pack years", match["number"]):
        statement = Statement(found, sentence, match.span("unit"), dates)
        quantity = Quantity(value=Decimal(match["number"]), written=match["number"], unit=match["unit"])
        value = Value(quantity=quantity, path=sentence.path(*match.span("number")))
        statement.fact(Category.SOCIAL_HISTORY, CodedConcept(text="pack-years"), AssertionStatus.PRESENT, value=value)


def _is_of_patient(sentence: Sentence, said: Said) -> bool:
    context = context_of(sentence.text, said.start, said.end, section=sentence.section)
    return not (context.other or context.hypothetical)
