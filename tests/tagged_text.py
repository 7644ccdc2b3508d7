"""The text of a tagged PDF in the order of its structure, element by element (ISO 32000-1, 14.7)."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(slots=True)
class Tagged:
    """An element of the structure: its type, and texts and elements inside it in reading order."""

    kind: str
    parts: list[str | Tagged] = field(default_factory=list)

    def text(self, skipped: frozenset[str] = frozenset()) -> str:
        """The characters inside, without those of elements of the `skipped` types."""
        return "".join(part if isinstance(part, str) else part._unless(skipped) for part in self.parts)

    def _unless(self, skipped: frozenset[str]) -> str:
        return "" if self.kind in skipped else self.text(skipped)

    def found(self, kind: str) -> Iterator[Tagged]:
        """Every element of a type, from top to bottom."""
        for part in self.parts:
            if isinstance(part, Tagged):
                if part.kind == kind:
                    yield part
                yield from part.found(kind)


def tagged(data: bytes) -> Tagged:
    """The structure of a PDF with the text that pdfium reads from each marked content."""
    texts = list(_texts(data))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        return _element(pdf.Root.StructTreeRoot, None, pages, texts)


def _element(
    node: pikepdf.Object, page: int | None, pages: dict[tuple[int, int], int], texts: list[dict[int, str]]
) -> Tagged:
    page = pages[node.Pg.objgen] if "/Pg" in node else page
    made = Tagged(str(node.get("/S", "/Root"))[1:])
    kids = node.get("/K", pikepdf.Array())  # an empty cell has none
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            assert page is not None
            made.parts.append(texts[page].get(kid, ""))
        elif kid.get("/Type") == "/MCR":
            made.parts.append(texts[pages[kid.Pg.objgen] if "/Pg" in kid else page or 0].get(int(kid.MCID), ""))
        elif kid.get("/Type") != "/OBJR":
            made.parts.append(_element(kid, page, pages, texts))
    return made


def _texts(data: bytes) -> Iterator[dict[int, str]]:
    """The text of every marked content of each page by its number."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        reader = page.get_textpage()
        found: dict[int, str] = {}
        for entry in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1):
            number = pdfium.FPDFPageObj_GetMarkedContentID(entry.raw)
            if number >= 0:
                found[number] = found.get(number, "") + _characters(entry.raw, reader.raw)
        yield found
    document.close()


def _characters(entry: object, reader: object) -> str:
    size = pdfium.FPDFTextObj_GetText(entry, reader, None, 0)
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(entry, reader, buffer, size)
    # This is how pdfium tells a hyphen at the end of a line, and one that a line has for itself.
    return bytes(buffer).decode("utf-16-le").rstrip("\0").replace("\x02", "-").replace("\u00ad", "")
