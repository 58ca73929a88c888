"""Risk of stroke, bleeding and coronary events."""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import (
    Calculator,
    Choice,
    Source,
    Threshold,
    Values,
    Vector,
    Worked,
    YesNo,
    bands,
    score,
    steps,
)
from chartcite.engine.calculators.inputs import (
    CREATININE,
    DIABETES,
    HEART_FAILURE,
    HYPERTENSION,
    SEX,
    STROKE,
    age,
)

VASCULAR = YesNo(
    "vascular_disease",
    "vascular disease (myocardial infarction, peripheral artery disease or aortic plaque)",
    conditions=(
        "myocardial-infarction",
        "old-myocardial-infarction",
        "stemi",
        "nstemi",
        "peripheral-artery-disease",
        "atherosclerosis",
    ),
)


def _cha2ds2_vasc(values: Values) -> Worked:
    years = values.number("age")
    return score(
        ("heart failure", values.yes("heart_failure")),
        ("hypertension", values.yes("hypertension")),
        ("age", steps(years, "65", "75")),
        ("diabetes", values.yes("diabetes")),
        ("stroke, TIA or thromboembolism", 2 * values.yes("stroke")),
        ("vascular disease", values.yes("vascular_disease")),
        ("female sex", values.female),
    )


def _has_bled(values: Values) -> Worked:
    return score(
        ("uncontrolled hypertension", values.yes("uncontrolled_hypertension")),
        ("kidney disease", values.yes("kidney_disease")),
        ("liver disease", values.yes("liver_disease")),
        ("stroke", values.yes("stroke")),
        ("bleeding", values.yes("bleeding")),
        ("labile INR", values.yes("labile_inr")),
        ("age above 65", values.number("age") > 65),
        ("drugs", values.yes("bleeding_drugs")),
        ("alcohol", values.yes("alcohol")),
    )


def _heart(values: Values) -> Worked:
    history = ("slightly suspicious", "moderately suspicious", "highly suspicious")
    tracing = ("normal", "nonspecific repolarization disturbance", "significant ST deviation")
    troponin = ("normal", "1 to 3 times the limit", "more than 3 times the limit")
    factors = sum(
        values.yes(name) for name in ("hypercholesterolemia", "hypertension", "diabetes", "smoking", "family_history", "obesity")
    )
    risk = 2 if factors >= 3 or values.yes("atherosclerosis") else min(factors, 1)
    return score(
        ("history", history.index(values.word("history"))),
        ("electrocardiogram", tracing.index(values.word("ecg"))),
        ("age", steps(values.number("age"), "45", "65")),
        ("risk factors", risk),
        ("troponin", troponin.index(values.word("troponin"))),
    )


def _cardiac_risk(values: Values) -> Worked:
    return score(
        ("high-risk surgery", values.yes("high_risk_surgery")),
        ("ischaemic heart disease", values.yes("ischemic_heart_disease")),
        ("heart failure", values.yes("heart_failure")),
        ("cerebrovascular disease", values.yes("cerebrovascular_disease")),
        ("insulin", values.yes("insulin")),
        ("creatinine above 2.0 mg/dL", values.number("creatinine") > 2),
    )


