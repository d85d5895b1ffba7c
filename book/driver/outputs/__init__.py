"""What a build can make of a composed book: one module for each kind of output, and their table."""
