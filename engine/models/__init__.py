"""Adapters to the models that we call."""
