"""chartcite.engine.red_flags: emergencies that a message tells, and what takes an alarm back."""
