"""Red flags of a question: what it tells, what the chart makes of it, and fresh critical values. Read this file first.

Raised by fixed rules outside any model. Each only adds: no words of reassurance, no relative's opinion and no fact of the chart
lowers or removes what another raised. Not yet reviewed by a clinician; `docs/red-flags.md` lists topics, sources and limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chartcite.engine.domain.answers import Audience, RedFlag
from chartcite.engine.findings.chart_look import ChartLook
from chartcite.engine.findings.critical_values import critical_values
from chartcite.engine.language.terminology import Lexicon
from chartcite.engine.questions.persons import Person
from chartcite.engine.red_flags.dangerous_combinations import dangerous_combinations
from chartcite.engine.red_flags.red_flag_advice import advice_for
from chartcite.engine.red_flags.red_flag_cues import RANK
from chartcite.engine.red_flags.red_flag_reading import Heard
from chartcite.engine.red_flags.red_flags import hear, speaks_as_patient, told_topics


def red_flags(question: str, audience: Audience, /, *, lexicon: Lexicon | None = None) -> tuple[RedFlag, ...]:
    """Return the red flags of a question that tells of somebody's state now, most urgent first.

    A patient's words raise them in any tense that is not the past's; a professional's only where they state something of now. A
    question about the record ("was chest pain documented?") raises none.
    """
    return _ordered(_told(hear(question, lexicon), audience))


def flags_of(heard: Heard, audience: Audience, look: ChartLook, person: Person, /) -> tuple[RedFlag, ...]:
    """Return the red flags of a question about a chart, most urgent first, those of the chart with their citations."""
    patient = audience is Audience.PATIENT
    by_patient = speaks_as_patient(heard, audience)
    combined = dangerous_combinations(heard, look, patient=patient, by_patient=by_patient)
    return _ordered((*_told(heard, audience), *combined, *critical_values(look, person, patient=patient)))


def advice(flags: Sequence[RedFlag], audience: Audience, /) -> str:
    """Return what stands before the answer to a patient: the advice of each flag, most urgent first; empty: there is none."""
    return "\n".join(dict.fromkeys(flag.text for flag in flags)) if audience is Audience.PATIENT else ""


def _told(heard: Heard, audience: Audience) -> list[RedFlag]:
    patient = audience is Audience.PATIENT or heard.is_first_person
    topics = told_topics(heard, audience)
    return [RedFlag(name=topic.name, text=advice_for(topic, patient=patient), urgency=topic.urgency) for topic in topics]


def _ordered(flags: Iterable[RedFlag]) -> tuple[RedFlag, ...]:
    return tuple(sorted(flags, key=lambda flag: -RANK[flag.urgency]))
