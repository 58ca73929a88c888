"""Which words of a question facts leave open: what is asked of a thing and stands in none of the claims about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chartcite.engine.domain.answers import ClaimKind, DraftClaim
from chartcite.engine.domain.records import Category
from chartcite.engine.facts.people import fields_named
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import ConceptKind, Lexicon, fold, forms
from chartcite.engine.notes.bare_reasons import gives_bare_reason
from chartcite.engine.questions.abnormal_results import abnormal_words
from chartcite.engine.questions.asked_kinds import kind_of
from chartcite.engine.questions.particulars import tells_time
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import ATTRIBUTES, ORDINARY, OTHER_WORDS, Intent, is_ordinary

MOST_LEFT_OPEN = 0.5
"""Share of the question's further words that facts must say, where no note says them."""


def left_open(plan: Plan, claims: Sequence[DraftClaim], lexicon: Lexicon) -> bool:
    """Say whether facts leave open what the question asks of the thing it names ("what stage", "who was the surgeon").

    Only words that ask for something of the record count: names of attributes, and clinical words. Plain English does not.
    """
    if plan.aspects or all(claim.route == "withdrawn" for claim in claims) or any(map(_tells_of_sample, claims)):
        return False  # what the record says of the thing is told; notes add the rest
    asks_finding = plan.intent is Intent.PRESENCE and plan.targets and not plan.subject_named
    if asks_finding and all(claim.kind is ClaimKind.ABSENCE for claim in claims) and not _of_one_kind(plan, claims):
        return False  # what is denied is denied, however it is asked
    asking = [
        word
        for word in plan.keywords
        if word in ATTRIBUTES
        or (
            len(word) > 2
            and not _TROUBLE.fullmatch(word)
            and ((not is_ordinary(word) and lexicon.has_word(word)) or asks_finding)
        )
    ]
    if not asking and _describes_state(plan):
        asking = list(plan.keywords)  # the state of a drug or problem says none of what is asked of it
    asking += [word for word in plan.keywords if word not in asking and word in _names_in(plan.text)]
    told_anyway = _told_anyway(plan, claims)
    asking = [word for word in asking if word not in told_anyway]
    if all(claim.category is Category.ENCOUNTER or claim.route == "changes" for claim in claims):
        fields = {word for named in fields_named(plan.text).words for word in forms(named)}
        asking = [word for word in asking if word not in fields]  # the visits or the time were chosen by them
    if plan.window is not None:
        asking = [word for word in asking if word not in _EPISODES]
        cues = (_CIRCUMSTANCE, _AT_VISIT) if all(claim.route in _VALUES for claim in claims) else (_CIRCUMSTANCE,)
        beside = set(forms(" ".join(match[0] for cue in cues for match in cue.finditer(mended_text(plan)))))
        asking = [word for word in asking if word not in beside]
    if not asking:
        return False
    said = {word[:6] for claim in claims for word in forms(f"{claim.text} {' '.join(quoted_texts(claim))}")}
    said |= {word[:6] for word in _other_names(claims, lexicon)}
    said |= {word for letter, word in (("l", "left"), ("r", "right")) if letter in said}  # "L knee flexion"
    if {"left", "right"} <= said and _WHICH_SIDE.search(plan.text):
        return False  # both sides are told
    if said & {"left", "right", "bilater", "both"}:
        said |= {"left", "side", "sides"}  # a side is told, whichever
    told = frozenset[str]()
    held = 0
    for word in asking:
        if any(form[:6] in said for form in (word, *OTHER_WORDS.get(word, ()))):
            held += 1
        elif meant := lexicon.named_by(word):
            told = told or _concepts_told(claims, lexicon)
            held += bool(meant & told)
    return held < MOST_LEFT_OPEN * len(asking)


def _of_one_kind(plan: Plan, claims: Sequence[DraftClaim]) -> bool:
    """Say whether one of a class is denied where another is asked for ("was the bone infected?", no endocarditis)."""
    wide = any(target.is_class for target in plan.targets)
    said = {word for claim in claims for word in forms(claim.text)}
    return wide and bool(plan.keywords) and all(noted_as(word).isdisjoint(said) for word in plan.keywords)


def _tells_of_sample(claim: DraftClaim) -> bool:
    """Say whether a claim holds what the laboratory noted of a sample, which is told only where it is asked."""
    return claim.category is Category.LABORATORY and "; note " in claim.text


_WHICH_SIDE = Cue(
    r"\bwhich (?:side|foot|leg|eye|ear|knee|hip|hand|arm|shoulder|elbow|ankle|wrist|kidney|lung|breast|carotid|ovary|testicle"
    r"|lens|heel|toe)\b"
)


