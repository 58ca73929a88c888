"""Amounts by which something changed: "how many lbs has he put back on?", "kg lost, admission to discharge", "by how much is she down?"."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator

from chartcite.engine.dates.periods import MONTH
from chartcite.engine.language.cues import Cue

_WEIGHED = r"kgs?|kilos?|kilogram(?:me)?s?|lbs?|pounds|stones?"
_TALL = r"cms?|centimet(?:er|re)s?|inch(?:es)?"
_PUT = r"(?:put(?:ting|s)?|pil(?:ed|ing|es?)|pack(?:ed|ing|s)?)(?:\s+\w+){0,2}?\s+on"
_CAME = r"(?:come|came|coming|gone|went|go|going|been|is|are|was|were)(?:\s+\w+){0,2}?\s+(?:down|up|off)"
_CHANGED = (
    rf"(?:los[et]|losing|loss|gain(?:ed|ing|s)?|shed(?:ding|s)?|dropp?(?:ed|ing|s)?|regain\w*|grow(?:n|th|ing|s)?|grew|shr[aiu]nk\w*|f[ae]ll(?:en|ing|s)?|r[io]sen?|rising|increas\w+|decreas\w+|declin\w+|improv\w+|reduc\w+|chang\w+|swing|swung|differ\w*"
    rf"|heavier|lighter|taller|shorter|higher|lower|down|up|{_PUT}|{_CAME})"
)
_ASKS = r"(?:\b(?:by )?how (?:many|much)(?: more| fewer| less)?|\b(?:total|net|number of|no\.? of|the)|^\W*)"
_AMOUNT = Cue(
    rf"{_ASKS}\s*\b(?P<unit>{_WEIGHED}|{_TALL})\b(?P<of>\s+(?:of|in)\s+(?:body\s+)?(?:fluid|weight|height|water|body mass))?(?=(?:\s+[\w’'-]+){{0,9}}?\s+{_CHANGED}\b)"
)
"""Asks for kilos lost or centimetres grown, and no amount that is written ("4 kg lost")."""
_IS_TALL = Cue(_TALL)
_BY_HOW_MUCH = Cue(rf"\bby how (?:much|many)\b(?=[^?.;]*?\b{_CHANGED}\b)|\bnet (?:change|loss|gain|rise|fall|drop)\b")
_OF_GIRTH = Cue(
    r"\b(?:waist|girth|belly|hips?|circumference|lesion|nodule|mass|ulcer|wound|tumou?r|cyst|aneurysm|node|lump|dilat\w*|cervix)\b"
)


_PERSON_LOST = Cue(
    r"\b(?P<lead>how much) (?P<rest>(?:has|have|had|did) (?:he|she|i|they|mum|mom|dad|(?:my|his|her) \w+|the patient|pt|[A-Z][a-z]+) (?:\w+ ){0,2}?(?:los[et]|gain(?:ed)?|shed|regain(?:ed)?|put (?:back )?on)"
    r"(?=\W*$|\s+(?:since|in|over|from|between|after|before|this|last|so far|altogether|overall|on|with|during|by|all|now|to date)\b))"
)
"""Asks how much somebody lost, and names nothing: that is weight."""
_BLOOD = Cue(
    r"\b(?:blood|bleed\w*|operation|surgery|theatre|op|births?|delivery|section|labou?r|hearing|vision|sight|hair|memory|money|fluid|miscarr\w*)\b"
)


def with_measure(text: str) -> str:
    """Name the measure that kilos or centimetres alone stand for: "kg shed" is "kg of weight shed"."""
    match = _AMOUNT.search(text)
    if match is None and not _BLOOD.search(text):
        return _PERSON_LOST.sub(lambda found: f"{found['lead']} weight {found['rest']}", text, count=1)
    if match is None or _OF_GIRTH.search(text):
        return text
    measure = _measure(match["unit"])
    rest = text[match.end() :]
    if Cue(rf"\b{measure}\b").search(f"{match['of'] or ''} {rest}"):
        return text
    return f"{text[: match.end('unit')]} of {measure}{rest}"


def _measure(unit: str) -> str:
    return "height" if _IS_TALL.fullmatch(unit) else "weight"


def asks_amount_changed(text: str) -> bool:
    """Say whether it is asked by how much something changed."""
    return _AMOUNT.search(text) is not None or _BY_HOW_MUCH.search(text) is not None


_MOMENT = rf"(?:admission|admitted|arrival|presentation|discharged?|d/c|dc|booking|birth|delivery|baseline|diagnosis|dx|heaviest|lightest|highest|lowest|peak|nadir|max(?:imum)?|min(?:imum)?|first|earliest|last|latest|newest|(?:most )?recent|now|today|current|start|end|visit|clinic|review|appointment|surgery|operation|{MONTH}|['’]?\d\d(?:\d\d)?)"
_ENDS = Cue(
    rf"(?:(?:\b(?:from|between)|[,;:(–—-])\s+)(?P<one>[^?;]*?\b{_MOMENT}\b[^?;,]*?)\s*(?:\b(?:to|and|until|till|through)\b|-+>|→|–|—)\s*(?P<other>[^?;]*?\b{_MOMENT}\b[^?;]*)"
)
_EXTREME = r"(?:lowest|lightest|highest|heaviest|peak|nadir|max(?:imum)?|min(?:imum)?|first|earliest)"
_SINCE_EXTREME = Cue(
    rf"\b(?:since|from|off|after|below|above|under|over|than)\s+(?:(?:the|his|her|my|their|that)\s+)?(?P<one>(?:all-time )?{_EXTREME})\b"
)
_SAID_AS = {"heaviest": "highest", "lightest": "lowest"}
_SUPERLATIVES = Cue(r"\b(?P<word>heaviest|lightest)\b")


def ends_of_change(text: str) -> Iterator[tuple[str, ...]]:
    """Cut "kg lost, admission to discharge", "how many kilos has he put on since his lowest?" into a question for each end."""
    asked = _AMOUNT.search(text)
    if asked is None or _OF_GIRTH.search(text):
        return
    measure = _measure(asked["unit"])
    ends = _ENDS.search(text, asked.end())
    if ends is not None:
        yield f"{measure} {_at(ends['one'])}", _at(ends["other"])
    extreme = _SINCE_EXTREME.search(text)
    if extreme is not None:
        yield f"{measure} {_at(extreme['one'])}", "latest"


_EVENT = Cue(r"^(?:the )?(?:ed |er |a&e |hospital )?(?:admission|arrival|discharge|presentation|d/c|dc)\b")


def _at(words: str) -> str:
    words = _SUPERLATIVES.sub(lambda match: _SAID_AS[match["word"].lower()], words.strip(" ,"))
    words = Cue(r"\b(?:d/c|dc)\b").sub("discharge", words)
    words = Cue(r"\b(?:recorded |ever |known )?(?:weight|height)\b").sub(" ", words)
    return f"at {words.strip()}" if _EVENT.match(words) else words.strip()
