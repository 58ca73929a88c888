"""Environment → typed settings. Loaded once by a door, and handed on; nothing else reads the environment."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from chartcite.engine.errors import InputError
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "CHARTCITE_"


class Settings(BaseSettings):
    """What can be configured, each by an environment variable `CHARTCITE_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    store: Path = Field(default=Path("chartcite-store"), description="Folder of the store.")
    host: str = Field(default="127.0.0.1", min_length=1, max_length=253, description="Address that `serve` binds to.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port that `serve` listens on.")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("127.0.0.1", "localhost", "::1"),
        min_length=1,
        description="Host names that requests may carry, separated by commas; others are refused (DNS rebinding).",
    )
    embedding_model: str = Field(
        default="all-MiniLM-L6-v2",
        min_length=1,
        description="Embedding weights: the bundled `all-MiniLM-L6-v2`, or a folder of a sentence-transformers model.",
    )
    corpora: Path | None = Field(default=None, description="Folder of the corpora; empty: those that came with chartcite.")
    max_question_characters: int = Field(default=2000, ge=10, le=2000, description="Longest question that is read.")
    max_body_bytes: int = Field(default=65_536, ge=4_096, le=1_048_576, description="Largest request body.")
    answer_threads: int = Field(default=4, ge=1, le=64, description="Questions that are answered at the same time.")
    max_waiting_questions: int = Field(
        default=64, ge=1, le=10_000, description="Questions that may wait for their turn; further ones get 503."
    )
    receipts: bool = Field(
        default=True, description="Whether the receipt of each answer is stored: question, basis, drafts, verdicts."
    )
    receipts_days: int = Field(default=365, ge=1, le=36_500, description="Days that a receipt is stored at most.")
    receipts_most: int = Field(
        default=100_000, ge=1, le=100_000_000, description="Receipts that are stored at most; the oldest go first."
    )
    max_wrong: float | None = Field(
        default=None,
        gt=0,
        lt=1,
        description="Share of wrong answers among those shown that is accepted; answers too unsure for it are held back.",
    )
    generator_url: str | None = Field(
        default=None,
        max_length=500,
        description="Address of an OpenAI-compatible server whose language model writes, as `http://127.0.0.1:8001/v1`; "
        "empty: answers are made without one.",
    )
    generator_model: str = Field(
        default="", max_length=200, description="Name by which the model is served; empty: the only one that the server lists."
    )
    generator_key: SecretStr | None = Field(
        default=None, description="Key of that server, sent to it alone; empty: none is sent."
    )
    generator_seconds: float = Field(
        default=60.0, ge=1, le=600, description="Seconds that writing may take; then the answer is made without the model."
    )
    generator_form: Literal["json_schema", "json_object", "none"] = Field(
        default="json_schema",
        description="How the server is told the form of what it writes: guided by a `json_schema`, by `json_object` and words, "
        "or by words alone (`none`).",
    )
    generator_drafts: int = Field(
        default=1,
        ge=1,
        le=8,
        description="Drafts that the model writes of one answer; of several, what half of them cite is kept.",
    )
    generator_evidence_tokens: int = Field(
        default=1800, ge=200, le=100_000, description="Tokens of evidence that the model reads; its window needs 1,500 more."
    )
    generator_judged: bool = Field(
        default=True, description="Whether a second call of the model judges each sentence that passed the checks."
    )
    entailment_model: Path | None = Field(
        default=None,
        description="Folder of a cross-encoder of natural language inference that judges in place of the model; empty: none.",
    )
    generator_joins_only: bool = Field(
        default=True,
        description="Whether a sentence of the model must rest on a note that the engine quotes too, where it quotes any; "
        "in summaries and comparisons, on words that the engine cites too.",
    )
    generator_answers_silence: bool = Field(
        default=False, description="Whether the model is asked where the engine finds no answer in the evidence."
    )
    generator_at_once: int = Field(default=8, ge=1, le=256, description="Texts that the model writes at the same time.")
    vllm_model: str | None = Field(
        default=None,
        max_length=1000,
        description="Model that `serve` starts a vLLM server for: a folder, or a name on a model hub.",
    )
    vllm_executable: str = Field(default="vllm", min_length=1, description="The `vllm` program of vLLM's own environment.")
    vllm_arguments: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Further arguments of `vllm serve`, quoted as in a shell."
    )
    vllm_port: int = Field(default=0, ge=0, le=65535, description="Port of the vLLM server on loopback; 0: a free one.")
    vllm_start_seconds: float = Field(
        default=900, ge=1, le=86_400, description="How long the vLLM server may take from its start to its first good answer."
    )

    @field_validator("generator_url", "generator_key", mode="before")
    @classmethod
    def _none_if_empty(cls, given: object) -> object:
        return None if given == "" else given

    @field_validator("generator_url")
    @classmethod
    def _is_server_address(cls, given: str | None) -> str | None:
        if given is None:
            return None
        address = urlsplit(given)
        if address.scheme not in {"http", "https"} or not address.hostname or (address.port or 1) < 1:
            raise ValueError("give an address such as http://127.0.0.1:8001/v1")
        if "@" in address.netloc:
            raise ValueError("no name and no password belong into the address: use CHARTCITE_GENERATOR_KEY")
        if address.query or address.fragment or not given.isascii() or not given.isprintable() or " " in given:
            raise ValueError("give an address without ?, # and characters that no address has")
        return given

    @field_validator("generator_key")
    @classmethod
    def _is_key(cls, given: SecretStr | None) -> SecretStr | None:
        key = given.get_secret_value() if given else "-"
        if not key.isascii() or not key.isprintable() or " " in key:
            raise ValueError("it holds characters that no key has")
        return given

    @field_validator("vllm_arguments", mode="before")
    @classmethod
    def _split_as_a_shell(cls, given: object) -> object:
        return tuple(shlex.split(given)) if isinstance(given, str) else given

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        return tuple(part.strip() for part in given.split(",") if part.strip()) if isinstance(given, str) else given


def load_settings(
    *,
    store: Path | None = None,
    port: int | None = None,
    host: str | None = None,
    max_wrong: float | None = None,
    generator_url: str | None = None,
    vllm_model: str | None = None,
) -> Settings:
    """Read the environment; an option given on the command line goes before it.

    Raises:
        InputError: a variable outside its bounds; named, its value is not shown.
    """
    options = {
        "store": store,
        "port": port,
        "host": host,
        "max_wrong": max_wrong,
        "generator_url": generator_url,
        "vllm_model": vllm_model,
    }
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings.model_validate(Settings(**given).model_dump())  # type: ignore[arg-type]  # typed by the fields
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"][:1])
        raise InputError(f"setting {PREFIX}{name.upper()}: {first['msg']}") from None
