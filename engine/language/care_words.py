"""How notes write the words of care: tests, imaging, operations, anaesthesia, specimens, devices, medicines, specialties, stays.

Of the same kind as `bedside_words`, which joins them: used only where sentences are weighed against each other, never to find a fact.
"""

# ruff: noqa: E501

from __future__ import annotations

GROUPS = """
turn turns turned turning reposition repositioned repositioning repositions rolled
mattress mattresses bed cushion > airflow
fbc cbc bloodcount > wbc hgb hemoglobin hct hematocrit platelets
ues uecr rft rfts kft kfts bmp cmp chem7 > creatinine urea bun sodium potassium gfr electrolytes
electrolytes lytes > sodium potassium chloride bicarbonate magnesium
lft lfts > ast alt alp bilirubin transaminases liver
tft tfts > tsh thyroid t4 thyroxine
inflammatory inflammation crp esr > sed procalcitonin
troponin troponins trop trops > ck enzymes
abg abgs vbg gases > ph pco2 po2 gas
csf cerebrospinal > spinal fluid lp puncture
lp > lumbar puncture csf spinal tap
dipstick dipped urinalysis urine > ua dip nitrites nitrite leukocytes leuks msu
msu csu midstream > urine culture
pregnant pregnancy hcg bhcg upt expecting > gravid gravida intrauterine iup gestation ega lmp
smear pap papanicolaou cytology > cervical
stain stained gram > organisms bacilli cocci
sensitivity sensitivities susceptibility susceptibilities susceptible > sensitive resistant resistance
culture cultures cultured cx bcx ucx > grew growth isolated isolate isolates organism organisms
bug bugs germs > staph staphylococcus strep streptococcus mrsa mssa coli klebsiella pseudomonas organism grew
sample samples sampled sampling specimen specimens > aspirate aspirated biopsy biopsied swab collected sent
biopsy biopsies biopsied bx bxs fna punch > pathology histology specimen core needle
histology histopathology pathology pathologist path cytology > benign malignant carcinoma dysplasia atypia microscopic
frozen > section intraoperative
margin margins edges > resection free clear
stage stages staged staging tnm
grade graded gleason differentiated differentiation
node nodes lymph adenopathy lymphadenopathy > lad nodal glands
gland glands > lymph node nodes lymphadenopathy adenopathy
spread spreads spreading > metastasis metastases metastatic mets disseminated extension extending involvement
mets metastasis metastases metastatic secondaries > spread disseminated
recur recurs recurred recurrence recurrent > relapse relapsed returned again
benign innocent harmless noncancerous
genetic genetics dna karyotype mutation > gene chromosome chromosomal
tox toxicology uds > drug screen opiates cocaine
mantoux quantiferon igra tuberculin > ppd tb
prick rast patchtest > skin ige allergy
hormones hormonal > tsh fsh lh estradiol testosterone prolactin

contrast dye gad gadolinium > enhanced enhancement iodinated omnipaque isovue
mammogram mammograms mammography mammo > breast breasts birads
dexa dxa densitometry > density bmd osteopenia
angiogram angiograms angiography angio arteriogram arteriography > catheterization cath contrast
doppler duplex usg uss sonogram sonography ultrasonography ultrasound
ejection ef lvef pumping > systolic contractility squeeze
opacity opacities shadow shadowing consolidation infiltrate infiltrates airspace > pneumonia density
effusion effusions > fluid
enlarged enlargement bulky megaly > cardiomegaly hepatomegaly splenomegaly hepatosplenomegaly hypertrophy dilated prominent
narrow narrowed narrowing tight stenosis stenoses stenosed stenotic stricture strictures strictured
blockage blockages occlusion occluded obstruction obstructed obstructing > stenosis blocked plaque
dilated dilate dilation dilatation dilating balloon ballooned angioplasty > widened stretched
stent stents stented stenting
displaced displacement undisplaced nondisplaced > alignment aligned angulated angulation
degenerative degeneration osteoarthritis oa spondylosis djd ddd osteophytes spurs > worn wear narrowing arthritis arthritic
curvature curve curved scoliosis kyphosis lordosis cobb > spine degrees
bulge bulging herniation herniated prolapse prolapsed protrusion > disc disk
imaged reimaged rescan rescanned reimage > mri ct imaging scan repeat xrays
films film xrays xray xr radiograph radiographs radiographic radiography roentgenogram > xrays view views
radiologist radiology radiological > read imaging

fundi fundus fundoscopy fundoscopic funduscopic funduscopy ophthalmoscopy discs > optic papilledema retina retinal exudates
pupils pupil perrl perrla perla pearl > equal reactive
iop tonometry intraocular > pressure applanation
acuity snellen > vision
fields confrontation > visual peripheral
eye eyes ocular ophthalmic ophthalmology ophthalmologist ophth opthalmology optician optometrist optometry > vision
pulses pedal dp dorsalis > palpable tibial popliteal pulse
murmur murmurs sounds > s1 s2 systolic gallop heart
auscultation auscultate auscultated listened stethoscope sounds > clear crackles breath ctab
crackles crackle creps crepitations rales rhonchi > wheeze
tender tenderness > pain painful palpation
exam exams examination examinations examined examine examining > auscultation palpation inspection physical
vitals obs observations > bp hr rr temp temperature pulse respirations spo2 afebrile
weight weigh weighs weighed weighing wt > kg kilograms kilos lbs pounds
height tall ht > inches
centile centiles percentile percentiles
bmi obese obesity overweight > weight
treadmill ett > stress exercise bruce mets
holter telemetry tele zio > monitor recorder loop event
pacemaker pacer ppm defibrillator aicd > icd device paced pacing lead
eeg veeg electroencephalogram brainwave brainwaves > epileptiform slowing spikes video
emg ncs ncv electromyography electromyogram electromyographic electrodiagnostic > conduction nerve denervation
spirometry spiro pft pfts > fev1 fvc
pefr pef > peak flow
polysomnogram polysomnography psg > sleep ahi study
audiogram audiometry audiologist audiology > hearing
urodynamics urodynamic cystometry > bladder
plaque plaques atheroma atherosclerosis atherosclerotic calcified calcification > disease

indication indications indicated rationale > reason failed
preop preoperative preoperatively > pre
postop postoperative postoperatively pod > afterwards after
intraop intraoperative intraoperatively peroperative
incision incisions incised opening > scalpel blade cut
keyhole laparoscopic laparoscopy laparoscopically minimally arthroscopic robotic > trocar lap
laparotomy converted conversion > open
suture sutured sutures sew sewn sewed stitch stitches stitching > vicryl prolene nylon monocryl chromic pds silk ethilon closed
glue glued dermabond adhesive
drain drains drainage > jp jackson pratt hemovac penrose blake
mesh > prolene marlex plug patch
graft grafts grafted allograft autograft flap flaps
hardware metalwork screw screws plate plates rod rods implant implants prosthesis prosthetic > fixation orif wire wires component metal nail
fix fixed fixing fixation orif repair repaired repairs mend mended > reduction reconstruction pinned
replacement replaced arthroplasty tkr tka thr tha > prosthesis joint total
fusion fused arthrodesis
tourniquet cuffed > inflated deflated
positioned positioning > supine prone lithotomy decubitus seated
antiseptic betadine chlorhexidine iodine hibiclens disinfected > prepped draped sterile cleansed
ebl lost > loss
complication complications complicated mishap mishaps > uneventful uncomplicated tolerated perforation
operator surgeon surgeons operated > performed attending assistant
assistant assisted assisting > surgeon
pacu > recovery
recover recovered recovery recovering > pacu awakened extubated convalescence
woke awoke awakened > extubated emergence awake
anesthetist anesthesiologist crna > anesthesia anesthetic mac
numbed numbing lidocaine lignocaine xylocaine marcaine bupivacaine > local anesthetic anesthesia infiltrated block
sedated sedation sedate sedating knock knocked > anesthesia mac versed midazolam fentanyl propofol ketamine demerol conscious
epidural spinal subarachnoid intrathecal
extubate extubated extubation > ventilator tube
lma ett > airway tube intubated endotracheal
nbm npo nil fasting fasted starve starved starving > midnight mouth fast
sandwich snack toast biscuit biscuits > food eat eating npo nbm fasting diet
cannula cannulas cannulated venflon angiocath drip > iv peripheral
picc portacath hickman permcath broviac mediport cvc > catheter central port line access
catheter catheters catheterized catheterised foley cath > urinary indwelling suprapubic
dressing dressings bandage bandages bandaged gauze > steri kerlix tegaderm xeroform adaptic telfa duoderm mepilex wrap wrapped
packing wick > packed iodoform
vac npwt > wound negative
debride debrided debridement > cleaned necrotic
boot orthosis brace braced afo splint splints splinted aircast moonboot > shoe immobilizer cam
wear wears wearing wore > shoe shoes boot brace splint sling stockings glasses orthotics
insole insoles insert inserts orthotic orthotics orthoses > arch shoe supports
crutch crutches > nonweightbearing
nwb wbat pwb fwb ttwb weightbearing weightbear nonweightbearing > bearing
stockings teds ted hosiery hose > compression support
denture dentures edentulous > teeth upper lower
cpap bipap apap autopap > mask pap machine
lpm litres liters litre > nc cannula
hydration hydrated rehydrated rehydration fluids saline ringers bolus boluses > iv lr
dehydrated dehydration > dry mucous turgor
transfuse transfused transfusion transfusions prbc prbcs > packed ffp platelets
chemo chemotherapy > cycle cycles carboplatin cisplatin paclitaxel taxol temozolomide folfox regimen
radiation radiotherapy xrt irradiation irradiated radiated > gy cgy gray fractions beam
treat treated treating treatment treatments therapy therapies managed management > rx underwent
freeze freezing froze cryotherapy cryo > nitrogen
cautery cauterized cauterised cauterize electrocautery diathermy bovie > hemostasis coagulated
blast blasted blasting shockwave lithotripsy eswl swl > shock
stone stones calculus calculi
pd capd apd > peritoneal
ligated ligation ligate tied > tie clipped clamped
lasered laser > photocoagulation
chiropractor chiropractic chiro osteopath osteopathy > manipulation adjustment
massage massages masseuse > manual therapy
acupuncture acupuncturist needling
exercises physio physiotherapist stretches stretching > strengthening rom
slp > speech swallow swallowing
counselling counselling counsellor counseling counselor psychotherapy cbt iapt therapist > therapy talking psychologist
psych psychiatry psychiatric psychiatrist cmht camhs > mental
respite sitter carers > caregiver
district vna visiting > home nursing
conservative conservatively nonoperative nonsurgical > orthotics injections

gp pcp > primary practitioner internist
refer refers referred referring referral referrals > consult consultation evaluation specialist
cardiologist cardiology cards
neurologist neurology neuro
nephrologist nephrology neph
gastroenterologist gastroenterology gastro > gi
pulmonologist pulmonology pulm
endocrinologist endocrinology endocrine endo
rheumatologist rheumatology rheum
dermatologist dermatology derm
hematologist hematology heme haem
oncologist oncology onc
urologist urology uro > gu
gynecologist gynecology gynae gyn gyne obgyn > gynecological
obstetrician obstetrics obstetric antenatal prenatal midwife > maternity
pediatrician pediatrics pediatric paeds peds
ent otolaryngologist otolaryngology otorhinolaryngology
orthopod orthopedist orthopedics orthopedic ortho
podiatrist podiatry chiropodist chiropody dpm
neurosurgeon neurosurgery neurosurgical
id infectious
geriatrician geriatrics geriatric
allergist immunologist immunology
hospitalist registrar reg intern resident houseman sho > attending
hospitalized hospitalised hospitalization hospitalisation admit admits admitted admission admissions > inpatient
los > length stay days nights hospitalization admission
stay stayed > nights hospitalization admission
icu itu hdu intensive ccu micu sicu nicu picu > critical intubated ventilated
theatre theater operated > operating surgery procedure suite
triage triaged > acuity
released dismissed > discharged discharge home
disposition dispo destination > discharged home snf rehab facility transferred
snf alf ltc > nursing facility rehab skilled assisted
outpatient ambulatory daycase opd outpatients > clinic
followup rtc tci recheck rechecked > follow return reassess reassessed revisit weeks months clinic appointment
review reviewed > follow recheck return
reassess reassessed reassessment reevaluate reevaluated reevaluation recheck > repeat
netting safetynet safetynetting safetynetted > return worsening worsens worsen seek emergency precautions
casualty hospital > emergency er ed ambulance
consent consented consenting consents > risks benefits agreed alternatives
cpt opcs coding billing > code procedure performed
isolation quarantine isolate > precautions contact droplet
sicknote medcert certificate > work excuse excused
restriction restrictions restricted > avoid lifting activity limit limited duty
candidate suitable suitability eligible eligibility > appropriate
arrange arranged arranging organise organised organize organized > schedule scheduled referral refer contact
leaflet leaflets handout handouts brochure pamphlet > information literature education
telephone video zoom telehealth televisit telemedicine virtual
phlebotomy phlebotomist venepuncture venipuncture > blood draw drawn labs
cleared clearance > fit approved
impression impressions imp diagnosis diagnoses diagnosed dx assessment conclusion verdict > likely consistent suggestive
upshot gist takeaway > impression conclusion interpretation summary
interpretation interpreted interpret > impression conclusion consistent
differential differentials ddx > versus possible consider rule
reckon reckons suspect suspects suspected > likely probable probably possible felt thought
exclude excludes excluded excluding > rule ruled ruling
colonised colonized colonisation colonization carries carrying > carrier carriage
superbug superbugs resistant multiresistant > mrsa esbl vre cpe cre
suspicion suspicious suspect > concern concerned worrisome
complaint cc presenting presented complained complains complaining > presents
background pmh pmhx pmx > past medical
dhx > medications medicines
fhx fh > family
shx > social
trial tried tries attempted attempts > failed relief
location located site sites > involving overlying
distribution distributed > involving extremities trunk
size sizes dimension dimensions measurement measurements diameter > cm mm measures measuring measured
severity severe > moderate mild scale rated
onset begun commenced commence > began started since ago
duration > since ago weeks days months hours
nad normal > unremarkable
abnormal abnormality abnormalities deranged > elevated positive
positive pos > detected
outcome outcomes > resolved successful improved
previous prior > earlier past
urgent urgently emergent stat asap > emergency immediately
routine elective > scheduled
elevated raised high > increased
wait waiting awaiting awaited pending outstanding

strength dosage dosages dosing > mg mcg ml units milligrams
frequency frequent > daily bid tid qid twice once bd tds qds prn weekly hourly
bid bd > twice
tid tds > three thrice
qid qds > four
qd once everyday > daily od
nocte qhs bedtime noctem > hs night nightly evening
mane qam morning mornings > breakfast
sos prn required > needed
stat straightaway immediately straight > once initial
sublingual sublingually > tongue sl
intramuscular intramuscularly > im deltoid gluteal
subcut subcutaneous subcutaneously subq > sc sq
intravenous intravenously drip > iv
oral orally > po mouth
rectally suppository suppositories > pr rectum rectal
vaginally pessary pessaries > pv vaginal
topical topically apply applied applies rub > cream ointment lotion gel skin
gtt gtts eyedrops eyedrop drops drop > ophthalmic solution otic
tab tabs tablet tablets cap caps capsule capsules lozenge > pill
syrup suspension liquid elixir linctus teaspoon tsp spoonful spoon > ml solution
cream creams ointment ointments gel gels lotion lotions salve balm > topical
moisturiser moisturizer moisturisers moisturizing emollient emollients > cream lotion cerave cetaphil aveeno eucerin vaseline
steroid steroids cortisone > hydrocortisone betamethasone clobetasol mometasone dexamethasone decadron kenalog medrol
pred > prednisone prednisolone steroid steroids orapred medrol
preventer controller > inhaled fluticasone budesonide flovent advair symbicort pulmicort qvar
reliever rescue > albuterol salbutamol ventolin proair
spacer aerochamber volumatic
epipen autoinjector jext adrenaline epinephrine
anaphylaxis anaphylactic > epinephrine epipen swelling
allergies allergy > nkda nka allergens
script scripts prescription prescriptions prescribe prescribes prescribed prescribing dispense dispensed > rx
refill refills refilled renew renewed renewal renewals > rx prescription
taper tapered tapering wean weaned weaning > reduce decrease decreased gradually withdrawn
max maximum limit > exceed
adherent adherence compliant compliance noncompliant nonadherent > missed misses regularly
opioid opioids opiate opiates narcotic narcotics > oxycodone percocet lortab lorcet hydrocodone norco vicodin morphine tramadol
antiinflammatory nsaid nsaids > ibuprofen naproxen meloxicam mobic diclofenac celecoxib celebrex toradol motrin advil
antacid antacids ppi ppis h2 > omeprazole pantoprazole lansoprazole famotidine ranitidine prilosec nexium protonix pepcid zantac
antiemetic antiemetics antisickness antinausea > ondansetron zofran phenergan promethazine metoclopramide reglan compazine
laxative laxatives softener softeners > colace senna miralax docusate bisacodyl lactulose dulcolax
antihistamine antihistamines > cetirizine loratadine benadryl diphenhydramine fexofenadine zyrtec claritin piriton hydroxyzine
antidepressant antidepressants ssri ssris > sertraline fluoxetine citalopram escitalopram lexapro zoloft prozac celexa bupropion
antipsychotic antipsychotics neuroleptic > risperidone risperdal seroquel quetiapine olanzapine zyprexa haldol abilify
anticonvulsant anticonvulsants antiepileptic antiepileptics aed aeds > keppra dilantin lamictal tegretol depakote topamax
relaxant relaxants relaxer > flexeril cyclobenzaprine baclofen tizanidine methocarbamol skelaxin soma
antiplatelet antiplatelets > aspirin clopidogrel plavix
antihypertensive antihypertensives > lisinopril amlodipine losartan metoprolol atenolol hctz norvasc
fast > fasting npo
insulin insulins > lantus glargine humalog lispro novolog nph levemir
antiviral antivirals > acyclovir valacyclovir valtrex famvir tamiflu oseltamivir
antifungal antifungals > fluconazole diflucan nystatin clotrimazole terbinafine ketoconazole
decongestant decongestants > sudafed pseudoephedrine afrin
contraception contraceptive contraceptives ocp ocps cocp minipill > pill coil iud mirena depo implant condoms birth control
coil iud ius mirena
condom condoms barrier > protection
hrt hormone > estrogen estradiol premarin progesterone
vitamin vitamins multivitamin supplements > calcium iron folate b12 mvi
imms immunised immunized vaccinated vaccinations jag jags > shots vaccines immunizations utd schedule
chemist chemists pharmacy pharmacies pharmacist drugstore druggist > dispense dispensed walgreens cvs boots
interact interacts interaction interactions clash > contraindicated combined together
contraindicated contraindication contraindications > avoid allergy cannot
adverse unwanted untoward > side reaction effects
glucometer meter strips lancets fingerstick fingersticks cgm dexcom libre > glucose monitor
concentrator cylinder cylinders tank > oxygen portable
stoma pouch ostomy colostomy ileostomy urostomy > bag appliance
incontinence incontinent pads pad diapers > leakage depends
sponge sponges counts > correct instrument needle
crystalloid ivf > fluids lactated ringers saline
pressor pressors vasopressor vasopressors inotrope inotropes > levophed norepinephrine dopamine vasopressin dobutamine
abx antibiotic antibiotics antimicrobial > augmentin keflex cipro ciprofloxacin levaquin levofloxacin bactrim septra clindamycin
abx antibiotic antibiotics antimicrobials > vancomycin zosyn flagyl metronidazole zithromax rocephin ancef ampicillin gentamicin
abx antibiotic antibiotics > penicillin nitrofurantoin macrobid unasyn cefuroxime flucloxacillin clarithromycin linezolid
stimulant stimulants > ritalin adderall concerta vyvanse methylphenidate
hypnotic hypnotics > ambien lunesta zopiclone trazodone melatonin temazepam
benzo benzos benzodiazepine benzodiazepines > xanax alprazolam ativan lorazepam valium diazepam klonopin clonazepam librium
triptan triptans > imitrex sumatriptan maxalt rizatriptan zomig
bisphosphonate bisphosphonates > fosamax alendronate actonel risedronate boniva
gtn nitro nitroglycerin nitroglycerine nitrate nitrates > spray sublingual isosorbide imdur
biologic biologics > remicade infliximab humira adalimumab enbrel etanercept
immunosuppressant immunosuppressants antirejection > tacrolimus prograf cellcept mycophenolate cyclosporine imuran azathioprine
expectorant antitussive > guaifenesin mucinex robitussin dextromethorphan tessalon codeine
acei arb arbs > lisinopril ramipril enalapril losartan valsartan irbesartan
ccb ccbs > amlodipine diltiazem nifedipine verapamil
ferrous fefol > iron
ama > against advice
noshow dnka > attend missed
mdt tumorboard > multidisciplinary conference board
capacity competent competence > decisions understands
sectioned detained sectioning detention involuntary > hold commitment section mha tribunal
secluded seclusion
restrained restraint restraints
absconded abscond absconding absconsion awol
waitlist waitlisted waiting > list listed
preauth preauthorization authorization authorisation > approved approval insurance
nutritionist dietitian dietician > dietary counseling
rehab rehabilitation > therapy facility inpatient
certify certified certification > form paperwork
"""
"""One group a line: each word may be written for each other; those after `>` only for those before it."""
