"""Questions of patients that ask for a judgment: what to take, what they have. The record is read for them; the judgment is not made."""

# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.language.cues import Cue

_ACT = r"(?:stop|quit|start|take|keep taking|keep on|continue|come off|go off|go on|skip|miss|double|halve|cut|lower|raise|reduce|increase|change|switch|swap|use|try|mix|drink|eat|avoid|restart|wait|worry|treat|do|have|get|go back on|hold|give|put)"
_TREATMENT = Cue(
    rf"\b(?:should|shall|can|could|may|must|ought) (?:i|we|my (?:\w+ )?\w+|he|she|they) (?:to )?(?:\w+ )?{_ACT}\b(?! (?:see|find|know|look|read|a copy)\b)"
    rf"|\b(?:is|are|would) (?:it|this|that|these|they|my (?:\w+ )?\w+|\w+) (?:\w+ )?(?:safe|ok|okay|all right|alright|fine|dangerous|bad) (?:to|for|if|with|while)\b|\bis (?:it|this|that|\w+) safe\b"
    r"|\bdo i (?:still |really |even )?(?:need|have) to (?:take|keep|stay|continue|use|stop|have|get|be on)\b|\bdo i (?:still |really )?need (?:my|the|this|these|any|an?|more) \w+"
    r"|\bam i (?:allowed|ok|okay|safe|fine|supposed) to\b|\bwhat (?:should|can|could|do) i (?:do|take|use|try|eat|drink|avoid)\b(?! (?:have|for an? allergy))"
    r"|\b(?:which|what) (?:is the )?(?:best )?(?:medicine|medication|drug|treatment|dose|pill|tablet)s? (?:should|would|is best|do you|can|could) \w+"
    r"|\bhow (?:should|do|can|could) i (?:treat|cure|lower|get rid of|fix|manage|bring down)\b|\bhow (?:much|many) (?:\w+ )?(?:should|can|may|could) i\b|\bwhat (?:would|do) you (?:advise|recommend|suggest)\b"
    r"|\bwhat if i (?:stop|skip|miss|forget|double|take|drink)\b",
)
_DIAGNOSIS = Cue(
    r"\b(?:do|have|could|might|would|may) i (?:have|got|be|really have|still have|now have|be getting|be having)\b(?! (?:an? |any |the |some )?(?:\w+ )?(?:allerg\w+|appointment|visit|results?|notes?|test|scan|vaccin\w+|shot|jab|refill|prescription)\b)"
    r"|\b(?:is|could|might|can|was) (?:it|this|that|these) (?:be )?(?:really )?(?:an? |the )?(?:cancer\w*|tumou?r|stroke|serious|dangerous|bad|normal|ok|okay|infected|infection|heart attack|blood clot|diabetes|something|curable|fatal|contagious|terminal)\b"
    r"|\bam i (?:(?:going to|gonna) (?:die|be|get|need)|dying|ill|sick|healthy|diabetic|anemic|anaemic|pregnant|depressed|ok|okay|in danger|at risk|normal|getting (?:worse|better))\b"
    r"|\bwhat(?:['’]s| is| could be) (?:wrong with|causing|the matter with)\b|\bwhy (?:do|am|does|is) (?:i|my (?:\w+ )?\w+) (?:\w+ )?(?:feel\w*|hurt\w*|have|get\w*|so|always|keep|itch\w*|swollen|tired)\b"
    r"|\bwhat (?:does|do) (?:this|that|it|my (?:\w+ )?\w+(?: results?)?) mean\b|\b(?:is|are) my (?:\w+ ){0,3}(?:normal|ok|okay|bad|good|too high|too low|dangerous|serious|failing|healthy|fine)\b|\bdiagnos(?:e|is) me\b|\bshould i (?:be )?(?:worr\w+|concerned|scared)\b",
)


def asks_treatment(text: str, /) -> bool:
    """Say whether a question asks what to take, to stop or to do."""
    return _TREATMENT.search(text) is not None


def asks_diagnosis(text: str, /) -> bool:
    """Say whether a question asks what somebody has, or what it means for them."""
    return _DIAGNOSIS.search(text) is not None
