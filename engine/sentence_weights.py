"""Weights of the second look at sentences, fitted on the tune half.

Written by `python -m tests.evals.sentence_fit --store PATH --write`; do not edit by hand.
"""

WEIGHTS: dict[str, float] = {
    "bias": -5.4972,
    "likeness": 3.0918,
    "said": 4.2476,
    "said_near": 0.3413,
    "unknown": 0.5145,
    "other_thing": -0.7677,
    "words_named": 0.2494,
}
LEAST = -1.8697
"""Log-odds below which a sentence is not quoted."""
