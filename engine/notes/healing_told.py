"""Whether a wound or a bone has healed ("is the fracture united?"), told by the newest notes and reports that say so."""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import Intent
from chartcite.engine.visits.described import holds

ROUTE = "near_quote"
MOST_TOLD = 2
_ASKS = Cue(
    r"\b(?:heal(?:ed|ing|s)?|unit(?:ed|ing|e)|mend(?:ed|ing)?|knit(?:ted|ting)|non-?union|(?:bony|bone|fracture) union)\b"
)
_NOT_ASKED = frozenset({Intent.REASON, Intent.WHO, Intent.COUNT, Intent.DURATION, Intent.SUMMARY, Intent.AGE})
_ELSE = Cue(r"\b(?:ulcers?|sores?|how long|why|help|speed|advice|diet|should|cream)\b")
_WOUND = Cue(r"\b(?:wounds?|scars?|incisions?|stitches|sutures|clips|staples|cuts?|surgical site|(?:operation|op) site)\b")
_WOUND_TOLD = Cue(
    r"\b(?:wounds?|scars?|incisions?|stitches|sutures)\b[^.;]{0,40}\b(?:heal\w*|dry|clean|intact|closed|dehisc\w*|gap(?:ing|ed)|open|ooz\w*"
    r"|infected|slough\w*|granulat\w*)\b|\b(?:well[- ]healed|healed|healing|clean|dry|intact|open|infected) (?:\w+ )?(?:wounds?|scars?|incisions?)\b"
)
_BONE = Cue(r"\b(?:fractures?|bones?|breaks?|#)\b|\bx-?rays?\b")
_BONE_TOLD = Cue(
    r"\b(?:fractures?|bones?|callus|cortices|x-?rays?|xr)\b[^.;]{0,60}\b(?:unit(?:ed|ing)|union|non-?union|healed|healing|consolidat\w+|bridging|callus)\b"
    r"|\b(?:unit(?:ed|ing)|healed|healing|bridging|early|abundant) (?:\w+ )?(?:fractures?|callus|bones?)\b|\b(?:bony|non-?)\s?union\b"
)
PARTS = tuple(
    Cue(rf"\b(?:{words})\b")
    for words in (
        r"tib\w*|fib\w*|shins?|leg", r"wrists?|radi(?:us|al)|colles\w*|forearms?", r"hips?|femor\w*|femurs?|nof|thighs?", r"ankles?|malleol\w*",
        r"shoulders?|humer\w*|upper arm", r"collar ?bones?|clavic\w*", r"elbows?|olecranon|ulna\w*", r"ribs?", r"spine|spinal|vertebra\w*|back",
        r"hands?|fingers?|thumbs?|metacarp\w*|scaphoid", r"foot|feet|toes?|metatars\w*", r"knees?|patella\w*|tkr|tka", r"pelvi\w*", r"abdom\w*|tummy|belly|c-?section",
    )
)  # fmt: skip
"""Parts of the body by the words that name them."""


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    day: str


def told_healing(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Quote the newest sentences on the healing of the wound or the bone that is asked of; empty: it is not asked, or none tells."""
    plan = plans[0]
    asks = _ASKS.search(text) is not None and _ELSE.search(text) is None
    if len(plans) != 1 or not asks or plan.family or plan.window is not None or plan.intent in _NOT_ASKED:
        return []
    parts = [part for part in PARTS if part.search(text)]
    wound = _WOUND.search(text) is not None
    if not (wound or _BONE.search(text) or parts):
        return []
    records = reading.shelves.records
    found = sorted(
        _sentences(list(records.all_passages(reading.scope)), _WOUND_TOLD if wound else _BONE_TOLD, parts),
        key=lambda each: each.day,
    )
    newest = [each for each in found if each.day == found[-1].day]
    return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in newest[:MOST_TOLD]]


_ASKS_HOW_LONG = Cue(
    r"\bhow (?:long|many (?:days|weeks|months)|soon|quick(?:ly)?)\b[^?;]*\b(?:heal\w*|go(?:ne)? down|went down|settle[sd]?|clear(?:ed)?(?: up)?|resolve[sd]?|recover\w*|recovery|get(?:ting)? (?:better|over|back)|got (?:better|over)|back to normal|mend(?:ed)?|disappear\w*|go(?:ne)? away)\b"
)
_TOOK = Cue(
    r"\b(?:took|taken|needed|over|within|after|for|in)\s+(?:about |around |some |nearly |almost |over |just |a further )?(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|a few|a couple of)(?:\s*(?:-|to|or)\s*\w+)?\s*-?(?:days?|weeks?|wks?|months?|mths?|years?|/52|/7|/12)\b"
)
_GOT_BETTER = Cue(
    r"\b(?:heal(?:ed|ing)?|go(?:ne)? down|went down|settled?|clear(?:ed)?|resolved?|recover\w*|(?:got|get|getting) (?:better|over|back)|back to (?:normal|baseline|work)|disappeared|gone|went away|united)\b"
)
_OF_TIME = frozenset(
    forms(
        "how long many days weeks months did it take took for the a an his her their my after before to until go down heal get better over back recover recovery settle clear up resolve was were is be been normal from of in he she they soon quick quickly away gone mend"
    )
)


def told_recovery(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Quote the sentences that say how long something took to heal or go down; empty: it is not asked, or none says so."""
    plan = plans[0]
    if len(plans) != 1 or not _ASKS_HOW_LONG.search(text) or plan.family or plan.upcoming:
        return []
    words = [word for word in dict.fromkeys(forms(text)) if word not in _OF_TIME]
    records = reading.shelves.records
    best: list[tuple[int, Passage, Sentence]] = []
    for passage in records.all_passages(reading.scope):
        for sentence in passage.sentences if passage.resource.startswith("DocumentReference/") else ():
            said = passage.sentence_text(sentence)
            if sentence in passage.commands or not (_TOOK.search(said) and _GOT_BETTER.search(said)):
                continue
            held = frozenset(forms(said))
            shared = sum(holds(word, held, held) or bool(noted_as(word) & held) or _called(word, plan, said) for word in words)
            best.append((shared, passage, sentence))
    most = max((shared for shared, _passage, _sentence in best), default=0)
    if not words or most < min(2, len(words)):
        return []
    told = [(passage, sentence) for shared, passage, sentence in best if shared == most]
    return (
        [quote_sentence(passage, sentence, records, route=ROUTE) for passage, sentence in told[:1]]
        if len(told) <= MOST_TOLD
        else []
    )


def _called(word: str, plan: Plan, said: str) -> bool:
    """Say whether a sentence calls by another name what a word of the question names: "bruise" and "haematoma"."""
    return any(word in forms(target.words) and target.find(forms(said)) is not None for target in plan.targets)


def _sentences(passages: Sequence[Passage], told: Cue, parts: Sequence[Cue]) -> Iterator[_Told]:
    """Yield the sentences that tell of healing; where a part is named, those that name it, or whose note bears its name."""
    for passage in passages:
        known = passage.occurred or passage.recorded
        for sentence in passage.sentences if known is not None else ():
            said = passage.sentence_text(sentence)
            if sentence in passage.commands or said.rstrip().endswith("?") or not told.search(said):
                continue
            about = f"{passage.title} {said}"
            if known is not None and (not parts or any(part.search(about) for part in parts)):
                yield _Told(passage, sentence, known.day)
