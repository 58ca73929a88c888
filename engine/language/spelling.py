"""Shorthand and typing errors in the words by which questions ask: "dx dte", "reson", "1st -> lst"."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

from chartcite.engine.language.bedside_words import is_bedside, misspelt
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.english_words import is_english
from chartcite.engine.language.terminology import Lexicon, Token, fold, forms
from chartcite.engine.ports import ChartConcept
from chartcite.engine.questions.question_words import is_ordinary
from rapidfuzz.distance import DamerauLevenshtein

SHORTHAND: dict[str, str] = {
    "yr": "year", "yrs": "years", "mo": "month", "mos": "months", "wk": "week", "wks": "weeks", "dt": "date", "dte": "date", "dts": "dates", "lst": "last", "nxt": "next", "frst": "first",
    "adm": "admission", "adms": "admissions", "hosp": "hospital", "typ": "type", "abt": "about", "pls": "please", "wat": "what", "wht": "what", "wich": "which", "hw": "how", "y": "why", "wen": "when",
    "hx": "history", "tx": "treatment", "sx": "symptoms", "rxn": "reaction", "rxns": "reactions", "f/u": "follow-up", "fu": "follow-up", "w/": "with", "w/o": "without", "b/c": "because", "btw": "between",
    "appt": "appointment", "appts": "appointments", "curr": "current", "prev": "previous", "pmhx": "medical history", "med": "medication", "qty": "number", "no.": "number", "incl": "including", "inc": "including",
    "1st": "first", "tob": "tobacco", "etoh": "alcohol", "cig": "cigarette", "cigs": "cigarettes", "abx": "antibiotics", "vax": "vaccine", "vaxx": "vaccine", "imms": "immunizations", "immz": "immunizations", "loc": "location", "freq": "frequency",
    "anyhx": "any history", "gtts": "drops", "gtt": "drops", "ppx": "prophylaxis", "antiplt": "antiplatelet", "shldr": "shoulder", "inj": "injection", "injs": "injections", "chg": "change", "chgs": "changes",
    "los": "length of stay", "anaes": "anesthesia", "recon": "reconstruction", "dna": "did not attend", "dnas": "did not attend", "sats": "oxygen saturation", "nana": "grandmother", "mam": "mother", "vit": "vitamin", "sz": "seizure", "hte": "the", "teh": "the", "pt's": "patient's", "prog": "progress", "dischg": "discharge", "d/o": "disorder",
    "LOS": "length of stay", "SALT": "speech therapist", "TVN": "tissue viability nurse", "CPN": "community psychiatric nurse", "inpt": "inpatient", "inpts": "inpatients", "admits": "admissions", "f/up": "follow-up", "fup": "follow-up", "IM": "intramuscular", "xmas": "christmas", "x-mas": "christmas", "pharm": "pharmacist", "scripts": "prescriptions", "script": "prescription",
    "UO": "urine output", "u/o": "urine output", "U/O": "urine output", "BC": "blood culture", "BCs": "blood cultures", "bc": "because", "C&S": "culture", "c&s": "culture", "tto": "discharge medications", "ttos": "discharge medications",
    "TTO": "discharge medications", "TTOs": "discharge medications", "TTA": "discharge medications", "TTAs": "discharge medications", "tta": "discharge medications", "ttas": "discharge medications", "OPA": "outpatient appointment", "opa": "outpatient appointment",
    "OPAs": "outpatient appointments", "opas": "outpatient appointments", "nok": "next of kin", "NOK": "next of kin", "trachy": "tracheostomy", "vent": "ventilator", "o/n": "overnight", "sited": "put in", "resited": "replaced", "noradr": "noradrenaline",
}  # fmt: skip
"""What hurried people write for whole words of a question (lower case)."""
_HABITUAL: dict[str, str] = {
    "untill": "until",
    "definately": "definitely", "definatly": "definitely", "tommorow": "tomorrow", "tomorow": "tomorrow", "seperate": "separate", "diffrent": "different", "goverment": "government",
    "probly": "probably", "prolly": "probably", "intrested": "interested", "experiance": "experience", "experianced": "experienced", "recived": "received", "recive": "receive",
    "beleve": "believe", "wether": "whether", "whethr": "whether", "shoud": "should", "coud": "could", "woud": "would", "thier": "their", "thge": "the", "ther": "there",
    "taht": "that", "waht": "what", "whta": "what", "whn": "when", "whic": "which", "whcih": "which", "whihc": "which", "becasue": "because", "becuse": "because", "cuase": "cause", "bcause": "because",
    "pateint": "patient", "patinet": "patient", "patiant": "patient", "pacient": "patient", "curently": "currently", "allready": "already", "allways": "always", "stil": "still",
    "befor": "before", "aftr": "after", "untl": "until", "agian": "again", "comming": "coming", "rember": "remember", "remeber": "remember", "explane": "explain", "plese": "please",
    "autum": "autumn", "autmn": "autumn", "autunm": "autumn", "febuary": "february", "feburary": "february", "janurary": "january", "septmber": "september", "setember": "september",
    "ocotber": "october", "novemeber": "november", "decemeber": "december", "chrismas": "christmas", "cristmas": "christmas", "christams": "christmas",
}  # fmt: skip
"""Plain words as they are habitually misspelt, beyond letters that changed places or doubled."""
_WRITTEN = {**_HABITUAL, **SHORTHAND}
CUE_WORDS: tuple[str, ...] = tuple(
    """reason latest trend change changed changes given active date dates which nadir allergy allergies father mother brother sister last year years type highest lowest current currently dose dosage started stopped
    history first between average number when where what count recent medication medications medicine medicines vaccine vaccines immunization immunizations procedure procedures surgery surgeries visit visits admission admissions
    admitted discharge discharged emergency diagnosis diagnosed condition conditions problem problems result results reading readings level levels range before after since during previous appointment scheduled missing
    missed declined refused reaction reactions family smoking smoker alcohol occupation language address married increase increased decrease decreased switched reduced raised value values test tests normal abnormal doctor
    surgeon nurse specialist weight height pressure blood sugar kidney function thyroid taking takes take taken score scores scan scans prescribed prescription how long often many treated treatment"""
    .split()
)  # fmt: skip
_TOKEN = Cue(r"[A-Za-z][A-Za-z/'.]*[A-Za-z/]|\b1st\b|\b[A-Za-z]\b", 0)
_ARROW = Cue(r"\s*(?:->|→|=>|-->)\s*", 0)
_CANCER = Cue(
    r"\b(prostate?|breast|lung|colon|bowel|ovarian|cervical|bladder|thyroid|skin|liver|pancreas|pancreatic|rectal|kidney|renal|gastric|stomach|testicular)\s+(?:ca|CA)\b",
    0,
)
_BONES = (
    "hip|wrist|ankle|arm|forearm|leg|rib|ribs|nose|collarbone|clavicle|femur|femoral neck|thigh|shoulder|elbow|hand|finger|foot|toe|jaw|skull|pelvis|"
    "vertebra|back|neck|kneecap|knee|tibia|fibula|shin|heel"
)
_INJURY = Cue(
    r"\b(?:break|broke|broken|breaking|fractured?|crack(?:ed)?)\s+(?:(?:his|her|my|their|the|a|an)\s+)?((?:left|right)\s+)?"
    rf"({_BONES})\b",
)
_SOMEBODY = r"(?:he|she|they|i|we|pt|patient|mum|mom|dad|baby|my \w+)"
_DRUG_ENDED = r"\w+(?:in|ol|one|ine|pam|ide|pril|artan|ate|mab|ban|cillin)s?"
"""A word that ends as names of medicines end: what stands before it was no discharge."""
_MEDICINES = r"(?:meds?|medications?|medicines?|drugs?|tablets?|tabs|pills|rx|scripts?|prescriptions?|prescribing)"
_LIST_OF_MEDICINES = (
    r"(?:(?<=and )|(?<=& )|(?<=plus )|(?<=, )|^\W*(?:(?:what|which)(?:['’]?s| is| are)? (?:on |in )?|(?:list|show|print|pull up|read)(?: me| out)? |(?:give|tell) me )?)"
    r"(?:(?:all|of|the|his|her|my|their|current|active|full|up[- ]to[- ]date|latest|pt['’]?s?|patient['’]?s?) )*"
    rf"(?:repeats|repeat (?:templates?|list|screen|slip|{_MEDICINES}(?: list)?)|(?:regular|usual|maintenance|long[- ]?term|ongoing|everyday|home) {_MEDICINES}(?: list)?"
    rf"|{_MEDICINES} (?:chart|card|sheet|profile|screen|template)|(?:drug )?kardex|dhx|drug hx|scripts|mar(?: (?:chart|sheet))?)"
    r"(?: (?:please|pls|now|at the moment|at present|currently|these days|today))*(?=\W*$|,? (?:and|&|plus) )"
)
"""The list of what somebody takes, by the names that wards and surgeries have for it, where nothing more is asked of it."""
_DISCHARGES: tuple[tuple[Cue, str], ...] = tuple(
    (Cue(pattern), whole)
    for pattern, whole in (
        (rf"\b({_SOMEBODY}) ((?:was |were |is |are |be |being |been |got |to be )*)d/c(?:['’]?d|ed)?(?=\W*$| (?:home|from|to|on|in|at|after|with|without|and|last|this|back|or|\d)\b)", r"\1 \2discharged"),
        (r"\bd\.?/?c(?=\s+(?:dates?|dt|dte|day|summary|home|destination|dest|dispo\w*|from (?:hosp|the)|meds?|letter|diagnos[ei]s|dx|weights?|wt|instructions|plan|notes?|advice|paperwork|papers|bloods|labs|medications|medicines|scripts?|prescriptions?|creatinine|bp|condition|status|location|time|follow)\b)", "discharge"),
        (rf"\b(at|on|upon|after|since|post|before|prior to|pre|from|until|till|by|following|hospital|ward|ED|safe|date of|day of|time of|reason for|planned|last|latest|first|recent|for)[ -](the |his |her |their |my |this |that )?d/c\b(?!['’]?e?d\b)(?! (?:of|the|his|her|my|their|{_DRUG_ENDED})\b)", r"\1 \2discharge"),
        (r"^\W*d/c(?=\W*$|\W*\d)", "discharge"),
        (r"\b(when|what (?:date|day)) did ((?:he|she|they|i|we|mum|mom|dad|[a-z]{3,12}) )(?:(?:get|come|go|make it|let) (?:back )?home|get out|come out of hospital|get home)(?= (?:after|from|following)\b)", r"\1 was \2discharged"),
        (r"\bd/c(?=\s+of\b)", "discontinuation"),
        (r"\bd/c(?:['’]?d|ed)?\b", "discontinued"),
    )
)  # fmt: skip
"""What "d/c" says by the words around it: a discharge of somebody, else that a medicine was discontinued; D&C is neither."""
_WHICH_BUG = (
    r"\b(?:what|which) (?:kind of |sort of |type of )?(?:bugs?|germs?|organisms?|bacteria|bacterium|pathogens?|superbugs?)\b"
    r"[^?.;,]{0,40}?\b(?:in|from|on) (?:the |his |her |my |their |dad's |mum's |mom's )?"
)
_BUGS = (
    (r"blood(?:stream)?(?: cultures?)?", "blood cultures"),
    (r"urine|wee|pee|water|urine culture", "urine cultures"),
    (r"chest|lungs?|sputum|phlegm|airways?|bal|lavage", "sputum cultures or lavage cultures"),
    (r"stool|poo|faeces|feces", "stool cultures"),
)
"""What "what bug was in his blood?" asks of: the culture of that place."""
_WRITTEN_OUT: tuple[tuple[Cue, str], ...] = tuple(
    (Cue(pattern), whole)
    for pattern, whole in (
        (r"\b(why|how|what|when|where|who|which)['’]d(?= (?:been|gone|gotten|already)\b)", r"\1 had"),
        (r"\b(why|how|what|when|where|who|which)['’]d(?= (?:like|be|have|prefer|rather|want)\b)", r"\1 would"),
        (r"\b(why|how|what|when|where|who|which)['’]d\b", r"\1 did"),
        (rf"\b({_BONES})\s*#(?!\s*\d|\s*of\b)", r"\1 fracture"),
        (rf"#\s*((?:left |right |[lr] )?(?:{_BONES}))\b", r"\1 fracture"),
        (r"\bad?m(?:it|ission)?s?\s*(?:\+|&|and|/|-|–|to)\s*d\.?/?c\b", "admission and discharge"),
        (_LIST_OF_MEDICINES, "current medications"),
        (
            r"^\W*who(?:['’]s| is| was) (?:the|his|her|my|their) (?:named |responsible |lead )?(?:consultant|attending)(?: doctor| physician)?(?: in charge)?\W*$",
            "who is looking after the patient?",
        ),
        (r"\b(?:outstanding|remaining|ward|today['’]?s) jobs\b|\bjobs (?:list|left|outstanding|to do|still to do)\b", "outstanding orders"),
        *((rf"{_WHICH_BUG}(?:{places})\b", f"what did the {meant} grow") for places, meant in _BUGS),
        (r"\b(how (?:much|many (?:units|mgs?|mcgs?|micrograms?|milligrams?|iu|ius)(?: of)?) (?:the |his |her |my |their )?)(vitamin d|vit d|vitamin b12|b12|iron|potassium|magnesium|zinc|folate)(?= (?:is|am|are|does|do|should|must) (?:\S+ ){1,5}?(?:on|take|taking|get|getting|given|have|having|use)\b(?! (?:in|left)\b))", r"\1\2 supplement"),
        (r"\b(how many puffs)(?! (?:of|from)\b)", r"\1 of the inhaler"),
        (r"\b(accept(?:s|ed|ing)?|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|consent(?:s|ed|ing)? to|agree(?:s|d|ing)? to|(?:be|been|was) given|object(?:s|ed)? to|need(?:s|ed)?) ((?:any |having |to )?)blood(?= products?\b|\W*$| (?:if|when|during|after|in|at|because|for)\b)", r"\1 \2blood transfusion"),
        (r"(?<!post[- ])(?<!pre[- ])(?<!peri[- ])(?<!intra[- ])(?<!re[- ])(?<!co[- ])\bop(?=\W*$| (?:note|report|date|site|wound|went|go|was|is|be|done|in|for|on|and|performed|take|took|happen\w*)\b)", "operation"),
        (r"(?<!post[- ])(?<!pre[- ])\bops(?=\W*$| (?:has|have|had|did|in|on|since|before|and|or)\b)", "operations"),
        (r"\bbatch(?=\s*(?:#|nos?\b|numbers?\b|codes?\b|\W*$))", "lot"),
        (r"\b(lot|batch|serial|phone|room|mrn)\s*(?:#|nos?\b\.?(?! (?:record|note|evidence|sign)))", r"\1 number"),
        (r"\b(covid|flu|shingrix|hpv|hep ?[ab]|mmr|tdap|prevnar|rsv)\s*#\s*(?=\d)", r"\1 vaccine dose "),
        (r"\b(?-i:SBP)(?=\s+(?:found|treated|ppx|prophylaxis|prophy|episodes?|diagnos\w+|ruled out|r/o|treatment)\b)", "spontaneous bacterial peritonitis"),
        (r"\b(have|had|has|history of|hx of|episodes? of|bouts? of|rule out|r/o|for) (?-i:SBP)\b(?! (?:of|was|is|readings?|values?|below|above|under|over|target|goal|<|>|\d))", r"\1 spontaneous bacterial peritonitis"),
        (r"^\W*(?-i:AC)(?=\s+(?:now|dose|currently|med|drug|agent|plan)\b|\W*$)", "anticoagulant"),
        (r"\b(?-i:OP)(?=\s+(?:rx|meds?|tx|treatment|therapy|drugs?)\b)", "osteoporosis"),
        (r"\b(had|has|have|got|get) the sugars?\b(?! (?:tests?|levels?|readings?|diary|log))", r"\1 diabetes"),
        (r",\s*[^,?;:]{3,60}\s+(?:included|as well|too)(?=\W*$)", ""),
        (r"(?<![\d.] )(?<![\d.])\b(?-i:Mg)\b(?![/.]?\d)", "magnesium"),
        (r"\b(?:is|are|am) (he|she|they|i) (?:still )?(?:all )?(?:on (?:his|her|their|my) own|by (?:him|her|my)self)(?: (?:at home|there|now|in the house|these days))?(?=\W*$|\s*\?)", r"does \1 live alone"),
        (r"\bhow (?:many hours|long)(?: (?:a|each|per|every|in the) (?:night|day))? (?:does|do|is|am|are|has|have) (?:he|she|they|i|dad|mum|mom|\w+) (?:been )?(?:using|use|uses|wearing|wear|wears|on|sleep with)(?: on)? (?:(?:his|her|my|the|their) )?(?:cpap|mask|sleep mask|apap|cpap machine|sleep machine)\b(?! (?:since|been))", "CPAP usage in hours"),
        (r"\b(?:using|use|uses|wearing|wear|wears|on) (?:(?:his|her|my|the|their) )?(?:cpap|breathing mask|sleep mask|cpap mask|mask at night|cpap machine|sleep machine) (?:more or less|more|less)(?: than| now| these days|\W*$)", "CPAP usage hours changed"),
        (r"\b(how (?:many times|often)\b[^?]{3,60}?),? and for how long\b", r"\1? How long"),
        (r"\bwhat(?:['’]?s| is| was) (?:wrong|the (?:matter|trouble|problem)|up) with (my|his|her|their|the|mum['’]?s|mom['’]?s|dad['’]?s) (thyroid|liver|kidneys?|heart|lungs?|eyes?|stomach|bowels?|skin|prostate|bladder|pancreas)(?=\W*$)", r"what \2 problem is there"),
        (r"\bphysical health (problems?|conditions?|issues?|diagnos[ei]s)\b", r"\1"),
        (r"\b(when(?:['’]?s| is)) (the|his|her|my) repeat (?=\w)", r"\1 \2 next "),
        (r"\bs\.? ?(117|135|136)\b", r"section \1"),
        (r"\b(on|under|detained (?:on|under)) (?:an? )?s\.? ?([235])\b(?![\w/.])(?! (?:gallop|sound))", r"\1 section \2"),
        (r"^(\W*)fh(?= (?:psych|of|mental|cancer|heart|ihd|dm|diabetes|stroke|mi|bipolar|schizo\w*|depress\w*|suicid\w*|alcohol))\b", r"\1family history"),
        (r"\b(family history|fhx|famhx) psych\b", r"\1 mental illness"),
        (r"\b(?:which|what) (centile|percentile) (?:is|was) (?:s?he|they|i|(?:my|the) \w+) (?:on |in |at )?(?:for )?(?:(?:his|her|their|my) )?(weight|height|head circumference|bmi)\b", r"what is the \2 \1"),
        (r"\b(centile|percentile) for (?:(?:his|her|their|my) )?(weight|height|head circumference|bmi)\b", r"\2 \1"),
        (r"\b(?:needed|required|need|had) (hdu|icu|itu|picu|nicu|high dependency|intensive care)(?: care)?(?: or (?:hdu|icu|itu|picu|high dependency|intensive care))?(?= (?:for|with|because)\b|\W*$)", r"been in \1"),
        (r"\bHASU\b", "hyperacute stroke unit"),
        (r"\bwhat (?:did|have) (?:we|you|they|i|the (?:doctors?|team|clinic)) (?:change|do differently)d? (?:the )?last time(?=\W*$)", "what changed at the last visit"),
        (r"\bwhat (?:was|were|got) changed (?:the )?last time(?=\W*$)", "what changed at the last visit"),
        (r"\bwhere (did|was|were) (he|she|they|i|mum|mom|dad|my \w+) (go|sent|taken|discharged|transferred|moved)(?: to)? (?:afterwards?|after that|next|then)(?=\W*$)", r"where \1 \2 \3 after the stay"),
        (r"\b(eat|eating) (?:and|or|&) (drink|drinking)\b", "diet"),
        (r"\b(through|throughout|across|over the course of|in the course of) (the|her|his|my|their) ((?:\w+ ){0,3}?(?:stay|admission|hospitali[sz]ation|inpatient stay))\b", r"during \2 \3"),
        (r"\b(afo|splints?|braces?|orthos[ei]s|collar|(?:compression |support )?stockings|insoles?|prosthes[ei]s|hearing aids?)(?: use)? (?:compliance|adherence|concordance)\b", r"is the \1 being worn"),
        (r"\b(?:compliance|adherence|concordance|compliant) with (?:the |his |her |my |their )?(afo|splints?|braces?|orthos[ei]s|collar|(?:compression |support )?stockings|insoles?|prosthes[ei]s|hearing aids?)\b", r"is the \1 being worn"),
        (r"\b((?:scans?|ct|mri|x-?rays?|films?|eeg|ecg|ultrasound|imaging|bloods|tests?)(?: (?:scans?|heads?|brains?|results?|films?))?) (?:from|at the time of|taken (?:after|at)|done (?:at|for)) (the (?:\w+ )?(?:fall|accident|crash|collapse|injury|fit|seizure|stroke))\b", r"\1 after \2"),
        (r"\b((?:in|over|during|for|within|of) )?(the |(?:the )?(?:last|past|previous|preceding|next|first|final) )?(\d{1,2})/12\b(?!/)(?= (?:before|prior|after|since|from|following|up to|leading|of|ago|post|later)\b|\W*$)", r"\1\2\3 months"),
        (r"\b((?:in|over|during|for|within|of) )?(the |(?:the )?(?:last|past|previous|preceding|next|first|final) )?(\d{1,2})/52\b", r"\1\2\3 weeks"),
        (r"\bend(?:ed|ing)? up (?=(?:in|at|on) (?!with\b))", "go "),
        (r"^(\W*(?:(?:when|what|tell me about)(?:['’]?s| was| is)? )?(?:the |his |her |my |mum['’]s |dad['’]s )?)(?:last|latest) fall(?=\W*$)", r"\1most recent fall"),
        (r"\b((?:how (?:many|often)|number of|no\. of|count of|total)\b[^?.;]{3,80}?) from ((?:\w{3,9} )?(?:19|20)\d\d)(?: onwards?| on)?(?=\W*$)", r"\1 since \2"),
        (r"\b(caus\w+|trigger\w*|precipitat\w+|tipped (?:her|him|them|me)|put (?:her|him|them|me)|went|sent (?:her|him|them|me)|brought on|set off|led to|episodes? of|admitted (?:with|in|for)) ((?:in ?to )?(?:the |her |his |my |an episode of )?)status(?=\W*$| (?:in|on|last|and|then|that)\b)", r"\1 \2status epilepticus"),
        (r"\bhow much (?:taller|shorter)\b", "height difference:"),
        (r"\bhow much (?:has|have|did) (?:s?he|they|i|my \w+) (?:grown|grow)\b(?! (?:in )?(?:weight|kilos|kg))", "height difference:"),
        (r"\bhow much (?:heavier|lighter|thinner|fatter)\b", "weight difference:"),
        (r"\b(?:am|is|are|was) (?:i|he|she|they|dad|mum|mom) (?:any |getting )?(?:heavier|lighter|thinner|fatter)\b", "how has weight changed"),
        (r"\b(?:am|is|are|was) (?:i|he|she|they|dad|mum|mom) (?:any |getting )?(?:taller|shorter)\b", "how has height changed"),
        (r"\b(bowel|knee|hip|heart|eye|ear|back|hernia|gallbladder|prostate|bladder|thyroid|breast|spine|shoulder|hand|foot|tummy|stomach|brain) op\b", r"\1 operation"),
        (r"(?:%|\bpercent|\bpct)\s*pred(?:icted)?\b", " percent predicted"),
        (r"\bBP(?=\s+(?:meds?|pills?|tabs?|tablets?|drugs?|medicines?|medications?|agents?)\b)", "blood pressure"),
        (r"\bspots? on (?:the |my |his |her |their |(?:dad|mum|mom|grandad|grandma)'?s? )?(?:left |right )?lungs?\b", "lung nodule"),
        (r"\b(renal|kidney|liver|heart|lung|marrow|stem cell)\s+tx\b", r"\1 transplant"),
        (r"\b(prevent\w*|protect\w* (?:\w+ )?(?:from|against)|prophyla\w* (?:for|against)|severe|treated for|getting)\s+PCP\b", r"\1 PJP"),
        (r"\b(how (?:was|were|did they treat|is) (?:the |his |her |my )?)PCP\b(?=\s*(?:treated|managed|\?|$))", r"\1PJP"),
        (r"\bPCP\b(?=\s+(?:pneumoni\w*|prophyla\w*|infection|jirovec\w*))", "PJP"),
        (r"\bwhen (?:did|was it) (?:that )?(?:his|her|my|their|the) (?:\w+ )?(?:brother|sister|mother|mum|mom|father|dad|son|daughter|wife|husband|partner|friend|cousin|donor) (?:give|gave|donate|donated) (?:(?:him|her|me|them) )?(?:a|the|his|her|their|one)?\s?(?:own )?(?:new )?(kidney|liver|marrow|stem cells)\b", r"when was the \1 transplant"),
        (r"\b((?:latest|most recent|last|newest|current|now)\b[^?;]*?\b(?:an?|one|two|three|\d+) (?:year|month)s?) (?:earlier|before|previously|prior)(?=\W*$)", r"\1 ago"),
        (r"\bhow much (?:(?:should|must|can|may|ought) (?=\S+ )|(?:am|is|are) (?=\S+ (?:allowed|supposed|meant) to))(i|he|she|they|dad|mum|mom|we) (?:(?:be|to|allowed to|supposed to|meant to) )*drink(?:ing)?\b(?=(?:\s+(?:a day|per day|each day|every day|daily|in a day|now|with [^?]*|on [^?]*))?\W*$)", r"how much fluid should \1 drink"),
        (r"\bh(?:b|gb|aemoglobin|emoglobin)[ -]?a[ -]?1[ -]?c\b", "HbA1c"),
        (r"^\W*when (?:will|does|do|are|is) (?:the )?(\w+ ){1,2}?(?:team|clinic|people|doctors?|consultants?|specialists?|nurses?) (?:be )?(?:see(?:ing)?|review(?:ing)?|want(?:ing)? to see) (?:him|her|me|them|dad|mum|mom)(?: (?:again|next|back))*(?=\W*$)", r"when is the next \1clinic appointment"),
        (r"(^\W*(?:(?:so|and|but|or) )?|[.,;?!] )(?:has|have|did) (he|she|they|i|dad|mum|mom|the patient|pt) (?:(?:now|finally|ever|managed to|actually) )*(?:stop(?:ped)?|quit|g[ai]ven? up) (?:smoking|the (?:fags|cigs|cigarettes)|cigarettes|fags)(?=(?: yet| now| completely| altogether)?\W*$)", r"\1does \2 still smoke"),
        (r"\b(mum|mom|dad|mother|father)s side\b", r"\1's side"),
        (r"\bpens?(?=\s+(?:allerg\w*|intoleran\w*|vk?\b|g\b)|-allergic)", "penicillin"),
        (r"\b(allerg(?:ic|y) to )pens?(?=\W*$|\W+(?:or|and|but)\b)", r"\1penicillin"),
        (r"\bpremature(?=\s+(?:heart|cardi\w+|coronary|cad|chd|cvd|ihd|ascvd|mi|strokes?|vascular)\b)", "early"),
        (r"\b(trouble|disease|attacks?|strokes?|cancer|diabetes|problems?)\s+(?:at a |when |very |quite )*young(?: age)?\b", r"\1 early"),
        (r"\b(?:the )?(?:four|4|all) pillars\b(?: of (?:hfr?ef|hf|heart failure))?(?: (?:therapy|treatment|meds|drugs))?", "heart failure drugs"),
        (r"\bETT(?=\s+(?:size|tube|position|depth|length|cuff|in situ|at teeth|tip)\b)", "endotracheal tube"),
        (r"\bwhy (?:has|have|did) (?:(?:the|my|his|her|their|dad['’]s|mum['’]s|mom['’]s) )?(?:defib\w*|icd|crt-?d) (?:(?:gone|go|went|been) off|fired?|shock(?:ed)?)(?: (?:him|her|me|them))?\b", "what caused the shock"),
        (r"\b(?:has|have|did|does|how often has|how many times has) (?:(?:the|my|his|her|their|dad['’]s|mum['’]s|mom['’]s) )?(?:defib\w*|icd|crt-?d) (?:(?:ever|yet|actually|already) )*(?:(?:gone|go|went|been) off|fired?|shock(?:ed)?)(?: (?:him|her|me|them))?\b", "any ICD shocks"),
        (r"\btx(?=\s+(?:list|waitlist|co-?ordinator|surgeon|kidney|liver|recipient|donor)\b)", "transplant"),
        (r"\b((?:tac|tacro\w*|fk ?506|ciclosporin|cyclosporine?|sirolimus|graft|creat\w*|cr|egfr|immunosuppress\w*|mmf|bk|dsas?)\b[^?]{0,50}?\b(?:since|post|pre|after|before|from|at)[\s-]+(?:the |his |her |my )?)tx\b", r"\1transplant"),
        (r"\b(?-i:HE)\b(?=[^a-z]*(?-i:[a-z]))(?!['’]|\s+(?:is|was|has|had|does|did|will|would|can|should|takes?|took|on|says?|said|gets?|got|needs?|wants?|goes|went|comes|came|falls?|fell|drinks?|drank|smokes?|starts?|stops?|lives?|sees?|feels?|looks?)\b)", "hepatic encephalopathy"),
        (r"\bhep(?=\s+(?:clinic|appt|appointment|visit|f/u|follow|consult|review|team|doctor)\b)", "hepatology"),
        (r"\b(ED|ER|emergency|hospital|admission|admitted|visits?|visists|trips?)\b([^?.]*?\bfor )(?:an )?(?-i:OD)s?\b", r"\1\2overdose"),
        (r"\b(?-i:OD)s?(?=\s+(?:ED|ER|emergency|hospital|admissions?|visits?|presentations?|attendances?)\b)", "overdose"),
        (r"\b(for|with|of|from|due to|because of)((?: the| a| an| her| his| my| very)*) low (?:na|sodium)\b(?! diet)", r"\1\2 hyponatremia"),
        (r"\b(for|with|of|from|due to|because of)((?: the| a| an| her| his| my| very)*) high (?:na|sodium)\b(?! diet)", r"\1\2 hypernatremia"),
        (r"\b(for|with|of|from|due to|because of)((?: the| a| an| her| his| my| very)*) low (?:k|potassium)\b(?! diet)", r"\1\2 hypokalemia"),
        (r"\b(for|with|of|from|due to|because of)((?: the| a| an| her| his| my| very)*) high (?:k|potassium)\b(?! diet)", r"\1\2 hyperkalemia"),
    )
)  # fmt: skip
"""Shorthand of several words, and shorthand that means this only beside such words."""
_SLASH_LIST = Cue(r"(?<=[a-z]{2})/(?=[a-z]{2})", 0)
LEAST_LETTERS = 4
LEAST_DOUBLED = 6
"""Letters of the shortest word that is taken for one with a letter left out of a pair."""


def mend_question(text: str, is_known: Callable[[str], bool]) -> tuple[str, dict[str, str]]:
    """Return a question with shorthand written out and misspelt question words mended, and what was changed.

    Args:
        text: the question as typed.
        is_known: says whether a folded word means something already: to plain English, the lexicon, the chart.
    """
    corrected: dict[str, str] = {}

    def better(match: re.Match[str]) -> str:
        word = match[0]
        whole = SHORTHAND.get(word) or (_WRITTEN.get(word.lower()) if not word.isupper() else None)
        if whole is not None:
            return whole
        bare = word.removesuffix("'s")
        known = is_known(fold(bare)) or is_english(bare.lower()) or bare.lower() in CUE_WORDS
        if bare.isupper() or (bare[:1].isupper() and match.start() > 0) or known or not bare.isalpha():
            return word
        meant = nearest(bare.lower()) or plain_slip(bare.lower())
        if meant is None or meant == bare.lower():
            return word
        corrected[bare.lower()] = meant
        return meant + word[len(bare) :]

    for shorthand, whole in _WRITTEN_OUT:
        text = shorthand.sub(whole, text)
    text = _PARTS_OF_YEAR.sub(lambda match: f"{match[1]} {match[2]} {_UNITS[match[3]]}", text)
    text = _KEPT.sub("admitted to hospital", with_discharges(text))
    text = re.sub(r"#\s*of\b|(?<![\w#])#\s+(?=[A-Za-z])", "number of ", text).replace("number of  ", "number of ")
    text = _INJURY.sub(r"\1\2 fracture", _CANCER.sub(r"\1 cancer", text))
    spaced = _SLASH_LIST.sub(" / ", _ARROW.sub(_arrow, text)) if _has_terse_slash(text) else _ARROW.sub(_arrow, text)
    return _TOKEN.sub(better, spaced), corrected


_UNITS = {"12": "months", "52": "weeks", "7": "days"}
_PARTS_OF_YEAR = re.compile(r"\b((?:the )?(?:past|last|previous|prior|next|preceding)) (\d{1,2})/(12|52|7)\b", re.IGNORECASE)
"""A length as it is written in British notes: "last 6/12", "past 2/52"."""
_KEPT = re.compile(
    r"(?<=\bever )(?:been )?(?:kept (?:him |her |me )?in|hospitali[sz]ed|stay(?:ed)?(?: in (?:the )?hospital)?|spent (?:a|the) night in (?:the )?hospital|admitted(?: to hospital)?|in (?:the )?hospital)"
    r" overnight(?: (?:in|at) (?:the |a )?hospital)?|(?<=\bever been )(?:kept in|hospitali[sz]ed|admitted(?: to hospital)?|in (?:the )?hospital) overnight(?: (?:in|at) (?:the |a )?hospital)?",
    re.IGNORECASE,
)
"""Asks of a stay at any time, and of no night before today."""


def with_discharges(text: str) -> str:
    """Return a text with "d/c" written out as what it says there."""
    for shorthand, whole in _DISCHARGES:
        text = shorthand.sub(whole, text)
    return text


def _arrow(match: re.Match[str]) -> str:
    """Write out an arrow, but for one between two times or numbers."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return "->" if before.isdigit() and after.isdigit() else " to "


