# ruff: noqa: E501 -- tables of words read better in long lines
"""Whether a mention was there before the present episode, and perhaps still is: a patient's background."""

from __future__ import annotations

import re

from chartcite.engine.language.cues import Cue
from chartcite.engine.notes import assertion_past as past
from chartcite.engine.notes.assertion_around import Around, blank, opens
from chartcite.engine.notes.assertion_past import MANY, MONTH, YEAR
from chartcite.engine.notes.assertion_triggers import NEAR, Trigger, words

_SPACES = re.compile(r"\s+")
_LIST_MARK = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[A-Z][.)]|[-*•#])+\s*")
_ITEMS = re.compile(r"[,;]|\band\b|[.](?=\s)")
_LIST = 300
"""Characters of a sentence that may be a bare list."""
_LONE = " .:;-\t\n"

_DIAGNOSED = words(r"(?:diagnosed|dx'?d?) with", r"diagnosis of")
_PREEXISTING = (
    Trigger(
        words(
            r"known to have", r"known (?:case|diagnosis) of", r"known (?:to be )?an?", r"(?:with|has|have|had|and|her|his|of|for) known", r"(?<![\w,] )known(?= (?!to\b|for\b|as\b)[^,;.]*$)", r"background of", r"underlying", r"baseline", r"history", r"(?:been|was (?:first|initially|originally)|previously|initially|originally|first) diagnosed with",
            r"(?:carr(?:y|ies)|has|have|had) (?:had )?(?:(?:a|an|the) )?(?:\w+ )?diagnosis of", r"long[- ]?standing", r"previously diagnosed", r"pre-?existing", r"multiple medical problems(?: \w+)*", r"(?:cardiac|cardiovascular|coronary|vascular|stroke)? ?risk factors (?:of|for \w+ are|are|is|include[sd]?|including|were)", r"(?:medical|chronic|ongoing) (?:problems|conditions|illnesses|diagnoses) (?:include[sd]?|including|are|were|such as)", r"\d+[- ]?(?:pack|p|pk)[- /]?(?:years?|yrs?)", r"co-?morbid(?:ity|ities)?(?: of| include[sd]?| including)?",
        ),
        NEAR,
    ),
)  # fmt: skip
_PERSON = r"(?:year[- ]old|y/?o|yr old|man|woman|male|female|gentleman|lady|boy|girl|child|patient)"
_PREEXISTING_AFTER = Cue(
    rf"^[^.;:]{{0,30}}\b(?:since (?:{YEAR}|childhood|birth|age)|for (?:(?:the (?:past|last) )?(?:about |approximately |over |more than )?(?:\d+|many|several|two|three|four|five|ten) years)|x ?\d+ ?(?:years|yrs)|diagnosed in)\b",
)
_SINCE_BEFORE = Cue(
    rf"\bsince (?:{MONTH} )?(?:{YEAR}|childhood|birth|infancy|(?:age|the age of) \d+|{MANY} years ago),? (?:he|she|they|the patient|pt|i) (?:has|have) (?:had |been )?(?:[\w-]+ ){{0,3}}$",
)
_PERSON_WITH = Cue(rf"\b{_PERSON}(?:\s+[\w-]+){{0,2}}\s+with\b[^.;:]{{0,160}}$")
_WHO_PRESENTS = Cue(
    r"^[^.;:]{0,150}?(?:\b(?:who|and|,)\s+(?=\w)|\s(?=present|admitted|referred|transferred|brought))(?:now\s+|was\s+|is\s+|has\s+been\s+)?(?:presents?|presented|presenting|comes?|came|admitted|here|returns?|returned|referred|seen|transferred|brought)\b"
    r"(?:\s+[\w-]+){0,8}?\s+(?:with|for|after|following|complaining|because|due|secondary|reporting)\b",
)
_COMPLAINT = Cue(
    r"\b(?:pains?|aches?|fevers?|febrile|chills|dyspn\w+|short(?:ness)?|nausea|vomiting|emesis|diarrh\w+|cough|weakness|numbness|swelling|syncope|dizz\w+|bleed(?:ing)?|fall|rash|fatigue|palpitations|confusion|headaches?|acute|new|worsening)\b",
)
"""What brings a patient rather than what a patient has: no background of a person who presents."""
_LASTING = (
    r"(?:diabet\w+(?: mellitus)?(?:,? type (?:1|2|I|II))?|i?dm ?(?:2|II)?|niddm|t[12]dm|hypertension|htn|hyperlipid\w+|hypercholesterol\w+|hypertriglycerid\w+|dyslipid\w+|(?:high|elevated) (?:cholesterol|blood pressure)|gout|asthma|copd|emphysema|"
    r"bronchiectasis|interstitial lung disease|pulmonary fibrosis|chronic \w.*|epilepsy|seizure disorder|seizures|schizophrenia|schizoaffective disorder|bipolar(?: (?:affective )?(?:disorder|disease))?(?: type (?:1|2|I|II))?|depression|depressive disorder|"
    r"anxiety(?: disorder)?|ptsd|post-?traumatic stress disorder|obsessive[- ]compulsive disorder|adhd|autism|panic disorder|(?:alcohol|substance|drug|tobacco|polysubstance|cocaine|opiate|opioid) (?:abuse|dependence|use disorder)|alcoholism|"
    r"hypothyroid(?:ism)?|hyperthyroidism|graves'? disease|hashimoto'?s?(?: thyroiditis)?|cardiomyopathy|(?:congestive |chronic )?heart failure|chf|coronary (?:artery|heart) disease|cad|(?:ischa?emic|valvular|rheumatic) heart disease|"
    r"(?:paroxysmal |permanent )?(?:atrial fibrillation|a-?fib)|(?:peripheral|cerebro|carotid)[ -]?(?:vascular|arterial|artery) disease|pvd|pad|stroke|cva|cerebrovascular accident|tia|transient ischa?emic attacks?|myocardial infarction|"
    r"osteoporosis|osteopenia|osteoarthritis|rheumatoid arthritis|psoriatic arthritis|arthritis|(?:degenerative|disc) (?:joint|dis[ck]) disease|djd|ddd|spinal stenosis|scoliosis|(?:gastro-?)?o?esophageal reflux(?: disease)?|gerd|reflux(?: disease)?|"
    r"peptic ulcer disease|pud|hiatal hernia|barrett'?s (?:o?esophagus)|diverticulosis|co?eliac disease|cirrhosis|hepatitis [bc]|glaucoma|cataracts?|macular degeneration|psoriasis|eczema|sarcoidosis|multiple sclerosis|myasthenia gravis|"
    r"sickle cell (?:disease|trait|an\w+)|thalass\w+|ha?emophilia|factor v leiden|cystic fibrosis|down'?s? syndrome|cerebral palsy|mental retardation|intellectual disability|developmental delay|dementia|alzheimer'?s?(?: disease| dementia)?|"
    r"parkinson'?s?(?: disease)?|(?:peripheral |diabetic )?neuropathy|(?:diabetic )?(?:retinopathy|nephropathy)|restless legs?(?: syndrome)?|ckd|(?:chronic )?(?:renal|kidney) (?:insufficiency|disease)|end[- ]stage renal disease|esrd|(?:polycystic) (?:kidney|ovary|ovarian) (?:disease|syndrome)|"
    r"pulmonary disease|(?:obstructive )?sleep apno?ea|osa|migraines?(?: headaches?)?|fibromyalgia|(?:morbid )?obesity|bph|benign prostatic hyper\w+|urinary incontinence|hiv|aids|crohn'?s(?: disease)?|ulcerative colitis|irritable bowel syndrome|ibs|lupus|"
    r"systemic lupus erythematosus|sjo?gren'?s(?: syndrome)?|scleroderma|raynaud'?s(?: phenomenon| disease)?|polymyalgia rheumatica|endometriosis|(?:uterine )?fibroids|allergic rhinitis|seasonal allergies|nephrolithiasis|kidney stones|(?:breast|prostate|colon|lung|bladder|thyroid|cervical|ovarian|skin|colorectal) (?:cancer|ca)|mitral valve prolapse|heart murmur|post-?menopausal|(?<!severe )pulmonary (?:arterial )?hypertension|adrenal insufficiency|addison'?s disease|hypopituitarism|hyperparathyroidism|vitiligo|ankylosing spondylitis|varicose veins|trigeminal neuralgia|(?:herniated|slipped|bulging) (?:lumbar |cervical |thoracic )?dis[ck]s?(?: (?:at|of) [a-z0-9 ,/-]{2,20})?|measles|mumps|rubella|chicken ?pox|scarlet fever|rheumatic fever|whooping cough|hard of hearing|legally blind)"
)
_LIFELONG = Cue(
    r"(?:(?:and|also|type (?:1|2|I|II)|chronic|essential|benign|major|severe|advanced|adult[- ]onset|obstructive|(?:non[- ])?insulin[- ](?:dependent|requiring)|hx of) )*"
    rf"{_LASTING}(?:(?:,? (?:and|&)|,| ?/) ?{_LASTING})*$",
)
"""Diseases that stay: named alone, as an item of a list, they are the patient's background."""
_OPERATION = (
    r"(?:\w*(?:ectomy|ectomies|ostomy|otomy|plasty|plasties|pexy)|bypass(?: graft(?:ing)?| surgery)?|cabg|transplant(?:ation)?|(?:hernia|valve|knee|hip|joint|fracture|rotator cuff|aneurysm|shoulder|aortic|mitral) (?:repair|replacement|surgery)|"
    r"repair|surgery|surgeries|ca?esarean section|c[- ]sections?|tubal ligation|pacemaker placement|stent placement|spinal fusion|carpal tunnel release)"
)
_PROCEDURE_NAME = Cue(
    rf"^(?:(?!no\b|not\b|with|of\b|consistent|den|had|has|have|never|underwent|for\b|is\b|was\b|will|plan|need|sched|status|post)[\w/'-]+ ){{0,5}}{_OPERATION}s?(?:(?: in| x) ?.*)?$",
)
"""An operation, named alone as an item of a list, was done before."""


_CHRONIC_NAME = Cue(r"(?:(?:an?|the|mild|moderate|severe|stable|known|end[- ]stage|his|her) )*chronic")
_CHRONIC_BEFORE = Cue(
    r"(?<!on )(?<!on-)(?<!acute and )(?<!acute or )\b(?:chronic(?:ally)?|life-?long) (?:(?!and |or |with |in |of |for |to |on |at )[\w-]+ )?$",
)
"""By its own words it has lasted: `chronic low-back pain`; `acute on chronic` has not."""
_CHRONIC_KIND = Cue(r"inflam|leuk|lymphocytic|my[eo]l")
"""Here `chronic` is part of a name and tells nothing of the time."""
_POSSESSOR = Cue(r"\b(?:his|her|their|my|(?:patient|pt)['’]?s) $")
"""Before a disease that stays: whose it is has been told before, `regarding her asthma`."""
_EVENT = Cue(
    r"(?:acute )?(?:stroke|cva|cerebrovascular accident|tia|transient ischa?emic attacks?|myocardial infarction|seizures?|kidney stones|nephrolithiasis)",
)
"""Happens anew: alone in its line it may be of today."""
_HAS_A = Cue(r"\b(?:has|have|suffers from|lives with) (?:also )?an? $")
_DISORDER = Cue(r"\bdisorder$")
"""Together: `has a bleeding disorder`."""
_HABIT = Cue(
    r"(?:(?:an?|any|the|heavy|light|social|daily|occasional|regular|illicit|illegal|recreational|street|iv|intravenous|intermittent|current|active) )*"
    r"(?:smok(?:es?|ers?|ing)|vap(?:es?|ing)|chews?|drinks?|drink(?:er|ing)|tobacco|cigarettes?|alcohol|etoh|drugs?(?= (?:use|abuse|misuse))|cocaine|marijuana|cannabis|heroin|methamphetamines?|substance(?= (?:use|abuse|misuse)))"
    r"(?: (?:use|user|abuse|misuse|intake|consumption|habit|alcohol|tobacco|cigarettes|cannabis|marijuana|socially|daily|heavily|regularly))*$",
)
"""A habit: who has it has had it for long, and under a social history its denial is of the whole life."""
_CURRENT = Cue(
    r"\b(?:current(?:ly)?|today|tonight|yesterday|this (?:morning|evening|week)|last night|now|persists?|continues?|ongoing)\b",
)
_UNDERLYING = words(r"underlying")
"""Of what is only suspected it tells a cause and no time: `may suggest underlying malignancy`."""
_PHRASE = 40
"""Characters before a mention in which its adjectives stand."""


def is_preexisting(around: Around, sentence: str, *, negated: bool, possible: bool) -> bool:
    """Say whether a mention was there before, by the definition of Harkema et al. (2009): more than two weeks before the visit.

    Args:
        around: the words around the mention.
        sentence: the sentence as it stands.
        negated: whether the mention is denied; what has never been has not lasted.
        possible: whether it is only suspected.
    """
    if not (negated or possible) and _has_lasted(around):
        return True
    if past.SOCIAL_HEADING.search(around.section) and _HABIT.match(around.mention):
        return True
    clause = blank(past.HISTORICAL_PSEUDO, around.clause)
    if opens(_PREEXISTING, blank(_UNDERLYING, clause) if possible else clause) or "allerg" in around.mention.lower():
        return True
    if _PREEXISTING_AFTER.search(around.after) or _SINCE_BEFORE.search(around.before):
        return True
    if past.HISTORY_HEADING.match(around.section) and _lasts(around.mention):
        return True
    if _DIAGNOSED.search(around.clause) and past.HISTORICAL_AFTER.search(around.after):
        return True
    if _PERSON_WITH.search(around.before) and _WHO_PRESENTS.search(around.after) and not _COMPLAINT.search(around.mention):
        return True
    return _is_listed(around.mention, sentence)


def _has_lasted(around: Around) -> bool:
    """Say whether the name of a mention, or a word before it, tells that it has lasted for long."""
    before, mention = around.before, _SPACES.sub(" ", around.mention)
    if _POSSESSOR.search(before) and _LIFELONG.match(mention) and not _EVENT.search(mention):
        return True
    if _HAS_A.search(before) and _DISORDER.search(mention):
        return True
    if _CURRENT.search(f"{before[-_PHRASE:]}{mention}{around.after}"):
        return False
    chronic = _CHRONIC_NAME.match(mention) or _CHRONIC_BEFORE.search(before)
    return _HABIT.match(mention) is not None or (chronic is not None and not _CHRONIC_KIND.search(mention))


def _is_listed(mention: str, sentence: str) -> bool:
    """Say whether a sentence is nothing but a list of lasting diseases and operations, the mention one of them."""
    if len(sentence) > _LIST or not _lasts(mention):
        return False
    whole = _LIST_MARK.sub("", sentence).strip(_LONE)
    if len(whole) == len(mention.strip(_LONE)):
        return not _EVENT.fullmatch(whole)
    return all(_lasts(item) for item in _ITEMS.split(whole))


def _lasts(name: str) -> bool:
    words = _SPACES.sub(" ", name.strip(_LONE))
    return bool(_LIFELONG.match(words) or _PROCEDURE_NAME.search(words))
