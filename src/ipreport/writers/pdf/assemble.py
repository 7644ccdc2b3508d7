# LEAD: read DECISION.txt in this folder before editing on, then delete this line.
"""The parts of a PDF file outside its pages' contents: catalogue, links, outline, metadata."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from ipreport.document import Meta
from ipreport.style import Page as Geometry
from ipreport.writers.pdf.page import Canvas, LinkArea, OutlineEntry, Place

_PRODUCER = "ipreport"


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
    root = pdf.Root
    root.Lang = String(meta.languages[0].tag if meta.languages else "zh-CN")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))
    root.Names = Dictionary(Dests=_destinations(canvas.destinations, pages))
    if canvas.outline:
        root.Outlines = _outline(pdf, canvas.outline, pages)
        root.PageMode = Name.UseOutlines
    _describe(pdf, meta)
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


def _describe(pdf: Pdf, meta: Meta) -> None:
    stamp = meta.stamp.strftime("D:%Y%m%d000000Z")
    pdf.docinfo["/Title"] = String(meta.title)
    pdf.docinfo["/Author"] = String(meta.author)
    pdf.docinfo["/Subject"] = String(meta.subject)
    pdf.docinfo["/Keywords"] = String(", ".join(meta.keywords))
    pdf.docinfo["/Creator"] = String(_PRODUCER)
    pdf.docinfo["/Producer"] = String(_PRODUCER)
    pdf.docinfo["/CreationDate"] = String(stamp)
    pdf.docinfo["/ModDate"] = String(stamp)
    stream = Stream(pdf, _xmp(meta).encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(stream)


def _xmp(meta: Meta) -> str:
    """The same facts as an XMP packet (ISO 16684-1)."""
    moment = _moment(meta.stamp)
    languages = "".join(f"<rdf:li>{language.tag}</rdf:li>" for language in meta.languages)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(meta.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(meta.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(meta.subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<pdf:Keywords>{escape(", ".join(meta.keywords))}</pdf:Keywords>
<pdf:Producer>{_PRODUCER}</pdf:Producer>
<xmp:CreatorTool>{_PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
