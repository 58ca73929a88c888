"""chartcite.engine.notes: sentences of notes: what they assert, which of them answer, and how they are quoted."""