CALCULATORS = (
    Calculator(
        "cha2ds2-vasc",
        "CHA2DS2-VASc",
        "heart",
        (
            "chads vasc",
            "chadsvasc",
            "cha2ds2 vasc",
            "chads2-vasc",
            "chads2 vasc",
            "chads2vasc",
            "cha2ds2vasc",
            "cha2ds2",
            "chads",
            "chads score",
            "stroke risk score",
            "stroke risk in atrial fibrillation",
            "afib stroke risk",
        ),
        (age(18), SEX, HEART_FAILURE, HYPERTENSION, DIABETES, STROKE, VASCULAR),
        _cha2ds2_vasc,
        "",
        0,
        Source(
            "Lip GYH, Nieuwlaat R, Pisters R, Lane DA, Crijns HJGM",
            "Refining clinical risk stratification for predicting stroke and thromboembolism in atrial fibrillation using a "
            "novel risk factor-based approach: the Euro Heart Survey on atrial fibrillation",
            "Chest 2010;137:263-272",
            "doi:10.1378/chest.09-1584",
        ),
        (
            Vector(
                {
                    "age": "76",
                    "sex": "female",
                    "heart_failure": "yes",
                    "hypertension": "yes",
                    "diabetes": "yes",
                    "stroke": "yes",
                    "vascular_disease": "yes",
                },
                "9",
                "published",
            ),
            Vector(
                {
                    "age": "66",
                    "sex": "male",
                    "heart_failure": "no",
                    "hypertension": "yes",
                    "diabetes": "no",
                    "stroke": "no",
                    "vascular_disease": "no",
                },
                "2",
            ),
        ),
        bands=bands(
            (None, "low risk in the source (score 0)"),
            ("1", "intermediate risk in the source (score 1)"),
            ("2", "high risk in the source (score 2 or more)"),
        ),
        notes=("For atrial fibrillation without a mechanical valve or moderate to severe mitral stenosis.",),
        records=("cha2ds2-vasc",),
        kind="score",
    ),
    Calculator(
        "has-bled",
        "HAS-BLED",
        "heart",
        ("has bled", "hasbled", "bleeding risk score", "bleeding risk on anticoagulation", "anticoagulant bleeding risk"),
        (
            age(18),
            YesNo(
                "uncontrolled_hypertension",
                "systolic pressure above 160 mmHg",
                threshold=Threshold("systolic-blood-pressure", "mm[Hg]", above=Decimal(160)),
            ),
            YesNo(
                "kidney_disease",
                "dialysis, kidney transplant or creatinine of 200 µmol/L (2.26 mg/dL) or more",
                conditions=("dialysis-dependence", "kidney-transplant-status", "end-stage-renal-disease"),
                procedures=("hemodialysis", "peritoneal-dialysis", "kidney-transplant"),
                threshold=Threshold("creatinine", "mg/dL", above=Decimal("2.2599")),
            ),
            YesNo(
                "liver_disease",
                "cirrhosis, or bilirubin above twice and transaminases above three times the limit",
                conditions=("cirrhosis", "liver-failure"),
            ),
            YesNo("stroke", "stroke", conditions=("stroke", "history-of-stroke")),
            YesNo(
                "bleeding",
                "major bleeding or predisposition (anaemia)",
                conditions=(
                    "gi-bleed",
                    "intracerebral-hemorrhage",
                    "subarachnoid-hemorrhage",
                    "subdural-hematoma",
                    "bleeding-disorder",
                    "anemia-group",
                ),
                while_active=("anemia-group",),
            ),
            YesNo("labile_inr", "labile INR (time in range below 60 %)"),
            YesNo("bleeding_drugs", "antiplatelet drugs or NSAIDs", medications=("antiplatelet", "nsaid")),
            YesNo(
                "alcohol",
                "alcohol, eight or more drinks a week",
                conditions=("alcohol-use-disorder", "unhealthy-drinking"),
                threshold=Threshold("alcohol-drinks-per-week", "/wk", above=Decimal("7.999")),
            ),
        ),
        _has_bled,
        "",
        0,
        Source(
            "Pisters R, Lane DA, Nieuwlaat R, de Vos CB, Crijns HJGM, Lip GYH",
            "A novel user-friendly score (HAS-BLED) to assess 1-year risk of major bleeding in patients with atrial "
            "fibrillation: the Euro Heart Survey",
            "Chest 2010;138:1093-1100",
            "doi:10.1378/chest.10-0134",
        ),
        (
            Vector(
                {
                    "age": "70",
                    "uncontrolled_hypertension": "yes",
                    "kidney_disease": "yes",
                    "liver_disease": "yes",
                    "stroke": "yes",
                    "bleeding": "yes",
                    "labile_inr": "yes",
                    "bleeding_drugs": "yes",
                    "alcohol": "yes",
                },
                "9",
                "published",
            ),
            Vector(
                {
                    "age": "65",
                    "uncontrolled_hypertension": "no",
                    "kidney_disease": "no",
                    "liver_disease": "no",
                    "stroke": "yes",
                    "bleeding": "no",
                    "labile_inr": "no",
                    "bleeding_drugs": "yes",
                    "alcohol": "no",
                },
                "2",
            ),
        ),
        bands=bands((None, "below 3"), ("3", "high risk in the source (3 or more)")),
        records=("has-bled",),
        kind="score",
    ),
    Calculator(
        "heart-score",
        "HEART score",
        "heart",
        ("heart score for chest pain", "chest pain score", "heart score"),
        (
            Choice("history", "history of the chest pain", ("slightly suspicious", "moderately suspicious", "highly suspicious")),
            Choice("ecg", "electrocardiogram", ("normal", "nonspecific repolarization disturbance", "significant ST deviation")),
            age(18),
            YesNo(
                "hypercholesterolemia",
                "hypercholesterolaemia",
                conditions=("hyperlipidemia", "hypercholesterolemia", "mixed-hyperlipidemia"),
            ),
            HYPERTENSION,
            DIABETES,
            YesNo("smoking", "smoking", conditions=("smoker", "tobacco-dependence")),
            YesNo("family_history", "family history of coronary disease", conditions=("family-history-heart-disease",)),
            YesNo(
                "obesity",
                "obesity (BMI above 30)",
                conditions=("obesity", "severe-obesity"),
                lasting=True,
                threshold=Threshold("body-mass-index", "kg/m2", above=Decimal(30)),
            ),
            YesNo(
                "atherosclerosis",
                "history of atherosclerotic disease",
                conditions=("coronary-disease", "cerebrovascular-disease", "peripheral-artery-disease", "atherosclerosis"),
            ),
            Choice("troponin", "initial troponin", ("normal", "1 to 3 times the limit", "more than 3 times the limit")),
        ),
        _heart,
        "",
        0,
        Source(
            "Six AJ, Backus BE, Kelder JC",
            "Chest pain in the emergency room: value of the HEART score",
            "Neth Heart J 2008;16:191-196",
            "doi:10.1007/BF03086144",
        ),
        (
            Vector(
                {
                    "history": "highly suspicious",
                    "ecg": "significant ST deviation",
                    "age": "70",
                    "hypercholesterolemia": "yes",
                    "hypertension": "yes",
                    "diabetes": "yes",
                    "smoking": "no",
                    "family_history": "no",
                    "obesity": "no",
                    "atherosclerosis": "no",
                    "troponin": "more than 3 times the limit",
                },
                "10",
                "published",
            ),
            Vector(
                {
                    "history": "slightly suspicious",
                    "ecg": "normal",
                    "age": "50",
                    "hypercholesterolemia": "no",
                    "hypertension": "yes",
                    "diabetes": "no",
                    "smoking": "no",
                    "family_history": "no",
                    "obesity": "no",
                    "atherosclerosis": "no",
                    "troponin": "normal",
                },
                "2",
            ),
        ),
        bands=bands((None, "0 to 3 in the source"), ("4", "4 to 6 in the source"), ("7", "7 to 10 in the source")),
        records=("heart-score",),
        kind="score",
    ),
    Calculator(
        "rcri",
        "Revised Cardiac Risk Index",
        "heart",
        ("revised cardiac risk index", "rcri", "lee index", "cardiac risk index", "perioperative cardiac risk"),
        (
            YesNo("high_risk_surgery", "intraperitoneal, intrathoracic or suprainguinal vascular surgery", bedside=True),
            YesNo("ischemic_heart_disease", "ischaemic heart disease", conditions=("coronary-disease",)),
            HEART_FAILURE,
            YesNo("cerebrovascular_disease", "stroke or transient ischaemic attack", conditions=STROKE.conditions),
            YesNo("insulin", "insulin before the operation", medications=("insulins",), conditions=("long-term-insulin-use",)),
            CREATININE._replace(fresh_days=90),
        ),
        _cardiac_risk,
        "",
        0,
        Source(
            "Lee TH, Marcantonio ER, Mangione CM, et al",
            "Derivation and prospective validation of a simple index for prediction of cardiac risk of major noncardiac surgery",
            "Circulation 1999;100:1043-1049",
            "doi:10.1161/01.CIR.100.10.1043",
        ),
        (
            Vector(
                {
                    "high_risk_surgery": "yes",
                    "ischemic_heart_disease": "yes",
                    "heart_failure": "no",
                    "cerebrovascular_disease": "no",
                    "insulin": "no",
                    "creatinine": "2.1 mg/dL",
                },
                "3",
            ),
        ),
        records=("revised-cardiac-risk-index",),
        kind="score",
    ),
)
