"""Weights of the second look at sentences, fitted on the tune half.

Written by `python -m tests.evals.sentence_fit --store PATH --write`; do not edit by hand.
"""

WEIGHTS: dict[str, float] = {
    "bias": -5.4076,
    "likeness": 3.1435,
    "said": 4.2415,
    "said_near": 0.1084,
    "unknown": 0.468,
    "other_thing": -0.8086,
    "words_named": 0.2362,
}
LEAST = -1.867
"""Log-odds below which a sentence is not quoted."""
