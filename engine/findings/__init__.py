"""chartcite.engine.findings: what a chart says of one patient, asked by concept, and what is calculated from it."""
