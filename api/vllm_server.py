"""The vLLM server of `chartcite serve --vllm MODEL`: its command line, its key, and where a client finds it."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from chartcite.api.settings import PREFIX, Settings
from chartcite.api.supervision import ServerProcess, SupervisedServer, Supervision, free_port
from chartcite.engine.errors import InputError
from pydantic import SecretStr

LOG = Path("logs") / "vllm.log"
"""Under the folder of the store."""
_OURS = {
    "--api-key": "the key is made at every start and handed over in the environment",
    "--host": "the server is bound to loopback",
    "--port": f"{PREFIX}VLLM_PORT sets it",
    "--served-model-name": "the name follows from the model",
    "--enable-log-requests": "it would write text of charts into the log",
}
_NOT_HANDED_ON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
"""vLLM lives in a Python environment of its own."""


class Endpoint(NamedTuple):
    """Where an OpenAI-compatible client finds the model."""

    url: str
    """With the version: `http://127.0.0.1:8123/v1`."""
    model: str
    """The name that requests carry."""
    api_key: SecretStr


class VllmServer(NamedTuple):
    """A vLLM server that is being looked after."""

    endpoint: Endpoint
    server: SupervisedServer

    def known_to(self, settings: Settings) -> Settings:
        """Return settings in which this server is the one whose model writes."""
        told = {"url": self.endpoint.url, "model": self.endpoint.model, "key": self.endpoint.api_key}
        return settings.model_copy(update={f"generator_{name}": value for name, value in told.items()})


@contextmanager
def supervised(
    settings: Settings, *, tell: Callable[[str], None], policy: Supervision | None = None
) -> Iterator[VllmServer | None]:
    """Run a vLLM server for `settings.vllm_model` while the context lasts; yields None where no model is set.

    Yields at once: loading takes minutes, and answers do without the model until it is ready.

    Raises:
        InputError: there is no such executable or model folder, or an argument is one that chartcite sets itself.
    """
    if settings.vllm_model is None:
        yield None
        return
    endpoint, process = plan(settings, settings.vllm_model)
    wanted = policy or Supervision(start_seconds=settings.vllm_start_seconds)
    tell(f"the model server starts: {endpoint.model} (log: {process.log})")
    with SupervisedServer(process, policy=wanted, tell=tell) as server:
        yield VllmServer(endpoint, server)


def plan(settings: Settings, model: str) -> tuple[Endpoint, ServerProcess]:
    """Decide port, key, name and command line of a server for a model: a folder, or a name on a model hub.

    Raises:
        InputError: as `supervised`.
    """
    _check_arguments(settings.vllm_arguments)
    executable = shutil.which(settings.vllm_executable)
    if executable is None:
        raise InputError(
            f"{settings.vllm_executable}: no such program: install vLLM in an environment of its own and "
            f"set {PREFIX}VLLM_EXECUTABLE to its `vllm` (docs/deploy.md)"
        )
    port = settings.vllm_port or free_port()
    endpoint = Endpoint(f"http://127.0.0.1:{port}/v1", _name_of(model), SecretStr(secrets.token_urlsafe(32)))
    command = (
        executable, "serve", model, "--host", "127.0.0.1", "--port", str(port), "--served-model-name", endpoint.model,
        "--disable-uvicorn-access-log", *settings.vllm_arguments,
    )  # fmt: skip
    environment = _environment(os.environ, endpoint.api_key)
    log = (settings.store / LOG).absolute()
    return endpoint, ServerProcess("the model server", command, environment, port, log)


def _name_of(model: str) -> str:
    if model.startswith("-") or not model.strip():
        raise InputError("--vllm takes a model: a folder with its weights, or its name on a model hub")
    folder = Path(model)
    if folder.is_dir():
        return folder.resolve().name
    if folder.is_absolute() or model.startswith((".", "~")):
        raise InputError(f"{model}: no such folder: --vllm takes a folder with weights, or a name on a model hub")
    return model


def _check_arguments(arguments: tuple[str, ...]) -> None:
    for argument in arguments:
        name = argument.partition("=")[0].replace("_", "-")
        if name in _OURS:
            raise InputError(f"setting {PREFIX}VLLM_ARGUMENTS: {name} is not yours to set: {_OURS[name]}")


def _environment(ours: Mapping[str, str], api_key: SecretStr) -> dict[str, str]:
    """Return our environment without our own settings, which hold secrets, and with vLLM's key; no usage reports."""
    kept = {name: value for name, value in ours.items() if not name.startswith(PREFIX) and name not in _NOT_HANDED_ON}
    return {**kept, "VLLM_API_KEY": api_key.get_secret_value(), "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}
