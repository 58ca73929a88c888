"""How a question tells a sign: of whom, whether now, whether denied, or only asked about the record.

A question is folded to words with marks between its clauses; each cue that is told is then weighed where it stands. Words of
reassurance ("probably nothing", "my wife says it's just heartburn") are not read at all, so that they cannot lower anything.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from chartcite.engine.language.terminology import fold
from chartcite.engine.red_flags.figures_of_speech import figurative
from chartcite.engine.red_flags.lay_words import USUAL
from chartcite.engine.red_flags.own_injury import without_owner
from chartcite.engine.red_flags.red_flag_cues import ANYWHERE, Cue, openings_of, pattern_of
from chartcite.engine.red_flags.told_history import pattern
from rapidfuzz.distance import DamerauLevenshtein

_WRITTEN_OUT = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        (r"[’`´]", "'"), (r"(?<=[a-z])([a-z])\1{2,}", r"\1"), (r"\bheart burn", "heartburn"), (r"\bhay fever\b", "hayfever"), (r"\bstopped (?:having|getting) (?:any )?", "no longer having "), (r"\bnumbers?\b(?! of)", "figure"), (r"\b(k|na)\+", r"\1"), (r"\bcold sores?\b", "coldsore"), (r"\bblood[- ]?thinners?\b", "thinner"), (r"\bblood[- ]thinning\b", "anticoagulant"), (r"\bblood (?:groups?|types?|results?|reports?|tests?|work|forms?|counts?|films?|cultures?|donors?|bank|thin enough)\b", "bloodtest"), (r"\bbloods\b", "bloodtest"), (r"\b(?:with a|a|the|common|head|heavy) cold(?=\s*(?:[.,?!]|$)|\s+(?:and|but|since|for)\b)", "with sniffles"), (r"\bblood (?:was |is |being )?(?:taken|drawn)\b|\b(?:gave|donated|took|take|draw|drew) (?:my |his |her |some )?blood\b", "bloodtest"), (r"(?<![\w'])'(?=[0-2]\d\b)", "20"), (r"(?<![\w'])'(?=[3-9]\d\b)", "19"), (r"\bh/o\b", "history of"), (r"\bs/p\b", "status post"), (r"\bc/o\b", "complaining of"), (r"\br/o\b", "rule out"), (r"\bw/o\b", "without"), (r"\bw/", "with "),
        (r"(?<=\d)/(?=\d)", " over "), (r"/10\b", " 10"), (r"\bo2\b", "o2"), (r"(?:(?<=^)|(?<=[\s,(]))\?+(?=\w)", " query "), (r"(?<=\d),(?=\d{3})", ""), (r"&|\+(?=\D)", " and "),
        (r"\bcan ?not\b", "cant"), (r"\b(?:could|ca)n'?t\b|\bcould not\b", "cant"), (r"\b(?:unable|not able|not possible|impossible) to\b|\b(?:no|not) can\b|\bcan no\b|\bcant to\b", "cant"), (r"\b(i|he|she|it|they|baby) no (?=[a-z])(?!longer|more|one)", r"\1 dont "), (r"\b(is|are|was|were|do|does|did|has|have|had|would|should) not\b", r"\1nt"), (r"\bwill not\b|\bwo n't\b", "wont"),
        (r"n't\b", "nt"), (r"\b(it|he|she|that|there|what|who|where|how|here|when)'s\b", r"\1 is"), (r"'s\b|s'(?=\s)", ""), (r"'m\b", " am"), (r"'re\b", " are"), (r"'ve\b", " have"), (r"'ll\b", " will"), (r"'d\b", "d"),
        (r"\bim\b", "i am"), (r"\bive\b", "i have"), (r"\b(he|she|there|what|that)s\b", r"\1 is"), (r"\b(my|the|in|of) chest\b", r"\1 chest"), (r"\bsats?\b", "sat"), (r"\b(\d+)(wks?|weeks?|mo|months?|days?|yo|hrs?)\b", r"\1 \2"), (r"(?<=\w)-(?=\w)", " "),
    )
)  # fmt: skip
_INTRAMUSCULAR = r"(?<=[a-z0-9] )IM\b(?=\s*(?:for|to|inj\w*|dose|given|or|stat|adr\w*|ben\w*|cef\w*|\d|,|[.?!]|$))"
"""The route, not "I'm"."""
_WORD_OR_MARK = re.compile(r"[a-z0-9]+(?:\.\d+)?[a-z0-9]*|[?]|[.!;\n]|[,:()—–]| - ")
_WELL_NOW = (
    r"(?<!\S)(?:(?:i am |is |are |am |was |all )?(?:now|today) (?:i am |he is |she is |it is )?(?:is |am |are |all |feeling |doing |perfectly |totally |completely |quite )*(?:ok|okay|fine|well|better|normal|good|great|gone)"
    r"|(?:all |perfectly |totally |completely |quite )?(?:ok|okay|fine|well|better|normal|good|great|gone|home|back|back home|back at (?:work|school|nursery)|out|over it) now)(?!\S)"
)
"""Reassurance, which is not read: its "now" makes no sign a thing of now."""
_SIGN_STOPPED = (
    r"(?<!\S)(?:bleeding|nosebleed|spotting|vomiting|diarrhea|pain|headache|fever|cough|itching|dizziness)"
    r"(?: (?:after|from|since|with) (?:the|my|his|her) (?:\w+ ){1,2}?)?(?: (?:has|have|had|all|now|completely|finally))* stopped(?!\S)(?! (?:but|and|then|for) )"
    r"|(?<!\S)(?:bleeding|nosebleed|spotting|vomiting|diarrhea|cough|itching)(?: (?:after|from|since|with) (?:the|my|his|her) (?:\w+ ){1,2}?)?(?: (?:has|have|had|is|all|now|completely|finally))* (?:settled|resolved|cleared up|subsided|died down)(?!\S)(?! (?:but|and|then) )"
)
"""A sign that is told to be over is none of now."""
_SIGN_AWAY = (
    r"(?<!\S)(?:(?:my|the|his|her) )?(?:swelling|rash|cough|itching|lump|bruis\w+|redness|soreness|stiffness)(?: (?:in|on|of|from|with) (?:my|his|her|the) \w+)?"
    r"(?: has| is| have| are| all| now| completely| finally| almost| nearly| totally)* (?:gone(?: right| all)? (?:down|away)|gone|reassured|faded|fading|settled|cleared up|disappeared|healed)(?!\S)(?! (?:to|into|from|up|through|across|round|black|blue|purple|hard|numb))"
)
"""A slow sign that is told to have left."""
_WORKS = r"(?<!\S)(?:(?:my|his|her|the) )?(?:vision|sight|speech|hearing|breathing|balance|walking|movement|sensation|pulse|temperature|temp|appetite) (?:is|are|was|has been) (?:\w+ly )?(?:still |all |now |back to |quite |much )*(?:normal|fine|ok|okay|good|perfect|clear|great)(?!\S)"
"""A function that is told to work."""
_SIGN_GONE = (
    r"(?<!\S)((?:headache|pain|rash|fever|cough|swelling|bleeding|dizziness|nausea|vomiting|itching|tightness|ache|soreness)"
    r"(?: (?:in|on|of) (?:my|his|her|the) \w+)?(?: has| is| are| have| all| now| completely)*) (?:gone (?:right |all |completely |nearly |almost |way )?(?:down|away)|went (?:right |all )?(?:down|away)|gone(?! (?:to|into|from|up|through|down|across|round)))(?!\S)"
)
"""The "gone" of "the headache is gone" is no "gone" of something else: "vision gone"."""
_NO_DENIAL = r"(?<!\S)(?:no|not|dont|doesnt|didnt|isnt|arent|hasnt|havent|wasnt|never|without|cant) (?:only|sure|know|certain|clear|help\w*|work\w*|stop\w*(?! breathing)|going away|go away|gone away|gone down|go down|going down|come back|coming back|come down|coming down|shift\w*|let up|letting up|lift\w*|budg\w*|subsid\w*|getting better|better|improv\w*|eas\w+|settl\w+|reliev\w*|relief|touch\w*|want to (?:bother|worry|be a|overreact|waste|make|alarm|go to)|think i can|feel\w* (?:right|well|good|ok|myself)|look\w* (?:right|well|good)|idea|matter|joking|kidding|exaggerat\w+|normal|right|well|ok|okay|fine|long|like this|usual\w*|doubt|eaten|slept|sleep|able|very well|too (?:good|well)|so (?:good|well)|good|great|had this|had anything|felt this|been this|experienc\w+|take (?:it|this) seriously|listen\w*|believ\w*|warning|reason|signal|ambulance|doctor|phone|one|answer)(?!\S)"
_DENY_FAR = frozenset({"deny", "denie", "denied", "denying", "without", "negative", "neither", "nor", "no", "0", "ruled"})
_DENY_NEAR = frozenset(
    """not never dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt none nobody aint longer zero free wouldnt lacking lack""".split()
)
_CLAUSE_ENDS = frozenset("but though although however except yet because so then anyway still now while apart besides".split())
_BEGINS_CLAUSE = frozenset(
    "i he she we they my it pt patient his her is am are have has feel cant wont keep just been was were there".split()
)
_MOMENT = frozenset({"now", "today", "tonight"})
_DENIED_AFTER = r"(?:\w+ ){0,2}?(?:ruled out|excluded|denied|negative|absent|none)(?!\S)"
_NOW = r"(?<!\S)(?:right now|now|today|tonight|this (?:morning|afternoon|evening|minute|second|instant|moment)|at (?:the|this) moment|just (?!want|check|to|ask|wonder|a |the |my |need|curious|for)|all of a sudden|sudden\w*|(?:minute|hour|min|hr) ago|for (?:the )?(?:last |past )?(?:\w+ )?(?:minute|hour|min|hr)|since (?:breakfast|lunch|dinner|this|last night|yesterday|noon|midnight|waking|the morning)|ongoing|actively|acutely|wont stop|cant stop|getting worse|keep\w*|\d+ (?:min|minute|hour|hr)|last night|yesterday|in front of me|in (?:the )?(?:ed|er|resus|triage|a and e|waiting room|department|trauma bay|majors)|in bed \d+|in clinic now|on arrival|en route|stat|code|crashing|seizing|again)(?!\S)"
_ACUTE = r"(?<!\S)(?:acute\w*|new|new onset|newly|active\w*|suspect\w*|query|rule out|complain\w*|present\w*|drop\w*|fell|rising|falling|spik\w*|onset|bringing in|found|brought in|came in|came back|coming in|arriv\w*|worsening|severe|massive|brisk|emergent|stat|impending|unstable|evolving|possible|concern for|concerned for|worried about|febrile|fever|gcs|day \d+|\d+ day old|in (?:the )?(?:department|ed|er|clinic|resus|icu|triage)|sat|spo2|bp|sbp|(?:hr|rr|temp|lactate|map) \d[\d.]*|t (?:3[89]|4[0-3])[\d.]*|pod ?\d+|x ?\d)(?!\S)"
_YEAR = r"(?:19[3-9]\d|20[0-3]\d)"
_PAST = rf"(?<!\S)(?:(?<!since ){_YEAR}|history of|hx(?: of)?|pmhx?|past medical|(?:year|month|decade|yr) (?:ago|back|earlier|prior)|(?:long|way|time) (?:ago|back)|last (?:year|month|spring|summer|fall|autumn|winter|pregnancy|admission|visit|time|episode|appointment)|(?:in|back in|last|of) (?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?! \d)|as (?:a|an) (?:child|kid|newborn|toddler|teen\w*|baby|infant|young \w+|adolescent|student)|in (?:childhood|college|school|high school|infancy|the past|my (?:\w+ )?(?:twenty|thirty|youth|20|30|40|childhood)|her (?:\w+ )?(?:first|last|previous|second) pregnancy|my (?:first|last|previous|second) pregnancy)|when (?:i|he|she|they) (?:was|were|had) (?:my|his|her|the|a|young|little|small|tiny|born|\d+|pregnant|admitted|in|discharged|there|hospital\w*|seen|taken)|when (?:i|he|she|they) (?:was|were) at (?:uni|university|college|school|nursery|sixth form|primary|secondary)|(?:year|yr) before(?! (?:my|the|\d))|with (?:my|the) (?:first|second|third|last|eldest|oldest|youngest|other|previous)(?: one| baby| child| pregnancy)?|(?:the|that) (?:day|night|time|week|weekend|morning|evening|year) (?:i|he|she|they|we|(?:my|his|her) \w+|mum|dad|mom) (?:first |last )?(?:\w+ed|brought|met|had|went|came|wa|was|fell|took|broke|got|saw|did)|that (?:time|night|day|year|winter|summer)|(?:all )?(?:through|throughout|during) (?:my|her|the|that) (?:\w+ )?(?:pregnancy|childhood|teen\w*|twenties|schooldays|labor|marriage|service)|(?:one|person|patient|guy|lady|man|woman|lad|girl) (?:who|that) had|when (?:i|he|she|they|we|(?:my|his|her) \w+)(?: \w+){{1,8}}? (?:did|was|were) (?:they|you|he|she|it|the|anyone|there|any)|long behind (?:me|him|her|us)|(?:two|three|few|several|couple of|\d+) (?:christmas|summer|winter|easter|ramadan|diwali)\w* (?:ago|back)|last (?:christmas|easter|ramadan|diwali|eid|thanksgiving|term)|when (?:i|he|she) (?:went|came) (?:to|in)|back (?:in|when|then)|previous\w*|prior|remote|status post|used to|childhood|residual|known|die\w* (?:of|from|at|in|suddenly|when)|died|passed away|survivor|resolved|old|once (?:when|in|before|went|had|was|got|did|took|tried|fell)|had \w+(?: \w+)? at (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:day|week|month|year)|at the time|first pregnancy|since (?:childhood|birth)|(?:was|were) born|at birth|in (?:the )?(?:early |late |mid )?(?:19|20)?\d0s?(?! (?:degree|c|f|percent|minute|hour|day|week|min|unit|mg|something))|in (?:the )?(?:early |late |mid )?(?:fifties|sixties|seventies|eighties|nineties|noughties|fifty|sixty|seventy|eighty|ninety)|(?:was|were) treated for|(?:was|were|got|been) diagnosed|already treated|lost (?:\w+ )+?to|never did get|recovered from)(?!\S)"
_OLD_IS_AGE = r"(?:year|month|week|day|yr|mo|wk|yo) old"
_RECORD_START = (
    r"(?:(?:and|so|but|or|please|(?:can|could|would|will) you(?: please)?|i would like(?: to see)?|hi|hello|hey|ok|okay|also|then|anyway|quick|just|um|doctor|can you tell me|could you tell me|tell me|do you know|i want to know|i need to know|i would like to know|i was wondering|just wondering|wondering|check|can you check|remind me|i forget|i cant remember|dont remember) )*"
    r"(?:when(?! i | he | she | my | we )|how (?:low|high|bad|long|much|many|far|old|severe|big|hot|fast|sick|ill|close|soon|serious) (?:wa|was|were|did|had)|where (?:wa|was|were|did|is it (?:written|recorded))|(?:at|in|on|by|for|from|to|since|until) (?:what|which|whose)|on what (?:date|day)|which|who|whose|how many (?:time|day|visit|episode|seizure|stroke|attack|admission|year|fall|overdose|suicide)|how often|how long|how (?:was|were|did|ha)|did|was(?! (?:\w+ing|in|at|on|sick|stung|bitten|hit|fine|ok|just|so|very|really)(?!\S))|were|has(?! (?:been|had|not|got|gone|become|started|stopped|a|an|no|never|just|since|now|also|lost|turned|very)(?!\S))|had(?! (?:a|an|the|some|another|one|two|three|four|five|\d+|this|really|too|so|just|bad|very|my|our|chemo|to|been|loads|lots|terrible)(?!\S))|have (?:i|we|you|he|she|they|there|my \w+) (?:ever|had|been)|list|show|find|compare|trend|summar\w*|give me|pull up|look up|describe|doe (?:my|the|his|her|this|anyone|anybody|he|she|it|they)(?= (?:\w+ )*(?:chart|record|file|note|have|mention|family|list|get))|what (?:\w+ ){1,3}(?:did|was|were|had)|(?:tell|show|remind|give|send) me (?:my|the|his|her|about)|confirm (?:the|my|when|what|which)|latest|newest|most recent|last (?:recorded|documented|known|measured)|date of|(?:number|details?|outcome|results?|copy|summary|duration|side|reasons?|indications?|dates?|timing|cause) (?:of|for)|indication for|what (?:was|were|did|happened|treatment did|medicine am i|medication am i|do (?:my|the|his|her)|doe (?:my|the|his|her)|year|date|tablet|pill|drug|antibiotic|dose|test|medicine|medication)|why (?:did|was|were|had|wa)|any (?:history|record|note|mention|document\w*|prior|previous|other|old|past|known|family)|what (?:brought|led|prompted|triggered|went wrong)|what (?:the|my|his|her|dr|did) (?:\w+ ){1,2}(?:saw|said|found|wrote|thought|put|gave|heard|noticed|did)|any(?! (?:chance|idea|advice|help|danger|harm|point|way|one|body|more|time|minute|moment)(?!\S))(?= (?:\w+ )+(?:on|since|from|with|after|during|when|while|the night|at|reported|noted)(?!\S))|(?:is|was|are|were) there any(?! (?:chance|danger|harm|risk|problem|reason|way|cure|help|point|need|thing|one|hope))|is there (?:a |any )?(?:history|record|note|mention|document\w*|evidence|family)|are there (?:any )?(?:record|note|previous|prior)|there any|ever|whether)(?!\S)"
)
_RECORD_WORDS = r"(?<!\S)(?:document\w*|recorded|charted|(?:chart|note|record|letter|report|summary)(?: from (?:the )?\w+(?: \w+)?)? (?:say|mention\w*|state)|count\w* as|(?:on|for) (?:the|this|my|a|his|her) (?:\w+ )?form|on file|in (?:my|the|his|her) (?:\w+ )?(?:chart|record|file|problem|note|list)|chart say|record say|written down|noted|listed|mentioned in|my list|her list|his list|written (?:down|anywhere|in|up)|on (?:my|the|his|her) (?:\w+ )?(?:list|problem list|record|allergy|allergie|chart|file|note)|family history|my family|admitted (?:for|with)|admission for|hospitali[sz]ed (?:for|with)|visit for|seen for|workup|work up|diagnos\w+ (?:with|of) (?:\w+ )*in|my risk|at risk|tested for|screen\w*)(?!\S)"
_GENERAL = r"(?<!\S)(?:what (?:doe|do|would|will) (?:it|they|that|this|\w+) (?:feel|look|sound) like|how (?:would|do|can|will|could) (?:i|you|we|one) (?:know|tell|recogni\w+|spot)|how (?:do|would|should|are|is|can) (?:you|they|doctor|people|one|hospital|nurse|paramedic|it) (?:treat\w*|manage\w*|diagnos\w+|test\w*|give|use|prevent\w*)|symptom of|symptom|sign of|warning sign|side effect|known effect|(?:can|could|doe|do|will|might) (?:\w+ ){1,4}?(?:cause|lead to|trigger|increase|prevent|reduce|raise|help with)|cause of|(?:more|less|most|very) (?:common|likely|often)|common (?:with|in)|should (?:someone|people) |(?:how soon|how long) after|risk of|risk factor|chance of|prevent\w*|lower my|reduce (?:my|the|his|her)|avoid\w*|vaccin\w*|immuni\w+|if (?:i|he|she|we|you|they|it|my \w+|a \w+|the \w+|someone|somebody|anyone|one) (?:eat|touch\w*|ever|were|should|get|got|have|had|develop\w*|start|miss\w*)|if (?:someone|somebody|anyone|anybody|people|a (?:person|child|kid|baby|toddler|man|woman|patient|friend|colleague))(?: \w+){1,12}? (?:do|doe|should|would|will|what|how|is|are|when|can)|(?:look|looking|watch|watching) out for|in case|what if|would happen|when should i|how can i prevent|what cause|difference between|(?:first|second) line|guideline\w*|recommend\w*|window for|score|criteria|treatment of|treatment for|management of|manage|indication|threshold|dose of|prophylaxis|should (?:adult|people|patient|child|woman|men)|which patient|patient with|protocol|leaflet|meaning of|mean|definition|stand for|likely to)(?!\S)"
_QUESTION_START = r"(?:(?:and|so|but|or|please|hi|hello|ok|also|then|anyway) )*(?:(?:at|in|on|by|for|from|to|since|until) (?:what|which|when|whose)|is|are|am|was|were|do|doe|did|has|have|had|can|could|should|would|will|what|when|where|which|who|whose|why|how|any|anything|does)(?!\S)"
_SUBJECT = r"(?:i|he|she|they|we|it|pt|patient|baby|(?:my|our|his|her|the|this|your|a) (?:\w+ ){0,2}?\w+)"
_ASSERTS = rf"(?:(?P<before>\w+) )?(?<!\S){_SUBJECT} (?:\w+ly )?(?:am|is|are|have|has|feel\w*|keep\w*|just|cant|wont|start\w*|look\w*|seem\w*|say|state|report(?:ed|ing)?(?= \w)|complain\w*|present\w*|endorse\w*|describe\w*|with|took|drank|swallowed|ate|hurt\w*|want\w*|got|developed|became|went|fell|collapsed|vomit\w*|threaten\w*|intend\w*|gone|plan\w*)(?!\S)"
_INVERTERS = frozenset(
    "do doe did has have had is was were are am can could should will would if when whether of with for after since".split()
)
_FIRST_PERSON = r"(?<!\S)(?:i|my|me|us)(?!\S)(?! (?:patient|pt|colleague|resident|list|clinic))"
_OF_CLINICIANS = r"(?<!\S)(?:(?:my|our) (?:patient|pt)|i (?:need|have a (?:patient|pt)|am seeing|am (?:about )?(?:to|going to) (?:prescribe|give|start|operate))|in front of me|the patient|pt)(?!\S)"
Known = Callable[[str], bool]
Span = tuple[int, int]


class Clause(NamedTuple):
    """A run of words between two marks."""

    start: int
    end: int
    text: str
    asks: bool
    """Ends in a question mark, or begins as a question."""
    sentence: int


def folded(text: str, vocabulary: frozenset[str], is_known: Known, instead: Callable[[str], str] = str) -> list[str]:
    """Return a text as folded words and marks (`,` `.` `?`), typing errors of the vocabulary's words mended.

    Args:
        text: as typed.
        vocabulary: folded words by which emergencies are told.
        is_known: says whether a folded word is no typing error.
        instead: returns what a folded word outside the vocabulary is read as: `chemo` for a medicine of that class.
    """
    low = pattern(_INTRAMUSCULAR).sub("intramuscular", text).lower()
    for spelling, written in _WRITTEN_OUT:
        low = spelling.sub(written, low)
    words: list[str] = []
    last = ""
    for found in _WORD_OR_MARK.findall(low):
        if found in {"?", ".", "!", ";", "\n"}:
            words.append("?" if found == "?" else ".")
        elif not found[0].isalnum():
            words.append(",")
        else:
            word = fold(found)
            if last not in _TITLES and word not in vocabulary:
                word = USUAL.get(word) or instead(_mended(word, vocabulary, is_known))
            words.append(word)
            last = found
    read = pattern(_SIGN_GONE).sub(r"\1 reassured", figurative().sub("figurative", " ".join(words)))
    for over in (_SIGN_STOPPED, _SIGN_AWAY, _WORKS, _WELL_NOW):
        read = pattern(over).sub(_reassured, read)
    return without_owner(read).split()


def _reassured(found: re.Match[str]) -> str:
    return " ".join("reassured" for _ in found[0].split())


def _mended(word: str, vocabulary: frozenset[str], is_known: Known) -> str:
    if len(word) < _LEAST_LETTERS or not word.isalpha() or word in vocabulary or word in LEFT_ALONE or is_known(word):
        return word
    allowed = 1 if len(word) < _LONG else 2
    return _nearest(word, vocabulary, allowed)


@lru_cache(maxsize=8192)
def _nearest(word: str, vocabulary: frozenset[str], allowed: int) -> str:
    best, least = word, allowed + 1
    for known in _beginning_with(vocabulary)[word[0]]:
        if abs(len(known) - len(word)) <= allowed:
            distance = DamerauLevenshtein.distance(word, known, score_cutoff=least)
            if distance < least or (distance == least <= allowed and sorted(known) == sorted(word)):
                best, least = known, distance
    return best


@lru_cache(maxsize=4)
def _beginning_with(vocabulary: frozenset[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(vocabulary):
        if len(word) >= _LEAST_LETTERS:
            found[word[0]].append(word)
    return found


_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof"})
_LEAST_LETTERS = 5
_LONG = 9
LEFT_ALONE = frozenset(
    """admin cooking looking booking choosing breach bleach beach reach teach cheat cheats chess cheap check chart child chew stoke strike
    street strong tightly fight light night right might sight lights weigh wright heart heard hearth haired hear head heat health faint
    fainter paint pants point points plan plane poison prison person parson burnt born barn turn bread beard board broad brand
    blend blood bloom blue clue suite suits suicide faces paced place fever never lever sever severe several server serve swell smell
    spell shell swollen stolen sharp share shark stiff staff stuff sniff choke chose choice shake share shave shaken taken token spoke
    smoke stroke spoken droop drop drops group grope throat threat treat thread thyroid fluid field floor flood floppy sloppy copy limp
    limb limbs climb lamp jump pump lump bump dump camp damp cramp stomach starch stool stood school cool pool tool wound found round
    sound bound pound hound woman women baby babies bath bathe breathe breath wheat where there these three their thing think thick
    drink drank drunk shrink rash trash crash cash wash dash gash rush push hush brush crush weak week weeks speak wreak steak streak
    lapse collapse relapse elapse ballet wallet valley pallet talent tablet table cable able overdue override overuse over others
    mother father brother another either rather gather weather whether feather leather labour labor later latter letter litter better
    bitter butter matter meter metre water wafer safer paper taper tapes grapes drapes crust crusts crusted crusting trust trusting scrape escape shape cape tape graze grazed grazes grazing glaze glazed heal heals healed healing rinse rinsed rinses rinsing crick cricks slice
    sliced slicing steri sternly stick sticks sticking""".split()
)
"""Everyday words one letter away from a word of an emergency."""


class Heard:
    """A folded question with its clauses."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(words)
        self.text = " ".join(words)
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        place = 0
        for number, word in enumerate(words):
            self._starts[place] = number
            place += len(word) + 1
            self._ends[place - 1] = number + 1
        self.neutral = pattern(_NO_DENIAL).sub(lambda found: " ".join("x" * len(found[0].split())).strip(), self.text).split()
        self._spans: dict[str, list[Span]] = {}

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses in order."""
        found: list[Clause] = []
        start = sentence = 0
        for number, word in enumerate([*self.words, "."]):
            if word in {",", ".", "?"} or self._turns_to_now(number):
                text = " ".join(self.words[start:number])
                if text:
                    found.append(
                        Clause(start, number, text, word == "?" or pattern(_QUESTION_START).match(text) is not None, sentence)
                    )
                start = number + 1
                sentence += word != ","
        return found

    def _turns_to_now(self, number: int) -> bool:
        """Say whether an "and" or "but" turns to this moment: "... died of it and now I have a pain"."""
        word, following, subject = (*self.words[number : number + 3], ".", ".", ".")[:3]
        return word in {"and", "but", "then"} and following in _MOMENT and subject in _BEGINS_CLAUSE

    @cached_property
    def _openings(self) -> tuple[frozenset[str], frozenset[str]]:
        words = frozenset(self.words)
        return words, frozenset(word[:length] for word in words for length in range(2, len(word) + 1))

    @cached_property
    def is_of_clinician(self) -> bool:
        """Whether somebody who looks after patients speaks."""
        return pattern(_OF_CLINICIANS).search(self.text) is not None

    @cached_property
    def is_first_person(self) -> bool:
        """Whether somebody speaks of themselves or their own people."""
        return pattern(_FIRST_PERSON).search(self.text) is not None and not self.is_of_clinician

    def spans(self, group: str) -> list[Span]:
        """Return where a group is said, as ranges of words."""
        if group not in self._spans:
            matches = pattern_of(group).finditer(self.text) if openings_of(group).may_begin(*self._openings) else ()
            self._spans[group] = [(self._starts[found.start()], self._ends[found.end()]) for found in matches]
        return self._spans[group]

    def places(self, choices: str) -> list[Span]:
        """Return where one of the choices of a regular expression is said, as ranges of words."""
        whole = pattern(rf"(?<!\S)(?:{choices})(?!\S)")
        return [(self._starts[found.start()], self._ends[found.end()]) for found in whole.finditer(self.text)]

    def told(self, cue: Cue) -> Iterator[tuple[Span, ...]]:
        """Yield the places of the groups wherever a cue's words stand close enough together."""
        places: list[list[Span]] = []
        for group in cue.groups:
            found = self.spans(group)
            if not found:
                return
            places.append(found)
        for chosen in product(*(each[:_MOST_PLACES] for each in places)):
            ordered = sorted(chosen)
            if any(one[1] > two[0] for one, two in pairwise(ordered)):
                continue
            first, last = ordered[0][0], max(span[1] for span in ordered)
            if cue.ordered and ordered != list(chosen) and "by" not in self.words[first:last]:
                continue
            if cue.within >= ANYWHERE or (last - first <= cue.within + _OWN_WORDS and not self._parted(first, last)):
                yield chosen

    def _parted(self, first: int, last: int) -> bool:
        return any(word in {".", "?"} for word in self.words[first:last])

    def clauses_of(self, spans: Sequence[Span]) -> list[Clause]:
        """Return the clauses in which spans begin."""
        return [clause for clause in self.clauses if any(clause.start <= span[0] < clause.end for span in spans)]

    def denied(self, span: Span, *, deniable: bool, own: Sequence[Span] = ()) -> bool:
        """Say whether what stands at a span is denied: "no chest pain", "denies fever, chest pain or cough".

        `own`: all places of the cue. A "no" that is one of its words denies nothing.
        """
        if pattern(_DENIED_AFTER).match(" ".join(self.words[span[1] : span[1] + 5])):
            return True
        far = False
        for back in range(1, _DENIAL_REACH + 1):
            at = span[0] - back
            if at < 0 or self.words[at] in {".", "?"} or self.words[at] in _CLAUSE_ENDS:
                return False
            word = "" if any(start <= at < end for start, end in own) else self.neutral[at]
            if word in {",", "and"} and set(self.words[at + 1 : span[1 if word == "," else 0]]) & _BEGINS_CLAUSE:
                return False
            far = far or word == ","
            if word in _DENY_FAR and (not far or word not in {"no", "0"} or self._is_list(at, span)):
                return word != "negative" or self.words[at + 1] == "for"
            if not far and word in _DENY_NEAR and (deniable or self._is_having(at)):
                return True
        return False

    def is_negative(self, span: Span) -> bool:
        """Say whether words are negative by themselves: "can't breathe"."""
        return not _NEGATIVE.isdisjoint(self.words[span[0] : span[1]])

    def _is_list(self, at: int, span: Span) -> bool:
        """Say whether a "no" before a comma goes on: "no fever, cough or chest pain"."""
        return bool({"or", "nor"} & set(self.words[at : span[1]]))

    def _is_having(self, at: int) -> bool:
        return bool({"had", "have", "having", "any", "get", "got"} & set(self.words[at + 1 : at + 3]))


