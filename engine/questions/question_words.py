"""The words by which questions say what is wanted: cues for intents, lists, events, and plain words that carry nothing.

Each cue is a set of regular expressions over the question as it was typed.
"""
# ruff: noqa: E501

from __future__ import annotations

from enum import StrEnum

from chartcite.engine.domain.records import Category
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import fold


class Intent(StrEnum):
    """What the reader wants to know about the subject."""

    LATEST = "latest"
    FIRST = "first"
    HIGHEST = "highest"
    LOWEST = "lowest"
    TREND = "trend"
    DIFFERENCE = "difference"
    AVERAGE = "average"
    COUNT = "count"
    LIST = "list"
    ACTIVE = "active"
    PRESENCE = "presence"
    WHEN = "when"
    DURATION = "duration"
    AGE = "age"
    REASON = "reason"
    WHO = "who"
    DOSE = "dose"
    CHANGES = "changes"
    DESCRIBE = "describe"
    SUMMARY = "summary"


class Event(StrEnum):
    """A turn in the course of a treatment or problem that the question names."""

    STARTED = "started"
    STOPPED = "stopped"
    CHANGED = "changed"


def _cue(*alternatives: str) -> Cue:
    return Cue(r"\b(?:" + "|".join(alternatives) + r")(?!\w)")


