"""The signs of emergencies of heart, breath, brain, blood, infection and belly, after public patient guidance.

Rules of ours in our own words, not yet reviewed by a clinician. Topics of mind, pregnancy, children, injuries and treatment
stand in `red_flag_topics_more`.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_cues import ANYWHERE, Source, Topic, cue

_NHS = "National Health Service (NHS)"
_AHA = "American Heart Association"
_NICE = "National Institute for Health and Care Excellence (NICE)"


def nhs(title: str, path: str) -> Source:
    """Name a page of the NHS website."""
    return Source(_NHS, title, f"https://www.nhs.uk/{path}")


PAIN = "pain*|hurt*|ach*|sore|agony|agoni*|tender|killing"
BAD = "severe*|terribl*|excruciat*|agoni*|agony|unbearable|worst|awful|horrendous|horrific|really bad|so bad|very bad|intense|10 10|ten out of ten|10 out of 10|9 10|intolerable|bad"
SUDDEN = "sudden*|all of a sudden|out of nowhere|abrupt*|acute*|came on fast|within second|woke up with|woke up and|instant*|new|overnight|minute ago|hour ago|just now|a moment ago|this morning|right now|today|since"
FEVER = r"/t (?:3[89]|4[0-3])(?:\.\d)?|/core temp\w* (?:3[89]|4[0-3])(?:\.\d)?|fever*|febrile|pyrexi*|feverish|rigor*|/(?:temp\w*|reading|thermometer)(?: [\w.]+){0,4}? (?:3[89]|4[0-3]|10[0-9])(?:\.\d+)?c?f?|/(?:38|39|4[0-2]|10[0-9])(?:\.\d+)? ?(?:degree|c|f|rectal\w*)|high temp*|a temperature|got a temp|run* ~ temp*|burning up|temp* is up|running hot|feel* hot|shiver*|shaking chill*|chill"
CONFUSED = "confus*|disorient*|talk* nonsense|gibberish|not make* sense|make* no sense|doesnt know where|deliriou*|delirium|not herself|not himself|incoherent|altered mental*|altered|obtunded|drowsy|very sleepy|hard to wake|agitated|talk* rubbish|talking rubbish|rubbish|know what day|know who|know where|seeing thing|hallucinat*|muddled|not with it|out of it|spaced out|acting strange*|acting weird*|acting funny|rambling|not herself|loopy"
VOMIT = "vomit*|throw* up|threw up|being sick|been sick|keep* ~ down|puk*|retch*|emesis"
WEAK = "weak*|numb*|paraly*|limp|droop*|drop|dropped|dropping|dead|heavy|tingl*|lopsided|crooked|sag*|hemipar*|hemipleg*|cant lift|cant move|cant raise|cant hold|cant feel|wont move|not moving|gone floppy|pins and needle"
SWELL = "swell*|swollen|puff*|balloon*|ballooned|edema|angioedema|blown up|blowing up"
BLOOD = "blood*|clot*|hemorrhag*"
FAINT = "faint*|pass* out|lightheaded|light head*|dizz*|clammy|collaps*|blackout|black* out|about to go|woozy"

TOPICS: tuple[Topic, ...] = (
    Topic("chest_pain", "chest pain or signs of a heart attack", "emergency",
        (nhs("Heart attack: symptoms", "conditions/heart-attack/"), Source(_AHA, "Warning Signs of a Heart Attack", "https://www.heart.org/en/health-topics/heart-attack/warning-signs-of-a-heart-attack")), (
        cue("chest|breastbone|sternum|substernal|retrosternal|precordial|ribcage|rib cage|heart|heart area|heart side|thorax|left breast", "twinge*|on fire|burn*|pain*|stand* on|sitting on|sat on|someone ~ on|funny|strange|weird|odd|spasm*|stab*|constrict*|knot|seizing up|clench*|hurt*|tight*|pressure|press*|squeez*|heavy|heaviness|crush*|ach*|burst*|vice|vise|band|weight|elephant|discomfort|burning|gripping|clutch*|stabbing|fullness", within=10),
        cue("crushing|squeezing|clutch*", "pain*|pressure|chest|arm", within=6), cue("elephant|weight|brick", "on my chest|on his chest|on her chest", within=6),
        cue("having|have|had a|is this|think*|might be|could be|feel* like|another|just had|acute|massive|suspected|ongoing", "heart attack|myocardial infarction|acute mi|cardiac event|coronary", within=6),
        cue("pain*|ach*|numb*|tingl*|heavy|heaviness|shooting", "left arm|l arm|both arm|down my arm|down his arm|down her arm|jaw", "sweat*|clammy|nausea*|breathless|short of breath|chest|sick|faint*|gray|diaphoretic", within=16),
        cue("st elevation*|ste|st depression*|trop rising|troponin rising|cath lab activat*|lysis|tombstone*|vt storm|sustained vt|torsade*|complete heart block|tamponade|cardiogenic shock|stemi|nstemi|acute coronary|crushing cp|having cp|active cp|ongoing cp|acute mi", within=4, acute=True), cue("cp|angina", "now|rest|ongoing|crushing|active*|unrelieved|not going away|wont settle|unstable|crescendo|radiat*|diaphore*", within=8),
        cue("pain*|ach*|hurt*|indigestion|heartburn|discomfort|pressure|tightness|burning|squeez*", "creep*|goes|crawl*|spread*|radiat*|mov*|travel*|shoot*|into|going|gone|down|up", "jaw|neck|arm|shoulder|shoulder blade", "sweat*|soaked|clammy|sick|breath*|nausea*|vomit*|gray|pale|dizz*|faint*|drenched|cold|chest", within=ANYWHERE),
        cue("heart", "racing|pounding|180|170|160|200|wont slow|flutter*|fast|skipping", FAINT + "|breath*|chest|sweat*|sick|weak", within=ANYWHERE),
        cue("jaw|arm|shoulder blade", "ach*|pain*|hurt*|heavy|lead", "chest|ribcage|breath*|sweat*|clammy", within=ANYWHERE),
        cue("pain*|pressure|tightness|squeez*|ach*|heaviness", "creep*|spread*|radiat*|goes|going|shoot*|travel*|into|down|up", "neck|jaw|arm|shoulder", "chest|rib|breastbone|sternum|indigestion|upper", within=ANYWHERE),
        cue("tear*|ripping", "chest|back|shoulder blade", within=8), cue("heart", "stopp*|pounding|racing|flutter*", FAINT, within=16),
        cue("aortic dissection|dissecting aort*", within=4),
        cue("gtn|nitroglycerin*|nitro|spray", "not help*|isnt help*|didnt help|hasnt help*|not work*|isnt work*|no relief|not touch*|isnt touch*|hasnt touch*|isnt doing|nothing|second|third|still hurt*|still ~ pain", within=8, deniable=False),
    )),
    Topic("breathing", "trouble breathing", "emergency",
        (nhs("Shortness of breath", "conditions/shortness-of-breath/"), nhs("Asthma attacks", "conditions/asthma/asthma-attack/")), (
        cue("cant breathe|cant breath|cant ~ breath|cant get ~ breath*|cant get ~ air|unable to breathe|not breathing|stopp* breathing|isnt breathing|barely breath*|hardly breath*|cant catch|cant get enough air|cant breathe properly|struggl* to breathe|struggl* for ~ breath|fight* for ~ breath|fight* to breathe|struggl* for air|fight* to get air|fight* for air|fight* ~ air|get any air|get no air|no air|hungry for air|gulping for air|stopped breathing|stops breathing|turning purple|gasp*|suffocat*|choking|choked on|agonal", acute=True, deniable=False),
        cue("breath*|breathing", "bad|really bad|so bad|awful*|terribl*|getting bad|rattl*|gurgl*|weird*|funny|strange*|odd|whistl*|snoring|crackl*|bubbling|heavy|heavily|struggl*|troubl*|difficult*|hard|labor*|laboured|problem*|rapid*|really fast|very fast|so fast|too fast|noisy|shallow|worse*|grunt*|out of|short*|trouble", within=5),
        cue("short of breath|shortness of breath|sob|breathless*|out of breath|dyspnea|dyspneic|tachypneic|air hunger|puffed out|winded", within=5),
        cue("go|goes|going|gone|turn*|went|look*|is|getting", "blue|gray|purple|ashen", "breath*|sweat*|clammy|chest|swallow*|chok*|baby|cough*|lip*|face|collapse*|faint*|rattl*|limp|he|she|nan|gran*|mum|mom|dad|kid|child", within=16),
        cue("bark* cough|croup*|pink froth|frothy|froth", "breath*|noise|child|baby|old|daughter|son|toddler|sputum|spit*|cough*|night|stridor", within=20), cue("noise", "breathe* in|breath in|breathing in|each breath|every breath", within=8),
        cue("drowning|drown*", "lie|lying|flat|breath*|lung*|air|sleep|feel like", within=10), cue("cant ~ lie flat|cant lie down|have to sleep sitting|need ~ pillow", "breath*|air|gasp*|drown*", within=ANYWHERE, deniable=False),
        cue("lip*|face|finger*|tongue|skin", "blue|bluish|gray|purple|dusky", within=6), cue("cyano*|stridor|stridulous|resp arrest|respiratory arrest|respiratory failure|respiratory distress|resp distress", acute=True),
        cue("asthma*|wheez*|copd|inhaler|puffer|nebuli*|neb", "attack|bad|wors*|cant talk|cant speak|not help*|isnt help*|isnt work*|not work*|doesnt help|isnt touching|not touching|one or two word|only say|cant finish|full sentence|severe|nothing help*|hasnt help*|life threatening|silent", within=14, deniable=False),
        cue("suck*|pull*|drawing", "in under|rib*|between ~ rib|tummy|chest", "breath*", within=16),
        cue("barely|hardly|can only|cant", "talk|speak|walk|move", "puff|breath*|wheez*|air|gasp*", within=16, deniable=False),
        cue("wheez*|puff|puffed", "really|so|very|bad*|ran out|run out|caving|suck*|cant|worse*|inhaler|chest|night|talk|tight", within=12, deniable=False), cue("rib", "showing|visible|stick* out|see", "breath*", within=12), cue("neb|nebuli*|inhaler|puffer|ventolin|albuterol|salbutamol|reliever", "nothing|no help|useless|every hour|not touch*|no relief|no effect|doing nothing|doe nothing|run out|ran out|empty", "breath*|wheez*|chest|asthma*|air|tight*|struggl*", within=ANYWHERE, deniable=False), cue("chest|rib", "caving in|caves in|sucking|suck* in|pulling in|drawing in|retract*", within=6),
        cue("rr|resp rate|respiratory rate|resp", "/(?:2[89]|[3-7]\\d)", within=3, acute=True), cue("accessory muscle|retraction|tripod*|nasal flaring|work of breathing|intubat* now|bipap|silent chest|tension pneumo*|status asthmaticus|hypoxic|hypoxemi*|flash pulmonary edema|airway compromise|losing ~ airway|needs intubat*|about to intubate|tube now", acute=True),
        cue("one or two word|few word|cant finish ~ sentence|cant speak in ~ sentence", "breath*|asthma*|air|chest", within=16, deniable=False),
        cue("chok*", "on|food|meat|grape|object|turning|cant", within=4, acute=True), cue("sat|spo2|saturat*|o2", "drop*|falling|tiring|desat*|low", within=6), cue("desatt*|desaturat*|tiring", acute=True),
    )),
    Topic("anaphylaxis", "signs of a severe allergic reaction", "emergency", (nhs("Anaphylaxis", "conditions/anaphylaxis/"),), (
        cue("tongue|lip*|throat|airway", SWELL + "|closing|tight*|itch*|clos*|getting big*|thick", within=6, acute=True),
        cue("face|eye*|mouth", SWELL, "hive*|itch*|faint*|antibiotic|sting|stung|ate|eaten|eating|wheez*|breath*|rash|shot|jab|injection|vaccine|nut|peanut|after|dizz*|tablet|pill|medicine|allerg*", within=20),
        cue("hive*|urticaria|welt*|rash|itch*", "throat|voice|hoarse|croaky|wheez*|breath*|faint*|dizz*|tongue|lip*|vomit*|collaps*|tight*|pass* out|hypotens*", within=16),
        cue("having|having a|in|think*|severe|acute|now|going into|suspected|after|full blown|right now", "anaphyla*", within=6), cue("anaphyla*", "now|after|right now|just|this minute|happening|shock", within=6),
        cue("allerg*", "just took|just ate|just had|swallowed|accidentally|stung|by mistake|was given|given", "wheez*|hive*|swell*|swollen|throat|itch*|rash|faint*|breath*|lip*|tongue|dizz*", within=30),
        cue("allergic reaction|allergic|reaction", "having|bad|severe|swallow*|breath*|throat|swell*|swollen|serious|faint*|tongue|lip*|hive*|all over|happening|now", "i|my|he|she|now|is|am|think", within=12), cue("epipen|epi pen", "ago|just|used|coming back|return*|second|worse|not work*", within=12, deniable=False), cue("epipen|epi pen|adrenaline pen|autoinjector|auto injector", "just|used|need|now|given", "swell*|swollen|breath*|throat|reaction|hive*|worse|again", within=20),
    )),
    Topic("stroke", "signs of a stroke", "emergency",
        (nhs("Stroke: symptoms", "conditions/stroke/"), Source("American Stroke Association", "Stroke Symptoms (F.A.S.T.)", "https://www.stroke.org/en/about-stroke/stroke-symptoms")), (
        cue("face|mouth|lip|smile|facial|eyelid|cheek|one eye|left eye|right eye", "hang*|drool*|dead|frozen|wont move|stopped moving|droop*|drop|dropped|dropping|fallen|lopsided|crooked|uneven|one side|slack|twisted|sag*|numb*|wonky|palsy|weak*", within=7),
        cue("speech|word|talk*|speak*|voice|sentence|sound*", "like a drunk|drunk*|rubbish|odd|strange*|slur*|garbl*|jumbl*|mumbl*|nonsense|gibberish|muddled|mixed up|wrong|not making sense|cant get|wont come|struggl*|drunk|weird|funny", within=6),
        cue("cant speak|cant talk|unable to speak|lost ~ speech|cant get ~ word|cant find ~ word|word wont come|talk* gibberish|talk* nonsense|slur*|aphasi*|dysarthri*|speech ~ garbl*", deniable=False),
        cue("one side|left side|right side|half|one arm|one leg|arm|leg|l arm|r arm|hand|body", "numb*|weak*|paraly*|cant lift|cant move|cant raise|gone dead|went dead|cant hold|drooping|not working|wont work|wont move|stopped working", "sudden*|all of a sudden|ago|this morning|face|speech|talk*|mouth|word|just|gone|went|woke|now|today|slur*|cant get|vision|crooked|acute*|one side", within=16, deniable=False),
        cue("sudden*|acute*|new|new onset|abrupt*|woke|wake up|this morning|just now|stroke", "hemipar*|hemipleg*|aphasi*|weakness|facial droop|facial palsy|dysarthri*|neglect|hemianop*|vertigo ~ diplopia", within=7),
        cue("code stroke|stroke alert|stroke call|last known well|lkw|large vessel occlusion|lvo|acute ischemic stroke|ongoing stroke|acute cva|acute stroke", acute=True),
        cue("having|think*|might be|could be|is this|having a|just had|signs|is having|suspected|possible|acute", "stroke|tia|mini stroke|ministroke", within=5),
        cue("sudden*|all of a sudden|lost", "vision|cant see|sight|see|blind*|see double|double vision|balance|walk", within=8, deniable=False),
        cue("cant see|cant see out|lost vision|blind", "one side|left side|right side|half|out of one eye", within=8, deniable=False), cue("cant button|cant write|cant grip|cant hold|cant type|keep dropping|dropping thing|dropping everything", "hand|arm|pen|cup|shirt|fork|side|sudden*|all of a sudden|today|tonight|now|word", within=12, deniable=False), cue("arm|leg|hand|face", "weak*|clumsy|numb*|dead weight|no strength|lost feeling", "whole|one|left|right|this morning|sudden*|clumsy|slur*|lift|since", within=10),
        cue("half|one side", "face|body", "dead|numb*|tingl*|weak*|frozen|droop*|cant feel|strange|funny|heavy", within=10, deniable=False), cue("drool*", "face|mouth|eye|side|speech|arm|talk*|hang*|wrong", within=14),
        cue("cant move|cant lift|cant use|cant raise|cant feel|wont move|stopped working|went dead|gone dead|no strength", "arm|hand|leg|side|foot|finger|face", within=7, deniable=False),
        cue("arm|leg|hand|side|face|mouth", "dont work|doesnt work|not work*|isnt work*|useless|dribbl*|drool*|wont do what", within=8, deniable=False), cue("woke|sudden*|this morning|today|now", "dribbl*|drool*", within=16), cue("cant smile|cant close one eye|smile is crooked|smile ~ wonky|wrong word|call* things the wrong", deniable=False),
        cue("/nihss(?! (?:is |was |wa |of )?0(?!\\S))", acute=True), cue("thrombolys*|tpa|tenecteplase|alteplase|thrombectomy", "now|window|candidate|onset|ago", within=8), cue("vision|eyesight|sight|see*", "double", "walk*|balance|straight|slur*|sudden*|dizz*|weak*|was fine|arm|face|today|now", within=ANYWHERE, deniable=False), cue("double vision|spinning|vertigo|see* double", "sudden*|cant stand|cant walk|stagger*|slur*|weak*|started", within=16, deniable=False), cue("blown pupil|posturing|herniat* now|raised icp", acute=True),
        cue("walk*|stagger*|stumbl*", "like she is drunk|like he is drunk|like drunk|drunk|into wall|sideways|veering", within=8), cue("face ~ droop*|facial droop|droopy face|face is droopy", acute=True), cue("woke|woken", "gibberish|cant move|weak|numb|cant hold|nonsense|slur*|paraly*", within=10, deniable=False),
        cue("sudden*|just|all of a sudden|now|right now|today|this morning|hour ago|minute ago", "confus*|disorient*|cant understand", within=7, deniable=False),
    )),
    Topic("sudden_headache", "a sudden severe headache", "emergency", (nhs("Subarachnoid haemorrhage", "conditions/subarachnoid-haemorrhage/"), nhs("Headaches", "conditions/headaches/")), (
        cue("worst", "headache|head pain|head hurt", within=6), cue("thunderclap", within=3, acute=True),
        cue("sudden*|out of nowhere|all of a sudden|abrupt*|hit me|exploded|explosive|like being hit|instant*|came on in second", "headache|head hurt|head pain|pain in my head|pain in her head|pain in his head|back of my head", within=9),
        cue("never had|nothing like|unlike any*", "headache|head pain", within=6, deniable=False), cue("headache|head", "came on in second|came on fast|within second|in seconds|in second|split second|out of the blue|popped|pop|snap", within=14),
        cue("head", "exploded|explode|exploding|burst|split open|going to burst", within=6),
        cue("headache|head pain", "worst ~ life|like being hit|hit ~ with a bat|explod*|thunderclap|never had ~ like|worst ever", within=10),
    )),
    Topic("seizure", "a seizure", "emergency", (nhs("What to do if someone has a seizure (fit)", "conditions/what-to-do-if-someone-has-a-seizure-fit/"),), (
        cue("having a seizure|having seizure|having a fit|having fit|is fitting|am fitting|fitting now|is seizing|still seizing|are seizing|am seizing|seizing|started seizing|convulsing|convulsion|is convulsing|in status|status epilepticus|still fitting|wont stop seizing|wont stop fitting|keep* fitting|keep* seizing|keeps having seizure|keeps having fit|actively seizing|tonic clonic|eclamptic fit", acute=True),
        cue("seizure|fit|convuls*", "now|right now|today|just|minute ago|this morning|tonight|first|first time|one after|back to back|minute|wont stop|still|ongoing|cluster*|in a row|second|third|come round|come around|come to|hour|three|two|four|several|another|not waking|hasnt woken", within=8, deniable=False),
        cue("jerk*|shaking|twitching|stiff|thrash*|shak*|spasm*", "not answer*|wont answer|eye up|eyes up|cant hear me|staring|all over|whole body|eye rolled|eyes rolled|rolled back|foam*|unresponsive|wont respond|not respond*|arms and legs|limb", within=10), cue("bitten tongue|bit my tongue|bit his tongue|bit her tongue|bitten my tongue|tongue ~ bitten|wet pants|wet myself|wet himself|wet herself", "woke|floor|confus*|shak*|jerk*|dont remember|found|blood|collapse*", within=24), cue("eye* ~ rolled back|eyes ~ rolled back|eye ~ roll* back|foam* at the mouth", acute=True),
    )),
    Topic("unconscious", "loss of consciousness or collapse", "emergency", (nhs("First aid", "conditions/first-aid/"), nhs("Fainting", "conditions/fainting/")), (
        cue("unconscious|unresponsive|not responding|isnt responding|not responsive|wont respond|doesnt respond|stopped responding|unarousable|unrousable|comatose|gcs /[3-8]|wont wake|cant wake|cant rouse|unable to wake|not waking|isnt waking|doesnt wake|wont come round|wont come around|no pulse|feel a pulse|find a pulse|feel ~ pulse|pulseless|no heartbeat|lifeless|found down|not breathing|went limp|out cold|wont open his eye|wont open her eye|slumped|wont answer me|not answering me|wont answer|cant get her to talk|cant get him to talk|cant get her to wake|cant get him to wake|cant wake her|cant wake him|not moving at all|no sign of life|barely conscious|semi conscious|in and out of consciousness", acute=True, deniable=False),
        cue("crashing|coding|is arresting|just arrested|just coded|arrested|cardiac arrest|code blue|peri arrest|periarrest|decompensat*|in extremis|in shock|hemodynamically unstable|rosc|asystole|asystolic|vf arrest|in vf|in vt|pea arrest|doing cpr|cpr in progress|pressor|norad*|levophed|rapid response|met call|medical emergency team|peri intubation|bradying down|tachy|soft pressure|pressures soft|pressure soft|pressures dropping|bp dropping|hypotensive|mottled|circling the drain", acute=True),
        cue("collaps*|passed out|pass* out|faint*|black* out|blacked out|syncope|keel* over", "now|today|just|again|this morning|minute ago|keep*|hour ago|isnt|not|tonight|exercise|running|dizzy|floor|and|twice|three time|suddenly|when i stand", within=9, deniable=False),
        cue("passed out|blacked out|lost consciousness|fainted|collapsed", within=4), cue("go* dark|went dark|went black|go* black|gone black|blacking out|black out", "everything|floor|fell|vision|time|stand|dizz*|hit", within=12),
        cue("gone|went|going|turned|is|look*", "gray|ashen|pale|white as a sheet|deathly", "sweat*|clammy|cold|faint*|weak|confus*|limp|drowsy|dizzy", within=12),
        cue("hypotens*|shocked", "now|despite|on pressor|tachycardic|drowsy|mottled|unresponsive|febrile|septic|bleeding", within=10),
    )),
    Topic("bleeding", "serious bleeding", "emergency", (nhs("First aid: heavy bleeding", "conditions/first-aid/"), nhs("Vomiting blood (haematemesis)", "conditions/vomiting-blood/"), nhs("Bleeding from the bottom (rectal bleeding)", "conditions/bleeding-from-the-bottom-rectal-bleeding/")), (
        cue("vomit*|throw* up|threw up|puk*|spit* up|being sick|bringing up|brought up|retch*", "blood|coffee ground*|clot|red stuff|bright red|black stuff", within=8), cue("hematemesis|coffee ground*|hemoptysis|melena|variceal bleed|bleeding varice|hematochezia|exsanguinat*", within=3),
        cue("cough*", "blood|clot", within=8), cue("poo|poop|stool|bowel movement|shit|pooing|pooping|toilet|diarrhea", "black|tarry|tar|sticky|dark sticky|blood|bright red|maroon", within=8),
        cue("bleed*|blood", "wont stop|wont quit|cant stop|not stopping|doesnt stop|spray*|squirt*|pouring|pour*|gush*|spurt*|soak*|heavy|heavily|a lot|lot of|through pad|nonstop|non stop|hour|pumping|everywhere|severe*|massive*|uncontroll*|profuse*|active*|big clot|large clot|bucketful|cupful|pint of|cup of blood|hosing|bright red", within=9, deniable=False),
        cue("clot*|blood|bleed*", "bottom|rectum|back passage|anus|bum|butt|rear", within=8), cue("pee|peeing|urine|wee|weeing|urinating", "pure blood|clot*|full of blood|only blood|cant pee|cant pass|blood", "clot*|cant|pass|pure|retention|lot of", within=16, deniable=False),
        cue("nosebleed|nose bleed*|nose is bleeding|epistaxis", "hour|pour*|wont stop|cant stop|warfarin|thinner|anticoag*|eliquis|xarelto|apixaban|rivaroxaban|minute|gush*|soaked|heavy|heavily", within=16, deniable=False),
        cue("bleed*|bruise* everywhere|bruising everywhere|covered in bruise", "warfarin|anticoagulant|thinner|anticoag*|eliquis|xarelto|apixaban|rivaroxaban|pradaxa|dabigatran|edoxaban|heparin|coumadin|clopidogrel|plavix|ticagrelor", within=14),
        cue("sliced|slashed|gash*|cut|artery|stab*|lacerat*|amputat*|chopped", "gush*|squirt*|spurt*|pouring|wont stop|pumping|bone|severed|off|deep*", within=14, deniable=False),
        cue("toilet|bowl|pad|bed|sheet|towel|nappy", "red|blood*|clot*|soaked", "faint*|dizz*|whole|full|all|lot|everywhere|lightheaded|weak|scared|gush*", within=16), cue("tampon|pad|period|flooding", "every|hour|minute|soak*|clot*|gush*", "faint*|star*|dizz*|minute|/\\d+ min\\w*|hour|weak|clot*|soak*|pass* out", within=24),
        cue("maroon|melena|tarry|hb|hgb|hemoglobin|h and h", "drop*|now|fell|stool|falling|crash*|/[3-6](?:\\.\\d)?", "stool|drop*|bleed*|scope*|maroon|melena|transfus*|/[3-6](?:\\.\\d)?", within=14),
        cue("hemorrhaging|hemorrhage", "i|am|is|now|after|badly|from|abortion|birth|she|he", within=6), cue("blood", "shoot*|spray*|squirt*|jet*|in my sick|in his sick|in her sick|in my vomit|from my ear|from my eye", within=5), cue("losing", "blood", "lot|fast|too much|so much|loads", within=8), cue("bleed*", "badly|heavily|profusely|ear|miscarr*|faint*|dizz*|weak|operation|extraction|wound", "badly|heavily|so heavy|dizz*|faint*|weak|apixaban|wont|lot|anticoagulant|thinner|soaked|cant|head", within=20, deniable=False),
        cue("hemorrhag*", "active*|now|massive|ongoing|from|uncontrolled|is|bleeding", within=6), cue("actively bleeding|brisk ~ bleed|brisk upper|upper gi bleed now|active gi bleed|massive gi bleed|brisk bleed*|bleeding out|massive transfusion|hemorrhagic shock|exsanguinating", acute=True),
        cue("soak*|fill*|through", "pad|towel|nappy|tampon|maternity pad", "hour|half hour|minute|20 min|every", within=14),
        cue("gave birth|delivered|postpartum|post partum|had the baby|had my baby|c section|after birth|since birth|giving birth", "soak*|heavy|heavily|clot|gush*|pouring|a lot|bleeding more", within=24),
    )),
    Topic("sepsis", "signs of sepsis", "emergency", (nhs("Sepsis", "conditions/sepsis/"), Source("Centers for Disease Control and Prevention (CDC)", "About Sepsis", "https://www.cdc.gov/sepsis/about/")), (
        cue(FEVER + "|infect*|pneumonia|uti|water infection|cellulitis|septic|freezing cold", CONFUSED + "|slur*|mottl*|blotch*|hypotens*|not ~ pee*|hasnt peed|not passing urine|no urine|hasnt passed urine|gray|cold and clammy|fast heart|spread* fast|spread* quickly|like mad|going like|heart ~ going|clammy|tachy*|soft|racing|heart racing|heart is racing|racing heart|drowsy|lactate|map|breathing fast|bp low|low blood pressure", within=ANYWHERE),
        cue("septic shock|is septic|looks septic|septic now|going septic|urosepsis|blood poisoning|sepsis alert|sepsis six", acute=True), cue("sepsis|septic", "now|think*|might|worried|suspect*|is this|could|acute*|shock", within=6),
        cue(FEVER, "wound|incision|red streak*|streak*|port|picc|central line|catheter|stoma", "hot|red|streak*|pus|ooz*|tender|swollen|chill*|rigor*|shiver*|shaking", within=ANYWHERE),
        cue("shak*|shiver*|rigor*", "uncontroll*|cant stop|violent*|chill", "fever*|temp*|hot|infect*|confus*|wound|cold|urine|pee", within=ANYWHERE, deniable=False),
        cue("red line|red streak|redness", "going up|up my|up the|spread*|track*|arm|leg", within=8), cue("red streak*|streak* going up|tracking up", within=4), cue("rigoring|rigors", "hypotens*|febrile|now|septic|tachycard*", within=12),
    )),
    Topic("neutropenic_fever", "fever with weakened immunity", "emergency", (Source(_NICE, "Neutropenic sepsis: prevention and management in people with cancer (CG151), 2012", "https://www.nice.org.uk/guidance/cg151"),), (
        cue("white cell|white blood cell|white count|neutrophil|immune system|immunity", FEVER + "|hot|shaky|shiver*", within=ANYWHERE), cue("chemo*|neutropeni*|transplant*", "/3[89](?:\\.\\d)?|/4[0-2](?:\\.\\d)?|/10[0-5](?:\\.\\d)?", "feel*|awful|temp*|ill|unwell|rough|day|c|f|degree|shiver*", within=ANYWHERE), cue("chemo*|folfox|folfiri|folfirinox|rchop|abvd|immunosuppressant|biologic|transplanted|neutropeni*|anc|bone marrow transplant|stem cell transplant|transplant*|no immune system|immunosuppress*|immunocompromis*|leukemia|white count is low|low white|agranulocyt*|clozapine|carbimazole|asplen*|no spleen|methotrexate", FEVER, within=ANYWHERE),
        cue("febrile neutropeni*|neutropenic fever|neutropenic sepsis", acute=True),
    )),
    Topic("meningitis", "signs of meningitis", "emergency", (nhs("Meningitis", "conditions/meningitis/"),), (
        cue("stiff neck|neck ~ stiff*|neck wont bend|neck ~ wont|neck stiffness|stiffness ~ neck|neck rigidity|meningism*|nuchal rigidity|cant put ~ chin|cant bend ~ neck|neck hurt* ~ when|neck pain|neck ~ hurt*|neck is killing", FEVER + "|headache|light|photophob*|rash|temperature|vomit*|drowsy|confus*", within=ANYWHERE),
        cue("spot|rash|blotch*", "purple|dark red|bruis*", "hot|fever*|sleepy|drowsy|press*|sick|vomit*|stay*|neck", within=ANYWHERE), cue("meningismus|purpura|petechia*|neck stiffness|nuchal*", "fever*|/t (?:3[89]|4[0-2])(?:\\.\\d)?|temp*|headache|gcs|drowsy|febrile|photophob*", within=ANYWHERE, acute=True), cue("rash|spot|bruise|purpur*|petechia*", "glass|tumbler|doesnt fade|wont fade|not fading|non blanching|nonblanching|dont fade|doesnt disappear|doesnt go away when ~ press*|petechia*|purpur*", FEVER + "|glass|floppy|press*|tumbler|drowsy|sick|neck|headache|unwell|vomit*", within=ANYWHERE, deniable=False),
        cue("headache|fever*|temperature", "cant stand ~ light|light hurt*|scream* ~ light|cry* ~ light|bright|light kill*|hate* the light|hate light|hates light|dark room|light ~ eye|photophob*|bright light", "neck|rash|fever*|temperature|vomit*", within=ANYWHERE, deniable=False),
        cue("meningitis|encephalitis", "think*|now|worried|could|might|suspect*|is this|acute|bacterial|looks like", "fever*|rash|headache|neck|febrile|now|right now|drowsy", within=16),
    )),
    Topic("abdominal", "severe abdominal pain", "emergency", (nhs("Stomach ache", "conditions/stomach-ache/"), nhs("Abdominal aortic aneurysm", "conditions/abdominal-aortic-aneurysm/"), nhs("Ectopic pregnancy", "conditions/ectopic-pregnancy/")), (
        cue("stomach|belly|tummy|abdom*|gut|side|lower right|groin|abdo|appendix", PAIN + "|cramp*", BAD + "|sudden*|rigid|hard as|like a board|cant stand|doubled over|curled up|on the floor|upright|stabbing|sharp|cant move|cant walk|cant straighten|vomiting blood|burst|doubl*", within=14, deniable=False),
        cue("lower right|right lower|lower left|left lower|appendix", "tummy|belly|stomach|abdom*|side|quadrant|pain*", FEVER + "|" + VOMIT + "|upright|cant walk|rebound|severe*|sharp|sudden*", within=ANYWHERE, deniable=False),
        cue("hernia", "hard|red|painful|pain*|sick|vomit*|stuck|wont go back|purple|black|strangulat*|incarcerat*", "now|gone|sick|vomit*|painful|sudden*|wont|severe*|red|hard", within=ANYWHERE, deniable=False), cue("stomach|belly|tummy|abdom*", "hard as|rigid|like a board|board like|rock hard|guarding|peritonit*", within=8), cue("peritonit*|rigid abdomen|surgical abdomen|acute abdomen|perforat*|ruptured aaa|ruptured appendix|ruptured aneurysm|leaking aneurysm|ruptured ectopic|ischemic bowel|mesenteric ischemia", "now|suspect*|query|pain*|acute|en route|theater|rigid|guarding|anticoag*|today|or|10|is|has", within=12),
        cue("free air|pneumoperitoneum|perforated viscus|perf|dead bowel|ischemic gut|volvulus|strangulated", acute=True), cue("tummy|belly|stomach|abdom*", "touch* it|anyone touch*|bear", PAIN, within=24, deniable=False), cue("ruptured aaa|rigid abdomen|ruptured ectopic", acute=True),
        cue("aneurysm", "pain*|agon*|hurt*|gray|faint*|collaps*|back pain", "stomach|belly|back|tummy|abdom*|gray|pain*|flank", within=20),
        cue("pregnan*|missed ~ period|late period|positive test|ectopic|week pregnant|period is late", PAIN + "|cramp*", "one side|left side|right side|shoulder*|faint*|dizzy|severe*|collapse*|terribl*|bad|low on the right|low on the left|pass* out", within=ANYWHERE),
    )),
    Topic("cauda_equina", "back pain with numbness or loss of control", "emergency", (nhs("Back pain", "conditions/back-pain/"),), (
        cue("numb*|tingl*|lost feeling|no feeling|cant feel|pins and needle", "when i wipe|wipe|wiping|between ~ leg|groin|genital*|when i need to pee|need to pee|when i pee|peeing|bottom|buttock*|bum|saddle|crotch|private*|down below|inner thigh|perine*|vagina|penis", within=8, deniable=False),
        cue("saddle anesthesia|saddle numbness|perianal numb*|saddle par*|saddle sens*", within=4),
        cue("back|sciatica|spine|disc|leg", PAIN + "|slipped|herniat*|weak*|numb*", "cant pee|cant urinate|cant wee|cant pass urine|lost control|wet myself|wet himself|wet herself|soil*|incontinen*|cant hold ~ pee|cant hold ~ urine|urinary retention|cant control|bowel control|bladder control|leaking urine|pooped myself", within=ANYWHERE, deniable=False),
        cue("both leg|leg", "numb*|weak*|heavy|cant feel", "wetting|wet myself|incontinen*|pee|urine|bladder|bowel|bottom|genital*", within=ANYWHERE, deniable=False), cue("cauda equina|cord compression", "suspect*|query|now|today|new|acute|worried|numb*|retention", within=10),
    )),
    Topic("testicular_torsion", "sudden testicular pain", "emergency", (nhs("Testicle pain", "conditions/testicle-pain/"),), (
        cue("testic*|testis|teste*|ball|balls|left nut|right nut|my nut|one nut|bollock*|goolie*|scrot*|nut sack|nutsack", PAIN + "|agonizing|swollen|swell*", SUDDEN + "|" + BAD + "|vomit*|swollen|swell*|really|hour|twist*|high riding", within=16),
        cue("testic* torsion|torted testis|torsion of ~ testi*|high riding testis", within=5),
    )),
    Topic("limb", "a limb without blood flow", "emergency", (nhs("Peripheral arterial disease (PAD)", "conditions/peripheral-arterial-disease-pad/"),), (
        cue("pulseless|no pulse", "foot|leg|limb|arm|hand|toe", within=4, acute=True), cue("leg|foot|arm|hand|toe|finger|limb|calf", "cold|icy|freezing", "white|pale|blue|numb*|pain*|pulseless|no pulse|cant feel|cant move|mottled|purple|gray", within=12, deniable=False),
        cue("leg|foot|arm|hand|toe|limb", "pale|white|blue|purple|mottled|black", "cant feel|cant move|numb*|pain*|cold|no feeling", within=14, deniable=False),
        cue("pulseless|no pulse in|absent pulse|no dorsalis|ischemic", "leg|foot|limb|arm|hand|toe", within=6), cue("acute* ~ ischemia|limb ischemia|leg ischemia|absent pulse|absent pulses|threatened limb", "leg|limb|arm|foot|pulse|acute|hand", within=8), cue("acute limb ischemia|acutely ischemic|compartment syndrome", within=4),
    )),
    Topic("clot", "signs of a blood clot in leg or lung", "urgent", (nhs("DVT (deep vein thrombosis)", "conditions/deep-vein-thrombosis-dvt/"), nhs("Pulmonary embolism", "conditions/pulmonary-embolism/")), (
        cue("calf|calve", "rock|hard|tight|tender|throb*|cramp*|swollen|hot", "surgery|operation|replacement|flight|pill|ago|cast|bed|pregnan*|long|pain*|red|sore|tender", within=ANYWHERE), cue("arm|leg|calf|hand", SWELL, "purple|blue|picc|port|line|tight|heavy|since", within=14), cue("calf|calve|one leg|leg|thigh|arm", SWELL + "|twice the size|bigger than|double the size|larger than", PAIN + "|red|hot|warm|tender|throb*|haul|flight|surgery|operation|cast|pill|pregnan*", within=16),
        cue("think*|might|could|worried|suspect*|is this|feel* like|query|acute|massive|submassive|new", "blood clot|dvt|pe|pulmonary embol*|deep vein|saddle embol*", within=6),
        cue("massive pe|saddle embol*|submassive pe", acute=True),
        cue("sharp|stabbing|pain*|hurt*|pleuritic", "breathe in|deep breath|take a breath|breathing in|pleuritic|inhale|when i breathe|when he breathe*|when she breathe*", within=10),
    )),
    Topic("diabetes", "a dangerous blood sugar", "emergency", (nhs("Diabetic ketoacidosis", "conditions/diabetic-ketoacidosis/"), nhs("Low blood sugar (hypoglycaemia)", "conditions/low-blood-sugar-hypoglycaemia/")), (
        cue("sugar|glucose|dexcom|libre|meter|bg", r"wont come down|through the roof|sky high|too high|off the chart|very high|really high|over /[23]\d|crashing|crashed|keep* drop*|too low|very low|really low|so low|wont go up|wont come up|plummet*|low", "pee*|thirst*|breath*|vomit*|sick|shak*|confus*|sweat*|drows*|weird|faint*|weak|wake|tired|ketone*|blurr*", within=ANYWHERE, deniable=False),
        cue("too much insulin|wrong insulin|double insulin|double dose of insulin|too much novorapid|insulin twice", within=5),
        cue("diabet*|sugar|glucose|dexcom|libre|type 1|type one|insulin|t1dm|t1d", VOMIT + "|cant keep|stomach pain|fruity|ketone*|deep breath*|breathing fast|very thirsty|drowsy|belly pain|pear drop|acetone", within=ANYWHERE, deniable=False),
        cue("diabet*|sugar|glucose|insulin|hypo", CONFUSED + "|sweat*|shak*|wont wake|pass* out|unconscious|trembl*|faint*|unresponsive|wont drink|cant swallow|wont eat", "now|is|am|im|wont|cant|low|hypo|confus*|drowsy|unconscious|unresponsive|my|feel*", within=ANYWHERE, deniable=False),
        cue("ketone*|breath smells|breath smell", "high|large|fruity|3|4|5|6|moderate|/[3-9](?:\\.\\d)?|/[3-9]\\.\\d+|++|pear|acetone|nail", within=6), cue("in dka|dka now|dka with|severe dka|dka", "ed|now|ph|acute|bicarb|ketone|with|er|icu|resus|vomit*|is in", within=5), cue("meter|monitor|cgm|libre|dexcom|sugar", "says hi|reads hi|says high|says lo|reads lo|reading lo|reads high|says low|reading hi|too high to read", within=5),
        cue("hypo|low blood sugar|sugar is low|low sugar", "bad|severe|cant get|wont|still|shak*|sweat*|confus*|cant bring|again|faint*|help", within=12, deniable=False), cue("hypo", "wont come up|wont rise|keeps dropping|severe|not coming up|now|again|unconscious|glucagon", within=8, deniable=False), cue("hhs|hyperosmolar", "now|acute|in ed|drowsy|obtunded", within=8), cue("severe hypoglycemi*|hypoglycemic coma|profound hypogly*|hypoglycemi* now", acute=True),
    )),
    Topic("adrenal_crisis", "signs of an adrenal crisis", "emergency", (nhs("Addison's disease", "conditions/addisons-disease/"),), (
        cue("addison*|adrenal insuffic*|hypoadrenal*|on steroid|steroid|hydrocortisone|prednisone|prednisolone|steroid tablet|adrenalectomy|hypopit*|dexamethasone|fludrocortisone|adrenal gland*|adrenal", VOMIT + "|cant keep|cant keep it down|throwing up|diarrhea|collapse*|passing out|hypotens*", "faint*|weak*|dizzy|confus*|vomit*|throw*|cant keep|drowsy|hypotens*|collapse*|sick|down|crisis", within=ANYWHERE, deniable=False),
        cue("stopped|ran out|missed|without|off|havent taken|forgot", "steroid|prednisone|prednisolone|hydrocortisone|dexamethasone", VOMIT + "|dizz*|weak*|faint*|stand|collapse*|drowsy|sick|confus*", within=ANYWHERE, deniable=False), cue("adrenal crisis|addisonian crisis|adrenal emergency", acute=True),
    )),
    Topic("heat_stroke", "signs of heatstroke", "emergency", (nhs("Heat exhaustion and heatstroke", "conditions/heat-exhaustion-heatstroke/"), Source("Centers for Disease Control and Prevention (CDC), NIOSH", "Heat-related Illnesses", "https://www.cdc.gov/niosh/heat-stress/about/illnesses.html")), (
        cue("heat|sun|hot day|heatwave|core temp*|hot car|sauna|running in|marathon|hot weather|roof|sunstroke|hot house|hot room|hot weather|greenhouse|hot", CONFUSED + "|floppy|limp|drowsy|sick|stopped sweating|not sweating|nonsense|dry skin|collapse*|hot dry|combative|unconscious|pass* out|seiz*|slur*|fit|stagger*|41|vomit*|/10[4-9]|wont wake", within=ANYWHERE, deniable=False),
        cue("heat stroke|heatstroke|sunstroke", "now|think*|having|suspect*|might|could|signs|core|got|has|have", within=8),
    )),
)  # fmt: skip
