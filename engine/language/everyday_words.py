"""Everyday words that mean one thing: people ask "what job", "at the wheel", "the boy", and notes tell of work, driving, a son.

Names of diseases, tests and medicines are the lexicon's; here stand the words of ordinary life and of the talk at a visit.
"""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from chartcite.engine.language.terminology import forms

GROUPS = """
job work working works worked occupation employed employment employer living trade profession career > retired shift
drive drives driving drove driver wheel
child children kid kids toddler baby > son daughter
boy > son
girl > daughter
spouse partner married > wife husband girlfriend boyfriend fiance
mother mom mum mama mommy
father dad daddy papa
sibling siblings > sister brother
parent parents > mother father mom dad
pet pets animal animals livestock > dog dogs cat cats puppy kitten bird birds calves cattle cows chickens sheep horses
dog puppy
cat kitten
cost costs price pay paid copay dollars expensive afford money deductible charge
insurance insurer insured payer payor coverage carrier > plan medicare medicaid humana aetna cigna anthem kaiser uninsured auth
home house apartment residence abode housing homeless
alcohol drink drinks drinking drank beer beers wine sherry spirits etoh liquor booze sober sobriety
smoke smokes smoking smoker smoked cigarette cigarettes cig cigs tobacco ppd pack packs
quit quits stopped stop abstinent
scared afraid fear fears frightened nervous worried worry anxious dread
prefer prefers preferred choose chooses chose opts opted leans wants wish wishes keen like likes want
refuse refused refuses declined declines decline reluctant unwilling unhappy deny denied
suggest suggests suggested advise advised advises recommend recommends recommended recommendation urged told tell tells instructed counselled counseled asked
avoid avoids away forbidden
offer offers offered offering
letter note form paper papers paperwork document
hurt hurts injured injury injure twisted fell fall lifted strained
closed close stitched stitches sutured sutures staples staple glue closure repaired
tired fatigue fatigued exhausted energy sleepy groggy drowsy
sad mood depressed low irritable irritability temper
walk walks walking walked steps miles mile distance blocks
die died dies death dead deceased passed d
eat eats eating ate food diet meals meal appetite > breakfast lunch dinner supper recall
swap swapped instead replace replaced substitute alternative
sport sports exercise > hockey soccer football tennis swim swimming run running gym hike hikes hiking walks
school grade teacher class kindergarten preschool
speak speaks spoke speech talk talks talked say said words language languages
interpreter interpreted interpret translate translated translator
travel travels travelling traveling trip flight flies flew fly abroad holiday vacation
wake wakes awake sleep sleeping slept night nights nightmares
cause caused causes trigger triggers triggered provoked due explain explains explained blame blamed culprit because contributor contributors precipitant
belief believes religion religious church priest hymns parish faith
inherit inherited hereditary genetic gene genes risk
found find finds finding discovered noticed seen
help helps helped carer caregiver caring care support supports supportive
forgot forget forgets forgotten remember recall memory
miss missed misses missing skipped skip skips late
cancel cancelled canceled cancels postponed postpone rebooked rebook rescheduled
excuse reason says said
revise revised amended amendment corrected correction replaces
better improved improvement improves improving gone cleared resolved resolve recovered
worse worsened worsening worsens deteriorated
handle tolerate tolerated tolerating cope coped coping managed
effect effects reaction dreams nausea
sign signs signed
book booked books booking appointment appt schedule scheduled slot
tooth teeth dental dentist
stool stools bowel bowels poo bm bms
pee peeing urine urinate
belly tummy abdomen abdominal stomach
swollen swelling swell puffy puff edema oedema
bump lump bumps
vomit vomited vomiting sick retching throwing
itch itchy itching pruritus
kidney kidneys renal
liver hepatic
lung lungs pulmonary
heart cardiac
skin rash
doctor physician clinician provider > md
nurse rn
risk risks chance chances odds likelihood probability
cancer cancerous malignancy malignant neoplasm tumor tumour
transfusion transfused blood
wound wounds lac laceration incision puncture cut
painkiller painkillers analgesic > aleve tylenol ibuprofen advil acetaminophen naproxen oxycodone
resuscitation resuscitate cpr dnr restart
machine machines ventilator intubation intubated
path pathology histology biopsy specimen
scan scans imaging > ct mri pet ultrasound xr
scope scoped endoscopy > egd colonoscopy gastroscopy cystoscopy
injection injected inject shot shots jab
clear clean negative neg normal unremarkable
bone bones
hearing deaf hears hear
live lives lived reside resides resident
goal goals target targets
folate folic
abx antibiotic antibiotics antimicrobial antimicrobials
vape vapes vaping > electronic
stair stairs > step steps

chemist chemists pharmacy pharmacies pharmacist drugstore
script scripts prescription prescriptions prescribe prescribed rx
refill refills renew renewed renewal > repeat prescription
casualty er ed emergency
gp pcp
admit admitted admission hospitalized hospitalised > inpatient
theatre theater > operating
sonogram ultrasound uss usg doppler duplex
xray xrays radiograph radiographs film films
biopsy biopsies biopsied bx
keyhole laparoscopic laparoscopically laparoscopy
crutches crutch
battery batteries batt
insole insoles insert inserts orthotic orthotics
physio physiotherapy physiotherapist
counselling counsellor counselor psychotherapy therapist
cardiologist cardiology
neurologist neurology
nephrologist nephrology
gastroenterologist gastroenterology
pulmonologist pulmonology
endocrinologist endocrinology
rheumatologist rheumatology
dermatologist dermatology derm
hematologist hematology
oncologist oncology
urologist urology
gynecologist gynecology gynae gyn obgyn
pediatrician pediatrics paeds peds
podiatrist podiatry chiropodist
orthopedic orthopedics ortho
psychiatrist psychiatry psych
otolaryngologist otolaryngology ent
ophthalmologist ophthalmology optometrist optician
icu itu intensive
taper tapered tapering wean weaned weaning
leaflet leaflets handout handouts brochure
postop postoperative postoperatively
preop preoperative preoperatively
consent consented consents
sedated sedation sedate > propofol midazolam versed
stone stones calculus calculi
narrow narrowed narrowing tight stenosis stenotic stricture
spread spreads > metastasis metastases metastatic mets
diagnosis diagnoses diagnosed dx impression imp assessment
wear wears wearing wore worn
cpap > mask machine
bipap > mask machine
bathe bath bathing bathes wash washes dress dresses dressing toilet toileting shower showers showering > adl adls independent
cook cooks cooking > meals iadl iadls adl adls
shop shops shopping > iadl iadls adl adls
laundry housework cleaning cleans chores > iadl iadls adl adls
freeze froze frozen cryotherapy
brace braced splint splinted boot sling
contraception contraceptive contraceptives > pill coil iud mirena implant condoms depo
womb uterus uterine
nappy nappies diaper diapers
dummy pacifier
cot crib
armpit armpits axilla axillae axillary underarm
navel bellybutton umbilicus umbilical
breastbone sternum sternal
collarbone clavicle clavicular
kneecap patella patellar
tailbone coccyx coccygeal
backbone spine spinal vertebra vertebrae vertebral
gullet foodpipe esophagus esophageal
windpipe trachea tracheal
voicebox larynx laryngeal
gum gums gingiva gingival
jaw jawbone mandible mandibular
bum buttock buttocks gluteal
groin inguinal
calf calves gastrocnemius
thighbone femur
earwax wax cerumen
earache otalgia
eardrum eardrums tympanic
nosebleed nosebleeds epistaxis
tinnitus ringing buzzing
deafness deaf hearing
giddy giddiness woozy wooziness dizzy dizziness lightheaded lightheadedness
numb numbness tingling tingle tingly paresthesia paraesthesia
faint fainted fainting faints blackout blackouts syncope syncopal
fit fits convulsion convulsions seizure seizures > sz
shaky shakes trembling tremor tremors
sweats sweating sweaty sweated diaphoretic diaphoresis
hoarse hoarseness
phlegm sputum
boil abscess
mole moles nevus nevi naevus
wart warts verruca
blister blisters bulla bullae
scab scabs eschar
hives urticaria
nits lice
pimple pimples acne zits > spots
throbbing pounding pulsating pulsing
miscarried miscarriage
breastfed breastfeeding breastfeed lactating
period periods menses menstrual menstruation > lmp
erection erections erectile
testicle testicles testes testis testicular
smear pap
bunion bunionectomy
insoles insole orthotics orthotic
papilledema papilloedema
fundi fundus funduscopic fundoscopy fundoscopic funduscopy
"""
"""One group a line: each word may be said for each other; those after `>` only for those before it (a puppy is a pet)."""


@lru_cache(maxsize=1)
def _by_word() -> dict[str, frozenset[str]]:
    return meanings(GROUPS.strip().splitlines())


def meanings(groups: Iterable[str], /) -> dict[str, frozenset[str]]:
    """Return the folded words that each folded word of some groups (as in `GROUPS`) may be said by."""
    meant: dict[str, set[str]] = {}
    for line in groups:
        alike, _, narrower = line.partition(">")
        said = {form for word in alike.split() for form in forms(word)}
        kinds = {form for word in narrower.split() for form in forms(word)}
        for word in said:
            meant.setdefault(word, set()).update(said | kinds)
    return {word: frozenset(group) for word, group in meant.items()}


def said_as(word: str, /) -> frozenset[str]:
    """Return the folded words by which notes may say a folded word, itself among them."""
    return _by_word().get(word, frozenset()) | {word}
