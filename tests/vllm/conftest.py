"""A real vLLM server under our supervisor, with small weights."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from chartcite.api.settings import Settings
from chartcite.api.supervision import ServerState, SupervisedServer, Supervision
from chartcite.api.vllm_server import LOG, Endpoint, supervised

from tests.vllm.build import SMALL, VLLM, is_built

START_SECONDS = 600.0
"""A busy machine of two cores needs a minute and a half."""
_ARGUMENTS = """--dtype bfloat16 --enforce-eager --max-model-len 2048
    --structured-outputs-config '{"backend": "xgrammar", "disable_any_whitespace": true}'"""


class Running(NamedTuple):
    """The server, a client that has its key, and where its log is."""

    endpoint: Endpoint
    server: SupervisedServer
    client: httpx.Client
    """Relative to the root of the server: `/v1/models`, `/metrics`."""
    log: Path
    told: list[str]


@pytest.fixture(scope="session")
def vllm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    if not is_built():
        pytest.skip("the vLLM server is not built: make test-vllm")
    store = tmp_path_factory.mktemp("vllm") / "store"
    settings = Settings.model_validate(
        {"store": store, "vllm_model": str(SMALL.folder), "vllm_executable": str(VLLM), "vllm_arguments": _ARGUMENTS}
    )
    told: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "VLLM_CPU_KVCACHE_SPACE", "1")
        patch.setitem(os.environ, "HF_HUB_OFFLINE", "1")
        policy = Supervision(start_seconds=START_SECONDS, first_backoff_seconds=0.5)
        with supervised(settings, tell=told.append, policy=policy) as found:
            assert found is not None
            status = found.server.wait_for({ServerState.READY, ServerState.FAILED}, START_SECONDS)
            assert status.state is ServerState.READY, status.detail
            key = {"Authorization": f"Bearer {found.endpoint.api_key.get_secret_value()}"}
            base = found.endpoint.url.removesuffix("/v1")
            with httpx.Client(base_url=base, headers=key, timeout=180, trust_env=False) as client:
                yield Running(found.endpoint, found.server, client, store / LOG, told)
