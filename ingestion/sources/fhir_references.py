"""What the references of one file point to: other resources of the file, by url, by `Type/id` or by identifier.

Beyond the file a `Directory` knows people, places and drugs of the files that came with it.

Source: FHIR R4, 2.3.0 References between resources, and 3.1.0 Bundle (resolving references in bundles).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from chartcite.engine.domain.records import PatientId
from chartcite.engine.facts.elements import ResourceText
from chartcite.ingestion.sources.fhir_elements import Element, phrase

_LITERAL = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.\-]+)(?:/_history/[^/]+)?$")
_CONDITIONAL = re.compile(r"([A-Z][A-Za-z]+)\?(?:.*&)?identifier=([^&]+)")
_PATIENT_LINKS = tuple(link.split(".") for link in (
    "subject", "patient", "beneficiary", "individual", "for", "sourcePatientInfo", "context.sourcePatientInfo",
    "securityContext", "participant.actor", "target", "entity.what",
))  # fmt: skip
_MAX_STEPS = 4  # provenance of provenance ends somewhere, a circle of it does not
_PROFESSIONALS = frozenset({"Practitioner", "PractitionerRole"})
_CREDENTIALS = re.compile(r"(?:[A-Z][a-z]{0,2}\.?){1,6}(?:[ ,/-]+(?:[A-Z][a-z]{0,2}\.?){1,6})*")
"""Letters behind a name ("MD", "BSN, RN"), which tell no field."""
_NAMED_BY_PERSON = frozenset({"Practitioner", "Patient", "RelatedPerson", "Person"})

DIRECTORY_TYPES = frozenset({"Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "Medication", "Device"})
"""What other resources name by reference and seldom in words."""
_KEPT_ELEMENTS = (
    "resourceType", "id", "identifier", "name", "code", "type", "description", "deviceName", "practitioner", "organization",
)  # fmt: skip
_MAX_KEPT_CHARACTERS = 4000
_MAX_KNOWN = 500_000


def identity_of(source: ResourceText) -> str:
    """Return `Type/id`; a resource without an id gets one from its own characters, the same on every run."""
    own = source.data.get("id")
    if isinstance(own, str) and own.strip():
        return f"{source.data['resourceType']}/{own.strip()}"
    digest = sha256(source.raw.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{source.data['resourceType']}/sha256-{digest[:32]}"


def person_name(element: Element) -> str:
    """Return a HumanName as one line: its text, else prefix, given names, family name and suffix."""
    name = next((one for one in element.items() if one.child("use").words == "official"), None)
    name = name or next(iter(element.items()), Element(None, ""))
    if name.child("text").words:
        return name.child("text").words
    parts = [part.words for key in ("prefix", "given", "family", "suffix") for part in name.child(key).items()]
    return " ".join(part for part in parts if part)


@dataclass(slots=True)
class Directory:
    """Names, codes and identifiers of the small resources that came with a file; bounded, what comes later is not kept."""

    _words: dict[str, str] = field(default_factory=dict)
    _by_identifier: dict[tuple[str, str], str] = field(default_factory=dict)

    def learn(self, data: Mapping[str, object]) -> None:
        """Keep what identifies and names a resource, if it is of `DIRECTORY_TYPES`; the latest version counts."""
        kind, own = data.get("resourceType"), data.get("id")
        if kind not in DIRECTORY_TYPES or not isinstance(own, str) or not own.strip() or len(self._words) >= _MAX_KNOWN:
            return
        kept = json.dumps({name: data[name] for name in _KEPT_ELEMENTS if name in data}, default=str)
        if len(kept) > _MAX_KEPT_CHARACTERS:
            return
        identity = f"{kind}/{own.strip()}"
        self._words[identity] = kept
        for key in _identifiers(Element(data, "")):
            self._by_identifier.setdefault((str(kind), key), identity)

    def as_lists(self) -> list[object]:
        """Return what is kept as JSON can hold it."""
        return [self._words, [[*key, identity] for key, identity in self._by_identifier.items()]]

    @classmethod
    def from_lists(cls, words: dict[str, str], identifiers: list[list[str]]) -> Directory:
        """Return the directory that `as_lists` wrote down."""
        return cls(words, {(kind, key): identity for kind, key, identity in identifiers})

    def resource(self, target: str) -> Element | None:
        """Return what is kept of a resource."""
        words = self._words.get(target)
        return Element(json.loads(words), "") if words else None

    def identified(self, kind: str, key: str) -> str:
        """Return `Type/id` of the resource with an identifier `system|value`; empty: none."""
        return self._by_identifier.get((kind, key), "")


class References:
    """Resolves the references of one file. Built once for it, from every resource in it."""

    def __init__(
        self,
        sources: Iterable[tuple[str, ResourceText]],
        directory: Directory | None = None,
        binaries: Mapping[str, Element] | None = None,
    ) -> None:
        """`binaries`: by `Binary/id`, those of other files that these resources name."""
        self._directory = directory or Directory()
        self._data: dict[str, Element] = dict(binaries or {})
        self._by_url: dict[str, str] = {}
        self._by_identifier: dict[tuple[str, str], str] = {}
        self._literal: dict[str, str] = {}
        """Where references lead, as they are written: resources of a file name the same few."""
        for identity, source in sources:
            root = Element(source.data, "")
            self._data[identity] = root
            if source.full_url:
                self._by_url.setdefault(source.full_url, identity)
            kind = identity.partition("/")[0]
            for key in _identifiers(root):
                self._by_identifier.setdefault((kind, key), identity)

    def target(self, reference: Element) -> str:
        """Return `Type/id` (or `#id` for a contained resource) of a Reference; empty where it cannot be known."""
        literal = reference.child("reference").words
        if not literal:
            return self._target_of_identifier(reference)
        if literal.startswith("#"):
            return literal
        if literal not in self._literal:
            self._literal[literal] = self._target_of_literal(literal)
        return self._literal[literal]

    def _target_of_literal(self, literal: str) -> str:
        if literal in self._by_url:
            return self._by_url[literal]
        conditional = _CONDITIONAL.match(literal)
        if conditional:
            return self._identified(conditional[1], conditional[2])
        match = _LITERAL.match(literal)
        return f"{match[1]}/{match[2]}" if match else ""

    def resource(self, target: str) -> Element | None:
        """Return a resource of this file by `Type/id`; of others what the directory keeps."""
        return self._data.get(target) or self._directory.resource(target)

    def name(self, target: str) -> str:
        """Return how a resource is called; empty where it is not known or has no name."""
        return self._name(target, depth=0)

    def _name(self, target: str, *, depth: int) -> str:
        root = self.resource(target)
        if root is None:
            return ""
        kind = target.partition("/")[0]
        if kind in _NAMED_BY_PERSON:
            return person_name(root.child("name"))
        if kind == "PractitionerRole":
            if depth > _MAX_STEPS:
                return ""
            shown = (self._shown(root.child(name), depth=depth + 1) for name in ("practitioner", "organization"))
            return next(filter(None, shown), "")
        for words in (root.child("name"), root.child("code"), root.child("type"), root.first("description")):
            found = phrase(words)
            if found:
                return found.text
        return ""

    def shown(self, reference: Element) -> str:
        """Return a Reference for a reader: its display, else the name of what it points to."""
        return self._shown(reference, depth=0)

    def field(self, reference: Element) -> str:
        """Return the profession of somebody who is referred to, where it is told in words ("General practitioner")."""
        root = self.resource(self.target(reference))
        if root is None:
            return ""
        told = (*root.each("specialty"), *root.each("qualification", "code"), *root.each("code"))
        found = (phrase(each) for each in told if root.child("resourceType").words in _PROFESSIONALS)
        return next((each.text for each in found if each is not None and not _CREDENTIALS.fullmatch(each.text.strip())), "")

    def _shown(self, reference: Element, *, depth: int) -> str:
        return reference.child("display").words or self._name(self.target(reference), depth=depth)

    def patient_of(self, root: Element, *, depth: int = 0) -> PatientId | None:
        """Return whose record a resource belongs to; `None` where it names no patient that can be known."""
        if root.child("resourceType").words == "Patient":
            return PatientId(root.child("id").words) if root.child("id").words else None
        for link in _PATIENT_LINKS:
            for reference in root.each(*link):
                target = self._through_contained(root, self.target(reference))
                if target.startswith("Patient/"):
                    return PatientId(target.removeprefix("Patient/"))
                if link == ["target"] and target in self._data and depth < _MAX_STEPS:
                    found = self.patient_of(self._data[target], depth=depth + 1)
                    if found:
                        return found
        return None

    def _through_contained(self, root: Element, target: str) -> str:
        """A contained Patient has no id of its own in a store: it counts as the Patient with the same identifier."""
        if not target.startswith("#"):
            return target
        inner = contained(root, target)
        if inner is None or inner.child("resourceType").words != "Patient":
            return ""
        return next(filter(None, (self._identified("Patient", key) for key in _identifiers(inner))), "")

    def _target_of_identifier(self, reference: Element) -> str:
        identifier = reference.child("identifier")
        if not identifier.child("value").words:
            return ""
        key = f"{identifier.child('system').words}|{identifier.child('value').words}"
        return self._identified(reference.child("type").words or "Patient", key)

    def _identified(self, kind: str, key: str) -> str:
        return self._by_identifier.get((kind, key)) or self._directory.identified(kind, key)


def _identifiers(root: Element) -> list[str]:
    return [f"{one.child('system').words}|{one.child('value').words}" for one in root.child("identifier").items()]


def contained(root: Element, target: str) -> Element | None:
    """Return the contained resource that `#id` names."""
    return next((one for one in root.child("contained").items() if f"#{one.child('id').words}" == target), None)
