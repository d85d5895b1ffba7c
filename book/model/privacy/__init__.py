"""Who may be named: consent, pseudonyms, redaction."""
