"""Names by which terse questions ask for a part or an element of a note: "Imp?", "EBL", "fundi?", "RTC?".

Two tables: parts that notes write under a heading of their own, and elements that stand in a sentence ("Gait: normal").
Shorthand is that of usual British, Irish, Indian, Australian and American notes.
"""
# ruff: noqa: E501

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from chartcite.engine.language.cues import Cue


class Label(NamedTuple):
    """How a part or an element of a note is asked for, and how notes tell it. All are regular expressions."""

    name: str
    asked: str
    """The whole of a question without its filler, or what stands beside the thing it is asked of."""
    sections: tuple[str, ...] = ()
    """Headings that tell it, best first."""
    says: str = ""
    """How a sentence tells it where no heading does; `needs`: and what it must hold even under a heading."""
    needs: str = ""
    lists: bool = False
    """Whether tables tell it as well: then they answer first."""
    most: int = 4
    """Sentences that are quoted at most."""
    beside: str = ""
    """How it is asked for beside the thing that it is asked of ("complications of the OGD"); empty: never so."""
    notes: str = ""
    """Titles of the notes that tell it; empty: any note does."""
    shows: bool = False
    """Whether it asks what a test showed: then a sentence that names the test tells it, wherever it stands."""


_RETURN = (
    r"\b(?:follow(?:ed|ing)?[- ]?up|f/u|return(?:s|ing)?\b(?! of)|rtc|recheck|review(?:ed)?|see (?:him|her|them|you|me|us|the patient)\b|seen|back|next (?:visit|appointment|appt)"
    r"|appointment|appt|recall)\b"
)
_SPAN = r"(?:\d+|one|two|three|four|five|six|eight|ten|twelve|a|an|a couple of|a few|couple of|several|next)[ -]*(?:(?:to|or|-|–|/)[ -]*(?:\d+|two|three|four|five|six|eight|ten|twelve)[ -]*)?(?:hours?|hrs?|days?|weeks?|wks?|months?|mos?|mths?|years?|yrs?|/[57]|/52|/12)(?!\w)"
_SOON = rf"(?:{_SPAN}|\b(?:after|once|when|prn|as needed|tomorrow|week of|month of|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d{{1,2}}/(?:7|52|12)\b|\bfollow[- ]?up\b)"
_WORSE = (
    r"\bif\b[^.]*\b(?:worse\w*|worsen\w*|develop\w*|persist\w*|progress\w*|recur\w*|return|unwell|concern\w*|problems?|fail\w*|increas\w*|fevers?|vomiting|bleeding|(?:not|doesn'?t|no) (?:\w+ )?(?:better|improv\w+|settl\w+|resolv\w+))"
    r"|\b(?:go|come|present|return|attend|taken?|bring)\b[^.]{0,30}\b(?:a ?& ?e|a and e|er|ed|emergency|casualty|hospital)\b|\b(?:call|ring|dial|phone)\b[^.]{0,20}\b(?:999|911|112|000|108|ambulance)\b|\breturn precautions\b|\bsafety[- ]?net"
)
_IMPRESSION = (
    r"^\W*(?:final |clinical |overall )?impressions?\b(?!/? ?(?:and|&|/) ?plan)|^\W*imp\b(?!.*plan)|^\W*(?:conclusions?|opinion|formulation|working diagnos|likely diagnos|provisional diagnos|interpretation)",
    r"^\W*(?:final |discharge |principal |primary )?(?:diagnos[ie]s|dx)\b",
    r"^\W*assessments?\W*$",
    r"^\W*post-?\s?op(?:erative)? diagnos",
    r"impression|assessment|^\W*a ?[/&] ?p\b|^\W*problems?\b|\bdiagnos(?!\w* (?:history|tests?|stud))",
    r"^\W*d?dx\b|differential",
)
_PLAN = (
    r"^\W*(?:treatment |management |discharge |care )?plans?\b|^\W*(?:mx|management)\b",
    r"(?:assess|impress|imp\b|diagnos).*plan|plan.*(?:assess|impress)|^\W*a ?[/&] ?p\b|\bplan\b",
    r"recommend|^\W*recs\b|^\W*(?:treatment|tx)\b",
    r"instruction|follow|dispo",
)
_ASKS_SHOWN = r"(?:results?|findings?|reports?|what (?:did )?(?:it|they|he|she) (?:show(?:ed)?|find|found|saw)|what was (?:found|seen)|outcome|readings?|(?:what )?showed|interpretation|(?:found|seen)(?= (?:at|on|in|during)\b))"
_MEDS = r"(?:meds?|medicines?|medications?|drugs?|tablets|pills|scripts?|prescriptions?|rx)"

_SOMEBODY = r"(?:they|he|she|you|we|it|the (?:surgeons?|doctors?|team|consultant)|(?:mr|mrs|ms|miss|dr|prof)\.? [\w'-]+)"
_SURGERY = r"(?:operation|surgery|op|theatre|laparotomy|laparoscopy|operating table)"
_AT_SURGERY = (
    rf"(?:(?:at|in|during|on|from|of) (?:the |his |her |my |an? )?(?:emergency )?{_SURGERY}"
    rf"|(?:when|once|after|as) {_SOMEBODY} (?:opened|operated|went in|got in|got inside|looked inside|cut)\b.{{0,40}}|inside (?:him|her|me))"
)
_MEETING = r"(?:[\w'-]+ ){0,4}?(?:meeting|conference|mdt|mdm|discussion|tumou?r board|huddle)"

