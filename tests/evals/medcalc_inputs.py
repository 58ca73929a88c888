"""The names of the medcalc list, turned into inputs of calculators. Only this evaluation knows those names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from chartcite.engine.calculators.declaration import Calculator, Choice, Day, Number, YesNo

Row = dict[str, Any]

NUMBERS = {
    "age": "age",
    "weight": "weight",
    "height": "height",
    "creatinine": "creatinine",
    "Sodium": "sodium",
    "Chloride": "chloride",
    "Bicarbonate": "bicarbonate",
    "Heart Rate or Pulse": "heart_rate",
    "Systolic Blood Pressure": "systolic",
    "Diastolic Blood Pressure": "diastolic",
    "Blood Urea Nitrogen (BUN)": "urea_nitrogen",
    "Albumin": "albumin",
    "QT interval": "qt",
    "respiratory rate": "respiratory_rate",
    "Temperature": "temperature",
    "Glucose": "glucose",
    "Partial pressure of oxygen (PaO₂) for Apache II": "pao2",
    "Platelet count": "platelets",
    "Bilirubin": "bilirubin",
    "FiO₂": "fio2",
    "Glasgow Coma Score": "gcs",
    "high-density lipoprotein cholesterol": "hdl",
    "Total cholesterol": "total_cholesterol",
    "Hematocrit": "hematocrit",
    "pH": "ph",
    "Triglycerides": "triglycerides",
    "White blood cell count": "white_cells",
    "O₂ saturation percentage": "oxygen_saturation",
    "Hemoglobin": "hemoglobin",
    "Alanine aminotransferase": "alt",
    "Aspartate aminotransferase": "ast",
    "Calcium": "calcium",
    "PaCO₂": "paco2",
    "international normalized ratio": "inr",
    "Urine sodium": "urine_sodium",
    "Urine creatinine": "urine_creatinine",
    "norEPINEPHrine": "norepinephrine",
    "DOPamine": "dopamine",
    "DOBUTamine": "dobutamine",
    "EPINEPHrine": "epinephrine",
    "Urine Output": "urine_output",
    "cycle length": "cycle",
}
UNITS = {
    "years": "a",
    "months": "mo",
    "lbs": "[lb_av]",
    "in": "[in_i]",
    "µmol/L": "umol/L",
    "mm hg": "mm[Hg]",
    "mm Hg": "mm[Hg]",
    "mmhg": "mm[Hg]",
    "mEq/L": "mmol/L",
    "beats per minute": "/min",
    "bpm": "/min",
    "msec": "ms",
    "breaths per minute": "/min",
    "degrees celsius": "Cel",
    "degrees celsisus": "Cel",
    "degrees fahreinheit": "[degF]",
    "degrees fahrenheit": "[degF]",
    "µL": "/uL",
    "m^3": "/uL",
    "mcg/kg/min": "ug/kg/min",
    "mc/kg/min": "ug/kg/min",
    "mL/day": "mL/d",
    "kg/m^2": "kg/m2",
}
TO_FORMULA = {
    ("creatinine", "umol/L"): 1 / 88.42,
    ("glucose", "mmol/L"): 18.016,
    ("urea_nitrogen", "mmol/L"): 2.801,
    ("hdl", "mmol/L"): 38.67,
    ("total_cholesterol", "mmol/L"): 38.67,
    ("triglycerides", "mmol/L"): 88.57,
    ("bilirubin", "umol/L"): 1 / 17.1,
    ("albumin", "g/L"): 0.1,
    ("albumin", "mg/dL"): 0.001,
    ("weight", "[lb_av]"): 0.45359237,
    ("weight", "g"): 0.001,
    ("height", "m"): 100.0,
    ("height", "[in_i]"): 2.54,
    ("platelets", "/uL"): 0.001,
    ("white_cells", "/uL"): 0.001,
    ("age", "mo"): 1 / 12,
}
"""Factors to the reference's units, written a second time too."""
_VTE = ("Previously documented Deep Vein Thrombosis", "Previously Documented Pulmonary Embolism")
_SURGERY4, _STILL3 = "Surgery in the previous 4 weeks", "Immobilization for at least 3 days"
STATEMENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "cha2ds2-vasc": {
        "heart_failure": ("Congestive Heart Faliure",),
        "hypertension": ("Hypertension history",),
        "diabetes": ("Diabetes history",),
        "stroke": ("Stroke", "Transient Ischemic Attacks History", "Thromboembolism history"),
        "vascular_disease": ("Vascular disease history",),
    },
    "has-bled": {
        "uncontrolled_hypertension": ("",),
        "kidney_disease": ("Renal disease criteria for the HAS-BLED rule",),
        "liver_disease": ("Liver disease criteria for the HAS-BLED rule",),
        "stroke": ("Stroke",),
        "bleeding": ("Prior major bleeding or predisposition to bleeding",),
        "labile_inr": ("Labile international normalized ratio",),
        "bleeding_drugs": ("Medication usage predisposing to bleeding",),
        "alcohol": ("",),
    },
    "heart-score": {
        "hypercholesterolemia": ("hypercholesterolemia",),
        "hypertension": ("Hypertension history",),
        "diabetes": ("Diabetes history",),
        "smoking": ("smoking",),
        "obesity": ("obesity",),
        "atherosclerosis": ("atherosclerotic disease",),
        "family_history": ("parent or sibling with Cardiovascular disease before age 65",),
    },
    "rcri": {
        "high_risk_surgery": ("Elevated-risk surgery",),
        "ischemic_heart_disease": ("History of ischemic heart disease",),
        "heart_failure": ("Congestive Heart Failure criteria for the Cardiac Risk Index rule",),
        "cerebrovascular_disease": ("History of cerebrovascular disease",),
        "insulin": ("Pre-operative treatment with insulin",),
    },
    "wells-dvt": {
        "active_cancer": ("Active cancer",),
        "immobilized_leg": ("Paralysis, paresis, or recent plaster immobilization of the lower extremity",),
        "bedridden": ("Bedridden recently >3 days or major surgery within 12 weeks", "Major surgery within 12 weeks"),
        "tenderness": ("Localized tenderness along the deep venous system",),
        "entire_leg_swollen": ("Entire Leg Swollen",),
        "calf_swelling": ("Calf swelling >3 centimeters compared to the other leg",),
        "pitting_edema": ("Pitting edema, confined to symptomatic leg",),
        "collateral_veins": ("Collateral (nonvaricose) superficial veins present",),
        "previous_dvt": (_VTE[0],),
        "alternative_diagnosis": ("Alternative diagnosis to Deep Vein Thrombosis as likely or more likely",),
    },
    "wells-pe": {
        "dvt_signs": ("Clinical signs and symptoms of Deep Vein Thrombosis",),
        "pe_most_likely": ("Pulmonary Embolism is #1 diagnosis OR equally likely",),
        "immobilization_or_surgery": (_SURGERY4, _STILL3),
        "previous_vte": _VTE,
        "hemoptysis": ("Hemoptysis",),
        "malignancy": ("Malignancy with treatment within 6 months or palliative",),
    },
    "perc": {
        "leg_swelling": ("Unilateral Leg Swelling",),
        "hemoptysis": ("Hemoptysis",),
        "surgery_or_trauma": ("Recent surgery or trauma",),
        "previous_vte": _VTE,
        "estrogen": ("Hormone use",),
    },
    "caprini": {
        "overweight": ("",),
        "swollen_legs": ("Current swollen legs",),
        "varicose_veins": ("Varicose veins",),
        "pregnancy": (),
        "pregnancy_loss": (),
        "hormones": (),
        "sepsis": ("Sepsis in the last month",),
        "lung_disease": ("Pneumonia in the last month",),
        "abnormal_lung_function": ("Chronic Obstructive Pulmonary Disease",),
        "myocardial_infarction": ("Acute Myocardial infarction",),
        "heart_failure": ("Congestive Heart Failure in the last month",),
        "cancer": ("Present or previous malignancy",),
        "inflammatory_bowel_disease": ("History of inflammatory bowel disease",),
        "plaster_cast": ("Immobilizing plaster cast in the last month",),
        "central_access": ("Current central venous access",),
        "previous_vte": _VTE,
        "family_thrombosis": ("Family history of thrombosis",),
        "factor_v_leiden": ("Positive Factor V Leiden",),
        "prothrombin_mutation": ("Positive prothrombin 20210A",),
        "lupus_anticoagulant": ("Positive lupus anticoagulant",),
        "anticardiolipin": ("Elevated anticardiolipin antibody",),
        "homocysteine": ("Elevated serum homocysteine",),
        "heparin_thrombocytopenia": ("Heparin-induced thrombocytopenia",),
        "thrombophilia": ("Other congenital or acquired thrombophilia",),
        "stroke": ("Stroke in the last month",),
        "leg_fracture": ("Hip, pelvis, or leg fracture in the last month",),
        "multiple_trauma": ("Multiple trauma in the last month",),
        "spinal_cord_injury": ("Acute spinal cord injury causing paralysis in the last month",),
    },
    "curb-65": {"confusion": ("Confusion",)},
    "sofa": {"ventilated": ("On mechanical ventilation", "Continous positive airway pressure")},
    "psi": {
        "nursing_home": ("Nursing home resident",),
        "neoplastic_disease": ("Neoplastic disease",),
        "liver_disease": ("Hepatic disease history",),
        "heart_failure": ("Congestive Heart Faliure",),
        "cerebrovascular_disease": ("Cerebrovascular disease history",),
        "kidney_disease": ("Renal disease",),
        "altered_mental_state": ("Altered mental status",),
        "pleural_effusion": ("Pleural effusion on x-ray",),
    },
    "mcisaac": {
        "fever": ("",),
        "no_cough": ("Cough Absent",),
        "exudate": ("Exudate or swelling on tonsils",),
        "tender_nodes": ("Tender/swollen anterior cervical lymph nodes",),
    },
    "feverpain": {
        "fever": ("Fever in past 24 hours",),
        "purulence": ("Purulent tonsils",),
        "rapid_attendance": ("Symptom onset ≤3 days",),
        "inflamed_tonsils": ("Severe tonsil inflammation",),
        "no_cough_or_coryza": ("Absence of cough or coryza",),
    },
    "meld-na": {
        "dialysis": (
            "Dialysis at least twice in the past week",
            "Continuous veno-venous hemodialysis for ≥24 hours in the past week",
        ),
    },
    "glasgow-blatchford": {
        "melena": ("Melena present",),
        "syncope": ("Recent syncope",),
        "liver_disease": ("Hepatic disease history",),
        "heart_failure": ("Cardiac failure present",),
    },
    "charlson": {
        "myocardial_infarction": ("Myocardial infarction",),
        "heart_failure": ("Congestive Heart Faliure",),
        "peripheral_vascular_disease": ("Peripheral vascular disease",),
        "dementia": ("Dementia",),
        "hemiplegia": ("Hemiplegia",),
        "cerebrovascular_disease": ("Cerebrovascular Accident", "Transient Ischemic Attacks History"),
        "lung_disease": ("Chronic Obstructive Pulmonary Disease",),
        "connective_tissue_disease": ("Connective tissue disease",),
        "peptic_ulcer": ("Peptic ulcer disease",),
        "leukemia": ("Leukemia",),
        "lymphoma": ("Lymphoma",),
        "aids": ("AIDS",),
        "kidney_disease": ("Moderate to severe Chronic Kidney Disease",),
        "mild_liver_disease": ("",),
        "severe_liver_disease": ("",),
        "diabetes": ("",),
        "diabetes_damage": ("",),
        "tumor": ("",),
        "metastases": ("",),
    },
}
"""Inputs of a calculator by the names of which any makes it hold; an empty name: read below, from a number or a word."""
CHOICES = {
    "eyes": ("Best eye response", {"spontan": "spontaneous", "verbal": "to speech", "pain": "to pain", "no ": "none"}),
    "verbal": (
        "Best verbal response",
        {
            "oriented": "oriented",
            "confus": "confused",
            "inappro": "inappropriate words",
            "incompre": "incomprehensible sounds",
            "no ": "none",
        },
    ),
    "motor": (
        "Best motor response",
        {
            "obey": "obeys commands",
            "locali": "localizes pain",
            "withdraw": "withdrawal",
            "flexion": "abnormal flexion",
            "extension": "extension",
            "no ": "none",
        },
    ),
    "ascites": ("Ascites", {"absent": "none", "slight": "mild", "moderate": "moderate to severe"}),
    "encephalopathy": (
        "Encephalopathy",
        {"no ": "none", "grade 0": "none", "grade 1": "grade 1 to 2", "grade 3": "grade 3 to 4"},
    ),
    "history": (
        "Suspicion History",
        {"slight": "slightly suspicious", "moderate": "moderately suspicious", "high": "highly suspicious"},
    ),
    "ecg": (
        "Electrocardiogram Test",
        {"normal": "normal", "non-spec": "nonspecific repolarization disturbance", "signif": "significant ST deviation"},
    ),
    "troponin": (
        "Initial troponin",
        {"less": "normal", "between": "1 to 3 times the limit", "greater": "more than 3 times the limit"},
    ),
    "surgery": (
        "Surgery Type",
        {
            "minor": "minor",
            "elective major": "lower extremity arthroplasty",
            "laparo": "laparoscopic over 45 minutes",
            "arthro": "arthroscopic",
            "major": "major over 45 minutes",
            "none": "none",
        },
    ),
    "mobility": (
        "Mobility",
        {"normal": "walking", "on bed": "medical patient at bed rest", "confined": "confined to bed over 72 hours"},
    ),
}


