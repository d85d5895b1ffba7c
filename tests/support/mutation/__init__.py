"""Mutants of a right notice: what an editor or a designer may do to it, drawn by lot."""
