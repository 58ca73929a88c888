"""Messages that only tell how somebody is, or ask what to do about it: the net under the topics of `red_flags`.

Whoever asks about a record says so. A patient who tells of something wrong, or of a body and of a time, and asks nothing of the
record, is told that nobody here can judge it and whom to call, whatever the words. It names no topic and judges no severity.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re

from chartcite.engine.red_flag_reading import Clause, Heard, asks_record, asserts, is_past


def tells_complaint(heard: Heard) -> bool:
    """Say whether a patient's message tells of an ailment of now and asks nothing but what to do."""
    clauses = heard.clauses
    told = [clause for clause in clauses if not clause.asks]
    if not told or any(not (_ASKS_ADVICE.search(clause.text) or _IS_WORRY.search(clause.text)) for clause in clauses if clause.asks):
        return False
    if any(_is_of_record(clause) for clause in clauses):
        return False
    text = " , ".join(clause.text for clause in told)
    if _WRONG.search(text) is None and (_BODY.search(text) is None or _ONSET.search(text) is None):
        return False
    return any(_asserts(clause) for clause in told)


def _is_of_record(clause: Clause) -> bool:
    if _ASKS_ADVICE.search(clause.text):
        return False
    return is_past(clause.text) or asks_record(clause) or _REQUESTS.search(clause.text) is not None


def _asserts(clause: Clause) -> bool:
    return asserts(clause.text) or _WRONG.search(clause.text) is not None


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{words})(?!\S)")


_ASKS_ADVICE = _any(
    r"(?:what|wat) (?:should|shall|do|can|to|must|would) (?:i|we|you|do)(?: do)?|(?:should|shall|must|do) (?:i|we|he|she|they) (?:need|call|ring|phone|go|come|take|wait|worry|be|bring|get|see|give|try|have to|just)|is (?:it|this|that) (?:normal|serious|ok|okay|bad|dangerous|safe|urgent|an? \w+|something|anything|worth|just|my|the|gonna|going)|can (?:it|this|that|i) (?:wait|be|go to bed|sleep|leave)|help|worried|please (?:help|advi\w+)|any (?:idea|advice|thought)|(?:do|should) (?:i|we) (?:worry|panic)|what (?:is|can) (?:it|this|that|wrong|happening|going on|be)|whats (?:wrong|happening|going on|this|that)|or (?:what|is it|just)"
)
_IS_WORRY = _any(r"or not|or (?:what|wait)|why (?:is|am|are|do|doe|cant|wont) (?:my|i|he|she|it|this)")
_REQUESTS = _any(
    r"i (?:just )?(?:need|want|would like) (?:the|to (?:know|see|ask|check|book|cancel|change|get|find)|a copy|copy|my|an? (?:copy|appointment|letter|list|repeat|refill))|looking for|(?:can|could|would) (?:you|i|we|someone) (?:see|have|get|show|send|tell|list|find|check|book|please|download|print|change|order|confirm|still)|show me|list|give me|send me|tell me|which|when is|when wa|where|how (?:much|many|long|often)|repeat prescription|refill|prescription|appointment|record|chart|result|note|letter|form|review|address|thank|thanks|insurance|parking|bill|portal|password|login|booking|figurative"
)
_BODY = _any(
    r"head|face|eye|ear|nose|mouth|lip|tongue|tooth|teeth|gum|jaw|throat|neck|shoulder|arm|elbow|wrist|hand|finger|thumb|chest|breast|brest|rib|heart|lung|breath\w*|back|spine|belly|tummy|stomach|abdomen|gut|inside|side|groin|hip|leg|thigh|knee|calf|ankle|foot|feet|toe|heel|skin|muscle|bone|bum|bottom|penis|vagina|testicle|ball|nut|scrotum|bladder|bowel|poo|wee|pee|urine|stool|period|blood\w*|pulse|brain|body|vein|sight|vision|speech|word|voice|balance|temperature|temp|sugar|pressure|bp|scar|wound|stitch\w*|cut|bump|baby|nappy|pupil|rash|spot|lump|port|drip|catheter|airway|windpipe|private|saddle|mind|thought|life|myself|himself|herself|pill|tablet|medicine|insulin|dose|smile|sick"
)
_WRONG = _any(
    r"cant|wont|wouldnt|isnt|doesnt|hasnt|havent|not|no|barely|hardly|stopp\w+|never|nothing|lost|gone|went|turn\w*|pain\w*|hurt\w*|ach\w*|agony|sore|burn\w*|sting\w*|stab\w*|sharp|throb\w*|pressure|tight\w*|heavy|squeez\w*|crush\w*|numb\w*|tingl\w*|dead|weak\w*|limp|floppy|jelly|droop\w*|wonky|crooked|slur\w*|jumbl\w*|muddl\w*|confus\w*|nonsense|gibberish|rubbish|drows\w*|sleepy|faint\w*|dizz\w*|collaps\w*|black\w*|blue|gray|purple|white|yellow|green|red|pale|mottled|blotch\w*|clammy|sweat\w*|shiver\w*|shak\w*|jerk\w*|twitch\w*|stiff\w*|rigid|hard|swell\w*|swollen|puff\w*|bloat\w*|balloon\w*|leak\w*|pour\w*|drip\w*|gush\w*|soak\w*|ooz\w*|burst\w*|split\w*|open\w*|peel\w*|blister\w*|sick|vomit\w*|throw\w*|threw|puk\w*|hot|boiling|fever\w*|cold|freezing|ice|icy|temp\w*|gasp\w*|pant\w*|wheez\w*|chok\w*|froth\w*|foam\w*|drown\w*|cough\w*|bleed\w*|clot\w*|racing|fast|slow|flutter\w*|pound\w*|thump\w*|bang\w*|hit|fell|fall\w*|rolled|dropped|crash\w*|knock\w*|broke\w*|snap\w*|pop\w*|crack\w*|twist\w*|torn|tear\w*|rip\w*|swallow\w*|drank|took|ate|stuck|stung|bit|bitten|wrong|mistake|accident\w*|double|blur\w*|dark|flash\w*|floater\w*|shadow|curtain|blind\w*|scream\w*|cry\w*|groan\w*|moan\w*|grunt\w*|unwell|ill|terribl\w*|horribl\w*|awful|worse|worst|weird|strange\w*|funny|odd|bad\w*|severe\w*|scared|dying|die|kill\w*|suicid\w*|harm\w*|hit\w*|beat\w*|punch\w*|chok\w*|rap\w*|knife|gun|dehydrat\w*|sunken|thirst\w*|itch\w*|hive\w*|infect\w*|smell\w*|pus|stagger\w*|wobbl\w*|spin\w*|tremb\w*"
)
_ONSET = _any(
    r"now|right now|just|sudden\w*|today|tonight|this (?:morning|afternoon|evening)|ago|since|all of a sudden|woke|minute|hour|min|hr|last night|yesterday|keep\w*|still|again|getting|out of nowhere|overnight|all day|all night|within|seconds?|started|begin\w*|began|quick\w*|after|when i|every time|for \d+|for (?:a|an|two|three|the)|very|so|really|too|such|whole|everywhere|like"
)
