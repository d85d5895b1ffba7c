"""What people hand in becomes a Markdown chapter: captions, Word files, slides, pages.

Each format has a reader of its own; what all of them give is an :class:`Imported` chapter, as
an editor would have written it by hand, and findings for all that was guessed or left out.
"""
