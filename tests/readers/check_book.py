"""Calibre's own «Check Book», run in Calibre's Python: what it says of each EPUB, as JSON.

With Calibre: ``calibre-debug -e check_book.py -- FILE…``.
"""

import json
import sys

from calibre.ebooks.oeb.polish.check.main import run_checks  # type: ignore[import-not-found]
from calibre.ebooks.oeb.polish.container import get_container  # type: ignore[import-not-found]

found = {
    path: [
        [error.level, error.name, str(error.msg)]
        for error in run_checks(get_container(path, tweak_mode=True))
    ]
    for path in sys.argv[1:]
}
print("\n" + json.dumps(found))
