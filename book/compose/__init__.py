"""Chapter trees and templates become the book's documents, in reading order."""
