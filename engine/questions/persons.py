"""Whose chart it is, and whether "my dad" in a question is the patient or a relative of the patient."""
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from chartcite.engine.domain.records import Fact
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.terminology import forms
from chartcite.engine.questions.question_words import COLLECTIVE, RELATIVES

_MALE = "dad|daddy|father|papa|pa|pop|brother|bro|son|husband|hubby|boyfriend|grandad|granddad|grandpa|grandfather|uncle|nephew|grandson|boy"
_FEMALE = "mum|mummy|mom|mommy|mama|mother|sister|sis|daughter|wife|girlfriend|gran|granny|grandma|grandmother|nan|nana|aunt|auntie|niece|granddaughter|girl"
_EITHER = "partner|child|kid|baby|spouse|parent|cousin|sibling|toddler|teenager|teen|lad|little one"
_SPEAKERS = Cue(rf"\b(?:my|our) (?:\w+ )?({_MALE}|{_FEMALE}|{_EITHER})(?:'s|s')?\b")
_ADDRESSED = Cue(
    r"(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!\bthe )(?<!\bpatient's )\b(Dad|Mum|Mom|Grandad|Granddad|Grandpa|Grandma|Gran|Granny|Nan|Mama|Papa|dad|mum|mom|grandad|grandma|gran|granny)(?:'s)?\b",
    0,
)
_OWN_CARE = r"(?:his|her|their) (?:\w+ ){0,3}?(?:jabs?|shots?|vaccin\w*|boosters?|tablets?|meds|medicines?|bloods?|results?|scans?|x-?rays?|tests?|checks?|check-?ups?|reviews?|appointments?|operations?|op|surgery)\b"
"""What somebody has of a clinic's care: who asks after it asks after the patient."""
_OF_RELATIVES = Cue(
    r"\b(?:run(?:s|ning)? in|family|familial|inherit\w*|heredit\w*|genetic\w*|relatives?)\b"
    rf"|\bdid (?:my|our) (?:\w+ )?\w+ (?:ever )?(?:have|suffer|get)\b(?! {_OWN_CARE})|(?<!\bhas )(?<!\bhad )(?<!\bhave )\b(?:my|our) (?:late )?\w+ (?:had|suffered|got it)\b(?! {_OWN_CARE})"
    r"|\b(?:my|our) \w+(?:'s)? (?:age|illness|history|side)\b|\bi\b|\bme\b|\bmy (?:own )?(?:risk|chart|records?|file|notes)\b",
)
_OWN_TREATMENT = Cue(r"\b(?:take|takes|taking|on|dose|due|visit|appointment|admitted|tablets?|pills?|scan|test)\b")


_SENTENCE = re.compile(r"(?<=[.?!;])\s+")
_OF_ASKER = Cue(
    r"\bi(?:'ve|ve| have) (?:lost track|forgotten|no idea|been (?:told|asked))\b|\bso (?:that )?i (?:can|could|know)\b"
    r"|\bi (?:want|wanted|need|think|thought|wonder|wondered|know|remember|forget|forgot|understand|heard|hear|believe|guess|hope|can(?:not|'t|t)?|could(?:n't|nt)?)\b"
    r"|\bi(?:'d| would) (?:like|love)\b|\bi(?:'m|m| am) (?:his|her|their|not sure|trying|asking|writing|visiting|calling|worried|confused)\b"
)
"""What who asks says of their own wish or thought."""
_BROUGHT = Cue(
    rf"\b(?:bring|brought|take|took|drive|drove|rush|rushed|get|got) (?:my|our) (?:\w+ )?(?:{_MALE}|{_FEMALE}|{_EITHER}) (?:in|into|to)\b",
)
"""Who is brought to a hospital is the patient, whoever brings them."""
_NEAR = "husband|wife|partner|spouse|son|daughter|child|children|kids?|girlfriend|boyfriend|fianc\\w+|nephew|niece|grandson|granddaughter|in-laws?"
_OF_OTHERS = Cue(
    rf"\b(?:does|did|do|has|have|had|is|was|are|were) (?:his|her|my|their|the patient's) (?:\w+ )?(?:{_NEAR})\b|\b(?:his|her|my|their) (?:\w+ )?(?:{_NEAR}) (?:have|has|had|suffers?|get|got|take|takes|smokes?|die[ds]?|diagnosed)\b"
    rf"|\b(?:his|her|my|their) (?:{_NEAR})'s (?!name|number|phone|words|account|report|help|request)",
)


