"""The place of an electronic signature: a field at the end of the text, and room for what is to come.

The file is written whole, with zeros where the signature goes (ISO 32000-1, 12.8.1), and signed
then without a byte being added: it stays linearised and of one revision, and what is encrypted
stays so. How it is signed, the writer does not know.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from ipreport.document import Signature
from ipreport.style import StyleName
from ipreport.writers.pdf.boxes import Box, Stack
from ipreport.writers.pdf.canvas import Canvas
from ipreport.writers.pdf.labelled import labelled
from ipreport.writers.pdf.setter import Setter

_PADDING, _RULE = 6.0, 0.5
"""Space between the frame and the words, and how strong the frame is."""
_ABOVE = 12.0
"""The least space between the text and the frame."""
_OPEN = 2**31 - 1
"""A number as wide as any that a byte range can want, the largest that PDF/A-3 allows (6.1.13)."""
_PRINTED, _LOCKED = 4, 128
"""Flags of an annotation (ISO 32000-1, table 165); PDF/A-3, 6.3.2, wants the first one set."""
_SIGNED, _APPENDED = 1, 2
"""Flags of a form: there are signatures, and what is added must not change what is there (table 219)."""


class SignatureBox(Box):
    """Who has signed, in a frame at the right edge, which is the appearance of a field of the file."""

    def __init__(self, signature: Signature, setter: Setter) -> None:
        self._content = Stack(list(labelled(signature.lines, StyleName.FOOTNOTE, setter)))
        self._colour = setter.style.colours.rule
        self.inner = (self._content,)
        self.space_before = _ABOVE

    def _layout(self, width: float) -> float:
        # A hundredth of a point more, so that no rounding breaks a line.
        self._width = min(width, self._content.natural_width + 2 * _PADDING + 0.01)
        self._indent = width - self._width
        return self._content.layout(self._width - 2 * _PADDING) + 2 * _PADDING

    def _draw(self, canvas: Canvas, x: float, top: float) -> None:
        left, bottom = x + self._indent, top - self.height
        # The frame lies within what the field shows, wherever its edges are rounded to.
        with canvas.field((left - _RULE, bottom - _RULE, left + self._width + _RULE, top + _RULE)):
            for y in (bottom, top - _RULE):
                canvas.rectangle(left, y, self._width, _RULE, self._colour)
            for edge in (left, left + self._width - _RULE):
                canvas.rectangle(edge, bottom, _RULE, self.height, self._colour)
            self._content.draw(canvas, left + _PADDING, top - _PADDING)


def signature_box(signature: Signature, setter: Setter) -> Box | None:
    """The box of a signature; None where it is not to be seen."""
    return SignatureBox(signature, setter) if signature.lines else None


def make_room(pdf: Pdf, signature: Signature, appearance: str) -> None:
    """Make the field that `Canvas.field` has placed one that waits for its signature; `appearance` is its look."""
    page, widget = _field(pdf)
    widget.FT, widget.T = Name.Sig, String("Signature")
    widget.TU = String(signature.told)
    widget.F = _PRINTED | _LOCKED
    widget.P = page
    widget.V = pdf.make_indirect(_dictionary(signature))
    if appearance:
        look = Stream(pdf, appearance.encode("ascii"), Type=Name.XObject, Subtype=Name.Form, BBox=widget.Rect)
        look.Resources = Dictionary(Font=page.Resources.Font)
        widget.AP = Dictionary(N=pdf.make_indirect(look))
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([widget]), SigFlags=_SIGNED | _APPENDED))


def _field(pdf: Pdf) -> tuple[Object, Object]:
    """The annotation of the field, and the page it belongs to."""
    for page in reversed(pdf.pages):
        for annotation in page.obj.get("/Annots", []):
            if annotation.Subtype == Name.Widget:
                return page.obj, annotation
    raise ValueError("the file has no field for its signature")


def _dictionary(signature: Signature) -> Dictionary:
    """The signature but for itself (ISO 32000-1, 12.8.1; ETSI EN 319 142-1, 6.3)."""
    entries = {
        "/Type": Name.Sig,
        "/Filter": Name("/Adobe.PPKLite"),
        "/SubFilter": Name("/ETSI.CAdES.detached"),
        "/ByteRange": Array([0, _OPEN, _OPEN, _OPEN]),
        "/Contents": String(bytes(signature.room)),
        "/M": String(signature.moment.strftime("D:%Y%m%d%H%M%SZ")),
        "/Name": String(signature.signer),
    }
    if signature.reason:
        entries["/Reason"] = String(signature.reason)
    if signature.location:
        entries["/Location"] = String(signature.location)
    return Dictionary(entries)
