"""The driver: what to make, what is already made, who makes it, and how it is put in place."""
