"""An output as somebody might add it: what its module would hold, and its row for the table."""

from __future__ import annotations

from book.driver.outputs.output import BuildContext, FileKind, Output, Product, When
from book.findings import Code, Severity
from book.output.epub.write import EpubBook

SAMPLE_FILES = ("sample/.hidden", "sample/data/size.json", "sample/index.html")
NOTED = Code("Z999", Severity.HINT, "the sample says {what}", "nothing to do")


def make_sample(context: BuildContext) -> Product:
    """The title as a page, the size of the EPUB, and a hidden file."""
    epub = context.facts(EpubBook)
    assert epub is not None, "it is made after what the row needs"
    title = context.book.loaded.edition.title
    contents = (b"", b"%d" % len(epub.epub), title.encode())
    files = dict(zip(SAMPLE_FILES, contents, strict=True))
    return Product(files, (NOTED.at(context.book.loaded.file, what=title),))


SAMPLE = Output(
    "sample",
    "Sampling the book",
    make_sample,
    files=(FileKind("sample/", "A sample", is_main=True),),
    when=When.ON_DEMAND,
    needs=("epub",),
)
"""The row."""