PARTS: tuple[Label, ...] = (
    Label(
        "findings at the operation",
        rf"(?:op(?:erative)?|intra-?op(?:erative)?|surgical|theatre|laparotomy|laparoscop(?:y|ic)) findings?"
        rf"|(?:what (?:did|had|was|were) )?(?:{_SOMEBODY} )?(?:find|found|findings?|see|saw|seen|discover(?:ed)?) {_AT_SURGERY}",
        (r"^\W*(?:operative |intra-?operative |surgical )?findings?\b",),
        notes=r"\b(?:operat\w+|surg\w+|theatre|laparo\w+|op)\b",
    ),
    Label(
        "people at a meeting",
        rf"(?:who (?:all )?(?:was|were|is) (?:present|there|in attendance)|who (?:attended|came to|took part in|went to|(?:was|were) (?:at|in))|attendees|attendance|people present|present)"
        rf"(?: (?:at|in|for|of))?(?: (?:the|his|her|my|dad's|mum's|that|this|last))*(?: {_MEETING})(?: (?:about|with|for) .{{1,40}})?|attendees",
        (r"^\W*(?:(?:people |those )?present|attendees|attended(?: by)?|attendance|in attendance|participants)\W*$",),
        notes=r"meeting|conference|mdt|multidisciplin|discussion|best interest|goals of care",
        most=2,
    ),
    Label(
        "diagnosis before the operation",
        r"pre-? ?op(?:erative)?(?:ly)? (?:diagnos[ie]s|dx)",
        (r"pre-?\s?op(?:erative)?\s+(?:diagnos|dx)",),
    ),
    Label(
        "diagnosis after the operation",
        r"post-? ?op(?:erative)? (?:diagnos[ie]s|dx)",
        (r"post-?\s?op(?:erative)?\s+(?:diagnos|dx)",),
    ),
    Label("admission diagnosis", r"(?:admi(?:ssion|tting)|initial|presenting) (?:diagnos[ie]s|dx)", (r"admi\w+ (?:diagnos|dx)",)),
    Label("discharge diagnosis", r"discharge (?:diagnos[ie]s|dx)|(?:diagnos[ie]s|dx) (?:on|at|upon) discharge", (r"discharge (?:diagnos|dx)", r"final (?:diagnos|dx)|principal diagnos"), most=8),
    Label(
        "differential",
        r"(?:the )?(?:ddx?|differentials?(?: diagnos[ie]s)?|diff dx|what else (?:could|might) it be)",
        (r"differential|^\W*ddx?\b", *_IMPRESSION[:3]),
        says=r"\b(?:ddx|differential|versus|vs\.?|rule out|r/o|could (?:also )?be|possibly|concern(?:ing)? for|\?\s?[A-Za-z])",
    ),
    Label(
        "impression",
        r"(?:(?:clinical|final|overall|working|likely|most likely|probable|provisional|main|principal|primary|presumptive|presumed|leading|new|your|their|official|actual) )*"
        r"(?:impressions?|imp|diagnos[ie]s|dx|assessments?|conclusions?|verdict|bottom line|take[- ]?home(?: message)?|upshot|opinion|formulation)"
        r"|(?:what )?(?:is |was )?(?:actually |really )?(?:(?:wrong|the matter)(?: with (?:me|him|her|them|us|the patient|this (?:patient|man|woman|lady|child)))?|going on with (?:me|him|her|them|us|the patient))"
        r"|(?:what )?(?:do|does|did) (?:they|you|the (?:doctor|gp|consultant|team|specialist|surgeon|registrar)s?) (?:think|reckon|conclude)(?: (?:it (?:is|was)|is (?:wrong|going on)(?: with (?:me|him|her|them))?|this is|the (?:problem|diagnosis) is|(?:i|he|she|they)(?:'ve|'s| have| has) got))?"
        r"|(?:is )?it (?:that )?(?:they|you|the doctors?) (?:think|thought|reckon) (?:i|he|she|they)(?:'ve|'s| have| has| had)(?: got)?"
        r"|(?:what )?(?:was|is|were) (?:the )?(?:conclu\w+|diagnosed|thought)(?: (?:to be )?(?:wrong|going on))?",
        _IMPRESSION,
        beside=r"(?:clinical |overall |final |your |their |working |likely |provisional )*(?:impression|imp|assessment|conclusions?|bottom line|take[- ]?home(?: message)?|verdict|upshot)|(?:working|likely|provisional|presumptive|differential) (?:diagnosis|dx)|(?:actually |really )?(?:wrong|the matter|going on) with",
        says=r"\b(?:(?:most |more )?(?:likely|probable|working|provisional|presumptive|suspected|clinical) di[a-z]{0,2}[gs][a-z]*s[ie]s|diagnosed (?:with|as)|consistent with|in keeping with|suggestive of|suspect\w*|concern(?:ing|ed)? for|(?:i (?:believe|think|feel|suspect)|appears?|seems?) (?:this|it|he|she|to) (?:is|be|has)|impression)\b",
    ),
    Label(
        "plan",
        r"(?:(?:mx|tx|management|treatment|current|overall|further|ongoing|immediate|agreed|clinical|onward) )*(?:plans?|plan of action|mx|management|next steps?|way forward|action points?|actions)"
        r"|(?:what(?:'?s| is)? )?(?:next|now)(?: steps?)?|(?:what )?(?:happens|is happening|will happen|is supposed to happen|are (?:we|they|you) (?:doing|going to do)) (?:now|next|from here)|where do (?:we|they|i) go from here|recs|recommendations?",
        _PLAN,
        most=6,
    ),
    Label(
        "return precautions",
        r"(?:return precautions?|safety[- ]?net(?:ting)?(?: advice)?|(?:red flags?|warning signs?)(?: (?:advice|given|advised|to (?:look|watch) (?:out )?for))?|worsening advice|when to (?:come back|return|worry|seek help|call|ring|go to (?:a&e|a & e|ed|er|casualty|hospital)))"
        r"|(?:(?:what|which|when) )?(?:\w+ )?(?:would|should|will|might|could|do) (?:mean|make|cause|get|have|send|i|he|she|we|they)\b.{0,40}\b(?:to casualty|to a ?& ?e|to the (?:ed|er|emergency|hospital)|to hospital|to casualty|999|911|112|an ambulance)",
        (r"return precaution|safety[- ]?net", *_PLAN),
        says=_WORSE,
        needs=_WORSE,
    ),
    Label(
        "follow-up",
        r"(?:(?:planned|next|any|when is|when's|arranged) )*(?:follow[- ]?ups?|f/?u|fup|rtc|return to clinic|return visit|(?:clinic |next )?review(?: date)?|next (?:review|visit|appointment|appt|clinic|seen|check|check-up)|recall(?: interval)?|to be seen)(?: (?:plans?|arrangements?|date|interval|when|timing|appointment|appt|in|due))?"
        r"|when (?:(?:am|is|are|do|does|should|will|have|has|must|can) )?(?:i|we|he|she|they|mum|dad|the patient) (?:(?:got|need|meant|supposed|due|have|has|told) )*(?:to )?(?:be )?(?:come|coming|see|seen|seeing|go|going|back|return\w*|followed|review\w*|speak|attend|next)(?: .{0,40})?"
        r"|how soon (?:should|do|must|does|will) (?:i|we|he|she|they|mum|dad) (?:come|go|be|return|see).{0,40}",
        (r"follow|^\W*(?:f/?u|rtc|return|review)\b|instruction|dispo", *_PLAN),
        says=rf"{_RETURN}.*{_SOON}|{_SOON}.*{_RETURN}",
        needs=rf"{_RETURN}.*{_SOON}|{_SOON}.*{_RETURN}|^\W*(?:follow[- ]?up|f/?u|rtc|return)\b",
        lists=True,
        most=3,
    ),
    Label(
        "indication",
        r"(?:indications?|clinical (?:indication|details|info|information|history)|reason (?:for (?:the |this |his |her )?(?:tests?|procedure|scan|study|op(?:eration)?|surgery|consult\w*|referral|visit|attendance|admission|exam(?:ination)?|investigation))?(?: done)?|why (?:was )?(?:it|this) (?:was )?(?:done|ordered|requested|performed)|requested because)"
        r"|why (?:did|was|were|does|do|is|has|had) .{1,30}\b(?:need|needed|have|had|undergo|get|given)(?: to have)? (?:a|an|the|this|that) (?:\w+ )?(?:scope|camera|op|operation|procedure|surgery|test|scan|study|biopsy|endoscopy|\w+oscopy|\w*gram|\w+plasty|\w+ectomy)(?: at all| done| in the first place)*",
        (r"^\W*indication|reason for|clinical (?:indication|history|details|information)", r"^\W*(?:brief )?history|pre-?\s?op(?:erative)? diagnos", r"chief|presenting|^\W*(?:cc|pc|hpc|hpi)\b"),
        beside=r"indications?|clinical (?:indication|details|information)",
        most=6,
    ),
    Label(
        "complications",
        r"(?:(?:intra|peri|post)-? ?op(?:erative)? |procedural |any |immediate )*(?:complications?|adverse events?|mishaps?)(?: (?:at|during) (?:the )?(?:time|surgery|procedure))?|(?:any )?problems? (?:during|with|at) (?:the |his |her |my )?(?:op(?:eration)?|procedure|surgery|test|scope|case)",
        (r"^\W*(?:\w+ )?complications?\b",),
        beside=r"(?:(?:intra|peri|post)-? ?op(?:erative)? |procedural |any |immediate )*complications?|(?:did |has )?anything (?:go|gone|went) wrong"
        r"|(?:any )?(?:problems?|issues|trouble)(?= (?:during|after|with|from|following) (?:the |his |her |my )?(?:[\w-]+ ){0,4}(?:op|operation|surgery|procedure|section|replacement|transplant|ablation|bypass|\w+(?:ectomy|plasty|scopy))$)",
        says=r"\b(?:no|without|nil|any|apparent|immediate|uncomplicated|developed|complicated by)\b[^.]{0,30}\bcomplicat\w*|\buncomplicated\b",
    ),
    Label("blood loss", r"(?:ebl|(?:estimated |total |intra-?op(?:erative)? )*blood loss|how much blood (?:was |did (?:he|she|they|i) )?(?:lost|lose)|how much (?:did (?:he|she|they) )?(?:bled|bleed))", (r"blood loss|^\W*ebl\b",), says=r"\b(?:EBL|blood loss)\b", beside=r"ebl|(?:estimated |total )*blood loss"),
    Label(
        "anaesthesia",
        r"(?:(?:type|kind|mode|form) of )?(?:an(?:a)?esth(?:esia|etic|etics)|sedation|ga or la|ga/la)(?: (?:used|type|given|technique))?|(?:did|was|were|had|have|has) (?:they |he |she |you |i |my \w+ |the patient )+(?:been )?(?:(?:put |be |been )?(?:fully )?(?:to sleep|asleep|sedated|awake)|(?:knock(?:ed)?|put) (?:\w+ ){0,4}?(?:under|out|to sleep|asleep))\b(?: (?:for|during) .{0,30})?",
        (r"^\W*(?:type of )?an(?:a)?esth(?:esia|etic)\b",),
        beside=r"(?:(?:type|kind|sort|form) of )?(?:an(?:a)?esth(?:esia|etic)|sedation)(?: (?:was )?(?:used|given))?(?: (?:when|while) (?:they|he|she|we|the surgeons?) (?:did|fixed|repaired|replaced|operated on|took out|removed|put in|mended|had|did up))?",
        says=r"\b(?:(?:under|with|via|using|by|:)\s+(?:\w+ ){0,3}?(?:an(?:a)?esth\w+|sedation|MAC)|(?:general|local|spinal|epidural|regional|topical)\b[^.]{0,25}\b(?:an(?:a)?esth\w+|sedation)|(?:local|spinal|regional|nerve) block|(?:lidocaine|lignocaine|bupivacaine|marcaine)\b)",
        most=2,
    ),
    Label("specimens", r"specimens?(?: (?:sent|taken|removed))?|samples? sent|what (?:was|did they) sen[dt] (?:to|for|off to) (?:the )?(?:lab\w*|path\w*|histo\w*)", (r"^\W*specimens?\b|material (?:forwarded|sent)",), beside="specimens?"),
    Label("drains", r"drains?(?: (?:left|placed|in))*", (r"^\W*drains?\b",), says=r"\bdrains?\b[^.]*\b(?:placed|left|in situ|removed)"),
    Label("fluids", r"(?:iv )?fluids?(?: (?:given|used))?", (r"^\W*(?:iv )?fluids?\b",)),
    Label("implants", r"implants?(?: used)?|hardware(?: used)?|prosthes[ie]s", (r"^\W*(?:implants?|hardware|prosthes)",), says=r"\bimplants?: |\b(?:locking |volar )?plate, \d+ screws\b", beside=r"(?:what |which )?(?:implants?|prosthes[ie]s)(?: (?:was |were )?used)?"),
    Label("tourniquet", r"tourniquet(?: times?| used)?", (r"^\W*tourniquet",), says=r"\btourniquet\b", beside=r"tourniquet(?: time)?", most=2),
    Label("approach", r"(?:surgical |operative )?approach(?: (?:used|taken))?", (r"^\W*(?:surgical )?approach",), says=r"\bapproach\b", beside=r"(?:surgical |operative )?approach(?: used)?", most=2),
    Label("surgeon", r"(?:operating |primary )?surgeon|operator|assistant", (r"^\W*(?:surgeon|operator|assistant)",), lists=True),
    Label("consent", r"consent(?:ed)?(?: (?:obtained|taken|signed))?", (r"^\W*consent",), says=r"\bconsent\b[^.]*\b(?:signed|obtained|given|taken)\b|\b(?:signed|obtained|gave)\b[^.]*\bconsent\b", most=2),
    Label("procedure", r"(?:procedures?|operations?|op)(?: (?:performed|done|name|title))|what (?:operation|procedure|surgery|op) (?:was|did|has|had).{0,30}(?:done|performed|have|had)", (r"^\W*(?:procedures?|operations?)(?: performed)?\W*$|^\W*name of (?:procedure|operation)",), lists=True),
    Label("procedure codes", r"(?:(?:cpt|opcs|hcpcs|icd(?:-? ?(?:9|10))?|snomed|procedure|billing|diagnosis)(?:-?\s?4)? )?(?:codes?|cpt|opcs|hcpcs|icd(?:-? ?(?:9|10))?)(?: (?:number|no))?", says=r"\b(?:CPT|OPCS|HCPCS|ICD(?:-?\s?(?:9|10))?)\b[^.]*\d|\bcodes?\b[^.]{0,20}\d{3,}"),
    Label("findings", rf"(?:(?:operative|intra-?op(?:erative)?|surgical|scope|key|main|imaging|microscopic) )*{_ASKS_SHOWN}|what (?:did )?(?:they|you|the (?:doctor|surgeon)) (?:find|found|see|saw)", (r"^\W*(?:operative |intra-?operative |surgical )?findings?\b", r"^\W*post-?\s?op(?:erative)? diagnos", r"^\W*(?:final )?impression|^\W*conclusion|interpretation", r"results?\b|^\W*ix\b|investigation"), shows=True, beside=_ASKS_SHOWN),
    Label("disposition", r"(?:dispo(?:sition)?|discharge (?:destination|disposition)|discharged to|destination)(?: where)?|where (?:was|were|did) (?:he|she|they|the patient|i|my \w+|mum|dad) (?:go|sent|discharged|taken|transferred)(?: (?:to|after|afterwards?|next|on discharge|at discharge))*", (r"dispo", r"^\W*(?:discharge )?follow|discharge (?:instruction|plan)"), says=r"\b(?:discharged|transferred|admitted|taken)\b[^.]{0,25}\b(?:home|to)\b", lists=True, most=2),
    Label("condition at discharge", r"(?:condition|state|status) (?:at|on|upon|when) (?:discharged?|leaving|going home)|discharge condition", (r"condition (?:at|on|upon)|discharge condition",), says=r"\bdischarged?\b[^.]*\bcondition\b|\bcondition\b[^.]*\bdischarged?\b", most=2),
    Label(
        "discharge medications",
        rf"(?:discharge|going[- ]home|take[- ]?home|to[- ]take[- ]?home|home-?going) {_MEDS}|{_MEDS} (?:on|at|upon|for|to) (?:discharge|going home|go home|leaving|take home|home with)|tt[oa]s?|(?:sent home|discharged|went home) (?:on|with) what(?: {_MEDS})?|what (?:{_MEDS} )?(?:was|were) (?:he|she|they|the patient) (?:sent home|discharged) (?:on|with)",
        (rf"discharge {_MEDS}|\btt[oa]s?\b|{_MEDS} (?:at|on|upon) discharge",),
        most=8,
    ),
    Label("admission medications", rf"(?:admission|pre-?admission|home) {_MEDS}|{_MEDS} (?:on|at|prior to|before) admission", (rf"(?:admission|home) {_MEDS}|{_MEDS} (?:on|prior to) admission",), most=8),
    Label("discharge date", r"(?:dates? of (?:discharge|d/c)|(?:discharge|d/?c) dates?|discharged? (?:when|on what date|which day)|day of discharge|when (?:was|were|did) (?:he|she|they|i|the patient|my \w+|mum|dad) (?:discharged|sent home|go(?:ne)? home|let out|leave hospital))", (r"discharge date|date of discharge|discharged on",), says=r"\bdischarged\b[^.]*\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\bdischarged\b[^.]*\bon (?:\w+ \d|\d)|\bdischarge date\b|\bdate of discharge\b", lists=True, most=1),
    Label("admission date", r"(?:dates? of admission|admission dates?|admitted (?:when|on what date)|doa|when (?:was|were) (?:he|she|they|i|the patient|my \w+|mum|dad) admitted)", (r"admission date|date of admission|admitted on",), says=r"\badmitted\b[^.]*\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\badmitted\b[^.]*\bon (?:\w+ \d|\d)|\bdate of admission\b", lists=True, most=1),
    Label("length of stay", r"(?:(?:planned|expected|anticipated|likely|estimated|total) )*(?:los|length of stay|duration of (?:stay|admission)|(?:hospital |inpatient )?stay)|how (?:long|many (?:days|nights)) (?:will|would|is|was|were|are|did|does|do) (?:i|he|she|they|we|my \w+|mum|dad|the patient) (?:be |have to |need to |going to |expected to |likely to |got to )*(?:in(?: hospital| for|patient)?|stay(?:ing)?(?: in(?: hospital)?)?|kept in|admitted)(?: for)?", (r"length of stay|\blos\b",), says=rf"\b(?:hospitali[sz]ed|in (?:the )?hospital|stay|inpatient|admitted|los)\b[^.]*{_SPAN}|{_SPAN}[^.]{{0,20}}\b(?:stay|admission|in (?:the )?hospital|inpatient)\b", lists=True, most=2, beside="(?:(?:planned|expected|anticipated) )*(?:los|length of stay)"),
    Label("presenting complaint", r"pc|p/c|cc|c/o|presenting (?:complaint|problem|symptoms?)|chief complaint|reason for (?:attendance|presentation|visit|call)|presentation", (r"chief|presenting (?:complaint|problem)|reason for|^\W*(?:pc|cc)\b", r"^\W*(?:hpc|hpi)\b|history of present"), says=r"^\W*(?:PC|CC|C/O)\b", most=3),
    Label("history of the complaint", r"hpc|hopc|hpi|history of (?:the )?present(?:ing)? (?:complaint|illness)", (r"^\W*(?:hpc|hopc|hpi)\b|history of (?:the )?present", r"^\W*history\W*$"), says=r"^\W*(?:HPC|HOPC|HPI)\b", most=6),
    Label("ideas, concerns and expectations", r"ice|ideas,? concerns(?:,? and|,|) expectations|patient'?s? (?:ideas|concerns|expectations)", (r"^\W*ice\b|^\W*ideas",), says=r"^\W*ICE\b|\b(?:worried|concerned|expects?|hopes?) (?:about|that|for|it)\b", most=3),
    Label("past medical history", r"pmhx?|pmsh|pohx|(?:past|previous) (?:medical )?(?:history|hx)|medical (?:history|hx|background)|background(?: history)?|co-?morbidit(?:y|ies)|comorbids?", (r"^\W*pm(?:s)?h|(?:past|previous|medical) (?:\w+ )?(?:history|hx)|comorbid|problem list",), says=r"^\W*PMH", lists=True, most=8),
    Label("past surgical history", r"psh|pshx|(?:past )?surgical (?:history|hx)|past surgery|(?:previous|past|prior) (?:surger(?:y|ies)|operations?|ops)", (r"^\W*psh|surgical (?:history|hx)|surgeries",), says=r"^\W*PSH", lists=True, most=6),
    Label("drug history", rf"dhx?|drug (?:history|hx)|(?:current |regular |repeat )*{_MEDS}(?: (?:list|history|hx|taken))?", (rf"^\W*(?:dhx?\b|drug h|(?:current |home |regular |repeat |active )*{_MEDS}\b(?! given))",), says=r"^\W*(?:DHx?|Medications?|Meds)\b", lists=True, most=8),
    Label("allergies", r"(?:known |drug |medication |medicine |food |other )*(?:allerg(?:y|ies)(?: status)?|nkda|nka|adrs?|intolerances?|sensitivit(?:y|ies))|(?:adverse )?(?:drug|medication|medicine) (?:reactions?|intolerances?|sensitivities)|adverse reactions?|bad reactions?", (r"allerg|adverse reaction|drug reaction",), says=r"\ballerg(?:y|ies|ic)\b|\bNKD?A\b", lists=True),
    Label("family history", r"fhx?|fam(?:ily)? (?:history|hx)|runs in the family|what runs in the family", (r"^\W*f(?:am)?hx?\b|family (?:\w+ )?(?:history|hx)",), says=r"\bFHx?\b", lists=True, most=6),
    Label("social history", r"shx?|soc(?:ial)? ?(?:history|hx)|social(?: (?:circumstances|situation|set-?up|background))?", (r"^\W*shx?\b|^\W*soc",), says=r"^\W*SHx?\b", lists=True, most=6),
    Label("review of systems", r"ros|systems? review|review of systems", (r"review of systems|^\W*ros\b|systems? review",), most=8),
    Label("examination", r"o/?e|on exam(?:ination)?|(?:physical |clinical )?exam(?:ination)?(?: findings?)?|physical(?: findings?)?|clinical (?:findings?|signs?)|signs", (r"^\W*(?:o/?e\b|(?:physical |focused |general )?exam|physical|objective|findings|on exam)|exam",), says=r"\bO/E\b|\bon examination\b", most=8),
    Label("vital signs", r"obs|observations|vitals?|vital signs|tpr|news2? (?:and obs)?", (r"vital|^\W*obs",), says=r"\b(?:temp(?:erature)?|pulse|HR|heart rate|BP|blood pressure|sats?|SpO2|RR|resp(?:iratory)? rate)\b[^.]*\d", lists=True, most=6),
    Label("investigations", r"ix|inv|invx?|investigations?|test results|imaging(?: results)?|labs|bloods|blood (?:tests?|results)|lab results?|data", (r"^\W*(?:ix|inv|investig|results?|labs?|laborator|data|imaging|studies|diagnostic|bloods|tests?)\b|results?\W*$|x-?ray",), lists=True, most=8),
    Label("hospital course", r"(?:hospital|ed|er|ward|clinical|inpatient|emergency (?:department|room)) course|course (?:in (?:hospital|the (?:ed|er))|of (?:admission|stay))", (r"course",), most=6),
    Label("activity", r"activity(?: (?:level|restrictions?|advice))?|weight[- ]bearing(?: status)?|wb status", (r"^\W*activity",), says=r"\b(?:non-?weight[- ]?bearing|weight[- ]?bearing|NWB|FWB|PWB|activity|activities|ambulation|bed rest)\b", most=3),
    Label("diet", r"diet(?: (?:advice|orders?|on discharge))?|nil by mouth|npo(?: status)?|nbm", (r"^\W*diet",), says=r"\b(?:diet\b(?!ary)|NPO|nil by mouth|NBM|nothing by mouth)\b", most=3),
    Label("developmental history", r"development(?:al)?(?: (?:history|milestones?|hx))?|milestones?", (r"development",), says=r"\bmilestones?\b", most=3),
    Label("immunisations", r"(?:imms?|immuni[sz]ations?|vaccin\w+|jabs|shots)(?: (?:status|history|hx|up[- ]to[- ]date|utd))?|imms utd", (r"immuni[sz]|vaccin|^\W*imm",), says=r"\b(?:immuni[sz]ations?|vaccin\w+|shots|jabs)\b[^.]*\b(?:up[- ]to[- ]date|utd|current|complete|behind|due|delayed)\b|\bup[- ]to[- ]date\b[^.]*\b(?:shots|immuni[sz]\w+|vaccin\w+)", lists=True, most=4),
)  # fmt: skip
"""Parts of notes, the more particular before the wider."""


