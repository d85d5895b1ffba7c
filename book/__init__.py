"""The book pipeline: from what people hand in to EPUB, PDF and catalogue records."""