class Chosen(NamedTuple):
    """The inputs of one calculator from one note's rows: as a caller writes them, and as the reference takes them."""

    written: dict[str, str]
    plain: dict[str, Any]


def inputs_of(calculator: Calculator, rows: Iterable[Row]) -> Chosen | None:
    """Return the inputs of a calculator out of a note's rows; `None` where the list does not hold all of them."""
    held = {str(row["entity"]): row for row in rows}
    chosen = Chosen({}, {})
    for declared in calculator.inputs:
        found = _input(calculator, declared.name, held)
        if found is not None:
            chosen.written[declared.name], chosen.plain[declared.name] = found
        elif not (
            isinstance(declared, Number) and declared.optional and declared.name not in {"cycle", "dopamine", "dobutamine"}
        ):
            return None
        if isinstance(declared, Number) and found is None and declared.name in {"epinephrine", "norepinephrine", "urine_output"}:
            return None
    return chosen


def _input(calculator: Calculator, name: str, held: Mapping[str, Row]) -> tuple[str, Any] | None:
    declared = calculator.input(name)
    if name == "sex":
        return (str(held["sex"]["gold"]).lower(),) * 2 if "sex" in held else None
    if name in {"drug", "dose", "to"}:
        return _steroid(name, held)
    if isinstance(declared, Number):
        entity = (
            "Pre-operative creatinine" if calculator.name == "rcri" else next((e for e, n in NUMBERS.items() if n == name), "")
        )
        return _number(name, held[entity]) if entity in held else None
    if isinstance(declared, Day):
        return _day("Last menstrual date" if name == "last_period" else "Current Date", held)
    if isinstance(declared, Choice):
        return _choice(name, held)
    if isinstance(declared, YesNo):
        answer = _statement(calculator, name, held)
        return None if answer is None else ("yes" if answer else "no", answer)
    return None


