"""The map of a chapter's source: for every character, what pandoc's reader takes it for."""
