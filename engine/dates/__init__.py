"""chartcite.engine.dates: times that questions and sentences tell, as windows of days."""
