"""How notes write complaints and findings: what is examined, how it feels, mind, head, senses, nose, throat, and chest.

Part of `bedside_words`: one group a line. A word that means something else too ("wear", "dead", "rate") stands only behind `>`,
where it is read in notes and never asked.
"""

# ruff: noqa: E501

from __future__ import annotations

GROUPS = """
symptom sx complaint
diagnosis diagnosed dx impression imp ddx differential > assessment consistent suspect suspected likely concern diagnose diagnoses
examination exam o/e > pe auscultation palpation inspection
obs observation vital > afebrile
fundi fundus fundal fundoscopy funduscopy fundoscopic funduscopic ophthalmoscopy ophthalmoscopic > papilledema papilloedema disc optic retina retinal
papilledema papilloedema > disc fundoscopy funduscopic fundoscopic
pupil perrla perrl pearl pearrl > reactive anisocoria
eye ocular ophthalmic > conjunctiva conjunctivae conjunctival sclera sclerae eomi perrla perrl intraocular
iop tonometry intraocular > pressure tonometer applanation
pulse pulses > palpable dp popliteal femoral pedal dorsalis radial doppler
jvp jvd jugular > distension distention
murmur > s1 s2 rrr gallop
sound sounds noise > s1 s2 cta ctab rrr murmur auscultation
listened listen stethoscope auscultation auscultated > cta ctab rrr
chest lung > cta ctab
percussion percussed > resonant dull dullness
crackles crackle crackly rales rale creps crepitations > rhonchi bibasilar bibasal
crackling grating grinding crepitus clicking popping > crepitation
tender tenderness ttp > palpation palpate palpated
press pressed pressing prod prodded poke poked > palpation palpate palpated tender tenderness ttp rebound
guarding rebound peritonitic peritonism peritoneal > rigid rigidity
snt > soft nontender nondistended tender tenderness abdomen ntnd
abdomen abdominal tummy belly > snt ntnd epigastric suprapubic hypogastric
hsm hepatosplenomegaly organomegaly hepatomegaly splenomegaly
liver > hepatomegaly hsm hepatosplenomegaly organomegaly
spleen splenic > splenomegaly hsm hepatosplenomegaly organomegaly
gland node lymph lymphadenopathy adenopathy nodal > lad
lad > lymphadenopathy adenopathy node nodal
cce clubbing cyanosis acrocyanosis > cyanotic clubbed
blue bluish cyanosed cyanotic cyanosis > cce acrocyanosis dusky
extremity limb leg > cce edema
rom range motion movement > flexion extension abduction adduction rotation
bend bends bending bent flex flexed flexes flexion > crouch squat squatting
straighten straightens straightening extend extends extension
turn turning twist twisting rotate rotates rotating rotation > pivot
slr > straight raise raising
weightbearing wb wbat nwb ttwb > weight bear bearing
gait limp limps limping hobble hobbles hobbling antalgic waddle waddling shuffle shuffling > ambulates ambulating unsteady steady walks
posture stoop stooped slouch hunched kyphotic kyphosis
balance unsteady unsteadiness wobbly wobble wobbles off-balance disequilibrium imbalance > romberg tandem ataxia ataxic gait
coordination clumsy clumsiness uncoordinated > ataxia ataxic cerebellar dysmetria dysdiadochokinesia fumbling
reflex > jerk jerks hyperreflexia hyperreflexic babinski plantar brisk
plantars babinski > plantar downgoing upgoing
tone > spasticity spastic rigidity rigid flaccid hypotonia hypertonia
power > motor grip mrc strength
sensation sensory > touch pinprick vibration proprioception monofilament feeling
cn cns cranial > nerve
nerve neural neuropathic > neuropathy neuritis radiculopathy plexopathy neuralgia palsy impingement
skin integument integumentary dermatology dermatologic > turgor rash lesion
pale paleness pallor pasty ashen whiter > conjunctivae
sweat sweats sweaty sweating sweated diaphoretic diaphoresis perspiring perspiration clammy
hot hotness warm warmth heat > erythema febrile
build built physique habitus > thin obese slim muscular
skinny thin slim gaunt cachectic cachexia emaciated wasted
dehydrated dehydration hydration hydrated > turgor mucous moist dry parched
alert alertness awake conscious consciousness gcs responsive avpu aox3 > oriented orientated obtunded comatose
drowsy drowsiness sleepy groggy somnolent somnolence lethargic lethargy dopey sluggish obtunded
unresponsive unrousable unconscious comatose coma obtunded
mse > affect mood behavior behaviour insight judgment appearance orientation
affect > flat blunted congruent labile euthymic mood
mood > affect euthymic dysthymic euthymia tearful dysphoric
hallucination hallucinations hallucinating hallucinate > voices auditory psychosis psychotic avh
paranoid paranoia delusion delusions delusional > persecutory psychosis psychotic suspicious
thoughts ideation > suicidal homicidal
selfharm harm harming harmed > cutting suicidal overdose dsh self-harm
suicidal suicide > si ideation dsh harm overdose
crying cry cries cried weepy tearful weeping tears tearfulness
panic panics panicky panicked > anxiety anxious
stress stressed stressful stressor > strain adjustment anxiety
angry anger irritable irritability aggressive aggression agitated agitation short-tempered outburst outbursts tantrum tantrums rage
hyperactive hyperactivity restless restlessness fidgety fidgeting fidgets > adhd akathisia
manic mania hypomanic hypomania elated
concentrate concentration concentrating focus focusing attention attentive distracted distractible
motivation motivated motivate anhedonia apathy apathetic interest > pleasure enjoyment
appetite hungry hunger > anorexia eating intake
trauma traumatised traumatized ptsd flashback flashbacks
libido sexdrive desire > arousal sexual
pain painful ache aches aching achy discomfort agony painless > arthralgia myalgia tender tenderness sore soreness hurts
sore soreness > tender tenderness pain painful
sharp stabbing knifelike lancinating piercing jabbing shooting
burning burn burns burned burnt scalding
throbbing throb throbs pounding pulsating pulsatile pulsing thumping hammering
cramp cramps cramping crampy colic colicky gripey griping spasm spasms spasming charley
tight tightness squeezing constricting bandlike > pressure heaviness
heaviness > heavy pressure tightness crushing
tight narrow narrowed narrowing stenosis stenosed stenotic stricture constriction furred > patent
furred silted atherosclerosis atherosclerotic > plaque calcified calcification clogged
sting stings stinging smarting smarts > dysuria burning burn irritation
radiate radiates radiating radiated shoot shoots > shooting radiation down into travels
spread spreads spreading > radiate radiates radiating metastasis metastases metastatic mets extension widespread generalized
onset > sudden gradual gradually suddenly insidious ago began started
suddenly sudden abrupt abruptly acutely > thunderclap onset
gradually gradual insidious insidiously slowly progressively > onset
constant constantly continuous continuously persistent unremitting nonstop
intermittent intermittently episodic sporadic sporadically fluctuates fluctuating waxing waning
severity intensity > severe rated scale mild moderate
aggravate aggravates aggravated aggravating exacerbate exacerbates exacerbated exacerbating worsen worsens worse > provoked provoking precipitated
relieve relieves relieved relieving relief alleviate alleviates alleviated alleviating ease eases eased easing soothe soothes soothed > better improves improved helps helped
flare flares flareup flared exacerbation exacerbations > attack attacks episode episodes
episode episodes bout bouts spell spells event events > attack attacks
site location located localised localized localise localize > region aspect area dorsal medial lateral proximal distal
distribution > trunk torso extremities generalized widespread localized diffuse over
head > headache headaches migraine migraines normocephalic atraumatic ncat
headache headaches migraine migraines cephalgia cephalalgia
aura zigzag zigzags photopsia scotoma scotomata scintillating > flashes flashing visual
photophobia photophobic light > photosensitivity
phonophobia > noise sound
blurred blurry blur blurring hazy misty foggy > visual vision
diplopia double > diplopia
floaters floater specks cobwebs
blind blindness amaurosis > vision visual
squint strabismus esotropia exotropia crosseyed
eyelid lid lids ptosis droopy drooping droop > blepharitis blepharoptosis
gritty sandy grittiness > irritation dry foreign
red redness reddened erythema erythematous inflamed inflammation > injected injection hyperemia conjunctivitis bloodshot
bloodshot pinkeye > conjunctivitis injected injection red redness erythema
watery watering teary epiphora lacrimation > tearing
gunk gunky pus goo gooey sticky crusty crusting exudate exudates purulent purulence mattering > discharge drainage
discharge > drainage exudate purulent oozing otorrhea rhinorrhea leukorrhea
ooze oozes oozing oozed seep seeping seeped weep weeps leak leaks leaking leaked leakage > drainage exudate discharge serous
cataract > lens opacity pseudophakia iol pseudophakic nuclear sclerosis
colourblind colorblind ishihara > color vision
ringing buzzing humming tinnitus roaring > noise
deaf deafness deafened hoh hearing hearless > hears audiology audiometry presbycusis
blocked stuffy stuffed congested congestion clogged bunged obstructed blockage obstruction occlusion occluded plugged
earache otalgia > ear
ear aural otologic auricular > tm tms tympanic otitis pinna canal otoscopy cerumen heent
nose nasal nostril nostrils nares > rhinorrhea rhinitis turbinate turbinates septum epistaxis
runny rhinorrhea sniffles sniffly coryza coryzal snotty snot > nasal discharge
nosebleed nosebleeds epistaxis
smell anosmia hyposmia > olfactory
taste ageusia dysgeusia metallic
sinus sinuses sinusitis > maxillary frontal ethmoid sphenoid
throat > oropharynx tonsil tonsils tonsillar pharyngeal postnasal
tonsil tonsils tonsillar > oropharynx pharynx exudate exudates
hoarse hoarseness husky dysphonia croaky > voice raspy
swallow swallows swallowing swallowed dysphagia odynophagia choke choking chokes > aspiration
windpipe trachea tracheal airway
gullet esophagus esophageal foodpipe
voicebox larynx laryngeal vocal > cord cords
tooth teeth dental dentition caries > molar molars extraction
denture dentures edentulous > dentition plate
gum gums gingiva gingival gingivitis > periodontal
jaw mandible mandibular tmj > trismus maxilla
dribble dribbling drool drooling slobbering saliva sialorrhea
lip lips > perioral oral
thyroid > goiter thyromegaly
rib ribs costal > intercostal costochondral chest
breastbone sternum sternal > substernal retrosternal
armpit armpits axilla axillae axillary underarm
breast breasts bust > mammary areola mastalgia nipple
nipple nipples areola
orthopnea pillow pillows > flat recumbent pnd
palpitation palpitations palps fluttering flutters racing skipping thudding > tachycardia ectopics irregular
fast rapid quick tachycardic tachycardia
slow bradycardic bradycardia
groin groins inguinal
loin flank cva loins > costovertebral
navel bellybutton umbilicus umbilical periumbilical
cheek cheeks malar buccal zygomatic
forehead frontal brow
eyebrow eyebrows > brow periorbital
eyelashes eyelash lashes
eyeball eyeballs globe > ocular
temple temples temporal > headache
chin submental > mental
bags puffiness puffy periorbital > swelling edema swollen
bruit bruits whooshing > carotid
throb pulsation pulsations > throbbing pulsatile
rattle rattles rattling rattly gurgling ruttly bubbly chesty > rhonchi crackles secretions
shallow panting laboured labored > tachypnea respirations wob
tachypnea tachypneic > breathing respirations
sighing yawning > breathing
gagging gag retching heaving heaves > nausea vomiting emesis
jittery jitters shakily trembly trembling quivering tremulous tremulousness > tremor anxious
tense tensed uptight edgy > anxious anxiety
trance dazed vacant staring blank spaced > absence unresponsive
convulsing convulsed seizing > fitting seizure seizures convulsion convulsions
headachy > headache headaches
flushed ruddy plethoric > flushing
sallow yellowish yellowing > jaundice jaundiced icteric icterus
mottled mottling marbled blotchy blotches patchy
delirious raving rambling > delirium confused confusion
euphoric elated elation > mania manic
melancholy despondent miserable gloomy hopeless hopelessness > depressed depression mood
sulky uncommunicative mute > affect withdrawn
sobbing wailing wails > crying tearful
bereaved bereavement grieving grief mourning
crabby sulking touchy moody snappy grumpy > irritable irritability mood
impulsive impulsivity > adhd
talkative chatty pressured > speech
unkempt untidy scruffy dishevelled disheveled > appearance grooming
mumbling mumbles muttering lisp stammer stammering stutter stuttering > speech
drooped sagging saggy lopsided > droop
blinking blink blinks > blepharospasm
proptosis exophthalmos proptotic protruding > prominent
squinting > strabismus
bifocals varifocals > lenses glasses spectacles contacts
hemianopia quadrantanopia > field fields
peripheral fields > confrontation
parotid parotids salivary > gland
uvula palate palatal > midline
epiglottis epiglottitis
coldsore coldsores > herpes hsv labialis
coated furred > tongue thrush
stagger staggering staggers stumbling stumble stumbles lurching > tripping unsteady gait ataxia
clonus > beats hyperreflexia
"""
"""One group a line: each word may be written for each other; those after `>` only for those before it."""
