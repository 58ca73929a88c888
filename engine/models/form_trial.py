"""Is a model held to a form? It is asked for one thing and given a form that allows only another."""

from __future__ import annotations

import json

from chartcite.engine.errors import GeneratorGarbledError
from chartcite.engine.ports import Generator, Message, WritingTask

_ONLY = {"mark": "kestrel-41"}
_TRIAL = WritingTask(
    messages=(Message("user", "Describe the sea in one short sentence."),),
    form={
        "type": "object",
        "properties": {"mark": {"type": "string", "enum": [_ONLY["mark"]]}},
        "required": ["mark"],
        "additionalProperties": False,
    },
    form_name="mark",
    most_tokens=32,
    seconds=30.0,
)


async def keeps_form(generator: Generator) -> bool:
    """Say whether the one document that the form allows is written.

    Raises:
        GeneratorError: the server cannot be reached, is busy, or is late.
    """
    try:
        document = "".join([piece async for piece in generator.write(_TRIAL)])
        return bool(json.loads(document) == _ONLY)
    except (GeneratorGarbledError, ValueError, RecursionError):
        return False