def _number(name: str, row: Row) -> tuple[str, float]:
    unit = UNITS.get(str(row["unit"]), str(row["unit"] or ""))
    value = float(row["gold"])
    plain = value * TO_FORMULA.get((name, unit), 1.0)
    if unit == "[degF]":
        plain = (value - 32) * 5 / 9
    written = f"{row['gold']:f}".rstrip("0").rstrip(".") if isinstance(row["gold"], float) else str(row["gold"])
    return f"{written} {unit}".strip(), int(plain) if name == "age" else plain


def _day(entity: str, held: Mapping[str, Row]) -> tuple[str, int] | None:
    if entity not in held:
        return None
    day = datetime.strptime(str(held[entity]["gold"]), "%m/%d/%Y").date()  # noqa: DTZ007 -- a calendar day
    return day.isoformat(), day.toordinal()


def _choice(name: str, held: Mapping[str, Row]) -> tuple[str, str] | None:
    entity, words = CHOICES.get(name, ("", {}))
    said = str(held[entity]["gold"]).lower() if entity in held else ""
    option = next((option for start, option in words.items() if start in f"{said} "), None) if said else None
    return None if option is None else (option, option)


def _steroid(name: str, held: Mapping[str, Row]) -> tuple[str, Any] | None:
    if "input steroid" not in held or "target steroid" not in held:
        return None
    match = re.match(r"\['(\w+) \w+', ([\d.]+), 'mg'\]", str(held["input steroid"]["gold"]))
    if match is None:
        return None
    target = str(held["target steroid"]["gold"]).split()[0].lower()
    return {"drug": (match[1].lower(),) * 2, "dose": (f"{match[2]} mg", float(match[2])), "to": (target,) * 2}[name]


