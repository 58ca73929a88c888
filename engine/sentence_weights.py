"""Weights of the second look at sentences, fitted on the tune half.

Written by `python -m tests.evals.sentence_fit --store PATH --write`; do not edit by hand.
"""

LIKELY: dict[str, float] = {
    "likeness": 7.2595,
    "said": -0.6655,
    "noted": 3.4457,
    "said_near": 2.4466,
    "other_thing": -0.0519,
    "in_time": 3.2394,
    "holds_kind": 1.501,
    "length": 2.3155,
    "short": -0.2951,
}
"""Of the cheap features of every sentence."""
RANK: dict[str, float] = {
    "likeness": 4.1938,
    "said": -0.1619,
    "noted": 3.2333,
    "said_near": 2.0587,
    "other_thing": -0.4572,
    "in_time": 3.336,
    "holds_kind": 0.7685,
    "length": 2.6063,
    "short": -0.4989,
    "sentence_likeness": 4.3782,
    "why": -0.5682,
    "which": -0.8737,
    "other_named": 1.0964,
    "family_place": -2.8597,
    "conditional": -0.2223,
    "intended": -0.7345,
}
"""Of all features of the likeliest sentences."""
CHANCE: dict[str, float] = {
    "bias": -5.6612,
    "strict": 0.433,
    "alike": -0.4579,
    "alike_near": 0.9476,
    "says_all": -0.3995,
    "says_none": -0.4904,
    "best": 0.0996,
    "margin": 0.1197,
    "share": 0.5771,
    "sentence_likeness": 1.7047,
    "likeness": -0.4567,
    "said": 0.257,
    "noted": 0.4144,
    "said_near": 1.0472,
    "holds_kind": 0.2727,
    "in_time": 1.3311,
    "other_thing": -0.5664,
    "other_named": -0.0167,
    "conditional": 0.1428,
    "intended": -0.2194,
    "short": 0.0273,
    "unknown": 0.5334,
    "named": 0.237,
    "windowed": -0.076,
    "measured": -0.0562,
    "measured_elsewhere": -0.0582,
    "vaccine": 0.6878,
    "medicine": 1.2863,
    "procedure": 0.3805,
    "targeted": 0.3216,
    "asks_why": 0.4269,
    "asks_number": 0.6514,
    "asks_when": -0.086,
    "asks_who": 0.7774,
    "asks_where": 0.0838,
    "asks_side": -0.1924,
    "asks_name": -1.1468,
    "asks_which": 0.0466,
    "asks_did": -0.0458,
    "asks_whether": 0.0565,
}
"""Of the signs that the best sentences answer."""
LEAST = 0.5597
"""Log-odds below which nothing is quoted."""
