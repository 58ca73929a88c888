"""What the references of one file point to: other resources of the file, by url, by `Type/id` or by identifier.

Source: FHIR R4, 2.3.0 References between resources, and 3.1.0 Bundle (resolving references in bundles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from chartcite.engine.domain.records import PatientId
from chartcite.engine.elements import ResourceText
from chartcite.ingestion.sources.fhir_elements import Element, phrase

_LITERAL = re.compile(r"(?:.*/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.\-]+)(?:/_history/[^/]+)?$")
_CONDITIONAL = re.compile(r"([A-Z][A-Za-z]+)\?(?:.*&)?identifier=([^&]+)")
_PATIENT_LINKS = (
    "subject", "patient", "beneficiary", "individual", "for", "sourcePatientInfo", "context.sourcePatientInfo",
    "securityContext", "participant.actor", "target", "entity.what",
)  # fmt: skip
_MAX_STEPS = 4  # provenance of provenance ends somewhere, a circle of it does not
_NAMED_BY_PERSON = frozenset({"Practitioner", "Patient", "RelatedPerson", "Person"})


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


class References:
    """Resolves the references of one file. Built once for it, from every resource in it."""

    def __init__(self, sources: Iterable[tuple[str, ResourceText]]) -> None:
        self._data: dict[str, Element] = {}
        self._by_url: dict[str, str] = {}
        self._by_identifier: dict[tuple[str, str], str] = {}
        for identity, source in sources:
            root = Element(source.data, "")
            self._data[identity] = root
            if source.full_url:
                self._by_url.setdefault(source.full_url, identity)
            kind = identity.partition("/")[0]
            for identifier in root.child("identifier").items():
                key = f"{identifier.child('system').words}|{identifier.child('value').words}"
                self._by_identifier.setdefault((kind, key), identity)

    def target(self, reference: Element) -> str:
        """Return `Type/id` (or `#id` for a contained resource) of a Reference; empty where it cannot be known."""
        literal = reference.child("reference").words
        if not literal:
            return self._target_of_identifier(reference)
        if literal.startswith("#"):
            return literal
        if literal in self._by_url:
            return self._by_url[literal]
        conditional = _CONDITIONAL.match(literal)
        if conditional:
            return self._by_identifier.get((conditional[1], conditional[2]), "")
        match = _LITERAL.match(literal)
        return f"{match[1]}/{match[2]}" if match else ""

    def resource(self, target: str) -> Element | None:
        """Return a resource of this file by `Type/id`."""
        return self._data.get(target)

    def name(self, target: str) -> str:
        """Return how a resource of this file is called; empty where it is not here or has no name."""
        root = self._data.get(target)
        if root is None:
            return ""
        kind = target.partition("/")[0]
        if kind in _NAMED_BY_PERSON:
            return person_name(root.child("name"))
        if kind == "PractitionerRole":
            return self.shown(root.child("practitioner")) or self.shown(root.child("organization"))
        for words in (root.child("name"), root.child("code"), root.child("type"), root.first("description")):
            found = phrase(words)
            if found:
                return found.text
        return ""

    def shown(self, reference: Element) -> str:
        """Return a Reference for a reader: its display, else the name of what it points to."""
        return reference.child("display").words or self.name(self.target(reference))

    def patient_of(self, root: Element, *, depth: int = 0) -> PatientId | None:
        """Return whose record a resource belongs to; `None` where it names no patient that can be known."""
        if root.child("resourceType").words == "Patient":
            return PatientId(root.child("id").words) if root.child("id").words else None
        for link in _PATIENT_LINKS:
            for reference in root.each(*link.split(".")):
                target = self._through_contained(root, self.target(reference))
                if target.startswith("Patient/"):
                    return PatientId(target.removeprefix("Patient/"))
                if link == "target" and target in self._data and depth < _MAX_STEPS:
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
        for identifier in inner.child("identifier").items():
            key = f"{identifier.child('system').words}|{identifier.child('value').words}"
            if ("Patient", key) in self._by_identifier:
                return self._by_identifier["Patient", key]
        return ""

    def _target_of_identifier(self, reference: Element) -> str:
        identifier = reference.child("identifier")
        if not identifier.child("value").words:
            return ""
        key = f"{identifier.child('system').words}|{identifier.child('value').words}"
        kind = reference.child("type").words or "Patient"
        return self._by_identifier.get((kind, key), "")


def contained(root: Element, target: str) -> Element | None:
    """Return the contained resource that `#id` names."""
    return next((one for one in root.child("contained").items() if f"#{one.child('id').words}" == target), None)
