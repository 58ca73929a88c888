# ruff: noqa: E501 -- tables of words read better in long lines
"""Words that put a mention into the past or into the background of a patient: rule tables of `assertion`.

As in `assertion_triggers`, they are for text in which every run of white space is one space.
"""

from __future__ import annotations

from chartcite.engine.language.cues import Cue
from chartcite.engine.notes.assertion_triggers import FAR, NEAR, NEXT, Trigger, following, words

YEAR = r"(?:19|20)\d\d"
DECADE = r"the (?:early |mid-? ?|late )?(?:(?:19|20)\d0|['’]?\d0)['’]?s"
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?"
MANY = r"(?:several|many|few|two|three|four|five|six|seven|eight|nine|ten|eleven|[2-9]|1\d)"
_LATELY = r"(?! (?:few|several|\d|two|three|four|five|six|couple|week|month|day|hour|year|24))"
_YOUNG = r"(?:child(?!\w)|baby|teenager|teen|infant|toddler|young|adolescent|kid|neonate|newborn|student|youngster)"

STOP_HISTORY = Cue(
    r"[;]|[.!?] |:(?= ?[A-Z][\w /-]{2,40}:)|\b(?:but|however|although|though|whereas|presents?|presented|presenting|presentation|now|currently|today|admitted|came|comes|complain\w+|developed|develops|referred|transferred|"
    r"arrived|underwent|found to|noted to|shows?|showed|reveals?|revealed|residual|who|p/w|c/o|apart from|aside from|except|seen (?:today |here )?for|(?:here|in) (?:today )?(?:for|with)|brought in|den(?:ies|ied|ying)|endorses?|states)\b|"
    r"(?:,|\band) (?:also |who |which )?(?:has|have|had|he|she|it|they|is|was|were|are|the patient|there|continues|takes|on|feels?|felt|seems?|says|reports?|seen|sent)\b",
)  # fmt: skip
"""Ends the scope of a past history: later than that of a denial, since histories are long lists."""
HISTORICAL_PSEUDO = words(
    r"(?:\d+/(?:7|52|12)|(?:\d+(?:[-–]\d+)?|an?|one|two|three|four|five|six|seven|ten|few|several)[- ]?(?:days?|weeks?|wks?|months?|hours?|hrs?)|day|week|month)['’s]* ?(?:history|hx)(?: of)?",
    r"history of (?:the )?(?:present(?:ing)?|current)(?: illness| complaint)?", r"(?:social|smoking|drug|sexual|travel|occupational|exposure) (?:history|hx)",
    r"(?:prior|previous) (?:to|hospital|study|studies|exam|examination|radiographs?|films?|ct|mri|scans?|imaging|visit|report|admission|x-?rays?|comparison|facility|note|discharge|level)",
    r"(?:compared|comparison|relative) (?:to|with) (?:the )?(?:prior|previous)", r"previously (?:noted|described|seen|mentioned|documented|reported|discussed|demonstrated|healthy|well|fit|independent|stable|normal)", r"poor historian", r"past due",
    r"no previous", r"remote (?:monitoring|control|visit|access|consult\w*)", r"years?[- ]old", r"month[s-]*old", r"(?:s/p|status[- ]post) (?:\w+ ){0,2}(?:fall|mvc|mva|rta|assault|injury|trauma|crash|collision|gsw)",
)  # fmt: skip
"""Look like words of the past, and are none; what brings a patient today is told with `status post` as well."""
HISTORICAL = (
    Trigger(words(
        r"(?:history|histories|hx)(?:,? (?:\w+ ){0,3}(?:of|for|with|includ(?:es?|ing))| that includes)", r"(?:with|has|have|had) (?:an? )?(?:\w+ ){0,2}history", r"family (?:history|hx) of", r"h/o", r"hx(?! ?[:-])", r"(?:p/h/o|phx|pmhx?|pshx?|psh|pmsh)(?: of| significant for| includes?)?:?",
        r"past (?:medical |surgical |psychiatric )?(?:history|hx)(?: of| significant for| includes?| notable for)?:?", rf"in the past{_LATELY}", r"(?:in|during) (?:\w+ )?(?:childhood|adolescence|infancy|youth)", rf"as an? (?:young )?{_YOUNG}\w*",
        r"(?:years?|decades?) (?:ago|back|earlier)", r"once had", r"post-?(?:surgical|operative|treatment) changes? (?:of|from)", r"(?:previous|prior) (?:episode|bout|attack)s? of",
        r"(?:(?:had|has|have) (?:previously )?been(?: previously)?|was previously)(?: \w+ly)? (?:treated|hospitali[sz]ed|operated)(?: \w+)? for", r"(?:previous|prior|multiple|past)(?: \w+){0,2} (?:hospitali[sz]ations?|admissions?|surger(?:y|ies)|operations?) (?:for|with)",
        r"(?:recently|successfully|previously) (?:treated|hospitali[sz]ed)(?: \w+)? for", rf"(?:hospitali[sz]ed|admitted|treated)(?: (?:here|there|elsewhere))? (?:in|last|back in|during) (?:{MONTH} )?(?:{YEAR}|{MONTH}|year|month|spring|summer|fall|autumn|winter) (?:for|with)",
        r"(?:completed|finished) (?:\w+ )?(?:therapy|treatment|course)(?: \w+){0,2} for",
    ), FAR),
    Trigger(words(r"s/p", r"status[- ]post", r"(?:is|was|are|were) post(?! ?-?op)", rf"(?:an?|one|{MANY}) (?:years?|yrs?|decades?)(?: out)? (?:from|after|post|following)", r"previous(?:ly)?(?: (?:had|diagnosed with|treated for|known))?(?: an?)?", r"prior", r"remote", r"childhood", r"former(?:ly)?", r"reformed", r"ex", r"used to (?:have|be|take|smoke|drink|use|get|suffer(?: from)?|experience)?", r"old", r"past", r"(?<!to )(?<!her )(?<!him )(?<!them )(?<!me )(?<!help )quit"), NEAR),
)  # fmt: skip
"""The second reach over one phrase and not over a list, but for a list of operations and events."""
ONCE = Cue(
    r"(?:\w*(?:ectomy|ectomies|ostomy|otomy|plasty|plasties|pexy|graft\w*|bypass)|cabg|pci|stent\w*|avr|mvr|tavr|icd|ppm|pacemaker|transplant\w*|repair|replacement|surgery|surgeries|fusion|c[- ]sections?|cesarean\w*|tubal ligation|"
    r"mi|stemi|nstemi|infarct\w*|stroke|cva|tia|dvt|pe|fractures?|orif|t&a|tah|bso|turp|radiation|chemo\w*|procedure)s?\b",
)
"""What happens once: it carries the past on over a comma, `s/p appendectomy, hernia repair`."""
LIST_GOES_ON = Cue(r",|\b(?:and|with|w)\b|[&+]")
HISTORICAL_NAME = Cue(r"(?:used to|history of|h/o|hx of|previous|prior|past|status[- ]post|s/p|former|remote|old)\b")
HAS_HAD = Cue(
    r"\b(?:(?:has|have|having) (?:also |previously )?had|(?:has|have|had) (?:also |previously )?undergone) (?:(?:an?|one|two|three|four|five|\d|prior|previous|both|multiple|several|her|his) )?(?:[\w-]+ ){0,2}$",
)
"""Together with `ONCE`: `has had two strokes`."""
NEXT_IN_LIST = Cue(r",|\bwith\b|\bw/")
NOW = Cue(
    r"(?:,|\b(?:and|with|w/))(?: (?:and|an?|the|is|now|with))* (?:new|worsen\w*|ongoing|persistent|residual|increasing|active|refractory|escalating|current)\b[\w -]*$",
)
"""A list of the past that comes to the present: `prior gastrectomy and refractory reflux`."""
_NOT_NOW = r"(?:(?!now|since|until|current|today|presents?|on\b|has\b|(?<!to )have\b|is\b|are\b|remains?|continues?|no\b|not\b|denie[sd]\b)[\w'-]+ )"
DATED_BEFORE = Cue(
    rf"(?<!since )(?<!surgery )(?:\b(?:back )?(?:in|circa|around) (?:(?:{MONTH} (?:of )?)?{YEAR}|{DECADE}),? {_NOT_NOW}{{1,8}}|\b(?:{MANY} (?:years|yrs|decades|months) (?:ago|back|earlier|(?:prior to|before) (?:(?:the|this|her|his|their) )?(?:current |present |index )?(?:admission|presentation|hospitali[sz]ation|arrival|visit))|(?:an?|one) (?:years?|decade) (?:ago|back|earlier)|(?<!the )(?<!for )(?<!over )last (?:year|winter|summer|spring|autumn|fall)|(?:on|during|at|with|after|in) (?:(?:an?|the|his|her|their|my) )?(?:last|previous|prior|first|earlier) (?:admission|hospitali[sz]ation|hospital stay|pregnancy|delivery|surgery|operation)|at (?:the )?age (?:of )?\d+|at birth),? {_NOT_NOW}{{1,8}}|"
    rf"(?:^|[.;] )(?:previously|in the (?:distant |remote )?past|formerly|historically), {_NOT_NOW}{{1,6}}|(?:^|[.;] )(?:in the past|previously), (?:he|she|they|the patient|pt|i) (?:has|have) (?:had )?{_NOT_NOW}{{0,4}})$",
)
"""A date and then what happened: `in 1998 he underwent`, `colonoscopy in 2019 showed`."""
HISTORICAL_AFTER = Cue(
    rf"^[^.;:]{{0,45}}?(?<!since )(?:\b(?:in|during|back in|circa|around|of|until|till) (?:(?:{MONTH} )?{YEAR}\b|{DECADE}(?!\w))|\b(?:years?|yrs?|decades?) (?:ago|earlier|before|previously|back|prior)\b|"
    rf"\bas an? (?:young )?{_YOUNG}\w*\b|\bin (?:his|her|their|my|the) (?:early |mid[- ]?|late )?(?:youth|teens|childhood|infancy|(?:twent|thirt|fort|fift|sixt|sevent)ies|\d0s)\b|\bat (?:the )?age (?:of )?\d+|\baged? \d+\b|\b(?:in|during) (?:childhood|infancy|adolescence|youth)\b|"
    r"\bwhen (?:he|she|i|they|the patient|pt) (?:was|were) (?:an? )?(?:\d+|young|little|kid|child|teen\w*|pregnant with)\b|\bat \d+ (?:days|weeks|months|years)(?: of age| old)?\b|\b(?:in|while (?:at|in)) (?:college|high school|university|the (?:army|navy|military))\b(?! (?:student|age))|"
    rf"\b{MANY} months (?:ago|earlier|before|previously|back|prior)\b|\b(?:last|latest|most recent(?:ly)?)(?: was)?(?: in)? {YEAR}\b|\bthe last time\b|\blast (?:year|winter|summer|spring|autumn|fall)\b|\bin the (?:distant |remote )?past\b{_LATELY}|(?<!than )(?<!than it )(?<!than he )(?<!than she )(?<!than they )(?<!as )\bpreviously\b(?! (?:noted|described|seen|mentioned))|"
    rf"\b(?:during|with|after|in) (?:a |the |her |his )?(?:prior|previous|last|first|second) (?:pregnancy|admission|hospitali[sz]ation|child|delivery|surgery)\b|^ (?:history|hx)\b(?! of)|^[,;]? ?(?:but |and |who )?(?:has )?(?:quit|stopped|gave up|ceased)\b|^,? \(?(?:{YEAR}|['’]\d\d)\)?(?= ?[.,;)]|$)|^ (?:in )?['’]\d\d\b)",
)  # fmt: skip
_ONGOING = r"(?:diagnosed|dx'?d?|diagnosis|since|onset|started|began|known|notic(?:ed|ing))"
ONGOING_BEFORE = words(_ONGOING)
"""What was found at a date and lasts is not past: `diabetes, diagnosed in 2012`."""
ONGOING_AFTER = Cue(rf"^[^.;]{{0,25}}\b{_ONGOING}\b")
RESOLVED_AFTER = following(
    r"(?:(?:has|have|had|is|was|were|are|since|now|all|completely|fully|subsequently|then|both|spontaneously|quickly|rapidly) )*(?:resolved|gone(?! (?:well|to|on|through|into|home))|cleared|subsided|went away|disappeared|abated|remitted|cured|healed)",
    r"(?:is |was |in )?(?:in )?(?:complete |full )?(?:remission|resolution)",
    fillers=r"(?:\s*(?:,|and|or)\s*(?:[\w'-]+\s+){0,2}[\w'-]+)?[\s,:(\-–]*",
)  # fmt: skip
RESOLVED = (
    Trigger(
        words(
            r"no longer(?: (?:has|have|having|had|any|experiences|experiencing|complains of|reports|on|takes|taking|able to|uses|using|suffers from|(?:seen|present|identified|visuali[sz]ed)(?: (?:is|are|was|were))?(?: the)?|troubled by|bothered by|suffering (?:from|with)|gets|getting|with))*",
            r"(?:has |have )?(?:outgrown|grown out of|got over)(?: (?:his|her|their|the))?",
        ),
        NEXT,
    ),
    Trigger(words(r"resolved", r"former(?:ly)?(?: an?)?", r"ex", r"(?<!partial )(?<!incomplete )(?<!without )(?<!slow )resolution of", r"(?<!to )(?<!her )(?<!him )(?<!them )(?<!me )(?<!help )quit(?: smoking)?", r"recovered from", r"cured of"), 20),
)  # fmt: skip

