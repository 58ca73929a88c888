# ruff: noqa: E501 -- tables of words read better in long lines
"""Words that open, bend and end the scope of an assertion: the rule tables of `assertion`.

General clinical English, written for this project after the idea of ConText (Harkema et al., J Biomed Inform 2009). They
are for text in which every run of white space is one space.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from chartcite.engine.language.cues import Cue

FAR = 320
"""Characters that a trigger reaches over a list: `denies a, b, c, ... or z`."""
NEAR = 45
"""Characters that a trigger reaches within its own phrase."""
NEXT = 8
"""Characters between a trigger and a mention that it must touch."""


class Trigger(NamedTuple):
    """Words before a mention, and how many characters after them they still hold."""

    words: Cue
    reach: int
    cues: tuple[str, ...] = ()
    """Where given, one of these letters stands in whatever `words` matches: a quick look before the slow one."""


def _any(*alternatives: str) -> str:
    return "(?:" + "|".join(alternatives) + ")"


def words(*alternatives: str) -> Cue:
    """Compile alternatives as whole words."""
    return Cue(rf"(?<![\w-]){_any(*alternatives)}(?!\w)")


def following(*alternatives: str, fillers: str = r"[\s:(=\-–]*") -> Cue:
    """Compile alternatives that come right after a mention, but for fillers."""
    return Cue(f"^{fillers}{_any(*alternatives)}(?!\\w)")


_AUX = r"(?:do|does|did|is|was|has|have|had|are|were|ca|could|would|wo)n['’]?t"
_NOT = rf"(?:not|never|{_AUX})"

PSEUDO = words(
    r"no (?:\w+ ){0,3}(?:change|changes|increase|decrease|improvement|worsening|progression|difference|response|relief|variation)(?: (?:in|of|from|to|with))?",
    r"no (?:\w+ )?(?:contraindications?|objections?|barriers?|issues?|problems?|difficulty|difficulties) (?:to|for|with|taking)",
    r"no (?:clear |obvious |known |definite |identifiable )?(?:causes?|sources?|triggers?|explanations?|aetiology|etiology) (?:of|for)",
    r"not only", r"not just", r"not simply", r"not (?:certain|sure|clear|known) (?:if|whether|of|about)", r"no longer", r"not necessarily", r"not limited to",
    r"not drain", r"without (?:difficulty|incident|complications?|issues?|problems?)", r"no need", r"not yet", r"with or without", r"no doubt",
    r"nothing but", r"not until", r"no sooner", r"(?:no|not) (?:better|improving|settling|getting better)", r"not (?:been )?(?:entirely |completely |definitively |definitely )?(?:excluded?|ruled out)",
    rf"(?:can|could|may|do|does|did|would|{_AUX}) ?(?:not )?(?:be )?(?:entirely |completely |definitively |reliably )?(?:exclude|excluded|rule out|ruled out)",
    r"cannot (?:be )?(?:entirely |completely |definitively |reliably )?(?:exclude|excluded|rule out|ruled out)", r"unable to (?:exclude|rule out)",
    rf"{_NOT} (?:well|adequately|fully|optimally|properly|yet|completely|quite|very|really) ?[- ]?(?:controlled|resolved|treated|healed|recovered)?",
    rf"{_NOT} (?:respond(?:ed|ing)? to|improv(?:e|ed|ing)|tolerat(?:e|ed|ing)|worsen(?:ed|ing)?|change[ds]?|worse|better)", r"no less", r"no more than", rf"(?:no|without|den(?:ies|ied)|refus(?:es|ed)|declin(?:es|ed)|{_NOT}) (?:\w+ ){{0,3}}(?:antibiotics?|treatment|therapy|medications?|meds|surgery|interventions?|relief)(?: \w+){{0,3}} (?:for|of|from)",
    r"not (?:\w+ )?(?:compliant|adherent|happy|satisfied) with",
    r"[\w]+[- ]?negative(?= (?!for\b)[a-z]+(?:emia|itis|osis|oma|ia|sis|cancer|bacteri\w*|rods?|cocc\w*|sepsis|infection|organisms?|breast))",
    r"(?:gram|coagulase|culture|receptor|hormone|her2|triple|rh|rhesus|er|pr|sero)[- ]negative", r"negative (?:pressure|inotrop\w+|symptoms?|margins?|mood|thoughts?|affect)",
    r"no\.", r"nos?\. ?\d+", r"absent (?:minded|from)", r"not (?:a|an) (?:new|acute) (?:problem|issue|finding)", r"free (?:water|t[34]|text|wall|fluid|air|flap|living)",
)  # fmt: skip
"""Look like a negation of what follows, and are none."""

_PRONOUN = r"(?:he|she|they|it|i|we|pt|patient|the patient|there (?:is|are|was|were))"
_VERB = r"(?:is|are|was|were|shows?|showed|reveals?|revealed|demonstrates?|demonstrated|remains?|remained|appears?|appeared|had|has|have|developed|found)"
STOP = Cue(
    r";|:(?<!denies:)(?<!denied:)(?<!negative:)(?<!negative for:)(?<!neg:)(?<!no evidence of:)(?<!nil:)(?<!for:)(?<!not:)(?<!without:)(?<!query:)(?<!diagnosis:)(?<!impression:)(?<!differential:)(?<!ddx:)(?<!ddx :)(?<!\d:)|[.!?]\s|"
    r"\b(?:but(?! (?:are |is )?not limited)|however|except|although|though|yet|whereas|while|in the (?:setting|context) of|despite|to treat|aside from|apart from|other than|besides|nevertheless|still has|still having|who|which|"
    r"(?:secondary|due) to(?<!likely due to)(?<!likely secondary to)(?<!probably due to)(?<!probably secondary to)(?<!possibly due to)(?<!possibly secondary to)(?<!presumably due to)(?<!presumably secondary to)(?<!not due to)(?<!not secondary to)(?<!suspected due to)(?<!suspected secondary to)(?<!be due to)(?<!be secondary to)|"
    r"because|as (?:she|he|this|they) |presents? with|presented with|presenting with|now (?:has|with)|reports?(?! (?:no|any|not))|reported(?! (?:no|any))|complain(?:s|ed|ing) of|"
    r"admits(?: to)?|endors(?:es|ed|ing)|is positive|positive for|significant for|notable for|remarkable for|consistent with(?<!not consistent with)|compatible with(?<!not compatible with)|"
    rf"treated for|on \w+ for|started on|since|until|when|do with|as (?:a )?result of|there (?:is|are|was|were))\b|(?:,|\band) (?:and |also )*(?:has|have|had|with|developed|now|then|does have|is having|continues|{_PRONOUN})\b|"
    rf"(?:,|\band) (?:the )?(?:(?!(?:not|no|never|without|but|den\w+)\b)\w+ ){{1,3}}(?:{_VERB})\b|(?:,|\band) (?:does|did|do) (?!n[o'’])|(?:^|[\s,;(])(?:\(\+\)|\++(?=\s?\w))",
)  # fmt: skip
"""Ends the scope of a trigger that stands before it."""
STOP_AFTER = Cue(r"[;]|[.!?]\s|\n\s*\n|\b(?:but|however|except|although|though|whereas|while(?! (?:at|in) )|yet)\b")
"""Ends what may still speak of a mention after it."""

NEGATION = (
    Trigger(
        words(
            r"no", r"den(?:ies|ied|ying|y)", r"without", r"w/o", r"neg(?:ative)? (?:[\w/-]+ ){0,4}for", r"neg(?:ative)?:", r"absence of", r"absent",
            r"free of", r"clear of", r"(?:de)?void of", r"(?:fail(?:s|ed)?|unable) to (?:reveal|show|demonstrate|identify|detect)", r"rul(?:ed|es|ing) out(?: for)?", r"rather than", r"nor",
            r"neither", r"no ?body", r"no one", r"none of", r"inconsistent with", r"ruled \w+ out(?: for)?", r"(?:pertinent|relevant) negatives?(?: (?:include[sd]?|are|were))?:?", r"fail(?:s|ed|ing|ure)? to (?:show|reveal|demonstrate|identify|detect|disclose|elicit|find)", r"lack(?:s|ed|ing)?(?: of)?", r"unremarkable for", r"nil", r"nothing(?: (?:to|that|which))?(?: (?:suggests?|indicates?|supports?))?(?! but)", r"(?:argu(?:es|ed|ing)|speaks?|evidence|mitigates?) against", r"(?:clear|devoid|free) of(?: any)?", r"excluded", r"excludes", r"zero", r"never(?: (?:had|been|has|have|any))*",
            r"(?:low|little|no|minimal) (?:\w+ )?(?:suspicion|concern|likelihood|probability) (?:for|of|that)", r"unlikely(?! (?:\w+ )?(?:causes?|sources?|reasons?|explanations?|etiology|aetiology|culprit))(?: to (?:be|have|represent))?", r"doubt(?:ful)?",
            rf"{_NOT} (?:\w+ ){{0,2}}(?:have|having|has|had|any|show|showing|shown|reveal|demonstrate|identify|detect|see|support|suggest|suggestive|indicate|"
            r"consistent|compatible|believe|think|feel|suspect|evidence|evident|appear to|seem to|report|reporting|endorse|complain|experience|experienc(?:ing|ed)|note|noted|meet|"
            r"know|known|convinced|diagnosed|carry|develop|developed|exhibit|display|mention|take|taking|smoke|drink|use|using|noticed?|observed?|hear|heard|require|required|require|need|needed|describe|described|feel|mentioned|recall|remember)",
        ),
        FAR,
    ),
    Trigger(words(r"neg(?:ative)?(?!\w| ?[,;.)])", r"not(?!.*\),)", _AUX, r"can ?not", r"declin(?:es|ed)", r"refus(?:es|ed)", r"ø", r"anti[- ]", r"d/c'?d"), NEAR),
    Trigger(words(r"non(?![- ](?:hodgkin|small|insulin|st|q|alcoholic|specific)\w*)"), 1),
)  # fmt: skip
NONE_FIRST = Cue(r"^\s*(?:\(?\d{1,2}[.)]\s*)?none $")
"""The grade of a form filled in with `none`: `3) None mitral regurgitation`."""
DECLINED = words(r"declin(?:es|ed|ing)", r"refus(?:es|ed|ing)", r"not")
TREATMENT_AFTER = Cue(
    r"^ (?:repair|closure|treatment|therapy|medications?|meds|drugs?|surgery|work-?up|evaluation|testing|screening|prophylaxis|counsel\w+|referral|clinic|control|relief|management)\b",
)
"""Together: what is refused is the treatment and not the disease: `declined laceration repair`."""
AFFIRMED_ITEM = Cue(
    r",(?: (?:and|but|only|just|has|also))* (?:(?:an? )?(?:small|moderate|large|scant|copious|fair) amounts? of|some|only|just|occasional|mild|minimal|slight|trace|scant|persistent|residual|ongoing|intermittent|baseline|stable|positive)(?: [\w-]+)*$",
)
LIST_ENDS = Cue(r"^[^.;:]*\b(?:or|nor)\b")
"""Together: an item of a list of denials that tells a degree is affirmed, where no `or` goes on: `no fever, some cough`."""
_SIGN = r"(?:-ve\b|−ve\b|\([-–−]\)|[-–−](?=\s*(?:[,;.)]|$)))"
_TEST = (
    r"(?:\s*(?:[:(=\-–]|\b(?:is|are|was|were|has been|have been|had been|being|came back|came out|both|all|also|again|today|currently|surface|antibod(?:y|ies)|"
    r"antigens?|ag|ab|igg|igm|ige|rna|dna|pcr|naat|screen(?:ing)?|tests?|testing|titers?|titres?|serolog(?:y|ies)|cultures?|smears?|stain(?:ing)?|panel|results?|"
    r"status|swab|assay|sign|levels?|[12]/2)\b)\s*)*[\s:(=\-–]*"
)
NEGATION_AFTER = following(
    r"(?:(?<=[:=(–-])|(?<=[:=(–-] ))(?:no|none|nil|0|free|nkd?a)(?! (?!known|noted|reported|seen|identified|recorded|to)[a-z])", r"(?<=[ -])free(?= ?[.,;]|$| and| at| for)", r"(?:(?<=: )|(?<=:))no (?:\w+ ?){1,3}(?=[.,;]|$)",
    r"(?:neg|negative|absent|denied|denies|ruled[- ]out|excluded|(?:(?:felt|thought|considered|deemed|judged|now) )*(?:to be )?(?:(?:very|highly|much|most) )?(?:unlikely|less likely|improbable)|non[- ]?reactive|undetect\w+|doubtful)(?! (?:for|to|pressure)\b)",
    r"r/o'?d", r"0 ?(?:/|of|out of) ?\d+", r"(?:no longer|never) (?:present|seen|noted|an issue|a problem|found)",
    r"(?:not|n't) (?:been )?(?:present|seen|found|detected|identified|appreciated|noted|visuali[sz]ed|elicited|felt|heard|palpable|palpated|observed|"
    r"evident|demonstrated|reported|shown|isolated|suspected|apparent|endorsed|experienced|tolerated|given|done|performed|taken|present)",
    r"(?:could|can)(?:not| not) be (?:seen|found|detected|identified|appreciated|visuali[sz]ed|demonstrated|elicited|palpated)", _SIGN,
    fillers=_TEST,
)  # fmt: skip
_LISTED = r"(?: ?[,/] ?(?:[\w'-]+ ){0,2}[\w'-]+){0,5},? (?:and|or|nor) (?:[\w'-]+ ){0,2}?[\w'-]+ "
NEGATION_AFTER_LIST = Cue(
    rf"^{_LISTED}(?:(?:during|in|on|at|of|for|to|over) (?:[\w'-]+ ){{1,3}})?"
    + _any(
        r"(?:(?:is|are|was|were|all|both|has been|have been|had been) )*(?:absent|denied|ruled out|(?:neg|negative|non-?reactive|nil)(?! (?:for|pressure))|not (?:present|seen|found|detected|identified|appreciated|noted|evident|elicited|felt|heard|palpable))"
    )
    + r"(?!\w)",
)  # fmt: skip
"""A verb after a list denies all of it: `fever, chills and cough are absent`."""
NEGATION_AFTER_COLON = Cue(
    r"^(?: [\w-]+){0,3} ?[:=] ?(?:none|nil|neg(?:ative)?|absent|no|not (?:identified|present|seen|detected|found|applicable|reported))(?! for\b)(?= ?(?:[.,;)(]|$))"
)  # fmt: skip
"""A form: `Invasion of vessels: not identified.`"""
CONSIDERED_NOT = Cue(
    r"^[^.;:]{0,40}\b(?:but|however|although|though)\b[^.;:]{0,30}\b(?:unlikely|less likely|ruled out|excluded|not (?:supported|felt|thought|found|seen))\b",
)
"""What is taken back after it: `was considered but felt to be unlikely`."""
ANSWERED_NO = Cue(r"^(?: [\w-]+)? ?\?[ :\-–]*(?:no|none|nil|negative|neg|denies|denied|never)\b")
ANSWERED_YES = Cue(r"^(?: [\w-]+)? ?\?[ :\-–]*(?:yes|positive|pos|y)\b")
"""A question of a form with its answer: `Fever? No.`"""
NEGATION_AFTER_TEST = Cue(
    r"^(?: (?!(?:and|but|with|who|which|that|had|has|have|on|in|at|after|is|was|from|for|of)\b)[\w/-]+){0,3} (?:(?:is|was|were|are|came back|returned) )?(?:neg(?:ative)?|non-?reactive|nil|none|no(?= ?(?:[.,;]|$)))(?: (?:heard|seen|noted|found|felt|detected))?(?= ?(?:[.,;)(]|$|x ?\d|and\b|but\b))",
)
"""A test that names the disease: `C. difficile toxin negative`."""
NEGATED_AFTER = (NEGATION_AFTER, NEGATION_AFTER_LIST, NEGATION_AFTER_COLON, NEGATION_AFTER_TEST)
POSSIBLE = (
    Trigger(
        words(
            r"possibl[ey]", r"possibility of", r"probabl[ey]", r"suspect(?:ed|s|ing)?(?! (?:that )?(?:his|her|their|the|this|these) )", r"suspicio(?:n|us)(?: for| of)?", r"rule[- ]out", r"r/o", r"to exclude", r"concern(?:s|ing|ed)?(?: for| about| of)",
            r"worrisome for", r"worr(?:y|ied|ies) (?:for|about|of)(?! (?:his|her|their|my|the)\b)", r"(?:may|might|could) (?:be|have|represent|reflect|indicate|suggest|well be)(?: (?:due|secondary) to)?", r"differential(?: diagnos[ie]s)?(?: includes?| is)?:?", r"ddx ?:?",
            r"versus", r"vs\.?", r"questionable", r"(?:can ?not|could not|not|unable to|can't|couldn't) (?:be )?(?:entirely |completely |definitively )?(?:exclude|rule out)d?", r"likely(?! to (?!be|have|represent))",
            r"(?:appears?|seems?|thought|felt|believed) to (?:be|have|represent)", r"consider(?:ing|ed|ation of)?", r"equivocal(?: for)?", r"query", r"presum(?:ed|ably|ptive)", r"provisional(?: diagnosis(?: of)?)?",
            r"not (?:been )?(?:ruled out|excluded)", r"(?:evaluat(?:e|ed|ion)|assess(?:ed|ment)?|check(?:ed)?|investigated?|investigation|look|work[- ]?up|workup|testing|tested|screen(?:ing|ed)?) for", r"suggest(?:s|ive|ing|ed)?(?: of)?",
            r"perhaps", r"maybe", r"uncertain (?:if|whether)", r"not (?:sure|certain|clear) (?:if|whether)", r"(?:unclear|unsure|wonder(?:s|ed|ing)?|ask(?:s|ed|ing)?|questions?) (?:if|whether)", r"indeterminate for", r"impression of", r"raises? (?:the )?(?:possibility|question|concern) of",
            r"question of", r"(?<![\w,] )question(?= (?!of|if|whether|about|regarding|the|his|her))", r"anxious about(?! (?:his|her|their|my|the)\b)", r"potential(?:ly)?", r"favou?r(?:s|ed|ing)?",
        ),
        90,
    ),
)  # fmt: skip
POSSIBLE_NAME = Cue(r"(?:possible|probable|presumed|presumptive|suspected|likely|questionable)\b")
POSSIBLE_TOUCHES = Cue(r"(?:\?+|\bq\.)\s*$")
_MAYBE = _any(
    r"(?:(?:is|are|was|were|remains?|also|still|seems?|appears?|the|an?) )*(?:possible|probable|suspected|considered|questionable|plausible|in question|favou?red|"
    r"(?:can ?not|could not) be (?:\w+ )?(?:excluded|ruled out)|not (?:been )?(?:excluded|ruled out)|"
    r"(?:more |most |very |quite )?likely(?! (?:secondary|due|related|caused|from|to))|(?:in|on) the differential|to be (?:excluded|ruled out|confirmed))",
    r"(?:has|have) not been (?:excluded|ruled out)", r"(?:vs\.?|versus) \w+",
)  # fmt: skip
POSSIBLE_AFTER = Cue(rf"^[\s,:(\-–]*{_MAYBE}(?!\w)|^\s?\?")

HYPOTHETICAL = (
    Trigger(
        words(
            r"if", r"should (?:he|she|they|you|it|there|any|the|his|her|your|symptoms|this)", r"(?:return|call|come back|re-?present|seek \w+|ring|phone|contact \w+|go to \w+|be back) (?:\w+ ){0,3}(?:for|if|with|should)", r"call (?:for|if|with)",
            r"in case(?: of)?", r"unless", r"as needed for", r"(?:prn|p\.r\.n\.)(?: for)?", r"to (?:prevent|avoid)", r"prevent(?:ion|ing|s)? (?:of )?", r"in the event of", r"(?:report|notify \w+ (?:of|for|about)) any", r"would (?:need|consider|start|require)", r"when(?:ever)? (?:you|he|she) (?:have|has|get|gets)",
            r"(?:watch|look|monitor|monitoring|observe|observing|vigilant|alert|check yourself)(?: out)?(?: closely| carefully)?(?: for| \w+ for)", r"(?:any|warning|red[- ]flag|danger) (?:signs?|symptoms?|sx)(?: of| such as|:)?",
            r"(?:counsel(?:l)?ed|counsel(?:l)?ing|educat(?:ed|ion)|advi[sc]ed?|warned|teaching|information|leaflet|instructed)(?: \w+){0,3} (?:on|about|regarding|of|for|re)(?! (?:his|her|their))(?: (?:the )?(?:signs?|symptoms?|risks?)(?: and symptoms?)? (?:of|for))?",
            r"(?:taught|teach(?:es)?|educated?|instructed|counsel\w+|explained|reviewed|aware of|handout on)(?: \w+){0,3} (?:(?:the )?(?:signs?|symptoms?|risks?)(?:(?: and |/| or )(?:signs?|symptoms?))? (?:of|for))",
            r"discuss(?:ed|ing|ion)? (?:of )?(?:the )?(?:\w+ )?(?:risks?|possibility|side[- ]effects?|complications?)(?: (?:of|including|such as))?", r"(?:increased |high(?:er)? |low(?:er)? |at )?risks?(?: (?:of|for|include|includes|including|factors? for))+",
            r"(?:side[- ]effects?|adverse effects?|(?:possible|potential|known|serious) complications?(?: of(?: \w+){1,4})?) (?:include|includes|including|such as|like)", r"complications? includes?", r"precautions?:?", r"could consider", r"consider starting", r"(?:prophylaxis|ppx|prophylactic\w*)(?: (?:for|against|of))?", r"protect(?:s|ion)? (?:from|against)",
            r"vaccin(?:e|ation|ated) (?:for|against)", r"fear(?:s|ful)? of", r"afraid of", r"worsening", r"susceptible to", r"avoid(?:ance of)?", r"(?:hold|continue|stay|wait|rest|keep|stop|off)\b[^.;]{0,40} until",
        ),
        110,
        cues=tuple(
            "if should return call back re-present represent seek ring phone contact go case unless needed prn p.r.n prevent avoid event would when watch look monitor observ vigilant alert check sign symptom counsel "
            "educat advi warn teach taught information leaflet instruct review explain discuss risk side complication adverse aware handout precaution consider prophyla ppx protect vaccin fear afraid worsening susceptible until report notify".split()
        ),
    ),
)  # fmt: skip
ASKED = words(
    r"(?:unclear|uncertain|unsure|(?:not|un)[- ]?(?:sure|certain|clear|known)|unknown|wonder(?:s|ed|ing)?|ask(?:s|ed|ing)?|questions?|determine|see|know|check) (?:if|whether)"
)
"""An `if` that asks and sets no condition."""
HYPOTHETICAL_CUES = words("call", "return", "come back", "seek", "ring", "phone", "contact", "if", "present again")
"""Without one of these earlier in the sentence, `worsening` and `any sign of` speak of now."""
HYPOTHETICAL_AFTER = following(
    r"(?:prophylaxis|ppx|precautions?|prevention|prophylactic|vaccin\w*|immuni[sz]ation|shot|jab|leaflet|education|hotline|awareness|action plan|risk)",
    r"(?:develops|occurs?|arises?|recurs|happens|worsens?|persists|returns)(?= )(?=[^.]*\b(?:call|return|stop|seek|go|ring|contact|come)\b)",
    fillers=r"[\s\-–]*",
)  # fmt: skip

_KIN = (
    r"(?:mothers?|fathers?|mom|mum|mummy|dad|daddy|brothers?|sisters?|siblings?|aunts?|uncles?|cousins?|grand(?:mother|father|parent|ma|pa|son|daughter|child|children)s?|twins?(?! (?:pregnan|gestation|deliver|birth|[abi]\b))|"
    r"nephews?|nieces?|sons?|daughters?|husband|wife|spouse|(?<!intimate )(?<!sexual )partner(?! (?:abuse|violence))|boyfriend|girlfriend|fiancée?|parents?|half[- ](?:brother|sister)s?|step(?:mother|father|brother|sister|son|daughter)s?|"
    r"in-laws?|(?:first|second)[- ]degree (?:relatives?|family members?)|(?:an?|one|another|close|distant|blood) relative|relatives|family members?|household (?:members?|contacts?)|(?:mat|pat)\.? (?:gm|gf|aunt|uncle)|mgm|mgf|pgm|pgf|"
    r"room-?mates?|flat-?mates?|co-?workers?|colleagues?|class-?mates?|neighbou?rs?|friends?|donors?|foster \w+)"
)
OTHERS = words(
    _KIN,
    r"maternal",
    r"paternal",
    r"family (?:history|hx)",
    r"fh",
    r"fhx",
    r"famhx",
    r"runs in (?:the )?family",
    r"(?:in|of) (?:my|his|her|their|the) family",
)
"""Who is not the patient."""
OTHERS_ASIDE = Cue(
    (
        r"(?:lives?|living|lived|stays?|resides?|here|arrived|came|attends?|spoke|speaking|discussed|discussion|talk(?:ed|ing)?|explained|reviewed|met|sitting|home|argument|conflict) (?:\w+ )?(?:with|by|to) (?:(?:her|him|them|the patient|patient) and )?(?:(?:his|her|their|the|both|my) )?$|"
        r"(?:brought|accompanied|seen|cared for|driven|supported|found|witnessed|reported|looked after|carried|referred)(?: \w+){0,3} by (?:(?:his|her|their|the|both) )?$|"
        r"(?:according to|per|history from|collateral from|obtained from|via|from|as per|told|informed|call from|caring for|carer for|caregiver for|death of|loss of|helped by) (?:(?:his|her|their|the) )?$"
    ),
)  # fmt: skip
"""Stands before a person who is only in the story: who brings, tells, lives with the patient."""
OTHERS_TELL = Cue(
    r"^\s*(?:also\s+|has\s+|have\s+|had\s+|is\s+|was\s+|are\s+|were\s+)?(?:reports?|reported|reporting|states?|stated|says?|said|notic\w+|noted|notes|denie[sd]|deny|describe[sd]?|brought|brings|call(?:s|ed)|"
    r"concerned|worried|thinks?|thought|believe[sd]?|feels?|felt|gave|gives|giving|ask(?:s|ed)|wants?|inform(?:s|ed)|tells?|told|endorses?|observ\w+|saw|witnessed|found|recalls?|confirm\w*|"
    r"of\s+note|(?:is\s+|was\s+)?(?:non-?contributory|unremarkable|unknown)|wonders?|phoned|rang|present|for\s+(?:evaluation|follow|assessment|check)|today|at\s+bedside|at\s+the\s+bedside|mentions?|mentioned|claims?|understands?|verbali[sz]ed|requests?|requested|attended|accompan\w+|helps|lives|live|drove|took|sent|wanted|picked)\b",
)  # fmt: skip
OTHERS_HAVE = Cue(r"^,? who (?:also )?(?:has|had|have|is|was|suffers?|suffered)\b")
"""After a person of the story, it turns to that person's own health: `caring for her husband, who has`."""
FAMILY_DONE = Cue(r"\b(?:non-?contributory|unremarkable|unknown|unobtainable|adopted|reviewed)[.;] ")
PATIENT_AGAIN = Cue(
    r"[;]|[.!?]\s|\b(?:but|patient|pt|personal(?:ly)?(?: (?:or|and|and/or) family (?:history|hx))?|herself|himself|myself|i['’]m|i (?:have|am|do|did|might|may|had)|(?<=, )(?:she|he)|(?<=and )(?:she|he)|the\s+child|the\s+baby|index)\b|^\s*(?:she|he)\b"
)  # fmt: skip
"""Leads back to the patient."""
OTHERS_AFTER = Cue(
    r"^[^.;:,]{0,30}?\b(?:in|of|on|affect(?:s|ed|ing)|run(?:s|ning) in)\s+(?:(?:his|her|their|the|both|a|an|one|two|several|multiple|many|maternal|paternal|my)\s+)*"
    rf"(?:{_KIN}|family)(?!\w)(?!['’])|^\s*[(:=–-]+\s*(?:maternal|paternal|{_KIN})(?!\w)",
)  # fmt: skip

