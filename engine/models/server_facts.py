"""What a model server says of itself, and what its refusals mean.

`/v1/models` is of the OpenAI protocol; `owned_by: vllm` and `/version` are vLLM's.
"""

from __future__ import annotations

from typing import NamedTuple

import httpx
from chartcite.engine.errors import (
    GeneratorBusyError,
    GeneratorError,
    GeneratorGarbledError,
    GeneratorTimeoutError,
    GeneratorUnavailableError,
)
from chartcite.engine.models.generator_policy import ServerKind


class ServerFacts(NamedTuple):
    """What a server said of itself."""

    models: tuple[dict[str, object], ...]
    """As it lists them, each with an `id`."""
    kind: ServerKind
    version: str

    def named(self, model: str) -> str:
        """Return the name of the model to ask for: the one that is configured, or else the only one.

        Raises:
            GeneratorUnavailableError: it does not serve that one, or not exactly one.
        """
        names = [str(each["id"]) for each in self.models]
        if model:
            if names and model not in names:
                raise GeneratorUnavailableError("the server does not serve this model: correct CHARTCITE_GENERATOR_MODEL")
            return model
        if len(names) != 1:
            raise GeneratorUnavailableError(f"the server lists {len(names)} models: name one by CHARTCITE_GENERATOR_MODEL")
        return names[0]

    def owner(self, model: str) -> str:
        """Return who serves a model, as the server says; empty: it does not."""
        owners = [each.get("owned_by") for each in self.models if each["id"] == model]
        owner = owners[0] if owners else None
        return owner[:64] if isinstance(owner, str) else ""


async def ask_who(http: httpx.AsyncClient, base: httpx.URL, *, kind: ServerKind, may_hide_models: bool) -> ServerFacts:
    """Ask a server which models it has, and vLLM for its version.

    Raises:
        GeneratorError: it refuses.
        httpx.HTTPError: it does not answer.
        ValueError, TypeError, KeyError, AttributeError: what it answers is not of the protocol.
    """
    answer = await http.get(_below(base, "models"))
    if answer.status_code == 404 and may_hide_models:
        return ServerFacts((), kind, "")  # a server may do without this list
    if answer.status_code != 200:
        raise refused(answer.status_code)
    models = tuple(each for each in answer.json()["data"] if isinstance(each["id"], str))
    if kind is ServerKind.AUTO:
        kind = ServerKind.VLLM if any(each.get("owned_by") == "vllm" for each in models) else ServerKind.OTHER
    return ServerFacts(models, kind, await _version(http, base) if kind is ServerKind.VLLM else "")


async def _version(http: httpx.AsyncClient, base: httpx.URL) -> str:
    root = base.copy_with(path=base.path.removesuffix("/v1") or "/")
    answer = await http.get(_below(root, "version"))
    said = answer.json().get("version") if answer.status_code == 200 else ""
    return str(said)[:64] if said else ""


def _below(base: httpx.URL, name: str) -> httpx.URL:
    return base.copy_with(path=f"{base.path.rstrip('/')}/{name}")


def refused(status: int) -> GeneratorError:
    """Return what an HTTP status means."""
    said = f"the language model's server answers HTTP {status}"
    if status in {429, 503}:
        return GeneratorBusyError(f"{said}: it has no room now; add a replica, or allow fewer at once")
    if status in {408, 504}:
        return GeneratorTimeoutError(f"{said}: a smaller model, or more time")
    if status in {401, 403}:
        return GeneratorUnavailableError(f"{said}: correct CHARTCITE_GENERATOR_KEY")
    if status == 404:
        return GeneratorUnavailableError(f"{said}: correct CHARTCITE_GENERATOR_URL or CHARTCITE_GENERATOR_MODEL")
    if 300 <= status < 400:
        return GeneratorUnavailableError(f"{said}: it sends elsewhere, and nothing was asked there; give that address")
    if 400 <= status < 500:
        return GeneratorGarbledError(
            f"{said}: it has no such form, or the evidence is too long for it; see CHARTCITE_GENERATOR_FORM"
        )
    return GeneratorUnavailableError(f"{said}: look at its log")
