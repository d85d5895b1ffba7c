"""Makes the EPUB 3.3 of a composed book: documents, navigation, package, reproducible archive.

:mod:`.write` is the entry. :mod:`.facts` looks through the finished documents, :mod:`.claims` says
which claims of accessibility the facts allow.
"""