_KIN = f"{_MALE}|{_FEMALE}|{_EITHER}|families|family|kids|children|relatives?|next of kin"
_PATIENT = "her|him|them|me|the patient|pt"
_DEEDS = (
    rf"(?:take|put|bring|get|give|stop|start|drive|find|see|keep|let|make|leave|move|call|phone|ring|watch|help|look after|care for|worry about) (?:{_PATIENT})\b|(?:stop|start|hold|restart|change|increase|reduce) (?:{_PATIENT}|his|the)\b"
    r"|say|said|saying|tell|told|report|reported|ask|asked|asking|want|wanted|think|thought|notice|noticed|mention|mentioned|describe|described|write|wrote|agree|agreed|object|refuse|decide|decided|complain|call|called|ring|phone|help|helps|helping|visit|visits|visiting|know|knows|known|aware|involved|present|there"
)
_ACTS = Cue(
    rf"\b(?:did|does|do|has|have|had|is|was|are|were|will|would|can|could) (?:(?:the|his|her|my|their|our|any|pt's|patient's) )?(?:\w+ )?(?:{_KIN})s? (?:also |ever |even |still |already |not |really |actually )?(?:{_DEEDS})\b"
    r"|\b(?:who|anyone|anybody|someone|somebody|which (?:one|relative|family member)|nobody|no one)(?: else)?(?: (?:in|of|from|among))?(?: (?:the|his|her|my|their))?(?: family| relatives| household)? (?:also |already |must not |mustn't |may not |cannot |can't |should not |shouldn't |has |have |is |was |are |been |to be |be )*(?:knows?|known|aware|told|informed|helps?|helping|brought|visits?|visiting|called|involved|speaks?|decides?|reported|noticed|found (?:him|her|me))\b",
)
"""A relative who does something, and of whose health nothing is asked: "Why did the sister take her off it?"."""
_TELLS = Cue(
    rf"\bwhat (?:else )?(?:did|does|do|has|have) (?:(?:the|his|her|my|their|our|pt's|patient's) )?(?:\w+ )?(?:{_KIN})s? (?:say|said|tell|told|report|reported|ask|asked|want|think|notice|noticed|mention|mentioned|describe|described|write|complain)\b",
)
"""Asks for the words of a relative."""
_SPOUSE = r"(?:wife|husband|partner|spouse|other half|missus|hubby)"
SPOUSE_DIED = (
    rf"\b{_SPOUSE}\b[^.?;]{{0,25}}?\b(?:die[ds]?|dying|dead|death|deceased|pass(?:ed|es)?(?: away| on)?|alive|still living|with us)\b(?! of\b)"
    rf"|\b(?:death|passing|loss) of (?:his|her|their|my|the) {_SPOUSE}\b|\b(?:lose|lost|losing) (?:his|her|their|my) {_SPOUSE}\b|\bwidow(?:s|ed|er|ers)?\b"
)
"""Asks when, or whether, somebody's husband or wife died; of what, the family history tells."""
_OF_THEIR_LIFE = Cue(
    r"\bhow old (?:is|are) (?:(?:his|her|their|my|the) )?(?:(?!eldest|oldest|first|second|third|youngest|middle|older|younger)\w+ )?(?:kids?|child(?:ren)?|sons?|daughters?)\b|"
    r"\b(?:jobs?|occupations?|professions?|employ\w+|for a living|works?|working|lives? (?:with|in|at|near|together)|living with|household|at home|languages?|speaks?|names?|phone|contact|address|consent\w*|visit(?:s|ing)?|coping|struggling|bearing up|holding up)\b"
    rf"|{SPOUSE_DIED}",
)
"""Asks of a relative's life rather than of an illness."""


class Person(NamedTuple):
    """What a question's reading needs to know of the patient."""

    sex: str = ""
    """`male`, `female`, another code of the record, or empty."""
    birth: date | None = None
    deceased: bool = False