# fmt: off
COHORT = _cue(
    r"(?:how many|which|what|list|find|show|count|identify|all)(?: of)?(?: (?:the|all|our|my))? (?:\w+ ){0,2}(?:patients|people|adults|women|men|children|persons)(?! (?:sister|brother|mother|(?:has|have|had|does|do|did) (?:he|she|they|i|my|mum|mom|dad|the patient|\w+ (?:got|have|had))\b))",
    r"patients (?:who|with|on|aged|over|under)",
)
INTENTS: tuple[tuple[Intent, Cue], ...] = (
    (Intent.REASON, _cue(
        r"why", r"reasons?", r"how come", r"what (?:led|caused|prompted|triggered|made|explains?|drove|pushed|persuaded|motivated|decided|lay behind|lies behind|(?:was|is) behind)", r"what's behind", r"what (?:brought|set|kicked|sparked) (?:\S+ ){0,4}?(?:on|off|about)", r"what (?:is|was|were)(?: it)? (?:\S+ ){0,2}?(?:behind|to blame|messing|interfering|getting in the way)", r"what (?:sent|shot|drove|pushed) (?:\S+ ){1,4}?(?:up|down|through the (?:roof|floor)|sky-?high|off the scale)", r"what (?:kept|stopped|prevented|held|deterred|put) (?:her|him|them|me|us|it|this|that|mum|mom|dad|the patient|pt) (?:\S+ ){0,2}?(?:away|from|off|back|out)", r"what (?:got|came|stood) in (?:the|his|her|their) way", r"(?:because|on account) of what", r"owing to what", r"(?:on what|what) grounds", r"what (?:was|is) the cause(?= of(?! death)|\W*$)", r"what (?:was|is) the (?:thinking|point|purpose)", r"rationale", r"indications?",
        r"what(?:'s| is| was) (?:\S+ ){1,4}for(?=\W*$)", r"what for", r"due to what", r"cause of(?! death)", r"because of", r"due to(?! (?:have|be|see|get|come|start|go|finish|return|attend|take|stop|receive|undergo|visit|meet|give|end|expire|run out|happen|arrive|deliver)\b)",
        r"what (?:tipped|landed|threw|put) (?:her|him|them|me|mum|mom|dad|the patient|pt) (?:back )?(?:into|in|over)")),
    (Intent.CHANGES, _cue(
        r"what(?:'s| is| has| have|s)? (?:changed|new|different)", r"any(?:thing)? (?:changes|new|changed)(?: since)?", r"changes? since", r"what (?:has )?happened since",
        r"interval (?:history|changes)", r"since (?:her|his|the|their|my) (?:last|previous|prior) (?:visit|appointment|admission|encounter|discharge)")),
    (Intent.DIFFERENCE, _cue(
        r"differences?", r"how (?:much|many) (?!blood\b|fluid\b)(?:\S+ ){1,6}?(?:lose|lost|gain|gained|put on|drop|dropped|rise|rose|fall|fell|increase|increased|decrease|decreased|change|changed|improve|improved|grow|grown|grew)",
        r"how much (?:\S+ ){1,6}?(?:go|gone|went|come|came) (?:up|down)", r"change (?:between|from)", r"(?:weight|height|value) (?:change|loss|gain)", r"percent(?:age)? change",
        r"(?:gain|loss|rise|fall|drop|increase|decrease|decline|reduction|growth) (?:since|between|from|over)")),
    (Intent.AVERAGE, _cue(
        r"(?<!sugar )(?<!glucose )(?:average|avg)(?! blood sugar| sugar| glucose)",
        r"(?<!does )(?<!did )(?<!do )(?<!that )(?<!this )(?<!it )(?<!you )(?<!would )(?<!could )(?<!i )mean(?= (?!by\b|that\b|for\b|if\b|when\b|in\b|corpuscular|platelet|arterial|cell)\w)")),
    (Intent.AGE, _cue(r"how old", r"(?:at )?what age", r"age(?:,? ?\(?(?:in )?(?:completed |full |whole )?(?:years|yrs|yr|months|mths|mos|weeks|days)\)?)? (?:at|when|of|on)", r"(?:his|her|their|patient'?s?|my|current) age")),
    (Intent.DURATION, _cue(r"how long(?! ago)", r"in (?:\w+ )?(?:days|weeks|months|years) or (?:in )?(?:days|weeks|months|years)", r"(?:length|amount|period|stretch) of time", r"how much time", r"(?:total|overall|combined|cumulative|whole|entire) (?:time|period|exposure|spell|course length) (?:\S+ )?(?:on|taking|under|with)", r"(?:how many |number of )nights?", r"length of stay", r"length of (?:\S+ ){1,5}?(?:in |\()(?:days|weeks|months|years)", r"bed[- ]?days", r"(?:interval|gap|time|days|weeks|months|years) (?:in (?:\w+ )?(?:days|weeks|months|years) )?(?:between|separating)", r"how (?:far|long) apart", r"(?<!anion )(?<!osmolar )(?<!osmolal )(?<!care )gap", r"duration", r"(?:how many|number of|no\.? of|total) (?:total |whole )?(?:days|weeks)(?: worth)? (?:of|on)\b(?! (?:his|her|my|their|the|each|any|this|that) (?:month|week|year))", r"total (?:days|weeks)\b", r"(?<=^)\W*(?:days|weeks) (?:of|on)\b", r"for how many (?:years|months|weeks|days)", r"(?:how many|number of) (?:total )?(?:days|weeks|hours)(?: in total| total| altogether)? (?:was|were|has|have|had|did|ventilated|intubated|inpatient|hospitali[sz]ed|spent|on (?:the|a) vent\w*|in (?:the )?(?:hospital|ward|icu|itu|hdu|ccu|nicu))", r"how many (?:years|months|weeks|days) (?:was|has|have|did|were|is|in|on|after|before|between|until|from|since)")),
    (Intent.DOSE, _cue(r"how (?:much|many) (?:units?|mgs?|milligrams?|micrograms?|mcgs?|tablets?|tabs|pills?|puffs?|mls?|drops|sprays|capsules?)", r"how many (?:\S+ ){0,5}?(?:tablets?|tabs|pills?|puffs?|drops|sprays|capsules?|sachets?|units|spoon(?:s|fuls?)|patches|doses|scoops) (?:is|are|am|do|does|should|must|can|shall) (?:\S+ ){1,4}?(?:take|get|have|use|need|be on|be given|be taking|be having|give|put in|put on|apply)")),
    (Intent.COUNT, _cue(r"how many(?! (?:refills?|repeats)\b| (?:tablets?|pills?|capsules?|tabs?|caps) of\b)", r"times (?:seen|admitted|attended|been|gone|in (?:hospital|the er|the ed|a&e))", r"nos?\. of", r"(?<!lot )(?<!batch )no of", r"(?<!lot )(?<!batch )(?<!serial )(?<!phone )(?<!room )number of", r"how often", r"how frequently", r"count (?:of|the|up|all|his|her|my)", r"total number", r"total(?=\W*$)")),
    (Intent.HIGHEST, _cue(r"(?:ever|any|times?) (?:\S+ ){0,3}?(?:too |very |dangerously |really |critically |sky[- ])?high(?! (?:school|blood|cholesterol|dose|risk))", r"highest", r"how high (?:did|has|have|had) (?:\S+ ){1,4}?(?:get|go|got|gone|been|rise|climb|reach|run)\w*", r"peak(?:ed)?", r"max(?:imum)?", r"greatest", r"heaviest", r"tallest", r"largest", r"biggest", r"worst")),
    (Intent.LOWEST, _cue(r"(?:ever|any|times?) (?:\S+ ){0,3}?(?:too |very |dangerously |really |critically )?low(?! (?:blood|mood|dose|risk|back))", r"lowest", r"how low (?:did|has|have|had) (?:\S+ ){1,4}?(?:get|go|got|gone|been|fall|drop|dip|run)\w*", r"nadir", r"min(?:imum)?", r"smallest", r"least", r"lightest")),
    (Intent.TREND, _cue(
        r"what(?:'s| is| has|s)? (?:\S+ ){1,5}?(?:been |be )?doing(?! (?:for|about|in|at|with))", r"across (?:the |all |his |her |my )?(?:visits|years|admissions|appointments|encounters|time)", r"year (?:by|on) year", r"visit by visit", r"at (?:each|every) (?:visit|check\w*|appointment)", r"direction of travel", r"(?:lost|losing|lose|gained|gaining|gain|put on|putting on) (?:\S+ ){0,3}?(?:weight|height)",
        r"what did (?:\S+ ){1,4}?do", r"trend(?:s|ed|ing)?", r"over time", r"over the (?:years|months|weeks|past|last)", r"(?:over|throughout|across) (?:the|his|her|my|their|this|that) (?:(?!phone|counter|telephone|table|limit|top|age|moon|next|range|threshold|target|whole|entire)\w+ )?(?:infection|illness|admission|stay|episode|flare|pregnancy|treatment|course|taper|rehab|recovery|relapse|sepsis|crisis|attack|hospitali[sz]ation)", r"course", r"trajectory", r"(?:gone|go|going|went|going|crept|creeping|drifted|drifting) (?:up|down)", r"(?:come|came|coming) (?:back |right |well )?down(?! with)", r"improv(?:ed|ing|e)", r"worsen(?:ed|ing)?",
        r"(?:getting|gotten|got) (?:any )?(?:better|worse|higher|lower|bigger|smaller|larger|stronger|weaker|stiffer|looser|straighter|fitter)", r"since the (?:first|beginning)(?: one| reading| test| score)?", r"what (?:has|have) (?:\S+ ){1,4}?been(?! (?:told|said|asked|advised|informed|offered)\b)", r"ris(?:en|ing|e)", r"rose", r"f[ae]ll(?:en|ing)?", r"serial", r"progress(?:ion|ed|ing)?(?! (?:notes?|reports?|reviews?)\b)", r"evol(?:ved|ution)",
        r"how['’]?s (?:\S+ ){1,5}?(?:been|doing|trending)(?! (?:told|said|asked|taken|done)\b)", r"how (?:has|have|did|is|are) (?:\S+ ){1,6}?(?:moved?|changed?|gone|doing|done|behaved?|developed?|been)", r"(?:has|have|had|did) (?:\S+ ){1,5}?(?:changed?|budged?|shift(?:ed)?|moved?|alter(?:ed)?|var(?:y|ied)|fluctuat(?:e|ed)|(?:held|stayed|been|kept) (?:stable|steady|flat|level|constant|the same))", r"increas(?:ed|ing)", r"decreas(?:ed|ing)", r"dropp(?:ed|ing)",
        r"(?:list|every|all) (?:\S+ ){0,2}?(?:counts?|values?|readings?|results?|scores?|levels?|measurements?|totals?)", r"serial(?:ly)?", r"history of (?:values|readings)", r"all (?:the |his |her )?(?:values|readings|measurements|scores|results)", r"growth", r"(?:titers|titres|values|scores|readings)(?! of)", r"so far", r"to date", r"first (?:and|vs\.?|versus|to|compared (?:to|with)) (?:the )?(?:last|latest|most recent)",
        r"(?:vs\.?|versus|compared (?:to|with))", r"(?:better|worse|higher|lower|more|less) than(?: (?:it was|in|at|on|the))* (?:(?:a|an|one|two|three|\d+) )?(?:last|year|month|\d{4}|before|when|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*", r"from .+ to (?:now|date|today)", r"\w+ to (?:now|last|latest|current)", r"(?:up or down|better or worse|higher or lower|coming down|going down|going up|creeping up)", r"over the (?:last |past )?(?:\S+ )?(?:yrs?|mos?|visits)", r"(?:vs\.?|versus|against|compared (?:to|with)) (?:the )?(?:now|latest|last|today|current|most recent)", r"between .+ and")),
    (Intent.WHO, _cue(r"who", r"whom", r"which (?:\w+ ){0,2}?(?:doctor|physician|provider|clinician|surgeon|nurse|specialist|consultant)", r"by whom", r"who's")),
    (Intent.DOSE, _cue(r"dos(?:e|es|age|ages|ing)", r"how (?:much|many) (?:\S+ ){0,4}?(?:tak(?:e|es|ing)|prescribed)", r"strength", r"how (?:do|does|should) (?:\S+ ){1,3}?take", r"sig", r"regimen")),
    (Intent.WHEN, Cue(
        r"(?:^|[.,;?!:]\s*|\band |\bor )when\b|\bwhen (?:was|were|did|is|are|am|has|have|had|will|does|do|should|can|must|shall|would|could)\b|\bwhen\W*$|\bwhen'?s\b|\b(?:dates? )?in ?[-/& ] ?(?:(?:and|&)[- ])?out\b(?= dates?|\W*$| for)|\b(?:what|which|on what) (?:date|day|year|month|time)s?\b|\bdates?(?: of)?\b|"
        r"\bhow long ago\b|\bsince when\b|\bonset\b|\bwhen (?:his|her|my|the) last\b")),
    (Intent.FIRST, _cue(r"(?<!happen )(?<!done )(?<!needed )(?<!sorted )first", r"earliest", r"initial(?:ly)?", r"baseline", r"oldest", r"original(?:ly)?")),
    (Intent.LATEST, _cue(r"latest", r"last", r"most recent(?:ly)?", r"newest", r"recent", r"now", r"today", r"current(?:ly)?", r"present", r"up[- ]to[- ]date")),
)
YES_NO = Cue(
    r"^(?:(?:so|and|but|please|hi|hello|ok|also|do you know if|can you tell me (?:if|whether)|check (?:if|whether)|was it ever|tell me (?:if|whether))[\s,]+)*"
    r"(?:is|are|am|was|were|does|do|did|has|have|had|any|ever|can|could|should|will)\b",
)
WHICH = Cue(r"^(?:and |so |please |tell me |list )?(?:which|what)(?: (?:kinds?|types?|sorts?) of)?(?: other| else)? (?!is|was|are|were|did|does|do|has|have|'s)\w")
"""Asks which of a class there are: "which jabs", "what antibiotics"."""
SUBJECTS: tuple[tuple[Category, Cue], ...] = (
    (Category.ALLERGY, _cue(r"allerg(?!ist)\w*", r"intoleran\w*", r"anaphyla\w*", r"nkda", r"nka", r"(?:bad |adverse )?reactions? to", r"(?:drug|medication|medicine|med|adverse|antibiotic) reactions?", r"adrs?", r"reactions? (?:on (?:record|file)|recorded|documented|listed|on the chart)", r"foods? (?:\S+ ){0,4}?(?:avoid|off limits)", r"avoid (?:\S+ ){0,2}?foods?", r"react(?:s|ed)? to", r"what happens (?:if|when) (?:\S+ ){1,4}?(?:exposed to|in contact with|touch(?:es|ed)?|stung|(?:is|comes|gets) near)")),
    (Category.IMMUNIZATION, _cue(r"vaccin\w*", r"immuni[sz]\w*", r"shots?", r"jab(?:s|bed)?", r"boosters?", r"inoculat\w*", r"vax\w*")),
    (Category.MEDICATION, _cue(
        r"med(?:s|ication|ications|icine|icines)?", r"drugs?", r"pills?", r"tab(?:let)?s?", r"prescri\w*", r"rx", r"treatments?", r"taking", r"takes", r"prn", r"as[- ]needed", r"when required", r"what (?:all |else )?(?:is|was|are|were|am) (?:she|he|i|they|the patient|this patient|pt) (?:\w+ ){0,2}on(?=\W*$|\s+(?:now|at|in|before|after|when|during|as|right|these|today|currently)\b)", r"inhalers?", r"pharmac\w*",
        r"(?:on(?! (?:\w+ ){0,3}(?:wait\w*|lists?)\b)|take|taking|takes|prescribed|uses?|using|treated|started) (?:\S+ ){0,3}?for (?:\S+ ){0,3}\S+", r"treat(?:ed|ing|s)?",
        r"give (?:him|her|me|them|the patient|pt) (?:\S+ ){0,2}?for (?:\S+ ){0,3}\S+", r"(?<!reason )(?<!reasons )(?:given|got|get|gets|had|receive[ds]?|put on) (?:\S+ ){0,2}?(?:for|against) (?:\S+ ){0,3}\S+", r"(?:\w+ )?therap(?:y|ies) for", r"(?:chemo(?:therapy)?|active|antibiotic|antimicrobial|antiviral) agents?", r"agents? for", r"(?:drops?|creams?|ointments?|sprays?|patch(?:es)?|gels?|syrups?|lotions?|injections?|infusions?|shots?|abx|antibiotics?) for", r"(?:bp|blood pressure|pain|asthma|seizure|diabetes|insulin|hiv|copd) regimen", r"systemic (?:therapy|treatment)", r"(?:asthma|copd|daily) (?:\w+ )?(?:controllers?|preventers?|relievers?|maintenance)", r"tried (?:\S+ ){0,3}?for (?:\S+ ){0,3}\S+", r"(?<!look )(?<!up )(?:any|some)thing (?:\w+ )?for (?:(?:his|her|my|their|the) )?(?:\w+ )?(?:pain|sleep\w*|nausea|sickness|constipation|bowels|anxiety|nerves|mood|cough|itch\w*|allerg\w+|heartburn|reflux|memory|blood pressure|bp|cholesterol|diabetes|sugars?|asthma|breathing|bones?|thyroid|gout|migraines?|headaches?|depression|bladder|fever|cramps?|spasms?)")),
    (Category.CARE_TEAM, _cue(r"care team", r"(?:pcp|primary care (?:doctor|physician|provider))", r"(?:his|her|my|their) (?:doctor|gp)s?")),
    (Category.CARE_PLAN, _cue(r"care ?plans?", r"plans? of care", r"what (?:did|does|do|was|were|is) (?:in |on )?(?:the|her|his|my|their) (?:care |treatment |self[- ]care )?plan (?:say|says|said|tell|include|involve|advise|recommend)", r"(?:advice|instructions|exercises?|self[- ]care|physio) (?:was|were|is|are|did|do|does) (?:\S+ ){1,3}?(?:given|get|told|advised|have|do|follow)", r"what (?:was|were|am|is|are) (?:i|she|he|they|we|the patient|pt) (?:told|advised|asked|instructed|meant|supposed) to do (?:about|for|after|with)", r"activities (?:on|in|of|under) (?:the|her|his|my|their)")),
    (Category.GOAL, _cue(r"goals?", r"targets?")),
    (Category.ORDER, _cue(r"orders?", r"ordered", r"referr\w*", r"wait(?:ing)?[- ]?lists?", r"pending", r"outstanding", r"follow[- ]?up (?:not|due)", r"requested")),
    (Category.COVERAGE, _cue(
        r"insur\w*", r"coverage", r"payers?", r"payors?", r"who pays(?: for)?", r"(?:on|has|have|had|under|with|got) (?:medicaid|medicare|tricare|blue ?cross(?: blue ?shield)?|bcbs|aetna|cigna|humana|united ?health\w*)(?! (?:annual|wellness|visit))")),
    (Category.ENCOUNTER, _cue(
        r"(?:how (?:many (?:total )?(?:days|nights|weeks)|long)|(?:days|nights|time) spent|number of (?:days|nights)) (?:\S+ ){0,4}?(?:in|on) (?:the )?(?:\w+ )?(?:wards?|icu|itu|hdu|ccu|nicu|picu)", r"visits?(?<!can we visit)(?<!may we visit)(?<!can i visit)(?<!we can visit)(?<!i can visit)(?<!to visit)(?<!family visit)(?<!wife visit)(?<!husband visit)(?<!kids visit)(?<!children visit)(?<!dog visit)(?<!friends visit)(?<!mum visit)(?<!dad visit)", r"follow[- ]?ups", r"encounters?", r"admi(?:t|ts|tted|ssion|ssions)", r"hospitali[sz]\w*", r"discharged?", r"inpatient", r"(?:ed|er|a&e|emergency|casualty)(?: room| department| visits?)?", r"appointments?", r"seen",
        r"in (?:the )?hospital", r"hospital (?:stays?)", r"nights?(?= (?:in|was|were|did|had|as|at|on))", r"length of stay", r"bed[- ]?days", r"attend(?:ed|ance|ances|s)", r"(?:set|clapped|laid|clap|lay) eyes on", r"(?:ed|er|a&e|hospital|casualty) trips?", r"trips? to", r"(?:post-?natal|ante-?natal|prenatal|postpartum|well[- ]?(?:child|baby)|annual|yearly|baby|health) (?:checks?|checkups?|check-ups?)", r"(?:put|went|sent|taken|moved|gone|go) (?:in|into|to) (?:\w+ )?(?:hospice|hospital|rehab|a nursing home|care)", r"office", r"(?:see|saw|visit(?:ed)?|been (?:to|seen by)|went to|appointment with|appt with) (?:(?:the|a|an|her|his|my|their) )?(?:\w+ )?(?:doctor|dr|specialist|clinic|nurse|dentist|optician|gp|\w+ologist|\w+iatrist|midwife|dietitian|therapist|surgeon)", r"consult\w*", r"last saw", r"icu", r"urgent care")),
    (Category.PROCEDURE, _cue(r"(?:did|do|done) (?:(?:they|you|we) )?(?:do )?(?:for|about) (?:the|her|his|my)", r"procedures?", r"surger\w*", r"surgical", r"operations?", r"operated", r"scans?", r"imaging")),
    (Category.CONDITION, _cue(
        r"(?<!living )(?<!housing )(?<!working )(?<!home )conditions?", r"problems?", r"diagnos\w*", r"dx", r"medical history", r"pmh", r"illness\w*", r"diseases?", r"wrong with", r"the matter", r"(?:sick|ill|poorly|unwell)(?: with)?", r"comorbid\w*", r"past history", r"health issues?", r"suffer\w*", r"ailments?")),
    (Category.VITAL_SIGN, _cue(r"vitals?(?: signs)?")),
    (Category.LABORATORY, _cue(r"labs?", r"lab(?:oratory)? (?:results?|values?|tests?)", r"blood ?(?:work|tests?)", r"blood results?", r"bloods", r"blood (?:was |were |been |samples? )?(?:taken|drawn)", r"test results?", r"abnormal results?")),
    (Category.REPORT, _cue(r"reports?", r"x-?rays?", r"pathology")),
    (Category.SOCIAL_HISTORY, _cue(r"social history", r"lifestyle", r"habits")),
    (Category.DOCUMENT, _cue(r"notes?", r"documents?", r"letters?")),
)
EVENTS: tuple[tuple[Event, Cue], ...] = (
    (Event.STOPPED, _cue(
        r"stop(?:ped|s|ping)?", r"discontinu\w*", r"d/?c'?d", r"held", r"hold", r"(?<!litres )(?<!liters )(?<!fluid )c[ao]me off", r"off(?: of)?", r"quit", r"cease[ds]?", r"taken off", r"withdr\w+", r"ended", r"finish(?:ed)?", r"no longer", r"stopp?age",
        r"deprescrib\w*", r"interrupt(?:ed|ions?)", r"gaps? in", r"omitted", r"deferred", r"paused?", r"withheld", r"suspended", r"(?:dropped|drop) (?:the|his|her|my|from)",
        r"(?:implant|coil|iud|ius|mirena|nexplanon|kyleena|copper t|rod|pessary)s?\b[^.?;]{0,20}?\b(?:taken out|removed|come out|came out|out)")),
    (Event.CHANGED, _cue(
        r"put (?:\S+ ){1,5}?(?:up|down) to", r"bumped", r"upped", r"swap(?:ped|s)?", r"\d+ ?(?:mcg|mg|units?|u)? ?(?:->|→) ?\d+ ?(?:mcg|mg|units?|u)\b", r"dose (?:steps?|history|changes?|adjustments?|increases?)", r"dos(?:es?|ages?|ing) (?:over|through(?:out)?|across|down) (?:time|the (?:years|months|weeks|course))", r"dos(?:e|age) (?:gone?|goes|going|went|move[ds]?|been put|come) (?:up|down)", r"step(?:ped)?[- ](?:up|down)s?", r"uptitrat\w*", r"switch(?:ed)?", r"chang(?:e|ed|es)", r"increas(?:e|ed)", r"decreas(?:e|ed)", r"reduc(?:e|ed)", r"lower(?:ed)?", r"cut", r"rais(?:e|ed)", r"adjust(?:ed|ment)?s?", r"titrat\w*", r"tweak\w*", r"(?:dose |dosage )?reductions?", r"from what to what", r"(?:de-?)?escalat\w*", r"taper\w*", r"wean\w*", r"halv\w+", r"doubl\w+", r"(?<!knee )(?<!hip )(?<!joint )(?<!valve )(?<!shoulder )(?<!hormone )(?<!enzyme )(?<!nicotine )replac\w+")),
    (Event.STARTED, _cue(
        r"start(?:ed|s|ing)?", r"began", r"begin", r"begun", r"initiat\w*", r"put on", r"prescribed", r"(?:was|were) (?:given|placed on)", r"introduc\w*", r"add(?:ed)?", r"resum\w*", r"commenc\w*")),
)
EVENT_WORDS = {
    Event.STOPPED: ("stop", "stopped", "discontinued", "discontinue", "held", "hold", "off", "d/c", "dc", "ceased", "withdrawn", "discontinuing", "stopping", "deprescribed", "finished", "completed", "removed", "quit", "omitted", "omit", "dropped", "deferred", "paused", "withheld", "suspended"),
    Event.CHANGED: ("switched", "switch", "changed", "change", "increased", "increase", "decreased", "reduced", "reduce", "lowered", "lower", "cut", "raised", "adjusted", "titrated", "halved", "doubled", "replaced", "transitioned"),
    Event.STARTED: ("start", "started", "starting", "began", "begin", "initiated", "initiate", "added", "add", "prescribed", "resumed", "commenced", "given"),
}
"""Words by which notes tell of an event."""
RELATIVES: dict[str, tuple[str, ...]] = {
    "mother": ("mother", "mom", "mum", "mommy", "mama", "maternal"),
    "father": ("father", "dad", "daddy", "papa", "paternal"),
    "brother": ("brother", "sibling", "bro"),
    "sister": ("sister", "sibling", "sis"),
    "sibling": ("sibling", "brother", "sister"),
    "parent": ("parent", "mother", "father"),
    "grandmother": ("grandmother", "grandma", "gran", "granny", "nan", "grandparent"),
    "grandfather": ("grandfather", "grandpa", "grandad", "granddad", "grandparent"),
    "grandparent": ("grandparent", "grandmother", "grandfather"),
    "aunt": ("aunt", "auntie"),
    "uncle": ("uncle",),
    "cousin": ("cousin",),
    "husband": ("husband", "spouse"),
    "wife": ("wife", "spouse"),
    "partner": ("partner", "spouse"),
    "son": ("son", "child"),
    "daughter": ("daughter", "child"),
}
"""Relatives, and the words that records and people use for them."""
COLLECTIVE = frozenset({"sibling", "parent", "grandparent"})
"""Names for several relatives: only the name itself asks for all of them."""
_KIN = "|".join(sorted({word for words in RELATIVES.values() for word in words if word not in {"son", "daughter", "child"}}, key=len, reverse=True))
_ELDERS = "mother|father|brother|sister|grandmother|grandfather|aunt|uncle|cousin|parent|grandparent"
FAMILY = _cue(
    r"famil(?:y|ial)(?! (?:doctor|physician|medicine|practice|planning|nurse|meetings?|conferences?|discussions?|room|liaison|update))", rf"(?:his|her|my|their|patient'?s?|the|pt'?s?) (?:own |older |younger |late )?(?:{_KIN}|parents)s?(?:'s)?", rf"any (?:{_KIN})s?",
    rf"(?:{_KIN})'s", r"runs in", r"relatives?", r"heredit\w*", r"fhx?", r"maternal", r"paternal", r"(?:first|second)[- ]degree", r"siblings?",
    r"fam[ -]?(?:hx|hist\w*|h/o)", r"fam(?=:| of\b)", r"wh[aā]nau", r"rell(?:ie|y|o)s?", r"(?:blood|any|other|close) relations?(?! (?:to|with|between))", r"bloodline",
    r"(?:anyone|anybody|someone|somebody|people|those|who(?:'s| is)?) (?:\w+ ){0,2}?related(?! to (?:the|this|that|it|his|their|my) \w| to her (?!with\b|who\b|that\b|has\b|had\b|by\b)\w)",
    rf"(?:{_KIN}|parents)s?(?= ?[:=–/])", rf"(?:{_ELDERS})s? (?:has|had|have|with|w/|dx|died|dead|alive|deceased|living)",
    rf"^(?:{_ELDERS})s?(?= (?!want|ask|sa[iy]|call|rang|ring|phon|worr|concern|report|think|need|told|tell|here)\w+(?: \w+){{0,3}}\W*$)",
    rf"(?:did|does|do|has|have|had|which|is|are|was|were|either|both) (?:{_ELDERS})s?",
    r"(?:does|do|did|has|have) any(?:one|body)(?: else)? (?:ever |also )?(?:have|had|suffer\w*|carry|die|died)(?! (?:a |an |any |the |his |her |my |their )?(?:\w+ )?(?:cop(?:y|ies)|records?|notes?|idea|number|information|info|updates?|access|contact|details|results?|plan|key|look|word|chat|talk|discuss\w*|concerns?|questions?|time|chance|go|say)\b)",
)
EVER = _cue(r"ever", r"history of", r"(?:contracepti\w+|birth control|antidepressant|antibiotic|anticoagulant|steroid) (?:history|hx)", r"h/o", r"hx", r"previously", r"previous (?!visit|admission|appointment|note|letter|scan|echo|test|result|value|stay)\w+", r"history(?=\W*$)", r"in the past", r"past", r"before", r"prior", r"had", r"tried", r"been through", r"so far", r"over the years")
NOW = _cue(
    r"current(?:ly)?", r"active(?:ly)?", r"now", r"right now", r"still", r"at present", r"these days", r"is (?:she|he|the patient|pt) (?:on|taking)", r"am i (?:on|taking)", r"today", r"presently", r"ongoing")
