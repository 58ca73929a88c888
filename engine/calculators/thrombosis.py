"""Probability and risk of venous thromboembolism."""

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
from chartcite.engine.calculators.inputs import HEART_RATE, SATURATION, age


def _seen(name: str, label: str) -> YesNo:
    return YesNo(name, label, bedside=True)


_CANCER = ("cancer", "metastatic-cancer", "hematologic-malignancy", "solid-tumor")
_PRIOR = ("venous-thromboembolism", "history-of-vte")
_HEMOPTYSIS = YesNo("hemoptysis", "haemoptysis", conditions=("hemoptysis",), within_days=28)
_ESTROGEN = YesNo("estrogen", "oestrogen use", medications=("estrogen", "combined-hormonal-contraceptive"))
_SWELLING = _seen("leg_swelling", "unilateral leg swelling")


def _wells_dvt(values: Values) -> Worked:
    one = (
        "active_cancer",
        "immobilized_leg",
        "bedridden",
        "tenderness",
        "entire_leg_swollen",
        "calf_swelling",
        "pitting_edema",
        "collateral_veins",
        "previous_dvt",
    )
    counted = [(name.replace("_", " "), int(values.yes(name))) for name in one]
    return score(*counted, ("alternative diagnosis", -2 * values.yes("alternative_diagnosis")))


def _wells_pe(values: Values) -> Worked:
    half = Decimal("1.5")
    return score(
        ("signs of deep vein thrombosis", 3 * values.yes("dvt_signs")),
        ("pulmonary embolism most likely", 3 * values.yes("pe_most_likely")),
        ("heart rate above 100", half * (values.number("heart_rate") > 100)),
        ("immobilization or surgery", half * values.yes("immobilization_or_surgery")),
        ("earlier DVT or PE", half * values.yes("previous_vte")),
        ("haemoptysis", values.yes("hemoptysis")),
        ("malignancy", values.yes("malignancy")),
    )


def _perc(values: Values) -> Worked:
    return score(
        ("age 50 or more", values.number("age") >= 50),
        ("heart rate 100 or more", values.number("heart_rate") >= 100),
        ("oxygen saturation below 95 %", values.number("oxygen_saturation") < 95),
        ("leg swelling", values.yes("leg_swelling")),
        ("haemoptysis", values.yes("hemoptysis")),
        ("surgery or trauma", values.yes("surgery_or_trauma")),
        ("earlier DVT or PE", values.yes("previous_vte")),
        ("oestrogen", values.yes("estrogen")),
    )


_SURGERIES = (
    "none",
    "minor",
    "arthroscopic",
    "laparoscopic over 45 minutes",
    "major over 45 minutes",
    "lower extremity arthroplasty",
)
_SURGERY_POINTS = dict(zip(_SURGERIES, (0, 1, 2, 2, 2, 5), strict=True))
_MOBILITY = ("walking", "medical patient at bed rest", "confined to bed over 72 hours")
_ONE = (
    YesNo("swollen_legs", "swollen legs now", conditions=("edema",), within_days=31),
    YesNo("varicose_veins", "varicose veins", conditions=("varicose-veins",)),
    YesNo("pregnancy", "pregnancy or the first month after it", conditions=("pregnancy",), within_days=310),
    YesNo("pregnancy_loss", "unexplained stillbirth, recurrent miscarriage, or preterm birth with toxaemia"),
    YesNo(
        "hormones",
        "oral contraceptives or hormone replacement",
        medications=("combined-hormonal-contraceptive", "oral-contraceptive", "menopausal-hormone-therapy"),
    ),
    YesNo("sepsis", "sepsis in the last month", conditions=("sepsis", "septic-shock"), within_days=31),
    YesNo("lung_disease", "serious lung disease, with pneumonia, in the last month", conditions=("pneumonia",), within_days=31),
    YesNo("abnormal_lung_function", "abnormal lung function (COPD)", conditions=("copd", "emphysema", "chronic-bronchitis")),
    YesNo(
        "myocardial_infarction",
        "acute myocardial infarction",
        conditions=("myocardial-infarction", "stemi", "nstemi"),
        within_days=31,
    ),
    YesNo("heart_failure", "heart failure in the last month", conditions=("heart-failure-group",), within_days=31),
    YesNo("inflammatory_bowel_disease", "inflammatory bowel disease", conditions=("inflammatory-bowel-disease",)),
)
_TWO = (
    YesNo("cancer", "present or earlier cancer", conditions=(*_CANCER, "history-of-cancer")),
    YesNo("plaster_cast", "immobilizing plaster cast in the last month", procedures=("cast-splint-application",), within_days=31),
    YesNo("central_access", "central venous access", procedures=("central-venous-catheter", "picc-line", "port-placement")),
)
_THREE = (
    YesNo("previous_vte", "earlier deep vein thrombosis or pulmonary embolism", conditions=_PRIOR),
    YesNo("family_thrombosis", "family history of thrombosis", family=("venous-thromboembolism", "thrombophilia")),
    YesNo("factor_v_leiden", "factor V Leiden", conditions=("factor-v-leiden-thrombophilia",)),
    YesNo("prothrombin_mutation", "prothrombin 20210A"),
    YesNo("lupus_anticoagulant", "lupus anticoagulant"),
    YesNo("anticardiolipin", "raised anticardiolipin antibodies"),
    YesNo("homocysteine", "raised homocysteine"),
    YesNo("heparin_thrombocytopenia", "heparin-induced thrombocytopenia", conditions=("heparin-induced-thrombocytopenia",)),
    YesNo("thrombophilia", "other thrombophilia", conditions=("thrombophilia", "antiphospholipid-syndrome")),
)
_FIVE = (
    YesNo("stroke", "stroke in the last month", conditions=("stroke",), within_days=31),
    YesNo(
        "leg_fracture",
        "fracture of hip, pelvis or leg in the last month",
        conditions=("fracture-hip", "fracture-pelvis", "fracture-femur", "fracture-tibia-fibula"),
        within_days=31,
    ),
    YesNo("spinal_cord_injury", "acute spinal cord injury in the last month", conditions=("spinal-cord-injury",), within_days=31),
    YesNo("multiple_trauma", "multiple trauma in the last month"),
)


