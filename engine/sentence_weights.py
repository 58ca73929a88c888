"""Weights of the second look at sentences, fitted on the tune half.

Written by `python -m tests.evals.sentence_fit --store PATH --write`; do not edit by hand.
"""

LIKELY: dict[str, float] = {
    "likeness": 7.1499,
    "said": -0.4845,
    "noted": 3.2518,
    "said_near": 2.4376,
    "other_thing": 0.0181,
    "in_time": 3.5021,
    "holds_kind": 1.3624,
    "length": 2.1915,
    "short": -0.403,
}
"""Of the cheap features of every sentence."""
RANK: dict[str, float] = {
    "likeness": 4.1061,
    "said": 0.1874,
    "noted": 3.091,
    "said_near": 1.9106,
    "other_thing": -0.4795,
    "in_time": 3.704,
    "holds_kind": 0.708,
    "length": 2.4712,
    "short": -0.6449,
    "sentence_likeness": 4.442,
    "why": -0.4036,
    "which": -0.937,
    "other_named": 1.3309,
    "family_place": -2.8261,
    "conditional": -0.1777,
    "intended": -0.7478,
}
"""Of all features of the likeliest sentences."""
CHANCE: dict[str, float] = {
    "bias": -5.4761,
    "strict": 0.475,
    "alike": -0.5928,
    "alike_near": 0.7714,
    "says_all": -0.3776,
    "says_none": -0.5615,
    "best": 0.0797,
    "margin": 0.0902,
    "share": 0.6368,
    "sentence_likeness": 1.803,
    "likeness": 0.114,
    "said": 0.2741,
    "noted": 0.3988,
    "said_near": 0.9951,
    "holds_kind": 0.375,
    "in_time": 1.203,
    "other_thing": -0.6545,
    "other_named": -0.0391,
    "conditional": 0.4317,
    "intended": -0.1179,
    "short": 0.0138,
    "unknown": 0.377,
    "named": 0.2142,
    "windowed": -0.0392,
    "measured": -0.1321,
    "measured_elsewhere": -0.1948,
    "vaccine": 0.7048,
    "medicine": 1.302,
    "procedure": 0.3281,
    "targeted": 0.3863,
    "asks_why": 0.4001,
    "asks_number": 0.5607,
    "asks_when": -0.0981,
    "asks_who": 0.4215,
    "asks_where": -0.1279,
    "asks_side": -0.2981,
    "asks_name": -1.1248,
    "asks_which": 0.0633,
    "asks_did": -0.0873,
    "asks_whether": 0.0922,
}
"""Of the signs that the best sentences answer."""
LEAST = 0.45
"""Log-odds below which nothing is quoted."""
