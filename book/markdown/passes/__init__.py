"""The passes over a chapter's tree, one idea each; ``book.markdown.chapter`` gives the order."""
