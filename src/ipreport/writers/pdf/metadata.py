"""What a PDF file says about itself: properties, XMP packet, colours (PDF/A-3, PDF/UA-1)."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from ipreport.document import Meta
from ipreport.writers.pdf.colour import srgb_profile

PROGRAM = "ipreport"
"""What made the file, as its properties and the packet tell."""


def pdf_date(day: date) -> str:
    """The beginning of `day` as PDF writes it."""
    return day.strftime("D:%Y%m%d000000Z")


def describe(pdf: Pdf, meta: Meta, *, archive: bool = True) -> None:
    """Repeat the properties of `pdf` as a packet, and say that it keeps to PDF/UA-1 and, as an `archive`, PDF/A-3A.

    Pages are labelled as they are numbered at their feet (ISO 32000-1, 12.4.2).
    """
    root = pdf.Root
    root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.D)])
    stream = Stream(pdf, _xmp(meta, archive=archive).encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
    root.Metadata = pdf.make_indirect(stream)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(Stream(pdf, srgb_profile(), N=3)),
    )
    root.OutputIntents = Array([pdf.make_indirect(intent)])


# PDF/A wants every property that its own list lacks to be described in the packet.
_EXTENSION = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


def _xmp(meta: Meta, *, archive: bool) -> str:
    """The same facts as an XMP packet (ISO 16684-1)."""
    moment = f"{meta.stamp.isoformat()}T00:00:00Z"
    claim = "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n" if archive else ""
    languages = "".join(f"<rdf:li>{language.tag}</rdf:li>" for language in meta.languages)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
{claim}<pdfuaid:part>1</pdfuaid:part>{_EXTENSION}
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(meta.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(meta.author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(meta.subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<pdf:Keywords>{escape(", ".join(meta.keywords))}</pdf:Keywords>
<pdf:Producer>{PROGRAM}</pdf:Producer>
<xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