def person_of(demographics: Iterable[Fact]) -> Person:
    """Read sex, day of birth and death from demographic facts."""
    sex, birth, deceased = "", None, False
    for fact in demographics:
        field, shown = fact.id.partition("#")[2].lower(), fact.value.shown if fact.value else ""
        if field == "gender":
            sex = shown.lower()
        elif field == "birthdate" and re.fullmatch(r"\d{4}-\d\d-\d\d", shown[:10]):
            birth = _day(shown[:10])
        elif field.startswith("deceased"):
            deceased = shown.lower() not in {"false", ""}
        elif not sex and fact.concept.text.lower() == "sex":
            sex = shown.lower()
    return Person(sex, birth, deceased)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def relative_acts(text: str) -> bool:
    """Say whether a relative that a question names does or knows something, and has nothing: the health asked of is the patient's."""
    return _ACTS.search(text) is not None


def relative_tells(text: str) -> bool:
    """Say whether a question asks what a relative said: no list answers it."""
    return _TELLS.search(text) is not None


def relative_of_relative(text: str) -> re.Match[str] | None:
    """Return where a question asks of the health of somebody's relative ("my mum's sister"), in `whose` and `kin`; `None`: nowhere."""
    return None if asks_of_their_life(text) or relative_acts(text) else _RELATIVE_OF.search(text)


def relatives_of_relative(text: str, person: Person, today: date | None = None) -> tuple[str, ...]:
    """Return every word for whom "my mum's sister" names: a sister, where who asks calls the patient so, and else an aunt."""
    match = relative_of_relative(text)
    if match is None:
        return ()
    kin = match["kin"].lower()
    if not match["other"] and speaks_of_patient(match["whose"], person, today):
        return relatives_named((kin,))
    return _through_parent(match["whose"], kin) or (f"{match['whose'].lower()}'s {kin}",)


def words_of_relation(text: str) -> set[str]:
    """Return the folded words for a relative whom an entry names: "Mother's sister" is an aunt, and neither of the two."""
    match = _RELATIVE_OF.search(text)
    return set((match and _through_parent(match["whose"], match["kin"].lower())) or forms(text))


def _through_parent(whose: str, kin: str) -> tuple[str, ...]:
    """Return every word for a parent's relative; empty: it is of nobody's parent."""
    if relatives_named(forms(whose))[:1] not in {("mother",), ("father",), ("parent",)}:
        return ()
    theirs = set(relatives_named((kin,)))
    named = next((word for word, of in _OF_PARENTS.items() if of in theirs), "")
    return RELATIVES[named] if named else ()


_OF_PARENTS = {"aunt": "sister", "uncle": "brother", "grandmother": "mother", "grandfather": "father", "cousin": "cousin"}
"""Who the relatives of a parent are to the child."""
_RELATIVE_OF = Cue(
    rf"\b(?P<whose>(?:(?P<other>his|her|their|the|patient's|pt's) |(?:my|our) )?(?:{_MALE}|{_FEMALE}|{_EITHER}))['’]s (?:\w+ )?(?P<kin>{_MALE}|{_FEMALE}|parent|sibling|cousin|child)s?\b"
)


def words_for_patient(text: str) -> set[str]:
    """Return the folded words by which a relative calls the patient: "my little boy"."""
    return {word for match in _SPEAKERS.finditer(text) for word in forms(match[0])}


def asks_of_their_life(text: str) -> bool:
    """Say whether a question asks for the work, home or words of relatives: "what jobs do the parents have?"."""
    return _OF_THEIR_LIFE.search(text) is not None


def names_relative(text: str) -> bool:
    """Say whether a question asks of somebody near the patient: "how old was Mom when ...", "does her husband have ...?"."""
    return _ADDRESSED.search(text) is not None or _OF_OTHERS.search(text) is not None


def _is_too_young(person: Person, kin: str, today: date) -> bool:
    """Say whether a patient is a child, and a relative that is named can only be grown up."""
    if person.birth is None or person.deceased or not re.fullmatch(_GROWN, kin):
        return False
    return (today - person.birth).days < _DAYS_GROWN


