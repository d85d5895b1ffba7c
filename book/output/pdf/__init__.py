"""Makes the tagged PDF of a book: WeasyPrint lays out each document, pikepdf assembles the parts.

The time of one WeasyPrint run grows faster than the number of pages. So each document is a part of
its own. Parts are laid out in parallel and kept in the cache: a changed chapter costs one part.
"""
