"""chartcite.engine.visits: visits, stays and procedures: which one is meant, and what happened there."""
