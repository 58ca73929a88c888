"""The signs of emergencies of mind, violence, poison, pregnancy, children, injuries and treatment, after public guidance.

Rules of ours in our own words, not yet reviewed by a clinician.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_cues import ANYWHERE, Source, Topic, cue
from chartcite.engine.red_flags.red_flag_families import with_families
from chartcite.engine.red_flags.red_flag_families_deeds import DEED_WITHDRAWAL
from chartcite.engine.red_flags.red_flag_families_more import HYPOTHERMIA, WITHDRAWAL
from chartcite.engine.red_flags.red_flag_topics import BAD, CONFUSED, FEVER, PAIN, TOPICS, VOMIT, nhs

_LIFELINE = Source("988 Suicide & Crisis Lifeline", "Get help: warning signs", "https://988lifeline.org/")
_CDC_MATERNAL = Source(
    "Centers for Disease Control and Prevention (CDC)",
    "Urgent Maternal Warning Signs (Hear Her)",
    "https://www.cdc.gov/hearher/maternal-warning-signs/",
)
_ACOG = Source(
    "American College of Obstetricians and Gynecologists (ACOG)",
    "Preeclampsia and High Blood Pressure During Pregnancy (patient FAQ)",
    "https://www.acog.org/womens-health",
)
_NICE = "National Institute for Health and Care Excellence (NICE)"
_HEAD_INJURY = Source(
    _NICE, "Head injury: assessment and early management (NG232), 2023", "https://www.nice.org.uk/guidance/ng232"
)
_FEVER_UNDER_5 = Source(
    _NICE, "Fever in under 5s: assessment and initial management (NG143), 2019", "https://www.nice.org.uk/guidance/ng143"
)
_SSI = Source(_NICE, "Surgical site infections: prevention and treatment (NG125), 2019", "https://www.nice.org.uk/guidance/ng125")

_THEM = "him|her|them|my|his|someone|somebody|people|everyone|everybody|the|a|ex|wife|husband|baby|boss|neighbor|child|children|kid|mother|father|mom|mum|dad"
_INTENDS = "going to|gonna|want to|wants to|wanna|intend*|plan*|will|threaten*|thought* of|thinking of|thinking about|urge*|telling me to|tell me to|say to|might|feel like|afraid i|scared i|could|thought about|homicidal|voice*|is going to|about to"
_MEDICINE = "pill|tablet|tab|capsule|paracetamol|acetaminophen|tylenol|ibuprofen|advil|aspirin|oxycodone|oxycontin|percocet|vicodin|hydrocodone|xanax|valium|diazepam|ambien|zolpidem|codeine|cocodamol|tramadol|morphine|fentanyl|methadone|insulin|warfarin|metoprolol|digoxin|amitriptyline|lithium|gabapentin|benadryl|benzos|benzo|painkiller|sleeping pill|med|medicine|medication|antidepressant|sertraline|beta blocker|blood pressure tablet|heart tablet|iron tablet|vitamin|gummies|edible|dose|unit|mg|drug"
_POISON = "bleach|antifreeze|drain cleaner|rat poison|detergent|pod|pods|laundry pod|battery|button battery|magnet|nicotine|vape*|weed killer|weedkiller|paint thinner|petrol|gasoline|kerosene|lamp oil|mushroom|berries|berry|cleaner|hand sanitizer|methanol|pesticide|insecticide|mothball|cleaning|acid|lye|oven cleaner|dishwasher|essential oil|poison"
_BABY = "baby|newborn|neonate|infant|toddler|son|daughter|child|kid|boy|girl|year old|month old|week old|day old|little one|grandson|granddaughter|bub|preemie"
_YOUNG = r"newborn|neonate*|/(?:[1-9]|1[0-2]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|few) ?(?:week|wk)s? old|/(?:1|2|one|two) ?(?:month|mo) old|/\d+ ?day old"
_PREGNANT = r"pregnan*|/(?<!for )(?<!last )(?<!past )(?<!in )(?<!every )(?<!after )(?<!over )(?<!within )(?:[12]\d|3\d|4[0-2]) (?:week|wk)(?! (?:ago|old|since|later|of|after|post|on|off|in|supply|now|from|back|check|course|appointment))|trimester|/(?:am|at|now|only|about|nearly|is) \d\d? (?:week|wk|w)(?! (?:ago|old|since|later|of|after|post|on|off|in|supply|now))|gestation|/g\d ?p\d|/\d\d ?(?:week|wk) (?:and|gestation|pregnant|gravid|baby)|due date|gravid*|antenatal|in labor"

MORE_TOPICS: tuple[Topic, ...] = (
    Topic("self_harm", "thoughts of suicide or self-harm", "crisis", (_LIFELINE, nhs("Help for suicidal thoughts", "mental-health/feelings-symptoms-behaviours/behaviours/help-for-suicidal-thoughts/")), (
        cue("kms|kill* myself|kill* himself|kill* herself|kill* themselves|kill* themself|unalive*|off myself|do myself in|top myself|hang myself|hanging myself|hang himself|hang herself|shoot myself|shooting myself|drown myself|stab myself|slit my wrist|cut my wrist|gas myself|poison myself|jump in front of|jump off|jumping off|throw myself", acute=True),
        cue("end my life|ending my life|end his life|end her life|end their life|end it all|ending it all|end it tonight|ending things|end things|end the pain|finish it all|take my own life|taking my own life|take his own life|take her own life|take my life", acute=True),
        cue("want to die|wants to die|wanted to die|wanna die|wish i was dead|wish i were dead|wishes he was dead|wishes she was dead|better off dead|never born|lined up in front|i have the pill|have pill ready|pills ready|pill ready|rather be dead|wish i could die|hope i die|hope i dont wake up|wish i wouldnt wake up|not wake up|ready to die|want to be dead|wants to be dead|wish i had never been born|just not wake|wouldnt wake up|never woke up|never wake up|dont wake up|go to sleep and ~ wake|sleep and never wake", acute=True, deniable=False),
        cue("dont want to live|doesnt want to live|not want to live|dont want to be here|doesnt want to be here|dont want to be alive|dont want to exist|dont want to go on|cant go on|cant do this anymore|cant take it anymore|cant keep going|no reason to live|nothing to live for|no point ~ living|no will to live|reason to stay alive|reason for me to stay|reason for me to live|reason to live|reason to go on|reason to carry on|no reason for me|lost the will|nothing left|nothing to live|no point ~ going on|no point in life|no point being here|no point anymore|point in carrying on|point of carrying on|point of living|point in living|point of going on|point going on|whats the point anymore|want it all to stop|want it to stop forever|want everything to stop|make it all stop|stop existing|how to die|way to die|ways to die|die painless*|painless way|painlessly|easiest way to die|how to kill|disappear for good|want to disappear|wish i could disappear|hate being alive|hate my life|cant live like this|cant live with|not worth living|isnt worth living|life isnt worth|tired of living|tired of being alive|done with life|had enough of life|sick of living|dont see a future|no way out", acute=True, deniable=False),
        cue("pill|tablet|med|rope|knife|gun|blade|razor", "lined up|in front of me|in my hand|laid out|ready|counted", within=6, acute=True), cue("blade|razor|knife|scissors", "to my arm|to my wrist|to my leg|to my skin|my wrist|my arm|deeper|cut*", "my|i|deeper|tonight|again|cut*", within=14, acute=True), cue("hate myself|hate who i am|worthless|disgust*", "die|stop|forever|end|disappear|gone|pointless|cut|hurt*|alive", within=ANYWHERE), cue("cut|cuts|scar|slash", "arm|wrist|thigh", "wish*|die|himself|herself|all over|fresh|self|secret|hiding|new", within=20), cue("ligature|attempted hanging|hanging attempt|found hanging|noose|self inflicted|self poisoning|suicide attempt", "now|today|found|neck|currently|just|tonight|this morning|brought in|around|1 1|on 1", within=10),
        cue("feel like|thinking of|thought* of|thinking about|want*|tempted|urge*|threaten*", "ending it|ending everything|ending things|jump*|jumping|hanging|overdosing|cutting|killing himself|killing herself", within=6, acute=True),
        cue("going to|gonna|want to|ready to|time to|wants to|about to|will", "end it|end everything|finish it|do it tonight|be gone|be over|disappear forever|check out|go to sleep forever|not be here", within=6, acute=True), cue("do it|end it", "tonight|nobody care|no one care|sorry|goodbye", "nobody|no one|goodbye|sorry|alone|tonight|pill|anymore", within=12, acute=True),
        cue("life|everything|living", "no meaning|meaningless|pointless|not worth|hopeless|worthless|no purpose|empty|unbearable", "i|me|my", within=14, acute=True, deniable=False), cue("saving|saved|stockpil*|hoard*|collecting|hiding", "pill|tablet|med|medicine|medication|insulin|drug", within=6, acute=True),
        cue("dark|bad|intrusive|scary|awful|terrible", "thought*", "hurt*|harm*|myself|die|dying|end|death|suicid*|baby|alive", within=10), cue("death wish|passive si|active si|wants to be dead", within=4),
        cue("better off without me|without me around|burden to everyone|everyone would be happier|wouldnt miss me|nobody would miss|no one would miss|nobody would care|no one would care|nobody would notice|nobody care* if i|no one cares if i|if i died|if i was dead|if i were dead|if i was gone|if i disappeared", within=6, acute=True, deniable=False),
        cue("suicidal*|feel suicidal|actively suicidal|suicidal ideation|wants to commit suicide|parasuicid*", "i|feel*|am|is|now|today|tonight|again|active*|plan|still|actively|thought*|endorse*|report*|express*|been|my", within=10),
        cue("suicid*|kill*", "thinking|think about|thought*|plan|planning|going to|want*|commit|contemplat*|consider*|attempt|intent|note|tried", "i|my|me|he|she|they|pt|patient|now|today|son|daughter|husband|wife|friend|him|her", within=14),
        cue("suicide|killing|dying|death|ending it|overdosing|self harm", "thinking about|thinking of|think about|thought* about|thought* of|keep thinking|considering|contemplating", within=5, acute=True), cue("si|suicidal", "plan|intent|active|endorse*|now|with means|access to", within=6), cue("endorse*|report*|admit*|voic*|express*", "si|suicid*|self harm", within=5),
        cue("self harm*|harm* myself|hurt* myself|cut* myself|cutting myself|burning myself|hurt* herself|hurt* himself|harm* herself|harm* himself|cut* herself|cut* himself|cutting again|carving", "again|want*|going|been|keep*|urge*|thinking|think|start*|thought*|need|now|tonight|might|afraid|like|cant stop|today|have|deep*|been", within=12, deniable=True),
        cue("cutting myself|harming myself|self harming|hurting myself|cutting herself|cutting himself", within=4, acute=True),
        cue("fastest|quickest|easiest|best|painless|surest", "way to die|way to overdose|way to end|way to kill|to die|to overdose|method", within=6, acute=True), cue("locked|barricaded|shut", "bathroom|room|himself|herself", "pill|knife|rope|gun|razor|blade|tablet|die|kill", within=24, acute=True), cue("how many|how much|what dose|enough|lethal|fatal", "kill me|kill myself|to die|end my life|end it|fatal|lethal|would it take|be lethal|kill somebody|kill a person", within=16, acute=True),
        cue("tonight is the night|today is the day|made up my mind|wont be around|not be around much|wont have to worry about|wont be a problem|wont be here much|wont see me again|see you on the other side|forgive me for|sorry for what i am about|decided to do it|decided to end", within=7, acute=True, deniable=False), cue("clean*|load*|bought|got", "rifle|gun|shotgun|pistol|revolver", "worry|goodbye|much longer|die|end|sad|depress*|sorry|tired|life|drunk|hopeless", within=ANYWHERE, acute=True),
        cue("goodbye letter|goodbye note|suicide note|said my goodbye|written ~ goodbye|wrote goodbye|saying goodbye|final goodbye|giving away my|given away my|my affair* in order", within=5, acute=True),
        cue("rope|noose|gun|pistol|bridge|razor|cliff|stockpil*|hoard*|train track|railway", "ready|tonight|loaded|going to|think*|jump*|hang*|use it|end it|ending|pill|wrist|die|in my hand|overdose", "i|my|me|he|she", within=16, acute=True),
        cue("overdose|od|crash my car|drive into|drive off", "want to|wants to|plan*|going to|thinking of|thinking about|intend*|urge to|feel like|on purpose|intentional*|deliberate*|thought* of", within=8, acute=True),
        cue("thinking about how to do it|thought about how|thinking of how to do it|know how id do it|how i would do it|have a plan to|made a plan", "anymore|live|die|end|here|do it|hurt*|kill*|life|alive", within=24, acute=True),
    ), help="crisis"),
    Topic("harm_to_others", "thoughts of harming others", "emergency", (_LIFELINE,), (
        cue(_INTENDS, "push|kill|stab|shoot|strangle|murder|smother|suffocate|hurt|harm|attack|drown|shake|run ~ over|beat up|poison", _THEM, within=9, acute=True),
        cue("homicidal|hi with plan|command hallucination*|violent thought*|urge*|hear* voice*|/voice(?! is| was| note| mail| box| change| has)", "kill|hurt|harm|now|plan|is|am|today|telling|stab|baby|active*", within=10),
        cue("thought* of|thinking of|thinking about|think about|urge*|fantasi*|dream of|plan|planning|impulse*|afraid of|scared of|keep thinking|want to|going to", "killing|hurting|stabbing|shooting|harming|attacking|smothering|strangling|drowning|poisoning|shaking", "him|her|them|someone|somebody|people|husband|wife|baby|child|children|kid|son|daughter|mother|father|mum|mom|dad|brother|sister|boss|neighbor|partner|boyfriend|girlfriend|other|ex|coworker|colleague|everyone", within=12, acute=True),
        cue("homicidal", within=3, acute=True),
    ), help="crisis"),
    Topic("overdose", "an overdose or poisoning", "emergency", (nhs("Poisoning", "conditions/poisoning/"), Source("America's Poison Centers", "Poison Help (1-800-222-1222)", "https://poisoncenters.org/")), (
        cue("swallowing|ingesting|taking|drinking|swallow*|ingest*", "entire|whole bottle|whole pack*|handful|whole", "bottle|pack*|box|" + _MEDICINE, within=10, acute=True), cue("whole week of|whole month of|week worth of|month worth of|day worth of|week of", _MEDICINE, "took|taken|gave|given|swallowed|accident*|at once|mistake", within=16),
        cue("took|taken|swallowed|ate|eaten|taking|had|drank|has|popped|ingested|given|gave|injected|used", "at once|all together|in one go|all my|too many|too much|whole bottle|whole packet|whole pack|whole box|all of|all my|all his|all her|entire|handful|bottle of|overdos*|double|doubled|twice|triple|three time|four time|five time|second dose|extra dose|by mistake|unknown quantity|unknown amount|unknown number|handful of|to die|to kill|to end|a lot of|loads of|instead of|/(?:[1-9]\\d|1\\d\\d)(?! ?(?:mg|mcg|microgram|milligram|unit|ml|g|iu|year|minute|min|day|hour|percent|at|am|pm|over|week|month|of january))|twenty|thirty|forty|fifty|sixty|dozen*|packet of|pack of|four dose|ten", _MEDICINE, within=14),
        cue("took|taken|ingested|swallowed", "unknown quantity|unknown amount|unknown number|unknown dose", within=8, acute=True), cue("more|extra", "tablet|pill|medicine|dose|med", "than i should|than prescribed|than i was told|than she should|than he should|than allowed|too many", "took|taken|had|given", within=20), cue("overdos*", "has taken|taken|took|have taken", within=4), cue("ate|eaten|eat|swallowed", "mushroom|berries|berry|plant|leaf|seed|battery|magnet|coin|toadstool", within=6), cue("ingestion|ingested|exposure", _POISON + "|ethylene glycol|organophosphate|caustic|methanol", within=6, acute=True), cue("bleach|ammonia|chlorine|cleaning|fumes|gas", "mixed|breathed|inhal*|lung*|cough*|breath*", within=14), cue("doubled|doubling", "up|dose*", _MEDICINE + "|methotrexate|anticoagulant|steroid", within=10), cue("instead of", _MEDICINE + "|methotrexate|unit|daily|weekly|insulin|/\\d+", "took|taken|gave|given|injected|mixed up|by mistake|accident*|daily", within=24), cue("mixed up|wrong", "insulin|pill|medicine|tablet|medication|dose", "took|taken|gave|given|injected", within=14),
        cue("empty|missing|gone|got hold of|got into|found|open", "bottle|packet|pack|pill|tablet|blister|strip|med", "my|daughter|son|child|grandson|granddaughter|husband|wife|toddler|he|she|kid|friend|mum|mom|dad|with|beside|next to", "empty|missing|got hold|got into|swallow*|took|ate|floor|unconscious|drowsy", within=24), cue("intentional*|deliberate*|ingest*", "ingestion|paracetamol|acetaminophen|pill|tablet|overdose|/\\d+ ?g|/\\d+ mg|opioid|bottle", within=6, acute=True),
        cue("took|taken|swallowed|taking|had", "too many|whole bottle|way too much|way too many|whole packet|entire bottle|all the pill|all his pill|all her pill", within=8),
        cue("overdos*|od|oded|od ed", "i|he|she|they|now|just|today|tonight|my|accident*|think*|pt|patient|acute*|on|acetaminophen|paracetamol|opioid|narcan|naloxone", within=7),
        cue("drank|drunk|drinking|swallowed|ate|eaten|ingested|licked|inhaled|put ~ mouth|chewed|got into|sprayed|tasted|bit into|swallowing", _POISON, within=8, acute=True),
        cue(_BABY + "|dog", "swallowed|ate|eaten|got into|drank|chewed|ingested|found with|took", _MEDICINE + "|" + _POISON + "|my|coin", within=14),
        cue("snort*|smoked|shot up|injected|shooting up|took|used", "something|heroin|fentanyl|coke|cocaine|meth|speed|mdma|ecstasy|molly|pill|drug|ketamine|crack|powder|ghb", "blue|breath*|unresponsive|wont wake|chest|shak*|fit|seiz*|hot|collapse*|gone|out|hallucinat*|vomit*", within=24, deniable=False), cue("opioid|fentanyl|heroin|narcan|naloxone", "od|overdos*|x2|x3|got|given|ems|gave|administered|responded", within=6), cue("chew*|licked|eat*|ate|drinking|drank|got into|swallow*", "gum|vape*|liquid|cigarette*|detergent|pill|tablet|plant|cream|shampoo|perfume|mouthwash|alcohol|vodka", _BABY, within=20), cue("swallowed|took|taken", "load|loads|bunch|ton|tons|lot|heap|pile|mouthful|fistful", _MEDICINE, within=10), cue("took|had|taken|swallowed", "/(?:[6-9]|1\\d|[2-9]\\d|six|seven|eight|nine|ten|eleven|twelve)(?! ?(?:mg|mcg|am|pm|unit|ml|hour|year|day|week|month|minute|over))", "ibuprofen|paracetamol|acetaminophen|tylenol|advil|aspirin|cocodamol|codeine|tramadol|benadryl|pill|tablet", within=6), cue("carbon monoxide|co alarm|gas leak|fumes|gas smell", "alarm|headache*|sick|dizzy|went off|breathed|inhal*|leak|nausea*|drowsy|smell", within=16), cue("poisoned|been poisoned|poisoning", "i|he|she|think*|we|my|now|food ~ gun", within=6),
        cue("took|drank|had", "sleeping pill|opioid|oxycodone|fentanyl|heroin|methadone|xanax|ghb|morphine|pill", "drowsy|wont wake|blue|slow breath*|cant wake|barely breath*|sleepy|unresponsive|pinpoint|alcohol", within=24, deniable=False),
        cue("bitten|bit me|bite|bit him|bit her", "snake|adder|rattlesnake|black widow|viper|cobra|scorpion", within=8),
    ), help="poison"),
    Topic("head_injury", "a head injury", "emergency", (_HEAD_INJURY, nhs("Head injury and concussion", "conditions/head-injury-and-concussion/")), (
        cue("head|skull|headstrike", "hit|bang*|bump*|knock*|struck|injur*|smack*|crack*|strike|split|whack*|landed on|fell on|trauma|thump*|bash*|fell", VOMIT + "|warfarin|eliquis|xarelto|apixaban|rivaroxaban|dabigatran|pradaxa|edoxaban|coumadin|thinner|anticoag*|heparin|clopidogrel|plavix|drows*|sleepy|confus*|unconscious|knocked out|pass* out|seiz*|fit|headache|gcs|clear fluid|double vision|blurr*|acting|memory|cant remember|weak*|slur*|dizzy|pupil*|forget*|worse", within=ANYWHERE, deniable=True),
        cue("kick*|punch*|hit|struck|fell|thrown|bottled|glassed|assault*|crash*", "head|face|skull|temple", "see* double|double vision|dizz*|blurr*|sick|vomit*|bleed*|drows*|memory|confus*|headache|black* out|horse|bat|hammer|brick|concret*|stair*|cant", within=ANYWHERE, deniable=False),
        cue("fell|fallen|crash*|accident|hit|bike|came off|thrown", "cant remember|no memory|dont remember|memory|concuss*|knocked out|blacked out|helmet", "sick|headache|dizz*|vomit*|happen*|sleepy|confus*|blurr*|nausea*|head", within=ANYWHERE, deniable=False), cue("fell|fallen|tripped|slipped", "muddled|sleep* all day|slept all day|drowsy|hard to wake|sleepier|vacant|confus*", "since then|ever since|since the fall|since|days later|now", within=ANYWHERE), cue("glf|fall|fell|fallen|tripped", "anticoagulant|warfarin|rivaroxaban|apixaban|thinner|eliquis|xarelto|coumadin", "gcs|confus*|head|drows*|vomit*|headache|face|today|now|ct|unwitnessed", within=ANYWHERE),
        cue("scalp|head", "lacerat*|hematoma|wound", "anticoagulant|warfarin|rivaroxaban|apixaban|confus*|gcs|vomit*|fall", within=ANYWHERE),
        cue("knocked out|knocked unconscious|lost consciousness|knocked himself out|knocked herself out|blacked out", "head*|headache|sleepy|fell|fall|rugby|football|bike|crash*|accident|drows*|vomit*|sick|concuss*", within=ANYWHERE),
        cue("head strike|head injury|head trauma", "now|today|fall|on|anticoag*|gcs|acute|just|fell", within=8),
        cue("fell|hit|fall|bang*|crash*", "head", "today|just|now|this morning|hour|minute|tonight|shower|stair*|ladder|bike|off|badly|hard|yesterday", within=ANYWHERE),
        cue("neck|spine|spinal|back", "fell|fall|crash*|div*|accident", "cant move|cant feel|numb*|tingl*|paraly*", within=24, deniable=False),
    )),
    Topic("pregnancy", "a warning sign in or after pregnancy", "emergency", (_CDC_MATERNAL, _ACOG, nhs("Pre-eclampsia", "conditions/pre-eclampsia/"), nhs("Your baby's movements", "pregnancy/keeping-well/your-babys-movements/")), (
        cue(_PREGNANT, "bleed*|blood|spotting|clot*|gush*|hemorrhag*", within=ANYWHERE),
        cue(_PREGNANT + "|postpartum|gave birth|had the baby|had my baby|since the baby|after the baby|baby /\\d+ day ago|delivered|c section", "headache|splitting|head is|head pain|zigzag*|aura|sight|seeing spot|sparkle*|flash*|blurr*|vision|sparkl*|under my rib|under ~ rib|upper right|puffy|swell*|swollen|pounding head|spot|starry", "zigzag*|sight|wont shift|wont ease|wont go|swell*|swollen|puffy|vision|headache|spot|flash*|rib|blurr*|pounding|light|high blood pressure|bp|pressure|face|hand|severe*|bad|terribl*|wont go away|sudden*|star*|sparkle*|splitting|pounding|blurr*|see|seeing", within=ANYWHERE),
        cue("mine|baby|bump|fetal|fetus|foetus|kick*|movement", "hasnt moved|not moved|hasnt kicked|not moving|isnt moving|stopped moving|moving less|less than usual|kicking less|fewer kick*|not kicked|no movement|fewer movement|reduced movement|reduced fetal|decreased movement|decreased fetal|less movement|quiet today|stopped kicking|havent felt|cant feel|hardly moving|barely moving|barely moved|hardly moved|moved much|not moved|moved less|not felt|didnt feel|a lot less|slowed down|not kicking|kicked less|no kicks|gone quiet|been ~ quiet|very quiet|really quiet|so quiet|too quiet|unusually quiet", "kick*|pregnan*|week|/\\d+ ?w\\w*|bump|movement|fetal|felt|feel|moved|trimester|baby|inside|less|belly|womb|tummy", within=ANYWHERE, deniable=False),
        cue("water|waters|fluid|membrane", "broke*|broken|leak*|gush*|ruptur*|went", "week|/\\d+|pregnan*|early|green|brown|preterm|premature|trimester|baby|contraction*", within=ANYWHERE),
        cue("rigid uterus|woody uterus|tense uterus|fetal bradycardia|late deceleration*|nonreassuring|non reassuring|fetal distress|crash section", acute=True), cue("week gone|/\\d+ week gone|week along|/\\d+ week along", PAIN + "|stab*|spotting|bleed*|blood|headache|head|swell*|swollen|puffy|vision|gush*|fluid", within=ANYWHERE), cue("cord", "coming out|out of|prolaps*|vagina|hanging|see the|feel the", within=8, acute=True), cue("cord prolapse|shoulder dystocia|placental abruption|abruption|uterine rupture", "now|acute|suspect*|today|ongoing|is", within=6),
        cue("eclamptic|eclampsia", "fit|now|seiz*|acute|is|having|magnesium|seizing", within=6), cue("ongoing pph|active pph|massive pph|pph now|pph /[1-9]", acute=True), cue("pph|postpartum hemorrhag*", "ongoing|now|active*|massive|1|2|litre|liter|ml|l", within=5),
        cue(_PREGNANT, "bp /1[6-9]\\d|bp /2\\d\\d|/1[6-9]\\d (?:over )?1[1-4]\\d|/1[6-9]\\d (?:over )?[89]\\d|severe range", within=ANYWHERE),
        cue("contraction*|labor", "week|preterm|premature|early|/(?:2\\d|3[0-6])", "pregnan*|/(?:2\\d|3[0-6]) ?w\\w*|preterm|premature", within=ANYWHERE),
        cue(_PREGNANT, "fell|car accident|hit in|kicked in|punched|stomach trauma|crash", "stomach|belly|bump|tummy|accident|pain", within=ANYWHERE),
        cue(_PREGNANT, "cant breathe|short of breath|chest|faint*|passed out|fever|seiz*|severe*|thoughts of", "cant|severe*|now|pain*|sudden*|very|today|just|fever*|bad", within=ANYWHERE, deniable=False),
    ), help="maternity"),
    Topic("infant_fever", "a fever in a very young baby", "emergency", (_FEVER_UNDER_5, nhs("High temperature (fever) in children", "conditions/fever-in-children/")), (
        cue(_YOUNG, FEVER + "|/3[89]\\.\\d|/39|/10[0-5](?:\\.\\d)?f?|hot|a temp|temp|temperature|warm|101f|100f", within=ANYWHERE),
        cue("baby|infant", FEVER, "/(?:[1-9]|1[0-2]) week|two month|one month|/[12] month|newborn|/\\d+ day", within=ANYWHERE),
    )),
    Topic("sick_child", "a seriously ill child", "emergency", (_FEVER_UNDER_5, nhs("Dehydration", "conditions/dehydration/")), (
        cue(_BABY + "|she|he|her|his", "floppy|limp|lethargic|listless|unresponsive|wont wake|hard to wake|too sleepy|glassy|grunting|sunken|blue|gray|mottled|wont feed|not feeding|wont nurse|wont latch|refusing all|high pitched cry|moaning|bulging|inconsolable|wont drink|weak cry|barely awake|wont stop crying", "feed*|nurse|baby|limp|floppy|grunt*|toddler|son|daughter|child|month old|week old|soft spot|fontanel*|newborn|infant|wake|drink|bottle|fever*|breast|nappy|diaper|eye|year old|rash|little", within=ANYWHERE, deniable=False),
        cue("wet napp*|wet diaper*|wet nappy|wet nappie|wee|peed|pee|tear|urinated", "no|hasnt|hasnt had|without|not|dry|havent|hasnt ~ all day|zero", "nappy|nappie|diaper|baby|toddler|day|hour|since|sunken|crying|child|son|daughter|infant", within=18, deniable=False),
        cue(_BABY, "breathing fast|fast breath*|lies there|just lies|wont move|hot car|blue|jerking|fits|not breathing|stopped breathing|choking|stiffen*|apnea", within=12, deniable=False),
        cue("green|bilious|bile|projectile", VOMIT, "baby|newborn|infant|week old|month old|day old", within=ANYWHERE),
    )),
    Topic("eye", "a sudden eye problem", "emergency", (nhs("Detached retina (retinal detachment)", "conditions/detached-retina-retinal-detachment/"), nhs("Eye injuries", "conditions/eye-injuries/"), nhs("Glaucoma", "conditions/glaucoma/")), (
        cue("eye", "bleach|chemical|cleaner|acid|alkali|cement|lime|splash*|squirted|ammonia|pepper spray|solvent|plaster|lye|glue|battery acid|sprayed|oven cleaner|petrol", within=12, acute=True),
        cue("in my eye|in his eye|in her eye|into my eye|in both eye", "got|superglue|glue*|squirt*|spray*|splash*|flew|went|stuck|metal|chemical|something|fell|sand|glass|liquid", within=10), cue("eye", "cant open|wont open|exploded|firework|blast|bang|burst|hit|poked|stabbed|spark*|metal", "face|eye|in|open|see|hurt*|pain*|went off", within=20, deniable=False), cue("vision|sight", "went black|gone black|blacked out|went dark|disappeared|gone|blank", within=8), cue("curtain|veil|shade|shadow", "vision|eye|sight|see", within=12), cue("floater*|flash*", "shower|new|sudden*|lots|burst|hundred*|one eye|curtain|vision|both|flash*|lot of|loads", "floater*|eye|flash*|vision", within=14),
        cue("eye", PAIN, "halo*|sick|vomit*|blurr*|vision|red|cant see|light|headache|sudden*|contact len*", BAD + "|really|halo*|sick|vomit*|blurr*|contact len*|sudden*", within=24, deniable=False),
        cue("vision|sight|see|eye|blind*", "sudden*|gone|lost|loss|went|black|cant see|monocular|painless", "eye|sudden*|vision|sight|this morning|ago|today|now|just|left|right|partially|half", within=10, deniable=False),
        cue("eye", "stabbed|pierced|cut|metal|stick|punctur*|hit|grinder|nail|glass|shard|ruptur*|globe", "eye|in|stuck|bleed*|vision|cant see|went", within=8), cue("acute angle closure|acute glaucoma|open globe|central retinal artery|crao", within=5),
    )),
    Topic("burns", "a serious burn", "emergency", (nhs("Burns and scalds", "conditions/burns-and-scalds/"),), (
        cue("burn*|scald*", "boiling|oil|fire|flame*|kettle|steam|chemical|electric*|explosion|petrol|acid|white|peel*|charred|blister*|blacken*|face|hoarse|airway|genital*|large|big|all over|whole|hand|deep|chest|third degree|full thickness|smoke|bath|leg|tea|hot water|soup|baby|toddler", "face|hand|leg|chest|arm|skin|genital*|child|son|daughter|baby|body|voice|over|himself|herself|myself|oil|fire|boiling|back|toddler|tbsa|degree|airway|foot|feet|groin|stomach", within=ANYWHERE),
        cue("tbsa|full thickness burn|airway burn|burn unit", acute=True), cue("boiling|hot oil|hot water|kettle|scalding|hot fat|flame*|firework", "spill*|pour*|pulled|tipped|splash*|over|caught fire|on my|on his|on her", "skin|leg|arm|face|chest|himself|herself|myself|hand|peel*|blister*|white|foot|stomach|daughter|son|baby|back", within=ANYWHERE),
        cue("acid|alkali|lye|bleach|chemical|caustic|cement", "hand|skin|arm|leg|face|body|foot", "white|burn*|blister*|peel*|gone|numb*|pain*|spill*|splash*|red", within=ANYWHERE), cue("grabbed|touched|fell on|fell into|leaned|sat on|iron|stove|hob|oven|bbq|barbecue|bonfire|radiator|hair straightener*", "blister*|burn*|scald*|charred|peel*", "toddler|baby|child|son|daughter|palm|hand|whole|face|leg|arm|kid", within=ANYWHERE), cue("electrocut*|electric shock|struck by lightning|electrical burn|smoke inhalation|breathed in smoke|inhaled smoke", within=4), cue("hoarse|singed|soot*", "fire|burn*|smoke", within=16),
    )),
    Topic("abuse", "violence or abuse", "urgent", (nhs("Getting help for domestic violence and abuse", "live-well/getting-help-for-domestic-violence/"), Source("National Domestic Violence Hotline", "Get help", "https://www.thehotline.org/"), nhs("Help after rape and sexual assault", "live-well/help-after-rape-and-sexual-assault/")), (
        cue("husband|wife|partner|boyfriend|girlfriend|ex|he|she|they|dad|father|stepdad|stepfather|mother|mum|mom|son|daughter|carer|caregiver|caretaker|nurse|uncle|brother|someone|somebody|man", "hit* me|hits me|strangled|strangled me|keep* hitting|beat* me|beating me|beats me|punch* me|kick* me|chok* me|choked me|strangl* me|slap* me|threaten* to kill me|threaten* me|hurt* me|hurts me|rap* me|raped me|forc* me to have sex|forced himself on me|pushed me|shoved me|slapped me|pushed me down|throws me|attack* me|attacked me|held a knife|burned me|touch* me where|wont let me leave|locks me|locked me in|abus* me", within=10),
        cue("raped|sexually assaulted|sexual assault|sexually abused|molested|date rape|being abused|been abused|assaulted", "i|was|she|he|was|daughter|son|now|night|today|yesterday|me|weekend|day|been|patient|pt", within=8),
        cue("afraid|scared|frightened|terrified|not safe|unsafe|dont feel safe", "go home|home|husband|wife|partner|boyfriend|girlfriend|him|he|she|ex|at home|of him", within=8, deniable=False),
        cue("carer|caregiver|nurse|home|staff|husband|stepdad|boyfriend|he|she|someone|babysitter|teacher|uncle|brother", "hurting|hits|hitting|keep* hitting|beating|abus*|bruis*|touch* ~ inappropriat*|slap*|rough with|starving|neglect*|molest*|shak*|hits|shook", "mother|mum|mom|father|dad|grandma|grandad|son|daughter|baby|child|her|him|nan|gran|kid|grandmother|sister|elderly|wife|brother", within=12, ordered=True),
        cue("non accidental|nonaccidental|nai|physical abuse|child abuse|elder abuse|abuse|safeguarding|trafficked|trafficking", "suspect*|now|concern*|query|think*|inconsistent|worried|being|disclos*|bruis*", within=8), cue("disclos*", "abuse|violence|assault|rape|partner hits|husband", within=8),
        cue("neighbor|someone|somebody|he|she|dad|mum|mom|boyfriend|husband|stepdad|stepmother|father|mother|teacher|parent|partner", "beating|hitting|hurting|abusing|molesting|starving|neglecting|beats|hits|strangling|choking", "kid|child|children|wife|baby|son|daughter|him|her|mother|father|me|girlfriend|sister|brother", within=10, ordered=True), cue("bruis*", "inconsistent|story|non mobile|infant|suspicious|pattern*", "story|infant|inconsistent|baby|injur*|explan*|history", within=14),
    ), help="abuse"),
    Topic("postoperative", "a warning sign after an operation", "urgent", (_SSI,), (
        cue("operation|surgery|incision|wound|stitches|stitch|staple*|suture*|op|replaced|replacement|hip done|knee done|c section|cesarean|surgical|scar|cut|drain|hysterectomy|transplant|bypass", "pus|ooz*|burst|open*|opened|split|smell*|red and hot|hot and red|gap*|leak*|dehisc*|coming apart|bleeding|come apart|green|yellow|spread*|gaping|hot|foul", "wound|incision|feel*|fever*|temp*|pain*|burst|open|stitch|operation|surgery|red|swollen|pus|smell*|open*|scar|site|hot|today|apart", within=ANYWHERE),
        cue("pus|ooz*|discharge|foul*", "c section|incision|wound|cut|scar|operation|stitch*|surgical|drain|surgery|site|port", within=10), cue("incision|wound|stitches|scar|staple*|stitch", "burst|opened up|split open|come open|popped|coming apart|gaping|wide open|dehisc*|eviscerat*|intestine*|bowel showing", within=6, acute=True),
        cue("operation|surgery|surgical|hysterectomy|c section|bowel op|post op|postop|appendectomy|gallbladder removal|removal|post surgery|post op|gallbladder out|appendix out|bypass", FEVER + "|belly is swollen|cant stop being sick|" + VOMIT + "|chest pain|short of breath|calf|" + CONFUSED + "|cant pee|swollen belly|pus", "day|ago|since|week|after|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|last|now", within=ANYWHERE, deniable=False),
    ), help="urgent"),
    Topic("skin_reaction", "a severe skin reaction", "emergency", (nhs("Stevens-Johnson syndrome", "conditions/stevens-johnson-syndrome/"),), (
        cue("rash|skin|blister*", "blister*|peel*|slough*|coming off|falling off|skin is peeling|raw|burning", "mouth|eye|lip*|genital*|medicine|tablet|starting|started|allopurinol|lamotrigine|antibiotic|new|carbamazepine|phenytoin|bactrim|drug|sheet|sheets|sulfa|since|mucos*|throat", within=ANYWHERE),
        cue("sjs|stevens johnson|toxic epidermal|dress syndrome|dress", "suspect*|query|now|think*|possible|acute|worried|concern*", within=6), cue("mucosal|mucous|oral", "erosion*|slough*|ulcer*|blister*", "skin|rash|drug|allopurinol|lamotrigine|day|new|started", within=ANYWHERE),
        cue("sore*|ulcer*|blister*", "mouth|lip*", "rash|peel*|blister*", "starting|started|new|medicine|tablet|since|drug|antibiotic|allopurinol|lamotrigine", within=ANYWHERE),
    )),
)  # fmt: skip
_ACUTE = Topic("acute_illness", "a life-threatening illness or injury", "emergency", (nhs("When to call 999", "nhs-services/urgent-and-emergency-care-services/when-to-call-999/"),), (
    cue("thyroid storm|myxedema coma|malignant hyperthermia|neuroleptic malignant|serotonin syndrome|necrotizing fasciitis|necrotising fasciitis|fournier*|tumor lysis|cytokine storm|transfusion reaction|air embol*|fat embol*|amniotic fluid embol*|hypertensive emergency|acute liver failure|fulminant", "now|suspect*|query|acute|today|is|with|has|pt|this|in|possible|concern*", within=10),
    cue("gunshot|gsw|shot in the|stabbed|stab wound|impaled|run over|hit by a car|hit by car|hit by a bus|car crash|car accident|mva|rta|motorbike crash|fell from|fell off a ladder|fell off the roof|polytrauma|crush injury|bone sticking out|bone is sticking|open fracture|chopped off|severed|amputated finger", "now|just|today|ago|bleed*|pain*|cant|head|chest|belly|neck|back|this morning|tonight|bone|finger|leg|arm|is|has|was", within=14, deniable=False),
    cue("drown*|nearly drowned|pulled from the water|under water|submerged", "child|son|daughter|he|she|pool|baby|breath*|cough*|bath|toddler|now|just", within=14), cue("hanging|strangulation|lightning", "found|struck|just|neck|now", within=6),
    cue("cant swallow", "drool*|throat|spit|saliva|voice|fever*|swell*|swollen|tongue|breath*|stuck|food", within=20, deniable=False), cue("airway|trauma call|trauma alert|mass casualty", "now|threatened|swelling|compromis*|burn*|losing", within=8),
))  # fmt: skip
_SEVERE_PAIN = Topic("severe_pain", "severe pain", "urgent", (nhs("When to call 999", "nhs-services/urgent-and-emergency-care-services/when-to-call-999/"), nhs("When to use 111", "nhs-services/urgent-and-emergency-care-services/when-to-use-111/")), (
    cue("excruciat*|unbearable|agonizing|agonising|agony|worst|intolerable|10 out of 10|10 10|screaming|horrendous|blinding", "pain*|agony|hurt*|ach*|ever|cramp*", within=6),
    cue("pain*", "wont go away|so bad|cant stand|cant cope|passing out|never felt|worse than labor|killing|cant move|doubled over|cant sleep|cant take it|getting worse", within=8, deniable=False),
), help="urgent")  # fmt: skip
_WITHDRAWAL = Topic("withdrawal", "dangerous withdrawal from alcohol or a sedative", "emergency", (Source(_NICE, "Alcohol-use disorders: diagnosis and management of physical complications (CG100), 2010", "https://www.nice.org.uk/guidance/cg100"),), (*WITHDRAWAL, *DEED_WITHDRAWAL))  # fmt: skip
_HYPOTHERMIA = Topic("hypothermia", "a dangerously cold body", "emergency", (nhs("Hypothermia", "conditions/hypothermia/"),), HYPOTHERMIA)  # fmt: skip
_CALL = Topic("call_for_help", "a call for help", "emergency", (nhs("When to call 999", "nhs-services/urgent-and-emergency-care-services/when-to-call-999/"),), (
    cue("call 911|call 999|call 112|calling 911|call ~ ambulance|need ~ ambulance|needs ~ ambulance|ambulance is|waiting for ~ ambulance|get ~ ambulance|paramedic", within=5, deniable=False),
    cue("am dying|is dying|going to die|gonna die|feel like dying|might die|life or death|life threatening emergency|is this an emergency|this is an emergency|its an emergency|medical emergency", within=5),
    cue("should", "go to|go in|head to|take him to|take her to|come to|come in", "er|emergency|a and e|hospital|casualty|ed|urgent care|emergency room", within=12), cue("help me please|please help me|help help|somebody help|someone help|help now|need help now|help asap|help urgent*|urgent help", within=4),
))  # fmt: skip
WARNING = Topic(
    "warning_sign",
    "a warning sign",
    "urgent",
    (nhs("When to use 111", "nhs-services/urgent-and-emergency-care-services/when-to-use-111/"),),
    (),
    help="urgent",
)
"""Raised by weight (`warning_signs`) where no other topic is."""
COMPLAINT = Topic(
    "complaint",
    "how somebody is",
    "urgent",
    (nhs("When to use 111", "nhs-services/urgent-and-emergency-care-services/when-to-use-111/"),),
    (),
    help="complaint",
)
"""Raised where a patient's message only tells an ailment (`told_complaint`) and no other topic is."""
_STATED = Topic(
    "critical_value",
    "a critical value",
    "emergency",
    (
        Source(
            "UK Kidney Association",
            "Clinical Practice Guidelines: Treatment of Acute Hyperkalaemia in Adults, 2023",
            "https://www.ukkidney.org/",
        ),
    ),
    (),
)
ALL_TOPICS: tuple[Topic, ...] = with_families(
    (
        *MORE_TOPICS[:3],
        *TOPICS,
        *MORE_TOPICS[3:],
        _STATED,
        _WITHDRAWAL,
        _HYPOTHERMIA,
        _ACUTE,
        _CALL,
        _SEVERE_PAIN,
        WARNING,
        COMPLAINT,
    )
)
