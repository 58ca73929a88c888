"""chartcite.engine: what we promise. Start reading at `ask.py`."""
