"""Generates parts of the documentation: the list of codes, pictures, JSON Schemas."""
