"""Questions that only name a part or an element of a note: which they are, and which ask for more."""

from __future__ import annotations

import pytest
from chartcite.engine.questions.label_questions import labels_asked
from chartcite.engine.questions.note_labels import ELEMENTS, PARTS, Label, pattern


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Imp?", "impression"),
        ("what's the working dx", "impression"),
        ("bottom line please", "impression"),
        ("What do they think is wrong with him?", "impression"),
        ("ddx", "differential"),
        ("Plan?", "plan"),
        ("what happens now?", "plan"),
        ("RTC", "follow-up"),
        ("when is she to be seen again?", "follow-up"),
        ("When should I go to A&E?", "return precautions"),
        ("EBL", "blood loss"),
        ("GA or LA?", "anaesthesia"),
        ("was he put to sleep", "anaesthesia"),
        ("TTOs", "discharge medications"),
        ("meds on discharge", "discharge medications"),
        ("dispo", "disposition"),
        ("discharge date?", "discharge date"),
        ("pre-op dx", "diagnosis before the operation"),
        ("PC", "presenting complaint"),
        ("any drug reactions on record", "allergies"),
        ("O/E", "examination"),
        ("fundi?", "element"),
        ("pedal pulses", "element"),
        ("LMP", "element"),
        ("Cobb angle", "element"),
    ],
)
def test_a_label_alone_is_known(question: str, name: str) -> None:
    [asked] = labels_asked(question)
    assert (asked.label.name, asked.words) == (name, ())


@pytest.mark.parametrize(
    ("question", "name", "words"),
    [
        ("Complications of the OGD?", "complications", ("ogd",)),
        ("indication for the angio", "indication", ("angio",)),
        ("NCS/EMG bottom line?", "impression", ("ncs", "emg")),
        ("What is actually wrong with my big toe?", "impression", ("big", "toe")),
        ("distribution of rash?", "place", ("rash",)),
        ("how big is the ulcer", "size", ("ulcer",)),
        ("where's the lump?", "place", ("lump",)),
    ],
)
def test_a_label_is_asked_of_a_thing(question: str, name: str, words: tuple[str, ...]) -> None:
    [asked] = labels_asked(question)
    assert (asked.label.name, asked.words) == (name, words)


def test_several_labels_are_asked_together() -> None:
    assert [(each.label.name, each.words) for each in labels_asked("ulcer size + site please")] == [
        ("size", ("ulcer",)),
        ("place", ("ulcer",)),
    ]
    assert [each.label.name for each in labels_asked("EBL, complications and specimens?")] == [
        "blood loss",
        "complications",
        "specimens",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Reason for stopping lisinopril?",
        "code status?",
        "What was her last A1c?",
        "CD4 nadir -> now",
        "Which tablet did they put me on for my bones?",
        "have they put dad on the list for a new liver",
        "How long did he stay on lacosamide?",
        "Where's the clinic?",
        "Was the plan changed after the operation, and who decided that?",
        "age at diabetes dx",
    ],
)
def test_what_asks_for_more_is_no_label(question: str) -> None:
    assert labels_asked(question) == ()


@pytest.mark.parametrize("label", [*PARTS, *ELEMENTS], ids=lambda label: f"{label.name} {label.asked[:20]}")
def test_every_label_can_be_found(label: Label) -> None:
    assert label in (*PARTS, *ELEMENTS)
    for text in (label.asked, label.says, label.needs, label.beside, *label.sections):
        assert pattern(text).groups == 0
    assert label.sections or label.says
