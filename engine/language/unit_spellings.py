"""How people write units, to UCUM codes.

Three tables, asked in this order: spellings in which the case decides, spellings in which it does not, and words for one
part of a unit (`mcg` of `mcg/kg/min`). A spelling with two readings is in none of them: `G/L` is grams in a laboratory
that prints capitals and 10*9 in Europe, `m/uL` thousands or millions, `K` kelvin or potassium, `MU` milli or million.

Source: UCUM 2.2 (https://ucum.org/ucum) for the codes; spellings from laboratory reports, flowsheets and ISO+ units.
"""

from __future__ import annotations


def _spelled(lines: str) -> dict[str, str]:
    """Read lines `code = spelling ; spelling`. White space inside a spelling does not count."""
    found: dict[str, str] = {}
    for line in lines.strip().splitlines():
        code, _, spellings = line.partition(" = ")
        for spelling in spellings.split(" ; "):
            key = "".join(spelling.split())
            if found.setdefault(key, code.strip()) != code.strip():
                raise ValueError(f"the spelling {key} has two meanings")
    return found


EXACT = _spelled("""
Cel = C
[degF] = F
10*6/uL = M/uL ; M/ul ; M/UL ; M/mcL ; M/mm3 ; M/cumm
10*3/uL = K/uL ; K/mcL ; K/mm3 ; K/cumm
10*12/L = T/L ; T/l ; Tpt/L ; Tpt/l
10*9/L = Gpt/L ; Gpt/l
mmol/L = mM
umol/L = uM
nmol/L = nM
pmol/L = pM
s = S
""")
"""Spellings in which capitals decide."""