def _caprini(values: Values) -> Worked:
    listed = [
        (item.label, points * values.yes(item.name))
        for points, items in ((1, _ONE), (2, _TWO), (3, _THREE), (5, _FIVE))
        for item in items
    ]
    return score(
        ("age", steps(values.number("age"), "41", "61", "75")),
        ("surgery", _SURGERY_POINTS[values.word("surgery")]),
        ("BMI above 25", values.yes("overweight")),
        ("mobility", _MOBILITY.index(values.word("mobility"))),
        *listed,
    )


def _all_no(calculator_inputs: tuple[YesNo, ...], **changed: str) -> dict[str, str]:
    return {one.name: "no" for one in calculator_inputs} | changed


_DVT_ITEMS = (
    YesNo("active_cancer", "active cancer (treatment within 6 months, or palliative)", conditions=_CANCER, lasting=True),
    _seen("immobilized_leg", "paralysis, paresis or recent plaster of a leg"),
    _seen("bedridden", "bedridden for 3 days or more, or major surgery within 12 weeks"),
    _seen("tenderness", "tenderness along the deep veins"),
    _seen("entire_leg_swollen", "entire leg swollen"),
    _seen("calf_swelling", "calf more than 3 cm larger than the other"),
    _seen("pitting_edema", "pitting oedema of the symptomatic leg only"),
    _seen("collateral_veins", "collateral superficial veins, not varicose"),
    YesNo("previous_dvt", "earlier deep vein thrombosis", conditions=("deep-vein-thrombosis", "history-of-vte")),
    _seen("alternative_diagnosis", "another diagnosis at least as likely"),
)
_PE_ITEMS = (
    _seen("dvt_signs", "signs and symptoms of deep vein thrombosis"),
    _seen("pe_most_likely", "pulmonary embolism is the first diagnosis, or equally likely"),
    _seen("immobilization_or_surgery", "immobilization for 3 days or more, or surgery in the last 4 weeks"),
    YesNo("previous_vte", "earlier deep vein thrombosis or pulmonary embolism", conditions=_PRIOR),
    _HEMOPTYSIS,
    YesNo("malignancy", "malignancy, treated within 6 months or palliative", conditions=_CANCER, lasting=True),
)
_PERC_ITEMS = (
    _SWELLING,
    _seen("hemoptysis", "haemoptysis"),
    _seen("surgery_or_trauma", "surgery or trauma with general anaesthesia in the last 4 weeks"),
    YesNo("previous_vte", "earlier deep vein thrombosis or pulmonary embolism", conditions=_PRIOR),
    _ESTROGEN,
)
_CAPRINI_ITEMS = (
    YesNo(
        "overweight",
        "BMI above 25",
        conditions=("overweight", "obesity", "severe-obesity"),
        lasting=True,
        threshold=Threshold("body-mass-index", "kg/m2", above=Decimal(25)),
    ),
    *_ONE,
    *_TWO,
    *_THREE,
    *_FIVE,
)

