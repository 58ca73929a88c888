"""A question cut into what is asked, part by part; what a further part leaves out is taken from the one before."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable

from chartcite.engine.domain.records import Category
from chartcite.engine.language.course_words import course_words
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.sig_words import asks_sig
from chartcite.engine.language.terminology import ConceptKind
from chartcite.engine.questions.aspects import WANTED
from chartcite.engine.questions.intents import read_intent
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import STOPWORDS, Intent

_JOINT = Cue(
    r"\?+\s+(?=\S)|;\s+|(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)[,.]?\s+(?:and|but|then)\s+(?=(?:also\s+)?(?:what|when|how|why|which|who|where|(?:is|are|was|were) (?:it|she|he|they|there|that|this|those|these|the|her|his|my|any|anything|something|anyone)|(?:can|could|may|should) (?:it|she|he|they|i|we|the)|did|does|do|has|have|had)\b)|,\s+(?=(?:what|when|how|why|which|who)\b)",
)
_RUN_ON = Cue(
    r",\s+(?:and\s+)?(?=(?:is|are|was|were|has|have|had|does|did|do|can|could|should) (?:it|she|he|they|i|we|there|that|this|those|these|mum|mom|dad|(?:the |my )?(?:patient|pt))\b)"
    r"|,\s+and\s+(?=(?:is|are|was|were) [a-z][\w-]+ (?:an?|the|ok|okay|safe|allowed|advised|still|needed|due|on)\b)",
)
"""Between two questions that stand side by side: "how is his mood, is he getting any help?"."""
_ASKS_BY_ITSELF = Cue(
    r"^\W*(?:and |so )?(?:what|how|who|which|why|where|is|are|was|were|does|do|did|has|have|had|can|could|should|any)(?:['’]s)? (?:\S+ )+\S"
)
"""Begins a question that stands by itself, and does not merely tell a time or a condition of the next one."""
_MOST_PARTS = 4
_SENTENCE = re.compile(
    r"(?<=[.!])(?<!\b[MD]r\.)(?<!\bM[sx]\.)(?<!\bMrs\.)(?<!\bSt\.)(?<!\bvs\.)\s+"
    r"(?=[A-Z]|(?:what|when|how|why|which|who|where|is|are|was|were|does|did|has|have|any|can) )|(?<=\?)\s+"
)
_ASKS_TOO = Cue(
    r"^(?:and|or|also|but|then|if|what|when|how|which|who|whom|why|where|is|are|was|were|does|do|did|has|have|had|any|can|could|should|will|please|list|tell|show|give|since|until)\b",
)
"""Begins a sentence that asks, with or without a question mark."""
_TELLS = Cue(
    r"^(?:(?:sorry|well|so|because|as|since|btw|fyi|honestly|just),? )?(?:"
    r"(?:i|we)(?:'m| am|'re| are| was| were|'ve| have| had| can'?t| can ?not| couldn'?t| don'?t| didn'?t| do not| did not| never| always| keep| kept| think| thought| feel| felt| believe| guess| remember| forgot"
    r"| suspect| worry| saw| heard| read| got| went| lost| hope| found)\b"
    r"|(?:i|we)(?:'d| would)? ?(?:just )?(?:need|want|like)(?:ed)? (?:it|this|that|them|these)\b"
    r"|(?:just )?(?:need|needed|want|wanted|asking|checking|wondering) (?:it |this |that |them |these )?(?:for|as|because|before|so)\b"
    r"|(?:he|she|they|it|this|that|there|these|those)(?:'s|'re|'ve| is| are| was| were| has| have| had| does| doesn'?t| did| didn'?t| seems?| looks?| sounds?| says?| said| keeps?| kept| wants?| needs?| thinks?| gets?| got"
    r"| feels?| can'?t| won'?t| never| always| makes?| made)\b"
    r"|(?:(?:my|his|her|their|the|our|a|an) )?(?:[\w'-]+ ){1,3}?(?:wants?|needs?|wanted|needed|asked for|are asking for|is asking for) (?:it|this|that|them|these|to (?!know|see|hear|find))\b"
    r"|(?:(?:my|his|her|their|the|our|a|an) )?(?:[\w'-]+ ){1,3}?(?:seems?|seemed|disagrees?|keeps|kept|says|said|thinks|thought|told me|told us|told him|told her|reckons?|insists?|swears?|claims?|mentioned|worries|worried)(?=[^.?\d]*$) \w+"
    r"|(?:one|two|three|four|several|a couple of|some) (?:\w+ )?(?:things?|reasons?|causes?|answers?|parts?|of them|dates?|times?) (?:i|we) (?:think|thought|believe|guess|reckon|suspect)\b)",
)
"""Begins a sentence that states something and asks for nothing: "GP wants to give it for otitis", "I can't remember going".

