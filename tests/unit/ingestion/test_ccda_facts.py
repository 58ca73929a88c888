from __future__ import annotations

from decimal import Decimal

import pytest
from chartcite.engine.domain.records import AssertionStatus, Fact
from chartcite.engine.facts.elements import locate

from tests.unit.ingestion.test_ccda import document, paths, read, section

T = "2.16.840.1.113883.10.20.22.4."
SNOMED = 'codeSystem="2.16.840.1.113883.6.96"'


def told(xml: str, category: str) -> list[Fact]:
    """Return the facts of a category; every place that they name is in the document."""
    one = read(xml)
    text = one.prepared.documents[0].text
    assert all(locate(text, path) for fact in one.prepared.facts for path in paths(fact))
    return [fact for fact in one.prepared.facts if fact.category == category and "section" in fact.id]


def words(fact: Fact, xml: str, path: str) -> str:
    span = locate(xml, path)
    assert span is not None
    return xml[slice(*span)]


def details(fact: Fact) -> dict[str, str]:
    return {detail.name: detail.text for detail in fact.details}


def inside(kind: str, statement: str) -> str:
    return f'<entryRelationship typeCode="{kind}">{statement}</entryRelationship>'


def problem(value: str, *more: str, negated: bool = False, concern: str = "active", times: str = '<low value="2020"/>') -> str:
    flag = ' negationInd="true"' if negated else ""
    observation = (
        f'<observation classCode="OBS" moodCode="EVN"{flag}><templateId root="{T}4"/><code code="55607006" {SNOMED} '
        f'displayName="Problem"/><statusCode code="completed"/><effectiveTime>{times}</effectiveTime>'
        f"{value}{''.join(more)}</observation>"
    )
    return (
        f'<act classCode="ACT" moodCode="EVN"><templateId root="{T}3"/><code code="CONC"/><statusCode code="{concern}"/>'
        f"{inside('SUBJ', observation)}</act>"
    )


ASTHMA = (
    f'<value xsi:type="CD" code="195967001" {SNOMED} displayName="Asthma">'
    '<translation code="J45.909" codeSystem="2.16.840.1.113883.6.90"/></value>'
)


def test_a_problem_has_the_status_of_its_concern_and_all_codes() -> None:
    xml = document(section("11450-4", problem(ASTHMA)))
    [found] = told(xml, "condition")
    assert (found.concept.text, found.status, found.assertion) == ("Asthma", "active", AssertionStatus.PRESENT)
    assert [(coding.system, coding.code) for coding in found.concept.codings] == [
        ("http://snomed.info/sct", "195967001"),
        ("http://hl7.org/fhir/sid/icd-10-cm", "J45.909"),
    ]
    assert (words(found, xml, found.concept_path), words(found, xml, found.occurred_path)) == ("Asthma", "2020")


@pytest.mark.parametrize(
    ("entry", "status", "assertion"),
    [
        (problem(ASTHMA, times='<low value="2020"/><high value="2021"/>'), "resolved", AssertionStatus.PRESENT),
        (problem(ASTHMA, times='<low value="2020"/><high nullFlavor="UNK"/>'), "resolved", AssertionStatus.PRESENT),
        (problem(ASTHMA, times='<low value="2020"/><high nullFlavor="NI"/>'), "active", AssertionStatus.PRESENT),
        (problem(ASTHMA, concern="completed"), "inactive", AssertionStatus.PRESENT),
        (problem(ASTHMA, concern="nullified"), "nullified", AssertionStatus.ENTERED_IN_ERROR),
        (problem(ASTHMA, negated=True), "active", AssertionStatus.ABSENT),
        (
            problem(
                ASTHMA,
                inside(
                    "REFR",
                    f'<observation classCode="OBS" moodCode="EVN"><templateId root="{T}6"/><code code="33999-4"/>'
                    f'<value xsi:type="CD" code="73425007" {SNOMED} displayName="Inactive"/></observation>',
                ),
            ),
            "inactive",
            AssertionStatus.PRESENT,
        ),
    ],
    ids=["ended", "ended, when unknown", "end not said", "no concern any more", "taken back", "negated", "observed"],
)
def test_says_whether_a_problem_holds(entry: str, status: str, assertion: AssertionStatus) -> None:
    [found] = told(document(section("11450-4", entry)), "condition")
    assert (found.status, found.assertion) == (status, assertion)


