# ruff: noqa: E501 -- tables of words read better in long lines
"""Text that hides or commands: characters nobody sees, and sentences that speak to the reading system.

Both are for matching and display only: stored text and citations stay as they are. Sources: Unicode Standard Annex 9
(bidirectional controls), Unicode Technical Report 36 (invisible characters), Unicode block Tags (E0000).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from chartcite.engine.language.command_patterns import FOREIGN, LIVE, ORDERS
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.disguises import readings, reads_as_english

_PLAIN = re.compile(r"[\t\n\r\x20-\x7e]*")
_NOT_PLAIN = re.compile(r"[^\t\n\r\x20-\x7e]")
_KEPT_CONTROLS = frozenset("\t\n\r")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
"""Not of the category of format characters, and yet without a glyph."""
_MAX_LOOKED_AT = 20_000


class Visible(NamedTuple):
    """What a reader sees of a text, in compatibility form (`SpO₂` is `SpO2`), and where it stood."""

    text: str
    origins: tuple[int, ...] | None
    """Position in the original of each character of `text`; `None`: the text was left as it is."""

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original that the range [start, end) of `text` came from."""
        if self.origins is None:
            return start, end
        if start >= end:
            at = self.origins[start] if start < len(self.origins) else (self.origins[-1] + 1 if self.origins else 0)
            return at, at
        return self.origins[start], self.origins[end - 1] + 1


def visible(text: str) -> Visible:
    """Return a text as it is seen: without invisible characters, controls as spaces, letters in compatibility form.

    Zero-width, bidirectional, tag, variation and other format characters are taken out, so that words they cut in two are
    whole; other control characters become spaces.
    """
    if _PLAIN.fullmatch(text):
        return Visible(text, None)
    characters: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        for shown in _shown(character):
            characters.append(shown)
            origins.append(position)
    return Visible("".join(characters), tuple(origins))


def seen(text: str) -> str:
    """Return the text of `visible` alone, for what is only matched: words to be indexed or embedded, and questions."""
    return _NOT_PLAIN.sub(lambda found: _shown(found[0]), text)


def hidden(text: str) -> int:
    """Return how many characters of a text `visible` takes out: a text for people has next to none."""
    return 0 if _PLAIN.fullmatch(text) else sum(not _shown(character) for character in text)


@lru_cache(maxsize=16384)
def _shown(character: str) -> str:
    """Return what stands for a character; empty where nothing is seen."""
    category = unicodedata.category(character)
    if character in _KEPT_CONTROLS:
        return character
    if category == "Cc":
        return " "
    if category in {"Cf", "Cs", "Co"} or character in _FILLERS or "\ufe00" <= character <= "\ufe0f" or character >= "\U000e0000":
        return ""
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    return unicodedata.normalize("NFKC", character)


_CONCEALED = re.compile(
    r"(?:[\x00-\x08\x0b-\x1f\x7f-\x9f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f]))+"
)
"""What hides or reorders letters, in runs. Joiners between letters of other alphabets (or parts of an emoji), variation
selectors and soft hyphens do neither."""
_LONGEST_RUN = 3


def revealed(text: str) -> str:
    """Return a text in which every run of characters that hide or reorder others is named: `peni⟨U+200B⟩cillin`.

    For display only. Line ends stay; of a long run the first character and the number of the others are named.
    """
    return _CONCEALED.sub(_named_run, text.replace("\r\n", "\n").removeprefix("\ufeff"))


def conceals(text: str) -> bool:
    """Say whether `revealed` would show something in a text that a plain display does not."""
    return not _PLAIN.fullmatch(text) and _CONCEALED.search(text.replace("\r\n", "\n").removeprefix("\ufeff")) is not None


def _named_run(found: re.Match[str]) -> str:
    names = [f"U+{ord(character):04X}" for character in found[0]]
    if len(names) > _LONGEST_RUN:
        names = [names[0], f"and {len(names) - 1} more"]
    return f"⟨{' '.join(names)}⟩"


