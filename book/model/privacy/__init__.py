"""Who may be named: consents judged, pseudonyms given, names taken out of fields and texts.

The steps, in order, are :mod:`.people` (people files), :mod:`.named_people` (who is named, with
which consents), :mod:`.pseudonyms`, :mod:`.withhold` (rewrites the sources) and
:mod:`.redaction` (finds and replaces names in texts), which compares words by :mod:`.folding`.
:mod:`.private_files` looks for names in what is not text.
"""
