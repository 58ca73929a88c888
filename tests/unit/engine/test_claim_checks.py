"""The verifier: each check lets true sentences pass and finds the one that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import pytest
from chartcite.engine.claim_checks.checker import Entailment, check_claim
from chartcite.engine.claim_checks.dates import dates_in, supports
from chartcite.engine.claim_checks.findings import ClaimVerdict
from chartcite.engine.claim_checks.frequencies import frequencies_in
from chartcite.engine.claim_checks.quantities import quantities_in, rounds_to
from chartcite.engine.domain.answers import Outcome
from chartcite.engine.language.terminology import Lexicon
from hypothesis import given
from hypothesis import strategies as st

NOTE = (
    "Assessment: 72M with T2DM, HTN, CKD stage 3b. HbA1c 8.2% on 3/4/2024 (was 7.4% in Sept 2023). Metformin reduced from "
    "1000 mg BID to 500 mg BID because eGFR fell to 38. Started empagliflozin 10 mg PO daily. Denies hypoglycemia, chest pain or "
    "polyuria. Father died of MI at 58. Possible diabetic retinopathy, L eye; referred to ophthalmology. Lisinopril stopped "
    "2023-11-02 due to cough; losartan 50 mg qd instead. Hx of right hip replacement 2016."
)
DECIMALS = st.decimals(min_value=10, max_value=999, places=3, allow_nan=False)


def verdict(claim: str, passages: Sequence[str], lexicon: Lexicon) -> ClaimVerdict:
    return check_claim(claim, passages, lexicon=lexicon)


@pytest.mark.parametrize(
    "claim",
    [
        "HbA1c was 8.2 % on 4 March 2024, up from 7.4 % in September 2023.",
        "His HbA1c rose from 7.4% to 8.2%.",
        "Metformin was reduced to 500 mg twice daily because the eGFR fell to 38.",
        "Empagliflozin 10 mg once a day by mouth was started.",
        "Jardiance 10 mg daily was started.",
        "He has no chest pain.",
        "He denies hypoglycaemia.",
        "His father died of a heart attack at 58.",
        "Diabetic retinopathy of the left eye is suspected.",
        "Lisinopril was discontinued in November 2023 because of cough.",
        "Cozaar 50 mg every day was given instead of lisinopril.",
        "He had a right hip replacement in 2016.",
        "He has chronic kidney disease stage 3b.",
        "The patient has high blood pressure and type 2 diabetes.",
    ],
)
def test_a_true_sentence_in_other_words_passes(claim: str, lexicon: Lexicon) -> None:
    found = verdict(claim, [NOTE], lexicon)
    assert found.outcome is Outcome.SUPPORTED, found
    assert found.failed is None
    assert found.score > 0.5


@pytest.mark.parametrize(
    ("claim", "check"),
    [
        ("HbA1c was 8.9 % on 4 March 2024.", "numbers"),
        ("HbA1c was 8.2 mmol/mol on 4 March 2024.", "units"),
        ("HbA1c was 7.4 % on 4 March 2024.", "dated values"),
        ("HbA1c was 8.2 % on 5 June 2024.", "dates"),
        ("HbA1c fell from 7.4% to 8.2%.", "direction"),
        ("HbA1c fell from 8.2% to 7.4%.", "order"),
        ("Metformin was increased to 1000 mg BID.", "direction"),
        ("Empagliflozin 25 mg daily was started.", "numbers"),
        ("Empagliflozin 500 mg daily was started.", "doses"),
        ("Empagliflozin 10 mg twice daily was started.", "frequencies"),
        ("Empagliflozin 10 mg daily was started intravenously.", "routes"),
        ("Dapagliflozin 10 mg daily was started.", "drugs"),
        ("He reports chest pain.", "negation"),
        ("He has no hypertension.", "negation"),
        ("He had a heart attack at 58.", "experiencer"),
        ("His mother died of MI at 58.", "persons"),
        ("Her HbA1c was 8.2%.", "persons"),
        ("He has diabetic retinopathy of the left eye.", "certainty"),
        ("Possible diabetic retinopathy of the right eye.", "laterality"),
        ("Lisinopril was stopped because of hyperkalemia.", "conditions"),
        ("Lisinopril is now active.", "temporality"),
        ("Losartan was stopped due to cough.", "temporality"),
        ("He had a right knee replacement in 2016.", "procedures"),
        ("Ferritin was 38.", "tests"),
        ("All of his eGFR values fell to 38.", "quantifiers"),
        ("The note says “Metformin was doubled”.", "quotes"),
        ("The kitchen smelled of warm cinnamon buns.", "coverage"),
    ],
)
def test_one_wrong_thing_is_found_and_named(claim: str, check: str, lexicon: Lexicon) -> None:
    found = verdict(claim, [NOTE], lexicon)
    assert found.outcome is not Outcome.SUPPORTED
    assert check in {finding.check for finding in found.findings}, found
    assert found.score <= 0.5


@pytest.mark.parametrize(
    ("claim", "linked"),
    [
        ("Naproxen was stopped because creatinine rose to 1.9.", True),
        ("Apixaban was reduced due to her age.", True),
        ("Apixaban was reduced because fall risk alone is not a reason to stop.", False),
        ("Apixaban was reduced because creatinine rose to 1.9.", False),
        ("Her creatinine of 1.9 led to naproxen being stopped.", True),
        ("It was due to age.", True),
    ],
)
def test_a_cause_is_linked_by_the_evidence_itself(claim: str, linked: bool, lexicon: Lexicon) -> None:  # noqa: FBT001 -- a table
    evidence = [
        "Plan\nNaproxen stopped (creatinine rose to 1.9).",
        "Apixaban reduced to 2.5 mg.\nAge 84, 52 kg: reduction for age.\nEats well.\nFall risk alone is not a reason to stop.",
    ]
    found = verdict(claim, evidence, lexicon)
    assert ("causes" in {finding.check for finding in found.findings}) is not linked, found


def test_a_dose_is_no_level(lexicon: Lexicon) -> None:
    assert verdict("Levetiracetam level: 1500 mg IV x1.", ["Loaded with levetiracetam 1500 mg IV x1."], lexicon).failed == "tests"
    assert verdict("The levetiracetam level was 12.", ["Levetiracetam trough 12 (12-46)."], lexicon).failed is None


def test_what_the_evidence_says_otherwise_contradicts_and_silence_does_not(lexicon: Lexicon) -> None:
    assert verdict("He reports chest pain.", [NOTE], lexicon).outcome is Outcome.CONTRADICTED
    assert verdict("He is being treated for depression.", [NOTE], lexicon).outcome is Outcome.NOT_ENOUGH


def test_a_finding_says_where_it_looked(lexicon: Lexicon) -> None:
    passages = ["Nothing else.", "She denies chest pain."]
    place = verdict("She has chest pain.", passages, lexicon).findings[0].place
    assert place is not None
    assert passages[place.passage][place.start : place.end] == "chest pain"


def test_a_claim_needs_a_passage(lexicon: Lexicon) -> None:
    with pytest.raises(ValueError, match="at least one passage"):
        verdict("He has asthma.", [], lexicon)


@pytest.mark.parametrize(
    ("claim", "passage", "supported"),
    [
        ("Glucose was 5.5 mmol/L.", "Glucose 99 mg/dL", True),
        ("Glucose was 5.6 mmol/L.", "Glucose 99 mg/dL", False),
        ("Weight was 154 lb.", "Weight 70 kg", True),
        ("Temperature was 100.4 °F.", "Temperature 38 °C", True),
        ("Sodium was 5.5 mg/dL.", "Sodium 99 mmol/L", False),
        ("Albumin was 40 g/L.", "Albumin 4.0 g/dL", True),
        ("He took it for 12 months.", "He took it for 1 year", True),
        ("Blood pressure was 82/138 mmHg.", "BP 138/82 mmHg", False),
        ("Two tablets were taken.", "He took 2 tablets", True),
        ("3 tablets were taken.", "He took 2 tablets of 3 mg", False),
        ("NYHA class 3 heart failure.", "Heart failure, NYHA class III", True),
        ("NYHA class 2 heart failure.", "Heart failure, NYHA class III", False),
    ],
)
def test_numbers_keep_their_units(claim: str, passage: str, supported: bool, lexicon: Lexicon) -> None:  # noqa: FBT001 -- a table
    assert (verdict(claim, [passage], lexicon).outcome is Outcome.SUPPORTED) is supported


@given(DECIMALS, st.integers(0, 2))
def test_a_number_rounded_half_up_stands_for_the_longer_one(known: Decimal, places: int) -> None:
    assert rounds_to(known, known.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


@given(DECIMALS, DECIMALS)
def test_any_other_number_does_not(known: Decimal, said: Decimal) -> None:
    assert rounds_to(known, said) is (known == said)


@given(DECIMALS, st.integers(0, 2), st.sampled_from([-1, 1]))
def test_the_next_rounded_number_does_not_either(known: Decimal, places: int, step: int) -> None:
    unit = Decimal(1).scaleb(-places)
    assert not rounds_to(known, known.quantize(unit, rounding=ROUND_HALF_UP) + step * unit)


def test_rounding_that_loses_much_needs_the_word_about() -> None:
    assert not rounds_to(Decimal("1.4"), Decimal(1))
    assert rounds_to(Decimal("1.4"), Decimal(1), about=True)


def test_units_of_a_range_and_a_fraction_are_read() -> None:
    assert [(str(one.value), one.unit) for one in quantities_in("135-145 mmol/L; 100 mcg/0.5 mL")] == [
        ("135", "mmol/L"),
        ("145", "mmol/L"),
        ("100", "ug"),
        ("0.5", "mL"),
    ]


@pytest.mark.parametrize(
    ("said", "known", "holds"),
    [
        ("14 March 2024", "2024-03-14T10:10:00Z", True),
        ("March 2024", "03/14/2024", True),
        ("2024", "Mar 14, 2024", True),
        ("14 March 2024", "March 2024", False),
        ("15 March 2024", "2024-03-14", False),
        ("4 March 2024", "3/4/2024", True),
        ("3 April 2024", "3/4/2024", True),
        ("5 March 2024", "3/4/2024", False),
    ],
)
def test_dates_meet_in_any_format_as_far_as_they_are_written(said: str, known: str, holds: bool) -> None:  # noqa: FBT001
    assert any(supports(there, one) for one in dates_in(said) for there in dates_in(known)) is holds


def test_the_verbs_may_and_march_are_no_months() -> None:
    assert dates_in("she may 5 times march 2 miles") == []


@pytest.mark.parametrize(
    "same",
    [
        ("BID", "twice daily", "two times a day", "q12h", "every 12 hours", "2x/day", "b.i.d."),
        ("TID", "three times daily", "q8h", "every 8 hours", "8-hourly"),
        ("daily", "qd", "once a day", "every day", "nightly", "every 24 hours", "at bedtime"),
        ("weekly", "once a week", "every 7 days", "once weekly"),
        ("every other day", "qod", "every 2 days"),
    ],
)
def test_frequencies_meet_in_any_words(same: tuple[str, ...]) -> None:
    assert len({next(iter(frequencies_in(f"1 tablet {words}"))) for words in same}) == 1


def test_a_duration_is_no_frequency() -> None:
    assert not frequencies_in("for more than 3 months")


ROSE = "Sodium rose by 16 mmol/L from 2019 to 2023: 122, 138 mmol/L."


@pytest.mark.parametrize(
    ("claim", "passages", "supported"),
    [
        ("Sodium fell by 16 mmol/L from 138 to 122 mmol/L.", ["Na 138 mmol/L", "Na 122 mmol/L"], True),
        ("Sodium fell by 18 mmol/L from 138 to 122 mmol/L.", ["Na 138 mmol/L", "Na 122 mmol/L"], False),
        (
            "Sodium rose by 16 mmol/L from 2019 to 2023: 122, 138 mmol/L; furosemide 20 mg was begun.",
            [ROSE, "Furosemide 20 mg was begun."],
            True,
        ),
        (
            "Sodium rose by 16 mmol/L from 2019 to 2023: 138, 122 mmol/L; furosemide 200 mg was begun.",
            [ROSE, "Furosemide 200 mg was begun."],
            False,
        ),
        ("The highest sodium was 138 mmol/L.", ["138\nSodium\nmmol/L", "122\nSodium\nmmol/L"], True),
        ("The highest sodium was 122 mmol/L.", ["138\nSodium\nmmol/L", "122\nSodium\nmmol/L"], False),
        ("FHx: mother epilepsy, mother stroke.", ["FHx: mother epilepsy, father stroke."], False),
        ("Seen one week before the scan for headache.", ["Seen one week after the scan for headache."], False),
        ("Colonoscopy was not done in 2024.", ["Colonoscopy\ncompleted\n2024-09-17"], False),
        ("Colonoscopy was done in 2024.", ["Colonoscopy\nnot-done\n2024-09-17"], False),
        ("Colonoscopy was not done in 2024.", ["Colonoscopy\nnot-done\n2024-09-17"], True),
        ("Asthma was resolved in 2020.", ["Asthma\nactive\n2020-01-02"], False),
        ("The patient has asthma.", ["Asthma\nrelationship: Mother"], False),
        ("The medicine began on 2020-01-02.", ["Medicine\nstart: 2019-05-06\nend: 2020-01-02"], False),
    ],
)
def test_sentences_about_records(claim: str, passages: list[str], supported: bool, lexicon: Lexicon) -> None:  # noqa: FBT001
    found = verdict(claim, passages, lexicon)
    assert (found.outcome is Outcome.SUPPORTED) is supported, found


class FakeJudge:
    """Says the same of everything, and remembers what it was asked."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.asked: list[str] = []

    def judge(self, claim: str, _passages: Sequence[str], /) -> Entailment:
        self.asked.append(claim)
        return Entailment(self.outcome, 0.9)


