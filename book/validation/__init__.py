"""Runs all validators on what was built, and traces each message to a line of a source."""