_NEGATIVE = _DENY_NEAR | _DENY_FAR | frozenset({"cant", "wont", "lost", "unable", "less", "stopped", "hardly", "barely"})
_MOST_PLACES = 6
_OWN_WORDS = 2
_DENIAL_REACH = 9


def states(clause: Clause) -> bool:
    """Say whether a clause states something: "had 4 sweets" and "when I was nine I fell" begin as questions do, but ask nothing."""
    return not clause.asks or pattern(_NO_QUESTION).match(clause.text) is not None


_NO_QUESTION = r"(?:had|has|have|was|were|is|are)(?! (?:i|he|she|they|we|you|it|my|the|this|that|there|his|her|any|anyone|anybody|these|those|your)(?!\S))|when (?:i|he|she|we|they) (?:was|were) (?!\w+ (?:last|first|seen|given)(?!\S))"


def is_past(text: str) -> bool:
    """Say whether words tell of an earlier time."""
    return pattern(_OVER).search(text) is not None or (
        pattern(_PAST).search(pattern(_OLD_IS_AGE).sub("aged", text)) is not None and pattern(_NOW).search(text) is None
    )


def is_over(clause: Clause, so_far: str, *, crisis: bool) -> bool:
    """Say whether what a clause tells lies behind.

    Words of the present before it ("I want ...", "she is ...") are not undone by a time that follows ("... like in 2019").

    Args:
        clause: where it is told.
        so_far: the clause up to the end of what is told.
        crisis: whether it is about thoughts of suicide, which only a past before them puts behind.
    """
    if not is_past(clause.text):
        return False
    if (_states_now(so_far) and pattern(_HAVE_HAD).search(so_far) is None) or (crisis and pattern(_WAS).search(so_far) is None):
        return is_past(so_far)
    return True


