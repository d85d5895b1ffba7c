"""YAML with the place of every key and value, and what can be wrong with it."""
