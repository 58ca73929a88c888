"""Turns of speech that mean something else than their words say, and the plain words for them.

A question that finds nothing is read once more with these put in plain words ("hit the deck" → "fall"). They are never read so
at first: the words themselves may stand in the chart.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
from functools import lru_cache

from chartcite.engine.cues import Cue

IDIOMS = r"""
hit the (?:deck|floor|ground) | come a cropper | take a (?:tumble|spill|dive) | have a (?:tumble|spill) | end up on the floor | measure (?:her|his) length > have a fall
came a cropper | took a (?:tumble|spill|dive) | had a (?:tumble|spill) | ended up on the floor > had a fall
taken a (?:tumble|spill|dive) | been (?:found )?on the floor | gone (?:over|flying|down) > had a fall
black out | pass out | keel over | go out like a light > faint
blacked out | passed out | keeled over | went out like a light | conked out > fainted
~ (?:crash team|crash call|paddles|arrest team)(?: (?:to be )?(?:called|put out|used))? | to be (?:brought|jolted|shocked) back | ~ heart (?:to be )?restarted | ~ heart jump-?started > resuscitation
(?:been|stayed|staying|kept|keeping|still|is|was) (?:dry|off (?:the )?(?:drink|booze|bottle|sauce|beer)|on the wagon|teetotal) > been sober
(?:fall|fell|fallen|falling) off the wagon with | (?:slid|slip|slipped|slide|drift|drifted) back (?:to|into) > go back to
(?:fall|fell|fallen|falling) off the wagon | (?:back|hitting|hit) (?:on |onto )?the (?:bottle|drink|booze|sauce) > drinking alcohol again
tipple | snifter | (?:likes?|liked|fond of) (?:a|the odd|his|her) drink | a (?:bit of a )?drinker > alcohol
ciggies? | fags | smokes(?= (?:a|per|each|every) day) | roll-?ups | rollies | baccy | coffin nails > cigarettes
(?:light|lights|lighting|lit) up | (?:puff|puffs|puffing) away | having a (?:smoke|puff|drag) | sneaking a smoke > smoking
(?:those |these )?(?:muddled|confused|wandering|dotty) spells? > confusion
muddled(?: up)? | in a muddle | not making (?:any )?sense | talking (?:nonsense|gibberish|rubbish) | doolally | gaga | befuddled | addled | (?:losing|lost) (?:his|her|my|their) marbles | not (?:all|quite) there > confused
away with the fairies > inattentive
(?:off )?in (?:a|his|her) (?:own )?(?:little )?(?:world|dream) | day-?dreaming | (?:staring|gazing) into space > inattention
going (?:downhill|off|backwards|to pot) | on the (?:slide|way down) | slipping | gone (?:downhill|to pot) | taking a turn for the worse > getting worse
(?:on the (?:mend|up)|looking up|turned? (?:the|a) corner|bounced? back|pulled? through|perked? up|come right|come good|picked up|picking up|pulled round|come round)(?=\W*$| (?:yet|now|again|since|after|at all)) > improved
do the (?:trick|business|job) | hit the spot | work a treat | do (?:her|him|them|me) any good | make a (?:blind bit of )?difference > help
did the (?:trick|business|job) | worked a treat | sorted (?:it|her|him) out | cleared it up > helped
out of puff | puffed(?: out)? | huffing and puffing | puffing and panting | (?:catch|get) (?:his|her|my) breath | fighting for breath | short-?winded | gasping > short of breath
chest (?:was |is |been )?(?:playing|acting) up | dodgy chest | chesty > chest problem
~ waterworks | ~ plumbing > bladder
in ~ (?:wee|pee|widdle|waters) > in the urine
in ~ (?:poo|poop|number two|motions?) > in the stool
(?:on|to|up to) the loo (?:all the time|all night|a lot|constantly) | spending a penny | peeing all the time > urinating often
the (?:runs|trots|squits|skitters) | squits | (?:dicky|dodgy|gippy) (?:tummy|stomach) | upset tum > diarrhea
bunged up | backed up | blocked up | can't go(?= \W*$) > constipated
(?:throwing|throw|threw|chucking|chuck|bringing|brought) (?:it |everything )?up | puking | puke[ds]? | barfing | spewing > vomiting
is ~ (?:belly|tummy|stomach|abdomen) (?:filling|swelling|blowing|ballooning|getting (?:big|bigger|tighter|tight|larger))(?: up)? > is there ascites
~ (?:belly|tummy|stomach|abdomen) (?:is )?(?:filling|filled|fills|swelling|swollen|blowing|blown|ballooning|getting (?:big|bigger|tighter|tight|larger))(?: up)? | (?:fluid|water) (?:on|in) ~ (?:belly|tummy|stomach|abdomen) > ascites
water on the knee > knee effusion
slow(?:ing|s)? (?:down )?~ (?:heart|ticker|pulse)(?: down)? > lower the heart rate
(?:speed|speeds|speeding) up ~ (?:heart|ticker|pulse) | ~ (?:heart|ticker|pulse) (?:race|go fast(?:er)?) > raise the heart rate
(?:horrid|horrible|nasty|awful|dreadful|disgusting|wretched|bloody|blasted|flipping|blooming|ruddy|pesky|nagging|niggling|ghastly) >
(?:given|giving|give|gave) (?:him|her|them|me|us) (?:any )?(?:more )?(?:grief|gyp|jip|bother|hassle|stick|jazz) > been a problem
(?:sort|sorted|fix|fixed|cure|cured) (?:out )?(?=(?:the|his|her|my|their)\b) > help
(?:do|did|done) (?:its|their|the) (?:job|work|bit) > work
~ (?:dicky |dodgy )?ticker > heart
heart (?:racing|fluttering|jumping|skipping(?: beats)?|going (?:mad|crazy|nineteen to the dozen)) > palpitations
down in the dumps | (?:very |really |so )?(?:blue|weepy|tearful) | low in (?:him|her)self > depressed
(?:bad |trouble )?with (?:his|her|my) nerves > anxious
off (?:his|her|my|their) food | picking at (?:his|her|my|their) food | eating like a bird | not eating much > poor appetite
(?:piled|piling|packed) on (?:the )?(?:pounds|kilos|weight) > gained weight
wasting away | skin and bones? | (?:clothes|trousers) (?:hanging off|falling off|loose) | (?:shed|shedding|dropped|dropping) (?:the )?(?:pounds|kilos|a dress size) > lost weight
(?:last|proper|real|big|full-?blown) (?:proper |real |big )?fit(?! note| for) > last seizure
had a fit | having a fit | threw a fit | fitting(?=\W*$) | ~ fits > seizures
(?:under|beneath) the knife > surgery
rebuild | rebuilt | redo(?=\W*$) > reconstruct
whipped out | whip out | had (?:it|them) out > removed
camera (?:test )?(?:up|in) (?:the|his|her|my) (?:back passage|bottom|bum|backside|rear|behind|bowels?) | (?:scope|camera) up the (?:bum|bottom|backside) > colonoscopy
(?:look|camera|scope|tube|telescope) (?:test )?down (?:at |into )?~ (?:gullet|throat|food ?pipe|stomach|neck) > upper endoscopy
(?:look|camera|scope|telescope) (?:test )?(?:in|into|inside|up) ~ (?:bladder|waterworks) > cystoscopy
(?:tunnel|doughnut|donut|tube) scan > MRI
(?:what|how) (?:was|is|were) (?:he|she|they|the patient|pt) (?:like |doing |sitting )?on (?:room air|ra|air) > what was the oxygen saturation on room air
(?:swapped|moved|changed|flipped|transferred|transitioned|crossed|put|went|gone|shifted) (?:over )?(?:onto|over to|across to) > switched to
(?:dropped|cut down|knocked down|stepped down|brought down) to the (?:lower|smaller) (?:strength|dose) > reduced
(?:get |got )?(?:fed|feed) up with | (?:gone|went|go) off(?= (?:the|his|her|my)) | (?:gave|give|given) up on | (?:jacked|packed) in | knocked on the head | (?:ditch|ditched|binned|bin|chucked|chuck|dumped|dump)(?= (?:the|his|her|my|it|that)) > stop
(?:came|come|coming) off the (?:stuff|thing|one|things) for > stop the medicine for
the (?:stuff|thing|thingy|one|bits?|whatsit)(?: (?:he|she|they|i) (?:takes?|took|has|had|uses?|used|gets?))? for (?=(?:his|her|my|their|the)\b) > the medicine for
chalky (?:heartburn |indigestion )?(?:tabs|tablets|pills|things) | heartburn (?:tabs|chews) | rennies? > antacids
steer clear of | (?:give|giving) a (?:wide berth|miss)(?: to)? | stay (?:away from|off|clear of) | keep (?:away from|off|clear of) > avoid
keep (?:the )?(?:needles|drips|ivs|cannulas?) out of | (?:not|never) (?:stick|put) (?:needles|drips|ivs|cannulas?) in > save from IVs and draws
chased up | chase up | (?:followed|follow) through > followed up
(?:get|gets|getting|got) (?:about|around) (?=on|with|by|without|alone|at|\W*$) > walk
with a (?:zimmer )?frame > with a walker
(?:is it (?:true|right|correct)|am i right in thinking|is there any truth) (?:that )?(?=\w) | is it the case that > did the record say
(?:mixed|mix|muddled|muddle) (?:me|him|her|them|my \w+) up with (?:someone|somebody) else | (?:got|get) (?:me|him|her) (?:mixed|muddled) up with (?:someone|somebody) else > had the record of another patient in error
(?:messing|mess|messed|playing|play|played) (?:about |around )?with | playing havoc with | throwing off | knocking out | getting in the way of > interfering with
a&e | a & e | a and e | casualty | the er | (?:the )?emergency (?:room|department|dept) > the emergency department
(?:come|be seen|bring (?:him|her|them)) (?:back|in again)(?: (?:to|and) (?:see|speak to|talk to) (?:you lot|you|them|the (?:doctor|gp|team|clinic))| to (?:the )?(?:clinic|surgery|doctor|gp|you))?(?=\W*$| (?:if|and|for|in|again)\b) | (?:see|speak to|talk to) (?:you|you lot|them|the (?:doctor|gp|team)) again > have a follow-up appointment
(?:my|his|her|their|the) next (?:appointment|appt|visit|check-?up|review) | next (?:seen|reviewed) > the follow-up appointment
what (?:should|would|must|will) (?:make|mean|have) (?:me|us|him|her|them|i|we|he|she|they) (?:have to |need to |should )?(?:drop everything and )?(?:come|go|rush|ring|call|phone|get)(?: (?:back|straight|right))* | what (?:should|do) (?:i|we) (?:look|watch) out for | what (?:signs|symptoms|things) (?:should|do|must) (?:i|we|she|he|they) (?:look|watch) (?:out )?for > what are the return precautions to go
safety-?net(?:ting|ted)?(?: advice)? | red flag advice | worsening advice > return precautions
(?:how long|how many (?:days|nights)) (?:was|were|did|has|is|will) (?:he|she|they|i|the patient|pt|mum|mom|dad)(?: been)?(?: be| stay| spend)? (?:in(?: the)? (?:hospital|ward)|an? (?:in-?patient)|kept in|stuck in there) > what was the length of the hospital stay for the patient
kept (?:him|her|them|me) in | kept in(?= (?:over|for|hospital|\W*$)) | (?:put|brought|took|taken) (?:him|her|them|me) in(?:to)? (?:the )?(?:hospital|ward) > admitted
(?:let|sent|send|kicked|turfed|booted) (?:him |her |them |me |us )?(?:out of hospital|home(?=\W*$| (?:from|on|with|after))) > discharged
(?:put|putting|knock|knocked|knocking) (?:him|her|them|me|my \w+|the patient) (?:right |completely |fully |all the way )?(?:out|under|to sleep) | (?:go|went|gone|put) under(?= for|\W*$) | have (?:a |an )?(?:ga|general) > be given anesthesia
(?:wide )?awake (?:for|during)(?= (?:the|it|his|her)) > sedated for
numb(?:ing)? (?:shot|jab|injection|needle|cream|gel) | freezing (?:injection|needle) | (?:frozen|numbed) (?:up )?first > local anesthetic
(?:sewn|sewed|stitched|stapled) (?:back )?(?:up|shut|together|closed) > closed with sutures
(?:opened|open) (?:him|her|them|me) up > made the incision
(?:needle|needles?) (?:in|into|put in|stuck in) (?:the |his |her |my )?(?:spine|back) > lumbar puncture
(?:another |a )?(?:sample|piece|bit|chunk|snip) (?:taken |cut |out )?(?:of|from|off|out of) (?:the|his|her|their|my \w+['’]s|my|his \w+['’]s) > biopsy of the
what (?:came|come) (?:back|up) (?:on|from|in|with)(?= (?:the|his|her|my)) | what did (?:they|you) (?:turn up|come up with) (?:on|from|in) > what were the results of
(?:had|has|have|been given|up to date with|due|behind on) (?:all )?(?:of )?(?:her|his|their|baby['’]?s|my) (?:needles|jabs|shots|imms) > had immunizations
loose motions? | motions? (?:loose|runny|watery) > diarrhea
sugar (?:test|check)(?!\w) | check (?:his|her|my|the) sugar > glucose test
water (?:test|sample) | (?:wee|pee) (?:test|sample) | (?:sample|specimen) of (?:wee|pee|water) > urine test
(?:blow|blowing|puff) (?:test|into the (?:tube|machine)) > spirometry
(?:nerve|electric|electrical) (?:test|study|tests|studies) (?:on|of|in) (?:the|his|her|my) > nerve conduction study of the
(?:tape|box|monitor) (?:for|on) (?:his|her|my|the) heart | heart (?:tape|box) > Holter monitor
(?:strip|tracing|trace|leads) (?:on|of) (?:his|her|my|the) (?:heart|chest) > electrocardiogram
(?:wired|hooked|linked|rigged|strapped) up(?: to (?:the|a) (?:machine|monitor)s?)? > on the monitor
bottom[ -]line | in a nutshell | long and (?:the )?short of it | upshot | take-?home(?: message)? > conclusion
in aid of(?=\W*$) | what['’]?s the point of | what good is > for
(?:nil|nothing|no(?:thing)? food or drink) by mouth | (?:allowed|able|ok|okay|alright|all right) to (?:eat|drink|have (?:a )?(?:breakfast|lunch|dinner|tea|coffee|cup of tea|bite|something to eat)) > NPO
(?:put|putting|bear|bearing|stand|standing|walk|walking) (?:any |full |my |his |her )?(?:weight )?on (?:it|the (?:leg|foot|ankle|hip)|my (?:leg|foot|ankle|hip)|(?:his|her) (?:leg|foot|ankle|hip))(?=\W|$) > weight bearing
(?:signed|sign) (?:him|her|them|me) off(?: work)? | (?:sick|fit|doctor['’]?s) (?:note|line|cert|certificate) | med cert | line for work > work excuse
(?:go|get|be|going|getting) back (?:to|at) (?:work|my job|his job|her job|the office) > return to work
(?:private|insurance|billing|procedure) codes? > CPT code
(?:keep|keeping) (?:an )?eye on | (?:keep|keeping) (?:a )?(?:track|tabs|watch) (?:of|on) > monitor
(?:what|which) puffer | (?:blue|brown|purple|pink) (?:puffer|pump) > which inhaler
(?:before|at) bed(?: time)? | last thing(?: at night)? > at bedtime
(?:under|beneath) (?:the|his|her|my) tongue > sublingual
up (?:the|his|her) (?:bum|bottom|backside)(?= (?:tablets?|medicines?|suppositor)) > rectal
(?:bad|funny|nasty|allergic|adverse) reactions? (?:to|with|from) | (?:anything|stuff|things?|drugs?|medicines?|tablets) (?:that )?(?:he|she|they|i|the patient|pt) (?:can['’]?t|cannot|must not|mustn['’]?t|shouldn['’]?t) (?:have|take|be given) | (?:disagrees?|disagreed) with (?:him|her|them|me) > allergic to
(?:on|take|takes|taking) (?:anything|any (?:tablets|meds|medicines?)) for > medication for
(?:run|running|ran) out of(?= (?:his|her|my|their|the)) > refill of
(?:top|topped)[ -]?up of blood | bags? of blood | pint of blood > blood transfusion
(?:tests?|bloods|results?|swabs?|scans?) (?:still )?(?:outstanding|awaited|to come|not back(?: yet)?|still out) > pending results
(?:life|breathing) support | (?:breathing|life-support) machine > ventilator
(?:on|in) (?:the )?(?:itu|icu|hdu|intensive care|intensive therapy|high dependency)(?: unit)? > in the ICU
""".strip()
"""One group a line: regular expressions of what people say, and after `>` the plain words; `~` is an optional "his", "the" or "a"."""

_OWNER = r"(?:(?:his|her|their|my|the|your|a|an|some) )?"
_WRAPPED = Cue(
    r"^\W*(?:(?:i|we) (?:was|were|am|are|have been|'ve been) (?:told|under the impression|led to believe)|they (?:say|said|told (?:me|us))|(?:i|we) (?:think|thought|heard|believe|gather)|(?:i|we) (?:just )?(?:want(?:ed)?|need) to know|"
    r"someone (?:said|told me)|is it (?:true|right|correct|the case)|(?:am i|are we) right in thinking|is there any truth in it|word is|apparently|supposedly|rumou?r has it)(?: that)?[\s,]+",
)
_TAG = Cue(
    r"[\s,;–—-]+(?:(?:so )?is that (?:what (?:it|the (?:papers?|notes?|records?|file|chart)|they) says?|right|true|correct|so|the case)|(?:do|have) (?:they|you) (?:have |got )?(?:that|it) (?:down|noted|on file|written down)|is (?:that|it) (?:on file|in there|noted|written down)|"
    r"isn['’]?t (?:it|that so)|wasn['’]?t it|did(?:n['’]?t)? (?:he|she|they)|right|correct|yes|no|eh|please|pls)\W*$",
)


@lru_cache(maxsize=1)
def _idioms() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for line in IDIOMS.splitlines():
        said, _, plain = line.rpartition(">")
        runs = [each.strip().replace("~ ", _OWNER) for each in said.split(" | ")]
        pattern = "|".join(run.replace(" ", r"\s+") for run in runs)
        found.append((re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE), plain.strip()))
    return tuple(found)


def plainly(text: str, /) -> str:
    """Return a question with turns of speech in plain words, and without "I was told" and "is that what it says"."""
    for pattern, plain in _idioms():
        text = pattern.sub(plain, text)
    bare = _TAG.sub("?", _WRAPPED.sub("", text))
    return re.sub(r"\s+", " ", bare).strip()
