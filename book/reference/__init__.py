"""What the documentation shows and a person does not write: the list of codes, a book's picture."""
