"""Figures of speech that borrow the words of emergencies: "this rota is killing me", "bursting to know", "the portal keeps crashing".

Read over folded words before any rule: each is replaced, so that its words tell nothing. Phrases first, then classes: what does
it (a chore, a device), and the verb.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from functools import cache

_CHORE = (
    r"inbox|emails?|paperwork|admin|work|workload|deadlines?|homework|rota|bills?|exams?|uni|revision|forms?|traffic|phone|queue|commute|mortgage|tax|rent|housework"
    r"|laundry|marking|spreadsheets?|meetings?|dissertation|thesis|essays?|assignments?|shift|schedule|diet|wedding|garden|decorating|suspense"
)
_DEVICE = r"phone|app|website|portal|computer|laptop|wifi|internet|printer|login|broadband"
_PHRASES = (
    r"heart attack on a \w+|(?:gave|give|giving|gives) (?:me|him|her|us) (?:a|an) (?:\w+ )?(?:heart attack|stroke|seizure|fit)|(?:nearly|almost|about) (?:had|have|having) (?:a|an|my) (?:\w+ )?(?:heart attack|stroke|fit|seizure)(?: when| at| over| reading| seeing| laughing)|have a heart attack when"
    r"|(?:dont|didnt|not) have a (?:fit|cow|stroke)|dying to|die laughing|died laughing|laugh\w* (?:so hard )?(?:\w+ )?(?:nearly |almost )?died|to die for|bored to death|scared to death|worked to death|sick to death|worried to death|over my dead body"
    r"|dying for (?:a|an|some) |dying over here|dying here with|(?:diet|bill|job|work|shoe|feet|foot|knee|back|traffic|wait|waiting|schedule|ehr|system|heat|commute|homework|boredom|suspense|curiosity|price|pollen|stair) (?:\w+ ){0,2}?(?:is|are) (?:\w+ )?(?:killing|choking|suffocating|strangling) (?:me|us)|(?:wait|cost|fee|job) (?:\w+ )?(?:is|are) choking"
    r"|blood (?:is )?boil|bleeding edge|bleeding obvious|(?:do|doing|does|did) (?:my|your) head in|could murder|could kill for|kill for a|(?:mum|mom|dad|wife|husband|boss|he|she|they|doctor|teacher|coach|sister|brother) (?:would|will) kill me|will kill me if|bleed\w* (?:money|cash|me dry|us dry)|breathless with|breathtaking|drowning in (?!my own|his own|her own|own|fluid|phlegm|mucus|froth)\w+|drown in paperwork|shot in the dark|bite the bullet|killing time|killing two bird|drop dead gorgeous|heart (?:is )?(?:broken|ache)|broke my heart|jump off the page|crash diet|crash course|killing it|dead tired|dead on my feet|dressed to kill|chok\w* up(?: when| at| reading| over| with)?|death trap|heart attack of|pain in the (?:neck|butt|ass|backside)|fit as a|fit and well|poisoned? chalice|poison (?:ivy|oak|sumac)|(?:weight|load) off (?:my|his|her|our) (?:\w+ )?(?:chest|mind|shoulder|heart)|(?:head|brain) (?:is )?(?:explod\w+|spinning|swimming|fried|bursting|mush) (?:w|with|from|at|over) (?:all )?(?:this|these|the|that|your) (?:\w+ ){0,2}?(?:form|paperwork|website|portal|letter|option|number|jargon|instruction|app|phone)\w*|bleeding (?:annoy\w+|stupid|useless|ridiculous|hell|marvel\w+|late|hopeless|typical|nuisance|awful (?:website|queue)|fed up|phone|computer|printer|website)|(?:hissy|meltdown|laughing|giggl\w+|screaming|toddler) fit|fit (?:over|about) (?:the|a|his|her|my)|(?:suffocat|smother|strangl|chok|drown|kill|murder|bombard)\w* (?:me|us) with (?:\w+ )?(?:question|email|letter|call|form|text|paperwork|reminder)|chok\w* on my (?:coffee|tea|cornflake|breakfast|toast|lunch|drink)(?= ,| \.| when|$)|(?:is it|are they|is that|is my \w+|are my \w+) ready|(?:is|are) (?:my|his|her|the|our|their) (?:\w+ ){1,3}ready|ready (?:to collect|for collection|to pick up|for pick ?up|at the (?:chemist|pharmacy|desk|reception))|stroke of (?:genius|luck|midnight)|(?:gives?|giving|gave) (?:me|us|everyone) a headache|(?:make|makes|made|making) me sick(?= \.|$)|headache (?:of|with) (?:an? |the |this |your )(?:form|website|app|system|letter|portal)|(?:could|nearly|almost) (?:have )?died of (?:embarrassment|shame|boredom)|(?:going to|gonna|could|want to) (?:strangle|kill|murder) (?:who\w*|the (?:website|printer|computer|app))|(?:heart|mind) is set on|set my heart on|explode with|head over heel|kill (?:the )?(?:germ|bacteria|virus|pain|appetite|infection|weed)"
)
_MORE = (
    rf"(?:{_CHORE}) (?:\w+ )?(?:(?:is|are|has been|have been|keeps?) )?(?:\w+ly )?(?:drown|kill|chok|strangl|suffocat|crush|bury|murder|smother|swamp)\w* (?:me|us)",
    rf"(?:{_DEVICE}) (?:\w+ )?(?:(?:is|has|keep|keeps|was|just|went) )?(?:\w+ly )?(?:crashing|crashed|freez\w+|frozen|froze|died|dead|dying|hanging|stuck)",
    rf"(?:head|brain|mind) (?:is |are |has been |feels? )?(?:\w+ly )?(?:explod\w+|spinning|swimming|fried|bursting|mush|splitting|melting) (?:w|with|from|at|over) (?:all )?(?:\w+ ){{0,3}}?(?:{_CHORE}|numbers?|jargon|ideas?|facts?|info\w*|stuff|questions?|options?|names?|letters?|dates?|leaflets?|plans?)",
    r"bursting (?:to (?!pee|wee|go|wet|urinate|pass)\w+|with (?:pride|joy|excitement|energy|happiness|news|questions?))",
    r"(?:itching|aching|dying|desperate|gasping|bursting) (?:to (?:know|see|hear|find|get back|try|meet|tell|ask|show|go home|go back|start|eat)|for (?:an? )?(?:cuppa|cup of tea|coffee|tea|pint|smoke|fag|holiday|break|answer))",
    r"bang\w* my head against (?:a|the) (?:brick )?wall (?:with|trying|over|about|here)|bang\w* my head against a brick wall|like bang\w* my head",
    r"heart (?:stopped|skipped a beat|sank|leapt|jumped|melted|missed a beat) (?:when|at|as|with|on|reading|seeing|opening) (?:i |we )?(?:saw|read|opened|heard|got|the (?:letter|bill|news|result|price|email))",
    r"(?:\w+ )?headache (?:from|with|over|at) (?:trying to (?:understand|read|work|figure|make sense|sort|get through|book|log)|(?:this|your|the) (?:letter|form|app|website|portal)|all (?:this|the|these) (?:form|jargon|paperwork|letter))",
    r"jump\w* out of (?:my|his|her) skin|scar\w* the (?:life|hell|living daylights) out of|bit (?:my|his|her) head off|cost\w* (?:me |us )?an arm and a leg|(?:give|giving) my (?:right|left) arm (?:for|to)|lost the plot|lost my (?:rag|temper|marble|key|letter|card|form|password|place|train of thought|appointment)",
    r"(?:had|has|have|having|throw\w*|threw) (?:an? |the )?(?:absolute|proper|complete|total|right|bit of a|little|massive|huge|hissy|blue) fit|(?:had|has|throw\w*|threw) a fit (?:when|because|over|about|at|that)|(?:nearly|almost|about) (?:faint|die|collapse|pas|passed out|choke|keel)\w*(?: over| out)? (?:when|at|on|with) (?:i |we |she |he |the |how |my )?(?:saw|see|heard|hearing|read|reading|got|opened|seeing|bill|price|cost|letter|laugh\w*|shame|embarrassment)",
    r"(?:spit\w*|spat) (?:blood|feathers|fury|venom) (?:over|about|when|because|at)|hemorrhag\w* (?:staff|money|cash|nurse|doctor|talent|customer|member|vote|support|fund|patient numbers)|on life support (?:and|,|since|because)|(?:rota|budget|business|economy|marriage|car|phone|service|team|printer|laptop) (?:is |are )?(?:on|needs) life support|(?:bike|car|fork|front|rear|sticker|price|culture|tax|bill|future|suspension|mountain bike) shock|shock absorber|harm reduction|heart (?:sank|sinking)",
    r"(?:system|website|teenager|kid|children|boss|job|letter|bill|portal|phone|queue|app|in law|form|news|traffic|son|daughter|dog|neighbor|prices?|rota|ex) (?:\w+ )?(?:give|gives|giving|gave) (?:me|us) (?:an? |the )?(?:\w+ )?(?:chest pains?|palpitations?|coronary|aneurysm|ulcer|gr[ae]y hairs?|nightmares?|hives?|shakes|heart attack|migraine)",
    r"(?:wait|waiting|queue|suspense|delay|silence)(?: (?:for|on|to) (?:\w+ ){1,3}?)? ?(?:is|has been|wa|was) (?:\w+ )?(?:agony|torture|murder|painful|unbearable|a killer)",
    r"laugh\w* (?:so (?:much|hard) )?(?:till|until|that|so) (?:i|we|he|she) (?:cant|nearly|almost|was|were|cry|cried)(?: \w+)?",
    r"hit the roof|breath of fresh air|(?:took|take|takes) my breath away|blind as a bat|deaf as a post|sick (?:and tired|of (?:the|this|these|wait\w*|call\w*|ring\w*|chas\w*|being on hold))|blow\w* my mind|mind blow\w*|head in the sand|cold feet about|broke the (?:news|bank|ice|internet)",
    r"dead (?:easy|simple|good|keen|chuffed|nice|handy|helpful|slow|cheap|on time|line|end)|killer (?:heel|workout|queue)|pull\w* my hair out|climb\w* the wall|driv\w* (?:me|us|him|her) (?:mad|nuts|crazy|insane|round the (?:bend|twist)|up the wall)",
    r"(?:shoot|shot) (?:me|you|us|them|him|her) (?:an? )?(?:email|message|text|line|note|question)|(?:took|take|taking|have|had|having) a stab at|stabbed me in the back|head start|heads up|face value|heart to heart|by heart|heart set|cold call\w*|burn\w* (?:question|through (?:my|the) (?:leave|money|saving|strips))|(?:my|his|her) (?:wallet|bank account|purse|bank balance) (?:is )?(?:\w+ )?(?:bleed\w*|hurt\w*|pain\w*)",
)
_COMPOUND = (
    r"(?:chest pain|stroke|headache|migraine|seizure|epilepsy|falls?|fits?|asthma|sepsis|anaphylaxis|bleeding|heart attack|heart failure|burns?|head injury|allergy|pain|palpitation|syncope|faint|breathlessness|dizziness|poison\w*|self harm|suicide|overdose|crisis|abuse|trauma|choking|eye casualty|blood clot|clot|fever|rash|vertigo|torsion|wound|back pain)"
    r" (?:clinic|unit|ward|pathway|team|referral|nurse|specialist|consultant|leaflet|plan|diary|management|service|group|course|training|policy|protocol|questionnaire|workshop|support|charity|research|awareness|prevention|risk|relief|relievers?|killers?|patch|gel|cream|disorder|history|history form|certificate|video|poster|app|hotline|helpline|screening|follow up|review|appointment|letter|report|form|note)"
)
"""A sign that only names an office or a paper: "chest pain clinic", "seizure plan"."""


@cache
def figurative() -> re.Pattern[str]:
    """Return the pattern of all figures of speech."""
    return re.compile("|".join((_PHRASES, *_MORE, rf"(?<!\S)(?:{_COMPOUND})(?!\S)")))
