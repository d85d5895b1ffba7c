"""The commands of ./inv as a person at a terminal sees them."""
