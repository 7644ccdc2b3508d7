"""Fonts inside the PDF: glyph codes given out on first use, one font object for each face.

ReportLab asks every font among a document's `delayedFonts` for its objects when it
saves the document; until then ours collect glyphs. They belong to one document and
stand in no list that documents share.

A gap between two characters that is wide enough for text extraction to take it for
a space is put into the glyph itself: a second glyph of the same character with a
wider side bearing. Copied text then has no spaces that were not written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import cast

from reportlab.pdfbase.pdfdoc import (
    BasicFonts,
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFStream,
    PDFString,
)

from ipreport.fonts import Face
from ipreport.fonts.truetype import Line, SubsetGlyph, font_program
from ipreport.language import Language

STEPS = 16
"""Side bearings widen in steps of 1/16 em, below the gap (0.1 em) that extractors read as a space."""

_MAPPINGS_PER_BLOCK = 100
_TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


class EmbeddedFace:
    """The glyphs of one face that a document uses, numbered in order of first use."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._codes: dict[tuple[str, bool, int, int], int] = {}
        self._asked: dict[tuple[str, str, int, int], int] = {}
        self._glyphs = [SubsetGlyph(face.units_per_em // 2, b"")]
        self._characters = [""]
        self._step = face.units_per_em / STEPS

    def code(self, character: str, language: Language, left: int = 0, right: int = 0) -> int:
        """The two-byte code of `character` with bearings widened by `left` and `right` steps."""
        asked = (character, language.code, left, right)
        code = self._asked.get(asked)
        if code is None:
            code = self._asked[asked] = self._code(character, language, left, right)
        return code

    def rounded(self, steps: int) -> float:
        """What a bearing of so many steps lacks of them, in em: it is a whole number of font units."""
        return steps / STEPS - round(steps * self._step) / self.face.units_per_em

    def _code(self, character: str, language: Language, left: int, right: int) -> int:
        """The code of the glyph that is asked for, which may have one already by another language."""
        glyph = self.face.glyph(character, language)
        key = (character, glyph is self.face.glyph(character), left, right)
        if key not in self._codes:
            before, after = round(left * self._step), round(right * self._step)
            parts = ((self.code(character, language), before),) if left or right else ()
            subset = SubsetGlyph(glyph.advance + before + after, glyph.contours, parts)
            self._codes[key] = len(self._glyphs)
            self._glyphs.append(subset)
            self._characters.append(character)
        return self._codes[key]

    def addObjects(self, document: PDFDocument) -> None:  # noqa: N802 - what ReportLab calls on saving
        """Add the Type 0 font (ISO 32000-1, 9.7.6) with descendant, program and ToUnicode map to `document`."""
        units = self.face.units_per_em
        line = Line(round(self.face.ascent * units), round(self.face.descent * units))
        program = font_program(self._glyphs, units, line)
        name = PDFName(f"{_tag(program)}+{self.face.name}")
        descendant = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("CIDFontType2"),
            "BaseFont": name,
            "CIDSystemInfo": PDFDictionary(
                {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": _reference(document, self._descriptor(document, name, program)),
            "DW": 1000,
            "W": self._widths(1000 / units),
            "CIDToGIDMap": PDFName("Identity"),
        }
        font = {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": name,
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([_reference(document, PDFDictionary(descendant))]),
            "ToUnicode": _reference(document, PDFStream(content=self._to_unicode())),
        }
        cast("PDFDictionary", document.idToObject[BasicFonts])[self.resource] = _reference(
            document, PDFDictionary(font)
        )

    def _descriptor(self, document: PDFDocument, name: str, program: bytes) -> PDFDictionary:
        face = self.face
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": name,
                "Flags": 4,
                "FontBBox": PDFArray([round(value * 1000) for value in face.bounds]),
                "ItalicAngle": 0,
                "Ascent": round(face.ascent * 1000),
                "Descent": round(face.descent * 1000),
                "CapHeight": round(face.cap_height * 1000),
                "StemV": 140 if face.weight >= 600 else 80,
                "FontFile2": _reference(document, PDFStream(PDFDictionary({"Length1": len(program)}), program)),
            }
        )

    def _widths(self, scale: float) -> str:
        return f"[0 [{' '.join(f'{round(glyph.advance * scale, 3):g}' for glyph in self._glyphs)}]]"

    def _to_unicode(self) -> str:
        return _TO_UNICODE.format("\n".join(self._mapping_blocks()))

    def _mapping_blocks(self) -> Iterator[str]:
        lines = [
            f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
            for code, character in enumerate(self._characters)
            if character
        ]
        for start in range(0, len(lines), _MAPPINGS_PER_BLOCK):
            part = lines[start : start + _MAPPINGS_PER_BLOCK]
            yield "\n".join((f"{len(part)} beginbfchar", *part, "endbfchar"))


class EmbeddedFaces:
    """The embedded faces of `document`, named /F1, /F2 … in order of first use."""

    def __init__(self, document: PDFDocument) -> None:
        self._document = document
        self._faces: dict[str, EmbeddedFace] = {}

    def of(self, face: Face) -> EmbeddedFace:
        """The embedded form of `face`."""
        embedded = self._faces.get(face.key)
        if embedded is None:
            embedded = self._faces[face.key] = EmbeddedFace(face, f"F{len(self._faces) + 1}")
            self._document.delayedFonts.append(embedded)
        return embedded


def _reference(document: PDFDocument, entry: PDFObject) -> PDFObjectReference:
    """`entry` as an object of its own."""
    reference: PDFObjectReference = document.Reference(entry)  # type: ignore[no-untyped-call]  # not in the stubs
    return reference


def _tag(program: bytes) -> str:
    """Six letters that tell subsets of a face apart, taken from the contents."""
    digest = hashlib.sha256(program).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
