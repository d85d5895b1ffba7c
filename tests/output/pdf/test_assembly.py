"""The assembled PDF of the base book: numbering, links, bookmarks, structure, metadata."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from book.output.pdf.assemble import make_archival
from book.output.pdf.structure import elements


def kinds(pdf: Pdf) -> list[str]:
    (document,) = pdf.Root.StructTreeRoot.K
    return [str(element.S) for element in elements(document)]


def leaves(node: Object) -> Iterator[Object]:
    for kid in node.get("/Kids", ()):
        yield from leaves(kid)
    yield from node.get("/Names", ())


def test_page_labels_are_those_of_the_trade(base_pdf: Pdf) -> None:
    labels = [str(page.label) for page in base_pdf.pages]
    assert labels[:2] == ["Copertina", "Copertina 2"]
    assert labels[2:6] == ["i", "ii", "iii", "iv"]
    body = labels.index("1")
    assert body % 2 == 0, "the body starts on a recto"
    assert labels[body:] == [str(n) for n in range(1, len(labels) - body + 1)]


def test_every_link_inside_leads_to_a_destination(base_pdf: Pdf) -> None:
    names = list(leaves(base_pdf.Root.Names.Dests))
    known = {str(name) for name in names[::2]}
    pages = {page.obj.objgen for page in base_pdf.pages}
    assert all(target[0].objgen in pages for target in names[1::2])
    inside = [
        annotation
        for page in base_pdf.pages
        for annotation in page.obj.get("/Annots", ())
        if "/Dest" in annotation
    ]
    assert inside
    assert {str(annotation.Dest) for annotation in inside} <= known
    assert all(str(annotation.Contents) for annotation in inside)
    addresses = [
        str(annotation.A.URI)
        for page in base_pdf.pages
        for annotation in page.obj.get("/Annots", ())
        if "/A" in annotation
    ]
    assert not [address for address in addresses if not address.startswith("https://")]


def test_every_link_says_where_it_leads_and_is_printed(base_pdf: Pdf) -> None:
    links = [link for page in base_pdf.pages for link in page.obj.get("/Annots", ())]
    assert all(int(link.F) == 4 for link in links)
    said = {str(link.Dest): str(link.Contents) for link in links if "/Dest" in link}
    assert said["incontro"] == "Il primo incontro"
    outside = [link for link in links if "/A" in link]
    assert outside
    for link in outside:
        host = urlsplit(str(link.A.URI)).netloc
        assert host in str(link.Contents)


def test_chapters_stand_in_the_part_that_they_belong_to(base_pdf: Pdf) -> None:
    (document,) = base_pdf.Root.StructTreeRoot.K
    (part,) = (element for element in document.K if str(element.S) == "/Part")
    assert str(part.T) == "Gli incontri"
    assert [str(kid.T) for kid in part.K if str(kid.S) == "/Sect"] == ["Il primo incontro"]
    assert all(kid.P.objgen == part.objgen for kid in part.K)


def test_colours_are_srgb_and_no_picture_is_interpolated(base_pdf: Pdf) -> None:
    (intent,) = base_pdf.Root.OutputIntents
    assert intent.S == Name.GTS_PDFA1
    assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
    with pikepdf.new() as pdf:
        picture = pdf.make_indirect(pikepdf.Stream(pdf, b"x", Interpolate=True))
        make_archival(pdf)
        assert "/Interpolate" not in picture


def test_bookmarks_follow_the_contents(base_pdf: Pdf) -> None:
    with base_pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        part = next(item for item in outline.root if "Gli incontri" in item.title)
        assert part.title == "Parte prima · Gli incontri"
        assert len(part.children) == 1
    assert len(titles) == 4


def test_the_structure_tree_holds_together(base_pdf: Pdf) -> None:
    root = base_pdf.Root.StructTreeRoot
    found = kinds(base_pdf)
    assert found[0] == "/Document"
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/Figure", "/Link"} <= set(found)
    numbers = root.ParentTree.Nums
    keys = [int(numbers[index]) for index in range(0, len(numbers), 2)]
    assert keys == sorted(set(keys))
    of_pages = [int(p.obj.StructParents) for p in base_pdf.pages if "/StructParents" in p.obj]
    of_links = [
        int(annotation.StructParent)
        for page in base_pdf.pages
        for annotation in page.obj.get("/Annots", ())
    ]
    assert sorted(of_pages + of_links) == keys
    assert int(root.ParentTreeNextKey) == keys[-1] + 1


def test_kids_know_their_parents_and_header_ids_are_unique(base_pdf: Pdf) -> None:
    (document,) = base_pdf.Root.StructTreeRoot.K
    ids = []
    for element in elements(document):
        kids = element.get("/K")
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                assert kid.P.objgen == element.objgen
        if "/ID" in element:
            ids.append(bytes(element.ID))
    assert ids
    assert len(ids) == len(set(ids))
    known = [bytes(name) for name in list(leaves(base_pdf.Root.StructTreeRoot.IDTree))[::2]]
    assert known == sorted(ids)


def test_list_items_have_bodies(base_pdf: Pdf) -> None:
    (document,) = base_pdf.Root.StructTreeRoot.K
    items = [element for element in elements(document) if element.S == Name.LI]
    assert items
    for item in items:
        assert {str(kid.S) for kid in item.K} <= {"/Lbl", "/LBody"}


def test_running_heads_and_folios_are_artefacts(base_pdf: Pdf) -> None:
    contents = base_pdf.pages[-1].Contents
    streams = contents if isinstance(contents, Array) else [contents]
    text = b"".join(stream.read_bytes() for stream in streams)
    assert b"/Artifact <</Type /Pagination>> BDC" in text
    blank = base_pdf.pages[1]
    assert blank.Contents.read_bytes().strip() == b""


def test_metadata_come_from_the_edition(base_pdf: Pdf) -> None:
    xmp = base_pdf.open_metadata()  # no context: leaving it would write
    assert xmp["dc:title"] == "Il libro di base. Un laboratorio in tre capitoli"
    assert xmp["pdfuaid:part"] == "1"
    assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
    assert xmp["xmp:CreateDate"] == "2021-03-25T00:00:00Z"
    assert "creativecommons.org/licenses/by/4.0" in str(xmp["dc:rights"])
    assert str(base_pdf.docinfo["/CreationDate"]) == "D:20210325000000Z"
    assert str(base_pdf.Root.Lang) == "it"
    assert base_pdf.Root.ViewerPreferences.DisplayDocTitle
    assert base_pdf.pdf_version == "1.7"


def test_only_embedded_fonts_of_the_house(base_pdf: Pdf) -> None:
    names = {
        str(font.BaseFont).split("+")[-1]
        for page in base_pdf.pages
        for font in page.obj.Resources.get("/Font", pikepdf.Dictionary()).values()
    }
    assert names
    families = ("Lora", "Titillium", "Ubuntu", "Noto")
    assert all(name.lstrip("/").startswith(families) for name in names), names