THIS_STAY = Cue(r"(?:post-?op\w*|discharge|transfer|principal|final) diagnos")
STATUS_POST = words(r"s/p", r"status[- ]post")
"""Together: what was done now, `discharge diagnosis: status post hysterectomy`."""
PAST_HEADING = Cue(
    r"\bpast\b|\bp(?:m|s|o|psych)?hx?\b|\bpmsh\b|(?:medical|surgical|obstetric|birth|psychiatric|oncologic\w*|cardiac|gyn\w*|trauma) (?:history|hx)|previous (?:history|problems|operations|illness\w*)|background|premorbid|co-?morbid|(?:medical|chronic) (?:problems|conditions|illnesses|diseases)|chronic diagnos",
)
HISTORY_HEADING = Cue(
    r"\s*(?:(?:menstrual|gyna?ecological) )?(?:hx|history|histories)\s*$",
)
"""Past or present: only a disease that stays is background under it."""
SOCIAL_HEADING = Cue(
    r"^\W*(?:soc(?:ial)?|sh)\W*$|\bsoc(?:ial)? (?:history|hx)\b|\bhabits\b|\bsubstance (?:use|abuse)(?: history| hx)?\b|\b(?:s/h|shx)\b"
)
"""What stands here is of the life before, as under a past history."""
