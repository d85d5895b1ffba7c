"""Documents become artefacts: one room for each kind."""
