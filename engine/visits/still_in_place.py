"""Whether what was put into or onto the body is still there, and when it came out: "stent still in?", "when did the grommets fall out?".

The newest removal, or the newest sentence that speaks of the thing as in place or as gone, tells; that it was once put in does not.
"""
# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chartcite.engine.answers.reading import Reading
from chartcite.engine.domain.answers import DraftClaim
from chartcite.engine.domain.evidence import Passage, Sentence
from chartcite.engine.domain.records import AssertionStatus, Category, Fact
from chartcite.engine.facts.fact_claims import draft
from chartcite.engine.facts.statements import name_of
from chartcite.engine.language.bedside_words import noted_as
from chartcite.engine.language.cues import Cue
from chartcite.engine.language.everyday_words import said_as
from chartcite.engine.language.terminology import ConceptKind, forms
from chartcite.engine.notes.healing_told import PARTS
from chartcite.engine.notes.quoting import quote_sentence
from chartcite.engine.questions.plans import Plan
from chartcite.engine.visits.described import holds

ROUTE = "in_place"
MOST_TOLD = 3


class _Thing(NamedTuple):
    """A sort of thing that is put in or on."""

    said: Cue
    """How a question names it."""
    told: Cue
    """How notes and entries name it."""
    gone: Cue
    """Words that tell its removal without naming it."""
    works: bool = False
    """Whether it was made rather than put in, so that it is asked whether it works."""


def _thing(said: str, told: str = "", gone: str = r"(?!)", *, works: bool = False) -> _Thing:
    return _Thing(Cue(rf"\b(?:{said})\b"), Cue(rf"\b(?:{told or said})\b"), Cue(rf"\b(?:{gone})\b"), works)


