"""The co-financing notice, measured on what the reader gets.

*Readers* (PDF, EPUB, sources) take down what is there as :mod:`evidence`; *rules* EU-01 to
EU-24 judge it. A rule never asks where the evidence comes from, so that a book is held to the
same measure in every format.
"""
