"""The rules on the co-financing notice, judged on the finished artefacts.

The modules ``pdf_reader`` and ``epub_reader`` measure what an artefact shows and return it as
:mod:`book.notice.evidence`. The rules EU-01 to EU-24 judge that evidence. A rule does not know from
which format the evidence comes, so all formats are judged by the same measure. ``source_rules``
judges the sources.
"""