_THINGS = (
    _thing(
        r"grommets?|(?:ear|pe|tympanostomy|ventilation|vent) tubes?|tubes? (?:still )?in (?:\w+ )?ears?",
        r"grommets?|(?:ear|pe|tympanostomy|ventilation|[lr]|left|right) (?:pe )?tubes?|(?<!breathing )(?<!feeding )(?<!chest )(?<!endotracheal )(?<!nasogastric )(?<!ng )tubes?(?! feed)",
    ),
    _thing(
        r"breathing (?:tube|pipe)|tube down (?:\w+ )?(?:throat|windpipe)|ett?|endotracheal tube|ventilator tube",
        r"breathing tube|ett|endotracheal|intubat\w+|extubat\w+",
        r"extubat\w+",
    ),
    _thing(
        r"feeding tube|ngt?(?: tube)?|nasogastric(?: tube)?|tube (?:in|up|down) (?:\w+ )?nose|nose tube|ryles(?: tube)?",
        r"feeding tube|ngt?(?: tube)?|nasogastric(?: tube)?|ryles",
    ),
    _thing(r"pegs?(?: tube)?|rigs?(?: tube)?|gastrostomy(?: tube)?|g-?tube", r"pegs?|rigs?|gastrostomy|g-?tube"),
    _thing(
        r"chest (?:drain|tube)|(?:intercostal|pleural) (?:drain|catheter)",
        r"(?:chest|intercostal|pleural) (?:drain|tube|catheter)|icc",
    ),
    _thing(r"drains?|pigtail|jp", r"drains?|pigtail|jp"),
    _thing(r"trach\w*|tracky", r"trach(?:eos?tomy|y|ie)?|decannulat\w+", r"decannulat\w+"),
    _thing(r"picc(?: line)?", r"picc"),
    _thing(
        r"(?:dialysis|tunnell?ed|neck|hickman|central|picc|permcath|vascath) (?:lines?|catheters?)|picc|cvc|hickman|perm-?cath|vas-?cath|lines? in (?:\w+ )?(?:neck|chest|arm|groin)|midline|(?<!waist)(?<!air)(?:the|her|his|that|my) line",
        r"(?:dialysis|tunnell?ed|neck|hickman|central|picc|rij|lij|ij|jugular|femoral|venous) (?:venous |dialysis )?(?:lines?|catheters?)|(?<!arterial )(?<!art )(?<!first )(?<!second )lines?|picc|cvc|hickman|perm-?cath|vas-?cath|midline(?! (?:wound|incision|laparotomy|scar|shift))",
    ),
    _thing(r"port(?:-?a-?cath)?|mediport|chemo port", r"port(?:-?a-?cath)?|mediport"),
    _thing(
        r"(?:urinary |bladder |suprapubic |indwelling )?catheter|foley|wee tube|spc|idc",
        r"(?<!venous )(?<!dialysis )(?<!pleural )(?<!cardiac )(?<!balloon )(?<!heart )catheter(?:i[sz]ation)?(?!,? (?:left|right) (?:heart|internal))|foley|spc|idc|twoc|trial without catheter",
        r"twoc (?:was )?(?:successful|passed)|passed (?:her |his )?twoc|successful twoc",
    ),
    _thing(r"stents?", r"stents?"),
    _thing(
        r"(?:arm |contraceptive |birth control )?(?:implants?|rods?)|nexplanon|implanon|jadelle",
        r"implants?|rods?|nexplanon|implanon|jadelle",
    ),
    _thing(r"coil|iuds?|ius|mirena|kyleena", r"coil|iuds?|ius|mirena|kyleena|intrauterine (?:system|device)|iucd"),
    _thing(r"(?:ivc |vena cava )?filter", r"(?:ivc |caval )?filter"),
    _thing(
        r"screws?|plates?|metal(?:work|ware)?|hardware|k-?wires?|wires?|pins?|nails?|ex-?fix|external fixator|frame",
        r"screws?|plates?|metal(?:work|ware)?|hardware|k-?wires?|wires?|pins?|nails?|ex-?fix|external fixator|frame",
    ),
    _thing(
        r"casts?|plaster(?: cast)?|pot|back-?slab|splint|sling|boot|brace|(?:neck |cervical |hard )?collar",
        r"casts?|plaster(?! of)|pop|back-?slab|splint|sling|boot|brace|collar",
    ),
    _thing(r"stitch(?:es)?|sutures?|staples|clips", r"stitch(?:es)?|sutures?|staples|clips|(?<=\()?ros\b"),
    _thing(r"pessary|ring pessary", r"pessary"),
    _thing(r"(?:nasal |nose |wound )?pack(?:ing)?", r"pack(?:ing)?"),
    _thing(r"vac(?: dressing)?|wound vac|negative pressure(?: dressing)?|npwt", r"vac|npwt|negative pressure"),
    _thing(r"cerclage|cervical stitch", r"cerclage|cervical (?:stitch|suture)"),
    _thing(r"pacemaker|ppm", r"pacemaker|ppm"),
    _thing(r"loop recorder|ilr", r"loop recorder|ilr"),
    _thing(r"balloon", r"balloon"),
    _thing(r"stoma|colostomy|ileostomy", r"stoma|colostomy|ileostomy", works=True),
    _thing(r"(?:av |arm |dialysis |\w*cephalic )*(?:fistula|graft)", r"fistula|avf|bcf|rcf", works=True),
    _thing(r"(?:bladder |nerve |spinal (?:cord )?)stimulator", r"stimulator"),
)
_STILL = Cue(
    r"\b(?:is|are|was|were|does|do|has|have|if|whether)\b[^?.;]{0,60}\b(?:still|any ?more|yet|in place|in situ|in there|been (?:removed|taken out|reversed)|ever (?:removed|taken out|come out)|come out|(?:removed|taken out|in|there|out)\W*$)"
    r"|\bstill (?:in|there|in place|in situ|got|has|have|having|wearing|inside)\b|\b(?:in situ|in place|out yet)\W*$"
)
_OUT_ASKED = Cue(
    r"\bwhen\b[^?.;]{0,50}\b(?:f[ae]ll(?:en)? out|c[oa]me (?:out|off)|coming out|remov\w+|taken (?:out|off)|take[^?.;]{0,30} (?:out|off)|took[^?.;]{0,30} (?:out|off)|out)\b"
    r"|\b(?:date|day) (?:of )?[^?.;]{0,30}\bremoval\b|\bremoval date\b"
)
_PUT_ASKED = Cue(r"\b(?:put|go|went|placed|inserted|fitted)\b[^?.;]{0,20}\bin\b|\b(?:placed|inserted|fitted|sited)\b")
_STILL_SAID = Cue(r"\b(?:still|any ?more|removed|out|yet)\b")
_DUE = Cue(r"\b(?:due|should|supposed to|going to|will|need(?:s|ed)? to|planned|next|who|why|how)\b")
_ELSE = Cue(
    r"\b(?:work(?:s|ing)?|safe|switched|turned|on|block(?:ed|ing)|patent|hurt\w*|infect\w*|pain\w*|bleed\w*|function\w*)\b"
)
_GONE = Cue(
    r"\b(?:remov(?:ed|al)|(?:came|come|comes|fell|fallen|taken|took|pulled|whipped) (?:\w+ ){0,4}?(?:out|off)|out\b(?! of (?:hospital|bed|hours|the house))|extrud\w+|extubat\w+|decannulat\w+|explant\w*|ligated|clotted|thrombosed|no (?:(?!since|when|with)\w+ ){0,2}?(?:tubes?|grommets?|stents?|lines?|drains?|catheters?|pessary|implants?|rods?|casts?|sutures?|stitches)|expelled|reversed|pulled (?:on |yesterday|today|without|\d))"
)
_THERE = Cue(
    r"\b(?:in situ|in place|insert\w*|patent|draining|functioning|work(?:s|ing) well|working|needled|good flows|thrill|intact|remains?|still|re-?sited|exchanged|changed|replaced|flush\w*|strings (?:seen|felt|visible)|placed|fitted|applied|sited|(?:is|are|line|tube|catheter|stent|drain) in)\b"
)
_LEFT = Cue(r"\b(?:does(?: not|n['’]t) want|declined|no plans?|not keen)\b[^.;]{0,30}\b(?:out|removed|removal|reversed)\b")
"""Says that a thing stays where it is."""
_PLANNED = Cue(
    r"\b(?:must|should|will|would|to (?:be|come|stay)|for removal|due|plans?|until|till|if|when|once|consider\w*|risks?|needs?|hop(?:e|ing)|may|could|before|arrange|book(?:ed)?|aim|awaiting|considered|not needed|discuss\w*|declin\w+|offered|wants?|keen|no need|planned|request\w*|advis\w+)\b"
)
_REMOVAL = Cue(r"\b(?:ligat\w*|remov\w*|retriev\w*|extract\w*|explant\w*|taken out|decannulat\w*|extubat\w*)\b")
_ABOUT = Cue(
    r"\b(?:margin|check|biops\w*|interrogat\w*|hemostasis|haemostasis|lavage|wash\w*|flush\w*|clinic|review|dressing|study|swallow)\b"
)
_NEAR = 70
"""Characters between the name of a thing and a word for its state."""
_ENDS = Cue(r"[.;]")
_HELD = frozenset({AssertionStatus.PRESENT, AssertionStatus.HISTORICAL})
_NOT_DONE = frozenset({"not-done", "cancelled", "revoked", "entered-in-error", "noshow", "planned", "booked"})
_PLAIN = frozenset(
    forms(
        "the a an his her my their this that still in out is are was were has have had does do did been it left right on up down there"
    )
)


