"""What a reader of an emergency is told first: advice for a patient, a remark for a professional. Neither diagnoses nor treats.

Numbers: 911 (US and Canada), 112 (European Union), 999 (UK); 988 Suicide & Crisis Lifeline (US, Canada), Samaritans 116 123
(UK, Ireland); Poison Help 1-800-222-1222 (US), NHS 111 (UK); National Domestic Violence Hotline 1-800-799-7233 (US), National
Domestic Abuse Helpline 0808 2000 247 (UK). Not yet reviewed by a clinician.
"""
# ruff: noqa: E501 -- sentences read better whole

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_cues import Topic, Urgency

ADVICE: dict[str, str] = {
    "emergency": (
        "This may be an emergency. Call your local emergency number now (911, 112 or 999); do not wait for an answer here."
    ),
    "crisis": (
        "If you or somebody else might be hurt, call your local emergency number (911, 112 or 999) or a crisis line now (988 in the US and "
        "Canada, 116 123 in the UK and Ireland), or go to the nearest emergency department. You do not have to be alone with this."
    ),
    "poison": (
        "This may be an emergency, even if you feel well. Call your local emergency number (911, 112 or 999) or poison control now "
        "(1-800-222-1222 in the US, 111 in the UK); have the package at hand."
    ),
    "maternity": (
        "This may be an emergency. Call your maternity unit or your local emergency number (911, 112 or 999) now; do not wait for an answer here."
    ),
    "abuse": (
        "If you are in danger, call your local emergency number (911, 112 or 999). Confidential help: 1-800-799-7233 in the US, "
        "0808 2000 247 in the UK. Any doctor, nurse or emergency department can help you too."
    ),
    "complaint": (
        "Only the record is read here; nobody can judge how you or somebody else is now. If this is new, getting worse or worries you, call your "
        "doctor or an urgent care line (111 in the UK) now. In an emergency, or if somebody might be hurt, call your local emergency number (911, 112 or 999) "
        "or a crisis line (988 in the US and Canada, 116 123 in the UK and Ireland)."
    ),
    "urgent": (
        "This needs to be seen by a clinician today: call your doctor, your care team or an urgent care line (111 in the UK) now. If it gets worse, "
        "call your local emergency number (911, 112 or 999)."
    ),
}
"""By kind of help."""


def advice_for(topic: Topic, /, *, patient: bool) -> str:
    """Return what a reader is told of a topic."""
    return ADVICE[topic.help] if patient else remark(topic.label, topic.urgency)


def remark(label: str, urgency: Urgency) -> str:
    """Return what a professional is told: which words raised the flag, and that the answer beside it is only the record."""
    state = "needs attention today" if urgency == "urgent" else "may be an emergency now"
    return f"The question tells of {label}: this {state}. The answer below is only what the record holds."
