"""The nouns: frozen, validated values; no input or output."""
