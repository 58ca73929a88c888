"""Which line of a clinical note is a heading, and what sort of section it opens.

Known headings are recognised in any usual dress; unknown ones only by form (markdown, upper case, a title that ends
in a colon), so that prose such as `Note: call back` stays prose.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_KINDS: dict[str, str] = {
    "history": (
        "hpi|history of present illness|history of presenting illness|present illness|interval history|"
        "interval hx|interim history|subjective|s|chief complaint|cc|presenting complaint|reason for visit|"
        "reason for consult|reason for consultation|reason for admission|reason for referral|reason for call|"
        "indication|clinical history|clinical indication|history|hx|hospital course|course|brief hospital course|"
        "ed course|events|overnight events|review of systems|ros|referral reason|background|clinical information|"
        "admission diagnosis|call summary|summary|clinical details|reason for exam|reason for study|"
        "pc|hpc|hopc|history of presenting complaint|history of present complaint|presenting problem|"
        "reason for attendance|reason for presentation|indications|indication for procedure|"
        "indications for procedure|indication for surgery|indications for surgery|brief history|"
        "clinical summary|ice|ideas concerns expectations|ideas concerns and expectations"
    ),
    "past_history": (
        "pmh|pmhx|past medical history|past history|medical history|past medical hx|past surgical history|psh|"
        "pshx|surgical history|past surgical hx|problem list|problems|active problems|active problem list|"
        "comorbidities|obstetric history|ob history|gyn history|birth history|past psychiatric history|"
        "past ocular history|oncologic history|pmh psh|medical hx|surgical hx|developmental history|"
        "previous medical history|pmsh|past medical and surgical history|past obstetric history|"
        "past gynaecological history|past gynecological history|pohx|psych hx|past psych hx"
    ),
    "medications": (
        "medications|meds|current medications|current meds|home medications|home meds|discharge medications|"
        "discharge meds|meds at discharge|medications at discharge|medications on admission|"
        "admission medications|outpatient medications|medication list|medication changes|med changes|"
        "medication reconciliation|rx|drugs|prescriptions|inpatient medications|medications prior to admission|"
        "changes to medications|new medications|stopped medications|medication review|med list|"
        "active medications|medication|dh|dhx|drug history|drug hx|medication history|regular medication|"
        "regular medications|current medication|repeat medication|discharge medication|tto|ttos|tta|ttas"
    ),
    "allergies": (
        "allergies|allergy|all|allerg|allergies and intolerances|all/intol|allergies/intol|allergy/intol|intolerances|"
        "drug intolerances|adrs|adr|drug allergies|medication allergies|adverse reactions|"
        "allergies adverse reactions|known allergies|allergy status|drug reactions"
    ),
    "family_history": ("family history|fh|fhx|family hx|family medical history|famhx|fam hx"),
    "social_history": (
        "social history|sh|shx|social hx|social|soc|soc hx|sochx|social circumstances|habits|substance use|"
        "occupational history|lifestyle"
    ),
    "exam": (
        "physical exam|physical examination|exam|examination|pe|objective|o|vitals|vital signs|vs|on exam|"
        "on examination|mental status exam|mse|discharge exam|admission exam|focused exam|exam findings|"
        "neurological exam|physical findings|o e|oe|condition at discharge|discharge condition|obs|observations|"
        "examination findings|condition on discharge|condition upon discharge"
    ),
    "results": (
        "labs|lab results|laboratory|laboratory data|laboratory results|results|data|imaging|studies|diagnostics|"
        "diagnostic studies|diagnostic data|findings|pertinent results|investigations|ecg|ekg|echo|radiology|"
        "microbiology|pathology|technique|comparison|gross description|microscopic description|specimen|"
        "specimens|lab data|labs today|labs studies|tests|test results|data review|data reviewed|recent labs|"
        "pertinent labs|gross|microscopic|ix|inv|invs|invx|investigation|bloods|blood tests|x ray|x rays"
    ),
    "assessment_plan": (
        "assessment|plan|assessment and plan|assessment plan|a p|ap|a and p|a|p|impression|impressions|"
        "impression and plan|impression plan|imp|imp plan|diagnosis|diagnoses|final diagnosis|"
        "discharge diagnosis|discharge diagnoses|principal diagnosis|primary diagnosis|secondary diagnoses|"
        "conclusion|conclusions|opinion|recommendations|recommendation|recs|medical decision making|mdm|"
        "discussion|formulation|treatment plan|care plan|clinical impression|assessment recommendations|"
        "interpretation|treatment|management|analysis|working diagnosis|admitting diagnosis|plan of care|"
        "problem based assessment and plan|impression recommendations|dx|ddx|mx|tx|differential|differentials|"
        "differential diagnosis|differential diagnoses|final impression|provisional diagnosis|likely diagnosis|"
        "management plan|preoperative diagnosis|postoperative diagnosis|pre op diagnosis|post op diagnosis|"
        "preop diagnosis|postop diagnosis|plan treatment|plan and treatment|issues"
    ),
    "immunizations": ("immunizations|immunization history|vaccines|vaccinations|immunisations|health maintenance|hm"),
    "procedures": (
        "procedures|procedure|procedures performed|operations|operation|operative findings|"
        "description of procedure|procedure performed|operative procedure|anesthesia|estimated blood loss|"
        "complications|procedure details|consent|anaesthesia|anesthetic|anaesthetic|ebl|blood loss|surgeon|"
        "procedure in detail|details of procedure|indications and findings|intraoperative findings"
    ),
    "instructions": (
        "instructions|discharge instructions|patient instructions|follow up|followup|f u|fu|follow up plan|"
        "disposition|return precautions|patient education|education|advice|activity|diet|follow up appointments|"
        "discharge disposition|next steps|safety net|safety netting|discharge plan|rtc|follow up instructions|"
        "advice given|instructions to patient|teaching|dispo|to do|pending at discharge|pending results|"
        "counseling"
    ),
    "other": (
        "code status|attending|author|date|patient|participants|present|supports|goals of care|consultants|"
        "authored by|signed|from|to|subject|re|message|reply|response|caller|callback|title|addendum|attestation|"
        "discharge date|date of discharge|admission date|date of admission|"
        "risk assessment|functional status|advance directives|goals|barriers|equipment|contacts|precautions"
    ),
}
_KIND_OF = {heading: kind for kind, headings in _KINDS.items() for heading in headings.split("|")}
_LABELS_ONLY = frozenset({"date", "patient", "from", "to", "subject", "re", "author", "signed", "title", "authored by"})
"""Known words that label a line rather than open a section."""
_NEEDS_COLON = frozenset({
    "a", "all", "ap", "cc", "dh", "fh", "fu", "hm", "hx", "ice", "imp", "inv", "ix", "mx", "o", "obs", "oe", "p", "pc",
    "pe", "ros", "rx", "s", "sh", "tx", "vs", "issues", "medication", "differential", "surgeon",
})  # fmt: skip
_BODY_PARTS = frozenset({
    "general", "gen", "constitutional", "heent", "head", "eyes", "ears", "nose", "throat", "mouth", "neck", "lymph",
    "nodes", "chest", "lungs", "lung", "resp", "respiratory", "pulmonary", "heart", "cardiac", "cardiovascular",
    "cv", "cor", "abdomen", "abd", "gi", "gu", "rectal", "pelvic", "breast", "breasts", "back", "spine",
    "extremities", "ext", "skin", "neuro", "neurologic", "neurological", "msk", "musculoskeletal", "psych",
    "psychiatric", "vascular", "temp", "pulse", "weight", "height", "genitourinary", "gastrointestinal", "integumentary",
    "lymphatic", "lymphatics", "lymph nodes", "endocrine", "hematologic", "haematologic", "fundi", "gait",
})  # fmt: skip
"""Parts of one examination: lines of the section, not sections of their own."""
_BY_WORD = (
    ("famil", "family_history"), ("allerg", "allergies"), ("social", "social_history"), ("immuni", "immunizations"),
    ("vaccin", "immunizations"), ("past ", "past_history"), ("medication", "medications"), ("meds", "medications"),
    ("exam", "exam"), ("vital", "exam"), ("lab", "results"), ("result", "results"), ("imaging", "results"),
    ("finding", "results"), ("assessment", "assessment_plan"), ("plan", "assessment_plan"),
    ("impression", "assessment_plan"), ("diagnos", "assessment_plan"), ("recommend", "assessment_plan"),
    ("procedure", "procedures"), ("surg", "procedures"), ("operat", "procedures"), ("instruction", "instructions"),
    ("follow", "instructions"), ("history", "history"), ("complaint", "history"), ("course", "history"),
)  # fmt: skip

_MAX_TITLE_CHARACTERS = 70
_MARKDOWN = re.compile(r"#{1,6}[ \t]+(\S.*?)[ \t#]*$")
_BOLD = re.compile(r"(\*\*|__)([^*_]{2,60}?):?\1:?[ \t]*$")
_LABEL = re.compile(r"\**([A-Za-z][A-Za-z0-9/&'’ ,.()+\-]{0,58}?)\**[ \t]*(:|$)\**[ \t]*(.*)$")
_DASHED = re.compile(r"([A-Z][A-Za-z/& ]{1,40}?)[ \t]*[ \t][-–—][ \t]+(\S.*)$")
"""`Imp - viral illness`: a dash stands for the colon behind a known heading."""
_BARE = re.compile(
    r"(PMHx?|PSHx?|PMSH|DHx?|FHx?|FamHx|SHx?|SocHx|HPC|HPI|PC|O/E|OE|A/P|A&P|Ix|Mx|Dx|DDx|ROS"
    r"|(?P<word>Imp|IMP|Impression|IMPRESSION|Plan|PLAN)(?! (?:is|was|were|had|has|of|A|B|C)\b))[ \t]+(?=[\w?+#(])(\S.*)$"
)
"""`PMH Asthma, hay fever`: shorthand that is no word needs no colon at the start of a line; `Plan` needs a line of its own."""
_UNDERLINE = re.compile(r"[ \t]*(?:={3,}|-{3,}|~{3,}|_{3,})[ \t]*$")
_PARENTHESIS = re.compile(r"\([^)]*\)?")
_NOT_LETTERS = re.compile(r"[^a-z]+")
_NUMBER_ALONE = re.compile(r"(?<!\w)\d+(?:\.\d+)?(?!\w)")
_NEGATED = re.compile(r"(?:NO|NOT|DENIES|NEGATIVE|NONE|WITHOUT|N/?A)\b")


class Heading(NamedTuple):
    """A heading at the start of a line."""

    text: str
    """As written, without marks and colon."""
    alone: bool
    """Whether nothing else stands on the line."""


class Line(NamedTuple):
    """A line with what stands around it. White space at both ends is not part of `text`."""

    text: str
    follows_break: bool
    """Whether it begins the text, or comes after a blank line, a heading or the end of a sentence."""
    next_text: str


def heading_of(line: Line) -> Heading | None:
    """Return the heading that a line is or begins with."""
    marked = _MARKDOWN.match(line.text)
    if marked:  # in some notes `# HTN: controlled, no change.` is an item of the plan, not a heading
        is_title = len(marked[1]) <= _MAX_TITLE_CHARACTERS and not marked[1].endswith(".")
        return Heading(marked[1].strip("*_: "), alone=True) if is_title else None
    bold = _BOLD.match(line.text)
    if bold:
        return Heading(bold[2].strip(": "), alone=True)
    if len(line.text) <= _MAX_TITLE_CHARACTERS and is_underline(line.next_text) and line.follows_break and line.text[0].isalpha():
        return Heading(line.text.rstrip(": "), alone=True)
    label = _LABEL.match(line.text.rstrip("# \t"))
    return (_labelled(label, line) if label else None) or _without_colon(line)


def heading_within(sentence: str) -> Heading | None:
    """Return the known heading, with its colon, that a sentence in the middle of a line begins with: `Exam: ...`."""
    label = _LABEL.match(sentence)
    if label is None or label[2] != ":" or not label[1][0].isupper() or "." in label[1]:
        return None
    key = _key(label[1])
    known = key in _KIND_OF and key not in _LABELS_ONLY and len(key) > 1
    return Heading(label[1].strip(), alone=not label[3].strip()) if known else None


def is_underline(text: str) -> bool:
    """Say whether a line is only drawn."""
    return bool(_UNDERLINE.match(text))


@lru_cache(maxsize=4096)
def section_kind(heading: str) -> str:
    """Return what sort of section a heading opens.

    One of history, past_history, medications, allergies, family_history, social_history, exam, results,
    assessment_plan, immunizations, procedures, instructions, other.
    """
    key = _key(heading)
    if key in _KIND_OF:
        return _KIND_OF[key]
    return next((kind for word, kind in _BY_WORD if f" {word}" in f" {key} "), "other")


def _key(heading: str) -> str:
    return _NOT_LETTERS.sub(" ", _PARENTHESIS.sub(" ", heading.lower()).replace("&", " and ").replace("'s", "s")).strip()


def _labelled(label: re.Match[str], line: Line) -> Heading | None:
    text, colon, rest = label[1].strip(), label[2] == ":", label[3].strip()
    key = _key(text)
    if not text[0].isupper() or key in _BODY_PARTS or key in _LABELS_ONLY:
        return None
    found = Heading(text, alone=not rest)
    if key in _KIND_OF:
        return found if colon or (key not in _NEEDS_COLON and line.follows_break) else None
    return found if _has_form(text, colon=colon, rest=rest, line=line) else None


def _without_colon(line: Line) -> Heading | None:
    """Return a known heading that text follows on its line without a colon: `Imp - flu`, `DH nil`, `Plan rest`."""
    bare = _BARE.match(line.text)
    if bare:
        return Heading(bare[1], alone=False) if line.follows_break or not bare["word"] else None
    dashed = _DASHED.match(line.text)
    key = _key(dashed[1]) if dashed else ""
    known = line.follows_break and len(key) > 1 and key in _KIND_OF and key not in _LABELS_ONLY | {"all", "to", "course"}
    return Heading(dashed[1].strip(), alone=False) if dashed and known else None


def _has_form(text: str, *, colon: bool, rest: str, line: Line) -> bool:
    """Say whether an unknown label looks like a heading."""
    letters = [character for character in text if character.isalpha()]
    words = text.split()
    if len(letters) < 4 or len(words) > 8 or not line.follows_break or _NEGATED.match(text):
        return False
    upper = all(character.isupper() for character in letters)
    if rest:  # `REASON FOR ADMISSION: 58M ...` opens a section, `SODIUM: 140` and `Note: ...` do not
        return upper and not rest[0].isdigit()
    if colon:
        return upper or all(word[0].isupper() or len(word) <= 3 for word in words)
    if _NUMBER_ALONE.search(text):  # `WBC 12.3 H` is a result
        return False
    return upper and (len(words) > 1 or len(letters) > 5) and not _is_upper(line.next_text)


def _is_upper(text: str) -> bool:
    return text.isupper() and len(text) > 12 and not text.endswith(":")