def _has_terse_slash(text: str) -> bool:
    """Say whether a slash parts two shorthands ("dx/dte"), rather than standing within one ("w/o")."""
    return any(part in SHORTHAND for part in re.split(r"[/\s?:]", text)) and not any(
        each in text for each in ("w/", "b/c", "d/o", "f/u")
    )


def nearest(word: str) -> str | None:
    """Return the question word that a lower-case word differs from by one typing error; `None`: none does."""
    if len(word) < LEAST_LETTERS:
        return None
    close = [cue for cue in CUE_WORDS if cue[0] == word[0] and abs(len(cue) - len(word)) <= 1 and cue != word]
    found = [cue for cue in close if DamerauLevenshtein.distance(word, cue, score_cutoff=1) <= 1]
    if len(found) > 1:
        # Letters that changed places, and letters left out, are the commonest slips.
        found = [cue for cue in found if sorted(cue) == sorted(word)] or [cue for cue in found if len(cue) > len(word)] or found
    return found[0] if found else None


def undoubled(word: str) -> str | None:
    """Return the plain word that a folded word is with a letter doubled ("assesed" for "assessed"); `None`: no such word."""
    if len(word) < LEAST_DOUBLED:
        return None
    doubled = {word[:place] + word[place] + word[place:] for place in range(1, len(word) - 1) if word[place] not in "aiuy"}
    meant = {each for each in doubled if is_bedside(each) or is_ordinary(each)}
    return meant.pop() if len(meant) == 1 else None


