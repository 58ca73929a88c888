# ruff: noqa: E501 -- tables of words read better in long lines
"""Words around a name that decide what it is in a note: taken, given, done, planned, a reaction, a relative."""

from __future__ import annotations

import re


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


LIST_MARK = re.compile(r"[,;:]|\band\b", re.IGNORECASE)
CLAUSE_END = re.compile(r"[.!?;]\s+|\n+")
VITAL_SIGNS = frozenset(
    {"fraction-inspired-oxygen", "inhaled-oxygen-flow-rate", "oxygen-saturation", "body-mass-index", "mean-arterial-pressure"}
)
NOT_A_FINDING = _re(
    r"[\s-]*(?:screening|screen|clinic|specialist|vaccin\w*|prophylaxis|ppx|scores?|risks?|protocol|guidelines?|education|center|centre|team|service|unit|tests?|testing|panel|diet|ward|inhaler|support group|association|action plan|"
    r"management|imaging|echo\w*|ecg|ekg|mri|arter(?:y|ies)|angiogra\w+|vessels?|anatomy|blockers?|precautions?|foundation|program(?:me)?|counsel\w+|nurse|consult\w*|work-?up|evaluation|assessment|serolog\w+|antibod\w+|antigen|culture|titers?|free|surgery service|study|trial|medications?|drugs?|meds|pills?)\b"
)
RELATIVE = _re(
    r"(?<!\w)(?:(?:maternal|paternal|half|first[- ]degree|second[- ]degree|older|younger|twin)[ -])*(?:mothers?|fathers?|mom|mum|dad|brothers?|sisters?|siblings?|aunts?|uncles?|cousins?|grand(?:mother|father|parent|son|daughter)s?|sons?|daughters?|parents?|nephews?|nieces?|"
    r"relatives|family members?|husband|wife|spouse|partner|mgm|mgf|pgm|pgf)(?!\w)"
)
NO_FAMILY = _re(
    r"\b(?:no|denies(?: any)?|negative|without(?: any)?|non-?contributory)\b[^.;]{0,30}\b(?:family (?:history|hx)|fh|fhx)\b"
)

ALLERGY_WORD = _re(r"allerg")
ST_SEGMENT = re.compile(r"\bST(?:[- ]segment)?\s+$")
ROOM_AIR = re.compile(r"(?:%\s*(?:on\s+)?|\bon )RA$")
SUBSTANCE = _re(r"(?:allergic|allergy|allergies|anaphylaxis) to\s+(?P<to>\S.*)|(?P<of>\S.*?)[\s-]+(?:allergy|allergies)")
NO_ALLERGIES = _re(
    r"\b(?:NKDA|NKA|NKMA|no known (?:(?:drug|medication|medicine|food|environmental|latex|or|and|,|/)[ /,]*)*allergies|allergies\s*[:-]\s*(?:none|nil|no\b(?! known)|denies|no known)(?: known)?|"
    r"(?:denies|has no|no) (?:any )?(?:(?:known|drug|medication|food)[ ,]*)*allergies)\b"
)
ALLERGIC_BEFORE = _re(
    r"\b(?:allerg(?:y|ies|ic)(?: reactions?)?(?: to)?\s*:?|anaphyla\w+ (?:to|after|from|with)|intoleran(?:t|ce)s? (?:of|to)|sensitiv(?:e|ity) to|adverse reactions? to|reacts? to)\s*(?:(?:[\w/-]+(?:\s*\([^()]{1,40}\))?\s*(?:,|and|or|&)\s*)*|:\s*)$"
)
ALLERGY_AFTER = _re(r"[\s-]*(?:\w+\s)?(?:allerg(?:y|ies|ic)|anaphylaxis|intolerance|hypersensitivity)\b")
REACTION = _re(
    r"(?:\s+allerg(?:y|ies))?\s*(?:\(|-{1,2}|–|—|:|=|\bcauses?\b|\bcaused\b|\bleads? to\b)\s*(?P<words>(?!none|nil|no\b|unknown|stable|mild(?:ly)?\b\s*[),])[a-z][a-z /,'-]{2,60}?)\s*(?=[);.\n]|,\s|$)"
)
REACTION_BEFORE = _re(r"(?:\(|-{1,2}|–|—|\bcauses?\b)\s*[^();,\n]{0,40}$")

NOT_TAKEN_AFTER = _re(
    r"\s*-?\s*(?:induced|resistan\w+|sensitiv\w+|susceptib\w+|associated|related|levels?|troughs?|peaks?|allerg\w+|toxicity|overdose|tests?|stain|challenge|naive|naïve|deficien\w+|intoleran\w+|antibod\w+|receptors?|release|secret\w+|channel|metabolism|screen|dependen\w+|withdrawal|abuse|use disorder|clearance)\b"
)
NOT_TAKEN_BEFORE = _re(
    r"\b(?:resistant|sensitive|susceptible|allergic|intolerant|allergy|reaction|exposure|exposed) (?:to|of) (?:[\w/-]+(?:,| and| or) )*$|\b(?:anti|non)-$"
)

DONE_BEFORE = _re(
    r"\b(?:s/p|status[- ]post|underwent|undergone|undergoing|had|has had|have had|having had|received|receives|given|administered|performed|completed|did|got|history of|h/o|hx of|previous|prior|post|following|after|treated (?:with|by)|"
    r"last|recent|repeat|vaccinated (?:for|against|with)|up[- ]to[- ]date (?:on|with|for)|immuni[sz]ed (?:for|against)|revealed by|on)\b[^.;]{0,50}$"
)
DONE_AFTER = _re(
    r"[^.;\n]{0,35}?\b(?:(?:was|were|has been|have been|had been)(?: \w+)? (?:performed|done|completed|given|administered|carried out|undertaken|obtained|placed|repeated)|performed|completed|done|given|received|administered|up to date|utd|showed|shows|revealed|demonstrated|confirmed|"
    r"in (?:19|20)\d\d|on \d|\d{1,2}/\d{1,2}/\d{2,4}|\d+ (?:days|weeks|months|years) ago|today)\b"
)
PLANNED_BEFORE = _re(
    r"\b(?:will|plan(?:s|ned|ning)?|schedul\w+|recommend\w*|consider\w*|refer\w*|order\w*|await\w*|pending|needs?|require[sd]?|request\w*|should|would|could|may|might|offer\w*|discuss\w*|due for|candidate for|proceed|prepar\w+|consent\w*|arrange\w*|book\w*|eligible|prior to|before|declin\w+|refus\w+|indication for|if)\b[^.;]{0,60}$"
)
PLANNED_AFTER = _re(
    r"[^.;,\n]{0,25}?\b(?:is|was|are|were|has been)?\s*(?:scheduled|planned|pending|recommended|advised|considered|declined|refused|deferred|ordered|requested|due|overdue|needed|offered|booked|to be)\b"
)
DECLINED_AFTER = _re(r"[^.;,\n]{0,25}?\b(?:declined|refused|not (?:given|done|performed))\b")
RESULT_WORDS = _re(
    r"(?:\s*\([^()\d]{1,30}\))?\s*(?:levels?|counts?|tests?|titers?|results?|screen)?\s*(?:(?:is|was|were|are|came back|returned|remained|remains)\s+|[:=]\s*)"
    r"(?P<words>within normal limits|wnl|normal|elevated|low|high|negative|positive|undetectable|non-?reactive|reactive)\b(?!\s*(?:\d|at|to|for|of|and \w+ed)\b)"
)
