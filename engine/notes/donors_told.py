"""What notes tell of a donor: "donor CMV status?", "how old was the donor?", "who gave him the kidney?".

The tables of a chart are those of the recipient; what is so of the donor stands in sentences that name one.
"""

from __future__ import annotations

from collections.abc import Sequence

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import forms
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.persons import ASKS_OF_DONOR
from chartcite.engine.questions.plans import Plan
from chartcite.engine.questions.question_words import is_ordinary, is_plain
from chartcite.engine.review.chart_review import is_note

ROUTE = "near_quote"
MOST_TOLD = 2
_OF_DONOR = Cue(
    r"\bdonors?\b|\b[DR][+-] ?/ ?[DR][+-]|\bmismatch\w*|\bdonated\b|\bgave (?:him|her) (?:a|his|her|the) (?:kidney|liver)\b"
)
_AGED = Cue(r"\b(?:old|age|aged|young)\b")
_TELLS_AGE = Cue(r"\b(?:aged?|years?|yrs?|y/?o|old|yo)\b|\([^()]*\b\d\d\)")
_WHO = Cue(r"\bwho\b|\brelat\w+")
_TELLS_WHO = Cue(
    r"\b(?:brother|sister|mother|father|mum|mom|dad|parent|son|daughter|wife|husband|partner|spouse|cousin|aunt|uncle|friend|sibling|twin|deceased|cadaveric|unrelated|living|altruistic|dbd|dcd)\b"
)
_NO_THINGS = frozenset(forms("donor recipient status result mismatch match donated gave kidney new"))


def told_of_donor(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Quote the sentences that tell what is asked of the donor; empty: no donor is asked of, or none tells it."""
    if not ASKS_OF_DONOR.search(text):
        return []
    said = [
        word for word in forms(text) if len(word) > 2 and word not in _NO_THINGS and not (is_plain(word) or is_ordinary(word))
    ]
    meant = [said_as(word) | {word} for word in said]
    records = reading.shelves.records
    told = [
        (len([1 for word in meant if word & set(forms(sentence_text))]), passage, sentence)
        for passage in records.all_passages(reading.scope)
        if is_note(passage)
        for sentence in passage.sentences
        if sentence not in passage.commands
        and _OF_DONOR.search(sentence_text := passage.sentence_text(sentence))
        and not sentence_text.rstrip().endswith("?")
        and (not _AGED.search(text) or _TELLS_AGE.search(sentence_text))
        and (not _WHO.search(text) or _TELLS_WHO.search(sentence_text))
    ]
    most = max((shared for shared, *_ in told), default=0)
    if not told or (meant and not most):
        return []
    best = [(passage, sentence) for shared, passage, sentence in told if shared == most]
    return [quote_sentence(passage, sentence, records, route=ROUTE) for passage, sentence in best[:MOST_TOLD]]
