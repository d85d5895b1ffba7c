"""Documents to a tagged PDF: laid out part by part (WeasyPrint), assembled (pikepdf).

A single WeasyPrint run grows worse than linearly with the number of pages; parts are laid out
in parallel and kept in the cache, so a changed chapter costs one part.
"""
