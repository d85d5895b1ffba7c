"""The passes over a chapter's tree. Each module changes one thing and has one function ``apply``.

:data:`book.markdown.chapter.PASSES` gives their order and the reason for it.
"""