def _told_anyway(plan: Plan, claims: Sequence[DraftClaim]) -> frozenset[str]:
    """Return words that claims tell without saying them."""
    told = _COURSES | _LENGTHS if plan.intent is Intent.DURATION else _COURSES
    if any(_A_SIZE.search(claim.text) for claim in claims):
        told |= _SIZES
    if plan.intent is Intent.DURATION and claims and all(claim.category is Category.ENCOUNTER for claim in claims):
        return told | _STAYS
    if claims and all(claim.route == "latest_each" for claim in claims):
        told |= abnormal_words(plan.text)  # only those that are flagged were listed
    if claims and all(claim.route == "family" and "died" in claim.text for claim in claims):
        return told | _OF_DEATHS
    if claims and all(claim.route == "trend" for claim in claims):
        return told | _OF_RECOVERY
    if claims and all(claim.category is Category.IMMUNIZATION for claim in claims):
        return told | _OF_VACCINES | (frozenset({"against"}) if _PROTECTED.search(plan.text) else frozenset())
    if claims and plan.intent is Intent.PRESENCE and all(claim.category in _OF_DEEDS for claim in claims):
        return told | _REPEATED
    if claims and plan.intent is Intent.PRESENCE and all(claim.route == "condition_state" for claim in claims):
        ended = all(claim.text.partition(": ")[2].startswith(("resolved", "remission")) for claim in claims)
        return told | _OF_STATES | (_BETTER if ended else frozenset())
    if claims and plan.intent is Intent.WHEN and all(_tells_end(claim) for claim in claims):
        return told | _OF_STATES | _BETTER
    if claims and all(claim.category is Category.MEDICATION for claim in claims):
        return told | _OF_ORDERS | (_OF_DOSES if plan.intent is Intent.DOSE else frozenset())
    return told


def _tells_end(claim: DraftClaim) -> bool:
    return claim.category is Category.CONDITION and re.search(r", ended \d", claim.text) is not None


_OF_DEEDS = frozenset({Category.PROCEDURE, Category.REPORT})
_REPEATED = frozenset(fold(word) for word in "repeat repeated rpt follow followup another second further".split())
"""Words for one more of what was done before, which its day tells."""
_A_SIZE = Cue(r"\b\d+(?:\.\d+)? ?(?:mm|cm)\b")
_SIZES = frozenset(fold(word) for word in "big large small wide size diameter dimension measurement bigger".split())
"""Words for a size, which a length in the name of a thing tells."""
_OF_DEATHS = frozenset(fold(word) for word in "die died dead death dies kill killed pass passed cause".split())
"""Words for what a relative's entry tells itself: what the relative had, and the age at death."""
_OF_RECOVERY = frozenset(
    fold(word)
    for word in "progress recovery physio physiotherapy rehab rehabilitation exercise exercises therapy stronger weaker".split()
)
"""Words for what values of strength or movement are measured in, which their course tells itself."""
_LENGTHS = frozenset({"interval", "duration", "length", "gap", "span", "between", "apart"})
"""Words for the length that is calculated."""
_STAYS = frozenset({"ward", "lie", "lain", "lying", "bed", "unit", "stay", "hospital"})
"""Words for the stay whose length is told; a ward that the question numbers has chosen it."""
_PROTECTED = Cue(r"\b(?:jab\w*|vaccin\w*|immuni\w+|inoculat\w*|protect\w*|cover\w*|shots?|boosters?) against\b")
_OF_VACCINES = frozenset({"cover", "covered", "protect", "protected", "protection", "jabb", "jabbed", "seasonal"})
"""Words that a vaccination tells itself."""
_OF_ORDERS = frozenset(
    {"running", "run", "going", "live", "ongoing", "open", "brand", "issu", "issued", "provider", "prescriber"}
)
"""Words for what an order tells itself: that it stands, its name, who signed it."""
_OF_STATES = frozenset(
    fold(word) for word in "clear cleared cure cured gone heal healed over resolve resolved settled end ended".split()
)
"""Words for the end of a problem, which its state on the list of problems tells either way."""
_BETTER = frozenset(
    fold(word)
    for word in "better improve improved improving recover recovered recovering mend mended fixed fine normal back up".split()
)
"""Words for the good turn of a problem, which its end tells, and its being active does not."""
_OF_DOSES = frozenset({"interval", "spacing", "frequency", "schedule", "strength", "top", "max", "maximum", "peak"})
"""Words for what the instructions of an order tell."""
_COURSES = frozenset({"systemic", "therapy", "treatment", "regimen", "burst", "course", "round", "cycle"})
"""Words for a time of treatment, which no record need say."""
_EPISODES = frozenset({"flare", "episode", "attack", "bout", "spell", "exacerbation", "trip", "stay", "illness"})
"""Words for what happened at a time that the question names by its date."""
_CIRCUMSTANCE = re.compile(
    r"\b(?:when|while|as) (?:she|he|they|i|the patient|pt|mum|mom|dad) (?:was |were |had |got |went )?\w+", re.IGNORECASE
)
"""A circumstance that a named time already tells: "when she delivered in July 2014"."""


