# ruff: noqa: E501 -- tables of words read better in long lines
"""Who the patient is, in prose: age, sex, smoking, alcohol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_AGE_UNIT = r"(?P<unit>years?|yrs?|y|months?|mos?|weeks?|wks?|days?)"
_PERSON_WORD = r"(?:man|woman|male|female|gentleman|lady|boy|girl|M|F)"
_ADJECTIVES = r"(?:[\w/'’-]+[ ,]+(?:and )?){0,5}?"
_SHOWN_UNITS = {"m": "months", "w": "weeks", "d": "days"}
_AGES = (
    re.compile(rf"(?<![\w.-])(?P<age>\d{{1,3}})[\s-]*{_AGE_UNIT}[\s.-]*(?:of age|old|/?o)\b", re.IGNORECASE),
    re.compile(r"(?<![\w.-])(?P<age>\d{1,3})[\s-]*(?P<unit>y)\.?/?\s?o\b", re.IGNORECASE),
    re.compile(r"(?<![\w./-])(?P<age>\d{1,3})\s?-?(?P<unit>y)?(?=[MF]\b(?!\s?\d))"),
    re.compile(r"(?<!reading )(?<!spelling )(?<!bone )(?<!mental )(?<!developmental )(?<!gestational )(?<!corrected )(?<!language )\b(?:aged?)(?: of|[:=]| is| was)?\s*(?P<age>\d{1,3})\b(?!\s?[-–/%]\s?\d)(?:\s*(?P<unit>years?|yrs?|y|months?|mos?|weeks?|days?)\b)?", re.IGNORECASE),
    re.compile(rf"(?<![\w.-])(?P<age>\d{{1,3}})[\s-]*(?P<unit>year|yr|month|week|day)s?[\s,-]+(?:{_ADJECTIVES}){_PERSON_WORD}\b", re.IGNORECASE),
)  # fmt: skip
_SEX_AFTER_AGE = re.compile(
    r"^(?:[\s,-]*(?:of age|old|/?o\b\.?|years?|yrs?|[MF]\b))*(?P<between>[\s,-]*(?:[\w/'’-]+[\s,]+){0,7}?)(?P<sex>man|woman|male|female|gentleman|lady|boy|girl|(?-i:[MF])\b)(?!\w)",
    re.IGNORECASE,
)
_SEX = re.compile(
    r"\b(?:sex|gender)\s*(?:[:=]|is|was)?\s*(?P<sex>male|female|man|woman|(?-i:[MF])\b)|\b(?:this|the|our|patient is an?|patient was an?|an?)\s+(?:[\w'’-]+\s+){0,4}?(?P<sex2>gentleman|lady)\b|"
    r"\b(?:patient|case)\b[^.;]{0,30}\b(?:is|was)\s+an?\s+(?:[\w'’-]+\s+){0,5}?(?P<sex3>man|woman|male|female|boy|girl)\b|^\W*an?\s+(?:[\w'’-]+[\s,]+){1,6}?(?P<sex4>man|woman|male|female|boy|girl)\b",
    re.IGNORECASE,
)  # fmt: skip
_OTHER_PERSON = re.compile(
    r"\b(?:son|daughter|mother|father|brother|sister|wife|husband|spouse|partner|child|children|donor|aunt|uncle|cousin|grand\w+|sibling|friend|room-?mate|baby|infant of|patients|women|men|adults|subjects|at the age|at age)\b",
    re.IGNORECASE,
)
_MALE = frozenset({"man", "male", "gentleman", "boy", "m"})

_SMOKING = (
    ("never smoker", re.compile(r"\b(?:never[- ]smok(?:er|ed)|life-?long non-?smoker|non-?smoker|(?:has |had )?never (?:smoked|used tobacco)|does(?: not|n['’]t) (?:smoke|use tobacco)|(?:did not|didn['’]t) smoke)\b|\b(?:smok\w+|tobacco(?: use)?|cigarettes?)\s*[:=-]+\s*(?:never|none|no|denies|negative|neg)\b", re.IGNORECASE)),
    ("not a smoker", re.compile(r"\b(?:den(?:ies|ied)|no|nil|without)\s+(?:(?:any|current|a|history of|use of|alcohol(?: use)?|drug(?: use)?|drugs|etoh|or|and|,|illicit)[ ,]*)*(?:tobacco|smoking|cigarettes?)(?: use| history)?\b", re.IGNORECASE)),
    ("former smoker", re.compile(r"\b(?:(?:former|ex|previous|past|prior)[- ](?:heavy )?(?:smoker|smoking|tobacco)(?: use)?|quit (?:smoking|tobacco)|stopped smoking|gave up smoking|used to smoke|smoked (?:until|for)|smok\w+\s*[:=-]+\s*(?:former|quit|ex|stopped))\b", re.IGNORECASE)),
    ("current smoker", re.compile(r"\b(?:(?:current|active|heavy|daily|every ?day|some ?day|occasional|chronic|light|social|cigarette|tobacco)[- ](?:\w+ )?smoker|smokes|(?:is|was|been) an? (?:\w+ )?smoker|continues to smoke|still smok(?:es|ing)|is smoking|actively smoking|smok\w+\s*[:=-]+\s*(?:current|yes|active))\b", re.IGNORECASE)),
)  # fmt: skip
_ALCOHOL = (
    ("no alcohol", re.compile(r"\b(?:den(?:ies|ied)|no|nil|without)\s+(?:(?:any|current|history of|use of|tobacco(?: use)?|smoking|drug(?: use)?|drugs|or|and|,|illicit|cigarettes?)[ ,]*)*(?:alcohol|etoh|drinking)(?: use| abuse| consumption| intake| history)?\b|\b(?:alcohol|etoh)(?: use| intake)?\s*[:=-]+\s*(?:none|no|never|denies|nil|negative|neg)\b|\b(?:tee-?total(?:l?er)?|does(?: not|n['’]t) drink(?: alcohol)?|never (?:drinks|drank)(?: alcohol)?|abstain(?:s|ed|er) from alcohol|non-?drinker)\b", re.IGNORECASE)),
    ("drinks alcohol", re.compile(r"\b(?:(?:social|occasional|heavy|moderate|light|daily) (?:drinker|alcohol(?: use| consumption| intake)?|etoh(?: use)?)|(?:occasionally |socially |rarely )?(?:drinks|consumes) (?:[\w-]+ ){0,5}(?:alcohol|beers?|wine|drinks|vodka|whisk(?:e?y)|units|liquor)|drinks (?:alcohol )?(?:occasionally|socially|rarely|daily|heavily)|(?:alcohol|etoh)(?: use| intake)?\s*[:=-]+\s*(?:occasional|social|rare|daily|moderate|heavy|yes|\d+)[\w ]{0,30})", re.IGNORECASE)),
)  # fmt: skip
_PACK_YEARS = re.compile(r"(?<![\w.])(?P<number>\d{1,3}(?:\.\d)?)[\s-]*(?P<unit>pack[\s-]?years?)\b", re.IGNORECASE)


class Age(NamedTuple):
    """An age; positions are in the sentence."""

    number: str
    unit: str
    """As written; empty where the sentence does not say (`67F`)."""
    start: int
    end: int
    """Of the number."""
    statement: tuple[int, int]

    @property
    def shown_unit(self) -> str:
        """The unit as a reader expects it; an age without one is in years."""
        return _SHOWN_UNITS.get(self.unit[:1].lower(), "years")


class Said(NamedTuple):
    """Words of a sentence with what they say."""

    meaning: str
    start: int
    end: int


def ages(text: str) -> Iterator[Age]:
    """Yield the ages of the patient that a sentence gives, in order of the forms."""
    for form in _AGES:
        for match in form.finditer(text):
            number = match["age"]
            if int(number) > 125 or _is_other(text, match.start(), match.end()):
                continue
            yield Age(number, match["unit"] or "", *match.span("age"), match.span())


def sex_of(text: str, age: Age | None) -> Said | None:
    """Return the words that say the patient's sex, next to the age or in a form of their own."""
    if age is not None and (match := _SEX_AFTER_AGE.match(text[age.end :])):
        between = match["between"]
        if not _OTHER_PERSON.search(between) and "." not in between:
            start, end = match.span("sex")
            return Said(_sex(match["sex"]), age.end + start, age.end + end)
    if match := _SEX.search(text):
        group = next(name for name in ("sex", "sex2", "sex3", "sex4") if match[name])
        if not _OTHER_PERSON.search(text[: match.start(group)]):
            return Said(_sex(match[group]), *match.span(group))
    return None


