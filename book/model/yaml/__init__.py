"""YAML files: parsing that keeps the place of every key and value, and findings on mistakes.

The steps are :mod:`.encoding` (bytes to text), :mod:`.source` (text to data with places;
:mod:`.mistakes` explains syntax errors) and :mod:`.validation` (data to a pydantic model;
:mod:`.fields` and :mod:`.values` explain what is wrong with a field).
"""
