"""The record inside a Word file: a custom XML part (ECMA-376 part 1, 15.2.5 and 15.2.6).

Measured with LibreOffice 7.4, saving DOCX as DOCX: custom XML parts come back whole, and
so do custom properties, but Word cuts those to 255 characters and lists them to the
reader; document variables and content controls inside a line are lost, and by way of ODT
the custom XML parts as well. Saves in Word, whose own content controls are bound to such
parts, and in WPS were not measured.
"""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.parts.document import DocumentPart

from ipreport.document import RECORD_NAMESPACE, Record, write_record
from ipreport.writers.docx.markup import DECLARATION, escape

# Any constant will do: it tells the items of one package apart (22.5.2.1).
_ITEM = "{7D1B6C0E-5A35-5B1D-9C55-1A9D6F0E2B61}"
_DATA_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"


def add_record(main: DocumentPart, record: Record) -> None:
    """Enter `record` into the package of `main`; nothing for a document without one."""
    if not record:
        return
    content = escape(write_record(record).decode("utf-8"))
    item = _part(main, "item1.xml", "application/xml", f'<record xmlns="{RECORD_NAMESPACE}">{content}</record>')
    references = f'<ds:schemaRefs><ds:schemaRef ds:uri="{RECORD_NAMESPACE}"/></ds:schemaRefs>'
    properties = f'<ds:datastoreItem ds:itemID="{_ITEM}" xmlns:ds="{_DATA_STORE}">{references}</ds:datastoreItem>'
    item.relate_to(
        _part(main, "itemProps1.xml", CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, properties),
        RELATIONSHIP_TYPE.CUSTOM_XML_PROPS,
    )
    main.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _part(main: DocumentPart, name: str, content_type: str, xml: str) -> Part:
    return Part(PackURI(f"/customXml/{name}"), content_type, f"{DECLARATION}{xml}".encode(), main.package)
