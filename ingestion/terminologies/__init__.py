"""Readers of terminology releases: LOINC, RxNorm, SNOMED CT, ICD-10-CM and what OHDSI Athena gives out."""