def _element(asked: str, says: str, *, shows: bool = False) -> Label:
    tail = r"(?: (?:exam(?:ination)?|findings?|status|signs?|results?|reading))?(?:,? (?:(?:in|of|on) )?(?:the |his |her |my )?(?:left|right|both|bilateral|re|le|od|os|l|r)(?: (?:eye|ear|leg|foot|hand|arm|knee|hip|ankle|side)s?)?)?"
    return Label("element", rf"(?:{asked}){tail}", says=says, most=3, shows=shows, lists=True)


ELEMENTS: tuple[Label, ...] = (
    _element(r"fund(?:i|us|al|oscopy|uscopic)|fundoscopy|funduscop(?:y|ic)|ophthalmoscopy|optic dis[ck]s?|dis[ck]s|back of (?:the|his|her|my) eyes?", r"\b(?:fund(?:i|us|oscop\w*|uscop\w*)\b|ophthalmoscop\w*|papill?o?edema|optic (?:dis[ck]|nerve)s?|dis[ck]s? (?:sharp|margins?|flat|normal|swollen)|retinas?|retinal|red reflex)\b"),
    _element(r"(?:foot|feet|pedal|peripheral|distal|leg|dp|pt|dorsalis pedis|posterior tibial|femoral|popliteal|radial|arm|wrist)? ?pulses|circulation in (?:the|his|her|my) (?:feet|foot|legs?|toes?)|pulses in (?:the|his|her|my) (?:feet|foot|legs?)", r"\b(?:pulses\b|(?:DP|PT|pedal|radial|femoral|popliteal|dorsalis pedis|posterior tibial|peripheral|distal) pulses?\b)"),
    _element(r"cap(?:illary)? refill|crt|cap refill time", r"\b(?:cap(?:illary)?\s+refill|CRT)\b"),
    _element(r"gait|walking pattern|how (?:he|she|they) walks?", r"\b(?:gait|ambulat\w+ with|walks? with|tandem|heel[- ]to[- ]toe)\b"),
    _element(r"(?:deep )?(?:tendon )?reflex(?:es)?|dtrs?|(?:knee|ankle|biceps|triceps|plantar|babinski)(?: jerks?| reflex(?:es)?)|plantars", r"\b(?:reflex(?:es)?|DTRs?|jerks?|plantars?|Babinski|toes (?:down|up))\b"),
    _element(r"(?:muscle |motor |limb )?(?:power|strength)|mrc (?:grade|power)|motor(?: function)?", r"\b(?:power|strength|motor|[0-5]\+?/5|MRC)\b"),
    _element(r"(?:muscle )?tone", r"\b(?:tone|spasticity|rigidity|clonus|hypotonia)\b"),
    _element(r"sensation|sensory|light touch|pin ?prick|vibration(?: sense)?|proprioception", r"\b(?:sensation|sensory|light\s+touch|pin ?prick|vibration|propriocept\w+|monofilament)\b"),
    _element(r"cranial nerves?|cns? (?:ii|2)(?:-|–| to )(?:xii|12)|cn exam", r"\bcranial nerves?\b|\bCN\s?(?:II|2|I\b)"),
    _element(r"(?:coordination|cerebellar(?: signs)?|finger[- ]nose|ataxia|dysdiadochokinesis|romberg'?s?)", r"\b(?:coordination|cerebell\w+|finger[- ](?:to[- ])?nose|ataxia|dysdiadochokines\w+|Romberg)\b"),
    _element(r"neuro(?:logical|logy)?(?: exam)|neuro", r"^\W*(?:neuro(?:logical|logic|logically)?)\b|\b(?:grossly )?non-?focal\b|\bneurologic(?:al|ally)\b[^.]*\b(?:intact|normal|alert|deficit)"),
    _element(r"pupils?|perrla?|pearl", r"\b(?:pupils?|PERR?LA?|PEARL)\b"),
    _element(r"(?:extra-?ocular|eye) movements|eoms?|eomi|ocular motility|motility", r"\b(?:extra-?ocular|EOMI?s?|motility|eye movements|nystagmus)\b"),
    _element(r"visual fields?|vf|fields|confrontation", r"\b(?:visual fields?|confrontation|VFs?)\b"),
    _element(r"(?:visual )?acuity|va|vision (?:tested|measured)|visual acuities", r"\b(?:visual acuity|acuity|VA\b|20/\d{2,3}|6/\d{1,2})\b"),
    _element(r"(?:re|le|r|l|od|os|ou|right|left|both|right eye|left eye|eye)? ?(?:iops?|intra-?ocular pressures?|eye pressures?|tonometry)|(?:re|le|od|os) pressures?|pressures? (?:in|of) (?:the|his|her|my) (?:(?:right|left|both) )?eyes?|(?:re|le|od|os) iop", r"\b(?:IOPs?|intra-?ocular pressures?|tonometry|applanation)\b"),
    _element(r"slit[- ]lamp|anterior segment|anterior chambers?|cornea\w*", r"\b(?:slit[- ]lamp|anterior (?:segment|chamber)s?|corneal?)\b"),
    _element(r"keratometry|k readings|ks", r"\b(?:keratometry|K1)\b"),
    _element(r"refraction|(?:glasses|spectacle|lens) (?:prescription|rx)", r"\b(?:refraction|sphere|[+-]\d\.\d\d \+?-?\d)"),
    _element(r"jvp|jvd|jugular (?:venous )?(?:pressure|distension|distention|veins?)|neck veins", r"\b(?:JVP|JVD|jugular)\b"),
    _element(r"heart sounds?|hs|murmurs?|auscultation of (?:the )?heart|cvs|cardiovascular|cardiac exam|heart", r"\b(?:heart sounds?|S1|murmurs?|gallops?|heart tones|RRR|regular rate|regular rhythm)\b|^\W*(?:cardiovascular|heart|cardiac|CV|CVS)\s*:"),
    _element(r"(?:chest|lung|breath) (?:sounds?|auscultation)|(?:chest|lungs?)(?: exam)|auscultation|air entry|rs|respiratory(?: exam)?|lungs|chest clear", r"\b(?:breath sounds|auscultation|air entry|crackles|rales|rhonchi|wheez\w+|vesicular|lungs? (?:are |were |is )?(?:clear|sound)|chest (?:is |was )?clear)\b|^\W*(?:respiratory|lungs?|resp|RS)\s*:"),
    _element(r"abdo(?:men|minal)?(?: exam)?|abd(?: exam)?|per abdomen|p/?a", r"^\W*(?:-\s)?(?:abdomen|abdominal|abd|abdo|gastrointestinal|examination of abdomen)\b[^.]*:|\babd(?:omen|o)?\b[^.]{0,25}\b(?:soft|tender|non-?tender|distended|snt|guarding|benign)\b|\b(?:bowel sounds|SNT)\b"),
    _element(r"(?:ankle |leg |pedal |peripheral |lower limb )*(?:o?edema|ankle swelling)", r"\b(?:o?edema|ankle swelling|swelling (?:of|in) (?:the|both|his|her) (?:ankles?|legs?))\b"),
    _element(r"(?:calf|calves|homan'?s?(?: sign)?|calf tenderness)", r"\b(?:calf|calves|Homan\w*)\b"),
    _element(r"lymph nodes?|lymphadenopathy|nodes|glands|adenopathy", r"\b(?:lymph nodes?|(?:lymph)?adenopathy|glands)\b"),
    _element(r"throat|tonsils?|oropharynx|pharynx|oral (?:exam|cavity)|mouth", r"\b(?:throat|tonsil\w*|oropharyn\w*|pharyn\w*|oral lesions?|mucous membranes)\b"),
    _element(r"(?:ears?|tms?|tympanic membranes?|ear ?drums?|otoscopy)(?: exam)?", r"\b(?:TMs?|tympanic|ear ?drums?|otoscop\w*|auditory canals?|pinna)\b"),
    _element(r"fontan(?:el(?:le)?s?)", r"\bfontan\w+\b"),
    _element(r"neck(?: exam)?", r"^\W*(?:-\s)?neck\b|\bneck\b[^.]{0,20}\b(?:supple|stiff|no|normal)\b|\bmeningism\b"),
    _element(r"skin(?: exam)?", r"^\W*(?:-\s)?(?:skin|integument\w*|derm)\b|\bskin\b[^.]{0,30}\b(?:intact|clear|warm|dry|normal|moist|no)\b"),
    _element(r"(?:slr|straight leg rais(?:e|ing)|lasegue)", r"\b(?:SLR|straight leg rais\w+|Lasegue)\b"),
    _element(r"(?:rom|range of (?:motion|movement)s?|movements?)", r"\b(?:ROM|FROM|range of (?:motion|movement)|flexion|extension|abduction|rotation)\b"),
    _element(r"(?:mse|mental state(?: exam(?:ination)?)?|mental status(?: exam(?:ination)?)?|mood(?: and affect)?|affect)", r"\b(?:mood|affect|MSE|mental stat(?:e|us)|speech|insight|thought (?:content|process))\b"),
    _element(r"gcs|glasgow coma(?: scale| score)?|avpu|conscious level|orientation|oriented|orientated", r"\b(?:GCS|Glasgow|AVPU|alert|orient(?:at)?ed)\b"),
    _element(r"(?:pr|dre|rectal)(?: exam)?", r"\b(?:PR exam\w*|per rectum|DRE|rectal|guaiac|prostate)\b"),
    _element(r"(?:pv|pelvic|speculum|vaginal)(?: exam)?", r"\b(?:pelvic exam|speculum|cervix|adnexa\w*|vagina\w*)\b"),
    _element(r"lmp|last (?:menstrual )?period|last menses", r"\b(?:LMP|last menstrual|last period|menarche|menses)\b"),
    _element(r"contracept\w*|birth control|family planning|on (?:the )?pill|coil|ocp|cocp", r"\b(?:contracept\w*|implanon|nexplanon|IU[DS]|mirena|kyleena|(?:copper|hormonal) coil|coil (?:fitted|in)|OCPs?|COCP?|POP|cerazette|microgynon|depo(?:-?provera)?|condoms?|vasectomy|tubal|birth control|on the pill|sterili[sz]ation|nuvaring)\b"),
    _element(r"gravida|parity|para|g ?& ?p|obstetric history|obs hx|gtpal", r"\b(?:gravida|para|G\d\s?P\d|parity|pregnanc(?:y|ies))\b"),
    _element(r"cobb(?:'?s)?(?: angle)?|curve (?:angle|size|magnitude)|(?:degree|angle) of (?:curve|curvature|kyphosis|scoliosis)|curvature|(?:kyphosis|scoliosis) (?:angle|degrees?|measurement)", r"\bcobb\b|\b\d+\s*(?:-?\s?degrees?|°)[^.]{0,30}\b(?:kypho\w*|scolio\w*|curv\w*|lordo\w*)|\b(?:kypho\w*|scolio\w*|curv\w*|lordo\w*)\b[^.]{0,40}\b\d+\s*(?:degrees?|°)"),
    _element(r"risser(?: (?:stage|grade|sign))?", r"\bRisser\b"),
    _element(r"(?:lv)?ef|(?:lv )?ejection fraction", r"\b(?:LV)?EF\b|\bejection fraction\b"),
    _element(r"handedness|dominant hand|hand dominance|(?:left|right)[- ]handed(?: or (?:left|right)[- ]handed)?|dominance", r"\b(?:(?:left|right)[- ]hand(?:ed|[- ]dominant)|dominant|handedness)\b"),
    _element(r"csf(?: analysis)?|lumbar puncture|lp|spinal (?:tap|fluid)|cerebrospinal fluid", r"\b(?:CSF|lumbar puncture|LP|spinal (?:tap|fluid)|cerebrospinal)\b", shows=True),
    _element(r"(?:12[- ]lead )?(?:e[ck]g|heart tracing|electrocardiogram)", r"\b(?:E[CK]G|electrocardiogram|sinus (?:rhythm|tachy\w*|brady\w*))\b", shows=True),
    _element(r"cxr|chest (?:x-?ray|film|radiograph|xr)", r"\bCXR\b|\bchest (?:x-?ray|film|radiograph|XR)|\bx-?ray of the chest\b", shows=True),
    _element(r"eeg", r"\b(?:EEG|electroencephalo\w+)\b", shows=True),
    _element(r"(?:trans-?thoracic )?echo(?:cardiogram)?|tte|toe", r"\b(?:echo(?:cardiogra\w+)?|TTE|TOE|TEE)\b", shows=True),
    _element(r"(?:ncs|emg|ncv|nerve conduction(?: stud(?:y|ies))?)(?:[/ &+]*(?:ncs|emg|ncv))*", r"\b(?:NCS|EMG|nerve conduction|sensory responses?|motor\s+responses|denervation)\b", shows=True),
    _element(r"urine(?: dip(?:stick)?)?|urinalysis|ua|dipstick|u/a", r"\b(?:urine dip\w*|urinalysis|UA|dipstick|nitrites?|leu[ck]ocytes?)\b", shows=True),
    _element(r"(?:blood |urine |wound |csf |throat )?cultures?|c ?& ?s|swabs?", r"\b(?:cultur\w+|swabs?|gram stain|organisms?)\b", shows=True),
)  # fmt: skip
"""Elements of an examination or a test, as sentences tell them."""

