"""A document as a stream gives it: the words of each chunk, and whether its end is that of a whole document."""

from __future__ import annotations

from typing import Any, Protocol

from chartcite.engine.errors import GeneratorGarbledError

TOO_LARGE = "the language model's server sends more than is read: lower the length asked for, or look at the server"
NOT_THE_PROTOCOL = "the language model's server does not speak the OpenAI protocol with streaming: see CHARTCITE_GENERATOR_URL"


class Chunk(Protocol):
    """A `chat.completion.chunk`; what is in it is not checked yet."""

    choices: Any


class Reading:
    """What a stream has given so far."""

    def __init__(self, most_characters: int) -> None:
        self._left = most_characters
        self._has_words = False
        self.is_whole = False

    def take(self, chunk: Chunk) -> str:
        """Return the words that a chunk adds, and notice the end. The library promises its type and does not check it.

        Raises:
            GeneratorGarbledError: it ends in any way but a whole document.
        """
        choices = chunk.choices
        if not isinstance(choices, list):
            raise GeneratorGarbledError(NOT_THE_PROTOCOL)
        if not choices:
            return ""
        delta, finish = choices[0].delta, choices[0].finish_reason
        if getattr(delta, "refusal", None) or finish == "content_filter":
            raise GeneratorGarbledError("the language model refuses to write: ask in other words, or use another model")
        words = getattr(delta, "content", None) or ""
        if not isinstance(words, str):
            raise GeneratorGarbledError(NOT_THE_PROTOCOL)
        self._has_words = self._has_words or bool(words)
        self._left -= len(words)
        if self._left < 0:
            raise GeneratorGarbledError(TOO_LARGE)
        if finish is not None:
            self._end(finish)
        return words

    def _end(self, finish: object) -> None:
        if finish == "length":
            raise GeneratorGarbledError("the language model's document is longer than was asked for: allow more, or ask for less")
        if finish != "stop" or not self._has_words:
            raise GeneratorGarbledError("the language model ended without a document: look at the server's log")
        self.is_whole = True
