"""Particulars that questions ask of sentences: a reading at home, a time, what is to come, whereabouts, an episode, a return."""
# ruff: noqa: E501

from __future__ import annotations

from chartcite.engine.language.cues import Cue

_AT_HOME = Cue(
    r"\b(?:(?:bp|pressures?|sugars?|glucose|weights?|weigh|temp\w*|readings?|sats|oxygen|peak flow|pulse|heart rate|inr|numbers|values?|a1c)\b[^?.;]*\bat home|at home\b[^?.;]*\b(?:bp|pressures?|sugars?|glucose|weights?|temp\w*|readings?|sats|peak flow|numbers)|home (?:\w+ )?(?:bp|blood pressures?|pressures?|readings?|sugars?|glucose|weights?|monitor\w*|log|diary|measurements?|numbers)|(?:bp|pressure|sugar|glucose) (?:diary|log))\b",
)
_HOME = Cue(
    r"\b(?:home|has (?:been )?(?:check|measur|tak)\w*|(?:he|she|they|i|mum|mom|dad|parents?|wife|husband)(?: has| have)? (?:checked|checks|measured|measures|took|takes)|thermometer|running|averag\w+|check(?:s|ed|ing)|self[- ]?(?:monitor\w*|measur\w*|check\w*|report\w*)|ambulatory|diary|log|patient[- ]reported|abpm|hbpm|cgm)\b",
)


_A_TIME = Cue(
    r"\d{1,2}[/-]\d|\b(?:19|20)\d\d\b|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\b(?:ago|since|last|yesterday|today|tonight|tomorrow|recent(?:ly)?|birth|born|childhood|infan\w+|teen\w*|adolescen\w+|adult\w*|youth|next|daily|prior|previous\w*|earlier|later|now|currently|this|past|initial\w*|long[- ]?standing|chronic|upcoming)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bage[ds]?\b|\b(?:days?|nights?|weeks?|wks?|months?|years?|yrs?|hours?|minutes?|morning|afternoon|evening|decades?|spring|summer|autumn|fall|winter|christmas|easter)\b|\b(?:after|before|during|when|while|until|following)\b",
)
_SPAN_OF_AGE = Cue(
    r"\b\d+[- ](?:year|month|week|day)s?[- ]old\b|\b\d+ ?(?:yo|y/o)\b|\b(?:past (?:\w+ )?)?history\b|\bpresents? today\b|\btoday'?s\b",
)


_TO_COME = Cue(
    r"\bwhen(?:'s| is| am| are| do| does| will| should|'ll)\b(?!.*\b(?:take|taken|taking|start|worse|better|happen|occur|come on|hurt)\b)[^?.;]*?\b(?:due|next|again|first|back|follow|scheduled|booked|planned|repeat(?:ed)?|come in|recheck\w*|return)\b",
)
_COMING = Cue(
    r"\b(?:will|shall|follow\w*|f/u|return\w*|re-?check\w*|repeat\w*|again|schedul\w*|plan\w*|due|next|annual\w*|yearly|months?'? time|in (?:\w+ ){0,3}?(?:days?|weeks?|months?|years?)|every|book\w*|appointment|recommend\w*|to (?:see|have|start|begin|receive|undergo)|arrang\w*|review|sooner|first (?:dose|injection|appointment|treatment|session)|starting)\b",
)


_MOMENT = Cue(
    r"\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?\b|day\b|\b(?:tomorrow|weeks?|months?|years?|weekly|monthly|annual\w*|yearly|fortnight|tonight|today|soon|needed|necessary|prn|after|before|until|once|when)\b",
)


_WHEREABOUTS = Cue(
    r"\bwhere(?:'s| is| are| was| were|abouts)\b[^?.;]*?\b(?:lesions?|lumps?|rash(?:es)?|pains?|aches?|swelling|spots?|wounds?|sores?|ulcers?|mass(?:es)?|nodules?|fractures?|breaks?|clots?|bruis\w*|abscess\w*|infections?|tumou?rs?|cysts?|stones?|numbness|tender\w*|blisters?|bites?|burns?|cuts?|moles?|growths?)\b",
)
_NOWHERE = Cue(
    r"\b(?:no (?:other |evidence|signs?|new|further|obvious|visible)|no \w+ (?:noted|seen|found|present)|denie[sd]|without|not (?:seen|noted|present|found)|free of|negative for|absence of)\b",
)


_SOMETHING_TAKEN = Cue(
    r"\b(?:tak(?:e|es|en|ing)|on|us(?:e|es|ing)|giv(?:en|ing)|had|having|tried) (?:anything|something|any(?: \w+)? (?:meds?|medicines?|medications?|tablets?|pills?|drugs?|treatments?)) (?:for|to help)\b"
    r"|\bwhat(?: else| all)?(?:'s|s| has| have| does| do| did| is| was)? (?:s?he|they|i|mum|mom|dad|\w+ )?(?: been| currently| now)?(?: ever)? ?(?:tried|tried on|take|taken|taking|use|used|using) (?:for|to help)\b"
    r"|^\W*(?:is|are|was) (?:s?he|they|i) medication for\b|^\W*(?:is there |does s?he have |got )?(?:any|some)thing (?:for|to help)\b",
)
_TAKING = Cue(
    r"\b(?:tak(?:e|es|en|ing)|took|medic\w+|meds?|tablets?|pills?|treat\w*|us(?:e|es|ed|ing)|prescri\w+|therap\w+|remed\w+|reliev\w+|tried|rx|given|started)\b",
)