def test_a_problem_without_a_code_is_named_by_the_narrative() -> None:
    value = '<value xsi:type="CD" nullFlavor="OTH"><originalText><reference value="#p1"/></originalText></value>'
    xml = document(section("11450-4", problem(value), text='<content ID="p1">Odd <sub>rash</sub></content>'))
    [found] = told(xml, "condition")
    assert (found.concept.text, words(found, xml, found.concept_path)) == ("Odd rash", "Odd <sub>rash")


def test_a_risk_is_not_a_condition_that_is_there() -> None:
    entry = problem(ASTHMA).replace(f'root="{T}3"', f'root="{T}136"')
    [found] = told(document(section("75310-3", entry)), "condition")
    assert found.assertion is AssertionStatus.HYPOTHETICAL


def allergy(participant: str, *more: str, negated: bool = False, kind: str = "416098002") -> str:
    flag = ' negationInd="true"' if negated else ""
    entity = f"<playingEntity>{participant}</playingEntity>"
    held = f'<participant typeCode="CSM"><participantRole>{entity}</participantRole></participant>'
    return (
        f'<act classCode="ACT" moodCode="EVN"><templateId root="{T}30"/><statusCode code="active"/>'
        + inside(
            "SUBJ",
            f'<observation classCode="OBS" moodCode="EVN"{flag}><templateId root="{T}7"/><code code="ASSERTION"/>'
            f'<value xsi:type="CD" code="{kind}" {SNOMED} displayName="Drug allergy"/>{held}{"".join(more)}</observation>',
        )
        + "</act>"
    )


PENICILLIN = '<code code="7980" codeSystem="2.16.840.1.113883.6.88" displayName="Penicillin G"/>'


def test_an_allergy_tells_reaction_severity_and_criticality() -> None:
    def says(template: str, value: str) -> str:
        return (
            f'<observation classCode="OBS" moodCode="EVN"><templateId root="{T}{template}"/><code code="x"/>{value}</observation>'
        )

    severity = says("8", '<value xsi:type="CD" code="6736007" displayName="Moderate"/>')
    reaction = says("9", '<value xsi:type="CD" code="247472004" displayName="Hives"/>').replace(
        "</observation>", f"{inside('SUBJ', severity)}</observation>"
    )
    critical = says("145", '<value xsi:type="CD" code="CRITH"/>')
    [found] = told(
        document(section("48765-2", allergy(PENICILLIN, inside("MFST", reaction), inside("SUBJ", critical)))), "allergy"
    )
    assert (found.concept.text, found.status, found.assertion) == ("Penicillin G", "active", AssertionStatus.PRESENT)
    assert details(found) == {"reaction": "Hives", "severity": "Moderate", "criticality": "high", "type": "Drug allergy"}


@pytest.mark.parametrize(
    ("participant", "kind", "text"),
    [
        ('<code nullFlavor="NA"/>', "419199007", "No known allergies"),
        ('<code nullFlavor="NA"/>', "416098002", "No known drug allergies"),
        (f'<code code="410942007" {SNOMED} displayName="Drug or medicament"/>', "419199007", "No known drug allergies"),
        ('<code nullFlavor="NA"/>', "414285001", "No known food allergies"),
        (PENICILLIN, "416098002", "Penicillin G"),
    ],
)
def test_a_negated_allergy_is_a_documented_absence(participant: str, kind: str, text: str) -> None:
    xml = document(section("48765-2", allergy(participant, negated=True, kind=kind)))
    [found] = told(xml, "allergy")
    assert (found.concept.text, found.assertion) == (text, AssertionStatus.ABSENT)
    if text.startswith("No known"):
        assert 'negationInd="true"' in words(found, xml, found.concept_path)


def administered(*inner: str, mood: str = "EVN", flag: str = "", template: str = "16") -> str:
    return (
        f'<substanceAdministration classCode="SBADM" moodCode="{mood}"{flag}><templateId root="{T}{template}"/>'
        f"{''.join(inner)}</substanceAdministration>"
    )


def product(code: str) -> str:
    return (
        f"<consumable><manufacturedProduct><manufacturedMaterial>{code}</manufacturedMaterial></manufacturedProduct></consumable>"
    )


ATENOLOL = product('<code code="197380" codeSystem="2.16.840.1.113883.6.88" displayName="atenolol 25 MG Oral Tablet"/>')
FOUR_TO_SIX = '<low value="4" unit="h"/><high value="6" unit="h"/>'
BREAKFAST = 'xsi:type="EIVL_TS"><event code="ACM"/>'
TAKEN = '<effectiveTime xsi:type="IVL_TS"><low value="20120318"/><high value="20130101"/></effectiveTime>'


