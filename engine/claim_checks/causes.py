"""A claim that gives a cause: the evidence itself gives this cause to this effect, and not to another act beside it.

A link of the evidence has two sides. What is claimed as the cause must stand on the side of the cause, and what is claimed as the
effect on the other, with the same act: what a medicine was stopped for is not what the next one was chosen for. A link that is
denied ("not due to"), or that prevents ("to avoid a stroke"), gives no cause.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from chartcite.engine.claim_checks.acts import acts_in, first_act, without_acts
from chartcite.engine.claim_checks.coverage import content_words, coverage
from chartcite.engine.claim_checks.findings import Finding, contradicted, missing
from chartcite.engine.claim_checks.quantities import quantities_in
from chartcite.engine.claim_checks.texts import Range, Text
from chartcite.engine.language.terminology import ConceptKind

LEAST_SIDE = 0.5
"""Share of the content words of the effect that must stand on its side of the evidence's link."""
LEAST_OF_CAUSE = 0.6
"""Share of those of the cause: of two words both, as "GI bleed" is no "risk of bleeding"."""
_FORWARD = (
    r"because(?: of)?|due to|owing to|as a result of|in view of|on account of|in light of|caused by|attributed to|attributable to|secondary to|"
    r"brought on by|triggered by|precipitated by|the reason (?:was|is|being)|on grounds of"
)
_BACKWARD = r"led to|leading to|leads to|resulted in|resulting in|therefore|which is why|(?<!not )caus(?:es|ed|ing)(?! by)|triggered(?! by)"
_CLAIMED = re.compile(rf"\b(?:(?P<forward>{_FORWARD})|(?P<backward>{_BACKWARD}))\b", re.IGNORECASE)
"""How a claim says what caused what: the cause behind it, or before it."""
_LINK = re.compile(
    rf"\b(?:(?P<forward>{_FORWARD}|d/t|b/c|2/2|2°|given|since|reasons?(?: for [\w ]{1,60}?)?(?=\s{0,3}:)|as(?! (?:well|needed|required|before|tolerated)\b)|after|for(?! \d)|relat(?:ed|ing|es|ion) to|from|with|following|"
    rf"in the setting of|iso|concern\w*(?: (?:about|for|of))?|to (?:treat|help|improve|simplify|lower|allow)|explained by|prompted by)"
    rf"|(?P<prevents>to (?:prevent|avoid|protect|reduce)|prophyla\w+|against)"
    rf"|(?P<backward>{_BACKWARD}|so|prompt(?:s|ed|ing)(?! by)|explains?|hence|thus|makes?|made|mak(?:es|ing)))\b"
    r"|(?P<arrow>->|→)|(?P<mark>[:(,]|\s[-–]\s)",
    re.IGNORECASE,
)  # fmt: skip
"""How notes say it, terse ones by a mark alone: "naproxen stopped (creatinine 1.9)"."""
_EXPLICIT = re.compile(rf"\b(?:{_FORWARD}|d/t|b/c|2/2|{_BACKWARD}|reasons?)\b", re.IGNORECASE)
_DENIES = re.compile(
    r"\b(?:not?|never|n[o']t|unlikely(?: to be)?|rather than|instead of|denies|neither|nor|without)\b(?: (?!but\b|and\b)\w+){0,4}\s*$",
    re.IGNORECASE,
)
_PREVENTS = re.compile(r"\b(?:prevent\w*|avoid\w*|protect\w*|prophyla\w+|risk of)\b", re.IGNORECASE)
_STOPS = re.compile(r";|[.!?](?=\s|$)|\n|(?P<soft>,(?!\d)|\b(?:and|but|rather than)\b)", re.IGNORECASE)
_REFUSED = re.compile(r"\s*(?:and |but )?(?:not|no|rather|never|none)\b", re.IGNORECASE)
_LAST_PRONOUN = re.compile(r"^\W*(?:and |but )?(?:it|this|that|which|was|were|he|she|they|his|her)\b", re.IGNORECASE)
_ALIKE = (
    {"start", "switch", "give", "take", "choose"},
    {"stop", "switch", "cancel", "lower"},
    {"raise", "switch"},
    {"lower", "switch"},
)
"""Acts that one sentence may call by the other's name."""
_CHOSEN = re.compile(r"\b(?:chos\w+|choice|choos\w+|prefer\w*|select\w+|pick\w*|opt(?:ed|s)?)\b", re.IGNORECASE)


