"""The gate: what is built, held against every validator, and each message traced to its source."""
