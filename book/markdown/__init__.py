"""Markdown to one clean XHTML tree per chapter: pandoc once, then named passes.

The tree's conventions are told in ``docs/architecture.md``, "The chapter tree".
"""
