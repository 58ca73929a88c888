"""Share of right answers by route on the tune half of the scorecard. Written by `make calibrate`; do not edit by hand."""

CALIBRATION = "route-share-2026-11-21-n395"
OVERALL = 0.863
ROUTES: dict[str, tuple[int, int]] = {
    "abstention": (109, 126),
    "active_list": (3, 4),
    "active_medication": (10, 12),
    "age": (2, 3),
    "age_at": (3, 3),
    "allergy": (1, 1),
    "allergy_list": (5, 5),
    "condition_list": (0, 1),
    "condition_state": (6, 7),
    "count": (7, 7),
    "difference": (7, 7),
    "duration": (1, 1),
    "entered_in_error": (2, 2),
    "extreme_value": (5, 6),
    "family": (4, 5),
    "first_happening": (7, 7),
    "first_value": (2, 2),
    "guideline": (6, 6),
    "last_happening": (36, 44),
    "latest_value": (61, 67),
    "list": (8, 10),
    "medication_course": (4, 4),
    "medication_reason": (11, 11),
    "medication_start": (5, 7),
    "medication_state": (5, 6),
    "medications_in_window": (1, 1),
    "order": (1, 3),
    "past_medications": (1, 1),
    "performer": (0, 1),
    "quote": (63, 80),
    "trend": (11, 11),
    "value_in_window": (0, 1),
}
INTERCEPT = 3.0
COEFFICIENTS: dict[str, float] = dict.fromkeys(("targets_told", "targets_idle", "keywords_told", "keywords_open", "clinical_open", "event_open", "form_open", "similarity", "quoted", "quote_support", "absent", "ordered", "vague", "several"), 0.0)
