"""chartcite.ingestion: how records get in. Start reading at `ingest.py`."""
