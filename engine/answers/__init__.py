"""chartcite.engine.answers: from a part of a question to draft claims, and the forms of an answer."""