What somebody says of a number ("bottle says 15") is to be compared with the chart, and asks.
"""
_REQUESTS = Cue(
    r"\b(?:tell|show|give|list|remind|send|explain|let) (?:me|us|him|her|them)\b|\blet me know\b|\b(?:want|like|need|wanted|love|trying|wondering|wonder|curious|unsure|not sure)(?: to (?:know|see|hear|find|understand|check))? (?:if|whether|what|when|how|why|which|who|where|about|the|all|any|his|her|my|their|a|an)\b"
    r"|\bto (?:know|find out|see|understand)\b|\bplease\b|\bpls\b|\b(?:don'?t|can'?t|do not|cannot|didn'?t|forgot|never) (?:know|understand|see|find|get|recall|remember)?(?: \w+)? ?(?:if|whether|what|when|how|why|which|who|where)\b|\?",
)
"""Asks for something all the same, though it is worded as a statement."""
_LEAD_IN = Cue(
    r"^(?:(?:i'?m |i am |we'?re )?(?:covering|standing in|filling in|locum|on[- ]call|on nights|taking over (?:from|for))\b[^-–—:?.]{0,50}\s*(?:[-–—:]+|\.)\s+(?=\S)"
    r"|as (?:his|her|their|the|a) (?:\w+ )?(?:carer|caregiver|mother|mum|mom|father|dad|parent|son|daughter|wife|husband|partner|sister|brother|guardian|next of kin|gp|nurse|key ?worker|social worker),? (?:(?:i|we)(?:'d| would) (?:like|love|want) to know|(?:i|we) (?:want|need|wanted|was wondering) (?:to know )?|can you tell me|please tell me|could you (?:tell me|say))(?:,| please)?\s+(?=\S)|(?:before (?:i|we) (?:start|prescribe|give|order|book|see|operate)\b[^:,?]*|(?:i'?m|we'?re|i am|we are) (?:about|going|planning) to\b[^:,?.]*|for (?:the|my|his|her) (?:letter|referral|form|report)\b[^:,?]*)[:,.]\s+(?=\S))",
)
_HEADLINE = Cue(
    r"^(?=[^:?]*\b(?:check|list|screening|trial|audit|query|file|round|rounds|handover|clerk|student|trainee|resident|intern|registrar|nurse|pharmacist|manager|coordinator|here|asking|clinic|letter|summary|referral|review|team|pre-?op|theatre|study|registry|mdt|board|planning)\b)"
    r"[^:?]{3,50}:\s+(?=(?:what|which|when|who|whom|how|why|where|is|are|was|were|does|did|has|have|any|list|count|number|first|last|latest|current|date|dates|please|on|every|onset|age|interval|duration|length|dose|doses|start|highest|lowest|earliest|most|total|result|results|prescriber|indication)\b)",
)
"""What stands before a colon and only tells who asks, or what for: "Trial screening: first and latest MoCA?"."""
_REQUEST = Cue(
    r"^[^-–—:?.,]{3,40}?(?:\s+[-–—]+\s*|\s*[:;]\s+)(?=(?:(?:can|could|would) you |please |pls |kindly )?(?:tell|show|give|remind) (?:me|us)\b)"
)
"""What stands before a request and only tells what for: "Teaching case - tell me what she took"."""
_ASIDE = Cue(
    r"(?:\s+[-–—]+\s*|\s*[,;(]\s*)(?:(?:i |we |just )?(?:need(?:ed)?|want(?:ed)?) (?:it|this|that|them|these|to know) (?:for|as|because)\b[^?.]*"
    r"|(?:\w+ ){1,3}(?:is |are |was |were )?(?:asking|wants? to know|wondering|requested)\b[^?.]*"
    r"|(?:it'?s |this is )?for (?:the |my |his |her |our |an? )?(?:\w+ )?(?:school|insur\w+|form|letter|referral|register|report|audit|handover|rounds?|board|meeting|paperwork|summary)\b[^?.]*"
    r"|(?:shout|let me know|tell me(?= (?:if|when) (?:i|we|you|this|that|it)\b)|ping me|flag it|please advise)(?: if| when|\b)[^?.]*|thanks?\b[^?.]*|ta|cheers)\)?(?=\W*$)"
    r"|\s+for (?:school|college|daycare|day care|nursery|kindergarten|camp|travel|insurance|the record|the (?:school )?nurse|my records)(?=\W*$)",
)
"""What follows a question and only tells why it is asked."""
_RESULT = Cue(r"\b(?:show(?:ed|n)?|find|found|results?|reveal(?:ed)?|say|said)\b")


_BACKGROUND = Cue(
    r"(?:,\s*|\s+[-–—]\s*|(?<=\?)\s*|\s+)(?<!\bwas )(?<!\bwere )(?<!\bis )(?<!\bare )(?<!\bbeen )(?<!\bbe )(?<!\bbeing )"
    r"(?:given|considering|bearing in mind|in view of|in light of|in the context of|what with|seeing as|thinking (?:of|about)|mindful of|knowing about)"
    r" (?:that )?(?:the|her|his|my|their|this|these|those|she|he|known|a history of|existing) [^?.]*(?=\W*$)"
    r"|\s+before (?:i|we) (?:dispense|prescribe|give|start|order|book|sign|send|ring|call|see|discharge|operate|scan|inject|write)\b[^?.]*(?=\W*$)"
    r"|(?<=\?)\s*(?:i |we |just )?(?:(?:need(?:ed)?|want(?:ed)?)(?= (?:it|this|that|them|these|to|for|as|because)\b)|asking|checking|wondering|trying)\b[^?]*(?=\W*$)"
    r"|(?<=\?)\s*(?:because|so that|so (?:i|we) can|in case|for (?:the|my|his|her|our) )[^?]*(?=\W*$)",
)
"""What ends a question and tells only what it is asked in view of: "any FHx of heart disease given the murmur?"."""
_WEIGHS = Cue(
    r"\b(?:ok|okay|safe\w*|contra-?indicat\w*|start|adjust\w*|appropriate|suitable|wise|avoid|risk\w*|interact\w*|may|should|can|could|would|why|recommend\w*|guid\w+|due|target|goal)\b",
)
"""Words of a question that is to be answered in view of what it tells."""


def _without_background(text: str) -> str:
    """Leave out what a question is asked in view of, where the rest asks for something by itself."""
    asked = _BACKGROUND.sub("", text)
    return asked if asked != text and not _WEIGHS.search(text) and _names_something(asked) else text


def asked_and_told(text: str) -> tuple[str, str]:
    """Return what is asked, and apart from it the sentences that only tell why."""
    sentences = _SENTENCE.split(text)
    marked = [sentence for sentence in sentences if sentence.rstrip().endswith("?")]
    asking = [sentence for sentence in sentences if sentence in marked or _ASKS_TOO.match(sentence)] if marked else []
    told = ""
    if marked and len(asking) < len(sentences):
        begins = sentences.index(asking[0])
        asks = [sentence for sentence in sentences[begins:] if sentence in asking or not _states(sentence)]
        told, text = " ".join(sentences[:begins]), " ".join(asks)
        if _refers(text):
            told = " ".join([*sentences[:begins], *(sentence for sentence in sentences[begins:] if sentence not in asks)])
    elif not marked and len(sentences) > 1:
        begins = next((number for number, sentence in enumerate(sentences) if not _states(sentence)), 0)
        if begins and _names_something(" ".join(sentences[begins:])):
            told, text = " ".join(sentences[:begins]), " ".join(sentences[begins:])
    if (headline := _HEADLINE.match(text)) and _names_something(text[headline.end() :]):
        text = text[headline.end() :]
    if (request := _REQUEST.match(text)) and not _refers(text[request.end() :]):
        text = text[request.end() :]
    return _without_background(_ASIDE.sub("", _LEAD_IN.sub("", text)) or text), told


def _states(sentence: str) -> bool:
    """Say whether a sentence states something, and asks for nothing: a fragment ("dose too") may ask."""
    return _TELLS.search(sentence) is not None and not _REQUESTS.search(sentence)


_PRONOUN = Cue(r"\b(?:it|that|this|they|them|those|these)\b")


def _refers(text: str) -> bool:
    """Say whether a question leaves what it asks about to the sentences around it: "Why was it stopped?"."""
    return _PRONOUN.search(text) is not None or not _names_something(text)


def _names_something(text: str) -> bool:
    """Say whether a text holds more than what is wanted of a thing: "first HIV clinic: which doctor, date" asks of the clinic."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    return any(word not in WANTED and word not in STOPWORDS for word in words)