def smoking(text: str) -> Said | None:
    """Return the words that say whether the patient smokes."""
    return _first(text, _SMOKING)


def alcohol(text: str) -> Said | None:
    """Return the words that say whether the patient drinks alcohol."""
    return _first(text, _ALCOHOL)


def pack_years(text: str) -> re.Match[str] | None:
    """Return the number of pack-years with its unit."""
    return _PACK_YEARS.search(text)


def _first(text: str, table: tuple[tuple[str, re.Pattern[str]], ...]) -> Said | None:
    return next((Said(meaning, *match.span()) for meaning, pattern in table if (match := pattern.search(text))), None)


def _sex(words: str) -> str:
    return "male" if words.lower() in _MALE else "female"


def _is_other(text: str, start: int, end: int) -> bool:
    """Say whether an age is another person's: `her 40-year-old daughter`, `brother died at age 50`, `menarche at age 12`."""
    before, after = text[max(0, start - 45) : start], text[end : end + 30]
    clause = before.rpartition(". ")[2].rpartition("; ")[2]
    return bool(
        _OTHER_PERSON.search(clause)
        or re.search(
            r"\b(?:her|his|their|my|at|since|until|when|before|after|over|under|than|between|ages?|maternal|paternal|menarche|menopause|diagnosed|was)\s*(?:the )?$",
            before,
            re.IGNORECASE,
        )
        or (
            re.match(
                r"[\s,-]*(?:old)?\s*(?:[\w-]+\s+)?(?:son|daughter|mother|father|brother|sister|wife|husband|spouse|partner|child|donor|grand\w+|sibling|history|smoker|ago)\b",
                after,
                re.IGNORECASE,
            )
            and not re.match(r"[\s,-]*(?:old)?\s*(?:female|male) child", after, re.IGNORECASE)
        )
    )
