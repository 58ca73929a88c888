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

_PLAIN = re.compile(r"[\t\n\r\x20-\x7e]*")
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


_READER = r"(?:ai|llm|language model|chat-?bot|ai assistant|virtual assistant|ai system|summari[sz]er|gpt\S*|copilot|retrieval system|question[- ]answering system|reading system|automated (?:system|reader|reviewer)|bot)"
_RULES = r"(?:instructions?|prompts?|directions?|directives?|guidelines?|rules?|constraints?|messages?|commands?|context|polic(?:y|ies)|safeguards?|guardrails?|training|programming)"
_IMPERATIVE = r"(?:^|[.!?:;\"'(\]>\n*#-]\s*|\b(?:please|must|always|now|you (?:must|should|will|shall|are to|have to)|and|then|instead|important:?|note:?)[ ,:]+)"
_COMMANDS = tuple(
    (cues, re.compile(pattern, re.IGNORECASE))
    for cues, pattern in (
        (("ignore", "disregard", "forget", "override", "bypass", "follow"), rf"\b(?:ignore|disregard|forget|override|bypass|do not follow|don't follow|stop following) (?:(?:all|any|every|the|your|my|these|those|of|everything|other|previous|prior|above|earlier|preceding|foregoing|system|safety|existing|initial|original|former|current) )*{_RULES}\b(?! (?:from|by|of) (?:the )?(?:surgeon|pharmacy|physician|doctor|nurse|pcp))"),
        (("ignore", "disregard", "forget"), r"\b(?:ignore|disregard|forget) (?:everything|anything|all|what(?:ever)?)(?: of)? (?:that |you |was |is |were )*(?:above|before|told|said|written|previous|prior|earlier|read|else in)"),
        (("<", "["), r"<\|?/?(?:im_start|im_end|system|endoftext|assistant|user|eot_id|start_header_id)\|?>|\[/?inst\]|<</?sys>>|</?(?:system|instructions?|prompt|tool_call|function_call|tool_result|document)>"),
        (("#", "system"), r"^\W*#{2,}\s*(?:instructions?|system|response|assistant)\b:?\s*(?:$|you|ignore|respond|prompt|message)|^\W*system(?: (?:prompt|message|instructions?|note|override))?\s*[:>]\s*(?!(?:review|negative|normal|none|intact|wnl|no\b))(?=\w)"),
        (("system", "developer", "jailbreak", "mode"), r"\b(?:begin|end|start of|end of|new|updated|hidden|secret) (?:system|developer) (?:prompt|message|instructions?)|\bsystem (?:prompt|override)\b|\b(?:developer|jailbreak|god|admin) mode (?:on|enabled|activated)\b|\bjailbreak"),
        (("you are",), rf"\byou are (?:now )?(?:an? |the |in )?(?:helpful |unrestricted |expert |different |new )*(?:{_READER}|assistant|dan\b|developer mode|unrestricted|no longer bound|free (?:from|of) (?:all |any )?(?:rules|restrictions))"),
        (("you are now",), r"\byou are now (?:an?|the|in|acting|operating|no longer|allowed to|permitted to|required to|to (?:act|answer|respond|say))\b(?! (?:patient|candidate|risk|pregnant|good))"),
        (("act", "behave", "respond", "answer", "pose", "role", "pretend", "as"), rf"\b(?:act|behave|respond|answer|pose|roleplay|role-play) as (?:if you (?:are|were) )?(?:an? |the )?(?:\w+ )?(?:{_READER}|system administrator|developer|root|unrestricted \w+)\b|\bas an? {_READER}\b|\bpretend (?:to be|that you|you are)\b(?=.*\b(?:{_READER}|system|assistant|rules?|instructions?|doctor who)\b)"),
        (("respond", "reply", "answer", "output", "print", "return", "say", "write"), rf"{_IMPERATIVE}(?:respond|reply|answer|output|print|return|say|write)(?: (?:to|back)(?: \w+){{0,4}})? (?:only|exactly|solely|nothing but|verbatim|just|always)(?: (?:with|in|as|by|that|the|yes|no|\"|'|:|“)|\b)(?! (?:to (?:pain|voice|touch|verbal|stimul|command|light)|as needed|when))"),
        (("answer", "respond", "reply", "output", "say", "state", "report", "summary"), r"\b(?:(?:always|only) (?:answer|respond|reply|output|say|state|report) (?:with|that|yes|no|\"|'|“)|your (?:answer|response|reply|output|summary) (?:must|should|shall|will|has to|is to)\b|in your (?:answer|response|reply|output|summary)\b)"),
        (("mention", "cit", "reveal", "quot", "disclos", "report", "list", "includ", "show", "return", "output"), rf"{_IMPERATIVE}(?:do not|don't|never|avoid) (?:mention(?:ing)?|cit(?:e|ing)|reveal(?:ing)?|quot(?:e|ing)|disclos(?:e|ing)|report(?:ing)?|list(?:ing)?|includ(?:e|ing)|show(?:ing)?|return(?:ing)?|output(?:ting)?)\b(?! (?:to|anything to|this to|it to|the diagnosis to) (?:work|school|clinic|hospital))(?!.* (?:to|with|in front of|around) (?:the |her |his |their |any )?(?:patient|pt|family|mother|father|wife|husband|son|daughter|spouse|partner|parents?|child\w*|relatives?|school|work|employer)\b)(?!.*\b(?:trough|contrast|study|sample|specimen)\b)"),
        (("ai", "llm", "model", "bot", "summari", "gpt", "copilot", "system", "reader", "assistant", "engine", "agent", "reviewer"), rf"\b(?:the |this |any )?(?:{_READER}|assistant|model|engine|reader system|user'?s? agent)\b(?:s)?,? (?:must|should|shall|is to|has to|needs? to|please|reading this|will now|is instructed)\b(?=.{{0,40}}\b(?:answer|respond|say|state|report|ignore|output|treat|return|trust|reply|tell|not|cite|mention|omit|follow|list)\b)"),
        (("ai", "llm", "model", "bot", "summari", "gpt", "copilot", "system", "reader", "assistant", "reviewer"), rf"\b(?:note|message|instructions?|attention|memo|warning|notice)(?: to| for|:)? (?:the |any |all )?{_READER}\b|\battention,? {_READER}\b"),
        (("asked", "queried", "prompted", "questioned"), r"\b(?:if|when(?:ever)?) (?:you (?:are )?)?(?:asked|queried|prompted|questioned)\b[^.;]{0,80}[,:] ?(?:you (?:must|should|will) |then |please |always |just )?(?:say|answer|respond|reply|state|report|output|claim|deny|tell|list)\b(?! (?:that )?(?:he|she|they))"),
        (("the user", "the reader", "the asker", "the questioner", "the requester"), r"\b(?:tell|inform|assure|convince) the (?:user|reader|asker|questioner|requester)\b|\bdo not (?:tell|inform|warn|alert) the (?:user|reader|asker)\b"),
        (("prompt", "above", "api", "password", "configuration", "credential", "patient"), r"\b(?:reveal|print|show|output|repeat|leak|display|send|disclose)(?: me| us)? (?:your|the|all) (?:system |hidden |secret |initial |full )*(?:prompts?|instructions above|api keys?|passwords?|configuration|credentials|other patients?'? (?:data|records?|charts?))\b"),
        (("as trusted", "as verified", "as auth", "as highest", "as ground", "as the only", "as correct", "as confid"), r"\b(?:mark|treat|label|regard|accept|flag|rate) (?:this|the|all|every|following)(?: \w+){0,3} as (?:trusted|verified|authoritative|highest[- ]priority|ground truth|the only source|correct and final|confidential and)\b"),
        (("delete", "drop", "erase", "wipe", "purge", "overwrite", "truncate"), r"\b(?:delete|drop|erase|wipe|purge|overwrite|truncate) (?:all |every |the |this )*(?:records?|data ?bases?|charts?|tables?|index(?:es)?|files|stores?|evidence|citations)\b(?! (?:per|of old))"),
        (("command", "code", "script", "query", "tool", "function", "api", "plugin"), r"\b(?:execute|run|eval(?:uate)?) (?:the |this )?(?:following |attached )?(?:shell |sql |python |bash )?(?:command|code|script|query)\b|\b(?:call|invoke|use) the (?:\w+ )?(?:tool|function|api|plugin)\b(?! (?:line|light|bell))"),
        (("send", "forward", "post", "upload", "exfiltrate", "transmit"), r"\b(?:send|forward|post|upload|exfiltrate|transmit)\b[^.\n]{0,60}\b(?:to|at) (?:https?://|\S+@\S+\.\w)(?=.*)(?<!patient portal)"),
        (("from now", "from this", "superse", "override", "replace"), r"\bfrom (?:now|this point) on,? (?:you|always|all (?:answers|responses)|answer|respond|every answer)\b|\bthis (?:supersedes|overrides|replaces) (?:all|any|every|your)(?: \w+){0,2} (?:instructions?|rules?|prompts?|guidelines?)\b"),
        (("do not",), r"\bdo not (?:use|rely on|trust|consult|read|retrieve)(?: \w+){0,2} (?:other|remaining|rest of the) (?:documents?|passages?|sources?|notes?|records?|evidence)\b"),
    )
)  # fmt: skip
"""What every match holds one of, and the pattern: the quick look spares most sentences the slow one."""


def instruction_like(sentence: str) -> bool:
    """Say whether a sentence tries to command a system that reads it (rather than tell of a patient or instruct one).

    For flags and for keeping such a sentence out of answers; a miss is harmless as long as nothing read is obeyed.
    """
    seen = " ".join(visible(sentence[:_MAX_LOOKED_AT]).text.replace("’", "'").split())
    low = seen.lower()
    return any(any(cue in low for cue in cues) and pattern.search(seen) for cues, pattern in _COMMANDS)
