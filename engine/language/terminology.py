"""Words that mean the same: lexicon concepts, their relations, and how texts and codes are linked to them.

The lexicon is a reviewed table (corpora/terminology); the displays of the chart itself stand beside it, so that a concept
that nobody listed is still found. Pure: reads no files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple

from chartcite.engine.domain.records import CodedConcept, Frozen
from chartcite.engine.language.denied_names import denied_parts, read_denial
from rapidfuzz.distance import DamerauLevenshtein

SYSTEMS = {
    "http://loinc.org": "loinc",
    "http://snomed.info/sct": "snomed",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "rxnorm",
    "http://hl7.org/fhir/sid/icd-10-cm": "icd10cm",
    "http://hl7.org/fhir/sid/icd-10": "icd10cm",
    "http://hl7.org/fhir/sid/cvx": "cvx",
    "http://www.whocc.no/atc": "atc",
    "http://hl7.org/fhir/sid/icd-9-cm": "icd9cm",
    "http://hl7.org/fhir/sid/ndc": "ndc",
    "http://www.ama-assn.org/go/cpt": "cpt",
    "urn:oid:2.16.840.1.113883.6.1": "loinc",
    "urn:oid:2.16.840.1.113883.6.96": "snomed",
    "urn:oid:2.16.840.1.113883.6.88": "rxnorm",
    "urn:oid:2.16.840.1.113883.6.90": "icd10cm",
    "urn:oid:2.16.840.1.113883.6.103": "icd9cm",
    "urn:oid:2.16.840.1.113883.6.104": "icd9cm",
    "urn:oid:2.16.840.1.113883.6.69": "ndc",
    "urn:oid:2.16.840.1.113883.6.12": "cpt",
    "urn:oid:2.16.840.1.113883.12.292": "cvx",
}
"""Code systems by their FHIR names, to the short names of the lexicon."""


class ConceptKind(StrEnum):
    """The table a concept stands in."""

    MEASUREMENT = "measurement"
    CONDITION = "condition"
    DRUG = "drug"
    PROCEDURE = "procedure"
    VACCINE = "vaccine"


def _is_wordless(concept: CodedConcept) -> bool:
    """Say whether a concept is a code alone, named by itself for want of words: `http://loinc.org|75622-1`."""
    codes = {f"{each.system}|{each.code}" for each in concept.codings}
    return concept.text in codes and not any(each.display for each in concept.codings)


class LexiconConcept(Frozen):
    """A concept with the words and codes people use for it."""

    id: str
    kind: ConceptKind
    name: str
    codes: tuple[str, ...] = ()
    """`system:code` with the lexicon's short system names."""
    surfaces: tuple[str, ...] = ()
    """Name, synonyms, lay words and brands, as written."""
    lay: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    is_class: bool = False


class Token(NamedTuple):
    """A word of a text in the form used for matching, with its character range."""

    form: str
    start: int
    end: int


class Mention(NamedTuple):
    """Concepts named by a run of tokens."""

    ids: tuple[str, ...]
    first: int
    last: int
    """Token range, end exclusive."""


