"""What runs in a family and what was years ago, as readings of clauses for `calm_readings`."""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.red_flags.red_flag_reading import Heard, states
from chartcite.engine.red_flags.told_history import pattern

_BLOOD = r"mum|mom|mother|dad|father|parent|gran|grandma|grandad|grandmother|grandfather|grandparent|nan|sister|brother|sibling|uncle|aunt|auntie|aunty|cousin|twin|family|nana|granny|grandpa|relative|half brother|half sister"
_KIN = rf"(?:(?:my|our|his|her|me|both|three|two|four|all|of|several|one|own|late|big|little|elder|older|younger|maternal|paternal|great|half|the|and|an?) )*(?:{_BLOOD})"
_ONCE_HAD = r"(?:both |also |all |each |once |too )*(?:had|has had|have had|died|dropped dead|passed|suffered|lost|went (?:blind|deaf|mad)|got|was|were|carry|carried|did)|{_KIN}(?: (?:and|,) {_KIN})* (?:on|from) \w+(?: \w+)? side (?:have|has)|(?:both|all|two|three|most) (?:of )?(?:my|our|his|her) (?:\w+ )?(?:{_BLOOD}) (?:have|has)"
_FAMILY_HISTORY = rf"(?<!\S)(?:(?:seem|seems) to be in (?:our|my|the) family|{_KIN} (?:\w+ ){{1,3}}at \d\d|{_KIN}(?: in law)?(?: (?:and|,) {_KIN})*(?: (?:on|from) \w+(?: \w+)? side)? {_ONCE_HAD}|(?:run|runs|running|common|lot|history|plenty) (?:\w+ )?(?:in|of) (?:\w+ )?(?:\w+ )?family|on (?:my |his |her |our |the )?(?:\w+ )?(?:mum|mom|mother|dad|father|maternal|paternal|gran)(?: \w+)? side|on (?:the )?\w+ side of (?:the|my) family|in (?:the|my|our|we) (?:\w+ )?family|family (?:history|ha|is full)|a lot of \w+ (?:in|on) (?:my|our|the) \w+(?: side)?|(?:mum|mother|dad|father|sister|brother) (?:\w+ ){{1,4}}(?:confirmed|carrier|positive))(?!\S)"
_OWN_RISK = r"(?<!\S)(?:screen\w*|tested|testing|check\w*|gene|genetic\w*|risk|odds|chance|inherit\w*|hereditary|pass(?:ed)? (?:it |this )?(?:on|down)|earlier than|blood ?test|need\w* (?:an? )?(?:ultrasound|scan|test|check\w*|gene\w*|mri|echo)|want\w* to know if|(?:at )?what age|contracepti\w*|which (?:pill|contraception|method)|how (?:often|early|young|soon)|when (?:do|doe|should|can|would) (?:\w+ )?(?:\w+ )?(?:start|begin|get|have)|eligible|qualif\w+|entitled|keep safe|stay (?:well|safe)|prevent\w*|antibody|carrier|mammogram|colonoscopy|calcium score|score|cholesterol|statin|lower my|avoid|my (?:own )?(?:kid|child|children)|our (?:kid|child|children)|same thing|what else (?:could|can|should) (?:i|we)|cut my|reduce|factor v|brca|refer for|preop|insurance|worth (?:getting|having|doing))(?!\S)"
_IS_NOW = r"(?<!\S)(?:(?:he|she|they|mum|mom|dad|gran|nan|sister|brother) (?:is|are|cant|wont|keep\w*|feel\w*|look\w*|just|throw\w*|vomit\w*|sweat\w*) |been (?:sick|vomit\w*|sweating|confused|having)|i (?:have|am|feel|cant|keep|got|get) (?:an? |been |having |getting |feeling |this |these |the |some |really |very |so |bad |chest |sudden )*(?:pain|ache|tight\w*|breathless\w*|numb\w*|dizz\w*|headache|faint\w*|palpitation|bleed\w*|weak\w*|pressure|sick|lump))(?!\S)"


def family_clauses(heard: Heard) -> set[int]:
    """Return the clauses that tell what runs in a family, in a message that asks what it means for others and tells nobody ill now."""
    if pattern(_OWN_RISK).search(heard.text) is None or pattern(_IS_NOW).search(heard.text):
        return set()
    first = {clause.sentence for clause in heard.clauses if pattern(_FAMILY_HISTORY).search(clause.text)}
    return {clause.start for clause in heard.clauses if clause.sentence in first}


_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty)"
_REMOTE = rf"(?<!\S)(?:year ago|{_COUNT} (?:odd )?(?:year|yr|decade)s? (?:ago|back)|(?:many|several|few|couple of|some|donkey) (?:year|decade|moon) (?:ago|back)|when (?:i|he|she|we|they) (?:was|were) (?:only |about |just |around )?(?:a |an )?(?:{_COUNT}|child|kid|baby|boy|girl|toddler|teen\w*|student|young|little|small|wee|lad|lass)|as (?:a|an) (?:\w+ )?(?:child|kid|baby|boy|girl|toddler|teen\w*|student|young \w+|infant)|(?:back )?in (?:19[3-9]\d|20[01]\d|202[0-4])|(?<!since )(?<!is )(?<!its )(?<!think )(?<!say )(?:19[3-9]\d|200\d|201\d)|last (?:year|winter|spring|summer|autumn)|in (?:my|his|her) (?:teen\w*|twenties|thirties|forties|childhood|youth)|back in the (?:day|\w*\d0s?|\w+ties)|historic)(?!\S)"
_OF_NOW = (
    r"(?<!\S)(?:am|is|are|now|keep\w*|still|since|today|lately|ever since|have been|has been|cant|wont|want|feel|hurt)(?!\S)"
)


def remote_clauses(heard: Heard) -> set[int]:
    """Return the clauses of sentences that tell of years ago, but for those in the present."""
    held = {clause.sentence for clause in heard.clauses if pattern(_REMOTE).search(clause.text) and states(clause)}
    return {
        clause.start
        for clause in heard.clauses
        if clause.sentence in held
        and states(clause)
        and (pattern(_REMOTE).search(clause.text) or not pattern(_OF_NOW).search(clause.text))
    }
