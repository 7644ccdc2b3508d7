# LEAD: read DECISION.txt in this folder before editing on, then delete this line.
"""The parts of a PDF file outside its pages' contents: links, outline, labels, structure."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from ipreport.document import Meta
from ipreport.style import Page as Geometry
from ipreport.writers.pdf.metadata import describe
from ipreport.writers.pdf.page import Canvas, LinkArea, OutlineEntry, Place
from ipreport.writers.pdf.structure import add_structure


def assemble(canvas: Canvas, meta: Meta, geometry: Geometry) -> Pdf:
    """A PDF with the pages of `canvas`, not yet saved."""
    pdf = Pdf.new()
    resources = pdf.make_indirect(Dictionary(Font=canvas.fonts.resources(pdf)))
    for page in canvas.pages:
        added = pdf.add_blank_page(page_size=(geometry.width, geometry.height))
        added.obj.Resources = resources
        added.obj.Contents = pdf.make_indirect(Stream(pdf, "\n".join(page.operators).encode("ascii")))
    pages = [page.obj for page in pdf.pages]
    for source, target in zip(canvas.pages, pages, strict=True):
        if source.links:
            target.Annots = Array([pdf.make_indirect(_link(link)) for link in source.links])
    add_structure(pdf, canvas.root, pages, [page.marks for page in canvas.pages])
    root = pdf.Root
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    root.Names = Dictionary(Dests=_destinations(canvas.destinations, pages))
    if canvas.outline:
        root.Outlines = _outline(pdf, canvas.outline, pages)
        root.PageMode = Name.UseOutlines
    describe(pdf, meta)
    return pdf


def _link(link: LinkArea) -> Dictionary:
    annotation = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(value, 2) for value in link.box]),
        Border=Array([0, 0, 0]),
        F=4,
        Contents=String(link.contents),
    )
    if link.address is not None:
        annotation.A = Dictionary(S=Name.URI, URI=String(link.address))
    else:
        annotation.Dest = String(link.target or "")
    return annotation


def _destinations(places: dict[str, Place], pages: Sequence[Object]) -> Dictionary:
    names = Array()
    for label, place in sorted(places.items(), key=lambda item: bytes(String(item[0]))):
        names.append(String(label))
        names.append(_destination(place, pages))
    return Dictionary(Names=names)


def _destination(place: Place, pages: Sequence[Object]) -> Array:
    return Array([pages[place.page], Name.XYZ, round(place.x, 2), round(place.y + 4, 2), None])


def _outline(pdf: Pdf, entries: list[OutlineEntry], pages: Sequence[Object]) -> Object:
    """The outline tree; an entry belongs to the nearest one before it with a lower level."""
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    open_entries: list[tuple[int, Object]] = [(0, root)]
    for entry in entries:
        while open_entries[-1][0] >= entry.level:
            open_entries.pop()
        parent = open_entries[-1][1]
        item = pdf.make_indirect(
            Dictionary(Title=String(entry.title), Parent=parent, Dest=_destination(entry.place, pages))
        )
        if "/Last" in parent:
            item.Prev = parent.Last
            parent.Last.Next = item
        else:
            parent.First = item
        parent.Last = item
        for _, ancestor in open_entries:
            ancestor.Count = int(ancestor.get("/Count", 0)) + 1
        open_entries.append((entry.level, item))
    return root