def _states_now(text: str) -> bool:
    return any((found["before"] or "") not in _INVERTERS for found in pattern(_PRESENT).finditer(text))


_PRESENT = rf"(?:(?P<before>\w+) )?(?<!\S){_SUBJECT} (?:\w+ly )?(?:am|is|are|have|has|feel\w*|keep\w*|wont|want\w*|look|looks|seem|hurt\w*|threaten\w*|intend\w*|plan|plans)(?!\S)"
_HAVE_HAD = r"(?<!\S)ha(?:ve|s) (?:\w+ )?(?:had|been)(?!\S)"
_WAS = r"(?<!\S)(?:was|were|had|wanted|tried|attempt\w*|used to|did|thought|took|felt)(?!\S)"
_OVER = r"(?<!\S)(?:died|passed away|death of)(?!\S)"


def is_now(clause: Clause) -> bool:
    """Say whether a clause tells of this moment."""
    return pattern(_NOW).search(clause.text) is not None


def is_acute(clause: Clause) -> bool:
    """Say whether a clause, in a professional's words, tells of something that has just begun."""
    return pattern(_ACUTE).search(clause.text) is not None or is_now(clause)


def asserts(text: str) -> bool:
    """Say whether words state something of somebody: "she is wheezing", not "is she wheezing"."""
    return any((found["before"] or "") not in _INVERTERS for found in pattern(_ASSERTS).finditer(text))


