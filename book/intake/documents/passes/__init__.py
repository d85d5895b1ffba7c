"""The passes that make a chapter's tree of a document's: one file each."""