def test_a_medication_tells_dose_route_frequency_and_reason() -> None:
    reason = (
        f'<observation classCode="OBS" moodCode="EVN"><templateId root="{T}19"/><code code="x"/>'
        f'<value xsi:type="CD" code="38341003" {SNOMED} displayName="Hypertension"/></observation>'
    )
    entry = administered(
        '<statusCode code="aborted"/>',
        TAKEN,
        '<effectiveTime xsi:type="PIVL_TS" operator="A"><period value="12" unit="h"/></effectiveTime>',
        '<routeCode code="C38288" displayName="Oral"/><doseQuantity value="1"/><administrationUnitCode displayName="tablet"/>',
        '<maxDoseQuantity><numerator value="4" unit="g"/><denominator value="24" unit="h"/></maxDoseQuantity>',
        ATENOLOL,
        inside("RSON", reason),
        '<precondition><criterion><value xsi:type="CD" displayName="Headache"/></criterion></precondition>',
    )
    xml = document(section("10160-0", entry))
    [found] = told(xml, "medication")
    assert (found.concept.text, found.status, words(found, xml, found.status_path)) == (
        "atenolol 25 MG Oral Tablet",
        "stopped",
        "aborted",
    )
    assert found.occurred is not None
    assert found.ended is not None
    assert (found.occurred.written, found.ended.written) == ("2012-03-18", "2013-01-01")
    assert details(found) == {
        "dose": "1 tablet", "route": "Oral", "frequency": "every 12 hours", "as_needed": "Headache", "maximum": "4 g per 24 h",
        "reason": "Hypertension",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("time", "text"),
    [
        ('<effectiveTime xsi:type="PIVL_TS"><period value="1" unit="d"/></effectiveTime>', "every 1 day"),
        (f'<effectiveTime xsi:type="PIVL_TS"><period>{FOUR_TO_SIX}</period></effectiveTime>', "every 4-6 hours"),
        ('<effectiveTime xsi:type="EIVL_TS"><event code="HS"/></effectiveTime>', "at bedtime"),
        (f'<effectiveTime xsi:type="SXPR_TS"><comp {BREAKFAST}</comp></effectiveTime>', "before breakfast"),
    ],
)  # fmt: skip
def test_says_how_often(time: str, text: str) -> None:
    [found] = told(document(section("10160-0", administered(time, ATENOLOL))), "medication")
    assert details(found)["frequency"] == text


@pytest.mark.parametrize(
    ("code", "mood", "flag", "assertion", "status"),
    [
        ("10160-0", "EVN", ' negationInd="true"', AssertionStatus.ABSENT, "not-taken"),
        ("10160-0", "INT", "", AssertionStatus.PRESENT, "active"),
        ("18776-5", "INT", "", AssertionStatus.HYPOTHETICAL, "active"),
        ("10160-0", "PRP", "", AssertionStatus.HYPOTHETICAL, "active"),
    ],
)
def test_says_whether_a_medication_is_taken(code: str, mood: str, flag: str, assertion: AssertionStatus, status: str) -> None:
    entry = administered('<statusCode code="active"/>', ATENOLOL, mood=mood, flag=flag)
    [found] = told(document(section(code, entry)), "medication")
    assert (found.assertion, found.status) == (assertion, status)


def test_an_immunization_that_was_refused_says_why() -> None:
    reason = (
        f'<observation classCode="OBS" moodCode="EVN"><templateId root="{T}53"/>'
        '<code code="PATOBJ" displayName="patient objection"/></observation>'
    )
    flu = product(
        '<code code="140" codeSystem="2.16.840.1.113883.12.292" displayName="Influenza"/><lotNumberText>L1</lotNumberText>'
    )
    given = administered('<effectiveTime value="20230901"/>', flu, template="52")
    refused = administered(
        '<effectiveTime value="2023"/>', flu, inside("RSON", reason), flag=' negationInd="true"', template="52"
    )
    done, not_done = told(document(section("11369-6", given, refused)), "immunization")
    assert (done.assertion, details(done)["lot"]) == (AssertionStatus.PRESENT, "L1")
    assert done.concept.codings[0].system == "http://hl7.org/fhir/sid/cvx"
    assert (not_done.assertion, not_done.status) == (AssertionStatus.ABSENT, "not-done")
    assert details(not_done)["status_reason"] == "patient objection"
    assert "reason" not in details(not_done)


