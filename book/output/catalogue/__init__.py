"""Records of an edition for catalogues, shops, libraries and readers."""
