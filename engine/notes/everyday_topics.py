"""Topics of everyday life that notes tell: drink, food, exercise, sleep, mood, coping, aids, who helps with medicines and who decides.

A topic has how people ask for it and the words in which notes tell of it; `engine/notes/life_topics.py` finds the sentences and holds the
topics of work, home and means beside these.
"""
# ruff: noqa: E501

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from chartcite.engine.language.cues import Cue
from chartcite.engine.questions.persons import SPOUSE_DIED


class Topic(NamedTuple):
    """A topic: how people ask, how notes tell, and what else decides."""

    name: str
    asks: str
    tells: str
    before_facts: bool = False
    """Whether notes answer before lists do: that a medicine is on a list does not tell that it is taken."""
    of_medicine: bool = False
    """Whether it is asked of a medicine, which the sentence or its neighbour names."""
    newest: bool = False
    """Whether only what was written last holds."""
    lately: bool = False
    """Whether the newest of its sentences come first, unless the question asks of the past."""
    of_chart: bool = True
    """Whether a table that names what is asked of tells of the topic as well: a problem list tells not who knows of an illness."""
    of_persons: bool = False
    """Whether a relative whom the question names must be named by the sentence."""
    against_tables: bool = False
    """Whether a note answers although a table tells of it, too, where it was written later."""
    alone: bool = False
    """Whether no other sentence answers where none tells of the topic: "walks at 92%" does not tell whether a frame is used."""
    rather: str = ""
    """What a sentence that tells of the habit says: where one does, those about a single evening or meal are left out."""
    entered: bool = False
    """Whether tables of social history tell of it, under whatever name."""
    shares: bool = False
    """Whether a sentence must say what the question asks about: who shops is not who cooks."""
    of_thing: bool = False
    """Whether a thing that the question names must be named by the sentence or its neighbour."""
    most: int = 0
    """Sentences that are told at most; 0: as many as of any topic."""

    of_week: bool = False
    """Whether days of the week and hours answer "when" and "how long": no date is asked."""

    @property
    def asked(self) -> Cue:
        """By what a question is known that asks for it."""
        return _pattern(self.asks)

    @property
    def told(self) -> Cue:
        """By what a sentence is known that tells of it."""
        return _pattern(self.tells)

    def tells_rather(self, text: str) -> bool:
        """Say whether a sentence tells of the habit, and not of a single time."""
        return bool(self.rather) and _pattern(self.rather).search(text) is not None


@cache
def _pattern(text: str) -> Cue:
    return Cue(text)


HELPERS = r"neighbou?rs?|friends?|(?:grand)?(?:daughter|son)(?:-in-law)?s?|dau|wife|husband|partner|spouse|sisters?|brothers?|mother|mum|mom|father|dad|aunt|uncle|niece|nephew|cousin|grandmother|grandma|gran|carers?|caregivers?|home ?helps?|church|family"
_WHO = r"(?:he|she|they|i|the patient|this patient|pt|patient|gogo|mum|mom|dad|gran\w*|(?:mr|mrs|ms)\.? \w+|my (?:mother|father|mum|mom|dad|wife|husband|gran\w*))"
_HIS = r"(?:his|her|their|my|the|own|your|its)"
_RELATIVES = r"husband|wife|partner|spouse|mother|mum|mom|father|dad|parents?|sister|brother|sons?|daughters?|uncle|aunt|family history|grand\w+"
_OFTEN = r"(?:per|a|each|every|/|most|once|twice) ?-?(?:day|days|night|nights|week|wk|weeks|month|year|weekend|evening|evenings|morning|mornings)s?|daily|weekly|nightly|weekends|(?:at|on|every|most) (?:the )?weekend|on (?:a )?(?:mon|tues|wednes|thurs|fri|satur|sun)days?|socially|social|occasion\w*|rare(?:ly)?|seldom|never|none|denies|always|usually|regularly|times|habit\w*"
_MEDICINES = r"(?:pill ?box(?:es)?|pill ?organi[sz]ers?|pills?|medicines?|meds|medications?|tablets?|dosettes?|blister packs?|insulin|injections?|inhalers?|shots|drops)"
_SINCE = r"(?:\bsince\b|\bfor (?:\d|an?\b|\w+ (?:days|weeks|months|years))|[><] ?\d|\d+ ?\+? ?(?:years?|yrs?|months?|mths?|weeks?|wks?|days?)\b|\b(?:19|20)\d\d\b|\b\d\d?/\d\d\b)"
_ALCOHOL = r"(?:alcohol|etoh|drink(?:ing)?|drank|vodka|booze)"
_DRUGS = r"(?:heroin|opioids?|opiates?|meth(?:amphetamine)?|crystal|cocaine|crack|cannabis|marijuana|weed|fentanyl|illicits?|street drugs|drugs)"
_DECIDES = r"speak|speaks|decide|decides|make|makes|made|be making|sign"

_LAST_DAYS = r"(?:(?:anticipatory|pre-?emptive|just[- ]in[- ]case|jic|end[- ]of[- ]life|eol) (?:care )?(?:meds?|medic\w+|drugs?|prescri\w+|box|bag|pack|kit|injections?|stock)|comfort kit)"

_SUPPORT = r"(?:(?:re-?)?intubat\w+|(?:re-?)?ventilat\w+|life support|niv|bi-?pap|non-?invasive ventilation|(?:breathing )?(?:machine|tube|mask)|icu|itu|hdu|high dependency|intensive care|critical care|dialysis|inotropes?|vasopressors?|trache\w*)"
"""What may be done for somebody who gets worse, or not."""
_DEFIB = r"(?:icd|s-?icd|crt-?d|aicd|defib\w*|(?:icd |tachy\w* )?(?:shocks?|therap(?:y|ies))|anti-?tachy\w*|tachy\w*|atp)"

