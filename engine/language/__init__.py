"""chartcite.engine.language: words, their spellings and meanings, units, and text that hides or commands."""
