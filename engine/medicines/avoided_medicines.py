"""Which medicines are not to be given ("any medicines she should avoid?"): those of the list of allergies, and what notes forbid by name."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.quoting import quote_allergies, quote_sentence
from chartcite.engine.questions.plans import Plan

ROUTE = "near_quote"
MOST_NOTED = 4
_MEDICINES = r"(?:meds?|medic\w+|drugs?|pills?|tablets?|pain ?killers?|pain (?:meds?|relief)|antibiotics?|treatments?|anything|something|what|things?)"
_FORBIDDEN = r"(?:avoid\w*|(?:not|n['’]t|never) (?:be )?(?:giv(?:e|en)|take|taken|have|get|prescribe[d]?|use[d]?)|steer clear of|stay(?:ing)? (?:away from|off)|keep off|off[- ]limits|contra-?indicated)"
_ASKS = Cue(
    rf"^\W*(?:are there |is there |list |tell me )?(?:what|which|any)\b[^?.;]*\b{_FORBIDDEN}\b|^\W*(?:is|are) there {_MEDICINES}[^?.;]*\b{_FORBIDDEN}\b|^\W*{_MEDICINES} (?:to|{_FORBIDDEN})[^?.;]*\W*$"
)
_MUST = Cue(
    r"\b(?:should|must|can|could|may|ought|to avoid|supposed|allowed|need|contra-?indicated|off[- ]limits|avoid(?:ing)?)\b"
)
_FOODS = Cue(
    r"\b(?:foods?|eat\w*|drink\w*|diet\w*|activit\w+|exercis\w*|sports?|lift\w*|do(?:ing)?|go(?:ing)?|allerg\w*|triggers?)\b"
)
_FORBIDS = Cue(
    r"\b(?:avoid(?:ing|ed)?|never (?:give|take|use|again|restart|to)|do not|don['’]t|must not|should not|shouldn['’]t|not to(?: be)?|contra-?indicated|stay off|keep off|caution (?:w/|with)|say no to)\b|(?:^|[.;:(,] ?|[-–] |\d\. )no (?=\w)",
)
_ONCE = Cue(
    r"\b(?:recently|given|left|now|needed|since|today|taken|yet|currently|started|reported|used|noted|dose|missed|allerg\w*|last|tonight|was|were|had|discuss\w*|worr\w*|wants?|prefers?|at present|for now|bottles?|called|left over|in the past|declin\w*)\b"
)
_ONLY_NAMED = Cue(r"\s*(?:more )?([\w-]+(?: [\w-]+)?)\s*(?:$|[,.:)]|(?:and|or|w/|with|due|because|for)(?=\s))")
"""A medicine that a bare "no" denies, and nothing said of it but why."""
_SPAN = 48
"""Characters behind the words that forbid within which a medicine is named."""


def asks_avoided(plan: Plan, /) -> bool:
    """Say whether it is asked which medicines are not to be given, and none is named."""
    if plan.family or plan.window is not None or any(target.concept_keys or not target.is_class for target in plan.targets):
        return False
    asks = _ASKS.search(plan.text) is not None and _MUST.search(plan.text) is not None
    return asks and _FOODS.search(plan.text) is None


def told_avoided(reading: Reading, /) -> list[DraftClaim]:
    """Tell the allergies and intolerances to medicines, and the newest sentences of notes that forbid a medicine by name."""
    records, lexicon = reading.shelves.records, reading.chart.lexicon
    passages = list(records.all_passages(reading.scope))
    listed = [
        draft(fact, reading.chart, route="allergy")
        for fact in records.facts(reading.scope, categories=(Category.ALLERGY,))
        if fact.span is None and fact.assertion is AssertionStatus.PRESENT and _drugs(fact.concept.text, lexicon)
    ]
    if not listed:
        told = quote_allergies((), passages, records)
        listed = [claim for claim in told if claim.kind is not ClaimKind.ABSENCE and _drugs(claim.text, lexicon)]
    chosen: list[_Told] = []
    for each in sorted(_forbidding(passages, lexicon), key=lambda one: -one.when):
        if not any(each.drugs <= other.drugs for other in chosen):
            chosen.append(each)
    return [*listed, *(quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in chosen[:MOST_NOTED])]


_ALLOWED = Cue(
    r"\b(?:ok(?:ay)?|safe|alright|all right|fine|allowed|permitted|can|could|may|should|shall|able|advised)\b[^?.;]{0,50}?"
    r"\b(?:take|taking|have|having|use|using|given?|giving|prescribe|start|restart|on|buy|try)\b"
)


def asks_allowed(plan: Plan, /) -> bool:
    """Say whether it is asked if a medicine that the question names may be taken."""
    drugs = bool(plan.targets) and all(target.kind is ConceptKind.DRUG for target in plan.targets)
    return drugs and not plan.family and plan.window is None and _ALLOWED.search(plan.text) is not None


def told_forbidden(reading: Reading, /) -> list[DraftClaim]:
    """Quote the newest sentence of notes that forbids a medicine the question names, or the class it belongs to."""
    records, lexicon = reading.shelves.records, reading.chart.lexicon
    asked = {id_ for target in reading.plan.targets for id_ in target.ids[:1]}
    above = frozenset[str]().union(*(lexicon.above(id_) for id_ in asked)) if asked else frozenset[str]()
    passages = list(records.all_passages(reading.scope))
    told = [each for each in _forbidding(passages, lexicon) if each.drugs & above]
    if not told:
        return []
    newest = max(told, key=lambda each: each.when)
    return [quote_sentence(newest.passage, newest.sentence, records, route=ROUTE)]


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    drugs: frozenset[str]
    when: float


def _forbidding(passages: Sequence[Passage], lexicon: Lexicon) -> Iterator[_Told]:
    for passage in passages:
        if re.search(r"famil|\bfhx?\b", passage.section, re.IGNORECASE):
            continue
        known = passage.recorded or passage.occurred
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if sentence in passage.commands or text.rstrip().endswith("?"):
                continue
            drugs = {id_ for part in _forbidden(text, lexicon) for id_ in _drugs(part, lexicon)}
            if drugs:
                yield _Told(passage, sentence, frozenset(drugs), known.start.timestamp() if known else 0.0)


_HEADED = Cue(
    r"^\W*(?:\d+[.)]\s*)?(?P<drug>[\w/ -]{3,40}?)\s*[:–—-]\s*(?:please )?(?:avoid|contra-?indicated|not to be|never|do not (?:give|use|take|restart|prescribe))\b"
)
"""A medicine with a colon, and that it is forbidden: "NSAIDs: avoid lifelong"."""


def _forbidden(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield what stands behind the words that forbid, up to the end of the clause, where it tells no single event."""
    if headed := _HEADED.search(text):
        yield headed["drug"]
    for match in _FORBIDS.finditer(text):
        clause = re.split(r"[;(]|\.(?=\s|$)", text[match.end() :])[0]
        if _ONCE.search(clause):
            continue
        if match[0].rstrip().lower().endswith("no") and not _only_names(clause, lexicon):
            continue  # "no insulin drip" tells what was done
        yield clause[:_SPAN]


def _only_names(clause: str, lexicon: Lexicon) -> bool:
    """Say whether a bare "no" is said of a medicine, and of nothing about it."""
    denied = _ONLY_NAMED.match(clause)
    words = forms(denied[1]) if denied is not None else ()
    return any(mention.last - mention.first == len(words) for mention in lexicon.mentions(words))


def _drugs(text: str, lexicon: Lexicon) -> set[str]:
    named = {id_ for mention in lexicon.mentions(forms(text)) for id_ in mention.ids}
    return {id_ for id_ in named if lexicon.concepts[id_].kind is ConceptKind.DRUG and id_ not in _NOT_MEANT}


_NOT_MEANT = frozenset({"alcohol", "ethanol", "antibiotic", "cns-depressant"})
"""What is denied in passing: a drink, or that any antibiotic was needed."""