_LEADS = Cue(
    r"^(?:(?:and|but|so) )?(?:if|unless|assuming|supposing|suppose|according to|as per|per|going by|judging by|based on|from what)\b[^?]*$"
)
"""Begins a part that asks nothing by itself: on what condition, or by whose word, the next one is asked."""


def parts_of(text: str) -> list[str]:
    """Cut several questions in one into parts; what only leads to one stays with it."""
    parts: list[str] = []
    pieces = [piece for part in _JOINT.split(text) for piece in _side_by_side(part)]
    for piece in (part.strip() for part in pieces if part.strip()):
        leads = bool(parts) and f"{parts[-1]}, {piece}" in text and _LEADS.search(parts[-1])
        parts[-1:] = [f"{parts[-1]}, {piece}"] if leads else [*parts[-1:], piece]
    return parts[:_MOST_PARTS] if parts else [text]


def _side_by_side(text: str) -> list[str]:
    """Cut two questions that only a comma parts."""
    joint = _RUN_ON.search(text)
    if joint is None or not _ASKS_BY_ITSELF.match(text[: joint.start()]):
        return [text]
    return [text[: joint.start()], *_side_by_side(text[joint.end() :])]


_SUPERLATIVE = (
    r"(?:highest|lowest|peak|nadir|max(?:imum)?|min(?:imum)?|worst|biggest|smallest|latest|last|first|most recent|earliest)"
)
_TWO_SUPERLATIVES = Cue(
    rf"^(?P<lead>(?:(?:what|which|how)\b[^,;?]*?\s)?(?:(?:was|were|is|are|tell me|give me|show me)\s+)?(?:(?:the|his|her|my|their)\s+)?)"
    rf"(?P<one>{_SUPERLATIVE}\s+[^,;?]{{2,40}}?)\s*(?:,\s*and|,|&|\+|\band\b)\s*(?:(?:the|his|her|my|their)\s+)?(?P<other>{_SUPERLATIVE}\s+[^,;?]{{2,40}}?)"
    r"(?P<when>\s+(?:in|on|at|during|since|between|from|over|before|after|for|within|throughout|while|when|this|last|ever)\b[^;?]*)?\W*$"
)


