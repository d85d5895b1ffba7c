"""What finished artefacts say: validators, text read back, verdicts."""