def mended_text(plan: Plan) -> str:
    """Return a part of a question with its spelling mended."""
    return " ".join(plan.corrected.get(word.lower(), word) for word in plan.text.split())


_VALUES = frozenset({"latest_value", "first_value", "value_in_window", "extreme_value", "trend"})
_AT_VISIT = Cue(
    r"(?:[\w&/’'-]+\s+){0,3}?\b(?:clinics?|visits?|appointments?|appts?|reviews?|consult\w*|follow[- ]?ups?|check-?ups?"
    r"|physicals?|medicals?|rounds?|wards?|admission|stay|booking|screen(?:ing)?|assessment)\b"
)
"""A visit that a value of a named time was taken at, whatever the record calls it."""
_TROUBLE = re.compile(
    r"trouble|problem|issue|confirm\w*|actual\w*|really|definite\w*|proper\w*|particular\w*|sort|carr(?:y|ied|ying)"
)
"""Words that ask for a finding and say nothing of it."""


_TOLD_BY_NOTES = frozenset({"why", "who", "where", "did", "whether", "which", ""})
"""Kinds of questions that notes tell beside facts."""
LEAST_SAID = 0.5
_IF = re.compile(r"\b(?:if|in case|unless)\b", re.IGNORECASE)
_TELLS_CAUSE = re.compile(r"\breason:|, for |\bnot[- ]done\b.*(?:\(|: )")
_OF_LIFE = frozenset({"when", "number"})
"""Kinds that a table of habits does not tell: it holds the day on which they were asked, not that of a change."""


def says_little(plan: Plan, claims: Sequence[DraftClaim], /, *, least: float = LEAST_SAID) -> bool:
    """Say whether claims of facts leave to the notes what is asked.

    They do where no entry tells the time that is asked, where they say less than `least` (0..1) of the words that are asked
    beside the thing itself, where none of them tells the cause that is asked, what to do if something comes, or when a habit
    changed. What has a value, and what only a list can tell, is told by facts however it is asked.
    """
    kind = kind_of(plan.text)
    if not claims or plan.aspects or plan.family or all(claim.route == "carer" for claim in claims):
        return False
    if plan.intent is Intent.WHEN and not any(tells_time(claim.text) for claim in claims):
        return True  # entries without a date
    if kind == "why":
        return not any(_TELLS_CAUSE.search(claim.text) and not gives_bare_reason(claim.text, plan.text) for claim in claims)
    if all(claim.category is Category.SOCIAL_HISTORY for claim in claims):
        return kind in _OF_LIFE
    if any(target.kind in {ConceptKind.MEASUREMENT, ConceptKind.VACCINE} for target in plan.targets) or plan.subject_named:
        return False
    if _IF.search(plan.text):
        return True
    if not plan.keywords or kind not in _TOLD_BY_NOTES:
        return False
    words = {word for claim in claims for word in forms(f"{claim.text} {' '.join(quoted_texts(claim))}")}
    said = sum(not noted_as(word).isdisjoint(words) for word in plan.keywords)
    return said < least * len(plan.keywords)


def _other_names(claims: Sequence[DraftClaim], lexicon: Lexicon) -> set[str]:
    """Return the words of all names of what claims name: who asks for stitches is told by sutures."""
    runs = {forms(claim.text.partition(" was ")[0].partition(":")[0]) for claim in claims if claim.route != "quote"}
    ids = {id_ for run in runs for mention in lexicon.mentions(run) for id_ in mention.ids}
    return {word for surface in lexicon.surfaces(sorted(ids)) for word in forms(surface)}


def _concepts_told(claims: Sequence[DraftClaim], lexicon: Lexicon) -> frozenset[str]:
    """Return the concepts that claims name, with the classes over them."""
    words = [forms(f"{claim.text} {' '.join(quoted_texts(claim))}") for claim in claims]
    named = {id_ for run in words for mention in lexicon.mentions(run) for id_ in mention.ids}
    return frozenset(above for id_ in named for above in lexicon.above(id_))


def _describes_state(plan: Plan) -> bool:
    """Say whether something further is asked of a drug, a problem or a value, in words that the chart would have to hold."""
    kinds = {target.kind for target in plan.targets}
    stated = kinds <= {ConceptKind.DRUG, ConceptKind.CONDITION} or any(not is_ordinary(word) for word in plan.keywords)
    return plan.intent in {Intent.DESCRIBE, Intent.LATEST} and stated and len(plan.keywords) > 1


def _names_in(text: str) -> set[str]:
    """Return the folded words that look like names of people or places: capitals within the sentence that plain English lacks."""
    inside = {match[1] for match in re.finditer(r"(?<=[a-z,;] )([A-Z][a-z]{2,})\b", text)}
    return {word for name in inside for word in forms(name) if word not in ORDINARY}


def quoted_texts(claim: DraftClaim) -> list[str]:
    """Return what a claim quotes, with the elements that it stands on."""
    return [text for citation in claim.citations for text in (citation.quote, *(element.quote for element in citation.elements))]