_SUBJECT_SAID = r"(?<!\S)(?:pt|patient|he|she|him|mr|mrs|ms|this|yo|bed \d+|man|woman|lady|gentleman|chap|bloke|fella|lad|lass|gent|resident|mum|neonate|prem|toddler|side room|bay \d+|bed space|cubicle|d ?\d{1,2} post|boy|girl|infant|\d+ ?[mf]|\d+ ?(?:yo|y|yr|mo)[mf]?|(?:pod|day) ?\d+|\d+ over (?:40|12|52)|g\d ?p\d)(?!\S)"


def names_somebody(clause: Clause) -> bool:
    """Say whether a clause speaks of a person: "pt diaphoretic with crushing chest pain"."""
    return pattern(_SUBJECT_SAID).search(clause.text) is not None


_MEASURED = r"(?<!\S)(?:(?:t|temp|temperature) (?:3[3-9]|4[0-2])(?:\.\d)?|(?:hr|pulse|rr|gcs|news|news2|lactate|sat|spo2|gcs|map|crt|bm|cbg) (?:of |is |wa )?\d[\d.]*|bp \d+ over \d+)(?!\S)(?! over )"


def measures(clause: Clause) -> bool:
    """Say whether a clause gives a bedside measurement: "t 38.4"."""
    return pattern(_MEASURED).search(clause.text) is not None