_SENTENCE_END = re.compile(r"\n+|(?<=[.!?])\s+")
_READER = r"(?:llms?|(?:large )?language models?|chat-?bots?|chatgpt|gpt-?\d\S*|copilot|ai (?:assistant|system|model|agent|engine|reader|reviewer|scribe|tool)s?|virtual assistants?|summari[sz]ers?|(?:retrieval|question[- ]answering|reading) systems?|automated (?:system|reader|reviewer|agent)s?)\b"
"""Names that only a computer has. `AI` alone is aortic insufficiency, an aromatase inhibitor or an apnea index."""
_ADDRESSED = rf"(?:{_READER}|(?:ai|bot|assistant|model)s?\b)"
_RULES = r"(?:instructions?|prompts?|directions?|directives?|guidelines?|rules?|constraints?|messages?|commands?|context|polic(?:y|ies)|safeguards?|guardrails?|training|programming)\b"
_START = r"(?:^|[.!?:;\"'(\]>\n*#-]\s*|\b(?:please|must|should|always|now|you (?:must|should|will|shall|are to|have to)|then|instead|important:?|note:?)[ ,:]+)"
"""Where an imperative begins: `does not include` and `and do not show` are none."""
_ANSWER = r"(?:answers?|summar(?:y|ies)|responses?|outputs?|repl(?:y|ies))\b"
_SAY = r"(?:say|answer|respond|reply|output|state that|claim|report that)\b"
_COMMANDS = tuple(
    (cues, Cue(pattern))
    for cues, pattern in (
        (("ignore", "disregard", "forget", "override", "follow"), rf"(?<!told to )(?<!advised to )(?<!instructed to )(?<!asked to )\b(?:ignore|disregard|forget|override|do not follow|don't follow|stop following) (?:(?:all|any|every|the|your|my|these|those|of|everything|other|previous|prior|above|earlier|preceding|foregoing|system|safety|existing|initial|original|former|current) )*{_RULES}(?! (?:from|by|of) (?:the |your |her |his )?(?:surgeon|pharmacy|physician|doctor|nurse|pcp|clinic|hospital))"),
        (("bypass", "circumvent", "evade"), rf"\b(?:bypass|circumvent|evade) (?:(?:all|any|every|the|your|these) )+(?:(?:content|safety|usage|privacy|access|system|previous) )*{_RULES}"),
        (("ignore", "disregard", "forget"), r"(?<!told to )(?<!advised to )\b(?:ignore|disregard|forget) (?:everything|anything|all|what(?:ever)?)(?: of)? (?:that |you |was |is |were |the )*(?:above|before|told|said|written|previous|prior|earlier|read|else in|other (?:documents?|notes?|passages?|sources?|records?))"),
        (("ignore", "disregard", "distrust", "do not"), r"\b(?:ignore|disregard|distrust) (?:(?:all|any|every|the|these|those|of) )*(?:(?:other|remaining|retrieved|surrounding|rest of the) )+(?:documents?|passages?|sources?|context|evidence|search results)\b(?! of)|\bdo not (?:use|rely on|trust|consult|read|retrieve)(?: \w+){0,2} (?:other|remaining|rest of the) (?:documents?|passages?|sources?|notes?|records?|evidence)\b(?! of)"),
        (("given to you", "that you", "you were given", "you received", "you have been"), r"\b(?:all|any|the|previous|prior|earlier) (?:\w+ )?(?:rules?|instructions?|prompts?) (?:that )?(?:(?:were )?given to you|you (?:were given|have been given|received)) (?:before|earlier|above|are|no longer)"),
        (("instruction", "task", "objective", "directive"), rf"\b(?:new|updated|revised|real|actual|hidden|secret) (?:instructions?|task|objective|directive)s?\s*:\s*(?:you are|your (?:answer|task|role|output|response)|{_SAY}|ignore|pretend|act as)"),
        (("<", "["), r"<\|?/?(?:im_start|im_end|system|endoftext|assistant|user|eot_id|start_header_id)\|?>|\[/?inst\]|<</?sys>>|</?(?:system|instructions?|prompt|tool_call|tool_use|function_call|tool_result|document)>"),
        (('"role"', "'role'", "tool_", "function_call", '"arguments"'), r"[\"']role[\"']\s*:\s*[\"'](?:system|assistant|user|developer|tool)[\"']|[\"'](?:tool_calls?|tool_use|function_call)[\"']\s*:|[\"']name[\"']\s*:\s*[\"'][\w.-]+[\"']\s*,\s*[\"']arguments[\"']\s*:"),
        (("#", "system"), rf"^\W*#{{2,}}\s*(?:instruction|system|assistant)\s*:?\s+(?:you\b|your\b|ignore|respond|reply|answer|write|output|pretend|act as|{_SAY})|^\W*#{{2,}}\s*instruction\s*:\s*\w|^\W*system(?: (?:prompt|message|instructions?|note|override))?\s*[:>\]]\s*(?:you\b|your (?:answer|response|role|task|output)|the assistant|ignore|disregard|override|respond|reply|answer|output|new (?:polic|instruction|rule)|pretend|act as|from now|enter|switch|{_SAY})"),
        (("assistant",), r"^\W*assistant\s*:\s*(?:sure|certainly|of course|okay|understood|here (?:is|are)|here's|i (?:will|can|have|understand|cannot|am))\b"),
        (("system", "developer", "jailbreak", "mode"), r"\b(?:begin|end|start of|end of|new|updated|hidden|secret) (?:system|developer) (?:prompt|message|instructions?)|\bsystem (?:prompt|override)\b|\b(?:developer|jailbreak|god|admin|maintenance) mode (?:on|enabled|activated)\b|\bjailbreak"),
        (("you are",), rf"\byou are (?:now )?(?:an? |the |in )?(?:helpful |unrestricted |expert |different |new )*(?:{_READER}|ai\b(?! (?:index|score))|assistant\b|dan\b|developer mode|unrestricted|no longer bound|free (?:from|of) (?:all |any )?(?:rules|restrictions))"),
        (("you are now",), r"\byou are now (?:acting|operating|no longer (?:bound|an?\b)|allowed to (?:say|answer|reveal|ignore)|permitted to (?:say|answer|reveal|ignore)|required to (?:say|answer|respond|report)|to (?:act|answer|respond|say)|in (?:\w+ )?mode)\b|\byou are now an? (?!(?:\w+ )?(?:patient|candidate|risk|pregnant|good|non-?smoker|former|recipient|donor|carrier|resident|survivor|parent|mother|father|grand\w+))"),
        (("act as", "behave as", "respond as", "answer as", "pose as", "play as", "pretend", "as a ", "as an "), rf"\b(?:act|behave|respond|answer|pose|roleplay|role-play) as (?:if you (?:are|were) )?(?:an? |the )?(?:\w+ )?(?:{_READER}|ai\b|system administrator|developer|root|unrestricted \w+)|\bas an? (?:{_READER}|ai,)|\bpretend (?:to be|that you|you are)\b(?=.*\b(?:{_READER}|system|computer|assistant|rules?|instructions?|doctor who)\b)"),
        (("respond", "reply", "answer", "output", "print", "return", "say", "write"), rf"{_START}(?:respond|reply|answer|output|print|say|write)(?: (?:to|back)(?: \w+){{0,4}})? (?:only|exactly|solely|nothing but|verbatim|just|always)(?: (?:with|in|as|by|that|the|yes|no|\"|'|:|“)|\b)(?! (?:to (?:pain|voice|touch|verbal|stimul|command|light)|as needed|when|if))|{_START}(?:respond|reply|answer) in [\w ]{{2,20}} only\b|{_START}return only (?:the (?:answer|text|word|string)|valid|json|yes\b|no\b|\"|'|“)|{_START}(?:respond|reply|answer)(?: (?:to|back)(?: \w+){{0,4}})? with (?:exactly|only|just|nothing but|the (?:word|words|phrase|sentence|text|string)|one word|a single word)\b|{_START}answer (?:every|each|all|any)(?: \w+){{0,2}} (?:questions?|quer(?:y|ies)|prompts?)(?: \w+){{0,3}} (?:with|by saying|that)\b"),
        (("answer", "respon", "reply", "output", "say", "state", "report", "summar"), rf"(?:^|[.!?:;,\"'(] ?|\b(?:must|should|please|and|you|will|to) )always (?:(?:answer|respond|reply|output) (?:with|that|yes|no|\"|'|“)|(?:say|state|report) that\b)|\byour (?:answers?|responses?|reply|replies|output|summary) (?:must|should|shall|will|has to|have to|is to) (?:always |only |never |not )?(?:say|state|read|be (?:only|exactly|limited to|the|in|\"|'|“)|include|contain|begin|start|end|consist|omit|mention|cite|leave)\b|\bin your (?:answer|response|reply|output|summary),? (?:(?:do not|don't|never|always|please|you must|you should|only) )*(?:say|state|mention|omit|write|replace|report|claim|list|cite|leave)\b|\b(?:do not|don't|never|must|always)\b.*\bin (?:your|any|the final) {_ANSWER}"),
        (("mention", "cit", "reveal", "quot", "disclos"), rf"{_START}(?:do not|don't|never|avoid) (?:mention(?:ing)?|cit(?:e|ing)|quot(?:e|ing))\b(?! \w+ as )(?!.* (?:to|with|in front of|around) (?:the |her |his |their |any )?(?:patient|pt|famil\w+|mother|father|wife|husband|son|daughter|spouse|partner|parents?|child\w*|relatives?|school|work|employer|friends?|him|her|them)\b)(?!.*\b(?:trough|contrast|study|sample|specimen)\b)|{_START}(?:do not|don't|never) (?:reveal|disclose) (?:this|these|your|that you|the (?:system|prompt|instructions?|source|note|document|rules))\b(?!.* to (?:the |her |his )?(?:patient|famil\w+|mother|father|wife|husband|school|employer)\b)"),
        (("answer", "summar", "respons", "output", "repl"), rf"\b(?:omit|exclude|leave out|remove|hide|suppress|drop|withhold|do not (?:report|list|include|show))\b[^.;]{{1,80}}\b(?:from|in) (?:(?:your|any|all|every|generated) )+(?:final )?{_ANSWER}|\b(?:include|insert|add|append|put) (?:the |this |these )?(?:following |exact )*(?:phrase|words?|sentence|text|statement|line)\b[^.;]{{0,60}}\b(?:in|to|into) (?:your|the|any|every|all) {_ANSWER}"),
        (("ai ", "ai,", "ai:", "ai.", "llm", "language model", "bot ", "bots", "bot,", "bot:", "summari", "gpt", "copilot", "system", "automated", "assistant", "model"), rf"\b{_READER},? (?:must|should|shall|is to|has to|needs? to|please|reading this|will now|is instructed)\b(?=.{{0,60}}\b(?:answer|respond|say|state|report|ignore|output|treat|return|trust|reply|tell|not|cite|mention|omit|follow|list|skip|recommend|describe)\b)|(?:^|[.:;!]\s*)(?:the |this |any )?(?:ai|assistant|model|bot),? (?:must|should|shall|is to|has to|please) (?:always |only |never |not )?(?:answer|respond (?:with|that|only)|reply|output|ignore|omit|cite|trust|say|state that|tell the user)\b"),
        (("ai ", "ai,", "ai:", "ai.", "llm", "language model", "bot ", "bots", "bot,", "bot:", "summari", "gpt", "copilot", "system", "automated", "assistant", "model"), rf"\b(?:note|message|instructions?|attention|memo|warning|notice)(?: to| for|:) (?:the |any |all )*(?:{_READER}|ai\b(?! (?:clinic|index|score))|chat\s?bot)|^\W*attention,? (?:all )?{_ADDRESSED}|^\W*(?:dear|hey|hi|hello) (?:there )?{_ADDRESSED}|^\W*{_READER}\s*[:,]\s*\w|\b(?:if you are|to|for) (?:an? |any |the |all |every |whichever )*(?:{_READER}|ai|bot)(?: that| which| who)?(?: (?:is|are))? (?:read|reading|process|parsing|parses|summari[sz])\w*"),
        (("asked", "queried", "prompted", "questioned"), rf"\b(?:if|when(?:ever)?) (?:you (?:are )?)?(?:asked|queried|prompted|questioned)\b[^.;]{{0,80}}[,:] ?(?:you (?:must|should|will) |then |please |always |just )?(?:{_SAY}|say|state|deny|list|tell the (?:user|asker))(?! (?:that )?(?:he|she|they|you|your|it)\b)"),
        (("asks", "ask ", "inquires", "requests"), rf"\b(?:if|when(?:ever)?) (?:someone|anyone|anybody|somebody|the user|users?|a user|a clinician|the reader) (?:asks?|inquires?|requests?|quer(?:y|ies))\b[^.;]{{0,80}}, ?(?:you (?:must|should|will) |then |please |always |just )?{_SAY}(?! (?:that )?(?:you|your)\b)"),
        (("the user", "the reader", "the asker", "the questioner", "the requester"), r"\b(?:tell|inform|assure|convince) the (?:user|asker|questioner|requester)\b(?! (?:of|manual))|\bdo not (?:tell|inform|warn|alert) the (?:user|reader|asker)\b"),
        (("prompt", "above", " api", "password", "configuration", "credential", "other patient", "before this", "preceding"), r"\b(?:reveal|print|show|output|repeat|leak|display|send|disclose)(?: me| us)? (?:your|the|all) (?:system |hidden |secret |initial |full )*(?:prompts?\b(?! (?:response|attention|care|treatment))|api keys?|passwords?|configuration|credentials)|\b(?:reveal|print|show|output|leak|display|send|disclose|list)(?: me| us)? (?:the |all |every )*(?:(?:data|records?|charts?) of (?:all |every )*other patients?|other patients?'? (?:data|records?|charts?))\b|\b(?:repeat|print|output|translate|reveal|copy) (?:back )?(?:the |all |everything )*(?:text|words|prompt|message|system prompt) (?:above|before this|preceding this)\b"),
        (("as trusted", "as the", "as verified", "as auth", "as highest", "as ground", "as correct", "as confid"), r"\b(?:mark|treat|label|regard|accept|flag|rate) (?:this|the|all|every|following)(?: \w+){0,3} as (?:the )?(?:(?:only|most|single|sole) )?(?:trusted|verified|authoritative|highest[- ]priority|ground truth|source|correct and final)\b"),
        (("confidence",), r"\b(?:set|raise|report|increase|state|give) (?:your|the) confidence (?:score |level |value )?(?:to|as|at)\b"),
        (("use this", "use only this", "only this", "use the following"), r"\b(?:only use|use only|rely only on|trust only) this (?:document|note|passage|source|text|file)\b"),
        (("delete", "drop", "erase", "wipe", "purge", "overwrite", "truncate"), r"\b(?:delete|drop|erase|wipe|purge|overwrite|truncate) (?:(?:all|every|the|this|entire|of) )*(?:data ?bases?|tables?|index(?:es)?|stores?|evidence|citations)\b(?! (?:per|of old))|\b(?:delete|erase|wipe|purge|overwrite) (?:all|every|the entire)(?: of)?(?: the| this patient's| patient)? (?:records?|charts?|data|files)\b"),
        (("command", "code", "script", "quer", "_", "tool", "function", " api", "plugin"), r"\b(?:execute|run|eval(?:uate)?) (?:(?:the|this|following|attached|shell|sql|python|bash) )+(?:commands?|code|scripts?|query|queries)\b|\b(?:call|invoke|run|use|execute) (?:the )?[a-z]+_[a-z_]+(?:\(\))?(?: (?:tool|function|api|command))?\b|\binvoke the (?:\w+ )?(?:tool|function|api|plugin)\b"),
        (("send", "forward", "post", "upload", "exfiltrate", "transmit"), rf"{_START}(?:send|forward|post|upload|exfiltrate|transmit)\b[^.\n]{{0,60}}\b(?:chart|record|data|contents?|notes?|history|conversation|answers?)\b[^.\n]{{0,40}}\b(?:to|at) (?:https?://|\S+@\S+\.\w)"),
        (("from now", "from this", "supersede", "override", "replace"), r"\bfrom (?:now|this point) on,? (?:you (?:are (?!to (?:take|use|avoid|stop|keep))|will (?:answer|respond|say|cite|only|ignore|act)|must (?:answer|respond|say|cite|ignore|act))|always (?:answer|respond|say)|all (?:answers|responses)|answer|respond|every answer)|\bthis(?: note| document| message| text)? (?:supersedes|overrides|replaces) (?:all|any|every|your)(?: \w+){0,2} (?:instructions?|rules?|prompts?)\b(?! (?:from|by|of|for))"),
    )
)  # fmt: skip
"""What every match holds one of, and the pattern: the quick look spares most sentences the slow one."""