WHOLE = _spelled("""
Cel = °c ; degc ; deg c ; cel ; celsius ; degrees celsius ; degree celsius ; degrees c
[degF] = °f ; degf ; deg f ; [degf] ; fahrenheit ; degrees fahrenheit ; degree fahrenheit ; degrees f
/min = bpm ; beats/min ; beat/min ; beats/minute ; beats per minute ; breaths/min ; breath/min ; breaths/minute
/min = breaths per minute ; br/min ; resp/min ; resps/min ; respirations/min ; respirations per minute ; rpm ; per min
/min = per minute ; {beats}/min ; {breaths}/min ; {beat}/min ; {resp}/min ; {h.b.}/min ; 1/min ; min-1 ; min^-1 ; counts/min
/min = count/min
L/min = lpm ; litres per minute ; liters per minute
mm/h = mm/1hr ; mm/1h
10*3/uL = k/ul ; k/mcl ; k/mm3 ; k/cumm ; k/cu mm ; thou/ul ; thou/mcl ; thou/mm3 ; thou/cumm ; thous/ul ; thous/mcl
10*3/uL = thousand/ul ; thousand/mcl ; thousands/ul ; thousands/mcl ; th/ul ; th/mm3 ; tho/ul ; 1000/ul ; x1000/ul ; 1000/mm3
10*3/uL = k/microliter ; kcells/ul ; k/cmm ; thousand/mm3
10*6/uL = million/ul ; million/mcl ; millions/ul ; mil/ul ; mil/mcl ; mill/ul ; mill/mcl ; mill/mm3 ; mill/cumm ; mil/mm3
10*6/uL = million/mm3 ; million/cumm ; mln/ul ; mio/ul ; mio/mm3
10*9/L = giga/l ; bil/l ; billion/l ; gpt/l
10*12/L = tera/l ; trillion/l ; tpt/l
/uL = cells/ul ; cell/ul ; cells/mcl ; cells/mm3 ; cell/mm3 ; cells/cumm ; cells/cu mm ; cells/cmm ; cells/microliter ; #/ul
/uL = /cumm ; /cu mm ; /mm3 ; /cmm ; 1/ul ; {cells}/ul ; {cell}/ul ; count/ul ; per ul
/[HPF] = /hpf ; per hpf ; #/hpf ; cells/hpf ; wbc/hpf ; rbc/hpf ; /high power field ; /{hpf} ; {cells}/[hpf] ; {#}/[hpf]
/[HPF] = /[hpf] ; hpf
/[LPF] = /lpf ; per lpf ; #/lpf ; /low power field ; /{lpf} ; casts/lpf ; {#}/[lpf] ; /[lpf] ; lpf
% = percent ; pct ; per cent ; % of total hgb ; % of total hb ; % of total hemoglobin ; %hb ; %hgb ; %hba1c ; % ngsp ; %ngsp
% = %a1c ; %o2 ; %sat ; % saturation ; %{hb} ; %{saturation}
{INR} = inr ; {inr}
{ratio} = ratio ; {ratio}
{score} = score ; {score} ; (score) ; points ; point ; {points}
{T-score} = t-score ; t score ; {t-score} ; {t score} ; {tscore}
{Z-score} = z-score ; z score ; {z-score} ; {z score} ; {zscore}
{titer} = titer ; titre ; {titer}
{copies}/mL = copies/ml ; copy/ml ; cp/ml ; cps/ml ; {copies}/ml ; {copy}/ml ; vp/ml
[pH] = ph ; [ph] ; ph units ; ph unit
[CFU]/mL = cfu/ml ; [cfu]/ml ; {cfu}/ml
{pack-years} = pack years ; pack-years ; pack-year ; pack year ; {pack-years} ; {packyears}
{pack}/d = packs/day ; pack/day ; packs per day ; ppd ; {packs}/d ; {pack}/d
ng/mL{FEU} = ng/ml feu ; ng feu/ml ; ng{feu}/ml ; ng/ml{feu} ; ng/ml (feu)
ug/mL{FEU} = ug/ml feu ; ug feu/ml ; ug{feu}/ml ; ug/ml{feu} ; mcg/ml feu ; mcg feu/ml ; mcg/ml (feu) ; ug/ml (feu)
mg/L{FEU} = mg/l feu ; mg feu/l ; mg{feu}/l ; mg/l{feu} ; mg/l (feu)
ng/mL{DDU} = ng/ml ddu ; ng ddu/ml ; ng{ddu}/ml ; ng/ml{ddu}
mg/g = mg/g creat ; mg/g creatinine ; mg/gcr ; mg/g{creat} ; mg/g cr ; mg/g{creatinine}
ug/mg = mcg/mg creat ; ug/mg creat ; ug/mg{creat} ; mcg/mg creatinine ; ug/mg creatinine
mg/mmol = mg/mmol creat ; mg/mmol{creat} ; mg/mmol creatinine
mmol/mol = mmol/mol hb ; mmol/mol{hb} ; mmol/mol hgb ; mmol/mol ifcc
mm[Hg] = mmhg ; mm hg ; mm[hg] ; torr ; millimeters of mercury ; millimetres of mercury
cm[H2O] = cmh2o ; cm h2o ; cm[h2o] ; cm water
m[IU]/L = miu/l ; m[iu]/l
u[IU]/mL = uiu/ml ; u[iu]/ml ; mciu/ml ; microiu/ml ; mcu/ml ; uu/ml
[IU]/L = iu/l ; i.u./l ; [iu]/l ; intl units/l
kg/m2 = kg per m2 ; kg/sqm ; kg/sq m ; kg/sq.m
g/dL = g% ; gm% ; gms%
mg/dL = mg%
""")
"""Spellings in any case, without white space."""