class _Told(NamedTuple):
    passage: Passage
    sentence: Sentence
    day: str
    gone: bool


class _Ends(NamedTuple):
    """When a thing was put in, as entries tell it, and when it was taken out."""

    put: list[Fact]
    out: list[Fact]


def told_in_place_now(text: str, plans: Sequence[Plan], reading: Reading, /) -> list[DraftClaim]:
    """Tell whether a thing that was put in is still there, or when it came out; empty: that is not asked, or nothing tells it."""
    when_out = _OUT_ASKED.search(text) is not None
    if not (when_out or _STILL.search(text)) or _DUE.search(text):
        return []
    put_asked = _PUT_ASKED.search(text) is not None
    both = when_out and put_asked
    if put_asked and not both and _STILL_SAID.search(text) is None:
        return []  # "which vein was the port put in?"
    if len(plans) > 1 + both or any(plan.family or plan.upcoming or plan.window or plan.ordinal for plan in plans):
        return []
    if any(target.kind in {ConceptKind.DRUG, ConceptKind.MEASUREMENT} and target.concept_keys for target in plans[0].targets):
        return []
    thing = next((each for each in _THINGS if each.said.search(text)), None)
    if thing is None or (_ELSE.search(text) and not (when_out or thing.works)):
        return []
    parts = [part for part in PARTS if part.search(text)]
    every = _ends(thing, reading)
    there = _at(every, parts)
    ends = _of_words(there, thing, text)
    parts = parts if len(there.put) < len(every.put) or not there.put else []
    last_put = max((_day(fact) for fact in ends.put), default="")
    out = [fact for fact in ends.out if _out_day(fact) >= last_put]
    noted = [each for each in _sentences(thing, ends, text, parts, reading) if each.day >= last_put]
    noted.sort(key=lambda each: each.day)
    if both:
        return [draft(fact, reading.chart, route=ROUTE) for fact in (*ends.put[-1:], *out[-1:])] if ends.put and out else []
    return _when_out(out, noted, reading) if when_out else _now(ends, out, noted, reading)


