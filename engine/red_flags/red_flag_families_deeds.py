"""Families of cues by what somebody did, was found doing or prepares, and what followed: deeds, blows, mixtures, finds, delusions.

They cross who or what, the deed, and its consequence or course, so that a telling without the name of a sign is told too. Rules of
ours after the sources of their topics, in our own words, not yet reviewed by a clinician.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_cues import ANYWHERE, Cue, cue

_CHILD = "baby|newborn|infant|toddler|child|kid|son|daughter|boy|girl|grandson|granddaughter|twin|niece|nephew|little one|/\\d+ (?:day|week|wk|month|mo|year|yr)s? old|pick* her up|pick* him up|in my arms|cot|pram|nappy|diaper|2 year child"
_ADULT = "mum|mom|mother|dad|father|nan|gran|grandma|grandad|wife|husband|partner|brother|sister|uncle|aunt|auntie|neighbor|friend|flatmate|resident|patient|pt|he|she|him|her|boyfriend|girlfriend|colleague|boss|son|daughter|lodger|tenant"
_AFTER_BIRTH = "had my baby|had the baby|had our baby|had a baby|gave birth|given birth|newborn|postpartum|postnatal|since the birth|after the birth|had my son|had my daughter|had our son|had our daughter|delivered|/\\d+ (?:day|week|wk)s? old|new mum|new mom|new mother"
_WEEKS = r"/(?:[12]\d|3\d|4[0-2]) ?(?:week|wk)\w*|pregnan*|trimester|gestation|/\d\d over 40"
_DELUSION = "spying|watching|following|poisoning|demon*|devil*|possessed|evil|microchip|alien*|plotting|conspir*|after him|after her|after me|out to get|bugged|bugging|listening in|reading his mind|reading her mind|reading my mind|voices|imposter|impostor|chosen one"
_ARMED = "knife|gun|axe|machete|hammer|burn*|petrol|kill*|get them|get him|get her|stab*|shoot*|set fire|sword|before they|when they come|defend|bat|crowbar|deal with them|sort them"
_STREET = "methadone|heroin|fentanyl|oxycodone|oxycontin|morphine|codeine|opioid|benzo|benzos|xanax|valium|diazepam|blues|ghb|ketamine|nitazene|pregabalin|gabapentin|tramadol|percocet|buprenorphine|subutex|spice|gear|smack|skag|oxys"
_SUNK = "cant rouse|cant wake|wont wake|wont rouse|barely rous*|barely breath*|hardly breath*|slow breath*|snor*|blue|gray|unresponsive|gurgl*|limp|drows*|floppy|nodding|cant keep ~ awake|pinpoint|pinprick*"
_BLOW = "knee|elbow|ball|boot|bat|stick|puck|kick|fist|punch|blow|knock|hurley|sliotar|helmet|horse|swing|racket|club|branch|brick|plank|pole"
_HEAD = "head|temple|skull|face|jaw|helmet|forehead|noggin"
_AFTER_BLOW = "sick|vomit*|remember|drows*|sleepy|dizz*|confus*|blurr*|repeat*|what year|what day|thinks its|thinks it is|knocked out|passed out|concuss*|not right|score|slurr*|staring|headache|wobbl*"
_PART = "finger|thumb|toe|hand|arm|foot|ear|leg|nose|fingertip"
_SEVERED = "hanging off|hangin off|hanging by|cut off|chopped off|sliced off|ripped off|torn off|severed|clean off|half off|bitten off|amputat*|degloved|taken off by|off by a"
_SEIZER = "pt|patient|he|she|son|daughter|baby|child|kid|man|woman|lady|mum|mom|dad|brother|sister|husband|wife|who|chap|lad|gentleman|friend|resident|girl|boy|old"

DEED_FAMILIES: dict[str, tuple[Cue, ...]] = {
    "self_harm": (
        cue("packed|boxed|labeled|sorted|given away|name on|wrapped up|cleared out", "peace*|calm|relief|relieved|weight lifted|serene", "picked|chosen|decided|monday|tuesday|wednesday|thursday|friday|saturday|sunday|date|day|tonight|weekend|soon|finally", within=ANYWHERE, acute=True, deniable=False),
        cue("nobody|no one|noone|they|everyone|family|mum|you", "have to deal with|have to worry about|have to put up with|have to look after|be rid of|be free of|be shot of|wont have to|dont have to", "me", "after|soon|sunday|monday|tuesday|wednesday|thursday|friday|saturday|tomorrow|tonight|anymore|longer|when|long", within=16, acute=True, deniable=False),
        cue("belt|rope|noose|cord|ligature|flex", "door|beam|rafter|loft|tree|bannister|banister|curtain rail|wardrobe|hook|shower rail|ceiling|garage", "pic|photo|posted|neck|goodbye|been real|message|wont answer|not answer*|found|tied|hanging|sorry|alone", within=ANYWHERE, acute=True, deniable=False),
        cue("/(?:going to|gonna|about to|want to|ready to|wanna) jump(?! (?:in|on|ship|the|to|at|into|up|for)(?!\\S))", within=6, acute=True),
        cue("written|wrote|writing|left|leaving|posted", "letter|note", "everyone|everybody|all of them|each of them|the kid|my kid|the children|my family|them all|mum and dad|mother and father|who i love", "sorted|wait*|alone|dog|cat|tonight|funeral|sorry|calm|goodbye|password|gone|peace*|dont worry|who will|money|will", within=ANYWHERE, acute=True, deniable=False),
        cue("who", "feed*|look after|looks after|get the|gets the|get my|gets my|have my|take my|takes my|mind my|will have", "cat|dog|kid|fish|rabbit|pet|chicken|horse|hamster", "after|when i am gone|letter|rope|pill|tablet|sorry|end it|over|without me|anymore|waiting", within=ANYWHERE, acute=True, deniable=False),
        cue("bridge|footbridge|overpass|viaduct|flyover|parapet|cliff|ledge|rooftop|multi storey|railing|balcony", "stood|standing|sat|sitting|wrong side|edge|look* down|staring|other side|high up|climb* over|leaning|leg over|top of|been here", "car|train|water|wind|small|hour|alone|tonight|quiet|nobody|no one|jump|drop|rock|sea|drunk|cry*", within=ANYWHERE, acute=True),
        cue("look* up|looked up|searching|searched|google*|googling|researching|researched|reading about|typed in|asked ~ how", "hang|hanging|suicide|overdose|how to die|way to die|kill myself|noose|lethal|painless|fatal|ligature|helium|bleed out|enough pill", within=12, acute=True, deniable=False),
        cue("bye|goodbye|farewell", "cat|dog|kid|friend|mum|mother|dad|father|everyone|everybody|family|them all", "quiet|peace|rest|sleep|over|done|tired|sorry|end|gone|pill|tonight", within=ANYWHERE, acute=True, deniable=False),
    ),
    "harm_to_others": (
        cue("feel like|want to|urge to|wanna|going to|about to|tempted to|scared i will|afraid i will|might", "hurting|throwing|hitting|smothering|shaking|stabbing|killing|/throw (?:her|him|them|the|my)(?! a)|shake", "someone|somebody|people|her|him|baby|them|my kid|my child", within=8, acute=True),
        cue(_AFTER_BIRTH + "|baby", "pictur*|image*|flash*|vision|imagin*|intrusive|keep seeing|urge*|thought*|keep thinking|scared i", "drop*|stair|window|knife|drown*|smother*|hurt*|harm*|stab*|shak*|throw*|pillow|on purpose|suffocat*", within=ANYWHERE, acute=True, deniable=False),
        cue(_AFTER_BIRTH, "say|says|think|thinks|tell*|hear*|voice*|convinced|believ*|know|knows|sure", "evil|devil|demon*|possessed|not hers|not mine|isnt mine|isnt hers|not ours|swapped|changeling|sent back|back to god|messiah|wicked|cursed|jesus", within=ANYWHERE, acute=True, deniable=False),
        cue(_DELUSION, _ARMED, "he|she|brother|son|husband|wife|they|mum|mother|dad|father|sister|i|my|daughter|friend|neighbor", within=ANYWHERE, acute=True, deniable=False),
    ),
    "overdose": (
        cue("box|packet|bottle|strip|blister pack|foil|sheet|tub", "empty|gone|missing|nothing left", "mumbl*|drows*|sleepy|pluck*|confus*|unconscious|wont wake|cant wake|vomit*|sick|shak*|twitch*|star*|slur*|pale|cry*|floppy|fit|groggy", "pill|tablet|med|medicine|capsule|hoard*|antidepressant|paracetamol|he|she|her|him", within=ANYWHERE, acute=True),
        cue(_CHILD, "in his mouth|in her mouth|in their mouth|chewing on|sucking on|licked|lid off|got into|helped himself|helped herself|drunk some|sprayed", "twitch*|drool*|sick|vomit*|sleepy|floppy|cough*|tube|bottle|packet|tablet|treatment|spray|gel|plant|liquid|capsule|cleaner|poison", within=ANYWHERE),
        cue("patch|pill|morphine|fentanyl|methadone|oxycodone|opioid|codeine", "two|double|doubled|extra|three|another|second|too many|more than", "forget* to breathe|slow breath*|shallow|nod* off|pinpoint|blue|out of it|cant stay awake|drowsy|so sleepy|wont wake", within=ANYWHERE, acute=True),
        cue("pinpoint|pinprick|track mark|needle in|needle still", "rr|pupil|resp*|breath*|gcs|blue|drows*|unresponsive|sat", within=ANYWHERE, acute=True),
        cue("drank|drunk|swallow*|ate|eaten|took a swig|sipped|gulped|swig*", "something|stuff|liquid|bottle|whatever|it|some", "under the sink|shed|garage|cleaning cupboard|garden center|workshop|unlabeled|lemonade bottle|pop bottle|jam jar|laundry|utility room|farm", within=12, acute=True),
        cue("ecstasy|mdma|molly|mandy|speed|coke|cocaine|meth|2cb|spice|ketamine|some pill|pill at|a pill|crystal|acid tab|magic mushroom|edible|ghb", "rave|party|festival|club|gig|night out|street|dealer|snorted|dropped|bombed|smoked|mate|took|taken|had", "burning up|hot|grinding|jaw|shak*|twitch*|agitat*|chest|heart|fit|overheat*|confus*|collaps*|paranoid|hallucinat*|unresponsive|cant stop|boiling|sweat*", within=ANYWHERE, acute=True, deniable=False),
        cue("smell of gas|smell gas|gas smell|gas leak|fume|monoxide|smoke", "headache|sick|dizz*|drows*|faint*|confus*|cough*|vomit*", "all|everyone|we|us|both|house|room|garage|car|indoors|kid|dog", within=ANYWHERE, acute=True),
        cue(_STREET, _STREET + "|vodka|whiskey|alcohol|booze|drink|load of|party|pill|strip of|bag of|line of|injected|smoked", _SUNK, within=ANYWHERE, acute=True, deniable=False),
        cue("carbon monoxide|co alarm|co detector|gas alarm|alarm|detector|boiler|generator|barbecue|bbq|disposable grill|gas fire|wood burner|log burner|fumes|exhaust|flue|paraffin heater|camping stove", "headache|head|dizz*|sick|vomit*|drows*|sleepy|faint*|confus*|collaps*|pounding|ill|unwell|wobbly|flushed", "both|all of us|us|we|everyone|the family|wife|husband|the kid|kid|dog|cat|indoors|inside|tent|caravan|garage|going off|goe off|beep*|monoxide|flat|house", within=ANYWHERE, acute=True),
        cue("lost count|lost track|dont know how many|no idea how many|cant remember how many", "pill|codamol|tablet|paracetamol|capsule|med|dose|ibuprofen|codeine", within=12, acute=True, deniable=False),
    ),
    "chest_pain": (
        cue("gas|gastric|acidity|wind|indigestion|heartburn|reflux", "chest|heart side|breastbone|left side", "sweat*|dull|gray|left arm|jaw|breath*|uneasy|uneasiness|restless|giddy|faint*|clammy|since morning", within=ANYWHERE),
        cue("heart|pulse", "bang*|drum*|hammer*|clapper*|stopping|burst* out|jump* out|all over the place|going mad|going crazy|going nut|like a train|irregular*|miss* beat", "sweat*|sick|faint*|dizz*|breath*|gray|clammy|pain*|hour|minute|start*|weak|pale|black*", within=ANYWHERE),
        cue("elephant|anvil|ton of brick|boulder|concrete|weight", "on him|on her|on his|on my|on her chest|into my chest|into his chest|sat on|pumped into", within=6),
    ),
    "breathing": (
        cue("little sip|tiny sip|sip|thimble|teaspoon|half a", "air|breath", within=4),
        cue("lung|chest|airway", "shrunk|shrink*|collapsed|closing|closed|filling|seized|locked|wont fill|wont expand|wont inflate|full of water|full of fluid|shut down", within=8),
        cue("cant lie|cant lay|cant sleep flat|sleep* in ~ chair|sleep* upright|sat bolt upright|sit bolt upright|bolt upright|prop* up on", "suffocat*|smother*|drown*|breath*|gasp*|puff*|gulp*|leg|ankle|swollen|tree trunk|weight|lb|kg|pound|froth*|cough*", within=ANYWHERE, deniable=False),
        cue("fight*|battl*|struggl*|gulp*|haul*|heav*|scrapp*", "every gulp|each gulp|every breath|each breath|for air|for breath|gulp of|every mouthful of air", within=6, deniable=False),
        cue("too puffed|too breathless|too winded|too short of breath|too out of breath|no puff|no breath|no puff left", "loo|toilet|talk|walk|stair|bathroom|dress*|eat|stand|kitchen|speak|bed|wash|door|get to|left", within=10, deniable=False),
        cue("lip|face|nail|finger|fingertip|mouth|tongue", "funny color|odd color|wrong color|strange color|weird color|bad color|not the right color|dusky|slate", within=6, deniable=False),
        cue("windpipe|throat|chest|lung", "whistl*|squeak*|wheez*|crackl*|bubbl*", "neb|inhaler|pump|puffer|nothing|sod all|bugger all|no help|useless|worse", within=ANYWHERE, deniable=False),
    ),
    "testicular_torsion": (
        cue("privates|testicle|ball|nut|scrotum|crown jewel|sack", "high|higher|one side|swollen|twisted|hard|dark|tender|red|purple|bigger", "pain*|agony|sick|vomit*|green|doubled|in the night|sudden*|hurt*|kill*|woke", within=ANYWHERE, deniable=False),
    ),
    "limb": (
        cue("toe|foot|finger|hand|leg|arm", "navy|blue|black|purple|dusky|mottled|gray|white", "marble|ice|icy|freezing|numb*|cant feel|no pulse|stone cold|anticoagulant|warfarin", "since|stopped|gone|went|sudden*|today|now|turned|touch", within=ANYWHERE, deniable=False),
        cue("passive", "stretch|extension|flexion|movement", "pain*|scream*|cast|plaster|fracture|agony|forearm|calf|finger|toe", within=ANYWHERE, acute=True),
    ),
    "sudden_headache": (
        cue("head", "went bang|bang|went pop|pop|crack|snapped|exploded|like a gunshot|like a shot|clap of", "vomit*|sick|neck|worst|light|stiff|passed out|sudden*|thick", within=ANYWHERE),
    ),
    "sepsis": (
        cue("past the line|over the line|beyond the line|outside the line|past the pen|past the mark|spread* past|tracking up|up to the knee|up to my knee|up to the elbow|up to my elbow|up to the groin", "shak*|shiver*|fever*|hot|rigor*|cellulitis|infection|red|swollen|temp*", within=ANYWHERE),
        cue("section|cesarean|birth|operation|surgery|op|wound|catheter|uti|kidney infection|chest infection|miscarriage|abortion|stitch*|infection|pneumonia|bite|ulcer|cellulitis", "boiling|freezing|hot and cold|shiver*|fever*|burning up|shak*|rigor*|roasting", "stink*|smell*|confus*|away with|rambl*|mottl*|nonsense|rubbish|drows*|not peed|breath* fast|slur*|blotch*|not himself|not herself|delirious", within=ANYWHERE, deniable=False),
    ),
    "clot": (
        cue("puffed|puffy breath*|breathless*|winded|out of breath|short of breath|cant catch|out of puff", "knee|hip|replacement|operation|surgery|flight|flew|plane|cast|plaster|bed rest|hrt|cesarean|c section|chemo|long drive|coach", "heart|pulse|chest|calf|sudden*|come over|came over|racing|faint*|cough*|clapper*", within=ANYWHERE, deniable=False),
    ),
    "sick_child": (
        cue(_CHILD, "bringing up green|being sick green|vomit* green|green vomit*|green sick|throwing up green|green stuff|green bile|yellow green", within=ANYWHERE, deniable=False),
        cue(r"/(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:day|week|wk)s?(?: old)?|newborn|neonate", "not waking|wont wake|not feed*|wont feed|poor feed*|not suck*|wont latch|cool|cold|yellow|floppy|limp|gray|mottled|jaundice*|no wet|green vomit|green sick|bilious", "baby|born|feed*|he|she|bub|newborn|neonate|lo|waking|breast|bottle", within=ANYWHERE, deniable=False),
        cue(_CHILD, "loose motion*|motion|diarrhea|vomit*|runny|throw* up|being sick|been sick|sick", "no urine|not urine|no wee|no pee|dry nappy|dry diaper|no wet|sunken|going inside|gone inside|sleepy|floppy|lethargic|not drinking|wont drink|cold hand|cold feet|dry mouth|no tear", within=ANYWHERE, deniable=False),
        cue(_CHILD, "hand|hands|feet|foot|leg|skin", "cold|icy|ice|mottl*|blotch*|marble*|pale|gray", "whimper*|moan*|limp|floppy|sleepy|fever*|hot|grunt*|quiet|wont wake|weak cry|high pitched", within=ANYWHERE, deniable=False),
    ),
    "infant_fever": (
        cue(r"/(?:is|only|just|about|nearly|aged|old|our|my) (?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d\d?) )(?:day|week|wk)s?", "radiator|boiling|burning|roasting|hot|fever*|furnace|oven|3[89]\\S*|temp*", "forehead|head|skin|body|he|she|baby|feel*|feed*|bub", within=14),
    ),
    "pregnancy": (
        cue(_WEEKS, "no kick|no movement|no wriggl*|zero movement|nothing moving|no flutter*|no sign of life|not felt ~ move|not felt ~ kick|no heartbeat", within=ANYWHERE, deniable=False),
        cue(_WEEKS, "baby|bump|kick|movement|bub|he|she|little one", "quiet*|lazy|less|fewer|slower|slowed|not as much|sleepy|stopped|hardly|havent felt|not felt|reduc*|not kick*|not mov*|isnt mov*|isnt kick*|calm*", "today|than|usual|normal|since|now|yesterday|last night|felt|all day|this morning", within=ANYWHERE, deniable=False),
        cue(_AFTER_BIRTH, "say|says|think|thinks|tell*|hear*|voice*|convinced|believ*|seeing thing", "evil|devil|demon*|possessed|not hers|not mine|isnt mine|isnt hers|swapped|sent back|wicked|cursed", within=ANYWHERE, acute=True, deniable=False),
    ),
    "stroke": (
        cue("can only see|only see|see only|only the", "half|left half|right half|top half|bottom half|one side|edges", "see|eye|telly|tv|screen|page|face|vision|shut", within=12, deniable=False),
        cue("putting|put|puts|pour*|wear*|dress*|peeing|eating|drink*|brush*", "inside out|upside down|on the table|in the fridge|in the oven|wrong way round|back to front|in the sink|on the floor|with a fork|with a comb", "not him|not her|not himself|not herself|never does|out of character|not like him|not like her|sudden*|since|odd|confus*|muddl*|strange", within=ANYWHERE, deniable=False),
        cue("keep* missing|misses|missing|cant find|reach* past|reaches past", "cup|door|mouth|step|plate|glass|handle|chair|switch|spoon|pocket|buttonhole", "reach*|grab*|look*|blank|sudden*|let go|dropp*|one side", within=ANYWHERE, deniable=False),
        cue("look* at me blank*|star* at me blank*|look* straight through me|looked through me|look* blank", "sudden*|let go|dropp*|stopped|reach*|wont answer|not answer*|mid sentence", within=ANYWHERE, deniable=False),
    ),
    "seizure": (
        cue("star*|vacant|blank|zoned out|glazed|trance|absent", "pluck*|fumbl*|smack*|chew*|picking|swallowing|twitch*|blink*|flutter*|jerk*|mutter*", "minute|hour|respond*|name|keep|not answer*|wont answer|back to us", within=ANYWHERE, deniable=False),
        cue(rf"/(?:{_SEIZER}) (?:is |was |are |has been |been |still |now |just |actively |started |keeps? )*(?:fitting|seizing|convulsing)(?! (?:in well|in nicely|room|appointment))", within=10, acute=True),
        cue("turn|fit|seizure|episode|absence", "then another|and another|another one|another before|straight into another|one after", "come round|came round|came to|come to|recover*|in between|without waking|the first|back", within=ANYWHERE, deniable=False),
    ),
    "head_injury": (
        cue("took|taken|caught|got|copped|received|clattered|whacked|threw|thrown|kicked|hit|smacked", _BLOW, _HEAD, _AFTER_BLOW, within=ANYWHERE, deniable=False),
    ),
    "unconscious": (
        cue("found|find|finding|came home to|come home to|walked in on|came down to|got back to|came in to", _ADULT, "slump*|on the floor|on the ground|collapsed|gray|blue|drooling|not moving|wet himself|wet herself|face down|bottom of the stair|pool of|staring|snoring|groaning|stone cold|stiff as|doesnt know|talking rubbish|muddled", within=18),
    ),
    "neutropenic_fever": (
        cue("neut|neutrophil*|anc|wcc|post fec|fec|r chop|chop|folfox|beacopp|abvd|post chemo|sct|bmt|car t|nadir", "/t (?:38|39|4\\d)[\\d.]*|/temp\\w* (?:38|39|4\\d)[\\d.]*|rigor*|febrile|fever*|spik*|septic", within=ANYWHERE, acute=True),
    ),
    "bleeding": (
        cue(_PART, _SEVERED, within=8),
    ),
    "acute_illness": (
        cue("dog|cat|fox|horse|pig|monkey|bat|alsatian|rottweiler|stray", "bit|bite|bitten|mauled|attacked|savaged|bites", "face|neck|throat|eye|deep|to the bone|tendon|gash|hole|torn|baby|stranger|wont stop|flap|scalp|lip", within=12),
        cue("swallow*|gulped|inhal*", "glass|coin|pin|needle|battery|magnet|razor|bone|denture|tooth|toothpick|screw|nail|bead|toy|lego|marble|key|staple|bottle top|hair grip|stone|blade", within=8),
        cue(_PART, _SEVERED, "saw|machine|mower|knife|blade|door|chainsaw|accident|grinder|axe|blood*|just|now|work|dog|ring|gate|caught|trapped|hanging|found", within=ANYWHERE),
    ),
    "postoperative": (
        cue("stitch*|wound|scar|incision|staple|section|cut|tummy", "opened|come open|came open|burst|split|come apart|coming apart|gaping|undone|popped|fallen out|come out", "pour*|bleed*|blood*|pus|see|poking|pink|bowel|gut|inside|leak*|soak*|smell*|hole|ooz*", within=ANYWHERE),
    ),
    "abuse": (
        cue(_ADULT + "|stepdad|stepmum|stepfather|stepmother|carer|they|man|nanny|childminder", "grab*|drag*|throw*|threw|shove*|slap*|hit|hits|punch*|kick*|lock*|starv*|beat*|pull*|shak*|pin*", "by the hair|by the throat|by the neck|against the wall|in the cupboard|in her room|in his room|down the stair|with a belt|with a stick|with his fist|with a strap", within=12, acute=True),
        cue("dad|father|stepdad|stepfather|uncle|brother|grandad|grandfather|teacher|coach|lodger|cousin|man|he", "gets in|gets into|climbs in|climbs into|comes in|comes into|creeps into|sneaks into|got into", "my bed|my room|the shower with me|the bath with me|her bed|his bed|her room at night", within=8, acute=True, ordered=True),
        cue(_CHILD, "bite mark*|belt mark*|hand print*|handprint*|cigarette|black eye|bruise*|burn|burn mark*|marks on", "says he|says she|clumsy|wont say|scared|flinch*|explain*|excuse*|keeps falling|the story|new one|hides|hiding|boyfriend|stepdad|stepfather|cry*", within=ANYWHERE, deniable=False),
    ),
    "anaphylaxis": (
        cue("wheal|hive|welt|lump|blotch*|rash all over", "cant swallow|doom|throat|light head*|vomit*|gasp*|hoarse|collaps*|stomach cramp*|faint*", "dose|tablet|pill|antibiotic|ate|eaten|sting|stung|injection|jab|vaccine|min|minute|first", within=ANYWHERE),
    ),
    "cauda_equina": (
        cue("no sensation|cant feel|no feeling|lost sensation|numb*|dead", "back passage|bottom|wipe|wiping|saddle|between my leg|undercarriage|genitals|finished on the toilet|anus|private", "sciatica|leg|back|toilet|wee|pee|both|bladder|bowel|spine|disc", within=ANYWHERE, deniable=False),
    ),
    "heat_stroke": (
        cue("stopped sweating|not sweating|no longer sweating|skin roasting|dry skin|roasting|baking|boiling", "stumbl*|stagger*|confus*|collaps*|nonsense|rubbish|vomit*|faint*|wobbl*|slur*|aggressive", "/3[3-9]|/4\\d|sun|heat|scaffold|roof|field|kitchen|car|marathon|greenhouse|desert|summer|degree|conservatory|sauna|loft", within=ANYWHERE, deniable=False),
    ),
}  # fmt: skip
DEED_WITHDRAWAL: tuple[Cue, ...] = (
    cue(
        "off the drink|off the booze|off the bottle|stopped drinking|dry since|sober since|last drink|no alcohol since|off my benzos|off the benzos|off the valium|detoxing",
        "wall|shak*|trembl*|still|seeing|crawl*|sweat*|pounding|racing|hear*|spider|bug|fit|confus*|jitter*",
        "move|moving|hand|heart|thing|skin|since|day|bed|cant|wont|all over|pounding",
        within=ANYWHERE,
        deniable=False,
    ),
    cue(
        r"/day (?:[1-5]|one|two|three|four|five)|admission|admitted|/(?:1[2-9]|[2-9]\d) ?(?:h|hr|hour)s? (?:since|post|after)|last drank|last drink|detox*|inpatient",
        "drink|drinks|drank|alcohol|vodka|whisky|whiskey|cider|spirit|etoh|beer|wine|gin|rum|alcoholic|dependent drinker|unit",
        "tremul*|tremor*|hallucinat*|seeing insect*|seeing thing|insect|seizure|delirious|agitat*|bug|spider|crawl*|confus*|shaking",
        within=ANYWHERE,
        acute=True,
        deniable=False,
    ),
)
"""Withdrawal told by the day of a stay and the usual drink."""
