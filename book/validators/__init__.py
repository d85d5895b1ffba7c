"""EPUBCheck, Ace, veraPDF and the browser, each started for many files."""
