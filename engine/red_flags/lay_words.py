"""Slang, family words, clinicians' shorthand and other languages' habits, and the usual words that the cues of `red_flags` have.

Words that more often mean something else ("trap", "mug", "crown") are left out.
"""

# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.language.terminology import fold

_BY_USUAL_WORD: dict[str, str] = {
    "head": "bonce noggin noggen noodle heid",
    "mouth": "gob kisser cakehole piehole mooth",
    "eye": "peeper",
    "face": "phizog coupon visage",
    "nose": "conk schnozz hooter snout beak",
    "ear": "lug lughole earhole",
    "heart": "ticker",
    "chest": "brest thorax bosom",
    "belly": "tum tummie bellie paunch midriff middy",
    "bottom": "arse ass backside bumhole jacksie derriere botty",
    "leg": "shank gam",
    "foot": "trotter tootsie",
    "hand": "mitt paw",
    "finger": "pinkie pinky",
    "throat": "gullet gizzard windpipe",
    "testicle": "knacker bollock goolie nad testie cojone testis scrotum ballsack nutsack",
    "vagina": "foof fanny minge noonie yoni vulva ladybit",
    "penis": "willy willie todger winkie",
    "boyfriend": "bf fella bloke beau",
    "girlfriend": "gf",
    "husband": "hubby hubbie hubs dh fiance fiancee",
    "wife": "missus mrs dw wifey",
    "son": "ds lad laddie",
    "daughter": "dd lass lassie",
    "baby": "bairn wean bub bubba bubs babby bebe lo bambino sprog",
    "toddler": "tot",
    "child": "kiddo kiddie nipper tyke",
    "mother": "mam mammy mommy mummy momma mumma mama",
    "father": "daddy papa da",
    "grandma": "nanna nana nonna abuela oma granny grannie gramma gma nannan",
    "grandad": "gramps grandpa grampa pops opa nonno abuelo granda gpa",
    "brother": "bro bruv brah",
    "sister": "sis sissy",
    "friend": "mate pal bestie buddy roommate flatmate housemate roomie",
    "vomit": "chunder chundering barf barfing spew spewing upchuck ralph ralphing hurl hurling boke boking chuck chucking vom vomming voms puking hurled chucked barfed spewed",
    "dizzy": "woozy giddy swimmy lightheaded lightheadedness",
    "confused": "loopy befuddled dazed addled bewildered doolally gaga discombobulated doolaly fuddled",
    "drowsy": "dopey groggy snoozy stuporous",
    "pain": "payn pian",
    "swollen": "swole swolen swelled inflated ballooned",
    "stomach": "stomache stomack stumach",
    "gray": "putty ashen pasty waxy ashy pallid peely",
    "purple": "violet lilac mauve indigo maroonish",
    "pale": "chalky ghostly deathly colorless bloodless wan",
    "swallowed": "necked downed guzzled scoffed gobbled gulped wolfed",
    "swallow": "guzzle gobble",
    "diarrhea": "squits trots skitters skits shits",
    "unconscious": "sparko comatosed zonked",
    "nut": "cashew almond walnut pecan pistachio hazelnut macadamia",
    "prawn": "crab lobster shrimp mussel oyster crayfish scallop squid",
    "blood": "bluid claret",
    "hit": "smacked whacked bashed clobbered walloped clonked bonked clunked",
    "pill": "tab pil pils tabs caplet",
    "anticoagulant": "bloodthinner",
    "terrible": "dreadful ghastly atrocious",
    "agony": "agonie agonising agonizing torture",
    "breath": "breth breathin braeth bereath",
}
"""Usual word, and what people say for it."""
_SHORTHAND: dict[str, str] = {
    "aaa": "aortic aneurysm",
    "brbpr": "bright red blood from rectum",
    "cva": "stroke",
    "dts": "delirium tremens",
    "edh": "extradural hemorrhage",
    "gib": "gi bleed",
    "gtc": "generalized seizure",
    "gtcs": "generalized seizure",
    "ich": "intracranial hemorrhage",
    "lbp": "back pain",
    "lgib": "gi bleed",
    "llq": "left lower abdomen",
    "loc": "loss of consciousness",
    "luq": "left upper abdomen",
    "rlq": "right lower abdomen",
    "ruq": "right upper abdomen",
    "sdh": "subdural hemorrhage",
    "svt": "racing heart",
    "ugib": "gi bleed",
}
"""Clinicians' abbreviation of one meaning, and what it says. Those of several meanings (`ha`, `od`, `ms`) are left out."""
USUAL: dict[str, str] = {fold(said): usual for usual, words in _BY_USUAL_WORD.items() for said in words.split()} | {
    fold(short): " ".join(fold(word) for word in said.split()) for short, said in _SHORTHAND.items()
}
"""Slang word or abbreviation, and its usual one."""