OWN_CLAUSE = Cue(r"(?:,|\band) (?:and )?(?:the|his|her|this|that) (?:\w+ ){0,2}$")
OWN_NAME = Cue(r"^[\w -]* (?:is|are|was|were|remains?|appears?) ")
OWN_VERB = Cue(r"^ (?:is|are|was|were|has|have|remains?|appears?|shows?|looks?|measures?)\b")
"""Together: the mention is the subject of a clause of its own: `no fracture, and the effusion is large`."""

LABEL = re.compile(r"(?:^|[.;\n]\s*|\s{2,}|:\s*)([A-Z][A-Za-z/&'’.-]*(?: [A-Za-z/&'’-]+){0,4})(?:\([A-Za-z]{1,3}\))?\s*:(?!\d)")
"""A heading inside the line, with its colon."""
FAMILY_HEADING = Cue(r"famil|\bfh\b|\bfhx\b|\bfamhx\b")
MATERNAL_HEADING = Cue(
    r"^\W*(?:\d+[.)]\s*)?(?:(?:the )?mother|mum|mom|maternal|ante-?natal|pre-?natal|pregnancy|obstetric|booking)\b(?! (?:concerns?|reports?|views?|says))"
)
"""In a note of a child, a heading over what is told of the mother and of her pregnancy."""
NOT_FAMILY_HEADING = Cue(r"famil\w* (?:and social|meeting|discussion|contact|practi\w+|medicine|physician|doctor)")
