"""Inputs that several calculators share: one name, unit, range and place in the chart for each.

The ranges are those of plausible measurements in people: wider than any reference range, narrower than a typing error.
"""

from __future__ import annotations

from decimal import Decimal

from chartcite.engine.calculators.declaration import Choice, Day, Number, YesNo


def age(low: int = 0, high: int = 120) -> Number:
    """Return the age in years, inside the range of a formula."""
    return Number("age", "age", "a", Decimal(low), Decimal(high))


def measured(  # noqa: PLR0913 -- the columns of a table
    name: str, label: str, unit: str, low: str, high: str, *concepts: str, fresh_days: int = 365, substance: tuple[str, ...] = ()
) -> Number:
    """Return a measured number."""
    return Number(name, label, unit, Decimal(low), Decimal(high), concepts, substance, fresh_days=fresh_days)


SEX = Choice("sex", "sex", ("female", "male"))
WEIGHT = measured("weight", "body weight", "kg", "0.3", "650", "body-weight")
HEIGHT = measured("height", "body height", "cm", "20", "272", "body-height", fresh_days=3650)
CREATININE = measured("creatinine", "serum creatinine", "mg/dL", "0.1", "40", "creatinine")
SODIUM = measured("sodium", "serum sodium", "mmol/L", "90", "200", "sodium", fresh_days=90)._replace(one_unit=True)
POTASSIUM = measured("potassium", "serum potassium", "mmol/L", "1", "12", "potassium", fresh_days=90)._replace(one_unit=True)
CHLORIDE = measured("chloride", "serum chloride", "mmol/L", "50", "160", "chloride", fresh_days=90)._replace(one_unit=True)
BICARBONATE = measured("bicarbonate", "serum bicarbonate", "mmol/L", "1", "60", "bicarbonate", fresh_days=90)._replace(
    one_unit=True
)
ALBUMIN = measured("albumin", "serum albumin", "g/dL", "0.5", "7", "albumin", fresh_days=90)
CALCIUM = measured("calcium", "total serum calcium", "mg/dL", "2", "25", "calcium", fresh_days=90)
GLUCOSE = measured("glucose", "serum glucose", "mg/dL", "10", "2500", "glucose", "fasting-glucose", fresh_days=90)
UREA_NITROGEN = measured(
    "urea_nitrogen", "blood urea nitrogen", "mg/dL", "1", "300", "blood-urea-nitrogen", fresh_days=90, substance=("loinc:3094-0",)
)
BILIRUBIN = measured("bilirubin", "total bilirubin", "mg/dL", "0.05", "80", "bilirubin-total", fresh_days=90)
INR = measured("inr", "INR", "{INR}", "0.5", "20", "inr", fresh_days=90)._replace(one_unit=True)
PLATELETS = measured("platelets", "platelet count", "10*3/uL", "1", "3000", "platelet-count", fresh_days=180)
HEMOGLOBIN = measured("hemoglobin", "haemoglobin", "g/dL", "1", "26", "hemoglobin", fresh_days=90)
HEMATOCRIT = measured("hematocrit", "haematocrit", "%", "5", "75", "hematocrit", fresh_days=90)
AST = measured("ast", "aspartate aminotransferase", "U/L", "1", "30000", "aspartate-aminotransferase", fresh_days=180)
ALT = measured("alt", "alanine aminotransferase", "U/L", "1", "30000", "alanine-aminotransferase", fresh_days=180)
WHITE_CELLS = measured(
    "white_cells", "white blood cell count", "10*3/uL", "0.01", "1000", "white-blood-cell-count", fresh_days=30
)
TOTAL_CHOLESTEROL = measured("total_cholesterol", "total cholesterol", "mg/dL", "30", "1500", "total-cholesterol")
HDL = measured("hdl", "HDL cholesterol", "mg/dL", "1", "250", "hdl-cholesterol")
TRIGLYCERIDES = measured("triglycerides", "triglycerides", "mg/dL", "5", "20000", "triglycerides")
SYSTOLIC = measured("systolic", "systolic blood pressure", "mm[Hg]", "20", "350", "systolic-blood-pressure")
DIASTOLIC = measured("diastolic", "diastolic blood pressure", "mm[Hg]", "5", "250", "diastolic-blood-pressure")
SYSTOLIC_NOW = SYSTOLIC._replace(fresh_days=2)
DIASTOLIC_NOW = DIASTOLIC._replace(fresh_days=2)
HEART_RATE = measured("heart_rate", "heart rate", "/min", "10", "350", "heart-rate", fresh_days=2)._replace(one_unit=True)
RESPIRATORY_RATE = measured(
    "respiratory_rate", "respiratory rate", "/min", "2", "100", "respiratory-rate", fresh_days=2
)._replace(one_unit=True)
TEMPERATURE = measured("temperature", "body temperature", "Cel", "20", "45", "body-temperature", fresh_days=2)
SATURATION = measured("oxygen_saturation", "oxygen saturation", "%", "20", "100", "oxygen-saturation", fresh_days=2)
PAO2 = measured("pao2", "arterial oxygen tension", "mm[Hg]", "10", "750", "arterial-po2", fresh_days=2)
PACO2 = measured("paco2", "arterial carbon dioxide tension", "mm[Hg]", "5", "200", "arterial-pco2", fresh_days=2)
FIO2 = measured(
    "fio2", "inspired oxygen", "%", "21", "100", "fraction-inspired-oxygen", fresh_days=2, substance=("oxygen-saturation",)
)
QT = measured("qt", "QT interval", "ms", "150", "900", "qt-interval", fresh_days=365)
ECG_RATE = HEART_RATE._replace(fresh_days=365)
"""Heart rate of the electrocardiogram: as old as the QT interval may be."""
GCS = measured("gcs", "Glasgow Coma Scale", "1", "3", "15", "glasgow-coma-scale", fresh_days=2)._replace(one_unit=True)
HBA1C = measured("hba1c", "haemoglobin A1c", "%", "3", "20", "hemoglobin-a1c", substance=("hemoglobin-a1c",))
LAST_PERIOD = Day("last_period", "first day of the last menstrual period", ("last-menstrual-period",))
HEART_FAILURE = YesNo("heart_failure", "heart failure", conditions=("heart-failure-group",))
HYPERTENSION = YesNo(
    "hypertension",
    "hypertension",
    conditions=("hypertensive-disorder",),
    excluding=(
        "preeclampsia", "eclampsia", "gestational-hypertension", "hellp-syndrome", "white-coat-hypertension",
    ),
    lasting=True,
)  # fmt: skip
DIABETES = YesNo(
    "diabetes",
    "diabetes mellitus",
    conditions=("diabetes-mellitus",),
    excluding=("prediabetes", "hyperglycemia", "hypoglycemia", "gestational-diabetes"),
    lasting=True,
)
STROKE = YesNo(
    "stroke",
    "stroke, transient ischaemic attack or systemic thromboembolism",
    conditions=("stroke", "history-of-stroke", "transient-ischemic-attack"),
)
