"""Limits that hold whatever a language model's server does, and how it is told the form of a document."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum

from chartcite.engine.ports import Message
from pydantic import BaseModel, ConfigDict, Field


class FormStyle(StrEnum):
    """How a server is told the form that a document must have. The engine checks the document whichever it is."""

    JSON_SCHEMA = "json_schema"
    """By guided decoding: another form cannot be written (vLLM, llama.cpp, Ollama, most hosted servers)."""
    JSON_OBJECT = "json_object"
    """Some JSON by guided decoding; which one is told in words."""
    NONE = "none"
    """In words alone."""


class ServerKind(StrEnum):
    """What the server is, where that changes what it is sent."""

    AUTO = "auto"
    """vLLM where it lists its models as owned by `vllm`."""
    VLLM = "vllm"
    """Is sent `cache_salt`, and asked for its version."""
    OTHER = "other"
    """Is sent nothing but what the OpenAI protocol knows."""


class GeneratorPolicy(BaseModel):
    """Limits of one server. Time runs by our own clock; the libraries below have no time-outs and no retries of their own."""

    model_config = ConfigDict(frozen=True)

    first_piece_seconds: float = Field(default=30.0, gt=0, le=600)
    """From the request to the first words; connecting and one retry are within it."""
    stall_seconds: float = Field(default=10.0, gt=0, le=600)
    """Between two pieces with words; signs of life without words do not count."""
    document_seconds: float = Field(default=60.0, gt=0, le=3600)
    """For a whole document, waiting for a place included; a task may ask for less."""
    identity_seconds: float = Field(default=5.0, gt=0, le=60)
    """For the server to say who it is."""
    identity_fresh_seconds: float = Field(default=60.0, ge=0, le=86_400)
    """How long what it said is taken to hold."""
    retry_pause_seconds: float = Field(default=0.2, ge=0, le=10)
    """Before the one further attempt to connect."""
    most_bytes: int = Field(default=8 << 20, ge=1_000, le=1 << 30)
    """Of one answer, with all its framing."""
    most_characters: int = Field(default=200_000, ge=100, le=10_000_000)
    """Of one document."""
    most_tokens: int = Field(default=4_096, ge=1, le=1_000_000)
    """Of one document; a task that asks for more gets this."""
    most_at_once: int = Field(default=8, ge=1, le=1_000)
    """Documents that are written at the same time."""
    most_waiting: int = Field(default=32, ge=0, le=10_000)
    """Tasks that may wait for a place; a further one is refused at once."""


_FORM_IN_WORDS = "Write one JSON document and nothing else: no words before or after it. It has exactly this JSON Schema:\n"


def told_in_words(messages: Sequence[Message], form: Mapping[str, object]) -> list[Message]:
    """Return the messages with the form in the first system message, for models that are not guided."""
    told = _FORM_IN_WORDS + json.dumps(dict(form), ensure_ascii=False, separators=(",", ":"))
    if messages and messages[0].role == "system":
        return [Message("system", f"{messages[0].content}\n\n{told}"), *messages[1:]]
    return [Message("system", told), *messages]
