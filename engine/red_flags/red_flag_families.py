"""Signs told by a part or function of the body and what goes wrong with it, whatever the words: families of cues.

Beside the phrases of `red_flag_topics`, which people are known to use, these cross classes of words, so that a combination that
nobody wrote down is told too: "my right hand stopped doing what I tell it". After the same public pages as their topics; rules of
ours in our own words, not yet reviewed by a clinician.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_cues import ANYWHERE, Cue, Topic, cue
from chartcite.engine.red_flags.red_flag_families_clinical import CLINICAL_FAMILIES
from chartcite.engine.red_flags.red_flag_families_deeds import DEED_FAMILIES
from chartcite.engine.red_flags.red_flag_families_more import MORE_FAMILIES
from chartcite.engine.red_flags.red_flag_families_rare import RARE_FAMILIES


def cross(first: str, second: str) -> str:
    """Return each word of the first class before each of the second, at most three words between: `cant ~ move|wont ~ move`."""
    return "|".join(f"{one} ~ {two}" for one in first.split("|") for two in second.split("|"))


FAILS = (
    "cant|wont|wouldnt|doesnt|dont|isnt|arent|not|stopped|quit|refuse|no longer|hardly|barely|struggle to|struggling to|trouble"
)
LIMB = "arm|leg|hand|finger|foot|toe|thumb|wrist|ankle|calf|thigh|limb|shin"
FACE = "face|mouth|smile|lip|cheek|eyelid|eyebrow|grin"
EYE = "eye|sight|vision|eyesight"
HEAD = "head|skull|forehead|temple|scalp"
CHEST = "chest|breastbone|sternum|heart|ribcage|rib|middle of my breast|middle of the breast|my breast|my front|boob"
BELLY = "belly|tummy|stomach|abdomen|gut|guts|inside|tum|bump|bowel|side|groin|flank"
PERSON = "baby|bub|bubba|lo|little one|toddler|newborn|infant|child|kid|son|daughter|boy|girl|grandson|granddaughter|twin|month old|week old|year old|niece|nephew|he|she"
CHILD = "baby|bub|bubba|lo|little one|toddler|newborn|infant|child|kid|son|daughter|boy|girl|grandson|granddaughter|twin|month old|week old|year old|niece|nephew"
SIDE = "one|left|right|same side|half|whole side|other side|l|r"
NOW = "now|sudden*|today|tonight|ago|this morning|this afternoon|this evening|just|woke|since|went|gone|all at once|out of nowhere|in second|hour|minute|quickly|fast|yesterday"
DEAD = "dead|numb*|useless|floppy|limp|jelly|like lead|rubber*|asleep|heavy|weak*|clumsy|paraly*|tingl*|no strength|no feeling|no power|not mine|give way|gave way|giving way"
MOVES = cross(
    FAILS,
    "work|working|move|moving|lift|lifting|raise|grip|gripping|hold|holding|obey|listen|listening|do what|doing what|respond|feel|wiggle|control|bend|squeeze|walk|stand|use",
)
CROOKED = "skew*|squint*|slid*|slip*|melt*|hang*|lower|uneven|not even|not level|lopsided|droop*|droopy|wonky|crooked|sag*|pulled|pulling|twist*|frozen|fell|fallen|asymmetr*|slack|to the side|on one side|only half|half smile|dribbl*|drool*"
SPEAKS = cross(FAILS, "speak|speaking|talk|talking|say|word|sentence|understand|name|reply|read")
JUMBLED = "jumbl*|mumbl*|slur*|muddl*|mixed up|garbl*|backward*|wrong order|nonsense|gibberish|not making sense|make no sense|like drunk|like drink|drunk*|thick|stuck|wont come|come out wrong|coming out wrong|scrambl*|word salad|weird|funny|babbl*"
SIGHT_LOST = "gone|lost|black|blackout|dark|curtain|shadow|veil|half|missing|double|nothing|blank|blind*|gray|dim|disappear*|cant see|see two|see nothing|floater|flash*|flashing|halo|ring|rainbow|cobweb"
PAINFUL = "pain*|hurt*|ach*|agony|sore|cramp*|burn*|stab*|tender|sharp|throb*|kill*"
UNBEARABLE = "agony|unbearable|worst|scream*|cry*|cant walk|cant stand|cant move|cant straighten|doubled|curled|very very|so bad|really bad|terribl*|horribl*|awful|excruciat*|like knife|knife|ripp*|tear*|never felt|cant bear|unreal|severe|strong|intense|horrendous"
HARD = "hard|rigid|rock|board|drum|solid|stone|stiff|swollen|bloated|blown|distend*|tight|huge"
SICK = "vomit*|throw* up|threw up|being sick|been sick|puk*|retch*|sick|bringing up|thrown up|chuck* up|barf*|spew*|heaving|nausea*|wont stay down|cant keep"
CONFUSED = "recogni* me|recogni* us|recogni* anyone|know who i am|know who we are|know me|stopp* making sense|stop making sense|asking the same|same question|repeating himself|repeating herself|not all there|away with the fairies|bonkers|zoned out|zoning out|zone out|spaced out|in a daze|glazed|combative|barely rousable|hard to rouse|blank|confus*|muddl*|nonsense|gibberish|rubbish|delir*|not himself|not herself|not making sense|drows*|sleepy|groggy|lethargic|not with it|out of it|doesnt know|dont know where|agitated|rambl*|strange|wont stay awake|cant stay awake|keep falling asleep|hallucinat*|see thing|talk funny|vacant|limp|unresponsive"
HOT = "fever*|temp*|hot|burning|boiling|shiver*|shak*|chill*|rigor*|38*|39*|40*|101*|102*|103*|104*|cold sweat|sweat*|freezing"
BLUE = "color of|colour of|like a ghost|like a sheet|chalk*|translucent|lifeless|blue|bluish|gray|purple|white|pale|ashen|mottled|blotchy|marble*|waxy|dusky|black|yellow|clammy|navy"
COLD = "cold|ice|icy|freezing|numb*|cant feel|no feeling|no pulse|tingl*|pins|dead"
POURS = (
    "pour*|gush*|stream*|drip*|leak*|flood*|spout*|spurt*|squirt*|wont stop|like a tap|running|soak*|pump*|trickl*|flowing|ooz*"
)
RED = "blood*|red|clot*|crimson|claret|warfarin|anticoagulant|thinner|tissue|towel|basin|bucket|pad"
FALLS = "fell|fall|fallen|rolled off|came off|come off|thrown off|thrown from|dropped|tumbled|hit|bang*|bump*|knock*|crash*|slipped|tripped|kicked|punched|landed|whack*|smack*|headbutt*|cracked"
INGESTED = "neck*|down*|guzzl*|snort*|huff*|shot up|injected|put on|stuck on|drank|drink|drinking|drunk|swallow*|ate|eat|eating|eaten|took|take|lick*|chew*|got into|got hold|sip*|gulp*|mouthful|inhal*|breathed in|munch*|sucked|in his mouth|in her mouth|gone down"
POISON = "cleaner|for clean*|to clean|cleaning|oven|toilet|bleach|detergent|chemical|polish|petrol|fuel|paint|glue|batter*|magnet|mushroom|berr*|weedkiller|antifreeze|descaler|unblocker|pesticide|nail varnish|remover|white spirit|turps|turpentine|vape|nicotine|perfume|sanitizer|dishwasher|washing|capsule|coin|screw|drain|acid|poison*|solvent|lighter|bath bomb|plant food|rat|slug"
INTENT = "thought*|image*|urge*|voice*|idea*|vision*|tempt*|want|wants|going to|gonna|swear|about to|plan*|say|says|said|threat*|keep think*|imagin*|scared i|afraid i|might|will|going"
VIOLENT = "smother*|suffocat*|strangl*|stab*|kill*|drown*|shoot*|hurt*|harm*|attack*|throttl*|murder*|beat*|batter*|hit|slit|burn*|push*|poison*|shak*|get|throw*"
THEM = "him|her|them|baby|husband|wife|partner|boyfriend|girlfriend|neighbor|mum|mom|dad|mother|father|sister|brother|kid|child|children|son|daughter|boss|people|someone|somebody|everyone|teacher|family|ex|colleague"
WEAPON = "machete|knife|axe|gun|hammer|sword|bat|crowbar|blade|shotgun|rifle|petrol|pistol|screwdriver|weapon|hatchet"
OP = "op|operation|surgery|c section|cesarean|wound|scar|stitch*|stapl*|incision|removed|replacement|tonsil*|appendix|gallbladder|hysterectomy|knee|hip|drain"

_FAMILIES: dict[str, tuple[Cue, ...]] = {
    "stroke": (
        cue(LIMB, MOVES, within=9, deniable=False),
        cue("speech", "gone|lost|went|disappear*|vanish*", "since|woke|today|sudden*|this morning|tonight|now|minute|hour|again|just", within=12),
        cue(FACE, CROOKED, within=9, deniable=False),
        cue(FACE, cross(FAILS, "move|moving|work|working|close|smile|lift"), within=8, deniable=False),
        cue(SPEAKS, NOW + "|out|properly|jumbl*|wrong|face|arm|right", within=14, deniable=False),
        cue("speech|word|talk|talks|talking|speak|speaks|speaking|sentence|voice|sound|sounds", JUMBLED, within=8, deniable=False),
        cue(LIMB, DEAD, NOW + "|" + SIDE, within=14, deniable=False),
        cue(SIDE, "face|body|side", DEAD, within=10, deniable=False),
        cue(EYE + "|see|seeing", SIGHT_LOST, NOW + "|one eye|left eye|right eye|other eye|come back|came back", within=14, deniable=False),
        cue("lean*|fall*|veer*|list*|stagger*|lurch*|wobbl*|walk", "one side|sideways|to the left|to the right|drunk*|straight", NOW, within=16, deniable=False),
        cue("pen|cup|phone|fork|spoon|key|mug|glass|thing|everything|stuff|knife", "slid*|slip*|drop*|fall*|falling|fell", "hand|finger|grip|arm", within=16),
        cue("letter|word|text|sentence|page|clock|remote|name", "foreign|another language|backward*|nonsense|make no sense|not making sense|cant read|jumbl*|scrambl*|wrong|alien|swim*|dance", NOW + "|hand|finger|arm|side|face|eye|speech|speak*", within=ANYWHERE, deniable=False),
        cue("call*|calling|says|saying|put|putting|puts", "wrong name|wrong word|wrong way|backward*|inside out|wrong foot|instead of", NOW + "|droop*|side|eyelid|arm|hand", within=ANYWHERE),
        cue("drop*|fumbl*|cant hold", "cup|fork|phone|pen|glass|keys|mug|everything|spoon", "hand|arm|side|face|wonky|word|speech|talk*|keep*|smile", within=ANYWHERE, deniable=False),
    ),
    "sudden_headache": (
        cue(HEAD + "|headache|brain", "explo*|burst*|popp*|pop|snap*|thunder*|axe|hammer|struck|lightning|hit by|hit with|baseball|bomb|gunshot|out of nowhere|blew|split*|worst|like never|never like", within=12, deniable=False),
        cue("head|headache", "sudden*|abrupt*|instant*|in second|within second|all at once", "very|strong|bad|worst|severe|terribl*|unbearable|huge|horrible|neck|light|sick|vomit*", within=ANYWHERE),
        cue("head|headache", "light|bright", SICK + "|neck|scream*", within=ANYWHERE, deniable=False),
    ),
    "chest_pain": (
        cue(CHEST, "pressure|press*|squeez*|tight*|heavy|heaviness|crush*|weight|elephant|stone|brick|truck|horse|belt|band|strap|fist|grip*|clamp*|vice|rope|stand* on|standing|sitting|kneel*|strangl*|wring*|bear hug|burst*|iron|anvil|tonne|ton", within=12),
        cue("angina", "coming on|come on|comes on|came on|brought on|start*", "brush*|dress*|rest|sitting|bed|lying|watching|toilet|few step|slightest", within=18),
        cue("angina|gtn|nitro*|spray", "spray|gtn|nitro*|puff|used it|needed it", "four|five|six|seven|eight|every hour|more often|not help*|isnt help*|doesnt help*", "today|tonight|now|this week|since|hour|morning|keep*", within=ANYWHERE),
        cue(CHEST, PAINFUL, "arm|shoulder|jaw|neck|back|sweat*|sick|breath*|clammy|going|spread*|now|hour|minute|walk*|stair", within=18),
        cue("heart|pulse", "racing|race*|galop*|gallop*|fast|flutter*|thump*|pound*|skip*|jump*|flip*|mad|crazy|180|170|160|190|200|stopp*|slow", "faint*|dizz*|floor|collaps*|go down|breath*|pass* out|black*|chest|sweat*|fall|weak|sick", within=ANYWHERE),
        cue("jaw|arm|shoulder|back|neck", PAINFUL + "|heavy|numb*|dead", "indigestion|heartburn|wind|sweat*|clammy|gray|sick|breath*|chest", within=ANYWHERE),
        cue("gray|sweat*|clammy|pale|cold|chalk*|green", "clutch*|hold*|grab*|rubb*|grip*|press*|fist", "chest|heart|arm|breastbone|sternum", within=ANYWHERE),
        cue("sweat*|clammy|cold sweat|drenched|dripping", "behind my rib|behind the rib|under my rib|between my shoulder|upper back|breastbone|indigestion|heartburn|trapped wind|wind|arm|jaw|denture|tooth", within=ANYWHERE),
    ),
    "breathing": (
        cue(cross(FAILS, "breathe|breath|inhale|air"), NOW + "|i|he|she|my|any|properly|lie|down|out|in|enough|no", within=10, deniable=False),
        cue("no air|no breath|no oxygen|little air|short of air|need air|not enough air|air hunger|out of air", within=4, deniable=False),
        cue("froth*|foam*|bubbl*|pink", "cough*|lung*|mouth|spit|phlegm|drown*|breath*|throat|coming up|chest|sputum", within=12),
        cue("drowning|drown", "own|lung*|breath*|froth*|fluid|lie|lying|bed|inside|night", within=8),
        cue("rib|chest|tummy|neck|nostril|throat", "suck*|pull*|draw*|cav*|flar*|in and out|hollow*|sink*|retract*", "breath*|in|fast|grunt*|noise|cough*", within=14),
        cue("belly|tummy|stomach|nostril|shoulder|neck|rib|whole body", "use|using|going|flar*|heav*|pump*|work*|up and down", "to breathe|breathe|breath|nostril|each breath|every breath", within=14),
        cue("straw|blanket|bag|band|pillow|underwater|syrup|treacle", "breath*|air|breathe|lung", "like|through|over|under|suck*", within=14),
        cue("inhaler|puffer|pump|nebuli*|neb|blue one|spray|ventolin|salbutamol|reliever", cross(FAILS, "touch|touching|help|helping|work|working|do|doing|last|lasting") + "|no good|no help|useless|nothing|run out|ran out|empty|every hour|ten time|again and again|no effect|lots", within=12, deniable=False),
        cue("lip|face|mouth|finger*|nail|tongue|skin|ear|round his mouth|round her mouth|child|baby", BLUE, "breath*|pant*|gasp*|cough*|lip|tongue|grunt*|funny|gone|turn*|went|is|are", within=14),
        cue("word|sentence|talk|speak", "gasp*|breath*|pant*|puff*|air|wheez*", "only|cant|stop|between|before|without|one|two|three|few", within=ANYWHERE, deniable=False),
        cue("gasp*|pant*|rasp*|wheez*|grunt*|rattl*|high pitch*|whistl*|crow*|squeak*|stridor|noisy", "breath*|breathing|air|inhal*|lung|chest", within=12),
        cue("swallow*|chok*|stuck|went down|inhal*|lodged", "grape|food|coin|toy|bead|bone|nut|sweet|meat|marble|balloon|something|bit of|piece", "breath*|noise|cough*|throat|blue|drool*|gag*|wheez*|stuck|windpipe|wrong way", within=ANYWHERE),
    ),
    "anaphylaxis": (
        cue("nut|peanut|prawn|sting|stung|bee|wasp|antibiotic|egg|milk|fish|sesame|kiwi|penicillin|wheat|soy|bitten|bit|jab|pill", "tongue|lip|throat|mouth|eye|face|voice|neck", "furry|fuzzy|slit|scratch*|prick*|tickl*|tingl*|shut|closing|closed|narrow*|thick|fat|funny|strange|burning|lump|puff*|swell*|swollen|big|huge|balloon*|hoarse|croak*", within=ANYWHERE),
        cue("tongue|lip|throat|mouth|palate|gullet", "itch*|prickl*|tingl*", "ate|eat|eaten|eating|nut*|peanut|prawn|shellfish|fish|egg|sting|stung|bee|wasp|antibiotic|jab|injection|vaccine|sesame|kiwi|allerg*|contrast|took", within=ANYWHERE),
        cue("tongue|lip|throat|neck|face|eye|mouth|gullet|windpipe|voice|airway", "swell*|swollen|big|bigger|huge|fat|balloon*|blown|blew|clos*|tight*|thick|puff*|croak*|hoarse|lump|doubled|size|narrow*", "ate|eat|eaten|eating|nut*|peanut|prawn|shellfish|fish|egg|milk|sting|stung|bee|wasp|pill|tablet|antibiotic|jab|injection|vaccine|medicine|curry|sesame|kiwi|allerg*|bite|bitten|drug|dye|contrast|took|latex", within=ANYWHERE),
        cue("nut*|peanut|prawn|shellfish|sting|stung|bee|wasp|antibiotic|jab|vaccine|contrast|sesame|allerg*|egg|milk|fish|penicillin|new pill", "faint*|throat|tongue|lip|wheez*|breath*|collaps*|hive*|bump*|welt*|lump*|blotch*|rash all|dizz*|choke*|swell*|swollen|puff*", NOW + "|after|feel*|all over|get*|spread*", within=ANYWHERE),
    ),
    "seizure": (
        cue("body|arm|leg|eye|he|she|baby|limb|jaw|brother|sister|husband|wife|him|her", "stiff*|jerk*|twitch*|shak*|convuls*|thrash*|rigid|spasm*|juddering|trembl*", "eye|tongue|foam*|froth*|pee|wet|look*|stare*|staring|respond*|answer*|minute|fall*|fell|floor|wont stop|blank|blue|keep*|conscious*", within=24, deniable=False),
        cue("fit|fits|seizure|convulsion|turn|turns|episode|attack", "three|two|four|five|six|several|back to back|in a row|another|more than|second|cluster*|one after", "today|since|hour|morning|breakfast|minute|tonight|now|day|again|lunch", within=12),
        cue("eye", "roll*|flicker*|back in|up in|fixed|glazed|star*", "jerk*|stiff*|shak*|twitch*|floor|limp|floppy|foam*|back|answer*|respond*|head", within=16, deniable=False),
    ),
    "unconscious": (
        cue(cross("cant|wont|doesnt|isnt|not|dont|stopped|hardly|barely", "wake|waking|rouse|respond|responding|answer|answering|come round|come to|stir|react|open"), "he|she|him|her|them|me|mum|mom|dad|baby|husband|wife|nan|gran|son|daughter|up|brother|sister|friend|mate|child", within=8, deniable=False),
        cue("shak*|shout*|call*|slap*|/pinch\\w* (?:him|her|them|his|mum|dad|the baby)|poke*|tapp*|shook", "groan*|moan*|nothing|no response|off|no answer|eye|grunt*|mumbl*", within=14),
        cue("floor|ground|bathroom|kitchen|stair|bed|chair|toilet", "not answer*|isnt answer*|wont answer|not mov*|isnt mov*|wont mov*|not respond*|isnt respond*|unconscious|groan*|slump*|face down|found|cold|cant get up|cant get him up|cant get her up", within=14, deniable=False),
        cue("black* out|pass* out|faint*|keel* over|collaps*|conk* out|went down|dropped to|out cold|lost consciousness|greyed out|gone out", "stair|floor|dont remember|heart|run*|exercise|gym|pool|driving|chest|head|again|today|minute|flutter*|work|bath|second", within=16),
        cue("floppy|limp|lifeless|rag doll", "breath*|pale|blue|gray|answer*|wake|respond*|gone|went|eye", within=14, deniable=False),
    ),
    "bleeding": (
        cue("nose|mouth|ear|bottom|bum|gum|tooth|wound|cut|wrist|arm|leg|neck|head|fistula|line|scar|vagina|down below|down there|bum|back passage|stoma|penis|gash|dialysis|site|finger|tongue", POURS, RED, within=20, deniable=False),
        cue("blood*|clot|red|crimson", "cup|cupful|mug|bowl|bucket|pint|towel|sheet|puddle|pool|golf ball|plum|egg|handful|liver|everywhere|lots|loads|lump|jug|glassful|spoonful|tablespoon|a lot|full of", "cough*|sick|vomit*|poo|wee|pee|toilet|cut|wrist|nose|mouth|soak*|pass*|bleed*|come|came|coming|bottom|threw|period|down|floor|bathroom|up", within=24),
        cue("sick|vomit*|threw|throw*|brought up|bringing up|puk*|cough*|spit*", "coffee|brown grain|black bit|blood*|red|clot|dark|granul*|rusty", within=12),
        cue("poo|poop|stool|number two|motion|bowel|shit|crap|turd|diarrhea|runs|toilet", "tar|tarry|black|sticky|blood*|red|clot|maroon|treacle|liquorice|jam|jelly|coal|dark", "faint*|dizz*|weak|smell*|sticky|lot|full|like|lots|bowl|cramp|pale|breath*|days|and|today|since", within=16),
        cue("blood", cross("dont|doesnt|wont|isnt|not|hasnt|cant", "stop|stopping|stopped|clot|clotting|slow"), within=8, deniable=False),
        cue("pad|tampon|towel|nappy", "soak*|through|chang*|full|every|hour|fill*", "hour|half|minute|clot|lump|dizz*|faint*|birth|baby|every", within=16),
    ),
    "sepsis": (
        cue(HOT, CONFUSED + "|cant think|not weed|not peed|no wee|havent weed|" + BLUE + "|breathing fast|breathing quick*|breathing rapid*|panting|very fast|teeth chatter*|bed shake*|dying|terrible|collapse*", "infection|catheter|wound|line|picc|port|cut|leg|uti|water|wee|weed|pee|urine|skin|bite|chest|pneumonia|kidney|flush*|drip|hand|feet|think|bed|ulcer", within=ANYWHERE, deniable=False),
        cue("cut|bite|wound|scratch|spot|red|redness|boil|ulcer|insect", "red line|streak*|track*|spread*|up to|up my|creeping|groin|armpit|moving up", HOT + "|dying|terrible|awful|ill|unwell|pain*", within=ANYWHERE),
        cue("picc|line|port|catheter|hickman|dialysis", "flush*|chang*|out|block*|in|access*", "rigor*|shiver*|shak*|fever*|chill*|cold|terrible|hot", within=ANYWHERE),
    ),
    "neutropenic_fever": (
        cue("chemo|chemotherapy|leukemia|lymphoma|cancer drip|cancer treatment|cancer pill|myeloma|transplant*|oncology|neutrophil*|immunotherapy|cancer drug|low white", HOT + "|wobbly|unwell|cold|poorly|sore throat|ill", NOW + "|feel*|got|is|am|have|day|last", within=ANYWHERE),
    ),
    "meningitis": (
        cue("neck|chin", "stiff*|bend|rigid|cant move|hurt*|wont bend|lock*|to my chest|on my chest|touch", "light|rash|spot|fever*|temp*|hot|head|headache|sick|vomit*|drows*|confus*|hot", within=ANYWHERE, deniable=False),
        cue("rash|spot|bruise|dots|marks|blotch*|freckle", "fade*|glass|tumbler|purple|bruis*|blotch*|press*|dark|red", "fever*|temp*|hot|neck|light|confus*|head|sleepy|cold|floppy|sick|cry*|unwell|ill", within=ANYWHERE, deniable=False),
        cue("soft spot|fontanel*", "bulg*|sunken|swollen|tight|hard|stick*|raised", within=8),
        cue("cry|crying|scream*|wail*", "high|weird|strange|odd|pitch*|shrill|moan*|different|unusual", "baby|month|week|newborn|feed|floppy|hot|bub|lo|infant|she|he", within=ANYWHERE),
    ),
    "abdominal": (
        cue(BELLY, HARD, SICK + "|" + PAINFUL + "|poo|pooed|wind|gas|fart*|cant|agony|touch", within=ANYWHERE, deniable=False),
        cue(BELLY, PAINFUL, UNBEARABLE, within=ANYWHERE, deniable=False),
        cue(PAINFUL, "low down|lower right|down low|right side|appendix|right hand side|belly button|groin", SICK + "|cant|jump*|walk*|move*|fever*|temp*|stand|hop|hot|worse", within=ANYWHERE, deniable=False),
        cue("hernia|lump|bulge", "hard|purple|black|red|wont go|wont push|stuck|agony|pain*|push back|sick", "groin|hernia|belly|agony|pain*|sick|hurt*|push|navel|stomach", within=ANYWHERE, deniable=False),
        cue("back|belly|tummy|stomach|side|spine", "rip*|knife|bor*|burn*|tear*|pulsat*|throb*|beating|pulse", "aorta|aneurysm|aaa|faint*|cold|collaps*|sweat*|lie still|cant lie|drinking|sick|spine|through", within=ANYWHERE),
        cue("poo|pooed|wind|gas|fart*|bowel", "havent|hasnt|cant|no|nothing|not|stopped", "green|sick|vomit*|swollen|drum|bloat*|belly|throw*|balloon|bringing", within=ANYWHERE, deniable=False),
        cue("bringing up|throw* up|vomit*|sick", "green|bile|brown|poo|fecal|yellow and", "belly|pain*|tummy|day|swollen|wind|scream*|baby|stomach|cramp*", within=ANYWHERE),
    ),
    "cauda_equina": (
        cue("wipe|wiping|wiped|saddle|bum|bottom|backside|private|groin|down below|down there|genital|between my leg|between ~ leg|crotch|vagina|penis|undercarriage", "numb*|cant feel|no feeling|tingl*|dead|pins|no sensation|lost feeling|feel different", within=14, deniable=False),
        cue("back|sciatic*|disc|slipped|spine|spinal|both leg", cross("cant|dont|wont|havent|not|trouble|struggle|struggling", "pee|wee|urinate|poo|go") + "|wet* myself|wet the bed|poo* myself|pooed|soil* myself|without noticing|without knowing|leak*|accident*|lost control|incontinen*|bladder|bursting", within=ANYWHERE, deniable=False),
        cue("both leg|leg", "weak*|numb*|wont hold|give way|going", "back|bladder|bowel|pee|poo|bottom|sciatic*", NOW, within=ANYWHERE, deniable=False),
    ),
    "testicular_torsion": (
        cue("ball|balls|nut|nuts|testicle|testi*|bollock|nad|scrotum|sack|plum|knacker", PAINFUL + "|agony|swollen|hard|high*|twist*|red|purple", NOW + "|sick|cant touch|swollen|up|bad|agony", within=ANYWHERE, deniable=False),
    ),
    "limb": (
        cue(LIMB, BLUE, COLD + "|agony|pain*|cast|plaster|bandage|tight|swollen", within=24, deniable=False),
        cue(LIMB, "ice|icy|stone cold|freezing|cold", "cant feel|numb*|white|pulse|agony|pain*|cant move|sudden*|blue|marble", within=24, deniable=False),
        cue(LIMB + "|cast|plaster", "solid|rock|hard|tight|tense|swollen", "agony|unreal|cant feel|blue|tingl*|numb*|wiggle|unbearable|excruciat*|kicked|crush*|excessive", within=ANYWHERE, deniable=False),
    ),
    "clot": (
        cue("leg|calf|thigh|arm|ankle|groin", "fat|twice|bigger|double|huge|swollen|swell*|puff*|size|ballooned|tight|thicker", "one|other|hot|red|sore|tender|pain*|flight|flew|journey|plane|coach|op|cast|blue*|warm|port|pill|behind|surgery|pregnan*|breath*", within=ANYWHERE),
        cue("stab*|sharp|catch*|knife|pain*|hurt*", "breathe in|breathe|breath in|deep breath|breath|inhale", "leg|calf|journey|flight|bus|op|surgery|pill|blood|sudden*|swollen|puffy|chest|side|rib|lung|back", within=ANYWHERE),
    ),
    "diabetes": (
        cue("sugar|glucose|meter|reading|bm|bsl|bg|libre|dexcom|sensor|finger prick", "hi|high|lo|low|over|off the scale|error|through the roof|above|under", SICK + "|thirst*|drink*|sweat*|shak*|confus*|drows*|tummy|breath*|sleepy|ketone*|belly|stomach|pee*|aggressive|swing*|unwell|weak|fit", within=ANYWHERE),
        cue("diabet*|insulin|type 1|type one|t1|ketone*|pump", SICK + "|confus*|drows*|sweat*|shak*|sleepy|fruity|pear drop|sweet|acetone|nail polish|swing*|wont wake|faint*|breathing fast|out overnight", NOW + "|been|is|am|cant|getting|very|keep*", within=ANYWHERE, deniable=False),
        cue("drink*|thirst*|drank", "pee*|wee*|toilet|bed wetting|wetting|urinat*", "thin|weight|tired|sleepy|drows*|breath|skinny|sick|smell*|pear|fruity|lethargic|kid|son|daughter", within=ANYWHERE),
        cue("unit|units|insulin|novorapid|lantus|humalog", "instead of|too much|too many|double|twice|wrong|by mistake|accident*|extra|ten time", within=14),
        cue("breath", "fruity|pear|sweet|acetone|nail", within=10),
    ),
    "adrenal_crisis": (
        cue("addison*|adrenal|cah|hydrocortisone|prednisolone|prednisone|steroid|cortisol|hypopit*", SICK + "|d and v|diarrhea|weak|limp|collaps*|dizz*|floppy|cant stand|cant keep|wont stay down|faint*|drows*|confus*|unwell", "ran out|stopp*|missed|cant|weak|limp|sick|vomit*|been|has|have|on|dizz*|years|lost|no more", within=ANYWHERE, deniable=False),
    ),
    "heat_stroke": (
        cue("sun|heat|heatwave|hot day|festival|hot car|sauna|beach|attic|hot flat|greenhouse|marathon|degrees|sunbath*|conservatory|roof*|oven|kitchen|tent|car|/(?:3[5-9]|4\\d) degree\\w*|humid*|boiling day|outside all day|harvest*|bakery", CONFUSED + "|stopped sweating|not sweating|no sweat|dry|boiling|red hot|collaps*|faint*|vomit*|stagger*|fit|wobbl*|fell", "he|she|i|his|her|my|skin|talk*|confus*|sick|lady|man|neighbor|mum|dad|been|child|baby|him", within=ANYWHERE, deniable=False),
    ),
    "self_harm": (
        cue("decided|picked|chosen", "monday|tuesday|wednesday|thursday|friday|saturday|sunday|tonight|tomorrow|the day", r"/(?:written|wrote|letter|note) (?:to|for) (?:the |my |our )?(?:kid|child|children|family|mum|mom|dad|wife|husband|parent|son|daughter)", within=ANYWHERE, acute=True, deniable=False),
        cue(cross("no|dont see|cant see|see no|isnt any|whats|what is|lost|any", "point|reason|purpose|future|meaning|hope"), "wak*|living|life|tomorrow|carry* on|going on|being here|anymore|get* up|alive|exist*|trying|go on|here|stay*", within=12, acute=True, deniable=False),
        cue("letter|note|will|money|affair|funeral|password|account", "when i am gone|after i am gone|once i am gone|without me|if i go|goodbye|wont be here|when i go|not around|when he is gone|say* sorry", within=ANYWHERE, acute=True, deniable=False),
        cue("picked|pick|chosen|choose|set|decided|found|planned|know|got", "/(?<!every )(?<!per )(?<!each )(?<!all )(?<!a )day|date|spot|place|/(?<!every )(?<!all the )(?<!long )(?<!first )time|method|how i will|way to do it|where i will|bridge", "nobody|no one|goodbye|pill|rope|alone|secret|over|gone|sorry|end|tell anyone|needs to know|need to know|peace|free", within=ANYWHERE, acute=True, deniable=False),
        cue("gave|giving|given|give", "xbox|bike|dog|cat|guitar|watch|jewel*|stuff|belonging*|thing|clothes|ring|money", "away|goodbye|rope|sad|cousin|friend|depress*|sorry|note|letter|dead", within=ANYWHERE, acute=True),
        cue("rope|noose|hosepipe|razor|blade|belt|stash|stockpile", "under|hidden|hiding|found|around|neck|bed|wardrobe|garage", "son|daughter|bed|neck|he|she|her|his|my", within=14, acute=True),
        cue("standing on|sat on|sitting on|on the edge|at the edge|edge of|on the ledge|on top of|by the side of", "bridge|ledge|roof|cliff|platform|car park|track|railway|motorway|balcony|multi storey|flyover|weir", within=8, acute=True),
        cue("world|everyone|family|kids|kid|people|they|things|life", "fine|better|happier|easier|carry on|go on|spin*|lighter", "without me|if i was gone|if i wasnt|if i were gone", within=12, acute=True),
        cue("when i am gone|once i am gone|after i am gone", "ok|okay|better|happy|happier|fine|look after|dog|cat|kids|kid|children|sorted|left|miss|them", within=14, acute=True, deniable=False),
        cue("voice|voices|head", "tell*|say*|order*|command*|shout*", "jump*|die|hurt*|kill*|cut*|burn*|harm*|do it|bad thing|stab*|end", within=12, acute=True),
        cue("nobody|no one|noone|everyone|everybody|they|world|family|kids|kid|people|wife|husband", "miss me|care if|notice|better off|happier without|easier without|be better without|better without|would be relieved|without me|if i wasnt|if i werent|if i died|if i disappeared", within=12, acute=True, deniable=False),
        cue("tired|exhausted|sick|done|fed up|had enough", "living|life|being alive|existing|fighting|trying|this world|breathing|waking up", within=6, acute=True),
        cue("wish|want|hope|hoping|like|love|pray", "not wake|never wake|wouldnt wake|dont wake|didnt wake|go to sleep and|sleep forever|not be alive|not be here|not exist|not exist anymore|disappear*|stop existing|be dead|all stop|all to stop|be over|be gone|die|vanish", within=9, acute=True, deniable=False),
        cue("cut|cutting|slash*|burn*|scratch*|slice*|carv*|hit*|starv*", "myself|himself|herself|my arm|my wrist|my leg|my thigh|her arm|his arm|again", "stop|deep*|again|blood|tonight|cant|secret|keep*|hide*|feel", within=14, deniable=False),
        cue("goodbye|bye", "note|letter|forever|text|message|last time|wrote|left|post*", within=8, acute=True),
        cue("pill|tablet|paracetamol|med|rope|blade|razor|knife|noose|insulin", "lined up|in front|ready|counted|laid out|saved|saving|hidden|all of them|whole lot|in my hand|going to take|tied", within=10, acute=True),
        cue("jump|jumping|step off|walk into|drive into|lie down on", "bridge|balcony|window|roof|cliff|track|train|traffic|river|sea|tree|wall|car park|in front", "i|my|he|she|him|her|brother|sister|son|daughter|want*|think*|tell*|going", within=14, acute=True),
    ),
    "harm_to_others": (
        cue(INTENT, "smother*|suffocat*|strangl*|stab*|kill*|drown*|shoot*|hurting|harming|attack*|throttl*|murder*|poison*|slit|beating|batter*", THEM, within=9, acute=True),
        cue(WEAPON, INTENT + "|threat*|after|coming for|ready|waving|come for", VIOLENT + "|get|go for|finish", THEM, within=20, acute=True),
        cue("voice|voices", "tell*|say*|order*", "hurt*|kill*|stab*|harm*|attack*|get|push*", THEM, within=14, acute=True),
    ),
    "overdose": (
        cue("i have just done it|i just did it|i already did it|i have done it|just took them|just taken them|i have already taken them|just swallowed them", "because|asking|ask|since i|cos|as i", within=8, acute=True, deniable=False),
        cue("neck*|down*|swallow*|drank|took|taken|had|popped|necking|finished|emptied|through", "whole|bottle|box|packet|strip|all my|all of my|/all the(?! time| day| way| best)|handful|loads|lot of|two day|three day|days running|double|twice|both|together|extra|too many|too much|fistful|tub|blister pack|bunch", "pill|tablet|med|medicine|anticoagulant|insulin|nurse|syrup|paracetamol|ibuprofen|sleep*|painkiller|drug|antidepressant|vodka|steroid|dose|unit", within=20),
        cue("kid|child|toddler|son|daughter|grandson|granddaughter|baby|he|she|dog|year old", "suck*|chew*|lick*|stuck on|wear*|peel*|swallow*|ate|mouth", "patch|pill|tablet|battery|magnet|capsule|gummy|gummie|vape|pod|edible|weed|cannabis", within=ANYWHERE),
        cue(INGESTED, POISON, "mistake|accident*|mouth|burn*|throat|kid|child|toddler|son|daughter|baby|year old|some of|just|ago|2yr|3yr|bottle|bit of|whole", within=16, deniable=False),
        cue("toddler|child|kid|son|daughter|baby|year old|2yr|3yr|grandson|granddaughter|lo|little one|boy|girl", "got into|got hold|swallow*|ate|eaten|chew*|drank|sucked|took|in his mouth|in her mouth|found with|missing|empty", "pill|tablet|med|medicine|nan|gran|granny|battery|bottle|packet|vape|capsule|cleaner|berries|berry|plant|patch|magnet|coin|drug|heart", within=ANYWHERE),
        cue("carbon monoxide|co alarm|gas leak|smell gas|fumes|boiler|generator|exhaust", "headache|head|sick|dizz*|faint*|alarm|confus*|sleepy|collaps*", within=ANYWHERE),
        cue("needle|heroin|smack|fentanyl|opioid|methadone|gear|spice|ghb|ketamine|xanax|pill|bag", "blue|snor*|gurgl*|wont wake|not breath*|barely breath*|unconscious|limp|cold|grey|gray|not moving", within=ANYWHERE, deniable=False),
        cue("took|taken|had|swallow*|neck*|downed|injected|gave|given", "every day|all of|whole|handful|too many|too much|double|twice|instead of|loads of|packet|box|bottle|strip|/(?:[12]\\d|[3-9]\\d) (?:pill|tablet|paracetamol|capsule)\\w*", "once a week|weekly|methotrexate|instead|pill|tablet|paracetamol|box|packet|by mistake|last night|ago|today|tonight|wrong", within=16),
    ),
    "head_injury": (
        cue(FALLS, "bike|bed|stair|downstairs|ladder|horse|head|tile|floor|concrete|wall|tree|scooter|trampoline|sofa|changing table|swing|cot|roof|motorbike|skateboard|cupboard|pavement|kerb|yesterday|helmet|goalpost|car", SICK + "|" + CONFUSED + "|pupil|headache|fit|dont remember|doesnt remember|cant remember|black* out|knocked out|slur*|clear stuff|clear fluid|dizz*|blur*|warfarin|anticoagulant|thinner|dent|soft|cry*|unconscious|ear", within=ANYWHERE, deniable=False),
        cue("ear|nose", "clear|watery|fluid|straw|blood*|drip*|leak*", FALLS + "|head|helmet|skull|injur*", within=ANYWHERE),
        cue("pupil", "bigger|different|uneven|unequal|blown|large*|not the same|huge|fixed|funny|odd|one", within=8),
        cue("blackeye|black eye|bruise*", "behind ~ ear|both eye|round both", "head|fell|fall|hit|helmet", within=ANYWHERE),
    ),
    "pregnancy": (
        cue("pregnan*|week|weeks|wk|bump|due date|expecting|trimester|labor", "water|waters|fluid|gush*|wet|trickl*|leak*|rope|cord|cervix", "come|coming|came|went|gone|broke|out|from|hanging|gush*|down|green|brown|pouring|leak*|trickl*", within=ANYWHERE),
        cue("water|waters", "went|broke|gone|breaking|come out|popped|green|brown", "just|my|cord|rope|week|pain*|labor|hanging|baby|now", within=14),
        cue("baby|bump|bubba|bub|twin", cross("hasnt|not|isnt|havent|stopped|less|cant|no|hardly|barely|doesnt|dont", "kick|kicked|kicking|move|moved|moving|wriggl*|feel|felt|movement") + "|quiet|gone still|so still|too still|very still|really still|dead still|still today|lazy|sluggish|less active|calm|less than|no movement|no kick", "week|since|today|inside|last night|pregnan*|yesterday|bump|all day|hour|morning|usual|normal|feel|tummy|womb", within=16, deniable=False),
        cue("pregnan*|expecting|wks|wk|week|weeks|trimester|my bump|the bump|baby bump|her bump", "headache|flash*|blur*|light|spots|puffy|swollen|under rib|under my rib|itch*|bleed*|spotting|sharp|shoulder|faint*|fall|fell|contract*|blood|one side|seizure|fit|pain*", "eye|face|hand|rib|shoulder|pain*|sharp|bad|blood|heavy|cramp*|red|now|today|tip|one side|vision|head|severe|puffy", within=ANYWHERE),
        cue("gave birth|had the baby|had a baby|had my baby|after birth|postpartum|delivered|had my son|had my daughter|new mum", "soak*|pad|clot|smell*|fever*|hot|shiver*|see thing|seeing thing|evil|voice*|not real|bleed*|calf|headache|breath*|chest|harm*|devil|possessed|paranoid|awake", within=ANYWHERE, deniable=False),
    ),
    "infant_fever": (
        cue(r"newborn|neonate|/(?:[1-9]|1[0-2]|one|two|three|four|five|six|seven|eight|nine|ten|eleven) (?:week|wk|day)\w* old|/(?:[1-9]|1[0-2])(?:week|wk|w)s? old|/(?:1|2|one|two) (?:month|mo)\w* old|/(?:1|2|one|two) (?:month|mo)|preemie|prem", "hot|warm|fever*|temp*|burning|boiling|/3[89](?:\\.\\d)?|/10[0-4](?:\\.\\d)?|cold to touch|clammy|shiver*|roasting", within=ANYWHERE),
    ),
    "sick_child": (
        cue(CHILD, "floppy|limp|rag doll|gray|mottled|blotchy|sunken|grunt*|lifeless|wont drink|wont feed|wont eat|not feeding|not drinking|hardly awake|too sleepy|cant lift|wont lift|moaning|glassy|unresponsive|wont stop cry*|inconsolable|blue|wont wake|stiff|cold hand|cold feet|not right|drows*|dry lip|no tear|refus* bottle|refus* feed", within=ANYWHERE, deniable=False),
        cue(CHILD + "|nappy|diaper", cross("no|not|hasnt|havent|none|dry|without|last", "nappy|diaper|wee|weed|wet|pee|peed"), "hour|day|since|morning|today|/\\d+ ?h\\w*|night|drink|sunken|yesterday|nappy", within=ANYWHERE, deniable=False),
        cue(CHILD, "green|jelly|bile|red poo|blood", SICK + "|poo|scream*|vomit*|leg up|nappy", within=ANYWHERE),
        cue(CHILD, "hand|feet|lip|skin", "cold|blue|blotchy|mottled|gray|purple|pale", within=ANYWHERE),
    ),
    "eye": (
        cue("eye|vision|sight|see|seeing", "curtain|shadow|veil|floater|flash*|flashing|cobweb|black spot|blind*|gone|lost|cant see|nothing|dark|blank|halo|ring round|rings|rainbow", NOW + "|loads|new|corner|side|one|left|right|lots|pain*|red|sick|black", within=18, deniable=False),
        cue("floater|flash|flashes|flashing|spots|specks", "shadow|curtain|corner|new|loads|lots|sudden*|veil|shower|dark", within=16),
        cue("eye", "bleach|acid|chemical|lime|cement|cleaner|ammonia|alkali|metal|glass|nail|splash*|squirt*|spray*|fish hook|grinding|firework|wire|pencil|stick", "in|into|stuck|burn*|pain*|hit|splash*|flew|red|cant|went|got|pok*|out", within=14),
        cue("eye", "pain*|hurt*|red|rock|hard|agony|throb*|pop*", SICK + "|light|blur*|halo|ring*|cant see|vision|sight|lens|contact", within=ANYWHERE, deniable=False),
        cue("pupil", "shape|torn|leaking|funny|wonky|teardrop", within=10),
    ),
    "burns": (
        cue("tea|coffee|soup|porridge|noodle|gravy|wax|bath|shower|tap|straightener|hot chocolate|custard|pan|grill|candle", "blister*|scald*|peel*|raw|charred|skin|whole", "chest|face|arm|leg|hand|neck|tummy|belly|foot|back|body|bottom|baby|toddler|child|son|daughter", within=ANYWHERE),
        cue("kettle|boiling|scald*|hot water|hot oil|chip pan|fire|flame*|acid|bleach|electric*|live wire|socket|mains|iron|oven|bbq|firework|petrol|steam|soup|hob|caustic|lightning|cable", "skin|peel*|blister*|charred|raw|burn*|scald*|white|thrown|black|melted|red|shock*|flesh", "face|chest|hand|arm|leg|himself|herself|baby|month|toddler|tummy|back|neck|whole|skin|finger|child|son|daughter|foot|palm|body", within=ANYWHERE),
        cue("acid|bleach|chemical|caustic|alkali|cement|petrol", "face|skin|hand|eye|arm|leg|mouth|throat|chest", "burn*|sting*|pain*|peel*|splash*|throw*|threw|spill*|on", within=ANYWHERE),
        cue("live wire|electrocut*|got a shock|electric shock|mains|socket|pylon", "thrown|charred|hand|burn*|black|heart|chest|numb*|grabbed|touched|dizz*|faint*", within=ANYWHERE),
    ),
    "abuse": (
        cue("he|she|husband|wife|partner|boyfriend|girlfriend|ex|dad|mum|stepdad|brother|carer|they", "throat|neck", "hand|hands|squeez*|chok*|grab*|round|strangl*|held|grip*|thumb", within=14),
        cue("he|she|husband|wife|partner|boyfriend|girlfriend|ex|dad|father|mother|mum|son|brother|they|man|someone|somebody", "choked me|strangled me|choked|strangled|suffocated|smothered|throttled|burnt me|stabbed me|bit me|dragged me|pinned me|threw me|locked me|drugged me|beat me up|kicked me|punched me|hit me|raped me|forced me", within=6),
        cue("scared|afraid|terrified|frightened|dont want", "go home|at home|go back|my dad|my mum|my husband|of him|of her|my partner|tell anyone|stepdad|boyfriend", within=10, deniable=False),
        cue("dad|mum|stepdad|uncle|brother|husband|boyfriend|wife|partner|carer|carers|staff|teacher|coach|he|she|they|grandad|babysitter|neighbor", "hurt*|hit*|beat*|punch*|kick*|slap*|burn*|touch*|force*|lock*|starv*|threaten*|bruis*|shov*|pinch*|shak*", "me|my gran|my nan|my mum|my mother|my dad|my sister|my brother|grandma|the baby|my son|my daughter|the kids|us|him|old lady", within=6, ordered=True),
        cue("raped|rape|assaulted|attacked|molested|groped|drugged|spiked|made me|forced me|forced to", "i|me|was|saturday|night|weekend|friend|party|sex|sexually|ex|he|uncle|drink", within=8),
    ),
    "postoperative": (
        cue(OP, "burst*|open*|split*|gap*|green|pus|smell*|hot|ooz*|inside|shiver*|fever*|temp*|red|leak*|black|apart|see inside|weep*|yellow", "wound|scar|shiver*|fever*|hot|smell*|pus|green|open|burst|inside|temp*|stitch*|friday|week|day|ago|last", within=ANYWHERE),
        cue("op|operation|surgery|replacement|hip|knee", "pop|popped|snap|crack|clunk|dislocat*|shorter|twisted|turned out", "weight|shorter|walk|stand|leg|pain*|hip|move|foot", within=ANYWHERE, deniable=False),
    ),
    "skin_reaction": (
        cue("skin|rash|mouth|lip|eye|body|private", "peel*|blister*|sheet|raw|coming off|falling off|slough*|burn*|ulcer*|strip*", "tablet|pill|medicine|started|new|antibiotic|drug|epilepsy|allopurinol|lamotrigine|anticonvulsant|gout|mouth|since|carbamazepine|sulfa", within=ANYWHERE),
    ),
}  # fmt: skip


def with_families(topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """Return topics with the families of their signs behind their own cues."""
    tables = (_FAMILIES, MORE_FAMILIES, RARE_FAMILIES, DEED_FAMILIES, CLINICAL_FAMILIES)
    return tuple(topic._replace(cues=sum((table.get(topic.name, ()) for table in tables), topic.cues)) for topic in topics)