def test_a_judge_may_doubt_what_the_checks_pass(lexicon: Lexicon) -> None:
    judge = FakeJudge(Outcome.NOT_ENOUGH)
    found = check_claim("Lisinopril was discontinued in November 2023 because of cough.", [NOTE], lexicon=lexicon, judge=judge)
    assert (found.outcome, found.failed) == (Outcome.NOT_ENOUGH, "entailment")
    assert found.score <= 0.5


def test_a_judge_may_support_what_only_the_wording_lacks(lexicon: Lexicon) -> None:
    judge = FakeJudge(Outcome.SUPPORTED)
    found = check_claim("Kidney trouble prompted gentler sugar pills.", [NOTE], lexicon=lexicon, judge=judge)
    assert (found.outcome, found.failed) == (Outcome.SUPPORTED, None)
    assert judge.asked


def test_no_judge_overrules_a_failed_check(lexicon: Lexicon) -> None:
    judge = FakeJudge(Outcome.SUPPORTED)
    assert check_claim("He reports chest pain.", [NOTE], lexicon=lexicon, judge=judge).outcome is Outcome.CONTRADICTED
    assert judge.asked == []


@given(st.text(max_size=80), st.text(max_size=120))
def test_any_text_gets_a_verdict(claim: str, passage: str) -> None:
    found = check_claim(claim, [passage], lexicon=Lexicon([]))
    assert 0 <= found.score <= 1
    assert (found.outcome is Outcome.SUPPORTED) == (found.failed is None)


