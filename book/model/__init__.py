"""What a book is: editions, chapters, people, programmes, brands. Typed, validated, immutable.

:func:`book.model.load.load_edition` is the way in: it reads an edition's folder and returns a
:class:`book.model.loaded.LoadedEdition`, or findings on all that is wrong. This room imports
nothing of the project but :mod:`book.findings`, :mod:`book.messages` and :mod:`book.system`.
"""
