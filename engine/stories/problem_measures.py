"""Which measurements tell the course of a problem: the relation "measures of" between conditions and tests of the lexicon.

Own work, from what is commonly followed in each problem; not yet reviewed by a clinician. It chooses what a summary shows and
judges no value.
"""

from __future__ import annotations

from collections.abc import Iterable

from chartcite.engine.language.terminology import Lexicon

MEASURES: dict[str, tuple[str, ...]] = {
    "kidney-disease": ("egfr", "creatinine", "urine-albumin-creatinine-ratio", "urine-protein-creatinine-ratio", "potassium"),
    "acute-kidney-injury": ("creatinine", "egfr", "potassium"),
    "diabetes-mellitus": ("hemoglobin-a1c", "fasting-glucose", "glucose", "urine-albumin-creatinine-ratio"),
    "hypertension": ("systolic-blood-pressure", "diastolic-blood-pressure"),
    "hypertensive-disorder": ("systolic-blood-pressure", "diastolic-blood-pressure"),
    "hypotension": ("systolic-blood-pressure",),
    "heart-failure-group": ("left-ventricular-ejection-fraction", "nt-probnp", "bnp", "body-weight"),
    "atrial-fibrillation": ("heart-rate", "inr"),
    "lipid-disorder": ("ldl-cholesterol", "total-cholesterol", "triglycerides"),
    "hypothyroidism": ("tsh", "free-t4"),
    "hyperthyroidism": ("tsh", "free-t4"),
    "thyroid-disease": ("tsh", "free-t4"),
    "iron-deficiency": ("ferritin", "hemoglobin"),
    "anemia-group": ("hemoglobin", "ferritin"),
    "anemia": ("hemoglobin", "ferritin"),
    "thrombocytopenia": ("platelet-count",),
    "copd": ("fev1-percent-predicted", "fev1", "fev1-fvc-ratio", "oxygen-saturation"),
    "asthma": ("asthma-control-test", "fev1-percent-predicted", "fev1", "peak-expiratory-flow"),
    "cirrhosis": ("meld-score", "bilirubin-total", "albumin", "platelet-count", "inr"),
    "liver-disease": ("alanine-aminotransferase", "bilirubin-total", "albumin"),
    "hepatitis-c": ("hepatitis-c-viral-load", "alanine-aminotransferase"),
    "hepatitis-b": ("hepatitis-b-viral-load", "alanine-aminotransferase"),
    "syphilis": ("syphilis-test",),
    "cmv-infection": ("cmv-viral-load",),
    "bk-virus-infection": ("bk-viral-load",),
    "bk-nephropathy": ("bk-viral-load", "creatinine"),
    "kidney-transplant-rejection": ("creatinine", "egfr", "tacrolimus-level", "donor-specific-antibodies"),
    "kidney-transplant-status": ("creatinine", "egfr", "tacrolimus-level", "urine-protein-creatinine-ratio"),
    "hiv": ("hiv-viral-load", "cd4-count"),
    "depression": ("phq-9",),
    "ptsd": ("pcl-5",),
    "prediabetes": ("hemoglobin-a1c", "fasting-glucose", "glucose"),
    "obstructive-sleep-apnea": ("apnea-hypopnea-index", "epworth-sleepiness-scale", "cpap-adherence"),
    "nephrotic-syndrome": ("urine-protein-creatinine-ratio", "albumin"),
    "psoriasis": ("pasi",),
    "anxiety": ("gad-7",),
    "dementia": ("moca", "mmse"),
    "gout": ("uric-acid",),
    "osteoporosis": ("dxa-t-score", "vitamin-d-25-hydroxy"),
    "prostate-cancer": ("psa",),
    "rheumatoid-arthritis": ("das28", "c-reactive-protein"),
    "inflammatory-bowel-disease": ("fecal-calprotectin", "c-reactive-protein"),
    "obesity": ("body-mass-index", "body-weight"),
    "malnutrition": ("body-weight", "albumin"),
    "glaucoma": ("intraocular-pressure",),
    "venous-thromboembolism": ("inr",),
    "hyponatremia": ("sodium",),
    "hypernatremia": ("sodium",),
    "hyperkalemia": ("potassium",),
    "hypokalemia": ("potassium",),
    "hypercalcemia": ("calcium",),
    "preeclampsia": ("systolic-blood-pressure", "urine-protein-creatinine-ratio", "platelet-count", "alanine-aminotransferase"),
    "gestational-diabetes": ("oral-glucose-tolerance-test", "hemoglobin-a1c", "glucose"),
    "postpartum-depression": ("edinburgh-postnatal-depression-scale", "phq-9"),
    "postpartum-hemorrhage": ("estimated-blood-loss", "hemoglobin"),
    "abnormal-uterine-bleeding": ("hemoglobin", "ferritin"),
    "cervical-dysplasia": ("cervical-cytology", "hpv-test"),
    "vitamin-d-deficiency": ("vitamin-d-25-hydroxy",),
}
"""By lexicon id of a condition (it stands for everything under it): its measurements, the most telling first."""


def measures_of(ids: Iterable[str], lexicon: Lexicon) -> tuple[str, ...]:
    """Return the lexicon ids of the measurements that follow some conditions, the most telling first."""
    found: list[str] = []
    for id_ in ids:
        over = lexicon.above(id_)
        nearest = sorted((each for each in over if each in MEASURES), key=lambda each: len(lexicon.below(each)))
        for each in nearest[:1]:
            found += MEASURES[each]
    return tuple(dict.fromkeys(found))


def followed_by(id_: str, measurements: Iterable[str], lexicon: Lexicon) -> bool:
    """Say whether one of some measurements is the first by which a condition is followed."""
    return bool(set(measures_of([id_], lexicon)[:1]) & set(measurements))