PARTS = _spelled("""
g = gm ; gms ; gram ; grams ; gramme ; grammes
mg = mgs ; mgm ; milligram ; milligrams ; mgr
ug = mcg ; mcgs ; microg ; microgram ; micrograms ; ugm
ng = nanogram ; nanograms ; ngm
pg = picogram ; picograms
kg = kgs ; kilo ; kilos ; kilogram ; kilograms ; kgm
[lb_av] = lb ; lbs ; pound ; pounds ; lb. ; lbs. ; lb_av ; [lb_us]
[oz_av] = oz ; ounce ; ounces ; oz. ; oz_av
[stone_av] = stone ; stones
[in_i] = in ; inch ; inches ; in. ; in_i ; [in_us]
[ft_i] = ft ; foot ; feet ; ft. ; ft_i ; [ft_us]
[foz_us] = floz ; fl.oz ; fl.oz. ; fluidounce ; fluidounces
m = meter ; meters ; metre ; metres
cm = cms ; centimeter ; centimeters ; centimetre ; centimetres ; cm.
mm = millimeter ; millimeters ; millimetre ; millimetres
L = l ; liter ; liters ; litre ; litres ; ltr ; dm3
dL = dl ; deciliter ; deciliters ; decilitre
mL = ml ; mls ; cc ; cm3 ; cm^3 ; milliliter ; milliliters ; millilitre ; millilitres ; ccs
uL = ul ; mcl ; microl ; microliter ; microliters ; microlitre ; mm3 ; mm^3 ; cumm ; cmm
fL = fl ; femtoliter ; femtoliters ; femtolitre ; um3 ; um^3
pL = pl
nL = nl
m2 = m^2 ; sqm ; sq.m
cm2 = cm^2 ; sqcm
mol = mole ; moles
mmol = mmols ; mmole ; mmoles ; millimole ; millimoles ; millimol
umol = mcmol ; umols ; micromol ; micromole ; micromoles
nmol = nanomol ; nanomole ; nanomoles
pmol = picomol ; picomole ; picomoles
eq = equivalent ; equivalents
meq = meqs ; mequiv ; milliequivalent ; milliequivalents ; mval
ueq = mceq
mosm = mosmol ; mosmole ; mosmoles ; mosmols ; milliosmole ; milliosmoles
[IU] = iu ; i.u. ; intlunits ; intlunit ; internationalunit ; internationalunits ; [iu]
m[IU] = m[iu]
u[IU] = uiu ; mciu ; u[iu]
k[IU] = kiu ; k[iu]
U = u ; unit ; units
s = s ; sec ; secs ; second ; seconds ; sec.
ms = msec ; msecs ; millisecond ; milliseconds
min = mins ; minute ; minutes ; min.
h = hr ; hrs ; hour ; hours ; hr. ; 1hr ; 1h
d = day ; days ; 24h ; 24hr ; 24hrs ; 24.h ; (24.h) ; 24hour ; 24hours ; (24h)
wk = wks ; week ; weeks
mo = mos ; mos. ; mon ; mth ; mths ; month ; months
a = yr ; yrs ; year ; years ; annum
kcal = kilocalorie ; kilocalories
kPa = kilopascal ; kilopascals
Hz = hertz
% = percent
""")
"""Words for one part of a unit, in any case."""

CAPITALS = _spelled("""
g = G
h = H
d = D
kg = KG ; Kg
mg = MG ; Mg
ug = UG ; Ug
ng = NG ; Ng
pg = PG ; Pg
m[IU] = mIU
kU = KU
mm = MM
cm = CM ; Cm
mol = MOL
mmol = MMOL ; Mmol
umol = UMOL ; Umol
nmol = NMOL ; Nmol
pmol = PMOL ; Pmol
meq = MEQ ; mEq ; mEQ ; Meq ; MEq
ueq = UEQ ; uEq
eq = Eq ; EQ
mosm = MOSM ; mOsm ; MOsm ; mOsmol
kat = KAT
ukat = UKAT
kPa = KPA ; kpa ; Kpa
kcal = KCAL ; Kcal
min = MIN
wk = WK
mo = MO
ms = MS
m2 = M2
cm2 = CM2
""")
"""A part in the capitals of old printers, and other case slips with one reading only inside a compound unit."""

CAPITALS_ALONE = frozenset(
    {
        "KG",
        "Kg",
        "MG",
        "UG",
        "NG",
        "PG",
        "MM",
        "CM",
        "Cm",
        "mIU",
        "KU",
        "MMOL",
        "UMOL",
        "NMOL",
        "PMOL",
        "MEQ",
        "mEq",
        "mEQ",
        "Meq",
        "MEq",
        "MIN",
        "MOSM",
        "mOsm",
        "MOsm",
        "mOsmol",
        "Eq",
        "EQ",
        "KPA",
        "kpa",
        "Kpa",
        "KCAL",
        "Kcal",
        "M2",
        "CM2",
        "WK",
    }
)
"""Those of `CAPITALS` that have one reading also where they are the whole unit."""

NEUTRAL_ANNOTATIONS = frozenset(
    {
        "{creat}",
        "{creatinine}",
        "{cells}",
        "{cell}",
        "{beats}",
        "{breaths}",
        "{#}",
        "{count}",
        "{rbc}",
        "{wbc}",
        "{wbcs}",
        "{protein}",
        "{hb}",
        "{hgb}",
        "{hemoglobin}",
        "{total}",
        "{ngsp}",
        "{ifcc}",
        "{plasma}",
        "{serum}",
        "{urine}",
    }
)
"""UCUM annotations that change nothing about what is measured. Others (`{FEU}`, `{1.73_m2}`) keep quantities apart."""

AMBIGUOUS = frozenset({"G/L", "G/l", "m/uL", "m/ul", "m/mcL", "m/mcl", "m/mm3", "m/cumm"})
"""Spellings with two readings that would otherwise be put together from their parts."""
