"""What medicines did amiss, where none is named ("any side effects from her meds?", "what could he not tolerate?").

Told are the medicines of the list of allergies and intolerances, the orders that were ended for a harm, and sentences of notes that lay a
complaint to a medicine. What a warning, a plan or a possibility says is left out.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, forms
from chartcite.engine.notes.quoting import quote_allergies, quote_sentence
from chartcite.engine.notes.turn_causes import names_harm
from chartcite.engine.questions.plans import Plan, Target
from chartcite.engine.questions.question_words import Intent, is_ordinary
from chartcite.engine.retrieval import preferred

ROUTE = "near_quote"
MOST_NOTED = 3
MOST_ORDERS = 12
_MEDICINES = r"(?:meds?|medic\w+|drugs?|pills?|tablets?|tabs|treatments?|prescriptions?|things? (?:s?he|they|i)(?:'s|'ve| has| have| is)? (?:taken?|tried|on)|antibiotics?|anything|any|what)"
_ASKS = Cue(
    r"\bside[- ]?effects?\b|\badverse (?:drug |medication )?(?:effects?|events?|reactions?)\b|\bADRs?\b|\bbad reactions?\b"
    rf"|\b{_MEDICINES}\b.*\b(?:not|n['’]t|never|cannot|poorly|badly)\b.*\btolerat\w+|\b(?:not|n['’]t|never|cannot|poorly|badly)\b.*\btolerat\w+ .*\b{_MEDICINES}\b"
    rf"|\b{_MEDICINES}\b.*\b(?:disagree\w* with|upset|bother\w*|made|makes?|making) (?:him|her|me|them)\b(?: (?:ill|sick|feel|poorly|unwell|worse|bad|$)|\W*$)"
    rf"|\b(?:stopp?\w*|came off|taken off|discontinued|quit)\b.*\b(?:because|due to|for)\b.*\b(?:problems?|side|harm|trouble|intoleran\w*|reactions?)\b|\bintoleran\w+ (?:of|to) (?:any )?{_MEDICINES}\b"
    rf"|\b{_MEDICINES}\b.*\b(?:caus(?:ed|ing)|giv(?:en|ing)|gave) (?:him|her|me|them|any)?\b.*\b(?:problems?|trouble|issues?|grief)\b|\bproblems? (?:with|from) (?:his|her|my|their|any|the) (?:meds?|medic\w+|pills?|tablets?|drugs?)\b"
)
_OF_STOPS = Cue(r"\b(?:stopp?\w*|came off|come off|taken off|took (?:him|her|me|them) off|discontinued|quit|given up|gave up)\b")
_ONLY_LISTED = Cue(r"\ballerg\w*")
_FORESEEN = Cue(
    r"\b(?:warn\w*|told|tell|counsel\w*|explain\w*|discuss\w*|watch|look out|expect\w*|possible|potential|common|known|should|could|might|may|can|risk\w*|worr\w*|afraid|scared|fear\w*|if|mean|list the)\b(?! (?:s?he|they|i) not)"
)
"""Asks what may happen, or what was said of it, and not what did."""
_ANY_MEDICINE = frozenset({"medication adverse effect", "medication", "adverse reaction to drug", "side effect"})
_OF_ASKING = frozenset(
    forms(
        "adverse bad reaction reactions event events effect effects side tolerate tolerated tolerating caused causing problem problems disagreed"
        " disagree upset bothered trouble intolerant intolerance intolerances harm grief poorly badly wise etc medicine medication meds"
    )
)
_HARM_NAMED = Cue(
    r"\b(?:side[- ]?effects?|adverse|intoleran\w*|not tolerat\w*|could not tolerate|qtc?|tendon\w*|tendinitis|thrush|candidiasis|pneumonia|hypotension|orthostat\w*|syncope|tachycardia|palpitations?|headaches?|dyspepsia|heartburn|reflux"
    r"|loose|bowels?|stomach|gi upset|hallucinat\w*|delirium|cognition|cognitive|mood|irritab\w*|agitat\w*|anxiety|depress\w*|suicid\w*|sleep disturbance|dreams|tremors?|twitch\w*|dyskinesia|dystonia|akathisia|extrapyramidal|seizures?|weakness|ck|neuropath\w*|tinnitus"
    r"|blurred|dry mouth|weight loss|lfts?|alt|transaminase\w*|hepat\w*|pancreatitis|aki|kidney injury|creatinine|anaemi\w*|anemi\w*|cytopeni\w*|pancytopeni\w*|ulcers?|mucositis|stomatitis|alopecia|hair loss|acne|photosensitiv\w*|sexual|erectile|gyna?ecomastia"
    r"|flush\w*|sweat\w*|retention|lactic|bruis\w*|haemorrhage|hemorrhage|balanitis|ketoacidosis|infections?|fracture|angio-?edema|angioedema|urticaria|anaphyla\w*|puffy|sore|metallic|taste)\b"
)
_NOT_HARMED = Cue(
    r"\b(?:completed?|course (?:over|done|finished)|finished|deprescrib\w*|no (?:longer|ongoing|further)|not (?:needed|covered|controlled)|uncontrolled|despite|on treatment|fail\w*|ineffective|no (?:benefit|effect|response)|stepped|step-?(?:up|down)"
    r"|increas\w*|rais(?:ed|ing)|resolved|improved|cleared|cured|surgery|procedure|cost|price|insurance|formulary|preference|pregnan\w*|breast-?feeding|transitioned to|exacerbations?|died|deceased|moved)\b"
)
"""A reason by which an order ends without harm; told of harm beside it, the harm counts where it is called one."""
_SURELY = Cue(
    r"\b(?:side[- ]?effects?|adverse|intoleran\w*|not tolerat\w*|could not tolerate|drug (?:rash|eruption|reaction|fever)|(?:drug|medication|statin|[a-z]+(?:in|ol|ide|il|ne|am))[- ](?:induced|associated|related)|did(?: not|n't) (?:agree|suit)|upset (?:his|her|my|their) stomach)\b"
)
_LAID_TO = Cue(
    r"\b(?:due to|d/t|2/2|secondary to|because of|caused by|blamed on|attributed to|since (?:on|start\w*|tak\w*|going on|beginning)|after (?:start\w*|tak\w*|beginning)|started after|from|common with|related to|day \d+ of|(?:->|→|=>) ?(?:stop\w*|d/?c|held|hold))(?!\w)"
)
"""Goes between a complaint and the medicine that is behind it."""
_BROUGHT = Cue(
    r"\b(?:causes?|caused|causing|gave|gives?|made|makes?|stopp?(?:ed)?(?: \w+){0,2} (?:because of|due to|for|after))\b|[- ](?:induced|associated|related)\b"
)
"""Goes between a medicine and the complaint that it brought."""
_SPAN, _NEAR = 48, 24
"""Characters behind the words by which a complaint is laid to a medicine, within which that is named; and behind "from" alone."""
_SAID = Cue(r"\bit says\b|\bsays (?:her|his|my|their)\b")
"""Only tells what a paper says."""
_FELT = Cue(r"\b(?:gave|gives?|made|makes?) (?:him|her|me|them) \w+")
_IT_DID = Cue(r"\b(?:it|that|this) (?:made|makes|gave|gives|caused|causes) (?:him|her|me|them)\b")
"""Says of the medicine that the sentence before names what it did."""
_NOT_DONE = Cue(
    r"\b(?:if|unless|in case|warn\w*|reviewed|explain\w*|counsel\w*|education|advis\w*|told of|discuss\w*|monitor\w*|watch|avoid\w*|risks? (?:of|incl\w*)|risk:|may|might|could|can(?! also)|would|should|possible|potential|will|plan|worr\w*|afraid|prevent\w*|hold off)\b|\?\s*$"
)
_DENIES = Cue(
    r"\b(?:no|nil|without|denies|never had)(?: any| known| significant| major| further| new)? (?:\w+ )?(?:side[- ]?effects?|SEs?|adverse (?:effects?|events?|reactions?)|site reactions?|intoleranc\w*)\b|\btolerat(?:ed|es|ing) (?:\w+ ){0,4}?(?:well|fine|ok)\b|\bwell tolerated\b|\bside[- ]?effects?\b[^.;]{0,24}: ?(?:none|nil|no)\b"
)
_OF_KIN = Cue(
    r"\b(?:mother|mum|mom|father|dad|sister|brother|aunt|uncle|cousin|wife|husband|friend|sister-in-law|brother-in-law|neighbou?r)(?:'s)?\b"
)


def asks_side_effects(plan: Plan, /) -> bool:
    """Say whether it is asked what medicines did amiss, and no medicine, test or illness is named."""
    if plan.family or plan.window is not None or plan.anchor is not None or plan.moments or _FORESEEN.search(plan.text):
        return False
    if any(target.label not in _ANY_MEDICINE and not _ASKS.search(target.words) for target in plan.targets):
        return False
    if any(word not in _OF_ASKING and not is_ordinary(word) for word in plan.keywords):
        return False  # what else is named, nothing knows: a medicine perhaps
    return _ASKS.search(plan.text) is not None and _ONLY_LISTED.search(plan.text) is None


def told_side_effects(reading: Reading, /) -> list[DraftClaim]:
    """Tell what the lists and the notes know of harm by medicines; where they know of none, what notes deny."""
    records, lexicon = reading.shelves.records, reading.chart.lexicon
    stops_asked = _OF_STOPS.search(reading.plan.text) is not None
    passages = list(records.all_passages(reading.scope))
    ended = [fact for fact in _orders(reading) if ended_by_harm(fact)][-MOST_ORDERS:]
    listed = [] if stops_asked else _listed(reading, ended)
    quoted = (
        []
        if stops_asked or listed
        else [
            claim
            for claim in quote_allergies((), passages, records)
            if claim.kind is not ClaimKind.ABSENCE and _drugs(claim.text, lexicon)
        ]
    )
    facts = [
        *(draft(fact, reading.chart, route="allergy") for fact in listed),
        *quoted,
        *(draft(fact, reading.chart, route="medication_reason") for fact in ended),
    ]
    said = [*(fact.concept.text for fact in (*listed, *ended)), *(claim.text for claim in quoted)]
    known = {id_ for text in said for id_ in _drugs(text, lexicon)}
    noted = [] if stops_asked and facts else _newest_first(_noted(passages, lexicon, known))
    told = [*facts, *(quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in noted[:MOST_NOTED])]
    if told:
        return told
    denied = _newest_first(_denied(passages))
    return [quote_sentence(each.passage, each.sentence, records, route=ROUTE) for each in denied[:1]]


_HARMED = Cue(
    r"\b(?:damag\w*|caus\w+|gave|giv(?:e|en|ing)|due to|because of|brought on|bring on|down to|induc\w+|trigger\w*|affect\w*|harm\w*|hurt\w*|wreck\w*|ruin\w*|slow\w*|knacker\w*|mess\w* up|to blame|led to|lead to|related|responsible)\b"
)
"""Asks whether a medicine that is named did a harm that is named."""
_BY_MEDICINE = Cue(
    r"[- ](?:induced|related|associated)\b|\btoxicity\b|\b(?:due to|secondary to|caused by|attributed to|arose (?:on|with)|from|side[- ]effects? of|after|on)\b"
)
"""Lays a problem of the list to the medicine that stands beside these words."""


def told_harm_of(reading: Reading, /) -> list[DraftClaim]:
    """Tell the problems of the list that are laid to the one medicine whose harm is asked; empty: none is, or none is asked."""
    plan, chart = reading.plan, reading.chart
    drugs = [target for target in plan.targets if target.kind is ConceptKind.DRUG]
    called = {word for target in drugs for word in forms(target.words)}
    others = [target for target in plan.targets if target not in drugs and not set(forms(target.words)) <= called]
    if len(drugs) != 1 or plan.family or plan.upcoming or plan.window is not None or _FORESEEN.search(plan.text):
        return []
    words = {word for target in others for word in (*forms(target.words), *forms(target.label))} | set(plan.keywords)
    organs = {word for word in words if word not in _OF_NO_ORGAN and not _HARMED.search(word)}
    named = bool(organs) and plan.intent in {Intent.PRESENCE, Intent.REASON} and _HARMED.search(plan.text) is not None
    if not named and not _ASKS.search(plan.text):
        return []
    facts = preferred(reading.shelves.records.facts(reading.scope, categories=(Category.CONDITION,)))
    laid = [fact for fact in facts if fact.assertion in _REAL and _is_laid_to(fact, drugs[0])]
    meant = [fact for fact in laid if not named or _is_about(fact, others, organs, chart.lexicon)]
    if named and not meant:
        return []
    ended = [fact for fact in _orders(reading) if not named and ended_by_harm(fact) and drugs[0].find(forms(fact.concept.text))]
    claims = [claim for fact in meant[:MOST_LAID] for claim in _laid(fact, drugs[0], reading)]
    return [*claims, *(draft(fact, chart, route="medication_reason") for fact in ended[-MOST_NOTED:])]


def _laid(fact: Fact, drug: Target, reading: Reading) -> list[DraftClaim]:
    """Tell a problem that is laid to a medicine, with the sentence that lays it, where its name does not."""
    claim = draft(fact, reading.chart, route="condition_list")
    if drug.find(forms(fact.concept.text)) is not None:
        return [claim]
    records = reading.shelves.records
    said = [
        (passage, sentence)
        for passage in records.all_passages(reading.scope)
        if passage.resource == fact.resource
        for sentence in passage.sentences
        if sentence not in passage.commands and drug.find(forms(passage.sentence_text(sentence))) is not None
    ]
    return [claim, *(quote_sentence(*place, records, route=ROUTE) for place in said[:1])]


MOST_LAID = 6
_REAL = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL})


def _is_laid_to(fact: Fact, drug: Target) -> bool:
    """Say whether a problem is laid to a medicine by its name, or by the note on it."""
    texts = [fact.concept.text, *(detail.text for detail in fact.details if detail.name == "note")]
    return any(drug.find(forms(text)) is not None and _BY_MEDICINE.search(text) is not None for text in texts) or (
        _SURELY.search(fact.concept.text) is not None and any(drug.find(forms(text)) is not None for text in texts)
    )


def _is_about(fact: Fact, targets: Sequence[Target], organs: set[str], lexicon: Lexicon) -> bool:
    """Say whether a problem is one that a question names, or one of the organ that it names."""
    known = {id_ for id_ in lexicon.link(fact.concept) if lexicon.concepts[id_].kind is not ConceptKind.DRUG}
    if any(target.find(forms(fact.concept.text)) is not None or set(target.ids) & known for target in targets):
        return True
    over = {above for id_ in known for above in lexicon.above(id_)}
    called = {word for surface in lexicon.surfaces([*known, *over]) for word in forms(surface)} | set(forms(fact.concept.text))
    return bool(organs & called)


_OF_NO_ORGAN = frozenset(
    forms("disease function disorder problem test level damage illness finding side effect effects had ever")
)


def _listed(reading: Reading, ended: Sequence[Fact]) -> list[Fact]:
    """Return the allergies and intolerances to medicines of the list; the refuted ones where an order was ended for them."""
    lexicon = reading.chart.lexicon
    facts = reading.shelves.records.facts(reading.scope, categories=(Category.ALLERGY,))
    held = [
        fact
        for fact in facts
        if fact.span is None and fact.assertion is not AssertionStatus.ENTERED_IN_ERROR and _is_medicine(fact, lexicon)
    ]
    suspected = {id_ for fact in ended for id_ in _drugs(fact.concept.text, lexicon)}
    return [
        fact for fact in held if fact.assertion is not AssertionStatus.ABSENT or _drugs(fact.concept.text, lexicon) & suspected
    ]


def _is_medicine(fact: Fact, lexicon: Lexicon) -> bool:
    sorts = [detail.text for detail in fact.details if detail.name == "category"]
    return "medication" in sorts if sorts else bool(_drugs(fact.concept.text, lexicon))


def _orders(reading: Reading) -> list[Fact]:
    facts = preferred(reading.shelves.records.facts(reading.scope, categories=(Category.MEDICATION,)))
    held = [fact for fact in facts if fact.assertion is not AssertionStatus.ENTERED_IN_ERROR]
    return sorted(held, key=lambda fact: fact.ended.start.timestamp() if fact.ended else 0.0)


def ended_by_harm(fact: Fact, /) -> bool:
    """Say whether an order was ended, by its reason of record, for something that the medicine did amiss."""
    detail = fact.detail("status_reason")
    if detail is None:
        return False
    given_for = {word for each in fact.details if each.name == "reason" for word in forms(each.text)}
    if _SURELY.search(detail.text):
        return True
    clauses = [clause for clause in re.split(r"[;.]", detail.text) if not _NOT_HARMED.search(clause)]
    return any(_tells_harm(clause) and not _is_its_reason(clause, given_for) for clause in clauses)


def _tells_harm(text: str) -> bool:
    return names_harm(text) or _HARM_NAMED.search(text) is not None or _FELT.search(text) is not None


def _is_its_reason(clause: str, given_for: set[str]) -> bool:
    """Say whether the harm that a clause names is the complaint for which the medicine was given."""
    harms = {word for word in forms(clause) if _tells_harm(word)}
    return bool(harms) and harms <= given_for


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    drugs: frozenset[str]
    when: float


def _noted(passages: Sequence[Passage], lexicon: Lexicon, known: set[str]) -> Iterator[_Told]:
    """Yield the sentences that lay a complaint to a medicine, or call it a side effect, but for medicines that lists tell of."""
    for passage in passages:
        if re.search(r"famil|\bfhx?\b", passage.section, re.IGNORECASE):
            continue
        last: set[str] = set()
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            before, last = last, _drugs(text, lexicon)
            if sentence in passage.commands or _DENIES.search(text) or _OF_KIN.search(text):
                continue
            clauses = [clause for clause in re.split(r"[;.]\s", text) if not _NOT_DONE.search(clause)]
            laid = {id_ for clause in clauses for id_ in _blamed(clause, lexicon)}
            if len(before) == 1 and any(_IT_DID.search(clause) and _tells_harm(clause) for clause in clauses):
                laid |= before
            news = {id_ for id_ in laid if id_ not in known and known.isdisjoint(lexicon.below(id_))}
            if news:
                yield _Told(passage, sentence, frozenset(news), _when(passage))


def _blamed(clause: str, lexicon: Lexicon) -> set[str]:
    """Return the medicines to which a clause lays a complaint that it tells of."""
    if not _tells_harm(clause) or _SAID.search(clause):
        return set()
    if _SURELY.search(clause):
        return _drugs(clause, lexicon)
    behind = [
        clause[match.end() : match.end() + (_NEAR if match[0].lower() == "from" else _SPAN)]
        for match in _LAID_TO.finditer(clause)
    ]
    before = [clause[: match.start()] for match in _BROUGHT.finditer(clause)]
    return {id_ for text in (*behind, *before) for id_ in _drugs(text, lexicon)}


def _denied(passages: Sequence[Passage]) -> Iterator[_Told]:
    for passage in passages:
        for sentence in passage.sentences:
            text = passage.sentence_text(sentence)
            if sentence not in passage.commands and _DENIES.search(text) and not _NOT_DONE.search(text):
                yield _Told(passage, sentence, frozenset(), _when(passage))


def _when(passage: Passage) -> float:
    known = passage.recorded or passage.occurred
    return known.start.timestamp() if known else 0.0


def _newest_first(told: Iterator[_Told]) -> list[_Told]:
    """Return one sentence for each medicine, the newest of them first."""
    chosen: list[_Told] = []
    for each in sorted(told, key=lambda one: -one.when):
        if not each.drugs or not any(each.drugs & other.drugs for other in chosen):
            chosen.append(each)
    return chosen


def _drugs(text: str, lexicon: Lexicon) -> set[str]:
    """Return the medicines that a text names, by the ids of the lexicon."""
    named = {id_ for mention in lexicon.mentions(forms(text)) for id_ in mention.ids}
    return {id_ for id_ in named if lexicon.concepts[id_].kind is ConceptKind.DRUG}
