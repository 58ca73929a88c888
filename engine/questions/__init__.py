"""chartcite.engine.questions: what a question asks: its parts, intents, targets and whom it is about."""
