"""Questions for the story of a thing, rather than for one particular of it: "sum up her kidney disease", "how was the AF managed?"."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.questions.plans import Target

_SUMS_UP = Cue(
    r"\b(?:(?<!discharge )(?<!d/c )(?<!dc )(?<!visit )(?<!care )(?<!transfer )summar(?:y|ies)|summari[sz]\w*|sum(?:ming)?[- ]up|sum (?:\w+ ){1,4}up|overview|recap\w*|synopsis|rundown|run-down|low-?down|gist|(?:potted|short|brief|quick) (?:\w+ ){0,2}(?:history|story|background)|in (?:a nutshell|brief|short|summary|a few (?:lines|words|sentences))|"
    r"brief(?:ly)?(?: me)?(?: on)?(?! (?:psychotic|resolved|intervention|episodes?|loss|pain|resuscit\w*|reactive|pain inventory))|short version|big picture|the picture (?:with|of|on)|picture in|up to speed|(?:fill|clue) me in|catch me up|bring me up[- ]to[- ]date|"
    r"stor(?:y|ies)|saga|background (?:on|of|to|about|behind)|state of play|where are we(?= now| at|\W*$)|where (?:are we|do we stand|do things stand|(?:is|are|does) (?:\w+ ){1,4}(?:at|stand)) (?:with|on)|where (?:do|does|did|is|are) (?:the|her|his|my|their) (?:\w+ ){1,3}(?:stand|got to)\b|where (?:things|it|she|he|they|we) (?:stand|stands|stood|are at)\b|(?:get|got) me up to speed|(?:short |quick |brief )?(?:hand-?over|hand over|sign-?out)(?= (?:on|of|about|re|for (?:the|this|that|my|her|his)\b))|what do we know (?:about|of)|(?:walk|run|talk|take|go)(?:ing)? (?:me |us )?(?:through|thru)|"
    r"(?:main|key) (?:points|events|facts|issues) (?:of|in|from|about|during|on)|highlights|headlines (?:of|on|from|about)|take-?aways? (?:of|on|from|about)|tl;?dr|bottom line (?:of|on|from|about|with)|upshot of|narrative (?:of|on|about)|paragraph (?:of|on|about)|(?:a|one|single|short) (?:short )?paragraph|outline|at a glance|(?:sketch|account|résumé|resume) (?:of|on)|hand-?off (?:of|on|about|for|re)|in (?:one|two|three|four|five|\d)(?: or (?:two|three|four|five|so))? (?:short )?(?:lines?|sentences?|paragraphs?|points|bullets)|(?:one|two|three|four|five|six|few|\d) (?:plain |short |simple )?(?:lines|sentences)|snapshot of|thumbnail of|digest of|precis|précis|timeline|chronology|(?:hospital|clinical|disease|illness) course|course of (?:the|her|his|their|my|this)(?! (?:steroids?|antibiotics?|prednis\w+))|"
    r"tell me (?:all |everything |the story )?about|everything (?:about|on)|the (?:deal|business|matter) with|the whole|journey|(?:from )?start to finish|from (?:the )?(?:start|beginning|outset))\b",
)
"""Asks for all of a thing."""
_MANAGED = Cue(
    r"\bhow (?:has|have|had|was|were|is|are|did|do|does|'s)\b[^?.;]*?\b(?:managed?|treated|handled?|dealt with|looked after|approached|evolved?|progressed|unfold\w*|played? out|pan(?:ned)? out|come along|came along|turn(?:ed)? out)\b"
    r"|\bhow (?:did|has|have|is) (?:\S+ ){0,2}?(?:things|it all|it|that|this|everything) (?:go|gone|going|went|develop\w*|end\w*)(?: up)? (?:with|on|in|at|during)\b"
    r"|\bhow (?:it was |was it )?(?:treated|managed|handled) and how\b|\bhow the \S+ (?:\S+ ){0,6}?(?:turned out|went|ended|was (?:managed|handled|treated))\b"
    r"|\bwhat (?:happe?n?e?d|went on|was found|was wrong),? and what (?:was|were|did|has been|they) (?:\S+ ){0,2}?(?:done|do|did|made)\b|\bwhat (?:was|has been|is being) (?:made|done) of it\b"
    r"|\W[-–—:,]?\s*how (?:(?:was|is|were) (?:it|he|she|they) )?(?:treated|managed|handled)\b|\bhow did (?:it|that|things) (?:all )?go\W*$|\bwhat happe?n?e?d\W*$"
    r"|\bmanagement (?:of|to date|so far)\b"
    r"|\bwhat(?: has|'s|s)? (?:happened|became|become|been happening|been going on|going on|went on|'s happening)(?: (?:so far|to date|up to now|over (?:the years|time)))? (?:with|to|of|about|around|over)\b"
    r"|\bwhat(?: has|'s|s| have)? been (?:tried|(?:done|going on|happening)\b[^?.;]*?\b(?:about|for|with))\b",
)
"""Asks how a thing went, or what was done about it."""
_WENT = Cue(
    r"\bhow (?:has|have|had|did|is) (?:his|her|their|the|my|he|she) (?:\S+ ){1,6}?(?:gone|going|go|turned out|turn out|fare[d]?)\b",
)
"""Asks how a thing went; of a value, its trend is asked."""
_ATTEMPT = Cue(r"\b(?:attempts?|efforts?|try|tries|trying|battle|struggle|plan)\b")
_STAY = r"(?:admi(?:ssion|tted)|hospitali[sz]\w*|stay|inpatient|in (?:the )?hospital|discharge|surgery|operation)"
_AT_A_VISIT = Cue(rf"\bwhat (?:happened|went on|was done|went wrong|took place)\b[^?.;]*?\b{_STAY}\b")
"""Asks what happened at a visit."""
_PARTICULAR = Cue(
    r"^\W*when\b|(?:,|\band|\bor) when\b|\b(?:who|whom|whose|where (?:was|were|did|does|is)|why|how (?:many|much|long|often|old|big|high|low|bad)|(?:length|amount|period|stretch) of time|durations?|which|what (?:date|day|year|dose|time|kind|type|colou?r|size|brand|was said|were the words)|latest|newest|most recent|highest|lowest|"
    r"code status|happened since|since (?:her|his|the|their|my|our) (?:last|previous|prior)|next|totals?|scores?|values?|readings?|levels?|counts?|(?:treatment|medication|medicine|meds?|drug|dose|therapy) (?:changes|adjustments)|due|pending|overdue|family|mother|father|brother|sister|compare\w*|versus|vs|differ\w*|"
    r"job|work|home|hous\w+|insur\w+|driv\w+|living|liv(?:es?|ing) (?:situation|arrangement|alone|with)|wishes|hobb\w+|pets?)\b",
)
"""Asks for one particular, or of something else than illness and treatment."""


def asks_summary(text: str, targets: Sequence[Target]) -> bool:
    """Say whether a question asks for the story of what it names (a problem, a medicine, a visit)."""
    if targets and all(target.kind is ConceptKind.VACCINE for target in targets):
        return False
    measured = bool(targets) and all(target.kind is ConceptKind.MEASUREMENT or _tells_time(target, text) for target in targets)
    measured = measured and targets[0].kind is ConceptKind.MEASUREMENT
    if targets and targets[0].kind is ConceptKind.MEASUREMENT and _HAPPENED_TO.search(text):
        return False  # "what happened to her potassium after that?": how its values went
    went = _WENT.search(text) if not measured or _ATTEMPT.search(text) else None
    cued = _SUMS_UP.search(text) or _MANAGED.search(text) or _AT_A_VISIT.search(text) or went
    return cued is not None and _PARTICULAR.search(_without_lead(text)) is None


def _tells_time(target: Target, text: str) -> bool:
    """Say whether something is named only to tell the time: "how has her TSH been going since the thyroidectomy?"."""
    return (
        bool(target.words)
        and re.search(rf"\b(?:since|after|before|during)\b (?:\S+ ){{0,3}}?{re.escape(target.words)}", text, re.IGNORECASE)
        is not None
    )


_HAPPENED_TO = Cue(r"^\W*(?:so |and )?what(?:['’]s| has| had)? happened (?:to|with) (?:the |his |her |my |their )?")
_LEAD = Cue(
    r"\b(?:where (?:do|does|did|is|are) (?:the|her|his|my|their) (?:\w+ ){1,3}(?:stand|got to)|where (?:are we|do we stand|do things stand|we are)|story of why|from when)\b"
)


def _without_lead(text: str) -> str:
    return _LEAD.sub(" ", text)


_FILLERS = frozenset(
    forms(
        "summary summarise summarize sum overview recap synopsis rundown gist brief briefly short version picture speed bring fill catch story saga background state play stand walk run talk through main key point event highlight digest "
        "precis timeline chronology course hospital clinical illness everything deal whole journey manage managed management treat treated treatment handle handled deal dealt evolve evolved progress progressed unfold develop developed go went "
        "headline takeaway tl dr bottom upshot narrative paragraph handover hand sign out signout stood stands got "
        "outline outlined glance sketch account resume handoff potted two three four five kindly hx thru start finish beginning outset found made business matter turn turned attempt going gone happen happened become became try tried date far issue problem condition disease history care line sentence word nutshell quick quickly patient chart"
    )
)


def summary_words(text: str) -> set[str]:
    """Return the folded words that only ask for a summary, and name nothing of the chart."""
    found = {word for cue in (_SUMS_UP, _AT_A_VISIT) for match in cue.finditer(text) for word in forms(match[0])}
    return {word for word in found | set(forms(text)) if word in _FILLERS}
