"""Small FHIR resources for tests."""

from __future__ import annotations

import base64
import json
from typing import Any

from chartcite.engine.domain.records import Fact
from chartcite.engine.facts.elements import Unreadable
from chartcite.ingestion.sources.fhir import read_fhir
from chartcite.ingestion.sources.source import ReadResource

SUBJECT = {"reference": "Patient/ann"}


def resource(kind: str, identity: str = "x", **elements: Any) -> dict[str, Any]:
    return {"resourceType": kind, "id": identity, "subject": SUBJECT, **elements}


def text_concept(text: str) -> dict[str, Any]:
    return {"text": text}


def coded(code: str, system: str = "", **more: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, **more}]}


def attached(text: str | bytes, content_type: str | None = "text/plain") -> dict[str, Any]:
    content = text.encode() if isinstance(text, str) else text
    attachment = {"data": base64.b64encode(content).decode()}
    return attachment if content_type is None else {"contentType": content_type, **attachment}


def note(identity: str, text: str, **elements: Any) -> dict[str, Any]:
    base = {"status": "current", "type": {"text": "Progress note"}, "date": "2024-03-01T10:00:00-05:00"}
    return resource("DocumentReference", identity, **{**base, "content": [{"attachment": attached(text)}], **elements})


def bundle(*resources: dict[str, Any], urls: tuple[str, ...] = ()) -> str:
    entries = [{"resource": one} for one in resources]
    for entry, url in zip(entries, urls, strict=False):
        entry["fullUrl"] = url  # type: ignore[assignment]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})


def read(*resources: dict[str, Any], urls: tuple[str, ...] = ()) -> list[ReadResource]:
    found = list(read_fhir(bundle(*resources, urls=urls)))
    assert all(isinstance(one, ReadResource) for one in found), found
    return [one for one in found if isinstance(one, ReadResource)]


def facts(*resources: dict[str, Any]) -> list[Fact]:
    return [fact for one in read(*resources) for fact in one.prepared.facts]


def fact(kind: str, **elements: Any) -> Fact:
    [found] = facts(resource(kind, **elements))
    return found


def refused(*resources: dict[str, Any]) -> Unreadable:
    [found] = [one for one in read_fhir(bundle(*resources)) if isinstance(one, Unreadable)]
    return found


def details(one: Fact) -> dict[str, str]:
    return {detail.name: detail.text for detail in one.details}
