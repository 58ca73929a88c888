"""What a message tells of an earlier time or of relatives, and what it settles: routine matters that tell no ailment of now.

Read over folded words. A relative's illness that is followed by a question about one's own risk is family history; a doctor's act in
the past ("the nurse took my blood again") is a record. Not yet reviewed by a clinician.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=128)
def pattern(written: str, /) -> re.Pattern[str]:
    """Return a pattern of the red flags, compiled when it is first needed."""
    return re.compile(written)


_RELATIVE = (
    r"mum|mom|mother|dad|father|parent|gran|grandma|grandad|grandmother|grandfather|grandparent|nan|sister|brother|sibling|uncle|aunt|auntie|cousin|niece|nephew|twin"
    r"|son|daughter|husband|wife|partner|friend|colleague|coworker|neighbor|relative|family"
)
_HAD = r"had|has had|have had|died|passed|suffered|lost|got diagnosed|was diagnosed|were diagnosed|was told|used to|went through|survived|had had|has an? \w+ allergy that put"
_FAMILY_TOLD = rf"(?<!\S)(?:(?:my|our|his|her|both|the|on|side|late|own|big|little|elder|older|younger|maternal|paternal|great|half|best) )*(?:{_RELATIVE})(?: in law)?(?: and (?:my )?(?:{_RELATIVE}))?(?: (?:on|from) \w+(?: \w+)? side)? (?:both |also |all |each |once )?(?:{_HAD})(?!\S)"
_RISK_ASKED = (
    r"(?<!\S)(?:(?:should|do|will|can|could|would|am|shall|might|must) (?:i|we|my (?:kid|child|daughter|son|children|baby|sister|brother|risk|own)|our \w+)(?: \w+){0,3}? (?:be (?:tested|screened|checked|seen|worried|considered|referred|offered)|get (?:tested|screened|checked|it too|one)|have (?:a |the |an )?(?:test|scan|screen\w*|check\w*|same|colonoscopy|mammogram|gene)|need (?:a |the |an |to be )?(?:test\w*|scan|screen\w*|check\w*|gene\w*)|tell|mention|declare|carry|inherit|at (?:\w+ )?risk)"
    r"|(?:doe|do|will|would|could|might|can) (?:that|this|it|they|those) (?:affect|change|matter|raise|increase|count|put|make|mean|run|go|show|come)|(?:am i|are we|is my \w+) (?:at|more|likely|in line|due|eligible|a carrier)|do i qualify|am i (?:eligible|due|entitled)|my (?:own )?(?:risk|chance|odds)|run in (?:the|our|my) family|genetic|hereditary|inherit\w*|is it in the gene|how (?:is|are) my|(?:is|are|was) my \w+(?: \w+)? (?:ok|okay|fine|normal|back|clear|alright|good))(?!\S)"
)


_THIS_MOMENT = r"(?<!\S)(?:now|today|tonight|this (?:morning|afternoon|evening|minute)|just|sudden\w*|(?:minute|hour|min|hr) ago|yesterday|last night|still|but|since (?:dinner|breakfast|lunch|tea|midnight|noon|work|waking|\d+)|(?:his|her|he|she|their) (?:\w+ )?(?:has|is|are|wont|cant))(?!\S)"


def tells_of_family(text: str, whole: str, /) -> bool:
    """Say whether a clause tells what a relative once had, in a message that asks what it means for others."""
    return (
        pattern(_FAMILY_TOLD).search(text) is not None
        and pattern(_RISK_ASKED).search(whole) is not None
        and pattern(_THIS_MOMENT).search(text) is None
    )


_CARERS = (
    r"doctor|dr|dr \w+|gp|consultant|nurse|surgeon|midwife|physio|pharmacist|dentist|optician|optometrist|paramedic|specialist|registrar|clinic|hospital|lab|ward|er|a and e|surgery|radiologist"
    r"|cardiologist|neurologist|dermatologist|gyne|oncologist|psychiatrist|health visitor|they|scan|ct|mri|xray|x ray|ultrasound|echo|ecg|endoscopy|colonoscopy|biopsy|bloodtest|letter|report|result|test|note|file|record|summary|chart"
)
DONE_BY_CARERS = (
    rf"(?<!\S)(?:(?:{_CARERS})(?: \w+){{0,2}}? (?:said|told|saw|gave|put|took|found|picked|did|started|stopped|changed|asked|wanted|mentioned|noted|showed|shows|advised|prescribed|ordered|sent|wrote|discharged|referred|booked|say|says|states?|came back|had to|reckoned|thought|confirmed|explained|suggested|recommended|was (?:clear|normal|fine|positive|negative|ok|okay))"
    r"|i (?:was|have been|got) (?:told|given|seen|prescribed|started|put on|advised|discharged|referred|sent|booked|reviewed|vaccinated|diagnosed|asked))(?!\S)"
)
"""What carers did or a document says: of now only where the message says so."""
ROUTINE = (
    r"(?<!\S)(?:(?:i|we) (?:would|d) (?:really |just |also )?(?:like|love|prefer) to|(?:i|we) (?:am|are) (?:due|booked|scheduled|hoping|looking|planning|going|travelling|traveling|flying|starting|moving|organizing|applying|filling)|(?:need|want|would like|request\w*|order\w*|run\w* low on|out of|after) (?:\w+ )?(?:more|another|some more|a new|new|a repeat|a copy|copy|a letter|a note|the form|to (?:change|book|cancel|move|order|update|register|switch|renew|collect|arrange|reschedule|rearrange|check|confirm|ask|know|see|set))"
    r"|kindly (?:advise|advice|tell|suggest|guide|send|confirm|share|provide|arrange)|please (?:advise|suggest|guide) (?:dose|dosage|diet|vitamin)|appointment|prescription|repeat|refill|pharmacy|chemist|insurance|insurer|certificate|form|letter|copy|address|portal|password|surgery hours|opening|receptionist|parking|plan|action plan|care plan|school camp|holiday|trip abroad|passport|visa|travel\w*|wedding|gym|marathon|test strip|lancet|sensor|needles|sharps|bin|glasses|hearing aid|as prescribed|as directed|as usual|as normal|screening|smear|mammogram|check ?up|follow up|review|annual|routine|vaccine|vaccination|booster|jab due|bloodtest|blood pressure (?:is|was|has been|at home|checked|reading)|bp (?:at home|is|has been|reading)|stress test|(?:inr|a1c|hba1c|cholesterol|ldl|weight|peak flow|egfr|tsh|ferritin|psa) (?:\w+ )?(?:was|is|were|has been) [\d.]+|sugars? (?:have|has) been (?:good|fine|steady|stable)|(?:good|fine|steady|stable|well controlled|lovely|perfect|brilliant|great)(?= (?:all week|so far|since|lately|,|\.|and)|$)|(?:nearly|almost|all) (?:finished|out|used up|run out|done|empty)|(?:you|doctor|gp|nurse) (?:gave|prescribed|started) (?:me|him|her)|fasting|post prandial|after food|referral|weight loss|lost weight|chuffed|delighted|thrilled|so happy|pleased|proud|counsel\w*|cheaper|cost\w*|price|fee|refund|leaflet|research|study|survey|trial|volunteer\w*|reminder|text message|online|website|app|just to (?:say|let you know|update|confirm)|let you know|for (?:the|my|his|her) (?:file|record|note|school|nursery|work|employer|solicitor))(?!\S)"
)
"""Matters of every day, by which somebody who tells nothing wrong is no complaint."""
SETTLED = (
    r"(?<!\S)(?:(?:temp\w*|fever|breathing|rash|bleeding|appetite|feeding|swelling|skin|stool|poo|urine|wee|sugar|bp|blood pressure|pressure|pulse|heart rate|movement|speech|walking|sleep|mood|pain|wound|scar|burn|cough|weight|eye|ear|throat|tummy|back|knee|ankle|leg|arm|hand|foot) (?:is |are |was |has been |been |looks? |all |now |still |back to |completely |quite |much )+(?:normal|fine|ok|okay|good|clear|dry|clean|settled|healed|lovely|great|better|well|stable|steady)(?: now| again)*(?: up)?"
    r"|(?:blood pressure|bp)(?: \w+){0,3}? (?:9\d|1[0-4]\d) over [5-8]\d|(?:pulse|heart rate)(?: \w+){0,2}? [5-9]\d|(?:sugar|glucose)s?(?: \w+){0,3}? [4-9](?:\.\d)?|temp\w*(?: \w+){0,2}? 3[67](?:\.\d)?|turned out (?:to be )?(?:nothing|fine|benign|ok|okay|normal|harmless|clear|a false alarm)|(?:isnt|arent|not|no longer) (?:\w+ )?(?:sore|painful|itchy|tender|swollen|red|hot)|heal\w* (?:up )?(?:lovely|nicely|well|fine|great|beautifully)|(?:feed|eat|drink|sleep|play|walk|breath|wee|poo)\w* (?:fine|well|ok|okay|normally|good|lovely|great)|(?:plenty|lots|loads) (?:of )?wet napp\w+|running around (?:like|as) (?:normal|usual)|right as rain|on the mend|good as new|full of beans|recovered (?:well|fully|nicely)|turned the corner)(?!\S)"
)
"""What a message says is well again; heeded by the general complaint only."""
LONG_STANDING = r"(?<!\S)(?:(?:since|for|from|over|past|last|about) (?:the )?(?:past |last |about |around |over |nearly |almost )*(?:\d+|two|three|four|five|six|seven|eight|nine|ten|many|several|few|some|a few|couple of) (?:year|yr|month)|for (?:year|age|month)|on and off|now and then|once in a while|from time to time|every (?:winter|summer|spring|hay season)|as long as i remember|all my life|after (?:long|a long|sitting|standing|gardening|exercise|a run|running|work|driving|walking|sport|football|gym) ?(?:\w+ )?(?:drive|walk|day|run|game|shift|session|time|week)?)(?!\S)"
"""What has been so for long, or comes with use: no complaint of now by itself."""
PLANNED = r"(?<!\S)(?:go|goe|going|ha|have|having|due|booked|will|getting|starting|planned|listed|scheduled|get|start|fly|flying|travel\w*|move|moving)(?: \w+){0,8}? (?:next|this coming|in (?:a|two|three|four|six|\d+|a few|a couple of|january|february|march|april|may|june|july|august|september|october|november|december)) ?(?:week|month|year|fortnight|spring|summer|autumn|fall|winter|term|monday|tuesday|wednesday|thursday|friday|saturday|sunday)?(?!\S)"
"""What is still to come."""
APPOINTED = r"(?<!\S)(?:has|have|got|having) (?:his|her|my|their|our|an?|the) (?:\w+ ){0,4}?(?:challenge|scan|test|clinic|appointment|op|operation|surgery|procedure|review|check|assessment|jab|mri|ct|endoscopy|colonoscopy|biopsy|screening|exam)(?: \w+){0,3}? (?:on|at|in|tomorrow|next|coming)(?!\S)"
"""An appointment that somebody has."""
_MILD_ACHE = r"(?:knee|back|ankle|shoulder|wrist|neck|hip|elbow|foot|feet|heel|joint|thumb|finger|hand|leg|muscle)"
LONG_ACHE = rf"(?<!\S){_MILD_ACHE}(?: \w+){{0,3}}? (?:pain|ache|aching|hurt|sore|stiff)\w*|(?:pain|ache|stiffness)\w* in (?:my |his |her |the )?(?:\w+ )?{_MILD_ACHE}(?!\S)"
"""An ache of joints or muscles."""
_NOTED = r"(?<!\S)(?:dates?|doses?|dosage|mg|mcg|strength|reason|side|yr|year|levels?|results?|readings?|trend|timeline|number of|no|total|admissions?|admit|surgeon|size|report|newest|latest|last|current|certificate|register|duration|session|shots? so far|stopped when|started when|when|where|by whom|meds?|a1c|hba1c|bp|ldl|creat\w*|alb\w*|egfr|fev1|psa|tsh|inr|ferritin|acid|iop|summary|sum up|on record|test|dx|abx|inpt|op|repair|vs|just before|right before|compared|per day|reason|discharge|episodes?|note|nots|all|lap or open)(?!\S)"
_SPEAKS = r"(?<!\S)(?:i|am|is|are|was|cant|wont|isnt|doesnt|hasnt|been|keep\w*|feel\w*|help|please|now|today|tonight|just|suddenly|went|going|getting|feels|hurts|my \w+)(?!\S)"


def is_note(text: str) -> bool:
    """Say whether a message is a note of what to look up ("kidney infection admission dates"): a noun of the record, no sentence."""
    return pattern(_NOTED).search(text) is not None and pattern(_SPEAKS).search(text) is None
