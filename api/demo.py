"""A first look: questions of the bundled charts that show what an answer carries."""

from __future__ import annotations

from typing import NamedTuple


class Shown(NamedTuple):
    """A question of the demonstration, and why it is asked."""

    patient_id: str | None
    question: str
    why: str
    as_of: str | None = None


QUESTIONS = (
    Shown("rosa-delgado", "What's her latest A1c?", "the newest value, with its unit and date"),
    Shown("rosa-delgado", "What's her latest A1c?", "the same, as the chart stood on an earlier day", "2026-04-30"),
    Shown("walter-brandt", "Why was warfarin switched to Eliquis?", "a reason that stands in the record"),
    Shown("george-papadakis", "How has the MELD-Na moved over time?", "a trend, counted by code"),
    Shown("theo-lindqvist", "Is Theo allergic to amoxicillin?", "an allergy that was refuted later"),
    Shown("james-carter", "Has he ever had a colonoscopy?", "something ordered that was never done"),
    Shown("helen-okafor", "What is her HLA-B27 status?", "the chart does not say: no guess, but what was searched"),
    Shown(None, "Can metformin be given when the eGFR is 25?", "the guidelines, with strength and year"),
)

NEXT = (
    ("chartcite patients --store {store}", "who is in the store"),
    ('chartcite ask --patient rosa-delgado "Is she still on metformin?" --store {store}', "ask"),
    ("chartcite show {citation} --store {store}", "open the source of a citation"),
    ("chartcite serve --store {store}", "the same in the browser"),
    ("chartcite serve --store {store} --vllm MODEL", "and a language model writes, each sentence checked (docs/deploy.md)"),
    ("chartcite ingest PATH --store {store}", "add FHIR R4 bundles of your own"),
)
