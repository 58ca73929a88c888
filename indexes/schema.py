"""The tables of a store file. Original bytes are the record of truth; all that is read out of them is a view.

`sources` and `blocks` hold the bytes as they came. `resources` is the list of versions: each has an interval of time in which
the chart said so (`since` and `until`), and the one without an end is current. Facts, passages, words and vectors are views of
the documents of a version, and are rebuilt by `chartcite reindex`. `said` knows which passages of a patient hold
a sentence, by its digest (`copies.py`): what several notes hold was copied forward.
"""

from __future__ import annotations

STORE_FORMAT = "3"
"""Raised whenever the tables or the meaning of a column change."""

BLOCK_BYTES = 4 << 20
"""Original bytes are compressed in pieces of so many."""

TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sources (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, uri TEXT NOT NULL, sha256 TEXT NOT NULL,
    size INTEGER NOT NULL, given TEXT NOT NULL, folder TEXT NOT NULL, stored_at TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS blocks (
    source_number INTEGER NOT NULL REFERENCES sources (number), position INTEGER NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (source_number, position));
CREATE TABLE IF NOT EXISTS source_patients (
    source_number INTEGER NOT NULL, patient_id TEXT NOT NULL, PRIMARY KEY (source_number, patient_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS patients (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT);
CREATE TABLE IF NOT EXISTS corpora (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version TEXT NOT NULL DEFAULT '', licence TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '', manifest TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS resources (
    key INTEGER PRIMARY KEY AUTOINCREMENT, patient_id TEXT NOT NULL, resource TEXT NOT NULL, resource_type TEXT NOT NULL,
    corpus TEXT NOT NULL, sha256 TEXT NOT NULL, views_sha256 TEXT NOT NULL, source_number INTEGER NOT NULL,
    version TEXT NOT NULL, updated_day TEXT, updated_at TEXT, recorded_at TEXT, current INTEGER NOT NULL,
    since_day TEXT, since_at TEXT, until_day TEXT, until_at TEXT);
CREATE UNIQUE INDEX IF NOT EXISTS current_resource ON resources (patient_id, resource) WHERE current = 1;
CREATE INDEX IF NOT EXISTS versions_of ON resources (patient_id, resource);
CREATE INDEX IF NOT EXISTS resources_named ON resources (resource);
CREATE TABLE IF NOT EXISTS documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT, resource_key INTEGER NOT NULL REFERENCES resources (key),
    patient_id TEXT NOT NULL, path TEXT NOT NULL, day TEXT, at TEXT, header TEXT NOT NULL, text TEXT NOT NULL, layout TEXT);
CREATE INDEX IF NOT EXISTS documents_of ON documents (resource_key);
CREATE TABLE IF NOT EXISTS said (
    digest INTEGER NOT NULL, passage_id INTEGER NOT NULL, PRIMARY KEY (digest, passage_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS concepts (
    key INTEGER PRIMARY KEY, text TEXT NOT NULL, codings TEXT NOT NULL, UNIQUE (text, codings));
CREATE TABLE IF NOT EXISTS facts (
    key INTEGER PRIMARY KEY, resource_key INTEGER NOT NULL REFERENCES resources (key), document_key INTEGER NOT NULL,
    patient_id TEXT NOT NULL, category TEXT NOT NULL, at TEXT, known_day TEXT, known_at TEXT, body TEXT NOT NULL,
    noted INTEGER NOT NULL, said INTEGER);
CREATE INDEX IF NOT EXISTS facts_of_patient ON facts (patient_id, category, noted);
CREATE INDEX IF NOT EXISTS facts_in_time ON facts (patient_id, at);
CREATE INDEX IF NOT EXISTS facts_of_resource ON facts (resource_key);
CREATE TABLE IF NOT EXISTS fact_concepts (
    patient_id TEXT NOT NULL, concept_key INTEGER NOT NULL, fact_key INTEGER NOT NULL,
    PRIMARY KEY (patient_id, concept_key, fact_key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, document_key INTEGER NOT NULL REFERENCES documents (key),
    resource_key INTEGER NOT NULL, patient_id TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    section TEXT NOT NULL, sentences TEXT NOT NULL, embed_sha TEXT NOT NULL, embed_text TEXT NOT NULL,
    known_day TEXT, known_at TEXT, commands TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS passages_of_patient ON passages (patient_id);
CREATE INDEX IF NOT EXISTS passages_of_resource ON passages (resource_key);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
    patient, body, tokenize='porter unicode61 remove_diacritics 2');
CREATE TABLE IF NOT EXISTS vectors (
    model TEXT NOT NULL, sha256 TEXT NOT NULL, vector BLOB NOT NULL, sum INTEGER NOT NULL,
    PRIMARY KEY (model, sha256)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS quarantine (
    key INTEGER PRIMARY KEY, uri TEXT NOT NULL, "where" TEXT NOT NULL, reason TEXT NOT NULL, raw TEXT NOT NULL,
    source_number INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS quarantine_of ON quarantine (uri);
"""

NOBODY = ""
"""`patient_id` of what belongs to no patient: shared resources, guidelines and literature."""

WHOLE, ALTERED, WITHDRAWN, DAMAGED = "whole", "altered", "withdrawn", "damaged"
"""States of a source: as it came; a patient was cut out; its bytes were dropped for a patient's sake; not what was stored."""