def observed(code: str, value: str, more: str = "", time: str = "20230101") -> str:
    return (
        f'<observation classCode="OBS" moodCode="EVN">'
        f'<code code="{code}" codeSystem="2.16.840.1.113883.6.1" displayName="N{code}"/>'
        f'<statusCode code="completed"/><effectiveTime value="{time}"/>{value}{more}</observation>'
    )


def battery(*observations: str, code: str = '<code code="24323-8" displayName="Panel"/>', template: str = "1") -> str:
    held = "".join(f"<component>{one}</component>" for one in observations)
    return (
        f'<organizer classCode="BATTERY" moodCode="EVN"><templateId root="{T}{template}"/>{code}<statusCode code="completed"/>'
        f"{held}</organizer>"
    )


def test_a_result_keeps_digits_unit_flag_and_range() -> None:
    more = (
        '<interpretationCode code="H"/><referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="4.0" unit="%"/>'
        '<high value="5.6" unit="%"/></value></observationRange></referenceRange>'
    )
    xml = document(section("30954-2", battery(observed("4548-4", '<value xsi:type="PQ" value="7.10" unit="%"/>', more))))
    [found] = told(xml, "laboratory")
    assert found.value is not None
    assert found.value.quantity is not None
    assert (found.value.shown, words(found, xml, found.value.path), found.value.quantity.ucum) == (
        "7.10 %",
        '7.10" unit="%',
        "%",
    )
    assert (found.interpretation, found.reference_range, found.range_low, found.range_high) == (
        "H", "4.0-5.6 %", Decimal("4.0"), Decimal("5.6"),
    )  # fmt: skip
    assert found.status == "final"
    [report] = told(xml, "report")
    assert (report.concept.text, details(report)["result"]) == ("Panel", "N4548-4")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('<value xsi:type="PQ" value="1.2e3"/>', "1.2e3"),
        ('<value xsi:type="PQ" value="5" unit="1"/>', "5"),
        ('<value xsi:type="PQ" value="many" unit="mg"/>', "many mg"),
        ('<value xsi:type="INT" value="3"/>', "3"),
        ('<value xsi:type="ST">  trace   amounts</value>', "trace amounts"),
        ('<value xsi:type="CD" code="1" displayName="Positive"/>', "Positive"),
        ('<value xsi:type="CD" nullFlavor="OTH"><originalText>few cells</originalText></value>', "few cells"),
        ('<value xsi:type="IVL_PQ"><low value="4" unit="mg"/><high value="6" unit="mg"/></value>', "4-6 mg"),
        ('<value xsi:type="IVL_PQ"><high value="0.2" unit="mg" inclusive="false"/></value>', "<0.2 mg"),
        ('<value xsi:type="RTO_PQ_PQ"><numerator value="1"/><denominator value="64"/></value>', "1 per 64"),
        ('<value xsi:type="TS" value="20230105"/>', "2023-01-05"),
        ('<value xsi:type="BL" value="false"/>', "false"),
        ('<value xsi:type="PQ" nullFlavor="UNK"/>', None),
        ('<value xsi:type="CD" nullFlavor="UNK"/>', None),
    ],
)
def test_reads_every_type_of_value(value: str, shown: str | None) -> None:
    [found] = told(document(section("30954-2", battery(observed("1-8", value)))), "laboratory")
    assert (found.value.shown if found.value else None) == shown


def test_two_pressures_of_one_moment_are_one_blood_pressure() -> None:
    def pressure(code: str, value: int, time: str) -> str:
        return observed(code, f'<value xsi:type="PQ" value="{value}" unit="mm[Hg]"/>', time=time)

    xml = document(
        section(
            "8716-3",
            battery(pressure("8480-6", 132, "20230101"), pressure("8462-4", 88, "20230101"), template="26"),
            battery(pressure("8480-6", 120, "20230201"), pressure("8462-4", 70, "20230202"), template="26"),
        )
    )
    joined, *apart = told(xml, "vital_sign")
    assert (joined.concept.text, [part.value.shown for part in joined.components if part.value]) == (
        "Blood pressure",
        ["132 mm[Hg]", "88 mm[Hg]"],
    )
    assert [one.concept.text for one in apart] == ["N8480-6", "N8462-4"]


