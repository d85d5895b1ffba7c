"""Makes the book's documents, in reading order, from the edition, its chapter trees and templates.

:mod:`.compose` is the entry, :mod:`.documents` has the types that it returns.
"""