_DENIES = Cue(r"\b(?:no|not|never|none|nil|denie[sd]|without|declin\w+|refus\w+|yet to)\b|n['’]t\b")


_EPISODE = r"flare(?:[- ]?up)?s?|flared(?: up)?|flaring|exacerbations?|attacks?|episodes?|bouts?|spells?|relapses?|crisis|crises"
_ITSELF = r"seizures?|szs?|GTCS?|convulsions?|fits?(?! (?:for|to|and|note|in|into|on|the|with|by|as|enough)\b)|funny turns?|migraines?|hypos?|nose-?bleeds?|faints?"
"""Names of problems of which each is an episode."""
_AN_EPISODE_ITSELF = Cue(
    rf"\b(?:{_ITSELF})\b(?! (?:disorder|threshold|medic\w*|meds?|drugs?|tablets?|diary|plan|clinic|type|control|free)\b)"
)
_ANY_EPISODE = Cue(rf"\b(?:{_EPISODE})\b")
_NO_EPISODE = Cue(
    r"\b(?:heart|isch(?:a)?emic|drop|shark|dog|animal|acid|knife) attacks?\b|\bsickle cell crisis\b|\bepisodes? of care\b|\bbirth spells?\b"
)
"""Names of things of their own that end in such a word."""
_RETURN = Cue(
    r"\b(?:com(?:e|es|ing)|came) back\b(?! (?:to|from|in|with|on|for|at|negative|positive|normal|high|low|clear|abnormal|as)\b)|\brecur(?:s|red|ring|rence)?\b|\brelaps(?:e[sd]?|ing)\b|\breappear\w*|\breturn(?:ed|ing|s)?\b(?! (?:to|from|home|for|in)\b)|\bback again\b"
    r"|^\W*(?:is|are) (?:the|his|her|their|my|\w+['’]s) (?:[\w-]+ ){1,3}back(?: now)?\W*$"
)
_RETURNED = Cue(
    r"\brecur\w*|\brelaps\w+|\b(?:come|came|coming) back\b|\breturn(?:ed|ing|s)?\b|\breappear\w*|\bremission\b|\bNED\b|\bno (?:sign|evidence) of\b|\b(?:disease|cancer|tumou?r)[- ]free\b|\bagain\b|\b(?:second|third|two|three) (?:episodes?|lots?|bouts?)\b"
)


def words_of_episodes() -> str:
    """Return the words for an episode of a problem, as a pattern."""
    return _EPISODE


def words_of_fits() -> str:
    """Return the words for problems of which each is an episode ("seizure"), as a pattern."""
    return _ITSELF


def names_fit(text: str) -> bool:
    """Say whether words name a problem of which each is an episode ("seizure")."""
    return _AN_EPISODE_ITSELF.search(text) is not None


def asks_episode(text: str) -> bool:
    """Say whether words speak of an episode of a problem, and not of a thing whose name ends so ("heart attack")."""
    return _ANY_EPISODE.search(_NO_EPISODE.sub(" ", text)) is not None


def asks_return(text: str) -> bool:
    """Say whether it is asked if something came back, and not what a test came back as."""
    return _RETURN.search(text) is not None


def tells_return(said: str) -> bool:
    """Say whether words tell that something came back, or that it did not."""
    return _RETURNED.search(said) is not None


def asks_home_reading(text: str) -> bool:
    """Say whether words ask for what somebody measured at home."""
    return _AT_HOME.search(text) is not None


def tells_home_reading(said: str) -> bool:
    """Say whether words tell that somebody measured at home, and not in a clinic."""
    return _HOME.search(said) is not None


def tells_time(said: str) -> bool:
    """Say whether a sentence holds any time, or denies the thing; the patient's age, and that there is a history, are no times."""
    return _DENIES.search(said) is not None or _A_TIME.search(_SPAN_OF_AGE.sub(" ", said)) is not None


def asks_to_come(text: str) -> bool:
    """Say whether it is asked when something is to come: "when am I due again?", "when do I get my first jab?"."""
    return _TO_COME.search(text) is not None


def tells_to_come(said: str) -> bool:
    """Say whether a sentence tells of something to come, with a time."""
    return _COMING.search(said) is not None and _MOMENT.search(said) is not None


def asks_whereabouts(text: str) -> bool:
    """Say whether it is asked where on the body a finding is."""
    return _WHEREABOUTS.search(text) is not None


def tells_whereabouts(said: str) -> bool:
    """Say whether a sentence does not deny the finding whose place is asked: that there is none does not tell where it is."""
    return _NOWHERE.search(said) is None


def asks_something_taken(text: str) -> bool:
    """Say whether it is asked if anything is taken for a problem."""
    return _SOMETHING_TAKEN.search(text) is not None


def speaks_of_taking(said: str) -> bool:
    """Say whether a sentence speaks of a treatment at all."""
    return _TAKING.search(said) is not None
