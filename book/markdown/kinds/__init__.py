"""The map of a chapter's source: for every character, what pandoc's reader takes it for.

The steps: :mod:`.marking` numbers the words of the source, :mod:`.reading` lets pandoc read the
marked source beside the plain one and proves that both readings agree, :mod:`.leaves` lists the
texts of the marked document, and :mod:`.placing` puts each of them back to its place in the source.
:mod:`.kind` has the result.
"""