CALCULATORS = (
    Calculator(
        "wells-dvt",
        "Wells score for deep vein thrombosis",
        "thrombosis",
        (
            "wells dvt",
            "wells criteria for dvt",
            "wells score dvt",
            "dvt wells",
            "dvt probability",
            "wells criteria dvt",
            "wells for dvt",
        ),
        _DVT_ITEMS,
        _wells_dvt,
        "",
        0,
        Source(
            "Wells PS, Anderson DR, Rodger M, et al",
            "Evaluation of D-dimer in the diagnosis of suspected deep-vein thrombosis",
            "N Engl J Med 2003;349:1227-1235",
            "doi:10.1056/NEJMoa023153",
        ),
        (
            Vector(_all_no(_DVT_ITEMS, active_cancer="yes", calf_swelling="yes", pitting_edema="yes"), "3"),
            Vector(_all_no(_DVT_ITEMS, tenderness="yes", alternative_diagnosis="yes"), "-1"),
        ),
        bands=bands((None, "deep vein thrombosis unlikely (below 2)"), ("2", "deep vein thrombosis likely (2 or more)")),
        records=("wells-score",),
        kind="score",
    ),
    Calculator(
        "wells-pe",
        "Wells score for pulmonary embolism",
        "thrombosis",
        (
            "wells pe",
            "wells criteria for pe",
            "wells score pe",
            "pe wells",
            "wells score",
            "wells criteria",
            "pe probability",
            "wells criteria pe",
            "wells for pe",
        ),
        (HEART_RATE, *_PE_ITEMS),
        _wells_pe,
        "",
        1,
        Source(
            "Wells PS, Anderson DR, Rodger M, et al",
            "Derivation of a simple clinical model to categorize patients probability of pulmonary embolism: increasing the "
            "models utility with the SimpliRED D-dimer",
            "Thromb Haemost 2000;83:416-420",
        ),
        (
            Vector(_all_no(_PE_ITEMS, heart_rate="110 /min", dvt_signs="yes", hemoptysis="yes"), "5.5"),
            Vector(_all_no(_PE_ITEMS, heart_rate="100 /min"), "0.0"),
        ),
        bands=bands((None, "pulmonary embolism unlikely (4 or less)"), ("4.5", "pulmonary embolism likely (more than 4)")),
        records=("wells-score",),
        kind="score",
    ),
    Calculator(
        "perc",
        "PERC rule",
        "thrombosis",
        ("perc rule", "perc", "pulmonary embolism rule-out criteria", "pe rule out"),
        (age(18), HEART_RATE, SATURATION, *_PERC_ITEMS),
        _perc,
        "",
        0,
        Source(
            "Kline JA, Mitchell AM, Kabrhel C, Richman PB, Courtney DM",
            "Clinical criteria to prevent unnecessary diagnostic testing in emergency department patients with suspected "
            "pulmonary embolism",
            "J Thromb Haemost 2004;2:1247-1255",
            "doi:10.1111/j.1538-7836.2004.00790.x",
        ),
        (
            Vector(_all_no(_PERC_ITEMS, age="30", heart_rate="80 /min", oxygen_saturation="98 %"), "0"),
            Vector(_all_no(_PERC_ITEMS, age="50", heart_rate="100 /min", oxygen_saturation="94 %", estrogen="yes"), "4"),
        ),
        bands=bands((None, "no criterion is positive"), ("1", "at least one criterion is positive: the rule does not exclude")),
        notes=("Only where the clinician already holds pulmonary embolism for unlikely.",),
        records=("perc-rule",),
        kind="score",
    ),
    Calculator(
        "caprini",
        "Caprini score",
        "thrombosis",
        ("caprini", "caprini risk", "vte risk score", "caprini vte risk"),
        (
            age(18),
            Choice("surgery", "planned or recent surgery", _SURGERIES),
            Choice("mobility", "mobility", _MOBILITY),
            *_CAPRINI_ITEMS,
        ),
        _caprini,
        "",
        0,
        Source(
            "Caprini JA",
            "Thrombosis risk assessment as a guide to quality patient care",
            "Dis Mon 2005;51:70-78",
            "doi:10.1016/j.disamonth.2005.02.003",
        ),
        (
            Vector(_all_no(_CAPRINI_ITEMS, age="62", surgery="major over 45 minutes", mobility="walking", cancer="yes"), "6"),
            Vector(
                _all_no(
                    _CAPRINI_ITEMS,
                    age="80",
                    surgery="lower extremity arthroplasty",
                    mobility="confined to bed over 72 hours",
                    previous_vte="yes",
                    overweight="yes",
                ),
                "14",
            ),
        ),
        records=("caprini-score",),
        kind="score",
    ),
)
