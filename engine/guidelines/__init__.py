"""chartcite.engine.guidelines: recommendations, whom they apply to, and which of them answer."""
