"""A professional's question about somebody who is stable: a clinic's titration, a discharge with normal findings."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_reading import Heard
from chartcite.engine.red_flags.told_history import pattern

_STABLE = r"(?<!\S)(?:stable|asymptomatic|pain free|\w+ free|no (?:angina|chest pain|symptom|event|seizure|bleed\w*|recurrence|sob|orthopnea|edema|hemoptysis|hypo|exacerbation|relapse|issue)|(?:ob|vital|vital sign|new2|news|new) (?:is |are |all )?(?:normal|stable|fine|ok|0|1)|nyha (?:i|ii|1|2)|afebrile|apyrexial|no further (?:event|episode|bleed\w*|pain|fit|seizure)|well controlled|remission|mobilizing|eating and drinking|tolerating (?:diet|fluid)|sat 9[4-9]|chest clear|abdo soft|pt well|patient well|doing well|feel\w* well|independent|act 2[0-5]|ketone 0(?:\.[0-5])?|at target|no concern|baseline|routine|elective|well)(?!\S)"
_SETTING = r"(?<!\S)(?:clinic|review|home today|discharge|follow up|fu|opd|outpatient|telephone|sick day|day \d+|d\d+|pod ?\d+|post ?op|postop|\d+ over (?:52|12|7)|(?:week|month|year|wk|mo) post|titrate|uptitrate|step down|step up|recheck|monitor\w*|add|switch|elective|preop|pre op|assessment|annual|refer|screening|restart|how long|when (?:to|can))(?!\S)"
_UNSTABLE = (
    r"acute\w*|drop\w*|hypotens\w*|tachy\w*|septic|resus|collaps\w*|vomit\w*|confus\w*|drows\w*|pale|gray|clammy|sudden\w*|fever\w*|febrile|spik\w*|unwell|new|worsen\w*|worse|now|deteriorat\w*|crash\w*|unstable|bleed\w*|blood|melena|rash|stridor|wheez\w*|breathless\w*|sob|short of breath|desat\w*|severe\w*|agitat\w*|retention|off leg|weak\w*|ongoing|rising|elevat\w*|positive|suspect\w*|query|again|fresh|despite|active\w*|gcs|slumped|neglect|found|last seen|arrest\w*|peritoni\w*|rigid|seiz\w*|sweaty|diaphor\w*"
    r"|(?:sat|spo2) (?:[5-8]\d|9[0-2])|(?:hr|pulse) (?:1[1-9]\d|2\d\d|[1-4]\d)|bp (?:[5-9]\d) over \d+|(?:t|temp) (?:3[89]|4\d)[\d.]*|k (?:[6-9]|5\.[5-9])[\d.]*|(?:lactate|lact|lac) (?:[3-9])[\d.]*|ketone [1-9][\d.]*|news2? (?:[4-9]|1\d)"
)


def stable_clauses(heard: Heard) -> set[int]:
    """Return the clauses of sentences that call somebody stable in a setting of planned care; none with a sign undenied beside it."""
    if pattern(_STABLE).search(heard.text) is None or pattern(_SETTING).search(heard.text) is None:
        return set()
    if any(not heard.denied(span, deniable=True) for span in heard.places(_UNSTABLE)):
        return set()
    calm = {clause.sentence for clause in heard.clauses if pattern(_STABLE).search(clause.text)}
    return {
        clause.start
        for clause in heard.clauses
        if (clause.sentence in calm or clause.asks) and pattern(_REPORTED).search(clause.text) is None
    }


_REPORTED = r"(?<!\S)(?:report\w*|complain\w*|wife|husband|mum|mother|daughter|son|partner|say|says|notice\w*|describe\w*|present\w*|since|droop\w*|dysphasi\w*|dysarthri\w*|hemipar\w*|facial|saddle|tearing|ago|overnight|today(?! -| ,|$)|this (?:morning|am|pm|evening))(?!\S)"
