"""Families of cues for emergencies that are told less often: bites, the deep and the heights, skipped dialysis, captivity, goodbyes.

Rules of ours after the sources of their topics, in our own words, not yet reviewed by a clinician.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_cues import ANYWHERE, Cue, cue

_HOT = "fever*|feverish|febrile|temp*|temperature|hot|rigor*|shiver*|shivering|shook|shak*|chill*|burning up|sweat*"
_SICK = "vomit*|puk*|throw* up|threw up|retch*|being sick|been sick|sick|bringing up"
_CHILD = "newborn|infant|day old|week old|wk old|baby|toddler|child|kid|son|daughter|boy|girl|year old|month old|yr old|grandson|granddaughter|niece|nephew|little one|lo"
_MEDICINE = "pill|pills|tablet|tablets|med|meds|medicine|medication|capsule|syrup|drops|patch|insulin|anticoagulant|chemo|steroid|immunosuppressant|vitamin|iron"
_MALARIAL = "africa|nigeria|ghana|kenya|uganda|tanzania|cameroon|congo|malawi|zambia|zimbabwe|mozambique|angola|senegal|mali|guinea|sierra leone|liberia|ivory coast|sudan|south sudan|ethiopia|rwanda|burundi|togo|benin|gambia|india|pakistan|bangladesh|myanmar|cambodia|laos|indonesia|papua|haiti|amazon|tropics|tropical|malaria*|safari"
_CAPTOR = "he|she|they|husband|wife|partner|boyfriend|girlfriend|ex|dad|father|mother|mum|mom|boss|family|in law|uncle|aunt|son|daughter|brother|man|employer"
_DEAD_ONE = "grandad|grandma|husband|wife|mum|mom|dad|mother|father|god|heaven|jesus|lord|him|her|brother|sister|them"
_WEEKS = r"/(?:[12]\d|3\d|4[0-2]) ?(?:week|wk)\w*|pregnan*|trimester|gestation|/\d\d over 40"

RARE_FAMILIES: dict[str, tuple[Cue, ...]] = {
    "self_harm": (
        cue("tonight|today|now|soon|this weekend|tomorrow", "i finish it|i end it|i will end it|i will finish it|finish it|end it all|ending it|i do it|it ends", "i|my|me", within=12, acute=True, deniable=False),
        cue("waste of space|burden|worthless|hate myself|useless to everyone|deadweight", "tonight|today|finish|end|done|over|gone|anymore|disappear|last", within=ANYWHERE, acute=True, deniable=False),
        cue("plan*|planning|worked out|rehears*|know", "how i would do it|how id do it|how i d do it|how to do it|how i will do it|what i will use|when to do it", within=8, acute=True, deniable=False),
        cue("bought|ordered|delivered|arrived|got|collected", "helium|exit bag|charcoal|nitrogen|sodium nitrite|rope|noose|razor|blade*", "calm|peace*|thank*|thx|goodbye|bye|sorry|ready|tonight|alone|soon|finally", within=ANYWHERE, acute=True),
        cue("sorry|thank* for everything|thx for everything|thank* for all|thx|love you all|forgive me", "bye|goodbye|farewell|wont be around|by the time|dont need to reply|no need to reply|need 2 reply|peace|calm now", within=ANYWHERE, acute=True, deniable=False),
        cue("gave|giving|given|sorted|rehomed|wrote|written|labeled", "dog|cat|pet|pets|ring|things|stuff|belonging*|savings|letter*|everything|password*", "for after|when i am gone|after i am gone|wont need|no longer need|dont need them|before i go|last time", within=ANYWHERE, acute=True, deniable=False),
        cue("ready to go|time to go|time to join|wants to join|want to join|join|be with|go and be with|go to be with", _DEAD_ONE, "pill|pills|tablet*|insulin|eat*|drink*|med|meds|medicine|dialysis|stopped|refus*|on purpose|treatment", within=ANYWHERE, acute=True, deniable=False),
        cue("stopped|stopping|refus*|skipp*|not taking|threw away", "insulin|dialysis|heart pill|pill|pills|med|meds|medicine|eating|anticoagulant", "on purpose|to die|deliberate*|end it|had enough|be with|no point", within=ANYWHERE, acute=True, deniable=False),
    ),
    "overdose": (
        cue("lost count|lost track|dont know|cant remember|no idea", "how many|how much", _MEDICINE + "|paracetamol|pill", "taken|took|had|swallow*|today|tonight", within=ANYWHERE, acute=True, deniable=False),
        cue(_CHILD, "had|ate|eaten|took|taken|swallow*|got into|got hold|chew*|lick*|drank|found with|sucked", "grandma|grandad|nan|gran|mum|mom|dad|mother|father|my|his|her|dog|brother|sister|our", _MEDICINE, within=12, acute=True),
        cue("took|taken|swallow*|had|downed|necked|popped", "load of|loads of|lots of|bunch of|lot of|fistful|all of|heap of|pile of", _MEDICINE + "|pill", within=10, acute=True),
        cue("drank|drunk|drinking|smell* of|downed|necked", "vodka|gin|rum|whisky|whiskey|spirit|alcohol|booze|beer|wine|bottle", "cant wake|wont wake|cant be roused|cant rouse|unrousable|clammy|cold|blue|not breathing|limp|gurgl*|snor*|passed out|unresponsive|cant be woken", within=ANYWHERE, deniable=False),
        cue("double|doubled|two lots|twice|too much|extra|mixed|plus|with|together", "antidepressant|ssri|tramadol|maoi|triptan|sertraline|pill|venlafaxine|lithium|pills", "twitch*|jerk*|clonus|jaw|sweat*|shak*|agitat*|flap*|stagger*|slur*|rigid*|tremor*", within=ANYWHERE),
    ),
    "breathing": (
        cue("trachy|trach|tracheostomy|trache|breathing tube|laryngectomy", "block*|out|fell|dislodg*|plug*|clog*|suction*|blue|color|bubbl*|came", within=ANYWHERE),
        cue("oxygen|concentrator|cylinder|bipap|cpap|ventilator", "packed up|broke*|stopped|empty|ran out|failed|not working|power cut|alarm*", "gasp*|breath*|blue|sat|panting|short", within=ANYWHERE, deniable=False),
        cue("swallow* wrong|went down the wrong|wrong way|wrong pipe|inhal*|breathed in|chok*", "cough*|whistl*|wheez*|stridor|noisy", within=ANYWHERE),
        cue("seal|bark*|squeak*|harsh|crow*|rasp*", "cough*|breath*|breathing|breathe", "rest|sitting|quiet*|in|noise|night|even when|stridor", within=14),
        cue(_CHILD, "head bob*|bobs|bobbing|nostril*|too puffed|too breathless|tummy|belly|stops for|pauses|grunt*", "breath*|feed*|pump*|second*|hard|up and down", within=ANYWHERE),
        cue("drool*|dribbl*|spit|saliva", "chin|lean*|wont lie|sit* up|upright|muffled|cant swallow|throat", "fever*|temp*|throat|breath*|voice|swallow*", within=ANYWHERE, deniable=False),
        cue("throat|tonsil*|quinsy", "cant open|lockjaw|jaw|trismus|one side|hot potato|muffled", "voice|swallow*|mouth|spit|drool*|breath*", within=ANYWHERE, deniable=False),
        cue("pop|popped|stab*|sharp|snap*", "breath*|breathe", "sudden*|second|side|lung|rib|shallow|catch*|deep|fill", within=ANYWHERE),
    ),
    "stroke": (
        cue("drink|food|tea|soup|water|saliva|coffee|juice|rice", "spill*|dribbl*|fall*|leak*|coming out|runs out|running out|out of|drip*", "corner|one side|side of ~ mouth|side of the mouth|left side|right side", within=ANYWHERE),
        cue("bump*|veer*|lean*|lurch*|walk* into|stagger*|tilt*|list*", "left|right|one side|wall|door*|wardrobe|frame*|everything", "spin*|whirl*|tilt*|sick|vomit*|dizz*|room|headache|speech|slur*", within=ANYWHERE),
        cue("eye|vision|sight", "black|dark|gray|blind|gone|curtain", "minute|minutes|min|few|then came|came back|returned|come back|seconds", within=ANYWHERE),
        cue("eye|vision", "went black|went dark|went out|goes dark|goes black|black for|dark for|light off", within=10),
    ),
    "chest_pain": (
        cue("ache*|aching|pain*|heavy|pressure", "upper back|shoulders|both arm|both arms|both shoulder|jaw|between my shoulder", "sick|queasy|nausea*|wiped out|drained|exhaust*|sweat*|clammy|breath*|faint*|stent*|angina|gray", within=ANYWHERE),
        cue("stent|stents|bypass|angina|heart attack", "same|back|again|returned|come back|like last time|like before", "ache*|pain*|tight*|feeling|pressure", within=ANYWHERE),
        cue("pulse|heart|heartbeat", "stumbl*|all over the place|skipp*|irregular*|missing|pausing|stopping|jumping", "dialysis|faint*|weak|blank*|dizz*|breath*|potassium|collapse*", within=ANYWHERE),
    ),
    "unconscious": (
        cue("blank|vacant|out|absent|gone", "few seconds|for seconds|then back|coming back|comes back|keeps", "pulse|heart|pale|gray|faint*", within=ANYWHERE),
        cue("face down|underwater|under the water", "bath|pool|water|river|lake|canal|pond", within=10, acute=True),
    ),
    "clot": (cue("pleuritic", "cp|pain|chest|hr|sat|spo2|new|acute|sob|breath*", within=8),),
    "meningitis": (
        cue("flu|fever*|feverish|temp*|headache|ill", "bruise*|purple|spots|rash|blotch*|petechia*", "rambl*|confus*|nonsense|light|lamp|neck|delirious|drowsy|doesnt know|sleepy", within=ANYWHERE, deniable=False),
    ),
    "sepsis": (
        cue("infection|infected|kidney|stone|uti|water infection|wound|bite|bitten|scratch*|picc|line|port|catheter|dialysis|flush*|cellulitis|pneumonia|ulcer|abscess", _HOT, "shook|shak*|shakes|rigor*|shiver*|chill*|icy|cold hand|hand are cold|hands are cold|feet are cold|clammy|streak|red line|armpit|elbow|groin|mottled|confus*|drowsy", within=ANYWHERE),
        cue("line|picc|port|catheter|hd|hemodialysis|dialysis", "rigor*|shook|shak*|chill*", "/t (?:38|39|4\\d)[\\d.]*|min|session|flush*|into|after|hour", within=ANYWHERE),
        cue("bite|bitten|bit|scratch*|cut|graze|sting", "up to|up my|armpit|elbow|streak|red line|spreading|swollen", "chill*|fever*|shiver*|hot|rigor*|shak*", within=ANYWHERE),
    ),
    "bleeding": (
        cue("dialysis|fistula|graft|shunt", "bleed*|ooz*|blood*|spurt*", within=ANYWHERE),
        cue("blood", "fair bit|good bit|quite a bit|a lot|mouthful*|cupful|tablespoon*", "vomit*|cough*|sick|threw up|brought up|second", within=ANYWHERE),
        cue("fresh bleed*|rebleed*|secondary hemorrhage|reactionary hemorrhage", "tonsil*|tonsillectomy|post|day|op|now|tachycard*", within=ANYWHERE),
        cue("tonsil*", "bleed*|blood*", "day|days|ago|since|post|fresh|spit*|mouth", within=ANYWHERE),
        cue("pad|pads|lochia", "soak*|flood*", "hr|bp|day|postpartum|post partum|dizz*", within=ANYWHERE),
    ),
    "abdominal": (
        cue("upper belly|upper abdomen|epigastr*|belly|tummy|stomach|abdom*", "back", "boring|through|lean* forward|straight to|into|knife|straight through", _SICK + "|drink|pancrea*|unbearable|relief|agony", within=ANYWHERE),
        cue(_SICK, "brown|poo|fecal|feculent|stink*|smell* like|smell* of|dark brown|black", "balloon|belly|tummy|abdomen|wind|swollen|enormous|drum|huge|distend*|days", within=ANYWHERE),
        cue("/(?:cant|not|havent|hasnt|unable)(?: \\w+){0,4} (?:pee|peed|wee|weed|urinate|urinated|pass water|pass urine|pass a drop|pass any)", "hour|hours|last night|yesterday|drop|morning", "pain*|drum|swollen|burst*|agony|belly|bladder|full|unreal|abdomen", within=ANYWHERE, deniable=False),
        cue("free fluid|hemoperitoneum", "hcg|pregnan*|fast|syncope|trauma|abdom*|fall|collapse*|hb|bp", within=ANYWHERE, acute=True),
    ),
    "testicular_torsion": (
        cue("erection|hard on|stiffy|boner|priapism|hard penis|penis", "/\\d+ ?(?:h|hr|hrs|hour|hours)|hour|hours|wont go down|all night|since last night", "pain*|kill*|wont go|hurt*|sickle|stuck|hours|priapism|down", within=ANYWHERE, deniable=False),
        cue("priapism", within=2, acute=True),
        cue("willy|penis|privates|sack|scrotum|testicle|ball|balls|down there", "swollen|swell*|red|hard|lump|twisted|higher|doubled", "boy|son|lad|school|/\\d+ (?:year|yr) old|doubled|since|pain*|hurt*", within=ANYWHERE),
    ),
    "eye": (
        cue("eyelid|lid|eye|eyeball|socket", "swollen|puff*|swell*|red", "bulg*|pushed out|popping out|sticking out|look sideways|move the eye|moving it|fever*|feverish|temp*", within=ANYWHERE),
        cue("contact lens*|lens|lenses", "white spot|white dot|spot|dot|agony|pain*|throb*|ulcer*", "see|blurr*|light|red|agony|throb*|vision|unbearable", within=ANYWHERE),
    ),
    "limb": (
        cue("passive stretch|tense compartment*|tense calf|tense forearm|compartment pressure*|pain when ~ bend|pain when they bend|paresthesia in ~ cast", "pain*|fracture|cast|crush*|tense|swollen|calf|forearm|leg|arm", within=ANYWHERE, acute=True),
        cue("crush*|trapped|pinned|squashed", "leg|calf|arm|thigh|hand|foot", "hard|wood|rock|tight|numb*|insane|unbearable|swollen|agony|hours", within=ANYWHERE),
    ),
    "cauda_equina": (
        cue("cant tell|dont know|cant feel|no idea|no warning|dont feel", "need ~ wee|need ~ pee|need ~ toilet|need ~ go|need to go|bladder|bowel|when i need|going to the toilet", "disc|back|sciatica|spine|lift*|leg|numb*|sex", within=ANYWHERE, deniable=False),
        cue("back passage|bottom|privates|genitals|crotch|undercarriage|between my legs|vagina|penis|sex|saddle", "lost feeling|lost sensation|no feeling|feels of nothing|feel nothing|dead|numb*|cant feel|leak*", "disc|back|lift*|sciatica|spine|cough|since|leg", within=ANYWHERE, deniable=False),
    ),
    "pregnancy": (
        cue("water|waters|fluid|liquid|discharge|pad", "gone|broke|broken|break|went|leak*|coming|green|greenish|brown|brownish|meconium|smell*|foul|bloody|gush*|pink", _WEEKS, within=ANYWHERE),
        cue(_WEEKS, _HOT, "discharge|smell*|cramp*|tummy|pain*|contraction*|waters|sore|baby", within=ANYWHERE),
        cue(_WEEKS, "itch*", "palm*|soles|hands|feet|still|quiet|dark urine|sleep|night", within=ANYWHERE),
        cue("delivery|delivered|birth|postpartum|cesarean|section|baby", "leg|calf|thigh", "swollen|swelling|fat|pain*|red", "breath*|panting|chest|cough*|breathing|gasp*", within=ANYWHERE),
        cue("hcg|pregnancy test|lmp|positive test", "collapse*|syncope|shoulder tip|faint*|free fluid|hypotens*|severe*|bleed*", within=ANYWHERE, acute=True),
        cue(_WEEKS, "seizure|seiz*|fit|fitting|convuls*|tonic clonic|still", "baby|bp|triage|now|today|pressure|really|gone|so", within=ANYWHERE),
    ),
    "diabetes": (
        cue("drinking|drinkin|drink|drinks|thirst*|gallon*", "breath*|breathin|half asleep|drowsy|sleepy|weein|weeing|peeing|sick|vomit*", "type 1|t1|diabet*|loads|gallon*|lots|nonstop|all day|constant*|deep|fast|weird", within=ANYWHERE),
        cue("cbg|bm|bg|glucose|sugar|blood sugar", "/[0-2]\\.\\d|/1\\.\\d", "gcs|found|drowsy|unresponsive|sweat*|confus*|fit|unrousable|now", within=ANYWHERE, acute=True),
    ),
    "head_injury": (
        cue("horse|kick*|scooter|bike|skateboard|fell|fall|slipped|came off|e scooter|punch*|ball|bat", "head|skull|helmet", "out for|blacked out|knocked out|cant remember|talking different*|pupil|differently|confus*|sleep|odd|strange", within=ANYWHERE, deniable=False),
        cue("head", "got hit|was hit|got injured|got banged|injury came|hit by", within=6),
    ),
    "burns": (
        cue("oil|fat|tea|coffee|soup|noodles|water|kettle|pan|mug|chip pan|steam|milk", "spilt|spill*|tipped|pulled|pour*|splash*|went all|all over|down|over", "skin|blister*|white|raw|peel*|hanging|hangin|coming off", within=ANYWHERE),
    ),
    "abuse": (
        cue(_CAPTOR, "/wont let me (?:\\w+ )?(?:leave|go|have|see|use|eat|sleep|work|talk|speak|call|out)|/(?:take|taken|took|hidden|hid|hide|keep|kept|keeps|confiscat)\\w* (?:away )?my (?:\\w+ )?(?:passport|phone|money|key|paper|visa|card|document)\\w*|/locked me (?:in|out|up)", within=8, deniable=False),
        cue("cant leave|not allowed|isnt allowed|dont allow|doesnt allow|forbid*", "house|phone|out|alone|passport|money|doctor|midwife|friend*|family|home", _CAPTOR, within=ANYWHERE, deniable=False),
        cue(_CAPTOR, "threw me|throws me|pushed me|pushes me|shoved me|dragged me|kicked me|choked me|burned me|spat at me|pinned me|cornered me|drags me", within=10),
        cue("uncle|stepdad|father|dad|brother|grandad|teacher|coach|neighbor|babysitter|cousin|man|he|boyfriend|carer", "touch*|fondl*|grop*|undress*|film*|kiss*|interfer*", "sister|daughter|son|child|girl|boy|me|her|him|niece|kid", "night|bed|private*|down there|secret|sleep*|bath|alone|inappropriate*|scared|wrong", within=16, ordered=False),
        cue("home|carer|carers|staff|hospital|ward|nurse|nurses|brother|sister|son|daughter", "left|leav*|ignor*|neglect*|dont change|never change|sitting in", "mess|soiled|wet|dirty|sores|bedsore*|hungry|filth*|urine|poo|pressure sore*|own", "mum|mom|dad|mother|father|nan|gran|grandma|grandad|her|him|resident|aunt|uncle", within=ANYWHERE, deniable=False),
        cue("shake|shook|shaking|shove|shoved|push*|drag*|slap*|grabbed|force fed", "gran|grandma|nan|mum|mom|mother|dad|father|grandad|resident|patient|child|baby|toddler|her|him", "finger mark*|mark|marks|bruis*|chair|bed|floor|scared|cry*|saw", within=ANYWHERE),
    ),
    "acute_illness": (
        cue("bit|bitten|bite|stung|sting", "snake|viper|adder|cobra|krait|copperhead|rattle*|cottonmouth|mamba|scorpion|black widow|brown recluse|jellyfish|bat|raccoon|monkey|stray|rabid|stingray|spider", within=10, acute=True),
        cue(_MALARIAL, _HOT, "back|return*|trip|holiday|travel*|week|weeks|days|ago|since|after|came|skipp*|tablet*|comes and goes|every other", within=ANYWHERE),
        cue("missed|skipp*|didnt go|havent been|cant get to|without", "dialysis|hemodialysis", "weak*|heart|pulse|breath*|swollen|confus*|puffy|sick|muscle*|palpitation*", within=ANYWHERE, deniable=False),
        cue("floor|tile|tiles|ground|carpet|stairs|bathroom", "all night|since last night|hours|overnight|since yesterday|all day", "leg|hip|lying|cold|cant get up|weak|found|shorter|pain*", within=ANYWHERE, deniable=False),
        cue("leg|hip|foot", "shorter|turned out|turned outward*|rotated|twisted|wrong angle|pointing the wrong", "fell|fall|floor|gave way|cant stand|cant move|hip|lying|weight", within=ANYWHERE, deniable=False),
        cue("weak*|tingl*|numb*|string|jelly", "feet|foot|leg|legs", "hand|hands|arm|arms", "swallow*|breath*|now|spread*|coming|moving up|creep*|worse|speech", within=ANYWHERE),
        cue("dive|diving|diver|surfac*|scuba|ascent|decompression", "numb*|weak*|joint*|breath*|rash|pain*|dizz*|tingl*|chest", "leg|fast|after|now|since|came|arm|chest", within=ANYWHERE),
        cue("altitude|feet up|base camp|trek*|summit|mountain|/1\\d{4} (?:ft|feet)|/[3-8]\\d{3} (?:m|metre|meter)\\w*", "stagger*|headache|head|cough*|breath*|confus*|pink|froth*|drunk", within=ANYWHERE),
        cue("graves|thyrotoxic*|overactive thyroid|hyperthyroid*|thyroid storm", "/t (?:39|4\\d)[\\d.]*|" + _HOT, "agitat*|racing|hr|confus*|yellow|vomit*|heart|delirious", within=ANYWHERE),
        cue("clonus|rigidity|lead pipe|hyperreflexia", "ssri|antidepressant|tramadol|antipsychotic|linezolid|maoi|pill|haloperidol|agitat*|t|temp", within=ANYWHERE, acute=True),
        cue("sickle*", "chest|breath*|puff|worst|sat|fever*|stroke|weak*|oxygen|priapism|spleen|pain*", "crisis|now|cant|short|/8\\d|/9[0-2]|/\\d+ ?h\\w*|worst|fever*|air", within=ANYWHERE, deniable=False),
        cue("airbag|rolled the car|car flipped|pile up|ejected|run over|hit by", "car|van|lorry|truck|bus|train|tram|motorbike|chest|belly|neck|pain*", within=14),
        cue("lvad|vad|pump", "alarm*|red heart|low flow|stopped|battery", "dizz*|faint*|breath*|heart|hospital|now|alarm*", within=ANYWHERE),
        cue("spinal injury|tetraplegi*|quadriplegi*|paraplegi*|/t[1-6]|/c\\d", "catheter|bladder|bowel", "headache|pounding|sweat*|flush*|bp|blood pressure", within=ANYWHERE),
    ),
}  # fmt: skip
