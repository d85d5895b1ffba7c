"""What the documentation shows and nobody writes by hand: codes, pictures, schemas."""