RELATED = [
    (
        "Furosemide stopped because of gout; amlodipine started for her blood pressure. Metoprolol started 2019-04-02, increased "
        "to 100 mg on 2020-01-15. Creatinine 2.1, baseline 1.2. Sodium 131, potassium 4.6. Dr. Patel ordered an echocardiogram, "
        "cardiology recommended a defibrillator. Will add spironolactone next month. If the cough returns, chest X-ray. "
        "Anemia not due to bleeding. Tamoxifen 2015-2020. Switched from sertraline to escitalopram. Pain worse at night than in "
        "the morning. Rash two days after amoxicillin."
    )
]


@pytest.mark.parametrize(
    ("true", "garbled", "check"),
    [
        ("Furosemide was stopped because of gout.", "Amlodipine was started because of gout.", "causes"),
        ("The anemia is not due to bleeding.", "The anemia is due to bleeding.", "causes"),
        ("Metoprolol was increased to 100 mg on 2020-01-15.", "Metoprolol was increased to 100 mg on 2019-04-02.", "dates"),
        ("The creatinine was 2.1.", "The creatinine is now 1.2.", "numbers"),
        ("Potassium was 4.6.", "Potassium was 131.", "numbers"),
        ("Amlodipine was started.", "Furosemide was started.", "acts"),
        ("Cardiology recommended a defibrillator.", "Dr. Patel recommended a defibrillator.", "persons"),
        ("Spironolactone will be added next month.", "Spironolactone was added.", "certainty"),
        ("A chest X-ray follows if the cough returns.", "The cough returned.", "certainty"),
        ("Tamoxifen was taken from 2015 to 2020.", "She has been on tamoxifen since 2015.", "temporality"),
        ("She was switched from sertraline to escitalopram.", "She was switched from escitalopram to sertraline.", "order"),
        ("The rash came after amoxicillin.", "The rash came before amoxicillin.", "order"),
        ("Pain is worse at night than in the morning.", "Pain is worse in the morning than at night.", "direction"),
        ("The creatinine was 2.1.", "The creatinine of 2.1 is stable.", "judgement"),
    ],
)
def test_a_relation_is_checked_and_not_the_bag_of_its_words(true: str, garbled: str, check: str, lexicon: Lexicon) -> None:
    found = verdict(true, RELATED, lexicon)
    assert found.outcome is Outcome.SUPPORTED, found
    found = verdict(garbled, RELATED, lexicon)
    assert found.outcome is not Outcome.SUPPORTED
    assert check in {finding.check for finding in found.findings}, found


def test_the_fields_of_a_record_belong_together(lexicon: Lexicon) -> None:
    record = ["Ramipril 5 mg tablet\nstopped\nstart: 2021-06-14\nend: 2022-03-01\nHypertension\nCough"]
    assert verdict("Ramipril 5 mg was stopped on 2022-03-01.", record, lexicon).failed is None
    assert verdict("Ramipril has been taken since 2021-06-14.", record, lexicon).failed == "temporality"