def two_superlatives(text: str, measures: Callable[[str], bool]) -> list[str]:
    """Cut "lowest platelets and highest ALT in May": each of two tests has its own extreme, both the time; empty: it is no such.

    Args:
        text: the question.
        measures: says whether words name a measurement.
    """
    match = _TWO_SUPERLATIVES.match(text.strip())
    if match is None or not (measures(match["one"]) and measures(match["other"])):
        return []
    when = match["when"] or ""
    return [f"{match['lead']}{match['one']}{when}?", f"{match['lead']}{match['other']}{when}?"]


_VALUE_AND_DEED = Cue(
    r"(?P<one>[^,;?]*\b(?:nadir|peak|lowest|highest|max(?:imum)?|min(?:imum)?|worst|latest|last|now|today|trend)\b[^,;?]*)[,;]\s*"
    r"(?P<other>(?:any |was (?:he|she|it) |is (?:he|she) )?[\w/+-]+(?: [\w/+-]+)?|(?:is|are|was|were|does|has) [\w/+' -]{3,45})\s*\?*"
)
"""A value with its extreme, then one or two words for something else: "Hb nadir, transfused?"."""


def value_and_deed(text: str, measures: Callable[[str], bool], names_other: Callable[[str], bool]) -> list[str]:
    """Cut "peak K, dialysed?" into the value and the other thing that is asked; empty: it is no such question.

    Args:
        text: the question.
        measures: says whether words name a measurement.
        names_other: says whether words name something that is no measurement, and nothing else.
    """
    match = _VALUE_AND_DEED.fullmatch(text.strip())
    if match is None or not measures(match["one"]) or names_other(match["one"]) or not names_other(match["other"]):
        return []
    return [f"{match['one'].strip()}?", f"{match['other'].strip()}?"]


