"""Releases an edition: checks it, compares it with the release before, packs files and proofs.

:func:`book.release.write.release` is the entry point.
"""