LEAST_PLAIN = 5
"""Letters of the shortest word that is taken for a plain one with letters swapped or doubled."""


def plain_slip(word: str) -> str | None:
    """Return the plain English word that a folded one is with two letters swapped, or one doubled or left single; `None`: none."""
    if len(word) < LEAST_PLAIN or not word.isalpha() or is_english(word) or is_ordinary(word):
        return None
    places = range(1, len(word) - 1)
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places}
    doubled = {word[:at] + word[at] + word[at:] for at in (*places, len(word) - 1)}
    single = {word[:at] + word[at + 1 :] for at in range(1, len(word)) if word[at] == word[at - 1]}
    meant = {each for each in swapped | doubled | single if each != word and is_ordinary(each)}
    return meant.pop() if len(meant) == 1 else None


def _nearest_name(word: str, lexicon: Lexicon) -> str | None:
    """Return the lexicon's word nearest to a folded one, which may have lost an s that is no plural ("diabtes")."""
    if meant := lexicon.correct(word):
        return meant
    meant = lexicon.correct(f"{word}s")
    return meant if meant is not None and meant.endswith("s") and meant == fold(meant) else None


_TITLED = re.compile(r"\b(?:[Dd]r|Mr|Mrs|Ms|Miss|Prof|Professor|Sister|Nurse|Doctor)\.? ([A-Z][\w'-]+)(?: ([A-Z][\w'-]+))?")
_WHO_IS = re.compile(r"\b[Ww]ho(?:['’]?s| is| was| are) ([A-Za-z][a-z'-]+)(?: ([A-Z][a-z'-]+))?(?=\W*$)")
_IN_FULL = re.compile(r"(?<![.?!:]\s)(?<!^)\b(?=([A-Z][a-z'-]+) ([A-Z][a-z'-]+)\b)")


