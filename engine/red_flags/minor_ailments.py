"""Ailments that public guidance leaves to home care or a pharmacist: told alone, they are no complaint to be seen for.

After the NHS pages on minor ailments and self-care; rules of ours, not yet reviewed by a clinician. They quiet only the general
`complaint`: what a topic of `red_flags` knows is raised whatever stands beside it, and any other sign in the message counts.
"""
# ruff: noqa: E501 -- tables of words read better in long lines

from __future__ import annotations

from chartcite.engine.language.cues import Cue

_SMALL = r"(?:a )?(?:(?:tiny|small|little|slight|slightly|mild|mildly|minor|bit|touch|bit of an?|bit of|little bit|tad|superficial) ){1,3}"
_ACHE = r"(?:sore|tender|achy|ache|itch\w*|stiff|tired|headache|scratch|graze|bruise|bump|rash|cold|cough|sniffle|acidity|heartburn|wind|bloat\w*|dry|gritty|red|pink|sunburn\w*|swelling|blue|nausea|queasy)"
MINOR = Cue(
    rf"(?<!\S)(?:{_SMALL}{_ACHE}(?: and {_ACHE})?"
    r"|(?:got |have |has )?(?:a |the )?(?:runny|blocked|stuffy|bunged up) nose|(?:my |his |her )?nose (?:has been|is|keeps|been|keep|will not stop) (?:running|runny|blocked|stuffy)|sniffle\w*|the sniffle|tickl\w+ cough|hiccup\w*|graz\w+ (?:my |his |her )?(?:elbow|knee|shin|hand|arm|palm|chin)|(?:(?:my|his|her) )?(?:leg|arm|muscle|shoulder|back|thigh|calf|ab) (?:is |are |feel )?(?:ache|aching|achy|sore|stiff) (?:after|from) (?:\w+ ){0,3}?(?:gym|workout|run|running|gardening|walk|walking|game|training|exercise|yoga|football|swim|pilates)|headache from (?:too much |all the |my )?(?:coffee|screen|wine|beer|hangover|glare|noise)|coldsore|sniffle|(?:a )?blister (?:from|off) (?:my |the |his |her )?(?:new )?(?:shoe|boot|sandal|trainer|heel)|(?:one )?swollen gland|run\w* (?:around|about) happ\w+|(?:a )?bruise where (?:the |my )?bloodtest|bruise from (?:the |a |my )?(?:\w+ )?(?:jab|shot|needle|bloodtest|injection|drip)|bit (?:my|his|her) (?:tongue|lip|cheek)(?: \w+){0,4}? sore|(?:feet|foot|hand|finger|toe) (?:get|are|go|feel|is) (?:always |a bit )?(?:cold|chilly)(?: (?:at night|in winter|in bed|easily))?|slept (?:funny|wrong|badly|awkward\w*)(?: and)?(?: my)?(?: neck)?(?: is)?(?: a bit)?(?: stiff| sore)?|paper cut|splinter|stub\w* (?:my |his |her )?toe|hangnail|chapped lip|dandruff|head lice|nit|athlete foot|verruca|wart|cold sore|mouth ulcer|hay ?fever|ingrowing toenail|loose tooth|teething|cradle cap|nappy rash|dry (?:skin|eye|lip)|acne"
    r"|(?:a |an )?(?:mosquito|midge|gnat|flea|bug) bite(?: (?:that|which|and it) (?:is|are))?(?: (?:itch\w*|sore|red))?|itch\w* (?:mosquito|midge|gnat|flea|bug)? ?bite"
    r"|bled (?:for )?(?:a|one) (?:second|moment|tiny bit|little bit|little|bit)(?: (?:and |then )+(?:it )?stopped)?|bruise easily|small (?:one|bruise)|(?:eat|drink|feed|play|sleep)\w*(?: and (?:eat|drink|feed|play|sleep)\w*)* (?:as )?(?:normal\w*|usual|well|fine)"
    r"|(?:slight|mild|low grade|little) (?:fever|temp\w*)(?: of 37\S*)?|(?:temp\w*|fever) (?:of |is )?37\S*)(?!\S)(?! (?:all over|everywhere|and (?:spread|gett)\w+))",
    0,
)
"""Phrases of folded words."""
