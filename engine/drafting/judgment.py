"""A second call to a language model that judges whether evidence supports a claim. It sees neither the question nor the draft."""

from __future__ import annotations

import json
from collections.abc import Sequence

from chartcite.engine.claim_checks.checker import Entailment
from chartcite.engine.domain.answers import Outcome
from chartcite.engine.drafting.evidence_sheet import neutral
from chartcite.engine.drafting.prompts import JUDGE_RULES
from chartcite.engine.errors import GeneratorGarbledError
from chartcite.engine.ports import Generator, Message, WritingTask

FORM = {
    "type": "object",
    "properties": {"verdict": {"type": "string", "enum": [outcome.value for outcome in Outcome]}},
    "required": ["verdict"],
    "additionalProperties": False,
}


async def judge(claim: str, passages: Sequence[str], generator: Generator, /, *, seconds: float, salt: str) -> Entailment:
    """Ask whether passages support a claim. The probability is 1: the model's word is not measured here.

    Raises:
        GeneratorError: it did not say.
    """
    evidence = "\n".join(neutral(passage) for passage in passages)
    told = f"<evidence>\n{evidence}\n</evidence>\nClaim: {neutral(claim)}"
    task = WritingTask(
        messages=(Message("system", JUDGE_RULES), Message("user", told)),
        form=FORM,
        form_name="verdict",
        most_tokens=30,
        seconds=seconds,
        salt=salt,
    )
    text = "".join([piece async for piece in generator.write(task)])
    try:
        return Entailment(Outcome(json.loads(text)["verdict"]), 1.0)
    except (ValueError, KeyError, TypeError):
        raise GeneratorGarbledError("the language model's verdict has another form than was asked for") from None