def people_named(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the folded words of a text that are somebody's name: behind a title, after "who is", or two together that nothing knows."""
    titled = [word for pattern in (_TITLED, _WHO_IS) for match in pattern.finditer(text) for word in match.groups() if word]
    pairs = [match.groups() for match in _IN_FULL.finditer(text)]
    in_full = [word for pair in pairs if not any(map(partial(_means, lexicon=lexicon), pair)) for word in pair]
    return frozenset(form for word in (*titled, *in_full) for form in forms(word))


def _means(word: str, lexicon: Lexicon) -> bool:
    return any(lexicon.has_word(form) or is_ordinary(form) or is_english(form) or is_bedside(form) for form in forms(word))


def _meant_by(word: str, lexicon: Lexicon) -> str | None:
    """Return the word that one which means nothing is a slip for: of the bedside, a name, plain English; `None`: none is near."""
    near = misspelt(word) or undoubled(word) or _nearest_name(word, lexicon)
    return near or plain_slip(word) or lexicon.complete(word)


def mend_words(
    tokens: Sequence[Token], lexicon: Lexicon, chart: Sequence[ChartConcept], names: frozenset[str]
) -> tuple[list[str], dict[str, str]]:
    """Correct typing errors in words that neither the lexicon, the chart nor plain English knows."""
    known = {word for concept in chart for word in forms(concept.concept.text)}
    words, corrected = [], {}
    for token in tokens:
        word = token.form
        means = word in known or word in names or lexicon.has_word(word) or is_bedside(word)
        ordinary = is_ordinary(word) or is_english(word)
        slip = not (means or ordinary)
        better = _meant_by(word, lexicon) if slip else None
        if better is not None and better != word:
            corrected[word] = better
            word = better
        words.append(word)
    return words, corrected
