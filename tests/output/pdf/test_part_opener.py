"""The opener of a part: its chapters stand on one page, many as they may be."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from book.driver.run import Order, run
from tests.support.books import lay
from tests.support.once import use_cache


@pytest.mark.slow
@pytest.mark.parametrize("brand", ["ancilab", "sobrio"])
def test_a_part_with_twenty_chapters_opens_on_one_page(
    brand: str, tmp_path: Path, run_cache: Path
) -> None:
    root = lay("base", tmp_path / "root")
    folder = root / "chapters" / "base"
    names = [f"capitolo-{number}.md" for number in range(1, 21)]
    for name in names:
        (folder / name).write_text(f"---\ntitle: Il {name[:-3]}\n---\n\nTesto.\n", "utf-8")
    edition = (folder / "edition.yaml").read_text("utf-8")
    edition = edition.replace("- incontro.md", "\n        - ".join(["- incontro.md", *names]))
    edition = edition.replace("brand: ancilab\nground: petrol", f"brand: {brand}")
    (folder / "edition.yaml").write_text(edition, "utf-8")
    use_cache(tmp_path, run_cache)
    (facts,) = run(Order(root, output=tmp_path, formats=("pdf",), jobs=2), print, print)
    assert facts.made, facts.findings
    with pikepdf.open(tmp_path / "base" / "base.pdf") as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        part = next(item for item in outline.root if item.children and "Parte" in item.title)
        targets = [item.destination for item in (part, part.children[0])]
        opener, first = (numbers[t[0].objgen] for t in targets if isinstance(t, pikepdf.Array))
    assert first == opener + 1
