"""A brand: the visual identity of a book, as data (``assets/brands/<brand>/brand.yaml``)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from book.model.base import Model

Colour = Annotated[str, Field(pattern="^#[0-9A-Fa-f]{6}$")]
"""A colour of the screen, ``#RRGGBB``."""


class FontFace(Model):
    """One font file of ``assets/fonts``: the family, weight and style that CSS selects it by."""

    family: str = Field(description="Nome della famiglia in CSS")
    file: str = Field(description="File sotto assets/fonts")
    weight: int = Field(400, ge=100, le=900, description="Peso")
    style: Literal["normal", "italic"] = Field("normal", description="Tondo o corsivo")


class PageFormat(Model):
    """A page after trimming: its size and margins in mm, and the size of its type in pt.

    ``inner`` is the margin at the spine and ``outer`` the one opposite: pages face each other.
    """

    width: float = Field(gt=0, description="Larghezza, mm")
    height: float = Field(gt=0, description="Altezza, mm")
    inner: float = Field(gt=0, description="Margine interno, mm")
    outer: float = Field(gt=0, description="Margine esterno, mm")
    top: float = Field(gt=0, description="Margine di testa, mm")
    bottom: float = Field(gt=0, description="Margine di piede, mm")
    font_size: float = Field(gt=0, description="Corpo del testo, pt")
    baseline: float = Field(gt=0, description="Interlinea, pt")


class Faces(Model):
    """The font families for each kind of text, as ``font-family`` of CSS lists them."""

    text: tuple[str, ...]
    display: tuple[str, ...]
    statement: tuple[str, ...] = Field(
        description="Carattere della dicitura UE (reg. 821/2014 art. 4, all. IX reg. 2021/1060)"
    )
    code: tuple[str, ...]


class Logo(Model):
    """The publisher's logo: its file, and the sizes that its owner demands.

    It stands beside the emblem of the Union, which is 14 mm high on a cover. No other logo may be
    larger than the emblem (Reg. (EU) 821/2014, art. 4(5); Reg. (EU) 2021/1060, annex IX, 1.7).
    """

    file: str = Field(min_length=1, description="File nella cartella del marchio: SVG o PNG")
    height: float = Field(gt=0, le=14, description="Altezza in copertina, mm")
    min_height: float = Field(gt=0, le=14, description="Altezza minima, mm")
    clear_space: float = Field(
        0.25, ge=0, le=2, description="Spazio libero attorno, in parti dell'altezza"
    )


class Brand(Model):
    """A brand's name, colours, faces and page formats.

    ``colours`` maps a role (ink, title, accent, warm, tint, hairline, grey…) to ``#RRGGBB``;
    ``grounds`` are the background colours of covers that an edition may choose from.
    """

    name: str = Field(description="Nome del marchio")
    publisher: str = Field(description="Editore, come sta in copertina")
    imprint: str | None = Field(None, description="Riga sotto l'editore, in copertina")
    colours: dict[str, Colour]
    grounds: dict[str, Colour]
    default_ground: str
    fonts: tuple[FontFace, ...]
    faces: Faces
    formats: dict[str, PageFormat]
    default_format: str
    motif: Literal["network", "none"] = "none"
    logo: Logo | None = Field(None, description="Logo dell'editore; senza, il nome in lettere")