def test_birth_sex_is_told_of_the_person_and_smoking_as_social_history() -> None:
    sex = observed("76689-9", '<value xsi:type="CD" code="F" displayName="Female"/>')
    smoking = observed("72166-2", '<value xsi:type="CD" code="8517006" displayName="Ex-smoker"/>')
    xml = document(section("29762-2", sex, smoking))
    [social] = told(xml, "social_history")
    assert social.value is not None
    assert social.value.shown == "Ex-smoker"
    assert any(
        fact.concept.text == "Birth sex" and fact.value and fact.value.shown == "Female" for fact in read(xml).prepared.facts
    )


@pytest.mark.parametrize(
    ("mood", "flag", "status", "category", "assertion", "given_status"),
    [
        ("EVN", "", "completed", "procedure", AssertionStatus.PRESENT, "completed"),
        ("EVN", ' negationInd="true"', "completed", "procedure", AssertionStatus.ABSENT, "not-done"),
        ("EVN", "", "cancelled", "procedure", AssertionStatus.ABSENT, "not-done"),
        ("RQO", "", "active", "order", AssertionStatus.PRESENT, "active"),
        ("PRP", "", "active", "order", AssertionStatus.HYPOTHETICAL, "active"),
    ],
)
def test_what_was_done_is_told_from_what_is_planned(
    mood: str, flag: str, status: str, category: str, assertion: AssertionStatus, given_status: str
) -> None:
    entry = (
        f'<procedure classCode="PROC" moodCode="{mood}"{flag}><templateId root="{T}14"/><code code="73761001" {SNOMED} '
        f'displayName="Colonoscopy"/><statusCode code="{status}"/><effectiveTime value="20230101"/></procedure>'
    )
    [found] = told(document(section("47519-4", entry)), category)
    assert (found.concept.text, found.assertion, found.status) == ("Colonoscopy", assertion, given_status)


def test_a_visit_tells_its_class_place_people_and_diagnoses() -> None:
    diagnosis = problem(ASTHMA).replace(f'root="{T}3"', f'root="{T}80"')
    entry = (
        f'<encounter classCode="ENC" moodCode="EVN"><templateId root="{T}49"/><code code="99213" displayName="Office visit">'
        '<translation code="AMB" codeSystem="2.16.840.1.113883.5.4"/></code><effectiveTime value="202309271300+0500"/>'
        "<performer><assignedEntity><assignedPerson><name>Dr. Who</name></assignedPerson></assignedEntity></performer>"
        f"{inside('SUBJ', diagnosis)}</encounter>"
    )
    xml = document(section("46240-8", entry))
    [visit] = told(xml, "encounter")
    assert visit.occurred is not None
    assert visit.occurred.written == "2023-09-27T13:00+05:00"
    assert details(visit) == {"class": "ambulatory (AMB)", "participant": "Dr. Who", "diagnosis": "Asthma"}
    assert [one.concept.text for one in told(xml, "condition")] == ["Asthma"]


def test_a_relatives_condition_is_the_familys() -> None:
    years = '<value xsi:type="PQ" value="57" unit="a"/>'
    age = f'<observation classCode="OBS" moodCode="EVN"><templateId root="{T}31"/>{years}</observation>'
    entry = (
        f'<organizer classCode="CLUSTER" moodCode="EVN"><templateId root="{T}45"/><subject><relatedSubject><code code="FTH" '
        'displayName="Father"/></relatedSubject></subject>'
        f"<component><observation><code/>{ASTHMA}{inside('SUBJ', age)}</observation></component>"
        f'<component><observation negationInd="true"><code/>{ASTHMA}</observation></component></organizer>'
    )
    xml = document(section("10157-6", entry))
    [found] = told(xml, "family_history")
    assert (found.concept.text, found.assertion) == ("Asthma", AssertionStatus.FAMILY)
    assert details(found) == {"relationship": "Father", "onset": "57 years"}
    assert any("a relative does not have" in note.reason for note in read(xml).notes)


def test_a_goal_is_aimed_at_not_reached() -> None:
    entry = (
        f'<observation classCode="OBS" moodCode="GOL"><templateId root="{T}121"/><code code="3141-9" displayName="Weight"/>'
        '<statusCode code="active"/><value xsi:type="PQ" value="70" unit="kg"/></observation>'
    )
    [found] = told(document(section("61146-7", entry)), "goal")
    assert (found.concept.text, found.value, details(found)) == ("Weight", None, {"target": "70 kg"})
