"""The PDF's own metadata: XMP packet and document information."""

from __future__ import annotations

import datetime
from html import escape

from pikepdf import Dictionary, Name, Pdf

from book.compose.documents import PDF, PRINT, Book
from book.model.licence import licence_of
from book.model.person import Role

PRODUCER = "WeasyPrint, pikepdf"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
{mark}<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{description}</rdf:li></rdf:Alt>
</dc:description>
<dc:publisher><rdf:Bag><rdf:li>{publisher}</rdf:li></rdf:Bag></dc:publisher>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:subject><rdf:Bag>{subjects}</rdf:Bag></dc:subject>
<dc:identifier>{identifier}</dc:identifier>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{rights}</rdf:li></rdf:Alt></dc:rights>
<pdf:Producer>{producer}</pdf:Producer>
<pdf:Keywords>{keywords}</pdf:Keywords>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
_CONFORMING = """<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
"""
"""The marks of PDF/UA-1 (ISO 14289-1, 5) and PDF/A-2a (ISO 19005-2, 6.6.4).

PDF/A requires a schema for every property that is not its own (6.6.2.3), like that of PDF/UA.
"""


def write_metadata(pdf: Pdf, book: Book, output: str = PDF) -> None:
    """Write title, creators, dates and marks of conformance, all from the edition.

    A PDF for print conforms to neither standard. Dates are the edition's date at midnight UTC, so
    that the same edition gives the same bytes.
    """
    edition = book.loaded.edition
    licence = licence_of(edition.licence, edition.language)
    title = f"{edition.title}. {edition.subtitle}" if edition.subtitle else edition.title
    creators = [c.name for c in edition.contributors if c.role in (Role.AUTHOR, Role.CURATOR)]
    creators = creators or [edition.publisher]
    keywords = ", ".join(edition.subjects.keywords)
    isbn = edition.identifiers.print if output == PRINT else edition.identifiers.pdf
    packet = _PACKET.format(
        mark=_CONFORMING if output == PDF else "",
        title=escape(title),
        creators=_items(creators),
        description=escape(" ".join(edition.description.split())),
        publisher=escape(edition.publisher),
        language=escape(edition.language),
        subjects=_items(edition.subjects.keywords),
        identifier=f"urn:isbn:{isbn}" if isbn else book.identifier,
        rights=escape(" ".join(part for part in (licence.name, licence.url) if part)),
        producer=PRODUCER,
        keywords=escape(keywords),
        date=_iso(edition.date),
    )
    stream = pdf.make_stream(packet.encode())
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = stream
    day = edition.date.strftime("D:%Y%m%d000000Z")
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=title,
            Author=", ".join(creators),
            Subject=" ".join(edition.description.split()),
            Keywords=keywords,
            Producer=PRODUCER,
            CreationDate=day,
            ModDate=day,
        )
    )


def _items(values: object) -> str:
    assert isinstance(values, list | tuple)
    return "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)


def _iso(date: datetime.date) -> str:
    return f"{date.isoformat()}T00:00:00Z"