_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)?(?:['’](?:s|t|re|ve|ll|d)\b)?", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s$")
_SEMANTIC_TAG = re.compile(
    r"\s*\((?:disorder|finding|procedure|situation|regime/therapy|observable entity|qualifier value|substance|organism|"
    r"morphologic abnormality|event|person|environment|product|medicinal product|occupation|record artifact|"
    r"physical object|assessment scale|body structure)\)",
    re.IGNORECASE,
)
_SHORTHAND_BEHIND = re.compile(r"([^()]+?)\s*\(([A-Z]{3,})\)")
"""A name with capitals in brackets behind it: of a laboratory or of a service."""
_TWICE = re.compile(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_SPECIMEN = re.compile(
    r"\s*\((?:whole |venous )?(?:blood|serum|plasma|automated|manual)\)|,\s*(?:serum|plasma|whole blood)$", re.IGNORECASE
)
"""What a laboratory adds to the name of a test that is done in blood as a rule."""
_SPELLINGS = (
    ("haem", "hem"), ("anaem", "anem"), ("oedem", "edem"), ("oesoph", "esoph"), ("paed", "ped"), ("diarrhoea", "diarrhea"),
    ("gynaec", "gynec"), ("orthopaed", "orthoped"), ("glycaem", "glycem"), ("kalaem", "kalem"), ("natraem", "natrem"),
    ("lipidaem", "lipidem"), ("uraem", "urem"), ("leukaem", "leukem"), ("septicaem", "septicem"), ("ischaem", "ischem"),
    ("tumour", "tumor"), ("colour", "color"), ("fibre", "fiber"), ("litre", "liter"), ("sulph", "sulf"), ("faec", "fec"),
    ("caec", "cec"), ("foet", "fet"), ("caesar", "cesar"), ("dyspnoea", "dyspnea"), ("apnoea", "apnea"), ("rrhoea", "rrhea"),
    ("immunis", "immuniz"), ("hospitalis", "hospitaliz"), ("catheteris", "catheteriz"), ("immunisation", "immunization"),
    ("vaccinat", "vaccinat"), ("aetiolog", "etiolog"), ("anaesth", "anesth"), ("bilirubinaem", "bilirubinem"),
    ("lvl", "level"),
)  # fmt: skip
"""British to American spelling, so that both meet."""
_KEEP_S = frozenset({"pancreas", "diabetes", "herpes", "series", "pus", "ms", "gas", "lupus", "is", "was", "has", "his", "this"})


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return the matching form of a word: lower case, American spelling, without plural and possessive."""
    form = _POSSESSIVE.sub("", word.lower().replace("’", "'"))
    for british, american in _SPELLINGS:
        if british in form:
            form = form.replace(british, american)
    if len(form) > 3 and form.endswith("s") and not form.endswith(("ss", "us", "is")) and form not in _KEEP_S:
        form = form[:-3] + "y" if form.endswith("ies") and len(form) > 4 else form[:-1]
    return form


def tokenize(text: str) -> list[Token]:
    """Cut a text into words with their character ranges."""
    return [Token(fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


@lru_cache(maxsize=65536)
def forms(text: str) -> tuple[str, ...]:
    """Return the matching forms of a text's words."""
    return tuple(map(fold, _WORD.findall(text)))


def _capitals_of(concepts: Iterable[LexiconConcept], lower_case: set[tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Return abbreviations in capitals that end in S, by the form that they share with a plural: `aid` is AIDS, and aids."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for surface in (surface for concept in concepts for surface in (concept.name, *concept.surfaces)):
        run = forms(surface)
        if surface.isupper() and surface.isalpha() and len(run) == 1 and run[0] != surface.lower() and run not in lower_case:
            found[run[0]].add(surface)
    return {form: frozenset(written) for form, written in found.items()}


_DENYING = frozenset({"without", "no", "not", "non", "never"})
_PLACES = frozenset(
    """left right bilateral both upper lower middle lobe distal proximal medial lateral anterior posterior unspecified nos mild moderate severe""".split()
)
"""Words that say where or how much within a name, and not what."""


def _without_place(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name without those of `_PLACES`: "neoplasm of right upper lobe of lung" is one of the lung."""
    kept = [word for word in words if word not in _PLACES]
    return tuple(word for place, word in enumerate(kept) if place == 0 or word != kept[place - 1])


_OF_A_CAUSE = re.compile(
    r"(?:post[- ]?\w+|\w+-(?:induced|related|associated)) (?P<thing>[^,;()]+)"
    r"|(?P<told>[^,;()]+?) (?:due to|secondary to|caused by|as a result of|in the setting of|after|following) .+",
    re.IGNORECASE,
)
"""A name that tells a problem with what it came of."""
_METHODS = frozenset(
    "ckd epi 2009 2021 mdrd schwartz cockcroft gault cystatin calculated calc estimated measured derived direct indirect ifcc dcct"
    " ngsp total serum plasma blood venous capillary arterial fingerprick poct lab random fasting fasted nonfasting automated auto"
    " manual clauss enzymatic jaffe hplc naat pcr elisa immunoassay friedewald 25 oh d hoist bed chair floor standing sitting"
    " scale scales weighed reported self home clinic office tympanic oral axillary rectal temporal corrected adjusted".split()
)
"""Words in brackets behind the name of a test that say how, where or in what it was measured, and not what."""
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


def _without_method(name: str) -> str:
    """Return a name without the brackets that only say how something was measured: "eGFR (CKD-EPI)", "Weight (hoist scale)"."""

    def kept(found: re.Match[str]) -> str:
        return " " if set(forms(found[1])) <= _METHODS else found[0]

    return " ".join(_IN_BRACKETS.sub(kept, name).split())


_GIVEN = ("shot", "jab", "injection")


def _given(surface: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the other ways to call what is given by needle: "B12 shot", "B12 jab"."""
    if len(surface) < 2 or surface[-1] not in _GIVEN:
        return []
    return [(*surface[:-1], other) for other in _GIVEN if other != surface[-1]]


_MOST_WORDS = 9
"""Words of a name, at most, of which parts are looked for in any order."""
_LINKING = frozenset("of in with and the by for to on from or at as using via due other".split())
_ACTS = {
    other: act
    for act, others in {
        "insertion": "placement implantation implant inserted placed insert",
        "removal": "removed extraction excision resection excised",
        "repair": "repaired closure closed suture suturing",
        "replacement": "replaced",
        "biopsy": "biopsied",
        "drainage": "drained drain",
        "injection": "injected",
        "test": "measurement measured level assay determination",
    }.items()
    for other in others.split()
}
"""Words for the same act or measurement."""


def _gist(words: Iterable[str]) -> frozenset[str]:
    """Return the words of a name that carry it, each act under one word."""
    return frozenset(_ACTS.get(word, word) for word in words if word not in _LINKING and word not in _PLACES)


def _without_denied(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name before it denies something: "varices without bleeding"."""
    ends = next((place for place, word in enumerate(words) if word in _DENYING), len(words))
    return words[:ends]


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words


def plain_display(text: str) -> str:
    """Return a display without SNOMED CT's semantic tag."""
    return _SEMANTIC_TAG.sub("", text).strip()


_FORMS_OF_DRUGS = frozenset(
    "implant patch pill coil ring rod shot jab injection pen spray inhaler puffer drop cream gel tablet".split()
)
"""Words for the form of a medicine by which people call one: beside a substance they name none."""
_LEAST_CUT = 5
_LEAST_KNOWN = 3
"""Letters of a word that tells something of a name; fewer stand for a specimen: "S-", "fP-"."""
"""Letters of a word cut short, at least, by which a question names one thing."""
_LEAST_BEGINNING = 6
"""Letters of a word that is cut short, at least, by which it is still known."""


def _consonants(word: str) -> str:
    """Return the consonants of a word, a doubled one once."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouy]", "", word))


_SIDE_OF_LIMB = re.compile(
    r"\b(?:[LR]t?|left|right)\.? (?=(?:distal |proximal )?(?:tibia|fibula|femur|radius|ulna|humerus|clavicle|wrist|ankle|knee|hip|shoulder|elbow)\b)",
    re.IGNORECASE,
)
"""A side within a name: an "IM nail L tibia" is a nail of the tibia."""


class Lexicon:
    """All concepts, by words, by codes and by relation."""

    def __init__(self, concepts: Iterable[LexiconConcept], treatments: Iterable[tuple[str, str]] = ()) -> None:
        self.concepts = {concept.id: concept for concept in concepts}
        self._by_surface: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._by_code: dict[str, list[str]] = defaultdict(list)
        self._children: dict[str, list[str]] = defaultdict(list)
        self._treatments: dict[str, list[str]] = defaultdict(list)
        for concept_id, drug_class in treatments:
            self._treatments[concept_id].append(drug_class)
        lower_case: set[tuple[str, ...]] = set()
        for concept in self.concepts.values():
            # Without its article: "the flu" would hide the flu vaccine behind it.
            names = [_without_article(forms(surface)) for surface in (concept.name, *concept.surfaces)]
            for surface in dict.fromkeys([*names, *(other for name in names for other in _given(name))]):
                if surface:
                    self._by_surface[surface].append(concept.id)
            lower_case |= {forms(name) for name in (concept.name, *concept.surfaces) if not name.isupper()}
            for code in concept.codes:
                self._by_code[code].append(concept.id)
            for parent in concept.parents:
                self._children[parent].append(concept.id)
        for concept in self.concepts.values():
            bare = forms(_IN_BRACKETS.sub("", concept.name))
            if bare and bare not in self._by_surface:  # "bicarbonate (total carbon dioxide)" is called bicarbonate
                self._by_surface[bare].append(concept.id)
        self._by_category = self._sole_categories()
        self._combinations = self._combined()
        self._capitals = _capitals_of(self.concepts.values(), lower_case)
        self._acronyms = {run[0] for run in self._by_surface if len(run) == 1 and run not in lower_case}
        self._words = {word for run in self._by_surface for word in run}
        self._longest: dict[str, int] = {}
        for run in self._by_surface:
            self._longest[run[0]] = max(len(run), self._longest.get(run[0], 0))
        self._links: dict[CodedConcept, dict[str, int]] = {}

    def _combined(self) -> dict[str, frozenset[str]]:
        """Return the combinations of medicines with their ingredients: "fluticasone/umeclidinium/vilanterol"."""
        found: dict[str, frozenset[str]] = {}
        for concept in self.concepts.values():
            parts = [self._by_surface.get(forms(part), []) for part in concept.name.split("/")] if "/" in concept.name else []
            single = [next((id_ for id_ in ids if self.concepts[id_].kind is ConceptKind.DRUG), "") for ids in parts]
            if concept.kind is ConceptKind.DRUG and len(single) > 1 and all(single):
                found[concept.id] = frozenset(single)
        return found

    def _sole_categories(self) -> dict[str, str]:
        """Return the ICD-10 categories (three characters) of which the lexicon knows one concept only: its finer codes mean it."""
        known: dict[str, set[str]] = defaultdict(set)
        for code, ids in self._by_code.items():
            system, _, written = code.partition(":")
            if system == "icd10cm":
                known[written[:3]].update(ids)
        return {category: next(iter(ids)) for category, ids in known.items() if len(ids) == 1}

    @cached_property
    def _vocabulary(self) -> dict[int, list[str]]:
        """Words of the surfaces long enough to be recognised in spite of a typing error, by length."""
        words = {word for surface in self._by_surface for word in surface if len(word) >= 5 and word.isalpha()}
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(words):
            by_length[len(word)].append(word)
        return by_length

    def has_word(self, word: str) -> bool:
        """Say whether a folded word stands in some surface, alone or among others."""
        return word in self._words

    def named_by(self, word: str) -> frozenset[str]:
        """Return the concepts that a folded word alone names, or begins to name ("anticoag"), with everything under them."""
        ids = list(self._by_surface.get((word,), ()))
        if not ids and len(word) >= _LEAST_BEGINNING:
            ids = [id_ for run, known in self._by_surface.items() if len(run) == 1 and run[0].startswith(word) for id_ in known]
        return frozenset[str]().union(*(self.below(id_) for id_ in ids)) if ids else frozenset()

    def complete(self, word: str) -> str | None:
        """Return the one word that a folded word is cut short from ("anticoag"), if it names one thing."""
        if len(word) < _LEAST_CUT or not word.isalpha():
            return None
        longer = [run[0] for run in self._by_surface if len(run) == 1 and len(run[0]) > len(word) and run[0].startswith(word)]
        shortest = min(longer, key=lambda known: (len(known), known), default=None)
        if shortest is None:
            return None
        stem = shortest[: max(len(word), len(shortest) - 4)]
        return shortest if all(known.startswith(stem) for known in longer) else None

    def brands_written(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return the names of several words that some folded words are, each word written with a capital: "Night Nurse"."""
        return tuple(
            surface
            for surface in self.surfaces(self._by_surface.get(words, ()))
            if forms(surface) == words and all(word[0].isupper() for word in surface.split())
        )

    def is_acronym(self, word: str) -> bool:
        """Say whether a folded word names something only as an abbreviation in capitals."""
        return word in self._acronyms

    def is_capital_plural(self, word: str) -> bool:
        """Say whether a folded word names something only as an abbreviation in capitals that ends in S."""
        return word in self._capitals

    def mentions(self, words: Sequence[str], *, extra: dict[tuple[str, ...], tuple[str, ...]] | None = None) -> Iterator[Mention]:
        """Yield the concepts that a run of folded words names: longest first from the left, without overlap."""
        others = extra or {}
        longest_other: dict[str, int] = {}
        for run in others:
            longest_other[run[0]] = max(len(run), longest_other.get(run[0], 0))
        position = 0
        while position < len(words):
            word = words[position]
            longest = max(self._longest.get(word, 0), longest_other.get(word, 0))
            for length in range(min(longest, len(words) - position), 0, -1):
                run = tuple(words[position : position + length])
                ids = tuple(self._by_surface.get(run, ())) or others.get(run, ())
                if ids:
                    yield Mention(ids, position, position + length)
                    position += length
                    break
            else:
                position += 1

    def correct(self, word: str) -> str | None:
        """Return the one lexicon word that differs from `word` by a typing error, if there is exactly one best."""
        if len(word) < 5 or not word.isalpha():
            return None
        allowed = 1 if len(word) < 9 else 2
        best: list[str] = []
        best_distance = allowed + 1
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for known in self._vocabulary.get(length, ()):
                # People rarely mistype the first letter: keeping it fixed avoids most wrong corrections.
                if known[0] != word[0]:
                    continue
                distance = DamerauLevenshtein.distance(word, known, score_cutoff=best_distance)
                if distance < best_distance:
                    best, best_distance = [known], distance
                elif distance == best_distance and distance <= allowed:
                    best.append(known)
        if len(best) > 1:  # vowels are mistaken for each other more often than consonants
            best = [known for known in best if _consonants(known) == _consonants(word)]
        return best[0] if len(best) == 1 and best_distance <= allowed else None

    @lru_cache(maxsize=4096)  # noqa: B019  one lexicon lives as long as the process
    def below(self, id_: str) -> frozenset[str]:
        """Return the concept with everything under it."""
        found, waiting = {id_}, [id_]
        while waiting:
            for child in self._children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return frozenset(found)

    @lru_cache(maxsize=4096)  # noqa: B019  one lexicon lives as long as the process
    def above(self, id_: str) -> frozenset[str]:
        """Return the concept with every class over it."""
        found, waiting = {id_}, [id_]
        while waiting:
            concept = self.concepts.get(waiting.pop())
            for parent in concept.parents if concept else ():
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        return frozenset(found)

    def treatments_of(self, ids: Iterable[str], *, widest: int | None = None) -> frozenset[str]:
        """Return the drug classes (with everything under them) by which a condition, or what a measurement watches, is treated.

        `widest`: only those of kinds with at most so many problems under them ("a disease of the gut" has too many).
        """
        over = {above for id_ in ids for above in self.above(id_) if widest is None or len(self.below(above)) <= widest}
        return frozenset[str]().union(*(self.below(drug_class) for id_ in over for drug_class in self._treatments.get(id_, ())))

    def own_treatments_of(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the drug classes that treat just these, and not a wider kind of them: an acid suppressant is for no nausea."""
        own = [drug_class for id_ in ids for drug_class in self._treatments.get(id_, ())]
        return frozenset[str]().union(*(self.below(drug_class) for drug_class in own))

    def link(self, concept: CodedConcept) -> dict[str, int]:
        """Return the lexicon ids that a chart's concept means: 2 = by code or exactly by words, 1 = named inside its words.

        What a whole name denies is what it means ("stroke ruled out" is about stroke): the fact's assertion says that it is absent.
        """
        cached = self._links.get(concept)
        if cached is None:
            cached = self._links[concept] = self._link(concept)
        return cached

    def _link(self, concept: CodedConcept) -> dict[str, int]:
        names = tuple(
            dict.fromkeys(plain_display(name) for name in (concept.text, *(c.display for c in concept.codings)) if name)
        )
        names = tuple(denial.thing if (denial := read_denial(name)) else name for name in names)
        meant = self._meant(concept, names)
        if meant:
            return meant
        contained = self._contained(names) | self._apart_from_cause(names)
        coarse = all(self.concepts[id_].is_class for id_ in contained)
        finer = self._reworded(names) if coarse else {}
        if contained:  # a finer name must be one of the class that is named
            finer = {id_: strength for id_, strength in finer.items() if contained.keys() & self.above(id_)}
        found = finer or contained
        denied = self._denied(names) if found else frozenset[str]()
        return {id_: strength for id_, strength in found.items() if id_ not in denied}

    def _apart_from_cause(self, names: tuple[str, ...]) -> dict[str, int]:
        """Return the problem that names mean besides its cause: "post-stroke epilepsy" is an epilepsy, and no stroke."""
        bare = (match["thing"] or match["told"] for name in names if (match := _OF_A_CAUSE.fullmatch(name)))
        ids = (id_ for thing in bare for id_ in self._by_surface.get(forms(thing), ()))
        return {id_: 2 for id_ in ids if self.concepts[id_].kind is ConceptKind.CONDITION}

    def _denied(self, names: tuple[str, ...]) -> frozenset[str]:
        """Return what names say is not there: "elevated blood pressure without diagnosis of hypertension" is no hypertension."""
        runs = [forms(name) for name in names]
        after = [run[len(_without_denied(run)) + 1 :] for run in runs]
        after += [forms(part) for name in names for part in denied_parts(name)]
        return frozenset(id_ for run in after for mention in self.mentions(run) for id_ in mention.ids)

    def _reworded(self, names: tuple[str, ...]) -> dict[str, int]:
        """Return what names hold in another order or with other words for the same act: "tube placement" for "insertion of tubes"."""
        found: dict[str, int] = {}
        for name in names:
            said = sorted(_gist(_without_denied(forms(name))))
            if not 1 < len(said) <= _MOST_WORDS:
                continue
            for length in range(min(4, len(said)), 1, -1):
                ids = [id_ for words in combinations(said, length) for id_ in self._by_gist.get(words, ())]
                if ids:
                    found |= dict.fromkeys(ids, 1)
                    break
        return found

    @cached_property
    def _by_gist(self) -> dict[tuple[str, ...], list[str]]:
        """Concepts by the words that carry their names of several words, sorted."""
        by_gist: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for run, ids in self._by_surface.items():
            gist = _gist(run)
            if len(gist) > 1 and not _DENYING & set(run):
                by_gist[tuple(sorted(gist))] += [id_ for id_ in ids if not self.concepts[id_].is_class]
        return by_gist

    def _meant(self, concept: CodedConcept, names: tuple[str, ...]) -> dict[str, int]:
        """Return what a concept means by code, by its whole name, by its name without the place, or by its ICD-10 category."""
        found: dict[str, int] = {}
        said = {word[:5] for name in names for word in forms(name)}
        coded = [
            id_
            for coding in concept.codings
            for id_ in self._by_code.get(f"{SYSTEMS.get(coding.system, coding.system)}:{coding.code}", ())
        ]
        for id_ in coded:
            # A code whose words have nothing in common with the display is somebody's mistake: the words decide.
            if said & self._word_starts(id_) or _is_wordless(concept):
                found[id_] = 2
        for name in names:
            for id_ in self._by_surface.get(forms(name), ()):
                found.setdefault(id_, 2)
        if not found:
            for name in names:
                found |= dict.fromkeys(self._by_surface.get(_without_place(forms(name)), ()), 2)
        if not found:
            bare = (bare for name in names if (bare := self._without_unheard(name)))
            ids = {id_ for name in bare for id_ in self._by_surface.get(forms(name), ())}
            found = {id_: 2 for id_ in ids if self.concepts[id_].kind is ConceptKind.MEASUREMENT}
        if not found:
            measured = (id_ for name in names for id_ in self._by_surface.get(forms(_without_method(name)), ()))
            found |= {id_: 2 for id_ in measured if self.concepts[id_].kind is ConceptKind.MEASUREMENT}
        if not found:
            found = {id_: 2 for name in names for id_ in (*self._measured_in(name), *self._named_twice(name))}
        if not found:
            finer = (self._by_category.get(c.code[:3]) for c in concept.codings if SYSTEMS.get(c.system) == "icd10cm")
            found = {id_: 2 for id_ in finer if id_ is not None and said & self._word_starts(id_)}
        if not found and not any(self._knows(word) for name in names for word in forms(name)):
            # "P-Krea", "B-Trom": what a laboratory calls its tests gainsays no code where the words mean nothing here.
            found = {id_: 2 for id_ in coded if self.concepts[id_].kind is ConceptKind.MEASUREMENT}
        return found

    def _without_unheard(self, name: str) -> str:
        """Return a name without what stands in brackets behind it, where those capitals mean nothing: "Neuts (ZTAS)"."""
        match = _SHORTHAND_BEHIND.fullmatch(name)
        return "" if match is None or any(word in self._words for word in forms(match[2])) else match[1]

    def _named_twice(self, name: str) -> Iterator[str]:
        """Yield what a name means that says it again in brackets: "Haemoglobin (Hb)", "Blood urea (BUN)"."""
        twice = _TWICE.fullmatch(name)
        if twice is not None:
            again = self._by_surface.get(forms(twice[2]), ())
            yield from (id_ for id_ in self._by_surface.get(forms(twice[1]), ()) if id_ in again)

    def _measured_in(self, name: str) -> Iterator[str]:
        """Yield the test that a name means apart from the specimen in brackets: "tacrolimus trough (whole blood)"."""
        bare = _SPECIMEN.sub("", name).strip()
        for id_ in self._by_surface.get(forms(bare), ()) if bare != name else ():
            if self.concepts[id_].kind is ConceptKind.MEASUREMENT:
                yield id_

    def _knows(self, word: str) -> bool:
        return len(word) >= _LEAST_KNOWN and word in self._words

    def _contained(self, names: tuple[str, ...]) -> dict[str, int]:
        """Return what names hold: a medicine's ingredients (and the combination they make), else what is named among other words."""
        found: dict[str, int] = {}
        by_substance: set[str] = set()
        for named in names:
            name = _SIDE_OF_LIMB.sub("", named)
            tokens = tokenize(name)
            words = [token.form for token in tokens]
            for mention in self.mentions(words):
                if mention.first and words[mention.first - 1] in _DENYING:
                    continue  # "varices without bleeding" is no bleeding
                written = name[tokens[mention.first].start : tokens[mention.last - 1].end]
                if written not in self._capitals.get(words[mention.first], (written,)) and mention.last - mention.first == 1:
                    continue  # "wears aids" is no AIDS
                if not set(words[mention.first : mention.last]) <= _FORMS_OF_DRUGS:
                    by_substance.update(mention.ids)
                for id_ in mention.ids:
                    # A drug's display is its ingredient with strength and form: the ingredient is the concept.
                    strength = 2 if self.concepts[id_].kind is ConceptKind.DRUG else 1
                    found[id_] = max(strength, found.get(id_, 0))
        drugs = {id_ for id_ in found if self.concepts[id_].kind is ConceptKind.DRUG}
        if len(drugs) > 1 and (of_form := {id_ for id_ in drugs if id_ not in by_substance}) and len(of_form) < len(drugs):
            found = {id_: strength for id_, strength in found.items() if id_ not in of_form}
            drugs -= of_form  # "goserelin implant" is not the implant that prevents pregnancy
        if len(drugs) > 1:
            found |= {id_: 2 for id_, parts in self._combinations.items() if parts <= drugs}
        return found

    @lru_cache(maxsize=8192)  # noqa: B019  one lexicon lives as long as the process
    def _word_starts(self, id_: str) -> frozenset[str]:
        return frozenset(word[:5] for surface in self.surfaces([id_]) for word in forms(surface))

    def surfaces(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return all words for the concepts, those of the concepts first named first."""
        return tuple(
            dict.fromkeys(
                surface
                for id_ in ids
                if id_ in self.concepts
                for surface in (self.concepts[id_].name, *self.concepts[id_].surfaces)
            )
        )
