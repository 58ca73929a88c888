"""Rules about single members of a class that a question asks about: of "a beta-blocker" what holds for propranolol alone.

Each member is checked as if it were proposed by itself, so that two members never meet a rule together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chartcite.engine.domain.medication_rules import RuleBook, RuleKind
from chartcite.engine.findings.findings import Findings
from chartcite.engine.medicines.medication_checks import Checked, Met, Open, check, gravest_first
from chartcite.engine.medicines.taken_medicines import Medicine, proposed_medicine

MOST_MEMBERS = 60
"""A class with more members ("antibiotics") is too wide to be judged by them."""
MOST_NAMED = 8
"""Members that a sentence names."""
_KEPT = frozenset(
    {RuleKind.INTERACTION, RuleKind.DISEASE, RuleKind.LABORATORY, RuleKind.KIDNEY, RuleKind.PREGNANCY, RuleKind.AGE}
)
"""What is told of members: an allergy, a duplicate or a burden is the whole class's."""


def check_members(book: RuleBook, findings: Findings, asked: Medicine, others: Sequence[Medicine]) -> Checked:
    """Evaluate the rules for each single medicine below a class that is proposed; nothing where it is no class.

    A rule that several members meet in the same way is returned once, with the names of all of them.
    """
    concepts = findings.lexicon.concepts
    below = frozenset[str]().union(*(findings.lexicon.below(id_) for id_ in asked.ids if concepts[id_].is_class)) - asked.ids
    ruled = frozenset(id_ for rule in book.rules for group in rule.drugs for id_ in group.ids)
    single = sorted(id_ for id_ in below & ruled if not concepts[id_].is_class)
    if len(single) > MOST_MEMBERS:
        return Checked([], [])
    met: list[Met] = []
    left_open: list[Open] = []
    for id_ in single:
        member = proposed_medicine((id_,), findings.lexicon)
        checked = check(book, findings, (*others, member))
        met += [one for one in checked.met if member in one.medicines and one.rule.kind in _KEPT]
        left_open += [one for one in checked.open if one.medicine == member.name and one.rule.kind in _KEPT]
    return Checked(list(gravest_first(_together(met, asked))), left_open)


def without_known(met: Iterable[Met], known: Sequence[Met]) -> list[Met]:
    """Leave out what a rule already says of the whole class."""
    told = {(one.rule.id, tuple(fact.id for fact in one.facts), _taken(one)) for one in known}
    return [one for one in met if (one.rule.id, tuple(fact.id for fact in one.facts), _taken(one)) not in told]


def _together(met: Sequence[Met], asked: Medicine) -> Iterable[Met]:
    """Yield each rule once for all members that meet it with the same medicines and facts."""
    groups: dict[tuple[str, tuple[str, ...], frozenset[str]], list[Met]] = {}
    for one in met:
        groups.setdefault((one.rule.id, tuple(fact.id for fact in one.facts), _taken(one)), []).append(one)
    for same in groups.values():
        names = list(dict.fromkeys(each.name for one in same for each in one.medicines if each.proposed))
        more = " and others" if len(names) > MOST_NAMED else ""
        named = asked._replace(name=f"{asked.name} ({', '.join(names[:MOST_NAMED])}{more})")
        medicines = tuple(dict.fromkeys(named if each.proposed else each for each in same[0].medicines))
        yield same[0]._replace(medicines=medicines)


def _taken(met: Met) -> frozenset[str]:
    return frozenset(one.name for one in met.medicines if not one.proposed)