def _when_out(out: Sequence[Fact], noted: Sequence[_Told], reading: Reading) -> list[DraftClaim]:
    """Tell the removals; where no entry tells one, the sentences by which the thing had gone, the first of them first."""
    if out:
        return [draft(fact, reading.chart, route=ROUTE) for fact in out[-2:]]
    gone = [each for each in noted if each.gone]
    return [_quoted(each, reading) for each in _one_a_note(gone)[:MOST_TOLD]]


def _now(ends: _Ends, out: Sequence[Fact], noted: Sequence[_Told], reading: Reading) -> list[DraftClaim]:
    """Tell the removal, with what is newer; else the newest sentence, with the entry by which a thing that is there was put in."""
    if out:
        last = max(out, key=_out_day)
        after = [each for each in noted if each.day > _out_day(last) and not each.gone]
        return [draft(last, reading.chart, route=ROUTE), *(_quoted(each, reading) for each in after[-1:])]
    if not noted:
        return []
    newest = [each for each in noted if each.day == noted[-1].day]
    quotes = [_quoted(each, reading) for each in newest[:2]]
    return quotes if newest[-1].gone else [*quotes, *(draft(fact, reading.chart, route=ROUTE) for fact in ends.put[-1:])]


def _one_a_note(told: Sequence[_Told]) -> list[_Told]:
    return list({each.passage.document_key: each for each in reversed(told)}.values())[::-1]


def _quoted(each: _Told, reading: Reading) -> DraftClaim:
    return quote_sentence(each.passage, each.sentence, reading.shelves.records, route="near_quote")


def _ends(thing: _Thing, reading: Reading) -> _Ends:
    """Return the entries that tell when a thing was put in and when it was taken out, in the order of their days."""
    put: list[Fact] = []
    out: list[Fact] = []
    facts = reading.shelves.records.facts(reading.scope, categories=(Category.PROCEDURE,))
    for fact in sorted((fact for fact in facts if _counts(fact)), key=_day):
        name = name_of(fact)
        if not thing.told.search(name) and not thing.told.search(fact.concept.text):
            continue
        if _REMOVAL.search(name):
            out.append(fact)
        elif not _ABOUT.search(name):
            put.append(fact)
            if fact.ended is not None and _out_day(fact) > _day(fact):
                out.append(fact)
    return _Ends(put, out)


