"""Promise P2: every sentence shown rests on bytes of the store. Held over every gold question of three bundled patients."""

from __future__ import annotations

from datetime import date

import pytest
from chartcite.engine.domain.answers import Answer, Audience, SupportedAnswer
from chartcite.engine.domain.evidence import Citation, Element
from chartcite.engine.domain.records import PatientId
from chartcite.engine.errors import CitationNotFoundError
from chartcite.engine.facts.elements import locate
from chartcite.engine.registers import explanation_lines
from chartcite.engine.safety import advice
from chartcite.engine.wording.plain_silence import plain_missing
from chartcite.engine.wording.research_words import counts

from tests.charts import AskedChart
from tests.conftest import BUNDLED
from tests.evals.gold import Gold, load_gold

GOLD = [gold for gold in load_gold() if gold.patient_id in BUNDLED]
GUIDELINES = [gold for gold in load_gold() if gold.patient_id is None]
Answers = dict[str, Answer]


@pytest.fixture(scope="module")
def answers(bundled: AskedChart) -> Answers:
    return {gold.id: answered(bundled, gold) for gold in (*GOLD, *GUIDELINES)}


def answered(chart: AskedChart, gold: Gold) -> Answer:
    as_of = date.fromisoformat(gold.as_of) if gold.as_of else None
    return chart.ask(gold.question, patient=gold.patient_id, as_of=as_of, audience=gold.audience)


def citations(answers: Answers) -> list[tuple[Answer, Citation]]:
    supported = [answer for answer in answers.values() if isinstance(answer, SupportedAnswer)]
    return [(answer, citation) for answer in supported for claim in answer.claims for citation in claim.citations]


def test_there_is_something_to_check(answers: Answers) -> None:
    assert len(GOLD) >= 50
    assert len(citations(answers)) >= 60


def test_every_claim_has_a_citation_and_passed_its_checks(answers: Answers) -> None:
    for answer in answers.values():
        for claim in answer.claims if isinstance(answer, SupportedAnswer) else ():
            assert claim.citations, claim.text
            assert claim.verdict.outcome == "supported"
            assert claim.verdict.checks.quote


def test_every_quote_is_byte_equal_to_the_stored_source(bundled: AskedChart, answers: Answers) -> None:
    for _, citation in citations(answers):
        text = bundled.engine.records.open_citation(citation.id).text
        parts: list[Citation | Element] = [citation, *citation.elements]
        for part in parts:
            assert text[part.start : part.end].encode() == part.quote.encode(), part


def of_nobody(citation: Citation) -> bool:
    """Say whether a source is no patient's: a recommendation, or a resource that charts name."""
    kind, named, _ = citation.source.resource.partition("/")
    return not named or kind in {"Organization", "Practitioner", "Location"}


def test_every_citation_opens_for_the_patient_who_was_asked_about(bundled: AskedChart, answers: Answers) -> None:
    for answer, citation in citations(answers):
        excerpt = bundled.engine.records.open_citation(citation.id, patient_id=answer.question.patient_id)
        assert excerpt.patient_id in {answer.question.patient_id, None}
        if answer.question.patient_id is not None:
            assert excerpt.patient_id == (None if of_nobody(citation) else answer.question.patient_id)


def test_every_element_stands_at_the_path_that_it_names(bundled: AskedChart, answers: Answers) -> None:
    for _, citation in citations(answers):
        for element in citation.elements:
            text = bundled.engine.records.open_citation(citation.id).text
            assert locate(text, element.path) == (element.start, element.end)


def test_the_text_of_an_answer_is_its_claims_and_what_is_missing(answers: Answers) -> None:
    for answer in answers.values():
        if isinstance(answer, SupportedAnswer):
            lines = [claim.shown for claim in answer.claims] + [f"Left open: {gap.what} ({gap.why})." for gap in answer.missing]
            if answer.question.audience is Audience.PATIENT:
                told = [*plain_missing(answer.missing), *explanation_lines(answer.explanations)]
                first = advice(answer.red_flags, Audience.PATIENT)
                lines = [line for line in (first, answer.lead, *lines[: len(answer.claims)], *told, answer.closing) if line]
            if answer.question.audience is Audience.RESEARCHER:
                lines = [counts(answer.claims), *lines]
            assert answer.text == "\n".join(lines)


def test_every_silence_about_a_chart_shows_what_was_searched(answers: Answers) -> None:
    for answer in answers.values():
        if answer.kind == "abstained" and answer.question.patient_id and answer.basis.reason == "not_documented":
            assert answer.basis.certificate is not None
            assert answer.basis.certificate.facts_searched > 0


def test_no_confidence_is_certain(answers: Answers) -> None:
    assert all(0 < answer.confidence.probability < 1 for answer in answers.values())


def test_the_same_question_gives_the_same_answer(bundled: AskedChart, answers: Answers) -> None:
    for gold in GOLD[::9]:
        again = answered(bundled, gold)
        assert again.model_dump(exclude={"receipt": {"timings"}}) == answers[gold.id].model_dump(exclude={"receipt": {"timings"}})


@pytest.mark.parametrize("identity", BUNDLED)
def test_nothing_later_than_the_moment_is_cited(bundled: AskedChart, identity: str) -> None:
    moment = date(2024, 6, 30)
    for question in dict.fromkeys(gold.question for gold in GOLD if gold.patient_id == identity):
        answer = bundled.ask(question, patient=identity, as_of=moment)
        for claim in answer.claims if isinstance(answer, SupportedAnswer) else ():
            for citation in claim.citations:
                written = citation.source.recorded_at or citation.source.occurred_at
                assert written is None or written[:10] <= moment.isoformat(), (question, citation.source)


def test_a_citation_of_one_namesake_does_not_open_for_the_other(bundled: AskedChart, answers: Answers) -> None:
    asked = [citation for answer, citation in citations(answers) if answer.question.patient_id == "rosa-delgado"]
    own = [citation for citation in asked if not of_nobody(citation)]
    assert own
    for citation in own:
        with pytest.raises(CitationNotFoundError):
            bundled.engine.records.open_citation(citation.id, patient_id=PatientId("rosa-delgado-2"))
