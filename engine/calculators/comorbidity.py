"""Burden of disease."""

from __future__ import annotations

from chartcite.engine.calculators.declaration import Calculator, Source, Values, Vector, Worked, YesNo, score, steps
from chartcite.engine.calculators.inputs import DIABETES, HEART_FAILURE, age

_ONE = (
    YesNo(
        "myocardial_infarction",
        "myocardial infarction",
        conditions=("myocardial-infarction", "old-myocardial-infarction", "stemi", "nstemi"),
    ),
    HEART_FAILURE,
    YesNo(
        "peripheral_vascular_disease",
        "peripheral vascular disease or aortic aneurysm",
        conditions=("peripheral-artery-disease", "abdominal-aortic-aneurysm", "thoracic-aortic-aneurysm"),
    ),
    YesNo(
        "cerebrovascular_disease",
        "stroke or transient ischaemic attack",
        conditions=("stroke", "history-of-stroke", "transient-ischemic-attack"),
    ),
    YesNo(
        "dementia",
        "dementia",
        conditions=("dementia", "alzheimer-disease", "vascular-dementia", "lewy-body-dementia", "frontotemporal-dementia"),
    ),
    YesNo("lung_disease", "chronic pulmonary disease", conditions=("obstructive-lung-disease", "interstitial-lung-disease")),
    YesNo(
        "connective_tissue_disease",
        "connective tissue disease",
        conditions=(
            "lupus",
            "rheumatoid-arthritis",
            "scleroderma",
            "mixed-connective-tissue-disease",
            "myositis",
            "polymyalgia-rheumatica",
        ),
    ),
    YesNo("peptic_ulcer", "peptic ulcer disease", conditions=("peptic-ulcer", "gastric-ulcer", "duodenal-ulcer")),
)
_MILD_LIVER = YesNo("mild_liver_disease", "mild liver disease", conditions=("hepatitis-b", "hepatitis-c", "cirrhosis"))
_SEVERE_LIVER = YesNo(
    "severe_liver_disease",
    "moderate or severe liver disease (portal hypertension)",
    conditions=("portal-hypertension", "esophageal-varices", "hepatic-encephalopathy", "liver-failure"),
)
_DAMAGE = YesNo("diabetes_damage", "diabetes with end-organ damage", conditions=("diabetes-complication",))
_TWO = (
    YesNo("hemiplegia", "hemiplegia", conditions=("hemiplegia",)),
    YesNo(
        "kidney_disease",
        "moderate or severe kidney disease",
        conditions=("ckd-stage-4", "ckd-stage-5", "end-stage-renal-disease", "dialysis-dependence", "kidney-transplant-status"),
    ),
    YesNo(
        "leukemia",
        "leukaemia",
        conditions=(
            "leukemia",
            "acute-myeloid-leukemia",
            "acute-lymphoblastic-leukemia",
            "chronic-lymphocytic-leukemia",
            "chronic-myeloid-leukemia",
        ),
    ),
    YesNo("lymphoma", "lymphoma", conditions=("lymphoma", "hodgkin-lymphoma", "non-hodgkin-lymphoma")),
)
_TUMOR = YesNo("tumor", "solid tumour without metastases", conditions=("solid-tumor",))
_METASTASES = YesNo("metastases", "metastatic solid tumour", conditions=("metastatic-cancer",))
_AIDS = YesNo("aids", "AIDS")
_ITEMS = (*_ONE, _MILD_LIVER, _SEVERE_LIVER, DIABETES, _DAMAGE, *_TWO, _TUMOR, _METASTASES, _AIDS)


def _charlson(values: Values) -> Worked:
    return score(
        ("age", steps(values.number("age"), "50", "60", "70", "80")),
        *((one.label, values.yes(one.name)) for one in _ONE),
        *((one.label, 2 * values.yes(one.name)) for one in _TWO),
        ("liver disease", max(3 * values.yes("severe_liver_disease"), int(values.yes("mild_liver_disease")))),
        ("diabetes", max(2 * values.yes("diabetes_damage"), int(values.yes("diabetes")))),
        ("solid tumour", max(6 * values.yes("metastases"), 2 * values.yes("tumor"))),
        ("AIDS", 6 * values.yes("aids")),
    )


def _answers(*yes: str) -> dict[str, str]:
    return {one.name: "yes" if one.name in yes else "no" for one in _ITEMS}


CALCULATORS = (
    Calculator(
        "charlson",
        "Charlson comorbidity index, with age",
        "comorbidity",
        ("charlson", "charlson comorbidity index", "cci", "charlson score", "comorbidity index"),
        (age(18), *_ITEMS),
        _charlson,
        "",
        0,
        Source(
            "Charlson ME, Pompei P, Ales KL, MacKenzie CR",
            "A new method of classifying prognostic comorbidity in longitudinal studies: development and validation (points "
            "for age: Charlson M, et al, J Clin Epidemiol 1994;47:1245-1251)",
            "J Chronic Dis 1987;40:373-383",
            "doi:10.1016/0021-9681(87)90171-8",
        ),
        (
            Vector({"age": "65", **_answers("diabetes", "myocardial_infarction")}, "4"),
            Vector({"age": "82", **_answers("metastases", "tumor", "severe_liver_disease", "diabetes", "diabetes_damage")}, "15"),
            Vector({"age": "45", **_answers()}, "0"),
        ),
        records=("charlson-comorbidity-index",),
        kind="score",
    ),
)
