"""chartcite.engine.comparisons: two sides set against each other."""