def _statement(calculator: Calculator, name: str, held: Mapping[str, Row]) -> bool | None:
    """Return whether a statement holds by the list; `None` where the list does not say."""
    named = STATEMENTS.get(calculator.name, {}).get(name)
    if named is None:
        return None
    if named == ("",):
        return _by_value(name, held)
    known = [held[entity] for entity in named if entity in held]
    if any(_holds(row) for row in known):
        return True
    return False if len(known) == len(named) else None


def _holds(row: Row) -> bool:
    return bool(row["gold"]) if row["kind"] == "boolean" else str(row["gold"]).lower() not in {"", "none"}


_BY_NUMBER = {
    "uncontrolled_hypertension": ("Systolic Blood Pressure", 160.0),
    "alcohol": ("Number of Alcoholic Drinks Per Week", 7.999),
    "overweight": ("Body Mass Index (BMI)", 25.0),
    "fever": ("Temperature", 38.0),
}


def _by_value(name: str, held: Mapping[str, Row]) -> bool | None:
    if name in _BY_NUMBER:
        entity, limit = _BY_NUMBER[name]
        return None if entity not in held else _number("", held[entity])[1] > limit
    entity, words = {
        "mild_liver_disease": ("Liver disease severity", ("mild",)),
        "severe_liver_disease": ("Liver disease severity", ("moderate", "severe")),
        "diabetes": ("Diabetes mellitus criteria for CCI rule", ("uncomplicated",)),
        "diabetes_damage": ("Diabetes mellitus criteria for CCI rule", ("end-organ",)),
        "tumor": ("Solid tumor", ("localized",)),
        "metastases": ("Solid tumor", ("metastatic",)),
    }[name]
    if entity not in held:
        return None
    return any(word in str(held[entity]["gold"]).lower() for word in words)
