"""Common English words and names that differ by a letter or two from a word of medicine, and are no slip for it.

"Addition" is no addiction, "fewer" no fever, and Dr Trevor no tremor.
"""

from __future__ import annotations

from chartcite.engine.language.terminology import fold

WORDS = """
    rellies rellos relly
    aback abide abort abound absorbed absorption accolades acquires acquitted activating acton addition additions additive
    additives adjutant administrative administrator administrators admiration adolescence adopt adopts adoration advertise
    aerial aesthetic aesthetics affection affections afflicted agility album albums alike alternate alternating ambient amino
    amour amuse amused analogous analogy ancillary anglers animation animations annals annuities annuity antagonistic anvil
    approach arcane archer argentine aristocrat aroma artistic aspiring assam assent associate associates associating astray
    atomic attach attaching attachment attachments attaining attrition auction auctions audio auditor auditors augment
    augmented automotive autonomous auxiliary averse avian avoidable awaken awakens azure bakery baking ballet banger banging
    banker bankers banning barge barges barker barrel barrels barren barrister basalt bashed basil basin basins basis beaming
    beast beasts beech belle bellows bench benches bender berth biased bidder bidders bidding biker bikers billy bingo
    biologist biologists biotech birthright bitter blackened blaze bleak bleep blender blending blight blond blouse boast
    boasts bogus bolster bondage bonded bonnie bonus booker boomer boomers booming booted borderlands boring bourne bovine
    bowing braid braids braking brazen breaches breaching breadth breeder breeders breeding breezy breton brine brink broaden
    brock bronco broncos brooch brood broom brothel brownies bruins brunt brute buffer buffers bugged bugging bullies bully
    bumping bunting buried burner burners bursting bustling butchered buyer buyers cabal cadet cadets calculates calculation
    calculations calculator calculators callous caloric canada candid cannon cannons cantor capacitor capacitors caramel carat
    cargo carmine carol carton carve carved carving carvings cater caters causation cedar celeb celebs cellar cellars censor
    censors centurion champ champs chant chanted chants chariot charities charity charleston charm charms cheating checker
    checkers chess chick chicks chipped chipping chlorine chopper chronicle chronicles chuck circa circadian circulated
    circulating clamp clamps clarification clarifies clarify clarinet clashed clasp clause clauses cleaner cleaners cleansed
    cleansing clearer clement clerk clerks cliff cliffs clipper clippers clique cloak clone cloned clones clover cloves clown
    clowns clutching clutter coarse collector collectors collie collusion colonization combing comic comics commodities
    commodity communion communism communist communists compete competed competes compiling complicit compliment complimentary
    compliments complying comprehension compressor comptroller concealing conceding concert concerto concerts concession
    concessions concord concur conditioner confer conference conferences confessional conjunction connector consecutive
    consistency consisting consolation consonant constituted constraint constraints consul consultative contagion contagious
    contestant contestants contiguous continual contra contractual contradiction contradictions contrived conversation
    conversations convert converts conveying cooper coordinating coordinator coordinators corey correlated correlation
    correlations corrugated corrupted corruption cortex cosmos costa coulter counsel county coven coveted cracker crackers
    craft crafts crank crave creamy creative creator creators cremation criterion crouch crusher cubic cultivate cultivated
    culturally curvy cyber cyclops dale dame dames dancer dancers decal deceased decimated decode decor decoy decree decrees
    deepen defeat defeats defective defendant defendants deflect deflection degenerate deletion demolition denial dentistry
    depiction depictions deport deposit deposits derail derivation derive derives designated detain detect detective
    detectives detects detergent deterrence detonated deviant differentiate digest dilution dipping discarded disco dismal
    dispersion dissenting distorted distract distributing distributor distributors diver divers divert diverting doable doggy
    dome dominated dope doping doubly dove drama dramas draper dread dreamt drier driven drone drones drown durability duress
    dystopian earners easter eater eaters educating efficient electrician electro elevating eliminate eliminates eliminating
    elite elites emergence emery enable enabled enables endothelial endowment endure endures enemies enemy engagement
    engagements enrolment ensues establishes eternal ethic ethics evaluating evolution examiner examiners
    excavation excavations exceptional exclusion excursion excursions executing executive executives exemption exemptions
    exhaust exhausting exhaustive expertise expiration explanatory exporting exposes extensive extinction extortion
    extradition extremism extremist extremists fabric fabrics faction factions faculties faculty fallout fanny farce farther
    fatal fatter faucet feather federally ferret ferries ferry festivities fewer financing finder finer fingerprint
    fingerprints fist flatter flattering flint flood floods flora fluent fluorescent foiled folio folly fonda footer forage
    forge forgot formative formatting fostering frank franks freer friction frost fungi funky gaping gemma genera generating
    generator generators generic genoa germain giver gladstone gloss glover glowing gotten grail grande
    granting graph graphs grasp grasping gravely gravy greatness greed greet greets grime grimes grinning groping growl hamper
    hanger hangers hatchback hauled hawking hazel header headers healthier heartache heartbreak heartfelt hearty heater
    heaters heathen heller herein heron hijacking hippies hippy holder holders holster honed hooded hopping horde hordes
    hotter howe howl humane humiliating hunter hunters hurling hydra hydro hyper illiterate impart impatience impatient
    impeached implicitly importance impressive improvised impunity inability inanimate incompetent incubation indie
    indignation inducted indulging infect infer inference infernal infested infiltration inflated inflicted ingenuity
    inhabited inhalation inhibition inhuman inked inlet innovate inspect inspecting inspector inspectors inspires
    instalment instill insufficient insulting integrate integrated integrates integrity intel intensifies intensify inter
    intercept interception interceptions interior interiors intermediary intersect intersection intersections intimidate
    intolerable intricate intro intrusive invent inventing invention inventions inventor inventors inverted investigating
    investigative investigator investigators isolating iteration iterations jolly kanji karma kicker knack knicks knives
    labeled labyrinth laced lacked lament lance lang largo lash latina latter lawyer lawyers layered leafy legalized legion
    legions lessen lest levant lever levers levin liberation licked licking ling linking listening lister literal literary
    litigation litter livery livid locale locker lockers logan logic lohan lone loner loosen looted losses loyal lumber lust
    lyric lyrical lyrics machinery macro mafia magneto mainstream malik mamma manga manila manipulating manipulative manor
    manufacturer manufacturers manufactures maria marlin marlins marred martial martin martins marvel marvelous mary masking
    masses master masters maternity matte maximus mayor mayors meantime medic medics menace mentoring message messages
    messaging metadata meteor methyl midget migrating migration migrations milder militarily millet mined miner miners misled
    missy misused mitch mitigate mitochondria mixer mixers modal modem modern modulation moist monte moose morph morrow motel
    motif motifs mouse mover movers multiplier multiply murder murders mutilation naive naked narrower nearby necessary
    neighbourhood neighbourhoods nerdy nestle nexus nightlife noose nordic norma norman north northern nutritious opera operas
    opposition optimal originate originates otter otters outset overboard overgrown overheard overlord oversee oversees
    oversight packaging palatable palmer panned panties paralympic paralympics parlor parry parsons passer passes patsy patty
    paving peering penal penetration penned perceptive periphery persisted persistence personnel persuasion pertinent petite
    petrol petroleum phenomena phenomenal phony photographic photographs physicist physicists physics picket pierce pillar
    pillars pinch piper pitch pitches plague plagues plaid planetary plank planks platter player players plaza plural pointe
    poker poking polar policemen ponder postal potent precarious preceded precedence precedes precise precision predicated
    predictive predictor premiered presenter presenters preserve preserves prima primarily primate primates primo principal
    principals principle principled principles priory proactive probate probation probe probes procession proficient
    programmer programmers progressive progressives projection projections projector promoting pronounce propagation prophetic
    proportion proportions prose prosecution prosecutions prosecutor prosecutors protestant protestants protester protesters
    protesting protestors proto proverb proverbs provocative pruning pseudo psyche psycho punctuated puritan purity purse
    purses quack quaint qualification qualifications qualifies qualify quart quartet quest quests quill quirk rabbis rabid
    racist racists racket racking raged raided raiding railing railings raisin raisins ramen ranger ranking rankings ransom
    ranting raven ravens react reacting reacts reborn receiver receivers receptive recital recreation redding refinement
    reflecting reflective refuge refuted regain regaining regal regent regents regiment regiments regina regression regulated
    regulation regulations regulator regulators rehearsal rehearsals relay relayed relays relic relics relive remodeling
    removable remover renovation renovations reopen repaid reparations repeal repel repent reporter reporters repost
    repression reproduction reside residency resides resign resigns resilience resistor resort resorted resorting resorts
    responders restraining restricting restrictive resultant resurrect retailing retain retains rethinking retirees retires
    retracted retrieved retro reused revel revelation revelations revere revered reverted reviewer reviewers revisited
    revolution revolutions reward rewarding rewards rhine rigging rioters robber robbers robin robins rocket rockets roller
    rollers ronnie rooted rotary rouge router routers routing runway runways rushes russel sable sacked sacred salon salons
    saloon salvation sanctuary sanitation santo santos scam scammers scams scant scare scares scattered scattering scent
    scented scents scorching scorers scorn scouring scrap scrapped scrapping scraps scripting scripture scriptures scrolling
    scrum sean secession sedimentary seeding segmentation segmented seize selecting semifinal semifinals seminar seminars
    sensei sensibilities sensibility sensor sensors sentiment sentiments server servers severance sexton sexuality shady
    shaken shalt shard shards shark sharks shattering shaving shear sheen sheer shimmer shirtless shocker shone shorten
    shorter shouting shove shrine shrines shrunk shutter shutters sickening sickly siemens sighed significant silva silvery
    simmer simply simulating simulation simulations simulator singular sipping skate skates skeptics sketching skillet skipper
    skirt skirts slack slain slamming slang slate slaying sleek slick slider sliders slope slopes sloping smelt smoky
    smoothies smuggling snapped snatching sneak sneaking sneaks snickers sniff snippet snippets snitch snort snuck soared
    socialist socialists softened solitaire sonar spade spades spanning sparking sparkling spartan spartans specialised
    specialises speciality specialize specializes specialties specialty specified spectral spiced spicer spilled spiral spree
    sprint sprinter sprints spruce spurred squatting squid stabilization stabilized staked stale stalled stalling starlight
    starter starters startled stash static statute statutes steak steaks stein stern stiles stillness stimulated stingy stinky
    stocked stomp stomping stoner stony stopper strait straits strangled straw straws stray streamline strengthened stresses
    stretcher stride strides strife strive strives struck structure structured structures strung studded sturdy sturgeon
    submissive substituting sucker suckers superb supra surfer surfers surge surges surging surrey suspended sustaining swain
    swan swans swayed swaying sweeping swept swift swipe swiss switches swore swung symmetric synchronized synth synthesis
    systematic tacky taker takers tame tamed tanker tankers taped taping tasty tate taxes teasing teller temper temperate
    temporary tenet tenets tenor tenth terminates terminating terra terry theme themes thicker thine thinker thinkers thorough
    thrash thrice thrown thrust thyme ticked tiered timber timbers timid tinder tinker titan titans token tokens tolerable
    tommy tonal topography topped torch torches totem tracer trail trails tranquil transcend transcends transferable
    transformation transformations transformer transformers transistor transistors transition transitions translation
    translational translations translucent transmitter transmitters transnational transported trash traveler travelers
    traveller travellers tribe tribes truce tucker tunic turbo twister tyler tyne typo typography tyre unattended undermined
    unison unlocked unrelated unsuitable upped usable vague valet valiant valid validation valuation valuations vanish
    variability vegetation venus veritable versatile verse verses vienna visibility vista volley volta vulgar wading wafer
    wager waiter waiters waller waterfall waterfalls weakening welch whey whopping wight winger wingers winner winners
    withdrawn woken woody woven wren wrestling wright yeah zipper
"""
"""English words among the thirty thousand commonest that the lexicon has a near neighbour of."""
NAMES = """
    aaron ahmed akron alejandro alice alicia anakin angela angelo angie anton archie assad astrid austen baden barnett bayern
    beatty bella bengal bengals benin bette blake blanc boeing boise borden borneo bosnia bosnian bowen bowles brandi braun
    brian briggs britons brody brooke browne buckley byrne cabot cahill callum camilla canadiens capri carey carlo carlos
    carlson carmel carrie carson cartier celia chanel charles charlton clair clara clare clarke claus clements colombia
    colombian columbian constance cornell cortez cosmo crowe custer dade dane danes dante dave dawes della devine devlin
    downey earle elaine ellen elmer erwin esther ethan ethel faber ferris flores forster freud gaelic gaines germany goldman
    gorman gracie grady greene greer harley hartman healy hearst horne huffington hungary imran janis jansen johansson
    johnston johnstone keller kissinger klein lange lansing larkin lawson locke lorna louisa louise lovin macdonald macy maher
    mandy manny manu manuel maori marian marin marino marvin mather matteo mayer merton meyer meyers milly minaj monet mooney
    mormon mormons nadia natalia nissan nobel norse palin papua patel pavel pearson philip philips pickering pierson pixar
    plato platt poole prada pryor puget regan ricky roland rolex ronny rosen saban saeed salam salman satan sayin scarlett
    serena severn sharpe sindh smyth sochi stan steph steve suisse sutter tanaka tempe tess tessa thomas thorne timmy tobin
    tracey travers trent trevor trish tristan tudor turing vance vargas versa vimeo vince vinci vogel wallis waterford whyte
    wilton wolfe
"""
"""Names of people and places of the same kind."""
_KNOWN = frozenset(form for word in f"{WORDS} {NAMES}".split() for form in (word, fold(word)))


def is_english(word: str) -> bool:
    """Say whether a folded word is one of these: it is spelt as it is meant."""
    return word in _KNOWN
