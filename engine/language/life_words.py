"""How notes write the words of life and talk: home, work, food, drink, drugs, sex, sleep, mood, sport, travel, walking aids, wishes, advice.

Of the same kind as `bedside_words`, which joins them: used only where sentences are weighed against each other, never to find a fact.
"""

# ruff: noqa: E501

from __future__ import annotations

GROUPS = """
flatmate housemate roommate cohabiting cohabits > sharing shares rents
lodger lodging bedsit rented rents > apartment tenancy council housing
bungalow stairs upstairs downstairs stairlift > storey story floors steps elevator
relocated emigrated immigrated > moved
alone unaccompanied > independently himself herself unaided
lonely loneliness isolated isolation > socially withdrawn alone
widow widowed widower > deceased
bereaved bereavement grief grieving mourning > died death deceased
separated separation divorce divorced > ex estranged
ex > former divorced separated estranged
fiance fiancee engaged
stepson stepdaughter stepchild stepchildren stepkid > son daughter child children
grandchild grandchildren grandson granddaughter grandkid grandkids
aunt auntie aunty
uncle uncles
relative relatives relation relations kin > mother father sister brother aunt uncle grandmother grandfather grandparent parent sibling cousin maternal paternal hereditary fh fhx
maternal > mother mum mom
paternal > father dad
illness illnesses ailment ailments > disease diabetes hypertension cancer cholesterol asthma
guardian foster fostered adopted adoptive custody > mother father grandmother parents
neighbor neighbour neighbors neighbours
friend mate pal buddy bestie
carer caregiver aide pca hha homecare helper > caretaker attendant assistance
childcare daycare nursery creche preschool childminder nanny babysitter > kindergarten school
residential snf alf ltc > facility assisted nursing rehab
sheltered warden > facility assisted
unemployed jobless dole redundant redundancy > disability disabled ssi ssdi laid retired unemployment
disability disabled ssdi ssi benefits > unable pension compensation
retired retirement pensioner pension > former
shift shifts rota roster overtime > hours nights
colleague workmate coworker > coworkers staff
commute commuting commutes > drives train bus
student studying studies uni university college undergraduate postgraduate undergrad > school freshman sophomore
apprentice apprenticeship trainee
freelance freelancer contractor > business owner owns
desk office computer clerical typing keyboard > sedentary administrative admin secretary
builder construction laborer labourer bricklayer tradesman tradie roofer plasterer scaffolder > manual heavy lifting
driver trucker lorry taxi uber cabbie hgv cdl > truck bus
farm farmer farming ranch rancher > agricultural
teacher teaching teaches tutor lecturer > professor school
army military navy marine veteran soldier deployed deployment > war vietnam iraq va service served
sicknote fitnote fmla > certificate excuse note letter leave
debt debts mortgage arrears overdraft > financial finances money
pantry foodbank > insecurity
breakfast lunch dinner supper brunch > meal meals eats eating food
cuppa tea coffee sandwich toast biscuit snack > npo nbm fasting fast caffeine eat eating drink meal
eat eating ate food drink drinking > npo nbm fasting fasted
caffeine caffeinated decaf > coffee tea cola soda energy
cola coke pepsi > soda caffeine cocaine
vegetable vegetables veg veggies greens fruit fiber fibre roughage > diet
vegan vegetarian meat > diet
takeaway takeaways takeout fried fries chips crisps burger burgers mcdonalds pizza greasy fatty junk > fast diet fat
sweets candy chocolate cookie cookies cake cakes dessert desserts sugary biscuits > sugar sugars sweet carbohydrates carbs soda
carbs carbohydrate bread pasta rice potatoes starch starchy
dairy milk lactose cheese yoghurt yogurt
gluten wheat coeliac celiac
seafood shellfish fish > prawn shrimp crab lobster shellfish oyster
nut nuts > peanut almond cashew walnut hazelnut pecan pistachio
spicy curry spice chilli chili
appetite hungry hunger peckish > eating intake anorexia eats
portion portions calorie calories > intake diet
thirst thirsty dehydrated dehydration parched > fluids hydration hydrated polydipsia
hydrate hydrated hydration > fluids water
dieting slimming keto atkins mediterranean dash > diet weight calorie
breastfeeding breastfed breastfeed breastfeeds > nursing formula lactating lactation latch
formula > bottle feeds feeding breastfed similac enfamil
solids puree > feeding foods weaned weaning
ate eaten > ingested ingestion eating consumed meal
pint pints lager cider vodka gin rum whiskey brandy prosecco champagne boozer drinker tipsy sloshed plastered > alcohol etoh beer wine spirits liquor socially
teetotal teetotaler teetotaller nondrinker abstains abstain > alcohol etoh sober abstinent abstinence
hungover hangover > alcohol etoh
alcoholic alcoholism alcoholics > etoh alcohol abuse dependence heavy
binge bingeing binges > heavy weekends weekend
aa sponsor > sober sobriety anonymous meetings
withdrawal withdrawals dts detox detoxed rehab > ciwa tremens librium
occasional occasionally occ > sometimes socially
weed cannabis marijuana ganja spliff spliffs hash thc edibles skunk bong > recreational illicit
cocaine crack > coke stimulant stimulants uds illicit
meth methamphetamine amphetamine amphetamines > stimulant stimulants uds illicit
heroin opiate opiates fentanyl > methadone suboxone ivdu opioid opioids illicit
ecstasy mdma molly lsd shrooms psychedelics ketamine > recreational illicit hallucinogens
street recreational illicit illegal > cannabis marijuana cocaine heroin methamphetamine mdma ivdu ivda substance substances uds weed
injecting injects inject > ivdu ivda intravenous needles
anabolic > testosterone steroids
snuff snus paan gutka betel > smokeless tobacco
overdose overdosed overdosing > ingestion ingested naloxone narcan poisoning intentional toxicity
clean > abstinent sober
rollies rollups pipe cigar cigars shisha hookah > tobacco smokes smoking smoker
ecig ecigs ecigarette juul vape vaper vaping vapes vaped > electronic nicotine
nicotine lozenges nrt champix varenicline chantix zyban > cessation patches gum
nonsmoker nonsmoking > tobacco smoked smoke smoking never smoker
smokes smoker smoke smoking > nonsmoker tob py pk pks
contraception contraceptive contraceptives > pill coil iud ius iucd implant implanon nexplanon depo mirena condom condoms ocp ocps cocp minipill vasectomy sterilised sterilized ligation tubal yasmin microgynon nuvaring
coil iud ius iucd mirena paragard kyleena > copper intrauterine levonorgestrel
nexplanon implanon > implant rod etonogestrel
minipill cocp ocp ocps > contraceptive pill contraception
depo dmpa > provera medroxyprogesterone contraceptive
condom condoms protection protected unprotected > barrier
pregnant pregnancy expecting expectant preggers > gravid gravida gestation hcg lmp trimester
conceive conceiving conception ttc fertility > infertility pregnancy pregnant ivf
sex intercourse intimacy intimate > sexually sexual partners dyspareunia coitus postcoital
libido > sexual desire drive
erection erections erectile impotence impotent > dysfunction viagra sildenafil cialis tadalafil
sti std stis stds clap venereal > chlamydia gonorrhea gonorrhoea trichomonas syphilis hiv herpes gc
lesbian queer msm > homosexual gay
trans transgender nonbinary pronouns > gender identifies
nap naps napping doze dozing dozes dozed snooze kip shuteye > sleep sleeps sleeping sleepy somnolence drowsy
insomnia sleepless sleeplessness > sleep awake wakes waking asleep
knackered shattered exhausted wiped bushed zonked tiredness lethargic lethargy weary sluggish > fatigue fatigued tired energy malaise
pillow pillows propped > orthopnea upright recumbent pnd
bedtime nighttime overnight nocturnal > night nights qhs nocte evening
moody grumpy cranky snappy stroppy > irritable irritability mood agitation
tearful weepy crying cry cries cried > mood depressed labile affect
panicky panic stressed edgy jittery uptight > anxiety anxious stress
angry anger aggressive aggression violent lashing > agitated agitation irritable outbursts combative
hopeless worthless joyless > anhedonia depressed pleasure interest hopelessness
motivation unmotivated > anhedonia interest energy
suicidal suicide > si hi ideation harm homicidal
hallucinations hallucinating hallucinates > auditory visual psychosis psychotic avh
paranoid paranoia delusions delusional > psychosis psychotic
mania manic elated > bipolar hypomania hypomanic
counselor counsellor counselling counseling therapist psychologist shrink psychiatrist cbt iapt > psychotherapy therapy therapies talking behavioral psychology
stress stressful stressor stressors burnout burnt overwhelmed > anxiety psychosocial job
bullied bullying > school abuse
exercise exercises exercising gym workout workouts fitness > cardio treadmill walks walking runs running swims swimming weights sedentary peloton yoga pilates cycling bike active
jog jogs jogging jogger runner marathon > run running runs treadmill exercise
cycling cyclist biking bicycle bike > cycles cycle peloton spin exercise
swims swimmer swimming > pool exercise
weights weightlifting lifting lifts lifted deadlift squats barbell dumbbells > gym heavy lift
sport sports sporting sporty athlete athletic > football soccer rugby cricket netball basketball baseball volleyball tennis badminton squash golf boxing karate judo dance dancing ballet gymnastics rowing skiing wrestling lacrosse hockey track softball
yoga pilates stretches stretching > exercises exercise
hobby hobbies pastime leisure > gardening enjoys knitting sewing crafts fishing golf reading choir volunteer guitar piano hunting woodworking
garden gardening yardwork allotment mowing mow > yard lawn
instrument guitar piano violin choir > music plays sings
telly tv television gaming > screen video
rest rested > activity activities restrictions limit light restriction
allowed permitted > continue resume restrictions restriction avoid cleared clearance npo
cycling jogging gym dancing golf hobbies > activities activity
chores housework hoovering vacuuming cleaning cooking shopping laundry > adl adls iadl iadls activities household
keep continue continues continued continuing > maintain maintained ongoing resume
crutch crutches > nonweightbearing nwb boot
equipment dme > walker cane wheelchair crutches commode hoist rollator
rollator zimmer frame > walker
scooter chairbound > wheelchair nonambulatory
bedbound bedridden housebound homebound > bed nonambulatory immobile
hoist hoisted > lift transfers transfer assist
unsteady wobbly wobble staggering stagger stumbling stumbles balance > gait ataxia ataxic falls imbalance unstable dizziness tandem romberg
limp limps limping hobble hobbles hobbling > gait antalgic
tripped stumbled slipped toppled tumbled tumble > fall fell falls
independent independently unaided > adl adls assistance
weightbear weightbearing wb fwb nwb wbat pwb > weight bearing
nappy nappies diaper diapers > wet stool urine
incontinent incontinence continence continent wetting > pads pad urgency diapers leakage accidents leaks
toilet loo lav lavatory bathroom restroom commode > bowel bladder stool urine bm voiding urinating continent
dressed buttons undress > adl adls
soak soaking submerge bathtub > bath baths shower swimming immerse tub
shoe shoes footwear trainers sneakers slippers sandals > boot boots insole insoles orthotics orthotic
insole insoles inserts insert orthotics orthotic orthoses > shoe footwear arch
wear wearing worn wears > shoe boot brace splint cast sling stockings orthotic lenses
stockings socks > compression hose ted teds
brace braces splint splints strapping strapped > sling boot immobilizer orthosis taping
dentures denture > dental edentulous teeth
soap scrub cleanse > wash clean hygiene chlorhexidine hibiclens
moisturiser moisturizer emollient lotion > cream ointment vaseline aquaphor
abroad overseas foreign tropics > travel traveled travelled trip mexico africa india asia
plane aeroplane airplane airport > flight travel fly
dvla dmv licence license > driving drive
accident crash crashed collision wreck > mva mvc rta vehicle
seatbelt belted airbag airbags > restrained
rtc > return follow followup clinic recheck
homework classroom lessons grades > academic school performance iep
playground recess pe > school gym
religion religious faith > catholic christian jewish muslim hindu sikh jehovah baptist spiritual pastor chaplain mormon buddhist
jehovah > witness transfusion
priest pastor vicar rabbi imam chaplain > religious spiritual
ramadan fasting > fast
muslim islam mosque islamic
hope hopes hoping hoped > wants goal goals desires wishes
concern concerns concerned worry worries > anxious afraid scared fear worried
interested > inquire inquired asking wants
pleased satisfied delighted > happy comfortable
complain complains complaining moan moaning moans whinge whingeing > complaint cc reports
complaint > cc pc hpc presents presented reason presenting
tried trying attempted > used failed trial relief previously ineffective otc
settled settle settles settling eased ease eases easing calmed calm soothe soothes soothed > relieved relief relieves improved resolved controlled responded response alleviated
help helps helped helping helpful benefit effective ineffective > relief relieved relieves improved improvement response responded alleviated alleviates eases
useless pointless ineffective > relief failed refractory
healed heal healing heals mended mend > resolved union
cured cure cures > resolved treatment remission
flare flared flares flaring flareup > exacerbation worsening relapse
aggravate aggravates aggravated aggravating worsens exacerbate exacerbates > provoked provokes exacerbated bending lifting movement exertion worse
relieve relieves relieving alleviate alleviates alleviating > relief relieved improved better rest
unchanged stable steady > persistent constant static
recovering recover recovery recovered > improved resolved resolving improving
deteriorating deteriorate deteriorated > worsening worse progressive progressed
disappeared vanished > resolved gone cleared resolution
recurred recur recurring recurrence reappeared > recurrent relapse relapsed returns returned
controlled control behaving > stable uncontrolled suboptimal
trigger triggered triggers sparked provoked > related secondary due precipitated exacerbated following started onset attributed associated stressor
causing caused causes cause underlying > etiology aetiology due secondary likely related attributed result
blame culprit responsible > due cause etiology likely secondary related
account accounts explain explains explanation > due likely related secondary attributed
reckon reckons suspect suspects suspected suspicion suspicious think thinks > impression imp likely assessment probable possible differential ddx felt favor favored consistent concern
impression verdict conclusion > assessment imp diagnosis dx likely consistent
diagnosis diagnoses dx diagnosed > impression imp assessment likely consistent suggestive
exclude excluded ruled ruling rule > differential exclude
began begin begun begins starting start started onset > ago since presented developed history
sudden suddenly abrupt abruptly > acute onset immediately
gradual gradually creeping > insidious progressive slowly
mechanism > fell fall twisted injury struck
gap interval > apart weeks months between
followup review recheck checkup reviewed > follow return appointment appt reassess reassessment rtc
casualty er ed emergency urgent > return hospital seek 911 999
precaution precautions warning warnings > return develop develops worsening worsens worse persist persists persistent seek asap emergency urgently earlier
monitor monitoring monitored watch watching > log daily weigh observe measure record
arrange arranged arranging organise organised organize organized sort sorted > refer referral referred schedule scheduled
refer referred refers referral > consult
discuss discussing discussion > discussed address counselled
permanent permanently forever lifelong > indefinitely indefinite life chronic
straightaway immediately asap pronto stat > urgent urgently emergent
fortnight fortnightly > weeks biweekly
nightly nocte qhs > bedtime night nights hs
morning mornings mane qam
twice bd bid
yearly annual annually > year
weekend weekends > saturday sunday
disclosed confided claimed claims confessed > reported reports states stated endorses endorsed admits
wired hooked > monitoring monitored leads telemetry electrodes
dimensions dimension size measurements measured > cm mm inch inches measuring measures
site location whereabouts situated located > aspect dorsal medial lateral distal proximal region quadrant
distribution > spread spreading generalized generalised localized chest trunk arms legs face diffuse
digit digits > finger fingers thumb toe toes
lesson teaching taught shown > education educated instructed instruction demonstrated
leaflet leaflets handout pamphlet brochure > information education printed written
interpreter translator translate > language interpreter
paperwork records > copy obtain bring release
goal target aim > goals maintain below
prison jail jailed inmate incarcerated > incarceration prisoner correctional
police dui dwi > legal probation court
gun guns firearm firearms weapons weapon rifle
beaten slapped punched assaulted assault > abuse violence ipv domestic altercation struck
dust mould mold damp mildew > allergen exposure humidity
pollen hayfever > seasonal allergic rhinitis allergies
sunbathe sunbathing sunburn sunbed sunbeds tanning tan > sun exposure sunscreen uv
sunscreen suncream sunblock spf > sun
tattoo tattoos tattooed piercing piercings pierced
hair wig bald balding > alopecia
immigrant refugee asylum > immigrated country
english > language interpreter speaks
dentist orthodontist > dental teeth
height tall taller > cm ht inches percentile
weight weigh weighs > wt kg lbs lb pounds bmi
overweight fat obese tubby chubby > obesity bmi weight
slim skinny thin underweight > weight bmi cachectic cachexia malnourished
birthday dob born > age birth
hospitalised hospitalized hospitalisation > admitted admission hospitalization inpatient icu itu
imaged > imaging mri ct xray scan ultrasound
itu icu hdu intensive > critical ventilated admitted intubated
"""
"""One group a line: each word may be written for each other; those after `>` only for those before it."""