class _Link(NamedTuple):
    """One cause that a text gives."""

    effect: Text
    cause: Text
    around: Text
    """What stands before the effect, which may name what it is about."""
    denied: bool
    prevents: bool
    bare: bool
    """Told by a mark alone."""
    aim: bool = False
    """Told by "for" or "to treat"."""
    explicit: bool = False
    """Told by a word that can only mean a cause."""


def check_causes(claim: Text, passages: Sequence[Text]) -> list[Finding]:
    """Return the causes of a claim that its evidence gives to something else, denies, or does not give."""
    found: list[Finding] = []
    links: list[_Link] | None = None
    for said in claim.sentences:
        match = _CLAIMED.search(claim.text, said.start, said.end)
        purpose = _purpose(claim, said) if match is None else None
        if match is None and purpose is None:
            continue
        links = [link for passage in passages for link in _links(passage)] if links is None else links
        finding = _check(claim, said, match, links, passages) if match else _check_purpose(purpose, links) if purpose else None
        if finding is not None:
            found.append(finding)
    return found


class _Purpose(NamedTuple):
    """What a claim says that something is taken or done for."""

    what: Text
    aim: Text
    words: str


_FOR = re.compile(r"\b(?:for|to treat|to help(?: with)?|against)\s+(?=[a-z])", re.IGNORECASE)


def _purpose(claim: Text, said: Range) -> _Purpose | None:
    """Read "metformin is taken for diabetes": a medicine or procedure, and behind "for" a disease or complaint."""
    match = _FOR.search(claim.text, said.start, said.end)
    if match is None:
        return None
    before = [one for one in claim.named if said.start <= one.start and one.end <= match.start() and one.kinds & _TREATMENTS]
    behind = [one for one in claim.named if match.end() <= one.start < said.end and one.kinds & _AIMED_AT]
    if not before or not behind or len(claim.text[match.end() : behind[0].start].split()) > _NEAR_WORDS:
        return None
    what, aim = (claim.text[one.start : one.end] for one in (before[-1], behind[0]))
    return _Purpose(Text(what, claim.lexicon), Text(aim, claim.lexicon), claim.text[match.start() : behind[0].end])


_TREATMENTS = frozenset({ConceptKind.DRUG, ConceptKind.PROCEDURE})
_AIMED_AT = frozenset({ConceptKind.CONDITION, ConceptKind.MEASUREMENT})
_NEAR_WORDS = 2


def _check_purpose(purpose: _Purpose, links: Sequence[_Link]) -> Finding | None:
    """Return an aim that the evidence gives as an effect of the medicine, or for which it takes another thing only."""
    if any(
        not link.denied and _covers(purpose.aim, link.cause) and _covers(purpose.what, link.effect)
        for link in links
        if not link.bare
    ):
        return None
    if any(link.explicit and _covers(purpose.what, link.cause) and _covers(purpose.aim, link.effect) for link in links):
        return contradicted("causes", purpose.words)
    aims = [link for link in links if link.aim and _covers(purpose.what, link.effect) and not _covers(purpose.aim, link.cause)]
    return missing("causes", purpose.words) if aims else None


