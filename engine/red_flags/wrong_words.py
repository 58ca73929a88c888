"""Words by which people say that something is wrong, whatever it is."""

from __future__ import annotations

from chartcite.engine.language.cues import Cue

WRONG = Cue(
    r"(?<!\S)(?:cant|wont|wouldnt|isnt|doesnt|hasnt|havent|not|no|barely|hardly|stopp\w+|never|nothing|lost|gone|went|turn\w*|pain\w*|hurt\w*|ach\w*|agony|sore|burn\w*|sting\w*|stab\w*|sharp|throb\w*|pressure|tight\w*|heavy|squeez\w*|crush\w*|numb\w*|tingl\w*|dead|weak\w*|limp|floppy|jelly|droop\w*|wonky|crooked|slur\w*|jumbl\w*|muddl\w*|confus\w*|nonsense|gibberish|rubbish|drows\w*|sleepy|faint\w*|dizz\w*|collaps\w*|black\w*|blue|gray|purple|white|yellow|green|red|pale|mottled|blotch\w*|clammy|sweat\w*|shiver\w*|shak\w*|jerk\w*|twitch\w*|stiff\w*|rigid|hard|swell\w*|swollen|puff\w*|bloat\w*|balloon\w*|leak\w*|pour\w*|drip\w*|gush\w*|soak\w*|ooz\w*|burst\w*|split\w*|open\w*|peel\w*|blister\w*|sick|vomit\w*|throw\w*|threw|puk\w*|hot|boiling|fever\w*|cold|freezing|ice|icy|temp\w*|gasp\w*|pant\w*|wheez\w*|chok\w*|froth\w*|foam\w*|drown\w*|cough\w*|bleed\w*|clot\w*|racing|fast|slow|flutter\w*|pound\w*|thump\w*|bang\w*|hit|fell|fall\w*|rolled|dropped|crash\w*|knock\w*|bump\w*|broke\w*|snap\w*|pop\w*|crack\w*|twist\w*|torn|tear\w*|rip\w*|swallow\w*|stuck|stung|bit|bitten|wrong|mistake|accident\w*|double|blur\w*|dark|flash\w*|floater\w*|shadow|curtain|blind\w*|scream\w*|cry\w*|groan\w*|moan\w*|grunt\w*|unwell|ill|terribl\w*|horribl\w*|awful|worse|worst|weird|strange\w*|funny|odd|bad\w*|severe\w*|scared|dying|die|kill\w*|suicid\w*|harm\w*|hit\w*|beat\w*|punch\w*|chok\w*|rap\w*|knife|gun|dehydrat\w*|sunken|thirst\w*|itch\w*|hive\w*|infect\w*|smell\w*|pus|stagger\w*|wobbl\w*|spin\w*|tremb\w*)(?!\S)",
    0,
)
"""Over folded words. Wide on purpose: it only keeps the general complaint from messages that tell nothing."""
