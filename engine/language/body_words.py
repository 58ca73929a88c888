"""How notes write the body below the chest: belly, waterworks, women, men, birth, babies, joints, nerves, skin, being unwell.

Part of `bedside_words`, as `complaint_words` is.
"""

# ruff: noqa: E501

from __future__ import annotations

GROUPS = """
gastric stomach > epigastric epigastrium
bloated bloating bloat gassy distended distension distention > flatus
wind farting farts flatulence flatus gas gassy
burp burps burping belch belches belching eructation
vomit vomits vomiting vomited emesis > hematemesis nv n/v
blood bleeding bleed > hematochezia brbpr melena hematuria hemoptysis hematemesis epistaxis bloody hemorrhage
bile bilious biliary
black tarry melena
piles hemorrhoid hemorrhoids
hernia hernias bulge bulging > protrusion inguinal umbilical ventral incisional
gallbladder biliary cholecystitis cholelithiasis gallstone gallstones murphy
pancreas pancreatic pancreatitis
colon colonic colorectal bowel > sigmoid cecum rectosigmoid ileum ileal transverse
gut intestine intestines intestinal > ileum ileal jejunum jejunal
stone stones calculus calculi nephrolithiasis urolithiasis ureterolithiasis
blast blasted blasting lithotripsy eswl shockwave laser
waterworks bladder gu > urinary urine luts void voiding
pee peeing wee weeing urinate urinates urinating urination micturition void voids voiding > frequency nocturia luts dysuria
nocturia nighttime > night
hesitancy dribble dribbling straining stream > luts prostatism flow
incontinence incontinent continent continence leak leaks leaking leakage wetting soiling > accident accidents
urgency urge frequency > luts oab
period periods menses menstrual menstruation menstruating menstruate lmp monthlies > cycle cycles menarche menstrually
lmp > menses period periods menstrual
flooding menorrhagia > heavy clots hmb
womb uterus uterine > endometrial endometrium myometrium hysterectomy fundus
cervix cervical > os cervix
ovary ovaries ovarian > adnexa adnexal oophorectomy salpingo-oophorectomy
smear pap papsmear > cytology cervical hpv
privates genital genitals genitalia > vulva vulvar vagina vaginal penis penile scrotum scrotal external perineum perineal gu
vagina vaginal > introitus vulva vulvar vault pv
testicle testicles testes testis testicular > scrotum scrotal epididymis cord descended undescended cryptorchidism
scrotum scrotal ballsack > testicular testes testis hydrocele
penis penile willy > glans foreskin meatus urethral phallus
circumcised circumcision uncircumcised foreskin
prostate prostatic > dre psa bph
impotence impotent erection erections erectile
sex intercourse coitus sexual sexually > dyspareunia partner unprotected active
std stds sti stis > chlamydia gonorrhea syphilis trichomonas herpes gc
contraception contraceptive contraceptives ocp ocps > implanon nexplanon iud ius coil mirena depo condom condoms pill implant btl
coil iud ius mirena paragard
implant implanon nexplanon
menopause menopausal perimenopausal perimenopause postmenopausal > hrt lmp
flushes flashes flush flushing vasomotor
pregnant pregnancy > gravid gravida gestation gestational g1p0 g2p1 g1 g2 g3 iup hcg edc edd antenatal prenatal primigravida multigravida
gravida para parity > g1 g2 g3 g4 p0 p1 p2 p3 g1p0 g2p1 pregnancies
edd edc
trimester gestation gestational > weeks
birth born delivery childbirth > delivered nsvd svd vbac cesarean csection gestation preterm forceps ventouse
csection cesarean caesar caesarian section lscs
breech > presentation vertex transverse
labor contractions contraction contracting > dilated dilation effaced effacement
membranes srom arom prom > rupture ruptured
afterbirth placenta placental
miscarriage miscarried miscarry sab > abortion spontaneous loss
breastfeeding breastfed breastfeed lactating lactation latch latching > nursing breast
bottle bottles formula > similac enfamil oz feeds ounces
feeds feeding fed > bottle formula breast breastfed breastfeeding nursing oz ounces latch
solids purees weaned > cereal baby food
nappy nappies diaper diapers
nappyrash diaper > perineum dermatitis
dummy pacifier soother binky
cot crib bassinet
pram stroller buggy
milestone milestones development developmental > crawl crawls crawling sits rolls babbles words walks smiles asq cruising
crawl crawls crawling crawled > milestones developmental cruising
baby babies infant newborn neonate neonatal
fontanelle fontanel fontanelles fontanels afof > soft flat sunken
centile centiles percentile percentiles > growth curve
naughty misbehaving behaviour behavior conduct defiant defiance
bedwetting enuresis bedwetter > wets wetting
potty toiletting toileting
colic colicky fussy fussiness inconsolable unsettled grizzly whingy whiny cranky irritable consolable
floppy hypotonia hypotonic limp > lethargic tone listless
croup croupy barking barky stridor
retraction retractions recession indrawing tugging > accessory wob flaring intercostal subcostal
premature prematurity prem preemie preterm > gestation nicu weeker
nicu scbu incubator > neonatal intensive
circumference hc ofc > head
teething teether > teeth tooth
tongue-tie tonguetie ankyloglossia frenulum frenotomy
knee > patella patellar meniscus
cartilage meniscus meniscal menisci > mcmurray chondromalacia
ligament ligaments acl mcl pcl lcl > lachman laxity
buckle buckles buckling instability unstable > giving gives
locks locking locked catches catching > mechanical
ankle ankles > malleolus malleolar talofibular atfl
foot feet pedal > plantar dorsal metatarsal forefoot midfoot hindfoot mtp
heel heels calcaneal calcaneus > plantar achilles
toe toes hallux > mtp digit digits phalanx metatarsal
finger fingers digit digits > thumb index phalanx pip dip mcp
digit digits > finger fingers toe toes
thumb pollicis > cmc first
wrist wrists carpal carpus > scaphoid
elbow elbows > epicondyle epicondylitis olecranon cubital
shoulder shoulders > glenohumeral acromioclavicular rotator supraspinatus deltoid subacromial
scapula scapular scapulae > shoulder
hip hips > trochanter trochanteric acetabular acetabulum femoral
bum bums buttock buttocks gluteal glutes glute backside > sacral perianal
tailbone coccyx coccygeal coccydynia > sacrum sacral sacrococcygeal
spine spinal backbone vertebra vertebrae vertebral > lumbar thoracic cervical lumbosacral paraspinal
back > lumbosacral paraspinal sacroiliac thoracic
calf calves gastrocnemius
hamstring hamstrings > thigh
muscle muscles muscular > myalgia myalgias spasm
tendon tendons tendinitis tendinopathy tendonitis tenosynovitis
sprain sprained sprains strain strained wrenched ricked > pulled
dislocated dislocation dislocate subluxation subluxed
arthritis arthritic osteoarthritis oa > djd degenerative
joint joints articular > arthralgia arthralgias synovitis
degenerative degeneration djd spondylosis > wear
bunion bunions bunionectomy > hallux valgus
flatfeet flatfoot planus planovalgus > arch arches flat
insole insoles orthotic orthotics orthosis orthoses > insert inserts arch support supports
insert inserts > insole insoles orthotic orthotics orthosis
crutch crutches nwb
footwear shoe shoes trainers sneakers > boot boots sandal
prosthesis prosthetic artificial > implant
amputated amputation amputee bka aka stump
curvature curve curved scoliosis kyphosis cobb > scoliotic
hump hunch hunchback kyphosis
bone bones bony osseous
spur spurs osteophyte osteophytes
disc disk discs disks > herniation protrusion prolapse bulge
numb numbness pins tingle tingling tingly paresthesia paresthesias paraesthesia paraesthesias > sensation sensory
face facial > droop asymmetry palsy symmetric
palsy paralysis paralysed paralyzed plegia paresis hemiparesis hemiplegia
lopsided asymmetry asymmetric asymmetrical uneven
slurred slurring slur dysarthria aphasia dysphasia > speech
twitch twitches twitching twitchy jerk jerks jerking jerky myoclonus fasciculation fasciculations tic tics
stroke cva tia > infarct infarction ischemia
vertigo spinning giddiness giddy > dizzy dizziness dix-hallpike hallpike epley
woozy wooziness giddy giddiness swimmy faint > dizzy dizziness lightheaded lightheadedness presyncope
dizzy dizziness > lightheaded lightheadedness vertigo presyncope
csf cerebrospinal > lp lumbar puncture
needle > lp lumbar puncture tap aspiration immunizations immunisations vaccines vaccinations
jab jabs > immunizations immunisations vaccinations vaccinated utd
forgetful forgetfulness forgetting > mmse moca minicog
rash > dermatitis eczema erythematous lesions
scratching scratch scratches scratched excoriation excoriations excoriated
scaly scaling flaky flaking flakes xerosis desquamation > scale scales
dandruff seborrheic scalp > dermatitis
mole moles nevus nevi naevus naevi > pigmented melanocytic
wart warts verruca verrucas verrucae
pimple pimples zit zits acne comedones blackheads > pustules papules breakouts
boil boils abscess abscesses furuncle carbuncle > fluctuance fluctuant pus
blister blisters blistered blistering bulla bullae vesicle vesicles vesicular bullous
scab scabs scabbed scabbing eschar > crust crusted crusting
scar scars scarring scarred keloid cicatrix > incision healed
bald balding baldness alopecia > hair thinning
nail nails toenail toenails fingernail fingernails onychomycosis > clubbing
hives urticaria welts wheals nettle
bite bites bitten stung > insect tick
necrotic necrosis slough gangrene gangrenous > dead devitalized debridement eschar
smelly odor malodorous foul stink stinks whiff
ringworm tinea fungal fungus
eczema atopic dermatitis
bruising > ecchymosis ecchymoses purpura petechiae contusion
dimension dimensions measurement measurements > cm mm inch inches size measuring measures measured
size sized > cm mm inch measuring measures measured
murky cloudy turbid > purulent
liquid fluid
liquid > effusion
hole holes perforation perforated > fistula defect tract opening
fistula tract > opening communication hole
tear torn rupture ruptured
leaky leak > regurgitation regurgitant insufficiency incompetent
knackered shattered zonked bushed pooped frazzled > fatigue fatigued tired tiredness exhausted exhaustion lethargy lethargic
tiredness tired > fatigue fatigued malaise lethargy lethargic
poorly ropey crook peaky rough lousy > unwell ill malaise sick
unwell > malaise ill
shivery shaky > chills rigors shivering
fevers fever pyrexial pyrexia febrile feverish > afebrile
tumor growth neoplasm > malignancy malignant mass
benign harmless innocent noncancerous
secondaries metastases metastasis metastatic mets
recurrence recurred recurrent recurs recur relapse relapsed
remission ned > recurrence
sugar > diabetes diabetic dm
diabetes diabetic > dm t2dm t1dm iddm niddm
bp pressure > htn hypertensive normotensive
asthma asthmatic > wheeze rad
wound > slough granulation dressing debridement
dressing dressings bandage bandages bandaid gauze
inflamed inflammation swollen > erythema erythematous
itching pruritic itch > excoriations
backpain backache > back lumbar
neckache > neck cervical
biceps triceps deltoid trapezius > muscle
knuckle knuckles mcp metacarpophalangeal
palm palms palmar volar
sole soles plantar
sacrum sacral
torso trunk truncal > chest abdomen
waist midriff > abdomen waistline
deformity deformed misshapen > deformities angulation valgus varus
bowlegged bowleg varum > varus
knockkneed valgum > valgus
hammertoe hammertoes clawtoe
pigeontoed intoeing intoed > toeing
contracture contractures > flexion dupuytren
sphincter > tone continence anal
flabby flaccid > tone hypotonia
bulky boggy > enlarged
indurated induration hardened thickened thickening > firm
gash gashed slash slashed > laceration lac
graze grazed grazes scraped scrape > abrasion abrasions
abrasion abrasions > graze grazed scrape scraped
discolored discoloration > pigmentation hyperpigmentation
freckle freckles > lentigo ephelides nevi
striae stretchmarks > stretch
weal weals > wheal hives urticaria
chapped > cracked cracking fissure fissures dry
crusts crusting scabby > crust crusted
slimy mucusy > mucus
raw denuded excoriated > excoriation erosion
erosion erosions > ulcer ulceration
hairy hirsute hirsutism > hair
sunken > hollow depressed
flatulent windy > flatulence gas flatus
regurgitating regurgitates regurgitate posset posseting spitup spits spitting > reflux emesis vomiting
suck sucking suckling > latch feeding breastfeeding
colostrum engorged engorgement > breast breastfeeding lactation
meconium > stool
lochia afterpains > postpartum bleeding
ovulation ovulating ovulate > luteal midcycle
labia labial vulva vulval > introitus
glans > penis meatus
urethra urethral > meatus
urinal bedpan commode
miscarrying > miscarriage abortion
babbling babbles babble coos cooing > words speech milestones
talking talks > speech language vocabulary
chubby plump podgy tubby > overweight obese
twin twins > gestation di-di mono-di multiple
worms pinworms threadworms > enterobius helminth
webbing webbed > syndactyly
dimple > sacral
"""
"""One group a line: each word may be written for each other; those after `>` only for those before it."""
