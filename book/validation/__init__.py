"""What is built, held against every validator; each message traced to its source."""
