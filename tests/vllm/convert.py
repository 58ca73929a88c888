"""GGUF to the files that vLLM loads: `python convert.py WEIGHTS.gguf FOLDER`, by the Python of vLLM's own environment."""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer


def convert(weights: Path, folder: Path) -> None:
    """Write weights and tokenizer of a quantised GGUF file as bfloat16 safetensors."""
    where = {"pretrained_model_name_or_path": str(weights.parent), "gguf_file": weights.name}
    tokenizer = AutoTokenizer.from_pretrained(**where)
    model = AutoModelForCausalLM.from_pretrained(**where, dtype=torch.bfloat16)
    # They are plain numbers now: what says that they are quantised would send vLLM to the wrong loader.
    for holder, name in ((model, "hf_quantizer"), (model.config, "quantization_config")):
        if hasattr(holder, name):
            delattr(holder, name)
    model.is_quantized = False
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