_GROWN = "dad|daddy|father|papa|pa|pop|husband|hubby|gran(?:dad|ddad|dpa|dfather|ny|dma|dmother)?|mum|mummy|mom|mommy|mama|mother|wife|nan|nana|parent|spouse"
_DIED = Cue(r"\b(?:die[ds]?|dead|deceased|death|passed (?:away|on)|killed (?:him|her))\b")
_DAYS_GROWN = 14 * 365


def speaks_of_patient(text: str, person: Person, today: date | None = None) -> bool:
    """Say whether a relative that a question names is the patient, seen by who asks: "has my dad got lung cancer?".

    A relative of the other sex than the patient's is never the patient. "Did my father have ...?" and talk of "I" and "me"
    ask for the patient's relatives. A child is nobody's father.
    """
    if relative_of_relative(text) is not None:
        return False
    named = [each for each in _SENTENCE.split(text) if _SPEAKERS.search(each) or _ADDRESSED.search(each)]
    if not named:
        return False
    text = _OF_ASKER.sub(" ", named[-1])  # who could not come, or asks, stands in the sentences before
    match = _SPEAKERS.search(text) or _ADDRESSED.search(text)
    if match is None:
        return False
    if (
        _OF_RELATIVES.search(text)
        and not _BROUGHT.search(text)
        and not (_OWN_TREATMENT.search(text) and not re.search(r"\b(?:i|me)\b", text, re.IGNORECASE))
    ):
        return False
    kin = match[1].lower()
    if today is not None and _is_too_young(person, kin, today):
        return False
    if _DIED.search(text) and not person.deceased:
        return False
    if re.fullmatch(_MALE, kin):
        return person.sex != "female"
    return person.sex != "male" if re.fullmatch(_FEMALE, kin) else True


SPEAKERS_KIN = frozenset(
    {
        "grandad",
        "granddad",
        "nana",
        "hubby",
        "partner",
        "child",
        "kid",
        "baby",
        "boyfriend",
        "girlfriend",
        "nephew",
        "niece",
        "spouse",
        "boy",
        "girl",
    }
)


def relatives_named(words: Iterable[str]) -> tuple[str, ...]:
    """Return every word for the relatives that some folded words name."""
    said = set(words)
    # "Mother" is also said for a parent, but who asks about the mother does not ask about the father.
    found = [name for name, others in RELATIVES.items() if name in said or (name not in COLLECTIVE and said & set(others[1:]))]
    return tuple(dict.fromkeys(word for name in found for word in RELATIVES[name]))


def all_relatives() -> set[str]:
    """Return every word for a relative, folded."""
    return {word for words in RELATIVES.values() for word in words}


def is_kin(word: str, *, family: bool, of_patient: bool) -> bool:
    """Say whether a word only tells who speaks ("when was dad admitted?")."""
    if of_patient and (word in SPEAKERS_KIN or word in all_relatives()):
        return True
    return not family and word in {"dad", "mum", "mom", "husband", "wife", "she", "he"}


ASKS_OF_DONOR = Cue(
    r"\bdonors?(?:['’]s)?\b(?! (?:specific|directed|egg|card|sperm|milk)\b)(?=[^?.;]{0,40}\b(?:status|age|aged|old|young|serolog\w*|virolog\w*|cmv|ebv|toxo\w*|hep\w*|hiv|blood group|igg|match\w*|mismatch\w*|relationship|related|hla|positive|negative)\b)"
    r"|\b(?:status|age|serolog\w*|virolog\w*|blood group|igg|hla|relationship)\b[^?.;]{0,25}\b(?:of|in|for|to) (?:the |his |her |my |their )?donor\b"
    r"|\b(?:cmv|ebv|toxo\w*|hla) mismatch|\b(?:how old|what age|who)\b[^?.;]{0,30}\b(?:donor|donated|gave (?:him|her|me|them) (?:the|a|his|her|my) (?:new )?(?:kidney|liver|lung|heart|organ|stem cells|marrow))\b"
)
"""Asks of the donor of an organ, of whom the tables of the chart tell nothing."""
