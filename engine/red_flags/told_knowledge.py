"""What is asked for knowledge, study, work or preparation: the words of emergencies with nobody who has one.

A question of what would be ("if my waters were to go", "what signs should we look out for") is read by its clause; a purpose that is
told (a course, a policy, a plan) by the message, where no clause states that somebody has something wrong.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_reading import Clause, Heard, states
from chartcite.engine.red_flags.told_history import pattern
from chartcite.engine.red_flags.wrong_words import WRONG

_WHO = r"(?:i|he|she|we|you|they|it|one|someone|somebody|anyone|anybody|people|(?:my|our|his|her|the|a|your) (?:\w+ )?\w+)"
_HYPOTHETICAL = rf"(?<!\S)(?:if {_WHO} (?:ever|were to|was to|should ever|should)(?!\S)|(?:in case|what if|should) (?:it|they|he|she|this|that|i|we|one) (?:ever )?(?:happen\w*|come\w*|get|start\w*|ha(?:s|ve)|need\w*)|if (?:i|he|she|we|they|it|one|my \w+) (?:ha|has|have|get|gets|start|starts) (?:one|another|it again|a fit|an attack|a reaction|a hypo)|in case of|just in case|if (?:it|this|that) (?:ever )?(?:happen\w*|come\w* back)|if (?:someone|somebody|anyone|a \w+|people) (?:\w+ )?(?:is|ha|has|get|collapse|start|faint|choke|stop|take)\w*)(?!\S)"
_SIGNS_OF = r"(?:(?:danger|warning|early|first|main|classic|tell tale|red) )*(?:sign|symptom|red flag|flag|warning)"
_KNOWLEDGE = (
    rf"(?<!\S)(?:(?:what|which) (?:are |is |would |would be |might be )?(?:the |some |all )*{_SIGNS_OF}(?: (?:of|for|that|to|should|do|would|might|could|in)| \w+ (?:should|do|would))|{_SIGNS_OF} (?:should|do|would|could|might|to) (?:i|we|you|parent|people|one|look|watch)|{_SIGNS_OF} to (?:look|watch|know|spot)"
    rf"|what (?:would|doe|do|might) (?:one|it|that|they|those|an? \w+|\w+)(?: \w+)? (?:feel|look|sound) like|how (?:would|will|do|can|could|might) (?:i|we|you|one|someone) (?:know|tell|spot|recogni\w+|notice)(?! (?:him|her|you))"
    r"|(?:look|looking|watch|watching) out for|(?:look|watch) for(?= in|$)|(?:difference|distinguish\w*|tell apart) (?:between)?|how (?:do|doe) (?!i |my |this |it |he |she )(?:an? |the )?\w+(?: \w+)?(?: actually| really| even)? (?:work|happen|develop|form|start|kill|spread|cause|affect|act)"
    r"|why (?:do|doe|are|is|would|might) (?!i |my |his |her |he |she |it |this |that |we |our |there |they )(?:an? |the )?\w+|what (?:happen|happens) (?:to|in|when|during|if|after) (?:someone|a|an|the|people|your|you)(?! (?:take|took|swallow|drink|stop)\w*)|what (?:is|are|exactly is) (?:the )?(?:definition|cause|mechanism|meaning|point|risk factor|recommended|role)|what doe \w+ (?:mean|stand for)|how common|how likely|how (?:long|soon|quickly) (?:before|until|till|doe) (?:someone|a person|people|an adult|one)|what is (?:an?|the) (?!matter|problem|best|right|wrong|dose|fastest|quickest|pain|lump|rash)\w+(?: \w+){0,3}$|how (?:doe|do|is|are) (?:an? |the )?\w+(?: \w+)? (?:differ|differ\w*|different)(?: from)?|how (?:do|would|can|could) (?:people|one|others|parents|staff|teachers|you) \w+|is it true that|how many (?:people|patient|child|women|men|adult|baby|babie) (?:\w+ )?(?:die|get|have|survive|are)|what would (?:you|people|one|a \w+) do if|is (?:there )?(?:a link|it true) (?:between|that))(?!\S)"
)
_CONTEXT = (
    r"(?<!\S)(?:(?:am|is|are|were|being) (?:an? |the )?(?:\w+ ){0,3}?(?:student|trainee|teacher|teaching assistant|writer|author|journalist|first aider|volunteer|childminder|lecturer|tutor|coach|instructor|researcher|scout leader|carer at|au pair|novelist)|(?:revising|revise|studying|study|preparing|prepare|drafting|draft|writing|write|auditing|audit|volunteering|teaching|researching|presenting|updating|reviewing|designing|planning|organizing|arranging|running|doing|putting together|packing|training|learning)(?: \w+){0,6}? (?:finals?|exams?|osces?|teaching|talk|lecture|session|slides?|poster|leaflet|policy|policie|protocol|pathway|guideline|sop|audit|project|essay|assignment|coursework|dissertation|thesis|novel|book|story|script|screenplay|blog|article|course|module|quiz|pack|bundle|checklist|form|list|trek|trip|camp|expedition|group|class|workshop|business case|compliance|rota|drill|simulation|kit|box|bag|event|marathon)"
    r"|(?:got|have|has|for|sitting|taking|before|after|pass|passing) (?:\w+ ){0,2}?(?:exam|finals?|osce|viva|interview|quiz|test) (?:\w+ ){0,3}?(?:cert\w*|course|tomorrow|next|on|coming|monday|tuesday|wednesday|thursday|friday)|first aid (?:at work )?(?:cert\w*|course|exam|box|kit|training|class|refresher|bag)|b sc|bsc|(?:nursing|medical|paramedic|pharmacy|midwifery|dental|vet|biology|psychology) (?:school|student|finals?|exam|degree|course|class)|(?:my|a|our) (?:novel|screenplay|essay|dissertation|thesis|lecture|assignment|coursework|poster|blog|podcast)|(?:our|the|my) (?:office|school|club|gym|church|village|team|practice|department|trust|nursery|workplace|factory|charity|company|council|care home|hotel|pub|shop|site|centre|center) (?:want|need|is (?:buying|getting|writing|planning|updating|looking)|would like|ha (?:asked|been asked)|has (?:asked|been asked)|are (?:buying|getting|writing|planning|updating|looking))"
    r"|(?:figurative|seizure|epilepsy|asthma|allergy|diabetes|emergency|care|action|birth|safety|sick day|anaphylaxis) plan|teaching on|audit of|policy (?:for|on)|protocol (?:for|on)|evidence (?:on|for|base)|published evidence|which (?:paper|trial|study|studie)|systematic review|literature|denominator|benchmark|kpi|(?:just )?want to (?:be|feel) prepared|(?:like|want|trying) to (?:be|get) prepared|(?:hosting|babysitting|minding|catering|baking) (?:for )?(?:an? |the |our |some )?\w+|(?:am|is|are) on (?:the|our|a) (?:\w+ )?(?:council|committee|board|pta|panel)|(?:we|they) (?:want|would like|are hoping|hope|plan|need|are planning) to (?:buy|get|install|fit|fund|order|stock|learn|teach|put)|homework|sponsored \w+|biology|science project|print it out|stick it on|so i can teach|(?:want|need|able) to explain it|for my (?:own )?(?:interest|curiosity|knowledge)|out of (?:interest|curiosity)|just curious|curious (?:about|how|why|whether|if)|harm reduction)(?!\S)"
)
_STARTING = r"(?<!\S)(?:starting|start|going on|begin\w*|moving (?:on )?to|being put on|prescribed|due to (?:start|have|begin)|having|travel\w*|flying|going)(?: \w+){0,5}? (?:next|soon|tomorrow|on (?:the|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|in (?:a|two|three|\d+|january|february|march|april|may|june|july|august|september|october|november|december))(?!\S)"
_SOMEBODY_NOW = r"(?<!\S)(?:in front of me|(?:he|she|him|her|they|pt|patient) (?:is|are|was|has|ha|cant|wont|just|keep\w*|collapsed|fell|took|look\w*|feel\w*)|i (?:feel|felt|cant|keep|took|have had|have been having)|help|please hurry|on the floor|not breathing|is blue)(?!\S)"


def knowledge_clauses(heard: Heard) -> set[int]:
    """Return the starts of the clauses that only ask what would be or what is known; all of them where the purpose is told."""
    if _has_purpose(heard) and not any(_states_trouble(clause) for clause in heard.clauses):
        told = {clause.sentence for clause in heard.clauses if _tells_purpose(clause)}
        return {clause.start for clause in heard.clauses if clause.sentence in told or clause.asks}
    asking = [clause for clause in heard.clauses if _is_general(clause)]
    if not asking:
        return set()
    beside = {clause.start for clause in heard.clauses if _is_disposition(clause)}
    return {clause.start for clause in asking} | beside


def _is_disposition(clause: Clause) -> bool:
    """Say whether a clause tells what is feared or what happens at times, not that it happens."""
    if pattern(_AT_TIMES).search(clause.text):
        return True
    return _is_feared(clause)


def _is_feared(clause: Clause) -> bool:
    return pattern(_FEARED).search(clause.text) is not None


def _tells_purpose(clause: Clause) -> bool:
    return pattern(_CONTEXT).search(clause.text) is not None or pattern(_STARTING).search(clause.text) is not None


_OF_SOMEBODY = r"(?<!\S)(?:i am|my (?!kit|plan|list|course|exam)\w+|his|her|he|she|me|him)(?!\S)"


_AT_TIMES = r"(?<!\S)(?:sometimes|sometime|occasional\w*|now and then|prone to|tends? to|every so often|once in a while|known to have)(?!\S)"


_FEARED = (
    r"(?<!\S)(?:scared|afraid|worried|nervous|anxious|terrified|frightened) (?:of|about) (?:having |getting |the )?(?:an? )?\w+$"
)


def _has_purpose(heard: Heard) -> bool:
    text = " , ".join(clause.text for clause in heard.clauses if pattern(_AT_TIMES).search(clause.text) is None)
    if pattern(_SOMEBODY_NOW).search(text):
        return bool(pattern(_CONTEXT).search(text)) and pattern(_ONLY_DIAGNOSED).search(text) is not None
    return pattern(_CONTEXT).search(text) is not None or (pattern(_STARTING).search(text) is not None and _any_general(heard))


_ONLY_DIAGNOSED = (
    r"(?<!\S)(?:he|she|they) (?:is|has|was|are) (?:well|fine|been diagnosed|just been diagnosed|diagnosed|now diagnosed)(?!\S)"
)


def _any_general(heard: Heard) -> bool:
    return any(_is_general(clause) for clause in heard.clauses)


def _is_general(clause: Clause) -> bool:
    return pattern(_HYPOTHETICAL).search(clause.text) is not None or pattern(_KNOWLEDGE).search(clause.text) is not None


def _states_trouble(clause: Clause) -> bool:
    if _is_general(clause) or _tells_purpose(clause) or _is_feared(clause):
        return False
    if not states(clause) and pattern(_OF_SOMEBODY).search(clause.text) is None:
        return False
    return WRONG.search(clause.text) is not None
