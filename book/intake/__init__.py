"""Makes Markdown chapters of what people hand in: transcripts, Word files, slides, web pages.

Each format has a reader of its own. All of them return an :class:`~book.intake.imported.Imported`
chapter, as an editor would have written it by hand, with findings on all that was guessed or left
out.
"""
