"""A small FHIR server on loopback: search with pages, a capability statement, Binaries, and bad behaviour on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

PER_PAGE = 2


@dataclass
class Behaviour:
    """What the server holds, how it misbehaves, and what it was asked."""

    resources: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    binaries: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    token: str = ""
    capability: bool = True
    answers: dict[str, list[tuple[int, dict[str, str], bytes]]] = field(default_factory=dict)
    """By path: answers to give before the proper one."""
    next_link: str = ""
    """Given instead of the proper link to the next page."""
    asked: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """Run a server; yield its base address."""

    class Handler(_Handler):
        known = behaviour

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/fhir"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    known: Behaviour

    def do_GET(self) -> None:
        known, address = self.known, urlsplit(self.path)
        known.asked.append(self.path)
        known.tokens.append(self.headers.get("Authorization", ""))
        path = address.path.removeprefix("/fhir/")
        if known.answers.get(path):
            self._send(*known.answers[path].pop(0))
        elif known.token and self.headers.get("Authorization") != f"Bearer {known.token}":
            self._send(401, {}, b"{}")
        elif path == "metadata" and known.capability:
            self._send_json(self._statement())
        elif path.startswith("Binary/") and path.removeprefix("Binary/") in known.binaries:
            content_type, content = known.binaries[path.removeprefix("Binary/")]
            self._send(200, {"Content-Type": content_type}, content)
        elif path in known.resources:
            self._send_json(self._page(path, {name: values[0] for name, values in parse_qs(address.query).items()}))
        else:
            self._send(404, {}, b'{"resourceType":"OperationOutcome"}')

    def _statement(self) -> dict[str, Any]:
        kinds = [*self.known.resources, "ValueSet"]
        resources = [{"type": kind, "interaction": [{"code": "search-type"}]} for kind in kinds]
        return {
            "resourceType": "CapabilityStatement",
            "rest": [{"mode": "server", "resource": [*resources, {"type": "Goal", "interaction": [{"code": "read"}]}]}],
        }

    def _page(self, kind: str, query: dict[str, str]) -> dict[str, Any]:
        since = query.get("_lastUpdated", "ge").removeprefix("ge")
        held = [one for one in self.known.resources[kind] if one.get("meta", {}).get("lastUpdated", "9") >= since]
        start = int(query.get("offset", 0))
        page = {
            "resourceType": "Bundle",
            "type": "searchset",
            "entry": [{"resource": one} for one in held[start : start + PER_PAGE]],
        }
        if start + PER_PAGE < len(held):
            onward = self.known.next_link or f"{kind}?offset={start + PER_PAGE}"
            page["link"] = [{"relation": "self", "url": self.path}, {"relation": "next", "url": onward}]
        return page

    def _send_json(self, body: dict[str, Any]) -> None:
        self._send(200, {"Content-Type": "application/fhir+json"}, json.dumps(body).encode())

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""