FAMILY = Cue(r"^\W*f(?:am)?hx?\b|family")
"""Headings under which relatives are told of."""
PLACE = r"(?:exact |precise )?(?:distribution|site|sites|location|position|whereabouts|area(?:s)? (?:affected|involved)|where(?: (?:exactly|is it|are they|on (?:the|his|her|my) body))?)"
WHERE = r"where(?:'?s| (?:exactly )?(?:is|are|was|were))(?: (?:exactly|the|this|that|these|those|his|her|my|their|new|main))*"
"""Where on the body something is."""
SIZE = r"(?:exact )?(?:size|dimensions?|measurements?|how (?:big|large|wide|deep)(?: (?:is|was|are|were))?(?: (?:the|this|that|his|her|my|their))?|diameter|extent)"
BODY = Cue(
    r"\b(?:head|scalp|face|facial|forehead|temple|temporal|cheeks?|eyes?|eyelids?|ears?|nose|lips?|mouth|chin|neck|throat|shoulders?|chest|breasts?|trunk|torso|back|abdomen|abdominal|tummy|flanks?|groin|buttocks?|perineum|genital\w*|arms?|forearms?|elbows?|wrists?|hands?|palms?|fingers?|thumbs?"
    r"|hips?|thighs?|legs?|knees?|calf|calves|shins?|ankles?|foot|feet|soles?|heels?|toes?|dorsal|plantar|lateral|medial|umbilic\w+|axilla\w*|suprapubic|quadrant|lobe|iliac|MTP|PIP|DIP|MCP|metatars\w*|joint|limbs?|extremit\w+)\b"
)
MEASURED = Cue(r"\d+(?:\.\d+)?\s*(?:x|×|by)\s*\d+|\d+(?:\.\d+)?\s*-?\s*(?:mm|cm|inch(?:es)?|in\b|centimet\w+|millimet\w+)")
LESIONS = frozenset(
    "rash eruption lesion lesions ulcer ulcers wound wounds sore sores lump lumps mass nodule nodules spot spots blister blisters vesicle abscess cyst mole moles swelling hernia laceration cut burn bruise".split()
)
"""Words that may be said for each other where only one such thing is told."""
FELT = LESIONS | frozenset(
    "pain ache aching soreness tenderness numbness tingling weakness itch redness fracture break tumour tumor cancer growth bleed clot stone infection".split()
)
"""What one may ask for where it is: of a clinic or a person another place is meant."""
PLANNED = Cue(
    r"\b(?:will|would|plan(?:s|ned)?|obtain|order(?:ed)?|arrang\w+|book\w*|schedul\w+|recommend\w*|consider\w*|advis\w+|await\w*|pending|request\w*|need(?:s|ed)?|refer\w*|to (?:check|review|have|do|repeat)|should|if)\b"
)
"""A test that is only planned has shown nothing."""


@cache
def pattern(text: str, /) -> re.Pattern[str]:
    """Return a regular expression of these tables, compiled when it is first used."""
    return re.compile(text, re.IGNORECASE)