def _check(claim: Text, said: Range, match: re.Match[str], links: Sequence[_Link], passages: Sequence[Text]) -> Finding | None:
    whole = claim.text[said.start : said.end]
    start, end = _before(whole, match.start() - said.start), _behind(whole, match.end() - said.start)
    left, right = claim.text[said.start + start : match.start()], claim.text[match.end() : said.start + end]
    if not content_words(right):
        right = claim.text[match.end() : said.end]
    if match["forward"] and not content_words(left) and "," in right:
        left, right = right.partition(",")[2], right.partition(",")[0]  # "Because of cough, lisinopril was stopped."
    effect, cause = (left, right) if match["forward"] else (right, left)
    if not (content_words(effect) or quantities_in(effect)) or not content_words(cause):
        return None  # "It was due to sepsis.": the other checks look at what there is
    words = claim.text[said.start : said.end]
    denied = _DENIES.search(left) is not None
    told = (Text(effect, claim.lexicon), Text(cause, claim.lexicon))
    fitting = [link for link in links if _covers(told[1], link.cause) and _is_effect(told[0], link)]
    if not _PREVENTS.search(words):
        fitting = [link for link in fitting if not link.prevents and not _PREVENTS.search(link.cause.text)]
    if any(link.denied == denied for link in fitting):
        return None
    if fitting:
        return contradicted("causes", words)
    return None if not denied and _told_apart(told, passages) else missing("causes", words)


def _covers(said: Text, known: Text) -> bool:
    return coverage(said, [known]) >= LEAST_OF_CAUSE


def _is_effect(said: Text, link: _Link) -> bool:
    """Say whether an effect is the one that a link has: what was done is done there, and to the same thing."""
    acts, known = _acts(said.text), _acts(link.effect.text)
    if link.bare and not known:
        return False
    if acts and known and not any(_same_act(one, other) for one in acts for other in known):
        return False
    if acts and not known and not any(_same_act(one, other) for one in acts for other in _acts(link.around.text)):
        return not _acts(link.around.text) and coverage(said, [link.effect]) >= LEAST_SIDE
    if not content_words(said.text):
        known_values = {one.value for one in quantities_in(link.effect.text)}
        return all(one.value in known_values for one in quantities_in(said.text))
    near = coverage(said, [link.effect])
    if near >= LEAST_SIDE:
        return True
    # Its subject may stand before it: "X was chosen because of a, and was stopped because of b".
    return bool(acts) and coverage(said, [link.effect, link.around]) >= LEAST_SIDE and _goes_on(link)


def _goes_on(link: _Link) -> bool:
    return not content_words(without_acts(link.effect.text)) or _LAST_PRONOUN.match(link.effect.text) is not None


def _acts(text: str) -> frozenset[str]:
    chosen = {"choose"} if _CHOSEN.search(text) else set()
    return frozenset(acts_in(text) | chosen)


def _same_act(one: str, other: str) -> bool:
    if {one, other} in ({"choose", "stop"}, {"take", "stop"}, {"give", "stop"}):
        return False
    return one == other or any(one in group and other in group for group in _ALIKE)


_LONGEST = 600
"""Characters of a sentence in which links are read: longer ones are lists."""


def _links(passage: Text) -> Iterator[_Link]:
    previous = Text("", passage.lexicon)
    for sentence in passage.sentences:
        words = passage.text[sentence.start : min(sentence.end, sentence.start + _LONGEST)]
        for match in _LINK.finditer(words):
            yield from _link(words, match, previous)
        previous = Text(words, passage.lexicon)


