"""Share of right answers by route on the tune half of the scorecard. Written by `make calibrate`; do not edit by hand."""

CALIBRATION = "uncalibrated-prior"
OVERALL = 0.7
ROUTES: dict[str, tuple[int, int]] = {}
