"""A request for a story without what stands around it: who asks, for whom, and in what form it is wanted.

"Covering his list. Short paragraph on the gout for our medical adviser" asks for a paragraph on the gout.
"""
# ruff: noqa: E501

from __future__ import annotations

import re

from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import Lexicon, forms
from chartcite.engine.questions.question_words import is_ordinary

_SENTENCE = re.compile(r"(?<=[.?!;])\s+(?=\S)")
_ROLE_OR_USE = Cue(
    r"\b(?:locum|registrar|reg|resident|intern|nurse|midwife|gp|doctor|consultant|pharmacist|surgeon|an(?:a)?esthetist|physio\w*|dietiti?an|therapist|paramedic|social worker|case ?worker|insurer|assessor|adviser|advisor|underwriter|solicitor|school|employer"
    r"|covering|cross-?cover\w*|taking over|handover|handing over|letter|referral|report|form|audit|dictating|writing|conference|mdt|board|meeting|rounds?|clinic (?:today|tomorrow|next)|theatre|list (?:today|tomorrow|next|on)|screen(?:ing)?|assessment|pre-?op|transfer|application|visit(?:ing)? (?:today|tomorrow|next)|tomorrow|occupational health|carer|aide|respite|officer)\b"
)
"""Who asks, or what for."""
_OPENING = re.compile(r"^[^:?]{3,90}(?::|\s[-–—]+)\s+(?=\S)")
"""What leads in to a request: "Insurer's medical officer writing: kindly outline"."""
_WHO_ASKS = re.compile(
    r"^[^,?.:;]{3,70},\s+(?=(?:can|could|may|might|would|will|please|pls|kindly|i need|i['’]?d like|i would|give|what|how|run|walk|take|talk|sum|outline)\b)",
    re.IGNORECASE,
)
"""What leads in to a question: "new registrar on the firm, can I have ..."."""
_PRONOUN = Cue(r"\b(?:it|that|this|they|them|those|these|one)\b")
_FORM = (
    r"(?:summary|overview|outline|precis|précis|résumé|synopsis|rundown|run-down|recap|gist|digest|sketch|(?:potted|short|brief|quick) (?:history|account|background|story)|"
    r"paragraph|handover|hand-over|hand-?off|sign-?out|(?:two|three|four|five|six|\d|few|couple of) (?:plain |short |simple )?(?:lines|sentences))"
)
REQUEST = Cue(
    rf"\b(?:{_FORM}|outline|summari[sz]e|sum[- ]up|recap|walk me through|run me through|put together|where are we|timeline|how (?:does|do) (?:he|she|they) live|(?:story|background|history|course|hx))\b"
    r"|\bat a glance\b|\bin (?:a nutshell|brief|short|a few|one|two|three|four|five|\d)\b"
)
"""Asks for a story, in whatever form."""
_WANTED = Cue(
    rf"^(?P<before>[^?:;,]*?)\b(?P<form>{_FORM})(?: (?:needed|wanted|required|please|pls))?,? (?P<link>of|on|about|regarding|re|covering)\s+(?=\S)"
)
_ORDERED = Cue(
    r"^(?:(?:please|kindly|pls|could you|can you|would you)\W+)*(?:outline|summari[sz]e|sum up|recap|walk me through|run me through)\s+(?=\S)"
)
_VISIT = Cue(r"\b(?:appointment|appt|visit|admission|stay|review|clinic|consultation)\b")
_ASKS_BESIDE = Cue(r"\b(?:and|who|when|where|why|how|which)\b")
_READERS = (
    r"(?:colleagues?|team|consultants?|registrars?|reg|residents?|interns?|students?|mum|mom|mother|dad|father|parents|wife|husband|partner|son|daughter|sister|brother|doctors?|docs?|nurses?|midwi(?:fe|ves)|gps?|locums?|boss|family|employers?|insurers?|advis[eo]rs?|officers?|assessors?|underwriters?|payers?|case ?workers?|"
    r"social workers?|carers?|aides?|paramedics?|pharmacists?|surgeons?|an(?:a)?esthetists?|physio(?:therapist)?s?|dietitians?|therapists?|letters?|reports?|referrals?|forms?|notes?|files?|records|mdt|meetings?|rounds?|handovers?|solicitors?|school|audit)"
)
_READER = Cue(
    rf",?\s+for (?:an? |the |my |our |her |his |their |this |next )?(?:[\w'’-]+ ){{0,3}}?{_READERS}\b(?:(?: (?:who|taking|covering|seeing|meeting)\b|,? as (?:he|she|they|i|we)\b)[^,.:;?]*)?(?=\W*$|\s*[,.:;?(–—-])"
)
"""For whom or for what a story is wanted."""
_LENGTH = r"(?:(?:one|a|an|two|three|four|five|\d)[ -](?:single |short |brief )?(?:or (?:two|three|four|five|so) )?(?:paragraph|page|lines?|sentences?)|no more than [^,.:;?]*)"
_LENGTHS = Cue(rf",\s*(?:in |just |only |about )?{_LENGTH}(?=\W*$|\s*[,.:;?])")