DECIDER = "who decides"
DRINK = "alcohol"
ADHERENCE = "whether medicines are taken"
CONSENT = "consent to share"
OF_NO_VALUE = "".join(
    f"(?<!{value} )(?<!{value} has )(?<!{value} had )"
    for value in (
        "fever",
        "temperature",
        "temp",
        "pressure",
        "bp",
        "count",
        "counts",
        "level",
        "levels",
        "weight",
        "sodium",
        "potassium",
        "creatinine",
        "platelets",
        "hb",
        "haemoglobin",
        "hemoglobin",
        "egfr",
        "crp",
        "sats",
        "value",
        "values",
        "night",
    )
)
"""Before "fell": a value that does so is nobody's fall."""
EVERYDAY_TOPICS: tuple[Topic, ...] = (
    Topic(
        DECIDER,
        rf"\b(?:health ?care (?:proxy|agent|poa|surrogate|representative|power of attorney)|power of attorney|m?dpoa|m?poa|hcpoa|lpa|epa|epoa|(?:legal |court[- ]appointed )?guardian\b(?! angel)|attorney|court deputy|proxy|surrogate(?: decision)?|(?:substitute )?decision[- ]?makers?|who(?:m)?(?: (?:should|would|will|can|could|may|might|is to|is meant to|has been chosen to|gets to|else))* (?:{_DECIDES})\b[^?]{{0,40}}?\b(?:for (?:him|her|them|me)|on (?:his|her|their|my) behalf|decisions?|if (?:he|she|they|i) can(?:'t|not| not)?)|who(?:m)? (?:does|did|do|would) {_WHO} (?:want|wish|choose|name|like|trust|appoint)\w* to (?:{_DECIDES})|who decides)\b",
        rf"\b(?:m?poa|hcpoa|lpa|epa|epoa|power of attorney|attorney|health ?care (?:proxy|agent|representative)|(?:medical|legal) proxy|proxy|surrogate|decision[- ]?maker|(?:should|to|can|will|would) (?:speak|decide)(?: for)? (?:for )?(?:him|her|them|me)|to be the one|advance care planning|acp|(?:{HELPERS})(?: [A-Z]\w+)? (?:named|appointed|nominated)|nominated|guardian\w*)\b",
        rather=rf"\b(?:{HELPERS})\b|\b(?:signed|registered|named|appointed|nominated|activated|holds?|agent|surrogate|speaks?|decides?)\b|\((?:m?poa|lpa|epa|attorney|proxy)\b",
        before_facts=True,
        newest=True,
    ),
    Topic(
        "loss of a husband or wife",
        SPOUSE_DIED,
        r"\bwidow(?:ed|er|hood)?\b|\b(?:wife|husband|partner|spouse|mum|dad|mother|father)\b[^.;?]{0,30}\b(?:died|passed|deceased|d\.)(?=\W|$)(?! of\b)"
        r"|\b(?:death|loss|passing) of (?:his|her|their) (?:wife|husband|partner|spouse)\b|\blost (?:his|her) (?:wife|husband|partner|spouse)\b",
        rather=r"\b(?:19|20)\d\d\b|\bago\b|\b(?:wife|husband|partner|spouse|widow(?:ed|er)?)\b",
        before_facts=True,
        of_chart=False,
    ),
    Topic(
        "medicines for the last days",
        rf"\b{_LAST_DAYS}\b",
        rf"\b(?:{_LAST_DAYS}|jic\b|anticipatory\b|just[- ]in[- ]case\b)",
        before_facts=True,
        newest=True,
    ),
    Topic(
        "when to go to hospital",
        r"\b(?:(?:should|would|shall|must|do we|whether to|circumstances?|when to)\b[^?]{0,40}\b(?:go(?:ing)?|sent|send|taken|take|transfer\w*|admit\w*|back|for)\b[^?]{0,15}?\b(?:to |in ?to )?(?:the )?(?:hospital|a&e)\b(?! (?:appointment|visit|bed|number|letter|follow))[^?]{0,45}"
        r"|\b(?:is|he|she|they|pt|patient) for (?:hospital|(?:hospital )?(?:re-?)?admission)\W*$|(?:hospital|admission|re-?admission) (?:admission |transfer )?(?:wish(?:es)?|preferences?|avoidance))",
        r"\b(?:not for (?:(?:any|further|re-?) ?)?(?:hospital|admission|transfer)|for (?:hospital|admission) (?:if|only|except|unless)|(?:avoid|no) (?:\w+ )?(?:admissions?|hospitali\w+)|(?:do not|don't|not to be) (?:hospitali\w+|admit\w*|send|sent|transfer\w*)"
        r"|hospital (?:only|except|unless)|admit only|(?:not|never|n't) (?:want )?(?:to )?(?:go|be (?:sent|taken|admitted)) (?:back )?(?:to|in) ?(?:to )?(?:the )?hospital|not for (?:full )?escalation|ceilings? of (?:care|treatment))\b",
        before_facts=True,
        newest=True,
    ),
    Topic(
        "whether to treat by drip",
        r"\b(?:is|he|she|they|pt|patient|still|mum|mom|dad|[A-Z]\w+) for (?:iv|oral|po|further|active|any|more)? ?(?:antibiotics?|abx|ivs?|iv (?:fluids?|treatment|antibiotics?|abx)|fluids|drips?|active treatment)\b",
        r"\b(?:no|not for|oral|declin\w+|without) (?:any |more |further )?(?:ivs?|iv (?:antibiotics?|abx|fluids?|treatment|drip)|drips?|antibiotics?|abx|active treatment)\b|\b(?:antibiotics?|abx) (?:only|ok|for comfort|if|acceptable)\b",
        rather=r"\b(?:ok|okay|only|if|not for|no ivs?|comfort|acceptable|wish\w*|would)\b",
        before_facts=True,
        newest=True,
        of_chart=False,
    ),
    Topic(
        "limits of treatment",
        rf"\b(?:would|should|could|can|may|will|shall) (?:{_WHO}|we|they) (?:ever |still |now |again |not )*(?:be |have |go |get |accept |want |take |use |consider )(?:\w+ ){{0,3}}?{_SUPPORT}\b(?! (?:review|clinic|nurse|bed|discharge|summary|home|follow))"
        rf"|\b(?:is|are) {_WHO} (?:still |now |not )?(?:for|suitable for|appropriate for|a candidate for) (?:\w+ ){{0,2}}?{_SUPPORT}\b|^\W*(?:for )?{_SUPPORT}(?:(?:,| or| and|/) ?(?:for )?{_SUPPORT})*(?:[^?]{{0,12}}\b(?:ok|okay|allowed|acceptable|appropriate|wanted|or not))\W*$"
        r"|\b(?:ceilings? of (?:care|treatment)|(?:treatment )?escalation (?:plan|status|limits?|decision)|limits? of (?:care|treatment)|limitations? (?:of|on) treatment)\b",
        rf"\b(?:not|no longer) (?:to be )?(?:suitable |appropriate |a candidate )?for (?:\w+ ){{0,2}}?(?:{_SUPPORT}|escalation|cpr|resus\w*|hospital|readmission)\b|\b(?:is|be|remains|still|wants|yes,?|^|:|;|\.) ?for (?:full )?(?:\w+ )?(?:{_SUPPORT}|escalation|ward[- ](?:based|level) care|cpr)\b"
        rf"|\b(?:{_SUPPORT}|antibiotics|admission|diuretics)\b[^.;]{{0,50}}\b(?:(?:not |in)?(?:acceptable|appropriate)|not (?:be )?(?:offered|wanted)|declin\w+|refus\w+|time-limited|short trial|up to \d+)\b"
        rf"|\b(?:declin\w+|refus\w+|(?:would|does|did)(?: not|n't) (?:want|accept|have)|would accept|never wants?)\b[^.;]{{0,40}}\b(?:{_SUPPORT}|hospital)\b|\bceilings? of (?:care|treatment)\b|\b(?:not )?for (?:full )?escalation\b|\btreatment escalation\b|\bward[- ](?:based|level) (?:care|ceiling)\b",
        before_facts=True,
        newest=True,
        of_chart=False,
        most=4,
    ),
    Topic(
        "whether a defibrillator is on",
        rf"\b{_DEFIB}\b[^?]{{0,40}}\b(?:(?:switch|turn|programm|set)\w* (?:back )?(?:off|on)|(?:de-?|re-?|in-?)?activat\w+|disabled?|enabled?|(?:still |currently )?(?:active|on|off)(?=\W*$| or\b))|\b(?:switch|turn|programm)\w* (?:off|on) (?:{_HIS} )?{_DEFIB}\b|\b(?:de-?activat|disabl)\w+ (?:of )?(?:{_HIS} )?{_DEFIB}\b",
        rf"\b{_DEFIB}\b[^.;\n]{{0,60}}\b(?:(?:switch|turn|programm|left|stay|remain)\w*(?: back)? (?:off|on)|(?:de-?|re-?|in-?)activat\w+|disabled|enabled)\b|\b(?:de-?activat|disabl)\w+\b[^.;\n]{{0,40}}\b{_DEFIB}\b|\bpacing\b[^.;\n]{{0,30}}\b(?:left|stays?|remains?) on\b",
        before_facts=True,
        newest=True,
        of_chart=False,
    ),
    Topic(
        "strain of carers",
        rf"\bhow (?:is|are|'s) (?:{_HIS} )?(?:{HELPERS})(?: [a-z]+)? (?:coping|managing|doing|bearing up|holding up)\b|\b(?:is|are) (?:{_HIS} )?(?:{HELPERS})(?: \w+)? (?:coping|managing|struggling|stressed|exhausted|overwhelmed|worn out|burnt out)\b|\bcare(?:r|giver)s?['’]?s? (?:stress|strain|burden|burn-?out|fatigue|breakdown)\b",
        rf"\bcare(?:r|giver)s?['’]?s? (?:stress|strain|burden|burn\w*|fatigue|breakdown|exhaust\w*)\b|\b(?:{HELPERS})\b[^.;]{{0,40}}\b(?:tearful|exhausted|struggl\w+|stressed|overwhelmed|not coping|(?:is|are) coping|worn out|burn(?:t|ed) out|at breaking point|finding it (?:hard|difficult))\b",
        before_facts=True,
        newest=True,
        of_chart=False,
    ),
    Topic(
        "how often carers come",
        r"\bhow (?:often|frequent\w*) (?:do|does|did|are|is) (?:\w+ ){0,2}?(?:carers?|care ?givers?|home help|aides?|home care)\b(?: \w+){0,2}? ?(?:com(?:e|ing)|visit\w*|call\w*|attend\w*|there|in|now|here|see)\b|\b(?:care package|package of care|home care package)\b[^?]{0,12}\W*$",
        r"\b(?:carers?|care package|package of care|poc|home ?care|care ?givers?|home (?:help|health aide)s?)\b[^.;]{0,40}\b(?:bd|tds|qds|od|once|twice|three|four|\d ?x|x ?\d|daily|mornings?|evenings?|every|weekly|in place|stopped|started|no longer|declin\w+|increas\w*|nil|none)\b",
        newest=True,
        of_chart=False,
    ),
    Topic(
        "who minds the animals",
        r"\bwho\b[^?]{0,20}\b(?:look\w* after|mind\w*|walk\w*|feed\w*|car\w* for|has|have|tak\w* care of)\b[^?]{0,15}\b(?:dogs?|cats?|pets?|animals?)\b|\bwhere(?:'s| is| are) (?:the|his|her|their|my) (?:dogs?|cats?|pets?)\b",
        rf"\b(?:dogs?|cats?|pets?|puppy)\b[^.;]{{0,25}}\b(?:(?:is|are|stay\w*) (?:at|with)(?! (?:the )?vet)|look\w* after|minded|walked|fed by|kennels?|rehomed)\b|\b(?:{HELPERS})\b[^.;]{{0,30}}\b(?:look\w* after|walks|minds|feeds|has taken|has)\b[^.;]{{0,15}}\b(?:dogs?|cats?|pets?)\b",
        before_facts=True,
        newest=True,
    ),
    Topic(
        "smoking again",
        r"\b(?:(?:start|beg[aiu]n|took up|take up|taken up)\w*\b[^?]{0,25}\bsmok\w*\b[^?]{0,12}\bagain|(?:gone|go|went|back) (?:back )?(?:to|on|onto)\b[^?]{0,15}\b(?:smok\w*|cig\w*|fags|tobacco)|(?:resum|re-?start|re-?laps|slip)\w*\b[^?]{0,20}\b(?:smok\w*|cig\w*|tobacco)|(?:smok\w*|tobacco) re-?laps\w*)\b",
        r"\bsmok\w+ again\b|\b(?:re-?laps\w+|re-?started|resumed|back (?:to|on)|slipp\w+)\b[^.;]{0,25}\b(?:smok\w*|cig\w*|tobacco|roll-?ups?|fags)\b|\b(?:smok\w*|cig\w*|tobacco|roll-?ups?|fags)\b[^.;]{0,40}\b(?:re-?laps\w*|found|slipp\w*|again)\b",
        of_chart=False,
        before_facts=True,
        newest=False,
    ),
    Topic(
        "advance decision",
        r"\b(?:advanced? (?:decisions?|directives?|statements?)|adrt|living will)\b",
        r"\b(?:advanced? (?:decisions?|directives?|statements?)(?: to refuse)?|adrt|living will|polst|molst)\b",
        before_facts=True,
        newest=True,
    ),
    Topic(
        "what is wanted if it gets worse",
        rf"\b(?:(?:want|wish|agree|accept|like|consent|willing|refuse|happy|choose|prefer)\w* (?:to )?(?:ever )?(?:be |go |being |going )?(?:put )?(?:back )?(?:on )?(?:a |the )?(?:ventilat\w+|intubat\w+|life support|breathing machine|machines?|breathing tube|icu|intensive care)|what (?:would|does|did) {_WHO} want (?:if|when|should|at the end)|end[- ]of[- ]life (?:wishes|preferences|care)|goals of care)\b",
        r"\b(?:no (?:more )?machines?\b|(?:breathing )?machine\b[^.;]{0,30}\b(?:again|breath\w*)|(?:would|does|did)(?: not|n't) want (?:to (?:be|go) )?(?:\w+ ){0,2}?(?:intubat\w*|ventilat\w*|machines?|resuscitat\w*|cpr|dialysis|icu|intensive care|life support|tubes?|hospital|heroic\w*|aggressive)|(?:not|never) to be (?:ventilat|intubat|put on)\w*|declin\w+ (?:intubation|ventilation|icu)|dni|dnr|goals of care|(?:he|she|they) wants? to be treated|what (?:he|she|they) would want|full code|code status|(?:not )?for (?:icu|intensive care|ventilation|intubation|escalation)|ceiling)\b",
        before_facts=True,
        newest=True,
        alone=True,
    ),
    Topic(
        "help with medicines",
        rf"\bwho(?: else)? (?:fills?|sets? (?:up|out)|sorts?(?: out)?|organi[sz]es|manages|handles|gives|does|injects|administers|looks after|helps? (?:him|her|them|me)? ?with|reads?|checks?|draws? up|is (?:giving|doing|managing|filling|sorting)|puts? (?:out|in)) (?:{_HIS} )?{_MEDICINES}\b"
        rf"|\b(?:does|do|is|has) (?:any(?:one|body)|some(?:one|body)|{_HIS} (?:{HELPERS}))(?: \w+)? (?:help|give|giving|helping|remind|manage|inject|fill|do|set)\w*\b[^?]{{0,25}}\b{_MEDICINES}\b"
        rf"|\b(?:who|any(?:one|body)|some(?:one|body))\b[^?]{{0,12}} help\w* (?:him|her|them|me) (?:with|take|to take) (?:{_HIS} )?{_MEDICINES}\b"
        rf"|\b(?:does|do|can|is) {_WHO} (?:able to )?(?:use|have|using|manag\w*|handl\w*|inject\w*|giv\w*|sort\w*|look\w* after|take|taking)\b[^?]{{0,25}}(?:\b{_HIS} own {_MEDICINES}\b|\b(?:a |the )?(?:pill ?box|pill organi[sz]er|dosette|blister pack)\b|\b{_MEDICINES} (?:(?:by )?(?:him|her)self|alone|on (?:his|her) own|independently|without help))"
        rf"|\b(?:pill ?box|pill organi[sz]er|dosette(?: box)?|blister packs?)\W*$",
        rf"\b(?:pill ?box|pill ?organi[sz]er|dosette|blister pack|webster|medi-?set)\b|\binject\w*[^.;]{{0,15}} (?:by )?(?:him|her)self\b|\bself-?(?:inject|administ|medicat)\w*|\b(?:{HELPERS})\b[^.;]{{0,45}}\b(?:fills?|filled|sets? (?:up|out)|gives?|injects?|checks?|will check|reads?|reminds?|manages?|lays? out|administers?|supervis\w+|draws? up)\b(?=[^.;]*(?:\b(?:{_MEDICINES[3:-1]}|pens?|them|clicks|doses?|sugars?|first week)\b|[.;]?$))|\bmanages (?:his|her|their) own (?:meds|medicines|medications?|tablets|pills)\b",
        before_facts=True,
        alone=True,
        of_chart=False,
        rather=rf"\b(?:{HELPERS}|(?:him|her)self|self-?(?:inject|administ|medicat)\w*|nurse|aide|staff|fills?|sets|manages|own)\b",
    ),
    Topic(
        DRINK,
        r"^(?!.*\b(?:withdraw\w*|allerg\w*|swabs?|wipes?|disorder|dependen\w*|intoleran\w*|hepatitis|cirrhosis|interact\w*|safe|allowed|can (?:he|she|they|i|we)|should|may (?:he|she|they|i)|why|when|advi[cs]e\w*|counsel\w*|audit\w*|cage|ciwa|abuse|drip|smok\w*)\b)"
        r".*\b(?:alcohol\w*|etoh|booz\w+|beers?|wine|sherry|whisk(?:e)?ys?|vodka|gin|liquor|teetotal\w*|tipple|pints?|sober|drinker|drunk|(?:does|do|is|did|how much (?:does|do)|how often (?:does|do)|what (?:does|do)|still) (?:(?:he|she|they|i|mum|mom|dad|\w+) )?(?:still |ever )?drink(?:s|ing)?(?! (?:milk|water|tea|coffee|fluids?|enough|plenty|juice|soda|pop|coke|cola|thicken\w*|from|well|anything))|drinking (?:habits?|history|status)|units (?:a|per) week)\b",
        rf"^(?!.*\b(?:(?:{_RELATIVES})\b[^.;]{{0,40}}\b(?:alcohol\w*|etoh|dr[iau]nk\w*|beers?|wine|vodka|whisk\w+|sober)|alcohol (?:swab|wipe|gel|pad|free|withdrawal)s?|alcohol-based|avoid\w*|rubbing alcohol|fatty|non-?alcoholic|counsel\w*|level|smell\w*|tonight|yesterday|last night|audit)\b)"
        r".*(?:\b(?:alcohol|etoh|drink(?:s|ing|er)?(?= (?:\d|a |no |none|one|two|three|four|most|every|only|on |at |socially|heavily|rarely|wine|beer|alcohol|occasion)|[.,;:]|$)|beers?|wine|vodka|whisk\w+|spirits|pints|six-?pack|cocktails?|sober|sobriety|teetotal\w*|(?:\d+|no) units(?: (?:a|per)|/) ?we?e?k)\b)",
        newest=True,
        alone=True,
        rather=rf"\b(?:{_OFTEN}|drinks|no (?:etoh|alcohol)|units|quit|sober\w*|stopped|abstinent|heavy|moderate|current|former|sh|soc(?:ial)?(?: hx| history)?|\d ?/ ?(?:wk|week|day)|x ?/? ?(?:wk|week))\b|\b(?:etoh|alcohol)(?: use)?\s*[:=-]",
        entered=True,
    ),
    Topic(
        "how much was smoked",
        r"^(?!.*\b(?:weed|cannabis|marijuana|meth|crack)\b)(?:.*\bpack[- ]?years?\b|.*\bhow (?:much|many|heavily|long)\b.*\b(?:smok\w*|cig\w*|packs?)\b|.*\b(?:heavy|ex-?|former) smoker\b)",
        r"\b(?:pack[- ]?(?:years?|yrs?)|pk[- ]?(?:yrs?|years?)|ppd|packs? (?:a|per) day|/day cig\w*|cig\w* (?:a|per) day|never smok\w*|non-?smoker)\b",
        entered=True,
    ),
    Topic(
        "when smoking stopped",
        r"\b(?:when|how long (?:ago|since)|what year|since when)\b.*\b(?:quit|stop(?:ped)?|gave up|give up|last)\b.*\b(?:smok\w*|cig\w*|tobacco|fags)\b|\bquit date\b|\b(?:smok\w*|tobacco) quit\b",
        r"\b(?:quit\b[^.;]{0,25}\b(?:\d{4}|\d{1,2}/\d{2,4}|ago|since)|(?:quit|stopped) smoking\b[^.;]{0,25}\b(?:\d{4}|in|ago|since|at)|ex-?smoker[^.;]{0,15}\d|not smoking for|no (?:tobacco|cigarettes?|smoking) since|smok\w* (?:ceased|stopped)|gave up (?:smoking|cigarettes?)|never smok\w*)\b",
        entered=True,
    ),
    Topic(
        "exercise",
        rf"\b(?:exercis(?:e|es|ing)\b(?! (?:test|tolerance|capacity|stress|induced|ecg|ekg|program\w*|bike|class\w*))|work(?:s|ing)? out\b(?! (?:what|how|why))|go(?:es|ing)? to (?:the|a) gym|(?:do|does|play|plays|playing)(?: {_WHO})?(?: do| play)? (?:any |much )?sports?|(?:physical(?:ly)? )(?:activity|active)|keep(?:s|ing)? (?:fit|active)|how active|(?:go|goes) for walks|activity level)\b",
        r"\b(?:exercis(?:e|es|ing)\b(?! (?:test|ecg|stress|induced|tolerance))|gym|swims?|swimming|cycl(?:es|ing)\b(?! \d)|jog\w*|walk(?:s|ing| the| (?:his |her |the )?dog)\b(?! (?:at\b|first|the hall|frame|stick|aid|test|distance|boot))|physically active|sedentary|yoga|golf|bowls|football|soccer|danc(?:es|ing)|tai chi|gardening)\b",
        newest=True,
        rather=rf"\b(?:{_OFTEN}|(?:\d+|half an?) ?(?:min|minutes?|hours?) (?:walk|a|per|every|most|daily)|gym|sedentary|active|exercises|walk(?:s|ing)? (?:the |his |her )?dog|walk(?:s|ing)(?: \w+)? (?:to|at|around|about|round) the \w+|walks \d|walk the \w+|\dx (?:a |per )?week)\b",
        entered=True,
    ),
    Topic(
        "diet",
        rf"\b(?:(?:what|how)(?: (?:well|much|often))? (?:does|do|is|are|did|has|have) {_WHO} (?:usually |normally |typically |been )?(?:eat|eating)|what(?:'s| is| does) (?:{_HIS} )?(?:usual |typical |normal |daily )?(?:diet|food|meals?|menu)(?: like| look like)?\W*$|what (?:kind|sort) of (?:food|diet|things)|(?:typical|usual|normal) (?:day'?s? )?(?:meals?|food|diet|breakfast|lunch|dinner|supper)|what (?:kind of |sort of |type of )?(?:foods?|meals)\b[^?]{{0,20}}\beat(?:s|ing)?\b|eating habits|diet(?:ary)? (?:history|habits|like|recall)|(?:his|her|my) diet(?: like)?\W*$|^\W*diet\W*$)",
        r"\b(?:24-?h(?:ou)?r? recall|diet(?:ary)?\b(?! (?:sheet|referral|education|ordered))|breakfast|lunch|dinner|supper|eats\b|eating\b(?! (?:and drinking )?(?:normally|again))|(?:^|[.;] ?)food:|snacks?|fast food|takeaways?|meals\b(?! on wheels)|vegetables|fruit|appetite|frozen|freezer)\b",
        rather=rf"\b(?:recall|breakfast|lunch|dinner|supper|food:|mostly eats|eats (?:mostly|mainly|a lot|less|more|well|poorly|out|too)|diet:?|{_OFTEN})",
    ),
    Topic(
        "sleep",
        rf"\b(?:(?:how|what)(?: (?:well|much|many hours|about))?(?: is| are| does| do|'s| has)? (?:{_WHO}|{_HIS})(?: been)? sleep(?:s|ing)?(?! (?:study|apn\w+|tablets?|pills?|clinic|test))|(?:is|does|can|has) {_WHO} (?:been )?(?:sleep|sleeping|getting (?:enough |any )?sleep)(?! (?:study|apn\w+|tablets?|pills?|with|clinic|in|alone))|trouble sleeping|sleep (?:ok|well|through|pattern|quality|habits?)|sleeping (?:ok|okay|well|alright|badly|through|poorly)|^\W*sleep\W*$)\b",
        r"^(?!.*\b(?:sleep study|sleep apn\w+|sleep clinic|sleeping (?:pills?|tablets?|meds?)|polysomn\w+|not available)\b).*\b(?:sleeps|sleep(?: is|:|,)? ?(?=ok|okay|well|poor|good|fair|fine|broken|bad|\d|through|patchy)|(?:not|can't|cannot) sleep|slept|sleeping(?! (?:pill|tablet|medic|aid))|sleepless|insomnia|awake|wakes?|up (?:\w+ )?at night|nightmares?|recliner)\b",
        rather=rf"\b(?:{_OFTEN}|sleeps|sleeping|insomnia|wakes|hours?|slept (?:well|badly|poorly|fine|ok)|sleep(?: is|:|,)? (?:ok|okay|well|poor|good|fair|fine|broken|bad))\b",
        alone=True,
    ),
    Topic(
        "harm done to oneself",
        rf"\b(?:(?:attempt(?:s|ed)?|tr(?:y|ies|ied|ying)|acts?|episodes?)\b[^?]{{0,25}}\b(?:suicid\w*|self[- ]?harm\w*|end(?:ing)? {_HIS} (?:own )?life|tak(?:e|ing) {_HIS} (?:own )?life|kill(?:ing)? (?:him|her|them|my)sel(?:f|ves)|hang(?:ing)? (?:him|her|them|my)sel(?:f|ves))"
        r"|(?:suicid\w*|self[- ]?harm\w*|parasuicid\w*) (?:attempts?|acts?|gestures?|history|hx|episodes?|behaviou?rs?)|attempts? on (?:his|her|their|my) (?:own )?life"
        r"|(?:ever|previous(?:ly)?|past|prev|prior|history|hx|h/o|before)\b[^?]{0,40}\b(?:suicid(?:e|al (?:act|behaviou?r)\w*)|self[- ]?harm\w*|dsh|cut (?:him|her|them|my)sel(?:f|ves)|(?:hurt|harm)(?:ed)? (?:him|her|them|my)sel(?:f|ves))|\bdsh"
        r"|(?:has|have|had|did|does) [^?]{0,30}\b(?:self[- ]?harm(?:ed|ing)?|cut (?:him|her|them|my)sel(?:f|ves)))\b(?! thoughts)",
        r"\b(?:(?:took|taken|takes|taking|by|an?|the|intentional|deliberate|previous|impulsive|mixed|staggered) (?:\w+ ){0,2}?(?:overdose|od)(?:s|d)?\b(?! (?:kit|risk|reversal|prevention|educat\w+))|overdosed|overdose of|attempt(?:s|ed)? (?:\w+ )?(?:suicid\w*|hanging|to (?:hang|drown|end|kill|take h))|suicid\w* (?:attempts?|acts?|gestures?)|attempts? on (?:his|her|their) life|no (?:previous |prior |past |further )?attempts|self[- ]?harm\w*|dsh|parasuicid\w*|ligatures?|tried to (?:hang|kill|drown|end|take (?:his|her|their))|jumped (?:off|from|in front)|cut(?:s|ting)? (?:his|her|their) (?:wrists?|(?:fore)?arms?|legs?|thighs?)|superficial cuts|slashed)\b",
        rather=r"^(?!\W*(?:no|nil|not|never|denie[sd]|denying)\b)",
        before_facts=True,
    ),
    Topic(
        "self-harm",
        r"\b(?:suicid\w*|self[- ]?harm\w*|(?:hurt|harm|kill)(?:ing)? (?:him|her|them|my)sel(?:f|ves)|(?:si|hi)(?=\W*$)|thoughts of (?:self|death|dying|ending))\b",
        r"\b(?:suicid\w*|self[- ]?harm\w*|(?:hurt|harm|kill)(?:ing)? (?:him|her|them)sel(?:f|ves)|(?:no|nil) (?:si|tsh|dsh)\b|(?:denies|denied) si\b|si/hi|tsh)\b",
        before_facts=True,
        newest=True,
        alone=True,
    ),
    Topic(
        "harm done to others",
        r"\b(?:violen(?:t|ce)|assaultive|(?:has|have|had|did|ever) (?:\w+ ){0,3}?assault(?:ed|s)? (?:any\w*|some\w*|others?|staff|people)|aggressi(?:ve|on)(?= (?:before|in the past|to|towards?|history|behaviou?r)|\W*$)|forensic (?:history|hx|past)|risks? to others|danger(?:ous)? to (?:others|other people)|(?:hurt|hit|attack|harm|attacked|harmed) (?:anyone|anybody|someone|others|other people|staff)|criminal (?:record|history)|convictions?|offend(?:ed|ing)|(?:trouble with|arrested by|known to) the police|ever (?:been )?arrested)\b",
        r"^(?!.*\bassaulted by\b).*\b(?:(?:risk )?to others:|violen\w+|assault\w*|aggressi\w+|(?:pushed|punched|hit|kicked|bit|struck|slapped|attacked|threatened) (?:a|an|his|her|the|another|staff|two)\b|convict\w*|charges? (?:was|were|brought|dropped|of)|charged with|offen[cs]es?|probation|forensic|arrest(?:ed|s)\b)",
        before_facts=True,
        of_chart=False,
    ),
    Topic(
        "signs of getting ill again",
        r"\b(?:(?:early )?warning signs?(?! (?:of|for) (?!relapse|getting|becoming|him|her|when))|relapse (?:signatures?|indicators?|signs?|triggers?|profile)|signs? (?:of|that|when|he|she) [^?]{0,25}(?:relaps\w+|unwell|getting (?:ill|worse|high)|going downhill)|how (?:do|can|will|would|could) (?:i|we|you|they|family) (?:know|tell|spot)[^?]{0,30}(?:relaps\w+|unwell|getting (?:ill|worse|high|poorly)|going downhill|becoming (?:ill|unwell)))\b",
        r"\b(?:warning signs?|relapse (?:signatures?|indicators?|signs?|triggers?|profile)|signs? of relapse|early signs?)\b",
        before_facts=True,
        of_chart=False,
    ),
    Topic(
        "how long without a drink",
        rf"\b(?:(?:how long|since when|when)\b[^?]{{0,30}}\b(?:sober|dry(?! (?:mouth|skin|eyes?|weight|cough))|abstinent|abstinence|off (?:the )?(?:drink|booze|alcohol)|without (?:a drink|drinking|alcohol)|alcohol[- ]free|teetotal)|how long (?:is it |has it been )?since (?:{_WHO} |{_HIS} )?(?:last )?(?:drank|drink|a drink)|last (?:drink|alcoholic drink|use of alcohol)(?=\W*$)|last (?:drank|had a drink|had alcohol)|(?:sobriety|sober) date|when did {_WHO} (?:stop|quit|give up|last have) (?:drinking|alcohol|the drink|booze|a drink))\b",
        rf"\b(?:abstinen(?:t|ce)|sober|teetotal|alcohol[- ]free)\b[^.;]{{0,30}}{_SINCE}|\b{_ALCOHOL}\b[^.;]{{0,20}}\b(?:nil|none|stopped|quit|abstinent|last|free)\b[^.;]{{0,25}}{_SINCE}"
        rf"|\b(?:no|nil|stopped|quit|gave up|last|without|off)\b (?:\w+ ){{0,2}}{_ALCOHOL}\b[^.;]{{0,25}}{_SINCE}",
        before_facts=True,
        of_chart=False,
    ),
    Topic(
        "how long without drugs",
        rf"\b(?:(?:how long|since when|when)\b[^?]{{0,30}}\b(?:clean|off (?:the )?(?:heroin|drugs|gear|meth|crack|cocaine|opioids|opiates|cannabis|weed))|how long (?:is it |has it been )?since (?:{_WHO} |{_HIS} )?(?:last )?used|last use of {_DRUGS}|last used {_DRUGS}|clean date|when did {_WHO} (?:stop|quit|give up|last use|last take) (?:using )?{_DRUGS})\b",
        rf"\bclean (?:since|for \d)|\b(?:abstinen(?:t|ce)|drug[- ]free)\b[^.;]{{0,30}}{_SINCE}|\b{_DRUGS}\b[^.;]{{0,20}}\b(?:nil|none|stopped|quit|abstinent|last|free)\b[^.;]{{0,25}}{_SINCE}"
        rf"|\b(?:no|nil|stopped|quit|gave up|last|without|off)\b (?:\w+ ){{0,2}}{_DRUGS}\b[^.;]{{0,25}}{_SINCE}",
        before_facts=True,
        of_chart=False,
    ),
    Topic(
        CONSENT,
        rf"\b(?:consent\w*|agree\w*|allow(?:ed|s)?|permission|can (?:we|i|staff|you|the team)|(?:ok|okay|happy|alright) (?:to|for|with|if))\b[^?]{{0,40}}\b(?:shar(?:e|ing)|speak(?:ing)?|talk(?:ing)?|tell(?:ing)?|discuss\w*|disclos\w*|contact(?:ing)?|information|info)\b[^?]{{0,30}}\b(?:{HELPERS}|relatives?|nok|next of kin|parents?)\b",
        r"\b(?:consent (?:to (?:share|speak|talk|contact)|on file|given|for (?:sharing|contact|staff))|(?:agreed|consent\w*|happy|permission|may|do not|does not want|doesn't want|not to)\b[^.;]{0,40}\b(?:speak|talk|share|disclose|contact|tell)\b)",
        before_facts=True,
        of_chart=False,
    ),
    Topic(
        "whom to call in a crisis",
        rf"\b(?:crisis|out[- ]of[- ]hours|ooh|emergency|24[- ]hour|help) ?(?:line|team|number|contact|service|phone)s?\b|\b(?:who|whom|what number|which number|number|where)\b[^?]{{0,40}}\b(?:ring|call|phone|contact|speak to|turn to|text|go to)\b[^?]{{0,40}}\b(?:cris[ie]s|night|out of hours|emergenc\w+|weekends?|3 ?am|if {_WHO} (?:feels?|gets?|is|am) (?:\w+ )?(?:suicidal|worse|unsafe|desperate))\b",
        r"\b(?:crisis (?:line|team|number|service|resolution|contact|plan:)|(?:24[- ]?h(?:ou)?rs?|out[- ]of[- ]hours|ooh|emergency|help)[- ]?(?:line|number|contact|team|service)|samaritans|\b988\b|lifeline|home treatment team|mental health line)\b(?=[^.]*\d{3})",
        before_facts=True,
        of_chart=False,
        newest=True,
    ),
    Topic(
        "voices",
        r"\b(?:hallucinat\w*|a/?vh|(?:hear|hears|hearing|heard) (?:\w+ )?voices?|(?:the|his|her|their|my|any) voices\b|voice-?hearing)\b",
        r"\b(?:voices? (?:telling|saying|say|tells?|quiet\w*|loud\w*|worse|better|reduced|gone|settled|remain\w*|less|still|persist\w*|command\w*|gets?|are|have|had|were|in (?:his|her) head)|(?:hear|hears|hearing|heard|murmuring|residual|command|derogatory|occasional|left some|no|nil) (?:\w+ )?voices?|hallucinat\w+|a/?vh|(?:unseen|internal) stimuli|voice-?hearing)\b",
        newest=True,
        before_facts=True,
    ),
    Topic(
        "recreational drugs",
        r"\b(?:(?:do|does|did|doing|into|use|uses|using) (?:any )?drugs(?=\W*$| (?:now|still|any ?more|these days|recreationally)))",
        r"\b(?:illicits?|recreational|cannabis|marijuana|weed|joint(?=,| (?:a|per|on|at|every|most)\b|[.;]|$)|thc|cocaine|heroin|meth(?:amphetamine\w*)?\b|ivdu|iv drug|street drugs?|(?:no|denies|other) drugs\b|drug use|drugs: ?|substances?:)",
        entered=True,
        before_facts=True,
        of_chart=False,
        alone=True,
    ),
    Topic(
        "recreational drugs",
        r"\b(?:recreational|illicit|street) (?:drugs?|substances?)|\b(?:drug|substance) (?:use|habit|misuse|abuse|taking)\b|\bdo(?:es)? (?:any )?drugs\b|\b(?:take|takes|taking|use|uses|using|on) (?:any )?(?:(?:illegal|hard|soft|street) )?drugs(?=\W*$)|\b(?:cannabis|marijuana|weed|cocaine|heroin|meth|pot|(?:smok\w+|roll\w*|spliffs? or|a few|any) joints(?! (?:pain|swoll|affect|involv|replac)))\b(?! pain)",
        r"\b(?:illicits?|recreational|cannabis|marijuana|weed|joint(?=,| (?:a|per|on|at|every|most)\b|[.;]|$)|thc|cocaine|heroin|meth(?:amphetamine\w*)?\b|ivdu|iv drug|street drugs?|(?:no|denies|other) drugs\b|drug use|drugs: ?|substances?:)",
        entered=True,
    ),
    Topic(
        "mood",
        rf"\b(?:mood|(?:is|are|was|has been|been|feels?|feeling|seems?|looks?) (?:{_WHO} )?(?:been )?(?:feeling )?(?:a bit |very |so |still )?(?:depressed|low|down|sad|lonely|tearful|happy|miserable|hopeless|fed up|blue)(?=\W*$| (?:at|these|lately|now|since|about|mood|again|or)\b)|{_HIS} (?:spirits|mental (?:health|state)|emotional \w+)|emotionally|mentally|how (?:is|are|'s) (?:{_WHO} )(?:doing |coping |feeling )?(?:in (?:him|her)self|emotionally|mentally)|in good spirits|(?:signs|symptoms) of depression|lonely|loneliness|tearful|cry(?:ing)?)\b",
        r"\b(?:moods?|low in (?:him|her)self|depress(?:ed|ion|ive)|phq-?[29]?|gad-?7|tearful|cries|cried|crying|lonely|loneliness|low in|in good spirits|good spirits|anxious|hopeless\w*|suicid\w*|hurting (?:him|her)self|sad|griev\w*|grief|bereave\w*|low spirits|feels (?:low|down|well in)|affect)\b(?! (?:st|segment|lv|rv|ejection))",
        newest=True,
        before_facts=True,
    ),
    Topic(
        "a daily task",
        rf"\b(?:(?:can|does|do|is|are|able to|who|needs? help)(?: (?:{_WHO}|to|with|still|able|who))* ?(?:cook(?:s|ing)?|(?:do(?:es)? )?(?:{_HIS} )?(?:own )?(?:shopping|shop|cooking|cleaning|laundry|washing|housework|chores|meals)|climb(?:ing)? (?:the )?stairs|manage (?:the )?stairs|dress(?:ing)?|bath(?:e|es|ing)|shower(?:s|ing)?|toilet(?:ing)?|feed(?:ing)? (?:him|her)self)\b)",
        r"\b(?:cooks?|cooking|meals|freezer|shops?\b(?! and back)|shopping|clean(?:s|ing)\b|laundry|housework|chores|stairs|steps|dress(?:es)? (?:him|her)self|dressing (?:him|her)self|help (?:with )?dressing|(?:dress|feed|wash|toilet|bathe)(?:e?s)?\b(?: and \w+)? (?:self|(?:him|her)self)|bath(?:es|ing)|shower\w*|toilet(?:s|ing)|i?adls?)\b",
        before_facts=True,
        shares=True,
        alone=True,
    ),
    Topic(
        "coping",
        rf"\b(?:(?:cop(?:e|es|ing)|manag(?:e|es|ing)|get(?:s|ting)? (?:on|by|along)|doing|be left)\b(?: \w+){{0,3}}? (?:at home|home alone|on (?:his|her|their|my) own|alone|by (?:him|her|my)self|day[- ]to[- ]day|around the house|(?:in|around) the home|independently|day by day)|(?:can|is|does|do) {_WHO}(?: still)?(?: able to)? (?:look(?:ing)? after|care for|caring for|take care of|wash(?:ing)?|feed) (?:him|her|my|them)sel(?:f|ves)|i?adls?\b|activities of daily living|functional (?:status|level|baseline|ability)|baseline function\w*|how (?:independent|much help)|(?:is|are|was) (?:{_WHO} )?(?:fully |still )?independent|self-?car(?:e|ing)|need(?:s|ing)? (?:any )?(?:help|assistance|a hand) (?:at|around|in)|day[- ]to[- ]day (?:function\w*|activit\w*|living|life)|(?:is|are) {_WHO} (?:safe|ok|okay|all right|alright) (?:at home|on (?:his|her) own|alone|living alone))\b",
        rf"\b(?:i?adls?\b|independen(?:t|tly|ce)\b|manag(?:es|ing)\b(?! (?:editor|her diabetes))|cop(?:es|ing)\b|struggl(?:es|ing)\b|self-?car(?:e|ing)\b|needs? (?:some |a lot of |no )?help\b|help(?:s|ed)? (?:with (?:wash|dress|bath|meal|shop|cook|clean)\w*|her|him)\b|(?:wash|dress|bath|feed|transfer|toilet|manag|cop|liv)\w*[^.;]{{0,25}}(?:on (?:his|her) own|by (?:him|her)self|(?:him|her)self)|housebound|bed-?bound|lives? (?:alone|with\b|w/)|carers? (?:\d|x|twice|come|daily)|caregivers?\b|home (?:help|care|health aide)\b|meals on wheels|barthel|katz|household:|(?:{HELPERS})\b[^.;]{{0,40}}\b(?:comes|calls|looks? (?:in|after)|visits|helps?|fills|drives (?:him|her)))",
        before_facts=True,
        newest=True,
    ),
    Topic(
        "walking aid",
        rf"\b(?:(?:us(?:e|es|ed|ing)|with|needs?|ha(?:s|ve)|got|require[sd]?|own|owns|get|given)(?: {_WHO})? (?:an? |the |any |his |her )?(?:(?:walking|gait|mobility) )?(?:aids?|(?:zimmer )?frame|zimmer|stick|cane|walker|rollator|wheel-?chair|(?:mobility )?scooter|crutch(?:es)?)\b|(?:what|which|any) (?:walking |mobility )?aids?\b[^?]{{0,20}}\b(?:walk\w*|mobil\w*|us(?:e|es|ing))\b|walking aids?|gait aids?|mobility aids?|walk(?:s|ing)? (?:unaided|without (?:a|an|any) (?:aid|stick|frame|cane|walker)))(?! (?:for|up)\b)",
        rf"^(?!.*\b(?:{_RELATIVES})(?:-in-law)?\b[^.;]*\b(?:wheel-?chair|frame|stick|walker|cane)).*\b(?:(?:walking |zimmer |the |a |with |her |his |uses? )frame|zimmer|canes?\b|(?:walking |a |with |her |his )stick|walker|rollator|wheel-?chair|mobility scooter|crutch(?:es)?|unaided|without (?:an? |any )?(?:aids?|assistive|stick|cane|walker|frame)|no (?:walking |gait |mobility |assistive )?(?:aids?|devices?)\b|assistive device|independent(?:ly)? (?:mobile|mobility|ambulat\w*|walk\w*)|mobil\w+ independently|walks independently|ambulat\w+ (?:independently|with))\b",
        before_facts=True,
        alone=True,
    ),
    Topic(
        "transport",
        rf"\bhow (?:does|do|did|will|would|is|can) {_WHO} (?:usually |normally )?(?:get(?:ting)?|travel|come|coming|make it|reach)(?: up| in)? (?:to|here|there|home)\b(?! sleep)|\btransport(?:ation)?\b(?! (?:chair|monitor))|\bwho (?:brings|drives|takes) (?:him|her|them|me)\b|\b(?:ha(?:s|ve)|got|needs?) (?:a )?(?:lift|ride)s?\b",
        rf"\b(?:drove (?:self|him|her)|drives? (?:him|her|them|self)|(?:{HELPERS})(?: [A-Z]\w+)? (?:drives|drove|brings|brought)|to bring (?:him|her)|(?:can|to|will) drive (?:him|her)|taxi|minibus|bus\b|train\b|(?:hospital |patient |no |own )transport\w*|ride (?:service|share)|a (?:lift|ride)\b|(?:his|her|the) (?:car|truck|pickup)|by car|on foot|(?:no|own|the) (?:car|vehicle)|(?:will not|does not|doesn't|no longer|can(?:not|'t)) drive)\b",
        before_facts=True,
        alone=True,
    ),
    Topic(
        "interpreter",
        r"\b(?:interpreters?|interpreting|translators?|interpreted|(?:speak|speaks|understand|understands|fluent in|good|read|reads) (?:any |good |enough |much )?english|english (?:ok|good|fluent|any good|speaking|speaker|proficien\w+)|language barrier)\b",
        r"\b(?:interpreter|interpreted|translat\w+|(?:speaks|speaking|fluent|understands|limited|reads|good|preferred|language:?) (?:\w+ )?(?:english|spanish|french|arabic|mandarin|cantonese|russian|hindi|urdu|zulu|isizulu|polish|portuguese|german|finnish|swedish|maori|vietnamese|somali|turkish|greek|italian|punjabi|bengali|tagalog|korean)|english (?:fluent|good|limited|ok|second|is)|bilingual)\b",
        before_facts=True,
    ),
    Topic(
        "worries",
        rf"\b(?:(?:what|which|any)(?: (?:is|are|were|was|'s|does|do|of))?(?: (?:{_WHO}|{_HIS}))?(?: \w+)? ?\b(?:worr(?:y|ies|ied|ying)|fears?|afraid|scared|frightened|concerns\b)|what (?:worries|scares|frightens|bothers) {_WHO}|(?:is|are|was) {_WHO} (?:worried|afraid|scared|frightened|frightened|anxious) (?:about|of|that)|(?:does|do|did) {_WHO} (?:worry|fear))\b",
        r"\b(?:worr(?:y|ied|ies|ying)|afraid|scared|fears?\b|frighten\w*|anxious (?:about|that)|ask(?:s|ed) (?:if|whether)|wonder(?:s|ed) (?:if|whether)|remembers|sooner not know|terrified|dreads?|burden)\b",
        before_facts=True,
        of_thing=True,
    ),
    Topic(
        "aid that is worn",
        r"\b(?:wear|wears|wearing|us(?:e|es|ing)|sleep(?:s|ing)? with|tolerat\w+|complian\w+|adher\w+|keep\w*)\b[^?]{0,25}\b(?:cpap|bipap|breathing machine|mask|hearing aids?|glasses|spectacles|dentures|compression stockings?|stockings|brace|splint|orthotics?|insoles|home (?:oxygen|o2)|(?:oxygen|o2) (?:at|in the) (?:home|house|night))\b|\bon (?:home (?:oxygen|o2)|(?:oxygen|o2) at home)\b",
        r"\b(?:cpap|bipap|breathing machine|mask|hearing aids?|glasses|spectacles|dentures|stockings|brace|splint|orthotics?|insoles|oxygen)\b",
        before_facts=True,
        newest=True,
        of_thing=True,
    ),
    Topic(
        "falls",
        r"^(?:.*\b(?:her|his|my|their|(?:the )?(?:patient|pt|mum|mom|dad)['’]?s?) (?:last|latest|most recent) fall\b(?! (?:off|below|in|to|from|under|asleep))|(?!.*\b(?:in the|this|last|next|every|since) fall\b)(?!.*\b(?:when|why|how did|what happened|risk|asleep|injur\w*)\b).*(?:\b(?:any|has|have|had|having|how many|recent|history of|hx of|number of|many|been|prone to)\b[^?]{0,25}\b(?:falls?|fallen)\b(?! (?:off|below|in(?! the (?:last|past)\b)|to|from|under))|\bfalls? (?:history|hx)\b|^\W*falls?\W*$))",
        rf"(?<!in )(?<!in the )(?<!this )(?<!last )(?<!next )(?<!of )\bfalls?\b(?! risk| in (?!the (?:bath|shower|kitchen|garden|street|hall|bed|night|house|snow))| prevention| precautions| asleep| below| under)|{OF_NO_VALUE}\b(?:fell\b(?! asleep| to\b| from \d| below)|fallen\b(?! to| from| below))|\btripped\b|\bslipped\b",
        alone=True,
    ),
    Topic(
        "the name of a relative",
        rf"\b(?:what(?:'s| is|s)|who(?:'s| is|s)|names? of) {_HIS} (?:{HELPERS})(?:'s|s'|s)?(?: names?| called)?\W*$",
        rf"\b(?:{HELPERS}) (?-i:[A-Z][a-z]+)\b",
        before_facts=True,
        of_persons=True,
        shares=True,
    ),
    Topic(
        "contraception",
        r"\b(?:contracepti\w+|birth control|family planning)\b",
        r"\b(?:mirena|iud|iucd|copper coil|coil|(?:contraceptive )?implant|jadelle|implanon|nexplanon|depo(?:-?provera)?|(?:on )?the (?:mini-?)?pill|ocp|cocp|pop|condoms?|vasectomy|tubal|sterili[sz]\w+|contracepti\w+|kyleena)\b",
        before_facts=True,
        newest=True,
    ),
    Topic(
        "wish for a child",
        r"\b(?:want|wants|wanting|plan|plans|planning|hope|hopes|hoping|thinking of|intend|intends)\b[^?]{0,25}\b(?:children|kids|child|bab(?:y|ies)|pregnan\w*|conceive|family)\b(?! (?:meeting|conference|member|to))",
        r"\b(?:no (?:wish|plans?|desire|wishes) (?:for|to)[^.;]{0,20}(?:bab\w+|child\w*|pregnan\w*|kids)|(?:wants?|wish\w*|hop\w+|planning|plans) [^.;]{0,25}(?:bab(?:y|ies)|child(?:ren)?|pregnan\w+|kids|conceive|family)|more babies|family (?:is )?complete|completed (?:her |his |their )?family|trying (?:to conceive|for a baby)|ttc)\b",
        before_facts=True,
        newest=True,
    ),
    Topic(
        "heating and house",
        rf"\b(?:(?:how (?:does|do|is) (?:{_WHO}|{_HIS} (?:house|home|flat|place)) (?:heat|keep|heated|keeping)\w*(?: (?:{_HIS} )?(?:house|home|flat|place|warm))?\W*$)|(?:what(?:'s| is) (?:{_HIS} )?(?:house|home|flat|accommodation) like|running water|(?:any|has|have|got|are there|there) (?:\w+ )?(?:stairs|steps|electricity|heating)\b(?! (?:taken|to)))|what (?:kind|type|sort) of (?:house|home|housing|accommodation|place|building))",
        r"\b(?:heats? (?:with|by|only|the)|heating|wood ?stove|propane|electricity|running water|tap (?:inside|outside)|stairs|storey|bungalow|(?:rdp|terraced|council|two-?story|single-?story|one-?story|ground-?floor|farm) ?(?:house|home|flat|apartment)?|trailer|mobile home|caravan|hostel|bedsit|tenancy|supported (?:living|accommodation|flat|housing)|sheltered (?:housing|accommodation|flat)|lives in an?|(?:first|second|third|top|ground) floor|apartment|walk-?up|steps (?:to|up))\b",
        before_facts=True,
        alone=True,
    ),
    Topic(
        "faith",
        r"\b(?:religio\w*|faith|go(?:es)? to (?:church|mosque|temple|mass|synagogue)|spiritual\w*|church-?goer|jehovah'?s?|pray(?:s|er)?|(?:what|which) (?:church|denomination))\b",
        r"\b(?:church|parish\w*|mosque|temple|synagogue|faith|religio\w*|muslim|hindu|christian|catholic|methodist|lutheran|baptist|anglican|orthodox|jewish|jehovah\w*|pastor|priest|imam|rabbi|pray\w*|spiritual\w*|ramadan|chaplain\w*|hymns?|mass on)\b",
        before_facts=True,
        alone=True,
    ),
    Topic(
        "dialysis schedule",
        r"\b(?:dialysis|haemodialysis|hemodialysis|hd) (?:schedule|days|slots?|shift|timetable|prescription|regimen|sessions?(?= (?:a|per|each) week| on which))\b"
        r"|\b(?:which|what) (?:days?|time|shift|slot)\b[^?.;]{0,40}\b(?:dialy\w+|haemodialy\w+|hemodialy\w+|hd)\b"
        r"|\bhow (?:often|many (?:times|hours|days|sessions)|long)\b[^?.;]{0,40}\b(?:on (?:the )?machine|dialys(?:e|ed|es|is|ing)|dialyz\w+)\b(?=[^?.;]{0,30}(?:\b(?:each|every|a|per|for)\b|\W*$))(?![^?.;]*\b(?:been|since|before|until|total|altogether|miss\w*)\b)",
        r"\b(?:dialy\w+|haemodialy\w+|hemodialy\w+|hd)\b(?=.*(?:\b(?:mwf|tts|tths|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*)\b.*\b(?:mwf|tts|tths|mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|hours?|hrs?|am|pm)\b|\b(?:mwf|tts|tths)\b|\b(?:three|thrice|twice|3|2|4|four) ?(?:x|times)? ?(?:a|per|/) ?week))",
        before_facts=True,
        of_chart=False,
        of_week=True,
    ),
    Topic(
        ADHERENCE,
        r"\b(?:adheren\w*|complian(?:t|ce)|(?:miss|skip|forget)\w* (?:to take )?(?:any |his |her |a |some |many )*(?:doses?|pills?|tablets?|meds|medicines?|medications?)|(?:tak(?:e|es|ing)|good (?:at|about|with)) (?:\w+ )*?(?:meds|medicines|medications?|pills|tablets) (?:properly|regularly|reliably|correctly|right|as (?:prescribed|directed|told|(?:he|she) should)|every day|daily|at all))\b",
        r"\b(?:miss(?:es|ed|ing)? (?:\w+ ){0,3}(?:doses?|tablets?|pills?)|misses|no tablets missed|missed no|skip(?:s|ped|ping)|stretch(?:ed|ing)?|to stretch|every other (?:day|night)|most days|rarely misses|ran out|runs out|adher\w*|complian\w*|\d+ ?% of doses|forgets?|not taking|leaving out|back (?:to|on) twice a day|pill ?box|takes (?:one a day|all)|reliabl\w+|half the time)\b",
        before_facts=True,
        newest=True,
    ),
)
