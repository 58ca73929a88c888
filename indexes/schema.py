"""The tables of a store file. The raw text of each resource is the record; facts and passages are views of it."""

from __future__ import annotations

STORE_FORMAT = "1"
"""Raised whenever the tables or the meaning of a column change."""

TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (sha256 TEXT PRIMARY KEY, uri TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS patients (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT);
CREATE TABLE IF NOT EXISTS resources (
    key INTEGER PRIMARY KEY AUTOINCREMENT, patient_id TEXT NOT NULL, resource TEXT NOT NULL, resource_type TEXT NOT NULL,
    sha256 TEXT NOT NULL, source TEXT NOT NULL, current INTEGER NOT NULL, guideline INTEGER NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS current_resource ON resources (patient_id, resource) WHERE current = 1;
CREATE TABLE IF NOT EXISTS documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT, resource_key INTEGER NOT NULL REFERENCES resources (key),
    patient_id TEXT NOT NULL, path TEXT NOT NULL, header TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS documents_of ON documents (resource_key);
CREATE TABLE IF NOT EXISTS concepts (
    key INTEGER PRIMARY KEY, text TEXT NOT NULL, codings TEXT NOT NULL, UNIQUE (text, codings));
CREATE TABLE IF NOT EXISTS facts (
    key INTEGER PRIMARY KEY, resource_key INTEGER NOT NULL REFERENCES resources (key), patient_id TEXT NOT NULL,
    category TEXT NOT NULL, at TEXT, known_day TEXT, known_at TEXT, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS facts_of_patient ON facts (patient_id, category);
CREATE INDEX IF NOT EXISTS facts_of_resource ON facts (resource_key);
CREATE TABLE IF NOT EXISTS fact_concepts (
    patient_id TEXT NOT NULL, concept_key INTEGER NOT NULL, fact_key INTEGER NOT NULL,
    PRIMARY KEY (patient_id, concept_key, fact_key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS concepts_of_fact ON fact_concepts (fact_key);
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document_key INTEGER NOT NULL REFERENCES documents (key),
    resource_key INTEGER NOT NULL, patient_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    section TEXT NOT NULL, sentences TEXT NOT NULL, embed_sha TEXT NOT NULL, embed_text TEXT NOT NULL,
    known_day TEXT, known_at TEXT);
CREATE INDEX IF NOT EXISTS passages_of_patient ON passages (patient_id);
CREATE INDEX IF NOT EXISTS passages_of_resource ON passages (resource_key);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    patient, body, tokenize='porter unicode61 remove_diacritics 2');
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT NOT NULL, sha256 TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (model, sha256)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS quarantine (
    key INTEGER PRIMARY KEY, uri TEXT NOT NULL, "where" TEXT NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL);
"""

NOBODY = ""
"""`patient_id` of what belongs to no patient: shared resources and guidelines."""