_ALL_COMMANDS = (*_COMMANDS, *ORDERS)


def reads_like_instruction(text: str) -> bool:
    """Say whether a sentence or line of a text is `instruction_like`."""
    return any(map(instruction_like, _SENTENCE_END.split(text[:_MAX_LOOKED_AT])))


@lru_cache(maxsize=16384)
def instruction_like(sentence: str) -> bool:
    """Say whether a sentence tries to command a system that reads it (rather than tell of a patient or instruct one).

    For flags and for keeping such a sentence out of answers; a miss is harmless as long as nothing read is obeyed.
    """
    said = sentence[:_MAX_LOOKED_AT]
    words = " ".join(seen(said).replace("’", "'").split())
    parts = words.split("; ") if "; " in words else ()
    return LIVE.search(said) is not None or any(map(_commands, (words, *parts, *readings(words))))


def _commands(words: str) -> bool:
    low = words.lower()
    for cues, pattern in _ALL_COMMANDS:
        for cue in cues:
            if cue in low:
                if pattern.search(words):
                    return True
                break
    return not words.isascii() and FOREIGN.search(words) is not None


_SPEECH = Cue(
    r"^\W*(?:please )?(?:state|say|report|write|answer|reply|respond|output|print|claim|mention|describe|conclude|tell|explain|refuse"
    r"|pretend|imagine|remember|repeat|translate)\b(?! (?:of|from|to)\b)|https?://|<[A-Za-z/!|]|\{\s*[\"']|[A-Za-z0-9+/]{32,}",
)
_MOST_FOREIGN = 0.3


def untrustworthy(text: str) -> bool:
    """Say whether a text is kept from a language model: it commands, carries markup, or is in letters that the checks cannot read.

    Wider than `instruction_like`: what a model does not read costs one sentence of its answer; what it obeys costs more.
    """
    if reads_like_instruction(text) or any(map(_SPEECH.search, _SENTENCE_END.split(text[:_MAX_LOOKED_AT]))):
        return True
    if not text.isascii() and not reads_as_english(text):
        return True
    letters = [character for character in seen(text) if character.isalpha()]
    return sum("LATIN" not in unicodedata.name(letter, "") for letter in letters) > _MOST_FOREIGN * len(letters)


_LIVE_ENDS = str.maketrans({"<": "‹", "\x1b": " ", "[": "(", "]": ")"})


def inert(text: str) -> str:
    """Return a text on one line in which nothing is markup that a screen would load or follow. Quotes of citations stay as stored."""
    line = _LINE_END.sub(" ", text)
    return line if LIVE.search(line) is None else line.translate(_LIVE_ENDS)


_LINE_END = re.compile(r"\s*[\n\r]+\s*")
