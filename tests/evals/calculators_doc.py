"""`python -m tests.evals.calculators_doc`: writes docs/calculators.md out of the calculators' declarations."""

from __future__ import annotations

from itertools import groupby

from chartcite.engine.calculators.declaration import Calculator, Number, YesNo
from chartcite.engine.calculators.reading import accepted, readable
from chartcite.engine.calculators.registry import CALCULATORS

from tests.evals.gold import REPOSITORY

PAGE = REPOSITORY / "docs" / "calculators.md"
HEAD = """# Calculators

{count} scores and formulas. This page is written by `python -m tests.evals.calculators_doc` from their declarations in
`engine/calculators/`; every one is {review}.

```sh
chartcite calculate cockcroft-gault --patient rosa-delgado           # inputs from the chart, each cited
chartcite calculate "child-pugh" --patient george-papadakis --input ascites=mild --input encephalopathy=none
chartcite calculate fib-4 --input age=60 --input "ast=80 U/L" --input "alt=64 U/L" --input "platelets=150 10*9/L"
chartcite calculate --list
chartcite ask "what's her CHA2DS2-VASc?" --patient rosa-delgado
```

- **Inputs.** The newest value in the chart counts; its day and age in days are shown, and one older than the days below is
  marked stale. A value that is given goes first and is marked so. Any unit of the same quantity is taken (`124 umol/L` of
  creatinine); a given number without a unit is in the unit below; a chart's number without a unit is used only
  where all the world writes one unit (electrolytes, heart and breathing rate, INR, pH, coma scale).
- **Missing.** A number, a choice, or a finding of who sees the patient is never assumed: without it there is no result, and the
  refusal names it with what was searched. A yes or no that the chart was searched for in vain counts as no; the result is then
  told as “at least”, with the list of what was not found.
- **Range.** Outside the range below a calculator refuses.
- **Meaning.** Words about a result are those of its source, and are left out where what was not found could change them.
- **Questions.** A result that the chart itself records is told first. What charts hold as measurements (BMI, eGFR, LDL) is
  calculated only where that is asked (“calculate”, “by Cockcroft-Gault”) or nothing is recorded.
- **Checked.** Verification does the formula again and compares the sentence word by word; each input must stand in its source.

Left out, because their tables are not at hand exactly: Martin-Hopkins LDL, PREVENT, APACHE II.

How often they are right on open data: [calculators.json](calculators.json), by `python -m tests.evals.medcalc_calculators`.
"""


def page() -> str:
    """Return the page as it should be."""
    parts = [HEAD.format(count=len(CALCULATORS), review=CALCULATORS[0].review)]
    for topic, found in groupby(CALCULATORS, key=lambda one: one.topic):
        parts.append(f"\n## {topic.capitalize()}\n")
        parts += [_entry(one) for one in found]
    return "".join(parts)


def _entry(one: Calculator) -> str:
    unit = f" ({readable(one.unit)})" if one.unit else ""
    rows = [f"\n### {one.title}{unit}\n", f"`{one.name}`; also {', '.join(f'“{name}”' for name in one.aliases)}.\n"]
    rows += ["| input | what | takes |", "|---|---|---|"]
    for each in one.inputs:
        stale = f"; stale after {each.fresh_days} days" if isinstance(each, Number) and each.concepts else ""
        need = "; optional" if isinstance(each, Number) and each.optional else ""
        seen = "; must be given" if isinstance(each, YesNo) and each.bedside else ""
        rows.append(f"| `{each.name}` | {each.label} | {accepted(each)}{need}{stale}{seen} |")
    rows.append("")
    if one.bands:
        rows.append(f"The source: {'; '.join(band.text for band in one.bands)}.\n")
    if one.notes:
        rows.append(" ".join(one.notes) + "\n")
    rows.append(f"{one.source.shown}\n")
    return "\n".join(rows)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
