"""What ``./inv check`` finds in the sources of an edition, one module per family of findings."""
