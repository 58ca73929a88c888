"""chartcite.engine.drafting: what a language model is asked, what it writes, and how that is reviewed."""
