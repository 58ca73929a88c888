# ruff: noqa: E501 -- tables of words read better in long lines
"""Names, fillers, numbers and units of measured values in prose: the tables of `narrative_measures`."""

from __future__ import annotations

import re

SHORTHAND = {
    "Ca": "calcium", "Mg": "magnesium", "pH": "arterial-ph", "T": "body-temperature", "P": "heart-rate", "R": "respiratory-rate", "QT": "qt-interval",
    "Resp": "respiratory-rate", "resp": "respiratory-rate", "Temp": "body-temperature", "saturation": "oxygen-saturation", "saturations": "oxygen-saturation", "saturating": "oxygen-saturation",
    "satting": "oxygen-saturation", "sats": "oxygen-saturation", "weighs": "body-weight", "weighed": "body-weight", "weighing": "body-weight", "Wt": "body-weight", "Ht": "body-height", "febrile": "body-temperature", "fever": "body-temperature", "fevers": "body-temperature",
    "pyrexia": "body-temperature", "tachycardic": "heart-rate", "bradycardic": "heart-rate", "tachycardia": "heart-rate", "bradycardia": "heart-rate", "tachypneic": "respiratory-rate", "tachypnoeic": "respiratory-rate", "tachypnea": "respiratory-rate",
    "hypoxic": "oxygen-saturation", "HCO3": "bicarbonate", "pulse": "heart-rate",
}  # fmt: skip
"""Names that only a number makes one, in the letters that are usual for them."""
SHORTHAND_WORDS = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(SHORTHAND, key=len, reverse=True)))})(?![\w'])")
NEEDS_UNIT = frozenset(
    {
        "febrile",
        "fever",
        "fevers",
        "pyrexia",
        "tachycardia",
        "bradycardia",
        "hypoxic",
        "tachypnea",
        "saturation",
        "weighs",
        "weighed",
        "weighing",
    }
)

FILL = (
    r"levels?|values?|concentrations?|counts?|results?|readings?|rates?|scores?|today|now|this morning|currently|initial(?:ly)?|admission|arrival|presentation|baseline|triage|discharge|peak(?:ed)?|nadir|measured|measures|measurement|measurements|measuring|found|noted|"
    r"reported|recorded|documented|calculated|estimated|revealed|showed|shows|demonstrated|came back|returned|elevated|low|high|normal|decreased|increased|reduced|raised|stable|mildly|markedly|slightly|severely|significantly|moderately|extremely|very|only|approximately|"
    r"about|around|approx\.?|up|down|rose|rises|fell|dropped|rising|falling|declined|improved|worsened|remained|remains|remaining|stood|was|were|is|are|be|been|being|has|have|had|a|an|the|of|at|to|on|in|as|with|and|both|repeat|serum|plasma|blood|body|arterial|venous|total|"
    r"stands|reads?|registers|registered|registering|maintained|set|observed|lies|recently|nearly|almost|just|decreasing|increasing|dropping|previous|patient'?s?|acceptable|good|marginally|appears|appeared|comes|levelled|settled|higher than usual|lower than usual|slightly|"
    r"(?:above|below|within|in|near|at|outside) (?:the |a |an )?(?:upper |lower )?(?:end of (?:the )?)?(?:standard |reference |expected )?normal(?: ranges?| limits?)?|within (?:the |a )?(?:standard|reference|normal) (?:range|limits)|measure|"
    r"regular|irregular|sitting|standing|supine|ambient|room air|ra|auscultation|palpation|index|of|mean|maximum|max|minimum|min|his|her|resting|fasting|random|oral|rectal|axillary|tympanic|sinus|rhythm|at rest|activity|titers?|interval|duration|degrees|percentage|percent|mmhg"
)
RANGE = r"[(\[]\s*(?:(?:ref(?:erence)?(?: range| interval)?|normal(?: range| value)?s?|nl|nr|n|range|rr)[:,.\s]*(?:[<>≤≥]\s?)?\d[\d.,]*\s?(?:(?:[-–—~]|to)\s?\d[\d.,]*)?|\d[\d.,]*\s?(?:[-–—~]|to)\s?\d[\d.,]*)\s?[^()\[\]\d]{0,16}\d?[^()\[\]\d]{0,4}[)\]]"
ABBREVIATION = r"[(\[]\s*(?=[^()\[\]]*[A-Za-z])(?!\s*\d)[^()\[\]=:]{1,45}[)\]]"
GAP = re.compile(
    rf"(?:[+−-]{{1,2}}(?=[\s:]))?\s?[)\]]?(?:\s*{ABBREVIATION})?(?:\s*{RANGE})?(?:[\s,:=~≈–—|*-]*(?<![\w])(?:{FILL})(?![\w]))*(?:\s*{ABBREVIATION})?[\s,:=~≈–—|*-]*(?:\.{{2,}}\s*|…\s*|\(\s*|\[\s*)?",
    re.IGNORECASE,
)
FILLER_WORDS = re.compile(r"\w+")
MAX_FILLERS = 10
FROM = re.compile(r"(?:from|between)\s+$", re.IGNORECASE)
FROM_NEXT = re.compile(r"\s*(?:from)\s+", re.IGNORECASE)
COMPARATORS = {
    "<": "<", ">": ">", "≤": "<=", "≥": ">=", "<=": "<=", ">=": ">=", "less than": "<", "below": "<", "under": "<", "greater than": ">", "more than": ">", "above": ">", "over": ">",
}  # fmt: skip
NUMBER = (
    r"(?P<comparator>(?:[<>]=?|[≤≥]|\b(?:less|greater|more) than|\b(?:below|under|above|over))\s?)?(?<![\w.])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?=\s?/\s?[μµu]?[lLm])|\d{1,9}(?:[.·]\d{1,9})?)"
    r"(?![\d]|[.,·]\d|\+|\s?['’′\"]|\s?(?:ft|feet|foot)\b|(?:st|nd|rd|th)\b|:\d)"
)
VALUE = re.compile(NUMBER, re.IGNORECASE)
NOT_ALONE = re.compile(r"\s?[-–—/]\s?\d|\s?(?:to|or)\s\d")
"""A range, a ratio or a date goes on after the number."""
OUT_OF = re.compile(r"\s?(?:/|out of)\s?\d{1,3}(?![\d/.])")
UNIT = re.compile(
    r"\s?-?(?P<unit>%|percent\b|°\s?[CFcf]?(?![\w])|º\s?[CFcf]?(?![\w])|degrees?\s?(?:centigrade|celsius|fahrenheit|c|f)?\b|[x×*]\s?10\s?[\^*eE]?\s?\(?\d{1,2}\)?\s?(?:cells?)?\s?/\s?(?:[a-zA-Zμµ]{1,2}\d?|cumm|mm\s?3)|mm\s?hg\b|(?:beats?|breaths?|cycles?)\s?(?:/|per)\s?min(?:ute)?s?\b|bpm\b|"
    r"/\s?min(?:ute)?\b|per\s?min(?:ute)?\b|/\s?(?:[μµu]l|mm\s?3|mm³|cumm|microlit(?:er|re)|ml)\b|(?:cells )?per\s(?:[μµu]l|microlit(?:er|re)|cubic (?:mm|millimet(?:er|re))|mm\s?3)\b|(?:thousand|million|cells?|[a-zA-Zμµ]{1,7})\s?/\s?(?:\d+(?:\.\d+)?\s?)?[a-zA-Zμµ]{1,7}\^?[²³23]?(?:\s?/\s?[\d.a-zA-Z]{1,6}[²2]?){0,2}|kilograms?\b|kgs?\b|kpa\b|pounds?\b|lbs?\b|centimet(?:er|re)s?\b|cms?\b|inch(?:es)?\b|met(?:er|re)s?\b|msec\b|milliseconds?\b|"
    r"ms\b|seconds?\b|secs?\b|years?\b|[a-zA-Zμµ]{1,6}(?:[²³](?!\w))?\b)",
    re.IGNORECASE,
)
BY_SPELLING = {"c": "°C", "f": "°F", "degreesc": "°C", "degreesf": "°F", "degreec": "°C", "degreef": "°F", "degreescelsius": "°C", "degreecelsius": "°C", "degreesfahrenheit": "°F", "degreefahrenheit": "°F", "degreescentigrade": "°C", "percent": "%"}  # fmt: skip
NO_UNIT = frozenset(
    "mg mcg g gm gram grams ml cc l liter liters litre litres mmol meq unit units tab tabs tablet tablets cap capsule capsules dose doses day days d week weeks wk wks month months mo year years yr yrs hour hours hr hrs h min minute minutes second seconds sec "
    "time times x fold puff puffs drop drops pack packs cigarettes drinks bid tid qid daily kcal cm mm m points siblings children pm am patients cases percent of out episodes lb lbs pounds kg ug iu lpm feet ft inches sd standard deviations th percentile".split()
)
"""After a number without the right unit these say that it is something else."""
PER_MINUTE = frozenset(
    "bpm /min permin perminute /minute beats/min beatsperminute beats/minute breaths/min breathsperminute breaths/minute beatspermin breathspermin cycles/min".split()
)
LITER = re.compile(r"lit(?:er|re)s?", re.IGNORECASE)
PER_VOLUME = re.compile(r"(?:/|per)(?:[μµu]l|microlit|cubic|mm|cumm)")
COUNTS = re.compile(r"[x×*]\s?10|k$|thousand|million|cells?", re.IGNORECASE)
NO_VALUE = re.compile(
    r"\b(?:goals?|targets?|thresholds?|cut-?offs?|aim(?:ing)?|keep(?:ing)?|maintain(?:ing)?|titrat\w+|if|hold|until|should|unless|return|call|reference|normal ranges?|criteri(?:on|a)|defined|definition|patients with|when|whenever|to achieve|lower limit|upper limit|limits? of|"
    r"z-?score|predicted|ideal|expected|desired|recommended|estimated fetal|birth|mother'?s|father'?s|donor'?s?|change in|decrease in|increase in|reduction in|drop in|rise in|loss of|gain of)\b[^.;)]{0,25}$",
    re.IGNORECASE,
)
FLUID = re.compile(
    r"\b(?:urine|urinary|urinalysis|ua|csf|cerebrospinal|spinal fluid|lumbar puncture|pleural|ascit\w+|peritoneal|synovial|joint fluid|pericardial fluid|fetal|foetal|cord|donor|sweat|stool|faecal|fecal|breast milk|dialysate|aspirate|saliva\w*|24[- ]h\w*)\b(?![^.;]*\b(?:serum|blood|plasma)\b)(?=[^.;]*$)",
    re.IGNORECASE,
)
FLAG = re.compile(r"\s*[(\[]?(?P<flag>HH|LL|H|L|high|low|abnormal|critical)[)\]]?(?=\s*(?:$|[,;.\n|)]|[(\[]?\d))")
RANGE_AFTER = re.compile(
    r"\s*[,;]?\s*(?P<open>[(\[])?\s*(?:(?:ref(?:erence)?|normal|nl|nr)(?:\s+(?:range|interval|values?))?|range)?[:,.\s]*(?P<range>(?P<low>\d{1,9}(?:\.\d{1,9})?)\s?[-–—]\s?(?P<high>\d{1,9}(?:\.\d{1,9})?)(?:\s?[%a-zA-Zμµ/]{1,10})?)\s*(?P<close>[)\]])?",
    re.IGNORECASE,
)
PRESSURE = re.compile(
    r"(?<![\w./])(?P<high>\d{2,3})\s?/\s?(?P<low>\d{2,3})(?![\d/]|\.\d|\s?/)(?:\s?(?P<unit>mm\s?hg))?", re.IGNORECASE
)
NUMBER_BEFORE = re.compile(r"\d\s?$")
"""Then the name is a unit: `88 beats per minute`."""
PRESSURE_NEXT = re.compile(r"\s*(?:,|;|and|to|→|->|then|, then)\s*(?=\d{2,3}\s?/\s?\d{2,3})")
NEXT = re.compile(r"\s*(?:→|-{1,2}>|=>|—>)\s*")
TO = re.compile(r"[^.;\d]{0,40}?\b(?:to|and)\s+(?:an?\s+)?(?:\w+\s+of\s+)?")
DRINKS = re.compile(
    rf"{NUMBER}\s+(?P<name>(?:alcoholic )?(?:drinks|beverages|units of alcohol|units)\s(?:per|a|each)\sweek)\b", re.IGNORECASE
)
BOTH = re.compile(r"(?<![\w./])(?P<high>\d{2,3})\s(?:and|over)\s(?P<low>\d{2,3})\s?(?P<unit>mm\s?hg)", re.IGNORECASE)
JOINT = re.compile(
    r"\s*(?:\([^()\d]{1,30}\))?\s*(?:levels?|counts?)?\s*(?:,\s*and|,|and|&|/|\+)\s*(?:the |an? |his |her )?\s*", re.IGNORECASE
)
NEXT_VALUE = re.compile(r"\s*(?:\([^()]{1,30}\))?\s*(?:,\s*and|,|and|&|/)\s*(?:an? )?", re.IGNORECASE)
TALL = re.compile(
    rf"{NUMBER}\s?-?(?P<unit>cm|m|centimet(?:er|re)s|met(?:er|re)s|inches)\s+(?:\([^()]{{1,20}}\)\s+)?(?P<name>tall)\b",
    re.IGNORECASE,
)
LEAST_CENTIMETRES = 40
"""Height from which on a length beside a weight is a person's."""
_LONG = r"(?P<long>(?<![\w.])\d{2,3}(?:\.\d{1,2})?)\s?(?P<long_unit>cms?|centimet(?:er|re)s?)\b(?:\s+(?:tall|in\s+height|high|height))?"
_HEAVY = (
    r"(?P<heavy>(?<![\w.])\d{1,3}(?:\.\d{1,2})?)\s?(?P<heavy_unit>kgs?|kilograms?)\b(?:\s+(?:in\s+weight|body\s+weight|weight))?"
)
_BESIDE = r"\s*(?:[,;/]\s*(?:and\s+)?|and\s+)"
SIZES = (re.compile(_LONG + _BESIDE + _HEAVY, re.IGNORECASE), re.compile(_HEAVY + _BESIDE + _LONG, re.IGNORECASE))
"""Height and weight side by side without their names, in either order: `(180 cm, 60 kg)`, `155 cm in height and 70 kg in weight`."""
