"""Parts beside the main document that hold text of their own: footnotes and comments."""

from __future__ import annotations

from dataclasses import dataclass, field

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.parts.document import DocumentPart

from ipreport.writers.docx.markup import DECLARATION, R, W


@dataclass(slots=True)
class SidePart:
    """A part that is written while the body is, and enters the package when it is complete.

    `name` is both the name of its file and that of its root element.
    """

    name: str
    content_type: str
    relationship: str
    _addresses: list[str] = field(default_factory=list)

    def link(self, address: str) -> str:
        """The id of a relationship of this part to an address outside the package."""
        if address not in self._addresses:
            self._addresses.append(address)
        return f"rId{self._addresses.index(address) + 1}"

    def enter(self, main: DocumentPart, content: str) -> None:
        """Add the part with `content`, what its root element holds, to the package of `main`."""
        xml = f"{DECLARATION}<w:{self.name} {W} {R}>{content}</w:{self.name}>"
        part = Part(PackURI(f"/word/{self.name}.xml"), self.content_type, xml.encode("utf-8"), main.package)
        for address in self._addresses:
            # They are numbered from 1 in the order in which they come.
            part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        main.relate_to(part, self.relationship)
