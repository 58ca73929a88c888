"""The formulas a second time, in plain arithmetic on binary fractions, for comparison with the calculators' own.

Written from the same publications; it shares no code with `chartcite.engine.calculators`. Each takes inputs by name: numbers in
the units of the publication, words, and booleans.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

Given = Mapping[str, Any]
Reference = Callable[[Given], float]


def _points(value: float, *limits: float) -> int:
    return len([limit for limit in limits if value >= limit])


def _ckd_epi(v: Given) -> float:
    k, a, f = (0.7, -0.241, 1.012) if v["sex"] == "female" else (0.9, -0.302, 1.0)
    x = v["creatinine"] / k
    return float(142 * (x**a if x <= 1 else x**-1.2) * 0.9938 ** v["age"] * f)


def _clearance(v: Given) -> float:
    return float((140 - v["age"]) * v["weight"] / (72 * v["creatinine"]) * (0.85 if v["sex"] == "female" else 1))


def _mdrd(v: Given) -> float:
    return float(175 * v["creatinine"] ** -1.154 * v["age"] ** -0.203 * (0.742 if v["sex"] == "female" else 1))


def _ideal(v: Given) -> float:
    return float((45.5 if v["sex"] == "female" else 50) + 2.3 * (v["height"] / 2.54 - 60))


def _gap(v: Given) -> float:
    return float(v["sodium"] - v["chloride"] - v["bicarbonate"])


def _albumin_gap(v: Given) -> float:
    return _gap(v) + 2.5 * (4 - float(v["albumin"]))


def _water(v: Given) -> float:
    share = 0.6 if v["age"] < 18 else {("male", False): 0.6, ("male", True): 0.5, ("female", False): 0.5, ("female", True): 0.45}[
        v["sex"], v["age"] >= 65
    ]  # fmt: skip
    return float(share * v["weight"] * (v["sodium"] / 140 - 1))


def _rate(v: Given) -> float:
    return 60 / float(v["heart_rate"])


def _meld(v: Given) -> float:
    creatinine = min(max(v["creatinine"], 1), 4) if not v["dialysis"] else 4
    first = round(
        10 * (0.957 * math.log(creatinine) + 0.378 * math.log(max(v["bilirubin"], 1)) + 1.12 * math.log(max(v["inr"], 1)) + 0.643)
    )
    low = 137 - min(max(v["sodium"], 125), 137)
    return min(round(first + 1.32 * low - 0.033 * first * low) if first > 11 else first, 40)


def _child_pugh(v: Given) -> float:
    bilirubin = 1 if v["bilirubin"] < 2 else 2 if v["bilirubin"] <= 3 else 3
    albumin = 1 if v["albumin"] > 3.5 else 2 if v["albumin"] >= 2.8 else 3
    inr = 1 if v["inr"] < 1.7 else 2 if v["inr"] <= 2.3 else 3
    ascites = {"none": 1, "mild": 2, "moderate to severe": 3}[v["ascites"]]
    return bilirubin + albumin + inr + ascites + {"none": 1, "grade 1 to 2": 2, "grade 3 to 4": 3}[v["encephalopathy"]]


def _blatchford(v: Given) -> float:
    urea, blood, pressure = v["urea_nitrogen"], v["hemoglobin"], v["systolic"]
    total = [0, 2, 3, 4, 6][_points(urea, 18.2, 22.4, 28, 70)]
    if v["sex"] == "female":
        total += 6 if blood < 10 else 1 if blood < 12 else 0
    else:
        total += 6 if blood < 10 else 3 if blood < 12 else 1 if blood < 13 else 0
    total += 3 if pressure < 90 else 2 if pressure < 100 else 1 if pressure < 110 else 0
    return float(total + (v["heart_rate"] >= 100) + v["melena"] + 2 * (v["syncope"] + v["liver_disease"] + v["heart_failure"]))


def _sofa(v: Given) -> float:
    ratio, vessels = 100 * v["pao2"] / v["fio2"], max(v["epinephrine"], v["norepinephrine"])
    lungs = 4 - _points(ratio, 100, 200, 300, 400) if v["ventilated"] else 2 - _points(ratio, 300, 400)
    blood = 4 - _points(v["platelets"], 20, 50, 100, 150)
    liver, brain = _points(v["bilirubin"], 1.2, 2, 6, 12), 4 - _points(v["gcs"], 6, 10, 13, 15)
    kidney = max(_points(v["creatinine"], 1.2, 2, 3.5, 5), 4 if v["urine_output"] < 200 else 3 if v["urine_output"] < 500 else 0)
    if v["dopamine"] > 15 or vessels > 0.1:
        heart = 4
    elif v["dopamine"] > 5 or vessels > 0:
        heart = 3
    elif v["dopamine"] > 0 or v["dobutamine"] > 0:
        heart = 2
    else:
        heart = int((v["systolic"] + 2 * v["diastolic"]) / 3 < 70)
    return lungs + blood + liver + brain + kidney + heart


def _charlson(v: Given) -> float:
    ones = ("myocardial_infarction", "heart_failure", "peripheral_vascular_disease", "cerebrovascular_disease", "dementia",
            "lung_disease", "connective_tissue_disease", "peptic_ulcer")  # fmt: skip
    total = _points(v["age"], 50, 60, 70, 80) + sum(v[name] for name in ones)
    total += 2 * sum(v[name] for name in ("hemiplegia", "kidney_disease", "leukemia", "lymphoma")) + 6 * v["aids"]
    total += 3 if v["severe_liver_disease"] else 1 if v["mild_liver_disease"] else 0
    total += 2 if v["diabetes_damage"] else 1 if v["diabetes"] else 0
    return float(total + (6 if v["metastases"] else 2 if v["tumor"] else 0))


def _caprini(v: Given) -> float:
    surgery = {"none": 0, "minor": 1, "arthroscopic": 2, "laparoscopic over 45 minutes": 2, "major over 45 minutes": 2,
               "lower extremity arthroplasty": 5}[v["surgery"]]  # fmt: skip
    rest = {"walking": 0, "medical patient at bed rest": 1, "confined to bed over 72 hours": 2}[v["mobility"]]
    ones = ("overweight", "swollen_legs", "varicose_veins", "pregnancy", "pregnancy_loss", "hormones", "sepsis", "lung_disease",
            "abnormal_lung_function", "myocardial_infarction", "heart_failure", "inflammatory_bowel_disease")  # fmt: skip
    threes = ("previous_vte", "family_thrombosis", "factor_v_leiden", "prothrombin_mutation", "lupus_anticoagulant",
              "anticardiolipin", "homocysteine", "heparin_thrombocytopenia", "thrombophilia")  # fmt: skip
    total = surgery + rest + _points(v["age"], 41, 61, 75) + sum(v[name] for name in ones) + 3 * sum(v[name] for name in threes)
    total += 2 * (v["cancer"] + v["plaster_cast"] + v["central_access"])
    return float(total + 5 * (v["stroke"] + v["leg_fracture"] + v["spinal_cord_injury"] + v["multiple_trauma"]))


def _severity(v: Given) -> float:
    total = (
        v["age"] - 10 * (v["sex"] == "female") + 10 * v["nursing_home"] + 30 * v["neoplastic_disease"] + 20 * v["liver_disease"]
    )
    total += 10 * (v["heart_failure"] + v["cerebrovascular_disease"] + v["kidney_disease"] + v["pleural_effusion"])
    total += 20 * (v["altered_mental_state"] + (v["respiratory_rate"] >= 30) + (v["systolic"] < 90))
    total += 15 * (not 35 <= v["temperature"] < 40) + 10 * (v["heart_rate"] >= 125) + 30 * (v["ph"] < 7.35)
    total += 20 * ((v["urea_nitrogen"] >= 30) + (v["sodium"] < 130)) + 10 * ((v["glucose"] >= 250) + (v["hematocrit"] < 30))
    return float(total + 10 * (v["pao2"] < 60))


def _coma(v: Given) -> float:
    eyes = {"none": 1, "to pain": 2, "to speech": 3, "spontaneous": 4}
    words = {"none": 1, "incomprehensible sounds": 2, "inappropriate words": 3, "confused": 4, "oriented": 5}
    moves = {"none": 1, "extension": 2, "abnormal flexion": 3, "withdrawal": 4, "localizes pain": 5, "obeys commands": 6}
    return eyes[v["eyes"]] + words[v["verbal"]] + moves[v["motor"]]


def _heart(v: Given) -> float:
    factors = sum(
        v[name] for name in ("hypertension", "hypercholesterolemia", "diabetes", "obesity", "smoking", "family_history")
    )
    risk = 2 if factors > 2 or v["atherosclerosis"] else 1 if factors else 0
    history = {"slightly suspicious": 0, "moderately suspicious": 1, "highly suspicious": 2}[v["history"]]
    tracing = {"normal": 0, "nonspecific repolarization disturbance": 1, "significant ST deviation": 2}[v["ecg"]]
    troponin = {"normal": 0, "1 to 3 times the limit": 1, "more than 3 times the limit": 2}[v["troponin"]]
    return history + tracing + troponin + risk + _points(v["age"], 45, 65)


def _weighted(weights: Mapping[str, float]) -> Reference:
    return lambda v: float(sum(weight * v[name] for name, weight in weights.items()))


def _wells_pe(v: Given) -> float:
    return float(
        3 * (v["dvt_signs"] + v["pe_most_likely"]) + v["hemoptysis"] + v["malignancy"]
        + 1.5 * ((v["heart_rate"] > 100) + v["immobilization_or_surgery"] + v["previous_vte"])
    )  # fmt: skip


def _perc(v: Given) -> float:
    seen = v["leg_swelling"] + v["hemoptysis"] + v["surgery_or_trauma"] + v["previous_vte"] + v["estrogen"]
    return float(seen + (v["age"] >= 50) + (v["heart_rate"] >= 100) + (v["oxygen_saturation"] < 95))


def _cha2ds2(v: Given) -> float:
    one = v["heart_failure"] + v["hypertension"] + v["diabetes"] + v["vascular_disease"] + (v["sex"] == "female")
    return float(one + 2 * v["stroke"] + (2 if v["age"] >= 75 else v["age"] >= 65))


_STEROIDS = {"betamethasone": 0.75, "cortisone": 25, "dexamethasone": 0.75, "hydrocortisone": 20, "methylprednisolone": 4,
             "prednisolone": 5, "prednisone": 5, "triamcinolone": 4}  # fmt: skip
_DVT = {"active_cancer": 1, "immobilized_leg": 1, "bedridden": 1, "tenderness": 1, "entire_leg_swollen": 1, "calf_swelling": 1,
        "pitting_edema": 1, "collateral_veins": 1, "previous_dvt": 1, "alternative_diagnosis": -2}  # fmt: skip
_BLED = ("uncontrolled_hypertension", "kidney_disease", "liver_disease", "stroke", "bleeding", "labile_inr", "bleeding_drugs",
         "alcohol")  # fmt: skip

REFERENCES: dict[str, Reference] = {
    "ckd-epi-2021": _ckd_epi,
    "cockcroft-gault": _clearance,
    "mdrd": _mdrd,
    "fena": lambda v: 100 * v["urine_sodium"] * v["creatinine"] / v["sodium"] / v["urine_creatinine"],
    "bmi": lambda v: v["weight"] / (v["height"] / 100) ** 2,
    "bsa-mosteller": lambda v: math.sqrt(v["weight"] * v["height"] / 3600),
    "bsa-dubois": lambda v: 0.007184 * v["weight"] ** 0.425 * v["height"] ** 0.725,
    "ideal-body-weight": _ideal,
    "adjusted-body-weight": lambda v: _ideal(v) + 0.4 * (v["weight"] - _ideal(v)),
    "maintenance-fluids-hourly": lambda v: (
        4 * v["weight"] if v["weight"] <= 10 else 20 + 2 * v["weight"] if v["weight"] <= 20 else 40 + v["weight"]
    ),
    "anion-gap": _gap,
    "anion-gap-corrected": _albumin_gap,
    "delta-gap": lambda v: _gap(v) - 12,
    "delta-ratio": lambda v: (_gap(v) - 12) / (24 - v["bicarbonate"]),
    "delta-gap-corrected": lambda v: _albumin_gap(v) - 12,
    "delta-ratio-corrected": lambda v: (_albumin_gap(v) - 12) / (24 - v["bicarbonate"]),
    "corrected-calcium": lambda v: v["calcium"] + 0.8 * (4 - v["albumin"]),
    "corrected-sodium": lambda v: v["sodium"] + 0.024 * (v["glucose"] - 100),
    "serum-osmolality": lambda v: 2 * v["sodium"] + v["glucose"] / 18 + v["urea_nitrogen"] / 2.8,
    "free-water-deficit": _water,
    "ldl-friedewald": lambda v: v["total_cholesterol"] - v["hdl"] - v["triglycerides"] / 5,
    "map": lambda v: v["diastolic"] + (v["systolic"] - v["diastolic"]) / 3,
    "qtc-bazett": lambda v: v["qt"] / math.sqrt(_rate(v)),
    "qtc-fridericia": lambda v: v["qt"] / _rate(v) ** (1 / 3),
    "qtc-framingham": lambda v: v["qt"] + 154 * (1 - _rate(v)),
    "qtc-hodges": lambda v: v["qt"] + 1.75 * (v["heart_rate"] - 60),
    "qtc-rautaharju": lambda v: v["qt"] * (120 + v["heart_rate"]) / 180,
    "cha2ds2-vasc": _cha2ds2,
    "has-bled": lambda v: float(sum(v[name] for name in _BLED) + (v["age"] > 65)),
    "heart-score": _heart,
    "rcri": lambda v: float(
        v["high_risk_surgery"] + v["ischemic_heart_disease"] + v["heart_failure"] + v["cerebrovascular_disease"] + v["insulin"]
        + (v["creatinine"] > 2)
    ),
    "wells-dvt": _weighted(_DVT),
    "wells-pe": _wells_pe,
    "perc": _perc,
    "caprini": _caprini,
    "curb-65": lambda v: float(
        v["confusion"] + (v["urea_nitrogen"] > 19) + (v["respiratory_rate"] >= 30)
        + (v["systolic"] < 90 or v["diastolic"] <= 60) + (v["age"] >= 65)
    ),
    "sirs": lambda v: float(
        (not 36 <= v["temperature"] <= 38) + (v["heart_rate"] > 90) + (v["respiratory_rate"] > 20)
        + (not 4 <= v["white_cells"] <= 12)
    ),
    "sofa": _sofa,
    "psi": _severity,
    "mcisaac": lambda v: float(
        v["fever"] + v["no_cough"] + v["exudate"] + v["tender_nodes"] + (1 if v["age"] < 15 else -1 if v["age"] >= 45 else 0)
    ),
    "feverpain": _weighted(
        dict.fromkeys(("fever", "purulence", "rapid_attendance", "inflamed_tonsils", "no_cough_or_coryza"), 1)
    ),
    "meld-na": _meld,
    "child-pugh": _child_pugh,
    "fib-4": lambda v: v["age"] * v["ast"] / (v["platelets"] * math.sqrt(v["alt"])),
    "glasgow-blatchford": _blatchford,
    "gcs": _coma,
    "charlson": _charlson,
    "steroid-conversion": lambda v: v["dose"] / _STEROIDS[v["drug"]] * _STEROIDS[v["to"]],
    "due-date": lambda v: v["last_period"] + 280 + v["cycle"] - 28,
    "conception-date": lambda v: v["last_period"] + 14 + v["cycle"] - 28,
    "gestational-age": lambda v: v["on"] - v["last_period"],
}  # fmt: skip
