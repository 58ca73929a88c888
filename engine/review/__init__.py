"""chartcite.engine.review: lines about a whole chart, for a brief and for what changed."""
