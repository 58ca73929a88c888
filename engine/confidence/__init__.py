"""chartcite.engine.confidence: the chance that an answer is right, from what is known when it is given."""
