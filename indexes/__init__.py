"""What we search: SQLite for facts, words and documents, FAISS for vectors."""
