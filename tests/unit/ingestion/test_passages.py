from __future__ import annotations

import pytest
from chartcite.ingestion.passages import MAX_PASSAGE_CHARACTERS, cut, section_kind
from hypothesis import given
from hypothesis import strategies as st


def sentences(text: str) -> list[str]:
    return [text[start:end] for passage in cut(text) for start, end in passage.sentences]


def sections(text: str) -> list[str]:
    found: list[str] = []
    for passage in cut(text):
        if not found or found[-1] != passage.section:
            found.append(passage.section)
    return found


PIECES = st.sampled_from(
    ["HPI:", "Plan: rest.", "# Labs", "Dr. Bell", "7.1", "q.d.", "e.g.", "- item", "1. first", "...", "====", "NOTE", "a", "B",
     "Exam: clear.", "mg.", "?!", "\n", "\n\n", " ", "\t", "\r\n", "\x0b", "\u00a0", "ALLERGIES", "word " * 30, "x" * 60, "é≥"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join)


@given(TEXTS)
def test_every_word_lies_in_exactly_one_sentence(text: str) -> None:
    covered = [0] * len(text)
    for passage in cut(text):
        for start, end in passage.sentences:
            for index in range(start, end):
                covered[index] += 1
    assert all(count == 1 for character, count in zip(text, covered, strict=True) if not character.isspace())
    assert max(covered, default=0) <= 1


@given(TEXTS)
def test_spans_are_exact_and_in_order(text: str) -> None:
    starts = []
    for passage in cut(text):
        assert (passage.start, passage.end) == (passage.sentences[0][0], passage.sentences[-1][1])
        for start, end in passage.sentences:
            assert text[start:end] == text[start:end].strip() != ""
            starts.append(start)
        assert len(passage.sentences) == 1 or passage.end - passage.start <= MAX_PASSAGE_CHARACTERS + 100
    assert starts == sorted(set(starts))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seen by Dr. Bell today. Doing well.", ["Seen by Dr. Bell today.", "Doing well."]),
        ("A1c 7.1 and K 4.8. Cr 1.3.", ["A1c 7.1 and K 4.8.", "Cr 1.3."]),
        ("WBC 2.8, ANC 1.3. Cr 1.4 stable.", ["WBC 2.8, ANC 1.3.", "Cr 1.4 stable."]),
        ("Take 5 mg. q.d. with food, e.g. Bread.", ["Take 5 mg. q.d. with food, e.g. Bread."]),
        ("Dose was 5 mg. He stopped.", ["Dose was 5 mg.", "He stopped."]),
        ("Warfarin vs. Apixaban discussed.", ["Warfarin vs. Apixaban discussed."]),
        ("She does not have MS. Lumbar puncture not needed.", ["She does not have MS.", "Lumbar puncture not needed."]),
        ("Vitamin D. Calcium.", ["Vitamin D.", "Calcium."]),
        ("Seen by R. Sayegh MD.", ["Seen by R. Sayegh MD."]),
        ("Pain... then none. Really?! Yes", ["Pain... then none.", "Really?!", "Yes"]),
        ("A/P: 1. Stop X. 2. Start Y.", ["A/P: 1. Stop X.", "2. Start Y."]),
        ("- aspirin 81\n- metoprolol 25\n", ["- aspirin 81", "- metoprolol 25"]),
        ("Aspirin\nMetoprolol", ["Aspirin", "Metoprolol"]),
        ("Adelina682\n is a 1 year-old.", ["Adelina682\n is a 1 year-old."]),
        ("", []),
        (" \n\t\r\n ", []),
    ],
)
def test_sentences_end_where_a_reader_says(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_hard_wrapped_paragraph_is_one_text() -> None:
    text = (
        "The patient is a 58 year old man who was well until three weeks ago, when he\n"
        "Noticed swelling of both legs and yellow eyes and went to the emergency room. He\n"
        "was admitted."
    )
    assert len(sentences(text)) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HPI: cough.\nPMH: none.\nPlan: rest.", ["HPI", "PMH", "Plan"]),
        ("# History of Present Illness\nCough.\n\n## Plan\nRest.", ["History of Present Illness", "Plan"]),
        ("Past Medical History\nHTN\n\nMedications\nAspirin", ["Past Medical History", "Medications"]),
        ("Assessment\n----------\nStable.", ["Assessment"]),
        ("REASON FOR ADMISSION: 58M with ascites.", ["REASON FOR ADMISSION"]),
        ("**Allergies:**\nPenicillin", ["Allergies"]),
        ("MEDS: Dovato. ALL: latex. Exam: clear.", ["MEDS", "ALL", "Exam"]),
        ("A/P\n1. Rest.", ["A/P"]),
        ("S: cough\nO: clear\nA: cold\nP: rest", ["S", "O", "A", "P"]),
        ("A/P\n# HTN: controlled, no change.\n# AF stable.", ["A/P"]),
        ("Note: call back tomorrow.\nSubject: fingers", [""]),
        ("SODIUM: 140\nBP: 120/80", [""]),
        ("NO KNOWN DRUG ALLERGIES", [""]),
        ("Exam:\nHEENT: normal\nLungs: clear", ["Exam"]),
        ("He was told the plan: rest and fluids.", [""]),
        ("PC: cough\nHPC: 2/7 dry cough\nPMH Asthma\nDH Salbutamol NKDA\nO/E chest clear", ["PC", "HPC", "PMH", "DH", "O/E"]),
        ("Imp - viral URTI\nMx - fluids\nDDx: flu", ["Imp", "Mx", "DDx"]),
        ("Past medical history #\nYou take HRT\nPlan we will review", ["Past medical history", "Plan"]),
        ("Tolerated well. FINAL IMPRESSION: 1. Ulcers.", ["", "FINAL IMPRESSION"]),
        ("PLAN was changed twice.\nShe walks - slowly - with a stick.", [""]),
        ("Exam:\nGENITOURINARY: Normal.\nLymph nodes: none.", ["Exam"]),
    ],
)
def test_sections_open_at_headings_and_nowhere_else(text: str, expected: list[str]) -> None:
    assert sections(text) == expected


