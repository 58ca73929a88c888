"""Questions about a patient's life that notes tell and tables seldom: work, home, pets, insurance, driving, wishes, whether medicine is taken.

Each topic has how people ask for it and the words in which notes tell of it; among the sentences that tell, those that share most
with the question come first, the newest of them before older ones.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.assertion_past import SOCIAL_HEADING
from chartcite.engine.notes.everyday_topics import ADHERENCE, CONSENT, DECIDER, DRINK, EVERYDAY_TOPICS, HELPERS, Topic
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.notes.sentence_manner import told_by_relative
from chartcite.engine.ports import RecordStore
from chartcite.engine.questions.earlier_asked import standing
from chartcite.engine.questions.persons import all_relatives, asks_of_their_life, relatives_named
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent

LIFE = "life"
"""Route of the sentences that are quoted here."""


def _topic(name: str, asked: str, told: str, *, rather: str = "", **more: bool) -> Topic:
    return Topic(name, asked, told, rather=rather, **more)


_JOBS = (
    r"accountant|actor|actress|architect|artist|attendant|baker|barber|bartender|bookkeeper|bricklayer|builder|bus driver|butcher|carpenter|cashier|chef|cleaner|clerk|coach|contractor|cook|custodian|dishwasher|"
    r"dock ?worker|driver|editor|electrician|engineer|factory|farm(?:er|hand|worker)?|fire ?fighter|fisherman|forester|foreman|gardener|hairdresser|homemaker|housewife|janitor|joiner|journalist|(?<!I )judge|labou?rer|landscaper|lawyer|lecturer|"
    r"librarian|lorry driver|machinist|manager|mason|mechanic|mill worker|miner|musician|(?-i:nanny)|officer|operator|painter|paralegal|photographer|pilot|plasterer|plumber|police(?:man| officer)?|postman|priest|printer|professor|programmer|"
    r"rancher|roofer|sailor|salesman|saleswoman|seamstress|shop ?keeper|soldier|stylist|supervisor|surveyor|tailor|taxi driver|teacher|truck(?:er| driver)|tutor|veteran|waiter|waitress|warehouse|welder|writer"
)
CARERS = "how carers cope"
_CARERS = "doctor|nurse|pharmacist|receptionist|secretary|social worker|technician|therapist|typist"
"""Work that notes name of those who care for the patient, too."""
HOURS = "hours of work"
TOPICS: tuple[Topic, ...] = (
    *EVERYDAY_TOPICS,
    _topic(
        "insurance",
        r"\bwho pays (?:for )?(?:his|her|their|my|the) (?:care|treatment|bills?|medicines?)\b|\b(?:insur(?:ance|er|ers|ed)|payers?|payors?|health plan|medicare|medicaid|coverage)\b(?! (?:for|of) (?:the )?(?:rash|wound))",
        r"\b(?:has|have|with|on|under|insur\w*|carrier|payer|payor|plan|enrolled|covered|coverage|now)\b[^.;\n]{0,40}\b(?:medicare|medicaid|humana|aetna|cigna|anthem|kaiser|tricare|blue ?cross[\w ]*|united ?health\w*|dual eligible|no[_ ]insurance|uninsured|self[- ]?pay)|"
        r"\b(?:insurance|insurer|payer|prior auth\w*)\b[^.;\n]{0,40}\b(?:is|by|:|denied|approved|named)|\buninsured\b|^annual - medicare",
        newest=True,
        before_facts=True,
    ),
    _topic(
        "work",
        r"\b(?:(?:what|which) (?:\w+ )?(?:job|occupation|trade|profession|line of work|career)|for a living|what (?:sort of |kind of )?work (?:does|do|did)\b|do(?:es|ing)? for (?:his |her |their )?work|occupation|employ(?:ed|ment|er)\b(?! insurance)|work(?:s|ed)? as|used? to (?:do|work)|what (?:does|did) (?:he|she|they|\w+) (?:use to )?(?:do|work as)(?: (?:for|as|before) .*)?\W*$|"
        r"(?:does|did|is) (?:he|she|they) (?:still )?work(?:ing)?\W*$|retired|unemployed|\bjobs?\b|\bline of work\b|^\W*trade\b|\b(?:gone back to|back at|able to) work(?:ing)?\W*$|^\W*(?:(?:is|are) )?still work(?:ing)?\W*$|(?:\b(?:he|she|they|you|who|patient|man|woman|lady|dad|mum|mom|father|mother|husband|wife|son|daughter|partner)|(?-i:\b[A-Z]\w+)) (?:is )?still work(?:ing)?\W*$)",
        rf"\b(?:(?:ex-|retired |former )(?!smoker|drinker|user|alcohol|tobacco)|works? (?:as|at|in|for)|worked|working(?! (?:diagnosis|well|fine|up))|runs (?:the|a)|employ\w*|job|promoted|retired|unemployed|occupation|(?:full|part)[- ]time|PSW|HCA|CNA|support worker|care assistant|(?:night|day|evening|late) shifts?|(?:works|on|doing) nights|nights (?:at|in) (?:the )?(?!ho)\w+)\b|\bdrives (?:an?|for) (?:\w+ )?(?:truck|lorry|taxi|cab|bus|van|delivery|uber)\b|\b(?:{_JOBS})\b|\b(?:farmers|teachers)\b|\bwork: |"
        rf"\b(?:yo|y/o|[MF]|man|woman|is an?|was an?),? (?:[\w-]+ )?(?:{_CARERS})\b",
        of_persons=True,
        rather=rf"\b(?:work: |occupation\w*|works? (?:as|at|for)|worked (?:as|at|for)|retired|ex-(?!smoker|drinker|husband|wife|partner)\w+|former (?!smoker|drinker|user|alcohol|tobacco|partner|husband|wife)\w+|employ\w*|unemployed|runs (?:the|a)|drives (?:an?|for)|promoted|{_JOBS}|nurse)\b",
        entered=True,
        newest=True,
    ),
    _topic(
        HOURS,
        r"\bhow many (?:days|hours|shifts|nights)\b[^?.;]*\bwork\w*\b|\b(?:work(?:s|ing)?|job|hours)\b[^?.;]*\b(?:full|part)[- ]time\b|\b(?:working|work) (?:hours|days|pattern|week)\b|\bhow much (?:does|do|is|did) \w+ work(?:ing)?\W*$|\bhours (?:does|is|do|did) \w+ work\w*",
        r"\b(?:works?|working|teach\w*|employed|back (?:at|to) work|down to|cut (?:back |down )?to|job)\b[^.;]{0,30}?\b(?:\d{1,2}(?:\.\d)?|one|two|three|four|five|six|half) (?:half )?(?:days?|hours?|hrs?|shifts?|nights?)\b(?! (?:ago|off|after|before))|\b(?:full|part)[- ]time\b|\b(?:\d{1,2}|one|two|three|four|five) (?:days?|hours?) of (?:work|teaching)",
        newest=True,
        before_facts=True,
        of_chart=False,
    ),
    _topic(
        "pets",
        r"\b(?:pets|pet (?:at|in|dog|cat)|any pet\b|(?:any|the|his|her|their|keep\w*|ha(?:s|ve)) (?:\w+ )?animals?\b(?! bites?)|(?:a|any|the|his|her|their|my) (?:dog|cat|puppy|kitten)s?|livestock)\b(?! (?:bites?|scratch\w*|allerg\w*|scans?))",
        r"\b(?:puppy|puppies|dogs?|kitten|cats?(?! (?:scan|dander|exposure|score|\d))|(?!(?-i:PET))pets?(?!-?ct| scan)|parrot|hamster|rabbit|birds?|horses?|cattle|cows|livestock|chickens|hens|sheep|goats|(?:feed(?:ing)?|milk(?:ing)?|tend(?:ing)?) the (?:calves|animals|cows|stock|hens)|to (?:feed|mind|walk) (?-i:[A-Z][a-z]+))\b(?! \d+ mm)",
        alone=True,
    ),
    _topic(
        "company at home",
        r"^(?!.*\b(?:did|was|were|used to|before)\b).*\b(?:(?:live(?:s|d)?|living|stay(?:s|ing)?|lodg(?:es|ing)|moved in|sharing(?: a \w+)?|shacked up) (?:with(?: (?:any(?:one|body)|some(?:one|body)|whom|(?:his|her|their|my|the) \w+))?(?=(?: (?:now|these days|nowadays|at the moment|at present|currently|today))?(?: (?:now|nowadays|these days|currently|at (?:the moment|present)|at home|presently))?(?:,? (?:and )?since when)?\W*$)|alone|by (?:him|her|my|them)sel(?:f|ves)|on (?:his|her|their|my) own)|living alone|who (?:else )?(?:is|are) (?:he|she|they) living with|who (?:else )?(?:is|lives|stays?) (?:at home|in the (?:house|household|flat)|with (?:him|her|them|me))\b)",
        r"\b(?:liv(?:es?|ing) (?:with\b(?! (?:a |an |his |her |the |this |chronic |long )?(?:\w+ )?(?:pain|condition|illness|disease|diabetes|hiv|cancer|copd))|w/|alone\b|by (?:him|her)self)|liv(?:es?|ing) on (?:his|her|their) own|(?:family|household) of (?:\d|two|three|four|five|six|seven|eight)|(?<!old )(?:has |have )?moved (?:back )?in with"
        r"|(?:just|only) the (?:two|three) of (?:them|us)|(?:is|are|it['’]s) (?:now |currently )?(?:just|only) (?:[\w’']+ ){1,4}(?:left )?(?:at home|in the (?:house|flat))"
        r"|(?:is|are|was|be|been) (?:no longer |not )?(?:on (?:his|her|their) own|alone) (?:any ?more|now|at home|in the (?:house|flat))|stay(?:s|ing) (?:with|w/?) (?:him|her|his|their|a|(?:[\w-]+ )?(?:mum|mom|mother|parents?|father|dad|sister|brother|aunt|uncle|friends?|daughter|son|cousin|in-?laws|family))|stay(?:s|ing) (?:(?:at|in) (?:my|the|a) (?:spare )?(?:room|flat|house|place)|(?:in|at) my\b|w(?:ith)?/? (?:\w+ ){0,2}?(?:mother|mum|mom|father|dad|parents?|brother|sister|son|daughter|friends?|cousin|aunt|uncle|partner|family|girlfriend|boyfriend|wife|husband))|lodg(?:es|ing) with|(?:have|has|had) (?:split up|separated)|moved out)\b",
        before_facts=True,
        against_tables=True,
    ),
    _topic(
        "home",
        r"\b(?:live(?:s|d)? (?:with|alone|by (?:him|her)self|at home)|who (?:else )?(?:does|do|did|is|are) (?:he|she|they|\w+) liv(?:e|ing) with|(?:living|housing|home) (?:situation|conditions?|arrangements?|environment)|living (?:alone|with)|who(?:'s| else is| else)? (?:is|lives|stays) (?:at home|there|with (?:him|her|them|me|mum|mom|dad))|(?:anyone|anybody|someone|somebody|people|who(?:'s| else)?) (?:else )?(?:is |living |live |lives )?(?:at home|in the house) with (?:him|her|them|me|mum|mom|dad)|where (?:does|is) (?:he|she|they|\w+) liv(?:e|ing)|homeless|(?:fixed )?abode|assisted living|housing|accommodation\b(?! (?:reflex|of))|tenancy|tenant|lives with any(?:one|body)|who (?:else )?(?:lives?|is|are|stays?) (?:in|at) the (?:house|household|home|flat|place)|shar(?:es?|ing) (?:(?:a|the|his|her) (?:flat|house|room|place|apartment)|with)|(?:people|else) in (?:the|his|her|their|my) (?:house|household)|home situation(?! [-–—:]? ?who)|(?:live|lives|living|still|situation)\b[^?]{0,20} on (?:his|her|their|my) own)\b",
        r"\b(?:liv(?:es?|ed|ing) (?:with\b|w/|w(?= )|alone\b|in\b|at\b)|lives? (?:by (?:him|her)self|on (?:his|her|their) own)|(?:family|household) of (?:\d|two|three|four|five|six|seven|eight)|(?:(?:he|she|they|pt|patient|has|have|having|since|recently|just|then|and|be) moved (?:to|in)|^\W*moved (?:back )?(?:to|in)|assisted living|homeless|housing|apartment|shelter|(?:living|home) (?:situation|conditions?|arrangements?|environment)|supported (?:living|accommodation|flat|housing)|sheltered|hostel|bungalow|care home|tenancy|sofa[- ]surf\w*|no fixed abode|NFA)\b)|^(?:accommodation|housing|residence|living|home(?! (?:meds?\b|medic|drug|bp\b|blood|oxygen|o2\b|glucose|sugar|reading|monitor|health|visit|treatment|therap|infus|peritoneal|dialysis)))\b[^:]{0,25}: ",
        entered=True,
    ),
    _topic(
        "who knows",
        r"\bwho(?: else)?(?: (?:in|of|among) (?:the|his|her|their|my) (?:family|household|relatives))? (?:also |already )?(?:knows?|is aware|has been told|was told) (?:about|of|that|he|she|they|he's|she's|his|her|their|my|i'm)\b|\bwho(?:m)? (?:else )?(?:must|should|may|can|are we|am i|is|does)(?:n't| not|not)? (?:not )?(?:to )?(?:be told|know|find out|tell|want to know|not to tell)(?=\W*$)"
        r"|^\W*(?:does|do|is|are|has|have) (?:(?:his|her|their|my|the) )?(?:\w+ )?(?:family|mother|mum|mom|father|dad|parents|wife|husband|partner|sister|brother|aunt|son|daughter|children) (?:know|aware|been told) (?:about|of|that)\b|\bdisclos(?:ed|ure)\b",
        r"\b(?:(?:does|do|must|should|may)(?: not|n't) (?:know|be told|find out)(?! (?:how|why|what|where|when|if|whether|these|this|it))|(?:only|no) (?:one|person|body)[^.;]{0,40}\b(?:knows?|told|besides)|knows? (?:about|of|that|his|her|their)|has(?: not|n't) told|have(?: not|n't) told|told (?:his|her|their) (?:family|mother|mum|mom|father|dad|parents|wife|husband|partner|sister|brother|aunt)|un?aware of (?:his|her|their|the) (?:status|diagnosis|illness|condition)|disclos\w+|confidential\w*|not (?:to )?(?:leave|be left) (?:voicemails?|messages?))\b",
        before_facts=True,
        of_chart=False,
    ),
    _topic(
        "help at home",
        rf"\bwho(?:'s| is| are)? (?:\w+ )?(?:around|there|available)(?: \w+)? to (?:help|look after|care for)|\bwho (?:else )?(?:helps?|is helping|can help|supports?)(?: (?:him|her|them|me))?(?: (?:out|at home|around the house|with (?:the )?(?:shopping|cooking|cleaning|housework|chores|meals)|day to day))*(?=\W*$)|\bwho does (?:the|his|her|their|my) (?:shopping|cooking|cleaning|housework|laundry)|\b(?:any|what|much) (?:help|support|assistance|carers?|home care|home help) (?:does (?:he|she|they) (?:have|get) )?(?:at|around|in) (?:the )?(?:home|house)|\bsupport (?:network|system) (?:at|around) (?:the )?home|\b(?:what|any|which|how much) (?:help|support|home care|social care|carers?|caregivers?)(?:(?:,| and| or|/| &) ?(?:help|support|care|carers?|caregivers?))* (?:is|are|am|does|do|has|have) (?:i|(?:my |his |her |the )?\w+) (?:get(?:ting)?|have|having|had|got|receiv\w+|in place|at home|now)\b|\b(?:package of care|care package|(?-i:POC)(?! (?:test\w*|glucose|INR|Hb|urine|us|ultrasound|lactate)))\b|\b(?:how often|how many times|when) (?:do|does|are|is) (?:the |his |her |my )?(?:carers?|home help) (?:com\w+|visit\w*|go\w* in|call\w*)|\bcarers? (?:in place|going in|coming in)\b|\b(?:does|do|is|has|have) any(?:one|body) (?:else )?(?:com(?:e|ing)|pop(?:ping)?|call(?:ing)?|look(?:ing)?) (?:in|round|by|over)\b|\b(?:any|some)(?:one|body)(?: \w+)? (?:to help|helping|help|(?:to |who can |that can )?(?:look(?:ing|s)? (?:in on|after)|car(?:e|es|ing) for|keep an eye on|check(?:s|ing)? on)) (?:him|her|them|me)?|\b(?:does|do|is|can|will) (?:his|her|their|my) (?:{HELPERS})(?: \w+)?? (?:still |able to |around to )?(?:help(?:s|ing)?|look(?:ing)? after|support(?:ing)?|visit(?:ing)?|assist(?:ing)?|check(?:ing)? on|come (?:by|over|round)|pop(?:ping)? in)\b(?! with)",
        rf"\b(?:{HELPERS})\b[^.;]{{0,50}}\b(?:does|do|will look in|looks? (?:in|after)|helps?|helping|visits\b(?! in\b| with)|calls (?:on|every|in)|comes? (?:in|by|over|round|every|daily|weekly|(?:on )?\w+days?)|cooks?|shops?|cleans?|drives? (?:him|her|them)|fills?|brings?|checks|nearby|down the road|next door|min(?:ute)?s? away|to do an?)\b|\b(?:home (?:care|help|health aide)|carers?|caregivers?|meals on wheels|package of care) (?:now )?(?:\d|bd\b|tds\b|qds\b|twice|once|three|daily|every|visits?|comes?|in place|x)|\b(?:package of care|care package|(?-i:POC)(?! (?:test\w*|glucose|INR|Hb|urine|us|ultrasound|lactate))|sitter|sitting service|day ?centre|day ?care|respite)\b|\bhelped by (?:his|her|their|a)\b|\b(?:{HELPERS})\b[^.;]{{0,30}}\b(?:passed (?:away|on)|(?<!nearly )(?<!almost )died|deceased)\b",
        of_persons=True,
        newest=True,
    ),
    _topic(
        CARERS,
        rf"\b(?:carers?['’]?s?|caregivers?['’]?s?) (?:strain|stress|burden|burn-?out|fatigue|coping|well-?being|support|break|assessment)\b|\b(?:how (?:is|are|was|were|'s)|(?:is|are)) (?:the |his |her |my |their )?(?:{HELPERS}|dtr|dau)(?: \w+)? (?:coping|managing|doing|holding up|bearing up|struggling|exhausted|worn out|burnt? out|all right)\b|\b(?:any|had|have|offered|getting|on|for) respite\b|\bhow (?:does|do|did) (?:the |his |her |my |their )?(?:{HELPERS}|dtr|dau) (?:cope|manage)(?=\W*$)",
        rf"\b(?:carers?['’]?s?|caregivers?['’]?s?) (?:strain|stress|burden|burn-?out|fatigue|assessments?|allowance|coping|support)\b|\brespite\b|\b(?:{HELPERS}|dtr|dau)\b[^.;:]{{0,25}}\b(?:exhausted|burnt? out|worn out|struggl\w+|not coping|overwhelmed|at (?:the )?end of (?:her|his|their) tether|strained|tearful|coping (?:well|ok)|managing (?:well|ok))\b|\bzarit\b|\bregistered as (?:a )?carer|\bcarer: ",
        newest=True,
        before_facts=True,
    ),
    _topic(
        "smoking",
        r"^\W*(?:is|are|am|do|does) (?:he|she|they|i|mum|mom|dad|the patient|pt|(?:my |the )?\w+) (?:a |an )?(?:current |regular |back (?:on|to) )?(?:the )?(?:smok(?:er|ing|e)|vap(?:er|ing|e)|cigarettes|fags)(?=(?: (?:again|any ?more|at all))?\W*$|,? (?:and|or)\b)|^(?!\W*(?:he|she|they|i)\b)(?=.*\b(?:smok\w+|non-?smokers?|nicotine|tobacco|cigarettes?|vap(?:e|es|ing|er)|e-?cig\w*)\b)(?!.*\b(?:how (?:many|much|long)|when|pack|years|less|more|than|then|compared|vs|start(?:ed)?|quit date|patch\w*|gum|help|advi[cs]e\w*|counsel\w*|why|weed|cannabis|marijuana|meth|crack|crystal|pot)\b).*\b(?:still|now|currently|current|these days|at present|as of|status|really|actually|nowadays|today|latest|again|any ?more)\b",
        r"^(?:\W*(?:smok(?:ing|er)|tobacco|cigs?)\s*[:=-]|(?!.*\b(?:husband|wife|partner|mother|mum|mom|father|dad|parents?|sister|brother|son|daughter|household|cessation|counsel\w*|advi[sc]\w*|encourag\w*|detector|second-?hand|passive|exposure|chart still|record still)\b))"
        r".*(?:\b(?:roll-?ups?|rollies|fags|vap(?:e|es|ing|ed|er)|e-?cig\w*|tobacco|cigs?|cigarettes?|roll[- ]?ups?|rollies|nicotine(?! (?:patch|gum|replacement))|ppd|pack[- ]?(?:years?|a day)|(?:ex-?|non-?|former |never |current |active )?smokers?)\b|\bsmok(?:es?|ing|ed)\b(?![^.;]{0,25}\b(?:meth|crystal|crack|fentanyl|blues|weed|cannabis|marijuana|pot|heroin|dope|thc)\b))",
        before_facts=True,
        newest=True,
        against_tables=True,
    ),
    _topic(
        "children",
        r"^\W*(?:kids|children)\W*$|\bhow old (?:is|are) (?:(?:his|her|their|my|the) )?(?:(?!eldest|oldest|first|second|third|youngest|middle|older|younger)\w+ )?(?:kids?|child(?:ren)?|sons?|daughters?|bab(?:y|ies))\b|\b(?:kids|children)['’]?s?['’]? (?:\w+ )?ages?\b|\bages? of (?:his|her|their|the) (?:kids|children)\b|\b(?:how many|any|has|have|got)\b[^?]{0,25}\b(?:kids|children)\b(?! (?:vaccin|shot|dose))",
        r"\b(?:(?:\d+|one|two|three|four|five|six|no) (?:adult |grown |young |step-?)?(?:children|kids|sons?|daughters?)|youngest \d|childless)|\b(?:dtr|dau|daughter|son|stepson|stepdaughter)s?,? \(?(?:\d|(?-i:[A-Z][a-z]+\b))",
    ),
    _topic(
        "mobility",
        r"\b(?:how mobile|mobility|(?:get(?:s|ting)?|move(?:s|d)?|moving) (?:about|around)\b|how (?:far|well) (?:can|does|do|is|could) \w+ (?:walk|move)\w*"
        r"|(?:can|does|do|is|still) (?:he|she|they|\w+) (?:still )?(?:walk|able to walk|walking|bed-?bound|house-?bound|ambulat\w+|on (?:his|her|their) feet)"
        r"|walk\w* (?:alone|unaided|independently|by (?:him|her)self|without|with (?:a|an|the))"
        r"|(?:us(?:e|es|ing)|with|needs?|has|have|got) (?:an? |the )?(?:walking )?(?:frame|zimmer\w*|stick|cane|walker|rollator|wheel-?chair|crutch\w*)|walking aids?|gait aids?)\b",
        r"\b(?:walk(?:s|ed|er|ing)?|frame|zimmer|cane|stick|rollator|wheel-?chair|crutch\w*|ambulat\w*|mobil\w+|gait|transfers|house-?bound|bed-?bound)\b(?! (?:distance|test))",
        before_facts=True,
    ),
    _topic(
        "schooling",
        r"(?<!which )(?<!what )\b(?:universit(?:y|ies)|degree(?=\W*$)|(?:finish|complet|leave|left|graduat)\w* (?:from )?(?:high |secondary |primary )?(?:school|college)|(?:been|go|went|gone) to (?:college|university)|education(?:al)? level|level of education|how (?:well )?educated|what (?:school year|grade|year (?:at|of|in) school))\b",
        r"\b(?:college|university|(?:high|secondary|grade|elementary) school|bachelor\w*|master's|doctorate|graduat\w+|GED|[1-9](?:st|nd|rd|th) grade|kindergarten|(?:first|second|third|fourth|fifth|sixth) grade)\b",
    ),
    _topic(
        "language",
        r"\b(?:mother tongue|(?:first|native|preferred|main) language|what languages?|which languages?|language (?:does|do|did)|speaks? (?:any )?english)\b",
        r"\b(?:(?:first|native|preferred|primary|home) language|speaks|speaking|fluent|bilingual|interpreter|interpreted)\b",
    ),
    _topic(
        "benefits",
        r"\b(?:(?:what|which|any) benefits (?:does|do|is|are|am|has|have|can|could)\b|(?:on|get|gets|getting|claim\w*|receiv\w+|entitled to) (?:any |state |disability |welfare )?benefits\b(?! (?:from|of)\b)|attendance allowance|carer['’]?s allowance|disability living allowance|(?-i:PIP|DLA|ESA)\b(?= (?:award|claim|form|applic\w*)|\W*$))",
        r"\b(?:(?:disability|disability living|attendance|carer['’]?s|child|housing|unemployment|sickness|state|older person['’]?s) (?:allowance|benefits?|support grant|support|grants?)|(?-i:PIP|DLA|ESA|SSDI?|SNAP)\b|universal credit|blue badge|food stamps|(?:state |widow['’]?s )?pension|on benefits|council tax (?:reduction|support))\b",
        before_facts=True,
    ),
    _topic(
        "means",
        r"\b(?:how well off|what (?:\w+ )?income|(?:sources? of|any|has an?|have an?|her|his|their|my) income|live on financially|living off|socio-?economic|wealthy|rich or poor|household income|(?:afford|pay for|paying for|struggl\w+ (?:to pay|with the cost)[\w ]{0,8}) (?:(?:his|her|their|the|my|all) )*(?:medicines?|meds|medications?|drugs|pills|tablets|inhalers?|insulin|prescriptions?|rent|food|bills)|money (?:troubles?|worries|problems?)|(?:his|her|their|the) money (?:come|comes|from)|financ\w+ (?:situation|troubles?|problems?|worries|stress|strain))\b",
        r"\b(?:socio-?economic|income|her money|his money|cost \$?\d+|coverage gap|donut hole|(?:patient |manufacturer |mfr |eliquis |price |cost )?assistance (?:was|form|appl\w+|program\w*|approved)|to stretch|stretching|grants?(?! (?:access|permission))|pension(?:er)?|(?:disability|child|housing|unemployment|sickness|state) (?:allowance|benefits?|support grant)|SSDI?|universal credit|financ\w+|afford\w*|poverty|co-?pay|deductible)\b",
        before_facts=True,
    ),
    _topic(
        "origin",
        r"\bwhere (?:(?:is|was) (?:he|she|\w+) (?:from|born|raised)|(?:does|did) (?:he|she|\w+) (?:come from|grow up|live (?:before|previously|earlier)))\b",
        r"\b(?:moved (?:here )?from|originally from|native of|born in|grew up|raised in|(?:im|em)migrat\w+|came (?:here )?from)\b",
    ),
    _topic(
        "driving",
        r"\b(?:driv(?:e|es|ing|en)|(?<!van )(?<!car )(?<!lorry )(?<!truck )(?<!bus )(?<!taxi )(?<!other )driver|drove|behind the wheel|at the wheel|licen[cs]e)\b(?! (?:him|her|me|them))",
        r"\b(?:driv(?:e|es|ing|er|en)|drove|licen[cs]e|DVLA|DMV)\b",
        rather=r"\b(?:(?:must|may|can|could|should|advised|told|safe|fit|unfit|able|unable|allowed|permitted|cleared|free|resume\w*|return(?:ed)? to|back to|stop\w*|ceas\w*|gave up|given up|avoid\w*|refrain\w*|no longer|has|have|had|still|not|never|does|did|do|re|about|no) (?:\w+ ){0,3}?driv(?:e|es|ing|en)|cannot drive|(?:doesn|didn|can|isn|hasn|shouldn|mustn|couldn)['’]?t (?:been )?driv\w+|driv(?:es|ing)(?! (?:him|her|them|home)\b)\W*(?:[:–-]|self|own|daily|locally|short|status|advice|restrict\w*|suspend\w*|not|allowed|ban|short)|licen[cs]e|DVLA|DMV)\b|\bdriving\s*[:–-]",
        lately=True,
    ),
    _topic(
        "working now",
        r"^(?!.*\b(?:occupation|jobs?|what (?:does|did|do)|last|before|used to|how long|did (?:he|she|they|i)|after the|why)\b).*\b(?:work(?:ing)? status|current(?:ly)? work(?:ing)?|back (?:at|to|in) (?:his |her |my )?work|return(?:ed|ing)? to (?:his |her |my )?work|off (?:work|sick)|fit (?:notes?|for work)|sick notes?|(?:at work|working) (?:now|yet|again|at the moment)|light duties|phased return|rtw)\b",
        r"\b(?:back (?:at|to|on|in) (?:his |her |my )?(?:work|light duties|full duties)|light duties|phased return|off (?:work|sick)(?! of)|(?:fit|sick) notes?|return(?:ed|s|ing)? to (?:his |her |my )?work|signed off|full (?:duties|hours)|unfit for work|not working|currently working|med3)\b",
        before_facts=True,
        newest=True,
        of_chart=False,
    ),
    _topic(
        "driving again",
        r"\b(?:when|how soon|how long|can|may|allowed|ok|okay|safe|fit|cleared)\b[^?.;]{0,40}\b(?:driv(?:e|ing)|behind the wheel)\b(?! (?:him|her|me|them))",
        r"\b(?:driv(?:e|ing)|behind the wheel)\b(?! (?:him|her|me|them)\b)",
        before_facts=True,
        newest=True,
        of_chart=False,
    ),
    _topic(
        "wishes at the end of life",
        r"\b(?:code status|dnr|dni|dnacpr|dnar|for resus|resus (?:status|decision|form|plan|wishes)|ReSPECT(?: form| plan)|tep form|resuscitat\w*|cpr|full code|restart (?:it|the heart|(?:his|her) heart)|heart (?:stops|stopped|were to stop)|life support|polst|molst|advance (?:directive|care)|living will|intubat(?:ed|ion) wish|do everything|ceilings? of (?:care|treatment)|(?:treatment )?escalation (?:plan|status|limits?)|limits? of (?:care|treatment))\b",
        r"\b(?:dnr|dni|dnacpr|dnar|resus(?= ?:)|ReSPECT (?:form|done|completed|plan|in place)|cpr|full code|polst|molst|code status|advance (?:directive|care)|living will|resuscitat\w*|ceilings? of (?:care|treatment)|(?:not )?for escalation|treatment escalation)\b",
        before_facts=True,
        newest=True,
    ),
    _topic(
        "technique",
        r"\b(?:technique\b|us(?:e|es|ing) (?:\S+ ){1,3}?(?:inhalers?|puffers?|spacers?|pumps?|pens?|nebuli[sz]er|epi-?pens?|cpap) (?:properly|correctly|right|well|ok(?:ay)?|the right way))",
        r"\b(?:(?:inhalers?|spacer|ellipta|puffer|pen|inject\w*|device|hfa|mdi|diskus|turbuhaler|glucometer)\b[^.;]{0,30}\btechnique|technique\b[^.;:]{0,25}\b(?:good|poor|fair|ok|fine|checked|reviewed|ellipta|spacer|inhalers?|correct\w*|taught)|mouth seal|re-?taught|teach-?back|demonstrat\w+|spacer\b[^.;]{0,40}\b(?:him|her|them)self|us(?:es|ing) (?:\w+ ){0,2}(?:spacer|inhaler|pump|pen)s? (?:correctly|properly|well|poorly))\b",
        before_facts=True,
        of_chart=False,
    ),
    _topic(
        "cost",
        r"\b(?:(?:how much|what) (?:does|do|did|is|are|was|will) (?:\S+ ){1,6}?(?:cost|pay)|cost of (?:\S+ ){0,3}|co-?pays?|price of|afford(?:s|ed|ing)? (?:\S+ ){0,3}?(?:meds?|medic\w+|pills?|tablets?|inhalers?|insulin|prescriptions?|drugs?|it)|(?:too )?(?:expensive|dear|pricey))\b",
        r"\b(?:dollars?|pounds? a|co-?pays?|price[sd]?|costs?|afford\w*|expensive|deductible|coupon|assistance (?:form|program\w*)|goes to \d+ a month|samples)\b|[$£€] ?\d",
        before_facts=True,
        of_chart=False,
    ),
    _topic(
        "mode of birth",
        r"\b(?:mode|type|manner|route|kind) of (?:delivery|birth)\b|\bhow (?:was|were) (?:s?he|they|i|the baby|my (?:son|daughter|baby|child)) (?:delivered|born)\b",
        r"\b(?:ca?esarean|c-?section|LSCS|EMCS|ELCS|(?:vaginal|breech|forceps|ventouse|vacuum|instrumental|assisted|operative|water) (?:\w+ )?(?:delivery|birth)|SVD|NSVD|born (?:by|via)|delivered (?:by|via|vaginally)|forceps|ventouse)\b",
        before_facts=True,
    ),
    _topic(
        "until when medicine may be used",
        r"\b(?:expir\w*|(?:go(?:es|ing)?|gone|is|are|be) out of date|in date|use[- ]by|(?:pens?|injectors?|epi-?pens?|inhalers?|kits?|supply|supplies|\w+pens?) (?:\w+ ){0,3}?run(?:s|ning)? out|need(?:s|ing)? replacing)\b",
        r"\b(?:exp(?:ir(?:y|es|ed|ing))?\b\.?:? ?(?:date:? ?|in |on )?[(]?\d|expir(?:y|es|ed|ing)\b|in date\b|out of date|use[- ]by)",
        before_facts=True,
        of_medicine=True,
    ),
    _topic(
        "whether medicine is taken",
        r"\b(?:every (?:single )?(?:day|night|morning|evening)|miss(?:es|ed|ing)? (?:any |his |her |my |a |many |some |taking )*(?:of (?:his |her |my )?)?(?:dose|pill|tablet|med\w*|\w+in)s?|skip\w*|(?:non-?)?adher\w*|(?:non-?)?complian\w*|(?:taking|take|takes|took|using|use|uses) (?:\S+ ){1,4}?(?:regularly|properly|consistently|as (?:prescribed|directed|told|s?he should)|daily|religiously|faithfully|reliably|every|most|all the time|like (?:s?he|they) should)|forget\w* (?:to|his|her|the|my)|remember\w* (?:to take|his|her|the|my)|stick(?:s|ing)? (?:to|with)|good (?:at|about) taking|actually (?:taking|take|takes|using)|(?:getting|gets|get|given|having|has) (?:\S+ ){1,4}?(?:regularly|properly|reliably|as (?:prescribed|directed|told)))\b"
        r"|^\W*(?:so |and |but )?(?:does|is) (?:s?he|they|\w+) (?:still |really |actually )?(?:take|taking|use|using) (?:his|her|their) \w+\W*$",
        r"\b(?:(?<!near[- ])(?-i:(?!Miss [A-Z]))miss(?:es|ed|ing)?(?! (?:pe|school|work|class\w*|appointments?|appts?|visits?|ct|scans?|period\w*|lunch|meals?|breakfast|dinner|flight|bus)\b)|skip(?:s|ped|ping)?|stretch(?:ed|ing)?|every other (?:day|night)|most (?:days|nights|doses|evenings)|rarely misses|no missed|ran out|runs out|(?:non-?)?adher\w*|(?:non-?)?complian\w*|\d+ ?% of doses|100% by refill|forgets?|forgot|not (?:taking|using)|takes it|remembers?|\d days? (?:in|out of) \d|all doses taken|doses taken|(?:dosette|pill ?box|blister packs?|bubble packs?)\b[^.;]{0,20}\b(?:filled|set|by|helps?|works?|daily|weekly)|(?:fills?|sets?|uses?|using|do(?:es)?) (?:\w+ ){0,2}?(?:dosette|pill ?box|blister packs?|bubble packs?)|religiously|when (?:he|she|i) feels?"
        r"|(?:gets|takes|uses|has|given|getting|taking|using|doing|does|has been (?:taking|using|given)) (?:only |just |about )?(?:\d+|one|two|half)(?: or \w+)? (?:puffs?|sprays?|doses?|pills?) (?:only|instead|at|in|a|most|each|every|when)|(?:only|just) (?:gets|takes|uses|taking|using|getting) "
        r"(?:it|them|\d+|one|two|half)|\d+ (?:\w+ )?(?:inhalers?|prescriptions?|scripts?|boxes|packs?|refills?|fills) (?:collected|picked up|issued|ordered|filled|dispensed))\b",
        before_facts=True,
        of_medicine=True,
    ),
)
MOST_TOLD = 3
_LEAD = 3
"""Sentences before one that says "it" of a medicine, any of which may name it."""
_OF_DOSES = re.compile(
    r"\b(?:miss(?:es|ed|ing)?|skip(?:s|ped|ping)?|forg[eo]t\w*|ran out of|runs? out of|not taking|stretch\w*|when i remember)\b(?: \w+){0,3}? (?:doses?|pills?|tablets?|med\w*|puffs?|inject\w*|insulin|\w{3,}(?:in|ol|ide|ril|tan|ine|pam|one|ate|il|zole|ban))\b"
    r"|\b(?:doses? (?:\w+ ){0,2}(?:miss\w*|taken|skip\w*)|no missed|missed 0|rarely misses|never misses|of doses|(?:non ?)?adher\w*|(?:non ?)?complian\w*|dosette|pill ?box|blister pack\w*|bubble pack\w*|takes? \w+ when (?:i|he|she) \w+|every other (?:day|night) since)\b(?! (?:w|with) pill ?box)",
    re.IGNORECASE,
)
"""Tells by itself that doses are meant, and not appointments."""
_UNTIL_WHEN = re.compile(r"\bexp(?:ir\w*)?\b\.?:?|\b(?:in|out of) date\b", re.IGNORECASE)
_POINTS_AT_IT = re.compile(
    r"\b(?:stretch\w*|skip\w*|miss\w*|tak(?:es?|ing)|us(?:es?|ing)|forgets?|stopped) (?:it|them)\b", re.IGNORECASE
)
_LEAST_SHARED = 0.5
"""A further sentence is quoted when it shares at least this part of what the first one shares with the question."""
STILL_HOLDS = 2 * 366 * 86400.0
"""Seconds before the newest sentence after which an older one no longer stands beside it."""
_EMPTY = frozenset(forms("what which who whom when where why how is are was were be been has have had do does did the a an of in on at to for from with any and or he she they it his her their him them i my me we you your "
                         "this that these those there if not no now still ever currently today note notes named chart record documented patient mum mom dad mother father husband wife tell please"))  # fmt: skip


def topic_asked(plan: Plan, /, *, before_facts: bool) -> Topic | None:
    """Return the topic that a question asks for; `None`: it asks for none.

    Args:
        plan: the question as understood.
        before_facts: look only among the topics that notes answer before lists do, or only among the others.
    """
    return next(iter(topics_asked(plan, before_facts=before_facts)), None)


def topics_asked(plan: Plan, /, *, before_facts: bool) -> list[Topic]:
    """Return all topics that a question may ask for, the likeliest first: as `topic_asked` does."""
    if (
        before_facts
        and plan.family
        and (agreed := [each for each in TOPICS if each.name in {CONSENT, CARERS} and each.asked.search(plan.text)])
    ):
        return agreed
    if before_facts and plan.intent is Intent.COUNT and not plan.family:
        return [each for each in TOPICS if each.name == HOURS and (each.asked.search(plan.text) or _asks_hours_of_it(plan))]
    if before_facts and not plan.family and _asks_hours_of_it(plan):
        return [each for each in TOPICS if each.name == HOURS]
    if before_facts and plan.intent is Intent.COUNT and not plan.family:
        return [topic for topic in TOPICS if topic.of_week and topic.asked.search(plan.text)]
    if before_facts and plan.intent is Intent.REASON and not plan.family and _SUPPOSED.search(plan.text):
        return [topic for topic in TOPICS if topic.name == ADHERENCE and topic.asked.search(plan.text)]
    if (plan.family and not _of_relatives_life(plan)) or (plan.intent in {Intent.REASON, Intent.COUNT} and before_facts):
        return []
    drugs = any(target.kind in {ConceptKind.DRUG, ConceptKind.VACCINE} for target in plan.targets)
    others = [target for target in plan.targets if target.label not in _NOT_TAKEN]
    prescribed = re.search(r"\bshould\b", plan.text, re.IGNORECASE) is not None
    taken = not prescribed and (drugs or (_ANY_DOSE.search(plan.text) is not None and not others))
    return [
        topic
        for topic in TOPICS
        if topic.before_facts is before_facts
        and (taken or not topic.of_medicine)
        and not (drugs and topic.name == ADHERENCE)
        and (topic.asked.search(plan.text) or topic.asked.search(_AT_PRESENT.sub("", plan.text)))
    ]


_AT_PRESENT = re.compile(
    r",? (?:at the moment|at present|currently|these days|nowadays|right now|presently)(?=\W*$)", re.IGNORECASE
)
"""Says at the end of a question that the present is meant."""


def _asks_hours_of_it(plan: Plan) -> bool:
    """Say whether the hours of the work are asked that the question named before: "... and how many days a week?"."""
    return _BARE_HOURS.search(plan.text) is not None and any(target.label == "occupation" for target in plan.targets)


_BARE_HOURS = re.compile(
    r"\bhow many (?:days|hours|shifts|nights) (?:a|per|each|every|/) ?(?:week|wk|month)\b|\bfull or part[- ]time\b", re.IGNORECASE
)
_SUPPOSED = re.compile(
    r"[-–—,;:(?]\s*(?:did|does|has|had|was|were|is|because|maybe|perhaps) (?:it |that |he |she |they |i )[^?]*\b(?:miss|skip|forg[eo]t)\w*(?=[^?]*\W*$)",
    re.IGNORECASE,
)
"""Asks why, and supposes that medicines were missed: "why did it fail - did she skip tablets?"."""
_NOT_TAKEN = frozenset({"medication nonadherence", "medication adherence", "nonadherence"})
_ANY_DOSE = re.compile(
    r"\b(?:doses?|meds?|medicines?|medications?|pills?|tablets?|tabs|inhalers?|insulin|drops|treatments?|(?:auto-?)?injectors?|(?:epi-?)?pens?)\b",
    re.IGNORECASE,
)
"""Medicines in general: whether they are taken is told of any of them."""


def _of_relatives_life(plan: Plan) -> bool:
    """Say whether a question asks of relatives, and names no illness or medicine of theirs."""
    illness = any(target.kind in {ConceptKind.CONDITION, ConceptKind.DRUG, ConceptKind.PROCEDURE} for target in plan.targets)
    return asks_of_their_life(plan.text) and not illness


def asks_decider(plan: Plan, /) -> bool:
    """Say whether a question asks who decides for the patient: the notes name that person, a list of contacts need not."""
    return any(topic.name == DECIDER for topic in topics_asked(plan, before_facts=True))


def asks_drink(plan: Plan, /) -> bool:
    """Say whether a question asks how much is drunk, which the newest entry of a table tells by itself."""
    return any(topic.name == DRINK for topic in topics_asked(plan, before_facts=False))


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    words: tuple[str, ...]
    shared: float
    near: tuple[str, ...] = ()
    """Its words, with those of the sentences before and behind it."""
    likeness: float = 0.0
    """What it shares with the question, where the newest note tells first."""


def told_of_topic(topic: Topic, plan: Plan, passages: Sequence[Passage], records: RecordStore, /) -> list[DraftClaim]:
    """Quote the sentences that tell of a topic: what shares most with the question first, then the newest.

    Args:
        topic: what `topic_asked` returned.
        plan: the question; its time, its medicine, and its other words choose.
        passages: of one patient, newest first.
        records: cuts the citations.
    """
    found = _found(topic, plan, passages)
    lately = topic.of_medicine or (topic.lately and not _PAST.search(plan.text))
    if lately and plan.window is None:
        found = [told._replace(shared=1.0) for told in found]  # how it is taken now, the newest note tells
    newest_first = sorted(found, key=lambda told: (-told.shared, -_instant(told.passage), -told.likeness))
    distinct = list({told.words: told for told in reversed(newest_first)}.values())[::-1]
    if not distinct:
        return []
    newest = topic.newest and not plan.family
    beside = [] if newest else [told for told in distinct[1:] if _adjoin(told, distinct[0])]
    alike = [told for told in distinct if told.shared >= _LEAST_SHARED * distinct[0].shared and told not in beside]
    chosen = [*alike[:1], *beside, *alike[1:]][: topic.most or (2 if newest else MOST_TOLD)]
    return [quote_sentence(told.passage, told.sentence, records, route=LIFE) for told in chosen]


def _named_in(plan: Plan, told: _Told) -> int:
    """Count what a question names that a sentence names, too, in whatever words."""
    return sum(target.find(told.words) is not None for target in plan.targets)


def _adjoin(one: _Told, other: _Told) -> bool:
    """Say whether two sentences follow each other in a note: what tells on of a topic is told with it."""
    if one.passage is not other.passage:
        return False
    starts = [sentence.start for sentence in one.passage.sentences]
    return abs(starts.index(one.sentence.start) - starts.index(other.sentence.start)) == 1


def newest_day(topic: Topic, plan: Plan, passages: Sequence[Passage], /) -> str:
    """Return the day of the newest note that tells of a topic; empty: none tells of it, or its day is not known."""
    days = (told.passage.occurred or told.passage.recorded for told in _found(topic, plan, passages))
    return max((known.day for known in days if known is not None), default="")


def _found(topic: Topic, plan: Plan, passages: Sequence[Passage]) -> list[_Told]:
    asked = [word for word in dict.fromkeys(forms(plan.text)) if word not in _EMPTY]
    inside = [
        each for each in standing(passages, plan) if plan.window is None or plan.window.holds(each.occurred or each.recorded)
    ]
    found = [told for passage in inside for told in _telling(topic, plan, passage, asked)]
    if topic.of_thing:
        found = _of_thing(plan, found)
    if topic.most:
        named = [told for told in found if _named_in(plan, told)]
        found = named or ([] if _OF_ONE_ORGAN.search(plan.text) else found)
    if topic.shares:
        found = [told for told in found if told.shared > 0]
    habits = [told for told in found if _of_habit(topic, told)]
    found = found if plan.family else habits or found
    if topic.of_persons and (kin := _one_relative(plan)):
        found = [told for told in found if kin & set(told.words)]
    elif topic.of_persons and not plan.family and topic.entered:
        found = [told for told in found if not _WORK_OF_OTHERS.search(told.passage.sentence_text(told.sentence))]
    elif topic.of_persons and plan.family:
        found = [told for told in found if _FAMILY & set(told.near)]
    elif topic.name == "home" and not plan.family:
        found = [told for told in found if not _HOME_OF_OTHERS.search(told.passage.sentence_text(told.sentence))]
    if topic.name == "home" and not plan.family:
        found = [told._replace(shared=1.0) for told in found]
    if topic.newest and not (topic.entered and (plan.family or _PAST.search(plan.text))):
        found = [told._replace(shared=1.0, likeness=told.shared + _named_in(plan, told)) for told in found]
        last = max((_instant(told.passage) for told in found), default=0.0)
        found = [told for told in found if last - _instant(told.passage) <= STILL_HOLDS]
    if topic.against_tables:
        meant = _of_kind(found, plan.text)
        newest = _of_newest(meant)
        return [*newest, *_against(newest, meant)] if topic.name == "smoking" else newest
    return found


_SMOKES = re.compile(
    r"\b(?:current(?:ly)? (?:smok\w+)|current smoker|smok(?:es|ing) (?:\d|about|up to|again)|\d+(?:\s?-\s?\d+)? ?(?:a|per|/) ?day|\d+ ?(?:cigs?|cigarettes|ppd)|still smok\w+|admits|restarted|relapsed)",
    re.IGNORECASE,
)
_SMOKES_NOT = re.compile(
    r"\b(?:ex|non|never|former|quit|stopped|gave up|given up|no longer|does not|doesn['’]t|denies)\b", re.IGNORECASE
)
_A_YEAR = timedelta(days=366).total_seconds()


def _against(newest: Sequence[_Told], found: Sequence[_Told]) -> list[_Told]:
    """Return what another note of the last year tells against the newest one: "ex-smoker" beside "admits 3 a day"."""
    said = " ".join(told.passage.sentence_text(told.sentence) for told in newest)
    if not newest or not _SMOKES_NOT.search(said) or _SMOKES.search(said):
        return []
    day = _instant(newest[0].passage)
    others = [told for told in found if 0 < day - _instant(told.passage) <= _A_YEAR]
    smokes = [
        told
        for told in others
        if _SMOKES.search(text := told.passage.sentence_text(told.sentence)) and not _SMOKES_NOT.search(text)
    ]
    return sorted(smokes, key=lambda told: -_instant(told.passage))[:1]


_HOME_OF_OTHERS = re.compile(
    r"\b(?:daughter|son|sister|brother|mother|mum|mom|father|dad|aunt|uncle|niece|nephew|cousin|child|children|friend|family|parents)s?(?:,? [A-Z]\w+,?)? (?:who |still |now |both |all )*liv(?:es?|ing) (?!(?:with (?:him|her|them|the patient|pt)|w |at home|together)\b)"
)
"""Tells where a relative lives, who may live elsewhere."""


_OF_ONE_ORGAN = re.compile(r"\b(?:dialysis|haemofilt\w+|hemofilt\w+|inotropes?|vasopressors?)\b", re.IGNORECASE)
"""What is done for one organ: limits of other treatment say nothing of it."""


def _of_habit(topic: Topic, told: _Told) -> bool:
    """Say whether a sentence tells how somebody lives as a rule: it says so, or stands under the heading of a social history."""
    social = SOCIAL_HEADING.search(told.passage.section) is not None
    return bool(topic.rather) and (social or topic.tells_rather(told.passage.sentence_text(told.sentence)))


_NO_THINGS = frozenset(forms("home house night day anything something everything at all about wear use future"))


def _of_thing(plan: Plan, found: list[_Told]) -> list[_Told]:
    """Return what names the thing that a question asks of, in the sentence or beside it; all, where it names none."""
    words = {word for target in plan.targets for word in forms(target.words)} | set(plan.keywords)
    things = words - _EMPTY - said_as("fear") - _NO_THINGS
    meant = {other for word in things for other in said_as(word)}
    return [told for told in found if meant & set(told.near)] if things else found


_FAMILY = frozenset({"family", "parent", "household", *all_relatives()})
_RELATIVE_OF_PATIENT = re.compile(
    r"\b(?:his|her|their|the|patient's|pt's) (?:\w+ )?(mother|mum|mom|father|dad|brother|sister|husband|wife|partner|spouse|son|daughter|grandmother|grandfather)\b",
    re.IGNORECASE,
)


def _one_relative(plan: Plan) -> set[str]:
    """Return the words for the relative of the patient that a question asks of; empty: it names none, or several."""
    asked = {match[1].lower() for match in _RELATIVE_OF_PATIENT.finditer(plan.text)}
    return {*asked, *relatives_named(asked)} if len(asked) == 1 else set()


_PAST = re.compile(r"\b(?:did|was|were|had|used to|before|former\w*|previous\w*|once|ever)\b", re.IGNORECASE)
_WORK_OF_OTHERS = re.compile(
    rf"^\W*(?:(?:his|her|their) )?(?:{HELPERS})\b(?: [A-Z]\w+)? (?:works?|worked|is|was|runs|drives)\b|\b(?:{HELPERS}) who (?:is|was|works)\b",
    re.IGNORECASE,
)
"""A sentence that tells what somebody else does."""
_VAPE = re.compile(r"\b(?:vap\w+|e-?cig\w*)\b", re.IGNORECASE)
_SMOKE = re.compile(r"\b(?:smok\w+|non-?smok\w+|tobacco|cig\w*|ppd|packs?)\b", re.IGNORECASE)


def _of_kind(found: Sequence[_Told], question: str) -> list[_Told]:
    """Return what tells of the kind that is asked for: who vapes may smoke no cigarettes."""
    vapes, smokes = _VAPE.search(question) is not None, _SMOKE.search(question) is not None
    if vapes == smokes or "nicotine" in question.lower():
        kept = _VAPE if vapes and not smokes else None
    else:
        kept = _VAPE if vapes else _SMOKE
    return [told for told in found if kept is None or kept.search(told.passage.sentence_text(told.sentence))]


def _of_newest(found: Sequence[_Told]) -> list[_Told]:
    newest = max((_instant(told.passage) for told in found), default=0.0)
    return [told for told in found if _instant(told.passage) == newest]


def _telling(topic: Topic, plan: Plan, passage: Passage, asked: Sequence[str]) -> list[_Told]:
    texts = [passage.sentence_text(sentence) for sentence in passage.sentences]
    found: list[_Told] = []
    copied = copied_places(texts)
    if _COPIED.search(passage.section):
        return []
    for number, text in enumerate(texts):
        said = told_by_relative(text, passage.author)
        if (
            not topic.told.search(said)
            or (text.isupper() and not any(map(str.isdigit, text)))
            or number in copied
            or _COPIED.search(text)
            or text.rstrip().endswith("?")
            or len(text.split()) == 1
            or (re.search(r"fam\w* h|^\W*f(?:am)?hx?\b", passage.section, re.IGNORECASE) and not OWN_LABEL.match(text))
        ):
            continue
        sentence = passage.sentences[number]
        answered = number + 1 < len(texts) and _ASKED_THEN.search(text) is not None
        if answered:
            sentence = Sentence(start=sentence.start, end=passage.sentences[number + 1].end)
        words = forms(" ".join(texts[number : number + 1 + answered]))
        lead = _LEAD if topic.of_medicine and _POINTS_AT_IT.search(text) else 1
        behind = 1 if topic.of_medicine else 2  # what comes after speaks of the next medicine
        near = forms(" ".join(texts[max(0, number - lead) : number + behind]))
        if topic.of_medicine and not _names_medicine(plan, text, near):
            continue
        shared = sum(bool(said_as(word) & set(words)) + 0.5 * (word in words) for word in asked)
        found.append(_Told(passage, sentence, words, shared, near))
    return found


_ASKED_THEN = re.compile(
    r"\b(?:ask(?:s|ed|ing)?|quer(?:y|ies|ied)|enquir\w+|inquir\w+|wants? to know|wonder\w*|rais(?:ed|es))\b[^.;:]{0,30}?\b(?:about|re|regarding|if|whether|when|what|how)\b[^.;:]*[.;]?\s*$",
    re.IGNORECASE,
)
"""A sentence that only tells what was asked: the one after it holds the answer."""
OWN_LABEL = re.compile(
    r"\W*(?:smok\w*|tobacco|vap\w*|alcohol|etoh|drinks?|drugs|home|lives|social|occupation|works?|job|driv\w+)\b[^:.]{0,15}:",
    re.IGNORECASE,
)
"""Begins a line of shorthand that belongs to no heading above it: "FH: ...", then "Smokes: no"."""
_COPIED = re.compile(r"\b(?:copied|carried) (?:from|forward|over)\b|^\W*copied\b|\bnot updated\b", re.IGNORECASE)
"""What a note says of words that were written at another visit."""
_COPY_BEGINS, _COPY_ENDS = (
    re.compile(pattern, re.IGNORECASE)
    for pattern in (r"\[(?:copied|pasted|carried|copy)\b", r"\[end (?:of )?(?:copied|pasted|carried|copy)\b")
)


def copied_places(texts: Sequence[str]) -> set[int]:
    """Return the places of the sentences that a note marks as copied from an older one: they tell of another day."""
    places: set[int] = set()
    begun: int | None = None
    for number, text in enumerate(texts):
        if _COPY_BEGINS.search(text):
            begun = number
            places.add(number)
        if begun is not None and _COPY_ENDS.search(text):
            places.update(range(begun, number + 1))
            begun = None
    return places


def _names_medicine(plan: Plan, text: str, near: Sequence[str]) -> bool:
    """Say whether a sentence, or one beside it, names a medicine that is asked of; where none is, whether it speaks of doses."""
    drugs = [target for target in plan.targets if target.kind in {ConceptKind.DRUG, ConceptKind.VACCINE}]
    if not drugs:
        return _OF_DOSES.search(text) is not None or _UNTIL_WHEN.search(text) is not None
    return any(target.find(forms(text)) is not None or target.find(near) is not None for target in drugs)


def _instant(passage: Passage) -> float:
    known = passage.recorded or passage.occurred
    return known.start.timestamp() if known else 0.0