_CAME_OF_IT = Cue(
    r"^\W*(?:and |so )?(?:was|were|did|has|had) (?:anything|something|anyone|anybody|(?:any|the) (?:bones?|damage|injur\w+|harm)|(?:it|that|this|he|she|they|i) (?:hurt|injured|harmed|hospitali[sz]ed|admitted|break|hit|need)\b)"
)
"""Asks what came of what the part before tells, at the same time: "has she fallen this year, and was anything broken?"."""
_ENDED = Cue(
    r"^\W*(?:and |so )?(?:is|was|were|are|has|have|did) (?:it|that|this|they|he|she|i|mum|mom|dad|the patient|pt)\b[^?]{0,25}?\b(?:cured|resolved?|cleared(?: up)?|gone(?: away)?|healed|over|recovered|go away|clear(?: up)?|heal)\b(?: (?:now|yet|up|since|completely|fully|then))*\W*$"
)
"""Asks whether a problem is over."""


def _stands_alone(plan: Plan, before: Plan) -> bool:
    """Say whether a part without a thing of its own asks of none that came before.

    "What is his HbA1c, and what changed at the last visit?" asks for all that changed; a stay is no matter of a value.
    """
    changed = plan.intent is Intent.CHANGES and plan.subject is Category.ENCOUNTER
    values = bool(before.targets) and all(target.kind is ConceptKind.MEASUREMENT for target in before.targets)
    stay = values and plan.inpatient and plan.intent is Intent.DURATION
    return not plan.targets and (changed or stay)


def completed(plan: Plan, before: Plan) -> Plan:
    """Take from the part before what a further part leaves out: "When was the last scan, and what did it show?"."""
    taken: dict[str, object] = {}
    if _stands_alone(plan, before):
        return plan
    if not plan.targets:
        measured = tuple(target for target in before.targets if target.kind is ConceptKind.MEASUREMENT)
        # "... before the statin, and what is it now?": it is the value, not the statin
        taken["targets"] = (measured or before.targets) if plan.current else before.targets
        taken["subject"] = plan.subject or (None if measured and plan.current else before.subject)
        if plan.intent is Intent.LIST and before.targets:
            taken["intent"] = Intent.DESCRIBE
        if measured and plan.intent in {Intent.COUNT, Intent.DESCRIBE, Intent.LIST}:
            taken["intent"] = read_intent(plan.text, measured, plan.subject)
            if taken["intent"] is Intent.TREND:  # "how fast is it declining?": its words tell of a value what they do of no jab
                taken["keywords"] = tuple(word for word in plan.keywords if word not in course_words(plan.text))
                taken["undone"] = False
        if before.targets and not plan.subject and _RESULT.search(plan.text):
            taken["keywords"] = tuple(dict.fromkeys((*before.keywords, *plan.keywords)))
        if _ENDED.search(plan.text) and any(target.kind is ConceptKind.CONDITION for target in before.targets):
            taken["subject"] = Category.CONDITION  # "when was it treated, and was he cured?": the state of the problem
            taken["intent"] = Intent.PRESENCE
    if not (plan.targets or before.targets or plan.keywords or plan.aspects):
        taken["keywords"] = before.keywords  # what nothing known names is meant by "it" all the same
    if plan.window is None and (not plan.targets or _CAME_OF_IT.match(plan.text)) and not plan.current:
        taken["window"] = before.window
        taken["newest"] = plan.newest or before.newest
        taken["newest_several"] = plan.newest_several or before.newest_several
    medicines = before.subject is Category.MEDICATION or any(target.kind is ConceptKind.DRUG for target in before.targets)
    if not plan.targets and medicines and asks_sig(plan.text, names_drug=True):
        taken["intent"] = Intent.DOSE  # "what was she given, and how often?"
    if before.family and not plan.targets:
        taken["family"], taken["relatives"] = True, before.relatives
    return plan.model_copy(update=taken)
