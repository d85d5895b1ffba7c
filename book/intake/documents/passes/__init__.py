"""The passes that change a document's tree into a chapter's, one module each.

``document.PASSES`` holds their order, with the reasons. Each pass has a function ``apply`` that
changes a draft and reports what it has changed.
"""
