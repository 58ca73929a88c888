"""What people say was done to a body, and how the entry of a procedure calls it: "took it out" and a removal."""

# ruff: noqa: E501

from __future__ import annotations

from typing import NamedTuple

from chartcite.engine.language.cues import Cue


class Deed(NamedTuple):
    """One sort of deed."""

    said: Cue
    """How people say it."""
    called: Cue
    """How procedures of its sort are called."""


def _deed(said: str, called: str) -> Deed:
    return Deed(Cue(rf"\b(?:{said})\b"), Cue(rf"(?:{called})"))


_SOME = r"[^.?;]{0,30}?"
OPERATED = _deed(
    r"(?:(?:fix|mend|patch)(?:ed|ing)?|sort(?:ed|ing))(?: (?:\w+ ){0,4}?(?:up|out))?|put right|saw to|dealt with|operat\w+|surgery|surgical|under the knife|cut (?:open|into)|opened up",
    r"\w{3,}(?:ectomy|otomy|ostomy|oplasty|plasty|orrhaphy|opexy|odesis)\b|phaco|replac|implant|repair|resect|excis|graft|bypass|amputat|fixation|section|extraction|operation|surg|transplant|decompress|ligation|osteosynth|fusion",
)
DEEDS = (
    _deed(
        rf"(?:took|take|taken|taking|cut|came|come|pulled|lifted|whipped|had){_SOME} out|remov\w+|extract\w+|excis\w+",
        r"remov|extract|excis|explant|\w{3,}ectomy\b|withdraw|resect|evacuat",
    ),
    _deed(
        rf"(?:put|puts|putting|went|popped|slid){_SOME}\bin(?:to)?(?! (?:charge|touch|for)\b)|insert\w*|plac(?:ed|es|ing|ement)|fitt(?:ed|ing)|implant\w*",
        r"insert|placement|placed|implant|intubat|cannulat|catheteri[sz]|stenting|^(?!.*(?:remov|extract|explant|margin)).*\bstent",
    ),
    _deed(
        rf"needled?|needles|inject\w*|jabb?(?:ed)?|(?:had|gave|put){_SOME} shot",
        r"inject|aspirat|\btap\b|punctur|infiltrat|block|biops",
    ),
    _deed(
        rf"drain(?:ed|ing|s)?|tapp(?:ed|ing)|sucked out|siphoned|fluid{_SOME} (?:off|out)|(?:drew|draw\w*){_SOME} (?:off|fluid)",
        r"drain|aspirat|\btap\b|centesis|incision",
    ),
    _deed(
        r"stretch\w*|disten[ds]\w*|widen\w*|balloon\w*|blown up|filled with|inflat\w*|dilat\w*",
        r"dilat|disten|balloon|angioplasty|arthrogra",
    ),
    _deed(r"burn(?:ed|t)?|cauteri[sz]\w*|zapp(?:ed|ing)|fr[eo]z\w*|lasered|ablat\w*", r"cauter|ablat|cryo|laser|coagul|diatherm"),
    _deed(
        r"stitch\w*|sew(?:n|ed)|repair\w*|fix(?:ed|ing)|mend\w*|pinned|plated",
        r"repair|sutur|fixation|closure|plat(?:e|ing)|nail|pinn|oplast|prosthe|replac",
    ),
    _deed(
        r"t(?:ied|ying|ie) (?:\w+ ){0,2}?(?:off|up|shut)|ligat\w+|clos(?:ed|ing) (?:off|up)|banded",
        r"ligat|tying|banding|closure",
    ),
    _deed(
        r"clean(?:ed|ing)|scrap(?:ed|ing)|trimm(?:ed|ing)|wash(?:ed)?[- ]?out|debrid\w*",
        r"debrid|necrosect|curett|wash|lavage|irrigat|toilet",
    ),
    _deed(r"replac(?:ed|ing|ement)|new (?:hip|knee|shoulder|valve|joint)", r"replac|arthroplast|prosthe"),
    _deed(
        rf"scoped|(?:camera|scope|tube){_SOME}\b(?:down|up|into|through)|looked? (?:inside|into|down|up)",
        r"scop|\begd\b|\bogd\b|bronch|endoluminal",
    ),
    _deed(r"biops\w+|bx|samples? (?:taken|of)|took a (?:sample|piece|snip)", r"biops|aspirat|sampl"),
    _deed(r"(?:tube|intubat\w+)(?! feed)", r"intubat|tracheost|chest drain|thoracostom|gastrostom|nasogastric"),
    OPERATED,
)
