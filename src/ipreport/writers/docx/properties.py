"""Custom properties: what a file says of its issue beside title and author (ECMA-376 part 1, 15.2.12.2 and 22.3)."""

from __future__ import annotations

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from ipreport.document import Meta
from ipreport.writers.docx.markup import DECLARATION, escape

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006"
# The only set of properties there is; Word numbers what is in it from 2 (22.3.2.2).
_SET, _FIRST = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", 2


def add_custom_properties(package: Package, meta: Meta) -> None:
    """Enter issue, period, edition and the fingerprint of the manifest; what is empty is left out."""
    named = {"Issue": meta.issue, "Period": meta.period, "Edition": meta.edition, "Manifest SHA-256": meta.fingerprint}
    properties = "".join(
        f'<property fmtid="{_SET}" pid="{number}" name="{name}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for number, (name, value) in enumerate(((name, value) for name, value in named.items() if value), _FIRST)
    )
    if properties:
        spaces = f'xmlns="{_TYPES}/custom-properties" xmlns:vt="{_TYPES}/docPropsVTypes"'
        xml = f"{DECLARATION}<Properties {spaces}>{properties}</Properties>"
        part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, xml.encode("utf-8"), package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
