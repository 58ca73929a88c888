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
(?:pass|passes|passing|passed|makes?|making) (?:his |her |my |their )?water | (?:have|has|having|had|going for|goes for|go for|does|doing|do) (?:a|his|her|my|their) (?:wee|pee|tinkle|widdle|slash|jimmy)s? > urinating
(?:sting|stings|stinging|hurt|hurts|hurting|burn|burns|burning|sore|painful)(?: \w+){0,2} (?:when|on|to|while|if) (?:(?:he|she|they|i|you)(?: is| are)? )?(?:urinating|pee(?:s|ing)?|wee(?:s|ing)?|urinate[sd]?) > dysuria
(?:doing|does|do|have|having|had) (?:a|his|her|my|their) (?:number twos?|big jobs?|poos?|motions?|business)|(?:opening|opens|opened|open) (?:his|her|my|their) bowels|bowels? (?:opened|open|moved|moving) > bowel movement
down (?:below|there)|private (?:parts|bits|area)|(?:lady|girl|boy|man) (?:parts|bits)|front (?:bottom|passage)|nether regions|(?:his|her|my|their) (?:bits|privates|undercarriage) > genital
time of (?:the|her|my|their) month|on the blob|aunt (?:flo|flow)|the curse|~ monthl(?:y|ies)(?: bleed| visitor)?(?=\W*$) > menstrual period
going through the change|change of life > menopause
up the (?:duff|spout|stick|pole)|in the (?:family way|club)|bun in the oven|knocked up|in trouble with a baby|(?:fall|fell|fallen|falling|catch|caught) pregnant|in the pudding club > pregnant
~ waters (?:broken|break|broke|gone|went|going|leaking)|broke(?:n)? ~ waters > membranes ruptured
(?:gone|went|go|going) into (?:labor|labour)|having contractions > in labor
(?:lost|losing|lose) (?:the|her|my|a|their) bab(?:y|ies) > miscarriage
(?:trying|try|tried) for (?:a|another) (?:baby|child|kid|family)|(?:start|starting) a family > trying to conceive
(?:on|using|takes?|taking) (?:any )?(?:birth control|protection)|being careful in bed > contraception
~ (?:room|world|everything|walls?) (?:is |was |are |goes |going )?(?:spinning|spins|going round|moving) > vertigo
(?:had|has|having|have|took|taking|take) (?:a|any|another|one of (?:his|her|my)|these|those|more) (?:funny|bad|queer|weak|dizzy|fainting) (?:turn|do|spell)s?|(?:come|came|coming) over (?:all )?(?:faint|funny|dizzy|queer|peculiar) > blackout or dizziness
funny (?:turns?|dos?) > blackout or dizziness
(?:hearing|hears?|heard) voices|voices in ~ head|seeing things(?= that| which|\W*$) > hallucinations
(?:end|ending|ended) (?:it all|his life|her life|their life|my life)|(?:take|taking|took) (?:his|her|their|my) own life|do (?:away with|something (?:silly|stupid) to) (?:him|her|them|my)sel(?:f|ves)|(?:done|doing) (?:away with|in) (?:him|her|them|my)sel(?:f|ves)|(?:harm|hurt)(?:ing)? (?:him|her|them|my)sel(?:f|ves) on purpose > suicide or self-harm
(?:at|on) (?:the end of (?:his|her|my|their) tether|edge)|(?:wound|worked|het|keyed) up|in a (?:state|tizzy|flap)|bag of nerves|climbing the walls > anxious
(?:in|into) floods of tears|crying (?:all the time|(?:his|her|my|their) eyes out)|in bits > tearful
(?:under the weather|off colour|off color|out of sorts|peaky|rough as \w+|like death warmed up|not (?:him|her|my)self|not right in (?:him|her)self|ropey|crook|poorly)(?! controlled) > unwell
(?:dead on|asleep on) (?:his|her|my|their) feet|(?:wiped|tired|pooped) out|dog tired|running on empty|no get up and go|out on (?:his|her|my|their) feet > fatigue
frog in (?:the|his|her|my|their) throat|(?:lost|losing) (?:his|her|my|their) voice|voice (?:gone|went|going|goes) > hoarseness
(?:food |things? |it )?(?:gets?|getting|got) stuck (?:going down|in (?:the|his|her|my|their) (?:throat|gullet|chest))|(?:trouble|difficulty|problems?) (?:getting|keeping) (?:food|things|stuff) down|goes? down the wrong way > difficulty swallowing
(?:can't|cannot|couldn't|not|unable to) (?:keep|keeping|hold|holding) (?:anything|any food|food|fluids?|it|water|feeds?) down > vomiting
(?:put|puts|putting|threw|throwing|did|done|doing) (?:his|her|my|their) back (?:out|in)|back (?:went|gave out|seized up|locked up) > injured the back
(?:crick|kink) in (?:the|his|her|my|their) neck > neck pain
(?:went|go|gone|going|goes) over on (?:the|his|her|my|their) (?:ankle|foot)|(?:turned|rolled|twisted|wrenched) (?:the|his|her|my|their) ankle > ankle sprain
(?:knee|leg|hip|ankle)s? (?:gives?|giving|gave|going|goes) (?:way|out)|(?:knee|leg)s? (?:buckles?|buckling|buckled) > joint instability giving way
gammy|dicky|dodgy|wonky|gyppy|jiggered|knackered(?= (?:knee|hip|back|shoulder|ankle|foot|leg|arm|hand|wrist|elbow|neck|joints?)) > bad
(?:lost|losing) (?:the )?(?:use|feeling|power) (?:of|in) (?=(?:the|his|her|my|their|one|an)\b) > weakness or numbness of
(?:lost|losing|loses?) (?:his|her|my|their) balance|unsteady on (?:his|her|my|their) (?:feet|pins|legs)|all over the (?:place|shop) on (?:his|her|my|their) feet > unsteady gait
(?:came|come|coming|broke|broken|breaking|comes) out in (?:a |any )?(?:rash(?:es)?|spots?|lumps?|bumps?|hives|blotches|welts) > rash
(?:hair (?:is |was )?(?:coming|falling|fell|came|dropping) out|losing (?:his|her|my|their) hair|going (?:bald|thin on top)) > hair loss
(?:going|gone|goes|went) (?:a bit |completely |rather )?(?:deaf|hard of hearing)|hearing (?:is |was )?(?:going|gone|bad|poor|failing) > hearing loss
(?:eye ?sight|eyes|sight|vision) (?:is |are |was |were )?(?:going|gone|failing|bad|packing up) > vision loss
(?:seeing|sees|saw) double > double vision
(?:pulling|pull|pulls|tugging|tugs|batting) (?:at|on) (?:the|his|her|their) ears? > ear pain
(?:sitting|sits?) up (?:by (?:him|her|it)self|unaided|alone|yet)|hitting (?:his|her|their|all (?:his|her|their)) milestones|meeting (?:his|her|their) milestones > developmental milestones
(?:nursing|nurses?|feeding) (?:from|at|on) the (?:breast|boob)|on the (?:breast|boob)|breast is best > breastfeeding
(?:up to date|up-to-date|all done|had all) (?:with |on )?(?:his|her|their|the) (?:jabs|needles|shots|injections|jags) > immunizations up to date
water retention|holding (?:on to |onto )?(?:water|fluid)|retaining (?:water|fluid) > edema
(?:(?:stopped|stops|stop) breathing|gasping for air) (?:at night|in (?:his|her|my|their) sleep) > sleep apnea
(?:clot|clots) (?:on|in) (?:the|his|her|my|their) lungs? > pulmonary embolism
(?:chest|lungs?) (?:sound|sounded|sounding) (?:like|ok|okay|clear|all right|alright|bad|crackly|wheezy)?|what (?:did|does) ~ (?:chest|lungs?) sound like > lungs on auscultation
what (?:did|does) ~ (?:heart) sound like|heart sounds? > heart on auscultation
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
