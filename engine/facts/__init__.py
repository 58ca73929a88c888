"""chartcite.engine.facts: typed facts of a chart: chosen, computed with, and said in sentences."""
