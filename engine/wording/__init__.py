"""chartcite.engine.wording: the same checked claims in other words: for a patient, for a researcher."""