def test_a_passage_never_spans_two_sections_and_stays_short() -> None:
    text = "HPI: " + "He has a cough that will not go away. " * 40 + "\nPlan: rest."
    found = cut(text)
    assert all(passage.end - passage.start <= MAX_PASSAGE_CHARACTERS for passage in found)
    assert [passage.section for passage in found] == ["HPI"] * (len(found) - 1) + ["Plan"]


def test_a_sentence_longer_than_a_passage_stands_alone() -> None:
    long = "Word " * 300 + "end."
    assert [len(passage.sentences) for passage in cut(f"Short one. {long} Last one.")] == [1, 1, 1]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("HPI", "history"), ("Past Medical Hx", "past_history"), ("MEDS AT DISCHARGE", "medications"),
        ("Allergies/Intolerances", "allergies"), ("FHx", "family_history"), ("SHx", "social_history"),
        ("Physical Exam", "exam"), ("Labs (3/4/24)", "results"), ("A/P", "assessment_plan"),
        ("Assessment & Plan", "assessment_plan"), ("IMPRESSION", "assessment_plan"), ("Vaccines", "immunizations"),
        ("Procedures", "procedures"), ("F/u", "instructions"), ("DHx", "medications"), ("HPC", "history"), ("Ix", "results"),
        ("DDx", "assessment_plan"), ("Obs", "exam"), ("EBL", "procedures"), ("TRANSPLANT CLINIC", "other"), ("", "other"),
    ],
)  # fmt: skip
def test_says_what_kind_of_section_a_heading_opens(heading: str, kind: str) -> None:
    assert section_kind(heading) == kind
