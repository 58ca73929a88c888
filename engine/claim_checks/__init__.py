"""The verifier: one sentence that somebody else wrote against the passages it cites (docs/verification.md). Start: `checker`."""
