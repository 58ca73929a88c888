"""Turns of speech that mean something else than their words say, and the plain words for them.

A question that finds nothing is read once more with these put in plain words ("hit the deck" → "fall"). They are never read so
at first: the words themselves may stand in the chart.
"""

# ruff: noqa: E501

from __future__ import annotations

import re
from functools import lru_cache

from chartcite.engine.language.cues import Cue

IDIOMS = r"""
hit the (?:deck|floor|ground) | come a cropper | take a (?:tumble|spill|dive) | have a (?:tumble|spill) | end up on the floor | measure (?:her|his) length > have a fall
came a cropper | took a (?:tumble|spill|dive) | had a (?:tumble|spill) | ended up on the floor > had a fall
taken a (?:tumble|spill|dive) | been (?:found )?on the floor | gone (?:over|flying|down) > had a fall
(?:bag|stoma|ostomy) nurse > stoma care nurse
(?:how )?(?:was|did (?:they|you|the doctors?)) (?:get (?:rid of )?|remove |take |clear |pull |dissolve |bust )?(?:the |her |his |my )?(?:blood )?clot(?: (?:in|on|from) (?:her|his|my|the) (?:brain|head|artery))?(?: (?:removed|taken|pulled|sucked|cleared|fished|got|broken|dissolved|treated))?(?: out| up)? | what (?:was|did they|did you) (?:done|do) (?:to (?:get rid of|remove|clear|dissolve|treat)|about|for) (?:the |her |his |my )(?:blood )?clot(?: (?:in|on|from) (?:her|his|my|the) (?:brain|head|artery))? > was a thrombectomy or thrombolysis done
(?:can|could|does|do|did) (?:he|she|they|i|you) see (?:any |much )?(?:better|more clearly|clearer|sharper|well|more) > is the vision better
(?:can|could|does|do|did) (?:he|she|they|i|you) see (?:any |much )?(?:worse|less|less well) > is the vision worse
(?:can|could|does|do|did) (?:he|she|they|i|you) hear (?:any |much )?(?:better|more clearly|well|more) > is the hearing test better
(?:can|could|does|do|did) (?:he|she|they|i|you) hear (?:any |much )?(?:worse|less|less well) > is the hearing test worse
(?:which|what) drops > which eye drops
(?:her|his|my|the) drops > the eye drops
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

^(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|g['’]?day)(?: (?:colleagues?|doctor|dr|team|all|there|folks|everyone|sir|madam|nurse))?\b[,:!–—-]* | ^(?:i['’]?m|i am|this is|it['’]?s) (?:the|his|her|their) (?:mum|mom|mother|dad|father|wife|husband|partner|son|daughter|sister|brother|carer|caregiver|gran|grandmother|grandfather|nan|aunt|uncle)\b[ ,.;:–—-]* >
^(?:physio|phlebotomy|pharmacy|pharmacist|gp|nurse|ward|dietitian|reception|dentist|radiology|radiographer|anaesthetics|anaesthetist|coder|coding|registrar|consultant|doctor|locum|midwife|health visitor|social worker|ot|school nurse|district nurse|paramedic) (?:here|speaking|asking|query|wants to know|would like to know)\b[,:;–—-]* >
(?:please |pls )?(?:could|can|would|will) (?:you|someone|anyone|somebody)(?: please| pls| kindly| just| possibly)* (?:let me know|tell me|remind me|confirm|clarify|advise|explain|say|find out|look up)(?: again| please)? | (?:please )?(?:remind me|refresh my memory|jog my memory)(?: (?:of|about|on|again))? >
(?:i(?:['’]?m| am| was) )?(?:just )?wondering(?: if| whether)? | (?:do|would|did) (?:you|they) (?:happen to )?know(?: if| whether)?(?= ) | (?:i )?(?:forget|forgot|can['’]?t remember|don['’]?t remember|can['’]?t recall)(?: what (?:it|they) (?:was|were|said))?(?=\W*$) | did (?:he|she|they|i) (?:mention|say)(?=\W*$) | on earth | the (?:hell|heck|devil|dickens) | or not(?=\W*$) >
in aid of(?=\W*$) > for
what (?:do|did|does) (?:they|you|we|he|she|the \w+) (?:reckon|think|suspect|believe|say|feel)(?:['’]?s| is| was| are| were| might be| could be| may be)? (?:behind|causing|underlying|to blame for|responsible for|at the (?:root|bottom|back) of|driving) | what(?:['’]?s| is| was) (?:to blame for|responsible for|at the (?:root|bottom|back) of|behind(?= (?:this|these|it|(?:my|his|her|the|their) (?:\w+ ){0,2}(?:pain|damage|weakness|cough|rash|numbness|swelling|symptoms?|weight loss|falls?|anemia|anaemia|tiredness|fits?|seizures?))\b)) | what (?:do|did) (?:they|you|he|she|the \w+) (?:put|chalk) (?:it|this|that|my \w+|his \w+|her \w+) (?:down|up) to > what is the likely cause of
get to the bottom of > find the cause of
how (?:did|have|has|do|does) (?:i|he|she|they|we|dad|mum|mom|my \w+|the patient|pt) (?:ended up|end up|wound up|wind up|land up|landed up|come by|came by|come to have|managed to get|manage to get)(?: with)? > what caused
(?:brought|brings|bring|bringing|set|sets|kicks?|kicked|sparked|started) (?:(?:all )?(?:this|it|that|of this)|the \w+)(?: all)? (?:on|off) > triggered it
(?:might|may|could|would) (?:account for|be behind|be to blame for|be causing|be responsible for) > caused
(?:taken|took|takes|take) up(?: any| a)?(?: new)?(?= (?:sport|hobby|exercise|\w+ing)) > started new
what (?:do|are|did) (?:we|you|they) (?:want(?:ing)?|trying|need|hoping|looking)(?: to)? (?:rul(?:e|ing) out|exclud(?:e|ing)) > what is to rule out
what(?:['’]?s| is| was)(?: actually| really)? (?:wrong|the matter|up) with > what is the diagnosis of
what (?:have|has|had) (?:i|he|she|they|mum|dad|my \w+)(?: actually)? got(?=\W*$) | what (?:have|has) (?:i|he|she|they)(?: actually)? come down with > what is the diagnosis
bottom line | upshot | long and short of it | in a nutshell | the verdict | take-?home message > impression
working diagnosis > likely diagnosis
how long(?:['’]?s| has| have) (?:it|this|that|all this|things) (?:been (?:going on|like this|happening|bothering (?:him|her|me|them))|gone on) | when did (?:it|this|that|all this)(?: all)? (?:kick off|start up|come on|first start) > when did it start
(?:am i|is he|is she|are they|are we|will i|will he|will she|is my \w+|is mum|is dad) (?:going to |gonna |likely to )?(?:end|wind|finish|land) up (?:with |having |needing |getting |in for )?(?:an? )?(?:surgery|op|operation)(?= ) > is surgery planned
(?:go|goes|going|gone|went|be|been) surgery > have surgery
(?:did|do|will|would) they (?:knock|put) (?:him|her|me|them|my \w+|mum|mom|dad|the patient)(?: right| clean| fully| completely)? (?:out|under|to sleep) | (?:was|were|am|is|are|will) (?:he|she|i|they|my \w+|mum|mom|dad)(?: be| going to be)?(?: right| fully| completely)? (?:put (?:under|to sleep|out)|knocked out|asleep|awake)(?= (?:for|during|while|when) (?:it|the|that|his|her|my)) > was the anesthesia general, local or sedation
(?:(?:be|been|being|was|were) )?kept in(?= (?:overnight|for|because|over|after|hospital)|\W*$) | (?:keep|kept|keeping) (?:him|her|me|them|my \w+) in(?= (?:overnight|for|because|over|hospital)|\W*$) > admitted
(?:be |been |get )?(?:let|allowed|sent) (?:back )?(?:home|out)(?= (?:from|after|yet|today)|\W*$) | (?:get|gets|got|getting) out of (?:the )?hospital | let (?:him|her|me|them|my \w+) (?:home|out)(?= (?:from|after|yet|today)|\W*$) > discharged
signed off(?: (?:work|sick))?(?= (?:for|until|till|from|because|since|with)|\W*$) | (?:been |gone |going )?(?:off|on the) sick(?! ?note| leave) > off work
(?:come|came|coming|comes) off (?:his|her|my|their|a|the) (?:bike|bicycle|motorbike|motorcycle|horse|ladder|skateboard|scooter|quad) > fell off
(?:come|came|coming) off(?= (?:of )?(?:the|his|her|my|their|all|it|them|those|these|\w+(?:in|ol|ine|am|ide|pril|an|il|ate|tin|ab|xone|zole)s?)\b) | (?:take|took|taken|taking) (?:him|her|me|them|my \w+) off(?= (?:the|his|her|my|their|all|it|them|\w+(?:in|ol|ine|am|ide|pril|an|il|ate|tin|ab)s?)\b) > stop
(?:was|were|been|being|got|get) put on(?! (?:weight|hold|a list|the list|the waiting)) > started on
put (?:him|her|me|them|my \w+|mum|mom|dad) on(?:to)?(?! (?:hold|a list|the list|the waiting)) > start
(?:put|puts|putting|piled|piling) on (?:weight|the weight|the beef|timber) > gained weight
(?:name of )?the (?:stuff|medicine|med|tablets?|pills?|drug|thing) (?:that )?(?:you['’]?re|you are|you['’]?ve|you|they['’]?re|they are|they['’]?ve|they) (?:giving|gave|give|given|putting|put|prescribed|prescribing|started|starting)(?: (?:me|him|her|them|my \w+))?(?: on)?(?= for) > medicine prescribed
(?:did|does|do|has|have) (?:it|they|that|this|any of (?:it|them|that)) (?:work(?:ed)?|done anything|do anything|ma(?:de|ke) any difference) > did it help
(?:actually |really |even )?(?:doing|done) (?:him |her |them |me )?(?:any|much|some) good > helping
(?:did|do|does)(?:n['’]?t| not) (?:touch (?:it|the pain|the sides)|do (?:a thing|much|diddly)) | no (?:earthly )?use | waste of time > no relief
(?:took|takes?|taking) the edge off | eased off | settled (?:it|things|him|her) down > relieved
any (?:joy|luck) (?:with|from) > response to
(?:a )?(?:cup of (?:tea|coffee)|cuppa|bite to eat|something to eat|sandwich|(?:drink|sip) of water)(?: (?:and|or) (?:a |some )?(?:cup of tea|cuppa|sandwich|biscuit|toast|drink|snack|bite to eat))? > food or drink
nil by mouth | (?:on an )?empty stomach | have to starve | starved > fasting NPO
(?:doing )?(?:his |her |my |their )?(?:normal|usual|everyday|regular) (?:stuff|things|bits and bobs|routine) | (?:carry|carrying) on as (?:normal|usual|before) > regular activities
(?:is|am|are) (?:he|she|i|they|we|my \w+|mum|mom|dad|the patient|pt) (?:alright|all right|ok|okay|fine|good|safe|allowed|permitted|cleared) to (?:keep on|carry on|go on|keep|continue|carry on with) > should he continue
(?:keep|kept|keeping|carry|carried|carrying|go|going) on(?= \w+ing\b) > continue
up to date with (?:his|her|their|my) (?:needles?|jabs|shots|jags) > up to date with immunizations
what (?:would|should|might|could) (?:mean|make) (?:i|me|he|him|she|her|they|them|we|us|my \w+)(?: (?:have|has|need|needs|ought))?(?: to)? (?:drop everything and )?(?:go|get|come|rush|run|head|dash)(?: back| straight)? (?:to|into|in to|down to|over to) (?:casualty|a ?(?:&|and) ?e|hospital|(?:the )?(?:er|ed|emergency(?: department| room)?)) | (?:when|what) (?:should|do|must) (?:i|he|she|they|we) (?:rush|dash|go|get) (?:straight )?(?:back )?to (?:casualty|a ?(?:&|and) ?e|(?:the )?(?:er|ed|emergency(?: department| room)?)) for | what should (?:i|he|she|they|we) (?:look|watch) out for | when (?:should|do|must|would|ought) (?:i|he|she|they|we|my \w+) (?:to )?(?:be )?(?:worry|worried|panic|concerned|alarmed)(?: (?:about (?:it|this)|and (?:come|go|ring|call) (?:back|in|up)))? > what are the return precautions
(?:keep|keeping|kept) (?:an|a close|a beady|half an|a careful) eye on > monitor
how soon (?:should|do|must|can|does|will) (?:i|he|she|they|we|my \w+)(?: need to| have to)? (?:come|go|be|call|ring) (?:back|again) > when should I return for review
(?:if|when) (?:i['’]?m|he['’]?s|she['’]?s|they['’]?re|it['’]?s|things are|it is|i am) (?:no|not(?: any| getting(?: any)?)?) better > if no improvement
(?:speak|talk|chat) (?:to|with) you(?: lot| guys| all| people| folks)?(?: again)? | (?:see|seeing) you(?: lot| guys| all| people| folks)? again > follow up
at what (?:point|stage) (?:would|do|should|will) (?:you|we|they) (?:want|like|need)(?: to)? > when to have
^(?:when |when is |next )?rtc(?=\W*$) > when to return to clinic
(?:speaking|talking) therapies? | talking cure > counselling
(?:do|should|can|must) (?:i|he|she|they|we) (?:sort|arrange|organi[sz]e|book|set) (?:it|that|this|them)(?: all)?(?: out| up)?(?: for)? (?:my|him|her|them|our)sel(?:f|ves) > is it self referral
(?:supposed|meant) to > to
who(?:['’]?s| is| was) (?:my \w+|he|she|they|mum|mom|dad) (?:sharing(?: (?:a |the )?(?:house|flat|place|home))?|rooming|shacked up|staying|stopping|lodging|bunking) with > who does she live with
(?:sharing|shares|share|shared) (?:a |the )?(?:house|flat|apartment|place|digs|home) with | shack(?:ed|ing) up with | rooming with | under the same roof as > living with
who(?:['’]?s| is| else is) at home(?: with (?:him|her|them|me|mum|mom|dad|my \w+))? > who does the patient live with
(?:is there |has |have |got )(?:he |she |they )?(?:got )?(?:anyone|anybody|someone|somebody)(?: else)? (?:at home|at the house|indoors|in the house) > who lives with the patient
(?:does|did|is|do) (?:it|he|she|they) (?:sting|burn|hurt|stinging|burning|hurting)(?: \w+)? when (?:i|he|she|they|\w+) (?:goes|go|pees?|wees?|peeing|weeing|pass(?:es|ing)? (?:water|urine)|urinates?|spends? a penny) | (?:stings?|stinging|burns?|burning|hurts?)(?: \w+)? (?:when (?:i|he|she|they) )?(?:goes|pees?|wees?|peeing|weeing|pass(?:es|ing)? (?:water|urine)|urinates?) > is there dysuria
(?:passes|pass|passing|passed) (?:water|urine|wee) > urination
(?:thoughts?|talk|talking|talked|thinking|ideas?|plans?) (?:of|about) (?:(?:ending|end|taking) (?:their|his|her|my|it|its)(?: own)?(?: life| all)?|(?:killing|topping|harming|hurting) (?:\w+sel(?:f|ves))|doing away with \w+|doing \w+ in|not (?:being|wanting to be) (?:here|around)) > suicidal thoughts
hear(?:ing|s)? voices | (?:seeing|sees|hearing) things(?: that)?(?: (?:are|is|were))?(?: not there|n['’]?t there)? > hallucinations
pins (?:&|n|['’]n['’]?) needles > tingling
(?:lost|loses|losing|lose) (?:his|her|my|their) (?:rag|temper|cool) | (?:flies|fly|flying|flew) off the handle | (?:blows?|blowing|blew) (?:his|her|my) top > irritable
at (?:his|her|my|their) wits['’]? end | (?:at )?the end of (?:his|her|my|their) (?:tether|rope) | (?:not|can['’]?t|struggling to) cop(?:e|ing) > stressed
under the weather | off colou?r | out of sorts | peaky | not right in (?:him|her)self | not (?:him|her)self > unwell
dog tired | dead on (?:his|her|my) feet | running on empty | wiped out | (?:feel|feels|feeling|felt|so|completely|always) worn out | run ?down | cream crackered | no (?:get up and go|oomph|pep) | pooped > tired
(?:can['’]?t|cannot|not able to) (?:nod off|drop off|get (?:off )?to sleep) | tossing and turning | up (?:all|half the) night | (?:a )?wink of sleep > insomnia
sleep(?:s|ing)? like a (?:log|baby|top) > sleeping well
time of the month | monthlies | aunt(?:ie)? flo > menstrual period
up the duff | in the family way | bun in the oven | preggers > pregnant
(?:trying|try|tried) for (?:a |another )?(?:baby|kid|child|family|one) > trying to conceive
sleep(?:ing|s)? around | playing away | one[- ]night stands? | (?:sleeping|sleep|slept|sleeps) with(?= (?:anyone|other|men|women|more)) > sexual partners
(?:get|getting|keep|keeping|gets) it up(?=\W*$) | (?:problems?|trouble) in (?:the bedroom|bed) > erectile dysfunction
(?:do|does|doing|use|uses|using|take|takes|taking|into|dabbles? in|partial to) (?:any )?(?:gear|hard stuff|class a['’]?s?|street stuff|party drugs|illegal stuff|illegals) | shoot(?:s|ing)? up | (?:get|gets|getting) (?:high|stoned) | junkie | druggie | on drugs > use recreational drugs
(?:smok(?:e|es|ing)|tok(?:e|es|ing)) (?:on )?(?:any )?(?:pot|weed|dope|grass|joints?|a joint|blunts?|bud|the green stuff) | (?:a )?(?:stoner|pothead) > use cannabis
how many (?:does|did|do|is|was) (?:he|she|they|i|my \w+|mum|dad) smok(?:e|ing) > how many cigarettes a day does he smoke
(?:kick|kicked|kicking) (?:the )?(?:habit|fags|cigs|cigarettes|smokes) | knock(?:ed|ing)? (?:the )?(?:fags|cigs|cigarettes|smokes|smoking) on the head > quit smoking
cold turkey > stopping abruptly
(?:steady|shaky|wobbly|unsteady) on (?:his|her|my|their) (?:feet|pins|legs) > gait and balance
up and (?:about|around) | back on (?:his|her|my|their) feet > walking
(?:wash|washing) and (?:dress|dressing) (?:him|her|them)?(?:self|selves)? | look(?:ing|s)? after (?:him|her|them)sel(?:f|ves) | fend(?:ing)? for (?:him|her|them)sel(?:f|ves) | manag(?:e|es|ing) on (?:his|her|their) own > activities of daily living
wet(?:ting|s)? (?:the bed|him\w+|her\w+|them\w+) | (?:have|has|having|had) accidents > incontinent
(?:acting|playing|plays|played|play|act|acted) up | giving (?:him|her|me|them) (?:trouble|what for) | on the (?:blink|fritz) > a problem
behav(?:ing|es?) (?:itself|themselves|nicely) | under control | in check | well behaved > well controlled
~ kidneys? (?:pack(?:s|ed|ing)? (?:up|in)|gave (?:out|up)|giv(?:e|es|en|ing) (?:out|up)|shut(?:s|ting)? down|conk(?:s|ed|ing)? out) > kidney failure
~ liver (?:pack(?:s|ed|ing)? (?:up|in)|gave (?:out|up)|giv(?:e|es|en|ing) (?:out|up)|shut(?:s|ting)? down|conk(?:s|ed|ing)? out) > liver failure
(?:has|had|did|is) (?:it|the (?:cancer|tumou?r|infection|rash|pain|hernia|abscess|lump|cyst|clot|headaches?|bleeding)) (?:come|came|coming|comes) back(?=\W*$| (?:again|since|after|yet)) > any recurrence of it
(?:blast|blasted|blasting|zap|zapped|zapping)(?= (?:my|his|her|their|the) (?:kidney )?stones?) > lithotripsy of
(?:wired|hooked) up > on monitoring
straight (?:off|away) | right away | there and then > immediately
(?:call|ring|dial|phone|calling|ringing) (?:999|911|000|112|triple zero) > call an ambulance
waiting for (?:999|911|the paramedics) > waiting for an ambulance
(?:other|better) half | significant other | missus | hubby > partner
(?:little|wee) (?:one|man|guy|lad|lass|fella) | bairn | nipper | little ['’]?un > child
what (?:way|sort|kind|type|style) of (?:eating|diet|food) | way of eating | how (?:should|ought) (?:he|she|they|i) (?:be eating|to be eating|eat) > what diet
(?:has|have|had) (?:he|she|they|i|baby|the baby|the child|my \w+)(?: had| got)? (?:all )?(?:of )?(?:his|her|their|my|the) (?:needles?|needels|jabs|shots|jags|injections|immuni[sz]ations|vaccines|vaccinations)(?: so far| yet| done)? > are immunizations up to date
where do (?:we|i|they) go from here | what(?:['’]?s| is) (?:next|on the cards|in store|the (?:next step|way forward|game ?plan)) | what happens (?:now|next) | what now | next steps?(?=\W*$) > what is the plan
what(?:['’]?s| is| are (?:they|you|we)| will (?:they|you|we))(?: being| going to be| going to)? (?:done|doing|do) about > what is the plan for
what (?:brought|brings|landed|put|took) (?:him|her|them|me|the patient|pt|my \w+|mum|mom|dad) (?:in|into|to) (?:the )?(?:hospital|ward) > why was he admitted to hospital
what (?:brought|brings|landed|put|took) (?:him|her|them|me|the patient|pt|my \w+|mum|mom|dad) (?:in|into|to) (?:the )?(?:ed|er|a ?(?:&|and) ?e|casualty|emergency(?: room| department| dept)?)\b > why did he go to the emergency department
what (?:brought|brings) (?:him|her|them|me|the patient|pt|my \w+) (?:in|here|to (?:the )?(?:clinic|doctor|gp|surgery))(?: today)? | what did (?:he|she|they|pt|the patient|my \w+) (?:come in|come|present|turn up|pitch up|rock up) (?:with|for|about|complaining of) | why did (?:he|she|they|pt|the patient|my \w+) (?:come in|turn up|pitch up|rock up|attend|present)(?: today)?(?=\W*$) > what was the chief complaint
what (?:makes|made) (?:it|them|this|the \w+|his \w+|her \w+|my \w+) (?:any )?worse > what aggravates it
what (?:makes|made) (?:it|them|this|the \w+|his \w+|her \w+|my \w+) (?:any )?better > what relieves it
when(?:['’]?s| is| are) (?:he|she|they|my \w+|mum|mom|dad|the patient|pt) (?:next )?due back(?: in| at)?(?: clinic)? | when (?:do|does|should|will|must) (?:i|we|you|they|he|she) (?:next )?(?:see|want) (?:you|him|her|me|them|us) (?:again|back|next) > when is the follow up
(?:be|being) seen again | next be seen | be seen next | back in clinic | due back | booked back > follow up
(?:sent|sending|send|passed|passing)(?: (?:him|her|me|them|us))?(?: on| over| off| along)? to(?: see)?(?= (?:a |an |the )?(?:specialist|physio\w*|cardio\w*|neuro\w*|dermatolog\w*|surgeons?|orthop\w*|urolog\w*|gyn\w*|psych\w*|counsel\w*|ent|eye|pain|dietit\w*|ot|rheum\w*|endocrin\w*|gastro\w*)\b) > referred to
(?:does (?:it|this|that) )?runs? in (?:the|his|her|my|their) family | in the genes | (?:anyone|anybody|others?) (?:else )?in (?:the|his|her|my|their) family (?:got|have|has|had|with) > family history of
(?:get|go|gets|going|getting|went) back to(?= (?:work|school|sports?|training|football|running|the gym|driving|playing|normal|uni|college)\b) > return to
fit to(?= (?:work|drive|fly|travel|return|play|go)\b) > allowed to
laid up | out of action | out of commission | sidelined > unable to work
(?:put|putting|take|taking|bear|bearing) (?:any |full |his |her |my |their )?weight (?:on|through) (?:it|the \w+|his \w+|her \w+|my \w+) | (?:walk|stand) on (?:it|his (?:foot|leg|ankle)|her (?:foot|leg|ankle)|my (?:foot|leg|ankle)|the (?:foot|leg|ankle)) > weight bearing
get (?:it|the wound|the dressing|the cast|the plaster|(?:my|his|her|the) stitches|them) wet > shower or bathe
on (?:his|her|my|their) (?:tod|todd|lonesome) > alone
strapped for cash | skint | hard up | brassic | short of (?:money|cash) | make ends meet | feeling the pinch | money['’]?s tight > financial difficulty
(?:living |lives )?on (?:benefits|welfare|centrelink|universal credit|the dole) > unemployed or disabled
(?:lost|lose|loses|losing) (?:his|her|my|their) (?:job|work) | laid off | (?:got|getting|given) the (?:sack|boot|push) | (?:been|was|got) (?:sacked|fired|made redundant) > unemployed
kicked the bucket | popped (?:his|her|their) clogs | no longer with us | carked it | snuffed it | met (?:his|her) maker > died
lost (?:a|her|my|the) (?:baby|pregnancy) > miscarriage
split up | (?:broke|broken|breaking) up with | walked out on (?:him|her) > separated
(?:got|getting|get) hitched | tied the knot > married
said no (?:to|thanks) | (?:turn|turned) down | knock(?:ed)? (?:it|that) back | dug (?:his|her|my|their) heels in | wouldn['’]?t have (?:it|any of it) | not having any of it > declined
said yes to | (?:gave|given|give|gives) the (?:go ?-?ahead|green light|nod|thumbs up) | on board with | game for | up for(?= (?:it|having|trying)\b) > agreed to
all[- ]clear(?=\W*$) > normal
in two minds | (?:on|sitting on) the fence | dithering | (?:mulling|thinking) it over > undecided
worried sick | losing sleep over | (?:frets?|fretting) (?:about|over) | scared stiff | bricking it | petrified | dreading > worried about
what(?:['’]?s| is| was) (?:he|she|they|i|mum|mom|dad|my \w+) (?:most |mainly |really )?(?:afraid|scared|frightened|worried|bothered) (?:of|about) | what(?:['’]?s| is) (?:eating|bugging|on the mind of) (?:him|her|them) > what is the concern
(?:tried|used|taken|using|taking|given|on)(?: anything)? to (?:help (?:him |her |me )?)?(?:quit|stop|give up|come off) (?:smoking|cigarettes|tobacco|the fags) > tried for tobacco dependence
what (?:does|do|did) (?:he|she|they) want (?:out of (?:this|it)|from (?:us|this|treatment|today)) | what matters (?:most )?to (?:him|her|them) > what are the goals
zonked | doped up | drugged up | spaced out > drowsy
bevv(?:y|ies) | on a bender | one too many | a few too many | three sheets to the wind | boozing | boozes > alcohol
how much (?:does|do|did) (?:he|she|they|i|my \w+|mum|dad) (?:put away|knock back|sink) | how much (?:is|was|are) (?:he|she|they|my \w+|mum|dad) (?:putting away|knocking back|sinking) > how much alcohol does he drink
how far can (?:he|she|they|i|mum|mom|dad) (?:get|go) > how far can he walk
works? out(?= (?:at|in|regularly|every|most|much|a lot|\d)|\W*$) | hits? the gym | pump(?:s|ing)? iron | keep(?:s|ing)? (?:fit|active) > exercise
what (?:does|do) (?:he|she|they) do (?:with (?:him|her|them)sel(?:f|ves)|for fun|in (?:his|her|their) (?:spare|free) time) > what are the hobbies
been away | jetted off | been on (?:holiday|vacation|(?:his|her|their) hols) | been overseas | out of the country > travelled abroad
(?:goes|go|going) to (?:mass|church|mosque|temple|chapel|synagogue) | churchgoer | god-?fearing > religion
~ docs?(?= (?:say|said|think|thinks|reckon|want|wants|do|did|give|gave|tell|told|put|find|found|order|ordered|suggest|suggested|advise|advised)) > the doctor
(?:off|gone off) (?:his|her|my|their) legs > unable to walk
caught (?:it|this|that) (?:off|from) | pick(?:ed)? (?:it|this|that) up from > exposed to
(?:burning|burns) the candle at both ends | overdoing it | overdone it | overdid it > overexertion
(?:came|come|coming|brought) on(?= (?:suddenly|slowly|gradually|after|when|while|during|by)\b) > onset
come(?:s)? and go(?:es)? | on and off | off and on | every now and (?:then|again) | once in a blue moon > intermittent
round the clock | all (?:the )?(?:day|time)(?: long)?(?=\W*$) | non-?stop | day and night > constant
out of the blue | all of a sudden | from nowhere | out of nowhere > sudden
a couple of weeks | a fortnight > two weeks
no (?:change|different)(?=\W*$) | much of a muchness | much the same | same old | neither here nor there | ticking (?:along|over) > unchanged
let (?:him|her|me|them) down gently | break the news > told the diagnosis
(?:on|in) (?:his|her|my|their) own words | (?:what|how) (?:does|did|do) (?:he|she|they) (?:describe|put) it > how does the patient describe it
given (?:his|her|my) marching orders | sent packing > discharged

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
(?:nil|nothing|no(?:thing)? food or drink) by mouth | (?:allowed|able|ok|okay|alright|all right) to (?:eat|drink|have (?:a )?(?:breakfast|lunch|dinner|tea|coffee|cup of tea|bite|something to eat)) > NPO
(?:put|putting|bear|bearing|stand|standing|walk|walking) (?:any |full |my |his |her )?(?:weight )?on (?:it|the (?:leg|foot|ankle|hip)|my (?:leg|foot|ankle|hip)|(?:his|her) (?:leg|foot|ankle|hip))(?=\W|$) > weight bearing
(?:signed|sign) (?:him|her|them|me) off(?: work)? | (?:sick|fit|doctor['’]?s) (?:note|line|cert|certificate) | med cert | line for work > work excuse
(?:go|get|be|going|getting) back (?:to|at) (?:work|my job|his job|her job|the office) > return to work
(?:private|insurance|billing|procedure) codes? > CPT code
(?:what|which) puffer | (?:blue|brown|purple|pink) (?:puffer|pump) > which inhaler
(?:before|at) bed(?: time)? | last thing(?: at night)? > at bedtime
(?:under|beneath) (?:the|his|her|my) tongue > sublingual
up (?:the|his|her) (?:bum|bottom|backside)(?= (?:tablets?|medicines?|suppositor)) > rectal
(?:bad|funny|nasty|allergic|adverse) reactions? (?:to|with|from) | (?:anything|stuff|things?|drugs?|medicines?|tablets) (?:that )?(?:he|she|they|i|the patient|pt) (?:can['’]?t|cannot|must not|mustn['’]?t|shouldn['’]?t) (?:have|take|be given) | (?:disagrees?|disagreed) with (?:him|her|them|me) > allergic to
(?:on|take|takes|taking) (?:anything|any (?:tablets|meds|medicines?)) for > medication for
(?:run|running|ran) out of(?= (?:his|her|my|their|the)) > refill of
(?:top|topped)[ -]?up of blood | bags? of blood | pint of blood > blood transfusion
who (?:pays|is paying|foots the bill)(?: for ~ (?:care|treatment|medicines?|meds|bills?|hospital|stay))?(?=\W*$) > what insurance
what(?: is|['’]s|s) coming up(?: next| soon)?(?: for (?:him|her|me|them))?(?=\W*$) > upcoming appointments
(?:which |what |any )?(?:tests?|bloods|labs?|swabs?|scans?) (?:(?:is|are|does|do) )?(?:(?:he|she|they|i|we) )?(?:still )?(?:owed|owing|owes?|missing) > any tests outstanding
(?:tests?|bloods|results?|swabs?|scans?) (?:still )?(?:outstanding|awaited|to come|not back(?: yet)?|still out) > pending results
(?:life|breathing) support | (?:breathing|life-support) machine > ventilator
(?:on|in) (?:the )?(?:itu|icu|hdu|intensive care|intensive therapy|high dependency)(?: unit)? > in the ICU
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
    r"(?<![\s,;–—-])[\s,;–—-]+(?:(?:so )?is that (?:what (?:it|the (?:papers?|notes?|records?|file|chart)|they) says?|right|true|correct|so|the case)|(?:do|have) (?:they|you) (?:have |got )?(?:that|it) (?:down|noted|on file|written down)|is (?:that|it) (?:on file|in there|noted|written down)|"
    r"isn['’]?t (?:it|that so)|wasn['’]?t it|did(?:n['’]?t)? (?:he|she|they)|right|correct|yes|no|eh|please|pls)\W*$",
)


@lru_cache(maxsize=1)
def _idioms() -> tuple[tuple[re.Pattern[str], str], ...]:
    found = []
    for line in filter(None, IDIOMS.splitlines()):
        said, _, plain = line.rpartition(">")
        runs = [each.strip().replace("~ ", _OWNER) for each in said.split(" | ")]
        pattern = "|".join(run.replace(" ?", r"\s*").replace(" ", r"\s+") for run in runs)
        found.append((re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE), plain.strip()))
    return tuple(found)


def plainly(text: str, /) -> str:
    """Return a question with turns of speech in plain words, and without "I was told" and "is that what it says"."""
    text = re.sub(r"\s+", " ", text)  # a run of blanks is tried once, not at each of its places
    for pattern, plain in _idioms():
        text = pattern.sub(plain, text)
    bare = _TAG.sub("?", _WRAPPED.sub("", text))
    return re.sub(r"\s+", " ", bare).strip()