def _counts(fact: Fact) -> bool:
    return fact.span is None and fact.occurred is not None and fact.assertion in _HELD and fact.status not in _NOT_DONE


def _of_words(ends: _Ends, thing: _Thing, text: str) -> _Ends:
    """Keep the entries that share the further words of a question for the thing: the "ureteric" stent; all, where none does."""
    words = {word for word in forms(text) if word not in _PLAIN and not thing.told.search(word)}
    every = [*ends.put, *ends.out]
    named = {fact.id for fact in every if any(_in_name(word, fact) for word in words)}
    return _Ends([f for f in ends.put if f.id in named], [f for f in ends.out if f.id in named]) if named else ends


def _at(ends: _Ends, parts: Sequence[Cue]) -> _Ends:
    """Keep the entries of the part of the body that a question names; all, where it names none."""

    def there(fact: Fact) -> bool:
        where = f"{name_of(fact)} {' '.join(detail.text for detail in fact.details if detail.name == 'site')}"
        return not parts or any(part.search(where) for part in parts)

    return _Ends([fact for fact in ends.put if there(fact)], [fact for fact in ends.out if there(fact)])


def _in_name(word: str, fact: Fact) -> bool:
    """Say whether an entry is called by a word of a question, or by another for it: the "shin" is the tibia."""
    held = frozenset(forms(name_of(fact)))
    return holds(word, held, held, lambda each: said_as(each) | noted_as(each))


def _sentences(thing: _Thing, ends: _Ends, text: str, parts: Sequence[Cue], reading: Reading) -> Iterator[_Told]:
    """Yield the sentences that speak of a thing as in place or as gone; of one that no entry knows, those of its own name."""
    if not ends.put and not any(target.kind is ConceptKind.PROCEDURE or target.kind is None for target in reading.plan.targets):
        told = thing.said
    else:
        told = thing.told
    own = {word for word in forms(text) if word not in _PLAIN and not told.search(word)} & {
        word for fact in ends.put for word in forms(name_of(fact))
    }
    for passage in reading.shelves.records.all_passages(reading.scope):
        known = passage.occurred or passage.recorded
        if known is None or not passage.resource.startswith(("DocumentReference/", "Procedure/", "DiagnosticReport/")):
            continue
        for sentence in passage.sentences:
            said = passage.sentence_text(sentence)
            stays = _LEFT.search(said) is not None and told.search(said) is not None
            if sentence in passage.commands or said.rstrip().endswith("?") or (_PLANNED.search(said) and not stays):
                continue
            if parts and not any(part.search(f"{passage.title} {passage.section} {said}") for part in parts):
                continue
            if own and thing.told.search(said) and not own & set(forms(f"{passage.section} {said}")) and len(ends.put) > 1:
                continue
            gone, there = _speaks(said, told, thing, _GONE), _speaks(said, told, thing, _THERE)
            if gone or there or stays:
                yield _Told(passage, sentence, known.day, gone=gone and not (there or stays))


def _speaks(said: str, told: Cue, thing: _Thing, state: Cue) -> bool:
    """Say whether a word for a state stands near the name of a thing, in the same clause."""
    if state is _GONE and thing.gone.search(said):
        return True
    for name in told.finditer(said):
        for word in state.finditer(said):
            first, last = sorted((name.span(), word.span()))
            between = said[first[1] : last[0]] if last[0] > first[1] else ""
            if len(between) <= _NEAR and not _ENDS.search(between):
                return True
    return False


def _day(fact: Fact) -> str:
    return fact.occurred.day if fact.occurred else ""


def _out_day(fact: Fact) -> str:
    return fact.ended.day if fact.ended and not _REMOVAL.search(name_of(fact)) else _day(fact)
