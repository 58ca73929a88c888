"""Further families of cues, for what hands-on words tell beside those of `red_flag_families`: devices, cords, casts, withdrawal, cold.

Rules of ours after the sources of their topics, in our own words, not yet reviewed by a clinician.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_cues import ANYWHERE, Cue, cue

_FALL = "fell|fall|fallen|falling|slipped|tripped|tumbled|rolled|stumbled|toppled|came off|come off|thrown|dropped|landed"
_HEAD = "head|skull|forehead|temple|back of the head"
_BLOW = "hit|hitting|bang*|bump*|knock*|bash*|smack*|crack*|whack*|thump*|struck|strik*|landed|split|injur*|hurt*|smash*"
_DRINK = "drink|drinking|drinks|alcohol|booze|vodka|whisky|whiskey|beer|wine|gin|rum|cider|spirit|etoh|xanax|benzo|benzos|valium|diazepam|alprazolam|clonazepam|klonopin|lorazepam|ativan|baclofen|ghb|phenobarbital"
_STOPPED = "stopped|stop|quit|gave up|given up|giving up|ran out|run out|cold turkey|came off|coming off|off|without|detox*|last drink|no more|sober|withdraw*|packed in|no drink"
_SHAKES = "shak*|shake|trembl*|tremor*|tremulous|sweat*|seeing|sees|hallucinat*|hearing thing|fit|fits|seizure|seizing|confus*|people who|people that|bug|bugs|spider|spiders|insect|arent there|isnt there|not there|delirious|delirium|jitter*|twitch*"
_COLD_PLACE = (
    "freezing|cold|lake|river|sea|snow|ice|icy|frost*|unheated|no heating|outside|outdoors|winter|exposure|ditch|canal|water"
)
_MUDDLED = "mumbl*|slur*|confus*|muddl*|drows*|sleepy|stumbl*|stopped shivering|not shivering|isnt shivering|no longer shivering|clumsy|not making sense|nonsense|unconscious|unresponsive|hard to wake|cant wake|stiff"
_CANCER = "cancer|tumor|myeloma|lymphoma|metasta*|mets|secondaries|spread to|malignan*"
_CHILD = "child|kid|kids|son|daughter|boy|girl|baby|toddler|infant|grandson|granddaughter|stepson|stepdaughter|stepchild|niece|nephew|pupil|student|foster*|brother|sister|he|she|his|her|him|mum|mom|mother|dad|father|nan|gran|grandma|grandad|aunt|uncle|resident|lady|neighbor"

_OTHER = "he|she|they|husband|wife|partner|boyfriend|girlfriend|ex|dad|father|mum|mom|mother|stepdad|stepmum|brother|sister|son|daughter|uncle|aunt|carer|carers|staff|neighbor|man|someone|somebody|teacher|coach|nurse"
_STRUCK = "hit|hits|hitting|bang*|smash*|bash*|smack*|whack*|thump*|crack*|twist*|broke|breaks|struck"
_HANDLED = "punch*|slam*|kick*|slap*|burn*|bit|bites|pull*|grab*|beat|beats|stamp*|crush*|squeez*|pinch*|bruis*"
_ANOTHERS = r"/(?:my|her|his|their|our) (?:\w+ )?(?:head|face|arm|arms|wrist|neck|throat|hair|leg|nose|jaw|finger|hand|eye|rib|back|stomach|belly)"
MORE_FAMILIES: dict[str, tuple[Cue, ...]] = {
    "chest_pain": (
        cue("interscapular|tearing|ripping|migrating|retrosternal|substernal|precordial|crushing", "pain*|discomfort|pressure|tightness", within=4, acute=True),
        cue("pain*|cp|discomfort|tightness", "radiat*|exertional at rest|rest pain|diaphor*|dynamic ecg|new lbbb", within=10, acute=True),
        cue("defibrillator|icd|aicd|crt|implant|device|pacemaker", "shock*|zapp*|zap|fired|firing|went off|going off|gone off|kick*|jolt*", within=10),
        cue("elephant|anvil|ton of brick|truck|boulder|concrete", "on me|on my|on his|on her|on top", within=6),
        cue("hand|arm|shoulder|upper back|jaw|neck", "pain*|ache*|aching|heavy|numb*", "sweat*|perspir*|clammy|breathless*|gray", within=ANYWHERE),
        cue("epigastric|upper abdomen|pit of stomach|pit of my stomach", "pain*|discomfort|burn*|tight*", "diaphor*|sweat*|clammy|st elevat*|ecg|ekg|jaw|arm|gray|breathless*", within=ANYWHERE),
        cue("ecg|ekg", "st elev*|elevation*|ischemi*|infarct*|st depress*|heart block|vt|lbbb|new", within=6),
    ),
    "anaphylaxis": (
        cue("urticaria*|hive*|angioedema|flushing|welt*", "stridor|bp|sbp|hypotens*|shock*|bronchospasm|desat*|sat", within=ANYWHERE),
        cue("contrast|infusion|injection|jab|vaccine|antibiotic|sting|peanut|nut|seafood|latex|anesthetic", "stridor|bronchospasm|angioedema|wheez*|hypotens*|collaps*|throat|tongue|lip", within=16),
        cue("lump*|welt*|hive*|rash|blotch*|wheal*", "eye|eyes|face|lip|mouth", "swollen|swell*|puff*|shut|closed", "cough*|wheez*|breath*|vomit*|sick|faint*|dizz*|throat|voice|hoarse", within=ANYWHERE),
    ),
    "stroke": (
        cue("facial droop|arm drift|pronator drift|gaze deviation|gaze palsy|expressive aphasia|receptive aphasia|global aphasia|hemineglect|crossed signs|fast positive", within=4, acute=True),
        cue("word|words|name|names|speech|sentence", "cant|lost|lose|losing|struggl*|search*|trouble|wrong|find|forget*", "walk* into|bump* into|on the right|on the left|one side|right side|left side|vision|drops|dropping|dribbl*", within=ANYWHERE, deniable=False),
        cue("dysphasi*|aphasi*|dysarthri*|hemipar*|hemipleg*|hemineglect|neglect|hemianop*|facial droop", "acute*|new|sudden*|onset|today|now|ago|this morning|anticoagulant|warfarin|inr|ct|lkw", within=14),
    ),
    "bleeding": (
        cue("inr", "/(?:[6-9]|1\\d)(?:\\.\\d)?", "bleed*|blood*|bruis*|hematuria|melena|warfarin|anticoagulant|fall|headache", within=ANYWHERE),
        cue("hematemesis|melena|hematochezia|hemoptysis|epistaxis|pr bleed*|gi bleed*|variceal|bright red blood from rectum", "large|massive|brisk|fresh|new|acute|rebleed*|profuse|heavy|frank|/x ?\\d|ongoing|active*|multiple|several|repeated|torrential|/hr \\d+|/sbp \\d+|/bp \\d+", within=ANYWHERE),
        cue("hematoma|swelling|lump", "expand*|enlarg*|bigger|growing|grow*|pulsat*", "groin|puncture|catheter|cath|neck|wound|after|post|site|wrist|hr|hb|bp", within=ANYWHERE),
        cue("hb|hgb|hemoglobin", "/[3-6]\\d(?:\\.\\d)?|/[2-6](?:\\.\\d)?", "bleed*|hematoma|melena|drop*|hr|bp|from|shock*", within=ANYWHERE),
        cue("blood|bleed*|red", "toilet|bowl|pan|loo|basin|sink|mouth|socket|gum", "dizz*|faint*|weak|lot|lots|loads|every time|fill*|wont stop|wont quit|keep*|anticoagulant|clot*", within=ANYWHERE, deniable=False),
    ),
    "cauda_equina": (
        cue("sensory level|paraparesis|paraplegia|anal tone|perianal sensation|bilateral leg weakness|bilateral lower limb weakness|lower limb weakness", "new|acute|reduced|reduc*|absent|cancer|ca|mets|/t\\d+|/l\\d|back|retention|onset|worsening|loss|progressive", within=12, acute=True),
        cue("saddle|perianal|perineal|perineum", "anesthesia|anesthesi*|numb*|hypoesthesia|par*|sensation", "retention|incontinen*|back|sciatic*|bladder|bowel|new|acute", within=ANYWHERE),
        cue(_CANCER, "leg|legs|lower limb|walk|walking|foot|feet", "weak*|numb*|cant|wont|give way|gave way|giving way|unsteady|heavy|wobbl*|jelly|collaps*|hardly|barely", "bone|bones|spine|spinal|back|vertebra*|metasta*|mets|today|since|day|days|sudden*|now|bladder|bowel|prostate|breast|lung", within=ANYWHERE, deniable=False),
    ),
    "limb": (
        cue("cast|plaster|splint|backslab|bandage|fracture|broke|broken|crush*", "worse*|unbearable|agony|even with|despite|not touched|nothing help*|out of proportion|excruciat*|severe*", "numb*|tingl*|pins|cant move|cant feel|pale|white|blue|tight|swollen|cold|passive", within=ANYWHERE),
        cue("toe|toes|foot|feet|finger|fingers", "black|blue|dusky|gangren*|purple", "pain*|agony|scream*|freezing|cold|ice|numb*|pulse*", within=ANYWHERE),
    ),
    "eye": (
        cue("jaw claudication|scalp tender*|temporal headache|temporal ha|temporal pain|temple|temples|giant cell|gca", "visual|vision|sight|see|eye|amaurosis", "loss|lost|blurr*|gone|transient*|double|dim|amaurosis|went|monocular", within=ANYWHERE, deniable=False),
        cue("iop|intraocular pressure|mid dilated pupil|fixed pupil|hypopyon|hyphema", "/[3-9]\\d|pain*|vomit*|red|acute|vision|eye", within=12),
        cue("sight|vision|eye", "blind|shutter|curtain|shade|blanket|cloud", "pulled|down|across|over|half|dark|black|came", within=ANYWHERE),
        cue("visual loss|loss of vision|vision loss|amaurosis", "transient*|sudden*|acute*|monocular|new|today|now|painless|onset", within=8),
    ),
    "seizure": (
        cue("seizure|convulsion|fit|fits|tonic clonic", "ongoing|despite|continu*|still|/\\d+ (?:min|minute)\\w*|pill|lorazepam|diazepam|midazolam|between|coming round|come round|waking", within=10, deniable=False),
    ),
    "unconscious": (
        cue("loss of consciousness", "/\\d+ ?[mf]|pt|patient|after|with|brief|transient|today|now|fall|fell|collapse*|witnessed|sudden*|prolonged", within=8),
        cue("drows*|obtunded|gcs|lethargic|somnolent", "co2|pco2|paco2|rr|sat|spo2|narcotic|opioid|apneic", within=12),
    ),
    "breathing": (
        cue("co2|pco2|paco2|hypercapni*", "drows*|confus*|/rr \\d+|tiring|ph|acidosis|retain*|narcosis", within=ANYWHERE),
        cue("neck|throat|tummy|rib|ribs|shoulder", "tug*|suck*|heav*|pull*", "breath*|gasp*", within=12),
        cue("peak flow", "half|third|quarter|low*|drop*|/(?:[1-4]\\d|\\d) percent|red|/\\d\\d", within=10),
        cue("stuck|lodged|caught|wedged|jammed", "throat|gullet|windpipe|food pipe|esophagus|neck", "saliva|spit|swallow*|breath*|drool*|water|down", within=ANYWHERE, deniable=False),
    ),
    "pregnancy": (
        cue("lscs|c section|cesarean|delivery|postpartum|postnatal|lochia|nvd|svd", "/t (?:38|39|4\\d)[\\d.]*|lochia|/hr 1[1-9]\\d|rigor*|/bp 1[6-9]\\d over \\d+|soak*|seizure|headache", "purulent|foul|offensive|heavy|/d\\d+|/day \\d+|/pod ?\\d+|post|days|clots", within=ANYWHERE, acute=True),
        cue("gave birth|had her baby|had the baby|had a baby|had my baby|had our baby|had twins|new mum|new mom|new mother|postpartum|postnatal|ppd|delivered|after birth|since birth", "demon*|devil*|evil|satan*|possessed|god|special power*|voice*|not hers|not mine|swapped|imposter|impostor|hasnt slept|havent slept|not slept|no sleep|doesnt sleep|wont sleep|paranoi*|strange belief*|delusion*|hallucinat*|manic", within=ANYWHERE, deniable=False),
        cue("breast|breasts|nipple", "hot|red|hard|wedge|sore|pain*", "shak*|shiver*|rigor*|fever*|temp*|chill*|flu", "baby|birth|feed*|nursing|postpartum|week|weeks|days|day|old", within=ANYWHERE),
        cue("ppd|postpartum|post partum|postnatal|pp day", "seiz*|fit|headache|bp|bleed*|fever*|breath*|chest|calf", within=14),
        cue("tightening*|contraction*|labor pain*", "every|minute*|regular*|close*|/\\d+ min\\w*", "week|weeks|pregnan*|wk|baby|bump", within=ANYWHERE),
        cue("pregnan*|/\\d\\d (?:week|wk)|bump", "hard|rock|solid|tense|rigid|board", "bleed*|pain*|hurt*|constant*|blood|red|spotting", within=ANYWHERE),
        cue("pregnan*|/(?:2\\d|3\\d|4[0-2]) (?:week|wk)", "puffy|swell*|swollen", "sparkle*|star*|flash*|spot*|blur*|headache|vision|rib", within=ANYWHERE),
    ),
    "diabetes": (
        cue("t1|type 1|type one|diabet*|insulin|pump", "ketone*|vomit*|puk*|throw*|sick", "pump|off|out|missed|ran out|forgot|/[2-9]\\.\\d|high|nonstop", within=ANYWHERE),
    ),
    "adrenal_crisis": (
        cue("cah|congenital adrenal|addison*|adrenal|hypopit*", "letharg*|vomit*|drows*|/x ?\\d|shock*|hypotens*|hypoglyc*|glucose", within=ANYWHERE),
    ),
    "overdose": (
        cue("gave|given|giving|give", "instead of|in place of|rather than|ten time|wrong|too much|twice|three time|double", "paracetamol|ibuprofen|syrup|drop|drops|ml|dose|medicine|pill|antibiotic|insulin|morphine|methadone", within=20),
        cue("mixed up|mix up|confused|wrong|mistake|mistook", "pill|pills|box|boxes|tablet|tablets|med|meds|dose|medicine|blister", "took|taken|take|had|gave|given|swallow*", within=20),
        cue("as well as|on top of|plus|and also", "mine|my own|hers|his", "took|taken|swallow*", "pill|pills|tablet|tablets|med|meds|dose", within=ANYWHERE),
        cue("ket|ketamine|fent|fentanyl|heroin|meth|mdma|coke|cocaine|gear|opioid*|spice|ghb", "too much|overdid|od|odd|bad batch|not waking|wont wake|going cold|goin cold|gone cold|stone cold|blue|not breathing|unresponsive|collapsed|passed out|snor*", within=ANYWHERE, deniable=False),
        cue("lick*|suck*|drank|drink|swallow*|chew*|bit into|ate|sip*", "unblocker|descaler|bleach|cleaner|tablet|capsule|chemical|weedkiller|pod|liquid|freshener", within=14),
        cue("lithium|digoxin|theophylline|phenytoin|methotrexate", "shakes|shak*|tremor*|trembl*|muddl*|confus*|drows*|unsteady|ulcer*|halo*|yellow vision|slow pulse|jerk*", within=ANYWHERE, deniable=False),
    ),
    "head_injury": (
        cue("loss of consciousness|knocked out|amnesia|retrograde", "fall|fell|head|rta|mva|assault*|crash|blow", within=ANYWHERE),
        cue(_FALL, _BLOW, _HEAD + "|face", within=14, deniable=True),
        cue("hit|struck|kicked|punched|knocked|bang*|blow", _HEAD, "anticoagulant|thinner|warfarin|clopidogrel|vomit*|sleepy|drows*|confus*|headache|dizz*", within=ANYWHERE),
    ),
    "abuse": (
        cue(_OTHER, _STRUCK, _ANOTHERS, within=9, ordered=True),
        cue(_OTHER, _HANDLED, r"/my (?:\w+ )?(?:head|face|arm|arms|wrist|neck|throat|hair|leg|jaw|finger|hand|rib|stomach|belly)", within=7, ordered=True),
        cue("bruis*|mark|marks|burn|burns|scar|scars|welt*|bite*|cut|cuts|injur*", "shaped|shape|pattern*|belt|cigarette*|fingertip*|handprint*|hand print|loop|iron|buckle|cord|teeth|round her wrist*|round his wrist*|grip mark*", _CHILD, within=ANYWHERE),
        cue("bruis*|mark*|burn*|hurt*|black eye", "did it|did this|did that|done it|done this|who did|wont say how|wont tell|cant explain|keeps getting|keep appearing|different story|story keeps", _CHILD, within=ANYWHERE, deniable=False),
        cue("flinch*|cower*|scared|terrified|frightened", "bruis*|burn*|mark*|cigarette*|hand|touch*|when he|when she", _CHILD, within=ANYWHERE),
        cue("lock*|tied|tying|starv*|withhold*|without food|no food|steal*|taking|keeping|stole", "room|bed|food|pension|money|bank|wage*|door|heating|medicine", "mum|mom|mother|dad|father|nan|gran|grandma|grandad|him|her|child|kids|son|daughter|wife|resident|aunt|uncle|lady", "carer|brother|sister|son|daughter|husband|wife|he|she|they|partner|nephew|niece|boyfriend|stepdad|lodger|neighbor", within=16),
    ),
    "self_harm": (
        cue("drive|driving|drove|walk*|go|going|went|sit*|stand*", "cliff|cliffs|bridge|railway|train track|tracks|multi storey|ledge|rooftop|beachy head", "engine|sit*|edge|alone|keep*|thinking|night|every|cry*|just", within=ANYWHERE, acute=True),
        cue("no reason|nothing|no point", "carry on|go on|keep going|stay|be here|live|living|wake up", within=8, acute=True, deniable=False),
    ),
    "harm_to_others": (
        cue("sharpen*|loaded|bought|carrying|hiding|got", "knife|knives|gun|rifle|axe|machete|blade|weapon|petrol", "them|him|her|neighbor*|wife|husband|boss|ex|family|school|mother|father|teacher|people|everyone", within=ANYWHERE, acute=True),
    ),
    "postoperative": (
        cue("wound|incision|scar|stitch*|staple*|cut", "pop*|burst*|open*|gap*|split*|part*|came apart|come apart", "yellow|green|pus|liquid|stuff|running|ooz*|op|surgery|operation|rough|fever*|bowel|days", within=ANYWHERE),
    ),
    "abdominal": (
        cue("rigid|guarding|rebound|peritonism|peritonitic|board like|involuntary guarding", "abdom*|abdo|belly|pain*", within=8, acute=True),
        cue("abdomen|abdominal|abdo|belly|tummy|stomach", "out of proportion|rigid|peritonit*|guarding|rebound|pulsatile|distend*", within=12),
        cue("ruptur*|leaking|burst*|expanding", "aneurysm|aorta|aortic", within=6),
        cue("aneurysm", "pain*|bp|hypotens*|white|pale|gray|collaps*|faint*|agony|ripping|tearing", within=ANYWHERE),
        cue("knee|knees|leg|legs", "drawing|draws|pull*|up", "scream*|jelly|redcurrant|blood*|vomit*|green|pale", within=ANYWHERE),
    ),
    "sick_child": (
        cue("nappy|diaper|poo|stool", "jelly|redcurrant|currant", within=8),
        cue("stiff|limp|floppy|blue|pale", "breath*|gray|turn*", "baby|infant|newborn|toddler|month old|week old", within=ANYWHERE),
    ),
    "sepsis": (
        cue("purulent|pus|lochia|cellulitis|crepitus|erythema|abscess|cholangitis|pyelonephritis|pneumonia|peritonitis|empyema|chorioamnionitis|endometritis", "/t (?:38|39|4\\d)[\\d.]*|/hr 1[1-9]\\d|rigor*|hypotens*|/bp [4-9]\\d over \\d+|lactate|crt|mottled|spreading", within=ANYWHERE, acute=True),
        cue("crt|capillary refill|mottled|lethargy|lethargic|purpuric|petechial|non blanching", "fever*|febrile|/t (?:38|39|4\\d)[\\d.]*|rash|septic", within=ANYWHERE, acute=True),
        cue("hr|bp|sbp|lactate|rr|rigor*|tachycard*", "/t (?:39|4[0-2])[\\d.]*|/temp\\w* (?:39|4[0-2])[\\d.]*|/lactate [4-9]\\S*|rigor*|septic|febrile", "/bp [4-8]\\d over \\d+|/sbp [4-8]\\d|hypotens*|/hr 1[3-9]\\d|/lactate [4-9]\\S*|confus*|drows*", within=ANYWHERE),
    ),
    "neutropenic_fever": (
        cue("immune suppress*|immune supress*|immunosupress*|biologic|biologics|low immunity|weak immune|asplenia|spleen removed|without a spleen", "fever*|/temp\\w*(?: [\\w.]+){0,3} (?:38|39|40|10[0-4])[\\d.]*|rigor*|shiver*|shak*|burning up|chill*", within=ANYWHERE),
    ),
    "acute_illness": (
        cue("under|pulled|fell|went|found|swallowed", "water|pool|bath|lake|river|sea|pond", "cough*|breath*|blue|sleepy|vomit*|minute*|cpr|lung*|shivering|mumbl*", within=ANYWHERE, deniable=False),
    ),
}  # fmt: skip
WITHDRAWAL: tuple[Cue, ...] = (
    cue(_STOPPED, _DRINK, _SHAKES, within=ANYWHERE, deniable=False),
    cue(
        "delirium tremens|alcohol withdrawal|benzo withdrawal|benzodiazepine withdrawal|opioid withdrawal|ciwa",
        "now|seiz*|shak*|confus*|agitat*|acute*|severe|/\\d+|hallucinat*|in|active*|vomit*",
        within=10,
    ),
)
"""Dangerous withdrawal of alcohol or sedatives."""
HYPOTHERMIA: tuple[Cue, ...] = (
    cue(
        _COLD_PLACE,
        _MUDDLED,
        "cold|freezing|shiver*|ice|lake|river|snow|sea|water|floor|found|outside|wet",
        within=ANYWHERE,
        deniable=False,
    ),
    cue("core temp*|temp|temperature|hypothermi*", "/2\\d(?:\\.\\d)?|/3[0-4](?:\\.\\d)?", within=5),
    cue("hypothermi*", "severe|now|drows*|found|think*|might|got|has|stopped shivering", within=6),
)
"""Dangerous cold of the body."""
