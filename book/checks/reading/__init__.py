"""What a screen reader reads of a document: the tree that a browser gives it, put into words."""
