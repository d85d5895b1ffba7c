"""What catalogues, shops, libraries and readers get to know of an edition."""
