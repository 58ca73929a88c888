"""How notes write what people say: lay words beside the clinical words, shorthand and British or American variants for them.

Wider than `everyday_words`, and so used only where sentences are weighed against each other, never to find a fact.
"""

from __future__ import annotations

from functools import lru_cache

from chartcite.engine.language import body_words, care_words, complaint_words, life_words
from chartcite.engine.language.everyday_words import meanings, said_as

GROUPS = """
puffer inhaler inhalers inhaled mdi hfa spacer rescue albuterol salbutamol ventolin
nebuliser nebulizer neb nebs duoneb duonebs
fit fits convulsion convulsions seizure seizures sz gtc tonic clonic epilepsy epileptic
blackout blackouts faint fainted fainting syncope loc unconscious collapse collapsed
dizzy dizziness lightheaded giddy vertigo orthostatic
muddled confused confusion disoriented oriented delirium mentation fuzzy encephalopathy
tap tapped drained drain drawn fluid lvp paracentesis thoracentesis aspirated aspiration puncture lp
diuretic diuretics > furosemide lasix spironolactone hctz thiazide
runs trots loose diarrhea diarrhoea stool stools bm bms
blocked constipated constipation bm
poop poo stool stools fecal faecal fit cologuard
wee pee urine urinary ua urinate void voiding uop dysuria
jab jabs shot shots vaccine vaccines vaccination immunization immunisation immunized booster dose
chickenpox varicella
shingles zoster shingrix
flu influenza
lockjaw tetanus tdap td
measles mumps mmr
whooping pertussis tdap dtap
grommet grommets tube tubes tympanostomy
eardrum eardrums drum drums tm tms tympanic tympanosclerosis
earwax wax cerumen
hearing audiology audiogram db
eyesight sight vision visual acuity va
specs spectacles glasses lenses
tracing ecg ekg electrocardiogram qtc rhythm
heartbeat pulse palpitations hr palps
pressure bp systolic diastolic hypertension hypotension sbp
reading readings measured log recorded
oxygen sats sat saturation spo2 o2 hypoxic hfnc
breathless winded puffed dyspnea dyspnoea sob doe breathing breath
ventilation ventilated ventilator bipap cpap hfnc intubated intubation niv
wheezy wheeze wheezing
phlegm sputum mucus spit
cough coughing coughs
lungs lung chest pulm pulmonary
transfer dlco diffusion diffusing
puffy swollen swelling edema oedema ankle ankles
yellow jaundice jaundiced icterus icteric
bruise bruised bruising hematoma haematoma ecchymosis bump
graze cut gash laceration lac wound
stitches stitched sutures staples closed
broken broke break fracture fractured fx
plaster cast splint sling brace
collarbone clavicle
shin tibia
thigh femur femoral
kneecap patella
cruciate acl
lumbago backache lumbar back
slipped disc herniated
neck cervical
joint joints arthritis arthritic oa
gout urate
walking gait mobility ambulation ambulate ambulates walks walk walker steps
stick cane walker frame zimmer wheelchair
wash washing bath bathing shower showering bathe hygiene adl adls
money finances financial bills iadl iadls
dosette pillbox blister organiser organizer
tablets tablet pill pills med meds medicine medicines medication medications
fills filled sets
ring rings rang phone phoned call calls called telephone contact
cost price copay deductible afford expensive costly cheap cheaper
ration rationing rationed stretch stretching stretched skipping
odds chance risk likelihood percent
mistake mistaken wrong error erroneous mislabeled mislabelled
ignored disregard disregarded error artifact artefact
dodging dodged dodge avoiding putting delayed missed
booze drink drinks alcohol etoh beer beers wine whisky spirits drinking
drunk intoxicated intoxication etoh
habit addiction addicted opioid cocaine heroin ivdu substance misuse abuse
relapse relapsed slip slipped restarted resumed
fags cigarettes tobacco smoking smoker ppd cig
kicked packed quit
craving cravings urge urges
husband wife spouse partner married
mum mom mother mama
dad father
gran grandma grandmother nan nana
grandad grandpa grandfather
girl daughter
boy son
kid kids child children
girlfriend boyfriend partner
next kin proxy hcp agent surrogate poa attorney decision
speaks speak decide decides agent proxy named
palliative hospice comfort
feed feeding peg ngt tube
ventilator machine machines intubation
drip infusion iv fluids
op operation operated operating surgery surgical
cut operate operated resect resection removed remove excision excised
snip vasectomy
sterilisation sterilization vasectomy
undo undoing reverse reversing reversal
asleep knocked anaesthetic anesthetic anaesthesia anesthesia spinal general sedation propofol block
bleeding bled bleed blood hemorrhage haemorrhage ebl
clot clots > dvt thrombus embolism pe
dvt > clot clots
thrombus > clot clots
clotting inr coagulation
sugar sugars glucose hypoglycemia hyperglycemia
hypo hypos hypoglycemia hypoglycaemia lows
jelly insulin units
kidney kidneys renal nephrology neph nephro ckd
dialysis haemodialysis hemodialysis hd pd peritoneal
donor donate donated offered
liver hepatic hepatology hepatitis cirrhosis
gut bowel intestinal gi
bottom back anus anal rectal rectum anoscopy hra
passage anal rectal
tissue sample biopsy biopsied specimen pathology histology
heartburn acid reflux gerd
indigestion dyspepsia
ulcer ulcers
tummy belly stomach abdomen abdominal ascites
appendix appendectomy appendicitis appendicectomy appy
tonsils tonsillectomy
adenoids adenoid adenoidectomy
polyp polyps
camera scope endoscopy colonoscopy egd gastroscopy
prep preparation bowel
lump nodule mass lesion shadow
spot nodule lesion
growth grew grown growing enlarged
chance accidentally incidental incidentally
picked detected noted
brain head cranial mri cerebral
heart cardiac cardiology echo tte coronary cac
scan scans imaging ct mri us ultrasound pet dxa xr
xray film films xr radiograph cxr
picture pictures film imaging xr mri
microscope sediment smear microscopy
swab swabs culture cultures pcr
germ bug bacteria organism
virus viral vl
infection infected sepsis abscess cellulitis
temperature fever febrile temp tmax pyrexia
shivering shivers chills rigors
rash eruption exanthem hives spots macules bumps urticaria papules maculopapular
itch itchy itching pruritus pruritic
peeling blisters blister
mouth oral mucosa mucosal thrush
sore sores ulcer ulcers lesion
throat pharynx pharyngitis
tongue bite
thrush candida candidal candidiasis yeast
allergic allergy allergies reaction reacted hives intolerance
disagree disagreed tolerate tolerated upset effects
nausea sick queasy vomiting vomited
nightmares nightmare dreams dream vivid
mood depressed depression phq low irritable tempered
suicidal suicide si
nervous anxiety anxious
sleep sleeping insomnia slept night sleepy
snore snores snoring apnea apnoea
memory forget forgetful moca recall dementia alzheimer cognition cognitive
tremor shake shakes shaking hand
flapping flap asterixis
stiff stiffness rigidity rigid
weak weakness strength power
numb numbness sensation tingling
neurological neuro nonfocal focal deficit strength sensation reflexes
reflex reflexes dtr
writing writes dominant handed handedness > r l
shortened rotated leg
breathed inhaled exposure exposed fumes asbestos dust
job work occupation worked employed supervisor retired
boss manager supervisor
degree college graduate university
university college graduate courses
schooling education school graduate
straight gay heterosexual homosexual bisexual orientation identifies lgbt
rich poor wealthy socioeconomic income background
cover insurance insured payer medicaid medicare insurer
tongue language greek spanish english native
religion church priest faith
holiday trip travel flight flies travelling abroad vacation
wedding married marries gets
pet pets dog cat puppy kitten
swim swimming diving water plugs
climbing monkey bars playground
exercise exercises walking gym running hiking
sport sports soccer hockey football tennis
diet food eating eats foods meals salty snack
soup broth
tinned canned
sweet juice
salt sodium salty substitute nosalt
banana bananas orange oranges fruit potassium
fizzy soda cola
herbal supplement supplements remedy otc
supplement powder vitamin
painkiller painkillers > paracetamol acetaminophen tylenol apap ibuprofen nsaid nsaids aleve naproxen
antibiotic antibiotics > ceftriaxone cefazolin amoxicillin azithromycin doxycycline cefoxitin cephalexin cefpodoxime
steroid steroids > prednisone prednisolone cortisone triamcinolone methylpred
sedative sedatives sleeping > zolpidem benzodiazepine
statin > cholesterol atorvastatin rosuvastatin lipids ldl
thinner thinners anticoagulant anticoagulants anticoagulation > eliquis apixaban warfarin
beta blocker > carvedilol propranolol metoprolol
patch patches nicotine
cream ointment topical
drops eyedrops
spray nasal intranasal
injection injections injectable injectables
ill unwell illness
lab labs laboratory bloods
bloods labs drawn
needle needles iv ivs draws draw venipuncture
vein veins vascular mapping
arm arms limb
spare spared save saved
refuse refused refuses declined declines objection objects
agree agrees agreed accepts consent
keen prefers leans wants
reluctant scared afraid worried
promise promised agreed goal goals
told advised counselled counseled explained informed
advice advised advise recommended recommendation counselled
instructions instructed told
warn warned warning return precautions
questionnaire questionnaires form forms vanderbilt score
attention inattention adhd drifts concentration
nurse rn
pharmacist pharmd
dietitian dietician rdn nutrition nutritionist
physio physiotherapy pt rehab
surgeon surgery thoracic ortho orthopedic orthopaedic
specialist consultant consult clinic
paramedics ambulance ems crew
casualty ed er emergency
ward inpatient hospital admitted admission stay
discharged discharge home
abuse nai safeguarding violence
injury injured trauma contusion
bang banged head strike bump
triggered trigger set precipitant precipitated contributors tipped
objection reason because
stop stopped stopping discontinued dc'd off held
drop dropped reduce reduced cut lower lowered
dropping dropped stop stopped
swap swapped switch switched changed change
raise raised increase increased up titrate
restart restarted resume resumed reintroduced rechallenge
start started begin began initiate
binned stopped discontinued stop
fallback alternative option instead
ok normal nl unremarkable wnl
"""
"""One group a line: each word may be written for each other; those after `>` only for those before it."""


@lru_cache(maxsize=1)
def _by_word() -> dict[str, frozenset[str]]:
    groups = (GROUPS, life_words.GROUPS, care_words.GROUPS, complaint_words.GROUPS, body_words.GROUPS)
    return meanings(line for each in groups for line in each.strip().splitlines())


def noted_as(word: str, /) -> frozenset[str]:
    """Return the folded words by which a note may write a folded word, itself among them."""
    return said_as(word) | _by_word().get(word, frozenset())


def is_bedside(word: str, /) -> bool:
    """Say whether a folded word is one of these: a word that means something is no typing error ("snore", not "score")."""
    return word in _by_word()


LEAST_MISSPELT = 6
"""Letters of the shortest word that is taken for a misspelt one of these."""


def misspelt(word: str, /) -> str | None:
    """Return the one of these whose letters changed places in a folded word ("needel" for "needle"); `None`: no such word."""
    if len(word) < LEAST_MISSPELT or is_bedside(word):
        return None
    swapped = (word[:place] + word[place + 1] + word[place] + word[place + 2 :] for place in range(1, len(word) - 1))
    meant = {each for each in swapped if is_bedside(each)}
    return meant.pop() if len(meant) == 1 else None