def bare_story(text: str, lexicon: Lexicon) -> str:
    """Return a request for a story without its surroundings, as far as these name nothing clinical; any other question as it is."""
    if REQUEST.search(text) is None:
        return text
    whole = _READER.sub("", _asking(text, lexicon)).strip()
    bare = _LENGTHS.sub("", whole).strip()
    bare = bare if REQUEST.search(bare) else whole  # "the June stay, a paragraph" asks by its length alone
    wanted = _WANTED.match(bare)
    if wanted is not None and not _ASKS_BESIDE.search(wanted["before"]):
        bare = f"{wanted['form']} {wanted['link']} {bare[wanted.end() :]}"
    return bare if any(map(str.isalpha, REQUEST.sub("", bare))) else text


_EVENT_OF_ORGAN = re.compile(
    r"\b(?P<asks>what (?:happened|went on|was going on|went wrong))(?: (?:to|with|in))? (?:(?:my|his|her|their|the|this) )?(?:(?:new|transplanted|donated|donor|left|right|bad) )?"
    r"(?:kidneys?|graft|heart|liver|lungs?|pancreas|thyroid|bowels?|bladder|chest|stomach|eyes?)(?= (?:in|during|around|back in|over|at the (?:start|end|beginning) of) (?:\w+ )?(?:\w+ )?(?:19|20)?\d\d\b)",
    re.IGNORECASE,
)


def without_organ(text: str) -> str:
    """Ask what happened in a time, and not how the values of an organ went then: "what happened to his kidney in June 2022"."""
    return _EVENT_OF_ORGAN.sub(lambda match: "what happened", text)


def _asking(text: str, lexicon: Lexicon) -> str:
    """Return the sentences from the request on, where those before it only tell; a request that points back needs them."""
    sentences = _SENTENCE.split(text)
    place = next((number for number, sentence in enumerate(sentences) if REQUEST.search(sentence)), 0)
    before, rest = sentences[:place], " ".join(sentences[place:])
    if any(sentence.rstrip().endswith("?") for sentence in before) or (before and _points_back(sentences[place], lexicon)):
        return text
    lead = _WHO_ASKS.match(rest)
    if lead is not None and _leads_in(lead[0], lexicon):
        rest = rest[lead.end() :]
    opening = _OPENING.match(rest)
    if opening is not None and REQUEST.search(rest, opening.end()) and REQUEST.search(opening[0]) is None:
        left = rest[opening.end() :]
        led_in = _leads_in(opening[0], lexicon) and (_WANTED.match(left) or _ORDERED.match(left))
        rest = left if led_in or (_ROLE_OR_USE.search(opening[0]) and not any(map(str.isdigit, opening[0]))) else rest
    timed_before = before and _VISIT.search(rest) and not any(map(str.isdigit, rest))
    return text if timed_before else rest


def _leads_in(opening: str, lexicon: Lexicon) -> bool:
    """Say whether words before a colon only lead in: "CellCept dosing: walk me through it" names there what it asks for."""
    return REQUEST.search(opening) is None and not _names(opening, lexicon)


def _points_back(sentence: str, lexicon: Lexicon) -> bool:
    """Say whether a sentence says "it" or "that" before it names anything."""
    pronoun = _PRONOUN.search(sentence)
    return pronoun is not None and not _names(sentence[: pronoun.start()], lexicon)


def _names(words: str, lexicon: Lexicon) -> bool:
    """Say whether words name something of the lexicon; "new" alone, though a score is called so, names nothing."""
    folded = forms(words)
    return any(
        not all(is_ordinary(word) for word in folded[mention.first : mention.last]) for mention in lexicon.mentions(folded)
    )