def asks_record(clause: Clause) -> bool:
    """Say whether a clause asks what is on record, or for general knowledge, rather than tells of somebody's state."""
    asked = pattern(_RECORD_START).match(clause.text) or pattern(_RECORD_WORDS).search(clause.text)
    if asked is None and pattern(_GENERAL).search(clause.text) is None:
        return False
    return not (is_now(clause) or asserts(clause.text)) or pattern(_GENERAL_ONLY).search(clause.text) is not None


_GENERAL_ONLY = r"(?<!\S)(?:(?:note|chart|record|letter|report|summary) (?:say|state)|how (?:would|do|can|will|could) (?:i|you) (?:know|tell|recogni\w+|spot)|if (?:\w+ ){1,2}ever|family history|(?:is|are|can|could|doe|do|would|will) (?!my |his |her |this |that |it |he |she |i |these |those )(?:\w+ ){1,6}(?:a|an|the) (?:warning |early |common |classic |typical )?(?:sign|symptom|side effect|feature|cause) (?:of|in|with|for)|why (?:do|are|doe|is|should) (?:people|patient|someone|doctor|anyone|folk)|(?:who|whom|where|which number) (?:do|should|can|would) (?:i|we) (?:call|ring|contact|phone|go)(?: \w+)* if|if (?:it|they|the \w+) (?:happens|come|comes|came) (?:again|back)|in case|(?:the|what|which|exact) (?:date|year|month)|which (?:week|day|hospital|ward|doctor)|on (?:my|the) (?:\w+ )?list|died|when should i)(?!\S)"