def _link(words: str, match: re.Match[str], previous: Text) -> Iterator[_Link]:
    lexicon = previous.lexicon
    start, end = _before(words, match.start()), _behind(words, match.end())
    is_aim = match[0].lower() in _AIMS
    if is_aim:
        start, end = _aim_from(words, start, match.start()), _aim_to(words, match.end(), end)
    left, right = words[start : match.start()], words[match.end() : end]
    around = words[:start] or previous.text
    kind = match.lastgroup
    if not content_words(left) and "," in right and kind == "forward":
        comma = right.index(",")
        left, right = words[match.end() + comma :], right[:comma]
    if kind in {"forward", "prevents"} and left.strip() == "" and content_words(around):
        left = around  # "(due to cough)", or a sentence that opens with its reason
    sides = [(left, right)] if kind in {"forward", "prevents"} else [(right, left)]
    if kind == "mark":
        sides = [(left, right), (right, left)]
    for effect, cause in sides:
        denied = (
            _DENIES.search(words[max(0, match.start() - 40) : match.start()]) is not None or _REFUSED.match(cause) is not None
        )
        yield _Link(
            Text(effect, lexicon),
            Text(cause, lexicon),
            Text(around, lexicon),
            denied,
            kind == "prevents",
            kind in {"mark", "arrow"},
            is_aim,
            _EXPLICIT.fullmatch(match[0]) is not None or match[0].lower() in {"from", "makes", "made"},
        )


_AIMS = frozenset({"for", "to treat", "to help"})
_AIM_ENDS = re.compile(r",(?!\d)|\b(?:was|were|is|are|has|have|had|and then)\b", re.IGNORECASE)


def _aim_from(words: str, start: int, place: int) -> int:
    commas = [match.end() for match in re.finditer(r",(?!\d)|\band\b", words[start:place])]
    return next((start + comma for comma in reversed(commas) if content_words(words[start + comma : place])), start)


def _aim_to(words: str, place: int, end: int) -> int:
    ends = [match.start() for match in (_AIM_ENDS.search(words, place, end), first_act(words, place, end)) if match]
    return min([end, *ends])


def _before(words: str, place: int) -> int:
    """Return where the clause before a link begins: at the last break that leaves an act, or any word, in it."""
    start = place
    for match in reversed(list(_STOPS.finditer(words, 0, place))):
        clause = words[match.end() : place]
        if not match["soft"]:
            return match.end() if content_words(clause) else 0
        if _acts(clause) or _EXPLICIT.search(words, 0, match.start()):
            return match.end() if clause.strip() else start
    return 0


def _behind(words: str, place: int) -> int:
    """Return where the clause behind a link ends: before another act, another link or what it denies."""
    for match in _STOPS.finditer(words, place):
        if not match["soft"]:
            return match.start()
        rest = words[match.end() :]
        clause = _STOPS.split(rest, maxsplit=1)[0]
        if match[0].lower() == "rather than" or (
            match.start() > place and (_acts(clause) or _EXPLICIT.search(clause) or _REFUSED.match(rest))
        ):
            return match.start()
    return len(words)


def _told_apart(told: tuple[Text, Text], passages: Sequence[Text]) -> bool:
    """Say whether two sentences that stand together tell effect and cause, the second one as a reason, and nothing else was done."""
    effect, cause = told
    for passage in passages:
        for one, two in pairwise(passage.sentences):
            first, second = (Text(passage.text[part.start : part.end], passage.lexicon) for part in (one, two))
            if not _REASON.search(second.text) or _DENIES.search(second.text):
                continue
            acts, others = _acts(effect.text), _acts(second.text)
            if acts and not any(_same_act(act, known) for act in acts for known in _acts(first.text)):
                continue
            if others - acts:
                continue  # the reason is that of another act
            both = Text(f"{effect.text} {cause.text}", passage.lexicon)
            reasons = [
                second.text[match.end() :]
                for match in _REASON.finditer(second.text)
                if coverage(Text(second.text[: match.start()], passage.lexicon), [both]) >= LEAST_SIDE
            ]
            if coverage(effect, [first]) >= LEAST_SIDE and any(
                _covers(cause, Text(reason, passage.lexicon)) for reason in reasons
            ):
                return True
    return False


_REASON = re.compile(
    r"\b(?:reasons?|because|due to|d/t|b/c|2/2|owing|for|cause[sd]?|given|since|as|related|secondary|concern\w*)\b|:",
    re.IGNORECASE,
)
