"""Readers, one for each format: text to resources that are ready to be stored."""
