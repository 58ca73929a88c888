"""Share of right answers by route on the tune half of the scorecard. Written by `make calibrate`; do not edit by hand."""

from chartcite.engine.domain.calibrated import Estimate, Head, Measured

FITTED_ON = "2026-11-21"
QUESTIONS = 1
PATIENTS = 1
ANSWERED = Head(0.0, {}, ((0.0, 0.5),))
ABSTAINED = ANSWERED
CROSS_VALIDATED = Measured(0, 0, Estimate(0, 0, 0), Estimate(0, 0, 0), Estimate(0, 0, 0), (), ())
HELD_OUT = CROSS_VALIDATED
CALIBRATION = "route-share-2026-11-21-n1727"
OVERALL = 0.844
ROUTES: dict[str, tuple[int, int]] = {
    "abstention": (462, 582),
    "active_list": (31, 34),
    "active_medication": (66, 75),
    "age": (2, 3),
    "age_at": (6, 7),
    "allergy": (12, 12),
    "allergy_list": (10, 11),
    "carer": (3, 3),
    "changes": (3, 4),
    "condition_list": (0, 1),
    "condition_state": (30, 38),
    "count": (23, 26),
    "demographic": (2, 2),
    "difference": (9, 11),
    "duration": (9, 11),
    "entered_in_error": (5, 5),
    "extreme_value": (6, 7),
    "family": (11, 12),
    "first_happening": (28, 31),
    "first_value": (5, 7),
    "formula": (3, 3),
    "guideline": (6, 6),
    "happening": (2, 2),
    "last_happening": (120, 131),
    "latest_value": (161, 182),
    "life": (12, 16),
    "list": (67, 69),
    "medication_course": (17, 18),
    "medication_reason": (36, 37),
    "medication_safety": (3, 3),
    "medication_start": (12, 14),
    "medication_state": (37, 41),
    "medication_stop": (8, 8),
    "medications_in_window": (9, 9),
    "near_quote": (23, 41),
    "no_known_allergy": (1, 1),
    "note_fact": (27, 39),
    "note_part": (7, 8),
    "order": (3, 6),
    "past_medications": (4, 6),
    "performer": (6, 6),
    "prescriber": (2, 2),
    "quote": (210, 258),
    "trend": (93, 94),
    "undone": (5, 6),
    "value_in_window": (6, 7),
    "visit": (29, 31),
    "visit_note": (8, 9),
}