NEWEST = _cue(r"latest", r"last", r"most recent(?:ly)?", r"newest", r"recent(?:ly)?", r"now", r"today", r"current(?:ly)?", r"still", r"these days", r"at present", r"to date")
_NEWEST_SEVERAL = Cue(
    r"\b(?:(?P<ahead>two|three|four|five|six|[2-6]) (?:last|latest|newest|most recent)(?= (?!or|to|and)[a-z])|(?:last|latest|newest|past|most recent) (?P<count>[2-9]|1\d|two|three|four|five|six|seven|eight|nine|ten)(?:(?=\W*$|[,;:)])| "
    r"(?!(?:or|to|and|-|–)\b|(?:full |calendar |whole )?(?:minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|months?|mos?|quarters?|years?|yrs?|decades?|summers?|winters?|seasons?)\b)(?=[a-z])))",
)
_NEWEST_AND_FORMER = Cue(
    r"\b(?:last|latest|newest|most recent|current)\b[^?;.]{0,60}?(?:,|/|&|\+|\b(?:and|plus|vs\.?|versus|against|compared (?:to|with)))\s*(?:the |his |her |my )?"
    r"(?:(?P<more>one|two|three|four|five|[2-5])(?: (?:ones|values|results|readings|visits))? (?:just |right |directly )?before(?: (?:it|that|this|then|them))?(?=\W*$)"
    r"|(?:previous|preceding|penultimate|prior)(?: (?:ones?|values?|results?|readings?))?(?=\W*$|\s+\S+\W*$))",
)
"""The newest with those before it: "last visit and the one before", "latest and previous creatinine"."""
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
EVERY = _cue(r"dates", r"each", r"every", r"all", r"list", r"which (?:dates|days|years)", r"both (?:\w+ )?(?:dates|doses|shots|jabs|times)", r"x ?\d", r"when (?:were|are|did (?:she|he|i|they|the patient) (?:get|have|receive) (?:\S+ )*(?:shots|doses|vaccines|jabs|boosters))", r"doses")
TO_HOSPITAL = r"(?:hospital|hosp) (?:visits?|trips?|attendances?|contacts?)|(?:visits?|trips?|journeys?) to (?:the )?hospital"
"""Asks for stays and emergencies alike."""
INPATIENT = _cue(r"hospital admissions?", r"admissions? to (?:the )?hospital", r"admitted to (?:the )?hospital", r"admi(?:t|ts|tted|ssion|ssions)", r"hospitali[sz]\w*", r"inpatient", r"in (?:the )?hospital", r"hospital stays?", r"discharged?", TO_HOSPITAL)
EMERGENCY = Cue(rf"\b(?:ED|ER|A&E|A and E)\b|\b(?i:{TO_HOSPITAL}|emergency(?: room| department)?|emerg|casualty|ed visits?|er visits?|a&e|the er|the ed)\b", 0)
UPCOMING = _cue(r"when (?:should|does|do|must|can|will|shall|is|are) (?:\S+ ){1,6}?again(?! (?:after|since|when)\b)", r"next(?! of kin| to| day| morning| week| door)", r"due", r"overdue", r"upcoming", r"coming up", r"scheduled", r"(?:need|needs|needed|require|requires) (?:another|a repeat|to (?:have|repeat|be))", r"(?:need|needs|require|requires) (?:\S+ ){0,4}?(?:re-?check(?:ed|ing)?|repeat(?:ed|ing)|re-?test(?:ed|ing)?|re-?do(?:ne|ing)|checking)", r"booked", r"planned(?: for)?", r"in the future")
"""Asks for what is to come."""
UNDONE = _cue(
    r"miss(?:ed|ing)", r"not (?:yet )?(?:been )?(?:given|done|had|performed|taken|received)", r"refus\w+", r"declin(?:ed|es|ing)", r"turn(?:ed)? (?:\w+ )?down", r"skipped", r"no[- ]show\w*",
    r"(?:never|hasn't|haven't|hadn't|didn't|not) (?:\w+ ){0,2}?(?:had|got|gotten|get|done|turn(?:ed)? up|show(?:n|ed)? up|attend\w*)", r"(?:not|doesn't|does not) have")
