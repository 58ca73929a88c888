"""chartcite.engine.medicines: medicines: their course and turns, and the rules of their safety."""
