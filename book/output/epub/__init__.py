"""A composed book to an EPUB 3.3: documents, navigation, package, reproducible archive."""