"""Asks for what was not done."""
SAFE = Cue(
    r"\b(?:can|could|may|should|shall|might) (?:\S+ ){1,3}?(?:have|take|get|use|be given|be (?:put|started) on|give|prescribe|start)\b|\b(?:safe|ok|okay|alright|all right|fine)\b(?! \w+ (?:visit|result))"
    r"|\b(?:contraindicated|avoid)\b|\bbefore (?:i|we) (?:give|prescribe|start)\b|\b(?:about|going|want|planning|wants) to (?:give|prescribe|start|order)\b")
"""Asks whether something may be given."""
HARM = _cue(
    r"caus(?:e|ed|es|ing)", r"harm(?:ed|ing)?", r"side[- ]effects?", r"adverse (?:effects?|events?|reactions?)", r"(?:problems?|trouble|issues?|bother) (?:with|from|on|taking)", r"bother(?:ed|ing)?", r"upset(?:ting)?", r"disagree[ds]? with",
    r"tolerat(?:e|ed|es|ing)", r"get(?:ting)? on with", r"got on with", r"do (?:her|him|them|me) any harm")
"""Asks what a treatment did amiss."""
DEMOGRAPHIC = _cue(
    r"(?:date of birth|dob|birth ?date|birthday(?! (?:visit|check\w*|appointment|party|physical)))", r"(?:was|is|were) (?:she|he|they|i|the patient|this patient|pt|my patient) born", r"born\W*$", r"(?:his|her|their|patient'?s?|my|current) age", r"how old is (?:she|he|the patient|this patient|pt|my patient|they)", r"how old (?:was|were) (?:\S+ ){1,4}(?:died|passed|dies|at death)", r"age (?:at|of) (?:\S+ ){0,3}?death", r"age (?:\S+ ){1,3}?(?:died|passed away)",
    r"how old (?:am i|are (?:you|they)|is (?:(?:mr|mrs|ms|miss|mx|dr)\.? )?\w+)(?=\W*$)", r"(?<!reading )(?<!spelling )(?<!bone )(?<!mental )(?<!developmental )(?<!gestational )(?<!corrected )(?<!language )age(?=\W*$)", r"(?:(?:a )?(?:man|woman|boy|girl|male|female)) or (?:a )?(?:man|woman|boy|girl|male|female)", r"(?:is|am) (?:she|he|i|it|the patient|this patient|pt) (?:a )?(?:man|woman|boy|girl|male|female)",
    r"(?:(?<!about )(?<!have )(?<!having )(?<!had )(?<!avoid )(?<!during )(?<!unprotected )(?<!no )(?<!safe )sex(?! (?:after|before|again|life|drive|with|hurts?|pain\w*|work\w*|during|education))|gender)", r"(?:race|ethnicity|ethnic)", r"marital status", r"married", r"(?:preferred |primary )?languages?", r"address", r"where does (?:she|he|the patient) live", r"(?:deceased|dead|alive)", r"(?:date|time) of death",
    r"(?:when|did) (?:\S+ ){1,4}?(?:die|died|pass(?:ed)? away)(?! of| from)", r"mrn",
    r"(?:speaks?|understands?) (?:\w+ ){0,2}?(?:english|welsh|irish|french|german|spanish|italian|portuguese|polish|czech|slovak|russian|ukrainian|romanian|hungarian|greek|turkish|arabic|farsi|persian|urdu|punjabi|hindi|bengali|gujarati|tamil|somali|mandarin|cantonese|chinese|vietnamese|tagalog|korean|japanese|dutch|swedish|finnish|norwegian|danish|creole|amharic|tigrinya|swahili|yoruba|igbo|maori|samoan|tongan)",
)
CONTACT = _cue(
    r"next of kin", r"nok", r"emergency contact", r"contact (?:person|details?|numbers?)", r"who (?:do|should|can|could|would|to) (?:(?:i|we|you|they|one|staff) )?(?:call|ring|contact|phone|notify|inform)(?!.*\b(?:about|regarding|for)\b)", r"(?:tele)?(?:phone|mobile|cell)(?: ?phone)? (?:number|no)", r"health ?care (?:proxy|agent)", r"phone number",
)
DATE_OF_BIRTH = _cue(r"date of birth", r"dob", r"birth ?date", r"birthday(?! (?:visit|check\w*|appointment|party|physical))", r"(?:when|where) (?:was|is) (?:she|he|the patient|pt|i) born")
FREQUENCY_OF_TESTS = _cue(r"times", r"tests?", r"measurements?", r"readings?", r"results?", r"values?", r"checks?", r"checked", r"measured", r"tested", r"often", r"frequently", r"draws?", r"labs?", r"panels?", r"levels?")
BOTH_ENDS = (_cue(r"first", r"baseline", r"initial(?:ly)?", r"(?:at|on|when) (?:\w+ )?diagnos\w+", r"diagnosis", r"(?:was|were|am|is) (?:first )?diagnosed", r"earliest", r"start", r"original(?:ly)?", r"to begin with", r"presentation"), _cue(r"last", r"latest", r"now", r"nowadays", r"today", r"most recent(?:ly)?", r"current(?:ly)?", r"got to", r"these days", r"peak", r"nadir"))
_SIZE = ("size", "diameter", "dimension", "measurement")
_SEAT = ("sacrum", "sacral", "coccyx", "buttock", "gluteal", "ischial", "ischium", "natal")
OTHER_WORDS: dict[str, tuple[str, ...]] = {
    "size": _SIZE, "sugar": ("diabet", "glucose", "glycem"), "face": ("facial",), "chest": ("thoracic",), "skin": ("cutaneous",), "head": ("cranial", "scalp"), "neck": ("cervical",), "mouth": ("oral",), "ear": ("otic", "tympanic"), "nose": ("nasal",), "sugars": ("diabet", "glucose", "glycem"), "big": _SIZE, "biggest": _SIZE, "largest": _SIZE, "smallest": _SIZE, "bigger": _SIZE, "larger": _SIZE, "smaller": _SIZE, "growing": _SIZE, "shrinking": _SIZE, "shrunk": _SIZE, "large": _SIZE, "small": _SIZE, "wide": _SIZE, "heavy": ("weight",), "tall": ("height",), "die": ("death",), "died": ("death",), "deliver": ("delivery", "birth", "childbirth"), "delivered": ("delivery", "birth"),
    "birth": ("delivery", "childbirth"), "stitches": ("suture",), "breathing": ("dyspnea", "respiratory", "asthma"), "smoke": ("tobacco", "smoking"), "drink": ("alcohol",), "drinking": ("alcohol",), "stage": ("gold", "grade", "class", "nyha", "category"), "grade": ("category", "stage", "class"), "category": ("grade", "stage"), "location": ("hospital", "center", "clinic", "facility", "medical", "hospice"), "job": ("occupation", "employment"), "work": ("occupation", "employment"),
    "bottom": _SEAT, "bum": _SEAT, "backside": _SEAT, "buttock": _SEAT, "behind": _SEAT, "tailbone": _SEAT, "sacral": _SEAT, "sacrum": _SEAT, "heel": ("calcaneal", "calcaneus"),
    "shin": ("tibia", "pretibial", "tibial"), "elbow": ("olecranon",), "ankle": ("malleolus", "malleolar"), "thigh": ("femur", "femoral"), "collarbone": ("clavicle",), "kneecap": ("patella",),
    "level": ("trough", "concentration"), "cardiac": ("heart",), "renal": ("kidney",), "hepatic": ("liver",), "pulmonary": ("lung",), "gastric": ("stomach",), "cerebral": ("brain",), "ocular": ("eye",), "dermal": ("skin",),
    "heart": ("cardiac",), "kidney": ("renal",), "liver": ("hepatic",), "lung": ("pulmonary",), "stomach": ("gastric", "abdomen"), "brain": ("cerebral",), "eye": ("ocular", "ophthalmic"), "belly": ("abdomen", "abdominal"), "tummy": ("abdomen", "abdominal"),
    "lying": ("supine",), "laying": ("supine",), "standing": ("upright",), "sitting": ("seated",), "cut": ("laceration", "wound"), "lump": ("mass", "nodule"), "womb": ("uterus", "uterine"), "bowel": ("colon", "intestinal", "rectal"), "gullet": ("esophagus", "esophageal"), "windpipe": ("trachea", "tracheal"),
}
"""What people say, and how records name it."""
ATTRIBUTES = frozenset(
    fold(word)
    for word in """left ratio level trough concentration stage staging grade grading surgeon operator anesthetist anaesthetist pathology pathologist radiologist histology margin margins size diameter side laterality location site lobe lot batch manufacturer
    severity subtype genotype serotype mutation gene receptor cause trigger complication outcome prognosis approach anesthesia anaesthesia graft stent device brand model route specialist opinion cost
    bruising rash swelling symptom side-effect effect adherence compliance threshold interval duration frequency dimension volume
    culture organism sensitivity resistance strain marker score percentile gestation gravida parity apgar birthweight blood donor match crossmatch""".split()
)
"""Words that ask for a particular of something: an answer that leaves them out does not answer."""
_STOP = """ruled logged earliest oldest dated inclusive separate distinct discrete trip trips a about above below exceed exceeded exceeding after again ago all also am an and any anybody anyone anything everything everyone are as ask at be became because become been before being between both but by can chart check come could current
    currently date day detail details did do documented does doing done down during each either else ever every exactly far few find first for found from further get give given go goes going gone got had
    happen happened has have having he hello help her here hers hi him his how however i if in information into is it its just kind know known last late latest lately let like list listed look made make many
    may me mention mentioned month more most much must my name need new newest next no not note noted now number of off often ok on once one only or other our out over own patient patients person
    please possible present previous previously pt quite reason recent recently record recorded records regarding report reported result results right said saw safe went say says see seen several shall can't won't couldn't shouldn't wouldn't aren't weren't hadn't she should show
    shown shows since so some somebody someone something stuff bit specific still such take taken took takes taking tell than thank thanks that the their them then there these they thing things this those through time times to
    today told too total try two type under until up us use used using value values various very want was way we well were what whats when where whether which while who whom whose why will with within
    would year years yes yet you your i'm what's who's it's he's she's don't doesn't didn't hasn't isn't wasn't haven't really definitely honestly truly status level levels reading readings score test tests tested there's
    history evidence measured measurement trend highest lowest peak old age dose when's finding findings confirm possibly actually currently wondering explain direction newly incl including include according per vs three four five file
    mr mrs ms dr doctor pls plz put remember written anywhere somewhere bring getting moment currently grow grew grown lad lass kid average mean overall mid early summer winter autumn course gave named moved ordered order unit units mmhg kg lb lbs mg approx approximately roughly around
    increase increased decrease decreased rise risen rose drop dropped gain gained lose lost fall fallen versus compare compares comparison compared same different difference differ differs differed between describe tell us whole entire respond"""
