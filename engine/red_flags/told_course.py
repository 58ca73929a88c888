"""How a sign has gone on, as facts of the sign itself: unchanged for years, over and back to normal, small by a measure, denied.

An opinion ("probably nothing", "he says it is fine") is no such fact and is not read. Each reading gives the clauses that it covers;
`calm_readings` decides which topics it may quiet.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re

from chartcite.engine.red_flags.red_flag_reading import Clause, Heard, states
from chartcite.engine.red_flags.told_history import pattern
from chartcite.engine.red_flags.wrong_words import WRONG

_LONG = r"(?:\d+ (?:odd |or so )?|two |three |four |five |six |seven |eight |nine |ten |twelve |fifteen |twenty |thirty |forty |many |donkey |several |some |a few |a couple of |a good few )(?:year|yr|decade)"
_CONSTANT = (
    r"(?<!\S)(?:same (?:as|since|for|like) (?:it |they |he |she |i |we )?(?:ever|alway|usual|before|normal|last (?:year|summer|winter|time)|ha(?:s|ve)? ?(?:alway )?(?:been)?|have|wa|was|were|always)|(?:both|all|exactly|much|just) the same|no (?:worse|different|better|change)(?: (?:no|nor|or|than|from|in|since|lately|at all)| \w+ (?:better|worse))?|neither better nor worse|nothing (?:different|new|unusual)|just as (?:\w+) as (?:it )?(?:wa|was|ever|alway)|as per usual|nothing like as \w+|(?:not|no longer|nowhere near|never) (?:quite |nearly |half )?(?:so|as) (?:bad|often|much|many|strong)"
    r"|(?:not|never|hasnt|havent|isnt|doesnt|didnt) (?:really |at all |ever )?(?:chang\w+|gone? (?:up|down|worse)|got (?:any )?worse|getting (?:any )?worse|worsened|grown|moved|different|any (?:worse|different))|unchanged|nothing (?:has |ha )?changed|like clockwork|(?:been|always|alway) (?:like|so|that way)(?: (?:that|this|it))?(?: for| since| ever| all|$)|as (?:long as|far back as) i (?:can )?remember|as (?:it )?(?:ever|alway) (?:is|was|ha)?|same old same old)(?!\S)"
)
_LASTING = rf"(?<!\S)(?:(?:for|over|since|about|past|last|these|nearly|around|the last|the past) (?:the |about |nearly |around |over |last |past |almost |like |a |good )*{_LONG}|{_LONG} (?:now|standing|or more)|{_LONG}$|for (?:year|age|decade|donkey)(?: and year)?|since (?:(?:i|he|she) was|uni|school|university|college|childhood|(?:the |my )?army|birth|my (?:twenties|thirties|teen\w*|20|30|youth)|(?:19[3-9]\d|20[01]\d|202[0-3])|(?:the|my|an) (?:\w+ ){{0,2}}(?:in|of) (?:19|20)\d\d)|all my life|(?:every|each) (?:summer|winter|spring|autumn|fall|year|hay season|pollen season|period|month)|(?:once|twice|two times|three times|few times|couple of times) (?:a|every) (?:year|month)|from (?:birth|childhood|infancy))(?!\S)"


def constant_clauses(heard: Heard) -> set[int]:
    """Return the clauses of the sentences that tell an unchanged state, and of those before them."""
    return _with_sentence_before(heard, _CONSTANT)


def lasting_clauses(heard: Heard) -> set[int]:
    """Return the clauses of the sentences that tell what has been for years or comes every year, and of those before them."""
    return _with_sentence_before(heard, _LASTING)


def _with_sentence_before(heard: Heard, told: str) -> set[int]:
    held = {clause.sentence for clause in heard.clauses if states(clause) and pattern(told).search(clause.text)}
    held |= {number - 1 for number in held}
    return {clause.start for clause in heard.clauses if clause.sentence in held and states(clause)}


_WELL = r"(?:normal|fine|well|ok|okay|grand|great|good|perfect|right as rain|clear|happy|himself|herself|myself|better|alright|all right|no bother|right)"
_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|next day|day after|morning|evening|weekend|then|that|week|few day|two day|a day|an hour|\d+ \w+)"
_RECOVERED = (
    rf"(?<!\S)(?:gone(?: away| off| down| again| completely)? (?:with|in|within|after|since|by|inside|next|quickly|now|on its own|without|when|once)|(?:loosened|worn|calmed|died|simmered) (?:off|down|away)|(?:chest|lung|wound|scar|skin|stitch|stitche) (?:is |are |wa |was |all )*(?:clear|dry|flat|clean|out|healed)|(?:went|goe|go|going|wore|passed|cleared|faded|settled|eased)(?: away| off| down| up)? (?:in|within|after|by|with|on (?:its|their) own|overnight|quickly|straight away|inside|soon|when|once|itself)|(?:none|nothing|no more|no further|not again|not happened|no repeat|no other|never again|hasnt happened|hasnt come back|havent had (?:any|one|it)|not had (?:any|one|it))(?: \w+){{0,3}}? since"
    rf"|{_WELL} (?:today|now|since(?! \w+ing)|again|afterward\w*|straight after|the next|once (?:i|he|she|we)|(?:by|within) \w+)|(?:all|completely|back to|perfectly|totally) {_WELL}|(?:then|and) (?:he |she |it |i |they )?(?:wa |was |were |is |am |been )?(?:absolutely |totally |perfectly )?(?:fine|normal|ok|okay|grand|right as rain)|stopped (?:(?:on )?{_DAY}|after|with|in|by|within|straight|on its own|itself|quickly|bleeding (?:in|after|within)|and)|stopped$|been (?:himself|herself|myself|fine|well|grand|ok|okay|normal|good|happy|right as rain)(?: \w+)? since|(?:fever|temp|temperature) (?:broke|came down|gone|went|settled|back)"
    r"|heal\w+(?: up| over)?|crusted(?: over)?|scabbed(?: over)?|dried up|cleared(?: up)?|settled|resolved|recovered|(?:back (?:at|to|in|on|into)|returned to) (?:\w+ )?(?:work|school|nursery|normal|himself|herself|play\w*|throwing|feeding|training|running|usual|class|football)|(?:came|come|went|gone|rose|up|back) (?:back )?(?:up|down|to) (?:to )?\d[\d.]*|(?:stayed|staying) (?:there|down|up|normal|fine|put|steady)|closed up|edge closed|came out whole|reassured|(?:eating|drinking|playing|feeding|sleeping|running about|running around)(?: (?:and|,))?(?: (?:eating|drinking|playing|sleeping|feeding|grand|fine|well|normally|happily|toast\w*|again|ok|okay))+|came back (?:all )?(?:normal|clear|fine|negative|ok|okay|unchanged)|(?:was|were|is|are) (?:both |all )?(?:normal|clear|negative|unchanged|fine))(?!\S)"
)


def recovered_clauses(heard: Heard) -> set[int]:
    """Return the clauses of sentences that tell that what was is over: a state of normal, absent or healed, and since when.

    The sentence before is meant too where the recovery names nothing of its own ("gone in an hour", not "my cold is gone").
    """
    over = [clause for clause in heard.clauses if states(clause) and _is_recovery(clause)]
    held = {clause.sentence for clause in over}
    held |= {clause.sentence - 1 for clause in over if pattern(_NAMED).match(clause.text) is None}
    return {clause.start for clause in heard.clauses if clause.sentence in held and states(clause)}


_NAMED = r"(?:my|his|her|the|our|their) (?!(?:temp|temperature|fever|pain|rash|swelling|bleeding|sign|symptom|thing)(?!\S))\w+"


def _is_recovery(clause: Clause) -> bool:
    if pattern(_NOT_OVER).search(clause.text) or pattern(_OPINION).search(clause.text):
        return False
    return pattern(_RECOVERED).search(clause.text) is not None


_OPINION = r"(?<!\S)(?:say|says|saying|said|tell|tells|telling|told|reckon\w*|think|thinks|thought|sure|probably|prob|maybe|hopefully|claim\w*|insist\w*|swear\w*|guess|suppose|according|apparently|seem\w*)(?!\S)"
_NOT_OVER = r"(?<!\S)(?:not (?:healed|healing|settled|cleared|resolved|back|recovered)|wont (?:heal|settle|clear|go)|isnt|hasnt (?:healed|settled|cleared|resolved|gone)|never (?:healed|settled|cleared)|come back|came back (?:again|today|worse)|back again|until|still)(?!\S)"
_SMALL = r"(?<!\S)(?:tiny|teeny|small|slight|slightly|mild|mildly|minor|faint pink|pinprick|pea sized|superficial|size of (?:a|an) (?:\w+ of )?(?:pea|rice|pin|lentil|pinhead|match head|5p|penny)|grain of rice|(?:can |able to |still )?(?:walk|weight bear|weightbear|put weight|stand|bend|move|hop|run|grip)\w* (?:\w+ ){0,3}?(?:fine|ok|okay|normally|easily|well|no bother|without pain|alright)|(?:can|able to) (?:walk|move|bend|weight bear|put weight)|(?:only|just) (?:a |an |one |the )?(?:small |little |tiny |bit )?(?:bruise|graze|scratch|nick|bump|spot|mark|bite|itch|sniffle|cold|ache|stiff\w*|dribbl\w*|heartburn|blister|sore)|a (?:bit|touch|tad) (?:sore|stiff|red|itchy|achy|tender|bruised|swollen|puffy|dry))(?!\S)"


def small_clauses(heard: Heard) -> set[int]:
    """Return the clauses of the sentences that tell something small by a measure of it."""
    held = {clause.sentence for clause in heard.clauses if states(clause) and pattern(_SMALL).search(clause.text)}
    return {clause.start for clause in heard.clauses if clause.sentence in held and states(clause)}


_FUNCTION = r"(?:breath\w*|pulse|feeling|sensation|respon\w*|urine|wee|pee|poo|movement|moving|moved|move|air|energy|strength|power|control|appetite|sleep\w*|slept|memory|making|make|myself|himself|herself|right|well|ok|okay|good|better|normal|help\w*|relief|wak\w*|eat\w*|drink\w*|drank|feed\w*|able|answer\w*|stop\w*|work\w*|sure|only|warning|idea|getting better|going|kick\w*|coming|come|with|here|bending|been able|settl\w*|improv\w*|eas\w*|want|know|think|let|wet|tears?|period|flow|output|interest|hope|reason|way|point|where|one|longer want)"
_TROUBLE = r"(?:problem|trouble|difficult\w*|issue|bother|pain|sound|noise|concern|shortness|less\w*)"
_DENIAL = rf"(?<!\S)(?:no|not|never|without|didnt|doesnt|dont have|dont get|hasnt|havent had|havent|nor|isnt|wasnt|zero|denie|deny|arent) (?!(?:\w+ )?{_FUNCTION}(?!\S)(?! {_TROUBLE}))(?:(?!(?:but|however|only|just|although|except|now|so|and (?:i|my|he|she|his|her|now|the))(?!\S))\S+ ?)+"


def without_denials(text: str, /) -> str:
    """Return a clause without what it denies; the loss of a function ("no pulse", "not breathing") stays."""
    return pattern(_DENIAL).sub("", text).strip()


_DENIALS_ENOUGH = 3
_MOST_LEFT = 3


def denied_clauses(heard: Heard) -> set[int]:
    """Return all clauses of a message that denies three signs and more, or two and tells that all works, and tells little else."""
    told = [clause.text for clause in heard.clauses if states(clause)]
    rest = [without_denials(text) for text in told]
    denials = sum(len(re.findall(pattern(_DENIAL), text)) for text in told)
    works = any(pattern(_ALL_WORKS).search(text) for text in rest)
    left = pattern(_ALL_WORKS).sub("", " , ".join(rest))
    if denials + works < _DENIALS_ENOUGH or len(list(WRONG.finditer(left))) > _MOST_LEFT:
        return set()
    return {clause.start for clause in heard.clauses if states(clause)}


_ALL_WORKS = rf"(?<!\S)(?:(?:feel\w*|am|is|are|all|doing|been|feeding|eating|drinking|sleeping|walking|playing|vision|speech|leg|arm|kicking|moving|pee and poo|wee and poo|pee|poo|hearing|breathing) (?:and \w+ )?(?:\w+ ){{0,2}}?(?:normal\w*|fine|well|ok|okay|grand|great|good|strong|perfect\w*|happy|healthy)|happy|no symptom|asymptomatic|symptom free|pain free|healthy|(?:eating|drinking|feeding|playing)(?: and \w+)?|{_WELL} in (?:myself|himself|herself))(?!\S)"