STOPWORDS = frozenset(word for raw in _STOP.split() for word in (raw, fold(raw)))
"""Words that carry no content of the record."""
ORDINARY = STOPWORDS | frozenset(
    form
    for raw in """binned brand brands clinician clinicians practitioner clap clapped nipper facility man gentleman guy bloke chap fella lass carried inclusive exclusive seasonal distinct discrete budge budged bunged shifted query queries coding coder occasion bout instance resolution resolved provider prescriber able alter altered alters altering above abroad absent accident across action active activity actual address adjust adult advice advise affect afternoon agent agree ahead alarm alcohol alive allow almost alone along already although always
    amount ankle annual another answer anyone appear apply appointment april area arm around arrange arrive assess assist august available average aware away baby back background baseline bath beat become bedtime
    began behind believe benefit beside best better bigger birth bleed blood board body bone book born bother bottle bottom boy brain breast breath breathe brief bring brother brought brown build burn business call calm
    came cancel cancer cannot care case cause cell center centre certain chair chance change charge chest chief child children choice choose city class clean clear client clinic clinical close clot coach coffee cold
    collect color come comment common company compare complain complaint complete concern condition consent consider consult contact contain continue control cook cool copy correct cost cough count country couple course
    cover create culture current daily damage daughter daily deal death decade december decide decision decline decrease deep degree delay deliver delivery depend describe desk detail develop device diagnose diagnosed diagnosis diet
    differ different difficult dinner direct discharge discuss discussed disease doctor document double doubt drank draw dressing drink drive drop drove drug early easy eaten education effect either elbow elderly else emergency
    employ employer empty encounter end ends energy enough enter entire episode error evening event eventually everyone exam examine example exercise expect experience explain express extra eyes face facility fact fail
    fall falls family fasting father favor fear february feel fell felt female fever field fight figure final finally find finger finish first fish fluid follow following food foot force forearm foreign forget form
    former forward found free frequent fresh friday friend front full function further future gain general gender getting girl given glass goal going good graft grade grandmother grandfather great green ground group grow grown guess
    habit hair half hand handle happen happy hard head health healthy hear heard heart heavy height held help high higher highest history hold holiday home hope hospital hour house human hurt husband idea
    identify illness image imaging immediate important improve include increase indicate infant infection inform inhaler initial injection injury inside instead instruct insurance insurer interest interval issue january joint july june keep kidney
    kind knee know labor lady language large late later latest laugh lead learn least leave left length less letter level life light limit line list little live liver living local long longer look lose loss lost love lower
    lunch lung machine made main major make male manage march mark married mass matter meal mean means measure medical medicine meet member memory mention middle might mild mind minute miss missed moment monday money monitor month
    morning mother mouth move much muscle must nail name narrow near nearly neck need needle negative never newer next night nobody none normal nose note nothing notice november numb number nurse nursing obtain occupation occur
    october offer office older onset open operation opinion option order organ other outcome outside overall overnight page paid pain paper parent part partner party pass past patch pathology patient pattern peak
    pending people perform performed perhaps period person pharmacy phone physical physician pick picture piece pill place plan planned plans plate play please point poor portion positive possible practice prefer pregnant
    prepare prescribe prescribed prescription present pressure prevent previous primary prior private probably problem procedure process produce program promise proper protect provide provider public pull pulse purpose push quarter question
    quick quiet quit quite raise range rapid rare rate rather reach reaction read ready real reason receive recent recommend record recover reduce refer referral referred refuse refused regard region regular relate related release relief
    remain remember remind remove removed repeat replace report reported request require rescue research resolve response rest result return review right ring risk road role room round routine rule running safe salt same sample
    saturday save scale scan scanned scar schedule scheduled school screen screening search season seat second section seem seen self send sense sensitive sent september series serious serve service session settle seven several severe sex
    shall shape share sharp short shot should shoulder show shower side sign signal signed similar simple since single sister site size skin skip skipped sleep slept slight slow small smell smoke smoker smoking social soft
    sold some son soon sore sorry sort sound source space speak special specialist specific speech spend spent spoke spot spouse staff stage stand standing start state statement station stay steady step steroid stiff stomach stone stop store
    story street strength stress strong student study subject success succesful successful sudden suffer sugar suggest summary summer sunday supply support sure surgeon surgery surgical suspect sweet swell swelling switch symptom system table talk team
    teeth tell term test testing thank their therapy thick thin thing think third thought three throat through throw thursday thyroid tired tissue today together tomorrow tone tongue took tooth total touch toward town
    track train transfer trauma travel treat treated treatment trend trial trigger trip trouble true trust truth tuesday tumor turn twice twin type under understand unit until update upper urgent urine useful usual value vary
    vein vessel view virus visit vital voice wait walk wall want warm warning wash watch water weak wear wednesday week weekend weight went whole wide widow wife window winter wish within without woman
    women wonder word work worker workup world worry worse worst would wound wrist write written wrong year yellow yesterday young younger nonadherent describe nature episode wheel chair lesion baseline
    mortality benefit proven reassess soon received receive clinic hospital pharmacy school weight height maintenance viremic final strength scalp allergist lad lass kid drop dropp cuff air room tab tabs blown moggy mum carrier premature tubes eat spread remain sperm lens lenses labs absolutely accept achieve admit advance afford afraid aim amaze angry announce apart apparent appeal appreciate approve argue ask aside attempt attend attention attract avoid bag ball bank bar base basic battle bear beauty bed bet bit
    bite bloody boat borrow bound bowl box bread breakfast bridge bright broad buy cake camera camp cap car card career careful carry cash cast castle catch cease celebrate chain chair champion character chase cheap cheek cheese
    choice church cigarette circle citizen claim climb clock clothes cloud club coat code coin column combine comfort command commit communicate community competition complex confidence confirm confuse connect consequence conclude construct
    contest contrast convince corner couch council count court cousin cream credit crime criticise crop cross crowd cry cup curious cut dance danger dare dark dear debate decent declare defend definite delight demand deny deserve design desire
    desk despite destroy determine develop device difficulty dig discover dish dismiss display distance district divide dog door dozen drag dream drawer dress dry dust duty ear earn earth ease east edge editor effort egg elect embarrass emotion
    emphasis empty encourage engage engine enjoy enormous entrance establish estate eventually evidence exact excellent except excess exchange excite excuse exist expensive expert extend extreme fail fair faith familiar famous fan fancy farm
    fashion fault feature feed fellow fence figure fill film fire firm fit fix flat float floor flow flower fly folk fool formal fort fortune forty frame freedom frequent friendly frighten fruit fry fuel fund funny furniture game garden gas gate
    gather gentle genuine gift glad gold govern grab grand grass grateful guard guest guide guilty gun guy hall hang happen harm hat hate heat heaven height hesitate hide hill hire hit hole honest honour hook horse host hotel huge hundred
    hunt hurry ice ideal ignore imagine impact imply impress incident independent industry influence initial insist install intend interview introduce invest invite iron island item jacket job join joke journey judge juice jump justice keen
    key kick kill king kitchen knife knock land largely laugh law lay lazy leaf lean leather lecture legal lend lesson lie lift light literally load loan locate lock lonely lord lot loud luck lucky machine mad mail maintain mate manner map
    mark market marriage mention mess metal method mile milk mirror mistake mix mood moon mostly motor mountain music mystery nature neat nervous net news nice noise normally note notice obvious odd offend official oil opportunity oppose ought
    own owner pack paint pair park particular pause peace perfect permit phrase piano pilot pity plain plane planet plant plastic plate pleasant plenty pocket poem poet police policy polite political popular position pot pound pour power
    praise prayer precious predict presence pretend pretty pride print prison prize produce profession professional progress proof property propose prove pub punish purchase puzzle quality queen race rain rarely ray realise realize rear
    refrigerator reject rely remark remind rent repair replace represent reputation reserve resist resolve respect rich ride rise river rock roll roof rope row rub rubbish ruin rush sad sail sake salary sale sand satisfy sauce save scene
    science scratch scream sea seal secret secretary seek seldom sell sentence separate servant shade shadow shake shame sheep sheet shelf shell shift shine ship shirt shock shoe shoot shop shore shut shy signature silence silent silly
    silver sing sink sir sit situation sky slave slide slip smart smile smooth snow society soil soldier solid solve somewhat somewhere song sorrow soul soup south spare speed spell spirit split spoil spoon sport spring square stable
    stage stair stamp star stare steal steam steel steer stick storm stove straight stranger strike string stroke struggle stupid style sudden suit sum sun super surface surprise surround survey survive swear swim swing sword sympathy
    tale task taste tax tea teach tear tend tent terrible text theatre thief threat ticket tie tight tiny tip title tool topic tour tower toy trade tradition trap tree tremble trick tropical truck trunk tube tune ugly uncle unfortunately
    uniform union unite university unknown unless upset urge useful usual vacation valley van variety vast vegetable vehicle victory village violent visible volunteer vote wage wander war warn waste wave weapon weather wedding weigh welcome
    west wet wheel whenever whereas wherever whisper whistle white wild willing wind wine wing wire wise wood wool worth wrap yard yell yesterday zero anymore anyway price among organism kinda sorta gonna wanna gotta cannot meant supposed regular usual chronic everyday rough odd weird strange funny worried worrying concerned anxious curious alright okay fine proud upset nice nasty rough gone tonight lately
    aid cow crush sear radiate squeeze peel weep drip sting stung blind drill stab gnaw wrench factory president computer interfere mess nudge blame toe toes insert inserts insole insoles colleague colleagues digit digits flatmate imaged""".split()
    for form in (raw, fold(raw))
)
"""Ordinary English words: never taken for a misspelt term, nor alone for an abbreviation."""
# fmt: on


def newest_several(text: str) -> int | None:
    """Return how many of the newest are asked for ("her last three A1cs": 3); `None`: no number, or one of days or years."""
    found = _NEWEST_SEVERAL.search(text)
    if found is not None:
        count = found["count"] or found["ahead"]
        return _COUNTS.get(count.lower()) or int(count)
    with_former = _NEWEST_AND_FORMER.search(text)
    if with_former is None:
        return None
    more = with_former["more"]
    return 1 + (_COUNTS.get(more.lower(), 1) if more and not more.isdigit() else int(more or 1))


def is_ordinary(word: str) -> bool:
    """Say whether a word, or the word it is built on, is plain English."""
    cut = [word.removesuffix(ending) for ending in ("ed", "d", "ing", "ly")] + [word.removesuffix("ing") + "e"]
    cut += [word.removesuffix("ied") + "y"]
    cut += [base[:-1] for base in cut if len(base) > 3 and base[-1] == base[-2]]  # dropp(ing)
    return is_plain(word) or any(base in ORDINARY for base in (word, *cut))


def is_plain(word: str) -> bool:
    """Say whether a folded word carries nothing: a stop word, a letter, a bare number."""
    return word in STOPWORDS or len(word) < 2 or word.replace(".", "").isdigit()
